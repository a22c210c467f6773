"""The JSON document of the diary: `walletpick/log/1`. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Literal

from walletpick.documents.out import CountryCode, DateText, Out, out
from walletpick.facts.model import Catalog, ExperienceRules
from walletpick.facts.vocabulary import EVENTS
from walletpick.person.entry import Entry, numbered
from walletpick.score.experience import entry_weight, experiences, share_of_score


class EntryOut(Out, frozen=True, kw_only=True):
    """One entry. `number` is what `log remove` takes; `good` says whether the event is, `weight`
    what it weighs today.

    Without a country it counts in every country.
    """

    number: int
    date: DateText
    wallet: str
    country: CountryCode | None
    event: str
    text: str
    good: bool
    weight: float
    note: str


class ExperienceOut(Out, frozen=True, kw_only=True):
    """What the diary says of a market: the mean of its events (0 bad, 1 good), their weight, and
    the share of the score that it makes up, 0 to 1."""

    wallet: str
    country: CountryCode
    entries: int
    value: float
    weight: float
    share: float


class LogOut(Out, frozen=True, kw_only=True):
    """`walletpick log list --json`."""

    schema: Literal["walletpick/log/1"] = "walletpick/log/1"
    entries: tuple[EntryOut, ...]
    experience: tuple[ExperienceOut, ...]


def log_out(entries: Sequence[Entry], catalog: Catalog, today: date) -> LogOut:
    """Return the document of the diary, the oldest entry first."""
    rules = catalog.criteria.settings.experience
    counted = experiences(entries, catalog.wallets, rules, today)
    return out(
        LogOut,
        entries=[
            out(
                EntryOut,
                entry,
                number=number,
                text=EVENTS[entry.event].text,
                good=bool(EVENTS[entry.event].value),
                weight=weight_on(entry, rules, today),
            )
            for number, entry in numbered(entries)
        ],
        experience=[
            out(
                ExperienceOut,
                experience,
                wallet=wallet,
                country=country,
                entries=len(experience.entries),
                share=share_of_score(experience, rules),
            )
            for (wallet, country), experience in counted.items()
        ],
    )


def weight_on(entry: Entry, rules: ExperienceRules, today: date) -> Decimal:
    """Return what an entry weighs on a day; nothing before its own."""
    future = date.fromisoformat(entry.date) > today
    return Decimal(0) if future else entry_weight(entry, rules, today)
