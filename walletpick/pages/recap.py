"""A verdict -> the same once more, for the end of a screen that does not hold the page. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from walletpick.language import _
from walletpick.render.page import Block, Cell, Page, page, paragraph


def recap(verdict: str, cost: str = "", more: Iterable[Block | None] = ()) -> Page:
    """Return the verdict, and what it costs, in a line; `more` stands below."""
    return page(paragraph(_("The answer: "), Cell(verdict, "strong"), cost), *more)
