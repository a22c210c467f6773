"""`walletpick list`: the wallets of the catalog, or the ready-made needs."""

from __future__ import annotations

import click

from walletpick.commands.common import find_country, load, own_option, today
from walletpick.commands.completion import complete_claims, country_option
from walletpick.commands.errors import NothingFits, Wrong
from walletpick.commands.needs_options import check_words
from walletpick.commands.output import format_option, write_json, write_page
from walletpick.commands.params import WordChoice, examples
from walletpick.facts.model import Catalog
from walletpick.facts.places import in_country
from walletpick.facts.vocabulary import KINDS, full_word
from walletpick.language import N_, _
from walletpick.words.common import no_wallet
from walletpick.words.phrases import claim_phrase, few_listed


@click.command(name="list", epilog=examples("list"))
@country_option("Only wallets of this country: PH, Kenya, 中国.")
@click.option(
    "--has",
    multiple=True,
    metavar="WORD",
    shell_complete=complete_claims,
    help="Only wallets known to have it, e.g. pay-nfc; the countries shown are those where it"
    " holds, on some plan.",
)
@click.option(
    "--kind",
    type=WordChoice(KINDS, "kind"),
    metavar="KIND",
    help=f"Only wallets of this kind: {', '.join(KINDS)}.",
)
@click.option("--personas", is_flag=True, help="List the ready-made needs instead.")
@own_option
@format_option("table", "json", "csv", "markdown")
def command(
    country: str | None, has: tuple[str, ...], kind: str | None, personas: bool, form: str
) -> None:
    """List wallets and their countries, or the ready-made needs (--personas)."""
    from walletpick.pages.lists import list_page, list_table, select

    if personas and (country or has or kind):
        raise Wrong("--personas lists ready-made needs: leave out the other choices")
    check_words("--has", has)
    code = find_country(country) if country else None
    catalog = load()
    if personas:
        _personas(catalog, form)
        return
    words = [full_word(word) for word in has]
    wallets = select(catalog, today(), code, words, kind)
    if form == "json":
        from walletpick.documents.lists import list_out

        write_json(list_out(wallets, catalog))
    elif form == "csv":
        write_page(list_table(wallets, catalog, words), form)
    elif wallets:
        write_page(list_page(wallets, catalog, code, words), form)
    if not wallets:
        raise NothingFits(_nothing(catalog, code, words, kind))


def _personas(catalog: Catalog, form: str) -> None:
    if form == "json":
        from walletpick.documents.lists import personas_out

        write_json(personas_out(catalog))
        return
    from walletpick.pages.lists import personas_page, personas_table

    write_page(personas_table(catalog) if form == "csv" else personas_page(catalog), form)


# That there is no wallet, and that of none what was asked for is known: by whether a country and a
# kind are named.
_NONE_THERE = {
    (True, True): N_("the catalog has no {kind} wallet in {country}"),
    (True, False): N_("the catalog has no wallet in {country}"),
    (False, True): N_("the catalog has no {kind} wallet"),
    (False, False): N_("the catalog has no wallet"),
}
_OF_NONE = {
    (True, True): N_("of no {kind} wallet in {country} is it known that it {phrases}{listed}"),
    (True, False): N_("of no wallet in {country} is it known that it {phrases}{listed}"),
    (False, True): N_("of no {kind} wallet is it known that it {phrases}"),
    (False, False): N_("of no wallet is it known that it {phrases}"),
}


def _nothing(catalog: Catalog, code: str | None, words: list[str], kind: str | None) -> str:
    """Return the sentence that nothing was found, with what was asked for."""
    if code and not any(code in wallet.markets for wallet in catalog.wallets):
        return no_wallet(code, catalog)
    country, listed = in_country(code) if code else "", ""
    there = [w.name for w in catalog.wallets if code in w.markets and kind in (None, w.kind)]
    if code and words and there:
        wallets = few_listed(there)
        listed = _("; in the catalog for {country}: {wallets}", country=country, wallets=wallets)
    return _(
        (_OF_NONE if words else _NONE_THERE)[bool(code), bool(kind)],
        kind=kind,
        country=country,
        phrases=_(" and ").join(claim_phrase(word, True) for word in words),
        listed=listed,
    )
