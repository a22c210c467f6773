"""What the active markets of a catalog are known to take, and how commonly claims hold of them."""

from __future__ import annotations

import statistics
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from msgspec import structs

from walletpick.bill.bill import bill
from walletpick.bill.conditions import ruled_out_if_known
from walletpick.bill.observe import Candidate, Observation, Observer
from walletpick.bill.pricing import SMALL_USD
from walletpick.bill.shown import HOW_FAST
from walletpick.facts import model
from walletpick.facts.ages import latest_day
from walletpick.facts.money import HUNDRED, ZERO, convert
from walletpick.facts.vocabulary import (
    ABROAD_OPERATIONS,
    ON_NO_PAGE,
    RECEIVING_OPERATIONS,
    USAGE_OPERATIONS,
    applies,
)
from walletpick.reading.load import newest_reading
from walletpick.score.criteria import incident_weight
from walletpick.upkeep.asked import rounded_figure

# The use at which prices are compared: one of 100 US dollars. A small one (`SMALL_USD`) tells what
# is charged for each use from what is a share of the amount.
REFERENCE_USD = Decimal(100)
# Figures by the wallet, and by the facts that they rest on: what is written once counts once.
Written = tuple[str, tuple[str, ...]]
Known = dict[Written, Decimal]
# A market, and its rules of an operation.
Rules = tuple[Candidate, list[model.FeeRule]]

NO_FEE = model.AverageFee(estimate_percent=ZERO, high_percent=ZERO, count=0)
NO_FEE_OF_USE = model.AverageOfUse(estimate_percent=ZERO, high_percent=ZERO, count=0)
NO_CHARGE = model.AverageCharge(estimate_usd=ZERO, high_usd=ZERO, count=0)
CHARGES = ("subscription", "card-issue")


class Sample:
    """The active markets of some wallets, on the day of the newest reading among them."""

    def __init__(
        self, wallets: Sequence[model.Wallet], criteria: model.Criteria, rates: model.Rates
    ) -> None:
        blank = model.Averages(
            fees=dict.fromkeys(USAGE_OPERATIONS, NO_FEE_OF_USE),
            conversion=NO_FEE,
            tax=NO_FEE,
            charges=dict.fromkeys(CHARGES, NO_CHARGE),
            claims={},
            measures={},
        )
        self.catalog = model.Catalog(
            version="",
            date="",
            wallets=tuple(wallets),
            criteria=criteria,
            averages=blank,
            rates=rates,
            laws={},
            personas={},
        )
        self.on = latest_day(newest_reading(wallets))
        self.needs = model.Needs(currency="USD")
        self.active = [c for c in _candidates(wallets) if c.status == "active"]
        self.observer = Observer(self.needs, self.catalog, self.on)
        # By operation, the markets that have a price for it.
        self.rules: dict[str, list[Rules]] = defaultdict(list)
        for candidate in self.active:
            prices = [rule for rule in candidate.market.fees if not rule.tax]
            for operation in {rule.operation for rule in prices}:
                rules = [rule for rule in prices if rule.operation == operation]
                self.rules[operation].append((candidate, rules))

    def known_prices(self) -> KnownPrices:
        """Return what these wallets are known to take for the reference uses."""
        return KnownPrices(
            of_operation={name: self.priced(name, None) for name in USAGE_OPERATIONS},
            of_business={
                name: self.priced(name, None, for_=("business",)) for name in RECEIVING_OPERATIONS
            },
            of_method={
                name: {method: self.priced(name, method) for method in self.methods(name)}
                for name in USAGE_OPERATIONS
            },
            of_conversion=self.conversions(),
        )

    def priced(self, operation: str, method: str | None, for_: tuple[str, ...] = ()) -> Priced:
        """Return what is known of the prices of the reference uses.

        `for_` is what the person is, where not just anybody: a wallet that is known not to be for
        such people says nothing of what they are charged.
        """
        uses = (
            model.Usage(operation=operation, amount=usd, method=method)
            for usd in (REFERENCE_USD, SMALL_USD)
        )
        (ordinary, markets), (small, _markets) = (self.shares(use, for_) for use in uses)
        return Priced(ordinary, small, markets)

    def shares(
        self, use: model.Usage, for_: tuple[str, ...] = (), of: Sequence[Rules] | None = None
    ) -> tuple[Known, Counter[Written]]:
        """Return the known prices of a use, in percent of the amount, and in how many markets.

        Of markets with these rules; else of all. `for_` is what the person is (see `priced`).
        """
        needs = structs.replace(self.needs, use=(use,), person=for_)
        shares: Known = {}
        markets: Counter[Written] = Counter()
        for candidate, of_operation in of or self.rules[use.operation]:
            rules = [rule for rule in of_operation if use.method in (None, rule.method)]
            if not rules or _is_closed(candidate, needs):
                continue
            written = _written(candidate, rules)
            markets[written] += 1
            if written in shares:
                continue
            fees = tuple(structs.replace(rule, free=None, pool=None) for rule in rules)
            market = structs.replace(candidate.market, limits=(), gives_back=(), fees=fees)
            result = bill(structs.replace(candidate, market=market), needs, self.catalog, self.on)
            lines = [line for line in result.lines if line.kind == "fee"]
            if lines and all(line.known for line in lines):
                total = sum((line.yearly.estimate for line in lines), ZERO)
                shares[written] = total * HUNDRED / result.moved
        return shares, markets

    def methods(self, operation: str) -> list[str]:
        return sorted(
            {
                rule.method
                for _candidate, rules in self.rules[operation]
                for rule in rules
                if rule.method
            }
        )

    def conversions(self) -> Priced:
        """Return the known prices of changing money, in percent."""
        markups: Known = {}
        markets: Counter[Written] = Counter()
        for candidate in self.active:
            rules = [r for r in candidate.market.fees if _conversion(r) is not None]
            if rules:
                markups[_written(candidate, rules)] = max(_conversion(r) or ZERO for r in rules)
                markets[_written(candidate, rules)] += 1
        return Priced(markups, {}, markets)

    def taxes(self) -> list[Decimal]:
        """Return each wallet's known tax on an amount at home, its own or the law's, in percent."""
        taxes: Known = {}
        for candidate in self.active:
            rules = [
                rule
                for rule in candidate.market.fees_and_taxes
                if rule.tax and rule.percent and rule.of is None and rule.when is None
                # Taxes on what leaves the country or changes the currency are far higher.
                if rule.corridor is None and rule.operation not in (*ABROAD_OPERATIONS, "convert")
            ]
            if rules:
                taxes[_written(candidate, rules)] = max(rule.percent or ZERO for rule in rules)
        return by_wallet(taxes)

    def charges(self, operation: str) -> list[Decimal]:
        """Return each wallet's known charge of a first year, in US dollars."""
        charges: Known = {}
        for candidate in self.active:
            for rule in candidate.market.fees:
                if rule.operation != operation or rule.fixed is None or rule.bound:
                    continue
                if rule.when or rule.given:
                    continue
                yearly = rule.fixed * (12 if rule.per == "month" else 1)
                charge = convert(yearly, rule.currency, "USD", self.catalog.per_usd)
                charges[_written(candidate, [rule])] = charge
        return by_wallet(charges)

    def claim(self, key: str) -> model.AverageClaim:
        """Return how commonly a claim holds: the mean over wallets of that over their markets.

        What only surveys know holds in few of all markets: they name those, and nobody counts the
        others, so that silence is taken for a no.
        """
        if key in ON_NO_PAGE:
            answers = [self.observer.look(candidate, key).value for candidate in self.active]
            yes = Decimal(sum(value is True for value in answers)) / max(len(answers), 1)
            return model.AverageClaim(
                yes=rounded_figure(yes),
                no=rounded_figure(1 - yes),
                count=len(answers),
                by="markets",
            )
        by_wallet: dict[str, list[bool | None]] = {}
        for candidate in self.active:
            seen = self.observer.look(candidate, key)
            value = seen.value
            # A body is counted by market: the country's list fills in for the rest.
            if key == "escalation":
                value = bool(candidate.market.support.escalation) or None
            elif _does_not_apply(seen, candidate, key):
                value = None
            by_wallet.setdefault(candidate.wallet.id, []).append(value)
        values = list(by_wallet.values())
        return model.AverageClaim(
            yes=_share(values, True), no=_share(values, False), count=len(values)
        )

    def measures(self) -> dict[str, Decimal]:
        known: dict[str, Known] = {"rating": {}, "reply-days": {}, "incident-weight": {}}
        for candidate in self.active:
            market = candidate.market
            for rating in market.ratings:
                known["rating"][_written(candidate, [rating])] = rating.value
            if reply := market.support.reply:
                known["reply-days"][_written(candidate, [reply])] = Decimal(reply.days)
            if market.incidents:
                weight = incident_weight(market, self.catalog.criteria.settings, self.on)
                known["incident-weight"][_written(candidate, market.incidents)] = weight
        return {name: rounded_figure(mean(by_wallet(each))) for name, each in known.items()}


def _candidates(wallets: Iterable[model.Wallet]) -> Iterator[Candidate]:
    for wallet in wallets:
        for country, market in wallet.markets.items():
            plan = market.plans[0].id if market.plans else ""
            yield Candidate(wallet, country, market, plan)


def _does_not_apply(seen: Observation, candidate: Candidate, key: str) -> bool:
    """Return whether a claim does not apply to a market, which says nothing of the others.

    Nor does that one is not fast in what it does not do.
    """
    if seen.fact is None:
        return seen.value is False or not applies(key, candidate.kind)
    claim = candidate.market.features.get(key.partition(":")[2])
    return key in HOW_FAST and seen.value is False and seen.fact is not claim


def _is_closed(candidate: Candidate, needs: model.Needs) -> bool:
    """Return whether a wallet is known not to be for such a person: a business, a private one's."""
    claims = (getattr(candidate.market.onboarding, word) for word in ruled_out_if_known(needs))
    return any(claim and claim.has and not claim.method for claim in claims)


def _conversion(rule: model.FeeRule) -> Decimal | None:
    """Return what changing money costs everybody by a rule, in percent; None for another rule."""
    if rule.bound is not None:
        return None
    if rule.fx_markup is not None and not (rule.for_ or rule.given):
        most = rule.fx_markup if rule.fx_markup_max is None else rule.fx_markup_max
        return (rule.fx_markup + most) / 2
    is_plain = rule.operation == "convert" and rule.method is None and not rule.surcharge
    return rule.percent if is_plain else None


class Prices(NamedTuple):
    """What each wallet takes for a use of 100 US dollars, and of 10, in percent of the amount."""

    ordinary: list[Decimal]
    small: list[Decimal]


class Priced(NamedTuple):
    """What is known of the prices of both uses, and in how many markets each price holds."""

    ordinary: Known
    small: Known
    markets: Counter[Written]

    def by_wallet(self) -> Prices:
        return Prices(by_wallet(self.ordinary), by_wallet(self.small))

    def of(self, wallet: str) -> Prices:
        """Return the prices of one wallet, each as often as there are markets in which it holds."""
        return Prices(*(self._each(prices, wallet) for prices in (self.ordinary, self.small)))

    def _each(self, prices: Known, wallet: str) -> list[Decimal]:
        return [
            price
            for written, price in prices.items()
            if written[0] == wallet
            for _market in range(self.markets[written])
        ]


class KnownPrices(NamedTuple):
    """What is known of the prices of the reference uses: by operation, and how it is done."""

    of_operation: dict[str, Priced]
    of_business: dict[str, Priced]
    of_method: dict[str, dict[str, Priced]]
    of_conversion: Priced

    def with_usual(self, averages: model.Averages) -> dict[str, tuple[Priced, model.AverageFee]]:
        """Return all of them by the word of `Averages.elsewhere`, with what is usual for each."""
        usual = averages.fees
        by_method = averages.fees_by_method
        return {
            **{name: (each, usual[name]) for name, each in self.of_operation.items()},
            **{
                f"{name}:{method}": (each, by_method.get(name, {}).get(method, usual[name]))
                for name, ways in self.of_method.items()
                for method, each in ways.items()
            },
            **{
                f"{name}:business": (self.of_business[name], average)
                for name, average in averages.fees_for_business.items()
            },
            "conversion": (self.of_conversion, averages.conversion),
        }


def usual_of(values: list[Decimal]) -> tuple[Decimal, Decimal]:
    """Return the median and the 90th percentile by nearest rank, or the mean where it is higher.

    Where there is nothing, both are zero.
    """
    if not values:
        return ZERO, ZERO
    ordered, average = sorted(values), mean(values)
    return max(statistics.median(ordered), average), max(percentile(ordered, 90), average)


def percentile(ordered: Sequence[Decimal], percent: int) -> Decimal:
    """Return a percentile of figures in their order, by nearest rank."""
    return ordered[-(-len(ordered) * percent // 100) - 1]


def mean(values: Sequence[Decimal]) -> Decimal:
    return sum(values, ZERO) / len(values) if values else ZERO


def _share(seen: Sequence[Sequence[bool | None]], value: bool) -> Decimal:
    """Return how common an answer is: the mean over wallets of its share among their markets."""
    return rounded_figure(mean([Decimal(each.count(value)) / len(each) for each in seen]))


def _written(candidate: Candidate, facts: Iterable[model.Fact | model.FeeRule]) -> Written:
    return candidate.wallet.id, tuple(fact.path for fact in facts)


def by_wallet(known: Known) -> list[Decimal]:
    """Return one figure for each wallet: the median of its own."""
    figures: dict[str, list[Decimal]] = {}
    for (wallet, _paths), figure in known.items():
        figures.setdefault(wallet, []).append(figure)
    return [statistics.median(each) for each in figures.values()]
