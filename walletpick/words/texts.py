"""Texts that are data: a file beside this module, for each language its own. Pure."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TypeVar

import msgspec

T = TypeVar("T")


@cache
def texts(name: str, kind: type[T]) -> T:
    """Return what NAME.en.toml holds."""
    file = files(__package__).joinpath(f"{name}.en.toml")
    return msgspec.toml.decode(file.read_bytes(), type=kind)
