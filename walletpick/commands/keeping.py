"""What the commands for keeping the catalog share: which catalog, and writing its files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from walletpick.commands.common import GivenPath, catalog_directory, chosen_catalog
from walletpick.commands.errors import CatalogError, NotWritten, Wrong
from walletpick.reading.files import (
    is_directory,
    is_file,
    is_there,
    read_bounded,
    write_new,
    write_whole,
)
from walletpick.reading.place import is_catalog, is_rows

# No file that is written here is as large. Bytes.
_LARGEST = 16 * 2**20

paths_argument = click.argument("paths", nargs=-1, metavar="[PATH]...", type=GivenPath())


def in_use() -> Path:
    """Return the catalog to keep: the one chosen, else the one here, else the program's own.

    The one here is ./catalog, or the one whose folder or wallets the person stands in. Raises
    CatalogError where the person stands in a directory that was deleted.
    """
    if not chosen_catalog():
        try:
            Path.cwd()
        except FileNotFoundError:
            raise CatalogError(
                "the directory you are in is no longer there, so it cannot be said which"
                " catalog is meant: go to another, or name one with --catalog"
            ) from None
        if is_catalog(Path("catalog")):
            return Path("catalog")
        for around in (Path(), Path("..")):
            if is_catalog(around) and is_file(around / "criteria.yaml"):
                return around
    return catalog_directory()


def directory_in_use() -> Path:
    """Return the directory of the catalog to keep. Raises click.UsageError if there is none."""
    directory = in_use()
    if not is_directory(directory):
        raise Wrong('no catalog directory at "{directory}"', directory=directory)
    return directory


def all_there(paths: Sequence[Path]) -> list[Path]:
    """Return the paths; a directory that holds a catalog stands for it.

    Raises click.UsageError for the first path that names nothing, or no catalog file.
    """
    places = []
    for path in paths:
        if not is_there(path):
            raise Wrong('no such file or directory: "{path}"', path=path)
        if is_file(path) and path.suffix != ".yaml" and not is_rows(path):
            raise Wrong('"{path}" is no catalog file: its name does not end in .yaml', path=path)
        inner = path / "catalog"
        places.append(inner if is_catalog(inner) else path)
    return places


def text_of(path: Path) -> str | None:
    """Return a file's text with plain line ends, or None where there is none that can be read."""
    try:
        return read_bounded(path, _LARGEST).decode("utf-8").replace("\r\n", "\n")
    except (OSError, UnicodeDecodeError):
        return None


def replace(path: Path, text: str) -> None:
    """Write a file in one step, so that nobody reads half of it. Raises NotWritten.

    What may be done with the file stays as it was, and a link to it stays a link.
    """
    try:
        write_whole(path, text.encode())
    except OSError as error:
        raise NotWritten(path, error) from None


def create(path: Path, text: str) -> None:
    """Write a file that must not be there yet. Raises NotWritten, and leaves nothing then."""
    try:
        path.parent.mkdir(exist_ok=True)
        write_new(path, text.encode())
    except OSError as error:
        raise NotWritten(path, error) from None
