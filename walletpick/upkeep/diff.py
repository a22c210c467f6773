"""Two versions of a catalog -> what changed, as facts, and what that does to people. Pure.

A fact is matched across the versions by what it is said for (`facts.identity`), so a changed price
is a change of one fact and not a fact less and a fact more. Where a line stands in its file, and
the key that a source goes by, change nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import zip_longest
from typing import Any, Literal

from msgspec import Struct, structs

from walletpick.bill.bill import Bill
from walletpick.bill.observe import Candidate
from walletpick.facts import places
from walletpick.facts.model import (
    Authority,
    Catalog,
    CurvePoint,
    Incident,
    Market,
    Needs,
    Option,
    Part,
    Source,
    Statement,
    Usage,
    Wallet,
)
from walletpick.facts.money import HUNDRED, ZERO, Range, UnknownRate, rounded
from walletpick.facts.walk import Item, identity, items_of
from walletpick.person.needs import move_to_currency
from walletpick.score.ranking import LeftOut, Place, rank
from walletpick.words.phrases import figure

_POSITION = ("line", "column", "path", "file")

# What a tree of values is made of: text at its leaves.
Tree = dict[str, Any]


# What changed.


class Whole(Struct, frozen=True, kw_only=True):
    """A wallet, or one of its markets (`country`), that only one version has.

    `counts` holds how many facts it has, by section.
    """

    added: bool
    wallet: Wallet
    country: str = ""
    counts: dict[str, int]


class FactChange(Struct, frozen=True, kw_only=True):
    """A fact that is new (`old` is None), gone (`new` is None), or says something else."""

    wallet: Wallet
    country: str
    currency: str
    old: Item | None = None
    new: Item | None = None
    old_source: Source | None = None
    new_source: Source | None = None


class SourceChange(Struct, frozen=True, kw_only=True):
    """A source of a wallet that is new, gone, or whose key, title, publisher or dates changed."""

    wallet: Wallet
    old_key: str = ""
    new_key: str = ""
    old: Source | None = None
    new: Source | None = None


class ValueChange(Struct, frozen=True, kw_only=True):
    """Any other value: of a wallet, a market, or a file that all wallets share.

    `keys` lead to it; None is a value that is not there.
    """

    file: str
    wallet: Wallet | None = None
    country: str = ""
    keys: tuple[str, ...]
    old: str | None = None
    new: str | None = None


Change = Whole | FactChange | SourceChange | ValueChange


# What it does to people.


class Cost(Struct, frozen=True, kw_only=True):
    """What the first year costs on the plan that is cheapest for the person."""

    plan: str
    currency: str
    yearly: Range
    complete: bool


class CostChange(Struct, frozen=True, kw_only=True):
    """A market whose first year costs a person another sum.

    `direct`: something that is said of the market changed; else it is the averages, rates or
    personas. `by_usd` is how far the estimate moves, in US dollars, for putting the largest first.
    """

    wallet: Wallet
    old: Cost
    new: Cost
    direct: bool
    by_usd: Decimal


class Standing(Struct, frozen=True, kw_only=True):
    """Where a market stands in a ranking: its rank and score, or why it has none."""

    state: Literal["ranked", "too little known", "left out", "absent"]
    rank: int = 0
    score: Decimal | None = None
    why: str = ""


class Shift(Struct, frozen=True, kw_only=True):
    """How many points a part of the score gives more than before, or less; `title` names it."""

    criterion: str
    part: str
    title: str
    points: Decimal


class Move(Struct, frozen=True, kw_only=True):
    """A market that stands elsewhere. `pushed`: its own score did not change, others' did.

    `shifts` say where its own points changed, the most first.
    """

    wallet: Wallet
    old: Standing
    new: Standing
    pushed: bool
    shifts: tuple[Shift, ...] = ()


class Effect(Struct, frozen=True, kw_only=True):
    """What the change does to one persona in one country.

    `old_first` and `new_first` are the wallets at the top, None where nothing is ranked.
    """

    persona: str
    country: str
    costs: tuple[CostChange, ...]
    moves: tuple[Move, ...]
    old_first: Wallet | None
    new_first: Wallet | None

    @property
    def first_changes(self) -> bool:
        """Whether the first place goes to another wallet."""
        ids = [first.id if first else "" for first in (self.old_first, self.new_first)]
        return ids[0] != ids[1]


class Difference(Struct, frozen=True, kw_only=True):
    """All that differs. `cases` is how many pairs of persona and country were compared."""

    changes: tuple[Change, ...]
    effects: tuple[Effect, ...]
    cases: int


def difference(old: Catalog, new: Catalog, today: date) -> Difference:
    """Return what differs between two versions of a catalog, both as they read on one day."""
    old, renamed = _with_new_ids(old, new)
    cases, effects = _effects(old, new, today)
    return Difference(changes=(*renamed, *_changes(old, new)), effects=effects, cases=cases)


def _with_new_ids(old: Catalog, new: Catalog) -> tuple[Catalog, list[ValueChange]]:
    """Return the old version with the ids that wallets have now, and which have another.

    A wallet that is gone and one that has come are the same when most of their pages are, and
    their name or operator is.
    """
    ids = [{wallet.id for wallet in catalog.wallets} for catalog in (old, new)]
    come = [wallet for wallet in new.wallets if wallet.id not in ids[0]]
    wallets: list[Wallet] = []
    renamed = []
    for wallet in old.wallets:
        now = None
        if wallet.id not in ids[1]:
            now = next((other for other in come if _same_wallet(wallet, other)), None)
        if now is not None:
            come.remove(now)
            renamed.append(
                ValueChange(file=now.file, wallet=now, keys=("id",), old=wallet.id, new=now.id)
            )
            wallet = structs.replace(wallet, id=now.id)
        wallets.append(wallet)
    if renamed:
        old = structs.replace(old, wallets=tuple(sorted(wallets, key=lambda each: each.id)))
    return old, renamed


def _same_wallet(one: Wallet, other: Wallet) -> bool:
    if one.name != other.name and (one.operator is None or one.operator != other.operator):
        return False
    pages = [{source.url for source in wallet.sources.values()} for wallet in (one, other)]
    return 2 * len(pages[0] & pages[1]) > max(map(len, pages))


# Facts.


def _changes(old: Catalog, new: Catalog) -> Iterator[Change]:
    before = {wallet.id: wallet for wallet in old.wallets}
    after = {wallet.id: wallet for wallet in new.wallets}
    for wallet_id in sorted({*before, *after}):
        if (
            wallet_id in before
            and wallet_id in after
            and _bare(before[wallet_id]) == _bare(after[wallet_id])
        ):
            continue
        if wallet_id not in after:
            yield Whole(added=False, wallet=before[wallet_id], counts=_counts(before[wallet_id]))
        elif wallet_id not in before:
            yield Whole(added=True, wallet=after[wallet_id], counts=_counts(after[wallet_id]))
        else:
            yield from _wallet_changes(before[wallet_id], after[wallet_id])
    yield from _shared_changes(old, new)


def _counts(wallet: Wallet, country: str = "") -> dict[str, int]:
    markets = [wallet.markets[country]] if country else wallet.markets.values()
    counts: dict[str, int] = {}
    for market in markets:
        for item in items_of(market):
            counts[item.section] = counts.get(item.section, 0) + 1
    return counts


def _wallet_changes(old: Wallet, new: Wallet) -> Iterator[Change]:
    apart = ("id", "sources", "markets", "notes")
    yield from _values(_tree(old, apart), _tree(new, apart), new.file, wallet=new)
    yield from _texts(old.notes, new.notes, new, ("notes",))
    yield from _source_changes(old, new)
    for country in sorted({*old.markets, *new.markets}):
        if country not in new.markets:
            counts = _counts(old, country)
            yield Whole(added=False, wallet=old, country=country, counts=counts)
        elif country not in old.markets:
            counts = _counts(new, country)
            yield Whole(added=True, wallet=new, country=country, counts=counts)
        else:
            yield from _market_changes(old, new, country)


def _texts(
    old: Sequence[str], new: Sequence[str], wallet: Wallet, keys: tuple[str, ...]
) -> Iterator[ValueChange]:
    gone = [text for text in old if text not in new]
    come = [text for text in new if text not in old]
    for was, now in zip_longest(gone, come):
        yield ValueChange(file=wallet.file, wallet=wallet, keys=keys, old=was, new=now)


def _source_changes(old: Wallet, new: Wallet) -> Iterator[SourceChange]:
    """Yield the sources that changed. One that has another key and the same address is the same."""
    gone = {key: source for key, source in old.sources.items() if key not in new.sources}
    for key, source in new.sources.items():
        was = key
        if key not in old.sources:
            was = next((k for k, s in gone.items() if s.url == source.url), "")
            gone.pop(was, None)
        before = old.sources.get(was)
        if before is None or was != key or _bare(before) != _bare(source):
            yield SourceChange(wallet=new, old_key=was, new_key=key, old=before, new=source)
    for key, source in gone.items():
        yield SourceChange(wallet=new, old_key=key, old=source)


def _market_changes(old: Wallet, new: Wallet, country: str) -> Iterator[Change]:
    before, after = old.markets[country], new.markets[country]
    yield from _values(_own_values(before), _own_values(after), new.file, new, country)
    for was, now in _matched(list(items_of(before)), list(items_of(after))):
        old_source = old.sources[was.fact.source] if was else None
        new_source = new.sources[now.fact.source] if now else None
        if was and now and old_source and new_source:
            same_page = old_source.url == new_source.url
            if same_page and _said(was) == _said(now) and was.fact.note == now.fact.note:
                continue
        yield FactChange(
            wallet=new,
            country=country,
            currency=after.currency,
            old=was,
            new=now,
            old_source=old_source,
            new_source=new_source,
        )


def _own_values(market: Market) -> Tree:
    """Return what a market says without a source: its currency, operator and pages."""
    tree: Tree = {"currency": market.currency}
    if market.operator:
        tree["operator"] = market.operator
    links = _tree(market.links)
    return tree | ({"links": links} if links else {})


def _matched(old: Sequence[Item], new: Sequence[Item]) -> Iterator[tuple[Item | None, Item | None]]:
    """Yield the facts of two versions of a market in pairs, the new ones in their order.

    Facts that are said for the same belong together; among several of those, the ones that say the
    same. Of what is left, a fact that says exactly the same for something else is taken for one
    whose scope was corrected.
    """
    partner: dict[int, int] = {}
    left, rest = list(range(len(old))), list(range(len(new)))

    def match(alike: Callable[[Item], object]) -> None:
        """Pair what is alike and still without a partner."""
        keys = {number: alike(old[number]) for number in left}
        for number in list(rest):
            key = alike(new[number])
            found = next((n for n in left if keys[n] == key), None)
            if found is not None:
                partner[number] = found
                left.remove(found)
                rest.remove(number)

    match(lambda item: (identity(item), _said(item), item.fact.note))
    match(lambda item: (identity(item), _said(item)))
    match(lambda item: (identity(item), getattr(item.fact, "per", None)))
    match(identity)
    match(lambda item: (item.section, item.word, _aim(item), _said_beside_scope(item)))
    match(_told_by)
    for number, item in enumerate(new):
        yield (old[partner[number]] if number in partner else None), item
    for number in left:
        yield old[number], None


def _told_by(item: Item) -> object:
    """Return what stays while a text is reworded: who tells it. Equal to nothing for the rest."""
    if isinstance(item.fact, Statement | Incident):
        return item.section, item.word, item.fact.source
    return object()


def _aim(item: Item) -> object:
    """Return what a fact is about at the least: a fee of one operation is never another's."""
    fact = item.fact
    return getattr(fact, "operation", None), getattr(fact, "what", None), getattr(fact, "tax", None)


# The keys that say for whom, where and when a fact holds.
SCOPE = (
    "method", "plan", "corridor", "provider", "for", "level", "when", "surcharge", "of", "paid_by",
    "body", "store", "date", "text",
)  # fmt: skip


def said_of(item: Item) -> Tree:
    """Return what a fact says, key by key, without its source and note."""
    return _tree(item.fact, ("source", "note"))


def _said(item: Item) -> Any:
    return _bare(item.fact, ("source", "note"))


def _said_beside_scope(item: Item) -> Any:
    rest = {key: value for key, value in said_of(item).items() if key not in SCOPE}
    # A fact without anything beside its scope, such as an incident, is the same only as a whole.
    return rest if len(rest) > 1 else said_of(item)


def _bare(value: Any, apart: Sequence[str] = ()) -> Any:
    """Return a record without its places in the file, to be compared."""
    if isinstance(value, Struct):
        return {
            name: _bare(getattr(value, name))
            for name in value.__struct_fields__
            if name not in _POSITION and name not in apart
        }
    if isinstance(value, Mapping):
        return {key: _bare(item) for key, item in value.items()}
    if isinstance(value, tuple):
        return [_bare(item) for item in value]
    return value


# Other values, as trees with text at their leaves.


def _tree(record: Struct, apart: Sequence[str] = ()) -> Tree:
    """Return the keys of a record as its file writes them, but for those that are not set."""
    found: Tree = {}
    for info in structs.fields(record):
        if info.name in _POSITION or info.name in apart:
            continue
        value = getattr(record, info.name)
        branch = _branch(value)
        if branch not in (None, "", {}) and (info.required or value != info.default):
            found[info.encode_name] = branch
    return found


def _branch(value: Any) -> Tree | str | None:
    if value is None:
        return None
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return figure(value)
    if isinstance(value, Struct):
        return _tree(value)
    if isinstance(value, Mapping):
        return {str(key): _branch(item) for key, item in value.items()}
    if isinstance(value, tuple) and value and isinstance(value[0], Struct):
        return _listed(value)
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return str(value)


def _listed(records: Sequence[Struct]) -> Tree:
    """Return the records of a list by what each is about, so that one more moves no other."""
    found: Tree = {}
    for number, record in enumerate(records, 1):
        key, apart = _name_of(record, number)
        while key in found:
            key += " again"
        found[key] = _tree(record, apart)
    return found


def _name_of(record: Struct, number: int) -> tuple[str, tuple[str, ...]]:
    """Return what a record of a list goes by, and the fields that say so."""
    if isinstance(record, Part):
        return record.id, ("id",)
    if isinstance(record, Option):
        return record.fact + ("" if record.is_ else " (is not)"), ("fact", "is_")
    if isinstance(record, CurvePoint):
        return f"at {figure(record.at)}", ("at",)
    if isinstance(record, Authority):
        return record.body, ("body",)
    if isinstance(record, Usage):
        how = f" {record.method}" if record.method else ""
        where = f" to {record.country}" if record.country else ""
        return f"{record.operation}{how}{where}", ("operation", "method", "country")
    return str(number), ()


def _shared_changes(old: Catalog, new: Catalog) -> Iterator[ValueChange]:
    """Yield what changed in the files that all wallets share."""
    for file, before, after in (
        ("criteria.yaml", old.criteria, new.criteria),
        ("averages.yaml", old.averages, new.averages),
        ("rates.yaml", old.rates, new.rates),
        ("escalation.yaml", old.escalation, new.escalation),
    ):
        yield from _values(_tree(before), _tree(after), file)
    for name in sorted({*old.personas, *new.personas}):
        was, now = old.personas.get(name), new.personas.get(name)
        yield from _values(
            {name: _tree(was)} if was else {},
            {name: _tree(now)} if now else {},
            f"personas/{name}.yaml",
        )


def _values(
    old: Tree, new: Tree, file: str, wallet: Wallet | None = None, country: str = ""
) -> Iterator[ValueChange]:
    for keys, was, now in _differing(old, new, ()):
        yield ValueChange(file=file, wallet=wallet, country=country, keys=keys, old=was, new=now)


def _differing(
    old: Tree, new: Tree, keys: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], str | None, str | None]]:
    """Yield where two trees differ. A branch that only one has is one difference."""
    for key in dict.fromkeys([*old, *new]):
        was, now = old.get(key), new.get(key)
        if was == now:
            continue
        if isinstance(was, dict) and isinstance(now, dict):
            yield from _differing(was, now, (*keys, key))
        else:
            yield (*keys, key), _flat(was), _flat(now)


def _flat(branch: Tree | str | None) -> str | None:
    """Return a branch on one line: "points 40, best of (security:passkey 1)"."""
    if branch is None or isinstance(branch, str):
        return branch
    parts = []
    for key, value in branch.items():
        words = _flat(value)
        parts.append(f"{key} ({words})" if isinstance(value, dict) else f"{key} {words}")
    return ", ".join(parts)


def differing_keys(old: Item, new: Item) -> tuple[tuple[str, str | None, str | None], ...]:
    """Return the keys in which two versions of a fact differ, each with what stands there."""
    found = _differing(said_of(old), said_of(new), ())
    return tuple((".".join(keys), was, now) for keys, was, now in found)


# People.


def needs_in(persona: Needs, country: str, catalog: Catalog) -> Needs | None:
    """Return a persona's needs in a country, as `rank --persona NAME --country CC` takes them.

    None for a persona that is at home in another country, or whose money has no exchange rate.
    """
    if persona.country:
        return persona if persona.country == country else None
    own = places.currency_of(country)
    currency = own if own in catalog.per_usd else persona.currency
    try:
        moved = move_to_currency(persona, currency, catalog.per_usd, rough=True)
    except UnknownRate:
        return None
    return structs.replace(moved, country=country)


def _effects(old: Catalog, new: Catalog, today: date) -> tuple[int, tuple[Effect, ...]]:
    shared = [_bare(getattr(c, name)) for name in _SHARED for c in (old, new)]
    every = any(was != now for was, now in zip(shared[::2], shared[1::2], strict=True))
    where = _countries(old, new) if every else _touched(old, new)
    cases = 0
    found = []
    for name in sorted({*old.personas, *new.personas}):
        before, after = old.personas.get(name), new.personas.get(name)
        if before is None or after is None:
            continue
        for country in _countries(old, new) if _bare(before) != _bare(after) else where:
            was, now = needs_in(before, country, old), needs_in(after, country, new)
            if was is None or now is None:
                continue
            cases += 1
            effect = _effect(name, country, _Table(old, was, today), _Table(new, now, today))
            if effect.costs or effect.moves or effect.first_changes:
                found.append(effect)
    return cases, tuple(found)


# What bears on the ranking of every market.
_SHARED = ("criteria", "averages", "rates", "escalation")


def _countries(*catalogs: Catalog) -> list[str]:
    return sorted({code for c in catalogs for wallet in c.wallets for code in wallet.markets})


def _touched(old: Catalog, new: Catalog) -> list[str]:
    """Return the countries with a market of a wallet that changed at all."""
    before = {wallet.id: wallet for wallet in old.wallets}
    after = {wallet.id: wallet for wallet in new.wallets}
    codes: set[str] = set()
    for wallet_id in {*before, *after}:
        was, now = before.get(wallet_id), after.get(wallet_id)
        if was and now and _bare(was) == _bare(now):
            continue
        codes.update(code for wallet in (was, now) if wallet for code in wallet.markets)
    return sorted(codes)


class _Table:
    """One ranking: where each wallet stands, and what it costs."""

    def __init__(self, catalog: Catalog, needs: Needs, today: date) -> None:
        ranking = rank(catalog, needs, today)
        self.per_usd = catalog.per_usd
        self.weights = ranking.needs.weights
        self.first = ranking.places[0].wallet if ranking.places else None
        self.wallets: dict[str, Wallet] = {}
        self.places: dict[str, Place] = {}
        self.out: dict[str, LeftOut] = {}
        for place in (*ranking.places, *ranking.thin):
            self.wallets[place.wallet.id] = place.wallet
            self.places[place.wallet.id] = place
        for out in ranking.left_out:
            self.wallets[out.wallet.id] = out.wallet
            self.out[out.wallet.id] = out

    def standing(self, wallet_id: str) -> Standing:
        if wallet_id in self.out:
            why = "; ".join(cause.text for cause in self.out[wallet_id].causes)
            return Standing(state="left out", why=why)
        place = self.places.get(wallet_id)
        if place is None:
            return Standing(state="absent")
        state: Literal["ranked", "too little known"] = (
            "ranked" if place.rank else "too little known"
        )
        return Standing(state=state, rank=place.rank, score=place.score.estimate)

    def parts(self, wallet_id: str) -> dict[tuple[str, str], tuple[Decimal, str]]:
        """Return the points that each part of the score gives a wallet, and what it is about."""
        return {
            (part.criterion, part.part.id): (
                part.value.estimate * part.share * self.weights[part.criterion] * HUNDRED,
                part.part.title,
            )
            for value in self.places[wallet_id].values.values()
            for part in value.parts
        }


def _effect(name: str, country: str, old: _Table, new: _Table) -> Effect:
    wallets = old.wallets | new.wallets
    costs: list[CostChange] = []
    moves = []
    for wallet_id, wallet in wallets.items():
        was, now = old.standing(wallet_id), new.standing(wallet_id)
        if (was.state, was.rank) != (now.state, now.rank):
            pushed = was.state == now.state and was.score == now.score
            shifts = tuple(_shifts(old, new, wallet_id))
            moves.append(Move(wallet=wallet, old=was, new=now, pushed=pushed, shifts=shifts))
        if wallet_id in old.places and wallet_id in new.places:
            costs += _cost_change(old, new, wallet_id)
    return Effect(
        persona=name,
        country=country,
        costs=tuple(sorted(costs, key=lambda cost: (-abs(cost.by_usd), cost.wallet.id))),
        moves=tuple(sorted(moves, key=lambda m: (m.new.rank or 999, m.old.rank, m.wallet.id))),
        old_first=old.first,
        new_first=new.first,
    )


def _shifts(old: _Table, new: _Table, wallet_id: str) -> Iterator[Shift]:
    """Yield where the points of a wallet changed that has points in both versions."""
    if wallet_id not in old.places or wallet_id not in new.places:
        return
    before, after = old.parts(wallet_id), new.parts(wallet_id)
    found = []
    for key in dict.fromkeys([*after, *before]):
        was, title = before.get(key, (ZERO, ""))
        now, title = after.get(key, (ZERO, title))
        if was != now:
            found.append(Shift(criterion=key[0], part=key[1], title=title, points=now - was))
    yield from sorted(found, key=lambda shift: (-abs(shift.points), shift.criterion, shift.part))


def _cost_change(old: _Table, new: _Table, wallet_id: str) -> Iterator[CostChange]:
    """Yield the change of what the first year costs, where it shows in the currency's units."""
    was, now = old.places[wallet_id].bill, new.places[wallet_id].bill
    if _shown(was) == _shown(now):
        return
    dollars = [
        table.places[wallet_id].bill.yearly.estimate
        / table.per_usd[table.places[wallet_id].bill.currency]
        for table in (old, new)
    ]
    yield CostChange(
        wallet=new.wallets[wallet_id],
        direct=_all_said(was.candidate) != _all_said(now.candidate),
        old=_cost(was),
        new=_cost(now),
        by_usd=dollars[1] - dollars[0],
    )


def _all_said(candidate: Candidate) -> object:
    """Return everything that is said of a market, and where it was read."""
    keys = {item.fact.source for item in items_of(candidate.market)}
    return _bare(candidate.market), {key: _bare(candidate.wallet.sources[key]) for key in keys}


def _cost(bill: Bill) -> Cost:
    return Cost(
        plan=bill.candidate.plan,
        currency=bill.currency,
        yearly=bill.yearly,
        complete=bill.complete,
    )


def _shown(bill: Bill) -> tuple[object, ...]:
    year = bill.yearly
    ends = (rounded(at, bill.currency) for at in (year.low, year.estimate, year.high))
    return (bill.currency, bill.complete, *ends)
