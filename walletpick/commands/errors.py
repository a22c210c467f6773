"""What goes wrong, each kind with its exit code; and the nearest words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import click

from walletpick.facts.refusals import refusal
from walletpick.language import N_, _

if TYPE_CHECKING:
    from walletpick.reading.problem import Problem


EXIT_NOTHING_FITS = 3
EXIT_CATALOG = 4
EXIT_NETWORK = 5


class Wrong(click.UsageError):
    """Wrong use, in a sentence that is given as `_` takes it."""

    def __init__(self, message: str, /, **places: object) -> None:
        super().__init__(_(message, **places))


class Failed(click.ClickException):
    """What failed, in a sentence that is given as `_` takes it."""

    def __init__(self, message: str, /, **places: object) -> None:
        super().__init__(_(message, **places))


class CatalogError(Failed):
    """The catalog cannot be used; the message lists every problem, `problems` holds them."""

    exit_code = EXIT_CATALOG

    def __init__(self, message: str, /, held: Sequence[Problem] = (), **places: object) -> None:
        super().__init__(message, **places)
        self.problems = tuple(held)


class NetworkError(click.ClickException):
    """The network failed."""

    exit_code = EXIT_NETWORK


class NotWritten(Failed):
    """A file cannot be written; the message names it and says why."""

    def __init__(self, path: object, error: OSError) -> None:
        super().__init__(N_('"{path}" cannot be written: {why}'), path=path, why=refusal(error))


class NothingFits(click.ClickException):
    """No wallet fits what was asked for."""

    exit_code = EXIT_NOTHING_FITS


def too_many(word: str) -> click.UsageError:
    """Return that a word is one too many, and the option for it where it is a country."""
    from walletpick.facts import places

    code = places.find_country(word)
    if code:
        return Wrong(
            '"{word}" is one word too many; for the country: --country {code}', word=word, code=code
        )
    return Wrong('"{word}" is one word too many', word=word)


def did_you_mean(word: str, known: Iterable[str], alike: float = 0.5) -> str:
    """Return `; did you mean x or y?` for the known words nearest to one, or "".

    `alike`, 0 to 1, is how like it they are at least. Where `known` has their meanings, what people
    call them has its word told.
    """
    from difflib import get_close_matches

    if isinstance(known, Mapping) and (hint := meaning_hint(word, known)):
        return hint
    return perhaps(get_close_matches(word, list(known), n=3, cutoff=alike))


def unknown(message: str, name: str, known: Iterable[str], **places: object) -> click.UsageError:
    """Return the error of a name that is none of those there are.

    The message may have the places {name}, {hint} and {names}, beside those given.
    """
    hint = did_you_mean(name, known)
    return Wrong(message, name=name, hint=hint, names=", ".join(known), **places)


def meaning_hint(text: str, meanings: Mapping[str, str]) -> str:
    """Return `; 提现 is withdraw` for what people call a word, in English as a question, or ""."""
    from walletpick.facts.meant import meant
    from walletpick.words.phrases import listed

    words = meant(text, meanings)
    if text.isascii():
        return perhaps(words)
    return _("; {meaning} is {words}", meaning=text, words=listed(words, "or")) if words else ""


def perhaps(close: list[str]) -> str:
    if not close:
        return ""
    from walletpick.words.phrases import listed

    return _("; did you mean {words}?", words=listed(close, "or"))


def blank() -> click.BadParameter:
    """Return the error of an option or argument that is there, but without a value."""
    return click.BadParameter(_("it is empty: leave it out, or say which"))
