"""Bills -> the page that `walletpick cost` shows. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import chain

from msgspec import Struct, structs

from walletpick.bill.bill import Bill, is_priced, is_whole
from walletpick.bill.giving import Given, lacks_interest
from walletpick.bill.line import Line
from walletpick.bill.observe import Candidate, done_by_foreign_card
from walletpick.bill.rules import still_asked
from walletpick.bill.taken import only_fills
from walletpick.documents.bill import BillsOut, GivenOut, ImpossibleOut, LineOut
from walletpick.facts.ages import fact_is_stale
from walletpick.facts.model import Catalog, FeeRule, GiveBack, Needs
from walletpick.facts.money import HUNDRED, MoneyRange, convert
from walletpick.facts.names import wallet_name
from walletpick.facts.vocabulary import YOU
from walletpick.language import N_, _, headed, ngettext, percent_words, with_brackets
from walletpick.pages.parts import bill_anchor, plain_page, with_costs, with_sums
from walletpick.person.needs import currency_of
from walletpick.render.page import (
    Block,
    Cell,
    Column,
    Heading,
    Page,
    Piece,
    Pieces,
    Table,
    Tone,
    bullets,
    marked,
    page,
    paragraph,
    section,
    table,
    text,
    texts,
)
from walletpick.score.causes import Cause
from walletpick.score.ranking import Judgement, Place, open_conditions
from walletpick.score.unsure import under_age
from walletpick.words import bills as say
from walletpick.words.causes import by_words
from walletpick.words.common import (
    UNKNOWN,
    asked_words,
    first_upper,
    source_line,
    source_name,
    wallet_of,
    year_title,
)
from walletpick.words.costs import costs_least_words, unanswered_words
from walletpick.words.facts import price_words
from walletpick.words.lines import level_words, may_exceed_words, near_words, parted_words
from walletpick.words.own import beside_words, own_words, owns_of
from walletpick.words.phrases import (
    a_month,
    a_year,
    apart,
    clauses,
    doing_phrase,
    given_options,
    has_brackets,
    in_a_row,
    in_the_year,
    listed,
    money,
    operation_phrase,
)
from walletpick.words.prices import amount_figures, amount_words, rule_words
from walletpick.words.reasons import cards_own_fee_words, under_age_words

_CSV_COLUMNS = (
    *(N_("wallet"), N_("country"), N_("currency"), N_("plan"), N_("kind")),
    *(N_("operation"), N_("method"), N_("to"), N_("amount"), N_("times")),
    *(N_("price"), N_("known"), N_("stale")),
    *(N_("monthly_estimate"), N_("monthly_low"), N_("monthly_high")),
    *(N_("yearly_estimate"), N_("yearly_low"), N_("yearly_high")),
    *(N_("stay_estimate"), N_("stay_low"), N_("stay_high")),
    *(N_("source"), N_("as_of"), N_("url"), N_("own")),
)


# Beyond a limit there is no price; what can be done is priced without the rest.
_CANNOT = N_("cannot be done")
_WITHOUT = N_("without what cannot be done")


class _Sources(Struct):
    """The sources of a page, numbered in the order in which they are first named."""

    catalog: Catalog
    today: date
    # What is printed of each, and its address, with its number.
    listed: dict[tuple[str, str], int] = {}

    def mark(self, item: Judgement, rule: FeeRule | GiveBack) -> str:
        """Return how a fact refers to its source: "[1] 2026-05"."""
        source = item.bill.candidate.source_of(rule)
        key = (source_line(source), source.url)
        self.listed.setdefault(key, len(self.listed) + 1)
        when = [source.as_of or _("undated")]
        if source.publisher == YOU:
            when.insert(0, _("yours"))
        if fact_is_stale(rule, source, self.catalog, self.today):
            when.append(_("stale"))
        return f"[{self.listed[key]}] {clauses(when)}"

    def cell(self, item: Judgement, rule: FeeRule | GiveBack, tone: Tone = "dim") -> Cell:
        """Return that mark, which leads to the page of the source."""
        return Cell(self.mark(item, rule), tone, item.bill.candidate.source_of(rule).url)


def cost_page(bills: Sequence[Judgement], needs: Needs, catalog: Catalog, today: date) -> Page:
    """Return the page of the bills, that which costs least first. `needs` are settled."""
    sources = _Sources(catalog, today)
    bills = sorted(bills, key=lambda each: each.cost_order(catalog.per_usd))
    least = costs_least_words(bills, catalog.per_usd)
    named = [(_title(item), item.bill) for item in bills]
    # The sources are those that the bills have named, so they come last.
    return page(
        Heading(_("What it would cost"), 1),
        bullets(asked_words(needs)),
        texts(least, tone="strong"),
        unanswered_note([bills], catalog),
        _summary(bills, needs, catalog) if len(bills) > 1 else None,
        texts(say.unlike_words(named, needs), say.cash_advance_words(named, needs)),
        *(_one(item, needs, sources) for item in bills),
        _source_list(sources),
    )


def unanswered_note(cases: Iterable[Iterable[Judgement]], catalog: Catalog) -> Iterator[Block]:
    """Yield what is not answered and may change, in any of some cases, which wallet costs least."""
    conditions = chain(*(open_conditions(each, catalog.per_usd) for each in cases))
    return texts(unanswered_words(dict.fromkeys(conditions)), tone="unknown")


def itemised(
    bills: Iterable[tuple[str, Judgement, Needs]], catalog: Catalog, today: date, lead: str = ""
) -> Iterator[Block]:
    """Yield bills line by line, each for needs of its own, and the sources of all.

    The words with each part several bills of one market, "At 200.00 USD"; `lead` is for "".
    """
    sources = _Sources(catalog, today)
    for at, item, needs in bills:
        yield from _one(item, needs, sources, at or lead, at)
    yield from _source_list(sources)


def bills_of(
    places: Iterable[Place], needs: Needs, catalog: Catalog, today: date
) -> Iterator[Block]:
    """Yield the bills of places, where anything is moved, line by line, and their sources."""
    priced = [("", place.judgement, needs) for place in places if place.bill.moved]
    return itemised(priced, catalog, today, _("The bill"))


def _source_list(sources: _Sources) -> Iterator[Block]:
    """Yield the sources that have been named; to be made when all that names some is."""
    lines = (
        (f"[{number}]", (words, Cell(f" {url}", "dim")))
        for (words, url), number in sources.listed.items()
    )
    yield from section(_("Sources"), marked(lines))


def _summary(bills: Sequence[Judgement], needs: Needs, catalog: Catalog) -> Block:
    rows = []
    for item in bills:
        name = Cell(_title(item), "strong")
        link = f"#{bill_anchor(item.bill.candidate)}"
        words = say.total_words(item.bill) + say.ways_words(item.bill)
        total = Cell(words, "" if item.bill.complete else "unknown", link)
        if not is_priced(item.bill, needs):
            total = Cell(_(_CANNOT), "bad")
        elif item.bill.impossible:
            total = Cell(clauses([words, _(_WITHOUT)]), "unknown", link)
        if not item.fits:
            fits = Cell(_("no"), "bad")
        elif item.unconfirmed:
            fits = Cell(_("not confirmed"), "unknown")
        else:
            fits = Cell(_("yes"), "good")
        rows.append((name, total, fits))
    does_all = Column(title=_("Does it all"), whole=True)
    made = table((_("Wallet"), year_title(needs), does_all), rows)
    costs = ((_title(item), item.bill) for item in bills)
    return with_costs(made, costs, needs, catalog.per_usd)


def _one(
    item: Judgement, needs: Needs, sources: _Sources, lead: str = "", at: str = ""
) -> Iterator[Block]:
    bill = item.bill
    month = say.with_unknown(amount_words(bill.monthly), bill)
    first = in_the_year(bill.period)
    title = headed(lead, _title(item))
    yield Heading(title, 2, bill_anchor(bill.candidate, at))
    if item.obstacles:
        why = [piece for cause in _cited(item.obstacles) for piece in (_("; "), *cause)]
        yield paragraph(Cell(_("Does not fit: "), "bad"), *why[1:], _("."))
    if words := _plan_words(item):
        yield text(words)
    if is_priced(bill, needs):
        yield paragraph(_label(first, bill), Cell(say.total_words(bill), "strong"), _("."))
        if not bill.period.stay:
            yield paragraph(_label(_("in an average month"), bill), month, _("."))
    else:
        form = N_("none of it can be done, so no price.")
        form = N_("it cannot be done, so no price.") if len(needs.use) == 1 else form
        yield paragraph(_label(first), Cell(_(form), "bad"))
    lines = (
        (_line_title(line, bill), line.yearly, line.known)
        for line in bill.lines
        if len(bill.lines) > 1
    )
    in_all = [(_("In all"), bill.yearly, bill.complete)] if is_priced(bill, needs) else []
    caption = _("{time}, line by line", time=first_upper(first))
    yield with_sums(_table(item, needs, sources), (*lines, *in_all), caption)
    # Two usages at the same price make the same notes.
    notes = dict.fromkeys(_notes(item, needs, sources))
    if notes:
        yield bullets(notes)


def _label(time: str, bill: Bill | None = None) -> str:
    """Return what stands before a sum: "In the first year, without what cannot be done: "."""
    words = clauses([time, _(_WITHOUT)]) if bill and bill.impossible else time
    return _("{label}: ", label=first_upper(words))


def _table(item: Judgement, needs: Needs, sources: _Sources) -> Table:
    bill, currency = item.bill, item.bill.currency
    rows: list[tuple[Piece, ...]] = [
        (
            _line_title(line, bill),
            say.line_amount(line),
            *_leading(
                item,
                line.rules,
                _price_cell(line, bill.candidate, sources.catalog),
                _("once") if line.kind == "once" else _sum_words(line.monthly, line.known),
                Cell(_sum_words(line.yearly, line.known), "" if line.known else "unknown"),
            ),
            sources.cell(item, line.rules[0], "bad" if line.stale else "dim") if line.rules else "",
        )
        for line in bill.lines
    ]
    rows += (
        (
            Cell(first_upper(say.given_title(each)), "good"),
            money(each.amount, currency),
            *_leading(
                item,
                each.rules,
                say.given_rule(each.rules[0]),
                amount_figures(each.monthly),
                amount_figures(each.yearly),
            ),
            sources.cell(item, each.rules[0], "bad" if each.stale else "dim"),
        )
        for each in bill.given_back
        if not each.offer
    )
    for usage in (each.usage for each in bill.impossible):
        words = first_upper(operation_phrase(usage.operation))
        beyond = Cell(_("cannot be done: beyond a limit"), "bad")
        rows.append((words, money(usage.amount, currency), beyond, "-", "-", ""))
    tone: Tone = "strong" if is_whole(bill) else "unknown"
    missing = [] if bill.complete else [_("not all is known")]
    missing += [_(_WITHOUT)] if bill.impossible else []
    spans = [_sum_words(span, bill.complete) for span in (bill.monthly, bill.yearly)]
    if not is_priced(bill, needs):
        missing, spans, tone = [_(_CANNOT)], ["-", "-"], "bad"
    totals = (apart(missing), *spans)
    rows.append((Cell(_("In all"), "strong"), "", *(Cell(each, tone) for each in totals), ""))
    stay = bill.period.stay
    month = _("Cost a month ({currency})", currency=currency)
    year = _("Cost a year ({currency})", currency=currency)
    cost = _("Cost ({currency})", currency=currency) if stay else year
    columns = (
        _("For"),
        Column(title=first_upper(a_month(bill.period)), keep=6),
        _("Price"),
        None if stay else Column(title=month, right=True, keep=4),
        Column(title=cost, right=True),
        _("Source"),
    )
    return table(columns, rows)


def _leading(
    item: Judgement, rules: Sequence[FeeRule | GiveBack], *pieces: Piece
) -> Iterator[Piece]:
    """Yield figures that lead to the source of the first of the rules that they come from."""
    link = item.bill.candidate.source_of(rules[0]).url if rules else ""
    for each in pieces:
        cell = Cell(each) if isinstance(each, str) else each
        yield structs.replace(cell, link=link)


def _line_title(line: Line, bill: Bill) -> str:
    """Return what a line is for.

    Where the same is done in sums of two sizes, the size tells the lines apart.
    """
    titles = [say.line_title(each, bill.candidate) for each in bill.lines]
    title = say.line_title(line, bill.candidate)
    sizes = [say.line_amount(line)] if titles.count(title) > 1 else []
    return first_upper(clauses([title, *sizes]))


def _sum_words(span: MoneyRange, known: bool) -> str:
    """Return a sum for a column; what is not known and taken for nothing does not look free."""
    taken_for_nothing = not known and span.rounded.exact and not span.estimate
    return UNKNOWN if taken_for_nothing else amount_figures(span)


def _price_cell(line: Line, candidate: Candidate, catalog: Catalog) -> Cell:
    price = say.line_price(line, short=True)
    if line.stale and line.known and not line.yearly.estimate:
        # Free long ago is not free for sure.
        source = candidate.source_of(line.rules[0])
        year = (source.as_of or source.seen)[:4]
        page_of = _("page of {year}", year=year)
        price = clauses([price, page_of]) if has_brackets(price) else with_brackets(price, page_of)
    # What comes on top for sure, as the person said that it is so.
    added = (words for rule, words in say.alternatives(line) if rule in line.added)
    unknown = say.known_words(line, catalog)
    return Cell(apart((price, *added, unknown)), "unknown" if unknown else "")


def _notes(item: Judgement, needs: Needs, sources: _Sources) -> Iterator[Pieces]:
    bill, currency = item.bill, currency_of(needs)
    yield from _line_notes(item, sources)
    for given in bill.given_back:
        yield from _given_notes(item, given, sources)
    if needs.keep and lacks_interest(bill.candidate):
        yield Cell(_("? Interest on what you keep: none is on record."), "unknown")
    for rule in _paid_by_others(item):
        name = operation_phrase(rule.operation)
        words = headed(name, rule_words(rule))
        mark = sources.cell(item, rule)
        yield _("The other side pays, not counted: {price}. ", price=words), mark
    yield from _sum_notes(bill)
    yield from _way_notes(bill, needs)
    yield from _limit_notes(bill)
    for young in under_age(bill.candidate, needs):
        yield Cell(_("? {sentence}.", sentence=under_age_words(young)), "unknown")
    if any(line.stale for line in bill.lines):
        yield Cell(_("A stale (old) price may have changed, so its range is wider."), "unknown")
    if bill.currency != currency and is_priced(bill, needs):
        yield _rate_words(item, currency, sources.catalog)
    for cause in _cited(item.unconfirmed):
        pieces = (_("Not confirmed: "), *cause, _("."))
        yield tuple(Cell(each, "unknown") if isinstance(each, str) else each for each in pieces)
    if others := _other_plans(item, needs):
        yield others


def _line_notes(item: Judgement, sources: _Sources) -> Iterator[Pieces]:
    """Yield what else each line could cost, and what of its price is the person's own."""
    bill = item.bill
    for line in bill.lines:
        title = first_upper(say.line_title(line, bill.candidate))
        for rule, words in say.alternatives(line):
            mark = sources.cell(item, rule)
            if rule in line.added:
                yield _("{name}: {price}. ", name=title, price=words), mark
            else:
                yield _other_case(title, words, rule, line), mark
    for line in bill.lines:
        if line.far:
            yield _("{sentence}. ", sentence=say.far_words(line.far)), sources.cell(item, line.far)
    for line in bill.lines:
        for own in owns_of(bill.candidate.market, line.rules):
            title = first_upper(operation_phrase(line.operation))
            if beside := beside_words(own):
                words = apart([_("you: {price}", price=own_words(own)), beside])
                yield _("{name}: {price}.", name=title, price=words)
            if own.kept:
                form = N_("{name}: of your price, this part is the catalog's: {price}. ")
                mark = Cell(sources.mark(item, own.kept), "dim")
                yield _(form, name=title, price=price_words(own.kept)), mark


def _way_notes(bill: Bill, needs: Needs) -> Iterator[str]:
    """Yield by what way the person is taken to pay, to whom, and to fill the balance."""
    if any(line.taken for line in bill.lines):
        yield _("Where you did not say how, the cheapest way open to you is taken.")
    moved_out = [line for line in bill.lines if line.operation == "withdraw"]
    if not moved_out and any(use.operation == "withdraw" for use in bill.priced):
        yield _("Nothing has to be moved out: what comes in is on the account or card at once.")
    if any(line.kind == "filling" for line in bill.lines):
        yield _("What is paid from the balance is put in first, by the cheapest of what you have.")
    for line in only_fills(bill):
        assert line.method
        yield _(
            "Nobody says that one can {use} at once: what has a price is filling the balance so,"
            " and that is not counted here. To count it, write --have {method}, and leave out"
            " :{method}.",
            use=doing_phrase(line.operation, method=line.method),
            method=line.method,
        )
    for line in bill.lines:
        if line.among_users:
            yield _(
                "{sentence}.",
                sentence=say.users_price_words(line, wallet_name(bill.candidate.wallet)),
            )
    cards = done_by_foreign_card(bill.candidate, needs)
    if cards or bill.from_abroad:
        yield _("{sentence}.", sentence=cards_own_fee_words("cash-out" in cards))


def _limit_notes(bill: Bill) -> Iterator[Pieces]:
    """Yield which limits are near, may be exceeded, or are those of a higher level."""
    for parted in bill.parted:
        yield _("{sentence}.", sentence=parted_words(parted))
    for needed in bill.levels:
        yield _("{sentence}.", sentence=level_words(needed))
    for near in bill.doubtful:
        yield Cell(_("? {sentence}.", sentence=may_exceed_words(near)), "unknown")
    for near in bill.near:
        yield _("{sentence}.", sentence=near_words(near))


def _sum_notes(bill: Bill) -> Iterator[Pieces]:
    """Yield what of the sum are taxes, what is paid once, and its share of what is moved."""
    currency, often = bill.currency, a_year(bill.period)
    if (tax := say.sum_of(bill, "tax")).high:
        yield _("Taxes in it: {amount} {often}.", amount=amount_words(tax), often=often)
    if (single := say.sum_of(bill, "once")).high:
        form = N_("Paid once, in the first year alone: {amount}.")
        form = N_("Paid once: {amount}.") if bill.period.stay else form
        yield _(form, amount=amount_words(single))
    if bill.moved and not bill.impossible:
        share = (bill.yearly.estimate * HUNDRED / bill.moved).quantize(Decimal("0.01"))
        exact = bill.complete and bill.yearly.exact
        if share or exact:
            percent = percent_words(share)
            words = _(
                "{percent} of the {amount} that you move {often}",
                percent=percent if exact else _("about {amount}", amount=percent),
                amount=money(bill.moved, currency),
                often=often,
            )
            yield _("That is {share}.", share=say.with_unknown(words, bill))


def _given_notes(item: Judgement, given: Given, sources: _Sources) -> Iterator[Pieces]:
    """Yield what an offer gives, and when it ends; of what lasts, what else could be given."""
    for rule in given.rules[0 if given.offer else 1 :]:
        words = say.given_rule(rule)
        mark = sources.cell(item, rule)
        if not given.offer:
            yield _other_case(first_upper(say.given_title(given)), words, rule, given), mark
            continue
        offer = clauses([say.given_title(given), words, amount_words(given.yearly)])
        when = in_the_year(given.period)
        yield _("An offer, {time} and in no total: {offer}. ", time=when, offer=offer), mark


def _other_case(title: str, words: str, rule: FeeRule | GiveBack, item: Line | Given) -> str:
    """Return that a price widens a range, and how the person settles that: "--given weekend"."""
    asks = still_asked(rule, item.asks)
    form = N_("{name}: in other cases {price}; so there is a range. ")
    if asks:
        form = N_(
            "{name}: in other cases {price}; so there is a range; if it is so, say {options}. "
        )
    return _(form, name=title, price=words, options=given_options(asks))


def _plan_words(item: Judgement) -> str:
    """Return the plan taken, and why."""
    name = say.plan_name(item.bill.candidate)
    if not name:
        return ""
    count = len(item.others) + 1
    if count == 1:
        return _("Plan: {name}.", name=name)
    cheaper = [other for other in item.others if other.plan_order < item.bill.plan_order]
    known = all(each.complete for each in (item.bill, *item.others))
    form = N_("the cheapest of {count} plans for this")
    if cheaper:
        form = N_("the cheapest of {count} plans that does all you ask")
    why = _(form if item.fits else N_("the cheapest of {count} plans"), count=count)
    why = why if known else _("{words}, as far as is known", words=why)
    if not item.fits:
        return _("Plan: {name}, {why}; none of them fits.", name=name, why=why)
    if not cheaper:
        return _("Plan: {name}, {why}.", name=name, why=why)
    return ngettext(
        "Plan: {name}, {why}: {others} costs less but a must-have is missing or not confirmed"
        " there.",
        "Plan: {name}, {why}: {others} cost less but a must-have is missing or not confirmed"
        " there.",
        len(cheaper),
        name=name,
        why=why,
        others=listed([say.plan_name(other.candidate) for other in cheaper]),
    )


def _other_plans(item: Judgement, needs: Needs) -> str:
    parts = []
    silent = [other for other in item.others if other.is_plan_unpriced]
    told = [other for other in item.others if other not in silent]
    for other in sorted(told, key=lambda each: each.yearly.estimate):
        form = N_("{plan} {cost}")
        if not is_priced(other, needs):
            form = N_("{plan} cannot do it: beyond a limit")
        elif other.impossible:
            form = N_("{plan} {cost} without what cannot be done")
        parts.append(_(form, plan=say.plan_name(other.candidate), cost=say.first_year_words(other)))
    if silent:
        names = listed([say.plan_name(other.candidate) for other in silent])
        parts.append(_("what {plans} would cost is not known", plans=names))
    if not parts:
        return ""
    time = in_the_year(item.bill.period)
    if any(is_priced(other, needs) and not other.complete for other in told):
        time = with_brackets(time, _("?: not known"))
    return _("The other plans, {time}: {plans}.", time=time, plans=apart(parts))


def _paid_by_others(item: Judgement) -> list[FeeRule]:
    done = {line.operation for line in item.bill.lines}
    candidate = item.bill.candidate
    return [
        rule
        for rule in candidate.market.fees
        if rule.paid_by is not None
        and rule.operation in done
        and (not rule.plan or candidate.plan in rule.plan)
    ]


def _rate_words(item: Judgement, currency: str, catalog: Catalog) -> str:
    own, bill = item.bill.currency, item.bill
    rate = convert(Decimal(1), currency, own, catalog.per_usd)
    digits = Decimal(1).scaleb(max(rate.adjusted() - 4, -10))
    total = bill.yearly.in_currency(currency, catalog.per_usd)
    dates = {day for each in (own, currency) if (day := catalog.rates.as_of(each))}
    words = _("{amount} {often}", amount=amount_words(total), often=a_year(bill.period))
    if bill.impossible:
        words = clauses([words, _(_WITHOUT)])
    return _(
        "In {currency}: {amount}, at {rate} {own} for 1 {currency} ({dates}).",
        currency=currency,
        amount=say.with_unknown(words, bill),
        rate=f"{rate.quantize(digits):,f}",
        own=own,
        dates=in_a_row(sorted(dates)),
    )


def _cited(causes: Iterable[Cause]) -> Iterator[tuple[Piece, ...]]:
    """Yield causes in words, with the source of each."""
    for words, cause in by_words(causes).items():
        source = cause.source
        if source:
            named = clauses([source_name(source), source.as_of or _("undated")])
            yield words, Cell(f" [{named}]", link=source.url)
        else:
            yield (words,)


def _title(item: Judgement) -> str:
    candidate = item.bill.candidate
    return wallet_of(candidate.wallet, candidate.country)


def cost_table(document: BillsOut) -> Page:
    """Return every line of every bill in one table of plain values, for CSV."""
    rows: list[tuple[object, ...]] = []
    for bill in document.bills:
        market = (bill.wallet, bill.country, bill.currency, bill.plan)
        for line in bill.lines:
            amount = (line.amount, line.times) if line.times else (None, None)
            own = any(fact.source.publisher == YOU for fact in line.facts)
            rows.append((*market, line.kind, *_done(line), *amount, *_price(line, line.known), own))
        for given in bill.given_back:
            back = "offer" if given.offer else "given-back"
            amount = (given.amount, given.times)
            rows.append((*market, back, *_done(given), *amount, *_price(given, known=True)))
        for each in bill.impossible:
            rows.append((*market, "impossible", *_done(each), each.amount, each.times))
    return plain_page(map(_, _CSV_COLUMNS), rows)


def _done(item: LineOut | GivenOut | ImpossibleOut) -> tuple[object, ...]:
    return item.operation, item.method, item.country


def _price(item: LineOut | GivenOut, known: bool) -> Iterator[object]:
    """Yield a price, the sums of a month, a year and a stay, and where the price is from."""
    yield from (item.rule, known, item.stale)
    for span in (item.monthly, item.yearly, item.stay):
        yield from structs.astuple(span) if span else (None, None, None)
    source = item.source
    yield from (source.title, source.as_of, source.url) if source else (None, None, None)
