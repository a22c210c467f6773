"""Puts the real output under every `$ walletpick ...` in README.md.

Run it after a change of the catalog or of the output: `python tools/update_readme.py`. A test runs
`render()` and compares, so the README never shows what the program does not print.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

README = Path(__file__).resolve().parent.parent / "README.md"
# The day the screens are of: ages and staleness depend on it.
DAY = "2026-11-28"

_BLOCK = re.compile(r"```console\n\$ (?P<command>[^\n]+)\n(.*?)```", re.DOTALL)


def render(text: str) -> str:
    """Return the README's text with the output of each command put anew."""

    def output(match: re.Match[str]) -> str:
        command = match["command"]
        return f"```console\n$ {command}\n{_run(command)}```"

    return _BLOCK.sub(output, text)


def _run(command: str) -> str:
    name, *arguments = shlex.split(command)
    assert name == "walletpick", command
    with tempfile.TemporaryDirectory() as home:
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": home,
            "COLUMNS": "80",
            "LANG": "C.UTF-8",
            "PYTHONUTF8": "1",
            "WALLETPICK_TODAY": DAY,
        }
        result = subprocess.run(
            [sys.executable, "-m", "walletpick", *arguments],
            cwd=README.parent,
            env=environment,
            capture_output=True,
            encoding="utf-8",
            check=True,
        )
    return result.stdout


if __name__ == "__main__":
    README.write_text(render(README.read_text(encoding="utf-8")), encoding="utf-8")
