"""By which method a price holds, where the person named none, and which bills differ in it. Pure.

A bill takes the cheapest method open to the person, so two bills can be of unlike ways to pay: then
their prices hold side by side only for who can pay by both.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from walletpick.bill.bill import Bill
from walletpick.bill.case import method_rank
from walletpick.bill.filling import IN_SHOPS, OWN_CARD, PAID_AT_ONCE, issues_card
from walletpick.bill.line import Line
from walletpick.facts.model import Claim
from walletpick.facts.possible import have_to_do
from walletpick.facts.vocabulary import FUNDING, SPENDING_OPERATIONS
from walletpick.facts.walk import content

# The operation, the country, the amount and how often: what tells usages apart.
UsageKey = tuple[str, str | None, Decimal, int]
# What two prices that are as high in each case may differ in.
_NO_PRICE = ("method", "note", "source", "more_sources")
# A bank account pays either way, and either way it goes to whoever is not with the same wallet.
_SAME = (("bank-linked", "bank-transfer"), ("other-network", "bank-transfer"))


def taken(bill: Bill) -> dict[UsageKey, str]:
    """Return the method by which the known price of each usage holds that names none.

    Where the price to others than the wallet's own users is not known, nor is the method.
    """
    among = {_usage_of(line) for line in bill.lines if line.among_users and not line.known}
    return {
        key: "balance" if _is_own_card(bill, line) else line.method
        for line in bill.lines
        if line.taken and line.known and line.method and (key := _usage_of(line)) not in among
    }


def _is_own_card(bill: Bill, line: Line) -> bool:
    """Return whether a line is paid by a card that the wallet itself issues: from its balance."""
    by_card = line.operation in IN_SHOPS and line.method in OWN_CARD
    return by_card and bill.candidate.holds_balance and issues_card(bill.candidate.market)


def prices_by(bill: Bill, operation: str, method: str) -> bool:
    """Return whether a bill's market has a price of an operation that holds by a method."""
    return any(
        rule.operation == operation and (rule.method is None or alike(rule.method, method))
        for rule in bill.candidate.market.fees
    )


def only_fills(bill: Bill) -> list[Line]:
    """Return what is asked for by a means that has a price for filling the balance, and none else.

    Whether it pays at once nobody says: it may be that the balance is filled by it first.
    """
    market = bill.candidate.market
    return [
        line
        for line in bill.lines
        if line.kind == "fee"
        and not (line.known or line.taken)
        and line.operation in SPENDING_OPERATIONS
        and line.method in FUNDING
        and line.method in PAID_AT_ONCE
        and bill.candidate.holds_balance
        and any(
            rule.operation == "top-up" and method_rank(rule.method, line.method)
            for rule in market.fees
        )
        and _may_only_fill(market.funding.get(line.method), line.operation)
        and not any(each.kind == "filling" for each in bill.lines)
    ]


def _may_only_fill(claim: Claim | None, operation: str) -> bool:
    return claim is not None and claim.has and operation not in claim.operation


def _usage_of(line: Line) -> UsageKey:
    return line.operation, line.country, line.amount, line.times


def unlike(bills: Iterable[Bill]) -> list[tuple[str, str | None]]:
    """Return the operations, each with its country, whose prices are of unlike methods in bills."""
    methods: dict[tuple[str, str | None], list[tuple[Bill, str]]] = {}
    for bill in bills:
        for (operation, country, *_), method in taken(bill).items():
            methods.setdefault((operation, country), []).append((bill, method))
    return [key for key, by_bill in methods.items() if not _by_one_way(key[0], by_bill)]


def _by_one_way(operation: str, by_bill: Sequence[tuple[Bill, str]]) -> bool:
    """Return whether there is a method by which the price of each bill holds as it does now."""
    return any(
        all(
            alike(way, method) or _same_price(bill, operation, method, way)
            for bill, method in by_bill
        )
        for _bill, way in by_bill
    )


def _same_price(bill: Bill, operation: str, method: str, way: str) -> bool:
    """Return whether a market takes as much by one method as by another, whatever the case."""
    rules = [rule for rule in bill.candidate.market.fees if rule.operation == operation]
    one, other = (
        [content(rule, _NO_PRICE) for rule in rules if rule.method == each]
        for each in (method, way)
    )
    return one == other != []


def alike(one: str, other: str) -> bool:
    """Return whether two methods are the same to who pays: a bank account, a kind of card."""
    return have_to_do(one, other) or any(one in same and other in same for same in _SAME)
