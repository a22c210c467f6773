"""The files of a catalog -> a `Catalog`, with every problem of every file found in one go."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TypeVar

from msgspec import Struct, structs

from walletpick.facts import model
from walletpick.facts.law import FOLDER, marked
from walletpick.facts.refusals import refusal
from walletpick.facts.resolve import resolve
from walletpick.language import N_, _
from walletpick.reading import checks, quotes
from walletpick.reading.files import is_directory, is_there, read_bounded
from walletpick.reading.imply import wallet_of
from walletpick.reading.kinds import kind_of
from walletpick.reading.laws import check_together
from walletpick.reading.place import MAX_BYTES, files_in, is_catalog, is_rows
from walletpick.reading.problem import Problem, in_file, problems_in
from walletpick.reading.records import record_in

R = TypeVar("R", bound=Struct)

# The most bytes of a catalog's files together: forty times what the one of the program has.
MOST_BYTES = 32 * 1024 * 1024

# What was looked for: nothing but the averages rests on it.
ASKED = "asked.yaml"
# What people read, in other languages.
TEXTS = "texts.yaml"

NO_CATALOG = N_("no wallets found: a catalog directory holds wallets/<id>.yaml files")


class InvalidCatalog(Exception):
    """The catalog cannot be used; `problems` says why."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(f"{len(problems)} problems in the catalog")
        self.problems = problems


def load_catalog(directory: Path) -> model.Catalog:
    """Return the catalog that a directory holds.

    Raises InvalidCatalog with every problem found, sorted.
    """
    files = Files(directory)
    files.check_place()
    laws = files.laws()
    listed = files.wallets(laws)
    wallets = [wallet for wallet, _ in listed]
    rest = files.others(laws)
    if files.problems or rest is None:
        raise InvalidCatalog(sorted(files.problems))
    criteria, averages, rates = rest
    personas, texts = files.personas(), files.texts()
    surveys = files.surveys([wallet.id for wallet in wallets])
    files.problems += checks.missing_rates(listed, rates)
    if files.problems:
        raise InvalidCatalog(sorted(files.problems))
    return model.Catalog(
        version=files.digest.hexdigest()[:12],
        date=newest_reading(wallets),
        wallets=tuple(wallets),
        files=tuple(files.wallet_files),
        criteria=criteria,
        averages=averages,
        rates=rates,
        implications=files.implications,
        texts=texts,
        laws=laws,
        personas=personas,
        surveys=surveys,
    )


def load_wallet(path: Path, rates: model.Rates | None = None) -> model.Wallet:
    """Return the wallet in a file, whatever the file's name is; nothing is implied.

    With `rates`, a currency without an exchange rate is a problem. Raises InvalidCatalog.
    """
    files = Files(path.parent)
    record = files.record(model.WalletFile, path)
    if record is None or files.problems:
        raise InvalidCatalog(sorted(files.problems))
    problems = problems_in(shown(path), checks.check_wallet(record, record.id))
    wallet = resolve(record, f"wallets/{record.id}.yaml")
    if rates:
        problems += checks.missing_rates([(wallet, shown(path))], rates)
    if problems:
        raise InvalidCatalog(sorted(problems))
    return wallet


def newest_reading(wallets: Iterable[model.Wallet]) -> str:
    """Return the newest day on which a source was read."""
    return max(source.seen for wallet in wallets for source in wallet.sources.values())


class Files:
    """Reads the files of one catalog and collects their records and problems."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.problems: list[Problem] = []
        # By the name of the file in messages.
        self.records: dict[str, Struct] = {}
        self.wallet_files: list[model.WalletFile] = []
        self.count = 0
        self.bytes = 0
        self.digest = hashlib.sha256()
        # What follows from the facts of a wallet; read before the first of them.
        self.implications = model.Implications()

    def fail(self, path: Path, message: str) -> None:
        self.problems.append(in_file(shown(path), message))

    def record(self, kind: type[R], path: Path) -> R | None:
        """Return the record in a file, or None; its problems are collected. It is read once."""
        known = self.records.get(shown(path))
        if isinstance(known, kind):
            return known
        data = self.data(path)
        if data is None:
            return None
        record, problems = record_in(data, kind, shown(path))
        self.problems += problems
        if record is not None:
            self.records[shown(path)] = record
        return record

    def data(self, path: Path) -> bytes | None:
        """Return the bytes of a file, which count, or None; its problems are collected."""
        self.count += 1
        try:
            name = path.name.encode()
        except UnicodeEncodeError:
            self.fail(path, _("the name of the file is not UTF-8: rename it"))
            return None
        if self.bytes > MOST_BYTES:
            return None
        try:
            data = read_bounded(path, MAX_BYTES)
        except OSError as error:
            self.fail(path, _("the file cannot be read: {refusal}", refusal=refusal(error)))
            return None
        self.bytes += len(data)
        if self.bytes > MOST_BYTES:
            sentence = N_("the catalog has more than {most_bytes:,} bytes up to this file")
            self.fail(path, _(sentence, most_bytes=MOST_BYTES))
            return None
        self.digest.update(name + b"\0" + data + b"\0")
        return data

    def check_place(self) -> None:
        """Raise InvalidCatalog, with one problem, for a directory that holds no catalog."""
        if not is_catalog(self.directory):
            self.fail(self.directory, _(NO_CATALOG))
            raise InvalidCatalog(self.problems)

    def listed(self, folder: Path) -> list[Path]:
        """Return the files of a folder of wallets, laws or personas."""
        try:
            return files_in(folder)
        except OSError as error:
            self.fail(folder, _("the folder cannot be read: {refusal}", refusal=refusal(error)))
            return []

    def wallets(self, laws: Mapping[str, model.Law]) -> list[tuple[model.Wallet, str]]:
        """Return the wallets, each with what messages call its file."""
        before = len(self.problems)
        rules = self.optional(model.Implications, "implications.yaml")
        faultless = len(self.problems) == before
        self.implications = rules if rules and faultless else model.Implications()
        paths = self.listed(self.directory / "wallets")
        if not paths and not self.problems:
            self.fail(self.directory, _(NO_CATALOG))
        wallets = []
        for path in paths:
            if record := self.checked(model.WalletFile, path):
                self.wallet_files.append(record)
                wallet = wallet_of(record, f"wallets/{path.name}", self.implications, laws)
                wallets.append((wallet, shown(path)))
        return wallets

    def personas(self) -> dict[str, model.Persona]:
        paths = self.listed(self.directory / "personas")
        return {path.stem: one for path in paths if (one := self.checked(model.Persona, path))}

    def surveys(self, wallets: list[str] | None = None) -> dict[str, model.Survey]:
        """Return the surveys by their ids, with the quotes of these wallets; of all for None."""
        heads, rows = {}, {}
        for path in self.listed(self.directory / "quotes"):
            if path.suffix == quotes.CSV:
                rows[path.stem] = self.quotes(path)
                continue
            head = self.checked(model.SurveyHead, path)
            self.has_other(path)
            if head:
                heads[path.stem] = structs.replace(head, file=f"quotes/{path.name}")
        return {
            name: quotes.survey_of(heads[name], rows[name], wallets)
            for name in heads
            if name in rows
        }

    def quotes(self, path: Path) -> list[model.Quote]:
        data = self.data(path)
        self.has_other(path)
        if data is None:
            return []
        rows, problems = quotes.read_quotes(data, shown(path))
        self.problems += problems
        return rows

    def has_other(self, path: Path) -> None:
        """Note it where only one of the two files of a survey is there."""
        if not is_there(other := quotes.other_file(path)):
            self.fail(
                path, _("{name} is missing: a survey has a head and its quotes", name=other.name)
            )

    def others(
        self, laws: Mapping[str, model.Law]
    ) -> tuple[model.Criteria, model.Averages, model.Rates] | None:
        """Return what all wallets share, or None where some of it cannot be used."""
        criteria = self.checked(model.Criteria, self.directory / "criteria.yaml")
        averages = self.checked(model.Averages, self.directory / "averages.yaml")
        rates = self.checked(model.Rates, self.directory / "rates.yaml")
        names = {name: shown(self.directory / FOLDER / f"{name}.yaml") for name in laws}
        self.problems += check_together(laws, names, rates)
        return (criteria, averages, rates) if criteria and averages and rates else None

    def laws(self) -> dict[str, model.Law]:
        """Return the law of each country, or base of several, by its name."""
        read = {
            path: self.checked(model.Law, path) for path in self.listed(self.directory / FOLDER)
        }
        return {
            path.stem: marked(law, f"{FOLDER}/{path.name}") for path, law in read.items() if law
        }

    def asked(self) -> model.AskedFile | None:
        """Return what was looked for, where a catalog keeps that."""
        return self.optional(model.AskedFile, ASKED)

    def texts(self) -> model.Texts:
        """Return the texts in other languages, where a catalog has some."""
        return self.optional(model.Texts, TEXTS) or model.Texts()

    def optional(self, kind: type[R], name: str) -> R | None:
        """Return the record in a file that need not be there, or None."""
        path = self.directory / name
        return self.checked(kind, path) if is_there(path) else None

    def checked(self, kind: type[R], path: Path) -> R | None:
        """Return the record in a file, or None; its problems and its faults are collected."""
        record = self.record(kind, path)
        if record is not None:
            faults = kind_of(path).check(record, path.stem)
            self.problems += problems_in(shown(path), faults)
        return record

    def some(self, path: Path) -> None:
        """Check one file, or those of a folder, each by what its place says it is."""
        for item in self.listed(path) if is_directory(path) else (path,):
            if is_rows(item):
                self.quotes(item)
            else:
                self.checked(kind_of(item).record, item)


def shown(path: Path) -> str:
    """Return the path as messages name it: from where the person stands, if it lies below."""
    try:
        return os.fspath(path.resolve().relative_to(Path.cwd()))
    except (ValueError, OSError, RuntimeError):
        # It lies elsewhere, or where the person stands is gone, or a link leads to itself.
        return os.fspath(path)
