"""The shipped catalog, and the program run as people run it: as a process, or in this one."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from functools import cache, lru_cache
from pathlib import Path
from unittest import mock

import pytest
from click.testing import CliRunner, Result

from walletpick import commands
from walletpick.commands import cli
from walletpick.facts.model import Catalog, Wallet
from walletpick.facts.walk import items_of
from walletpick.language import language
from walletpick.reading import cache as compiled
from walletpick.reading.compiled import decode, encode
from walletpick.reading.load import load_catalog
from walletpick.reading.place import default_directory

ROOT = Path(__file__).resolve().parents[2]
# A day on which the small catalogs of the tests are some days old.
TODAY = "2026-11-22"
# The seconds after which a test gives up waiting for what has to come, on the slowest of machines.
PATIENCE = 300
# For a process that may write hardly anything: what .ci/run measures would find no room either.
UNMEASURED = {"COVERAGE_PROCESS_START": ""}


@cache
def shipped() -> Catalog:
    """Return the catalog that comes with the program."""
    return load_catalog(default_directory())


def after_newest_reading() -> str:
    """Return the day after the newest reading of a page of the shipped catalog."""
    return (date.fromisoformat(shipped().date) + timedelta(days=1)).isoformat()


@cache
def countries() -> tuple[str, ...]:
    """Return the countries of the shipped catalog."""
    return tuple(sorted({code for wallet in shipped().wallets for code in wallet.markets}))


@cache
def some_markets() -> tuple[tuple[Wallet, str], ...]:
    """Return markets of the shipped catalog in which every wallet and every country comes up.

    Each wallet is there with the market of which most is known, and in each country the wallet that
    came up least: what a wallet says of a hundred countries at once need not be tried in each.
    """
    chosen = [(wallet, max(wallet.markets, key=_facts_in(wallet))) for wallet in shipped().wallets]
    times = Counter(wallet.id for wallet, _ in chosen)
    for country in countries():
        there = [wallet for wallet in shipped().wallets if country in wallet.markets]
        least = min(there, key=lambda wallet: times[wallet.id])
        times[least.id] += 1
        chosen.append((least, country))
    return tuple(dict(zip(map(market_id, chosen), chosen, strict=True)).values())


def market_id(market: tuple[Wallet, str]) -> str:
    """Return a market as it is typed."""
    wallet, country = market
    return f"{wallet.id}@{country}"


def _facts_in(wallet: Wallet) -> Callable[[str], int]:
    return lambda country: sum(1 for _ in items_of(wallet.markets[country]))


@cache
def _warm() -> tempfile.TemporaryDirectory[str]:
    """Return a cache directory that holds the shipped catalog, compiled. It goes with the tests."""
    folder = tempfile.TemporaryDirectory(prefix="walletpick-tests-", ignore_cleanup_errors=True)
    with mock.patch.dict(os.environ, {"XDG_CACHE_HOME": folder.name}):
        compiled.write(compiled.digest(default_directory()), shipped())
    return folder


def warm_cache() -> Path:
    """Return a cache directory in which the program finds the shipped catalog compiled."""
    return Path(_warm().name)


def environment(cache_home: Path, **more: str) -> dict[str, str]:
    """Return an environment in which the person's own settings and cache play no part."""
    kept = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith(("WALLETPICK_", "PYTHON", "LANGUAGE"))
    }
    return {
        **kept,
        "XDG_CACHE_HOME": os.fspath(cache_home),
        "XDG_DATA_HOME": os.fspath(cache_home),
        "WALLETPICK_TODAY": TODAY,
        "PYTHONPATH": os.fspath(ROOT),
        "PYTHONUTF8": "1",
        # The clock of no country.
        "TZ": "UTC",
        **more,
    }


def as_from_a_terminal() -> None:
    """Take signals as what is started from a terminal does; for the child before it begins.

    In the background, or under nohup, some are ignored, also by what is started from there.
    """
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    signal.signal(signal.SIGHUP, signal.SIG_DFL)


_digest, _read = compiled.digest, compiled.read


@cache
def _shipped_key() -> str:
    return _digest(default_directory())


@cache
def _shipped_bytes() -> bytes:
    return encode(shipped())


@lru_cache(maxsize=50)
def _shipped_part(country: str | None, language: str) -> Catalog:
    return decode(_shipped_bytes(), country)


@contextmanager
def shipped_in_memory() -> Iterator[None]:
    """Let commands in this process decode the shipped catalog once, and not each time they run.

    Nothing changes a catalog, nor the shipped files while the tests run. Every other catalog, and
    every process that is started, is read as always.
    """

    def digest_of(directory: Path) -> str:
        return _shipped_key() if directory == default_directory() else _digest(directory)

    def read_for(key: str, country: str | None = None) -> Catalog | None:
        return _shipped_part(country, language()) if key == _shipped_key() else _read(key, country)

    _shipped_key()
    with (
        mock.patch.object(compiled, "digest", digest_of),
        mock.patch.object(compiled, "read", read_for),
    ):
        yield


@contextmanager
def as_always() -> Iterator[None]:
    """Let commands in this process read the shipped catalog as they do elsewhere."""
    with (
        mock.patch.object(compiled, "digest", _digest),
        mock.patch.object(compiled, "read", _read),
    ):
        yield


@contextmanager
def soon(seconds: int = 60) -> Iterator[None]:
    """Fail where something in this process waits for ever, as for the other end of a pipe."""
    if not hasattr(signal, "SIGALRM"):
        yield
        return

    def give_up(*_: object) -> None:
        pytest.fail(f"it still waits after {seconds} seconds")

    before = signal.signal(signal.SIGALRM, give_up)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


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
        timeout=PATIENCE,
        check=False,
    )


def run(*args: str, stdin: str | None = None, **more: str) -> Result:
    """Run a command in this process."""
    env = {"WALLETPICK_TODAY": TODAY, "XDG_CACHE_HOME": str(warm_cache()), **more}
    return CliRunner(env=env).invoke(cli, list(args), input=stdin)


class _End(io.BytesIO):
    """What keeps what is written; like a pipe it has no place to go back to."""

    def seekable(self) -> bool:
        return False


def run_encoded(encoding: str, *args: str) -> subprocess.CompletedProcess[bytes]:
    """Run the program to its end in this process, with its output in an encoding.

    It is what `walletpick` is with `PYTHONIOENCODING`, without starting Python.
    """
    ends = _End(), _End()
    out, err = (io.TextIOWrapper(end, encoding=encoding) for end in ends)
    # Those of the tests stay as they are: of signals, and what is looked through for garbage.
    deaf = mock.Mock(exit_code=None)
    with (
        Path(os.devnull).open() as nothing,
        mock.patch.dict(os.environ, environment(warm_cache()), clear=True),
        mock.patch.multiple(sys, argv=["walletpick", *args], stdin=nothing, stdout=out, stderr=err),
        mock.patch.multiple(commands, Signals=mock.Mock(return_value=deaf), gc=mock.DEFAULT),
        pytest.raises(SystemExit) as ended,
    ):
        commands.main()
    out.flush()
    err.flush()
    code = ended.value.code
    assert isinstance(code, int)
    return subprocess.CompletedProcess(args, code, *(end.getvalue() for end in ends))
