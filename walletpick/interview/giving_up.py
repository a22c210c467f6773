"""Answers that leave no wallet: what to give up so that one fits. Pure."""

from __future__ import annotations

from collections.abc import Callable, Collection
from itertools import combinations

from walletpick.facts import places
from walletpick.facts.model import Needs
from walletpick.facts.names import wallet_name
from walletpick.facts.vocabulary import full_word
from walletpick.interview.basics import MUSTS, without
from walletpick.interview.questions import Ask, Option
from walletpick.language import _
from walletpick.score.ranking import Place, Ranking
from walletpick.words.causes import cause_words
from walletpick.words.phrases import claim_phrase, listed, operation_phrase


def give_up_ask(needs: Needs, ranking: Ranking, rank: Callable[[Needs], Ranking]) -> Ask | None:
    """Return the question what to give up, or None where giving up one or two does not help.

    `ranking` is that of the needs, without a place; `rank` ranks for others.
    """
    way = _way_out(needs, {out.wallet.id for out in ranking.left_out}, rank)
    if way is None:
        return None
    demands, place = way
    words = listed([_demand_words(demand) for demand in demands])
    wallet = wallet_name(place.wallet)
    return Ask(
        id=f"give-up {' '.join(demands)}",
        kind="one",
        text=_("Do without: {words}?", words=words),
        help=_("The answers name the best wallet that this would bring back."),
        options=(
            Option("yes", _("Do without it: brings back {wallet}", wallet=wallet)),
            Option("no", _("No: then no wallet fits")),
        ),
        before=_(
            "{nothing} {why} Doing without this would bring back {wallet}: {words}.",
            nothing=no_place_words(ranking),
            why=_why_none(ranking),
            wallet=wallet,
            words=words,
        ),
    )


def no_place_words(ranking: Ranking) -> str:
    """Return in a sentence that nothing is ranked."""
    country = ranking.needs.country
    if not country:
        return _("No wallet fits all of that.")
    return _("No wallet in {country} fits all of that.", country=places.in_country(country))


def _way_out(
    needs: Needs, out: Collection[str], rank: Callable[[Needs], Ranking]
) -> tuple[tuple[str, ...], Place] | None:
    """Return the fewest demands to give up, must-haves first, and the best wallet that fits.

    It is one of those left `out`: what is not known of the others does not get known so.
    """
    musts = [f"must:{word}" for word in needs.must]
    uses = [f"use:{usage.operation}" for usage in needs.use] if len(needs.use) > 1 else []
    # Nobody stops selling for a wallet.
    others = [f"person:{word}" for word in needs.person if word == "unbanked"]
    for size in (1, 2):
        for demands in (musts, [*musts, *uses, *others]):
            ways = []
            for group in combinations(demands, size):
                less = needs
                for demand in group:
                    less = without(less, demand)
                if less.use:
                    ways += [
                        (group, place) for place in rank(less).places if place.wallet.id in out
                    ][:1]
            if ways:
                return max(ways, key=lambda way: way[1].score.estimate)
    return None


def _demand_words(demand: str) -> str:
    family, _colon, word = demand.partition(":")
    if family == "must":
        if word in MUSTS:
            return _('"{label}"', label=_(MUSTS[word]))
        return _("that it {fact}", fact=claim_phrase(full_word(word), True))
    if family == "use":
        return _('"{label}"', label=operation_phrase(word))
    return _("managing without a bank account")


def _why_none(ranking: Ranking) -> str:
    reasons = [
        _("{wallet} {why}", wallet=wallet_name(out.wallet), why=cause_words(out.causes[0]))
        for out in ranking.left_out
        if out.causes
    ]
    return _("{reasons}.", reasons=_("; ").join(reasons[:3])) if reasons else ""
