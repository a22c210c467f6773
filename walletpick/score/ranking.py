"""Catalog and needs -> Ranking: must-haves first, then the weighted score. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal

from msgspec import Struct, structs

from walletpick.bill.bill import Bill, bill
from walletpick.bill.limits import Impossible
from walletpick.bill.observe import ADULT, Candidate, Observation, does_key
from walletpick.facts.model import (
    Catalog,
    ExperienceRules,
    Fact,
    FeeRule,
    Limit,
    Market,
    Needs,
    Source,
    Usage,
    Wallet,
)
from walletpick.facts.money import HUNDRED, ZERO, Range
from walletpick.facts.vocabulary import METHODS, STATUSES
from walletpick.person.needs import settled
from walletpick.score.criteria import CriterionValue, Yardstick, evaluate
from walletpick.score.experience import NO_EXPERIENCES, Experience, Experiences, share_of_score
from walletpick.words.phrases import claim_phrase, device_phrase, limit_phrase, operation_phrase

# The next rows of a table must never change places because of one wallet more or less, so nothing
# here looks at more than one candidate, but for the last step: the sorting.


class Cause(Struct, frozen=True):
    """Why a market is left out or not confirmed: a sentence, and the fact behind it, if any."""

    text: str
    fact: Fact | FeeRule | Limit | None = None
    source: Source | None = None


class OwnExperience(Struct, frozen=True, kw_only=True):
    """What the person's own diary does to a place: `share` of the score is the diary's (0 to 1).

    `without` is the score as it would be without the diary.
    """

    experience: Experience
    share: Decimal
    without: Range


class Place(Struct, frozen=True, kw_only=True):
    """A market that can be ranked. `score` is 0 to 100, `evidence` 0 to 1 (share known).

    `rank` is 0 for markets of which too little is known. `own` is set where the person's diary has
    something on the market.
    """

    rank: int = 0
    bill: Bill
    values: dict[str, CriterionValue]
    score: Range
    evidence: Decimal
    unconfirmed: tuple[Cause, ...] = ()
    own: OwnExperience | None = None

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
    """The result: ranked markets, markets too little is known of, and those left out.

    `needs` are settled: the weights sum to 1.
    """

    needs: Needs
    places: tuple[Place, ...]
    thin: tuple[Place, ...]
    left_out: tuple[LeftOut, ...]


def rank(
    catalog: Catalog, needs: Needs, today: date, experiences: Experiences = NO_EXPERIENCES
) -> Ranking:
    """Return the ranking of every market in the needs' country, or of all markets.

    `experiences` are what the person's own diary says of markets. Raises UnknownRate when the
    catalog has no exchange rate for the needs' currency.
    """
    needs = settled(needs, catalog.criteria.settings.default_weights)
    yardstick = Yardstick(needs, catalog, today)
    places_: list[Place] = []
    thin: list[Place] = []
    left_out: list[LeftOut] = []
    enough = catalog.criteria.settings.evidence_percent / HUNDRED
    for wallet in catalog.wallets:
        for country, market in wallet.markets.items():
            if needs.country and country != needs.country:
                continue
            found = judge(wallet, country, market, yardstick)
            if isinstance(found, LeftOut):
                left_out.append(found)
                continue
            own = experiences.get((wallet.id, country))
            found = with_experience(found, own, catalog.criteria.settings.experience)
            if found.evidence < enough:
                thin.append(found)
            else:
                places_.append(found)
    ordered = sorted(places_, key=_order)
    return Ranking(
        needs=needs,
        places=tuple(_numbered(place, n) for n, place in enumerate(ordered, 1)),
        thin=tuple(sorted(thin, key=_order)),
        left_out=tuple(sorted(left_out, key=lambda out: (out.wallet.name, out.country))),
    )


def judge(wallet: Wallet, country: str, market: Market, by: Yardstick) -> Place | LeftOut:
    """Return one market's place, on the plan that fits and costs least, or why it is left out."""
    out: list[Cause] = []
    fitting: list[tuple[int, tuple[Decimal, Decimal], int, Bill, tuple[Cause, ...]]] = []
    for number, candidate in enumerate(candidates(wallet, country, market)):
        if cause := _status_cause(candidate):
            return LeftOut(wallet=wallet, country=country, causes=(cause,))
        failed, unconfirmed = _must_haves(candidate, by)
        found = bill(candidate, by.needs, by.catalog, by.today)
        failed += [_limit_cause(candidate, each) for each in found.impossible]
        if by.needs.strict:
            failed += [Cause(f"not confirmed: {c.text}", c.fact, c.source) for c in unconfirmed]
        if failed:
            out += [cause for cause in failed if cause not in out]
            continue
        cost = (found.yearly.estimate, found.yearly.high)
        fitting.append((len(unconfirmed), cost, number, found, tuple(unconfirmed)))
    if not fitting:
        return LeftOut(wallet=wallet, country=country, causes=tuple(out))
    *_, best, unconfirmed_ = min(fitting, key=lambda item: item[:3])
    return place_of(best, by, unconfirmed_)


def place_of(found: Bill, by: Yardstick, unconfirmed: tuple[Cause, ...] = ()) -> Place:
    """Return the scored place of a bill: score = 100 x the sum of weight x value (not ranked)."""
    values = evaluate(found, by)
    score = Range(ZERO, ZERO, ZERO)
    evidence = ZERO
    for name, value in values.items():
        weight = by.needs.weights[name]
        score += value.value.times(weight * HUNDRED)
        evidence += value.known * weight
    return Place(bill=found, values=values, score=score, evidence=evidence, unconfirmed=unconfirmed)


def with_experience(place: Place, experience: Experience | None, rules: ExperienceRules) -> Place:
    """Return the place with the person's own experience in its score; without any, as it is."""
    if experience is None:
        return place
    share = share_of_score(experience, rules)
    own = Range.exactly(share * experience.value * HUNDRED)
    return structs.replace(
        place,
        score=place.score.times(1 - share) + own,
        own=OwnExperience(experience=experience, share=share, without=place.score),
    )


def weights_of(place: Place, needs: Needs) -> dict[str, Decimal]:
    """Return what each criterion weighs in a place's score: the diary takes its share of them."""
    rest = 1 - place.own.share if place.own else Decimal(1)
    return {name: weight * rest for name, weight in needs.weights.items()}


def candidates(wallet: Wallet, country: str, market: Market) -> Iterator[Candidate]:
    """Yield a market once for each of its plans, or once where it has none."""
    for plan in [plan.id for plan in market.plans] or [""]:
        yield Candidate(wallet, country, market, plan)


def _order(place: Place) -> tuple[Decimal, Decimal, str, str]:
    candidate = place.candidate
    return -place.score.estimate, -place.score.low, candidate.wallet.name, candidate.country


def _numbered(place: Place, number: int) -> Place:
    return structs.replace(place, rank=number)


def _status_cause(candidate: Candidate) -> Cause | None:
    status = candidate.market.status
    if status is None or status.state not in ("closed", "restricted"):
        return None
    since = f" since {status.since}" if status.since else ""
    return Cause(f"{STATUSES[status.state]}{since}", status, candidate.source_of(status))


def _must_haves(candidate: Candidate, by: Yardstick) -> tuple[list[Cause], list[Cause]]:
    """Return what the market is known to lack, and what is not confirmed."""
    needs = by.needs
    failed: list[Cause] = []
    unconfirmed: list[Cause] = []

    def look(key: str) -> Observation:
        return by.observer.look(candidate, key)

    def demand(key: str, no: str, maybe: str) -> None:
        seen = look(key)
        if seen.value is False:
            failed.append(Cause(no, seen.fact, seen.source))
        elif seen.value is None:
            condition = f" (only {seen.condition})" if seen.condition else ""
            unconfirmed.append(Cause(maybe + condition, seen.fact, seen.source))

    for word in needs.must:
        demand(word, claim_phrase(word, False), f"that it {claim_phrase(word, True)}")
    for key, plain in dict.fromkeys((does_key(use), _usage_words(use)) for use in needs.use):
        demand(key, f"cannot {plain}", f"that one can {plain}")
    if needs.platform:
        demand(
            f"platform:{needs.platform}",
            f"does not run {device_phrase(needs.platform)}",
            f"that it runs {device_phrase(needs.platform)}",
        )
    _person_causes(candidate, needs, look, failed, unconfirmed)
    if candidate.status == "unconfirmed":
        status = candidate.market.status
        source = candidate.source_of(status) if status else None
        unconfirmed.append(Cause("that it is open to new customers", status, source))
    return failed, unconfirmed


def _usage_words(usage: Usage) -> str:
    """Return what a usage does, with the way it names: "top up in cash at an agent or shop"."""
    how = f" {METHODS[usage.method]}" if usage.method else ""
    return f"{operation_phrase(usage.operation)}{how}"


def _person_causes(
    candidate: Candidate,
    needs: Needs,
    look: Callable[[str], Observation],
    failed: list[Cause],
    unconfirmed: list[Cause],
) -> None:
    """Add what the person's own situation rules out: age, residence, no bank account."""
    barriers = [
        ("visitor", "onboarding:residents_only", "takes residents only", "takes visitors"),
        (
            "unbanked",
            "onboarding:local_bank_account",
            "needs a local bank account",
            "needs no local bank account",
        ),
    ]
    for person, key, no, yes in barriers:
        if person not in needs.person:
            continue
        seen = look(key)
        if seen.value:
            failed.append(Cause(no, seen.fact, seen.source))
        elif seen.value is None:
            unconfirmed.append(Cause(f"that it {yes}", seen.fact, seen.source))
    # Nobody asks an adult; the question is from what age a child is taken.
    if needs.age is None or needs.age >= ADULT:
        return
    lowest = candidate.market.onboarding.min_age
    if look("features:teen-accounts").value:
        return
    if lowest is None:
        unconfirmed.append(Cause(f"that it takes people of {needs.age}"))
    elif needs.age < lowest.years:
        source = candidate.source_of(lowest)
        failed.append(Cause(f"takes people from the age of {lowest.years}", lowest, source))


def _limit_cause(candidate: Candidate, found: Impossible) -> Cause:
    text = limit_phrase(found, candidate.market.currency)
    return Cause(text, found.limit, candidate.source_of(found.limit))
