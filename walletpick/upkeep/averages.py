"""What an unknown is taken for, worked out from what the catalog knows.

The result is catalog data (`averages.yaml`) and not worked out when ranking: else taking a wallet
out of the list would move the others.
"""

from __future__ import annotations

import statistics
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import chain, zip_longest
from pathlib import Path
from typing import NamedTuple

from msgspec import structs

from walletpick.bill.bill import bill
from walletpick.bill.conditions import ruled_out_if_known
from walletpick.bill.observe import Candidate, Observer
from walletpick.bill.pricing import SMALL_USD
from walletpick.facts.ages import latest_day
from walletpick.facts.model import (
    AskedFile,
    AverageCharge,
    AverageClaim,
    AverageElsewhere,
    AverageFee,
    AverageOfCorridor,
    AverageOfUse,
    Averages,
    AverageSpan,
    Catalog,
    Criteria,
    Fact,
    FeeRule,
    Needs,
    Quote,
    Rates,
    Survey,
    Usage,
    Wallet,
)
from walletpick.facts.money import HUNDRED, ZERO, convert
from walletpick.facts.vocabulary import (
    ABROAD_OPERATIONS,
    OBSERVABLE,
    ON_NO_PAGE,
    RECEIVING_OPERATIONS,
    USAGE_OPERATIONS,
    applies,
)
from walletpick.language import _
from walletpick.reading import checks, writer
from walletpick.reading.files import read_bounded
from walletpick.reading.kinds import KINDS
from walletpick.reading.load import Files, InvalidCatalog, newest_reading, shown
from walletpick.reading.place import MAX_BYTES
from walletpick.reading.problem import Problem
from walletpick.score.criteria import incident_weight
from walletpick.upkeep.asked import measured, rounded_figure

# The use at which prices are compared: one of 100 US dollars. A small one (`SMALL_USD`) tells what
# is charged for each use from what is a share of the amount.
REFERENCE_USD = Decimal(100)
# A method gets a figure of its own when so many markets price it.
ENOUGH = 5

_NO_FEE = AverageFee(estimate_percent=ZERO, high_percent=ZERO, count=0)
_NO_FEE_OF_USE = AverageOfUse(estimate_percent=ZERO, high_percent=ZERO, count=0)
_NO_CHARGE = AverageCharge(estimate_usd=ZERO, high_usd=ZERO, count=0)
_CHARGES = ("subscription", "card-issue")

# Figures by the wallet, and by the facts that they rest on: what is written once counts once.
_Written = tuple[str, tuple[str, ...]]
_Known = dict[_Written, Decimal]


def fresh_averages(directory: Path) -> str:
    """Return the text that a catalog's `averages.yaml` should have, from all its other files.

    Raises InvalidCatalog.
    """
    files = Files(directory)
    files.check_place()
    listed = files.wallets(files.laws())
    criteria = files.checked(Criteria, directory / "criteria.yaml")
    rates = files.checked(Rates, directory / "rates.yaml")
    asked, surveys = files.asked(), files.surveys()
    if rates:
        files.problems += checks.missing_rates(listed, rates)
    if files.problems or criteria is None or rates is None:
        raise InvalidCatalog(sorted(files.problems))
    wallets = [wallet for wallet, _ in listed]
    return as_yaml(work_out(wallets, criteria, rates, asked, surveys.values()))


def outdated(
    path: Path,
    wallets: Sequence[Wallet],
    criteria: Criteria,
    rates: Rates,
    asked: AskedFile | None,
    surveys: Collection[Survey],
) -> list[Problem]:
    """Return where an `averages.yaml` is not what the other files give; nothing if it is."""
    lines = read_bounded(path, MAX_BYTES).decode().splitlines()
    expected = as_yaml(work_out(wallets, criteria, rates, asked, surveys)).splitlines()
    if lines == expected:
        return []
    pairs = zip_longest(lines, expected)
    line = next(number for number, (old, new) in enumerate(pairs, 1) if old != new)
    message = _("not up to date with the other files: run `walletpick catalog averages`")
    return [Problem(shown(path), line, 1, "", message)]


def work_out(
    wallets: Sequence[Wallet],
    criteria: Criteria,
    rates: Rates,
    asked: AskedFile | None = None,
    surveys: Collection[Survey] = (),
) -> Averages:
    """Return the averages of these wallets.

    They are as of the newest reading among the wallets, so they do not change by themselves.

    Every wallet counts once, by the median of its different prices, however many countries it
    runs in: else the largest would be what all others are taken for.

    A fee is what a use of 100 dollars costs: its estimate is the median over the markets that
    publish one, or the mean where that is higher (most markets send for nothing, and a median of
    nothing would let silence pass for free). Its high end is the 90th percentile, or the dearest
    price of any method where nine in ten charge nothing. What a use of 10 dollars costs beyond a
    tenth of that is charged for each use, whatever the amount. Where `surveys` saw enough services
    send from one country to another, these are what sending there is taken for.

    What an unknown claim counts for is measured on what was looked for (`asked`); where too little
    was, it is the share of all active markets for which it is known, so that what nobody writes
    about is not taken for common.
    """
    survey = _Survey(wallets, criteria, rates)
    known = survey.known_prices()
    prices = {name: each.by_wallet() for name, each in known.of_operation.items()}
    everything = _Prices(
        [share for each in prices.values() for share in each.ordinary],
        [share for each in prices.values() for share in each.small],
    )
    dearest = {}
    by_method = {}
    for operation in USAGE_OPERATIONS:
        priced = {method: each.by_wallet() for method, each in known.of_method[operation].items()}
        every = [prices[operation], *priced.values()]
        dearest[operation] = max(chain(*(each.ordinary for each in every)), default=ZERO)
        rows = {
            method: _fee_of_use(each, dearest[operation])
            for method, each in priced.items()
            if len(each.ordinary) >= ENOUGH
        }
        if rows:
            by_method[operation] = rows
    averages = Averages(
        fees={
            name: _fee_of_use(each if each.ordinary else everything, dearest[name])
            for name, each in prices.items()
        },
        fees_by_method=by_method,
        fees_for_business={
            name: _fee_of_use(sold)
            for name, each in known.of_business.items()
            if (sold := each.by_wallet()).ordinary
        },
        conversion=_fee(known.of_conversion.by_wallet().ordinary),
        send_abroad=_corridors(surveys),
        tax=_fee(survey.taxes()),
        charges={name: _charge(survey.charges(name)) for name in _CHARGES},
        claims=measured(
            # What the law gives does not depend on the wallets.
            {key: survey.claim(key) for key in sorted(OBSERVABLE) if not key.startswith("right:")},
            asked,
        ),
        measures=survey.measures(),
    )
    elsewhere = {wallet.id: elsewhere_of(wallet.id, known, averages) for wallet in wallets}
    elsewhere = {wallet: fees for wallet, fees in elsewhere.items() if fees}
    return structs.replace(averages, elsewhere=elsewhere)


def known_prices(wallets: Sequence[Wallet], criteria: Criteria, rates: Rates) -> KnownPrices:
    """Return what these wallets are known to take for the reference uses."""
    return _Survey(wallets, criteria, rates).known_prices()


def elsewhere_of(
    wallet: str, known: KnownPrices, averages: Averages
) -> dict[str, AverageElsewhere]:
    """Return what a wallet takes where its price is known in enough countries, by what it is for.

    Where it takes nothing there, an unknown price may still be as high as is usual, which is what
    `averages` say.
    """
    elsewhere = {}
    for key, (each, usual) in known.with_usual(averages).items():
        prices = each.of(wallet)
        if len(prices.ordinary) >= ENOUGH:
            fee = _fee_of_use(prices)
            ends = structs.asdict(fee) | _low_of_use(prices, fee)
            if not any(prices.ordinary):
                high = structs.asdict(usual).items()
                ends |= {name: figure for name, figure in high if name.startswith("high_")}
            elsewhere[key] = AverageElsewhere(**ends)
    return elsewhere


def as_yaml(averages: Averages) -> str:
    """Return the text of `averages.yaml`, in canonical form."""
    return writer.as_yaml(
        averages,
        {
            "fees": (
                f"# yaml-language-server: $schema={KINDS['averages'].schema}",
                "# What an unknown is taken for. Written by `walletpick catalog averages`, not by"
                " hand.",
                "# Fees are percent of the amount and US dollars a use; `count` wallets stand"
                " behind a figure.",
            ),
            "conversion": ("# Changing the currency.",),
            "send_abroad": (
                "# Sending money from one country to another: the median of `count` services that a"
                " survey saw, 10th to 90th percentile.",
            ),
            "tax": ("# A tax beside the fee.",),
            "elsewhere": ("# What one wallet takes in `count` other countries.",),
            "charges": ("# Fixed charges in the first year, in US dollars.",),
            "claims": (
                "# What a claim that is not known counts for (0 to 1): where it is to hold (yes),"
                " where it is not (no).",
                "# By word or by family: measured on `count` times that it, or its like, was looked"
                " for (asked.yaml).",
                "# By wallets: the share of `count` wallets of which that is known; by markets, of"
                " so many markets.",
            ),
        },
        whole=True,
    )


class _Survey:
    def __init__(self, wallets: Sequence[Wallet], criteria: Criteria, rates: Rates) -> None:
        blank = Averages(
            fees=dict.fromkeys(USAGE_OPERATIONS, _NO_FEE_OF_USE),
            conversion=_NO_FEE,
            tax=_NO_FEE,
            charges=dict.fromkeys(_CHARGES, _NO_CHARGE),
            claims={},
            measures={},
        )
        self.catalog = Catalog(
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
        self.needs = Needs(currency="USD")
        self.active = [c for c in _candidates(wallets) if c.status == "active"]
        self.observer = Observer(self.needs, self.catalog, self.on)
        # By operation, the markets that have a price for it.
        self.rules: dict[str, list[tuple[Candidate, list[FeeRule]]]] = defaultdict(list)
        for candidate in self.active:
            rules: dict[str, list[FeeRule]] = {}
            for rule in candidate.market.fees:
                if not rule.tax:
                    rules.setdefault(rule.operation, []).append(rule)
            for operation, each in rules.items():
                self.rules[operation].append((candidate, each))

    def known_prices(self) -> KnownPrices:
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
            Usage(operation=operation, amount=usd, method=method)
            for usd in (REFERENCE_USD, SMALL_USD)
        )
        (ordinary, markets), (small, _markets) = (self._shares(use, for_) for use in uses)
        return Priced(ordinary, small, markets)

    def _shares(self, use: Usage, for_: tuple[str, ...]) -> tuple[_Known, Counter[_Written]]:
        """Return the known prices of a use, in percent of the amount, and in how many markets."""
        needs = structs.replace(self.needs, use=(use,), person=for_)
        shares: _Known = {}
        markets: Counter[_Written] = Counter()
        for candidate, of_operation in self.rules[use.operation]:
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
        markups: _Known = {}
        markets: Counter[_Written] = Counter()
        for candidate in self.active:
            rules = [r for r in candidate.market.fees if _conversion(r) is not None]
            if rules:
                markups[_written(candidate, rules)] = max(_conversion(r) or ZERO for r in rules)
                markets[_written(candidate, rules)] += 1
        return Priced(markups, {}, markets)

    def taxes(self) -> list[Decimal]:
        """Return each wallet's known tax on an amount at home, its own or the law's, in percent."""
        taxes: _Known = {}
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
        return _by_wallet(taxes)

    def charges(self, operation: str) -> list[Decimal]:
        """Return each wallet's known charge of a first year, in US dollars."""
        charges: _Known = {}
        for candidate in self.active:
            for rule in candidate.market.fees:
                if rule.operation != operation or rule.fixed is None or rule.bound:
                    continue
                if rule.when or rule.given:
                    continue
                yearly = rule.fixed * (12 if rule.per == "month" else 1)
                charge = convert(yearly, rule.currency, "USD", self.catalog.per_usd)
                charges[_written(candidate, [rule])] = charge
        return _by_wallet(charges)

    def claim(self, key: str) -> AverageClaim:
        """Return how commonly a claim holds: the mean over wallets of that over their markets.

        What only surveys know holds in few of all markets: they name those, and nobody counts the
        others, so that silence is taken for a no.
        """
        if key in ON_NO_PAGE:
            answers = [self.observer.look(candidate, key).value for candidate in self.active]
            yes = Decimal(sum(value is True for value in answers)) / max(len(answers), 1)
            return AverageClaim(
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
            # What does not apply to one says nothing of the others.
            elif seen.fact is None and (value is False or not applies(key, candidate.kind)):
                value = None
            by_wallet.setdefault(candidate.wallet.id, []).append(value)
        values = list(by_wallet.values())
        return AverageClaim(yes=_share(values, True), no=_share(values, False), count=len(values))

    def measures(self) -> dict[str, Decimal]:
        ratings: _Known = {}
        replies: _Known = {}
        incidents: _Known = {}
        for candidate in self.active:
            market = candidate.market
            for rating in market.ratings:
                ratings[_written(candidate, [rating])] = rating.value
            if reply := market.support.reply:
                replies[_written(candidate, [reply])] = Decimal(reply.days)
            if market.incidents:
                weight = incident_weight(market, self.catalog.criteria.settings, self.on)
                incidents[_written(candidate, market.incidents)] = weight
        return {
            "rating": rounded_figure(_mean(_by_wallet(ratings))),
            "reply-days": rounded_figure(_mean(_by_wallet(replies))),
            "incident-weight": rounded_figure(_mean(_by_wallet(incidents))),
        }


def _candidates(wallets: Iterable[Wallet]) -> Iterator[Candidate]:
    for wallet in wallets:
        for country, market in wallet.markets.items():
            plan = market.plans[0].id if market.plans else ""
            yield Candidate(wallet, country, market, plan)


def _is_closed(candidate: Candidate, needs: Needs) -> bool:
    """Return whether a wallet is known not to be for such a person: a business, a private one's."""
    claims = (getattr(candidate.market.onboarding, word) for word in ruled_out_if_known(needs))
    return any(claim and claim.has and not claim.method for claim in claims)


def _conversion(rule: FeeRule) -> Decimal | None:
    """Return what changing money costs everybody by a rule, in percent; None for another rule."""
    if rule.bound is not None:
        return None
    if rule.fx_markup is not None and not (rule.for_ or rule.given):
        most = rule.fx_markup if rule.fx_markup_max is None else rule.fx_markup_max
        return (rule.fx_markup + most) / 2
    is_plain = rule.operation == "convert" and rule.method is None and not rule.surcharge
    return rule.percent if is_plain else None


class _Prices(NamedTuple):
    """What each wallet takes for a use of 100 US dollars, and of 10, in percent of the amount."""

    ordinary: list[Decimal]
    small: list[Decimal]


class Priced(NamedTuple):
    """What is known of the prices of both uses, and in how many markets each price holds."""

    ordinary: _Known
    small: _Known
    markets: Counter[_Written]

    def by_wallet(self) -> _Prices:
        return _Prices(_by_wallet(self.ordinary), _by_wallet(self.small))

    def of(self, wallet: str) -> _Prices:
        """Return the prices of one wallet, each as often as there are markets in which it holds."""
        return _Prices(*(self._each(prices, wallet) for prices in (self.ordinary, self.small)))

    def _each(self, prices: _Known, wallet: str) -> list[Decimal]:
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

    def with_usual(self, averages: Averages) -> dict[str, tuple[Priced, AverageFee]]:
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


def _low_of_use(prices: _Prices, fee: AverageOfUse) -> dict[str, Decimal]:
    """Return the 10th percentile of prices, charged for each use as far as the estimate is."""
    low = _percentile(sorted(prices.ordinary), 10)
    whole = fee.estimate_percent + fee.estimate_fixed_usd * HUNDRED / REFERENCE_USD
    part = fee.estimate_percent / whole if whole else ZERO
    return {
        "low_percent": rounded_figure(low * part),
        "low_fixed_usd": rounded_figure(low * (1 - part) * REFERENCE_USD / HUNDRED),
    }


def _fee_of_use(prices: _Prices, dearest: Decimal = ZERO) -> AverageOfUse:
    """Return what an unknown fee is taken for; `dearest` is what the dearest of any way takes.

    What is dear is taken to be so in both parts alike.
    """
    estimate, high = _usual(prices.ordinary)
    high = high or dearest
    small, _high_of_small = _usual(prices.small or prices.ordinary)
    # Of c(a) = fixed + share x a, at both uses.
    of_estimate = estimate * REFERENCE_USD / HUNDRED
    of_small = small * SMALL_USD / HUNDRED
    times = REFERENCE_USD / SMALL_USD
    fixed = min(max((of_small * times - of_estimate) / (times - 1), ZERO), of_estimate)
    part = fixed / of_estimate if of_estimate else ZERO
    return AverageOfUse(
        estimate_percent=rounded_figure(estimate * (1 - part)),
        estimate_fixed_usd=rounded_figure(fixed),
        high_percent=rounded_figure(high * (1 - part)),
        high_fixed_usd=rounded_figure(high * part * REFERENCE_USD / HUNDRED),
        count=len(prices.ordinary),
    )


def _fee(values: list[Decimal]) -> AverageFee:
    if not values:
        return _NO_FEE
    estimate, high = map(rounded_figure, _usual(values))
    return AverageFee(estimate_percent=estimate, high_percent=high, count=len(values))


def _corridors(surveys: Iterable[Survey]) -> dict[str, AverageOfCorridor]:
    """Return what sending costs by corridor, where the newest survey that can tell saw enough.

    Every service counts once, by the median of its quotes, those that the catalog does not have
    too: so what is taken for unknown does not depend on the wallets.
    """
    averages: dict[str, AverageOfCorridor] = {}
    for survey in sorted(surveys, key=lambda each: each.head.source.as_of or ""):
        corridors: dict[str, dict[str, list[Quote]]] = {}
        for wallet, countries in survey.quotes.items():
            for quote in chain.from_iterable(countries.values()):
                services = corridors.setdefault(f"{quote.from_}-{quote.to}", {})
                services.setdefault(wallet, []).append(quote)
        for corridor, by_wallet in corridors.items():
            if len(by_wallet) >= ENOUGH:
                listed = by_wallet.values()
                averages[corridor] = AverageOfCorridor(
                    fee=_middle([[each.fee_percent for each in quotes] for quotes in listed]),
                    # A rate better than that between banks is no gain.
                    conversion=_middle(
                        [[max(each.margin_percent, ZERO) for each in quotes] for quotes in listed]
                    ),
                )
    return dict(sorted(averages.items()))


def _middle(services: Iterable[Sequence[Decimal]]) -> AverageSpan:
    """Return the median of services, each by the median of its own prices; and what most are."""
    values = sorted(statistics.median(each) for each in services)
    return AverageSpan(
        low_percent=rounded_figure(_percentile(values, 10)),
        estimate_percent=rounded_figure(statistics.median(values)),
        high_percent=rounded_figure(_percentile(values, 90)),
        count=len(values),
    )


def _charge(values: list[Decimal]) -> AverageCharge:
    if not values:
        return _NO_CHARGE
    estimate, high = map(rounded_figure, _usual(values))
    return AverageCharge(estimate_usd=estimate, high_usd=high, count=len(values))


def _usual(values: list[Decimal]) -> tuple[Decimal, Decimal]:
    """Return the median and the 90th percentile by nearest rank, or the mean where it is higher."""
    ordered, mean = sorted(values), _mean(values)
    return max(statistics.median(ordered), mean), max(_percentile(ordered, 90), mean)


def _percentile(ordered: Sequence[Decimal], percent: int) -> Decimal:
    """Return a percentile of figures in their order, by nearest rank."""
    return ordered[-(-len(ordered) * percent // 100) - 1]


def _mean(values: Sequence[Decimal]) -> Decimal:
    return sum(values, ZERO) / len(values) if values else ZERO


def _share(seen: Sequence[Sequence[bool | None]], value: bool) -> Decimal:
    """Return how common an answer is: the mean over wallets of its share among their markets."""
    return rounded_figure(_mean([Decimal(each.count(value)) / len(each) for each in seen]))


def _written(candidate: Candidate, facts: Iterable[Fact | FeeRule]) -> _Written:
    return candidate.wallet.id, tuple(fact.path for fact in facts)


def _by_wallet(known: _Known) -> list[Decimal]:
    """Return one figure for each wallet: the median of its own."""
    figures: dict[str, list[Decimal]] = {}
    for (wallet, _paths), figure in known.items():
        figures.setdefault(wallet, []).append(figure)
    return [statistics.median(each) for each in figures.values()]
