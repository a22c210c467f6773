"""Which catalog is in use, and what an update did -> pages. Pure."""

from __future__ import annotations

from datetime import date

from walletpick import __version__
from walletpick.facts.ages import latest_day
from walletpick.facts.model import Catalog
from walletpick.language import N_, _, ngettext
from walletpick.render.page import Heading, Page, bullets, page, section, text
from walletpick.updates.release import CatalogInUse, Outcome, Release
from walletpick.words.phrases import count_words, in_a_row


def update_page(outcome: Outcome, release: Release, package: Catalog) -> Page:
    """Return what an update found, and what it did."""
    named = _(
        "the catalog of {date} (version {version})", date=release.date, version=release.version
    )
    if outcome == "updated":
        lines = [
            _("Updated: {catalog} is in use from now on.", catalog=named),
            _("Signed by {keys}.", keys=_keys(release)),
            _("`walletpick catalog rollback` goes back to the one before."),
        ]
    elif outcome == "available":
        lines = [
            _("There is a newer one: {catalog}, at {url}", catalog=named, url=release.url),
            _("`walletpick catalog update` fetches it."),
        ]
    elif outcome == "up to date":
        lines = [_("Up to date: {catalog} is the newest at {url}", catalog=named, url=release.url)]
    else:
        form = N_(
            "Nothing newer: published is {catalog}, and walletpick came with that of {date}"
            " (version {version}), which comes before it."
        )
        lines = [_(form, catalog=named, date=package.date, version=package.version)]
    return page(map(text, lines))


def rollback_page(in_use: CatalogInUse) -> Page:
    """Return which catalog is in use after going back."""
    catalog = in_use.catalog
    form = N_("In use again: the catalog downloaded before, of {date} (version {version}).")
    if not in_use.release:
        form = N_(
            "In use again: the catalog that came with walletpick {program}, of {date}"
            " (version {version})."
        )
    words = _(form, program=__version__, date=catalog.date, version=catalog.version)
    newest = _("`walletpick catalog update` fetches the newest again.")
    return page(text(words), text(newest, "dim"))


def status_page(
    in_use: CatalogInUse, package: Catalog, kept: Release | None, chosen: str | None, today: date
) -> Page:
    """Return which catalog is in use and where it came from.

    `kept` is the download to which a rollback would go, `chosen` the directory that was asked for.
    """
    catalog, release = in_use.catalog, in_use.release
    day, count = catalog.date, len(catalog.wallets)
    days = max((today - latest_day(day)).days, 0)
    ago = _("{time} ago", time=count_words(days, "day")) if days else _("today")
    lines = [
        _("Dated {date}, {ago}: the newest day on which a source was read", date=day, ago=ago),
        _("Version {version}, {count} wallets", version=catalog.version, count=count),
    ]
    if chosen:
        lines.append(_("From the directory that was asked for: {path}", path=chosen))
    elif release:
        day, number, url = release.fetched, release.number, release.url
        lines += [
            _("Fetched on {date}, release {number}, from {url}", date=day, number=number, url=url),
            _("Verified by {keys}", keys=_keys(release)),
        ]
    else:
        lines.append(_("Came with walletpick {program}", program=__version__))
    others = []
    if chosen or release:
        form = N_("With walletpick {program} came that of {date}, version {version}")
        others.append(_(form, program=__version__, date=package.date, version=package.version))
    if release and kept:
        form = N_(
            "walletpick catalog rollback goes back to that of {date}, version {version}, fetched on"
            " {fetched}"
        )
        others.append(_(form, date=kept.date, version=kept.version, fetched=kept.fetched))
    elif release:
        back = _("walletpick catalog rollback goes back to the one that came with walletpick")
        others.append(back)
    return page(
        Heading(_("The catalog in use"), 1),
        bullets(lines),
        section(_("Others on this machine"), bullets(others)),
    )


def _keys(release: Release) -> str:
    keys = in_a_row(release.keys)
    return ngettext("key {keys}", "keys {keys}", len(release.keys), keys=keys)
