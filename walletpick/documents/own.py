"""The JSON document of a person's own facts: `walletpick/own/1`. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from walletpick.documents.out import CountryCode, Out, SourceOut, out
from walletpick.person.known import Standing, source_of
from walletpick.words.own import catalog_says, title_of


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
