"""The words that options take -> pages. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from walletpick.facts.options import WordFamily
from walletpick.language import ENGLISH, N_, _, headed, language, with_brackets
from walletpick.pages.plain import plain_page
from walletpick.render.page import Block, Cell, Column, Page, page, section, table
from walletpick.words.phrases import in_a_row

# What the words of each family are that options take.
FAMILY_MEANINGS = {
    "operation": N_("what you do with money"),
    "method": N_("which way money goes"),
    "features": N_("what a wallet can do"),
    "security": N_("how it is secured"),
    "funding": N_("how money gets in"),
    "payout": N_("how money gets out"),
    "channels": N_("how one reaches its support"),
    "protection": N_("what protects the money"),
    "onboarding": N_("what signing up takes"),
    "closing": N_("how an account is closed"),
    "status": N_("whether it is open"),
    "have": N_("what you can put money in with"),
    "criterion": N_("what is scored"),
    "person": N_("what you are"),
    "given": N_("conditions of a price"),
    "platform": N_("what it runs on"),
    "kind": N_("kinds of wallets"),
    "matter": N_("what a complaint is about"),
    "persona": N_("ready-made needs"),
    "event": N_("what a diary notes"),
}


def words_page(families: Iterable[WordFamily]) -> Page:
    """Return the page of words, a table for each family under what takes them."""
    return page(*map(_words, families))


def _words(family: WordFamily) -> Iterator[Block]:
    takers = in_a_row(family.taken_by)
    rows = ((Cell(word, "strong"), _(meaning)) for word, meaning in family.words.items())
    return section(
        headed(_family(family.name), takers),
        table((Column(title=_("Word"), whole=True), _("Meaning")), rows),
    )


def _family(name: str) -> str:
    """Return the name of a family as it is typed; beside its meaning where that is not English."""
    if language() == ENGLISH:
        return name
    return with_brackets(_(FAMILY_MEANINGS[name]), name)


def words_table(families: Iterable[WordFamily]) -> Page:
    """Return one table of all words, for CSV."""
    rows = (
        (family.name, word, _(meaning))
        for family in families
        for word, meaning in family.words.items()
    )
    return plain_page((_("family"), _("word"), _("meaning")), rows)
