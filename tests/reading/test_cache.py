"""The cache of compiled catalogs: never out of date, never in the way, whoever else writes there."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from msgspec import structs
from running import UNMEASURED, environment, walletpick
from small import PLANPAY, TWOPAY, write_catalog

from walletpick.facts.model import Catalog
from walletpick.reading import cache, compiled
from walletpick.reading.load import load_catalog


@pytest.fixture
def catalog(tmp_path: Path) -> Path:
    return write_catalog(tmp_path / "catalog")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An empty cache directory."""
    folder = tmp_path / "home"
    folder.mkdir()
    return folder


def listed(home: Path, catalog: Path, **more: str) -> bytes:
    """Return what `list` says, which must be all that it says."""
    found = walletpick(home, "list", "--json", WALLETPICK_CATALOG=str(catalog), **more)
    assert (found.returncode, found.stderr) == (0, b"")
    return found.stdout


def reads_files(home: Path, catalog: Path) -> bool:
    """Return whether a run reads the YAML files."""
    found = walletpick(
        home, "list", "--json", python=("-X", "importtime"), WALLETPICK_CATALOG=str(catalog)
    )
    assert found.returncode == 0
    return b"walletpick.reading.strictyaml" in found.stderr


def kept(home: Path) -> list[Path]:
    """Return every file below the cache directory."""
    return sorted(path for path in home.rglob("*") if not path.is_dir())


def test_the_first_use_compiles_and_the_next_reads_that(home: Path, catalog: Path) -> None:
    assert reads_files(home, catalog)
    (file,) = kept(home)
    assert compiled.open_(file.read_bytes()).with_files() == load_catalog(catalog)
    assert not reads_files(home, catalog)
    assert kept(home) == [file]


@pytest.mark.skipif(os.name != "posix", reason="there are no such modes")
def test_what_is_kept_is_the_persons_own(home: Path, catalog: Path) -> None:
    listed(home, catalog)
    (file,) = kept(home)
    assert file.stat().st_mode & 0o077 == 0
    assert file.parent.stat().st_mode & 0o077 == 0


def change(catalog: Path) -> None:
    file = catalog / "wallets" / "twopay.yaml"
    times = file.stat()
    # Of the same length, and as old as it was: only the content tells.
    file.write_text(TWOPAY.replace("Twopay", "Topway"), encoding="utf-8")
    os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns))


def add(catalog: Path) -> None:
    text = PLANPAY.replace("planpay", "third").replace("Planpay", "Third")
    (catalog / "wallets" / "third.yaml").write_text(text, encoding="utf-8")


def remove(catalog: Path) -> None:
    (catalog / "wallets" / "planpay.yaml").unlink()


@pytest.mark.parametrize("happens", [change, add, remove], ids=lambda f: f.__name__)
def test_a_change_of_the_files_shows_at_once(
    home: Path, catalog: Path, happens: Callable[[Path], None]
) -> None:
    before = listed(home, catalog)
    happens(catalog)
    after = listed(home, catalog)
    assert after != before
    (home / "other").mkdir()
    assert after == listed(home / "other", catalog)


def test_files_that_become_invalid_are_not_covered_up(home: Path, catalog: Path) -> None:
    listed(home, catalog)
    (catalog / "rates.yaml").write_text("moons: {}\n")
    found = walletpick(home, "list", WALLETPICK_CATALOG=str(catalog))
    assert found.returncode == 4
    assert b"moons" in found.stderr


class Malice:
    """Unpickled, it would leave a file behind."""

    def __init__(self, trace: Path) -> None:
        self.trace = trace

    def __reduce__(self) -> tuple[Any, ...]:
        return Path.touch, (self.trace,)


@pytest.mark.parametrize("damage", ["empty", "cut", "changed", "longer", "foreign", "other form"])
def test_a_damaged_file_is_made_anew(home: Path, catalog: Path, damage: str) -> None:
    whole = listed(home, catalog)
    (file,) = kept(home)
    good = file.read_bytes()
    trace = home / "trace"
    at = good.index(compiled.FORMAT.to_bytes(2, "big")) + 1
    file.write_bytes(
        {
            "empty": b"",
            "cut": good[: len(good) // 2],
            "changed": good.replace(b"Twopay", b"Topway"),
            "longer": good + b"\0",
            "foreign": pickle.dumps(Malice(trace)),
            "other form": good[:at] + bytes([good[at] + 1]) + good[at + 1 :],
        }[damage]
    )
    assert listed(home, catalog) == whole
    assert not trace.exists()
    assert file.read_bytes() == good
    assert kept(home) == [file]


def test_a_folder_in_the_place_of_the_file_is_no_obstacle(home: Path, catalog: Path) -> None:
    whole = listed(home, catalog)
    (file,) = kept(home)
    file.unlink()
    file.mkdir()
    assert listed(home, catalog) == whole
    # Nor does what could not be put there stay behind.
    assert kept(home) == []


def test_a_cache_that_cannot_be_is_no_obstacle(home: Path, catalog: Path) -> None:
    whole = listed(home, catalog)
    taken = home / "taken"
    taken.write_text("a file")
    assert listed(home, catalog, XDG_CACHE_HOME=str(taken)) == whole
    assert listed(home, catalog, XDG_CACHE_HOME=str(taken / "below")) == whole
    assert taken.read_text() == "a file"


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="nothing is forbidden here")
def test_a_cache_that_cannot_be_written_is_no_obstacle(home: Path, catalog: Path) -> None:
    whole = listed(home, catalog)
    locked = home / "locked"
    locked.mkdir(mode=0o500)
    assert listed(home, catalog, XDG_CACHE_HOME=str(locked)) == whole
    assert kept(locked) == []


@pytest.mark.skipif(os.name != "posix", reason="there is no limit for the size of files")
def test_on_a_full_disk_nothing_stays_behind(home: Path, catalog: Path) -> None:
    code = (
        "import resource, runpy; resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000));"
        " runpy.run_module('walletpick', run_name='__main__')"
    )
    found = subprocess.run(
        [sys.executable, "-c", code, "--catalog", catalog, "list", "--json"],
        env=environment(home, PYTHONDONTWRITEBYTECODE="1", **UNMEASURED),
        capture_output=True,
        check=True,
    )
    assert kept(home) == []
    assert (found.stdout, found.stderr) == (listed(home, catalog), b"")


def test_many_processes_at_once_agree(home: Path, catalog: Path) -> None:
    with ThreadPoolExecutor(6) as pool:
        found = list(pool.map(lambda _: listed(home, catalog), range(6)))
    assert len(set(found)) == 1
    (file,) = kept(home)
    assert compiled.open_(file.read_bytes()).with_files() == load_catalog(catalog)


def test_who_reads_while_others_write_gets_all_or_nothing(
    home: Path, catalog: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(home))
    held = load_catalog(catalog)
    keys = [f"{number:064x}" for number in range(8)]
    for key in keys:
        # What one writes, another forgets: only the newest few are kept.
        assert cache.read(key) is None

    def use(number: int) -> Catalog | None:
        key = keys[number * 7 % len(keys)]
        cache.write(key, held)
        return cache.read(key)

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(use, range(400)))
    whole = structs.replace(held, files=())
    assert all(catalog is None or catalog == whole for catalog in found)
    assert whole in found
    assert not [path for path in kept(home) if path.suffix != ".msgpack"]


def test_only_the_newest_few_are_kept(
    home: Path, catalog: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(home))
    held = load_catalog(catalog)
    for number in range(6):
        cache.write(f"{number:032x}", held)
        (file,) = [path for path in kept(home) if f"{number:032x}" in path.name]
        os.utime(file, (number, number))
    assert [path.stem[-1] for path in kept(home)] == ["2", "3", "4", "5"]
