"""Asking for every page of a catalog: many hosts at a time, each of them gently.

One request at a time goes to a host, with a pause before the next. What fails for a moment is
tried again with growing waits, or after the time that the server asks for. Nothing of a body is
read. What was found is kept in the cache directory for a day, so that a run that was broken off
goes on where it stopped; only what is certain is kept, and a page without an answer is asked again.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import msgspec
from msgspec import Struct
from tenacity import (
    AsyncRetrying,
    RetryCallState,
    retry_if_exception_type,
    stop_after_attempt,
    wait_exponential,
    wait_random,
)

from walletpick.language import ENGLISH, Language, _, language
from walletpick.reading.files import write_whole
from walletpick.reading.state import state_or_none
from walletpick.updates.net import Answer, Client, Failure, Method
from walletpick.upkeep.addresses import Finding, State

# A finding is good for so many seconds.
KEPT = 24 * 3600
_STATE = "links.json"

_GONE = (404, 410)
_PERMANENT = (301, 308)
# The server says that it may do better in a moment.
_PASSING = (408, 425, 429, 500, 502, 503, 504)
_PASSING_FAILURES = ("no network", "unreachable", "timeout", "broken")
# Failures before a server has said anything. All of them together mean that there is no network.
_BEFORE = ("no network", "no host", "unreachable")
# So many hosts without one answer from anybody are no accident.
_ENOUGH = 3


class NoNetwork(Exception):
    """Nobody at all answers: the network is down, and nothing is known of any page."""


class Manners(Struct, frozen=True, kw_only=True):
    """How to ask: so many hosts at once, so many seconds between requests to one of them.

    `seconds` is the most that one request may take, `attempts` how often a page is tried,
    `first_wait` the wait after the first failure (it doubles), `longest_wait` the longest of them:
    who asks to wait longer is not asked again. `hops` is the most redirects that are followed.
    """

    at_once: int = 16
    delay: float = 1.0
    seconds: float = 20.0
    attempts: int = 3
    first_wait: float = 1.0
    longest_wait: float = 60.0
    hops: int = 8


async def check(urls: Iterable[str], manners: Manners, tell: Callable[[Finding], None]) -> None:
    """Ask for each of these pages and `tell` what is there, as it comes.

    Raises NoNetwork when nobody answers.
    """
    async with Client(manners.seconds) as client:
        checker = _Checker(client, manners, tell)
        tasks = [asyncio.create_task(checker.look(url)) for url in urls]
        try:
            await asyncio.gather(*tasks)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        checker.judge_network(finished=True)
        for finding in checker.held_back:
            tell(finding)


class _Again(Exception):
    """It may go better in a moment: what to say if it does not, and how long to wait at least."""

    def __init__(self, finding: Finding, wait: float | None = None) -> None:
        self.finding = finding
        self.wait = wait


class _Host:
    """Lets one request at a time pass, and none before `free_at`."""

    def __init__(self) -> None:
        self.turn = asyncio.Lock()
        self.free_at = 0.0


class _Checker:
    def __init__(self, client: Client, manners: Manners, tell: Callable[[Finding], None]) -> None:
        self.client = client
        self.manners = manners
        self.tell = tell
        self.hosts: dict[str, _Host] = {}
        self.slots = asyncio.Semaphore(manners.at_once)
        self.answered = False
        self.silent: dict[str, str] = {}
        # What can be told only once it is certain that there is a network.
        self.held_back: list[Finding] = []
        backoff = wait_exponential(
            multiplier=manners.first_wait, max=manners.longest_wait
        ) + wait_random(0, manners.first_wait)

        def wait(state: RetryCallState) -> float:
            error = state.outcome.exception() if state.outcome else None
            asked = error.wait if isinstance(error, _Again) and error.wait else 0.0
            return max(asked, backoff(state))

        self.retrying = AsyncRetrying(
            stop=stop_after_attempt(manners.attempts),
            wait=wait,
            retry=retry_if_exception_type(_Again),
            reraise=True,
        )

    async def look(self, url: str) -> None:
        """Find out about one page and tell."""
        try:
            async for attempt in self.retrying.copy():
                with attempt:
                    finding = await self.attempt(url, attempt.retry_state.attempt_number)
        except _Again as error:
            finding = error.finding
        host = _host(url)
        if host in self.silent and not self.answered:
            self.held_back.append(finding)
            self.judge_network(finished=False)
        else:
            self.tell(finding)

    def judge_network(self, finished: bool) -> None:
        """Raise NoNetwork where nobody has answered and that is no accident."""
        if self.answered or not self.silent:
            return
        kinds = list(self.silent.values())
        # That a host is not there can be told by a name server, and quickly, while others are
        # still being asked. So it says something of the network only when all have been asked.
        if finished and ("no network" in kinds or len(kinds) >= _ENOUGH):
            raise NoNetwork
        if kinds.count("no network") >= _ENOUGH:
            raise NoNetwork

    async def attempt(self, url: str, number: int) -> Finding:
        """Return what one attempt finds. Raises _Again where another may find more.

        The first attempt asks for the head alone. Servers that refuse that, and all later
        attempts, are asked for the page.
        """
        if number == 1:
            try:
                answer, path = await self.walk("HEAD", url)
                if answer.status < 400 or answer.status == 429:
                    return self.judged(url, answer, path)
            except Failure as failure:
                if failure.kind in _BEFORE or failure.kind == "timeout":
                    return self.failed(url, failure)
            except _Astray:
                pass
        try:
            answer, path = await self.walk("GET", url)
        except Failure as failure:
            return self.failed(url, failure)
        except _Astray as astray:
            return _finding(url, "dead", astray.status, astray.words)
        return self.judged(url, answer, path)

    async def walk(self, method: Method, url: str) -> tuple[Answer, list[tuple[int, str]]]:
        """Return the last answer on the way from an address, and the redirects that led there.

        Raises Failure, and _Astray when the way has no end.
        """
        path: list[tuple[int, str]] = []
        # A page may send one to itself once, to see whether a cookie comes back.
        seen = {url: 1}
        at = url
        while True:
            async with self.polite(at) as host:
                try:
                    answer = await self.client.ask(method, at)
                except Failure as failure:
                    words = failure.words
                    if path:
                        words = _("leads to {url}: {words}", url=at, words=words)
                    raise Failure(failure.kind, words) from None
                self.answered = True
                if answer.status == 429 and answer.wait:
                    host.free_at = time.monotonic() + min(answer.wait, self.manners.longest_wait)
            if answer.target is None:
                return answer, path
            at = answer.target
            seen[at] = seen.get(at, 0) + 1
            if seen[at] > 2:
                raise _Astray(answer.status, _("redirects in a circle"))
            path.append((answer.status, at))
            if len(path) > self.manners.hops:
                raise _Astray(
                    answer.status, _("redirects more than {count} times", count=self.manners.hops)
                )

    @asynccontextmanager
    async def polite(self, url: str) -> AsyncIterator[_Host]:
        """Wait for one's turn at the host of an address, and leave a pause after it."""
        host = self.hosts.setdefault(_host(url), _Host())
        async with host.turn:
            await asyncio.sleep(max(host.free_at - time.monotonic(), 0))
            async with self.slots:
                try:
                    yield host
                finally:
                    after = time.monotonic() + self.manners.delay
                    host.free_at = max(host.free_at, after)

    def judged(self, url: str, answer: Answer, path: list[tuple[int, str]]) -> Finding:
        """Return what an answer says of a page. Raises _Again where it is no last word."""
        status = answer.status
        new = path[-1][1] if path and path[-1][1] != url else None
        words = _("status {status}", status=status)
        if new:
            words = _("leads to {url}, status {status}", url=new, status=status)
        if status in _PASSING:
            state: State = "refused" if status == 429 else "no answer"
            finding = _finding(url, state, status, words, new)
            if answer.wait is not None and answer.wait > self.manners.longest_wait:
                return finding
            raise _Again(finding, answer.wait)
        if status in _GONE:
            return _finding(url, "dead", status, words, new)
        if 200 <= status < 300 or status == 304:
            for_good = bool(new) and all(hop in _PERMANENT for hop, _url in path)
            return _finding(url, "moved" if for_good else "ok", status, words, new)
        state = "refused" if 400 <= status < 500 or status == 999 else "no answer"
        return _finding(url, state, status, words, new)

    def failed(self, url: str, failure: Failure) -> Finding:
        """Return what a failure says of a page. Raises _Again where it may pass."""
        if failure.kind in _BEFORE:
            self.silent[_host(url)] = failure.kind
        state: State = "dead" if failure.kind in ("no host", "address") else "no answer"
        finding = _finding(url, state, None, failure.words)
        if failure.kind in _PASSING_FAILURES:
            raise _Again(finding)
        return finding


class _Astray(Exception):
    """The way to a page has no end."""

    def __init__(self, status: int, words: str) -> None:
        super().__init__(words)
        self.status = status
        self.words = words


def _host(url: str) -> str:
    try:
        return urlsplit(url).netloc.lower()
    except ValueError:
        # Whoever asks for it will say that it is no address.
        return url


def _finding(
    url: str, state: State, status: int | None, words: str, new: str | None = None
) -> Finding:
    return Finding(
        url=url, state=state, status=status, new=new, words=words, checked=int(time.time())
    )


# What is kept between runs.


class _Findings(Struct, frozen=True):
    """The state file."""

    schema: Literal[1]
    findings: tuple[Finding, ...]
    # In which they are worded.
    language: Language = ENGLISH


def recall(folder: Path, say: Callable[[str], None]) -> dict[str, Finding]:
    """Return what runs of the last day found for certain.

    Notes that cannot be read are put aside, and `say` gets a sentence about it.
    """
    kept = state_or_none(folder / _STATE, _Findings, say)
    if kept is None or kept.language != language():
        return {}
    since = time.time() - KEPT
    return {f.url: f for f in kept.findings if since < f.checked <= time.time()}


def keep(folder: Path, findings: Mapping[str, Finding]) -> None:
    """Keep what was found for certain, in one step; that it cannot be kept is no error."""
    certain = tuple(f for f in findings.values() if f.state != "no answer")
    data = msgspec.json.encode(_Findings(1, certain, language()))
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_whole(folder / _STATE, data, private=True)
    except OSError:
        return


def forget(folder: Path) -> None:
    """Forget what earlier runs found. Raises OSError."""
    (folder / _STATE).unlink(missing_ok=True)
