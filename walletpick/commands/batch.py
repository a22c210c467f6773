"""`walletpick rank --batch`: needs in lines in, rankings in lines out, one at a time."""

from __future__ import annotations

import os
import stat
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

import click
from click.core import ParameterSource

from walletpick.commands import EXIT_UNEXPECTED, EXIT_USE
from walletpick.commands.errors import EXIT_NOTHING_FITS, Wrong
from walletpick.commands.needs_options import needs_from
from walletpick.commands.output import remark, write_json
from walletpick.documents.problems import ErrorOut, error_out
from walletpick.documents.ranking import RankingOut
from walletpick.facts.model import Catalog, Needs
from walletpick.facts.money import UnknownRate
from walletpick.language import N_, _, headed
from walletpick.person.saved import parsed
from walletpick.reading.files import refusing
from walletpick.reading.place import MAX_BYTES
from walletpick.reading.problem import Problem

# What goes with --batch. Of other options, each line says the same for itself.
_BESIDE = ("batch", "country", "top", "sort", "no_experience", "no_own", "as_json", "catalog")
_UNREAD = N_('the batch "{shown}" cannot be read: {why}')
# The gravest first.
_ENDS = {
    EXIT_UNEXPECTED: N_("failed without a reason that was foreseen"),
    EXIT_USE: N_("cannot be used"),
    EXIT_NOTHING_FITS: N_("no wallet fits"),
}


class _BadNeeds(click.UsageError):
    """A line holds no needs that can be used."""

    def __init__(self, problems: list[Problem]) -> None:
        each = [headed(p.path, p.message) for p in problems]
        super().__init__(_("the needs cannot be used: {words}", words=_("; ").join(each)))
        self.problems = problems


def check_options(ctx: click.Context) -> None:
    """Raise click.UsageError for an option that does not go with --batch."""
    for param in ctx.command.params:
        name = param.name or ""
        if name in _BESIDE or ctx.get_parameter_source(name) is not ParameterSource.COMMANDLINE:
            continue
        option = param.opts[0]
        if name == "explain":
            raise Wrong(
                "--batch writes JSON, which has everything: leave out {option}", option=option
            )
        if name == "form" and ctx.params.get("form") == "json":
            continue
        if name in ("form", "opens"):
            raise Wrong("--batch writes JSON, a document a line: leave out {option}", option=option)
        raise Wrong("with --batch each line says what is needed: leave out {option}", option=option)


def rank_lines(
    name: str, asked: Mapping[str, Any], catalog: Catalog, ranked: Callable[[Needs], RankingOut]
) -> int:
    """Write a document for each line of a file that is not blank, and return the exit code.

    It is the ranking of the needs in the line, or the error that stands in its way; the code is
    that of the gravest. `asked` holds the values of `needs_options`, of which the country counts
    where a line has none. Raises click.UsageError where the file cannot be read.
    """
    shown = _("standard input") if name == "-" else name
    codes: Counter[int] = Counter()
    first: dict[int, int] = {}
    with _opened(name, shown) as stream:
        for number, line in _lines(stream, shown):
            code, document = _answer(number, line, asked, catalog, ranked)
            write_json(document, line=True)
            codes[code] += 1
            first.setdefault(code, number)
    for code, words in _ENDS.items():
        if codes[code]:
            remark(
                "{count:,} of {all:,} lines: {words}; the first is line {first:,}.",
                count=codes[code],
                all=codes.total(),
                words=_(words),
                first=first[code],
            )
    return next((code for code in _ENDS if codes[code]), 0)


def _answer(
    number: int,
    line: bytes | None,
    asked: Mapping[str, Any],
    catalog: Catalog,
    ranked: Callable[[Needs], RankingOut],
) -> tuple[int, RankingOut | ErrorOut]:
    """Return the document of a line (None: too long), and the exit code that belongs to it."""
    try:
        document = ranked(_needs_of(number, line, asked, catalog))
        return (0 if document.ranking else EXIT_NOTHING_FITS), document
    except UnknownRate as error:
        missing = _(
            "the catalog has no exchange rate for {currency}: give the amounts in another currency",
            currency=error.currency,
        )
        return EXIT_USE, error_out(number, missing)
    except click.ClickException as error:
        return EXIT_USE, error_out(number, error.message, getattr(error, "problems", ()))
    except Exception as error:
        if os.environ.get("WALLETPICK_DEBUG"):
            raise
        what = f"{type(error).__name__}: {error}"
        words = _("something unexpected happened ({what})", what=what)
        return EXIT_UNEXPECTED, error_out(number, words, expected=False)


def _needs_of(number: int, line: bytes | None, asked: Mapping[str, Any], catalog: Catalog) -> Needs:
    """Return the needs in a line. Raises click.UsageError."""
    if line is None:
        raise Wrong("the line is longer than {most:,} bytes", most=MAX_BYTES)
    needs, problems = parsed(line, Path("line"))
    if needs is None:
        raise _BadNeeds(problems)
    country = None if needs.country else asked["country"]
    if not (needs.country or country):
        raise Wrong(
            'it is not said in which country: put it into the line, such as "country": "PH",'
            " or say with --country where the lines that name none are"
        )
    options = {**asked, "country": country}
    return needs_from(
        needs,
        catalog,
        options,
        lambda words: remark("Line {number:,}: {words}", number=number, words=words),
    )


@contextmanager
def _opened(name: str, shown: str) -> Iterator[BinaryIO]:
    """Yield a file to read from, which may be a pipe. Raises click.UsageError."""
    if name == "-":
        if sys.stdin is None:
            raise Wrong(_UNREAD, shown=shown, why=_("it is closed"))
        yield sys.stdin.buffer
        return
    with refusing(Wrong, _UNREAD, shown=shown):
        stream = Path(name).open("rb")  # noqa: SIM115 - closed below
    with stream:
        mode = os.fstat(stream.fileno()).st_mode
        if not (stat.S_ISREG(mode) or stat.S_ISFIFO(mode)):
            raise Wrong(_UNREAD, shown=shown, why=_("it is neither an ordinary file nor a pipe"))
        yield stream


def _lines(stream: BinaryIO, shown: str) -> Iterator[tuple[int, bytes | None]]:
    """Yield each line that is not blank with its number; None for one that is too long to read."""
    number = 0
    with refusing(Wrong, _UNREAD, shown=shown):
        while line := stream.readline(MAX_BYTES + 1):
            number += 1
            whole = len(line) <= MAX_BYTES or line.endswith(b"\n")
            while not (whole or line.endswith(b"\n")) and line:
                line = stream.readline(MAX_BYTES)
            if not whole or line.strip():
                yield number, line if whole else None
