"""Which wallet would come first but for one thing that it does not do. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from msgspec import Struct, structs

from walletpick.facts.model import Catalog, Needs
from walletpick.facts.vocabulary import full_word
from walletpick.score.causes import Lacks, answerable
from walletpick.score.experience import NO_EXPERIENCES, Experiences
from walletpick.score.ranking import LeftOut, Ranking, rank


class OneThing(Struct, frozen=True):
    """A market that is left out of the ranking `asked` for one cause.

    `instead` is set where that is that it gives no cash, and it is confirmed to move the money out
    to a bank account, which gives cash by its own card: the ranking by that, in which it is first.
    """

    asked: Ranking
    left_out: LeftOut
    instead: Ranking | None = None


def all_but_one(
    ranking: Ranking,
    catalog: Catalog,
    needs: Needs,
    today: date,
    experiences: Experiences = NO_EXPERIENCES,
) -> OneThing | None:
    """Return the market that is left out for one cause, and would else come first and confirmed.

    None where some market is confirmed to do all of `needs`, which the ranking is for, or the first
    is once the person answers something, or where nothing else is asked than that one thing.
    """
    first = next(iter(ranking.places), None)
    if first is None or first.confirmed or answerable(first.unconfirmed):
        return None
    by_key: dict[str, list[LeftOut]] = {}
    for each in ranking.left_out:
        match each.causes:
            # What it does under a condition is no lack, but for the person to answer.
            case (Lacks(condition=None, key=key),):
                by_key.setdefault(key, []).append(each)
    for key, left_out in by_key.items():
        for less, by_bank in _without(needs, key):
            other = rank(catalog, less, today, experiences)
            first = next(iter(other.places), None)
            if first and first.confirmed:
                market = first.wallet.id, first.candidate.country
                same = (each for each in left_out if (each.wallet.id, each.country) == market)
                if lacking := next(same, None):
                    return OneThing(ranking, lacking, other if by_bank else None)
    return None


def _without(needs: Needs, key: str) -> Iterator[tuple[Needs, bool]]:
    """Yield the needs with another way to cash, if a key is that, and then without what it names.

    That is a use, a must-have, or a way to fill it. Nothing where they do not have it, or nothing
    but it.
    """
    operation = key.removeprefix("does:").partition(":")[0]
    use = tuple(each for each in needs.use if each.operation != operation)
    must = tuple(each for each in needs.must if full_word(each) != key)
    have = tuple(each for each in needs.have if f"funding:{each}" != key)
    kept = [len(each) for each in (use, must, have)]
    if not use or kept == [len(each) for each in (needs.use, needs.must, needs.have)]:
        return
    less = structs.replace(needs, use=use, must=must, have=have)
    if operation == "cash-out" and "unbanked" not in needs.person:
        cash = (each for each in needs.use if each.operation == operation)
        moved = (structs.replace(each, operation="withdraw", method=None) for each in cash)
        yield structs.replace(less, use=(*use, *moved)), True
    yield less, False
