"""What an unknown is taken for, worked out from what the catalog knows.

The result is catalog data (`averages.yaml`) and not worked out when ranking: else taking a wallet
out of the list would move the others.
"""

from __future__ import annotations

import statistics
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from decimal import Decimal
from functools import cache
from itertools import chain, zip_longest
from pathlib import Path

from msgspec import structs

from walletpick.bill.lines import unknown_fee
from walletpick.bill.pricing import HOME_USES_USD, SMALL_USD
from walletpick.facts import model
from walletpick.facts.money import HUNDRED, ZERO
from walletpick.facts.tables import toml_of
from walletpick.facts.vocabulary import (
    ABROAD_OPERATIONS,
    OBSERVABLE,
    RECEIVING_OPERATIONS,
    USAGE_OPERATIONS,
)
from walletpick.language import _
from walletpick.reading import checks, writer
from walletpick.reading.files import read_bounded
from walletpick.reading.kinds import KINDS
from walletpick.reading.load import Files, InvalidCatalog, shown
from walletpick.reading.place import MAX_BYTES
from walletpick.reading.problem import Problem
from walletpick.upkeep.asked import measured, rounded_figure
from walletpick.upkeep.sample import (
    CHARGES,
    REFERENCE_USD,
    KnownPrices,
    Prices,
    Rules,
    Sample,
    by_wallet,
    percentile,
    usual_of,
)

# A method gets a figure of its own when so many markets price it.
ENOUGH = 5
# A wallet of more countries tells what it takes itself; those of fewer tell what is taken in one,
# where they are so many.
_FEW_COUNTRIES = 20
_LOCALS = 2
# What is charged for these is as the other side, or its country, has it.
_NOT_AT_HOME = frozenset((*ABROAD_OPERATIONS, *RECEIVING_OPERATIONS, "convert"))


def fresh_averages(directory: Path) -> str:
    """Return the text that a catalog's `averages.yaml` should have, from all its other files.

    Raises InvalidCatalog.
    """
    files = Files(directory)
    files.check_place()
    listed = files.wallets(files.laws())
    criteria = files.checked(model.Criteria, directory / "criteria.yaml")
    rates = files.checked(model.Rates, directory / "rates.yaml")
    asked, surveys = files.asked(), files.surveys()
    if rates:
        files.problems += checks.missing_rates(listed, rates)
    if files.problems or criteria is None or rates is None:
        raise InvalidCatalog(sorted(files.problems))
    wallets = [wallet for wallet, _ in listed]
    return as_yaml(work_out(wallets, criteria, rates, asked, surveys.values()))


def outdated(
    path: Path,
    wallets: Sequence[model.Wallet],
    criteria: model.Criteria,
    rates: model.Rates,
    asked: model.AskedFile | None,
    surveys: Collection[model.Survey],
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
    wallets: Sequence[model.Wallet],
    criteria: model.Criteria,
    rates: model.Rates,
    asked: model.AskedFile | None = None,
    surveys: Collection[model.Survey] = (),
) -> model.Averages:
    """Return the averages of these wallets, as of the newest reading among them.

    So they do not change by themselves. How they are worked out stands in `docs/method.md`, under
    "What is not known": of `surveys` what sending from one country to another costs, and of what
    was looked for (`asked`) what an unknown claim counts for. Fees are in percent of the amount and
    US dollars a use, charges in US dollars of the first year.
    """
    sample = Sample(wallets, criteria, rates)
    known = sample.known_prices()
    prices = {name: each.by_wallet() for name, each in known.of_operation.items()}
    everything = Prices(
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
    averages = model.Averages(
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
        tax=_fee(sample.taxes()),
        charges={name: _charge(sample.charges(name)) for name in CHARGES},
        claims=measured(
            # What the law gives does not depend on the wallets.
            {key: sample.claim(key) for key in sorted(OBSERVABLE) if not key.startswith("right:")},
            asked,
        ),
        measures=sample.measures(),
    )
    elsewhere = {wallet.id: elsewhere_of(wallet.id, known, averages) for wallet in wallets}
    elsewhere = {wallet: fees for wallet, fees in elsewhere.items() if fees}
    averages = structs.replace(averages, elsewhere=elsewhere)
    return structs.replace(averages, at_home=home_prices(sample, averages))


def elsewhere_of(
    wallet: str, known: KnownPrices, averages: model.Averages
) -> dict[str, model.AverageElsewhere]:
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
            elsewhere[key] = model.AverageElsewhere(**ends)
    return elsewhere


def as_yaml(averages: model.Averages) -> str:
    """Return the text of `averages.yaml`, in canonical form, with the comments of its template."""
    above = toml_of("upkeep/averages.toml", dict[str, list[str]])
    schema = f"# yaml-language-server: $schema={KINDS['averages'].schema}"
    return writer.as_yaml(averages, {**above, "fees": [schema, *above["fees"]]}, whole=True)


def _low_of_use(prices: Prices, fee: model.AverageOfUse) -> dict[str, Decimal]:
    """Return the 10th percentile of prices, charged for each use as far as the estimate is."""
    low = percentile(sorted(prices.ordinary), 10)
    whole = fee.estimate_percent + fee.estimate_fixed_usd * HUNDRED / REFERENCE_USD
    part = fee.estimate_percent / whole if whole else ZERO
    return {
        "low_percent": rounded_figure(low * part),
        "low_fixed_usd": rounded_figure(low * (1 - part) * REFERENCE_USD / HUNDRED),
    }


def _fee_of_use(prices: Prices, dearest: Decimal = ZERO) -> model.AverageOfUse:
    """Return what an unknown fee is taken for; `dearest` is what the dearest of any way takes.

    What is dear is taken to be so in both parts alike.
    """
    estimate, high = usual_of(prices.ordinary)
    high = high or dearest
    small, _high_of_small = usual_of(prices.small or prices.ordinary)
    # Of c(a) = fixed + share x a, at both uses.
    of_estimate = estimate * REFERENCE_USD / HUNDRED
    of_small = small * SMALL_USD / HUNDRED
    times = REFERENCE_USD / SMALL_USD
    fixed = min(max((of_small * times - of_estimate) / (times - 1), ZERO), of_estimate)
    part = fixed / of_estimate if of_estimate else ZERO
    return model.AverageOfUse(
        estimate_percent=rounded_figure(estimate * (1 - part)),
        estimate_fixed_usd=rounded_figure(fixed),
        high_percent=rounded_figure(high * (1 - part)),
        high_fixed_usd=rounded_figure(high * part * REFERENCE_USD / HUNDRED),
        count=len(prices.ordinary),
    )


def _fee(values: list[Decimal]) -> model.AverageFee:
    estimate, high = map(rounded_figure, usual_of(values))
    return model.AverageFee(estimate_percent=estimate, high_percent=high, count=len(values))


def _corridors(surveys: Iterable[model.Survey]) -> dict[str, model.AverageOfCorridor]:
    """Return what sending costs by corridor, where the newest survey that can tell saw enough.

    Every service counts once, by the median of its quotes, those that the catalog does not have
    too: so what is taken for unknown does not depend on the wallets.
    """
    averages: dict[str, model.AverageOfCorridor] = {}
    for survey in sorted(surveys, key=lambda each: each.head.source.as_of or ""):
        corridors: dict[str, dict[str, list[model.Quote]]] = {}
        for wallet, countries in survey.quotes.items():
            for quote in chain.from_iterable(countries.values()):
                services = corridors.setdefault(f"{quote.from_}-{quote.to}", {})
                services.setdefault(wallet, []).append(quote)
        for corridor, services in corridors.items():
            if len(services) >= ENOUGH:
                listed = services.values()
                averages[corridor] = model.AverageOfCorridor(
                    fee=_middle([[each.fee_percent for each in quotes] for quotes in listed]),
                    # A rate better than that between banks is no gain.
                    conversion=_middle(
                        [[max(each.margin_percent, ZERO) for each in quotes] for quotes in listed]
                    ),
                )
    return dict(sorted(averages.items()))


def _middle(services: Iterable[Sequence[Decimal]]) -> model.AverageSpan:
    """Return the median of services, each by the median of its own prices; and what most are."""
    values = sorted(statistics.median(each) for each in services)
    return model.AverageSpan(
        low_percent=rounded_figure(percentile(values, 10)),
        estimate_percent=rounded_figure(statistics.median(values)),
        high_percent=rounded_figure(percentile(values, 90)),
        count=len(values),
    )


def _charge(values: list[Decimal]) -> model.AverageCharge:
    estimate, high = map(rounded_figure, usual_of(values))
    return model.AverageCharge(estimate_usd=estimate, high_usd=high, count=len(values))


# What wallets take in their own country, where that is dear: an unknown price there is not to look
# better than those of its neighbours.


def home_prices(
    sample: Sample, averages: model.Averages
) -> dict[str, dict[str, model.AverageAtHome]]:
    """Return what the wallets at home take in each country, where that is dear, by operation.

    Such are those of few countries; two or more of them have to tell. They are dear where they take
    more than nine of ten wallets of all countries do, of a use of 100 dollars or of 10. `averages`
    say what is usual.
    """
    dear: dict[str, dict[str, model.AverageAtHome]] = {}
    for operation in sorted(set(USAGE_OPERATIONS) - _NOT_AT_HOME):
        by_country: dict[str, list[Rules]] = defaultdict(list)
        for candidate, rules in sample.rules[operation]:
            if len(candidate.wallet.markets) <= _FEW_COUNTRIES:
                by_country[candidate.country].append((candidate, rules))
        for country, local in by_country.items():
            ways = {rule.method for _candidate, rules in local for rule in rules if rule.method}
            rows: dict[str, model.AverageAtHome] = {}
            for method in (*sorted(ways), None):
                usual = unknown_fee(operation, method, averages)
                use = model.Usage(operation=operation, amount=REFERENCE_USD, method=method)
                key = f"{operation}:{method}" if method else operation
                # By whichever way an operation is dear, so it is where none is named.
                average = _taken(sample, use, local, None if rows and not method else usual)
                if average and any(average.of_uses):
                    rows[key] = average
            if rows:
                dear.setdefault(country, {}).update(sorted(rows.items()))
    return dict(sorted(dear.items()))


def _taken(
    sample: Sample, use: model.Usage, local: Sequence[Rules], usual: model.AverageOfUse | None
) -> model.AverageAtHome | None:
    """Return what two local wallets or more take for a use, where that is more than is usual."""

    @cache
    def prices(usd: Decimal) -> list[Decimal]:
        return by_wallet(sample.shares(structs.replace(use, amount=usd), of=local)[0])

    def is_dear(usd: Decimal) -> bool:
        assert usual
        most = usual.high_percent + usual.high_fixed_usd * HUNDRED / usd
        return usual_of(prices(usd))[0] > most

    ordinary = prices(REFERENCE_USD)
    if len(ordinary) < _LOCALS:
        return None
    if usual and not is_dear(REFERENCE_USD) and not is_dear(SMALL_USD):
        return None
    estimate, high = usual_of(ordinary)
    return model.AverageAtHome(
        estimate_percent=rounded_figure(estimate),
        high_percent=rounded_figure(high),
        of_uses=tuple(rounded_figure(usual_of(prices(usd))[0]) for usd in HOME_USES_USD),
        count=len(ordinary),
    )
