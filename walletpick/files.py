"""Files: read within bounds, and written in one step, so that nobody finds half of one."""

from __future__ import annotations

import errno
import os
import stat
from contextlib import suppress
from pathlib import Path

# The end of the name of a file that is still being written, or was when its process was killed.
PART = ".part"
_CHUNK = 2**20


class NotOrdinary(OSError):
    """It is a pipe, a device or a socket: reading it may never end."""


class TooLarge(OSError):
    """It holds more bytes than it may."""


def read_bounded(path: Path, limit: int) -> bytes:
    """Return the bytes of an ordinary file of at most `limit` bytes, without ever waiting.

    Raises NotOrdinary for a pipe, a device or a socket, TooLarge for more bytes than that, and
    OSError as the system says, also where a name can be no file's.
    """
    flags = os.O_RDONLY
    for name in ("O_NONBLOCK", "O_NOCTTY", "O_CLOEXEC", "O_BINARY"):
        flags |= getattr(os, name, 0)
    shown = os.fspath(path)
    try:
        handle = os.open(path, flags)
    except ValueError:
        # A NUL, or a letter that the encoding of file names does not have.
        raise OSError(errno.EINVAL, "it can be no file's name", shown) from None
    except OSError as error:
        if error.errno == errno.ENXIO:
            raise _not_ordinary(shown) from None
        raise
    try:
        mode = os.fstat(handle).st_mode
        if stat.S_ISDIR(mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), shown)
        if not stat.S_ISREG(mode):
            raise _not_ordinary(shown)
        data = bytearray()
        while len(data) <= limit:
            chunk = os.read(handle, min(_CHUNK, limit + 1 - len(data)))
            if not chunk:
                return bytes(data)
            data += chunk
    finally:
        os.close(handle)
    raise TooLarge(errno.EFBIG, f"it is larger than {limit:,} bytes", shown)


def _not_ordinary(shown: str) -> NotOrdinary:
    return NotOrdinary(errno.EINVAL, "it is not an ordinary file", shown)


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
