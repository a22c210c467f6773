"""Reading files within bounds and writing them in one step."""

from __future__ import annotations

import errno
import io
import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest
from running import soon

from walletpick.reading.files import NotOrdinary, TooLarge, read_bounded, write_new, write_whole


@pytest.mark.parametrize("size", [0, 1, 9, 10])
def test_a_file_of_up_to_the_limit_is_read(tmp_path: Path, size: int) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"x" * size)
    assert read_bounded(path, 10) == b"x" * size


def test_a_file_of_many_chunks_is_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "file"
    data = os.urandom(3 * 2**20 + 7)
    path.write_bytes(data)
    assert read_bounded(path, len(data)) == data


def test_a_file_over_the_limit_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"x" * 11)
    with pytest.raises(TooLarge) as caught:
        read_bounded(path, 10)
    assert (caught.value.filename, caught.value.strerror) == (
        str(path),
        "it is larger than 10 bytes",
    )


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with a name here")
def test_a_pipe_a_device_and_a_socket_are_refused_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "zero").symlink_to("/dev/zero")
    # The path of a socket may not be long.
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as door:
        door.bind("socket")
        for name in ("pipe", "zero", "socket"):
            with pytest.raises(NotOrdinary) as caught, soon(10):
                read_bounded(tmp_path / name, 10)
            assert caught.value.strerror == "it is not an ordinary file"


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("missing", errno.ENOENT),
        ("n" * 300, errno.ENAMETOOLONG),
        ("a\0b", errno.EINVAL),
        ("\ud800", errno.EINVAL),
        ("loop", errno.ELOOP),
        ("file/inside", errno.ENOTDIR),
        (".", errno.EISDIR),
    ],
)
@pytest.mark.skipif(os.name != "posix", reason="other systems have other numbers")
def test_what_cannot_be_opened_is_an_error_of_the_system(
    tmp_path: Path, name: str, number: int
) -> None:
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "file").touch()
    with pytest.raises(OSError, check=lambda error: error.errno == number) as caught:
        read_bounded(tmp_path / name, 10)
    assert caught.value.filename == str(tmp_path / name)


# Writing.

SYMLINKS = pytest.mark.skipif(os.name != "posix", reason="links need rights there")


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@SYMLINKS
@pytest.mark.parametrize("private", [False, True])
def test_a_link_stays_a_link_and_its_target_is_written(tmp_path: Path, private: bool) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "here").mkdir()
    target, link = tmp_path / "mine" / "file", tmp_path / "here" / "link"
    target.write_bytes(b"old")
    (tmp_path / "here" / "first").symlink_to("../mine/file")
    link.symlink_to("first")
    write_whole(link, b"new", private=private, lasting=True)
    assert link.is_symlink()
    assert target.read_bytes() == b"new"
    assert (names(tmp_path / "mine"), names(tmp_path / "here")) == (["file"], ["first", "link"])


@SYMLINKS
def test_a_link_to_nothing_makes_its_target(tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to("file")
    write_whole(link, b"new")
    assert link.is_symlink()
    assert (tmp_path / "file").read_bytes() == b"new"


@SYMLINKS
@pytest.mark.parametrize(
    ("to", "number"),
    [
        ("link", errno.ELOOP),
        ("no/such/folder", errno.ENOENT),
        ("file/below", errno.ENOTDIR),
        ("folder", errno.EISDIR),
        ("pipe", errno.EINVAL),
        ("/dev/null", errno.EINVAL),
    ],
)
def test_a_link_to_what_is_no_file_is_left_alone(tmp_path: Path, to: str, number: int) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    link = tmp_path / "link"
    link.symlink_to(to)
    before = names(tmp_path)
    with pytest.raises(OSError, check=lambda error: error.errno == number) as caught:
        write_whole(link, b"new")
    assert caught.value.filename == str(link)
    assert link.is_symlink()
    assert names(tmp_path) == before


@pytest.mark.skipif(os.name != "posix", reason="other systems have other limits")
def test_a_name_may_be_as_long_as_the_system_allows(tmp_path: Path) -> None:
    path = tmp_path / ("ü" * 127)
    write_whole(path, b"old")
    write_whole(path, b"new")
    assert path.read_bytes() == b"new"
    assert names(tmp_path) == [path.name]


@pytest.mark.parametrize("write", [write_whole, write_new])
@pytest.mark.parametrize("name", ["file", "no/file", "a\0b"])
def test_an_error_names_the_file_and_nothing_is_left(
    tmp_path: Path, name: str, write: Callable[[Path, bytes], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Full(io.BytesIO):
        def write(self, data: object) -> int:
            raise OSError(errno.ENOSPC, "No space left on device")

    def opened(handle: int, mode: str) -> Full:
        os.close(handle)
        return Full()

    monkeypatch.setattr(os, "fdopen", opened)
    with pytest.raises(OSError, check=lambda error: bool(error.strerror)) as caught:
        write(tmp_path / name, b"new")
    assert caught.value.filename == str(tmp_path / name)
    assert names(tmp_path) == []


def test_a_part_that_cannot_take_its_place_is_not_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(part: Path, target: Path) -> None:
        raise OSError(errno.EIO, "Input/output error", str(part))

    monkeypatch.setattr(Path, "replace", refused)
    with pytest.raises(OSError, check=lambda error: error.errno == errno.EIO) as caught:
        write_whole(tmp_path / "file", b"new")
    assert caught.value.filename == str(tmp_path / "file")
    assert names(tmp_path) == []


def test_what_is_there_is_never_overwritten_as_new(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"old")
    with pytest.raises(FileExistsError):
        write_new(path, b"new")
    assert path.read_bytes() == b"old"
