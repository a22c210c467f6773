"""The shipped catalog, and the program run as people run it: as a process, or in this one."""

from __future__ import annotations

import os
import subprocess
import sys
from functools import cache
from pathlib import Path

from walletpick.catalog.load import load_catalog
from walletpick.catalog.place import default_directory
from walletpick.model import Catalog

ROOT = Path(__file__).resolve().parent.parent
# A day on which no shipped fact is older than the next reading of its page makes it.
TODAY = "2026-11-22"


@cache
def shipped() -> Catalog:
    """Return the catalog that comes with the program."""
    return load_catalog(default_directory())


@cache
def countries() -> tuple[str, ...]:
    """Return the countries of the shipped catalog."""
    return tuple(sorted({code for wallet in shipped().wallets for code in wallet.markets}))


def environment(cache_home: Path, **more: str) -> dict[str, str]:
    """Return an environment in which the person's own settings and cache play no part."""
    kept = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith(("WALLETPICK_", "PYTHON"))
    }
    return {
        **kept,
        "XDG_CACHE_HOME": os.fspath(cache_home),
        "WALLETPICK_TODAY": TODAY,
        "PYTHONPATH": os.fspath(ROOT),
        "PYTHONUTF8": "1",
        **more,
    }


def walletpick(
    cache_home: Path,
    *args: str,
    stdin: bytes | None = None,
    python: tuple[str, ...] = (),
    **more: str,
) -> subprocess.CompletedProcess[bytes]:
    """Run the program to its end. `python` are options of the interpreter."""
    return subprocess.run(
        [sys.executable, *python, "-m", "walletpick", *args],
        input=stdin,
        stdin=subprocess.DEVNULL if stdin is None else None,
        capture_output=True,
        env=environment(cache_home, **more),
        cwd=cache_home,
        timeout=60,
        check=False,
    )
