"""`walletpick catalog fmt`: catalog files in canonical order and layout."""

from __future__ import annotations

from pathlib import Path

import click

from walletpick.commands.errors import EXIT_CATALOG, Wrong
from walletpick.commands.keeping import all_there, in_use, paths_argument, replace
from walletpick.commands.output import remark, tell, write
from walletpick.commands.params import examples
from walletpick.facts.refusals import refusal
from walletpick.language import N_, _
from walletpick.reading import quotes
from walletpick.reading.files import read_bounded, refusing
from walletpick.reading.kinds import kind_of
from walletpick.reading.place import MAX_BYTES, files_of, is_rows
from walletpick.reading.problem import Problem, in_file
from walletpick.reading.writer import canonical
from walletpick.words.phrases import count_words


@click.command(name="fmt", epilog=examples("catalog fmt"))
@paths_argument
@click.option("--check", is_flag=True, help="Write nothing; exit code 4 if a file would change.")
def command(paths: tuple[Path, ...], check: bool) -> None:
    """Put catalog files into canonical order and layout; comments stay.

    PATH is a catalog directory, a folder of one, or one file. Without PATH it is
    the catalog in use: --catalog, the one here (./catalog, or around this directory) or the one
    that came with the program. The files that change are named. A file with a mistake is left
    alone, and exit code 4 says so.
    """
    inside = [file for path in all_there(paths or [in_use()]) for file in _files_in(path)]
    files = list(dict.fromkeys(inside))
    changed = 0
    problems: list[Problem] = []
    for path in files:
        text, wrong = _put_in_order(path)
        problems += wrong
        if text is None:
            continue
        changed += 1
        if not check:
            replace(path, text)
        line = _("would change: {path}", path=path) if check else _("changed: {path}", path=path)
        write(f"{line}\n")
    for problem in problems:
        tell(str(problem))
    if problems:
        many = count_words(len(problems), "problem")
        remark("{problems}: files with a problem are left alone", problems=many)
    looked = count_words(len(files), "file")
    count = changed or _("none")
    if check:
        remark("{files} looked at: {count} would change", files=looked, count=count)
    else:
        remark("{files} looked at: {count} changed", files=looked, count=count)
    if problems or (check and changed):
        click.get_current_context().exit(EXIT_CATALOG)


def _files_in(path: Path) -> list[Path]:
    """Return the catalog files that a path names. Raises click.UsageError where there are none."""
    with refusing(Wrong, N_('"{path}" cannot be read: {why}'), path=path):
        files = files_of(path)
    if not files:
        raise Wrong('no catalog file in "{path}"', path=path)
    return files


def _put_in_order(path: Path) -> tuple[str | None, list[Problem]]:
    """Return the canonical text of a file where it has another, and what is wrong with it."""
    file = str(path)
    try:
        path.name.encode()
        data = read_bounded(path, MAX_BYTES)
    except UnicodeEncodeError:
        return None, [in_file(file, _("the name of the file is not UTF-8: rename it"))]
    except OSError as error:
        return None, [in_file(file, _("the file cannot be read: {why}", why=refusal(error)))]
    if is_rows(path):
        text, wrong = quotes.canonical(data, file)
    else:
        text, wrong = canonical(data, kind_of(path), path, file)
    return (None if text is None or text.encode() == data else text), wrong
