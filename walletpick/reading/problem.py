"""A problem found in a file."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from walletpick.facts.characters import visible
from walletpick.facts.model import Record
from walletpick.language import _

Severity = Literal["error", "warning"]
# What is wrong with a record, in one sentence.
Fault = tuple[Record, str]


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing wrong in a file: where (line and column from 1, path such as `fees[2].percent`)
    and one sentence that says what was found, what was expected and how to mend it.

    Problems sort by file, line and column. No text of a problem holds an unsafe character,
    whatever it was made from.
    """

    file: str
    line: int
    column: int
    path: str
    message: str
    severity: Severity = "error"

    def __post_init__(self) -> None:
        for name in ("file", "path", "message"):
            object.__setattr__(self, name, visible(getattr(self, name)))

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}:{self.column}: "
        if self.severity == "warning":
            place += _("warning: ")
        return f"{place}{self.path}: {self.message}" if self.path else place + self.message


def in_file(file: str, message: str) -> Problem:
    """Return what is wrong with a file as a whole."""
    return Problem(file, 1, 1, "", message)


def problem_at(file: str, record: Record, message: str, severity: Severity = "error") -> Problem:
    """Return what is wrong with a record, at its place in a file."""
    return Problem(file, record.line, record.column, record.path, message, severity)


def problems_in(file: str, faults: Iterable[Fault], severity: Severity = "error") -> list[Problem]:
    """Return faults as problems of a file, in their order."""
    return [problem_at(file, record, message, severity) for record, message in faults]
