"""What is suspicious in the prices of a market: too dear, contrary to others, of no use."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import pairwise, product
from typing import Any

from walletpick.bill.pricing import prices_of
from walletpick.facts.model import Averages, Band, FeeRule, Market, Price, Step, Wallet
from walletpick.facts.money import HUNDRED, ZERO, convert
from walletpick.facts.vocabulary import USAGE_OPERATIONS
from walletpick.facts.walk import POSITION, content
from walletpick.language import _, known_text, percent_words
from walletpick.reading.problem import Fault

# The use at which prices are compared, in US dollars, as in the averages.
_REFERENCE_USD = Decimal(100)
_TIMES_USUAL = 10
# Where most charge next to nothing, ten times that is little still.
_DEAR_PERCENT = Decimal(1)
# What a rule is the price of, but for the words of which there may be several.
_SCOPE = ("operation", "method", "corridor", "per", "after_months", "from_", "bound", "currency")
_PRICE = ("bands", "steps", "free", "pool", "cap", *Price.__struct_fields__)


def dear(rule: FeeRule, averages: Averages, per_usd: Mapping[str, Decimal]) -> Iterator[str]:
    """Yield that a price is more than ten times what is usual for the operation."""
    currency = rule.currency
    if rule.tax or rule.of or rule.paid_by or currency not in per_usd:
        return
    if rule.operation in averages.charges:
        usual = averages.charges[rule.operation].estimate_usd
        if rule.fixed is None or not usual:
            return
        yearly = convert(rule.fixed * (12 if rule.per == "month" else 1), currency, "USD", per_usd)
        if yearly > _TIMES_USUAL * usual:
            yield _(
                "{yearly} US dollars in the first year is more than {times} times what"
                " is usual for {operation} ({usual}): see whether it is right",
                yearly=_plain(yearly),
                times=_TIMES_USUAL,
                operation=rule.operation,
                usual=percent_words(_plain(usual)),
            )
        return
    yield from _dear_exchange(rule, averages)
    if rule.operation not in USAGE_OPERATIONS:
        return
    amount = convert(_REFERENCE_USD, "USD", currency, per_usd)
    charge = _charge(rule, amount)
    fees = averages.fees_by_method.get(rule.operation, {})
    fee = fees.get(rule.method or "") or averages.fees.get(rule.operation)
    if "business" in rule.for_:
        fee = averages.fees_for_business.get(rule.operation, fee)
    if charge is None or fee is None:
        return
    percent = charge * HUNDRED / amount
    usual = _percent(fee.estimate_percent, fee.estimate_fixed_usd)
    usual = usual or _percent(fee.high_percent, fee.high_fixed_usd)
    if usual and percent > max(_TIMES_USUAL * usual, _DEAR_PERCENT):
        yield _(
            "{percent} of a use of {amount} US dollars is more than {times}"
            " times what is usual for {operation} ({usual}): see whether it is"
            " right",
            percent=percent_words(_plain(percent)),
            amount=_REFERENCE_USD,
            times=_TIMES_USUAL,
            operation=rule.operation,
            usual=percent_words(_plain(usual)),
        )


def _percent(percent: Decimal, fixed_usd: Decimal) -> Decimal:
    """Return what a price comes to at the reference, in percent of the amount."""
    return percent + fixed_usd * HUNDRED / _REFERENCE_USD


def _dear_exchange(rule: FeeRule, averages: Averages) -> Iterator[str]:
    """Yield that a markup on the exchange rate is more than ten times the usual one."""
    usual = averages.conversion.estimate_percent
    markup = max(
        max(each.fx_markup or ZERO, each.fx_markup_max or ZERO) for each in prices_of(rule)
    )
    if usual and markup > max(_TIMES_USUAL * usual, _DEAR_PERCENT):
        yield _(
            "{markup} over the exchange rate is more than {times} times what is"
            " usual ({usual}): see whether it is right",
            markup=percent_words(_plain(markup)),
            times=_TIMES_USUAL,
            usual=percent_words(_plain(usual)),
        )


def _charge(rule: FeeRule, amount: Decimal) -> Decimal | None:
    """Return what the first use of an amount costs without allowances; None if that is unknown.

    Of a range it is the upper end.
    """
    price: Price = rule.steps[0] if rule.steps else rule
    bands = price.bands if isinstance(price, FeeRule | Step) else ()
    if bands:
        fitting = [band for band in bands if band.up_to is None or amount <= band.up_to]
        if not fitting:
            return None
        price = fitting[0]
    if price.percent is None and price.fixed is None:
        return None
    percent = max(price.percent or ZERO, price.percent_max or ZERO)
    charge = percent / HUNDRED * amount + max(price.fixed or ZERO, price.fixed_max or ZERO)
    if price.min is not None:
        charge = max(charge, price.min)
    if price.max is not None:
        charge = min(charge, price.max)
    return charge


def _plain(figure: Decimal) -> str:
    return f"{figure:.2f}"


def contradictions(market: Market) -> Iterator[Fault]:
    """Yield rules for the same thing, without a condition, whose prices differ; and repetitions."""
    seen: dict[tuple[Any, ...], FeeRule] = {}
    told: set[tuple[str, str]] = set()
    for rule in market.fees:
        if rule.tax or rule.surcharge or rule.of or rule.paid_by:
            continue
        scope = tuple(getattr(rule, name) for name in _SCOPE)
        several = (rule.plan or ("",), rule.provider or ("",), rule.for_ or ("",))
        for words in product(*several):
            first = seen.setdefault((*scope, *words, rule.given, rule.when), rule)
            if first is rule or (first.path, rule.path) in told:
                continue
            told.add((first.path, rule.path))
            if _price_of(first) == _price_of(rule):
                message = _(
                    "it says the same as line {line}, so it never matters: delete one",
                    line=first.line,
                )
                yield rule, message
            elif rule.when is None:
                message = _(
                    "its price differs from that of line {line} for the same: say in"
                    " `given`, `when` or another key, what makes the difference",
                    line=first.line,
                )
                yield rule, message


def _price_of(rule: FeeRule) -> Any:
    return [content(getattr(rule, name)) for name in _PRICE if name not in POSITION]


def never(rule: FeeRule, market: Market) -> Iterator[str]:
    """Yield why a rule or a part of it can never apply."""
    start = rule.from_ or ZERO
    most = _most_at_once(rule, market)
    if most is not None and start > most:
        yield _(
            "it can never apply: it starts from {start}, and no more than {most} is possible",
            start=start,
            most=most,
        )
        return
    for bands in (rule.bands, *(step.bands for step in rule.steps)):
        last = bands[-1].up_to if bands else None
        if last is not None and last <= start:
            yield _(
                "it can never apply: it starts from {start}, and its last band ends at {last}",
                start=start,
                last=last,
            )
            continue
        yield from _unreachable(bands, start, most)
    for before, step in pairwise(rule.steps):
        for name in ("up_to_uses", "up_to_amount"):
            low, high = getattr(before, name), getattr(step, name)
            if low is not None and high is not None and high <= low:
                yield _(
                    "the step with {name}: {high} can never apply: it follows one with {low}",
                    name=name,
                    high=high,
                    low=low,
                )
    if rule.of == "fee" and not any(
        other.operation == rule.operation and not other.tax and other.of is None
        for other in market.fees
    ):
        yield _(
            "it can never apply: it is a share of the fee, and there is no fee for its operation"
        )


def _unreachable(bands: Iterable[Band], start: Decimal, most: Decimal | None) -> Iterator[str]:
    low = ZERO
    for band in bands:
        name = (
            _("the last band")
            if band.up_to is None
            else _("the band up to {up_to}", up_to=band.up_to)
        )
        if band.up_to is not None and band.up_to <= start:
            yield _("{name} can never apply: the rule starts from {start}", name=name, start=start)
        elif most is not None and low >= most:
            yield _(
                "{name} can never apply: no more than {most} is possible at once",
                name=name,
                most=most,
            )
        low = band.up_to if band.up_to is not None else low


def _most_at_once(rule: FeeRule, market: Market) -> Decimal | None:
    """Return the highest limit on one use, if it holds for everybody; levels can be reached."""
    amounts = []
    for limit in market.limits:
        if limit.what != "transaction" or limit.amount is None:
            continue
        if limit.operation not in (None, rule.operation):
            continue
        scope = (limit.method, limit.plan, limit.corridor, limit.provider)
        if limit.currency != rule.currency or any((*scope, limit.for_, limit.given, limit.when)):
            return None
        amounts.append(limit.amount)
    return max(amounts, default=None)


def by_own_card(rule: FeeRule, wallet: Wallet) -> Iterator[str]:
    """Yield that the note of a price of paying says that it is by the wallet's own card.

    Who has another card would take it for theirs. With a bank account comes its card, and cash at
    machines is drawn with it anyway.
    """
    if wallet.kind == "bank-account" or rule.operation not in ("pay", "pay-abroad"):
        return
    own = "|".join(("its", "the wallet's", re.escape(wallet.name) + "(?:'s)?"))
    card = re.search(rf"\b(?:(?:{own})(?: own)?|own)(?: \w+)? card\b", rule.note, re.IGNORECASE)
    if card and not {"own-card", "no-own-card"}.intersection(rule.given):
        yield _(
            'the note "{note}" names the wallet\'s own card, and a note holds for all: write'
            " `given: own-card` if the price is for that card alone",
            note=known_text(rule.note),
        )


def hidden(country: str, market: Market) -> Iterator[Fault]:
    """Yield general rules that more specific ones together leave nothing to."""
    ordinary = [
        rule
        for rule in market.fees
        if not (rule.tax or rule.surcharge or rule.of or rule.paid_by or rule.when)
        and not (rule.given or rule.provider or rule.for_ or rule.from_ is not None or rule.per)
    ]
    plans = {plan.id for plan in market.plans}
    for rule in ordinary:
        like = [
            other
            for other in ordinary
            if other is not rule
            and (other.operation, other.method) == (rule.operation, rule.method)
        ]
        if not rule.plan and plans:
            covered = {
                word for other in like if other.corridor == rule.corridor for word in other.plan
            }
            if plans <= covered:
                yield rule, _("it can never apply: every plan has a rule of its own for this")
        if rule.corridor is None:
            ways = {other.corridor for other in like if other.plan == rule.plan}
            if {f"{country}-{country}", f"{country}-abroad"} <= ways:
                message = _(
                    "it can never apply: other rules hold at home, and others for all countries"
                    " abroad"
                )
                yield rule, message


def bare_cash(country: str, market: Market) -> Iterator[Fault]:
    """Yield prices of cash abroad without a word of the rate, where the card pays at no markup."""
    if any(rule.operation == "convert" for rule in market.fees):
        return
    if not any(rule.operation == "pay-abroad" and rule.fx_markup == 0 for rule in market.fees):
        return
    for rule in market.fees:
        at_machines = rule.operation == "cash-out" and rule.method in (None, "atm")
        end = (rule.corridor or "").partition("-")[2]
        elsewhere = rule.provider or end in (country, "home", "euro-area")
        apart = rule.tax or rule.surcharge or rule.price
        silent = all(price.fx_markup is None for price in prices_of(rule))
        if at_machines and silent and not (elsewhere or apart):
            yield (
                rule,
                _(
                    "paying abroad adds nothing to the exchange rate, and nothing is said of"
                    " cash abroad: if the source says the same of it, write fx_markup: 0"
                ),
            )
