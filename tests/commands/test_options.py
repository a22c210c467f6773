"""What holds for the options of all commands."""

from __future__ import annotations

import io
import json
import re
import shutil
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import click
import pytest
from msgspec import structs
from running import shipped, walletpick
from small import cache_home, commands, run, write_catalog

from walletpick.commands import _run
from walletpick.commands.output import in_lines
from walletpick.facts.characters import UNSAFE_CLASS
from walletpick.upkeep.stale import to_look_at

HIDDEN = re.compile(f"[{UNSAFE_CLASS}]")


def given_texts() -> Iterator[tuple[str, ...]]:
    """Yield every command with each of its options that take a text, last the option."""
    for path, command in commands():
        for param in command.params:
            kind = param.type
            if isinstance(kind, click.Path) or kind is click.STRING:
                yield (*path, param.opts[0])


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_catalog(tmp_path_factory.mktemp("small") / "catalog")


@pytest.mark.parametrize("path", [path for path, _ in commands()], ids=" ".join)
def test_every_command_says_once_that_it_takes_a_catalog(path: tuple[str, ...]) -> None:
    shown = run(*path, "--help").stdout
    assert len(re.findall(r"^ +--catalog PATH ", shown, re.MULTILINE)) == 1


def wallets(*args: str) -> list[str]:
    found = run(*args)
    assert found.exit_code == 0, found.stderr
    return [line.split(",")[0] for line in found.stdout.splitlines()[1:]]


def test_the_catalog_is_named_before_the_command_or_behind_it(small: Path) -> None:
    own = wallets("--catalog", str(small), "list", "--format", "csv")
    assert 0 < len(own) < len(wallets("list", "--format", "csv"))
    assert wallets("list", "--catalog", str(small), "--format", "csv") == own
    assert wallets("list", "--format", "csv", f"--catalog={small}") == own


def test_the_catalog_nearest_to_the_command_wins(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = wallets("list", "--catalog", str(small), "--format", "csv")
    assert (
        wallets("--catalog", "nowhere", "list", "--catalog", str(small), "--format", "csv") == own
    )
    checked = run("--catalog", "no", "catalog", "--catalog", "no", "stats", "--catalog", str(small))
    assert checked.exit_code == 0
    found = run("catalog", "--catalog", str(tmp_path / "none"), "stats")
    assert f'no catalog directory at "{tmp_path / "none"}"' in found.stderr
    monkeypatch.setenv("WALLETPICK_CATALOG", str(tmp_path / "none"))
    assert run("list").exit_code == 4
    assert wallets("list", "--catalog", str(small), "--format", "csv") == own


def test_an_empty_variable_is_one_that_is_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    usual = wallets("list", "--format", "csv")
    for name in ("CATALOG", "TODAY", "DIARY", "OWN", "URL", "ROOT", "DEBUG"):
        monkeypatch.setenv(f"WALLETPICK_{name}", "")
    assert wallets("list", "--format", "csv") == usual
    for args in (("log", "list"), ("tell", "list"), ("catalog", "status")):
        assert run(*args, today="").exit_code == 0


@pytest.mark.parametrize("value", ["", " "])
@pytest.mark.parametrize("words", list(given_texts()), ids=" ".join)
def test_nothing_empty_is_passed_over(words: tuple[str, ...], value: str) -> None:
    *path, name = words
    given = [name, value] if name.startswith("-") else [value]
    found = run(*path, *given)
    assert found.exit_code == 2
    assert "it is empty" in found.stderr


@pytest.mark.parametrize("value", ["", " "])
def test_no_empty_catalog_before_the_command(value: str) -> None:
    found = run("--catalog", value, "list")
    assert found.exit_code == 2
    assert "Invalid value for '--catalog': it is empty" in found.stderr


DATED = [
    ("rank", "--country", "KE", "--use", "pay=100"),
    ("complain", "gcash"),
    ("leave", "gcash"),
    ("show", "gcash"),
    ("log", "list"),
    ("tell", "list"),
    ("catalog", "stale"),
]


@pytest.mark.parametrize("args", DATED, ids=" ".join)
@pytest.mark.parametrize("day", ["0001-01-01", "1999-12-31", "3000-01-01", "9999-12-31"])
def test_a_day_far_from_today_is_refused(args: tuple[str, ...], day: str) -> None:
    found = run(*args, today=day)
    assert found.exit_code == 2
    assert f'WALLETPICK_TODAY is "{day}": expected a day of the years 2000' in found.stderr


@pytest.mark.parametrize("args", DATED, ids=" ".join)
@pytest.mark.parametrize("day", ["2000-01-01", "2999-12-31"])
def test_any_other_day_will_do(args: tuple[str, ...], day: str, small: Path) -> None:
    # To weigh every fact of the shipped catalog takes half a minute.
    catalog = small if args == ("catalog", "stale") else None
    assert run(*args, today=day, catalog=catalog).exit_code == 0


@pytest.mark.parametrize(("day", "some"), [("2000-01-01", False), ("2999-12-31", True)])
def test_every_shipped_fact_has_an_age_on_any_other_day(day: str, some: bool) -> None:
    one = dict(list(shipped().personas.items())[:1])
    catalog = structs.replace(shipped(), personas=one)
    assert bool(to_look_at(catalog, date.fromisoformat(day))) is some


# Hidden, or steering the terminal; the last is a tag that spells a letter.
HOSTILE = "a\u202eb\u206ac\x1b[31md\U000e0041e\u200bf"
SHOWN = "aU+202EbU+206AcU+001B[31mdU+E0041eU+200Bf"


@pytest.mark.parametrize(
    "args",
    [
        ("show", HOSTILE),
        ("rank", "--country", HOSTILE),
        ("rank", "--needs", HOSTILE),
        ("rank", "--use", HOSTILE),
        (HOSTILE,),
        ("list", "--catalog", HOSTILE),
        ("catalog", "lint", HOSTILE),
        ("catalog", "diff", HOSTILE),
        ("pick", "--save", HOSTILE),
        ("needs", "show", HOSTILE),
        ("log", "gcash", HOSTILE),
    ],
    ids=lambda args: ascii(" ".join(args)),
)
def test_an_argument_reaches_the_terminal_as_it_is_written(args: tuple[str, ...]) -> None:
    done = walletpick(cache_home(), *args)
    assert done.returncode in (2, 4)
    assert "aU+202EbU+206AcU+001B[31m" in done.stderr.decode()
    assert not HIDDEN.search(done.stdout.decode() + done.stderr.decode())


def test_a_file_name_reaches_the_terminal_as_it_is_written(small: Path, tmp_path: Path) -> None:
    catalog = tmp_path / HOSTILE
    shutil.copytree(small, catalog)
    (catalog / "averages.yaml").unlink()
    for args in (("averages",), ("averages",), ("fmt",), ("lint",), ("schema", "--write")):
        done = walletpick(cache_home(), "catalog", *args, "--catalog", str(catalog))
        said = done.stdout.decode() + done.stderr.decode()
        assert not HIDDEN.search(said), args
        assert "Traceback" not in said


def test_what_is_typed_is_whole_in_json_and_hides_nothing() -> None:
    args = ("rank", "--country", "KE", "--use", "pay=100", "--bank", HOSTILE, "--json")
    done = walletpick(cache_home(), *args)
    assert json.loads(done.stdout)["needs"]["bank"] == [HOSTILE]
    assert not HIDDEN.search(done.stdout.decode())


def test_saved_needs_are_shown_as_they_can_be_read(tmp_path: Path) -> None:
    file = tmp_path / "walletpick" / "needs" / "family.yaml"
    file.parent.mkdir(parents=True)
    file.write_bytes(f"# {HOSTILE}\r\ncountry: KE\n".encode())
    done = walletpick(cache_home(), "needs", "show", "family", XDG_CONFIG_HOME=str(tmp_path))
    assert done.stdout.decode() == f"# {SHOWN}\ncountry: KE\n"


@pytest.mark.parametrize(
    ("option", "value", "instead"),
    [
        ("--must", "ussd", "--platform ussd"),
        ("--wish", "web", "--platform web"),
        (
            "--use",
            "accept=30x200",
            "say --use receive=30x200 --person business --must merchant-acceptance",
        ),
        ("--persona", "visitor", "who you are is --person visitor"),
        ("--use", "send-abroad=50@KE", "Kenya is the country that you are in; at home it is send"),
        ("--use", "receive-abroad=50USD@Kenya", "at home it is receive"),
        ("--use", "send=50@DE", "Germany is abroad, and that is send-abroad"),
    ],
)
def test_a_word_that_belongs_elsewhere_is_sent_there(
    small: Path, option: str, value: str, instead: str
) -> None:
    found = run("rank", "--country", "KE", option, value, catalog=small)
    assert found.exit_code == 2
    assert instead in found.stderr


def test_at_home_ones_own_country_may_be_named(small: Path) -> None:
    plain, named = (
        run("rank", "--country", "KE", "--use", use, "--json", catalog=small)
        for use in ("send=500", "send=500@KE")
    )
    assert (plain.exit_code, named.exit_code) == (0, 0)
    without, with_it = (
        [place["wallet"] for place in json.loads(each.stdout)["ranking"]] for each in (plain, named)
    )
    assert without == with_it != []


NAMING = [
    ("complain", "Pay", "--country", "DE"),
    ("leave", "pay@DE"),
    ("log", "pay", "smooth", "--country", "Germany"),
    ("tell", "pay@DE", "passkey=yes", "--source", "the app"),
    ("show", "PAY", "--country", "DE"),
    ("cost", "pay", "--country", "DE", "--use", "pay=100"),
    ("compare", "pay", "wise", "--country", "DE", "--use", "pay=100"),
    ("switch", "--from", "pay", "--country", "DE", "--use", "pay=100"),
    ("combine", "--with", "pay", "--country", "DE", "--use", "pay=100"),
]


@pytest.mark.parametrize("args", NAMING, ids=" ".join)
def test_a_short_name_asks_which_wallet_of_the_country_is_meant(args: tuple[str, ...]) -> None:
    found = run(*args)
    assert found.exit_code == 2
    said = " ".join(found.stderr.rpartition("Error: ")[2].split())
    named = said.partition("in Germany it may be ")[2].partition(": write the name in full")[0]
    ids = re.sub(r" \([^)]*\)", "", named).replace(" or ", ", ").split(", ")
    there = {wallet.id for wallet in shipped().wallets if "DE" in wallet.markets}
    assert {"paypal", "apple-pay"} <= set(ids) <= there


SHOPPER = ("cost", "m-pesa", "--country", "KE", "--persona", "everyday-shopper")


def test_what_else_a_persona_does_is_said_and_can_be_left_out() -> None:
    kept = "of everyday-shopper this still counts: send money to people at home"
    one = run(*SHOPPER, "--use", "pay=3000")
    assert kept in one.stderr
    assert "--use send=0" in one.stderr
    assert "Send money to people at home" in one.stdout
    for none in ("send=0", "send=0.00", "send＝0"):
        without = run(*SHOPPER, "--use", "pay=3000", "--use", none)
        assert "still counts" not in without.stderr
        assert "Send money to people at home" not in without.stdout
    # Nothing is left to say where all is replaced, or nothing is.
    both = run(*SHOPPER, "--use", "pay=3000", "--use", "send=900")
    assert "still counts" not in both.stderr + run(*SHOPPER).stderr
    # What the persona does not do is left out as it is.
    nothing = run(*SHOPPER, "--use", "cash-out=0")
    assert nothing.exit_code == 0
    note = "everyday-shopper has no use cash-out, so there is none to leave out"
    assert note in " ".join(nothing.stderr.split())
    assert nothing.stdout == run(*SHOPPER).stdout
    for args in ((*SHOPPER, "--use", "cash=0"), (*SHOPPER[:4], "--use", "cash-out=0")):
        assert run(*args).exit_code == 2


@pytest.mark.parametrize(
    ("persona", "uses", "fitted"),
    [
        # 2,000 USD come in, and 1,800 go out.
        ("freelancer", ("receive-abroad=600x2",), {"withdraw": "540.00"}),
        ("freelancer", ("receive-abroad=250", "receive-abroad=50@MX"), {"withdraw": "270.00"}),
        ("freelancer", ("receive-abroad=3333",), {"withdraw": "2990.00"}),
        (
            "cash-worker",
            ("top-up=300",),
            {"send": "120.00", "bill-pay": "40.00", "cash-out": "80.00"},
        ),
        # What is typed stays, whatever it is.
        ("student-abroad", ("receive-abroad=100", "pay=350"), {"cash-out": "12.00"}),
        ("freelancer", ("receive-abroad=600", "withdraw=1800"), {}),
        # Nothing else comes in: nothing is fitted.
        ("freelancer", ("withdraw=100",), {}),
        ("freelancer", ("receive-abroad=2000",), {}),
        ("freelancer", ("receive-abroad=0",), {}),
        ("everyday-shopper", ("pay=10",), {}),
    ],
)
def test_what_a_persona_takes_out_is_fitted_to_what_comes_in(
    persona: str, uses: tuple[str, ...], fitted: dict[str, str]
) -> None:
    asked = [word for use in uses for word in ("--use", use)]
    found = run("rank", "--country", "US", "--persona", persona, *asked, "--json")
    use = json.loads(found.stdout)["needs"]["use"]
    amounts = {each["operation"]: each["amount"] for each in use}
    ready = {each.operation: each for each in shipped().personas[persona].use}
    typed = {use.partition("=")[0] for use in uses}
    for operation in ready.keys() - typed:
        usual = f"{ready[operation].amount:.2f}"
        assert amounts[operation] == fitted.get(operation, usual)
    told = f"the other amounts of {persona} are fitted to what you say comes in: "
    assert (told in found.stderr) is bool(fitted)
    for amount in fitted.values():
        assert f"({Decimal(amount):,.2f} USD)" in found.stderr


def test_a_stay_of_another_length_has_as_many_more_or_fewer_uses() -> None:
    persona = ("rank", "--persona", "china-visitor", "--json")

    def uses(*args: str) -> tuple[list[tuple[Decimal, int]], str]:
        found = run(*persona, *args)
        use = json.loads(found.stdout)["needs"]["use"]
        return [(Decimal(each["amount"]), each["times"]) for each in use], found.stderr

    ready = [(each.amount, each.times) for each in shipped().personas["china-visitor"].use]
    for stay, share in (("6weeks", Decimal(2)), ("9days", Decimal(9) / 21)):
        now, stderr = uses("--for", stay)
        assert "what is done there in 3 weeks is taken for " in stderr
        for (amount, times), (before, often) in zip(now, ready, strict=True):
            assert amount / times == before / often
            assert abs(times - often * share) <= Decimal("0.5") or times == 1
    # As long in other words, it is as it stands.
    assert uses("--for", "21days") == uses("--for", "3weeks") == (ready, "")


def test_the_amounts_of_a_file_are_the_persons_own(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(
        "currency: KES\nuse:\n  - {operation: receive, amount: 10}\n  - {operation: send, amount: 9}\n"
    )
    found = run("rank", "--country", "KE", "--needs", str(path), "--use", "receive=5", "--json")
    amounts = [each["amount"] for each in json.loads(found.stdout)["needs"]["use"]]
    assert amounts == ["9.00", "5.00"]


def test_what_else_a_file_of_needs_does_is_said(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text("use:\n  - {operation: pay, amount: 10}\n  - {operation: send, amount: 20}\n")
    found = run("cost", "m-pesa", "--country", "KE", "--needs", str(path), "--use", "pay=3000")
    assert "of the needs that you read this still counts: send money" in found.stderr


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("rank", "Sweden"), '"Sweden" is one word too many; for the country: --country SE'),
        (("show", "twopay", "spare"), '"spare" is one word too many'),
        (("rnak",), 'no command "rnak"; did you mean rank?'),
        (("twopay",), 'no command "twopay"; for a wallet of that name: walletpick show twopay'),
    ],
)
def test_a_word_too_many_is_told_with_what_may_be_meant(
    small: Path, words: tuple[str, ...], told: str
) -> None:
    done = run(*words, catalog=small)
    assert done.exit_code == 2
    assert told in done.stderr
    assert not done.stdout


def single_options() -> Iterator[tuple[str, ...]]:
    """Yield every command with each of its options that take one value, last the option."""
    for path, command in commands():
        for param in command.params:
            if isinstance(param, click.Option) and not (param.multiple or param.is_flag):
                yield (*path, max(param.opts, key=len))


@pytest.mark.parametrize("asked", list(single_options()), ids=" ".join)
def test_of_an_option_given_twice_the_last_counts_and_that_is_said(asked: tuple[str, ...]) -> None:
    *path, option = asked
    done = run(*path, option, "en", option, "zh", "--help")
    assert done.exit_code == 0
    assert f"{option} is given 2 times" in done.stderr or "--lang 给了 2 次" in done.stderr
    assert "zh" in done.stderr
    assert "Note" not in run(*path, option, "en", "--help").stderr


def test_no_word_is_said_of_what_may_be_given_often_or_is_a_switch() -> None:
    done = run("rank", "--country", "DE", *("--must", "pay-nfc") * 2, "--json", "--json")
    assert done.exit_code == 0
    assert done.stderr == ""


class _Window(io.StringIO):
    """Standard error that is a terminal."""

    def isatty(self) -> bool:
        return True


def test_what_is_said_beside_the_result_is_broken_between_words_on_a_terminal(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    note = "Note: --country is given 2 times; the last counts: France and all of its islands."
    monkeypatch.setenv("COLUMNS", "40")
    assert in_lines(note) == note
    monkeypatch.setattr("sys.stderr", _Window())
    lines = in_lines(note).split("\n")
    assert max(map(len, lines)) <= 40
    assert " ".join(lines) == note


def test_an_error_is_broken_between_words_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    window = _Window()
    monkeypatch.setenv("COLUMNS", "40")
    monkeypatch.setattr("sys.argv", ["walletpick", "rank", "--use", "pay=100:atm"])
    monkeypatch.setattr("sys.stderr", window)
    _run()
    said = window.getvalue()
    assert "pay is not done by atm" in " ".join(said.split())
    assert max(map(len, said.partition("Error: ")[2].splitlines())) <= 40


def test_a_business_that_is_paid_often_is_taken_for_one_with_customers() -> None:
    often = ("rank", "--country", "US", "--person", "business", "--use", "receive=1500x150")
    must = ("--must", "merchant-acceptance")
    taken = run(*often)
    assert "--must merchant-acceptance counts" in taken.stderr
    assert taken.stdout == run(*often, *must).stdout
    # What is said of it counts as it is said, and money from few, or by a way that is named, is no
    # shop's.
    for said in (
        (*often, *must),
        (*often, "--wish", "merchant-acceptance"),
        (*often[:-1], "receive=1500x4"),
        (*often[:-1], "receive=1500x150:bank-transfer"),
    ):
        assert "merchant-acceptance counts" not in run(*said).stderr
