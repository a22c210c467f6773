"""Learning a person's weights by a few concrete questions. Pure: no clock, no input or output.

The model is the additive one of `ranking`: the worth of an alternative is the sum of weight x
value, values 0 to 1, weights not negative and summing to 1 (Keeney and Raiffa 1976). Weights are
not asked for. What is asked is which of two things the person would take, and each reply is a
linear inequality on the weights: whoever takes A says that w . (A - B) >= 0.

**What is known** is kept in two ways.

- The *set* of all weights that agree with the replies, exactly, as the corners of a polytope
  (the double description method of Motzkin and others 1953; eight criteria and a dozen cuts make a
  few hundred corners, so no linear program is needed). Everything said "for certain" comes from
  it: an alternative is out of play when another is worth more under *every* weight of the set (the
  necessary preference of robust ordinal regression: Greco, Mousseau and Slowinski 2008, EJOR 191),
  and the worst loss of an alternative is the most it can lack under *any* weight of the set (the
  maximum regret of Boutilier, Patrascu, Poupart and Schuurmans 2006, Artificial Intelligence 170).
  Replies that contradict each other leave the set empty; then it is the union of what agrees with
  all but the fewest of them.
- A *belief*: weights drawn from the same replies under a likelihood that lets each of them be
  wrong with probability `Settings.error_rate`, so one slip bends the belief and does not break it.
  Before the first reply all weights are equally likely (the uniform distribution on the simplex).
  Redrawn after every reply by hit-and-run (Smith 1984, Operations Research 32), whose steps along
  a line are drawn exactly, for on a line the likelihood is a step function.

**The recommendation** is the alternative with the smallest average loss over the belief. Worth is
linear in the weights, so that is the first place at the mean weights (`mean_weights`): saved with
the needs, those weights make the ordinary ranking put the same wallet first, and there is no
second way to score. The smallest worst loss is offered as a figure and not followed: in
`benchmarks/interview.py` it finds the truly best less often and loses more after the same answers.

**The next question** is the one expected to tell most about which alternative is best (the mutual
information between the reply and the first place), and for the last question allowed, where
nothing can be asked afterwards, the one expected to leave the smallest average loss (expected value
of information: Chajewska, Koller and Parr 2000, AAAI). Looking one step ahead by loss alone is
short-sighted: early on often no single reply changes the first place, though three together do.
Questions are trades in the manner of FITradeoff (de Almeida, Almeida, Costa and
Almeida-Filho 2016, EJOR 250): two options alike but for two or three criteria, the differences
being those between two wallets in play. When two alternatives remain, or for the last
`Settings.whole_choices` questions, the two options may be real wallets as they are (holistic
comparison beside decomposition, as in later FITradeoff: de Almeida, Frej and Roselli 2021, CEJOR
29). Without those the aim of the benchmark is out of reach: a trade of three criteria cuts across
the border between two wallets that differ in eight, and six such cuts do not settle it.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, TypeAlias

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]
Bools: TypeAlias = NDArray[np.bool_]
Indices: TypeAlias = NDArray[np.intp]
Reply = Literal["a", "b", "equal", "unknown"]

# Values nearer than this are the same: they come from sums of decimals.
_SAME = 1e-9
# Steps of the random walk after each reply; it starts from draws that are nearly right.
_STEPS = 8
# Wallets most likely to be best, whose differences questions are made of.
_FRONT = 12
# Of these, the ones whose differences also make trades of three criteria.
_NEAR = 6
# Questions looked at closely, after a first look with one in so many of the draws.
_SHORTLIST = 60
_STRIDE = 4
# Below this, in nats, a reply tells nothing that is worth asking for.
_NOTHING = 1e-4


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
    # The most criteria in which the options of a trade differ.
    most_criteria: int = 3
    # How much more a question must tell for each criterion beyond two.
    criterion_price: float = 0.1
    # How many questions, the last ones, may set two wallets against each other as they are.
    whole_choices: int = 3
    # Differences in value below this are not put to a person.
    noticeable: float = 0.02
    # Weights drawn.
    draws: int = 2000
    seed: int = 1


class Difference(Struct, frozen=True):
    """One criterion in which two options differ: from value `worse` to value `better`, 0 to 1."""

    criterion: str
    worse: float
    better: float

    @property
    def amount(self) -> float:
        """How much in value, more than 0 and at most 1."""
        return self.better - self.worse


class Question(Struct, frozen=True, kw_only=True):
    """Two options, A and B. A is better in `gains`, B in `losses`; else they are alike.

    `a` and `b` are the alternatives that the differences lie between. With `whole` the options are
    these two as they are, and every criterion in which they differ is named.
    """

    a: str
    b: str
    gains: tuple[Difference, ...]
    losses: tuple[Difference, ...]
    whole: bool = False

    @property
    def criteria(self) -> tuple[str, ...]:
        """The criteria traded, those of A first."""
        return tuple(item.criterion for item in (*self.gains, *self.losses))


class Answer(Struct, frozen=True):
    """A question and its reply: "a" or "b" is taken, "equal", or "unknown" (cannot say)."""

    question: Question
    reply: Reply


class Recommendation(Struct, frozen=True, kw_only=True):
    """The alternative with the smallest average loss, and how sure that is.

    `loss` is the average of what it lacks to the best, as a share (0 to 1) of the range between
    the worst and the best alternative. `worst_loss` is the most it can lack under any weights that
    agree with the replies, in value (0 to 1). `chance` is the belief (0 to 1) that it is the best.
    `in_play` are the alternatives that can still be best, the likeliest first.
    """

    name: str
    loss: float
    worst_loss: float
    chance: float
    in_play: tuple[str, ...]


class Stop(Struct, frozen=True):
    """Why there is nothing more to ask.

    - "settled": no weights that agree with the replies put another alternative first, so nothing
      that could still be answered would change the first place
    - "small-loss": the average loss is under `Settings.small_loss`
    - "max-questions": `Settings.max_questions` have been asked
    - "nothing-to-ask": no question is left that would tell anything
    """

    reason: Literal["settled", "small-loss", "max-questions", "nothing-to-ask"]


@dataclass(frozen=True, eq=False)
class Knowledge:
    """What is known of a person's weights after some answers. Made by `begin` and `learn`.

    `criteria` are those in which the alternatives differ; `names` the alternatives that no other
    one beats or equals in all of them.
    """

    settings: Settings
    all_criteria: tuple[str, ...]
    criteria: tuple[str, ...]
    names: tuple[str, ...]
    answers: tuple[Answer, ...]
    # Value of each name (row) by criterion (column); the same of all that were given.
    values: Floats
    all_values: Floats
    # Weights drawn from the belief, one a row.
    draws: Floats
    # Corners of the set of weights that agree with the replies, one a row.
    corners: Floats
    # Whether some replies had to be set aside because they contradict the others.
    contradictory: bool
    # Dirichlet parameters of the belief before the first reply.
    prior: Floats

    @cached_property
    def worth(self) -> Floats:
        """The worth of each alternative (column) under each drawn weight (row)."""
        return self.draws @ self.values.T

    @cached_property
    def first(self) -> Indices:
        """The number of the best alternative under each drawn weight."""
        return np.asarray(np.argmax(self.worth.round(12), axis=1))

    @cached_property
    def chances(self) -> Floats:
        """The belief that each alternative is the best."""
        return np.bincount(self.first, minlength=len(self.names)) / len(self.draws)

    @cached_property
    def chosen(self) -> int:
        """The number of the recommended alternative."""
        return int(np.argmax(self.worth.mean(axis=0).round(12)))

    @cached_property
    def possible(self) -> tuple[int, ...]:
        """The alternatives that no other one beats under all weights of the set, in their order."""
        worth = self.corners @ self.values.T
        count = len(self.names)
        return tuple(
            one
            for one in range(count)
            if not (np.delete(worth - worth[:, [one]], one, axis=1).min(axis=0) > _SAME).any()
        )

    @cached_property
    def worst_loss(self) -> float:
        """The most that the recommended alternative lacks under any weights of the set."""
        worth = self.corners @ self.values.T
        return max(0.0, float((worth.max(axis=1) - worth[:, self.chosen]).max()))

    @cached_property
    def loss(self) -> float:
        """The average loss of the recommended alternative, as a share of the range of worth."""
        everything = self.draws @ self.all_values.T
        best = everything.max(axis=1)
        spread = np.maximum(best - everything.min(axis=1), _SAME)
        return max(0.0, float(((best - self.worth[:, self.chosen]) / spread).mean()))

    @cached_property
    def asked(self) -> Question | None:
        """The next question, whether or not it is time to stop."""
        return _best_question(self)


def begin(
    table: Mapping[str, Mapping[str, float]],
    settings: Settings | None = None,
    *,
    centre: Mapping[str, float] | None = None,
    centre_strength: float = 10.0,
) -> Knowledge:
    """Return what is known before the first question: nothing, unless a centre is given.

    `table` holds the value (0 to 1) of each alternative by criterion; all alternatives have the
    same criteria. Of alternatives that are alike the first counts. `centre` are weights that the
    person is known to be near (not negative, any sum); they count like a Dirichlet distribution
    with `centre_strength` added to the uniform one. Raises ValueError when there is no alternative.
    """
    settings = settings or Settings()
    if not table:
        raise ValueError("there is no alternative to choose from")
    all_criteria = tuple(next(iter(table.values())))
    everything = np.array(
        [[float(row[name]) for name in all_criteria] for row in table.values()], dtype=np.float64
    ).reshape(len(table), len(all_criteria))
    differing = [
        number for number in range(len(all_criteria)) if np.ptp(everything[:, number]) > _SAME
    ]
    everything = everything[:, differing]
    names = list(table)
    kept = _undominated(everything)
    prior = np.ones(len(differing))
    if centre is not None and differing:
        stated = np.array([max(0.0, float(centre.get(all_criteria[n], 0))) for n in differing])
        if stated.sum() > 0:
            prior = prior + centre_strength * stated / stated.sum()
    random = np.random.default_rng([settings.seed, 0])
    drawn = random.standard_gamma(prior, size=(settings.draws, len(differing)))
    return Knowledge(
        settings=settings,
        all_criteria=all_criteria,
        criteria=tuple(all_criteria[n] for n in differing),
        names=tuple(names[n] for n in kept),
        answers=(),
        values=everything[kept],
        all_values=everything,
        draws=drawn / np.maximum(drawn.sum(axis=1, keepdims=True), 1e-300),
        # Without any criterion there is one way to weigh: not at all.
        corners=np.eye(len(differing)) if differing else np.zeros((1, 0)),
        contradictory=False,
        prior=prior,
    )


def learn(knowledge: Knowledge, question: Question, reply: Reply) -> Knowledge:
    """Return what is known after one more reply. It depends on the table and the answers alone."""
    answers = (*knowledge.answers, Answer(question, reply))
    corners, contradictory = knowledge.corners, knowledge.contradictory
    draws = knowledge.draws
    if reply != "unknown" and knowledge.criteria:
        corners, contradictory = _agreeing(
            answers, knowledge.criteria, knowledge.settings.equal_within
        )
        draws = _redrawn(knowledge, answers)
    return Knowledge(
        settings=knowledge.settings,
        all_criteria=knowledge.all_criteria,
        criteria=knowledge.criteria,
        names=knowledge.names,
        answers=answers,
        values=knowledge.values,
        all_values=knowledge.all_values,
        draws=draws,
        corners=corners,
        contradictory=contradictory,
        prior=knowledge.prior,
    )


def replay(knowledge: Knowledge, answers: Sequence[Answer]) -> Knowledge:
    """Return what is known after several answers: for going back, changing one, and resuming."""
    for answer in answers:
        knowledge = learn(knowledge, answer.question, answer.reply)
    return knowledge


def done(knowledge: Knowledge) -> Stop | None:
    """Return why to stop asking, or None while a question is worth its while."""
    if knowledge.worst_loss <= _SAME:
        return Stop("settled")
    if knowledge.loss < knowledge.settings.small_loss:
        return Stop("small-loss")
    if len(knowledge.answers) >= knowledge.settings.max_questions:
        return Stop("max-questions")
    if knowledge.asked is None:
        return Stop("nothing-to-ask")
    return None


def next_question(knowledge: Knowledge) -> Question | None:
    """Return the question that can still change the answer most, or None when `done`."""
    return None if done(knowledge) else knowledge.asked


def recommend(knowledge: Knowledge) -> Recommendation:
    """Return the alternative with the smallest average loss."""
    chances = knowledge.chances
    in_play = sorted(knowledge.possible, key=lambda n: (-chances[n], n))
    return Recommendation(
        name=knowledge.names[knowledge.chosen],
        loss=knowledge.loss,
        worst_loss=knowledge.worst_loss,
        chance=float(chances[knowledge.chosen]),
        in_play=tuple(knowledge.names[n] for n in in_play),
    )


def mean_weights(knowledge: Knowledge) -> dict[str, float]:
    """Return the average weights, which put the recommended alternative first; they sum to 1.

    A criterion in which the alternatives do not differ has not been learned about: it has the
    average weight, which moves no alternative past another.
    """
    total = len(knowledge.all_criteria)
    if not total:
        return {}
    found = dict.fromkeys(knowledge.all_criteria, 1 / total)
    share = len(knowledge.criteria) / total
    for name, weight in zip(knowledge.criteria, knowledge.draws.mean(axis=0), strict=True):
        found[name] = float(weight) * share
    return found


def trade_value(question: Question, weights: Mapping[str, float]) -> tuple[float, float]:
    """Return what a question's gains and what its losses are worth under some weights."""
    return (
        sum(weights[item.criterion] * item.amount for item in question.gains),
        sum(weights[item.criterion] * item.amount for item in question.losses),
    )


# The table.


def _undominated(values: Floats) -> list[int]:
    """Return the rows that no other one reaches or beats in all columns; of equals the first."""
    kept = []
    for one, row in enumerate(values):
        reached = (values >= row - _SAME).all(axis=1)
        beaten = reached & (values > row + _SAME).any(axis=1)
        alike = reached & ~beaten
        if not beaten.any() and not alike[:one].any():
            kept.append(one)
    return kept


# The set: corners of a polytope.


def _cuts(answer: Answer, criteria: Sequence[str], equal_within: float) -> Floats:
    """Return the inequalities (rows r, meaning r . w >= 0) that an answer puts on the weights."""
    gain, loss = np.zeros(len(criteria)), np.zeros(len(criteria))
    for side, items in ((gain, answer.question.gains), (loss, answer.question.losses)):
        for item in items:
            if item.criterion in criteria:
                side[criteria.index(item.criterion)] = item.amount
    rows = {
        "a": [gain - loss],
        "b": [loss - gain],
        "equal": [equal_within * gain - loss, equal_within * loss - gain],
        "unknown": [],
    }[answer.reply]
    return np.array(rows, dtype=np.float64).reshape(len(rows), len(criteria))


def _agreeing(
    answers: Sequence[Answer], criteria: Sequence[str], equal_within: float
) -> tuple[Floats, bool]:
    """Return the corners of what agrees with the most answers, and whether some had to give way."""
    cuts = [_cuts(answer, criteria, equal_within) for answer in answers]
    said = [rows for rows in cuts if len(rows)]
    for number in range(len(said) + 1):
        found = []
        for out in itertools.combinations(range(len(said)), number):
            kept = [rows for place, rows in enumerate(said) if place not in out]
            corners = _corners(np.concatenate(kept) if kept else np.zeros((0, len(criteria))))
            if corners is not None:
                found.append(corners)
        if found:
            return np.concatenate(found), number > 0
    raise AssertionError("the simplex is never empty")


def _corners(cuts: Floats) -> Floats | None:
    """Return the corners of the part of the simplex inside all cuts, or None when it is empty.

    A part without an inside (all on the cut) counts as empty, but for a simplex of one corner. The
    double description method (Motzkin et al. 1953; Fukuda and Prodon 1996): each cut keeps the
    corners inside it, and makes one of each edge that it crosses.
    """
    size = cuts.shape[1]
    corners = rows = np.eye(size)
    for cut in cuts:
        scale = np.abs(cut).max()
        if scale <= _SAME:
            continue
        side = corners @ (cut / scale)
        inside, outside = side > 1e-10, side < -1e-10
        if not inside.any():
            return None
        near, far = _edges(corners, rows, inside, outside)
        high, low = side[near][:, None], side[far][:, None]
        mixed = (high * corners[far] - low * corners[near]) / (high - low)
        corners = np.concatenate([corners[~outside], mixed])
        rows = np.concatenate([rows, cut[None, :] / scale])
        _, first = np.unique(corners.round(11), axis=0, return_index=True)
        corners = corners[np.sort(first)]
    return corners


def _edges(corners: Floats, rows: Floats, inside: Bools, outside: Bools) -> tuple[Indices, Indices]:
    """Return the pairs of corners, one inside a cut and one outside, that an edge joins.

    An edge joins two corners when no third one lies on all the sides (`rows`) on which both lie.
    Many cuts go through the same corners, so to count the sides is not enough.
    """
    tight = (np.abs(corners @ rows.T) <= 1e-9).astype(np.float64)
    one, other = np.nonzero(inside)[0], np.nonzero(outside)[0]
    shared = tight[one] @ tight[other].T >= corners.shape[1] - 2
    pairs = np.nonzero(shared)
    near, far = one[pairs[0]], other[pairs[1]]
    both = tight[near] * tight[far]
    joined = (both @ tight.T >= both.sum(axis=1)[:, None]).sum(axis=1) == 2
    return near[joined], far[joined]


# The belief: weights drawn.


def _redrawn(knowledge: Knowledge, answers: Sequence[Answer]) -> Floats:
    """Return weights drawn from the belief after the answers, the last of which is new."""
    settings = knowledge.settings
    cuts = [_cuts(answer, knowledge.criteria, settings.equal_within) for answer in answers]
    random = np.random.default_rng([settings.seed, len(answers)])
    draws = knowledge.draws
    odds = max(settings.error_rate, 1e-6) / (1 - settings.error_rate)
    agrees = (draws @ cuts[-1].T >= 0).all(axis=1)
    chance = np.where(agrees, 1.0, odds)
    # Systematic resampling (Kitagawa 1996): one random number for all.
    steps = (random.random() + np.arange(len(draws))) / len(draws)
    picked = np.searchsorted(np.cumsum(chance / chance.sum()), steps)
    draws = draws[np.minimum(picked, len(draws) - 1)]
    rows = np.concatenate(cuts)
    for _ in range(_STEPS):
        draws = _step(draws, rows, knowledge.prior, odds, random)
    return draws


def _step(
    draws: Floats, rows: Floats, prior: Floats, odds: float, random: np.random.Generator
) -> Floats:
    """Return each weight vector moved along a random line through it: one hit-and-run step.

    The likelihood is `odds` to the power of the inequalities that fail; those of one "equal" never
    fail together.
    """
    count, size = draws.shape
    if size < 2:
        return draws
    way = random.standard_normal((count, size))
    way -= way.mean(axis=1, keepdims=True)
    way /= np.maximum(np.sqrt((way**2).sum(axis=1, keepdims=True)), 1e-300)
    with np.errstate(divide="ignore", invalid="ignore"):
        reach = -draws / way
    low = np.minimum(np.where(way > 0, reach, -np.inf).max(axis=1), 0.0)[:, None]
    high = np.maximum(np.where(way < 0, reach, np.inf).min(axis=1), 0.0)[:, None]
    # Where the line crosses each cut, and how many inequalities fail in each piece of it.
    start, slope = draws @ rows.T, way @ rows.T
    slope = np.where(np.abs(slope) < 1e-15, 1e-15, slope)
    crossing = np.clip(-start / slope, low, high)
    order = np.argsort(crossing, axis=1)
    crossing = np.take_along_axis(crossing, order, axis=1)
    turn = np.take_along_axis(np.where(slope > 0, -1, 1), order, axis=1)
    at_low = (start + low * slope < 0).sum(axis=1, keepdims=True)
    # A cut that the line meets outside its ends is clipped to one: its piece has no length.
    at_low += ((-start / slope < low) & (slope > 0)).sum(axis=1, keepdims=True)
    at_low -= ((-start / slope < low) & (slope < 0)).sum(axis=1, keepdims=True)
    fails = np.concatenate([at_low, at_low + np.cumsum(turn, axis=1)], axis=1)
    ends = np.concatenate([low, crossing, high], axis=1)
    mass = np.cumsum((ends[:, 1:] - ends[:, :-1]) * odds**fails, axis=1)
    aim = random.random(count) * mass[:, -1]
    piece = np.minimum((mass < aim[:, None]).sum(axis=1), fails.shape[1] - 1)
    line = np.arange(count)
    at = ends[line, piece] + random.random(count) * (ends[line, piece + 1] - ends[line, piece])
    moved: Floats = np.maximum(draws + at[:, None] * way, 0.0)
    moved /= moved.sum(axis=1, keepdims=True)
    if (prior == 1).all():
        return moved
    ratio = np.maximum(moved, 1e-300) / np.maximum(draws, 1e-300)
    accept = np.log(np.maximum(random.random(count), 1e-300)) < np.log(ratio) @ (prior - 1)
    return np.asarray(np.where(accept[:, None], moved, draws))


# The next question.


class _Option(Struct, frozen=True):
    """A question by numbers: rows of the table, and columns in which the options differ."""

    a: int
    b: int
    columns: tuple[int, ...]
    whole: bool


def _best_question(knowledge: Knowledge) -> Question | None:
    """Return the question that tells most, or None when none tells anything."""
    settings = knowledge.settings
    left = settings.max_questions - len(knowledge.answers)
    chances, alive = knowledge.chances, knowledge.possible
    ranked = sorted(alive, key=lambda n: (-chances[n], n))
    front = sorted(ranked[:_FRONT])
    settling = len(front) == 2 or left <= settings.whole_choices
    near = {*ranked[:_NEAR]} if settings.most_criteria > 2 else set()
    trades = [
        option
        for a, b in itertools.combinations(front, 2)
        for option in _trades(knowledge, a, b, three=a in near and b in near)
    ]
    whole = [_whole(knowledge, a, b) for a, b in itertools.combinations(front, 2)]
    if not settings.whole_choices:
        whole = []
    # Where no trade tells anything, a whole choice still may.
    for options in (trades + whole if settling else trades, whole):
        options = _unasked(knowledge, options)
        best = _most_telling(knowledge, options, left) if options else None
        if best is not None:
            return _question(knowledge, best)
    return None


def _trades(knowledge: Knowledge, a: int, b: int, *, three: bool) -> list[_Option]:
    """Return the trades of two or three criteria that lie in the differences of two rows."""
    difference = knowledge.values[a] - knowledge.values[b]
    least = knowledge.settings.noticeable
    better = np.flatnonzero(difference >= least).tolist()
    worse = np.flatnonzero(difference <= -least).tolist()
    found: list[tuple[int, ...]] = list(itertools.product(better, worse))
    if three:
        found += [(*two, one) for two in itertools.combinations(better, 2) for one in worse]
        found += [(one, *two) for one in better for two in itertools.combinations(worse, 2)]
    return [_Option(a, b, columns, False) for columns in found]


def _whole(knowledge: Knowledge, a: int, b: int) -> _Option:
    """Return the choice between two rows as they are."""
    difference = np.abs(knowledge.values[a] - knowledge.values[b])
    return _Option(a, b, tuple(np.flatnonzero(difference > _SAME).tolist()), True)


def _unasked(knowledge: Knowledge, options: Sequence[_Option]) -> list[_Option]:
    """Return the options not asked before, nor on criteria the person could not weigh up."""
    asked = {
        (item.question.a, item.question.b, frozenset(item.question.criteria))
        for item in knowledge.answers
    }
    unclear = {
        frozenset(item.question.criteria)
        for item in knowledge.answers
        if item.reply == "unknown" and not item.question.whole
    }
    found = []
    for option in options:
        criteria = frozenset(knowledge.criteria[column] for column in option.columns)
        key = (knowledge.names[option.a], knowledge.names[option.b], criteria)
        if key not in asked and (option.whole or criteria not in unclear):
            found.append(option)
    return found


def _most_telling(knowledge: Knowledge, options: Sequence[_Option], left: int) -> _Option | None:
    """Return the option expected to tell most when `left` questions may be asked, or None."""
    settings, values = knowledge.settings, knowledge.values
    ways = np.zeros((len(options), values.shape[1]))
    for row, option in enumerate(options):
        columns = list(option.columns)
        ways[row, columns] = values[option.a, columns] - values[option.b, columns]
    price = np.array([_price(option, settings) for option in options])
    picked = np.arange(len(options))
    if len(options) > _SHORTLIST:
        # A first look with every few draws leaves the best few dozen.
        rough = _told(knowledge, ways, slice(None, None, _STRIDE)) * price
        rough += 9.0 * np.array([option.whole for option in options])
        picked = np.sort(np.argsort(-rough.round(9), kind="stable")[:_SHORTLIST])
        ways, price = ways[picked], price[picked]
    told = _told(knowledge, ways, slice(None))
    score = told * price
    if left == 1:
        score = _gain(knowledge, ways) * price + score * 1e-6
    score = np.where(told > _NOTHING, score, 0.0)
    best = int(np.argmax(score.round(9)))
    return options[int(picked[best])] if score[best] > 0 else None


def _takes(knowledge: Knowledge, ways: Floats, part: slice) -> NDArray[np.float32]:
    """Return the chance of the reply "a" to each question (row) under each drawn weight."""
    sides = ways.astype(np.float32) @ knowledge.draws[part].T.astype(np.float32) >= 0
    wrong = np.float32(knowledge.settings.error_rate)
    return np.asarray(np.where(sides, 1 - wrong, wrong))


def _told(knowledge: Knowledge, ways: Floats, part: slice) -> Floats:
    """Return what each reply tells about which alternative is best (mutual information), nats."""
    first = knowledge.first[part]
    bests = np.unique(first)
    is_best = (first[:, None] == bests).astype(np.float32)
    share = is_best.mean(axis=0).astype(np.float64)
    with_a = (_takes(knowledge, ways, part) @ is_best).astype(np.float64) / len(first)
    chance = with_a.sum(axis=1)
    of_reply = _entropy(np.stack([chance, 1 - chance], axis=1))
    return np.asarray(_entropy(share) + of_reply - _entropy(with_a) - _entropy(share - with_a))


def _gain(knowledge: Knowledge, ways: Floats) -> Floats:
    """Return the gain in average worth expected of each question (its value of information)."""
    worth = knowledge.worth.astype(np.float32)
    with_a = _takes(knowledge, ways, slice(None)) @ worth / len(worth)
    with_b = worth.mean(axis=0) - with_a
    gain = with_a.max(axis=1) + with_b.max(axis=1) - worth.mean(axis=0).max()
    return np.asarray(np.maximum(gain, 0), dtype=np.float64)


def _price(option: _Option, settings: Settings) -> float:
    """Return the share of what a question tells that is left when its length is paid for."""
    if option.whole:
        return 1.0
    return 1 - settings.criterion_price * (len(option.columns) - 2)


def _entropy(share: Floats) -> Floats:
    """Return the entropy along the last axis, in nats, of shares that need not sum to 1."""
    share = np.maximum(share, 0.0)
    return np.asarray(-(share * np.log(np.maximum(share, 1e-12))).sum(axis=-1))


def _question(knowledge: Knowledge, option: _Option) -> Question:
    """Return an option in names. A is the one that comes first in the table."""
    rows = knowledge.values
    gains, losses = [], []
    for column in option.columns:
        ours, theirs = float(rows[option.a, column]), float(rows[option.b, column])
        name = knowledge.criteria[column]
        if ours > theirs:
            gains.append(Difference(name, theirs, ours))
        else:
            losses.append(Difference(name, ours, theirs))
    return Question(
        a=knowledge.names[option.a],
        b=knowledge.names[option.b],
        gains=tuple(gains),
        losses=tuple(losses),
        whole=option.whole,
    )
