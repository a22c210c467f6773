"""What a page that may be kept says of itself: when it was made, and of which facts. Pure."""

from __future__ import annotations

from datetime import date

from walletpick import __version__
from walletpick.language import _
from walletpick.render.page import Page, text


def with_foot(page: Page, today: date, newest: str) -> Page:
    """Return a page that says at its end when it was made, and of when its newest fact may be."""
    words = _(
        "Made on {day} by walletpick {version}, of facts read until {newest}. Prices change: look"
        " at the source of a price before you rely on it.",
        day=today,
        version=__version__,
        newest=newest,
    )
    return Page((*page.blocks, text(words, "dim")))
