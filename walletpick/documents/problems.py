"""The JSON documents of what is wrong: in files of the catalog, and in a row of answers. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from walletpick.documents.out import Out, out
from walletpick.facts.characters import visible
from walletpick.reading.problem import Problem


class ProblemOut(Out, frozen=True, kw_only=True):
    """Something wrong in a file of the catalog; line and column count from 1."""

    file: str
    line: int
    column: int
    path: str
    message: str
    severity: Literal["error", "warning"]


class ProblemsOut(Out, frozen=True, kw_only=True):
    """`walletpick catalog lint --format json`; `files` is how many were checked."""

    schema: Literal["walletpick/problems/1"] = "walletpick/problems/1"
    files: int
    problems: tuple[ProblemOut, ...]


def problems_out(files: int, problems: Iterable[Problem]) -> ProblemsOut:
    """Return the document of the problems found in so many files."""
    return out(ProblemsOut, files=files, problems=problems)


class MistakeOut(Out, frozen=True, kw_only=True):
    """Something wrong in a line: from which character on (from 1), of which key, and what."""

    column: int
    path: str
    message: str


class ErrorOut(Out, frozen=True, kw_only=True):
    """A line of `walletpick rank --batch` that could not be ranked: there in place of a ranking.

    `line` is its number in the file, from 1, blank lines counted. `code` is the exit code that such
    an error has where it is the only one, `meaning` what the code stands for. `problems` are the
    places where the needs are wrong; there are none where `message` is about something else.
    """

    schema: Literal["walletpick/error/1"] = "walletpick/error/1"
    line: int
    code: Literal[1, 2]
    meaning: Literal["unexpected", "wrong use or bad needs"]
    message: str
    problems: tuple[MistakeOut, ...]


def error_out(
    line: int, message: str, problems: Iterable[Problem] = (), expected: bool = True
) -> ErrorOut:
    """Return the document of a line that could not be ranked, for a reason foreseen or not."""
    return out(
        ErrorOut,
        line=line,
        code=2 if expected else 1,
        meaning="wrong use or bad needs" if expected else "unexpected",
        message=visible(message),
        problems=problems,
    )
