"""A problem found in a file, and text made safe to show in one."""

import re
from dataclasses import dataclass
from typing import Literal

# Characters that no text of a catalog may hold, as the inside of a character class: they can
# steer a terminal (C0 without newline, DEL, C1), reorder what a reader sees (bidirectional
# controls), hide in a word (zero-width), break lines where editors do not (U+2028 and U+2029),
# or are no characters at all (surrogates, U+FFFE, U+FFFF).
UNSAFE_CLASS = (
    r"\x00-\x09\x0b-\x1f\x7f-\x9f"
    r"\u061c\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff"
    r"\ud800-\udfff\ufffe\uffff"
)
_HIDDEN = re.compile(f"[\n{UNSAFE_CLASS}]")


def visible(text: str, limit: int | None = None) -> str:
    """Give the text on one line, unsafe characters as U+XXXX, cut to `limit` characters."""
    if limit is not None and len(text) > limit:
        text = text[: limit - 1] + "…"
    return _HIDDEN.sub(lambda found: f"U+{ord(found[0]):04X}", text)


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing wrong in a file: where (line and column from 1, path such as `fees[2].percent`)
    and one sentence that says what was found, what was expected and how to mend it.

    Problems sort by file, line and column. No text of a problem holds an unsafe character,
    whatever it was made from.
    """

    file: str
    line: int
    column: int
    path: str
    message: str
    severity: Literal["error", "warning"] = "error"

    def __post_init__(self) -> None:
        for name in ("file", "path", "message"):
            object.__setattr__(self, name, visible(getattr(self, name)))

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}:{self.column}: "
        if self.severity == "warning":
            place += "warning: "
        return f"{place}{self.path}: {self.message}" if self.path else place + self.message
