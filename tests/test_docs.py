"""What the documents show is what the program prints, and what they name exists."""

from __future__ import annotations

import re
import shlex
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from interviewing import KENYA, typed
from running import shipped
from small import commands
from update_readme import READMES, render

from walletpick.commands import cli
from walletpick.language import Language

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = sorted(
    path.relative_to(ROOT).as_posix()
    for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("catalog/*.md")]
)


@pytest.mark.parametrize(("page", "language"), READMES.items())
def test_the_screens_of_a_readme_are_up_to_date(page: str, language: Language) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    assert "$ walletpick rank" in text
    assert "| walletpick pick --plain" in text
    assert render(text, language) == text, "run: python tools/update_readme.py"


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


def readme_examples(page: str) -> list[str]:
    text = (ROOT / page).read_text(encoding="utf-8")
    blocks = re.findall(r"```sh\n(.*?)```", text, re.DOTALL)
    inline = re.findall(r"`(walletpick (?:show|list) [^`A-Z\[]+)`", text)
    return [line for block in blocks for line in examples(block)] + inline


EXAMPLES = [*command_examples(), *(line for page in READMES for line in readme_examples(page))]


@pytest.mark.parametrize("line", dict.fromkeys(EXAMPLES))
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


def test_the_method_in_chinese_says_what_the_english_says() -> None:
    english, chinese = (
        (ROOT / "docs" / name).read_text(encoding="utf-8").replace(".zh-CN.md", ".md")
        for name in ("method.md", "method.zh-CN.md")
    )
    # Names of modules, options and words; addresses; the outline, and what stands out in it.
    for pattern in (r"`[^`\n]+`", r"\]\(([^)]+)\)"):
        assert set(re.findall(pattern, chinese)) == set(re.findall(pattern, english))
    for pattern in (r"^(#+|-|\d+\.) ", r"\n\n", r"\*\*"):
        there = re.findall(pattern, english, re.MULTILINE)
        assert re.findall(pattern, chinese, re.MULTILINE) == there, pattern
    # English spells some figures out.
    figures = r"\d+(?:[.,]\d+)*"
    assert not set(re.findall(figures, english)) - set(re.findall(figures, chinese))


def test_the_readme_in_chinese_has_what_the_english_has() -> None:
    english, chinese = ((ROOT / page).read_text(encoding="utf-8") for page in READMES)
    # The table of commands, and how it is installed.
    for pattern in (r"^\| (`walletpick[^|]*`) \|", r"^python3 -m venv .*$"):
        there = re.findall(pattern, english, re.MULTILINE)
        assert there
        assert re.findall(pattern, chinese, re.MULTILINE) == there, pattern
    # How many wallets and countries there are.
    held = re.findall(r"The catalog holds (\d+) wallets in (\d+)", english)
    assert held == [(str(len(shipped().wallets)), str(len(shipped().countries)))]
    assert re.findall(r"有 (\d+) 个钱包，覆盖 (\d+) 个", chinese) == held


@pytest.mark.parametrize("document", DOCUMENTS)
def test_links_to_files_lead_somewhere(document: str) -> None:
    path = ROOT / document
    for target in re.findall(r"\]\(([^)#:]+)\)", path.read_text(encoding="utf-8")):
        assert (path.parent / target).exists(), f"{document} links to {target}"
