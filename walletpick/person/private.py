"""A plain file that is one person's alone: where it is, who may read it, who holds it.

What is written in one step, and how what is damaged is put aside, is in `reading`.
"""

from __future__ import annotations

import os
import stat
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from walletpick.language import Said

# How long to wait for another walletpick that is writing.
PATIENCE = 10.0
_PAUSE = 0.02


def data_directory() -> Path:
    """Return the directory of the person's own data."""
    from platformdirs import user_data_path

    return user_data_path("walletpick", appauthor=False)


def own_file(setting: str, name: str) -> Path:
    """Return where a file is: what the setting says, else in the person's own data directory."""
    path = os.environ.get(setting)
    return Path(path) if path else data_directory() / name


def shown(path: Path) -> str:
    """Return a path in quotation marks, as a message names it."""
    # Most people keep no such file, and then this is not needed.
    from walletpick.facts.characters import visible

    return f'"{visible(os.fspath(path))}"'


def make_folder(folder: Path, *, ours: bool) -> None:
    """Make a folder for a private file. Raises OSError.

    One of `ours` that others can read is closed to them; one that the person named is left as it
    is.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if ours and os.name == "posix" and stat.S_IMODE(folder.stat().st_mode) & 0o077:
        folder.chmod(0o700)


def make_private(handle: int) -> None:
    """Let nobody else read an open file, whatever made it. Raises OSError."""
    if hasattr(os, "fchmod") and stat.S_IMODE(os.fstat(handle).st_mode) & 0o077:
        os.fchmod(handle, 0o600)


def write_private(path: Path, data: bytes, *, ours: bool = True) -> None:
    """Replace a file in one step, for the person alone to read. Raises OSError."""
    from walletpick.reading.files import write_whole

    make_folder(path.parent, ours=ours)
    write_whole(path, data, private=True, lasting=True)


@contextmanager
def held(
    handle: int, refused: Said, *, shared: bool = False, patience: float = PATIENCE
) -> Iterator[None]:
    """Hold an open file or directory against other processes; wait, but not for ever.

    Raises what it is `refused` by where another does not let go. A file system without locks is no
    reason not to go on.
    """
    end = time.monotonic() + patience
    while not _try_lock(handle, shared):
        if time.monotonic() > end:
            raise refused
        time.sleep(_PAUSE)
    try:
        yield
    finally:
        with suppress(OSError):
            _unlock(handle)


if sys.platform == "win32":
    import msvcrt

    # Locks are on bytes there, and nobody may read a byte that is locked: one far behind the end.
    _FAR = 1 << 30

    def _try_lock(handle: int, shared: bool) -> bool:
        os.lseek(handle, _FAR, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _unlock(handle: int) -> None:
        os.lseek(handle, _FAR, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _try_lock(handle: int, shared: bool) -> bool:
        try:
            fcntl.flock(handle, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:
            return True
        return True

    def _unlock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_UN)
