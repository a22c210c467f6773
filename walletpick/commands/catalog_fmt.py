"""`walletpick catalog fmt`: catalog files in canonical order and layout."""

from __future__ import annotations

from pathlib import Path

import click

from walletpick.commands.common import GivenPath
from walletpick.commands.errors import EXIT_CATALOG
from walletpick.commands.keeping import all_there, in_use, replace
from walletpick.commands.output import tell, write


@click.command(
    name="fmt",
    epilog="""\b
Examples:
  walletpick catalog fmt
  walletpick catalog fmt catalog/wallets/gcash.yaml
  walletpick catalog fmt --check""",
)
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=GivenPath(path_type=Path))
@click.option("--check", is_flag=True, help="Write nothing; exit code 4 if a file would change.")
@click.pass_context
def command(ctx: click.Context, /, paths: tuple[Path, ...], check: bool) -> None:
    """Put catalog files into canonical order and layout; comments stay.

    PATH is a catalog directory, a folder of one, or one file. Without PATH it is
    the catalog in use: --catalog, the one here (./catalog, or around this directory) or the one
    that came with the program. The files that change are named. A file with a mistake is left
    alone, and exit code 4 says so.
    """
    from walletpick.reading import quotes
    from walletpick.reading.files import read_bounded
    from walletpick.reading.kinds import kind_of
    from walletpick.reading.place import MAX_BYTES, files_of, is_rows
    from walletpick.reading.problem import Problem
    from walletpick.reading.writer import canonical
    from walletpick.words.phrases import count_words

    files: list[Path] = []
    for path in all_there(paths or [in_use(ctx)]):
        try:
            inside = files_of(path)
        except OSError as error:
            raise click.UsageError(f'"{path}" cannot be read: {error.strerror}') from None
        if not inside:
            raise click.UsageError(f'no catalog file in "{path}"')
        files += inside
    files = list(dict.fromkeys(files))
    changed = 0
    problems: list[Problem] = []
    for path in files:
        try:
            path.name.encode()
            data = read_bounded(path, MAX_BYTES)
        except UnicodeEncodeError:
            message = "the name of the file is not UTF-8: rename it"
            problems.append(Problem(str(path), 1, 1, "", message))
            continue
        except OSError as error:
            message = f"the file cannot be read: {error.strerror}"
            problems.append(Problem(str(path), 1, 1, "", message))
            continue
        if is_rows(path):
            text, wrong = quotes.canonical(data, str(path))
        else:
            text, wrong = canonical(data, kind_of(path), path, str(path))
        problems += wrong
        if text is None or text.encode() == data:
            continue
        changed += 1
        if not check:
            replace(path, text)
        write(f"{'would change' if check else 'changed'}: {path}\n")
    for problem in problems:
        tell(str(problem))
    if problems:
        tell(f"{count_words(len(problems), 'problem')}: files with a problem are left alone")
    verb = "would change" if check else "changed"
    tell(f"{count_words(len(files), 'file')} looked at: {changed or 'none'} {verb}")
    if problems or (check and changed):
        ctx.exit(EXIT_CATALOG)
