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


def criterion_name(name: str) -> str:
    """Return what a criterion, or what one's own diary counts for, is called."""
    return _(_NAMES.get(name, name))
