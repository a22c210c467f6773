"""The shape of the code: what is pure stays pure, and nothing loads what it does not need.

Data flows one way: catalog files -> Catalog; options -> Needs; both -> results -> pages -> formats.
"""

from __future__ import annotations

import ast
import builtins
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from running import ROOT, walletpick, warm_cache

PACKAGE = ROOT / "walletpick"

# Documents that name modules. What is a translation names what its original does.
PAGES = ("CONTRIBUTING.md", "docs/method.md", "docs/method.zh-CN.md", "docs/publishing.md")

# The folders in the order in which data flows: each imports only those above it.
FOLDERS = (
    "facts",
    "reading",
    "render",
    "person",
    "bill",
    "score",
    "answers",
    "words",
    "interview",
    "updates",
    "upkeep",
    "documents",
    "pages",
    "commands",
)
# Folders in which everything is pure; modules that are, in folders that are not; and those modules
# of the interview that are the edge to the terminal.
PURE_FOLDERS = ("facts", "bill", "score", "answers", "words", "interview", "documents", "pages")
PURE_BESIDE = (
    "person.entry",
    "person.known",
    "person.needs",
    "updates.release",
    "upkeep.addresses",
    "upkeep.diff",
    "upkeep.effects",
    "upkeep.stale",
    "upkeep.stats",
    "upkeep.suspicions",
    "upkeep.texts",
    "upkeep.trees",
)
EDGES = ("interview.common", "interview.keys", "interview.plain", "interview.unfinished")
# Modules that must be there: else the rule above could pass over nothing.
NAMED_PURE = ("facts.model", "person.needs", "bill.bill", "score.ranking", "words.phrases")

# What pure code may import from outside: nothing that reads a file, a clock, a setting or chance.
HARMLESS = {
    "__future__",
    "collections",
    "collections.abc",
    "dataclasses",
    "datetime",
    "decimal",
    "difflib",
    "functools",
    "itertools",
    "math",
    "msgspec",
    "operator",
    "re",
    "textwrap",
    "types",
    "typing",
    "unicodedata",
}
# Draws with a fixed seed, in the interview alone; `walletpick schema` finds the modules of the
# outputs by name, and reads their docstrings; and tables that are the same wherever this program
# runs stand in files beside the code.
EXCEPTIONS = {
    "walletpick.facts.tables": {"pathlib"},
    # The language is chosen before anything pure runs, and stays.
    "walletpick.language": {"gettext", "pathlib"},
    # Numbers drawn with a fixed seed.
    "walletpick.interview.regions": {"random"},
    "walletpick.score.chance": {"random"},
    "walletpick.documents.schemas": {"importlib", "inspect"},
    # Texts that are data come with the program, like its code.
    "walletpick.words.complaint": {"importlib.resources"},
    # How a word is typed in a shell.
    "walletpick.words.checklist": {"shlex"},
    "walletpick.words.common": {"shlex"},
}

# Calls that reach outside, as `name(...)` or `something.name(...)`.
OUTSIDE_CALLS = {"open", "print", "input", "exec", "eval", "compile", "__import__", "breakpoint"}
CLOCK_CALLS = {"today", "now", "utcnow", "localtime", "time", "monotonic", "perf_counter"}

# The one place for each library that is not always there or costs time to load.
OWNERS = {
    "rich": {"walletpick.render.terminal"},
    "yaml": {"walletpick.reading.strictyaml", "walletpick.reading.syntax"},
    "httpx": {"walletpick.updates.net"},
    "tenacity": {"walletpick.upkeep.links"},
    # git, and the editor of the person.
    "subprocess": {"walletpick.upkeep.revisions", "walletpick.commands.needs"},
    "numpy": set(),
    "phonenumbers": {"walletpick.upkeep.phones"},
    "platformdirs": {
        "walletpick.reading.cache",
        "walletpick.person.private",
        "walletpick.person.saved",
        "walletpick.interview.unfinished",
        "walletpick.updates.store",
    },
    "tuf": {"walletpick.updates.client", "walletpick.updates.publish"},
    "securesystemslib": {"walletpick.updates.publish"},
    "cryptography": {"walletpick.updates.publish"},
    "filelock": {"walletpick.updates.lock"},
    "plotille": {"walletpick.render.plot"},
    "prompt_toolkit": {"walletpick.interview.keys"},
}


@cache
def modules() -> dict[str, Path]:
    """Return every module of the package by its name."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def is_under(module: str, package: str) -> bool:
    return module == package or module.startswith(f"{package}.")


def must_be_pure(module: str) -> bool:
    name = module.removeprefix("walletpick.")
    return name in PURE_BESIDE or (name.partition(".")[0] in PURE_FOLDERS and name not in EDGES)


def folder_of(module: str) -> str:
    """Return the folder that a module of ours stands in; "" for others, and those beside them."""
    package, _, rest = module.partition(".")
    folder = rest.partition(".")[0]
    return folder if package == "walletpick" and folder in FOLDERS else ""


def imports(tree: ast.Module, module: str) -> Iterator[str]:
    """Yield the full name of everything a module imports, also inside functions."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}: a relative import"
            assert node.module
            known = modules()
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                # `from walletpick import places` imports a module, other names stand in one.
                yield whole if whole in known else node.module


@cache
def tree_of(module: str) -> ast.Module:
    return ast.parse(modules()[module].read_text(encoding="utf-8"))


@cache
def imports_of(module: str) -> tuple[str, ...]:
    """Return the full name of everything a module of ours imports (see `imports`)."""
    return tuple(imports(tree_of(module), module))


PURE = [module for module in modules() if must_be_pure(module)]


def test_the_pure_modules_are_there() -> None:
    assert {f"walletpick.{name}" for name in NAMED_PURE} <= set(PURE)
    assert {f"walletpick.{name}" for name in PURE_BESIDE} <= set(PURE)
    assert {f"walletpick.{name}" for name in EDGES} <= set(modules())
    assert len(PURE) < len(modules())


@cache
def reached_from(module: str) -> dict[str, str]:
    """Return every module of ours that a module imports, over others too, and by which way."""
    ways = {module: module}
    open_ends = [module]
    while open_ends:
        here = open_ends.pop()
        for name in imports_of(here):
            if is_under(name, "walletpick") and name not in ways:
                ways[name] = f"{ways[here]} -> {name}"
                open_ends.append(name)
    return ways


@cache
def stains(module: str) -> list[str]:
    """Return what a module does itself that pure code must not."""
    found = []
    allowed = HARMLESS | EXCEPTIONS.get(module, set())
    for name in imports_of(module):
        if not is_under(name, "walletpick") and name not in allowed:
            found.append(f"imports {name}")
    for node in ast.walk(tree_of(module)):
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            last = called.rpartition(".")[2]
            if called in OUTSIDE_CALLS or last in CLOCK_CALLS:
                found.append(f"calls {called} in line {node.lineno}")
        # Not even handed on to be called elsewhere.
        if not isinstance(node, ast.Attribute) or node.attr not in CLOCK_CALLS:
            continue
        if ast.unparse(node.value) in ("date", "datetime"):
            found.append(f"names {ast.unparse(node)} in line {node.lineno}")
    return found


@pytest.mark.parametrize("module", PURE)
def test_pure_code_reaches_neither_files_nor_the_clock_nor_the_terminal(module: str) -> None:
    found = {way: bad for name, way in reached_from(module).items() if (bad := stains(name))}
    assert not found


@pytest.mark.parametrize(
    ("module", "stain"),
    [
        ("walletpick.commands.common", "calls date.today"),
        ("walletpick.reading.load", "imports pathlib"),
        ("walletpick.render.terminal", "imports rich"),
        ("walletpick.reading.strictyaml", "imports yaml"),
    ],
)
def test_the_check_notices_what_is_not_pure(module: str, stain: str) -> None:
    assert any(bad.startswith(stain) for bad in stains(module))
    assert not must_be_pure(module)


def test_what_is_reached_over_others_counts() -> None:
    assert "walletpick.facts.vocabulary" in reached_from("walletpick.pages.rank")
    assert "walletpick.facts.ages" in reached_from("walletpick.score.ranking")
    assert reached_from("walletpick.commands.rank")["walletpick.reading.load"].count("->") >= 2


def test_the_check_of_imports_sees_those_inside_functions() -> None:
    code = "def f():\n    from walletpick.facts import places\n    import os.path\n    from rich.table import Table"
    assert list(imports(ast.parse(code), "x")) == [
        "walletpick.facts.places",
        "os.path",
        "rich.table",
    ]


def test_each_heavy_library_has_one_place() -> None:
    used: dict[str, set[str]] = {}
    for module in modules():
        for name in imports_of(module):
            used.setdefault(name.partition(".")[0], set()).add(module)
    for library, owners in OWNERS.items():
        assert used.get(library, set()) <= owners, library
    assert used["rich"]
    assert used["yaml"]
    terminal = {"walletpick.render.terminal"}
    assert all(is_under(module, "walletpick.commands") for module in used["click"] - terminal)


@pytest.mark.parametrize("package", ["", *(f".{folder}" for folder in FOLDERS[:-1])])
def test_to_import_a_folder_is_to_import_nothing(package: str) -> None:
    """Else a pure module would load what stands beside the one it asks for."""
    assert not list(imports(tree_of(f"walletpick{package}"), package))


def upstream(module: str, tree: ast.Module) -> list[str]:
    """Return what a module imports from a folder below its own."""
    own = FOLDERS.index(folder_of(module))
    names = [name for name in imports(tree, module) if folder_of(name)]
    return [name for name in names if FOLDERS.index(folder_of(name)) > own]


# What is said stands in `words/`: what comes before it holds facts, figures and causes as data. Of
# the interview, whose questions are words of its own, that which works out what to ask.
WORDLESS_FOLDERS = ("facts", "bill", "score", "answers")
WORDLESS_BESIDE = ("interview.elicitation", "interview.knowledge", "interview.regions")
SENTENCES = {
    # What each word of the catalog means, in a table; and that a word is none of them.
    "walletpick.facts.vocabulary": re.compile(".*"),
}


def sentences(tree: ast.Module) -> list[str]:
    """Return the texts of four words or more, docstrings aside; {} is what an f-string puts in."""
    aside = {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    aside |= {
        part for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values
    }
    texts = []
    for node in ast.walk(tree):
        if node in aside:
            continue
        if isinstance(node, ast.JoinedStr):
            parts = (part.value if isinstance(part, ast.Constant) else "{}" for part in node.values)
            texts.append("".join(map(str, parts)))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            texts.append(node.value)
    return [
        text
        for text in texts
        if len([word for word in text.split() if re.search(r"[a-z]|\{\}", word)]) >= 4
    ]


def must_be_wordless(module: str) -> bool:
    name = module.removeprefix("walletpick.")
    return name in WORDLESS_BESIDE or folder_of(module) in WORDLESS_FOLDERS


def test_what_comes_before_words_holds_no_sentence() -> None:
    assert {f"walletpick.{name}" for name in WORDLESS_BESIDE} <= set(modules())
    for module in filter(must_be_wordless, modules()):
        excepted = SENTENCES.get(module, re.compile("(?!)"))
        texts = [text for text in sentences(tree_of(module)) if not excepted.fullmatch(text)]
        assert not texts, module


def test_every_exception_for_sentences_is_needed() -> None:
    for module, excepted in SENTENCES.items():
        assert any(excepted.fullmatch(text) for text in sentences(tree_of(module))), module


def test_the_check_of_sentences_can_fail() -> None:
    code = '''"""This docstring is no sentence."""
def f(x):
    """Nor is this one, of a function."""
    return f"costs {x} a year", "one two three", "and this " "is another", r"a|sentence of|no words"
'''
    assert sentences(ast.parse(code)) == ["costs {} a year", "and this is another"]
    assert sentences(tree_of("walletpick.words.bills"))


def test_every_module_stands_in_a_folder() -> None:
    beside = {module for module in modules() if not folder_of(module)}
    assert beside == {"walletpick", "walletpick.__main__", "walletpick.language"}
    assert {folder_of(module) for module in modules()} - {""} == set(FOLDERS)


def test_no_module_is_too_long_to_read() -> None:
    """One does a single job; the records of the catalog stand in one place, as data do."""
    lengths = {
        path.relative_to(PACKAGE).as_posix(): len(path.read_text(encoding="utf-8").splitlines())
        for path in PACKAGE.rglob("*.py")
    }
    assert {name for name, lines in lengths.items() if lines > 700} == {"facts/model.py"}


def test_no_module_takes_the_name_of_a_builtin() -> None:
    """An import puts a module into its package under its name, where code may mean the builtin."""
    assert not {name for name in modules() if hasattr(builtins, name.rpartition(".")[2])}


def test_data_flows_one_way() -> None:
    """A folder imports only those above it, also inside functions."""
    for module in modules():
        if folder_of(module):
            assert not upstream(module, tree_of(module)), module


def test_the_check_of_the_order_can_fail() -> None:
    code = "def f():\n    from walletpick.words import phrases\nfrom walletpick.facts.money import ZERO"
    assert upstream("walletpick.score.ranking", ast.parse(code)) == ["walletpick.words.phrases"]
    assert not upstream("walletpick.interview.trades", ast.parse(code))


def test_the_list_of_folders_in_contributing_is_what_they_say_of_themselves() -> None:
    lines = []
    for folder in FOLDERS:
        text = ast.get_docstring(tree_of(f"walletpick.{folder}"))
        assert text, folder
        lines.append(f"{folder + '/':<12} {text.splitlines()[0]}")
    listed = "\n".join(lines)
    assert f"```\n{listed}\n```" in (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES)
def test_documents_name_modules_that_there_are(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    for name in re.findall(r"`([a-z]+/[\w/]*(?:\.py|/))`", text):
        assert (ROOT / name).exists() or (PACKAGE / name).exists(), name


def test_pure_modules_do_not_keep_what_they_were_asked() -> None:
    """No `global`, and no cache over arguments that people give."""
    for module in PURE:
        for node in ast.walk(tree_of(module)):
            assert not isinstance(node, ast.Global), f"{module}:{node.lineno}"


# What is loaded when.

# What fits any output to its encoding.
STREAMS = {"walletpick.render", "walletpick.render.streams"}
HEAVY = (
    "rich",
    "yaml",
    "httpx",
    "plotille",
    "prompt_toolkit",
    "questionary",
    "hypothesis",
    "numpy",
)


def loaded(*args: str) -> set[str]:
    """Return the modules that a run of the program imports."""
    done = walletpick(warm_cache(), *args, python=("-X", "importtime"))
    assert done.returncode == 0, done.stderr
    return named(done.stderr)


def named(stderr: bytes) -> set[str]:
    """Return the modules that `-X importtime` lists."""
    lines = stderr.decode().splitlines()
    found = {line.rpartition("|")[2].strip() for line in lines if line.startswith("import time:")}
    assert {"walletpick", "click"} <= found
    return found


def heavy(found: set[str]) -> set[str]:
    return {name for name in found if name.partition(".")[0] in HEAVY}


def test_the_version_loads_almost_nothing() -> None:
    found = loaded("--version")
    assert not heavy(found)
    assert "msgspec" not in found
    ours = {name for name in found if is_under(name, "walletpick")}
    of_the_process = {"walletpick.commands.signals", *STREAMS}
    of_the_process |= {"walletpick.commands.speaking", "walletpick.language"}
    assert ours <= {"walletpick", "walletpick.__main__", "walletpick.commands"} | of_the_process


def test_a_ranking_as_json_needs_neither_rich_nor_yaml() -> None:
    args = ("rank", "--json", "--country", "US", "--use", "send=100")
    # The first run compiles the catalog, should it have changed since these tests began.
    walletpick(warm_cache(), *args)
    found = loaded(*args)
    assert not heavy(found)
    assert "walletpick.reading.load" not in found
    assert "walletpick.score.ranking" in found
    assert {name for name in found if is_under(name, "walletpick.render")} <= STREAMS


def test_the_check_of_what_is_loaded_can_fail(tmp_path: Path) -> None:
    """Without a compiled catalog YAML is read; on a terminal rich draws the table."""
    args = ("rank", "--json", "--country", "US", "--use", "send=100")
    first = walletpick(tmp_path, *args, python=("-X", "importtime"))
    assert {"walletpick.reading.load", "yaml"} <= named(first.stderr)
    assert "rich" in heavy(loaded("rank", "--country", "US", "--use", "send=100"))
    second = walletpick(tmp_path, *args)
    assert json.loads(second.stdout) == json.loads(first.stdout)
