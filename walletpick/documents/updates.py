"""The JSON documents of `walletpick catalog update` and `status`. Pure."""

from __future__ import annotations

from datetime import date
from typing import Literal

from walletpick import __version__
from walletpick.documents.out import CatalogOut, DateText, Out, out
from walletpick.facts.ages import latest_day
from walletpick.facts.model import Catalog
from walletpick.updates.release import CatalogInUse, Outcome, Release


class ReleaseOut(Out, frozen=True, kw_only=True):
    """A published catalog. `number` is that of its release, which only grows at a publisher.

    `fetched` is the day of the update, `keys` are the ids of the keys whose signatures it bears.
    """

    version: str
    date: DateText
    number: int
    sha256: str
    url: str
    fetched: DateText
    keys: list[str]


class UpdateOut(Out, frozen=True, kw_only=True):
    """What `catalog update` found and did; `package` is what came with the program.

    updated: `release` is in use from now on. available: it would be, but for --check. up to date:
    it is in use, or the same as the package's. package newer: it is older than the package's.
    """

    schema: Literal["walletpick/update/1"] = "walletpick/update/1"
    outcome: Outcome
    release: ReleaseOut
    package: CatalogOut


class StatusOut(Out, frozen=True, kw_only=True):
    """Which catalog is in use.

    `origin` is the package, a download (then there is a `release`), or a `directory` that was asked
    for. `age_days` counts from the catalog's date. `rollback` is the download to which a rollback
    goes back, null where that is the package's catalog. `trouble` says why a download is not used.
    """

    schema: Literal["walletpick/status/1"] = "walletpick/status/1"
    walletpick: str
    catalog: CatalogOut
    wallets: int
    age_days: int
    origin: Literal["package", "download", "directory"]
    directory: str | None
    release: ReleaseOut | None
    package: CatalogOut
    rollback: ReleaseOut | None
    trouble: str | None


def update_out(outcome: Outcome, release: Release, package: Catalog) -> UpdateOut:
    """Return what an update found and did."""
    return out(UpdateOut, outcome=outcome, release=release, package=package)


def status_out(
    in_use: CatalogInUse, package: Catalog, kept: Release | None, chosen: str | None, today: date
) -> StatusOut:
    """Return which catalog is in use; the arguments are those of `status_page`."""
    return out(
        StatusOut,
        in_use,
        walletpick=__version__,
        wallets=len(in_use.catalog.wallets),
        age_days=max((today - latest_day(in_use.catalog.date)).days, 0),
        origin="directory" if chosen else "download" if in_use.release else "package",
        directory=chosen,
        package=package,
        rollback=kept,
    )
