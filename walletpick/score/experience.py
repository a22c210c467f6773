"""A person's own diary -> what it says of each market, and how much that counts. Pure.

The score with experience is (1 - w) x score + w x value x 100. The value is the weighted mean of
the events (1 good, 0 bad), and w = most x n / (n + half), n being the sum of the events' weights,
each halved with every half-life of its age. The figures are settings of the catalog.
So w grows with the evidence and never reaches `most`; without an entry w is 0 and nothing changes;
and as a market's score depends on its own entries only, the order of the others never moves.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from msgspec import Struct

from walletpick.facts.ages import halved, months_since
from walletpick.facts.model import ExperienceRules, Wallet
from walletpick.facts.money import HUNDRED, ZERO
from walletpick.facts.vocabulary import EVENTS
from walletpick.person.entry import Entry


class Experience(Struct, frozen=True, kw_only=True):
    """What the diary says of one market: its entries, oldest first, their mean value and weight."""

    entries: tuple[Entry, ...]
    value: Decimal
    weight: Decimal


# By wallet and country.
Experiences = Mapping[tuple[str, str], Experience]
NO_EXPERIENCES: Experiences = {}


def experiences(
    entries: Iterable[Entry], wallets: Iterable[Wallet], rules: ExperienceRules, today: date
) -> dict[tuple[str, str], Experience]:
    """Return what a diary says of each market that it has an entry on."""
    of_wallet: dict[str, list[Entry]] = {}
    for entry in entries:
        of_wallet.setdefault(entry.wallet, []).append(entry)
    by_market = {}
    for wallet in wallets:
        for country in wallet.markets if wallet.id in of_wallet else ():
            mine = [e for e in of_wallet[wallet.id] if e.country in (None, country)]
            if experience := experience_of(mine, rules, today):
                by_market[wallet.id, country] = experience
    return by_market


def experience_of(
    entries: Iterable[Entry], rules: ExperienceRules, today: date
) -> Experience | None:
    """Return what entries on one market say together; None where there are none up to today."""
    counted = sorted(
        (entry for entry in entries if date.fromisoformat(entry.date) <= today),
        key=lambda entry: entry.date,
    )
    if not counted:
        return None
    weight = total = ZERO
    for entry in counted:
        share = entry_weight(entry, rules, today)
        weight += share
        total += share * EVENTS[entry.event].value
    return Experience(entries=tuple(counted), value=total / weight, weight=weight)


def entry_weight(entry: Entry, rules: ExperienceRules, today: date) -> Decimal:
    """Return what an entry weighs today: its event's weight, halved with its age."""
    age = months_since(entry.date, today)
    return EVENTS[entry.event].weight * halved(age, rules.half_life_months)


def share_of_score(experience: Experience, rules: ExperienceRules) -> Decimal:
    """Return the share of the score that the diary has: more than 0, less than the most."""
    most = rules.most_percent / HUNDRED
    return most * experience.weight / (experience.weight + rules.half_at_weight)
