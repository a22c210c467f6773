"""What to look up to know better who is best, and how to enter it, in words. Pure."""

from __future__ import annotations

from msgspec import Struct

from walletpick.score.settle import Unknown
from walletpick.words.phrases import claim_phrase
from walletpick.words.reasons import line_words
from walletpick.words.verdict import price_page


class ToLookUp(Struct, frozen=True):
    """A fact to look up: what it is, the page to open if any, and the command that enters it."""

    what: str
    page: str | None
    command: str


def to_look_up(unknown: Unknown) -> ToLookUp:
    """Return what to look up: "the fee to send money to people abroad", the page, the command."""
    place, line = unknown.place, unknown.line
    wallet = f"{place.wallet.id}@{place.candidate.country}"
    page = price_page(place, line.rules if line else ())
    if line is not None:
        what, value = line_words(line), "N"
    else:
        what, value = f"whether it {claim_phrase(unknown.key, True)}", "yes"
        page = place.candidate.market.links.help or place.wallet.website
    # The address is left to the person: it is where they really read it.
    command = f"walletpick tell {wallet} {unknown.target.name}={value} --source WHERE"
    return ToLookUp(what, page, command)
