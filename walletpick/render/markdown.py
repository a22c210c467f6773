"""A page as Markdown (GitHub flavoured)."""

from __future__ import annotations

import re

from walletpick.render.page import Bars, Bullets, Cell, Heading, Page, Paragraph, Table

# Letters that Markdown or HTML would take for mark-up.
_SPECIAL = re.compile(r"([\\`*_\[\]<>|~])")


def render(page: Page) -> str:
    """Return the page as Markdown text that ends with a newline."""
    parts: list[str] = []
    for block in page.blocks:
        if isinstance(block, Heading):
            parts.append(f"{'#' * block.level} {escaped(block.text)}")
        elif isinstance(block, Paragraph):
            parts.append(_pieces(block.pieces))
        elif isinstance(block, Bullets):
            parts.append(_bullets(block))
        elif isinstance(block, Bars):
            parts.append("\n".join(f"- {escaped(b.label)}: {escaped(b.text)}" for b in block.bars))
        else:
            parts.append(_table(block))
    return "\n\n".join(part for part in parts if part) + "\n"


def escaped(words: str) -> str:
    """Return text in which nothing is taken for mark-up; addresses stay whole."""
    return " ".join(
        word if word.startswith(("https://", "http://")) else _SPECIAL.sub(r"\\\1", word)
        for word in words.split(" ")
    )


def _pieces(pieces: tuple[Cell, ...]) -> str:
    found = ""
    for piece in pieces:
        words = escaped(piece.text)
        core = words.strip()
        if piece.tone == "strong" and core:
            words = words.replace(core, f"**{core}**", 1)
        found += words
    return found


def _bullets(block: Bullets) -> str:
    lines = []
    for number, item in enumerate(block.items):
        marker = block.markers[number] if number < len(block.markers) else ""
        lead = f"{escaped(marker)} " if marker and marker != "-" else ""
        lines.append(f"- {lead}{_pieces(item)}")
    return "\n".join(lines)


def _table(table: Table) -> str:
    lines = [f"**{escaped(table.title)}**", ""] if table.title else []
    lines.append("| " + " | ".join(escaped(c.title) for c in table.columns) + " |")
    lines.append("|" + "|".join(" ---: " if c.right else " --- " for c in table.columns) + "|")
    for row in table.rows:
        lines.append("| " + " | ".join(_pieces((cell,)) for cell in row) + " |")
    return "\n".join(lines)
