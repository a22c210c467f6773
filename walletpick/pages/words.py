"""The words that options take -> pages. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from walletpick.facts.options import WordFamily
from walletpick.facts.vocabulary import FAMILY_MEANINGS
from walletpick.language import ENGLISH, _, language
from walletpick.render.page import Block, Cell, Column, Heading, Page, page, table
from walletpick.words.phrases import in_a_row


def words_page(families: Iterable[WordFamily]) -> Page:
    """Return the page of words, a table for each family under what takes them."""
    blocks: list[Block] = []
    for family in families:
        takers = in_a_row(family.taken_by)
        blocks.append(Heading(_("{name}: {value}", name=_family(family.name), value=takers), 2))
        rows = [(Cell(word, "strong"), _(meaning)) for word, meaning in family.words.items()]
        blocks.append(table((Column(title=_("Word"), whole=True), _("Meaning")), rows))
    return Page(tuple(blocks))


def _family(name: str) -> str:
    """Return the name of a family as it is typed; beside its meaning where that is not English."""
    if language() == ENGLISH:
        return name
    return _("{words} ({more})", words=_(FAMILY_MEANINGS[name]), more=name)


def words_table(families: Iterable[WordFamily]) -> Page:
    """Return one table of all words, for CSV."""
    return page(
        table(
            (_("family"), _("word"), _("meaning")),
            (
                (family.name, word, _(meaning))
                for family in families
                for word, meaning in family.words.items()
            ),
        )
    )
