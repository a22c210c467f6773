"""Whether something says that money gets to the country that a usage names."""

from __future__ import annotations

from decimal import Decimal

import pytest
from build import TODAY, needs, use, wallet
from markets import catalog_of
from msgspec import structs

from walletpick.facts.model import AverageClaim, Catalog, Quote, Survey, SurveyHead, Usage, Wallet
from walletpick.facts.target import Target
from walletpick.reading.compiled import within
from walletpick.score.causes import NotShownThere
from walletpick.score.criteria import Yardstick
from walletpick.score.ranking import Judgement, Ranking, judge, rank
from walletpick.score.settle import one_check_away, settling
from walletpick.words.causes import causes_words
from walletpick.words.main_reasons import one_check_words, to_look_up
from walletpick.words.verdict import verdict_words

ANYWHERE = "{operation: send-abroad, percent: 1, fx_markup: 0}"
ELSEWHERE = """
US:
  currency: USD
  fees:
    - {operation: send, percent: 1}
CU:
  status: {state: closed, since: 2026-01, source: new}
  currency: CUP
IR:
  status: {state: unconfirmed, source: new}
  currency: IRR
IN:
  currency: INR
  features:
    receive: {has: false}
"""


def sending(
    *fees: str, limits: str = "", features: str = "", id: str = "testpay", elsewhere: str = ""
) -> Wallet:
    """Return a wallet of Britain with these fee rules."""
    parts = {"fees": fees, "limits": filter(None, [limits])}
    lines = ["GB:", "  currency: GBP"]
    for name, rules in parts.items():
        rows = [f"    - {rule}" for rule in rules]
        lines += [f"  {name}:", *rows] if rows else []
    lines += ["  features:", f"    {features}"] if features else []
    return wallet("\n".join(lines) + elsewhere, id=id)


def judged(made: Wallet, usage: Usage, of: Catalog | None = None) -> Judgement:
    by = Yardstick(needs(usage, country="GB", currency="GBP"), of or catalog_of(made), TODAY)
    return judge(made, "GB", by)


def abroad(country: str | None, method: str | None = None) -> Usage:
    return use("send-abroad", 100, country=country, method=method)


def coming(country: str | None, method: str | None = None) -> Usage:
    return use("receive-abroad", 100, country=country, method=method)


def open_(made: Wallet, usage: Usage, of: Catalog | None = None) -> str:
    """Return what is not confirmed, in words."""
    found = judged(made, usage, of)
    assert found.fits
    return causes_words(found.unconfirmed)


def test_a_price_to_no_certain_country_prices_and_confirms_none() -> None:
    made = sending(ANYWHERE)
    assert open_(made, abroad(None)) == ""
    found = judged(made, abroad("CU"))
    assert found.bill.yearly.estimate == 12
    assert causes_words(found.unconfirmed) == "that it sends to Cuba"
    assert open_(made, abroad("US")) == "that it sends to the United States"
    assert open_(made, use("send", 100)) == "that one can send money to people at home"


@pytest.mark.parametrize(
    ("corridor", "country", "leads"),
    [
        ("GB-MX", "MX", True),
        ("GB-MX", "CU", False),
        ("GB-EEA", "NO", True),
        ("GB-euro-area", "PL", False),
        # These say nothing of where.
        ("GB-abroad", "CU", False),
        ("GB-foreign-currency", "CU", False),
    ],
)
def test_a_corridor_confirms_the_countries_that_it_names(
    corridor: str, country: str, leads: bool
) -> None:
    words = "" if leads else "that it sends to "
    there = f"{{operation: send-abroad, corridor: {corridor}, percent: 2}}"
    assert open_(sending(ANYWHERE, there), abroad(country)).startswith(words)
    assert bool(open_(sending(ANYWHERE, there), abroad(country))) is not leads
    most = f"{{what: day, operation: send-abroad, corridor: {corridor}, amount: 1000}}"
    assert bool(open_(sending(ANYWHERE, limits=most), abroad(country))) is not leads


@pytest.mark.parametrize(
    "rule",
    [
        "{operation: pay-abroad, corridor: GB-CU, percent: 2}",
        "{operation: send-abroad, corridor: GB-CU, tax: true, percent: 2}",
        "{operation: send-abroad, corridor: GB-CU, for: business, percent: 2}",
    ],
)
def test_what_is_about_something_else_confirms_no_country(rule: str) -> None:
    usage = abroad("CU", "bank-transfer")
    assert open_(sending(ANYWHERE, rule), usage) == "that it sends to Cuba"


def test_a_price_to_the_country_that_is_not_published_still_says_that_it_sends_there() -> None:
    unknown = "{operation: send-abroad, corridor: GB-CU, price: unknown}"
    assert open_(sending(ANYWHERE, unknown), abroad("CU")) == ""


@pytest.mark.parametrize(
    ("country", "has_users"), [("US", True), ("CU", False), ("IR", False), ("IN", False)]
)
def test_where_the_wallet_has_users_it_sends(country: str, has_users: bool) -> None:
    own = "{operation: send-abroad, method: own-network, percent: 0, fx_markup: 0}"
    whole = sending(ANYWHERE, own, elsewhere=ELSEWHERE)
    # The markets of other countries may lie in another part of the compiled catalog.
    (part,) = within((whole,), "GB")
    for made in (whole, part):
        found = judged(made, abroad(country))
        assert bool(found.unconfirmed) is not has_users
        # Among users it costs nothing; where there are none, that is no price.
        assert found.bill.yearly.low == (0 if has_users else 12)
        assert found.bill.yearly.estimate == 12
        alone = judged(made, abroad(country, "own-network"))
        assert bool(alone.unconfirmed) is not has_users


OWN_NETWORK = "{operation: send-abroad, method: own-network, percent: 0, fx_markup: 0}"
FROM_USERS = "{operation: receive-abroad, method: own-network, percent: 0, fx_markup: 0}"
TO_USERS = "send-abroad: {has: true, method: own-network}"
USERS = """
US:
  currency: USD
NO:
  currency: NOK
  features:
    receive: {has: true, when: people there may}
"""


SHUT = """
NP:
  currency: NPR
  features:
    receive: {has: false}
    receive-abroad: {has: false}
"""


@pytest.mark.parametrize(
    ("fee", "features", "known"),
    [(OWN_NETWORK, "", True), (ANYWHERE, TO_USERS, True), (ANYWHERE, "", False)],
)
def test_who_sends_to_users_alone_sends_nothing_where_they_receive_nothing(
    fee: str, features: str, known: bool
) -> None:
    whole = sending(fee, features=features, elsewhere=USERS + SHUT)
    (part,) = within((whole,), "GB")
    words = "sends to its own users alone, who cannot receive money in Nepal"
    for made in (whole, part):
        there = judged(made, abroad("NP"))
        assert [causes_words([each]) for each in there.obstacles] == [words] * known
        assert bool(there.unconfirmed) is not known
        # Who names that way says so.
        assert judged(made, abroad("NP", "own-network")).obstacles
        assert not judged(made, abroad("US")).obstacles


@pytest.mark.parametrize(
    ("fees", "features", "beyond"),
    [
        ((OWN_NETWORK,), "", False),
        # Here it says so itself, whatever else has a price.
        ((ANYWHERE,), TO_USERS, False),
        ((), TO_USERS, False),
        ((OWN_NETWORK, ANYWHERE), "", True),
        ((OWN_NETWORK, "{operation: send-abroad, tax: true, percent: 1}"), "", False),
        ((OWN_NETWORK, "{operation: send-abroad, corridor: GB-MX, percent: 1}"), "", False),
        ((OWN_NETWORK, "{operation: send-abroad, corridor: GB-US, percent: 1}"), "", True),
    ],
)
def test_money_that_reaches_users_only_is_not_confirmed_to_reach_others(
    fees: tuple[str, ...], features: str, beyond: bool
) -> None:
    made = sending(*fees, features=features, elsewhere=USERS)
    words = "that it sends to people in the United States who do not have it too"
    assert open_(made, abroad("US")) == ("" if beyond else words)
    # Who names the way says that the other person has it.
    assert open_(made, abroad("US", "own-network")) == ""
    # Where no users can be reached, it is not confirmed to send at all.
    assert open_(made, abroad("CU")) == "that it sends to Cuba"
    assert open_(made, abroad("NO", "own-network")) == "that it sends to Norway"


def test_what_reaches_users_only_is_said_to_no_certain_country_too() -> None:
    made = sending(OWN_NETWORK)
    assert open_(made, abroad(None)) == "that it sends to people abroad who do not have it too"
    assert open_(made, abroad(None, "own-network")) == ""


@pytest.mark.parametrize(
    ("fees", "features", "from_others"),
    [
        ((FROM_USERS,), "", False),
        ((FROM_USERS, "{operation: receive-abroad, percent: 1}"), "", True),
        ((FROM_USERS,), "receive-abroad: {has: true}", True),
        ((FROM_USERS,), "receive-abroad: {has: true, method: own-network}", False),
    ],
)
def test_money_that_comes_from_users_only_is_not_confirmed_to_come_from_others(
    fees: tuple[str, ...], features: str, from_others: bool
) -> None:
    made = sending(*fees, features=features, elsewhere=USERS)
    words = "that it receives from people in the United States who do not have it too"
    assert open_(made, coming("US")) == ("" if from_others else words)
    assert open_(made, coming("US", "own-network")) == ""
    anywhere = "" if from_others else "that it receives from people abroad who do not have it too"
    assert open_(made, coming(None)) == anywhere
    # Nor from where nobody can have it.
    assert bool(open_(made, coming("CU"))) is not from_others


@pytest.mark.parametrize("method", ["cash-pickup", "mobile-wallet"])
def test_what_reaches_users_only_does_not_arrive_in_another_way(method: str) -> None:
    told = judged(sending(features=TO_USERS, elsewhere=USERS), abroad("US", method))
    assert causes_words(told.obstacles) == "sends only to people who have it too"
    # That only this has a price says nothing of what else is done.
    assert judged(sending(OWN_NETWORK, elsewhere=USERS), abroad("US", method)).fits


def test_a_claim_by_a_way_under_a_condition_is_not_confirmed() -> None:
    claim = TO_USERS.replace("network", "network, when: it is offered there")
    words = open_(sending(features=claim, elsewhere=USERS), abroad("US"))
    assert "abroad (only when: it is offered there)" in words


def test_the_only_one_confirmed_by_what_its_users_send_one_another_is_said_so() -> None:
    fee = "{operation: send, method: own-network, percent: 1}"
    made = sending(fee, id="onepay"), sending(features="crypto: {has: true}", id="otherpay")
    ranking = rank(catalog_of(*made), needs(use("send", 100), country="GB"), TODAY)
    assert verdict_words(ranking) == (
        "Onepay is the only one confirmed to do all that you ask, where the other person has it too."
    )
    # At home it is confirmed: people take what those around them have.
    assert not ranking.places[0].unconfirmed


def surveyed(made: Wallet, method: str) -> tuple[SurveyHead, Quote]:
    """Return a survey's head and what it saw of a wallet from Britain to Mexico."""
    about = dict.fromkeys(("name", "by", "period", "credit", "about", "amounts"), "A survey")
    head = SurveyHead(**about, source=made.sources["new"], cautions={})
    quote = Quote(
        wallet="testpay",
        firm="Testpay",
        from_="GB",
        to="MX",
        method=method,
        usd=Decimal(200),
        fee_percent=Decimal(1),
        margin_percent=Decimal(1),
    )
    return head, quote


@pytest.mark.parametrize("method", ["bank-linked", "bank-transfer"])
def test_a_survey_sees_money_sent_from_a_bank_account_be_it_linked_or_not(method: str) -> None:
    made = wallet("GB:\n  currency: GBP\n")
    head, quote = surveyed(made, "bank-transfer")
    survey = Survey(head=head, quotes={"testpay": {"GB": (quote,)}})
    of = structs.replace(catalog_of(made), surveys={"test": survey})
    assert open_(made, abroad("MX", method), of) == ""
    assert open_(made, abroad("MX", "debit-card"), of) == "that it takes debit cards"


def test_a_survey_that_saw_it_confirms_it() -> None:
    made = sending(ANYWHERE)
    head, quote = surveyed(made, "debit-card")
    survey = Survey(head=head, quotes={"testpay": {"GB": (quote,)}})
    of = structs.replace(catalog_of(made), surveys={"test": survey})
    assert open_(made, abroad("MX"), of) == ""
    assert open_(made, abroad("CU"), of) == "that it sends to Cuba"
    # What it saw of senders elsewhere says what a remittance service pays out there, and nothing
    # of a wallet, each of whose operators agrees with others for itself.
    elsewhere = structs.replace(quote, from_="NO")
    survey = Survey(head=head, quotes={"testpay": {"NO": (elsewhere,)}})
    of = structs.replace(catalog_of(made), surveys={"test": survey})
    assert open_(made, abroad("MX"), of) == "that it sends to Mexico"
    # What is no price to reckon with shows where it sends as well.
    odd = structs.replace(quote, caution="reference-rate")
    survey = Survey(head=head, quotes={}, cautioned={"testpay": {"GB": (odd,)}})
    silent = wallet("GB:\n  currency: GBP\n")
    of = structs.replace(catalog_of(silent), surveys={"test": survey})
    assert open_(silent, abroad("MX"), of) == ""
    assert open_(silent, abroad("MX", "card"), of) == ""
    assert not judged(silent, abroad("MX"), of).bill.complete
    survey = Survey(head=head, quotes={"testpay": {"NO": (elsewhere,)}})
    of = structs.replace(catalog_of(made), surveys={"test": survey})
    service = structs.replace(made, kind="remittance")
    assert open_(service, abroad("MX"), of) == ""
    assert open_(service, abroad("CU"), of) == "that it sends to Cuba"


def test_money_sent_by_an_everyday_transfer_to_a_country_is_asked_about_too() -> None:
    made = sending("{operation: send, percent: 1}")
    assert open_(made, use("send", 100)) == ""
    assert open_(made, use("send", 100, country="GB")) == ""
    assert open_(made, use("send", 100, country="RU")) == "that it sends to Russia"


def ranked() -> tuple[Ranking, Catalog]:
    """Return a ranking of a dear wallet that sends to Cuba, and one much cheaper that may."""
    there = "{operation: send-abroad, corridor: GB-CU, percent: 5, fx_markup: 0}"
    cheap = sending("{operation: send-abroad, percent: 0, fx_markup: 0}", id="cheappay")
    dear = sending(there, id="dearpay")
    catalog = catalog_of(cheap, dear)
    return rank(catalog, needs(abroad("CU"), country="GB", currency="GBP"), TODAY), catalog


def test_what_may_not_send_there_stands_behind_what_does_and_says_how_to_tell() -> None:
    ranking, catalog = ranked()
    assert [place.wallet.id for place in ranking.field] == ["dearpay"]
    (other,) = ranking.others
    assert [type(cause) for cause in other.unconfirmed] == [NotShownThere]
    check = one_check_away(ranking, catalog)
    assert check
    assert check.unknown.target == Target("fees", "percent", operation="send-abroad", country="CU")
    words, command = one_check_words(check)
    assert "Only this is not confirmed: that it sends to Cuba." in words
    assert command == "walletpick tell cheappay@GB send-abroad@CU.percent=N --source WHERE"


def doing(method: str, *, fees: str = "", more: str = "", kind: str = "stored-value") -> Judgement:
    """Judge a wallet of Britain that sends abroad for 1 %, by a method that is asked for."""
    markets = f"GB:\n  currency: GBP\n  fees:\n    - {ANYWHERE}\n{fees}{more}"
    made = wallet(markets, kind=kind)
    return judged(made, abroad(None, method))


@pytest.mark.parametrize(
    ("method", "words"),
    [
        ("cash-pickup", "for collection in cash"),
        ("cash-agent", "in cash at an agent or shop"),
        ("mobile-wallet", "by another mobile wallet"),
        ("card", "by card"),
        ("crypto", "in a cryptocurrency"),
    ],
)
def test_a_price_that_names_no_way_is_none_of_a_way_that_is_no_matter_of_course(
    method: str, words: str
) -> None:
    found = doing(method)
    assert causes_words(found.unconfirmed) == f"that one can send money to people abroad {words}"
    assert not found.bill.complete
    assert not doing("bank-transfer").unconfirmed
    assert doing("bank-transfer").bill.complete


OWN = "    - {operation: send-abroad, method: cash-pickup, percent: 3, fx_markup: 0}\n"
MOST = "  limits:\n    - {what: day, operation: send-abroad, method: cash-pickup, amount: 900}\n"
PAYOUT = "  payout:\n    cash-pickup: {has: true}\n"
SENT = "  payout:\n    cash-pickup: {has: true, operation: send-abroad}\n"


@pytest.mark.parametrize(
    ("fees", "more", "kind", "year"),
    [
        (OWN, "", "stored-value", 36),
        # What shows that it is offered lets the price that names no way stand.
        ("", MOST, "stored-value", 12),
        ("", SENT, "stored-value", 12),
        ("", PAYOUT, "remittance", 12),
        # That is how one's own balance is emptied.
        ("", PAYOUT, "stored-value", None),
        ("", PAYOUT.replace("true", "false"), "remittance", None),
    ],
)
def test_what_names_the_way_confirms_it(fees: str, more: str, kind: str, year: int | None) -> None:
    found = doing("cash-pickup", fees=fees, more=more, kind=kind)
    assert bool(found.unconfirmed) is (year is None)
    assert found.bill.complete is (year is not None)
    assert year is None or found.bill.yearly.estimate == year


def test_a_way_under_a_condition_is_named_with_it() -> None:
    claim = PAYOUT.replace("true", "true, when: an agent is near")
    found = doing("cash-pickup", more=claim, kind="remittance")
    assert "for collection in cash (only when: an agent is near)" in causes_words(found.unconfirmed)


def test_where_it_does_not_send_at_all_that_is_said_of_every_way() -> None:
    made = wallet("GB:\n  currency: GBP\n  features:\n    send-abroad: {has: false}\n")
    assert not judged(made, abroad(None, "cash-pickup")).fits


def test_that_a_card_is_taken_or_paid_out_to_says_nothing_of_being_paid_by_card() -> None:
    """Both are about the person's own card; who pays them is somebody else."""
    text = "GB:\n  currency: GBP\n  fees:\n    - {operation: receive, percent: 1}\n"
    claims = "  funding:\n    debit-card: {has: true}\n  payout:\n    card-payout: {has: true}\n"
    usage = use("receive", 100, method="card")
    found = judged(wallet(text + claims), usage)
    assert found.unconfirmed
    assert not found.bill.complete
    priced = text + "    - {operation: receive, method: card, percent: 2}\n"
    named = judged(wallet(priced), usage)
    assert not named.unconfirmed
    assert named.bill.yearly.estimate == 24


@pytest.mark.parametrize("operation", ["top-up", "withdraw"])
def test_a_balance_is_filled_and_emptied_in_cash_only_where_that_is_named(operation: str) -> None:
    fees = f"GB:\n  currency: GBP\n  fees:\n    - {{operation: {operation}, fixed: 1}}\n"
    family = "funding" if operation == "top-up" else "payout"
    claim = f"  {family}:\n    cash-agent: {{has: true}}\n"
    usage = use(operation, 100, method="cash-agent")
    found = judged(wallet(fees), usage)
    assert found.unconfirmed
    assert not found.bill.complete
    named = judged(wallet(fees + claim), usage)
    assert not named.unconfirmed
    assert named.bill.yearly.estimate == 12


def test_how_to_tell_of_a_way_is_by_its_price() -> None:
    even = AverageClaim(yes=Decimal("0.5"), no=Decimal("0.5"))
    usual = {"does:send-abroad": even, "payout:cash-pickup": even}
    of = catalog_of(sending(ANYWHERE, id="onepay"), sending(ANYWHERE, id="otherpay"))
    of = structs.replace(of, averages=structs.replace(of.averages, claims=usual))
    wanted = needs(abroad(None, "cash-pickup"), country="GB", currency="GBP")
    ranking = rank(of, wanted, TODAY)
    unknowns = settling(ranking, of.averages, 20)
    asked = [each for each in unknowns if each.key == "does:send-abroad:cash-pickup"]
    assert {each.target.name for each in asked} == {"send-abroad:cash-pickup.percent"}
    assert to_look_up(asked[0]).command.endswith(
        "pay@GB send-abroad:cash-pickup.percent=N --source WHERE"
    )


def test_a_claim_confirms_the_countries_that_it_names() -> None:
    def claim(scope: str) -> Wallet:
        return sending(ANYWHERE, features=f"send-abroad: {{has: true, {scope}}}")

    assert open_(claim("countries: [CU, MX]"), abroad("CU")) == ""
    assert open_(claim("countries: [CU, MX]"), abroad("US")) == (
        "that it sends to the United States"
    )
    # To some country it sends.
    assert open_(claim("countries: [CU, MX]"), abroad(None)) == ""
    assert open_(claim("countries: EEA"), abroad("NO")) == ""
    assert open_(claim("countries: EEA"), abroad("CU")) == "that it sends to Cuba"
    # "Abroad" names none.
    assert open_(claim("countries: abroad"), abroad("CU")) == "that it sends to Cuba"
    # One that holds under a condition is no confirmation.
    words = open_(claim("countries: [CU], given: salary-in"), abroad("CU"))
    assert "that it sends to Cuba" in words


def test_how_many_countries_it_sends_to_is_said_and_makes_one_likelier() -> None:
    many = sending(ANYWHERE, features="send-abroad: {has: true, countries_at_least: 200}")
    assert open_(many, abroad("CU")) == (
        "that it sends to Cuba (all it says: to 200 countries or more)"
    )
    silent = sending(ANYWHERE, features="send-abroad: {has: true}", id="other")
    by = needs(abroad("CU"), country="GB", currency="GBP")
    able = {each.wallet.id: each.able for each in rank(catalog_of(many, silent), by, TODAY).places}
    assert able["testpay"] > Decimal("0.8") > able["other"] == Decimal("0.5")


def test_a_price_abroad_alone_shows_nothing_at_home() -> None:
    cash = wallet("""
GB:
  currency: GBP
  fees:
    - {operation: cash-out, method: atm, corridor: GB-abroad, percent: 1}
""")
    assert open_(cash, use("cash-out", 100, country="NO")) == ""
    assert open_(cash, use("cash-out", 100)) == "that one can take out cash"


def test_cash_that_a_wallet_gives_abroad_is_none_at_home() -> None:
    cash = wallet("""
GB:
  currency: GBP
  fees:
    - {operation: cash-out, price: unknown, given: salary-in}
  payout:
    cash-atm: {has: true, countries: abroad}
""")
    assert open_(cash, use("cash-out", 100, method="atm", country="NO")) == ""
    obstacles = judged(cash, use("cash-out", 100, method="atm")).obstacles
    assert causes_words(obstacles) == "cannot take out cash at a cash machine: only abroad"
