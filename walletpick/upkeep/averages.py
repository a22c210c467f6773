"""What an unknown is taken for, worked out from what the catalog knows.

The result is catalog data (`averages.yaml`) and not worked out when ranking: else taking a wallet
out of the list would move the others.
"""

from __future__ import annotations

import statistics
from collections.abc import Collection, Iterable, Sequence
from decimal import Decimal
from itertools import chain, zip_longest
from pathlib import Path

from msgspec import structs

from walletpick.bill.pricing import SMALL_USD
from walletpick.facts import model
from walletpick.facts.money import HUNDRED, ZERO
from walletpick.facts.vocabulary import OBSERVABLE, USAGE_OPERATIONS
from walletpick.language import _
from walletpick.reading import checks, writer
from walletpick.reading.files import read_bounded
from walletpick.reading.kinds import KINDS
from walletpick.reading.load import Files, InvalidCatalog, shown
from walletpick.reading.place import MAX_BYTES
from walletpick.reading.problem import Problem
from walletpick.upkeep.asked import measured, rounded_figure
from walletpick.upkeep.home_prices import home_prices
from walletpick.upkeep.sample import (
    CHARGES,
    REFERENCE_USD,
    KnownPrices,
    Prices,
    Sample,
    percentile,
    usual_of,
)

# A method gets a figure of its own when so many markets price it.
ENOUGH = 5


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
            "at_home": (
                "# What is dear in a country: what `count` of its own wallets take, also of uses of"
                " 10, 20, 30, 40, 60, 80 and 100 US dollars.",
            ),
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
        for corridor, by_wallet in corridors.items():
            if len(by_wallet) >= ENOUGH:
                listed = by_wallet.values()
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
