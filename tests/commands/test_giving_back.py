"""What is given back, as commands show it: beside the total, below zero, and offers apart."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from running import shipped
from small import PLANPAY, TWOPAY, run, validated, write_catalog

RULE = "{operation: send, percent: 0.5, cap: {amount: 10, per: month}, source: fees}"
OFFER = "{operation: send, percent: 100, of: fee, uses: 1, for: new-customer, until: 2026-12-31, source: fees}"
INTEREST = "{balance: true, percent: 3, source: fees}"
NEEDS = ("--country", "KE", "--use", "send=1000x2")


def catalog(directory: Path, *rules: str) -> Path:
    """Return a catalog in which Twopay gives back in Kenya."""
    block = "".join(f"      - {rule}\n" for rule in rules)
    text = TWOPAY
    if rules:
        text = TWOPAY.replace("    limits:\n", f"    gives_back:\n{block}    limits:\n", 1)
    made = write_catalog(directory / "catalog", twopay=text, planpay=PLANPAY)
    assert run("catalog", "averages", catalog=made).exit_code == 0
    return made


def bill(made: Path, *more: str) -> Any:
    found = run("cost", "twopay", *NEEDS, *more, "--json", catalog=made)
    return validated(found.stdout, "bill")["bills"][0]


def test_the_totals_before_and_after_are_in_json(tmp_path: Path) -> None:
    found = bill(catalog(tmp_path, RULE, OFFER, INTEREST), "--keep", "1000")
    # 1 % and a tax of half a percent; half a percent back; 3 % of 1000; half of one of 24 fees.
    assert found["charged"]["estimate"] == "180.00"
    assert found["returned"]["estimate"] == "-90.00"
    assert found["yearly"]["estimate"] == "90.00"
    assert found["offered"]["estimate"] == "-7.50"
    assert found["with_offers"]["estimate"] == "82.50"
    given, offer, interest = found["given_back"]
    assert (given["operation"], given["offer"], given["amount"]) == ("send", False, "1000.00")
    assert given["rule"] == "0.5 % back, at most 10.00 KES a month"
    assert given["facts"][0]["path"] == "markets.KE.gives_back[0]"
    assert (offer["offer"], offer["until"]) == (True, "2026-12-31")
    assert offer["yearly"]["low"] == offer["yearly"]["high"] == "-7.50"
    assert (interest["operation"], interest["yearly"]["estimate"]) == (None, "-30.00")
    total = sum(Decimal(line["yearly"]["estimate"]) for line in found["lines"])
    assert total == Decimal(found["charged"]["estimate"])


def test_the_page_shows_it_apart_and_names_the_end_of_an_offer(tmp_path: Path) -> None:
    made = catalog(tmp_path, RULE, OFFER)
    text = " ".join(run("cost", "twopay", *NEEDS, catalog=made).stdout.split())
    assert "In the first year: 180.00 KES, less 60.00 KES given back." in text
    assert "Given back: send money" in text
    assert "-60.00" in text
    assert "An offer, in the first year and in no total" in text
    assert "until 2026-12-31" in text
    late = run("cost", "twopay", *NEEDS, catalog=made, today="2027-01-01").stdout
    assert "An offer" not in late
    shown = run("show", "twopay@KE", "--all", catalog=made, today="2027-01-01").stdout
    assert "What it gives back" in shown
    assert "(over)" in shown


def test_csv_has_lines_below_zero(tmp_path: Path) -> None:
    made = catalog(tmp_path, RULE, OFFER)
    found = run("cost", "twopay", *NEEDS, "--format", "csv", catalog=made).stdout
    rows = {row["kind"]: row for row in csv.DictReader(io.StringIO(found))}
    assert rows["given-back"]["yearly_estimate"] == "-60.00"
    assert rows["offer"]["yearly_estimate"] == "-7.50"


def test_an_offer_changes_nothing_in_an_order(tmp_path: Path) -> None:
    def ranking(made: Path) -> Any:
        found = validated(run("rank", *NEEDS, "--json", catalog=made).stdout, "ranking")
        return json.loads(json.dumps(found["ranking"]).replace("gives_back", ""))

    bare = ranking(catalog(tmp_path / "bare"))
    assert ranking(catalog(tmp_path / "offer", OFFER)) == bare
    lasting = ranking(catalog(tmp_path / "lasting", RULE))
    assert lasting[0]["yearly_cost"]["estimate"] == "120.00"
    assert bare[0]["yearly_cost"]["estimate"] == "180.00"
    assert lasting[0]["score"]["estimate"] > bare[0]["score"]["estimate"]


def test_other_answers_know_it(tmp_path: Path) -> None:
    made = catalog(tmp_path, RULE, OFFER)
    document = json.loads(run("show", "twopay", "--json", catalog=made).stdout)
    listed = document["markets"][0]["gives_back"]
    assert listed[0]["words"] == (
        "send money to people at home: 0.5 % back, at most 10.00 KES a month"
    )
    found = run("compare", "twopay", "planpay", *NEEDS[2:], "--currency", "KES", catalog=made)
    assert "given back: send money" in " ".join(found.stdout.split())
    text = run("catalog", "diff", str(catalog(tmp_path / "old")), str(made)).stdout
    assert "given back: send" in text
    assert "0.5 % back, at most 10.00 KES" in " ".join(text.split())


@pytest.mark.parametrize(
    ("rule", "what"),
    [
        ("{percent: 1, source: fees}", "an operation or for the balance"),
        ("{operation: pay, balance: true, percent: 1, source: fees}", "an operation or for the"),
        ("{operation: pay, source: fees}", "how much is given back"),
        ("{operation: pay, percent: 101, source: fees}", "percent is above 100"),
        ("{balance: true, fixed: 5, source: fees}", "expected percent alone"),
        ("{operation: pay, fixed: 5, of: fee, source: fees}", "of: fee needs"),
        ("{operation: pay, percent: 1, uses: 0, source: fees}", "count from 1"),
        ("{operation: pay, percent: 1, plan: gold, source: fees}", 'the plan "gold"'),
        ("{operation: pay, percent: 1, source: nowhere}", 'the source "nowhere"'),
        ("{operation: pay, percent: 1, currency: XPF, source: fees}", "no rate for XPF"),
    ],
)
def test_lint_says_what_is_wrong(rule: str, what: str, tmp_path: Path) -> None:
    made = write_catalog(
        tmp_path / "catalog",
        twopay=TWOPAY.replace(
            "    limits:\n", f"    gives_back:\n      - {rule}\n    limits:\n", 1
        ),
    )
    found = run("catalog", "lint", str(made))
    assert found.exit_code == 4
    errors = [line for line in found.stdout.splitlines() if "warning" not in line]
    assert any(what in line and "gives_back[0]" in line for line in errors)


def test_lint_warns_of_an_offer_that_is_over(tmp_path: Path) -> None:
    made = catalog(tmp_path, OFFER)
    late = run("catalog", "lint", str(made), today="2027-01-01")
    assert "the offer ended on 2026-12-31" in late.stdout
    assert "the offer ended" not in run("catalog", "lint", str(made)).stdout


def test_what_is_kept_is_an_amount(tmp_path: Path) -> None:
    made = catalog(tmp_path, INTEREST)
    for wrong in ("", "much", "0", "-5"):
        found = run("cost", "twopay", *NEEDS, "--keep", wrong, catalog=made)
        assert found.exit_code == 2
        assert "--keep" in found.stderr
    assert (
        "Keep 1,000.00 KES in it"
        in run("cost", "twopay", *NEEDS, "--keep", "1000", catalog=made).stdout
    )


def test_interest_is_said_to_be_on_what_lies_there() -> None:
    names = [
        f"{wallet.id}@{country}"
        for wallet in shipped().wallets
        for country, market in wallet.markets.items()
        if any(rule.balance and not rule.until for rule in market.gives_back)
    ]
    assert names
    for name in names[:3]:
        said = " ".join(run("show", name).stdout.split())
        assert "for what lies in it:" not in said
        assert "on what lies in it" in said
