"""Which of several wallets costs least for what a person does, and over a range of it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from walletpick.answers.vary import Stretch, Variation
from walletpick.facts.money import MoneyRange, rounded
from walletpick.facts.names import wallet_name
from walletpick.facts.periods import period_of
from walletpick.language import N_, _, catalog_text, headed, ngettext, pgettext
from walletpick.person.needs import currency_of
from walletpick.score.ranking import Judgement
from walletpick.words.bills import cheaper_among, is_from, known_sum, least_words, rough_words
from walletpick.words.causes import causes_words
from walletpick.words.common import first_upper, name_among, wallet_of
from walletpick.words.phrases import (
    a_month,
    a_year,
    apart,
    clauses,
    doing_phrase,
    figure,
    given_phrase,
    in_the_year,
    listed,
    money,
)
from walletpick.words.prices import guess_words

Rates = Mapping[str, Decimal]
# So many are named behind the one that costs least.
_NAMED = 3
# Where no price is known in full.
_NONE_LEAST = N_(
    "Of none is the price known in full, so none can be said to cost least; by guesses: {guesses}."
)
_LIKELY_LEAST = N_(
    "Of none is the price known in full, but {wallet} most likely costs least: with what such fees"
    " are at the dearest elsewhere, it is still less than what is known of the others alone. By"
    " guesses: {guesses}."
)
# More changes than these are told one by one.
_IN_A_SENTENCE = 3


def costs_least_words(ordered: Sequence[Judgement], per_usd: Rates) -> str:
    """Return which of bills, in their order by cost, costs least, and which come then; or "".

    None is said to where another's price is only guessed, or not confirmed, and may be lower.
    """
    able = [item for item in ordered if item.fits]
    if len(able) < 2:
        return ""
    first, *rest = able
    if not first.bill.complete:
        named = sorted(able[: _NAMED + 1], key=lambda each: _usd(each, per_usd).estimate)
        guesses = apart(_guessed(item, able) for item in named)
        cheapest = _surely_least(able, per_usd)
        if not cheapest:
            return _(_NONE_LEAST, guesses=guesses)
        return _(_LIKELY_LEAST, wallet=_name(cheapest, able), guesses=guesses)
    least = _usd(first, per_usd)
    as_sure = [each for each in rest if each.surety == first.surety]
    same = [each for each in as_sure if _usd(each, per_usd).rounded == least.rounded]
    alike = [first, *same]
    rest = [each for each in rest if each not in alike]
    perhaps = any(
        _usd(each, per_usd).estimate < least.estimate
        if each.bill.complete
        else _usd(each, per_usd).low < least.high
        for each in rest
    )
    form = N_("Only of {wallets} is the price known in full: {amount} {when}")
    if not rest:
        form = N_("{wallets} cost the same by what is known: {amount} {when}")
    elif not perhaps and len(alike) > 1:
        form = N_("{wallets} cost the same, and least by what is known: {amount} {when}")
    elif not perhaps and _usd(rest[0], per_usd).rounded.estimate == least.rounded.estimate:
        form = N_("{wallets} costs about as little as the next, by what is known: {amount} {when}")
    elif not perhaps and _may_cross(least, [_usd(each, per_usd) for each in rest]):
        form = N_("{wallets} probably costs least by what is known: {amount} {when}")
    elif not perhaps:
        form = N_("{wallets} costs least by what is known: {amount} {when}")
    elif any(each.surety == first.surety for each in (*alike[1:], *rest)):
        form = N_("Of those whose price is known in full, {wallets} costs least: {amount} {when}")
    elif any(each.bill.complete for each in rest):
        form = N_(
            "Only of {wallets} is it confirmed that it does all, and the price known in full:"
            " {amount} {when}"
        )
    words = _(
        form,
        wallets=listed([_name(item, able) for item in alike]),
        amount=known_sum(first.bill),
        when=in_the_year(first.bill.period),
    )
    then: list[Judgement] = []
    for item in rest[:_NAMED]:
        before = then[-1] if then else first
        dearer = _usd(item, per_usd).estimate >= _usd(before, per_usd).estimate
        if item.bill.complete and dearer:
            then.append(item)
    less_sure = [item for item in rest[:_NAMED] if item not in then]
    others = listed([_then(item, able) for item in then])
    form = N_("{words}; then {others}.") if then else N_("{words}.")
    said = _(form, words=words, others=others)
    if not less_sure:
        return said
    more = _("Less sure: {others}.", others=apart(_then(item, able) for item in less_sure))
    return _("{words} {more}", words=said, more=more)


def _may_cross(least: MoneyRange, others: Iterable[MoneyRange]) -> bool:
    """Return whether another may cost less than what has the lowest estimate, in some case."""
    return any(other.low < least.estimate or other.estimate < least.high for other in others)


def _surely_least(able: Sequence[Judgement], per_usd: Rates) -> Judgement | None:
    """Return the bill that at its high end is below the known part of every other, if one is."""
    lowest = min(able, key=lambda each: _usd(each, per_usd).high)
    high = _usd(lowest, per_usd).high
    others = (each.bill.published for each in able if each is not lowest)
    sure = all(each.in_currency("USD", per_usd).low > high for each in others)
    return lowest if sure and not lowest.unconfirmed else None


def unanswered_words(conditions: Iterable[str]) -> str:
    """Return that conditions may change who costs least, as the person has not said; or ""."""
    # Of one that holds for some prices and must not hold for others, one way to say it is enough.
    asked: dict[str, str] = {}
    for word in conditions:
        asked.setdefault(word.removeprefix("no-"), word)
    if not asked:
        return ""
    options = " ".join(f"--given [no-]{word}" for word in asked)
    return _(
        "Not said, and it may change which costs least: {conditions} ({options}).",
        conditions=given_phrase(list(asked.values())),
        options=options,
    )


def _usd(item: Judgement, per_usd: Rates) -> MoneyRange:
    return item.bill.yearly.in_currency("USD", per_usd)


def _name(item: Judgement, among: Sequence[Judgement]) -> str:
    """Return the name of a wallet, with the country where there are several."""
    wallet, country = item.bill.candidate.wallet, item.bill.candidate.country
    if len({each.bill.candidate.country for each in among}) == 1:
        return wallet_name(wallet)
    return wallet_of(wallet, country)


def _guessed(item: Judgement, among: Sequence[Judgement]) -> str:
    places = {"wallet": _name(item, among), "amount": guess_words(item.bill.yearly)}
    return _("{wallet} {amount}", **places)


def _then(item: Judgement, among: Sequence[Judgement]) -> str:
    """Return a wallet with what it costs, and how sure that is: "PayPal, 12.00 GBP"."""
    bill, name, doubts = item.bill, _name(item, among), []
    if bill.complete:
        words = _("{wallet} with {amount}", wallet=name, amount=known_sum(bill))
    elif is_from(bill):
        words = _("{wallet}, {amount}", wallet=name, amount=least_words(bill.charged, top=True))
    else:
        words = _("{wallet} with {amount}", wallet=name, amount=guess_words(bill.yearly))
        doubts.append(_("a guess"))
    doubts += [_("not confirmed to do it")] if item.unconfirmed else []
    return _("{words}, {doubts}", words=words, doubts=listed(doubts)) if doubts else words


def varied_words(variation: Variation) -> str:
    """Return what varies: "Send money to people abroad (Mexico), 50.00 to 2,000.00 USD a month"."""
    varied, needs = variation.varied, variation.needs
    usage, often, currency = varied.usage, a_month(period_of(needs.for_)), currency_of(needs)
    places = {
        "use": first_upper(doing_phrase(usage.operation, usage.country, usage.method)),
        "often": often,
    }
    if varied.of == "times":
        places |= {"low": str(varied.low), "high": str(varied.high)}
        places["amount"] = money(usage.amount, currency)
        if varied.each:
            return _("{use}, {low} to {high} times {often}, {amount} each time", **places)
        return _("{use}, {low} to {high} times {often}, {amount} in all", **places)
    places["low"] = f"{rounded(varied.low, currency):,f}"
    places["high"] = money(varied.high, currency)
    if usage.times == 1:
        return _("{use}, {low} to {high} {often}", **places)
    return _("{use}, {low} to {high} {often} in {times} uses", times=usage.times, **places)


def value_words(variation: Variation, value: Decimal) -> str:
    """Return a value of what varies: "340.00 USD", "1 time", "12 times"."""
    if variation.varied.of == "times":
        return ngettext("{count} time", "{count} times", int(value), count=value)
    return money(value, currency_of(variation.needs))


def cheapest_words(variation: Variation) -> list[str]:
    """Return who is cheapest from where to where: one sentence, or a line for each of many.

    Nobody is called so where the price of another is only guessed, or not confirmed, and may be
    lower. Of one wallet there is nothing to say.
    """
    stretches = variation.told
    if len(variation.markets) == 1:
        return []
    often = a_month(period_of(variation.needs.for_))
    sure = all(each.cheapest and not each.perhaps for each in stretches)
    if len(stretches) == 1:
        (only,) = stretches
        if not only.cheapest:
            none = _(
                "No price is known in full of any that can do it, so none can be called cheapest."
            )
            return [none]
        if only.perhaps:
            return [_("{sentence}.", sentence=first_upper(_known_and_guessed(variation, only)))]
        return [_("{cheapest} throughout.", cheapest=_cheapest(variation, only))]
    if len(stretches) <= _IN_A_SENTENCE + 1 and sure:
        first, *middle, last = stretches
        form, cheapest = N_("{cheapest} up to {amount} {often}"), _cheapest(variation, first)
        most = value_words(variation, first.high)
        parts = [_(form, cheapest=cheapest, amount=most, often=often)]
        for each in middle:
            names, most = _names(variation, each.cheapest), value_words(variation, each.high)
            parts.append(_("then {wallets} up to {amount}", wallets=names, amount=most))
        parts.append(_("then {wallets}", wallets=_names(variation, last.cheapest)))
        return [_("{sentence}.", sentence=clauses(parts))]
    return [
        headed(first_upper(_span(variation, each.low, each.high)), _in_stretch(variation, each))
        for each in stretches
    ]


def _in_stretch(variation: Variation, stretch: Stretch) -> str:
    if not stretch.cheapest:
        return _("of none that can do it is the price known in full")
    if stretch.perhaps:
        return _known_and_guessed(variation, stretch)
    return _cheapest(variation, stretch)


def _known_and_guessed(variation: Variation, stretch: Stretch) -> str:
    """Return who costs least of those whose price is known, and what others are guessed at.

    Both at one of the values that are shown. Of what is only not confirmed nothing is guessed.
    """
    inside = [each for each in variation.points if stretch.low <= each.value <= stretch.high]
    point = inside[len(inside) // 2]
    bills = [(number, point.judgements[number].bill) for number in stretch.perhaps]
    guessed = [(number, bill.yearly) for number, bill in bills if not bill.complete]
    if not guessed:
        return _least_known(variation, stretch)
    form = N_("{wallet} would be {amount}")
    guesses = [(market_name(variation, number), guess_words(of)) for number, of in guessed]
    places = {
        "known": _least_known(variation, stretch),
        "at": _("at {amount}", amount=value_words(variation, point.value)),
        "cost": rough_words(point.judgements[stretch.cheapest[0]].bill.yearly),
        "often": a_year(period_of(variation.needs.for_)),
        "guesses": listed([_(form, wallet=name, amount=amount) for name, amount in guesses]),
    }
    return _("{known}; {at} that is {cost} {often}, and {guesses}, which is a guess", **places)


def _least_known(variation: Variation, stretch: Stretch) -> str:
    """Return that a wallet costs least of those whose price is known in full, or is the only.

    Where another's price is known that may be lower, that one is not confirmed to do it.
    """
    names = _names(variation, stretch.cheapest)
    others = any(
        piece.state == "priced" and piece.low <= stretch.high and piece.high >= stretch.low
        for number, pieces in enumerate(variation.pieces)
        if number not in stretch.cheapest
        for piece in pieces
    )
    points = [each for each in variation.points if stretch.low <= each.value <= stretch.high]
    known = any(
        point.judgements[number].bill.complete for point in points for number in stretch.perhaps
    )
    if known and others:
        return ngettext(
            "of those that are confirmed to do it, and whose price is known in full, {wallets}"
            " costs least",
            "of those that are confirmed to do it, and whose price is known in full, {wallets}"
            " cost least",
            len(stretch.cheapest),
            wallets=names,
        )
    if known:
        return _(
            "only of {wallets} is it confirmed that it does all, and the price known in full",
            wallets=names,
        )
    if others:
        return ngettext(
            "of those whose price is known in full, {wallets} costs least",
            "of those whose price is known in full, {wallets} cost least",
            len(stretch.cheapest),
            wallets=names,
        )
    return _("only the price of {wallets} is known in full", wallets=names)


def change_words(variation: Variation, stretch: Stretch) -> str:
    """Return who is cheapest from the beginning of a stretch on."""
    start = value_words(variation, stretch.low)
    cheapest = (_least_known if stretch.perhaps else _cheapest)(variation, stretch)
    return _("From {amount} on: {cheapest}", amount=start, cheapest=cheapest)


def uncounted_words(variation: Variation) -> Iterator[str]:
    """Yield of which wallets it cannot be said that they are cheapest, where, and why not.

    And whose price holds among its own users alone.
    """
    for number in range(len(variation.markets)):
        for state in ("unknown", "unconfirmed", "cannot"):
            spans = [each for each in variation.left_out(number) if each.state == state]
            if not spans:
                continue
            reason = _cannot(variation, number)
            if state == "unconfirmed":
                reason = _("not confirmed to do it")
            elif state == "unknown":
                reason = _("its price is not known in full") + _seen_elsewhere(variation, number)
            where = listed([_span(variation, each.low, each.high) for each in spans])
            form = N_("{wallet} {where}: {reason}.") if where else N_("{wallet}: {reason}.")
            if len(variation.markets) > 1:
                form = N_("{wallet} is not counted: {reason}.")
                if where:
                    form = N_("{wallet} is not counted {where}: {reason}.")
            yield _(form, wallet=market_name(variation, number), where=where, reason=reason)
    for number, (wallet, _country) in enumerate(variation.markets):
        lines = (line for each in variation.points for line in each.judgements[number].bill.lines)
        for among in cheaper_among(lines, wallet_name(wallet)):
            yield _("It costs less {among}.", among=among)


def _seen_elsewhere(variation: Variation, number: int) -> str:
    """Return for which amounts a survey saw a price, where it saw it too far from some; else ""."""
    for point in variation.points:
        for line in point.judgements[number].bill.lines:
            if line.far:
                amounts = listed([figure(quote.usd) for quote in line.far.points])
                by = catalog_text(line.far.head.by)
                return _(" ({survey} saw it for {amounts} USD alone)", survey=by, amounts=amounts)
    return ""


def market_name(variation: Variation, number: int) -> str:
    """Return the name of a wallet, with the country where there are several."""
    return name_among(*variation.markets[number], (code for _wallet, code in variation.markets))


def _cheapest(variation: Variation, stretch: Stretch) -> str:
    names = _names(variation, stretch.cheapest)
    if len(stretch.cheapest) == 1:
        return _("{wallet} is cheapest", wallet=names)
    return _("{wallets} are cheapest and cost the same", wallets=names)


def _names(variation: Variation, markets: Iterable[int]) -> str:
    return listed([market_name(variation, number) for number in markets])


def _span(variation: Variation, low: Decimal, high: Decimal) -> str:
    """Return a part of the range: "up to 99.99 USD", "from 100.00 to 340.00 USD", "at 12 times".

    "" for all of it.
    """
    from_start, to_end = low == variation.varied.low, high == variation.varied.high
    if from_start and to_end:
        return ""
    if from_start:
        return pgettext("range", "up to {amount}", amount=value_words(variation, high))
    first, last = value_words(variation, low), value_words(variation, high)
    if to_end:
        return _("from {amount} on", amount=first)
    if low == high:
        return _("at {amount}", amount=first)
    return _("from {low} to {high}", low=first.partition(" ")[0], high=last)


def _cannot(variation: Variation, number: int) -> str:
    """Return why a wallet cannot do it, where a value that is shown says so."""
    for point in variation.points:
        if causes := point.judgements[number].obstacles:
            return causes_words(causes)
    return _("it cannot do it")
