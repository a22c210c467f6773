"""Catalog and needs -> Ranking: must-haves first, then the weighted score. Pure."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

from msgspec import Struct, structs

from walletpick.bill.bill import Bill, bill, cheapest
from walletpick.bill.conditions import ruled_out_if_known
from walletpick.bill.line import Line
from walletpick.bill.observe import Candidate
from walletpick.facts.model import (
    Averages,
    Catalog,
    ExperienceRules,
    Market,
    Needs,
    Option,
    Wallet,
)
from walletpick.facts.money import HUNDRED, ZERO, MoneyRange, Range
from walletpick.facts.places import country_codes
from walletpick.facts.vocabulary import ADULT, applies
from walletpick.person.needs import Settled, is_minor, settled, steps_of
from walletpick.score.causes import (
    BeyondLimit,
    Cause,
    Lacks,
    NotOpen,
    NotShownThere,
    TooOld,
    TooYoung,
    doubt_of,
)
from walletpick.score.chance import Spread, average_chances, chances
from walletpick.score.criteria import (
    EVEN,
    CriterionValue,
    PartValue,
    Yardstick,
    evaluate,
    how_trusted,
    how_usual,
    slope_at,
)
from walletpick.score.destinations import among_users_only, not_shown_there
from walletpick.score.experience import NO_EXPERIENCES, Experience, Experiences, share_of_score
from walletpick.score.ways import (
    BANK_ACCOUNT,
    by_local_bank,
    closed_ways,
    is_of_ways,
    is_paid_in,
    no_way_in,
)

# The next rows of a table must never change places because of one wallet more or less, so nothing
# here looks at more than one candidate, but for the last step: the sorting.


# So many places can be the best.
_CONTENDERS = 60
# What is seldom known to hold is not impossible.
_SELDOM = Decimal("0.05")
# Conditions on the person, who may meet them as likely as not; the others are on what is done.
_OF_PEOPLE = ("plan", "people", "bank", "given", "when")
# From this age on a child is a teen.
_TEEN = 13
# Who is one of these says so, as most are not.
_SAID_OF_ONESELF = frozenset(("business", "minor", "senior", "student", "visitor"))


class Judgement(Struct, frozen=True, kw_only=True):
    """How a market fits the needs: its bill on the plan taken, and those of its other plans.

    That plan fits and costs least; where none fits, `obstacles` say why, and it is the cheapest.
    """

    bill: Bill
    others: tuple[Bill, ...] = ()
    obstacles: tuple[Cause, ...] = ()
    unconfirmed: tuple[Cause, ...] = ()

    @property
    def fits(self) -> bool:
        """Whether the market can do all that is asked, as far as is known."""
        return not self.obstacles

    @property
    def surety(self) -> tuple[int, bool]:
        """How sure it is that all that is asked is done for this price: less is surer."""
        return doubt_of(self.unconfirmed), not self.bill.complete

    def cost_order(self, per_usd: Mapping[str, Decimal]) -> tuple[bool | int | Decimal, ...]:
        """Return by what bills are sorted by cost, the first being the least.

        What fits comes first, then that of which more is confirmed, and then that of which all fees
        are known, some are, and none is; of equals, what is known to be paid decides, and then how
        much it is at most. `per_usd` are rates, for several currencies. Raises UnknownRate.
        """
        known = self.bill.published.in_currency("USD", per_usd)
        # With something unknown, nothing on record is not nothing to pay.
        silent = bool(self.bill.guessed) and not known.estimate
        return not self.fits, *self.surety, silent, known.estimate, known.high


def open_conditions(items: Iterable[Judgement], per_usd: Mapping[str, Decimal]) -> tuple[str, ...]:
    """Return the conditions, which the person has not answered, that may change who costs least.

    Those of the bill that is lowest as far as is known, and of those that may be lower yet.
    """
    sets = [(each.bill.yearly, (each.bill,)) for each in items if each.fits]
    return open_conditions_of_sets(sets, per_usd)


def open_conditions_of_sets(
    sets: Iterable[tuple[MoneyRange, Sequence[Bill]]], per_usd: Mapping[str, Decimal]
) -> tuple[str, ...]:
    """Return such conditions (see `open_conditions`) of sets of bills, each with what it comes to.

    What is the same in the lowest set and in another decides nothing between them.
    """
    spans = [
        (total.in_currency("USD", per_usd), bills)
        for total, bills in sets
        if not any(bill.impossible for bill in bills)
    ]
    if len(spans) < 2:
        return ()
    least, first = min(spans, key=lambda each: each[0].estimate)
    mine = _lines_of(first)
    near = [
        _lines_of(bills) for span, bills in spans if bills is not first and span.low < least.high
    ]
    only = [line for line in mine if any(line not in other for other in near)]
    only += [line for other in near for line in other if line not in mine]
    asks = (word for _market, line in only if not line.yearly.exact for word in line.asks)
    return tuple(dict.fromkeys(asks))


def _lines_of(bills: Sequence[Bill]) -> list[tuple[tuple[str, str, str], Line]]:
    """Return the lines of bills, each with the market that it is of."""
    return [(bill.candidate.key, line) for bill in bills for line in bill.lines]


class OwnExperience(Struct, frozen=True, kw_only=True):
    """What the person's own diary does to a place: `share` of the score is the diary's (0 to 1).

    `without` is the score as it would be without the diary.
    """

    experience: Experience
    share: Decimal
    without: Range


class Place(Struct, frozen=True, kw_only=True):
    """A market with its score, 0 to 100; in a ranking, one that fits.

    `evidence` is 0 to 1 (share known); where it is little, the place is `thin`. `rank` is 0 outside
    a ranking. `able` (0 to 1) is how likely it can do all that is asked, which is not confirmed of
    all, and `chance` how likely it is the best of those that can. `trust` is the same as `able`
    where silence on what most can do is no likelier than not: the order goes by it. `own` is set
    where the person's diary has something on the market.
    """

    rank: int = 0
    judgement: Judgement
    values: dict[str, CriterionValue]
    score: Range
    mean: Decimal
    variance: Decimal
    evidence: Decimal
    thin: bool = False
    able: Decimal = Decimal(1)
    trust: Decimal = Decimal(1)
    chance: Decimal = ZERO
    own: OwnExperience | None = None

    @property
    def bill(self) -> Bill:
        """What the needs would cost there, on the plan taken."""
        return self.judgement.bill

    @property
    def obstacles(self) -> tuple[Cause, ...]:
        """Why the market does not fit; empty where it does."""
        return self.judgement.obstacles

    @property
    def unconfirmed(self) -> tuple[Cause, ...]:
        """What is asked for and not known to be there."""
        return self.judgement.unconfirmed

    @property
    def confirmed(self) -> bool:
        """Whether the market is known to do all that is asked."""
        return not self.judgement.unconfirmed

    @property
    def doubt(self) -> int:
        """How much is not confirmed: 0 nothing, 1 something asked for, 2 that it runs at all."""
        return doubt_of(self.unconfirmed)

    @property
    def parts(self) -> list[PartValue]:
        """The parts of all its criteria."""
        return [part for value in self.values.values() for part in value.parts]

    @property
    def spread(self) -> Spread:
        """The likely score with its variance, by what is not known."""
        return Spread(self.mean, self.variance, self.able)

    @property
    def order(self) -> tuple[int, Decimal, Decimal, str, str]:
        """By what places are sorted, the first being the least; it looks at this place alone.

        Of those that are equally confirmed, the expected score decides: the score times how likely
        the market can do all that is asked, as it is worth nothing where it cannot.
        """
        score = self.score.times(self.trust)
        return self.doubt, -score.estimate, -score.low, self.wallet.name, self.candidate.country

    @property
    def own_points(self) -> Decimal:
        """How many points the person's diary adds to the score, or takes from it."""
        return self.score.estimate - self.own.without.estimate if self.own else ZERO

    @property
    def candidate(self) -> Candidate:
        """The market, on the plan that is cheapest for the person."""
        return self.bill.candidate

    @property
    def wallet(self) -> Wallet:
        """The wallet."""
        return self.bill.candidate.wallet


class LeftOut(Struct, frozen=True, kw_only=True):
    """A market that does not fit, and why."""

    wallet: Wallet
    country: str
    causes: tuple[Cause, ...]


class Ranking(Struct, frozen=True, kw_only=True):
    """The result: ranked markets, and those left out. `needs` are settled: the weights sum to 1.

    `weights` are what the criteria weigh, 0 to 5, as a person says it; empty where nobody asks.

    What is not confirmed to do what is asked never stands before what is, nor what may not run at
    all before what does; among equals in that, the expected score decides.
    """

    needs: Settled
    places: tuple[Place, ...]
    left_out: tuple[LeftOut, ...]
    weights: dict[str, Decimal] = {}

    @property
    def field(self) -> tuple[Place, ...]:
        """The places that are recommended: those of which as much is confirmed as of the first."""
        return tuple(each for each in self.places if each.doubt == self.places[0].doubt)

    def by_cost(self, per_usd: Mapping[str, Decimal]) -> tuple[Place, ...]:
        """Return the places by what is known to be paid, least first (see Judgement)."""
        return tuple(sorted(self.places, key=lambda each: each.judgement.cost_order(per_usd)))

    @property
    def others(self) -> tuple[Place, ...]:
        """The places behind the field: less is confirmed of them."""
        return self.places[len(self.field) :]


def rank(
    catalog: Catalog, needs: Needs, today: date, experiences: Experiences = NO_EXPERIENCES
) -> Ranking:
    """Return the ranking of every market in the needs' country, or of all markets.

    `experiences` are what the person's own diary says of markets. Raises UnknownRate when the
    catalog has no exchange rate for the needs' currency.
    """
    weights = steps_of(needs, catalog.criteria.settings)
    needs = settled(needs, catalog.criteria.settings)
    yardstick = Yardstick(needs, catalog, today)
    places: list[Place] = []
    left_out: list[LeftOut] = []
    for wallet in catalog.wallets:
        for country in (needs.country,) if needs.country else wallet.markets:
            market = wallet.markets.get(country)
            if market is None:
                continue
            # Nobody needs the bill of what is left out for having closed.
            if closed := _closed(wallet, market):
                left_out.append(LeftOut(wallet=wallet, country=country, causes=(closed,)))
                continue
            judgement = judge(wallet, country, yardstick)
            if not judgement.fits:
                causes = judgement.obstacles
                left_out.append(LeftOut(wallet=wallet, country=country, causes=causes))
                continue
            own = experiences.get((wallet.id, country))
            places.append(place_of(judgement, yardstick, own))
    return Ranking(
        needs=needs,
        places=ranked(places),
        left_out=tuple(sorted(left_out, key=lambda out: (out.wallet.name, out.country))),
        weights=weights,
    )


def ranked(places: Sequence[Place]) -> tuple[Place, ...]:
    """Return places that fit in the order of a ranking, each with its rank and its chance."""
    ordered = _with_chances(sorted(places, key=lambda each: each.order))
    return tuple(_numbered(place, number) for number, place in enumerate(ordered, 1))


def over_weights(ranking: Ranking, draws: Sequence[Mapping[str, float]]) -> Ranking:
    """Return a ranking whose chances are the average over weights, each of them as likely.

    They sum to 1. The order stays that of the needs' own weights.
    """
    most = _likeliest(ranking.places)
    rows = [_uncertain(place) for place in most]
    cases = [[_spread(row, weights) for row in rows] for weights in draws]
    likely = dict(zip(map(id, most), average_chances(cases), strict=True))
    places = [structs.replace(each, chance=likely.get(id(each), ZERO)) for each in ranking.places]
    return structs.replace(ranking, places=tuple(places))


def judge(wallet: Wallet, country: str, by: Yardstick) -> Judgement:
    """Return whether a market fits, and its bills, each made once; nothing is scored.

    Raises UnknownRate when the catalog has no exchange rate for the needs' currency.
    """
    market = wallet.markets[country]
    bills = [
        bill(each, by.needs, by.catalog, by.today) for each in candidates(wallet, country, market)
    ]
    if closed := _closed(wallet, market):
        taken = cheapest(bills)
        return _judgement(taken, bills, obstacles=[closed, *_limits(taken)])
    obstacles: list[Cause] = []
    fitting: list[tuple[int, tuple[bool, bool, Decimal, Decimal], int, Bill, list[Cause]]] = []
    for number, made in enumerate(bills):
        failed, unconfirmed = _must_haves(made, by)
        failed += _limits(made)
        if by.needs.strict:
            failed += [structs.replace(cause, strict=True) for cause in unconfirmed]
        if failed:
            obstacles += [cause for cause in failed if cause not in obstacles]
            continue
        fitting.append((len(unconfirmed), made.plan_order, number, made, unconfirmed))
    if not fitting:
        return _judgement(cheapest(bills), bills, obstacles=obstacles)
    *_, best, unconfirmed = min(fitting, key=lambda item: item[:3])
    return _judgement(best, bills, unconfirmed=unconfirmed)


def place_of(judgement: Judgement, by: Yardstick, own: Experience | None = None) -> Place:
    """Return the scored place of a market: score = 100 x the sum of weight x value (not ranked).

    `own` is what the person's diary says of it.
    """
    values = evaluate(judgement.bill, by)
    score = Range(ZERO, ZERO, ZERO)
    evidence = mean = variance = ZERO
    for name, value in values.items():
        weight = by.needs.weights[name]
        points = weight * HUNDRED
        score += value.value.times(points)
        evidence += value.known * weight
        likely, spread = value.spread
        mean += likely * points
        variance += spread * points**2
    enough = by.catalog.criteria.settings.evidence_percent / HUNDRED
    place = Place(
        judgement=judgement,
        values=values,
        score=score,
        mean=mean,
        variance=variance,
        evidence=evidence,
        thin=evidence < enough,
        able=_able(judgement, by.catalog.averages, how_usual),
        trust=_able(judgement, by.catalog.averages, how_trusted),
    )
    return with_experience(place, own, by.catalog.criteria.settings.experience)


def with_experience(place: Place, experience: Experience | None, rules: ExperienceRules) -> Place:
    """Return the place with the person's own experience in its score; without any, as it is."""
    if experience is None:
        return place
    share = share_of_score(experience, rules)
    own = Range.exactly(share * experience.value * HUNDRED)
    return structs.replace(
        place,
        score=place.score.times(1 - share) + own,
        mean=place.mean * (1 - share) + own.estimate,
        variance=place.variance * (1 - share) ** 2,
        own=OwnExperience(experience=experience, share=share, without=place.score),
    )


def as_likely(place: Place) -> Place:
    """Return the place with the points that it likely has, where a guess counts as no dearer.

    Which of two to keep is not for prudence to say: the guess may be on either side.
    """
    values = {}
    for name, criterion in place.values.items():
        parts = tuple(
            structs.replace(part, value=structs.replace(part.value, estimate=part.mean))
            for part in criterion.parts
        )
        value = structs.replace(criterion.value, estimate=criterion.spread[0])
        values[name] = structs.replace(criterion, value=value, parts=parts)
    score = structs.replace(place.score, estimate=place.mean)
    return structs.replace(place, values=values, score=score)


def weights_of(place: Place, needs: Needs) -> dict[str, Decimal]:
    """Return what each criterion weighs in a place's score: the diary takes its share of them."""
    rest = 1 - place.own.share if place.own else Decimal(1)
    return {name: weight * rest for name, weight in needs.weights.items()}


def point_worth(place: Place, needs: Needs) -> Decimal | None:
    """Return what a point of a place's score is worth in its currency a year; None if nothing.

    It is how much less its year would have to cost to earn one point more, or how much more to lose
    one: 1 over the slope of the score by the cost. Where nothing is priced, or costs more than the
    scale reaches, money moves no point.
    """
    weight = weights_of(place, needs)["cost"]
    for part in place.values["cost"].parts:
        if part.figure is None or not weight:
            continue
        slope = slope_at(part.part.curve, part.figure.estimate) * part.share * weight * HUNDRED
        if slope:
            return place.bill.moved / (-slope * HUNDRED)
    return None


def candidates(wallet: Wallet, country: str, market: Market) -> Iterator[Candidate]:
    """Yield a market once for each of its plans, or once where it has none."""
    for plan in [plan.id for plan in market.plans] or [""]:
        yield Candidate(wallet, country, market, plan)


def _with_chances(places: list[Place]) -> list[Place]:
    """Return places, each with its chance to be the best.

    Of many, those with the most points share it: where the world is ranked, the work would grow
    with the square of a thousand.
    """
    most = _likeliest(places)
    likely = dict(zip(map(id, most), chances([each.spread for each in most]), strict=True))
    return [structs.replace(each, chance=likely.get(id(each), ZERO)) for each in places]


def _likeliest(places: Sequence[Place]) -> list[Place]:
    return sorted(places, key=lambda each: -each.score.estimate)[:_CONTENDERS]


class _Uncertain(Struct, frozen=True):
    """The mean and the variance of each criterion of a place, in points, and what is added."""

    criteria: dict[str, tuple[float, float]]
    added: float
    able: Decimal


def _uncertain(place: Place) -> _Uncertain:
    share = place.own.share if place.own else ZERO
    whole = HUNDRED * (1 - share)
    criteria = {}
    for name, value in place.values.items():
        mean, variance = value.spread
        criteria[name] = float(mean * whole), float(variance * whole**2)
    added = share * place.own.experience.value * HUNDRED if place.own else ZERO
    return _Uncertain(criteria, float(added), place.able)


def _spread(place: _Uncertain, weights: Mapping[str, float]) -> Spread:
    mean, variance = place.added, 0.0
    for name, (value, spread) in place.criteria.items():
        weight = weights.get(name, 0.0)
        mean += weight * value
        variance += weight * weight * spread
    return Spread(Decimal(mean), Decimal(variance), place.able)


def _able(
    judgement: Judgement, averages: Averages, likely: Callable[[Option, Averages], Decimal]
) -> Decimal:
    """Return how likely a market can do what is not confirmed of it, each apart from the others."""
    causes = (how_able(cause, averages, likely) for cause in judgement.unconfirmed)
    return math.prod(causes, start=Decimal(1))


def how_able(
    cause: Cause, averages: Averages, likely: Callable[[Option, Averages], Decimal]
) -> Decimal:
    """Return how likely (0 to 1) a market can do the one thing that a cause says is not confirmed.

    `likely` says that of what nothing is said of.
    """
    if isinstance(cause, Lacks) and not _is_for_some(cause):
        keys = (cause.key, *cause.others)
        options = (Option(fact=key, is_=cause.wanted, value=Decimal(1)) for key in keys)
        able = max(_SELDOM, *(likely(option, averages) for option in options))
        # Known to hold, but in another case than is asked of: that it does in this one, too?
        return able * EVEN if cause.condition else able
    if is_for_others(cause):
        return _SELDOM
    if isinstance(cause, NotShownThere) and cause.of_countries:
        return max(EVEN, Decimal(cause.of_countries) / len(country_codes()))
    return EVEN


def _is_for_some(cause: Lacks) -> bool:
    """Return whether what is asked for is there for some people, of whom the person may be one."""
    return cause.wanted and cause.condition is not None and cause.condition.of in _OF_PEOPLE


def is_for_others(cause: Cause) -> bool:
    """Return whether what is asked for is there only for people who say so, as few are like them:
    the person did not.
    """
    condition = cause.condition if isinstance(cause, Lacks) else None
    return (
        condition is not None
        and condition.of == "people"
        and _SAID_OF_ONESELF.issuperset(condition.words)
    )


def _numbered(place: Place, number: int) -> Place:
    return structs.replace(place, rank=number)


def _judgement(
    taken: Bill,
    bills: Sequence[Bill],
    *,
    obstacles: Sequence[Cause] = (),
    unconfirmed: Sequence[Cause] = (),
) -> Judgement:
    return Judgement(
        bill=taken,
        others=tuple(each for each in bills if each is not taken),
        obstacles=tuple(obstacles),
        unconfirmed=tuple(unconfirmed),
    )


def _closed(wallet: Wallet, market: Market) -> Cause | None:
    """Return that a market has closed, or takes nobody in; None where it is open."""
    status = market.status
    if status is None or status.state not in ("closed", "restricted"):
        return None
    source = wallet.source(status.source)
    return NotOpen(known=True, state=status.state, since=status.since, fact=status, source=source)


def _limits(made: Bill) -> list[Cause]:
    """Return what known limits forbid."""
    source_of = made.candidate.source_of
    return [
        BeyondLimit(
            known=True,
            impossible=each,
            fact=each.limit,
            source=source_of(each.limit),
        )
        for each in made.impossible
    ]


def _must_haves(made: Bill, by: Yardstick) -> tuple[list[Cause], list[Cause]]:
    """Return what the market is known to lack, and what is not confirmed.

    The methods that the bill prices are among what must be open to the person.
    """
    candidate = made.candidate
    failed: list[Cause] = []
    unconfirmed: list[Cause] = []
    # Whether it runs at all comes first.
    status = candidate.market.status
    if status is not None and status.state == "unconfirmed":
        source = candidate.source_of(status)
        unconfirmed.append(NotOpen(known=False, state=status.state, fact=status, source=source))
    ways = [*closed_ways(made, by), *no_way_in(made, by)]
    for key, wanted in by.demands:
        seen = by.look(candidate, key)
        if seen.value is wanted or (seen.value is None and key in by.only_if_known):
            continue
        known = seen.value is not None or is_of_ways(seen, made)
        # What a wallet without a balance cannot offer, it does not.
        known |= key.startswith("features:") and not applies(key, candidate.kind)
        if key == BANK_ACCOUNT and not known and not ways and is_paid_in(made, by):
            # Money is known to get in without: that an account is asked for all the same is not.
            continue
        (failed if known else unconfirmed).append(
            Lacks(
                known=known,
                key=key,
                wanted=wanted,
                condition=seen.condition,
                fact=seen.fact,
                source=seen.source,
            )
        )
    for barrier, word in ruled_out_if_known(by.needs).items():
        seen = by.observer.look(candidate, f"onboarding:{barrier}")
        if seen.value or is_of_ways(seen, made):
            failed.append(
                Lacks(
                    known=True,
                    key=f"onboarding:{barrier}",
                    wanted=False,
                    condition=seen.condition,
                    unless=word,
                    fact=seen.fact,
                    source=seen.source,
                )
            )
    unconfirmed += _may_be_private(candidate, by)
    linked = [each for each in by_local_bank(made, by) if each.key not in _keys(failed)]
    for cause in (*not_shown_there(made, by), *among_users_only(made, by), *ways, *linked):
        (failed if cause.known else unconfirmed).append(cause)
    if young := _too_young(candidate, by):
        (failed if young.known else unconfirmed).append(young)
    failed += _too_old(candidate, by.needs)
    return failed, unconfirmed


def _may_be_private(candidate: Candidate, by: Yardstick) -> Iterator[Cause]:
    """Yield that it is not known whether a bank account is for a business, which most are not.

    Where the operator has a price for businesses it takes them.
    """
    market, key = candidate.market, "onboarding:private_only"
    if "business" not in by.needs.person or candidate.kind != "bank-account":
        return
    sold = any("business" in rule.for_ for rule in market.fees)
    if not sold and by.observer.look(candidate, key).value is None:
        yield Lacks(known=False, key=key, wanted=False)


def _keys(causes: Iterable[Cause]) -> set[str]:
    return {cause.key for cause in causes if isinstance(cause, Lacks)}


def _too_old(candidate: Candidate, needs: Needs) -> Iterator[Cause]:
    """Yield that a wallet is for the young alone, of whom the person is not, as far as they say."""
    highest = candidate.market.onboarding.max_age
    if highest is None or (is_minor(needs) if needs.age is None else needs.age <= highest.years):
        return
    source = candidate.source_of(highest)
    yield TooOld(known=True, highest=highest.years, fact=highest, source=source)


def _too_young(candidate: Candidate, by: Yardstick) -> Cause | None:
    """Return that the person is too young, or may be.

    Nobody asks an adult; the question is from what age a child is taken, of whom it may only be
    said that it is one.
    """
    age = by.needs.age
    if not is_minor(by.needs):
        return None
    lowest = candidate.market.onboarding.min_age
    seen = by.observer.look(candidate, "features:teen-accounts")
    teens, teen = seen.value, age is None or age >= _TEEN
    if teens and teen:
        return None
    if lowest is None:
        condition = seen.condition if teen else None
        return TooYoung(known=False, age=age, condition=condition)
    if (ADULT - 1 if age is None else age) >= lowest.years:
        return None
    if teens and lowest.years > _TEEN:
        # It is the age of the others: from which on a child is let into the account is not said.
        return TooYoung(known=False, age=age)
    source = candidate.source_of(lowest)
    return TooYoung(known=True, age=age, lowest=lowest.years, fact=lowest, source=source)
