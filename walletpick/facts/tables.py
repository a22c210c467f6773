"""Tables in files beside the code: the same wherever this program runs."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

_PACKAGE = Path(__file__).resolve().parent.parent
_T = TypeVar("_T")


def lines_of(file: str) -> list[str]:
    """Return the lines of a file of the package ("facts/zones.txt") that are no comment."""
    text = (_PACKAGE / file).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def sections_of(file: str) -> dict[str, list[str]]:
    """Return the lines below each name in brackets of a file of the package."""
    sections: dict[str, list[str]] = {}
    for line in lines_of(file):
        if line.startswith("["):
            section = sections[line.strip("[]")] = []
        else:
            section.append(line)
    return sections


def toml_of(file: str, kind: type[_T]) -> _T:
    """Return what a TOML file of the package holds, as that type."""
    import msgspec

    return msgspec.toml.decode((_PACKAGE / file).read_bytes(), type=kind)
