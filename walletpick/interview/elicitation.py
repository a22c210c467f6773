"""Learning a person's weights by a few concrete questions. Pure: no clock, no input or output.

The model is the additive one of `ranking`: the worth of an alternative is the sum of weight x
value, values 0 to 1, weights not negative and summing to 1 (Keeney and Raiffa 1976). Weights are
not asked for. What is asked is which of two things the person would take, and each reply is a
linear inequality on the weights: whoever takes A says that w . (A - B) >= 0.

**What is known** (`Knowledge`) are the weights that agree with the replies, as regions: one for
all replies, and one for each way to set some aside as slips, less likely by `Settings.error_rate`.
So one slip bends what is believed and does not break it. Those with the fewest slips are *the set*:
a single region, unless replies contradict each other.

- Certain is what holds in every corner of the set. An alternative is out of play when another is
  worth more under *every* weight (the necessary preference of robust ordinal regression: Greco,
  Mousseau and Slowinski 2008, EJOR 191); its worst loss is the most it can lack under *any* (the
  maximum regret of Boutilier, Patrascu, Poupart and Schuurmans 2006, Artificial Intelligence 170).
- Likely is what holds under most weights drawn from all regions, the *belief*.

**The recommendation** is the alternative with the smallest average loss over the belief. Worth is
linear in the weights, so that is the first place at the mean weights (`mean_weights`): saved with
the needs, those make the ordinary ranking put the same wallet first. Should replies speak against
it (no weights of the set put it first), it is the first place at the mean of the set. The smallest
worst loss is not followed: in `benchmarks/interview.py` it loses more after wrong answers.

**The next question** is the one expected to tell most about which alternative is best: the mutual
information between the reply and the first place. Looking one step ahead by loss alone would be
short-sighted: early on often no single reply changes the first place, though three together do.
Questions are trades in the manner of FITradeoff (de Almeida, Almeida, Costa and
Almeida-Filho 2016, EJOR 250): two options alike but for two or three criteria, the differences
being those between two wallets in play. When two alternatives remain, or for the last
`Settings.whole_choices` questions, the two options may be real wallets as they are (as in later
FITradeoff: de Almeida, Frej and Roselli 2021, CEJOR 29): a trade of three criteria cuts across the
border between two wallets that differ in eight, and six such cuts do not settle it. The program
asks none of these: eight differences at once are too many to weigh up.

**The first question** is what a thing is worth in money, where there is something to be had for
money: a sum says more than a choice, for it holds the weights to both sides. Which thing, is chosen
in the same way. Where it is told what a person sees of the differences (`Knowledge.seen`), all
questions are made of that alone, so that a reply says something of no more than what was read.

**What is usual**, where that is told, is where the belief begins: weights near the usual ones are
likelier. Trades are then such as are about even under what is believed so far, so that "about
equal" confirms it, and a side that is taken speaks for more or less than that.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial, reduce
from itertools import accumulate, combinations, compress, pairwise, product
from math import fsum, log
from operator import add, ge, sub
from typing import Literal, TypeAlias

from msgspec import structs

from walletpick.interview.knowledge import Difference, Knowledge, Question, Settings, unevenness
from walletpick.interview.regions import SAME

Stop: TypeAlias = Literal["settled", "small-loss", "max-questions", "nothing-to-ask"]

# Wallets most likely to be best, whose differences questions are made of.
_FRONT = 12
# Of these, the ones whose differences also make trades of three criteria.
_NEAR = 6
# Of so many of the most telling questions the last is chosen.
_CLOSE = 40
# Below this, in nats, a reply tells nothing that is worth asking for.
_NOTHING = 1e-4
# Sums of money, as what they take in value, between which it makes a difference.
_SUMS = (0.02, 0.05, 0.1, 0.2, 0.4, 0.8)


def next_question(knowledge: Knowledge) -> Question | Stop:
    """Return the question that can still change the answer most, or why nothing more is asked.

    - "settled": no weights that agree with the replies put another alternative first, so nothing
      that could still be answered would change the first place
    - "small-loss": the average loss is under `Settings.small_loss`, and where it begins with what
      is usual, `Settings.min_questions` have been asked
    - "max-questions": `Settings.max_questions` have been asked
    - "nothing-to-ask": no question is left that would tell anything
    """
    if knowledge.worst_loss <= SAME:
        return "settled"
    if knowledge.loss < knowledge.settings.small_loss and not (
        knowledge.usual and len(knowledge.answers) < knowledge.settings.min_questions
    ):
        return "small-loss"
    if len(knowledge.answers) >= knowledge.settings.max_questions:
        return "max-questions"
    return most_telling(knowledge) or "nothing-to-ask"


def price_question(knowledge: Knowledge) -> Question | None:
    """Return the question what a difference is worth in money, None where that tells nothing.

    It has no losses: the sum is the person's to name (`priced`).
    """
    if "cost" not in knowledge.criteria:
        return None
    questions = [
        Question(a=knowledge.names[a], b=knowledge.names[b], gains=(gain,), losses=(), priced=True)
        for pair in combinations(sorted(knowledge.possible[:_FRONT]), 2)
        for a, b in (pair, pair[::-1])
        for gain in _differences(knowledge, a, b, knowledge.settings.noticeable)[0]
        if gain.criterion != "cost"
    ]
    spans = list(pairwise(accumulate(knowledge.wins, initial=0)))
    best, most = None, _NOTHING
    for question in questions:
        (gain,) = question.gains
        columns = zip(knowledge.weights[gain.criterion], knowledge.weights["cost"], strict=True)
        # In which of the sums each of the drawn people would name one.
        steps = [
            sum(gain.amount * thing >= step * money for step in _SUMS) for thing, money in columns
        ]
        by_first = [
            [steps[start:end].count(step) for start, end in spans] for step in range(len(_SUMS) + 1)
        ]
        told = _entropy(knowledge.wins) + _entropy([sum(counts) for counts in by_first])
        told -= _entropy([count for counts in by_first for count in counts])
        if told > most:
            best, most = question, told
    return best


def priced(question: Question, loss: float) -> Question:
    """Return a question on what something is worth, with the sum named: what it takes in value."""
    return structs.replace(question, losses=(Difference("cost", 0.0, loss),))


def most_telling(knowledge: Knowledge) -> Question | None:
    """Return the question that tells most, whether or not it is time to stop; None if none does.

    What was said to be about equal is set against each other again only where nothing else tells.
    """
    settings = knowledge.settings
    trades, whole = _questions(knowledge)
    # Early on, a choice between two wallets as they are is for where no trade tells anything.
    left = settings.max_questions - len(knowledge.answers)
    if len(knowledge.possible) == 2 or left <= settings.whole_choices:
        trades += whole
    if knowledge.usual:
        believed, most = knowledge.mean_weights, settings.most_uneven
        trades = [one for one in trades if unevenness(one, believed) <= most]
    equal = [old.question for old in knowledge.answers if old.reply == "equal"]
    even = {pair for question in equal for pair in _pairs(question)}
    fresh = [one for one in trades if one.whole or even.isdisjoint(_pairs(one))]
    best = partial(_best, knowledge, last=left == 1)
    if left == 1:
        # Of amounts near those of the wallet in front.
        front = knowledge.names[knowledge.chosen]
        if question := best([one for one in fresh if front in (one.a, one.b)]):
            return question
    return best(fresh) or best(trades) or best(whole)


def _pairs(question: Question) -> set[frozenset[object]]:
    """Return what is set against what in a question, as a person reads it.

    More money, or less, is money.
    """

    def thing(item: Difference) -> object:
        return item.criterion if item.facts and item.criterion == "cost" else item.facts or item

    return {
        frozenset((thing(gain), thing(loss)))
        for gain, loss in product(question.gains, question.losses)
    }


def _questions(knowledge: Knowledge) -> tuple[list[Question], list[Question]]:
    """Return the trades, and the choices between two wallets as they are, that can be asked.

    They lie in the differences between those likeliest to be best. What was asked before is left
    out, the same with its sides exchanged too, and trades between criteria, or with two things
    against each other, that the person could not weigh up. No fact is in a trade twice, nor with
    one that follows from it.
    """
    settings = knowledge.settings
    asked = {_read_as(old.question) for old in knowledge.answers}
    skipped = [old.question for old in knowledge.answers if old.reply == "unknown"]
    unclear = {frozenset(question.criteria) for question in skipped}
    not_weighed = {pair for question in skipped for pair in _pairs(question)}
    trades: list[Question] = []
    whole: list[Question] = []
    for a, b in combinations(sorted(knowledge.possible[:_FRONT]), 2):
        between = partial(Question, a=knowledge.names[a], b=knowledge.names[b])
        better, worse = _differences(knowledge, a, b, settings.noticeable)
        three = settings.most_criteria > 2 and {a, b} <= {*knowledge.possible[:_NEAR]}
        for more, less in ((1, 1), (2, 1), (1, 2)) if three else ((1, 1),):
            trades += (
                between(gains=gains, losses=losses)
                for gains in combinations(better, more)
                for losses in combinations(worse, less)
            )
        better, worse = _differences(knowledge, a, b, SAME)
        if settings.whole_choices:
            whole.append(between(gains=better, losses=worse, whole=True))

    def is_new(question: Question) -> bool:
        if _read_as(question) in asked:
            return False
        # More of a thing on either side would tell nothing of what it weighs.
        if len({*question.criteria}) < len(question.criteria):
            return False
        sides = (*question.gains, *question.losses)
        if any(not one.facts.isdisjoint(two.facts) for one, two in combinations(sides, 2)):
            return False
        if question.whole:
            return True
        return frozenset(question.criteria) not in unclear and not_weighed.isdisjoint(
            _pairs(question)
        )

    return list(filter(is_new, trades)), list(filter(is_new, whole))


def _read_as(question: Question) -> frozenset[frozenset[object]]:
    """Return what a person reads of a question, whichever side is the first."""
    sides = (question.gains, question.losses)
    return frozenset(frozenset(item.facts or item for item in side) for side in sides)


def _differences(
    knowledge: Knowledge, a: int, b: int, least: float
) -> tuple[tuple[Difference, ...], tuple[Difference, ...]]:
    """Return where A is better by at least so much, and where B is."""
    if knowledge.seen:
        one, two = knowledge.names[a], knowledge.names[b]
        sides = knowledge.seen(one, two), knowledge.seen(two, one)
        ahead, behind = (tuple(item for item in side if item.amount >= least) for side in sides)
        return ahead, behind
    columns = list(zip(knowledge.criteria, knowledge.values[a], knowledge.values[b], strict=True))
    gains = (Difference(name, two, one) for name, one, two in columns if one - two >= least)
    losses = (Difference(name, one, two) for name, one, two in columns if two - one >= least)
    return tuple(gains), tuple(losses)


def _best(knowledge: Knowledge, questions: Sequence[Question], last: bool) -> Question | None:
    """Return the question that tells most for its length, None when none tells anything.

    To be the last, an answer to it must change the first place: no other will.
    """
    wins = knowledge.wins
    spans = list(pairwise(accumulate(wins, initial=0)))
    worth: dict[Difference, list[float]] = {}
    for item in {item for one in questions for item in (*one.gains, *one.losses)}:
        amount = item.amount
        worth[item] = [amount * weight for weight in knowledge.weights[item.criterion]]
    told_by: list[tuple[float, Question, list[bool]]] = []
    for question in questions:
        gain, loss = (
            reduce(lambda one, two: list(map(add, one, two)), [worth[item] for item in side])
            for side in (question.gains, question.losses)
        )
        takes_a = list(map(ge, gain, loss))
        with_a = [sum(takes_a[start:end]) for start, end in spans]
        with_b = list(map(sub, wins, with_a))
        told = _entropy(wins) + _entropy([sum(with_a), sum(with_b)]) - _entropy(with_a + with_b)
        if told > _NOTHING:
            told_by.append((told * _price(question, knowledge.settings), question, takes_a))
    told_by.sort(key=lambda row: -row[0])
    best = (
        question
        for _, question, takes_a in told_by[:_CLOSE]
        if not last or _moves(knowledge, takes_a)
    )
    return next(best, None)


def _moves(knowledge: Knowledge, takes_a: Sequence[bool]) -> bool:
    """Return whether either side of a trade would put another alternative first, as it seems."""
    for side in (takes_a, [not taken for taken in takes_a]):
        taken = [fsum(compress(column, side)) for column in knowledge.weights.values()]
        if any(side) and knowledge.first_at(tuple(taken)) != knowledge.chosen:
            return True
    return False


def _entropy(counts: Sequence[int]) -> float:
    """Return the entropy of shares given as counts, in nats."""
    total = sum(counts)
    return log(total) - fsum(count * log(count) for count in counts if count) / total


def _price(question: Question, settings: Settings) -> float:
    """Return the share of what a question tells that is left when its length is paid for."""
    return 1.0 if question.whole else 1 - settings.criterion_price * (len(question.criteria) - 2)
