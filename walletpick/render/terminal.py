"""A page for a terminal, or for a pipe: wrapped to the width, styled where that is wanted.

Text is data here: it is never read as mark-up, and nothing in it can steer the terminal.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import sys
from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate, zip_longest

import click
from rich.cells import cell_len, chop_cells, get_character_cell_size
from rich.text import Text

from walletpick.language import _
from walletpick.render.breaking import unbroken
from walletpick.render.page import (
    LETTERS,
    Bars,
    Bullets,
    Cell,
    Column,
    Heading,
    Lines,
    Page,
    Paragraph,
    Shown,
    Table,
    letter,
    unfolded,
)
from walletpick.render.safe import one_line
from walletpick.render.streams import fitted, is_unicode

# Below the first, lines may be wider than asked for. Running text is not set wider than the second.
_NARROWEST, _WIDEST_TEXT = 20, 100
# A bar chart needs a window of so many cells, and so many for the bar itself.
_CHART, _BAR_LEAST, _BAR_MOST = 60, 10, 30
# The most cells that a plot has across.
_PLOT = 80
_GAP = "  "
# How a piece begins that has an address, which may stand in brackets or quotes.
_ADDRESS = re.compile(r"[(\[（“‘\"]*https?://")
# The least and the most cells that a column of text must have, and what is pleasant.
_LEAST, _MOST, _ROOMY = 8, 24, 20
# A title of so many cells stays whole over a column that does.
_WHOLE_TITLE = 12

_STYLES = {
    "": "",
    "strong": "bold",
    "good": "green",
    "bad": "red",
    "unknown": "yellow",
    "dim": "dim",
}
_MARKER_STYLES = {"+": "green", "-": "red", "?": "yellow", "!": "yellow"}
_HEADING_STYLES = {1: "bold", 2: "bold", 3: "italic"}


def show(page: Page, last: Callable[[], Page] | None = None) -> None:
    """Write a page to standard output as its width, its colours and its encoding allow.

    `last` makes what says once more what matters most, for the end of a screen that does not hold
    the page.
    """
    encoding = sys.stdout.encoding or "utf-8"
    colour = wants_colour()
    size = shutil.get_terminal_size()  # COLUMNS, else the terminal's, else 80

    def shown(part: Page) -> str:
        return render(
            part,
            width=size.columns,
            colour=colour,
            unicode=is_unicode(encoding),
            encoding=encoding,
        )

    whole = shown(page)
    if last and sys.stdout.isatty() and whole.count("\n") >= size.lines:
        whole += "\n" + shown(last())
    click.echo(whole, nl=False, color=colour)


def wants_colour() -> bool:
    """Return whether to style: on a terminal that can, unless NO_COLOR or FORCE_COLOR says more."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR", "0") not in ("", "0"):
        return True
    return sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def render(page: Page, *, width: int, colour: bool, unicode: bool, encoding: str = "ascii") -> str:
    """Return the page as text that ends with a newline.

    Without `unicode`, rules and markers are ASCII, and text is kept to what `encoding` can say.
    """
    writer = _Writer(max(width, _NARROWEST), unicode, encoding)
    lines: list[Text] = []
    before: Shown | None = None
    for block in unfolded(page):
        shown = writer.block(block)
        if shown:
            if before is not None and not _close(before, block):
                lines.append(Text())
            lines += shown
            before = block
    for line in lines:
        line.rstrip()
    if not colour:
        return "\n".join(line.plain for line in lines) + "\n"

    from rich.console import Console

    out = io.StringIO()
    console = Console(
        file=out,
        width=max(width, _NARROWEST),
        force_terminal=True,
        color_system="standard",
        no_color=False,
        legacy_windows=False,
    )
    console.print(Text("\n").join(lines), soft_wrap=True)
    return out.getvalue()


def _close(before: Shown, block: Shown) -> bool:
    """Whether no blank line stands between two blocks: a part begins right under its heading."""
    return (
        isinstance(before, Heading) and before.level > 1 and not isinstance(block, Heading | Table)
    )


class _Writer:
    """Makes lines of blocks, none wider than the width."""

    def __init__(self, width: int, unicode: bool, encoding: str) -> None:
        self.width = width
        self.text_width = min(width, _WIDEST_TEXT)
        self.unicode = unicode
        self.encoding = encoding
        self.rules = {1: "═", 2: "─"} if unicode else {1: "=", 2: "-"}
        self.dot = "•" if unicode else "-"
        self.shades = "█▒░" if unicode else "#=."

    def clean(self, words: str) -> str:
        """Return the words as one line that can be shown as they are."""
        words = one_line(words)
        return words if self.unicode else fitted(words, self.encoding)

    def text(self, pieces: Iterable[Cell]) -> Text:
        """Return the pieces behind each other, styled by their tones."""
        line = Text()
        for piece in pieces:
            line.append(self.clean(piece.text), _STYLES[piece.tone])
        return line

    def styled(self, words: str, style: str) -> Text:
        line = Text()
        line.append(self.clean(words), style)
        return line

    def block(self, block: Shown) -> list[Text]:
        if isinstance(block, Heading):
            return self.heading(block)
        if isinstance(block, Paragraph):
            return _wrap(self.text(block.pieces), self.text_width, cells=False)
        if isinstance(block, Bullets):
            return self.bullets(block)
        if isinstance(block, Bars):
            return self.bars(block)
        if isinstance(block, Lines):
            return self.plot(block)
        return self.table(block)

    def heading(self, block: Heading) -> list[Text]:
        """Return a heading, underlined unless it is of the third level."""
        lines = _wrap(
            self.styled(block.text, _HEADING_STYLES.get(block.level, "")), self.text_width
        )
        if block.level in self.rules:
            size = max(cell_len(line.plain) for line in lines)
            lines.append(Text().append(self.rules[block.level] * size, "dim"))
        return lines

    def bullets(self, block: Bullets) -> list[Text]:
        lines = []
        for marker, item in block.lines:
            lead = self.styled(marker or self.dot, _MARKER_STYLES.get(marker, "")) + Text(" ")
            indent = cell_len(lead.plain)
            item_text = lead + self.text(item)
            lines += _wrap(item_text, self.text_width, indent, len(lead.plain), cells=False)
        return lines

    def bars(self, block: Bars) -> list[Text]:
        """Return a bar chart, or lines that say the same where there is no room for one."""
        bars = [(self.clean(bar.label), bar, self.clean(bar.text)) for bar in block.bars]
        left = max((cell_len(label) for label, _, _ in bars), default=0)
        right = max((cell_len(words) for _, _, words in bars), default=0)
        room = min(_BAR_MOST, self.width - left - right - 2 * len(_GAP))
        lines = []
        for label, bar, words in bars:
            if self.width < _CHART or room < _BAR_LEAST:
                lines += _wrap(Text(f"{label}: {words}"), self.text_width, 2)
                continue
            drawn, ends = "", (bar.low, bar.estimate, bar.high)
            for end, shade in zip(ends, self.shades, strict=True):
                share = min(max(end / bar.full, 0), 1) if bar.full > 0 else 0
                drawn = drawn.ljust(round(share * room), shade)
            padded = f"{label}{' ' * (left - cell_len(label))}"
            lines.append(Text(_GAP.join((padded, drawn.ljust(room), words))))
        return lines

    def plot(self, block: Lines) -> list[Text]:
        """Return lines with a legend; nothing where there is no room for them, or for letters."""
        if self.width < _CHART or len(block.series) > LETTERS:
            return []
        from walletpick.render.plot import drawn

        legend = "   ".join(
            f"{letter(number)} {each.name}"
            for number, each in enumerate(block.series)
            if each.parts
        )
        lines = [self.clean(line) for line in drawn(block, min(self.width, _PLOT), self.unicode)]
        return [*map(Text, lines), *_wrap(self.styled(legend, "bold"), self.text_width)]

    def table(self, table: Table) -> list[Text]:
        """Return a table: whole, without its less needed columns, or with its rows as blocks."""
        if not table.columns:
            return []
        heads = [self.styled(column.title, "bold") for column in table.columns]
        rows = [[self.text((cell,)) for cell in row] for row in table.rows]
        sizes = [
            _sizes(column, heads[index], [row[index] for row in rows])
            for index, column in enumerate(table.columns)
        ]
        needs, wishes = zip(*sizes, strict=True)
        kept = list(range(len(table.columns)))
        # While there is a column to drop, the others get room enough not to look crowded.
        while not self.fits([max(needs[at], min(wishes[at], _ROOMY)) for at in kept]):
            # The last one of those that are needed least.
            least = min(reversed(kept), key=lambda index: table.columns[index].keep)
            if table.columns[least].keep >= 9:
                break
            kept.remove(least)
        title = _wrap(self.styled(table.title, "bold"), self.width) if table.title else []
        if not self.fits([needs[index] for index in kept]):
            blocks = [self.stacked(table.columns, row) for row in rows]
            return _spaced([title, *blocks] if title else blocks)
        widths = [needs[index] for index in kept]
        while self.fits(widths, spare=1):
            # A cell more for the column whose text is most crowded.
            crowd = [wishes[index] / max(at, 1) for index, at in zip(kept, widths, strict=True)]
            if max(crowd, default=0) <= 1:
                break
            widths[crowd.index(max(crowd))] += 1
        right = [table.columns[index].right for index in kept]
        head = _row([heads[index] for index in kept], widths, right)
        head.append(Text().append(_GAP.join(self.rules[2] * size for size in widths), "dim"))
        body = [_row([row[index] for index in kept], widths, right) for row in rows]
        if any(len(lines) > 2 for lines in body):
            body = [_spaced(body)]
        table_lines = [*head, *(line for lines in body for line in lines)]
        return _spaced([title, table_lines] if title else [table_lines])

    def fits(self, widths: Sequence[int], spare: int = 0) -> bool:
        """Whether columns of these widths fit, with so many cells to spare."""
        return sum(widths) + len(_GAP) * (len(widths) - 1) + spare <= self.width

    def stacked(self, columns: Sequence[Column], row: Sequence[Text]) -> list[Text]:
        """Return a row as a block: its first text (behind its number, if any), then the others."""
        first = 2 if columns[0].right and len(columns) > 2 else 1
        head = Text(" ").join(cell for cell in row[:first] if cell.plain)
        head.stylize("bold")
        lines = _wrap(head, self.width) if head.plain else []
        for column, cell in zip(columns[first:], row[first:], strict=True):
            if cell.plain:
                title = self.clean(column.title)
                line = Text("  " + _("{name}: ", name=title) if title else "  ") + cell
                lines += _wrap(line, self.width, 4, 2, cells=False)
        return lines


def _sizes(column: Column, head: Text, cells: Sequence[Text]) -> tuple[int, int]:
    """Return the least width that a column can be read at, and the one it would like."""
    words = _longest(head)
    wide = max((cell_len(cell.plain) for cell in cells), default=0)
    wish = max(wide, cell_len(head.plain))
    if column.whole:
        # Nor is a short title: broken, it would be a tower of words.
        title = cell_len(head.plain)
        return max(wide, title if title <= _WHOLE_TITLE else words), wish
    # No word is broken that is not very long, and there is no tower of short lines.
    words = max([words, *map(_longest, cells)])
    return min(wish, max(_LEAST, min(_MOST, max(words, wide // 6)))), wish


def _longest(text: Text) -> int:
    """Return the cells of the longest piece that a line holds whole."""
    return max((cell_len(text.plain[start:end]) for start, end in unbroken(text.plain)), default=0)


def _row(cells: Sequence[Text], widths: Sequence[int], right: Sequence[bool]) -> list[Text]:
    wrapped = [_wrap(cell, size) for cell, size in zip(cells, widths, strict=True)]
    lines = []
    for parts in zip_longest(*wrapped, fillvalue=Text()):
        padded = []
        for part, size, to_right in zip(parts, widths, right, strict=True):
            pad = Text(" " * (size - cell_len(part.plain)))
            padded.append(pad + part if to_right else part + pad)
        lines.append(Text(_GAP).join(padded))
    return lines


def _spaced(blocks: Sequence[list[Text]]) -> list[Text]:
    """Return the lines of blocks with a blank line between two blocks."""
    lines: list[Text] = []
    for number, block in enumerate(blocks):
        lines += [Text(), *block] if number else block
    return lines


def _wrap(text: Text, width: int, indent: int = 0, lead: int = 0, cells: bool = True) -> list[Text]:
    """Return the text in lines: broken where lines may be, within a word only if it is too long.

    Lines after the first are indented; there is no break before the word behind the lead. Outside
    of table cells an address stays whole, even where it is longer than the line: broken, it could
    be neither clicked nor copied.
    """
    plain, indent = text.plain, min(indent, width // 2)
    cells_of = _measure(plain)
    cuts: list[int] = []
    start, room = 0, width
    for begin, end in unbroken(plain):
        if lead < begin and cells_of(start, end) > room:
            start, room = begin, width - indent
            cuts.append(start)
        address = not cells and _ADDRESS.match(plain, begin)
        if address or cells_of(start, end) <= room:
            continue
        # The first piece has the room that is left, and each of the others that of a line. All of
        # them are cut in one go: a word may be as long as a book.
        first = next(filter(None, chop_cells(plain[start:end], room)))
        start, room = start + len(first), width - indent
        cuts.append(start)
        for piece in list(filter(None, chop_cells(plain[start:end], room)))[:-1]:
            start += len(piece)
            cuts.append(start)
    begun, *rest = text.divide(cuts)
    lines = [begun, *(Text(" " * indent) + line for line in rest)]
    for line in lines:
        line.rstrip()
    return lines


def _measure(text: str) -> Callable[[int, int], int]:
    """Return what says how many cells a part of a text takes, by where it begins and ends."""
    if "\u200d" in text or "\ufe0f" in text:
        # What they stand beside may take more cells, or fewer, than alone.
        return lambda start, end: cell_len(text[start:end])
    ends = list(accumulate(map(get_character_cell_size, text), initial=0))
    return lambda start, end: ends[end] - ends[start]
