"""What to look up to know better who is best."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from build import TODAY, use
from click.testing import CliRunner
from markets import EMPTY, catalog_of, market, no, wallet_of, wanting, yes
from msgspec import structs

from walletpick.commands import cli
from walletpick.documents.ranking import ranking_out
from walletpick.facts.model import (
    AverageClaim,
    Claim,
    FeeRule,
    Market,
    Needs,
    Onboarding,
    Option,
    Wallet,
)
from walletpick.facts.money import ZERO
from walletpick.pages.rank import rank_page
from walletpick.score.criteria import how_usual
from walletpick.score.ranking import Ranking, how_able, rank
from walletpick.score.settle import OneCheck, one_check_away, settling, weighed
from walletpick.words.main_reasons import one_check_words, to_look_up
from walletpick.words.verdict import verdict_words

CRITERIA = ("cost", "coverage", "security", "protection", "support", "ease", "trust", "exit")


def caring(criterion: str) -> Needs:
    """Return the needs of somebody to whom one thing matters."""
    weights = dict.fromkeys(CRITERIA, Decimal(0)) | {criterion: Decimal(5)}
    return wanting(use("send", 100), weights=weights)


def ranked(needs: Needs | None = None, **claims: Claim) -> Ranking:
    """Return a ranking of two wallets, of which one may have more claims about security."""
    known = market(security={"two-factor-totp": yes()})
    other = market(security=claims)
    wallets = catalog_of(wallet_of("apay", known), wallet_of("bpay", other))
    return rank(wallets, needs or caring("security"), TODAY)


def most(ranking: Ranking) -> Decimal:
    return max(place.chance for place in ranking.places)


def test_the_gain_is_what_knowing_it_brings_on_the_average() -> None:
    now = ranked()
    found = [each for each in weighed(now, EMPTY.averages) if each.key == "security:passkey"]
    of_other = [each for each in found if each.place.wallet.id == "bpay"]
    assert of_other
    likely = how_usual(Option(fact="security:passkey", value=Decimal(1)), EMPTY.averages)
    then = likely * most(ranked(passkey=yes())) + (1 - likely) * most(ranked(passkey=no()))
    assert abs(of_other[0].gain - (then - most(now))) < Decimal("0.003")


def test_a_place_is_as_able_as_what_is_not_confirmed_of_it_is_likely() -> None:
    """What is looked up takes its own share out, so that none is likelier than sure."""
    needs = wanting(use("send", 100), must=("features:pay-nfc", "security:passkey"))
    cases = market(features={"pay-nfc": yes(when="in the app for shops")})
    (place,) = rank(catalog_of(wallet_of("apay", cases)), needs, TODAY).places
    # One is known on a condition that the person may meet; of the other nothing is known.
    on_condition, silent = place.unconfirmed
    usual = how_usual(Option(fact="security:passkey", value=Decimal(1)), EMPTY.averages)
    able = [how_able(cause, EMPTY.averages, how_usual) for cause in (on_condition, silent)]
    assert able == [Decimal("0.5"), usual]
    assert place.able == able[0] * able[1]
    # What hardly any wallet has is still not ruled out.
    rare = EMPTY.averages.claims | {"security:passkey": AverageClaim(yes=ZERO, no=ZERO, count=9)}
    averages = structs.replace(EMPTY.averages, claims=rare)
    assert 0 < how_able(silent, averages, how_usual) < Decimal("0.1")


def test_how_one_logs_in_is_looked_up_by_those_to_whom_safety_matters_most() -> None:
    safe = settling(ranked(), EMPTY.averages, 20)
    assert {each.key for each in safe} == {"security:passkey"}
    alike = caring("security").weights | {"cost": Decimal(5)}
    now = ranked(wanting(use("send", 100), weights=alike))
    most, *_less = weighed(now, EMPTY.averages)
    assert (most.key, most.gain) == (safe[0].key, safe[0].gain)
    assert settling(now, EMPTY.averages, 20) == ()


def test_of_what_must_not_be_a_no_is_hoped_for() -> None:
    key = "onboarding:residents_only"
    shares = {key: AverageClaim(yes=Decimal("0.1"), no=Decimal("0.6"))}
    averages = structs.replace(EMPTY.averages, claims=shares)

    def visited(**told: Claim) -> Ranking:
        """Return what a visitor gets, who takes no wallet for residents only."""
        plain = market(security={"two-factor-sms": yes()})
        better = market(security={"passkey": yes()}, onboarding=Onboarding(**told))
        catalog = catalog_of(wallet_of("apay", plain), wallet_of("bpay", better))
        visitor = structs.replace(caring("security"), person=("visitor",))
        return rank(structs.replace(catalog, averages=averages), visitor, TODAY)

    now = visited()
    (found,) = [
        each
        for each in settling(now, averages, 20)
        if each.key == key and each.place.wallet.id == "bpay"
    ]
    assert " onboarding.residents_only=no " in to_look_up(found).command
    free, closed = visited(residents_only=no()), visited(residents_only=yes())
    assert [place.wallet.id for place in closed.places] == ["apay"]
    then = Decimal("0.6") * most(free) + Decimal("0.4") * most(closed)
    assert abs(found.gain - (then - most(now))) < Decimal("0.003")


def test_a_price_that_is_not_known_is_worth_looking_up() -> None:
    hidden = market(fees=(FeeRule(operation="send", price="unknown", source="new"),))
    wallets = catalog_of(wallet_of("apay", market()), wallet_of("bpay", hidden))
    first = settling(rank(wallets, caring("cost"), TODAY), EMPTY.averages, 1)[0]
    assert (first.place.wallet.id, first.target.name) == ("bpay", "send.percent")
    assert first.gain > 0


def test_where_there_is_no_choice_nothing_is_worth_looking_up() -> None:
    alone = rank(catalog_of(wallet_of("apay", market())), wanting(use("send", 100)), TODAY)
    assert settling(alone, EMPTY.averages, 3) == ()
    # A wallet that is behind for sure stays behind, whatever becomes known.
    dear = market(fees=(FeeRule(operation="send", percent=Decimal(14), source="new"),))
    wallets = catalog_of(wallet_of("apay", market()), wallet_of("bpay", dear))
    assert settling(rank(wallets, caring("cost"), TODAY), EMPTY.averages, 3) == ()


@pytest.mark.parametrize(
    "needs",
    [
        ("--country", "GB", "--use", "send-abroad=200@PH"),
        ("--country", "NG", "--persona", "freelancer"),
        ("--country", "KE", "--persona", "cash-worker"),
    ],
    ids=" ".join,
)
def test_the_command_that_is_named_enters_the_fact(
    needs: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    document = json.loads(CliRunner().invoke(cli, ["rank", *needs, "--json"]).stdout)
    gains = [each["chance_gain"] for each in document["settle"]]
    assert gains == sorted(gains, reverse=True)
    for each in document["settle"]:
        command = each["command"].replace("=N ", "=1 ").replace("WHERE", "it").split()
        assert command[0] == "walletpick"
        told = CliRunner().invoke(cli, command[1:])
        assert told.exit_code == 0, told.output
        assert each["fact"] in command[3]


def sending(percent: int | str, **market_fields: Any) -> Market:
    fees = (FeeRule(operation="send", percent=Decimal(percent), source="new"),)
    locks = {"passkey": yes(), "app-pin": yes(), "device-binding": yes(), "biometric-login": yes()}
    known = {"security": locks, "features": {"send": yes()}, "payout": {"bank-transfer": yes()}}
    return market(**({"fees": fees} | known | market_fields))


VISITOR = wanting(
    use("send", 100),
    person=("visitor",),
    weights=caring("cost").weights | {"security": Decimal(5)},
)
OPEN = Onboarding(residents_only=no())


def visited(*wallets: Wallet) -> Ranking:
    return rank(catalog_of(*wallets), VISITOR, TODAY)


def checked(*wallets: Wallet) -> OneCheck | None:
    return one_check_away(visited(*wallets), catalog_of(*wallets))


def test_what_no_wallet_of_the_kind_is_known_to_do_is_not_hoped_for() -> None:
    dear = wallet_of("dearpay", sending(5, onboarding=OPEN))
    remitter = structs.replace(wallet_of("cheappay", sending(1)), kind="remittance")
    assert checked(dear, remitter) is None
    # Another of the kind is known to take visitors.
    other = structs.replace(wallet_of("otherpay", sending(9, onboarding=OPEN)), kind="remittance")
    assert checked(dear, remitter, other)
    # In another country it does not matter: the part of the catalog for one does not have it.
    abroad = structs.replace(other, markets={"FR": other.markets["GB"]})
    assert checked(dear, remitter, abroad) is None


def test_a_much_cheaper_wallet_that_lacks_one_confirmation_is_named_with_the_check() -> None:
    dear = wallet_of("dearpay", sending(5, onboarding=OPEN))
    cheap = wallet_of("cheappay", sending(1), website="https://example.com")
    ranking = visited(dear, cheap)
    assert verdict_words(ranking) == "Dearpay is the only one confirmed to do all that you ask."
    check = one_check_away(ranking, catalog_of(dear, cheap))
    assert check
    # 4 % of 1,200.
    assert (check.saving, check.known) == (48, True)
    words, command = one_check_words(check)
    assert words == (
        "Cheappay would cost about 48.00 GBP a year less. Only this is not confirmed: that it takes"
        " visitors. Look at https://example.com"
    )
    assert command == "walletpick tell cheappay@GB onboarding.residents_only=no --source WHERE"
    assert words in str(rank_page(ranking, catalog_of(dear, cheap), 0, explain=False))
    document = ranking_out(ranking, catalog_of(dear, cheap), 0).verdict.one_check
    assert document
    assert (document.wallet, document.saving) == ("cheappay", "48.00")


def test_a_saving_on_a_price_that_is_not_known_is_a_guess_and_said_so() -> None:
    dear = wallet_of("dearpay", sending(5, onboarding=OPEN))
    hidden = FeeRule(operation="send", price="unknown", source="new")
    secret = wallet_of("hiddenpay", sending(0, fees=(hidden,)))
    check = checked(dear, secret)
    # Such fees are usually 3 %: 2 % of 1,200 less.
    assert check
    assert (check.saving, check.known) == (24, False)
    assert "may cost about 24.00 GBP a year less, by what such" in one_check_words(check)[0]
    # What is known comes before a guess.
    cheap = wallet_of("cheappay", sending(4))
    both = checked(dear, secret, cheap)
    assert both
    assert both.unknown.place.wallet.id == "cheappay"


def test_no_saving_is_guessed_for_a_use_that_nothing_says_a_wallet_has() -> None:
    def fee(operation: str, percent: int) -> FeeRule:
        return FeeRule(operation=operation, percent=Decimal(percent), source="new")

    needs = wanting(use("send", 100), use("bill-pay", 100), weights=VISITOR.weights)
    both = {"send": yes(), "bill-pay": yes()}
    dear = wallet_of(
        "dearpay", sending(5, fees=(fee("send", 5), fee("bill-pay", 60)), features=both)
    )

    def away(*fees: FeeRule, **more: Any) -> OneCheck | None:
        catalog = catalog_of(dear, wallet_of("cheappay", sending(1, fees=fees, **more)))
        ranking = rank(catalog, needs, TODAY)
        check = one_check_away(ranking, catalog)
        said = "Only this is not confirmed" in str(rank_page(ranking, catalog, 0, explain=False))
        assert said == (check is not None)
        return check

    # Neither that it pays bills nor what it takes for that is on record.
    assert away(fee("send", 1)) is None
    # It pays some bills, for a price.
    some = {"send": yes(), "bill-pay": yes(when="of some firms")}
    check = away(fee("send", 1), fee("bill-pay", 1), features=some)
    assert check
    assert check.known


def test_what_is_known_to_be_for_other_people_is_not_one_check_away() -> None:
    needs = wanting(use("send", 100), must=("features:cashback",), weights=VISITOR.weights)

    def away(claim: Claim) -> OneCheck | None:
        dear = wallet_of("dearpay", sending(5, features={"cashback": yes()}))
        cheap = wallet_of("cheappay", sending(1, features={"cashback": claim}))
        catalog = catalog_of(dear, cheap)
        return one_check_away(rank(catalog, needs, TODAY), catalog)

    assert away(yes(when="on some days"))
    assert away(yes(for_=("business",))) is None


def test_what_is_not_much_cheaper_or_lacks_more_is_not_one_check_away() -> None:
    dear = wallet_of("dearpay", sending(5, onboarding=OPEN))
    assert checked(dear, wallet_of("nearpay", sending("4.6"))) is None
    unsure = wallet_of("unsurepay", sending(1, security={"app-pin": yes()}))
    needs = structs.replace(VISITOR, must=("security:passkey",))
    safe = wallet_of("dearpay", sending(5, onboarding=OPEN))
    assert (
        one_check_away(rank(catalog_of(safe, unsure), needs, TODAY), catalog_of(safe, unsure))
        is None
    )
    # Where nobody is confirmed, there is no first to be cheaper than.
    assert checked(wallet_of("apay", sending(5)), unsure) is None


def test_what_has_to_do_with_the_use_stands_first_and_what_hardly_matters_is_left_out() -> None:
    hidden = market(fees=(FeeRule(operation="send", price="unknown", source="new"),))
    wallets = catalog_of(wallet_of("apay", market()), wallet_of("bpay", hidden))
    needs = wanting(use("send", 100), weights={"cost": Decimal(5), "security": Decimal(5)})
    ranking = rank(wallets, needs, TODAY)
    gains = {each.key: each for each in weighed(ranking, EMPTY.averages)}
    assert not gains["security:passkey"].asked
    facts = settling(ranking, EMPTY.averages, 20)
    assert facts[0].line is not None
    assert not any(each.key.startswith("security:") for each in facts)
    assert min(each.gain for each in facts) >= Decimal("0.02")


def test_what_stands_on_no_page_is_not_to_be_looked_up() -> None:
    # Both are not known of the one, wished for, and worth the same.
    known = market(features={"send": yes(), "widely-used": yes(), "cashback": yes()})
    wallets = catalog_of(wallet_of("apay", known), wallet_of("bpay", market()))
    wishing = structs.replace(caring("coverage"), wish=("widely-used", "cashback"))
    facts = weighed(rank(wallets, wishing, TODAY), EMPTY.averages)
    assert "features:cashback" in {each.key for each in facts}
    assert "features:widely-used" not in {each.key for each in facts}
    # Nor does a wallet lack that alone, to be confirmed by a look at a page.
    counted = {"send": yes(), "widely-used": yes(), "cashback": yes()}
    dear, cheap = wallet_of("apay", sending(5, features=counted)), wallet_of("bpay", sending(1))
    catalog = catalog_of(dear, cheap)

    def lacking(word: str) -> OneCheck | None:
        needs = wanting(use("send", 100), must=(word,), weights=caring("cost").weights)
        return one_check_away(rank(catalog, needs, TODAY), catalog)

    assert lacking("cashback")
    assert lacking("widely-used") is None


def test_a_detail_that_was_asked_for_has_to_do_with_it() -> None:
    known = market(security={"two-factor-totp": yes()})
    wallets = catalog_of(wallet_of("apay", known), wallet_of("bpay", market()))
    wishing = structs.replace(caring("security"), wish=("passkey",))
    facts = weighed(rank(wallets, wishing, TODAY), EMPTY.averages)
    assert {each.key for each in facts if each.asked} >= {"security:passkey"}
    assert any(not each.asked for each in facts)
