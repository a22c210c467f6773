"""State: what the program notes for itself, as JSON in files that anything may have happened to.

What cannot be used counts as none, and is never deleted: it is put aside under another name.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from itertools import count
from os.path import lexists
from pathlib import Path
from typing import TypeVar

import msgspec

from walletpick.facts.refusals import refusal
from walletpick.language import N_, Said, _
from walletpick.reading.files import read_bounded

T = TypeVar("T")

# No notes of ours are that long. Bytes.
LIMIT = 2**20
_ASIDE = ".damaged"


class Damaged(Said):
    """A file of state cannot be used; the text says why."""


def read_state(path: Path, kind: type[T]) -> T | None:
    """Return what a file of state holds, or None if there is none. Raises Damaged."""
    try:
        return msgspec.json.decode(read_bounded(path, LIMIT), type=kind)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise Damaged("it cannot be read: {refusal}", refusal=refusal(error)) from None
    except (msgspec.MsgspecError, ValueError, RecursionError):
        raise Damaged("it is damaged") from None


def state_or_none(path: Path, kind: type[T], say: Callable[[str], None]) -> T | None:
    """Return what a file of state holds, or None if there is none that can be used.

    That is then put aside, and `say` gets a sentence about it.
    """
    try:
        return read_state(path, kind)
    except Damaged as error:
        say(put_aside(path, str(error)))
        return None


def put_aside(path: Path, why: str) -> str:
    """Give a file that cannot be used another name, and return a sentence that says so."""
    from walletpick.facts.characters import visible

    shown = visible(os.fspath(path))
    try:
        aside = _free_name(path)
        path.rename(aside)
    except OSError as error:
        sentence = N_('"{shown}" is not used, for {why}; it cannot be put aside: {refusal}.')
        return _(sentence, shown=shown, why=why, refusal=refusal(error))
    sentence = N_('"{shown}" is not used, for {why}; it is now "{name}".')
    return _(sentence, shown=shown, why=why, name=visible(aside.name))


def _free_name(path: Path) -> Path:
    """Return the first name beside a file under which nothing was put aside before."""
    names = (f"{path.name}{_ASIDE}{f'-{number}' if number > 1 else ''}" for number in count(1))
    return next(path.with_name(name) for name in names if not lexists(path.with_name(name)))
