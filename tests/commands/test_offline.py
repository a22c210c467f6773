"""No command but `catalog update` and `catalog check-links` ever opens a connection.

Every other command runs with the network shut off: an audit hook ends the process at its first
attempt, and where this machine lets us, it runs in a namespace that has no network at all.
"""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import msgspec
import pytest
from interviewing import KENYA, typed
from running import PATIENCE, TODAY, environment, warm_cache
from small import commands, write_catalog

from walletpick.updates.release import Release, State

# Python tells the hook of everything that a program does with sockets.
HOOK = """
import os, sys

def hook(event, args):
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg", "socket.bind",
                 "socket.getaddrinfo", "socket.gethostbyname", "socket.getnameinfo"):
        os.write(2, f"NETWORK: {event} {args[1:]}\\n".encode())
        os._exit(97)

sys.addaudithook(hook)
"""
CAUGHT = 97
ONLINE = {"catalog update", "catalog check-links"}

# A command, as it is typed, for each there is; those that need what others made come after them.
LINES = {
    "pick": "pick --plain",
    "rank": "rank --country US --use send=100",
    "show": "show gcash",
    "compare": "compare wise@GB monzo@GB",
    "cost": "cost paypal --country US --use send=100",
    "list": "list --country KE",
    "words": "words features",
    "needs list": "needs list",
    "needs show": "needs show family",
    "needs edit": "needs edit family",
    "needs delete": "needs delete family",
    "switch": "switch --from paypal@US --use send=100",
    "combine": "combine --country US --use send=100 --use send-abroad=200",
    "leave": "leave gcash",
    "complain": "complain gcash --letter",
    "log": "log gcash smooth",
    "tell": "tell gcash passkey=yes --source https://walletpick.invalid/",
    "schema": "schema ranking",
    "catalog averages": "--catalog small catalog averages",
    "catalog lint": "--catalog small catalog lint",
    "catalog fmt": "catalog fmt small",
    "catalog new": "--catalog small catalog new newpay --name Newpay --kind cbdc --summary New."
    " --operator Newpay --website https://new.example --platform web --country PH --currency PHP"
    " --source-url https://new.example --source-title Fees --source-publisher operator"
    " --source-as-of 2026-10",
    "catalog schema": "catalog schema wallet",
    "catalog diff": "catalog diff old small",
    "catalog stats": "--catalog small catalog stats",
    "catalog stale": "--catalog small catalog stale",
    "catalog key": "catalog key root.pem",
    "catalog root": "catalog root --out site --root-key root.pem --release-key root.pem",
    "catalog build": "--catalog old catalog build --out site --key root.pem",
    "catalog status": "catalog status",
    "catalog rollback": "catalog rollback",
}
# What is typed where a command asks.
TYPED = {"pick": typed(*KENYA)}


def leaves() -> Iterator[str]:
    """Yield every command that has none below it, as it is typed."""
    for path, command in commands():
        if not isinstance(command, click.Group):
            yield " ".join(path)


def no_network() -> tuple[str, ...]:
    """Return how to start a program without any network, or nothing where that cannot be."""
    way = ("unshare", "--user", "--map-root-user", "--net")
    try:
        found = subprocess.run([*way, "true"], capture_output=True, check=False)
    except OSError:
        return ()
    return way if found.returncode == 0 else ()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Return a directory with all that the lines above name, and that they do not make."""
    home = tmp_path
    (home / "hook").mkdir()
    (home / "hook" / "sitecustomize.py").write_text(HOOK)
    write_catalog(home / "small")
    write_catalog(home / "old")
    needs = home / "config" / "walletpick" / "needs" / "family.yaml"
    needs.parent.mkdir(parents=True)
    needs.write_text("use: [{operation: send, amount: 100}]\n")
    # Something to take back: a download of long ago.
    release = Release(
        sha256="0" * 64,
        form=1,
        version="0",
        date="2001-01-01",
        number=1,
        url="https://walletpick.invalid/",
        fetched="2001-01-01",
        keys=(),
        beside="0",
    )
    state = home / "data" / "walletpick" / "catalog" / "state.json"
    state.parent.mkdir(parents=True)
    state.write_bytes(msgspec.json.encode(State(current=release)))
    return home


def run(
    home: Path, line: str, stdin: str = "", way: tuple[str, ...] = (), **more: str
) -> subprocess.CompletedProcess[bytes]:
    """Run a command with the hook in place."""
    env = environment(warm_cache(), **more)
    env["PYTHONPATH"] = f"{home / 'hook'}{os.pathsep}{env['PYTHONPATH']}"
    env |= {f"XDG_{kind}_HOME": str(home / kind.lower()) for kind in ("CONFIG", "DATA", "STATE")}
    env |= {"VISUAL": f"'{sys.executable}' -c pass", "WALLETPICK_TODAY": TODAY}
    return subprocess.run(
        [*way, sys.executable, "-m", "walletpick", *shlex.split(line)],
        input=stdin.encode(),
        capture_output=True,
        cwd=home,
        env=env,
        timeout=PATIENCE,
        check=False,
    )


def test_every_command_is_tried() -> None:
    assert {*LINES, *ONLINE} == set(leaves())


def test_nothing_but_two_commands_opens_a_connection(home: Path) -> None:
    way = no_network()
    assert run(home, "--catalog old catalog averages").returncode == 0
    for name, line in LINES.items():
        done = run(home, line, TYPED.get(name, ""), way)
        said = f"{line}\n{done.stdout.decode()}\n{done.stderr.decode()}"
        assert b"NETWORK" not in done.stderr, said
        assert done.returncode == 0, said
    for words in ("walletpick show g", "walletpick rank --country K", "walletpick cat"):
        done = run(
            home,
            "",
            way=way,
            _WALLETPICK_COMPLETE="bash_complete",
            COMP_WORDS=words,
            COMP_CWORD="2",
        )
        assert b"NETWORK" not in done.stderr


def test_the_hook_catches_those_two(home: Path) -> None:
    """Else the test above could pass over a connection."""
    for name in ("catalog key", "catalog root"):
        assert run(home, LINES[name]).returncode == 0
    root = "--root site/metadata/1.root.json"
    for line in (
        f"catalog update --url http://127.0.0.1:9 {root}",
        f"catalog update --url https://walletpick.invalid {root}",
        "--catalog small catalog check-links",
    ):
        done = run(home, line)
        assert done.returncode == CAUGHT, done.stderr.decode()
        assert b"NETWORK: socket." in done.stderr
