"""`walletpick schema`: what is printed describes what is written."""

from __future__ import annotations

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from running import ROOT, shipped
from small import examples, plain, run, validated, validator_of

from walletpick.documents.schemas import NAMES
from walletpick.reading.strictyaml import read

OUTPUTS = {
    "ranking": ("rank", "--persona", "family-abroad", "--country", "US", "--json"),
    "bill": ("cost", "paypal@US", "--persona", "family-abroad", "--json"),
    "wallet": ("show", "paypal", "--json"),
    "comparison": ("compare", "paypal@US", "wise@US", "--persona", "family-abroad", "--json"),
    "list": ("list", "--json"),
    "personas": ("list", "--personas", "--json"),
    "words": ("words", "--json"),
    "switch": ("switch", "--from", "paypal@US", "--persona", "family-abroad", "--json"),
    "combination": ("combine", "--persona", "traveller", "--country", "KE", "--json"),
    "log": ("log", "list", "--json"),
    "problems": ("catalog", "lint", str(ROOT / "catalog" / "rates.yaml"), "--format", "json"),
}


def schema(name: str) -> dict[str, Any]:
    return json.loads(run("schema", name).stdout)


def test_without_a_name_all_are_listed() -> None:
    lines = run("schema").stdout.splitlines()
    assert [line.split()[0] for line in lines] == list(NAMES)
    assert {*OUTPUTS, "needs"} <= set(NAMES)


@pytest.mark.parametrize("name", list(NAMES))
def test_every_schema_is_one(name: str) -> None:
    found = schema(name)
    Draft202012Validator.check_schema(found)
    assert found["title"] == name


@pytest.mark.parametrize("name", list(OUTPUTS))
def test_every_output_is_as_described(name: str) -> None:
    found = run(*OUTPUTS[name])
    assert found.exit_code in (0, 3), found.stderr
    document = validated(found.stdout, name)
    assert document["schema"] == f"walletpick/{name}/1"
    # The number of the schema is part of it.
    validator = validator_of(name)
    assert not validator.is_valid(document | {"schema": f"walletpick/{name}/2"})
    assert not validator.is_valid({k: v for k, v in document.items() if k != "schema"})


@pytest.mark.parametrize("name", sorted(shipped().personas))
def test_the_ready_made_needs_are_needs(name: str) -> None:
    data = (ROOT / "catalog" / "personas" / f"{name}.yaml").read_bytes()
    value, problems = read(data, name)
    assert value is not None
    assert not problems
    needs = plain(value)
    # What a persona has beside its needs.
    needs.pop("makes_sense_in", None)
    Draft202012Validator(schema("needs")).validate(needs)


def test_needs_that_fit_the_schema_are_read_as_json() -> None:
    needs = {
        "country": "Great Britain",
        "use": [{"operation": "send", "amount": 100.5, "times": 2, "method": None}],
        "must": ["pay-nfc"],
        "weights": {"cost": 5, "trust": 0.5},
        "age": 30,
    }
    Draft202012Validator(schema("needs")).validate(needs)
    found = run("rank", "--needs", "-", "--json", stdin=json.dumps(needs))
    assert found.exit_code in (0, 3), found.stderr
    assert json.loads(found.stdout)["needs"]["use"][0]["amount"] == "100.50"


@pytest.mark.parametrize(
    "needs",
    [
        {"use": [{"operation": "subscription", "amount": 5}]},
        {"use": [{"operation": "send"}]},
        {"use": [{"operation": "send", "amount": 5, "line": 3}]},
        {"country": 254},
        {"age": 131},
        {"weights": {"cost": 6}},
        {"colour": "red"},
        {"use": [{"operation": "send", "amount": 5, "times": 0}]},
    ],
)
def test_needs_that_do_not_fit_are_refused_by_both(needs: dict[str, Any]) -> None:
    assert not Draft202012Validator(schema("needs")).is_valid(needs)
    found = run("rank", "--needs", "-", stdin=json.dumps(needs))
    assert found.exit_code == 2
    assert "standard input:1:" in found.stderr


def test_an_unknown_name_gets_the_nearest() -> None:
    found = run("schema", "rankings")
    assert found.exit_code == 2
    assert "did you mean ranking?" in found.stderr


@pytest.mark.parametrize("args", examples("schema"), ids=" ".join)
def test_the_examples_of_the_help_work(args: list[str]) -> None:
    assert run(*args).exit_code == 0
