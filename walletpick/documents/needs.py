"""The JSON document of saved needs: `walletpick/saved/1`. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from walletpick.documents.out import CountryCode, Out
from walletpick.facts.model import Needs


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
