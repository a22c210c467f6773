"""What follows from the facts of a market: by which rules, with which scope, and what wins."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import build
import msgspec
import pytest
from running import shipped
from small import TWOPAY, run, validated, write_catalog

from walletpick.bill.observe import Observer
from walletpick.facts.model import Claim, Implications, Market, Needs
from walletpick.facts.resolve import resolve
from walletpick.facts.walk import implied_of, items_of
from walletpick.reading import compiled, outside
from walletpick.reading.checks import check_implications
from walletpick.reading.imply import contradictions, imply, imply_all, rules_for
from walletpick.reading.load import load_catalog

RULES = shipped().implications


def implied(text: str, rules: Implications = RULES, **more: Any) -> Market:
    """Return the market of a snippet with what follows."""
    candidate = build.market(text, **more)
    return imply(candidate.market, rules_for(candidate.kind, rules))


def rules(text: str) -> Implications:
    return build.record(Implications, text, "implications.yaml")


@pytest.mark.parametrize(
    ("fact", "follows"),
    [
        ("fees:\n- {operation: receive, percent: 0}", {"receive"}),
        ("fees:\n- {operation: receive, price: unknown}", {"receive"}),
        ("fees:\n- {operation: receive, percent: 4, paid_by: other-side}", {"receive"}),
        ("fees:\n- {operation: receive, percent: 4, tax: true}", set()),
        ("fees:\n- {operation: receive, percent: 4, surcharge: true, when: weekends}", set()),
        ("fees:\n- {operation: send, method: own-network, percent: 0}", {"send", "receive"}),
        ("fees:\n- {operation: send, method: other-network, percent: 0}", {"send", "receive"}),
        ("fees:\n- {operation: pay-abroad, corridor: GB-EEA, percent: 1}", {"pay-abroad"}),
        ("fees:\n- {operation: cash-out, corridor: GB-abroad, percent: 1}", set()),
        ("fees:\n- {operation: cash-out, corridor: GB-GB, percent: 1}", {"cash-out"}),
        ("fees:\n- {operation: top-up, percent: 1}", set()),
        (
            "fees:\n- {operation: cash-out, method: atm, percent: 1}",
            {"cash-atm", "cash-out"},
        ),
        ("fees:\n- {operation: top-up, method: debit-card, percent: 1}", {"debit-card"}),
        ("limits:\n- {what: day, operation: cash-out, amount: 100}", {"cash-out"}),
        ("limits:\n- {what: day, operation: cash-out, amount: 0}", set()),
        ("limits:\n- {what: day, amount: 100}", set()),
        ("payout:\n  debit-card: {has: true}", {"card-payout"}),
        ("payout:\n  debit-card: {has: false}", set()),
        ("payout:\n  cash-agent: {has: true}", {"cash-out"}),
    ],
)
def test_a_fact_shows_what_it_means(fact: str, follows: set[str]) -> None:
    market = implied(fact)
    assert {item.word for item in implied_of(market)} == follows
    for item in implied_of(market):
        claim = item.fact
        assert isinstance(claim, Claim)
        (stated,) = items_of(market)
        assert claim.has
        assert claim.implied_by == claim.path == stated.fact.path
        assert (claim.line, claim.column) == (stated.fact.line, stated.fact.column)
        assert claim.source == stated.fact.source
        assert claim.rule in {rule.id for rule in RULES.rules}


def test_a_kind_has_rules_of_its_own() -> None:
    text = "payout:\n  cash-agent: {has: true}"
    assert "cash-agent" in implied(text, kind="mobile-money").funding
    assert "cash-agent" not in implied(text, kind="stored-value").funding


@pytest.mark.parametrize(
    ("kind", "received"),
    [
        ("mobile-money", True),
        ("stored-value", True),
        ("bank-account", True),
        # What they send arrives elsewhere: in cash, or on a card.
        ("remittance", False),
        ("pass-through", False),
    ],
)
def test_what_one_customer_sends_another_receives(kind: str, received: bool) -> None:
    for fact in ("{has: true, when: it is verified}", "{has: false}"):
        market = implied(f"features:\n  send: {fact}", kind=kind)
        assert ("receive" in market.features) is (received and "true" in fact)
    market = implied("features:\n  send: {has: true, when: it is verified}", kind=kind)
    if received:
        assert market.features["receive"].when == "it is verified"
    stated = "features:\n  send: {has: true}\n  receive: {has: false}"
    assert not implied(stated, kind=kind).features["receive"].has


def test_what_does_not_hold_implies_too() -> None:
    market = implied("features:\n  cash-out: {has: false}")
    assert not market.payout["cash-atm"].has
    assert not market.payout["cash-agent"].has


def test_a_stated_fact_wins() -> None:
    text = "fees:\n- {operation: receive, percent: 0}\nfeatures:\n  receive: {has: false}"
    candidate = build.market(text)
    assert implied(text) == candidate.market
    # Also against what would follow along a chain.
    market = implied(
        "fees:\n- {operation: cash-out, method: atm, percent: 0}\nfeatures:\n  cash-out: {has: false}"
    )
    assert not market.features["cash-out"].has


def test_the_scope_carries_over() -> None:
    market = implied(
        "fees:\n- {operation: send, method: own-network, for: verified, provider: Acme,"
        " when: at night, percent: 0}"
    )
    claim = market.features["receive"]
    assert (claim.for_, claim.provider, claim.when) == (("verified",), ("Acme",), "at night")
    abroad = implied("payout:\n  cash-atm: {has: true, countries: abroad}").features["cash-out"]
    assert abroad.countries == ("abroad",)


def test_the_widest_of_several_counts() -> None:
    narrow = "- {operation: receive, when: at night, percent: 1}"
    wide = "- {operation: receive, for: verified, percent: 0}"
    for text in (f"fees:\n{narrow}\n{wide}", f"fees:\n{wide}\n{narrow}"):
        claim = implied(text).features["receive"]
        assert (claim.when, claim.for_) == (None, ("verified",))


def test_plans_add_up() -> None:
    plans = "plans:\n- {id: a, name: A}\n- {id: b, name: B}\n- {id: c, name: C}\nfees:\n"
    one, two, three = (f"- {{operation: receive, plan: {p}, percent: 0}}\n" for p in "abc")
    assert implied(plans + one).features["receive"].plan == ("a",)
    assert implied(plans + one + two).features["receive"].plan == ("a", "b")
    assert implied(plans + one + two + three).features["receive"].plan == ()


def test_what_is_observed_keeps_the_scope_and_the_source() -> None:
    candidate = build.market("fees:\n- {operation: receive, for: business, percent: 1}")
    wallet = imply_all(candidate.wallet, RULES)
    candidate = msgspec.structs.replace(candidate, wallet=wallet, market=wallet.markets["GB"])
    for person, value in (("business", True), ("student", None)):
        look = Observer(Needs(person=(person,)), build.CATALOG, build.TODAY).look
        seen = look(candidate, "features:receive")
        assert seen.value is value
        assert seen.source == wallet.sources["new"]


def test_nothing_is_implied_without_rules_and_the_same_twice() -> None:
    for file, wallet in zip(shipped().files, shipped().wallets, strict=True):
        for country, stated in resolve(file, wallet.file).markets.items():
            # What the law takes does not come from the file.
            market = msgspec.structs.replace(wallet.markets[country], taxes=())
            rules_here = rules_for(wallet.kind_in(market), RULES)
            assert imply(stated, ()) == stated
            assert imply(stated, rules_here) == market
            assert imply(market, rules_here) == market


def test_every_implied_fact_of_the_catalog_leads_to_a_stated_one() -> None:
    count = 0
    for wallet in shipped().wallets:
        for market in wallet.markets.values():
            stated = {item.fact.path: item.fact for item in items_of(market)}
            for item in implied_of(market):
                count += 1
                assert isinstance(item.fact, Claim)
                assert stated[item.fact.implied_by].source == item.fact.source
    assert count > 100


def test_no_fact_of_the_catalog_contradicts_another() -> None:
    for wallet in shipped().wallets:
        for market in wallet.markets.values():
            assert not list(contradictions(market, rules_for(wallet.kind_in(market), RULES)))


@pytest.mark.parametrize(
    ("fee", "claim", "contrary"),
    [
        ("percent: 0", "has: false", True),
        ("percent: 0", "has: true", False),
        ("percent: 0, for: business", "has: false, for: student", False),
        ("percent: 0, for: business", "has: false", True),
        ("percent: 0, when: at night", "has: false", False),
    ],
)
def test_a_contradiction_is_told(fee: str, claim: str, contrary: bool) -> None:
    market = build.market(
        f"fees:\n- {{operation: receive, {fee}}}\nfeatures:\n  receive: {{{claim}}}"
    ).market
    found = list(contradictions(market, RULES.rules))
    assert bool(found) is contrary
    if contrary:
        assert [each.key for each in found] == ["features:receive"]
        assert found[0].implied.implied_by == "markets.GB.fees[0]"


CONTRARY = """id: contrary
name: Contrary
kind: stored-value
summary: A wallet for tests.
sources:
  fees: {url: https://example.com/fees, title: Fees, publisher: operator, as_of: 2026-10, seen: 2026-11-20}
markets:
  GB:
    currency: GBP
    fees:
      - {operation: receive, percent: 0, source: fees}
    features:
      receive: {has: false, source: fees}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a small catalog with one rule."""
    made = write_catalog(tmp_path / "catalog", contrary=CONTRARY)
    (made / "implications.yaml").write_text(
        "rules:\n- {id: price, if: fee:receive, then: features:receive, reason: It is one.}\n"
    )
    return made


def test_lint_warns_of_a_contradiction_with_its_place(folder: Path) -> None:
    path = folder / "wallets" / "contrary.yaml"
    for place in (folder, path):
        found = run("catalog", "lint", str(place))
        (line,) = [each for each in found.stdout.splitlines() if "implications" in each]
        assert line == (
            f"{path}:13:16: warning: markets.GB.features.receive: it says no to features:receive,"
            ' and line 11 says yes by the rule "price" (implications.yaml): correct one, or say for'
            " whom it holds"
        )


def test_a_catalog_may_have_no_rules(folder: Path) -> None:
    (folder / "implications.yaml").unlink()
    assert "implications" not in run("catalog", "lint", str(folder)).stdout
    assert run("show", "contrary", catalog=folder).exit_code == 0


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "rules:\n- {id: a, if: fee:recieve, then: features:receive, reason: r}",
            'if: "fee:recieve" is no fact that can imply another (did you mean "fee:receive"?)',
        ),
        (
            "rules:\n- {id: a, if: fee:receive, then: licence, reason: r}",
            'then: "licence" is no fact that can follow from another',
        ),
        (
            "rules:\n- {id: a, if: fee:receive, then: features:receive, reason: r}\n"
            "- {id: a, if: fee:send, then: features:send, reason: r}",
            'two rules have the id "a": give one of them another',
        ),
        (
            "rules:\n- {id: a, if: features:send, then: features:receive, reason: r}\n"
            "- {id: b, if: [fee:pay, features:receive], then: features:send, reason: r}",
            'the rule "a" closes a circle: a fact would in the end imply itself',
        ),
        ("rules:\n- {id: a, if: [], then: features:receive, reason: r}", "if is empty: name a"),
    ],
)
def test_wrong_rules_are_told(text: str, message: str) -> None:
    faults = list(check_implications(rules(text)))
    assert any(said.startswith(message) for _, said in faults), faults
    assert all(rule.line and rule.column for rule, _ in faults)


def test_wrong_rules_are_told_by_lint(folder: Path) -> None:
    path = folder / "implications.yaml"
    path.write_text("rules:\n- {id: a, if: fee:receive, then: features:receiv, reason: r}\n")
    for place in (folder, path):
        found = run("catalog", "lint", str(place))
        assert found.exit_code == 4
        assert f"{path}:2:3: rules[0]: then: " in found.stdout
    assert run("list", catalog=folder).exit_code == 4


def test_no_file_can_say_that_a_fact_is_implied(folder: Path) -> None:
    path = folder / "wallets" / "contrary.yaml"
    path.write_text(CONTRARY.replace("has: false", "has: false, implied_by: a-fact"))
    found = run("catalog", "lint", str(path))
    assert 'unknown key "implied_by"' in found.stdout


def test_show_names_what_a_fact_follows_from() -> None:
    page = " ".join(run("show", "twint", "--country", "CH", "--all").stdout.split())
    assert "Gives cash; follows from this: pays out cash at machines [menu" in page
    page = " ".join(run("show", "gcash", "--country", "PH", "--all").stdout.split())
    assert (
        "follows from this price: send money to people at home inside the wallet's own network [free-send"
        in page
    )
    document = validated(run("show", "gcash", "--country", "PH", "--json").stdout, "wallet")
    features = document["markets"][0]["features"]
    assert features["receive"]["implied_by"] == "markets.PH.fees[9]"
    assert features["receive"]["rule"] == "own-network"
    assert features["send"]["implied_by"] == features["send"]["rule"] == ""


def test_explain_and_its_document_name_it_too() -> None:
    asked = ("rank", "--country", "CH", "--use", "cash-out=500", "--top", "0")
    page = " ".join(run(*asked, "--explain").stdout.split())
    assert "take out cash (follows from" in page
    document = validated(run(*asked, "--json").stdout, "ranking")
    (twint,) = [each for each in document["ranking"] if each["wallet"] == "twint"]
    (part,) = [p for p in twint["criteria"]["coverage"]["parts"] if p["id"] == "operations"]
    (fact,) = part["facts"]
    assert fact["path"] == "wallets/twint.yaml: markets.CH.payout.cash-atm"
    assert fact["rule"] == "cash"


def test_a_catalog_from_outside_holds_only_what_follows(tmp_path: Path) -> None:
    catalog = load_catalog(write_catalog(tmp_path / "catalog", twopay=TWOPAY))
    catalog = msgspec.structs.replace(catalog, implications=RULES)
    (wallet,) = catalog.wallets
    followed = imply_all(wallet, RULES)
    honest = msgspec.structs.replace(catalog, wallets=(followed,))
    assert outside.decode(compiled.encode(honest)).wallets == (followed,)
    market = followed.markets["KE"]
    (send,) = [item.fact for item in implied_of(market) if item.word == "send"]
    forged = msgspec.structs.replace(send, has=False)
    for features in ({**market.features, "send": forged}, wallet.markets["KE"].features):
        wrong = msgspec.structs.replace(market, features=features)
        markets = {**followed.markets, "KE": wrong}
        bad = msgspec.structs.replace(
            catalog, wallets=(msgspec.structs.replace(followed, markets=markets),)
        )
        with pytest.raises(compiled.Damaged, match="the markets are not those of the files"):
            outside.decode(compiled.encode(bad))
