"""A bill, its lines and its totals in words. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import ROUND_HALF_EVEN, Decimal
from itertools import islice

from msgspec import structs

from walletpick.bill.bill import Bill
from walletpick.bill.giving import Given
from walletpick.bill.line import Line
from walletpick.bill.lines import average_of
from walletpick.bill.observe import Candidate
from walletpick.bill.quotes import rate_cost
from walletpick.bill.taken import alike, prices_by, taken, unlike
from walletpick.facts.model import Catalog, FeeRule, GiveBack, Needs, Quote, Quoted
from walletpick.facts.money import HUNDRED, ZERO, MoneyRange, rounded
from walletpick.facts.places import country_name, other_end
from walletpick.facts.vocabulary import ABROAD_OPERATIONS, RECEIVING_OPERATIONS, SENDING_OPERATIONS
from walletpick.language import N_, _, catalog_text, ngettext, percent_words, with_brackets
from walletpick.words.common import UNKNOWN, behind_words, use_option
from walletpick.words.phrases import (
    a_year,
    apart,
    by_key,
    clauses,
    doing_phrase,
    figure,
    in_a_row,
    listed,
    method_phrase,
    money,
    operation_phrase,
    qualified,
)
from walletpick.words.prices import (
    amount_figures,
    amount_words,
    give_back_scope,
    give_back_words,
    is_at_most,
    is_wide,
    plain_range,
    rule_scope,
    rule_words,
)

# What is done, to follow "for".
_DOING = {
    "top-up": N_("topping up"),
    "pay": N_("paying in shops and online"),
    "pay-abroad": N_("paying in another country or currency"),
    "send": N_("sending money to people at home"),
    "send-abroad": N_("sending money to people abroad"),
    "receive": N_("receiving money from people at home"),
    "receive-abroad": N_("receiving money from abroad"),
    "withdraw": N_("moving money out"),
    "cash-out": N_("taking out cash"),
    "convert": N_("changing one currency into another"),
    "bill-pay": N_("paying bills"),
    "mobile-top-up": N_("recharging a mobile phone"),
    "credit-card-repayment": N_("repaying a credit card"),
    "subscription": N_("having the account"),
    "card-issue": N_("the card"),
}
# What a bank may take for cash that is drawn on a credit card.
_LIKE_CASH = (*SENDING_OPERATIONS, "top-up")
# So many ways of paying are named beside a price.
_FEW_WAYS = 2
# Prices in more bands than these are shown by the band that counts.
_FEW_BANDS = 3
_HUNDREDTH = Decimal("0.01")


def plan_name(candidate: Candidate) -> str:
    """Return the name of a candidate's plan, "" where the market has none."""
    for plan in candidate.market.plans:
        if plan.id == candidate.plan:
            return plan.name
    return ""


def sum_of(bill: Bill, kind: str) -> MoneyRange:
    """Return what the lines of a kind come to in the first year: "tax", or "once"."""
    return bill.sum(line.yearly for line in bill.lines if line.kind == kind)


def line_title(line: Line, candidate: Candidate) -> str:
    """Return what a line is for: "take out cash at a cash machine"."""
    text = operation_phrase(line.operation)
    if line.operation == "subscription":
        text = _("the plan") if candidate.plan else _("the regular charge")
        text = _("the charge paid once") if line.kind == "once" else text
    elif line.kind == "conversion":
        text = _("exchange rate: {use}", use=text)
    elif line.kind == "tax":
        text = _("tax: {use}", use=text)
    elif line.kind == "filling":
        text = _("filling the balance")
    where = other_end(line.country, bare=True) if line.country else ""
    if where and line.operation not in ABROAD_OPERATIONS:
        where = _("in {country}", country=where)
    return qualified(text, where, method_phrase(line.operation, line.method) if line.method else "")


def fill_phrase(line: Line) -> str:
    """Return what a line for filling the balance is for: "fill the balance by credit card"."""
    way = method_phrase(line.operation, line.method) if line.method else ""
    return qualified(_("fill the balance"), "", way)


def line_amount(line: Line) -> str:
    """Return how much is done: "200.00 USD in 2 uses"; "" for the account's charges."""
    if not line.times:
        return ""
    text = money(line.amount, line.currency)
    if line.times == 1:
        return text
    return _("{amount} in {times} uses", amount=text, times=line.times)


def line_price(line: Line, short: bool = False) -> str:
    """Return the price that gives a line's estimate, with its scope; "" where none is published.

    A price may hold a fee and an exchange rate; they stand on lines of their own. With `short`, a
    price in many bands is the one for the line's amount.
    """
    return _rule_price(line, line.rules[0], short) if line.rules else ""


def given_title(given: Given) -> str:
    """Return what something is given back for: "given back: pay in shops and online"."""
    if given.operation is None:
        return _("given: interest on what lies in it")
    use = doing_phrase(given.operation, given.country, given.method)
    return _("given back: {use}", use=use)


def given_rule(rule: GiveBack) -> str:
    """Return what one rule gives back, and for whom and when."""
    scope = give_back_scope(structs.replace(rule, method=None, plan=()))
    return with_brackets(give_back_words(rule), scope)


def returned_words(bill: Bill) -> str:
    """Return what is given back in a year, to follow a total: ", less 24.00 USD given back"."""
    given = -bill.returned
    if not given.high:
        return ""
    if not given.estimate:
        most = money(given.high, given.currency)
        return _(", less up to {amount} that may be given back", amount=most)
    return _(", less {amount} given back", amount=amount_words(given))


def alternatives(line: Line) -> list[tuple[FeeRule, str]]:
    """Return the other prices that widen a line's range, each with the case it is for."""
    prices = []
    for rule in line.rules[1:]:
        words = _rule_price(line, structs.replace(rule, surcharge=False), short=True)
        words = _("{price} on top", price=words) if rule.surcharge else words
        prices.append((rule, words))
    return prices


def _rule_price(line: Line, rule: FeeRule, short: bool) -> str:
    if isinstance(rule, Quoted):
        return _quote_words(line, rule)
    part = _part_of(line, rule)
    words = (short and _band_words(line, part)) or rule_words(part)
    return with_brackets(words, _own_scope(rule, line))


def _quote_words(line: Line, rule: Quoted) -> str:
    """Return what a survey saw: "4.06 % of 200 USD (a quote of 2025-Q3, seen by ...)"."""

    def share(quote: Quote) -> str:
        return figure(rate_cost(quote) if line.kind == "conversion" else quote.fee_percent)

    amounts = by_key((share(quote), figure(quote.usd)) for quote in rule.points)
    shares = clauses(
        _("free for {amounts} USD", amounts=listed(at))
        if percent == "0" and line.kind != "conversion"
        else _("{percent} of {amounts} USD", percent=percent_words(percent), amounts=listed(at))
        for percent, at in amounts.items()
    )
    if line.kind == "conversion":
        shares = _("{percent} for the exchange rate", percent=shares)
    return _(
        "{price} (a quote of {period}, seen by {by}; not the operator's price)",
        price=shares,
        period=rule.head.period,
        by=catalog_text(rule.head.by),
    )


def far_words(far: Quoted) -> str:
    """Return what a survey saw for amounts that are too far from the person's to price it."""
    first = N_("For {usd} USD {by} saw {fee} and, for the exchange rate, {rate}")
    others = N_("for {usd} USD {fee} and {rate}")
    quotes = [
        _(
            others if number else first,
            usd=figure(quote.usd),
            by=catalog_text(far.head.by),
            fee=percent_words(figure(quote.fee_percent)),
            rate=percent_words(figure(rate_cost(quote))),
        )
        for number, quote in enumerate(far.points)
    ]
    return _(
        "{quotes} ({period}). Your amount is too far from that to go by it",
        quotes=apart(quotes),
        period=far.head.period,
    )


def _band_words(line: Line, rule: FeeRule) -> str:
    """Return the price of the band that each use of a line falls in, "" where that is no help."""
    currency = line.currency
    if len(rule.bands) <= _FEW_BANDS or not line.times or rule.currency != currency:
        return ""
    each = line.amount / line.times
    start = ZERO
    for band in rule.bands:
        if band.up_to is None or each <= band.up_to:
            alone = structs.replace(rule, bands=(structs.replace(band, up_to=None),))
            return _in_band(rule_words(alone), start, band.up_to, currency)
        start = band.up_to
    return ""


def _in_band(price: str, over: Decimal, up_to: Decimal | None, currency: str) -> str:
    """Return the price of each use in a band: "1 % each, for over 100.00, up to 200.00 USD"."""
    if up_to is None:
        if not over:
            return _("{price} each", price=price)
        return _("{price} each, for over {amount}", price=price, amount=money(over, currency))
    most = money(up_to, currency)
    if not over:
        return _("{price} each, for up to {amount}", price=price, amount=most)
    low = f"{rounded(over, currency):,f}"
    return _("{price} each, for over {low}, up to {high}", price=price, low=low, high=most)


def known_words(line: Line, catalog: Catalog) -> str:
    """Return what an unknown is guessed at, and on how many wallets that rests.

    "not known: guessed at 1.8 %, 0 to 4 %, from what 22 wallets charge". Empty for a line that is
    known.
    """
    if line.known:
        return ""
    if line.least:
        return _("the least; more is not published")
    span = line.yearly
    partly = bool(line.rules) and not line.among_users
    rests = behind_words(average_of(line, catalog.averages), partly)
    if not line.rules and not span.high:
        nothing = _("not known: guessed at nothing")
        return clauses([nothing, rests]) if rests else nothing
    if line.amount:
        share = HUNDRED / (line.amount * line.period.repeats)
        # At most two digits after the point.
        ends = ((at * share + ZERO).quantize(_HUNDREDTH, ROUND_HALF_EVEN) for at in span.ends)
        low, middle, high = map(figure, ends)
        guess = [percent_words(middle)]
        if low != high == middle and not span.low:
            guess = [_("up to {amount}", amount=guess[0])]
        elif low != high:
            guess.append(percent_words(low, high))
    else:
        amount = money(span.estimate, line.currency)
        if line.kind != "once":
            amount = _("{amount} {often}", amount=amount, often=a_year(line.period))
        guess = [amount] if span.exact else [amount, plain_range(span)]
        if is_at_most(span) and not span.rounded.low:
            guess = [_("up to {amount}", amount=amount)]
    form = N_("not known: guessed at {guess}")
    if line.rules and line.rules[0].price == "unknown":
        form = N_("guessed at {guess}")
    elif line.among_users:
        form = N_("outside its network not known: guessed at {guess}")
    elif line.rules:
        form = N_("known in part: guessed at {guess}")
    return _(form, guess=clauses([*guess, rests] if rests else guess))


def first_year_words(bill: Bill, ways: bool = True, *, ends: bool = True) -> str:
    """Return the cost of the first year, or of the stay: "96.00 USD", "about 96.00 USD" for a
    range, with " + ?" where a fee is unknown.

    With something unknown, the figure is the known part alone, "? (96.00 USD of it known)" where
    that is the smaller, and nothing known is just "?": it must not look like nothing to pay. Where
    nothing is moved, nothing is priced. The ways by which prices hold follow where the person named
    none, unless `ways` are told elsewhere: "96.00 USD, by debit card". Of `ends`, see `known_sum`.
    """
    if not bill.moved:
        return _("not priced")
    words = _smaller_part(bill) or known_sum(bill, ends=ends)
    if words == UNKNOWN:
        return words
    return f"{words}{ways_words(bill) if ways else ''}"


def _smaller_part(bill: Bill) -> str:
    """Return what is known of a bill of which more is guessed; "" where it is not so.

    Beside whole sums the smaller part alone would look like the cheapest of them.
    """
    known = bill.published
    if bill.complete or not known.rounded.estimate or known.estimate * 2 >= bill.yearly.estimate:
        return ""
    amount = rough_words(known, bill.old, ends=False)
    return _("{unknown} ({amount} of it known)", unknown=UNKNOWN, amount=amount)


def known_sum(bill: Bill, *, ends: bool = True) -> str:
    """Return what is known of a bill: "about 96.00 USD + ?", "from 4.00 USD", "?" for nothing.

    Where nothing is known, but what it is guessed at is next to nothing of the money, it is that:
    "about 0.50 USD, guessed". Without `ends`, those of a wide range are left out, as for where they
    stand elsewhere.
    """
    if is_from(bill):
        return least_words(bill.published)
    silent = not bill.complete and not bill.published.rounded.estimate
    if silent and not bill.guessed and bill.yearly.rounded.high:
        return _("{amount}, guessed", amount=rough_words(bill.yearly, ends=ends))
    words = sum_words(bill.published, bill.complete, bill.old, ends=ends)
    return f"{words} + {UNKNOWN}" if bill.complete and bill.from_abroad else words


def ways_words(bill: Bill) -> str:
    """Return by which ways the prices of a bill hold, where the person named none.

    To follow a sum: ", by debit card"; "" where they hold by any.
    """
    ways = _ways(bill)
    return _(", {ways}", ways=ways) if ways else ""


def _ways(bill: Bill) -> str:
    ways = [method_phrase(operation, method) for (operation, *_rest), method in taken(bill).items()]
    phrases = list(dict.fromkeys(ways))
    # Who pays cash in at an agent, and draws it there, goes to the same places.
    if method_phrase(None, "cash-agent") in phrases:
        phrases = [words for words in phrases if words != method_phrase(None, "agent")]
    return _("each the cheapest way") if len(phrases) > _FEW_WAYS else listed(phrases)


def cash_advance_words(bills: Iterable[tuple[str, Bill]], needs: Needs) -> str:
    """Return that moving money is priced by credit card, which the card's bank may charge for too.

    "" where it is not, or the person said that they pay so. `bills` come with the names of their
    wallets.
    """
    names = dict.fromkeys(
        name
        for name, bill in bills
        for (operation, *_rest), method in taken(bill).items()
        if method == "credit-card" and operation in _LIKE_CASH
    )
    if not names or "credit-card" in needs.have:
        return ""
    return ngettext(
        "{names} is priced by credit card. The card's bank may treat that like cash taken out, and"
        " add a fee and interest from the first day. If you pay otherwise, say so: --have"
        " bank-transfer, or --have debit-card.",
        "{names} are priced by credit card. The card's bank may treat that like cash taken out, and"
        " add a fee and interest from the first day. If you pay otherwise, say so: --have"
        " bank-transfer, or --have debit-card.",
        len(names),
        names=listed(list(names)),
    )


def unlike_words(bills: Sequence[tuple[str, Bill]], needs: Needs) -> str:
    """Return that prices shown side by side are for unlike ways to pay; "" where they are not.

    `bills` come with the names of their wallets. The option that compares by one way follows, where
    all have a price by that.
    """
    told: dict[tuple[str, str], list[str | None]] = {}
    options = []
    for operation, country in unlike(bill for _name, bill in bills):
        by_way: dict[str, list[str]] = {}
        for name, bill in bills:
            for (done, where, *_rest), method in taken(bill).items():
                if (done, where) == (operation, country):
                    same = next((way for way in by_way if alike(way, method)), method)
                    by_way.setdefault(same, []).append(name)
        ways = [
            _(
                "{way} at {wallets}",
                way=method_phrase(operation, method),
                wallets=listed(list(dict.fromkeys(names))),
            )
            for method, names in by_way.items()
        ]
        told.setdefault((operation, clauses(ways)), []).append(country)
        usage = next(
            each
            for each in needs.use
            if (each.operation, each.country) == (operation, country) and not each.method
        )
        common = (
            way for way in by_way if all(prices_by(bill, operation, way) for _name, bill in bills)
        )
        options += [f"--use {use_option(usage, way)}" for way in islice(common, 1)]
    parts = [
        _("{doing} is priced {ways}", doing=_doing_there(operation, countries, needs), ways=ways)
        for (operation, ways), countries in told.items()
    ]
    if not parts:
        return ""
    form = N_("Not the same way to pay: {prices}.")
    if options:
        form = N_("Not the same way to pay: {prices}. To compare by one way, name it: {options}.")
    return _(form, prices=apart(parts), options=" ".join(options))


def _doing_there(operation: str, countries: Sequence[str | None], needs: Needs) -> str:
    """Return what is done, with where, if it is done elsewhere, too."""
    there = {usage.country for usage in needs.use if usage.operation == operation}
    named = [country_name(each) for each in countries if each]
    if there <= {*countries} or not named:
        return _(_DOING[operation])
    return with_brackets(_(_DOING[operation]), listed(named))


def ways_line(bills: Sequence[tuple[str, Bill]], needs: Needs) -> str:
    """Return by which ways the prices of several bills hold, in a sentence; "" where by any."""
    if words := unlike_words(bills, needs):
        return words
    # Where nothing is known to be paid, no price stands for a way.
    priced = [bill for _name, bill in bills if known_sum(bill) != UNKNOWN]
    ways = list(dict.fromkeys(_ways(bill) for bill in priced))
    told = [words for words in ways if words]
    if not told:
        return ""
    if len(ways) == 1:
        return _("Priced {ways}.", ways=told[0])
    return _("Priced {ways}, where the way matters.", ways=told[0])


def among_words(operation: str, wallet: str) -> str:
    """Return that a price holds among the wallet's own users alone, and for what."""
    form = N_("only among other {wallet} users: {doing}")
    if operation in SENDING_OPERATIONS:
        form = N_("only to other {wallet} users: {doing}")
    elif operation in RECEIVING_OPERATIONS:
        form = N_("only from other {wallet} users: {doing}")
    return _(form, wallet=wallet, doing=_(_DOING[operation]))


def users_price_words(line: Line, wallet: str) -> str:
    """Return what a price among the wallet's own users alone is held against that to others."""
    among = among_words(line.operation, wallet)
    if not line.known:
        return _("A price is on record {among}", among=among)
    # The least of what is at most so much, or free for some uses, is nothing.
    free = line.yearly.low == 0 and not any(rule.bound or rule.free for rule in line.rules)
    return _(N_("It is free {among}") if free else N_("It costs less {among}"), among=among)


def same_wallet_words(bills: Sequence[tuple[str, Bill]]) -> str:
    """Return what those of several bills come to that are others where the other side has the same
    wallet, too; "" where none is. What is not known is left out.
    """
    prices = by_key(
        (known_sum(same), name)
        for name, bill in bills
        if bill.among and (same := bill.same_wallet).complete
    )
    told = [
        _("{price} at {wallets}", price=price, wallets=listed(names))
        for price, names in prices.items()
    ]
    if not told:
        return ""
    return _(
        "Where the other side has the same wallet, it costs {when}: {prices}.",
        prices=in_a_row(told),
        when=a_year(bills[0][1].period),
    )


def cheaper_among(lines: Iterable[Line], wallet: str) -> Iterator[str]:
    """Yield what of some lines costs less among the wallet's own users (see `among_words`)."""
    cheaper = (line.operation for line in lines if line.among_users and line.known)
    for operation in dict.fromkeys(cheaper):
        yield among_words(operation, wallet)


def sum_words(known: MoneyRange, complete: bool, old: bool = False, *, ends: bool = True) -> str:
    """Return what is known of a sum, with " + ?" where not all is, and just "?" for nothing.

    A wide range has its ends (see `rough_words`). `old`: it rests on an old price.
    """
    if not complete and not known.rounded.estimate:
        return UNKNOWN
    rest = "" if complete else f" + {UNKNOWN}"
    return f"{rough_words(known, old, ends=ends)}{rest}"


def sum_figures(known: MoneyRange, complete: bool) -> str:
    """Return what is known of a sum without its currency: "96.00", "about 96.00 + ?", "?".

    A wide range has its ends, "about 2.00 (0.10 to 4.00)".
    """
    shown = known.rounded
    if not complete and not shown.estimate:
        return UNKNOWN
    rest = "" if complete else f" + {UNKNOWN}"
    if shown.exact:
        return f"{shown.estimate:,f}{rest}"
    if is_wide(known):
        return f"{amount_figures(known)}{rest}"
    return f"{_('about {amount}', amount=f'{shown.estimate:,f}')}{rest}"


def rough_words(span: MoneyRange, old: bool = False, *, ends: bool = True) -> str:
    """Return money in few words: "96.00 USD", "about 96.00 USD", "about 2.00 USD (0.10 to 4.00)".

    This is the rule for every row and sentence that tells a cost: the ends stand beside it where
    the range is wide (see `is_wide`). What rests on an `old` price is never sure, however little it
    may have changed. Only where a table beside it has them, or would be unreadable with them, is
    it told without `ends`.
    """
    shown = span.rounded
    # What may cost something is never "about 0.00".
    if (ends and is_wide(span)) or (not shown.estimate and shown.high > 0):
        return amount_words(span)
    words = money(span.estimate, span.currency)
    if is_at_most(span):
        return _("up to {amount}", amount=words)
    return words if shown.exact and not old else _("about {amount}", amount=words)


def with_unknown(words: str, bill: Bill) -> str:
    """Return what a whole bill comes to, in words; with what is unknown in it, that says so."""
    return words if bill.complete else _("{words}, with what is not known", words=words)


def total_words(bill: Bill) -> str:
    """Return what a bill comes to: the known part, plus what is unknown in words, less what is
    given back.

    "14.40 USD plus an unknown fee to take out cash (about 20.00 in all, 14.00 to 31.00)". What
    cannot be done is not in it.
    """
    total, less = bill.charged, returned_words(bill)
    if bill.complete:
        words = rough_words(total, bill.old) if total.rounded.exact else amount_words(total)
        if bill.from_abroad:
            words = _("{amount} plus what your bank takes for foreign money", amount=words)
        return words + less
    if is_from(bill):
        return least_words(bill.charged, top=True) + less
    published = [line for line in bill.lines if line.published]
    part = bill.sum(line.yearly for line in published)
    missing = _unknown_names(bill)
    # "About 0.00" would look free.
    vague = not part.rounded.estimate and (part.rounded.high or bill.old)
    if vague or not published:
        return with_brackets(missing, _taken_words(total, bill.currency)) + less
    words = _(
        "{part} plus {missing} ({total})",
        part=rough_words(part),
        missing=missing,
        total=_taken_words(total, ""),
    )
    return words + less


def _taken_words(total: MoneyRange, currency: str) -> str:
    """Return what a sum with something unknown in it is taken for: never "about 0.00".

    With its `currency`, or as what it is in all.
    """
    middle, ends = f"{total.rounded.estimate:,f}", plain_range(total)
    if is_at_most(total) and not total.rounded.low:
        most = _("up to {amount}", amount=f"{middle} {currency}".rstrip())
        return most if currency else _("{amount} in all", amount=most)
    if currency:
        middle = _("about {amount}", amount=f"{middle} {currency}")
    else:
        middle = _("about {amount} in all", amount=middle)
    if total.rounded.exact:
        return middle if total.rounded.estimate else _("taken for nothing")
    if total.rounded.estimate:
        return clauses([middle, ends])
    return f"{ends} {currency}" if currency else _("{amount} in all", amount=ends)


def least_words(span: MoneyRange, top: bool = False) -> str:
    """Return a sum of which the lowest price is published: "from 4.00 USD".

    What may cost nothing is a range alone, "0.00 to 4.00 USD or more": "from 0.00" would look free.
    With `top`, what it may come to follows.
    """
    shown = span.rounded
    if shown.low <= 0:
        return _("{amount} or more", amount=f"{plain_range(span)} {span.currency}")
    least = money(span.low, span.currency)
    if not top:
        return _("from {price}", price=least)
    return _("from {amount} (perhaps up to {top})", amount=least, top=f"{shown.high:,f}")


def is_from(bill: Bill) -> bool:
    """Return whether of all that is not known in a bill the lowest price is published."""
    unknown = [line for line in bill.lines if not line.known]
    return bool(unknown) and all(line.least for line in unknown)


def _unknown_names(bill: Bill) -> str:
    """Return what is unknown in a bill: in full for one thing, in short words for several."""
    unknown = [line for line in bill.lines if not line.known]
    if len(unknown) == 1:
        return _unknown_name(unknown[0])
    names = dict.fromkeys(_short_name(line) for line in unknown)
    return _("unknown charges for {uses}", uses=listed(list(names)))


def _unknown_name(line: Line) -> str:
    if line.operation == "subscription":
        return _("an unknown regular charge")
    if line.operation == "card-issue":
        return _("an unknown price of the card")
    use = fill_phrase(line) if line.kind == "filling" else operation_phrase(line.operation)
    if line.kind == "conversion":
        return _("an unknown cost of the exchange rate to {use}", use=use)
    if line.kind == "tax":
        return _("an unknown tax to {use}", use=use)
    return _("an unknown fee to {use}", use=use)


def _short_name(line: Line) -> str:
    """Return what an unknown charge is for, to follow "charges for"."""
    if line.kind == "conversion":
        return _("the exchange rate")
    doing = _("filling the balance") if line.kind == "filling" else _(_DOING[line.operation])
    return _("tax on {doing}", doing=doing) if line.kind == "tax" else doing


def _part_of(line: Line, rule: FeeRule) -> FeeRule:
    """Return the part of a price that a line is about: the exchange rate, or the rest."""
    if rule.fx_markup is None:
        return rule
    own = rule.operation != "convert" or line.operation == "convert"
    if line.kind == "conversion" and own:
        rest = ("percent", "fixed", "percent_max", "fixed_max", "min", "max", "price")
        nothing = dict.fromkeys((*rest, "free", "cap", "per", "from_"))
        return structs.replace(rule, bands=(), steps=(), **nothing)
    if line.kind == "fee":
        return structs.replace(rule, fx_markup=None, fx_markup_max=None)
    return rule


def _own_scope(rule: FeeRule, line: Line) -> str:
    """Return a rule's scope without what the line and the heading of the bill say already."""
    same = rule.method == line.method and rule.operation == line.operation
    method = None if same else rule.method
    return rule_scope(structs.replace(rule, method=method, plan=(), tax=False))
