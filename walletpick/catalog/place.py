"""Where the catalog is that came with the program."""

from __future__ import annotations

from pathlib import Path

# In the package: the catalog's files, and the compiled form that an installation has beside them.
FILES = "_catalog"
COMPILED = "_catalog.compiled"


def default_directory() -> Path:
    """Return the catalog inside the installed package, or at the top of the checkout."""
    package = _package()
    inside = package / FILES
    return inside if inside.is_dir() else package.parent / "catalog"


def compiled_file() -> Path:
    """Return where an installation has the compiled catalog; a checkout has none."""
    return _package() / COMPILED


def _package() -> Path:
    return Path(__file__).resolve().parent.parent
