"""Parts that several pages share: sources, causes, charts, plain tables, recaps, feet. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal

from msgspec import structs

from walletpick import __version__
from walletpick.answers.almost import OneThing
from walletpick.answers.switch import Sum
from walletpick.bill.bill import Bill, is_priced
from walletpick.bill.observe import Candidate
from walletpick.facts.model import Needs, Source, Wallet
from walletpick.facts.money import HUNDRED, MoneyRange, Range
from walletpick.facts.names import wallet_name
from walletpick.language import N_, _, with_brackets
from walletpick.person.needs import one_currency
from walletpick.render.page import (
    Bar,
    Bars,
    Block,
    Bullets,
    Cell,
    Chart,
    Page,
    Table,
    bullets,
    hint_lines,
    page,
    paragraph,
    table,
    text,
)
from walletpick.score.causes import Cause
from walletpick.score.ranking import LeftOut, Place, weights_of
from walletpick.words.causes import bank_hints, but_for_words, by_words
from walletpick.words.common import UNKNOWN, Typed, age_words, cited, source_line, tenth, year_title
from walletpick.words.criteria import criterion_name
from walletpick.words.phrases import yes_no
from walletpick.words.prices import amount_words

_COSTS_NOTE = N_(
    "Solid is sure to be paid, striped may come on top, and the line across is the best guess."
)
_POINTS_TITLE = N_("Points by criterion")
_POINTS_NOTE = N_(
    "Solid is sure, striped is not, the line across is what counts, and the frame is all there is"
    " to be had."
)


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
    """Yield which wallet it is and what it lacks, and the other way to cash where it has one."""
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


def with_costs(
    table: Table, bills: Iterable[tuple[str, Bill]], needs: Needs, per_usd: Mapping[str, Decimal]
) -> Block:
    """Return a table of costs with their chart; without it where there is nothing to draw.

    Bills in several currencies are drawn in that of the needs. Raises UnknownRate.
    """
    priced = [(name, bill) for name, bill in bills if is_priced(bill, needs)]
    currency = one_currency((bill.currency for _name, bill in priced), needs)
    costs = [
        (name, bill.yearly.in_currency(currency, per_usd), bill.complete) for name, bill in priced
    ]
    return with_sums(table, costs, costs_title(needs))


def costs_title(needs: Needs) -> str:
    """Return what a chart of costs is headed."""
    return _("{time}: what it costs", time=year_title(needs))


def with_sums(table: Table, sums: Iterable[tuple[str, MoneyRange, bool]], title: str) -> Block:
    """Return a table of sums of money with their chart, if any is more than nothing.

    Each sum comes with its name, and with whether all of it is known.
    """
    bars = []
    for name, span, known in sums:
        amount = amount_words(span)
        words = amount if known else _("{amount}, in part a guess", amount=amount)
        bars.append(bar(name, span.ends, 0, words))
    if not any(each.low or each.high for each in bars):
        return table
    sure = all(each.low == each.high for each in bars)
    return Chart(Bars(tuple(bars), title, "" if sure else _(_COSTS_NOTE)), table)


def points_chart(place: Place, needs: Needs) -> Bars:
    """Return the points of each criterion that weighs something."""
    return Bars(tuple(place_bars(place, needs)), _(_POINTS_TITLE), _(_POINTS_NOTE))


def with_bars(table: Table, sides: Iterable[tuple[str, Iterable[Bar]]]) -> Block:
    """Return a table of points with the bars of each side, by criterion."""
    bars = [
        structs.replace(each, group=each.label, label=name)
        for name, given in sides
        for each in given
    ]
    order = list(dict.fromkeys(each.group for each in bars))
    bars.sort(key=lambda each: order.index(each.group))
    return Chart(Bars(tuple(bars), _(_POINTS_TITLE), _(_POINTS_NOTE)), table)


def place_bars(place: Place, needs: Needs) -> Iterator[Bar]:
    """Yield the points of each criterion of a place, and of one's own diary."""
    spans = {name: value.value for name, value in place.values.items()}
    weights = weights_of(place, needs)
    if place.own:
        spans["experience"] = Range.exactly(place.own.experience.value)
        weights["experience"] = place.own.share
    return points_bars(spans, weights)


def points_bars(spans: Mapping[str, Range], weights: Mapping[str, Decimal]) -> Iterator[Bar]:
    """Yield the points of each criterion that weighs something, from its value, 0 to 1."""
    for name, weight in weights.items():
        if not weight or name not in spans:
            continue
        span = spans[name].times(weight * HUNDRED)
        full = weight * HUNDRED
        words = _("{points} of {most}", points=tenth(span.estimate), most=tenth(full))
        if not span.exact:
            more = _("{low} to {high}", low=tenth(span.low), high=tenth(span.high))
            words = with_brackets(words, more)
        ends = span.low, span.estimate, span.high
        yield bar(criterion_name(name), ends, full, words)


def bar(label: str, ends: tuple[Decimal, Decimal, Decimal], full: Decimal | int, words: str) -> Bar:
    """Return a bar for a figure of which the low end, the estimate and the high end are given."""
    low, estimate, high = map(float, ends)
    return Bar(label=label, low=low, estimate=estimate, high=high, full=float(full), text=words)
