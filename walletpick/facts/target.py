"""What a fact that a person tells is about: a part of a price, a limit, a word. Pure.

send-abroad:bank-linked@MX.percent   convert/premium.fx_markup   subscription/plus.month
limits.send.month   limits.cash-out:atm.day.count   limits.balance
security.passkey   protection.safeguarding   onboarding.min_age   closing.how   reply.days
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Literal

from msgspec import Struct

from walletpick.facts.vocabulary import CLAIM_FAMILIES, ONBOARDING, OPERATIONS

Takes = Literal["yes or no", "percent", "money", "number", "word"]

# Sections of which a fact is a yes or no.
YES_OR_NO: dict[str, dict[str, str]] = {**CLAIM_FAMILIES, "onboarding": ONBOARDING}
# The parts of a price, and what each is.
PRICE: dict[str, Takes] = {
    "percent": "percent",
    "fixed": "money",
    "min": "money",
    "max": "money",
    "fx_markup": "percent",
}
# What is charged again and again, and how often.
REGULAR = ("subscription", "inactivity")
PERIODS = ("month", "year")
LIMITS = ("transaction", "day", "week", "month", "year", "lifetime", "balance")
MEASURES: dict[str, Takes] = {"amount": "money", "least": "money", "count": "number"}
# What stands alone, and what it takes.
SINGLE: dict[str, Takes] = {
    "onboarding.min_age": "number",
    "closing.how": "word",
    "closing.difficulty": "word",
    "reply.days": "number",
    "status": "word",
}

Value = bool | Decimal | int | str


class Target(Struct, frozen=True):
    """What a told fact is about. `word` is a claim's, a limit's period or the part of a price."""

    section: str
    word: str
    # The measure of a limit.
    measure: str = ""
    operation: str = ""
    method: str | None = None
    plan: str | None = None
    country: str | None = None

    @property
    def takes(self) -> Takes:
        """What its value is."""
        if self.section == "fees":
            return "money" if self.word in PERIODS else PRICE[self.word]
        if self.section == "limits":
            return MEASURES[self.measure]
        return SINGLE.get(self.alone, "yes or no")

    @property
    def alone(self) -> str:
        """Its section and word, as it is written where nothing else is needed."""
        return f"{self.section}.{self.word}" if self.word else self.section

    @property
    def scope(self) -> str:
        """The operation, and for which method, plan and country."""
        parts = ((":", self.method), ("/", self.plan), ("@", self.country))
        return self.operation + "".join(f"{sign}{word}" for sign, word in parts if word)

    @property
    def name(self) -> str:
        """How it is written."""
        if self.section == "fees":
            return f"{self.scope}.{self.word}"
        if self.section == "limits":
            measure = "" if self.measure == "amount" else self.measure
            return ".".join(filter(None, ("limits", self.scope, self.word, measure)))
        return self.alone


def price_of(target: Target) -> tuple[str, str]:
    """Return which price a part belongs to: its scope, and the period of a regular charge."""
    return target.scope, target.word if target.operation in REGULAR else ""


def split_scope(text: str, signs: str) -> tuple[str, list[tuple[str, str]]]:
    """Return what stands before the first of some signs, and each sign with what is behind it.

    send@MX:instant -> send, [("@", "MX"), (":", "instant")]: a scope is written in any order.
    """
    head, *rest = re.split(f"([{signs}])", text)
    words = zip(rest[::2], rest[1::2], strict=True)
    return head.strip(), [(sign, word.strip()) for sign, word in words]


def tellable() -> list[str]:
    """Return what can be told, prices and limits in their plainest form."""
    names = [f"{family}.{word}" for family, words in YES_OR_NO.items() for word in words]
    for operation in OPERATIONS:
        parts = PERIODS if operation in REGULAR else tuple(PRICE)
        names += [f"{operation}.{part}" for part in parts]
        names += [f"limits.{operation}.{what}" for what in LIMITS if operation not in REGULAR]
    return [*names, "limits.balance", *SINGLE]


def corridor_of(home: str, country: str | None) -> str | None:
    """Return the corridor from a market's country to another; None where none is named."""
    return f"{home}-{country}" if country else None
