"""`walletpick schema`: the JSON Schemas of what is written and read as JSON."""

from __future__ import annotations

import click
from click.shell_completion import CompletionItem

from walletpick.commands.completion import fitting
from walletpick.commands.errors import unknown
from walletpick.commands.output import write, write_json
from walletpick.language import N_, _


def _complete(_ctx: click.Context, _param: object, start: str) -> list[CompletionItem]:
    from walletpick.documents.schemas import NAMES

    return fitting(start, {name: _(about) for name, (_shape, about) in NAMES.items()})


@click.command(
    name="schema",
    epilog="""\b
Examples:
  walletpick schema
  walletpick schema ranking
  walletpick schema bill > bill.schema.json""",
)
@click.argument("name", required=False, metavar="[NAME]", shell_complete=_complete)
def command(name: str | None) -> None:
    """Print the JSON Schema of a JSON output; without NAME, the names there are."""
    from walletpick.documents.schemas import NAMES, schema_of

    if name is None:
        width = max(map(len, NAMES))
        write("".join(f"{each:{width}}  {_(about)}\n" for each, (_shape, about) in NAMES.items()))
        return
    if name not in NAMES:
        raise unknown(
            N_('no schema "{name}"{hint} (there are: {names})'),
            name,
            {each: about for each, (_shape, about) in NAMES.items()},
        )
    write_json(schema_of(name))
