"""Wallets, ready-made and saved needs, and the words that options take: lists as pages. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from walletpick.bill.observe import observe
from walletpick.documents.lists import ListedMarketOut, ListedOut, list_out
from walletpick.documents.person import saved_out
from walletpick.facts.model import Catalog, Needs, Wallet
from walletpick.facts.options import WordFamily
from walletpick.facts.periods import period_of, stay_words
from walletpick.facts.places import country_name, is_spoken_in
from walletpick.language import (
    ENGLISH,
    N_,
    _,
    catalog_text,
    headed,
    language,
    one_text,
    pgettext,
    with_brackets,
)
from walletpick.pages.parts import plain_page
from walletpick.render.page import Block, Cell, Column, Page, Piece, page, section, table, text
from walletpick.score.ranking import candidates
from walletpick.words.common import KIND_NAMES
from walletpick.words.own import COUNTED
from walletpick.words.phrases import apart, count_words, in_a_row, operation_phrase, usage_phrase

_MARKS = {
    "closed": N_("closed"),
    "restricted": N_("restricted"),
    "unconfirmed": N_("not confirmed to run"),
}
# So many countries of a wallet are named.
_NAMED = 8
# What the words of each family are that options take.
FAMILY_MEANINGS = {
    "operation": N_("what you do with money"),
    "method": N_("which way money goes"),
    "features": N_("what a wallet can do"),
    "security": N_("how it is secured"),
    "funding": N_("how money gets in"),
    "payout": N_("how money gets out"),
    "channels": N_("how one reaches its support"),
    "protection": N_("what protects the money"),
    "onboarding": N_("what signing up takes"),
    "closing": N_("how an account is closed"),
    "status": N_("whether it is open"),
    "have": N_("what you can put money in with"),
    "criterion": N_("what is scored"),
    "person": N_("what you are"),
    "given": N_("conditions of a price"),
    "platform": N_("what it runs on"),
    "kind": N_("kinds of wallets"),
    "matter": N_("what a complaint is about"),
    "persona": N_("ready-made needs"),
    "event": N_("what a diary notes"),
}


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
        (Cell(each.wallet, "strong"), names(each), _(KIND_NAMES[each.kind]), _countries(each))
        for each in wallets
    ]
    columns = (
        Column(title=_("Wallet"), whole=True),
        _("Name"),
        Column(title=_("What it is"), keep=5),
        _("Countries"),
    )
    notes = [_("{sentence}.", sentence=count_words(len(rows), "wallet"))]
    if any(len(each.markets) > _NAMED for each in wallets):
        notes.append(_("walletpick show WALLET names all countries of one."))
    # Also where what was told is that a wallet does not have it.
    told = any(country in (None, code) for _wallet, code in _told(catalog, has))
    return page(
        table(columns, rows),
        text(one_text(notes), "dim"),
        text(_(COUNTED), "dim") if told else None,
    )


def _countries(wallet: ListedOut) -> str:
    """Return the countries of a wallet, of many how many there are."""
    if len(wallet.markets) > _NAMED:
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


def needs_table(saved: Sequence[tuple[str, Needs | None]]) -> Page:
    """Return the names as one table of plain values, for CSV; no country means any."""
    rows = (
        (each.name, each.readable, each.country, " ".join(each.uses))
        for each in saved_out(saved).needs
    )
    return plain_page((_("name"), _("readable"), _("country"), _("uses")), rows)


def needs_page(saved: Sequence[tuple[str, Needs | None]]) -> Page:
    """Return the names with their country and uses; None stands for a file that is broken."""
    rows: list[tuple[Piece, ...]] = []
    for name, needs in saved:
        if needs is None:
            rows.append((Cell(name, "strong"), "?", Cell(_("cannot be read"), "bad")))
            continue
        where = country_name(needs.country) if needs.country else _("any")
        uses = in_a_row(operation_phrase(usage.operation) for usage in needs.use)
        uses = uses or pgettext("uses", "nothing")
        rows.append((Cell(name, "strong"), where, uses))
    return page(table((Column(title=_("Name"), whole=True), _("Country"), _("Uses")), rows))


def words_page(families: Iterable[WordFamily]) -> Page:
    """Return the page of words, a table for each family under what takes them."""
    return page(*map(_words, families))


def _words(family: WordFamily) -> Iterator[Block]:
    takers = in_a_row(family.taken_by)
    rows = ((Cell(word, "strong"), _(meaning)) for word, meaning in family.words.items())
    return section(
        headed(_family(family.name), takers),
        table((Column(title=_("Word"), whole=True), _("Meaning")), rows),
    )


def _family(name: str) -> str:
    """Return the name of a family as it is typed; beside its meaning where that is not English."""
    if language() == ENGLISH:
        return name
    return with_brackets(_(FAMILY_MEANINGS[name]), name)


def words_table(families: Iterable[WordFamily]) -> Page:
    """Return one table of all words, for CSV."""
    rows = (
        (family.name, word, _(meaning))
        for family in families
        for word, meaning in family.words.items()
    )
    return plain_page((_("family"), _("word"), _("meaning")), rows)
