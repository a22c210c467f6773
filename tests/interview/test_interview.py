"""The interview without a terminal: which question comes next, and what the answers say."""

from __future__ import annotations

import json
import random
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import permutations, product
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markets import catalog_of, market, no, wallet_of, yes
from msgspec import structs
from running import TODAY, countries, shipped
from small import SOURCES, write_catalog

from walletpick.facts.model import FeeRule, Needs, Onboarding, Status, Usage
from walletpick.facts.vocabulary import FUNDING, USAGE_OPERATIONS, word_problem
from walletpick.interview.basics import MEANS, MUSTS, USES, sells_asks, uses_ask
from walletpick.interview.interview import MOST_QUESTIONS, Interview, Outcome, Session
from walletpick.interview.knowledge import Question, unevenness
from walletpick.interview.questions import (
    CANNOT_SAY,
    Ask,
    Reply,
    Unclear,
    checked,
    default_words,
    matching,
    read,
    reply_words,
    title,
)
from walletpick.interview.trades import Lead, leads, meanings
from walletpick.reading.checks import check_needs
from walletpick.reading.load import load_catalog
from walletpick.score.ranking import Place, Ranking, over_weights, rank

DAY = date.fromisoformat(TODAY)


@cache
def interview(country: str = "") -> Interview:
    return Interview(shipped(), DAY, country)


def asked(session: Session, country: str = "") -> Ask:
    step = interview(country).step(session)
    assert isinstance(step, Ask), step
    return step


def answers(*lines: str, session: Session | None = None) -> Session:
    """Return the session after typed lines; nobody tells their phone or their friends' wallet."""
    session = session or Session()
    for line in lines:
        while (ask := asked(session)).id in ("phone", "peers"):
            session = interview().answer(session, ask, ask.default or ())
        session = interview().answer(session, ask, read(ask, line))
    return session


def finish(session: Session, reply: str = "") -> tuple[Outcome, Session]:
    """Return the outcome when the rest is answered by the default, each trade by this reply."""
    while isinstance(step := interview().step(session), Ask):
        value = step.default
        if reply and step.id.startswith("trade "):
            value = (reply,)
        elif value is None:
            value = (step.options[0].key,)
        session = interview().answer(session, step, value)
    return step, session


def trade_reply(ask: Ask, side: str) -> str:
    """Return the reply of one who takes a side of each trade, and cannot say it in money."""
    return CANNOT_SAY if ask.kind == "money" else side


def fullest(number: int) -> list[str]:
    """Return the countries with the most wallets: there the interview has most to ask."""
    wallets = {c: sum(c in each.markets for each in shipped().wallets) for c in countries()}
    return sorted(countries(), key=lambda country: (-wallets[country], country))[:number]


# The words.


def test_every_word_that_an_answer_stands_for_is_one_of_the_catalog() -> None:
    assert all(word_problem(word) is None for word in MUSTS)
    assert {operation for use in USES for operation in use.operations} <= set(USAGE_OPERATIONS)
    assert {word for _, words in MEANS.values() for word in words} <= set(FUNDING)


@pytest.mark.parametrize(
    ("typed", "amount", "times"),
    [
        ("", "400", "20"),
        ("300", "300", "1"),
        ("50 each x 3", "150", "3"),
        ("1200", "1200", "1"),
        ("300x3", "300", "3"),
        (" 300 X 3 ", "300", "3"),
        ("$1,500.50 in 2 payments", "1500.5", "2"),
        ("1.500,50 USD x 2", "1500.5", "2"),
        ("1 500 × 4 times", "1500", "4"),
        ("99,5", "99.5", "1"),
        ("12,000", "12000", "1"),
        ("0.500", "0.5", "1"),
    ],
)
def test_amounts_are_read_as_people_write_them(typed: str, amount: str, times: str) -> None:
    ask = asked(answers("US", "1"))
    assert read(ask, typed) == (amount, times)
    assert Decimal(amount) > 0


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("lots", "is no amount"),
        ("-5", "is no amount"),
        ("1e9", "is no amount"),
        ("1,2,3", "is no amount"),
        ("0", "more than 0"),
        ("9" * 30, "too large"),
        ("10 x 0", "from 1 to 1000"),
        ("10 x 99999999", "from 1 to 1000"),
        ("\x1b[31m", "is no amount"),
    ],
)
def test_what_is_no_amount_is_said_to_be_none(typed: str, why: str) -> None:
    with pytest.raises(Unclear, match=why):
        read(asked(answers("US", "1")), typed)


@pytest.mark.parametrize("country", ["VN", "ID", "KR"])
def test_amounts_are_offered_and_shown_by_example_as_people_of_the_country_move_them(
    country: str,
) -> None:
    ask = asked(answers(country, "1"))
    amount, times = ask.default or ()
    own = ask.per_usd[ask.currency]
    assert 200 * own <= Decimal(amount) <= 800 * own
    shown = f"{int(amount):,}"
    assert default_words(ask) == f"{shown} x {times}"
    assert read(ask, default_words(ask)) == (amount, times)
    assert f"{shown} is one payment; {shown} x 3 is" in ask.help
    with pytest.raises(Unclear, match=f"such as {shown}, or {shown} x 3"):
        read(ask, "lots")
    # No amount of any question is a number without its thousands parted.
    worth = structs.replace(ask, kind="money", default=("unknown",))
    with pytest.raises(Unclear) as said:
        read(worth, "lots")
    number = re.search(r"such as ([\d,]+)", str(said.value))
    assert number
    assert "," in number[1]
    assert 10 * own <= Decimal(number[1].replace(",", "")) <= 40 * own


def test_an_amount_in_another_currency_is_changed_at_the_rate_of_the_catalog() -> None:
    ask = asked(answers("NG", "1"))
    assert ask.currency == "NGN"
    rates = {**ask.per_usd, "NGN": Decimal(1500), "EUR": Decimal("0.8")}
    ask = structs.replace(ask, per_usd=rates)
    assert read(ask, "100 USD x 4") == ("150000", "4")
    assert read(ask, "€10.01") == ("18768.75", "1")
    assert reply_words(ask, read(ask, "100 USD")) == "150,000.00 NGN a month, in 1 payment"
    with pytest.raises(Unclear, match="no exchange rate for USD: give it in NGN"):
        read(structs.replace(ask, per_usd={}), "100 USD")
    worth = asked(answers("US", "1,2", "", "", "1,2", ""))
    assert worth.kind == "money"
    assert read(worth, "10 EUR") != ("10",)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        *((typed, "KE") for typed in ("Kenya", "ke", "KEN", " kenya ", "keny")),
        *((typed, "GB") for typed in ("uk", "UK", "GB", "gb", "Britain", "英国")),
        ("中国", "CN"),
    ],
)
def test_a_country_has_many_names(typed: str, code: str) -> None:
    assert read(asked(Session()), typed) == (code,)
    assert matching(asked(Session()), typed)[0].key == code


def test_an_amount_far_from_what_people_move_is_asked_back_about() -> None:
    session = answers("PK", "6", "1000")
    assert asked(session).before.startswith("receive money from abroad, 1,000.00 PKR a month: that")
    assert "If not, go back." in asked(session).before
    assert asked(answers("PK", "6", "100000")).before == ""


def test_a_country_that_does_not_exist_has_neighbours_that_do() -> None:
    with pytest.raises(Unclear, match=r"No country \"germny\"\. Did you mean Germany \(DE\)"):
        read(asked(Session()), "germny")


def test_a_country_without_wallets_is_told_with_what_the_catalog_covers(
    two_wallets: Interview,
) -> None:
    with pytest.raises(
        Unclear, match=rf"no wallet in Antarctica yet\. It covers {len(countries())} "
    ):
        read(asked(Session()), "Antarctica")
    ask = two_wallets.step(Session())
    assert isinstance(ask, Ask)
    with pytest.raises(Unclear, match=r"no wallet in Cuba yet\. It covers Kenya\."):
        read(ask, "Cuba")


def test_the_country_of_the_locale_is_offered_where_the_catalog_covers_it() -> None:
    assert asked(Session(), "KE").default == ("KE",)
    assert asked(Session(), "AQ").default is None
    with pytest.raises(Unclear):
        read(asked(Session()), "")


def test_several_answers_are_numbers_or_words() -> None:
    ask = asked(answers("US"))
    assert read(ask, "2, 1") == read(ask, "1 2") == read(ask, "pay, send") == ("pay", "send")
    assert read(ask, "pay bills;take out cash") == ("cash-out", "bill-pay")
    # Nothing is ticked beforehand.
    with pytest.raises(Unclear, match="Nothing is chosen yet: choose at least one"):
        read(ask, "")
    for wrong in ("99", "0", "none", "fly to the moon", "money", "1" * 5000):
        with pytest.raises(Unclear):
            read(ask, wrong)


def test_what_is_typed_narrows_the_list() -> None:
    ask = asked(Session())
    assert [option.key for option in matching(ask, "ken")] == ["KE"]
    assert [option.key for option in matching(ask, "deutschland")] == ["DE"]
    # Mexico and Tanzania have long names that begin so.
    assert {option.key for option in matching(ask, "united")[:3]} == {"AE", "GB", "US"}
    assert matching(ask, "zzz") == ()
    # By folded letters and by any of its names, the name that is nearest to whole first.
    assert [option.key for option in matching(ask, "Turk")][:2] == ["TR", "TM"]
    assert [option.key for option in matching(ask, "turki")] == ["TR"]
    assert [option.key for option in matching(ask, "cote")] == ["CI"]
    assert [option.key for option in matching(ask, "ivory c")] == ["CI"]
    assert {"KR", "ZA"} <= {option.key for option in matching(ask, "south")[:4]}
    assert read(ask, "turki") == ("TR",)
    with pytest.raises(Unclear, match=r"Did you mean Türkiye \(TR\) or Turkmenistan"):
        read(ask, "Turk")


# The order of questions.


def test_each_use_is_asked_for_its_amount_and_its_country() -> None:
    session = answers("US")
    seen = []
    session = interview().answer(session, asked(session), ("send", "send-abroad"))
    while isinstance(step := interview().step(session), Ask):
        seen.append(step.id)
        session = interview().answer(session, step, step.default or (step.options[0].key,))
    assert seen[:5] == ["amount:send", "amount:send-abroad", "where:send-abroad", "have", "peers"]
    assert seen[5] == "must"
    # What matters: in money first.
    assert seen[6].startswith("price ")
    assert seen[7:]
    assert all(name.startswith("trade ") for name in seen[7:])


def test_the_answers_become_needs() -> None:
    session = answers("US", "2,4", "100 x 4", "200", "Mexico", "1", "0")
    needs = interview().needs(session)
    assert (needs.country, needs.currency) == ("US", "USD")
    assert [(u.operation, u.amount, u.times, u.country) for u in needs.use] == [
        ("send", 100, 4, None),
        ("send-abroad", 200, 1, "MX"),
    ]
    assert needs.have == ("bank-linked", "bank-transfer")
    assert not needs.person
    # Who puts in cash may have a bank account: that they have none they say themselves.
    cash = interview().needs(answers("KE", "2", "", "4"))
    assert (cash.have, cash.person) == (("cash-agent", "cash-atm"), ())
    unbanked = interview().needs(answers("KE", "2", "", "4,9"))
    assert (unbanked.have, unbanked.person) == (cash.have, ("unbanked",))
    assert not interview().needs(answers("KE", "2", "", "1,9")).person


def test_who_gets_money_at_home_is_asked_whether_customers_pay_it() -> None:
    session = answers("KE", "pay,receive", "", "2000 x 120")
    ask = asked(session)
    assert (ask.id, ask.default) == ("sells", ("people",))
    assert asked(answers("2", session=session)).id == "have"
    assert interview().needs(answers("2", session=session)).person == ("business",)
    assert not interview().needs(answers("", session=session)).person
    # Who has no bank account may sell, too.
    both = interview().needs(answers("2", "4,9", session=session))
    assert both.person == ("unbanked", "business")
    assert "sells" not in [reply.question for reply in answers("KE", "1", "", "1").replies]
    # Nobody is told that they are taken for a private person who was asked.
    quitting = interview().so_far(session)
    assert quitting
    words = "Who pays you: friends and family, or customers? Friends and family."
    assert words in quitting.assumed
    told = interview().so_far(answers("2", session=session))
    assert told
    assert words not in told.assumed


PRIVATE = Onboarding(private_only=yes())
FOR_SHOPS = FeeRule(operation="receive", percent=Decimal(1), for_=("business",), source="new")


@pytest.mark.parametrize(
    ("facts", "asks"),
    [
        ({}, False),
        ({"onboarding": PRIVATE}, True),
        ({"onboarding": Onboarding(private_only=no())}, False),
        ({"fees": (FOR_SHOPS,)}, True),
        ({"onboarding": PRIVATE, "status": Status(state="closed", source="new")}, False),
    ],
)
def test_who_pays_is_asked_where_a_wallet_minds(facts: dict[str, Any], asks: bool) -> None:
    catalog = catalog_of(wallet_of("pay", market(**facts)))
    assert bool([*sells_asks("GB", catalog)]) == asks
    assert not [*sells_asks("DE", catalog)]


def test_who_shares_costs_pays_friends_and_is_paid_by_them() -> None:
    session = answers("US", "split-bill", "60 x 4", "1")
    needs = interview().needs(session)
    assert [(use.operation, use.amount, use.times) for use in needs.use] == [
        ("send", Decimal(60), 4),
        ("receive", Decimal(60), 4),
    ]
    assert needs.wish == ("split-bill",)
    # Who has paid for all asks the others for it; not who sends money home, too.
    assert needs.given == ("requested",)
    too = answers("US", "send, split-bill", "100", "60 x 4", "1")
    assert interview().needs(too).given == ()
    told = interview().so_far(answers("US", "split-bill"))
    assert told
    assert any("of shared costs" in words for words in told.assumed)
    assert any("Which wallet do your friends" in words for words in told.assumed)
    # An amount that nobody pays back is questioned as any other.
    assert "If not, go back." in asked(answers("VN", "split-bill", "100")).before


def test_a_wallet_that_does_not_run_on_their_phone_is_nothing_to_anybody() -> None:
    """The phone is asked for where a wallet in front runs on one kind alone."""
    runs_on = {wallet.id: set(wallet.platforms) for wallet in shipped().wallets}
    for country in ("US", "KR"):
        session = answers(country, "pay-abroad", "", "", "2")
        ask = asked(session)
        assert ask.id == "phone"
        told = {}
        for key in ("ios", "android", "any"):
            needs = interview().needs(interview().answer(session, ask, (key,)))
            told[key] = {place.wallet.id for place in rank(shipped(), needs, DAY).field}
            if key != "any":
                assert needs.platform == key
                assert all(key in runs_on[wallet] for wallet in told[key])
        assert "apple-pay" in told["ios"] - told["android"]
        assert "samsung-wallet" in told["android"] - told["ios"]
    # Where all run on both, or on neither, nothing hangs on it.
    seen = [reply.question for reply in finish(answers("KE", "send", "", "4"))[1].replies]
    assert "phone" not in seen
    left = interview().so_far(answers("US", "pay-abroad"))
    assert left
    assert "Which phone do you have? Any." in left.assumed


def test_whose_friends_have_the_wallet_of_most_wishes_for_one_in_wide_use() -> None:
    """They did not say that they cannot do without."""
    asked_of = set()
    for country in countries():
        given_ = {"country": (country,), "uses": ("send",), "have": ("bank",), "peers": ("alike",)}
        session, seen = Session(), []
        while isinstance(step := interview().step(session), Ask) and step.id != "must":
            if step.id.startswith(("price ", "trade ", "give-up ")):
                break
            seen.append(step.id)
            value = given_.get(step.id) or step.default or ()
            session = interview().answer(session, step, value)
        needs = interview().needs(session)
        used = {
            wallet.id
            for wallet in shipped().wallets
            if country in wallet.markets
            and (claim := wallet.markets[country].features.get("widely-used"))
            and claim.has
        }
        without = rank(shipped(), structs.replace(needs, wish=()), DAY)
        fitting = {place.wallet.id for place in without.places}
        assert needs.must == ()
        # Most people have it already, so that sending has its price among users there.
        assert [use.method for use in needs.use] == [None]
        if "peers" not in seen:
            # Nothing hangs on it: none that is confirmed to do the rest is known to be in wide use,
            # or all that fit are.
            assert needs.wish == ()
            sure = {place.wallet.id for place in without.places if place.confirmed}
            nobody = not fitting & used
            others = sure and not sure & used
            assert nobody or others or fitting <= used
            continue
        asked_of.add(country)
        assert needs.wish == ("widely-used",)
        # Nobody is left out for it.
        assert {place.wallet.id for place in rank(shipped(), needs, DAY).places} == fitting
    assert {"KE", "US"} <= asked_of


def test_a_trade_names_no_wallet_and_says_something_different_on_each_side() -> None:
    for country in ("US", "DE", "GB", "PH", "IN"):
        session = answers(country, "1,2", "", "", "1,2", "")
        names = [w.name for w in shipped().wallets if country in w.markets]
        while isinstance(step := interview().step(session), Ask):
            words = [step.text, *(option.label for option in step.options[:2])]
            assert not [name for name in names if any(name in each for each in words)]
            if step.kind == "one":
                assert words[1] != words[2]
                assert words[1].startswith("A wallet that ")
            session = interview().answer(session, step, (trade_reply(step, "b"),))


@pytest.mark.parametrize(
    ("percent", "words"),
    [
        ("2", "A wallet that costs you 480 KES a year less (0 instead of 480)"),
        ("4", "A wallet that costs you 960 KES a year less (0 instead of 960)"),
        # A price that is not known is no side of a trade.
        (None, None),
    ],
)
def test_a_trade_about_cost_is_in_money(
    tmp_path: Path, percent: str | None, words: str | None
) -> None:
    def text(name: str, feature: str, price: str, has: str) -> str:
        claims = (
            f"      {word}: {{has: {has}, source: fees}}\n"
            for word in ("passkey", "two-factor-totp", "instant-freeze", "device-binding")
        )
        made = wallet(name, feature, "rewards", price) + f"    security:\n{''.join(claims)}"
        # What the person pays with is put in first.
        free = "    fees:\n      - {operation: top-up, percent: 0, source: fees}\n"
        return made.replace("    fees:\n", free)

    dear = text("dear", "pay-nfc", percent or "2", "true")
    if percent is None:
        dear = dear.replace("operation: send, percent: 2", "operation: send, price: unknown")
    cheap = text("cheap", "pay-qr", "0", "false")
    catalog = write_catalog(tmp_path / "catalog", dear=dear, cheap=cheap)
    ours = Interview(load_catalog(catalog), DAY)
    session, labels = Session(), []
    typed = iter(("KE", "1,2", "1000", "1000", "1", ""))
    while isinstance(step := ours.step(session), Ask):
        labels += [option.label for option in step.options]
        line = next(typed, None)
        value = trade_reply(step, "a") if line is None else ""
        session = ours.answer(session, step, read(step, line) if line is not None else (value,))
    money = [label for label in labels if " a year less (" in label]
    assert money == ([words] if words else [])


@pytest.mark.parametrize(
    ("typed", "value", "words"),
    [
        ("", CANNOT_SAY, "I cannot say"),
        ("I cannot say", CANNOT_SAY, "I cannot say"),
        ("0", "0", "nothing"),
        ("nothing", "0", "nothing"),
        ("12.50 USD a year", "12.5", "12.50 USD a year"),
    ],
)
def test_what_something_is_worth_is_said_in_money(typed: str, value: str, words: str) -> None:
    ask = asked(answers("US", "1,2", "", "", "1,2", ""))
    assert ask.text.startswith("How much more would you pay in a year for a wallet that ")
    assert read(ask, typed) == (value,)
    assert reply_words(ask, (value,)) == words
    for wrong in ("much", "-1", "10 x 2", "9" * 30):
        with pytest.raises(Unclear):
            read(ask, wrong)


def test_who_would_pay_more_for_a_thing_gives_more_weight_to_it() -> None:
    session = answers("US", "1,2", "", "", "1,2", "")
    _, question = interview().knowledge(session)
    assert isinstance(question, Question)
    criterion = question.gains[0].criterion
    shares = []
    for sum_ in ("0", "1", "10", "100", "1000000"):
        weights = interview().knowledge(answers(sum_, session=session))[0].mean_weights
        shares.append(weights[criterion] / weights["cost"])
    assert shares == sorted(shares)
    assert shares[0] < shares[-1] / 10


USUAL_CASES = (
    ("DE", "1,2", "", "", "1,2", ""),
    ("GB", "1,4", "400x20", "300", "FR", "1,2", ""),
    ("US", "1,2", "", "", "1,2", ""),
)


@pytest.mark.parametrize("lines", USUAL_CASES)
def test_whoever_finds_all_about_equal_gets_the_answer_of_rank(lines: tuple[str, ...]) -> None:
    outcome, session = finish(answers(*lines))
    assert outcome.trades >= 2
    needs = structs.replace(outcome.needs, weights={})
    ranking = rank(shipped(), needs, DAY)
    usual, learned = ranking.needs.weights, outcome.ranking.needs.weights
    assert usual == learned
    assert [each.wallet.id for each in outcome.ranking.places] == [
        each.wallet.id for each in ranking.places
    ]
    # What is believed in between stays near, so that the next trades are about even, too.
    known, _ = interview().knowledge(session)
    for name, weight in known.mean_weights.items():
        assert abs(usual[name] - Decimal(weight)) < Decimal("0.06")
    # Nothing of that was said by the person.
    assert outcome.raised == ()


def test_trades_are_about_even_for_who_is_like_most() -> None:
    session = answers(*USUAL_CASES[0])
    while isinstance(step := interview().step(session), Ask):
        known, question = interview().knowledge(session)
        if isinstance(question, Question) and not question.priced:
            assert unevenness(question, known.mean_weights) <= known.settings.most_uneven
        session = interview().answer(session, step, step.default or ("equal",))


def test_what_matters_more_is_what_a_side_was_taken_for() -> None:
    session = answers(*USUAL_CASES[0])
    while isinstance(step := interview().step(session), Ask):
        value = trade_reply(step, "a")
        session = interview().answer(session, step, (value,))
    assert isinstance(step, Outcome)
    known, _ = interview().knowledge(session)
    gains = {item.criterion for each in known.answers for item in each.question.gains}
    assert step.raised
    assert set(step.raised) <= gains


@pytest.mark.parametrize("reply", ["a", "unknown"])
def test_how_sure_it_is_counts_unknown_facts_and_unknown_weights(reply: str) -> None:
    """It is the average of what the ranking gives for weights that fit the answers."""
    outcome, session = finish(answers("US", "1,2", "", "", "1,2", ""), reply)
    assert outcome.trades
    assert outcome.learned == (reply == "a")
    known, _ = interview().knowledge(session)
    sums: Counter[str] = Counter()
    draws = known.draws[::20]
    for point in draws:
        weights = {
            name: Decimal(weight) for name, weight in zip(known.criteria, point, strict=True)
        }
        for place in rank(shipped(), structs.replace(outcome.needs, weights=weights), DAY).places:
            sums[place.wallet.id] += place.chance
    for place in outcome.ranking.places:
        assert abs(place.chance - sums[place.wallet.id] / len(draws)) < Decimal("0.07")


def test_how_sure_it_is_where_the_weights_are_known_is_what_rank_says() -> None:
    ranking = rank(shipped(), interview().needs(answers("US", "1,2", "", "", "1,2", "")), DAY)
    weights = {name: float(weight) for name, weight in ranking.needs.weights.items()}
    again = over_weights(ranking, [weights] * 3)
    assert [place.wallet.id for place in again.places] == [p.wallet.id for p in ranking.places]
    for place, same in zip(ranking.places, again.places, strict=True):
        assert abs(place.chance - same.chance) <= Decimal("0.001")


def ahead(ranking: Ranking, one: Place, other: Place) -> dict[str, Lead]:
    return leads(one, other, ranking.needs, meanings(shipped().implications))


def pairs(*operations: str) -> Iterator[tuple[Ranking, Place, Place]]:
    """Yield two wallets in front of a person, both ways, in countries that have many."""
    needs = Needs(
        use=tuple(
            Usage(operation=operation, amount=Decimal(100), times=1) for operation in operations
        ),
        must=("purchase-protection",),
        have=("bank-transfer", "debit-card"),
    )
    for country in fullest(3):
        ranking = rank(shipped(), structs.replace(needs, country=country), DAY)
        for one, other in permutations(ranking.places[:12], 2):
            yield ranking, one, other


def test_what_is_needed_is_no_side_of_a_trade() -> None:
    """Nor is what both have, nor what nobody knows of the one that is said to have it."""
    named = Counter(
        name
        for ranking, *two in pairs("pay", "send-abroad", "withdraw")
        for name in ahead(ranking, *two)
    )
    assert named["security"]
    assert named["support"]
    # Whether it does what one does, and takes what one has, is no matter of taste.
    assert not named["coverage"]
    words = {
        word
        for ranking, *two in pairs("pay", "send-abroad", "withdraw")
        for lead in ahead(ranking, *two).values()
        for word in (*lead.words, lead.instead)
    }
    assert "answers the phone" in words
    assert not [word for word in words if "move money" in word or "purchase goes wrong" in word]
    assert not [word for word in words if re.search("perhaps|probably|may ", word)]


def test_no_side_of_a_trade_has_a_part_of_the_other_or_implies_it() -> None:
    """And both sides differ among the wallets that can still be first."""
    follows = {
        (key, then)
        for rule in shipped().implications.rules
        for key, then in product(rule.if_, rule.then)
    }
    trades = 0
    walks = (
        ("US", "1,2", "b"),
        ("HK", "1,2", "a"),
        ("PH", "2,6,8", "a"),
        ("GB", "1,2", "b"),
        ("DE", "1,2", "a"),
        ("KE", "2,6,8", "b"),
    )
    for country, uses, reply in walks:
        session = Session()
        given_ = {"country": (country,), "have": ("bank",), "uses": read(uses_ask(), uses)}
        while isinstance(step := interview().step(session), Ask):
            if step.id.startswith("trade "):
                known, question = interview().knowledge(session)
                assert isinstance(question, Question)
                assert {question.a, question.b} <= {
                    known.names[number] for number in known.possible
                }
                gains, losses = (
                    frozenset().union(*(item.facts for item in side))
                    for side in (question.gains, question.losses)
                )
                assert gains
                assert losses
                assert gains.isdisjoint(losses)
                assert follows.isdisjoint(product(gains, losses))
                assert follows.isdisjoint(product(losses, gains))
                both = " ".join(option.label for option in step.options[:2])
                assert both.count("every payment") < 2
                assert "licensed" not in both
                trades += 1
            value = given_.get(step.id) or step.default or (step.options[0].key,)
            value = (trade_reply(step, reply),) if step.id[:6] in ("trade ", "price ") else value
            session = interview().answer(session, step, value)
    assert trades > 5


def test_what_a_person_does_not_tell_apart_or_has_not_to_do_with_is_not_traded() -> None:
    leads = [
        lead for ranking, *two in pairs("send-abroad") for lead in ahead(ranking, *two).values()
    ]
    words = [(word, lead.instead) for lead in leads for word in lead.words]
    assert words
    assert ("is easy to close", "can be closed in a few steps") not in words
    # Nor is what the other has in other words: a PIN and a fingerprint keep a finder out alike.
    for lead in leads:
        assert "asks for a PIN when it opens and opens" not in " and ".join(lead.words)
    # They put money in from a bank account there, and spend nothing.
    named = {word for word, _ in words}
    assert not [word for word in named if re.search("local|residents|budget|what you spent", word)]
    # What is little of its kind is nothing to have over a wallet of which it is not known.
    assert not [
        word
        for word in named
        if re.search("only through support|answers e-mail|answers messages", word)
    ]


def test_nothing_is_had_over_a_wallet_that_has_the_same_in_other_words() -> None:
    told = {"features:notifications", "security:transaction-alerts"}
    named = 0
    for ranking, one, other in pairs("pay"):
        words = {word for lead in ahead(ranking, one, other).values() for word in lead.words}
        if "tells you of every payment" in words:
            named += 1
            assert told.isdisjoint(
                option.fact
                for value in other.values.values()
                for part in value.parts
                for option, each in zip(part.part.all_of, part.evidence, strict=False)
                if each.observation.value
            )
    assert named


def test_prices_are_traded_where_both_are_known() -> None:
    known = []
    for ranking, one, other in pairs("pay", "pay-abroad"):
        lead = ahead(ranking, one, other).get("cost")
        if lead:
            assert one.bill.complete
            assert other.bill.complete
        known.append(lead is not None)
    assert len(set(known)) == 2


def usual(ours: Interview, country: str) -> Outcome:
    """Return the outcome of what is usual, all that has one answered by the default."""
    chosen = {"country": (country,), "uses": ("pay", "send"), "have": ("bank", "debit-card")}
    session = Session()
    while isinstance(step := ours.step(session), Ask):
        value = chosen.get(step.id) or step.default or (step.options[0].key,)
        session = ours.answer(session, step, value)
    assert len(session.replies) < MOST_QUESTIONS
    return step


# Of which next to nothing is known.
THIN = f"""id: thinpay
name: Thinpay
kind: stored-value
summary: A wallet for tests.
{SOURCES}
markets:
  KE:
    currency: KES
    features:
      pay-qr: {{has: true, source: fees}}
"""


def test_one_wallet_alone_needs_no_trades(tmp_path: Path) -> None:
    one = write_catalog(tmp_path / "catalog", cheap=wallet("cheap", "pay-qr", "pay-nfc", "0"))
    outcome = usual(Interview(load_catalog(one), DAY), "KE")
    assert (outcome.chosen, outcome.trades) == ("cheap", 0)
    # Nothing was learned of what matters, so nothing is said of it.
    assert not outcome.needs.weights
    assert outcome.stopped.startswith("Only one wallet fits. Nothing you could still answer")


def test_a_wallet_of_which_little_is_known_is_chosen_where_there_is_no_other(
    tmp_path: Path,
) -> None:
    alone = write_catalog(tmp_path / "catalog", thinpay=THIN)
    outcome = usual(Interview(load_catalog(alone), DAY), "KE")
    assert (outcome.chosen, outcome.trades) == ("thinpay", 0)
    (place,) = outcome.ranking.places
    assert place.thin


def test_what_is_little_known_is_weighed_with_the_rest(tmp_path: Path) -> None:
    known = wallet("cheap", "pay-qr", "pay-nfc", "0").replace("amount: 5000,", "amount: 900000,")
    catalog = load_catalog(write_catalog(tmp_path / "catalog", thinpay=THIN, cheap=known))
    rules = structs.replace(catalog.criteria.settings, evidence_percent=Decimal(20))
    criteria = structs.replace(catalog.criteria, settings=rules)
    outcome = usual(Interview(structs.replace(catalog, criteria=criteria), DAY), "KE")
    assert [place.wallet.id for place in outcome.ranking.field] == ["cheap", "thinpay"]
    assert [place.thin for place in outcome.ranking.field] == [False, True]
    assert "No other wallet" not in outcome.stopped


@pytest.mark.parametrize("reply", ["a", "b", "equal", "unknown"])
@pytest.mark.parametrize("country", ["US", "GB", "DE"])
def test_a_newcomer_is_done_in_under_15_questions(country: str, reply: str) -> None:
    outcome, session = finish(answers(country, "1,2,3"), reply)
    assert len(session.replies) < 15
    again = rank(shipped(), outcome.needs, DAY)
    assert again.places[0].wallet.id == outcome.chosen
    assert not list(check_needs(outcome.needs))


def taken(question: Question, weights: dict[str, float]) -> str:
    """Return what a person with these weights would take."""
    gain = sum(weights[item.criterion] * item.amount for item in question.gains)
    loss = sum(weights[item.criterion] * item.amount for item in question.losses)
    return "a" if gain >= loss else "b"


def test_when_it_says_that_nothing_could_change_the_first_place_nothing_can() -> None:
    """Whatever weights agree with the answers, the first place is the same."""
    chance = random.Random(1)
    proved = 0
    plays = product(fullest(40)[::3], [("1,2", "", "", "1,2", ""), ("4", "", "", "3", "")])
    for country, typed in plays:
        ours = interview()
        try:
            session = answers(country, *typed)
        except (AssertionError, Unclear):
            # It is over before, or asks for a trade before: where there are few wallets.
            continue
        questions = []
        while isinstance(step := ours.step(session), Ask):
            _, question = ours.knowledge(session)
            assert isinstance(question, Question)
            reply = trade_reply(step, chance.choice(["a", "b"]))
            if not question.priced:
                questions.append((question, reply))
            session = ours.answer(session, step, (reply,))
        # Who else it may be is said by the verdict, once.
        assert "It could also be" not in step.stopped
        if "Nothing you could" not in step.stopped:
            continue
        for _ in range(2000):
            drawn = [chance.expovariate(1) for _ in step.ranking.needs.weights]
            weights = dict(zip(step.ranking.needs.weights, drawn, strict=True))
            if any(taken(question, weights) != reply for question, reply in questions):
                continue
            best = max(
                step.ranking.field,
                key=lambda place: (
                    float(place.able)
                    * sum(
                        w * float(place.values[name].value.estimate) for name, w in weights.items()
                    )
                ),
            )
            assert best.wallet.id == step.chosen
            proved += 1
    assert proved > 100


# Answers that leave no wallet.


def wallet(name: str, has: str, lacks: str, percent: str) -> str:
    return f"""id: {name}
name: {name.title()}
kind: mobile-money
summary: A wallet for tests.
{SOURCES}
markets:
  KE:
    currency: KES
    fees:
      - {{operation: send, percent: {percent}, source: fees}}
      - {{operation: pay, percent: {percent}, source: fees}}
    limits:
      - {{what: month, operation: send, amount: 5000, source: fees}}
    features:
      {has}: {{has: true, source: fees}}
      {lacks}: {{has: false, source: fees}}
"""


@pytest.fixture(scope="module")
def two_wallets(tmp_path_factory: pytest.TempPathFactory) -> Interview:
    """Two wallets, each of which is known to lack what the other has; the first is cheaper."""
    catalog = load_catalog(
        write_catalog(
            tmp_path_factory.mktemp("two") / "catalog",
            cheap=wallet("cheap", "pay-qr", "pay-nfc", "0"),
            dear=wallet("dear", "pay-nfc", "pay-qr", "9"),
        )
    )
    rules = structs.replace(catalog.criteria.settings, evidence_percent=Decimal(0))
    criteria = structs.replace(catalog.criteria, settings=rules)
    return Interview(structs.replace(catalog, criteria=criteria), DAY)


def test_answers_that_leave_no_wallet_name_what_to_give_up(two_wallets: Interview) -> None:
    session = Session()
    for line in ("KE", "1,2", "1000", "1000", "1", "QR code, contactless"):
        ask = two_wallets.step(session)
        assert isinstance(ask, Ask)
        session = two_wallets.answer(session, ask, read(ask, line))
    step = two_wallets.step(session)
    assert isinstance(step, Ask)
    # To do without contactless paying brings back the better one.
    assert step.id == "give-up must:pay-nfc"
    assert step.options[0].label == "Do without it: brings back Cheap"
    assert "No wallet in Kenya fits all of that" in step.before
    assert "Cheap does not pay in shops by tapping the phone (contactless)" in step.before
    without = two_wallets.answer(session, step, ("yes",))
    outcome = two_wallets.step(without)
    assert isinstance(outcome, Outcome)
    assert outcome.chosen == "cheap"
    assert outcome.needs.must == ("pay-qr",)
    assert two_wallets.summary(without)[-1].key == step.id
    refused = two_wallets.step(two_wallets.answer(session, step, ("no",)))
    assert isinstance(refused, Outcome)
    assert not refused.ranking.places


def test_where_one_wallet_is_best_by_any_weights_none_are_learned(two_wallets: Interview) -> None:
    session = Session()
    for line in ("KE", "2", "1000", "1", "0"):
        ask = two_wallets.step(session)
        assert isinstance(ask, Ask)
        session = two_wallets.answer(session, ask, read(ask, line))
    outcome = two_wallets.step(session)
    assert isinstance(outcome, Outcome)
    assert len(outcome.ranking.places) == 2
    assert (outcome.chosen, outcome.trades, outcome.needs.weights) == ("cheap", 0, {})


def test_whom_nothing_fits_so_far_is_told_so(two_wallets: Interview) -> None:
    session = Session()
    for line in ("KE", "2", "900000"):
        assert two_wallets.so_far(session) is None or line == "900000"
        ask = two_wallets.step(session)
        assert isinstance(ask, Ask)
        session = two_wallets.answer(session, ask, read(ask, line))
    outcome = two_wallets.so_far(session)
    assert outcome is not None
    assert not outcome.ranking.places
    assert outcome.stopped.endswith("No wallet in Kenya fits all of that.")


def test_what_is_known_when_an_answer_is_being_changed_still_counts() -> None:
    session = answers("US", "1,2", "300 x 3", "50", "1", "0")
    outcome = interview().so_far(interview().reopened(session, "amount:pay"))
    assert outcome is not None
    assert [(use.operation, use.amount) for use in outcome.needs.use] == [
        # What is being changed stands until it is.
        ("pay", 300),
        ("send", 50),
    ]
    assert outcome.needs.have == ("bank-linked", "bank-transfer")
    assert len(outcome.assumed) == 1


def test_answers_that_one_went_back_from_stand_until_others_replace_them() -> None:
    session = answers("US", "1,2", "300 x 3", "50", "1")
    for _ in range(2):
        session = interview().back(session)
    assert asked(session).id == "amount:send"
    outcome = interview().so_far(session)
    assert outcome is not None
    assert [(use.operation, use.amount) for use in outcome.needs.use] == [
        ("pay", 300),
        ("send", 50),
    ]
    assert outcome.needs.have == ("bank-linked", "bank-transfer")
    # On another day, too; the question that was open is asked, the others offer what was said.
    again = interview().resumed(session.standing, session.taken_back)
    assert again == session
    assert default_words(asked(again)) == "50"
    later = answers("70", session=again)
    assert asked(later).id == "have"
    assert asked(later).default == ("bank",)
    outcome = interview().so_far(later)
    assert outcome is not None
    assert [use.amount for use in outcome.needs.use] == [300, 70]
    # Back to the first question, nothing is lost.
    while session.replies:
        session = interview().back(session)
    outcome = interview().so_far(interview().resumed((), session.taken_back))
    assert outcome is not None
    assert [use.amount for use in outcome.needs.use] == [300, 50]


def test_a_use_beyond_all_limits_can_be_given_up_too(two_wallets: Interview) -> None:
    session = Session()
    for line in ("KE", "1,2", "1000", "900000", "1"):
        ask = two_wallets.step(session)
        assert isinstance(ask, Ask)
        session = two_wallets.answer(session, ask, read(ask, line))
    step = two_wallets.step(session)
    assert isinstance(step, Ask)
    assert step.id == "give-up use:send"


# Going back, changing, resuming.


def test_back_offers_what_was_said() -> None:
    session = answers("US", "1", "300 x 3")
    assert asked(session).id == "have"
    session = interview().back(session)
    assert asked(session).id == "amount:pay"
    assert default_words(asked(session)) == "300 x 3"
    session = interview().back(interview().back(session))
    assert asked(session).id == "country"
    assert asked(session).default == ("US",)
    assert answers("", "", "", session=session) == answers("US", "1", "300 x 3")
    assert interview().back(Session()) == Session()


def test_a_changed_answer_keeps_those_after_it() -> None:
    session = answers("US", "1,2", "300 x 3", "50", "1", "0")
    changed = interview().reopened(session, "amount:pay")
    assert asked(changed).id == "amount:pay"
    after = answers("500 x 20", session=changed)
    assert after.replies == answers("US", "1,2", "500 x 20", "50", "1", "0").replies
    # A use more is asked for its amount, and the rest stands.
    more = answers("1,2,9", session=interview().reopened(session, "uses"))
    assert asked(more).id == "amount:bill-pay"
    done = answers("40 x 2", session=more)
    assert done.replies == answers("US", "1,2,9", "300 x 3", "50", "40 x 2", "1", "0").replies
    assert interview().reopened(session, "no such") == session


def test_what_was_said_can_be_listed() -> None:
    lines = interview().summary(answers("US", "1", "300 x 3"))
    assert [option.key for option in lines] == ["country", "uses", "amount:pay"]
    assert lines[2].label.endswith("300.00 USD a month, in 3 payments")


def test_replies_of_another_day_are_taken_as_far_as_they_fit() -> None:
    replies = answers("US", "1", "300 x 3", "1", "0").replies
    assert interview().resumed(replies).replies == replies
    assert interview().resumed(()) == Session()
    bad = (replies[0], Reply("uses", ("fly",)), *replies[2:])
    assert interview().resumed(bad).replies == replies[:1]
    assert interview().resumed((Reply("country", ("XX",)),)).replies == ()


# Whatever a person does.


@settings(max_examples=25)
@given(st.data())
def test_any_way_through_ends_and_means_something(data: st.DataObject) -> None:
    ours = interview()
    session = Session()
    for _ in range(60):
        step = ours.step(session)
        if isinstance(step, Outcome):
            break
        assert title(step)
        if session.replies and data.draw(st.integers(0, 9), label="back") == 0:
            session = ours.back(session)
            continue
        keys = [option.key for option in step.options]
        if step.kind == "one":
            value = (data.draw(st.sampled_from(keys[:60])),)
        elif step.kind == "several":
            few = st.lists(st.sampled_from(keys), min_size=step.least, max_size=4, unique=True)
            value = tuple(data.draw(few))
        elif step.kind == "money":
            value = (data.draw(st.sampled_from([CANNOT_SAY, "0", "0.01", "20", "1000000"])),)
        else:
            value = (str(data.draw(st.integers(1, 10**6))), str(data.draw(st.integers(1, 60))))
        assert checked(step, checked(step, value)) == checked(step, value)
        assert reply_words(step, checked(step, value))
        before = session
        session = ours.answer(session, step, value)
        assert ours.back(session).replies == before.replies
        kept = json.loads(msgspec.json.encode(session.replies))
        assert ours.resumed(msgspec.convert(kept, tuple[Reply, ...])).replies == session.replies
    if isinstance(step, Outcome):
        assert not list(check_needs(step.needs))
        assert bool(step.ranking.places) == bool(step.chosen)
        if step.chosen:
            assert step.ranking.places[0].wallet.id == step.chosen
