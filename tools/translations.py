"""Keep the translations: what is to be said, in `walletpick/locale/LANGUAGE/FOLDER.po`.

    python tools/translations.py           bring the .po files up to date with the code
    python tools/translations.py missing   list what is not translated yet, with its place
    python tools/translations.py compile   write the .mo file that the program reads

Each folder of the package has a .po file of its own. A message comes from a call of `_`, `N_`,
`ngettext` or `pgettext` in the code, from the help of the commands, and from the tables of words.
`click.po` holds what click says itself, of any version; it is kept by hand.
Needs babel, as do the tests and the building of the package.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "walletpick"
LOCALE = PACKAGE / "locale"
LANGUAGES = ("zh",)
_ANY_DAY = datetime(2026, 1, 1, tzinfo=UTC)
# The files of messages that are not ours.
OTHERS = ("click",)
KEYWORDS: dict[str, Any] = {
    "_": None,
    "N_": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
}
# What takes a sentence as `_` does: a remark, and errors.
KEYWORDS |= {"remark": None}
KEYWORDS |= dict.fromkeys(("Wrong", "Failed", "CatalogError", "UntrustedError"))
KEYWORDS |= dict.fromkeys(("NothingToTakeBack", "NotKept", "OwnError", "SavedError", "Missing"))
KEYWORDS |= dict.fromkeys(("DiaryError", "NoDiary", "NoEntry", "Unclear"))
KEYWORDS |= dict.fromkeys(("Damaged", "Untold", "CannotPropose", "RevisionError"))
KEYWORDS |= dict.fromkeys(("Unpublished", "Untrusted", "Unusable"))


def po_files(language: str) -> list[Path]:
    """Return the files of a language, one a folder."""
    return sorted((LOCALE / language).glob("*.po"))


def read(path: Path, language: str) -> Catalog:
    """Return what a .po file holds."""
    with path.open("rb") as file:
        return read_po(file, locale=language, domain=path.stem, abort_invalid=True)


def compiled(language: str) -> bytes:
    """Return the .mo file of a language, made of all its .po files."""
    # Its head tells when it was made, which must not change what is built of the same sources.
    whole = Catalog(locale=language, domain="walletpick", fuzzy=False, creation_date=_ANY_DAY)
    for path in po_files(language):
        for message in read(path, language):
            if not message.id or not message.string:
                continue
            other = whole.get(message.id, message.context)
            if other is not None and other.string != message.string:
                raise ValueError(f"{path.name}: {message.id!r} is said otherwise in another file")
            whole.add(message.id, message.string, context=message.context)
    out = io.BytesIO()
    write_mo(out, whole)
    return out.getvalue()


def compile_all() -> None:
    """Write the .mo file of every language, where it is not what it should be."""
    for language in LANGUAGES:
        path = LOCALE / language / "LC_MESSAGES" / "walletpick.mo"
        data = compiled(language)
        if not path.is_file() or path.read_bytes() != data:
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(data)


def messages() -> dict[str, Catalog]:
    """Return all that is to be said, by the folder in which it stands."""
    catalogs: dict[str, Catalog] = {}

    def add(file: str, text: Any, context: str | None = None) -> None:
        folder = file.partition("/")[0].removesuffix(".py")
        catalog = catalogs.setdefault(folder, Catalog(domain=folder))
        catalog.add(text, locations=[(f"walletpick/{file}", 0)], context=context)

    for file, _line, text, _comments, context in extract_from_dir(
        PACKAGE, [("**.py", "python")], keywords=KEYWORDS
    ):
        add(file, text, context)
    for file, text in _tables():
        add(file, text)
    return catalogs


# What Linux and macOS say most of what they refuse.
_REFUSALS = (
    "No such file or directory",
    "Permission denied",
    "Operation not permitted",
    "Is a directory",
    "Not a directory",
    "Directory not empty",
    "File exists",
    "File name too long",
    "Too many levels of symbolic links",
    "No space left on device",
    "Disk quota exceeded",
    "File too large",
    "Read-only file system",
    "Input/output error",
    "Bad file descriptor",
    "Device or resource busy",
    "Too many open files",
    "Invalid argument",
    "Exec format error",
)


def _tables() -> Iterator[tuple[str, Any]]:
    """Yield what is said of tables and of the commands, with the file in which it stands."""
    from walletpick.facts import vocabulary
    from walletpick.reading.syntax import sentences
    from walletpick.words import phrases

    meanings = set()
    for name, table in vars(vocabulary).items():
        if name.isupper() and isinstance(table, dict):
            for text in table.values():
                if isinstance(text, str) and " " in text.strip():
                    meanings.add(text)
                    yield "facts/vocabulary.py", text
    for words in vocabulary.FAMILIES.values():
        for text in words.values():
            meanings.add(text)
            yield "facts/vocabulary.py", text
    for event in vocabulary.EVENTS.values():
        meanings.add(event.text)
        yield "facts/vocabulary.py", event.text
    for text in _REFUSALS:
        yield "facts/refusals.py", text
    for text in sentences().values():
        yield "reading/syntax.py", text
    yield from _schemas()
    for phrase in dict.fromkeys(phrases.claim_phrases()):
        if phrase not in meanings:
            yield "words/phrases.py", phrase
    for noun in phrases.COUNTED:
        yield (
            "words/phrases.py",
            (f"{{count}} {noun}", f"{{count}} {phrases.plural(noun)}"),
        )
    yield from _help()


def _schemas() -> Iterator[tuple[str, str]]:
    """Yield what JSON Schemas are of, as the commands list them."""
    from walletpick.documents.schemas import NAMES
    from walletpick.reading.kinds import KINDS

    yield from (("commands/schema.py", about) for _shape, about in NAMES.values())
    yield from (("commands/catalog_schema.py", kind.about) for kind in KINDS.values())


def _help() -> Iterator[tuple[str, str]]:
    import click

    from walletpick.commands import COMMANDS, cli
    from walletpick.commands.speaking import HELP, speak_help

    # Another language may have been spoken in this process before.
    speak_help(cli)
    for line in COMMANDS.values():
        yield "commands/__init__.py", line

    def walk(command: click.Command, file: str) -> Iterator[tuple[str, str]]:
        for each in (command, *command.params):
            for name in HELP:
                text = getattr(each, name, None)
                if isinstance(text, str) and text:
                    yield file, text
        if isinstance(command, click.Group):
            context = click.Context(command)
            for name in command.list_commands(context):
                below = command.get_command(context, name)
                if below is not None:
                    source = getattr(below.callback, "__module__", "walletpick.commands")
                    yield from walk(
                        below, source.replace("walletpick.", "").replace(".", "/") + ".py"
                    )

    yield from walk(cli, "commands/__init__.py")


def update() -> None:
    """Bring the .po files up to date: what is new comes in, what is no longer said goes out."""
    for folder, template in messages().items():
        for language in LANGUAGES:
            path = LOCALE / language / f"{folder}.po"
            known = read(path, language) if path.is_file() else Catalog(locale=language)
            fresh = Catalog(locale=language, domain=folder, fuzzy=False)
            for message in template:
                if not message.id:
                    continue
                old = known.get(message.id, message.context)
                fresh.add(
                    message.id,
                    old.string if old else None,
                    locations=message.locations[:1],
                    context=message.context,
                    user_comments=old.user_comments if old else (),
                )
            _write(path, fresh)


def _write(path: Path, catalog: Catalog) -> None:
    out = io.BytesIO()
    write_po(out, catalog, width=0, omit_header=True, include_lineno=False)
    head = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
    plural = f'"Plural-Forms: {catalog.plural_forms}\\n"\n'
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(head + plural + "\n" + out.getvalue().decode(), encoding="utf-8")


def is_said(message: Message) -> bool:
    """Return whether a message is translated, in all its forms."""
    strings = message.string if isinstance(message.string, tuple | list) else (message.string,)
    return all(strings)


def missing() -> Iterator[str]:
    """Yield what is not translated, with its place."""
    for language in LANGUAGES:
        for path in po_files(language):
            for message in read(path, language):
                if message.id and not is_said(message):
                    where = ", ".join(file for file, _line in message.locations)
                    yield f"{path.relative_to(ROOT)}: {message.id!r} ({where})"


if __name__ == "__main__":
    match sys.argv[1:]:
        case []:
            update()
        case ["missing"]:
            for line in missing():
                print(line)
        case ["compile"]:
            compile_all()
        case _:
            sys.exit(__doc__)
