"""`walletpick show`: one wallet with its facts, their ages and sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from walletpick.commands.common import (
    complete_countries,
    complete_wallets,
    find_country,
    find_wallet,
    format_option,
    load,
    today,
    write_json,
    write_page,
)

if TYPE_CHECKING:
    from walletpick.facts.model import Wallet


@click.command(
    name="show",
    epilog="""\b
Examples:
  walletpick show gcash
  walletpick show "touch n go"
  walletpick show 支付宝
  walletpick show paypal --country Germany
  walletpick show wise --country GB --json | jq '.markets[0].fees[].words'""",
)
@click.argument("wallet", shell_complete=complete_wallets)
@click.option(
    "--country",
    metavar="CC",
    shell_complete=complete_countries,
    help="Only this country: PH, Kenya, 中国 (default: every country of the wallet).",
)
@format_option("table", "json", "markdown")
@click.pass_context
def command(ctx: click.Context, wallet: str, country: str | None, form: str, as_json: bool) -> None:
    """Show one wallet with its facts, their ages and sources."""
    catalog = load(ctx)
    found = find_wallet(catalog, wallet)
    code = _market_of(found, country) if country else None
    if as_json or form == "json":
        from walletpick.documents.wallet import wallet_out

        write_json(wallet_out(catalog, found, code, today()))
    else:
        from walletpick.pages.show import show_page

        write_page(show_page(catalog, found, code, today()), form)


def _market_of(wallet: Wallet, country: str) -> str:
    from walletpick.words.common import countries_words, no_market

    code = find_country(country)
    if code not in wallet.markets:
        raise click.UsageError(f"{no_market(wallet, code)}; {countries_words(wallet)}")
    return code
