"""Strict YAML 1.2: plain data with positions, or problems that say how to mend the file.

Only the core schema, read narrowly: `true` and `false` are the only booleans, numbers are decimal
and exact, and what merely looks like a date, a time, a telephone number or a code stays text.
Anchors, tags, directives, duplicate keys, tabs and characters that cannot be seen are refused, and
so is what is no YAML at all, though PyYAML reads it: lines in brackets or quotes that are not
indented, a comment without a space before it.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import islice
from typing import NamedTuple, TypeAlias

import yaml

from walletpick.facts.characters import UNSAFE_CLASS, visible
from walletpick.language import N_, _
from walletpick.reading.place import MAX_BYTES
from walletpick.reading.problem import Problem, in_file
from walletpick.reading.syntax import syntax_problem

MAX_DEPTH = 20
# The longest text, in characters; the longest of the catalog has 453.
MAX_TEXT = 2000
# The most keys, values and items of a file.
MAX_NODES = 50_000
# Beyond so many problems of one pass the file is hardly what it should be.
MAX_PROBLEMS = 100

# In quotes because CSafeLoader is only there with libyaml.
_Parser: TypeAlias = "type[yaml.SafeLoader] | type[yaml.CSafeLoader]"
# The fast parser reads what is right. It differs from the pure one in the wording and place of
# errors, and takes a few forms that the pure one refuses. So as soon as anything is wrong the pure
# parser reads the text again and has the last word: results never depend on the installation.
_PURE: _Parser = yaml.SafeLoader
_FAST: _Parser = getattr(yaml, "CSafeLoader", _PURE)

_UNSAFE = re.compile(f"[{UNSAFE_CLASS}]")
_SUSPECT = re.compile(f"[{UNSAFE_CLASS}]|^%", re.MULTILINE)
# Stands for a refused character while the rest of the text is read.
_STAND_IN = "\ufffd"

_WORDS = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
# No plus sign and no leading zero: +44 and 010 are parts of telephone numbers and codes.
_NUMBER = re.compile(r"-?(?:(?:0|[1-9][0-9]*)(?:\.[0-9]*)?|\.[0-9]+)")
# Numbers to YAML, refused here: they are most often a slip, and hard to read when they are not.
_REFUSED_NUMBERS = (
    (re.compile(r"0o[0-7]+"), N_("an octal number; write a decimal number")),
    (re.compile(r"0x[0-9a-fA-F]+"), N_("a hexadecimal number; write a decimal number")),
    (
        re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)[eE][-+]?[0-9]+"),
        N_("a number with an exponent; write the number out"),
    ),
    (
        re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)"),
        N_("not a finite number; write a decimal number"),
    ),
)
_LINE_END = re.compile(r"\n")
# What may begin a comment without a space before it, or mark a key, and is then no valid YAML here.
_MAYBE_LOOSE = re.compile(r"[\[\]{},\"':]#|(?<![^\s\[\]{},\"':])\?")
_LOOSE = re.compile(r"#|(?<![^\s\[\]{},\"':])\?")
_COMMENT_OR_BRACKET = re.compile(r"[{}\[\]]|(?<![^ \t\n])#")
# A key that stands bare in a path.
_PATH_WORD = re.compile(r"[\w-]{1,40}")
_BLOCK_HEADER = re.compile(r"[|>][-+0-9]*(?: |$)", re.MULTILINE)
_INDENT_SIGN = re.compile("[1-9]")
_SPACES = re.compile(" *")


@dataclass(frozen=True, slots=True)
class Value:
    """A piece of data and where it stands in the file (line and column from 1).

    `text` is a scalar as text: as written if it has no quotes (`2016-09`, `1.0`, `NO`), else what
    the quotes hold; it is empty for lists and mappings. `keys` has the position of each key of a
    mapping, and is empty for anything else. A value left out (`key:`) is None, at its key's place.
    """

    data: "str | Decimal | bool | list[Value] | dict[str, Value] | None"
    line: int
    column: int
    path: str
    text: str = ""
    keys: dict[str, tuple[int, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment and where it stands. Its text begins with the number sign.

    `alone` tells whether nothing stands before it on its line, `inside` whether it stands in
    brackets that were opened before it and are closed after it.
    """

    text: str
    line: int
    column: int
    alone: bool
    inside: bool


class _Place(NamedTuple):
    """Where a node stands in the file (line and column from 1), and its path."""

    line: int
    column: int
    path: str


@dataclass(slots=True)
class _Open:
    """A list or mapping that is being read. `key` waits for its value, whose path is `key_path`;
    `keep` tells whether that value will be kept, or only looked through for problems because its
    key is wrong."""

    value: Value
    flow: bool
    # Whether this stands anywhere in a key, which is itself the mistake.
    in_key: bool
    # Where it begins in the text, by index.
    start: int
    key: str | None = None
    key_path: str = ""
    keep: bool = True


@dataclass(frozen=True, slots=True)
class _Span:
    """Where a scalar stands in the text, by index, and its path."""

    start: int
    end: int
    path: str


class _Layout:
    """A text with its lines and all its scalars: what stands where."""

    def __init__(self, text: str, spans: list[_Span]) -> None:
        self.text = text
        self.spans = spans
        self.span_starts = [span.start for span in spans]
        self.line_starts = [0, *(end.end() for end in _LINE_END.finditer(text))]

    def place(self, index: int) -> tuple[int, int]:
        """Give the line and the column of the character at `index`, from 1."""
        line = bisect_right(self.line_starts, index)
        return line, index - self.line_starts[line - 1] + 1

    def scalar_at(self, index: int) -> _Span | None:
        """Give the scalar that holds the character; None if it stands outside of all."""
        number = bisect_right(self.span_starts, index) - 1
        return self.spans[number] if number >= 0 and index < self.spans[number].end else None

    def is_in_comment(self, index: int) -> bool:
        """Tell whether a comment starts on the line before `index`."""
        line_start = index - self.place(index)[1] + 1
        hash_at = self.text.find("#", line_start, index)
        while hash_at >= 0:
            apart = hash_at == line_start or self.text[hash_at - 1] in " \t"
            if apart and self.scalar_at(hash_at) is None:
                return True
            hash_at = self.text.find("#", hash_at + 1, index)
        return False


class _Stop(Exception):
    """Reading on is of no use; the problem is noted."""


def read(data: bytes, file: str) -> tuple[Value | None, list[Problem]]:
    """Read the bytes of one YAML file, calling it `file` in problems. Never raises for bad input.

    Gives the value and the problems, in order of position: all of them, or the first hundred or
    so of a file full of them. The value is given as far as the file can be understood even with
    problems, so that other checks can look at it in the same go; it is None only if there are
    problems. No text in it holds an unsafe character.
    """
    text, problems = _decode(data, file)
    if text is None:
        return None, problems
    clean = _SUSPECT.sub(lambda sign: {"\t": " ", "%": "#"}.get(sign[0], _STAND_IN), text)
    may_be_loose = _MAYBE_LOOSE.search(clean) is not None
    with_spans = may_be_loose or clean != text
    reading = _Reading(clean, file, with_spans=with_spans, limit=1)
    value = reading.run(_FAST)
    if reading.problems and not reading.is_full:
        reading = _Reading(clean, file, with_spans=with_spans, limit=MAX_PROBLEMS)
        value = reading.run(_PURE)
    if may_be_loose and not reading.problems:
        problems += islice(_loose_signs(_Layout(clean, reading.spans), file), MAX_PROBLEMS)
    if clean != text:
        faults = list(islice(_text_faults(_Layout(text, reading.spans), file), MAX_PROBLEMS))
        problems += faults
        # A stand-in can itself break the structure; say nothing of what may be our own doing.
        lines = {fault.line for fault in faults}
        syntax = reading.syntax_problem
        if syntax is not None and lines & {syntax.line, syntax.line - 1}:
            reading.problems.remove(syntax)
    return value, sorted({*problems, *reading.problems})


def comments(data: bytes) -> list[Comment]:
    """Give the comments of a file that `read` reads without a problem, in their order."""
    text, _ = _decode(data, "")
    if text is None or "#" not in text:
        return []
    reading = _Reading(text.replace("\t", " "), "", with_spans=True, limit=1)
    reading.run(_FAST)
    layout = _Layout(text, reading.spans)
    given: list[Comment] = []
    depth = end = 0
    for sign in _COMMENT_OR_BRACKET.finditer(text):
        index = sign.start()
        if index < end or layout.scalar_at(index) is not None:
            continue
        if sign[0] == "#":
            line, column = layout.place(index)
            end = text.index("\n", index)
            alone = not text[index - column + 1 : index].strip()
            given.append(Comment(text[index:end].rstrip(), line, column, alone, depth > 0))
        else:
            depth += 1 if sign[0] in "{[" else -1
    return given


def _decode(data: bytes, file: str) -> tuple[str | None, list[Problem]]:
    """Give the text with LF line ends and a last line end; None if there is no use in reading."""
    if len(data) > MAX_BYTES:
        sentence = N_("found {count} bytes, expected at most {max_bytes}; split the file")
        message = _(sentence, count=len(data), max_bytes=MAX_BYTES)
        return None, [in_file(file, message)]
    problems = []
    if data.startswith(b"\xef\xbb\xbf"):
        message = _("found a byte order mark (U+FEFF); save the file as UTF-8 without one")
        problems.append(in_file(file, message))
        data = data[3:]
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8")
        column = len(before) - before.rfind("\n")
        message = _(
            "found byte 0x{byte:02X}, which is not UTF-8; save the file as UTF-8",
            byte=data[error.start],
        )
        return None, [*problems, Problem(file, before.count("\n") + 1, column, "", message)]
    text = text.replace("\r\n", "\n")
    # Where the file ends without a line end, the two parsers disagree on the last line's length.
    return text if text.endswith("\n") else text + "\n", problems


def _text_faults(layout: _Layout, file: str) -> Iterator[Problem]:
    """Yield a problem for every unsafe character, each line's first tab, and every directive."""
    tab_line = 0
    for sign in _SUSPECT.finditer(layout.text):
        line, column = layout.place(sign.start())
        if sign[0] == "\t":
            # Behind a line's first tab the others tell nothing new: either all stand in the same
            # comment or the line is to be mended anyway.
            if tab_line == line:
                continue
            tab_line = line
            if layout.is_in_comment(sign.start()):
                continue
            message = _("found a tab, expected spaces; put spaces in its place")
        elif sign[0] == "%":
            message = _(
                "found a line that starts with '%', a YAML directive; delete the line, "
                "or indent it if it is text"
            )
        else:
            message = _(
                "found the character U+{code:04X}, which cannot be seen; delete it",
                code=ord(sign[0]),
            )
        scalar = layout.scalar_at(sign.start())
        yield Problem(file, line, column, scalar.path if scalar else "", message)


def _loose_signs(layout: _Layout, file: str) -> Iterator[Problem]:
    """Yield a problem for every comment that nothing parts from what is before it, and for every
    `?` that marks a key."""
    text, comment_end = layout.text, 0
    for sign in _LOOSE.finditer(text):
        index = sign.start()
        if index < comment_end or layout.scalar_at(index) is not None:
            continue
        if sign[0] == "?":
            message = _("found '?' as the mark of a key; delete it, or put the text in quotes")
        else:
            comment_end = text.index("\n", index)
            if index == 0 or text[index - 1] in " \n":
                continue
            message = _("found a comment right behind other text; put a space before the '#'")
        yield Problem(file, *layout.place(index), "", message)


def _events(text: str, parser: _Parser) -> Iterator[yaml.Event]:
    """Give the parser's events for the text; raises YAMLError and nothing else."""
    loader = parser(text)
    try:
        while (event := loader.get_event()) is not None:
            yield event
    except (ValueError, OverflowError) as error:
        # The parsers hand the number in an escape such as \UFFFFFFFF to chr() unchecked.
        mark = loader.get_mark() if isinstance(loader, yaml.SafeLoader) else None
        raise yaml.MarkedYAMLError(problem="no such character", problem_mark=mark) from error
    finally:
        loader.dispose()


class _Reading:
    """One pass of one parser over a text, from its events to a value. Uses no recursion, and
    stops at the first event that is too deep, so that no text can exhaust the stack."""

    def __init__(self, text: str, file: str, *, with_spans: bool, limit: int) -> None:
        self.text = text
        self.file = file
        self.problems: list[Problem] = []
        self.syntax_problem: Problem | None = None
        # The scalars in order, gathered only if wanted.
        self.spans: list[_Span] = []
        self.with_spans = with_spans
        # After so many problems the reading stops.
        self.limit = limit
        self.nodes = 0
        self.is_full = False
        self.root: Value | None = None
        self.stack: list[_Open] = []

    def run(self, parser: _Parser) -> Value | None:
        """Read the text; give its value, None if it cannot be made out."""
        documents = 0
        try:
            for event in _events(self.text, parser):
                if isinstance(event, yaml.ScalarEvent):
                    self._scalar(event)
                elif isinstance(event, yaml.CollectionStartEvent):
                    self._start(event)
                elif isinstance(event, yaml.CollectionEndEvent):
                    self._end(event)
                elif isinstance(event, yaml.AliasEvent):
                    self._alias(event)
                elif isinstance(event, yaml.DocumentStartEvent):
                    documents += 1
                    if documents > 1:
                        sentence = N_(
                            "found a second document ('---'), expected one; put it in"
                            " a file of its own"
                        )
                        self._problem(_Place(*_start_of(event), ""), sentence)
                        break
            if documents == 0:
                self._problem(
                    _Place(1, 1, ""), N_("found no data, expected a YAML document; fill the file")
                )
        except _Stop:
            return None
        except yaml.YAMLError as error:
            self._syntax(error)
            return None
        return self.root

    def _problem(self, at: _Place, sentence: str, **places: object) -> None:
        self.problems.append(Problem(self.file, *at, _(sentence, **places)))
        if len(self.problems) >= self.limit:
            raise _Stop

    # Nodes. Each is the document itself, an item of a list, a key, or the value of a key.

    def _next(self, event: yaml.NodeEvent) -> tuple[bool, _Place]:
        """Tell whether the next node is a key, and where it stands: the path of a key is that of
        its mapping."""
        self.nodes += 1
        if self.nodes > MAX_NODES:
            self.is_full = True
            sentence = N_("found more than {max_nodes} keys and values; split the file")
            self._problem(_Place(1, 1, ""), sentence, max_nodes=MAX_NODES)
            raise _Stop
        is_key, path = False, ""
        if self.stack:
            parent = self.stack[-1]
            path = parent.key_path
            if isinstance(parent.value.data, list):
                path = f"{parent.value.path}[{len(parent.value.data)}]"
            elif parent.key is None:
                is_key, path = True, parent.value.path
        line, column = _start_of(event)
        return is_key, _Place(line, column, path)

    def _put(self, value: Value, is_key: bool = False) -> None:
        """Put the value where it belongs. As a key it is wrong, and what it waits for as well."""
        if is_key:
            self._await_value("?", _key_path(value.path, "?"), keep=False)
            return
        if not self.stack:
            self.root = value
            return
        parent = self.stack[-1]
        if isinstance(parent.value.data, list):
            parent.value.data.append(value)
        elif isinstance(parent.value.data, dict):
            if parent.key is not None and parent.keep:
                parent.value.data[parent.key] = value
            parent.key = None

    def _await_value(self, key: str, key_path: str, *, keep: bool) -> None:
        parent = self.stack[-1]
        parent.key, parent.key_path, parent.keep = key, key_path, keep

    def _alias(self, event: yaml.AliasEvent) -> None:
        is_key, at = self._next(event)
        sentence = N_(
            "found the alias '*{alias}'; aliases are not allowed: write the value"
            " out, or put it in quotes if it is text"
        )
        self._problem(at, sentence, alias=visible(event.anchor or "", 40))
        self._put(Value(None, *at), is_key)

    def _start(self, event: yaml.CollectionStartEvent) -> None:
        is_key, at = self._next(event)
        in_key = bool(self.stack) and self.stack[-1].in_key
        if len(self.stack) >= MAX_DEPTH:
            sentence = N_("found more than {max_depth} levels of nesting; make the data flatter")
            self._problem(at, sentence, max_depth=MAX_DEPTH)
            raise _Stop
        self._properties(event, event.tag, at)
        value = Value({} if isinstance(event, yaml.MappingStartEvent) else [], *at)
        if is_key and not in_key:
            sentence = N_(
                "found a list or mapping as a key, expected text; "
                "use text as the key, or put it in quotes if it is text"
            )
            self._problem(at, sentence)
        self._put(value, is_key)
        start = event.start_mark.index if event.start_mark is not None else 0
        self.stack.append(_Open(value, bool(event.flow_style), is_key or in_key, start))

    def _end(self, event: yaml.CollectionEndEvent) -> None:
        ended = self.stack.pop()
        in_block = not self.stack or not self.stack[-1].flow
        if ended.flow and in_block and event.end_mark and event.end_mark.line >= ended.value.line:
            self._check_lines(ended.start, event.end_mark.index, N_("brackets"), ended.value.path)

    def _column_of_block(self) -> int:
        """Give the column of the innermost list or mapping without brackets; 0 without one."""
        return next((each.value.column for each in reversed(self.stack) if not each.flow), 0)

    def _check_lines(self, start: int, end: int, inside: str, path: str) -> None:
        """Note the first line between two places that is not indented deeper than what it is in.

        Only the pure rules of YAML ask for it; in brackets, comments may stand anywhere.
        """
        outer = self._column_of_block()
        for line_end in _LINE_END.finditer(self.text, start, end):
            first = _SPACES.match(self.text, line_end.end(), end)
            assert first is not None
            deep = first.end() - first.start()
            if deep >= outer:
                continue
            sign = self.text[first.end()]
            if sign == "\n" or (sign == "#" and inside == "brackets"):
                continue
            line = self.text.count("\n", 0, first.end()) + 1
            sentence = N_(
                "found a line inside {inside} that is indented no deeper than what it"
                " belongs to; start it in column {column} or further right"
            )
            self._problem(
                _Place(line, deep + 1, path), sentence, inside=_(inside), column=outer + 1
            )
            return

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        is_key, at = self._next(event)
        text, tag, plain = event.value, event.tag, not event.style
        if is_key:
            at = _Place(at.line, at.column, _key_path(at.path, text))
        if event.start_mark is not None and event.end_mark is not None:
            start = event.start_mark.index
            if self.text.startswith("!", start):
                # The fast parser forgets a bare `!`.
                tag = tag or "!"
            if event.style in ("|", ">"):
                start = self._block_text(event.style, start, at)
            elif event.style and event.end_mark.line >= at.line:
                self._check_lines(start, event.end_mark.index, N_("quotes"), at.path)
            if self.with_spans:
                self.spans.append(_Span(start, event.end_mark.index, at.path))
        self._properties(event, tag, at)
        text = self._mended(text, at, quoted=event.style == '"')
        if plain and self.stack and self.stack[-1].flow:
            if text == "-":
                self._problem(at, N_("found a lone '-' in brackets; put it in quotes"))
            if "?" in text:
                # Only the fast parser takes this; the pure one will tell how it has to be written.
                self._problem(at, N_("found '?' in brackets; put the text in quotes"))
        if is_key:
            self._key(text, plain, at)
            return
        data = self._resolve(text, at) if plain and tag is None else text
        if plain and not text and self.stack:
            # The parsers disagree on where nothing stands. Its key is what a reader looks for.
            parent = self.stack[-1]
            at = _Place(*parent.value.keys.get(parent.key or "", at[:2]), at.path)
        self._put(Value(data, at.line, at.column, at.path, text))

    def _mended(self, text: str, at: _Place, *, quoted: bool) -> str:
        """Note what a text may not hold, and give it without that."""
        if quoted and (unsafe := _UNSAFE.search(text)) is not None:
            sentence = N_(
                "found an escape for U+{code:04X} in double-quoted text, a character"
                " that cannot be seen; delete it"
            )
            self._problem(at, sentence, code=ord(unsafe[0]))
            text = _UNSAFE.sub(_STAND_IN, text)
        if len(text) > MAX_TEXT:
            sentence = N_(
                "found a text of {count} characters, expected at most {max_text}; shorten it"
            )
            self._problem(at, sentence, count=len(text), max_text=MAX_TEXT)
            text = text[:MAX_TEXT]
        return text

    def _block_text(self, style: str, start: int, at: _Place) -> int:
        """Give the index of the end of a block text's first line, which is no text yet and may
        hold a comment. `start` may be that of an anchor or tag before the indicator."""
        indicator = self.text.index(style, start)
        if not (header := _BLOCK_HEADER.match(self.text, indicator)):
            # Only the fast parser takes `|#`; the pure one will tell how it has to be written.
            self._problem(at, N_("found more than a line end after {style}"), style=style)
        if at.column <= self._column_of_block():
            sentence = N_("found {style} no deeper than the key that it belongs to; indent it")
            self._problem(at, sentence, style=style)
        first_end = self.text.index("\n", indicator)
        if header and not _INDENT_SIGN.search(header[0]):
            self._check_blank_lines(first_end, at)
        return first_end

    def _check_blank_lines(self, first_end: int, at: _Place) -> None:
        """Note a line of spaces alone, above the first line of a block text, that is longer than
        the indentation of that line: it would be taken for the indentation. `first_end` is the end
        of the line on which the text is announced."""
        line, longest, longest_line = at.line, 0, 0
        for line_end in _LINE_END.finditer(self.text, first_end):
            line += 1
            spaces = _SPACES.match(self.text, line_end.end())
            assert spaces is not None
            deep = spaces.end() - spaces.start()
            if spaces.end() == len(self.text):
                return
            if self.text[spaces.end()] != "\n":
                if longest > deep >= self._column_of_block():
                    sentence = N_(
                        "found a line of spaces that is longer than the indentation of the text"
                        " below it; leave that line empty"
                    )
                    self._problem(_Place(longest_line, 1, at.path), sentence)
                return
            if deep > longest:
                longest, longest_line = deep, line

    def _key(self, text: str, plain: bool, at: _Place) -> None:
        """Take the next key of the innermost mapping: any text, `NO` and `12` as they stand."""
        keys = self.stack[-1].value.keys
        before = len(self.problems)
        if not text:
            self._problem(at, N_("found an empty key; write the key before the colon"))
        elif plain and text == "<<":
            sentence = N_("found the merge key '<<'; merging is not allowed: write the keys out")
            self._problem(at, sentence)
        elif text in keys:
            sentence = N_(
                "found the key '{text}' a second time (first on line {line}), expected"
                " it once; delete one of the two or join them"
            )
            self._problem(at, sentence, text=visible(text, 40), line=keys[text][0])
        else:
            keys[text] = at[:2]
        self._await_value(text, at.path, keep=len(self.problems) == before)

    def _resolve(self, text: str, at: _Place) -> str | Decimal | bool | None:
        if text in _WORDS:
            return _WORDS[text]
        if _NUMBER.fullmatch(text):
            return Decimal(text)
        for pattern, meaning in _REFUSED_NUMBERS:
            if pattern.fullmatch(text):
                sentence = N_("found {text}, {meaning}, or put it in quotes if it is text")
                self._problem(at, sentence, text=visible(text, 40), meaning=_(meaning))
        return text

    def _properties(self, event: yaml.NodeEvent, tag: str | None, at: _Place) -> None:
        if event.anchor is not None:
            sentence = N_(
                "found the anchor '&{anchor}'; anchors are not allowed: delete it, or"
                " put it in quotes if it is text"
            )
            self._problem(at, sentence, anchor=visible(event.anchor, 40))
        if tag is not None:
            tag = visible(tag.replace("tag:yaml.org,2002:", "!!"), 40)
            sentence = N_(
                "found the tag '{tag}'; tags are not allowed: delete it, or put it in"
                " quotes if it is text"
            )
            self._problem(at, sentence, tag=tag)

    def _syntax(self, error: yaml.YAMLError) -> None:
        opened = None
        if self.stack and self.stack[-1].flow:
            bracket = self.stack[-1].value
            opened = (bracket.line, bracket.column, isinstance(bracket.data, list))
        self.syntax_problem = syntax_problem(error, self.text, self.file, opened)
        self.problems.append(self.syntax_problem)


def _start_of(event: yaml.Event) -> tuple[int, int]:
    mark = event.start_mark
    return (1, 1) if mark is None else (mark.line + 1, mark.column + 1)


def _key_path(path: str, key: str) -> str:
    """Give the path of a key's value. A key is cut to a readable length."""
    if not _PATH_WORD.fullmatch(key):
        return f'{path}["{visible(key, 40)}"]'
    return f"{path}.{key}" if path else key
