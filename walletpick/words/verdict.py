"""The verdict on a ranking, and the few reasons that decide, in words. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_EVEN, Decimal

from msgspec import structs

from walletpick.bill.bill import Bill
from walletpick.bill.line import Line
from walletpick.bill.observe import done_by_foreign_card
from walletpick.bill.taken import unlike
from walletpick.facts.model import Catalog, FeeRule, Needs
from walletpick.facts.money import HUNDRED, rounded
from walletpick.facts.names import wallet_name
from walletpick.facts.places import in_country
from walletpick.facts.vocabulary import ABROAD_OPERATIONS, RECEIVING_OPERATIONS
from walletpick.language import N_, _, ngettext, one_text, percent_words
from walletpick.score.ranking import Place, Ranking
from walletpick.score.reason import (
    Ahead,
    AmongUsers,
    CardsOwnFee,
    DiaryReason,
    HangsOn,
    IfAnswered,
    InParts,
    MayExceed,
    Merit,
    NeedsLevel,
    OldPrice,
    PriceKnown,
    Reason,
    Shortcoming,
    Unconfirmed,
    UnderAge,
    UnknownCharge,
    WishedHere,
)
from walletpick.score.statements import Costs, likely_saving, sure_saving
from walletpick.score.verdict import (
    LIKELY,
    Verdict,
    cheapest_behind,
    has_own_wallets,
    is_alike,
    open_ends,
    verdict_of,
)
from walletpick.words.bills import known_sum, line_price, ways_words
from walletpick.words.causes import cause_words, causes_words
from walletpick.words.common import Typed, first_lower, first_upper, in_ten, use_option
from walletpick.words.lines import if_answered, line_words
from walletpick.words.phrases import (
    a_year,
    any_of,
    apart,
    asked,
    claim_phrase,
    few_of,
    few_wallets,
    figure,
    listed,
    money,
    operation_phrase,
)
from walletpick.words.ranges import is_wide
from walletpick.words.reasons import reason_words, stated_words, timed_sum, wished_here_words

_FEW_OTHERS = 2
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


# That another costs less than the first: for sure or not, and by old prices or not.
_CHEAPER = {
    (True, False): N_("{wallet} costs about {amount} less {time}."),
    (True, True): N_("{wallet} costs about {amount} less {time}, by prices that may have changed."),
    (False, False): N_("{wallet} probably costs about {amount} less {time}."),
    (False, True): N_(
        "{wallet} probably costs about {amount} less {time}, by prices that may have changed."
    ),
}
_MANY_HAVE_IT = "features:widely-used"
_WHERE_TO = N_("Where to is not said, and prices go by it: name the country, as in {option}.")
_FROM_WHERE = N_("From where is not said, and prices go by it: name the country, as in {option}.")


def no_own_words(ranking: Ranking, catalog: Catalog) -> str:
    """Return that the catalog has none of a country's own wallets, to who pays or sends there."""
    country, use = ranking.needs.country, ranking.needs.use
    if country is None or (use and all(each.operation in ABROAD_OPERATIONS for each in use)):
        return ""
    if has_own_wallets(catalog, country):
        return ""
    return _(
        "Only international wallets are on record in {country}: people there may use one of their"
        " own that the catalog does not have.",
        country=in_country(country),
    )


def open_end_words(ranking: Ranking, typed: Typed) -> str:
    """Return that prices go by a country that was not named, and how to name it; or "".

    `typed` are usages as the person wrote them: the amount in all, and its currency.
    """
    sentences, country = [], _("COUNTRY")
    for usage in open_ends(ranking):
        amount, currency = typed.get(usage, (usage.amount, ranking.needs.currency))
        option = use_option(structs.replace(usage, amount=amount), currency=currency)
        form = _FROM_WHERE if usage.operation in RECEIVING_OPERATIONS else _WHERE_TO
        sentences.append(_(form, option=f"--use {option}@{country}"))
    return one_text(sentences)


def verdict_words(ranking: Ranking) -> str:
    """Return who is best, and how sure that is, in one or two sentences."""
    verdict = verdict_of(ranking)
    if verdict.word == "none":
        return _("No wallet fits.")
    first = ranking.places[0]
    names = [place_name(place, ranking) for place in verdict.level]
    other = likelier_of(ranking)
    cheaper = _guessed_likelier(ranking)
    if verdict.word == "only":
        sure = len(ranking.places) > 1 and verdict.confirmed
        words = _("{wallet} is the only one on record that fits.", wallet=names[0])
        if not verdict.confirmed:
            words = _("{wallet} comes first.", wallet=names[0])
        if sure and any(line.among_users and not line.known for line in first.bill.lines):
            words = _(
                "{wallet} is the only one confirmed to do all that you ask, where the other person"
                " has it too.",
                wallet=names[0],
            )
        elif sure and "cash-out" in done_by_foreign_card(first.candidate, ranking.needs):
            words = _(
                "Cash comes from your own card; for the rest, {wallet} is the only one confirmed.",
                wallet=names[0],
            )
        elif sure:
            words = _("{wallet} is the only one confirmed to do all that you ask.", wallet=names[0])
    elif cheaper:
        firsts = _alike(first, [each for each in ranking.field if each.bill.complete])
        form = N_(
            "{wallets} comes first of those whose price is known. {other} may suit you better, but"
            " its price to {uses} is not known."
        )
        if len(firsts) > 1:
            form = N_(
                "{wallets} are level, first of those whose price is known. {other} may suit you"
                " better, but its price to {uses} is not known."
            )
        words = _(
            form,
            wallets=few_wallets([place_name(each, ranking) for each in firsts]),
            other=place_name(cheaper, ranking),
            uses=_guessed_uses(cheaper, ranking.needs),
        )
    elif len(names) == 1 and _guessed(first, ranking.needs):
        words = _guessed_first(ranking)
    elif verdict.word == "best":
        chance = in_ten(first.chance)
        words = _("{wallet} fits best, in {chance} cases.", wallet=names[0], chance=chance)
    else:
        words = _level_words(ranking, verdict, other)
    if not verdict.confirmed and len(ranking.places) == 1:
        words = _(
            "None is confirmed to do all that you ask; {wallet} is the only one that may.",
            wallet=names[0],
        )
    elif not verdict.confirmed:
        words = _(
            "None is confirmed to do all that you ask. Of those that may, {verdict}", verdict=words
        )
    if other is None:
        cheaper_words = _cheaper_words(ranking) if len(names) == 1 else ""
        return one_text([words, cheaper_words]) if cheaper_words else words
    return _(
        "{words} {wallet} may suit you better; not confirmed: {what}.",
        words=words,
        wallet=place_name(other, ranking),
        what=causes_words(other.unconfirmed),
    )


def named_in_verdict(ranking: Ranking) -> list[Place]:
    """Return the places of the field that the verdict names; some place fits."""
    verdict, first = verdict_of(ranking), ranking.places[0]
    named = [*few_of(verdict.level), *verdict.behind[:_FEW_OTHERS]]
    if likelier := _guessed_likelier(ranking):
        named += few_of(_alike(first, [each for each in ranking.field if each.bill.complete]))
        named.append(likelier)
    elif _guessed(first, ranking.needs):
        named += few_of(_first_priced(ranking))
    if len(verdict.level) == 1 and (cheaper := cheapest_behind(ranking)):
        named.append(cheaper.place)
    return [each for each in ranking.field if any(each is place for place in named)]


def _level_words(ranking: Ranking, verdict: Verdict, likelier: Place | None) -> str:
    """Return who comes first where nobody is likely enough to be the best.

    `likelier` is one that is not confirmed, of which more is said after that.
    """
    first = verdict.level[0]
    names = [place_name(place, ranking) for place in verdict.level]
    if len(names) == 1 and likelier:
        return _("{wallet} comes first of those confirmed to do all that you ask.", wallet=names[0])
    if verdict.hangs_on_confirming and not likelier:
        return ngettext(
            "{wallets} comes first of those confirmed to do all that you ask; in {chance} cases one"
            " that is not confirmed would be the best.",
            "{wallets} come first of those confirmed to do all that you ask; in {chance} cases one"
            " that is not confirmed would be the best.",
            len(names),
            wallets=few_wallets(names),
            chance=in_ten(verdict.unconfirmed),
        )
    if len(names) == 1 and verdict.behind:
        return _(
            "{wallet} comes first by what is known; what is not known may put {others} first.",
            wallet=names[0],
            others=any_of(place_name(each, ranking) for each in verdict.behind[:_FEW_OTHERS]),
        )
    if len(names) == 1:
        return _(
            "{wallet} comes first, but in {chance} cases only: what is not known decides.",
            wallet=names[0],
            chance=in_ten(first.chance),
        )
    if verdict.is_seldom and not likelier:
        return _(
            "{wallets} come first, but one of them is the best in {chance} cases only: what is not"
            " known decides.",
            wallets=few_wallets(names),
            chance=in_ten(verdict.chance),
        )
    return _(
        "{wallets} are level: what is not known decides between them.",
        wallets=few_wallets(names),
    )


def _cheaper_words(ranking: Ranking) -> str:
    """Return who costs less than the first, so that nobody takes the first for the cheapest."""
    cheaper = cheapest_behind(ranking)
    if cheaper is None:
        return ""
    theirs, ours = cheaper.place.bill, ranking.places[0].bill
    old = any(line.stale for line in (*theirs.lines, *ours.lines))
    return _(
        _CHEAPER[cheaper.sure, old],
        wallet=place_name(cheaper.place, ranking),
        amount=money(cheaper.less, ours.currency),
        time=a_year(ours.period),
    )


def likelier_of(ranking: Ranking) -> Place | None:
    """Return the place that is less confirmed than the first ones and likelier to be the best.

    Of what is not even confirmed to run, only where it is likely the best all the same.
    """
    likeliest = max(ranking.places, key=lambda each: each.chance)
    first = ranking.places[0]
    if likeliest.doubt <= first.doubt:
        return None
    return likeliest if first.confirmed or likeliest.chance >= LIKELY else None


def _guessed_likelier(ranking: Ranking) -> Place | None:
    """Return the place that is likelier to be the best than the first, but its price is a guess."""
    first = ranking.places[0]
    likeliest = max(ranking.field, key=lambda each: each.chance)
    if not first.bill.complete or likeliest.chance <= first.chance:
        return None
    return likeliest if _guessed(likeliest, ranking.needs) else None


def _guessed(place: Place, needs: Needs) -> tuple[str, ...]:
    """Return the operations whose price is mostly a guess, without what is the card's affair."""
    cards = done_by_foreign_card(place.candidate, needs)
    return tuple(each for each in place.bill.guessed if each not in cards)


def _guessed_first(ranking: Ranking) -> str:
    """Return that the first is so by a guess of its price, and who is of those whose is known."""
    first = ranking.places[0]
    form = N_("{wallet} comes first, in {chance} cases; its price to {uses} is not known.")
    if first.chance < LIKELY:
        form = N_(
            "{wallet} comes first, but in {chance} cases only: its price to {uses} is not known."
        )
    words = _(
        form,
        wallet=place_name(first, ranking),
        chance=in_ten(first.chance),
        uses=_guessed_uses(first, ranking.needs),
    )
    priced = _first_priced(ranking)
    if not priced:
        return words
    form = N_("{words} Find it out, or take {wallets}: first of those whose price is known.")
    if len(priced) > 1:
        form = N_("{words} Find it out, or take {wallets}: level, of those whose price is known.")
    names = [place_name(each, ranking) for each in few_of(priced)]
    return _(form, words=words, wallets=any_of(names))


def _first_priced(ranking: Ranking) -> list[Place]:
    """Return the first whose price is known, with those of which nothing tells it."""
    priced = [each for each in ranking.field if each.bill.complete]
    return _alike(priced[0], priced) if priced else []


def _alike(first: Place, places: Sequence[Place]) -> list[Place]:
    """Return a place and those of others that have its points and its chance."""
    return [each for each in places if each is first or is_alike(each, first)]


def _guessed_uses(place: Place, needs: Needs) -> str:
    return listed([operation_phrase(each) for each in _guessed(place, needs)])


def place_name(place: Place, ranking: Ranking) -> str:
    """Return the name of a place's wallet, with the country where there are several."""
    countries = {each.candidate.country for each in ranking.places}
    name = wallet_name(place.wallet)
    if len(countries) < 2:
        return name
    return _("{words} ({more})", words=name, more=place.candidate.country)


def alike_in(places: Sequence[Sequence[Reason]]) -> frozenset[str]:
    """Return the shortcomings, in words, that several places have in common, by their reasons.

    They set none apart from the others.
    """
    if len(places) < 2:
        return frozenset()
    told = (
        {stated_words(r.statement, brief=True) for r in why if isinstance(r, Shortcoming)}
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
    known = percent_words(figure((place.evidence * HUNDRED).to_integral_value(ROUND_HALF_EVEN)))
    return "?", _("{percent} of what counts for you is known", percent=known)


def _against(
    place: Place, reasons: Sequence[Reason], alike: frozenset[str]
) -> Iterator[tuple[str, str]]:
    """Yield what speaks against a place: what narrows the use, and the first that counts."""
    if place.bill.from_abroad:
        # Whether the identity check is open to somebody from abroad, no wallet says.
        yield from (("-", reason_words(each)) for each in reasons if isinstance(each, NeedsLevel))
    for each in reasons:
        if isinstance(each, Shortcoming):
            words = stated_words(each.statement, brief=True)
            if words in alike:
                continue
            yield "-", words
            break
        if isinstance(each, DiaryReason) and each.kind == "against":
            yield "-", reason_words(each)
            break
    yield from (("-", reason_words(each)) for each in reasons if isinstance(each, InParts))


def _is_told_to_visitors(reason: Reason) -> bool:
    """Return whether something is told otherwise: against a wallet, or once, below the table."""
    if isinstance(reason, CardsOwnFee):
        # It comes on top of the price of every wallet.
        return not reason.with_cash
    return isinstance(reason, NeedsLevel)


def _main_reasons(
    place: Place, reasons: Sequence[Reason], pages: bool, alike: frozenset[str]
) -> Iterator[tuple[str, str]]:
    yield from _foremost(place, reasons)
    yield from _against(place, reasons, alike)
    # Whose account it is comes before what it can do.
    yield from (("?", reason_words(each)) for each in reasons if isinstance(each, UnderAge))
    check = _check_words(place, reasons, pages)
    if check and not place.confirmed:
        yield "?", check
    for each in reasons:
        if place.bill.from_abroad and _is_told_to_visitors(each):
            continue
        if isinstance(each, NeedsLevel | MayExceed | CardsOwnFee):
            yield "?", reason_words(each)
        elif isinstance(each, AmongUsers) and not place.bill.same_wallet.complete:
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
    """Yield what most speaks for a place: what is wished for, then what has to do with the use."""
    merits = [each for each in reasons if isinstance(each, Merit)]
    known = [each for each in merits if each.is_known]
    ahead = next((each for each in reasons if isinstance(each, Ahead)), None)
    if wished := next((each for each in reasons if isinstance(each, WishedHere)), None):
        yield "+", wished_here_words(wished)
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
    elif their := next((each for each in reasons if isinstance(each, PriceKnown)), None):
        yield "•", reason_words(their)


def _may_be_dearer(merit: Merit) -> bool:
    """Return whether what speaks for a place is its price, and that may be the higher one."""
    ours, theirs = merit.statement, merit.instead
    if not (isinstance(ours, Costs) and isinstance(theirs, Costs)):
        return False
    return ours.bill.yearly.high > theirs.bill.yearly.estimate


def _price_alone(merit: Merit) -> tuple[str, str] | None:
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


def _merit_words(merit: Merit) -> str:
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
            how = how if likelier is None else "likely"
            in_a_year, in_a_stay = _LESS[how]
            name, period = wallet_name(rival.wallet), ours.bill.period
            words = _(in_a_year, amount=saved, wallet=name)
            if period.stay:
                words = _(in_a_stay, amount=saved, wallet=name, time=a_year(period))
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
        if isinstance(each, Unconfirmed):
            return _("Check first: {what}", what=asked(cause_words(each.cause)))
    if unpriced := _dearest_unknown(reasons):
        return _quote_words(place, unpriced, pages)
    for each in reasons:
        if isinstance(each, IfAnswered):
            return if_answered(each)
    return None


def _why_a_range(bill: Bill, reasons: Sequence[Reason]) -> str | None:
    """Return why a price that is known is a wide range all the same: what the widest line hangs on.

    That is the bank or another case, whether the other side has the wallet, too, or an old page; in
    this order, where several hold of it. None where it is no such range, or no reason tells.
    """
    if not bill.complete or not is_wide(bill.yearly):
        return None
    kinds = (HangsOn, AmongUsers, OldPrice)
    causes = [each for kind in kinds for each in reasons if isinstance(each, kind)]
    widest = max(causes, key=lambda each: _width(each.line), default=None)
    if not isinstance(widest, OldPrice):
        return reason_words(widest) if widest else None
    merits = (each for each in reasons if isinstance(each, Merit))
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


def _dearest_unknown(reasons: Sequence[Reason]) -> UnknownCharge | None:
    """Return the charge that is not known and may be the most."""
    charges = [each for each in reasons if isinstance(each, UnknownCharge)]
    return max(charges, key=lambda each: each.line.yearly.high, default=None)


def _quote_words(place: Place, charge: UnknownCharge, pages: bool) -> str:
    """Return that a price is not published, or the least alone, and with `pages` where to ask."""
    page = price_page(place, charge.line.rules) if pages else None
    line = line_words(charge.line)
    quote = _("get a quote at {page}", page=page) if page else None
    if charge.line.least:
        words = _(
            "{line}: {price}, more is not published",
            line=first_upper(line),
            price=line_price(charge.line, short=True),
        )
        return apart([words, quote])
    if charge.line.rules and not charge.line.among_users:
        return apart([_("Price not published: {line}", line=line), quote])
    look = _("see {page}", page=page) if page else None
    return apart([_("No price on record: {line}", line=line), look])


def price_page(place: Place, rules: Sequence[FeeRule]) -> str | None:
    """Return the page that is nearest to a price: of fees, else what speaks of it, else a list of
    other prices, else the site.

    Only the operator can give a quote. Its page of fees is none where only limits stand on it.
    """
    market, priced = place.candidate.market, _priced_on(place)
    limits = {place.wallet.source(limit.source).url for limit in market.limits}
    fees = market.links.fees
    if fees and (fees in priced or fees not in limits):
        return fees
    sources = (place.candidate.source_of(rule) for rule in rules)
    own = next((each.url for each in sources if each.publisher == "operator"), None)
    most = max(priced, key=lambda url: len(priced[url]), default=None)
    lists = most if most and len(priced[most]) > 1 else None
    return own or lists or place.wallet.website or fees


def _priced_on(place: Place) -> dict[str, set[str]]:
    """Return the operations that each page of the operator prices, by its address."""
    pages: dict[str, set[str]] = {}
    for rule in place.candidate.market.fees:
        source = place.candidate.source_of(rule)
        if source.publisher == "operator" and rule.price != "unknown":
            pages.setdefault(source.url, set()).add(rule.operation)
    return pages
