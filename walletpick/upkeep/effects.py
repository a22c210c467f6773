"""What a change of the catalog does to people: whose year costs what, who stands where. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Literal

from msgspec import Struct, structs

from walletpick.bill.bill import Bill
from walletpick.bill.observe import Candidate
from walletpick.facts import places
from walletpick.facts.law import with_bases
from walletpick.facts.model import Catalog, Needs, Persona
from walletpick.facts.money import HUNDRED, ZERO, MoneyRange, UnknownRate
from walletpick.facts.walk import content, items_of
from walletpick.person.needs import move_to_currency, needs_of
from walletpick.score.ranking import rank
from walletpick.upkeep.trees import both
from walletpick.words.causes import causes_words

# What bears on the ranking of every market, each in a file of its own.
SHARED = ("criteria", "averages", "implications", "rates")


class CostChange(Struct, frozen=True, kw_only=True):
    """A market whose first year costs a person another sum, by the bills of the cheapest plans.

    `direct`: something that is said of the market changed; else it is the averages, rates or
    personas. `by_usd` is how far the estimate moves, in US dollars, for putting the largest first.
    """

    wallet: str
    name: str
    old: Bill
    new: Bill
    direct: bool
    by_usd: Decimal

    @property
    def by(self) -> Decimal | None:
        """By how much the estimate changes in the market's currency, if that is the same."""
        if self.old.currency != self.new.currency:
            return None
        return self.new.yearly.estimate - self.old.yearly.estimate


class Standing(Struct, frozen=True, kw_only=True):
    """Where a market stands: its rank and score (0 to 100) if it is ranked, or why it is not."""

    state: Literal["ranked", "left out", "absent"]
    rank: int | None = None
    score: Decimal | None = None
    why: str = ""


class Shift(Struct, frozen=True, kw_only=True):
    """How many points a part of the score gives more than before, or less."""

    criterion: str
    part: str
    title: str
    points: Decimal


class Move(Struct, frozen=True, kw_only=True):
    """A market that stands elsewhere. `pushed`: its own score is the same, others' are not.

    `shifts` say where its own points changed, the most first.
    """

    wallet: str
    name: str
    old: Standing
    new: Standing
    pushed: bool
    shifts: tuple[Shift, ...] = ()


class WalletName(Struct, frozen=True, kw_only=True):
    """A wallet: its id and its name."""

    wallet: str
    name: str


class First(Struct, frozen=True, kw_only=True):
    """Who was first and who is; null where nothing is ranked."""

    old: WalletName | None
    new: WalletName | None


class Effect(Struct, frozen=True, kw_only=True):
    """What the change does to a persona in a country. `first` is null where the first stays."""

    persona: str
    country: str
    first: First | None
    costs: tuple[CostChange, ...]
    moves: tuple[Move, ...]


def effects(old: Catalog, new: Catalog, today: date) -> tuple[int, tuple[Effect, ...]]:
    """Return how many pairs of persona and country were compared, and what changes for which."""
    every = any(content(getattr(old, n)) != content(getattr(new, n)) for n in SHARED)
    where = _countries(old, new) if every else sorted({*_touched(old, new), *_lawful(old, new)})
    compared = 0
    changed = []
    for name, before, after in both(old.personas, new.personas):
        if before is None or after is None:
            continue
        for country in _countries(old, new) if content(before) != content(after) else where:
            was, now = needs_in(before, country, old), needs_in(after, country, new)
            if was is None or now is None:
                continue
            compared += 1
            effect = _effect(name, country, _Table(old, was, today), _Table(new, now, today))
            if effect.costs or effect.moves or effect.first:
                changed.append(effect)
    return compared, tuple(changed)


def needs_in(persona: Persona, country: str, catalog: Catalog) -> Needs | None:
    """Return a persona's needs in a country, as `rank --persona NAME --country CC` takes them.

    None for a persona whose needs make no sense there, or whose money has no exchange rate.
    """
    if persona.makes_sense_in and country not in persona.makes_sense_in:
        return None
    needs = needs_of(persona)
    if needs.country:
        return needs if needs.country == country else None
    own = places.currency_of(country)
    currency = own if own in catalog.per_usd else needs.currency
    try:
        moved = move_to_currency(needs, currency, catalog.per_usd, rough=True)
    except UnknownRate:
        return None
    return structs.replace(moved, country=country)


def _countries(*catalogs: Catalog) -> list[str]:
    return sorted({code for catalog in catalogs for code in catalog.countries})


def _touched(old: Catalog, new: Catalog) -> list[str]:
    """Return the countries with a market of a wallet that changed at all."""
    before = {wallet.id: wallet for wallet in old.wallets}
    after = {wallet.id: wallet for wallet in new.wallets}
    codes: set[str] = set()
    for _, was, now in both(before, after):
        if was and now and content(was) == content(now):
            continue
        codes.update(code for wallet in (was, now) if wallet for code in wallet.markets)
    for wallet in new.wallets:
        codes.update(
            code
            for code in wallet.markets
            if _seen(old, wallet.id, code) != _seen(new, wallet.id, code)
        )
    return sorted(codes)


def _lawful(old: Catalog, new: Catalog) -> list[str]:
    """Return the countries whose law, or a base of it, changed at all."""
    return [
        code
        for code in _countries(old, new)
        if content(with_bases(old.laws, code)) != content(with_bases(new.laws, code))
    ]


class _Table:
    """One ranking: where each wallet stands, and what it costs."""

    def __init__(self, catalog: Catalog, needs: Needs, today: date) -> None:
        ranking = rank(catalog, needs, today)
        self.catalog = catalog
        self.weights = ranking.needs.weights
        first = ranking.places[0].wallet if ranking.places else None
        self.first = WalletName(wallet=first.id, name=first.name) if first else None
        self.places = {place.wallet.id: place for place in ranking.places}
        self.out = {out.wallet.id: out for out in ranking.left_out}
        wallets = [place.wallet for place in ranking.places]
        wallets += [out.wallet for out in ranking.left_out]
        self.wallets = {wallet.id: wallet for wallet in wallets}

    def standing(self, wallet_id: str) -> Standing:
        if wallet_id in self.out:
            why = causes_words(self.out[wallet_id].causes)
            return Standing(state="left out", why=why)
        place = self.places.get(wallet_id)
        if place is None:
            return Standing(state="absent")
        return Standing(state="ranked", rank=place.rank, score=place.score.estimate)

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


def _effect(persona: str, country: str, old: _Table, new: _Table) -> Effect:
    costs: list[CostChange] = []
    moves = []
    for wallet_id, wallet in (old.wallets | new.wallets).items():
        was, now = old.standing(wallet_id), new.standing(wallet_id)
        if (was.state, was.rank) != (now.state, now.rank):
            move = Move(
                wallet=wallet_id,
                name=wallet.name,
                old=was,
                new=now,
                pushed=was.state == now.state and was.score == now.score,
                shifts=tuple(_shifts(old, new, wallet_id)),
            )
            moves.append(move)
        if wallet_id in old.places and wallet_id in new.places:
            costs += _cost_change(old, new, wallet_id)
    firsts = old.first, new.first
    ids = [first.wallet if first else "" for first in firsts]
    return Effect(
        persona=persona,
        country=country,
        first=First(old=firsts[0], new=firsts[1]) if ids[0] != ids[1] else None,
        costs=tuple(sorted(costs, key=lambda cost: (-abs(cost.by_usd), cost.wallet))),
        moves=tuple(sorted(moves, key=lambda m: (m.new.rank or 999, m.old.rank or 0, m.wallet))),
    )


def _shifts(old: _Table, new: _Table, wallet_id: str) -> list[Shift]:
    """Return where the points of a wallet changed that has points in both versions."""
    if wallet_id not in old.places or wallet_id not in new.places:
        return []
    before, after = old.parts(wallet_id), new.parts(wallet_id)
    shifts = []
    for key in dict.fromkeys([*after, *before]):
        was, title = before.get(key, (ZERO, ""))
        now, title = after.get(key, (ZERO, title))
        if was != now:
            shifts.append(Shift(criterion=key[0], part=key[1], title=title, points=now - was))
    return sorted(shifts, key=lambda shift: (-abs(shift.points), shift.criterion, shift.part))


def _cost_change(old: _Table, new: _Table, wallet_id: str) -> Iterator[CostChange]:
    """Yield the change of what the first year costs, where it shows in the currency's units."""
    was, now = old.places[wallet_id].bill, new.places[wallet_id].bill
    if _shown(was) == _shown(now):
        return
    yield CostChange(
        wallet=wallet_id,
        name=new.wallets[wallet_id].name,
        direct=_everything(was.candidate, old.catalog) != _everything(now.candidate, new.catalog),
        old=was,
        new=now,
        by_usd=now.yearly.estimate / new.catalog.per_usd[now.currency]
        - was.yearly.estimate / old.catalog.per_usd[was.currency],
    )


def _everything(candidate: Candidate, catalog: Catalog) -> object:
    """Return everything that is said of a market, and where it was read."""
    keys = {item.fact.source for item in items_of(candidate.market)}
    return (
        content(candidate.market),
        {key: content(candidate.wallet.source(key)) for key in keys},
        _seen(catalog, candidate.wallet.id, candidate.country),
    )


def _seen(catalog: Catalog, wallet: str, country: str) -> object:
    """Return what surveys saw of a market, to compare."""
    return content(tuple((content(head), q) for head, q in catalog.quotes_of(wallet, country)))


def _shown(bill: Bill) -> tuple[MoneyRange, bool]:
    return bill.yearly.rounded, bill.complete
