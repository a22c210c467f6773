"""What changed between two versions of a catalog -> a page. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal

from walletpick.bill.bill import Bill
from walletpick.facts.money import ZERO, rounded
from walletpick.facts.places import in_country
from walletpick.language import N_, _, catalog_text, headed, with_brackets
from walletpick.pages.catalog_stats import answers_change
from walletpick.render.page import (
    Bullets,
    Cell,
    Column,
    Details,
    Heading,
    Page,
    Plain,
    Table,
    bullets,
    figures,
    marked,
    page,
    table,
    text,
)
from walletpick.upkeep.diff import WORKED_OUT, Change, Difference, summary
from walletpick.upkeep.effects import CostChange, Effect, First, Move, Standing
from walletpick.words.common import tenth
from walletpick.words.phrases import apart, clauses, count_words
from walletpick.words.prices import amount_words

_MARKS = {"added": "+", "removed": "-", "changed": ""}
# Points of less than this are not worth a word.
_WORTH_SAYING = Decimal("0.05")


def diff_page(difference: Difference, old: str, new: str, top: int) -> Page:
    """Return the page: a summary, the facts, and what they do to people.

    `old` and `new` say which versions these are; no list has more than `top` lines (0: all).
    """
    changes, effects = difference.changes, difference.effects
    facts = [change for change in changes if change.wallet]
    made = [change for change in changes if change.file == WORKED_OUT]
    shared = [change for change in changes if not change.wallet and change.file != WORKED_OUT]
    firsts = _first_lines(effects)
    costs = [(effect, cost) for effect in effects for cost in effect.costs]
    costs.sort(key=lambda pair: -abs(pair[1].by_usd))
    direct = [pair for pair in costs if pair[1].direct]
    elsewhere = [pair for pair in costs if not pair[1].direct]
    moves = [(effect, move) for effect in effects for move in effect.moves]
    moves.sort(key=lambda pair: (pair[1].pushed, _best_rank(pair[1])))
    lists: list[tuple[str, str, Sequence[object], Callable[..., Plain]]] = [
        (_("Facts"), "change", facts, _bullets),
        (_("Rules, rates and personas"), "change", shared, _bullets),
        (_("First places that change hands"), "", firsts, bullets),
        (_("What a year costs in the markets that change"), "change", direct, _cost_table),
        (_("What a year costs elsewhere"), "change", elsewhere, _cost_table),
        (_("Who moves in the rankings"), "move", moves, _move_table),
        (_("Averages, worked out anew"), "change", made, _bullets),
    ]
    before, after = difference.answers.old, difference.answers.new
    return page(
        Heading(_("What changes in the catalog from {old} to {new}", old=old, new=new), 1),
        text(summary(difference), "strong"),
        None if before == after else answers_change(before, after),
        *(_folded(*each, top) for each in lists if each[2]),
    )


def _folded(
    title: str, noun: str, items: Sequence[object], show: Callable[..., Plain], top: int
) -> Details:
    """Return the first of a list of items, under a title that says how many there are."""
    count = count_words(len(items), noun) if noun else str(len(items))
    parts = [show(items[: top or None])]
    if top and len(items) > top:
        form = N_("{count:,} more; walletpick catalog diff --top 0 shows all.")
        parts.append(text(_(form, count=len(items) - top), "dim"))
    return Details(headed(title, count), tuple(parts))


def _best_rank(move: Move) -> int:
    return min((rank for rank in (move.old.rank, move.new.rank) if rank), default=10**6)


def _bullets(changes: Iterable[Change]) -> Bullets:
    return marked((_MARKS[change.kind], change.text) for change in changes)


def _first_lines(effects: Iterable[Effect]) -> list[str]:
    """Return each first place that changes hands: who had it, who has it, and why."""
    lines = []
    for effect in effects:
        if first := effect.first:
            old, new = (one.name if one else _("nobody") for one in (first.old, first.new))
            words = _("{old} -> {new}", old=old, new=new)
            change = with_brackets(words, _why_first(first, effect.moves))
            country, form = in_country(effect.country), N_("{persona} in {country}: {change}")
            lines.append(_(form, persona=effect.persona, country=country, change=change))
    return lines


def _why_first(first: First, moves: Iterable[Move]) -> str:
    """Return what became of the wallet that was first, and of the one that is."""
    words = []
    for move in moves:
        if first.new and move.wallet == first.new.wallet:
            was = _("{wallet} was {place}", wallet=move.name, place=_standing_words(move.old))
            words.append(_with_shifts(was, move))
        elif first.old and move.wallet == first.old.wallet:
            now = _("{wallet} is now {place}", wallet=move.name, place=_standing_words(move.new))
            words.append(_with_shifts(now, move))
    return apart(words)


def _with_shifts(words: str, move: Move) -> str:
    """Return words with what its own points changed by the most: "+1.8 for reaching a person"."""
    told = [shift for shift in move.shifts if abs(shift.points) >= _WORTH_SAYING][:2]
    if not told:
        return words
    shifts = clauses(
        _("{points} for {title}", points=_signed(s.points), title=catalog_text(s.title))
        for s in told
    )
    return headed(words, shifts)


def _by_criterion(move: Move) -> str:
    """Return what its own points changed by: "trust +1.8, cost -0.2"."""
    points: dict[str, Decimal] = {}
    for shift in move.shifts:
        points[shift.criterion] = points.get(shift.criterion, ZERO) + shift.points
    told = sorted(points.items(), key=lambda item: -abs(item[1]))
    words = [
        _("{name} {value}", name=_(name), value=_signed(by))
        for name, by in told
        if abs(by) >= _WORTH_SAYING
    ]
    return clauses(words) or (_("under 0.1") if told else "")


def _signed(points: Decimal) -> str:
    return f"{points:+.1f}"


def _cost_table(costs: Iterable[tuple[Effect, CostChange]]) -> Table:
    return table(
        (
            *_whom(),
            Column(title=_("First year before"), right=True),
            Column(title=_("after"), right=True),
            figures(_("more or less")),
        ),
        (
            (
                *(effect.persona, effect.country),
                Cell(cost.name, "strong"),
                _cost_words(cost.old, cost.new),
                _cost_words(cost.new, cost.old),
                Cell(_by_words(cost), "bad" if cost.by_usd > 0 else "good"),
            )
            for effect, cost in costs
        ),
    )


def _whom() -> tuple[Column | str, ...]:
    """Return the columns that say for whom, and of which wallet."""
    return Column(title=_("Persona"), whole=True), Column(title=_("In"), whole=True), _("Wallet")


def _cost_words(bill: Bill, other: Bill) -> str:
    """Return a cost with its range, and its plan where that is another than before."""
    words, plan = amount_words(bill.yearly), bill.candidate.plan
    if not bill.complete:
        words = clauses([words, _("not all known")])
    if plan == other.candidate.plan:
        return words
    return _(N_("{cost} on {plan}") if plan else N_("{cost} on no plan"), cost=words, plan=plan)


def _by_words(cost: CostChange) -> str:
    """Return by how much a year's cost changes: "+12.00 USD"; "" across two currencies."""
    if cost.by is None:
        return ""
    currency = cost.new.currency
    return f"{rounded(cost.by, currency) + 0:+,f} {currency}" if cost.by else _("the range")


def _move_table(moves: Iterable[tuple[Effect, Move]]) -> Table:
    return table(
        (*_whom(), _("Place (points)"), _("after"), _("Own points")),
        (
            (
                *(effect.persona, effect.country),
                Cell(move.name, "strong"),
                _place_words(move.old),
                _place_words(move.new),
                _("others moved") if move.pushed else _by_criterion(move),
            )
            for effect, move in moves
        ),
    )


def _place_words(standing: Standing) -> str:
    """Return where a market stands, for a column: "2 (71.4)"."""
    if standing.state == "ranked" and standing.score is not None:
        return f"{standing.rank} ({tenth(standing.score)})"
    return _standing_words(standing)


def _standing_words(standing: Standing) -> str:
    """Return where a market stands: "2 (71.4 points)", "left out: cannot send money"."""
    if standing.state == "ranked" and standing.score is not None:
        return _("{rank} ({points} points)", rank=standing.rank, points=tenth(standing.score))
    if standing.state == "absent":
        return _("not there")
    state = _("left out") if standing.state == "left out" else standing.state
    return headed(state, standing.why) if standing.why else state
