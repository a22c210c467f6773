"""A downloaded catalog, and whether it is newer than that of the package. Pure."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct

from walletpick.facts.model import Catalog

# `package newer`: what is published is no newer than what came with the program, which is then in
# use. `available` stands for `updated` when it was only to look.
Outcome = Literal["updated", "available", "up to date", "package newer"]

# It names a file, so it must be nothing else.
Sha256 = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}\Z")]


class Release(Struct, frozen=True, kw_only=True):
    """A catalog that was downloaded and verified, and what is known of its making."""

    # Of the file, which is named after it.
    sha256: Sha256
    # The number of the compiled form.
    form: int
    # Of the catalog.
    version: str
    date: str
    # Of the signed list of what is published; it only grows.
    number: int
    url: str
    # The day on which it was fetched.
    fetched: str
    # The ids of the keys by whose signatures it was verified.
    keys: tuple[str, ...]
    # The version of the catalog in the installed package at that time.
    beside: str


class State(Struct, frozen=True, kw_only=True):
    """Which download is in use, and which before it; None is the catalog of the package."""

    current: Release | None = None
    previous: Release | None = None


class CatalogInUse(Struct, frozen=True, kw_only=True):
    """The catalog in use. Without a release it came with the program.

    `trouble` is a sentence that the person should read, or "".
    """

    catalog: Catalog
    release: Release | None = None
    trouble: str = ""


def is_newer(release: Release, package: Catalog) -> bool:
    """Return whether a download counts as newer than the catalog in the installed package.

    The newest reading decides. Of the same day the download is newer, as it was when it was
    fetched, unless another package was installed since.
    """
    if release.date != package.date:
        return release.date > package.date
    return release.beside == package.version != release.version
