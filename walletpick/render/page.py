"""A page of results without a format: headings, paragraphs, lists and tables. Pure.

`walletpick.pages` makes pages from results; `terminal`, `markdown`, `csv` and `html` show them. A
tone, a link or a drawing never carries a meaning that the words do not carry too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, compress, pairwise, repeat
from typing import Literal

from msgspec import Struct

Tone = Literal["", "strong", "good", "bad", "unknown", "dim"]

# The marker of an item to tick off.
TICK = "[ ]"


class Cell(Struct, frozen=True):
    """A text and how it sounds.

    Where a format has links, the text leads to `link`: the address of a page, or "#" and the anchor
    of a heading of this one.
    """

    text: str
    tone: Tone = ""
    link: str = ""


class Column(Struct, frozen=True, kw_only=True):
    """A column of a table. Where the width is short, columns of low `keep` go first (9 stays)."""

    title: str
    right: bool = False
    keep: int = 9
    # Do not break the text of this column over lines.
    whole: bool = False


class Table(Struct, frozen=True, kw_only=True):
    """Rows of cells, one cell a column."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    title: str = ""


class Heading(Struct, frozen=True):
    """A heading: level 1 for the page, 2 for a part of it, 3 for a part of that.

    `anchor` is the name by which links of the page reach it.
    """

    text: str
    level: int = 2
    anchor: str = ""


class Paragraph(Struct, frozen=True):
    """A paragraph of one or more pieces of text."""

    pieces: tuple[Cell, ...]


class Bullets(Struct, frozen=True):
    """A list; each item is pieces of text. A marker such as "+" may replace the dot."""

    items: tuple[tuple[Cell, ...], ...]
    markers: tuple[str, ...] = ()

    @property
    def lines(self) -> Iterator[tuple[str, tuple[Cell, ...]]]:
        """Each item behind its marker, "" where that is the dot."""
        return zip(chain(self.markers, repeat("")), self.items, strict=False)


class Bar(Struct, frozen=True, kw_only=True):
    """One bar of a chart: a figure between 0 and `full`, with the range it may lie in.

    In a chart with a table behind it, figures may be below zero, and bars of one `group` stand
    together.
    """

    label: str
    low: float
    estimate: float
    high: float
    full: float
    text: str
    group: str = ""


class Bars(Struct, frozen=True):
    """Bars under each other. Shown where the width allows; the text says the same.

    `title` says what is drawn, for those who cannot see it too; `note` how to read it.
    """

    bars: tuple[Bar, ...]
    title: str = ""
    note: str = ""


class Point(Struct, frozen=True, kw_only=True):
    """A figure at an amount."""

    at: float
    figure: float


class Series(Struct, frozen=True):
    """A line of a chart, in parts: from one part to the next it jumps, or there is nothing."""

    name: str
    parts: tuple[tuple[Point, ...], ...]

    @property
    def points(self) -> tuple[Point, ...]:
        """The points of all parts."""
        return tuple(chain.from_iterable(self.parts))

    @property
    def strokes(self) -> list[tuple[Point, Point]]:
        """The straight lines of all parts, each by its ends; one of a single point has two."""
        return [
            ends
            for part in self.parts
            for ends in (pairwise(part) if len(part) > 1 else zip(part, part, strict=True))
        ]

    def marks(self, places: Iterable[float]) -> list[tuple[float, float]]:
        """Return the line's points at some amounts; if at none, one amid its longest stroke."""
        strokes = self.strokes
        marks = [mark for at in places if (mark := _on(strokes, at))]
        if strokes and not marks:
            start, end = max(strokes, key=lambda ends: ends[1].at - ends[0].at)
            marks = [((start.at + end.at) / 2, (start.figure + end.figure) / 2)]
        return marks


def _on(strokes: Iterable[tuple[Point, Point]], at: float) -> tuple[float, float] | None:
    for start, end in strokes:
        if start.at <= at <= end.at:
            share = (at - start.at) / (end.at - start.at) if end.at > start.at else 0.0
            return at, start.figure + (end.figure - start.figure) * share
    return None


class Crossing(Struct, frozen=True, kw_only=True):
    """Where a line crosses another: the amount, the figure there, and what changes, in words."""

    at: float
    figure: float
    text: str


class Lines(Struct, frozen=True, kw_only=True):
    """Lines over amounts. `across` and `up` say what the axes count, such as "USD a month".

    Colours tell nothing: each line has a letter, by its place (see `letter`).
    """

    title: str
    series: tuple[Series, ...]
    crossings: tuple[Crossing, ...] = ()
    across: str
    up: str


class Chart(Struct, frozen=True):
    """A drawing of what stands in a table. A terminal draws lines above it, where there is room; a
    format without drawings shows the table alone.
    """

    drawing: Bars | Lines
    table: Table


Plain = Table | Heading | Paragraph | Bullets | Bars
# What is left when charts and details are laid open.
Shown = Plain | Lines


class Details(Struct, frozen=True):
    """A part under a heading of the second level, which a format may show folded up."""

    title: str
    blocks: tuple[Plain | Chart, ...]


Block = Plain | Chart | Details


class Page(Struct, frozen=True):
    """What a command shows on standard output."""

    blocks: tuple[Block, ...]


def unfolded(page: Page) -> tuple[Shown, ...]:
    """Return the blocks of a page with its details laid open; of a chart the lines and the table.

    Of details there is a heading, then what is under it.
    """
    blocks: list[Shown] = []
    for block in page.blocks:
        if isinstance(block, Details):
            blocks.append(Heading(block.title, 2))
        for each in block.blocks if isinstance(block, Details) else (block,):
            if not isinstance(each, Chart):
                blocks.append(each)
                continue
            if isinstance(each.drawing, Lines):
                blocks.append(each.drawing)
            blocks.append(each.table)
    return tuple(blocks)


_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
# Of so many lines each has one letter.
LETTERS = len(_ALPHABET)


def letter(order: int) -> str:
    """Return the letter of a line, by its place among the lines."""
    again, first = divmod(order, LETTERS)
    return _ALPHABET[first] + (f"{again}" if again else "")


# How pages are built. A text may stand for a cell without a tone, one piece for a line of pieces.

Piece = str | Cell
Pieces = Piece | tuple[Piece, ...]


def page(*parts: Block | Iterable[Block] | None) -> Page:
    """Return a page of blocks, and of the blocks that others yield; None is nothing."""
    blocks: list[Block] = []
    for part in parts:
        if isinstance(part, Struct):
            blocks.append(part)
        else:
            blocks += part or ()
    return Page(tuple(blocks))


def text(words: str, tone: Tone = "") -> Paragraph:
    """Return a paragraph of one piece."""
    return Paragraph((Cell(words, tone),))


def texts(*words: str | None, tone: Tone = "") -> Iterator[Block]:
    """Yield a paragraph for each text that says anything."""
    yield from (text(each, tone) for each in words if each)


def paragraph(*pieces: Piece) -> Paragraph:
    """Return a paragraph of several pieces."""
    return Paragraph(_cells(pieces))


def hint(words: str, command: str) -> tuple[Cell, Cell]:
    """Return pieces that name a command, or an option, and say in passing what it is for."""
    return Cell(words, "dim"), Cell(command, "strong")


def hint_lines(pairs: Iterable[tuple[str, str]]) -> Iterator[Block]:
    """Yield a paragraph for each of some pairs: what a command or an option is for, and that."""
    for words, command in pairs:
        yield paragraph(*hint(words, command))


def bullets(items: Iterable[Pieces], markers: Iterable[str] = ()) -> Bullets:
    """Return a list of lines; markers such as "[1]" may replace the dots."""
    return Bullets(
        tuple(_cells(item if isinstance(item, tuple) else (item,)) for item in items),
        tuple(markers),
    )


def marked(items: Iterable[tuple[str, Pieces]]) -> Bullets:
    """Return a list of lines, each behind its marker ("" for a dot)."""
    pairs = list(items)
    return bullets((line for _, line in pairs), (marker for marker, _ in pairs))


def section(title: str, under: Bullets | Table, level: int = 2) -> Iterator[Block]:
    """Yield a list or a table under its heading; nothing where nothing stands in it."""
    if under.items if isinstance(under, Bullets) else under.rows:
        yield Heading(title, level)
        yield under


def table(columns: Iterable[Column | str | None], rows: Iterable[Iterable[Piece]]) -> Table:
    """Return a table; a title may stand for a column without anything special.

    Of a column that is None there is nothing, nor of its cells.
    """
    given = list(columns)
    kept = [each is not None for each in given]
    return Table(
        columns=tuple(
            Column(title=each) if isinstance(each, str) else each
            for each in given
            if each is not None
        ),
        rows=tuple(_cells(compress(row, kept)) for row in rows),
    )


def figures(title: str, keep: int = 9) -> Column:
    """Return a column of figures under each other, none of them broken over lines."""
    return Column(title=title, right=True, whole=True, keep=keep)


def _cells(pieces: Iterable[Piece]) -> tuple[Cell, ...]:
    return tuple(Cell(each) if isinstance(each, str) else each for each in pieces)
