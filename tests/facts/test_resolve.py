"""Where a fact holds: the narrowest place that speaks of a thing is believed."""

from __future__ import annotations

from decimal import Decimal

import build
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs
from running import shipped

from walletpick.facts.model import Group, Local, Market, Place, WalletFile
from walletpick.facts.resolve import resolve
from walletpick.facts.walk import content
from walletpick.reading import checks
from walletpick.reading.problem import problems_in
from walletpick.reading.records import keys_of

HEAD = f"""id: testpay
name: Testpay
kind: stored-value
operator: Testpay Ltd
summary: A wallet for tests.
sources: {build.SOURCES}
"""


def file(text: str) -> WalletFile:
    return build.record(WalletFile, HEAD + text, "testpay.yaml")


def problems(text: str) -> list[str]:
    faults = checks.check_wallet(file(text), "testpay")
    return [str(problem) for problem in problems_in("testpay.yaml", faults)]


WIDE = """
reach:
  - {in: [DE, AT, SE, CH], offers: full account, operator: Testpay Europe, source: new}
  - {in: [NZ], offers: travel card, state: restricted, since: 2026-01, note: few, source: new}
everywhere:
  plans:
    - {id: basic, name: Basic, source: new}
  fees:
    - {operation: send, percent: 1, source: new}
    - {operation: send, method: instant, fixed: 2, currency: USD, source: new}
    - {operation: pay, percent: 0, source: new}
  security:
    passkey: {has: true, source: new}
    app-pin: {has: true, source: new}
  protection:
    - {kind: safeguarding, source: new}
  support:
    channels:
      email: {has: true, address: a@example.com, source: new}
    reply: {days: 15, source: new}
  incidents:
    - {kind: outage, date: 2026-01, what: Nobody could pay, source: new}
  links: {terms: https://example.com/terms, help: https://example.com/help}
groups:
  EEA:
    in: [DE, AT, SE]
    currency: EUR
    kind: pass-through
    fees:
      - {operation: withdraw, fixed: 0.5, source: new}
      - {operation: send-abroad, corridor: home-EEA, percent: 0, source: new}
      - {operation: send, corridor: home-home, percent: 0.5, source: new}
    limits:
      - {what: day, operation: send, amount: 1000, source: new}
    protection:
      - {kind: deposit-insurance, limit: 100000, source: new}
    security:
      app-pin: {has: false, source: new}
markets:
  DE:
    currency: EUR
    kind: bank-account
    plans:
      - {id: local, name: Local, source: new}
    fees:
      - {operation: send, plan: local, percent: 2, source: new}
    support:
      channels:
        phone: {has: true, number: "112", source: new}
    incidents:
      - {kind: penalty, date: 2025-01, what: It was fined, source: new}
    links: {terms: https://example.com/de}
"""


@pytest.fixture(scope="module")
def markets() -> dict[str, Market]:
    assert problems(WIDE) == []
    return resolve(file(WIDE), "wallets/testpay.yaml").markets


def test_a_wallet_is_where_its_reach_its_groups_and_its_markets_are(
    markets: dict[str, Market],
) -> None:
    assert list(markets) == ["DE", "AT", "CH", "NZ", "SE"]
    assert [m.currency for m in markets.values()] == ["EUR", "EUR", "CHF", "NZD", "SEK"]
    assert markets["AT"].operator == "Testpay Europe"
    assert markets["AT"].status is None
    status = markets["NZ"].status
    assert status
    assert (status.state, status.since, status.note, status.path) == (
        "restricted",
        "2026-01",
        "few",
        "reach[1]",
    )


def test_a_wallet_may_be_of_another_kind_in_some_countries() -> None:
    wallet = resolve(file(WIDE), "wallets/testpay.yaml")
    kinds = {country: wallet.kind_in(market) for country, market in wallet.markets.items()}
    assert kinds == {
        "DE": "bank-account",
        "AT": "pass-through",
        "SE": "pass-through",
        "CH": "stored-value",
        "NZ": "stored-value",
    }
    holding = [country for country in kinds if wallet.holds_balance(wallet.markets[country])]
    assert holding == ["DE", "CH", "NZ"]


def test_prices_go_by_operation(markets: dict[str, Market]) -> None:
    paths = {c: [rule.path for rule in markets[c].fees] for c in markets}
    assert paths["DE"] == [
        "markets.DE.fees[0]",
        "groups.EEA.fees[0]",
        "groups.EEA.fees[1]",
        "everywhere.fees[2]",
    ]
    assert paths["AT"] == [*(f"groups.EEA.fees[{n}]" for n in range(3)), "everywhere.fees[2]"]
    assert paths["CH"] == [f"everywhere.fees[{n}]" for n in range(3)]


def test_claims_go_word_by_word_and_covers_by_kind(markets: dict[str, Market]) -> None:
    def known(country: str) -> dict[str, bool]:
        return {word: claim.has for word, claim in markets[country].security.items()}

    assert known("DE") == known("SE") == {"passkey": True, "app-pin": False}
    assert known("CH") == {"passkey": True, "app-pin": True}
    assert [c.kind for c in markets["SE"].protection] == ["deposit-insurance", "safeguarding"]
    assert list(markets["DE"].support.channels) == ["phone", "email"]
    assert markets["DE"].support.reply == markets["CH"].support.reply
    assert [plan.id for plan in markets["DE"].plans] == ["local"]
    assert [plan.id for plan in markets["AT"].plans] == ["basic"]
    assert [event.kind for event in markets["DE"].incidents] == ["penalty", "outage"]
    assert markets["DE"].links.terms == "https://example.com/de"
    assert markets["DE"].links.help == markets["CH"].links.help == "https://example.com/help"


def test_a_corridor_of_several_countries_begins_in_each(markets: dict[str, Market]) -> None:
    assert [rule.corridor for rule in markets["AT"].fees] == [None, "AT-EEA", "AT-AT", None]


def test_money_keeps_its_currency(markets: dict[str, Market]) -> None:
    withdraw, abroad, *_ = markets["SE"].fees
    assert (withdraw.fixed, withdraw.currency) == (Decimal("0.5"), "EUR")
    # A percentage is in none, and has that of the market.
    assert abroad.currency == "SEK"
    assert (markets["SE"].limits[0].currency, markets["SE"].protection[0].currency) == ("EUR",) * 2
    assert (markets["AT"].limits[0].currency, markets["AT"].protection[0].currency) == ("EUR",) * 2
    assert markets["CH"].fees[1].currency == "USD"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "reach:\n  - {in: [DE, AT], offers: a, source: new}\n"
            "  - {in: [AT], offers: b, source: new}\n",
            "testpay.yaml:14:5: reach[1]: AT is in the reach of line 13 too: name it once",
        ),
        (
            "groups:\n  A:\n    in: [DE]\n    closing: {how: web, source: new}\n"
            "  B:\n    in: [FR, DE]\n    closing: {how: bank, source: new}\n",
            "testpay.yaml:17:5: groups.B: DE is in the groups A and B, and both speak of closing:"
            " let one of them, or the market of the country, say it",
        ),
        (
            "groups:\n  A:\n    in: []\n    closing: {how: web, source: new}\n"
            "markets:\n  DE:\n    currency: EUR\n",
            "testpay.yaml:14:5: groups.A: the group A names no country under in",
        ),
        (
            "reach:\n  - {in: [DE], offers: a, source: new}\n"
            "everywhere:\n  fees:\n    - {operation: send, fixed: 1, source: new}\n",
            "testpay.yaml:16:7: everywhere.fees[0]: in which currency? A sum of money that holds in"
            " several needs it",
        ),
        (
            "groups:\n  A:\n    in: [DE]\n    fees:\n"
            "      - {operation: send-abroad, corridor: DE-US, percent: 1, source: new}\n",
            'testpay.yaml:16:9: groups.A.fees[0]: the corridor "DE-US" begins in one country, and'
            " the fact holds in several: write home-US, or move it to the market of DE",
        ),
        (
            "groups:\n  A:\n    in: [DE]\n    features:\n"
            "      pay-qr: {has: true, plan: gold, source: new}\n",
            'testpay.yaml:16:15: groups.A.features.pay-qr: the plan "gold" is not among the plans'
            " of the file: none",
        ),
        (
            "reach:\n  - {in: [DE], offers: a, source: gone}\n",
            'testpay.yaml:13:5: reach[0]: the source "gone" is not listed under sources',
        ),
        ("notes:\n  - nothing\n", "no market: a wallet needs at least one country"),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence(text: str, message: str) -> None:
    (problem,) = problems(text)
    assert message in problem


@pytest.mark.parametrize(
    "fact",
    [
        "fees:\n    - {operation: send, fixed: 2, currency: XPF, source: new}",
        "protection:\n    - {kind: deposit-insurance, limit: 5, currency: XPF, source: new}",
    ],
)
def test_a_currency_without_a_rate_is_said_once_for_all_countries(fact: str) -> None:
    text = (
        f"reach:\n  - {{in: [DE, FR], offers: full account, source: new}}\neverywhere:\n  {fact}\n"
    )
    wallet = resolve(file(text), "wallets/testpay.yaml")
    assert set(wallet.markets) == {"DE", "FR"}
    (problem,) = checks.missing_rates([(wallet, "testpay.yaml")], build.CATALOG.rates)
    assert problem.message == "rates.yaml has no rate for XPF: add one there"


ONE_COUNTRY = [
    file
    for file in shipped().files
    if len(file.markets) == 1 and not file.reach and not file.groups and file.everywhere == Place()
]


@given(st.sampled_from(ONE_COUNTRY), st.booleans())
def test_a_fact_moved_to_a_wider_place_changes_nothing(file: WalletFile, everywhere: bool) -> None:
    ((country, local),) = file.markets.items()
    facts = {key: getattr(local, key) for key in keys_of(Place)}
    # The currency of a market is its country's, unless it says another.
    bare = Local(currency=local.currency)
    if everywhere:
        moved = structs.replace(file, everywhere=Place(**facts), markets={country: bare})
    else:
        group = Group(in_=(country,), currency=local.currency, **facts)
        moved = structs.replace(file, groups={"all": group}, markets={country: bare})
    # The facts keep the paths that they had, so nothing at all may differ.
    assert content(resolve(moved, "x").markets) == content(resolve(file, "x").markets)
