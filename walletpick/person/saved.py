"""Needs saved under a name: YAML in the configuration directory, for people to read and edit.

They are private to the user (directory 0700, files 0600) and replaced in one step, so that nobody
reads half of a file.
"""

from __future__ import annotations

import os
import re
import unicodedata
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from walletpick.facts import places
from walletpick.facts.characters import UNSAFE_CLASS, visible
from walletpick.facts.model import Needs
from walletpick.facts.walk import content
from walletpick.language import N_, Said, _
from walletpick.person import private
from walletpick.reading.checks import check_needs
from walletpick.reading.files import read_bounded, refusing
from walletpick.reading.problem import Problem, problems_in
from walletpick.reading.records import read_record
from walletpick.reading.strictyaml import Value, read
from walletpick.reading.writer import as_yaml

NAME_RULE = N_("letters, digits, - and _, at most 40 of them, first a letter or digit")
_MISSING = N_('no needs are saved under the name "{name}"')
# Even in UTF-8 this is far from the 255 bytes that the name of a file can have.
_LONGEST = 40
SIZE_LIMIT = 1024 * 1024
# Names that Windows keeps for itself.
_RESERVED = re.compile(r"(?i)con|prn|aux|nul|com\d|lpt\d")


# Two escapes of JSON that are one letter. Behind an even number of backslashes they are escapes.
_HALVES = re.compile(
    rb"(?<!\\)((?:\\\\)*)\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})"
)

# Words of some languages (Persian, Hindi) need them to be written rightly.
_JOINERS = "\u200c\u200d"
# Variation selectors, which are marks that nobody sees, and what is shown nowhere.
_HIDDEN_MARK = re.compile(f"[\ufe00-\ufe0f\u180b-\u180f{UNSAFE_CLASS}]")


class SavedError(Said):
    """Something cannot be kept or read; the message is one sentence."""


class Missing(SavedError):
    """No needs are saved under that name."""


class NotKept(SavedError):
    """The system does not let a file be written or removed."""

    exit_code = 1


def is_name(text: str) -> bool:
    """Return whether needs can be saved under this name, in any script; it can never be a path."""
    return (
        0 < len(text) <= _LONGEST
        and text[0].isalnum()
        # A joiner stands between letters.
        and text[-1] not in _JOINERS
        and all(map(_is_of_name, text))
        and not _RESERVED.fullmatch(text)
    )


def _is_of_name(letter: str) -> bool:
    """Return whether a letter can stand in a name: many scripts write vowels as marks."""
    if letter.isalnum() or letter in "-_" or letter in _JOINERS:
        return True
    return unicodedata.category(letter) in ("Mn", "Mc") and not _HIDDEN_MARK.match(letter)


def path_of(name: str) -> Path:
    """Return where the needs of a name are kept. Raises SavedError for what is no name."""
    # However it was typed, or taken from a file name: é may be one letter or two.
    name = unicodedata.normalize("NFC", name)
    if not is_name(name):
        raise SavedError(
            '"{name}" cannot be a name: use {rule}', name=visible(name, 60), rule=_(NAME_RULE)
        )
    return _folder() / f"{name}.yaml"


def names() -> list[str]:
    """Return the names under which needs are saved, in order."""
    with suppress(OSError):
        stems = (unicodedata.normalize("NFC", path.stem) for path in _folder().glob("*.yaml"))
        return sorted(filter(is_name, stems))
    return []


def load(name: str) -> Needs:
    """Return the needs saved under a name. Raises SavedError."""
    needs, problems = parsed(raw(name), path_of(name))
    if needs is None:
        lines = "\n".join(map(str, problems))
        raise SavedError('the needs "{name}" cannot be used:\n{lines}', name=name, lines=lines)
    return needs


def raw(name: str) -> bytes:
    """Return the file of a name as it is. Raises SavedError."""
    path = path_of(name)
    words = N_('the needs "{name}" cannot be read from {path}: {why}')
    with refusing(SavedError, words, name=name, path=private.shown(path)):
        try:
            return read_bounded(path, SIZE_LIMIT)
        except (FileNotFoundError, NotADirectoryError):
            raise Missing(_MISSING, name=name) from None


def parsed(data: bytes, path: Path) -> tuple[Needs | None, list[Problem]]:
    """Return the needs that a file's bytes hold, or None and what is wrong with them.

    A country may be named as people do: Kenya or 中国 beside KE. JSON may write one letter as the
    escapes of two halves, which YAML does not know.
    """
    shown = os.fspath(path)
    if data.lstrip().startswith(b"{"):
        data = _HALVES.sub(_whole_letter, data)
    value, problems = read(data, shown)
    needs = None
    if value is not None and not problems:
        _give_codes(value)
        needs = read_record(Needs, value, shown, problems)
    if needs is not None:
        problems += problems_in(shown, check_needs(needs))
    if needs is None and not problems:
        problems = [Problem(shown, 1, 1, "", _("the file is empty"))]
    return (None if problems else needs), sorted(problems)


def _whole_letter(match: re.Match[bytes]) -> bytes:
    halves = bytes.fromhex((match[2] + match[3]).decode())
    return match[1] + halves.decode("utf-16-be").encode()


def _give_codes(needs: Value) -> None:
    """Put codes in the place of the countries' names; what names none is left to the reader."""
    uses = needs.data.get("use") if isinstance(needs.data, dict) else None
    for block in (needs, *(uses.data if uses and isinstance(uses.data, list) else ())):
        named = block.data.get("country") if isinstance(block.data, dict) else None
        if named and isinstance(named.data, str) and (code := places.find_country(named.data)):
            block.data["country"] = replace(named, data=code)


def check_free(name: str) -> None:
    """Raise SavedError where needs under a name cannot be read: they are not to be replaced."""
    try:
        load(name)
    except Missing:
        return
    except SavedError as error:
        raise SavedError(
            "{error}\nThey are not replaced: mend them (walletpick needs edit {name}), or"
            " choose another name",
            error=error,
            name=name,
        ) from None


def save(name: str, needs: Needs) -> Path:
    """Keep needs under a name, in place of those it had. Raises SavedError."""
    path_of(name)
    check_free(name)
    head = _("What you need. walletpick rank --needs {name} ranks for it.", name=name)
    return keep(name, (f"# {head}\n" + as_yaml(needs)).encode(), needs)


def keep(name: str, data: bytes, needs: Needs) -> Path:
    """Keep the bytes of a needs file that holds these needs. Raises SavedError."""
    path = path_of(name)
    again, problems = parsed(data, path)
    if again is None or content(again) != content(needs):
        error = SavedError('the needs "{name}" cannot be written so as to be read again', name=name)
        if problems:
            error = SavedError("{name}: {value}", name=error, value=problems[0].message)
        raise error
    with refusing(NotKept, N_("{path} cannot be written: {why}"), path=private.shown(path)):
        private.write_private(path, data)
    return path


def delete(name: str) -> None:
    """Remove the needs of a name. Raises SavedError."""
    path = path_of(name)
    with refusing(NotKept, N_('the needs "{name}" cannot be removed: {why}'), name=name):
        try:
            path.unlink()
        except FileNotFoundError:
            raise Missing(_MISSING, name=name) from None


def _folder() -> Path:
    import platformdirs

    return platformdirs.user_config_path("walletpick", appauthor=False) / "needs"
