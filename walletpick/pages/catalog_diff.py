"""What changed between two versions of a catalog -> rows in words, and the page of them. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Literal

from msgspec import Struct

from walletpick.facts.model import Source
from walletpick.facts.money import ZERO, rounded
from walletpick.facts.places import in_country
from walletpick.facts.walk import CLAIMS, Item
from walletpick.render.page import (
    Block,
    Bullets,
    Cell,
    Column,
    Details,
    Heading,
    Page,
    Plain,
    Table,
    text,
)
from walletpick.upkeep.diff import (
    Change,
    Cost,
    CostChange,
    Difference,
    Effect,
    FactChange,
    Move,
    SourceChange,
    Standing,
    ValueChange,
    Whole,
    differing_keys,
)
from walletpick.words.common import tenth
from walletpick.words.facts import source_mark, title_words, value_words
from walletpick.words.phrases import date_words

Kind = Literal["added", "removed", "changed"]

_MARKS: dict[Kind, str] = {"added": "+", "removed": "-", "changed": ""}
# Files that are worked out from the others: their changes are shown last, and folded up.
WORKED_OUT = "averages.yaml"
# Files whose changes touch the ranking of every wallet.
_SHARED = ("criteria.yaml", "rates.yaml", "escalation.yaml")
# The longest text of a value that is shown whole.
_LONGEST = 300
# Points of less than this are not worth a word.
_WORTH_SAYING = Decimal("0.05")


class Row(Struct, frozen=True, kw_only=True):
    """One change in words. `section` is a key of the file; `old` and `new` are "" where nothing is.

    `path` leads to the fact in its file, in the new version if it is there.
    """

    kind: Kind
    file: str
    wallet: str = ""
    name: str = ""
    country: str = ""
    section: str
    what: str
    old: str = ""
    new: str = ""
    key: str = ""
    source: Source | None = None
    path: str = ""


def rows_of(difference: Difference) -> list[Row]:
    """Return every change as rows, in the order of wallets, then of files."""
    return [row for change in difference.changes for row in _rows(change)]


def row_words(row: Row) -> str:
    """Return a row as one line: "PayPal (DE): withdraw: 1 % -> 1.5 %, source fees, 2026-05"."""
    where = row.file
    if row.name:
        where = f"{row.name} ({row.country})" if row.country else row.name
    tail = f", {source_mark(row.key, row.source)}" if row.source else ""
    if row.kind == "changed":
        return f"{where}: {row.what}: {_cut(row.old)} -> {_cut(row.new)}{tail}"
    value = _cut(row.new or row.old)
    return f"{where}: {row.kind}: {row.what}{f': {value}' if value else ''}{tail}"


def _cut(words: str) -> str:
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"


def _kind(old: object, new: object) -> Kind:
    if old is None:
        return "added"
    return "removed" if new is None else "changed"


def _rows(change: Change) -> Iterator[Row]:
    if isinstance(change, Whole):
        yield _whole(change)
    elif isinstance(change, FactChange):
        yield from _fact_rows(change)
    elif isinstance(change, SourceChange):
        yield _source_row(change)
    else:
        yield _value_row(change)


def _whole(change: Whole) -> Row:
    wallet = change.wallet
    counts = sum(change.counts.values())
    facts = f"{_many(counts, 'fact')} ({_listed(change.counts)})" if counts else "no facts"
    if change.country:
        what, said = f"the market of {in_country(change.country)}", facts
    else:
        codes = ", ".join(wallet.markets)
        what, said = "the wallet", f"{_many(len(wallet.markets), 'market')} ({codes}), {facts}"
    return Row(
        kind="added" if change.added else "removed",
        file=wallet.file,
        wallet=wallet.id,
        name=wallet.name,
        country=change.country,
        section="markets" if change.country else "wallet",
        what=what,
        new=said if change.added else "",
        old="" if change.added else said,
        path=f"markets.{change.country}" if change.country else "",
    )


def _listed(counts: dict[str, int]) -> str:
    claims = sum(count for section, count in counts.items() if section in CLAIMS)
    parts = {
        "fee": counts.get("fees", 0),
        "limit": counts.get("limits", 0),
        "claim": claims,
    }
    said = [_many(count, noun) for noun, count in parts.items() if count]
    rest = sum(counts.values()) - sum(parts.values())
    return ", ".join([*said, f"{rest} other"] if rest else said)


def _fact_rows(change: FactChange) -> Iterator[Row]:
    """Yield what a fact says anew; then, each on a line of its own, its source and its note."""
    old, new = change.old, change.new
    item = new or old
    assert item is not None
    source = change.new_source if new else change.old_source

    def row(what: str, was: str, now: str, *, marked: bool = True) -> Row:
        return Row(
            kind=_kind(old, new),
            file=change.wallet.file,
            wallet=change.wallet.id,
            name=change.wallet.name,
            country=change.country,
            section=item.section,
            what=what,
            old=was,
            new=now,
            key=item.fact.source if marked else "",
            source=source if marked else None,
            path=item.fact.path,
        )

    title = title_words(item)
    if old is None or new is None:
        words = value_words(item, change.currency)
        yield row(title, words if old else "", words if new else "")
        return
    yield from (row(*words) for words in _said_anew(old, new, change.currency))
    was, now = change.old_source, change.new_source
    if was and now and was.url != now.url:
        marks = [
            source_mark(item.fact.source, source).removeprefix("source ")
            for item, source in ((old, was), (new, now))
        ]
        yield row(f"{title}: source", marks[0], marks[1], marked=False)
    if old.fact.note != new.fact.note:
        yield row(f"{title}: note", old.fact.note or "none", new.fact.note or "none", marked=False)


def _said_anew(old: Item, new: Item, currency: str) -> Iterator[tuple[str, str, str]]:
    """Yield what is about what, and its words before and after, where a fact says something else.

    What the words do not show is told by its keys.
    """
    keys = differing_keys(old, new)
    if not keys:
        return
    titles = title_words(old), title_words(new)
    values = value_words(old, currency), value_words(new, currency)
    if titles[0] != titles[1]:
        yield f"{new.section}: what it is for", *titles
    if values[0] != values[1]:
        yield titles[1], *values
    if titles[0] == titles[1] and values[0] == values[1]:
        for key, was, now in keys:
            yield f"{titles[1]}: {key}", was or "not said", now or "not said"


def _source_row(change: SourceChange) -> Row:
    old, new = change.old, change.new
    source = new or old
    assert source is not None
    was = _source_words(old, new, change.old_key, change.new_key)
    now = _source_words(new, old, change.new_key, change.old_key)
    return Row(
        kind=_kind(old, new),
        file=change.wallet.file,
        wallet=change.wallet.id,
        name=change.wallet.name,
        section="sources",
        what=f"source {change.new_key or change.old_key}",
        old=was,
        new=now,
        path=source.path,
    )


def _source_words(source: Source | None, other: Source | None, key: str, other_key: str) -> str:
    """Return a source in words, or only what it says unlike the other."""
    if source is None:
        return ""
    said = {
        "key": key,
        "title": source.title,
        "publisher": source.publisher,
        "address": source.url,
        "dated": source.as_of or "not at all",
        "read": source.seen,
        "second hand": "yes" if source.second_hand else "no",
    }
    if other is None:
        return f"{source.title}, {source.publisher}, {date_words(source)}, {source.url}"
    others = (other_key, other.title, other.publisher, other.url, other.as_of or "not at all")
    rest = (*others, other.seen, "yes" if other.second_hand else "no")
    unlike = [
        f"{name} {value}"
        for (name, value), unlike in zip(said.items(), rest, strict=True)
        if value != unlike
    ]
    return ", ".join(unlike)


def _value_row(change: ValueChange) -> Row:
    wallet = change.wallet
    return Row(
        kind=_kind(change.old, change.new),
        file=change.file,
        wallet=wallet.id if wallet else "",
        name=wallet.name if wallet else "",
        country=change.country,
        section=change.keys[0],
        what=", ".join(_key_words(change)) or change.keys[-1],
        old=change.old or "",
        new=change.new or "",
    )


# Keys that only hold others together.
_STRUCTURE = ("criteria", "parts", "best_of", "all_of", "countries", "bodies", "use", "value")


def _key_words(change: ValueChange) -> Iterator[str]:
    for key in change.keys:
        if change.wallet or key not in _STRUCTURE:
            yield key.replace("_", " ")


# The page.


def diff_page(difference: Difference, old: str, new: str, top: int) -> Page:
    """Return the page: a summary, the facts, and what they do to people.

    `old` and `new` say which versions these are; no list has more than `top` lines (0: all).
    """
    rows = rows_of(difference)
    effects = difference.effects
    blocks: list[Block] = [
        Heading(f"What changes in the catalog from {old} to {new}", 1),
        text(summary(difference, rows), "strong"),
    ]
    made = [row for row in rows if row.file == WORKED_OUT]
    shared = [row for row in rows if row.file in _SHARED or row.file.startswith("personas/")]
    facts = [row for row in rows if row not in made and row not in shared]
    if facts:
        title = f"Facts: {_many(len(facts), 'change')}"
        blocks.append(Details(title, tuple(_bullets(facts, top))))
    if shared:
        title = f"Rules, rates and personas: {_many(len(shared), 'change')}"
        blocks.append(Details(title, tuple(_bullets(shared, top))))
    firsts = [effect for effect in effects if effect.first_changes]
    if firsts:
        title = f"First places that change hands: {len(firsts)}"
        blocks.append(Details(title, tuple(_limited(_first_lines(firsts), top))))
    every = [(effect, cost) for effect in effects for cost in effect.costs]
    every.sort(key=lambda pair: -abs(pair[1].by_usd))
    for whose, direct in ((" in the markets that change", True), (" elsewhere", False)):
        costs = [pair for pair in every if pair[1].direct is direct]
        if costs:
            title = f"What a year costs{whose}: {_many(len(costs), 'change')}"
            blocks.append(Details(title, (_cost_table(costs[: top or None]), *_more(costs, top))))
    moves = [(effect, move) for effect in effects for move in effect.moves]
    if moves:
        moves.sort(key=lambda pair: (pair[1].pushed, _best_rank(pair[1])))
        title = f"Who moves in the rankings: {_many(len(moves), 'move')}"
        blocks.append(Details(title, (_move_table(moves[: top or None]), *_more(moves, top))))
    if made:
        title = f"Averages, worked out anew: {_many(len(made), 'change')}"
        blocks.append(Details(title, tuple(_bullets(made, top))))
    return Page(tuple(blocks))


def _best_rank(move: Move) -> int:
    return min((rank for rank in (move.old.rank, move.new.rank) if rank), default=10**6)


def summary(difference: Difference, rows: Sequence[Row]) -> str:
    """Return in two sentences what changed and what it does."""
    counted = [row for row in rows if row.file != WORKED_OUT]
    if not rows:
        return "Nothing changes."
    wallets = {row.wallet for row in counted if row.wallet}
    said = [
        f"{sum(row.kind == kind for row in counted)} {kind}"
        for kind in ("added", "removed", "changed")
        if any(row.kind == kind for row in counted)
    ]
    of = f" in {_many(len(wallets), 'wallet')}" if wallets else ""
    there = sum(bool(row.wallet) for row in counted)
    if 0 < there < len(counted):
        of = f", {there:,} of them{of}"
    words = f"{_many(len(counted), 'change')}{of} ({', '.join(said)})." if counted else ""
    if any(row.file == WORKED_OUT for row in rows):
        words += " The averages that stand in for what is unknown change."
    effects = difference.effects
    if not effects:
        return f"{words} No persona's cost or ranking changes.".strip()
    costs = sum(len(effect.costs) for effect in effects)
    direct = sum(cost.direct for effect in effects for cost in effect.costs)
    moves = sum(len(effect.moves) for effect in effects)
    touched = [
        f"a year costs another sum in {_many(costs, 'case')} ({direct} in the markets that change)"
        if costs
        else "",
        f"{_many(moves, 'place')} in the rankings {'changes' if moves == 1 else 'change'}"
        if moves
        else "",
        _first_words(sum(effect.first_changes for effect in effects)),
    ]
    people = f"{len(effects)} of {_many(difference.cases, 'ranking')} by persona and country"
    return f"{words} For people: in {people}, {'; '.join(filter(None, touched))}.".strip()


def _first_words(count: int) -> str:
    if not count:
        return "no first place changes hands"
    return f"{_many(count, 'first place')} {'changes' if count == 1 else 'change'} hands"


def _bullets(rows: Sequence[Row], top: int) -> Iterator[Plain]:
    yield from _limited([(_MARKS[row.kind], row_words(row)) for row in rows], top)


def _limited(lines: Sequence[tuple[str, str]], top: int) -> Iterator[Plain]:
    shown = lines[: top or None]
    yield Bullets(tuple((Cell(words),) for _, words in shown), tuple(marker for marker, _ in shown))
    yield from _more(lines, top)


def _more(items: Sequence[object], top: int) -> Iterable[Plain]:
    rest = len(items) - top
    words = f"{rest:,} more; walletpick catalog diff --top 0 shows all."
    return [text(words, "dim")] if top and rest > 0 else []


def _first_lines(effects: Iterable[Effect]) -> list[tuple[str, str]]:
    lines = []
    for effect in effects:
        names = [f.name if f else "nobody" for f in (effect.old_first, effect.new_first)]
        why = _standing_of(effect)
        lines.append(
            ("", f"{effect.persona} in {in_country(effect.country)}: {' -> '.join(names)}{why}")
        )
    return lines


def _standing_of(effect: Effect) -> str:
    """Return what became of the wallet that was first, and of the one that is."""
    said = []
    for move in effect.moves:
        if effect.new_first and move.wallet.id == effect.new_first.id:
            said.append(f"{move.wallet.name} was {standing_words(move.old)}{_shift_words(move)}")
        elif effect.old_first and move.wallet.id == effect.old_first.id:
            words = standing_words(move.new)
            said.append(f"{move.wallet.name} is now {words}{_shift_words(move)}")
    return f" ({'; '.join(said)})" if said else ""


def _shift_words(move: Move) -> str:
    """Return what its own points changed by the most: ": +1.8 for reaching a person"."""
    told = [shift for shift in move.shifts if abs(shift.points) >= _WORTH_SAYING][:2]
    return ": " + ", ".join(f"{_signed(s.points)} for {s.title}" for s in told) if told else ""


def _by_criterion(move: Move) -> str:
    """Return what its own points changed by: "trust +1.8, cost -0.2"."""
    points: dict[str, Decimal] = {}
    for shift in move.shifts:
        points[shift.criterion] = points.get(shift.criterion, ZERO) + shift.points
    told = sorted(points.items(), key=lambda item: -abs(item[1]))
    words = [f"{name} {_signed(by)}" for name, by in told if abs(by) >= _WORTH_SAYING]
    return ", ".join(words) or ("under 0.1" if told else "")


def _signed(points: Decimal) -> str:
    return f"{points:+.1f}"


def _cost_table(costs: Iterable[tuple[Effect, CostChange]]) -> Table:
    return Table(
        columns=(
            Column(title="Persona", whole=True),
            Column(title="In", whole=True),
            Column(title="Wallet"),
            Column(title="First year before", right=True),
            Column(title="after", right=True),
            Column(title="more or less", right=True, whole=True),
        ),
        rows=tuple(
            (
                Cell(effect.persona),
                Cell(effect.country),
                Cell(cost.wallet.name, "strong"),
                Cell(_cost_words(cost.old, cost.new)),
                Cell(_cost_words(cost.new, cost.old)),
                Cell(by_words(cost), "bad" if cost.by_usd > 0 else "good"),
            )
            for effect, cost in costs
        ),
    )


def _cost_words(cost: Cost, other: Cost) -> str:
    """Return a cost with its range, and its plan where that is another than before."""
    year = cost.yearly
    low, middle, high = (
        f"{rounded(at, cost.currency):,f}" for at in (year.low, year.estimate, year.high)
    )
    words = f"{middle} {cost.currency}" + (f" ({low} to {high})" if low != high else "")
    return f"{words} on {cost.plan or 'no plan'}" if cost.plan != other.plan else words


def by_words(cost: CostChange) -> str:
    """Return by how much a year's cost changes: "+12.00 USD"; "" across two currencies."""
    by = difference_of(cost)
    if by is None:
        return ""
    return f"{rounded(by, cost.new.currency) + 0:+,f} {cost.new.currency}" if by else "the range"


def difference_of(cost: CostChange) -> Decimal | None:
    """Return by how much the estimate changes in the market's currency, if that is the same."""
    if cost.old.currency != cost.new.currency:
        return None
    return cost.new.yearly.estimate - cost.old.yearly.estimate


def _move_table(moves: Iterable[tuple[Effect, Move]]) -> Table:
    return Table(
        columns=(
            Column(title="Persona", whole=True),
            Column(title="In", whole=True),
            Column(title="Wallet"),
            Column(title="Place (points)"),
            Column(title="after"),
            Column(title="Own points"),
        ),
        rows=tuple(
            (
                Cell(effect.persona),
                Cell(effect.country),
                Cell(move.wallet.name, "strong"),
                Cell(_place_words(move.old)),
                Cell(_place_words(move.new)),
                Cell("others moved" if move.pushed else _by_criterion(move)),
            )
            for effect, move in moves
        ),
    )


def _place_words(standing: Standing) -> str:
    """Return where a market stands, for a column: "2 (71.4)"."""
    if standing.state == "ranked" and standing.score is not None:
        return f"{standing.rank} ({tenth(standing.score)})"
    return standing_words(standing)


def standing_words(standing: Standing) -> str:
    """Return where a market stands: "2 (71.4 points)", "left out: cannot send money"."""
    if standing.state == "ranked" and standing.score is not None:
        return f"{standing.rank} ({tenth(standing.score)} points)"
    if standing.state == "absent":
        return "not there"
    return f"{standing.state}: {standing.why}" if standing.why else standing.state


def _many(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
