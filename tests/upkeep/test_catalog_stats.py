"""`walletpick catalog stats` and `stale`: figures of a catalog, and what to look at again."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from build import catalog, market, record
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs
from running import shipped
from small import run, validated

from walletpick.facts.model import Catalog, Criteria, Persona, Source, Wallet
from walletpick.facts.walk import items_of
from walletpick.upkeep.stale import (
    FIRST,
    age_in_days,
    aged_facts,
    to_look_at,
    weights_of_facts,
)
from walletpick.upkeep.stats import AGES, UNDATED, stats_of

TODAY = date(2026, 11, 22)


def source(as_of: str | None, seen: str = "2026-11-20") -> Source:
    return Source(
        url="https://example.com", title="T", publisher="operator", as_of=as_of, seen=seen
    )


# Ages.


@pytest.mark.parametrize(
    ("as_of", "days"),
    [
        ("2026-11-22", 0),
        ("2026-11-21", 1),
        ("2025-11-22", 365),
        # A partial date counts from its beginning.
        ("2026-10", 52),
        ("2025", 690),
        (None, 2),
        # Not there yet, and no day at all.
        ("2027-01-01", 0),
        ("2026-02-31", 267),
    ],
)
def test_an_age_in_days(as_of: str | None, days: int) -> None:
    assert age_in_days(source(as_of), TODAY) == days


@given(st.dates(date(2000, 1, 1), date(2030, 1, 1)), st.sampled_from([4, 7, 10]))
def test_a_vaguer_date_is_never_fresher(day: date, length: int) -> None:
    exact = age_in_days(source(day.isoformat()), TODAY)
    assert age_in_days(source(day.isoformat()[:length]), TODAY) >= exact


# What hangs on a fact.

RULES = """
settings:
  stale_fees_months: 12
  stale_facts_months: 24
  stale_laws_months: 60
  stale_widening_percent: 20
  evidence_percent: 1
  incident_half_life_months: 24
  incident_weights: {outage: 0.2}
  experience: {most_percent: 10, half_at_weight: 3, half_life_months: 12, reason: r}
  default_weights: {cost: 1, security: 2, protection: 0}
criteria:
  cost:
    about: a
    parts:
      - {id: share, points: 100, title: t, measure: cost-percent, reason: r, curve: [{at: 0, value: 1}, {at: 10, value: 0}]}
  security:
    about: a
    parts:
      - {id: log-in, points: 75, title: t, reason: r, best_of: [{fact: "security:passkey", value: 1}, {fact: "security:two-factor-sms", value: 0.4}]}
      - {id: device, points: 25, title: t, reason: r, all_of: [{fact: "security:app-pin", value: 0.6}, {fact: "security:biometric-login", value: 0.4}]}
  protection:
    about: a
    parts:
      - {id: licence, points: 10, title: t, reason: r, best_of: [{fact: licence, value: 1}]}
"""
SENDER = record(Persona, "use: [{operation: send, amount: 100}]")


def pay(id: str, text: str, country: str = "GB") -> Wallet:
    made = market(text, country=country, id=id).wallet
    return structs.replace(made, file=f"wallets/{id}.yaml")


def world(*wallets: Wallet, **personas: Persona) -> Catalog:
    made = catalog(*wallets)
    criteria = record(Criteria, RULES, "criteria.yaml")
    return structs.replace(made, criteria=criteria, personas=personas or {"sender": SENDER})


SAFE = """
fees:
  - {operation: send, percent: 1}
security:
  passkey: {has: true}
  two-factor-sms: {has: true}
  app-pin: {has: true}
licence: {as: bank}
"""


def points(made: Catalog) -> dict[str, Decimal]:
    """Return the points of every fact by its path."""
    return {path: weight.points for (_, path), weight in weights_of_facts(made, TODAY).items()}


def test_points_are_shared_out_among_the_facts_that_a_part_rests_on() -> None:
    # Cost weighs a quarter, security three; the log-in is three quarters of security.
    assert points(world(pay("apay", SAFE))) == {
        "markets.GB.fees[0]": Decimal("25.00"),
        "markets.GB.security.passkey": Decimal("56.2500"),
        # Of the other quarter six tenths; the rest is unknown and goes to nobody.
        "markets.GB.security.app-pin": Decimal("11.250"),
    }


def test_where_nothing_holds_the_known_noes_share() -> None:
    text = "security:\n  passkey: {has: false}\n  two-factor-sms: {has: false}\n"
    found = points(world(pay("apay", "fees:\n  - {operation: send, percent: 1}\n" + text)))
    assert found["markets.GB.security.passkey"] == Decimal("28.125")
    assert found["markets.GB.security.two-factor-sms"] == Decimal("28.125")


def test_only_the_first_places_count() -> None:
    wallets = [
        pay(f"{name}pay", SAFE.replace("percent: 1", f"percent: {at}"))
        for at, name in enumerate("abcd")
    ]
    files = {file for file, _ in weights_of_facts(world(*wallets), TODAY)}
    assert files == {f"wallets/{name}pay.yaml" for name in "abc"}


def test_every_persona_and_country_adds_up() -> None:
    wallets = (pay("apay", SAFE), pay("kpay", SAFE, "KE"))
    once = weights_of_facts(world(*wallets), TODAY)
    twice = weights_of_facts(world(*wallets, one=SENDER, two=SENDER), TODAY)
    assert {key: weight.points * 2 for key, weight in once.items()} == {
        key: weight.points for key, weight in twice.items()
    }
    assert {weight.rankings for weight in twice.values()} == {2}
    at_home = structs.replace(SENDER, country="KE")
    assert all("KE" in path for _, path in weights_of_facts(world(*wallets, one=at_home), TODAY))


@given(st.sampled_from(sorted(shipped().personas)), st.sampled_from(["DE", "GB", "KE", "PH"]))
@settings(max_examples=12)
def test_no_ranking_gives_more_points_than_its_first_places_have(name: str, country: str) -> None:
    persona = structs.replace(shipped().personas[name], country=country)
    wallets = tuple(wallet for wallet in shipped().wallets if country in wallet.markets)
    made = structs.replace(shipped(), wallets=wallets, personas={name: persona})
    weights = weights_of_facts(made, TODAY).values()
    assert all(weight.points > 0 for weight in weights)
    assert sum(weight.points for weight in weights) <= 100 * FIRST + Decimal("0.001")


# What to look at again.


def test_what_matters_most_stands_first() -> None:
    old = SAFE.replace("percent: 1", "percent: 1, source: old")
    old = old.replace("passkey: {has: true}", "passkey: {has: true, source: old}")
    old = old.replace("as: bank", "as: bank, source: old")
    found = to_look_at(world(pay("apay", old)), TODAY)
    assert [fact.path.removeprefix("markets.GB.") for fact in found] == [
        "security.passkey",
        "fees[0]",
        # Nothing hangs on it: protection weighs nothing.
        "licence",
    ]
    assert [fact.rankings for fact in found] == [1, 1, 0]


def test_by_days() -> None:
    made = world(pay("apay", SAFE.replace("percent: 1", "percent: 1, source: old")))
    assert [fact.days for fact in to_look_at(made, TODAY, 365)] == [1056]
    assert len(to_look_at(made, TODAY, 0)) == 5
    assert to_look_at(made, TODAY, 2000) == []


def test_an_incident_never_has_to_be_looked_at_again() -> None:
    text = "incidents:\n  - {kind: outage, date: 2020-01, what: It failed, source: old}\n"
    made = world(pay("apay", SAFE + text))
    assert to_look_at(made, TODAY) == []
    assert len(list(aged_facts(made, TODAY))) == 6


def test_what_is_said_of_a_country_counts_too() -> None:
    law = [fact for fact in aged_facts(shipped(), TODAY) if fact.wallet is None]
    assert law
    assert all(fact.file == f"countries/{fact.country}.yaml" for fact in law)


# Figures.


def test_figures_of_the_shipped_catalog_agree_with_each_other() -> None:
    # Few personas: each is ranked everywhere.
    few = dict(list(shipped().personas.items())[:2])
    found = stats_of(structs.replace(shipped(), personas=few), TODAY)
    # One that holds in several countries stands once.
    places = {
        (w.id, item.fact.path)
        for w in shipped().wallets
        for m in w.markets.values()
        for item in items_of(m)
    }
    assert found.facts == len(places) == sum(found.ages.values())
    assert found.facts == sum(section.facts for section in found.sections)
    assert found.official == sum(section.official for section in found.sections)
    assert found.stale == sum(file.stale for file in found.files)
    assert found.wallets == len(found.files)
    shares = [*found.criteria.values(), *(s.known for s in found.sections if s.known is not None)]
    assert all(0 <= share <= 1 for share in shares)


def test_shares_known_and_official() -> None:
    text = """
    fees:
      - {operation: send, percent: 1}
      - {operation: pay, percent: 1, source: directory}
    features:
      bill-pay: {has: true, source: undated}
    limits:
      - {what: day, amount: 5, source: old}
    """
    found = stats_of(world(pay("apay", text), pay("bpay", "fees: []")), TODAY)
    sections = {section.section: section for section in found.sections}
    assert (sections["fees"].facts, sections["fees"].official) == (2, 1)
    # It sends, pays and pays bills; the last has no price.
    assert sections["fees"].known == Decimal(2) / 3
    assert sections["limits"].known == Decimal(1) / 2
    assert sections["status"].known is None
    assert found.ages == {words: 0 for _, words in AGES} | {
        "up to 3 months": 2,
        "2 to 3 years": 1,
        UNDATED: 1,
    }


# The commands.


@pytest.fixture
def small(small: Path) -> Path:
    persona = "title: Sender\ncurrency: USD\nuse: [{operation: send, amount: 20}]\n"
    (small / "personas/sender.yaml").write_text(persona)
    return small


def test_stats(small: Path) -> None:
    found = run("catalog", "stats")
    assert found.exit_code == 0
    for words in ("2 wallets, 3 markets in 3 countries (1 closed)", "Known, by criterion",
                  "How old the facts are", "The stalest files", "The thinnest files"):  # fmt: skip
        assert words in found.stdout
    assert "wallets/twopay.yaml" in found.stdout
    assert "█" in found.stdout


def test_stats_as_json(small: Path) -> None:
    document = validated(run("catalog", "stats", "--json").stdout, "stats")
    assert document["markets"] == {"active": 2, "closed": 1}
    assert {file["wallet"] for file in document["files"]} == {"twopay", "planpay"}
    assert set(document["criteria"]) >= {"cost", "security"}
    assert document["oldest_rate"] == "2026-10-30"


def test_stale(small: Path) -> None:
    found = run("catalog", "stale")
    assert found.exit_code == 0
    assert "Twopay (KE)" in found.stdout
    assert "pay: 2 %" in found.stdout


def test_stale_as_json(small: Path) -> None:
    document = validated(run("catalog", "stale", "--days", "1", "--json").stdout, "stale")
    facts = document["facts"]
    assert document["days"] == 1
    assert [fact["points"] for fact in facts] == sorted((f["points"] for f in facts), reverse=True)
    first = facts[0]
    assert (first["wallet"], first["country"]) in {("twopay", "KE"), ("planpay", "GB")}
    assert first["points"] > 0
    assert first["rankings"] > 0


def test_nothing_is_old(small: Path) -> None:
    found = run("catalog", "stale", "--days", "99999")
    assert (found.exit_code, found.stdout) == (0, "No fact is of 99999 days or more.\n")


@pytest.mark.parametrize("form", ["markdown", "csv"])
def test_stale_in_other_formats(small: Path, form: str) -> None:
    found = run("catalog", "stale", "--format", form, "--days", "0")
    assert "Twopay (KE)" in found.stdout


@pytest.mark.parametrize("command", ["stats", "stale"])
def test_a_catalog_that_cannot_be_used(small: Path, command: str) -> None:
    (small / "wallets/twopay.yaml").write_text("id: [")
    found = run("catalog", command)
    assert found.exit_code == 4
    assert "twopay.yaml:" in found.stderr


@pytest.mark.parametrize(
    "args", [("stale", "--days", "-1"), ("stale", "--days", "x"), ("stats", "--top", "-1")]
)
def test_wrong_use(args: tuple[Any, ...]) -> None:
    assert run("catalog", *args).exit_code == 2


def test_the_same_catalog_gives_the_same_output(small: Path) -> None:
    for command in ("stats", "stale"):
        assert run("catalog", command).stdout == run("catalog", command).stdout
