"""How often the first place of a ranking is right, against the chance that it claims.

Run `python benchmarks/confidence.py` from the repository root; `benchmarks/README.md` holds what it
prints. The catalog is taken for the truth. Then 10, 20 and 40 % of the facts of each market are
hidden at random, and the same people are answered again: right is a first place that is also the
likely best with nothing hidden. A price is hidden with all countries that the one statement of it
holds in (no guess from what the wallet takes elsewhere sees it), and with all prices of the
operation on that page. What the catalog itself does not know is hidden in both, so the chance is
reckoned from what was hidden alone: the variance of a score is that with the facts hidden less that
without. Pairs of a persona and a country are drawn at random among those in which two wallets or
more are confirmed; who moves money abroad says to or from which country, drawn among those that
prices there name. A seed gives one table.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from msgspec import structs  # noqa: E402

from walletpick.facts.ages import latest_day  # noqa: E402
from walletpick.facts.model import (  # noqa: E402
    Averages,
    Catalog,
    Claim,
    FeeRule,
    Market,
    Needs,
    Usage,
)
from walletpick.facts.places import is_country  # noqa: E402
from walletpick.facts.vocabulary import ABROAD_OPERATIONS, ON_NO_PAGE  # noqa: E402
from walletpick.reading.load import load_catalog  # noqa: E402
from walletpick.score.chance import Spread, chances  # noqa: E402
from walletpick.score.ranking import Place, Ranking, rank  # noqa: E402
from walletpick.upkeep.answers import sensible_pairs  # noqa: E402
from walletpick.upkeep.averages import elsewhere_of, home_prices, work_out  # noqa: E402
from walletpick.upkeep.sample import KnownPrices, Priced, Sample  # noqa: E402

SHARES = (0.1, 0.2, 0.4)
_MAPPINGS = ("funding", "payout", "features", "security")
_LISTS = ("fees", "limits", "protection", "incidents", "ratings", "gives_back")
_ONE = ("licence", "closing")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=200)
    parser.add_argument("--draws", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    catalog = load_catalog(ROOT / "catalog")
    today = latest_day(catalog.date)
    catalog = structs.replace(catalog, averages=_of_the_known(catalog))
    known = Sample(catalog.wallets, catalog.criteria, catalog.rates).known_prices()
    bins: list[list[tuple[float, bool]]] = [[] for _ in range(10)]
    draw = random.Random(args.seed)
    for needs in _people(catalog, draw, args.pairs, today):
        part = _in(catalog, needs.country or "")
        truth = rank(part, needs, today)
        for share in SHARES:
            for _ in range(args.draws):
                hidden = _hide(part, needs.country or "", share, draw, known)
                ranking = rank(hidden, needs, today)
                if ranking.places:
                    claim = _claim(ranking, truth)
                    right = ranking.places[0].wallet.id == _best(truth).wallet.id
                    bins[min(int(claim * 10), 9)].append((claim, right))
    _show(bins)


def _of_the_known(catalog: Catalog) -> Averages:
    """Return averages by which a hidden claim is taken for what the known ones mostly are.

    What nobody wrote about holds more seldom, and is taken for that by the catalog's own averages;
    but what is hidden here was known.
    """
    known = work_out(catalog.wallets, catalog.criteria, catalog.rates).claims
    claims = dict(catalog.averages.claims)
    for key, claim in known.items():
        if answered := claim.yes + claim.no:
            yes, no = claim.yes / answered, claim.no / answered
            claims[key] = structs.replace(claim, yes=yes, no=no)
    return structs.replace(catalog.averages, claims=claims)


def _people(catalog: Catalog, draw: random.Random, most: int, today: date) -> Iterator[Needs]:
    """Yield needs in countries where two wallets or more are confirmed to fit."""
    pairs = [needs for *_, needs in sensible_pairs(catalog)]
    draw.shuffle(pairs)
    for needs in pairs:
        part = _in(catalog, needs.country or "")
        needs = structs.replace(
            needs,
            use=tuple(_with_end(usage, needs.country or "", part, draw) for usage in needs.use),
        )
        ranking = rank(part, needs, today)
        if sum(place.confirmed for place in ranking.places) >= 2:
            yield needs
            most -= 1
        if not most:
            return


def _with_end(usage: Usage, home: str, part: Catalog, draw: random.Random) -> Usage:
    """Return a usage that names a country, where it has to do with one and prices go by it."""
    if usage.country or usage.operation not in ABROAD_OPERATIONS:
        return usage
    corridors = (
        fee.corridor
        for wallet in part.wallets
        for fee in wallet.markets[home].fees
        if fee.operation == usage.operation and fee.corridor
    )
    named = {corridor.partition("-")[2] for corridor in corridors}
    ends = sorted(filter(is_country, named - {home}))
    return structs.replace(usage, country=draw.choice(ends)) if ends else usage


def _in(catalog: Catalog, country: str) -> Catalog:
    return structs.replace(
        catalog, wallets=tuple(w for w in catalog.wallets if country in w.markets)
    )


def _hide(
    part: Catalog, country: str, share: float, draw: random.Random, known: KnownPrices
) -> Catalog:
    """Return a catalog without so many of the facts of its markets in a country."""
    wallets = []
    elsewhere = dict(part.averages.elsewhere)
    for wallet in part.wallets:
        market = wallet.markets[country]
        hidden = _hidden(market, share, draw)
        wallets.append(structs.replace(wallet, markets={**wallet.markets, country: hidden}))
        if gone := {fee.path for fee in market.fees} - {fee.path for fee in hidden.fees}:
            others = _without(known, wallet.id, gone)
            elsewhere[wallet.id] = elsewhere_of(wallet.id, others, part.averages)
    averages = structs.replace(part.averages, elsewhere=elsewhere)
    # What is dear there is told by what is left, too.
    home = home_prices(Sample(wallets, part.criteria, part.rates), averages)
    dear = {country: home[country]} if country in home else {}
    averages = structs.replace(averages, at_home=dear)
    return structs.replace(part, wallets=tuple(wallets), averages=averages)


def _without(known: KnownPrices, wallet: str, gone: set[str]) -> KnownPrices:
    """Return the known prices of one wallet without those that rest on what is gone."""

    def kept(priced: Priced) -> Priced:
        stays = [w for w in priced.markets if w[0] == wallet and gone.isdisjoint(w[1])]
        ordinary, small = (
            {w: prices[w] for w in stays if w in prices}
            for prices in (priced.ordinary, priced.small)
        )
        return Priced(ordinary, small, Counter({w: priced.markets[w] for w in stays}))

    return KnownPrices(
        {name: kept(each) for name, each in known.of_operation.items()},
        {name: kept(each) for name, each in known.of_business.items()},
        {
            name: {method: kept(each) for method, each in ways.items()}
            for name, ways in known.of_method.items()
        },
        kept(known.of_conversion),
    )


def _hidden(market: Market, share: float, draw: random.Random) -> Market:
    """Return a market with so many of its facts hidden, each as likely.

    What follows from a fact that is hidden is hidden with it.
    """
    gone: set[str] = set()
    # A list of prices that lacks a line would be wrong and not unknown: no chance tells of that.
    listed: dict[tuple[str, str], bool] = {}

    def kept(fact: Any) -> bool:
        implied_by = getattr(fact, "implied_by", "")
        if implied_by:
            stays = implied_by not in gone
        elif isinstance(fact, FeeRule):
            stays = listed.setdefault((fact.operation, fact.source), draw.random() >= share)
        else:
            stays = draw.random() >= share
        if not stays:
            gone.add(fact.path)
        return stays

    # What follows from others comes after them.
    lists = {key: tuple(filter(kept, getattr(market, key))) for key in _LISTS}
    ones = {key: fact if (fact := getattr(market, key)) and kept(fact) else None for key in _ONE}
    channels = {word: c for word, c in market.support.channels.items() if kept(c)}
    support = structs.replace(market.support, channels=channels)
    mappings: dict[str, dict[str, Claim]] = {}
    for implied in (False, True):
        for key in _MAPPINGS:
            claims = mappings.setdefault(key, {})
            for word, claim in getattr(market, key).items():
                # Silence on what only surveys know is taken for a no: to hide it would be a lie.
                told = f"{key}:{word}" in ON_NO_PAGE
                if told or (bool(claim.implied_by) is implied and kept(claim)):
                    claims[word] = claim
    return structs.replace(market, **mappings, **lists, **ones, support=support)


def _best(truth: Ranking) -> Place:
    """Return the place that is likely the best, where what is guessed counts as no dearer.

    That is what a chance is about; a first place goes by more than that.
    """
    return min(truth.places, key=lambda place: (place.doubt, -place.mean * place.able))


def _claim(ranking: Ranking, truth: Ranking) -> float:
    """Return the chance of the first place, by what was hidden alone."""
    before = {place.wallet.id: place for place in truth.places}
    spreads = [_spread(place, before.get(place.wallet.id)) for place in ranking.places]
    return float(chances(spreads)[0])


def _spread(place: Place, before: Place | None) -> Spread:
    less = before.variance if before else Decimal(0)
    # What is not confirmed in truth either cannot come first there.
    able = place.able if before is None or before.confirmed else Decimal(0)
    return Spread(place.mean, max(place.variance - less, Decimal(0)), able)


def _show(bins: list[list[tuple[float, bool]]]) -> None:
    print("| claimed | answers | claimed, mean | right |")
    print("| --- | ---: | ---: | ---: |")
    worst = 0.0
    for number, answers in enumerate(bins):
        if not answers:
            continue
        claimed = sum(claim for claim, _ in answers) / len(answers)
        right = sum(hit for _, hit in answers) / len(answers)
        if len(answers) >= 100:
            worst = max(worst, abs(right - claimed))
        low, high = number * 10, number * 10 + 10
        print(f"| {low} to {high} % | {len(answers)} | {claimed:.1%} | {right:.1%} |")
    print(
        f"\nThe largest error of a line with a hundred answers or more: {worst * 100:.1f} points."
    )


if __name__ == "__main__":
    main()
