"""`walletpick needs`: the needs saved under a name, to list, show, edit and delete."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from walletpick.cli.common import complete_saved, did_you_mean, tell, write, write_page

if TYPE_CHECKING:
    from walletpick.model import Needs
    from walletpick.saved import SavedError

# How many seconds an editor has to end.
_EDITOR_PATIENCE = 5


@click.group(
    name="needs",
    epilog="""\b
Examples:
  walletpick needs list
  walletpick needs show family
  walletpick needs edit family
  walletpick rank --needs family

Needs are saved by the interview (walletpick pick --save family) as YAML files that only you can
read.""",
)
def command() -> None:
    """List, show, edit and delete the needs that you saved under a name."""


@command.command(name="list")
def list_() -> None:
    """List the names, and what stands under each."""
    from walletpick import saved
    from walletpick.views.needs import needs_page

    found: list[tuple[str, Needs | None]] = []
    for name in saved.names():
        try:
            found.append((name, saved.load(name)))
        except saved.SavedError:
            found.append((name, None))
    if not found:
        tell("No needs are saved; walletpick pick --save NAME saves some.")
        return
    write_page(needs_page(found), "table")


@command.command(name="show")
@click.argument("name", shell_complete=complete_saved)
def show(name: str) -> None:
    """Print the file of a name as it is."""
    write(_raw(name).decode("utf-8", "replace").replace("\r\n", "\n"))


@command.command(name="edit")
@click.argument("name", shell_complete=complete_saved)
def edit(name: str) -> None:
    """Open the needs of a name in your editor ($VISUAL, else $EDITOR).

    What you wrote takes the place of the old needs only if it can be read as needs.
    """
    from walletpick import saved

    before = _raw(name)
    with tempfile.TemporaryDirectory(prefix="walletpick-") as folder:
        # The directory is the user's alone, and so is the file.
        draft = Path(folder) / f"{name}.yaml"
        draft.touch(mode=0o600)
        draft.write_bytes(before)
        while True:
            _open_editor(draft)
            try:
                data = draft.read_bytes()
            except OSError as error:
                raise click.UsageError(
                    f'the needs "{name}" stay as they were: the edited file cannot be read'
                    f" ({error.strerror})"
                ) from None
            if data == before:
                tell("Nothing was changed.")
                return
            needs, problems = saved.parsed(data, Path(f"{name}.yaml"))
            if needs is not None:
                break
            lines = "\n".join(map(str, problems))
            tell(f"These are no needs that can be used:\n{lines}")
            if not (sys.stdin.isatty() and click.confirm("Edit again?", default=True, err=True)):
                raise click.UsageError(f'the needs "{name}" stay as they were')
        try:
            saved.keep(name, data, needs)
        except saved.SavedError as error:
            raise _refused(name, error) from None
    tell(f"Saved; walletpick rank --needs {name} ranks for it.")


@command.command(name="delete")
@click.argument("name", shell_complete=complete_saved)
def delete(name: str) -> None:
    """Remove the needs of a name."""
    from walletpick import saved

    try:
        saved.delete(name)
    except saved.SavedError as error:
        raise _refused(name, error) from None
    tell(f"Removed {name}.")


def _raw(name: str) -> bytes:
    from walletpick import saved

    try:
        return saved.raw(name)
    except saved.SavedError as error:
        raise _refused(name, error) from None


def _refused(name: str, error: SavedError) -> click.UsageError:
    from walletpick import saved

    return click.UsageError(f"{error}{did_you_mean(name, saved.names())}")


def _open_editor(path: Path) -> None:
    usual = "notepad" if os.name == "nt" else "vi"
    said = os.environ.get("VISUAL") or os.environ.get("EDITOR") or usual
    try:
        words = shlex.split(said, posix=os.name != "nt")
        with subprocess.Popen([*words, os.fspath(path)]) as editor:
            try:
                code = editor.wait()
            except KeyboardInterrupt:
                # Not killed, so that it can give the terminal back.
                editor.terminate()
                editor.wait(_EDITOR_PATIENCE)
                raise
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise click.UsageError(
            f'the editor "{said}" cannot be started ({reason}): set VISUAL or EDITOR'
        ) from None
    if code:
        raise click.UsageError(f'the editor "{said}" ended with an error: nothing was changed')
