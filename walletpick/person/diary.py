"""The diary on disk: one JSON object a line, private. Entries are appended, or blotted out.

The file may be read while it is written, and a crash or a full disk may cut its last line short. A
line that cannot be read is left out and reported, and an entry after a torn line begins a line of
its own.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from datetime import date
from pathlib import Path

import msgspec

from walletpick.facts.refusals import refusal
from walletpick.facts.vocabulary import EVENTS, OLD_EVENTS
from walletpick.language import N_, Said, _, ngettext
from walletpick.person.entry import Entry, numbered
from walletpick.person.private import (
    PATIENCE,
    data_directory,
    held,
    make_folder,
    make_private,
    own_file,
    shown,
)
from walletpick.reading.files import keep_names

NOTE_LIMIT = 500
_UNREAD = N_("the diary {path} cannot be read: {why}")
_UNWRITTEN = N_("the diary {path} cannot be written: {why}")
# A diary larger than this is none.
_SIZE_LIMIT = 16 * 1024 * 1024
# No entry is longer than this: a note of the longest kind, every letter of it escaped.
_LINE_LIMIT = 16 * 1024
# How long to wait for another walletpick that is writing.
_WRITER_PATIENCE = PATIENCE
_READER_PATIENCE = 1.0


class DiaryError(Said):
    """The diary cannot be used; the message is one sentence."""

    exit_code = 1


class NoDiary(DiaryError):
    """The file is something else than a diary, and stays as it is."""

    exit_code = 2


class NoEntry(DiaryError):
    """There is no entry of that number."""

    exit_code = 2


class Diary(msgspec.Struct, frozen=True):
    """The entries that could be read, in the order of the file, and a sentence on the others."""

    entries: tuple[Entry, ...] = ()
    warning: str = ""


def diary_path() -> Path:
    """Return where the diary is: WALLETPICK_DIARY, else in the person's own data directory."""
    return own_file("WALLETPICK_DIARY", "diary.jsonl")


def note_problem(note: str) -> str | None:
    """Return in one sentence why a note cannot be kept, or None."""
    if unsafe := _unsafe(note):
        return _(
            "the note holds {character}, which is not plain text on one line: leave it out",
            character=f"U+{ord(unsafe[0]):04X}",
        )
    if len(note) > NOTE_LIMIT:
        return _(
            "the note has {count} characters: at most {most} are kept",
            count=len(note),
            most=NOTE_LIMIT,
        )
    return None


def read_diary(path: Path) -> Diary:
    """Return what a diary holds; one that does not exist holds nothing. Raises DiaryError."""
    try:
        with _opened(path, os.O_RDONLY) as handle:
            # So as not to take an entry that is being written for a torn one.
            with suppress(DiaryError), _locked(handle, path, shared=True):
                return _parsed(_whole(handle, path), path)
            return _parsed(_whole(handle, path), path)
    except FileNotFoundError:
        return Diary()


def append_entry(path: Path, entry: Entry) -> str:
    """Add an entry to the diary in one write, and see it to the disk.

    Returns a sentence where the line before it turned out to be torn, else "". Raises DiaryError.
    """
    line = msgspec.json.encode(entry) + b"\n"
    with (
        _opened(path, os.O_RDWR | os.O_APPEND | os.O_CREAT) as handle,
        _locked(handle, path),
    ):
        _check_content(_whole(handle, path), path)
        make_private(handle)
        last = _last_line(handle)
        _append(handle, b"\n" + line if last else line, path)
    with suppress(OSError):
        keep_names(path.parent)
    if not last or _entry(last):
        return ""
    return _("The entry before it in {path} was cut short; it is left out.", path=shown(path))


def remove_entry(path: Path, number: int) -> Entry:
    """Take out the entry of a number (see `numbered`), and return it. Raises DiaryError.

    Its line becomes blank, in one write: what stands around it is never touched.
    """
    try:
        with _opened(path, os.O_RDWR) as handle, _locked(handle, path):
            data = _whole(handle, path)
            _check_content(data, path)
            return _blot_out(handle, data, number, path)
    except FileNotFoundError:
        raise NoEntry("the diary is empty") from None


def _blot_out(handle: int, data: bytes, number: int, path: Path) -> Entry:
    entries: list[Entry] = []
    # By the entry itself: of two that are alike, one goes.
    places: dict[int, tuple[int, bytes]] = {}
    start = 0
    for line in data.split(b"\n"):
        if entry := _entry(line):
            entries.append(entry)
            places[id(entry)] = start, line
        start += len(line) + 1
    gone = dict(numbered(entries)).get(number)
    if gone is None:
        count = ngettext("{count} entry", "{count} entries", len(entries))
        raise NoEntry(
            "there is no entry {number}: the diary has {count} (walletpick log list)",
            number=number,
            count=count,
        )
    at, line = places[id(gone)]
    if at + len(line) == len(data):
        os.ftruncate(handle, at)
    else:
        os.lseek(handle, at, os.SEEK_SET)
        if os.write(handle, b" " * len(line)) != len(line):
            raise DiaryError(
                "only a part of the entry could be removed from {path}", path=shown(path)
            )
    os.fsync(handle)
    return gone


def _append(handle: int, data: bytes, path: Path) -> None:
    """Write at the end all of it, or nothing. Raises OSError and DiaryError."""
    size = os.fstat(handle).st_size
    try:
        if os.write(handle, data) != len(data):
            raise DiaryError(
                "only a part of the entry could be written to {path}: it is left out",
                path=shown(path),
            )
        os.fsync(handle)
    except BaseException:
        with suppress(OSError):
            os.ftruncate(handle, size)
        raise


def _whole(handle: int, path: Path) -> bytes:
    size = os.fstat(handle).st_size
    if size > _SIZE_LIMIT:
        raise DiaryError("{path} is too large to be a diary", path=shown(path))
    os.lseek(handle, 0, os.SEEK_SET)
    parts = []
    while part := os.read(handle, 1 << 20):
        parts.append(part)
    return b"".join(parts)


def _check_content(data: bytes, path: Path) -> None:
    """Refuse a file without a single entry, were it torn or of a newer walletpick. Raises NoDiary.

    Else a file that WALLETPICK_DIARY names by mistake would get entries, and a mode of its own.
    """
    lines = [line for line in data.split(b"\n") if line.strip()]
    if lines and not any(
        line.startswith(_HEAD) or _HEAD.startswith(line) or _entry(line) for line in lines
    ):
        raise NoDiary(
            "{path} is no diary, and stays as it is: set WALLETPICK_DIARY to a diary or to a"
            " new file",
            path=shown(path),
        )


def _parsed(data: bytes, path: Path) -> Diary:
    _check_content(data, path)
    lines = data.split(b"\n")
    # What stands after the last line break was cut short, unless it is an entry all the same:
    # JSON says itself where it ends.
    torn = bool(lines[-1])
    entries, bad = [], []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        entry = _entry(line)
        if entry is None:
            bad.append(number)
        else:
            entries.append(entry)
    return Diary(tuple(entries), _warning(bad, torn and bad[-1:] == [len(lines)], path))


def _warning(bad: list[int], torn: bool, path: Path) -> str:
    if not bad:
        return ""
    if torn and len(bad) == 1:
        return _("The last entry of {path} was cut short; it is left out.", path=shown(path))
    few = ", ".join(map(str, bad[:5])) + (", ..." if len(bad) > 5 else "")
    return ngettext(
        "Line {lines} of {path} is no entry of a diary; it is left out.",
        "Lines {lines} of {path} are no entries of a diary; they are left out.",
        len(bad),
        lines=few,
        path=shown(path),
    )


def _entry(line: bytes) -> Entry | None:
    """Return the entry that a line holds, or None if it is none."""
    try:
        entry = _DECODER.decode(line)
        plain = date.fromisoformat(entry.date).isoformat() == entry.date
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return None
    plain = plain and not _unsafe(entry.wallet + (entry.country or "") + entry.note)
    event = OLD_EVENTS.get(entry.event, entry.event)
    return msgspec.structs.replace(entry, event=event) if plain and event in EVENTS else None


def _unsafe(text: str) -> re.Match[str] | None:
    """Return the first character of a text that no note may hold, or None."""
    from walletpick.facts.characters import UNSAFE_CLASS

    return re.search(f"[\n{UNSAFE_CLASS}]", text)


# How an entry begins.
_HEAD = b'{"schema":"walletpick/diary/'
_DECODER = msgspec.json.Decoder(Entry)
# Opening a pipe must not wait for its other end; Windows must not touch the line ends.
_UNBLOCKED = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


@contextmanager
def _opened(path: Path, flags: int) -> Iterator[int]:
    """Open the diary. Raises DiaryError, and FileNotFoundError where it is not to be made."""
    making = flags & os.O_CREAT
    try:
        if making:
            make_folder(path.parent, ours=path.parent == data_directory())
        handle = os.open(path, flags | _UNBLOCKED, 0o600)
        try:
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                raise DiaryError(
                    "{path} is no ordinary file, so it cannot be a diary", path=shown(path)
                )
            yield handle
        finally:
            os.close(handle)
    except OSError as error:
        if isinstance(error, FileNotFoundError) and not making:
            raise
        words = _UNREAD if flags == os.O_RDONLY else _UNWRITTEN
        raise DiaryError(words, path=shown(path), why=refusal(error)) from None


def _last_line(handle: int) -> bytes:
    """Return what stands after the last line break: nothing, unless a write was cut short."""
    size = os.fstat(handle).st_size
    os.lseek(handle, max(size - _LINE_LIMIT, 0), os.SEEK_SET)
    return os.read(handle, _LINE_LIMIT).rpartition(b"\n")[2]


def _locked(handle: int, path: Path, *, shared: bool = False) -> AbstractContextManager[None]:
    """Hold the diary against other processes. Raises DiaryError."""
    refused = DiaryError("another program holds the diary {path}: try again", path=shown(path))
    patience = _READER_PATIENCE if shared else _WRITER_PATIENCE
    return held(handle, refused, shared=shared, patience=patience)
