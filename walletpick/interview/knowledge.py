"""What is known of a person's weights after some replies: what is certain and what is likely. Pure.

The worth of an alternative is the sum of weight x value, as in `ranking`. A reply is a linear
inequality on the weights: whoever takes A and leaves B says that w . (A - B) >= 0.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import fsum
from operator import sub
from typing import Literal, TypeAlias

from msgspec import Struct, structs

from walletpick.interview.regions import SAME, Region, Vector, dot, drawn, part, simplex

Reply: TypeAlias = Literal["a", "b", "equal", "unknown"]
# Where the first of two alternatives is seen to be ahead of the second.
Seen: TypeAlias = Callable[[str, str], Sequence["Difference"]]

# So many lines for each draw tell how much a reply leaves of a region: of one that is all of the
# belief, and of one that is next to nothing of it.
_MOST_LINES, _LEAST_LINES = 4.0, 0.06
# Of a criterion that hardly weighs anything, the walk would not leave 0.
_LEAST_POWER = 0.3


class Settings(Struct, frozen=True, kw_only=True):
    """How to ask. Shares are of 1."""

    # Questions asked at most; "cannot say" counts.
    max_questions: int = 6
    # Stop when the average loss is under this share of the range from the worst to the best. At
    # 0.005 the benchmark asks 0.5 to 1 questions fewer and misses its aim of 95 % best found.
    small_loss: float = 0.002
    # How often a reply is taken to be wrong.
    error_rate: float = 0.02
    # "About equal" means that neither side is worth more than this many times the other.
    equal_within: float = 1.25
    # As much, for a thing and the sum that somebody would pay for it.
    price_within: float = 1.5
    # The most criteria in which the options of a trade differ.
    most_criteria: int = 3
    # How much more a question must tell for each criterion beyond two.
    criterion_price: float = 0.1
    # How many questions, the last ones, may set two wallets against each other as they are.
    whole_choices: int = 3
    # Differences in value below this are not put to a person.
    noticeable: float = 0.02
    # Weights drawn.
    draws: int = 1000
    # How near to the usual weights a person's are, where these are told: as if each of so many
    # people before had cared for one criterion alone, and so often for each as it usually weighs.
    nearness: float = 16
    # Questions asked at least, where any tells something: few people are like most.
    min_questions: int = 2
    # The furthest from even, at the weights believed in, that the sides of a trade may be.
    most_uneven: float = 2.0


class Difference(Struct, frozen=True):
    """One criterion in which two options differ: from value `worse` to value `better`, 0 to 1.

    `facts` are what a person reads it to be about, with all that follows from that.
    """

    criterion: str
    worse: float
    better: float
    facts: frozenset[str] = frozenset()

    @property
    def amount(self) -> float:
        """How much in value, more than 0 and at most 1."""
        return self.better - self.worse


class Question(Struct, frozen=True, kw_only=True):
    """Two options, A and B. A is better in `gains`, B in `losses`; else they are alike.

    `a` and `b` are the alternatives that the differences lie between. With `whole` the options are
    these two as they are, and every criterion in which they differ is named. Of a `priced` question
    the losses are what the person would pay for the gains: none until there is a reply.
    """

    a: str
    b: str
    gains: tuple[Difference, ...]
    losses: tuple[Difference, ...]
    whole: bool = False
    priced: bool = False

    @property
    def criteria(self) -> tuple[str, ...]:
        """The criteria traded, those of A first."""
        return tuple(item.criterion for item in (*self.gains, *self.losses))


class Answer(Struct, frozen=True):
    """A question and its reply: "a" or "b" is taken, "equal", or "unknown" (cannot say)."""

    question: Question
    reply: Reply


@dataclass(frozen=True, eq=False)
class Knowledge:
    """What is known of a person's weights after some answers. Made by `begin` and `learn`.

    `names` are the alternatives that no other one beats or equals in all criteria, and `values`
    theirs by criterion; `all_values` are those of all that were given. Questions are made of what
    is `seen`, of all differences in value where that is None.
    """

    settings: Settings
    criteria: tuple[str, ...]
    names: tuple[str, ...]
    values: tuple[Vector, ...]
    all_values: tuple[Vector, ...]
    regions: tuple[Region, ...]
    answers: tuple[Answer, ...] = ()
    seen: Seen | None = None
    # What the criteria weigh for most people; None where nothing is known of that.
    usual: Mapping[str, float] | None = None

    @cached_property
    def agreeing(self) -> tuple[Region, ...]:
        """The set: the regions with the fewest slips. Without contradictions it is a single one."""
        fewest = min(region.slips for region in self.regions)
        return tuple(region for region in self.regions if region.slips == fewest)

    @cached_property
    def corners(self) -> list[Vector]:
        """The corners of the set."""
        return [corner[: region.size] for region in self.agreeing for corner in region.corners]

    @cached_property
    def mean_weights(self) -> dict[str, float]:
        """The mean of the belief, which puts the recommended alternative first; it sums to 1.

        If no weights of the set put the same one first, replies speak against it: then the mean of
        the set.
        """
        inside = drawn(self.agreeing, self.settings.draws)
        mean = _mean(self.draws)
        best = self.first_at(mean)
        if all(self.first_at(point) != best for point in inside):
            mean = _mean(inside)
        return dict(zip(self.criteria, mean, strict=True))

    @cached_property
    def chosen(self) -> int:
        """The number of the recommended alternative."""
        return self.first_at(tuple(self.mean_weights.values()))

    def first_at(self, weights: Vector) -> int:
        """Return the number of the alternative that is best under some weights."""
        return _largest([dot(row, weights) for row in self.values])

    @property
    def best(self) -> str:
        """The recommended alternative: the one with the smallest average loss."""
        return self.names[self.chosen]

    @cached_property
    def draws(self) -> list[Vector]:
        """Weights drawn from the belief; those with the same best alternative stand together."""
        draws = drawn(self.regions, self.settings.draws)
        return sorted(draws, key=self.first_at)

    @cached_property
    def weights(self) -> dict[str, Vector]:
        """The drawn weights of each criterion."""
        return dict(zip(self.criteria, zip(*self.draws, strict=True), strict=True))

    @cached_property
    def worth(self) -> list[list[float]]:
        """The worth of each alternative under each drawn weight."""
        return _worth(self.values, self.draws)

    @cached_property
    def wins(self) -> list[int]:
        """Under how many of the drawn weights each alternative is the best."""
        counts = Counter(_largest(worth) for worth in zip(*self.worth, strict=True))
        return [counts[number] for number in range(len(self.names))]

    @cached_property
    def possible(self) -> list[int]:
        """The alternatives that no other one beats under all weights of the set, likeliest first.

        Any of them can still be best.
        """
        worth = _worth(self.values, self.corners)

        def beaten(ours: list[float], theirs: list[float]) -> bool:
            return all(more - less > SAME for more, less in zip(theirs, ours, strict=True))

        possible = [
            number
            for number, ours in enumerate(worth)
            if not any(beaten(ours, theirs) for theirs in worth)
        ]
        return sorted(possible, key=lambda number: -self.wins[number])

    @cached_property
    def worst_loss(self) -> float:
        """The most that the recommended one lacks under any weights of the set, in value."""
        worth = _worth(self.values, self.corners)
        losses: list[float] = list(map(sub, map(max, zip(*worth, strict=True)), worth[self.chosen]))
        return max(losses)

    @cached_property
    def loss(self) -> float:
        """The average of what the recommended one lacks to the best.

        It is a share (0 to 1) of the range between the worst and the best alternative.
        """
        everything = zip(*_worth(self.all_values, self.draws), strict=True)
        losses = (
            max(0.0, max(worth) - ours) / max(max(worth) - min(worth), SAME)
            for worth, ours in zip(everything, self.worth[self.chosen], strict=True)
        )
        return fsum(losses) / len(self.draws)


def begin(
    table: Mapping[str, Mapping[str, float]],
    settings: Settings | None = None,
    seen: Seen | None = None,
    usual: Mapping[str, float] | None = None,
) -> Knowledge:
    """Return what is known before the first question: nothing but what is `usual`.

    `table` holds the value (0 to 1) of each alternative by criterion; all alternatives have the
    same criteria. Of alternatives that are alike the first counts. `usual` are weights that sum to
    1: those near them are likelier (Dirichlet's distribution about them); without, all are as
    likely. Raises ValueError when there is no alternative.
    """
    if not table:
        raise ValueError("no alternative")
    criteria = tuple(next(iter(table.values())))
    rows = {
        name: tuple(float(row[criterion]) for criterion in criteria) for name, row in table.items()
    }
    kept = _undominated(rows)
    settings = settings or Settings()
    return Knowledge(
        settings=settings,
        criteria=criteria,
        names=tuple(kept),
        values=tuple(kept.values()),
        all_values=tuple(rows.values()),
        regions=(simplex(len(criteria), _pull(criteria, usual, settings)),),
        seen=seen,
        usual=usual,
    )


def learn(knowledge: Knowledge, question: Question, reply: Reply) -> Knowledge:
    """Return what is known after one more reply. It depends on the table and the answers alone.

    A reply that is as often wrong as right tells nothing. So one that is wrong with probability e
    is such a slip with probability 2e, and holds otherwise.
    """
    settings = knowledge.settings
    answers = (*knowledge.answers, Answer(question, reply))
    regions = list(knowledge.regions)
    within = settings.price_within if question.priced else settings.equal_within
    if knowledge.usual and reply == "equal" and not question.priced:
        # "About equal" is also what is said without much thought: it may not speak against what is
        # believed in so far.
        within = max(within, unevenness(question, knowledge.mean_weights) + SAME)
    if cuts := _cuts(answers[-1], knowledge.criteria, within):
        odds = max(settings.error_rate, 1e-6) / (1 - 2 * settings.error_rate)
        slips = [
            structs.replace(one, slips=one.slips + 1, likelihood=one.likelihood * odds)
            for one in regions
        ]
        total = fsum(one.likelihood for one in regions)

        def left(one: Region) -> Region | None:
            lines = _LEAST_LINES + _MOST_LINES * one.likelihood / total
            return part(one, cuts, round(settings.draws * lines))

        regions = [*filter(None, map(left, regions)), *slips]
    return replace(knowledge, answers=answers, regions=tuple(regions))


def unevenness(question: Question, weights: Mapping[str, float]) -> float:
    """Return how many times more one side of a question is worth than the other, 1 or more."""
    sides = [
        fsum(item.amount * weights[item.criterion] for item in side)
        for side in (question.gains, question.losses)
    ]
    return max(sides) / max(min(sides), SAME)


def _pull(criteria: Sequence[str], usual: Mapping[str, float] | None, settings: Settings) -> Vector:
    """Return the powers of the weights that make those near the usual ones likelier."""
    if not usual:
        return ()
    return tuple(
        max(settings.nearness * usual.get(name, 0.0), _LEAST_POWER) - 1 for name in criteria
    )


def _undominated(rows: Mapping[str, Vector]) -> dict[str, Vector]:
    """Return the rows that no other one reaches or beats in all columns; of equals the first."""

    def reaches(one: Vector, other: Vector) -> bool:
        return all(ours >= theirs - SAME for ours, theirs in zip(one, other, strict=True))

    kept: dict[str, Vector] = {}
    for name, row in rows.items():
        beaten = any(reaches(other, row) and not reaches(row, other) for other in rows.values())
        if not beaten and not any(reaches(other, row) for other in kept.values()):
            kept[name] = row
    return kept


def _cuts(answer: Answer, criteria: Sequence[str], equal_within: float) -> list[Vector]:
    """Return the inequalities (r, meaning r . w >= 0) that an answer puts on the weights."""
    gain, loss = (
        [fsum(item.amount for item in side if item.criterion == name) for name in criteria]
        for side in (answer.question.gains, answer.question.losses)
    )
    ratio = equal_within if answer.reply == "equal" else 1.0
    for_a = tuple(ratio * more - less for more, less in zip(gain, loss, strict=True))
    for_b = tuple(ratio * more - less for more, less in zip(loss, gain, strict=True))
    return {"a": [for_a], "b": [for_b], "equal": [for_a, for_b], "unknown": []}[answer.reply]


def _worth(rows: Sequence[Vector], weights: Sequence[Vector]) -> list[list[float]]:
    """Return the worth of each row of values under each of the weights."""
    return [[dot(row, point) for point in weights] for row in rows]


def _mean(points: Sequence[Vector]) -> Vector:
    return tuple(fsum(column) / len(points) for column in zip(*points, strict=True))


def _largest(worth: Sequence[float]) -> int:
    """Return the number of the largest; of those that only rounding sets apart the first."""
    limit = max(worth) - 1e-12
    return next(number for number, value in enumerate(worth) if value >= limit)
