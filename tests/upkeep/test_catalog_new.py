"""`walletpick catalog new`: the skeleton of a wallet file, from options or from questions."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path

import pexpect
import pytest
from running import PATIENCE, as_from_a_terminal, environment
from small import examples, run

from walletpick.facts import model
from walletpick.facts.vocabulary import (
    CHANNELS,
    FEATURES,
    FUNDING,
    INCIDENTS,
    METHODS,
    OPERATIONS,
    PAYOUT,
    PROTECTIONS,
    SECURITY,
)
from walletpick.language import speak
from walletpick.reading.load import load_catalog, load_wallet
from walletpick.reading.records import keys_of

NEEDED = (
    *("--name", "ExamplePay", "--kind", "stored-value", "--country", "PH"),
    *("--source-url", "https://example.com/fees"),
)


def new(*args: str) -> str:
    """Write a skeleton from options and return its text."""
    found = run("catalog", "new", "examplepay", *NEEDED, *args)
    assert (found.exit_code, found.stdout) == (0, ""), found.stderr
    assert "catalog/wallets/examplepay.yaml was written" in found.stderr
    return Path("catalog/wallets/examplepay.yaml").read_text(encoding="utf-8")


def fits(*paths: str) -> None:
    """Assert that nothing is wrong with files, nor suspicious, nor out of order."""
    found = run("catalog", "lint", "--strict", *paths)
    assert (found.exit_code, found.stdout) == (0, "")
    found = run("catalog", "fmt", "--check", *paths)
    assert (found.exit_code, found.stdout) == (0, "")


# From options.


def test_what_the_options_say_stands_in_the_file(small: Path) -> None:
    new(
        *("--name", "Example, Pay: plus", "--operator", "Example Payments, Inc."),
        *("--website", "https://example.com/?a=1", "--platform", "ios", "--platform", "ussd"),
        *("--country", "Kenya", "--currency", "usd", "--summary", "Pays, mostly"),
        *("--source-title", "Fees [2026]", "--source-publisher", "press"),
        *("--source-as-of", "2026-05"),
    )
    wallet = load_wallet(small / "wallets" / "examplepay.yaml")
    assert (wallet.id, wallet.name, wallet.kind) == (
        "examplepay",
        "Example, Pay: plus",
        "stored-value",
    )
    assert wallet.operator == "Example Payments, Inc."
    assert wallet.website == "https://example.com/?a=1"
    assert wallet.platforms == ("ios", "ussd")
    assert wallet.summary == "Pays, mostly"
    assert wallet.markets["KE"].currency == "USD"
    source = wallet.sources["first"]
    assert (source.url, source.title) == ("https://example.com/fees", "Fees [2026]")
    assert (source.publisher, source.as_of, source.seen) == ("press", "2026-05", "2026-11-22")


def test_what_no_option_says_has_a_default(small: Path) -> None:
    new()
    wallet = load_wallet(small / "wallets" / "examplepay.yaml")
    assert wallet.operator is None
    assert wallet.website is None
    assert wallet.platforms == ()
    assert wallet.markets["PH"].currency == "PHP"
    assert wallet.summary == "ExamplePay holds a balance of its own, in the Philippines"
    source = wallet.sources["first"]
    assert (source.title, source.publisher, source.as_of) == ("ExamplePay", "operator", None)


def test_the_default_summary_is_english_in_every_language(small: Path) -> None:
    assert run("catalog", "new", "examplepay", *NEEDED, "--lang", "zh").exit_code == 0
    speak("en")
    wallet = load_wallet(small / "wallets" / "examplepay.yaml")
    assert wallet.summary == "ExamplePay holds a balance of its own, in the Philippines"


def test_the_skeleton_passes_lint_and_is_in_canonical_form(small: Path) -> None:
    new()
    fits("catalog/wallets/examplepay.yaml")
    # Neither does it put the averages out of date.
    assert run("catalog", "lint").exit_code == 0
    assert "examplepay" in {wallet.id for wallet in load_catalog(small).wallets}


def test_every_section_stands_in_the_skeleton(small: Path) -> None:
    text = new()
    for kind, indent in ((model.WalletFile, 0), (model.Local, 4)):
        for key in keys_of(kind):
            assert re.search(rf"^ {{{indent}}}(# )?{key}: ?", text, re.MULTILINE), key
    for kind in (model.Support, model.Onboarding):
        for key in keys_of(kind):
            assert re.search(rf"^ {{6}}# {key}: ?", text, re.MULTILINE), key


def test_the_words_that_may_stand_there_stand_there(small: Path) -> None:
    text = " ".join(re.sub(r"^ *# *", "", line) for line in new().splitlines())
    for words in (
        OPERATIONS,
        METHODS,
        FUNDING,
        PAYOUT,
        FEATURES,
        SECURITY,
        PROTECTIONS,
        CHANNELS,
        INCIDENTS,
    ):
        assert ", ".join(words) in text


def test_every_example_of_the_skeleton_can_be_used(small: Path) -> None:
    """Take away the brackets of the sections and the number signs before the examples."""
    text = new()
    text = re.sub(r"^( *\w+:) (?:\[\]|\{\})(\n +# )", r"\1\2", text, flags=re.MULTILINE)
    text = re.sub(
        r"^( {6}|  (?=# )|    (?=# (?:licence|closing)))# ", r"\1", text, flags=re.MULTILINE
    )
    path = small / "wallets" / "examplepay.yaml"
    path.write_text(text, encoding="utf-8")
    assert run("catalog", "lint", str(path)).exit_code == 0
    wallet = load_wallet(path)
    market = wallet.markets["PH"]
    empty = {key for key in keys_of(model.Market) if not getattr(market, key.rstrip("_"))}
    # Nobody tells anything of their own in a catalog, and taxes stand in the law.
    assert empty == {"kind", "operator", "own", "taxes"}
    assert market.security["passkey"].path == "everywhere.security.passkey"
    assert wallet.markets["AT"].fees[0].path == "groups.EEA.fees[0]"
    for key in keys_of(model.Support):
        assert getattr(market.support, key)
    for key in keys_of(model.Onboarding):
        assert getattr(market.onboarding, key)
    assert len(market.fees) == 2
    assert wallet.notes
    assert market.links.fees


@pytest.mark.parametrize("country", ["KE", "TH"])
def test_a_currency_without_a_rate_is_told(small: Path, country: str) -> None:
    found = run("catalog", "new", "examplepay", *NEEDED, "--country", country)
    assert found.exit_code == 0
    # The small catalog has a rate for shillings and none for baht.
    assert ("rates.yaml has no rate for THB" in found.stderr) is (country == "TH")


def test_nothing_is_overwritten(small: Path) -> None:
    path = small / "wallets" / "twopay.yaml"
    before = path.read_bytes()
    found = run("catalog", "new", "twopay", *NEEDED)
    assert found.exit_code == 2
    assert "is there already" in found.stderr
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("Example Pay", *NEEDED), "is no id: expected lower-case letters, digits and single dashes (such as example-pay)"),
        (("../x", *NEEDED), "is no id"),
        (("é", *NEEDED), "is no id"),
        (("x",), "missing: --name, --kind, --country, --source-url (on a terminal"),
        (("x", *NEEDED[:4]), "missing: --country, --source-url"),
        (("x", *NEEDED, "--kind", "stored"), "did you mean stored-value?"),
        (("x", *NEEDED, "--country", "Philipines"), "did you mean"),
        (("x", *NEEDED, "--currency", "pesos"), "is no currency"),
        (("x", *NEEDED, "--platform", "iphone"), 'no word "iphone"'),
        (("x", *NEEDED, "--source-url", "example.com"), "is no address"),
        (("x", *NEEDED, "--website", "example.com"), "is no address"),
        (("x", *NEEDED, "--source-publisher", "me"), 'no word "me"'),
        (("x", *NEEDED, "--source-as-of", "May"), "is no date"),
        (("x", *NEEDED, "--source-as-of", "2027"), "before its own date"),
        (("x", *NEEDED, "--name", " "), "it is empty"),
        (("x", *NEEDED, "--name", "a\tb"), "these answers make no wallet file"),
        (("x", *NEEDED, "--name", "a\u202eb"), "U+202E"),
    ],
)  # fmt: skip
def test_wrong_answers(small: Path, args: tuple[str, ...], message: str) -> None:
    found = run("catalog", "new", *args)
    assert found.exit_code == 2
    assert message in " ".join(found.stderr.split())
    assert len(list((small / "wallets").iterdir())) == 2


def test_without_a_catalog(small: Path) -> None:
    found = run("catalog", "new", "x", *NEEDED, catalog=small / "nowhere")
    assert found.exit_code == 2
    assert "no catalog directory" in found.stderr


def test_a_file_that_cannot_be_written(small: Path) -> None:
    (small / "wallets" / "twopay.yaml").unlink()
    (small / "wallets" / "planpay.yaml").unlink()
    (small / "wallets").rmdir()
    (small / "wallets").write_text("")
    found = run("catalog", "new", "x", *NEEDED, catalog=small)
    assert found.exit_code == 1
    assert "cannot be written" in found.stderr


@pytest.mark.parametrize("args", [args for args in examples("catalog", "new") if len(args) > 3])
def test_the_example_of_the_help_can_be_typed(args: list[str], small: Path) -> None:
    assert run(*args).exit_code == 0


# On a terminal.

Ask = Callable[..., "pexpect.spawn[str]"]


@pytest.fixture
def ask(small: Path) -> Ask:
    def spawn(*args: str) -> pexpect.spawn[str]:
        return pexpect.spawn(
            sys.executable,
            ["-m", "walletpick", "catalog", "new", *args],
            cwd=str(small.parent),
            env=environment(small.parent, COLUMNS="100"),
            encoding="utf-8",
            timeout=PATIENCE,
            preexec_fn=as_from_a_terminal,
        )

    return spawn


def done(child: pexpect.spawn[str]) -> int | None:
    child.expect(pexpect.EOF)
    child.close()
    return child.exitstatus


def test_on_a_terminal_it_asks(small: Path, ask: Ask) -> None:
    child = ask("examplepay")
    for question, answer in (
        ("Name", "ExamplePay"),
        ("Kind", "stored"),
        # It says what is wrong and asks again.
        ("did you mean stored-value.*Kind", "Stored-Value"),
        ("Operator", ""),
        ("Website", "https://example.com"),
        ("Platforms", "iOS, Android"),
        ("Country", "Philippines"),
        (r"Currency there \[PHP\]", ""),
        ("in one sentence", "For shops in Manila"),
        (r"First source, its address \[https://example.com\]", ""),
        ("Title", "Fees"),
        (r"publisher .*\[operator\]", ""),
        ("Date", "in May"),
        ("is no date.*Date", "2026-05"),
    ):
        child.expect(f"(?s){question}.*: ")
        child.sendline(answer)
    child.expect("was written")
    assert done(child) == 0
    fits("catalog/wallets/examplepay.yaml")
    wallet = load_wallet(small / "wallets" / "examplepay.yaml")
    assert wallet.platforms == ("ios", "android")
    assert wallet.operator is None
    assert wallet.summary == "For shops in Manila"
    assert wallet.markets["PH"].currency == "PHP"
    assert wallet.sources["first"].url == "https://example.com"
    assert wallet.sources["first"].as_of == "2026-05"


def test_what_options_say_is_not_asked(small: Path, ask: Ask) -> None:
    child = ask("examplepay", *NEEDED)
    child.expect("was written")
    assert done(child) == 0
    child = ask("otherpay", *NEEDED[:6])
    # Of what is needed one thing is missing, so everything not said is asked for.
    child.expect("Operator.*: ")
    assert "Name" not in child.before
    child.sendline("")
    for question in ("Website", "Platforms", "Currency", "one sentence"):
        child.expect(f"{question}.*: ")
        child.sendline("")
    child.expect("First source, its address: ")
    child.sendline("https://example.com/a")
    for question in ("Title", "publisher", "Date"):
        child.expect(f"{question}.*: ")
        child.sendline("")
    child.expect("was written")
    assert done(child) == 0
    fits("catalog/wallets/otherpay.yaml")


@pytest.mark.parametrize("how", ["sendintr", "sendeof"])
def test_whoever_stops_leaves_no_file(small: Path, ask: Ask, how: str) -> None:
    child = ask("examplepay")
    child.expect("Name.*: ")
    child.sendline("ExamplePay")
    child.expect("Kind.*: ")
    getattr(child, how)()
    assert done(child) == 130
    assert "Traceback" not in child.before
    assert not (small / "wallets" / "examplepay.yaml").exists()


def test_a_name_that_is_taken_is_told_before_any_question(ask: Ask) -> None:
    child = ask("twopay")
    child.expect("is there already")
    assert done(child) == 2
