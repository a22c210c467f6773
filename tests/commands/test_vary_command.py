"""`walletpick cost --vary`: how a range is typed, and what the formats show of it."""

from __future__ import annotations

import atexit
import csv
import shutil
import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from small import british, run, validated, write_catalog


def wallet(name: str, fees: str) -> str:
    return british(name, f"operation: send, {fees}", "operation: pay, percent: 1")


@cache
def catalog() -> Path:
    made = tempfile.mkdtemp(prefix="walletpick-tests-")
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    return write_catalog(
        Path(made),
        alpha=wallet("alpha", "percent: 1"),
        beta=wallet("beta", "fixed: 3.4"),
        gamma=wallet("gamma", "bands: [{up_to: 100, fixed: 0}, {price: unknown}]"),
    )


def cost(*args: str, stdin: str | None = None, wallets: str = "alpha beta gamma") -> Result:
    return run("cost", *wallets.split(), *args, catalog=catalog(), stdin=stdin)


def document(*args: str, **more: Any) -> Any:
    done = cost(*args, "--json", **more)
    assert done.exit_code == 0, done.stderr
    return validated(done.stdout, "variation")


def test_the_page_says_who_is_cheapest_until_when_and_draws_it() -> None:
    page = cost("--vary", "send=50..2000").stdout
    words = " ".join(page.split())
    assert "• Up to 100.00 GBP: Gamma is cheapest •" in words
    # Where the price of Gamma is a guess that may be lower, nobody is called cheapest.
    assert (
        "• From 100.01 to 340.00 GBP: of those whose price is known in full, Alpha costs least; at"
        " 340.00 GBP that is 40.80 GBP a year, and Gamma would be about 122.40 GBP (0.00 to"
        " 326.40), which is a guess •" in words
    )
    assert "From 340.01 GBP on: of those whose price is known in full, Beta costs least" in words
    assert "340.00 GBP 40.80 40.80 about 122.40 ? Alpha, of those known" in words
    assert '"?" marks a guess: a fee is not known' in words
    assert "Gamma is not counted from 100.01 GBP on: its price is not known in full." in words
    assert "A Alpha B Beta C Gamma" in words
    drawn = page.split("\nGBP a year\n")[1].split("GBP a month")[0]
    # Each line has a letter, and nothing is said by colour.
    assert all(letter in drawn for letter in "ABC")
    assert "\x1b" not in page


@pytest.mark.parametrize("form", [(), ("--json",), ("--format", "csv"), ("--format", "markdown")])
def test_without_room_or_a_terminal_there_are_plain_numbers(
    monkeypatch: pytest.MonkeyPatch, form: tuple[str, ...]
) -> None:
    """And what draws is not loaded."""
    monkeypatch.setitem(sys.modules, "walletpick.render.plot", None)
    monkeypatch.setattr("shutil.get_terminal_size", lambda *_: type("Size", (), {"columns": 40}))
    done = cost("--vary", "send=50..2000", *form)
    assert done.exit_code == 0
    assert "340" in done.stdout


def test_json_has_each_change_to_the_penny() -> None:
    found = document("--vary", "send=50..2000")
    assert [tuple(each.values()) for each in found["cheapest"]] == [
        ("50.00", "100.00", [2], []),
        ("100.01", "340.00", [0], [2]),
        ("340.01", "2000.00", [1], [2]),
    ]
    assert [each["uncounted"] for each in found["wallets"]] == [
        [],
        [],
        [{"low": "100.01", "high": "2000.00", "why": "unknown"}],
    ]
    at = {each["amount"]: each["costs"] for each in found["points"]}
    assert [each["cost"]["estimate"] for each in at["340.00"][:2]] == ["40.80", "40.80"]
    assert [each["cheapest"] for each in at["100.00"]] == [False, False, True]
    assert [each["cheapest"] for each in at["340.01"]] == [False, False, False]
    assert found["text"][0] == "Up to 100.00 GBP: Gamma is cheapest"
    sure = document("--vary", "send=50..2000", wallets="alpha beta")
    assert sure["text"] == ["Alpha is cheapest up to 340.00 GBP a month, then Beta."]
    assert [each["cheapest"] for each in sure["points"][-1]["costs"]] == [False, True]


def test_csv_has_a_row_for_each_wallet_and_value() -> None:
    rows = list(
        csv.DictReader(cost("--vary", "send=50..2000", "--format", "csv").stdout.split("\n"))
    )
    assert len(rows) % 3 == 0
    known = {(row["wallet"], row["amount"]): row for row in rows}
    assert known["gamma", "2000.00"]["all_known"] == "no"
    assert known["gamma", "100.00"]["cheapest"] == "yes"
    assert known["beta", "2000.00"]["cheapest"] == "no"
    # Gamma's price is a guess there, and Beta's the least of those known.
    assert known["beta", "2000.00"]["cheapest_of_known"] == "yes"
    assert known["gamma", "2000.00"]["cheapest_of_known"] == "no"


def test_a_number_of_uses_can_vary() -> None:
    found = document("--vary", "send=50eachx1..30:own-network@GB")["varied"]
    assert (found["of"], found["amount"], found["each"], found["low"], found["high"]) == (
        "times", "50.00", True, "1", "30",
    )  # fmt: skip
    # Behind a currency, "each" is meant as well.
    for typed in ("100USDeachx1..20", "100 USD each x 1..20"):
        found = document("--vary", f"send={typed}:own-network@GB")["varied"]
        assert (found["of"], found["amount"], found["each"]) == ("times", "50.00", True)
    points = document("--vary", "send=600x1..30")["points"]
    assert {each["amount"] for each in points} == {"600.00"}
    assert [points[0]["times"], points[-1]["times"]] == [1, 30]


def test_a_range_may_have_several_uses_and_be_in_another_currency() -> None:
    done = cost("--vary", "send=100USD..1,000USDx2", "--json")
    found = validated(done.stdout, "variation")["varied"]
    assert (found["low"], found["high"], found["times"]) == ("50.00", "500.00", 2)
    assert "100.00 USD in all is taken for 50.00 GBP" in done.stderr


def test_it_takes_the_place_of_the_same_in_a_file_and_stands_beside_other_uses() -> None:
    file = "country: GB\nuse: [{operation: send, amount: 5}, {operation: pay, amount: 7}]\n"
    uses = document("--needs", "-", "--vary", "send=50..90", stdin=file)["needs"]["use"]
    assert [(each["operation"], each["amount"]) for each in uses] == [
        ("pay", "7.00"),
        ("send", "50.00"),
    ]
    uses = document("--use", "send=20", "--vary", "send=50..90")["needs"]["use"]
    assert [each["amount"] for each in uses] == ["20.00", "50.00"]


def test_of_one_wallet_nobody_is_called_cheapest() -> None:
    page = cost("--vary", "send=50..2000", wallets="gamma").stdout
    assert "heapest" not in page
    assert "Gamma from 100.01 GBP on: its price is not known in full." in page


def test_signs_of_a_chinese_keyboard_are_read_as_the_plain_ones() -> None:
    assert document("--vary", "send＝５０．．９０ｘ３") == document("--vary", "send=50..90x3")


@pytest.mark.parametrize("typed", ["50..90eachx3", "50each..90x3", "50 each .. 90 each x 3"])
def test_each_behind_either_amount_is_meant_of_both(typed: str) -> None:
    first, *_, last = document("--vary", f"send={typed}")["points"]
    assert (first["amount"], last["amount"]) == ("150.00", "270.00")


@pytest.mark.parametrize(
    ("typed", "named"),
    [
        ("send=50", "LOW..HIGH"),
        ("send=..50", "LOW..HIGH"),
        ("50..90", "LOW..HIGH"),
        ("sent=50..90", "did you mean send?"),
        ("send=90..50", "from less to more"),
        ("send=50..50", "from less to more"),
        ("send=0..50", "more than 0"),
        ("send=1.5555..9", "whole sums of 0.01 GBP"),
        ("send=5eachx1..2000", "from 1 to 1000"),
        ("send=5x1..b", "times"),
        ("send=1..9@Narnia", "Narnia"),
        ("send=a..b", "expected a number"),
        ("send=5x3..9x3", '"send=5x3..9x3": either the amount varies or the number of uses'),
        ("send=5eachx1..9x3", "either the amount varies or the number of uses"),
    ],
)
def test_what_is_no_range_is_refused(typed: str, named: str) -> None:
    done = cost("--vary", typed)
    assert (done.exit_code, done.stdout) == (2, "")
    assert named in done.stderr.splitlines()[-1]
    assert "--use" not in done.stderr


def test_where_nothing_can_be_done_the_code_says_so() -> None:
    done = cost("--vary", "send=50..90", "--must", "pay-nfc", "--strict")
    assert done.exit_code == 3
    assert "No price is known in full of any that can do it" in done.stdout
