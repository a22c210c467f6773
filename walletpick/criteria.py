"""Facts -> the value of each criterion, 0 to 1, with the facts behind it. Pure.

An additive value model (Keeney and Raiffa 1976, Decisions with Multiple Objectives). A value
depends on the wallet, the needs and the catalog's rules alone, never on other wallets.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise

from msgspec import Struct

from walletpick.ages import is_stale, months_since
from walletpick.fees import Bill, Line
from walletpick.model import (
    AverageClaim,
    Catalog,
    CurvePoint,
    Fact,
    FeeRule,
    Market,
    Needs,
    Option,
    Part,
    Settings,
    Source,
)
from walletpick.money import HUNDRED, ZERO, Range
from walletpick.observations import Candidate, Observation, does_key, observe

ONE = Decimal(1)
_ALL = Range(ZERO, ZERO, ONE)


class Evidence(Struct, frozen=True):
    """What one fact says for a part: the key asked for, and what is known of it."""

    key: str
    observation: Observation


class PartValue(Struct, frozen=True, kw_only=True):
    """What a part of a criterion is worth: `value` 0 to 1, `share` of the criterion 0 to 1.

    `known` is the share of what the part asks for that is known, 0 to 1. `figure` is the measured
    figure of a part that has one, `facts` what it rests on.
    """

    criterion: str
    part: Part
    value: Range
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
        found = [(item.fact, item.source) for item in seen]
        return [*self.stale_facts, *((f, s) for f, s in found if f is not None and s is not None)]


class CriterionValue(Struct, frozen=True, kw_only=True):
    """What a criterion is worth, 0 to 1, and its parts."""

    criterion: str
    value: Range
    known: Decimal
    parts: tuple[PartValue, ...]


def evaluate(bill: Bill, needs: Needs, catalog: Catalog, today: date) -> dict[str, CriterionValue]:
    """Return the value of every criterion for the market of a bill, by criterion."""
    judge = _Judge(bill, needs, catalog, today)
    return {name: judge.criterion(name) for name in catalog.criteria.criteria}


def incident_weight(market: Market, settings: Settings, today: date) -> Decimal:
    """Return the weight of a market's incidents, each halved with its age (exponential decay)."""
    total = ZERO
    for incident in market.incidents:
        weight = settings.incident_weights.get(incident.kind, ZERO)
        halvings = Decimal(months_since(incident.date, today)) / settings.incident_half_life_months
        total += weight * Decimal(2) ** -halvings
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


class _Judge:
    def __init__(self, bill: Bill, needs: Needs, catalog: Catalog, today: date) -> None:
        self.bill = bill
        self.candidate: Candidate = bill.candidate
        self.needs = needs
        self.catalog = catalog
        self.today = today
        self.done = {usage.operation for usage in needs.use}

    def criterion(self, name: str) -> CriterionValue:
        parts = [part for part in self.catalog.criteria.criteria[name].parts if self.asked(part)]
        points = sum((part.points for part in parts), ZERO)
        values = []
        for part in parts:
            share = part.points / points
            values.append(self.part(name, part, share))
        total = Range(ZERO, ZERO, ZERO)
        known = ZERO
        for value in values:
            total += value.value.times(value.share)
            known += value.known * value.share
        if not values:
            total = Range(ZERO, ZERO, ONE)
        return CriterionValue(criterion=name, value=total, known=known, parts=tuple(values))

    def asked(self, part: Part) -> bool:
        """Whether the needs give a part anything to judge by."""
        if part.measure == "cost-percent":
            return self.bill.moved > 0
        if part.only_for and self.done and self.done.isdisjoint(part.only_for):
            return False
        if not part.needs:
            return True
        return bool(
            {
                "usages": self.needs.use,
                "methods": self.needs.have,
                "wishes": self.needs.wish,
                "platform": self.needs.platform,
            }[part.needs]
        )

    def part(self, criterion: str, part: Part, share: Decimal) -> PartValue:
        if part.best_of:
            return self.best_of(criterion, part, share)
        if part.all_of:
            return self.all_of(criterion, part, share)
        if part.measure:
            return self.measured(criterion, part, share)
        return self.of_needs(criterion, part, share)

    # Parts made of facts.

    def look(self, options: Iterable[Option]) -> list[Evidence]:
        return [
            Evidence(o.fact, observe(self.candidate, o.fact, self.needs, self.catalog, self.today))
            for o in options
        ]

    def chance(self, option: Option, seen: Observation) -> Range:
        """Return how far an option holds: 1, 0, or its average where that is not known.

        A stale fact may have changed: its other end is the average.
        """
        average = self.average(option.fact)
        usual = (average.yes if option.is_ else average.no) if average else ZERO
        if seen.value is None:
            return Range(ZERO, usual, ONE)
        holds = ONE if seen.value is option.is_ else ZERO
        if not seen.stale:
            return Range.exactly(holds)
        return Range(min(holds, usual), holds, max(holds, usual))

    def average(self, key: str) -> AverageClaim | None:
        """Return how common a fact is; a way of doing an operation is no commoner than that."""
        claims = self.catalog.averages.claims
        if key.count(":") < 2:
            return claims.get(key)
        # Nothing else has a third word: `does:top-up:cash-agent`.
        _, operation, method = key.split(":")
        known = [claims.get(f"does:{operation}"), claims.get(f"funding:{method}")]
        found = [claim for claim in known if claim is not None]
        return min(found, key=lambda claim: claim.yes, default=None)

    def best_of(self, criterion: str, part: Part, share: Decimal) -> PartValue:
        evidence = self.look(part.best_of)
        worth = [
            self.chance(option, item.observation).times(option.value)
            for option, item in zip(part.best_of, evidence, strict=True)
        ]
        value = Range(
            max(item.low for item in worth),
            max(item.estimate for item in worth),
            max(item.high for item in worth),
        )
        known = any(item.observation.value is not None for item in evidence)
        return PartValue(
            criterion=criterion,
            part=part,
            value=value,
            share=share,
            known=ONE if known else ZERO,
            evidence=tuple(evidence),
        )

    def all_of(self, criterion: str, part: Part, share: Decimal) -> PartValue:
        evidence = self.look(part.all_of)
        total = Range(ZERO, ZERO, ZERO)
        known = ZERO
        chances = []
        for option, item in zip(part.all_of, evidence, strict=True):
            chance = self.chance(option, item.observation)
            total += chance.times(option.value)
            chances.append((option.value, chance.estimate))
            known += item.observation.value is not None
        estimate = total.estimate if total.high <= ONE else _expected(chances)
        low = min(total.low, ONE)
        value = Range(low, max(low, min(estimate, ONE)), min(total.high, ONE))
        return PartValue(
            criterion=criterion,
            part=part,
            value=value,
            share=share,
            known=known / len(evidence),
            evidence=tuple(evidence),
        )

    # Parts made of figures.

    def measured(self, criterion: str, part: Part, share: Decimal) -> PartValue:
        figure, known, facts = self.figure(part)
        ends = [on_curve(part.curve, at) for at in (figure.low, figure.estimate, figure.high)]
        value = Range(min(ends), ends[1], max(ends))
        return PartValue(
            criterion=criterion,
            part=part,
            value=value,
            share=share,
            known=known,
            lines=self.bill.lines if part.measure == "cost-percent" else (),
            facts=facts,
            # An incident does not get stale: it loses its weight with its age.
            stale_facts=tuple(
                (fact, source)
                for fact, source in facts
                if part.measure != "incident-weight" and self.is_stale(source)
            ),
            figure=figure,
        )

    def figure(
        self, part: Part
    ) -> tuple[Range, Decimal, tuple[tuple[Fact | FeeRule, Source], ...]]:
        """Return a part's figure, the share of it that is known, and the facts it rests on."""
        market, source_of = self.candidate.market, self.candidate.source_of
        ends = Range(part.curve[0].at, part.curve[0].at, part.curve[-1].at)
        if part.measure == "cost-percent":
            known = Decimal(sum(line.known for line in self.bill.lines))
            share = known / len(self.bill.lines) if self.bill.lines else ONE
            return self.bill.yearly.times(HUNDRED / self.bill.moved), share, ()
        average = self.catalog.averages.measures[part.measure or ""]
        if part.measure == "rating":
            if not market.ratings:
                return Range(ends.low, average, ends.high), ZERO, ()
            mean = sum((r.value for r in market.ratings), ZERO) / len(market.ratings)
            ratings = tuple((r, source_of(r)) for r in market.ratings)
            return self.aged(mean, average, ratings), ONE, ratings
        if part.measure == "reply-days":
            reply = market.support.reply
            if not reply:
                return Range(ends.low, average, ends.high), ZERO, ()
            # Five working days make a week.
            days = Decimal(reply.days) * 7 / 5 if reply.working else Decimal(reply.days)
            replies = ((reply, source_of(reply)),)
            return self.aged(days, average, replies), ONE, replies
        # Nothing on record is not a clean record: it counts as the average of those that have one,
        # and a record that is better than that counts no better.
        weight = incident_weight(market, self.catalog.criteria.settings, self.today)
        facts = tuple((item, source_of(item)) for item in market.incidents)
        if not facts:
            return Range(ZERO, average, ends.high), ZERO, ()
        return Range(weight, max(weight, average), max(ends.high, weight)), ONE, facts

    def aged(
        self, figure: Decimal, average: Decimal, facts: Sequence[tuple[Fact | FeeRule, Source]]
    ) -> Range:
        """Return a published figure; a stale one may have changed, its other end is the average."""
        if not any(self.is_stale(source) for _, source in facts):
            return Range.exactly(figure)
        return Range(min(figure, average), figure, max(figure, average))

    def is_stale(self, source: Source) -> bool:
        return is_stale(source, self.today, self.catalog.criteria.settings.stale_facts_months)

    # Parts made of what the person named.

    def of_needs(self, criterion: str, part: Part, share: Decimal) -> PartValue:
        keys = {
            "usages": [does_key(usage) for usage in self.needs.use],
            "methods": [f"funding:{method}" for method in self.needs.have],
            "wishes": list(self.needs.wish),
            "platform": [f"platform:{self.needs.platform}"],
        }[part.needs or ""]
        options = [Option(fact=key, value=ONE) for key in dict.fromkeys(keys)]
        evidence = self.look(options)
        worth = [
            self.chance(option, item.observation)
            for option, item in zip(options, evidence, strict=True)
        ]
        total = sum(worth, Range(ZERO, ZERO, ZERO)).times(ONE / len(worth))
        known = Decimal(sum(item.observation.value is not None for item in evidence))
        return PartValue(
            criterion=criterion,
            part=part,
            value=total,
            share=share,
            known=known / len(evidence),
            evidence=tuple(evidence),
        )


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


__all__ = [
    "CriterionValue",
    "Evidence",
    "PartValue",
    "evaluate",
    "incident_weight",
    "on_curve",
]
