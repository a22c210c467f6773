"""Small catalogs, markets and needs for tests, made by the real reader from snippets of YAML.

place = market('''
fees:
  - {operation: send, percent: 1}
''', country="KE")
made = charge(place, use("send", 1000, times=2))
"""

from __future__ import annotations

import re
import textwrap
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from msgspec import Struct

from walletpick.bill import bill as fees
from walletpick.bill.bill import Bill
from walletpick.bill.line import Line
from walletpick.bill.observe import Candidate
from walletpick.facts import places
from walletpick.facts.model import (
    Averages,
    Catalog,
    Criteria,
    FeeRule,
    Law,
    Needs,
    Rates,
    Usage,
    Wallet,
    WalletFile,
)
from walletpick.facts.money import Range
from walletpick.facts.resolve import resolve
from walletpick.facts.vocabulary import USAGE_OPERATIONS
from walletpick.person.needs import settled
from walletpick.reading import checks
from walletpick.reading.problem import Problem, problems_in
from walletpick.reading.records import read_record
from walletpick.reading.strictyaml import read

R = TypeVar("R", bound=Struct)

TODAY = date(2026, 11, 21)

# Sources that the facts of a snippet can name. A fact that names none has the source `new`.
SOURCES = """
  new: {url: https://example.com/fees, title: Fees, publisher: operator, as_of: 2026-10, seen: 2026-11-20}
  undated: {url: https://example.com/help, title: Help, publisher: operator, as_of: null, seen: 2026-11-20}
  old: {url: https://example.com/old, title: Old fees, publisher: operator, as_of: 2024-01, seen: 2026-11-20}
  directory: {url: https://example.org/list, title: A list, publisher: directory, as_of: 2026-10, seen: 2026-11-20}
"""

# Rates that are easy to reckon with, not true ones: one dollar is 0.5 pounds or 0.8 euros.
RATES = {
    "USD": "1",
    "GBP": "0.5",
    "EUR": "0.8",
    "CNY": "8",
    "NOK": "10",
    "PHP": "50",
    "KES": "100",
    "MXN": "20",
    "COP": "4000",
    "VND": "25000",
}

# What an unknown is taken for: a fee 3 % (at most 8), an exchange rate 2 % (at most 4), the fee of
# a top-up by credit card 2.5 % (at most 3.5), a subscription 24 dollars a year (at most 60), a
# card 5 (at most 10).
AVERAGES = f"""
fees:
{"".join(f"  {name}: {{estimate_percent: 3, high_percent: 8, count: 20}}" + chr(10) for name in USAGE_OPERATIONS)}
fees_by_method:
  top-up: {{credit-card: {{estimate_percent: 2.5, high_percent: 3.5, count: 8}}}}
conversion: {{estimate_percent: 2, high_percent: 4, count: 20}}
tax: {{estimate_percent: 1, high_percent: 2, count: 20}}
charges:
  subscription: {{estimate_usd: 24, high_usd: 60, count: 20}}
  card-issue: {{estimate_usd: 5, high_usd: 10, count: 20}}
claims: {{}}
measures: {{}}
"""

CRITERIA = """
settings:
  stale_fees_months: 12
  stale_facts_months: 24
  stale_laws_months: 60
  stale_widening_percent: 20
  evidence_percent: 33
  incident_half_life_months: 24
  incident_weights: {breach: 1, outage: 0.2}
  experience: {most_percent: 10, half_at_weight: 3, half_life_months: 12, reason: r}
  default_weights: {cost: 5, coverage: 3, security: 3, protection: 3, support: 2, ease: 2, trust: 3, exit: 1}
criteria: {}
"""


def record(kind: type[R], text: str, file: str = "test.yaml") -> R:
    """Return the record that a YAML text describes; fails with what the reader says of it."""
    value, problems = read(text.encode(), file)
    found = read_record(kind, value, file, problems) if value is not None else None
    assert found is not None, _said(problems)
    assert not problems, _said(problems)
    return found


def wallet(markets: str, **more: Any) -> Wallet:
    """Return the wallet of a file (see `wallet_file`)."""
    return resolve(wallet_file(markets, **more), "")


def wallet_file(
    markets: str, *, id: str = "testpay", kind: str = "stored-value", more: str = ""
) -> WalletFile:
    """Return the file of a wallet of one or several markets: `markets` is the block below that key.

    `more` holds further keys of the wallet.
    """
    text = "\n".join(
        [
            f"id: {id}",
            f"name: {id.title()}",
            f"kind: {kind}",
            "summary: A wallet for tests.",
            textwrap.dedent(more).strip(),
            f"sources:{SOURCES}",
            "markets:",
            textwrap.indent(_sourced(textwrap.dedent(markets).strip("\n")), "  "),
        ]
    )
    made = record(WalletFile, text, f"{id}.yaml")
    problems = problems_in(f"{id}.yaml", checks.check_wallet(made, id))
    assert not problems, _said(problems)
    return made


def market(
    text: str,
    *,
    country: str = "GB",
    currency: str | None = None,
    plan: str = "",
    **of_wallet: Any,
) -> Candidate:
    """Return the market that a snippet (fees, limits, plans, ...) describes, as a candidate.

    The currency is the country's unless one is named. `of_wallet` goes to `wallet`.
    """
    made = resolve(market_file(text, country=country, currency=currency, **of_wallet), "")
    return Candidate(made, country, made.markets[country], plan)


def market_file(
    text: str, *, country: str = "GB", currency: str | None = None, **of_wallet: Any
) -> WalletFile:
    """Return the file of a wallet with the market that a snippet describes (see `market`)."""
    block = textwrap.indent(textwrap.dedent(text).strip("\n"), "  ")
    head = f"{country}:\n  currency: {currency or places.currency_of(country)}\n"
    return wallet_file(head + block, **of_wallet)


def plans_of(candidate: Candidate) -> list[Candidate]:
    """Return the candidate of each plan of a market, in the order of the file."""
    plans = [plan.id for plan in candidate.market.plans]
    return [
        Candidate(candidate.wallet, candidate.country, candidate.market, plan) for plan in plans
    ]


def catalog(
    *wallets: Wallet,
    rates: dict[str, str] | None = None,
    averages: str = AVERAGES,
    criteria: str = CRITERIA,
    laws: dict[str, Law] | None = None,
) -> Catalog:
    """Return a catalog of these wallets, with figures that are easy to reckon with."""
    source = "{url: https://example.com/rates, title: Rates, publisher: other, as_of: 2026-10-30, seen: 2026-11-20}"
    lines = [
        f"  {name}: {{per_usd: {rate}, source: bank}}" for name, rate in (rates or RATES).items()
    ]
    return Catalog(
        version="test",
        date="2026-11-20",
        wallets=wallets,
        criteria=record(Criteria, criteria, "criteria.yaml"),
        averages=record(Averages, averages, "averages.yaml"),
        rates=record(
            Rates, f"sources:\n  bank: {source}\nrates:\n" + "\n".join(lines), "rates.yaml"
        ),
        laws=laws or {},
        personas={},
    )


CATALOG = catalog()


def use(
    operation: str,
    amount: Decimal | int | str,
    times: int = 1,
    method: str | None = None,
    country: str | None = None,
) -> Usage:
    """Return a usage: `amount` a month in all, in `times` uses."""
    return Usage(
        operation=operation, amount=Decimal(amount), times=times, method=method, country=country
    )


def needs(*usages: Usage, **wanted: Any) -> Needs:
    """Return settled needs. `wanted` are fields of `Needs`; lists are made tuples."""
    fields: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in wanted.items()
    }
    return settled(Needs(use=usages, **fields), CATALOG.criteria.settings)


def charge(
    candidate: Candidate,
    *usages: Usage,
    of: Catalog = CATALOG,
    today: date = TODAY,
    **wanted: Any,
) -> Bill:
    """Return the bill of usages whose amounts are in the market's currency, unless one is named."""
    wanted.setdefault("currency", candidate.market.currency)
    return fees.bill(candidate, needs(*usages, **wanted), of, today)


def only_line(bill: Bill, kind: str = "fee") -> Line:
    """Return the one line of a kind."""
    (line,) = [line for line in bill.lines if line.kind == kind]
    return line


def rule_of(candidate: Candidate, number: int) -> FeeRule:
    """Return a fee rule by its place in the snippet, from 0."""
    return candidate.market.fees[number]


def span(low: Decimal | int | str, *rest: Decimal | int | str) -> Range:
    """Return a range from its low, estimate and high, or an exact one from one figure."""
    figures = [Decimal(low), *(Decimal(figure) for figure in rest)]
    return Range(*figures) if rest else Range.exactly(figures[0])


def _sourced(text: str) -> str:
    """Give each fact that stands on a line of its own the source `new`, if it names none."""
    lines = []
    for line in text.splitlines():
        if re.match(r"\s*(- |[\w-]+: )\{.*\}$", line) and not re.search(r"\bsource: ", line):
            line = f"{line[:-1]}, source: new}}"
        lines.append(line)
    return "\n".join(lines)


def _said(problems: list[Problem]) -> str:
    return "\n".join(map(str, problems)) or "the reader refused the text"
