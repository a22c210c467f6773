"""Checked YAML values -> typed records.

One walk over the type hints of `walletpick.facts.model` serves every kind of catalog file, so a
key that a record has is a key that a file may hold, and every error says where it stands and what
is expected.
"""

from __future__ import annotations

import inspect
import re
import types
import typing
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Annotated, Any, Literal, NamedTuple, TypeVar, Union, get_args, get_origin

import msgspec

from walletpick.facts import places
from walletpick.facts.bounds import MOST_AMOUNT, MOST_DIGITS
from walletpick.facts.periods import length_of
from walletpick.facts.resolve import HOME
from walletpick.facts.vocabulary import FAMILIES, is_looked_for, looked_for, word_problem
from walletpick.facts.walk import POSITION
from walletpick.language import N_, _, pgettext
from walletpick.reading.problem import Problem
from walletpick.reading.strictyaml import Value, read

R = TypeVar("R", bound=msgspec.Struct)

DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
NAME = re.compile(r"[A-Za-z0-9]+(-[A-Za-z0-9]+)*")
URL = re.compile(r"https?://[^\s/]+\S*")
CORRIDOR_ENDS = ("abroad", "foreign-currency")


class _Unreadable(Exception):
    """The value could not be read; the problem is already noted."""


@dataclass(frozen=True)
class Spec:
    """What the hints say of a key: its type without `Annotated` and `None`, and its meaning."""

    type: Any
    # Whether the key may hold null.
    optional: bool
    # `family` names the table of its words, `kind` what its text must look like.
    meta: dict[str, Any] = field(default_factory=dict)


class Key(NamedTuple):
    """A key of a record: the name of its field, what it holds, whether it must be there."""

    name: str
    spec: Spec
    required: bool


def nearest(word: str, known: typing.Iterable[str]) -> str:
    """Return ` (did you mean "x"?)` for the known word nearest to a misspelt one, or ""."""
    from difflib import get_close_matches

    close = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return _(' (did you mean "{close}"?)', close=close[0]) if close else ""


def record_in(data: bytes, kind: type[R], file: str) -> tuple[R | None, list[Problem]]:
    """Return the record that the bytes of a file hold, or None and what is wrong with it."""
    value, problems = read(data, file)
    if value is None or problems:
        return None, problems
    return read_record(kind, value, file, problems), problems


def read_record(kind: type[R], value: Value, file: str, problems: list[Problem]) -> R | None:
    """Return the record that `value` describes, or None; what is wrong is added to `problems`."""
    try:
        record: R = _Reader(file, problems).record(kind, value)
    except _Unreadable:
        return None
    return record


# Reading the hints of a type takes longer than reading a record of it.
@cache
def keys_of(kind: type[msgspec.Struct]) -> dict[str, Key]:
    """Return the keys that a record may have in a file, in their canonical order.

    The order is that of the fields, as `walletpick.facts.model` says.
    """
    hints = typing.get_type_hints(kind, include_extras=True)
    fields = {f.name: f for f in msgspec.structs.fields(kind) if f.name not in POSITION}
    bases = kind.__mro__[::-1] if getattr(kind, "INHERITED_FIRST", False) else kind.__mro__
    last = getattr(kind, "LAST", ())
    named = (name for base in bases for name in inspect.get_annotations(base))
    order = dict.fromkeys([*(name for name in named if name not in last), *last])
    return {
        fields[name].encode_name: Key(name, spec_of(hints[name]), fields[name].required)
        for name in order
        if name in fields
    }


def spec_of(hint: Any) -> Spec:
    """Return what a type hint says of a value."""
    meta: dict[str, Any] = {}
    optional = False
    while True:
        origin = get_origin(hint)
        if origin is Annotated:
            hint, *extras = get_args(hint)
            for extra in extras:
                meta |= extra.extra or {}
        elif origin in (Union, types.UnionType):
            args = get_args(hint)
            rest = [a for a in args if a is not type(None)]
            optional = len(rest) < len(args)
            if len(rest) != 1:
                raise TypeError(f"cannot read a choice of types: {hint}")
            hint = rest[0]
        else:
            return Spec(hint, optional, meta)


class _Reader:
    def __init__(self, file: str, problems: list[Problem]) -> None:
        self.file = file
        self.problems = problems

    def note(self, value: Value, message: str, at: tuple[int, int] | None = None) -> None:
        line, column = at or (value.line, value.column)
        self.problems.append(Problem(self.file, line, column, value.path, message))

    def fail(self, value: Value, sentence: str, **places: object) -> typing.NoReturn:
        """Note what is wrong with a value, which {found} names in the sentence."""
        self.note(value, _(sentence, found=_in_words(value), **places))
        raise _Unreadable

    def record(self, kind: type[msgspec.Struct], value: Value) -> Any:
        if not isinstance(value.data, dict):
            self.fail(
                value, N_("found {found}, expected a block of keys: {keys}"), keys=_listed(kind)
            )
        keys = keys_of(kind)
        before = len(self.problems)
        fields: dict[str, Any] = {"line": value.line, "column": value.column, "path": value.path}
        for key, item in value.data.items():
            if key not in keys:
                self.note(item, _unknown_key(kind, value, key), value.keys[key])
                continue
            name, spec, _required = keys[key]
            if item.data is None and spec.optional:
                fields[name] = None
                continue
            with suppress(_Unreadable):
                fields[name] = self.value(spec, item)
        for key, (_name, _spec, required) in keys.items():
            if required and key not in value.data:
                self.note(value, _('the key "{key}" is missing', key=key))
        if len(self.problems) > before:
            raise _Unreadable
        return kind(**fields)

    def value(self, spec: Spec, value: Value) -> Any:
        kind, meta = spec.type, spec.meta
        origin = get_origin(kind)
        if origin is tuple:
            return self.items(spec, value)
        if origin is dict:
            return self.mapping(spec, value)
        if origin is Literal:
            return self.choice(get_args(kind), value)
        if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
            return self.record(kind, value)
        if kind is bool:
            if not isinstance(value.data, bool):
                self.fail(value, N_("found {found}, expected true or false"))
            return value.data
        if kind is Decimal:
            return self.number(value, meta.get("range"))
        if kind is int:
            number = self.number(value, meta.get("range"))
            if number != number.to_integral_value():
                self.fail(value, N_("found {found}, expected a whole number"))
            return int(number)
        if "family" in meta:
            return self.choice(tuple(FAMILIES[meta["family"]]), value)
        return self.text(meta.get("kind"), value)

    # What cannot be read of a list or a mapping is noted, and the record around it not made.

    def items(self, spec: Spec, value: Value) -> tuple[Any, ...]:
        inner = spec_of(get_args(spec.type)[0])
        if not isinstance(value.data, list):
            if spec.meta.get("kind") == "one-or-more" and not isinstance(value.data, dict):
                return (self.value(inner, value),)
            self.fail(value, N_("found {found}, expected a list"))
        items = []
        for item in value.data:
            with suppress(_Unreadable):
                items.append(self.value(inner, item))
        return tuple(items)

    def mapping(self, spec: Spec, value: Value) -> dict[str, Any]:
        key_spec, item_spec = map(spec_of, get_args(spec.type))
        if not isinstance(value.data, dict):
            self.fail(value, N_("found {found}, expected a block of keys"))
        mapping = {}
        for key, item in value.data.items():
            with suppress(_Unreadable):
                name = self.value(key_spec, Value(key, *value.keys[key], item.path, text=key))
                mapping[name] = self.value(item_spec, item)
        return mapping

    def choice(self, words: tuple[str, ...], value: Value) -> str:
        if isinstance(value.data, str) and value.data in words:
            return value.data
        close = nearest(value.data, words) if isinstance(value.data, str) else ""
        wrong = N_("found {found}{close}; expected one of: {expected}")
        self.fail(value, wrong, close=close, expected=", ".join(words))

    def number(self, value: Value, allowed: tuple[int, int] | None) -> Decimal:
        if not isinstance(value.data, Decimal):
            self.fail(
                value, N_("found {found}, expected a number such as 1.5, without quotes or signs")
            )
        if len(value.text) > MOST_DIGITS:
            wrong = N_("found {found}, expected at most {most_digits} digits")
            self.fail(value, wrong, most_digits=MOST_DIGITS)
        if value.data < 0 and not (allowed and allowed[0] < 0):
            self.fail(value, N_("found {found}, expected a number that is not negative"))
        if value.data > MOST_AMOUNT:
            wrong = N_("found {found}, expected a number up to {most_amount:,}")
            self.fail(value, wrong, most_amount=MOST_AMOUNT)
        if allowed and not allowed[0] <= value.data <= allowed[1]:
            wrong = N_("found {found}, expected {least} to {most}")
            self.fail(value, wrong, least=allowed[0], most=allowed[1])
        return value.data

    def text(self, kind: str | None, value: Value) -> str:
        text = value.text if isinstance(value.data, Decimal) and value.text else value.data
        if not isinstance(text, str):
            self.fail(value, N_("found {found}, expected text"))
        if not text.strip():
            self.fail(value, N_("found empty text: write something or leave the key out"))
        if expected := _expected(kind, text):
            self.fail(
                value, N_('found "{text}", expected {expected}'), text=text, expected=expected
            )
        if kind == "wanted" and (message := word_problem(text)):
            self.note(value, message)
            raise _Unreadable
        return text


def _expected(kind: str | None, text: str) -> str | None:
    """Return what a text of a kind has to be, where it is not."""
    if kind in _FORMS:
        is_right, expected = _FORMS[kind]
        return None if is_right(text) else _(expected)
    check = _CHECKS.get(kind or "")
    return check(text) if check else None


def is_id(text: str) -> bool:
    """Return whether a text can be the id of a wallet or a plan."""
    return ID.fullmatch(text) is not None


def is_url(text: str) -> bool:
    """Return whether a text is an address of a page."""
    return URL.fullmatch(text) is not None


_FORMS: dict[str | None, tuple[typing.Callable[[str], object], str]] = {
    "currency": (places.is_currency, N_("an ISO 4217 currency code such as PHP")),
    "length": (length_of, N_("the length of a stay, a year at most: 3 weeks")),
    "id": (is_id, N_("lower-case letters, digits and single dashes")),
    "name": (NAME.fullmatch, N_("letters, digits and single dashes")),
    "url": (is_url, N_("an address that begins with https:// or http://")),
}


def _check_country(text: str) -> str | None:
    if places.is_country(text):
        return None
    guess = places.find_country(text)
    close = [f'"{guess}"'] if guess else places.nearest_countries(text)
    listed = _(" or ").join(close)
    hint = _(" (did you mean {listed}?)", listed=listed) if close else ""
    return _("an ISO 3166 country code such as PH{hint}", hint=hint)


def _check_land(text: str) -> str | None:
    return None if text in places.UNIONS else _check_country(text)


def _check_corridor(text: str) -> str | None:
    start, _dash, end = text.partition("-")
    known = places.is_country(end) or end in CORRIDOR_ENDS or end in places.ZONE_NAMES
    if (places.is_country(start) or start == HOME) and (known or start == end == HOME):
        return None
    ends = ", ".join((*CORRIDOR_ENDS, *places.ZONE_NAMES))
    return _(
        "a corridor: FROM-TO with country codes such as HK-CN, or after the dash:"
        " {ends}; for several countries FROM is {home}",
        ends=ends,
        home=HOME,
    )


def _check_end(text: str) -> str | None:
    if text == "abroad" or text in places.ZONE_NAMES or places.is_country(text):
        return None
    listed = ", ".join(("abroad", *places.ZONE_NAMES))
    return _("{country}, or one of: {listed}", country=_check_country(text), listed=listed)


def _check_date(text: str) -> str | None:
    expected = _("a date such as 2026-05-19, 2026-05 or 2026")
    if not DATE.fullmatch(text):
        return expected
    try:
        # The first of the month, or of the year, where the date is partial.
        date.fromisoformat(f"{text}-01-01"[:10])
    except ValueError:
        return _("{expected}, and a day that there is", expected=expected)
    return None


def _check_told(text: str) -> str | None:
    # Only a person's own facts need it.
    from walletpick.facts.target import tellable
    from walletpick.reading.told import is_written

    if is_written(text):
        return None
    hint = nearest(text, tellable())
    return _("what can be told, such as convert.percent or security.passkey{hint}", hint=hint)


def _check_looked(text: str) -> str | None:
    if is_looked_for(text):
        return None
    hint = nearest(text, looked_for())
    return _(
        "what can be looked for, such as security:passkey or fee:send:own-network{hint}", hint=hint
    )


_CHECKS: dict[str, typing.Callable[[str], str | None]] = {
    "country": _check_country,
    "land": _check_land,
    "corridor": _check_corridor,
    "end": _check_end,
    "date": _check_date,
    "looked": _check_looked,
    "told": _check_told,
}


def _unknown_key(kind: type[msgspec.Struct], value: Value, key: str) -> str:
    assert isinstance(value.data, dict)
    close = nearest(key, keys_of(kind))
    line, column = value.keys[key]
    # Another key before it on its line: they are in brackets then.
    is_after_comma = any(at == line and before < column for at, before in value.keys.values())
    if value.data[key].data is None and not close and is_after_comma:
        return _(
            'found "{key}" where a key was expected: put text with a comma in quotes,'
            " and write a decimal with a point, such as 1.5",
            key=key,
        )
    wrong = N_('unknown key "{key}"{close}; expected: {keys}')
    return _(wrong, key=key, close=close, keys=_listed(kind))


def _in_words(value: Value) -> str:
    """Return how a message names what was found."""
    if isinstance(value.data, dict):
        return _("a block of keys")
    if isinstance(value.data, list):
        return _("a list")
    if value.data is None:
        return pgettext("in place of a value", "nothing")
    if isinstance(value.data, bool):
        return "true" if value.data else "false"
    text = value.text if isinstance(value.data, Decimal) else value.data
    return _('"{text}"', text=text if len(text) <= 60 else text[:57] + "...")


def _listed(kind: type[msgspec.Struct]) -> str:
    return ", ".join(keys_of(kind))
