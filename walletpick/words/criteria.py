"""What the criteria of the score are called. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from walletpick.language import N_, _, with_brackets
from walletpick.words.phrases import in_a_row

# So many of the criteria that make a difference are told.
_TOLD = 2
# What would be told as 0.0 points is no gap.
LEAST_GAP = Decimal("0.05")

_NAMES = {
    "cost": N_("cost"),
    "coverage": N_("coverage"),
    "security": N_("security"),
    "protection": N_("protection"),
    "support": N_("support"),
    "ease": N_("ease"),
    "trust": N_("trust"),
    "exit": N_("exit"),
    "experience": N_("experience"),
}

# What somebody cares for, as the subject of "mattered more to you".
_CARES = {
    "cost": N_("a low price"),
    "coverage": N_("a wallet that does all that you do"),
    "security": N_("safe log-ins and payments"),
    "protection": N_("what keeps your money safe"),
    "support": N_("good support"),
    "ease": N_("easy use"),
    "trust": N_("a clean record"),
    "exit": N_("leaving easily"),
}


def care_words(name: str) -> str:
    """Return what somebody cares for to whom a criterion matters: "leaving easily"."""
    return _(_CARES[name])


def criterion_name(name: str) -> str:
    """Return what a criterion, or what one's own diary counts for, is called."""
    return _(_NAMES.get(name, name))


def widest(gaps: Sequence[tuple[Decimal, str]]) -> Sequence[tuple[Decimal, str]]:
    """Return the gaps, in points, to tell of some in their order: what comes behind the first is
    told where it is worth half as much.
    """
    return [each for each in gaps[:_TOLD] if 2 * each[0] >= gaps[0][0]]


def by_criterion(gaps: Iterable[tuple[str, Decimal]], least: Decimal = LEAST_GAP) -> str:
    """Return by how many points one is ahead in each criterion, or behind: "cost +2.1, trust -0.2".

    Of gaps of `least` or more; "" where there is none.
    """
    parts = (f"{criterion_name(name)} {gap:+.1f}" for name, gap in gaps if abs(gap) >= least)
    return in_a_row(parts)


def gap_words(words: str, points: Decimal) -> str:
    """Return a criterion, in words, with how many points more it makes: "its support (+2.5)"."""
    return with_brackets(words, f"{points:+.1f}")
