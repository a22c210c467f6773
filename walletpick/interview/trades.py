"""A trade of the interview in words: what each side has that the other has not. Pure.

The words come from the facts of the two wallets that the trade lies between. No name is told: who
has heard of one of them should not answer for that.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import accumulate

from walletpick.bill.bill import Bill
from walletpick.facts.money import rounded
from walletpick.facts.places import minor_units
from walletpick.facts.vocabulary import CRITERIA
from walletpick.interview.knowledge import Difference, Question
from walletpick.score.criteria import Evidence, PartValue
from walletpick.score.ranking import Place
from walletpick.words.phrases import claim_phrase, figure

# Parts are named until they make up this share of the difference in a criterion, two at most.
_ENOUGH = Decimal("0.6")
_MOST_PARTS = 2
# Facts named of one part, and criteria on each side of a choice between two wallets as they are.
_MOST_FACTS = 2
_MOST_WHOLE = 3

# Where the words of a fact do not sound like something to want.
_ADVANTAGES = {
    ("closing:medium", True): "can be closed in a few steps",
    ("closing:hard", True): "can be closed, if only through support",
}


def options_of(question: Question, a: Place, b: Place) -> tuple[str, str]:
    """Return the two sides of a question, each as a wallet without a name: what it has more."""
    return _side(question, question.gains, a, b), _side(question, question.losses, b, a)


def _side(question: Question, ahead: Sequence[Difference], place: Place, other: Place) -> str:
    """Return in words where one side is ahead of the other."""
    items = sorted(ahead, key=lambda item: (-item.amount, item.criterion))
    names = [item.criterion for item in items if item.criterion != "cost"][:_MOST_WHOLE]
    # What it costs comes last, as prices do.
    names += [item.criterion for item in items if item.criterion == "cost"]
    most = _MOST_PARTS if len(question.criteria) == 2 else 1
    leads: list[str] = []
    for name in names:
        words = [
            lead
            for part, second in _main_parts(name, place, other, most)
            for lead in _lead(place, other, part, second)
        ]
        # Many small things that no fact alone stands for.
        leads += words or [f"does better in {name}: {CRITERIA[name]}"]
    *others, last = dict.fromkeys(leads)
    return f"A wallet that {', '.join(others)} and {last}" if others else f"A wallet that {last}"


def _main_parts(
    criterion: str, place: Place, other: Place, most: int
) -> list[tuple[PartValue, PartValue]]:
    """Return the parts of a criterion that make up most of the lead of one place."""
    theirs = {part.part.id: part for part in other.values[criterion].parts}
    pairs = [
        (part, theirs[part.part.id])
        for part in place.values[criterion].parts
        if part.part.id in theirs
    ]

    def gap(pair: tuple[PartValue, PartValue]) -> Decimal:
        part, second = pair
        return (part.value.estimate - second.value.estimate) * part.share

    ahead = sorted((pair for pair in pairs if gap(pair) > 0), key=lambda pair: pair[0].part.id)
    ahead.sort(key=gap, reverse=True)
    enough = sum(map(gap, ahead), Decimal(0)) * _ENOUGH
    sums = accumulate(map(gap, ahead), initial=Decimal(0))
    return [pair for pair, before in zip(ahead, sums, strict=False) if before < enough][:most]


def _lead(place: Place, other: Place, part: PartValue, second: PartValue) -> list[str]:
    """Return what a place is ahead by in a part, each to follow "a wallet that"."""
    if part.part.measure == "cost-percent":
        return [_cheaper(place.bill, other.bill)]
    if part.part.measure:
        return _figure(part, second)
    if part.part.best_of:
        return _best(part, second)
    options = part.part.all_of
    wanted = [option.is_ for option in options] or [True] * len(part.evidence)
    worth = [option.value for option in options] or [Decimal(1)] * len(part.evidence)
    rows = sorted(
        zip(part.evidence, second.evidence, wanted, worth, strict=True), key=lambda row: -row[3]
    )
    sure = [
        _phrase(ours.key, is_)
        for ours, theirs, is_, _ in rows
        if _holds(ours, is_) and not _holds(theirs, is_)
    ]
    if sure:
        return sure[:_MOST_FACTS]
    perhaps = [
        _phrase(ours.key, is_)
        for ours, theirs, is_, _ in rows
        if ours.observation.value is None and theirs.observation.value is (not is_)
    ]
    return [f"perhaps {perhaps[0]}"] if perhaps else []


def _best(part: PartValue, second: PartValue) -> list[str]:
    """Return the best option that holds, and what the other has instead."""
    ranked = sorted(
        zip(part.part.best_of, part.evidence, second.evidence, strict=True),
        key=lambda row: -row[0].value,
    )
    ours = [row for row in ranked if _holds(row[1], row[0].is_)]
    theirs = [row for row in ranked if _holds(row[2], row[0].is_)]
    instead = f" (the other {_phrase(theirs[0][0].fact, theirs[0][0].is_)})" if theirs else ""
    if ours:
        return [f"{_phrase(ours[0][0].fact, ours[0][0].is_)}{instead}"]
    unknown = [row for row in ranked if row[1].observation.value is None]
    if not unknown:
        return []
    return [f"perhaps {_phrase(unknown[0][0].fact, unknown[0][0].is_)}{instead}"]


def _phrase(key: str, holds: bool) -> str:
    """Return a fact in words that sound like the advantage that it is here."""
    return _ADVANTAGES.get((key, holds)) or claim_phrase(key, holds)


def _holds(evidence: Evidence, wanted: bool) -> bool:
    return evidence.observation.value is wanted


def _figure(part: PartValue, second: PartValue) -> list[str]:
    if part.figure is None or second.figure is None:
        return []
    ours, theirs = _tenth(part.figure.estimate), _tenth(second.figure.estimate)
    if part.part.measure == "rating":
        if not part.facts:
            return [f"users may rate higher than {theirs} of 5"]
        instead = f" (the other {theirs})" if second.facts else ""
        return [f"users rate {ours} of 5{instead}"]
    if part.part.measure == "reply-days":
        if not part.facts:
            return [f"may answer a complaint sooner than within {_days(theirs)}"]
        instead = f" (the other {_days(theirs)})" if second.facts else ""
        return [f"answers a complaint within {_days(ours)}{instead}"]
    return ["has a better record of breaches, failures and penalties"]


def _days(count: str) -> str:
    return "1 day" if count == "1" else f"{count} days"


def _cheaper(ours: Bill, theirs: Bill) -> str:
    """Return by how much a bill is lower: "costs you 24 USD a year less (72 instead of 96)"."""
    first, second = ours.yearly.estimate, theirs.yearly.estimate
    sure = "" if ours.complete and theirs.complete else "probably "
    # Whole units are enough to compare larger sums.
    whole = bool(minor_units(ours.currency)) and second - first >= 10
    low, high = (
        at.quantize(Decimal(1)) if whole else rounded(at, ours.currency) for at in (first, second)
    )
    less = f"{high - low:,f} {ours.currency}"
    return f"{sure}costs you {less} a year less ({low:,f} instead of {high:,f})"


def _tenth(amount: Decimal) -> str:
    return figure(round(amount, 1))
