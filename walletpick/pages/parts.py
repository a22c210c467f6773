"""Parts that several pages share: sources, causes, plain tables, recaps, feet. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date

from walletpick import __version__
from walletpick.answers.almost import OneThing
from walletpick.answers.switch import Sum
from walletpick.bill.observe import Candidate
from walletpick.facts.model import Needs, Source, Wallet
from walletpick.facts.money import MoneyRange
from walletpick.facts.names import wallet_name
from walletpick.language import _
from walletpick.render.page import (
    Block,
    Bullets,
    Cell,
    Page,
    bullets,
    hint_lines,
    page,
    paragraph,
    table,
    text,
)
from walletpick.score.causes import Cause
from walletpick.score.ranking import LeftOut
from walletpick.words.causes import bank_hints, but_for_words, by_words
from walletpick.words.common import UNKNOWN, Typed, age_words, cited, source_line
from walletpick.words.phrases import yes_no


def source_cell(key: str, source: Source, stale: bool) -> Cell:
    """Return the mark that stands after a fact: " [fees, stale: 2021-04]"."""
    return Cell(f" {cited(key, source, stale)}", "unknown" if stale else "dim", source.url)


def cause_cells(causes: Iterable[Cause]) -> tuple[Cell, ...]:
    """Return causes in one sentence, each once, each leading to its source."""
    cells: list[Cell] = []
    for words, cause in by_words(causes).items():
        cells += [Cell(_("; "))] if cells else []
        cells.append(Cell(words, link=cause.source.url if cause.source else ""))
    return tuple(cells)


def with_causes(lead: str, markets: Iterable[tuple[Wallet, Iterable[Cause]]]) -> Bullets:
    """Return wallets with the causes of each, which lead to their sources; `lead` is between."""
    return bullets(
        (Cell(wallet_name(wallet), "strong"), lead, *cause_cells(causes))
        for wallet, causes in markets
    )


def left_out_list(left_out: Iterable[LeftOut]) -> Bullets:
    """Return the markets that are left out, each with its causes in words."""
    return with_causes(_(": "), ((each.wallet, each.causes) for each in left_out))


def sum_cell(amount: Sum, words: Callable[[MoneyRange, bool], str]) -> Cell:
    """Return what is known of a sum, with "+ ?" where not all is; a guess is called one.

    `words` say it, given what is known and whether that is all.
    """
    told = words(amount.published, amount.complete)
    if amount.is_guessed:
        told = _("{amount}, guessed", amount=words(amount.total, True))
    rest = f" + {UNKNOWN}" if amount.complete and amount.from_abroad else ""
    return Cell(told + rest, "" if amount.complete else "unknown")


def bill_anchor(candidate: Candidate, at: str = "") -> str:
    """Return by which name links of a page reach the bill of a market, or one of several of it."""
    return f"bill {candidate.wallet.id} {candidate.country} {at}".rstrip()


def points_anchor(candidate: Candidate) -> str:
    """Return by which name links of a page reach the points of a market."""
    return f"points {candidate.wallet.id} {candidate.country}"


def source_list(sources: Mapping[str, Source], today: date) -> Bullets:
    """Return the sources by the keys that marks name, each with its age and address."""
    return bullets(
        (
            Cell(f"[{key}] ", "strong"),
            _("{source} ({age}). ", source=source_line(source), age=age_words(source, today)),
            *filter(None, [source.url]),
        )
        for key, source in sources.items()
    )


def almost_blocks(almost: OneThing, needs: Needs, typed: Typed) -> Iterator[Block]:
    """Yield which wallet it is and what it lacks, and the other way to cash where it has one.

    `typed` are usages as the person wrote them: the amount in all, and its currency.
    """
    yield text(but_for_words(almost.left_out), "strong")
    if almost.instead:
        yield from hint_lines(bank_hints(needs, typed))


def recap(verdict: str, cost: str = "", more: Iterable[Block | None] = ()) -> Page:
    """Return the verdict, and what it costs, in a line; `more` stands below."""
    return page(paragraph(_("The answer: "), Cell(verdict, "strong"), cost), *more)


def plain_page(columns: Iterable[str], rows: Iterable[Iterable[object]]) -> Page:
    """Return one table of rows that have any values.

    What there is not (None, or a row that ends early) is an empty cell, and a truth is yes or no.
    """
    titles = list(columns)
    plain = ([_plain(each) for each in row] for row in rows)
    return page(table(titles, (row + [""] * (len(titles) - len(row)) for row in plain)))


def _plain(value: object) -> str:
    if value is None:
        return ""
    return yes_no(value) if isinstance(value, bool) else str(value)


def with_foot(page: Page, today: date, newest: str) -> Page:
    """Return a page that says at its end when it was made, and of when its newest fact may be."""
    words = _(
        "Made on {day} by walletpick {version}, of facts read until {newest}. Prices change: look"
        " at the source of a price before you rely on it.",
        day=today,
        version=__version__,
        newest=newest,
    )
    return Page((*page.blocks, text(words, "dim")))
