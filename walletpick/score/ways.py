"""Whether the ways in which a bill prices what a person does are open to that person. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from walletpick.bill.bill import Bill
from walletpick.bill.conditions import lacks_linked_bank, seldom_had
from walletpick.bill.filling import (
    CARDS,
    IN_SHOPS,
    OWN_CARD,
    comes_in,
    may_arrive,
    may_be_own_card,
    means_of,
    shortage,
)
from walletpick.bill.observe import Observation, covers
from walletpick.bill.quotes import FROM_BANK
from walletpick.facts.model import Quoted, Usage
from walletpick.facts.vocabulary import (
    FUNDING,
    METHOD_COVERS,
    OWNED_METHODS,
    SPENDING_OPERATIONS,
)
from walletpick.score.causes import Lacks, NoWayIn
from walletpick.score.criteria import Yardstick

# How money gets in for who has no bank account, nothing of what they have being known; and how a
# usage is paid so itself.
_WITHOUT_BANK = ("cash-agent", "cash-atm", "mobile-carrier")
_CASH_IN = ("cash-agent", "agent")


# The fact of who cannot do without an account at a bank of the country.
BANK_ACCOUNT = "onboarding:local_bank_account"


def closed_ways(made: Bill, by: Yardstick) -> list[Lacks]:
    """Return what is not known, or known not, to be taken from the person for what is priced.

    A usage that is priced by a method which the person must own something for needs that this is
    taken; one from the balance that something is taken which they have, if they said what.
    """
    lacks: dict[tuple[str, ...], Lacks] = {}
    for usage in made.priced:
        words = tuple(_means(usage, by))
        by_own_card = _by_own_card(made, usage, by)
        if by_own_card:
            # What it draws on must be filled.
            words = means_of(by.needs) if shortage(by.needs.use) else ()
        if words and (by_own_card or not _is_shown(made, usage, by)):
            for cause in _not_taken(made, usage, words, by):
                if cause.known or not by_own_card:
                    lacks.setdefault((cause.key, *cause.others), cause)
    return list(lacks.values())


def by_local_bank(made: Bill, by: Yardstick) -> list[Lacks]:
    """Return that something is known to be done from a linked bank account alone.

    That is asked of who has seldom one in the country and did not say that they do.
    """
    if not lacks_linked_bank(by.needs):
        return []
    linked = [rule for rule in made.candidate.market.fees if rule.method == "bank-linked"]
    for usage in made.priced:
        rule = next((each for each in linked if each.operation == usage.operation), None)
        if usage.method == "bank-linked" or (usage.method is None and rule):
            word = seldom_had(by.needs)["local_bank_account"]
            source = made.candidate.source_of(rule) if rule else None
            return [
                Lacks(
                    known=False,
                    key=BANK_ACCOUNT,
                    wanted=False,
                    unless=word,
                    fact=rule,
                    source=source,
                )
            ]
    return []


def no_way_in(made: Bill, by: Yardstick) -> list[NoWayIn]:
    """Return that nothing says how the money for a usage gets in without a bank account.

    That is asked of who has none and said nothing of what they pay with; what they receive is one.
    """
    needs = by.needs
    if "unbanked" not in by.observer.people or needs.have or comes_in(needs):
        return []
    known = all(
        usage.method in _CASH_IN
        or any(by.observer.takes(made.candidate, w, usage.operation).value for w in _WITHOUT_BANK)
        for usage in needs.use
    )
    return [] if known else [NoWayIn(known=False)]


def is_paid_in(made: Bill, by: Yardstick) -> bool:
    """Return whether what a bill prices, with what the person has, says how money gets in.

    Whether that is open to them, `closed_ways` and `no_way_in` say.
    """
    if any((each.operation, each.method) == ("top-up", "cash-agent") for each in made.priced):
        return True
    return bool(by.needs.have or not comes_in(by.needs)) and shortage(by.needs.use) > 0


def is_of_ways(seen: Observation, made: Bill) -> bool:
    """Return whether what is seen to hold by some methods only holds for one that is priced."""
    condition = seen.condition
    if condition is None or condition.of != "method":
        return False
    return any(usage.method in condition.words for usage in made.priced)


def _means(usage: Usage, by: Yardstick) -> Iterator[str]:
    """Yield the means of payment of which one must be taken for a priced usage; none: any way."""
    have, method = by.needs.have, usage.method
    if usage.operation not in (*SPENDING_OPERATIONS, "cash-out", "top-up"):
        return
    if method in OWNED_METHODS:
        if may_arrive(usage):
            return
        covered = METHOD_COVERS.get(method, (method,))
        yield from [w for w in covered if w in have] or [w for w in covered if w in FUNDING]
    elif usage.operation == "top-up":
        yield from means_of(by.needs) if method is None else ()
    elif shortage(by.needs.use):
        yield from means_of(by.needs)


def _is_shown(made: Bill, usage: Usage, by: Yardstick) -> bool:
    """Return whether a price for the very method shows that one can do it so.

    What a survey saw from a bank account does, be that linked or not.
    """
    method = usage.method
    return method in OWNED_METHODS and any(
        by.observer.fits(made.candidate, rule)
        for line in made.lines
        if (line.operation, line.method) == (usage.operation, method)
        for rule in line.rules
        if rule.operation == usage.operation and rule.method
        if covers(rule.method, method) or (isinstance(rule, Quoted) and method in FROM_BANK)
    )


def _by_own_card(made: Bill, usage: Usage, by: Yardstick) -> bool:
    """Return whether a card that the wallet itself issues is one to pay with as is asked."""
    if usage.operation not in IN_SHOPS or usage.method not in OWN_CARD:
        return False
    if not may_be_own_card(usage.method, made.candidate.kind, by.needs, by.observer.answers):
        return False
    return any(by.observer.look(made.candidate, f"features:{card}").value for card in CARDS)


def _not_taken(made: Bill, usage: Usage, words: tuple[str, ...], by: Yardstick) -> Iterator[Lacks]:
    """Yield that none of some means is taken for a usage; or that one of those that may be is.

    Nothing where one of them is. One with a condition is named first.
    """
    seen = {w: by.observer.takes(made.candidate, w, usage.operation) for w in words}
    if any(each.value for each in seen.values()):
        return
    maybe = [word for word, each in seen.items() if each.value is None]
    maybe.sort(key=lambda word: seen[word].condition is None)
    for word in maybe[:1] or seen:
        each = seen[word]
        yield Lacks(
            known=not maybe,
            key=f"funding:{word}",
            others=tuple(f"funding:{other}" for other in maybe[1:]),
            condition=each.condition,
            fact=each.fact,
            source=each.source,
        )
