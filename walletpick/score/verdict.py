"""Ranking -> who is best, and whether that is known well enough to say so. Pure."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from msgspec import Struct

from walletpick.facts.model import Catalog, Usage
from walletpick.facts.money import ZERO, rounded
from walletpick.score.ranking import Place, Ranking, point_worth
from walletpick.score.statements import likely_saving, sure_saving

# From this chance on, 0 to 1, the first place is called the best; below, it is level with others.
LIKELY = Decimal("0.6")
# Those are level with it whose chance is at least so many times the highest one.
_NEAR = Decimal("0.5")
# But for those that are so many points behind it or more: they may be the best, and do not look it.
_FAR_POINTS = Decimal(5)

# What runs in more countries than this is at home in none of them.
_FEW_COUNTRIES = 20
_OF_NO_COUNTRY = ("pass-through", "remittance")

_BETWEEN_COUNTRIES = ("send-abroad", "receive-abroad")

Word = Literal["best", "level", "only", "none"]


class Verdict(Struct, frozen=True):
    """Who is best: one that is likely to be, or the only one; else those that are level.

    Where nobody comes near one that is not likely to be the best, it is level with none. `behind`
    are those that may well be the best, and have far fewer points. `confirmed`: they are known to
    do all that is asked; `unconfirmed` is then the chance, 0 to 1, that one that is not is the
    best, where there are several.
    """

    word: Word
    level: tuple[Place, ...] = ()
    confirmed: bool = True
    behind: tuple[Place, ...] = ()
    unconfirmed: Decimal = ZERO

    @property
    def chance(self) -> Decimal:
        """How likely, 0 to 1, one of those that are level is the best."""
        return sum((each.chance for each in self.level), ZERO)

    @property
    def hangs_on_confirming(self) -> bool:
        """Whether, where none of them is, it is mostly one that is not confirmed."""
        seldom = self.word == "level" and (len(self.level) == 1 or self.is_seldom)
        return seldom and 2 * self.unconfirmed >= 1 - self.chance

    @property
    def is_sure(self) -> bool:
        """Whether one is likely to be the best, or the only one, and known to do all."""
        return self.confirmed and self.word in ("best", "only")

    @property
    def is_seldom(self) -> bool:
        """Whether it is likelier that none of them is the best."""
        return 2 * self.chance < 1


def verdict_of(ranking: Ranking) -> Verdict:
    """Return the verdict on a ranking."""
    if not ranking.places:
        return Verdict("none")
    first, *others = ranking.field
    if not others:
        return Verdict("only", (first,), first.confirmed)
    unconfirmed = sum((each.chance for each in ranking.others), ZERO) if first.confirmed else ZERO
    if first.chance >= LIKELY:
        return Verdict("best", (first,), first.confirmed, unconfirmed=unconfirmed)
    # Of many, few have a chance at all, and the first by points need not be among them.
    least = max(each.chance for each in ranking.field) * _NEAR
    last = max((n for n, each in enumerate(others, 1) if each.chance >= least), default=0)
    # Who stands between two that are level is passed over only for having half a chance of theirs.
    near = [
        each
        for number, each in enumerate(others, 1)
        if each.chance
        and ((number <= last and each.chance >= least * _NEAR) or is_alike(each, first))
    ]
    least_points = first.score.estimate - _FAR_POINTS
    level = [each for each in near if each.score.estimate > least_points]
    behind = tuple(each for each in near if each not in level)
    return Verdict("level", (first, *level), first.confirmed, behind, unconfirmed)


def is_alike(one: Place, other: Place) -> bool:
    """Return whether two places have the same points and the same chance, as these are shown."""
    return all(
        round(ours, 1) == round(theirs, 1)
        for ours, theirs in (
            (one.score.estimate, other.score.estimate),
            (one.chance, other.chance),
        )
    )


def open_ends(ranking: Ranking) -> list[Usage]:
    """Return the usages that name no other country, though prices of ranked markets go by it.

    Who pays abroad goes to many, and a price of one of them alone says little.
    """
    priced = {
        rule.operation
        for place in ranking.field
        for rule in place.candidate.market.fees
        if rule.corridor
    }
    return [
        usage
        for usage in ranking.needs.use
        if usage.operation in _BETWEEN_COUNTRIES
        and usage.country is None
        and usage.operation in priced
    ]


def has_own_wallets(catalog: Catalog, country: str) -> bool:
    """Return whether the catalog has a wallet that is at home in a country, or in wide use there.

    One that runs in many countries is at home in none; nor is one that only passes on a card in
    more than one, or sends money abroad alone.
    """
    for wallet in catalog.wallets:
        market = wallet.markets.get(country)
        if market is None or market.state == "closed":
            continue
        used = market.features.get("widely-used")
        if used and used.has:
            return True
        runs_in = {*wallet.markets, *wallet.elsewhere}
        only = len(runs_in) == 1 and wallet.kind == "pass-through"
        if only or (len(runs_in) <= _FEW_COUNTRIES and wallet.kind not in _OF_NO_COUNTRY):
            return True
    return False


class Cheaper(Struct, frozen=True, kw_only=True):
    """Who does what the first place does for less, by the estimates of both.

    `sure`: whatever their prices are within their ranges; else it is likely.
    """

    place: Place
    less: Decimal
    sure: bool


def cheapest_behind(ranking: Ranking) -> Cheaper | None:
    """Return who does what the first place does for less, as far as prices are known in full.

    By as much as a point is worth at least; of those that do for sure, else of the likely, the
    cheapest. None where the first costs least, or where which one does hangs on what is not known.
    """
    first, *others = ranking.field
    worth = point_worth(first, ranking.needs)
    if worth is None:
        return None
    behind = [cheaper for each in others if (cheaper := _cheaper(each, first, worth))]
    return min(behind, key=lambda each: (not each.sure, -each.less), default=None)


def _cheaper(place: Place, first: Place, worth: Decimal) -> Cheaper | None:
    surely, likely = (saving(place.bill, first.bill) for saving in (sure_saving, likely_saving))
    sure = surely is not None and rounded(surely, first.bill.currency) > 0
    less = first.bill.yearly.estimate - place.bill.yearly.estimate
    if less < worth or not (sure or likely is not None):
        return None
    return Cheaper(place=place, less=less, sure=sure)
