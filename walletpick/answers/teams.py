"""Sets of wallets that share out the uses of some needs, and the best of them. Pure.

Each use is given to one wallet of the set, which is judged and billed for the uses that it gets, as
`rank` would do it. Nothing is guessed at: every way of sharing the uses out is weighed, but for
those that can be seen not to come first (branch and bound, Land and Doig 1960).

A set is scored as one wallet is. It costs what all its bills come to; every other part of a
criterion is worth what it is worth on the average of the uses that it is about, each by the wallet
that gets it: what goes wrong with a payment goes wrong where it was made. So a set of one has the
points of that wallet, and two that are alike have those of either.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import combinations
from typing import Literal

from msgspec import Struct, structs

from walletpick.answers.switch import Sum, of_a_customer
from walletpick.bill.bill import Bill, Line
from walletpick.bill.giving import Given
from walletpick.bill.observe import Candidate, does_key, shown_by
from walletpick.facts.model import Catalog, Needs, Part, Usage, Wallet
from walletpick.facts.money import HUNDRED, NOTHING, ZERO, Range, convert
from walletpick.facts.periods import period_of
from walletpick.facts.vocabulary import USAGE_OPERATIONS
from walletpick.score.causes import Cause
from walletpick.score.criteria import PartValue, Yardstick, measured_as
from walletpick.score.experience import Experiences
from walletpick.score.ranking import Judgement, LeftOut, Place, candidates, judge, place_of

_MONEY = "cost-percent"
_CARD = "features:physical-card"
# What is lost in dividing.
_HAIR = Decimal("1e-15")
_IN = ("top-up", "receive", "receive-abroad")
# What a claim belongs to beside the operations that it shows (see `shown_by`).
_ALSO_OF = {
    "features:pay-nfc": ("pay-abroad",),
    "features:pay-qr": ("pay-abroad",),
    "features:pay-online": ("pay-abroad",),
    "features:pay-in-app": ("pay-abroad",),
    "features:physical-card": ("pay-abroad", "cash-out"),
    "features:virtual-card": ("pay", "pay-abroad"),
    "features:offline-pay": ("pay", "pay-abroad"),
    "features:transit": ("pay",),
    "features:cashback": ("pay", "pay-abroad"),
    "features:pay-later": ("pay", "pay-abroad"),
    "features:multi-currency": ("pay-abroad", "send-abroad", "receive-abroad"),
    "features:split-bill": ("send", "receive"),
    "features:request-money": ("receive",),
    "features:merchant-acceptance": ("receive",),
    "protection:purchase-protection": ("pay", "pay-abroad"),
}

# Why a use is not with another wallet of the set.
Bar = Literal["cannot", "not-confirmed", "its-money", "kept", "not-priced", "dearer", "points"]
# A wallet and the country that it is meant in.
Market = tuple[Wallet, str]


class Elsewhere(Struct, frozen=True, kw_only=True):
    """Why a use is not with another wallet of the set, `other`.

    That cannot do it beside what it does, or is not confirmed to (`causes`); the money that comes
    in with this one would have to be moved; the one it is with is kept; what it charges is not
    known; all would cost `more` a year; or all would have so many fewer `points` (more, where it is
    less), at a price that is `more`, the same or less.
    """

    other: Candidate
    bar: Bar
    causes: tuple[Cause, ...] = ()
    more: Range = NOTHING
    points: Decimal = ZERO


class Shared(Struct, frozen=True, kw_only=True):
    """A use of the needs, by its place there, with what its wallet charges for it in a year.

    `usage` is as it is priced, in the market's currency; `year` is in that of the needs.
    `elsewhere` says why it is not with each other wallet of the set.
    """

    number: int
    usage: Usage
    year: Sum
    elsewhere: tuple[Elsewhere, ...] = ()


class Member(Struct, frozen=True, kw_only=True):
    """A wallet of a set, judged for the uses that it gets, and for these `needs` alone.

    `kept`: the person has it. `charges` is what is paid for having it, less interest, `year` all
    of it, in the currency of the needs.
    """

    place: Place
    needs: Needs
    uses: tuple[Shared, ...]
    charges: Sum
    year: Sum
    kept: bool

    @property
    def candidate(self) -> Candidate:
        """The market, on the plan taken."""
        return self.place.candidate

    @property
    def wallet(self) -> Wallet:
        """The wallet."""
        return self.place.wallet

    @property
    def numbers(self) -> tuple[int, ...]:
        """The uses that it gets, by their places in the needs."""
        return tuple(shared.number for shared in self.uses)


class Team(Struct, frozen=True, kw_only=True):
    """A set of wallets, each with what it does, in the order of the uses.

    `trouble` is the price of those that come to the first, or to what the person has, in the
    currency of the needs. `values` are those of the criteria, 0 to 1, `own_points` those of the
    person's diary. `net` are the points with the trouble among the costs. `thin`: too little is
    known of them to go by, on the average of the uses.
    """

    members: tuple[Member, ...]
    year: Sum
    trouble: Decimal
    values: dict[str, Range]
    own_points: Decimal
    score: Range
    net: Decimal
    thin: bool

    @property
    def bills(self) -> tuple[Bill, ...]:
        """The bills of its wallets."""
        return tuple(member.place.bill for member in self.members)

    @property
    def confirmed(self) -> bool:
        """Whether every use and must-have is confirmed of the wallet that gets it."""
        return all(member.place.confirmed for member in self.members)

    def twin(self, candidate: Candidate) -> Member | None:
        """Return the member that is the same market on the same plan."""
        markets = (each for each in self.members if _market(each.candidate) == _market(candidate))
        return next(markets, None)

    def twin_of(self, wallet: Wallet) -> Member | None:
        """Return the member that is a wallet, on whichever plan."""
        return next((each for each in self.members if each.wallet.id == wallet.id), None)


def for_uses(needs: Needs, numbers: Sequence[int], keep: bool = True) -> Needs:
    """Return settled needs as they are to a wallet that gets some of the uses, by their places.

    A must-have that belongs to a use (paying by QR code) is asked of the wallet that gets it, any
    other of each, and so is a card that one wishes for, since it may cost something. `keep`: what
    the person keeps lies there.
    """
    every = {usage.operation for usage in needs.use}
    use = tuple(needs.use[number] for number in numbers)
    done = {usage.operation for usage in use}

    def asked(key: str) -> bool:
        belongs = every.intersection(_operations_of(key))
        return not belongs or not done.isdisjoint(belongs)

    return structs.replace(
        needs,
        use=use,
        must=tuple(filter(asked, needs.must)),
        wish=tuple(key for key in needs.wish if key != _CARD or asked(key)),
        keep=needs.keep if keep else None,
    )


def _operations_of(key: str) -> tuple[str, ...]:
    """Return the operations that a claim belongs to; none for what is of a wallet as a whole."""
    if key.startswith("funding:"):
        return ()
    shown = (operation for operation in USAGE_OPERATIONS if key in shown_by(operation))
    return *shown, *_ALSO_OF.get(key, ())


def shortage(use: Sequence[Usage]) -> Decimal:
    """Return how much of what is spent does not come in with the same uses."""
    came = sum((each.amount for each in use if each.operation in _IN), ZERO)
    changed = sum((each.amount for each in use if each.operation == "convert"), ZERO)
    went = sum((each.amount for each in use if each.operation not in (*_IN, "convert")), ZERO)
    return max(max(went, changed) - came, ZERO)


def apart(one: Sequence[Bill], other: Sequence[Bill]) -> tuple[list[Item], list[Item]]:
    """Return the items of the bills of two sets, but for those that are the same in both."""
    before = [item for bill in one for item in _items_of(bill)]
    after = []
    for bill in other:
        for item in _items_of(bill):
            here = _market(bill.candidate)
            same = (e for e in before if e[1] == item[1] and _market(e[0].candidate) == here)
            twin = next(same, None)
            if twin is None:
                after.append(item)
            else:
                before.remove(twin)
    return before, after


def less(one: Range, other: Range) -> Range:
    """Return how much less the other of two sums is, each being anywhere in its range."""
    return Range(one.low - other.high, one.estimate - other.estimate, one.high - other.low)


# A line of a bill, or what it gives back.
Item = tuple[Bill, Line | Given]
# The uses of a wallet, by their places; and whether what the person keeps lies there.
_Block = tuple[tuple[int, ...], bool]
# Whether a set is not confirmed, little known of, or rests on a guess.
_Rank = tuple[bool, bool, bool]
_Key = tuple[_Rank, Decimal, Decimal, int, Decimal, tuple[str, ...]]


class _Option(Struct, frozen=True):
    """A market for a block of uses, with what the search goes by.

    `points` are the most that it can add but for the cost, `own` those of the diary among them.
    """

    market: int
    uses: tuple[int, ...]
    place: Place
    year: Range
    points: Decimal
    own: Decimal


class Teams:
    """Every set of wallets of a country for some needs, which are settled.

    `trouble` is the price of one wallet more in a year (or the stay), in the needs' currency. Each
    of the wallets `kept` gets a use in every set. Raises UnknownRate when the catalog has no
    exchange rate for the needs' currency.
    """

    def __init__(
        self,
        catalog: Catalog,
        needs: Needs,
        today: date,
        trouble: Decimal,
        kept: Sequence[Market],
        experiences: Experiences,
    ) -> None:
        assert needs.currency
        self.catalog, self.needs, self.today = catalog, needs, today
        self.currency, self.trouble = needs.currency, trouble
        self.experiences = experiences
        self.kept = tuple(kept)
        have = {(wallet.id, country) for wallet, country in kept}
        self.markets: list[Market] = list(kept)
        for wallet in catalog.wallets:
            if needs.country in wallet.markets and (wallet.id, needs.country) not in have:
                self.markets.append((wallet, needs.country))
        # What all of them must be no dearer than, and no less sure (see `best`).
        self._base: Team | None = None
        self._best: tuple[_Key, list[_Block], list[_Option]] | None = None
        self._yardsticks: dict[tuple[_Block, bool], Yardstick] = {}
        self._judgements: dict[tuple[int, _Block], Judgement] = {}
        self._options: dict[tuple[int, _Block], _Option | None] = {}

    def single(self) -> Team | None:
        """Return the wallet that `rank` would put first; None where none does all.

        Of wallets that are kept, the best way to share the uses out among them.
        """
        if len(self.kept) > 1:
            return self.best(len(self.kept), len(self.kept))
        fitting = (self._option(market, self._whole) for market in self._fitting(self._whole))
        options = [option for option in fitting if option]
        if self.kept:
            options = [option for option in options if self._is_kept(option)]
        return self._team([self._whole], [min(options, key=_order)]) if options else None

    def best(self, least: int, most: int, base: Team | None = None) -> Team | None:
        """Return the best set of so many wallets; None where none fits.

        It costs no more than `base`, unless that is not confirmed and the set is; less is neither
        confirmed nor known of it, and no use goes to a wallet whose price for it is not known.
        """
        self._base, self._best = base, None
        # Of few wallets first: they are mostly better, and then the others need not be gone into.
        for size in range(least, min(most, len(self.markets)) + 1):
            for blocks in self._partitions(size):
                for options in self._filled(blocks):
                    key = self._key(options)
                    if self._best is None or key < self._best[0]:
                        self._best = key, blocks, options
        return self._team(*self._best[1:]) if self._best else None

    @property
    def can_share(self) -> bool:
        """Whether the uses can be shared out: not where what comes in pays for all else."""
        sizes = range(2, len(self.needs.use) + 1)
        return any(next(self._partitions(size), None) for size in sizes)

    def left_out(self, numbers: Sequence[int], markets: int | None = None) -> tuple[LeftOut, ...]:
        """Return the markets (the first so many) that do not fit some uses, and why."""
        out = []
        for number, (wallet, country) in enumerate(self.markets[:markets]):
            judgement = self._judged(number, (tuple(numbers), len(numbers) == len(self.needs.use)))
            if not judgement.fits:
                causes = judgement.obstacles
                out.append(LeftOut(wallet=wallet, country=country, causes=causes))
        return tuple(sorted(out, key=lambda each: each.wallet.name))

    # One wallet, judged for some of the uses.

    @cached_property
    def _whole(self) -> _Block:
        return tuple(range(len(self.needs.use))), True

    def _is_kept(self, option: _Option) -> bool:
        return option.market < len(self.kept)

    def _by(self, market: int, block: _Block) -> Yardstick:
        kept = market < len(self.kept)
        key = block, kept
        if key not in self._yardsticks:
            needs = for_uses(self.needs, *block)
            needs = of_a_customer(needs) if kept else needs
            self._yardsticks[key] = Yardstick(needs, self.catalog, self.today)
        return self._yardsticks[key]

    def _judged(self, market: int, block: _Block) -> Judgement:
        key = market, block
        if key not in self._judgements:
            judgement = judge(*self.markets[market], self._by(market, block))
            if market < len(self.kept):
                # What is paid once when one starts is paid.
                bill = judgement.bill
                lines = tuple(line for line in bill.lines if line.kind != "once")
                judgement = structs.replace(judgement, bill=structs.replace(bill, lines=lines))
            self._judgements[key] = judgement
        return self._judgements[key]

    @cached_property
    def _doing(self) -> list[frozenset[int]]:
        """The uses that each market may do, whatever else it does: a first, quick look."""
        uses = range(len(self.needs.use))
        return [
            frozenset(number for number in uses if self._may_do(market, number))
            for market in range(len(self.markets))
        ]

    def _may_do(self, market: int, number: int) -> bool:
        wallet, country = self.markets[market]
        look = self._by(market, self._whole).observer.look
        key = does_key(self.needs.use[number])
        markets = candidates(wallet, country, wallet.markets[country])
        return any(look(each, key).value is not False for each in markets)

    def _fitting(self, block: _Block) -> list[int]:
        """Return the markets that fit a block of uses."""
        return [
            market
            for market, doing in enumerate(self._doing)
            if doing.issuperset(block[0]) and self._judged(market, block).fits
        ]

    def _option(self, market: int, block: _Block) -> _Option | None:
        """Return a market for a block of uses; None where it does not fit."""
        key = market, block
        if key not in self._options:
            fits = self._judged(market, block).fits
            self._options[key] = self._weighed(market, block) if fits else None
        return self._options[key]

    def _weighed(self, market: int, block: _Block) -> _Option:
        wallet, country = self.markets[market]
        diary = self.experiences.get((wallet.id, country))
        place = place_of(self._judged(market, block), self._by(market, block), diary)
        own = place.own_points * len(block[0]) / len(self.needs.use)
        return _Option(
            market,
            block[0],
            place,
            self._year(place.bill),
            self._most(place, block[0]) + own,
            own,
        )

    def _year(self, bill: Bill) -> Range:
        return bill.yearly.times(self._rate(bill))

    def _rate(self, bill: Bill) -> Decimal:
        return convert(Decimal(1), bill.currency, self.currency, self.catalog.per_usd)

    # Sets.

    def _partitions(self, size: int) -> Iterator[list[_Block]]:
        """Yield the ways to share the uses out among so many wallets.

        What comes in goes out of the same wallet: no set may need more from elsewhere than one
        wallet would, as what moving it would cost is not reckoned.
        """
        use = self.needs.use
        for groups in _partitions(len(use), size):
            if len(groups) == size and self._is_funded(groups):
                keepers = range(len(groups)) if self.needs.keep is not None else (0,)
                for keeper in keepers:
                    yield [(group, number == keeper) for number, group in enumerate(groups)]

    def _is_funded(self, groups: Sequence[Sequence[int]]) -> bool:
        use = self.needs.use
        needed = (shortage([use[number] for number in group]) for group in groups)
        return sum(needed, ZERO) <= shortage(use)

    def _filled(self, blocks: list[_Block]) -> Iterator[list[_Option]]:
        """Yield the markets that may fill the blocks better than the best known so far."""
        choices = self._choices(blocks)
        if not choices or not all(choices):
            return
        least = [min(option.year.estimate for option in each) for each in choices]
        points = [max(option.points for option in each) for each in choices]
        # What the blocks after each come to at best.
        after = range(1, len(blocks) + 1)
        later = [(sum(least[number:], ZERO), sum(points[number:], ZERO)) for number in after]

        def fill(taken: list[_Option]) -> Iterator[list[_Option]]:
            number = len(taken)
            if number == len(blocks):
                if sum(map(self._is_kept, taken)) == len(self.kept):
                    yield taken
                return
            for option in choices[number]:
                if all(option.market != other.market for other in taken):
                    now = [*taken, option]
                    if self._may_win(now, *later[number], len(blocks)):
                        yield from fill(now)

        yield from fill([])

    def _choices(self, blocks: list[_Block]) -> list[list[_Option]]:
        """Return for each block the markets that may fill it, beside the cheapest for the others.

        A bill is made sooner than a score.
        """
        bills = [
            {market: self._judged(market, block) for market in self._fitting(block)}
            for block in blocks
        ]
        if not all(bills):
            return []
        least = [min(self._year(each.bill).estimate for each in fits.values()) for fits in bills]
        choices = []
        for block, fits, cheapest in zip(blocks, bills, least, strict=True):
            others = sum(least, ZERO) - cheapest
            options = (
                self._option(market, block)
                for market, each in fits.items()
                if not self._is_barred(
                    (bool(each.unconfirmed), False, self._is_guess(each.bill)),
                    self._year(each.bill).estimate + others,
                )
            )
            choices.append([option for option in options if option])
        return choices

    def _may_win(
        self,
        taken: Sequence[_Option],
        year_later: Decimal,
        points_later: Decimal,
        count: int,
    ) -> bool:
        """Return whether a set of so many that begins so may come first.

        It goes by the most that such a set could reach: what is given, the rest at its best.
        """
        year = sum((option.year.estimate for option in taken), ZERO) + year_later
        rank = self._rank(taken)
        if self._is_barred(rank, year):
            return False
        best = self._best
        if best is None or rank != best[0][0]:
            return best is None or rank < best[0][0]
        points = sum((option.points for option in taken), ZERO) + points_later
        full = year + self._trouble_of(count)
        money = self._money_points(taken[0].place, Range.exactly(full))
        return points + money + _HAIR >= -best[0][1]

    def _is_barred(self, rank: _Rank, year: Decimal) -> bool:
        """Return whether a set is dearer or less sure than the base may be (see `best`)."""
        base = self._base
        if base is None:
            return False
        if rank > (not base.confirmed, base.thin, False):
            return True
        better = not rank[0] and not base.confirmed
        return not better and year > base.year.total.estimate

    def _rank(self, taken: Sequence[_Option]) -> _Rank:
        return (
            any(not option.place.confirmed for option in taken),
            self._is_thin(taken),
            any(self._is_guess(option.place.bill) for option in taken),
        )

    def _is_thin(self, taken: Sequence[_Option]) -> bool:
        """Return whether too little is known of a set; of uses still to be given, all may be."""
        count = len(self.needs.use)
        unknown = sum(((1 - o.place.evidence) * len(o.uses) for o in taken), ZERO)
        enough = self.catalog.criteria.settings.evidence_percent / HUNDRED
        return 1 - unknown / count < enough

    def _is_guess(self, bill: Bill) -> bool:
        """Return whether something of a bill is not known that is not in the base as well."""
        if self._base is None:
            return False
        twin = self._base.twin(bill.candidate)
        same = twin.place.bill.lines if twin else ()
        return any(not line.known and line not in same for line in bill.lines)

    def _trouble_of(self, count: int) -> Decimal:
        """Return the price of the wallets beside the first; those that one has are no trouble."""
        return self.trouble * (count - max(len(self.kept), 1))

    def _key(self, options: Sequence[_Option]) -> _Key:
        """Return what a set goes by: less is better."""
        year = sum((option.year for option in options), NOTHING)
        full = year.estimate + self._trouble_of(len(options))
        own = sum((option.own for option in options), ZERO)
        points = self._points(self._values(options, Range.exactly(full))).estimate + own
        names = tuple(option.place.wallet.name for option in options)
        return self._rank(options), -points, full, len(options), year.high, names

    # Points.

    @cached_property
    def _asked(self) -> dict[str, tuple[Part, ...]]:
        """The parts of each criterion that these needs ask of any kind of wallet."""
        asked = self._by(0, self._whole).asked(self.markets[0][0].kind)
        return {
            name: (*(each.part for each in every.questions), *every.not_applying)
            for name, every in asked.items()
        }

    @cached_property
    def _whole_points(self) -> dict[str, Decimal]:
        return {name: sum((p.points for p in parts), ZERO) for name, parts in self._asked.items()}

    def _most(self, place: Place, uses: Sequence[int]) -> Decimal:
        """Return the most points that a wallet with some of the uses can add, but for the cost.

        What does not apply to it leaves more room to the others, at most as if it had all of it.
        """
        points = ZERO
        for name, criterion in place.values.items():
            values = {part.part.id: part.value.estimate for part in criterion.parts}
            weight = self.needs.weights[name] * HUNDRED
            for part in self._asked[name]:
                if part.measure != _MONEY and (share := self._share(part, uses)):
                    full = weight * part.points / self._whole_points[name]
                    points += full * share * values.get(part.id, Decimal(1))
            if not self._asked[name]:
                points += weight * criterion.value.estimate * len(uses) / len(self.needs.use)
        return points

    def _about(self, part: Part, uses: Sequence[int]) -> int:
        """Return how many of some uses a part is about."""
        if not part.only_for:
            return len(uses)
        return sum(self.needs.use[number].operation in part.only_for for number in uses)

    def _share(self, part: Part, uses: Sequence[int]) -> Decimal:
        """Return the share of some uses among all that a part is about."""
        return Decimal(self._about(part, uses)) / self._about(part, self._whole[0])

    def _values(self, options: Sequence[_Option], year: Range) -> dict[str, Range]:
        """Return what each criterion is worth for a set that costs so much."""
        return {name: self._value(name, options, year) for name in options[0].place.values}

    def _value(self, name: str, options: Sequence[_Option], year: Range) -> Range:
        parts: dict[str, tuple[PartValue, Range, int]] = {}
        for option in options:
            for part in option.place.values[name].parts:
                about = self._about(part.part, option.uses)
                _, total, uses = parts.get(part.part.id, (part, NOTHING, 0))
                parts[part.part.id] = part, total + part.value.times(about), uses + about
        if not parts:
            return options[0].place.values[name].value
        points = sum((part.part.points for part, _, _ in parts.values()), ZERO)
        value = NOTHING
        for part, total, uses in parts.values():
            money = part.part.measure == _MONEY
            worth = self._by_money(part, year).value if money else total.times(Decimal(1) / uses)
            value += worth.times(part.part.points / points)
        return value

    def _by_money(self, part: PartValue, year: Range) -> PartValue:
        """Return a part that goes by the money that a year costs."""
        return measured_as(part, year.times(HUNDRED / self._moved))

    @cached_property
    def _moved(self) -> Decimal:
        """The money that all uses move in a year, or in the stay."""
        repeats = period_of(self.needs.for_).repeats
        return sum((usage.amount for usage in self.needs.use), ZERO) * repeats

    def _money_points(self, place: Place, year: Range) -> Decimal:
        """Return the points for what a year costs."""
        points = ZERO
        for name, criterion in place.values.items():
            for part in criterion.parts:
                if part.part.measure == _MONEY:
                    full = self.needs.weights[name] * HUNDRED * part.part.points
                    worth = self._by_money(part, year).value.estimate
                    points += worth * full / self._whole_points[name]
        return points

    def _points(self, values: Mapping[str, Range]) -> Range:
        weights = self.needs.weights
        spans = (value.times(weights[name] * HUNDRED) for name, value in values.items())
        return sum(spans, NOTHING)

    def _score(self, options: Sequence[_Option]) -> Range:
        """Return the points of a set, the trouble not counted."""
        year = sum((option.year for option in options), NOTHING)
        own = sum((option.own for option in options), ZERO)
        return self._points(self._values(options, year)) + Range.exactly(own)

    def variance(self, one: Team, other: Team) -> Decimal:
        """Return the variance of the points that one set has more than another.

        It is by what is not known; what both rest on alike makes no difference.
        """
        variance = ZERO
        teams = one, other
        items = apart(one.bills, other.bills)
        for team, rival in (teams, teams[::-1]):
            for member in team.members:
                twin = rival.twin(member.candidate)
                if twin and team is other:
                    continue
                for name, criterion in member.place.values.items():
                    weight = self.needs.weights[name] * HUNDRED
                    for part in criterion.parts:
                        if part.part.measure != _MONEY:
                            share = self._share(part.part, member.numbers)
                            share -= self._share(part.part, twin.numbers) if twin else ZERO
                            variance += part.variance * (weight * part.share * share) ** 2
        for name, criterion in one.members[0].place.values.items():
            for part in criterion.parts:
                if part.part.measure == _MONEY:
                    full = part.share * self.needs.weights[name] * HUNDRED
                    for team, open_ in zip(teams, items, strict=True):
                        year = _around(team.year.total.estimate, self.sum(open_).total)
                        variance += self._by_money(part, year).variance * full**2
        return variance

    # What a set comes to.

    def sum(self, items: Sequence[Item]) -> Sum:
        """Return what items of bills come to, in the currency of the needs."""
        total = published = NOTHING
        complete = True
        for bill, item in items:
            year = item.yearly.times(self._rate(bill))
            known = not isinstance(item, Line) or item.known
            total += year
            published += year if known or (isinstance(item, Line) and item.least) else NOTHING
            complete = complete and known
        return Sum(total=total, published=published, complete=complete)

    def _team(self, blocks: Sequence[_Block], options: Sequence[_Option]) -> Team:
        year = self.sum([item for option in options for item in _items_of(option.place.bill)])
        trouble = self._trouble_of(len(options))
        own = sum((option.own for option in options), ZERO)
        values = self._values(options, year.total)
        dear = self._values(options, Range.exactly(year.total.estimate + trouble))
        return Team(
            members=tuple(self._member(n, blocks, options) for n in range(len(options))),
            year=year,
            trouble=trouble,
            values=values,
            own_points=own,
            score=self._score(options),
            net=self._points(dear).estimate + own,
            thin=self._is_thin(options),
        )

    def _member(self, here: int, blocks: Sequence[_Block], options: Sequence[_Option]) -> Member:
        option = options[here]
        bill = option.place.bill
        rest = list(_items_of(bill))
        shared = []
        for number, usage in zip(option.uses, bill.priced, strict=True):
            its = [item for item in rest if _is_of(item[1], usage)]
            rest = [item for item in rest if not _is_of(item[1], usage)]
            elsewhere = (
                self._elsewhere(number, here, there, blocks, options)
                for there in range(len(options))
                if there != here
            )
            shared.append(
                Shared(
                    number=number,
                    usage=usage,
                    year=self.sum(its),
                    elsewhere=tuple(elsewhere),
                )
            )
        return Member(
            place=option.place,
            needs=self._by(option.market, blocks[here]).needs,
            uses=tuple(shared),
            charges=self.sum(rest),
            year=self.sum(list(_items_of(bill))),
            kept=self._is_kept(option),
        )

    def _elsewhere(
        self,
        number: int,
        here: int,
        there: int,
        blocks: Sequence[_Block],
        options: Sequence[_Option],
    ) -> Elsewhere:
        """Return why a use is with one wallet of a set, `here`, and not with another, `there`."""
        left = tuple(each for each in blocks[here][0] if each != number)
        more = tuple(sorted((*blocks[there][0], number)))
        other = options[there].place.candidate
        moved = dict(enumerate(blocks))
        moved[there] = more, blocks[there][1] or (blocks[here][1] and not left)
        moved[here] = left, blocks[here][1]
        if not left:
            del moved[here]
        filled = {n: self._option(options[n].market, block) for n, block in moved.items()}
        for place, option in filled.items():
            if option is None:
                causes = self._judged(options[place].market, moved[place]).obstacles
                return Elsewhere(other=other, bar="cannot", causes=causes)
        after = [option for option in filled.values() if option is not None]
        if self._rank(after)[0] and not self._rank(options)[0]:
            causes = tuple(cause for each in after for cause in each.place.unconfirmed)
            return Elsewhere(other=other, bar="not-confirmed", causes=causes)
        if not self._is_funded([block[0] for block in moved.values()]):
            return Elsewhere(other=other, bar="its-money")
        if not left and self._is_kept(options[here]):
            return Elsewhere(other=other, bar="kept")
        bills = [[option.place.bill for option in each] for each in (options, after)]
        was, now = (self.sum(items) for items in apart(*bills))
        if not now.complete:
            return Elsewhere(other=other, bar="not-priced")
        span = less(now.total, was.total)
        points = self._score(options).estimate - self._score(after).estimate
        dearer = was.complete and span.estimate > 0
        return Elsewhere(
            other=other, bar="dearer" if dearer else "points", more=span, points=points
        )


def _partitions(count: int, most: int) -> Iterator[tuple[tuple[int, ...], ...]]:
    """Yield the ways to share out so many things among at most so many, each way once."""

    def share(rest: tuple[int, ...], left: int) -> Iterator[tuple[tuple[int, ...], ...]]:
        if not rest:
            yield ()
        elif left:
            first, *others = rest
            for size in range(len(others) + 1):
                for chosen in combinations(others, size):
                    remaining = tuple(each for each in others if each not in chosen)
                    for more in share(remaining, left - 1):
                        yield ((first, *chosen), *more)

    yield from share(tuple(range(count)), most)


def _order(option: _Option) -> tuple[bool, bool, Decimal, Decimal, str]:
    """Return what places go by in a ranking."""
    place = option.place
    score = place.score
    return not place.confirmed, place.thin, -score.estimate, -score.low, place.wallet.name


def _is_of(item: Line | Given, usage: Usage) -> bool:
    return (item.operation, item.method, item.country, item.amount, item.times) == (
        usage.operation,
        usage.method,
        usage.country,
        usage.amount,
        usage.times,
    )


def _market(candidate: Candidate) -> tuple[str, str, str]:
    return candidate.wallet.id, candidate.country, candidate.plan


def _items_of(bill: Bill) -> Iterator[Item]:
    """Yield the lines of a bill, and what it gives back for good."""
    for line in bill.lines:
        yield bill, line
    for given in bill.given_back:
        if not given.offer:
            yield bill, given


def _around(middle: Decimal, span: Range) -> Range:
    """Return a range that is as wide as another to each side of a figure."""
    return Range(middle - span.estimate + span.low, middle, middle - span.estimate + span.high)
