"""What wallets take in their own country, where that is dear.

An unknown price there is not to look better than those of its neighbours.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from functools import cache

from msgspec import structs

from walletpick.bill.lines import unknown_fee
from walletpick.bill.pricing import HOME_USES_USD, SMALL_USD
from walletpick.facts.model import AverageAtHome, AverageOfUse, Averages, Usage
from walletpick.facts.money import HUNDRED
from walletpick.facts.vocabulary import ABROAD_OPERATIONS, RECEIVING_OPERATIONS, USAGE_OPERATIONS
from walletpick.upkeep.asked import rounded_figure
from walletpick.upkeep.sample import REFERENCE_USD, Rules, Sample, by_wallet, usual_of

# A wallet of more countries tells what it takes itself; those of fewer tell what is taken in one,
# where they are so many.
_FEW_COUNTRIES = 20
_LOCALS = 2
# What is charged for these is as the other side, or its country, has it.
_NOT_AT_HOME = frozenset((*ABROAD_OPERATIONS, *RECEIVING_OPERATIONS, "convert"))


def home_prices(sample: Sample, averages: Averages) -> dict[str, dict[str, AverageAtHome]]:
    """Return what the wallets at home take in each country, where that is dear, by operation.

    Such are those of few countries; two or more of them have to tell. They are dear where they take
    more than nine of ten wallets of all countries do, of a use of 100 dollars or of 10. `averages`
    say what is usual.
    """
    dear: dict[str, dict[str, AverageAtHome]] = {}
    for operation in sorted(set(USAGE_OPERATIONS) - _NOT_AT_HOME):
        by_country: dict[str, list[Rules]] = defaultdict(list)
        for candidate, rules in sample.rules[operation]:
            if len(candidate.wallet.markets) <= _FEW_COUNTRIES:
                by_country[candidate.country].append((candidate, rules))
        for country, local in by_country.items():
            ways = {rule.method for _candidate, rules in local for rule in rules if rule.method}
            rows: dict[str, AverageAtHome] = {}
            for method in (*sorted(ways), None):
                usual = unknown_fee(operation, method, averages)
                use = Usage(operation=operation, amount=REFERENCE_USD, method=method)
                key = f"{operation}:{method}" if method else operation
                # By whichever way an operation is dear, so it is where none is named.
                average = _taken(sample, use, local, None if rows and not method else usual)
                if average and any(average.of_uses):
                    rows[key] = average
            if rows:
                dear.setdefault(country, {}).update(sorted(rows.items()))
    return dict(sorted(dear.items()))


def _taken(
    sample: Sample, use: Usage, local: Sequence[Rules], usual: AverageOfUse | None
) -> AverageAtHome | None:
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
    return AverageAtHome(
        estimate_percent=rounded_figure(estimate),
        high_percent=rounded_figure(high),
        of_uses=tuple(rounded_figure(usual_of(prices(usd))[0]) for usd in HOME_USES_USD),
        count=len(ordinary),
    )
