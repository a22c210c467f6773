"""Which claims show that a market does an operation, and by which way. Pure."""

from __future__ import annotations

from walletpick.facts.vocabulary import CLAIM_FAMILIES

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
