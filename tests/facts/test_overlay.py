"""A market with what a person told of it: what is believed, of what, and what stays."""

from __future__ import annotations

from contextlib import suppress
from decimal import Decimal

import build
import pytest
from build import use
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs
from running import shipped

from walletpick.bill.observe import Candidate
from walletpick.facts.model import FeeRule, Told, Usage
from walletpick.facts.target import tellable
from walletpick.facts.walk import items_of, own_of
from walletpick.person.known import with_own
from walletpick.reading.told import Untold, target_of, value_of

PLANS = """
plans:
  - {id: basic, name: Basic}
  - {id: plus, name: Plus}
"""


def told(fact: str, value: str, *, wallet: str = "testpay", country: str = "GB") -> Told:
    path = f"facts[{fact}]"
    seen = "2026-11-20"
    return Told(
        wallet=wallet, country=country, fact=fact, value=value, source="it", seen=seen, path=path
    )


def with_told(text: str, *sayings: tuple[str, str], plan: str = "") -> Candidate:
    """Return the market of a snippet with what was told."""
    candidate = build.market(text)
    catalog = with_own(build.catalog(candidate.wallet), [told(*saying) for saying in sayings])
    (wallet,) = catalog.wallets
    return Candidate(wallet, "GB", wallet.markets["GB"], plan)


def cost(candidate: Candidate, *usages: Usage) -> str:
    """Return what the usages cost in a year, exactly."""
    yearly = build.charge(candidate, *usages).yearly
    assert yearly.exact
    return f"{yearly.estimate.normalize():f}"


def test_the_part_that_was_told_replaces_that_part() -> None:
    fees = "fees:\n- {operation: send, percent: 1, fixed: 2}"
    send = use("send", 100)
    assert cost(build.market(fees), send) == "36"
    assert cost(with_told(fees, ("send.percent", "3")), send) == "60"
    assert cost(with_told(fees, ("send.fixed", "1")), send) == "24"
    assert cost(with_told(fees, ("send.percent", "3"), ("send.fixed", "1 GBP")), send) == "48"


@pytest.mark.parametrize(
    ("case", "most"),
    [
        *(("when: house rent", 24), ("provider: HSBC", 24), ("given: online", 24)),
        ("for: business", 12),
    ],
)
def test_a_price_in_some_cases_is_no_part_of_one_told_of_all(case: str, most: int) -> None:
    """Who says "no fixed charge" of paying bills does not say 2 %, which house rent costs.

    They do not say either that house rent costs no more: that stays possible.
    """
    fees = f"fees:\n- {{operation: bill-pay, {case}, percent: 2}}"
    made = with_told(fees, ("bill-pay.fixed", "1"))
    (own,) = made.market.own
    assert (own.fact.percent, own.fact.given, own.kept) == (None, (), None)
    yearly = build.charge(made, use("bill-pay", 100)).yearly
    assert (yearly.low, yearly.estimate, yearly.high) == (12, 12, most)


def test_a_price_in_one_case_stays_beside_one_told_of_all() -> None:
    fees = """
    fees:
      - {operation: cash-out, method: atm, corridor: GB-GB, provider: HSBC, percent: 0}
      - {operation: cash-out, method: atm, corridor: GB-GB, percent: 1}
      - {operation: cash-out, method: atm, corridor: GB-GB, for: student, percent: 4}
    """
    made = with_told(fees, ("cash-out.percent", "5"))
    (own,) = made.market.own
    assert [fact.percent for fact in own.before] == [1, 4]
    assert [fact.percent for fact in own.beside] == [0]
    assert [rule.percent for rule in made.market.fees] == [5, 0]
    yearly = build.charge(made, use("cash-out", 100)).yearly
    assert (yearly.low, yearly.estimate, yearly.high) == (0, 60, 60)


def test_a_price_that_was_not_known() -> None:
    assert not build.charge(build.market(""), use("send", 100)).complete
    made = build.charge(with_told("", ("send.percent", "1")), use("send", 100))
    assert made.complete
    assert made.yearly.estimate == 12
    unknown = "fees:\n- {operation: send, price: unknown}"
    assert cost(with_told(unknown, ("send.fixed", "1")), use("send", 100)) == "12"


def test_bands_are_replaced_whole() -> None:
    fees = "fees:\n- {operation: send, bands: [{fixed: 5, up_to: 50}, {percent: 9}]}"
    assert cost(with_told(fees, ("send.percent", "1")), use("send", 100)) == "12"


def test_what_was_told_of_all_methods_counts_for_each() -> None:
    fees = """
    fees:
      - {operation: send-abroad, method: bank-linked, percent: 1, fixed: 1, fx_markup: 0}
      - {operation: send-abroad, method: debit-card, percent: 2, fixed: 1, fx_markup: 0}
      - {operation: send-abroad, method: debit-card, corridor: GB-MX, percent: 4, fx_markup: 0}
    """
    made = with_told(fees, ("send-abroad.percent", "5"))
    for method, there, expected in (
        ("bank-linked", "US", "72"),
        ("debit-card", "US", "72"),
        # What the catalog has of one country is the narrower.
        ("debit-card", "MX", "48"),
    ):
        assert cost(made, use("send-abroad", 100, method=method, country=there)) == expected
    made = with_told(fees, ("send-abroad.percent", "5"), ("send-abroad@MX.percent", "6"))
    assert cost(made, use("send-abroad", 100, method="debit-card", country="MX")) == "72"


def test_what_was_told_of_home_leaves_the_price_abroad() -> None:
    fees = """
    fees:
      - {operation: cash-out, method: atm, fixed: 2}
      - {operation: cash-out, method: atm, corridor: GB-abroad, percent: 3}
    """
    made = with_told(fees, ("cash-out.fixed", "1")).market
    assert {(rule.corridor, rule.fixed, rule.percent) for rule in made.fees} == {
        (None, 1, None),
        ("GB-abroad", None, 3),
    }


def test_the_part_of_a_told_price_that_is_the_catalogs_is_kept_with_its_source() -> None:
    fees = "fees:\n- {operation: send, percent: 1, fixed: 2, min: 3, source: old}"
    (own,) = with_told(fees, ("send.percent", "3"), ("send.min", "4")).market.own
    assert (own.fact.percent, own.fact.fixed, own.fact.min) == (3, 2, 4)
    assert (own.kept.percent, own.kept.fixed, own.kept.min, own.kept.source) == (
        *(None, 2, None),
        "old",
    )
    for sayings in ((("send.percent", "3"), ("send.fixed", "1"), ("send.min", "4")), ()):
        whole = with_told(fees, *sayings).market.own
        assert all(own.kept is None for own in whole)


def test_what_was_told_of_all_countries_counts_where_the_catalog_has_no_price() -> None:
    fees = """
    fees:
      - {operation: send-abroad, corridor: GB-MX, percent: 4, fixed: 1, fx_markup: 0}
      - {operation: convert, fx_markup: 0}
    """
    made = with_told(fees, ("send-abroad.percent", "6"))
    assert cost(made, use("send-abroad", 100, country="MX")) == "60"
    for there in ("US", None):
        assert cost(made, use("send-abroad", 100, country=there)) == "72"


def test_what_was_told_of_one_way_counts_for_that_way_alone() -> None:
    fees = """
    fees:
      - {operation: send-abroad, percent: 1, fx_markup: 0}
      - {operation: send-abroad, method: debit-card, percent: 2, fx_markup: 0}
    """
    made = with_told(fees, ("send-abroad:bank-linked@MX.percent", "5"))
    for method, there, expected in (
        ("bank-linked", "MX", "60"),
        ("bank-linked", "US", "12"),
        ("debit-card", "MX", "24"),
    ):
        assert cost(made, use("send-abroad", 100, method=method, country=there)) == expected
    made = with_told(fees, ("send-abroad@MX.percent", "5"))
    for method in ("bank-linked", "debit-card"):
        assert cost(made, use("send-abroad", 100, method=method, country="MX")) == "60"
        assert cost(made, use("send-abroad", 100, method=method, country="US")) != "60"


def test_a_plan_is_priced_apart() -> None:
    fees = f"""{PLANS}
fees:
  - {{operation: subscription, plan: [basic, plus], fixed: 5, per: month}}
  - {{operation: subscription, plan: plus, fixed: 40, per: year}}
  - {{operation: send, percent: 1}}
"""
    sayings = (("subscription/plus.month", "9"), ("send/plus.percent", "3"))
    rules = with_told(fees, *sayings).market.fees
    assert {(rule.plan, rule.per, rule.fixed) for rule in rules if rule.per} == {
        (("plus",), "month", Decimal(9)),
        (("basic",), "month", Decimal(5)),
        (("plus",), "year", Decimal(40)),
    }
    basic = with_told(fees, *sayings, plan="basic")
    plus = with_told(fees, *sayings, plan="plus")
    lines = [build.charge(each, use("send", 100)).lines for each in (basic, plus)]
    sent = [next(line for line in each if line.operation == "send") for each in lines]
    assert [line.yearly.estimate for line in sent] == [12, 36]


def test_a_plan_that_is_not_there_changes_nothing() -> None:
    market = with_told("fees:\n- {operation: send, percent: 1}", ("send/gold.percent", "3")).market
    assert not market.own
    assert [rule.percent for rule in market.fees] == [1]


def test_taxes_and_what_others_pay_stay() -> None:
    fees = """
    fees:
      - {operation: send, percent: 1}
      - {operation: send, percent: 2, tax: true}
      - {operation: send, percent: 4, paid_by: other-side}
    """
    market = with_told(fees, ("send.percent", "0")).market
    assert sorted(rule.percent or 0 for rule in market.fees) == [0, 2, 4]


@pytest.mark.parametrize(
    "sayings", [[("send.min", "1")], [("send.percent", "1"), ("send.min", "3"), ("send.max", "2")]]
)
def test_what_is_no_price_does_not_count(sayings: list[tuple[str, str]]) -> None:
    assert not with_told("", *sayings).market.own


def test_a_sum_in_another_currency_does_not_count() -> None:
    assert not with_told("", ("send.fixed", "1 EUR")).market.own


def test_a_limit() -> None:
    limits = """
    limits:
      - {what: day, operation: send, amount: 50, count: 3}
      - {what: month, operation: send, amount: 70}
    """
    market = with_told(limits, ("limits.send.day", "900")).market
    assert {(limit.what, limit.amount, limit.count) for limit in market.limits} == {
        ("day", Decimal(900), None),
        ("day", None, 3),
        ("month", Decimal(70), None),
    }


def test_yes_and_no_and_what_follows() -> None:
    text = """
    fees:
      - {operation: receive, percent: 0}
    security:
      passkey: {has: false, when: on Mondays}
    """
    candidate = build.market(text)
    catalog = structs.replace(build.catalog(candidate.wallet), implications=shipped().implications)
    sayings = [told("security.passkey", "yes"), told("features.receive", "no")]
    (wallet,) = with_own(catalog, [*sayings, told("cash-out:atm.percent", "1")]).wallets
    market = wallet.markets["GB"]
    assert market.security["passkey"].has
    assert market.security["passkey"].when is None
    assert not market.features["receive"].has
    # What was told implies as what is stated does.
    assert market.payout["cash-atm"].rule
    assert market.payout["cash-atm"].path == "facts[cash-out:atm.percent]"


def test_cover_and_its_lack() -> None:
    text = """
    protection:
      - {kind: safeguarding}
      - {kind: none, lacks: [deposit-insurance, purchase-protection]}
    """
    sayings = (("protection.safeguarding", "no"), ("protection.deposit-insurance", "yes"))
    covers = with_told(text, *sayings).market.protection
    assert {(cover.kind, cover.lacks) for cover in covers} == {
        ("deposit-insurance", ()),
        ("none", ("safeguarding",)),
        ("none", ("purchase-protection",)),
    }


def test_the_other_facts() -> None:
    text = "closing: {how: web, difficulty: hard}\nsupport:\n  channels:\n    phone: {has: true, number: '1'}"
    market = with_told(
        text,
        ("closing.difficulty", "easy"),
        ("reply.days", "4"),
        ("onboarding.min_age", "16"),
        ("onboarding.local_phone", "yes"),
        ("status", "closed"),
        ("channels.phone", "yes"),
        ("channels.email", "no"),
    ).market
    assert market.closing
    assert (market.closing.how, market.closing.difficulty) == ("web", "easy")
    assert market.support.reply
    assert market.support.reply.days == 4
    assert market.onboarding.min_age
    assert market.onboarding.min_age.years == 16
    assert market.onboarding.local_phone
    assert market.status
    assert market.status.state == "closed"
    assert market.support.channels["phone"].number == "1"
    assert not market.support.channels["email"].has


def test_what_the_catalog_said_is_kept_beside() -> None:
    fees = (
        "fees:\n- {operation: send, percent: 1}\n- {operation: send, method: instant, percent: 2}"
    )
    market = with_told(fees, ("send.percent", "3")).market
    before = {rule.method: own_of(market, rule) for rule in market.fees}
    assert {
        method: own and [each.percent for each in own.before] for method, own in before.items()
    } == {
        None: [1],
        "instant": [2],
    }


EXAMPLES = {"yes or no": "no", "percent": "1", "money": "2", "number": "3"}


@pytest.mark.parametrize("name", tellable())
def test_all_that_can_be_told_counts(name: str) -> None:
    target = target_of(name)
    assert target.name == name
    value = (
        EXAMPLES.get(target.takes)
        or {
            "closing.how": "web",
            "closing.difficulty": "easy",
            "status": "restricted",
        }[name]
    )
    _, kept = value_of(target, value, "GBP")
    assert value_of(target, kept, "GBP") == value_of(target, value, "GBP")
    market = with_told("", (name, kept)).market
    if target.section == "fees" and target.word in ("min", "max"):
        assert not market.own
        return
    (own,) = market.own
    assert own.before == ()
    stated = [item.fact for item in items_of(market)]
    assert own.fact in stated
    assert {fact.source for fact in stated} == {"yours 2026-11-20"}


@given(st.text(max_size=30))
def test_any_text_is_told_or_refused(text: str) -> None:
    with suppress(Untold):
        target = target_of(text)
        assert target_of(target.name) == target


MARKETS = [
    (wallet.id, country) for wallet in shipped().wallets for country in list(wallet.markets)[:1]
]


@pytest.mark.parametrize("fact", ["send-abroad.percent", "cash-out.fixed", "convert@FR.fx_markup"])
def test_the_price_that_was_told_is_the_price_in_every_market(fact: str) -> None:
    """Nothing that the catalog has of the same, or of a wider place, stands before it."""
    facts = [told(fact, "7", wallet=wallet, country=country) for wallet, country in MARKETS]
    catalog = with_own(shipped(), facts)
    target = target_of(fact)
    for wallet, country in MARKETS:
        market = next(each for each in catalog.wallets if each.id == wallet).markets[country]
        assert market.own
        for own in market.own:
            price = own.fact
            assert getattr(price, target.word) == 7
            assert not any((price.provider, price.given, price.when, price.for_))
        assert not [
            rule
            for rule in market.fees
            if _is_of_the_catalog(rule, target.operation, target.country or "", country)
        ]


def _is_of_the_catalog(rule: FeeRule, operation: str, there: str, home: str) -> bool:
    ordinary = not (rule.tax or rule.surcharge or rule.of or rule.paid_by)
    end = (rule.corridor or "").partition("-")[2]
    abroad = ("abroad", "foreign-currency") if operation == "send-abroad" else ()
    inside = end == there if there else end in ("", home, *abroad)
    # What holds in some cases only stays.
    in_any_case = not (rule.provider or rule.given or (rule.when and not rule.for_))
    return (
        rule.operation == operation
        and ordinary
        and inside
        and in_any_case
        and not rule.source.startswith("yours")
    )


def test_nothing_told_changes_nothing() -> None:
    assert with_own(shipped(), []) == shipped()
    elsewhere = with_own(shipped(), [told("send.percent", "1", country="AQ")])
    assert elsewhere.wallets == shipped().wallets
