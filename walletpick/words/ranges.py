"""A range of money in words: what it most likely is, and its ends. Pure."""

from __future__ import annotations

from decimal import Decimal

from walletpick.facts.money import MoneyRange
from walletpick.language import _
from walletpick.words.phrases import money

# A range whose ends lie farther apart than this share of its estimate is told with its ends.
_WIDE = Decimal("0.2")


def guess_words(span: MoneyRange) -> str:
    """Return a sum that is guessed in whole or in part: "about 418.50 USD (228.00 to 990.00)"."""
    words = amount_words(span)
    return _("about {amount}", amount=words) if span.rounded.exact else words


def is_wide(span: MoneyRange) -> bool:
    """Return whether the ends of a range lie so far apart that its estimate alone says too much."""
    shown = span.rounded
    return shown.high - shown.low > abs(shown.estimate) * _WIDE


def is_at_most(span: MoneyRange) -> bool:
    """Return whether a cost that is a wide range is taken for the most that it may be."""
    shown = span.rounded
    return shown.estimate == shown.high > 0 and is_wide(span)


def plain_range(span: MoneyRange) -> str:
    """Return the ends of a range without the currency: "12.00 to 30.00", "up to 30.00 back"."""
    shown = span.rounded
    if shown.low < shown.high == 0:
        return _("up to {amount} back", amount=f"{-shown.low:,f}")
    return _("{low} to {high}", low=f"{shown.low:,f}", high=f"{shown.high:,f}")


def amount_words(span: MoneyRange) -> str:
    """Return money: "18.00 USD", or "about 18.00 USD (12.00 to 30.00)".

    What may cost nothing is a range alone, "0.00 to 4.00 USD": "about 0.00" would look free. Where
    the estimate is the most of it, that is said: "up to 4.00 USD", "1.00 to 4.00 USD".
    A range below zero comes back: "up to 4.00 USD back", "about 2.00 USD back (1.00 to 4.00)".
    """
    return _amount(span, f" {span.currency}")


def amount_figures(span: MoneyRange) -> str:
    """Return the same without the currency: "18.00", "about 18.00 (12.00 to 30.00)"."""
    return _amount(span, "")


def _amount(span: MoneyRange, unit: str) -> str:
    shown = span.rounded
    if shown.exact:
        return f"{shown.estimate:,f}{unit}"
    if shown.high <= 0:
        return _amount_back(span, unit)
    if not shown.estimate:
        return f"{plain_range(span)}{unit}"
    middle = f"{shown.estimate:,f}{unit}"
    if is_at_most(span):
        # A nothing at its other end goes without saying.
        return f"{plain_range(span)}{unit}" if shown.low else _("up to {amount}", amount=middle)
    return _("about {amount} ({ends})", amount=middle, ends=plain_range(span))


def _amount_back(span: MoneyRange, unit: str) -> str:
    shown = span.rounded
    if not shown.estimate:
        return _("up to {amount} back", amount=f"{-shown.low:,f}{unit}")
    middle = _("{amount} back", amount=f"{-shown.estimate:,f}{unit}")
    ends = _("{low} to {high}", low=f"{-shown.high:,f}", high=f"{-shown.low:,f}")
    return _("about {amount} ({ends})", amount=middle, ends=ends)


def span_words(span: MoneyRange) -> str:
    """Return money with its range: "18.00 USD", "about 18.00 USD (12.00 to 30.00)", "nothing"."""
    shown, currency = span.rounded, span.currency
    if shown.exact:
        return money(span.estimate, currency) if shown.estimate else _("nothing")
    if not shown.estimate and shown.low == 0:
        return _("nothing, or up to {amount}", amount=money(span.high, currency))
    return amount_words(span)
