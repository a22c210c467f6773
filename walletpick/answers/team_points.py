"""The points of a set of wallets, each of which gets some of the uses. Pure.

A set is scored as one wallet is. It costs what all its bills come to; every other part of a
criterion is worth what it is worth on the average of the uses that it is about, each by the wallet
that gets it: what goes wrong with a payment goes wrong where it was made. So a set of one has the
points of that wallet, and two that are alike have those of either.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cached_property

from walletpick.answers.team import Team
from walletpick.facts.model import Needs, Part
from walletpick.facts.money import HUNDRED, NOTHING, ZERO, Range
from walletpick.facts.periods import period_of
from walletpick.score.criteria import PartValue, Yardstick, measured_as
from walletpick.score.ranking import Place

_MONEY = "cost-percent"
# A wallet as it is judged for some of the uses, by their places in the needs.
Filled = tuple[Place, tuple[int, ...]]


class Scale:
    """Turns wallets that share out the uses of settled needs into points.

    `by` is the yardstick of all the uses, `kind` the kind of any wallet.
    """

    def __init__(self, needs: Needs, by: Yardstick, kind: str) -> None:
        self.needs = needs
        # The parts of each criterion that these needs ask of any kind of wallet.
        self._asked: dict[str, tuple[Part, ...]] = {
            name: (
                *(each.part for each in every.questions),
                *(each.part for each in every.unasked),
                *every.not_applying,
            )
            for name, every in by.asked(kind).items()
        }
        self._whole = range(len(needs.use))

    @cached_property
    def _whole_points(self) -> dict[str, Decimal]:
        return {name: sum((p.points for p in parts), ZERO) for name, parts in self._asked.items()}

    def most(self, place: Place, uses: Sequence[int]) -> Decimal:
        """Return the most points that a wallet with some of the uses can add, but for the cost.

        What does not apply to it leaves more room to the others, at most as if it had all of it.
        """
        points = ZERO
        for name, criterion in place.values.items():
            values = {part.part.id: part.value.estimate for part in criterion.parts}
            weight = self.needs.weights[name] * HUNDRED
            for part in self._asked[name]:
                if part.measure != _MONEY and (share := self._share(part, uses)):
                    full = weight * part.points / self._whole_points[name]
                    points += full * share * values.get(part.id, Decimal(1))
            if not self._asked[name]:
                points += weight * criterion.value.estimate * len(uses) / len(self.needs.use)
        return points

    def _about(self, part: Part, uses: Sequence[int]) -> int:
        """Return how many of some uses a part is about."""
        if not part.only_for:
            return len(uses)
        return sum(self.needs.use[number].operation in part.only_for for number in uses)

    def _share(self, part: Part, uses: Sequence[int]) -> Decimal:
        """Return the share of some uses among all that a part is about."""
        return Decimal(self._about(part, uses)) / self._about(part, self._whole)

    def values(self, filled: Sequence[Filled], year: Range) -> dict[str, Range]:
        """Return what each criterion is worth for a set that costs so much."""
        return {name: self._value(name, filled, year) for name in filled[0][0].values}

    def _value(self, name: str, filled: Sequence[Filled], year: Range) -> Range:
        parts: dict[str, tuple[PartValue, Range, int]] = {}
        for place, numbers in filled:
            for part in place.values[name].parts:
                about = self._about(part.part, numbers)
                _, total, uses = parts.get(part.part.id, (part, NOTHING, 0))
                parts[part.part.id] = part, total + part.value.times(about), uses + about
        if not parts:
            return filled[0][0].values[name].value
        points = sum((part.part.points for part, _, _ in parts.values()), ZERO)
        value = NOTHING
        for part, total, uses in parts.values():
            money = part.part.measure == _MONEY
            worth = self._by_money(part, year).value if money else total.times(Decimal(1) / uses)
            value += worth.times(part.part.points / points)
        return value

    def _by_money(self, part: PartValue, year: Range) -> PartValue:
        """Return a part that goes by the money that a year costs."""
        return measured_as(part, year.percent_of(self._moved))

    @cached_property
    def _moved(self) -> Decimal:
        """The money that all uses move in a year, or in the stay."""
        repeats = period_of(self.needs.for_).repeats
        return sum((usage.amount for usage in self.needs.use), ZERO) * repeats

    def money_points(self, place: Place, year: Range) -> Decimal:
        """Return the points for what a year costs."""
        points = ZERO
        for name, criterion in place.values.items():
            for part in criterion.parts:
                if part.part.measure == _MONEY:
                    full = self.needs.weights[name] * HUNDRED * part.part.points
                    worth = self._by_money(part, year).value.estimate
                    points += worth * full / self._whole_points[name]
        return points

    def points(self, values: Mapping[str, Range]) -> Range:
        weights = self.needs.weights
        spans = (value.times(weights[name] * HUNDRED) for name, value in values.items())
        return sum(spans, NOTHING)

    def variance(self, one: Team, other: Team, apart: tuple[Range, Range]) -> Decimal:
        """Return the variance of the points that one set has more than another.

        It is by what is not known; what both rest on alike makes no difference. `apart` is what
        each costs without what is the same in both.
        """
        variance = ZERO
        teams = one, other
        for team, rival in (teams, teams[::-1]):
            for member in team.members:
                twin = rival.twin(member.candidate)
                if twin and team is other:
                    continue
                for name, criterion in member.place.values.items():
                    weight = self.needs.weights[name] * HUNDRED
                    for part in criterion.parts:
                        if part.part.measure != _MONEY:
                            share = self._share(part.part, member.numbers)
                            share -= self._share(part.part, twin.numbers) if twin else ZERO
                            variance += part.variance * (weight * part.share * share) ** 2
        for name, criterion in one.members[0].place.values.items():
            for part in criterion.parts:
                if part.part.measure == _MONEY:
                    full = part.share * self.needs.weights[name] * HUNDRED
                    for team, open_ in zip(teams, apart, strict=True):
                        year = _around(team.year.total.estimate, open_)
                        variance += self._by_money(part, year).variance * full**2
        return variance


def _around(middle: Decimal, span: Range) -> Range:
    """Return a range that is as wide as another to each side of a figure."""
    return Range(middle - span.estimate + span.low, middle, middle - span.estimate + span.high)
