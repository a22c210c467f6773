"""Learning weights by questions: the set, the belief, the recommendation, the questions."""

from __future__ import annotations

import importlib.util
import itertools
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from walletpick.interview.elicitation import (
    Answer,
    Difference,
    Knowledge,
    Question,
    Reply,
    Settings,
    begin,
    done,
    learn,
    mean_weights,
    next_question,
    recommend,
    replay,
    trade_value,
)

ROOT = Path(__file__).resolve().parent.parent
# Few draws: these tests are about what must hold, not about how well it works.
FAST = Settings(draws=300)
Table = dict[str, dict[str, float]]

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
    while question := next_question(knowledge):
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
        found = recommend(knowledge)
        assert not knowledge.contradictory
        assert any(true[name] > best - 1e-7 for name in found.in_play)
        assert found.worst_loss >= best - true[found.name] - 1e-7
        assert found.name in found.in_play
        assert 0 <= found.loss <= 1
        assert 0 <= found.chance <= 1


@calm
@given(cases())
def test_answers_only_shrink_the_set(case: tuple[Table, dict[str, float]]) -> None:
    table, weights = case
    before: Knowledge | None = None
    for knowledge in interview(table, weights):
        # Every corner satisfies every answer, and so lies in each earlier set too.
        for answer in knowledge.answers:
            for corner in knowledge.corners:
                said = dict(zip(knowledge.criteria, corner.tolist(), strict=True))
                gain, loss = trade_value(answer.question, said)
                assert (gain - loss if answer.reply == "a" else loss - gain) >= -1e-7
        assert np.allclose(knowledge.corners.sum(axis=1), 1)
        assert (knowledge.corners >= -1e-9).all()
        if before is not None:
            assert set(recommend(knowledge).in_play) <= set(recommend(before).in_play)
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
                assert line @ way <= (knowledge.corners @ way).max() + 1e-9


@calm
@given(cases())
def test_questions_are_trades_between_real_alternatives(
    case: tuple[Table, dict[str, float]],
) -> None:
    table, weights = case
    knowledge = begin(table, FAST)
    while question := next_question(knowledge):
        assert question.gains
        assert question.losses
        assert {question.a, question.b} <= set(recommend(knowledge).in_play)
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
    assert done(knowledge) is not None


@calm
@given(cases())
def test_dominated_alternatives_are_never_recommended(
    case: tuple[Table, dict[str, float]],
) -> None:
    table, weights = case
    for knowledge in interview(table, weights):
        chosen = table[recommend(knowledge).name]
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
        if question is None:
            break
        knowledge = learn(knowledge, question, reply)
        assert recommend(knowledge).name in table
        assert np.isfinite(knowledge.draws).all()
    assert done(knowledge) is not None


@calm
@given(cases())
def test_the_mean_weights_put_the_recommended_first(case: tuple[Table, dict[str, float]]) -> None:
    table, weights = case
    for knowledge in interview(table, weights):
        found = mean_weights(knowledge)
        assert sum(found.values()) == pytest.approx(1)
        assert set(found) == set(weights)
        scores = worth(table, found)
        assert scores[recommend(knowledge).name] == pytest.approx(max(scores.values()), abs=1e-9)


def some_table(count: int = 9, size: int = 6, seed: int = 4) -> Table:
    values = np.random.default_rng(seed).random((count, size)).round(2)
    return {
        f"a{row}": {f"c{column}": float(value) for column, value in enumerate(line)}
        for row, line in enumerate(values)
    }


def test_deterministic_and_a_function_of_the_answers_alone() -> None:
    table = some_table()
    weights = dict.fromkeys(table["a0"], 1 / 6)
    *_, one = interview(table, weights)
    *_, two = interview(table, weights)
    again = replay(begin(table, FAST), one.answers)
    assert one.answers == two.answers == again.answers
    assert recommend(one) == recommend(two) == recommend(again)
    assert (one.draws == again.draws).all()
    assert replay(begin(table, FAST), one.answers[:1]).asked == one.answers[1].question


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
    stop = done(knowledge)
    assert stop is not None
    assert stop.reason == "settled"
    assert next_question(knowledge) is None
    found = recommend(knowledge)
    assert found.name in ("only", "good", "one", "cheap")
    assert (found.loss, found.worst_loss, found.chance) == (0, 0, 1)


def test_no_alternative_is_an_error() -> None:
    with pytest.raises(ValueError, match="no alternative"):
        begin({})


def test_two_alternatives_and_two_criteria_take_one_question() -> None:
    table = {"cheap": {"cost": 0.9, "support": 0.2}, "helpful": {"cost": 0.5, "support": 0.8}}
    knowledge = begin(table)
    question = next_question(knowledge)
    assert question is not None
    assert question.gains == (Difference("cost", 0.5, 0.9),)
    assert question.losses == (Difference("support", 0.2, 0.8),)
    assert question.gains[0].amount == pytest.approx(0.4)
    for reply, name in (("a", "cheap"), ("b", "helpful")):
        after = learn(knowledge, question, reply)  # type: ignore[arg-type]
        assert recommend(after).name == name
        assert done(after).reason == "settled"  # type: ignore[union-attr]


def test_about_equal_tells_something_and_cannot_say_tells_nothing() -> None:
    table = some_table()
    start = begin(table)
    question = next_question(start)
    assert question is not None
    equal, unknown = learn(start, question, "equal"), learn(start, question, "unknown")
    ratio = Settings().equal_within
    for corner in equal.corners:
        said = dict(zip(equal.criteria, corner.tolist(), strict=True))
        gain, loss = trade_value(question, said)
        assert gain <= ratio * loss + 1e-9
        assert loss <= ratio * gain + 1e-9
    assert (unknown.corners == start.corners).all()
    assert (unknown.draws == start.draws).all()
    following = next_question(unknown)
    assert following is not None
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
    assume(not knowledge.contradictory)
    sides = np.array(rows)
    expected = set()
    for four in itertools.combinations(range(len(sides)), 4):
        meeting = np.vstack([sides[list(four)], np.ones(5)])
        if abs(np.linalg.det(meeting)) < 1e-9:
            continue
        point = np.linalg.solve(meeting, [0, 0, 0, 0, 1])
        if (sides @ point >= -1e-9).all():
            expected.add(tuple((point + 0.0).round(6) + 0.0))
    assert {tuple(corner.round(6) + 0.0) for corner in knowledge.corners} == expected
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
    assert knowledge.contradictory
    # The third answer contradicts nothing and still holds.
    assert (knowledge.corners[:, 0] >= knowledge.corners[:, 2] - 1e-9).all()
    # Of the first two either may be wrong.
    assert (knowledge.corners[:, 0] > knowledge.corners[:, 1] + 0.1).any()
    assert (knowledge.corners[:, 1] > knowledge.corners[:, 0] + 0.1).any()
    assert np.isfinite(recommend(knowledge).loss)


def test_the_belief_is_drawn_from_its_likelihood() -> None:
    """Against plain importance sampling of the same posterior."""
    chosen = Settings(draws=8000, error_rate=0.1)
    knowledge = begin(some_table(size=5), chosen)
    for reply in ("a", "b", "equal", "a"):
        assert knowledge.asked is not None
        knowledge = learn(knowledge, knowledge.asked, reply)  # type: ignore[arg-type]
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
    assert np.abs(knowledge.draws.mean(axis=0) - expected).max() < 0.01


def test_a_centre_moves_the_belief_and_only_when_given() -> None:
    table = some_table(size=4)
    plain = mean_weights(begin(table))
    assert all(weight == pytest.approx(0.25, abs=0.02) for weight in plain.values())
    centred = begin(table, centre={"c0": 5, "c1": 0, "c2": 0, "c3": 0})
    assert mean_weights(centred)["c0"] > 0.6
    question = next_question(centred)
    if question is not None:
        assert mean_weights(learn(centred, question, "a"))["c0"] > 0.4


@pytest.mark.parametrize(("count", "size"), [(120, 8), (60, 5), (120, 2)])
def test_large_tables(count: int, size: int) -> None:
    table = some_table(count, size)
    weights = dict.fromkeys(table["a0"], 1 / size)
    *_, knowledge = interview(table, weights, Settings())
    true = worth(table, weights)
    spread = max(true.values()) - min(true.values())
    lost = max(true.values()) - true[recommend(knowledge).name]
    assert lost / spread < 0.1


def test_why_it_stops() -> None:
    table = some_table(12, 8)
    start = begin(table, Settings(draws=300, max_questions=1))
    question = next_question(start)
    assert question is not None
    after = done(learn(start, question, "a"))
    assert after is not None
    assert after.reason == "max-questions"
    assert done(begin(table, Settings(draws=300, small_loss=1.0))).reason == "small-loss"  # type: ignore[union-attr]
    blind = Settings(draws=300, noticeable=1.1, whole_choices=0)
    assert done(begin(table, blind)).reason == "nothing-to-ask"  # type: ignore[union-attr]


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
