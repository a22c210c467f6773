"""The compiled catalog: parsing eighty YAML files takes longer than everything after it.

A compiled catalog is kept in the user's cache directory under the digest of its files and of the
code that compiles, so it is never out of date, and a damaged one is noticed (see `compiled`).
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from walletpick import __version__
from walletpick.facts.model import Catalog
from walletpick.reading import compiled
from walletpick.reading.files import read_bounded, write_whole
from walletpick.reading.place import MAX_BYTES, files_of

# Folders of the program that decide what a compiled catalog holds.
_CODE = ("facts", "reading")


def digest(directory: Path) -> str:
    """Return a digest of the catalog's files and of the code that compiles them.

    Raises OSError when a file cannot be read.
    """
    hashed = hashlib.sha256(__version__.encode())
    package = Path(__file__).resolve().parent.parent
    for folder in _CODE:
        for path in sorted((package / folder).iterdir()):
            if path.suffix in (".py", ".tsv", ".txt"):
                hashed.update(path.read_bytes())
    for path in files_of(directory):
        hashed.update(os.fsencode(path.relative_to(directory).as_posix()) + b"\0")
        hashed.update(read_bounded(path, MAX_BYTES) + b"\0")
    return hashed.hexdigest()


def read(key: str, country: str | None = None) -> Catalog | None:
    """Return the compiled catalog of that digest, or its part of one country.

    None when there is none or it is damaged.
    """
    try:
        return compiled.decode(read_bounded(_path(key), compiled.MOST_BYTES), country)
    except (OSError, compiled.Damaged):
        return None


def write(key: str, catalog: Catalog) -> None:
    """Keep a compiled catalog, in one step; a cache that cannot be written is no error."""
    data = compiled.encode(catalog)
    path = _path(key)
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_whole(path, data, private=True)
        _forget_others(path)
    except OSError:
        return


def _forget_others(path: Path) -> None:
    """Keep the newest few: a maintainer who edits files would fill the directory."""
    files = sorted(path.parent.glob("catalog-*.msgpack"), key=lambda p: p.stat().st_mtime)
    for old in files[:-4]:
        old.unlink(missing_ok=True)


def folder() -> Path:
    """Return the user's cache directory of this program, which may not be there yet."""
    import platformdirs

    return platformdirs.user_cache_path("walletpick")


def _path(key: str) -> Path:
    return folder() / f"catalog-{key[:32]}.msgpack"
