"""What a system says when it refuses something, in the language that is spoken."""

from __future__ import annotations

from walletpick.language import _


def refusal(error: OSError) -> str:
    """Return why the system refuses something, as it says it itself.

    Translators find what Linux and macOS say most in `tools/translations.py`.
    """
    return _(error.strerror) if error.strerror else str(error)
