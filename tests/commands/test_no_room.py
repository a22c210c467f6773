"""Every command that writes a file, where none can be written: one sentence that names the file.

Disks that are full or cannot be written to are small file systems that only the command sees.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from interviewing import KENYA, typed
from publishing import can_unshare, unshared
from running import UNMEASURED, environment, walletpick, warm_cache
from small import TWOPAY, write_catalog

DISKS = pytest.mark.skipif(not can_unshare(), reason="no namespaces for us on this machine")
FULL = pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is full")
UNTIDY = TWOPAY.replace("name: Twopay\n", "").replace("kind:", "name: Twopay\nkind:")

# Command -> the file that it writes, below the disk. What stands before it goes to its input.
COMMANDS = {
    "catalog key k.pem": "k.pem",
    "catalog fmt catalog/wallets/twopay.yaml": "catalog/wallets/twopay.yaml",
    "catalog averages": "catalog/averages.yaml",
    "catalog schema --write": "catalog/schema",
    "catalog new xpay --name X --kind cbdc --country KE --source-url https://x.example": (
        "catalog/wallets/xpay.yaml"
    ),
    "catalog root --out site --root-key ../root.pem --release-key ../root.pem": (
        "site/metadata/1.root.json"
    ),
    "log m-pesa smooth": "data/walletpick/diary.jsonl",
    "tell m-pesa@KE passkey=yes --source it": "data/walletpick/own.yaml",
    "pick --plain --save family": "config/walletpick/needs/family.yaml",
    "needs edit mine": "config/walletpick/needs/mine.yaml",
}
# What stands on the disk, in content and in names, is the same before and after.
SCRIPT = """
mount -t tmpfs -o size=4m none "$1"
cp -r "$2/." "$1"
cd "$1"
mkdir -p config/walletpick/needs data/walletpick site/metadata catalog/schema
touch data/walletpick/diary.jsonl
printf 'country: KE\\n' > config/walletpick/needs/mine.yaml
if [ "$3" = full ]; then
    head -c 8m /dev/zero > fill 2> /dev/null || true
    test "$(df --output=avail . | tail -1)" -eq 0
else
    mount -o remount,ro "$1"
fi
find . -type f -size +0 ! -name fill -exec sha256sum {} + | sort > "$4.before"
find . | sort > "$4.names"
code=0
printf '%s' "$INPUT" | "${@:5}" || code=$?
find . -type f -size +0 ! -name fill -exec sha256sum {} + | sort | cmp - "$4.before" >&2
find . | sort | cmp - "$4.names" >&2
exit $code
"""


@pytest.fixture(scope="module")
def disk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with what the commands find on their disk."""
    folder = tmp_path_factory.mktemp("disk") / "content"
    folder.mkdir()
    write_catalog(folder / "catalog", twopay=UNTIDY)
    assert (
        walletpick(folder.parent, "catalog", "key", str(folder.parent / "root.pem")).returncode == 0
    )
    return folder


def arguments(command: str) -> list[str]:
    program = [sys.executable, "-m", "walletpick"]
    return [*program, *command.split()]


@DISKS
@pytest.mark.parametrize("state", ["full", "read-only"])
@pytest.mark.parametrize("command", COMMANDS)
def test_a_disk_that_takes_nothing(command: str, state: str, disk: Path, tmp_path: Path) -> None:
    place = tmp_path / "place"
    place.mkdir()
    shutil.copy(disk.parent / "root.pem", tmp_path)
    editor = tmp_path / "editor.sh"
    editor.write_text('#!/bin/sh\nsed s/KE/TZ/ "$1" > "$1.new" && cat "$1.new" > "$1"\n')
    editor.chmod(0o755)
    env = environment(
        warm_cache(),
        XDG_CONFIG_HOME=str(place / "config"),
        XDG_DATA_HOME=str(place / "data"),
        XDG_STATE_HOME=str(place / "state"),
        TMPDIR=str(tmp_path),
        VISUAL=str(editor),
        INPUT=typed(*KENYA),
    )
    done = unshared(SCRIPT, place, disk, state, tmp_path / "list", *arguments(command), env=env)
    error = done.stderr.decode()
    assert done.returncode == 1, error
    reason = "No space left on device" if state == "full" else "Read-only file system"
    last = error.rstrip().splitlines()[-1]
    assert error.count("Error: ") == 1
    assert last.startswith("Error: ")
    assert f"cannot be written: {reason}" in last
    assert COMMANDS[command] in last
    assert "Traceback" not in error
    assert "differ" not in error, error


# Commands whose file is not there yet, and so can be kept from being there by what is around it.
OBSTACLES = {
    "Not a directory": lambda path: (path.parent.parent.mkdir(parents=True), path.parent.touch()),
    "Is a directory": lambda path: path.mkdir(parents=True),
}


@pytest.mark.skipif(os.name != "posix", reason="other systems have other words")
@pytest.mark.parametrize("reason", OBSTACLES)
@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("log m-pesa smooth", "diary.jsonl"),
        ("tell m-pesa@KE passkey=yes --source it", "own.yaml"),
    ],
)
def test_what_stands_in_the_way_of_a_private_file_is_named(
    tmp_path: Path, reason: str, line: str, name: str
) -> None:
    path = tmp_path / "data" / "walletpick" / name
    OBSTACLES[reason](path)
    done = walletpick(warm_cache(), *line.split(), XDG_DATA_HOME=str(tmp_path / "data"))
    assert done.returncode == 1
    assert done.stderr.count(b"\n") == 1
    assert str(path).encode() in done.stderr


@pytest.mark.skipif(os.name != "posix", reason="there is no limit for the size of files")
def test_a_revision_that_cannot_be_unpacked(tmp_path: Path) -> None:
    write_catalog(tmp_path / "catalog")
    git = ("git", "-c", "user.name=x", "-c", "user.email=x@example.org", "-C", tmp_path)
    for step in (("init", "-q"), ("add", "."), ("commit", "-qm", "x")):
        subprocess.run([*git, *step], check=True)
    (tmp_path / "temporary").mkdir()
    done = subprocess.run(
        [
            *("sh", "-c", 'ulimit -f 1; exec "$@"', "sh"),
            *arguments("--catalog catalog catalog diff HEAD"),
        ],
        # Python 3.11 keeps half of a compiled module where the whole finds no room.
        env=environment(
            warm_cache(),
            TMPDIR=str(tmp_path / "temporary"),
            PYTHONDONTWRITEBYTECODE="1",
            **UNMEASURED,
        ),
        cwd=tmp_path,
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 1
    assert done.stderr.count(b"\n") == 1
    assert b'.yaml" cannot be written: File too large' in done.stderr
    assert str(tmp_path / "temporary").encode() in done.stderr
    assert list((tmp_path / "temporary").iterdir()) == []


def test_half_a_pair_of_keys_does_not_stay(tmp_path: Path) -> None:
    (tmp_path / "k.pem.pub").symlink_to("no/such/folder")
    done = walletpick(tmp_path, "catalog", "key", "k.pem", XDG_CACHE_HOME=str(warm_cache()))
    assert done.returncode == 1
    assert b'Error: "k.pem.pub" cannot be written: File exists' in done.stderr
    assert not (tmp_path / "k.pem").exists()


# Standard output.


@FULL
@pytest.mark.parametrize(
    "command",
    [
        "list --json",
        "list",
        "rank --country KE --use send=1000",
        "rank --country KE --use send=1000 --format csv",
        "rank --country KE --use send=1000 --format markdown",
        "show m-pesa",
        "schema ranking",
        "catalog status",
        "--help",
        "--version",
        "rank --help",
    ],
)
def test_an_output_that_is_full(command: str) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            arguments(command),
            env=environment(warm_cache()),
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
            timeout=60,
        )
    assert done.returncode == 1
    assert done.stderr == b"Error: the result cannot be written: No space left on device\n"


@FULL
@pytest.mark.parametrize(("command", "code"), [("list --json", 1), ("bogus", 2), ("needs list", 1)])
def test_a_standard_error_that_is_full_too(command: str, code: int, tmp_path: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            arguments(command),
            env=environment(warm_cache(), XDG_CONFIG_HOME=str(tmp_path)),
            stdout=full,
            stderr=full,
            check=False,
            timeout=60,
        )
    assert done.returncode == code
