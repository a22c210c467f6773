"""`walletpick leave`: a checklist for closing an account."""

from __future__ import annotations

import click

from walletpick.commands.amounts import parse_balance
from walletpick.commands.common import load, own_option, read_experience, today
from walletpick.commands.completion import country_option, wallet_argument
from walletpick.commands.market import find_account, kind_option
from walletpick.commands.output import explain_option, format_option, remark, write_json, write_page
from walletpick.commands.params import examples


@click.command(name="leave", epilog=examples("leave"))
@wallet_argument
@country_option("The country of the account, where the wallet is in several: PH, Kenya, 中国.")
@click.option(
    "--balance",
    metavar="AMOUNT",
    help="What is in the account, in the currency of the country, e.g. 300.",
)
@own_option
@kind_option
@explain_option
@format_option("table", "json", "markdown")
def command(
    wallet: str,
    country: str | None,
    balance: str | None,
    kind: str | None,
    explain: bool,
    form: str,
) -> None:
    """Show a checklist for closing an account: the cheapest way out first.

    WALLET is an id or a name; WALLET@CC is the wallet in one country. It works for wallets that
    have closed, too, and for wallets and countries that the catalog does not know: then it says
    what helps anywhere, and what the law of the country gives, where that is known.
    """
    from walletpick.answers.leave_steps import leave_checklist
    from walletpick.words.own import frozen_words

    catalog = load()
    account, code = find_account(catalog, wallet, country, kind)
    amount = parse_balance(balance, account, code, catalog)
    day = today()
    diary = read_experience(catalog, day).get((account.id, code))
    if frozen := frozen_words(diary, account.id, code):
        remark("Note: {sentence}", sentence=frozen)
    checklist = leave_checklist(catalog, account, code, amount, day)
    if form == "json":
        from walletpick.documents.checklist import leave_out

        write_json(leave_out(checklist))
    else:
        from walletpick.pages.checklist import leave_page

        write_page(leave_page(checklist, explain or form != "table"), form)
