"""Which of several wallets costs least for what a person does, in a sentence. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from walletpick.facts.money import MoneyRange
from walletpick.facts.names import wallet_name
from walletpick.language import N_, _
from walletpick.score.ranking import Judgement
from walletpick.words.bills import is_from, known_sum, least_words
from walletpick.words.common import wallet_of
from walletpick.words.phrases import apart, given_phrase, in_the_year, listed
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
    alike = [first, *(each for each in rest if _is_alike(each, first, per_usd))]
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


def _is_alike(item: Judgement, first: Judgement, per_usd: Rates) -> bool:
    same = _usd(item, per_usd).rounded == _usd(first, per_usd).rounded
    return same and item.surety == first.surety


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
