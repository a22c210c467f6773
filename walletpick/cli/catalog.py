"""`walletpick catalog`: for those who keep the catalog."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from walletpick.cli.common import (
    EXIT_CATALOG,
    CatalogError,
    catalog_directory,
    chosen_catalog,
    write,
    write_json,
)

if TYPE_CHECKING:
    from walletpick.catalog.problem import Problem


@click.group(
    name="catalog",
    epilog="""\b
Examples:
  walletpick catalog lint
  walletpick catalog lint catalog/wallets/gcash.yaml
  walletpick catalog averages --check""",
)
def command() -> None:
    """For those who keep the catalog: check it."""


@command.command(
    epilog="""\b
Examples:
  walletpick catalog lint
  walletpick catalog lint catalog/wallets/gcash.yaml catalog/personas
  walletpick catalog lint --format github"""
)
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    show_default=True,
    help="How to write the problems; github makes annotations of a workflow run.",
)
@click.pass_context
def lint(ctx: click.Context, /, paths: tuple[Path, ...], form: str) -> None:
    """Check catalog files: every problem with its line and column.

    PATH is a catalog directory, a folder of wallets or personas, or one file. Without PATH it is
    the catalog in use: --catalog, ./catalog or the one that came with the program. Exit code 4
    means that there are problems.
    """
    from walletpick.catalog.load import lint as check

    chosen = list(paths) or [_in_use(ctx)]
    for path in chosen:
        if not path.exists():
            raise click.UsageError(f'no such file or directory: "{path}"')
    count, problems = check(chosen)
    if form == "json":
        from walletpick.views.payloads_bill import problems_out

        write_json(problems_out(count, problems))
    else:
        show = _annotation if form == "github" else str
        write("".join(f"{show(problem)}\n" for problem in problems))
    click.echo(_summary(count, problems), err=True)
    if problems:
        ctx.exit(EXIT_CATALOG)


@command.command(
    epilog="""\b
Examples:
  walletpick catalog averages
  walletpick catalog averages --check"""
)
@click.option("--check", is_flag=True, help="Write nothing; exit code 4 if it is out of date.")
@click.pass_context
def averages(ctx: click.Context, /, check: bool) -> None:
    """Write averages.yaml anew: what an unknown is taken for."""
    from walletpick.catalog.load import InvalidCatalog, fresh_averages

    directory = _in_use(ctx)
    if not directory.is_dir():
        raise click.UsageError(f'no catalog directory at "{directory}"')
    try:
        text = fresh_averages(directory)
    except InvalidCatalog as error:
        lines = "\n".join(str(problem) for problem in error.problems)
        raise CatalogError(
            f"no averages can be worked out ({_problems(error.problems)}):\n{lines}"
        ) from None
    path = directory / "averages.yaml"
    if _read(path) == text:
        click.echo(f"{path} is up to date", err=True)
    elif check:
        raise CatalogError(f"{path} is not up to date: run walletpick catalog averages")
    else:
        _replace(path, text)
        click.echo(f"{path} was written anew", err=True)


def _in_use(ctx: click.Context) -> Path:
    """Return the catalog to keep: the one chosen, else the one here, else the program's own."""
    here = Path("catalog")
    return (
        here if not chosen_catalog(ctx) and (here / "wallets").is_dir() else catalog_directory(ctx)
    )


def _annotation(problem: Problem) -> str:
    """Return a problem as a workflow command of GitHub Actions."""
    place = f"file={_property(problem.file)},line={problem.line},col={problem.column}"
    message = f"{problem.path}: {problem.message}" if problem.path else problem.message
    return f"::{problem.severity} {place}::{_data(message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _summary(count: int, problems: Sequence[Problem]) -> str:
    checked = f"{count} file{'' if count == 1 else 's'} checked"
    if not problems:
        return f"{checked}: no problem"
    files = len({problem.file for problem in problems})
    return f"{checked}: {_problems(problems)} in {files} file{'' if files == 1 else 's'}"


def _problems(problems: Sequence[Problem]) -> str:
    return f"{len(problems)} problem{'' if len(problems) == 1 else 's'}"


def _read(path: Path) -> str | None:
    """Return a file's text with plain line ends, or None where there is none that can be read."""
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None


def _replace(path: Path, text: str) -> None:
    """Write a file in one step, so that nobody reads half of it."""
    new = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        new.write_text(text, encoding="utf-8", newline="\n")
        new.replace(path)
    except OSError as error:
        new.unlink(missing_ok=True)
        raise click.UsageError(f'"{path}" cannot be written: {error.strerror}') from None
