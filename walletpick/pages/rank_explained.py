"""Ranking -> the long answer: the points of each place by part, all reasons, who is left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from walletpick.bill.bill import Bill
from walletpick.facts.model import Averages, Catalog, Needs
from walletpick.facts.money import HUNDRED
from walletpick.facts.names import wallet_name
from walletpick.language import N_, _, catalog_text, one_text, pgettext, with_brackets
from walletpick.pages.parts import (
    bill_anchor,
    cause_cells,
    left_out_list,
    points_anchor,
    points_chart,
    with_causes,
)
from walletpick.render.page import (
    Block,
    Bullets,
    Cell,
    Column,
    Heading,
    Paragraph,
    Piece,
    Table,
    Tone,
    bullets,
    figures,
    marked,
    paragraph,
    section,
    table,
    text,
)
from walletpick.score.change import change
from walletpick.score.leads import leads
from walletpick.score.ranking import Place, Ranking, weights_of
from walletpick.score.reasons import part_traces, reasons
from walletpick.score.traces import Trace
from walletpick.words.bills import first_year_words, plan_name
from walletpick.words.common import share_words, tenth, year_title
from walletpick.words.criteria import by_criterion, criterion_name
from walletpick.words.gaps import thin_words
from walletpick.words.phrases import clauses, date_words, site
from walletpick.words.prices import plain_range
from walletpick.words.reasons import in_words, part_words
from walletpick.words.verdict import span_words, turn_words

_SCORE = N_(
    "Score is out of 100, Range is where it may lie, Known is how much of what these needs ask for"
    " is on record."
)
_UNKNOWN_FEE = N_(
    '"?" is a fee that is not known. It counts in the score as rather more than such fees usually'
    " are, and the range shows how far off that may be."
)
_MARKS = {"for": "+", "against": "-", "unknown": "?", "stale": "!"}


def explained(
    ranking: Ranking, shown: Sequence[Place], catalog: Catalog
) -> Iterator[Iterable[Block]]:
    """Yield the parts of the long answer: points and reasons by place, and who is left out.

    Only the places that are `shown` have their points told; the others are named.
    """
    yield [_table(ranking, shown), _legend(shown)]
    for place in shown:
        yield _explained(ranking, place.rank - 1, catalog.averages)
    if len(shown) > 1:
        yield _first_two(ranking)
    yield _change(ranking)
    behind = ranking.places[max(len(shown), len(ranking.field)) :]
    unconfirmed = ((place.wallet, place.unconfirmed) for place in behind)
    yield section(_("May also fit"), with_causes(_(", not confirmed: "), unconfirmed))
    yield section(_("Left out"), left_out_list(ranking.left_out))


def _table(ranking: Ranking, shown: Sequence[Place]) -> Table:
    priced = any(place.bill.moved for place in shown)
    spread = priced and any(_spread(place.bill) for place in shown)
    columns = (
        figures("#"),
        _("Wallet"),
        figures(_("Score")),
        figures(_("Range"), keep=5),
        Column(title=year_title(ranking.needs), right=True) if priced else None,
        figures(_("Low to high"), keep=3) if spread else None,
        figures(_("Known"), keep=4),
    )
    rows: list[tuple[Piece, ...]] = [
        (
            str(place.rank),
            Cell(with_plan(place), "strong"),
            Cell(tenth(place.score.estimate), "strong", f"#{points_anchor(place.candidate)}"),
            Cell(
                _("{low} to {high}", low=tenth(place.score.low), high=tenth(place.score.high)),
                link=f"#{points_anchor(place.candidate)}",
            ),
            first_year_cell(place),
            Cell(_spread(place.bill), link=f"#{bill_anchor(place.candidate)}"),
            Cell(share_words(place.evidence), link=f"#{points_anchor(place.candidate)}"),
        )
        for place in shown
    ]
    return table(columns, rows)


def first_year_cell(place: Place, ways: bool = True) -> Cell:
    """Return the cost of the first year, or of the stay, which leads to its bill."""
    tone: Tone = "" if place.bill.complete else "unknown"
    return Cell(first_year_words(place.bill, ways), tone, f"#{bill_anchor(place.candidate)}")


def _spread(bill: Bill) -> str:
    """Return from where to where the first year's cost may lie; "" where both look the same."""
    return "" if bill.yearly.rounded.exact else plain_range(bill.yearly)


def _legend(shown: Sequence[Place]) -> Paragraph:
    lines = [_(_SCORE)]
    if any(place.bill.moved and not place.bill.complete for place in shown):
        lines.append(_(_UNKNOWN_FEE))
    if any(first_year_words(place.bill).startswith(pgettext("price", "about")) for place in shown):
        lines.append(_('"about": the price is a range, or stands in an old source.'))
    lines.append(_("Bars: first what is sure, then up to the estimate, then up to the best case."))
    return text(one_text(lines), "dim")


def _explained(ranking: Ranking, index: int, averages: Averages) -> Iterator[Block]:
    place = ranking.places[index]
    yield Heading(f"{place.rank}. {wallet_name(place.wallet)}", 2, points_anchor(place.candidate))
    if place.unconfirmed:
        yield paragraph(_("Not confirmed: "), *cause_cells(place.unconfirmed), _("."))
    if place.thin:
        yield text(_("Little is known of it: {what}.", what=thin_words(place)), "unknown")
    yield points_chart(place, ranking.needs)
    yield points_parts(place, ranking.needs)
    if spoken := in_words(reasons(ranking, index, averages)):
        yield marked(
            # A source cannot say what is not known; it says what there is.
            (_MARKS[reason.kind], (words, *_cited(reason.facts, reason.kind == "unknown")))
            for words, reason in spoken.items()
        )


def _cited(facts: Sequence[Trace], unknown: bool = False) -> tuple[Cell, ...]:
    """Return the first source of facts in short, and how many more there are.

    The page of the wallet has them all.
    """
    if not facts:
        return ()
    source = facts[0].source
    others = {fact.source.url for fact in facts} - {source.url}
    words = clauses([site(source), date_words(source)])
    if others:
        words = _("{words} and {count} more", words=words, count=len(others))
    if unknown:
        words = _("what is published: {words}", words=words)
    return (Cell(f" [{words}]", "dim", source.url),)


def points_parts(place: Place, needs: Needs) -> Bullets:
    """Return the parts behind the bars: the points of each, and what it rests on."""
    weights = weights_of(place, needs)
    items: list[tuple[Piece, ...]] = []
    for name, value in place.values.items():
        for part in value.parts:
            full = part.share * weights[name] * HUNDRED
            if not full:
                continue
            own = tenth(part.value.estimate * full)
            points = Cell(_("{points} of {most}", points=own, most=tenth(full)), "strong")
            items.append(
                (
                    _part_title(name, part.part.title),
                    points,
                    _("; ") + part_words(place, part),
                    *_cited(part_traces(place, part)),
                )
            )
        items += [
            (
                _part_title(name, part.title),
                Cell(_("does not apply"), "strong"),
                _("; "),
                Cell(catalog_text(part.not_for.reason), "dim"),
            )
            for part in value.not_applying
            if part.not_for and weights[name]
        ]
    return bullets(items)


def _part_title(criterion: str, title: str) -> str:
    name = criterion_name(criterion)
    return _("{criterion}, {part}: ", criterion=name, part=catalog_text(title))


def _first_two(ranking: Ranking) -> Iterator[Block]:
    first, second = ranking.places[0], ranking.places[1]
    points = by_criterion((lead.criterion, lead.points) for lead in leads(first, second, ranking))
    if not points:
        return
    names = {"first": wallet_name(first.wallet), "second": wallet_name(second.wallet)}
    yield Heading(_("Why {first} before {second}", **names), 2)
    gap = first.score.estimate - second.score.estimate
    yield text(_("Points: {points}; in all {sum}.", points=points, sum=f"{gap:+.1f}"))
    # Worth a word only where the unknown is large beside the lead.
    room = max(second.score.high - second.score.estimate, first.score.estimate - first.score.low)
    if second.score.high > first.score.low and gap < room / 2:
        form = N_("What is not known could turn them around: {first} and {second}.")
        words = _(form, first=_span_words(first), second=_span_words(second))
        yield text(words, "unknown")


def _span_words(place: Place) -> str:
    name, low, high = wallet_name(place.wallet), tenth(place.score.low), tenth(place.score.high)
    return _("{wallet} may lie anywhere from {low} to {high}", wallet=name, low=low, high=high)


def _change(ranking: Ranking) -> Iterator[Block]:
    """Yield the weights and prices that would change the first place."""
    turns = change(ranking)
    if len(ranking.places) < 2:
        return
    yield Heading(_("What would change it"), 2)
    yield text(_("Each alone, all else as it is. Weights are 0 to 5 (--weight)."), "dim")
    weights = [words for each in turns.weights if (words := span_words(each, ranking))]
    weights = weights or [_("No single weight would put another first")]
    prices = [turn_words(each, ranking) for each in turns.prices]
    yield bullets([_("{words}.", words=words) for words in (*weights, *prices)])


def with_plan(place: Place) -> str:
    """Return a wallet's name with that of the plan taken."""
    name = wallet_name(place.wallet)
    # "Monzo (Monzo)" and "N26 (N26 Standard)" would say the name twice.
    plan = plan_name(place.candidate).removeprefix(place.wallet.name).strip()
    return with_brackets(name, plan)
