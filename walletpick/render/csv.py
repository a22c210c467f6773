"""The tables of a page as CSV, one after the other with a blank line between.

As RFC 4180 has it, but for line ends, which are those of a text file here.
"""

from __future__ import annotations

import csv
import io
import re

from walletpick.render.page import Page, Table, unfolded
from walletpick.render.safe import one_line

# A spreadsheet takes a cell that begins like this for a formula, unless all of it is a figure.
_FORMULA = re.compile(r"[=+\-@＝＋－＠]")
_FIGURE = re.compile(r"[+-]?[0-9][0-9.,]*(?: ?%| [A-Z]{3})?")


def render(page: Page) -> str:
    """Return the page's tables as CSV; headings and paragraphs are left out."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    tables = [block for block in unfolded(page) if isinstance(block, Table)]
    for number, table in enumerate(tables):
        out.write("\n" if number else "")
        writer.writerow([_safe(column.title) for column in table.columns])
        writer.writerows([_safe(cell.text) for cell in row] for row in table.rows)
    return out.getvalue()


def _safe(words: str) -> str:
    words = one_line(words).strip()
    if _FORMULA.match(words) and not _FIGURE.fullmatch(words):
        return f"'{words}"
    return words
