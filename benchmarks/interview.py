"""How well the interview's importance questions find the truly best wallet.

Run `python benchmarks/interview.py` from the repository root; `benchmarks/README.md` holds what it
prints. Simulated people have weights drawn uniformly from the simplex and answer by them; once
always rightly, and once with one answer in ten wrong. The same people, over the same tables:

- interview: `walletpick.interview.elicitation` as the program uses it
- equal weights: every criterion counts the same; nothing is asked
- rank-order centroid (Barron and Barrett 1996, Management Science 42): the person's true ranking of
  the weights. With wrong answers: the ranking made by comparing criteria in pairs (insertion into
  a sorted list by halving), each comparison wrong with that chance
- direct rating: the true weights scaled to a maximum of 5 and rounded, 0 to 5. With wrong answers:
  each rating is another one of the six with that chance

`best found` counts an alternative whose worth is that of the best. `loss` is what the chosen one
lacks to the best, as a share of the range from the worst to the best alternative of the table.
Nothing here depends on the clock or on how many processors there are: a seed gives one table.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from random import Random
from typing import TypeAlias

# One thread a process: the matrices are small, and the processes share the processors.
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import numpy as np  # noqa: E402
from msgspec import structs  # noqa: E402
from numpy.typing import NDArray  # noqa: E402

from walletpick.interview.elicitation import Stop, next_question  # noqa: E402
from walletpick.interview.knowledge import (  # noqa: E402
    Difference,
    Knowledge,
    Question,
    Reply,
    Settings,
    begin,
    learn,
)

Table: TypeAlias = dict[str, dict[str, float]]
Floats: TypeAlias = NDArray[np.float64]

WRONG = 0.1
FEWEST = 3


@dataclass(frozen=True)
class Task:
    """One table, the people to interview over it, and how."""

    group: str
    number: int
    table: Table
    people: int
    seed: int
    # Name and settings of each kind of interview.
    interviews: tuple[tuple[str, Settings], ...]
    # People say "equal" when neither side is worth more than this many times the other.
    equal_within: float = 1.0


@dataclass
class Tally:
    """Sums over people: how many, how many found the best, loss, questions asked."""

    people: int = 0
    found: int = 0
    loss: float = 0.0
    asked: int = 0
    most: int = 0
    whole: int = 0
    reasons: dict[str, int] = field(default_factory=dict)

    def add(self, loss: float, asked: int = 0, whole: int = 0, reason: str = "") -> None:
        """Count one person."""
        self.people += 1
        self.found += loss < 1e-9
        self.loss += loss
        self.asked += asked
        self.most = max(self.most, asked)
        self.whole += whole
        if reason:
            self.reasons[reason] = self.reasons.get(reason, 0) + 1

    def join(self, other: Tally) -> None:
        """Add another tally to this one."""
        self.people += other.people
        self.found += other.found
        self.loss += other.loss
        self.asked += other.asked
        self.most = max(self.most, other.most)
        self.whole += other.whole
        for reason, count in other.reasons.items():
            self.reasons[reason] = self.reasons.get(reason, 0) + count


# By group, share of wrong answers, and method.
Result: TypeAlias = dict[tuple[str, float, str], Tally]


# The tables.


def catalog_tables() -> Iterator[tuple[str, Table]]:
    """Yield the values of the ranked wallets for every persona, by country and in all countries."""
    from walletpick.reading.load import load_catalog
    from walletpick.score.ranking import rank

    catalog = load_catalog(ROOT / "catalog")
    today = date.fromisoformat(catalog.date)
    countries = sorted({country for wallet in catalog.wallets for country in wallet.markets})
    for persona in catalog.personas.values():
        chosen: list[str | None] = [persona.country] if persona.country else [None, *countries]
        for country in chosen:
            ranking = rank(catalog, structs.replace(persona, country=country), today)
            if len(ranking.places) < FEWEST:
                continue
            table = {
                f"{place.wallet.id} {place.candidate.country}": {
                    name: float(value.value.estimate) for name, value in place.values.items()
                }
                for place in ranking.places
            }
            yield "one country" if country else "all countries", table


def random_tables(count: int, seed: int) -> Iterator[tuple[str, Table]]:
    """Yield tables of 5 to 20 alternatives and 4 to 8 criteria with values uniform on 0 to 1."""
    random = np.random.default_rng([seed, 1])
    for _ in range(count):
        alternatives, criteria = int(random.integers(5, 21)), int(random.integers(4, 9))
        values = random.random((alternatives, criteria)).round(3)
        yield (
            "random",
            {
                f"a{row}": {f"c{column}": float(value) for column, value in enumerate(line)}
                for row, line in enumerate(values)
            },
        )


# The people.


class Person:
    """Somebody with true weights, who may answer wrongly."""

    def __init__(
        self, weights: Floats, criteria: Sequence[str], wrong: float, seed: list[int], equal: float
    ) -> None:
        self.weights = weights
        self.by_name = dict(zip(criteria, weights.tolist(), strict=True))
        self.wrong = wrong
        self.equal = equal
        self.random = np.random.default_rng(seed)

    def errs(self) -> bool:
        """Whether the next answer is a wrong one."""
        return bool(self.random.random() < self.wrong)

    def worth(self, differences: Sequence[Difference]) -> float:
        """Return what differences are worth to this person."""
        return sum(self.by_name[item.criterion] * item.amount for item in differences)

    def reply(self, question: Question) -> Reply:
        """Return what this person says to a question."""
        gain, loss = self.worth(question.gains), self.worth(question.losses)
        if max(gain, loss) <= self.equal * min(gain, loss) and self.equal > 1:
            return "equal"
        return "a" if (gain >= loss) != self.errs() else "b"

    def ranked(self) -> list[int]:
        """Return the criteria from the most to the least important, as this person sorts them."""
        if not self.wrong:
            return [int(one) for one in np.argsort(-self.weights, kind="stable")]
        order: list[int] = []
        for one in range(len(self.weights)):
            low, high = 0, len(order)
            while low < high:
                middle = (low + high) // 2
                more = self.weights[one] > self.weights[order[middle]]
                if bool(more) != self.errs():
                    high = middle
                else:
                    low = middle + 1
            order.insert(low, one)
        return order

    def rated(self) -> Floats:
        """Return this person's ratings of the criteria, 0 to 5."""
        ratings = np.rint(5 * self.weights / self.weights.max())
        for one in range(len(ratings)):
            if self.errs():
                ratings[one] = (ratings[one] + self.random.integers(1, 6)) % 6
        return np.asarray(ratings)


def equal_weights(person: Person) -> Floats:
    """Return the same weight for every criterion."""
    return np.ones(len(person.weights))


def centroid_weights(person: Person) -> Floats:
    """Return the rank-order centroid: weight k is the mean of 1/k, ..., 1/n, with zeros before."""
    count = len(person.weights)
    weights = np.zeros(count)
    for rank, one in enumerate(person.ranked(), 1):
        weights[one] = sum(1 / later for later in range(rank, count + 1)) / count
    return weights


def rated_weights(person: Person) -> Floats:
    """Return the ratings as weights; all alike when every rating is 0."""
    ratings = person.rated()
    return ratings if ratings.any() else np.ones(len(ratings))


RIVALS: dict[str, Callable[[Person], Floats]] = {
    "equal weights": equal_weights,
    "rank-order centroid": centroid_weights,
    "direct rating 0-5": rated_weights,
}


# The run.


class Interviews:
    """The interviews over one table. People with the same answers get the same questions."""

    def __init__(self, table: Table, settings: Settings) -> None:
        self.start = begin(table, settings)
        self.after: dict[tuple[Reply, ...], tuple[Knowledge, Question | Stop]] = {}

    def held(self, person: Person) -> tuple[Knowledge, Stop]:
        """Return what is known of a person when the interview is over, and why it is."""
        replies: tuple[Reply, ...] = ()
        if not self.after:
            self.after[replies] = self.start, next_question(self.start)
        while True:
            knowledge, question = self.after[replies]
            if isinstance(question, str):
                return knowledge, question
            reply = person.reply(question)
            replies = (*replies, reply)
            if replies not in self.after:
                knowledge = learn(knowledge, question, reply)
                self.after[replies] = knowledge, next_question(knowledge)


def run_table(task: Task) -> Result:
    """Return the tallies of every method over one table."""
    names = list(task.table)
    criteria = list(task.table[names[0]])
    values = np.array([[task.table[name][c] for c in criteria] for name in names])
    interviews = {name: Interviews(task.table, settings) for name, settings in task.interviews}
    result: Result = {}
    random = np.random.default_rng([task.seed, 2, task.number])
    for number in range(task.people):
        weights = random.dirichlet(np.ones(len(criteria)))
        worth = values @ weights
        best, spread = float(worth.max()), float(np.ptp(worth))

        def loss_of(
            name: str, worth: Floats = worth, best: float = best, s: float = spread
        ) -> float:
            return (best - float(worth[names.index(name)])) / s if s > 1e-9 else 0.0

        for wrong in (0.0, WRONG):
            seed = [task.seed, 3, task.number, number]
            for name, interview in interviews.items():
                person = Person(weights, criteria, wrong, [*seed, 0], task.equal_within)
                knowledge, stop = interview.held(person)
                whole = sum(answer.question.whole for answer in knowledge.answers)
                asked = len(knowledge.answers)
                tally = result.setdefault((task.group, wrong, name), Tally())
                tally.add(loss_of(knowledge.best), asked, whole, stop)
                for rule, other in by_other_rules(knowledge).items():
                    if name != MAIN[0][0]:
                        break
                    key = (task.group, wrong, f"{name}, {rule}")
                    result.setdefault(key, Tally()).add(loss_of(other), asked, whole)
            for name, method in RIVALS.items():
                person = Person(weights, criteria, wrong, [*seed, 1], 1.0)
                # Rounded, so that a tie goes to the first and not to the last digit.
                guess = int(np.argmax((values @ method(person)).round(9)))
                tally = result.setdefault((task.group, wrong, name), Tally())
                tally.add(loss_of(names[guess]))
    return result


def by_other_rules(knowledge: Knowledge) -> dict[str, str]:
    """Return what other rules would recommend after the same answers."""
    worth = np.array(knowledge.corners) @ np.array(knowledge.values).T
    worst = (worth.max(axis=1, keepdims=True) - worth).max(axis=0)
    return {
        "by worst loss": knowledge.names[int(np.argmin(worst.round(12)))],
        "by likeliest": knowledge.names[int(np.argmax(knowledge.wins))],
    }


def run(tasks: Sequence[Task], processes: int) -> Result:
    """Return the tallies over all tables."""
    total: Result = {}
    if processes > 1:
        with ProcessPoolExecutor(processes) as pool:
            found = list(pool.map(run_table, tasks, chunksize=2))
    else:
        found = [run_table(task) for task in tasks]
    for result in found:
        for key, tally in result.items():
            total.setdefault(key, Tally()).join(tally)
    return total


MAIN = (("interview", Settings()),)
VARIANTS = (
    ("as it is", Settings()),
    ("trades of two criteria", Settings(most_criteria=2)),
    ("whole choices in the last two", Settings(whole_choices=2)),
    ("no whole choice", Settings(whole_choices=0)),
    ("stop at 0.5 %", Settings(small_loss=0.005)),
    ("stop at 0.1 %", Settings(small_loss=0.001)),
    ("eight questions", Settings(max_questions=8)),
    ("no wrong answers expected", Settings(error_rate=0.0)),
)


def report(result: Result, *, variants: bool) -> str:
    """Return the tables in Markdown."""
    lines = []
    wrongs = sorted({wrong for _, wrong, _ in result})
    for group in dict.fromkeys(group for group, _, _ in result):
        for wrong in wrongs:
            people = next(t.people for (g, w, _), t in result.items() if (g, w) == (group, wrong))
            said = f"{wrong:.0%} wrong answers" if wrong else "all answers right"
            lines += ["", f"**{group}, {said}** ({people} people)", ""]
            lines += ["| method | asked, mean | asked, most | best found | mean loss |"]
            lines += ["| --- | ---: | ---: | ---: | ---: |"]
            for (g, w, name), tally in result.items():
                if (g, w) != (group, wrong):
                    continue
                asked = f"{tally.asked / people:.1f} | {tally.most}"
                if name in RIVALS:
                    asked = {"equal weights": "0 | 0"}.get(name, "each criterion | 4 to 8")
                    if variants:
                        continue
                    if group != "random" and name != "equal weights":
                        asked = "each criterion | 8"
                lines.append(
                    f"| {name} | {asked} | {tally.found / people:.1%} | {tally.loss / people:.2%} |"
                )
    return "\n".join(lines).strip() + "\n"


def tasks_of(arguments: argparse.Namespace) -> list[Task]:
    """Return the tables to run."""
    tables: list[tuple[str, Table]] = []
    if not arguments.random_only:
        drawn, of_catalog = Random(arguments.seed), list(catalog_tables())
        # Those of all countries at once have hundreds of wallets, and take most of the time.
        for group, most in (
            ("one country", arguments.tables),
            ("all countries", arguments.tables // 4),
        ):
            there = [item for item in of_catalog if item[0] == group]
            tables += drawn.sample(there, min(len(there), most))
    tables += random_tables(arguments.tables, arguments.seed)
    interviews = VARIANTS if arguments.variants else MAIN
    if arguments.quick:
        interviews = tuple((name, structs.replace(how, draws=100)) for name, how in interviews)
    return [
        Task(group, number, table, arguments.people, arguments.seed, interviews)
        for number, (group, table) in enumerate(tables)
    ]


def main(argv: Sequence[str] | None = None) -> str:
    """Run the benchmark, print its tables and return them."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--people", type=int, default=12, metavar="N", help="people a table")
    parser.add_argument(
        "--tables", type=int, default=60, metavar="N", help="tables, of the catalog and at random"
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--random-only", action="store_true", help="leave the catalog out")
    parser.add_argument("--variants", action="store_true", help="other settings of the interview")
    parser.add_argument("--quick", action="store_true", help="a few tables and people, for tests")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1, metavar="N")
    arguments = parser.parse_args(argv)
    if arguments.quick:
        arguments.people, arguments.tables = min(arguments.people, 2), min(arguments.tables, 3)
        arguments.random_only, arguments.processes = True, 1
    start = time.monotonic()
    text = report(run(tasks_of(arguments), arguments.processes), variants=arguments.variants)
    print(text, end="")
    print(f"{time.monotonic() - start:.0f} s", file=sys.stderr)
    return text


if __name__ == "__main__":
    main()
