"""The one door to the network: HTTP requests with limits, over httpx, which is loaded here alone.

`Client` asks many servers for the heads of their answers: nothing is followed, and of a body
nothing is read. `Site` reads files of one site, and of no other. `Failure` is the only exception.
"""

from __future__ import annotations

import asyncio
import errno
import ipaddress
import socket
import ssl
import time
import urllib.request
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Literal, NamedTuple
from urllib.parse import urljoin, urlsplit

import httpx

from walletpick import __version__
from walletpick.language import N_, _

# Says who asks and what for. It names no address: there is none yet that the project vouches for.
USER_AGENT = f"walletpick/{__version__} (checks the links of a public catalog of payment wallets)"
_READER = f"walletpick/{__version__} (updates its catalog of payment wallets)"

_REDIRECTS = (301, 302, 303, 307, 308)
_NO_ROUTE = (errno.ENETUNREACH, errno.ENETDOWN, errno.EHOSTUNREACH, errno.EADDRNOTAVAIL)

# Seconds without a word after which `Site` gives up.
_SILENCE = 20.0
# The most addresses on the way to one file.
_HOPS = 5
_LAST_PORT = 65_535
# The most characters of a tag that is shown again: what is longer, a server may refuse ever after.
_TAG = 200
# The tag in an answer -> the condition in the next question.
_CONDITIONS = {"etag": "If-None-Match", "last-modified": "If-Modified-Since"}

# What is raised for what can be no address, also from within: a port that no socket has comes as a
# group of errors.
_NO_ADDRESS = (
    httpx.InvalidURL,
    httpx.UnsupportedProtocol,
    ValueError,
    ArithmeticError,
    ExceptionGroup,
)

Method = Literal["HEAD", "GET"]
FailureKind = Literal[
    "no network",
    "no host",
    "unreachable",
    "timeout",
    "broken",
    "tls",
    "address",
    # Of `Site` alone: an answer, but no file.
    "status",
    "elsewhere",
    "too long",
]


class Failure(Exception):
    """No answer, or none of use: of which kind, and in words; `status` is 0 without an answer."""

    def __init__(self, kind: FailureKind, words: str, status: int = 0) -> None:
        super().__init__(words)
        self.kind: FailureKind = kind
        self.words = words
        self.status = status


class Answer(NamedTuple):
    """The head of an answer: its status, where it redirects to, how long it asks to wait."""

    status: int
    target: str | None
    wait: float | None


class Client:
    """Asks servers, each request held to `seconds` in all. To be used with `async with`."""

    def __init__(self, seconds: float) -> None:
        """Raises Failure when the environment names a proxy or certificates of no use."""
        self._seconds = seconds
        self._http = _client(
            headers={"User-Agent": USER_AGENT, "Accept": "text/html, */*;q=0.8"},
            timeout=httpx.Timeout(seconds, pool=None),
            limits=httpx.Limits(max_connections=None, max_keepalive_connections=20),
        )

    async def __aenter__(self) -> Client:
        return self

    async def __aexit__(self, *_error: object) -> None:
        await self._http.aclose()

    async def ask(self, method: Method, url: str) -> Answer:
        """Return the head of the answer to one request. Raises Failure."""
        try:
            if urlsplit(url).scheme not in ("http", "https"):
                raise Failure("address", _("no address of the web"))
            async with asyncio.timeout(self._seconds):
                async with self._http.stream(method, url) as response:
                    return _answer(response)
        except (TimeoutError, httpx.TimeoutException):
            raise Failure(
                "timeout", _("no answer within {seconds:g} seconds", seconds=self._seconds)
            ) from None
        except (*_NO_ADDRESS, httpx.HTTPError) as error:
            raise _failure(error) from None


class Body(NamedTuple):
    """A file that was read, or word that it `is_unchanged`, and by which tags to know it again."""

    data: bytes
    is_unchanged: bool
    tags: dict[str, str]


class Site:
    """Reads files of one web site, all of them within `seconds`. To be used with `with`.

    The site is a scheme, a host and a port: a redirect that leaves them is refused, and so is plain
    http, but from this machine itself. `progress` is told of every piece of a file: how much of it
    has come, and how much it said to be (None when it said nothing).
    """

    def __init__(
        self, address: str, seconds: float, progress: Callable[[int, int | None], None]
    ) -> None:
        """Raises Failure when the address is none from which files are read."""
        self._origin = _origin(address)
        self._seconds = seconds
        self._end = time.monotonic() + seconds
        self._progress = progress
        self._http = _client(
            # Compressed, a small answer could unfold into an endless one.
            headers={"User-Agent": _READER, "Accept-Encoding": "identity"},
            timeout=min(seconds, _SILENCE),
            # No proxy leads to this machine itself, the only place that may do without TLS.
            trust_env=self._origin[0] == "https",
        )
        self._runner = asyncio.Runner()

    def __enter__(self) -> Site:
        return self

    def __exit__(self, *_error: object) -> None:
        try:
            self._runner.run(self._http.aclose())
        finally:
            self._runner.close()

    def read(self, url: str, most: int, tags: dict[str, str] | None = None) -> Body:
        """Return the file at an address, of at most so many bytes. Raises Failure.

        With the tags of an earlier answer the site may say that the file is unchanged since.
        """
        return self._runner.run(self._read(url, most, tags or {}))

    async def _read(self, url: str, most: int, tags: dict[str, str]) -> Body:
        conditions = {_CONDITIONS[tag]: value for tag, value in tags.items() if tag in _CONDITIONS}
        try:
            async with asyncio.timeout(max(self._end - time.monotonic(), 0)):
                for _hop in range(_HOPS):
                    if _origin(url) != self._origin:
                        raise Failure(
                            "elsewhere", _("it leads away from its site, to {url}", url=url[:200])
                        )
                    response = await self._get(url, conditions)
                    try:
                        target = _answer(response).target
                        if target is None:
                            return await self._body(response, most, bool(conditions))
                    finally:
                        await response.aclose()
                    url = target
                raise Failure("elsewhere", _("it leads from one address to the next without end"))
        except TimeoutError:
            if self._seconds == 1:
                words = _("it took longer than 1 second")
            else:
                words = _("it took longer than {seconds:g} seconds", seconds=self._seconds)
            raise Failure("timeout", words) from None
        except httpx.TimeoutException:
            raise Failure("timeout", _("no answer came for a while")) from None
        except (*_NO_ADDRESS, httpx.HTTPError) as error:
            raise _failure(error) from None

    async def _get(self, url: str, conditions: dict[str, str]) -> httpx.Response:
        """Return an open answer, asked for twice where the site hung up instead of answering.

        It may close a connection that was kept open just while it is asked again over it, and then
        has not seen the question (RFC 9112, section 9.3.1).
        """
        request = self._http.build_request("GET", url, headers=conditions)
        try:
            return await self._http.send(request, stream=True)
        except (httpx.ReadError, httpx.WriteError, httpx.RemoteProtocolError):
            return await self._http.send(request, stream=True)

    async def _body(self, response: httpx.Response, most: int, may_be_unchanged: bool) -> Body:
        status = response.status_code
        if status == 304 and may_be_unchanged:
            return Body(b"", True, {})
        if status != 200:
            raise Failure("status", _("the site answers {status}", status=status), status)
        if response.headers.get("content-encoding", "identity").casefold() != "identity":
            raise Failure("broken", _("the answer is compressed, which was not asked for"))
        header = response.headers.get("content-length", "")
        length = int(header) if header.isascii() and header.isdigit() else None
        too_long = Failure("too long", _("it is longer than {most:,} bytes", most=most))
        if length is not None and length > most:
            raise too_long
        data = bytearray()
        async for piece in response.aiter_raw():
            data += piece
            if len(data) > most:
                raise too_long
            self._progress(len(data), length)
        headers = {tag: response.headers.get(tag, "") for tag in _CONDITIONS}
        tags = {tag: value for tag, value in headers.items() if value.isascii() and value}
        if any(len(value) > _TAG for value in tags.values()):
            tags = {}
        return Body(bytes(data), False, tags)


def _client(**options: Any) -> httpx.AsyncClient:
    """Return a client that follows nothing. Raises Failure."""
    try:
        # What the environment says of a connection that it does not lead is no error.
        if options.get("trust_env", True):
            for proxy in urllib.request.getproxies().values():
                _check_proxy(proxy)
        return httpx.AsyncClient(follow_redirects=False, **options)
    except (ValueError, ImportError, OSError, httpx.InvalidURL) as error:
        sentence = N_(
            "the proxy or the certificates that the environment names are of no use: {error}"
        )
        raise Failure("address", _(sentence, error=error)) from None


def _check_proxy(address: str) -> None:
    """Raise ValueError for a proxy that no connection can be made to; httpx takes any port."""
    # Without a scheme it is one of http, as httpx reads it.
    url = httpx.URL(address if "://" in address else f"http://{address}")
    if not _is_port(url.port):
        raise ValueError(
            _("a proxy has the port {port}, expected 1 to {last}", port=url.port, last=_LAST_PORT)
        )


def check_site(address: str) -> None:
    """Raise Failure when the address is none from which `Site` reads; nobody is asked."""
    _origin(address)
    if "?" in address or "#" in address:
        raise Failure(
            "address",
            _("{address} does not end in a path, to which names can be added", address=address),
        )


def _origin(url: str) -> tuple[str, str, int]:
    """Return scheme, host and port of an address. Raises Failure."""
    try:
        # Read by who will connect, so that both mean the same host, however it is spelt.
        parts = httpx.URL(url)
    except (ValueError, httpx.InvalidURL):
        raise Failure("address", _("{url} is no address of the web", url=url[:200])) from None
    host, port = parts.raw_host.decode("ascii"), parts.port
    if parts.scheme not in ("http", "https") or not host or not _is_port(port):
        raise Failure("address", _("{url} is no address of the web", url=url[:200]))
    if parts.userinfo:
        raise Failure("address", _("an address with a name or password in it is not supported"))
    if parts.scheme == "http" and not _is_this_machine(host):
        raise Failure(
            "address", _("{url} can be changed on the way: only https is safe", url=url[:200])
        )
    return parts.scheme, host, port or {"http": 80, "https": 443}[parts.scheme]


def _is_port(port: int | None) -> bool:
    """Return whether there is such a port; none is that of the scheme."""
    return port is None or 0 < port <= _LAST_PORT


def _is_this_machine(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _answer(response: httpx.Response) -> Answer:
    target = None
    location = response.headers.get("location")
    if response.status_code in _REDIRECTS and location:
        try:
            target = urljoin(str(response.url), location.strip())
        except ValueError:
            raise Failure("address", _("redirects to what is no address")) from None
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


def _failure(error: Exception) -> Failure:
    if isinstance(error, _NO_ADDRESS):
        return Failure("address", _("no address of the web"))
    causes = list(_causes(error))
    for cause in causes:
        if isinstance(cause, ssl.SSLError):
            return Failure(
                "tls", _("no safe connection: {reason}", reason=cause.reason or _("TLS failed"))
            )
    for cause in causes:
        if isinstance(cause, socket.gaierror):
            if cause.errno == socket.EAI_AGAIN:
                return Failure("no network", _("no name server answers"))
            return Failure("no host", _("there is no host of that name"))
        if isinstance(cause, OSError) and cause.errno in _NO_ROUTE:
            return Failure("no network", _("no way leads there"))
    if isinstance(error, httpx.ConnectError):
        return Failure("unreachable", _("nobody answers there"))
    if isinstance(error, httpx.RemoteProtocolError) and not any(
        words in str(error) for words in ("complete message body", "disconnected")
    ):
        return Failure("broken", _("the answer is no HTTP"))
    return Failure("broken", _("the connection broke off"))


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
