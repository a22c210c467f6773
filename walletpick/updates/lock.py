"""One process at a time changes the downloads."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from walletpick.updates import store


class Busy(Exception):
    """Another process is changing the downloads."""


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Hold the lock on the downloads, whose directory is made. Raises Busy, and OSError.

    The lock ends with its process, however that ends.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        with FileLock(folder / "lock", timeout=0):
            store.forget_leftovers(folder)
            yield
    except Timeout:
        raise Busy from None
