"""Bills and points -> the charts of a page. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from msgspec import structs

from walletpick.bill.bill import Bill, is_priced
from walletpick.facts.model import Needs
from walletpick.facts.money import HUNDRED, MoneyRange, Range
from walletpick.language import N_, _, with_brackets
from walletpick.person.needs import one_currency
from walletpick.render.page import Bar, Bars, Block, Chart, Table
from walletpick.score.ranking import Place, weights_of
from walletpick.words.common import tenth, year_title
from walletpick.words.criteria import criterion_name
from walletpick.words.prices import amount_words

_COSTS_NOTE = N_(
    "Solid is sure to be paid, striped may come on top, and the line across is the best guess."
)
_POINTS_TITLE = N_("Points by criterion")
_POINTS_NOTE = N_(
    "Solid is sure, striped is not, the line across is what counts, and the frame is all there is"
    " to be had."
)


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
        bars.append(_bar(name, span.ends, 0, words))
    if not any(bar.low or bar.high for bar in bars):
        return table
    sure = all(bar.low == bar.high for bar in bars)
    return Chart(Bars(tuple(bars), title, "" if sure else _(_COSTS_NOTE)), table)


def points_chart(place: Place, needs: Needs) -> Bars:
    """Return the points of each criterion that weighs something."""
    return Bars(tuple(_points_bars(place, needs)), _(_POINTS_TITLE), _(_POINTS_NOTE))


def with_points(table: Table, sides: Iterable[tuple[str, Place]], needs: Needs) -> Block:
    """Return a table of points with their chart: for each criterion, a bar for each side."""
    return with_bars(table, ((name, _points_bars(place, needs)) for name, place in sides))


def with_bars(table: Table, sides: Iterable[tuple[str, Iterable[Bar]]]) -> Block:
    """Return a table of points with the bars of each side, by criterion."""
    bars = [
        structs.replace(bar, group=bar.label, label=name) for name, given in sides for bar in given
    ]
    order = list(dict.fromkeys(bar.group for bar in bars))
    bars.sort(key=lambda bar: order.index(bar.group))
    return Chart(Bars(tuple(bars), _(_POINTS_TITLE), _(_POINTS_NOTE)), table)


def _points_bars(place: Place, needs: Needs) -> Iterator[Bar]:
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
        yield _bar(criterion_name(name), ends, full, words)


def _bar(
    label: str, ends: tuple[Decimal, Decimal, Decimal], full: Decimal | int, words: str
) -> Bar:
    low, estimate, high = map(float, ends)
    return Bar(label=label, low=low, estimate=estimate, high=high, full=float(full), text=words)
