"""What a complaint can be about, for each matter what serves it best, and who hears it. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from walletpick.facts.model import Authority, Catalog, Escalation, Source, Wallet

# Channels on which a person may answer at once.
LIVE = ("phone", "callback", "live-chat", "in-app")
ANY_MATTER = "general"


class Matter(NamedTuple):
    """A matter of complaint.

    `channels` are all there can be, best first: that order is walletpick's own judgement, for
    which its words give a reason, as the catalog holds which channels there are, not how fast each
    answers. `have_ready` names what to have at hand. `covers` are the kinds of protection whose
    deadline for reporting counts. `urgent` puts lines known to be staffed day and night first.
    """

    channels: tuple[str, ...]
    have_ready: tuple[str, ...]
    covers: tuple[str, ...] = ()
    urgent: bool = False


_MATTERS = {
    ANY_MATTER: Matter(
        (
            *("in-app", "live-chat", "phone", "ticket", "email"),
            *("callback", "branch", "social", "help-centre"),
        ),
        ("dates", "amounts", "numbers", "screenshots", "told", "who"),
        covers=("unauthorised-payment-refund", "purchase-protection"),
    ),
    "account-security": Matter(
        (
            *("phone", "callback", "live-chat", "in-app", "branch"),
            *("ticket", "email", "social", "help-centre"),
        ),
        ("dates", "amounts", "numbers", "screenshots", "last-use", "told", "who"),
        covers=("unauthorised-payment-refund",),
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
    ),
    "fees": Matter(
        (
            *("in-app", "live-chat", "email", "ticket", "phone"),
            *("callback", "branch", "help-centre", "social"),
        ),
        ("dates", "amounts", "numbers", "screenshots", "rate", "who"),
    ),
    "refund": Matter(
        (
            *("in-app", "ticket", "live-chat", "email", "phone"),
            *("callback", "branch", "help-centre", "social"),
        ),
        ("dates", "amounts", "numbers", "seller", "screenshots", "proof", "who"),
        covers=("purchase-protection", "unauthorised-payment-refund"),
    ),
}
MATTERS = tuple(name for name in _MATTERS if name != ANY_MATTER)


def matter_of(about: str | None) -> Matter:
    """Return the matter of that name (one of MATTERS), or what serves any matter."""
    return _MATTERS[about or ANY_MATTER]


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
