"""What a person knows of wallets themselves, on disk: `own.yaml`.

The file is private (0600) and plain: a fact a line, for people to read and to edit. It is read as
strictly as a catalog; a comment in it stays when facts are added or taken back. It is replaced in
one step, one program at a time.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from walletpick.facts.characters import visible
from walletpick.facts.model import OwnFile, Told
from walletpick.facts.vocabulary import OWN_FILE
from walletpick.language import N_, Said, _, headed
from walletpick.person.private import (
    data_directory,
    held,
    make_folder,
    own_file,
    shown,
    write_private,
)
from walletpick.reading.files import read_bounded, refusing

if TYPE_CHECKING:
    from walletpick.reading.problem import Fault, Problem

SIZE_LIMIT = 1024 * 1024
# The most facts, and the longest words on where one was seen.
MOST = 1000
SOURCE_LIMIT = 300
_UNREAD = N_("your own facts, {path}, cannot be read: {why}")
_UNWRITTEN = N_("your own facts, {path}, cannot be written: {why}")
HEAD = N_("# What you know of wallets yourself. walletpick tell adds to it, tell list shows it.\n")

# The head of the list, also where a comment stands beside it.
_LIST = re.compile(r"^facts:(?= *(#.*)?$)", re.MULTILINE)


class OwnError(Said):
    """The file cannot be used; the message says why."""


class NotKept(OwnError):
    """The system does not let the file be read or written."""

    exit_code = 1


def own_path() -> Path:
    """Return where the facts are: WALLETPICK_OWN, else in the person's own data directory."""
    return own_file("WALLETPICK_OWN", OWN_FILE)


def read_own(path: Path) -> tuple[Told, ...]:
    """Return the facts in the file; where there is none, none. Raises OwnError."""
    return _facts(_bytes(path), path)


def add(path: Path, new: Sequence[Told]) -> None:
    """Keep facts, each in the place of what was told of the same before. Raises OwnError."""
    from walletpick.reading.writer import as_line

    keys = {key_of(told) for told in new}
    lines = "".join(f"  - {as_line(told)}\n" for told in new)
    with _alone(path):
        text, left = _without(path, keys)
        if not left:
            # Nothing stands in the list now, or there is none; the new facts begin it.
            kept = (line for line in text.splitlines(True) if line.lstrip().startswith("#"))
            text = "".join(kept) or _(HEAD)
            text += "\nfacts:\n"
        elif not text.endswith("\n"):
            text += "\n"
        _write(path, text + lines)


def take_back(path: Path, gone: Sequence[Told]) -> None:
    """Take facts out of the file. Raises OwnError."""
    with _alone(path):
        text, left = _without(path, {key_of(told) for told in gone})
        _write(path, text if left else _LIST.sub("facts: []", text, count=1))


def key_of(told: Told) -> tuple[str, str, str]:
    """Return what a fact is about: which wallet, in which country, and what of it."""
    return told.wallet, told.country, told.fact


def _without(path: Path, keys: Collection[tuple[str, str, str]]) -> tuple[str, int]:
    """Return the file's text, a fact a line, without some facts, and how many are left."""
    text = _text(_bytes(path), path)
    facts = _facts(text.encode(), path)
    numbers = {told.line for told in facts if key_of(told) in keys}
    lines = enumerate(text.splitlines(keepends=True), 1)
    left = "".join(line for number, line in lines if number not in numbers)
    return left, len(facts) - len(numbers)


def _text(data: bytes, path: Path) -> str:
    """Return the text of the file in its canonical layout, comments and all."""
    from walletpick.reading.kinds import Kind
    from walletpick.reading.writer import canonical

    if not data.strip():
        return ""
    kind = Kind("own", OwnFile, lambda own, _stem: faults_of(own), "")
    text, problems = canonical(data, kind, path, os.fspath(path))
    if text is None:
        raise _damaged(problems, path)
    first, _break, rest = text.partition("\n")
    return rest if first.startswith("# yaml-language-server") else text


def _facts(data: bytes, path: Path) -> tuple[Told, ...]:
    if not data.strip():
        return ()
    from walletpick.reading.problem import problems_in
    from walletpick.reading.records import record_in

    file = os.fspath(path)
    own, problems = record_in(data, OwnFile, file)
    if own is not None:
        problems += problems_in(file, faults_of(own))
    if problems:
        raise _damaged(sorted(problems), path)
    return own.facts if own else ()


def faults_of(own: OwnFile) -> Iterator[Fault]:
    """Yield what is wrong with the facts of a file, beyond the shape of the records."""
    from walletpick.reading.told import Untold, target_of, value_of

    lines: dict[tuple[str, str, str], int] = {}
    for told in own.facts[:MOST]:
        try:
            value_of(target_of(told.fact), told.value)
        except Untold as error:
            yield told, headed("value", error)
        if message := source_problem(told.source):
            yield told, headed("source", message)
        if (first := lines.setdefault(key_of(told), told.line)) != told.line:
            yield (
                told,
                _("{fact} stands in line {line} too: keep one of them", fact=told.fact, line=first),
            )
    if len(own.facts) > MOST:
        yield (
            own.facts[MOST],
            _(
                "there are {count:,} facts, expected at most {most:,}",
                count=len(own.facts),
                most=MOST,
            ),
        )


def source_problem(source: str) -> str | None:
    """Return in one sentence why words cannot say where a fact was seen, or None."""
    from walletpick.reading.records import is_url

    if len(source) > SOURCE_LIMIT:
        return _(
            "it has {count} characters, expected at most {most}",
            count=len(source),
            most=SOURCE_LIMIT,
        )
    if visible(source) != source:
        return _("it holds what cannot be seen: leave that out")
    if source.startswith(("http:", "https:")) and not is_url(source):
        return _(
            'found "{source}", expected an address that begins with https:// or http://',
            source=source,
        )
    return None


# The file.


def _bytes(path: Path) -> bytes:
    with refusing(NotKept, _UNREAD, path=shown(path)), suppress(FileNotFoundError):
        return read_bounded(path, SIZE_LIMIT)
    return b""


def _write(path: Path, text: str) -> None:
    # What is written is what will be read.
    data = _text(text.encode(), path).encode()
    with refusing(NotKept, _UNWRITTEN, path=shown(path)):
        write_private(path, data, ours=path.parent == data_directory())


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Make the directory, and hold it against other programs that tell. Raises OwnError."""
    with refusing(NotKept, _UNWRITTEN, path=shown(path)):
        make_folder(path.parent, ours=path.parent == data_directory())
        # A directory cannot be held on Windows; the file is replaced in one step all the same.
        handle = None if sys.platform == "win32" else os.open(path.parent, os.O_RDONLY)
    if handle is None:
        yield
        return
    try:
        with held(handle, NotKept("another program holds {path}: try again", path=shown(path))):
            yield
    finally:
        os.close(handle)


def _damaged(problems: Sequence[Problem], path: Path) -> OwnError:
    return OwnError(
        "your own facts cannot be used:\n{lines}\nMend them in {path}",
        lines="\n".join(map(str, problems)),
        path=shown(path),
    )
