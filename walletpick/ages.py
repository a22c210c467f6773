"""How old facts are. Pure: today is always an argument."""

from __future__ import annotations

from datetime import date

from walletpick.model import Source


def age_in_months(source: Source, today: date) -> int:
    """Return full months from the source's own date, or from its reading when it has none.

    A partial date counts from its beginning: a vague date must not make a fact look fresher.
    """
    year, month, day = _earliest(source.as_of or source.seen)
    months = (today.year - year) * 12 + today.month - month
    return max(months - (today.day < day), 0)


def is_stale(source: Source, today: date, after_months: int) -> bool:
    """Return whether a fact of this source is older than it should be."""
    return age_in_months(source, today) >= after_months


def months_since(day: str, today: date) -> int:
    """Return full months from a date to today; of a partial date, from its end."""
    year, month, in_month = _latest(day)
    return max((today.year - year) * 12 + today.month - month - (today.day < in_month), 0)


def latest_day(day: str) -> date:
    """Return the last day that a date means, which may be partial: "2026-05" is 28 May."""
    return date(*_latest(day))


def _earliest(day: str) -> tuple[int, int, int]:
    return int(day[:4]), int(day[5:7] or 1), int(day[8:] or 1)


def _latest(day: str) -> tuple[int, int, int]:
    return int(day[:4]), int(day[5:7] or 12), int(day[8:] or 28)
