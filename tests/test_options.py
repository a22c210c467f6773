"""What holds for the options of all commands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from small import run, write_catalog

from walletpick.cli import cli

Place = tuple[tuple[str, ...], click.Command]


def commands(command: click.Command = cli, *path: str) -> Iterator[Place]:
    """Yield every command below the first one, with its words."""
    if path:
        yield path, command
    if isinstance(command, click.Group):
        ctx = click.Context(command)
        for name in command.list_commands(ctx):
            below = command.get_command(ctx, name)
            assert below
            yield from commands(below, *path, name)


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
    for name in ("CATALOG", "TODAY", "DIARY", "URL", "ROOT", "DEBUG"):
        monkeypatch.setenv(f"WALLETPICK_{name}", "")
    assert wallets("list", "--format", "csv") == usual


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
def test_any_other_day_will_do(args: tuple[str, ...], day: str) -> None:
    assert run(*args, today=day).exit_code == 0
