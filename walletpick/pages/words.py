"""The words that options take -> pages. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from walletpick.facts.options import WordFamily
from walletpick.render.page import Block, Cell, Column, Heading, Page, page, table


def words_page(families: Iterable[WordFamily]) -> Page:
    """Return the page of words, a table for each family under what takes them."""
    blocks: list[Block] = []
    for family in families:
        blocks.append(Heading(f"{family.name}: {', '.join(family.taken_by)}", 2))
        rows = [(Cell(word, "strong"), meaning) for word, meaning in family.words.items()]
        blocks.append(table((Column(title="Word", whole=True), "Meaning"), rows))
    return Page(tuple(blocks))


def words_table(families: Iterable[WordFamily]) -> Page:
    """Return one table of all words, for CSV."""
    return page(
        table(
            ("family", "word", "meaning"),
            (
                (family.name, word, meaning)
                for family in families
                for word, meaning in family.words.items()
            ),
        )
    )
