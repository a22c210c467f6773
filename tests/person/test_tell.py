"""`walletpick tell`: a person's own facts on disk, in answers, and taken back."""

from __future__ import annotations

import csv
import fcntl
import io
import json
import os
import pty
import re
import stat
import struct
import subprocess
import sys
import termios
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from running import PATIENCE, environment, walletpick, warm_cache
from small import TWOPAY, validated, write_catalog

from walletpick.person.own import HEAD, MOST, OwnError, read_own

FEES = ("twopay@KE", "send.percent=3", "--source", "https://example.com/mine")


@pytest.fixture(scope="module")
def catalog(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_catalog(tmp_path_factory.mktemp("tell") / "catalog")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "walletpick" / "own.yaml"


class Ran:
    """What a command answered."""

    def __init__(self, done: subprocess.CompletedProcess[bytes]) -> None:
        self.code = done.returncode
        self.out = done.stdout.decode()
        self.error = done.stderr.decode()
        assert "Traceback" not in self.error


def run(home: Path, catalog: Path, *args: str, **more: str) -> Ran:
    """Run the program as a process whose own data are below `home`."""
    own = {"XDG_DATA_HOME": str(home), "WALLETPICK_CATALOG": str(catalog), "NO_COLOR": "1"}
    return Ran(walletpick(warm_cache(), *args, **{**own, **more}))


def tell(home: Path, catalog: Path, *args: str, **more: str) -> Ran:
    return run(home, catalog, "tell", *args, **more)


def bill(home: Path, catalog: Path, *args: str) -> dict[str, Any]:
    """Return the bill of sending 1,000 shillings a month."""
    ran = run(home, catalog, "cost", "twopay@KE", "--use", "send=1000", "--json", *args)
    (made,) = validated(ran.out, "bill")["bills"]
    assert isinstance(made, dict)
    return made


def on_one_line(text: str) -> str:
    return " ".join(text.split())


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


# The file.


def test_a_fact_is_a_line_that_only_its_owner_reads(
    tmp_path: Path, catalog: Path, file: Path
) -> None:
    ran = tell(tmp_path, catalog, *FEES, "passkey=no", "--date", "2026-11-02")
    assert ran.code == 0
    assert "".join(ran.out.split()).endswith(f"staysonthisdevice:{file}")
    assert max(map(len, ran.out.split("device:")[0].splitlines())) <= 80
    assert file.read_text() == (
        f"{HEAD}\nfacts:\n"
        "  - {wallet: twopay, country: KE, fact: send.percent, value: 3 %,"
        " source: https://example.com/mine, seen: 2026-11-02}\n"
        "  - {wallet: twopay, country: KE, fact: security.passkey, value: no,"
        " source: https://example.com/mine, seen: 2026-11-02}\n"
    )
    assert mode(file) == 0o600
    assert mode(file.parent) == 0o700
    assert sorted(path.name for path in file.parent.iterdir()) == ["own.yaml"]


def test_the_file_may_be_elsewhere_whose_folder_stays_as_it_is(
    tmp_path: Path, catalog: Path
) -> None:
    folder = tmp_path / "mine"
    folder.mkdir(mode=0o755)
    place = str(folder / "facts.yaml")
    assert tell(tmp_path, catalog, *FEES, WALLETPICK_OWN=place).code == 0
    assert mode(folder) == 0o755
    assert mode(folder / "facts.yaml") == 0o600
    assert "3 %" in tell(tmp_path, catalog, "list", WALLETPICK_OWN=place).out
    assert "Nothing is told yet" in tell(tmp_path, catalog, "list").out


def test_telling_again_replaces_and_what_a_person_wrote_stays(
    tmp_path: Path, catalog: Path, file: Path
) -> None:
    file.parent.mkdir(parents=True)
    file.write_text(
        "# mine alone\nfacts:\n  # from the bill of May\n"
        "  - fact: pay.percent\n    wallet: twopay\n    country: KE\n    value: 1.5 %\n"
        "    source: my bill  # in the drawer\n    seen: 2026-05\n"
        "  - {wallet: twopay, country: KE, fact: send.percent, value: 9 %, source: it, seen: 2026}\n"
    )
    assert tell(tmp_path, catalog, *FEES).code == 0
    text = file.read_text()
    assert "# mine alone" in text
    kept = (
        "  # from the bill of May\n  # in the drawer\n  - {wallet: twopay, country: KE, fact: pay."
    )
    assert kept in text
    assert [(told.fact, told.value) for told in read_own(file)] == [
        ("pay.percent", "1.5 %"),
        ("send.percent", "3 %"),
    ]


def test_several_programs_that_tell_at_once_lose_nothing(tmp_path: Path, catalog: Path) -> None:
    words = ("passkey", "biometric-login", "app-pin", "two-factor-sms", "instant-freeze")
    env = environment(warm_cache(), XDG_DATA_HOME=str(tmp_path), WALLETPICK_CATALOG=str(catalog))
    started = [
        subprocess.Popen(
            [
                *(sys.executable, "-m", "walletpick", "tell", "twopay@KE"),
                f"{word}=yes",
                "--source",
                "it",
            ],
            env=env,
            stdout=subprocess.DEVNULL,
        )
        for word in words
    ]
    assert [each.wait(PATIENCE) for each in started] == [0] * len(words)
    facts = read_own(tmp_path / "walletpick" / "own.yaml")
    assert sorted(told.fact for told in facts) == sorted(f"security.{word}" for word in words)


def test_a_folder_that_another_program_holds(tmp_path: Path, catalog: Path, file: Path) -> None:
    file.parent.mkdir(parents=True)
    handle = os.open(file.parent, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        ran = tell(tmp_path, catalog, *FEES)
    finally:
        os.close(handle)
    assert ran.code == 1
    assert "another program holds" in ran.error
    assert not file.exists()


LINE = "  - {wallet: twopay, country: KE, fact: send.percent, value: 3 %, source: it, seen: 2026}\n"
DAMAGED = {
    "fact: []\n": 'own.yaml:1:1: fact: unknown key "fact" (did you mean "facts"?)',
    f"facts:\n{LINE.replace('send.percent', 'send.percnt')}": 'own.yaml:2:41: facts[0].fact: found "send.percnt"',
    f"facts:\n{LINE.replace('3 %', 'much')}": 'own.yaml:2:5: facts[0]: value: found "much"',
    f"facts:\n{LINE.replace('KE', 'Kenya')}": 'did you mean "KE"?',
    f"facts:\n{LINE.replace('2026', '2026-13')}": "expected a date",
    f"facts:\n{LINE.replace('source: it', 'source: https://')}": "expected an address",
    f"facts:\n{LINE}{LINE}": "own.yaml:3:5: facts[1]: send.percent stands in line 2 too",
    f"facts:\n{LINE}\tx": "tab",
    "facts:\n  - &a {wallet: twopay}\n  - *a\n": "anchor",
    "not yaml: [": "own.yaml:1:",
    "\x00": "own.yaml:1:1",
    f"facts:\n{LINE * (MOST + 1)}": "expected at most 1,000",
}


@pytest.mark.parametrize("text", DAMAGED, ids=DAMAGED.values())
def test_a_file_that_is_wrong_is_named_and_stays(
    text: str, tmp_path: Path, catalog: Path, file: Path
) -> None:
    file.parent.mkdir(parents=True)
    file.write_text(text)
    expected = DAMAGED[text]
    with pytest.raises(OwnError) as refused:
        read_own(file)
    assert expected in str(refused.value)
    if len(text) < 200:
        for args in (FEES, ("list",), ("forget", "twopay")):
            ran = tell(tmp_path, catalog, *args)
            assert (ran.code, ran.out) == (2, "")
            assert expected in ran.error
        assert file.read_text() == text


def test_a_file_that_is_wrong_is_no_reason_not_to_answer(
    tmp_path: Path, catalog: Path, file: Path
) -> None:
    file.parent.mkdir(parents=True)
    plain = run(tmp_path, catalog, "show", "twopay")
    file.write_text("facts: [{wallet: twopay}]\n")
    ran = run(tmp_path, catalog, "show", "twopay")
    assert (ran.code, ran.out) == (0, plain.out)
    assert ran.error.startswith("Note: your own facts cannot be used:\n")
    assert f"{file}:1:9: facts[0]" in ran.error
    assert ran.error.endswith(f'Mend them in "{file}"\nUntil then they do not count.\n')
    assert run(tmp_path, catalog, "show", "twopay", "--no-own").error == ""


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_what_is_no_file_is_not_waited_for(tmp_path: Path, catalog: Path, file: Path) -> None:
    file.parent.mkdir(parents=True)
    os.mkfifo(file)
    assert "not an ordinary file" in run(tmp_path, catalog, "show", "twopay").error
    ran = tell(tmp_path, catalog, *FEES)
    assert ran.code == 1
    assert str(file) in ran.error


# What may be told.


@pytest.mark.parametrize(
    ("args", "message"),
    [
        ((), "say of which wallet, and what"),
        (("twopay@KE",), "say what of Twopay"),
        (("twopay", "passkey=yes", "--source", "it"), "say which with --country KE or twopay@KE"),
        (("twopya@KE", "passkey=yes"), 'no wallet "twopya"; did you mean twopay?'),
        (("twopay@GB", "passkey=yes"), "the catalog has no Twopay in the United Kingdom"),
        (("twopay@KE", "passkey=yes"), "say where you read it: --source"),
        (("twopay@KE", "passky=yes"), "did you mean"),
        (("twopay@KE", "passkey"), "say what it is, such as security.passkey=yes"),
        (("twopay@KE", "send.fixed"), "say what it is, such as send.fixed=1.99"),
        (("twopay@KE", "closing.difficulty"), "such as closing.difficulty=easy"),
        (("passkey=yes", "twopay@KE"), "the wallet comes first: walletpick tell twopay@KE passkey"),
        (("twopay@KE", "send=15"), "a price is told as send.percent or send.fixed"),
        (("twopay@KE", "convert=2%"), "convert.percent is a share of the amount"),
        (("twopay@KE", "subscription=3"), "Write subscription.month or subscription.year"),
        (("remove", "twopay@KE"), "to take back what you told: walletpick tell forget twopay@KE"),
        (("twopay@KE", "passkey=maybe"), "expected yes or no"),
        (("twopay@KE", "send.fixed=1USD"), "its prices are in KES here"),
        # Elsewhere a dot before three digits parts thousands: too much to guess at.
        (("twopay@KE", "send.fixed=1.000"), "write 1000"),
        (("twopay@KE", "send.percent=101"), "at most 100 %"),
        (("twopay@KE", "send.percent=-1"), "expected a percentage"),
        (("twopay@KE", "send:bnak-linked.percent=1"), "did you mean bank-linked"),
        (("twopay@KE", "send/gold.percent=1", "--source", "it"), "it has no plans"),
        (("planpay", "send/plsu.percent=1", "--source", "it"), "its plans are basic, plus"),
        (("twopay@KE", "convert.min=1", "--source", "it"), "alone it is no price"),
        (("twopay@KE", "pay.min=2", "pay.max=1", "--source", "it"), "alone it is no price"),
        (("twopay@KE", "passkey=yes", "passkey=no", "--source", "it"), "told twice"),
        (("twopay@KE", "passkey=yes", "--source", "https://"), "expected an address"),
        (("twopay@KE", "passkey=yes", "--source", "a\x1bb"), "cannot be seen"),
        (("twopay@KE", "passkey=yes", "--source", "x" * 301), "at most 300"),
        ((*FEES, "--date", "2026-12-24"), "lies in the future"),
        ((*FEES, "--json"), "are for: walletpick tell list"),
        (("list", "twopay"), "takes nothing but"),
        (("remove", "1"), "you told nothing yet"),
        (("forget",), "say of which wallet"),
        (("forget", "twopay"), "you told nothing of twopay"),
        (("forget", "nopay"), 'no wallet "nopay"'),
        (("forget", "twopay", "--source", "it"), "takes no --source"),
    ],
)
def test_wrong_use(
    args: tuple[str, ...], message: str, tmp_path: Path, catalog: Path, file: Path
) -> None:
    ran = tell(tmp_path, catalog, *args)
    assert (ran.code, ran.out) == (2, "")
    assert message in ran.error
    assert ran.error.count("Error: ") == 1
    assert not file.exists()


# What it does.


def test_a_price_counts_at_once_and_is_shown_as_yours(tmp_path: Path, catalog: Path) -> None:
    before = bill(tmp_path, catalog)
    ran = tell(tmp_path, catalog, *FEES)
    assert (
        "Twopay (KE), send money to people at home: share of the amount. You: 3 %; catalog: 1 %."
    ) in on_one_line(ran.out)
    after = bill(tmp_path, catalog)
    assert float(after["yearly"]["estimate"]) - float(before["yearly"]["estimate"]) == 240
    source = next(line["source"] for line in after["lines"] if line["kind"] == "fee")
    assert (source["publisher"], source["as_of"]) == ("you", "2026-11-22")
    assert bill(tmp_path, catalog, "--no-own") == before
    page = run(tmp_path, catalog, "cost", "twopay@KE", "--use", "send=1000").out
    assert "[1] yours" in page
    assert "Send money to people at home: you: 3 %; catalog: 1 %." in page
    assert "this part is the catalog's" not in page
    assert "yours, read at example.com; 2026-11-22 https://example.com/mine" in page


def test_signs_of_a_chinese_keyboard_are_read_as_the_plain_ones(
    tmp_path: Path, catalog: Path
) -> None:
    ran = tell(tmp_path, catalog, "twopay@KE", "send．percent＝３％", "--source=me")
    assert (ran.code, ran.error) == (0, "")
    assert "You: 3 %; catalog: 1 %." in on_one_line(ran.out)


def test_it_counts_in_every_answer(tmp_path: Path, catalog: Path) -> None:
    ask = ("--country", "KE", "--use", "send=1000")
    answers = {
        "rank": ("rank", *ask, "--json"),
        "rank explained": ("rank", *ask, "--explain"),
        "compare": ("compare", "twopay@KE", "twopay@PH", *ask, "--json"),
        "switch": ("switch", "--from", "twopay@KE", *ask, "--json"),
        "combine": ("combine", *ask, "--use", "pay=50", "--json"),
        "show": ("show", "twopay", "--json"),
        "list": ("list", "--has", "passkey", "--json"),
        "leave": ("leave", "twopay@KE", "--json"),
        "complain": ("complain", "twopay@KE", "--json"),
    }
    plain = {name: run(tmp_path, catalog, *args) for name, args in answers.items()}
    told = (*FEES, "passkey=yes", "reply.days=3", "closing.difficulty=hard")
    assert tell(tmp_path, catalog, *told).code == 0
    for name, args in answers.items():
        ran = run(tmp_path, catalog, *args)
        assert ran.code == 0, name
        assert ran.out != plain[name].out, name
        assert "yours" in ran.out or '"you"' in ran.out or name == "list", name
        without = run(tmp_path, catalog, *args, "--no-own")
        assert (without.code, without.out) == (plain[name].code, plain[name].out), name


def test_what_is_told_can_be_taken_back_as_it_says(
    tmp_path: Path, catalog: Path, file: Path
) -> None:
    said = on_one_line(tell(tmp_path, catalog, *FEES, "passkey=no").out)
    command = said.partition("To take it back: walletpick ")[2].partition(" It stays")[0]
    assert command == "tell forget twopay@KE send.percent security.passkey"
    assert run(tmp_path, catalog, *command.split()).code == 0
    assert read_own(file) == ()


def test_a_wallet_left_out_for_what_was_told_says_so(tmp_path: Path, catalog: Path) -> None:
    tell(tmp_path, catalog, "twopay@KE", "pay-qr=no", "--source", "the app")
    ask = ("--country", "KE", "--use", "send=1000", "--must", "pay-qr")
    ran = run(tmp_path, catalog, "rank", *ask)
    assert ran.code == 3
    assert ", as you told" in on_one_line(ran.out + ran.error)
    assert "Your own facts count (walletpick tell list)" in on_one_line(ran.out + ran.error)
    (out,) = validated(run(tmp_path, catalog, "rank", *ask, "--json").out, "ranking")["left_out"]
    assert all(reason.endswith(", as you told") for reason in out["reasons"])
    bill = on_one_line(run(tmp_path, catalog, "cost", "twopay@KE", *ask[2:]).out)
    assert ", as you told" in bill


@pytest.mark.parametrize(
    "args",
    [
        ("complain", "twopay@KE"),
        ("complain", "twopay@KE", "--explain"),
        ("compare", "twopay@KE", "twopay@PH", "--use", "send=1000"),
        ("switch", "--from", "twopay@KE", "--country", "KE", "--use", "send=1000"),
    ],
    ids=" ".join,
)
def test_every_answer_says_that_own_facts_count(
    tmp_path: Path, catalog: Path, args: tuple[str, ...]
) -> None:
    counted = "Your own facts count (walletpick tell list); --no-own leaves them out."
    assert counted not in on_one_line(run(tmp_path, catalog, *args).out)
    tell(tmp_path, catalog, "twopay@KE", "reply.days=3", "--source", "the app")
    assert counted in on_one_line(run(tmp_path, catalog, *args).out)
    assert counted not in on_one_line(run(tmp_path, catalog, *args, "--no-own").out)
    if args == ("complain", "twopay@KE"):
        said = on_one_line(run(tmp_path, catalog, *args).out)
        assert re.search(r"It answers within 3 days: [^•]* \(as you told\)", said)


OWN = "Your own facts count (walletpick tell list); --no-own leaves them out."


@pytest.mark.parametrize(
    "args",
    [
        ("cost", "twopay@KE", "twopay@PH", "--vary", "send=100..1000"),
        ("combine", "--country", "KE", "--use", "send=1000", "--use", "pay=100"),
        ("list", "--has", "app-pin"),
    ],
    ids=" ".join,
)
def test_every_figure_that_rests_on_an_own_fact_says_so(
    tmp_path: Path, catalog: Path, args: tuple[str, ...]
) -> None:
    tell(tmp_path, catalog, "twopay@KE", "instant-freeze=yes", "--source", "it")
    before = run(tmp_path, catalog, *args, "--no-own")
    assert OWN not in on_one_line(before.out)
    if args[0] != "combine":
        # What has nothing to do with it is no reason to speak of it.
        assert OWN not in on_one_line(run(tmp_path, catalog, *args).out)
    tell(tmp_path, catalog, *FEES, "app-pin=yes")
    ran = run(tmp_path, catalog, *args)
    assert ran.code == 0, ran.error
    assert OWN in on_one_line(ran.out)
    assert OWN not in on_one_line(run(tmp_path, catalog, *args, "--no-own").out)


@pytest.mark.parametrize(
    ("args", "key"),
    [
        (("cost", "twopay@KE", "twopay@PH", "--vary", "send=100..1000"), "wallet"),
        (("cost", "twopay@KE", "twopay@PH", "--use", "send=10x1", "--use", "pay=10"), "operation"),
        (("list", "--has", "app-pin"), "wallet"),
        (("compare", "twopay@KE", "twopay@PH", "--use", "send=10x1"), "key"),
    ],
    ids=lambda args: args[0] if isinstance(args, tuple) else args,
)
def test_rows_of_csv_say_whether_they_rest_on_an_own_fact(
    tmp_path: Path, catalog: Path, args: tuple[str, ...], key: str
) -> None:
    tell(tmp_path, catalog, *FEES, "app-pin=yes")

    def own(*more: str) -> set[tuple[str, str]]:
        ran = run(tmp_path, catalog, *args, "--format", "csv", *more)
        # Without it, no wallet is known to have what the list asks for.
        assert ran.code == (3 if args[0] == "list" and more else 0), ran.error
        rows = list(csv.DictReader(io.StringIO(ran.out)))
        assert {row["own"] for row in rows} <= {"yes", "no"}
        return {(row["country"], row[key]) for row in rows if row["own"] == "yes"}

    assert {country for country, _key in own()} == {"KE"}
    assert not own("--no-own")
    if key == "operation":
        assert own() == {("KE", "send")}
    if key == "key":
        assert ("KE", "cost") in own()
        assert ("KE", "points:support") not in own()


def test_a_wallet_that_fell_by_what_was_told_is_named_where_it_is_not_shown(
    tmp_path: Path,
) -> None:
    catalog = write_catalog(tmp_path / "catalog")
    twopay = (catalog / "wallets" / "twopay.yaml").read_text(encoding="utf-8")
    third = twopay.replace("twopay", "thirdpay").replace("Twopay", "Thirdpay")
    (catalog / "wallets" / "thirdpay.yaml").write_text(third, encoding="utf-8")
    ask = ("rank", "--country", "KE", "--use", "send=1000", "--top", "1")
    assert "own facts" not in on_one_line(run(tmp_path, catalog, *ask).out)
    tell(tmp_path, catalog, *FEES)
    ranked = on_one_line(run(tmp_path, catalog, *ask).out)
    assert "Your own facts count" in ranked
    assert "Twopay, of which you told something, is now number 2." in ranked
    whole = on_one_line(run(tmp_path, catalog, *ask[:-2]).out)
    assert "Your own facts count" in whole
    assert "is now number" not in whole


def test_an_answer_in_which_no_own_fact_counts_does_not_speak_of_them(
    tmp_path: Path, catalog: Path
) -> None:
    tell(tmp_path, catalog, "twopay@KE", "reply.days=3", "--source", "the app")
    assert "own facts" not in run(tmp_path, catalog, "leave", "twopay@KE").out
    tell(tmp_path, catalog, "twopay@KE", "pay-qr=yes", "--source", "the app")
    ask = ("rank", "--country", "KE", "--use", "send=1000", "--weight", "support=0")
    ranked = run(tmp_path, catalog, *ask)
    assert ranked.code == 0
    assert "own facts" not in on_one_line(ranked.out)


def test_csv_of_a_ranking_says_what_rests_on_an_own_fact(tmp_path: Path, catalog: Path) -> None:
    tell(tmp_path, catalog, *FEES)
    args = ("rank", "--country", "KE", "--use", "send=1000", "--format", "csv")
    own = {}
    for more in ((), ("--no-own",)):
        rows = csv.DictReader(io.StringIO(run(tmp_path, catalog, *args, *more).out))
        own[more] = {row["wallet"]: row["own"] for row in rows}
    assert own[()]["twopay"] == "yes"
    assert own["--no-own",]["twopay"] == "no"
    assert {mark for id, mark in own[()].items() if id != "twopay"} <= {"no"}


def test_the_part_of_a_told_price_that_is_the_catalogs_names_its_page(
    tmp_path: Path, catalog: Path
) -> None:
    tell(tmp_path, catalog, "twopay@KE", "send.fixed=5", "--source", "the app")
    page = on_one_line(run(tmp_path, catalog, "cost", "twopay@KE", "--use", "send=1000").out)
    assert "of your price, this part is the catalog's: 1 %. [2]" in page


def test_the_prices_of_the_catalog_beside_a_told_one_keep_their_conditions(tmp_path: Path) -> None:
    price = "- {operation: send, percent: 1, source: fees}"
    fees = (
        "- {operation: send, percent: 1, min: 2, free: {amount: 500, per: month}, source: fees}",
        "- {operation: send, percent: 0, when: the money is old, source: fees}",
        "- {operation: send, percent: 2, for: student, source: fees}",
    )
    made = tmp_path / "made"
    write_catalog(made, twopay=TWOPAY.replace(price, "\n      ".join(fees)))
    told = on_one_line(tell(tmp_path, made, *FEES).out)
    cases = "1 %, 0 % (only when: the money is old) and 2 % (only for students)."
    assert f"You: 3 %; catalog: {cases}" in told
    page = on_one_line(run(tmp_path, made, "cost", "twopay@KE", "--use", "send=1000").out)
    assert "free (only when: the money is old) and 2 % (only for students)." in page
    assert "beyond that 1 %, at least 2.00 KES, free (only" in page
    # What is told is the share alone, and the least is the catalog's.
    assert "500.00 KES free a month; beyond that at least 2.00 KES. [" in page


def test_what_the_catalog_has_for_one_bank_stays_and_is_told(tmp_path: Path) -> None:
    price = "- {operation: send, percent: 1, source: fees}"
    fees = "- {operation: send, provider: KCB, percent: 0, source: fees}"
    made = tmp_path / "made"
    write_catalog(made, twopay=TWOPAY.replace(price, fees))
    told = on_one_line(tell(tmp_path, made, "twopay@KE", "send.fixed=5", "--source", "it").out)
    assert "You: 5.00 KES; catalog: free (only at KCB)." in told
    assert "What the catalog has for some cases only stays beside yours" in told
    line = next(each for each in bill(tmp_path, made)["lines"] if each["kind"] == "fee")
    year = {name: float(line["yearly"][name]) for name in ("low", "estimate", "high")}
    assert year == {"low": 0, "estimate": 60, "high": 60}
    # Of what holds for all there is nothing to say.
    told = tell(tmp_path, made, "twopay@KE", "pay.percent=5", "--source", "it").out
    assert "some cases" not in told


def test_a_part_that_the_catalog_does_not_have_is_no_unknown_price(
    tmp_path: Path, catalog: Path
) -> None:
    for part, beside in (("fixed=5", "1 %"), ("max=9", "1 %"), ("fx_markup=2", "not known")):
        told = tell(tmp_path, catalog, "twopay@KE", f"send.{part}", "--source", "it")
        assert f"catalog: {beside}." in on_one_line(told.out)
        tell(tmp_path, catalog, "forget", "twopay@KE")


def test_show_puts_the_catalog_beside_it(tmp_path: Path, catalog: Path) -> None:
    tell(tmp_path, catalog, *FEES, "pay-qr=no", "passkey=yes")
    brief = run(tmp_path, catalog, "show", "twopay@KE").out
    assert "3 %" in brief
    assert "[yours, 2026]" in brief
    page = run(tmp_path, catalog, "show", "twopay@KE", "--all", COLUMNS="200").out
    assert "3 % [yours 2026-11-22] (catalog: 1 %)" in page
    assert "[yours 2026-11-22] (catalog: yes)" in page
    assert "Logs in with a passkey [yours 2026-11-22]\n" in page
    document = validated(run(tmp_path, catalog, "show", "twopay@KE", "--json").out, "wallet")
    (market,) = document["markets"]
    assert {(own["words"], own["catalog"]) for own in market["own"]} == {
        ("3 %", "1 %"),
        ("no", "yes"),
        ("yes", None),
    }
    assert document["sources"]["yours 2026-11-22"]["publisher"] == "you"


def test_what_rests_on_an_own_fact_names_its_file(tmp_path: Path, catalog: Path) -> None:
    tell(tmp_path, catalog, *FEES, "passkey=yes")
    document = run(tmp_path, catalog, "rank", "--country", "KE", "--use", "send=1000", "--json").out
    (place, *_) = json.loads(document)["ranking"]
    parts = [part for each in place["criteria"].values() for part in each["parts"]]
    facts = [fact for item in (*place["reasons"], *parts) for fact in item["facts"]]
    own = {fact["path"] for fact in facts if fact["source"]["publisher"] == "you"}
    assert own
    assert all(path.startswith("own.yaml: ") for path in own)


def test_the_part_of_a_country_has_them_too(tmp_path: Path, catalog: Path) -> None:
    tell(tmp_path, catalog, *FEES)
    run(tmp_path, catalog, "list")
    ask = ("rank", "--country", "KE", "--use", "send=1000", "--json")
    document = validated(run(tmp_path, catalog, *ask).out, "ranking")
    assert '"publisher": "you"' in json.dumps(document)
    facts = [fact for line in bill(tmp_path, catalog)["lines"] for fact in line["facts"]]
    assert ("own.yaml", "facts[0]") in {(fact["file"], fact["path"]) for fact in facts}


def test_commands_for_the_catalog_never_see_them(tmp_path: Path, catalog: Path, file: Path) -> None:
    lines = (
        ("catalog", "lint", "--format", "json"),
        ("catalog", "stats", "--json"),
        ("catalog", "stale", "--json"),
        ("catalog", "diff", str(catalog), str(catalog)),
        ("catalog", "fmt", "--check"),
        ("schema", "wallet"),
    )
    plain = [run(tmp_path, catalog, *args).out for args in lines]
    tell(tmp_path, catalog, *FEES)
    assert [run(tmp_path, catalog, *args).out for args in lines] == plain
    file.write_text("damaged")
    for args in lines:
        assert "own" not in run(tmp_path, catalog, *args).error


def test_what_the_catalog_lost_is_listed_and_can_be_taken_back(
    tmp_path: Path, catalog: Path, file: Path
) -> None:
    tell(tmp_path, catalog, *FEES)
    file.write_text(file.read_text().replace("twopay", "gonepay"))
    ran = tell(tmp_path, catalog, "list")
    assert "it does not count: the catalog does not have this wallet there" in " ".join(
        ran.out.split()
    )
    assert run(tmp_path, catalog, "show", "twopay").code == 0
    assert tell(tmp_path, catalog, "forget", "gonepay@KE").code == 0
    assert read_own(file) == ()


# List and forget.


def test_the_list_in_every_format(tmp_path: Path, catalog: Path) -> None:
    assert validated(tell(tmp_path, catalog, "list", "--json").out, "own")["facts"] == []
    tell(tmp_path, catalog, *FEES)
    tell(tmp_path, catalog, "planpay", "subscription/plus.month=4", "--source", "the app")
    first, second = validated(tell(tmp_path, catalog, "list", "--json").out, "own")["facts"]
    assert (first["fact"], first["value"], first["catalog"]) == ("send.percent", "3 %", "1 %")
    assert (second["fact"], second["value"]) == ("subscription/plus.month", "4 GBP")
    assert (second["catalog"], second["counts"]) == ("5.00 GBP", True)
    assert second["source"]["url"] == ""
    rows = list(csv.DictReader(io.StringIO(tell(tmp_path, catalog, "list", "--format", "csv").out)))
    assert [(row["wallet"], row["you"], row["catalog"]) for row in rows] == [
        ("twopay", "3 %", "1 %"),
        ("planpay", "4 GBP", "5.00 GBP"),
    ]
    page = tell(tmp_path, catalog, "list", "--format", "markdown").out
    assert "You: 4.00 GBP; catalog: 5.00 GBP" in page


def test_forget_one_or_all(tmp_path: Path, catalog: Path, file: Path) -> None:
    before = bill(tmp_path, catalog)
    tell(tmp_path, catalog, *FEES, "passkey=yes", "pay.percent=1")
    tell(tmp_path, catalog, "twopay@PH", "passkey=yes", "--source", "it")
    wrong = tell(tmp_path, catalog, "forget", "twopay@KE", "pay.fixed")
    assert wrong.code == 2
    assert "you did not tell pay.fixed of twopay; did you mean pay.percent?" in wrong.error
    ran = tell(tmp_path, catalog, "forget", "Twopay@KE", "send.percent", "security:passkey")
    assert ran.out.splitlines() == [
        "Forgotten: twopay@KE send.percent=3 %",
        "Forgotten: twopay@KE security.passkey=yes",
    ]
    assert bill(tmp_path, catalog) == before
    assert [(told.country, told.fact) for told in read_own(file)] == [
        ("KE", "pay.percent"),
        ("PH", "security.passkey"),
    ]
    assert len(tell(tmp_path, catalog, "forget", "twopay").out.splitlines()) == 2
    assert read_own(file) == ()
    assert tell(tmp_path, catalog, *FEES).code == 0
    assert len(read_own(file)) == 1


@pytest.mark.parametrize("number", ["2", "9", "0", "12345678"])
@pytest.mark.parametrize("word", ["remove", "delete", "forget"])
def test_a_number_in_place_of_a_wallet_is_answered_by_what_takes_it_back(
    number: str, word: str, tmp_path: Path, catalog: Path, file: Path
) -> None:
    tell(tmp_path, catalog, *FEES)
    tell(tmp_path, catalog, "twopay@PH", "passkey=yes", "--source", "it")
    tell(tmp_path, catalog, "twopay@KE", "passkey=yes", "--source", "it")
    ran = tell(tmp_path, catalog, word, number)
    assert ran.code == 2
    hint = ran.error.partition("take back what you told: walletpick tell ")[2].split()
    # The second of the list, which has a market's facts together; else the first.
    gone = ("KE", "security.passkey") if number == "2" else ("KE", "send.percent")
    assert hint == ["forget", f"twopay@{gone[0]}", gone[1]]
    assert tell(tmp_path, catalog, *hint).code == 0
    assert gone not in [(told.country, told.fact) for told in read_own(file)]


def test_comments_of_the_file_stay(tmp_path: Path, catalog: Path, file: Path) -> None:
    tell(tmp_path, catalog, *FEES)
    text = file.read_text()
    file.write_text(f"# my facts:\n{text}".replace("\nfacts:\n", "\nfacts: # mine\n  # below\n"))
    assert tell(tmp_path, catalog, "forget", "twopay@KE").code == 0
    assert "# my facts:\n" in file.read_text()
    assert read_own(file) == ()
    assert tell(tmp_path, catalog, *FEES).code == 0
    assert "# my facts:\n" in file.read_text()
    assert "# below\n" in file.read_text()
    assert len(read_own(file)) == 1


def test_forget_takes_countries_as_all_commands_do(tmp_path: Path, catalog: Path) -> None:
    tell(tmp_path, catalog, *FEES)
    both = tell(tmp_path, catalog, "forget", "twopay@KE", "--country", "PH")
    assert both.code == 2
    assert "name two countries" in both.error
    assert tell(tmp_path, catalog, "forget", "twopay", "--country", "Kenya").code == 0


def test_nothing_that_was_told_steers_the_terminal(
    tmp_path: Path, catalog: Path, file: Path
) -> None:
    tell(tmp_path, catalog, "twopay@KE", "passkey=yes", "--source", "[red]app[/red] `x`")
    assert "[red]app[/red] `x`" in tell(tmp_path, catalog, "list").out
    assert "[red]app[/red]" in run(tmp_path, catalog, "show", "twopay@KE", "--all").out


def test_a_fact_that_is_old_is_stale(tmp_path: Path, catalog: Path) -> None:
    tell(tmp_path, catalog, *FEES, "--date", "2024-01-01")
    made = bill(tmp_path, catalog)
    assert next(line for line in made["lines"] if line["kind"] == "fee")["stale"]


# Asking.


def ask(
    home: Path, catalog: Path, answers: str, *args: str, columns: int = 80, in_turn: bool = False
) -> tuple[int, str]:
    """Run `walletpick tell` on a terminal, and answer: all at once, or each behind its question."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    env = environment(
        warm_cache(), XDG_DATA_HOME=str(home), WALLETPICK_CATALOG=str(catalog), NO_COLOR="1"
    )
    started = subprocess.Popen(
        [sys.executable, "-m", "walletpick", "tell", *args],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env=env,
    )
    os.close(theirs)
    lines = answers.splitlines(keepends=True)
    if not in_turn:
        os.write(ours, answers.encode())
    said = b""
    with suppress(OSError):
        while part := os.read(ours, 4096):
            said += part
            if in_turn and lines and said.endswith(b": "):
                os.write(ours, lines.pop(0).encode())
    os.close(ours)
    return started.wait(PATIENCE), said.decode()


def test_it_asks_on_a_terminal(tmp_path: Path, catalog: Path, file: Path) -> None:
    answers = (
        "twopya",
        "Twopay",
        "Kenya",
        "price",
        "send",
        "own-network",
        "1",
        "much",
        "2.5",
        "the app",
    )
    code, said = ask(tmp_path, catalog, "".join(f"{each}\n" for each in answers))
    assert code == 0, said
    assert 'Error: no wallet "twopya"; did you mean twopay?' in said
    assert 'Error: found "much", expected a percentage such as 0.41' in said
    (told,) = read_own(file)
    assert (told.wallet, told.country) == ("twopay", "KE")
    assert (told.fact, told.value, told.source) == ("send:own-network.percent", "2.5 %", "the app")


@pytest.mark.parametrize(
    ("answers", "fact", "value"),
    [
        ("planpay,plan,plus,month,4", "subscription/plus.month", "4 GBP"),
        ("planpay,limit,month,send,900", "limits.send.month", "900 GBP"),
        ("planpay,limit,balance,900", "limits.balance", "900 GBP"),
        ("planpay,security,passkey,no", "security.passkey", "no"),
        ("planpay,onboarding,min_age,16", "onboarding.min_age", "16"),
        ("planpay,other,closing.difficulty,easy", "closing.difficulty", "easy"),
        ("planpay,other,status,closed", "status", "closed"),
        ("planpay,1,convert,1,fx_markup,2", "convert.fx_markup", "2 %"),
    ],
)
def test_every_kind_of_fact_can_be_asked_for(
    answers: str, fact: str, value: str, tmp_path: Path, catalog: Path, file: Path
) -> None:
    code, said = ask(
        tmp_path, catalog, "".join(f"{each}\n" for each in (*answers.split(","), "it"))
    )
    assert code == 0, said
    (told,) = read_own(file)
    assert (told.fact, told.value) == (fact, value)


def test_it_asks_where_something_was_read(tmp_path: Path, catalog: Path, file: Path) -> None:
    assert ask(tmp_path, catalog, "my bill\n", "twopay@KE", "passkey=yes")[0] == 0
    assert [told.source for told in read_own(file)] == ["my bill"]


def test_an_input_that_ends_leaves_it(tmp_path: Path, catalog: Path, file: Path) -> None:
    assert ask(tmp_path, catalog, "twopay\n\x04")[0] == 130
    assert not file.exists()


@pytest.mark.parametrize("word", ["q", "Quit", "退出"])
def test_a_word_leaves_it(word: str, tmp_path: Path, catalog: Path, file: Path) -> None:
    code, said = ask(tmp_path, catalog, f"twopay\nKenya\nprice\n{word}\n")
    assert code == 0, said
    assert "q leaves" in said
    assert not file.exists()


def test_questions_are_broken_between_words(tmp_path: Path, catalog: Path) -> None:
    answers = "nothing of this long name\nplanpay\nonboarding\nmin_age\nold enough\nq\n"
    _code, said = ask(tmp_path, catalog, answers, columns=40, in_turn=True)
    # What was typed behind a question may run over, as everywhere.
    typed = "|".join(answers.splitlines())
    lines = re.sub(rf": ({typed})\r", ":\r", said).splitlines()
    assert max(map(len, lines)) <= 40, lines
    whole = on_one_line(said)
    assert "Planpay in the United Kingdom, where prices are in GBP." in whole
    assert "the regular charge of the account or of a plan" in whole
    assert 'found "old enough", expected a whole number such as 5' in whole


def test_what_cannot_be_told_is_refused_with_examples_that_can(
    tmp_path: Path, catalog: Path
) -> None:
    for untold in ("fee=1", "fee.percent=1"):
        refused = tell(tmp_path, catalog, "twopay@KE", untold, "--source", "x")
        assert refused.code == 2
        assert "walletpick tell --help" in refused.error
        examples = re.findall(r"[a-z.]+=[a-z0-9.]+", refused.error.partition("expected")[2])
        assert len(examples) == 2
        assert tell(tmp_path, catalog, "twopay@KE", *examples, "--source", "x").code == 0
