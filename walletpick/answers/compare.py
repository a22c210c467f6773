"""Markets side by side: what each says on every point, and which says the best. Pure.

A value that is not known never counts as the best, and a best is named only where at least two
values can be held against each other. `words.comparison` says what a row is about, and each value.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Literal

from msgspec import Struct, structs

from walletpick.answers.complain import hears_next
from walletpick.answers.deciding import by_weight, counted_alike, weighed_under, weights_by_row
from walletpick.answers.one_way import by_one_way
from walletpick.bill.bill import is_priced, is_whole
from walletpick.bill.giving import Given
from walletpick.bill.line import Line
from walletpick.bill.observe import Candidate, Observation
from walletpick.facts import model, vocabulary
from walletpick.facts.ages import fact_is_stale
from walletpick.facts.law import answer_time, calendar_days
from walletpick.facts.money import HUNDRED, NOTHING, ZERO, MoneyRange, convert
from walletpick.person.needs import one_currency, settled
from walletpick.score.criteria import Yardstick
from walletpick.score.experience import NO_EXPERIENCES, Experiences
from walletpick.score.ranking import Place, Ranking, judge, place_of, ranked

# What was asked for costs: shown also where it is unknown or equal.
COST_ROWS = ("cost", "cost-estimate")
_LINE_ORDER = ("fee", "conversion", "tax", "filling", "subscription", "once")
# A line by its kind, operation and country; lines for the same thing are numbered.
_LineKey = tuple[str, str, str | None, int]
_DAY = 24 * 60

AnyFact = model.Fact | model.FeeRule
# What a value says: nothing that is known; what its facts say; yes or no; what a line of a bill
# costs; that no line is no charge; that it depends on the method; that this is not done; that a
# limit forbids it; or a figure of the whole market, by its name.
_OfFacts = Literal["unknown", "facts", "yes-no", "active", "depends", "not-done"]
_OfBill = Literal["line", "given-back", "no-charge", "beyond-limit", "published", "total"]
_OfMarket = Literal["plan", "fit", "unconfirmed", "score", "thin-score", "evidence", "diary"]
Says = _OfFacts | _OfBill | _OfMarket | Literal["points"]

# The facts of which a market has one, by the key of their row.
_ONE: dict[str, Callable[[model.Market], model.Fact | None]] = {
    "licence": lambda market: market.licence,
    "languages": lambda market: market.support.languages,
    "complaint": lambda market: market.support.complaint,
    "onboarding:min_age": lambda market: market.onboarding.min_age,
    "onboarding:sign_up": lambda market: market.onboarding.sign_up,
    "closing:how": lambda market: market.closing if market.closing and market.closing.how else None,
    "closing:difficulty": lambda market: (
        market.closing if market.closing and market.closing.difficulty else None
    ),
}


class NoChoice(Exception):
    """It cannot be told which markets to compare (see `words.comparison.no_choice_words`).

    A wallet is not in a country that was named for it, or for all; wallets or markets are named
    twice; wallets share several countries.
    """

    def __init__(
        self,
        why: Literal["elsewhere", "named-elsewhere", "wallet-twice", "market-twice", "several"],
        wallets: Sequence[model.Wallet],
        countries: Sequence[str] = (),
    ) -> None:
        super().__init__(why, [wallet.id for wallet in wallets], countries)
        self.why = why
        self.wallets = wallets
        self.countries = countries


class Value(Struct, frozen=True, kw_only=True):
    """What one market says on one point.

    `worth` is what can be held against the others, more being better; None where nothing can.
    `span` is money in the currency of the comparison; `line` is one of a bill, of which `way` is
    whether to name its method; `barred` is whether a limit forbids a part.
    """

    says: Says
    known: bool = True
    best: bool = False
    stale: bool = False
    worth: Decimal | None = None
    facts: tuple[tuple[AnyFact, model.Source], ...] = ()
    span: MoneyRange | None = None
    line: Line | None = None
    way: bool = False
    barred: bool = False
    seen: Observation | None = None


class Row(Struct, frozen=True, kw_only=True):
    """One point, with a value for each market. `key` names it in the words of the catalog.

    `weight` is how many points of a score, of 100, hang on it at most; what is a must hangs most.
    `alike`: it counts the same for all, however they word it, so that it decides nothing.
    """

    key: str
    values: tuple[Value, ...]
    weight: Decimal = ZERO
    alike: bool = False


class Comparison(Struct, frozen=True, kw_only=True):
    """The result: markets with their bills and scores, whether or not they fit, and the rows.

    `needs` are settled; `currency` is that of the sums held against each other. `ranking` is of
    those that fit, among these alone. `unknown` are the keys of rows on which nobody says anything.
    `one_way` are the uses that named no way and are priced by one that all have, as the cheapest of
    each is another.
    """

    needs: model.Needs
    currency: str
    sides: tuple[Place, ...]
    ranking: Ranking
    rows: tuple[Row, ...]
    unknown: tuple[str, ...]
    one_way: tuple[model.Usage, ...] = ()


NOT_KNOWN = Value(says="unknown", known=False)


def choose_markets(
    asked: Sequence[tuple[model.Wallet, str | None]], country: str | None
) -> tuple[list[tuple[model.Wallet, str]], bool]:
    """Return the market of each wallet to compare, and whether that was a guess.

    A wallet comes with the country that the person named for it, if any; the others take
    `country`, or else the only country that they share. Raises NoChoice.
    """
    for wallet, named in asked:
        place = named or country
        if place and place not in wallet.markets:
            raise NoChoice("named-elsewhere" if named else "elsewhere", [wallet], [place])
    open_ = [wallet for wallet, named in asked if not named]
    for wallet in open_:
        if open_.count(wallet) > 1:
            raise NoChoice("wallet-twice", [wallet])
    guessed = False
    if open_ and not country:
        shared = [code for code in open_[0].markets if all(code in w.markets for w in open_)]
        named_codes = {named for _, named in asked if named}
        both = [code for code in shared if named_codes == {code}]
        if len(shared) == 1 or both:
            country = (both or shared)[0]
        elif shared:
            raise NoChoice("several", open_, shared)
        else:
            guessed = True
    targets = [(wallet, named or country or next(iter(wallet.markets))) for wallet, named in asked]
    for wallet, code in targets:
        if [(w.id, c) for w, c in targets].count((wallet.id, code)) > 1:
            raise NoChoice("market-twice", [wallet], [code])
    return targets, guessed


def compare(
    catalog: model.Catalog,
    targets: Sequence[tuple[model.Wallet, str]],
    needs: model.Needs,
    today: date,
    experiences: Experiences = NO_EXPERIENCES,
) -> Comparison:
    """Return markets side by side.

    `experiences` are what the person's own diary says of markets. Raises UnknownRate when the
    catalog has no exchange rate for the needs' currency.
    """
    needs = settled(needs, catalog.criteria.settings)

    def judged(needs: model.Needs) -> tuple[Yardstick, list[Place]]:
        by = Yardstick(needs, catalog, today)
        return by, [
            place_of(judge(wallet, country, by), by, experiences.get((wallet.id, country)))
            for wallet, country in targets
        ]

    by, sides, one_way = by_one_way(*judged(needs), judged)
    needs = structs.replace(needs, use=by.needs.use)
    currency = one_currency((side.bill.currency for side in sides), needs)
    table = _Table(by, currency, tuple(sides))
    weights = weights_by_row(sides, by)
    alike = counted_alike(sides)
    rows = [
        structs.replace(
            _marked(row),
            weight=weights.get(weighed_under(row.key), ZERO),
            alike=row.key in alike,
        )
        for row in table.rows()
    ]
    known = [row for row in rows if is_asked(row.key) or any(v.known for v in row.values)]
    # Where the sides are in several countries, each is named with its own.
    one = len({country for _, country in targets}) == 1
    return Comparison(
        needs=needs,
        currency=currency,
        sides=tuple(sides),
        ranking=Ranking(
            needs=needs if one else structs.replace(needs, country=None),
            places=ranked([side for side in sides if not side.obstacles]),
            left_out=(),
        ),
        rows=tuple(known),
        unknown=tuple(row.key for row in by_weight(row for row in rows if row not in known)),
        one_way=one_way,
    )


def is_asked(key: str) -> bool:
    """Return whether a row says what the uses cost, all or one of them: that is always shown."""
    return key in COST_ROWS or key.startswith("bill:fee:")


def _marked(row: Row) -> Row:
    """Return the row with its best values marked: those of most worth, where two can be held."""
    worths = [value.worth for value in row.values if value.known and value.worth is not None]
    if len(worths) < 2 or min(worths) == max(worths):
        return row
    most = max(worths)
    values = tuple(
        structs.replace(value, best=value.known and value.worth == most) for value in row.values
    )
    return structs.replace(row, values=values)


class _Table:
    """Makes the rows, section by section."""

    def __init__(self, by: Yardstick, currency: str, sides: tuple[Place, ...]) -> None:
        self.by = by
        self.catalog = by.catalog
        self.needs = by.needs
        self.currency = currency
        self.sides = sides

    def rows(self) -> Iterator[Row]:
        """Yield every row, also those that nobody says anything on."""
        yield from (
            *self.summary(),
            *self.points(),
            *self.bills(),
            *self.fees(),
            *self.limits(),
            *self.yes_or_no("features", "funding", "payout", "security", "protection"),
            *self.facts("licence"),
            *self.yes_or_no("channels"),
            *self.facts("languages", "complaint"),
            self.row("reply", (self.reply(side) for side in self.sides)),
            self.row("escalation", (self.hears(side) for side in self.sides)),
            *self.yes_or_no("platform", "onboarding"),
            *self.facts("onboarding:min_age", "onboarding:sign_up"),
            *self.facts("closing:how", "closing:difficulty"),
            *self.record(),
        )

    def row(self, key: str, values: Iterable[Value]) -> Row:
        """Return a row, its best not yet marked. What is not known is not old."""
        marked = (structs.replace(each, stale=each.stale and each.known) for each in values)
        return Row(key=key, values=tuple(marked))

    # Money, points and fit.

    def summary(self) -> Iterator[Row]:
        """Yield the rows of the fit, the score and the cost."""
        sides = self.sides
        yield self.row("status", (self.status(side) for side in sides))
        yield self.row("plan", (Value(says="plan") for _ in sides))
        if any(side.obstacles for side in sides):
            fits = (Decimal(not side.obstacles) for side in sides)
            yield self.row("fit", (Value(says="fit", worth=worth) for worth in fits))
        yield self.row("unconfirmed", (Value(says="unconfirmed") for _ in sides))
        yield self.row("score", (self.score(side) for side in sides))
        shares = [(side.evidence * HUNDRED).to_integral_value() for side in sides]
        yield self.row("evidence", (Value(says="evidence", worth=share) for share in shares))
        if self.needs.use:
            yield self.row("cost", (self.cost(side) for side in sides))
            if not all(side.bill.complete for side in sides):
                yield self.row("cost-estimate", (self.total(side) for side in sides))

    def status(self, side: Place) -> Value:
        """Return whether a market is open; where nothing is said, it is."""
        status = side.candidate.market.status
        if status is None:
            return Value(says="active", worth=Decimal(1))
        return self.one(side, "status", status)

    def score(self, side: Place) -> Value:
        """Return the score, which counts for a market that could be ranked."""
        enough = side.evidence * HUNDRED >= self.catalog.criteria.settings.evidence_percent
        worth = side.score.estimate if enough and not side.obstacles else None
        return Value(says="score" if enough else "thin-score", worth=worth)

    def cost(self, side: Place) -> Value:
        """Return the first year's cost; what cannot be done is not in it."""
        bill = side.bill
        stale = any(line.stale for line in bill.lines)
        if bill.complete or not is_priced(bill, self.needs):
            total = self.total(side)
            worth = -total.span.estimate if total.span and is_whole(bill) else None
            return structs.replace(total, stale=stale, worth=worth)
        part = self.home(bill.published)
        known, barred = bool(part.estimate), bool(bill.impossible)
        return Value(says="published", span=part, barred=barred, known=known, stale=stale)

    def total(self, side: Place) -> Value:
        """Return the first year's cost with averages for what is unknown."""
        total = self.home(side.bill.yearly)
        return Value(says="total", span=total, barred=bool(side.bill.impossible))

    def points(self) -> Iterator[Row]:
        """Yield the points of each criterion that weighs something."""
        for name, weight in self.needs.weights.items():
            if weight:
                values = (self.points_of(side, name) for side in self.sides)
                yield self.row(f"points:{name}", values)
        if any(side.own for side in self.sides):
            yield self.row("points:experience", (Value(says="diary") for _ in self.sides))

    def points_of(self, side: Place, name: str) -> Value:
        """Return the points of a criterion; for cost, they count where the whole bill is known."""
        value = side.values[name]
        counts = name != "cost" or is_whole(side.bill)
        return Value(
            says="points",
            barred=name == "cost" and bool(side.bill.impossible),
            known=bool(value.known),
            worth=value.value.estimate if counts else None,
            stale=any(item.observation.stale for part in value.parts for item in part.evidence),
        )

    def bills(self) -> Iterator[Row]:
        """Yield what each use costs in the first year, line by line."""
        if not self.needs.use:
            return
        lines = [_keyed(side.bill.lines) for side in self.sides]
        barred = [each.usage for side in self.sides for each in side.bill.impossible]
        asked: list[_LineKey] = [("fee", usage.operation, usage.country, 0) for usage in barred]
        keys = list(dict.fromkeys([*(key for listed in lines for key in listed), *asked]))
        for key in sorted(keys, key=lambda k: (_LINE_ORDER.index(k[0]), keys.index(k))):
            kind, operation, country, _ = key
            yield self.row(
                f"bill:{kind}:{operation}" + (f"@{country}" if country else ""),
                (
                    self.line(side, listed.get(key), operation, country)
                    for side, listed in zip(self.sides, lines, strict=True)
                ),
            )
        yield from self.given_back()

    def given_back(self) -> Iterator[Row]:
        """Yield what is given back for each use in a year, offers not counted."""
        given = [
            {
                (each.operation, each.country): each
                for each in side.bill.given_back
                if not each.offer
            }
            for side in self.sides
        ]
        for operation, country in dict.fromkeys(key for listed in given for key in listed):
            place = f"@{country}" if country else ""
            yield self.row(
                f"bill:given-back:{operation or 'balance'}{place}",
                (
                    self.given(side, listed.get((operation, country)))
                    for side, listed in zip(self.sides, given, strict=True)
                ),
            )

    def given(self, side: Place, given: Given | None) -> Value:
        """Return what is given back for a use; none is nothing."""
        if given is None:
            return self.no_charge()
        span = self.home(given.yearly)
        return Value(
            says="given-back",
            span=span,
            stale=given.stale,
            worth=-span.estimate,
            facts=_cited(side, given.rules),
        )

    def line(self, side: Place, line: Line | None, operation: str, country: str | None) -> Value:
        """Return one line of a bill; no line is no charge, unless it cannot be done."""
        barred = [
            each.limit
            for each in side.bill.impossible
            if (each.usage.operation, each.usage.country) == (operation, country)
        ]
        if line is None and barred:
            return Value(says="beyond-limit", facts=_cited(side, barred))
        if line is None:
            return self.no_charge()
        span = self.home(line.yearly)
        usages = [u for u in self.needs.use if (u.operation, u.country) == (operation, country)]
        way = not any(usage.method for usage in usages)
        return Value(
            says="line",
            span=span,
            line=line,
            way=way,
            barred=bool(barred),
            known=line.known,
            stale=line.stale,
            worth=-span.estimate if line.known and not barred else None,
            facts=_cited(side, line.rules),
        )

    def no_charge(self) -> Value:
        """Return that something costs nothing, or brings nothing."""
        return Value(says="no-charge", span=MoneyRange.of(NOTHING, self.currency), worth=ZERO)

    # Prices and limits.

    def fees(self) -> Iterator[Row]:
        """Yield the prices, by operation and method."""
        for operation in vocabulary.OPERATIONS:
            rules = [_rules_of(side.candidate, operation) for side in self.sides]
            methods = {rule.method for listed in rules for rule in listed}
            told: list[list[Value]] = []
            for method in (None, *vocabulary.METHODS):
                if method not in methods:
                    continue
                values = [
                    self.fee(side, listed, operation, method)
                    for side, listed in zip(self.sides, rules, strict=True)
                ]
                # One side prices it at an agent, the other in cash at an agent: that is one row.
                if values not in told:
                    told.append(values)
                    key = f"fees:{operation}" + (f":{method}" if method else "")
                    yield self.row(key, _comparable(values))

    def fee(
        self, side: Place, rules: Sequence[model.FeeRule], operation: str, method: str | None
    ) -> Value:
        """Return the price of an operation by a method, as far as one is known."""
        chosen = [rule for rule in rules if rule.method == method]
        wide = [None, *(w for w, covered in vocabulary.METHOD_COVERS.items() if method in covered)]
        for other in reversed(wide):
            chosen = chosen or [rule for rule in rules if rule.method == other]
        if chosen:
            worth = self.price_worth(chosen)
            known = any(rule.price != "unknown" for rule in chosen)
            return self.value_of(side, *chosen, worth=worth, known=known)
        if rules and method is None:
            return Value(says="depends")
        if operation in vocabulary.USAGE_OPERATIONS:
            seen = self.by.observer.look(side.candidate, f"does:{operation}")
            if seen.value is False and seen.fact:
                return self.cite("not-done", _cited(side, [seen.fact]))
        return NOT_KNOWN

    def price_worth(self, rules: Sequence[model.FeeRule]) -> Decimal | None:
        """Return the worth of a price that is one plain percentage or one plain sum."""
        if len(rules) != 1 or not _is_plain(rules[0]):
            return None
        rule = rules[0]
        if not rule.fixed:
            return -(rule.percent or ZERO)
        return None if rule.percent else -self.plain(rule.fixed, rule.currency)

    def limits(self) -> Iterator[Row]:
        """Yield the limits, by period, operation and method."""
        listed = [_limits_of(side.candidate) for side in self.sides]
        for key in dict.fromkeys(key for limits in listed for key in limits):
            values = (
                self.limit(side, limits.get(key, []))
                for side, limits in zip(self.sides, listed, strict=True)
            )
            yield self.row(":".join(part for part in ("limits", *key) if part), values)

    def limit(self, side: Place, limits: Sequence[model.Limit]) -> Value:
        """Return the limits of one kind; one plain sum for everybody has a worth."""
        if not limits:
            return NOT_KNOWN
        only, worth = limits[0], None
        plain = only.amount is not None and only.count is None and only.least is None
        narrow = only.for_ or only.provider or only.corridor or only.given or only.when
        if len(limits) == 1 and plain and not narrow and only.amount is not None:
            worth = self.plain(only.amount, only.currency)
        return self.value_of(side, *limits, worth=worth)

    # Facts.

    def yes_or_no(self, *families: str) -> Iterator[Row]:
        """Yield a row for each word of some families: yes, no, or not known."""
        more = {
            "channels": vocabulary.CHANNELS,
            "platform": vocabulary.PLATFORMS,
            "onboarding": vocabulary.ONBOARDING,
        }
        for family in families:
            for word in more.get(family) or vocabulary.CLAIM_FAMILIES[family]:
                key = f"{family}:{word}"
                row = self.row(key, (self.yes_no(side, key) for side in self.sides))
                asked = (vocabulary.applies(key, side.candidate.kind) for side in self.sides)
                if any(asked) or any(value.known for value in row.values):
                    yield row

    def yes_no(self, side: Place, key: str) -> Value:
        """Return yes, no or not known; what it takes to sign up is neither good nor bad."""
        seen = self.by.observer.look(side.candidate, key)
        if seen.value is None and seen.fact is None:
            return NOT_KNOWN
        if seen.fact is None or seen.source is None:
            return Value(says="yes-no", seen=seen)
        counts = seen.value is not None and not key.startswith("onboarding:")
        worth = Decimal(seen.value) if counts and seen.value is not None else None
        value = self.cite("yes-no", [(seen.fact, seen.source)], worth)
        return structs.replace(value, seen=seen)

    def facts(self, *keys: str) -> Iterator[Row]:
        """Yield the rows of facts of which a market has one."""
        for key in keys:
            facts = ((side, _ONE[key](side.candidate.market)) for side in self.sides)
            yield self.row(key, (self.one(side, key, fact) for side, fact in facts))

    def reply(self, side: Place) -> Value:
        """Return how soon a complaint is answered: as the operator says, or by law where sooner."""
        seen = self.by.observer.look(side.candidate, "reply")
        if (
            not isinstance(seen.fact, model.Reply | model.Right)
            or seen.source is None
            or seen.value is None
        ):
            return NOT_KNOWN
        days = calendar_days(answer_time(seen.fact))
        return self.cite("facts", [(seen.fact, seen.source)], -days)

    def hears(self, side: Place) -> Value:
        """Return who hears a complaint after the operator."""
        bodies = hears_next(self.catalog, side.wallet, side.candidate.country)
        if not bodies:
            return NOT_KNOWN
        body, _, source = bodies[0]
        return self.cite("facts", [(body, source)])

    def record(self) -> Iterator[Row]:
        """Yield ratings and what went wrong."""
        ratings = [rating for side in self.sides for rating in side.candidate.market.ratings]
        for store in dict.fromkeys(rating.store for rating in ratings):
            key = f"ratings:{store}"
            yield self.row(key, (self.one(side, key, _rating(side, store)) for side in self.sides))
        yield self.row("incidents", (self.incidents(side) for side in self.sides))

    def incidents(self, side: Place) -> Value:
        """Return what went wrong, the newest first; it does not get stale."""
        incidents = side.candidate.market.incidents
        newest = sorted(incidents, key=lambda item: item.date, reverse=True)
        if not newest:
            return NOT_KNOWN
        return structs.replace(self.value_of(side, *newest), stale=False)

    # Helpers.

    def one(self, side: Place, key: str, fact: model.Fact | None) -> Value:
        """Return the value that rests on one fact, if there is one."""
        return self.value_of(side, fact, worth=_worth(key, fact)) if fact else NOT_KNOWN

    def value_of(
        self, side: Place, *facts: AnyFact, worth: Decimal | None = None, known: bool = True
    ) -> Value:
        """Return what facts of a market say."""
        return structs.replace(self.cite("facts", _cited(side, facts), worth), known=known)

    def cite(
        self,
        says: Says,
        facts: Sequence[tuple[AnyFact, model.Source]],
        worth: Decimal | None = None,
    ) -> Value:
        """Return the value that rests on facts, stale if one of them is."""
        stale = any(fact_is_stale(*fact, self.catalog, self.by.today) for fact in facts)
        return Value(says=says, stale=stale, worth=worth, facts=tuple(facts))

    def home(self, span: MoneyRange) -> MoneyRange:
        """Return a sum in the currency of the comparison."""
        return span.in_currency(self.currency, self.catalog.per_usd)

    def plain(self, amount: Decimal, currency: str) -> Decimal:
        """Return money of a currency in that of the comparison."""
        return convert(amount, currency, self.currency, self.catalog.per_usd)


def _worth(key: str, fact: AnyFact) -> Decimal | None:
    """Return what a fact is worth against its like, more being better; None where nothing is."""
    match fact:
        case model.Status():
            return {"active": Decimal(1), "unconfirmed": None}.get(fact.state, ZERO)
        case model.SignUp():
            return -Decimal((fact.minutes or 0) + (fact.days or 0) * _DAY)
        case model.Rating():
            return fact.value
        case model.Closing(difficulty=str(difficulty)) if key == "closing:difficulty":
            return -Decimal(list(vocabulary.DIFFICULTIES).index(difficulty))
    return None


def _cited(side: Place, facts: Iterable[AnyFact]) -> tuple[tuple[AnyFact, model.Source], ...]:
    return tuple((fact, side.candidate.source_of(fact)) for fact in facts)


def _keyed(lines: Iterable[Line]) -> dict[_LineKey, Line]:
    """Return lines by what they are for; lines for the same thing are numbered."""
    keyed: dict[_LineKey, Line] = {}
    for line in lines:
        number = 0
        while (line.kind, line.operation, line.country, number) in keyed:
            number += 1
        keyed[line.kind, line.operation, line.country, number] = line
    return keyed


def _rules_of(candidate: Candidate, operation: str) -> list[model.FeeRule]:
    """Return the prices of an operation on the candidate's plan, without taxes."""
    return [
        rule
        for rule in candidate.market.fees
        if rule.operation == operation
        and not rule.tax
        and (not rule.plan or candidate.plan in rule.plan)
    ]


def _limits_of(candidate: Candidate) -> dict[tuple[str, str, str], list[model.Limit]]:
    """Return the limits on the candidate's plan by their period, operation and method."""
    limits: dict[tuple[str, str, str], list[model.Limit]] = {}
    for limit in candidate.market.limits:
        if not limit.plan or candidate.plan in limit.plan:
            key = (limit.what, limit.operation or "", limit.method or "")
            limits.setdefault(key, []).append(limit)
    return limits


def _rating(side: Place, store: str) -> model.Rating | None:
    """Return the first rating of a store."""
    ratings = side.candidate.market.ratings
    return next((rating for rating in ratings if rating.store == store), None)


def _is_plain(rule: model.FeeRule) -> bool:
    """Whether a price is a percentage or a sum and nothing else, for everybody."""
    narrow = (rule.given, rule.when, rule.provider, rule.for_, rule.corridor, rule.of)
    more = (rule.bands, rule.steps, rule.free, rule.cap, rule.from_, rule.bound)
    tops = (rule.percent_max, rule.fixed_max, rule.min, rule.max, rule.fx_markup)
    return rule.price is None and not any((*narrow, *more)) and all(top is None for top in tops)


def _comparable(values: Sequence[Value]) -> list[Value]:
    """Return prices of which none counts as best unless all that are known are of one kind.

    Sums of money and percentages cannot be held against each other.
    """
    kinds = set()
    for value in values:
        rule = value.facts[0][0] if value.facts else None
        if not value.known:
            continue
        if value.worth is None or not isinstance(rule, model.FeeRule):
            kinds.add("other")
        elif value.worth:
            kinds.add(f"sum {rule.per}" if rule.fixed else "percent")
    if len(kinds) < 2 and "other" not in kinds:
        return list(values)
    return [structs.replace(value, worth=None) for value in values]
