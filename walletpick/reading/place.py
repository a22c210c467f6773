"""Where the catalog is that came with the program, and where a catalog has its files."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from walletpick.language import N_, _
from walletpick.reading.files import TooLarge, is_directory, is_there

# In the package: the catalog's files, and the compiled form that an installation has beside them.
FILES = "_catalog"
COMPILED = "_catalog.compiled"

# The files of a catalog that all wallets share, and the folders with a file for each of their like.
SHARED = (
    "asked.yaml",
    "averages.yaml",
    "criteria.yaml",
    "implications.yaml",
    "rates.yaml",
    "texts.yaml",
)
FOLDERS = ("wallets", "countries", "personas", "quotes")
# How the names of their files end; those of other folders as in most.
_ENDS = {"quotes": (".csv", ".yaml")}
# The most files of a folder, and the most bytes of a file.
MOST_FILES = 2000
MAX_BYTES = 2 * 1024 * 1024


def default_directory() -> Path:
    """Return the catalog inside the installed package, or at the top of the checkout."""
    package = _package()
    inside = package / FILES
    return inside if inside.is_dir() else package.parent / "catalog"


def compiled_file() -> Path:
    """Return where an installation has the compiled catalog; a checkout has none."""
    return _package() / COMPILED


def is_catalog(directory: Path) -> bool:
    """Return whether a directory is a catalog's: it has a folder of wallets."""
    return is_directory(directory / "wallets")


def is_rows(path: Path) -> bool:
    """Return whether a path is, by its name, the CSV file of a survey's quotes."""
    return path.suffix == ".csv" and path.parent.name == "quotes"


def is_folder(path: Path) -> bool:
    """Return whether a path is one of the folders, by its name."""
    return path.name in FOLDERS and is_directory(path)


def files_in(folder: Path) -> list[Path]:
    """Return the catalog files of one of the folders; none where there is no such.

    Raises OSError.
    """
    ends = _ENDS.get(folder.name, (".yaml",))
    try:
        files = sorted(path for path in folder.iterdir() if path.name.endswith(ends))
    except (FileNotFoundError, NotADirectoryError):
        return []
    if len(files) > MOST_FILES:
        sentence = N_("it holds {count:,} files, expected at most {most_files:,}")
        message = _(sentence, count=len(files), most_files=MOST_FILES)
        raise TooLarge(errno.EFBIG, message, os.fspath(folder))
    return files


def files_of(path: Path) -> list[Path]:
    """Return the catalog files that a path names: itself, or those of a folder or a catalog.

    Nothing but the known places is looked at. Raises OSError.
    """
    if not is_directory(path):
        return [path]
    if is_folder(path):
        return files_in(path)
    if not is_catalog(path):
        return []
    files = [path / name for name in SHARED if is_there(path / name)]
    for folder in FOLDERS:
        files += files_in(path / folder)
    return files


def _package() -> Path:
    return Path(__file__).resolve().parent.parent
