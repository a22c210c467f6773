"""How needs were read, in words: what still counts, what was fitted, what follows. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from walletpick.facts.model import Needs, Usage
from walletpick.facts.periods import stay_words
from walletpick.language import _, ngettext, with_brackets
from walletpick.person.needs import currency_of
from walletpick.words.phrases import listed, money, operation_phrase


def kept_words(kept: Sequence[Usage], persona: str | None) -> str:
    """Return which uses of a file or persona still count beside those of --use."""
    operations = list(dict.fromkeys(usage.operation for usage in kept))
    return _(
        "Note: of {name} this still counts: {uses}; to leave out a use: --use {operation}=0",
        name=persona or _("the needs that you read"),
        uses=listed([operation_phrase(operation) for operation in operations]),
        operation=operations[0],
    )


def sized_words(sized: Sequence[Usage], persona: str, currency: str) -> str:
    """Return which uses of a persona are fitted to the money that comes in by the person's word."""
    uses = [
        with_brackets(operation_phrase(each.operation), money(each.amount, currency))
        for each in sized
    ]
    return _(
        "Note: the other amounts of {persona} are fitted to what you say comes in: {uses}.",
        persona=persona,
        uses=listed(uses),
    )


def stayed_words(kept: Sequence[Usage], usual: str, stay: str, needs: Needs) -> str:
    """Return how much of ready-made uses counts in a stay of another length than theirs."""
    uses = [
        with_brackets(
            operation_phrase(each.operation),
            ngettext(
                "{amount} in {count} use",
                "{amount} in {count} uses",
                each.times,
                amount=money(each.amount, currency_of(needs)),
            ),
        )
        for each in kept
    ]
    return _(
        "Note: what is done there in {usual} is taken for {stay}: {uses}.",
        usual=stay_words(usual),
        stay=stay_words(stay),
        uses=listed(uses),
    )


def sales_words() -> str:
    """Return that a business is taken for one that sells, and how to say that it is not."""
    return _(
        "Note: a business that is paid so often is taken for one with customers, so --must"
        " merchant-acceptance counts; with --wish merchant-acceptance it is no must."
    )
