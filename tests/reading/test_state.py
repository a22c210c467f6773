"""What the program keeps for itself, damaged in every way: it counts as none, and is not lost."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from running import soon

from walletpick.interview import unfinished
from walletpick.interview.interview import Reply
from walletpick.reading.state import LIMIT
from walletpick.upkeep import links

REPLIES = (Reply("country", ("KE",)), Reply("do", ("pay", "send")))


def as_folder(path: Path) -> None:
    path.mkdir()
    (path / "inside").touch()


DAMAGE: dict[str, Callable[[Path], object]] = {
    "empty": lambda path: path.write_bytes(b""),
    "cut": lambda path: path.write_bytes(b'{"replies": ['),
    "not UTF-8": lambda path: path.write_bytes(
        b'{"replies": [{"question": "country", "value": ["\xc5"]}]}'
    ),
    "deep": lambda path: path.write_bytes(b'{"a":' * 3000),
    "another shape": lambda path: path.write_bytes(b'{"replies": 3}'),
    "of a later version": lambda path: path.write_bytes(
        b'{"replies": [], "schema": "walletpick/interview/2"}'
    ),
    "too large": lambda path: path.write_bytes(b" " * (LIMIT + 1)),
    "a folder": as_folder,
    "a pipe": os.mkfifo,
    "a link without end": lambda path: path.symlink_to("/dev/zero"),
    "a link in a circle": lambda path: path.symlink_to(path.name),
}


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return where the answers of an interview are kept."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    path = tmp_path / "walletpick" / "interview.json"
    path.parent.mkdir()
    return path


@pytest.mark.skipif(os.name != "posix", reason="there are no such files")
@pytest.mark.parametrize("damage", DAMAGE)
def test_damaged_answers_are_none_and_are_put_aside(kept: Path, damage: str) -> None:
    DAMAGE[damage](kept)
    before = os.lstat(kept)
    sentences: list[str] = []
    with soon(10):
        assert unfinished.kept(sentences.append) == ((), ())
    (sentence,) = sentences
    assert sentence.startswith(f'"{kept}" is not used, for it ')
    assert sentence.endswith('; it is now "interview.json.damaged".')
    aside = kept.with_name("interview.json.damaged")
    assert os.lstat(aside).st_ino == before.st_ino
    # Then all is well again.
    assert unfinished.kept(sentences.append) == ((), ())
    assert unfinished.keep(REPLIES)
    assert unfinished.kept(sentences.append) == (REPLIES, ())
    assert len(sentences) == 1
    assert os.lstat(aside).st_ino == before.st_ino


def test_what_was_put_aside_before_stays(kept: Path) -> None:
    for number in range(3):
        kept.write_bytes(b"%d" % number)
        assert unfinished.kept(lambda _: None) == ((), ())
    held = {path.name: path.read_bytes() for path in kept.parent.iterdir()}
    assert held == {
        "interview.json.damaged": b"0",
        "interview.json.damaged-2": b"1",
        "interview.json.damaged-3": b"2",
    }


def test_where_nothing_is_kept_nothing_is_said(kept: Path) -> None:
    sentences: list[str] = []
    assert unfinished.kept(sentences.append) == ((), ())
    kept.parent.rmdir()
    kept.parent.touch()
    assert unfinished.kept(sentences.append) == ((), ())
    assert sentences == []


@pytest.mark.parametrize("data", [b"", b'{"schema": 1, "findings": ["\xff"]}', b'{"a":' * 3000])
def test_damaged_findings_on_links_are_none_and_are_put_aside(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "links.json").write_bytes(data)
    sentences: list[str] = []
    assert links.recall(tmp_path, sentences.append) == {}
    assert len(sentences) == 1
    assert (tmp_path / "links.json.damaged").read_bytes() == data
    assert links.recall(tmp_path, sentences.append) == {}
    assert len(sentences) == 1
