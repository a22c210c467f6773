"""What a complaint can be about, for each matter what serves it best, and who hears it. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from walletpick.facts.law import law_key, licence_class, rights_of, source_of

if TYPE_CHECKING:
    from walletpick.facts.model import Catalog, Escalation, Right, Source, Wallet

# Channels on which a person may answer at once.
LIVE = ("phone", "callback", "live-chat", "in-app")
ANY_MATTER = "general"


class Matter(NamedTuple):
    """A matter of complaint.

    `channels` are all there can be, best first: that order is walletpick's own judgement, for
    which its words give a reason, as the catalog holds which channels there are, not how fast each
    answers. `have_ready` names what to have at hand. `covers` are the kinds of protection whose
    deadline for reporting counts. `rights` are what the law may give. `urgent` puts lines
    known to be staffed day and night first.
    """

    channels: tuple[str, ...]
    have_ready: tuple[str, ...]
    covers: tuple[str, ...] = ()
    rights: tuple[str, ...] = ()
    urgent: bool = False


_REFUNDS = ("unauthorised-payment-refund", "scam-refund")

_MATTERS = {
    ANY_MATTER: Matter(
        (
            *("in-app", "live-chat", "phone", "ticket", "email"),
            *("callback", "branch", "social", "help-centre"),
        ),
        ("dates", "amounts", "numbers", "screenshots", "told", "who"),
        covers=("unauthorised-payment-refund", "purchase-protection"),
        rights=_REFUNDS,
    ),
    "account-security": Matter(
        (
            *("phone", "callback", "live-chat", "in-app", "branch"),
            *("ticket", "email", "social", "help-centre"),
        ),
        ("dates", "amounts", "numbers", "screenshots", "last-use", "told", "who"),
        covers=("unauthorised-payment-refund",),
        rights=_REFUNDS,
        urgent=True,
    ),
    "failed-payment": Matter(
        (
            *("in-app", "live-chat", "phone", "ticket", "email"),
            *("callback", "branch", "social", "help-centre"),
        ),
        (
            *("dates", "amounts", "numbers", "recipient", "screenshots"),
            *("statement", "recipient-says", "who"),
        ),
        rights=("mistaken-payment-help",),
    ),
    "no-answer": Matter(
        (
            *("email", "ticket", "phone", "live-chat", "in-app"),
            *("branch", "callback", "social", "help-centre"),
        ),
        ("dates", "references", "screenshots", "amounts", "request", "who"),
    ),
    "privacy": Matter(
        (
            *("email", "ticket", "in-app", "branch", "live-chat"),
            *("phone", "callback", "help-centre", "social"),
        ),
        ("dates", "data", "screenshots", "wish", "amounts", "who"),
        rights=("data-protection",),
    ),
    "fees": Matter(
        (
            *("in-app", "live-chat", "email", "ticket", "phone"),
            *("callback", "branch", "help-centre", "social"),
        ),
        ("dates", "amounts", "numbers", "screenshots", "rate", "who"),
        rights=("fees-disclosed-before",),
    ),
    "refund": Matter(
        (
            *("in-app", "ticket", "live-chat", "email", "phone"),
            *("callback", "branch", "help-centre", "social"),
        ),
        ("dates", "amounts", "numbers", "seller", "screenshots", "proof", "who"),
        covers=("purchase-protection", "unauthorised-payment-refund"),
        rights=_REFUNDS,
    ),
}
MATTERS = tuple(name for name in _MATTERS if name != ANY_MATTER)


def matter_of(about: str | None) -> Matter:
    """Return the matter of that name (one of MATTERS), or what serves any matter."""
    return _MATTERS[about or ANY_MATTER]


def hears_next(
    catalog: Catalog, wallet: Wallet, country: str
) -> list[tuple[Escalation | Right, str, Source]]:
    """Return who hears a complaint after the operator: the market's bodies, else the law's.

    Each comes with its source and the key to refer to it by.
    """
    market = wallet.markets[country]
    if own := market.support.escalation:
        return [(body, body.source, wallet.sources[body.source]) for body in own]
    licence = licence_class(market, wallet.kind)
    return [
        (right, law_key(catalog.laws, right), source_of(catalog.laws, right))
        for right in rights_of(catalog.laws, country, licence, "escalation")
    ]
