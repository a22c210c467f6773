"""What would come first but for one thing -> the first lines of an answer. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from walletpick.answers.almost import OneThing
from walletpick.facts.model import Needs
from walletpick.render.page import Block, hint_lines, text
from walletpick.words.causes import bank_hints, but_for_words
from walletpick.words.common import Typed


def almost_blocks(almost: OneThing, needs: Needs, typed: Typed) -> Iterator[Block]:
    """Yield which wallet it is and what it lacks, and the other way to cash where it has one.

    `typed` are usages as the person wrote them: the amount in all, and its currency.
    """
    yield text(but_for_words(almost.left_out), "strong")
    if almost.instead:
        yield from hint_lines(bank_hints(needs, typed))
