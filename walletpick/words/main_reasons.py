"""What most speaks for a place and against it, and what to check or look up, in words. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from msgspec import Struct

from walletpick.bill.bill import Bill
from walletpick.bill.line import Line
from walletpick.bill.taken import unlike
from walletpick.facts.money import rounded, two_digits
from walletpick.facts.names import wallet_name
from walletpick.language import N_, _
from walletpick.score import reason as kinds
from walletpick.score.causes import NotShownThere
from walletpick.score.ranking import Place
from walletpick.score.reason import Reason
from walletpick.score.settle import OneCheck, Unknown
from walletpick.score.statements import Costs, likely_saving, sure_saving
from walletpick.words.bills import known_sum, line_price, ways_words
from walletpick.words.causes import cause_words
from walletpick.words.common import first_lower, first_upper, share_words
from walletpick.words.lines import if_answered, line_words
from walletpick.words.phrases import a_year, apart, asked, claim_phrase, money
from walletpick.words.prices import is_wide
from walletpick.words.reasons import reason_words, stated_words, timed_sum

# Of reasons that have nothing to do with the use, what matters while one has it before the rest.
_LATER = ("protection", "security", "support", "ease", "trust", "exit")
# How much less one costs than another: in a year, and for a stay.
_LESS = {
    "sure": (
        N_("Costs {amount} a year less than {wallet}"),
        N_("Costs {amount} less than {wallet} {time}"),
    ),
    "least": (
        N_("Costs at least {amount} a year less than {wallet}"),
        N_("Costs at least {amount} less than {wallet} {time}"),
    ),
    "likely": (
        N_("Probably costs about {amount} a year less than {wallet}"),
        N_("Probably costs about {amount} less than {wallet} {time}"),
    ),
}
# A page that has so many prices is a list of them.
_LISTED = 3
_MANY_HAVE_IT = "features:widely-used"


def alike_in(places: Sequence[Sequence[Reason]]) -> frozenset[str]:
    """Return the shortcomings, in words, that several places have in common, by their reasons.

    They set none apart from the others.
    """
    if len(places) < 2:
        return frozenset()
    told = (
        {stated_words(r.statement, brief=True) for r in why if isinstance(r, kinds.Shortcoming)}
        for why in places
    )
    return frozenset(set.intersection(*told))


def main_reasons(
    place: Place,
    reasons: Sequence[Reason],
    pages: bool = True,
    alike: frozenset[str] = frozenset(),
) -> Iterator[tuple[str, str]]:
    """Yield what most speaks for a place and against it, and what to check first.

    Each comes with its mark: "+", "-" or "?". `reasons` are those of the place; `alike` are the
    shortcomings that are not worth a line (see `alike_in`). Where none is, what it costs stands
    alone, or how much is known of it: no wallet is named without one.
    """
    told = list(_main_reasons(place, reasons, pages, alike)) or [_alone(place)]
    if place.confirmed and place.bill.moved and not {"+", "•"} & {mark for mark, _words in told}:
        yield "+", _does_it_words(place)
    yield from told


def _does_it_words(place: Place) -> str:
    """Return what speaks for a place of which nothing sets it apart from the next."""
    seen = (item for part in place.parts for item in part.evidence if item.observation.value)
    if any(item.key == _MANY_HAVE_IT for item in seen):
        return first_upper(claim_phrase(_MANY_HAVE_IT, True))
    if place.bill.in_full:
        if any(line.stale for line in place.bill.lines):
            return _("Confirmed to do all that you ask, with every fee on record, though old")
        return _("Confirmed to do all that you ask, with every fee known")
    return _("Confirmed to do all that you ask")


def _alone(place: Place) -> tuple[str, str]:
    """Return what there is to say of a place that nothing known sets apart from the next."""
    bill = place.bill
    if bill.moved:
        costs = Costs(bill, bill.yearly.percent_of(bill.moved).estimate)
        return "+" if bill.in_full and not bill.charged.high else "•", stated_words(costs)
    known = share_words(place.evidence)
    return "?", _("{percent} of what counts for you is known", percent=known)


def _against(
    place: Place, reasons: Sequence[Reason], alike: frozenset[str]
) -> Iterator[tuple[str, str]]:
    """Yield what speaks against a place: what narrows the use, and the first that counts."""
    if place.bill.from_abroad:
        # Whether the identity check is open to somebody from abroad, no wallet says.
        yield from (
            ("-", reason_words(each)) for each in reasons if isinstance(each, kinds.NeedsLevel)
        )
    for each in reasons:
        if isinstance(each, kinds.Shortcoming):
            words = stated_words(each.statement, brief=True)
            if words in alike:
                continue
            yield "-", words
            break
        if isinstance(each, kinds.DiaryReason) and each.kind == "against":
            yield "-", reason_words(each)
            break
    yield from (("-", reason_words(each)) for each in reasons if isinstance(each, kinds.InParts))


def _is_told_to_visitors(reason: Reason) -> bool:
    """Return whether something is told otherwise: against a wallet, or once, below the table."""
    if isinstance(reason, kinds.CardsOwnFee):
        # It comes on top of the price of every wallet.
        return not reason.with_cash
    return isinstance(reason, kinds.NeedsLevel)


def _main_reasons(
    place: Place, reasons: Sequence[Reason], pages: bool, alike: frozenset[str]
) -> Iterator[tuple[str, str]]:
    yield from _foremost(place, reasons)
    yield from _against(place, reasons, alike)
    # Whose account it is comes before what it can do.
    yield from (("?", reason_words(each)) for each in reasons if isinstance(each, kinds.UnderAge))
    check = _check_words(place, reasons, pages)
    if check and not place.confirmed:
        yield "?", check
    for each in reasons:
        if place.bill.from_abroad and _is_told_to_visitors(each):
            continue
        if isinstance(each, kinds.NeedsLevel | kinds.MayExceed | kinds.CardsOwnFee):
            yield "?", reason_words(each)
        elif isinstance(each, kinds.AmongUsers) and not place.bill.same_wallet.complete:
            # Else the table is followed by what it costs among them.
            yield "?", reason_words(each)
    if check and place.confirmed:
        yield "?", check
    elif why := _why_a_range(place.bill, reasons):
        yield "?", why
    unpriced = _dearest_unknown(reasons)
    if unpriced and unpriced.line.kind == "fee" and not place.confirmed:
        yield "?", _quote_words(place, unpriced, pages)


def _foremost(place: Place, reasons: Sequence[Reason]) -> Iterator[tuple[str, str]]:
    """Yield what most speaks for a place: what it alone has of what is asked or wished for, then
    what has to do with the use.
    """
    merits = [each for each in reasons if isinstance(each, kinds.Merit)]
    known = [each for each in merits if each.is_known]
    ahead = next((each for each in reasons if isinstance(each, kinds.Ahead)), None)
    if here := next(
        (each for each in reasons if isinstance(each, kinds.AskedHere | kinds.WishedHere)), None
    ):
        yield "+", reason_words(here)
    elif of_use := next((each for each in known if each.of_use), None):
        yield "•" if _may_be_dearer(of_use) else "+", _merit_words(of_use)
    elif priced := next((each for each in map(_price_alone, merits) if each), None):
        yield priced
    elif known:
        yield "+", _merit_words(min(known, key=lambda each: _LATER.index(each.criterion)))
    elif ahead and ahead.cheaper:
        yield "•", _prices_words(*ahead.cheaper)
    elif ahead:
        if not ahead.known and place.confirmed and place.bill.moved:
            # That more is known of one is no reason to choose it: what it does stands before.
            yield "+", _does_it_words(place)
        yield "+" if ahead.known else "•", reason_words(ahead)
    elif their := next((each for each in reasons if isinstance(each, kinds.PriceKnown)), None):
        yield "•", reason_words(their)


def _may_be_dearer(merit: kinds.Merit) -> bool:
    """Return whether what speaks for a place is its price, and that may be the higher one."""
    ours, theirs = merit.statement, merit.instead
    if not (isinstance(ours, Costs) and isinstance(theirs, Costs)):
        return False
    return ours.bill.yearly.high > theirs.bill.yearly.estimate


def _price_alone(merit: kinds.Merit) -> tuple[str, str] | None:
    """Return the price of a place where that is known in full and the other's is not."""
    ours, theirs = merit.statement, merit.instead
    if not (isinstance(ours, Costs) and isinstance(theirs, Costs)):
        return None
    if not ours.bill.complete or theirs.bill.complete:
        return None
    if theirs.bill.published.estimate > ours.bill.yearly.estimate:
        return "+", _prices_words(ours.bill, theirs.bill)
    words = _(
        "{amount}; what {wallet} costs is not known",
        amount=first_upper(timed_sum(ours.bill, ends=False)),
        wallet=wallet_name(theirs.bill.candidate.wallet),
    )
    return "•" if ours.bill.charged.high else "+", words


def _prices_words(ours: Bill, theirs: Bill) -> str:
    """Return what one costs and what the other, each as far as it is known."""
    name = wallet_name(theirs.candidate.wallet)
    words = _(
        "{amount} {time}, against {other} at {wallet}",
        amount=first_upper(known_sum(ours, ends=False)),
        time=a_year(ours.period),
        other=known_sum(theirs, ends=False),
        wallet=name,
    )
    return _with_ways(words, ours, name, theirs)


def _merit_words(merit: kinds.Merit) -> str:
    ours, theirs = merit.statement, merit.instead
    rival = merit.rival
    if rival is not None and merit.alike and not merit.of_use:
        return _(
            "As good as {wallet} for what you do; {reason}",
            wallet=wallet_name(rival.wallet),
            reason=first_lower(stated_words(ours, praise=True)),
        )
    if isinstance(ours, Costs) and isinstance(theirs, Costs) and rival is not None:
        less, likely = sure_saving(ours.bill, theirs.bill), likely_saving(ours.bill, theirs.bill)
        if less is not None and likely is None and rounded(less, ours.bill.currency) <= 0:
            # Which is cheaper hangs on where in its range each price lies: each is told, no saving.
            # The ends stand in the table above.
            return _prices_words(ours.bill, theirs.bill)
        if less is not None:
            likelier = likely if rounded(less, ours.bill.currency) <= 0 else None
            saved = money(less if likelier is None else likelier, ours.bill.currency)
            how = "sure" if ours.exact and theirs.exact else "least"
            name, period = wallet_name(rival.wallet), ours.bill.period
            form = _LESS["likely" if likelier is not None else how][bool(period.stay)]
            words = _(form, amount=saved, wallet=name, time=a_year(period))
            if any(line.stale for line in (*ours.bill.lines, *theirs.bill.lines)):
                words += _(", by prices that may have changed")
            return _with_ways(words, ours.bill, name, theirs.bill)
    return stated_words(ours, praise=True)


def _with_ways(words: str, ours: Bill, name: str, theirs: Bill) -> str:
    """Return words with the ways by which two prices hold, where these are unlike ways to pay."""
    if not unlike([ours, theirs]):
        return words
    ways, others = (ways_words(bill).removeprefix(_(", ")) for bill in (ours, theirs))
    if ways == others:
        return words
    return _(
        "{words} ({ways}; {wallet} {others})", words=words, ways=ways, wallet=name, others=others
    )


def _check_words(place: Place, reasons: Sequence[Reason], pages: bool) -> str | None:
    """Return what to look at first before going by the answer: what decides and is not known."""
    for each in reasons:
        if isinstance(each, kinds.Unconfirmed):
            return _("Check first: {what}", what=asked(cause_words(each.cause)))
    if unpriced := _dearest_unknown(reasons):
        return _quote_words(place, unpriced, pages)
    for each in reasons:
        if isinstance(each, kinds.IfAnswered):
            return if_answered(each)
    return None


def _why_a_range(bill: Bill, reasons: Sequence[Reason]) -> str | None:
    """Return why a price that is known is a wide range all the same: what the widest line hangs on.

    That is the bank or another case, whether the other side has the wallet, too, or an old page; in
    this order, where several hold of it. None where it is no such range, or no reason tells.
    """
    if not bill.complete or not is_wide(bill.yearly):
        return None
    order = (kinds.HangsOn, kinds.AmongUsers, kinds.OldPrice)
    causes = [each for kind in order for each in reasons if isinstance(each, kind)]
    widest = max(causes, key=lambda each: _width(each.line), default=None)
    if not isinstance(widest, kinds.OldPrice):
        return reason_words(widest) if widest else None
    merits = (each for each in reasons if isinstance(each, kinds.Merit))
    # A merit of its price says itself that it may have changed.
    if any(isinstance(each.statement, Costs) and each.is_known for each in merits):
        return None
    return _(
        "The price is old ({day}), so it may be another: {line}",
        day=widest.when,
        line=line_words(widest.line),
    )


def _width(line: Line) -> Decimal:
    return line.yearly.high - line.yearly.low


def _dearest_unknown(reasons: Sequence[Reason]) -> kinds.UnknownCharge | None:
    """Return the charge that is not known and may be the most."""
    charges = [each for each in reasons if isinstance(each, kinds.UnknownCharge)]
    return max(charges, key=lambda each: each.line.yearly.high, default=None)


def _quote_words(place: Place, charge: kinds.UnknownCharge, pages: bool) -> str:
    """Return that a price is not published, or the least alone, and with `pages` where to ask."""
    page = price_page(place, charge.line) if pages else None
    line = line_words(charge.line)
    quote = _("get a quote at {page}", page=page) if page else None
    if charge.line.least:
        price, form = (
            line_price(charge.line, short=True),
            N_("{line}: {price}, more is not published"),
        )
        return apart([_(form, line=first_upper(line), price=price), quote])
    if charge.line.rules and not charge.line.among_users:
        return apart([_("Price not published: {line}", line=line), quote])
    look = _("see {page}", page=page) if page else None
    return apart([_("No price on record: {line}", line=line), look])


def price_page(place: Place, line: Line | None) -> str | None:
    """Return the page that is nearest to the price of a line: of fees, else what speaks of it, else
    what has another price of that, else a list of other prices, else the site.

    Only the operator can give a quote. Its page of fees is none where only limits stand on it.
    """
    market, priced = place.candidate.market, _priced_on(place)
    limits = {place.wallet.source(limit.source).url for limit in market.limits}
    fees = market.links.fees
    if fees and (fees in priced or fees not in limits):
        return fees
    sources = (place.candidate.source_of(rule) for rule in (line.rules if line else ()))
    own = next((each.url for each in sources if each.publisher == "operator"), None)
    most = max(priced, key=lambda url: len(priced[url]), default=None)
    lists = most if most and len(priced[most]) >= _LISTED else None
    same = next((url for url in priced if line and line.operation in priced[url]), None)
    return own or same or lists or place.wallet.website or fees


def _priced_on(place: Place) -> dict[str, set[str]]:
    """Return the operations that each page of the operator prices, by its address."""
    pages: dict[str, set[str]] = {}
    for rule in place.candidate.market.fees:
        source = place.candidate.source_of(rule)
        if source.publisher == "operator" and rule.price != "unknown":
            pages.setdefault(source.url, set()).add(rule.operation)
    return pages


class ToLookUp(Struct, frozen=True):
    """A fact to look up: what it is, the page to open if any, and the command that enters it."""

    what: str
    page: str | None
    command: str


def to_look_up(unknown: Unknown) -> ToLookUp:
    """Return what to look up: "the fee to send money to people abroad", the page, the command."""
    place, line = unknown.place, unknown.line
    wallet = f"{place.wallet.id}@{place.candidate.country}"
    page = price_page(place, line)
    if line is not None:
        what, value = line_words(line), "N"
    else:
        what = _("whether it {does}", does=asked(claim_phrase(unknown.key, True)))
        hoped = "yes" if unknown.wanted else "no"
        value = "N" if unknown.target.section == "fees" else hoped
        page = place.candidate.market.links.help or place.wallet.website
    # The address is left to the person: it is where they really read it.
    return ToLookUp(what, page, _entry(wallet, unknown.target.name, value))


def _entry(wallet: str, fact: str, value: str) -> str:
    """Return the command that enters a fact, with a word where the person puts the source."""
    where = _("WHERE")
    return f"walletpick tell {wallet} {fact}={value} --source {where}"


def one_check_words(check: OneCheck) -> tuple[str, str]:
    """Return what is to be checked of a much cheaper wallet, and the command that enters it.

    "Wise would cost about 300 EUR a year less. Only this is not confirmed: that one can receive
    money from abroad. Look at https://...".
    """
    place, target, cause = check.unknown.place, check.unknown.target, check.cause
    bill = place.bill
    less = money(two_digits(check.saving), bill.currency)
    message = N_(
        "{wallet} may cost about {amount} {often} less, by what such wallets usually charge."
        " Only this is not confirmed: {what}."
    )
    if check.known:
        message = N_(
            "{wallet} would cost about {amount} {often} less. Only this is not confirmed: {what}."
        )
    words = _(
        message,
        wallet=wallet_name(place.wallet),
        amount=less,
        often=a_year(bill.period),
        what=asked(cause_words(cause)),
    )
    links = place.candidate.market.links
    page = cause.source.url if cause.source else links.help or place.wallet.website
    look = _("Look at {page}", page=page) if page else _("Ask them")
    words = _("{words} {more}", words=words, more=look)
    wallet = f"{place.wallet.id}@{place.candidate.country}"
    wanted = "yes" if isinstance(cause, NotShownThere) or cause.wanted else "no"
    value = "N" if target.section == "fees" else wanted
    return words, _entry(wallet, target.name, value)
