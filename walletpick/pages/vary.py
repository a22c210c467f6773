"""What wallets cost over a range -> the page that `walletpick cost --vary` shows. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import chain, pairwise

from msgspec import structs

from walletpick.answers import vary
from walletpick.answers.vary import Variation
from walletpick.bill.bill import Bill
from walletpick.documents.vary import VariationOut
from walletpick.facts.model import Catalog, Needs
from walletpick.facts.periods import period_of
from walletpick.language import N_, _, with_brackets
from walletpick.pages.cost import itemised, unanswered_note
from walletpick.pages.parts import bill_anchor, plain_page
from walletpick.render.page import (
    Block,
    Cell,
    Chart,
    Column,
    Crossing,
    Heading,
    Lines,
    Page,
    Piece,
    Point,
    Series,
    Table,
    bullets,
    page,
    table,
    text,
    texts,
)
from walletpick.score.ranking import Judgement
from walletpick.score.reasons import bill_is_own
from walletpick.words import costs as say
from walletpick.words.bills import first_year_words, plan_name, ways_words
from walletpick.words.causes import by_words
from walletpick.words.common import UNKNOWN, asked_words, first_upper, year_title
from walletpick.words.own import COUNTED
from walletpick.words.phrases import a_month, a_year, any_of, clauses, in_a_row
from walletpick.words.prices import plain_range

_CSV_COLUMNS = (
    *(N_("amount"), N_("times"), N_("wallet"), N_("country"), N_("currency"), N_("plan")),
    *(N_("fits"), N_("all_known"), N_("cheapest"), N_("cheapest_of_known")),
    *(N_("cost"), N_("cost_low"), N_("cost_high")),
    *(N_("cost_in_needs_currency"), N_("own")),
)


def vary_page(variation: Variation, catalog: Catalog, whole: date | None) -> Page:
    """Return the page: who is cheapest from where to where, a plot, and a table of some values.

    With the day as `whole`, the bills of all these values follow, to which the table leads.
    """
    needs = variation.needs
    others = asked_words(structs.replace(needs, use=needs.use[:-1]))
    title = N_("What it would cost, by the number of uses")
    if variation.varied.of == "amount":
        title = N_("What it would cost, by the amount")
    told, uncounted = say.cheapest_words(variation), list(say.uncounted_words(variation))
    return page(
        Heading(_(title), 1),
        bullets([say.varied_words(variation), *others]),
        text(told[0], "strong") if len(told) == 1 else None,
        bullets(told) if len(told) > 1 else None,
        bullets(Cell(words, "unknown") for words in uncounted) if uncounted else None,
        unanswered_note([point.judgements for point in variation.points], catalog),
        _chart(variation),
        _notes(variation),
        itemised(_bills(variation), catalog, whole) if whole else None,
    )


def _chart(variation: Variation) -> Block:
    """Return the table, under the lines of the wallets where anything is known to be paid."""
    made = _table(variation)
    drawn = filter(_is_drawn, chain(*variation.pieces))
    if not any(each.start or each.end for each in drawn):
        return made
    currency, period = variation.needs.currency, period_of(variation.needs.for_)
    title, across = N_("{year}: what it costs, by the number of uses"), N_("times {often}")
    if variation.varied.of == "amount":
        title, across = N_("{year}: what it costs, by the amount"), N_("{currency} {often}")
    lines = Lines(
        title=_(title, year=year_title(variation.needs)),
        across=_(across, currency=currency, often=a_month(period)),
        up=_("{currency} {often}", currency=currency, often=a_year(period)),
        series=tuple(
            Series(
                say.market_name(variation, number),
                tuple(map(_part, filter(_is_drawn, variation.pieces[number]))),
            )
            for number in range(len(variation.markets))
        ),
        crossings=tuple(_crossings(variation)),
    )
    return Chart(lines, made)


def _is_drawn(piece: vary.Piece) -> bool:
    return piece.state == "priced"


def _part(piece: vary.Piece) -> tuple[Point, ...]:
    ends = dict.fromkeys(((piece.low, piece.start), (piece.high, piece.end)))
    return tuple(Point(at=float(at), figure=float(cost)) for at, cost in ends)


def _crossings(variation: Variation) -> Iterator[Crossing]:
    """Yield where another wallet becomes the cheapest."""
    for before, after in pairwise(variation.told):
        if not before.cheapest or after.cheapest in ((), before.cheapest):
            continue
        cost = next(
            piece.start + (piece.end - piece.start) * _share(piece, after.low)
            for piece in variation.pieces[after.cheapest[0]]
            if piece.low <= after.low <= piece.high
        )
        words = say.change_words(variation, after)
        yield Crossing(at=float(after.low), figure=float(cost), text=words)


def _share(piece: vary.Piece, at: Decimal) -> Decimal:
    return (at - piece.low) / (piece.high - piece.low) if piece.high > piece.low else Decimal(0)


def _table(variation: Variation) -> Table:
    often = first_upper(a_month(period_of(variation.needs.for_)))
    names = [say.market_name(variation, number) for number in range(len(variation.markets))]
    columns = (
        Column(title=often, whole=True),
        *(Column(title=name, right=True) for name in names),
        _("Cheapest") if len(names) > 1 else None,
    )
    rows: list[tuple[Piece, ...]] = [
        (
            say.value_words(variation, point.value),
            *_costs(variation, point),
            _cheapest(point, names),
        )
        for point in variation.points
    ]
    title, currency = year_title(variation.needs), _one_currency(variation)
    if currency:
        title = _("{title}, in {currency}", title=title, currency=currency)
    return structs.replace(table(columns, rows), title=title)


def _cheapest(point: vary.Point, names: Sequence[str]) -> str:
    if not point.cheapest:
        return _("not known")
    words = in_a_row(names[number] for number in point.cheapest)
    return _("{wallets}, of those known", wallets=words) if point.perhaps else words


def _one_currency(variation: Variation) -> str | None:
    """Return the currency that all bills are in, if they are in one."""
    currencies = {wallet.markets[code].currency for wallet, code in variation.markets}
    return currencies.pop() if len(currencies) == 1 else None


def _costs(variation: Variation, point: vary.Point) -> Iterator[Cell]:
    """Yield what each wallet costs at a value; with its plan, where that is not always the same."""
    for number, item in enumerate(point.judgements):
        if not item.fits:
            yield Cell(_("cannot be done") if item.bill.impossible else _("does not fit"), "bad")
            continue
        words = first_year_words(item.bill, ways=False, ends=False)
        if UNKNOWN in words:
            words = _guess(item.bill)
        if currency := _one_currency(variation):
            words = words.replace(f" {currency}", "")
        plans = {each.judgements[number].bill.candidate.plan for each in variation.points}
        if len(plans) > 1:
            words = with_brackets(words, plan_name(item.bill.candidate))
        link = f"#{bill_anchor(item.bill.candidate, _at(variation, point))}"
        least = number in point.cheapest and not point.perhaps
        yield Cell(words, "strong" if least else "", link)


def _guess(bill: Bill) -> str:
    """Return what a bill is guessed at, marked as a guess: "about 418.50 USD ?"."""
    year = bill.yearly
    if not year.rounded.high:
        return UNKNOWN
    middle = plain_range(year) if not year.rounded.estimate else f"{year.rounded.estimate:,f}"
    return _("about {amount}", amount=f"{middle} {bill.currency} {UNKNOWN}")


def _bills(variation: Variation) -> Iterator[tuple[str, Judgement, Needs]]:
    """Yield the bills of all values that are shown, each with its value in words."""
    *others, last = variation.needs.use
    assert last.operation == variation.varied.usage.operation
    for point in variation.points:
        use = (*others, variation.varied.at(point.value))
        needs = structs.replace(variation.needs, use=use)
        for item in point.judgements:
            yield _at(variation, point), item, needs


def _at(variation: Variation, point: vary.Point) -> str:
    return _("At {amount}", amount=say.value_words(variation, point.value))


def _ways(variation: Variation) -> str:
    """Return by which ways to pay the prices hold, where the person named none."""
    by_name = {
        say.market_name(variation, number): dict.fromkeys(
            ways_words(point.judgements[number].bill).removeprefix(_(", "))
            for point in variation.points
            if first_year_words(point.judgements[number].bill) != UNKNOWN
        )
        for number in range(len(variation.markets))
    }
    told = {name: any_of(filter(None, ways)) for name, ways in by_name.items()}
    told = {name: words for name, words in told.items() if words}
    if not told:
        return ""
    if len({*told.values()}) == 1:
        return _("Priced {ways}, where the way matters.", ways=next(iter(told.values())))
    ways = [_("{way} at {wallet}", way=words, wallet=name) for name, words in told.items()]
    return _("Priced {ways}.", ways=clauses(ways))


def _notes(variation: Variation) -> Iterator[Block]:
    yield from texts(_ways(variation))
    cells = [cell.text for point in variation.points for cell in _costs(variation, point)]
    if any(UNKNOWN in words for words in cells):
        form = N_(
            '"{mark}" marks a guess: a fee is not known, and what others charge stands in for it.'
        )
        yield text(_(form, mark=UNKNOWN), "dim")
    about = _("about {amount}", amount="")
    if any(words.startswith(about.strip()) for words in cells):
        yield text(_('"about": the price is a range, or stands in an old source.'), "dim")
    first = variation.points[0]
    notes = [
        _(
            "{wallet}, not confirmed: {causes}.",
            wallet=say.market_name(variation, number),
            causes=words,
        )
        for number, item in enumerate(first.judgements)
        if item.fits
        for words in by_words(item.unconfirmed)
    ]
    if notes:
        yield bullets(Cell(words, "unknown") for words in notes)
    bill = _("The bill at one of these, line by line, with its sources: --use in place of --vary.")
    yield text(bill, "dim")
    if any(bill_is_own(item.bill) for point in variation.points for item in point.judgements):
        yield text(_(COUNTED), "dim")


def vary_table(document: VariationOut) -> Page:
    """Return what each wallet costs at each value in one table of plain values, for CSV."""
    rows = (
        (
            *(point.amount, point.times, each.wallet, each.country, each.currency, each.plan),
            *(each.fits, bool(cost and cost.complete), each.cheapest, each.cheapest_of_known),
            *((cost.estimate, cost.low, cost.high) if cost else (None, None, None)),
            *(each.cost_in_needs_currency, each.own),
        )
        for point in document.points
        for each in point.costs
        for cost in (each.cost,)
    )
    return plain_page(map(_, _CSV_COLUMNS), rows)
