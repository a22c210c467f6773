"""`walletpick catalog schema`: the JSON Schemas of the catalog's files, for editors."""

from __future__ import annotations

import click

from walletpick.commands.completion import completing
from walletpick.commands.errors import CatalogError, NotWritten, Wrong, unknown
from walletpick.commands.keeping import directory_in_use, replace, text_of
from walletpick.commands.output import remark, write, write_names
from walletpick.commands.params import examples
from walletpick.language import N_, _
from walletpick.reading.kinds import KINDS, SCHEMA_FOLDER
from walletpick.upkeep.schemas import schema_text

_ABOUT = {name: kind.about for name, kind in KINDS.items()}
_complete = completing(lambda: {name: _(about) for name, about in _ABOUT.items()})


@click.command(name="schema", epilog=examples("catalog schema"))
@click.argument("kind", required=False, metavar="[KIND]", shell_complete=_complete)
@click.option("--write", "writing", is_flag=True, help="Write them all into catalog/schema.")
@click.option("--check", is_flag=True, help="Write nothing; exit code 4 if one is out of date.")
def command(kind: str | None, writing: bool, check: bool) -> None:
    """Print the JSON Schema of a kind of catalog file; without KIND, the kinds there are.

    Editors with YAML support read the schema that the first line of a file names.
    """
    if sum((kind is not None, writing, check)) > 1:
        raise Wrong("KIND, --write and --check exclude each other: give one of them")
    if kind is not None:
        if kind not in KINDS:
            raise unknown(N_('no kind "{name}"{hint} (there are: {names})'), kind, _ABOUT)
        write(schema_text(KINDS[kind]))
        return
    if not writing and not check:
        write_names(_ABOUT)
        return
    folder = directory_in_use() / SCHEMA_FOLDER
    texts = {folder / f"{name}.json": schema_text(each) for name, each in KINDS.items()}
    old = [path for path, text in texts.items() if text_of(path) != text]
    if not old:
        remark("{folder} is up to date", folder=folder)
    elif check:
        names = ", ".join(path.name for path in old)
        raise CatalogError(
            "{folder} is not up to date ({names}): run walletpick catalog schema --write",
            folder=folder,
            names=names,
        )
    else:
        try:
            folder.mkdir(exist_ok=True)
        except OSError as error:
            raise NotWritten(folder, error) from None
        for path in old:
            replace(path, texts[path])
            remark("{path} was written anew", path=path)
