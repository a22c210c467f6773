"""Mistakes that the YAML parser finds, in plain words: what was found, and what to do about it."""

from __future__ import annotations

import re
from functools import cache

import yaml

from walletpick.facts.characters import visible
from walletpick.facts.tables import toml_of
from walletpick.language import N_, _
from walletpick.reading.problem import Problem

_EMPTY_KEY = re.compile(r"( *)[^\s#].*?: +(\[\]|\{\})(?: +#.*)?")

_OTHER = N_("found {word}, which is not valid YAML here; put the text in quotes")
# Mistakes that are best shown where the thing began instead of where the parser stopped.
_AT_START = {
    "scanning an alias",
    "scanning an anchor",
    "scanning a tag",
    "could not find expected ':'",
    "scalar: found unexpected",
}


@cache
def sentences() -> dict[str, str]:
    """Return what `syntax.toml` holds: what to say, by a part of the pure parser's message."""
    return toml_of("reading/syntax.toml", dict[str, dict[str, str]])["sentences"]


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
    part = next((part for part in sentences() if part in words), "")
    message = sentences().get(part, _OTHER)
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
