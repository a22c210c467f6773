"""What a person noted and told -> the pages of `walletpick log` and `walletpick tell`. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from walletpick.documents.person import weight_on
from walletpick.facts.model import Catalog, ExperienceRules, Wallet
from walletpick.facts.money import HUNDRED
from walletpick.facts.names import wallet_name
from walletpick.facts.places import country_name
from walletpick.facts.vocabulary import EVENTS
from walletpick.language import N_, _, catalog_text, ngettext, one_text, percent_words, pgettext
from walletpick.pages.parts import plain_page
from walletpick.person.entry import Entry, numbered
from walletpick.person.known import Standing
from walletpick.render.page import (
    Block,
    Cell,
    Column,
    Heading,
    Page,
    Table,
    Tone,
    bullets,
    figures,
    page,
    paragraph,
    section,
    table,
    text,
)
from walletpick.score.experience import Experience, experiences, share_of_score
from walletpick.words import own as say
from walletpick.words.common import share_words, tenth
from walletpick.words.phrases import by_key, clauses, figure, in_a_row

_STAYS_BESIDE = N_(
    "What the catalog has for some cases only stays beside yours: a price for one case alone cannot"
    " be told."
)
# So many countries of a wallet are named in which the diary says the same.
_NAMED = 3


def effect_words(experience: Experience, rules: ExperienceRules) -> str:
    """Return what the diary does to a score, in a sentence."""
    return ngettext(
        "{count} entry on it now makes up {share} of its score, {most} being the most.",
        "{count} entries on it now make up {share} of its score, {most} being the most.",
        len(experience.entries),
        share=percent_words(tenth(share_of_score(experience, rules) * HUNDRED)),
        most=percent_words(figure(rules.most_percent)),
    )


def log_page(entries: Sequence[Entry], catalog: Catalog, today: date, path: str) -> Page:
    """Return the page: the entries by day, what they do to scores, and where the diary is."""
    title = Heading(_("Your diary"), 1)
    if not entries:
        nothing = _("Nothing is noted yet: walletpick log WALLET EVENT notes something.")
        return _empty_page(title, nothing, path)
    rules = catalog.criteria.settings.experience
    known = {wallet.id for wallet in catalog.wallets}
    gone = sorted({entry.wallet for entry in entries} - known)
    return page(
        title,
        _table(entries, catalog, today),
        section(_("What it does to scores"), bullets(_effects(entries, catalog, today))),
        text(
            _("Not in the catalog, so they count nowhere: {wallets}.", wallets=in_a_row(gone)),
            "unknown",
        )
        if gone
        else None,
        text(" ".join(catalog_text(rules.reason).split()), "dim"),
        text(_("walletpick log remove NUMBER takes an entry out."), "dim"),
        text(_("The diary is on this device only: {path}", path=path), "dim"),
    )


def _empty_page(title: Heading, nothing: str, path: str) -> Page:
    where = _("It will be kept on this device: {path}", path=path)
    return page(title, text(nothing), text(where, "dim"))


def _effects(
    entries: Sequence[Entry], catalog: Catalog, today: date
) -> list[tuple[Cell | str, str]]:
    """Return what the diary does to scores, a line for all countries of a wallet that are alike."""
    rules = catalog.criteria.settings.experience
    counted = experiences(entries, catalog.wallets, rules, today)
    alike: dict[tuple[str, str], list[str]] = {}
    for (wallet, country), experience in counted.items():
        words = _(
            ": {share} of the score is your diary's, which is {good} good",
            share=percent_words(tenth(share_of_score(experience, rules) * HUNDRED)),
            good=share_words(experience.value),
        )
        alike.setdefault((wallet, words), []).append(country)
    wallets = {wallet.id: wallet for wallet in catalog.wallets}
    return [
        (Cell(_markets_words(wallets[wallet], countries), "strong"), words)
        for (wallet, words), countries in alike.items()
    ]


def _markets_words(wallet: Wallet, countries: Sequence[str]) -> str:
    """Return a wallet with countries of it: "GCash (PH)", "Wise (in all 78 countries)"."""
    if len(countries) <= _NAMED + 1:
        where = in_a_row(countries)
    elif len(countries) == len(wallet.markets):
        where = _("in all {count} countries", count=len(countries))
    else:
        named, left = in_a_row(countries[:_NAMED]), len(countries) - _NAMED
        where = pgettext("countries", "{items} and {count} more", items=named, count=left)
    return _("{words} ({more})", words=wallet_name(wallet), more=where)


def noted_page(noted: str, effect: str, number: int, help_with: str, path: str) -> Page:
    """Return that something was noted, what it does, how it is taken back, and what helps.

    `help_with` is a command, or "".
    """
    return page(
        text(one_text(filter(None, (noted, effect)))),
        paragraph(_("What to do about it: "), Cell(help_with, "strong")) if help_with else None,
        paragraph(_("To take it back: "), Cell(f"walletpick log remove {number}", "strong")),
        text(_("The diary stays on this device: {path}", path=path), "dim"),
    )


def log_table(entries: Sequence[Entry], catalog: Catalog, today: date) -> Page:
    """Return the entries as one table of plain values, for CSV; no country means everywhere."""
    rules = catalog.criteria.settings.experience
    rows = []
    for number, entry in numbered(entries):
        weight = weight_on(entry, rules, today) * (1 if EVENTS[entry.event].value else -1)
        told = (number, entry.date, entry.wallet, entry.country, entry.event)
        rows.append((*told, round(weight, 2), entry.note))
    columns = (
        *(_("number"), _("date"), _("wallet"), _("country")),
        *(_("event"), _("weight"), _("note")),
    )
    return plain_page(columns, rows)


def _table(entries: Sequence[Entry], catalog: Catalog, today: date) -> Table:
    names = {wallet.id: wallet_name(wallet) for wallet in catalog.wallets}
    rules = catalog.criteria.settings.experience
    rows = []
    for number, entry in numbered(entries):
        event = EVENTS[entry.event]
        tone: Tone = "good" if event.value else "bad"
        sign = "+" if event.value else "-"
        rows.append(
            (
                str(number),
                entry.date,
                Cell(names.get(entry.wallet, entry.wallet), "strong"),
                country_name(entry.country) if entry.country else _("everywhere"),
                Cell(_(event.text), tone),
                f"{sign}{round(weight_on(entry, rules, today), 2)}",
                entry.note,
            )
        )
    columns = (
        figures("#"),
        Column(title=_("Day"), whole=True),
        _("Wallet"),
        Column(title=pgettext("column", "In"), keep=5),
        _("What happened"),
        figures(_("Weighs"), keep=4),
        # What one wrote oneself is never left out.
        _("Note") if any(entry.note for entry in entries) else None,
    )
    return table(columns, rows)


def told_page(rows: Sequence[Standing], path: str) -> Page:
    """Return what has just been told, beside what the catalog says, and how it is taken back."""
    told = (row.told for row in rows)
    markets = by_key((f"{each.wallet}@{each.country}", each.fact) for each in told)
    return page(
        bullets(map(say.noted_words, rows)),
        text(_("It counts in your answers at once, marked as yours; --no-own leaves it out.")),
        text(_(_STAYS_BESIDE)) if any(own.beside for row in rows for own in row.own) else None,
        *(
            paragraph(
                _("To take it back: "),
                Cell(f"walletpick tell forget {market} {' '.join(names)}", "strong"),
            )
            for market, names in markets.items()
        ),
        text(_("It stays on this device: {path}", path=path), "dim"),
    )


def own_page(rows: Sequence[Standing], path: str) -> Page:
    """Return the page: the facts by market, each beside what the catalog says, and the file."""
    title = Heading(_("Your own facts"), 1)
    if not rows:
        nothing = _("Nothing is told yet: walletpick tell wise@GB passkey=yes tells something.")
        return _empty_page(title, nothing, path)
    return page(
        title,
        _by_market(rows),
        text(_("They count in your answers, marked as yours; --no-own leaves them out."), "dim"),
        text(_("They are on this device only: {path}", path=path), "dim"),
    )


def _by_market(rows: Sequence[Standing]) -> Iterator[Block]:
    for name, those in by_key((say.market_words(row), row) for row in rows).items():
        yield Heading(name, 2)
        yield bullets(_item(row) for row in those)


def _item(row: Standing) -> tuple[Cell | str, ...]:
    told = row.told
    words = "" if row.own else _("; it does not count: {why}", why=say.idle_words(row))
    return (
        Cell(told.fact, "strong"),
        _(
            ", {fact}. You: {told}; {beside}",
            fact=say.title_of(row.target),
            told=say.told_words(row),
            beside=say.beside_told(row),
        ),
        Cell(words, "unknown"),
        Cell(f" [{clauses((told.seen, told.source))}]", "dim"),
    )


def own_table(rows: Sequence[Standing]) -> Page:
    """Return the facts alone, as one table of plain values."""
    columns = (
        *(_("wallet"), _("country"), _("fact"), _("you")),
        *(_("catalog"), _("counts"), _("seen"), _("source")),
    )
    told = (
        (
            *(row.told.wallet, row.told.country, row.told.fact, row.told.value),
            *(say.catalog_says(row), bool(row.own), row.told.seen, row.told.source),
        )
        for row in rows
    )
    return plain_page(columns, told)
