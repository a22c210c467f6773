"""`walletpick list`: which wallets there are, where, and what they are known to have."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

import pytest
from running import TODAY, shipped
from small import TWOPAY, examples, run, validated, write_catalog

from walletpick.bill.observe import observe
from walletpick.facts.model import Needs
from walletpick.facts.vocabulary import KINDS
from walletpick.score.ranking import candidates


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_catalog(tmp_path_factory.mktemp("small") / "catalog")


def listed(*args: str, catalog: Path | None = None) -> dict[str, dict]:
    document = validated(run("list", *args, "--json", catalog=catalog).stdout, "list")
    return {wallet["wallet"]: wallet for wallet in document["wallets"]}


def test_every_wallet_with_all_its_countries() -> None:
    found = listed()
    assert list(found) == [wallet.id for wallet in shipped().wallets]
    for wallet in shipped().wallets:
        row = found[wallet.id]
        assert row["countries"] == list(wallet.markets)
        assert (row["name"], row["kind"]) == (wallet.name, wallet.kind)
        assert [market["country"] for market in row["markets"]] == row["countries"]


@pytest.mark.parametrize("country", sorted({c for w in shipped().wallets for c in w.markets}))
def test_only_the_wallets_of_a_country(country: str) -> None:
    expected = {wallet.id for wallet in shipped().wallets if country in wallet.markets}
    assert set(listed("--country", country)) == expected


def test_a_country_shows_no_other_countries_of_its_wallets(small: Path) -> None:
    (there,) = listed("--country", "PH", catalog=small).values()
    assert there["countries"] == [each["country"] for each in there["markets"]] == ["PH"]
    found = run("list", "--country", "PH", "--format", "csv", catalog=small).stdout
    assert [row["country"] for row in csv.DictReader(io.StringIO(found))] == ["PH"]
    page = run("list", "--country", "PH", "--format", "markdown", catalog=small).stdout
    assert "Philippines PH (closed since 2026-01)" in page
    assert "Kenya" not in page


@pytest.mark.parametrize("word", ["features:pay-nfc", "channels:phone", "security:passkey"])
def test_only_what_is_known_to_have_a_word(word: str) -> None:
    day, catalog = date.fromisoformat(TODAY), shipped()
    expected = {
        wallet.id: [
            country
            for country, market in wallet.markets.items()
            if any(
                observe(candidate, word, Needs(), catalog, day).value
                for candidate in candidates(wallet, country, market)
            )
        ]
        for wallet in catalog.wallets
    }
    found = {wallet: row["countries"] for wallet, row in listed("--has", word).items()}
    assert found == {wallet: codes for wallet, codes in expected.items() if codes}


def test_a_word_that_only_one_plan_has_counts(small: Path) -> None:
    assert list(listed("--has", "budgeting", catalog=small)) == ["planpay"]


def test_no_and_unknown_do_not_count(small: Path) -> None:
    found = run("list", "--has", "features:crypto", "--json", catalog=small)
    assert found.exit_code == 3
    assert validated(found.stdout, "list")["wallets"] == []
    assert "of no wallet is it known that it trades cryptocurrency" in found.stderr


def test_where_it_is_known_of_none_the_wallets_there_are_named(small: Path) -> None:
    found = run("list", "--country", "KE", "--has", "features:crypto", catalog=small)
    assert found.exit_code == 3
    assert "of no wallet in Kenya is it known that it trades cryptocurrency" in found.stderr
    assert "in the catalog for Kenya: " in found.stderr
    assert "Twopay" in found.stderr


def test_the_countries_are_those_where_it_holds(small: Path) -> None:
    assert listed("--has", "pay-qr", catalog=small)["twopay"]["countries"] == ["KE"]


def test_kinds_split_the_list() -> None:
    found = [
        (wallet, country)
        for kind in KINDS
        for wallet, each in listed("--kind", kind).items()
        for country in each["countries"]
    ]
    everywhere = {(each.id, country) for each in shipped().wallets for country in each.markets}
    assert len(found) == len(set(found)) == len(everywhere)
    assert set(found) == everywhere


def test_the_page_names_status_in_words(small: Path) -> None:
    found = run("list", "--format", "markdown", catalog=small).stdout
    assert "Kenya KE, Philippines PH (closed since 2026-01)" in found
    assert "2 wallets." in found


@pytest.mark.parametrize(
    ("country", "name"),
    [
        ("KE", "Twopay"),
        ("CN", "Twopay (二付)"),
        ("SG", "Twopay (二付)"),
        ("HK", "Twopay (貳付)"),
        ("JP", "Twopay (二ペイ)"),
        ("PK", "Twopay (ٹو پے)"),
    ],
)
def test_a_name_in_another_script_stands_where_people_use_it(
    tmp_path: Path, country: str, name: str
) -> None:
    names = "{zh: 二付, zh-Hant: 貳付, ja: 二ペイ, ur: ٹو پے, es: Dospay}"
    text = TWOPAY.replace("{zh: 二付}", names).replace("  KE:\n", f"  {country}:\n")
    catalog = write_catalog(tmp_path / "catalog", twopay=text)
    page = run("list", "--country", country, "--format", "markdown", catalog=catalog).stdout
    assert f"| {name} |" in page
    # Of several countries, what is used in one of them alone is none of the others'.
    assert "| Twopay |" in run("list", "--format", "markdown", catalog=catalog).stdout
    chinese = ("--lang", "zh", "list", "--country", country, "--format", "markdown")
    assert "| 二付（Twopay" in run(*chinese, catalog=catalog).stdout


@pytest.mark.parametrize(
    ("state", "words"), [("restricted", "restricted"), ("unconfirmed", "not confirmed to run")]
)
def test_other_statuses(tmp_path: Path, state: str, words: str) -> None:
    text = TWOPAY.replace("state: closed, since: 2026-01", f"state: {state}")
    catalog = write_catalog(tmp_path / "catalog", twopay=text)
    assert (
        f"Philippines PH ({words})" in run("list", "--format", "markdown", catalog=catalog).stdout
    )


def test_csv_has_a_row_for_each_country(small: Path) -> None:
    text = run("list", "--format", "csv", catalog=small).stdout
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [(row["wallet"], row["country"], row["status"]) for row in rows] == [
        ("planpay", "GB", "active"), ("twopay", "KE", "active"), ("twopay", "PH", "closed")
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("--country", "KE", "--kind", "cbdc"), "the catalog has no cbdc wallet in Kenya"),
        (("--country", "IS"), "no wallet in Iceland; it covers the United Kingdom, Kenya, "),
        (("--country", "IS", "--has", "passkey"), "walletpick complain NAME --country IS"),
        (("--kind", "cbdc"), "the catalog has no cbdc wallet"),
    ],
)
def test_nothing_found(small: Path, args: tuple[str, ...], said: str) -> None:
    found = run("list", *args, catalog=small)
    assert (found.exit_code, found.stdout) == (3, "")
    assert said in found.stderr


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("--has", "pay-ncf"), "pay-nfc"),
        (("--has", "send:money"), 'unknown family "send"'),
        (("--country", "Kenia"), "Kenya (KE)"),
        (("--kind", "bank"), "bank-account"),
        (("--personas", "--country", "KE"), "--personas"),
    ],
)
def test_wrong_use(args: tuple[str, ...], said: str) -> None:
    found = run("list", *args)
    assert found.exit_code == 2
    assert said in found.stderr


def test_the_ready_made_needs_can_be_found() -> None:
    document = validated(run("list", "--personas", "--json").stdout, "personas")
    assert [item["persona"] for item in document["personas"]] == list(shipped().personas)
    page = run("list", "--personas", "--format", "markdown").stdout
    for name, needs in shipped().personas.items():
        assert f"**{name}** | {needs.title} |" in page


@pytest.mark.parametrize("args", examples("list"), ids=" ".join)
def test_the_examples_of_the_help_work(args: list[str]) -> None:
    assert run(*args).exit_code == 0
