"""What goes wrong, each kind with its exit code; and the nearest words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from walletpick.reading.problem import Problem


EXIT_USE = 2
EXIT_NOTHING_FITS = 3
EXIT_CATALOG = 4
EXIT_NETWORK = 5


class CatalogError(click.ClickException):
    """The catalog cannot be used; the message lists every problem, `problems` holds them."""

    exit_code = EXIT_CATALOG

    def __init__(self, message: str, problems: Sequence[Problem] = ()) -> None:
        super().__init__(message)
        self.problems = tuple(problems)


class NetworkError(click.ClickException):
    """The network failed."""

    exit_code = EXIT_NETWORK


class NotWritten(click.ClickException):
    """A file cannot be written; the message names it and says why."""

    def __init__(self, path: object, error: OSError) -> None:
        super().__init__(f'"{path}" cannot be written: {error.strerror or error}')


class NothingFits(click.ClickException):
    """No wallet fits what was asked for."""

    exit_code = EXIT_NOTHING_FITS


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return `; did you mean x or y?` for the known words nearest to one, or ""."""
    from difflib import get_close_matches

    return perhaps(get_close_matches(word, list(known), n=3, cutoff=0.5))


def unknown(what: str, name: str, known: Iterable[str]) -> click.UsageError:
    """Return the error of a name that is none of those there are."""
    names = list(known)
    hint = did_you_mean(name, names)
    return click.UsageError(f'no {what} "{name}"{hint} (there are: {", ".join(names)})')


def perhaps(close: list[str]) -> str:
    if not close:
        return ""
    first = f"{', '.join(close[:-1])} or " if len(close) > 1 else ""
    return f"; did you mean {first}{close[-1]}?"


def blank() -> click.BadParameter:
    """Return the error of an option or argument that is there, but without a value."""
    return click.BadParameter("it is empty: leave it out, or say which")
