"""Files: read within bounds, and written in one step, so that nobody finds half of one."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from walletpick.facts.refusals import refusal
from walletpick.language import N_, _

# The end of the name of a file that is still being written, or was when its process was killed.
PART = ".part"
# The name of a file may have 255 bytes, and a letter 4.
_PART_NAME = 50
_CHUNK = 2**20
_NO_NAME = N_("it can be no file's name")


class NotOrdinary(OSError):
    """It is a pipe, a device or a socket: reading it may never end."""


class TooLarge(OSError):
    """It holds more bytes than it may."""


@contextmanager
def refusing(kind: Callable[..., Exception], words: str, **places: object) -> Iterator[None]:
    """Raise in the place of an OSError what `kind` makes of a sentence, which has {why} too."""
    try:
        yield
    except OSError as error:
        raise kind(words, why=refusal(error), **places) from None


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
        raise OSError(errno.EINVAL, _(_NO_NAME), shown) from None
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
    raise TooLarge(errno.EFBIG, _("it is larger than {limit:,} bytes", limit=limit), shown)


def _not_ordinary(shown: str) -> NotOrdinary:
    return NotOrdinary(errno.EINVAL, _("it is not an ordinary file"), shown)


def is_there(path: Path) -> bool:
    """Return whether a path leads to something; what can be no path leads nowhere."""
    return _mode(path) != 0


def is_file(path: Path) -> bool:
    """Return whether a path leads to an ordinary file; what can be no path leads nowhere."""
    return stat.S_ISREG(_mode(path))


def is_directory(path: Path) -> bool:
    """Return whether a path leads to a directory; what can be no path leads nowhere."""
    return stat.S_ISDIR(_mode(path))


def _mode(path: Path) -> int:
    """Return what a path leads to; 0 for nothing."""
    # The tests of pathlib raise for a name that is too long, and where one may not look.
    try:
        return path.stat().st_mode
    except (OSError, ValueError):
        return 0


def write_whole(path: Path, data: bytes, *, private: bool = False, lasting: bool = False) -> None:
    """Write a file in one step. Raises OSError, which names it, and leaves everything as it was.

    A link stays a link, and what it leads to is written. A `private` file is for its owner alone;
    else what may be done with a file stays as it was, and a new one is as the person's other files.
    `lasting`: it holds even if the power fails next.
    """
    with _naming(path):
        target = _target(path)
        part = target.with_name(f".{target.name[:_PART_NAME]}.{os.urandom(4).hex()}{PART}")
        try:
            _write(part, data, private, lasting)
            if not private:
                with suppress(FileNotFoundError):
                    part.chmod(target.stat().st_mode & 0o7777)
            part.replace(target)
        except BaseException:
            with suppress(OSError):
                part.unlink()
            raise
        if lasting:
            keep_names(target.parent)


def write_new(path: Path, data: bytes, *, private: bool = False) -> None:
    """Write a file that must not be there yet. Raises OSError, which names it, and leaves none."""
    with _naming(path):
        _write(path, data, private, lasting=False)


def _write(path: Path, data: bytes, private: bool, lasting: bool) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    handle = os.open(path, flags, 0o600 if private else 0o666)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            if lasting:
                file.flush()
                os.fsync(file.fileno())
    except BaseException:
        with suppress(OSError):
            path.unlink()
        raise


def _target(path: Path) -> Path:
    """Return what is to be written: where the links lead. Raises OSError if that is no file."""
    target = Path(os.path.realpath(path))
    with suppress(FileNotFoundError):
        mode = target.stat().st_mode
        if stat.S_ISDIR(mode):
            raise OSError(errno.EISDIR, os.strerror(errno.EISDIR))
        if not stat.S_ISREG(mode):
            raise _not_ordinary(os.fspath(path))
    return target


@contextmanager
def _naming(path: Path) -> Iterator[None]:
    """Let an error of the system name this file: that of a write names none, else it is a part."""
    try:
        yield
    except NotOrdinary:
        raise
    except OSError as error:
        raise OSError(error.errno, error.strerror or str(error), os.fspath(path)) from None
    except ValueError:
        raise OSError(errno.EINVAL, _(_NO_NAME), os.fspath(path)) from None


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
