"""What the law gives: files of law, a law and its base, and a right as a floor."""

from __future__ import annotations

import re
from pathlib import Path

import build
import pytest
from build import TODAY
from msgspec import structs
from running import shipped
from small import run, write_catalog

from walletpick.answers.compare import compare
from walletpick.bill.observe import Observation, observe
from walletpick.facts.law import licence_class, marked, rights_in, rights_of, source_of
from walletpick.facts.model import Law, Needs
from walletpick.facts.places import in_zone
from walletpick.reading.compiled import decode, encode
from walletpick.reading.laws import check_law, check_together
from walletpick.words.comparison import rows_words

PAGE = "{url: https://example.com/law, title: Law, publisher: law, as_of: 2025-01-01, seen: 2026-11-20}"
EU = """
rights:
  - {right: complaint-reply, applies_to: [e-money, bank], within: {days: 15, working: true}, source: page}
  - {right: deposit-insurance, applies_to: bank, limit: 100000, currency: EUR, source: page}
  - {right: safeguarding, applies_to: all, source: page}
  - {right: unauthorised-payment-refund, applies_to: [e-money, bank], bears_at_most: 50, currency: EUR, source: page}
"""
ES = """
base: EU
rights:
  - {right: complaint-reply, applies_to: bank, within: {days: 10}, source: page}
  - {right: unauthorised-payment-refund, applies_to: e-money, when: you were careless, bears_at_most: 900, currency: EUR, source: page}
"""


def law(country: str, text: str) -> Law:
    """Return a law of whose file this is the rest."""
    body = f"country: {country}\nsources:\n  page: {PAGE}\n{text}"
    made = build.record(Law, body, f"countries/{country}.yaml")
    assert not list(check_law(made, country))
    return marked(made, f"countries/{country}.yaml")


def laws(**texts: str) -> dict[str, Law]:
    return {country: law(country, text) for country, text in texts.items()}


def told(made: dict[str, Law], country: str, licence: str | None) -> list[tuple[str, str, str]]:
    """Return the rights there: the word, the file, and the case in which it holds."""
    rights = rights_of(made, country, licence)
    return [(r.right, r.file.removeprefix("countries/"), r.when or "") for r in rights]


# A law and its base.


def test_a_country_says_it_instead_of_its_base_and_only_for_the_licences_it_names() -> None:
    made = laws(EU=EU, ES=ES)
    assert ("complaint-reply", "ES.yaml", "") in told(made, "ES", "bank")
    assert ("complaint-reply", "EU.yaml", "") not in told(made, "ES", "bank")
    assert ("complaint-reply", "EU.yaml", "") in told(made, "ES", "e-money")
    assert ("deposit-insurance", "EU.yaml", "") in told(made, "ES", "bank")
    assert told(made, "ES", "card") == told(made, "ES", None) == [("safeguarding", "EU.yaml", "")]


def test_a_base_has_what_its_own_base_gives() -> None:
    made = laws(EU=EU, ES=ES, PT="base: ES\nwithout: [safeguarding]\n")
    assert ("complaint-reply", "ES.yaml", "") in told(made, "PT", "bank")
    assert ("complaint-reply", "EU.yaml", "") in told(made, "PT", "e-money")
    assert told(made, "PT", "card") == []
    kept = build.catalog(build.market(QUIET, country="PT").wallet, laws=made)
    assert set(decode(encode(kept), "PT").laws) == {"PT", "ES", "EU"}


def test_what_holds_in_some_case_only_comes_on_top() -> None:
    refunds = [right for right in told(laws(EU=EU, ES=ES), "ES", "e-money") if "refund" in right[0]]
    assert refunds == [
        ("unauthorised-payment-refund", "ES.yaml", "you were careless"),
        ("unauthorised-payment-refund", "EU.yaml", ""),
    ]


def test_a_country_takes_a_right_out() -> None:
    made = laws(EU=EU, NO="base: EU\nwithout: [deposit-insurance]\n")
    assert "deposit-insurance" not in [word for word, _, _ in told(made, "NO", "bank")]
    assert told(made, "NO", "e-money") == told(made, "EU", "e-money")


def test_what_holds_for_all_is_left_to_those_of_whom_the_country_says_nothing() -> None:
    made = laws(
        EU=EU,
        FR="base: EU\nrights:\n  - {right: safeguarding, applies_to: bank, source: page}\n",
    )
    where = {licence: told(made, "FR", licence)[0][1] for licence in ("bank", "card")}
    assert where == {"bank": "FR.yaml", "card": "EU.yaml"}


def test_a_country_without_a_file_has_no_law() -> None:
    assert rights_of(laws(EU=EU), "ES", "bank") == ()


def test_bases_in_a_circle_are_told() -> None:
    made = laws(ES="base: FR\n", FR="base: ES\n", PT="base: ES\n")
    problems = check_together(made, {country: country for country in made}, None)
    assert [problem.file for problem in problems] == ["ES", "FR", "PT"]


# The catalog's laws.


def test_every_member_of_the_eu_has_its_law() -> None:
    made = shipped().laws
    for country, text in made.items():
        assert text.country == country
        assert (text.base == "EU") == (country != "EU" and in_zone(country, "EEA")), country
    members = [country for country in made if country != "EU" and in_zone(country, "EU")]
    assert len(members) == 27
    for country in members:
        refund = rights_of(made, country, "e-money", "unauthorised-payment-refund")
        assert any(right.within and not right.when for right in refund), country


def test_every_right_leads_to_its_page() -> None:
    made = shipped().laws
    for country in made:
        for licence in ("e-money", "bank", "mobile-money", "payment-institution", "card", None):
            for right in rights_of(made, country, licence):
                assert source_of(made, right).url.startswith("http")
                assert right.path.startswith("rights[")


# A right is a floor.

QUIET = "fees:\n  - {operation: send, percent: 1}\n"


def seen(key: str, text: str = QUIET, kind: str = "stored-value", **texts: str) -> Observation:
    """Return what is known of a market in Spain, by its own facts and this law."""
    candidate = build.market(text, country="ES", kind=kind)
    made = build.catalog(candidate.wallet, laws=laws(**(texts or {"EU": EU, "ES": "base: EU\n"})))
    return observe(candidate, key, Needs(), made, TODAY)


def by_law(found: Observation) -> str | None:
    return getattr(found.fact, "file", None) or None


def test_the_law_answers_where_the_operator_says_nothing() -> None:
    found = seen("protection:unauthorised-payment-refund")
    assert found.value
    assert by_law(found) == "countries/EU.yaml"
    assert found.source
    assert found.source.url == "https://example.com/law"
    assert by_law(seen("reply")) == "countries/EU.yaml"
    assert seen("right:safeguarding").value
    assert seen("right:scam-refund") == Observation(None)


def test_the_operators_own_promise_comes_first() -> None:
    own = QUIET + "protection:\n  - {kind: safeguarding}\n"
    found = seen("protection:safeguarding", own)
    assert found.value
    assert by_law(found) is None


def test_the_operator_cannot_take_away_what_the_law_gives() -> None:
    no = QUIET + "protection:\n  - {kind: none, lacks: unauthorised-payment-refund}\n"
    assert by_law(seen("protection:unauthorised-payment-refund", no)) == "countries/EU.yaml"
    assert seen("protection:unauthorised-payment-refund", no, EU="").value is False


def test_money_that_a_bank_holds_as_no_deposit_is_insured_by_no_law() -> None:
    bank = QUIET + "licence: {class: bank, as: bank}\n"
    none = bank + "protection:\n  - {kind: none, lacks: deposit-insurance}\n"
    assert seen("protection:deposit-insurance", none).value is False
    made = laws(EU=EU, ES="base: EU\n")
    given = {
        text: {
            right.right for right in rights_in(made, build.market(text, country="ES").wallet, "ES")
        }
        for text in (bank, none)
    }
    assert given[bank] - given[none] == {"deposit-insurance"}


def test_where_no_balance_is_held_no_law_insures_it() -> None:
    text = QUIET + "licence: {class: bank, as: bank}\n"
    made = laws(EU=EU, ES="base: EU\n")
    given = {
        kind: {
            right.right
            for right in rights_in(made, build.market(text, country="ES", kind=kind).wallet, "ES")
        }
        for kind in ("bank-account", "pass-through")
    }
    assert given["bank-account"] - given["pass-through"] == {"deposit-insurance", "safeguarding"}
    assert seen("protection:deposit-insurance", text, kind="pass-through").value is None


@pytest.mark.parametrize(
    ("days", "file"),
    [("days: 3", None), ("days: 15, working: true", None), ("days: 60", "countries/EU.yaml")],
)
def test_the_sooner_answer_counts(days: str, file: str | None) -> None:
    own = QUIET + f"support:\n  reply: {{{days}}}\n"
    assert by_law(seen("reply", own)) == file


def test_the_answer_by_law_is_held_against_what_others_promise() -> None:
    promises = {"silent": "", "quick": "days: 1", "slow": "days: 60"}
    wallets = [
        build.market(
            QUIET + (f"support:\n  reply: {{{days}}}\n" if days else ""), country="ES", id=id
        ).wallet
        for id, days in promises.items()
    ]
    made = structs.replace(
        shipped(), wallets=tuple(wallets), laws=laws(EU=EU, ES="base: EU\n"), surveys={}
    )
    comparison = compare(made, [(each, "ES") for each in wallets], build.needs(), TODAY)
    (row,) = [row for row in rows_words(comparison) if row.key == "reply"]
    law_says = ("15 working days", True, False)
    assert [(v.text, v.known, v.best) for v in row.values] == [
        law_says,
        ("1 day", True, True),
        law_says,
    ]


def test_the_law_is_for_some_licences_only() -> None:
    assert seen("protection:deposit-insurance", kind="bank-account").value
    assert seen("protection:deposit-insurance", kind="stored-value").value is None
    bank = QUIET + "licence: {class: bank, as: bank}\n"
    assert seen("protection:deposit-insurance", bank, kind="stored-value").value


def test_a_right_that_holds_in_some_case_only_is_no_yes() -> None:
    some = (
        "rights:\n  - {right: scam-refund, applies_to: all, when: the bank erred, source: page}\n"
    )
    found = seen("right:scam-refund", ES=some)
    assert found.value is None
    assert found.condition
    assert found.condition.words == ("the bank erred",)


def test_a_right_of_one_matter_comes_on_top_of_the_bases() -> None:
    line = (
        "  - {right: complaint-reply, applies_to: e-money, %swithin: {hours: 72}, source: page}\n"
    )
    some = "base: EU\nrights:\n" + line % "about: scam, " + line % "about: late-money, "
    given = rights_of(laws(ES=some, EU=EU), "ES", "e-money", "complaint-reply")
    assert [right.about for right in given] == [("scam",), ("late-money",), ()]
    instead = rights_of(laws(ES="base: EU\nrights:\n" + line % "", EU=EU), "ES", "e-money")
    assert [right.right for right in instead].count("complaint-reply") == 1


def test_a_time_to_answer_of_one_matter_stands_for_no_other() -> None:
    some = (
        "base: EU\nrights:\n  - {right: complaint-reply, applies_to: e-money, about: scam,"
        " within: {hours: 72}, source: page}\n"
    )
    # That of any matter comes first, and an operator's own is not worse for it.
    assert by_law(seen("reply", EU=EU, ES=some)) == "countries/EU.yaml"
    own = "support:\n  reply: {days: 5, source: new}\n"
    assert by_law(seen("reply", own, EU=EU, ES=some)) is None
    # Where nothing else is known, it is better than nothing.
    alone = EU.replace("complaint-reply", "scam-refund")
    assert by_law(seen("reply", EU=alone, ES=some)) == "countries/ES.yaml"


def test_old_law_is_stale() -> None:
    old = EU.replace("source: page", "source: old")
    texts = {"ES": "base: EU\n", "EU": f"  old: {PAGE.replace('2025-01-01', '2020-01')}\n{old}"}
    assert seen("reply", **texts).stale
    assert not seen("reply").stale


def test_the_class_of_a_licence_is_stated_or_follows_from_the_kind() -> None:
    for kind, word in (("stored-value", "e-money"), ("pass-through", "card"), ("cbdc", None)):
        assert licence_class(build.market(QUIET, kind=kind).market, kind) == word


def test_what_only_passes_on_what_bank_accounts_pay_is_answered_for_by_banks() -> None:
    linked = "funding:\n  bank-linked: {has: true, source: new}\n"
    cards = f"{linked}  debit-card: {{has: true, source: new}}"
    stated = f"licence: {{class: e-money, as: issuer, source: new}}\n{linked}"
    for text, word in ((linked, "bank"), (cards, "card"), (stated, "e-money")):
        assert licence_class(build.market(text, kind="pass-through").market, "pass-through") == word
    assert licence_class(build.market(linked).market, "stored-value") == "e-money"


# Mistakes in a file.

LINE = "  - {right: safeguarding, applies_to: bank, source: page}"
MISTAKES = {
    "the country is not the file's": ("country: FR", 'the country is "FR" but the file is named "ES"'),
    "a right misspelt": (LINE.replace("safeguarding", "safegarding"), 'did you mean "safeguarding"?'),
    "a licence misspelt": (LINE.replace("bank", "bnak"), 'found "bnak" (did you mean "bank"?)'),
    "a source misspelt": (LINE.replace("page", "pgae"), 'the source "pgae" is not listed under sources (did you mean "page"?)'),
    "another source misspelt": (LINE.replace("}", ", more_sources: [pgae]}"), 'the source "pgae" is not listed'),
    "a right twice": (f"{LINE}\n{LINE}", "safeguarding for bank stands in line 6 too: say it once"),
    "a right twice of one matter": (f"{LINE.replace('bank', 'bank, about: scam')}\n{LINE.replace('bank', 'bank, about: [scam]')}", "safeguarding scam for bank stands in line 6 too"),
    "a matter misspelt": (LINE.replace("bank", "bank, about: [scam, late-mony]"), 'found "late-mony" (did you mean "late-money"?)'),
    "all and others": (LINE.replace("bank", "[all, bank]"), "applies_to names all and others: all stands alone"),
    "no licence": (LINE.replace("bank", "[]"), "applies_to names nothing: expected e-money, bank"),
    "money without a currency": (LINE.replace("bank,", "bank, limit: 5,"), "in which currency? A sum of money needs it"),
    "a currency without a rate": (LINE.replace("bank,", "bank, limit: 5, currency: XPF,"), "rates.yaml has no rate for XPF: add one there"),
    "a time of two units": (LINE.replace("bank,", "bank, within: {days: 1, months: 1},"), "within needs exactly one of hours, days, months"),
    "working months": (LINE.replace("bank,", "bank, within: {months: 1, working: true},"), "within.working is about days"),
    "nobody who hears": (LINE.replace("safeguarding", "escalation"), "the right escalation says nothing without body"),
    "a base that is not there": ("base: FR", "there is no law of FR: add countries/FR.yaml, or leave base out"),
    "a base that leads back": ("base: ES", "the base ES leads back to itself: the last law below must have no base"),
    "without what the base does not give": ("base: EU\nwithout: [scam-refund]", "without names scam-refund, which the base EU does not give"),
    "without a base": ("without: [scam-refund]", "without needs a base: there is nothing to take out"),
    "a tax among the caps": ("fee_caps:\n  - {operation: send, applies_to: bank, tax: true, percent: 1, source: page}", "a tax stands under taxes"),
    "a cap among the taxes": ("taxes:\n  - {operation: send, applies_to: bank, percent: 1, source: page}", "what stands under taxes needs tax: true"),
    "a cap without a price": ("fee_caps:\n  - {operation: send, applies_to: bank, source: page}", "no price: expected percent"),
    "a limit of nothing": ("limits:\n  - {what: day, applies_to: bank, source: page}", "a limit needs an amount, a count or a least"),
}  # fmt: skip


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_gets_one_clear_sentence_with_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mistake: str
) -> None:
    text, message = MISTAKES[mistake]
    catalog = write_catalog(tmp_path / "catalog")
    monkeypatch.chdir(tmp_path)
    source = f"sources:\n  page: {PAGE}\n"
    if text.startswith("  - "):
        text = f"rights:\n{text}"
    country = "" if text.startswith("country:") else "country: ES\n"
    (catalog / "countries/ES.yaml").write_text(f"{country}{source}\n{text}\n")
    (catalog / "countries/EU.yaml").write_text(f"country: EU\n{source}{EU}")
    german = catalog / "countries/DE.yaml"
    german.write_text(german.read_text().replace("country: DE", "country: DE\nbase: EU"))
    found = run("catalog", "lint")
    assert found.exit_code == 4, found.output
    problems = [line for line in found.stdout.splitlines() if ": warning:" not in line]
    assert (
        len([line for line in problems if re.match(r"catalog/countries/ES\.yaml:\d+:\d+: ", line)])
        == 1
    ), problems
    assert message in problems[0]


def test_a_law_of_a_place_that_is_none(tmp_path: Path) -> None:
    catalog = write_catalog(tmp_path / "catalog")
    (catalog / "countries/XX.yaml").write_text("country: XX\n")
    found = run("catalog", "lint", str(catalog))
    assert 'found "XX", expected an ISO 3166 country code' in found.stdout
