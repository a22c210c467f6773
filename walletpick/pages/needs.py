"""Saved needs -> the page that `walletpick needs list` shows. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from walletpick.documents.person import saved_out
from walletpick.facts.model import Needs
from walletpick.facts.places import country_name
from walletpick.language import _, pgettext
from walletpick.pages.plain import plain_page
from walletpick.render.page import Cell, Column, Page, Piece, page, table
from walletpick.words.phrases import in_a_row, operation_phrase


def needs_table(saved: Sequence[tuple[str, Needs | None]]) -> Page:
    """Return the names as one table of plain values, for CSV; no country means any."""
    rows = (
        (each.name, each.readable, each.country, " ".join(each.uses))
        for each in saved_out(saved).needs
    )
    return plain_page((_("name"), _("readable"), _("country"), _("uses")), rows)


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
