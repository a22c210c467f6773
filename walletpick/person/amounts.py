"""Amounts as people write them: 1,000 and 1.000,50 and $100 and 1000USD x 2. Pure."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from msgspec import Struct

from walletpick.facts.bounds import MOST_DIGITS
from walletpick.facts.places import is_currency, minor_units
from walletpick.facts.tables import lines_of

# The most characters that can be an amount, with how many times.
_LONGEST = 120


class NoAmount(Exception):
    """A text that is no amount."""


class TypedAmount(Struct, frozen=True):
    """An amount as it was typed: its number, in all, and the currency that is named, if any.

    `times` is how many uses are named, as typed. `doubtful` are two readings, of which the first
    was taken: "1.000" is a thousand, and may have been meant as one.
    """

    number: Decimal
    currency: str | None = None
    times: str | None = None
    doubtful: tuple[Decimal, Decimal] | None = None


# The x before a number of uses is none in a currency: 1000mxn, 1000XOF.
_WHOLE = re.compile(
    r"(?P<money>.+?)\s*(?P<each>each)?\s*"
    r"(?:(?:(?<=\d)(?:[×*]|x(?!af|cd|cg|of|pf))|(?:[x×*]|in|times)(?=\s*-?\d|\s*$))\s*(?P<times>.*))?",
    re.IGNORECASE,
)
_TIMES = re.compile(r"(-?\d+)\s*[^\W\d_]*")
_MONEY = re.compile(
    r"(?P<before>[^\d\s.,+-]*)(?:\.\s)?\s*(?P<number>-?[.,]?\d[\d\s.,'’_]*?)\s*(?P<after>[^\d\s.,+-]*)"
)


def read_amount(text: str, currency: str) -> TypedAmount:
    """Return the amount that a text says, with how many times, if it says so.

    "150 x 3" is 150 in all and "50 each x 3" is 50 three times. `currency` is the one that is meant
    where none is named: in it, a sign such as $ is understood. Raises NoAmount.
    """
    text = text.strip()
    whole = _WHOLE.fullmatch(text) if len(text) <= _LONGEST else None
    money = _MONEY.fullmatch(whole["money"]) if whole else None
    if whole is None or money is None or (money["before"] and money["after"]):
        raise NoAmount
    unit = money["before"] or money["after"]
    named = _currency(unit, currency) if unit else None
    number, doubtful = _number(money["number"], named or currency)
    times = whole["times"]
    if times is not None and (counted := _TIMES.fullmatch(times)):
        times = counted[1]
    if whole["each"]:
        if not times or not re.fullmatch(r"\d{1,9}", times):
            raise NoAmount
        number *= int(times)
    return TypedAmount(number, named, times, doubtful)


@cache
def _signs() -> dict[str, list[str]]:
    """Return what `signs.txt` holds: the currencies that a sign may mean."""
    rows = map(str.split, lines_of("person/signs.txt"))
    return {sign: codes for sign, *codes in rows}


def _currency(unit: str, home: str) -> str:
    """Return the currency that a code or a sign means, where one is used to `home`."""
    meant = _signs().get(unit.casefold())
    if meant:
        return home if home in meant else meant[0]
    if is_currency(unit.upper()):
        return unit.upper()
    raise NoAmount


def _number(text: str, currency: str) -> tuple[Decimal, tuple[Decimal, Decimal] | None]:
    """Return a number, and both readings if its one dot may have been meant otherwise.

    One dot or comma before three last digits parts thousands, but for the dot of a currency that
    has thousandths.
    """
    text = re.sub(r"[\s'’_]", "", text)
    sign, text = ("-", text[1:]) if text.startswith("-") else ("", text)
    if len(text) > MOST_DIGITS:
        raise NoAmount
    if re.fullmatch(r"[1-9]\d{0,2}\.\d{3}", text):
        readings = Decimal(sign + text.replace(".", "")), Decimal(sign + text)
        if minor_units(currency) == 3:
            readings = readings[::-1]
        return readings[0], readings
    if re.fullmatch(r"[1-9]\d{0,2}(,\d{3})+(\.\d*)?|[1-9]\d?(,\d\d)+,\d{3}(\.\d*)?", text):
        text = text.replace(",", "")
    elif re.fullmatch(r"[1-9]\d{0,2}(\.\d{3})+(,\d*)?", text):
        text = text.replace(".", "").replace(",", ".")
    elif re.fullmatch(r"\d+[.,]?\d*|[.,]\d+", text):
        text = text.replace(",", ".")
    else:
        raise NoAmount
    return Decimal(sign + text), None
