"""A command in lines that fit is to a shell the same as on one line."""

from __future__ import annotations

import subprocess
from decimal import Decimal

import pytest
from build import needs, use

from walletpick.words.common import command_lines, command_words

NEEDS = needs(
    use("pay", 400, 20),
    use("send-abroad", 300, 2, "bank-linked", "IN"),
    country="GB",
    bank=["Bank of 'Here' and There", "$HOME \\ bank"],
    given=["salary-in"],
    weights={"cost": Decimal(4), "trust": Decimal("1.5")},
)


def as_typed(command: str) -> list[str]:
    """Return the words that a shell makes of a command of walletpick."""
    script = f'walletpick() {{ printf "%s\\0" "$@"; }}\n{command}\n'
    done = subprocess.run(["sh", "-c", script], capture_output=True, text=True, check=True)
    assert not done.stderr
    return done.stdout.split("\0")[:-1]


@pytest.mark.parametrize("width", [1, 20, 40, 60, 80, 100, 1000])
def test_a_shell_takes_the_lines_for_one(width: int) -> None:
    words = command_words(NEEDS)
    command = command_lines(words, width)
    assert as_typed(command) == as_typed(" ".join(command_words(NEEDS)))
    longest = max(len(f"  {word} \\") for word in words)
    assert all(len(line) < max(width, longest + 1) for line in command.split("\n"))


def test_what_fits_is_one_line() -> None:
    line = " ".join(command_words(NEEDS))
    assert command_lines(command_words(NEEDS), len(line) + 3) == line
    assert command_lines(command_words(NEEDS), len(line) - 1) != line
