"""Which wallet would come first but for one thing that it does not do. Pure."""

from __future__ import annotations

from datetime import date

from msgspec import structs

from walletpick.facts.model import Catalog, Needs
from walletpick.score.causes import Cause, Lacks
from walletpick.score.experience import NO_EXPERIENCES, Experiences
from walletpick.score.ranking import LeftOut, Ranking, rank


def all_but_one(
    ranking: Ranking,
    catalog: Catalog,
    needs: Needs,
    today: date,
    experiences: Experiences = NO_EXPERIENCES,
) -> LeftOut | None:
    """Return the market that is left out for one cause, and would else come first and confirmed.

    None where some market is confirmed to do all of `needs`, which the ranking is for, or where
    nothing else is asked than that one thing.
    """
    if not ranking.places or ranking.places[0].confirmed:
        return None
    by_less: dict[tuple[object, object], tuple[Needs, dict[tuple[str, str], LeftOut]]] = {}
    for each in ranking.left_out:
        less = _without(needs, each.causes[0]) if len(each.causes) == 1 else None
        if less:
            _, markets = by_less.setdefault((less.use, less.must), (less, {}))
            markets[each.wallet.id, each.country] = each
    for less, markets in by_less.values():
        first = next(iter(rank(catalog, less, today, experiences).places), None)
        if first and first.confirmed:
            market = first.wallet.id, first.candidate.country
            if market in markets:
                return markets[market]
    return None


def _without(needs: Needs, cause: Cause) -> Needs | None:
    """Return the needs without the use or the must-have that a market does not meet, if any."""
    if not isinstance(cause, Lacks):
        return None
    operation = cause.key.removeprefix("does:").partition(":")[0]
    use = tuple(each for each in needs.use if each.operation != operation)
    must = tuple(each for each in needs.must if each != cause.key)
    if not use or (len(use), len(must)) == (len(needs.use), len(needs.must)):
        return None
    return structs.replace(needs, use=use, must=must)
