"""What a system says when it refuses something, in the language that is spoken."""

from __future__ import annotations

from walletpick.language import N_, _

# As Linux and macOS word it.
_WORDS = (
    N_("No such file or directory"),
    N_("Permission denied"),
    N_("Operation not permitted"),
    N_("Is a directory"),
    N_("Not a directory"),
    N_("Directory not empty"),
    N_("File exists"),
    N_("File name too long"),
    N_("Too many levels of symbolic links"),
    N_("No space left on device"),
    N_("Disk quota exceeded"),
    N_("File too large"),
    N_("Read-only file system"),
    N_("Input/output error"),
    N_("Bad file descriptor"),
    N_("Device or resource busy"),
    N_("Too many open files"),
    N_("Invalid argument"),
    N_("Exec format error"),
)


def refusal(error: OSError) -> str:
    """Return why the system refuses something, as it says it itself."""
    return _(error.strerror) if error.strerror else str(error)
