"""The replies of an interview that was left before its end, kept for another day."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Literal

import msgspec

from walletpick.interview.questions import Reply
from walletpick.person.private import write_private
from walletpick.reading.state import state_or_none


class _Replies(msgspec.Struct, frozen=True):
    replies: tuple[Reply, ...]
    # What the person went back from, to be offered again.
    taken_back: tuple[Reply, ...] = ()
    schema: Literal["walletpick/interview/1"] = "walletpick/interview/1"


def kept(say: Callable[[str], None]) -> tuple[tuple[Reply, ...], tuple[Reply, ...]]:
    """Return the replies that were kept, and those that were taken back; none if there are none.

    Replies that cannot be read are put aside, and `say` gets a sentence about it.
    """
    state = state_or_none(_file(), _Replies, say)
    return (state.replies, state.taken_back) if state else ((), ())


def keep(replies: tuple[Reply, ...], taken_back: tuple[Reply, ...] = ()) -> bool:
    """Keep replies; return whether that worked, for it is no reason to stop."""
    try:
        write_private(_file(), msgspec.json.encode(_Replies(replies, taken_back)) + b"\n")
    except OSError:
        return False
    return True


def forget() -> None:
    """Remove the replies that were kept."""
    with suppress(OSError):
        _file().unlink()


def _file() -> Path:
    import platformdirs

    return platformdirs.user_state_path("walletpick", appauthor=False) / "interview.json"
