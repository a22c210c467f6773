"""The one door to the network: single HTTP requests with limits, over httpx, loaded here alone.

Nothing is followed and nothing kept: a redirect is an answer like any other, and of a body nothing
is read. `Failure` is the only exception.
"""

from __future__ import annotations

import asyncio
import errno
import socket
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from types import TracebackType
from typing import Literal
from urllib.parse import urljoin, urlsplit

import httpx

from walletpick import __version__

# Says who asks and what for. It names no address: there is none yet that the project vouches for.
USER_AGENT = f"walletpick/{__version__} (checks the links of a public catalog of payment wallets)"

_REDIRECTS = (301, 302, 303, 307, 308)
_NO_ROUTE = (errno.ENETUNREACH, errno.ENETDOWN, errno.EHOSTUNREACH, errno.EADDRNOTAVAIL)

Method = Literal["HEAD", "GET"]
FailureKind = Literal["no network", "no host", "unreachable", "timeout", "broken", "tls", "address"]


class Failure(Exception):
    """No answer: of which kind, and in words."""

    def __init__(self, kind: FailureKind, words: str) -> None:
        super().__init__(words)
        self.kind: FailureKind = kind
        self.words = words


class Answer:
    """The head of an answer: its status, where it redirects to, how long it asks to wait."""

    def __init__(self, status: int, target: str | None, wait: float | None) -> None:
        self.status = status
        self.target = target
        self.wait = wait


class Client:
    """Asks servers, each request held to `seconds` in all. To be used with `async with`."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._http = httpx.AsyncClient(
            headers={"User-Agent": USER_AGENT, "Accept": "text/html, */*;q=0.8"},
            follow_redirects=False,
            timeout=httpx.Timeout(seconds, pool=None),
            limits=httpx.Limits(max_connections=None, max_keepalive_connections=20),
        )

    async def __aenter__(self) -> Client:
        await self._http.__aenter__()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._http.__aexit__(kind, error, trace)

    async def ask(self, method: Method, url: str) -> Answer:
        """Return the head of the answer to one request. Raises Failure."""
        if urlsplit(url).scheme not in ("http", "https"):
            raise Failure("address", "no address of the web")
        try:
            async with asyncio.timeout(self._seconds):
                async with self._http.stream(method, url) as response:
                    return _answer(response)
        except (TimeoutError, httpx.TimeoutException):
            raise Failure("timeout", f"no answer within {self._seconds:g} seconds") from None
        except (httpx.InvalidURL, httpx.UnsupportedProtocol, UnicodeError):
            raise Failure("address", "no address of the web") from None
        except httpx.HTTPError as error:
            raise _failure(error) from None


def _answer(response: httpx.Response) -> Answer:
    target = None
    location = response.headers.get("location")
    if response.status_code in _REDIRECTS and location:
        try:
            target = urljoin(str(response.url), location.strip())
        except ValueError:
            raise Failure("address", "redirects to what is no address") from None
    return Answer(response.status_code, target, _wait(response.headers.get("retry-after")))


def _wait(text: str | None) -> float | None:
    """Return the seconds of a Retry-After, which may be a number or a date."""
    if text is None:
        return None
    if text.strip().isascii() and text.strip().isdigit():
        return float(text)
    try:
        until = parsedate_to_datetime(text)
    except ValueError:
        return None
    if until.tzinfo is None:
        until = until.replace(tzinfo=UTC)
    return max((until - datetime.now(UTC)).total_seconds(), 0.0)


def _failure(error: httpx.HTTPError) -> Failure:
    """Return what an error of the connection means."""
    causes = list(_causes(error))
    for cause in causes:
        if isinstance(cause, ssl.SSLError):
            return Failure("tls", f"no safe connection: {cause.reason or 'TLS failed'}")
    for cause in causes:
        if isinstance(cause, socket.gaierror):
            if cause.errno == socket.EAI_AGAIN:
                return Failure("no network", "no name server answers")
            return Failure("no host", "there is no host of that name")
        if isinstance(cause, OSError) and cause.errno in _NO_ROUTE:
            return Failure("no network", "no way leads there")
    if isinstance(error, httpx.ConnectError):
        return Failure("unreachable", "nobody answers there")
    if isinstance(error, httpx.RemoteProtocolError):
        return Failure("broken", "the answer is no HTTP")
    return Failure("broken", "the connection broke off")


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """Yield an error and everything it came from, also inside groups."""
    seen: set[int] = set()
    stack = [error]
    while stack:
        each = stack.pop()
        if each is None or id(each) in seen:
            continue
        seen.add(id(each))
        yield each
        if isinstance(each, BaseExceptionGroup):
            stack += each.exceptions
        stack += [each.__cause__, each.__context__]
