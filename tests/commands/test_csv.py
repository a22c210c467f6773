"""CSV for spreadsheets: one figure a column, plain numbers, days as in ISO 8601; and --sort cost."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from running import TODAY, run, shipped

PH = ("--country", "PH", "--use", "send=5000x3", "--use", "pay=3000x10")
NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")


def rows(*args: str, **env: str) -> list[dict[str, str]]:
    done = run(*args, "--format", "csv", **env)
    assert done.exit_code == 0, done.stderr
    return list(csv.DictReader(io.StringIO(done.stdout)))


def ranking(*args: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(run("rank", *args, "--json").stdout)
    return document


def test_a_ranking_has_one_figure_a_column() -> None:
    found = rows("rank", *PH)
    document = ranking(*PH)["ranking"]
    assert [row["wallet"] for row in found] == [place["wallet"] for place in document]
    for row, place in zip(found, document, strict=True):
        for name in ("rank", "chance", "score", "score_low", "score_high", "evidence"):
            assert NUMBER.fullmatch(row[name]), (name, row[name])
        assert float(row["score"]) == place["score"]["estimate"]
        cost = place["yearly_cost"]
        ends = (cost["estimate"], cost["low"], cost["high"])
        # Where nothing is known, there is no figure that could be taken for known.
        nothing = row["all_known"] == "no" and not row["known_cost"]
        shown = ("", "", "") if nothing else ends
        assert (row["cost"], row["cost_low"], row["cost_high"]) == shown
        assert row["all_known"] == ("yes" if cost["complete"] else "no")
        assert row["known_cost"] == "" or NUMBER.fullmatch(row["known_cost"])
        if cost["complete"]:
            assert row["known_cost"] == row["cost"]
        assert {row["confirmed"], row["little_known"], row["among_users"]} <= {"yes", "no"}
        assert row["among_users"] == ("yes" if place["among_users"] else "no")
        assert row["period"] == "first year"
        points = [float(text) for name, text in row.items() if name.startswith("points_")]
        assert sum(points) == pytest.approx(float(row["score"]), abs=0.01)


def test_what_is_not_priced_is_empty() -> None:
    for row in rows("rank", "--country", "PH"):
        assert [row[name] for name in ("known_cost", "all_known", "cost")] == [""] * 3
    stay = rows("rank", "--country", "PH", "--use", "pay=5000x9", "--for", "9days", "--top", "2")
    assert [row["period"] for row in stay] == ["9 days"] * 2


@pytest.mark.parametrize("country", ["PH", "GB", "US"])
def test_sorted_by_what_is_known_to_be_paid(country: str) -> None:
    use = ("--country", country, "--use", "send-abroad=300x2@IN", "--use", "cash-out=200x2")
    found = rows("rank", *use, "--sort", "cost")
    keys = [
        (
            row["confirmed"] == "no",
            "that it still runs" in row["not_confirmed"],
            row["all_known"] == "no",
            not row["known_cost"],
            float(row["known_cost"] or 0),
        )
        for row in found
    ]
    assert keys == sorted(keys)
    document = ranking(*use, "--sort", "cost")
    assert document["sorted_by"] == "cost"
    assert [place["wallet"] for place in document["ranking"]] == [row["wallet"] for row in found]
    # The ranks are those by points, and everything else is what it was.
    usual = ranking(*use)
    assert usual["sorted_by"] == "points"
    assert sorted(document["ranking"], key=lambda place: place["rank"]) == usual["ranking"]
    assert document["verdict"] == usual["verdict"]
    first = ranking(*use, "--sort", "cost", "--top", "1")["ranking"]
    assert first == document["ranking"][:1]


def test_a_page_sorted_by_cost_says_so() -> None:
    page = run("rank", *PH, "--sort", "cost", "--top", "0").stdout
    assert "By what is known to be paid" in page
    assert "By what is known to be paid" not in run("rank", *PH).stdout


def test_nothing_can_be_sorted_by_a_cost_without_usages() -> None:
    done = run("rank", "--country", "PH", "--sort", "cost")
    assert done.exit_code == 2
    assert "say with --use or --persona what is to be priced" in done.stderr


def test_ready_made_needs_have_a_row_for_each_usage() -> None:
    found = rows("list", "--personas")
    uses = [(name, use) for name, needs in shipped().personas.items() for use in needs.use]
    assert [(row["persona"], row["operation"]) for row in found] == [
        (name, use.operation) for name, use in uses
    ]
    assert all(NUMBER.fullmatch(row["amount"]) and row["times"].isdigit() for row in found)


def test_a_diary_has_days_codes_and_numbers(tmp_path: Path) -> None:
    diary = str(tmp_path / "diary.jsonl")
    for event in ("failed-payment", "good-support"):
        noted = run("log", "gcash", event, "--note", "as it was", WALLETPICK_DIARY=diary)
        assert noted.exit_code == 0, noted.stderr
    found = rows("log", "list", WALLETPICK_DIARY=diary)
    assert {row["date"] for row in found} == {TODAY}
    assert {row["wallet"] for row in found} == {"gcash"}
    assert all(NUMBER.fullmatch(row["weight"]) for row in found)
    assert [row["weight"].startswith("-") for row in found] == [True, False]
