"""Every line that a checklist may hold has its words, and every text is the words of a line."""

from __future__ import annotations

import ast
import tomllib
from functools import cache

from running import ROOT

from walletpick.answers.complain import matter_of
from walletpick.facts.vocabulary import DIFFICULTIES, MATTERS
from walletpick.words.checklist import MADE

PACKAGE = ROOT / "walletpick"
TEXTS = tomllib.loads((PACKAGE / "words" / "checklist.en.toml").read_text(encoding="utf-8"))
ASKED_FOR = [(*matter_of(about).rights, *matter_of(about).covers) for about in MATTERS]
# What a matter names to do first, but for what takes more than a line of its own.
FIRST = {says for about in (None, *MATTERS) for says in matter_of(about).first}
# Lines whose names the answers put together, or that say something else in short.
JOINED = {
    "lines": {
        *(f"difficulty-{word}" for word in DIFFICULTIES),
        *("closing-fee", "inactivity-fee", "not-listed-no-law", "not-known-no-law"),
        *(FIRST - {"freeze", "reach", "fees-page", "other-way-in", "fraud-line"}),
        *("bank-first", "card-first", "by-law-if"),
        *(f"{whose}answers-{when}" for whose in ("", "wallet-") for when in ("by", "within")),
        *("ties-in-short", "help-in-short", "help-pages-in-short", "help-if-none"),
        "ask-to-close-by",
    },
    "unknown": {
        *("closing-fee", "inactivity-fee"),
        *("answers-within", "bank-answers-within", "card-answers-within"),
        *(asked[0] for asked in ASKED_FOR if asked),
    },
}


@cache
def trees() -> list[ast.Module]:
    names = ("checklist", "leave_steps", "complain_steps")
    return [ast.parse((PACKAGE / "answers" / f"{name}.py").read_text("utf-8")) for name in names]


def named_lines(table: str) -> set[str]:
    """Return the lines of a table that the answers name outright where they make them."""
    names = set()
    for node in (node for tree in trees() for node in ast.walk(tree)):
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            place = {"account.item": 1, "self.item": 1, "to_do": 0, "told": 0, "unknown": 0}
            if called in place and (table == "unknown") == (called == "unknown"):
                says = node.args[place[called]]
                names |= {says.value} if isinstance(says, ast.Constant) else set()
    assert len(names) > 20
    return names


def test_every_line_has_its_words() -> None:
    assert named_lines("lines") | JOINED["lines"] <= {*TEXTS["lines"], *MADE}
    assert named_lines("unknown") | JOINED["unknown"] <= set(TEXTS["unknown"])


def test_every_text_is_the_words_of_a_line() -> None:
    literals = {
        node.value
        for tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert set(TEXTS["unknown"]) == named_lines("unknown") | JOINED["unknown"]
    assert {*TEXTS["lines"], *MADE} <= literals | JOINED["lines"]
