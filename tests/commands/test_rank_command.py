"""`walletpick rank` as people and scripts use it: what it prints, where, and with which exit code."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import msgspec
import pytest
from click.testing import CliRunner, Result
from running import PATIENCE, TODAY, countries, environment, shipped, walletpick, warm_cache

from walletpick.commands import cli
from walletpick.commands import rank as rank_module
from walletpick.documents.ranking import RankingOut
from walletpick.facts.money import convert
from walletpick.facts.places import country_codes, country_name
from walletpick.facts.vocabulary import CRITERIA
from walletpick.reading.place import MAX_BYTES, SHARED, default_directory

PERSONAS = sorted(shipped().personas)
SEND = ("--country", "US", "--use", "send=100")
# Characters that can style or steer a terminal, or change the order of what is read.
CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@pytest.fixture(autouse=True)
def _at_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Run on a fixed day, with the shipped catalog read once, and nothing of the person's own."""
    monkeypatch.setenv("WALLETPICK_TODAY", TODAY)
    monkeypatch.setenv("XDG_DATA_HOME", os.fspath(tmp_path))
    monkeypatch.delenv("WALLETPICK_CATALOG", raising=False)
    monkeypatch.delenv("WALLETPICK_DIARY", raising=False)
    monkeypatch.setattr(rank_module, "load", lambda ctx, country=None: shipped())


def run(*args: str, stdin: str | bytes | None = None) -> Result:
    """Run `walletpick rank` in this process."""
    result = CliRunner().invoke(cli, ["rank", *args], input=stdin)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def ranking(*args: str, stdin: str | bytes | None = None) -> dict[str, Any]:
    """Return the JSON document of a run that ends well."""
    result = run("--json", *args, stdin=stdin)
    assert result.exit_code == 0, result.stderr
    assert not result.stderr
    document: dict[str, Any] = json.loads(result.stdout)
    return document


def refused(*args: str, stdin: str | bytes | None = None) -> str:
    """Return the sentence with which the command refuses, on standard error alone."""
    result = run(*args, stdin=stdin)
    assert result.exit_code == 2, (result.exit_code, result.stdout, result.stderr)
    assert not result.stdout
    head, mark, message = result.stderr.partition("Error: ")
    assert mark
    assert "Error" not in message
    assert "Traceback" not in result.stderr
    assert head.startswith("Usage: ")
    return message.rstrip("\n")


def order(document: dict[str, Any]) -> list[tuple[str, str]]:
    return [(row["wallet"], row["country"]) for row in document["ranking"]]


# Every persona, everywhere.


@pytest.mark.parametrize("persona", PERSONAS)
def test_a_persona_finds_something_in_every_country_or_is_told_why_not(persona: str) -> None:
    ranked = 0
    # Each in every third country, so that each country is asked about for some of them.
    third = countries()[PERSONAS.index(persona) % 3 :: 3]
    home = shipped().personas[persona].country
    for country in (*third, *([home] if home and home not in third else [])):
        result = run("--json", "--persona", persona, "--country", country)
        document = json.loads(result.stdout)
        everyone = {wallet.id for wallet in shipped().wallets if country in wallet.markets}
        listed = {row["wallet"] for row in (*document["ranking"], *document["left_out"])}
        assert listed == everyone
        assert all(row["reasons"] and all(row["reasons"]) for row in document["left_out"])
        keys_of(document)
        # A persona made for one country says so elsewhere.
        errors = [at for at in result.stderr.splitlines() if not at.startswith("Note: ")]
        if result.exit_code == 0:
            ranked += 1
            assert document["ranking"]
            assert not errors
        else:
            assert result.exit_code == 3, (country, result.stderr)
            assert document["ranking"] == []
            (sentence,) = errors
            assert re.fullmatch(
                r"Error: (none of the \d+ wallets that the catalog has in .+ fits these needs; others that it does not have may|the only wallet that the catalog has in .+ does not fit these needs; others that it does not have may|no wallet .+ is known to fit these needs; .+|too little is known of every wallet .+)",
                sentence,
            ), sentence
            assert country_name(country).removeprefix("the ") in sentence
    assert ranked


@pytest.mark.parametrize("form", ["table", "json", "csv", "markdown", "html"])
def test_without_a_country_it_is_asked_for(form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "en_KE.UTF-8")
    for args in (("--persona", "everyday-shopper"), ("--use", "send=100"), ()):
        message = refused(*args, "--format", form)
        assert message.endswith(
            "wallets are ranked in one country: say in which with --country, such as --country KE"
            " (a code or a name)"
        )
    # Whatever else is wrong is said first.
    assert "expected a number" in refused("--use", "send=lots")


def test_needs_of_a_file_without_a_country_take_one_from_the_option(
    needs_file: Callable[[str | bytes], str],
) -> None:
    name = needs_file("use: [{operation: send, amount: 100}]\n")
    assert "say in which with --country" in refused("--needs", name)
    needs = ranking("--needs", name, "--country", "PH")["needs"]
    assert (needs["country"], needs["currency"]) == ("PH", "PHP")


# The document.

ROW = {
    "rank",
    "wallet",
    "name",
    "country",
    "currency",
    "plan",
    "score",
    "evidence",
    "yearly_cost",
    "criteria",
    "reasons",
}
RANGE = {"estimate", "low", "high"}


def keys_of(document: dict[str, Any]) -> None:
    """Check that the keys are there that the design promises to readers, in their shapes."""
    assert {"schema", "needs", "catalog", "ranking", "left_out"} <= set(document)
    assert document["schema"] == "walletpick/ranking/1"
    assert {"version", "date"} <= set(document["catalog"])
    assert [row["rank"] for row in document["ranking"]] == list(
        range(1, len(document["ranking"]) + 1)
    )
    weights = document["needs"]["weights"]
    assert sum(weights.values()) == pytest.approx(1, abs=0.001)
    for row in document["ranking"]:
        assert set(row) >= ROW
        assert set(row["score"]) == RANGE
        assert 0 <= row["score"]["low"] <= row["score"]["estimate"] <= row["score"]["high"] <= 100
        assert 0 <= row["evidence"] <= 1
        names = ("stay_cost", "yearly_cost")
        cost, other = (row[name] for name in (names if document["needs"]["stay"] else names[::-1]))
        assert other is None
        assert (cost is None) == (not document["needs"]["use"])
        if cost is not None:
            assert set(cost) == RANGE | {"complete"}
            assert all(re.fullmatch(r"-?\d+(\.\d+)?", cost[end]) for end in RANGE), cost
            assert float(cost["low"]) <= float(cost["estimate"]) <= float(cost["high"])
        assert set(row["criteria"]) == set(CRITERIA)
        for name, item in row["criteria"].items():
            assert set(item) >= {"value", "weight", "points"}
            assert set(item["value"]) == set(item["points"]) == RANGE
            assert 0 <= item["value"]["low"] <= item["value"]["high"] <= 1
            points = item["value"]["estimate"] * item["weight"] * 100
            assert item["points"]["estimate"] == pytest.approx(points, abs=0.02)
            assert item["weight"] == weights[name]
        total = sum(item["points"]["estimate"] for item in row["criteria"].values())
        assert row["score"]["estimate"] == pytest.approx(total, abs=0.001)
        for reason in row["reasons"]:
            assert set(reason) >= {"kind", "criterion", "text", "facts"}
            assert reason["kind"] in ("for", "against", "unknown", "stale")
            assert reason["criterion"] in CRITERIA
            for fact in reason["facts"]:
                assert set(fact) >= {"path", "source"}
                assert set(fact["source"]) >= {"url", "publisher", "as_of", "seen"}
    for row in document["left_out"]:
        assert set(row) >= {"wallet", "country", "reasons"}


def test_the_document_is_what_its_schema_says() -> None:
    schema = msgspec.json.schema(RankingOut)
    # The published patterns are written with $; only the type and shape count here.
    validator = jsonschema.validators.validator_for(schema)(schema)
    validator.check_schema(schema)
    for args in (
        ("--persona", "family-abroad", "--country", "US"),
        ("--persona", "teenager", "--country", "GB"),
        ("--persona", "china-visitor"),
        ("--persona", "market-trader", "--country", "KE", "--strict"),
        SEND,
        ("--country", "Japan", "--must", "pay-qr", "--age", "14", "--platform", "ios"),
    ):
        document = json.loads(run("--json", *args).stdout)
        assert document["ranking"] or document["left_out"]
        assert not [error.message for error in validator.iter_errors(document)]
        keys_of(document)
    # The schema refuses what is not such a document.
    broken = ranking(*SEND)
    broken["ranking"][0]["score"]["low"] = "0"
    del broken["left_out"]
    assert len(list(validator.iter_errors(broken))) == 2


def test_json_is_short_for_format_json() -> None:
    assert run("--json", *SEND).stdout == run("--format", "json", *SEND).stdout
    text = run("--json", *SEND).stdout
    assert text.endswith("}\n")
    assert not CONTROL.search(text)


# Options.


def test_top() -> None:
    every = ranking(*SEND)
    assert len(every["ranking"]) > 3
    assert ranking(*SEND, "--top", "0") == every
    two = ranking(*SEND, "--top", "2")
    assert two["ranking"] == every["ranking"][:2]
    assert two["left_out"] == every["left_out"]
    assert ranking(*SEND, "--top", "1000") == every
    table = run(*SEND, "--top", "2").stdout
    names = [row["name"] for row in every["ranking"]]
    assert names[0] in table
    assert names[1] in table
    # Those that are not confirmed stand in a line of their own.
    compared = [row for row in every["ranking"] if row["confirmed"]]
    assert 2 < len(compared) < len(names)
    more = rf"{len(compared) - 2} more( \([^)]*\))?; --top 0 shows all"
    assert re.search(more, " ".join(table.split()))
    assert "May also fit: " in table
    assert "more; --top" not in run(*SEND, "--top", "0").stdout


def test_explain_shows_every_place_shown_with_its_points() -> None:
    args = ("--persona", "everyday-shopper", "--country", "US", "--top", "5")
    names = [row["name"] for row in ranking(*args)["ranking"]]
    assert len(names) == 5
    brief, full = run(*args).stdout, run(*args, "--explain").stdout

    def headed(text: str) -> list[str]:
        return [
            n for i, n in enumerate(names, 1) if re.search(rf"^{i}\. {re.escape(n)}", text, re.M)
        ]

    assert headed(brief) == names[:3]
    assert headed(full) == names
    # The points of each criterion of the first place, as in the document.
    points = ranking(*args)["ranking"][0]["criteria"]["security"]["points"]["estimate"]
    assert re.search(rf"security .*{points:.1f} of", full)


@pytest.mark.parametrize("top", ["1", "3", "0"])
def test_explain_tells_of_the_places_shown_and_names_the_others(top: str) -> None:
    args = ("--country", "US", "--use", "send=100", "--top", top, "--explain")
    rows = ranking(*SEND)["ranking"]
    shown = rows[: int(top)] if int(top) else rows
    # The long answer begins with its table; places have headings with a line below them.
    long = run(*args).stdout.partition("Range")[2]
    headed = re.findall(r"^(\d+)\. (.+)\n─", long, re.M)
    assert headed == [(str(row["rank"]), row["name"]) for row in shown]
    also = long.partition("May also fit\n")[2].partition("Left out\n")[0]
    for row in rows:
        named = f"• {row['name']}, not confirmed: " in also
        assert named == (row not in shown and bool(row["unconfirmed"])), row["name"]


def test_a_weight_counts_and_the_others_follow() -> None:
    plain = ranking(*SEND)["needs"]["weights"]
    heavy = ranking(*SEND, "--weight", "security=5", "--weight", "exit=0")["needs"]["weights"]
    assert heavy["security"] > plain["security"]
    assert heavy["exit"] == 0
    only = dict.fromkeys(CRITERIA, 0) | {"cost": 1}
    args = [arg for name, weight in only.items() for arg in ("--weight", f"{name}={weight}")]
    document = ranking(*SEND, *args)
    assert document["needs"]["weights"] == {name: float(weight) for name, weight in only.items()}
    # Who is confirmed comes before who is not, and who surely runs before who may not.
    places = [
        (
            not row["confirmed"],
            any("still runs" in words for words in row["unconfirmed"]),
            # How likely one that is not confirmed can do it counts too.
            -row["criteria"]["cost"]["value"]["estimate"] if row["confirmed"] else 0,
        )
        for row in document["ranking"]
    ]
    assert places == sorted(places)
    assert len({value for *_, value in places}) > 2
    # The last one said counts; half a weight is a weight.
    assert ranking(*SEND, "--weight", "cost=0", "--weight", "cost=2.5")["needs"]["weights"]["cost"]


@pytest.mark.parametrize(
    ("text", "usage"),
    [
        ("send=100", ("send", "100.00", 1, None, None)),
        ("send＝１００ｘ４：debit-card", ("send", "100.00", 4, "debit-card", None)),
        ("send-abroad＝200＠墨西哥", ("send-abroad", "200.00", 1, None, "MX")),
        ("send=49.90", ("send", "49.90", 1, None, None)),
        ("send=100x4", ("send", "100.00", 4, None, None)),
        ("pay=100:debit-card", ("pay", "100.00", 1, "debit-card", None)),
        ("send-abroad=200@MX", ("send-abroad", "200.00", 1, None, "MX")),
        ("send-abroad=200@mexico", ("send-abroad", "200.00", 1, None, "MX")),
        (
            "send-abroad=200x2:bank-linked@MX",
            ("send-abroad", "200.00", 2, "bank-linked", "MX"),
        ),
    ],
)
def test_the_forms_of_use(text: str, usage: tuple[Any, ...]) -> None:
    result = run("--json", "--country", "US", "--use", text)
    assert result.exit_code in (0, 3)
    (found,) = json.loads(result.stdout)["needs"]["use"]
    keys = ("operation", "amount", "times", "method", "country")
    assert found == dict(zip(keys, usage, strict=True))


@pytest.mark.parametrize(
    ("plain", "full"),
    [
        ("--must=features:send", "--must=features：send"),
        ("--wish=security:passkey", "--wish=security：passkey"),
        ("--weight=cost=5", "--weight=cost＝５"),
    ],
)
def test_signs_of_a_chinese_keyboard_are_read_as_the_plain_ones(plain: str, full: str) -> None:
    one, other = (run("--country", "KE", "--use=pay=100", text) for text in (plain, full))
    assert one.exit_code == other.exit_code == 0
    assert one.stdout == other.stdout


def test_options_override_the_persona() -> None:
    base = ranking("--persona", "everyday-shopper", "--country", "US")["needs"]
    assert [usage["operation"] for usage in base["use"]] == ["pay", "send"]
    result = run(
        "--json", "--persona", "everyday-shopper", "--country", "US",
        "--use", "pay=25", "--use", "pay=10x2:credit-card", "--wish", "passkey", "--must", "send",
        "--use", "pay=25",
    )  # fmt: skip
    assert result.stderr == (
        "Note: of everyday-shopper this still counts: send money to people at home; to leave out a"
        " use: --use send=0\n"
    )
    said = json.loads(result.stdout)["needs"]
    # What is said of an operation replaces what the persona does with it; the rest stays. The same
    # twice is one usage.
    assert [(u["operation"], u["amount"]) for u in said["use"]] == [
        ("send", base["use"][1]["amount"]),
        ("pay", "50.00"),
        ("pay", "10.00"),
    ]
    assert said["wish"] == [*base["wish"], "security:passkey"]
    assert said["must"] == ["features:send"]


def test_amounts_are_in_the_money_of_the_country_named() -> None:
    dollars = shipped().personas["family-abroad"].use[0].amount
    pesos = json.loads(run("--json", "--persona", "family-abroad", "--country", "PH").stdout)[
        "needs"
    ]
    assert pesos["currency"] == "PHP"
    exact = convert(dollars, "USD", "PHP", shipped().per_usd)
    assert float(pesos["use"][0]["amount"]) == pytest.approx(float(exact), rel=0.05)
    euros = ranking("--country", "PH", "--use", "send=100", "--currency", "eur")["needs"]
    assert (euros["currency"], euros["use"][0]["amount"]) == ("EUR", "100.00")
    # Antarctica has no money of its own.
    nowhere = run("--json", "--country", "AQ", "--use", "send=100")
    assert nowhere.exit_code == 3
    assert json.loads(nowhere.stdout)["needs"]["currency"] == "USD"


def test_a_country_without_wallets_is_told_with_how_many_have_some() -> None:
    for form in ("table", "markdown", "csv"):
        result = run("--country", "AQ", "--format", form)
        assert result.exit_code == 3
        # There is nothing to say of any wallet; a table for a program has its head all the same.
        assert len(result.stdout.splitlines()) == (form == "csv")
    (line,) = result.stderr.splitlines()
    assert line == (
        f"Error: the catalog has no wallet in Antarctica; it covers {len(countries())} countries;"
        " for an account there: walletpick complain NAME --country AQ, walletpick leave NAME"
        " --country AQ"
    )


def test_a_country_without_wallets_is_answered_with_what_helps_there() -> None:
    country = next(code for code in country_codes() if code not in shipped().countries)
    ran = run("--country", country)
    assert (ran.exit_code, ran.stdout) == (3, "")
    first, *lines = ran.stderr.splitlines()
    assert first.startswith("Error: the catalog has no wallet in ")
    assert any("known to run there" in line.casefold() for line in lines)
    assert any("What the law there gives customers" in line for line in lines)
    calls = re.findall(r": walletpick (\w+) NAME --country ([A-Z]{2})\n", ran.stderr)
    assert calls == [("complain", country), ("leave", country)]
    for command, code in calls:
        helped = CliRunner().invoke(
            cli, [command, "Some Wallet", "--country", code, "--kind", "mobile-money"]
        )
        assert helped.exit_code == 0


@pytest.mark.parametrize("text", ["Kosovo", "XK", "科索沃"])
def test_a_place_without_a_code_is_no_unknown_word(text: str) -> None:
    ran = run("--country", text, "--use", "send=100")
    assert ran.exit_code == 2
    assert "the catalog has nothing for it" in " ".join(ran.stderr.split())


def test_where_nothing_fits_every_reason_is_told() -> None:
    args = ["--country", "PH", "--must", "features:crypto", "--strict", "--age", "12"]
    # One of the limits holds in online shops alone.
    args += ["--given", "online"]
    for operation in ("pay", "cash-out", "send"):
        args += ["--use", f"{operation}=90000000"]
    result = run(*args)
    assert result.exit_code == 3
    page = " ".join(result.stdout.split())
    assert "other reasons" not in page
    out = json.loads(run("--json", *args).stdout)["left_out"]
    first = {row["reasons"][0] for row in out}
    assert len(first) > 4
    assert all(f"({reason})" in page for reason in first)


def test_a_wallet_of_many_countries_does_not_list_them() -> None:
    for command in (("leave",), ("complain",), ("switch", "--from"), ("cost", "--use", "send=5")):
        error = CliRunner().invoke(cli, [*command, "paypal"]).stderr
        assert re.search(
            r"PayPal is in \d+ countries \(.+\): say which with --country ([A-Z]{2}) or paypal@\1",
            error,
        )
    error = CliRunner().invoke(cli, ["compare", "paypal", "wise"]).stderr
    assert re.search(
        r"can be compared in \d+ countries: say which, such as --country [A-Z]{2}$", error
    )


def test_a_bank_of_which_no_wallet_says_anything_is_told() -> None:
    args = ["--use", "top-up=100", "--country", "PH"]
    for bank, said in (
        ("bpi", ""),
        ("BPII", "did you mean BPI"),
        ("zzzz zzzz", "changes nothing."),
    ):
        result = run(*args, "--bank", bank, "--json")
        assert result.exit_code == 0
        assert json.loads(result.stdout)["needs"]["bank"] == [bank]
        assert ("says anything" in result.stderr) is bool(said)
        assert said in result.stderr


@pytest.mark.parametrize("width", [20, 30, 40, 50, 80])
def test_no_width_loses_a_column(width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    for command in (("--persona", "family-abroad", "--country", "US"), ("--country", "GB"), SEND):
        shown = run(*command, "--top", "3").stdout
        assert "Points" in shown
        assert "Best in" in " ".join(shown.split())


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (("--use", "receive=200000x120"), True),
        (("--use", "receive=20000x10", "--use", "receive-abroad=20000x10"), True),
        (("--use", "receive=20000x19"), False),
        (("--use", "pay=200000x120"), False),
        (("--use", "receive=200000x120", "--person", "business"), False),
        (("--use", "receive=200000x120", "--for", "3 weeks"), False),
    ],
)
def test_who_is_paid_as_often_as_a_shop_is_told_how_to_say_so(
    args: tuple[str, ...], told: bool
) -> None:
    result = run("--country", "KE", *args)
    assert (
        "\nDo you sell? A shop pays other prices: add --person business\n" in result.stdout
    ) == told


def test_strict_ranks_only_what_is_confirmed() -> None:
    args = ("--country", "US", "--use", "send=100", "--must", "pay-nfc")
    loose, strict = run("--json", *args), run("--json", *args, "--strict")
    marked = {
        row["wallet"]: bool(row["unconfirmed"]) for row in json.loads(loose.stdout)["ranking"]
    }
    assert set(marked.values()) == {True, False}
    kept = [row["wallet"] for row in json.loads(strict.stdout)["ranking"]]
    assert kept == [wallet for wallet, unconfirmed in marked.items() if not unconfirmed]
    reasons = {row["wallet"]: row["reasons"] for row in json.loads(strict.stdout)["left_out"]}
    for wallet, unconfirmed in marked.items():
        assert unconfirmed == (wallet in reasons)
        if unconfirmed:
            assert reasons[wallet][0].startswith("not confirmed: ")


# Wrong use.

WRONG: list[tuple[tuple[str, ...], str]] = [
    (("--country", "Kenia"), "Kenya (KE)"),
    (("--country", "XX"), "XX"),
    (("--country", ""), "it is empty"),
    (("--persona", " "), "it is empty"),
    (("--currency", ""), "it is empty"),
    (("--needs", ""), "it is empty"),
    (("--persona", "familly-abroad"), "did you mean family-abroad"),
    (("--persona", "zzz"), "there are: cash-worker"),
    (("--use", "sent=100"), "did you mean send"),
    (("--use", "subscription=5"), 'no operation "subscription"'),
    (("--use", "cash-abroad=200x2"), "say --use cash-out=200x2@COUNTRY"),
    (("--use", "cash-out-abroad=200@MX"), "say --use cash-out=200@MX"),
    (("--use", "pay-qr=20"), "say --use pay=20 --must pay-qr"),
    (("--use", "pay-nfc=20"), "say --use pay=20 --must pay-nfc"),
    (("--use", "pay-online=20"), "say --use pay=20 --given online"),
    (("--use", "pay-merchant=20"), "say --use pay=20"),
    (("--use", "pay-in-store=20"), "say --use pay=20"),
    (("--use", "shop=20"), "say --use pay=20"),
    (("--use", "sell=20"), "say --use receive=20 --person business --must merchant-acceptance"),
    (("--use", "receive-business=20"), "say --use receive=20 --person business"),
    (("--use", "send=100:debit-crad"), "did you mean debit-card"),
    (("--use", "cash-out=100x2:bank-transfer"), "did you mean withdraw=100x2:bank-transfer?"),
    (("--use", "cash-out=100:mobile-wallet"), "did you mean withdraw=100:mobile-wallet?"),
    (("--use", "send=100@Mexicoo"), "Mexico (MX)"),
    (("--use", "send"), "how much? Write send=200"),
    (("--use", "send@PH"), "how much? Write send=200@PH"),
    (("--use", "send 50"), "write send=50"),
    (("--use", "send-abroad:50 USD@MX"), "write send-abroad=50 USD@MX"),
    (("--use", "nothing"), "OPERATION=AMOUNT"),
    (("--use", "=5"), "OPERATION=AMOUNT"),
    (("--use", "send=5@"), "OPERATION=AMOUNT"),
    (("--use", "send="), "how much? Write send=200"),
    (("--use", "send-abroad=50:MX"), "MX is a country, and no method: write send-abroad=50@MX"),
    (("--use", "send-abroad=50@atm"), "atm is a method, and no country: write send-abroad=50:atm"),
    (("--use", "send-abroad=50@MX@PH"), "names two countries"),
    (("--use", "send:instant=50:standard"), "names two methods"),
    (("--use", "send-abroad=50 to Mexico"), "write send-abroad=50@Mexico"),
    (("--use", "pay=50/month"), "write pay=50"),
    (("--use", "pay=50 per month:card"), "write pay=50:card"),
    (("--use", "pay=50:nfc"), "write pay=50 --must pay-nfc"),
    (("--use", "pay=50:visa"), "did you mean debit-card, credit-card or card?"),
    (("--use", "remittance=50@MX"), "did you mean send-abroad?"),
    (("--use", "exchange=50"), "did you mean convert?"),
    (("--use", "airtime=50"), "did you mean mobile-top-up?"),
    (("--use", "ATM=50"), "did you mean cash-out?"),
    (("--use", "crypto=50"), "say --must crypto"),
    (("--must", "2fa"), "two-factor-totp, two-factor-push, two-factor-sms"),
    (("--must", "tap to pay"), "the nearest are: pay-nfc;"),
    (("--must", "FDIC"), "the nearest are: deposit-insurance, pass-through-insurance;"),
    (("--must", "cheap"), "say --weight cost=5"),
    (("--must", "no bank account"), "say --person unbanked"),
    (("--must", "iphone"), "say --platform ios"),
    (("--have", "bank account"), "did you mean bank-linked or bank-transfer?"),
    (("--have", "salary"), "did you mean payroll?"),
    (("--person", "tourist"), "did you mean visitor?"),
    (("--platform", "feature phone"), "did you mean ussd?"),
    (("--weight", "price=5"), "did you mean cost?"),
    (("--weight", "speed=5"), "known: cost, coverage,"),
    (("--country", "Europe"), "several countries"),
    (("--country", "EUR"), "several countries"),
    (("--country", "kes"), "did you mean Kenya (KE)?"),
    (("--use", "send=abc"), 'the amount is "abc": expected a number'),
    (("--use", "send=1e5"), "expected a number"),
    (("--use", "send=1,2,3"), "expected a number"),
    (("--use", "send=1.2.3"), "expected a number"),
    (("--use", "send=nan"), "expected a number"),
    (("--use", "send=-5"), "more than 0"),
    (("--use", "send=0"), "more than 0"),
    (("--use", f"send={10**30}"), "write at most 30"),
    (("--use", "send=100x0"), "times must be a whole number from 1 to 1000"),
    (("--use", "send=100x1001"), "times must be a whole number from 1 to 1000"),
    (("--use", "send=100x2.5"), "times must be a whole number"),
    (("--use", "send=100x²"), "times must be a whole number"),
    (("--must", "pay-nfx"), "pay-nfc"),
    (("--must", "features:pay-nfx"), "features:pay-nfc"),
    (("--must", "featurs:pay-nfc"), "the families are: features, security"),
    (("--must", "support:phone"), "protection; did you mean channels:phone?"),
    (("--must", "security:pay-nfc"), "did you mean features:pay-nfc?"),
    (("--must", "bank-transfer"), "funding:bank-transfer or payout:bank-transfer"),
    (("--wish", "paskey"), "passkey"),
    (("--weight", "cots=3"), "did you mean cost"),
    (("--weight", "cost"), "CRITERION=0..5"),
    (("--weight", "cost=6"), "from 0 to 5"),
    (("--weight", "cost=-1"), "from 0 to 5"),
    (("--weight", "cost=much"), "expected a number from 0 to 5"),
    (("--weight", "cost=inf"), "expected a number from 0 to 5"),
    (("--currency", "USX"), "USD"),
    (("--currency", "KPW"), 'no exchange rate for a currency "KPW"; did you mean'),
    (
        ("--currency", "123"),
        'no exchange rate for a currency "123"; give a code such as USD or PHP',
    ),
    (("--age", "x"), "Invalid value for '--age': 'x' is not a whole number from 0 to 130."),
    (("--age", "131"), "Invalid value for '--age': '131' is not a whole number from 0 to 130."),
    (("--top", "-1"), "Invalid value for '--top': '-1' is not a whole number of 0 or more."),
    (("--have", "debit-crad"), "debit-card"),
    (("--person", "visitr"), "visitor"),
    (("--platform", "io"), "ios"),
    (("--age", "old"), "old"),
    (("--age", "-1"), "-1"),
    (("--top", "-1"), "-1"),
    (("--top", "x"), "x"),
    (("--format", "xml"), "json"),
    (("--contry", "US"), "--country"),
    (("Kenya",), "Kenya"),
    (("--needs", "x.yaml", "--persona", "teenager"), "exclude each other"),
    (("--person", "minor", "--age", "30"), "minor and an age of 30 exclude each other"),
    (("--person", "senior", "--age", "5"), "senior and an age of 5 exclude each other"),
    (("--person", "resident", "--person", "visitor"), "visitor and resident exclude each other"),
    (("--person", "senior", "--person", "minor"), "minor and senior exclude each other"),
    (("--person", "member", "--person", "new-customer"), "new-customer and member exclude each"),
    (("--person", "minor", "--person", "business"), "minor and business exclude each other"),
    (("--persona", "teenager", "--person", "business"), "business and an age of 14 exclude each"),
    (
        ("--person", "unbanked", "--have", "bank-linked"),
        "--person unbanked and --have bank-linked exclude each other",
    ),
    (
        ("--person", "unbanked", "--have", "debit-card", "--have", "bank-transfer"),
        "--person unbanked and --have bank-transfer exclude each other",
    ),
    (
        ("--person", "unbanked", "--given", "local-bank-account"),
        "--person unbanked and --given local-bank-account exclude each other",
    ),
    (
        ("--platform", "android", "--given", "iphone"),
        "--platform android and --given iphone exclude each other",
    ),
    (("--use", "pay=100:atm"), "pay is not done by atm; expected one of balance, "),
    (
        ("--use", "cash-out=100:credit-card"),
        "cash-out is not done by credit-card; expected one of atm, cash-agent, agent, cash-pickup",
    ),
    (("--use", "withdraw=100:cash-agent"), "withdraw is not done by cash-agent; expected one of"),
    (("--use", "pay=5x"), '"pay=5x": how many times? Write pay=5x2'),
    (("--use", "send=5 x:instant"), "how many times? Write send=5 x2:instant"),
    (("--json", "--format", "csv"), "--json is --format json: leave it out, or --format csv"),
]


@pytest.mark.parametrize(("args", "hint"), WRONG, ids=[" ".join(args)[:40] for args, _ in WRONG])
def test_wrong_use_is_refused_in_one_sentence_that_helps(args: tuple[str, ...], hint: str) -> None:
    message = refused(*args)
    assert hint in message
    assert "\n" not in message
    assert not CONTROL.search(message)


def test_what_is_said_now_replaces_what_was_where_both_cannot_be(tmp_path: Path) -> None:
    file = tmp_path / "me.yaml"
    file.write_text(
        "country: US\nperson: [unbanked, student]\nuse: [{operation: pay, amount: 50}]\n"
    )
    told = ranking("--needs", str(file), "--have", "bank-linked")["needs"]
    assert (told["person"], told["have"]) == (["student"], ["bank-linked"])
    file.write_text(
        "country: US\nhave: [bank-linked, debit-card]\ngiven: [local-bank-account]\n"
        "use: [{operation: pay, amount: 50}]\n"
    )
    told = ranking("--needs", str(file), "--person", "unbanked")["needs"]
    assert (told["person"], told["have"], told["given"]) == (["unbanked"], ["debit-card"], [])


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (
            "person: [unbanked]\nhave: [bank-linked]\n",
            '"person: unbanked" and "have: bank-linked" exclude each other: keep one of them',
        ),
        (
            "platform: ios\ngiven: [no-iphone]\n",
            '"platform: ios" and "given: no-iphone" exclude each other',
        ),
        (
            "use: [{operation: pay, amount: 5, method: atm}]\n",
            "pay is not done by atm: expected one of balance, ",
        ),
    ],
)
def test_a_file_that_contradicts_itself_is_refused(tmp_path: Path, text: str, says: str) -> None:
    file = tmp_path / "me.yaml"
    file.write_text(f"country: US\n{text}")
    done = run("--needs", str(file))
    assert done.exit_code == 2
    assert says in done.stderr


# Ways in which one thing is written, of which the first is the one in which it is shown.
WRITTEN = [
    (
        *("send-abroad=50x2:cash-pickup@PH", "send-abroad=50x2@PH:cash-pickup"),
        *("send-abroad:cash-pickup@PH=50x2", "send-abroad@PH:cash-pickup=50x2"),
        *("Send Abroad=50x2 : Cash Pickup @ Philippines", "send_abroad@PH=50x2:cash_pickup"),
        "send-abroad:cash-pickup@PH.percent=50x2",
    ),
    ("send=50:instant", "send:instant=50", "SEND=50:Instant"),
]


@pytest.mark.parametrize("ways", WRITTEN, ids=lambda ways: str(ways[0]))
def test_method_and_country_stand_in_any_order(ways: tuple[str, ...]) -> None:
    first, *others = ([*ranking("--country", "US", "--use", way)["needs"]["use"]] for way in ways)
    assert first
    assert all(other == first for other in others)


def test_a_word_may_be_spelt_as_people_spell_it() -> None:
    def needs(*options: str) -> dict[str, Any]:
        return dict(ranking(*SEND, *options)["needs"])

    spelt = needs("--have", "Debit card", "--person", "Senior", "--platform", "Android")
    assert spelt == needs("--have", "debit-card", "--person", "senior", "--platform", "android")


def test_a_misspelt_command_is_refused_with_the_nearest() -> None:
    result = CliRunner().invoke(cli, ["rnak"])
    assert result.exit_code == 2
    assert "did you mean rank" in result.stderr


def test_a_day_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WALLETPICK_TODAY", "yesterday")
    assert "2026-11-22" in refused(*SEND)


# Needs files.

GOOD = """
title: Pocket money
country: NO
use:
  - {operation: send, amount: 300, times: 3}
must: [send]
weights: {security: 5}
"""


@pytest.fixture
def needs_file(tmp_path: Path) -> Callable[[str | bytes], str]:
    path = tmp_path / "needs.yaml"

    def write(content: str | bytes) -> str:
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return os.fspath(path)

    return write


def test_a_needs_file(needs_file: Callable[[str | bytes], str]) -> None:
    name = needs_file(GOOD)
    needs = ranking("--needs", name)["needs"]
    assert (needs["title"], needs["country"], needs["currency"]) == ("Pocket money", "NO", "NOK")
    assert needs["use"][0]["amount"] == "300.00"
    assert needs["must"] == ["features:send"]
    over = ranking("--needs", name, "--country", "SE", "--use", "send=10")["needs"]
    assert (over["country"], over["currency"]) == ("SE", "SEK")
    assert [usage["amount"] for usage in over["use"]] == ["10.00"]
    assert needs_file(json.dumps({"country": "NO", "use": [{"operation": "send", "amount": 100}]}))
    assert ranking("--needs", name)["needs"]["use"][0]["amount"] == "100.00"


@pytest.mark.parametrize("name", ["CN", "cn", "China", "中国"])
def test_a_needs_file_names_countries_as_the_options_do(
    needs_file: Callable[[str | bytes], str], name: str
) -> None:
    use = f"use:\n  - {{operation: send, amount: 9, country: {name}}}\n"
    needs = ranking("--needs", needs_file(f"country: {name}\n{use}"))["needs"]
    assert (needs["country"], needs["use"][0]["country"]) == ("CN", "CN")


BROKEN: list[tuple[str, str | bytes, str]] = [
    ("an escape in a title", 'title: "\\e[31mred"\n', r":1:\d+: title: .*U\+001B"),
    ("a raw escape", b"title: a\x1b[31mred\n", r":1:\d+: .*U\+001B"),
    ("a bell", 'title: "\\a"\n', r":1:\d+: title: .*U\+0007"),
    ("a direction", "title: a\u202egnp\n", r":1:\d+: .*U\+202E"),
    ("a C1 control", 'title: "\\x9b31m"\n', r":1:\d+: title: .*U\+009B"),
    ("a key twice", "country: PH\ncountry: US\n", r":2:1: .*country"),
    ("an unknown key", "contry: PH\n", r':1:1: .*unknown key "contry" \(did you mean "country"\?\)'),
    ("an unknown key below", "use:\n  - {operation: send, amont: 5, amount: 5}\n", r":2:\d+: use\[0\].*amont.*amount"),
    ("a missing key", "use:\n  - {operation: send}\n", r":2:\d+: use\[0\]: .*amount"),
    ("no YAML", "title: [a\n", r":\d+:\d+: "),
    ("two colons", "a: b: c\n", r":1:\d+: "),
    ("nothing", "", r":1:1: .*"),
    ("a comment", "# none\n", r":1:1: .*"),
    ("only text", "hello\n", r":1:1: .*expected a block of keys"),
    ("a list", "- country: PH\n", r":1:1: .*expected a block of keys"),
    ("not UTF-8", b"title: caf\xe9\n", r":1:\d+: .*UTF-8"),
    ("a tab", "use:\n\t- a\n", r":2:1: .*tab"),
    ("an anchor", "title: &a x\nabout: *a\n", r":1:\d+: .*anchor"),
    ("a tag", "title: !!python/object x\n", r":1:\d+: .*tag"),
    ("too deep", "title: " + "[" * 30 + "]" * 30 + "\n", r":1:\d+: .*20 levels of nesting"),
    ("a wrong country", "country: Kenja\n", r":1:10: country: .*Kenja.*Kenya \(KE\)"),
    ("one of two countries", "country: Congo\n", r":1:10: country: .*Congo .*\(CD\) or .*\(CG\)"),
    ("a wrong country of a use", "use:\n  - {operation: pay, amount: 5, country: Kenja}\n", r":2:42: use\[0\].country: .*Kenya \(KE\)"),
    ("a number for a country", "country: 86\n", r":1:10: country: .*86"),
    ("a wrong word", "must: [pay-nfx]\n", r":1:8: must\[0\]: .*pay-nfx.*pay-nfc"),
    ("a wrong word further down", "country: PH\nmust:\n  - pay-qr\n  - pay-nfx\n", r":4:5: must\[1\]: .*pay-nfx.*pay-nfc"),
    ("a wrong wish", "wish: [pay-qr, security:pass-key]\n", r":1:16: wish\[1\]: .*security:passkey"),
    ("a word of two families", "wish: [bank-linked]\n", r":1:8: wish\[0\]: .*funding:bank-linked or payout:bank-linked"),
    ("a wrong family", "wish: [safety:passkey]\n", r":1:8: wish\[0\]: .*families"),
    ("a wrong person", "person: [visitor, visitr]\n", r":1:19: person\[1\]: .*visitor"),
    ("a wrong way to pay in", "have:\n  - debt-card\n", r":2:5: have\[0\]: .*debit-card"),
    ("a wrong operation", "use: [{operation: sent, amount: 5}]\n", r":1:\d+: use\[0\].operation: .*send"),
    ("a wrong criterion", "weights: {cots: 5}\n", r":1:\d+: .*cost"),
    ("no use of money", "use: [{operation: subscription, amount: 5}]\n", r":1:19: use\[0\].operation: .*one of: top-up, pay"),
    ("cash without cash", "use: [{operation: cash-out, amount: 5, method: paypal}]\n", r":1:\d+: use\[0\].*did you mean withdraw"),
    ("a weight too heavy", "weights:\n  cost: 6\n", r":2:9: weights.cost: .*0 to 5"),
    ("too often", "use: [{operation: send, amount: 5, times: 1001}]\n", r":1:43: use\[0\].times: .*1 to 1000"),
    ("never", "use: [{operation: send, amount: 5, times: 0}]\n", r":1:43: use\[0\].times: .*1 to 1000"),
    ("too old", "age: 131\n", r":1:6: age: .*0 to 130"),
    ("no amount", "use: [{operation: send, amount: 0}]\n", r":1:\d+: use\[0\].*expected 0.0001 to "),
    ("a number in quotes", "age: '14'\n", r":1:6: age: .*number"),
    ("a yes of old", "strict: yes\n", r":1:9: strict: .*true or false"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("content", "pattern"), [b[1:] for b in BROKEN], ids=[b[0] for b in BROKEN]
)
def test_a_broken_needs_file_is_refused_with_its_place(
    needs_file: Callable[[str | bytes], str], content: str | bytes, pattern: str
) -> None:
    name = needs_file(content)
    for args, stdin, shown in (
        (("--needs", name), None, name),
        (("--needs", "-"), content, "standard input"),
    ):
        message = refused(*args, stdin=stdin)
        head, *problems = message.splitlines()
        assert head == "the needs cannot be used:"
        assert problems
        for line in problems:
            assert re.match(rf"{re.escape(shown)}:\d+:\d+: \S", line), line
        assert any(re.match(re.escape(shown) + pattern, line) for line in problems), problems
        assert not CONTROL.search(message.replace("\n", ""))


def test_a_needs_file_that_is_too_large_is_not_read(needs_file: Callable[..., str]) -> None:
    content = b"#" * MAX_BYTES + b"\n" * 10
    for name, stdin in ((needs_file(content), None), ("-", content)):
        message = refused("--needs", name, stdin=stdin)
        assert f"larger than {MAX_BYTES:,} bytes" in message
        assert "\n" not in message


def test_a_needs_file_that_cannot_be_read(tmp_path: Path) -> None:
    missing = refused("--needs", os.fspath(tmp_path / "none.yaml"))
    assert "none.yaml" in missing
    assert "No such file" in missing
    assert "directory" in refused("--needs", os.fspath(tmp_path))


def test_a_currency_without_a_rate_is_wrong_use(needs_file: Callable[[str | bytes], str]) -> None:
    use = "use: [{operation: send, amount: 5}]\n"
    for content, args in (
        ("currency: KPW\n", ()),
        ("currency: KPW\ncountry: US\n", ()),
        ("country: KP\n", ("--country", "US")),
        ("country: KP\n", ("--currency", "USD")),
    ):
        message = refused("--needs", needs_file(content + use), *args)
        assert 'no exchange rate for a currency "KPW"' in message


def test_standard_input_is_read_only_when_asked_for() -> None:
    with_input = ranking("--needs", "-", stdin=GOOD)
    assert with_input["needs"]["title"] == "Pocket money"
    ignored = ranking(*SEND, stdin="nonsense: [")
    assert ignored == ranking(*SEND)


# As processes: other catalogs, closed pipes, Ctrl-C.


@pytest.fixture
def small_catalog(tmp_path: Path) -> Path:
    """Return a catalog of one shipped wallet, to break."""
    folder = tmp_path / "catalog"
    (folder / "wallets").mkdir(parents=True)
    source = default_directory()
    for name in SHARED:
        shutil.copy(source / name, folder / name)
    shutil.copy(source / "wallets" / "gcash.yaml", folder / "wallets" / "gcash.yaml")
    shutil.copytree(source / "countries", folder / "countries")
    return folder


def test_another_catalog(small_catalog: Path, tmp_path: Path) -> None:
    args = ("rank", "--json", "--country", "PH", "--use", "send=100")
    by_option = walletpick(tmp_path, "--catalog", os.fspath(small_catalog), *args)
    assert by_option.returncode == 0, by_option.stderr
    assert order(json.loads(by_option.stdout)) == [("gcash", "PH")]
    by_setting = walletpick(tmp_path, *args, WALLETPICK_CATALOG=os.fspath(small_catalog))
    assert by_setting.stdout == by_option.stdout
    # The place of the wallet is what it is among others, but for the version of the catalog.
    (row,) = json.loads(by_option.stdout)["ranking"]
    (full,) = [r for r in ranking(*args[2:])["ranking"] if r["wallet"] == "gcash"]
    for key in ("score", "evidence", "yearly_cost", "criteria", "plan"):
        assert row[key] == full[key]


def refused_catalog(tmp_path: Path, folder: Path) -> str:
    done = walletpick(tmp_path, "--catalog", os.fspath(folder), "rank", "--country", "PH")
    assert done.returncode == 4, done.stderr
    assert not done.stdout
    assert b"Traceback" not in done.stderr
    return done.stderr.decode()


def test_a_catalog_that_cannot_be_used_ends_with_4(small_catalog: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    assert "no wallets found" in refused_catalog(tmp_path, empty)
    assert "no catalog directory" in refused_catalog(tmp_path, tmp_path / "none")
    path = small_catalog / "wallets" / "gcash.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(f"{text}\nname: Another\n", encoding="utf-8")
    line = len(text.splitlines()) + 2
    message = refused_catalog(tmp_path, small_catalog)
    assert re.search(rf"gcash\.yaml:{line}:1: .*name", message), message
    path.write_text(text, encoding="utf-8")
    (small_catalog / "rates.yaml").unlink()
    assert "rates.yaml:1:1: " in refused_catalog(tmp_path, small_catalog)


@pytest.mark.parametrize(
    "args",
    [
        ("--country", "US", "--json"),
        ("--country", "US"),
        ("--country", "US", "--format", "csv"),
        ("--country", "US", "--format", "markdown"),
        ("--country", "AQ", "--json"),
    ],
    ids=" ".join,
)
def test_a_reader_that_leaves_is_no_error(args: tuple[str, ...]) -> None:
    """As in `walletpick rank | true`: nothing reads, from the first byte on."""
    read_end, write_end = os.pipe()
    os.close(read_end)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "walletpick", "rank", "--use", "send=100", *args],
            stdin=subprocess.DEVNULL,
            stdout=write_end,
            stderr=subprocess.PIPE,
            env=environment(warm_cache()),
            timeout=PATIENCE,
            check=False,
        )
    finally:
        os.close(write_end)
    assert done.stderr == b""
    assert done.returncode == 0


def test_a_reader_that_takes_one_line_gets_it() -> None:
    """As in `walletpick rank --json | head -1`, with more to write than a pipe holds."""
    program = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "walletpick",
            "rank",
            "--country",
            "US",
            "--use",
            "send=100",
            "--json",
        ],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(warm_cache()),
    )
    assert program.stdout
    assert program.stderr
    with program:
        head = subprocess.run(
            ["sh", "-c", 'read -r line; echo "$line"'],
            stdin=program.stdout,
            capture_output=True,
            timeout=PATIENCE,
            check=True,
        )
        program.stdout.close()
        assert head.stdout == b"{\n"
        assert program.stderr.read() == b""
        assert program.wait(PATIENCE) == 0


# As in a terminal: a test that runs in the background has Ctrl-C switched off for its children.
LISTENING = (
    "import runpy, signal; signal.signal(signal.SIGINT, signal.default_int_handler);"
    " runpy.run_module('walletpick', run_name='__main__')"
)


def test_ctrl_c_ends_with_130() -> None:
    program = subprocess.Popen(
        [sys.executable, "-c", LISTENING, "rank", "--needs", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(warm_cache()),
    )
    assert program.stdin
    assert program.stdout
    assert program.stderr
    with program:
        # More than a pipe holds: when all of it is written, the program is reading.
        program.stdin.write(b"# waiting\n" * 30_000)
        program.stdin.flush()
        program.send_signal(signal.SIGINT)
        # A signal between two reads is only seen after the next one, which the end lets go.
        program.stdin.close()
        assert program.wait(PATIENCE) == 130
        out, err = program.stdout.read(), program.stderr.read()
    assert out == b""
    assert b"Traceback" not in err


def test_the_page_repeats_what_was_asked_and_prices_nothing_without_a_usage() -> None:
    page = run(
        "--country", "US", "--age", "30", "--have", "debit-card", "--platform", "ios",
        "--must", "physical-card", "--wish", "passkey", "--person", "student",
    ).stdout  # fmt: skip
    page = " ".join(page.split())
    assert "It must offer a plastic card" in page
    assert "If possible it should log in with a passkey" in page
    assert "For somebody of 30 who is a student" in page
    assert "You have a debit card" in page
    assert "It must run on iPhone and iPad" in page
    assert "First year" not in page
    assert "features:" not in page


def paragraph_of(page: str, head: str) -> str:
    """Return the paragraph of a page that begins so, on one line."""
    (found,) = [part for part in page.split("\n\n") if part.startswith(head)]
    return " ".join(found.split())


@pytest.mark.parametrize(
    ("use", "means"),
    [
        ("cash-out=4000x2", "You have agents or shops that give cash."),
        ("receive=4000x2", "You have agents or shops that give cash."),
        ("top-up=4000x2", "You have cash to pay in at agents or shops."),
        ("send=4000x2", "You have cash to pay in at agents or shops."),
    ],
)
def test_who_only_takes_cash_out_is_not_told_that_they_pay_it_in(use: str, means: str) -> None:
    page = run("--country", "KE", "--use", use, "--have", "cash-agent").stdout
    assert means in " ".join(page.split())


def test_what_is_said_twice_counts_once() -> None:
    """By a persona and an option, or by an option given twice."""
    persona = ("--country", "CO", "--persona", "cash-worker")
    twice = ("--must=send", "--must=features:send", "--given=ussd", "--bank=Some")
    page = " ".join(run(*persona, "--person", "unbanked", *twice, *twice).output.split())
    assert page.count("has no bank account") == page.count("It must send money to people.") == 1
    assert page.count("ou dial a code for it") == page.count('says anything of "Some"') == 1
    needs = json.loads(run(*persona, "--person=unbanked", *twice, "--json").stdout)["needs"]
    assert needs["person"] == ["unbanked"]
    for name in ("must", "have", "given", "bank"):
        assert len(needs[name]) == len(set(needs[name])) > 0


def test_long_lists_of_who_is_not_confirmed_are_cut_on_the_page() -> None:
    args = ("--persona", "freelancer", "--country", "US")
    document = ranking(*args)
    other = [row for row in document["ranking"] if not row["confirmed"]]
    assert len(other) > 5
    brief, full = run(*args).stdout, run(*args, "--explain").stdout
    named = paragraph_of(brief, "May also fit: ")
    assert re.search(r" and [\d,]+ more, not confirmed: ", named), named
    # What is not confirmed has brackets of its own here, and so stands in none.
    assert "))" not in named
    for line in (named, paragraph_of(brief, "Does not fit: ")):
        assert line.count("; ") <= 3, line
    # In full, each is named with all that is not confirmed of it, or that speaks against it.
    said = " ".join(full.split())
    for row in (*other, *document["left_out"]):
        # Or at its place, where it is among the first.
        head = rf" {row.get('rank')}\. {re.escape(row['name'])} ─+ Not confirmed: "
        listed = rf"• {re.escape(row['name'])}(, not confirmed)?: "
        assert re.search(f"{head}|{listed}", said), row["name"]


def test_a_price_among_its_own_users_is_said_where_the_cost_is_not_known() -> None:
    uses = ("--use", "pay-abroad=300x10@US", "--use", "send-abroad=500@GB")
    text = run("--country", "DE", *uses).stdout
    told = paragraph_of(text, "Priced ")
    assert re.search(
        r"Where the other side has the same wallet, it costs a year: [\w ,.()]*\d EUR at Revolut\.",
        told,
    )
    # Once is enough.
    assert "only to other Revolut users" not in text
    explained = " ".join(run("--country", "DE", *uses, "--explain").stdout.split())
    assert (
        "A price is on record only to other Revolut users: sending money to people abroad"
        in explained
    )
