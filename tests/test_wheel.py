"""What is installed: the wheel carries the compiled catalog, and works without it."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import sysconfig
import tarfile
import zipfile
from pathlib import Path

import pytest
from running import PATIENCE, ROOT, environment, walletpick, warm_cache

from walletpick.reading import compiled, load, place

RANK = ("rank", "--persona", "family-abroad", "--country", "US", "--json")
COMPILED = f"walletpick/{place.COMPILED}"


def build(source: Path, out: Path, *options: str, seed: str = "0") -> Path:
    """Build what the options say and return the one file that it gives."""
    command = [sys.executable, "-m", "hatchling", "build", "-d", str(out), *options]
    subprocess.run(
        command,
        cwd=source,
        env={**os.environ, "PYTHONHASHSEED": seed},
        capture_output=True,
        check=True,
    )
    (made,) = out.iterdir()
    return made


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(ROOT, tmp_path_factory.mktemp("wheel"), "-t", "wheel")


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The source distribution, unpacked."""
    sdist = build(ROOT, tmp_path_factory.mktemp("sdist"), "-t", "sdist")
    folder = tmp_path_factory.mktemp("unpacked")
    with tarfile.open(sdist) as archive:
        # Not as an argument: before Python 3.11.4 there is none.
        archive.extraction_filter = getattr(tarfile, "data_filter", lambda member, _: member)
        archive.extractall(folder)
    (source,) = folder.iterdir()
    return source


class Installed:
    """The wheel in an environment of its own, with the libraries of this one."""

    def __init__(self, wheel: Path, folder: Path) -> None:
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
        names = {"base": str(folder), "platbase": str(folder)}
        packages = Path(sysconfig.get_path("purelib", "venv", names))
        self.python = Path(sysconfig.get_path("scripts", "venv", names)) / Path(sys.executable).name
        libraries = sysconfig.get_path("purelib")
        (packages / "libraries.pth").write_text(f"{libraries}\n", encoding="utf-8")
        pip = [sys.executable, "-m", "pip", "--python", str(self.python), "--quiet", "install"]
        pip += ["--no-index", "--no-deps", "--disable-pip-version-check", str(wheel)]
        subprocess.run(pip, check=True)
        self.compiled = packages / COMPILED

    def run(self, cache_home: Path, *args: str, **more: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [self.python, *args],
            env=environment(cache_home, PYTHONPATH="", **more),
            cwd=cache_home,
            capture_output=True,
            timeout=PATIENCE,
            check=False,
        )

    def walletpick(
        self, cache_home: Path, *args: str, **more: str
    ) -> subprocess.CompletedProcess[bytes]:
        return self.run(cache_home, "-m", "walletpick", *args, **more)


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    return Installed(wheel, tmp_path_factory.mktemp("installed") / "environment")


def test_a_wheel_is_the_same_whoever_builds_it_and_where(
    wheel: Path, unpacked: Path, tmp_path: Path
) -> None:
    again = build(unpacked, tmp_path, "-t", "wheel", seed="4711")
    assert again.name == wheel.name
    assert again.read_bytes() == wheel.read_bytes()


def test_it_carries_the_compiled_catalog_and_the_files(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        assert compiled.open_(archive.read(COMPILED)).with_files() == load.load_catalog(
            ROOT / "catalog"
        )
    inside = {name.removeprefix("walletpick/_catalog/") for name in names}
    assert {
        p.relative_to(ROOT / "catalog").as_posix() for p in ROOT.glob("catalog/**/*.yaml")
    } <= inside
    texts = {"checklist.en.toml", "complaints.en.toml"}
    assert {f"walletpick/words/{name}" for name in texts} <= set(names)
    assert "walletpick/render/page.css" in names
    beside = {
        *("answers/matters.toml", "commands/examples.txt", "facts/languages.txt"),
        *("facts/meant.toml", "facts/places.tsv", "facts/words.txt", "facts/zones.txt"),
        *("person/signs.txt", "reading/syntax.toml", "upkeep/averages.toml"),
        *("upkeep/new_wallet.template", "answers/ties.toml"),
    }
    assert {f"walletpick/{name}" for name in beside} <= set(names)
    assert "hatch_build.py" not in names


def test_an_editable_install_carries_none(tmp_path: Path) -> None:
    code = "import sys; from hatchling.build import build_editable; build_editable(sys.argv[1])"
    subprocess.run(
        [sys.executable, "-c", code, tmp_path], cwd=ROOT, capture_output=True, check=True
    )
    (made,) = tmp_path.iterdir()
    with zipfile.ZipFile(made) as archive:
        assert COMPILED not in archive.namelist()


def test_an_invalid_catalog_makes_no_wheel(unpacked: Path, tmp_path: Path) -> None:
    rates = unpacked / "catalog" / "rates.yaml"
    good = rates.read_bytes()
    rates.write_bytes(good + b"moons: {}\n")
    try:
        with pytest.raises(subprocess.CalledProcessError) as failed:
            build(unpacked, tmp_path, "-t", "wheel")
    finally:
        rates.write_bytes(good)
    assert b"rates.yaml" in failed.value.stderr
    assert b"moons" in failed.value.stderr
    assert not list(tmp_path.iterdir())


def test_it_is_the_installed_program_that_runs(installed: Installed, tmp_path: Path) -> None:
    code = "import walletpick, msgspec; print(walletpick.__file__)"
    found = installed.run(tmp_path, "-c", code)
    assert Path(found.stdout.decode().strip()).parent == installed.compiled.parent


@pytest.mark.parametrize("args", [RANK, ("list", "--json")])
def test_installed_it_says_what_the_checkout_says(
    installed: Installed, args: tuple[str, ...], tmp_path: Path
) -> None:
    found = installed.walletpick(tmp_path, *args)
    assert (found.returncode, found.stderr) == (0, b"")
    assert found.stdout == walletpick(warm_cache(), *args).stdout
    assert not list(tmp_path.iterdir())


def test_installed_it_neither_reads_the_files_nor_the_cache(
    installed: Installed, tmp_path: Path
) -> None:
    found = installed.run(tmp_path, "-X", "importtime", "-m", "walletpick", *RANK)
    loaded = {line.rpartition(b"|")[2].strip().decode() for line in found.stderr.splitlines()}
    assert "walletpick.reading.compiled" in loaded
    assert not {"walletpick.reading.cache", "walletpick.reading.load", "yaml"} & loaded


@pytest.mark.parametrize("damage", ["cut", "foreign", "a folder"])
def test_with_a_damaged_compiled_catalog_the_files_are_read(
    installed: Installed, damage: str, tmp_path: Path
) -> None:
    good = installed.compiled.read_bytes()
    place = installed.compiled
    try:
        if damage == "a folder":
            place.unlink()
            place.mkdir()
        else:
            place.write_bytes(
                {
                    "cut": good[:-1000],
                    "foreign": b"\x80\x04cos\nsystem\n(S'exit 1'\ntR.",
                }[damage]
            )
        found = installed.walletpick(warm_cache(), "list", "--json")
        completed = installed.walletpick(
            warm_cache(),
            _WALLETPICK_COMPLETE="bash_complete",
            COMP_WORDS="walletpick show gca",
            COMP_CWORD="2",
        )
    finally:
        if place.is_dir():
            place.rmdir()
        place.write_bytes(good)
    assert found.returncode == 0
    assert found.stdout == walletpick(warm_cache(), "list", "--json").stdout
    note = found.stderr.decode()
    assert note.startswith("Note: the compiled catalog of this installation cannot be used (")
    assert note.count("\n") == 1
    # The line that is being typed stays as it is.
    assert (completed.stdout.splitlines(), completed.stderr) == ([b"plain,gcash"], b"")


def test_without_a_compiled_catalog_the_files_are_read(installed: Installed) -> None:
    aside = installed.compiled.rename(installed.compiled.with_suffix(".aside"))
    try:
        found = installed.walletpick(warm_cache(), "list", "--json")
    finally:
        aside.rename(installed.compiled)
    assert (found.returncode, found.stderr) == (0, b"")
    assert found.stdout == walletpick(warm_cache(), "list", "--json").stdout


def test_another_catalog_can_be_chosen(installed: Installed, tmp_path: Path) -> None:
    found = installed.walletpick(tmp_path, "--catalog", str(tmp_path / "none"), "list")
    assert found.returncode == 4
    assert b"no catalog directory" in found.stderr


def test_the_benchmark_of_starting_up(installed: Installed) -> None:
    """Two short rounds, to see that it runs; the figures are nobody's business here."""
    script = ROOT / "benchmarks" / "startup.py"
    found = subprocess.run(
        [sys.executable, script, "--python", installed.python, "--rounds", "1"],
        env={**os.environ, "PATH": ""},
        capture_output=True,
        text=True,
        check=True,
    )
    table, _, what = found.stdout.partition("\n\n")
    head, _, *rows = table.splitlines()
    assert head == "| command | median | fastest | x click |"
    assert len(rows) == 7
    assert all(row.count(" ms |") == 2 for row in rows)
    assert rows[1].startswith('| `python -c "import click"` |')
    assert rows[1].endswith("| 1.00 |")
    # Nothing is found that could count instructions.
    assert what.strip() == (
        f"Python {platform.python_version()}, walletpick installed;"
        " instructions: none: neither perf nor valgrind counts"
    )
