"""The tables of a page as CSV (RFC 4180), one after the other with a blank line between."""

from __future__ import annotations

import csv
import io

from walletpick.render.page import Page, Table

# A spreadsheet takes a cell that begins like this for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def render(page: Page) -> str:
    """Return the page's tables as CSV; headings and paragraphs are left out."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    first = True
    for block in page.blocks:
        if not isinstance(block, Table):
            continue
        if not first:
            out.write("\n")
        first = False
        writer.writerow([column.title for column in block.columns])
        for row in block.rows:
            writer.writerow([_safe(cell.text) for cell in row])
    return out.getvalue()


def _safe(words: str) -> str:
    if words.startswith(_FORMULA) and not words[1:2].isdigit():
        return f"'{words}"
    return words
