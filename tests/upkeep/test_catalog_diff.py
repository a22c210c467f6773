"""`walletpick catalog diff`: what changed, as facts, and what that does to people."""

from __future__ import annotations

import json
import os
import re
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from build import catalog, use, wallet
from build import record as record_of
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs
from running import shipped
from small import PLANPAY, TWOPAY, run, validated, write_catalog

from walletpick.commands.catalog_diff import LARGEST
from walletpick.facts.model import Catalog, Law, Persona, Wallet
from walletpick.pages.upkeep import diff_page
from walletpick.person.needs import needs_of
from walletpick.render.terminal import render
from walletpick.score.ranking import rank
from walletpick.upkeep.diff import difference, summary
from walletpick.upkeep.effects import needs_in

TODAY = date(2026, 11, 22)
BASE = "GB:\n  currency: GBP\n  operator: Test Ltd\n"


def one(text: str, **of_wallet: Any) -> Wallet:
    """Return a wallet with one market, in Britain."""
    return wallet(
        BASE + "".join(f"  {line}\n" for line in text.strip("\n").splitlines()), **of_wallet
    )


def changes(old: Wallet | str, new: Wallet | str) -> list[str]:
    """Return in words what differs between two versions of a wallet."""
    versions = [catalog(one(w) if isinstance(w, str) else w) for w in (old, new)]
    return [change.text for change in difference(*versions, TODAY).changes]


def fees(*rules: str) -> str:
    return "fees:\n" + "".join(f"  - {{{rule}}}\n" for rule in rules)


# Facts.


def test_the_same_catalog_does_not_differ() -> None:
    # Few personas: each is answered in every country, twice.
    few = dict(list(shipped().personas.items())[:2])
    found = difference(*[structs.replace(shipped(), personas=few)] * 2, TODAY)
    assert (found.changes, found.effects, found.compared) == ((), (), 0)
    assert found.answers.old.pairs > 0
    assert found.answers.old == found.answers.new


def test_where_a_line_stands_is_no_change() -> None:
    rules = ["operation: send, percent: 1", "operation: pay, percent: 2"]
    assert changes(fees(*rules), "\n# A remark.\n" + fees(*reversed(rules))) == []


def test_a_price() -> None:
    old = fees("operation: withdraw, method: instant, percent: 1")
    new = fees("operation: withdraw, method: instant, percent: 1.5")
    assert changes(old, new) == [
        "Testpay (GB): withdraw by instant transfer: 1 % -> 1.5 %, source new, 2026-10"
    ]


def test_a_fee_more_and_a_fee_less() -> None:
    rules = ["operation: send, percent: 1", "operation: pay, fixed: 2"]
    assert changes(fees(rules[0]), fees(*rules)) == [
        "Testpay (GB): added: pay: 2.00 GBP, source new, 2026-10"
    ]
    assert changes(fees(*rules), fees(rules[0])) == [
        "Testpay (GB): removed: pay: 2.00 GBP, source new, 2026-10"
    ]


def test_two_prices_for_the_same_thing_are_not_mixed_up() -> None:
    plans = "plans:\n  - {id: plus, name: Plus}\n"
    monthly = "operation: subscription, plan: plus, fixed: 5, per: month"
    old = plans + fees(monthly, "operation: subscription, plan: plus, fixed: 50, per: year")
    new = plans + fees("operation: subscription, plan: plus, fixed: 45, per: year", monthly)
    assert changes(old, new) == [
        "Testpay (GB): subscription, on plus: 50.00 GBP a year -> 45.00 GBP a year,"
        " source new, 2026-10"
    ]


def test_a_corrected_scope_is_one_change() -> None:
    old = fees("operation: send, percent: 2.25, when: paid on web")
    new = fees("operation: send, percent: 2.25, when: paid on the web")
    assert changes(old, new) == [
        "Testpay (GB): fees: what it is for: send, when: paid on web -> send, when: paid on the"
        " web, source new, 2026-10"
    ]


def test_what_the_words_do_not_show_is_told_by_its_key() -> None:
    rule = "operation: pay, percent: 1, free: {amount: 5, per: month}, pool: "
    (line,) = changes(fees(rule + "one"), fees(rule + "two"))
    assert line == "Testpay (GB): pay: pool: one -> two, source new, 2026-10"


def test_notes_and_sources_have_lines_of_their_own() -> None:
    old = fees("operation: send, percent: 1, note: before, source: old")
    new = fees("operation: send, percent: 1, note: after, source: directory")
    assert changes(old, new) == [
        "Testpay (GB): send: source: old, 2024-01 -> directory, 2026-10",
        "Testpay (GB): send: note: before -> after",
    ]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "features:\n  pay-qr: {has: true}",
            "features:\n  pay-qr: {has: false}",
            "pays in shops by QR code: yes -> no, source new, 2026-10",
        ),
        (
            "features:\n  pay-qr: {has: true}",
            "features:\n  pay-qr: {has: true, when: at home}",
            "pays in shops by QR code: yes -> yes (only when: at home), source new, 2026-10",
        ),
        ("", "security:\n  passkey: {has: true}", "added: logs in with a passkey: yes, source new, 2026-10"),
        (
            "limits:\n  - {what: day, operation: send, amount: 100}",
            "limits:\n  - {what: day, operation: send, amount: 200}",
            "limit of send: at most 100.00 GBP a day -> at most 200.00 GBP a day, source new, 2026-10",
        ),
        (
            "protection:\n  - {kind: deposit-insurance, limit: 85000}",
            "protection:\n  - {kind: deposit-insurance, limit: 120000}",
            "protection: money is insured as a bank deposit: yes, up to 85,000.00 GBP -> yes, up to"
            " 120,000.00 GBP, source new, 2026-10",
        ),
        (
            "support:\n  channels:\n    phone: {has: true, hours: 9-17}",
            "support:\n  channels:\n    phone: {has: true, hours: 24/7}",
            "a phone line: yes; hours: 9-17 -> yes; hours: 24/7, source new, 2026-10",
        ),
        (
            "onboarding:\n  about:\n    - {text: An identity crad is needed}",
            "onboarding:\n  about:\n    - {text: An identity card is needed}",
            "signing up: An identity crad is needed -> An identity card is needed, source new, 2026-10",
        ),
        (
            "status: {state: active}",
            "status: {state: closed, since: 2026-01}",
            "status: open to new customers -> no longer runs, since 2026-01, source new, 2026-10",
        ),
        (
            "links:\n  fees: https://a.example",
            "links:\n  fees: https://b.example",
            "links, fees: https://a.example -> https://b.example",
        ),
    ],
)  # fmt: skip
def test_other_facts(old: str, new: str, said: str) -> None:
    found = changes(old, new)
    assert [line.removeprefix("Testpay (GB): ") for line in found] == [said]


def test_a_source_is_told_once_and_a_new_key_changes_nothing_else() -> None:
    before = one(fees("operation: send, percent: 1", "operation: pay, percent: 1"))
    sources = dict(before.sources)
    sources["new"] = structs.replace(sources["new"], as_of="2026-11", seen="2026-11-21")
    after = structs.replace(before, sources=sources)
    assert changes(before, after) == [
        "Testpay: source new: dated 2026-10, read 2026-11-20 -> dated 2026-11, read 2026-11-21"
    ]
    market = before.markets["GB"]
    rules = tuple(structs.replace(rule, source="prices") for rule in market.fees)
    renamed = {"prices" if key == "new" else key: s for key, s in before.sources.items()}
    after = structs.replace(
        before, sources=renamed, markets={"GB": structs.replace(market, fees=rules)}
    )
    assert changes(before, after) == ["Testpay: source prices: key new -> key prices"]


def test_the_wallet_itself() -> None:
    old = one("", more="platforms: [ios]\nnotes: [Stays., Goes.]")
    new = one("", more="platforms: [ios, web]\nnotes: [Comes., Stays.]")
    assert changes(old, new) == [
        "Testpay: platforms: ios -> ios, web",
        "Testpay: notes: Goes. -> Comes.",
    ]


def test_markets_and_wallets_come_and_go_as_a_whole() -> None:
    small = wallet(f"{BASE}  fees:\n    - {{operation: send, percent: 1}}\n")
    more = f"{BASE}  fees:\n    - {{operation: send, percent: 1}}\nKE:\n  currency: KES\n  features:\n    pay-qr: {{has: true}}\n"
    assert changes(small, wallet(more)) == [
        "Testpay (KE): added: the market of Kenya: 1 fact (1 claim)"
    ]
    versions = catalog(small), catalog(small, one("", id="newpay"))
    (come,) = difference(*versions, TODAY).changes
    assert come.text == "Newpay: added: the wallet: 1 market (GB), no facts"
    (gone,) = difference(*reversed(versions), TODAY).changes
    assert gone.text == "Newpay: removed: the wallet: 1 market (GB), no facts"


def shared(of: Catalog, **changed: Any) -> list[str]:
    return [change.text for change in difference(of, structs.replace(of, **changed), TODAY).changes]


def test_a_wallet_with_another_id_is_the_same() -> None:
    rule = fees("operation: send, percent: 1")
    old, new = one(rule, id="apay"), structs.replace(one(rule, id="apay"), id="apay-uk")
    assert changes(old, new) == ["Apay: id: apay -> apay-uk"]
    raised = structs.replace(one(fees("operation: send, percent: 2"), id="apay"), id="apay-uk")
    assert changes(old, raised)[0] == "Apay: id: apay -> apay-uk"
    assert changes(old, raised)[1].startswith("Apay (GB): send: 1 % -> 2 %")
    assert len(changes(old, structs.replace(new, name="Bpay"))) == 2
    found = difference(world(old, sender("bpay", 2)), world(new, sender("bpay", 2)), TODAY)
    assert found.effects == ()


def test_rules_of_criteria() -> None:
    criteria = shipped().criteria
    security = criteria.criteria["security"]
    log_in, *rest = security.parts
    passkey, *others = log_in.best_of
    log_in = structs.replace(
        log_in, points=log_in.points - 5, best_of=(structs.replace(passkey, value="0.9"), *others)
    )
    changed = structs.replace(
        criteria,
        criteria=criteria.criteria | {"security": structs.replace(security, parts=(log_in, *rest))},
        settings=structs.replace(criteria.settings, stale_fees_months=18),
    )
    thin = structs.replace(shipped(), wallets=())
    assert shared(thin, criteria=changed) == [
        "criteria.yaml: settings, stale fees months: 12 -> 18",
        "criteria.yaml: security, log-in, points: 40 -> 35",
        "criteria.yaml: security, log-in, security:passkey: 1 -> 0.9",
    ]
    parts = structs.replace(security, parts=(log_in, *rest[1:]))
    gone = structs.replace(criteria, criteria=criteria.criteria | {"security": parts})
    removed = [line for line in shared(thin, criteria=gone) if "removed" in line]
    assert len(removed) == 1
    assert removed[0].startswith("criteria.yaml: removed: security, device: points 25, title how")


def test_averages_rates_and_personas() -> None:
    thin = structs.replace(shipped(), wallets=())
    rates = thin.rates
    rate = structs.replace(rates.rates["PHP"], per_usd=rates.rates["PHP"].per_usd + 1)
    (line,) = shared(thin, rates=structs.replace(rates, rates=rates.rates | {"PHP": rate}))
    assert re.fullmatch(r"rates\.yaml: rates, PHP, per usd: [\d.]+ -> [\d.]+", line)
    averages = structs.replace(thin.averages, tax=structs.replace(thin.averages.tax, count=99))
    (line,) = shared(thin, averages=averages)
    assert re.fullmatch(r"averages\.yaml: tax, count: \d+ -> 99", line)
    name = "family-abroad"
    persona = structs.replace(thin.personas[name], use=(use("send-abroad", 300),))
    (line,) = shared(thin, personas=thin.personas | {name: persona})
    assert line == f"personas/{name}.yaml: {name}, send-abroad, amount: 200 -> 300"
    fewer = {key: needs for key, needs in thin.personas.items() if key != name}
    (line,) = shared(thin, personas=fewer)
    assert line.startswith(f"personas/{name}.yaml: removed: {name}: title Family abroad")


@given(st.data())
@settings(max_examples=40)
def test_every_fact_that_goes_or_comes_is_told_once(data: st.DataObject) -> None:
    given_wallet = data.draw(st.sampled_from(shipped().wallets))
    country, market = next(iter(given_wallet.markets.items()))
    rules = data.draw(st.permutations(market.fees))
    kept = data.draw(st.integers(0, len(rules)))
    fewer = structs.replace(
        given_wallet, markets={country: structs.replace(market, fees=tuple(rules[:kept]))}
    )
    whole = structs.replace(given_wallet, markets={country: market})
    bare = structs.replace(shipped(), personas={}, laws={}, surveys={})
    lists = [structs.replace(bare, wallets=(w,)) for w in (whole, fewer)]
    gone = difference(*lists, TODAY).changes
    assert [change.kind for change in gone] == ["removed"] * (len(rules) - kept)
    come = difference(*reversed(lists), TODAY).changes
    assert [change.kind for change in come] == ["added"] * (len(rules) - kept)
    assert len({change.path for change in gone}) == len(gone)


# People.

SENDER = record_of(Persona, "currency: USD\nuse: [{operation: send, amount: 100}]")


def world(*wallets: Wallet, **personas: Persona) -> Catalog:
    """Return a catalog that scores by cost alone."""
    rules = """
settings:
  stale_fees_months: 12
  stale_facts_months: 24
  stale_laws_months: 60
  stale_widening_percent: 20
  evidence_percent: 10
  incident_half_life_months: 24
  incident_weights: {}
  experience: {most_percent: 10, half_at_weight: 3, half_life_months: 12, reason: r}
  default_weights: {cost: 5}
criteria:
  cost:
    about: a
    parts:
      - {id: share, points: 100, title: t, measure: cost-percent, reason: r, curve: [{at: 0, value: 1}, {at: 10, value: 0}]}
"""
    made = catalog(*wallets, criteria=rules)
    return structs.replace(made, personas=personas or {"sender": SENDER})


def sender(id: str, percent: float) -> Wallet:
    return one(fees(f"operation: send, percent: {percent}"), id=id)


def test_whose_year_costs_more_and_who_is_first_now() -> None:
    old = world(sender("apay", 1), sender("bpay", 2), sender("cpay", 3))
    new = world(sender("apay", 2.5), sender("bpay", 2), sender("cpay", 3))
    found = difference(old, new, TODAY)
    assert found.compared == 1
    (effect,) = found.effects
    assert (effect.persona, effect.country) == ("sender", "GB")
    assert effect.first
    assert [one and one.name for one in (effect.first.old, effect.first.new)] == ["Apay", "Bpay"]
    (cost,) = effect.costs
    # 100 dollars are 50 pounds a month.
    assert (cost.old.yearly.estimate, cost.new.yearly.estimate) == (6, 15)
    assert (cost.new.currency, cost.direct, cost.by_usd) == ("GBP", True, 18)
    moves = {move.wallet: (move.old.rank, move.new.rank, move.pushed) for move in effect.moves}
    assert moves == {"apay": (1, 2, False), "bpay": (2, 1, True)}
    shifts = {move.wallet: move.shifts for move in effect.moves}
    (shift,) = shifts["apay"]
    assert (shift.criterion, shift.part, shift.title, shift.points) == ("cost", "share", "t", -15)
    assert shifts["bpay"] == ()
    shown = render(diff_page(found, "old", "new", 0), width=100, colour=False, unicode=True)
    page = " ".join(shown.split())
    assert "Apay is now 2 (75.0 points): -15.0 for t)" in page
    assert "sender GB Apay 1 (90.0) 2 (75.0) cost -15.0" in page


def test_who_comes_who_goes_and_who_is_left_out() -> None:
    one_closed = one("status: {state: closed}\n" + fees("operation: send, percent: 1"), id="apay")
    old, new = world(sender("apay", 1), sender("bpay", 2)), world(one_closed, sender("cpay", 2))
    (effect,) = difference(old, new, TODAY).effects
    states = {move.wallet: (move.old.state, move.new.state) for move in effect.moves}
    assert states == {
        "apay": ("ranked", "left out"),
        "bpay": ("ranked", "absent"),
        "cpay": ("absent", "ranked"),
    }
    why = next(move.new.why for move in effect.moves if move.wallet == "apay")
    assert "no longer runs" in why


def test_changes_of_wallets_and_of_shared_files_are_counted_apart() -> None:
    old = world(sender("apay", 1))
    rates = structs.replace(old.rates.rates["GBP"], per_usd=SENDER.use[0].amount)
    moved = structs.replace(old.rates, rates=old.rates.rates | {"GBP": rates})
    found = difference(old, structs.replace(world(sender("apay", 2)), rates=moved), TODAY)
    assert summary(found).startswith("2 changes, 1 of them in 1 wallet (2 changed).")


def test_a_change_elsewhere_moves_nobody() -> None:
    kenya = "KE:\n  currency: KES\n  fees:\n    - {{operation: send, percent: {0}}}\n"
    old = world(sender("apay", 1), wallet(kenya.format(1), id="kpay"))
    new = world(sender("apay", 1), wallet(kenya.format(2), id="kpay"))
    found = difference(old, new, TODAY)
    assert [effect.country for effect in found.effects] == ["KE"]


@pytest.mark.parametrize(("changed", "compared"), [("GB", 1), ("EU", 1), ("KE", 0)])
def test_people_are_compared_where_the_law_or_its_base_was_read_anew(
    changed: str, compared: int
) -> None:
    text = """
sources:
  page: {{url: https://example.com/law, title: Law, publisher: law, as_of: {0}, seen: 2026-11-20}}
rights:
  - {{right: safeguarding, applies_to: all, source: page}}
"""

    def law(country: str, base: str, day: str) -> Law:
        return record_of(Law, f"country: {country}\n{base}{text.format(day)}")

    bases = {"GB": "base: EU", "EU": "", "KE": ""}
    laws = {country: law(country, base, "2025-01-01") for country, base in bases.items()}
    old = structs.replace(world(sender("apay", 1)), laws=laws)
    new = structs.replace(old, laws=laws | {changed: law(changed, bases[changed], "2019-01-01")})
    assert difference(old, new, TODAY).compared == compared


def test_averages_change_costs_that_nobody_touched() -> None:
    unknown = one("features:\n  send: {has: true}", id="apay")
    old = world(unknown)
    fee = structs.replace(old.averages.fees["send"], estimate_percent=SENDER.use[0].amount / 20)
    averages = structs.replace(old.averages, fees=old.averages.fees | {"send": fee})
    found = difference(old, structs.replace(old, averages=averages), TODAY)
    (effect,) = found.effects
    (cost,) = effect.costs
    assert not cost.direct
    shown = render(diff_page(found, "old", "new", 0), width=200, colour=False, unicode=True)
    assert shown.count("to 48.00), not all known") == 2, shown


def test_a_persona_has_needs_only_where_it_is_at_home() -> None:
    visitor = shipped().personas["china-visitor"]
    assert needs_in(visitor, "CN", shipped()) == needs_of(visitor)
    assert needs_in(visitor, "GB", shipped()) is None


@pytest.mark.parametrize("country", ["US", "PH", "KE", "CN"])
def test_needs_are_those_of_the_rank_command(country: str) -> None:
    for name in ("family-abroad", "freelancer"):
        needs = needs_in(shipped().personas[name], country, shipped())
        assert needs is not None
        expected = [place.wallet.id for place in rank(shipped(), needs, TODAY).places]
        found = run("rank", "--persona", name, "--country", country, "--json")
        assert [item["wallet"] for item in json.loads(found.stdout)["ranking"]] == expected


# The command.


def git(directory: Path, *args: str) -> str:
    environment = {
        **os.environ,
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        **{f"GIT_{who}_{what}": "t@example.com" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
    }  # fmt: skip
    done = subprocess.run(
        ["git", *args], cwd=directory, env=environment, capture_output=True, check=True, text=True
    )
    return done.stdout.strip()


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with two commits: in the second, sending costs twice as much."""
    directory = tmp_path / "repository"
    directory.mkdir()
    monkeypatch.chdir(directory)
    write_catalog(directory / "catalog")
    persona = "title: Sender\ncurrency: USD\nuse: [{operation: send, amount: 20}]\n"
    (directory / "catalog/personas/sender.yaml").write_text(persona)
    assert run("catalog", "averages").exit_code == 0
    git(directory, "init", "-q", "-b", "main")
    git(directory, "add", ".")
    git(directory, "commit", "-q", "-m", "one")
    change(directory, "percent: 1,", "percent: 2,")
    git(directory, "commit", "-q", "-a", "-m", "two")
    return directory


def change(directory: Path, old: str, new: str, file: str = "twopay.yaml") -> None:
    path = directory / "catalog/wallets" / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


SENDING = "Twopay (KE): send: 1 % -> 2 %, source fees, 2026-10"


@pytest.mark.parametrize(
    "versions",
    [("HEAD~1", "HEAD"), ("HEAD~1..HEAD",), ("HEAD~1..",), ("HEAD~1",), ("main^", "main")],
)
def test_revisions(repository: Path, versions: tuple[str, ...]) -> None:
    found = run("catalog", "diff", *versions)
    assert found.exit_code == 0, found.stderr
    assert SENDING in found.stdout
    assert "sender" in found.stdout
    assert "+240.00 KES" in " ".join(found.stdout.split())
    assert git(repository, "status", "--porcelain") == ""


def test_what_is_not_committed_yet(repository: Path) -> None:
    assert "Nothing changes." in run("catalog", "diff").stdout
    change(repository, "percent: 2,", "percent: 3,")
    found = run("catalog", "diff")
    assert "Twopay (KE): send: 2 % -> 3 %" in found.stdout
    assert "from HEAD to the files here" in found.stdout
    assert git(repository, "status", "--porcelain") == "M catalog/wallets/twopay.yaml"


def test_what_a_branch_changed(repository: Path) -> None:
    git(repository, "checkout", "-q", "-b", "feature", "HEAD~1")
    change(repository, "amount: 5000", "amount: 7000")
    git(repository, "commit", "-q", "-a", "-m", "three")
    found = run("catalog", "diff", "main...feature").stdout
    base = git(repository, "rev-parse", "--short", "HEAD~1")
    assert f"from {base} to feature" in found
    assert "at most 5,000.00 KES at a time -> at most 7,000.00 KES" in " ".join(found.split())
    assert "Twopay (KE): send: " not in found
    assert "send: 2 % -> 1 %" in run("catalog", "diff", "main..feature").stdout


def test_from_inside_and_from_outside_the_repository(
    repository: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(repository / "catalog" / "wallets")
    found = run("catalog", "diff", "HEAD~1", "HEAD", catalog=repository / "catalog")
    assert SENDING in found.stdout
    monkeypatch.chdir(tmp_path)
    found = run("catalog", "diff", "HEAD~1", "HEAD", catalog=repository / "catalog")
    assert SENDING in found.stdout


@pytest.mark.parametrize(
    ("versions", "said"),
    [
        (("nowhere", "HEAD"), '"nowhere" is no file or directory, and no revision'),
        (("HEAD~9",), '"HEAD~9" is no file or directory, and no revision'),
        (("nowhere..HEAD",), '"nowhere" is no file or directory, and no revision'),
        (("nowhere...HEAD",), '"nowhere" is no revision of a git repository here'),
        (("HEAD...nowhere",), '"nowhere" is no revision of a git repository here'),
        (("../nowhere",), '"../nowhere" is no file or directory'),
        (("HEAD", "HEAD", "HEAD"), "two versions at most"),
        (("--", "--output=x", "HEAD"), '"--output=x" is no revision'),
        (("HEAD:catalog", "HEAD"), "is no revision"),
        (("HEAD", "catalog/wallets/twopay.yaml"), "compare a file with a file"),
        (("catalog/wallets/twopay.yaml", "catalog/wallets/planpay.yaml"), "these are two wallets"),
    ],
)
def test_what_cannot_be_compared(repository: Path, versions: tuple[str, ...], said: str) -> None:
    found = run("catalog", "diff", *versions)
    assert found.exit_code == 2
    assert said in " ".join(found.stderr.split())
    assert found.stdout == ""


def test_a_revision_without_a_catalog(repository: Path) -> None:
    git(repository, "checkout", "-q", "--orphan", "bare")
    git(repository, "rm", "-rq", "--cached", ".")
    (repository / "README").write_text("x")
    git(repository, "add", "README")
    git(repository, "commit", "-q", "-m", "x")
    found = run("catalog", "diff", "bare", "main")
    assert found.exit_code == 2
    assert 'the revision "bare" has no directory "catalog"' in found.stderr


def test_outside_of_a_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    write_catalog(tmp_path / "catalog")
    found = run("catalog", "diff")
    assert found.exit_code == 2
    assert "is not in a git repository" in found.stderr


def test_without_git(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(repository))
    found = run("catalog", "diff", "HEAD~1")
    assert found.exit_code == 2
    assert "git is not installed" in found.stderr


def test_only_plain_files_of_a_revision_are_read(repository: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.yaml").write_text("id: secret\n")
    (repository / "catalog/wallets/link.yaml").symlink_to(tmp_path / "secret.yaml")
    (repository / "catalog/wallets/-x.yaml").write_text("id: x\n")
    git(repository, "add", ".")
    git(repository, "commit", "-q", "-m", "link")
    found = run("catalog", "diff", "HEAD~1", "HEAD")
    assert (found.exit_code, "Nothing changes." in found.stdout) == (0, True)


def test_a_revision_that_cannot_be_used_says_which(repository: Path) -> None:
    change(repository, "percent: 2,", "percent: two,")
    git(repository, "commit", "-q", "-a", "-m", "broken")
    found = run("catalog", "diff", "HEAD~1", "HEAD")
    assert found.exit_code == 4
    first, *rest = found.stderr.splitlines()
    assert first == "Error: the catalog of HEAD cannot be used (1 problem):"
    assert rest[0].startswith("wallets/twopay.yaml:")


def test_an_older_form_of_a_shared_file_can_be_compared(repository: Path) -> None:
    path = repository / "catalog/criteria.yaml"
    text = path.read_text()
    path.write_text(text.replace("settings:", "settings:\n  new_key: 1", 1))
    git(repository, "commit", "-q", "-a", "-m", "another form")
    path.write_text(text)
    change(repository, "percent: 2,", "percent: 4,")
    found = run("catalog", "diff", "HEAD")
    assert found.exit_code == 0, found.stderr
    assert "criteria.yaml of HEAD is not in the form" in found.stderr
    assert "send: 2 % -> 4 %" in found.stdout


def test_directories_and_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write_catalog(tmp_path / "old" / "catalog")
    new = write_catalog(tmp_path / "new")
    (new / "wallets/planpay.yaml").write_text(PLANPAY.replace("fixed: 5,", "fixed: 6,"))
    found = run("catalog", "diff", "old", "new").stdout
    assert "5.00 GBP a month -> 6.00 GBP a month" in found
    # Two files of a wallet, in the catalog of the others.
    Path("before.yaml").write_text(TWOPAY)
    Path("after.yaml").write_text(TWOPAY.replace("percent: 1,", "percent: 2,"))
    found = run("catalog", "diff", "before.yaml", "after.yaml", catalog=new)
    assert found.exit_code == 0, found.stderr
    assert SENDING in found.stdout
    Path("after.yaml").write_text(TWOPAY.replace("percent: 1,", "percent: 1, currency: CHF,"))
    found = run("catalog", "diff", "before.yaml", "after.yaml", catalog=new)
    assert found.exit_code == 4
    assert "after.yaml:" in found.stderr


# Formats.


def test_json(repository: Path) -> None:
    document = validated(run("catalog", "diff", "HEAD~1", "HEAD", "--json").stdout, "difference")
    (fact,) = document["changes"]
    assert fact["text"] == SENDING
    assert (fact["kind"], fact["wallet"], fact["country"], fact["section"]) == (
        "changed",
        "twopay",
        "KE",
        "fees",
    )
    assert (fact["old"], fact["new"], fact["path"]) == ("1 %", "2 %", "markets.KE.fees[1]")
    assert fact["source"]["as_of"] == "2026-10"
    (effect,) = [e for e in document["effects"] if e["costs"]]
    (cost,) = effect["costs"]
    assert cost["difference"] == "240.00"
    assert document["old"]["name"] == "HEAD~1"
    assert document["old"]["version"] != document["new"]["version"]


def test_markdown_is_a_comment(repository: Path) -> None:
    text = run("catalog", "diff", "HEAD~1", "HEAD", "--format", "markdown").stdout
    lines = text.splitlines()
    assert lines[0].startswith("# What changes in the catalog")
    assert lines[2].startswith("**1 change in 1 wallet (1 changed).")
    assert text.count("<details>") == text.count("</details>") == text.count("<summary>") > 1
    # A blank line after the summary, or what follows would be read as HTML.
    assert not re.search(r"</summary>\n(?!\n)", text)
    assert not re.search(r"(?<!\n)\n</details>", text)


def test_text_of_the_catalog_is_no_markup(repository: Path) -> None:
    name = "</summary><img src=x onerror=alert(1)> `@everybody` [x](javascript:1)"
    change(repository, "name: Twopay", f'name: "{name}"')
    change(repository, "percent: 2,", "percent: 3,")
    text = run("catalog", "diff", "--format", "markdown").stdout
    assert "onerror" in text
    # Every bracket of the text is escaped; only our own tags are left.
    rest = re.sub(r"\\[<>`\[\]]", "", text)
    assert set(re.findall(r"<[^>]*>", rest)) == {
        "<details>",
        "</details>",
        "<summary>",
        "</summary>",
    }
    assert "](javascript" not in rest


def test_a_comment_keeps_to_its_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    catalogs = []
    for name, percent in (("old", 1), ("new", 2)):
        rules = "".join(
            f"      - {{operation: send, when: {'long words ' * 20}{number}, percent: {percent}, source: fees}}\n"
            for number in range(600)
        )
        text = TWOPAY.replace("    limits:\n", f"{rules}    limits:\n", 1)
        catalogs.append(write_catalog(tmp_path / name, twopay=text))
    long = run("catalog", "diff", "old", "new", "--top", "0").stdout
    assert len(long.encode()) > LARGEST
    comment = run("catalog", "diff", "old", "new", "--top", "0", "--format", "markdown").stdout
    assert 1000 < len(comment.encode()) <= LARGEST
    assert "more; walletpick catalog diff --top 0 shows all" in comment


def test_top_cuts_every_list(repository: Path) -> None:
    change(repository, "percent: 2,", "percent: 3,")
    change(repository, "amount: 5000", "amount: 6000")
    found = run("catalog", "diff", "--top", "1").stdout
    assert "1 more; walletpick catalog diff --top 0 shows all." in found
    assert found.count("Twopay (KE): ") == 1
