"""What a person told themselves, beside what the catalog says of the same. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from walletpick.facts.model import Closing, FeeRule, Limit, Market, Own
from walletpick.facts.names import wallet_name
from walletpick.facts.places import other_end
from walletpick.facts.target import Target
from walletpick.facts.vocabulary import CLOSING_WAYS, DIFFICULTIES, METHODS, STATUSES
from walletpick.facts.walk import Item, own_of
from walletpick.language import ENGLISH, N_, _, headed, language, percent_words, with_brackets
from walletpick.words.facts import only_words, value_words
from walletpick.words.phrases import (
    PERIODS,
    claim_phrase,
    clauses,
    few_listed,
    figure,
    money,
    operation_phrase,
    scope_words,
    yes_no,
)

if TYPE_CHECKING:
    from walletpick.person.known import Standing
    from walletpick.score.experience import Experience

COUNTED = N_("Your own facts count (walletpick tell list); --no-own leaves them out.")

_FROZEN = "frozen-account"

_PARTS = {
    "percent": N_("share of the amount"),
    "fixed": N_("fixed charge"),
    "min": N_("least charge"),
    "max": N_("highest charge"),
    "fx_markup": N_("margin over the mid-market exchange rate"),
    "month": N_("a month"),
    "year": N_("a year"),
}
_NAMES = {
    "onboarding.min_age": N_("lowest age"),
    "closing.how": N_("where the account is closed"),
    "closing.difficulty": N_("how hard it is to close the account"),
    "reply.days": N_("days until a complaint is answered"),
    "status": N_("whether it is open"),
}
_MEANINGS = {
    "closing.how": CLOSING_WAYS,
    "closing.difficulty": DIFFICULTIES,
    "status": STATUSES,
}
_MEASURES = {
    "amount": N_("at most"),
    "count": N_("times at most"),
    "least": N_("at least"),
}


def frozen_words(diary: Experience | None, wallet: str, country: str) -> str:
    """Return what comes before moving money out of an account that a diary says is frozen, or "".

    `diary` is what it says of the account: of a wallet, by its id, in a country.
    """
    if diary is None or all(entry.event != _FROZEN for entry in diary.entries):
        return ""
    return _(
        "By your diary the account was locked or frozen: while it is, no money gets out. First:"
        " {command}",
        command=f"walletpick complain {wallet}@{country} --about {_FROZEN}",
    )


def own_words(own: Own) -> str:
    """Return what was told: "0.41 %"."""
    return value_words(Item(own.section, own.word, own.fact))


def others_say(own: Own) -> tuple[str, ...]:
    """Return what the catalog says in its place, where that is something else.

    What holds in some case only comes with the case.
    """
    mine = own_words(own)
    said = ((fact, value_words(Item(own.section, own.word, fact))) for fact in _of_catalog(own))
    words = (f"{each}{_only_words(own, fact)}" for fact, each in said if each != mine)
    return tuple(dict.fromkeys(words))


def _of_catalog(own: Own) -> list[Any]:
    """Return what the catalog has of what was told, in its order."""
    return sorted((*own.before, *own.beside), key=lambda fact: fact.line)


def _only_words(own: Own, fact: Any) -> str:
    """Return in brackets when a price or limit of the catalog holds, if not as the told one."""
    if not isinstance(fact, FeeRule | Limit) or scope_words(fact) == scope_words(own.fact):
        return ""
    return only_words(fact)


def title_of(target: Target) -> str:
    """Return what a told fact is about, in words: "send money to people at home: percent"."""
    if target.section in ("fees", "limits"):
        what = operation_phrase(target.operation) if target.operation else _("everything together")
        if target.word == "balance":
            what = _("what may lie in it")
        if target.method:
            what = _("{what} {how}", what=what, how=_(METHODS[target.method]))
        if target.plan:
            what = _("{what} (plan {plan})", what=what, plan=target.plan)
        if target.country:
            what = with_brackets(what, other_end(target.country, bare=True))
        return headed(what, _part_name(target))
    if target.takes == "yes or no":
        return claim_phrase(f"{target.section}:{target.word}", True)
    return _(_NAMES[target.alone])


def _part_name(target: Target) -> str:
    if target.section == "fees":
        return _(_PARTS[target.word])
    most = _(_MEASURES[target.measure])
    return most if target.word == "balance" else clauses((most, _(PERIODS[target.word])))


def market_words(row: Standing) -> str:
    """Return whose fact it is: "Wise (GB)"."""
    wallet = wallet_name(row.wallet) if row.wallet else row.told.wallet
    return with_brackets(wallet, row.told.country)


def told_words(row: Standing) -> str:
    """Return what was told: "0.41 %", "1.99 GBP", "yes"."""
    if row.target.takes == "money" and row.market and row.own:
        number, _, _ = row.told.value.partition(" ")
        return money(Decimal(number), row.market.currency)
    return _meaning(row.target, row.told.value)


def _meaning(target: Target, word: str) -> str:
    """Return what a word says that was told: in English the word itself."""
    if language() == ENGLISH:
        return word
    if target.takes == "yes or no":
        return yes_no(word == "yes")
    if target.takes == "percent":
        return percent_words(word.removesuffix(" %"))
    return _(_MEANINGS.get(target.alone, {}).get(word, word))


def beside_told(row: Standing) -> str:
    """Return what the catalog says of just what was told: "catalog: 0.43 %"."""
    words = catalog_says(row)
    if not words:
        return _("catalog: not known")
    if words == told_words(row):
        return _("catalog: the same")
    return _("catalog: {words}", words=words)


def noted_words(row: Standing) -> str:
    """Return what was told, beside what the catalog says, as a line."""
    return _(
        "{market}, {fact}. You: {told}; {beside}.",
        market=market_words(row),
        fact=title_of(row.target),
        told=told_words(row),
        beside=beside_told(row),
    )


def idle_words(row: Standing) -> str:
    """Return why what was told changes nothing."""
    if row.market is None:
        return _("the catalog does not have this wallet there")
    plans = [plan.id for plan in row.market.plans]
    if row.target.plan not in (None, *plans):
        form = N_('there is no plan "{plan}" (it has no plans)')
        if plans:
            form = N_('there is no plan "{plan}" (its plans are {plans})')
        return _(form, plan=row.target.plan, plans=", ".join(plans))
    if row.target.takes == "money" and not row.told.value.endswith(row.market.currency):
        return _("its prices are in {currency}", currency=row.market.currency)
    return _("alone it is no price (percent, fixed or fx_markup makes one, with min not above max)")


def catalog_says(row: Standing) -> str:
    """Return what the catalog says of just what was told: "0.43 %"; "" where it says nothing."""
    said = (
        (own, fact, _part(row.target, own, fact)) for own in row.own for fact in _of_catalog(own)
    )
    words = (f"{part}{_only_words(own, fact)}" for own, fact, part in said if part)
    return few_listed(list(dict.fromkeys(words)))


def _part(target: Target, own: Own, fact: Any) -> str:
    """Return what a fact of the catalog says of the part of it that was told."""
    if isinstance(fact, FeeRule) and not (fact.bands or fact.steps):
        part = "fixed" if target.word in ("month", "year") else target.word
        value, most = getattr(fact, part), getattr(fact, f"{part}_max", None)
        if value is None:
            # A price without such a part is known all the same; of the rate it says nothing.
            if part == "fx_markup" or fact.price == "unknown":
                return ""
            return value_words(Item(own.section, own.word, fact))
        if target.takes == "percent":
            return percent_words(figure(value), None if most is None else figure(most))
        return money(value, fact.currency)
    if isinstance(fact, Limit):
        value = getattr(fact, target.measure)
        return str(value) if target.takes == "number" else money(value, fact.currency)
    if isinstance(fact, Closing):
        return _meaning(target, getattr(fact, target.word) or "")
    return value_words(Item(own.section, own.word, fact))


def beside_words(own: Own) -> str:
    """Return what the catalog says in the place of an own fact: "catalog: 0.43 %".

    "" where it says the same, or nothing.
    """
    words = others_say(own)
    return _("catalog: {words}", words=few_listed(words)) if words else ""


def owns_of(market: Market, facts: Sequence[object]) -> list[Own]:
    """Return what was told among facts of a market."""
    return [own for fact in facts if (own := own_of(market, fact))]
