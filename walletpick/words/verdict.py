"""The verdict on a ranking, its order by chances, and what would change it, in words. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import NamedTuple

from msgspec import structs

from walletpick.bill.observe import done_by_foreign_card
from walletpick.facts.model import Catalog, Needs
from walletpick.facts.names import wallet_name
from walletpick.facts.places import in_country
from walletpick.facts.vocabulary import ABROAD_OPERATIONS, RECEIVING_OPERATIONS
from walletpick.language import N_, _, ngettext, one_text, percent_words
from walletpick.score.causes import answerable
from walletpick.score.change import MOST_WEIGHT, Change, PriceTurn, WeightSpan, first_at
from walletpick.score.ranking import Place, Ranking
from walletpick.score.reasons import is_by_silence
from walletpick.score.verdict import (
    LIKELY,
    Verdict,
    cheapest_behind,
    has_own_wallets,
    is_alike,
    open_ends,
    verdict_of,
)
from walletpick.words.causes import causes_words, if_words
from walletpick.words.common import Typed, in_ten, name_among, use_option
from walletpick.words.criteria import care_words
from walletpick.words.lines import line_words
from walletpick.words.phrases import (
    a_year,
    any_of,
    apart,
    few_of,
    few_wallets,
    figure,
    listed,
    money,
    operation_phrase,
)

_FEW_OTHERS = 2
# That another costs less than the first: for sure or not, and by old prices or not.
_CHEAPER = {
    (True, False): N_("{wallet} costs about {amount} less {time}."),
    (True, True): N_("{wallet} costs about {amount} less {time}, by prices that may have changed."),
    (False, False): N_("{wallet} probably costs about {amount} less {time}."),
    (False, True): N_(
        "{wallet} probably costs about {amount} less {time}, by prices that may have changed."
    ),
}
_WHERE_TO = N_("Where to is not said, and prices go by it: name the country, as in {option}.")
_FROM_WHERE = N_("From where is not said, and prices go by it: name the country, as in {option}.")
# From this chance on, 0 to 1, it is told that one that is not confirmed may be the best.
LEAST_TOLD = Decimal("0.1")
_HUNDREDTH = Decimal("0.01")
# The steps in which a weight is said.
_STEP = Decimal("0.5")
_IF_LESS = N_(
    "if {care} mattered less to you (--weight {criterion}={weight}), {wallet} would come first"
)
_IF_MORE = N_(
    "if {care} mattered more to you (--weight {criterion}={weight}), {wallet} would come first"
)


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
    """Return that prices go by a country that was not named, and how to name it; or ""."""
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
        form = N_("{wallet} is the only one on record that fits.")
        if not verdict.confirmed:
            form = N_("{wallet} comes first.")
        if sure and any(line.among_users and not line.known for line in first.bill.lines):
            form = N_(
                "{wallet} is the only one confirmed to do all that you ask, where the other person"
                " has it too."
            )
        elif sure and "cash-out" in done_by_foreign_card(first.candidate, ranking.needs):
            form = N_(
                "Cash comes from your own card; for the rest, {wallet} is the only one confirmed."
            )
        elif sure:
            form = N_("{wallet} is the only one confirmed to do all that you ask.")
        words = _(form, wallet=names[0])
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
        words = _guessed_first(ranking, verdict.behind)
    elif tells_silence(ranking):
        words = _(
            "{wallet} comes first, in {chance} cases, but only because more is known of it than of"
            " {other}.",
            wallet=names[0],
            chance=in_ten(first.chance),
            other=place_name(ranking.field[1], ranking),
        )
    elif verdict.word == "best":
        chance = in_ten(first.chance)
        words = _("{wallet} fits best, in {chance} cases.", wallet=names[0], chance=chance)
    else:
        words = _level_words(ranking, verdict, other)
    if not verdict.confirmed:
        words = _on_answer(first, names[0]) or _unconfirmed_words(ranking, names[0], words)
    if other is None:
        cheaper_words = _cheaper_words(ranking) if len(names) == 1 else ""
        return one_text(filter(None, [words, cheaper_words]))
    return _(
        "{words} {wallet} may suit you better; not confirmed: {what}.",
        words=words,
        wallet=place_name(other, ranking),
        what=causes_words(other.unconfirmed),
    )


def tells_silence(ranking: Ranking) -> bool:
    """Return whether the verdict says that the first is so only because more is known of it.

    Some wallet fits.
    """
    guessed = _guessed_likelier(ranking) or _guessed(ranking.places[0], ranking.needs)
    return verdict_of(ranking).word == "best" and not guessed and is_by_silence(ranking)


def _on_answer(first: Place, name: str) -> str:
    """Return what a person has to answer for the first to be confirmed; "" if that is not all."""
    conditions = answerable(first.unconfirmed)
    if not conditions:
        return ""
    return _(
        "{wallet} is confirmed to do all that you ask {conditions}; else none is.",
        wallet=name,
        conditions=listed([if_words(each) for each in conditions]),
    )


def _unconfirmed_words(ranking: Ranking, name: str, words: str) -> str:
    """Return that none is confirmed to do all that is asked, and who comes first, in `words`."""
    form = N_("None is confirmed to do all that you ask. Of those that may, {verdict}")
    if len(ranking.places) == 1:
        form = N_("None is confirmed to do all that you ask; {wallet} is the only one that may.")
    return _(form, verdict=words, wallet=name)


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
    names = [place_name(place, ranking) for place in verdict.level]
    alone = len(names) == 1
    form = N_("{wallets} are level: what is not known decides between them.")
    if alone and likelier:
        form = N_("{wallet} comes first of those confirmed to do all that you ask.")
    elif verdict.hangs_on_confirming and not likelier:
        likeliest = max(ranking.others, key=lambda each: each.chance)
        return ngettext(
            "{wallets} comes first of those confirmed to do all that you ask; in {chance} cases"
            " another would be the best, most likely {other} (not confirmed: {what}).",
            "{wallets} come first of those confirmed to do all that you ask; in {chance} cases"
            " another would be the best, most likely {other} (not confirmed: {what}).",
            len(names),
            wallets=few_wallets(names),
            chance=in_ten(verdict.unconfirmed),
            other=place_name(likeliest, ranking),
            what=causes_words(likeliest.unconfirmed[:1]),
        )
    elif alone and verdict.behind:
        form = N_(
            "{wallet} comes first by what is known; what is not known may put {others} first."
        )
    elif alone:
        form = N_("{wallet} comes first, but in {chance} cases only: what is not known decides.")
    elif verdict.is_seldom and not likelier:
        form = N_(
            "{wallets} come first, but one of them is the best in {chance} cases only: what is not"
            " known decides."
        )
    elif cost_alike(verdict.level):
        form = N_(
            "{wallets} are level: they cost you the same, and what is not known decides between"
            " them."
        )
    behind = any_of(place_name(each, ranking) for each in verdict.behind[:_FEW_OTHERS])
    few = few_wallets(names)
    return _(form, wallet=names[0], wallets=few, others=behind, chance=in_ten(verdict.chance))


def cost_alike(places: Sequence[Place]) -> bool:
    """Return whether several places are known to cost the same for what is done with them."""
    bills = [each.bill for each in places]
    return len(bills) > 1 and all(
        each.moved and each.complete and each.yearly.rounded == bills[0].yearly.rounded
        for each in bills
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


def _guessed_first(ranking: Ranking, behind: Sequence[Place]) -> str:
    """Return that the first is so by a guess of its price, and who is of those whose is known.

    Else, who `behind` it may well be the best.
    """
    first = ranking.places[0]
    priced = _first_priced(ranking)
    if behind and not priced:
        return _(
            "{wallet} comes first by what is known, but its price to {uses} is not known, and"
            " {others} may turn out better.",
            wallet=place_name(first, ranking),
            uses=_guessed_uses(first, ranking.needs),
            others=any_of(place_name(each, ranking) for each in behind[:_FEW_OTHERS]),
        )
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
    countries = (each.candidate.country for each in ranking.places)
    return name_among(place.wallet, place.candidate.country, countries)


def unlike_chance_words(ranking: Ranking) -> str:
    """Return why places do not stand by their points, or by their chances alone; or ""."""
    for number, place in enumerate(ranking.field):
        behind = ranking.field[number + 1 :]
        more = [each for each in behind if each.score.estimate > place.score.estimate]
        if more:
            form = N_(
                "{first} stands before {others} with fewer points: it is likelier to do what you"
                " ask, which points leave out."
            )
            if all(len(each.unconfirmed) > len(place.unconfirmed) for each in more):
                form = N_(
                    "{first} stands before {others} with fewer points: more of what you ask is"
                    " confirmed of it."
                )
            return _(
                form,
                first=wallet_name(place.wallet),
                others=few_wallets([wallet_name(each.wallet) for each in more]),
            )
    first = ranking.field[0]
    likelier = max(ranking.field, key=lambda each: each.chance)
    if likelier.chance <= first.chance:
        return ""
    form = N_(
        "{likelier} has fewer points than {first} and is likelier to be the best: points leave out"
        " how likely it is that what is not confirmed holds."
    )
    if likelier.mean > first.mean:
        form = N_(
            "{likelier} has fewer points than {first} and is likelier to be the best: in points,"
            " what is not known of a price counts as rather dear."
        )
    elif likelier.able <= first.able:
        return ""
    return _(form, likelier=wallet_name(likelier.wallet), first=wallet_name(first.wallet))


def unconfirmed_chance_words(ranking: Ranking) -> str:
    """Return in how many cases one that is not confirmed is the best: the table has the rest.

    Of one alone, which has no chances beside it, the verdict says what may suit better; and it says
    so itself where most hangs on that.
    """
    verdict = verdict_of(ranking)
    if verdict.unconfirmed < LEAST_TOLD or verdict.hangs_on_confirming:
        return ""
    return _(
        'In {chance} cases one of those under "May also fit" would be the best.',
        chance=in_ten(verdict.unconfirmed),
    )


class _Turn(NamedTuple):
    """A weight that somebody can give, at which another wallet comes first, and how far it is."""

    far: Decimal
    words: str


def span_words(span: WeightSpan, ranking: Ranking) -> str:
    """Return which weight would put which wallet first; "" where none that can be given does.

    "If a low price mattered less to you (--weight cost=2), Remitly would come first".
    """
    words = apart(turn.words for turn in _turns(span, ranking))
    return words[:1].upper() + words[1:]


def _turns(span: WeightSpan, ranking: Ranking) -> Iterator[_Turn]:
    """Yield the nearest whole or half weights, less and more, at which another comes first."""
    less = (span.low / _STEP).to_integral_value(ROUND_CEILING) * _STEP - _STEP
    more = (span.high / _STEP).to_integral_value(ROUND_FLOOR) * _STEP + _STEP
    for weight, taker, message in ((less, span.below, _IF_LESS), (more, span.above, _IF_MORE)):
        if taker is None or not 0 <= weight <= MOST_WEIGHT:
            continue
        # Beyond the turn there may be another.
        place = first_at(ranking, span.criterion, weight)
        if place is not ranking.places[0]:
            words = _(
                message,
                care=care_words(span.criterion),
                criterion=span.criterion,
                weight=figure(weight),
                wallet=place_name(place, ranking),
            )
            yield _Turn(abs(span.weight - weight), words)


def turn_words(turn: PriceTurn, ranking: Ranking) -> str:
    """Return what price would make the first two change places.

    "Remitly would come first if the fee to send money to people abroad came to under 0.6 % of the
    amount (it comes to 1.2 %)".
    """
    name, line = place_name(turn.place, ranking), line_words(turn.line)
    at = turn.percent.quantize(_HUNDREDTH, ROUND_CEILING if turn.dearer else ROUND_FLOOR)
    now = percent_words(figure(turn.now.quantize(_HUNDREDTH)))
    form = N_("it is not known, and taken for {percent}")
    now = _(N_("it comes to {percent}") if turn.line.known else form, percent=now)
    form = N_("{wallet} would come first if {line} came to under {percent} of the amount ({now})")
    if turn.dearer:
        form = N_(
            "{wallet} would come second if {line} came to over {percent} of the amount ({now})"
        )
    elif not at:
        form = N_("{wallet} would come first if {line} were nothing ({now})")
    return _(form, wallet=name, line=line, percent=percent_words(figure(at)), now=now)


def nearest_words(change: Change, ranking: Ranking) -> str | None:
    """Return the weight that has least far to go to change the first place, and who comes first."""
    turns = [turn for span in change.weights for turn in _turns(span, ranking)]
    if not turns:
        return None
    words = min(turns, key=lambda turn: turn.far).words
    return _("{words}.", words=words[:1].upper() + words[1:])
