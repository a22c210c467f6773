"""The wallets of the catalog, and the ready-made needs -> pages. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from walletpick.bill.observe import observe
from walletpick.documents.lists import ListedMarketOut, ListedOut, list_out
from walletpick.facts.model import Catalog, Needs, Wallet
from walletpick.facts.periods import period_of, stay_words
from walletpick.facts.places import country_name, is_spoken_in
from walletpick.language import (
    ENGLISH,
    N_,
    _,
    catalog_text,
    language,
    one_text,
    pgettext,
    with_brackets,
)
from walletpick.pages.plain import plain_page
from walletpick.render.page import Cell, Column, Page, page, table, text
from walletpick.score.ranking import candidates
from walletpick.words.common import KIND_NAMES
from walletpick.words.own import COUNTED
from walletpick.words.phrases import apart, count_words, in_a_row, usage_phrase

_MARKS = {
    "closed": N_("closed"),
    "restricted": N_("restricted"),
    "unconfirmed": N_("not confirmed to run"),
}


# So many countries of a wallet are named.
_NAMED = 8


def select(
    catalog: Catalog, today: date, country: str | None, has: Sequence[str], kind: str | None
) -> dict[str, list[str]]:
    """Return the wallets that fit, each with the countries where it has every word of `has`.

    `has` holds full words ("features:pay-nfc"). A word counts where it is known to hold, on one
    plan with all the others. With a country, only wallets that fit there are returned, and of their
    countries that one alone.
    """
    countries = {}
    for wallet in catalog.wallets:
        asked = [
            code
            for code, market in wallet.markets.items()
            if country in (None, code) and kind in (None, wallet.kind_in(market))
        ]
        codes = [c for c in asked if _has_all(wallet, c, has, catalog, today)]
        if codes:
            countries[wallet.id] = codes
    return countries


def _has_all(
    wallet: Wallet, country: str, has: Sequence[str], catalog: Catalog, today: date
) -> bool:
    return any(
        all(observe(candidate, word, Needs(), catalog, today).value for word in has)
        for candidate in candidates(wallet, country, wallet.markets[country])
    )


def _told(catalog: Catalog, has: Sequence[str]) -> set[tuple[str, str]]:
    """Return the wallets and countries of which the person told what decides about the list."""
    return {
        (wallet.id, country)
        for wallet in catalog.wallets
        for country, market in wallet.markets.items()
        for own in market.own
        if own.section == "status" or f"{own.section}:{own.word}" in has
    }


def list_page(
    countries: Mapping[str, Sequence[str]],
    catalog: Catalog,
    country: str | None,
    has: Sequence[str],
) -> Page:
    """Return the page of a list (see `select`)."""
    wallets = list_out(countries, catalog).wallets
    rows = [
        (
            Cell(each.wallet, "strong"),
            names(each),
            _(KIND_NAMES[each.kind]),
            _countries(each),
        )
        for each in wallets
    ]
    columns = (
        Column(title=_("Wallet"), whole=True),
        _("Name"),
        Column(title=_("What it is"), keep=5),
        _("Countries"),
    )
    notes = [_("{sentence}.", sentence=count_words(len(rows), "wallet"))]
    if any(_are_many(w) for w in wallets):
        notes.append(_("walletpick show WALLET names all countries of one."))
    # Also where what was told is that a wallet does not have it.
    told = any(country in (None, code) for _wallet, code in _told(catalog, has))
    return page(
        table(columns, rows),
        text(one_text(notes), "dim"),
        text(_(COUNTED), "dim") if told else None,
    )


def _are_many(wallet: ListedOut) -> bool:
    return len(wallet.markets) > _NAMED


def _countries(wallet: ListedOut) -> str:
    """Return the countries of a wallet, of many how many there are."""
    if _are_many(wallet):
        return count_words(len(wallet.markets), "country")
    return in_a_row(map(market_words, wallet.markets))


def list_table(
    countries: Mapping[str, Sequence[str]], catalog: Catalog, has: Sequence[str]
) -> Page:
    """Return a table of plain values, one row for each country of a wallet, for CSV."""
    titles = (
        *(_("wallet"), _("name"), _("local_names"), _("kind"), _("country"), _("currency")),
        *(_("status"), _("own")),
    )
    told = _told(catalog, has)
    rows = (
        (
            *(each.wallet, each.name, "; ".join(each.local_names.values()), each.kind),
            *(market.country, market.currency, market.status),
            (each.wallet, market.country) in told,
        )
        for each in list_out(countries, catalog).wallets
        for market in each.markets
    )
    return plain_page(titles, rows)


def names(wallet: ListedOut) -> str:
    """Return a wallet's name with what it is called in its countries: "Alipay (支付宝)".

    What readers of the language that is spoken call it comes first.
    """
    spoken = None if language() == ENGLISH else wallet.local_names.get(language())
    first, others = wallet.name, _names_there(wallet)
    if spoken:
        # What explains the name in English is of no use beside another.
        first, others = spoken, [wallet.name.partition(" (")[0], *others]
    others = [name for name in dict.fromkeys(others) if name != first]
    return with_brackets(first, in_a_row(others))


def _names_there(wallet: ListedOut) -> list[str]:
    """Return the names in languages that all the countries listed of a wallet speak."""
    there = {
        code: name
        for code, name in wallet.local_names.items()
        if code == ENGLISH or all(is_spoken_in(code, each.country) for each in wallet.markets)
    }
    if "zh-Hant" in there:
        # The same in the characters of the country.
        there.pop("zh", None)
    return list(there.values())


def market_words(market: ListedMarketOut) -> str:
    """Return a country with its code, and its market's status where it is not simply open."""
    words = f"{country_name(market.country)} {market.country}"
    mark = _MARKS.get(market.status)
    if not mark:
        return words
    state = _(mark)
    if market.since:
        state = _("{state} since {day}", state=state, day=market.since)
    return with_brackets(words, state)


def personas_table(catalog: Catalog) -> Page:
    """Return every usage of the ready-made needs in one table of plain values, for CSV."""
    rows = []
    for name, needs in catalog.personas.items():
        about = (catalog_text(needs.title), catalog_text(needs.about))
        head = (name, *about, needs.country, stay_words(needs.for_ or ""))
        for each in needs.use:
            done = (each.operation, each.method, each.country)
            rows.append((*head, *done, f"{each.amount:f}", needs.currency or "USD", each.times))
    columns = (
        *(_("persona"), _("title"), _("about"), _("country"), _("stay"), _("operation")),
        *(_("method"), pgettext("column", "to"), _("amount"), _("currency"), _("times")),
    )
    return plain_page(columns, rows)


def personas_page(catalog: Catalog) -> Page:
    """Return the page of the ready-made needs."""
    rows = []
    for name, needs in catalog.personas.items():
        currency, period = needs.currency or "USD", period_of(needs.for_)
        use = apart(usage_phrase(usage, currency, period) for usage in needs.use)
        about = (catalog_text(needs.title), catalog_text(needs.about))
        rows.append((Cell(name, "strong"), *about, use))
    columns = (
        Column(title=_("Name"), whole=True),
        _("Title"),
        Column(title=_("About"), keep=7),
        Column(title=_("What they do"), keep=3),
    )
    return page(table(columns, rows))
