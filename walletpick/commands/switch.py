"""`walletpick switch`: stay with the wallet one has, or go."""

from __future__ import annotations

from typing import Any

import click
from msgspec import structs

from walletpick.commands.amounts import parse_balance
from walletpick.commands.common import experience_option, load, own_option, read_experience, today
from walletpick.commands.completion import complete_wallets
from walletpick.commands.errors import NothingFits, Wrong
from walletpick.commands.market import find_market
from walletpick.commands.needs_options import (
    names_country,
    needs_options,
    read_needs,
    typed_amounts,
)
from walletpick.commands.output import (
    explain_option,
    format_option,
    top_option,
    write_json,
    write_page,
)
from walletpick.commands.params import examples
from walletpick.facts.model import Catalog, Needs, Wallet
from walletpick.facts.periods import YEAR, period_of, stay_words
from walletpick.words.switch import reason_words, verdict_words


@click.command(name="switch", epilog=examples("switch"))
@click.option(
    "--from",
    "account",
    required=True,
    metavar="WALLET[@CC]",
    shell_complete=complete_wallets,
    help="The wallet that you have.",
)
@click.option(
    "--to",
    "target",
    metavar="WALLET[@CC]",
    shell_complete=complete_wallets,
    help="Hold it against this one only (default: all of the country that fit).",
)
@click.option(
    "--balance",
    metavar="AMOUNT",
    help="What is in the account, in the currency of its country, e.g. 300.",
)
@needs_options
@top_option("Show the first N others, 0 for all (default: 3 on a page, all in JSON).")
@explain_option
@own_option
@experience_option
@format_option("table", "json", "markdown")
def command(
    account: str,
    target: str | None,
    balance: str | None,
    top: int | None,
    explain: bool,
    form: str,
    **asked: Any,
) -> None:
    """Say whether to stay with the wallet that you have or to go.

    What it costs now and elsewhere, what you would gain and lose, what leaving costs and when it
    has paid for itself. The verdict may well be to stay. WALLET is an id or a name; WALLET@CC is
    the wallet in one country.
    """
    from walletpick.answers.combine import adding
    from walletpick.answers.switch import switch

    catalog = load()
    needs, here = _needs_and_account(catalog, account, asked)
    if needs.for_ and period_of(needs.for_).days < YEAR.days:
        raise Wrong(
            "switch weighs a year, and the needs are for {stay}: leave --for out, or compare"
            " the wallets for the stay (walletpick compare)",
            stay=stay_words(needs.for_),
        )
    amount = parse_balance(balance, *here, catalog)
    there = find_market(catalog, target, needs.country or here[1]) if target else None
    if there and (there[0].id, there[1]) == (here[0].id, here[1]):
        raise Wrong("--from and --to are the same: {name}", name=there[0].name)
    day = today()
    own = read_experience(catalog, day)
    answer = switch(catalog, here, needs, day, balance=amount, target=there, experiences=own)
    more = None if there else adding(catalog, answer, day, own)
    if form == "json":
        from walletpick.documents.switch import switch_out

        write_json(switch_out(answer, catalog, day, top or 0, more))
    else:
        from walletpick.pages.parts import recap
        from walletpick.pages.switch import TOP, switch_page

        shown = TOP if top is None else top
        typed = typed_amounts(asked, needs, catalog)
        page = switch_page(answer, shown, explain or form != "table", more, typed)
        write_page(page, form, lambda: recap(verdict_words(answer)))
    if answer.verdict.word == "go" and answer.verdict.why == "nowhere-to-go":
        raise NothingFits(reason_words(answer).rstrip(".。"))


def _needs_and_account(
    catalog: Catalog, account: str, asked: dict[str, Any]
) -> tuple[Needs, tuple[Wallet, str]]:
    """Return the needs and the market of the account. Each may say the country of the other."""
    if not names_country(catalog, asked):
        # Then amounts are in the currency of the account.
        here = find_market(catalog, account)
        asked["country"] = here[1]
        return read_needs(catalog, asked), here
    needs = read_needs(catalog, asked)
    here = find_market(catalog, account, needs.country)
    return structs.replace(needs, country=needs.country or here[1]), here
