"""Records as trees of texts, and where two trees differ. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, TypeVar

from msgspec import Struct, structs

from walletpick.facts import model
from walletpick.facts.walk import POSITION
from walletpick.language import _
from walletpick.words.phrases import figure, yes_no

# What a tree is made of: text at its leaves.
Tree = dict[str, Any]

T = TypeVar("T")


def tree_of(record: Struct, apart: Sequence[str] = ()) -> Tree:
    """Return the keys of a record as its file writes them, but for those that are not set."""
    tree: Tree = {}
    for info in structs.fields(record):
        if info.name in POSITION or info.name in apart:
            continue
        value = getattr(record, info.name)
        branch = _branch(value)
        if branch not in (None, "", {}) and (info.required or value != info.default):
            tree[info.encode_name] = branch
    return tree


def _branch(value: Any) -> Tree | str | None:
    if value is None:
        return None
    if isinstance(value, bool):
        return yes_no(value)
    if isinstance(value, Decimal):
        return figure(value)
    if isinstance(value, Struct):
        return tree_of(value)
    if isinstance(value, Mapping):
        return {str(key): _branch(item) for key, item in value.items()}
    if isinstance(value, tuple) and value and isinstance(value[0], Struct):
        return _listed(value)
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return str(value)


def _listed(records: Sequence[Struct]) -> Tree:
    """Return the records of a list by what each is about, so that one more moves no other."""
    tree: Tree = {}
    for number, record in enumerate(records, 1):
        key, apart = _name_of(record, number)
        while key in tree:
            key = _("{key} again", key=key)
        tree[key] = tree_of(record, apart)
    return tree


# What the pieces of a law are about, beside the licences for which it says so.
_ABOUT: dict[type[Struct], tuple[str, ...]] = {
    model.Right: ("right", "body", "when"),
    model.LawFee: ("operation", "method", "when"),
    model.LawLimit: ("what", "operation", "level"),
}


def _name_of(record: Struct, number: int) -> tuple[str, tuple[str, ...]]:
    """Return what a record of a list goes by, and the fields that say so."""
    if isinstance(record, model.Part | model.Implication):
        return record.id, ("id",)
    if isinstance(record, model.Option):
        return record.fact if record.is_ else _("{fact} (is not)", fact=record.fact), (
            "fact",
            "is_",
        )
    if isinstance(record, model.CurvePoint):
        return _("at {figure}", figure=figure(record.at)), ("at",)
    if about := _ABOUT.get(type(record)):
        words = [getattr(record, field) for field in about]
        licences = ", ".join(getattr(record, "applies_to", ()))
        said = _("{words} for {licences}", words=" ".join(filter(None, words)), licences=licences)
        return said, (*about, "applies_to")
    if isinstance(record, model.Usage):
        how = f" {record.method}" if record.method else ""
        said = f"{record.operation}{how}"
        if record.country:
            said = _("{words} to {country}", words=said, country=record.country)
        return said, ("operation", "method", "country")
    return str(number), ()


def differing(
    old: Tree, new: Tree, keys: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], str | None, str | None]]:
    """Yield where two trees differ: the keys that lead there, and what each has (None: nothing).

    A branch that only one has is one difference.
    """
    for key in dict.fromkeys([*old, *new]):
        was, now = old.get(key), new.get(key)
        if was == now:
            continue
        if isinstance(was, dict) and isinstance(now, dict):
            yield from differing(was, now, (*keys, key))
        else:
            yield (*keys, key), _flat(was), _flat(now)


def both(old: Mapping[str, T], new: Mapping[str, T]) -> Iterator[tuple[str, T | None, T | None]]:
    """Yield the names of two mappings in order, each with what either has under it."""
    for name in sorted({*old, *new}):
        yield name, old.get(name), new.get(name)


def _flat(branch: Tree | str | None) -> str | None:
    """Return a branch on one line: "points 40, best of (security:passkey 1)"."""
    if branch is None or isinstance(branch, str):
        return branch
    parts = []
    for key, value in branch.items():
        words = _flat(value)
        parts.append(f"{key} ({words})" if isinstance(value, dict) else f"{key} {words}")
    return ", ".join(parts)
