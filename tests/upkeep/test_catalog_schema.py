"""`walletpick catalog schema`: what editors are told of the catalog's files."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator
from running import ROOT
from small import PLANPAY, TWOPAY, examples, plain, run

from walletpick.facts.vocabulary import FEATURES, OPERATIONS
from walletpick.reading.kinds import KINDS, kind_of
from walletpick.reading.place import files_of
from walletpick.reading.strictyaml import read

FOLDER = ROOT / "catalog" / "schema"


@cache
def schema(kind: str) -> Any:
    return json.loads(run("catalog", "schema", kind).stdout)


def faults(kind: str, text: str) -> list[str]:
    """Return where a text does not fit its schema."""
    value, problems = read(text.encode(), "x")
    assert value is not None
    assert not problems
    found = Draft7Validator(schema(kind)).iter_errors(plain(value))
    return [error.json_path for error in found]


def test_without_a_kind_all_are_listed() -> None:
    lines = run("catalog", "schema").stdout.splitlines()
    assert [line.split()[0] for line in lines] == list(KINDS)
    assert list(KINDS) == [
        "wallet",
        "criteria",
        "averages",
        "asked",
        "rates",
        "law",
        "implications",
        "texts",
        "persona",
        "quotes",
    ]


@pytest.mark.parametrize("kind", list(KINDS))
def test_every_schema_is_one_and_is_up_to_date(kind: str) -> None:
    found = schema(kind)
    Draft7Validator.check_schema(found)
    committed = (FOLDER / f"{kind}.json").read_text(encoding="utf-8")
    assert run("catalog", "schema", kind).stdout == committed, "walletpick catalog schema --write"


def test_no_other_schema_is_committed() -> None:
    assert sorted(path.stem for path in FOLDER.iterdir()) == sorted(KINDS)


@pytest.mark.parametrize(
    "path",
    [path for path in files_of(ROOT / "catalog") if path.suffix == ".yaml"],
    ids=lambda path: path.stem,
)
def test_every_file_fits_its_schema(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not faults(kind_of(path).name, text)


@pytest.mark.parametrize("text", [TWOPAY, PLANPAY])
def test_other_wallets_fit_too(text: str) -> None:
    assert not faults("wallet", text)


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ("kind: mobile-money", "kind: mobile", "$.kind"),
        ("kind: mobile-money", "kinds: mobile-money", "$"),
        ("operation: send, percent: 1,", "operation: sent, percent: 1,", "$.markets.KE.fees[1]."),
        ("percent: 1,", 'percent: "1",', "$.markets.KE.fees[1].percent"),
        ("percent: 1,", "percent: -1,", "$.markets.KE.fees[1].percent"),
        ("percent: 1,", "percent: 1, colour: red,", "$.markets.KE.fees[1]"),
        ("has: true", "has: yes", "$.markets.KE.features"),
        ("pay-qr:", "pay-qrs:", "$.markets.KE.features"),
        ("  PH:", "  Philippines:", "$.markets"),
        ("currency: KES", "currency: shilling", "$.markets.KE.currency"),
        ("as_of: 2026-10", "as_of: May 2026", "$.sources.fees.as_of"),
        ("as_of: 2026-10, ", "", "$.sources.fees"),
        ("id: twopay", "id: Two Pay", "$.id"),
        ("https://example.com/fees", "example.com/fees", "$.sources.fees.url"),
        ("amount: 5000,", "amount: 5000, corridor: KE,", "$.markets.KE.limits[0].corridor"),
    ],
)
def test_a_mistake_shows(old: str, new: str, where: str) -> None:
    assert old in TWOPAY
    found = faults("wallet", TWOPAY.replace(old, new, 1))
    assert found
    assert found[0].startswith(where)


def test_what_the_loader_takes_the_schema_takes() -> None:
    assert not faults(
        "wallet",
        TWOPAY.replace("as_of: 2026-10", "as_of: null", 1)
        .replace("as_of: 2020-01", "as_of: 2020", 1)
        .replace("operation: pay,", "operation: pay, for: [visitor, minor], provider: HSBC,", 1)
        .replace("percent: 2,", "percent: 2.50, corridor: KE-EEA,", 1),
    )


def test_words_have_their_meanings() -> None:
    found = schema("wallet")["definitions"]
    words = found["operation"]
    assert dict(zip(words["enum"], words["enumDescriptions"], strict=True)) == OPERATIONS
    features = found["Local"]["properties"]["features"]["properties"]
    assert {word: each["description"] for word, each in features.items()} == FEATURES


def test_keys_have_the_remarks_of_the_code() -> None:
    rule = schema("wallet")["definitions"]["FeeRule"]
    assert rule["description"].startswith("One priced statement of the operator")
    about = {key: each.get("description") for key, each in rule["properties"].items()}
    assert about["tax"] == "A tax that the operator passes on: shown apart, included in totals."
    assert about["price"].startswith("A charge is known to exist")
    assert about["percent"] is None
    assert next(iter(rule["properties"])) == "operation"
    assert rule["required"] == ["operation", "source"]


# Writing and checking.


def test_writing_and_checking(small: Path) -> None:
    found = run("catalog", "schema", "--check")
    assert found.exit_code == 4
    assert "walletpick catalog schema --write" in found.stderr
    assert not (small / "schema").exists()
    found = run("catalog", "schema", "--write")
    assert (found.exit_code, found.stdout) == (0, "")
    assert run("catalog", "schema", "--check").exit_code == 0
    path = small / "schema" / "rates.json"
    path.write_text("{}")
    found = run("catalog", "schema", "--check")
    assert found.exit_code == 4
    assert "(rates.json)" in found.stderr
    found = run("catalog", "schema", "--write")
    assert found.stderr == "catalog/schema/rates.json was written anew\n"
    assert "is up to date" in run("catalog", "schema", "--write").stderr


def test_a_folder_that_cannot_be_made(small: Path) -> None:
    (small / "schema").write_text("")
    found = run("catalog", "schema", "--write")
    assert found.exit_code == 1
    assert "cannot be written" in found.stderr


@pytest.mark.parametrize(
    "args", [("wallet", "--check"), ("--write", "--check"), ("wallet", "--write")]
)
def test_only_one_thing_at_a_time(args: tuple[str, ...]) -> None:
    found = run("catalog", "schema", *args)
    assert found.exit_code == 2
    assert "exclude each other" in found.stderr


def test_an_unknown_kind_gets_the_nearest() -> None:
    found = run("catalog", "schema", "wallets")
    assert found.exit_code == 2
    assert "did you mean wallet" in found.stderr


@pytest.mark.parametrize("args", examples("catalog", "schema"), ids=" ".join)
def test_the_examples_of_the_help_can_be_typed(args: list[str], small: Path) -> None:
    assert run(*args).exit_code == (4 if "--check" in args else 0)
