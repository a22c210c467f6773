"""The JSON documents of what a person keeps: saved needs, the diary, facts of their own. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Literal

from walletpick.documents.out import CountryCode, DateText, Out, SourceOut, out
from walletpick.facts.model import Catalog, ExperienceRules, Needs
from walletpick.facts.vocabulary import EVENTS
from walletpick.language import _
from walletpick.person.entry import Entry, numbered
from walletpick.person.known import Standing, source_of
from walletpick.score.experience import entry_weight, experiences, share_of_score
from walletpick.words.own import catalog_says, title_of

# Needs.


class SavedNeedsOut(Out, frozen=True, kw_only=True):
    """Needs under a name. Where `readable` is false, nothing else is known of them."""

    name: str
    readable: bool
    country: CountryCode | None
    uses: tuple[str, ...]


class SavedOut(Out, frozen=True, kw_only=True):
    """`walletpick needs list --json`."""

    schema: Literal["walletpick/saved/1"] = "walletpick/saved/1"
    needs: tuple[SavedNeedsOut, ...]


def saved_out(saved: Sequence[tuple[str, Needs | None]]) -> SavedOut:
    """Return the document of saved needs; None stands for a file that is broken."""
    return SavedOut(
        needs=tuple(
            SavedNeedsOut(
                name=name,
                readable=needs is not None,
                country=needs.country if needs else None,
                uses=tuple(usage.operation for usage in needs.use) if needs else (),
            )
            for name, needs in saved
        )
    )


# The diary.


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
                text=_(EVENTS[entry.event].text),
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


# Own facts.


class ToldOut(Out, frozen=True, kw_only=True):
    """One fact: `fact` and `value` as they are typed, `title` what it is about in words.

    `path` is where it stands in the file. `counts` is false where the catalog has no such market or
    plan, or where it is no price by itself. `catalog` is what the catalog says of the same.
    """

    wallet: str
    name: str | None
    country: CountryCode
    fact: str
    title: str
    value: str
    catalog: str | None
    counts: bool
    path: str
    source: SourceOut


class OwnOut(Out, frozen=True, kw_only=True):
    """`walletpick tell list --json`. The publisher of the sources is "you"."""

    schema: Literal["walletpick/own/1"] = "walletpick/own/1"
    facts: tuple[ToldOut, ...]


def own_out(rows: Sequence[Standing]) -> OwnOut:
    """Return the document of own facts, in the order of the file."""
    return OwnOut(facts=tuple(_told_out(row) for row in rows))


def _told_out(row: Standing) -> ToldOut:
    return out(
        ToldOut,
        row.told,
        name=row.wallet.name if row.wallet else None,
        title=title_of(row.target),
        catalog=catalog_says(row),
        counts=bool(row.own),
        source=source_of(row.told),
    )
