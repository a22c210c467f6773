"""Whether something says that a market sends money to the country that a usage names. Pure.

A price to no certain country prices a usage, and says nothing of where the money can go.
"""

from __future__ import annotations

from collections.abc import Iterator

from walletpick.bill.bill import Bill
from walletpick.bill.case import Case, case_of, is_meant, is_named
from walletpick.facts.model import FeeRule, Limit, Usage
from walletpick.score.causes import NotShownThere
from walletpick.score.criteria import Yardstick

_SENDING = ("send", "send-abroad")


def not_shown_there(made: Bill, by: Yardstick) -> list[NotShownThere]:
    """Return the usages of a bill that send money to a country to which nothing says one can."""
    home = made.candidate.country
    sent = {
        (usage.operation, usage.country): usage
        for usage in by.needs.use
        if usage.operation in _SENDING and usage.country not in (None, home)
    }
    if not sent:
        return []
    case = case_of(made.candidate, by.needs, by.catalog, by.today)
    return [
        NotShownThere(
            known=False, operation=usage.operation, method=usage.method, country=usage.country
        )
        for usage in sent.values()
        if usage.country and not _is_shown(case, usage, usage.country)
    ]


def _is_shown(case: Case, usage: Usage, country: str) -> bool:
    """Return whether the wallet runs there, or a price, a limit or a survey leads there."""
    return case.candidate.wallet.runs_in(country) or any(_shown_by(case, usage, country))


def _shown_by(case: Case, usage: Usage, country: str) -> Iterator[bool]:
    market, candidate = case.market, case.candidate
    items: list[FeeRule | Limit] = [rule for rule in market.fees if not rule.tax]
    for item in (*items, *market.limits):
        if item.operation == usage.operation and is_named(item.corridor, country):
            yield is_meant(case, item, usage)
    if usage.operation == "send-abroad":
        for _, quotes in case.catalog.quotes_of(candidate.wallet.id, candidate.country):
            yield any(quote.to == country for quote in quotes)
