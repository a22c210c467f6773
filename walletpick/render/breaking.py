"""Where lines may break: at spaces, and in Chinese between letters but at punctuation. Pure.

Cells are the places of a terminal: a Chinese letter takes two.
"""

from __future__ import annotations

import re
import textwrap
import unicodedata
from collections.abc import Iterator

from walletpick.language import ENGLISH, language

# Letters between which Chinese and Japanese break a line, and their punctuation.
_WIDE = r"\u2e80-\u2fd5\u3000-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff01-\uff60"
# What may not begin a line, and what may not end one (W3C, "Requirements for Chinese Text Layout").
_NOT_FIRST = r"，。、：；！？）》」』】〉”’…·ー%,.:;!?)\]"
_NOT_LAST = r"（《「『【〈“‘(\["
_BETWEEN = re.compile(rf"(?:(?<=[{_WIDE}])|(?=[{_WIDE}]))(?<![{_NOT_LAST}])(?![{_NOT_FIRST}])")


def cells(text: str) -> int:
    """Return how many cells a text takes."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1
        for char in text
    )


def unbroken(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the pieces of a text begin and end that a line holds whole, without the spaces.

    In English those are words, also the names among them that are not in English.
    """
    breaks = language() != ENGLISH and not text.isascii()
    for word in re.finditer("[^ ]+", text):
        start = word.start()
        if breaks:
            for at in _BETWEEN.finditer(text, word.start() + 1, word.end()):
                yield start, at.start()
                start = at.start()
        yield start, word.end()


def wrapped(
    text: str, width: int, first: str = "", rest: str = "", whole: bool = False
) -> list[str]:
    """Return text in lines of at most so many cells, which start with `first` and then `rest`.

    A word too long for a line is broken, unless it is to stay `whole`.
    """
    if language() == ENGLISH or text.isascii():
        return textwrap.wrap(
            text,
            width,
            initial_indent=first,
            subsequent_indent=rest,
            break_long_words=not whole,
            break_on_hyphens=not whole,
        )
    text = " ".join(text.split())
    lines: list[str] = []
    line, begun, end = first, False, 0
    for start, stop in unbroken(text):
        gap, piece, end = text[end:start] if begun else "", text[start:stop], stop
        if begun and cells(line) + cells(gap) + cells(piece) > width:
            lines.append(line)
            line, gap = rest, ""
        while not whole and cells(line) + cells(gap) + cells(piece) > width and len(piece) > 1:
            room = _fitting(piece, width - cells(line))
            lines.append(line + piece[:room])
            line, piece = rest, piece[room:]
        line, begun = line + gap + piece, True
    return [*lines, line] if begun else lines


def _fitting(text: str, room: int) -> int:
    """Return how many letters of a text fit so many cells: one at least."""
    for count in range(len(text), 1, -1):
        if cells(text[:count]) <= room:
            return count
    return 1
