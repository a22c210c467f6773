"""Reading files within bounds and writing them in one step."""

from __future__ import annotations

import errno
import os
import socket
from pathlib import Path

import pytest

from walletpick.files import NotOrdinary, TooLarge, read_bounded


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
            with pytest.raises(NotOrdinary) as caught:
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
