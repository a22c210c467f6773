"""What lint calls suspicious: each kind of warning, and what must not set it off."""

from __future__ import annotations

import builtins
import re
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import Any

import build
import pytest
from running import TODAY
from small import PLANPAY, TWOPAY, run, validated

from walletpick.facts.law import marked
from walletpick.facts.model import Asked, AskedFile, Law, Rates, Record, WalletFile
from walletpick.reading.problem import Problem, problems_in
from walletpick.reading.strictyaml import Value, read
from walletpick.upkeep import suspicions
from walletpick.upkeep.phones import is_phone


def suspicious(record: Record, **beside: Any) -> list[Problem]:
    """Return what is suspicious in a file, held against so much of its catalog."""
    against = suspicions.Beside(**{"today": build.TODAY, "is_phone": None, **beside})
    return problems_in("file.yaml", suspicions.of_record(record, against))


def warnings(wallet: WalletFile, *, with_unused: bool = False) -> list[Problem]:
    """Return the warnings of a wallet; not those of the sources that every snippet has."""
    averages, per_usd = build.CATALOG.averages, build.CATALOG.per_usd
    found = suspicious(wallet, averages=averages, per_usd=per_usd, is_phone=is_phone)
    return [each for each in found if with_unused or "no fact names" not in each.message]


def of_market(text: str, country: str = "GB", **more: Any) -> list[str]:
    """Return the path and message of each warning of a market."""
    wallet = build.market_file(text, country=country, **more)
    return [f"{each.path}: {each.message}" for each in warnings(wallet)]


def rules(*lines: str) -> str:
    return "fees:\n" + "".join(f"  - {{{line}}}\n" for line in lines)


# Dear fees. In these tests 3 % is usual (at most 8), and a pound is two dollars.


@pytest.mark.parametrize(
    ("rule", "dear"),
    [
        ("operation: send, percent: 31", True),
        ("operation: send, percent: 30", False),
        ("operation: send, fixed: 16", True),
        ("operation: send, fixed: 14", False),
        ("operation: send, fixed: 16, currency: CNY", False),
        ("operation: send, fixed: 260, currency: CNY", True),
        ("operation: send, percent: 90, max: 1", False),
        ("operation: send, percent: 0, min: 20", True),
        ("operation: send, bands: [{up_to: 10, fixed: 9}, {percent: 1}]", False),
        ("operation: send, bands: [{up_to: 10, fixed: 1}, {percent: 40}]", True),
        ("operation: send, bands: [{up_to: 10, percent: 40}]", False),
        ("operation: send, steps: [{up_to_uses: 3, percent: 40}, {percent: 1}]", True),
        ("operation: send, price: unknown", False),
        ("operation: send, percent: 99, tax: true", False),
        ("operation: send, percent: 99, paid_by: other-side", False),
        # By this method 2.5 % is usual.
        ("operation: top-up, method: credit-card, percent: 26", True),
        ("operation: top-up, method: debit-card, percent: 26", False),
        # A subscription costs 24 dollars in the first year, a card 5.
        ("operation: subscription, fixed: 9, per: month", False),
        ("operation: subscription, fixed: 11, per: month", True),
        ("operation: card-issue, fixed: 30", True),
        ("operation: closing, fixed: 500", False),
        # The upper end of a range; and 2 % over the exchange rate is usual.
        ("operation: send, percent: 1, percent_max: 31", True),
        ("operation: send, fixed: 1, fixed_max: 16", True),
        ("operation: pay-abroad, fx_markup: 21", True),
        ("operation: pay-abroad, fx_markup: 1, fx_markup_max: 21", True),
        ("operation: pay-abroad, fx_markup: 20", False),
        ("operation: convert, bands: [{up_to: 10, fx_markup: 1}, {fx_markup: 40}]", True),
    ],
)
def test_a_fee_of_ten_times_the_usual(rule: str, dear: bool) -> None:
    found = of_market(rules(rule))
    assert found == [each for each in found if "more than 10 times what is usual" in each]
    assert bool(found) is dear
    assert all(each.startswith("markets.GB.fees[0]: ") for each in found)


def test_what_businesses_pay_is_held_against_what_businesses_pay() -> None:
    averages = build.record(
        type(build.CATALOG.averages),
        build.AVERAGES.replace("receive: {estimate_percent: 3,", "receive: {estimate_percent: 0.1,")
        + "fees_for_business: {receive: {estimate_percent: 2, high_percent: 3, count: 6}}\n",
    )
    for rule, count in (("for: business, percent: 3", 0), ("percent: 3", 1)):
        wallet = build.market_file(rules(f"operation: receive, {rule}"))
        found = suspicious(wallet, averages=averages, per_usd=build.CATALOG.per_usd)
        assert sum("usual" in each.message for each in found) == count


def test_where_most_pay_next_to_nothing_little_is_not_dear() -> None:
    averages = build.record(
        type(build.CATALOG.averages),
        build.AVERAGES.replace("send: {estimate_percent: 3,", "send: {estimate_percent: 0.01,"),
    )
    for percent, count in (("0.9", 0), ("1.1", 1)):
        wallet = build.market_file(rules(f"operation: send, percent: {percent}"))
        found = suspicious(wallet, averages=averages, per_usd=build.CATALOG.per_usd)
        assert sum("usual" in each.message for each in found) == count


def test_without_averages_or_a_rate_nothing_is_dear() -> None:
    wallet = build.market_file(rules("operation: send, percent: 90"))
    per_usd = build.CATALOG.per_usd
    for averages, rates in ((None, per_usd), (build.CATALOG.averages, {})):
        found = suspicious(wallet, averages=averages, per_usd=rates)
        assert not any("usual" in each.message for each in found)


# What it does without a fee.


def test_what_it_does_without_a_fee() -> None:
    text = """
features:
  pay-nfc: {has: true}
  pay-qr: {has: true}
  send: {has: true}
  send-abroad: {has: false}
  crypto: {has: true}
"""
    assert of_market(text) == [
        'markets.GB.features.pay-nfc: it does "pay-nfc", but no fee for pay is known: add it if a page gives it',
        'markets.GB.features.send: it does "send", but no fee for send is known: add it if a page gives it',
    ]
    known = rules("operation: pay, percent: 0", "operation: send, price: unknown")
    assert of_market(text + known) == []
    assert len(of_market(text + rules("operation: pay, percent: 1, tax: true"))) == 2
    assert of_market(f"status: {{state: closed, source: new}}\n{text}") == []


def test_a_fee_that_was_looked_for_in_vain_is_not_asked_for() -> None:
    wallet = build.market_file("features:\n  pay-nfc: {has: true}\n  send: {has: true}\n")
    looked = {wallet.id: {"GB": Asked(seen="2026-11", not_found=("fee:pay",))}}
    problems = suspicious(wallet, asked=AskedFile(wallets=looked))
    unpriced = [each.path for each in problems if "no fee for" in each.message]
    assert unpriced == ["markets.GB.features.send"]


# Rules that never apply.


@pytest.mark.parametrize(
    ("rule", "why"),
    [
        ("from: 200, bands: [{up_to: 100, fixed: 1}, {up_to: 200, fixed: 2}]", "starts from 200"),
        (
            "from: 100, bands: [{up_to: 100, fixed: 1}, {up_to: 200, fixed: 2}]",
            "the band up to 100 can never apply: the rule starts from 100",
        ),
        ("bands: [{up_to: 500, fixed: 1}, {fixed: 2}]", "the last band can never apply"),
        (
            "bands: [{up_to: 500, fixed: 1}, {up_to: 600, fixed: 2}]",
            "the band up to 600 can never apply: no more than 500",
        ),
        ("from: 501, percent: 1", "starts from 501, and no more than 500"),
        ("steps: [{up_to_uses: 3, fixed: 1}, {up_to_uses: 3, fixed: 2}, {fixed: 3}]", "it follows"),
        ("steps: [{up_to_uses: 3, fixed: 1}, {up_to_uses: 4, fixed: 2}, {fixed: 3}]", ""),
        ("from: 99, bands: [{up_to: 100, fixed: 1}, {up_to: 200, fixed: 2}]", ""),
        ("bands: [{up_to: 499, fixed: 1}, {fixed: 2}]", ""),
        ("of: fee, percent: 16, tax: true", "no fee for its operation"),
    ],
)
def test_a_rule_that_can_never_apply(rule: str, why: str) -> None:
    limits = """
limits:
  - {what: transaction, operation: send, level: basic, amount: 100}
  - {what: transaction, operation: send, level: full, amount: 500}
"""
    found = of_market(rules(f"operation: send, {rule}") + limits)
    assert len(found) == bool(why)
    assert all(why in each for each in found)


@pytest.mark.parametrize(
    "limit",
    [
        "what: day, amount: 100",
        "what: transaction, operation: pay, amount: 100",
        "what: transaction, method: card, amount: 100",
        "what: transaction, for: unverified, amount: 100",
        "what: transaction, when: at night, amount: 100",
        "what: transaction, amount: 100, currency: KES",
        "what: transaction, least: 1",
    ],
)
def test_a_limit_that_does_not_hold_for_all_hides_no_band(limit: str) -> None:
    fees = rules("operation: send, bands: [{up_to: 500, fixed: 1}, {fixed: 2}]")
    assert of_market(f"{fees}limits:\n  - {{{limit}}}\n") == []


PLANS = "plans:\n  - {id: a, name: A}\n  - {id: b, name: B}\n"


@pytest.mark.parametrize(
    ("others", "hidden"),
    [
        (["plan: a, percent: 1", "plan: b, percent: 2"], True),
        (["plan: [a, b], percent: 1"], True),
        (["plan: a, percent: 1"], False),
        (["plan: a, percent: 1", "plan: b, when: weekends, percent: 2"], False),
        (["plan: a, percent: 1", "plan: b, method: card, percent: 2"], False),
        (["plan: a, percent: 1", "plan: b, for: visitor, percent: 2"], False),
        (["corridor: GB-GB, percent: 1", "corridor: GB-abroad, percent: 2"], True),
        (["corridor: GB-GB, percent: 1", "corridor: GB-EEA, percent: 2"], False),
    ],
)
def test_a_general_rule_that_others_hide(others: list[str], hidden: bool) -> None:
    lines = [f"operation: send, {each}" for each in ("percent: 3", *others)]
    found = of_market(PLANS + rules(*lines))
    assert len(found) == hidden
    assert all(each.startswith("markets.GB.fees[0]: it can never apply") for each in found)


# Contradictions and repetitions.


@pytest.mark.parametrize(
    ("one", "other", "message"),
    [
        ("percent: 1", "percent: 2", "its price differs from that of line"),
        ("plan: [a, b], percent: 1", "plan: a, percent: 2", "its price differs"),
        ("percent: 1", "percent: 1, free: {count: 1, per: month}", "its price differs"),
        ("percent: 1", "percent: 1.0", "it says the same as line"),
        ("percent: 1, note: so", "percent: 1", "it says the same as line"),
        ("when: weekends, percent: 1", "when: weekends, percent: 1", "it says the same as line"),
        ("percent: 1", "when: weekends, percent: 2", ""),
        ("when: weekends, percent: 1", "when: weekends, percent: 2", ""),
        ("percent: 1", "method: card, percent: 2", ""),
        ("percent: 1", "for: visitor, percent: 2", ""),
        ("percent: 1", "provider: HSBC, percent: 2", ""),
        ("provider: [HSBC, Lloyds], percent: 1", "provider: Lloyds, percent: 2", "its price"),
        ("percent: 1", "corridor: GB-FR, percent: 2", ""),
        ("percent: 1", "percent: 2, tax: true", ""),
        ("percent: 1", "percent: 2, surcharge: true, when: weekends", ""),
        ("percent: 1", "percent: 2, paid_by: other-side", ""),
        ("percent: 1", "percent: 2, bound: at-most", ""),
        ("fixed: 1, per: month", "fixed: 10, per: year", ""),
    ],
)
def test_two_rules_for_the_same(one: str, other: str, message: str) -> None:
    found = of_market(PLANS + rules(f"operation: send, {one}", f"operation: send, {other}"))
    assert len(found) == bool(message)
    assert all(each.startswith(f"markets.GB.fees[1]: {message}") for each in found)


def test_the_line_that_is_named_is_that_of_the_other_rule() -> None:
    wallet = build.market_file(rules("operation: send, percent: 1", "operation: send, percent: 2"))
    (found,) = warnings(wallet)
    other = wallet.markets["GB"].fees[0]
    assert f"line {other.line} " in found.message
    assert found.line == other.line + 1


# Sources.


def test_a_source_that_nothing_names() -> None:
    wallet = build.market_file(
        "fees:\n  - {operation: send, percent: 1, note: (old) said so too}\n"
        "features:\n  pay-nfc: {has: false, note: the directory and undated say so}\n"
    )
    found = warnings(wallet, with_unused=True)
    # A plain word in a note may be just that word.
    assert [each.path for each in found] == ["sources.undated", "sources.directory"]
    assert found[0].message == 'no fact names the source "undated": use it or delete it'


SOURCES = """
sources:
  own: {url: https://example.com/a, title: A, publisher: operator, as_of: 2026-10, seen: 2026-11-20}
  own-2: {url: https://example.com/b, title: B, publisher: operator, as_of: null, seen: 2026-11-20}
  paper: {url: https://example.org/c, title: C, publisher: press, as_of: 2026-10, seen: 2026-11-20}
"""


def test_press_beside_the_operators_own_page() -> None:
    text = f"""
id: testpay
name: Testpay
kind: stored-value
summary: For tests
{SOURCES}
markets:
  GB:
    currency: GBP
    fees:
      - {{operation: send, percent: 1, source: own}}
      - {{operation: send, percent: 2, source: paper}}
      - {{operation: pay, percent: 1, source: paper}}
      - {{operation: withdraw, percent: 1, note: own-2 says 2 %, source: paper}}
      - {{operation: cash-out, percent: 1, note: the paper says 2 %, source: own-2}}
    limits:
      - {{what: day, amount: 1, source: paper}}
      - {{what: day, amount: 1, source: own}}
      - {{what: month, amount: 1, source: own}}
"""
    found = [
        each for each in warnings(build.record(WalletFile, text)) if "is press" in each.message
    ]
    assert [each.path for each in found] == [
        "markets.GB.fees[1]",
        "markets.GB.fees[3]",
        "markets.GB.limits[0]",
    ]
    assert 'the source "paper" is press, and the operator\'s own "own" is cited' in found[0].message


# Dates and addresses.


def wallet_with(source: str, market: str = "") -> WalletFile:
    return build.record(
        WalletFile,
        f"""
id: testpay
name: Testpay
kind: stored-value
summary: For tests
sources:
  new: {{title: A, publisher: operator, {source}}}
markets:
  GB:
    currency: GBP
    closing: {{how: web, source: new}}
{textwrap.indent(market, "    ")}
""",
    )


@pytest.mark.parametrize(
    ("dates", "future"),
    [
        ("as_of: 2026-11-22, seen: 2026-11-21", ["as_of"]),
        ("as_of: 2026-12, seen: 2026-11-21", ["as_of"]),
        ("as_of: 2027, seen: 2027-01", ["as_of", "seen"]),
        ("as_of: 2026-11-21, seen: 2026-11-21", []),
        ("as_of: 2026-11, seen: 2026-11", []),
        ("as_of: 2026, seen: 2026", []),
        ("as_of: null, seen: 2026-11-22", ["seen"]),
    ],
)
def test_a_date_to_come(dates: str, future: list[str]) -> None:
    found = warnings(wallet_with(f"url: https://example.com, {dates}"))
    assert [each.message.split()[0] for each in found] == future
    assert all("which is to come" in each.message for each in found)


def test_an_incident_to_come() -> None:
    market = "incidents:\n  - {kind: outage, date: 2026-12, what: Nothing worked, source: new}"
    (found,) = warnings(
        wallet_with("url: https://example.com, as_of: null, seen: 2026-11-20", market)
    )
    assert found.path == "markets.GB.incidents[0]"
    assert found.message == ("the incident is dated 2026-12, which is to come: see when it was")


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("http://example.com/a", "http://example.com/a is not https"),
        ("https://example.com/a?utm_source=x", 'take "utm_source" out'),
        ("https://example.com/a?page=2&gclid=abc", 'take "gclid" out'),
        ("https://example.com/a?fbclid=abc", 'take "fbclid" out'),
        ("https://example.com/a?utm_source=x&b=1&_ga=2", 'take "utm_source", "_ga" out'),
        ("https://example.com/a#utm_source=x", 'take "utm_source" out'),
        ("https://example.com/a?page=2", ""),
        ("https://example.com/utm_source=x", ""),
        ("https://example.com/?q=gclid", ""),
    ],
)
def test_an_address_that_tracks_or_is_not_https(url: str, message: str) -> None:
    found = warnings(wallet_with(f'url: "{url}", as_of: null, seen: 2026-11-20'))
    assert len(found) == bool(message)
    assert all(message in each.message and each.path == "sources.new" for each in found)


def test_every_address_of_a_wallet_is_looked_at() -> None:
    market = """\
links: {help: http://a.example}
support:
  channels:
    ticket: {has: true, url: http://b.example, source: new}
  complaint: {how: "see http://no.example", url: http://c.example, source: new}
  escalation:
    - {body: B, url: http://d.example, source: new}
"""
    found = warnings(wallet_with("url: http://e.example, as_of: null, seen: 2026-11-20", market))
    places = sorted(re.findall(r"http://(\w)", each.message)[0] for each in found)
    assert places == ["a", "b", "c", "d", "e"]


# Telephone numbers.


@pytest.mark.parametrize(
    ("number", "country", "right"),
    [
        ("+44 808 175 1506", "GB", True),
        ("0808 175 1506", "GB", True),
        ("+44 808 175 1506", "KE", False),
        ("+1 888 221 1161", "CA", True),
        ("+800 1234 5678", "KE", True),
        ("0808 175 1506", "KE", False),
        ("1-800-969-1940", "US", True),
        ("2882", "PH", True),
        ("95188", "CN", True),
        ("*334#", "KE", True),
        ("12345678901234567890", "GB", False),
        ("+999 1234567", "GB", False),
        ("call us", "GB", False),
        ("1", "GB", False),
    ],
)
def test_telephone_numbers(number: str, country: str, right: bool) -> None:
    assert is_phone(number, country) is right
    market = f'support:\n  channels:\n    phone: {{has: true, number: "{number}"}}\n'
    found = of_market(market, country)
    assert len(found) == (not right)
    assert all(f"is no telephone number of {country}" in each for each in found)


# The other files.


def test_the_other_files() -> None:
    law = build.record(
        Law,
        """
country: GB
sources:
  a: {url: http://example.com, title: A, publisher: regulator, as_of: 2027, seen: 2026-11-20}
  b: {url: https://example.com, title: B, publisher: regulator, as_of: null, seen: 2026-11-20}
rights:
  - {right: escalation, applies_to: all, body: B, hears: H, number: "12345678", source: a}
""",
    )
    found = suspicious(law, is_phone=is_phone)
    assert sorted(each.path for each in found) == [
        "rights[0]",
        "sources.a",
        "sources.a",
        "sources.b",
    ]
    rates = build.record(
        Rates,
        """
sources:
  a: {url: https://example.com, title: A, publisher: other, as_of: 2026-12, seen: 2026-11-20}
rates:
  USD: {per_usd: 1, source: a}
""",
    )
    (one,) = suspicious(rates)
    assert "as_of" in one.message


# The command.


@pytest.fixture
def small(write_here: Callable[..., Path]) -> Path:
    """A catalog with one warning: a source that nothing names."""
    return write_here(planpay=PLANPAY)


def test_warnings_are_shown_and_change_no_exit_code(small: Path) -> None:
    found = run("catalog", "lint")
    assert found.exit_code == 0
    (line,) = found.stdout.splitlines()
    assert re.match(r"catalog/wallets/planpay\.yaml:\d+:\d+: warning: sources\.old: no fact", line)
    assert found.stderr == "5 files checked: no problem, 1 warning in 1 file\n"


@pytest.mark.parametrize("path", ["catalog", "catalog/rates.yaml"])
def test_each_file_is_read_once(path: str, small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files: list[str] = []

    def noted(data: bytes, file: str) -> tuple[Value | None, list[Problem]]:
        files.append(file)
        return read(data, file)

    monkeypatch.setattr("walletpick.reading.records.read", noted)
    assert run("catalog", "lint", path).exit_code == 0
    assert "catalog/rates.yaml" in files
    assert len(files) == len(set(files))


def test_strict_takes_them_for_errors(small: Path) -> None:
    found = run("catalog", "lint", "--strict")
    assert found.exit_code == 4
    assert "warning" not in found.stdout
    assert found.stderr == "5 files checked: 1 problem in 1 file\n"
    found = run("catalog", "lint", "--strict", "--format", "github")
    assert found.stdout.startswith("::error file=")
    assert run("catalog", "lint", "--strict", "catalog/personas").exit_code == 0


def test_warnings_as_json_and_for_github(small: Path) -> None:
    document = validated(run("catalog", "lint", "--format", "json").stdout, "problems")
    assert [problem["severity"] for problem in document["problems"]] == ["warning"]
    found = run("catalog", "lint", "--format", "github")
    assert found.exit_code == 0
    assert found.stdout.startswith("::warning file=catalog/wallets/planpay.yaml,line=")


def test_a_text_that_a_number_sign_cuts_off(small: Path) -> None:
    path = small / "wallets" / "planpay.yaml"
    note = "notes:\n  # One remark.\n  - The #1 wallet of its kind  # another\n"
    path.write_text(PLANPAY + note + '  - "The #2 wallet"  # 3\n', encoding="utf-8")
    found = run("catalog", "lint", catalog=small)
    line = len(PLANPAY.splitlines()) + 3
    assert f"planpay.yaml:{line}:9: warning: what follows the number sign" in found.stdout
    assert found.stdout.count("number sign") == 1


def test_errors_stand_below_the_warnings(small: Path) -> None:
    change = TWOPAY.replace("percent: 1,", "percent: 101,")
    (small / "wallets" / "twopay.yaml").write_text(change, encoding="utf-8")
    (small / "wallets" / "zpay.yaml").write_text(PLANPAY.replace("planpay", "zpay"))
    lines = run("catalog", "lint", catalog=small).stdout.splitlines()
    severity = ["warning: " in line for line in lines]
    assert severity == sorted(severity, reverse=True)
    assert {*severity} == {True, False}


def test_today_decides_what_is_to_come(small: Path) -> None:
    assert "which is to come" in run("catalog", "lint", today="2026-11-01").stdout
    assert "which is to come" not in run("catalog", "lint", today=TODAY).stdout


def test_one_file_is_held_against_the_averages_of_its_catalog(small: Path) -> None:
    path = small / "wallets" / "planpay.yaml"
    path.write_text(PLANPAY.replace("plan: basic, percent: 2", "plan: basic, percent: 99"))
    for where in ("catalog/wallets/planpay.yaml", "catalog/wallets"):
        assert "99.00 % of a use" in run("catalog", "lint", where).stdout
    elsewhere = small.parent / "planpay.yaml"
    path.rename(elsewhere)
    assert "99.00 % of a use" not in run("catalog", "lint", str(elsewhere)).stdout


def test_a_file_with_an_error_gets_no_warning(small: Path) -> None:
    path = small / "wallets" / "planpay.yaml"
    path.write_text(PLANPAY.replace("source: fees", "source: fes", 1))
    found = run("catalog", "lint")
    assert found.exit_code == 4
    assert "warning" not in found.stdout


def test_without_the_library_telephone_numbers_are_not_checked(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = small / "wallets" / "planpay.yaml"
    number = "    support: {channels: {phone: {has: true, number: call, source: old}}}\n"
    path.write_text(PLANPAY + number)
    assert 'line "call" is no telephone' not in run("catalog", "lint").stdout
    assert '"call" is no telephone number of GB' in run("catalog", "lint").stdout
    real = builtins.__import__

    def without(name: str, *args: Any, **more: Any) -> Any:
        if name == "walletpick.upkeep.phones":
            raise ImportError(name)
        return real(name, *args, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    found = run("catalog", "lint", "catalog/wallets")
    assert (found.exit_code, found.stdout) == (0, "")
    assert "pip install 'walletpick[maintain]'" in found.stderr


@pytest.mark.parametrize(
    ("fact", "key"),
    [
        ("features:\n  send-abroad: {has: true, when: 'to India, the UK or Spain'}", "countries"),
        ("payout:\n  cash-atm: {has: true, when: outside Canada}", "countries"),
        ("fees:\n  - {operation: send-abroad, when: to Mexico, percent: 1}", "corridor"),
        (
            "fees:\n  - {operation: receive-abroad, when: US dollars by Swift, fixed: 6}",
            "given: swift",
        ),
        ("payout:\n  cash-atm: {has: true, when: with its own card}", "given: own-card"),
        ("fees:\n  - {operation: top-up, when: paid by debit card, percent: 1}", "method"),
        (
            "limits:\n  - {what: day, operation: pay, amount: 5, note: in online shops}",
            "given: online",
        ),
        ("fees:\n  - {operation: pay, percent: 1, note: for visitors}", "for: visitor"),
        (
            "fees:\n  - {operation: send, for: new-customer, percent: 0, note: first use}",
            "gives_back",
        ),
        (
            "features:\n  receive: {has: true, when: in a currency other than one's own}",
            "given: foreign-currency",
        ),
        ("features:\n  pay-online: {has: true, when: the shop is abroad}", "countries: abroad"),
        (
            "fees:\n  - {operation: pay, when: the account is not verified, percent: 1}",
            "for: unverified",
        ),
        ("limits:\n  - {what: day, level: unverified user, amount: 5}", "for: unverified"),
        # What no key holds, and what a key holds already.
        ("limits:\n  - {what: day, for: unverified, level: not checked, amount: 5}", ""),
        ("limits:\n  - {what: day, level: verified user, amount: 5}", ""),
        ("fees:\n  - {operation: pay, when: house rent, percent: 1}", ""),
        ("features:\n  send-abroad: {has: true, when: to a friend of the house}", ""),
        ("fees:\n  - {operation: pay, for: visitor, percent: 1, note: for visitors}", ""),
        ("fees:\n  - {operation: send, method: instant, percent: 1, note: by Swift}", ""),
    ],
)
def test_a_condition_in_words_that_a_key_could_hold(fact: str, key: str) -> None:
    messages = [
        message
        for message in of_market(fact)
        if re.search("can be judged|looks like|says that it ends|forbids others", message)
    ]
    assert len(messages) == bool(key)
    assert all(key in message for message in messages)


@pytest.mark.parametrize(
    ("difficulty", "source", "told"),
    [
        ("impossible", "directory", True),
        ("impossible", "new", False),
        ("hard", "directory", False),
    ],
)
def test_who_does_not_delete_data_may_close_accounts(
    difficulty: str, source: str, told: bool
) -> None:
    found = of_market(f"closing: {{how: web, difficulty: {difficulty}, source: {source}}}")
    assert any("does not say that the account cannot be closed" in each for each in found) is told


@pytest.mark.parametrize(
    ("price", "told"),
    [
        ("fixed: 0, fixed_max: 10", True),
        ("bands: [{up_to: 9, fixed: 0, fixed_max: 1}, {fixed: 1}]", True),
        ("fixed: 1, fixed_max: 10", False),
        ("percent: 1, max: 10", False),
    ],
)
def test_from_nothing_up_to_a_sum_may_be_a_share_with_a_cap(price: str, told: bool) -> None:
    found = of_market(rules(f"operation: cash-out, {price}"))
    assert any("say so by percent and max" in each for each in found) is told


@pytest.mark.parametrize(
    ("note", "told"),
    [
        ("note: only for people who lost money to a fraudster", True),
        ("note: form for former customers", True),
        ("note: to report fraud", True),
        ("note: the only way on Standard", False),
        ("note: also to report fraud", False),
        ("when: fraud is reported", False),
    ],
)
def test_a_way_to_reach_support_that_is_for_some_only_says_so_in_a_condition(
    note: str, told: bool
) -> None:
    found = of_market(f"support:\n  channels:\n    phone: {{has: true, {note}}}")
    assert any("it is there for some only" in each for each in found) is told


LAW = """
country: GB
sources:
  page: {url: https://example.com/law, title: The Act, publisher: law, as_of: 2026-01, seen: 2026-11-20}
rights:
  - {right: complaint-reply, applies_to: [bank, payment-institution], at_most: {days: 30}, source: page}
"""


@pytest.mark.parametrize(
    ("text", "kind", "missed"),
    [
        ("fees: []", "stored-value", True),
        ("fees: []", "bank-account", False),
        ("licence: {class: e-money, as: issuer, source: new}", "stored-value", False),
        ("licence: {class: payment-institution, as: firm, source: new}", "stored-value", False),
        ("status: {state: closed, source: new}", "stored-value", False),
        ("funding: {debit-card: {has: true, source: new}}", "pass-through", False),
    ],
)
def test_a_law_that_answers_for_other_classes_only(text: str, kind: str, missed: bool) -> None:
    wallet = build.market_file(text, kind=kind)
    laws = {"GB": marked(build.record(Law, LAW), "countries/GB.yaml")}
    problems = suspicious(wallet, laws=laws)
    told = [each.message for each in problems if "licence.class" in each.message]
    assert bool(told) is missed
    if missed:
        assert "the law of GB says who answers or hears complaints, but nothing of the" in told[0]


@pytest.mark.parametrize(
    ("note", "own"),
    [
        ("with Testpay's own card", True),
        ("Testpay Card", True),
        ("with the Testpay Visa card abroad", True),
        ("with its card in euros", True),
        ("by its own card", True),
        ("by its own card, given: own-card", False),
        ("the card's bank sets the exchange rate", False),
        ("with a linked card", False),
    ],
)
@pytest.mark.parametrize("operation", ["pay", "pay-abroad", "cash-out"])
def test_a_price_of_the_wallets_own_card_that_seems_to_hold_for_any(
    operation: str, note: str, own: bool
) -> None:
    words, _, given = note.partition(", ")
    rule = f'operation: {operation}, percent: 0, note: "{words}"' + (f", {given}" if given else "")
    named = [each for each in of_market(rules(rule)) if "own card, and a note" in each]
    # Cash at machines is drawn with it anyway.
    assert bool(named) is (own and operation != "cash-out")
    # With a bank account comes its card.
    assert not [each for each in of_market(rules(rule), kind="bank-account") if "own card" in each]


@pytest.mark.parametrize(
    ("cash", "more", "told"),
    [
        ("method: atm, percent: 0", "", True),
        ("method: atm, percent: 0, fx_markup: 0", "", False),
        ("method: atm, corridor: GB-GB, percent: 0", "", False),
        ("method: agent, percent: 0", "", False),
        ("method: atm, price: unknown", "", False),
        # What changing money costs is said apart.
        ("method: atm, percent: 0", "operation: convert, percent: 1", False),
    ],
)
def test_cash_abroad_without_a_word_of_the_rate(cash: str, more: str, told: bool) -> None:
    priced = ["operation: pay-abroad, percent: 0, fx_markup: 0", f"operation: cash-out, {cash}"]
    found = of_market(rules(*priced, *filter(None, [more])))
    assert any("nothing is said of cash abroad" in each for each in found) is told
