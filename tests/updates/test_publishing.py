"""What a publisher does: keys, roots and builds, and the page that tells how."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import stat
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from publishing import TODAY, Publisher, command, make_catalog, version_of
from running import PATIENCE, ROOT, environment, warm_cache

PAGE = ROOT / "docs" / "publishing.md"


@pytest.fixture(scope="module")
def publisher(tmp_path_factory: pytest.TempPathFactory) -> Publisher:
    return Publisher(tmp_path_factory.mktemp("publisher"))


def files(folder: Path) -> dict[str, bytes]:
    """Return what is in a directory, by name."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.mark.skipif(not shutil.which("cp"), reason="the page copies a directory with cp")
def test_the_page_works_as_typed(tmp_path: Path) -> None:
    """Run every shell block of the page, one after the other, as a maintainer types them."""
    blocks = re.findall(r"```sh\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    script = "\n".join(blocks)
    assert "catalog update" in script
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    # Typing takes longer than a server does to start.
    connect = f"import socket; socket.create_connection(('127.0.0.1', {port}))"
    started = f'until python3 -c "{connect}" 2>/dev/null; do :; done'
    script = script.replace("8000", port).replace("&\n", f"&\nserver=$!\n{started}\n", 1)
    script = script.replace("kill %1", "")
    shutil.copytree(ROOT / "catalog", tmp_path / "catalog")
    bin_folder = tmp_path / "bin"
    bin_folder.mkdir()
    (bin_folder / "walletpick").write_text(
        f'#!/bin/sh\nexec "{sys.executable}" -m walletpick "$@"\n'
    )
    (bin_folder / "walletpick").chmod(0o755)
    env = environment(warm_cache(), XDG_DATA_HOME=str(tmp_path / "data"))
    env["PATH"] = f"{bin_folder}{os.pathsep}{env['PATH']}"
    env["WALLETPICK_TODAY"] = TODAY.isoformat()
    done = subprocess.run(
        ["sh", "-eu", "-c", f"trap 'kill $server' EXIT\n{script}"],
        cwd=tmp_path,
        env=env,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=PATIENCE,
        check=False,
    )
    shown = done.stdout.decode()
    assert done.returncode == 0, done.stderr.decode()
    told = [
        "release 1\n",
        "Up to date: ",
        "Came with walletpick",
        "release 2\n",
        "There is a newer one: ",
        "Updated: ",
        "release 2, from http://127.0.0.1",
        "Wallets in the Philippines",
        "In use again: ",
        "Came with walletpick",
    ]
    place = 0
    for words in told:
        assert words in shown[place:], f"{words!r} is not where it should be in\n{shown}"
        place = shown.index(words, place) + 1
    # The commands that are shown but not run have to be right in their options at least.
    for line in re.findall(r"^walletpick catalog (.*)$", PAGE.read_text(), re.MULTILINE):
        words = line.split()
        known = command("catalog", words[0], "--help", data=tmp_path).stdout
        assert all(word in known for word in words if word.startswith("--")), line


def test_the_same_input_gives_the_same_bytes(publisher: Publisher, tmp_path: Path) -> None:
    """Also in another process, in another place, with other hashes and another time zone."""
    first, second = publisher.copy(1, "one"), tmp_path / "two"
    shutil.copytree(first, second)
    publisher.build(first, publisher.folder / "catalog-2")
    moved = shutil.copytree(publisher.folder / "catalog-2", tmp_path / "moved")
    env = environment(warm_cache(), PYTHONHASHSEED="12345", TZ="Pacific/Kiritimati", LC_ALL="C")
    env["WALLETPICK_TODAY"] = TODAY.isoformat()
    subprocess.run(
        [
            *(sys.executable, "-m", "walletpick", "--catalog", str(moved), "catalog", "build"),
            *("--out", str(second), "--key", str(publisher.release_key)),
        ],
        env=env,
        check=True,
        capture_output=True,
    )
    assert files(first) == files(second)


def test_building_again_changes_nothing_on_the_same_day(publisher: Publisher) -> None:
    site = publisher.copy(2, "again")
    before = files(site)
    done = publisher.build(site, publisher.folder / "catalog-2")
    assert "nothing had to be signed anew" in done.stdout
    assert files(site) == before
    # A later day prolongs the timestamp alone.
    publisher.build(site, publisher.folder / "catalog-2", today=TODAY + timedelta(days=7))
    after = files(site)
    assert {name for name in after if after[name] != before.get(name)} == {
        "metadata/timestamp.json"
    }


def test_what_nobody_fetches_any_more_is_deleted(publisher: Publisher) -> None:
    site = publisher.releases[3]
    assert sorted(path.name for path in (site / "metadata").iterdir()) == [
        *("1.root.json", "2.snapshot.json", "2.targets.json", "3.snapshot.json"),
        *("3.targets.json", "timestamp.json"),
    ]
    assert len(list((site / "targets").iterdir())) == 2


def test_nothing_else_is_deleted(publisher: Publisher) -> None:
    site = publisher.copy(1, "shared")
    for name in ("targets/README", "targets/more/file", "index.html"):
        (site / name).parent.mkdir(exist_ok=True)
        (site / name).write_text("")
    for name in ("targets/.x.catalog-1.bin.00.part", "metadata/.timestamp.json.00.part"):
        (site / name).write_text("half")
    publisher.build(site, publisher.folder / "catalog-2")
    kept = files(site)
    assert {"targets/README", "targets/more/file", "index.html"} <= set(kept)
    assert not [name for name in kept if name.endswith(".part")]


def test_a_build_says_what_it_made(publisher: Publisher) -> None:
    site = publisher.copy(1, "told")
    shown = publisher.build(site, publisher.folder / "catalog-2").stdout
    target = json.loads((site / "metadata/2.targets.json").read_text())["signed"]["targets"]
    [(_, signed)] = target.items()
    assert signed["hashes"]["sha256"] in shown
    assert version_of(site) in shown
    assert f"trusted until {TODAY + timedelta(days=30)}" in shown


def test_an_invalid_catalog_is_not_published(publisher: Publisher, tmp_path: Path) -> None:
    site = publisher.copy(1, "invalid")
    before = files(site)
    broken = make_catalog(tmp_path / "broken", "9")
    path = broken / "wallets" / "twopay.yaml"
    path.write_text(path.read_text().replace("percent: 9", "percent: nine"))
    out = ("--out", site, "--key", publisher.release_key)
    done = command("--catalog", broken, "catalog", "build", *out, data=tmp_path)
    assert done.exit_code == 4
    assert "twopay.yaml:" in done.stderr
    assert files(site) == before


def test_without_a_root_or_with_a_wrong_key(publisher: Publisher, tmp_path: Path) -> None:
    catalog = publisher.folder / "catalog-1"
    (tmp_path / "no.pem").write_text("-----BEGIN PRIVATE KEY-----\nAAAA\n")
    cases = [
        (tmp_path / "new", publisher.release_key, "catalog root"),
        (publisher.releases[1], publisher.root_key, "none of these keys may sign"),
        (publisher.releases[1], Path(f"{publisher.release_key}.pub"), "none of these keys"),
        (publisher.releases[1], tmp_path / "no.pem", "no Ed25519 key"),
        (publisher.releases[1], tmp_path / "none.pem", "cannot be read"),
    ]
    for site, key, words in cases:
        out = ("--out", site, "--key", key)
        done = command("--catalog", catalog, "catalog", "build", *out, data=tmp_path)
        assert done.exit_code == 2, done.output
        assert words in done.stderr
    assert not (tmp_path / "new").exists()


def test_a_root_that_ends_is_told(publisher: Publisher) -> None:
    site = publisher.copy(1, "ending")
    catalog = publisher.folder / "catalog-1"
    assert "ends on" in publisher.build(site, catalog, today=TODAY + timedelta(days=700)).stderr
    over = command(
        *("--catalog", catalog, "catalog", "build", "--out", site, "--key", publisher.release_key),
        data=publisher.folder,
        today=TODAY + timedelta(days=731),
    )
    assert over.exit_code == 2
    assert "expired" in over.stderr
    # Renewed with the same keys, everything is good for as long as the new root.
    publisher.trust(site, publisher.release_key, today=TODAY + timedelta(days=731))
    publisher.build(site, catalog, today=TODAY + timedelta(days=731))
    end = json.loads((site / "metadata/2.root.json").read_text())["signed"]["expires"]
    targets = json.loads((site / "metadata/2.targets.json").read_text())["signed"]["expires"]
    assert targets == end


def test_a_key_is_private_and_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "key.pem"
    made = command("catalog", "key", path, data=tmp_path)
    assert made.exit_code == 0
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert b"PRIVATE" not in (tmp_path / "key.pem.pub").read_bytes()
    before = files(tmp_path)
    again = command("catalog", "key", path, data=tmp_path)
    assert again.exit_code == 2
    assert "never overwritten" in again.stderr
    assert files(tmp_path) == before
    nowhere = command("catalog", "key", tmp_path / "no" / "key.pem", data=tmp_path)
    assert nowhere.exit_code == 1
    assert "cannot be written" in nowhere.stderr
