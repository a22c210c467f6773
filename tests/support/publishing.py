"""A publisher of small catalogs with keys of their own, and a web server that can misbehave."""

from __future__ import annotations

import hashlib
import http.server
import json
import os
import shutil
import ssl
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import date, timedelta
from fnmatch import fnmatch
from pathlib import Path

from click.testing import CliRunner, Result
from running import PATIENCE, environment, shipped, warm_cache
from small import TWOPAY, write_catalog

from walletpick.commands import cli
from walletpick.reading import compiled

# The day of signing: the library that verifies looks at the real clock. Nothing else hangs on it.
TODAY = date.today()

Answer = Callable[["Visit"], None]


def command(*args: object, data: Path, today: date = TODAY, **more: str) -> Result:
    """Run a command in this process, with the downloads in `data`; a traceback fails the test."""
    env = {
        "XDG_DATA_HOME": str(data),
        "XDG_CACHE_HOME": str(warm_cache()),
        "WALLETPICK_TODAY": today.isoformat(),
        "WALLETPICK_URL": "",
        "WALLETPICK_ROOT": "",
        "COLUMNS": "200",
        **more,
    }
    found = CliRunner(env=env).invoke(cli, [str(arg) for arg in args])
    if found.exception is not None and not isinstance(found.exception, SystemExit):
        raise found.exception
    return found


def process(*args: object, data: Path, **more: str) -> subprocess.Popen[bytes]:
    """Start a command as a process of its own."""
    env = environment(warm_cache(), XDG_DATA_HOME=str(data), **more)
    env["WALLETPICK_TODAY"] = TODAY.isoformat()
    return subprocess.Popen(
        [sys.executable, "-m", "walletpick", *(str(arg) for arg in args)],
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def make_catalog(folder: Path, fee: str, read: str = "") -> Path:
    """Write a catalog with one wallet, whose fee for sending differs.

    It was read on a day, which decides whether it is newer than the package's; else on the same.
    """
    text = TWOPAY.replace("send, percent: 1,", f"send, percent: {fee},")
    assert text != TWOPAY or fee == "1"
    write_catalog(folder, twopay=text.replace("2026-11-20", read or shipped().date))
    assert command("--catalog", folder, "catalog", "averages", data=folder).exit_code == 0
    return folder


def version_of(site: Path) -> str:
    """Return the version of the catalog that is signed in a directory."""
    newest = max(site.glob("metadata/*.targets.json"), key=lambda p: int(p.name.split(".")[0]))
    targets = json.loads(newest.read_text())["signed"]["targets"]
    return str(targets[f"catalog-{compiled.FORMAT}.bin"]["custom"]["version"])


class Publisher:
    """Keys and directories: `releases[n]` is what a web server would offer after release n."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.releases: dict[int, Path] = {}
        for name in ("root.pem", "spare.pem", "release.pem", "other.pem"):
            assert self.run("key", folder / name).exit_code == 0
        self.root_key, self.spare = folder / "root.pem", folder / "spare.pem"
        self.release_key, self.other = folder / "release.pem", folder / "other.pem"
        site = folder / "first"
        self.trust(site, self.release_key)
        for number, fee in enumerate(("1", "2", "3"), 1):
            catalog = make_catalog(folder / f"catalog-{number}", fee)
            self.build(site, catalog)
            self.releases[number] = folder / f"release-{number}"
            shutil.copytree(site, self.releases[number])
        self.root = self.releases[1] / "metadata" / "1.root.json"

    def run(self, *args: object, today: date = TODAY) -> Result:
        return command("catalog", *args, data=self.folder / "data", today=today)

    def trust(self, site: Path, *release_keys: Path, today: date = TODAY, **more: Path) -> None:
        """Say that these keys may sign; `root_key` and `sign_with` stand for the usual ones."""
        options = [part for key in release_keys for part in ("--release-key", key)]
        options += ["--root-key", more.get("root_key", self.root_key)]
        options += ["--root-key", f"{self.spare}.pub"] if "root_key" not in more else []
        options += ["--sign-with", more["sign_with"]] if "sign_with" in more else []
        done = self.run("root", "--out", site, *options, today=today)
        assert done.exit_code == 0, done.output

    def build(
        self, site: Path, catalog: Path, key: Path | None = None, today: date = TODAY
    ) -> Result:
        """Sign a catalog."""
        arguments = ("--out", site, "--key", key or self.release_key)
        done = command(
            "--catalog", catalog, "catalog", "build", *arguments, data=self.folder, today=today
        )
        assert done.exit_code == 0, done.output
        return done

    def copy(self, number: int, name: str) -> Path:
        """Return a copy of what was offered after a release, to be changed."""
        return shutil.copytree(self.releases[number], self.folder / name)

    def expired(self) -> Path:
        """Return a site like that after the third release, whose time is over."""
        site = self.folder / "expired"
        if not site.exists():
            before = TODAY - timedelta(days=60)
            self.trust(site, self.release_key, today=before)
            shutil.copy(self.root, site / "metadata" / "1.root.json")
            for number in (1, 2, 3):
                self.build(site, self.folder / f"catalog-{number}", today=before)
        return site


class Visit(http.server.BaseHTTPRequestHandler):
    """One visitor. A file is offered with its tag, unless the mirror answers otherwise."""

    server: Mirror
    protocol_version = "HTTP/1.1"
    timeout = PATIENCE

    def do_GET(self) -> None:
        self.server.asked.append((self.path, self.headers.get("If-None-Match", "")))
        for pattern, answer in self.server.answers.items():
            if fnmatch(self.path, pattern):
                self.close_connection = True
                answer(self)
                return
        self.offer()

    def offer(self) -> None:
        """Answer with the file."""
        path = self.server.folder / self.path.lstrip("/")
        if not path.is_file():
            self.say(404, b"")
            return
        data = path.read_bytes()
        tag = f'"{hashlib.sha256(data).hexdigest()}"'
        if self.headers.get("If-None-Match") == tag:
            self.say(304, b"")
        else:
            self.say(200, data, ETag=tag)

    def say(self, status: int, data: bytes, length: int | None = None, **headers: str) -> None:
        """Answer with these bytes, whatever length they are said to have."""
        self.send_response(status)
        self.send_header("Content-Length", str(len(data) if length is None else length))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.give(data)

    def give(self, data: bytes) -> bool:
        """Write bytes; False when nobody takes them any more."""
        try:
            self.wfile.write(data)
        except OSError:
            return False
        self.server.given += len(data)
        return True

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


class Mirror(http.server.ThreadingHTTPServer):
    """Offers a directory, and answers the paths in `answers` as they say."""

    daemon_threads = True

    def __init__(self, folder: Path, tls: tuple[Path, Path] | None = None) -> None:
        super().__init__(("127.0.0.1", 0), Visit)
        self.folder = folder
        self.answers: dict[str, Answer] = {}
        self.asked: list[tuple[str, str]] = []
        self.given = 0
        self.scheme = "http"
        if tls:
            self.scheme = "https"
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(*tls)
            self.socket = context.wrap_socket(self.socket, server_side=True)
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()

    def handle_error(self, *_: object) -> None:
        """A visitor who goes away is no error."""

    @property
    def url(self) -> str:
        return f"{self.scheme}://127.0.0.1:{self.server_address[1]}/"

    def end(self) -> None:
        self.shutdown()
        self.server_close()


def unshared(script: str, *args: object, env: dict[str, str]) -> subprocess.CompletedProcess[bytes]:
    """Run a shell script where it may mount file systems that nobody else sees."""
    return subprocess.run(
        [
            *("unshare", "--user", "--map-root-user", "--mount"),
            *("bash", "-eu", "-c", script, "bash", *(str(arg) for arg in args)),
        ],
        env=env,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=PATIENCE,
        check=False,
    )


def can_unshare() -> bool:
    """Return whether this machine lets us have namespaces of our own."""
    try:
        return unshared("true", env=dict(os.environ)).returncode == 0
    except OSError:
        return False
