"""WALLET and --country of the commands that are about one account: which market is meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from walletpick.commands.common import find_country, find_wallet

if TYPE_CHECKING:
    from walletpick.facts.model import Catalog, Wallet


def one_market(catalog: Catalog, asked: str, country: str | None) -> tuple[Wallet, str]:
    """Return the wallet and the country that WALLET (or WALLET@CC) and --country mean.

    A wallet of one country needs none named. Raises click.UsageError that names the countries.
    """
    from walletpick.facts.places import country_name
    from walletpick.words.common import countries_words, no_market

    name, at, code = asked.rpartition("@")
    wallet = find_wallet(catalog, name if at else asked)
    said = find_country(country) if country else None
    behind = find_country(code) if at else None
    if said and behind and said != behind:
        raise click.UsageError(
            f"{asked} and --country {country} name two countries: give one of them"
        )
    chosen = said or behind
    if chosen:
        if chosen not in wallet.markets:
            raise click.UsageError(f"{no_market(wallet, chosen)}; {countries_words(wallet)}")
        return wallet, chosen
    if len(wallet.markets) == 1:
        return wallet, next(iter(wallet.markets))
    listed = ", ".join(f"{each} ({country_name(each)})" for each in wallet.markets)
    raise click.UsageError(
        f"{wallet.name} is in several countries, {listed}: say which is yours, for example"
        f" --country {next(iter(wallet.markets))}"
    )
