"""What a market would charge for the things a person does: (market, needs) -> Bill. Pure.

Everything is `Decimal` in the market's currency and nothing is rounded. `rules` chooses what
applies, `limits` says what cannot be done, `pricing` what a rule charges; here they become lines.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from msgspec import Struct, structs

from walletpick.bill.case import Case, by_method, case_for, case_of
from walletpick.bill.charges import card, subscription
from walletpick.bill.filling import arrives_changed, is_there_already, must_fill
from walletpick.bill.giving import Given, given_back, interest
from walletpick.bill.limits import (
    MOST_USES,
    Doings,
    Impossible,
    NearLimit,
    NeededLevel,
    Parted,
    bounds_by_any,
    broken_limit,
    doubtful_limits,
    nearest_limit,
    needed_levels,
)
from walletpick.bill.line import Line, LineKind
from walletpick.bill.lines import (
    aged,
    costed_line,
    is_empty,
    lowered,
    new_line,
    priced_line,
    raised,
    usual_average,
)
from walletpick.bill.observe import Candidate
from walletpick.bill.possible import Possible, possible_ways, ways_to_fill
from walletpick.bill.pricing import (
    State,
    alternatives,
    copied,
    has_markup,
    markup_of,
    only_markup,
    taken_for,
    year_of,
)
from walletpick.bill.quotes import SurveyPrice, is_official, is_told, seen, too_far
from walletpick.bill.rules import asked_by, chosen, is_ordinary
from walletpick.facts import places
from walletpick.facts.model import AverageFee, Catalog, FeeRule, Needs, Usage
from walletpick.facts.money import NOTHING, ZERO, MoneyRange, Range, convert
from walletpick.facts.periods import YEAR, Period
from walletpick.facts.vocabulary import ABROAD_OPERATIONS, RECEIVING_OPERATIONS, TRANSFER_OPERATIONS
from walletpick.person.needs import in_currency, is_incoming

_OUTSIDE = ("other-network", "bank-transfer")
# Ways that cost more than the others, for being paid later, at once, or by hand.
_COSTS_EXTRA = ("credit-card", "mobile-carrier", "instant", "cash-agent")


class Bill(Struct, frozen=True, kw_only=True):
    """What a candidate would charge in the first year, or in the stay that the needs are for.

    "Yearly" and "the first year" are the time of the bill, `period`, here and in its lines.
    `impossible` has what known limits forbid: of usages that pass a limit only together, the later;
    `priced` has the other usages, each by the method that it is priced by and in the parts that it
    is done in, `parted` what limits allow in parts alone, `levels` the account levels that they
    need, `doubtful` the limits that they may be beyond, `near` those of which they use most.
    `given_back` is what the market gives back, offers too. `moved` is the money that the usages
    move in a year. `among` are the lines as they are where the other side has the same wallet, ()
    where that is no other price. `from_abroad`: all of it is paid with a card or account from
    abroad, and what its bank takes for foreign money is not known and in no line.
    """

    candidate: Candidate
    lines: tuple[Line, ...]
    given_back: tuple[Given, ...] = ()
    impossible: tuple[Impossible, ...]
    priced: tuple[Usage, ...] = ()
    parted: tuple[Parted, ...] = ()
    levels: tuple[NeededLevel, ...] = ()
    doubtful: tuple[NearLimit, ...] = ()
    near: tuple[NearLimit, ...] = ()
    among: tuple[Line, ...] = ()
    moved: Decimal
    period: Period = YEAR
    from_abroad: bool = False

    @property
    def currency(self) -> str:
        """The market's currency."""
        return self.candidate.market.currency

    @property
    def charged(self) -> MoneyRange:
        """All that is charged in the first year, before anything is given back."""
        return self.sum(line.yearly for line in self.lines)

    @property
    def returned(self) -> MoneyRange:
        """What is given back in a year, offers not counted: not above zero."""
        return self.sum(each.yearly for each in self.given_back if not each.offer)

    @property
    def offered(self) -> MoneyRange:
        """What offers give back in the first year: not above zero, and in no other sum."""
        return self.sum(each.yearly for each in self.given_back if each.offer)

    @property
    def yearly(self) -> MoneyRange:
        """The first year, less what is given back; offers are not counted."""
        return self.charged + self.returned

    @property
    def counted(self) -> MoneyRange:
        """The first year as it counts in points: what is guessed, as what is dear.

        So no wallet is put first for a price that is only guessed: it would be first at a dear one.
        """
        guessed = [line.yearly for line in self.lines if line.guessed]
        more = sum((each.high - each.estimate for each in guessed), ZERO)
        year = self.yearly
        return structs.replace(year, estimate=year.estimate + more)

    @property
    def guessed(self) -> tuple[str, ...]:
        """The operations whose price is mostly a guess: no more of it is known than is not."""
        known, unknown = defaultdict[str, Decimal](Decimal), defaultdict[str, Decimal](Decimal)
        for line in self.lines:
            (unknown if line.guessed else known)[line.operation] += line.yearly.estimate
        done = dict.fromkeys(usage.operation for usage in self.priced)
        return tuple(each for each in done if each in unknown and known[each] <= unknown[each])

    @property
    def is_plan_unpriced(self) -> bool:
        """Whether it is not known what the plan itself costs."""
        regular = [line for line in self.lines if line.operation == "subscription"]
        return not all(line.known or line.least for line in regular)

    @property
    def plan_order(self) -> tuple[bool, bool, Decimal, Decimal]:
        """By what the plans of a market are sorted, the one to take being the least.

        A guess at the price of a plan would be the same for the least and the dearest: so what is
        not priced comes last, as it is listed, but for the first plan, which is the least.
        """
        least = [plan.id for plan in self.candidate.market.plans[:1]]
        unpriced = self.is_plan_unpriced and self.candidate.plan not in least
        year = NOTHING if unpriced else self.yearly
        return bool(self.impossible), unpriced, year.estimate, year.high

    @property
    def monthly(self) -> MoneyRange:
        """An average month, without what is paid once and without offers."""
        given = (each.monthly for each in self.given_back if not each.offer)
        return self.sum((*(line.monthly for line in self.lines), *given))

    @property
    def published(self) -> MoneyRange:
        """What of the first year is known, the lowest price where that alone is."""
        known = self.sum(line.yearly for line in self.lines if line.published)
        return known + self.returned

    @property
    def old(self) -> bool:
        """Whether anything that is known of it rests on an old price."""
        return any(line.stale for line in self.lines if line.known)

    @property
    def among_users(self) -> bool:
        """Whether anything of it that is known is cheaper among the wallet's own users."""
        return any(line.among_users and line.known for line in self.lines)

    @property
    def same_wallet(self) -> Bill:
        """The same where who is on the other side of each use has the wallet, too."""
        return structs.replace(self, lines=self.among or self.lines, among=())

    @property
    def complete(self) -> bool:
        """Whether every fee that the needs call for is known."""
        return all(line.known for line in self.lines)

    @property
    def in_full(self) -> bool:
        """Whether all that has to be paid is known: every fee, and no bank's own on top of it."""
        return self.complete and not self.from_abroad

    def sum(self, spans: Iterable[MoneyRange]) -> MoneyRange:
        """Return what figures of its lines, or of what is given back, come to."""
        return MoneyRange.sum(spans, self.currency)


class _Way(Struct, frozen=True):
    """What a usage costs by one method, and what is used up after it.

    `filling` is what putting its money into the balance would cost by itself. `among` are the lines
    among the wallet's own users, where these are others.
    """

    method: str | None
    lines: list[Line]
    yearly: Range
    state: State
    given: list[Given]
    filling: tuple[Line, ...] = ()
    among: tuple[Line, ...] = ()

    @property
    def rank(self) -> tuple[int, Decimal, bool, Decimal, bool, str]:
        """The figures to choose by: what is known first, then what is cheap.

        A tax that is next to nothing makes no price unknown. Of equals, the wallet's own network
        comes first, as people would take it; a credit card comes last, as its bank may charge for
        it, too.
        """
        unknown = _count_unknown((*self.lines, *self.filling))
        outside = self.method != "own-network"
        back = [each.yearly for each in self.given if not each.offer]
        net = sum((*back, *(line.yearly for line in self.filling)), self.yearly)
        on_credit = self.method == "credit-card"
        return unknown, net.estimate, outside, net.high, on_credit, self.method or ""

    @property
    def unpriced(self) -> int:
        """How many of its own charges are not known, however its money gets into the balance."""
        return _count_unknown(self.lines)


def _count_unknown(lines: Iterable[Line]) -> int:
    return sum(not (line.known or (line.kind == "tax" and line.slight)) for line in lines)


class _Filled(Struct, frozen=True):
    """How the balance is filled for what is taken from it, and what that costs."""

    usage: Usage
    lines: list[Line]
    given: list[Given]


def bill(candidate: Candidate, needs: Needs, catalog: Catalog, today: date) -> Bill:
    """Return what the candidate's plan would charge for the needs, line by line.

    `needs` are settled (see `needs.settled`); their amounts are a month's, or the stay's, in their
    currency. The bill is of the first year, or of the stay, in the market's currency. The formulas
    are those of `docs/method.md`. Raises UnknownRate when the catalog has no exchange rate for the
    needs' currency.
    """
    assert needs.currency
    case = case_of(candidate, needs, catalog, today)
    lines: list[Line] = []
    among: list[Line] = []
    given: list[Given] = []
    impossible: list[Impossible] = []
    moved = ZERO
    state: State = {}
    # What can be done: by whichever method, and by the one that it is priced by.
    done, priced = Doings(), Doings()
    ways: list[Usage] = []
    parted: list[Parted] = []
    levels: list[NeededLevel] = []
    doubtful: list[NearLimit] = []
    near: list[NearLimit] = []
    use = [in_currency(each, needs.currency, case.currency, case.per_usd) for each in needs.use]
    # What comes in and is not yet taken for what was priced before.
    left = _amount_of(filter(is_incoming, use))
    for asked in use:
        its = case_for(case, asked)
        moved += asked.amount
        possible = possible_ways(its, asked, done)
        if isinstance(possible, Impossible):
            impossible.append(possible)
            continue
        usage = possible.usage
        parted += filter(None, [possible.parted])
        done.add(bounds_by_any(usage, list(possible.bounds.values())))
        way = _best_way(its, possible, priced, state, left)
        priced.add(possible.bounds[way.method])
        ways.append(by_method(usage, way.method))
        if usage.operation == "withdraw" or must_fill(its, ways[-1]):
            left = max(left - usage.amount, ZERO)
        levels += needed_levels(its, ways[-1])
        doubtful += doubtful_limits(its, ways[-1])
        if not possible.parted:
            near += filter(None, [nearest_limit(its, ways[-1])])
        lines += way.lines
        among += way.among or way.lines
        given += way.given
        state = way.state
    beside: list[Line] = []
    fill = _to_fill(ways, case)
    filled = _filled(case, fill, done, priced, state) if fill else None
    if isinstance(filled, Impossible):
        impossible.append(filled)
    elif filled:
        levels += needed_levels(case, filled.usage)
        doubtful += doubtful_limits(case, filled.usage)
        near += filter(None, [nearest_limit(case, filled.usage)])
        beside += filled.lines
        given += filled.given
    if needs.keep is not None:
        keep = convert(needs.keep, needs.currency, case.currency, case.per_usd)
        given += interest(case, keep)
    draws_cash = any(line.method == "atm" for line in (*lines, *beside))
    beside += [*subscription(case), *card(case, draws_cash)]
    return Bill(
        candidate=candidate,
        lines=(*lines, *beside),
        among=(*among, *beside) if among != lines else (),
        given_back=tuple(given),
        impossible=tuple(impossible),
        priced=tuple(ways),
        parted=tuple(parted),
        levels=tuple(levels),
        doubtful=tuple(doubtful),
        near=tuple(near),
        moved=case.whole(moved),
        period=case.period,
        from_abroad=bool(use) and "visitor" in case.people,
    )


def cheapest(bills: Iterable[Bill]) -> Bill:
    """Return the bill of the plan to take. Raises ValueError when there is no bill."""
    return min(bills, key=lambda bill: bill.plan_order)


# One usage. From here on, the method of a usage is the one it is priced by.


def _best_way(case: Case, possible: Possible, priced: Doings, state: State, left: Decimal) -> _Way:
    """Return the cheapest of the possible ways that has room beside what was priced before.

    Of its money, `left` came in with other uses and need not be put into the balance.
    """
    usage, free = possible.usage, _with_room(case, possible, priced)
    # A way without a price counts only where none with a price has room.
    open_ = [way for way in free if way in possible.priced] or free or list(possible.bounds)
    ways = [_way(case, by_method(usage, method), copied(state), left) for method in open_]
    if not free:
        # Some of it goes one way and some another: at most the dearest, at least the cheapest.
        dearest = max(ways, key=lambda way: way.rank)
        less = dearest.yearly.low - min(way.yearly.low for way in ways)
        return structs.replace(dearest, lines=lowered(dearest.lines, less))
    best = _ordinary(usage, ways) or _with_anybody(case, usage, ways)
    unpriced = [method for method in free if method not in possible.priced]
    if best.method in _COSTS_EXTRA and best.yearly.estimate > 0 and unpriced:
        # What others cost is not known, and is not that.
        ways = [_way(case, by_method(usage, method), copied(state), left) for method in unpriced]
        best = min(ways, key=lambda way: way.rank)
    if best.method and not usage.method:
        lines = [structs.replace(line, taken=True) for line in best.lines]
        best = structs.replace(best, lines=lines)
    if usage.operation in RECEIVING_OPERATIONS and best.lines:
        # The payer chooses the way, so the cheapest and the dearest stay possible.
        less = best.yearly.low - min(way.yearly.low for way in ways)
        more = max(max(way.yearly.high for way in ways) - best.yearly.high, ZERO)
        first, *others = lowered(best.lines, less)
        return structs.replace(best, lines=[raised(first, more), *others])
    return best


def _with_room(case: Case, possible: Possible, priced: Doings) -> list[str | None]:
    """Return the possible methods that have room beside what was priced before."""
    return [way for way, its in possible.bounds.items() if not broken_limit(case, its, priced)]


def _ordinary(usage: Usage, ways: Sequence[_Way]) -> _Way | None:
    """Return the way that nobody chooses: the one asked for, or how money comes by any means.

    Of what comes in, whoever pays chooses, so a price by one means alone is not the ordinary one.
    """
    if usage.method:
        return min(ways, key=lambda way: way.rank)
    if usage.operation not in RECEIVING_OPERATIONS:
        return None
    return next((way for way in ways if way.method is None and way.rank[0] == 0), None)


def _with_anybody(case: Case, usage: Usage, ways: Sequence[_Way]) -> _Way:
    """Return the cheapest way to deal with anybody, not with the wallet's own users alone.

    The price among its users is the low end, where it is lower; where there is no other, the price
    to others is a guess, unless the operator says that nobody else is reached. Where a wallet is in
    wide use most people have it: there that price is the likeliest, and the other the high end.
    Whom money comes from is not the person's choice: see `_best_way`.
    """
    own = next((way for way in ways if way.method == "own-network"), None)
    if own is None or usage.operation not in TRANSFER_OPERATIONS:
        return min(ways, key=lambda way: way.rank)
    claim = case.market.features.get(usage.operation)
    if claim and claim.has and claim.method == ("own-network",):
        return own
    used = case.market.offers("widely-used")
    if usage.operation == "send" and used and not own.unpriced:
        return _among_most(own, ways)
    # A way counts as priced where no more of it is unknown than among the users.
    priced = [way for way in ways if way is not own and way.rank[0] <= own.rank[0]]
    if not priced:
        return _outside(case, usage, own)
    other = min(priced, key=lambda way: way.rank)
    # An old price reaches lower only because it may have changed.
    cheaper = own.yearly.estimate < other.yearly.estimate
    less = other.yearly.low - own.yearly.low
    if usage.operation in RECEIVING_OPERATIONS or less <= 0 or not cheaper:
        return other
    first, *rest = lowered(other.lines, less)
    lines = [structs.replace(first, among_users=True), *rest]
    return structs.replace(other, lines=lines, among=tuple(own.lines))


def _among_most(own: _Way, ways: Sequence[_Way]) -> _Way:
    """Return the way among a wallet's users, with the known price to others as its high end."""
    others = [way for way in ways if way is not own and not way.unpriced]
    other = min(others, key=lambda way: way.rank, default=None)
    if other and other.yearly.estimate <= own.yearly.estimate:
        return min(other, own, key=lambda way: way.rank)
    more = other.yearly.high - own.yearly.high if other else ZERO
    if other is None or more <= 0:
        return own
    first, *rest = own.lines
    year = structs.replace(first.yearly, high=first.yearly.high + more)
    lines = [structs.replace(first, yearly=year, among_users=True), *rest]
    yearly = structs.replace(own.yearly, high=other.yearly.high)
    return structs.replace(own, lines=lines, yearly=yearly, among=tuple(own.lines))


def _outside(case: Case, usage: Usage, own: _Way) -> _Way:
    """Return the way among a wallet's users with the fee of others, of whom no price is known."""
    average = _average_outside(case, usage)
    unknown = taken_for(case, average, usage)
    lines = []
    for line in own.lines:
        year = line.yearly
        if line.kind == "fee":
            high = max(year.high, unknown.high)
            year = structs.replace(year, estimate=max(year.estimate, unknown.estimate), high=high)
            line = structs.replace(
                line, known=False, least=False, among_users=True, average=average, yearly=year
            )
        lines.append(line)
    yearly = sum((each.yearly for each in lines), NOTHING)
    return structs.replace(own, lines=lines, among=tuple(own.lines), yearly=yearly)


def _average_outside(case: Case, usage: Usage) -> AverageFee:
    """Return what a transfer to or from others than a wallet's own users is taken to cost.

    Of what such ways cost elsewhere, the dearer: silence is not to look better than a price.
    """
    known = case.catalog.averages.fees_by_method.get(usage.operation, {})
    ways = [method for method in _OUTSIDE if method in known]
    averages = [usual_average(case, "fee", by_method(usage, method)) for method in ways or (None,)]
    return max(averages, key=lambda each: taken_for(case, each, usage).ends)


def _way(case: Case, usage: Usage, state: State, left: Decimal | None = None) -> _Way:
    """Return what a usage costs by its method; `state` is brought up to date."""
    lines = _lines(case, usage, state)
    year = sum((line.yearly for line in lines), NOTHING)
    given = given_back(case, usage, year, state)
    filling: tuple[Line, ...] = ()
    if left is not None and left < usage.amount and must_fill(case, usage):
        fill = Usage(operation="top-up", amount=usage.amount - left, times=usage.times)
        filled = _filled(case, fill, Doings(), Doings(), state)
        filling = () if isinstance(filled, Impossible) else tuple(filled.lines if filled else ())
    return _Way(usage.method, lines, year, state, given, filling)


# Putting into the balance what uses take from it.


def _to_fill(use: Sequence[Usage], case: Case) -> Usage | None:
    """Return what has to be put into the balance for some uses, each by the method priced.

    What comes in with others of them goes first into what is moved out, and then into these.
    """
    filled = [usage for usage in use if must_fill(case, usage)]
    amount = _amount_of(filled)
    went = amount + _amount_of(usage for usage in use if usage.operation == "withdraw")
    came = _amount_of(filter(is_incoming, use))
    amount = min(amount, went - came)
    if amount <= 0:
        return None
    times = min(sum(usage.times for usage in filled), MOST_USES)
    return Usage(operation="top-up", amount=amount, times=times)


def _filled(
    case: Case, fill: Usage, done: Doings, priced: Doings, state: State
) -> _Filled | Impossible | None:
    """Return how the balance is filled by the cheapest method open to the person, or what forbids.

    It is filled once in the time of the needs, or in as few parts as a limit leaves. None where
    nothing they have is taken.
    """
    possible = ways_to_fill(case, fill, done)
    if not isinstance(possible, Possible):
        return possible
    usage = possible.usage
    free = _with_room(case, possible, priced) or possible.bounds
    best = min((_way_in(case, by_method(usage, way), state) for way in free), key=lambda w: w.rank)
    return _Filled(by_method(usage, best.method), best.lines, best.given)


def _way_in(case: Case, usage: Usage, state: State) -> _Way:
    """Return what filling the balance costs by a method.

    One's own bank transfer is received as any other is, where filling has no price of its own.
    """
    way = _way(case, usage, copied(state))
    if usage.method == "bank-transfer" and not any(line.rules for line in way.lines):
        received = _way(case, structs.replace(usage, operation="receive"), copied(state))
        rules = [rule for line in received.lines for rule in line.rules]
        if rules and all(rule.method == usage.method for rule in rules):
            way = received
    lines = [
        structs.replace(
            line, operation="top-up", kind="filling" if line.kind == "fee" else line.kind
        )
        for line in way.lines
    ]
    return structs.replace(way, lines=lines)


def _amount_of(use: Iterable[Usage]) -> Decimal:
    return sum((usage.amount for usage in use), ZERO)


def _lines(case: Case, usage: Usage, state: State) -> list[Line]:
    """Return the lines of a usage by its method; `state` is brought up to date."""
    if is_there_already(case, usage):
        return []
    lines = _charges(case, usage, state)
    taxes = chosen(case, usage, "tax")
    if taxes:
        tax = priced_line(case, "tax", usage, taxes, state, lines[0].yearly)
        # A share of a fee that nobody knows is not known either.
        known = tax.known and (lines[0].known or all(rule.of != "fee" for rule in taxes))
        lines.append(structs.replace(tax, known=known))
    return [line for line in lines if not is_empty(line)]


def _charges(case: Case, usage: Usage, state: State) -> list[Line]:
    """Return the lines of the fee and of the exchange rate.

    A whole price that the operator or an authority states comes before what a survey saw, and that
    before what other sites say. What the person told comes first, and a survey prices the rest.
    """
    quote = seen(case, usage)
    if quote is None:
        lines = _by_tariff(case, usage, state)
        if all(line.known for line in lines) or not (far := too_far(case, usage)):
            return lines
        return [structs.replace(lines[0], far=far), *lines[1:]]
    after = copied(state)
    lines = _by_tariff(case, usage, after)
    rules = [rule for line in lines for rule in line.rules]
    if all(line.known for line in lines) and is_official(case, rules):
        state.update(after)
        return lines
    parts: dict[LineKind, Range] = {"fee": quote.fee}
    if _changes_currency(case, usage, ()) or quote.margin.high:
        parts["conversion"] = quote.margin
    surveyed = [_quote_line(case, kind, usage, quote, part) for kind, part in parts.items()]
    if not is_told(case, rules):
        return surveyed
    state.update(after)
    known = [line for line in lines if line.known]
    kinds = {line.kind for line in known}
    return [*known, *(line for line in surveyed if line.kind not in kinds)]


def _by_tariff(case: Case, usage: Usage, state: State) -> list[Line]:
    """Return the lines of the fee and of the exchange rate by the market's own rules."""
    rules = chosen(case, usage, "base")
    lines = [_surcharged(case, _fee(case, usage, rules, state), usage, state)]
    if _changes_currency(case, usage, rules):
        lines += _conversion(case, usage, rules, state)
    return lines


def _quote_line(case: Case, kind: LineKind, usage: Usage, quote: SurveyPrice, span: Range) -> Line:
    """Return the line of a part of what a survey saw."""
    stale = any(case.is_stale(service) for service in quote.services)
    if stale:
        span = aged(case, kind, usage, span)
    return new_line(case, kind, usage, rules=quote.services, known=True, stale=stale, yearly=span)


def _fee(case: Case, usage: Usage, rules: Sequence[FeeRule], state: State) -> Line:
    """Return the line of the ordinary fee, without what the exchange rate costs."""
    if rules and all(only_markup(rule) for rule in rules):
        # Paying and converting have no other price than the rate; what an operator takes for
        # the transfer itself it says apart, and where it does not, that is not known.
        if usage.operation not in ("send-abroad", "receive-abroad"):
            return new_line(case, "fee", usage, known=True, yearly=NOTHING)
        rules = ()
    return priced_line(case, "fee", usage, rules, state)


def _changes_currency(case: Case, usage: Usage, rules: Sequence[FeeRule]) -> bool:
    """Return whether a usage has a line for the exchange rate.

    What goes abroad to no certain country is taken to change its currency.
    """
    if usage.operation == "convert":
        return any(has_markup(rule) for rule in rules)
    if usage.operation not in (*ABROAD_OPERATIONS, "cash-out"):
        return False
    if usage.country:
        return places.currency_of(usage.country) != case.currency
    return usage.operation != "cash-out"


def _conversion(case: Case, usage: Usage, rules: Sequence[FeeRule], state: State) -> list[Line]:
    """Return the lines for changing the currency: the rules' own markup, or `convert`."""
    marked = [rule for rule in rules if has_markup(rule)]
    if marked:
        return [_markup(case, usage, marked, state)]
    converting = structs.replace(usage, operation="convert", method=None)
    rules = chosen(case, converting, "base")
    marked = [rule for rule in rules if has_markup(rule)]
    priced = [rule for rule in rules if not only_markup(rule)]
    if not rules and usage.operation == "receive-abroad" and arrives_changed(case):
        return []
    lines = []
    if marked:
        lines.append(_markup(case, converting, marked, state))
    if priced or not marked:
        # Where nothing is known, what it is taken for goes by what is done and where to.
        asked = converting if priced else usage
        lines.append(priced_line(case, "conversion", asked, priced, state))
    lines[-1] = _surcharged(case, lines[-1], converting, state)
    return [structs.replace(line, operation=usage.operation, method=usage.method) for line in lines]


def _markup(case: Case, usage: Usage, rules: Sequence[FeeRule], state: State) -> Line:
    """Return the cost of the exchange rate: percent over mid-market on the amount."""
    markups = [markup_of(rule) for rule in rules]
    average = usual_average(case, "conversion", usage)
    costs = alternatives(case, markups, usage, state, average)
    return costed_line(case, "conversion", usage, rules, costs)


def _surcharged(case: Case, line: Line, usage: Usage, state: State) -> Line:
    """Return the line with what its surcharges may add.

    Whether their conditions hold is mostly not known: then they only lift the upper end. What the
    person answered with yes comes on top for sure.
    """
    fee, average = line.yearly, usual_average(case, line.kind, usage)
    for rule in chosen(case, usage, "surcharge"):
        extra = year_of(case, rule, usage, state, average, fee).yearly
        if has_markup(rule):
            extra += year_of(case, markup_of(rule), usage, state, average).yearly
        stale = case.is_stale(rule)
        if stale:
            extra = aged(case, line.kind, usage, extra)
        sure = is_ordinary(case, rule)
        line = structs.replace(
            line,
            yearly=line.yearly + (extra if sure else Range(ZERO, ZERO, extra.high)),
            rules=(*line.rules, rule),
            added=(*line.added, rule) if sure else line.added,
            asks=tuple(dict.fromkeys((*line.asks, *asked_by(case, [rule])))),
            stale=line.stale or stale,
        )
    return line


def is_priced(bill: Bill, needs: Needs) -> bool:
    """Return whether a bill has a total: not where nothing is asked, or none of it can be done.

    Where some of it can be done, the total is of that.
    """
    return len(bill.impossible) < len(needs.use)


def is_whole(bill: Bill) -> bool:
    """Return whether a bill's total has everything in it: all fees known, nothing impossible."""
    return bill.complete and not bill.impossible
