"""What the criteria of the score are called. Pure."""

from __future__ import annotations

from walletpick.language import N_, _

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
