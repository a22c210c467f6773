"""Fetching the published catalog: a client of The Update Framework (TUF), over our own door.

The library checks signatures, versions, expiry, lengths and digests, and remembers what it has
seen, so that an older or a mixed answer is refused. It is handed a root of the publisher, which the
person trusts; everything else follows from signatures.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import msgspec
from msgspec import Struct
from tuf.api.exceptions import (
    BadVersionNumberError,
    DownloadError,
    DownloadHTTPError,
    DownloadLengthMismatchError,
    ExpiredMetadataError,
    LengthOrHashMismatchError,
    RepositoryError,
    UnsignedMetadataError,
)
from tuf.api.metadata import Metadata, Root, TargetFile, Targets
from tuf.api.serialization import DeserializationError, SerializationError
from tuf.ngclient import FetcherInterface, Updater, UpdaterConfig

from walletpick.facts.ages import latest_day
from walletpick.facts.model import Catalog
from walletpick.facts.refusals import refusal
from walletpick.language import N_, Said, _
from walletpick.reading import compiled, outside
from walletpick.reading.files import read_bounded, write_whole
from walletpick.reading.state import Damaged, put_aside, read_state, state_or_none
from walletpick.updates import store
from walletpick.updates.lock import alone
from walletpick.updates.net import Body, Failure, Site
from walletpick.updates.release import Outcome, Release, Sha256, State, is_newer
from walletpick.updates.trust import MOST_METADATA, About, Publisher, file_name

_TAGS = "tags.json"
_LIMITS = UpdaterConfig(
    root_max_length=100_000,
    timestamp_max_length=20_000,
    snapshot_max_length=100_000,
    targets_max_length=MOST_METADATA,
)


class UpdateResult(Struct, frozen=True, kw_only=True):
    """What was found, and what was done."""

    outcome: Outcome
    release: Release


class Unreached(Exception):
    """No answer came, or none of use; the text names the address and says why."""


class Untrusted(Said):
    """What is published must not be used; the text says why."""


def update(
    folder: Path,
    publisher: Publisher,
    package: Catalog,
    *,
    day: str,
    seconds: float,
    only_look: bool,
    progress: Callable[[int, int | None], None],
    say: Callable[[str], None],
) -> UpdateResult:
    """Fetch what is published, verify it, and put it to use where it is newer than `package`.

    `day` is today, `seconds` how long everything may take. What is here and cannot be used is put
    aside, and `say` gets a sentence about it. Raises Unreached, Untrusted, Busy, and
    OSError when the downloads cannot be written; the catalog in use stays as it was then.
    """
    with alone(folder), _in_words(publisher.url), Site(publisher.url, seconds, progress) as site:
        # Of the address, whatever root is named: a newer one must not make forget what was seen.
        # What its keys did not sign, the library passes over.
        memory = folder / "trust" / hashlib.sha256(publisher.url.encode()).hexdigest()[:16]
        memory.mkdir(parents=True, exist_ok=True)
        for path in memory.glob("tmp*"):
            # The library's own leftovers, when it was killed.
            path.unlink()
        _put_damaged_aside(memory, say)
        fetcher = _Fetcher(site, memory)
        try:
            updater = Updater(
                metadata_dir=str(memory),
                metadata_base_url=f"{publisher.url}metadata/",
                target_base_url=f"{publisher.url}targets/",
                fetcher=fetcher,
                config=_LIMITS,
                bootstrap=publisher.root,
            )
        except RepositoryError as error:
            raise Untrusted(
                "the root to be trusted is no signed root.json ({error})", error=error
            ) from None
        updater.refresh()
        fetcher.remember()
        target = updater.get_targetinfo(file_name())
        if target is None:
            sentence = N_(
                "it holds no catalog for this version of walletpick, which may be too old or too"
                " new"
            )
            raise Untrusted(sentence)
        release = _release(target, memory, publisher, package, day)
        current, damaged = None, False
        try:
            current = store.read(folder).current
        except store.Unusable:
            damaged = True
        held = current if current and current.sha256 == release.sha256 else None
        if held:
            # Then whether it is newer than the package is as it was when it was fetched.
            release = msgspec.structs.replace(release, beside=held.beside)
        if not is_newer(release, package):
            # What is published still, but older, stays noted: else it would be new the next time.
            if (damaged or (current and not held)) and not only_look:
                # Then the catalog of the package is in use, and no download is kept.
                store.change(folder, State(), say)
            same = release.version == package.version
            return UpdateResult(outcome="up to date" if same else "package newer", release=release)
        if held and _is_whole(folder, held):
            return UpdateResult(outcome="up to date", release=held)
        if only_look:
            return UpdateResult(outcome="available", release=release)
        store.keep(folder, release, _download(updater, target, release, folder), say)
        return UpdateResult(outcome="updated", release=release)


@contextmanager
def _in_words(address: str) -> Iterator[None]:
    """Raise Unreached or Untrusted for what goes wrong on the way and in the library."""
    try:
        yield
    except Failure as error:
        raise Unreached(f"{address}: {error.words}") from None
    except DownloadLengthMismatchError:
        raise Untrusted("a file is longer than was signed") from None
    except DownloadError as error:
        raise Unreached(str(error)) from None
    except (RepositoryError, DeserializationError) as error:
        raise Untrusted(_why(error)) from None


def _put_damaged_aside(memory: Path, say: Callable[[str], None]) -> None:
    """Put aside what the library would wait for without end, or could not make sense of."""
    for path in (*memory.glob("root_history/*.json"), *memory.glob("*.json")):
        if path.name == _TAGS:
            state_or_none(path, _Tags, say)
            continue
        try:
            Metadata.from_bytes(read_bounded(path, MOST_METADATA))
        except FileNotFoundError:
            # `root.json` is a link to one of those before it, and made anew.
            continue
        except OSError as error:
            say(put_aside(path, _("it cannot be read: {refusal}", refusal=refusal(error))))
        except RepositoryError:
            say(put_aside(path, _("it is damaged")))


def _is_whole(folder: Path, release: Release) -> bool:
    try:
        store.open_release(folder, release)
    except store.Unusable:
        return False
    return True


def _release(
    target: TargetFile, memory: Path, publisher: Publisher, package: Catalog, day: str
) -> Release:
    """Return what is signed of the published catalog. Raises Untrusted."""
    try:
        about = msgspec.convert(target.custom, About)
        latest_day(about.date)
    except (msgspec.ValidationError, ValueError):
        raise Untrusted("it does not say which catalog it is") from None
    try:
        sha256 = msgspec.convert(target.hashes.get("sha256"), Sha256)
    except msgspec.ValidationError:
        sha256 = ""
    if not sha256 or target.length > compiled.MOST_BYTES:
        raise Untrusted("it does not describe a catalog")
    root = Metadata[Root].from_file(str(memory / "root.json")).signed
    targets = Metadata[Targets].from_file(str(memory / "targets.json"))
    verified = root.get_verification_result(Targets.type, targets.signed_bytes, targets.signatures)
    return Release(
        sha256=sha256,
        form=compiled.FORMAT,
        version=about.version,
        date=about.date,
        number=targets.signed.version,
        url=publisher.url,
        fetched=day,
        keys=tuple(sorted(verified.signed)),
        beside=package.version,
    )


def _download(updater: Updater, target: TargetFile, release: Release, folder: Path) -> bytes:
    """Return the bytes of the published catalog, verified in every way. Raises Untrusted."""
    path = folder / "download.part"
    try:
        updater.download_target(target, filepath=str(path))
        data = read_bounded(path, compiled.MOST_BYTES)
    finally:
        path.unlink(missing_ok=True)
    try:
        catalog = outside.decode(data)
    except compiled.Damaged as error:
        raise Untrusted("though it is signed, {error}", error=error) from None
    if (catalog.version, catalog.date) != (release.version, release.date):
        raise Untrusted("it holds another catalog than it says")
    return data


def _why(error: Exception) -> str:
    """Return in words why the library refused what is published."""
    cause: BaseException | None = error
    while cause is not None:
        for kind, words in _REASONS.items():
            if isinstance(cause, kind):
                return (
                    _("{words} ({error})", words=_(words), error=error) if str(error) else _(words)
                )
        cause = cause.__cause__
    return str(error)


# The first that fits.
_REASONS: dict[type[Exception], str] = {
    ExpiredMetadataError: N_("its signatures have expired: the site is out of date, or kept so"),
    BadVersionNumberError: N_("it is older than what was seen before, or does not fit together"),
    LengthOrHashMismatchError: N_("a file is not the one that was signed"),
    UnsignedMetadataError: N_("it is not signed by a key that is trusted"),
    DeserializationError: N_("what came is not the publisher's metadata"),
    SerializationError: N_("what came is not the publisher's metadata"),
}


class _Tags(Struct, frozen=True):
    """By which tags the site knows the file of that digest."""

    url: str
    sha256: str
    tags: dict[str, str]


class _Fetcher(FetcherInterface):
    """Fetches for the library, and asks for the timestamp only if it has changed."""

    def __init__(self, site: Site, memory: Path) -> None:
        self._site = site
        self._memory = memory
        self._most = 0
        self._tagged: _Tags | None = None

    @contextmanager
    def download_file(self, url: str, max_length: int) -> Iterator[IO[Any]]:
        """Yield the file at an address, of at most so many bytes."""
        self._most = max_length
        with super().download_file(url, max_length) as file:
            yield file

    def _fetch(self, url: str) -> Iterator[bytes]:
        is_timestamp = url.endswith("/timestamp.json")
        known, tags = self._known(url) if is_timestamp else (b"", {})
        if is_timestamp:
            # Gone until all is well: whoever gave them may have meant to hide what comes after.
            (self._memory / _TAGS).unlink(missing_ok=True)
        try:
            body = self._site.read(url, self._most, tags)
        except Failure as error:
            if error.status:
                raise DownloadHTTPError(f"{url}: {error.words}", error.status) from None
            if error.kind == "too long":
                raise DownloadLengthMismatchError(f"{url}: {error.words}") from None
            raise DownloadError(f"{url}: {error.words}") from None
        if body.is_unchanged:
            body = Body(known, True, tags)
        if is_timestamp:
            self._tagged = _Tags(url, hashlib.sha256(body.data).hexdigest(), body.tags)
        yield body.data

    def remember(self) -> None:
        """Keep the tags of a timestamp that proved good."""
        if self._tagged:
            write_whole(self._memory / _TAGS, msgspec.json.encode(self._tagged))

    def _known(self, url: str) -> tuple[bytes, dict[str, str]]:
        """Return the timestamp that is here and its tags, where both belong together."""
        try:
            known = read_bounded(self._memory / "timestamp.json", MOST_METADATA)
            tagged = read_state(self._memory / _TAGS, _Tags)
        except (OSError, Damaged):
            return b"", {}
        if tagged and (tagged.url, tagged.sha256) == (url, hashlib.sha256(known).hexdigest()):
            return known, tagged.tags
        return b"", {}
