"""Facts -> the value of each criterion, 0 to 1, with the facts behind it. Pure.

An additive value model (Keeney and Raiffa 1976, Decisions with Multiple Objectives). A value
depends on the wallet, the needs and the catalog's rules alone, never on other wallets.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise

from msgspec import Struct, structs

from walletpick.bill.bill import Bill
from walletpick.bill.conditions import barriers_of, no_barriers
from walletpick.bill.filling import collected_by, is_out_already
from walletpick.bill.line import Line
from walletpick.bill.observe import (
    Candidate,
    Observation,
    Observer,
)
from walletpick.bill.shown import does_key, keys_apart, stands_apart, way_keys
from walletpick.facts.ages import halved, months_since
from walletpick.facts.law import answer_time, calendar_days
from walletpick.facts.model import (
    AverageClaim,
    Averages,
    Catalog,
    CurvePoint,
    Fact,
    FeeRule,
    Market,
    Needs,
    Option,
    Part,
    Reply,
    Right,
    Settings,
    Source,
)
from walletpick.facts.money import NOTHING, ZERO, Range
from walletpick.facts.vocabulary import GIVEN_BY_PLATFORM, PHONES

ONE = Decimal(1)
# How likely is what nothing is known of.
EVEN = Decimal("0.5")
_ALL = Range(ZERO, ZERO, ONE)


class Evidence(Struct, frozen=True):
    """What one fact says for a part: the key asked for, and what is known of it."""

    key: str
    observation: Observation


class PartValue(Struct, frozen=True, kw_only=True):
    """What a part of a criterion is worth: `value` 0 to 1, `share` of the criterion 0 to 1.

    `mean` is what it is most likely worth: less is counted for it only where a price is guessed.
    `variance` is that of the value, by what is not known. `known` is the share of what the part
    asks for that is known, 0 to 1. `figure` is the measured figure of a part that has one, `facts`
    what it rests on.
    """

    criterion: str
    part: Part
    value: Range
    mean: Decimal
    variance: Decimal
    share: Decimal
    known: Decimal
    evidence: tuple[Evidence, ...] = ()
    lines: tuple[Line, ...] = ()
    facts: tuple[tuple[Fact | FeeRule, Source], ...] = ()
    stale_facts: tuple[tuple[Fact | FeeRule, Source], ...] = ()
    figure: Range | None = None

    @property
    def stale(self) -> list[tuple[Fact | FeeRule, Source]]:
        """The facts behind it that are older than they should be; of its lines, see the bill."""
        seen = [item.observation for item in self.evidence if item.observation.stale]
        facts = [(item.fact, item.source) for item in seen]
        return [*self.stale_facts, *((f, s) for f, s in facts if f is not None and s is not None)]


class CriterionValue(Struct, frozen=True, kw_only=True):
    """What a criterion is worth, 0 to 1, and its parts.

    `not_applying` are parts that do not apply to wallets of this kind; the others share their
    points. Each has its `not_for`. One that counts all the same is among the parts, without
    evidence.
    """

    criterion: str
    value: Range
    known: Decimal
    parts: tuple[PartValue, ...]
    not_applying: tuple[Part, ...] = ()

    @property
    def spread(self) -> tuple[Decimal, Decimal]:
        """The mean of the value, and the variance of it, by what is not known."""
        mean = sum((part.mean * part.share for part in self.parts), ZERO)
        return mean, sum((part.variance * part.share**2 for part in self.parts), ZERO)


class Yardstick:
    """What turns the facts of any market into values, for one person on one day.

    It holds what depends on these alone. `needs` are settled.
    """

    def __init__(self, needs: Needs, catalog: Catalog, today: date) -> None:
        self.needs = needs
        self.catalog = catalog
        self.today = today
        self.observer = Observer(needs, catalog, today)
        self.demands = demands(needs)
        # The phone only sets up what a watch pays with: not known to do for it is no lack.
        phones = PHONES if needs.platform == "watch" else ()
        self.only_if_known = frozenset(f"platform:{each}" for each in phones)
        # By kind of wallet.
        self._asked: dict[str, dict[str, _Questions]] = {}

    def look(self, candidate: Candidate, key: str) -> Observation:
        """Return what is known of a fact; money that is out already need not be moved out."""
        seen = self.observer.look(candidate, key)
        wallet, market = candidate.wallet, candidate.market
        operation = key.removeprefix("does:")
        if seen.value or not is_out_already(operation, wallet, market, self.needs):
            return seen
        rule = collected_by(wallet, market, self.needs) if operation == "cash-out" else None
        return Observation(True, rule, candidate.source_of(rule) if rule else None)

    def asked(self, kind: str) -> dict[str, _Questions]:
        """Return what is asked of wallets of a kind, by criterion."""
        if kind not in self._asked:
            self._asked[kind] = {
                name: _questions_of(kind, name, criterion.parts, self.needs, self.catalog.averages)
                for name, criterion in self.catalog.criteria.criteria.items()
            }
        return self._asked[kind]


def evaluate(bill: Bill, by: Yardstick) -> dict[str, CriterionValue]:
    """Return the value of every criterion for the market of a bill, by criterion."""
    asked = by.asked(bill.candidate.kind)
    return {name: _criterion(name, each, bill, by) for name, each in asked.items()}


def incident_weight(market: Market, settings: Settings, today: date) -> Decimal:
    """Return the weight of a market's incidents, each halved with its age (exponential decay)."""
    total = ZERO
    for incident in market.incidents:
        weight = settings.incident_weights.get(incident.kind, ZERO)
        age = months_since(incident.date, today)
        total += weight * halved(age, settings.incident_half_life_months)
    return total


def on_curve(curve: Sequence[CurvePoint], at: Decimal) -> Decimal:
    """Return the value at a point of a curve: straight lines between its points, flat outside."""
    if at <= curve[0].at:
        return curve[0].value
    for left, right in pairwise(curve):
        if at <= right.at:
            step = (at - left.at) / (right.at - left.at)
            return left.value + (right.value - left.value) * step
    return curve[-1].value


def slope_at(curve: Sequence[CurvePoint], at: Decimal) -> Decimal:
    """Return by how much the value changes with each unit at a point of a curve; 0 outside it."""
    for left, right in pairwise(curve):
        if left.at <= at < right.at:
            return (right.value - left.value) / (right.at - left.at)
    return ZERO


# What is asked, of every market alike.


def demands(needs: Needs) -> list[tuple[str, bool]]:
    """Return the facts that a market must have, or (with false) must not have, by settled needs."""
    # A watch goes with a phone, and which one that is may be said as well.
    phones = (each for each in PHONES if not set(GIVEN_BY_PLATFORM[each]).isdisjoint(needs.given))
    platforms = (f"platform:{each}" for each in (needs.platform, *phones) if each)
    does = (does_key(usage) for usage in needs.use)
    return [
        *((key, True) for key in dict.fromkeys((*needs.must, *does, *platforms))),
        *((f"onboarding:{barrier}", False) for barrier in barriers_of(needs)),
    ]


# What is known of a fact: yes, no or not known; and whether that is stale.
_Answer = tuple[bool | None, bool]


class _Worth(Struct, frozen=True):
    """What a part is worth by some answers: its value, the variance of that, the share known."""

    value: Range
    variance: Decimal
    known: Decimal


class _Question(Struct, frozen=True):
    """A part that the needs give something to judge by, and the facts that it asks for.

    `usual` is what each fact counts for where it is not known. What a part is worth depends on the
    answers alone, and many markets give the same: `worths` keeps what was worked out.
    """

    criterion: str
    part: Part
    share: Decimal
    options: tuple[Option, ...]
    usual: tuple[Decimal, ...]
    worths: dict[tuple[_Answer, ...], _Worth]

    def worth(self, answers: tuple[_Answer, ...]) -> _Worth:
        """Return what the part is worth by these answers."""
        worth = self.worths.get(answers)
        if worth is None:
            worth = self.worths[answers] = self._worked_out(answers)
        return worth

    def _worked_out(self, answers: tuple[_Answer, ...]) -> _Worth:
        chances = [
            _chance(option, usual, answer)
            for option, usual, answer in zip(self.options, self.usual, answers, strict=True)
        ]
        values = [option.value for option in self.options]
        known = Decimal(sum(value is not None for value, _ in answers))
        if self.part.best_of:
            best = _best(chances, values)
            return _Worth(best, _variance_of_best(chances, values), min(known, ONE))
        share = known / len(answers)
        value = (_held_sum if self.part.all_of else _mean)(chances, values)
        of_sum = sum((_variance(c) * v * v for c, v in zip(chances, values, strict=True)), ZERO)
        return _Worth(value, of_sum if self.part.all_of else of_sum / len(answers) ** 2, share)


class _Questions(Struct, frozen=True):
    """The parts of a criterion that are asked, those that count unasked, and the others.

    `met` is the share of those that count unasked by what the person has: nothing is known of a
    wallet by them.
    """

    questions: tuple[_Question, ...]
    unasked: tuple[PartValue, ...]
    not_applying: tuple[Part, ...]
    met: Decimal


def _questions_of(
    kind: str, criterion: str, parts: Iterable[Part], needs: Needs, averages: Averages
) -> _Questions:
    """Return the parts of a criterion that the needs give anything to judge by.

    Those that apply to wallets of the kind share the points of all.
    """
    judged = [part for part in _of_concern(parts, needs) if _is_asked(part, needs)]
    others = [part for part in judged if part.not_for and kind in part.not_for.kinds]
    settled = [(part, value) for part in others if (value := _value_unasked(part)) is not None]
    met = [part for part in judged if part not in others and _is_met(part)]
    settled += [(part, ONE) for part in met]
    not_applying = tuple(part for part in others if _value_unasked(part) is None)
    points = sum((part.points for part in judged if part not in not_applying), ZERO)
    unasked = tuple(
        PartValue(
            criterion=criterion,
            part=structs.replace(part, best_of=(), all_of=()),
            value=Range.exactly(value),
            mean=value,
            variance=ZERO,
            share=part.points / points,
            known=ZERO if part in met else ONE,
        )
        for part, value in settled
    )
    questions = []
    for part in judged:
        if part in others or part in met:
            continue
        options = part.best_of or part.all_of or _named(part, needs)
        usual = tuple(how_usual(option, averages) for option in options)
        questions.append(_Question(criterion, part, part.points / points, options, usual, {}))
    share_met = sum((part.points for part in met), ZERO) / points if points else ZERO
    return _Questions(tuple(questions), unasked, not_applying, share_met)


def _value_unasked(part: Part) -> Decimal | None:
    """Return what a part counts for the kinds to which it does not apply; None where nothing."""
    return part.not_for.value if part.not_for else None


def _of_concern(parts: Iterable[Part], needs: Needs) -> Iterator[Part]:
    """Yield parts without the barriers that are none to the person.

    What is left of a part shares its points; of whom nothing is left (see `_is_met`), all is met.
    """
    free = {f"onboarding:{barrier}" for barrier in no_barriers(needs)}
    for part in parts:
        left = tuple(option for option in part.all_of if option.fact not in free)
        if len(left) == len(part.all_of):
            yield part
        elif not left:
            yield structs.replace(part, all_of=(), not_for=None)
        else:
            whole, rest = (sum((each.value for each in of), ZERO) for of in (part.all_of, left))
            scaled = tuple(structs.replace(each, value=each.value * whole / rest) for each in left)
            yield structs.replace(part, all_of=scaled)


def _is_met(part: Part) -> bool:
    """Return whether nothing that a part asks for stands in the person's way."""
    return not (part.best_of or part.all_of or part.measure or part.needs)


def _is_asked(part: Part, needs: Needs) -> bool:
    if part.measure == "cost-percent":
        return any(usage.amount for usage in needs.use)
    done = {usage.operation for usage in needs.use}
    if part.only_for and done and done.isdisjoint(part.only_for):
        return False
    return not part.needs or bool(_keys(part.needs, needs))


def _named(part: Part, needs: Needs) -> tuple[Option, ...]:
    """Return what a part asks for that is made of what the person named; of others, nothing."""
    return tuple(Option(fact=key, value=ONE) for key in _keys(part.needs, needs))


def _keys(named: str | None, needs: Needs) -> list[str]:
    """Return the facts that a person's usages, methods, wishes or platform ask for."""
    keys = {
        "usages": [does_key(usage) for usage in needs.use],
        "methods": [f"funding:{method}" for method in needs.have],
        "wishes": list(needs.wish),
        "platform": [f"platform:{needs.platform}"] if needs.platform else [],
    }
    return list(dict.fromkeys(keys[named])) if named else []


def how_usual(option: Option, averages: Averages) -> Decimal:
    """Return how commonly an option holds; a way of doing an operation no more than that does."""
    average = averages.claims.get(option.fact)
    if option.fact.count(":") == 2:
        # Nothing else has a third word: `does:top-up:cash-agent`.
        _, operation, method = option.fact.split(":")
        ways = way_keys(operation, method)
        if not ways:
            apart = stands_apart(operation, method)
            ways = keys_apart(method) if apart else (f"funding:{method}",)
        does, *known = (averages.claims.get(key) for key in (f"does:{operation}", *ways))
        way = max(filter(None, known), key=_yes, default=None)
        average = min(filter(None, (does, way)), key=_yes, default=None)
    if average is None:
        return ZERO
    return average.yes if option.is_ else average.no


def how_trusted(option: Option, averages: Averages) -> Decimal:
    """Return how usual something that is asked for is, but not more than as likely as not.

    Whoever does what most do mostly says so: where nothing is said of it, that is not to be
    trusted as far.
    """
    usual = how_usual(option, averages)
    return min(usual, EVEN) if option.is_ else usual


def _yes(claim: AverageClaim) -> Decimal:
    return claim.yes


def _chance(option: Option, usual: Decimal, answer: _Answer) -> Range:
    """Return how far an option holds: 1, 0, or what is usual where that is not known.

    A stale fact may have changed: its other end is what is usual.
    """
    value, stale = answer
    if value is None:
        return Range(ZERO, usual, ONE)
    holds = ONE if value is option.is_ else ZERO
    if not stale:
        return Range.exactly(holds)
    return Range(min(holds, usual), holds, max(holds, usual))


def _best(chances: Sequence[Range], values: Sequence[Decimal]) -> Range:
    """Return what the best of several options is worth."""
    worth = [chance.times(value) for chance, value in zip(chances, values, strict=True)]
    return Range(
        max(each.low for each in worth),
        max(each.estimate for each in worth),
        max(each.high for each in worth),
    )


def _variance(chance: Range) -> Decimal:
    """Return the variance of whether an option holds: p (1 - p), between the two ends."""
    return (chance.estimate - chance.low) * (chance.high - chance.estimate)


def _variance_of_best(chances: Sequence[Range], values: Sequence[Decimal]) -> Decimal:
    """Return the variance of what the best of several options is worth, each holding or not."""
    mean = square = ZERO
    none_better = ONE
    for value, chance in sorted(zip(values, chances, strict=True), key=lambda each: -each[0]):
        likely = none_better * chance.estimate
        mean += likely * value
        square += likely * value * value
        none_better -= likely
    return square - mean * mean


def _mean(chances: Sequence[Range], values: Sequence[Decimal]) -> Range:
    """Return what several options are worth on the average."""
    worth = [chance.times(value) for chance, value in zip(chances, values, strict=True)]
    return sum(worth, NOTHING).times(ONE / len(worth))


def _held_sum(chances: Sequence[Range], values: Sequence[Decimal]) -> Range:
    """Return what several options are worth together, held to 1."""
    pairs = list(zip(chances, values, strict=True))
    total = sum((chance.times(value) for chance, value in pairs), NOTHING)
    estimate = total.estimate
    if total.high > ONE:
        estimate = _expected([(value, chance.estimate) for chance, value in pairs])
    low = min(total.low, ONE)
    return Range(low, max(low, min(estimate, ONE)), min(total.high, ONE))


def _expected(chances: Sequence[tuple[Decimal, Decimal]]) -> Decimal:
    """Return what a sum held to 1 is worth on the average; each value comes with its chance.

    Holding the sum of the averages to 1 would be too much: what is above 1 in the good cases would
    make up for the bad ones, and a wallet would gain from silence.
    """
    sums = {ZERO: ONE}
    for value, chance in chances:
        after: dict[Decimal, Decimal] = {}
        for total, likely in sums.items():
            for reached, part in ((min(total + value, ONE), chance), (total, 1 - chance)):
                if part:
                    after[reached] = after.get(reached, ZERO) + likely * part
        sums = after
    return sum((total * likely for total, likely in sums.items()), ZERO)


# What a market is worth.


def _criterion(name: str, asked: _Questions, bill: Bill, by: Yardstick) -> CriterionValue:
    answers = (
        _measured(each, bill, by) if each.part.measure else _of_facts(each, bill.candidate, by)
        for each in asked.questions
    )
    parts = (*answers, *asked.unasked)
    total = sum((part.value.times(part.share) for part in parts), NOTHING)
    known = sum((part.known * part.share for part in parts), ZERO)
    return CriterionValue(
        criterion=name,
        value=total if parts else _ALL,
        known=known / (1 - asked.met) if asked.met < 1 else ONE,
        parts=parts,
        not_applying=asked.not_applying,
    )


def _of_facts(asked: _Question, candidate: Candidate, by: Yardstick) -> PartValue:
    seen = [by.look(candidate, option.fact) for option in asked.options]
    worth = asked.worth(tuple([(each.value, each.stale) for each in seen]))
    return PartValue(
        criterion=asked.criterion,
        part=asked.part,
        value=worth.value,
        mean=worth.value.estimate,
        variance=worth.variance,
        share=asked.share,
        known=worth.known,
        evidence=tuple(
            [Evidence(o.fact, each) for o, each in zip(asked.options, seen, strict=True)]
        ),
    )


# How many standard deviations lie between the ends of a measured figure: those of an unknown price
# are the 10th and the 90th percentile of such prices, the others the ends of the scale. Prices have
# long tails: by the normal law's 2.56, chances of 60 to 80 % were right 10 points less often.
_DEVIATIONS = {
    "cost-percent": Decimal("1.85"),
    "rating": Decimal(4),
    "reply-days": Decimal(4),
    "incident-weight": Decimal(4),
}


def _measured(asked: _Question, bill: Bill, by: Yardstick) -> PartValue:
    part = asked.part
    figure, known, facts = _figure(part, bill, by)
    value, variance = _of_figure(part, figure)
    mean = value.estimate
    if part.measure == "cost-percent":
        mean = on_curve(part.curve, bill.yearly.percent_of(bill.moved).estimate)
    return PartValue(
        criterion=asked.criterion,
        part=part,
        value=value,
        mean=mean,
        variance=variance,
        share=asked.share,
        known=known,
        lines=bill.lines if part.measure == "cost-percent" else (),
        facts=facts,
        # An incident does not get stale: it loses its weight with its age.
        stale_facts=tuple(
            (fact, source)
            for fact, source in facts
            if part.measure != "incident-weight" and by.observer.is_stale(source, fact)
        ),
        figure=figure,
    )


def _of_figure(part: Part, figure: Range) -> tuple[Range, Decimal]:
    """Return what a part with a measured figure is worth, and the variance of that."""
    ends = [on_curve(part.curve, at) for at in (figure.low, figure.estimate, figure.high)]
    deviation = (max(ends) - min(ends)) / _DEVIATIONS[part.measure or ""]
    return Range(min(ends), ends[1], max(ends)), deviation * deviation


# What a part would be worth if more were known.


def options_of(part: PartValue) -> tuple[Option, ...]:
    """Return what a part asks for, in the order of its evidence."""
    named = tuple(Option(fact=each.key, value=ONE) for each in part.evidence)
    return part.part.best_of or part.part.all_of or named


def answered(part: PartValue, key: str, holds: bool, averages: Averages) -> PartValue:
    """Return a part with the answer to one of the facts that it asks for, which is not known."""
    options = options_of(part)
    usual = tuple(how_usual(option, averages) for option in options)
    answers = tuple(
        (holds, False) if each.key == key else (each.observation.value, each.observation.stale)
        for each in part.evidence
    )
    worth = _Question(part.criterion, part.part, part.share, options, usual, {}).worth(answers)
    value, variance = worth.value, worth.variance
    return structs.replace(part, value=value, mean=value.estimate, variance=variance)


def measured_as(part: PartValue, figure: Range) -> PartValue:
    """Return a part with another measured figure."""
    value, variance = _of_figure(part.part, figure)
    mean = value.estimate
    return structs.replace(part, value=value, mean=mean, variance=variance, figure=figure)


def _figure(
    part: Part, bill: Bill, by: Yardstick
) -> tuple[Range, Decimal, tuple[tuple[Fact | FeeRule, Source], ...]]:
    """Return a part's figure, the share of it that is known, and the facts it rests on."""
    market, source_of = bill.candidate.market, bill.candidate.source_of
    ends = Range(part.curve[0].at, part.curve[0].at, part.curve[-1].at)
    if part.measure == "cost-percent":
        known = Decimal(sum(line.known for line in bill.lines))
        share = known / len(bill.lines) if bill.lines else ONE
        return bill.counted.percent_of(bill.moved), share, ()
    average = by.catalog.averages.measures[part.measure or ""]
    if part.measure == "rating":
        if not market.ratings:
            return Range(ends.low, average, ends.high), ZERO, ()
        mean = sum((r.value for r in market.ratings), ZERO) / len(market.ratings)
        ratings = tuple((r, source_of(r)) for r in market.ratings)
        return _aged(mean, average, ratings, by.observer), ONE, ratings
    if part.measure == "reply-days":
        seen = by.observer.look(bill.candidate, "reply")
        if not isinstance(seen.fact, Reply | Right) or not seen.value or seen.source is None:
            return Range(ends.low, average, ends.high), ZERO, ()
        days = calendar_days(answer_time(seen.fact))
        replies = ((seen.fact, seen.source),)
        return _aged(days, average, replies, by.observer), ONE, replies
    # Nothing on record is not a clean record: it counts as the average of those that have one,
    # and a record that is better than that counts no better.
    weight = incident_weight(market, by.catalog.criteria.settings, by.today)
    facts = tuple((item, source_of(item)) for item in market.incidents)
    if not facts:
        return Range(ZERO, average, ends.high), ZERO, ()
    return Range(weight, max(weight, average), max(ends.high, weight)), ONE, facts


def _aged(
    figure: Decimal,
    average: Decimal,
    facts: Iterable[tuple[Fact | FeeRule, Source]],
    observer: Observer,
) -> Range:
    """Return a published figure; a stale one may have changed, its other end is the average."""
    if not any(observer.is_stale(source, fact) for fact, source in facts):
        return Range.exactly(figure)
    return Range(min(figure, average), figure, max(figure, average))
