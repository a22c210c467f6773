"""Charts as SVG. Pure.

Places across are percentages and sizes of text are fixed, so that a chart fits any width and can be
read at each. Colour never tells alone: what is not sure is hatched, and lines carry letters. The
colours are those of the style sheet of the page.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterator
from itertools import groupby
from xml.etree.ElementTree import Element

from walletpick.language import _, headed, one_text
from walletpick.render.breaking import unbroken
from walletpick.render.elements import Child, element
from walletpick.render.page import Bar, Bars, Lines, letter
from walletpick.render.safe import one_line

# Heights in pixels: of a line of text, of a bar, and of what is below it; of a drawing of lines,
# above it and below it.
_LINE, _BAR, _GAP = 18, 14, 12
_PLOT, _ABOVE, _BELOW = 260, 40, 40
# So many small letters are sure to fit beside each other on the narrowest screen.
_ROOM = 42
# Of a text with more lines, the others stand in the table alone.
_MOST_LINES = 4
# Where in percent the least and the largest amount stand, so that what marks them has room.
_LEFT, _RIGHT = 3.0, 97.0
# How many lines can be told apart; more of them begin anew with other letters.
STYLES = 6


def bars(chart: Bars, name: str) -> Element:
    """Return a bar chart; `name` is one that no other drawing of the page has."""
    # One scale for all, so that what weighs more is longer.
    least = min((min(bar.low, bar.estimate, 0.0) for bar in chart.bars), default=0.0)
    most = max((max(bar.full, bar.high, bar.estimate) for bar in chart.bars), default=0.0)
    drawn: list[Child] = []
    top = 0
    for group, members in groupby(chart.bars, key=lambda bar: bar.group):
        for line in _wrapped(group) if group else ():
            top += _LINE
            drawn.append(_text(line, 0, top - 4, "group"))
        top += 4 if group else 0
        for bar in members:
            for line in _wrapped(bar.label):
                top += _LINE
                drawn.append(_text(line, 0, top - 4, "label"))
            beside = width(bar.label) + width(bar.text) < _ROOM
            if beside:
                drawn.append(_text(bar.text, 100, top - 4, "value end"))
            top += 2
            drawn += _bar(bar, least, most, top, name)
            top += _BAR
            for line in () if beside else _wrapped(bar.text):
                top += _LINE
                drawn.append(_text(line, 0, top - 2, "value"))
            top += _GAP
    told = _("; ").join(_bar_words(bar) for bar in chart.bars)
    return _drawing(name, chart.title, told, max(top, 1), [_hatch(name), *drawn])


def _bar_words(bar: Bar) -> str:
    if bar.group:
        return _("{group}, {name}: {value}", group=bar.group, name=bar.label, value=bar.text)
    return headed(bar.label, bar.text)


def _bar(bar: Bar, least: float, most: float, top: int, name: str) -> Iterator[Element]:
    """Yield what there could be, what is sure of it, what is not, and the figure that counts."""
    span = most - least

    def share(figure: float) -> float:
        return 100 * (figure - least) / span if span > 0 else 0.0

    def box(start: float, end: float, kind: str, **more: str) -> Element:
        size = {"x": _percent(share(start)), "width": _percent(share(end) - share(start))}
        return element(
            "rect", {**size, "y": f"{top}", "height": f"{_BAR}", "class": kind, "rx": "2", **more}
        )

    if bar.full > 0:
        yield box(0, bar.full, "room")
    if bar.low > 0:
        yield box(0, bar.low, "sure")
    elif bar.high < 0:
        yield box(bar.high, 0, "sure")
    if bar.high > bar.low:
        yield box(bar.low, bar.high, "unsure", fill=f"url(#{name}-hatch)")
        at = _percent(share(bar.estimate))
        ends = {"y1": f"{top - 2}", "y2": f"{top + _BAR + 2}"}
        yield element("line", {"x1": at, "x2": at, **ends, "class": "estimate"})
    if least < 0 or bar.low == bar.high == 0:
        at = _percent(share(0))
        ends = {"y1": f"{top - 3}", "y2": f"{top + _BAR + 3}"}
        yield element("line", {"x1": at, "x2": at, **ends, "class": "zero"})


def lines(chart: Lines, name: str) -> Element:
    """Return a chart of lines over amounts, and where they cross numbered.

    `name` is one that no other drawing of the page has. Lines carry the letters of `letter`.
    """
    points = [point for series in chart.series for point in series.points]
    amounts = [point.at for point in points]
    left, right = min(amounts, default=0.0), max(amounts, default=0.0)
    figures = [0.0, *(point.figure for point in points)]
    ticks = _ticks(min(figures), max(figures))
    bottom, top = ticks[0], ticks[-1]

    def across(amount: float) -> float:
        share = (amount - left) / (right - left) if right > left else 0.5
        return _LEFT + (_RIGHT - _LEFT) * share

    def down(figure: float) -> float:
        return 100 * (top - figure) / (top - bottom)

    drawn: list[Child] = [_text(_cut(chart.up), 0, _LINE - 4, "axis")]
    for tick in ticks:
        y = _pixels(down(tick))
        kind = "zero" if tick == 0 else "grid"
        drawn.append(element("line", {"x1": "0", "x2": "100%", "y1": y, "y2": y, "class": kind}))
    for amount in _ticks(left, right, 4):
        if left <= amount <= right:
            end = "start" if across(amount) < 10 else "end" if across(amount) > 90 else "middle"
            low = _ABOVE + _PLOT + _LINE - 2
            drawn.append(_text(number(amount), across(amount), low, f"axis {end}"))
    drawn.append(_text(_cut(chart.across), 100, _ABOVE + _PLOT + 2 * _LINE, "axis end"))

    # Stretched to the width, but for the strokes; what must keep its shape is drawn over it.
    plot = {"x": "0", "y": f"{_ABOVE}", "width": "100%", "height": f"{_PLOT}"}
    shape = {"viewBox": "0 0 100 100", "preserveAspectRatio": "none", "overflow": "visible"}
    strokes: list[Child] = []
    for order, series in enumerate(chart.series):
        for part in series.parts:
            # A line of one point is as long as its stroke is wide.
            ends = part if len(part) > 1 else part * 2
            line = " ".join(f"{across(each.at):.3f},{down(each.figure):.3f}" for each in ends)
            fixed = {"vector-effect": "non-scaling-stroke", "fill": "none"}
            style = {"class": f"line-{order % STYLES}"}
            strokes.append(element("polyline", {"points": line, **style, **fixed}))
    drawn.append(element("svg", {**plot, **shape}, *strokes))
    # Over the lines, with a rim, as the ticks stand inside the drawing.
    for tick in ticks[1:]:
        above = _ABOVE + _PLOT * down(tick) / 100 - 4
        drawn.append(_text(number(tick), 0, above, "axis rim"))
    for order, series in enumerate(chart.series):
        # Each at another amount, so that no letter hides one of a line that runs beside it.
        spot = left + (right - left) * (order + 1) / (len(chart.series) + 1)
        for at, figure in series.marks([spot]):
            x, y = _percent(across(at)), _pixels(down(figure))
            drawn += _badge(x, y, letter(order), f"line-{order % STYLES}")
    for order, crossing in enumerate(chart.crossings, start=1):
        x, y = _percent(across(crossing.at)), _pixels(down(crossing.figure))
        foot = {"y1": y, "y2": f"{_ABOVE + _PLOT}"}
        drawn.append(element("line", {"x1": x, "x2": x, **foot, "class": "crossing"}))
        drawn += _badge(x, y, f"{order}", "crossing")
    told = [
        _("{letter} is {name}.", letter=letter(order), name=series.name)
        for order, series in enumerate(chart.series)
    ]
    told += [
        _("{number}: {words}.", number=order, words=each.text)
        for order, each in enumerate(chart.crossings, start=1)
    ]
    return _drawing(name, chart.title, one_text(told), _ABOVE + _PLOT + _BELOW, drawn)


def key(order: int) -> Element:
    """Return the sign of a line for a legend: a piece of it, with its letter."""
    style = f"line-{order % STYLES}"
    size = {"width": "52", "height": "20", "aria-hidden": "true", "class": "key"}
    line = {"x1": "0", "x2": "52", "y1": "10", "y2": "10", "class": style}
    return element("svg", size, element("line", line), *_badge("26", "10", letter(order), style))


def number(figure: float) -> str:
    """Return a figure of an axis: "1,500", "0.25"."""
    if figure == int(figure):
        return f"{int(figure):,}"
    return f"{figure:,.6f}".rstrip("0")


def _ticks(low: float, high: float, most: int = 5) -> list[float]:
    """Return round figures from at most `low` to at least `high`, about `most` steps."""
    if high <= low:
        high = low + 1
    rough = (high - low) / most
    unit = 10.0 ** math.floor(math.log10(rough))
    step = next(unit * by for by in (1, 2, 2.5, 5, 10) if unit * by >= rough * 0.999999)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [round(step * count, 10) for count in range(first, last + 1)]


def _badge(x: str, y: str, words: str, style: str) -> Iterator[Element]:
    circle = {"cx": x, "cy": y, "r": "9", "class": f"badge {style}"}
    yield element("circle", circle)
    yield element("text", {"x": x, "y": y, "dy": "4.5", "class": "badge-text"}, words)


def _drawing(name: str, title: str, told: str, height: int, drawn: list[Child]) -> Element:
    """Return a drawing that says in words, to those who cannot see it, what it shows."""
    ids = f"{name}-title {name}-text"
    size = {"width": "100%", "height": f"{height}", "class": "chart"}
    return element(
        "svg",
        {**size, "role": "img", "aria-labelledby": ids},
        element("title", {"id": f"{name}-title"}, title),
        element("desc", {"id": f"{name}-text"}, told),
        *drawn,
    )


def _hatch(name: str) -> Element:
    """Return the pattern of what is not sure: stripes, which any printer can show."""
    lines_at = {"width": "6", "height": "6", "patternUnits": "userSpaceOnUse"}
    return element(
        "defs",
        None,
        element(
            "pattern",
            {"id": f"{name}-hatch", "patternTransform": "rotate(45)", **lines_at},
            element("rect", {"width": "6", "height": "6", "class": "hatch-ground"}),
            element("rect", {"width": "2.5", "height": "6", "class": "hatch"}),
        ),
    )


def _text(words: str, x: float, y: float, style: str) -> Element:
    return element("text", {"x": _percent(x), "y": f"{y:g}", "class": style}, words)


def _percent(share: float) -> str:
    return f"{share:.2f}%"


def _pixels(share: float) -> str:
    return f"{_ABOVE + _PLOT * share / 100:.1f}"


def width(words: str) -> float:
    """Return about how wide a text is, in small letters of a wide font."""
    return sum(map(_cell, one_line(words)))


def _cell(letter: str) -> float:
    if unicodedata.east_asian_width(letter) in "WF":
        return 2
    if letter in "MWmw@%…":
        return 1.8
    if letter in " .,:;'|!()ijl":
        return 0.65
    return 1.4 if letter.isupper() else 1.2 if not letter.isalpha() else 1


def _wrapped(words: str) -> list[str]:
    """Return a text in lines that fit the narrowest screen; of a long one the first lines.

    The table has all of it.
    """
    words = one_line(words)
    lines, end = [""], 0
    for start, stop in unbroken(words):
        piece = words[end:stop] if lines[-1] else words[start:stop]
        if lines[-1] and width(lines[-1] + piece) > _ROOM:
            lines.append("")
            piece = words[start:stop]
        lines[-1] += piece
        end = stop
    kept = [_cut(line) for line in lines]
    return kept if len(kept) <= _MOST_LINES else [*kept[: _MOST_LINES - 1], "…"]


def _cut(words: str) -> str:
    """Return a text on one line, without what of it no narrow screen has room for."""
    words, wide = one_line(words), 0.0
    for place, each in enumerate(words):
        wide += _cell(each)
        if wide > _ROOM:
            return f"{words[: place - 1]}…"
    return words
