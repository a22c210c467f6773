"""`walletpick catalog check-links`, against a real server on this machine that behaves badly."""

from __future__ import annotations

import asyncio
import os
import re
import socket
import socketserver
import struct
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec
import pexpect
import pytest
from running import PATIENCE, as_from_a_terminal, environment
from small import cache_home, run, validated, write_catalog

from walletpick.language import speak
from walletpick.reading.load import load_wallet
from walletpick.upkeep import links
from walletpick.upkeep.addresses import Finding, links_of, uses_of
from walletpick.upkeep.links import Manners

QUICK = Manners(delay=0, seconds=PATIENCE, first_wait=0.01)


class Server(socketserver.ThreadingTCPServer):
    """Answers each path as told, and remembers who asked for what and when.

    `times` holds the host, when it was asked and when it was about to answer.
    """

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.pages: dict[str, Callable[[_Handler], None]] = {}
        self.asked: list[tuple[str, str]] = []
        self.heads: list[str] = []
        self.times: list[tuple[str, float, float]] = []
        self.stopping = threading.Event()

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.server_address[1]}{path}"

    def count(self, path: str) -> int:
        return sum(asked == path for _, asked in self.asked)


class _Handler(socketserver.BaseRequestHandler):
    server: Server

    def handle(self) -> None:
        head = b""
        try:
            while b"\r\n\r\n" not in head:
                data = self.request.recv(65536)
                if not data:
                    return
                head += data
            text = head.decode("latin-1")
            self.method, self.path, _ = text.split(" ", 2)
            self.server.asked.append((self.method, self.path))
            self.server.heads.append(text)
            host = re.search(r"host: ([^:\r]+)", text, re.IGNORECASE)
            self.host = host[1] if host else ""
            self.began = time.monotonic()
            self.number = self.server.count(self.path)
            self.server.pages[self.path](self)
        except OSError:
            return

    def say(self, status: int, *fields: str, body: bytes = b"") -> None:
        lines = [
            f"HTTP/1.1 {status} X",
            *fields,
            f"Content-Length: {len(body)}",
            "Connection: close",
        ]
        # Once it has the answer, the asker may ask the next before this thread goes on.
        self.server.times.append((self.host, self.began, time.monotonic()))
        self.request.sendall("\r\n".join([*lines, "", ""]).encode() + body)

    def reset(self) -> None:
        self.request.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.request.close()


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as made:
        thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield made
        made.stopping.set()
        made.shutdown()
        thread.join()


def look(*urls: str, manners: Manners = QUICK) -> dict[str, Finding]:
    found: dict[str, Finding] = {}
    asyncio.run(links.check(urls, manners, lambda f: found.update({f.url: f})))
    return found


def one(server: Server, page: Callable[[_Handler], None], **manners: Any) -> Finding:
    """Return what is found at a page that answers so."""
    server.pages["/page"] = page
    url = server.url("/page")
    return look(url, manners=msgspec.structs.replace(QUICK, **manners))[url]


# What servers do.


def test_a_page_that_is_there_is_asked_for_its_head_only(server: Server) -> None:
    found = one(server, lambda h: h.say(200))
    assert (found.state, found.status, found.new) == ("ok", 200, None)
    assert server.asked == [("HEAD", "/page")]


def test_the_asker_says_its_name_and_no_address(server: Server) -> None:
    one(server, lambda h: h.say(200))
    (agent,) = re.findall(r"user-agent: ([^\r]+)", server.heads[0], re.IGNORECASE)
    assert agent.startswith("walletpick/")
    assert "://" not in agent
    assert "@" not in agent


@pytest.mark.parametrize("status", [404, 410])
def test_a_page_that_is_gone(server: Server, status: int) -> None:
    found = one(server, lambda h: h.say(status))
    assert (found.state, found.status) == ("dead", status)
    assert [method for method, _ in server.asked] == ["HEAD", "GET"]


@pytest.mark.parametrize("status", [400, 403, 404, 405, 501])
def test_a_server_that_refuses_head_is_asked_for_the_page(server: Server, status: int) -> None:
    found = one(server, lambda h: h.say(status if h.method == "HEAD" else 200))
    assert (found.state, found.status) == ("ok", 200)


@pytest.mark.parametrize("status", [401, 403, 451, 999])
def test_a_site_that_lets_no_program_in_is_not_dead(server: Server, status: int) -> None:
    assert one(server, lambda h: h.say(status)).state == "refused"


def test_a_slow_server_is_waited_for(server: Server) -> None:
    def slowly(h: _Handler) -> None:
        time.sleep(0.3)
        h.say(200)

    assert one(server, slowly).state == "ok"


def test_a_server_that_never_answers_is_given_up(server: Server) -> None:
    found = one(server, lambda h: server.stopping.wait(PATIENCE) and None, seconds=0.3, attempts=2)
    assert found.state == "no answer"
    assert "0.3 seconds" in found.words


def test_a_server_that_drips_its_answer_is_given_up(server: Server) -> None:
    # To its end, for who waits for that.
    def drip(h: _Handler) -> None:
        h.request.sendall(b"HTTP/1.1 200 OK\r\n")
        for _ in range(100):
            h.request.sendall(b"X-More: more\r\n")
            server.stopping.wait(0.05)
        h.request.sendall(b"\r\n")

    assert one(server, drip, seconds=0.5, attempts=1).state == "no answer"


def test_a_reset_is_tried_again(server: Server) -> None:
    found = one(server, lambda h: h.reset())
    assert (found.state, found.status) == ("no answer", None)
    # The first attempt asks for the head and for the page, the two others for the page.
    assert len(server.asked) == 4


def test_a_reset_that_passes(server: Server) -> None:
    found = one(server, lambda h: h.reset() if h.number < 3 else h.say(200))
    assert found.state == "ok"


def test_what_is_no_http_is_no_answer(server: Server) -> None:
    found = one(server, lambda h: h.request.sendall(b"\x00\xffhello, who is there?\r\n\r\n"))
    assert found.state == "no answer"
    assert "HTTP" in found.words


def test_an_endless_head_is_cut_off(server: Server) -> None:
    def endless(h: _Handler) -> None:
        h.request.sendall(b"HTTP/1.1 200 OK\r\nX-Long: ")
        while not server.stopping.is_set():
            h.request.sendall(b"x" * 65536)

    assert one(server, endless, attempts=1).state == "no answer"


def test_an_endless_body_is_not_read(server: Server) -> None:
    sent = 0

    def endless(h: _Handler) -> None:
        nonlocal sent
        if h.method == "HEAD":
            return h.say(405)
        h.request.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
        while not server.stopping.is_set():
            sent += h.request.send(b"x" * 65536)

    assert one(server, endless).state == "ok"
    # No more than fits between the two.
    assert sent < 50_000_000


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Do not let the asker wait, but note for how long it would."""
    noted: list[float] = []
    real = asyncio.sleep

    async def sleep(seconds: float) -> None:
        noted.append(seconds)
        await real(0)

    monkeypatch.setattr(asyncio, "sleep", sleep)
    return noted


def test_too_many_requests_waits_as_long_as_asked(server: Server, waits: list[float]) -> None:
    found = one(server, lambda h: h.say(429, "Retry-After: 40") if h.number == 1 else h.say(200))
    assert found.state == "ok"
    assert max(waits) == 40
    assert len(server.asked) == 2


def test_too_many_requests_until_a_date(server: Server, waits: list[float]) -> None:
    def page(h: _Handler) -> None:
        until = format_datetime(datetime.now(UTC) + timedelta(hours=2), usegmt=True)
        h.say(429, f"Retry-After: {until}") if h.number == 1 else h.say(200)

    assert one(server, page, longest_wait=10_000).state == "ok"
    assert 7200 - 2 * PATIENCE < max(waits) <= 7200
    assert len(server.asked) == 2


def test_who_asks_to_wait_too_long_is_not_asked_again(server: Server) -> None:
    found = one(server, lambda h: h.say(429, "Retry-After: 3600"))
    assert found.state == "refused"
    assert len(server.asked) == 1


@pytest.mark.parametrize("field", ["Retry-After: soon", "Retry-After: -5", "Retry-After: ²"])
def test_a_retry_after_that_says_nothing(server: Server, field: str) -> None:
    found = one(server, lambda h: h.say(429, field) if h.number == 1 else h.say(200))
    assert found.state == "ok"


@pytest.mark.parametrize("status", [500, 502, 503])
def test_a_server_in_trouble_is_tried_again(server: Server, status: int) -> None:
    assert one(server, lambda h: h.say(status if h.number < 4 else 200)).state == "ok"
    server.asked.clear()
    found = one(server, lambda h: h.say(status))
    assert (found.state, found.status) == ("no answer", status)


# Redirects.


@pytest.mark.parametrize(
    ("status", "state"), [(301, "moved"), (308, "moved"), (302, "ok"), (307, "ok")]
)
def test_a_redirect_is_reported_with_the_new_address(
    server: Server, status: int, state: str
) -> None:
    server.pages["/new"] = lambda h: h.say(200)
    found = one(server, lambda h: h.say(status, "Location: /new"))
    assert (found.state, found.new) == (state, server.url("/new"))


def test_a_redirect_to_what_is_gone_is_dead(server: Server) -> None:
    server.pages["/new"] = lambda h: h.say(404)
    found = one(server, lambda h: h.say(301, "Location: /new"))
    assert (found.state, found.new) == ("dead", server.url("/new"))


def test_a_redirect_in_a_circle_is_dead(server: Server) -> None:
    server.pages["/other"] = lambda h: h.say(302, "Location: /page")
    found = one(server, lambda h: h.say(302, "Location: /other"))
    assert found.state == "dead"
    assert "circle" in found.words
    assert len(server.asked) < 12


def test_redirects_without_end_are_dead(server: Server) -> None:
    for number in range(40):
        server.pages[f"/{number}"] = lambda h, n=number: h.say(302, f"Location: /{n + 1}")  # type: ignore[misc]
    found = one(server, lambda h: h.say(302, "Location: /0"))
    assert found.state == "dead"
    assert "8 times" in found.words


def test_a_page_that_sets_a_cookie_and_comes_back_is_there(server: Server) -> None:
    def page(h: _Handler) -> None:
        cookie = "cookie: seen=1" in server.heads[-1].lower()
        h.say(200) if cookie else h.say(302, "Set-Cookie: seen=1", "Location: /page")

    assert one(server, page).state == "ok"


@pytest.mark.parametrize(
    "target", ["file:///etc/passwd", "javascript:alert(1)", "http://[", "ftp://example.com/"]
)
def test_a_redirect_out_of_the_web_is_not_followed(server: Server, target: str) -> None:
    found = one(server, lambda h: h.say(302, f"Location: {target}"))
    assert found.state == "dead"
    assert "address" in found.words


# Manners.


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every host of the domain `here.example` be this machine."""
    real = socket.getaddrinfo

    def find(host: Any, *args: Any, **more: Any) -> Any:
        said = host.decode() if isinstance(host, bytes) else str(host)
        return real("127.0.0.1" if said.endswith(".here.example") else host, *args, **more)

    monkeypatch.setattr(socket, "getaddrinfo", find)


@pytest.mark.usefixtures("names")
def test_one_host_is_asked_one_thing_at_a_time_and_with_pauses(server: Server) -> None:
    hosts = ("a.here.example", "b.here.example")
    urls = [server.url(f"/{number}", host) for host in hosts for number in range(4)]
    both = threading.Barrier(2)
    # The two hosts side by side, though: neither is answered first before the other is asked.
    server.pages = {f"/{number}": lambda h: h.say(200) for number in range(4)}
    server.pages["/0"] = lambda h: (both.wait(PATIENCE), h.say(200))[1]
    found = look(*urls, manners=Manners(delay=0.2, seconds=PATIENCE))
    assert {finding.state for finding in found.values()} == {"ok"}
    for host in hosts:
        spans = sorted((began, ended) for name, began, ended in server.times if name == host)
        assert len(spans) == 4
        for (_, ended), (began, _) in pairwise(spans):
            assert began - ended > 0.199


@pytest.mark.usefixtures("names")
def test_no_more_hosts_at_once_than_allowed(server: Server) -> None:
    both = threading.Barrier(2)

    def page(h: _Handler) -> None:
        both.wait(PATIENCE)
        # A third would come now.
        time.sleep(0.1)
        h.say(200)

    server.pages["/"] = page
    urls = [server.url("/", f"h{number}.here.example") for number in range(6)]
    look(*urls, manners=Manners(at_once=2, delay=0, seconds=PATIENCE))
    times = [(began, 1) for _, began, _ in server.times] + [(end, -1) for *_, end in server.times]
    running = most = 0
    for _, step in sorted(times):
        running += step
        most = max(most, running)
    assert most == 2


# The network.


def broken_names(code: int) -> Callable[..., Any]:
    def fail(*_args: Any, **_more: Any) -> Any:
        raise socket.gaierror(code, "no")

    return fail


def test_a_host_that_does_not_exist_is_dead(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = socket.getaddrinfo

    def names(host: Any, *args: Any, **more: Any) -> Any:
        if b"nowhere" in (host if isinstance(host, bytes) else str(host).encode()):
            raise socket.gaierror(socket.EAI_NONAME, "no such host")
        return real(host, *args, **more)

    monkeypatch.setattr(socket, "getaddrinfo", names)
    server.pages["/"] = lambda h: (time.sleep(0.2), h.say(200))[1]
    gone = [f"http://nowhere{number}.example/" for number in range(5)]
    found = look(server.url("/"), *gone)
    assert found[server.url("/")].state == "ok"
    assert {found[url].state for url in gone} == {"dead"}


@pytest.mark.parametrize("code", [socket.EAI_AGAIN, socket.EAI_NONAME])
def test_no_network_at_all(monkeypatch: pytest.MonkeyPatch, code: int) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", broken_names(code))
    urls = [f"https://bank{number}.example/fees" for number in range(30)]
    found: list[Finding] = []
    with pytest.raises(links.NoNetwork):
        asyncio.run(links.check(urls, QUICK, found.append))
    assert not found


def test_a_single_dead_port_is_no_broken_network(unused_port: int) -> None:
    url = f"http://127.0.0.1:{unused_port}/"
    assert look(url)[url].state == "no answer"


@pytest.fixture
def unused_port() -> Iterator[int]:
    """Yield a port that nobody listens to, and nobody else can take."""
    with socket.socket() as made:
        made.bind(("127.0.0.1", 0))
        yield made.getsockname()[1]


# What rests on an address.

WALLET = """id: linkpay
name: Linkpay
kind: stored-value
summary: A wallet for tests.
sources:
  fees: {{url: "{0}/fees", title: Fees, publisher: operator, as_of: 2026-10, seen: 2026-11-20}}
  same: {{url: "{0}/fees#top", title: Fees, publisher: operator, as_of: 2026-10, seen: 2026-11-20}}
  gone: {{url: "{0}/gone", title: Help, publisher: operator, as_of: null, seen: 2026-11-20}}
  old: {{url: "{0}/old", title: Old, publisher: press, as_of: null, seen: 2026-11-20}}
markets:
  KE:
    currency: KES
    fees:
      - {{operation: send, percent: 1, source: fees}}
      - {{operation: withdraw, method: instant, percent: 2, source: gone}}
    features:
      pay-qr: {{has: true, source: gone}}
"""


@pytest.fixture
def file(server: Server, tmp_path: Path) -> Path:
    server.pages["/fees"] = lambda h: h.say(200)
    server.pages["/gone"] = lambda h: h.say(404)
    server.pages["/old"] = lambda h: h.say(301, "Location: /fees")
    catalog = write_catalog(tmp_path / "catalog", linkpay=WALLET.format(server.url("")))
    return catalog / "wallets" / "linkpay.yaml"


@pytest.fixture(autouse=True)
def _forget() -> Iterator[None]:
    links.forget(cache_home() / "walletpick")
    yield
    links.forget(cache_home() / "walletpick")


def check_links(file: Path, *args: str) -> Any:
    return run("catalog", "check-links", str(file), "--delay", "0", *args)


def test_facts_of_one_file_are_told_with_the_texts_of_the_catalog(file: Path) -> None:
    conditional = file.read_text().replace("percent: 2,", "percent: 2, when: for students,")
    file.write_text(conditional)
    catalog = file.parent.parent
    texts = "texts:\n  - en: for students\n    zh: 仅限学生\n"
    (catalog / "texts.yaml").write_text(texts, encoding="utf-8")
    args = ("--lang", "zh", "catalog", "check-links", str(file), "--delay", "0")
    try:
        for form in ("table", "json"):
            told = run(*args, "--format", form, catalog=catalog).stdout
            assert "仅限学生" in told, told
            assert "for students" not in told
    finally:
        speak("en")


def test_an_address_is_looked_at_once_for_all_that_rests_on_it(file: Path) -> None:
    found = links_of(uses_of([load_wallet(file)]), {})
    assert [len(link.uses) for link in found] == [2, 1, 1]
    assert [len(use.facts) for link in found for use in link.uses] == [1, 0, 2, 0]


def test_a_dead_link_is_a_warning_with_its_wallet_and_facts(file: Path, server: Server) -> None:
    found = check_links(file)
    assert found.exit_code == 0
    text = " ".join(found.stdout.split())
    assert "3 addresses: 1 there, 1 moved, 1 dead." in text
    assert f"{server.url('/gone')} (status 404). Linkpay: source gone, behind 2 facts" in text
    assert "withdraw by instant transfer, pays in shops by QR code" in text
    assert f"leads to {server.url('/fees')}" in text
    # Progress is for terminals.
    assert "\r" not in found.stderr
    assert "looked at" not in found.stderr


def test_strict_fails_for_a_dead_link_and_not_for_a_moved_one(file: Path, server: Server) -> None:
    assert check_links(file, "--strict").exit_code == 4
    server.pages["/gone"] = lambda h: h.say(200)
    assert check_links(file, "--strict", "--fresh").exit_code == 0


def test_json(file: Path, server: Server) -> None:
    document = validated(check_links(file, "--format", "json").stdout, "links")
    assert document["complete"] is True
    assert document["counts"] == {"ok": 1, "dead": 1, "moved": 1}
    dead = next(link for link in document["links"] if link["state"] == "dead")
    assert dead["url"] == server.url("/gone")
    assert dead["status"] == 404
    (use,) = dead["uses"]
    assert (use["wallet"], use["key"]) == ("linkpay", "gone")
    assert [fact["path"] for fact in use["facts"]] == [
        "markets.KE.fees[1]",
        "markets.KE.features.pay-qr",
    ]
    moved = next(link for link in document["links"] if link["state"] == "moved")
    assert moved["new"] == server.url("/fees")


def test_what_is_certain_is_not_asked_again(file: Path, server: Server) -> None:
    server.pages["/old"] = lambda h: h.reset()
    first = check_links(file)
    assert "Without an answer" in first.stdout
    server.asked.clear()
    server.pages["/old"] = lambda h: h.say(200)
    second = check_links(file)
    assert {path for _, path in server.asked} == {"/old"}
    assert "2 of 3 were looked at within the last day" in second.stderr
    assert "2 there, 1 dead" in second.stdout
    server.asked.clear()
    check_links(file, "--fresh")
    assert {path for _, path in server.asked} == {"/fees", "/gone", "/old"}


def test_what_was_found_long_ago_is_asked_again(
    file: Path, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    check_links(file)
    server.asked.clear()
    monkeypatch.setattr(links, "KEPT", 0)
    check_links(file)
    assert {path for _, path in server.asked} == {"/fees", "/gone", "/old"}


@pytest.mark.parametrize("content", [b"", b"{", b"\xff", b'{"schema": 1, "findings": [{}]}', b"[]"])
def test_a_damaged_state_file_is_as_none(file: Path, server: Server, content: bytes) -> None:
    state = cache_home() / "walletpick" / "links.json"
    state.parent.mkdir(parents=True, exist_ok=True)
    state.write_bytes(content)
    assert check_links(file).exit_code == 0
    assert server.count("/fees") > 0


def test_no_network_is_one_sentence_and_notes_nothing(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = file.read_text()
    for number, path in enumerate(("/fees", "/gone", "/old")):
        text = re.sub(rf"http://[\d.:]+{path}", f"https://bank{number}.example{path}", text)
    file.write_text(text)
    monkeypatch.setattr(socket, "getaddrinfo", broken_names(socket.EAI_AGAIN))
    found = check_links(file)
    assert (found.exit_code, found.stdout) == (5, "")
    (line,) = found.stderr.splitlines()
    assert "the network seems to be down" in line
    assert not links.recall(cache_home() / "walletpick", print)


def test_a_proxy_of_no_use_is_one_sentence(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "elsewhere://127.0.0.1")
    found = check_links(file)
    assert (found.exit_code, found.stdout) == (5, "")
    assert "the environment names are of no use" in found.stderr


def test_without_the_library_it_says_how_to_get_it(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "httpx", None)
    monkeypatch.delitem(sys.modules, "walletpick.updates.net")
    monkeypatch.delitem(sys.modules, "walletpick.upkeep.links")
    found = check_links(file)
    assert found.exit_code == 2
    assert "needs the library httpx: pip install 'walletpick[maintain]'" in found.stderr


@pytest.mark.parametrize("args", [("nowhere.yaml",), ("--delay", "-1"), ("--jobs", "0")])
def test_wrong_use(args: tuple[str, ...]) -> None:
    assert run("catalog", "check-links", *args).exit_code == 2


def test_a_file_that_cannot_be_read(file: Path) -> None:
    file.write_text("id: [\n")
    found = check_links(file)
    assert found.exit_code == 4
    assert "linkpay.yaml:" in found.stderr


# Broken off.


def arguments(file: Path) -> list[str]:
    return [
        "-m",
        "walletpick",
        "catalog",
        "check-links",
        str(file),
        "--delay",
        "0",
        "--timeout",
        str(PATIENCE),
    ]


def test_an_interruption_shows_and_keeps_what_is_known(
    file: Path, server: Server, tmp_path: Path
) -> None:
    # A host of its own: one that hangs holds up what else is asked of it.
    file.write_text(file.read_text().replace(server.url("/old"), server.url("/old", "localhost")))
    server.pages["/old"] = lambda h: server.stopping.wait(PATIENCE) and None
    out = tmp_path / "out"
    # What is known is counted on the terminal.
    child = pexpect.spawn(
        "sh",
        ["-c", 'exec "$@" >"$0"', str(out), sys.executable, *arguments(file)],
        env=environment(tmp_path, TERM="xterm"),
        cwd=str(tmp_path),
        encoding="utf-8",
        timeout=PATIENCE,
        preexec_fn=as_from_a_terminal,
    )
    child.expect("2 of 3 looked at, 1 dead")
    child.sendintr()
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 130, child.before
    assert "Traceback" not in child.before
    assert "Interrupted: 2 of 3 were looked at." in child.before
    assert "1 there, 1 dead, 1 not looked at" in out.read_text()
    looked_at = set(links.recall(tmp_path / "walletpick", print))
    assert looked_at == {server.url("/fees"), server.url("/gone")}


def test_progress_on_a_terminal(file: Path, server: Server, tmp_path: Path) -> None:
    child = pexpect.spawn(
        sys.executable, arguments(file), env=environment(tmp_path, TERM="xterm"), timeout=PATIENCE
    )
    child.expect("1 of 3 looked at, . dead")
    child.expect("3 of 3 looked at, 1 dead")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0
