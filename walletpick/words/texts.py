"""Texts that are data: a file beside this module, for each language its own. Pure."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any, TypeVar, cast

import msgspec

from walletpick.language import Language, language

T = TypeVar("T")


def texts(name: str, kind: type[T]) -> T:
    """Return what NAME.LANGUAGE.toml holds, in the language that is spoken."""
    held: T = _held(name, cast("Any", kind), language())
    return held


@cache
def _held(name: str, kind: Any, code: Language) -> Any:
    file = files(__package__).joinpath(f"{name}.{code}.toml")
    return msgspec.toml.decode(file.read_bytes(), type=kind)
