"""Why a market does not fit what a person needs, or is not confirmed to: as data. Pure.

`words.causes` says each of them in a sentence.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from walletpick.bill.limits import Impossible
from walletpick.bill.observe import Condition
from walletpick.facts.model import Fact, FeeRule, Limit, Source, Usage
from walletpick.facts.vocabulary import CASH_POINTS


class Cause(Struct, frozen=True, kw_only=True):
    """What stands against a market, and the fact behind it, if any.

    `known`: the market is known not to fit; else it is not known whether it does. Where that is
    `strict`, it counts against it all the same: for the person says so, or the question asks it.
    """

    known: bool
    strict: bool = False
    fact: Fact | FeeRule | Limit | None = None
    source: Source | None = None


class Lacks(Cause, frozen=True, kw_only=True):
    """A fact that is asked for: `key` (see `observe`) must be yes, or no where it is not `wanted`.

    `condition` says when it holds, if it does only then. `unless`: it is asked for since people in
    that situation seldom have it; who has it says that word. Any of `others` (keys too) would do
    instead.
    """

    key: str
    others: tuple[str, ...] = ()
    wanted: bool = True
    condition: Condition | None = None
    unless: str = ""


class NotShownThere(Cause, frozen=True, kw_only=True):
    """Nothing says that an operation (by the method that the person named) leads to a country; or
    it is known not to, as it leads to the wallet's users alone, who receive nothing there.

    `of_countries`: to so many at least it does, says `fact`, which names none.
    """

    operation: str
    method: str | None = None
    country: str
    of_countries: int | None = None


class AmongUsersOnly(Cause, frozen=True, kw_only=True):
    """Money is known to go among the wallet's users alone: at home, or with abroad (or a country).

    At home that is only so where a limit, its `fact`, bars all other ways. Where it is asked that
    it arrives in another way, the market is known not to fit.
    """

    operation: str
    country: str | None


class NoWayIn(Cause, frozen=True, kw_only=True):
    """Nothing says how money gets in for somebody without a bank account."""


class TooYoung(Cause, frozen=True, kw_only=True):
    """The age of the person, None of a minor, and that from which people are taken, if known.

    `condition` is where teenagers are known to be taken, if not everywhere.
    """

    age: int | None
    lowest: int | None = None
    condition: Condition | None = None


class TooOld(Cause, frozen=True, kw_only=True):
    """The age up to which what is for the young alone may be had."""

    highest: int


class BeyondLimit(Cause, frozen=True, kw_only=True):
    """What a limit forbids."""

    impossible: Impossible


class NotOpen(Cause, frozen=True, kw_only=True):
    """The state of a market that takes no new customers, or is not known to (since when)."""

    state: str
    since: str | None = None


def is_about(cause: Cause, usage: Usage) -> bool:
    """Return whether what a cause speaks of is a usage itself, not a wallet as a whole."""
    match cause:
        case Lacks():
            does = f"does:{usage.operation}"
            return cause.key in (does, f"{does}:{usage.method}")
        case NotShownThere():
            return (cause.operation, cause.country) == (usage.operation, usage.country)
        case AmongUsersOnly():
            return (usage.operation, usage.country) == (cause.operation, cause.country)
    return False


def answerable(causes: Iterable[Cause]) -> list[Condition]:
    """Return the conditions on which some causes hang, each once, where the person can answer all.

    That is with a word of their own, their bank's name or who they are; none where a cause hangs
    on anything else.
    """
    conditions: list[Condition] = []
    for cause in causes:
        condition = cause.condition if isinstance(cause, Lacks | TooYoung) else None
        if condition is None or condition.of not in ("given", "bank", "people"):
            return []
        if isinstance(cause, Lacks):
            # A shop or a machine that gives cash is nobody's bank.
            at_a_place = cause.key.rpartition(":")[2] in CASH_POINTS and condition.of == "bank"
            if at_a_place or not cause.wanted:
                return []
        if condition not in conditions:
            conditions.append(condition)
    return conditions


def doubt_of(unconfirmed: Iterable[Cause]) -> int:
    """Return how much is not confirmed: 0 nothing, 1 something asked for, 2 that it runs at all."""
    return max((2 if isinstance(cause, NotOpen) else 1 for cause in unconfirmed), default=0)
