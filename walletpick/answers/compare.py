"""Markets side by side: what each says on every point, and which says the best. Pure.

A value that is not known never counts as the best, and a best is named only where at least two
values can be held against each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal

from msgspec import Struct, structs

from walletpick.bill.bill import Line
from walletpick.bill.observe import Candidate, Observation, observe
from walletpick.facts.model import (
    Catalog,
    Claim,
    Fact,
    FeeRule,
    Limit,
    Needs,
    Price,
    Protection,
    Source,
    Wallet,
)
from walletpick.facts.money import HUNDRED, ZERO, Range, convert
from walletpick.facts.places import country_name, in_country
from walletpick.facts.vocabulary import (
    CHANNELS,
    CLOSING_WAYS,
    DIFFICULTIES,
    FEATURES,
    FUNDING,
    INCIDENTS,
    METHOD_COVERS,
    METHODS,
    ONBOARDING,
    OPERATIONS,
    PAYOUT,
    PLATFORMS,
    PROTECTIONS,
    SECURITY,
    STATUSES,
    USAGE_OPERATIONS,
)
from walletpick.person.needs import settled
from walletpick.score.criteria import Yardstick
from walletpick.score.experience import NO_EXPERIENCES, Experiences
from walletpick.score.ranking import Place, judge, place_of
from walletpick.words.bills import is_priced, is_whole
from walletpick.words.causes import causes_words
from walletpick.words.common import (
    UNKNOWN,
    fact_is_stale,
    hears_next,
    number_words,
    range_words,
    tenth,
)
from walletpick.words.phrases import (
    claim_phrase,
    figure,
    language_name,
    limit_figure,
    limit_head,
    limit_scope,
    money,
    operation_phrase,
    rule_scope,
    rule_words,
    scope_words,
)

_WORKING_DAYS = Decimal(7) / 5
_DAY = 24 * 60


class NoChoice(Exception):
    """It cannot be told which markets to compare; the message says what to do."""


class Value(Struct, frozen=True, kw_only=True):
    """What one market says on one point.

    `worth` is what can be held against the others, more being better; None where nothing can.
    """

    text: str
    known: bool = True
    best: bool = False
    stale: bool = False
    worth: Decimal | None = None
    facts: tuple[tuple[Fact | FeeRule | Limit, Source], ...] = ()


class Row(Struct, frozen=True, kw_only=True):
    """One point, with a value for each market. `key` names it in the words of the catalog."""

    section: str
    key: str
    label: str
    values: tuple[Value, ...]

    @property
    def equal(self) -> bool:
        """Whether all markets say the same."""
        return len({value.text for value in self.values}) == 1


class Comparison(Struct, frozen=True, kw_only=True):
    """The result: markets with their bills and scores, whether or not they fit, and the rows.

    `needs` are settled; `currency` is that of the sums held against each other.
    """

    needs: Needs
    currency: str
    sides: tuple[Place, ...]
    rows: tuple[Row, ...]


# What was asked for costs: shown also where it is unknown or equal.
COST_ROWS = ("cost", "cost-estimate")
NOT_KNOWN = Value(text=UNKNOWN, known=False)


def choose_markets(
    asked: Sequence[tuple[Wallet, str | None]], country: str | None
) -> tuple[list[tuple[Wallet, str]], str]:
    """Return the market of each wallet to compare, and a sentence where that was a guess.

    A wallet comes with the country that the person named for it, if any; the others take
    `country`, or else the only country that they share. Raises NoChoice.
    """
    for wallet, named in asked:
        place = named or country
        if place and place not in wallet.markets:
            here = wallet.id if not named else f"{wallet.id} in another country"
            raise NoChoice(
                f"the catalog has no {wallet.name} in {in_country(place)}, only in"
                f" {_countries(wallet.markets)}; to compare {here} write"
                f" {wallet.id}@{next(iter(wallet.markets))}"
            )
    open_ = [wallet for wallet, named in asked if not named]
    for wallet in open_:
        if open_.count(wallet) > 1:
            pair = [f"{wallet.id}@{code}" for code in [*wallet.markets][:2]]
            raise NoChoice(
                f"{wallet.name} is named twice: name two different wallets"
                + (f", or one in two countries, such as {' '.join(pair)}" if pair[1:] else "")
            )
    note = ""
    if open_ and not country:
        shared = [code for code in open_[0].markets if all(code in w.markets for w in open_)]
        named_codes = {named for _, named in asked if named}
        both = [code for code in shared if named_codes == {code}]
        if len(shared) == 1 or both:
            country = (both or shared)[0]
        elif shared:
            raise NoChoice(
                f"{_and([wallet.name for wallet in open_])} can be compared in several countries,"
                f" {_countries(shared)}: say which with --country {shared[0]}"
            )
        else:
            firsts = [
                f"{wallet.name} in {in_country(next(iter(wallet.markets)))}" for wallet in open_
            ]
            note = f"these wallets share no country; compared are {_and(firsts)}"
    targets = [(wallet, named or country or next(iter(wallet.markets))) for wallet, named in asked]
    for wallet, code in targets:
        if [(w.id, c) for w, c in targets].count((wallet.id, code)) > 1:
            raise NoChoice(f"{wallet.name} in {in_country(code)} is named twice")
    return targets, note


def compare(
    catalog: Catalog,
    targets: Sequence[tuple[Wallet, str]],
    needs: Needs,
    today: date,
    experiences: Experiences = NO_EXPERIENCES,
) -> Comparison:
    """Return markets side by side.

    `experiences` are what the person's own diary says of markets. Raises UnknownRate when the
    catalog has no exchange rate for the needs' currency.
    """
    needs = settled(needs, catalog.criteria.settings.default_weights)
    assert needs.currency
    by = Yardstick(needs, catalog, today)
    sides = [
        place_of(judge(wallet, country, by), by, experiences.get((wallet.id, country)))
        for wallet, country in targets
    ]
    currencies = {side.bill.currency for side in sides}
    currency = currencies.pop() if len(currencies) == 1 else needs.currency
    clerk = _Clerk(catalog, needs, today, currency, tuple(sides))
    rows = tuple(_marked(row) for row in clerk.rows())
    return Comparison(needs=needs, currency=currency, sides=tuple(sides), rows=rows)


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


class _Clerk:
    """Writes the rows, section by section."""

    def __init__(
        self, catalog: Catalog, needs: Needs, today: date, currency: str, sides: tuple[Place, ...]
    ) -> None:
        self.catalog = catalog
        self.needs = needs
        self.today = today
        self.currency = currency
        self.sides = sides

    def rows(self) -> Iterator[Row]:
        """Yield every row; those that nobody says anything on are left out."""
        for row in (
            *self.summary(),
            *self.points(),
            *self.bills(),
            *self.fees(),
            *self.limits(),
            *self.family("What it does", "features", FEATURES),
            *self.family("Putting money in", "funding", FUNDING),
            *self.family("Getting money out", "payout", PAYOUT),
            *self.family("Security", "security", SECURITY),
            *self.protection(),
            *self.support(),
            *self.sign_up(),
            *self.leaving(),
            *self.record(),
        ):
            if row.key in COST_ROWS or any(value.known for value in row.values):
                yield row

    # Money, points and fit.

    def summary(self) -> Iterator[Row]:
        """Yield the row of the fit, the score and the cost."""
        section = "In short"
        yield self.row(section, "status", "status", (self.status(s) for s in self.sides))
        plans = []
        for side in self.sides:
            names = {plan.id: plan.name for plan in side.candidate.market.plans}
            plans.append(Value(text=names.get(side.candidate.plan, "the only one")))
        yield self.row(section, "plan", "plan", plans)
        fits = []
        unsure = []
        for side in self.sides:
            against = causes_words(side.obstacles)
            fits.append(Value(text=against or "fits", worth=Decimal(not against)))
            open_ = causes_words(side.unconfirmed)
            unsure.append(Value(text=open_ or ("nothing" if side.judgement.fits else "-")))
        if not all(side.judgement.fits for side in self.sides):
            yield self.row(section, "fit", "does not fit", fits)
        yield self.row(section, "unconfirmed", "not confirmed", unsure)
        scores = (self.score(side) for side in self.sides)
        yield self.row(section, "score", "score, of 100", scores)
        share = [(side.evidence * HUNDRED).to_integral_value() for side in self.sides]
        known = [Value(text=f"{percent} %", worth=percent) for percent in share]
        yield self.row(section, "evidence", "known of what is asked", known)
        if self.needs.use:
            yield self.row(section, "cost", "first year", (self.cost(s) for s in self.sides))
            if any(not line.known for side in self.sides for line in side.bill.lines):
                taken = [Value(text=self.total(side)) for side in self.sides]
                yield self.row(section, "cost-estimate", "with averages for ?", taken)

    def score(self, side: Place) -> Value:
        """Return the score, which counts for a market that could be ranked."""
        words = number_words(side.score)
        enough = side.evidence * HUNDRED >= self.catalog.criteria.settings.evidence_percent
        if not enough:
            words += ", but too little is known"
        counts = side.judgement.fits and enough
        return Value(text=words, worth=side.score.estimate if counts else None)

    def status(self, side: Place) -> Value:
        """Return whether a market is open."""
        status = side.candidate.market.status
        if status is None:
            return Value(text=STATUSES["active"], worth=Decimal(1))
        since = f" since {status.since}" if status.since else ""
        worth = {"active": Decimal(1), "unconfirmed": None}.get(status.state, ZERO)
        return self.said(side, f"{STATUSES[status.state]}{since}", status, worth)

    def cost(self, side: Place) -> Value:
        """Return the first year's cost; what cannot be done is not in it."""
        bill = side.bill
        stale = any(line.stale for line in bill.lines)
        unknown = [line for line in bill.lines if not line.known]
        if not unknown or not is_priced(bill, self.needs):
            worth = -self.home(side, bill.yearly).estimate if is_whole(bill) else None
            return Value(text=self.total(side), stale=stale, worth=worth)
        # The known part alone; that nothing of it is known to cost does not make it free.
        part = self.home(side, bill.published)
        words = UNKNOWN
        if part.estimate:
            about = "" if part.exact else "about "
            words = f"{about}{money(part.estimate, self.currency)} + {UNKNOWN}"
        if bill.impossible:
            words += f" {_WITHOUT}"
        return Value(text=words, known=bool(part.estimate), stale=stale)

    def total(self, side: Place) -> str:
        """Return the first year's cost with averages for what is unknown."""
        bill = side.bill
        if not is_priced(bill, self.needs):
            return "cannot be done"
        words = range_words(self.home(side, bill.yearly), self.currency)
        return f"{words} {_WITHOUT}" if bill.impossible else words

    def points(self) -> Iterator[Row]:
        """Yield the points of each criterion that weighs something."""
        for name, weight in self.needs.weights.items():
            if not weight:
                continue
            full = weight * HUNDRED
            values = []
            for side in self.sides:
                value = side.values[name]
                words = number_words(value.value, full)
                whole = name != "cost" or side.bill.complete
                barred = name == "cost" and bool(side.bill.impossible)
                if barred:
                    words += f" {_WITHOUT}"
                values.append(
                    Value(
                        text=words if value.known else f"{UNKNOWN}, taken for {words}",
                        known=bool(value.known),
                        worth=value.value.estimate if whole and not barred else None,
                        stale=any(
                            item.observation.stale for part in value.parts for item in part.evidence
                        ),
                    )
                )
            yield self.row("Points", f"points:{name}", f"{name}, of {tenth(full)}", values)
        if any(side.own for side in self.sides):
            diary = [
                Value(text=f"{side.own_points:+.1f}" if side.own else "nothing noted")
                for side in self.sides
            ]
            yield self.row("Points", "points:experience", "your own diary", diary)

    def bills(self) -> Iterator[Row]:
        """Yield what each use costs in the first year, line by line."""
        if not self.needs.use:
            return
        listed = [_keyed(side.bill.lines) for side in self.sides]
        barred = [each.usage for side in self.sides for each in side.bill.impossible]
        asked: list[_LineKey] = [("fee", usage.operation, usage.country, 0) for usage in barred]
        keys = list(dict.fromkeys([*(key for lines in listed for key in lines), *asked]))
        for key in sorted(keys, key=lambda k: (_LINE_ORDER.index(k[0]), keys.index(k))):
            kind, operation, country, _ = key
            label = _LINE_LABELS.get(kind, "{}").format(operation_phrase(operation))
            if country:
                label += f" ({country_name(country)})"
            yield self.row(
                "Cost in the first year",
                f"bill:{kind}:{operation}" + (f"@{country}" if country else ""),
                label,
                (
                    self.line(side, lines.get(key), operation, country)
                    for side, lines in zip(self.sides, listed, strict=True)
                ),
            )

    def line(self, side: Place, line: Line | None, operation: str, country: str | None) -> Value:
        """Return one line of a bill; no line is no charge, unless it cannot be done."""
        barred = [
            each.limit
            for each in side.bill.impossible
            if (each.usage.operation, each.usage.country) == (operation, country)
        ]
        if barred and line is None:
            limits = tuple((limit, side.candidate.source_of(limit)) for limit in barred)
            return Value(text="cannot: over a limit", facts=limits)
        if line is None:
            return Value(text=money(ZERO, self.currency), worth=ZERO)
        rest = f" {_WITHOUT}" if barred else ""
        span = self.home(side, line.yearly)
        usages = [u for u in self.needs.use if u.operation == operation and u.country == country]
        asked_method = any(usage.method for usage in usages)
        way = f", {METHODS[line.method]}" if line.method and not asked_method else ""
        facts = tuple((rule, side.candidate.source_of(rule)) for rule in line.rules)
        if not line.known:
            about = f"{UNKNOWN}, taken for {money(span.estimate, self.currency)}{way}{rest}"
            return Value(text=about, known=False, stale=line.stale, facts=facts)
        return Value(
            text=range_words(span, self.currency) + way + rest,
            stale=line.stale,
            worth=None if barred else -span.estimate,
            facts=facts,
        )

    def fees(self) -> Iterator[Row]:
        """Yield the prices, by operation and method."""
        for operation in OPERATIONS:
            rules = [_rules_of(side.candidate, operation) for side in self.sides]
            methods = {rule.method for listed in rules for rule in listed}
            for method in (None, *METHODS):
                if method not in methods:
                    continue
                label = operation_phrase(operation)
                if method:
                    label += f", {METHODS[method]}"
                values = [
                    self.fee(side, listed, operation, method)
                    for side, listed in zip(self.sides, rules, strict=True)
                ]
                key = f"fees:{operation}" + (f":{method}" if method else "")
                yield self.row("Fees", key, label, _comparable(values))

    def fee(
        self, side: Place, rules: Sequence[FeeRule], operation: str, method: str | None
    ) -> Value:
        """Return the price of an operation by a method, as far as one is known."""
        chosen = [rule for rule in rules if rule.method == method]
        wide = [None, *(w for w, covered in METHOD_COVERS.items() if method in covered)]
        for other in reversed(wide):
            chosen = chosen or [rule for rule in rules if rule.method == other]
        if not chosen and rules and method is None:
            return Value(text="depends on the way, see below")
        if not chosen:
            return self.not_done(side, operation)
        market = side.candidate.market
        texts = []
        for rule in chosen:
            scope = rule_scope(structs.replace(rule, method=None, plan=()))
            words = rule_words(rule, market.currency)
            texts.append(f"{words} ({scope})" if scope else words)
        facts = tuple((rule, side.candidate.source_of(rule)) for rule in chosen)
        return Value(
            text="; ".join(dict.fromkeys(texts)),
            known=any(rule.price != "unknown" for rule in chosen),
            stale=any(self.is_stale(*fact) for fact in facts),
            worth=self.price_worth(chosen, market.currency),
            facts=facts,
        )

    def not_done(self, side: Place, operation: str) -> Value:
        """Return that a market does not do an operation, or that its price is not known."""
        if operation not in USAGE_OPERATIONS:
            return NOT_KNOWN
        seen = self.look(side, f"does:{operation}")
        if seen.value is False and seen.fact:
            return self.said(side, "does not do this", seen.fact)
        return NOT_KNOWN

    def price_worth(self, rules: Sequence[FeeRule], currency: str) -> Decimal | None:
        """Return the worth of a price that is one plain percentage or one plain sum."""
        if len(rules) != 1:
            return None
        rule = rules[0]
        if rule.bands or rule.steps or rule.free or rule.when or rule.provider or rule.for_:
            return None
        if rule.cap or rule.from_ or rule.bound or rule.of or rule.corridor:
            return None
        if not _is_plain(rule):
            return None
        if not rule.fixed:
            return -(rule.percent or ZERO)
        if rule.percent:
            return None
        start = rule.currency or currency
        return -convert(rule.fixed, start, self.currency, self.catalog.per_usd)

    # Facts.

    def limits(self) -> Iterator[Row]:
        """Yield the limits, by period, operation and method."""
        keys = []
        listed = []
        for side in self.sides:
            mine: dict[tuple[str, str, str], list[Limit]] = {}
            for limit in side.candidate.market.limits:
                if limit.plan and side.candidate.plan not in limit.plan:
                    continue
                key = (limit.what, limit.operation or "", limit.method or "")
                mine.setdefault(key, []).append(limit)
                keys.append(key)
            listed.append(mine)
        for key in dict.fromkeys(keys):
            what, operation, method = key
            first = next(mine[key][0] for mine in listed if key in mine)
            label = limit_head(first) + (f" {METHODS[method]}" if method else "")
            values = (
                self.limit(side, mine.get(key, []))
                for side, mine in zip(self.sides, listed, strict=True)
            )
            name = ":".join(part for part in ("limits", what, operation, method) if part)
            yield self.row("Limits", name, f"{label}, {_PERIODS[what]}", values)

    def limit(self, side: Place, limits: Sequence[Limit]) -> Value:
        """Return the limits of one kind."""
        if not limits:
            return NOT_KNOWN
        currency = side.candidate.market.currency
        texts = []
        for limit in limits:
            scope = limit_scope(structs.replace(limit, method=None, plan=()))
            words = limit_figure(limit, currency)
            texts.append(f"{words} ({scope})" if scope else words)
        facts = tuple((limit, side.candidate.wallet.sources[limit.source]) for limit in limits)
        worth = None
        only = limits[0]
        plain = only.amount is not None and only.count is None and only.least is None
        narrow = only.for_ or only.provider or only.corridor or only.when
        if len(limits) == 1 and plain and not narrow:
            assert only.amount is not None
            start = only.currency or currency
            worth = convert(only.amount, start, self.currency, self.catalog.per_usd)
        stale = any(self.is_stale(*fact) for fact in facts)
        return Value(text="; ".join(texts), stale=stale, worth=worth, facts=facts)

    def family(self, section: str, family: str, words: Iterable[str]) -> Iterator[Row]:
        """Yield a row for each word of a family: yes, no, or not known."""
        for word in words:
            key = f"{family}:{word}"
            values = [self.yes_no(side, key) for side in self.sides]
            yield self.row(section, key, claim_phrase(key, True), values)

    def yes_no(self, side: Place, key: str, counts: bool = True, more: str = "") -> Value:
        """Return yes, no or not known, under which condition, and since when it is stale."""
        seen = self.look(side, key)
        if seen.fact is None or seen.source is None:
            return Value(text="yes") if seen.value else NOT_KNOWN
        holds = bool(getattr(seen.fact, "has", True)) if seen.value is None else seen.value
        text = "yes" if holds else "no"
        if seen.value is None and isinstance(seen.fact, (Claim, Protection, FeeRule)):
            text += f" (only {', '.join(scope_words(seen.fact))})"
        worth = Decimal(seen.value) if counts and seen.value is not None else None
        return self.said(
            side, text + (more if text == "yes" else ""), seen.fact, worth, seen.source
        )

    def protection(self) -> Iterator[Row]:
        """Yield the kinds of cover, with their limits."""
        for kind in PROTECTIONS:
            if kind == "none":
                continue
            key = f"protection:{kind}"
            values = []
            for side in self.sides:
                market = side.candidate.market
                caps = [p.limit for p in market.protection if p.kind == kind and p.limit]
                more = f", up to {money(caps[0], market.currency)}" if len(caps) == 1 else ""
                values.append(self.yes_no(side, key, more=more))
            yield self.row("What protects the money", key, claim_phrase(key, True), values)
        licences = []
        for side in self.sides:
            licence = side.candidate.market.licence
            by = f", {licence.authority}" if licence and licence.authority else ""
            licences.append(
                self.said(side, f"{licence.as_}{by}", licence) if licence else NOT_KNOWN
            )
        yield self.row("What protects the money", "licence", "licence", licences)

    def support(self) -> Iterator[Row]:
        """Yield how to reach somebody, and what becomes of a complaint."""
        section = "Getting help"
        for word in CHANNELS:
            key = f"channels:{word}"
            values = []
            for side in self.sides:
                channel = side.candidate.market.support.channels.get(word)
                details = (channel.number, channel.hours) if channel else ()
                more = "".join(f", {detail}" for detail in details if detail)
                values.append(self.yes_no(side, key, more=more))
            yield self.row(section, key, CHANNELS[word], values)
        supports = [(side, side.candidate.market.support) for side in self.sides]
        yield self.row(
            section,
            "languages",
            "languages",
            (
                self.said(side, ", ".join(map(language_name, has.languages.words)), has.languages)
                if has.languages
                else NOT_KNOWN
                for side, has in supports
            ),
        )
        yield self.row(
            section,
            "complaint",
            "how to complain",
            (
                self.said(side, has.complaint.how, has.complaint) if has.complaint else NOT_KNOWN
                for side, has in supports
            ),
        )
        replies = []
        for side, has in supports:
            if not has.reply:
                replies.append(NOT_KNOWN)
                continue
            kind = "working days" if has.reply.working else "days"
            days = has.reply.days * (_WORKING_DAYS if has.reply.working else 1)
            replies.append(self.said(side, f"{has.reply.days} {kind}", has.reply, -Decimal(days)))
        yield self.row(section, "reply", "answers a complaint within", replies)
        bodies = []
        for side in self.sides:
            found = hears_next(self.catalog, side.candidate.wallet, side.candidate.country)
            if found:
                body, _, source = found[0]
                bodies.append(self.said(side, body.body, body, None, source))
            else:
                bodies.append(NOT_KNOWN)
        yield self.row(section, "escalation", "who hears it next", bodies)

    def sign_up(self) -> Iterator[Row]:
        """Yield what it takes to open an account, and on what it runs."""
        section = "Signing up"
        for word, label in PLATFORMS.items():
            runs = [self.yes_no(side, f"platform:{word}") for side in self.sides]
            yield self.row(section, f"platform:{word}", f"runs on {label}", runs)
        for word, label in ONBOARDING.items():
            key = f"onboarding:{word}"
            claims = [self.yes_no(side, key, counts=False) for side in self.sides]
            yield self.row(section, key, label, claims)
        ages, spans = [], []
        for side in self.sides:
            facts = side.candidate.market.onboarding
            youngest, long = facts.min_age, facts.sign_up
            ages.append(self.said(side, f"{youngest.years}", youngest) if youngest else NOT_KNOWN)
            if long is None:
                spans.append(NOT_KNOWN)
                continue
            minutes, days = long.minutes, long.days
            said = [f"{minutes} minutes"] if minutes is not None else []
            said += [f"{days} days"] if days is not None else []
            worth = -Decimal((minutes or 0) + (days or 0) * _DAY)
            spans.append(self.said(side, " or ".join(said), long, worth))
        yield self.row(section, "onboarding:min_age", "from the age of", ages)
        yield self.row(section, "onboarding:sign_up", "opening takes", spans)

    def leaving(self) -> Iterator[Row]:
        """Yield how the account is closed."""
        section = "Closing the account"
        ways, levels = [], []
        order = list(DIFFICULTIES)
        for side in self.sides:
            closing = side.candidate.market.closing
            how = closing.how if closing else None
            level = closing.difficulty if closing else None
            ways.append(
                self.said(side, CLOSING_WAYS[how], closing) if closing and how else NOT_KNOWN
            )
            levels.append(
                self.said(side, DIFFICULTIES[level], closing, -Decimal(order.index(level)))
                if closing and level
                else NOT_KNOWN
            )
        yield self.row(section, "closing:how", "where", ways)
        yield self.row(section, "closing:difficulty", "how hard", levels)

    def record(self) -> Iterator[Row]:
        """Yield ratings and what went wrong."""
        section = "Track record"
        stores = [r.store for side in self.sides for r in side.candidate.market.ratings]
        for store in dict.fromkeys(stores):
            values = []
            for side in self.sides:
                found = [r for r in side.candidate.market.ratings if r.store == store]
                values.append(
                    self.said(side, f"{figure(found[0].value)} of 5", found[0], found[0].value)
                    if found
                    else NOT_KNOWN
                )
            yield self.row(section, f"ratings:{store}", f"rating ({store})", values)
        incidents = []
        for side in self.sides:
            listed = side.candidate.market.incidents
            newest = sorted(listed, key=lambda item: item.date, reverse=True)
            texts = [f"{item.date}: {INCIDENTS[item.kind]}" for item in newest]
            facts = tuple((item, side.candidate.source_of(item)) for item in newest)
            incidents.append(Value(text="; ".join(texts), facts=facts) if texts else NOT_KNOWN)
        yield self.row(section, "incidents", "what went wrong", incidents)

    # Helpers.

    def row(self, section: str, key: str, label: str, values: Iterable[Value]) -> Row:
        """Return a row, its best not yet marked."""
        return Row(section=section, key=key, label=label, values=tuple(values))

    def look(self, side: Place, key: str) -> Observation:
        """Return what is known of a fact of a market."""
        return observe(side.candidate, key, self.needs, self.catalog, self.today)

    def said(
        self,
        side: Place,
        text: str,
        fact: Fact | FeeRule,
        worth: Decimal | None = None,
        source: Source | None = None,
    ) -> Value:
        """Return the value that rests on one fact."""
        source = source or side.candidate.source_of(fact)
        stale = self.is_stale(fact, source)
        return Value(text=text, stale=stale, worth=worth, facts=((fact, source),))

    def is_stale(self, fact: Fact | FeeRule | Limit, source: Source) -> bool:
        """Return whether a fact is older than it should be."""
        return fact_is_stale(fact, source, self.catalog, self.today)

    def home(self, side: Place, span: Range) -> Range:
        """Return money of a market in the currency of the comparison."""
        start = side.bill.currency
        return span.times(convert(Decimal(1), start, self.currency, self.catalog.per_usd))


_LineKey = tuple[str, str, str | None, int]
_LINE_ORDER = ["fee", "conversion", "tax", "subscription", "once"]
_LINE_LABELS = {
    "conversion": "exchange rate: {}",
    "tax": "tax: {}",
    "subscription": "the regular charge",
}
# What stands after a sum that leaves something out.
_WITHOUT = "(without what it cannot do)"
_PERIODS = {
    "transaction": "each time",
    "day": "a day",
    "week": "a week",
    "month": "a month",
    "year": "a year",
    "lifetime": "in all",
    "balance": "at once",
}


def _keyed(lines: Iterable[Line]) -> dict[_LineKey, Line]:
    """Return lines by what they are for; lines for the same thing are numbered."""
    found: dict[_LineKey, Line] = {}
    for line in lines:
        number = 0
        while (line.kind, line.operation, line.country, number) in found:
            number += 1
        found[line.kind, line.operation, line.country, number] = line
    return found


def _rules_of(candidate: Candidate, operation: str) -> list[FeeRule]:
    """Return the prices of an operation on the candidate's plan, without taxes."""
    return [
        rule
        for rule in candidate.market.fees
        if rule.operation == operation
        and not rule.tax
        and (not rule.plan or candidate.plan in rule.plan)
    ]


def _is_plain(price: Price) -> bool:
    """Whether a price is a percentage or a sum and nothing else."""
    others = (price.percent_max, price.fixed_max, price.min, price.max, price.fx_markup)
    return price.price is None and all(other is None for other in others)


def _comparable(values: Sequence[Value]) -> list[Value]:
    """Return prices of which none counts as best unless all that are known are of one kind.

    Sums of money and percentages cannot be held against each other.
    """
    kinds = set()
    for value in values:
        rule = value.facts[0][0] if value.facts else None
        if not value.known:
            continue
        if value.worth is None or not isinstance(rule, FeeRule):
            kinds.add("other")
        elif value.worth:
            kinds.add(f"sum {rule.per}" if rule.fixed else "percent")
    if len(kinds) < 2 and "other" not in kinds:
        return list(values)
    return [structs.replace(value, worth=None) for value in values]


def _countries(codes: Iterable[str]) -> str:
    return ", ".join(f"{code} ({country_name(code)})" for code in codes)


def _and(words: Sequence[str]) -> str:
    return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else words[0]
