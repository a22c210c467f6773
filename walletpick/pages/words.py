"""The words that options take -> pages. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from walletpick.facts.options import WordFamily
from walletpick.language import ENGLISH, N_, _, language
from walletpick.render.page import Block, Cell, Column, Heading, Page, page, table
from walletpick.words.phrases import in_a_row

# What the words of a family are; the name itself is typed, as in `walletpick words method`.
_FAMILIES = {
    "operation": N_("what money does"),
    "method": N_("how it is paid in or out"),
    "security": N_("log-in, device and payment controls"),
    "features": N_("what a wallet can do"),
    "funding": N_("ways to put money in"),
    "payout": N_("ways to get money out"),
    "channels": N_("ways to reach support"),
    "protection": N_("what protects the money"),
    "onboarding": N_("what opening an account takes"),
    "have": N_("what you can pay with"),
    "criterion": N_("what is scored"),
    "person": N_("who you are"),
    "given": N_("what is true of you"),
    "platform": N_("what it runs on"),
    "kind": N_("kinds of wallets"),
    "matter": N_("what to complain about"),
    "event": N_("what can happen with a wallet"),
}


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
    if language() == ENGLISH or name not in _FAMILIES:
        return name
    return _("{words} ({more})", words=_(_FAMILIES[name]), more=name)


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
