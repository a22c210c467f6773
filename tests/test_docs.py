"""What the documents show is what the program prints, and what they name exists."""

from __future__ import annotations

import importlib.util
import re
import shlex
import sys
from pathlib import Path
from types import ModuleType

import pytest
from click.testing import CliRunner
from interviewing import KENYA, typed
from running import walletpick, warm_cache
from small import commands

from walletpick.commands import cli

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = sorted(
    path.relative_to(ROOT).as_posix()
    for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("catalog/*.md")]
)


def readme_tool() -> ModuleType:
    """Return what puts the README's screens anew."""
    spec = importlib.util.spec_from_file_location("update_readme", ROOT / "tools/update_readme.py")
    assert spec is not None
    assert spec.loader is not None
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    return tool


def test_the_screens_of_the_readme_are_up_to_date() -> None:
    tool = readme_tool()
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "$ walletpick rank" in text
    assert tool.render(text) == text, "run: python tools/update_readme.py"


# What is told already, for the example that takes it back.
OWN = """facts:
  - {wallet: wise, country: GB, fact: convert.percent, value: 1 %, source: it, seen: 2026-11-20}
"""
DIARY = """{"schema":"walletpick/diary/1","date":"2026-11-20","wallet":"wise","country":null,"event":"smooth"}
"""


def examples(text: str) -> list[str]:
    """Return the walletpick commands of a text, without what a pipe does to them.

    Left out is what writes, what needs revisions of git, the network or keys, and the check that
    takes warnings for errors. Tests of their own try those.
    """
    writes = r"averages$|fmt(?! --check)|new\b|schema --write"
    network = r"check-links\b|update\b|rollback\b|key\b|root\b|build\b"
    apart = rf"(?!(?:--catalog \S+ )?catalog (?:{writes}|lint --strict|diff\b|{network}))"
    found = re.findall(rf"^ *(?:\$ )?(walletpick {apart}[^\n`]*)$", text, re.MULTILINE)
    return [re.split(r" \| | > |  #", line)[0].strip() for line in found]


def command_examples() -> list[str]:
    found = [line for _, command in commands() for line in examples(command.epilog or "")]
    return found + examples(cli.epilog or "")


def readme_examples() -> list[str]:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```sh\n(.*?)```", text, re.DOTALL)
    inline = re.findall(r"`(walletpick (?:show|list) [^`A-Z\[]+)`", text)
    return [line for block in blocks for line in examples(block)] + inline


@pytest.mark.parametrize("line", [*command_examples(), *readme_examples()])
def test_every_example_works_as_typed(
    line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "me.yaml").write_text("country: US\nuse: [{operation: send, amount: 100}]\n")
    for name in ("needs.yaml", "family.yaml"):
        (tmp_path / name).write_bytes((tmp_path / "me.yaml").read_bytes())
    (tmp_path / "needs.jsonl").write_text('{"country": "US"}\n')
    (tmp_path / "catalog").symlink_to(ROOT / "catalog")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("VISUAL", f"'{sys.executable}' -c pass")
    saved = tmp_path / "config" / "walletpick" / "needs" / "family.yaml"
    saved.parent.mkdir(parents=True)
    saved.write_bytes((tmp_path / "me.yaml").read_bytes())
    told = tmp_path / "data" / "walletpick" / "own.yaml"
    told.parent.mkdir(parents=True)
    told.write_text(OWN)
    told.with_name("diary.jsonl").write_text(DIARY * 2)
    arguments = shlex.split(line)[1:]
    standard_input = "use: [{operation: send, amount: 100}]\n"
    if arguments[0] == "pick":
        standard_input = typed(*KENYA)
    result = CliRunner().invoke(cli, arguments, input=standard_input)
    assert result.exit_code == 0, f"{line}\n{result.output}"
    assert result.output.strip()


def test_the_interview_of_the_readme_goes_as_shown(tmp_path: Path) -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    (block,) = re.findall(
        r"```text\n\$ printf '%s\\n' (.*) \| walletpick (.*)\n((?s:.*?))```", text
    )
    typed_lines, arguments, shown = block
    answers = "".join(f"{line}\n" for line in shlex.split(typed_lines)).encode()
    done = walletpick(
        warm_cache(),
        *shlex.split(arguments),
        stdin=answers,
        WALLETPICK_TODAY=readme_tool().DAY,
        COLUMNS="80",
        HOME=str(tmp_path),
        **{f"XDG_{kind}_HOME": str(tmp_path / kind) for kind in ("CONFIG", "STATE", "DATA")},
    )
    printed = done.stderr.decode() + done.stdout.decode()
    for part in filter(None, map(str.strip, shown.split("...\n"))):
        assert part in printed, part


@pytest.mark.parametrize("document", DOCUMENTS)
def test_links_to_files_lead_somewhere(document: str) -> None:
    path = ROOT / document
    for target in re.findall(r"\]\(([^)#:]+)\)", path.read_text(encoding="utf-8")):
        assert (path.parent / target).exists(), f"{document} links to {target}"
