"""The verdict on a ranking, in words. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import structs

from walletpick.bill.observe import done_by_foreign_card
from walletpick.facts.model import Catalog, Needs
from walletpick.facts.names import wallet_name
from walletpick.facts.places import in_country
from walletpick.facts.vocabulary import ABROAD_OPERATIONS, RECEIVING_OPERATIONS
from walletpick.language import N_, _, ngettext, one_text
from walletpick.score.causes import answerable
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
from walletpick.words.common import Typed, in_ten, use_option
from walletpick.words.phrases import (
    a_year,
    any_of,
    few_of,
    few_wallets,
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
        words = _guessed_first(ranking, verdict.behind)
    elif verdict.word == "best":
        chance = in_ten(first.chance)
        form = N_("{wallet} fits best, in {chance} cases.")
        if is_by_silence(ranking):
            form = N_(
                "{wallet} comes first, in {chance} cases, but only because more is known of it than"
                " of {other}."
            )
        rival = place_name(ranking.field[1], ranking) if ranking.field[1:] else ""
        words = _(form, wallet=names[0], chance=chance, other=rival)
    else:
        words = _level_words(ranking, verdict, other)
    if not verdict.confirmed:
        words = _on_answer(first, names[0]) or _unconfirmed_words(ranking, names[0], words)
    if other is None:
        cheaper_words = _cheaper_words(ranking) if len(names) == 1 else ""
        return one_text([words, cheaper_words]) if cheaper_words else words
    return _(
        "{words} {wallet} may suit you better; not confirmed: {what}.",
        words=words,
        wallet=place_name(other, ranking),
        what=causes_words(other.unconfirmed),
    )


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
    if len(ranking.places) == 1:
        return _(
            "None is confirmed to do all that you ask; {wallet} is the only one that may.",
            wallet=name,
        )
    return _(
        "None is confirmed to do all that you ask. Of those that may, {verdict}", verdict=words
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
    form = N_("{wallets} are level: what is not known decides between them.")
    if cost_alike(verdict.level):
        form = N_(
            "{wallets} are level: they cost you the same, and what is not known decides between"
            " them."
        )
    return _(form, wallets=few_wallets(names))


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
    countries = {each.candidate.country for each in ranking.places}
    name = wallet_name(place.wallet)
    if len(countries) < 2:
        return name
    return _("{words} ({more})", words=name, more=place.candidate.country)
