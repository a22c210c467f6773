"""Shell completion: wallets, countries, personas, saved needs and words."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import suppress
from typing import TypeVar

import click
from click.shell_completion import CompletionItem

from walletpick.commands.common import load
from walletpick.commands.params import F
from walletpick.facts.model import Catalog
from walletpick.facts.names import wallet_name
from walletpick.facts.places import countries_starting, country_name
from walletpick.facts.vocabulary import CRITERIA, GIVEN, USAGE_OPERATIONS, all_words
from walletpick.language import _, catalog_text

T = TypeVar("T")
Complete = Callable[[click.Context, click.Parameter, str], list[CompletionItem]]


def fitting(start: str, words: Mapping[str, str | None]) -> list[CompletionItem]:
    """Return the words that begin so, each with its help."""
    return [CompletionItem(w, help=about) for w, about in words.items() if w.startswith(start)]


def completing(words: Callable[[], Mapping[str, str | None]]) -> Complete:
    """Return what completes one of some words, each with its help."""
    return lambda _ctx, _param, start: fitting(start, words())


def _assigning(words: Iterable[str]) -> Complete:
    """Return what completes the word before the sign of equality."""
    return lambda _ctx, _param, start: [
        CompletionItem(f"{word}=") for word in words if word.startswith(start)
    ]


def _of_catalog(ctx: click.Context, held: Callable[[Catalog], Collection[T]]) -> Collection[T]:
    """Return something of the catalog in use; nothing where it cannot be used."""
    with suppress(click.ClickException), ctx.scope(cleanup=False):
        return held(load())
    return ()


def complete_wallets(ctx: click.Context, _param: object, start: str) -> list[CompletionItem]:
    """Complete wallet ids, with their names as help, and the country of WALLET@CC."""
    wallets = _of_catalog(ctx, lambda catalog: catalog.wallets)
    name, at, code = start.rpartition("@")
    if at:
        return [
            CompletionItem(f"{wallet.id}@{country}", help=country_name(country))
            for wallet in wallets
            if wallet.id == name.casefold()
            for country in wallet.markets
            if country.startswith(code.upper())
        ]
    return [
        CompletionItem(wallet.id, help=wallet_name(wallet))
        for wallet in wallets
        if wallet.id.startswith(start.casefold())
    ]


wallet_argument = click.argument("wallet", metavar="WALLET", shell_complete=complete_wallets)


def complete_countries(ctx: click.Context, _param: object, start: str) -> list[CompletionItem]:
    """Complete the codes of the countries that the catalog holds, also from their names."""
    codes = _of_catalog(ctx, lambda catalog: catalog.countries)
    chosen = [code for code in codes if code.startswith(start.upper())]
    if not chosen:
        chosen = [code for code in countries_starting(start) if code in codes]
    return [CompletionItem(code, help=country_name(code)) for code in chosen]


def country_option(says: str) -> Callable[[F], F]:
    """Add --country, which is about what `says` says."""
    return click.option("--country", metavar="CC", shell_complete=complete_countries, help=says)


def complete_personas(ctx: click.Context, _param: object, start: str) -> list[CompletionItem]:
    """Complete the names of the ready-made needs."""
    personas = _of_catalog(ctx, lambda catalog: catalog.personas.items())
    return fitting(start, {name: catalog_text(needs.title) for name, needs in personas})


def complete_saved(_ctx: click.Context, _param: object, start: str) -> list[CompletionItem]:
    """Complete the names under which needs are saved; where none fits, files."""
    from walletpick.person import saved

    names = fitting(start, dict.fromkeys(saved.names()))
    return names or [CompletionItem(start, type="file")]


# The words of --must, --wish and --has; the conditions of --given.
complete_claims = completing(lambda: dict.fromkeys(all_words()))
complete_given = completing(lambda: {word: _(text) for word, text in GIVEN.items()})
# The operation of --use; the criterion of --weight.
complete_use = _assigning(USAGE_OPERATIONS)
complete_weights = _assigning(CRITERIA)
