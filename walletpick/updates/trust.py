"""Whom to trust: the publisher of a catalog, by the address of their site and their first root."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from msgspec import Meta, Struct

from walletpick.reading import compiled

# As much as is taken of a file of metadata, or of keys; none is as long. Bytes.
MOST_METADATA = 1_000_000


class Publisher(Struct, frozen=True, kw_only=True):
    """Where a catalog is published, and the signed `root.json` that says who may sign it.

    `url` ends in a slash; below it are `metadata/` and `targets/`.
    """

    url: str
    root: bytes


class About(Struct, frozen=True, kw_only=True):
    """What a publisher signs of a catalog, beside its length and SHA-256."""

    version: Annotated[str, Meta(pattern=r"^[0-9A-Za-z._+-]{1,64}\Z")]
    date: Annotated[str, Meta(pattern=r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?\Z")]


def file_name() -> str:
    """Return the name under which a catalog of this program's form is published."""
    return f"catalog-{compiled.FORMAT}.bin"


def folder_of_package() -> Path:
    """Return where a package that names a publisher has `url` and `root.json`."""
    return Path(__file__).resolve().parent.parent / "trust"


def of_package() -> Publisher | None:
    """Return the publisher that the package names, or None. Raises OSError."""
    folder = folder_of_package()
    if not (folder / "url").exists():
        return None
    url = (folder / "url").read_text(encoding="utf-8").strip()
    return Publisher(url=with_slash(url), root=(folder / "root.json").read_bytes())


def with_slash(url: str) -> str:
    """Return the address of a site as one under which files are named."""
    return url if url.endswith("/") else f"{url}/"
