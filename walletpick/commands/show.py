"""`walletpick show`: one wallet with its facts, their ages and sources."""

from __future__ import annotations

import click

from walletpick.commands.common import load, today
from walletpick.commands.completion import complete_wallets, country_option
from walletpick.commands.market import find_named
from walletpick.commands.output import format_option, write_json, write_page


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
@country_option("Only this country: PH, Kenya, 中国 (default: every country of the wallet).")
@format_option("table", "json", "markdown")
@click.pass_context
def command(ctx: click.Context, wallet: str, country: str | None, form: str) -> None:
    """Show one wallet with its facts, their ages and sources."""
    catalog = load(ctx)
    named, code = find_named(catalog, wallet, country)
    if form == "json":
        from walletpick.documents.wallet import wallet_out

        write_json(wallet_out(catalog, named, code, today()))
    else:
        from walletpick.pages.show import show_page

        write_page(show_page(catalog, named, code, today()), form)
