"""No sentence that people read is left unmarked for translation, and none is untranslated."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache

import pytest
import translations
from running import ROOT

PACKAGE = ROOT / "walletpick"
SAYING = set(translations.KEYWORDS)
# The help of commands and the descriptions of schemas are collected where they stand; a pattern is
# no text.
ASIDE = {"help", "epilog", "short_help", "description"}
# What comes before `words/` holds no sentence (see test_architecture), and documents hold keys.
WORDLESS = ("bill", "score", "answers", "documents")
# What is written into files, sent to servers, or compared with what a library says.
NOT_READ = (
    "reading/syntax.py",
    "updates/net.py",
    "upkeep/averages.py",
    "upkeep/new.py",
    "upkeep/schemas.py",
)
# Words of the program itself, commands to type, parts of phrases of which the whole are translated,
# and faults of the code.
KNOWN = re.compile(
    r"walletpick [a-z ]+\{.*|up to date|do not know|\(the catalog in use\)|str \| Decimal .*"
    r"|does not (let you|need|have \{\}|run)|is certified for|no such character"
    r"|no words for a \{\}|a value that is a sum has one|cannot read a choice of types: \{\}"
    r"|\{\} problems in the catalog|Show the first N, 0 for all .*"
    r"|In English, as the encoding of this output has no Chinese letters\."
)
_WORD = re.compile(r"[(\"']?[A-Za-z][a-z']*[,.;:)\"']?")


def unmarked(tree: ast.Module) -> Iterator[str]:
    """Yield the texts of three words or more that are not marked; {} is what an f-string puts in."""
    aside: set[ast.AST] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr):
            aside.add(node.value)
        elif isinstance(node, ast.JoinedStr):
            aside.update(node.values)
        elif isinstance(node, ast.Call):
            name = ast.unparse(node.func).rpartition(".")[2]
            inner = [*node.args] if name in SAYING or name == "compile" else []
            inner += [each.value for each in node.keywords if each.arg in ASIDE]
            for each in inner:
                aside.update(ast.walk(each))
    for node in ast.walk(tree):
        if node in aside:
            continue
        if isinstance(node, ast.JoinedStr):
            parts = (part.value if isinstance(part, ast.Constant) else "{}" for part in node.values)
            text = "".join(map(str, parts))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            text = node.value
        else:
            continue
        if len([word for word in text.split() if _WORD.fullmatch(word)]) >= 3:
            yield text


@cache
def translated() -> frozenset[str]:
    """Return every message that is translated; tables of words are collected as a whole."""
    ids = set()
    for path in translations.po_files("zh"):
        for message in translations.read(path, "zh"):
            if message.id:
                ids.update([message.id] if isinstance(message.id, str) else message.id)
    return frozenset(ids)


MODULES = [
    name
    for path in sorted(PACKAGE.rglob("*.py"))
    if (name := path.relative_to(PACKAGE).as_posix()).partition("/")[0] not in WORDLESS
    and name not in NOT_READ
]


@pytest.mark.parametrize("module", MODULES)
def test_every_sentence_is_marked(module: str) -> None:
    tree = ast.parse((PACKAGE / module).read_text(encoding="utf-8"))
    texts = [text for text in unmarked(tree) if text not in translated()]
    assert not [text for text in texts if not KNOWN.fullmatch(text)]


# A percentage as a file keeps it.
_KEPT = ['return number, f"{number:f} %"']


def test_a_percentage_is_said_at_one_place() -> None:
    parted = [
        line.strip()
        for path in sorted(PACKAGE.rglob("*.py"))
        if path != PACKAGE / "language.py"
        for line in path.read_text(encoding="utf-8").splitlines()
        if "} %" in line
    ]
    assert parted == _KEPT, "use percent_words of walletpick/language.py"


def test_every_message_is_translated() -> None:
    assert not list(translations.missing())


def test_the_check_of_marking_can_fail() -> None:
    code = '''"""Not this one, of the module."""
def f(x):
    """Nor this one."""
    print(_("said as it should be"), help="help is collected")
    return f"costs {x} a year", "this is left out", re.compile("a pattern of words"), "two words"
'''
    assert list(unmarked(ast.parse(code))) == ["costs {} a year", "this is left out"]
