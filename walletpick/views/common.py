"""Words that several views share: figures with their range, bills, sources and their age. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal

from walletpick.ages import age_in_months, is_stale
from walletpick.fees import Bill, Line
from walletpick.model import Authority, Catalog, Escalation, Fact, FeeRule, Limit, Source, Wallet
from walletpick.money import ZERO, Range, rounded
from walletpick.phrases import money
from walletpick.places import country_name
from walletpick.vocabulary import PUBLISHERS

UNKNOWN = "?"
UNKNOWN_FEE = "? stands for a fee that is not published: an average is taken for it."

_TENTH = Decimal("0.1")


def range_words(span: Range, currency: str) -> str:
    """Return money with its range: "18.00 USD" or "12.00 to 30.00 USD, about 18.00"."""
    low, middle, high = (rounded(at, currency) for at in (span.low, span.estimate, span.high))
    if low == high:
        return money(span.estimate, currency)
    return f"{low:,f} to {high:,f} {currency}, about {middle:,f}"


def yearly_words(bill: Bill) -> str:
    """Return what a bill comes to in a year; "62.40 USD + ?" where a fee in it is unknown.

    The figure before the "?" is what the known fees come to; "?" alone when none is known.
    """
    return _total(((line.yearly, line.known) for line in bill.lines), bill.currency)


def monthly_words(bill: Bill) -> str:
    """Return what a bill comes to in an average month; "5.20 USD + ?" when incomplete."""
    return _total(((line.monthly, line.known) for line in bill.lines), bill.currency)


def line_words(line: Line, currency: str) -> str:
    """Return what a line of a bill comes to in a year, "?" when nothing of it is known."""
    if line.known:
        return range_words(line.yearly, currency)
    return f"{UNKNOWN} (about {money(line.yearly.estimate, currency)})"


def number_words(span: Range, factor: Decimal | int = 1) -> str:
    """Return a score, value or points with one digit and its range: "71.4 (66.0 to 75.2)"."""
    low, middle, high = (tenth(at * factor) for at in (span.low, span.estimate, span.high))
    return middle if low == high else f"{middle} ({low} to {high})"


def tenth(number: Decimal) -> str:
    """Return a number with one digit after the point."""
    return f"{number.quantize(_TENTH, ROUND_HALF_EVEN) + 0:f}"


def stale_after(fact: Fact | FeeRule | Limit, catalog: Catalog) -> int:
    """Return after how many months a fact of this kind is stale."""
    settings = catalog.criteria.settings
    is_fee = isinstance(fact, FeeRule)
    return settings.stale_fees_months if is_fee else settings.stale_facts_months


def fact_is_stale(
    fact: Fact | FeeRule | Limit, source: Source, catalog: Catalog, today: date
) -> bool:
    """Return whether a fact is older than facts of its kind should be."""
    return is_stale(source, today, stale_after(fact, catalog))


def source_mark(key: str, source: Source, stale: bool) -> str:
    """Return the mark that stands after a fact: "[fees-2026]", "[help, undated]".

    A stale fact says so with its date: "[fees, stale: 2021-04]".
    """
    return f"[{key}{mark_words(source, stale)}]"


def mark_words(source: Source, stale: bool) -> str:
    """Return what a source's mark adds to its key: ", stale: 2021-04", ", undated" or nothing."""
    if stale and source.as_of:
        return f", stale: {source.as_of}"
    if stale:
        return f", undated, stale: read {source.seen}"
    return "" if source.as_of else ", undated"


def source_line(source: Source) -> str:
    """Return a source without its address: title, who says it, date, second-hand or not."""
    when = source.as_of or f"undated, read {source.seen}"
    second = ", second-hand (as another page quotes it)" if source.second_hand else ""
    return f"{source.title}; {PUBLISHERS[source.publisher]}; {when}{second}"


def age_words(source: Source, today: date) -> str:
    """Return how old a source is: "3 months old"; by its reading where it has no date."""
    months = age_in_months(source, today)
    return "under a month old" if not months else f"{months} month{'s'[: months > 1]} old"


def first_upper(words: str) -> str:
    """Return words that begin a line with a capital, unless the first is spelt like "iPhone"."""
    return words if words[1:2].isupper() else words[:1].upper() + words[1:]


def _total(spans: Iterable[tuple[Range, bool]], currency: str) -> str:
    total, complete, some = Range(ZERO, ZERO, ZERO), True, False
    for span, known in spans:
        complete, some = complete and known, some or known
        if known:
            total += span
    words = range_words(total, currency)
    if complete:
        return words
    return f"{words} + {UNKNOWN}" if some else UNKNOWN


def no_market(wallet: Wallet, country: str) -> str:
    """Return that the catalog holds no market of a wallet in a country."""
    return f"the catalog has no {wallet.name} in {country_name(country)} ({country})"


def countries_words(wallet: Wallet) -> str:
    """Return in which countries the catalog has a wallet: "it has it in Kenya (KE)"."""
    return "it has it in " + ", ".join(f"{country_name(c)} ({c})" for c in wallet.markets)


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
