"""Needs for a stay that ends: by option, file and persona, on pages and in JSON."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from build import TODAY, use
from markets import wanting
from msgspec import structs
from running import run, shipped

from walletpick.documents.schemas import schema_of
from walletpick.language import Language, speak
from walletpick.pages.rank import rank_recap
from walletpick.score.ranking import rank

USE = ("--country", "CN", "--person", "visitor", "--use", "pay=1000x20:card")
STAY = (*USE, "--use", "pay=1600x2:card", "--for", "3weeks")


def document(*args: str) -> dict[str, Any]:
    done = run(*args, "--json")
    assert done.exit_code == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    jsonschema.validate(found, schema_of(found["schema"].split("/")[1]))
    return found


def test_a_ranking_has_the_cost_of_the_stay() -> None:
    stay, year = document("rank", *STAY), document("rank", *USE)
    assert (stay["needs"]["stay"], year["needs"]["stay"]) == ("3 weeks", None)
    assert [each["times"] for each in stay["needs"]["use"]] == [20, 2]
    for place in stay["ranking"]:
        assert place["yearly_cost"] is None
        assert set(place["stay_cost"]) == {"estimate", "low", "high", "complete"}
    for place in year["ranking"]:
        assert place["stay_cost"] is None
        assert place["yearly_cost"] is not None


def test_a_bill_and_a_comparison_are_of_the_stay() -> None:
    (bill,) = document("cost", "alipay", *STAY)["bills"]
    assert bill["yearly"] is bill["monthly"] is bill["moved_yearly"] is None
    assert bill["moved_stay"] == "2600.00"
    assert bill["stay"] == bill["stay_in_needs_currency"]
    parts = [line["stay"] for line in bill["lines"]]
    assert [part["estimate"] for part in parts] == ["0.00", bill["stay"]["estimate"]]
    sides = document("compare", "alipay", "wechat-pay", *STAY)["wallets"]
    assert [side["yearly_cost"] for side in sides] == [None, None]
    assert sides[0]["stay_cost"] == bill["stay"]
    rows = list(csv.DictReader(io.StringIO(run("cost", "alipay", *STAY, "--format", "csv").stdout)))
    assert [row["yearly_estimate"] for row in rows] == ["", ""]
    assert [row["stay_estimate"] for row in rows] == [part["estimate"] for part in parts]


@pytest.mark.parametrize(
    "args",
    [("rank", "--explain"), ("cost", "alipay", "wechat-pay"), ("compare", "alipay", "e-cny")],
)
def test_pages_say_the_stay_and_no_year(args: tuple[str, ...]) -> None:
    done = run(*args, *STAY)
    assert done.exit_code == 0, done.stderr
    words = " ".join(done.stdout.split()).casefold()
    assert "for 3 weeks" in words
    assert "in 3 weeks in 20 uses of 50.00 cny" in words
    assert "first year" not in words
    assert "in the for" not in words
    assert "average month" not in words
    assert "cost a month" not in words


def test_a_file_and_a_persona_can_be_for_a_stay(tmp_path: Path) -> None:
    file = tmp_path / "me.yaml"
    file.write_text(
        "country: China\nfor: 3weeks\nperson: [visitor]\nuse:\n"
        "  - {operation: pay, amount: 1000, times: 20, method: card}\n"
        "  - {operation: pay, amount: 1600, times: 2, method: card}\n"
    )
    assert document("cost", "alipay", "--needs", str(file)) == document("cost", "alipay", *STAY)
    assert document("rank", "--persona", "china-visitor")["needs"]["stay"] == "3 weeks"


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (
            ("--country", "GB", "--use", "pay=5", "--for", "3moons"),
            "such as 3weeks, a year at most",
        ),
        (("--country", "GB", "--use", "pay=5", "--for", "2years"), "a year at most"),
        (("--persona", "traveller", "--country", "GB", "--for", "3weeks"), "are a month's"),
    ],
)
def test_a_stay_that_cannot_be(args: tuple[str, ...], says: str) -> None:
    done = run("rank", *args)
    assert done.exit_code == 2
    assert says in done.stderr


def test_a_file_with_a_stay_that_cannot_be() -> None:
    done = run("rank", "--needs", "-", stdin="country: CN\nfor: 3 moons\n")
    assert done.exit_code == 2
    assert ":2:6: for: " in done.stderr
    assert "expected the length of a stay, a year at most: 3 weeks" in done.stderr


def test_a_stay_may_be_said_again_and_amounts_in_it() -> None:
    again = document("rank", "--persona", "china-visitor", "--for", "3 weeks")
    assert again == document("rank", "--persona", "china-visitor")
    own = document("rank", "--persona", "china-visitor", "--for", "5days", "--use", "pay=100")
    assert own["needs"]["stay"] == "5 days"


def test_to_switch_takes_a_year() -> None:
    done = run("switch", "--from", "alipay", *STAY)
    assert done.exit_code == 2
    assert "leave --for out" in done.stderr
    # A year is what it weighs: then amounts are those of all of it.
    dear = ("switch", "--from", "wise@GB", "--use", "convert=100EUR")
    now = [
        Decimal(document(*dear, *more)["from"]["yearly_cost"]["estimate"])
        for more in (("--for", "1year"), ())
    ]
    assert now[1] == pytest.approx(12 * now[0], abs=Decimal("0.1"))
    assert now[0] > 0


@pytest.mark.parametrize(("spoken", "says"), [("en", " For 2 weeks: "), ("zh", "2 周：")])
def test_the_answer_said_once_more_at_the_end_is_of_the_stay(spoken: Language, says: str) -> None:
    visit = (use("pay", 300, 6, method="card"),)
    needs = wanting(*visit, country="TH", person=("visitor",), for_="2 weeks")
    ranking = rank(shipped(), needs, TODAY)
    alone = structs.replace(ranking, places=ranking.places[:1])
    speak(spoken)
    try:
        told = str(rank_recap(alone, shipped()))
    finally:
        speak("en")
    assert says in told
    assert "First year" not in told
    assert "第一年" not in told
