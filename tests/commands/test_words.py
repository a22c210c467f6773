"""`walletpick words`: every word that options take, with its meaning."""

from __future__ import annotations

import csv
import io
import re
import shlex

import click
import pytest
from small import commands, run, validated

from walletpick.facts.options import word_families
from walletpick.facts.target import tellable
from walletpick.facts.vocabulary import EVENTS, OPERATIONS, all_words, word_problem

FAMILIES = {family.name: family for family in word_families()}


def test_every_word_stands_there_with_its_meaning() -> None:
    found = run("words", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(found.stdout)))
    expected = [
        (family.name, word, meaning)
        for family in word_families()
        for word, meaning in family.words.items()
    ]
    assert [tuple(row.values()) for row in rows] == expected
    page = " ".join(run("words").stdout.split())
    assert all(f"{word} {meaning}" in page for _, word, meaning in expected)
    document = validated(run("words", "--json").stdout, "words")
    assert [(f["family"], w["word"]) for f in document["families"] for w in f["words"]] == [
        (family, word) for family, word, _ in expected
    ]


@pytest.mark.parametrize("option", ["--must", "--wish", "--has"])
def test_words_of_claims_are_taken_as_they_stand(option: str) -> None:
    words = [word for f in FAMILIES.values() if option in f.taken_by for word in f.words]
    assert words == all_words()
    assert [word for word in words if word_problem(word)] == []


def test_every_choice_of_an_option_of_words_is_listed() -> None:
    for _, command in commands():
        for param in command.params:
            family = next((f for f in FAMILIES.values() if f.taken_by[0] in param.opts), None)
            if family and isinstance(param.type, click.Choice):
                assert list(param.type.choices) == list(family.words), param.opts
    assert list(FAMILIES["event"].words) == list(EVENTS)


@pytest.mark.parametrize("family", sorted(FAMILIES))
def test_one_family(family: str) -> None:
    document = validated(run("words", family, "--json").stdout, "words")
    assert [each["family"] for each in document["families"]] == [family]


def test_the_name_of_an_option_names_all_that_it_takes() -> None:
    document = validated(run("words", "use", "--json").stdout, "words")
    assert [each["family"] for each in document["families"]] == ["operation", "method"]
    document = validated(run("words", "must", "--json").stdout, "words")
    assert {"features", "security"} <= {each["family"] for each in document["families"]}


def test_what_tell_takes_is_listed_and_so_are_ready_made_needs() -> None:
    families = {name.partition(".")[0] for name in tellable() if name.partition(".")[2]}
    asked = families - {*OPERATIONS, "limits", "reply"}
    assert {"onboarding", "security"} <= asked
    for family in (*asked, "closing", "status", "persona"):
        listed = run("words", family, "--json")
        assert listed.exit_code == 0, family
    words = {name.partition(".")[2] for name in tellable() if name.startswith("onboarding.")}
    assert words == set(FAMILIES["onboarding"].words)
    personas = validated(run("list", "--personas", "--json").stdout, "personas")["personas"]
    (family,) = validated(run("words", "persona", "--json").stdout, "words")["families"]
    assert {w["word"]: w["meaning"] for w in family["words"]} == {
        each["persona"]: each["title"] for each in personas
    }
    assert run("words", "persona", "--lang", "zh").exit_code == 0


def test_no_such_family() -> None:
    found = run("words", "metod")
    assert found.exit_code == 2
    assert 'no family "metod"; did you mean method?' in found.stderr


@pytest.mark.parametrize(
    ("option", "value", "command"),
    [
        ("--must", "pay-ncf", "words"),
        ("--wish", "zzz", "words"),
        ("--use", "snd=100", "words operation"),
        ("--use", "send=100:by-boat", "words method"),
        ("--weight", "cots=5", "words criterion"),
    ],
)
def test_a_message_about_an_unknown_word_names_the_list(
    option: str, value: str, command: str
) -> None:
    found = run("rank", "--country", "KE", option, value)
    assert found.exit_code == 2
    assert f"walletpick {command}" in " ".join(found.stderr.split())
    assert run(*shlex.split(command)).exit_code == 0


@pytest.mark.parametrize(
    "call",
    [
        "log gcash",
        "log gcash broke",
        "complain gcash --about nonsense",
        "list --kind nonsense",
        "rank --country PH --have nonsense",
        "rank --country PH --person nonsense",
        "rank --country PH --platform nonsense",
    ],
)
def test_who_uses_an_unknown_word_is_told_where_their_meanings_stand(call: str) -> None:
    refused = run(*call.split())
    assert refused.exit_code == 2
    told = re.search(r"walletpick (words [a-z]+) has their meaning", refused.stderr)
    assert told
    listed = run(*told[1].split())
    assert listed.exit_code == 0
    known = re.search(r"(?:known: |with gcash: )([a-z-]+)", refused.stderr)
    assert known
    assert f"\n{known[1]} " in listed.stdout


def test_an_example_in_an_error_works() -> None:
    refused = run("combine", "--country", "AU")
    assert refused.exit_code == 2
    call = refused.stderr.partition("for example: walletpick ")[2]
    assert run(*call.split()).exit_code == 0
