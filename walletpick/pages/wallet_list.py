"""The wallets of the catalog, and the ready-made needs -> pages. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from walletpick.bill.observe import observe
from walletpick.facts.model import Catalog, Market, Needs, Wallet
from walletpick.facts.places import country_name
from walletpick.render.page import Cell, Column, Page, Table, text
from walletpick.score.ranking import candidates
from walletpick.words.phrases import usage_phrase

_MARKS = {"closed": "closed", "restricted": "restricted", "unconfirmed": "not confirmed to run"}


def select(
    catalog: Catalog, today: date, country: str | None, has: Sequence[str], kind: str | None
) -> dict[str, list[str]]:
    """Return the wallets that fit, each with the countries where it has every word of `has`.

    `has` holds full words ("features:pay-nfc"). A word counts where it is known to hold, on one
    plan with all the others. With a country, only wallets that fit there are returned.
    """
    found = {}
    for wallet in catalog.wallets:
        if kind and wallet.kind != kind:
            continue
        codes = [c for c in wallet.markets if _has_all(wallet, c, has, catalog, today)]
        if codes and (country is None or country in codes):
            found[wallet.id] = codes
    return found


def _has_all(
    wallet: Wallet, country: str, has: Sequence[str], catalog: Catalog, today: date
) -> bool:
    return any(
        all(observe(candidate, word, Needs(), catalog, today).value for word in has)
        for candidate in candidates(wallet, country, wallet.markets[country])
    )


def list_page(found: Mapping[str, Sequence[str]], catalog: Catalog) -> Page:
    """Return the page of a list (see `select`)."""
    rows = []
    for wallet in catalog.wallets:
        if wallet.id not in found:
            continue
        countries = ", ".join(
            country_words(code, wallet.markets[code]) for code in found[wallet.id]
        )
        rows.append(
            (Cell(wallet.id, "strong"), Cell(names(wallet)), Cell(wallet.kind), Cell(countries))
        )
    columns = (
        Column(title="Wallet", whole=True),
        Column(title="Name"),
        Column(title="Kind", whole=True, keep=5),
        Column(title="Countries"),
    )
    count = len(rows)
    return Page(
        (
            Table(columns=columns, rows=tuple(rows)),
            text(f"{count} wallet{'' if count == 1 else 's'}.", "dim"),
        )
    )


def list_table(found: Mapping[str, Sequence[str]], catalog: Catalog) -> Page:
    """Return a table of plain values, one row for each country of a wallet, for CSV."""
    rows = []
    for wallet in catalog.wallets:
        for code in found.get(wallet.id, ()):
            market = wallet.markets[code]
            status = market.status.state if market.status else "active"
            local = "; ".join(wallet.local_names.values())
            cells = (wallet.id, wallet.name, local, wallet.kind, code, market.currency, status)
            rows.append(tuple(Cell(words) for words in cells))
    titles = ("wallet", "name", "local_names", "kind", "country", "currency", "status")
    columns = tuple(Column(title=title) for title in titles)
    return Page((Table(columns=columns, rows=tuple(rows)),))


def names(wallet: Wallet) -> str:
    """Return a wallet's name with its names in other scripts: "Alipay (支付宝)"."""
    local = [name for name in dict.fromkeys(wallet.local_names.values()) if name != wallet.name]
    return f"{wallet.name} ({', '.join(local)})" if local else wallet.name


def country_words(code: str, market: Market) -> str:
    """Return a country with its code, and its market's status where it is not simply open."""
    mark = _MARKS.get(market.status.state, "") if market.status else ""
    if mark and market.status and market.status.since:
        mark += f" since {market.status.since}"
    return f"{country_name(code)} {code}{f' ({mark})' if mark else ''}"


def personas_page(catalog: Catalog) -> Page:
    """Return the page of the ready-made needs."""
    rows = []
    for name, needs in catalog.personas.items():
        currency = needs.currency or "USD"
        use = "; ".join(usage_phrase(usage, currency) for usage in needs.use)
        rows.append((Cell(name, "strong"), Cell(needs.title), Cell(needs.about), Cell(use)))
    columns = (
        Column(title="Name", whole=True),
        Column(title="Title"),
        Column(title="About", keep=7),
        Column(title="What they do", keep=3),
    )
    return Page((Table(columns=columns, rows=tuple(rows)),))
