"""What wallets cost over a range: the changes of the cheapest are those that every amount shows."""

from __future__ import annotations

from decimal import Decimal
from itertools import groupby
from typing import Any

import pytest
from build import CATALOG, TODAY, market, needs, use
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from walletpick.answers.vary import Variation, Varied, vary
from walletpick.facts.model import Usage, Wallet
from walletpick.score.criteria import Yardstick
from walletpick.score.ranking import judge
from walletpick.words.costs import cheapest_words, uncounted_words

D = Decimal


def wallets(*texts: str, country: str = "VN") -> list[tuple[Wallet, str]]:
    return [
        (market(text, country=country, id=f"pay{number}").wallet, country)
        for number, text in enumerate(texts)
    ]


def varied(low: int | str, high: int | str, of: str = "amount", **more: Any) -> Varied:
    usage = use("send", more.pop("amount", low), more.pop("times", 1))
    return Varied(usage=usage, of=of, low=D(low), high=D(high), **more)  # type: ignore[arg-type]


def variation(
    markets: list[tuple[Wallet, str]], what: Varied, *others: Usage, **wanted: Any
) -> Variation:
    wanted.setdefault("currency", markets[0][0].markets[markets[0][1]].currency)
    return vary(markets, needs(*others, what.at(what.low), **wanted), what, CATALOG, TODAY, 8)


def stretches(*args: Any, **wanted: Any) -> list[tuple[D, D, tuple[int, ...]]]:
    return [(each.low, each.high, each.cheapest) for each in variation(*args, **wanted).stretches]


def by_every_value(
    markets: list[tuple[Wallet, str]], what: Varied, *others: Usage, **wanted: Any
) -> list[tuple[D, D, tuple[int, ...]]]:
    """Return the stretches by the bills at every whole value of a range."""
    cheapest = []
    for value in map(D, range(int(what.low), int(what.high) + 1)):
        settled = needs(*others, what.at(value), currency="VND", **wanted)
        by = Yardstick(settled, CATALOG, TODAY)
        found = {
            number: item.bill.yearly.estimate
            for number, (wallet, country) in enumerate(markets)
            if (item := judge(wallet, country, by)).fits and item.bill.complete
        }
        least = min(found.values(), default=D(0))
        who = tuple(n for n, cost in found.items() if cost - least < D("1e-9"))
        cheapest.append((value, who))
    merged: list[tuple[D, D, tuple[int, ...]]] = []
    for who, run in groupby(cheapest, key=lambda each: each[1]):
        values = [value for value, _ in run]
        crossing = len(values) == 1 and merged and set(merged[-1][2]) < set(who)
        if merged and (crossing or merged[-1][2] == who):
            merged[-1] = (merged[-1][0], values[-1], merged[-1][2])
        else:
            merged.append((values[0], values[-1], who))
    return merged


ONE_PERCENT = "fees: [{operation: send, percent: 1, source: new}]"
FIXED = "fees: [{operation: send, fixed: 3.4, source: new}]"


def test_lines_cross_to_the_smallest_unit() -> None:
    found = stretches(wallets(ONE_PERCENT, FIXED, country="GB"), varied("50.00", "2000.00"))
    assert found == [(D(50), D(340), (0,)), (D("340.01"), D(2000), (1,))]


def test_a_crossing_between_two_units_belongs_to_neither() -> None:
    third = "fees: [{operation: send, percent: 3, source: new}]"
    found = stretches(wallets(third, FIXED, country="GB"), varied(50, 200))
    assert found == [(D(50), D("113.33"), (0,)), (D("113.34"), D(200), (1,))]


def test_jumps_at_bands_and_limits_are_found() -> None:
    bands = "fees: [{operation: send, bands: [{up_to: 100, fixed: 1}, {fixed: 5}], source: new}]"
    limit = (
        "fees: [{operation: send, fixed: 2, source: new}]\n"
        "limits: [{what: month, operation: send, amount: 666.66, source: new}]"
    )
    found = stretches(wallets(bands, limit, country="GB"), varied(20, 1000, times=2))
    assert found == [
        (D(20), D(200), (0,)),
        (D("200.01"), D("666.66"), (1,)),
        (D("666.67"), D(1000), (0,)),
    ]


def test_what_has_an_unknown_price_is_never_cheapest() -> None:
    half = (
        "fees: [{operation: send, bands: [{up_to: 100, fixed: 0}, {price: unknown}], source: new}]"
    )
    made = variation(wallets(half, ONE_PERCENT, country="GB"), varied(50, 500))
    assert [each.cheapest for each in made.stretches] == [(0,), (1,)]
    assert made.stretches[0].high == 100
    (left_out,) = made.left_out(0)
    assert (left_out.low, left_out.high, left_out.state) == (D("100.01"), D(500), "unknown")
    assert not made.left_out(1)
    nothing = stretches(wallets("fees: [{operation: pay, percent: 1, source: new}]"), varied(1, 9))
    assert nothing == [(D(1), D(9), ())]


def test_whose_price_is_guessed_may_cost_less_where_the_guess_is_not_dearer_for_sure() -> None:
    # Guessed at 0 to 8 %: of 100 it may be less than 1, and beside 9 for sure it is not.
    dear = (
        "fees:\n"
        "  - {operation: send, bands: [{up_to: 300, price: unknown}, {fixed: 3}], source: new}\n"
        "  - {operation: subscription, fixed: 5, per: month, source: new}"
    )
    flat = "fees: [{operation: send, bands: [{up_to: 100, fixed: 6}, {fixed: 4}], source: new}]"
    made = variation(wallets(flat, dear, country="GB"), varied(50, 500))
    assert [(s.high, s.cheapest) for s in made.stretches] == [(D(500), (0,))]
    assert [(s.low, s.high, s.cheapest, s.perhaps) for s in made.told] == [
        (D(50), D(100), (0,), (1,)),
        (D("100.01"), D(500), (0,), ()),
    ]
    assert [p.perhaps for p in made.points if p.value in (D(100), D("100.01"))] == [(1,), ()]


def test_of_equals_all_are_named() -> None:
    free = "fees: [{operation: send, percent: 0, source: new}]"
    allowed = "fees: [{operation: send, percent: 1, free: {amount: 100, per: month}, source: new}]"
    found = stretches(wallets(free, allowed, country="GB"), varied(50, 500))
    assert found == [(D(50), D(100), (0, 1)), (D("100.01"), D(500), (0,))]


@pytest.mark.parametrize(("each", "last"), [(True, 2), (False, 4)])
def test_a_range_of_uses_is_priced_use_by_use(each: bool, last: int) -> None:
    # 5 a use against 1 % of what is sent: 250 each time, or 2,000 in all.
    amount = 250 if each else 2000
    base = "fees: [{{operation: send, {}, source: new}}]"
    markets = wallets(base.format("fixed: 5"), base.format("percent: 1"), country="GB")
    found = variation(markets, varied(1, 30, "times", amount=amount, each=each)).stretches
    if each:
        assert [(s.low, s.high, s.cheapest) for s in found] == [(D(1), D(30), (1,))]
    else:
        assert [(s.high, s.cheapest) for s in found] == [(D(last), (0,)), (D(30), (1,))]


def test_the_other_things_done_use_up_what_is_free() -> None:
    free = "fees: [{operation: send, percent: 2, free: {amount: 300, per: month}, source: new}]"
    flat = "fees: [{operation: send, percent: 0, fixed: 1, source: new}]"
    # 200 of the 300 are gone already; 2 % of what is beyond is 1 at 50 more.
    found = stretches(
        wallets(free, flat, country="GB"), varied(10, 500), use("send", 200), currency="GBP"
    )
    assert found[0] == (D(10), D(200), (0,))


def test_filling_the_balance_sets_in_and_bends_where_every_amount_shows() -> None:
    sent = "{operation: send, method: balance, percent: 0, source: new}"
    received = "{operation: receive, method: own-network, percent: 0, source: new}"
    banded = "bands: [{up_to: 20, fixed: 1}, {up_to: 50, fixed: 3}, {percent: 10}]"
    filled = [
        f"fees:\n  - {sent}\n  - {received}\n"
        f"  - {{operation: top-up, method: credit-card, {price}, source: new}}\n{more}"
        "funding: {credit-card: {has: true, source: new}}"
        for price, more in (
            (banded, ""),
            (
                "percent: 5, free: {amount: 30, per: month}",
                "limits: [{what: transaction, operation: top-up, amount: 45, source: new}]\n",
            ),
        )
    ]
    flat = "fees: [{operation: send, method: credit-card, fixed: 2.5, source: new}]"
    markets = wallets(*filled, flat)
    for times in (1, 3):
        for others in ((), (use("receive", 25, method="own-network"),), (use("send", 10),)):
            what = varied(3, 130, times=times)
            assert stretches(
                markets, what, *others, currency="VND", have=("credit-card",)
            ) == by_every_value(markets, what, *others, have=("credit-card",))


def test_amounts_may_be_in_another_currency_than_the_market() -> None:
    # The market's bands are in pounds, two dollars each.
    bands = "fees: [{operation: send, bands: [{up_to: 100, fixed: 1}, {fixed: 5}], source: new}]"
    flat = "fees: [{operation: send, fixed: 2, source: new}]"
    found = stretches(wallets(bands, flat, country="GB"), varied(50, 500), currency="USD")
    assert found == [(D(50), D(200), (0,)), (D("200.01"), D(500), (1,))]


def test_the_values_shown_are_the_ends_round_ones_and_those_beside_changes() -> None:
    made = variation(wallets(ONE_PERCENT, FIXED, country="GB"), varied("51.50", 2000))
    values = [str(each.value.normalize() + 0) for each in made.points]
    assert values[0] == "51.5"
    assert {D("340.00"), D("340.01"), D(500), D(1000), D(2000)} <= {p.value for p in made.points}
    assert [p.cheapest for p in made.points] == [(0,)] * 2 + [(1,)] * (len(values) - 2)


# Rules of every kind, with figures from small tables so that their edges fall into the range.
def _price() -> st.SearchStrategy[str]:
    percent = st.sampled_from(["percent: 1", "percent: 2.5", "percent: 7", "percent: 0"])
    fixed = st.sampled_from(["", ", fixed: 2", ", fixed: 5"])
    held = st.sampled_from(["", ", min: 2", ", max: 4", ", min: 1, max: 6"])
    return st.tuples(percent, fixed, held).map("".join)


def _more() -> st.SearchStrategy[str]:
    return st.sampled_from(
        [
            "",
            ", free: {amount: 50, per: month}",
            ", free: {amount: 400, per: year}",
            ", free: {count: 1, per: month}",
            ", free: {amount: 60, count: 2, per: month, until: first}",
            ", cap: {amount: 4, per: month}",
            ", from: 30",
        ]
    )


def _banded() -> st.SearchStrategy[str]:
    ends = st.lists(st.integers(5, 110), min_size=1, max_size=2, unique=True).map(sorted)

    def made(pair: tuple[list[int], list[str]]) -> str:
        bands = [f"{{up_to: {end}, {price}}}" for end, price in zip(*pair, strict=False)]
        return f"bands: [{', '.join([*bands, '{' + pair[1][-1] + '}'])}]"

    prices = st.lists(st.one_of(_price(), st.just("price: unknown")), min_size=3, max_size=3)
    return st.tuples(ends, prices).map(made)


def _stepped() -> st.SearchStrategy[str]:
    return st.tuples(st.integers(20, 150), _price(), _price()).map(
        lambda each: f"steps: [{{up_to_amount: {each[0]}, {each[1]}}}, {{{each[2]}}}]"
    )


def _fees() -> st.SearchStrategy[str]:
    rule = st.one_of(st.tuples(_price(), _more()).map("".join), _banded(), _stepped())
    methods = st.sampled_from(["", ", method: balance", ", method: debit-card"])
    line = st.tuples(rule, methods).map(
        lambda each: f"  - {{operation: send, {each[0]}{each[1]}, source: new}}\n"
    )
    limits = st.sampled_from(
        [
            "",
            "limits: [{what: transaction, operation: send, amount: 70, source: new}]\n",
            "limits: [{what: month, operation: send, amount: 90, source: new}]\n",
            "limits: [{what: transaction, operation: send, least: 20, source: new}]\n",
        ]
    )
    # Of two prices for one way, the dearer counts: that is another bend.
    lines = st.lists(line, min_size=1, max_size=2)
    return st.tuples(lines.map("".join), limits).map(lambda each: f"fees:\n{each[0]}{each[1]}")


@settings(max_examples=20, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.lists(_fees(), min_size=2, max_size=3), st.integers(1, 3), st.booleans())
def test_the_changes_are_those_that_every_amount_shows(
    texts: list[str], times: int, beside: bool
) -> None:
    markets = wallets(*texts)
    others = (use("send", 40),) if beside else ()
    what = varied(3, 130, times=times)
    assert stretches(markets, what, *others, currency="VND") == by_every_value(
        markets, what, *others
    )


ABROAD = "fees: [{{operation: send-abroad, {there}percent: {percent}, fx_markup: 0, source: new}}]"


def sent_abroad(*texts: str) -> Variation:
    what = Varied(usage=use("send-abroad", 200, country="ID"), of="amount", low=D(200), high=D(900))
    return variation(wallets(*texts, country="GB"), what)


def test_who_is_not_confirmed_to_do_it_is_not_cheapest() -> None:
    there = ABROAD.format(there="corridor: GB-ID, ", percent=2)
    anywhere = ABROAD.format(there="", percent=1)
    # Its price is known and lower; that it sends there is not.
    made = sent_abroad(there, anywhere)
    assert made.points[0].judgements[1].bill.complete
    assert [(each.cheapest, each.perhaps) for each in made.told] == [((0,), (1,))]
    assert {each.state for each in made.left_out(1)} == {"unconfirmed"}
    assert cheapest_words(made) == [
        "Only of Pay0 is it confirmed that it does all, and the price known in full."
    ]
    assert "Pay1 is not counted: not confirmed to do it." in uncounted_words(made)
    # With another that does it.
    made = sent_abroad(there, anywhere, ABROAD.format(there="corridor: GB-ID, ", percent=3))
    assert cheapest_words(made) == [
        "Of those that are confirmed to do it, and whose price is known in full, Pay0 costs least."
    ]
    # Dearer, it takes nothing away.
    made = sent_abroad(there, ABROAD.format(there="", percent=4))
    assert [(each.cheapest, each.perhaps) for each in made.told] == [((0,), ())]


def test_where_none_is_confirmed_they_are_held_against_each_other() -> None:
    made = sent_abroad(ABROAD.format(there="", percent=2), ABROAD.format(there="", percent=1))
    assert [(each.cheapest, each.perhaps) for each in made.told] == [((1,), ())]
    assert not made.left_out(0)
