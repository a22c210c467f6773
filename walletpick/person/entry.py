"""One entry of a person's own diary. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct


class Entry(
    Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="schema",
    tag="walletpick/diary/1",
):  # fmt: skip
    """One entry of the diary: on that day (ISO 8601) this happened with that wallet.

    Without a country it counts for the wallet in every country.
    """

    date: str
    wallet: str
    country: str | None
    event: str
    note: str = ""


def numbered(entries: Iterable[Entry]) -> list[tuple[int, Entry]]:
    """Return entries by their day, each with its number: what `log list` shows, `remove` takes."""
    return list(enumerate(sorted(entries, key=lambda entry: entry.date), start=1))
