"""What an unknown claim counts for, measured on claims that were unknown and then looked up. Pure.

Pages say what there is and seldom what there is not. So what could not be found counts half of
what it would count if it were answered like the rest.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Literal

from msgspec import Struct

from walletpick.facts.model import AskedFile, AverageClaim
from walletpick.facts.money import ZERO
from walletpick.facts.vocabulary import ON_NO_PAGE

# So many look-ups make a measurement, and so many of them must have had an answer.
ENOUGH = 10
ENOUGH_ANSWERED = 5
# Who may have an account says nothing of what it takes to open one, and how many have one nothing
# of what it does.
_LIKE_NO_OTHER = ("onboarding:private_only", *ON_NO_PAGE)

Answer = Literal["yes", "no"]


class _LookUps(Struct):
    """How many look-ups gave a yes, a no, or nothing.

    `known_yes` and `known_no` sum up, over the look-ups, the share of the markets of which the same
    word is known to hold, and not to.
    """

    yes: int = 0
    no: int = 0
    not_found: int = 0
    known_yes: Decimal = ZERO
    known_no: Decimal = ZERO

    def add(self, answer: str, known: AverageClaim) -> None:
        """Count one look-up, of a claim that is known so often."""
        setattr(self, answer, getattr(self, answer) + 1)
        self.known_yes += known.yes
        self.known_no += known.no

    @property
    def count(self) -> int:
        return self.yes + self.no + self.not_found

    @property
    def are_enough(self) -> bool:
        return self.count >= ENOUGH and self.yes + self.no >= ENOUGH_ANSWERED

    def share(self, answer: Answer) -> Decimal:
        """Return what an unknown counts for where this is the answer that counts."""
        answers: int = getattr(self, answer)
        of_answered = Decimal(answers) / (self.yes + self.no)
        return (answers + self.not_found * of_answered / 2) / self.count

    def share_of_like(self, answer: Answer, known: Decimal) -> Decimal:
        """Return what an unknown counts for that was seldom looked up, of like words that were.

        As many times its own share `known` as theirs are found more often than they are known: a
        rare thing stays rare among common ones. Never more than theirs.
        """
        of_like: Decimal = getattr(self, f"known_{answer}") / self.count
        share = self.share(answer)
        return min(share, known * share / of_like) if of_like else known


def measured(known: Mapping[str, AverageClaim], asked: AskedFile | None) -> dict[str, AverageClaim]:
    """Return what each claim counts for where it is unknown.

    `known` has the share of the markets of which each claim is known to hold, and not to. By which
    look-ups a claim is measured, `docs/method.md` says ("What is not known"). What stands on no
    page is looked up where it is likely, so that it says nothing of the others: that counts for
    what is known.
    """
    words: defaultdict[str, _LookUps] = defaultdict(_LookUps)
    families: defaultdict[str, _LookUps] = defaultdict(_LookUps)
    for markets in asked.wallets.values() if asked else ():
        for market in markets.values():
            for answer in ("yes", "no", "not_found"):
                for word in getattr(market, answer):
                    # Prices and sections are looked for too; no claim rests on them.
                    if word in known:
                        words[word].add(answer, known[word])
                        families[_family(word)].add(answer, known[word])
    return {
        key: own if key in ON_NO_PAGE else _claim(own, words[key], families[_family(key)])
        for key, own in known.items()
    }


def _claim(known: AverageClaim, by_word: _LookUps, by_family: _LookUps) -> AverageClaim:
    if by_word.are_enough:
        yes, no = by_word.share("yes"), by_word.share("no")
        return _held(known, AverageClaim(yes=yes, no=no, count=by_word.count, by="word"))
    if by_family.are_enough:
        yes = by_family.share_of_like("yes", known.yes)
        no = by_family.share_of_like("no", known.no)
        return _held(known, AverageClaim(yes=yes, no=no, count=by_family.count, by="family"))
    return known


def _held(known: AverageClaim, claim: AverageClaim) -> AverageClaim:
    """Return a claim's figures, held to those among the markets of which it is known either way."""
    answered = known.yes + known.no
    yes, no = (known.yes / answered, known.no / answered) if answered else (Decimal(1), Decimal(1))
    return AverageClaim(
        yes=rounded_figure(min(claim.yes, yes)),
        no=rounded_figure(min(claim.no, no)),
        count=claim.count,
        by=claim.by,
    )


def _family(word: str) -> str:
    return word if word in _LIKE_NO_OTHER else word.partition(":")[0]


def rounded_figure(value: Decimal) -> Decimal:
    """Return a figure of the averages: four digits are more than the facts bear."""
    return value.quantize(Decimal("0.0001"), ROUND_HALF_EVEN).normalize() + ZERO
