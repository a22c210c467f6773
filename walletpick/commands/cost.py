"""`walletpick cost`: the itemised bill of wallets for what a person does."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from walletpick.commands.amounts import Amounts
from walletpick.commands.asking import asked_country, on_terminal
from walletpick.commands.common import load, own_option, today
from walletpick.commands.completion import complete_use, complete_wallets
from walletpick.commands.errors import NothingFits, Wrong
from walletpick.commands.market import find_market, find_named
from walletpick.commands.needs_options import names_country, needs_options, read_needs
from walletpick.commands.output import format_option, write_json, write_page
from walletpick.commands.params import examples
from walletpick.commands.vary import VARY_FORM, parse_vary, with_varied
from walletpick.facts.model import Catalog, Needs, Wallet
from walletpick.facts.names import wallet_name
from walletpick.language import N_, _, headed
from walletpick.person.needs import currency_of, settled
from walletpick.words.causes import by_words

if TYPE_CHECKING:
    from walletpick.answers.vary import Varied

# So many values of a range are told, about.
VALUES = 8
NO_USE = N_(
    "nothing to price: say what you do in a month, for example --use send=200x2 (200 in all, in"
    " 2 uses), or start from ready-made needs with --persona (walletpick list --personas)"
)


@click.command(name="cost", epilog=examples("cost"))
@click.argument(
    "wallets", nargs=-1, required=True, metavar="WALLET...", shell_complete=complete_wallets
)
@needs_options
@click.option(
    "--vary",
    metavar=VARY_FORM,
    shell_complete=complete_use,
    help="Show what each costs over a range of one amount, and where the cheapest changes:"
    " send-abroad=50..2000@MX; of a number of uses: pay=50eachx1..30.",
)
@own_option
@format_option("table", "json", "csv", "markdown", "html")
def command(wallets: tuple[str, ...], vary: str | None, form: str, **asked: Any) -> None:
    """Show the itemised bill of wallets for what you do, a month and a year.

    Each price stands there with its source. WALLET is an id or a name; WALLET@CC is the wallet in
    one country.
    """
    from walletpick.documents.bill import bills_out
    from walletpick.pages.cost import cost_page, cost_table
    from walletpick.score.criteria import Yardstick
    from walletpick.score.ranking import judge

    catalog = load()
    home = None
    if not names_country(catalog, asked):
        shared = _shared(catalog, wallets)
        if len(shared) > 1 and on_terminal():
            shared = [asked_country(shared)]
        home = shared[0] if len(shared) == 1 else None
        # Where all these wallets are in one, amounts are in its currency.
        countries = {find_market(catalog, name, home)[1] for name in wallets}
        asked["country"] = countries.pop() if len(countries) == 1 else None
    needs = read_needs(catalog, asked)
    if not needs.use and vary is None:
        raise Wrong(NO_USE)
    named = (find_market(catalog, name, needs.country or home) for name in wallets)
    # A market that is named twice has one bill.
    markets = list({(wallet.id, code): (wallet, code) for wallet, code in named}.values())
    day = today()
    if vary is not None:
        varied = parse_vary(vary, Amounts(currency_of(needs), catalog.per_usd))
        needs = settled(with_varied(needs, varied, asked["use"]), catalog.criteria.settings)
        _show_range(markets, needs, varied, catalog, day, form)
        return
    needs = settled(needs, catalog.criteria.settings)
    by = Yardstick(needs, catalog, day)
    bills = [judge(wallet, code, by) for wallet, code in markets]
    if form == "json":
        write_json(bills_out(bills, needs, catalog, day))
    elif form == "csv":
        write_page(cost_table(bills_out(bills, needs, catalog, day)), form)
    else:
        write_page(cost_page(bills, needs, catalog, day), form)
    if not any(item.fits for item in bills):
        why = _("; ").join(
            headed(wallet_name(item.bill.candidate.wallet), words)
            for item in bills
            for words in by_words(item.obstacles)
        )
        raise NothingFits(_("no wallet that you asked for can do all of this ({why})", why=why))


def _show_range(
    markets: Sequence[tuple[Wallet, str]],
    needs: Needs,
    varied: Varied,
    catalog: Catalog,
    day: date,
    form: str,
) -> None:
    """Write what markets cost over a range."""
    from walletpick.answers.vary import vary
    from walletpick.documents.vary import variation_out
    from walletpick.pages.vary import vary_page, vary_table

    variation = vary(markets, needs, varied, catalog, day, VALUES)
    if form == "json":
        write_json(variation_out(variation, catalog))
    elif form == "csv":
        write_page(vary_table(variation_out(variation, catalog)), form)
    else:
        write_page(vary_page(variation, catalog, day if form == "html" else None), form)
    if not any(item.fits for point in variation.points for item in point.judgements):
        raise NothingFits(_("no wallet that you asked for can do this at any of the values shown"))


def _shared(catalog: Catalog, wallets: Sequence[str]) -> list[str]:
    """Return the countries in which all wallets are for which none is named.

    Of several, the one alone that is named of the others.
    """
    named = [find_named(catalog, name) for name in wallets]
    open_ = [wallet for wallet, country in named if country is None]
    if not open_:
        return []
    shared = [code for code in open_[0].markets if all(code in w.markets for w in open_)]
    others = {country for _wallet, country in named if country}
    return [code for code in shared if others == {code}] or shared
