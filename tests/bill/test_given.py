"""Conditions that a person can answer: a price, a limit or a claim holds, holds not, or may."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from build import CATALOG, TODAY, charge, market, needs, only_line, rule_of, span, use
from hypothesis import given
from hypothesis import strategies as st
from markets import keys, obstacles, placed, wanting, yes
from markets import market as market_of
from small import TWOPAY, run, validated, write_catalog

from walletpick.bill.bill import Bill
from walletpick.bill.conditions import decided_by
from walletpick.bill.limits import Impossible
from walletpick.bill.observe import Candidate, Condition, observe
from walletpick.facts.model import Claim, Needs, Onboarding, Usage
from walletpick.facts.places import country_codes, currency_of
from walletpick.facts.vocabulary import GIVEN, USAGE_OPERATIONS, opposite

CASH = use("cash-out", 200, times=2, method="atm")
# A waiver for those whose salary comes in.
WAIVED = market(
    """
    fees:
      - {operation: cash-out, method: atm, fixed: 2.5}
      - {operation: cash-out, method: atm, given: salary-in, percent: 0}
    """,
    country="US",
)


def bill(place: Candidate, *answers: str) -> Bill:
    return charge(place, CASH, given=answers)


def test_a_waiver_that_is_answered_decides_and_else_widens() -> None:
    open_ = only_line(bill(WAIVED))
    assert open_.monthly == span(0, 5, 5)
    assert open_.asks == ("salary-in",)
    met = only_line(bill(WAIVED, "salary-in"))
    assert (met.monthly, met.known, met.asks) == (span(0), True, ())
    assert met.rules == (rule_of(WAIVED, 1),)
    not_met = only_line(bill(WAIVED, "no-salary-in"))
    assert (not_met.monthly, not_met.known) == (span(5), True)
    assert not_met.rules == (rule_of(WAIVED, 0),)


def test_all_of_several_conditions_must_hold() -> None:
    place = market(
        """
        fees:
          - {operation: cash-out, fixed: 2.5}
          - {operation: cash-out, given: [salary-in, network-atm], percent: 0}
        """,
        country="US",
    )
    half = only_line(bill(place, "salary-in"))
    assert (half.monthly, half.asks) == (span(0, 5, 5), ("network-atm",))
    assert only_line(bill(place, "salary-in", "network-atm")).monthly == span(0)
    assert only_line(bill(place, "salary-in", "no-network-atm")).monthly == span(5)


def test_a_narrower_price_under_a_condition_hides_no_wider_one() -> None:
    place = market(
        """
        fees:
          - {operation: cash-out, fixed: 3}
          - {operation: cash-out, method: atm, given: network-atm, percent: 0}
        """,
        country="US",
    )
    assert only_line(bill(place)).monthly == span(0, 6, 6)
    assert only_line(bill(place, "no-network-atm")).monthly == span(6)


def test_a_price_for_each_answer_leaves_nothing_unknown() -> None:
    place = market(
        """
        fees:
          - {operation: pay, given: foreign-card, percent: 2}
          - {operation: pay, given: no-foreign-card, percent: 0}
        """
    )
    assert only_line(charge(place, use("pay", 100))).monthly == span(0, 2, 2)
    assert only_line(charge(place, use("pay", 100))).known
    # A visitor is one with a card from abroad, who need not say so.
    visitor = only_line(charge(place, use("pay", 100), person=["visitor"]))
    assert (visitor.monthly, visitor.asks) == (span(2), ())
    local = charge(place, use("pay", 100), person=["visitor"], given=["no-foreign-card"])
    assert only_line(local).monthly == span(0)


def test_who_dials_codes_need_not_say_so() -> None:
    place = market(
        """
        fees:
          - {operation: pay, percent: 0}
          - {operation: pay, given: ussd, surcharge: true, fixed: 2}
        """
    )
    assert only_line(charge(place, use("pay", 100))).asks == ("ussd",)
    assert only_line(charge(place, use("pay", 100), platform="android")).asks == ("ussd",)
    dialled = only_line(charge(place, use("pay", 100), platform="ussd"))
    assert (dialled.monthly, dialled.asks) == (span(2), ())
    in_app = charge(place, use("pay", 100), platform="ussd", given=["no-ussd"])
    assert only_line(in_app).monthly == span(0)


def test_the_kind_of_phone_need_not_be_said_twice() -> None:
    place = market(
        """
        fees:
          - {operation: pay, given: iphone, fixed: 1}
          - {operation: pay, given: no-iphone, fixed: 2}
        """
    )
    assert only_line(charge(place, use("pay", 100))).monthly == span(1, 2, 2)
    assert only_line(charge(place, use("pay", 100), platform="ios")).monthly == span(1)
    assert only_line(charge(place, use("pay", 100), platform="android")).monthly == span(2)
    # A phone and a watch, or a second phone.
    both = charge(place, use("pay", 100), platform="android", given=["iphone"])
    assert only_line(both).monthly == span(1)


def test_one_condition_says_nothing_of_the_other_case() -> None:
    place = market("fees:\n  - {operation: pay, given: no-foreign-card, percent: 0}")
    assert not only_line(charge(place, use("pay", 100))).known
    assert only_line(charge(place, use("pay", 100), given=["no-foreign-card"])).known
    abroad = only_line(charge(place, use("pay", 100), given=["foreign-card"]))
    assert (abroad.known, abroad.rules) == (False, ())


def test_a_surcharge_comes_on_top_where_it_is_answered() -> None:
    place = market(
        """
        fees:
          - {operation: convert, percent: 1}
          - {operation: convert, given: weekend, surcharge: true, percent: 0.5}
        """
    )
    assert charge(place, use("convert", 200)).monthly == span(2, 2, 3)
    assert charge(place, use("convert", 200), given=["weekend"]).monthly == span(3)
    assert charge(place, use("convert", 200), given=["no-weekend"]).monthly == span(2)


def test_what_is_given_back_for_sure_lowers_the_bill() -> None:
    place = market(
        """
        fees:
          - {operation: pay, percent: 2}
        gives_back:
          - {operation: pay, given: online, percent: 1}
        """
    )
    paying = use("pay", 100)
    assert charge(place, paying).returned == span(-12, 0, 0)
    assert charge(place, paying, given=["online"]).returned == span(-12)
    assert charge(place, paying, given=["no-online"]).returned == span(0)


def test_a_limit_under_a_condition_forbids_where_that_holds() -> None:
    place = market(
        """
        fees:
          - {operation: pay, percent: 0}
        limits:
          - {what: transaction, operation: pay, amount: 1000}
          - {what: transaction, operation: pay, given: online, amount: 50}
        """
    )
    hundred = use("pay", 100)
    assert not charge(place, hundred).impossible
    assert not charge(place, hundred, given=["no-online"]).impossible
    (forbidden,) = charge(place, hundred, given=["online"]).impossible
    assert isinstance(forbidden, Impossible)
    assert forbidden.limit.amount == 50


def test_a_subscription_waived_by_an_answer() -> None:
    place = market(
        """
        fees:
          - {operation: pay, percent: 0}
          - {operation: subscription, fixed: 4, per: month}
          - {operation: subscription, given: main-account, fixed: 0, per: month}
        """
    )
    assert charge(place, use("pay", 100)).yearly == span(48)
    assert charge(place, use("pay", 100), given=["main-account"]).yearly == span(0)


@pytest.mark.parametrize(
    ("answers", "value"), [((), None), (("salary-in",), True), (("no-salary-in",), False)]
)
def test_a_claim_under_a_condition(answers: tuple[str, ...], value: bool | None) -> None:
    place = market("features:\n  credit: {has: true, given: salary-in}")
    seen = observe(place, "features:credit", needs(given=answers), CATALOG, TODAY)
    assert seen.value is value
    condition = None if value else Condition("given", ("salary-in",))
    assert seen.condition == condition


IN_FOREIGN_MONEY = market(
    """
    fees:
      - {operation: pay, given: foreign-currency, percent: 2}
      - {operation: pay, given: no-foreign-currency, percent: 0}
    features:
      receive: {has: true, given: foreign-currency}
    """,
    country="PH",
)
AT_HOME, FROM_US = use("receive", 100), use("receive", 100, country="US")


@pytest.mark.parametrize(
    ("country", "answers", "percent"),
    [
        (None, (), 0),
        ("PH", (), 0),
        ("US", (), 2),
        (None, ("foreign-currency",), 2),
        ("US", ("no-foreign-currency",), 0),
    ],
)
def test_where_one_pays_decides_in_which_currency(
    country: str | None, answers: tuple[str, ...], percent: int
) -> None:
    line = only_line(charge(IN_FOREIGN_MONEY, use("pay", 100, country=country), given=answers))
    assert (line.monthly, line.known, line.asks) == (span(percent), True, ())


@pytest.mark.parametrize(
    ("usages", "answers", "value"),
    [
        ([AT_HOME], (), False),
        ([FROM_US], (), True),
        ([AT_HOME, FROM_US], (), None),
        ([], (), None),
        ([use("send", 100)], (), None),
        ([AT_HOME], ("foreign-currency",), True),
    ],
)
def test_what_is_done_decides_of_a_claim(
    usages: list[Usage], answers: tuple[str, ...], value: bool | None
) -> None:
    wanted = needs(*usages, given=answers)
    seen = observe(IN_FOREIGN_MONEY, "features:receive", wanted, CATALOG, TODAY)
    assert seen.value is value
    assert seen.condition == (None if value else Condition("given", ("foreign-currency",)))


def test_money_beside_the_country_s_own_is_in_either() -> None:
    own = use("pay", 100)
    assert not decided_by([own], "PA")
    assert decided_by([own], "CR") == {"no-foreign-currency"}
    assert decided_by([use("pay-abroad", 100, country="CR")], "PA") == {"foreign-currency"}


@given(
    st.sampled_from(USAGE_OPERATIONS),
    st.sampled_from([None, *country_codes()]),
    st.sampled_from([code for code in country_codes() if currency_of(code)]),
    st.sampled_from(["foreign-currency", "us-bank-account"]),
)
def test_what_a_use_decides_is_as_if_it_were_answered(
    operation: str, country: str | None, home: str, word: str
) -> None:
    usage = use(operation, 100, country=country)
    decided = decided_by([usage], home)
    assert not any(opposite(each) in decided for each in decided)
    place = market(
        f"""
        fees:
          - {{operation: {operation}, percent: 1}}
          - {{operation: {operation}, given: {word}, percent: 3}}
        """,
        country="PH",
    )
    answers = decided_by([usage], "PH")
    assert charge(place, usage).lines == charge(place, usage, given=sorted(answers)).lines
    sure = bool(answers & {word, opposite(word)})
    assert (charge(place, usage).lines[0].asks == ()) == sure


def test_a_price_shows_nothing_of_what_is_stated_to_be_for_other_cases() -> None:
    place = market(
        """
        fees:
          - {operation: pay, given: online, percent: 0}
        features:
          pay-online: {has: true, countries: abroad}
        """,
        country="PH",
    )

    def does(*answers: str, country: str | None = None) -> bool | None:
        wanted = needs(use("pay", 100, country=country), given=answers)
        return observe(place, "does:pay", wanted, CATALOG, TODAY).value

    assert does("online") is False
    assert does("online", country="US") is True
    # Whether one can pay in shops nobody says.
    assert does() is None


def test_what_one_puts_money_in_with_says_nothing_of_where_one_is_paid() -> None:
    place = market(
        """
        fees:
          - {operation: receive, method: bank-linked, percent: 1}
        """
    )

    def known(**person: Any) -> bool:
        return charge(place, use("receive", 100), **person).complete

    assert known(have=("credit-card",))
    assert not known(person=("unbanked",))


def test_prices_of_what_is_paid_online_alone_show_nothing_of_what_is_paid_in_person() -> None:
    place = market(
        """
        fees:
          - {operation: receive, method: bank-transfer, given: online, percent: 0}
          - {operation: receive, given: [online, requested], percent: 1}
        """
    )

    by_swift = market(
        """
        fees:
          - {operation: receive, given: swift, percent: 0}
          - {operation: receive, given: swift, when: in dollars, percent: 1}
        """
    )

    def does(*answers: str, there: Any = place) -> bool | None:
        wanted = needs(use("receive", 100), given=answers)
        return observe(there, "does:receive", wanted, CATALOG, TODAY).value

    assert does() is None
    assert does("online") is True
    assert does("no-online") is None
    # By which way the money goes is another matter: one is enough.
    assert does(there=by_swift) is True


def test_the_card_of_what_pays_abroad_alone_does_not_show_that_one_pays_at_home() -> None:
    def pays(*features: str) -> bool | None:
        lines = "".join(f"  {each}\n" for each in features)
        place = market(f"features:\n{lines}", country="IN")
        return observe(place, "does:pay", needs(use("pay", 100)), CATALOG, TODAY).value

    card = "physical-card: {has: true}"
    assert pays(card) is True
    assert pays(card, "pay-online: {has: true, countries: abroad}") is None


@pytest.mark.parametrize(
    ("person", "value"), [((), True), (("verified",), True), (("unverified",), False)]
)
def test_what_is_for_the_verified_is_not_for_others(
    person: tuple[str, ...], value: bool | None
) -> None:
    place = market(
        """
        fees:
          - {operation: send, percent: 0}
        features:
          send: {has: true, for: verified}
        """
    )
    wanted = needs(use("send", 100), person=person)
    assert observe(place, "does:send", wanted, CATALOG, TODAY).value is value
    # A price for some says nothing of others.
    priced = market("fees:\n  - {operation: send, for: verified, percent: 0}")
    silent = observe(priced, "does:send", wanted, CATALOG, TODAY).value
    assert silent is (True if value else None)


@pytest.mark.parametrize(("country", "value"), [(None, True), ("CN", True), ("US", None)])
def test_money_comes_from_the_countries_that_are_named(
    country: str | None, value: bool | None
) -> None:
    wanted = needs(use("receive-abroad", 100, country=country))
    for way in ("", ", method: bank-linked"):
        claim = f"features:\n  receive-abroad: {{has: true{way}, countries: CN}}"
        place = market(claim, country="PH")
        assert observe(place, "does:receive-abroad", wanted, CATALOG, TODAY).value is value


def test_who_has_no_local_number_needs_a_wallet_that_wants_none() -> None:
    asks = market_of(onboarding=Onboarding(local_phone=yes()))
    wanted = wanting(use("send", 100), given=("no-local-phone",))
    assert keys(obstacles(asks, wanted)) == [("onboarding:local_phone", True)]
    free = market_of(onboarding=Onboarding(local_phone=Claim(has=False, source="new")))
    assert placed(free, wanted).confirmed
    assert keys(placed(market_of(), wanted).unconfirmed) == [("onboarding:local_phone", False)]


def test_every_condition_has_both_answers() -> None:
    assert {opposite(word) for word in GIVEN} == set(GIVEN)


# On the command line, and in files.

RULE = "      - {operation: send, given: salary-in, percent: 0, source: fees}\n"
SENDING = ("--country", "KE", "--use", "send=1000x2")


@pytest.fixture(scope="module")
def catalog(tmp_path_factory: pytest.TempPathFactory) -> Path:
    text = TWOPAY.replace("    fees:\n", f"    fees:\n{RULE}", 1)
    return write_catalog(tmp_path_factory.mktemp("catalog"), twopay=text)


def cost(catalog: Path, *more: str) -> Any:
    found = run("cost", "twopay", *SENDING, *more, "--json", catalog=catalog)
    return validated(found.stdout, "bill")


def test_the_answer_names_the_condition_and_how_to_answer_it(catalog: Path) -> None:
    line = cost(catalog)["bills"][0]["lines"][0]
    assert (line["asks"], line["yearly"]["low"]) == (["salary-in"], "0.00")
    for page in ("cost", "rank"):
        wallet = ("twopay",) if page == "cost" else ()
        text = " ".join(run(page, *wallet, *SENDING, catalog=catalog).stdout.split())
        assert "free" in text
        assert f"if {GIVEN['salary-in']}" in text
        assert "--given salary-in" in text
        answered = run(page, *wallet, *SENDING, "--given", "salary-in", catalog=catalog).stdout
        assert "--given" not in answered


def test_an_answer_replaces_that_of_the_file(catalog: Path, tmp_path: Path) -> None:
    file = tmp_path / "needs.yaml"
    file.write_text("given: [salary-in, weekend]\n")
    assert cost(catalog, "--needs", str(file))["needs"]["given"] == ["salary-in", "weekend"]
    changed = cost(catalog, "--needs", str(file), "--given", "no-weekend")
    assert changed["needs"]["given"] == ["salary-in", "no-weekend"]


def test_an_unknown_or_twofold_answer_is_refused(catalog: Path, tmp_path: Path) -> None:
    unknown = run("rank", *SENDING, "--given", "salry-in", catalog=catalog)
    assert unknown.exit_code == 2
    assert 'no condition "salry-in"; did you mean salary-in' in unknown.stderr
    both = run("rank", *SENDING, "--given", "weekend", "--given", "no-weekend", catalog=catalog)
    assert both.exit_code == 2
    assert "weekend and no-weekend exclude each other" in both.stderr
    file = tmp_path / "needs.yaml"
    file.write_text("given: [online, no-online]\n")
    in_file = run("rank", "--needs", str(file), catalog=catalog)
    assert in_file.exit_code == 2
    assert "given has online and no-online: keep one of them" in in_file.stderr
    file.write_text("person: [minor]\nage: 30\n")
    person = run("rank", "--needs", str(file), catalog=catalog)
    assert "person has minor and an age of 30: keep one of them" in person.stderr
    file.write_text("given: [onlin]\n")
    misspelt = run("rank", "--needs", str(file), catalog=catalog)
    assert '(did you mean "online"?)' in misspelt.stderr


def test_words_lists_the_conditions_with_their_meaning() -> None:
    text = " ".join(run("words", "given").stdout.split())
    assert all(f"{word} {meaning}" in text for word, meaning in GIVEN.items() if len(meaning) < 40)


def test_a_surcharge_that_is_answered_is_no_other_case(tmp_path: Path) -> None:
    weekend = "given: weekend, surcharge: true, percent: 1, percent_max: 2, source: fees}"
    rules = f"      - {{operation: send, {weekend}\n"
    text = TWOPAY.replace("    fees:\n", f"    fees:\n{rules}", 1)
    catalog = write_catalog(tmp_path / "catalog", twopay=text)
    asked = ("cost", "twopay@KE", *SENDING)
    open_ = " ".join(run(*asked, catalog=catalog).stdout.split())
    assert "in other cases 1 to 2 %" in open_
    answered = " ".join(run(*asked, "--given", "weekend", catalog=catalog).stdout.split())
    assert "1 to 2 % (if you do it at a weekend) on top" in answered
    assert "in other cases" not in answered


ONLINE_SHOPS = market("features:\n  pay-online: {has: true}\n  pay-in-app: {has: true}")


@pytest.mark.parametrize(
    ("said", "value", "asks"),
    [
        ({}, None, True),
        ({"given": ("online",)}, True, False),
        ({"given": ("no-online",)}, None, False),
        # Who asks for nothing else says so too, but not who wants to pay at a till besides.
        ({"must": ("features:pay-online",)}, True, False),
        ({"must": ("features:pay-online",), "given": ("no-online",)}, None, False),
        ({"must": ("features:pay-online", "features:pay-qr")}, None, True),
    ],
)
def test_paying_online_shows_nothing_of_paying_in_shops(
    said: dict[str, Any], value: bool | None, asks: bool
) -> None:
    wanted = needs(use("pay", 100, times=5), **said)
    seen = observe(ONLINE_SHOPS, "does:pay", wanted, CATALOG, TODAY)
    assert seen.value is value
    assert seen.condition == (Condition("given", ("online",)) if asks else None)


@pytest.mark.parametrize("word", ["pay-nfc", "pay-qr", "physical-card"])
def test_what_pays_at_a_till_shows_that_one_pays(word: str) -> None:
    place = market(f"features:\n  {word}: {{has: true}}\n  pay-online: {{has: true}}")
    assert observe(place, "does:pay", needs(use("pay", 100)), CATALOG, TODAY).value is True


ALL_WAYS_TO_PAY = ("pay-nfc", "pay-qr", "physical-card", "pay-online", "pay-in-app")


@pytest.mark.parametrize("left_out", [None, *ALL_WAYS_TO_PAY])
def test_what_is_denied_in_every_way_is_not_done(left_out: str | None) -> None:
    words = [word for word in ALL_WAYS_TO_PAY if word != left_out]
    place = market("features:\n" + "\n".join(f"  {word}: {{has: false}}" for word in words))
    seen = observe(place, "does:pay", needs(use("pay", 100)), CATALOG, TODAY)
    # One way of which nothing is said may still be one.
    assert seen.value is (None if left_out else False)


def test_how_fast_a_thing_is_done_holds_only_where_it_is_done() -> None:
    fast = "features:instant-send"
    place = market(
        """
        features:
          send: {has: true, given: foreign-currency}
          instant-send: {has: true}
        """,
        country="LA",
    )
    home, abroad = use("send", 10), ("foreign-currency",)
    asked = [
        observe(place, fast, each, CATALOG, TODAY)
        for each in (Needs(), Needs(use=(home,)), Needs(use=(home,), given=abroad))
    ]
    assert [seen.value for seen in asked] == [None, False, True]
    assert asked[0].condition == Condition("given", abroad)
    never = market(
        """
        features:
          send: {has: false}
        """,
        country="LA",
    )
    assert observe(never, fast, Needs(), CATALOG, TODAY).value is False
