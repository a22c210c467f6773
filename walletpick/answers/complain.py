"""What a complaint can be about, and for each matter what serves it best. Pure.

The texts are data, in `complaints.en.toml` beside this module.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from msgspec import Struct, convert

from walletpick.answers.texts import texts
from walletpick.facts.model import Authority, Catalog, Escalation, Source, Wallet

MATTERS = ("account-security", "failed-payment", "no-answer", "privacy", "fees", "refund")
ANY_MATTER = "general"
# Channels on which a person may answer at once.
LIVE = ("phone", "callback", "live-chat", "in-app")


class Way(Struct, frozen=True):
    """A channel (a word of the vocabulary) and, in one line, why it stands where it stands."""

    channel: str
    reason: str


class Matter(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A matter of complaint.

    `covers` are the kinds of protection whose deadline for reporting counts. `urgent` puts lines
    known to be staffed day and night first. `happened` and `wants` are the paragraphs of the
    letter; what stands in [BRACKETS] is for the person to fill in.
    """

    title: str
    subject: str
    ways: tuple[Way, ...]
    have_ready: tuple[str, ...]
    covers: tuple[str, ...] = ()
    urgent: bool = False
    happened: tuple[str, ...]
    wants: tuple[str, ...]


@cache
def matter_of(about: str | None) -> Matter:
    """Return the matter of that name (one of MATTERS), or what serves any matter."""
    words = texts("complaints", dict[str, Any])
    common = words["common"]
    found = dict(words["matters"][about] if about else words[ANY_MATTER])
    for name in ("have_ready", "happened", "wants"):
        found[name] = [common.get(text, text) for text in found[name]]
    ways = found["ways"].items()
    found["ways"] = [Way(channel, common.get(reason, reason)) for channel, reason in ways]
    return convert(found, Matter)


def first_aid() -> tuple[str, ...]:
    """Return what to do before any complaint, when somebody else may be in the account."""
    return tuple(texts("complaints", dict[str, Any])["first_aid"])


def hears_next(
    catalog: Catalog, wallet: Wallet, country: str
) -> list[tuple[Escalation | Authority, str, Source]]:
    """Return who hears a complaint after the operator: the market's bodies, else the country's.

    Each comes with its source and the key to refer to it by.
    """
    own = wallet.markets[country].support.escalation
    if own:
        return [(body, body.source, wallet.sources[body.source]) for body in own]
    listed = catalog.escalation.countries.get(country)
    if not listed:
        return []
    sources = catalog.escalation.sources
    return [(body, f"escalation/{body.source}", sources[body.source]) for body in listed.bodies]
