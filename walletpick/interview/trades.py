"""What a person sees two wallets differ in, in words, and how much that is in value. Pure.

A trade, and the question what something is worth in money, say everything in which their sides
differ, so that a reply is about that and nothing else: what is counted is what is said. Only what
is known is said, prices above all. What the person needs is no matter for a trade, and no name is
told: who has heard of a wallet should not answer for that.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from decimal import Decimal
from typing import TypeAlias

from msgspec import Struct

from walletpick.bill.bill import Bill
from walletpick.facts.model import Needs
from walletpick.facts.money import ZERO, rounded
from walletpick.facts.places import minor_units
from walletpick.interview.knowledge import Difference
from walletpick.language import ENGLISH, N_, _, language
from walletpick.score.criteria import Evidence, PartValue, demands
from walletpick.score.ranking import Place
from walletpick.words.phrases import claim_phrase, figure, listed

# Facts named of one criterion.
_MOST_FACTS = 2
# Facts in words that say what one gets, to follow "a wallet that". Of others the usual ones do.
_THEIR_WORDS = {
    "channels:phone": N_("answers the phone"),
    "channels:callback": N_("calls you back"),
    "channels:live-chat": N_("answers in a chat"),
    "channels:email": N_("answers e-mail"),
    "channels:ticket": N_("answers what you write on its site"),
    "closing:medium": N_("can be closed in a few steps"),
    "closing:hard": N_("can be closed, if only through support"),
    "escalation": N_("names somebody outside who hears complaints"),
    "features:budgeting": N_("helps you to budget"),
    "features:spending-history": N_("shows what you spent"),
    "features:statement-export": N_("lets you download statements"),
    "protection:deposit-insurance": N_("keeps your money insured as in a bank"),
    "protection:pass-through-insurance": N_("keeps your money insured through partner banks"),
    "protection:purchase-protection": N_("gives your money back when a purchase goes wrong"),
    "protection:safeguarding": N_("keeps your money apart from its own"),
    "protection:trust-account": N_("holds your money in trust"),
    "protection:unauthorised-payment-refund": N_("gives back payments that you did not make"),
    "security:device-binding": N_("keeps out whoever comes from a phone that you did not register"),
    "security:passkey": N_("lets you log in with a passkey in place of a password"),
    "security:security-key": N_("lets you log in with a key that you plug in"),
    "security:spending-limits": N_("lets you set limits"),
    "security:transaction-alerts": N_("tells you of every payment"),
    "security:two-factor-call": N_("confirms a log-in by a phone call"),
    "security:two-factor-email": N_("asks for a code by e-mail when you log in"),
    "security:two-factor-push": N_("asks in its app when somebody logs in"),
    "security:two-factor-sms": N_("asks for a code by SMS when you log in"),
    "security:two-factor-totp": N_("asks for a code from a second app when you log in"),
}
# What only experts can weigh up, and what the law gives with every wallet of a kind.
_UNASKED = (
    "right:",
    "security:bug-bounty",
    "security:iso-27001",
    "security:pci-dss",
    "security:tokenisation",
)


# What a lead says, what the other has instead, and the value where it is not that of a figure.
_Words: TypeAlias = tuple[tuple[str, ...], str, Decimal]


class Lead(Struct, frozen=True):
    """What one wallet has over another in a criterion: in words, and in value, 0 to 1.

    Each of the words follows "a wallet that", as does what the other has `instead`.
    """

    words: tuple[str, ...]
    amount: float
    instead: str = ""


def leads(place: Place, other: Place, needs: Needs) -> dict[str, Lead]:
    """Return by criterion what a place is seen to have over another: in each the part that counts.

    The needs are settled. What they ask for is left out.
    """
    stated = {key for key, _ in demands(needs)} | set(needs.wish)
    ahead = {}
    for name, value in place.values.items():
        theirs = {part.part.id: part for part in other.values[name].parts}
        parts = [
            lead
            for part in value.parts
            if part.part.id in theirs and not part.part.needs
            for lead in [_lead(place.bill, other.bill, part, theirs[part.part.id], stated)]
            if lead
        ]
        if parts:
            ahead[name] = max(parts, key=lambda lead: lead.amount)
    return ahead


def side(differences: Sequence[Difference], ahead: dict[str, Lead]) -> str:
    """Return in words where one side of a trade is ahead of the other: "A wallet that ..."."""
    items = sorted(differences, key=lambda item: (-item.amount, item.criterion))
    # What it costs comes last, as prices do.
    items.sort(key=lambda item: item.criterion == "cost")
    parts = []
    for lead in [ahead[item.criterion] for item in items]:
        *others, last = lead.words
        if lead.instead:
            last = _("{fact} (the other {instead})", fact=last, instead=lead.instead)
        parts += [*others, last]
    return _("A wallet that {facts}", facts=_together(parts))


def price_question(lead: Lead) -> str:
    """Return the question what a lead is worth in money."""
    facts = _together(lead.words)
    if not lead.instead:
        return _("How much more would you pay in a year for a wallet that {facts}?", facts=facts)
    return _(
        "How much more would you pay in a year for a wallet that {facts}"
        " than for one that {instead}?",
        facts=facts,
        instead=lead.instead,
    )


def _together(facts: Sequence[str]) -> str:
    """Return facts as one; in Chinese they are sentences of their own."""
    return listed(facts) if language() == ENGLISH else _("; ").join(facts)


def _lead(
    ours: Bill, theirs: Bill, part: PartValue, second: PartValue, stated: Collection[str]
) -> Lead | None:
    share = min(part.share, second.share)
    if part.part.measure == "cost-percent":
        lead = _cheaper(ours, theirs)
    elif part.part.measure:
        lead = _measured(part, second)
    elif part.part.best_of:
        lead = _best(part, second, stated)
    else:
        lead = _all(part, second, stated)
    if lead is None:
        return None
    words, instead, value = lead
    if part.part.measure:
        value = part.value.estimate - second.value.estimate
    return Lead(words, float(value * share), instead) if value > 0 else None


def _measured(part: PartValue, second: PartValue) -> _Words | None:
    if part.figure is None or second.figure is None or not part.facts or not second.facts:
        return None
    first, other = _tenth(part.figure.estimate), _tenth(second.figure.estimate)
    if part.part.measure == "incident-weight":
        return (_("has had fewer breaches, failures and penalties"),), "", ZERO
    if first == other:
        return None
    if part.part.measure == "rating":
        points = _("has {figure} of 5 points from its users", figure=first)
        return (points,), _("has {figure}", figure=other), ZERO
    days = _("answers a complaint within {days}", days=_days(first))
    return (days,), _("takes {days}", days=_days(other)), ZERO


def _best(part: PartValue, second: PartValue, stated: Collection[str]) -> _Words | None:
    """Return the best option that is known to hold, and what the other has instead."""
    options = sorted(
        zip(part.part.best_of, part.evidence, second.evidence, strict=True),
        key=lambda row: -row[0].value,
    )
    ours = next((option for option, one, _ in options if _holds(one, option.is_)), None)
    theirs = next((option for option, _, two in options if _holds(two, option.is_)), None)
    if ours is None or not _can_be_asked(ours.fact, stated):
        return None
    words = (_phrase(ours.fact, ours.is_),)
    if theirs is None:
        return words, "", ours.value
    if not _can_be_asked(theirs.fact, stated):
        return None
    return words, _phrase(theirs.fact, theirs.is_), ours.value - theirs.value


def _all(part: PartValue, second: PartValue, stated: Collection[str]) -> _Words | None:
    """Return what is known to hold, and not known to hold of the other."""
    rows = [
        option
        for option, one, two in zip(part.part.all_of, part.evidence, second.evidence, strict=True)
        if _holds(one, option.is_) and not _holds(two, option.is_)
        if _can_be_asked(option.fact, stated)
    ]
    named = sorted(rows, key=lambda option: -option.value)[:_MOST_FACTS]
    if not named:
        return None
    words = tuple(_phrase(option.fact, option.is_) for option in named)
    return words, "", min(sum((option.value for option in named), ZERO), Decimal(1))


def _can_be_asked(key: str, stated: Collection[str]) -> bool:
    return key not in stated and not key.startswith(_UNASKED)


def _phrase(key: str, holds: bool) -> str:
    return _(_THEIR_WORDS[key]) if holds and key in _THEIR_WORDS else claim_phrase(key, holds)


def _holds(evidence: Evidence, wanted: bool) -> bool:
    return evidence.observation.value is wanted


def _days(count: str) -> str:
    return _("1 day") if count == "1" else _("{count} days", count=count)


def _cheaper(ours: Bill, theirs: Bill) -> _Words | None:
    """Return by how much a bill is lower: "costs you 24 USD a year less (72 instead of 96)".

    None where a price is not known, or the difference cannot be seen.
    """
    if not ours.complete or not theirs.complete or ours.currency != theirs.currency:
        return None
    first, second = ours.yearly.estimate, theirs.yearly.estimate
    # Whole units are enough to compare larger sums.
    whole = bool(minor_units(ours.currency)) and second - first >= 10
    low, high = (
        at.quantize(Decimal(1)) if whole else rounded(at, ours.currency) for at in (first, second)
    )
    if low >= high:
        return None
    less = f"{high - low:,f} {ours.currency}"
    words = _(
        "costs you {less} a year less ({low} instead of {high})",
        less=less,
        low=f"{low:,f}",
        high=f"{high:,f}",
    )
    return (words,), "", ZERO


def _tenth(amount: Decimal) -> str:
    return figure(round(amount, 1))
