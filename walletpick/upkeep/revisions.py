"""A catalog as it was in a revision of its git repository, read without touching the checkout."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct

from walletpick.language import Said, _
from walletpick.reading.files import is_directory, write_new
from walletpick.reading.place import FOLDERS

# The files a catalog is made of. Whatever else a tree holds is not looked at.
_FILE = re.compile(
    rf"(?:(?:(?:{'|'.join(FOLDERS)})/)?[\w][\w.-]*\.yaml|quotes/[\w][\w.-]*\.csv)", re.ASCII
)
_REGULAR = ("100644", "100755")
# Twice what the reader takes: it says what is wrong with a file that is too large.
_LARGEST = 2 * 1024 * 1024
_SECONDS = 60


class RevisionError(Said):
    """The revision cannot be read; the message is one sentence that says why."""


class Revision(Struct, frozen=True):
    """A revision as people name it, and the tree of the catalog in it."""

    name: str
    tree: str
    repository: Path


def range_of(text: str, near: Path) -> tuple[str, str]:
    """Return the two revisions of "A..B"; for "A...B", B and where it branched off from A.

    An empty side is HEAD. Raises RevisionError.
    """
    if "..." in text:
        old, new = (side or "HEAD" for side in text.split("...", 1))
        _refuse_options(old, new)
        folder = _existing(near)
        for name in (old, new):
            with _saying(_('"{name}" is no revision of a git repository here', name=name)):
                _git(folder, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")
        with _saying(_('"{text}": these two revisions have nothing in common', text=text)):
            base = _git(folder, "merge-base", old, new).decode().strip()
        return _git(folder, "rev-parse", "--short", base).decode().strip(), new
    old, new = (side or "HEAD" for side in text.split("..", 1))
    return old, new


def find_revision(name: str, catalog: Path) -> Revision:
    """Return a revision of the repository that a catalog directory lies in. Raises RevisionError.

    The catalog is looked for at the same place in the repository.
    """
    _refuse_options(name)
    near = _existing(catalog)
    try:
        prefix = os.fsdecode(_git(near, "rev-parse", "--show-prefix")).rstrip("\n")
    except RevisionError as error:
        raise RevisionError(
            '"{name}" is no file or directory, and "{catalog}" is not in a git'
            " repository to look for a revision of that name ({error})",
            name=name,
            catalog=catalog,
            error=error,
        ) from None
    unknown = _(
        '"{name}" is no file or directory, and no revision of the git repository here', name=name
    )
    with _saying(unknown):
        _git(near, "rev-parse", "--verify", "--quiet", f"{name}^{{tree}}")
    place = prefix.rstrip("/")
    with _saying(_('the revision "{name}" has no directory "{place}"', name=name, place=place)):
        tree = _git(near, "rev-parse", "--verify", "--quiet", f"{name}^{{tree}}:{place}")
    return Revision(name, tree.decode().strip(), near)


def unpack(revision: Revision, directory: Path) -> None:
    """Write the catalog files of a revision into a directory. Raises RevisionError and OSError."""
    listed = _git(revision.repository, "ls-tree", "-r", "-z", "-l", "--full-tree", revision.tree)
    wanted: dict[str, str] = {}
    for entry in filter(None, listed.split(b"\0")):
        head, _tab, raw = entry.partition(b"\t")
        mode, kind, blob, size = head.decode().split()
        path = os.fsdecode(raw)
        if kind != "blob" or mode not in _REGULAR or not _FILE.fullmatch(path):
            continue
        if int(size) > _LARGEST:
            raise RevisionError(
                '"{path}" of {revision} is too large for a catalog file',
                path=path,
                revision=revision.name,
            )
        wanted[path] = blob
    asked = "".join(f"{blob}\n" for blob in wanted.values()).encode()
    answer = _git(revision.repository, "cat-file", "--batch", given=asked)
    at = 0
    for path in wanted:
        end = answer.index(b"\n", at)
        length = int(answer[at:end].split()[-1])
        target = directory / path
        target.parent.mkdir(exist_ok=True)
        write_new(target, answer[end + 1 : end + 1 + length])
        at = end + 1 + length + 1


@contextmanager
def _saying(message: str) -> Iterator[None]:
    """Raise RevisionError with a message of ours where git has one of its own."""
    try:
        yield
    except RevisionError:
        raise RevisionError(message) from None


def _existing(path: Path) -> Path:
    return path if is_directory(path) else Path()


def _refuse_options(*names: str) -> None:
    for name in names:
        if not name or name.startswith("-") or any(c in name for c in "\0\n:"):
            raise RevisionError('"{name}" is no revision', name=name)


def _git(directory: Path, *args: str, given: bytes = b"") -> bytes:
    """Return what git prints. It reads local objects only and asks nobody anything."""
    environment = os.environ | {
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_OPTIONAL_LOCKS": "0",
        "LC_ALL": "C",
    }
    try:
        done = subprocess.run(
            ["git", "-C", os.fspath(directory), *args],
            input=given,
            capture_output=True,
            env=environment,
            timeout=_SECONDS,
            check=False,
        )
    except FileNotFoundError:
        raise RevisionError("git is not installed") from None
    except subprocess.TimeoutExpired:
        raise RevisionError(
            "git did not answer within {seconds} seconds", seconds=_SECONDS
        ) from None
    if done.returncode:
        lines = done.stderr.decode(errors="replace").strip().splitlines()
        raise RevisionError(lines[0] if lines else _("git ended with {code}", code=done.returncode))
    return done.stdout
