"""What a complaint can be about, for each matter what serves it best, and who hears it. Pure."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

import msgspec
from msgspec import Struct, structs

from walletpick.facts.law import (
    holds_for,
    law_key,
    rights_in,
    rights_of_holder,
    source_of,
    ways_in,
)
from walletpick.facts.model import Escalation, Right
from walletpick.facts.tables import toml_of

if TYPE_CHECKING:
    from walletpick.facts.model import Catalog, Source, Wallet

# Channels on which a person may answer at once.
LIVE = ("phone", "callback", "live-chat", "in-app")
# Those that are inside the app, or mostly are.
IN_THE_APP = ("live-chat", "in-app")
ANY_MATTER = "general"

_SITE = re.compile(r"https?://(?:www\.)?([^/:]+)")

# Those who hold the money that a wallet only passes on: the bank inside whose own app it runs, or
# the bank or card company that is linked.
Holder = Literal["bank", "card"]


class Matter(Struct, frozen=True, kw_only=True):
    """A matter of complaint.

    `first` names what to do first, in order. `channels` are all there can be, best first: that
    order is walletpick's own judgement, for which its words give a reason, as the catalog holds
    which channels there are, not how fast each answers. `have_ready` names what to have at hand.
    `covers` are the kinds of protection whose deadline for reporting counts, `near` those whose
    conditions say whether they cover this too. `rights` are what the law may give, `also` what it
    gives in some countries besides: of these nothing is said where nothing is known. `holders` says
    for which of those who hold the money it is that they come before the wallet. `urgent` puts
    the telephone first, where people answer at once, and next what is staffed day and night.
    `locked_out`: who cannot log in may not get to what is inside the app, so that comes last.
    `unheard`: nobody answers, and somebody has to hear who stands in front of them.
    """

    first: tuple[str, ...]
    channels: tuple[str, ...]
    have_ready: tuple[str, ...]
    covers: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    rights: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    holders: tuple[Holder, ...] = ()
    urgent: bool = False
    locked_out: bool = False
    unheard: bool = False


@cache
def _matters() -> dict[str, Matter]:
    """Return what `matters.toml` holds, read when first asked for."""
    held = toml_of("answers/matters.toml", dict[str, Any])
    matters, orders = held["matters"], held["orders"]
    whole = {name: matters.get(each.get("like"), {}) | each for name, each in matters.items()}
    for matter in whole.values():
        if isinstance(named := matter["channels"], str):
            matter["channels"] = orders[named]
    return msgspec.convert(whole, dict[str, Matter])


def matter_of(about: str | None) -> Matter:
    """Return the matter of that name (one of `vocabulary.MATTERS`), or what serves any matter."""
    return _matters()[about or ANY_MATTER]


def holder(wallet: Wallet, country: str) -> Holder | None:
    """Return who holds the money that a wallet only passes on; None where it has a balance."""
    market = wallet.markets[country]
    ways, kind = ways_in(market), wallet.kind_in(market)
    if not ways or kind not in ("pass-through", "bank-account"):
        return None
    if ways == {"bank-linked"}:
        return "bank"
    return "card" if kind == "pass-through" else None


def comes_first(catalog: Catalog, wallet: Wallet, country: str, about: str | None) -> Holder | None:
    """Return who holds the money and so comes before the wallet in a matter, if anybody does.

    Nobody does where the law has the app hear it first.
    """
    held_by = holder(wallet, country)
    if held_by not in matter_of(about).holders or app_first(catalog, wallet, country, about):
        return None
    return held_by


def app_first(catalog: Catalog, wallet: Wallet, country: str, about: str | None) -> Right | None:
    """Return the law by which an app that pays from bank accounts is to hear a matter first."""
    market = wallet.markets[country]
    if "bank-linked" not in ways_in(market):
        return None
    rights = rights_in(catalog.laws, wallet, country, "operator-first")
    return next((right for right in rights if holds_for(right, about)), None)


Body = tuple[Escalation | Right, str, "Source"]


def hears_next(
    catalog: Catalog,
    wallet: Wallet,
    country: str,
    about: str | None = None,
    *,
    as_stated: bool = False,
) -> list[Body]:
    """Return who hears a complaint after the operator: the market's bodies, else the law's.

    Each comes with its source and the key to refer to it by. Of a matter, only who hears that; what
    the bank or card company that holds the money does not settle is heard by those who hear of
    them. Of one of the market's whom the law names too, it is told what the law says of them,
    unless they are wanted `as_stated`. One of the market's that nobody can reach by what is known
    comes after those of the law where these can be reached, if it is none of them.
    """
    market = wallet.markets[country]
    rights = rights_in(catalog.laws, wallet, country, "escalation")
    if first := comes_first(catalog, wallet, country, about):
        rights = rights_of_holder(catalog.laws, country, first, "escalation") or rights
    by_law: list[Body] = [
        (right, law_key(catalog.laws, right), source_of(catalog.laws, right))
        for right in rights
        if about is None or holds_for(right, about)
    ]
    own: list[Body] = [
        (body, body.source, wallet.source(body.source)) for body in market.support.escalation
    ]
    if not as_stated:
        own = [_as_by_law(by_law, body) for body in own]
    reached = [each for each in own if _ways_to(each[0])]
    if own and (reached == own or not any(_ways_to(body) for body, _key, _source in by_law)):
        return own
    known = frozenset(way for body, _key, _source in reached for way in _ways_to(body))
    others = [each for each in by_law if not known & _ways_to(each[0])]
    names = [(body.body or "").casefold() for body, _key, _source in others]
    left = [
        each
        for each in own
        if each not in reached
        and not any((each[0].body or "").casefold() in name for name in names)
    ]
    return [*reached, *others, *left]


def named_by(catalog: Catalog, wallet: Wallet, country: str, body: Body) -> tuple[str, ...]:
    """Return who names a body of `hears_next`: the publisher of what the market states, the law."""
    named, _key, source = body
    if isinstance(named, Right):
        return ("law",)
    rights = rights_in(catalog.laws, wallet, country, "escalation")
    lawful = any(_is_same(named, right) for right in rights)
    return tuple(dict.fromkeys((source.publisher, *(("law",) if lawful else ()))))


def _is_same(own: Escalation | Right, right: Escalation | Right) -> bool:
    """Return whether a body of the market is one of the law's, by its name or how it is reached."""
    name = (own.body or "").casefold()
    return bool(_ways_to(own) & _ways_to(right)) or name in (right.body or "").casefold()


def _as_by_law(by_law: list[Body], own: Body) -> Body:
    """Return a body of the market as the law has it, if it has it and says as much of it."""
    body = own[0]
    ways = _ways_to(body)
    for right, key, source in by_law:
        if _is_same(body, right) and isinstance(body, Escalation) and isinstance(right, Right):
            dated = right.claim_within or body.within_days is None
            if dated and body.reply_days is None and (_ways_to(right) or not ways):
                return structs.replace(right, body=body.body), key, source
    return own


def _ways_to(body: Escalation | Right) -> frozenset[str]:
    """Return how a body can be reached: its number, address and site, as they are alike."""
    digits = re.sub(r"\D", "", body.number or "")
    site = _SITE.match(body.url or "")
    return frozenset(filter(None, (digits, body.email, site and site[1])))
