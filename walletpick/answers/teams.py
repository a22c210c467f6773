"""Sets of wallets that share out the uses of some needs, and the best of them. Pure.

Each use is given to one wallet of the set, which is judged and billed for the uses that it gets, as
`rank` would do it. Nothing is guessed at: every way of sharing the uses out is weighed, but for
those that can be seen not to come first (branch and bound, Land and Doig 1960).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import combinations

from msgspec import Struct, structs

from walletpick.answers.firms import are_apart
from walletpick.answers.switch import Sum, of_a_customer
from walletpick.answers.team import (
    Elsewhere,
    Item,
    Market,
    Member,
    Move,
    Reserve,
    SharedUse,
    Team,
    apart,
    comes_to_bank,
    for_uses,
    has_bank,
    is_filled,
    is_from_bank,
    items_of,
    moving,
    surplus,
    with_moves,
)
from walletpick.answers.team_points import Filled, Scale
from walletpick.bill.bill import Bill, bill
from walletpick.bill.filling import shortage
from walletpick.bill.giving import Given
from walletpick.bill.line import Line
from walletpick.bill.observe import Candidate
from walletpick.bill.quotes import FROM_BANK
from walletpick.bill.shown import does_key
from walletpick.facts.model import Catalog, Needs, Usage
from walletpick.facts.money import HUNDRED, NOTHING, ZERO, MoneyRange, Range
from walletpick.person.needs import currency_of, is_spent
from walletpick.score.causes import doubt_of, is_about
from walletpick.score.criteria import Yardstick
from walletpick.score.experience import Experiences
from walletpick.score.ranking import (
    Judgement,
    LeftOut,
    Place,
    candidates,
    is_for_others,
    judge,
    place_of,
)

# What is lost in dividing.
_HAIR = Decimal("1e-15")
# The uses of a wallet, by their places; and whether what the person keeps lies there.
_Block = tuple[tuple[int, ...], bool]
# How much of a set is not confirmed, whether little is known of it, or it rests on a guess.
_Rank = tuple[int, bool, bool]
_Key = tuple[_Rank, Decimal, Decimal, int, Decimal, Decimal, tuple[str, ...]]


class _Option(Struct, frozen=True):
    """A market for a block of uses, with what the search goes by.

    `points` are the most that it can add but for the cost, `own` those of the diary among them.
    `guessed` is what its year counts more in points, for what of it is not known.
    """

    market: int
    uses: tuple[int, ...]
    place: Place
    year: MoneyRange
    guessed: Decimal
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
        self.catalog, self.needs, self.today = catalog, needs, today
        self.currency, self.trouble = currency_of(needs), trouble
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
        self._yardsticks: dict[tuple[_Block, bool, bool], Yardstick] = {}
        self._judgements: dict[tuple[int, _Block], Judgement] = {}
        self._options: dict[tuple[int, _Block], _Option | None] = {}
        self._out: dict[tuple[tuple[str, str, str], Decimal], Sum] = {}

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
        first = min(options, key=lambda each: each.place.order, default=None)
        return self._team([self._whole], [first]) if first else None

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

    @cached_property
    def _scale(self) -> Scale:
        kind = self.markets[0][0].kind
        return Scale(self.needs, self._by(0, self._whole), kind)

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

    def reserves(self, team: Team) -> tuple[Reserve, ...]:
        """Return what does the same as a set of one, should that fail: another firm's, confirmed.

        One wallet for all of it, or else for each use that has one: the best of them by `rank`,
        those whose price is known before the others.
        """
        if len(team.members) != 1:
            return ()
        first = team.members[0].candidate
        alone = [(number,) for number in range(len(self.needs.use))]
        for blocks in ([self._whole[0]], alone):
            places = [(uses, self._reserve(first, uses)) for uses in blocks]
            found = tuple(Reserve(uses=uses, place=place) for uses, place in places if place)
            if found:
                return found
        return ()

    def _reserve(self, first: Candidate, uses: tuple[int, ...]) -> Place | None:
        block = uses, len(uses) == len(self.needs.use)
        fitting = (self._option(market, block) for market in self._fitting(block))
        places = [
            option.place
            for option in fitting
            if option and option.place.confirmed and are_apart(option.place.candidate, first)
        ]
        return min(places, key=lambda place: (not place.bill.complete, place.order), default=None)

    # One wallet, judged for some of the uses.

    @cached_property
    def _whole(self) -> _Block:
        return tuple(range(len(self.needs.use))), True

    def _is_kept(self, option: _Option) -> bool:
        return option.market < len(self.kept)

    def _by(self, market: int, block: _Block, filled: bool = False) -> Yardstick:
        kept = market < len(self.kept)
        key = block, kept, filled
        if key not in self._yardsticks:
            needs = for_uses(self.needs, *block)
            needs = of_a_customer(needs) if kept else needs
            if filled:
                needs = structs.replace(needs, have=FROM_BANK)
            self._yardsticks[key] = Yardstick(needs, self.catalog, self.today)
        return self._yardsticks[key]

    def _judged(self, market: int, block: _Block) -> Judgement:
        key = market, block
        if key not in self._judgements:
            wallet, country = self.markets[market]
            kind = wallet.kind_in(wallet.markets[country])
            filled = is_filled(kind, self.needs, block[0])
            judgement = judge(wallet, country, self._by(market, block, filled))
            if market < len(self.kept):
                # What is paid once when one starts is paid.
                bill = judgement.bill
                lines = tuple(line for line in bill.lines if line.kind != "once")
                judgement = structs.replace(judgement, bill=structs.replace(bill, lines=lines))
            else:
                judgement = _for_the_person(judgement)
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
        year, counted = (self._home(each) for each in (place.bill.yearly, place.bill.counted))
        return _Option(
            market,
            block[0],
            place,
            year,
            counted.estimate - year.estimate,
            self._scale.most(place, block[0]) + own,
            own,
        )

    def _home(self, span: MoneyRange) -> MoneyRange:
        return span.in_currency(self.currency, self.catalog.per_usd)

    # Sets.

    def _partitions(self, size: int) -> Iterator[list[_Block]]:
        """Yield the ways to share the uses out among so many wallets.

        What comes in goes out of the same wallet, or of the bank account, or of another wallet that
        is filled from there: who has no bank account can only spend it where it came in.
        """
        for groups in _partitions(len(self.needs.use), size):
            if len(groups) == size and self._is_funded(groups, self._from_some_bank):
                keepers = range(len(groups)) if self.needs.keep is not None else (0,)
                for keeper in keepers:
                    yield [(group, number == keeper) for number, group in enumerate(groups)]

    @cached_property
    def _from_some_bank(self) -> frozenset[int]:
        """The uses that some market pays from the bank account."""
        return frozenset(
            number
            for (wallet, country), doing in zip(self.markets, self._doing, strict=True)
            for number in doing
            if is_from_bank(wallet.kind_in(wallet.markets[country]), self.needs.use[number])
        )

    def _from_bank(self, options: Sequence[_Option]) -> frozenset[int]:
        """Return the uses that a set pays from the bank account."""
        return frozenset(
            number
            for option in options
            for number in option.uses
            if is_from_bank(option.place.candidate.kind, self.needs.use[number])
        )

    def _is_funded(self, groups: Sequence[Sequence[int]], from_bank: frozenset[int]) -> bool:
        use = self.needs.use
        if has_bank(self.needs):
            # All else may come from there; to move out what comes from there is pointless.
            stays = {
                n for n, each in enumerate(use) if is_spent(each) and each.operation != "withdraw"
            }
            groups = [[n for n in group if n not in stays] for group in groups]
        every = [use[n] for group in groups for n in group]
        return sum(self._needed(groups, from_bank), ZERO) <= shortage(every)

    def _needed(
        self, groups: Sequence[Sequence[int]], from_bank: frozenset[int]
    ) -> Iterator[Decimal]:
        """Yield what the balance of each wallet needs from elsewhere."""
        for group in groups:
            yield shortage([self.needs.use[n] for n in group if n not in from_bank])

    def _is_possible(self, options: Sequence[_Option]) -> bool:
        """Return whether each wallet has the money, and moving it does not make the set dearer."""
        if not self._is_funded([option.uses for option in options], self._from_bank(options)):
            return False
        moves = self._moves(options)
        year = sum((option.year for option in options), NOTHING) + moving(moves)
        return not moves or not self._is_barred(self._rank(options), year.estimate)

    def _moves(self, options: Sequence[_Option]) -> tuple[Move, ...]:
        """Return what has to be moved to the bank account for what is paid, or filled, from there.

        What does not come in with the uses is there already, and so is what comes in with a wallet
        that holds no balance of its own.
        """
        from_bank = self._from_bank(options)
        use = self.needs.use
        left = sum((use[number].amount for number in from_bank), ZERO) - shortage(use)
        left += sum(self._needed([option.uses for option in options], from_bank), ZERO)
        if len(options) < 2 or left <= 0:
            return ()
        moves = []
        for option in sorted(
            options, key=lambda each: not comes_to_bank(each.place.candidate.kind)
        ):
            balance = [use[number] for number in option.uses if number not in from_bank]
            amount = min(surplus(balance), left)
            if amount > 0:
                left -= amount
                if not comes_to_bank(option.place.candidate.kind):
                    there = option.place.candidate
                    year = self._moved_out(there, amount)
                    moves.append(Move(candidate=there, amount=amount, year=year))
        return tuple(moves)

    def _moved_out(self, candidate: Candidate, amount: Decimal) -> Sum:
        """Return what moving an amount out of a wallet costs."""
        key = candidate.key, amount
        if key not in self._out:
            usage = Usage(operation="withdraw", amount=amount, times=1)
            needs = structs.replace(self.needs, use=(usage,), must=(), keep=None)
            its = bill(candidate, needs, self.catalog, self.today)
            out = self.sum([(its, line) for line in its.lines if line.operation == "withdraw"])
            possible = out.complete and not its.impossible
            self._out[key] = structs.replace(out, complete=possible)
        return self._out[key]

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
                every = sum(map(self._is_kept, taken)) == len(self.kept)
                if every and self._is_possible(taken):
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
        least = [
            min(self._home(each.bill.yearly).estimate for each in fits.values()) for fits in bills
        ]
        choices = []
        for block, fits, cheapest in zip(blocks, bills, least, strict=True):
            others = sum(least, ZERO) - cheapest
            options = (
                self._option(market, block)
                for market, each in fits.items()
                if not self._is_barred(
                    (doubt_of(each.unconfirmed), False, self._is_guess(each.bill)),
                    self._home(each.bill.yearly).estimate + others,
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
        money = self._scale.money_points(taken[0].place, Range.exactly(full))
        return points + money + _HAIR >= -best[0][1]

    def _is_barred(self, rank: _Rank, year: Decimal) -> bool:
        """Return whether a set is dearer or less sure than the base may be (see `best`)."""
        base = self._base
        if base is None:
            return False
        if rank > (base.doubt, base.thin, False):
            return True
        better = not rank[0] and not base.confirmed
        return not better and year > base.year.total.estimate

    def _rank(self, taken: Sequence[_Option]) -> _Rank:
        return (
            max(option.place.doubt for option in taken),
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
        year = sum((option.year for option in options), NOTHING) + moving(self._moves(options))
        full = year.estimate + self._trouble_of(len(options))
        own = sum((option.own for option in options), ZERO)
        counted = _counted(Range.exactly(full), options)
        points = self._scale.points(self._scale.values(_filled(options), counted)).estimate + own
        names = tuple(option.place.wallet.name for option in options)
        return self._rank(options), -points, full, len(options), year.high, year.low, names

    # Points.

    def _score(self, options: Sequence[_Option]) -> Range:
        """Return the points of a set, the trouble not counted."""
        year = _counted(sum((option.year for option in options), NOTHING), options)
        own = sum((option.own for option in options), ZERO)
        return self._scale.points(self._scale.values(_filled(options), year)) + Range.exactly(own)

    def variance(self, one: Team, other: Team) -> Decimal:
        """Return the variance of the points that one set has more than another."""
        was, now = (each.total for each in self.apart(one, other))
        return self._scale.variance(one, other, (was, now))

    def apart(self, one: Team, other: Team) -> tuple[Sum, Sum]:
        """Return what two sets cost, without what is the same in both."""
        was, now = (self.sum(items) for items in apart(one.bills, other.bills))
        return with_moves(was, one.moves), with_moves(now, other.moves)

    # What a set comes to.

    def sum(self, items: Sequence[Item]) -> Sum:
        """Return what items of bills come to, in the currency of the needs."""
        total = published = MoneyRange.sum((), self.currency)
        complete = slight = True
        from_abroad = any(its.from_abroad for its, _ in items)
        for _, item in items:
            year = self._home(item.yearly)
            known = not isinstance(item, Line) or item.known
            total += year
            published += NOTHING if isinstance(item, Line) and not item.published else year
            complete = complete and known
            slight = slight and not (isinstance(item, Line) and item.guessed)
        return Sum(
            total=total,
            published=published,
            complete=complete,
            slight=slight,
            from_abroad=from_abroad,
        )

    def _team(self, blocks: Sequence[_Block], options: Sequence[_Option]) -> Team:
        moves = self._moves(options)
        items = self.sum([item for option in options for item in items_of(option.place.bill)])
        year = with_moves(items, moves)
        trouble = self._trouble_of(len(options))
        own = sum((option.own for option in options), ZERO)
        values = self._scale.values(_filled(options), _counted(year.total, options))
        full = _counted(Range.exactly(year.total.estimate + trouble), options)
        dear = self._scale.values(_filled(options), full)
        return Team(
            members=tuple(self._member(n, blocks, options) for n in range(len(options))),
            moves=moves,
            year=year,
            trouble=trouble,
            values=values,
            own_points=own,
            score=self._score(options),
            net=self._scale.points(dear).estimate + own,
            thin=self._is_thin(options),
        )

    def _member(self, here: int, blocks: Sequence[_Block], options: Sequence[_Option]) -> Member:
        option = options[here]
        bill = option.place.bill
        rest = list(items_of(bill))
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
                SharedUse(
                    number=number,
                    usage=usage,
                    year=self.sum(its),
                    confirmed=not any(
                        is_about(cause, self.needs.use[number])
                        for cause in option.place.unconfirmed
                    ),
                    elsewhere=tuple(elsewhere),
                )
            )
        return Member(
            place=option.place,
            needs=self._by(option.market, blocks[here]).needs,
            uses=tuple(shared),
            charges=self.sum(rest),
            year=self.sum(list(items_of(bill))),
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
        if self._rank(after)[0] > self._rank(options)[0]:
            causes = tuple(cause for each in after for cause in each.place.unconfirmed)
            return Elsewhere(other=other, bar="not-confirmed", causes=causes)
        if not self._is_funded([each.uses for each in after], self._from_bank(after)):
            return Elsewhere(other=other, bar="its-money")
        if not left and self._is_kept(options[here]):
            return Elsewhere(other=other, bar="kept")
        bills = [[option.place.bill for option in each] for each in (options, after)]
        was, now = (
            with_moves(self.sum(items), self._moves(each))
            for items, each in zip(apart(*bills), (options, after), strict=True)
        )
        if not now.complete:
            return Elsewhere(other=other, bar="not-priced")
        span = now.total - was.total
        points = self._score(options).estimate - self._score(after).estimate
        dearer = was.complete and span.estimate > 0
        return Elsewhere(
            other=other, bar="dearer" if dearer else "points", more=span, points=points
        )


def _for_the_person(judgement: Judgement) -> Judgement:
    """Return a judgement by which nobody is sent to what is for others alone.

    Whoever has such a wallet may well be one of them; who does not, and is one, says so.
    """
    against = [
        structs.replace(cause, strict=True)
        for cause in judgement.unconfirmed
        if is_for_others(cause)
    ]
    obstacles = (*judgement.obstacles, *against)
    return structs.replace(judgement, obstacles=obstacles) if against else judgement


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


def _counted(year: Range, options: Sequence[_Option]) -> Range:
    """Return what a year of a set counts as in points (see `Bill.counted`)."""
    more = sum((option.guessed for option in options), ZERO)
    return Range(year.low, year.estimate + more, max(year.high, year.estimate + more))


def _filled(options: Sequence[_Option]) -> list[Filled]:
    return [(option.place, option.uses) for option in options]


def _is_of(item: Line | Given, usage: Usage) -> bool:
    return (item.operation, item.method, item.country, item.amount, item.times) == (
        usage.operation,
        usage.method,
        usage.country,
        usage.amount,
        usage.times,
    )
