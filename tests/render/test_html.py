"""HTML: text stays text, links lead where they say, and behind each drawing stands its table."""

from __future__ import annotations

import base64
import hashlib
import re
from itertools import pairwise
from pathlib import Path

import pytest
from html_pages import Parsed, check_whole
from hypothesis import given
from hypothesis import strategies as st

from walletpick.render import csv, html, markdown, svg, terminal
from walletpick.render.page import (
    TICK,
    Bar,
    Bars,
    Block,
    Cell,
    Chart,
    Column,
    Crossing,
    Details,
    Heading,
    Lines,
    Page,
    Point,
    Series,
    Table,
    bullets,
    letter,
    marked,
    page,
    paragraph,
    text,
)
from walletpick.render.safe import one_line

HOSTILE = [
    "<script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    "</title></svg><img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)" x="',
    "' onfocus='alert(1)' autofocus='",
    "&lt;b&gt; &amp; &#60;i&#62; &notit;",
    "]]><!--",
    "--><?php x ?><!DOCTYPE x>",
    "javascript:alert(1)",
    "\u202eevil\u202c \u2066x\u2069 \u200f",
    "a\x00b\x1b[31mc\x07",
    "\ufdd0\ud800\ufffe",
    "${x} {{x}} <%= x %>",
    "A" * 500,
    "محفظة <b>الكترونية</b>",
    "微信支付 & 支付宝",
]
# Texts made of what HTML takes for its own.
pieces = st.sampled_from(
    [*"<>&\"'=/ \n;#!-`ab1", "<b", "</td>", "&amp;", "&#x3c;", "onclick=", "<!--", "-->", "<svg",
     "</desc>", "\x1b", "\u202e", "\u2028", "\t", "スイカ", "ä"]
)  # fmt: skip
texts = st.lists(pieces, max_size=12).map("".join)


def everywhere(words: str, link: str = "") -> Page:
    """Return a page that has a text wherever one can stand."""
    cells = (Cell(words, "strong", link), Cell(words, "dim", link), Cell(words, "", link))
    columns = (Column(title=f"x{words}", right=True), Column(title=f"y{words}"), Column(title="z"))
    table = Table(columns=columns, rows=(cells, cells), title=f"x{words}")
    bar = Bar(label=words, low=1, estimate=2, high=3, full=4, text=words, group=f"x{words}")
    line = Series(words, ((Point(at=1, figure=2),),))
    crossing = Crossing(at=1, figure=2, text=words)
    drawn = Lines(title=f"x{words}", series=(line,), crossings=(crossing,), across=words, up=words)
    return page(
        Heading(f"x{words}", 1),
        Heading(f"x{words}", 2, words),
        paragraph(*cells),
        bullets([cells], [f"x{words}"]),
        bullets([cells]),
        table,
        Bars((bar,), f"x{words}", f"x{words}"),
        Chart(drawn, table),
        Chart(Bars((bar,), f"x{words}", f"x{words}"), table),
        Details(f"x{words}", (paragraph(*cells), Chart(drawn, table))),
    )


def wrapped_apart(parsed: Parsed) -> list[tuple[str, tuple[str, ...]]]:
    """Return the structure without what a text may add: lines of drawings, bdi, and classes."""
    return [
        (tag, tuple(name for name in names if name != "class"))
        for tag, names in parsed.structure()
        if tag not in ("text", "bdi")
    ]


@pytest.mark.parametrize("words", HOSTILE)
def test_a_hostile_text_makes_no_element_and_no_attribute(words: str) -> None:
    parsed = check_whole(html.render(everywhere(words)))
    assert wrapped_apart(parsed) == wrapped_apart(check_whole(html.render(everywhere("harmless"))))
    shown = one_line(words)
    assert f"x{shown}" in parsed.within("h1")
    assert shown in parsed.within("td")
    assert shown in parsed.within("desc")


@given(texts)
def test_any_text_is_shown_as_it_is(words: str) -> None:
    parsed = check_whole(html.render(page(Heading("A", 1), text(f"[{words}]"))))
    assert parsed.within("p") == f"[{one_line(words)}]"
    there = check_whole(html.render(everywhere(words or "x")))
    assert {tag for tag, _ in there.elements} - {"bdi"} == {
        tag for tag, _ in check_whole(html.render(everywhere("harmless"))).elements
    }


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " javascript:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:x",
        "file:///etc/passwd",
        "//evil.example/x",
        "/relative",
        "https:///no-host",
        "https://[broken",
        "https://a.example/\u202ex",
        "https://a.example/ x",
        "https://a.example/\x00",
        "ftp://a.example/",
        "mailto:a@a.example",
        "#nowhere",
        "#",
        "",
    ],
)  # fmt: skip
def test_what_is_no_web_address_becomes_no_link(address: str) -> None:
    parsed = check_whole(html.render(page(Heading("A", 1), paragraph(Cell("text", "", address)))))
    assert not parsed.all("a")
    assert parsed.within("p") == "text"


def test_a_link_leads_to_its_page_or_to_a_part_of_this_one() -> None:
    address = 'https://a.example/x?a=1&b="2"\''
    shown = page(
        Heading("A", 1),
        paragraph(Cell(" [fees, stale] ", "dim", address), Cell("12.00", "strong", "#bill a DE")),
        Heading("The bill", 2, "bill a DE"),
    )
    parsed = check_whole(html.render(shown))
    outward, inward = parsed.all("a")
    assert outward == {"href": address, "rel": "noopener noreferrer"}
    assert {"id": inward["href"][1:]} in parsed.all("h2")
    # The space around is none of the link's.
    assert parsed.within("a") == "[fees, stale]12.00"


def test_addresses_in_texts_become_links_without_the_punctuation_around() -> None:
    parsed = check_whole(
        html.render(
            page(Heading("A", 1), text("See https://a.example/x?y=1&z=2. (http://b.example)"))
        )
    )
    assert [a["href"] for a in parsed.all("a")] == [
        "https://a.example/x?y=1&z=2",
        "http://b.example",
    ]
    assert parsed.within("p") == "See https://a.example/x?y=1&z=2. (http://b.example)"


def test_the_policy_allows_the_style_of_the_page_and_nothing_else() -> None:
    parsed = check_whole(html.render(page(Heading("A", 1))))
    style = parsed.within("style")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    (policy,) = [m["content"] for m in parsed.all("meta") if "http-equiv" in m]
    assert policy == (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )


def test_a_table_can_be_read_by_a_screen_reader_at_any_width() -> None:
    shown = Table(
        columns=(Column(title="#", right=True), Column(title="Wallet"), Column(title="Cost")),
        rows=((Cell("1"), Cell("Wise"), Cell("5.00 USD")),),
    )
    parsed = check_whole(html.render(page(Heading("A", 1), Heading("Costs", 2), shown)))
    (heading,) = parsed.all("h2")
    (named,) = parsed.all("table")
    assert (named["role"], named["aria-labelledby"]) == ("table", heading["id"])
    heads = [(th["role"], th["scope"]) for th in parsed.all("th")]
    assert heads == [("columnheader", "col")] * 3 + [("rowheader", "row")]
    assert [td.get("data-title") for td in parsed.all("td")] == ["#: ", "Cost: "]
    assert len(parsed.all("tr")) == 2


def test_marks_of_a_list_are_said_and_boxes_drawn() -> None:
    parsed = check_whole(
        html.render(page(Heading("A", 1), marked([("+", "a"), ("-", "b"), (TICK, "c"), ("", "d")])))
    )
    assert parsed.within("ul") == "+ a− b c• d"
    assert [s.get("aria-label") for s in parsed.all("span") if s.get("role") == "img"] == ["to do"]


def test_a_long_page_says_which_parts_it_has() -> None:
    parts = [Heading(f"Part {number}", 2) for number in range(5)]
    assert not check_whole(html.render(page(Heading("A", 1), *parts[:2]))).all("nav")
    parsed = check_whole(html.render(page(Heading("A", 1), text("First"), *parts)))
    assert parsed.within("nav") == "Part 0Part 1Part 2Part 3Part 4"
    assert [a["href"][1:] for a in parsed.all("a")] == [h["id"] for h in parsed.all("h2")]


def test_the_same_page_gives_the_same_bytes() -> None:
    assert html.render(everywhere("x")) == html.render(everywhere("x"))


# Charts.

TABLE = Table(columns=(Column(title="Amount"),), rows=((Cell("100"),),))


def drawn(block: Block) -> Parsed:
    return check_whole(html.render(page(Heading("A", 1), block)))


def bar(low: float, estimate: float, high: float, full: float = 0) -> Bar:
    return Bar(label="Wise", low=low, estimate=estimate, high=high, full=full, text="words")


def boxes(parsed: Parsed, kind: str) -> list[tuple[float, float]]:
    """Return from where to where in percent the boxes of a kind go."""
    found = []
    for box in parsed.all("rect"):
        if box.get("class") == kind:
            start = float(box["x"].removesuffix("%"))
            found.append((start, round(start + float(box["width"].removesuffix("%")), 2)))
    return found


def test_a_bar_shows_what_is_sure_and_hatches_what_is_not() -> None:
    parsed = drawn(Bars((bar(1, 2, 4, 8),), "Points"))
    assert boxes(parsed, "sure") == [(0, 12.5)]
    assert boxes(parsed, "unsure") == [(12.5, 50)]
    assert boxes(parsed, "room") == [(0, 100)]
    (estimate,) = [line for line in parsed.all("line") if line["class"] == "estimate"]
    assert estimate["x1"] == "25.00%"
    (unsure,) = [box for box in parsed.all("rect") if box.get("class") == "unsure"]
    (pattern,) = parsed.all("pattern")
    assert unsure["fill"] == f"url(#{pattern['id']})"


def test_bars_have_one_scale_and_may_go_below_zero() -> None:
    parsed = drawn(Bars((bar(-5, -5, -5), bar(0, 5, 15), bar(-5, 0, 5)), "Cost"))
    assert boxes(parsed, "sure") == [(0, 25)]
    assert boxes(parsed, "unsure") == [(25, 100), (0, 50)]
    # Nothing at all to draw is no reason to fail.
    assert not boxes(drawn(Bars((bar(0, 0, 0),), "Cost")), "sure")
    assert drawn(Bars((), "Cost"))


def test_a_drawing_says_what_it_shows_and_its_table_stands_below() -> None:
    for block, told in (
        (Bars((bar(1, 2, 4, 8),), "Points"), "Wise: words"),
        (Chart(Bars((bar(1, 2, 4, 8),), "Cost"), TABLE), "Wise: words"),
        (Chart(LINES, TABLE), "A is Wise. B is PayPal. 1: From 167 on PayPal costs less."),
    ):
        parsed = drawn(block)
        image = next(each for each in parsed.all("svg") if each.get("role") == "img")
        title, words = image["aria-labelledby"].split()
        assert {"id": title} in parsed.all("title")
        assert {"id": words} in parsed.all("desc")
        assert parsed.within("desc") == told
        inside = [tag for tag, _ in parsed.elements]
        assert inside.index("figure") < inside.index("svg") < inside.index("table")


def test_other_formats_show_the_table_of_a_chart() -> None:
    with_chart = Page((Chart(LINES, TABLE), Details("More", (Chart(LINES, TABLE),))))
    with_table = Page((TABLE, Details("More", (TABLE,))))
    assert markdown.render(with_chart) == markdown.render(with_table)
    assert csv.render(with_chart) == csv.render(with_table)
    narrow = {"width": 40, "colour": False, "unicode": True}
    assert terminal.render(with_chart, **narrow) == terminal.render(with_table, **narrow)


def part(*points: tuple[float, float]) -> tuple[Point, ...]:
    return tuple(Point(at=x, figure=y) for x, y in points)


def line(name: str, *points: tuple[float, float]) -> Series:
    return Series(name, (part(*points),))


LINES = Lines(
    title="Cost by amount",
    series=(
        line("Wise", (100, 1), (200, 3), (300, 5)),
        line("PayPal", (100, 3), (200, 2), (300, 2.5)),
    ),
    crossings=(Crossing(at=166.7, figure=2.33, text="From 167 on PayPal costs less"),),
    across="USD a month",
    up="USD a year",
)


def path(words: str) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in (pair.split(",") for pair in words.split())]


def test_lines_go_from_left_to_right_with_their_letters() -> None:
    parsed = drawn(Chart(LINES, TABLE))
    first, second = (path(each["points"]) for each in parsed.all("polyline"))
    assert [x for x, _ in first] == [3, 50, 97] == [x for x, _ in second]
    # Down is less, and zero is at the bottom.
    assert all(one[1] > other[1] for one, other in pairwise(first))
    assert [y for _, y in second] == pytest.approx([40, 60, 50])
    # Not by colour alone: each line has its letter, in the drawing and in the legend.
    assert re.findall("[A-Z]", parsed.within("text")).count("A") == 2
    assert parsed.within("ul") == "A WiseB PayPal"


def test_crossings_are_marked_and_told() -> None:
    parsed = drawn(Chart(LINES, TABLE))
    (down,) = [each for each in parsed.all("line") if each["class"] == "crossing"]
    assert down["x1"] == down["x2"] == "34.35%"
    assert parsed.within("ol") == "From 167 on PayPal costs less"
    assert not drawn(Chart(Lines(title="x", series=(), across="", up=""), TABLE)).all("ol")


def test_a_line_is_broken_between_its_parts() -> None:
    gap = Lines(
        title="x",
        series=(
            line("A", (1, 1), (2, 1), (3, 1), (4, 1)),
            Series("B", (part((1, 2), (2, 2)), part((4, 2)))),
            line("C", (3, 3)),
        ),
        across="x",
        up="y",
    )
    drawn_lines = [path(each["points"]) for each in drawn(Chart(gap, TABLE)).all("polyline")]
    assert [len(each) for each in drawn_lines] == [4, 2, 2, 2]
    # A single point is a dot.
    assert all(each[0] == each[-1] for each in drawn_lines[2:])


@pytest.mark.parametrize(
    ("low", "high"), [(0, 0), (0, 1), (0, 272.87), (-40, 12), (0.001, 0.002), (0, 9e9), (100, 300)]
)
def test_the_ticks_of_an_axis_are_round_and_hold_everything(low: float, high: float) -> None:
    ticks = svg._ticks(low, high)
    assert ticks[0] <= low
    assert ticks[-1] >= high
    assert 2 <= len(ticks) <= 8
    steps = [b - a for a, b in pairwise(ticks)]
    assert steps == pytest.approx([steps[0]] * len(steps))
    assert all(len(svg.number(tick).replace(",", "").strip("-0.")) <= 4 for tick in ticks)


def test_more_lines_than_styles_and_letters_still_differ() -> None:
    many = tuple(line(f"W{n}", (1, n), (2, n + 1)) for n in range(60))
    parsed = drawn(Chart(Lines(title="x", series=many, across="x", up="y"), TABLE))
    assert len({letter(order) for order in range(60)}) == 60
    assert len(parsed.all("polyline")) == 60


# The style sheet.

SHEET = Path(html.__file__).with_name("page.css").read_text(encoding="utf-8")


def luminance(colour: str) -> float:
    def part(at: int) -> float:
        value = int(colour[at : at + 2], 16) / 255
        return value / 12.92 if value <= 0.03928 else ((value + 0.055) / 1.055) ** 2.4

    return 0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)


def contrast(one: str, two: str) -> float:
    dark, light = sorted((luminance(one), luminance(two)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", [0, 1, 2], ids=["light", "dark", "print"])
def test_every_colour_can_be_read_on_its_ground(scheme: int) -> None:
    """As the guidelines of accessibility (WCAG 2, AA) have it: 4.5 for text, 3 for drawings."""
    block = re.findall(r":root \{(.*?)\}", SHEET, re.DOTALL)[scheme]
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block))
    for name in ("text", "dim", "link", "good", "bad", "unknown"):
        for ground in ("ground", "shade"):
            assert contrast(colours[name], colours[ground]) >= 4.5, (name, ground)
    for name in ("bar", *(f"line-{number}" for number in range(svg.STYLES))):
        assert contrast(colours[name], colours["ground"]) >= 3, name


def test_the_sheet_is_plain() -> None:
    """It stands in an element in which nothing is escaped, and its digest in the policy."""
    assert SHEET.isascii()
    assert "<" not in SHEET
    assert all(f".line-{number} " in SHEET for number in range(svg.STYLES))
