"""Shell completion, asked for as the shells ask for it."""

from __future__ import annotations

from pathlib import Path

import pytest
from running import shipped, walletpick
from small import cache_home, write_catalog

from walletpick.facts.vocabulary import all_words


def complete(words: str, shell: str = "bash") -> list[str]:
    """Return what is offered for the last word, which may be empty."""
    found = walletpick(
        cache_home(),
        _WALLETPICK_COMPLETE=f"{shell}_complete",
        COMP_WORDS=f"walletpick {words}",
        COMP_CWORD=str(len(words.split(" "))),
    )
    assert found.returncode == 0
    assert found.stderr == b""
    lines = found.stdout.decode().splitlines()
    return [line.partition(",")[2] for line in lines] if shell == "bash" else lines


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_every_shell_gets_its_script(shell: str) -> None:
    found = walletpick(cache_home(), _WALLETPICK_COMPLETE=f"{shell}_source")
    # Click asks the shell for its version, which may be too old or missing.
    assert b"Traceback" not in found.stderr
    assert b"_WALLETPICK_COMPLETE" in found.stdout


@pytest.mark.parametrize("command", ["cost", "show", "compare"])
def test_wallets(command: str) -> None:
    start = shipped().wallets[0].id[:2]
    expected = [wallet.id for wallet in shipped().wallets if wallet.id.startswith(start)]
    assert complete(f"{command} {start}") == expected


def test_every_further_wallet() -> None:
    assert complete("cost paypal wis") == ["wise"]


def test_the_country_of_a_wallet() -> None:
    wallet = max(shipped().wallets, key=lambda wallet: len(wallet.markets))
    expected = [f"{wallet.id}@{country}" for country in wallet.markets]
    assert complete(f"cost {wallet.id}@") == expected


@pytest.mark.parametrize("words", ["rank --must ", "rank --wish ", "list --has ", "cost x --must "])
def test_words(words: str) -> None:
    assert complete(words) == all_words()


def test_a_word_with_its_beginning() -> None:
    assert complete("rank --must pay-n") == ["pay-nfc"]


def test_countries() -> None:
    codes = sorted({code for wallet in shipped().wallets for code in wallet.markets})
    assert complete("rank --country ") == codes
    assert complete("list --country k") == [code for code in codes if code[0] == "K"]
    # Where no code begins so, by any name.
    assert complete("rank --country Turke") == ["TR"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("rank --use cash", ["cash-out="]),
        ("rank --weight pro", ["protection="]),
        ("rank --have deb", ["debit-card"]),
        ("list --kind cb", ["cbdc"]),
        ("schema bi", ["bill"]),
        ("catalog li", ["lint"]),
        ("catalog lint --format gi", ["github"]),
        ("cost x --format cs", ["csv"]),
        ("sc", ["schema"]),
        ("tell lis", ["list"]),
        ("tell forget wis", ["wise"]),
        ("tell wise security.pass", ["security.passkey="]),
        ("tell forget wise security.pass", ["security.passkey"]),
    ],
)
def test_other_choices(words: str, expected: list[str]) -> None:
    assert complete(words) == expected


def test_personas() -> None:
    assert complete("rank --persona ") == list(shipped().personas)


def test_zsh_shows_names_beside_ids() -> None:
    wallet = shipped().wallets[0]
    assert complete(f"show {wallet.id}", "zsh")[:3] == ["plain", wallet.id, wallet.name]


def test_a_broken_catalog_completes_to_nothing(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    found = walletpick(
        tmp_path,
        _WALLETPICK_COMPLETE="bash_complete",
        COMP_WORDS="walletpick show ",
        COMP_CWORD="2",
        WALLETPICK_CATALOG=str(tmp_path / "empty"),
    )
    assert (found.returncode, found.stdout.strip(), found.stderr) == (0, b"", b"")


def test_the_chosen_catalog_completes(tmp_path: Path) -> None:
    catalog = write_catalog(tmp_path / "catalog")
    assert complete(f"--catalog {catalog} show ") == ["planpay", "twopay"]
    assert complete(f"--catalog {catalog} rank --country ") == ["GB", "KE", "PH"]
