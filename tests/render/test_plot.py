"""A plot on a terminal: letters that tell its lines apart, in any width and encoding."""

from __future__ import annotations

import pytest

from walletpick.render.markdown import render as as_markdown
from walletpick.render.page import Chart, Lines, Point, Series, page, table
from walletpick.render.terminal import render

TABLE = table(["Amount"], [["100"]])
LINES = {
    "A": ((50.0, 0.0, 1000.0, 90.0), (1001.0, 120.0, 2000.0, 120.0)),
    "B": ((50.0, 24.0, 2000.0, 24.0),),
    # Too short for a letter at a regular place.
    "C": ((60.0, 80.0, 70.0, 80.0),),
    "D": (),
}


def chart(up: str, across: str, lines: dict[str, tuple[tuple[float, ...], ...]]) -> Chart:
    """Return a chart of lines, each given as x, y, x, y, over a table of nothing."""
    drawn = tuple(Series(name, tuple(map(part, parts))) for name, parts in lines.items())
    return Chart(Lines(title="", up=up, across=across, series=drawn), TABLE)


def part(ends: tuple[float, ...]) -> tuple[Point, ...]:
    x, y, end, last = ends
    return Point(at=x, figure=y), Point(at=end, figure=last)


PLOT = chart("USD a year", "USD a month", {f"Wallet {name}": LINES[name] for name in LINES})


@pytest.mark.parametrize("unicode", [True, False])
@pytest.mark.parametrize("width", [60, 80, 200])
def test_each_line_has_its_letter_and_fits(width: int, unicode: bool) -> None:
    text = render(page(PLOT), width=width, colour=True, unicode=unicode)
    drawn, _, legend = text.partition("USD a month")
    body = drawn.partition("USD a year")[2]
    assert all(letter in body for letter in "ABC")
    assert "D" not in body
    assert "A Wallet A   B Wallet B   C Wallet C" in legend
    assert "Wallet D" not in legend
    assert max(map(len, body.splitlines())) <= width
    assert text.isascii() is not unicode


def test_a_line_at_the_top_is_drawn() -> None:
    text = render(page(PLOT), width=80, colour=False, unicode=False)
    (row,) = (line for line in text.splitlines() if line.strip().startswith("120 |"))
    assert "A" in row


def test_large_figures_keep_the_axis_straight() -> None:
    large = ((0.0, 0.0, 4e10, 3.3e11),)
    plot = chart("y", "x", {"A": large})
    rows = render(page(plot), width=80, colour=False, unicode=False).splitlines()[1:14]
    assert {row.index("|") for row in rows} == {11}


def test_without_room_and_in_markdown_there_is_none() -> None:
    narrow = {"width": 40, "colour": False, "unicode": True}
    assert render(page(PLOT), **narrow) == render(page(TABLE), **narrow)
    assert as_markdown(page(PLOT)) == as_markdown(page(TABLE))
