"""What the front ends of the interview share."""

from __future__ import annotations

import os
import shutil
import sys
from enum import Enum
from typing import Protocol

from walletpick.interview.questions import Ask
from walletpick.render import breaking
from walletpick.render.safe import one_line
from walletpick.render.streams import fitted

Value = tuple[str, ...]


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
        """Tell something."""

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


def wrapped(text: str, width: int, first: str = "", rest: str = "") -> list[str]:
    """Return text in lines no wider than `width`, which start as told; it can steer no terminal."""
    text = fitted(one_line(text), sys.stderr.encoding or "utf-8")
    return breaking.wrapped(text, max(width, 12), first, rest) or [first.rstrip()]
