"""Tables of plain values, for spreadsheets and programs: what CSV shows. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from walletpick.render.page import Page, page, table
from walletpick.words.phrases import yes_no


def plain_page(columns: Iterable[str], rows: Iterable[Iterable[object]]) -> Page:
    """Return one table of rows that have any values.

    What there is not (None, or a row that ends early) is an empty cell, and a truth is yes or no.
    """
    titles = list(columns)
    plain = ([_plain(each) for each in row] for row in rows)
    return page(table(titles, (row + [""] * (len(titles) - len(row)) for row in plain)))


def _plain(value: object) -> str:
    if value is None:
        return ""
    return yes_no(value) if isinstance(value, bool) else str(value)
