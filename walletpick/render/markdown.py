"""A page as Markdown (GitHub flavoured)."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable

from walletpick.language import headed
from walletpick.render.page import (
    TICK,
    Bars,
    Block,
    Bullets,
    Cell,
    Chart,
    Details,
    Heading,
    Page,
    Paragraph,
    Table,
)
from walletpick.render.safe import ADDRESS, one_line

# Letters that Markdown or HTML would take for mark-up, wherever they stand.
_SPECIAL = re.compile(r"[\\`*_\[\]<>|~]|&(?=#?\w+;)")
# What would make a list, a heading or a rule of the block that begins with it.
_OPENING = re.compile(r"\A([-+](?=[-+\s]|\Z)|#(?=[#\s]|\Z)|\d+(?=[.)](?:\s|\Z)))")
_ADDRESS_CODES = {ord(letter): f"%{ord(letter):02X}" for letter in "\\|`"}


def render(page: Page) -> str:
    """Return the page as Markdown text that ends with a newline."""
    return _blocks(page.blocks) + "\n"


def _blocks(blocks: Iterable[Block]) -> str:
    parts: list[str] = []
    for block in blocks:
        if isinstance(block, Heading):
            # Number signs at the end of a heading would be dropped.
            words = re.sub(r"#+\Z", r"\\\g<0>", escaped(block.text).strip())
            parts.append(f"{'#' * block.level} {words}")
        elif isinstance(block, Paragraph):
            parts.append(_block(_pieces(block.pieces)))
        elif isinstance(block, Bullets):
            parts.append(_bullets(block))
        elif isinstance(block, Bars):
            told = (headed(bar.label, bar.text) for bar in block.bars)
            parts.append("\n".join(f"- {_block(escaped(each))}" for each in told))
        elif isinstance(block, Details):
            # HTML until the blank line, where no Markdown is read.
            title = html.escape(one_line(block.title))
            parts.append(f"<details>\n<summary>{title}</summary>")
            parts += [_blocks(block.blocks), "</details>"]
        elif isinstance(block, Table | Chart):
            parts.append(_table(block.table if isinstance(block, Chart) else block))
    return "\n\n".join(part for part in parts if part)


def escaped(words: str) -> str:
    """Return text, on one line, in which nothing is taken for mark-up; addresses become links."""
    # With one group to split by, the addresses are the odd ones.
    return "".join(
        f"<{part.translate(_ADDRESS_CODES)}>" if number % 2 else _SPECIAL.sub(r"\\\g<0>", part)
        for number, part in enumerate(ADDRESS.split(one_line(words)))
    )


def _block(words: str) -> str:
    """Return Markdown for the text of a paragraph or an item: its begin is taken as text too."""
    words = words.strip()
    opening = _OPENING.match(words)
    if not opening:
        return words
    # A number keeps its digits; the point behind it is what makes a list.
    place = opening.end() if opening[0].isdigit() else 0
    return f"{words[:place]}\\{words[place:]}"


def _pieces(pieces: Iterable[Cell]) -> str:
    line = ""
    for piece in pieces:
        words = escaped(piece.text)
        core = words.strip()
        if piece.tone == "strong" and core:
            words = words.replace(core, f"**{core}**", 1)
        line += words
    return line


def _bullets(block: Bullets) -> str:
    lines = []
    for marker, item in block.lines:
        # A box to tick is mark-up, the only marker that is.
        lead = "[ ] " if marker == TICK else escaped(f"{marker} " if marker else "")
        lines.append(f"- {_block(lead + _pieces(item))}")
    return "\n".join(lines)


def _table(table: Table) -> str:
    lines = [f"**{escaped(table.title).strip()}**", ""] if table.title else []
    lines.append("| " + " | ".join(escaped(c.title).strip() for c in table.columns) + " |")
    lines.append("|" + "|".join(" ---: " if c.right else " --- " for c in table.columns) + "|")
    for row in table.rows:
        lines.append("| " + " | ".join(_pieces((cell,)).strip() for cell in row) + " |")
    return "\n".join(lines)
