"""Learning weights by questions: the set, the belief, the recommendation, the questions."""

from __future__ import annotations

import importlib.util
import itertools
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from walletpick.interview import regions
from walletpick.interview.elicitation import most_telling, next_question, price_question, priced
from walletpick.interview.knowledge import (
    Answer,
    Difference,
    Knowledge,
    Question,
    Reply,
    Settings,
    begin,
    learn,
)

ROOT = Path(__file__).resolve().parents[2]
# Few draws: these tests are about what must hold, not about how well it works.
FAST = Settings(draws=100)
Table = dict[str, dict[str, float]]
Floats = npt.NDArray[np.float64]

calm = settings(max_examples=25, derandomize=True)


@st.composite
def cases(draw: st.DrawFn) -> tuple[Table, dict[str, float]]:
    """Draw a table of 2 to 12 alternatives and 2 to 8 criteria, and a person's true weights."""
    count, size = draw(st.integers(2, 12)), draw(st.integers(2, 8))
    random = np.random.default_rng(draw(st.integers(0, 2**32)))
    # Coarse values now and then, so that ties and equal rows happen.
    places = draw(st.sampled_from([1, 2, 6]))
    values = random.random((count, size)).round(places)
    weights = random.dirichlet(np.ones(size))
    table = {
        f"a{row}": {f"c{column}": float(value) for column, value in enumerate(line)}
        for row, line in enumerate(values)
    }
    return table, {f"c{column}": float(weight) for column, weight in enumerate(weights)}


def some_table(count: int = 9, size: int = 6, seed: int = 4, places: int = 2) -> Table:
    values = np.random.default_rng(seed).random((count, size)).round(places)
    return {
        f"a{row}": {f"c{column}": float(value) for column, value in enumerate(line)}
        for row, line in enumerate(values)
    }


def drawn_case(seed: int, count: int, size: int, places: int) -> tuple[Table, dict[str, float]]:
    """Return a table with values of so many places, for one whose weights are no matter."""
    return some_table(count, size, seed, places), {}


def in_play(knowledge: Knowledge) -> list[str]:
    """Return the alternatives that can still be best, the likeliest first."""
    return [knowledge.names[number] for number in knowledge.possible]


def chance(knowledge: Knowledge) -> float:
    """Return how likely the recommended alternative is the best."""
    return knowledge.wins[knowledge.chosen] / len(knowledge.draws)


def trade_value(question: Question, weights: dict[str, float]) -> tuple[float, float]:
    """Return what a question's gains and what its losses are worth under some weights."""
    return (
        sum(weights[item.criterion] * item.amount for item in question.gains),
        sum(weights[item.criterion] * item.amount for item in question.losses),
    )


def replay(knowledge: Knowledge, answers: Iterable[Answer]) -> Knowledge:
    for answer in answers:
        knowledge = learn(knowledge, answer.question, answer.reply)
    return knowledge


def outcome(knowledge: Knowledge) -> tuple[object, ...]:
    """Return all that an interview tells."""
    told = knowledge.best, chance(knowledge), knowledge.loss, knowledge.worst_loss
    return *told, tuple(in_play(knowledge)), knowledge.mean_weights


def true_reply(question: Question, weights: dict[str, float]) -> Reply:
    gain, loss = trade_value(question, weights)
    return "a" if gain >= loss else "b"


def worth(table: Table, weights: dict[str, float]) -> dict[str, float]:
    return {
        name: sum(weights[criterion] * value for criterion, value in row.items())
        for name, row in table.items()
    }


def interview(
    table: Table, weights: dict[str, float], chosen: Settings = FAST
) -> Iterator[Knowledge]:
    """Yield what is known before the first question and after every right answer."""
    knowledge = begin(table, chosen)
    yield knowledge
    while isinstance(question := next_question(knowledge), Question):
        knowledge = learn(knowledge, question, true_reply(question, weights))
        yield knowledge


def in_set(knowledge: Knowledge, weights: dict[str, float]) -> bool:
    """Whether the answers allow these weights."""
    return all(
        trade_value(answer.question, weights)[0 if answer.reply == "a" else 1]
        >= trade_value(answer.question, weights)[1 if answer.reply == "a" else 0]
        for answer in knowledge.answers
        if answer.reply in ("a", "b")
    )


@calm
@given(cases())
def test_the_truly_best_stays_in_play_and_loss_within_the_reported(
    case: tuple[Table, dict[str, float]],
) -> None:
    table, weights = case
    true = worth(table, weights)
    best = max(true.values())
    for knowledge in interview(table, weights):
        assert not knowledge.agreeing[0].slips
        assert any(true[name] > best - 1e-7 for name in in_play(knowledge))
        assert knowledge.worst_loss >= best - true[knowledge.best] - 1e-7
        assert knowledge.best in in_play(knowledge)
        assert 0 <= knowledge.loss <= 1
        assert 0 <= chance(knowledge) <= 1


@calm
@given(cases())
def test_answers_only_shrink_the_set(case: tuple[Table, dict[str, float]]) -> None:
    table, weights = case
    before: Knowledge | None = None
    for knowledge in interview(table, weights):
        # Every corner satisfies every answer, and so lies in each earlier set too.
        for answer in knowledge.answers:
            for corner in knowledge.corners:
                weights = dict(zip(knowledge.criteria, corner, strict=True))
                gain, loss = trade_value(answer.question, weights)
                assert (gain - loss if answer.reply == "a" else loss - gain) >= -1e-7
        assert np.allclose(np.sum(knowledge.corners, axis=1), 1)
        assert (np.array(knowledge.corners) >= -1e-9).all()
        if before is not None:
            assert set(in_play(knowledge)) <= set(in_play(before))
        before = knowledge


@calm
@given(cases())
def test_the_corners_bound_the_set(case: tuple[Table, dict[str, float]]) -> None:
    """No weights that agree with the answers give a larger value than the best corner."""
    table, weights = case
    random = np.random.default_rng(0)
    for knowledge in interview(table, weights):
        size = len(knowledge.criteria)
        many = random.dirichlet(np.ones(size), 300)
        inside = [
            line
            for line in many
            if in_set(knowledge, dict(zip(knowledge.criteria, line.tolist(), strict=True)))
        ]
        for line in inside:
            for way in random.standard_normal((5, size)):
                assert line @ way <= (np.array(knowledge.corners) @ way).max() + 1e-9


@calm
@given(cases())
def test_questions_are_trades_between_real_alternatives(
    case: tuple[Table, dict[str, float]],
) -> None:
    table, weights = case
    knowledge = begin(table, FAST)
    while isinstance(question := next_question(knowledge), Question):
        assert question.gains
        assert question.losses
        assert {question.a, question.b} <= set(in_play(knowledge))
        assert question.whole or len(question.criteria) <= FAST.most_criteria
        assert len(set(question.criteria)) == len(question.criteria)
        ours, theirs = table[question.a], table[question.b]
        for item in question.gains:
            assert (item.better, item.worse) == (ours[item.criterion], theirs[item.criterion])
            assert question.whole or item.amount >= FAST.noticeable
        for item in question.losses:
            assert (item.better, item.worse) == (theirs[item.criterion], ours[item.criterion])
            assert question.whole or item.amount >= FAST.noticeable
        if question.whole:
            assert set(question.criteria) == {
                name for name in ours if abs(ours[name] - theirs[name]) > 1e-9
            }
        assert question not in [answer.question for answer in knowledge.answers]
        knowledge = learn(knowledge, question, true_reply(question, weights))
    assert len(knowledge.answers) <= FAST.max_questions


@calm
@given(cases())
def test_dominated_alternatives_are_never_recommended(
    case: tuple[Table, dict[str, float]],
) -> None:
    table, weights = case
    for knowledge in interview(table, weights):
        chosen = table[knowledge.best]
        for row in table.values():
            better = all(row[name] >= chosen[name] for name in row)
            assert not (better and any(row[name] > chosen[name] + 1e-9 for name in row))


@calm
@given(cases(), st.lists(st.sampled_from(["a", "b", "equal", "unknown"]), min_size=8, max_size=8))
def test_any_replies_end_in_a_recommendation(
    case: tuple[Table, dict[str, float]], replies: list[Reply]
) -> None:
    table, _ = case
    knowledge = begin(table, FAST)
    for reply in replies:
        question = next_question(knowledge)
        if not isinstance(question, Question):
            break
        knowledge = learn(knowledge, question, reply)
        assert knowledge.best in table
        assert np.isfinite(knowledge.draws).all()
    assert not isinstance(next_question(knowledge), Question)


@calm
@given(cases(), st.lists(st.sampled_from(["a", "b", "equal"]), min_size=8, max_size=8))
def test_no_reply_speaks_against_the_first_place(
    case: tuple[Table, dict[str, float]], replies: list[Reply]
) -> None:
    """Whatever is replied: some weights that put it first agree with every reply given."""
    table, _ = case
    knowledge = begin(table, FAST)
    for reply in replies:
        question = next_question(knowledge)
        if not isinstance(question, Question):
            break
        knowledge = learn(knowledge, question, reply)
        if knowledge.agreeing[0].slips:
            break
        inside = regions.drawn(knowledge.agreeing, 300)
        points = [dict(zip(knowledge.criteria, point, strict=True)) for point in inside]
        assert any(
            worth(table, point)[knowledge.best] >= max(worth(table, point).values()) - 1e-9
            for point in (*points, knowledge.mean_weights)
            if all(agrees(answer, point) for answer in knowledge.answers)
        )


def agrees(answer: Answer, weights: dict[str, float]) -> bool:
    gain, loss = trade_value(answer.question, weights)
    ratio = FAST.equal_within if answer.reply == "equal" else 1
    for_a, for_b = ratio * gain >= loss - 1e-9, ratio * loss >= gain - 1e-9
    return {"a": for_a, "b": for_b, "equal": for_a and for_b, "unknown": True}[answer.reply]


def grid(size: int, parts: int) -> Floats:
    """Return weights that lie evenly in the set of all weights, the outermost half a step inside.

    So each stands for as much of the set; if the outermost lay on its border, that would count
    for more than it is.
    """
    cuts = itertools.combinations(range(parts + size - 1), size - 1)
    rows = [np.diff([-1, *cut, parts + size - 1]) - 1 for cut in cuts]
    return (np.array(rows) + 0.5) / (parts + size / 2)


@calm
@given(
    st.integers(0, 2**32),
    st.integers(2, 5),
    st.integers(2, 4),
    st.lists(st.sampled_from(["a", "b", "equal", "unknown"]), max_size=4),
)
# One that is as good as another on the border of the set and nowhere better.
@example(60, 2, 4, [])
@example(262144, 3, 2, [])
# Replies that leave little of the set, so that they may well be slips.
@example(856726635, 3, 2, ["a"])
@example(483523066, 5, 2, ["b"])
@example(964455029, 5, 3, ["b"])
@example(3253099169, 5, 3, ["b", "b"])
@example(4214732494, 2, 3, ["b", "unknown", "unknown"])
@example(505013022, 5, 3, ["a", "unknown", "a", "b"])
@example(3364458659, 2, 4, ["b"])
@example(4250417044, 4, 4, ["b", "unknown"])
@example(1069126795, 4, 4, ["equal"])
def test_against_trying_out_all_weights(
    seed: int, count: int, size: int, replies: list[Reply]
) -> None:
    """What is certain and what is likely, against every point of a fine grid.

    Certain is that the best is in play, or one in play is as good; the worst loss is that of the
    set. The average loss and the chance are estimated by what is drawn from the belief.
    """
    table = some_table(count, size, seed)
    rows = np.array([list(row.values()) for row in table.values()])
    exact = Settings(draws=2000)
    knowledge = begin(table, exact)
    many = grid(size, {2: 3000, 3: 200, 4: 55}[size])
    likelihood, agrees = np.ones(len(many)), np.ones(len(many), dtype=bool)
    for reply in replies:
        question = most_telling(knowledge)
        if question is None:
            break
        knowledge = learn(knowledge, question, reply)
        won, lost = trade_value(question, {f"c{n}": many[:, n] for n in range(size)})  # type: ignore[misc]
        ratio = exact.equal_within
        holds = {
            "a": won >= lost,
            "b": lost >= won,
            "equal": (won <= ratio * lost) & (lost <= ratio * won),
            "unknown": np.ones(len(many), dtype=bool),
        }[reply]
        agrees &= holds
        if reply != "unknown":
            likelihood *= np.where(holds, 1 - exact.error_rate, exact.error_rate)
    # With fewer points the grid says little of a set.
    assume(agrees.sum() > 100)
    scores = many @ rows.T
    best = scores.max(axis=1)
    lost = best - scores[:, list(table).index(knowledge.best)]
    assert knowledge.agreeing[0].slips == 0
    playing = [list(table).index(name) for name in in_play(knowledge)]
    assert (scores[agrees][:, playing].max(axis=1) >= best[agrees] - 1e-9).all()
    assert lost[agrees].max() <= knowledge.worst_loss + 1e-9
    assert knowledge.worst_loss <= lost[agrees].max() + 0.1
    share = likelihood / likelihood.sum()
    spread = np.maximum(best - scores.min(axis=1), 1e-9)
    assert knowledge.loss == pytest.approx(float((share * lost / spread).sum()), abs=0.03)
    assert chance(knowledge) == pytest.approx(float(share[lost < 1e-9].sum()), abs=0.06)


def trade_of_two(table: Table, a: str, b: str, gain: str, loss: str) -> Question:
    """Return the trade in which A is better in one criterion and B in another."""
    one, two = table[a], table[b]
    gains = (Difference(gain, two[gain], one[gain]),)
    return Question(a=a, b=b, gains=gains, losses=(Difference(loss, one[loss], two[loss]),))


def set_against(question: Question) -> set[frozenset[Difference]]:
    """Return what is set against what, on whichever side."""
    return {frozenset(pair) for pair in itertools.product(question.gains, question.losses)}


@calm
@given(cases(), st.lists(st.sampled_from(["a", "b", "equal"]), max_size=3))
# What tells most is what was said to be about equal.
@example(drawn_case(3389874786, 3, 4, 2), ["a", "equal", "b"])
@example(drawn_case(2832579832, 12, 3, 1), ["equal", "a"])
@example(drawn_case(3117105444, 12, 3, 6), ["equal"])
@example(drawn_case(343523835, 2, 5, 6), ["a", "b", "equal"])
@example(drawn_case(3420581130, 4, 7, 1), ["equal", "equal"])
def test_no_trade_would_tell_more(
    case: tuple[Table, dict[str, float]], replies: list[Reply]
) -> None:
    """Against what each trade of two criteria tells, worked out the long way.

    None that was asked comes again. What was said to be about equal is set against each other
    again only where nothing else tells anything: before that, less telling ones are asked.
    """
    table, _ = case
    knowledge = begin(table, FAST)
    for reply in replies:
        question = most_telling(knowledge)
        if question is None:
            break
        knowledge = learn(knowledge, question, reply)
    question = most_telling(knowledge)
    draws = np.array(knowledge.draws)
    first = (draws @ np.array(knowledge.values).T).round(12).argmax(axis=1)

    def told(question: Question) -> float:
        """Return what a question tells, its length paid for."""
        weights = dict(zip(knowledge.criteria, draws.T, strict=True))
        gain, loss = trade_value(question, weights)  # type: ignore[arg-type]
        takes_a = gain >= loss - 1e-12
        total = 0.0
        for taken in (takes_a, ~takes_a):
            for one in np.unique(first):
                both = float((taken & (first == one)).mean())
                if both:
                    total += both * np.log(both / (taken.mean() * (first == one).mean()))
        length = 2 if question.whole else len(question.criteria)
        return total * (1 - FAST.criterion_price * (length - 2))

    old = [(set_against(answer.question), answer.reply) for answer in knowledge.answers]
    even = set().union(*(pairs for pairs, reply in old if reply == "equal"))

    def is_even(question: Question) -> bool:
        return not question.whole and not even.isdisjoint(set_against(question))

    names = in_play(knowledge)[:12]
    for a, b in itertools.combinations(sorted(names, key=knowledge.names.index), 2):
        more = {name: table[a][name] - table[b][name] for name in table[a]}
        up = [name for name in more if more[name] >= FAST.noticeable]
        down = [name for name in more if -more[name] >= FAST.noticeable]
        for gain, loss in itertools.product(up, down):
            trade = trade_of_two(table, a, b, gain, loss)
            if set_against(trade) in [pairs for pairs, _ in old]:
                continue
            value = told(trade)
            if value > 2e-4:
                assert question is not None
                assert is_even(trade) >= is_even(question)
                if is_even(trade) == is_even(question):
                    assert told(question) >= value - 1e-6


@calm
@given(cases())
def test_the_mean_weights_put_the_recommended_first(case: tuple[Table, dict[str, float]]) -> None:
    table, weights = case
    for knowledge in interview(table, weights):
        mean = knowledge.mean_weights
        assert sum(mean.values()) == pytest.approx(1)
        assert set(mean) == set(weights)
        scores = worth(table, mean)
        assert scores[knowledge.best] == pytest.approx(max(scores.values()), abs=1e-9)


def test_deterministic_and_a_function_of_the_answers_alone() -> None:
    table = some_table()
    weights = dict.fromkeys(table["a0"], 1 / 6)
    *_, one = interview(table, weights)
    *_, two = interview(table, weights)
    again = replay(begin(table, FAST), one.answers)
    assert one.answers == two.answers == again.answers
    assert outcome(one) == outcome(two) == outcome(again)
    assert one.draws == again.draws
    first = replay(begin(table, FAST), one.answers[:1])
    assert most_telling(first) == one.answers[1].question


@pytest.mark.parametrize(
    "table",
    [
        {"only": {"cost": 0.5, "support": 0.5}},
        {"good": {"cost": 0.9, "support": 0.9}, "bad": {"cost": 0.9, "support": 0.1}},
        {"one": {"cost": 0.5, "support": 0.5}, "same": {"cost": 0.5, "support": 0.5}},
        {"dear": {"cost": 0.1}, "cheap": {"cost": 0.9}},
        {"one": {}, "two": {}},
    ],
)
def test_no_question_when_one_alternative_dominates(table: Table) -> None:
    knowledge = begin(table)
    assert next_question(knowledge) == "settled"
    assert knowledge.best in ("only", "good", "one", "cheap")
    assert (knowledge.loss, knowledge.worst_loss, chance(knowledge)) == (0, 0, 1)


def test_no_alternative_is_an_error() -> None:
    with pytest.raises(ValueError, match="no alternative"):
        begin({})


def test_two_alternatives_and_two_criteria_take_one_question() -> None:
    table = {"cheap": {"cost": 0.9, "support": 0.2}, "helpful": {"cost": 0.5, "support": 0.8}}
    knowledge = begin(table)
    question = next_question(knowledge)
    assert isinstance(question, Question)
    assert question.gains == (Difference("cost", 0.5, 0.9),)
    assert question.losses == (Difference("support", 0.2, 0.8),)
    assert question.gains[0].amount == pytest.approx(0.4)
    for reply, name in (("a", "cheap"), ("b", "helpful")):
        after = learn(knowledge, question, reply)  # type: ignore[arg-type]
        assert after.best == name
        assert next_question(after) == "settled"


def test_a_sum_of_money_bounds_what_a_thing_weighs() -> None:
    table = {
        "cheap": {"cost": 0.9, "support": 0.2, "trust": 0.5},
        "helpful": {"cost": 0.5, "support": 0.8, "trust": 0.45},
    }
    start = begin(table)
    question = price_question(start)
    assert question is not None
    assert question.priced
    # What tells most is what is asked for; a twentieth of trust hardly decides.
    assert question.gains == (Difference("support", 0.2, 0.8),)
    assert not question.losses
    known = learn(start, priced(question, 0.3), "equal")
    for corner in known.corners:
        weights = dict(zip(known.criteria, corner, strict=True))
        assert weights["support"] * 0.6 <= 1.5 * weights["cost"] * 0.3 + 1e-9
        assert weights["cost"] * 0.3 <= 1.5 * weights["support"] * 0.6 + 1e-9
    # It is worth 0.3 in cost, and 0.4 are to be had.
    assert known.best == "cheap"
    assert learn(start, priced(question, 0.9), "equal").best == "helpful"
    assert learn(start, question, "unknown").corners == start.corners
    assert price_question(begin({"one": {"trust": 1.0}, "two": {"trust": 0.0}})) is None


def test_questions_are_made_of_what_is_seen_alone() -> None:
    table = some_table()

    def seen(one: str, other: str) -> list[Difference]:
        shown = {"c1": 0.3, "c2": 0.01} if one < other else {"c1": 0.1, "c3": 0.2}
        return [Difference(name, 0.0, by) for name, by in shown.items()]

    knowledge = begin(table, Settings(draws=300, whole_choices=0), seen)
    asked = 0
    while isinstance(question := next_question(knowledge), Question):
        assert {item.criterion for item in (*question.gains, *question.losses)} == {"c1", "c3"}
        assert {item.amount for item in (*question.gains, *question.losses)} == {0.3, 0.2}
        knowledge = learn(knowledge, question, "a")
        asked += 1
    assert asked


def test_no_trade_has_a_thing_twice_or_is_asked_again_with_its_sides_exchanged() -> None:
    """Between which two it lies, and by how much they differ, is nothing that a person reads."""
    table = some_table()
    # What is read of c0 follows from what is read of c1.
    facts = {f"c{n}": frozenset({f"f{n}"}) for n in range(6)} | {"c1": frozenset({"f1", "f0"})}

    def seen(one: str, other: str) -> list[Difference]:
        rows = ((name, table[one][name] - table[other][name]) for name in table[one])
        return [Difference(name, 0.0, by, facts[name]) for name, by in rows if by > 0]

    asked = set()
    for reply in ("a", "b", "equal"):
        knowledge = begin(table, Settings(draws=300, whole_choices=0, max_questions=9), seen)
        asked.clear()
        while isinstance(question := next_question(knowledge), Question):
            assert not {"c0", "c1"} <= {*question.criteria}
            read = frozenset(
                frozenset(item.criterion for item in side)
                for side in (question.gains, question.losses)
            )
            assert read not in asked
            asked.add(read)
            knowledge = learn(knowledge, question, reply)  # type: ignore[arg-type]
        assert len(asked) > 1


def test_what_was_not_weighed_up_or_is_even_does_not_come_again_in_another_form() -> None:
    """Not with a third thing on either side, nor for another sum, while others tell something."""
    for seed in range(8):
        table = some_table(count=8, size=6, seed=seed)
        table = {id: {"cost" if c == "c0" else c: v for c, v in table[id].items()} for id in table}

        def seen(one: str, other: str, table: Table = table) -> list[Difference]:
            rows = ((name, table[one][name] - table[other][name]) for name in table[one])
            return [
                Difference(name, 0.0, by, frozenset({f"{by} less" if name == "cost" else name}))
                for name, by in rows
                if by > 0
            ]

        for reply in ("unknown", "equal"):
            knowledge = begin(table, Settings(draws=300, whole_choices=0, small_loss=0), seen)
            told: list[set[frozenset[str]]] = []
            while isinstance(question := next_question(knowledge), Question) and len(told) < 3:
                sides = itertools.product(question.gains, question.losses)
                told.append({frozenset((a.criterion, b.criterion)) for a, b in sides})
                knowledge = learn(knowledge, question, reply)  # type: ignore[arg-type]
            assert len(told) > 1
            repeated = [set.intersection(*two) for two in itertools.combinations(told, 2)]
            assert not any(repeated)


def test_the_last_question_is_one_that_can_change_the_first_place() -> None:
    """As it seems by the weights that are drawn: nobody is asked it for nothing."""
    asked = 0
    for seed in range(30):
        table = some_table(count=4, size=4, seed=seed)
        usual = dict.fromkeys(table["a0"], 0.25)
        settings = Settings(draws=300, max_questions=1, min_questions=1, nearness=40)
        knowledge = begin(table, settings, usual=usual)
        question = next_question(knowledge)
        if not isinstance(question, Question):
            continue
        asked += 1
        first = set()
        for takes_a in (True, False):
            sums = dict.fromkeys(knowledge.criteria, 0.0)
            for point in knowledge.draws:
                weights = dict(zip(knowledge.criteria, point, strict=True))
                gain, loss = trade_value(question, weights)
                if (gain >= loss) == takes_a:
                    sums = {name: sums[name] + weight for name, weight in weights.items()}
            values = worth(table, sums)
            first |= {name for name, value in values.items() if value >= max(values.values())}
        assert first - {knowledge.best}
    assert 0 < asked < 30


def test_about_equal_tells_something_and_cannot_say_tells_nothing() -> None:
    table = some_table()
    start = begin(table)
    question = next_question(start)
    assert isinstance(question, Question)
    equal, unknown = learn(start, question, "equal"), learn(start, question, "unknown")
    ratio = Settings().equal_within
    for corner in equal.corners:
        gain, loss = trade_value(question, dict(zip(equal.criteria, corner, strict=True)))
        assert gain <= ratio * loss + 1e-9
        assert loss <= ratio * gain + 1e-9
    assert unknown.corners == start.corners
    assert unknown.draws == start.draws
    following = next_question(unknown)
    assert isinstance(following, Question)
    assert set(following.criteria) != set(question.criteria)


@calm
@given(
    st.lists(
        st.tuples(
            st.permutations(range(5)),
            st.tuples(*[st.sampled_from([0.2, 0.5, 1.0])] * 3),
            st.sampled_from(["a", "b", "equal"]),
        ),
        max_size=4,
    )
)
def test_the_corners_are_all_corners_and_nothing_else(
    said: list[tuple[list[int], tuple[float, float, float], Reply]],
) -> None:
    """Against trying out which sides meet in a point; many go through the same corners."""
    table = {f"a{one}": {f"c{n}": float(one == n) for n in range(5)} for one in range(5)}
    knowledge = begin(table, FAST)
    rows = [*np.eye(5)]
    for order, (high, low, least), reply in said:
        gain = Difference(f"c{order[0]}", 0.0, high)
        losses = (Difference(f"c{order[1]}", 0.0, low), Difference(f"c{order[2]}", 0.0, least))
        question = Question(a="a0", b="a1", gains=(gain,), losses=losses)
        knowledge = learn(knowledge, question, reply)
        plus, minus = np.zeros(5), np.zeros(5)
        plus[order[0]], minus[order[1]], minus[order[2]] = high, low, least
        ratio = FAST.equal_within
        both = [ratio * plus - minus, ratio * minus - plus]
        rows += {"a": [plus - minus], "b": [minus - plus], "equal": both, "unknown": []}[reply]
    assume(not knowledge.agreeing[0].slips)
    sides = np.array(rows)
    expected = set()
    for four in itertools.combinations(range(len(sides)), 4):
        meeting = np.vstack([sides[list(four)], np.ones(5)])
        if abs(np.linalg.det(meeting)) < 1e-9:
            continue
        point = np.linalg.solve(meeting, [0, 0, 0, 0, 1])
        if (sides @ point >= -1e-9).all():
            expected.add(tuple((point + 0.0).round(6) + 0.0))
    assert {tuple(np.round(corner, 6) + 0.0) for corner in knowledge.corners} == expected
    assert len(knowledge.corners) == len(expected)


# Trades between the wallets of one country: (criterion, amount) of the gains, and of the losses.
TRADES: list[tuple[list[tuple[int, float]], list[tuple[int, float]]]] = [
    ([(4, 0.476), (5, 0.292)], [(7, 0.552)]),
    ([(6, 0.32)], [(1, 0.235), (3, 0.144)]),
    ([(2, 0.386), (7, 0.147)], [(4, 0.338)]),
    ([(1, 0.03), (3, 0.074), (4, 0.476), (5, 0.292), (6, 0.084)], [(2, 0.074), (7, 0.552)]),
    (
        [(0, 0.105), (2, 0.312), (3, 0.074), (4, 0.138), (5, 0.335), (6, 0.26)],
        [(1, 0.235), (7, 0.405)],
    ),
    ([(0, 0.105), (2, 0.386), (5, 0.043), (6, 0.176), (7, 0.147)], [(1, 0.265), (4, 0.338)]),
]


def test_one_who_finds_everything_about_equal_is_not_kept_waiting() -> None:
    """Points that are no corners would multiply with each answer: no more than these few."""
    table = {f"a{one}": {f"c{n}": float(one == n) for n in range(8)} for one in range(8)}
    knowledge = begin(table, FAST)
    rows = [*np.eye(8)]
    for up, down in TRADES:
        gains, losses = (
            tuple(Difference(f"c{place}", 0.0, amount) for place, amount in side)
            for side in (up, down)
        )
        knowledge = learn(knowledge, Question(a="a0", b="a1", gains=gains, losses=losses), "equal")
        plus, minus = np.zeros(8), np.zeros(8)
        for row, side in ((plus, up), (minus, down)):
            for place, amount in side:
                row[place] = amount
        ratio = FAST.equal_within
        rows += [ratio * plus - minus, ratio * minus - plus]
        for corner in knowledge.corners:
            # In a corner so many sides meet that they leave no freedom.
            tight = [side for side in rows if abs(side @ corner) < 1e-9]
            assert np.linalg.matrix_rank(np.vstack([*tight, np.ones(8)])) == 8
    assert len(knowledge.corners) < 500


def test_contradictions_bend_the_belief_and_do_not_break_it() -> None:
    table = some_table()
    gain, loss = Difference("c0", 0.0, 0.5), Difference("c1", 0.0, 0.5)
    one = Question(a="a0", b="a1", gains=(gain,), losses=(loss,))
    two = Question(a="a0", b="a1", gains=(loss,), losses=(gain,))
    third = Question(a="a0", b="a1", gains=(gain,), losses=(Difference("c2", 0.0, 0.5),))
    knowledge = replay(begin(table), [Answer(one, "a"), Answer(two, "a"), Answer(third, "a")])
    assert knowledge.agreeing[0].slips
    # The third answer contradicts nothing and still holds.
    corners = np.array(knowledge.corners)
    assert (corners[:, 0] >= corners[:, 2] - 1e-9).all()
    # Of the first two either may be wrong.
    assert (corners[:, 0] > corners[:, 1] + 0.1).any()
    assert (corners[:, 1] > corners[:, 0] + 0.1).any()
    assert np.isfinite(knowledge.loss)


def test_the_belief_is_drawn_from_its_likelihood() -> None:
    """Against plain importance sampling of the same posterior."""
    chosen = Settings(draws=8000, error_rate=0.1)
    knowledge = begin(some_table(size=5), chosen)
    for reply in ("a", "b", "equal", "a"):
        question = most_telling(knowledge)
        assert question is not None
        knowledge = learn(knowledge, question, reply)  # type: ignore[arg-type]
    many = np.random.default_rng(9).dirichlet(np.ones(5), 200_000)
    likelihood = np.ones(len(many))
    for answer in knowledge.answers:
        gain, loss = np.zeros(5), np.zeros(5)
        for side, items in ((gain, answer.question.gains), (loss, answer.question.losses)):
            for item in items:
                side[knowledge.criteria.index(item.criterion)] = item.amount
        won, lost = many @ gain, many @ loss
        ratio = chosen.equal_within
        agrees = {
            "a": won >= lost,
            "b": lost >= won,
            "equal": (won <= ratio * lost) & (lost <= ratio * won),
        }[answer.reply]
        likelihood *= np.where(agrees, 0.9, 0.1)
    expected = (many * likelihood[:, None]).sum(axis=0) / likelihood.sum()
    assert np.abs(np.mean(knowledge.draws, axis=0) - expected).max() < 0.01


def test_before_the_first_reply_all_criteria_count_the_same() -> None:
    mean = begin(some_table(size=4)).mean_weights
    assert all(weight == pytest.approx(0.25, abs=0.02) for weight in mean.values())


@pytest.mark.parametrize(("count", "size"), [(120, 8), (60, 5), (120, 2)])
def test_large_tables(count: int, size: int) -> None:
    table = some_table(count, size)
    weights = dict.fromkeys(table["a0"], 1 / size)
    *_, knowledge = interview(table, weights, Settings())
    true = worth(table, weights)
    spread = max(true.values()) - min(true.values())
    lost = max(true.values()) - true[knowledge.best]
    assert lost / spread < 0.1


def test_why_it_stops() -> None:
    table = some_table(12, 8)
    start = begin(table, Settings(draws=300, max_questions=1))
    question = next_question(start)
    assert isinstance(question, Question)
    assert next_question(learn(start, question, "a")) == "max-questions"
    assert next_question(begin(table, Settings(draws=300, small_loss=1.0))) == "small-loss"
    blind = Settings(draws=300, noticeable=1.1, whole_choices=0)
    assert next_question(begin(table, blind)) == "nothing-to-ask"


# The benchmark.


@pytest.fixture(scope="module")
def benchmark() -> Iterator[ModuleType]:
    path = ROOT / "benchmarks" / "interview.py"
    spec = importlib.util.spec_from_file_location("benchmark_interview", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    before = list(sys.path)
    spec.loader.exec_module(module)
    yield module
    sys.path[:] = before
    del sys.modules[spec.name]


def test_the_quick_benchmark(benchmark: Any, capsys: pytest.CaptureFixture[str]) -> None:
    text = benchmark.main(["--quick", "--seed", "3"])
    assert capsys.readouterr().out == text
    assert text == benchmark.main(["--quick", "--seed", "3"])
    assert text != benchmark.main(["--quick", "--seed", "4"])
    for method in ("interview", "equal weights", "rank-order centroid", "direct rating 0-5"):
        # Once with right answers, once with wrong ones.
        assert text.count(f"| {method} |") == 2
    assert "all answers right" in text
    assert "10% wrong answers" in text


def test_the_rivals_of_the_benchmark(benchmark: Any) -> None:
    weights = np.array([0.5, 0.3, 0.2])
    person = benchmark.Person(weights, ["x", "y", "z"], 0.0, [1], 1.0)
    assert benchmark.centroid_weights(person) == pytest.approx([11 / 18, 5 / 18, 2 / 18])
    assert benchmark.rated_weights(person).tolist() == [5, 3, 2]
    assert benchmark.equal_weights(person).tolist() == [1, 1, 1]
    for seed in range(20):
        wrong = benchmark.Person(weights, ["x", "y", "z"], 0.5, [seed], 1.0)
        assert sorted(wrong.ranked()) == [0, 1, 2]
        assert all(0 <= rating <= 5 for rating in wrong.rated())
