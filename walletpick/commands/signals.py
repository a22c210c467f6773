"""What ends the program from outside: Ctrl-C, SIGTERM, and a terminal that is closed."""

from __future__ import annotations

import _thread
import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from sys import UnraisableHookArgs

_ENDING = [
    getattr(signal, name) for name in ("SIGTERM", "SIGHUP", "SIGBREAK") if hasattr(signal, name)
]


class Signals:
    """Makes a KeyboardInterrupt of what asks the program to end, so that all is put in order.

    A terminal gets its usual state back, answers are kept, half-written files are removed.
    """

    def __init__(self) -> None:
        # What the program has to end with after a signal other than that of Ctrl-C.
        self.exit_code: int | None = None

    def listen(self) -> None:
        """Raise KeyboardInterrupt from now on. What is ignored, as under nohup, stays ignored."""
        if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
            signal.signal(signal.SIGINT, signal.default_int_handler)
        for each in _ENDING:
            if signal.getsignal(each) is signal.SIG_DFL:
                signal.signal(each, self._end)
        sys.unraisablehook = _unraisable

    def end_at_once(self) -> None:
        """Let signals end the program at once: there is nothing left to put in order."""
        if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
            signal.signal(signal.SIGINT, lambda *_: os._exit(130))
        for each in _ENDING:
            if signal.getsignal(each) == self._end:
                signal.signal(each, signal.SIG_DFL)

    def _end(self, number: int, frame: FrameType | None) -> None:
        self.exit_code = 128 + number
        for each in _ENDING:
            # Another one, which often follows, must not stop what is being put in order.
            signal.signal(each, signal.SIG_IGN)
        # What Ctrl-C would do now: an event loop cancels its main task. An exception between two of
        # its steps would lose the one that is next, and what waits for it would wait for ever.
        interrupt = signal.getsignal(signal.SIGINT)
        if not callable(interrupt):
            raise KeyboardInterrupt
        interrupt(signal.SIGINT, frame)


def write_nowhere(stream: TextIO) -> None:
    """Let all that is still written to a stream go nowhere, also when Python closes it."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


@contextmanager
def terminal_kept() -> Iterator[None]:
    """Give the terminal on standard input its settings back in the end, however that comes.

    A signal can come between two lines of a library that has changed them and is about to see to it
    that they are changed back.
    """
    try:
        import termios
    except ImportError:
        # Other systems have no such settings.
        yield
        return
    try:
        before = termios.tcgetattr(sys.stdin.fileno())
    except (OSError, ValueError, termios.error):
        # It is no terminal.
        yield
        return
    try:
        yield
    finally:
        # It may be gone by now.
        with suppress(termios.error):
            termios.tcsetattr(sys.stdin.fileno(), termios.TCSADRAIN, before)


def _unraisable(what: UnraisableHookArgs) -> None:
    """Interrupt again where Python would only tell that it took no notice of an interruption."""
    if issubclass(what.exc_type, KeyboardInterrupt):
        # From elsewhere: here it would be lost too.
        _thread.start_new_thread(_interrupt_soon, ())
    else:
        sys.__unraisablehook__(what)


def _interrupt_soon() -> None:
    time.sleep(0.01)
    _thread.interrupt_main()
