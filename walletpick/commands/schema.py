"""`walletpick schema`: the JSON Schemas of what is written and read as JSON."""

from __future__ import annotations

import click

from walletpick.commands.completion import completing
from walletpick.commands.errors import unknown
from walletpick.commands.output import write_json, write_names
from walletpick.commands.params import examples
from walletpick.documents.schemas import NAMES, schema_of
from walletpick.language import N_, _

_ABOUT = {name: about for name, (_shape, about) in NAMES.items()}
_complete = completing(lambda: {name: _(about) for name, about in _ABOUT.items()})


@click.command(name="schema", epilog=examples("schema"))
@click.argument("name", required=False, metavar="[NAME]", shell_complete=_complete)
def command(name: str | None) -> None:
    """Print the JSON Schema of a JSON output; without NAME, the names there are."""
    if name is None:
        write_names(_ABOUT)
    elif name not in NAMES:
        raise unknown(N_('no schema "{name}"{hint} (there are: {names})'), name, _ABOUT)
    else:
        write_json(schema_of(name))
