"""The terminal's look: nothing too wide, nothing lost, nothing that steers the terminal."""

import io
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from walletpick.render import terminal as terminal_module
from walletpick.render.page import (
    Bar,
    Bars,
    Block,
    Bullets,
    Cell,
    Column,
    Heading,
    Page,
    Paragraph,
    Table,
    text,
)
from walletpick.render.safe import one_line
from walletpick.render.terminal import render

WIDTHS = (20, 40, 60, 80, 120)
ESCAPE = re.compile(r"\x1b\[[0-9;]*m")


def plain(*blocks: Block, width: int = 80, unicode: bool = True) -> list[str]:
    """The lines without colour."""
    shown = render(Page(blocks), width=width, colour=False, unicode=unicode)
    assert shown.endswith("\n")
    return shown[:-1].split("\n")


def cells(*texts: str) -> tuple[Cell, ...]:
    return tuple(Cell(words) for words in texts)


def squeezed(words: str) -> str:
    return re.sub(r"\s+", "", words)


WALLETS = Table(
    columns=(
        Column(title="#", right=True, whole=True),
        Column(title="Wallet"),
        Column(title="Score", right=True, whole=True),
        Column(title="Range", right=True, whole=True, keep=5),
        Column(title="First year", right=True, whole=True),
        Column(title="Known", right=True, whole=True, keep=4),
    ),
    rows=(
        cells("1", "Mercado Pago", "71.4", "66.0 to 75.2", "1,096.00 USD + ?", "83 %"),
        cells("2", "Suica (スイカ) mobile", "9.0", "9.0 to 9.0", "3.00 USD", "100 %"),
    ),
)

# Pages made at random.

letters = st.characters(codec="utf-8")
words = st.one_of(
    st.text(letters, max_size=12),
    st.sampled_from(
        [
            "fee", "スイカ決済サービス", "支付宝" * 30, "x" * 150, "e\u0301" * 30, "👩‍👩‍👧‍👦 ❤️ 🇵🇭" * 5, "\ufe0f❤\ufe0f",
            "https://example.org/a/very/long/path?with=a&query=" + "1234567890" * 9, "[red]no[/red]",
            "\x1b[31mred\x1b[0m", "\x07\r\b\t", "\u202eback\u2066", "line\nline", "– — … • ’ × ≥ →",
        ]
    ),
)  # fmt: skip
texts = st.lists(words, max_size=8).map(" ".join)
tones = st.sampled_from(["", "strong", "good", "bad", "unknown", "dim"])
some_cells = st.builds(Cell, texts, tones)
pieces = st.lists(some_cells, max_size=4).map(tuple)
figures = st.floats(-5, 120)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    columns = draw(
        st.lists(
            st.builds(
                Column,
                title=texts,
                right=st.booleans(),
                keep=st.sampled_from([1, 5, 9]),
                whole=st.booleans(),
            ),
            max_size=7,
        )
    )
    row = st.tuples(*(st.one_of(some_cells, st.builds(Cell, words)) for _ in columns))
    rows = draw(st.lists(row, max_size=4))
    return Table(
        columns=tuple(columns), rows=tuple(rows), title=draw(st.one_of(st.just(""), texts))
    )


bars = st.builds(
    Bar, label=words, low=figures, estimate=figures, high=figures, full=figures, text=words
)
blocks = st.one_of(
    tables(),
    st.builds(Heading, texts, st.integers(1, 3)),
    st.builds(Paragraph, pieces),
    st.builds(
        Bullets,
        st.lists(pieces, max_size=4).map(tuple),
        st.lists(st.sampled_from(["", "+", "-", "?", "!", "12."]), max_size=5).map(tuple),
    ),
    st.builds(Bars, st.lists(bars, max_size=4).map(tuple)),
)
pages = st.builds(Page, st.lists(blocks, max_size=4).map(tuple))


@given(page=pages, width=st.sampled_from(WIDTHS), unicode=st.booleans())
def test_lines_are_never_too_wide_and_hold_no_control_characters(
    page: Page, width: int, unicode: bool
) -> None:
    shown = render(page, width=width, colour=False, unicode=unicode)
    assert shown.endswith("\n")
    for line in shown[:-1].split("\n"):
        # Only a whole address may be longer than the line, and then nothing follows it.
        beside_address = re.sub(r"(?<!\S)[(\[]*https?://\S+$", "", line)
        assert cell_len(beside_address) <= width, line
        assert line == line.rstrip()
        assert not [c for c in line if unicodedata.category(c) == "Cc"]
        assert not re.search("[\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069]", line)
        assert unicode or line.isascii()


@given(page=pages, width=st.sampled_from(WIDTHS), unicode=st.booleans())
def test_colour_adds_nothing_but_styles_and_closes_each(
    page: Page, width: int, unicode: bool
) -> None:
    without = render(page, width=width, colour=False, unicode=unicode)
    shown = render(page, width=width, colour=True, unicode=unicode)
    assert ESCAPE.sub("", shown) == without
    for line in shown.split("\n"):
        codes = ESCAPE.findall(line)
        assert not codes or codes[-1] == "\x1b[0m"


@given(table=tables(), width=st.sampled_from(WIDTHS))
def test_nothing_is_lost_of_columns_that_stay(table: Table, width: int) -> None:
    kept = [
        one_line(cell.text)
        for row in table.rows
        for column, cell in zip(table.columns, row, strict=True)
        if column.keep == 9
    ]
    lines = plain(table, width=width)
    assert Counter(squeezed("".join(kept))) <= Counter(squeezed("".join(lines)))
    for word in " ".join(kept).split(" "):
        # A short word is never broken. Blanks at its end, also those that do not break a line, may
        # be at the end of a line, where nothing blank is kept.
        assert cell_len(word) > 8 or any(word.rstrip() in line for line in lines)


@pytest.mark.parametrize("width", WIDTHS)
def test_every_word_of_every_kept_cell_is_there(width: int) -> None:
    columns = (Column(title="Fact"), Column(title="Source", whole=True), Column(title="Note"))
    address = "https://example.org/" + "terms/" * 20
    rows = (
        cells("Sends money abroad to forty countries", "fees-2026", "w" * 70),
        cells("Logs in with a passkey", "help", f"See {address} for more"),
    )
    lines = plain(Table(columns=columns, rows=rows), width=width)
    # Cells stand beside each other: pick each column out by its rule, or take stacked lines.
    rule = next((line for line in lines if set(line) == {"─", " "}), None)
    if rule is None:
        found = [squeezed("".join(lines))]
    else:
        spans = [match.span() for match in re.finditer("─+", rule)]
        found = [squeezed("".join(line[a:b] for line in lines)) for a, b in spans]
    for row in rows:
        for cell in row:
            assert any(squeezed(cell.text) in column for column in found)
    assert "…" not in "".join(lines)


@pytest.mark.parametrize("around", ["{}", "({})", "see {}, then", '"{}"', "[{}];"])
def test_an_address_is_never_broken_and_stands_alone_where_it_does_not_fit(around: str) -> None:
    address = "https://example.org/" + "terms/" * 8
    words = f"Get a quote, {around.format(address)} and tell it"
    for block in (text(words), Bullets((cells(words),))):
        lines = plain(block, width=40)
        (alone,) = (line for line in lines if "https" in line)
        assert re.fullmatch(r"\W*https://[^ ]+", alone.strip())
        assert address in alone
        assert all(len(line) <= 40 for line in lines if line is not alone)


def test_table() -> None:
    assert plain(WALLETS) == [
        "#  Wallet                 Score         Range        First year  Known",
        "─  ─────────────────────  ─────  ────────────  ────────────────  ─────",
        "1  Mercado Pago            71.4  66.0 to 75.2  1,096.00 USD + ?   83 %",
        "2  Suica (スイカ) mobile    9.0    9.0 to 9.0          3.00 USD  100 %",
    ]


def test_the_least_needed_columns_go_first_and_no_more_than_needed() -> None:
    def titles(width: int) -> list[str]:
        return re.split(" {2,}", plain(WALLETS, width=width)[0])

    assert titles(69) == ["#", "Wallet", "Score", "Range", "First year", "Known"]
    assert titles(64) == ["#", "Wallet", "Score", "Range", "First year"]
    assert titles(45) == ["#", "Wallet", "Score", "First year"]


def test_where_no_table_fits_each_row_is_a_block() -> None:
    assert plain(WALLETS, width=32) == [
        "1 Mercado Pago",
        "  Score: 71.4",
        "  Range: 66.0 to 75.2",
        "  First year: 1,096.00 USD + ?",
        "  Known: 83 %",
        "",
        "2 Suica (スイカ) mobile",
        "  Score: 9.0",
        "  Range: 9.0 to 9.0",
        "  First year: 3.00 USD",
        "  Known: 100 %",
    ]


def test_long_text_wraps_inside_its_column() -> None:
    table = Table(
        columns=(Column(title="Fact", whole=True), Column(title="Says")),
        rows=(cells("closing", "in the app, by a person with a document"), cells("pay", "yes")),
    )
    assert plain(table, width=32) == [
        "Fact     Says",
        "───────  ───────────────────────",
        "closing  in the app, by a person",
        "         with a document",
        "pay      yes",
    ]


def test_headings_lists_and_paragraphs() -> None:
    page = (
        Heading("Wallets", 1),
        text("one two three four five six seven"),
        Heading("Reasons", 2),
        Bullets((cells("one two three four five"), cells("six"), cells("seven")), ("", "+", "?")),
        Heading("Small", 3),
        text("text"),
    )
    assert plain(*page, width=20) == [
        "Wallets", "═══════", "", "one two three four", "five six seven", "",
        "Reasons", "───────", "• one two three four", "  five", "+ six", "? seven", "",
        "Small", "text",
    ]  # fmt: skip
    ascii_only = plain(*page, width=20, unicode=False)
    assert ascii_only[1] == "======="
    assert ascii_only[7:9] == ["-------", "- one two three four"]


CHART = Bars(
    (
        Bar(label="cost", low=10, estimate=20, high=30, full=40, text="20 of 40 (10 to 30)"),
        Bar(label="security", low=5, estimate=5, high=5, full=5, text="5 of 5"),
    )
)


def test_bars() -> None:
    assert plain(CHART) == [
        "cost      ████████▒▒▒▒▒▒▒░░░░░░░          20 of 40 (10 to 30)",
        "security  ██████████████████████████████  5 of 5",
    ]
    assert plain(CHART, unicode=False)[0].split()[1] == "########=======......."
    assert plain(CHART, width=40) == ["cost: 20 of 40 (10 to 30)", "security: 5 of 5"]


def test_text_is_not_markup_and_cannot_steer() -> None:
    for colour in (False, True):
        page = Page((text("[red]no[/red] :smile: \x1b[31m\x9b1m\u202e"),))
        shown = render(page, width=80, colour=colour, unicode=True)
        assert shown == "[red]no[/red] :smile: U+001B[31mU+009B1mU+202E\n"


def test_tones_and_plain_look_alike() -> None:
    page = Page((Paragraph((Cell("good", "good"), Cell(" or "), Cell("bad", "bad"))),))
    shown = render(page, width=80, colour=True, unicode=True)
    assert shown == "\x1b[32mgood\x1b[0m or \x1b[31mbad\x1b[0m\n"
    assert render(page, width=80, colour=False, unicode=True) == "good or bad\n"


def test_letters_that_an_encoding_lacks() -> None:
    page = Page((text("5 – 10 × 2 ≥ 1 → “don’t” … é ス"),))
    ascii_only = render(page, width=80, colour=False, unicode=False)
    assert ascii_only == '5 - 10 x 2 >= 1 -> "don\'t" ... e ?\n'
    latin = render(page, width=80, colour=False, unicode=False, encoding="latin-1")
    assert latin == '5 - 10 × 2 >= 1 -> "don\'t" ... é ?\n'


# Standard output.


class Screen(io.TextIOWrapper):
    """A standard output that may be a terminal."""

    def __init__(self, encoding: str, terminal: bool) -> None:
        super().__init__(io.BytesIO(), encoding=encoding, newline="\n")
        self.terminal = terminal

    def isatty(self) -> bool:
        return self.terminal


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """What `show` writes for a page, by environment, encoding, and on a terminal or not."""

    def show(page: Page, *, encoding: str = "utf-8", terminal: bool = False, **env: str) -> str:
        for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "TERM"):
            monkeypatch.delenv(name, raising=False)
        for name, value in env.items():
            monkeypatch.setenv(name, value)
        screen = Screen(encoding, terminal)
        monkeypatch.setattr(sys, "stdout", screen)
        monkeypatch.setattr(sys, "__stdout__", screen)
        terminal_module.show(page)
        screen.flush()
        buffer = screen.buffer
        assert isinstance(buffer, io.BytesIO)
        return buffer.getvalue().decode(encoding)

    return show


@pytest.mark.parametrize(
    ("terminal", "env", "coloured"),
    [
        (True, {"TERM": "xterm"}, True),
        (True, {"TERM": "xterm", "NO_COLOR": ""}, True),
        (True, {"TERM": "xterm", "NO_COLOR": "1"}, False),
        (True, {"TERM": "dumb"}, False),
        (False, {"TERM": "xterm"}, False),
        (False, {"TERM": "xterm", "FORCE_COLOR": "1"}, True),
        (False, {"TERM": "xterm", "FORCE_COLOR": "0"}, False),
        (False, {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
    ],
)
def test_when_there_is_colour(
    shown: Callable[..., str], terminal: bool, env: dict[str, str], coloured: bool
) -> None:
    assert ("\x1b[" in shown(Page((Heading("A", 1),)), terminal=terminal, **env)) is coloured


def test_width_of_a_pipe(shown: Callable[..., str]) -> None:
    page = Page((text("word " * 60),))
    assert max(map(len, shown(page).split("\n"))) == 79
    assert max(map(len, shown(page, COLUMNS="44").split("\n"))) == 44


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252", "cp437"])
def test_no_encoding_fails(shown: Callable[..., str], encoding: str) -> None:
    page = Page((Heading("Zürich ス", 1), Bullets((cells("a – b"),)), WALLETS, CHART))
    found = shown(page, encoding=encoding)
    assert "(???)" in found
    assert ("- a – b" if encoding == "cp1252" else "- a - b") in found
    assert ("Zurich" if encoding == "ascii" else "Zürich") in found


@pytest.mark.parametrize(("title", "width"), [("Does it all", 40), ("都能办", 24)])
def test_a_short_title_stays_whole_over_a_column_that_does(title: str, width: int) -> None:
    columns = (Column(title="Wallet"), Column(title="First year"), Column(title=title, whole=True))
    rows = (cells("Wise", "about 36.06 GBP (15.36 to 56.76) from the balance", "yes"),)
    assert any(title in line for line in plain(Table(columns=columns, rows=rows), width=width))
    # A long one is broken between its words.
    long = Column(title="what of it can be done there", whole=True)
    shown = plain(Table(columns=(*columns[:2], long), rows=rows), width=60)
    assert not any(long.title in line for line in shown)
