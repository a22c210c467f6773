"""Whether something says that a market sends money to the country that a usage names. Pure.

A price to no certain country prices a usage, and says nothing of where the money can go.
"""

from __future__ import annotations

from collections.abc import Iterator

from walletpick.bill.bill import Bill
from walletpick.bill.case import Case, case_for, case_of, is_meant, is_named
from walletpick.bill.limits import Doings
from walletpick.bill.observe import in_scope
from walletpick.bill.possible import Possible, possible_ways
from walletpick.facts import places
from walletpick.facts.model import Claim, FeeRule, Limit, Quote, Usage
from walletpick.facts.vocabulary import SENDING_OPERATIONS
from walletpick.score.causes import AmongUsersOnly, NotShownThere
from walletpick.score.criteria import Yardstick

_OWN_NETWORK = "own-network"
_MOVED = ("send-abroad", "receive-abroad")
# By these it arrives with people who need not have the wallet.
_ARRIVALS = ("cash-pickup", "mobile-wallet", "other-network")


def among_users_only(made: Bill, by: Yardstick) -> list[AmongUsersOnly]:
    """Return what a bill sends or gets, known among the wallet's users alone.

    At home only what is sent where a limit of nothing bars the ways to others. Not one that asks
    for that, nor to a country to which nothing says that one can send at all. One that is to
    arrive in another way is known not to be done where the operator says to whom. That money from
    abroad is received in general, a claim of the source says.
    """
    case = case_of(made.candidate, by.needs, by.catalog, by.today)
    causes: dict[tuple[str | None, str | None], AmongUsersOnly] = {}
    for usage in by.needs.use:
        if usage.operation == "send" and (shut := _shut_to_others(case, usage)):
            causes[usage.operation, None] = AmongUsersOnly(
                known=False,
                operation=usage.operation,
                country=None,
                fact=shut,
                source=case.candidate.source_of(shut),
            )
        if usage.operation not in _MOVED or usage.method == _OWN_NETWORK:
            continue
        operation, country = usage.operation, usage.country
        claim = case.market.features.get(operation)
        sends = operation == "send-abroad"
        goes = not sends or country is None or _is_shown(case, usage, country)
        # A claim that follows from a price says no more than that.
        general = not sends and claim and not claim.rule
        told = _told_among_users(case, usage)
        if told and usage.method in _ARRIVALS:
            source = case.candidate.source_of(told)
            causes[usage.method, country] = AmongUsersOnly(
                known=True, operation=operation, country=country, fact=told, source=source
            )
        elif goes and (told or (not general and _is_priced_among_users(case, usage))):
            causes[operation, country] = AmongUsersOnly(
                known=False, operation=operation, country=country
            )
    return list(causes.values())


def _shut_to_others(case: Case, usage: Usage) -> Limit | None:
    """Return the limit that leaves a usage by no certain way to the wallet's own users alone."""
    shut = (
        limit
        for limit in case.market.limits
        if limit.operation == usage.operation and limit.amount == 0 and is_meant(case, limit, usage)
    )
    abroad = usage.country not in (None, case.candidate.country)
    first = None if usage.method or abroad else next(shut, None)
    possible = possible_ways(case, usage, Doings()) if first else None
    alone = isinstance(possible, Possible) and set(possible.bounds) == {_OWN_NETWORK}
    return first if alone else None


def _told_among_users(case: Case, usage: Usage) -> Claim | None:
    """Return the claim that a usage goes inside the wallet's own network alone, if one says so."""
    claim = case.market.features.get(usage.operation)
    return claim if claim and claim.has and claim.method == (_OWN_NETWORK,) else None


def _is_priced_among_users(case: Case, usage: Usage) -> bool:
    """Return whether all of a usage that has a price is inside the wallet's own network."""
    sends = usage.operation == "send-abroad"
    if sends and any(quote.to == usage.country for each in _surveyed(case) for quote in each):
        return False
    methods = {
        rule.method
        for rule in case.market.fees
        if rule.operation == usage.operation
        and not rule.tax
        and (not sends or usage.country is None or is_meant(case, rule, usage))
    }
    return methods == {_OWN_NETWORK}


def not_shown_there(made: Bill, by: Yardstick) -> list[NotShownThere]:
    """Return the usages of a bill that send money to a country to which nothing says one can."""
    home = made.candidate.country
    sent = {
        (usage.operation, usage.country): usage
        for usage in by.needs.use
        if usage.operation in SENDING_OPERATIONS and usage.country not in (None, home)
    }
    if not sent:
        return []
    case = case_of(made.candidate, by.needs, by.catalog, by.today)
    return [
        _not_shown(case, usage, usage.country)
        for usage in sent.values()
        if usage.country and not _is_shown(case, usage, usage.country)
    ]


def _not_shown(case: Case, usage: Usage, country: str) -> NotShownThere:
    """Return that nothing names a country, with what is said of how many there are.

    It is known not to send there where it sends to its own users alone, who receive nothing there.
    """
    claim = _claim(case, usage)
    among = usage.operation == "send-abroad" and (
        usage.method == _OWN_NETWORK
        or _told_among_users(case, usage) is not None
        or _is_priced_among_users(case, usage)
    )
    said = claim if claim and claim.countries_at_least else None
    return NotShownThere(
        known=among and country in case.candidate.wallet.shut_in,
        operation=usage.operation,
        method=usage.method,
        country=country,
        of_countries=said.countries_at_least if said else None,
        fact=said,
        source=case.candidate.source_of(said) if said else None,
    )


def _is_shown(case: Case, usage: Usage, country: str) -> bool:
    """Return whether the wallet runs there, or a fact or a survey leads there."""
    return case.candidate.wallet.runs_in(country) or any(_shown_by(case, usage, country))


def _shown_by(case: Case, usage: Usage, country: str) -> Iterator[bool]:
    case = case_for(case, usage)
    market, candidate = case.market, case.candidate
    items: list[FeeRule | Limit] = [rule for rule in market.fees if not rule.tax]
    for item in (*items, *market.limits):
        if item.operation == usage.operation and is_named(item.corridor, country):
            yield is_meant(case, item, usage)
    if claim := _claim(case, usage):
        named = [end for end in claim.countries if end != "abroad"]
        yield places.is_end(country, named, candidate.country)
    if usage.operation == "send-abroad":
        for quotes in _surveyed(case):
            yield any(quote.to == country for quote in quotes)


def _claim(case: Case, usage: Usage) -> Claim | None:
    """Return the claim that the market does a usage, where it holds for the person."""
    case = case_for(case, usage)
    claim = case.market.features.get(usage.operation)
    if claim is None or not claim.has:
        return None
    scope = (case.candidate.plan, case.people, case.banks, case.answers)
    return claim if in_scope(claim, *scope) == (True, None) else None


def _surveyed(case: Case) -> Iterator[tuple[Quote, ...]]:
    """Yield what surveys saw of a wallet: where one firm sends, also of senders elsewhere.

    What a remittance service pays out in a country is its own doing, whoever sends it; each
    operator of mobile money agrees with others for itself.
    """
    wallet = case.candidate.wallet
    for survey in case.catalog.surveys.values():
        for country, quotes in survey.of(wallet.id):
            if country == case.candidate.country or case.candidate.kind == "remittance":
                yield quotes
