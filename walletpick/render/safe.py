"""Text of a catalog or of a needs file, made fit to show on one line. Pure."""

from __future__ import annotations

import re

from walletpick.facts.characters import visible

_BREAK = re.compile(r" *\n[ \n]*")
# An address, without the punctuation of the sentence that it stands in; the group to split a text.
ADDRESS = re.compile(r"""(https?://[^\s<>"]*[^\s<>".,:;!?()\[\]'])""")


def one_line(words: str) -> str:
    """Return text with line breaks as spaces, and unsafe characters as U+XXXX."""
    if words.isascii() and words.isprintable():
        return words
    return visible(_BREAK.sub(" ", words))
