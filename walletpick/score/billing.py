"""The bill of one market, whether or not it fits the needs: which plan, and why not the others.

Pure. `ranking.judge` decides what fits; here a market that does not fit is billed all the same.
"""

from __future__ import annotations

from msgspec import Struct

from walletpick.bill.bill import Bill, bill, cheapest
from walletpick.facts.model import Wallet
from walletpick.score.criteria import Yardstick
from walletpick.score.ranking import Cause, Place, candidates, judge
from walletpick.words.phrases import limit_phrase


class Billed(Struct, frozen=True, kw_only=True):
    """A market's bill on the plan taken, and the bills of its other plans.

    `obstacles` say why the market does not fit; empty when it does.
    """

    bill: Bill
    others: tuple[Bill, ...] = ()
    obstacles: tuple[Cause, ...] = ()
    unconfirmed: tuple[Cause, ...] = ()

    @property
    def fits(self) -> bool:
        """Whether the market can do all that is asked, as far as is known."""
        return not self.obstacles


def billed(wallet: Wallet, country: str, by: Yardstick) -> Billed:
    """Return the bill of a wallet in a country, on the plan that fits and costs least.

    Where no plan fits, the cheapest of them. Raises UnknownRate when the catalog has no exchange
    rate for the needs' currency.
    """
    market = wallet.markets[country]
    bills = [
        bill(each, by.needs, by.catalog, by.today) for each in candidates(wallet, country, market)
    ]
    found = judge(wallet, country, market, by)
    if isinstance(found, Place):
        plan = found.candidate.plan
        taken = next(each for each in bills if each.candidate.plan == plan)
        obstacles: list[Cause] = []
        unconfirmed = found.unconfirmed
    else:
        taken = cheapest(bills)
        obstacles = [*found.causes, *_limits(taken)]
        unconfirmed = ()
    return Billed(
        bill=taken,
        others=tuple(each for each in bills if each is not taken),
        obstacles=tuple({cause.text: cause for cause in obstacles}.values()),
        unconfirmed=unconfirmed,
    )


def _limits(taken: Bill) -> list[Cause]:
    """Return what known limits forbid; a closed market is left out before these are looked at."""
    source_of = taken.candidate.source_of
    return [
        Cause(limit_phrase(each, taken.currency), each.limit, source_of(each.limit))
        for each in taken.impossible
    ]
