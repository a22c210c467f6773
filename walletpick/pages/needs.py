"""Saved needs -> the page that `walletpick needs list` shows. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from walletpick.facts.model import Needs
from walletpick.facts.places import country_name
from walletpick.language import _, pgettext
from walletpick.render.page import Cell, Column, Page, Piece, page, table
from walletpick.words.phrases import in_a_row, operation_phrase, yes_no


def needs_table(saved: Sequence[tuple[str, Needs | None]]) -> Page:
    """Return the names as one table of plain values, for CSV; no country means any."""
    rows = (
        (
            name,
            yes_no(needs is not None),
            (needs and needs.country) or "",
            " ".join(usage.operation for usage in needs.use) if needs else "",
        )
        for name, needs in saved
    )
    return page(table((_("name"), _("readable"), _("country"), _("uses")), rows))


def needs_page(saved: Sequence[tuple[str, Needs | None]]) -> Page:
    """Return the names with their country and uses; None stands for a file that is broken."""
    rows: list[tuple[Piece, ...]] = []
    for name, needs in saved:
        if needs is None:
            rows.append((Cell(name, "strong"), "?", Cell(_("cannot be read"), "bad")))
            continue
        where = country_name(needs.country) if needs.country else _("any")
        uses = in_a_row(operation_phrase(usage.operation) for usage in needs.use)
        uses = uses or pgettext("uses", "nothing")
        rows.append((Cell(name, "strong"), where, uses))
    return page(table((Column(title=_("Name"), whole=True), _("Country"), _("Uses")), rows))
