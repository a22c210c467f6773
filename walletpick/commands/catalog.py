"""`walletpick catalog`: for those who keep the catalog."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import Path

import click

from walletpick.commands import (
    catalog_diff,
    catalog_fmt,
    catalog_links,
    catalog_new,
    catalog_publish,
    catalog_schema,
    catalog_stats,
    catalog_update,
)
from walletpick.commands.common import today
from walletpick.commands.errors import EXIT_CATALOG, CatalogError
from walletpick.commands.keeping import (
    all_there,
    directory_in_use,
    in_use,
    paths_argument,
    replace,
    text_of,
)
from walletpick.commands.output import remark, tell, write, write_json
from walletpick.commands.params import examples
from walletpick.language import _, headed, ngettext
from walletpick.reading.problem import Problem
from walletpick.words.phrases import count_words


class _Group(click.Group):
    """A group whose help has the first sentence of each command whole, over several lines."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands."""
        rows = [
            (name, command.get_short_help_str(limit=1000))
            for name in self.list_commands(ctx)
            if (command := self.get_command(ctx, name)) is not None
        ]
        with formatter.section(_("Commands")):
            formatter.write_dl(rows)


@click.group(cls=_Group, name="catalog", epilog=examples("catalog"))
def command() -> None:
    """Fetch newer facts; for those who keep the catalog: check it, order it, add to it."""


for _module in (catalog_diff, catalog_fmt, catalog_links, catalog_new, catalog_schema):
    command.add_command(_module.command)
for _command in (
    *(catalog_publish.key, catalog_publish.root, catalog_publish.build),
    *(catalog_stats.stats, catalog_stats.stale),
    *(catalog_update.status, catalog_update.update, catalog_update.rollback),
):
    command.add_command(_command)


@command.command(epilog=examples("catalog lint"))
@paths_argument
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    show_default=True,
    help="How to write the problems; github makes annotations of a workflow run.",
)
@click.option("--strict", is_flag=True, help="Take warnings for errors.")
def lint(paths: tuple[Path, ...], form: str, strict: bool) -> None:
    """Check catalog files: every problem with its line and column.

    What is wrong is an error; what is only suspicious, such as a fee ten times the usual or a
    source that no fact names, is a warning. PATH is a catalog directory, one of its folders, or
    one file. Without PATH it is the catalog in use: --catalog, the one here
    (./catalog, or around this directory) or the one that came with the program. Exit code 4 means
    that there are errors, which stand last.
    """
    from walletpick.upkeep.lint import lint as check
    from walletpick.upkeep.lint import phone_check

    count, problems = check(all_there(paths or [in_use()]), today())
    if strict:
        problems = [dataclasses.replace(problem, severity="error") for problem in problems]
    if form == "json":
        from walletpick.documents.problems import problems_out

        write_json(problems_out(count, problems))
    else:
        show = _annotation if form == "github" else str
        # The errors last: they are what is on the screen when the warnings have passed by.
        problems.sort(key=lambda problem: problem.severity == "error")
        write("".join(f"{show(problem)}\n" for problem in problems))
    if phone_check() is None:
        remark(
            "telephone numbers were not checked; what does it comes with: pip install"
            " 'walletpick[maintain]'"
        )
    tell(_summary(count, problems))
    if any(problem.severity == "error" for problem in problems):
        click.get_current_context().exit(EXIT_CATALOG)


@command.command(epilog=examples("catalog averages"))
@click.option("--check", is_flag=True, help="Write nothing; exit code 4 if it is out of date.")
def averages(check: bool) -> None:
    """Write averages.yaml anew: what an unknown is taken for."""
    from walletpick.reading.load import InvalidCatalog
    from walletpick.upkeep.averages import fresh_averages

    directory = directory_in_use()
    try:
        text = fresh_averages(directory)
    except InvalidCatalog as error:
        lines = "\n".join(str(problem) for problem in error.problems)
        raise CatalogError(
            "no averages can be worked out ({problems}):\n{lines}",
            problems=count_words(len(error.problems), "problem"),
            lines=lines,
        ) from None
    path = directory / "averages.yaml"
    if text_of(path) == text:
        remark("{path} is up to date", path=path)
    elif check:
        raise CatalogError("{path} is not up to date: run walletpick catalog averages", path=path)
    else:
        replace(path, text)
        remark("{path} was written anew", path=path)


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
    errors = [problem for problem in problems if problem.severity == "error"]
    warnings = [problem for problem in problems if problem.severity == "warning"]
    parts = [_in_files(errors, "problem")] if errors else [_("no problem")]
    if warnings:
        parts.append(_in_files(warnings, "warning"))
    checked = ngettext("{count} file checked", "{count} files checked", count)
    return headed(checked, _(", ").join(parts))


def _in_files(problems: Sequence[Problem], noun: str) -> str:
    return ngettext(
        "{problems} in {count} file",
        "{problems} in {count} files",
        len({problem.file for problem in problems}),
        problems=count_words(len(problems), noun),
    )
