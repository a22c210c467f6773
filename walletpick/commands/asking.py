"""Asking a person on a terminal: with which front end, and for the country."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar
from zoneinfo import TZPATH

import click

from walletpick.commands.errors import Wrong
from walletpick.facts.places import country_name
from walletpick.language import _

if TYPE_CHECKING:
    from walletpick.interview.common import Front

T = TypeVar("T")

# Settings by which people say that they want text in lines.
_PLAIN_SETTINGS = ("ACCESSIBLE", "SCREEN_READER", "EMACSPEAK_DIR", "INSIDE_EMACS")


def on_terminal() -> bool:
    """Return whether somebody can be asked: replies and questions go by a terminal."""
    return bool(sys.stdin and sys.stdin.isatty() and sys.stderr and sys.stderr.isatty())


def can_ask() -> bool:
    """Return whether somebody can be asked by lines of their own, among those of the result."""
    return bool(sys.stdin and sys.stdin.isatty() and sys.stdout.isatty())


def say_line(text: str, indent: str = "") -> None:
    """Write a text among the questions of `ask_line`, broken between words below its indent."""
    from walletpick.interview.common import wrapped

    for line in wrapped(text, indent):
        click.echo(line)


def ask_line(question: str, check: Callable[[str], T], default: str | None = None) -> T:
    """Return what a person answers in a line of their own: as `check` takes it, or asked again.

    `check` raises click.UsageError for what it cannot take. An empty line is the default, where
    there is one. Whoever wants to leave ends the command.
    """
    from walletpick.interview.common import COMMAND_WORDS, Command, wrapped

    leaving = {"q", *(word for word, what in COMMAND_WORDS.items() if what is Command.LEAVE)}
    if default:
        question = _("{question} [{default}]", question=question, default=default)
    *above, last = wrapped(f"{question}:")
    while True:
        for line in above:
            click.echo(line)
        answer: str = click.prompt(last, default=default, show_default=False, prompt_suffix=" ")
        if answer.strip().casefold() in leaving:
            raise click.exceptions.Exit(0)
        try:
            return check(answer.strip())
        except click.UsageError as error:
            say_line(_("Error: {message}", message=error.message))


def front_end(plain: bool = False) -> Front:
    """Return the front end that the terminal allows and the person wants."""
    term = os.environ.get("TERM", "")
    wants_lines = any(os.environ.get(name, "0") not in ("", "0") for name in _PLAIN_SETTINGS)
    if plain or not on_terminal() or wants_lines or (os.name == "posix" and term in ("", "dumb")):
        from walletpick.interview.plain import Plain

        return Plain()
    from walletpick.interview.keys import Keys

    return Keys()


def usual_country() -> str:
    """Return the country that a person most likely means, "" where nothing names one.

    What they saved last says it best. A clock is set to where its owner is; a language seldom is:
    en_US is what many systems come with.
    """
    return _saved_country() or _clock_country() or _locale_country()


def _saved_country() -> str:
    """Return the country of the needs that were saved last."""
    from walletpick.person import saved

    with suppress(OSError, saved.SavedError):
        newest = max(
            saved.names(), key=lambda name: saved.path_of(name).stat().st_mtime, default=""
        )
        return (saved.load(newest).country or "") if newest else ""
    return ""


def _clock_country() -> str:
    """Return the country of the time zone: Asia/Ho_Chi_Minh -> VN."""
    name = os.environ.get("TZ", "").removeprefix(":")
    for folder in map(Path, TZPATH):
        with suppress(OSError, ValueError):
            zone = (folder / name if name else Path("/etc/localtime")).resolve()
            for line in (folder / "zone.tab").read_text(encoding="utf-8").splitlines():
                country, _sign, rest = line.partition("\t")
                if not line.startswith("#") and zone.as_posix().endswith(
                    "zoneinfo/" + rest.split("\t")[1]
                ):
                    return country
    return ""


def _locale_country() -> str:
    """Return the country that the settings of the language name: en_KE.UTF-8 -> KE."""
    for setting in ("LC_ALL", "LC_MONETARY", "LANG"):
        language, _sign, rest = os.environ.get(setting, "").partition("_")
        if language and len(rest) >= 2:
            return rest[:2].upper()
    return ""


def asked_country(codes: Iterable[str]) -> str:
    """Return the country, one of these, that a person on a terminal names when asked.

    Elsewhere nobody can be asked: raises click.UsageError that says how to name it.
    """
    offered = sorted(set(codes), key=country_name)
    usual = usual_country()
    if not on_terminal():
        example = usual if usual in offered else "PH" if "PH" in offered else offered[0]
        raise Wrong(
            "wallets are ranked in one country: say in which with --country, such as --country"
            " {example} (a code or a name)",
            example=example,
        )
    from walletpick.commands.signals import terminal_kept
    from walletpick.interview.basics import country_ask
    from walletpick.interview.common import Command

    with terminal_kept():
        reply = front_end().ask(country_ask(offered, usual if usual in offered else ""), 0, False)
    if isinstance(reply, Command):
        raise click.exceptions.Exit(0)
    return reply[0]
