"""Every problem of catalog files: what is wrong in them, and what is only suspicious."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path

from msgspec import Struct

from walletpick.facts.model import Averages, Implications, Rates
from walletpick.language import _, speak_of
from walletpick.reading import checks
from walletpick.reading.files import is_directory, is_file, is_there, read_bounded
from walletpick.reading.load import ASKED, NO_CATALOG, TEXTS, Files, shown
from walletpick.reading.place import MAX_BYTES, is_catalog, is_folder
from walletpick.reading.problem import Problem, problems_in
from walletpick.reading.strictyaml import comments
from walletpick.upkeep import suspicions
from walletpick.upkeep.averages import outdated


def lint(paths: list[Path], today: date) -> tuple[int, list[Problem]]:
    """Return how many files were checked and every problem in them, sorted.

    A path is a catalog directory, a file of one, or a directory of wallet files. What is only
    suspicious is a warning; a file with an error gets none.
    """
    count = 0
    problems: list[Problem] = []
    # Of many files of one catalog, its other files are read once.
    besides: dict[Path | None, suspicions.Beside] = {}
    for path in paths:
        files = Files(path)
        if not is_there(path):
            files.fail(path, _("no such file or directory"))
        elif is_directory(path) and not is_folder(path) and not is_catalog(path):
            files.fail(path, _(NO_CATALOG))
        elif is_directory(path) and not is_folder(path):
            problems += _whole(files)
        else:
            files.some(path)
        count += files.count
        problems += files.problems
        wrong = {problem.file for problem in files.problems}
        catalog = _catalog_of(path)
        if catalog not in besides:
            besides[catalog] = _beside(today, catalog, files.records)
        beside = besides[catalog]
        speak_of(beside.texts.by_language)
        for file, record in files.records.items():
            if file not in wrong:
                problems += problems_in(file, suspicions.of_record(record, beside), "warning")
                problems += _cut_off(file)
    return count, sorted(set(problems))


def _whole(files: Files) -> list[Problem]:
    """Read a whole catalog, whose errors `files` collects; return the warnings about its texts."""
    path = files.directory
    laws = files.laws()
    listed = files.wallets(laws)
    others = files.others(laws)
    files.personas()
    surveys = files.surveys().values()
    asked, texts = files.asked(), files.texts()
    if others:
        files.problems += checks.missing_rates(listed, others[2])
    if others and not files.problems:
        wallets = [wallet for wallet, _ in listed]
        criteria, _averages, rates = others
        if asked:
            unknown = checks.asked_of_none(asked, wallets)
            files.problems += problems_in(shown(path / ASKED), unknown)
        files.problems += outdated(path / "averages.yaml", wallets, criteria, rates, asked, surveys)
    if files.problems:
        return []
    gone = suspicions.of_texts(texts, files.records.values())
    return problems_in(shown(path / TEXTS), gone, "warning")


def phone_check() -> suspicions.PhoneCheck | None:
    """Return the check of telephone numbers, or None where its library is not installed."""
    try:
        from walletpick.upkeep.phones import is_phone
    except ImportError:
        return None
    return is_phone


def _beside(today: date, directory: Path | None, known: Mapping[str, Struct]) -> suspicions.Beside:
    """Return what files are held against: the catalog that they lie in, if any.

    `known` are records that were read already, by their files.
    """
    is_phone = phone_check()
    if directory is None:
        return suspicions.Beside(today=today, is_phone=is_phone)
    # Where these are wrong, it is lint of the whole catalog that says so.
    files = Files(directory)
    files.records |= known
    rates = files.record(Rates, directory / "rates.yaml")
    rules = directory / "implications.yaml"
    implications = files.record(Implications, rules) if is_file(rules) else None
    return suspicions.Beside(
        today=today,
        is_phone=is_phone,
        averages=files.record(Averages, directory / "averages.yaml"),
        per_usd=rates.per_usd if rates else {},
        implications=implications or Implications(),
        asked=files.asked(),
        texts=files.texts(),
        laws=files.laws(),
    )


# A number sign after a space begins a comment. With a word right behind it, it may be text.
_MAY_BE_TEXT = re.compile(rb"\S[ \t]+#[^\s#]")


def _cut_off(file: str) -> list[Problem]:
    """Return the comments of a file that look like the rest of a text: "the #1 price"."""
    try:
        data = read_bounded(Path(file), MAX_BYTES)
    except OSError:
        # It was there a moment ago.
        return []
    if not _MAY_BE_TEXT.search(data):
        return []
    message = _(
        "what follows the number sign is a comment and not read: put the text in quotes, or a"
        " space after the sign"
    )
    return [
        Problem(file, comment.line, comment.column, "", message, "warning")
        for comment in comments(data)
        if not comment.alone and comment.text[1:2].strip("# ")
    ]


def _catalog_of(path: Path) -> Path | None:
    around = [path]
    # Where the person stands may be gone.
    with suppress(OSError):
        around += path.absolute().parents[:2]
    return next((each for each in around if is_file(each / "averages.yaml")), None)
