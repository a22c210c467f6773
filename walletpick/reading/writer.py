"""The canonical form of a catalog file: the order of its keys, its lines, its quotes.

What stands where follows from the types that load the file: the order of keys is the order of the
fields in `walletpick.facts.model`, a fact is one line, what holds facts is a block. Comments stay
with what they are about: those above a line above it, those beside it beside it, those in the
middle of a fact that was spread over several lines above that fact. Figures and dates stay as
written.

This is no round trip of a general YAML library, because none keeps this layout: ruamel.yaml 0.19
hangs a comment on the value before it, so that it goes astray when keys move, drops comments inside
brackets, and writes +44 as 44.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any, get_args, get_origin

from msgspec import Struct

from walletpick.facts import model
from walletpick.facts.model import Record
from walletpick.facts.money import plain_number
from walletpick.facts.walk import content
from walletpick.language import _
from walletpick.reading.kinds import Kind
from walletpick.reading.problem import Problem, in_file, problems_in
from walletpick.reading.records import Spec, keys_of, read_record, record_in, spec_of
from walletpick.reading.strictyaml import Comment, Value, comments, read

# Records that are written as blocks, a key a line. All others are one line, and so is what they
# hold.
_BLOCKS = {
    model.AskedFile,
    model.Averages,
    model.Criteria,
    model.Criterion,
    model.ExperienceRules,
    model.Group,
    model.Implication,
    model.Implications,
    model.Law,
    model.Local,
    model.Needs,
    model.Onboarding,
    model.OwnFile,
    model.Part,
    model.Place,
    model.Rates,
    model.Settings,
    model.Support,
    model.SurveyHead,
    model.Translated,
    model.WalletFile,
}
# Lists of words are one line, lists of facts a line each. These differ.
_LINE_EACH = {(model.Law, "notes"), (model.WalletFile, "notes"), (model.SurveyHead, "left_out")}
_ONE_LINE = {(model.Part, "curve")}
# Keys that stand without a blank line above them, in records whose other keys have one.
_CLOSE_TOGETHER: dict[type[Record], set[str]] = {
    model.Averages: set(),
    model.Criteria: set(),
    model.Group: {"in", "currency", "status", "operator", "kind"},
    model.Law: {"base", "without"},
    model.Local: {"currency", "status", "operator", "kind"},
    model.Place: {"status", "operator", "kind"},
    model.Rates: set(),
    model.WalletFile: set(keys_of(model.About)) - {"sources"},
}
# Mappings of blocks with a blank line between them.
_APART = {(model.WalletFile, "groups"), (model.WalletFile, "markets"), (model.Criteria, "criteria")}

_INDENT = 2
_MODELINE = re.compile(r"#\s*yaml-language-server:\s*\$schema=\S+")
_PLAIN_KEY = re.compile(r"[A-Za-z0-9_][\w./-]*")
# What may not begin a plain scalar, and what may not stand in one.
_BAD_START = tuple("?:,[]{}#&*!|>'\"%@`")
_BAD_PART = re.compile(r": |:$| #|\n")
_BAD_IN_BRACKETS = re.compile(r"[,\[\]{}?]")
# Plain text that YAML 1.2 reads as something else: nothing, a yes or no, a number.
_NOT_TEXT = re.compile(
    r"~|null|Null|NULL|true|True|TRUE|false|False|FALSE|<<"
    r"|[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+"
    r"|[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?"
    r"|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)"
)


@dataclass
class _Entry:
    """What begins a line: a key with its value, or an item of a list.

    `text` is its line without comments; with `parts` they follow below it, indented. `line` and
    `column` say where it began in the file, and `last` where the last value in it began.
    """

    text: str
    line: int
    column: int
    last: tuple[int, int]
    item: bool = False
    # Whether a blank line stands above it.
    apart: bool = False
    # The place among its like, when these have an order.
    rank: int = 0
    parts: list[_Entry] = field(default_factory=list)
    parent: _Entry | None = None
    above: list[str] = field(default_factory=list)
    beside: str = ""
    below: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        for part in self.parts:
            part.parent = self


def canonical(data: bytes, kind: Kind, path: Path, file: str) -> tuple[str | None, list[Problem]]:
    """Return the canonical text of a file, or None and what is wrong with it.

    What the text says is what the file says: that is checked before it is returned. The text of a
    canonical text is itself.
    """
    value, problems = read(data, file)
    if problems or value is None:
        return None, problems
    record = read_record(kind.record, value, file, problems)
    if record is not None:
        problems += problems_in(file, kind.check(record, path.stem))
    if problems or record is None:
        return None, sorted(problems)
    given = comments(data)
    text = _with_comments(_block(kind.record, value), kind.schema, given)
    same, _problems = record_in(text.encode(), kind.record, file)
    if content(same) == content(record) and _texts(comments(text.encode())) == _texts(given):
        return text, []
    message = _("its layout cannot be changed without changing what it says; please report this")
    return None, [in_file(file, message)]


def as_yaml(
    record: Record, above: Mapping[str, Sequence[str]] | None = None, whole: bool = False
) -> str:
    """Return the canonical text of a record: what says nothing is left out, but of the `whole`.

    `above` has the comments that stand above keys of the record.
    """
    value = _value_of(record, whole)
    assert isinstance(value.data, dict)
    entries = _block(type(record), value)
    for name, entry in zip(value.data, entries, strict=True):
        entry.above += (above or {}).get(name, ())
    lines: list[str] = []
    _write(entries, 0, lines)
    return "\n".join(lines).lstrip("\n") + "\n" if lines else "{}\n"


def as_line(record: Record) -> str:
    """Return a record on one line, as a fact stands in a file: "{has: true, source: terms}"."""
    return _inline(spec_of(type(record)), _value_of(record, whole=False), in_brackets=False)


def _value_of(data: Any, whole: bool) -> Value:
    """Return data as if it had been read from a file."""
    if isinstance(data, Record):
        data = {
            name: item
            for name, key in keys_of(type(data)).items()
            if not _is_nothing(item := getattr(data, key.name)) or whole or key.required
        }
    if isinstance(data, dict):
        values = {name: _value_of(item, whole) for name, item in data.items()}
        return Value(values, 0, 0, "", keys=dict.fromkeys(values, (0, 0)))
    if isinstance(data, tuple):
        return Value([_value_of(item, whole) for item in data], 0, 0, "")
    if isinstance(data, int | Decimal) and not isinstance(data, bool):
        number = Decimal(data)
        return Value(number, 0, 0, "", plain_number(number))
    return Value(data, 0, 0, "")


def _is_nothing(data: Any) -> bool:
    return data is None or data is False or data in ("", (), {})


def _texts(given: list[Comment]) -> list[str]:
    return sorted(comment.text for comment in given if not _MODELINE.fullmatch(comment.text))


# What begins a line, from the types.


def _block(kind: type[Struct], value: Value) -> list[_Entry]:
    assert isinstance(value.data, dict)
    keys = keys_of(kind)
    order = list(keys)
    together = _CLOSE_TOGETHER.get(kind)  # type: ignore[arg-type]
    entries = []
    for name, item in value.data.items():
        entry = _of_key(name, value.keys[name], keys[name].spec, item, (kind, name))
        entry.rank = order.index(name)
        entry.apart = together is not None and name not in together
        entries.append(entry)
    return entries


def _of_key(
    name: str, at: tuple[int, int], spec: Spec, value: Value, owner: tuple[Any, str]
) -> _Entry:
    parts = _parts(spec, value, owner)
    text = f"{_key(name)}:" if parts else f"{_key(name)}: {_inline(spec, value, False)}"
    return _Entry(text, *at, max(at, _last(value)), parts=parts)


def _parts(spec: Spec, value: Value, owner: tuple[Any, str]) -> list[_Entry]:
    """Return what is written below a key, or nothing when its value stands on its line."""
    if not value.data or isinstance(value.data, str | bool | Decimal):
        return []
    if isinstance(value.data, list):
        return _items(spec, value, owner)
    if get_origin(spec.type) is not dict:
        return _block(spec.type, value) if spec.type in _BLOCKS else []
    inner = spec_of(get_args(spec.type)[1])
    if not (_is_record(inner.type) or get_origin(inner.type) is dict):
        return []
    entries = []
    for name, item in value.data.items():
        entry = _of_key(name, value.keys[name], inner, item, (None, name))
        entry.apart = owner in _APART
        entries.append(entry)
    return entries


def _items(spec: Spec, value: Value, owner: tuple[Any, str]) -> list[_Entry]:
    assert isinstance(value.data, list)
    inner = spec_of(get_args(spec.type)[0])
    if owner in _ONE_LINE or not (_is_record(inner.type) or owner in _LINE_EACH):
        return []
    entries = []
    for item in value.data:
        # An item begins with its dash, where there is one.
        column = value.column if item.column >= value.column + _INDENT else item.column
        parts = _block(inner.type, item) if inner.type in _BLOCKS else []
        text = "-" if parts else f"- {_inline(inner, item, False)}"
        entries.append(_Entry(text, item.line, column, _last(item), item=True, parts=parts))
    return entries


# Comments.


def _with_comments(top: list[_Entry], schema: str, given: list[Comment]) -> str:
    """Return the text, each comment with what it is about."""
    entries = list(_all(top))
    places = sorted((entry.line, entry.column) for entry in entries)
    modeline = f"# yaml-language-server: $schema={schema}"
    head: list[str] = []
    head_line = 0
    tail: list[str] = []
    # The list and the line of the last comment that has a line of its own.
    last: tuple[list[str], int] = (tail, 0)
    for comment in given:
        place = (comment.line, comment.column)
        number = bisect_left(places, place)
        before = entries[number - 1] if number else None
        after = entries[number] if number < len(entries) else None
        if before is None:
            if _MODELINE.fullmatch(comment.text):
                modeline = comment.text
                continue
            to, head_line = head, comment.line
        elif comment.inside or (not before.parts and place < before.last):
            before.above.append(comment.text)
            continue
        elif comment.alone:
            owner = _is_below(comment, before, after)
            to = owner.below if owner else after.above if after else tail
        else:
            if before.beside:
                before.above.append(comment.text)
            else:
                before.beside = comment.text
            continue
        if to and to is last[0] and comment.line > last[1] + 1:
            to.append("")
        to.append(comment.text)
        last = (to, comment.line)
    lines = [modeline, *head]
    if head and entries and entries[0].line > head_line + 1:
        lines.append("")
    start = len(lines)
    _write(top, 0, lines)
    if start < len(lines) and lines[start] == "":
        del lines[start]
    if tail:
        lines += ["", *tail]
    return "\n".join(lines) + "\n"


def _all(entries: list[_Entry]) -> Iterator[_Entry]:
    """Yield entries and what stands below them, in the order of the file."""
    for entry in entries:
        yield entry
        yield from _all(entry.parts)


def _is_below(comment: Comment, before: _Entry, after: _Entry | None) -> _Entry | None:
    """Return the entry that a comment on a line of its own ends, or None if it begins the next.

    It ends one when it is indented deeper than the next entry, which does not itself stand inside
    the one before.
    """
    if after is not None and (after.parent is before or comment.column <= after.column):
        return None
    entry: _Entry | None = before
    while entry is not None and entry.column >= comment.column:
        entry = entry.parent
    return entry


# Writing.


def _write(entries: list[_Entry], indent: int, lines: list[str]) -> None:
    for number, entry in enumerate(sorted(entries, key=lambda entry: entry.rank)):
        if entry.apart and (number or indent == 0):
            lines.append("")
        _write_entry(entry, indent, lines)


def _write_entry(entry: _Entry, indent: int, lines: list[str]) -> None:
    if entry.item and entry.parts:
        # The first key stands beside the dash, and what is above it above the dash.
        first = min(entry.parts, key=lambda part: part.rank)
        entry.above += first.above
        first.above = []
    lines += _comments(entry.above, indent)
    beside = f"  {entry.beside}" if entry.beside else ""
    if entry.item and entry.parts:
        start = len(lines)
        _write(entry.parts, indent + _INDENT, lines)
        lines[start] = f"{' ' * indent}- {lines[start].lstrip(' ')}{beside}"
    else:
        lines.append(f"{' ' * indent}{entry.text}{beside}")
        _write(entry.parts, indent + _INDENT, lines)
    lines += _comments(entry.below, indent + _INDENT)


def _comments(texts: list[str], indent: int) -> list[str]:
    return [f"{' ' * indent}{text}" if text else "" for text in texts]


def _inline(spec: Spec, value: Value, in_brackets: bool) -> str:
    data = value.data
    if isinstance(data, list):
        one_or_more = spec.meta.get("kind") == "one-or-more"
        inner = spec_of(get_args(spec.type)[0])
        if one_or_more and len(data) == 1:
            return _inline(inner, data[0], in_brackets)
        return f"[{', '.join(_inline(inner, item, True) for item in data)}]"
    if isinstance(data, dict):
        return f"{{{', '.join(_pairs(spec, data))}}}"
    if get_origin(spec.type) is tuple:
        # One word where several may stand.
        spec = spec_of(get_args(spec.type)[0])
    if data is None:
        return "null"
    if isinstance(data, bool):
        return "true" if data else "false"
    if isinstance(data, Decimal):
        return value.text if _may_be_number(spec) else f'"{value.text}"'
    if spec.meta.get("kind") == "date":
        return data
    return text_of(data, in_brackets)


def _pairs(spec: Spec, data: dict[str, Value]) -> Iterator[str]:
    if get_origin(spec.type) is dict:
        inner = spec_of(get_args(spec.type)[1])
        for name, item in data.items():
            yield f"{_key(name)}: {_inline(inner, item, True)}"
        return
    for name, key in keys_of(spec.type).items():
        if name in data:
            yield f"{_key(name)}: {_inline(key.spec, data[name], True)}"


def _is_record(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Struct)


def _may_be_number(spec: Spec) -> bool:
    """Return whether a bare number is what the key holds: a figure, or the year of a date."""
    return spec.type is not str or spec.meta.get("kind") == "date"


def _key(name: str) -> str:
    plain = _PLAIN_KEY.fullmatch(name) and not _NOT_TEXT.fullmatch(name)
    return name if plain else _quoted(name)


def text_of(text: str, in_brackets: bool = False) -> str:
    """Return a text, in quotes only where it would not be read as text without."""
    if (
        not text
        or text != text.strip()
        or text.startswith(_BAD_START)
        or re.match(r"-(\s|$|--)|\.\.\.", text)
        or _BAD_PART.search(text)
        or _NOT_TEXT.fullmatch(text)
        or (in_brackets and _BAD_IN_BRACKETS.search(text))
    ):
        return _quoted(text)
    return text


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def _last(value: Value) -> tuple[int, int]:
    """Return where the last value inside a value begins."""
    place = (value.line, value.column)
    if isinstance(value.data, list):
        return max([place, *map(_last, value.data)])
    if isinstance(value.data, dict):
        return max([place, *value.keys.values(), *map(_last, value.data.values())])
    return place
