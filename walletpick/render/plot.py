"""A plot in letters and dots, without colours. The one place of plotille."""

from __future__ import annotations

import math
from typing import Any

from plotille import Figure

from walletpick.language import ENGLISH, language
from walletpick.render.breaking import cells
from walletpick.render.page import Lines, letter

# What plotille puts before each line, how far its ticks are apart, and the lines of a plot.
_AXIS, _TICK, _HEIGHT = 13, 10, 12
# In Chinese, figures as long as this stand in its units.
_LONG = len("1,000,000")
# A letter stands in about so many places of its lines; without dots, in so many columns.
_LETTERS, _SPARSE = 6, 2
# Round sizes of a step.
_ROUND = (1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10)
# A dot of Braille without any dot.
_EMPTY = "\u2800"


def drawn(chart: Lines, width: int, unicode: bool) -> list[str]:
    """Return the lines of a chart as text. Without `unicode` there are letters alone."""
    points = [point for each in chart.series for point in each.points]
    ends, across = [point.figure for point in points], [point.at for point in points]
    least_across, most_across = min(across, default=0.0), max(across, default=0.0)
    ticks = (width - _AXIS) // _TICK
    low, high = _round_ends(least_across, most_across, ticks)
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
    for number, each in enumerate(chart.series):
        if unicode:
            for start, end in each.strokes:
                figure.plot([start.at, end.at], [start.figure, end.figure])
        # Letters of lines that run together stand side by side.
        step = (most_across - least_across) / places
        shift = (number + 0.5) / len(chart.series)
        marks = each.marks(least_across + step * (place + shift) for place in range(places))
        if marks:
            figure.scatter([x for x, _ in marks], [y for _, y in marks], marker=letter(number))
    # Without a name of theirs, the axes end in brackets.
    body = figure.show(legend=False).replace(_EMPTY, " ").replace("> ()", ">").splitlines()[1:]
    return [
        _at_end(chart.up, _AXIS - 3),
        *(line.rstrip() for line in body),
        _at_end(chart.across, _AXIS + figure.width),
    ]


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
    if len(words) >= (_TICK if language() == ENGLISH else _LONG):
        words = _short(val)
    # The place is counted in letters, and some take two.
    chars -= cells(words) - len(words)
    return words.ljust(chars) if left else words.rjust(chars)


def _short(figure: float) -> str:
    """Return a long figure in the units of the language that is spoken: "1.5 M"."""
    if language() == ENGLISH:
        return f"{figure / 1e9:,.3g} bn" if figure >= 1e9 else f"{figure / 1e6:,.3g} M"
    if figure >= 1e12:
        return f"{figure / 1e12:,.3g} 万亿"
    return f"{figure / 1e8:,.4g} 亿" if figure >= 1e8 else f"{figure / 1e4:,.4g} 万"


def _at_end(words: str, width: int) -> str:
    return " " * (width - cells(words)) + words
