"""What the law of its country taxes -> a market with these taxes beside its prices. Pure.

A tax is a fact of the law and stands once, in the file of the country. A wallet that states a tax
on an operation states all taxes on it, as a place does with its prices. The state takes its taxes
through the firms that it licensed: a wallet that serves a country from abroad, or may, takes none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import structs

from walletpick.facts.law import is_for, law_with, licence_class, with_bases
from walletpick.facts.model import Law, LawFee, Market, Source, Wallet
from walletpick.facts.walk import place_of

# Kinds of wallets that run only where a firm of the country holds a licence: theirs, or that of the
# bank whose card they pass on.
_LICENSED = ("mobile-money", "bank-account", "remittance", "pass-through")


def with_taxes(wallet: Wallet, laws: Mapping[str, Law]) -> Wallet:
    """Return a wallet whose markets know the taxes that the law takes, and where that stands.

    `laws` are those of the countries, each by its code, with the pieces marked with their file.
    """
    sources: dict[str, Source] = {}
    markets = {
        country: _taxed(market, country, wallet.kind_in(market), laws, sources)
        for country, market in wallet.markets.items()
    }
    return structs.replace(wallet, markets=markets, law_sources=sources)


def _taxed(
    market: Market, country: str, kind: str, laws: Mapping[str, Law], sources: dict[str, Source]
) -> Market:
    """Return a market with its taxes; their sources are added to `sources`."""
    licence = market.licence
    if not (kind in _LICENSED or (licence and place_of(licence.path) == country)):
        return market
    own = {rule.operation for rule in market.fees if rule.tax}
    taxes = []
    for tax in _taxes_of(laws, country, licence_class(market, kind)):
        law = law_with(laws, tax)
        cited = (tax.source, *tax.more_sources)
        # Of a source that is missing the check of the file speaks.
        if tax.operation in own or not law.sources.keys() >= set(cited):
            continue
        if tax.method and not _is_done_so(market, kind, tax.operation, tax.method):
            continue
        keys = {key: f"{law.country}/{key}" for key in cited}
        sources |= {name: law.sources[key] for key, name in keys.items()}
        more = tuple(keys[key] for key in tax.more_sources)
        taxes.append(structs.replace(tax, source=keys[tax.source], more_sources=more))
    return structs.replace(market, taxes=tuple(taxes)) if taxes else market


def _is_done_so(market: Market, kind: str, operation: str, method: str) -> bool:
    """Return whether anything says that an operation is done by a method there.

    What a remittance firm takes is what is sent.
    """
    claim = market.funding.get(method)
    if claim and claim.has and (kind == "remittance" or operation in claim.operation):
        return True
    return any(rule.operation == operation and rule.method == method for rule in market.fees)


def _taxes_of(laws: Mapping[str, Law], country: str, licence: str | None) -> Iterator[LawFee]:
    for law in with_bases(laws, country):
        yield from (tax for tax in law.taxes if is_for(tax, licence))
