"""What to look up to know better who is best: the unknown facts on which most hangs. Pure.

Each unknown fact is weighed by its expected gain: what the chance of the likeliest wallet would be
on the average once the fact is known, less what it is now (the value of information: Howard 1966).
A fact that would leave the same wallet ahead whatever it turns out to be gains nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from msgspec import Struct, structs

from walletpick.bill.line import Line
from walletpick.bill.observe import (
    Candidate,
    Observer,
    by_foreign_card,
)
from walletpick.bill.shown import shown_by, stands_apart, way_keys
from walletpick.facts.model import Averages, Catalog, Needs, Option
from walletpick.facts.money import HUNDRED, ZERO, Range
from walletpick.facts.target import YES_OR_NO, Target
from walletpick.facts.vocabulary import ON_NO_PAGE, full_word
from walletpick.score.causes import Cause, Lacks, NotShownThere
from walletpick.score.chance import Spread, chances
from walletpick.score.criteria import PartValue, answered, how_usual, measured_as, options_of
from walletpick.score.ranking import Place, Ranking, how_able, weights_of

# How old a fact is does not count here.
_ANY_DAY = date(2000, 1, 1)
# Of so many places, the likeliest, is asked, and so many facts are weighed: those of the use, then
# the widest.
_PLACES = 6
_FACTS = 12
# A wallet that is not confirmed is much cheaper if it costs so much less, in percent of the money
# moved.
_MUCH_PERCENT = Decimal("0.5")
# What gains less, of 1, is not worth looking up: a price, or what was asked for.
_LEAST_GAIN = Decimal("0.02")
# What has nothing to do with the use has to gain more.
_LEAST_GAIN_BESIDE = Decimal("0.05")
# A law of chance given by its 10th, 50th and 90th percentile counts as three values: Swanson's
# rule (Hurst, Brown and Swanson 2000, AAPG Bulletin 84).
_OF_THREE = (Decimal("0.3"), Decimal("0.4"), Decimal("0.3"))


class Unknown(Struct, frozen=True, kw_only=True):
    """A fact of a ranked market that is not known: a claim by its `key`, or the price of a `line`.

    `target` is how it is told, and `wanted` whether yes is hoped for, or no; `asked` whether it has
    to do with the use, or was asked for. `gain` is by how much, 0 to 1, the chance of the likeliest
    wallet would rise on the average.
    """

    place: Place
    target: Target
    key: str = ""
    wanted: bool = True
    asked: bool = True
    line: Line | None = None
    gain: Decimal = ZERO


class OneCheck(Struct, frozen=True, kw_only=True):
    """A wallet that is much cheaper than the first place, but for one thing that is not confirmed.

    `unknown` is that thing and `cause` what it is asked for. `saving` is a year's, in the currency
    of both; where not `known`, a guess is in it.
    """

    unknown: Unknown
    cause: Lacks | NotShownThere
    saving: Decimal
    known: bool


def one_check_away(ranking: Ranking, catalog: Catalog) -> OneCheck | None:
    """Return the wallet that would be much cheaper if one thing of it were confirmed, or None.

    Not where that thing is a use of which its price is not on record: then the saving would rest on
    a guess for what nothing says that it offers.

    Of several it is one whose price is known, then the one with the most points. Where no wallet of
    its kind is known to have that thing in the country, it is not hoped for: what holds in others
    must not matter, as the part of the catalog for one country does not have it.
    """
    first = ranking.places[0]
    checks = [check for place in ranking.others if (check := _one_check(first, place))]
    checks.sort(key=lambda each: (each.known, each.unknown.place.score.estimate), reverse=True)
    observer = Observer(ranking.needs, catalog, _ANY_DAY)
    return next((each for each in checks if _is_of_kind(each, catalog, observer)), None)


def _is_of_kind(check: OneCheck, catalog: Catalog, observer: Observer) -> bool:
    """Return whether a wallet of the same kind is known to have there what is not confirmed.

    That money goes to a country is confirmed of the first place at least.
    """
    candidate, cause = check.unknown.place.candidate, check.cause
    if not isinstance(cause, Lacks):
        return True
    return any(
        observer.look(Candidate(wallet, candidate.country, market, ""), cause.key).value
        is cause.wanted
        for wallet in catalog.wallets
        if (market := wallet.markets.get(candidate.country))
        and wallet.kind_in(market) == candidate.kind
    )


def _one_check(first: Place, place: Place) -> OneCheck | None:
    if len(place.unconfirmed) != 1 or place.thin or not first.confirmed:
        return None
    (cause,) = place.unconfirmed
    if not isinstance(cause, Lacks | NotShownThere) or (target := _told_as(cause)) is None:
        return None
    if isinstance(cause, Lacks) and cause.condition and cause.condition.of == "people":
        # It is known: for others than the person, or for such as they may be.
        return None
    if _is_of_no_price(cause, place):
        return None
    ours, theirs = first.bill, place.bill
    # What is known to be paid is compared with all that is, where that is known.
    known = theirs.complete
    least = ours.published if known else ours.yearly
    saving = least.estimate - theirs.yearly.estimate
    if ours.currency != theirs.currency or saving <= 0:
        return None
    if saving * HUNDRED < ours.moved * _MUCH_PERCENT:
        return None
    key = cause.key if isinstance(cause, Lacks) else ""
    unknown = Unknown(place=place, target=target, key=key)
    return OneCheck(unknown=unknown, cause=cause, saving=saving, known=known)


def _is_of_no_price(cause: Lacks | NotShownThere, place: Place) -> bool:
    """Return whether it is not confirmed to do something of which no price is on record either.

    What it would save there is a guess for what nothing says that it offers.
    """
    if isinstance(cause, NotShownThere):
        done = cause.operation
    else:
        done = cause.key.partition(":")[2].partition(":")[0]
    return any(line.operation == done and not line.known for line in place.bill.lines)


def _told_as(cause: Lacks | NotShownThere) -> Target | None:
    """Return how what is not confirmed is told; that money goes to a country, by a price to it."""
    if isinstance(cause, Lacks):
        return _target_of(cause.key)
    return Target(
        "fees",
        "percent",
        operation=cause.operation,
        method=cause.method,
        country=cause.country,
    )


# What a fact may turn out to be: how likely that is, and what the score is then.
_Outcome = tuple[Decimal, Spread]


def settling(ranking: Ranking, averages: Averages, most: int) -> tuple[Unknown, ...]:
    """Return the unknown facts that are worth looking up to tell who is best, the most first.

    Prices and what was asked for stand before what has nothing to do with the use. How one logs in
    is looked up by those alone to whom safety matters most.
    """
    weights = ranking.needs.weights
    details = all(weights["security"] > weights[name] for name in weights if name != "security")
    worth = [
        each
        for each in weighed(ranking, averages)
        if each.gain >= (_LEAST_GAIN if each.asked else _LEAST_GAIN_BESIDE)
        and (each.asked or details or not each.key.startswith("security:"))
    ]
    worth.sort(key=lambda each: (not each.asked, -each.gain))
    return tuple(worth[:most])


def weighed(ranking: Ranking, averages: Averages) -> tuple[Unknown, ...]:
    """Return the unknown facts on which most hangs, each with its gain, the most first."""
    # What is not recommended, for less is confirmed of it, is not worth looking up first.
    places = sorted(ranking.field, key=lambda each: -each.chance)[:_PLACES]
    if len(places) < 2:
        return ()
    spreads = [place.spread for place in places]
    now = max(chances(spreads))
    open_ = [
        (number, unknown, outcomes)
        for number, place in enumerate(places)
        for unknown, outcomes in _unknowns(place, ranking.needs, averages)
    ]
    open_.sort(key=lambda each: (not each[1].asked, -_width(each[2])))
    gains = []
    for number, unknown, outcomes in open_[:_FACTS]:
        then = ZERO
        for likely, spread in outcomes:
            then += likely * max(chances([*spreads[:number], spread, *spreads[number + 1 :]]))
        gains.append(structs.replace(unknown, gain=then - now))
    return tuple(sorted(gains, key=lambda each: -each.gain))


def _width(outcomes: Iterable[_Outcome]) -> Decimal:
    """Return how far apart the outcomes lie: the variance of what counts, in points squared."""
    known = [(likely, spread.mean * spread.able) for likely, spread in outcomes]
    mean = sum((likely * points for likely, points in known), ZERO)
    return sum((likely * (points - mean) ** 2 for likely, points in known), ZERO)


def _unknowns(
    place: Place, needs: Needs, averages: Averages
) -> Iterator[tuple[Unknown, list[_Outcome]]]:
    musts = {cause.key: cause for cause in place.unconfirmed if isinstance(cause, Lacks)}
    used = {f"features:{usage.operation}" for usage in needs.use}
    asked_for = {*musts, *used, *map(full_word, (*needs.must, *needs.wish))}
    wanted = {key: cause.wanted for key, cause in musts.items()}
    parts = [(part, _open(part)) for part in place.parts]
    for part, open_ in parts:
        for option in options_of(part):
            if option.fact in open_:
                wanted.setdefault(option.fact, option.is_)
    for key, is_ in wanted.items():
        if target := _target_of(key):
            option = Option(fact=key, is_=is_, value=Decimal(1))
            asking = [part for part, open_ in parts if key in open_]
            outcomes = _answers(place, asking, option, musts.get(key), needs, averages)
            asked = key in asked_for or key.startswith("does:")
            yield (
                Unknown(place=place, target=target, key=key, wanted=is_, asked=asked),
                outcomes,
            )
    for line in place.bill.lines:
        if line.known or by_foreign_card(place.candidate, line.operation, line.country, needs):
            continue
        if line.kind in _PARTS:
            outcomes = _prices(place, line, needs)
            yield Unknown(place=place, target=_price_of(line), line=line), outcomes


# The part of a price that is told of a line of a bill.
_PARTS = {"fee": "percent", "filling": "percent", "conversion": "fx_markup"}


def _target_of(key: str) -> Target | None:
    """Return how a claim is told; None for what no operator's page says, such as the law."""
    family, _, word = key.partition(":")
    if family == "does":
        operation, _, method = word.partition(":")
        if stands_apart(operation, method) and not way_keys(operation, method):
            return Target("fees", "percent", operation=operation, method=method)
        keys = shown_by(*word.split(":"))
        # Where any of several would show it, its price does so better.
        return _target_of(keys[0]) if len(keys) == 1 else None
    if key in ON_NO_PAGE or word not in YES_OR_NO.get(family, ()):
        return None
    return Target(family, word)


def _price_of(line: Line) -> Target:
    """Return how the price of a line is told: to others, where it is known among users alone."""
    outside = line.among_users and not line.known
    return Target(
        "fees",
        _PARTS[line.kind],
        operation=line.operation,
        method="other-network" if outside else line.method,
        country=line.country,
    )


def _open(part: PartValue) -> set[str]:
    """Return the facts that a part asks for and are not known; of a condition much is known."""
    return {
        each.key
        for each in part.evidence
        if each.observation.value is None and each.observation.condition is None
    }


def _answers(
    place: Place,
    asking: Iterable[PartValue],
    option: Option,
    must: Cause | None,
    needs: Needs,
    averages: Averages,
) -> list[_Outcome]:
    """Return what a claim may turn out to be: as it is wanted, or not; some parts ask for it.

    `must` is the cause for which the place is not confirmed without it, if it is one.
    """
    likely = how_able(must, averages, how_usual) if must else how_usual(option, averages)
    outcomes = []
    for fits, share in ((True, likely), (False, 1 - likely)):
        spread = place.spread
        if must:
            able = place.able / likely if fits else ZERO
            spread = structs.replace(spread, able=able)
        for part in asking:
            after = answered(part, option.fact, fits is option.is_, averages)
            spread = _moved(spread, place, part, after, needs)
        outcomes.append((share, spread))
    return outcomes


def _prices(place: Place, line: Line, needs: Needs) -> list[_Outcome]:
    """Return what an unknown price may turn out to be: low, middling or high."""
    bill, year = place.bill, line.yearly
    outcomes = []
    for share, price in zip(_OF_THREE, year.ends, strict=True):
        spread = place.spread
        for part in place.parts:
            if part.part.measure == "cost-percent" and bill.moved:
                rest = (at - was for at, was in zip(bill.yearly.ends, year.ends, strict=True))
                figure = Range(*(at + price for at in rest)).percent_of(bill.moved)
                spread = _moved(spread, place, part, measured_as(part, figure), needs)
        outcomes.append((share, spread))
    return outcomes


def _moved(
    spread: Spread, place: Place, before: PartValue, after: PartValue, needs: Needs
) -> Spread:
    """Return a score with one part of it worth something else."""
    points = before.share * weights_of(place, needs)[before.criterion] * HUNDRED
    return structs.replace(
        spread,
        mean=spread.mean + (after.mean - before.mean) * points,
        variance=max(spread.variance + (after.variance - before.variance) * points**2, ZERO),
    )
