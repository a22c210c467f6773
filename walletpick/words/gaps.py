"""What the catalog does not know of a market, and how much of what is asked. Pure."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from decimal import ROUND_FLOOR, Decimal

from msgspec import Struct

from walletpick.bill.observe import Observer
from walletpick.facts import vocabulary
from walletpick.facts.cards import passes_cards_on
from walletpick.facts.law import rights_in
from walletpick.facts.model import Catalog, Market, Needs, Wallet
from walletpick.facts.money import HUNDRED
from walletpick.language import N_, _, percent_words
from walletpick.score.ranking import Place, candidates
from walletpick.words.facts import ANSWERED
from walletpick.words.phrases import apart, criterion_phrase, figure, listed


class Gaps(Struct, frozen=True, kw_only=True):
    """Words of the vocabulary of which nothing is known, by section.

    `fees` are operations that the market does and `fees_if_done` operations that it may do, where
    no price is known. `limits` are those that it does, where of some limits none is theirs. `whole`
    names sections of which nothing at all is known.
    """

    fees: tuple[str, ...]
    fees_if_done: tuple[str, ...]
    limits: tuple[str, ...]
    platforms: tuple[str, ...]
    funding: tuple[str, ...]
    payout: tuple[str, ...]
    features: tuple[str, ...]
    security: tuple[str, ...]
    protection: tuple[str, ...]
    channels: tuple[str, ...]
    # Channels that exist, but not when somebody answers there.
    hours: tuple[str, ...]
    onboarding: tuple[str, ...]
    closing: tuple[str, ...]
    links: tuple[str, ...]
    # "limits", "licence", "languages", "complaint", "reply", "escalation", "ratings", "incidents".
    whole: tuple[str, ...]


# What signing up takes that is no yes or no.
SIGN_UP = {
    "min_age": N_("from what age one may join"),
    "sign_up": N_("how long opening takes"),
}


def gaps_of(wallet: Wallet, country: str, catalog: Catalog, today: date) -> Gaps:
    """Return what is not known of a wallet's market."""
    market = wallet.markets[country]
    kind = wallet.kind_in(market)
    support, onboarding = market.support, market.onboarding
    plans = list(candidates(wallet, country, market))
    look = Observer(Needs(), catalog, today).look
    # Whether each plan does an operation; None is not known.
    does = {
        operation: [look(plan, f"does:{operation}").value for plan in plans]
        for operation in vocabulary.USAGE_OPERATIONS
    }
    unpriced = _unpriced(wallet, market)
    covers = {item.kind for item in market.protection}
    covers |= {word for item in market.protection for word in item.lacks}
    by_law = {right.right for right in rights_in(catalog.laws, wallet, country) if not right.when}
    covers |= by_law
    if "no-deposit-insurance" in by_law:
        covers.add("deposit-insurance")
    whole = {
        "limits": market.limits,
        "licence": market.licence,
        "languages": support.languages,
        "complaint": support.complaint,
        "reply": support.reply or "complaint-reply" in by_law,
        "escalation": support.escalation or "escalation" in by_law,
        "ratings": market.ratings,
        "incidents": market.incidents,
    }
    # What only passes cards on has no balance that money, or cash, could go to or come from.
    none = passes_cards_on(wallet, market)
    cash_in = ("cash-agent", "cash-atm") if none else ()
    cash_out = ("cash-out",) if none else ()
    return Gaps(
        fees=tuple(each for each in unpriced if any(does[each])),
        fees_if_done=tuple(e for e in unpriced if None in does[e] and not any(does[e])),
        # In some countries or cases at least.
        limits=tuple(e for e in _unlimited(market) if any(does[e]) or market.offers(e)),
        platforms=_missing(vocabulary.PLATFORMS, (*wallet.platforms, *wallet.not_on)),
        funding=_missing(vocabulary.FUNDING, (*market.funding, *cash_in)),
        payout=() if none else _missing(vocabulary.PAYOUT, market.payout),
        features=_missing(vocabulary.FEATURES, (*market.features, *cash_out)),
        security=_missing(vocabulary.SECURITY, market.security),
        protection=tuple(
            word
            for word in vocabulary.PROTECTIONS
            if word != "none"
            and word not in covers
            and vocabulary.applies(f"protection:{word}", kind)
        ),
        channels=_missing(vocabulary.CHANNELS, support.channels),
        hours=tuple(
            word
            for word in ANSWERED
            if word in support.channels
            and support.channels[word].has
            and not support.channels[word].hours
        ),
        onboarding=tuple(
            word
            for word in (*vocabulary.ONBOARDING, "min_age", "sign_up")
            if not getattr(onboarding, word) and vocabulary.applies(f"onboarding:{word}", kind)
        ),
        closing=tuple(
            word for word in ("how", "difficulty") if not getattr(market.closing, word, None)
        ),
        links=tuple(word for word in vocabulary.LINKS if not getattr(market.links, word)),
        whole=tuple(word for word, known in whole.items() if not known),
    )


def _missing(words: dict[str, str], known: Collection[str]) -> tuple[str, ...]:
    return tuple(word for word in words if word not in known)


def _unpriced(wallet: Wallet, market: Market) -> list[str]:
    """Return the operations of which no price is known."""
    priced = {
        rule.operation for rule in market.fees if not (rule.tax or rule.surcharge or rule.paid_by)
    }
    # Where no balance is held, nothing is put in or taken out.
    if passes_cards_on(wallet, market) or wallet.kind_in(market) == "remittance":
        priced |= {"top-up", "withdraw"}
    return [each for each in vocabulary.USAGE_OPERATIONS if each not in priced]


def _unlimited(market: Market) -> list[str]:
    """Return the operations of which no limit is known, where some are."""
    limited = {limit.operation for limit in market.limits if limit.what != "balance"}
    # Of no operation: a limit of everything together.
    if not market.limits or None in limited:
        return []
    return [each for each in vocabulary.USAGE_OPERATIONS if each not in limited]


def thin_words(place: Place) -> str:
    """Return how little is known of a place: "32.7 % of what these needs ask for; ..."."""
    blank = [
        criterion_phrase(name)
        for name, value in place.values.items()
        if value.parts and not value.known
    ]
    # Rounded down: what is too little must not look like enough.
    share = (place.evidence * HUNDRED).quantize(Decimal("0.1"), ROUND_FLOOR)
    words = _("{percent} of what these needs ask for", percent=percent_words(figure(share)))
    if not blank:
        return words
    return apart([words, _("nothing is known of {subjects}", subjects=listed(blank, "or"))])
