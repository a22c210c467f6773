"""What would change the first place: weights and prices, each just where it really does."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest
from build import TODAY, use
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from markets import EMPTY, catalog_of, incident, market, no, wallet_of, wanting, yes

from walletpick.facts.model import FeeRule, Market
from walletpick.facts.vocabulary import CRITERIA
from walletpick.pages.rank import rank_page
from walletpick.render.markdown import render
from walletpick.score.change import Change, change
from walletpick.score.experience import Experience
from walletpick.score.ranking import Ranking, rank
from walletpick.words.verdict import nearest_words, span_words, turn_words

D = Decimal
NAMES = ("apay", "bpay", "cpay")
# A hair of a weight, and of a price in percent.
HAIR = D("0.0001")
SECURE = {"app-pin": yes()}
Own = dict[tuple[str, str], Experience]


def fee(percent: str | D | None) -> tuple[FeeRule, ...]:
    price: dict[str, Any] = {"price": "unknown"} if percent is None else {"percent": D(percent)}
    return (FeeRule(operation="send", source="new", **price),)


def ranked(markets: list[Market], weights: dict[str, D], own: Own | None = None) -> Ranking:
    wallets = [wallet_of(name, each) for name, each in zip(NAMES, markets, strict=False)]
    needs = wanting(use("send", 100), weights=weights)
    return rank(catalog_of(*wallets), needs, TODAY, own or {})


def first(ranking: Ranking) -> str:
    return ranking.places[0].wallet.id


def changed(ranking: Ranking) -> Change:
    return change(ranking)


CLAIM = st.sampled_from([None, yes(), no()])


@st.composite
def some_market(draw: st.DrawFn) -> Market:
    def claims(*keys: str) -> dict[str, Any]:
        return {key: claim for key in keys if (claim := draw(CLAIM))}

    return market(
        fees=fee(draw(st.sampled_from([None, "0", "1", "2", "4", "9"]))),
        security=claims("passkey", "two-factor-totp", "app-pin", "device-binding"),
        payout=claims("bank-transfer"),
        incidents=draw(st.sampled_from([(), (incident(),), (incident("outage"),)])),
    )


@settings(max_examples=15, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(
    st.lists(some_market(), min_size=2, max_size=3),
    st.fixed_dictionaries({name: st.integers(0, 10).map(lambda n: D(n) / 2) for name in CRITERIA}),
    st.booleans(),
)
def test_a_weight_changes_the_first_place_just_where_it_is_said(
    markets: list[Market], weights: dict[str, D], lived: bool
) -> None:
    assume(sum(map(bool, weights.values())) > 1)
    own: Own = {}
    if lived:
        own["apay", "GB"] = Experience(entries=(), value=D("0.2"), weight=D(4))
    ranking = ranked(markets, weights, own)
    spans = {each.criterion: each for each in changed(ranking).weights}
    for name in CRITERIA:
        span = spans.get(name)
        low, high = (span.low, span.high) if span else (D(0), D(5))

        def at(weight: D, name: str = name) -> str:
            return first(ranked(markets, weights | {name: weight}, own))

        inside = [low + (high - low) * share for share in (HAIR, D("0.3"), D("0.7"), 1 - HAIR)]
        assert {at(weight) for weight in inside} == {first(ranking)}, name
        if span and span.below and low > HAIR:
            assert at(low - HAIR) == span.below.wallet.id, name
        if span and span.above and high < 5 - HAIR:
            assert at(high + HAIR) == span.above.wallet.id, name


def test_a_price_changes_the_first_two_just_where_it_is_said() -> None:
    weights = {name: D(3) for name in CRITERIA}

    def pair(one: str | D, other: str | D) -> Ranking:
        return ranked([market(fees=fee(one)), market(fees=fee(other), security=SECURE)], weights)

    ranking = pair("0.2", "9")
    assert first(ranking) == "apay"
    cheaper, dearer = changed(ranking).prices
    assert (cheaper.place.wallet.id, cheaper.dearer, cheaper.now) == ("bpay", False, 9)
    assert (dearer.place.wallet.id, dearer.dearer, dearer.now) == ("apay", True, D("0.2"))
    for at, who in ((-HAIR, "bpay"), (HAIR, "apay")):
        assert first(pair("0.2", cheaper.percent + at)) == who
        assert first(pair(dearer.percent - at, "9")) == who


def test_what_no_price_can_change_is_not_said() -> None:
    weights = dict.fromkeys(CRITERIA, D(0)) | {"cost": D(1), "security": D(5)}
    ranking = ranked([market(fees=fee("1"), security=SECURE), market(fees=fee("1"))], weights)
    assert first(ranking) == "apay"
    assert not changed(ranking).prices
    assert changed(ranked([market()], weights)) == Change()


def test_words_say_what_is_true_as_it_is_rounded() -> None:
    weights = {name: D(3) for name in CRITERIA}
    ranking = ranked([market(fees=fee("0.2")), market(fees=fee("9"), security=SECURE)], weights)
    found = changed(ranking)
    (cost,) = (each for each in found.weights if each.criterion == "cost")
    words = span_words(cost, ranking)
    assert cost.low == pytest.approx(D("0.645"), abs=D("0.005"))
    assert words == (
        "If a low price mattered less to you (--weight cost=0.5), Bpay would come first"
    )
    near = ranked([market(fees=fee("0.2")), market(fees=fee("1"), security=SECURE)], weights)
    assert first(near) == "apay"
    (security,) = (each for each in changed(near).weights if each.criterion == "security")
    words = span_words(security, near)
    assert "If safe log-ins and payments mattered more to you (--weight security=" in words
    assert security.high < D(re.findall(r"security=([0-9.]+)", words)[0]) <= security.high + D(1)
    assert nearest_words(found, ranking) == f"{span_words(cost, ranking)}."
    cheaper, dearer = (turn_words(each, ranking) for each in found.prices)
    assert (
        "Bpay would come first if the fee to send money to people at home came to under" in cheaper
    )
    assert "(it comes to 9 %)" in cheaper
    assert D(cheaper.partition("under ")[2].partition(" ")[0]) <= found.prices[0].percent
    assert "Apay would come second" in dearer
    assert D(dearer.partition("over ")[2].partition(" ")[0]) >= found.prices[1].percent


@settings(max_examples=15, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(
    st.lists(some_market(), min_size=2, max_size=3),
    st.fixed_dictionaries({name: st.integers(0, 10).map(lambda n: D(n) / 2) for name in CRITERIA}),
)
def test_a_weight_that_is_named_can_be_given_and_does_what_is_said(
    markets: list[Market], weights: dict[str, D]
) -> None:
    assume(sum(map(bool, weights.values())) > 1)
    ranking = ranked(markets, weights)
    for span in changed(ranking).weights:
        words = span_words(span, ranking)
        turns = re.findall(r"--weight (\w+)=([0-9.]+)\), (\w+) would come first", words)
        assert words.count("--weight") == len(turns)
        for criterion, typed, name in turns:
            weight = D(typed)
            assert 0 <= weight <= 5
            assert weight * 2 == int(weight * 2)
            assert first(ranked(markets, weights | {criterion: weight})) == name.lower()
            assert first(ranking) != name.lower()


@pytest.mark.parametrize(("top", "told"), [(2, True), (3, False)])
def test_the_short_answer_has_one_line_of_it_where_there_is_room(top: int, told: bool) -> None:
    weights = {name: D(3) for name in CRITERIA}
    markets = [market(fees=fee(each)) for each in ("0.2", "9", "9")]
    markets[1] = market(fees=fee("9"), security=SECURE)
    ranking = ranked(markets, weights)

    def shown(explain: bool) -> str:
        return render(rank_page(ranking, EMPTY, top, explain))

    assert ("If a low price mattered less" in shown(explain=False)) is told
    assert "What would change it" not in shown(explain=False)
    assert shown(explain=True).count("If a low price mattered less to you") == 1
