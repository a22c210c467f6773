"""The skeleton of a new wallet file: every section, with comments on what goes there.

It is `new_wallet.template` beside this module, filled in: with what was answered, and with the
words of the vocabulary that may stand in a section.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from string import Template
from textwrap import wrap

from walletpick.facts.vocabulary import FAMILIES
from walletpick.reading.writer import text_of

_WIDTH = 100
_COMMENT = re.compile(r"(?P<start> *# )(?P<text>.*)")


def skeleton(said: Mapping[str, str]) -> str:
    """Return the text of a new wallet file.

    `said` has what the file needs, by the names of the template: texts, empty for what is not
    known; `platforms` are parted by commas, `seen` is the day on which the source was read.
    """
    answers = {
        **said,
        "name": text_of(said["name"]),
        "summary": text_of(said["summary"]),
        "operator": _line("operator", said["operator"], "the company that runs it"),
        "website": _line("website", said["website"], "https://..."),
        "source_url": text_of(said["source_url"], True),
        "source_title": text_of(said["source_title"], True),
        "source_as_of": said["source_as_of"] or "null",
    }
    words = {f"{family}_words": ", ".join(table) for family, table in FAMILIES.items()}
    template = Path(__file__).with_name("new_wallet.template").read_text(encoding="utf-8")
    lines = template.splitlines()
    filled = (Template(line).substitute(answers | words) for line in lines)
    return "".join(f"{part}\n" for line in filled for part in _fitting(line))


def _line(key: str, value: str, hint: str) -> str:
    return f"{key}: {text_of(value)}" if value else f"# {key}: {hint}"


def _fitting(line: str) -> Iterator[str]:
    """Yield a line; a comment in lines that fit."""
    comment = _COMMENT.fullmatch(line)
    if not comment:
        yield line
        return
    start = comment["start"]
    more = "  " if re.match(r"[\w ]+: ", comment["text"]) else ""
    yield from wrap(
        comment["text"],
        _WIDTH,
        initial_indent=start,
        subsequent_indent=start + more,
        break_long_words=False,
        break_on_hyphens=False,
    )
