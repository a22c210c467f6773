"""`walletpick words`: every word that options take, with its meaning."""

from __future__ import annotations

import click

from walletpick.commands.common import load
from walletpick.commands.completion import completing
from walletpick.commands.errors import unknown
from walletpick.commands.output import format_option, write_json, write_page
from walletpick.commands.params import examples
from walletpick.facts.options import WordFamily, word_families
from walletpick.language import N_, catalog_text

_complete = completing(
    lambda: {family.name: ", ".join(family.taken_by) for family in word_families()}
)


@click.command(name="words", epilog=examples("words"))
@click.argument("family", required=False, metavar="[FAMILY]", shell_complete=_complete)
@format_option("table", "json", "csv", "markdown")
def command(family: str | None, form: str) -> None:
    """List the words that options take, with their meaning; with FAMILY, those of one family.

    FAMILY may be the name of an option, too: use, must, have, given, person; persona lists the
    ready-made needs of the catalog.
    """
    families = word_families()
    if family == "persona":
        # Their names are the catalog's.
        titles = {name: catalog_text(of.title) for name, of in load().personas.items()}
        families = [WordFamily("persona", ("--persona",), titles)]
    elif family is not None:
        chosen = [each for each in families if each.name == family]
        # The name of an option stands for all that it takes.
        chosen = chosen or [each for each in families if f"--{family}" in each.taken_by]
        if not chosen:
            from walletpick.pages.lists import FAMILY_MEANINGS

            raise unknown(
                N_('no family "{name}"{hint} (there are: {names})'), family, FAMILY_MEANINGS
            )
        families = chosen
    if form == "json":
        from walletpick.documents.lists import words_out

        write_json(words_out(families))
        return
    from walletpick.pages.lists import words_page, words_table

    write_page(words_table(families) if form == "csv" else words_page(families), form)
