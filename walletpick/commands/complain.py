"""`walletpick complain`: where a complaint goes, and a letter for it."""

from __future__ import annotations

import click

from walletpick.answers.complain import MATTERS
from walletpick.commands.common import load, own_option, today
from walletpick.commands.completion import complete_wallets, country_option
from walletpick.commands.market import find_market
from walletpick.commands.output import format_option, write, write_json, write_page


@click.command(
    name="complain",
    epilog="""\b
Examples:
  walletpick complain gcash --about account-security
  walletpick complain paypal --country US --about refund
  walletpick complain monzo --about fees --letter > letter.txt
  walletpick complain m-pesa@KE --about failed-payment --json""",
)
@click.argument("wallet", shell_complete=complete_wallets)
@country_option("The country of the account, where the wallet is in several: PH, Kenya, 中国.")
@click.option(
    "--about",
    type=click.Choice(MATTERS),
    metavar="MATTER",
    help="What it is about: " + ", ".join(MATTERS) + ".",
)
@click.option("--letter", is_flag=True, help="Print a letter to fill in.")
@own_option
@format_option("table", "json", "markdown")
@click.pass_context
def command(
    ctx: click.Context,
    /,
    wallet: str,
    country: str | None,
    about: str | None,
    letter: bool,
    form: str,
) -> None:
    """Show where a complaint goes: whom to reach, by when, and who hears it next.

    WALLET is an id or a name; WALLET@CC is the wallet in one country. It works for wallets that
    have closed, too, and where only the law of the country is known.
    """
    from walletpick.answers.complain_steps import complaint_checklist

    catalog = load(ctx)
    found, code = find_market(catalog, wallet, option=country, lawful=True)
    checklist = complaint_checklist(catalog, found, code, about, today())
    if form == "json":
        from walletpick.documents.checklist import complaint_out

        write_json(complaint_out(checklist, letter))
        return
    if letter and form == "table":
        from walletpick.words.complaint import LETTER_WIDTH, letter_text

        write(letter_text(checklist, LETTER_WIDTH))
        return
    from walletpick.pages.checklist import complain_page, letter_page

    write_page(letter_page(checklist) if letter else complain_page(checklist), form)
