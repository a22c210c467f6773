"""`walletpick leave`: a checklist for closing an account."""

from __future__ import annotations

import click

from walletpick.commands.amounts import parse_balance
from walletpick.commands.common import load, own_option, today
from walletpick.commands.completion import complete_wallets, country_option
from walletpick.commands.market import find_market
from walletpick.commands.output import format_option, write_json, write_page


@click.command(
    name="leave",
    epilog="""\b
Examples:
  walletpick leave gcash --balance 5000
  walletpick leave paypal --country DE
  walletpick leave revolut@GB --balance 250 --format markdown > leaving.md
  walletpick leave papara""",
)
@click.argument("wallet", shell_complete=complete_wallets)
@country_option("The country of the account, where the wallet is in several: PH, Kenya, 中国.")
@click.option(
    "--balance",
    metavar="AMOUNT",
    help="What is in the account, in the currency of the country, e.g. 300.",
)
@own_option
@format_option("table", "json", "markdown")
@click.pass_context
def command(
    ctx: click.Context,
    /,
    wallet: str,
    country: str | None,
    balance: str | None,
    form: str,
) -> None:
    """Show a checklist for closing an account: the cheapest way out first.

    WALLET is an id or a name; WALLET@CC is the wallet in one country. It works for wallets that
    have closed, too.
    """
    from walletpick.answers.leave_steps import leave_checklist

    catalog = load(ctx)
    found, code = find_market(catalog, wallet, option=country)
    amount = parse_balance(balance, found, code, catalog)
    checklist = leave_checklist(catalog, found, code, amount, today())
    if form == "json":
        from walletpick.documents.checklist import leave_out

        write_json(leave_out(checklist))
    else:
        from walletpick.pages.checklist import leave_page

        write_page(leave_page(checklist), form)
