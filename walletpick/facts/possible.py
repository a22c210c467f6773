"""What can be so together: the methods of an operation, and words of needs. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from walletpick.facts.vocabulary import (
    GIVEN_BY_PERSON,
    GIVEN_BY_PLATFORM,
    METHOD_COVERS,
    METHODS,
    opposite,
)

_BY_CARD = ("debit-card", "credit-card", "card")
# By these the money for something comes, and to these it goes to another person or out.
_PAID_BY = (
    *("balance", "bank-transfer", "bank-linked", *_BY_CARD, "instant", "standard"),
    *("mobile-wallet", "mobile-carrier", "crypto", "paypal", "own-network", "other-network"),
)
_AT_A_COUNTER = ("cash-agent", "agent")
# Of each operation the methods by which a wallet can do it.
METHODS_OF = {
    "top-up": tuple(
        each for each in METHODS if each != "cash-pickup" and not each.endswith("-network")
    ),
    "pay": _PAID_BY,
    "pay-abroad": _PAID_BY,
    "send": (*_PAID_BY, *_AT_A_COUNTER, "cash-pickup"),
    "send-abroad": (*_PAID_BY, *_AT_A_COUNTER, "cash-pickup"),
    "receive": (*_PAID_BY, *_AT_A_COUNTER, "cash-pickup"),
    "receive-abroad": (*_PAID_BY, *_AT_A_COUNTER, "cash-pickup"),
    "withdraw": tuple(
        each for each in _PAID_BY if each not in ("balance", "mobile-carrier", "other-network")
    ),
    "cash-out": ("atm", *_AT_A_COUNTER, "cash-pickup"),
    "convert": tuple(each for each in _PAID_BY if not each.endswith("-network")),
    "bill-pay": (*_PAID_BY, *_AT_A_COUNTER),
    "mobile-top-up": (*_PAID_BY, *_AT_A_COUNTER),
    "credit-card-repayment": (
        *(each for each in _PAID_BY if each != "credit-card"),
        *_AT_A_COUNTER,
    ),
}

# Who is so has none of these to put money in by.
NEVER_HAVE = {"unbanked": ("bank-linked", "bank-transfer")}


def needs_contradiction(
    person: Iterable[str], have: Iterable[str], given: Iterable[str], platform: str | None
) -> tuple[tuple[str, str], tuple[str, str]] | None:
    """Return two things that needs say of which only one can be so, or None.

    Each is a field and its word: ("person", "unbanked") and ("have", "bank-linked").
    """
    has, answered = set(have), set(given)
    for word in person:
        for never in NEVER_HAVE.get(word, ()):
            if never in has:
                return ("person", word), ("have", never)
        # A visitor may have a card from there all the same.
        for answer in GIVEN_BY_PERSON.get(word, ()) if word in NEVER_HAVE else ():
            if opposite(answer) in answered:
                return ("person", word), ("given", opposite(answer))
    for answer in GIVEN_BY_PLATFORM.get(platform or "", ()):
        if opposite(answer) in answered:
            return ("platform", platform or ""), ("given", opposite(answer))
    return None


def have_to_do(method: str, other: str) -> bool:
    """Return whether methods are the same, or one covers the other ("card" a debit card)."""
    return (
        method == other
        or other in METHOD_COVERS.get(method, ())
        or method in METHOD_COVERS.get(other, ())
    )
