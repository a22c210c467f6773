"""WALLET and WALLET@CC, beside --country: which wallet is meant, and which of its markets."""

from __future__ import annotations

import re

import click

from walletpick.commands.common import find_country, find_wallet, which_wallet
from walletpick.commands.errors import Wrong, perhaps
from walletpick.commands.params import WordChoice
from walletpick.facts.characters import UNSAFE_CLASS
from walletpick.facts.model import Catalog, Wallet
from walletpick.facts.names import (
    find,
    is_name_of,
    may_be_short_for,
    misspelt,
    nearest,
    sure,
    wallet_name,
)
from walletpick.facts.places import in_country
from walletpick.facts.vocabulary import KINDS
from walletpick.language import _

# What a wallet that the catalog does not know is taken for, as most are of this kind.
_USUAL_KIND = "stored-value"
_LONGEST_NAME = 80


kind_option = click.option(
    "--kind",
    type=WordChoice(KINDS, "kind"),
    metavar="KIND",
    help="What it is, for a wallet that the catalog does not know, as the law goes by that:"
    f" {', '.join(KINDS)} (default: {_USUAL_KIND}).",
)


def find_named(
    catalog: Catalog, asked: str, option: str | None = None, home: str | None = None
) -> tuple[Wallet, str | None]:
    """Return the wallet that WALLET or WALLET@CC means, and the country that is named, if any.

    `option` is what --country says, where it is about the wallet; where a short name may mean
    several, those of `home` are meant. Raises click.UsageError, also for a country in which the
    catalog does not have the wallet.
    """
    from walletpick.words.common import no_market

    country = country_of(asked, option)
    wallet = find_wallet(catalog, name_of(asked), country or home)
    if country and country not in wallet.markets:
        raise click.UsageError(no_market(wallet, country, catalog))
    return wallet, country


def find_market(
    catalog: Catalog, asked: str, home: str | None = None, option: str | None = None
) -> tuple[Wallet, str]:
    """Return the wallet and the country of the one market that is meant (see `find_named`).

    Where WALLET names no country, it is `home`, in which the person lives, or the only one. Raises
    click.UsageError that names the countries there are.
    """
    if home and "@" not in asked:
        option = home
    wallet, country = find_named(catalog, asked, option)
    return wallet, country or _only_country(wallet)


def find_account(
    catalog: Catalog, asked: str, option: str | None, kind: str | None
) -> tuple[Wallet, str]:
    """Return the wallet and the country of an account, of which the catalog need know neither.

    `kind` is what the person says that the wallet is; where they do not, a name that is all but one
    of the catalog is taken for a misspelt one. A wallet that is in one country only has the account
    there, whichever country a visitor names, and says so. Raises click.UsageError.
    """
    if wallet := _known(catalog, asked, option, kind):
        country = country_of(asked, option) or _only_country(wallet)
        if country in wallet.markets or len(wallet.markets) != 1:
            return wallet, country
        there = _only_country(wallet)
        click.echo(_its_account(wallet, country, there), err=True)
        return wallet, there
    return _unknown(catalog, asked, option, kind)


def _its_account(wallet: Wallet, country: str, there: str) -> str:
    """Return that an account is in the one country where a wallet is, not in the one named."""
    return _(
        "{wallet} does not run in {country}, as far as the catalog knows: your account is in"
        " {there} ({name}), and this is what holds there.",
        wallet=wallet_name(wallet),
        country=in_country(country),
        there=in_country(there),
        name=f"{wallet.id}@{there}",
    )


def find_any(
    catalog: Catalog, asked: str, option: str | None, kind: str | None
) -> tuple[Wallet, str | None]:
    """Return the wallet that is meant, which the catalog need not know, and the country, if any.

    See `find_named` and `find_account`. Raises click.UsageError.
    """
    if _known(catalog, asked, option, kind):
        return find_named(catalog, asked, option)
    return _unknown(catalog, asked, option, kind)


def _known(catalog: Catalog, asked: str, option: str | None, kind: str | None) -> Wallet | None:
    """Return the wallet of the catalog that is meant, None where none is."""
    name = name_of(asked).strip()
    country = country_of(asked, option) if name else None
    if name and not any(
        is_name_of(each, name) if kind else may_be_short_for(each, name, country)
        for each in catalog.wallets
    ):
        return None
    found = find(catalog.wallets, name, country)
    if found and not sure(catalog.wallets, name, country):
        raise Wrong(
            "{which} (if it is another, which the catalog does not know, say what: --kind"
            " {usual_kind})",
            which=which_wallet(name, found, country),
            usual_kind=_USUAL_KIND,
        )
    wallet = find_wallet(catalog, name, country)
    if kind:
        raise Wrong(
            "the catalog knows {name}, and that it is {kind}: leave out --kind",
            name=wallet_name(wallet),
            kind=wallet.kind,
        )
    return wallet


def _unknown(
    catalog: Catalog, asked: str, option: str | None, kind: str | None
) -> tuple[Wallet, str]:
    from walletpick.answers.checklist import unheard_of

    name = name_of(asked).strip()
    country = country_of(asked, option)
    meant = misspelt(catalog.wallets, name)
    if not country or (meant and not kind):
        hint = perhaps(meant or nearest(catalog.wallets, name))
        raise Wrong(
            'no wallet "{name}"{hint} (if the catalog does not know it, say where it is and'
            " what, such as --country PH --kind {usual_kind})",
            name=name,
            hint=hint,
            usual_kind=_USUAL_KIND,
        )
    if len(name) > _LONGEST_NAME or re.search(f"[\n{UNSAFE_CLASS}]", name):
        raise Wrong(
            "WALLET is no name: one is a line of at most {longest_name} printable characters",
            longest_name=_LONGEST_NAME,
        )
    return unheard_of(name, kind or _USUAL_KIND), country


def name_of(asked: str) -> str:
    """Return the wallet of WALLET@CC."""
    name, at, _country = asked.rpartition("@")
    return name if at else asked


def country_of(asked: str, option: str | None) -> str | None:
    """Return the country of WALLET@CC and --country, if any. Raises click.UsageError."""
    _name, at, code = asked.rpartition("@")
    texts = [text for text, given in ((code, at), (option, option)) if given]
    countries = {find_country(text or "") for text in texts}
    if len(countries) > 1:
        raise Wrong(
            "{asked} and --country {option} name two countries: give one of them",
            asked=asked,
            option=option,
        )
    return countries.pop() if countries else None


def _only_country(wallet: Wallet) -> str:
    """Return the one country of a wallet. Raises click.UsageError that names those there are."""
    from walletpick.words.common import which_country

    if len(wallet.markets) > 1:
        raise click.UsageError(which_country(wallet))
    return next(iter(wallet.markets))
