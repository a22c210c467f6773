"""A plot in letters and dots, without colours. The one place of plotille."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from plotille import Figure

from walletpick.render.page import Plot, Strokes

# What plotille puts before each line, how far its ticks are apart, and the lines of a plot.
_AXIS, _TICK, _HEIGHT = 13, 10, 12
# A letter stands in about so many places of its lines; without dots, in so many columns.
_LETTERS, _SPARSE = 6, 2
# Round sizes of a step.
_ROUND = (1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10)
# A dot of Braille without any dot.
_EMPTY = "\u2800"


def drawn(plot: Plot, width: int, unicode: bool) -> list[str]:
    """Return the lines of a plot. Without `unicode` there are letters alone."""
    ends = [y for each in plot.series for line in each.lines for y in line[1::2]]
    ticks = (width - _AXIS) // _TICK
    low, high = _round_ends(plot.low, plot.high, ticks)
    figure = Figure()
    figure.width, figure.height = ticks * _TICK, _HEIGHT
    figure.with_colors = figure.origin = False
    figure.x_label = figure.y_label = ""
    figure.register_label_formatter(float, _label)
    figure.set_x_limits(low, high)
    least, most = min([*ends, 0.0]), max([*ends, 0.0])
    # What lies on the upper edge would not be drawn.
    figure.set_y_limits(*_round_ends(least, most + (most - least) / (2 * _HEIGHT), _HEIGHT))
    places = _LETTERS if unicode else figure.width // _SPARSE
    for number, each in enumerate(plot.series):
        if unicode:
            for x, y, end, last in each.lines:
                figure.plot([x, end], [y, last])
        # Letters of lines that run together stand side by side.
        step = (plot.high - plot.low) / places
        shift = (number + 0.5) / len(plot.series)
        points = list(_on(each, [plot.low + step * (place + shift) for place in range(places)]))
        if points:
            figure.scatter([x for x, _ in points], [y for _, y in points], marker=each.marker)
    # Without a name of theirs, the axes end in brackets.
    body = figure.show(legend=False).replace(_EMPTY, " ").replace("> ()", ">").splitlines()[1:]
    return [
        f"{plot.up:>{_AXIS - 3}}",
        *(line.rstrip() for line in body),
        f"{plot.across:>{_AXIS + figure.width}}",
    ]


def _on(series: Strokes, places: list[float]) -> Iterator[tuple[float, float]]:
    """Yield the points of the lines at some places; where none is on a line, in the longest."""
    if series.lines and not any(x <= at <= end for at in places for x, _, end, _ in series.lines):
        x, _, end, _ = max(series.lines, key=lambda line: line[2] - line[0])
        places = [(x + end) / 2]
    for at in places:
        for x, y, end, last in series.lines:
            if x <= at <= end:
                yield at, y + (last - y) * (at - x) / (end - x) if end > x else y
                break


def _round_ends(low: float, high: float, steps: int) -> tuple[float, float]:
    """Return round ends around two figures, so many round steps apart."""
    power = 10.0 ** math.floor(math.log10((high - low) / steps)) if high > low else 1.0
    sizes = (power * more * size for more in (1, 10) for size in _ROUND)
    for step in sizes:
        start = math.floor(low / step) * step
        if start + steps * step >= high:
            break
    return start, start + steps * step


def _label(val: Any, chars: int, delta: Any, left: bool) -> str:
    del delta
    words = f"{val:,.3f}".rstrip("0").removesuffix(".")
    if len(words) >= _TICK:
        words = f"{val / 1e9:,.3g} bn" if val >= 1e9 else f"{val / 1e6:,.3g} M"
    return words.ljust(chars) if left else words.rjust(chars)
