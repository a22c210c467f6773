"""`walletpick catalog update`, `status` and `rollback`, from a real server on this machine.

Every attack of a mirror that lies ends in one sentence and an exit code, and leaves the catalog in
use as it was.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import msgspec
import pexpect
import pytest
from click.testing import Result
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from filelock import FileLock
from invalid import INVALID
from publishing import (
    TODAY,
    Mirror,
    Publisher,
    Visit,
    can_unshare,
    command,
    make_catalog,
    process,
    unshared,
    version_of,
)
from running import (
    PATIENCE,
    UNMEASURED,
    as_from_a_terminal,
    environment,
    shipped,
    warm_cache,
)
from securesystemslib.signer import CryptoSigner
from small import validated
from tuf.api.metadata import Metadata, Targets

from walletpick.reading import compiled
from walletpick.updates import publish

# What stands in a compiled catalog before its content.
HEAD = compiled.HEAD


@pytest.fixture(scope="module")
def publisher(tmp_path_factory: pytest.TempPathFactory) -> Publisher:
    return Publisher(tmp_path_factory.mktemp("publisher"))


@pytest.fixture
def mirror(publisher: Publisher) -> Iterator[Mirror]:
    server = Mirror(publisher.releases[1])
    yield server
    server.end()


class Person:
    """Somebody who updates from a mirror, with a data directory of their own."""

    def __init__(self, data: Path, mirror: Mirror, root: Path) -> None:
        self.data, self.mirror, self.root = data, mirror, root

    @property
    def downloads(self) -> Path:
        return self.data / "walletpick" / "catalog"

    def command(self, *args: object) -> Result:
        return command("catalog", *args, data=self.data)

    def update(self, *args: object) -> Result:
        return self.command("update", "--url", self.mirror.url, "--root", self.root, *args)

    def status(self) -> Any:
        return validated(self.command("status", "--json").stdout, "status")

    def version(self) -> str:
        """Return the version that a command works with; nothing may be wrong with it."""
        listed = command("rank", "--country", "KE", "--use", "send=1000", "--json", data=self.data)
        assert listed.stderr == ""
        found = self.status()
        assert found["trouble"] is None
        assert json.loads(listed.stdout)["catalog"] == found["catalog"]
        return str(found["catalog"]["version"])


@pytest.fixture
def person(tmp_path: Path, mirror: Mirror, publisher: Publisher) -> Person:
    """Return somebody who has the first release."""
    someone = Person(tmp_path, mirror, publisher.root)
    done = someone.update()
    assert done.exit_code == 0, done.output
    return someone


# The usual way.


def test_update_status_rollback(person: Person, publisher: Publisher, mirror: Mirror) -> None:
    first = person.status()
    assert first["origin"] == "download"
    assert first["catalog"]["version"] == version_of(publisher.releases[1]) == person.version()
    assert first["release"]["url"] == mirror.url
    assert first["release"]["number"] == 1
    assert first["release"]["fetched"] == TODAY.isoformat()
    assert first["rollback"] is None
    signed = json.loads((publisher.releases[1] / "metadata/1.targets.json").read_text())
    assert first["release"]["keys"] == [item["keyid"] for item in signed["signatures"]]

    mirror.folder = publisher.releases[2]
    looked = person.update("--check", "--json")
    assert validated(looked.stdout, "update")["outcome"] == "available"
    assert person.version() == first["catalog"]["version"]

    done = person.update("--json")
    assert validated(done.stdout, "update")["outcome"] == "updated"
    assert person.version() == version_of(publisher.releases[2])
    assert person.status()["rollback"] == first["release"]
    assert json.loads(person.update("--json").stdout)["outcome"] == "up to date"
    shown = person.command("status").stdout
    assert mirror.url in shown
    assert first["release"]["keys"][0] in shown

    assert person.command("rollback").exit_code == 0
    assert person.version() == first["catalog"]["version"]
    assert person.command("rollback").exit_code == 0
    assert person.version() == shipped().version
    assert person.status()["origin"] == "package"
    again = person.command("rollback")
    assert again.exit_code == 2
    assert "no update to take back" in again.stderr
    assert json.loads(person.update("--json").stdout)["outcome"] == "updated"


def test_only_what_changed_is_fetched(person: Person, publisher: Publisher, mirror: Mirror) -> None:
    mirror.asked.clear()
    assert person.update().exit_code == 0
    paths = [path for path, _ in mirror.asked]
    assert paths == ["/metadata/2.root.json", "/metadata/timestamp.json"]
    assert mirror.asked[1][1], "no tag was shown"
    mirror.folder = publisher.releases[2]
    assert person.update().exit_code == 0
    assert person.version() == version_of(publisher.releases[2])


def test_a_chosen_directory_comes_before_a_download(person: Person, publisher: Publisher) -> None:
    there = publisher.folder / "catalog-3"
    found = command("--catalog", there, "catalog", "status", "--json", data=person.data)
    status = validated(found.stdout, "status")
    assert status["origin"] == "directory"
    assert status["catalog"]["version"] == version_of(publisher.releases[3])


def test_a_newer_package_beats_an_older_download(person: Person) -> None:
    notes = person.downloads / "state.json"
    state = json.loads(notes.read_text())
    # Of the same day, but fetched beside another package.
    for change in ({"date": "2020-01-01"}, {"date": shipped().date, "beside": "another"}):
        notes.write_text(json.dumps(state | {"current": state["current"] | change}))
        assert person.version() == shipped().version
        assert person.status()["origin"] == "package"
    # The same release is no newer for being fetched again.
    assert json.loads(person.update("--json").stdout)["outcome"] == "package newer"
    assert person.version() == shipped().version


def test_a_release_beaten_by_a_newer_package_does_not_come_back(person: Person) -> None:
    notes = person.downloads / "state.json"
    state = json.loads(notes.read_text())
    notes.write_text(json.dumps(state | {"current": state["current"] | {"beside": "another"}}))
    for _ in range(2):
        done = person.update("--json")
        assert json.loads(done.stdout)["outcome"] == "package newer"
        assert person.version() == shipped().version


def test_what_was_read_later_beats_any_package(
    publisher: Publisher, mirror: Mirror, person: Person
) -> None:
    site = publisher.copy(1, "later")
    day = date.fromisoformat(shipped().date) + timedelta(days=1)
    publisher.build(site, make_catalog(publisher.folder / "later-catalog", "5", day.isoformat()))
    mirror.folder = site
    assert json.loads(person.update("--json").stdout)["outcome"] == "updated"
    notes = person.downloads / "state.json"
    state = json.loads(notes.read_text())
    notes.write_text(json.dumps(state | {"current": state["current"] | {"beside": "another"}}))
    assert person.version() == version_of(site)
    assert json.loads(person.update("--json").stdout)["outcome"] == "up to date"


def test_what_is_no_newer_than_the_package_is_not_used(
    publisher: Publisher, mirror: Mirror, person: Person
) -> None:
    # The publisher takes back what they published, and signs an old catalog as the newest.
    site = publisher.copy(1, "withdrawn")
    old = make_catalog(publisher.folder / "old", "4")
    for path in old.rglob("*.yaml"):
        path.write_text(path.read_text().replace(shipped().date, "2021-05-05"))
        path.write_text(path.read_text().replace("2026-1", "2021-0").replace("2021-00", "2021-01"))
    assert command("--catalog", old, "catalog", "averages", data=old).exit_code == 0
    publisher.build(site, old)
    mirror.folder = site
    done = person.update("--json")
    assert json.loads(done.stdout)["outcome"] == "package newer", done.output
    assert person.version() == shipped().version


# What a mirror can do.


def corrupt(pattern: str) -> Callable[[Mirror, Publisher], None]:
    """Return an attack that changes one byte in the middle of a file."""

    def attack(mirror: Mirror, publisher: Publisher) -> None:
        def answer(visit: Visit) -> None:
            data = bytearray((mirror.folder / visit.path.lstrip("/")).read_bytes())
            data[len(data) // 2] ^= 1
            visit.say(200, bytes(data))

        mirror.folder = publisher.releases[2]
        mirror.answers[pattern] = answer

    return attack


def replay(mirror: Mirror, publisher: Publisher) -> None:
    mirror.folder = publisher.releases[1]


def mixed(pattern: str) -> Callable[[Mirror, Publisher], None]:
    """Return an attack that offers the older file of a kind under the name of the newer."""

    def attack(mirror: Mirror, publisher: Publisher) -> None:
        def answer(visit: Visit) -> None:
            folder = publisher.releases[2] / visit.path.lstrip("/").split("/")[0]
            old = sorted(folder.glob(pattern.split("/")[-1]))
            name = visit.path.split("/")[-1]
            visit.say(200, next(path for path in old if path.name != name).read_bytes())

        mirror.folder = publisher.releases[3]
        mirror.answers["/" + pattern] = answer

    return attack


def frozen(mirror: Mirror, publisher: Publisher) -> None:
    mirror.folder = publisher.expired()


def strangers_keys(mirror: Mirror, publisher: Publisher) -> None:
    site = publisher.folder / "stranger"
    if not site.exists():
        publisher.trust(site, publisher.other, root_key=publisher.other)
        for number in (1, 2, 3):
            publisher.build(site, publisher.folder / f"catalog-{number}", publisher.other)
        (site / "metadata/1.root.json").rename(site / "metadata/3.root.json")
    mirror.folder = site


def strangers_root(mirror: Mirror, publisher: Publisher) -> None:
    strangers_keys(mirror, publisher)
    mirror.folder = shutil.copytree(mirror.folder, publisher.folder / "stranger-root")
    (mirror.folder / "metadata/3.root.json").rename(mirror.folder / "metadata/2.root.json")


def endless(pattern: str) -> Callable[[Mirror, Publisher], None]:
    """Return an attack that never ends a file."""

    def attack(mirror: Mirror, publisher: Publisher) -> None:
        def answer(visit: Visit) -> None:
            visit.send_response(200)
            visit.end_headers()
            while visit.give(b" " * 65536):
                pass

        mirror.folder = publisher.releases[2]
        mirror.answers[pattern] = answer

    return attack


def huge(mirror: Mirror, publisher: Publisher) -> None:
    mirror.folder = publisher.releases[2]
    mirror.answers["*/timestamp.json"] = lambda visit: visit.say(200, b" " * 500, length=10**12)


def compressed(mirror: Mirror, publisher: Publisher) -> None:
    bomb = gzip.compress(b" " * 10_000)
    mirror.folder = publisher.releases[2]
    mirror.answers["*/timestamp.json"] = lambda visit: visit.say(200, bomb, Content_Encoding="gzip")


def too_short(mirror: Mirror, publisher: Publisher) -> None:
    """Say that less follows than does."""
    mirror.folder = publisher.releases[2]
    mirror.answers["/targets/*"] = lambda visit: visit.say(
        200, (mirror.folder / visit.path.lstrip("/")).read_bytes(), length=1000
    )


def too_long(mirror: Mirror, publisher: Publisher) -> None:
    """Say that more follows than does, and hang up."""
    mirror.folder = publisher.releases[2]
    mirror.answers["*/timestamp.json"] = lambda visit: visit.say(200, b"{", length=10_000)


def cut_off(mirror: Mirror, publisher: Publisher) -> None:
    """Offer a catalog without its end."""
    mirror.folder = publisher.releases[2]
    mirror.answers["/targets/*"] = lambda visit: visit.say(
        200, (mirror.folder / visit.path.lstrip("/")).read_bytes()[:-1000]
    )


def reset(mirror: Mirror, publisher: Publisher) -> None:
    def answer(visit: Visit) -> None:
        visit.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        visit.connection.close()

    mirror.folder = publisher.releases[2]
    mirror.answers["/targets/*"] = answer


def hang_up(mirror: Mirror, publisher: Publisher) -> None:
    """Read the question, and close the connection without a word."""
    mirror.folder = publisher.releases[2]
    mirror.answers["/targets/*"] = lambda visit: None


def no_http(mirror: Mirror, publisher: Publisher) -> None:
    mirror.folder = publisher.releases[2]
    mirror.answers["/targets/*"] = lambda visit: (
        visit.give(b"220 mail.example ESMTP\r\n\r\n") and None
    )


def web_page(mirror: Mirror, publisher: Publisher) -> None:
    """What a hotel's network answers before one has paid."""
    mirror.answers["*"] = lambda visit: visit.say(200, b"<html>Welcome, please log in</html>")


def status(code: int) -> Callable[[Mirror, Publisher], None]:
    def attack(mirror: Mirror, publisher: Publisher) -> None:
        mirror.answers["*/timestamp.json"] = lambda visit: visit.say(code, b"")

    return attack


def redirect(target: str) -> Callable[[Mirror, Publisher], None]:
    """Return an attack that sends the visitor elsewhere."""

    def attack(mirror: Mirror, publisher: Publisher) -> None:
        mirror.folder = publisher.releases[2]
        mirror.answers["*/timestamp.json"] = lambda visit: visit.say(302, b"", Location=target)

    return attack


def unreadable(more: str) -> Callable[[Mirror, Publisher], None]:
    """Return an attack by a timestamp that bears a trusted key, and what nobody can have signed."""

    def attack(mirror: Mirror, publisher: Publisher) -> None:
        text = (publisher.releases[2] / "metadata/timestamp.json").read_text()
        data = text.replace('"signed":{', '"signed":{"more":' + more + ",", 1).encode()
        assert data != text.encode()
        mirror.folder = publisher.releases[2]
        mirror.answers["*/timestamp.json"] = lambda visit: visit.say(200, data)

    return attack


NETWORK, CATALOG = 5, 4
ATTACKS: dict[str, tuple[Callable[[Mirror, Publisher], None], int, str]] = {
    "a byte of the catalog": (corrupt("/targets/*"), CATALOG, "not the one that was signed"),
    "a byte of the timestamp": (corrupt("*/timestamp.json"), CATALOG, "what is published"),
    "a byte of the snapshot": (corrupt("*/2.snapshot.json"), CATALOG, "what is published"),
    "a byte of the targets": (corrupt("*/2.targets.json"), CATALOG, "what is published"),
    "an old release": (replay, CATALOG, "older than what was seen before"),
    "an old snapshot": (mixed("metadata/*.snapshot.json"), CATALOG, "does not fit together"),
    "old targets": (mixed("metadata/*.targets.json"), CATALOG, "does not fit together"),
    "an old catalog": (mixed("targets/*.bin"), CATALOG, "not the one that was signed"),
    "a frozen mirror": (frozen, CATALOG, "signatures have expired"),
    "a stranger's keys": (strangers_keys, CATALOG, "not signed by a key that is trusted"),
    "a stranger's root": (strangers_root, CATALOG, "not signed by a key that is trusted"),
    "an endless timestamp": (endless("*/timestamp.json"), CATALOG, "longer than was signed"),
    "an endless catalog": (endless("/targets/*"), CATALOG, "longer than was signed"),
    "a huge answer": (huge, CATALOG, "longer than was signed"),
    "a compressed answer": (compressed, NETWORK, "compressed"),
    "a length that is too short": (too_short, CATALOG, "not the one that was signed"),
    "a length that is too long": (too_long, NETWORK, "broke off"),
    "a catalog without its end": (cut_off, CATALOG, "not the one that was signed"),
    "a connection that is reset": (reset, NETWORK, "broke off"),
    "a connection without an answer": (hang_up, NETWORK, "broke off"),
    "an answer that is no HTTP": (no_http, NETWORK, "is no HTTP"),
    "a web page instead": (web_page, CATALOG, "not the publisher's metadata"),
    "a number that is none": (unreadable("NaN"), CATALOG, "not the publisher's metadata"),
    "half a character": (unreadable('"\\ud800"'), CATALOG, "not the publisher's metadata"),
    "a number without end": (unreadable("9" * 10_000), CATALOG, "not the publisher's metadata"),
    "a depth without end": (
        unreadable("[" * 5000 + "]" * 5000),
        CATALOG,
        "not the publisher's metadata",
    ),
    "nothing there": (status(404), NETWORK, "answers 404"),
    "an error of the server": (status(503), NETWORK, "answers 503"),
    "unchanged, though nothing was": (status(304), NETWORK, "answers 304"),
    "a redirect to another host": (
        redirect("https://127.0.0.2/metadata/timestamp.json"),
        NETWORK,
        "leads away from its site",
    ),
    "a redirect to another port": (redirect("http://127.0.0.1:1/"), NETWORK, "leads away"),
    "a redirect to plain http": (redirect("http://example.org/"), NETWORK, "only https is safe"),
    "a redirect to a file": (redirect("file:///etc/passwd"), NETWORK, "no address of the web"),
    "redirects without end": (redirect("/metadata/timestamp.json"), NETWORK, "without end"),
}


@pytest.mark.parametrize("name", ATTACKS)
def test_a_mirror_that_lies(
    name: str, publisher: Publisher, mirror: Mirror, tmp_path: Path
) -> None:
    attack, code, words = ATTACKS[name]
    person = Person(tmp_path, mirror, publisher.root)
    mirror.folder = publisher.releases[2]
    assert person.update().exit_code == 0
    before = person.version()
    if attack is not replay:
        # Somebody who already has what is to be attacked would not fetch it.
        shutil.rmtree(tmp_path)
        mirror.folder = publisher.releases[1]
        assert person.update().exit_code == 0
        before = person.version()
    if name == "unchanged, though nothing was":
        (person.downloads / "trust").rename(person.downloads / "forgotten")
    mirror.given = 0
    attack(mirror, publisher)
    done = person.update()
    assert done.exit_code == code, done.output
    assert words in done.stderr, done.stderr
    assert done.stdout == ""
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr
    assert mirror.given < 8_000_000
    assert person.version() == before
    # Nothing of it stays behind that would be in the way later.
    mirror.answers.clear()
    mirror.folder = publisher.releases[3]
    assert person.update().exit_code == 0, done.output
    assert person.version() == version_of(publisher.releases[3])


def test_a_connection_that_is_closed_after_each_answer(
    person: Person, publisher: Publisher, mirror: Mirror
) -> None:
    """It was said to stay open, and is closed just when the next file is asked for over it."""
    has_answered: set[Visit] = set()

    def answer(visit: Visit) -> None:
        if visit not in has_answered:
            has_answered.add(visit)
            visit.close_connection = False
            visit.offer()

    mirror.folder = publisher.releases[2]
    mirror.answers["*"] = answer
    done = person.update()
    assert done.exit_code == 0, done.output
    assert person.version() == version_of(publisher.releases[2])
    assert 1 < len(has_answered) < len(mirror.asked)


@pytest.mark.parametrize(
    "tags", [{"ETag": f'"{"a" * 70_000}"'}, {"Last-Modified": "Fri, 31 Dec 2999 00:00:00 GMT"}]
)
def test_a_tag_that_would_stop_later_updates(
    tags: dict[str, str], person: Person, publisher: Publisher, mirror: Mirror
) -> None:
    """A server that gets such a tag back refuses it, or takes what is here for the newest."""

    def tagged(visit: Visit) -> None:
        visit.say(200, (mirror.folder / "metadata/timestamp.json").read_bytes(), **tags)

    def honest(visit: Visit) -> None:
        if "If-Modified-Since" in visit.headers:
            visit.say(304, b"")
        else:
            visit.offer()

    mirror.folder = publisher.releases[2]
    mirror.answers["*/timestamp.json"] = tagged
    assert person.update().exit_code == 0
    mirror.answers["*/timestamp.json"] = honest
    mirror.folder = publisher.copy(3, f"later-{next(iter(tags))}")
    publisher.build(mirror.folder, publisher.folder / "catalog-1")
    if "Last-Modified" in tags:
        # So it is with a site that is frozen: until the timestamp ends, and not for longer.
        for path in person.downloads.glob("trust/*/timestamp.json"):
            shutil.copy(publisher.expired() / "metadata/timestamp.json", path)
            data = path.read_bytes()
            note = json.loads((path.parent / "tags.json").read_text())
            note["sha256"] = hashlib.sha256(data).hexdigest()
            (path.parent / "tags.json").write_text(json.dumps(note))
        assert person.update().exit_code == CATALOG
    done = person.update()
    assert done.exit_code == 0, done.output
    assert person.version() == version_of(publisher.releases[1])


def test_a_newer_root_does_not_make_forget_what_was_seen(
    person: Person, publisher: Publisher, mirror: Mirror
) -> None:
    site = publisher.copy(3, "renewed")
    publisher.trust(site, publisher.release_key)
    publisher.build(site, publisher.folder / "catalog-3")
    mirror.folder = site
    assert person.update().exit_code == 0
    before = person.version()
    played_back = publisher.copy(2, "played-back")
    newest = shutil.copy(site / "metadata/2.root.json", played_back / "metadata")
    mirror.folder = played_back
    done = person.command("update", "--url", mirror.url, "--root", newest)
    assert done.exit_code == CATALOG, done.output
    assert "older than what was seen before" in done.stderr
    assert person.version() == before


@pytest.mark.parametrize(
    "about",
    [
        {"version": "\x1b[2J", "date": TODAY.isoformat()},
        {"version": "1", "date": "9999-99-99"},
        {"version": "1", "date": "soon"},
    ],
)
def test_a_publisher_who_signs_nonsense(
    about: dict[str, str], person: Person, publisher: Publisher, mirror: Mirror, tmp_path: Path
) -> None:
    site = shutil.copytree(publisher.releases[1], tmp_path / "site")
    signer = CryptoSigner(
        serialization.load_pem_private_key(publisher.release_key.read_bytes(), None)
    )
    for path in (site / "metadata/1.targets.json", site / "metadata/1.snapshot.json"):
        signed = Metadata.from_file(str(path))
        signed.signed.version = 2
        if isinstance(signed.signed, Targets):
            for target in signed.signed.targets.values():
                target.unrecognized_fields["custom"] = about
        else:
            signed.signed.meta["targets.json"].version = 2
        signed.sign(signer)
        signed.to_file(str(path.with_name(path.name.replace("1", "2"))))
    stamp = Metadata.from_file(str(site / "metadata/timestamp.json"))
    stamp.signed.version = stamp.signed.snapshot_meta.version = 2
    stamp.sign(signer)
    stamp.to_file(str(site / "metadata/timestamp.json"))
    mirror.folder = site
    before = person.version()
    for args in (("--check",), ()):
        done = person.update(*args)
        assert done.exit_code == CATALOG, done.output
        assert "does not say which catalog it is" in done.stderr
    assert person.version() == before


def content_of(site: Path) -> bytes:
    """Return what a published catalog holds, after its digest."""
    [file] = site.glob("targets/*.bin")
    return file.read_bytes()[HEAD:]


SIGNED = ("a name that is not UTF-8", "a name that turns the line around", "not a number")


@pytest.mark.parametrize("name", SIGNED)
def test_a_publisher_who_signs_no_catalog(
    name: str,
    person: Person,
    publisher: Publisher,
    mirror: Mirror,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    whole = content_of(publisher.releases[1])
    content = INVALID[name](whole)
    assert content != whole
    data = compiled.encode(shipped())[: HEAD - 32] + hashlib.sha256(content).digest() + content
    site = shutil.copytree(publisher.releases[1], tmp_path / "site")
    with monkeypatch.context() as patch:
        patch.setattr(publish.outside, "first_problem", lambda _: None)
        patch.setattr(publish.compiled, "encode", lambda _: data)
        publisher.build(site, publisher.folder / "catalog-1")
    before = person.version()
    mirror.folder = site
    done = person.update()
    assert done.exit_code == CATALOG, done.output
    assert "though it is signed, it does not hold a catalog" in done.stderr
    assert done.stderr.count("\n") == 1
    assert done.stderr.isprintable() or done.stderr.rstrip("\n").isprintable()
    assert person.version() == before
    mirror.folder = publisher.releases[3]
    assert person.update().exit_code == 0
    assert person.version() == version_of(publisher.releases[3])


def test_what_nobody_could_use_is_not_signed(
    publisher: Publisher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = shutil.copytree(publisher.releases[1], tmp_path / "site")
    before = sorted((path, path.stat().st_mtime_ns) for path in site.rglob("*"))
    catalog = msgspec.structs.replace(shipped(), date="2020-01-01")
    keys = publish.read_keys([publisher.release_key])
    with pytest.raises(publish.Unpublished, match="nobody could use this catalog"):
        publish.publish(site, catalog, keys, TODAY, 30)
    assert before == sorted((path, path.stat().st_mtime_ns) for path in site.rglob("*"))


def test_a_mirror_that_drips(person: Person, publisher: Publisher, mirror: Mirror) -> None:
    left = threading.Event()

    def drip_while_there(visit: Visit, drop: bytes) -> None:
        for _ in range(20 * PATIENCE):
            if not visit.give(drop):
                left.set()
                return
            time.sleep(0.05)

    def drip(visit: Visit) -> None:
        visit.send_response(200)
        visit.end_headers()
        drip_while_there(visit, b" ")

    def drip_heads(visit: Visit) -> None:
        visit.give(b"HTTP/1.1 200 OK\r\n")
        drip_while_there(visit, b"X-More: 1\r\n")

    for answer in (drip, drip_heads):
        mirror.answers["*/timestamp.json"] = answer
        left.clear()
        done = person.update("--timeout", "1")
        assert done.exit_code == NETWORK
        assert "longer than 1 second" in done.stderr
        assert left.wait(PATIENCE)
    assert person.version() == version_of(publisher.releases[1])


def test_a_redirect_within_the_site_is_followed(
    person: Person, publisher: Publisher, mirror: Mirror
) -> None:
    mirror.folder = publisher.releases[2]
    moved = publisher.releases[2] / "metadata" / "timestamp.json"
    mirror.answers["/metadata/timestamp.json"] = lambda visit: visit.say(
        301, b"", Location=f"{mirror.url}elsewhere.json"
    )
    mirror.answers["/elsewhere.json"] = lambda visit: visit.say(200, moved.read_bytes())
    done = person.update()
    assert done.exit_code == 0, done.output
    assert person.version() == version_of(publisher.releases[2])


@pytest.mark.parametrize(
    ("url", "code", "words"),
    [
        ("http://example.org/", 2, "only https is safe"),
        ("ftp://example.org/", 2, "no address of the web"),
        ("wallets", 2, "no address of the web"),
        ("https://me:secret@example.org/", 2, "a name or password"),
        ("https://example.org/?x=1", 2, "does not end in a path"),
        ("https://example.org:99999/", 2, "no address of the web"),
        (f"https://{'a' * 70_000}/", 2, "no address of the web"),
        ("https://127.0.0.1:1/", NETWORK, "nobody answers there"),
    ],
)
def test_an_address_that_is_none(person: Person, url: str, code: int, words: str) -> None:
    done = person.command("update", "--url", url, "--root", person.root)
    assert done.exit_code == code, done.output
    assert words in done.stderr
    assert "secret" not in done.stderr


def test_an_address_may_be_spelt_otherwise(
    publisher: Publisher, mirror: Mirror, tmp_path: Path
) -> None:
    port = mirror.server_address[1]
    for number, url in enumerate((f"HTTP://LOCALHOST:{port}", f"http://localhost:{port}//")):
        someone = Person(tmp_path / str(number), mirror, publisher.root)
        done = someone.command("update", "--url", url, "--root", publisher.root)
        assert done.exit_code == 0, done.output


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("HTTPS_PROXY", "elsewhere://127.0.0.1"),
        ("HTTPS_PROXY", "http://127.0.0.1:port"),
        ("SSL_CERT_FILE", "/no/such/file"),
    ],
)
def test_settings_of_no_use(
    name: str, value: str, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    done = person.command("update", "--url", "https://127.0.0.1:1", "--root", person.root)
    assert done.exit_code == NETWORK, done.output
    assert "the environment names are of no use" in done.stderr
    assert person.update().exit_code == 0


def test_no_proxy_leads_to_this_machine(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    done = person.update()
    assert done.exit_code == 0, done.output


def test_a_root_that_is_none(person: Person, publisher: Publisher, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("<html>")
    snapshot = publisher.releases[1] / "metadata/1.snapshot.json"
    for root, code in (
        (tmp_path / "page.html", CATALOG),
        (snapshot, CATALOG),
        (tmp_path / "no", 2),
    ):
        done = person.command("update", "--url", person.mirror.url, "--root", root)
        assert done.exit_code == code, done.output
        assert "root" in done.stderr
    assert person.version() == version_of(publisher.releases[1])


# Transport.


def certificate(folder: Path) -> tuple[Path, Path]:
    """Return a certificate for 127.0.0.1 and its key, as files."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "walletpick tests")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False
        )
        .sign(key, hashes.SHA256())
    )
    (folder / "cert.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return folder / "cert.pem", folder / "key.pem"


def test_tls_is_verified_and_not_left(
    publisher: Publisher, mirror: Mirror, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tls = certificate(tmp_path)
    safe = Mirror(publisher.releases[1], tls)
    try:
        person = Person(tmp_path / "data", safe, publisher.root)
        stranger = person.update()
        assert stranger.exit_code == NETWORK
        assert "no safe connection" in stranger.stderr
        assert person.status()["origin"] == "package"
        monkeypatch.setenv("SSL_CERT_FILE", str(tls[0]))
        assert person.update().exit_code == 0
        before = person.version()
        # The same machine without TLS is another place, though it is this machine.
        safe.folder = publisher.releases[2]
        safe.answers["*/timestamp.json"] = lambda visit: visit.say(
            302, b"", Location=f"{mirror.url}metadata/timestamp.json"
        )
        left = person.update()
        assert left.exit_code == NETWORK
        assert "leads away" in left.stderr
        assert person.version() == before
    finally:
        safe.end()


# Keys that change.


def test_a_lost_release_key_is_replaced(
    person: Person, publisher: Publisher, mirror: Mirror
) -> None:
    site = publisher.copy(1, "rotated")
    publisher.trust(site, publisher.other)
    refused = command(
        "--catalog", publisher.folder / "catalog-2",
        *("catalog", "build", "--out", site, "--key", publisher.release_key),
        data=person.data,
    )  # fmt: skip
    assert refused.exit_code == 2
    assert "none of these keys may sign a catalog" in refused.stderr
    publisher.build(site, publisher.folder / "catalog-2", publisher.other)
    mirror.folder = site
    done = person.update()
    assert done.exit_code == 0, done.output
    assert person.version() == version_of(publisher.releases[2])
    # Who finds the old key can do nothing with it.
    mirror.folder = publisher.releases[3]
    shutil.copy(site / "metadata/2.root.json", mirror.folder / "metadata")
    try:
        assert person.update().exit_code == CATALOG
    finally:
        (mirror.folder / "metadata/2.root.json").unlink()
    assert person.version() == version_of(publisher.releases[2])


def test_a_lost_root_key_is_replaced_with_the_spare_one(
    person: Person, publisher: Publisher, mirror: Mirror
) -> None:
    site = publisher.copy(1, "spared")
    new = publisher.folder / "new.pem"
    assert publisher.run("key", new).exit_code == 0
    options = ("--out", site, "--root-key", new, "--release-key", f"{publisher.release_key}.pub")
    refused = publisher.run("root", *options)
    assert refused.exit_code == 2
    assert "--sign-with" in refused.stderr
    assert not (site / "metadata/2.root.json").exists()
    done = publisher.run("root", *options, "--sign-with", publisher.spare)
    assert done.exit_code == 0, done.output
    publisher.build(site, publisher.folder / "catalog-2")
    mirror.folder = site
    assert person.update().exit_code == 0
    assert person.version() == version_of(publisher.releases[2])


# Accidents.


def test_a_second_process_waits_outside(person: Person, publisher: Publisher) -> None:
    before = person.version()
    with FileLock(person.downloads / "lock"):
        for done in (person.update(), person.command("rollback")):
            assert done.exit_code == 1
            assert "another walletpick" in done.stderr
    assert person.version() == before
    assert person.update().exit_code == 0


def damaged(path: Path) -> Iterator[bytes | None]:
    """Yield what can become of a file; None is its end."""
    data = path.read_bytes()
    for place in (0, len(data) // 2, len(data) - 2):
        yield data[:place]
        yield data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]
    yield data + b"more"
    yield b"\xff" * 20
    yield b"[]"
    yield compiled.encode(shipped())


def test_a_damaged_download_is_noticed(person: Person, publisher: Publisher) -> None:
    [catalog] = person.downloads.glob("*.catalog")
    version = version_of(publisher.releases[1])
    for path in (catalog, person.downloads / "state.json"):
        whole = path.read_bytes()
        for data in damaged(path):
            if data is None:
                path.unlink()
            else:
                path.write_bytes(data)
            found = command("list", "--json", data=person.data)
            assert found.exit_code == 0
            status = json.loads(person.command("status", "--json").stdout)
            if status["origin"] == "download":
                # The notes hold what does not decide anything, such as the address.
                assert path.name == "state.json"
                assert found.stderr == ""
                continue
            assert status["catalog"]["version"] == shipped().version
            assert found.stderr.count("\n") == 1
            assert "is not used" in found.stderr
        assert person.update().exit_code == 0
        assert person.version() == version
        path.write_bytes(whole)


@pytest.mark.parametrize(
    "notes",
    [
        '{"current": {"sha256": "a\\u0000"}}',
        '{"current": {"sha256": "../other"}}',
        '{"current":' * 5000,
        '{"current": {"date": "2999-01-01"}}',
        '{"current": {"version": "other"}}',
    ],
)
def test_notes_that_are_damaged(notes: str, person: Person, publisher: Publisher) -> None:
    path = person.downloads / "state.json"
    state = json.loads(path.read_text())
    try:
        change = json.loads(notes)["current"]
    except (ValueError, RecursionError):
        path.write_text(notes)
    else:
        path.write_text(json.dumps(state | {"current": state["current"] | change}))
    status = person.command("status", "--json")
    assert status.stderr.count("\n") == 1
    assert "notes are damaged" in status.stderr
    assert json.loads(status.stdout)["catalog"]["version"] == shipped().version
    done = person.update()
    assert done.exit_code == 0, done.output
    assert person.version() == version_of(publisher.releases[1])


def as_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def as_endless(path: Path) -> None:
    path.unlink()
    path.symlink_to("/dev/zero")


def as_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def as_too_large(path: Path) -> None:
    with path.open("r+b") as file:
        file.truncate(compiled.MOST_BYTES + 1)


@pytest.mark.skipif(os.name != "posix", reason="there are no such files")
@pytest.mark.parametrize("becomes", [as_pipe, as_endless, as_folder, as_too_large])
@pytest.mark.parametrize("name", ["state.json", "*.catalog"])
def test_what_is_here_and_no_ordinary_file_is_put_aside(
    name: str, becomes: Callable[[Path], None], person: Person, publisher: Publisher
) -> None:
    [path] = person.downloads.glob(name)
    becomes(path)
    # As a process: waiting for a pipe would be waiting for ever.
    listed = process("list", "--json", data=person.data)
    _, error = listed.communicate(timeout=PATIENCE)
    assert listed.returncode == 0
    assert b"is not used, " in error
    assert error.count(b"\n") == 1
    updating = process(
        "catalog", "update", "--url", person.mirror.url, "--root", person.root, data=person.data
    )
    _, error = updating.communicate(timeout=PATIENCE)
    assert updating.returncode == 0, error
    assert error.count(b"\n") == 1
    aside = path.with_name(f"{path.name}.damaged")
    assert aside.name.encode() in error
    assert os.path.lexists(aside)
    assert person.version() == version_of(publisher.releases[1])


@pytest.mark.parametrize("name", ["state.json", "*.catalog"])
def test_what_is_damaged_here_is_put_aside_by_the_next_update(
    name: str, person: Person, publisher: Publisher
) -> None:
    [path] = person.downloads.glob(name)
    path.write_bytes(b"\xff")
    done = person.update()
    assert done.exit_code == 0
    aside = path.with_name(f"{path.name}.damaged")
    assert done.stderr == f'"{path}" is not used, for it is damaged; it is now "{aside.name}".\n'
    assert aside.read_bytes() == b"\xff"
    assert person.version() == version_of(publisher.releases[1])
    path.write_bytes(b"\xfe")
    if name == "state.json":
        done = person.command("rollback")
        assert done.exit_code == 0
        assert "state.json.damaged-2" in done.stderr
        assert path.with_name("state.json.damaged-2").read_bytes() == b"\xfe"
        assert aside.read_bytes() == b"\xff"


MEMORY = ("timestamp.json", "snapshot.json", "targets.json", "tags.json", "root_history/*.json")


@pytest.mark.skipif(os.name != "posix", reason="there are no such files")
@pytest.mark.parametrize(
    ("name", "becomes"),
    [
        *((name, as_pipe) for name in MEMORY),
        *(("timestamp.json", becomes) for becomes in (as_endless, as_folder, as_too_large)),
        *((name, None) for name in MEMORY),
    ],
)
def test_what_was_remembered_and_is_damaged_is_put_aside(
    name: str,
    becomes: Callable[[Path], None] | None,
    person: Person,
    publisher: Publisher,
    mirror: Mirror,
) -> None:
    [path] = person.downloads.glob(f"trust/*/{name}")
    becomes(path) if becomes else path.write_bytes(b'{"signed": "\xff"}')
    mirror.folder = publisher.releases[2]
    updating = process(
        "catalog", "update", "--url", mirror.url, "--root", person.root, data=person.data
    )
    _, error = updating.communicate(timeout=PATIENCE)
    assert updating.returncode == 0, error
    assert error.count(b"\n") == 1
    assert f'it is now "{path.name}.damaged"'.encode() in error
    assert os.path.lexists(path.with_name(f"{path.name}.damaged"))
    assert person.version() == version_of(publisher.releases[2])
    assert person.update().stderr == ""


def test_notes_of_a_later_version(person: Person, publisher: Publisher) -> None:
    path = person.downloads / "state.json"
    state = json.loads(path.read_text())
    path.write_text(json.dumps(state | {"more": 1, "current": state["current"] | {"more": [2]}}))
    assert person.version() == version_of(publisher.releases[1])


def test_a_rollback_to_what_is_damaged_says_so(
    person: Person, publisher: Publisher, mirror: Mirror
) -> None:
    [first] = person.downloads.glob("*.catalog")
    mirror.folder = publisher.releases[2]
    assert person.update().exit_code == 0
    first.write_bytes(b"")
    done = person.command("rollback")
    assert done.exit_code == 0
    assert "is damaged" in done.stderr
    assert "came with walletpick" in done.stdout


def test_without_standard_error(person: Person) -> None:
    done = subprocess.run(
        [
            *("sh", "-c", 'exec "$@" 2>&-', "sh", sys.executable, "-m", "walletpick"),
            *("catalog", "update", "--url", person.mirror.url, "--root", str(person.root)),
        ],
        env=environment(warm_cache(), XDG_DATA_HOME=str(person.data)),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0
    assert b"Up to date" in done.stdout


def test_a_killed_update_leaves_the_old_catalog(
    person: Person, publisher: Publisher, mirror: Mirror
) -> None:
    """Kill it while it waits for the rest of each file in turn."""
    old, new = version_of(publisher.releases[1]), version_of(publisher.releases[2])
    mirror.folder = publisher.releases[2]
    for pattern in (
        "*/2.root.json",
        "*/timestamp.json",
        "*/2.snapshot.json",
        "*/2.targets.json",
        "/targets/*",
    ):
        for share in (0.0, 0.7):
            waiting: list[str] = []

            def stall(visit: Visit, share: float = share, waiting: list[str] = waiting) -> None:
                path = mirror.folder / visit.path.lstrip("/")
                data = path.read_bytes() if path.exists() else b"{}"
                visit.send_response(200)
                visit.send_header("Content-Length", str(len(data)))
                visit.end_headers()
                visit.give(data[: int(len(data) * share)])
                waiting.append(visit.path)
                time.sleep(PATIENCE)

            shutil.rmtree(person.downloads / "trust")
            mirror.answers = {pattern: stall}
            child = process(
                *("catalog", "update", "--url", mirror.url, "--root", person.root), data=person.data
            )
            end = time.monotonic() + PATIENCE
            while not waiting and child.poll() is None:
                assert time.monotonic() < end
                time.sleep(0.01)
            time.sleep(0.05)
            child.kill()
            said = child.communicate()
            assert child.returncode == -signal.SIGKILL, (pattern, share, said)
            assert person.version() == old
    mirror.answers = {}
    assert person.update().exit_code == 0
    assert person.version() == new
    assert not list(person.downloads.rglob("*.part"))


def test_progress_and_ctrl_c_on_a_terminal(
    person: Person, publisher: Publisher, mirror: Mirror
) -> None:
    def stall(visit: Visit) -> None:
        data = (mirror.folder / visit.path.lstrip("/")).read_bytes()
        visit.send_response(200)
        visit.send_header("Content-Length", str(len(data)))
        visit.end_headers()
        visit.give(data[: len(data) // 2])
        time.sleep(PATIENCE)

    mirror.folder = publisher.releases[2]
    mirror.answers["/targets/*"] = stall
    env = environment(warm_cache(), XDG_DATA_HOME=str(person.data), TERM="xterm")
    child: pexpect.spawn[str] = pexpect.spawn(
        sys.executable,
        [
            *("-m", "walletpick", "catalog", "update"),
            *("--url", mirror.url, "--root", str(person.root)),
        ],
        env={**env, "WALLETPICK_TODAY": TODAY.isoformat()},
        encoding="utf-8",
        timeout=PATIENCE,
        preexec_fn=as_from_a_terminal,
    )
    child.expect(r"\d+ of \d+ KiB")
    child.sendintr()
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 130
    assert "Traceback" not in child.before
    assert person.version() == version_of(publisher.releases[1])


# Kills an update before its first, second, ... call that writes, and says what is in use then.
KILLER = """
import json, os, shutil, signal, sys
from pathlib import Path
from walletpick.updates import net
from walletpick.reading.place import default_directory
from walletpick.commands import cli
from walletpick.commands.common import load_from
from walletpick.updates import client, store

before, *line = sys.argv[1:]
package = load_from(default_directory())
WRITES = {"write", "fsync", "replace", "unlink", "mkdir", "symlink"}
PLACES = ("/walletpick/updates/", "/tuf/ngclient/", "/filelock/")

def is_ours(frame):
    for _ in range(5):
        if frame is None:
            return False
        if any(place in frame.f_code.co_filename for place in PLACES):
            return True
        frame = frame.f_back
    return False

def update(calls):
    def watch(frame, event, function):
        nonlocal calls
        if event == "c_call" and function.__name__ in WRITES and is_ours(frame):
            calls -= 1
            if calls == 0:
                os.kill(os.getpid(), signal.SIGKILL)
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    sys.setprofile(watch)
    code = cli.main(line, standalone_mode=False)
    sys.setprofile(None)
    os._exit(code or 0)

calls = 0
code = -9
while code != 0:
    calls += 1
    shutil.rmtree(store.folder())
    shutil.copytree(before, store.folder(), symlinks=True)
    code = update(calls)
    found = store.choose(store.folder(), package)
    mended = update(0) if calls % 5 == 0 or code == 0 else 0
    then = store.choose(store.folder(), package)
    left = [str(path) for path in store.folder().rglob("*.part")]
    print(json.dumps([code, found.catalog.version, found.trouble, mended, then.catalog.version, left]))
"""


def test_an_update_killed_before_each_call_that_writes(
    person: Person, publisher: Publisher, mirror: Mirror, tmp_path: Path
) -> None:
    old, new = version_of(publisher.releases[1]), version_of(publisher.releases[2])
    mirror.folder = publisher.releases[2]
    before = shutil.copytree(person.downloads, tmp_path / "before", symlinks=True)
    env = environment(warm_cache(), XDG_DATA_HOME=str(person.data))
    done = subprocess.run(
        [
            *(sys.executable, "-c", KILLER, before, "catalog", "update"),
            *("--url", mirror.url, "--root", person.root),
        ],
        env={**env, "WALLETPICK_TODAY": TODAY.isoformat()},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    results = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(results) > 20, "it was not killed at every point"
    for step, (code, version, trouble, mended, then, left) in enumerate(results, 1):
        assert code in (-signal.SIGKILL, 0)
        assert version in (old, new)
        assert trouble == ""
        assert mended == 0
        if step % 5 == 0:
            assert then == new
            assert left == []
    # First it leaves the old one, then the new one, and never goes back and forth.
    versions = [version for _, version, *_ in results]
    assert versions == sorted(versions, key=[old, new].index)
    assert results[-1][0] == 0
    assert versions[0] == old


@pytest.mark.skipif(not can_unshare(), reason="no namespaces for us on this machine")
def test_a_full_disk_leaves_the_old_catalog(
    person: Person, publisher: Publisher, mirror: Mirror, tmp_path: Path
) -> None:
    """Update on file systems of every size between too small and large enough."""
    mirror.folder = publisher.releases[2]
    before = tmp_path / "before"
    shutil.copytree(person.data, before)
    place = tmp_path / "small"
    place.mkdir()
    script = """
mount -t tmpfs -o size="$2" none "$1"
cp -r "$3/." "$1"
code=0
TMPDIR="$1" "${@:4}" catalog update --url "$URL" --root "$ROOT" >&2 || code=$?
"${@:4}" catalog status --json
exit $code
"""
    env = environment(warm_cache(), XDG_DATA_HOME=str(place), URL=mirror.url)
    env |= {"ROOT": str(publisher.root), "WALLETPICK_TODAY": TODAY.isoformat()}
    page = 4096
    pages = sum(path.stat().st_size // page + 1 for path in before.rglob("*"))
    outcomes = []
    for more in range(200):
        program = (sys.executable, "-m", "walletpick")
        done = unshared(script, place, (pages + more) * page, before, *program, env=env)
        text = done.stderr.decode()
        assert done.returncode in (0, 1), text
        status = json.loads(done.stdout)
        assert status["trouble"] is None
        outcomes.append(done.returncode)
        if done.returncode == 0:
            assert status["catalog"]["version"] == version_of(publisher.releases[2])
            break
        assert "No space left on device" in text
        assert text.count("\n") == 1, text
        assert status["catalog"]["version"] == version_of(publisher.releases[1])
    assert outcomes[:2] == [1, 1], "the first file systems were not too small"
    assert outcomes[-1] == 0, "the last file system was not large enough"


def test_files_that_may_not_grow(person: Person, publisher: Publisher, mirror: Mirror) -> None:
    """Update under ever higher limits on the size of a file, which any machine has."""
    mirror.folder = publisher.releases[2]
    env = environment(warm_cache(), XDG_DATA_HOME=str(person.data), PYTHONDONTWRITEBYTECODE="1")
    env |= {"WALLETPICK_TODAY": TODAY.isoformat(), **UNMEASURED}
    codes = []
    for limit in (0, 1, 4, 16, 64, 100_000):
        done = subprocess.run(
            [
                *("sh", "-c", 'ulimit -f "$1"; shift; exec "$@"', "sh", str(limit)),
                *(sys.executable, "-m", "walletpick", "catalog", "update"),
                *("--url", mirror.url, "--root", str(person.root)),
            ],
            env=env,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
        codes.append(done.returncode)
        assert person.status()["trouble"] is None
        if done.returncode:
            assert done.returncode == 1, done.stderr
            assert b"File too large" in done.stderr
            assert person.version() == version_of(publisher.releases[1])
    assert codes[0] == 1
    assert codes[-1] == 0
    assert person.version() == version_of(publisher.releases[2])


def test_a_download_that_cannot_be_written(person: Person) -> None:
    blocked = person.data / "file"
    blocked.write_text("")
    done = command(
        *("catalog", "update", "--url", person.mirror.url, "--root", person.root), data=blocked
    )
    assert done.exit_code == 1
    assert "cannot be written" in done.stderr
    assert command("list", data=blocked).exit_code == 0


def test_without_an_address_or_a_root(tmp_path: Path, publisher: Publisher) -> None:
    nowhere = command("catalog", "update", data=tmp_path)
    assert nowhere.exit_code == 2
    assert "no public address for newer catalogs yet" in nowhere.stderr
    assert "--url" in nowhere.stderr
    assert "--catalog DIRECTORY" in nowhere.stderr
    nobody = command("catalog", "update", data=tmp_path, WALLETPICK_URL="https://example.org")
    assert nobody.exit_code == 2
    assert "--root" in nobody.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_package_can_name_its_publisher(
    tmp_path: Path, mirror: Mirror, publisher: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    from walletpick.updates import trust

    (tmp_path / "trust").mkdir()
    (tmp_path / "trust/url").write_text(f"{mirror.url}\n")
    shutil.copy(publisher.root, tmp_path / "trust/root.json")
    monkeypatch.setattr(trust, "folder_of_package", lambda: tmp_path / "trust")
    done = command("catalog", "update", data=tmp_path / "data")
    assert done.exit_code == 0, done.output
    assert "Updated" in done.stdout
