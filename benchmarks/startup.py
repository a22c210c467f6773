"""How long walletpick takes to start and to answer, beside Python and click alone.

Run it with the Python of an ordinary installation, as users have it; `benchmarks/README.md` holds
what it printed. Every command runs once in each round, so that what else the machine does falls on
all of them; the first round warms up and does not count. Times are of whole processes, from start
to end. Instructions are those of one run in user space, counted by `perf stat` where the machine
lets it, else by valgrind where it is there; they hardly vary, so they tell more than the times.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

# What the console script runs.
WALLETPICK = ("-c", "import sys; from walletpick.__main__ import main; sys.exit(main())")
UNIT = 'python -c "import click"'


@dataclass(frozen=True)
class Run:
    """A command line of Python, and what it needs of an environment."""

    args: tuple[str, ...]
    environment: dict[str, str] = field(default_factory=dict)


def walletpick(*args: str) -> Run:
    return Run((*WALLETPICK, *args))


def completing(words: str) -> Run:
    """Return what bash runs when Tab is pressed behind these words."""
    asked = {"COMP_WORDS": f"walletpick {words}", "COMP_CWORD": str(len(words.split()))}
    return Run(WALLETPICK, {"_WALLETPICK_COMPLETE": "bash_complete", **asked})


def runs(persona: str, country: str) -> dict[str, Run]:
    rank = ("rank", "--persona", persona)
    return {
        "python -c pass": Run(("-c", "pass")),
        UNIT: Run(("-c", "import click")),
        "walletpick --version": walletpick("--version"),
        "walletpick li`Tab`": completing("li"),
        "walletpick show gca`Tab`": completing("show gca"),
        "walletpick list --json": walletpick("list", "--json"),
        f"walletpick {' '.join(rank)} --country {country} --json": walletpick(
            *rank, "--country", country, "--json"
        ),
    }


class Bench:
    """Runs commands with one Python, away from what is the person's own."""

    def __init__(self, python: str, home: str) -> None:
        self.python = python
        self.home = home
        mine = ("WALLETPICK_", "PYTHON")
        self.environment = {k: v for k, v in os.environ.items() if not k.startswith(mine)}
        # A fixed seed: the number of instructions depends on it a little.
        self.environment |= {"PYTHONHASHSEED": "0", "WALLETPICK_TODAY": "2026-11-22"}
        for name in ("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"):
            self.environment[name] = home

    def process(
        self, run: Run, under: Sequence[str] = (), stdout: int = subprocess.DEVNULL
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*under, self.python, *run.args],
            env={**self.environment, **run.environment},
            cwd=self.home,
            stdin=subprocess.DEVNULL,
            stdout=stdout,
            stderr=subprocess.PIPE,
            text=True,
            check=True,
        )

    def seconds(self, run: Run) -> float:
        start = time.perf_counter()
        self.process(run)
        return time.perf_counter() - start

    def times(self, wanted: Mapping[str, Run], rounds: int) -> dict[str, list[float]]:
        """Return the times of each command, over rounds in which each runs once."""
        found: dict[str, list[float]] = {name: [] for name in wanted}
        for number in range(rounds + 1):
            for name, run in wanted.items():
                took = self.seconds(run)
                if number:
                    found[name].append(took)
        return found

    def counter(self) -> str | None:
        """Return what counts instructions on this machine, or None."""
        for tool in ("perf", "valgrind"):
            if shutil.which(tool) and self.instructions(Run(("-c", "pass")), tool):
                return tool
        return None

    def instructions(self, run: Run, tool: str) -> int | None:
        """Return how many instructions a run takes in user space, or None if nobody says."""
        under = {
            "perf": ("perf", "stat", "-x", ",", "-e", "instructions:u"),
            "valgrind": (
                *("valgrind", "--tool=cachegrind", "--cache-sim=no"),
                f"--cachegrind-out-file={os.devnull}",
            ),
        }[tool]
        try:
            lines = self.process(run, under).stderr.splitlines()
        except (OSError, subprocess.CalledProcessError):
            return None
        for line in lines:
            if tool == "perf" and "instructions" in line:
                count = line.partition(",")[0]
            elif tool == "valgrind" and "refs:" in line:
                count = line.rpartition(":")[2].strip().replace(",", "")
            else:
                continue
            return int(count) if count.isdigit() else None
        return None

    def what(self) -> str:
        """Return in words what is measured."""
        code = (
            "import platform; from walletpick.reading.place import compiled_file;"
            " how = 'installed' if compiled_file().exists() else 'from a checkout';"
            " print(f'Python {platform.python_version()}, walletpick {how}')"
        )
        return self.process(Run(("-c", code)), stdout=subprocess.PIPE).stdout.strip()


def report(times: Mapping[str, Sequence[float]], counts: Mapping[str, int]) -> str:
    """Return the table in Markdown."""
    medians = {name: statistics.median(taken) for name, taken in times.items()}
    head = ["command", "median", "fastest", "x click"]
    if counts:
        head += ["instructions", "x click"]
    lines = [f"| {' | '.join(head)} |", f"| --- |{' ---: |' * (len(head) - 1)}"]
    for name, taken in times.items():
        cells = [
            f"`{name}`" if "`" not in name else f"{name.replace('`Tab`', '')} + Tab",
            f"{medians[name] * 1000:.0f} ms",
            f"{min(taken) * 1000:.0f} ms",
            f"{medians[name] / medians[UNIT]:.2f}",
        ]
        if counts:
            cells += [f"{counts[name] / 1e6:.0f} M", f"{counts[name] / counts[UNIT]:.2f}"]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def main(argv: Sequence[str] | None = None) -> str:
    """Run the benchmark, print its table and return it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument(
        "--python",
        default=sys.executable,
        metavar="PATH",
        help="the Python of the installation to measure (default: this one)",
    )
    parser.add_argument("--rounds", type=int, default=20, metavar="N", help="default: 20")
    parser.add_argument("--persona", default="family-abroad", metavar="NAME")
    parser.add_argument("--country", default="US", metavar="CC")
    parser.add_argument("--no-instructions", action="store_true", help="measure times only")
    arguments = parser.parse_args(argv)
    start = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="walletpick-startup-") as home:
        # Not resolved: in a virtual environment it is a link, by which Python knows where it is.
        bench = Bench(os.fspath(Path(arguments.python).absolute()), home)
        wanted = runs(arguments.persona, arguments.country)
        times = bench.times(wanted, max(arguments.rounds, 1))
        tool = None if arguments.no_instructions else bench.counter()
        counts: dict[str, int] = {}
        for name, run in wanted.items() if tool else ():
            if count := bench.instructions(run, tool or ""):
                counts[name] = count
        text = report(times, counts if len(counts) == len(wanted) else {})
        what = bench.what()
    print(text, end="")
    said = "not counted" if arguments.no_instructions else "none: neither perf nor valgrind counts"
    print(f"\n{what}; instructions: {f'counted by {tool}' if tool else said}")
    print(f"{time.monotonic() - start:.0f} s", file=sys.stderr)
    return text


if __name__ == "__main__":
    main()
