"""Strict YAML: what is read, what is refused and where, and that nothing can upset the reader."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from walletpick.facts.characters import visible
from walletpick.reading import strictyaml
from walletpick.reading.place import MAX_BYTES
from walletpick.reading.problem import Problem
from walletpick.reading.strictyaml import Value, read


def plain(value: Value | None) -> Any:
    """The data alone, without positions."""
    assert value is not None
    if isinstance(value.data, list):
        return [plain(item) for item in value.data]
    if isinstance(value.data, dict):
        return {key: plain(item) for key, item in value.data.items()}
    return value.data


def load(text: str) -> Any:
    value, problems = read(text.encode(), "f.yaml")
    assert problems == []
    return plain(value)


def complaints(text: str | bytes) -> list[str]:
    data = text if isinstance(text, bytes) else text.encode()
    return [str(problem) for problem in read(data, "f.yaml")[1]]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("true", True),
        ("FALSE", False),
        ("~", None),
        ("Null", None),
        ("", None),
        ("1.10", Decimal("1.10")),
        ("-0.5", Decimal("-0.5")),
        (".5", Decimal("0.5")),
        ("0", Decimal(0)),
        ("NO", "NO"),
        ("yes", "yes"),
        ("on", "on"),
        ("12:30", "12:30"),
        ("2016-09", "2016-09"),
        ("2016-09-01", "2016-09-01"),
        ("1_000", "1_000"),
        ("010", "010"),
        ("+44", "+44"),
        ("'1'", "1"),
        ('"true"', "true"),
        ("''", ""),
        ("|-\n  1", "1"),
        ('"two\\nlines"', "two\nlines"),
    ],
)
def test_a_scalar_means_what_the_core_schema_says(written: str, meant: Any) -> None:
    found = load(f"a: {written}\n")["a"]
    assert (found, type(found)) == (meant, type(meant))


@pytest.mark.parametrize("written", ["0x1F", "0o17", "1e3", "+1.5E-2", ".inf", "-.INF", ".nan"])
def test_numbers_in_other_dress_are_refused(written: str) -> None:
    [problem] = complaints(f"fees:\n  - percent: {written}\n")
    assert problem.startswith(f"f.yaml:2:14: fees[0].percent: found {written}, ")
    assert "number" in problem


def test_values_know_their_place_and_their_text() -> None:
    value, problems = read(b"markets:\r\n  PH:\r\n    fees: [{as_of: 2016-09}, 95188]\r\n", "f")
    assert problems == []
    assert value is not None
    assert isinstance(value.data, dict)
    assert value.keys == {"markets": (1, 1)}
    place = value.data["markets"]
    for key in ("PH", "fees"):
        assert isinstance(place.data, dict)
        place = place.data[key]
    assert isinstance(place.data, list)
    first, second = place.data
    assert (first.path, first.text, first.keys) == ("markets.PH.fees[0]", "", {"as_of": (3, 13)})
    assert (second.path, second.line, second.column) == ("markets.PH.fees[1]", 3, 30)
    assert (second.data, second.text) == (Decimal(95188), "95188")


def test_keys_are_text_in_their_order() -> None:
    data = load("NO: 1\n12: 2\nnull: 3\n'<<': 4\n")
    assert list(data) == ["NO", "12", "null", "<<"]


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("a: &x 1", "f.yaml:1:4: a: found the anchor '&x'"),
        ("a: [*x]", "f.yaml:1:5: a[0]: found the alias '*x'"),
        ("*x : 1", "f.yaml:1:1: found the alias '*x'"),
        ("a: !!str 1", "f.yaml:1:4: a: found the tag '!!str'"),
        ("a: ! 'b'", "f.yaml:1:4: a: found the tag '!'"),
        ("<<: {b: 1}", 'f.yaml:1:1: ["<<"]: found the merge key'),
        ("? [a, b]\n: 1", "f.yaml:1:3: found a list or mapping as a key"),
        ("a: 1\n---\nb: 1", "f.yaml:2:1: found a second document"),
        ("%YAML 1.2\n---\na: 1", "f.yaml:1:1: found a line that starts with '%'"),
        ("", "f.yaml:1:1: found no data"),
        ("a: 1\n\tb: 1", "f.yaml:2:1: a: found a tab"),
        ("a: 'x # \t'", "f.yaml:1:9: a: found a tab"),
        ("a: x\tb\t # c\t", "f.yaml:1:5: a: found a tab"),
        ("\ufeffa: 1", "f.yaml:1:1: found a byte order mark"),
        ("a: 1 # \u202e", "f.yaml:1:8: found the character U+202E"),
        ("a: b\u200bc", "f.yaml:1:5: a: found the character U+200B"),
        ("a: b\rc", "f.yaml:1:5: a: found the character U+000D"),
        ("a: b\u2028c", "f.yaml:1:5: a: found the character U+2028"),
        ('a: "b\\e[31m"', "f.yaml:1:4: a: found an escape for U+001B"),
        ('a: "b\\tc"', "f.yaml:1:4: a: found an escape for U+0009"),
        ('a: "\\ud800"', "f.yaml:1:4: a: found an escape for U+D800"),
        ('a: "\\UFFFFFFFF"', "f.yaml:1:7: found an escape for a character that does not exist"),
        ("é: 1\né é".encode() + b"\xff", "f.yaml:2:4: found byte 0xFF, which is not UTF-8"),
        (b" " * (MAX_BYTES + 1), f"f.yaml:1:1: found {MAX_BYTES + 1} bytes"),
        ("a: b: c", "f.yaml:1:5: found a colon where no key can be"),
        ("a: 1\nb 2\nc: 3", "f.yaml:2:1: found 'b' where 'key: value' was expected"),
        ("a: 'b", "f.yaml:1:4: found a quoted text that is never closed"),
        ("a: [1,\n  2", "f.yaml:1:4: found '[' that is never closed"),
        ("a: [x?y]", "f.yaml:1:6: found '?y]' where ',' or ']' was expected in the list"),
        ("a: |#\n  b", "f.yaml:1:5: found '#' after | or >"),
        ("a: @b", "f.yaml:1:4: found '@b', but no value may start with this"),
    ],
)
def test_what_can_surprise_is_refused_in_its_place(text: str | bytes, start: str) -> None:
    [problem] = complaints(text)
    assert problem.startswith(start)


@pytest.mark.parametrize(
    ("text", "start"),
    [
        # A mark of a key, in brackets and without.
        ("{operation: pay, ?percent: 0}", "1:18: found '?' as the mark of a key"),
        ("a: [b, ? c]", "1:8: found '?'"),
        ("[a, ?b : c]", "1:5: found '?'"),
        ("a: {b: 1, # so?\n  ? c: 2}", "2:3: found '?'"),
        ("? long\n: 5", "1:1: found '?'"),
        ("- ? a", "1:3: found '?'"),
        # A comment that nothing parts from what is before it.
        ("a: [b, c]#d", "1:10: found a comment right behind"),
        ("a: {b: c}#d", "1:10: found a comment right behind"),
        ("a: [b,#c\n  d]", "1:7: found a comment right behind"),
        ("a: [#c\n  d]", "1:5: found a comment right behind"),
        ('a: "b"#c', "1:7: found a comment right behind"),
        ("a: 'b'# c", "1:7: found a comment right behind"),
        ("# it's\na: 'b'# c", "2:7: found a comment right behind"),
        # Lines in brackets and quotes.
        ("a: [b,\nc,\nd]", "2:1: a: found a line inside brackets"),
        ("a: [\n  b\n]", "3:1: a: found a line inside brackets"),
        ("a:\n  - {b: 1,\n  c: 2}", "3:3: a[0]: found a line inside brackets"),
        ("- [b,\n # c\n\nd]", "4:1: [0]: found a line inside brackets"),
        ("a: [b\nc]", "2:1: a: found a line inside brackets"),
        ('a: "b\nc"', "2:1: a: found a line inside quotes"),
        ("a: 'b\n\n'", "3:1: a: found a line inside quotes"),
        ('a: ["b\n# c", d]', "2:1: a[0]: found a line inside quotes"),
        # Text in lines.
        ("a:\n|\n  b", "2:1: a: found | no deeper than the key"),
        ("- - c\n  -\n  >\n   b", "3:3: [0][1]: found > no deeper"),
        ("a: |\n    \n  \n # b", "2:1: a: found a line of spaces"),
        # A lone dash.
        ("[-]", "1:2: [0]: found a lone '-'"),
        ("a: [b, -, c]", "1:8: a[1]: found a lone '-'"),
    ],
)
def test_what_only_a_lenient_parser_reads_is_refused(text: str, start: str) -> None:
    assert any(problem.startswith(f"f.yaml:{start}") for problem in complaints(text))


@pytest.mark.parametrize(
    "text",
    [
        # The ends of documents, and what may stand there.
        "a: 1\n---\n---\nb: 2",
        "--- a: 1",
        "--- - a",
        "a: 1\n... b",
        "a: 1\n...\nb",
        "a: [b,\n---\nc]",
        "a: [b,\n...\nc]",
        "a: 'b\n---\nc'",
        'a: "b\n...\nc"',
        "a: 1\n%TAG ! x:\n---\nb",
        "%YAML 1.2",
        "%YAML 1.2 3\n---\na",
        "a: 1\n...\n%YAML 1.1\n",
        # Keys.
        "a: b: c",
        "a: 'b': c",
        'a: "b" c',
        "a: [b]: c",
        "a\nb: c",
        "'a\n b': c",
        "a: 1\nb",
        "a: 1\nb\nc: 2",
        "[a\n b: c]",
        '["a"\n : b]',
        "a:\n  b: 1\n c: 2",
        "  a: 1\nb: 2",
        "a: 1\n b: 2",
        "a: - b",
        "a:\n b\nc",
        ": a",
        # Lists.
        "- a\nb: c",
        "- a\n b: c",
        "-a: 1\n- b",
        " - a\n- b",
        "- a\n  - b: c\n - d",
        "a:\n  - b\n c",
        "a:\n  - b\n - c",
        "a:\n  - b\n  c: d",
        # Brackets and what is between them.
        "[a, b",
        "[a, b]]",
        "[a, b}",
        "{a: 1]",
        "[,]",
        "[a,, b]",
        "{a: 1,, b: 2}",
        "[- a]",
        "[a, - b]",
        "{a: - b}",
        "[a] b",
        "[a][b]",
        "{a: 1} b",
        "{a: 1}\nb: 2",
        "[a]\n]",
        "{a: b: c}",
        "{a: 'b' c}",
        "{'a' 'b'}",
        "['a' 'b']",
        "[|\n  a]",
        "{[a]: b}",
        "{a: [b, c}",
        # Quotes.
        '"a" b',
        '"a',
        "'a",
        "'a' # b\n'c'",
        'a: "\\q"',
        "a: '\\' 'b",
        'a: "\\x4"',
        "a: 'b'c",
        # Text in lines.
        "a: | b",
        "a: > b\n  c",
        "a: |0\n  b",
        "a: |10\n  b",
        "a: |--\n  b",
        "a: |2\n b",
        "a: >\n   \n  b",
        "a: |\n    b\n  c",
        "a: |\nb",
        # Comments that end a text, which goes on.
        "a: b # c\n  d",
        "a: b\n  # c\n  d",
        "a # b\nc",
        "[a # b\n c]",
        # Names and tags, at any place.
        "a: *b",
        "a: &b",
        "a: &b &c d",
        "&a - b",
        "&a a: &b\nc: d",
        "a: &b *c",
        "*a",
        "a: !b",
        "a: !<b> c",
        "a: !!{} b",
        "!a!b c",
        "- ! a",
        "a: &b !c d",
        # Signs that begin nothing.
        "a: @b",
        "a: `b",
        "a: %b",
        "a: ]",
        "a: }",
        "a: , b",
        "- @",
        # Tabs where spaces belong.
        "\ta: 1",
        "a:\n\tb: 1",
        "-\ta: 1",
        "- a\n\t- b",
        "a:\tb",
        "a: [\n\tb]",
        'a: "b\n\tc"',
        "a: |\n\tb",
        "a: >\n \n\tb",
    ],
)
def test_what_is_no_yaml_is_refused(text: str) -> None:
    for end in ("", "\n"):
        assert complaints(text + end)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("a: [b, # c\n  d,\n# e\n\n  f]", {"a": ["b", "d", "f"]}),
        ("[a,\nb]", ["a", "b"]),
        ("'a\nb'", "a b"),
        ("- [a,\n b]\n- 'c\n d'", [["a", "b"], "c d"]),
        ("a:\n- [b,\n c]", {"a": [["b", "c"]]}),
        ("- a: [b,\n   c]", [{"a": ["b", "c"]}]),
        ('a: ["b\n # c"]', {"a": ["b # c"]}),
        ("a: 'b#c ?d' # e?", {"a": "b#c ?d"}),
        ("a: b#c?\nd: e ?f", {"a": "b#c?", "d": "e ?f"}),
        ("a: |\n\n  b ?c\n  'd'# e\n", {"a": "\nb ?c\n'd'# e\n"}),
        ("a: |\n \n  b\n \n     \n", {"a": "\nb\n\n   \n"}),
        ("a: |\n      \n", {"a": ""}),
        ("?a: b", {"?a": "b"}),
        ("a: [-b, '-']", {"a": ["-b", "-"]}),
        ("--- # a\nb: c\n... # d", {"b": "c"}),
    ],
)
def test_what_is_yaml_is_read(text: str, meant: Any) -> None:
    assert load(text) == meant


def test_a_text_is_not_endless() -> None:
    longest = "x" * strictyaml.MAX_TEXT
    assert load(f"a: {longest}") == {"a": longest}
    for text in (f"a: {longest}x", f"a: '{longest}x'", f"a: |\n  {longest}x", "a: " + "1" * 3000):
        [problem] = complaints(text)
        assert problem.startswith("f.yaml:1:4: a: found a text of ")
    assert "a text of 2001 characters" in complaints(f"{longest[:1000]} {longest[:1000]}")[0]


def test_a_file_with_too_many_values_is_refused_soon() -> None:
    [problem] = complaints("a: [" + "b, " * 60_000 + "}")
    assert problem == "f.yaml:1:1: found more than 50000 keys and values; split the file"


def test_comments_are_given_with_their_places() -> None:
    text = "# a\nb: 'c # d' # e\nf: [g, # h\n  i] # j\n  # k\n"
    assert [
        (comment.text, comment.line, comment.column, comment.alone, comment.inside)
        for comment in strictyaml.comments(text.encode())
    ] == [
        ("# a", 1, 1, True, False),
        ("# e", 2, 12, False, False),
        ("# h", 3, 8, False, True),
        ("# j", 4, 6, False, False),
        ("# k", 5, 3, True, False),
    ]


def test_tabs_in_comments_are_harmless() -> None:
    assert load("# a\tb\na: 'x' # c\td\t\n") == {"a": "x"}


def test_a_duplicate_key_names_the_first_and_does_not_replace_it() -> None:
    value, problems = read(b"a: 1\nb:\n  c: 2\n  'c': 3\na: 4\na: 5\n", "f")
    assert [(p.line, p.column, p.path) for p in problems] == [
        (4, 3, "b.c"),
        (5, 1, "a"),
        (6, 1, "a"),
    ]
    assert "line 3" in problems[0].message
    assert "line 1" in problems[2].message
    assert plain(value) == {"a": Decimal(1), "b": {"c": Decimal(2)}}


def test_many_problems_come_in_one_go_and_sorted() -> None:
    found = complaints('a: &x 1 # \u200b\na: 0x1\nb: c\td\ne: "\\e"\n')
    assert [problem.split(":")[1] for problem in found] == ["1", "1", "2", "2", "3", "4"]


def test_a_file_full_of_problems_gives_the_first_hundred() -> None:
    assert len(complaints("a: 1\n" * 5000)) == 100


@pytest.mark.parametrize("text", ["[" * 100_000, "- " * 100_000, "{a: \n" * 100_000])
def test_deep_nesting_is_one_problem(text: str) -> None:
    [problem] = complaints(text)
    assert "20 levels" in problem


def test_twenty_levels_are_not_too_deep() -> None:
    assert complaints("[" * 20 + "]" * 20) == []


def test_a_problem_never_carries_what_it_reports() -> None:
    problem = Problem("a\x1b[31m.yaml", 1, 1, "b\u202e", "found\r\u200b")
    assert str(problem) == "aU+001B[31m.yaml:1:1: bU+202E: foundU+000DU+200B"


@given(st.decimals(allow_nan=False, allow_infinity=False))
def test_any_number_is_read_exactly(number: Decimal) -> None:
    found = load(f"a: {number:f}\n")["a"]
    assert isinstance(found, Decimal)
    assert found.as_tuple() == Decimal(f"{number:f}").as_tuple()


@given(
    st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), min_size=1).filter(
        lambda text: visible(text) == text
    )
)
def test_any_visible_text_in_quotes_is_read_as_it_is(text: str) -> None:
    quoted = "'" + text.replace("'", "''") + "'"
    assert load(f"a: {quoted}\n") == {"a": text}


PIECES = [*"ab:-?[]{},\"'#|>&*!@%\\~.1 \t\n\r\0\ufeff\u2028é", ": ", "- ", "\n  ", "k: ", "<<: "]
PIECES += [
    "\n---\n",
    "|\n  ",
    "!!str ",
    "&x ",
    "*x",
    '"\\e"',
    "\\ud800",
    "1e3",
    "0x1",
    "\r\n",
    "{a: }",
]
yaml_like = st.lists(st.sampled_from(PIECES), max_size=15).map(
    lambda pieces: "".join(pieces).encode()
)


@given(st.binary() | st.text().map(str.encode) | yaml_like)
def test_no_input_upsets_the_reader_and_both_parsers_agree(data: bytes) -> None:
    found = read(data, "f.yaml")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(strictyaml, "_FAST", yaml.SafeLoader)
        assert read(data, "f.yaml") == found
    value, problems = found
    assert value is not None or problems
    assert problems == sorted(problems)
    for problem in problems:
        assert not strictyaml._UNSAFE.search(str(problem))
        assert "\n" not in str(problem)
    check_texts(value, lambda text: not strictyaml._UNSAFE.search(text))


def check_texts(value: Value | None, fine: Callable[[str], bool]) -> None:
    """No text in the value, not even a key, may hold an unsafe character."""
    if value is None:
        return
    assert fine(value.text)
    assert fine(value.path)
    if isinstance(value.data, dict):
        for key, item in value.data.items():
            assert fine(key)
            check_texts(item, fine)
    elif isinstance(value.data, list):
        for item in value.data:
            check_texts(item, fine)


# By what can be found of them in Unicode: characters that nobody sees, and how they are taken.
HIDDEN = [
    0xAD,
    0x34F,
    0x61C,
    0x115F,
    0x1160,
    0x17B4,
    0x200B,
    0x200E,
    0x202E,
    0x2060,
    0x2064,
    0x2066,
]
HIDDEN += [*range(0x206A, 0x2070), 0x3164, 0xFEFF, 0xFFA0, 0xFFF9, 0xFDD0, 0x1D173, 0xE0001]
HIDDEN += [*range(0xE0020, 0xE0080), 0xE0100, 0xE01EF]


@pytest.mark.parametrize("code", HIDDEN, ids="U+{:04X}".format)
def test_what_nobody_sees_is_refused_and_shown(code: int) -> None:
    assert f"found the character U+{code:04X}" in complaints(f"a: b{chr(code)}c")[0]
    assert visible(f"b{chr(code)}c") == f"bU+{code:04X}c"
    assert f"U+{code:04X}" in complaints(f'a: "\\U{code:08X}"')[0]


@pytest.mark.parametrize(
    "name",
    [
        "خانه‌ام",  # Persian, with a non-joiner
        "क्‍ष",  # Hindi, with a joiner
        "支付宝",
        "परिवार",
        "👨‍👩‍👧 ❤️",  # emoji, with joiners and a variation selector
        "Touch 'n Go",
        "ᠮᠣᠩᠭᠣᠯ᠎ᠠ",  # Mongolian, with its vowel separator
    ],
)
def test_what_names_need_is_taken(name: str) -> None:
    assert load(f'a: "{name}"') == {"a": name}
    assert visible(name) == name
