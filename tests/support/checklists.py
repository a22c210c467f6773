"""What the tests of the checklists (`leave`, `complain`) share."""

from __future__ import annotations

import tempfile
from datetime import date
from functools import cache
from pathlib import Path

from running import TODAY, market_id, some_markets
from small import TWOPAY, write_catalog

from walletpick.answers.checklist import Checklist
from walletpick.render import terminal
from walletpick.render.page import Page
from walletpick.words.checklist import item_words

DAY = date.fromisoformat(TODAY)
MARKETS = some_markets()
IDS = list(map(market_id, MARKETS))


@cache
def small() -> Path:
    """Return a small catalog, written once."""
    return write_catalog(Path(tempfile.mkdtemp()) / "catalog", twopay=TWOPAY)


def words(made: Checklist, *steps: str) -> str:
    """Return what steps of a checklist say, of all if none is named; a line an item."""
    return "\n".join(
        item_words(made.account, item)
        for step in made.steps
        if not steps or step.id in steps
        for item in step.items
    )


def on_screen(page: Page) -> list[str]:
    """Return the lines of a page on a terminal of 80 columns."""
    return terminal.render(page, width=80, colour=False, unicode=True).splitlines()
