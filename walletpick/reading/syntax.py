"""Mistakes that the YAML parser finds, in plain words: what was found, and what to do about it."""

from __future__ import annotations

import re

import yaml

from walletpick.facts.characters import visible
from walletpick.language import N_, _
from walletpick.reading.problem import Problem

_EMPTY_KEY = re.compile(r"( *)[^\s#].*?: +(\[\]|\{\})(?: +#.*)?")

# Part of the pure parser's message -> what to say; the first that fits. {word} is the word there.
_SYNTAX = {
    "scanning an alias": N_("found {word}; aliases (*) are not allowed, put text in quotes"),
    "scanning an anchor": N_("found {word}; anchors (&) are not allowed, put text in quotes"),
    "scanning a tag": N_("found {word}; tags (!) are not allowed, put text in quotes"),
    "undefined tag handle": N_("found {word}; tags (!) are not allowed, put text in quotes"),
    "cannot start any token": N_(
        "found {word}, but no value may start with this character; put the text in quotes"
    ),
    "could not find expected ':'": N_(
        "found {word} where 'key: value' was expected; put a colon and a space after the key, "
        "or indent this line if it carries on the text above"
    ),
    "mapping values are not allowed": N_(
        "found a colon where no key can be; put the text in quotes if the colon belongs to it, "
        "otherwise check the indentation of this line"
    ),
    "mapping keys are not allowed": N_("found '?' where no key can be; put the text in quotes"),
    "sequence entries are not allowed": N_(
        "found a list item where none can be; put each '- item' on its own line"
    ),
    "scalar: found unexpected": N_(
        "found a quoted text that is never closed; add the closing quote"
    ),
    "unknown escape character": N_(
        "found an unknown escape in double-quoted text; write \\\\ for a backslash, "
        "or use single quotes"
    ),
    "expected escape sequence": N_(
        "found an escape with too few hexadecimal digits in double-quoted text; "
        "write \\\\ for a backslash, or use single quotes"
    ),
    "no such character": N_(
        "found an escape for a character that does not exist; "
        "write the character itself, or use single quotes"
    ),
    "a block scalar": N_(
        "found {word} after | or >, where only the end of the line was expected; "
        "put the text on the next lines, indented"
    ),
    "a flow sequence: expected ','": N_(
        "found {word} where ',' or ']' was expected in the list that starts at line {line}, "
        "column {column}; close the list, or put text with special characters in quotes"
    ),
    "a flow mapping: expected ','": N_(
        "found {word} where ',' or '}}' was expected in the mapping that starts at line {line},"
        " column {column}; close the mapping, or put text with special characters in quotes"
    ),
    "expected the node content": N_(
        "found {word} where a value was expected; write the value, "
        "or put it in quotes if it is text"
    ),
    "a block collection: expected": N_(
        "found {word} where the next item was expected of the list that starts at line {line}; "
        "start every item with '- ' in column {column}, or check the indentation"
    ),
    "a block mapping: expected": N_(
        "found {word} where the next key was expected of the mapping that starts at line"
        " {line}; start every key in column {column}, and quote a whole value or none of it"
    ),
    "expected '<document start>'": N_(
        "found {word} after the end of the data; start every outermost key in the same column, "
        "and close each bracket once"
    ),
}
_OTHER = N_("found {word}, which is not valid YAML here; put the text in quotes")
# Mistakes that are best shown where the thing began instead of where the parser stopped.
_AT_START = {
    "scanning an alias",
    "scanning an anchor",
    "scanning a tag",
    "could not find expected ':'",
    "scalar: found unexpected",
}


def syntax_problem(
    error: yaml.YAMLError, text: str, file: str, bracket: tuple[int, int, bool] | None
) -> Problem:
    """Return the problem that a parser's error tells of.

    It has no path: the parser looks ahead, and at a wrong indentation nobody can tell where the
    line was meant to belong. `bracket` is the line and column of the innermost bracket that is
    still open, and whether it is one of a list.
    """
    line, column = 1, 1
    message = N_("found text that is not valid YAML; compare it with its like")
    if not isinstance(error, yaml.MarkedYAMLError):
        return Problem(file, line, column, "", _(message))
    mark, began = error.problem_mark, error.context_mark
    words = f"{error.context}: {error.problem}"
    part = next((part for part in _SYNTAX if part in words), "")
    message = _SYNTAX.get(part, _OTHER)
    if part in _AT_START and began is not None:
        mark = began
    if mark is None:
        return Problem(file, line, column, "", _(message))
    line, column = mark.line + 1, mark.column + 1
    message = _(
        message,
        word=_word_at(text, mark.index),
        line=began.line + 1 if began is not None else line,
        column=began.column + 1 if began is not None else column,
    )
    if "a block mapping: expected" in words and (pair := _empty_above(text, mark)):
        sentence = N_(
            "found {word} below a key with '{pair}'; take the brackets away if"
            " this line belongs to that key, else check the indentation"
        )
        message = _(sentence, word=_word_at(text, mark.index), pair=pair)
    if bracket is not None and not text[mark.index :].strip():
        line, column, is_list = bracket
        sign, end = "[]" if is_list else "{}"
        message = _(
            "found '{sign}' that is never closed; add the closing '{end}'", sign=sign, end=end
        )
    return Problem(file, line, column, "", message)


def _empty_above(text: str, mark: yaml.Mark) -> str:
    """Return the empty brackets of the key above, if the line at the mark is indented deeper."""
    for line in reversed(text[: mark.index].split("\n")[:-1]):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        key = _EMPTY_KEY.fullmatch(line)
        return key[2] if key and len(key[1]) < mark.column else ""
    return ""


def _word_at(text: str, index: int) -> str:
    """Return the word at the index, or what is there instead."""
    rest = text[index : index + 40]
    if not text[index:].strip():
        return _("the end of the file")
    if rest[0].isspace():
        return _("the end of the line") if rest[0] == "\n" else _("a space")
    return f"'{visible(rest.split()[0], 30)}'"
