"""Where the catalog is that came with the program."""

from __future__ import annotations

from pathlib import Path


def default_directory() -> Path:
    """Return the catalog inside the installed package, or at the top of the checkout."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "_catalog"
    return inside if inside.is_dir() else package.parent / "catalog"
