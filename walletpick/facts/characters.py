"""Characters that no text may hold, and text made safe to show."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

# Characters that no text of a catalog may hold and no terminal may get, as the inside of a
# character class: those that can steer a terminal, reorder what a reader sees, break lines where
# editors do not, or hide in a word, so that two names look alike or a text says more than it shows.
# Of those that Unicode calls ignorable, names need the joiners (Persian, Hindi), the first sixteen
# variation selectors (emoji) and the Mongolian ones.
UNSAFE_CLASS = (
    r"\x00-\x09\x0b-\x1f\x7f-\x9f"  # control characters, all but the line feed
    r"\xad\u034f"  # soft hyphen, grapheme joiner
    r"\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # what changes the direction of text
    r"\u115f\u1160\u3164\uffa0\u17b4\u17b5"  # letters without a shape
    r"\u200b\u2060-\u2065\u206a-\u206f\ufeff"  # zero width, invisible operators
    r"\u2028\u2029"  # line and paragraph separators
    r"\ufff0-\ufffb"  # annotations, and what is kept for more of the kind
    r"\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"  # controls of shorthand and of music
    r"\U000e0000-\U000e0fff"  # tags, and variation selectors enough to spell a message
    r"\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"  # what is no character
)
_UNSAFE = re.compile(f"[{UNSAFE_CLASS}]")
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
# By so much less two Chinese texts need be like.
_WRONG_OF_TWO = 0.1
_HIDDEN = re.compile(f"[\n{UNSAFE_CLASS}]")


def visible(text: str, limit: int | None = None) -> str:
    """Give the text on one line, unsafe characters as U+XXXX, cut to `limit` characters."""
    return _HIDDEN.sub(_code, text if limit is None else cut(text, limit))


def cut(text: str, limit: int) -> str:
    """Give the text, cut to `limit` characters."""
    return text if len(text) <= limit else f"{text[: limit - 1]}…"


def visible_lines(text: str) -> str:
    """Give the text with its lines as they are, but unsafe characters as U+XXXX."""
    return _UNSAFE.sub(_code, text)


def names_like(text: str, names: Iterable[str], most: int, like: float) -> list[str]:
    """Return the names, at most so many, that look like a text, best first.

    `like`, 0 to 1, is how much so at least. Chinese is held together character by character, where
    they stand; as most of its words have two, one wrong of two is still like enough.
    """
    if not _HAN.search(text):
        from difflib import get_close_matches

        return get_close_matches(text, list(names), n=most, cutoff=like)
    likes = {name: _sameness(text, name) for name in names if _HAN.search(name)}
    near = [name for name, sameness in likes.items() if sameness >= like - _WRONG_OF_TWO]
    return sorted(near, key=lambda name: -likes[name])[:most]


def _sameness(one: str, other: str) -> float:
    """Return which share, 0 to 1, of the longer text need not be changed to get the other."""
    longer = max(len(one), len(other))
    if longer > 2 * min(len(one), len(other)):
        return 0.0
    return 1 - slips(one, other) / longer


def slips(one: str, other: str) -> int:
    """Return how many characters are wrong, missing, too many or changed about between texts."""
    before: Sequence[int] = ()
    edits: Sequence[int] = range(len(other) + 1)
    for done, char in enumerate(one, start=1):
        row = [done]
        for at, there in enumerate(other):
            row.append(min(edits[at] + (char != there), edits[at + 1] + 1, row[at] + 1))
            if at and done > 1 and char == other[at - 1] and there == one[done - 2]:
                row[-1] = min(row[-1], before[at - 1] + 1)
        before, edits = edits, row
    return edits[-1]


def _code(match: re.Match[str]) -> str:
    return f"U+{ord(match[0]):04X}"
