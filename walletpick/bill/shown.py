"""Which claims show that a market does an operation, and by which way. Pure."""

from __future__ import annotations

from walletpick.facts.model import Usage
from walletpick.facts.vocabulary import (
    CASH_POINTS,
    CLAIM_FAMILIES,
    METHOD_COVERS,
    RECEIVING_OPERATIONS,
    TRANSFER_OPERATIONS,
)

# What shows that one pays without standing at a till, and nothing of paying in shops.
ONLINE = ("features:pay-online", "features:pay-in-app")
# What else shows that one pays, each at a till.
CARD = "features:physical-card"
AT_TILLS = ("features:pay-nfc", "features:pay-qr", CARD)
# The claims that show that a market does an operation, but for the feature of the same name.
_SHOWN_BY = {
    "top-up": tuple(f"funding:{word}" for word in CLAIM_FAMILIES["funding"]),
    "pay": (*AT_TILLS, *ONLINE),
    "withdraw": (
        "payout:bank-transfer",
        "payout:bank-linked",
        "payout:debit-card",
        "payout:card-payout",
    ),
    "convert": ("features:multi-currency",),
}
# What is said of how an operation is done, and holds where that is done.
HOW_FAST = {"features:instant-send": "send", "features:instant-abroad": "send-abroad"}
# Ways in which money is sent and received that are no matter of course: a price or a claim that
# names none says nothing of them. Whether one's own bank account or kind of card is taken is asked
# apart.
_APART = (*CASH_POINTS, "mobile-wallet", "card", "crypto")
# The claims that show that money gets in or out by a certain way.
WAYS: dict[str, dict[str, tuple[str, ...]]] = {
    "top-up": {
        **{word: (f"funding:{word}",) for word in CLAIM_FAMILIES["funding"]},
        "agent": ("funding:cash-agent",),
        "atm": ("funding:cash-atm",),
        "card": ("funding:debit-card", "funding:credit-card"),
    },
    "withdraw": {
        **{word: (f"payout:{word}",) for word in CLAIM_FAMILIES["payout"]},
        "card": ("payout:debit-card", "payout:card-payout"),
    },
    "cash-out": {
        "atm": ("payout:cash-atm",),
        "agent": ("payout:cash-agent",),
        "cash-agent": ("payout:cash-agent",),
        "cash-pickup": ("payout:cash-pickup",),
    },
}


def shown_by(operation: str, method: str = "") -> tuple[str, ...]:
    """Return the claims that show that a market does an operation, by a method if one is named."""
    if method and operation in WAYS:
        return way_keys(operation, method)
    return _SHOWN_BY.get(operation, (f"features:{operation}",))


def operations_of(key: str) -> frozenset[str]:
    """Return the operations that a claim shows to be done."""
    by_way = {
        operation for operation, ways in WAYS.items() if any(key in keys for keys in ways.values())
    }
    family, _, word = key.partition(":")
    shown = {operation for operation, keys in _SHOWN_BY.items() if key in keys}
    return frozenset(by_way | shown | ({word} if family == "features" else set()))


def way_keys(operation: str, method: str) -> tuple[str, ...]:
    """Return the claims that show that money gets in or out by a method; of other operations ()."""
    return WAYS.get(operation, {}).get(method, ())


def does_key(usage: Usage) -> str:
    """Return the key that asks whether a market does a usage, by the way it names if any."""
    return f"does:{usage.operation}" + (f":{usage.method}" if usage.method else "")


def stands_apart(operation: str, method: str | None) -> bool:
    """Return whether only what names a method says that a market does an operation by it."""
    if operation in ("top-up", "withdraw"):
        return method in CASH_POINTS
    # Only sellers are paid by card, at a price of its own.
    sold = operation in RECEIVING_OPERATIONS and method in METHOD_COVERS["card"]
    return sold or (operation in TRANSFER_OPERATIONS and method in _APART)


def keys_apart(method: str) -> tuple[str, ...]:
    """Return the claims that say that money goes in or out by a method."""
    ways = ("top-up", "withdraw", "cash-out")
    return tuple(dict.fromkeys(key for way in ways for key in way_keys(way, method)))
