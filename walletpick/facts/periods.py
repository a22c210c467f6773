"""The time that a bill is for: a year of months that are alike, or a stay that ends."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from walletpick.language import ngettext

# A month has thirty days, and a year twelve such months.
DAYS = 30
_UNITS = {"day": 1, "week": 7, "month": DAYS, "year": 12 * DAYS}
_LENGTH = re.compile(
    r"([0-9]{1,3}) *(?:(day|week|month|year)s?|(天|日|周|週|星期|个月|個月|月|年))"
)
_CHINESE = {
    **dict.fromkeys("天日", "day"),
    **dict.fromkeys(("周", "週", "星期"), "week"),
    **dict.fromkeys(("个月", "個月", "月"), "month"),
    "年": "year",
}


class Period(Struct, frozen=True):
    """So many days; `months` are those that begin in it, for each begun one is charged.

    `repeats` is how often usages are done in it: those of a year are a month's, those of a stay are
    of the whole stay. `stay` is its length, "3 weeks"; "" for a year of months.
    """

    days: int
    months: int
    repeats: int
    stay: str = ""

    def days_of_uses(self, times: int, month: int) -> Sequence[int]:
        """Return on which days the uses of a month fall, of so many in a month or in the stay.

        Up to thirty a month have days of their own.
        """
        if not self.stay:
            return [use if times <= DAYS else use * DAYS // times for use in range(times)]
        days = (use * self.days // times for use in range(times))
        return [day for day in days if day // DAYS == month]


YEAR = Period(12 * DAYS, 12, 12)


def length_of(text: str) -> str | None:
    """Return the length of a stay as it is kept: "3weeks", "3周" -> "3 weeks"; None for none.

    It is a year at most.
    """
    match = _LENGTH.fullmatch(text.strip())
    if not match:
        return None
    number, unit = int(match[1]), match[2] or _CHINESE[match[3]]
    if not 0 < number * _UNITS[unit] <= YEAR.days:
        return None
    return f"{number} {unit}{'' if number == 1 else 's'}"


def stay_words(length: str) -> str:
    """Return the length of a stay, as it is kept, in the language that is spoken; "" for none."""
    if not length:
        return ""
    number, unit = length.split()
    count = int(number)
    match unit.removesuffix("s"):
        case "day":
            return ngettext("{count} day", "{count} days", count)
        case "week":
            return ngettext("{count} week", "{count} weeks", count)
        case "month":
            return ngettext("{count} month", "{count} months", count)
    return ngettext("{count} year", "{count} years", count)


def period_of(length: str | None) -> Period:
    """Return the time of needs that name the length of a stay, else a year. Raises ValueError."""
    if length is None:
        return YEAR
    stay = length_of(length)
    if stay is None:
        raise ValueError(length)
    number, unit = stay.split()
    days = int(number) * _UNITS[unit.removesuffix("s")]
    return Period(days, -(-days // DAYS), 1, stay)
