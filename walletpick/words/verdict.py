"""The verdict on a ranking, and the few reasons that decide, in words. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from walletpick.bill.bill import Bill
from walletpick.bill.taken import unlike
from walletpick.facts.model import FeeRule
from walletpick.facts.money import rounded
from walletpick.score.ranking import Place, Ranking
from walletpick.score.reasons import (
    AmongUsers,
    DiaryReason,
    IfAnswered,
    Merit,
    NeedsLevel,
    Reason,
    Shortcoming,
    Unconfirmed,
    UnknownCharge,
    WishedHere,
)
from walletpick.score.statements import Costs, NotKnown
from walletpick.score.verdict import verdict_of
from walletpick.words.bills import line_price, ways_words
from walletpick.words.causes import cause_words
from walletpick.words.common import first_upper, in_ten
from walletpick.words.phrases import few_listed, money
from walletpick.words.reasons import (
    if_answered,
    line_words,
    reason_words,
    stated_words,
    wished_here_words,
)

# Reasons that have to do with what the person does come before the others.
_OF_USE = ("cost", "coverage")


def verdict_words(ranking: Ranking) -> str:
    """Return who is best, and how sure that is, in one or two sentences."""
    verdict = verdict_of(ranking)
    if verdict.word == "none":
        return "No wallet fits."
    first = ranking.places[0]
    names = [place_name(place, ranking) for place in verdict.level]
    if verdict.word == "only":
        sure = len(ranking.places) > 1 and verdict.confirmed
        only = "confirmed to do all that you ask" if sure else "to choose from"
        words = f"{names[0]} is the only one {only}."
    elif verdict.word == "best":
        words = f"{names[0]} fits best, in {in_ten(first.chance)} cases."
    elif len(names) == 1:
        words = f"{names[0]} comes first, but in {in_ten(first.chance)} cases only: what is not"
        words += " known decides."
    else:
        words = f"{few_listed(names)} are level: what is not known decides between them."
    if verdict.confirmed:
        return words
    return f"None is confirmed to do all that you ask. Of those that may, {words}"


def place_name(place: Place, ranking: Ranking) -> str:
    """Return the name of a place's wallet, with the country where there are several."""
    countries = {each.candidate.country for each in ranking.places}
    return place.wallet.name + (f" ({place.candidate.country})" if len(countries) > 1 else "")


def main_reasons(place: Place, reasons: Sequence[Reason]) -> Iterator[tuple[str, str]]:
    """Yield what most speaks for a place and against it, and what to check first.

    Each comes with its mark: "+", "-" or "?". `reasons` are those of the place.
    """
    merits = [each for each in reasons if isinstance(each, Merit)]
    known = [each for each in merits if _is_known(each)]
    of_use = [each for each in known if each.criterion in _OF_USE]
    wished = next((each for each in reasons if isinstance(each, WishedHere)), None)
    if wished:
        yield "+", wished_here_words(wished)
    elif told := of_use or known:
        yield "+", _merit_words(told[0])
    for each in reasons:
        if isinstance(each, Shortcoming):
            yield "-", stated_words(each.statement)
            break
        if isinstance(each, DiaryReason) and each.kind == "against":
            yield "-", reason_words(each)
            break
    for each in reasons:
        if isinstance(each, NeedsLevel | AmongUsers):
            yield "?", reason_words(each)
    if check := _check_words(place, reasons):
        yield "?", check
    unpriced = next((each for each in reasons if isinstance(each, UnknownCharge)), None)
    if unpriced and unpriced.line.kind == "fee" and not place.confirmed:
        yield "?", _quote_words(place, unpriced)


def _is_known(merit: Merit) -> bool:
    """Return whether both sides are known, and so is which is better.

    Else it is the silence that makes the difference, or a guess at where in a range a price lies.
    """
    ours, theirs = merit.statement, merit.instead
    if any(isinstance(side, Costs) and not side.bill.complete for side in (ours, theirs)):
        return False
    if isinstance(ours, Costs) and isinstance(theirs, Costs):
        less = ours.sure_saving(theirs)
        sure = less is None or rounded(less, ours.bill.currency) > 0
        return sure or ours.likely_saving(theirs) is not None
    return not isinstance(merit.instead, NotKnown)


def _merit_words(merit: Merit) -> str:
    ours, theirs = merit.statement, merit.instead
    rival = merit.rival
    if isinstance(ours, Costs) and isinstance(theirs, Costs) and rival is not None:
        less, likely = ours.sure_saving(theirs), ours.likely_saving(theirs)
        if less is not None:
            likelier = likely if rounded(less, ours.bill.currency) <= 0 else None
            saved = money(less if likelier is None else likelier, ours.bill.currency)
            how = "Costs " if ours.exact and theirs.exact else "Costs at least "
            how = how if likelier is None else "Probably costs about "
            stay = ours.bill.period.stay
            often, end = ("", f" for {stay}") if stay else (" a year", "")
            ways = _two_ways(ours.bill, rival.wallet.name, theirs.bill)
            return f"{how}{saved}{often} less than {rival.wallet.name}{end}{ways}"
    return stated_words(ours, praise=True)


def _two_ways(ours: Bill, name: str, theirs: Bill) -> str:
    """Return by which ways two prices hold, where these are unlike ways to pay; else ""."""
    if not unlike([ours, theirs]):
        return ""
    ways, others = (ways_words(bill).removeprefix(", ") for bill in (ours, theirs))
    return f" ({ways}; {name} {others})"


def _check_words(place: Place, reasons: Sequence[Reason]) -> str | None:
    """Return what to look at first before going by the answer: what decides and is not known."""
    for each in reasons:
        if isinstance(each, Unconfirmed):
            return f"Check first: {cause_words(each.cause)}"
    for each in reasons:
        if isinstance(each, UnknownCharge):
            return _quote_words(place, each)
    for each in reasons:
        if isinstance(each, IfAnswered):
            return if_answered(each)
    return None


def _quote_words(place: Place, charge: UnknownCharge) -> str:
    """Return that a price is not published, or the least alone, and where to get a quote."""
    page = price_page(place, charge.line.rules)
    where = f"; get a quote at {page}" if page else ""
    if charge.line.least:
        price = line_price(charge.line, short=True)
        return f"{first_upper(line_words(charge.line))}: {price}, more is not published{where}"
    if charge.line.rules:
        return f"Price not published: {line_words(charge.line)}{where}"
    at = f"; see {page}" if page else ""
    return f"No price on record: {line_words(charge.line)}{at}"


def price_page(place: Place, rules: Sequence[FeeRule]) -> str | None:
    """Return the page that is nearest to a price: of fees, else what speaks of it, else the site.

    Only the operator can give a quote.
    """
    candidate = place.candidate
    if candidate.market.links.fees:
        return candidate.market.links.fees
    sources = (candidate.source_of(rule) for rule in rules)
    own = next((each.url for each in sources if each.publisher == "operator"), None)
    return own or place.wallet.website
