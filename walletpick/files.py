"""Writing a file in one step: whoever reads it finds the old content or the new, and all of it."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

# The end of the name of a file that is still being written, or was when its process was killed.
PART = ".part"


def write_whole(path: Path, data: bytes, *, private: bool = False, lasting: bool = False) -> None:
    """Write a file in one step. Raises OSError, and leaves everything as it was then.

    A `private` file is for its owner alone; else what may be done with a file stays as it was, and
    a new one is as the person's other files. `lasting`: it holds even if the power fails next.
    """
    part = path.with_name(f".{path.name}.{os.urandom(4).hex()}{PART}")
    mode = 0o600 if private else 0o666
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    try:
        with os.fdopen(os.open(part, flags, mode), "wb") as file:
            file.write(data)
            if lasting:
                file.flush()
                os.fsync(file.fileno())
        if not private:
            with suppress(FileNotFoundError):
                part.chmod(path.stat().st_mode & 0o7777)
        part.replace(path)
    except BaseException:
        with suppress(OSError):
            part.unlink()
        raise
    if lasting:
        keep_names(path.parent)


def keep_names(directory: Path) -> None:
    """See the names in a directory to the disk: a new file's may be lost until then.

    Raises OSError.
    """
    if os.name != "posix":
        return
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
