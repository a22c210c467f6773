"""The downloaded catalogs in the user's data directory: which is in use, and how to go back.

Nothing here needs the network or a key. A catalog is a file named after its SHA-256, `state.json`
says which of them are in use and kept, and every change is one rename: whoever reads at any moment,
or after any crash, finds the old state or the new one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import msgspec

from walletpick.facts.model import Catalog
from walletpick.facts.refusals import refusal
from walletpick.language import Said, _
from walletpick.reading import compiled
from walletpick.reading.files import PART, read_bounded, write_whole
from walletpick.reading.state import Damaged, put_aside, read_state, state_or_none
from walletpick.updates.release import CatalogInUse, Release, State, is_newer

_STATE = "state.json"


class Unusable(Said):
    """What was downloaded cannot be used; the text says why."""


def folder() -> Path:
    """Return the directory of the downloads, which may not be there yet."""
    import platformdirs

    return platformdirs.user_data_path("walletpick") / "catalog"


def choose(folder: Path, package: Catalog, country: str | None = None) -> CatalogInUse:
    """Return the newer of the package's catalog and the download in use, or its part of a country.

    A download that cannot be read gives way to the package's catalog, with a word of trouble.
    """
    for _attempt in range(2):
        try:
            state = read(folder)
        except Unusable as error:
            return CatalogInUse(catalog=package, trouble=_trouble(error))
        release = state.current
        if release is None or not is_newer(release, package):
            return CatalogInUse(catalog=package)
        try:
            return CatalogInUse(catalog=open_release(folder, release, country), release=release)
        except Unusable as error:
            # Another process may just have put a newer one in its place: then look again.
            trouble = _trouble(error)
    return CatalogInUse(catalog=package, trouble=trouble)


def _trouble(error: Unusable) -> str:
    return _(
        "The downloaded catalog is not used, {error}; the one that came with"
        " walletpick is (`walletpick catalog update` fetches it anew).",
        error=error,
    )


def read(folder: Path) -> State:
    """Return what is in use. Raises Unusable when that cannot be read."""
    try:
        return read_state(folder / _STATE, State) or State()
    except Damaged as error:
        raise Unusable("for its notes are damaged ({error})", error=error) from None


def open_release(folder: Path, release: Release, country: str | None = None) -> Catalog:
    """Return the catalog of a release, or its part of one country.

    Raises Unusable when its file is not what was verified.
    """
    if release.form != compiled.FORMAT:
        raise Unusable("for it was made for another version of walletpick")
    try:
        data = read_bounded(file_of(folder, release), compiled.MOST_BYTES)
    except OSError as error:
        raise Unusable("for it cannot be read ({refusal})", refusal=refusal(error)) from None
    if hashlib.sha256(data).hexdigest() != release.sha256:
        raise Unusable("for it is damaged")
    try:
        catalog = compiled.decode(data, country)
    except compiled.Damaged:
        raise Unusable("for it is damaged") from None
    if (catalog.version, catalog.date) != (release.version, release.date):
        # The date decides whether it is newer than the package's.
        raise Unusable("for its notes are damaged")
    return catalog


def file_of(folder: Path, release: Release) -> Path:
    """Return where the file of a release is."""
    return folder / f"{release.sha256}.catalog"


def kept(folder: Path) -> Release | None:
    """Return the download to which `take_back` would go, or None for the package's catalog."""
    return _read_or_nothing(folder).previous


def can_go_back(folder: Path) -> bool:
    """Return whether there is a download in use, or notes that are damaged."""
    try:
        return read(folder).current is not None
    except Unusable:
        return True


# What follows is only for one process at a time. Where something that cannot be used stands in the
# way, it is put aside, and `say` gets a sentence about it.


def keep(folder: Path, release: Release, data: bytes, say: Callable[[str], None]) -> None:
    """Put a verified catalog to use, and keep the one before it. Raises OSError."""
    before = _read_or_nothing(folder)
    previous = before.current
    if previous is not None and previous.sha256 == release.sha256:
        previous = before.previous
    path = file_of(folder, release)
    try:
        if read_bounded(path, compiled.MOST_BYTES) != data:
            say(put_aside(path, _("it is damaged")))
    except FileNotFoundError:
        pass
    except OSError as error:
        say(put_aside(path, _("it cannot be read: {refusal}", refusal=refusal(error))))
    write_whole(path, data, lasting=True)
    change(folder, State(current=release, previous=previous), say)


def take_back(folder: Path, say: Callable[[str], None]) -> None:
    """Put the previous catalog back to use; without one, that of the package. Raises OSError."""
    change(folder, State(current=kept(folder)), say)


def forget_leftovers(folder: Path) -> None:
    """Delete what a killed process left half-written."""
    for path in folder.rglob(f"*{PART}"):
        path.unlink(missing_ok=True)


def _read_or_nothing(folder: Path) -> State:
    try:
        return read(folder)
    except Unusable:
        return State()


def change(folder: Path, state: State, say: Callable[[str], None]) -> None:
    """Note what is in use, and delete the catalogs that nothing names. Raises OSError."""
    state_or_none(folder / _STATE, State, say)
    notes = msgspec.json.format(msgspec.json.encode(state), indent=2) + b"\n"
    write_whole(folder / _STATE, notes, lasting=True)
    named = {file_of(folder, item) for item in (state.current, state.previous) if item}
    for path in folder.glob("*.catalog"):
        if path not in named:
            path.unlink(missing_ok=True)
