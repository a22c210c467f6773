"""`walletpick compare`: wallets side by side."""

from __future__ import annotations

from typing import Any

import click

from walletpick.commands.asking import asked_country, on_terminal
from walletpick.commands.common import experience_option, load, own_option, read_experience, today
from walletpick.commands.completion import complete_wallets
from walletpick.commands.errors import Wrong
from walletpick.commands.market import find_named
from walletpick.commands.needs_options import names_country, needs_options, read_needs
from walletpick.commands.output import format_option, remark, write_json, write_page
from walletpick.commands.params import examples
from walletpick.facts.model import Wallet
from walletpick.words.comparison import guess_words, no_choice_words

Asked = list[tuple["Wallet", str | None]]
Targets = list[tuple["Wallet", str]]


@click.command(name="compare", epilog=examples("compare"))
@click.argument("wallets", nargs=-1, metavar="WALLET WALLET...", shell_complete=complete_wallets)
@needs_options
@click.option("--all", "everything", is_flag=True, help="Show every row, section by section.")
@own_option
@experience_option
@format_option("table", "json", "csv", "markdown", "html")
def command(wallets: tuple[str, ...], everything: bool, form: str, **asked: Any) -> None:
    """Put wallets side by side, first what decides.

    WALLET is an id or a name; WALLET@CC is the wallet in one country.
    """
    from walletpick.answers.compare import compare
    from walletpick.pages.compare import compare_page, compare_table

    if len(wallets) < 2:
        raise Wrong("name at least two wallets to compare, such as: paypal venmo")
    catalog = load()
    if not names_country(catalog, asked):
        named = [find_named(catalog, words) for words in wallets]
        # Where all are in one country, it stands for --country: amounts are in its currency.
        targets = _choose(named, None)
        countries = {country for _wallet, country in targets}
        asked["country"] = countries.pop() if len(countries) == 1 else None
        needs = read_needs(catalog, asked)
    else:
        needs = read_needs(catalog, asked)
        named = [find_named(catalog, words, home=needs.country) for words in wallets]
        targets = _choose(named, needs.country)
    day = today()
    own = read_experience(catalog, day)
    comparison = compare(catalog, targets, needs, day, own)
    if form == "json":
        from walletpick.documents.compare import comparison_out

        write_json(comparison_out(comparison, catalog, day))
    elif form == "csv":
        write_page(compare_table(comparison, everything), form)
    else:
        from walletpick.pages.parts import recap
        from walletpick.words.comparison import verdict_words

        explained = day if form == "html" else None
        page = compare_page(comparison, everything, catalog, explained)
        write_page(page, form, lambda: recap(verdict_words(comparison)))


def _choose(named: Asked, country: str | None) -> Targets:
    """Return the markets to compare; where they had to be guessed, standard error says so."""
    from walletpick.answers.compare import NoChoice, choose_markets

    try:
        targets, guessed = choose_markets(named, country)
    except NoChoice as error:
        if error.why == "several" and on_terminal():
            return _choose(named, asked_country(error.countries))
        words = no_choice_words(error.why, error.wallets, error.countries)
        raise click.UsageError(words) from None
    if guessed:
        note = guess_words(wallet for wallet, asked in named if not asked)
        remark("Note: {note}; WALLET@COUNTRY names another country.", note=note)
    return targets
