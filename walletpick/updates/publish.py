"""Publishing a catalog: a repository of The Update Framework (TUF) in a directory of plain files.

What stands in which file, and who signs it, `docs/publishing.md` says. Files are written in an
order in which a visitor never meets one that names what is not there yet, and the same catalog,
keys, day and directory give the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)
from msgspec import Struct, to_builtins
from securesystemslib.signer import CryptoSigner, Key, SSlibKey
from tuf.api.exceptions import RepositoryError
from tuf.api.metadata import (
    Metadata,
    MetaFile,
    Root,
    Signed,
    Snapshot,
    TargetFile,
    Targets,
    Timestamp,
)
from tuf.repository import Repository

from walletpick.facts.model import Catalog
from walletpick.facts.refusals import refusal
from walletpick.language import N_, Said
from walletpick.reading import compiled, outside
from walletpick.reading.files import PART, NotOrdinary, TooLarge, read_bounded, write_whole
from walletpick.updates.trust import MOST_METADATA, About, file_name

# Who may sign these is one question: there is one file, made and signed in one go.
_RELEASE_ROLES: Mapping[str, Callable[[], Signed]] = {
    Targets.type: Targets,
    Snapshot.type: Snapshot,
    Timestamp.type: Timestamp,
}
_NEEDS_ROOT_KEY = N_(
    "root.json has to be signed by one of its root keys ({names}): give the private file of one"
    " with --root-key"
)
_NEEDS_FORMER_KEY = N_(
    "a new root has to be signed by a key of the one before it ({names}): give the private file of"
    " one with --sign-with"
)


class Unpublished(Said):
    """Nothing was published; the text says why, and what to do."""


class Keys(Struct, frozen=True):
    """Keys from files: all that are known, and those of them that can sign."""

    public: tuple[Key, ...]
    signers: tuple[CryptoSigner, ...]


class Publication(Struct, frozen=True, kw_only=True):
    """What stands in the directory now. `number` and the days are those of what is signed."""

    changed: bool
    file: str
    sha256: str
    length: int
    about: About
    number: int
    # The day from which a visitor refuses what is there, unless it is signed anew before.
    expires: date
    root_expires: date


class Signers(Struct, frozen=True, kw_only=True):
    """Who may sign from now on."""

    path: Path
    number: int
    root_keys: tuple[str, ...]
    release_keys: tuple[str, ...]
    expires: date


# Keys.


def make_key() -> tuple[str, bytes, bytes]:
    """Return a new Ed25519 key: its id, the private and the public part as PEM."""
    private = Ed25519PrivateKey.generate()
    signer = CryptoSigner(private)
    public = private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    return signer.public_key.keyid, signer.private_bytes, public


def read_keys(paths: Sequence[Path]) -> Keys:
    """Return the keys in PEM files, private or public. Raises Unpublished."""
    public: list[Key] = []
    signers: list[CryptoSigner] = []
    for path in paths:
        try:
            data = read_bounded(path, MOST_METADATA)
        except OSError as error:
            raise Unpublished(
                'the key "{path}" cannot be read: {refusal}', path=path, refusal=refusal(error)
            ) from None
        try:
            is_private = b"PRIVATE KEY" in data
            key = load_pem_private_key(data, None) if is_private else load_pem_public_key(data)
        except (ValueError, TypeError, UnsupportedAlgorithm):
            key = None
        if isinstance(key, Ed25519PrivateKey):
            signers.append(CryptoSigner(key))
            public.append(signers[-1].public_key)
        elif isinstance(key, Ed25519PublicKey):
            public.append(SSlibKey.from_crypto(key))
        else:
            sentence = N_('"{path}" holds no Ed25519 key that can be read: catalog key makes one')
            raise Unpublished(sentence, path=path)
    return Keys(tuple(public), tuple(signers))


# Who may sign.


def trust(folder: Path, root: Keys, release: Keys, others: Keys, day: date, days: int) -> Signers:
    """Write the next root: from now on just these keys may sign, for so many days.

    `others` are keys that sign it too, because the root before it demands it: the first root needs
    a private root key, each later one also a private key of the root before. Raises Unpublished,
    and OSError.
    """
    metadata = folder / "metadata"
    before = _newest_root(metadata)
    number = before.signed.version + 1 if before else 1
    new = Root(version=number, expires=_end(day, days), consistent_snapshot=True)
    for key in root.public:
        new.add_key(key, Root.type)
    for role in _RELEASE_ROLES:
        for key in release.public:
            new.add_key(key, role)
    signed = Metadata(new)
    for signer in {s.public_key.keyid: s for s in (*root.signers, *others.signers)}.values():
        signed.sign(signer, append=True)
    check = new.get_root_verification_result(
        before.signed if before else None, signed.signed_bytes, signed.signatures
    )
    for result, sentence in ((check.second, _NEEDS_ROOT_KEY), (check.first, _NEEDS_FORMER_KEY)):
        if not result.verified:
            raise Unpublished(sentence, names=", ".join(sorted(result.unsigned)))
    path = metadata / f"{number}.root.json"
    _write(path, signed.to_bytes())
    return Signers(
        path=path,
        number=number,
        root_keys=tuple(new.roles[Root.type].keyids),
        release_keys=tuple(new.roles[Targets.type].keyids),
        expires=new.expires.date(),
    )


def _newest_root(metadata: Path) -> Metadata[Root] | None:
    path = _newest(metadata, Root.type)
    return _read(path) if path else None


# A release.


def publish(folder: Path, catalog: Catalog, keys: Keys, day: date, days: int) -> Publication:
    """Put a catalog into the directory and sign it, to be trusted for so many days from `day`.

    What is there already is not made anew: only the timestamp, when it would last longer. Raises
    Unpublished, and OSError.
    """
    site = _Site(folder, keys, day, days)
    if problem := outside.first_problem(catalog):
        raise Unpublished("nobody could use this catalog: {problem}", problem=problem)
    data = compiled.encode(catalog)
    about = About(version=catalog.version, date=catalog.date)
    target = TargetFile.from_data(file_name(), data, ["sha256"])
    target.unrecognized_fields["custom"] = to_builtins(about)
    path = folder / "targets" / target.get_prefixed_paths()[0]
    if not _holds(path, data):
        _write(path, data)
    changed = site.put(target)
    site.forget_old(folder / "targets")
    return Publication(
        changed=changed,
        file=str(path.relative_to(folder)),
        sha256=target.hashes["sha256"],
        length=target.length,
        about=about,
        number=site.targets().version,
        expires=site.timestamp().expires.date(),
        root_expires=site.root().expires.date(),
    )


class _Site(Repository):
    """The metadata in a directory, signed by the keys at hand."""

    def __init__(self, folder: Path, keys: Keys, day: date, days: int) -> None:
        self._metadata = folder / "metadata"
        root = _newest_root(self._metadata)
        if root is None:
            sentence = N_(
                '"{folder}" has no root.json yet, which says who may sign: run catalog root first'
            )
            raise Unpublished(sentence, folder=folder)
        self._root = root
        self._day = day
        self._days = days
        keyids = set(root.signed.roles[Targets.type].keyids)
        self._signers = [s for s in keys.signers if s.public_key.keyid in keyids]
        if not self._signers:
            sentence = N_(
                "none of these keys may sign a catalog: root.json names {listed}"
                " (catalog root changes that)"
            )
            raise Unpublished(sentence, listed=", ".join(sorted(keyids)))
        if root.signed.expires.date() <= day:
            sentence = N_("root.json expired on {date}: run catalog root to renew it")
            raise Unpublished(sentence, date=root.signed.expires.date())

    def put(self, target: TargetFile) -> bool:
        """Sign that this is the catalog; return whether anything had to be signed."""
        targets = self.open(Targets.type)
        known = targets.signed
        assert isinstance(known, Targets)
        changed = (
            known.targets.get(target.path) != target
            or not self._is_signed(targets)
            or self._ends_soon(targets)
        )
        if changed:
            with self.edit_targets() as edited:
                edited.targets[target.path] = target
        changed |= self.do_snapshot(force=self._ends_soon(self.open(Snapshot.type)))[0]
        # The timestamp is short-lived: each later day prolongs it.
        ends = self.open(Timestamp.type).signed.expires
        changed |= self.do_timestamp(force=ends < _end(self._day, self._days))[0]
        return changed

    def forget_old(self, folder: Path) -> None:
        """Delete what came before the last two releases: nobody is still fetching that."""
        named: set[str] = set()
        for role in (Targets.type, Snapshot.type):
            newest = self.open(role).signed.version
            for path in self._metadata.glob(f"*.{role}.json"):
                if _number(path) < newest - 1:
                    path.unlink()
                elif isinstance(targets := _read(path).signed, Targets):
                    for target in targets.targets.values():
                        named.update(target.get_prefixed_paths())
        # Nothing else that is there; and what a killed build left half-written.
        for path in (*folder.glob("*.catalog-*.bin"), *folder.parent.glob(f"*/.*{PART}")):
            if path.name not in named:
                path.unlink()

    def open(self, role: str) -> Metadata[Any]:
        """Return the newest metadata of a role, or its first."""
        if role == Root.type:
            return self._root
        path = _newest(self._metadata, role)
        if path is None:
            first = _RELEASE_ROLES[role]()
            first.version = 0
            return Metadata(first)
        return _read(path)

    def close(self, role: str, md: Metadata[Any]) -> None:
        """Sign the next version of a role's metadata, and write it."""
        md.signed.version += 1
        # Only the timestamp runs out soon: it is what shows that the site is kept up.
        md.signed.expires = (
            _end(self._day, self._days) if role == Timestamp.type else self._root.signed.expires
        )
        md.signatures.clear()
        for signer in self._signers:
            md.sign(signer, append=True)
        name = f"{role}.json" if role == Timestamp.type else f"{md.signed.version}.{role}.json"
        _write(self._metadata / name, md.to_bytes())

    @property
    def targets_infos(self) -> dict[str, MetaFile]:
        return {"targets.json": MetaFile(self.targets().version)}

    @property
    def snapshot_info(self) -> MetaFile:
        """The snapshot that a new timestamp names, by its bytes."""
        return MetaFile(self.snapshot().version)

    def _is_signed(self, metadata: Metadata[Any]) -> bool:
        result = self._root.signed.get_verification_result(
            metadata.signed.type, metadata.signed_bytes, metadata.signatures
        )
        return bool(result.verified)

    def _ends_soon(self, metadata: Metadata[Any]) -> bool:
        return bool(metadata.signed.expires < self._root.signed.expires)


def _newest(metadata: Path, role: str) -> Path | None:
    if role == Timestamp.type:
        path = metadata / "timestamp.json"
        return path if path.exists() else None
    return max(metadata.glob(f"[0-9]*.{role}.json"), key=_number, default=None)


def _number(path: Path) -> int:
    number = path.name.partition(".")[0]
    return int(number) if number.isdecimal() else 0


def _read(path: Path) -> Metadata[Any]:
    try:
        return Metadata.from_bytes(read_bounded(path, MOST_METADATA))
    except (RepositoryError, NotOrdinary, TooLarge):
        sentence = N_('"{path}" is damaged: take the directory as it is published, and build again')
        raise Unpublished(sentence, path=path) from None


def _end(day: date, days: int) -> datetime:
    return datetime.combine(day + timedelta(days=days), time(), UTC)


def _holds(path: Path, data: bytes) -> bool:
    """Return whether a file is there and holds just this."""
    try:
        return read_bounded(path, len(data)) == data
    except (FileNotFoundError, TooLarge):
        return False


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, data)
