"""`walletpick show`: one wallet in short, or with every fact, its age and its source."""

from __future__ import annotations

import click

from walletpick.commands.common import load, own_option, today
from walletpick.commands.completion import country_option, wallet_argument
from walletpick.commands.errors import Wrong, meaning_hint
from walletpick.commands.market import find_named
from walletpick.commands.output import format_option, write_json, write_page
from walletpick.commands.params import examples


@click.command(name="show", epilog=examples("show"))
@wallet_argument
@country_option("Only this country: PH, Kenya, 中国.")
@click.option(
    "--section",
    "sections",
    multiple=True,
    metavar="NAME",
    help="Only this part, with every fact: fees, limits, security, ... (more than one may be"
    " named).",
)
@click.option(
    "--all",
    "everything",
    is_flag=True,
    help="Every fact, with its age and source (as JSON and HTML have anyway).",
)
@own_option
@format_option("table", "json", "markdown", "html")
def command(
    wallet: str, country: str | None, sections: tuple[str, ...], everything: bool, form: str
) -> None:
    """Show one wallet: in short, or every fact with its age and source (--all).

    WALLET is an id or a name; WALLET@CC is the wallet in one country.
    """
    from walletpick.pages.show import SECTIONS, show_page

    if everything and sections:
        raise Wrong("--all shows every section: give it or --section, not both")
    if unknown := [name for name in sections if name not in SECTIONS]:
        names = ", ".join(SECTIONS)
        hint = meaning_hint(unknown[0], {name: name for name in SECTIONS})
        raise Wrong(
            'there is no section "{unknown}"{hint}; the sections are: {names}',
            unknown=unknown[0],
            hint=hint,
            names=names,
        )
    catalog = load()
    named, code = find_named(catalog, wallet, country)
    if form == "json":
        from walletpick.documents.wallet import wallet_out

        write_json(wallet_out(catalog, named, code, today()))
    elif everything or sections or form == "html":
        write_page(show_page(catalog, named, code, today(), sections or SECTIONS), form)
    else:
        from walletpick.pages.show_brief import brief_page

        write_page(brief_page(catalog, named, code, today()), form)
