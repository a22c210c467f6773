"""An answer -> its verdict once more, for the end of a screen that does not hold the page. Pure."""

from __future__ import annotations

from walletpick.answers.combine import Combined
from walletpick.answers.compare import Comparison
from walletpick.answers.switch import Switch
from walletpick.facts.model import Catalog
from walletpick.language import _
from walletpick.pages.rank import one_check_line
from walletpick.render.page import Cell, Page, page, paragraph
from walletpick.score.ranking import Ranking
from walletpick.score.verdict import verdict_of
from walletpick.words.bills import first_year_words
from walletpick.words.combine import verdict_words as combined_words
from walletpick.words.common import UNKNOWN
from walletpick.words.comparison import verdict_words as compared_words
from walletpick.words.switch import verdict_words as switch_words
from walletpick.words.verdict import verdict_words


def rank_recap(ranking: Ranking, catalog: Catalog, together: Combined | None = None) -> Page:
    """Return the verdict on a ranking in a few lines, and what several wallets do better than one.

    Some wallet fits.
    """
    verdict = verdict_of(ranking)
    cost = first_year_words(verdict.level[0].bill) if len(verdict.level) == 1 else UNKNOWN
    more = "" if cost == UNKNOWN else _(" First year: {cost}.", cost=cost)
    return page(
        paragraph(_("The answer: "), Cell(verdict_words(ranking), "strong"), more),
        paragraph(combined_words(together)) if together else None,
        one_check_line(ranking, catalog),
    )


def combine_recap(answer: Combined) -> Page:
    """Return the verdict on one wallet or several; one or the other does it."""
    return _recap(combined_words(answer))


def switch_recap(answer: Switch) -> Page:
    """Return the verdict on staying or going."""
    return _recap(switch_words(answer))


def compare_recap(comparison: Comparison) -> Page:
    """Return the verdict on wallets side by side."""
    return _recap(compared_words(comparison))


def _recap(verdict: str) -> Page:
    return page(paragraph(_("The answer: "), Cell(verdict, "strong")))
