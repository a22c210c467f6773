"""Where the program keeps what it keeps."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from interviewing import KENYA, typed
from packaging.requirements import Requirement
from running import ROOT, environment, walletpick

from walletpick.interview import unfinished

HOMES = ("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME")


@pytest.mark.parametrize("said", ["here", "./here", "../here", "~/here"])
def test_a_relative_xdg_directory_is_ignored(
    said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As the XDG Base Directory Specification has it: else files would go wherever one is."""
    home, current = tmp_path / "home", tmp_path / "current"
    home.mkdir()
    current.mkdir()
    settings = dict.fromkeys(HOMES, said) | {"HOME": str(home)}
    for args, stdin in (
        (("log", "m-pesa@KE", "smooth"), None),
        (("tell", "m-pesa@KE", "passkey=yes", "--source", "it"), None),
        (("pick", "--plain", "--save", "family"), typed(*KENYA).encode()),
    ):
        done = walletpick(current, *args, stdin=stdin, **settings)
        assert done.returncode == 0, done.stderr
    for name, value in environment(current, **settings).items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(current)
    assert unfinished.keep(())
    assert {path.name for path in tmp_path.iterdir()} == {"home", "current"}
    assert not list(current.iterdir())
    assert (home / ".config/walletpick/needs/family.yaml").is_file()
    assert (home / ".local/share/walletpick/diary.jsonl").is_file()
    assert (home / ".local/share/walletpick/own.yaml").is_file()
    assert (home / ".local/state/walletpick/interview.json").is_file()
    assert list((home / ".cache/walletpick").iterdir())


def test_no_platformdirs_is_admitted_that_follows_a_relative_directory() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    needed = {each.name: each for each in map(Requirement, project["dependencies"])}
    admitted = needed["platformdirs"].specifier
    # The last that does, and the first that does not.
    assert [admitted.contains(version) for version in ("4.11.7", "4.11.8")] == [False, True]
