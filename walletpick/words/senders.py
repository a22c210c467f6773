"""Who sends the money that comes in, and what that changes, in words. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from msgspec import structs

from walletpick.facts.model import Needs
from walletpick.facts.vocabulary import RECEIVING_OPERATIONS
from walletpick.language import _
from walletpick.words.common import Typed, use_option

# Who is paid so many times a month may be a shop.
_OFTEN = 20


def shop_words(needs: Needs) -> str:
    """Return how a shop says that it is one, to who is paid as often as shops are; or ""."""
    times = sum(usage.times for usage in needs.use if usage.operation in RECEIVING_OPERATIONS)
    if times < _OFTEN or needs.for_ or "business" in needs.person:
        return ""
    return _("Do you sell? A shop pays other prices: add {option}", option="--person business")


def payer_hints(needs: Needs, typed: Typed) -> Iterator[tuple[str, str]]:
    """Yield what `sender_hints` does, and what to add where clients or a platform pay instead."""
    hints = list(sender_hints(needs, typed))
    yield from hints
    if hints:
        words = _("If it is clients or a platform who pay you, other prices hold: add ")
        yield words, "--person business"


def sender_hints(needs: Needs, typed: Typed) -> Iterator[tuple[str, str]]:
    """Yield that who sends money from abroad chooses the service, and the command that compares.

    Not for a business, which is paid as its customers do. `typed` are usages as the person wrote
    them: the amount in all, and its currency.
    """
    for usage in needs.use if "business" not in needs.person else ():
        if usage.operation == "receive-abroad" and usage.country and needs.country:
            rough = Decimal(f"{usage.amount:.3g}"), needs.currency
            amount, currency = typed.get(usage, rough)
            sent = structs.replace(
                usage, operation="send-abroad", country=needs.country, amount=amount
            )
            option = use_option(sent, currency=currency)
            words = _("Whoever sends it chooses the service, and mostly pays; compare there: ")
            yield words, f"walletpick rank --country {usage.country} --use {option}"
