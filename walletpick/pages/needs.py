"""Saved needs -> the page that `walletpick needs list` shows. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from walletpick.facts.model import Needs
from walletpick.facts.places import country_name
from walletpick.render.page import Cell, Column, Page, Piece, page, table
from walletpick.words.phrases import operation_phrase


def needs_page(saved: Sequence[tuple[str, Needs | None]]) -> Page:
    """Return the names with their country and uses; None stands for a file that is broken."""
    rows: list[tuple[Piece, ...]] = []
    for name, needs in saved:
        if needs is None:
            rows.append((Cell(name, "strong"), "?", Cell("cannot be read", "bad")))
            continue
        where = country_name(needs.country) if needs.country else "any"
        uses = ", ".join(operation_phrase(usage.operation) for usage in needs.use) or "nothing"
        rows.append((Cell(name, "strong"), where, uses))
    return page(table((Column(title="Name", whole=True), "Country", "Uses"), rows))
