"""`walletpick needs`: the needs saved under a name, to list, show, edit and delete."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from walletpick.commands import EXIT_USE
from walletpick.commands.completion import complete_saved
from walletpick.commands.errors import Failed, NotWritten, Wrong, did_you_mean
from walletpick.commands.output import format_option, remark, write, write_json, write_page
from walletpick.commands.params import examples
from walletpick.facts.model import Needs
from walletpick.facts.refusals import refusal
from walletpick.language import N_, Said, _
from walletpick.person import saved
from walletpick.reading.files import read_bounded, refusing, write_new

# How many seconds an editor has to end.
_EDITOR_PATIENCE = 5
_UNREAD = N_('the needs "{name}" stay as they were: the edited file cannot be read ({why})')

_name_argument = click.argument("name", metavar="NAME", shell_complete=complete_saved)


@click.group(
    name="needs",
    epilog=examples("needs")
    + """

Needs are saved by the interview (walletpick pick --save family) as YAML files that only you can
read.""",
)
def command() -> None:
    """List, show, edit and delete the needs that you saved under a name."""


@command.command(name="list")
@format_option("table", "json", "csv", "markdown")
def list_(form: str) -> None:
    """List the names, and what stands under each."""
    from walletpick.pages.lists import needs_page, needs_table

    rows: list[tuple[str, Needs | None]] = []
    for name in saved.names():
        try:
            rows.append((name, saved.load(name)))
        except saved.SavedError:
            rows.append((name, None))
    if not rows:
        remark("No needs are saved; walletpick pick --save NAME saves some.")
    if form == "json":
        from walletpick.documents.person import saved_out

        write_json(saved_out(rows))
    elif form == "csv":
        write_page(needs_table(rows), form)
    elif rows:
        write_page(needs_page(rows), form)


@command.command(name="show")
@_name_argument
def show(name: str) -> None:
    """Print the file of a name as it is."""
    with _hinting(name):
        before = saved.raw(name)
    write(before.decode("utf-8", "replace").replace("\r\n", "\n"))


@command.command(name="edit")
@_name_argument
def edit(name: str) -> None:
    """Open the needs of a name in your editor ($VISUAL, else $EDITOR).

    What you wrote takes the place of the old needs only if it can be read as needs.
    """
    with _hinting(name):
        before = saved.raw(name)
    with _draft(name, before) as draft:
        while True:
            _open_editor(draft)
            with refusing(Wrong, _UNREAD, name=name):
                data = read_bounded(draft, saved.SIZE_LIMIT)
            if data == before:
                remark("Nothing was changed.")
                return
            needs, problems = saved.parsed(data, Path(f"{name}.yaml"))
            if needs is not None:
                break
            lines = "\n".join(map(str, problems))
            remark("These are no needs that can be used:\n{lines}", lines=lines)
            if not (sys.stdin.isatty() and click.confirm(_("Edit again?"), default=True, err=True)):
                raise Wrong('the needs "{name}" stay as they were', name=name)
        saved.keep(name, data, needs)
    remark("Saved; walletpick rank --needs {name} ranks for it.", name=name)


@command.command(name="delete")
@_name_argument
def delete(name: str) -> None:
    """Remove the needs of a name."""
    with _hinting(name):
        saved.delete(name)
    remark("Removed {name}.", name=name)


@contextmanager
def _draft(name: str, before: bytes) -> Iterator[Path]:
    """Yield a copy to edit, which is the person's alone.

    When an error ends the editing, what was written is kept, and said where.
    """
    try:
        folder = Path(tempfile.mkdtemp(prefix="walletpick-"))
    except OSError as error:
        raise NotWritten(error.filename or tempfile.gettempdir(), error) from None
    draft = folder / f"{name}.yaml"
    try:
        write_new(draft, before, private=True)
        yield draft
    except BaseException as error:
        if not _is_changed(draft, before):
            shutil.rmtree(folder, ignore_errors=True)
            if isinstance(error, OSError):
                raise NotWritten(draft, error) from None
            raise
        where = _('what you wrote is in "{draft}"', draft=draft)
        if isinstance(error, click.ClickException | Said):
            kind = Wrong if error.exit_code == EXIT_USE else Failed
            raise kind(N_("{message}; {where}"), message=error, where=where) from None
        else:
            click.echo("\n" + _('What you wrote is in "{draft}".', draft=draft), err=True)
        raise
    shutil.rmtree(folder, ignore_errors=True)


def _is_changed(draft: Path, before: bytes) -> bool:
    try:
        return read_bounded(draft, len(before)) != before
    except FileNotFoundError:
        return False
    except OSError:
        return True


@contextmanager
def _hinting(name: str) -> Iterator[None]:
    """Add the nearest names to the error of one under which nothing is saved."""
    try:
        yield
    except saved.Missing as error:
        raise click.UsageError(f"{error}{did_you_mean(name, saved.names())}") from None


def _open_editor(path: Path) -> None:
    usual = "notepad" if os.name == "nt" else "vi"
    command = os.environ.get("VISUAL") or os.environ.get("EDITOR") or usual
    try:
        words = shlex.split(command, posix=os.name != "nt")
        with subprocess.Popen([*words, os.fspath(path)]) as editor:
            try:
                code = editor.wait()
            except KeyboardInterrupt:
                # Not killed, so that it can give the terminal back.
                editor.terminate()
                editor.wait(_EDITOR_PATIENCE)
                raise
    except (OSError, ValueError) as error:
        reason = refusal(error) if isinstance(error, OSError) else str(error)
        raise Wrong(
            'the editor "{command}" cannot be started ({reason}): set VISUAL or EDITOR',
            command=command,
            reason=reason,
        ) from None
    if code:
        raise Wrong(
            'the editor "{command}" ended with an error: nothing was changed', command=command
        )
