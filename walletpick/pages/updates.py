"""Which catalog is in use, and what an update did -> pages. Pure."""

from __future__ import annotations

from datetime import date

from walletpick import __version__
from walletpick.facts.ages import latest_day
from walletpick.facts.model import Catalog
from walletpick.render.page import Heading, Page, bullets, page, text
from walletpick.updates.release import CatalogInUse, Outcome, Release
from walletpick.words.phrases import count_words


def update_page(outcome: Outcome, release: Release, package: Catalog) -> Page:
    """Return what an update found, and what it did."""
    named = f"the catalog of {release.date} (version {release.version})"
    if outcome == "updated":
        lines = [
            f"Updated: {named} is in use from now on.",
            f"Signed by {_keys(release)}.",
            "`walletpick catalog rollback` goes back to the one before.",
        ]
    elif outcome == "available":
        lines = [
            f"There is a newer one: {named}, at {release.url}",
            "`walletpick catalog update` fetches it.",
        ]
    elif outcome == "up to date":
        lines = [f"Up to date: {named} is the newest at {release.url}"]
    else:
        lines = [
            f"Nothing newer: published is {named}, and walletpick came with that of"
            f" {package.date} (version {package.version}), which comes before it."
        ]
    return page(map(text, lines))


def rollback_page(in_use: CatalogInUse) -> Page:
    """Return which catalog is in use after going back."""
    origin = "downloaded before" if in_use.release else f"that came with walletpick {__version__}"
    catalog = in_use.catalog
    return page(
        text(f"In use again: the catalog {origin}, of {catalog.date} (version {catalog.version})."),
        text("`walletpick catalog update` fetches the newest again.", "dim"),
    )


def status_page(
    in_use: CatalogInUse, package: Catalog, kept: Release | None, chosen: str | None, today: date
) -> Page:
    """Return which catalog is in use and where it came from.

    `kept` is the download to which a rollback would go, `chosen` the directory that was asked for.
    """
    catalog, release = in_use.catalog, in_use.release
    lines = [
        f"Dated {catalog.date}, {_ago(catalog.date, today)}: the newest day on which a source was"
        " read",
        f"Version {catalog.version}, {len(catalog.wallets)} wallets",
    ]
    if chosen:
        lines.append(f"From the directory that was asked for: {chosen}")
    elif release:
        lines += [
            f"Fetched on {release.fetched}, release {release.number}, from {release.url}",
            f"Verified by {_keys(release)}",
        ]
    else:
        lines.append(f"Came with walletpick {__version__}")
    others = []
    if chosen or release:
        others.append(
            f"With walletpick {__version__} came that of {package.date}, version {package.version}"
        )
    if release:
        before = (
            f"that of {kept.date}, version {kept.version}, fetched on {kept.fetched}"
            if kept
            else "the one that came with walletpick"
        )
        others.append(f"walletpick catalog rollback goes back to {before}")
    return page(
        Heading("The catalog in use", 1),
        bullets(lines),
        (Heading("Others on this machine", 2), bullets(others)) if others else None,
    )


def _keys(release: Release) -> str:
    noun = "key" if len(release.keys) == 1 else "keys"
    return f"{noun} {', '.join(release.keys)}"


def _ago(day: str, today: date) -> str:
    days = max((today - latest_day(day)).days, 0)
    return f"{count_words(days, 'day')} ago" if days else "today"
