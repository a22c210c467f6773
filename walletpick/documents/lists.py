"""The JSON documents of lists: wallets, ready-made needs, the words that options take. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from walletpick.documents.out import (
    CatalogOut,
    CountryCode,
    CurrencyCode,
    DateText,
    KnownText,
    NeedsOut,
    Out,
    out,
)
from walletpick.facts.model import Catalog, Wallet
from walletpick.facts.options import WordFamily
from walletpick.language import _
from walletpick.person.needs import settled


class ListedMarketOut(Out, frozen=True, kw_only=True):
    """A wallet in one country."""

    country: CountryCode
    currency: CurrencyCode
    status: str
    since: DateText | None


class ListedOut(Out, frozen=True, kw_only=True):
    """A wallet, and the countries that have what was asked for."""

    wallet: str
    name: str
    local_names: dict[str, str]
    kind: str
    countries: tuple[CountryCode, ...]
    markets: tuple[ListedMarketOut, ...]


class ListOut(Out, frozen=True, kw_only=True):
    """`walletpick list --json`."""

    schema: Literal["walletpick/list/1"] = "walletpick/list/1"
    catalog: CatalogOut
    wallets: tuple[ListedOut, ...]


class PersonaOut(Out, frozen=True, kw_only=True):
    """Ready-made needs; `persona` is the name that --persona takes."""

    persona: str
    title: KnownText
    about: KnownText
    needs: NeedsOut


class PersonasOut(Out, frozen=True, kw_only=True):
    """`walletpick list --personas --json`."""

    schema: Literal["walletpick/personas/1"] = "walletpick/personas/1"
    catalog: CatalogOut
    personas: tuple[PersonaOut, ...]


def list_out(countries: Mapping[str, Iterable[str]], catalog: Catalog) -> ListOut:
    """Return the document of a list: the countries to name, by the id of each wallet."""
    wallets = {wallet.id: wallet for wallet in catalog.wallets}
    return out(
        ListOut,
        catalog=catalog,
        wallets=[_listed(wallets[name], tuple(codes)) for name, codes in countries.items()],
    )


def _listed(wallet: Wallet, codes: Sequence[str]) -> ListedOut:
    markets = []
    for code in codes:
        market = wallet.markets[code]
        since = market.status.since if market.status else None
        markets.append(out(ListedMarketOut, market, country=code, status=market.state, since=since))
    return out(ListedOut, wallet, wallet=wallet, countries=codes, markets=markets)


def personas_out(catalog: Catalog) -> PersonasOut:
    """Return the document of the ready-made needs."""
    settings = catalog.criteria.settings
    personas = [
        out(PersonaOut, needs, persona=name, needs=settled(needs, settings))
        for name, needs in catalog.personas.items()
    ]
    return out(PersonasOut, catalog=catalog, personas=personas)


class WordOut(Out, frozen=True, kw_only=True):
    """A word as it is typed, and what it means."""

    word: str
    meaning: str


class WordFamilyOut(Out, frozen=True, kw_only=True):
    """Words of one kind, and the options (or the command) that take them."""

    family: str
    taken_by: tuple[str, ...]
    words: tuple[WordOut, ...]


class WordsOut(Out, frozen=True, kw_only=True):
    """`walletpick words --json`."""

    schema: Literal["walletpick/words/1"] = "walletpick/words/1"
    families: tuple[WordFamilyOut, ...]


def words_out(families: Iterable[WordFamily]) -> WordsOut:
    """Return the document of the words of some families."""
    return out(
        WordsOut,
        families=[
            out(
                WordFamilyOut,
                family,
                family=family.name,
                words=[WordOut(word=w, meaning=_(m)) for w, m in family.words.items()],
            )
            for family in families
        ],
    )
