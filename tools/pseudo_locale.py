"""Find the English that is left in what the program says when it speaks another language.

    python tools/pseudo_locale.py           run the commands that `record_outputs.py` records
    python tools/pseudo_locale.py show log  run those of them that hold one of these words

Every sentence is translated into itself, in letters of another alphabet: those of the package, and
those of the catalog. Whatever then comes out in plain letters was not marked, was glued together,
or was not looked up. What is a name, and so the same in every language, is spelt in letters of its
own in the copy of the catalog that is read; what people type, and codes, are left out by their
form. What remains is printed, with how often it came and the first command that printed it.
"""

from __future__ import annotations

import io
import json
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from html.parser import HTMLParser
from multiprocessing import Pool
from pathlib import Path
from string import ascii_letters
from typing import Any, get_args
from unittest import mock

import click
import msgspec
import record_outputs
import translations
from babel.messages.catalog import Catalog as Messages
from babel.messages.mofile import write_mo
from msgspec import Struct, structs

from walletpick.facts import model, places, vocabulary
from walletpick.reading.place import FOLDERS

LANGUAGE = "zh"


def _alphabet(small: int, capital: int) -> dict[int, int]:
    return {
        ord(letter): (small if letter.islower() else capital) + ord(letter.lower()) - ord("a")
        for letter in ascii_letters
    }


# Letters as wide as the plain ones and as easy to read: what is said, and what is a name.
_SAID = _alphabet(0x1D5BA, 0x1D5A0)
_NAMED = _alphabet(0x1D68A, 0x1D670)
# What is filled in, by gettext's rules and by ours.
_PLACE = re.compile(r"(\{[^{}]*\}|%\(\w+\)[sd]|%[sdr])")
_HOST = re.compile("(?:https?://[^/]*)?")


def said(text: str) -> str:
    """Return a sentence in the letters of what is said, its places as they are."""
    parts = _PLACE.split(text)
    return "".join(part if at % 2 else part.translate(_SAID) for at, part in enumerate(parts))


# What is a name, by where it stands in the catalog: these stay as they are in every language.
NAMES: dict[type[Struct], tuple[str, ...]] = {
    model.About: ("name", "local_names", "aliases", "operator"),
    model.Place: ("operator",),
    model.Reach: ("operator",),
    model.Plan: ("name",),
    model.Source: ("title",),
    model.RateSource: ("title",),
    model.SurveyHead: ("name", "credit"),
    model.Rating: ("store",),
    model.Licence: ("number",),
    model.FeeRule: ("provider",),
    model.GiveBack: ("provider",),
    model.Limit: ("provider",),
    model.Claim: ("provider",),
}


def _named(text: str) -> str:
    """Return a name in letters of its own; of an address, what comes after the host."""
    at = len(_HOST.match(text)[0])  # type: ignore[index]
    return text[:at] + text[at:].translate(_NAMED)


@cache
def _names_of(kind: type[Struct]) -> frozenset[str]:
    names = {name for base, names in NAMES.items() if issubclass(kind, base) for name in names}
    names.update(each.name for each in structs.fields(kind) if model.Url in _types(each.type))
    return frozenset(names)


def _types(kind: Any) -> tuple[Any, ...]:
    return (kind, *get_args(kind))


def named(value: Any, is_name: bool = False) -> Any:
    """Return a record of the catalog with its names in letters of their own."""
    if isinstance(value, str):
        return _named(value) if is_name else value
    if isinstance(value, tuple):
        return tuple(named(each, is_name) for each in value)
    if isinstance(value, dict):
        return {key: named(each, is_name) for key, each in value.items()}
    if not isinstance(value, Struct):
        return value
    names = _names_of(type(value))
    if isinstance(value, model.About) and LANGUAGE in value.local_names:
        # It has a name in that language, by which it should be called.
        names -= {"name"}
    changed = {}
    for field in value.__struct_fields__:
        old = getattr(value, field)
        new = named(old, is_name or field in names)
        if new is not old and new != old:
            changed[field] = new
    return structs.replace(value, **changed) if changed else value


def pseudo_catalog(catalog: model.Catalog) -> model.Catalog:
    """Return a catalog with its names in letters of their own, and its texts in those of speech."""
    texts = model.Texts(
        texts=tuple(structs.replace(text, zh=said(text.en)) for text in catalog.texts.texts)
    )
    pseudo: model.Catalog = structs.replace(named(catalog), texts=texts)
    return pseudo


def _messages() -> bytes:
    """Return the .mo file in which each message is said in itself."""
    whole = Messages(locale=LANGUAGE, fuzzy=False)
    for path in translations.po_files(LANGUAGE):
        for message in translations.read(path, LANGUAGE):
            if message.id:
                many = message.id if isinstance(message.id, str) else message.id[-1]
                forms = said(many) if isinstance(message.id, str) else (said(many),)
                whole.add(message.id, forms, context=message.context)
    out = io.BytesIO()
    write_mo(out, whole)
    return out.getvalue()


def _said_texts(english: Any, other: Any) -> Any:
    """Return a file of texts in itself; what is the same in both languages names another text."""
    if english == other:
        return english
    if isinstance(english, dict):
        return {key: _said_texts(english[key], other[key]) for key in english}
    if isinstance(english, list):
        # One language may need fewer sentences than the other.
        return [_said_texts(each, None) for each in english]
    return said(english) if isinstance(english, str) else english


def _held(name: str, kind: Any, _language: str) -> Any:
    folder = translations.PACKAGE / "words"
    english, other = (
        msgspec.toml.decode((folder / f"{name}.{code}.toml").read_bytes())
        for code in ("en", LANGUAGE)
    )
    return msgspec.convert(_said_texts(english, other), kind)


@contextmanager
def pseudo_language() -> Iterator[None]:
    """Let the program speak in the letters of what is said wherever it would speak Chinese."""
    from walletpick import language
    from walletpick.commands import speaking
    from walletpick.reading import load
    from walletpick.words import complaint

    load_catalog = load.load_catalog
    with tempfile.TemporaryDirectory() as folder, ExitStack() as patches:
        made = Path(folder, LANGUAGE, "LC_MESSAGES", f"{language.DOMAIN}.mo")
        made.parent.mkdir(parents=True)
        made.write_bytes(_messages())
        for place, name, value in (
            (language, "LOCALE", Path(folder)),
            (speaking, "LOCALE", Path(folder)),
            (complaint, "_held", cache(_held)),
            (load, "load_catalog", lambda directory: pseudo_catalog(load_catalog(directory))),
        ):
            patches.enter_context(mock.patch.object(place, name, value))
        yield


# What is the same in every language by its form: addresses, options, values, places in files.
_FORMS = re.compile(
    r"https?://[^\s）)\]，。；]+"
    r"|[\w.+-]+@(?:[\w-]+\.)+\w+"
    r"|(?:[\w*-]+\.)+[a-z][\w-]+(?:/[^\s）)\]，。；]*)?"
    r"|(?<![\w-])--?[a-z][\w-]*(?:=\S+)?"
    r"|[\w.:-]*[=@][\w.:@-]+"
    r"|(?<=\[)[\w/-]+(?=[,\]\\])"
    r"|\w+_\w+|[\w-]*\d[\w-]*"
    r"|HOME\S*"
    rf"|\b(?:{'|'.join(FOLDERS)})/\S*"
    # A name in that language stands beside the name abroad.
    r"|(?<=: )[A-Z][\w /]*(?=, [\U0001D670-\U0001D6A3])"
)
_WORD = re.compile(r"[A-Za-z](?:[A-Za-z'’-]*[A-Za-z])?")
_BETWEEN = re.compile(r"[\s\"'`,./|…<>()\[\]]*")


@cache
def known() -> frozenset[str]:
    """Return the words that people type and programs read, in every language the same."""
    from walletpick.commands import cli
    from walletpick.commands.params import Forms
    from walletpick.documents.schemas import NAMES as NAMES_OF_SCHEMAS
    from walletpick.facts.options import word_families
    from walletpick.reading.kinds import KINDS
    from walletpick.reading.load import load_catalog
    from walletpick.reading.place import default_directory

    words = {"walletpick", vocabulary.YOU}
    words.update((*places.country_codes(), *places.ZONE_NAMES))
    for family in vocabulary.FAMILIES.values():
        words.update(family)
    words.update((*vocabulary.FAMILIES, *vocabulary.EVENTS))
    words.update(family.name for family in word_families())

    def walk(command: click.Command) -> None:
        for each in command.params:
            words.update(_WORD.findall(each.make_metavar(click.Context(command))))
            if isinstance(each.type, click.Choice):
                words.update(map(str, each.type.choices))
        if isinstance(command, Forms):
            words.update(_WORD.findall(" ".join(command.forms)))
        if isinstance(command, click.Group):
            context = click.Context(command)
            for name in command.list_commands(context):
                words.add(name)
                walk(command.get_command(context, name) or click.Command(name))

    walk(cli)
    words.update((*NAMES_OF_SCHEMAS, *KINDS))
    catalog = load_catalog(default_directory())
    words.update(catalog.personas, catalog.rates.rates, catalog.surveys)
    for record in catalog.files:
        words.update(record.groups)
    for wallet in catalog.wallets:
        words.add(wallet.id)
        for market in wallet.markets.values():
            words.update(plan.id for plan in market.plans)
    return frozenset(words)


@cache
def known_to(command: str) -> frozenset[str]:
    """Return the words that are to stand in what a command of this beginning says."""
    from walletpick.reading.load import load_catalog
    from walletpick.reading.place import default_directory

    catalog = load_catalog(default_directory())
    words: set[str] = set()
    if command == "list":
        # Whoever looks for a wallet abroad needs its name there, beside the name here.
        for wallet in catalog.wallets:
            words.update(_WORD.findall(wallet.name))
    if command == "catalog":
        # Whoever keeps the catalog types the keys of its files, and looks for them there: those of
        # records, and those that sources go by.
        kinds = (kind for kind in vars(model).values() if isinstance(kind, type))
        for kind in kinds:
            if issubclass(kind, Struct):
                words.update(each.encode_name for each in structs.fields(kind))
        files: tuple[Any, ...] = (*catalog.wallets, *catalog.laws.values(), catalog.rates)
        for file in files:
            words.update(file.sources)
    return frozenset(words)


def leftovers(line: str, output: str) -> Iterator[str]:
    """Yield the runs of plain words in what a command said that are to stand in no language."""
    command = next((word for word in line.split() if word[0] not in "@+"), "")
    typed = {*_WORD.findall(line), *known_to(command)}
    for text in _texts(output):
        run: list[str] = []
        end = 0
        bare = _FORMS.sub("\0", text)
        for match in _WORD.finditer(bare):
            if run and not _BETWEEN.fullmatch(bare, end, match.start()):
                yield from _unknown(run, typed)
                run = []
            if bare[match.start() - 1 : match.start()].isdigit():
                continue
            run.append(match[0])
            end = match.end()
        yield from _unknown(run, typed)


def _unknown(run: list[str], typed: set[str]) -> Iterator[str]:
    if any(len(word) > 1 and word not in known() and word not in typed for word in run):
        yield " ".join(run)


def _texts(output: str) -> Iterator[str]:
    """Yield the texts of an output: all of it, or of a document its values of several words."""
    _line, output = output.split("\n", 1)
    _code, output = output.split("\n", 1)
    messages, out = output.removeprefix("--- stderr\n").split("--- stdout\n", 1)
    yield messages
    if out.startswith("<!DOCTYPE"):
        yield _Shown().of(out)
        return
    try:
        # Of several commands, the last may write a document.
        document = json.loads(out[out.rfind("\n{\n") + 1 :])
    except ValueError:
        yield out
        return
    if "$schema" not in document:
        yield from (text for text in _values(document) if " " in text)


class _Shown(HTMLParser):
    """What a browser shows of a page, and what it reads to the blind."""

    def of(self, page: str) -> str:
        self.told: list[str] = []
        self.tag = ""
        self.feed(page)
        return "\0".join(self.told)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tag = tag
        self.told += [text for name, text in attrs if name in ("aria-label", "alt") and text]

    def handle_data(self, data: str) -> None:
        if self.tag != "style":
            self.told.append(data)


# Keys of documents that hold what is in no language: places in files, names as they are abroad, and
# the length of a stay as needs keep it and options take it.
_DATA = ("path", "name", "stay")


def _values(document: object) -> Iterator[str]:
    if isinstance(document, str):
        yield document
    elif isinstance(document, dict):
        for key, each in document.items():
            if key not in _DATA:
                yield from _values(each)
    elif isinstance(document, list):
        for each in document:
            yield from _values(each)


def _tried(line: str) -> tuple[str, Counter[str]]:
    return line, Counter(leftovers(line, record_outputs.say(line)))


def left(lines: Iterable[str], processes: int = 2) -> dict[str, tuple[int, str]]:
    """Run commands; return the English that is left, how often, and in which command first."""
    found: dict[str, tuple[int, str]] = {}
    known()
    with (
        pseudo_language(),
        record_outputs.prepared(WALLETPICK_LANG=LANGUAGE),
        Pool(processes) as pool,
    ):
        for line, runs in pool.imap(_tried, lines, chunksize=4):
            for run, count in runs.items():
                before, first = found.get(run, (0, line))
                found[run] = (before + count, first)
    return found


def main() -> None:
    """Run the commands that hold one of the words given, and print the English that is left."""
    wanted = sys.argv[1:]
    lines = [
        line
        for line in dict.fromkeys(record_outputs.commands())
        if not wanted or any(word in line for word in wanted)
    ]
    rows = sorted(left(lines).items(), key=lambda row: (-row[1][0], row[0]))
    for run, (count, line) in rows:
        print(f"{count:6}  {run}  [{line}]")
    print(f"{len(lines)} commands, {len(rows)} runs of English words left")
    sys.exit(bool(rows))


if __name__ == "__main__":
    main()
