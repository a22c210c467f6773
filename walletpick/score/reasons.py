"""Ranking -> what speaks for and against a place, as data; `words.reasons` says it. Pure.

Nothing is a reason that the model does not hold: a reason is a part of a criterion, its points, and
the facts that gave them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from operator import itemgetter

from walletpick.bill.bill import Bill
from walletpick.facts.model import Averages, Needs, Option, Reply, Right
from walletpick.facts.money import HUNDRED, ZERO
from walletpick.facts.vocabulary import ON_NO_PAGE, YOU
from walletpick.facts.walk import own_of
from walletpick.score.causes import Lacks
from walletpick.score.criteria import ONE, Evidence, PartValue
from walletpick.score.leads import ahead_in, is_priced
from walletpick.score.ranking import Place, Ranking
from walletpick.score.reason import (
    Ahead,
    AskedHere,
    DiaryReason,
    InParts,
    Merit,
    PriceKnown,
    Reason,
    Shortcoming,
    WishedHere,
)
from walletpick.score.statements import (
    Answers,
    Costs,
    Facts,
    NotKnown,
    Rated,
    Statement,
    Troubled,
    YesNo,
)
from walletpick.score.traces import Trace, line_traces, traces_of
from walletpick.score.unsure import unsure_reasons

# Differences smaller than this many points are not worth a sentence.
WORTH_SAYING = Decimal("0.5")
MOST_FOR = 3
# What has to do with what the person does comes before the rest.
OF_USE = ("cost", "coverage")
# Where none is so large, those from so many points on tell in what a place is ahead.
_LEAST_NAMED = Decimal("0.1")
_MOST_LEADS = 2
_RECORD = "incident-weight"
# What people in a situation mind more than others do, unless they say such a word.
_MINDED = {"visitor": {"onboarding:local_phone": "local-phone"}}
# What earns less than this of a part's points is no praise: "is hard to close", a code by SMS.
LEAST_PRAISED = Decimal("0.6")
# A figure speaks for itself, but for one as bad as a price of 9 %.
LEAST_FIGURE = Decimal("0.3")


def reasons(
    ranking: Ranking,
    index: int,
    averages: Averages | None = None,
    among: Sequence[Place] | None = None,
) -> tuple[Reason, ...]:
    """Return what speaks for and against a place, what is not known and what is stale.

    For: what was asked or wished for and the place alone is known to have of those that it is shown
    `among` (all, if None), and the parts that most lift it over its rival of these (see
    `rival_of`), else in what it is ahead. Against: the part that most holds it back from full
    points. `averages` tell how many wallets stand behind what an unknown fee is taken for.
    """
    place = ranking.places[index]
    weights = ranking.needs.weights
    rival = rival_of(ranking.places if among is None else among, place)
    merits = _merits(place, rival, weights)
    praised = {(part.criterion, part.part.id) for part, _ in merits}
    return (
        *_asked_here(place, among or ()),
        *_wished_here(place, among or (), weights),
        *(merit for _, merit in merits),
        *([] if any(merit.is_known for _, merit in merits) else _ahead(place, rival, ranking)),
        *_price_known(place, rival, weights),
        *_shortcoming(place, ranking, praised),
        *_in_parts(place),
        *own_experience(place),
        *unsure_reasons(place, averages, ranking.needs),
    )


def deciding(place: Place, rival: Place, ranking: Ranking) -> tuple[Merit, ...]:
    """Return what is known of both and lifts a place over another, what is of the use first.

    What it costs counts, too, where enough of that is known.
    """
    weights = ranking.needs.weights
    known = [merit for _, merit in _merits(place, rival, weights) if merit.is_known]
    known += _cheaper_in_part(place, rival, weights)
    return tuple(sorted(known, key=lambda merit: (not merit.of_use, -merit.points)))


def is_by_silence(ranking: Ranking) -> bool:
    """Return whether the first place is ahead of the next only because more is known of it."""
    if len(ranking.field) < 2:
        return False
    first, rival = ranking.field[:2]
    if first.bill.returned.estimate < rival.bill.returned.estimate:
        # What it gives back beyond what it takes earns no points, and is known.
        return False
    return not deciding(first, rival, ranking) and any(
        ahead.clearer and not ahead.known and not ahead.by_record
        for ahead in _ahead(first, rival, ranking)
    )


def _cheaper_in_part(place: Place, rival: Place, weights: dict[str, Decimal]) -> Iterator[Merit]:
    """Yield the price, where not all is known, but enough to tell which is lower."""
    ours, theirs = place.bill, rival.bill
    if ours.guessed or not _cheaper_so_far(ours, theirs):
        return
    for part in place.parts:
        if part.part.measure == "cost-percent" and weights[part.criterion] and ours.moved:
            one, other = (
                Costs(each, each.yearly.percent_of(each.moved).estimate) for each in (ours, theirs)
            )
            yield Merit(
                kind="for",
                criterion=part.criterion,
                facts=_statement_traces(place, part, one),
                statement=one,
                rival=rival.candidate,
                instead=other,
                of_use=True,
            )


def _price_known(
    place: Place, rival: Place | None, weights: dict[str, Decimal]
) -> Iterator[PriceKnown]:
    """Yield the charges that are not known of the rival alone, where these lift the place."""
    if rival is None or is_priced(place, rival):
        return
    ours, theirs = place.bill, rival.bill
    known = {(line.kind, line.operation, line.country) for line in ours.lines if line.published}
    lines = tuple(
        line
        for line in theirs.lines
        if line.guessed and (line.kind, line.operation, line.country) in known
    )
    gain = _of_cost(place, weights) - _of_cost(rival, weights)
    if lines and gain >= WORTH_SAYING:
        yield PriceKnown(
            kind="unknown",
            criterion="cost",
            points=gain,
            facts=line_traces(place, [line for line in ours.lines if line.published]),
            lines=lines,
            rival=rival.candidate,
        )


def _of_cost(place: Place, weights: dict[str, Decimal]) -> Decimal:
    """Return the points that a place has for what it costs."""
    parts = (part for part in place.parts if part.part.measure == "cost-percent")
    return sum(
        (_points(part, part.value.estimate, weights[part.criterion]) for part in parts), ZERO
    )


def _cheaper_so_far(ours: Bill, theirs: Bill) -> bool:
    """Return whether of two bills, not both known in full, one is the lower by what is known.

    What is known of the other is more than all of it, what is not known of that at the dear end.
    """
    if (ours.complete and theirs.complete) or ours.currency != theirs.currency:
        return False
    return theirs.published.estimate > ours.counted.estimate


def rival_of(places: Sequence[Place], place: Place) -> Place | None:
    """Return the one that a place is held against: the next; for the last, the one before."""
    if len(places) < 2:
        return None
    index = next(number for number, each in enumerate(places) if each is place)
    return places[index + 1 if index + 1 < len(places) else index - 1]


def _in_parts(place: Place) -> Iterator[InParts]:
    """Yield what a limit lets go in parts alone."""
    for parted in place.bill.parted:
        traces = traces_of(place, [(parted.limit, place.candidate.source_of(parted.limit))])
        yield InParts(kind="against", criterion="coverage", facts=traces, parted=parted)


def own_experience(place: Place) -> Sequence[DiaryReason]:
    """Return what the person's own diary does to the score, where it has something on the market.

    The points are those it adds to the score as it would be without the diary, or takes from it.
    """
    if place.own is None:
        return []
    points = place.own_points
    return [
        DiaryReason(
            kind="for" if points >= 0 else "against",
            criterion="experience",
            points=points,
            entries=place.own.experience.entries,
        )
    ]


# Parts.


def _points(part: PartValue, value: Decimal, weight: Decimal) -> Decimal:
    """Return the points of a part that is worth so much, 0 to 1."""
    return value * (part.share * weight * HUNDRED)


def _merits(
    place: Place, rival: Place | None, weights: dict[str, Decimal]
) -> list[tuple[PartValue, Merit]]:
    """Return the parts that most lift a place over its rival, each with the reason it makes."""
    return list(_once(_praised(place, rival, weights, WORTH_SAYING)))[:MOST_FOR]


def _once(merits: Iterable[tuple[PartValue, Merit]]) -> Iterator[tuple[PartValue, Merit]]:
    """Yield merits without what was said before: the same fact can lift two parts."""
    told = []
    for part, merit in merits:
        keys = _keys(merit.statement)
        if keys not in told:
            told.append(keys)
            yield part, merit


def _praised(
    place: Place, rival: Place | None, weights: dict[str, Decimal], least: Decimal
) -> Iterator[tuple[PartValue, Merit]]:
    """Yield the parts that lift a place over its rival by so many points, the widest gain first."""
    theirs = {(part.criterion, part.part.id): part for part in rival.parts} if rival else {}
    gains = []
    for part in place.parts:
        other = theirs.get((part.criterion, part.part.id))
        if rival and other is None:
            # It does not apply to the rival, which is no worse for that.
            continue
        weight = weights[part.criterion]
        gain = _points(part, part.value.estimate, weight)
        if other:
            gain -= _points(other, other.value.estimate, weight)
        if gain >= least and (statement := _praise(place, part, other)):
            gains.append((gain, part, other, statement))
    gains.sort(key=lambda item: (-item[0], item[1].criterion, item[1].part.id))
    alike = rival is not None and _alike_in_use(place, rival, weights)
    for gain, part, other, statement in gains:
        yield (
            part,
            Merit(
                kind="for",
                criterion=part.criterion,
                points=gain,
                facts=_statement_traces(place, part, statement),
                statement=statement,
                rival=rival.candidate if rival else None,
                instead=_instead(statement, rival, other),
                of_use=part.criterion in OF_USE or bool(part.part.only_for),
                alike=alike,
            ),
        )


def _alike_in_use(place: Place, rival: Place, weights: dict[str, Decimal]) -> bool:
    """Return whether two are known to cost about the same and to do what is asked about as well."""
    if not is_priced(place, rival):
        return False
    lead = ahead_in(place, rival, weights)
    return all(abs(lead.get(name, ZERO)) < WORTH_SAYING for name in OF_USE)


def _ahead(place: Place, rival: Place | None, ranking: Ranking) -> Iterator[Ahead]:
    """Yield in what a place is ahead of its rival, if that comes behind it by the same rules."""
    if rival is None or rival.rank < place.rank or rival.doubt != place.doubt:
        return
    weights = ranking.needs.weights
    lead = ahead_in(place, rival, weights)
    points = sum(lead.values(), ZERO)
    criteria = tuple(name for name in lead if lead[name] >= WORTH_SAYING)[:_MOST_LEADS]
    if points >= WORTH_SAYING and criteria:
        praised = list(_praised(place, rival, weights, _LEAST_NAMED))
        known = _once((part, merit) for part, merit in praised if merit.is_known)
        yield Ahead(
            kind="for",
            criterion=criteria[0],
            points=points,
            rival=rival.candidate,
            criteria=criteria,
            priced=is_priced(place, rival),
            cheaper=(place.bill, rival.bill) if _is_cheaper(place, rival, lead) else None,
            known=tuple(merit for _, merit in known)[:_MOST_LEADS],
            clearer=place.evidence > rival.evidence,
            by_record=_by_record(place, rival, weights, lead),
            alone=_widest_alone(merit for _, merit in praised),
        )


def _by_record(
    place: Place, rival: Place, weights: dict[str, Decimal], lead: Mapping[str, Decimal]
) -> str:
    """Return the criterion in which a place is ahead mostly by what went wrong at its rival."""
    ours = {part.criterion: part for part in place.parts if part.part.measure == _RECORD}
    for other in rival.parts:
        name = other.criterion
        if other.part.measure == _RECORD and other.facts and name in ours:
            gap = ours[name].value.estimate - other.value.estimate
            if 2 * _points(other, gap, weights[name]) >= lead[name] >= WORTH_SAYING:
                return name
    return ""


def _is_cheaper(place: Place, rival: Place, lead: Mapping[str, Decimal]) -> bool:
    """Return whether a place is the cheaper one by what is known, be it that either may be."""
    likely = is_priced(place, rival) and lead.get("cost", ZERO) >= WORTH_SAYING
    return likely or _cheaper_so_far(place.bill, rival.bill)


def _widest_alone(merits: Iterable[Merit]) -> Facts | None:
    """Return the facts of the first merit of which the rival's side is not known.

    One that has to do with the use comes first.
    """
    alone = [
        (not merit.of_use, merit.statement)
        for merit in merits
        if isinstance(merit.statement, Facts) and isinstance(merit.instead, NotKnown)
    ]
    return min(alone, key=itemgetter(0))[1] if alone else None


def _asked_here(place: Place, among: Sequence[Place]) -> Iterator[AskedHere]:
    """Yield what is asked for and is not confirmed of any but this one of some places."""
    others = [_unconfirmed_keys(each) for each in among if each is not place]
    if not others:
        return
    keys = set.intersection(*others) - _unconfirmed_keys(place)
    if keys:
        alone = tuple(sorted(keys))
        yield AskedHere(kind="for", criterion="coverage", keys=alone, among=len(among))


def _unconfirmed_keys(place: Place) -> set[str]:
    """Return what is asked for (keys of `observe`) that is not confirmed of a place."""
    causes = (each for each in place.unconfirmed if isinstance(each, Lacks))
    return {each.key for each in causes if each.wanted and not each.others}


def _wished_here(
    place: Place, among: Sequence[Place], weights: dict[str, Decimal]
) -> Iterator[WishedHere]:
    """Yield what was wished for and of some places this one alone is known to have."""
    others = [_wishes(each) for each in among if each is not place]
    part = _wishes(place)
    if part is None or not others:
        return
    alone = [
        (item, option.is_)
        for item, option in holding(part)
        if not any(_by_key(each).get(item.key) is option.is_ for each in others)
    ]
    # Each wish is worth the same, whatever else of what was wished for the others have.
    gain = _points(part, ONE, weights[part.criterion]) * len(alone) / max(len(part.evidence), 1)
    if alone and gain >= WORTH_SAYING:
        statement = _facts(alone)
        yield WishedHere(
            kind="for",
            criterion=part.criterion,
            points=gain,
            facts=_statement_traces(place, part, statement),
            statement=statement,
            among=len(among),
        )


def wished_of_none(places: Sequence[Place]) -> tuple[str, ...]:
    """Return what was wished for and none of some places is known to have."""
    parts = [part for part in map(_wishes, places) if part]
    had = {item.key for part in parts for item, _option in holding(part)}
    wished = [item.key for part in parts[:1] for item in part.evidence]
    return tuple(key for key in wished if key not in had)


def _wishes(place: Place) -> PartValue | None:
    """Return the part of a place that says what it has of what was wished for."""
    return next((part for part in place.parts if part.part.needs == "wishes"), None)


def _keys(statement: Statement) -> object:
    """Return what a statement says, whichever fact says it."""
    if isinstance(statement, Facts):
        return [(item.key, item.holds) for item in statement.items]
    return statement


def _shortcoming(
    place: Place, ranking: Ranking, praised: set[tuple[str, str]]
) -> Sequence[Shortcoming]:
    """Return the known shortcoming that costs most points, if it has not been spoken of.

    What the person wished for, or what such people seldom have, comes before anything else. What
    it costs is none where nobody is cheaper, as far as it looks.
    """
    needs = ranking.needs
    bill = place.bill
    others = [
        each.bill.yearly.estimate
        for each in ranking.field
        if each is not place and each.bill.currency == bill.currency
    ]
    cheapest = bool(others) and min(others) >= bill.yearly.estimate
    # A guess alone is held against nobody, nor a price that is lower than others as far as it goes.
    known = bill.published.estimate
    spared = cheapest or not known or (not bill.complete and known < min(others, default=ZERO))
    minded = set(needs.wish)
    for person in needs.person:
        asked = _MINDED.get(person, {})
        minded.update(key for key, word in asked.items() if word not in needs.given)
    losses = []
    for part in place.parts:
        if (part.criterion, part.part.id) in praised:
            continue
        if spared and part.part.measure == "cost-percent":
            continue
        weight = needs.weights[part.criterion]
        loss = _points(part, ONE, weight) - _points(part, part.value.high, weight)
        statement = _blame(place, part)
        if loss >= WORTH_SAYING and statement:
            items = statement.items if isinstance(statement, Facts) else ()
            own = any(item.key in minded for item in items)
            losses.append((own, loss, part, statement))
    if not losses:
        return []
    _, loss, part, statement = max(
        losses, key=lambda item: (*item[:2], item[2].criterion, item[2].part.id)
    )
    return [
        Shortcoming(
            kind="against",
            criterion=part.criterion,
            points=-loss,
            facts=_statement_traces(place, part, statement),
            statement=statement,
        )
    ]


def _praise(place: Place, part: PartValue, other: PartValue | None) -> Statement | None:
    """Return what a part says in favour of a place, or None when nothing known does.

    `other` is the rival's part. What the rival is known to have as well is not said.
    """
    if part.part.measure:
        # A better record than another's is still nothing to praise, and a bill with something
        # unknown in it is no reason to call a wallet cheap.
        worthy = part.value.estimate >= LEAST_FIGURE and part.part.measure != _RECORD
        # Nor is a cost that nobody is held against a merit, unless it is none at all.
        dear = other is None and place.bill.yearly.high > 0
        sure = part.part.measure != "cost-percent" or (place.bill.complete and not dear)
        return measured(place, part) if worthy and sure else None
    theirs = _by_key(other)
    items = [
        (item, option)
        for item, option in holding(part)
        # What follows from the kind of wallet alone is no merit of this one.
        if theirs.get(item.key) is not option.is_
        and (item.observation.fact or item.key.startswith("platform:"))
    ]
    if not items or (part.part.best_of and items[0][1].value < LEAST_PRAISED):
        return None
    if other is None and part.part.needs in ("usages", "platform"):
        # Whoever does not do it is left out: no merit where there is nobody to compare with.
        return None
    return _facts((item, option.is_) for item, option in items)


def _instead(
    praise: Statement, rival: Place | None, other: PartValue | None
) -> Statement | NotKnown | None:
    """Return what is known of the rival where a place has what it is praised for."""
    if rival is None or other is None:
        return None
    if isinstance(praise, Costs):
        return Costs(rival.bill, other.figure.estimate) if other.figure else None
    if not isinstance(praise, Facts):
        return (measured(rival, other) if other.facts else None) or NotKnown()
    theirs = {item.key: item for item in other.evidence}
    if other.part.best_of and (held := holding(other)):
        same = (theirs.get(item.key) for item in praise.items)
        if any(each and each.observation.value is None for each in same):
            # It may have what the place has, too.
            return NotKnown()
        item, option = held[0]
        return _facts([(item, option.is_)])
    denied = [
        (theirs[item.key], not item.holds)
        for item in praise.items
        if item.key in theirs and theirs[item.key].observation.value is (not item.holds)
    ]
    if not denied and all(item.key in ON_NO_PAGE for item in praise.items):
        # Surveys name those that are: silence on another is taken for a no.
        return None
    return _facts(denied) if denied else NotKnown()


def _blame(place: Place, part: PartValue) -> Statement | None:
    """Return what a part says against a place, or None when nothing known does."""
    if part.part.measure:
        return measured(place, part)
    missing = [
        (item, not option.is_)
        for item, option in options(part)
        if item.observation.value is (not option.is_)
    ]
    exclusive = all(item.key.startswith(("closing:", "closing-way:")) for item, _ in missing)
    if missing and exclusive:
        closing = place.candidate.market.closing
        if not closing or not closing.difficulty:
            return None
        source = place.candidate.source_of(closing)
        return Facts((YesNo(f"closing:{closing.difficulty}", True, closing, source),))
    if part.part.best_of and not missing:
        # The best option that holds is not a good one; that is known.
        missing = [(item, option.is_) for item, option in holding(part)]
    return _facts(missing) if missing else None


def measured(place: Place, part: PartValue) -> Statement | None:
    """Return the figure that a part measures, or None where it is not known."""
    if part.part.measure == "cost-percent":
        figured = part.figure is not None and place.bill.moved
        return Costs(place.bill, part.figure.estimate) if figured and part.figure else None
    if not part.facts or part.figure is None:
        return None
    if part.part.measure == "rating":
        return Rated(part.figure.estimate)
    if part.part.measure == "reply-days":
        reply = part.facts[0][0]
        assert isinstance(reply, Reply | Right)
        return Answers(reply)
    return Troubled(place.candidate.market.incidents)


def options(part: PartValue) -> list[tuple[Evidence, Option]]:
    """Return what is known of each option; what the person named is an option that holds."""
    listed = part.part.best_of or part.part.all_of
    if not listed:
        listed = tuple(Option(fact=item.key, value=ONE) for item in part.evidence)
    return list(zip(part.evidence, listed, strict=True))


def holding(part: PartValue) -> list[tuple[Evidence, Option]]:
    """Return the options that hold; where only the best counts, that one, the first of equals."""
    held = [
        (item, option)
        for item, option in options(part)
        if item.observation.value is option.is_ and option.value > 0
    ]
    if part.part.best_of:
        return sorted(held, key=lambda each: -each[1].value)[:1]
    return held


def _facts(items: Iterable[tuple[Evidence, bool]]) -> Facts:
    return Facts(
        tuple(
            YesNo(item.key, holds, item.observation.fact, item.observation.source)
            for item, holds in items
        )
    )


def _by_key(part: PartValue | None) -> dict[str, bool | None]:
    return {item.key: item.observation.value for item in part.evidence} if part else {}


# The facts behind.


def part_traces(place: Place, part: PartValue) -> tuple[Trace, ...]:
    """Return every fact that a part rests on."""
    seen = [(item.observation.fact, item.observation.source) for item in part.evidence]
    lines = line_traces(place, part.lines)
    return tuple(dict.fromkeys((*lines, *traces_of(place, [*part.facts, *seen]))))


def rests_on_own(place: Place, needs: Needs) -> bool:
    """Return whether a score or a bill rests on anything that the person told themselves."""
    counted = (part for part in place.parts if needs.weights[part.criterion])
    return any(part_is_own(place, part) for part in counted) or bill_is_own(place.bill)


def part_is_own(place: Place, part: PartValue) -> bool:
    """Return whether a part of a score rests on anything that the person told themselves."""
    if not place.candidate.market.own:
        return False
    return any(trace.source.publisher == YOU for trace in part_traces(place, part))


def bill_is_own(bill: Bill) -> bool:
    """Return whether a bill rests on a price that the person told themselves."""
    market = bill.candidate.market
    return any(own_of(market, rule) for line in bill.lines for rule in line.rules)


def _statement_traces(place: Place, part: PartValue, statement: Statement) -> tuple[Trace, ...]:
    """Return the facts that a statement about a part rests on."""
    if isinstance(statement, Costs):
        given = [rule for each in place.bill.given_back if not each.offer for rule in each.rules]
        returned = traces_of(place, [(rule, place.candidate.source_of(rule)) for rule in given])
        return (*line_traces(place, place.bill.lines), *returned)
    if not isinstance(statement, Facts):
        return traces_of(place, part.facts)
    return traces_of(place, [(item.fact, item.source) for item in statement.items])
