"""How old facts are. Pure: today is always an argument."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from walletpick.facts import model

_LN_2 = Decimal(2).ln()


def age_in_months(source: model.Source, today: date) -> int:
    """Return full months from the source's own date, or from its reading when it has none.

    A partial date counts from its beginning: a vague date must not make a fact look fresher.
    """
    year, month, day = earliest(source)
    months = (today.year - year) * 12 + today.month - month
    return max(months - (today.day < day), 0)


def earliest(source: model.Source) -> tuple[int, int, int]:
    """Return year, month and day from which a source counts: the first that its date may mean."""
    day = source.as_of or source.seen
    return int(day[:4]), int(day[5:7] or 1), int(day[8:] or 1)


def is_stale(source: model.Source, today: date, after_months: int) -> bool:
    """Return whether a fact of this source is older than it should be: so many months, or more."""
    return is_of(source, stale_day(today, after_months))


def fact_is_stale(
    fact: model.Fact | model.FeeRule | model.Limit,
    source: model.Source,
    catalog: model.Catalog,
    today: date,
) -> bool:
    """Return whether a fact is older than facts of its kind should be."""
    settings = catalog.criteria.settings
    months = settings.stale_facts_months
    if isinstance(fact, model.Right | model.LawFee | model.LawLimit | model.LawStatement):
        months = settings.stale_laws_months
    elif isinstance(fact, model.FeeRule | model.GiveBack):
        months = settings.stale_fees_months
    return is_stale(source, today, months)


def stale_day(today: date, after_months: int) -> str:
    """Return the newest day, as text, of which a fact is stale if it is so after so many months.

    As in `age_in_months`, full months count. In a short month the day need not exist.
    """
    year, month = divmod(today.year * 12 + today.month - 1 - after_months, 12)
    return f"{year:04}-{month + 1:02}-{today.day:02}"


def is_of(source: model.Source, day: str) -> bool:
    """Return whether a source is of a day or older; a partial date counts from its beginning."""
    return (source.as_of or source.seen) <= day


def months_since(day: str, today: date) -> int:
    """Return full months from a date to today; of a partial date, from its end."""
    year, month, in_month = _latest(day)
    return max((today.year - year) * 12 + today.month - month - (today.day < in_month), 0)


def halved(months: int, half_life: int) -> Decimal:
    """Return what is left of 1 after so many months if each half-life halves it."""
    whole, rest = divmod(months, half_life)
    # A power that is not whole takes `Decimal` several times as long as this.
    return Decimal(2) ** -whole * (_LN_2 * -rest / half_life).exp()


def latest_day(day: str) -> date:
    """Return the last day that a date means, which may be partial: "2026-05" is 28 May."""
    return date(*_latest(day))


def days_later(day: date, days: int) -> date | None:
    """Return the day so many days later, or None where the calendar has ended before."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def _latest(day: str) -> tuple[int, int, int]:
    return int(day[:4]), int(day[5:7] or 12), int(day[8:] or 28)
