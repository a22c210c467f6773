"""A page as one HTML file that needs nothing else: it opens from disk, and prints.

Texts are data here: none can become markup (see `elements`), and only web addresses become links.
There is no script, and the page itself forbids one, as it forbids to fetch anything.
"""

from __future__ import annotations

import base64
import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from itertools import count
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

from walletpick.language import Language, _, language
from walletpick.render import svg
from walletpick.render.elements import Child, append, element, raw, written
from walletpick.render.page import (
    TICK,
    Bars,
    Bullets,
    Cell,
    Chart,
    Column,
    Details,
    Heading,
    Lines,
    Page,
    Paragraph,
    Plain,
    Table,
)
from walletpick.render.safe import ADDRESS, one_line

# How the language of a page is told to what reads it.
_LANGUAGES: dict[Language, str] = {"en": "en", "zh": "zh-CN"}
# A page with so many parts begins with a list of them.
_PARTS = 3
# The narrowest table that is shown as one, the room between its columns, and that of a bold letter,
# in pixels; words of more letters may be broken.
_NARROWEST, _BETWEEN, _LETTER, _LONG = 700, 20, 9.3, 16
_MARKS = {"+": "good", "-": "bad", "?": "unknown", "!": "unknown"}
# Screen readers say "minus" to the sign, and nothing to the hyphen.
_SIGNS = {"-": "−"}


def render(page: Page) -> str:
    """Return the page as an HTML document that ends with a newline."""
    return f"<!DOCTYPE html>\n{written(_Writer(page).document())}\n"


@cache
def _style() -> str:
    return files(__package__).joinpath("page.css").read_text(encoding="utf-8")


class _Writer:
    """Makes elements of blocks, with names that are the same whenever the page is."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.numbers = count(1)
        self.headings = [block for block in page.blocks if isinstance(block, Heading)]
        self.anchors = {each.anchor: _id(each.anchor) for each in self.headings if each.anchor}
        # The heading under which the next block stands.
        self.under = ""

    def document(self) -> Element:
        style = _style()
        digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
        policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'"
        head = element(
            "head",
            None,
            element("meta", {"charset": "utf-8"}),
            element(
                "meta",
                {
                    "http-equiv": "Content-Security-Policy",
                    "content": f"{policy}; form-action 'none'",
                },
            ),
            element("meta", {"name": "viewport", "content": "width=device-width, initial-scale=1"}),
            element("meta", {"name": "color-scheme", "content": "light dark"}),
            element("meta", {"name": "referrer", "content": "no-referrer"}),
            element("title", None, self.headings[0].text if self.headings else "walletpick"),
            raw("style", style),
        )
        body = element("body", None, element("main", None, *self.body()))
        return element("html", {"lang": _LANGUAGES[language()]}, head, body)

    def body(self) -> Iterator[Element]:
        """Yield the blocks; in front of its first part, a long page says which parts it has."""
        parts = [heading for heading in self.headings if heading.level == 2]
        names = {id(block): self.name_of(block) for block in parts}
        told = len(parts) <= _PARTS
        for block in self.page.blocks:
            if not told and isinstance(block, Heading) and block.level == 2:
                told = True
                yield _contents((part.text, names[id(part)]) for part in parts)
            if isinstance(block, Details):
                inside = [made for each in block.blocks for made in self.block(each, "")]
                summary = element("summary", None, block.title)
                yield _line(element("details", {"class": "part"}, summary, *inside))
            else:
                yield from self.block(block, names.get(id(block), ""))

    def name_of(self, block: Heading) -> str:
        return self.anchors.get(block.anchor) or f"part-{next(self.numbers)}"

    def block(self, block: Plain | Chart, name: str) -> Iterator[Element]:
        """Yield the elements of a block; `name` is the id of a heading, where it has one."""
        if isinstance(block, Heading):
            self.under = name or self.name_of(block)
            yield _line(element(f"h{block.level}", {"id": self.under}, block.text))
        elif isinstance(block, Paragraph):
            yield _line(element("p", None, *self.pieces(block.pieces)))
        elif isinstance(block, Bullets):
            yield _line(self.bullets(block))
        elif isinstance(block, Bars):
            rows = tuple((Cell(bar.label), Cell(bar.text)) for bar in block.bars)
            columns = (Column(title=""), Column(title="", right=True))
            table = self.table(Table(columns=columns, rows=rows))
            # All of it stands in the drawing too, for those who see it.
            summary = element("summary", None, _("The same as a table"))
            yield _line(self.figure(block, element("details", None, summary, table)))
        elif isinstance(block, Chart):
            yield _line(self.figure(block.drawing, self.table(block.table)))
        else:
            yield _line(self.table(block))

    def figure(self, drawing: Bars | Lines, table: Element) -> Element:
        """Return a drawing with how to read it, and the table of what it shows."""
        name = f"chart-{next(self.numbers)}"
        made = element("figure", None)
        if drawing.title:
            append(made, [element("figcaption", None, drawing.title)])
        if isinstance(drawing, Lines):
            append(made, [svg.lines(drawing, name), *_legend(drawing)])
        else:
            append(made, [svg.bars(drawing, name)])
            if drawing.note:
                append(made, [element("p", {"class": "dim note"}, drawing.note)])
        append(made, [table])
        return made

    def bullets(self, block: Bullets) -> Element:
        """Return a list, its items behind their markers if it has any."""
        if not any(block.markers):
            return element(
                "ul", None, *(element("li", None, *self.pieces(item)) for item in block.items)
            )
        # Without dots some screen readers take it for no list, unless told.
        made = element("ul", {"class": "marked", "role": "list"})
        for marker, item in block.lines:
            if marker == TICK:
                label = {"role": "img", "aria-label": _("to do")}
                sign = element("span", {"class": "tick", **label})
            else:
                kind = f"mark {_MARKS.get(marker, '')}".strip()
                sign = element("span", {"class": kind}, _SIGNS.get(marker, marker) or "•")
            if not marker:
                sign.set("aria-hidden", "true")
            words = element("span", {"class": "words"}, *self.pieces(item))
            append(made, [element("li", None, sign, " ", words)])
        return made

    def table(self, table: Table) -> Element:
        """Return a table, whose rows become blocks where the screen is narrow.

        The roles are told, as a table that is shown as blocks is none to a screen reader otherwise.
        """
        label = {"aria-labelledby": self.under} if self.under and not table.title else {}
        breaking = "unbroken" if _fits(table) else "broken"
        made = element("table", {"role": "table", "class": breaking, **label})
        if table.title:
            append(made, [element("caption", None, table.title)])
        # A row is named by its first text, which may stand behind its number.
        titled = 1 if len(table.columns) > 2 and table.columns[0].right else 0
        if any(column.title for column in table.columns):
            head = element("tr", {"role": "row"})
            for column in table.columns:
                kind = _kind(column, _long(column.title))
                cell = (
                    element("th", {"role": "columnheader", "scope": "col", **kind}, column.title)
                    if column.title
                    else element("td", {"role": "cell", **kind})
                )
                append(head, [cell])
            append(made, [element("thead", {"role": "rowgroup"}, head)])
        body = element("tbody", {"role": "rowgroup"})
        for row in table.rows:
            line = element("tr", {"role": "row"})
            for place, (column, words) in enumerate(zip(table.columns, row, strict=True)):
                kind = _kind(column, "number" if place < titled else "", _long(words.text))
                pieces = self.pieces((words,))
                if place == titled:
                    told = {"role": "rowheader", "scope": "row", **kind}
                    append(line, [element("th", told, *pieces)])
                    continue
                title = {"data-title": _("{name}: ", name=column.title)} if column.title else {}
                append(line, [element("td", {"role": "cell", **title, **kind}, *pieces)])
            append(body, [line])
        append(made, [body])
        return made

    def pieces(self, pieces: Iterable[Cell]) -> Iterator[Child]:
        """Yield texts in their tones, with their links, and with the addresses in them as links."""
        for piece in pieces:
            if not piece.text:
                continue
            made: list[Child] = list(self.linked(piece))
            # It runs from right to left.
            if any(unicodedata.bidirectional(char) in ("R", "AL", "AN") for char in piece.text):
                made = [element("bdi", None, *made)]
            if piece.tone == "strong":
                yield element("strong", None, *made)
            elif piece.tone:
                yield element("span", {"class": piece.tone}, *made)
            else:
                yield from made

    def linked(self, piece: Cell) -> Iterator[Child]:
        """Yield the text of a piece as a link, if it is one, or with links for its addresses."""
        anchor = self.anchors.get(piece.link[1:]) if piece.link.startswith("#") else None
        if anchor or is_web_address(piece.link):
            # The space around the text is none of the link's.
            words = one_line(piece.text)
            core = words.strip()
            before, _core, after = words.partition(core)
            attributes = {"href": f"#{anchor}"} if anchor else _outward(piece.link)
            yield from filter(None, [before])
            yield element("a", attributes, core)
            yield from filter(None, [after])
            return
        # With one group to split by, the addresses are the odd ones.
        for number, part in enumerate(ADDRESS.split(one_line(piece.text))):
            if number % 2 and is_web_address(part):
                yield element("a", _outward(part), part)
            elif part:
                yield part


def is_web_address(words: str) -> bool:
    """Return whether a text is the address of a page of the web, and nothing else."""
    if not words.isprintable() or " " in words or words != one_line(words):
        return False
    try:
        parts = urlsplit(words)
        return parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return False


def _outward(address: str) -> dict[str, str]:
    return {"href": address, "rel": "noopener noreferrer"}


def _contents(parts: Iterable[tuple[str, str]]) -> Element:
    items = (element("li", None, element("a", {"href": f"#{name}"}, text)) for text, name in parts)
    return _line(
        element("nav", {"aria-label": _("On this page")}, element("ul", {"role": "list"}, *items))
    )


def _legend(drawing: Lines) -> Iterator[Element]:
    names = (
        element("li", None, svg.key(order), f" {series.name}")
        for order, series in enumerate(drawing.series)
    )
    yield element("ul", {"class": "legend", "role": "list"}, *names)
    if drawing.crossings:
        told = (element("li", None, each.text) for each in drawing.crossings)
        yield element("ol", {"class": "crossings"}, *told)


def _fits(table: Table) -> bool:
    """Return whether a table has room for its columns without breaking a word."""
    wide = 0.0
    for place, column in enumerate(table.columns):
        texts = [column.title, *(row[place].text for row in table.rows)]
        # Lines break after hyphens too.
        words = texts if column.whole else re.findall(r"[^\s-]+-?", " ".join(texts))
        wide += max((min(svg.width(word), _LONG) for word in words), default=0) * _LETTER + _BETWEEN
    return wide <= _NARROWEST


def _long(words: str) -> str:
    """Return the class of a cell in which words may be broken; "" where none is that long."""
    return "long" if any(svg.width(word) > _LONG for word in words.split()) else ""


def _kind(column: Column, *more: str) -> dict[str, str]:
    kinds = [*more, "right" if column.right else "", "whole" if column.whole else ""]
    kind = " ".join(filter(None, kinds))
    return {"class": kind} if kind else {}


def _id(anchor: str) -> str:
    return f"at-{re.sub('[^0-9A-Za-z]+', '-', anchor).lower()}"


def _line(made: Element) -> Element:
    """Return an element with a line break behind it: the file can be read, and compared."""
    made.tail = "\n"
    return made
