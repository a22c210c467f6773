"""What the front ends of the interview share."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Sequence
from enum import Enum
from typing import Protocol

from walletpick.interview.questions import Ask
from walletpick.render import breaking
from walletpick.render.safe import one_line
from walletpick.render.streams import fitted

Value = tuple[str, ...]
_WIDEST = 88


class Command(Enum):
    """What a person can say instead of an answer."""

    BACK = "back"
    LEAVE = "leave"
    # There is nothing more to read.
    ENDED = "ended"


# The same in words, as people type them.
COMMAND_WORDS = {
    "back": Command.BACK,
    "返回": Command.BACK,
    "后退": Command.BACK,
    "上一步": Command.BACK,
    "quit": Command.LEAVE,
    "exit": Command.LEAVE,
    "退出": Command.LEAVE,
    "离开": Command.LEAVE,
    "结束": Command.LEAVE,
}


class Front(Protocol):
    """Puts questions to a person."""

    def say(self, text: str) -> None:
        """Tell something in a paragraph of its own."""
        write([*wrapped(text), ""])

    def ask(self, ask: Ask, number: int, can_go_back: bool) -> Value | Command:
        """Ask until there is a reply that can be taken, or a command. Number 0 shows none."""


def terminal_size() -> os.terminal_size:
    """Return the columns and lines of the window that the questions are shown in."""
    try:
        size = os.get_terminal_size(sys.stderr.fileno())
    except (OSError, ValueError):
        return shutil.get_terminal_size()
    # A window that does not know its size says 0.
    return size if size.columns and size.lines else shutil.get_terminal_size()


def wrapped(
    text: str, first: str = "", rest: str | None = None, width: int | None = None
) -> list[str]:
    """Return text in lines for the window, which can steer no terminal.

    The first begins as told, the others below its text, unless they are told too.
    """
    rest = " " * len(first) if rest is None else rest
    text = fitted(one_line(text), sys.stderr.encoding or "utf-8")
    width = width or min(terminal_size().columns, _WIDEST)
    return breaking.wrapped(text, max(width, 12), first, rest) or [first.rstrip()]


def by_words(text: str) -> str:
    """Return text whose lines fit the window as far as its words do, each indented as it was."""
    width = max(terminal_size().columns, 12)
    lines: list[str] = []
    for line in text.split("\n"):
        indent = line[: len(line) - len(line.lstrip(" "))]
        if breaking.cells(line) > width:
            lines += breaking.wrapped(line.strip(), width, indent, indent, whole=True)
        else:
            lines.append(line)
    return "\n".join(lines)


def numbered(text: str, number: int) -> list[str]:
    """Return the lines of a question, behind its number; 0 is none."""
    return wrapped(text, f"{number}. " if number else "")


def write(lines: Sequence[str], end: str = "\n") -> None:
    """Write lines to standard error, where the questions are."""
    if lines:
        sys.stderr.write("\n".join(line.rstrip() for line in lines) + end)
        sys.stderr.flush()
