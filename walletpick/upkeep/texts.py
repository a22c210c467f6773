"""What people read of a catalog: the texts that another language says in its own words. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any, get_args

from msgspec import Struct, structs

from walletpick.facts import model

# The fields that hold names: these may be translated, and need not be.
NAMES: dict[type[Struct], tuple[str, ...]] = {
    **dict.fromkeys((model.About, model.Reach, model.Place, model.Wallet), ("operator",)),
    # Banks, shops and networks.
    **dict.fromkeys((model.FeeRule, model.GiveBack, model.Limit, model.Claim), ("provider",)),
    # A law has a title of its own.
    model.Source: ("title",),
}


@cache
def read_fields(kind: type[Struct], names: bool = False) -> frozenset[str]:
    """Return the fields of a kind of record that hold what people read, or `names`."""
    if names:
        return frozenset(name for base in kind.__mro__ for name in NAMES.get(base, ()))
    return frozenset(each.name for each in structs.fields(kind) if _is_read(each.type))


def _is_read(hint: Any) -> bool:
    """Return whether a type is that of what people read, or holds some."""
    return hint == model.Read or any(map(_is_read, get_args(hint)))


def texts_of(value: Any, names: bool = False) -> Iterator[str]:
    """Yield every text (or name) that people read of a record and of all in it.

    One may come again.
    """
    for record, name, text in leaves_of(value):
        if text and name in read_fields(record.__class__, names):
            yield text


def leaves_of(value: Any, within: Any = None, field: str = "") -> Iterator[tuple[Any, str, Any]]:
    """Yield all that a record and those in it hold, each with its own record and the field there.

    What a mapping or a row holds is yielded one by one.
    """
    if isinstance(value, Struct):
        for name in value.__struct_fields__:
            yield from leaves_of(getattr(value, name), value, name)
    elif isinstance(value, dict | tuple):
        for item in value.values() if isinstance(value, dict) else value:
            yield from leaves_of(item, within, field)
    else:
        yield within, field, value


def needs_translation(text: str) -> bool:
    """Return whether a text has words in Latin letters: a number is the same everywhere."""
    return any(char.isascii() and char.isalpha() for char in text)
