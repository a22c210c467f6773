"""Prices, what is given back, and ranges of money, in words. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from walletpick.bill.giving import lacks_interest
from walletpick.bill.observe import Candidate
from walletpick.facts.model import Allowance, Band, FeeRule, GiveBack, Needs, Price, Step
from walletpick.facts.money import MoneyRange
from walletpick.language import N_, _, ngettext, percent_words
from walletpick.words.phrases import (
    any_of,
    apart,
    clauses,
    count_words,
    figure,
    listed,
    money,
    ways_and_scope,
)

# A price that is charged in a period, the most that is charged or given back in one, and what is
# free in one.
_PER = {"month": N_("{price} a month"), "year": N_("{price} a year")}
_CAPS = {"month": N_(", at most {amount} a month"), "year": N_(", at most {amount} a year")}
_FREE = {
    "day": N_("{amount} free a day"),
    "month": N_("{amount} free a month"),
    "year": N_("{amount} free a year"),
    "lifetime": N_("{amount} free in a lifetime"),
}
# A range whose ends lie farther apart than this share of its estimate is told with its ends.
_WIDE = Decimal("0.2")


def rule_words(rule: FeeRule) -> str:
    """Return a fee rule's price in words: "2 % of the part above 8,000.00 PHP a month"."""
    unit = rule.currency
    if rule.of == "fee" and rule.percent is None:
        text = _("an unknown part of the fee")
    elif rule.of == "fee":
        text = _("{percent} of the fee", percent=percent_words(figure(rule.percent)))
    elif rule.steps:
        text = apart(_step_words(step, unit) for step in rule.steps)
    elif rule.bands:
        text = _bands_words(rule.bands, unit)
    else:
        text = _price_words(rule, unit)
    if (rule.bands or rule.steps) and (rule.min is not None or rule.max is not None):
        text += _held_words(rule, unit)
    if rule.bound and _is_range(rule):
        more = rule.bound == "at-least"
        text = _("{price} or more", price=text) if more else _("{price} or less", price=text)
    elif rule.bound == "at-least":
        text = _("from {price}", price=text)
    elif rule.bound == "at-most":
        text = _("at most {price}", price=text)
    if rule.per and text != _("free"):
        text = _(_PER[rule.per], price=text)
    if rule.free:
        allowance = _allowance_words(rule.free, unit)
        beyond = _("{allowance}; beyond that {price}", allowance=allowance, price=text)
        text = beyond if text else allowance
        if rule.pool:
            text += _(" (other uses count towards the free part, too)")
    if rule.cap:
        text += _(_CAPS[rule.cap.per], amount=money(rule.cap.amount, unit))
    if rule.from_ is not None:
        text = _from_words(rule, rule.from_, text)
    if rule.after_months:
        text += _(", after {count} months without use", count=rule.after_months)
    return text


def _from_words(rule: FeeRule, least: Decimal, text: str) -> str:
    """Return a price in words with the amount from which it holds."""
    amount = money(least, rule.currency)
    if rule.bands:
        # Each of its steps says up to which amount it holds.
        return _("from {amount} on: {price}", amount=amount, price=text)
    return text + _(", for {amount} and more", amount=amount)


def give_back_words(rule: GiveBack) -> str:
    """Return what is given back: "1 % back, at most 25.00 GBP a month, until 2026-12-31"."""
    parts = []
    if rule.percent is not None:
        percent = percent_words(figure(rule.percent))
        if rule.of == "fee":
            percent = _("{percent} of the fee", percent=percent)
        elif rule.balance:
            percent = _("{percent} a year", percent=percent)
        parts.append(percent)
    if rule.fixed is not None:
        parts.append(money(rule.fixed, rule.currency))
    text = " + ".join(parts)
    if rule.bound == "at-most":
        text = _("up to {amount}", amount=text)
    text = text if rule.balance else _("{amount} back", amount=text)
    if rule.uses is not None:
        text += ngettext(" for the first use", " for the first {count} uses", rule.uses)
    if rule.months is not None:
        text += _(" for {months}", months=count_words(rule.months, "month"))
    if rule.cap:
        text += _(_CAPS[rule.cap.per], amount=money(rule.cap.amount, rule.currency))
    return text + (_(", until {day}", day=rule.until) if rule.until else "")


def give_back_scope(rule: GiveBack) -> str:
    """Return for what something is given back, in words, without the operation."""
    return clauses(ways_and_scope(rule))


def _is_range(price: Price) -> bool:
    tops = (price.percent_max, price.fixed_max, price.fx_markup_max)
    return any(top is not None for top in tops)


def rule_scope(rule: FeeRule) -> str:
    """Return for what a rule is the price, in words, without the operation."""
    scopes = ways_and_scope(rule)
    if rule.surcharge:
        scopes.append(_("on top"))
    if rule.tax:
        scopes.append(_("as a tax"))
    if rule.paid_by:
        scopes.append(_("paid by the other side"))
    return clauses(scopes)


def _price_words(price: Price, currency: str, whole: bool = False) -> str:
    """Return a price; `whole`: say that its percentage is not of the part above a threshold."""
    if price.price == "unknown":
        return _("an unknown charge")
    parts = []
    if price.percent is not None and (
        price.percent or price.percent_max or not (price.fixed or price.fixed_max)
    ):
        percent = _percents(price.percent, price.percent_max)
        if whole and (price.percent or price.percent_max is not None):
            percent = _("{percent} of the whole amount", percent=percent)
        parts.append(percent)
    if price.fixed is not None and (price.fixed or price.fixed_max or not parts):
        low, high = money(price.fixed, currency), price.fixed_max
        if high:
            bare = low.removesuffix(f" {currency}")
            low = _("{low} to {high}", low=bare, high=money(high, currency))
        parts.append(low)
    text = " + ".join(parts)
    charged = price.percent or price.fixed or price.percent_max or price.fixed_max
    if free := bool(parts and not charged):
        text = _("free")
    if price.fx_markup is not None:
        markup = _("nothing on the exchange rate")
        if price.fx_markup or price.fx_markup_max:
            percent = _percents(price.fx_markup, price.fx_markup_max)
            markup = _("{percent} on the exchange rate", percent=percent)
        if text and free and (price.fx_markup or price.fx_markup_max):
            text = _("no fee, but {markup}", markup=markup)
        else:
            text = _("{price} and {markup}", price=text, markup=markup) if text else markup
    held = _held_words(price, currency)
    # What a person told of a price leaves of the catalog's own perhaps the least alone.
    return text + held if text else held.lstrip(", ，")


def _percents(low: Decimal, high: Decimal | None) -> str:
    """Return a percentage, or from which to which: "1 %", "1 to 2 %"."""
    return percent_words(figure(low), None if high is None else figure(high))


def _held_words(price: Price, currency: str) -> str:
    text = ""
    if price.min is not None:
        text += _(", at least {amount}", amount=money(price.min, currency))
    if price.max is not None:
        text += _(", at most {amount}", amount=money(price.max, currency))
    return text


def _bands_words(bands: tuple[Band, ...], currency: str) -> str:
    """Return the prices of bands. A band prices the whole amount of a use that falls in it."""
    parts = []
    for number, band in enumerate(bands):
        price = _price_words(band, currency, whole=number > 0)
        if band.up_to is not None:
            most = money(band.up_to, currency)
            parts.append(_("{price} up to {amount}", price=price, amount=most))
        elif number:
            parts.append(_("above that {price}", price=price))
        else:
            parts.append(price)
    return apart(parts)


def _step_words(step: Step, currency: str) -> str:
    text = _bands_words(step.bands, currency) if step.bands else _price_words(step, currency)
    if step.up_to_uses is not None:
        return ngettext(
            "{price} for the first use of the month",
            "{price} for the first {count} uses of the month",
            step.up_to_uses,
            price=text,
        )
    if step.up_to_amount is not None:
        amount = money(step.up_to_amount, currency)
        return _("{price} for the first {amount} of the month", price=text, amount=amount)
    return _("after that {price}", price=text)


def _allowance_words(free: Allowance, currency: str) -> str:
    parts = []
    if free.amount is not None:
        parts.append(money(free.amount, currency))
    if free.count is not None:
        parts.append(count_words(free.count, "use"))
    text = _(_FREE[free.per], amount=listed(parts, "or" if free.until else "and"))
    if free.until:
        text += _(", whichever runs out first")
    if free.each:
        text += _(" for each recipient")
    if free.min_amount is not None:
        text += _(" (uses of at least {amount})", amount=money(free.min_amount, currency))
    return text


def interest_words(needs: Needs, named: Iterable[tuple[str, Candidate]]) -> str:
    """Return for which wallets, with their names, no interest on what is kept is known; or ""."""
    silent = dict.fromkeys(name for name, candidate in named if lacks_interest(candidate))
    if not needs.keep or not silent:
        return ""
    return _(
        "What you keep may earn interest: none is on record for {wallets}, so look there.",
        wallets=any_of(silent),
    )


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
