"""WALLET and WALLET@CC, beside --country: which wallet is meant, and which of its markets."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from walletpick.commands.common import find_country, find_wallet

if TYPE_CHECKING:
    from walletpick.facts.model import Catalog, Wallet


def find_named(
    catalog: Catalog, asked: str, option: str | None = None, lawful: bool = False
) -> tuple[Wallet, str | None]:
    """Return the wallet that WALLET or WALLET@CC means, and the country that is named, if any.

    `option` is what --country says, where it is about the wallet. Raises click.UsageError, also for
    a country in which the catalog does not have the wallet; if `lawful`, unless it knows the law.
    """
    from walletpick.words.common import countries_words, no_market

    name, at, code = asked.rpartition("@")
    wallet = find_wallet(catalog, name if at else asked)
    texts = [text for text, given in ((code, at), (option, option)) if given]
    countries = {find_country(text or "") for text in texts}
    if len(countries) > 1:
        raise click.UsageError(
            f"{asked} and --country {option} name two countries: give one of them"
        )
    country = countries.pop() if countries else None
    known = country in wallet.markets or (lawful and country in catalog.laws)
    if country and not known:
        raise click.UsageError(f"{no_market(wallet, country)}; {countries_words(wallet)}")
    return wallet, country


def find_market(
    catalog: Catalog,
    asked: str,
    home: str | None = None,
    option: str | None = None,
    lawful: bool = False,
) -> tuple[Wallet, str]:
    """Return the wallet and the country of the one market that is meant (see `find_named`).

    Where WALLET names no country, it is `home`, in which the person lives, or the only one. Raises
    click.UsageError that names the countries there are.
    """
    from walletpick.words.common import several_countries

    if home and "@" not in asked:
        option = home
    wallet, country = find_named(catalog, asked, option, lawful)
    if country:
        return wallet, country
    if len(wallet.markets) == 1:
        return wallet, next(iter(wallet.markets))
    first = next(iter(wallet.markets))
    raise click.UsageError(
        f"{wallet.name} is in {several_countries(wallet.markets)}: say which, such as"
        f" --country {first} or {wallet.id}@{first}"
    )
