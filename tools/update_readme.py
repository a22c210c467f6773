"""Puts the real output under every command with a screen in README.md and README.zh-CN.md.

Run it after a change of the catalog, of the output or of its Chinese: `python
tools/update_readme.py`. A test runs `render()` and compares, so no README shows what the program
does not print.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

from walletpick.language import Language

ROOT = Path(__file__).resolve().parent.parent
# Each README, and the language of its screens.
READMES: dict[str, Language] = {"README.md": "en", "README.zh-CN.md": "zh"}
# The day the screens are of: ages and staleness depend on it.
DAY = "2026-11-28"

_SCREEN = re.compile(r"(?P<head>```console\n\$ (?P<command>[^\n]+)\n)(?:.*?)```", re.DOTALL)
# An interview, of which some questions are shown ("..." for what is left out) and the answer.
_INTERVIEW = re.compile(
    r"(?P<head>```text\n\$ printf '%s\\n' (?P<typed>[^\n]*) \| (?P<command>[^\n]+)\n)"
    r"(?P<shown>.*?)```",
    re.DOTALL,
)
_SHOWN = re.compile(r"(?:^(?!\.\.\.$).+\n)+", re.MULTILINE)


def render(text: str, language: Language) -> str:
    """Return a README's text with the output of each command put anew, in a language."""
    # All that the commands share is the catalog, which takes long to compile.
    with tempfile.TemporaryDirectory() as cache:
        return _rendered(text, language, cache)


def _rendered(text: str, language: Language, cache: str) -> str:
    def screen(match: re.Match[str]) -> str:
        return f"{match['head']}{_run(match['command'], language, cache).stdout}```"

    def interview(match: re.Match[str]) -> str:
        answers = "".join(f"{line}\n" for line in shlex.split(match["typed"]))
        done = _run(match["command"], language, cache, answers)
        printed = re.split(r"\n{2,}", (done.stderr + done.stdout).strip())

        def anew(shown: re.Match[str]) -> str:
            number = re.match(r"\d+\. ", shown[0])
            if number is None:
                return f"{printed[-1]}\n"
            asked = [part for part in printed if part.startswith(number[0])]
            assert asked, f"{match['command']}: there is no question {number[0]}"
            return f"{asked[0]}\n"

        return f"{match['head']}{_SHOWN.sub(anew, match['shown'])}```"

    return _INTERVIEW.sub(interview, _SCREEN.sub(screen, text))


def _run(
    command: str, language: Language, cache: str, typed: str = ""
) -> subprocess.CompletedProcess[str]:
    name, *arguments = shlex.split(command)
    assert name == "walletpick", command
    with tempfile.TemporaryDirectory() as home:
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": home,
            "XDG_CACHE_HOME": cache,
            "COLUMNS": "80",
            "LANG": "C.UTF-8",
            "PYTHONUTF8": "1",
            "WALLETPICK_LANG": language,
            "WALLETPICK_TODAY": DAY,
        }
        return subprocess.run(
            [sys.executable, "-m", "walletpick", *arguments],
            cwd=ROOT,
            env=environment,
            input=typed,
            capture_output=True,
            encoding="utf-8",
            check=True,
        )


if __name__ == "__main__":
    from translations import compile_all

    compile_all()
    for page, spoken in READMES.items():
        path = ROOT / page
        path.write_text(render(path.read_text(encoding="utf-8"), spoken), encoding="utf-8")
