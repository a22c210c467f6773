"""Markdown and CSV: text stays text, whatever is in it."""

import csv as standard_csv
import html
import io
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from walletpick.render import csv, markdown, terminal
from walletpick.render.page import (
    Bar,
    Bars,
    Block,
    Bullets,
    Cell,
    Column,
    Details,
    Heading,
    Page,
    Paragraph,
    Table,
    text,
)
from walletpick.render.safe import one_line

GITHUB = MarkdownIt("commonmark").enable(["table", "strikethrough"])

# Texts made of what Markdown, HTML, terminals and spreadsheets take for their own.
marks = st.sampled_from(
    [*"\\`*_[]()<>|~&#+-=.!:'\"123ab \n", "    ", "&amp;", "&#60;", "1. ", "- ", "# ", "```", "---",
     "<b>", "https://a.example/x_y|z?q=1&lt=2", "\x1b", "\u202e", "\t", "スイカ"]
)  # fmt: skip
texts = st.lists(marks, max_size=12).map("".join)


def md(*blocks: Block) -> str:
    return markdown.render(Page(blocks))


def table(*rows: tuple[str, ...], titles: tuple[str, ...] = ("A", "B")) -> Table:
    return Table(
        columns=tuple(Column(title=title) for title in titles),
        rows=tuple(tuple(Cell(words) for words in row) for row in rows),
    )


def kinds(source: str) -> list[str]:
    """The blocks that a Markdown reader finds, by their tags."""
    return [token.tag for token in GITHUB.parse(source) if token.nesting == 1]


def contents(source: str) -> list[str]:
    """The texts that a Markdown reader shows, one a block."""
    return [shown(token) for token in GITHUB.parse(source) if token.type == "inline"]


def shown(token: Token) -> str:
    parts = []
    for child in token.children or []:
        assert child.type in ("text", "link_open", "link_close", "text_special"), child
        parts.append(child.content)
    return "".join(parts)


def readable(words: str) -> str:
    """The words without spaces, and without codes in addresses."""
    return unquote("".join(words.split()))


def test_cells_with_pipes_newlines_and_backticks() -> None:
    source = md(table(("a|b", "`c` | d\n| e"), ("\\|", "f\n\n# g")))
    assert source.splitlines()[2:] == ["| a\\|b | \\`c\\` \\| d \\| e |", "| \\\\\\| | f # g |"]
    assert contents(source) == ["A", "B", "a|b", "`c` | d | e", "\\|", "f # g"]


def test_an_address_stays_whole_and_in_its_cell() -> None:
    source = md(table(("https://a.example/x_y_z?q=a|b", "(see https://a.example/p_q_r).")))
    links = [
        child.attrs["href"]
        for token in GITHUB.parse(source)
        for child in token.children or []
        if child.type == "link_open"
    ]
    assert links == ["https://a.example/x_y_z?q=a%7Cb", "https://a.example/p_q_r"]


def test_markers_are_not_lists_in_lists() -> None:
    source = md(Bullets(((Cell("good"),), (Cell("bad"),), (Cell("so"),)), ("+", "-", "")))
    assert source == "- \\+ good\n- \\- bad\n- so\n"
    assert kinds(source).count("ul") == 1
    assert contents(source) == ["+ good", "- bad", "so"]


@pytest.mark.parametrize(
    "words",
    ["# no", "- no", "+ no", "1. no", "12) no", "---", "> no", "    no", "```", "<b>no</b>"],
)
def test_text_makes_no_blocks(words: str) -> None:
    assert kinds(md(text(words))) == ["p"]
    assert kinds(md(Bullets(((Cell(words),),)))) == ["ul", "li", "p"]


def test_headings_strong_text_and_bars() -> None:
    source = md(
        Heading("C # and F #", 1),
        Paragraph((Cell("Best: ", ""), Cell(" a*b ", "strong"), Cell("."))),
        Bars((Bar(label="cost", low=1, estimate=2, high=3, full=4, text="2 of 4"),)),
    )
    assert source == "# C # and F \\#\n\nBest:  **a\\*b** .\n\n- cost: 2 of 4\n"


@given(texts, texts)
def test_markdown_shows_the_very_text(one: str, two: str) -> None:
    source = md(
        Heading(f"x{one}", 2), text(f"{one}x"), Bullets(((Cell(f"{two}x"),),)), table((one, two))
    )
    assert kinds(source) == ["h2", "p", "ul", "li", "p", "table", "thead", "tr", "th", "th", "tbody", "tr", "td", "td"]  # fmt: skip
    expected = [f"x{one}", f"{one}x", f"{two}x", "A", "B", one, two]
    assert list(map(readable, contents(source))) == [readable(one_line(at)) for at in expected]
    assert "\x1b" not in source


def rows(source: str) -> list[list[str]]:
    return list(standard_csv.reader(io.StringIO(source)))


def test_csv_tables_and_nothing_else() -> None:
    page = Page(
        (Heading("no"), table(('say "a", b', "c\nd|`e`")), text("no"), table(titles=("=C", "D")))
    )
    assert csv.render(page) == 'A,B\n"say ""a"", b",c d|`e`\n\n\'=C,D\n'


@pytest.mark.parametrize(
    "words",
    ["=1+1", "+1+cmd|' /C calc'!A0", "-2+3+cmd|' /C calc'!A0", "@SUM(A1)", " =1", "\n=1", "＝1", "-A1", "+1 ABCD"],
)  # fmt: skip
def test_csv_takes_no_formula_from_a_text(words: str) -> None:
    assert rows(csv.render(Page((table((words, "")),))))[1] == ["'" + words.strip(), ""]


@pytest.mark.parametrize("words", ["-5.00", "+3.2", "-1,200.50 USD", "-3 %", "12", "a=b", "?"])
def test_csv_leaves_figures_and_words_as_they_are(words: str) -> None:
    assert rows(csv.render(Page((table((words, "")),))))[1] == [words, ""]


@given(texts)
def test_csv_cells_cannot_leave_their_cell_or_steer(words: str) -> None:
    found = rows(csv.render(Page((table((words, "x"), ("y", words)),))))
    assert [len(row) for row in found] == [2, 2, 2]
    assert found[1][0].removeprefix("'") == one_line(words).strip().removeprefix("'")
    assert not found[1][0].startswith(("=", "@"))


# What can be folded up.


@given(texts, texts)
def test_details_fold_up_and_their_title_is_text(title: str, words: str) -> None:
    made = md(Details(title, (text(f"x{words}"),)), text("after"))
    tokens = GITHUB.parse(made)
    tags = [token.content.strip() for token in tokens if token.type == "html_block"]
    assert len(tags) == 2
    assert tags[0].startswith("<details>\n<summary>")
    assert tags[0].endswith("</summary>")
    assert tags[1] == "</details>"
    inside = tags[0].removeprefix("<details>\n<summary>").removesuffix("</summary>")
    assert "<" not in inside
    assert html.unescape(inside) == one_line(title)
    assert [token.content for token in tokens if token.type == "inline"][-1] == "after"


def test_details_lie_open_elsewhere() -> None:
    page = Page((Details("More", (table(("1", "2")),)),))
    assert csv.render(page) == csv.render(Page((table(("1", "2")),)))
    shown = terminal.render(page, width=80, colour=False, unicode=True)
    assert shown == terminal.render(
        Page((Heading("More", 2), table(("1", "2")))), width=80, colour=False, unicode=True
    )
