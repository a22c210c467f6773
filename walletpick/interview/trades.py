"""What a person sees two wallets differ in, in words, and how much that is in value. Pure.

A trade, and the question what something is worth in money, say everything in which their sides
differ, so that a reply is about that and nothing else: what is counted is what is said. Only what
is known is said, prices above all. What the person needs is no matter for a trade, and no name is
told: who has heard of a wallet should not answer for that. Each lead carries its facts with all
that they say, so that no trade has the same on both sides, or what follows from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TypeAlias

from msgspec import Struct

from walletpick.bill.bill import Bill
from walletpick.facts.model import Implications, Needs, Option
from walletpick.facts.money import ZERO, rounded
from walletpick.facts.places import minor_units
from walletpick.facts.vocabulary import USAGE_OPERATIONS
from walletpick.interview.knowledge import Difference
from walletpick.language import ENGLISH, N_, _, language
from walletpick.reading.imply import following, reached
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
    "channels:ticket": N_("answers messages sent on its site"),
    "closing:medium": N_("can be closed in a few steps"),
    "closing:hard": N_("can be closed, but only through support"),
    "escalation": N_("says where to go if it rejects your complaint"),
    "features:budgeting": N_("helps you to budget"),
    "features:cancel-payment": N_("lets you call back money on its way"),
    "features:notifications": N_("tells you of every payment"),
    "features:spending-history": N_("shows what you spent"),
    "features:statement-export": N_("lets you download statements"),
    "protection:deposit-insurance": N_("keeps your money insured as in a bank"),
    "protection:pass-through-insurance": N_("keeps your money insured through partner banks"),
    "protection:purchase-protection": N_("gives your money back when a purchase goes wrong"),
    "protection:safeguarding": N_("keeps your money apart from its own"),
    "protection:trust-account": N_("holds your money in trust"),
    "protection:unauthorised-payment-refund": N_("gives back payments that you did not make"),
    "security:app-pin": N_("asks for a PIN when it opens"),
    "security:biometric-login": N_("opens with your fingerprint or face"),
    "security:device-binding": N_("lets nobody in from a phone that you did not register"),
    "security:passkey": N_("lets you log in with a passkey in place of a password"),
    "security:security-key": N_("lets you log in with a key that you plug in"),
    "security:spending-limits": N_("lets you limit what can be paid"),
    "security:transaction-alerts": N_("tells you of every payment"),
    "security:two-factor-call": N_("confirms a log-in by a phone call"),
    "security:two-factor-email": N_("asks for a code by e-mail when you log in"),
    "security:two-factor-push": N_("asks in its app when somebody logs in"),
    "security:two-factor-sms": N_("asks for a code by SMS when you log in"),
    "security:two-factor-totp": N_("asks for a code from a second app when you log in"),
}
# What only experts can weigh up, what the law asks of every wallet of a kind, and what is other
# people's doing: how many use a wallet is worth what those one pays are among them. How fast
# money is there belongs to what one does, as whether it gets there does.
_UNASKED = (
    "features:instant-abroad",
    "features:instant-send",
    "features:widely-used",
    "licence",
    "right:",
    "security:bug-bounty",
    "security:iso-27001",
    "security:pci-dss",
    "security:tokenisation",
)
# What people do not tell apart, though it differs in value.
_ALIKE = (
    ("channels:phone", "channels:callback"),
    ("channels:email", "channels:ticket"),
    ("closing:easy", "closing:medium"),
    ("features:notifications", "features:spending-history", "security:transaction-alerts"),
    ("protection:deposit-insurance", "protection:pass-through-insurance"),
    ("protection:safeguarding", "protection:trust-account"),
    ("security:app-pin", "security:biometric-login"),
    ("security:passkey", "security:security-key"),
    *((f"features:{operation}", f"does:{operation}") for operation in USAGE_OPERATIONS),
)
# Of several ways to the same end, one that is worth less is nothing to have over others.
_LEAST_GAIN = Decimal("0.5")
_SPENDING = {"pay", "pay-abroad", "bill-pay"}

# A fact -> all that it says: itself, what follows from it, and what people take for the same.
Meanings: TypeAlias = Mapping[str, frozenset[str]]
# What a lead says, what the other has instead, the value where it is not that of a figure, and the
# facts, if it has any.
_Words: TypeAlias = tuple[tuple[str, ...], str, Decimal, tuple[str, ...]]


class Lead(Struct, frozen=True):
    """What one wallet has over another in a criterion: in words, and in value, 0 to 1.

    Each of the words follows "a wallet that", as does what the other has `instead`. `facts` are
    those that it names, with all that they say; of a figure its words.
    """

    words: tuple[str, ...]
    amount: float
    instead: str = ""
    facts: frozenset[str] = frozenset()


class _View(Struct, frozen=True):
    """What a person looks at: what the facts say, and which of them are no matter of taste.

    `theirs` is all that the facts of the other wallet say, in any part: no more is had than that.
    """

    meanings: Meanings
    stated: frozenset[str]
    unasked: tuple[str, ...]
    theirs: frozenset[str]

    def of(self, *keys: str) -> frozenset[str]:
        return _all_said(self.meanings, keys)

    def can_ask(self, key: str) -> bool:
        return not key.startswith(self.unasked) and self.of(key).isdisjoint(self.stated)


def meanings(implications: Implications) -> Meanings:
    """Return all that each fact says from which something follows; "no FACT" is that it is not."""
    follows = following(implications.rules)
    for group in _ALIKE:
        for key in group:
            follows.setdefault(key, set()).update(group)
    return {key: reached([key], follows) for key in follows}


def leads(place: Place, other: Place, needs: Needs, meanings: Meanings) -> dict[str, Lead]:
    """Return by criterion what a place is seen to have over another: in each the part that counts.

    The needs are settled. What they ask for is left out, and what is no matter of the person's.
    """
    stated = [*(_said(key, holds) for key, holds in demands(needs)), *needs.wish]
    held = (
        _said(option.fact, option.is_)
        for value in other.values.values()
        for part in value.parts
        for option, one in zip(part.part.best_of or part.part.all_of, part.evidence, strict=False)
        if _holds(one, option.is_)
    )
    view = _View(
        meanings,
        stated=_all_said(meanings, stated),
        unasked=(*_UNASKED, *_no_matter(needs)),
        theirs=_all_said(meanings, held),
    )
    ahead = {}
    for name, value in place.values.items():
        theirs = {
            part.part.id: part
            for part in other.values[name].parts
            if part.part.measure or part.evidence
        }
        parts = [
            lead
            for part in value.parts
            if part.part.id in theirs and not part.part.needs
            for lead in [_lead(place.bill, other.bill, part, theirs[part.part.id], view)]
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
    form = N_("How much more would you pay in a year for a wallet that {facts}?")
    if lead.instead:
        form = N_(
            "How much more would you pay in a year for a wallet that {facts} than for one that"
            " {instead}?"
        )
    return _(form, facts=_together(lead.words), instead=lead.instead)


def _together(facts: Sequence[str]) -> str:
    """Return facts as one; in Chinese they are sentences of their own."""
    return listed(facts) if language() == ENGLISH else _("; ").join(facts)


def _lead(ours: Bill, theirs: Bill, part: PartValue, second: PartValue, view: _View) -> Lead | None:
    share = min(part.share, second.share)
    if part.part.measure == "cost-percent":
        lead = _cheaper(ours, theirs)
    elif part.part.measure:
        lead = _measured(part, second)
    elif part.part.best_of:
        lead = _best(part, second, view)
    else:
        lead = _all(part, view)
    if lead is None:
        return None
    words, instead, value, keys = lead
    if part.part.measure:
        value = part.value.estimate - second.value.estimate
    facts = view.of(*keys) or frozenset(words)
    return Lead(words, float(value * share), instead, facts) if value > 0 else None


def _no_matter(needs: Needs) -> Iterator[str]:
    """Yield the beginnings of facts that are nothing to people with such needs."""
    if "visitor" not in needs.person:
        # They live there, and have what signing up asks for.
        yield "no onboarding:"
    if "unbanked" in needs.person:
        yield "does:withdraw"
    if not any(usage.operation in _SPENDING for usage in needs.use):
        yield from ("features:budgeting", "features:spending-history")


def _measured(part: PartValue, second: PartValue) -> _Words | None:
    if part.figure is None or second.figure is None or not part.facts or not second.facts:
        return None
    first, other = _tenth(part.figure.estimate), _tenth(second.figure.estimate)
    if part.part.measure == "incident-weight":
        return (_("has had fewer breaches, failures and penalties"),), "", ZERO, ()
    if first == other:
        return None
    if part.part.measure == "rating":
        points = _("has {figure} of 5 points from its users", figure=first)
        return (points,), _("has {figure}", figure=other), ZERO, ()
    days = _("answers a complaint within {days}", days=_days(first))
    return (days,), _("takes {days}", days=_days(other)), ZERO, ()


def _best(part: PartValue, second: PartValue, view: _View) -> _Words | None:
    """Return the best option that is known to hold, and what the other has instead."""
    options = sorted(
        zip(part.part.best_of, part.evidence, second.evidence, strict=True),
        key=lambda row: -row[0].value,
    )
    ours = next((option for option, one, _ in options if _holds(one, option.is_)), None)
    theirs = next((option for option, _, two in options if _holds(two, option.is_)), None)
    keys = tuple(_said(option.fact, option.is_) for option in (ours, theirs) if option)
    if ours is None or ours.value < _LEAST_GAIN or not all(map(view.can_ask, keys)):
        return None
    if keys[0] in view.theirs:
        return None
    if theirs is None:
        return (_phrase(ours),), "", ours.value, keys
    return (_phrase(ours),), _phrase(theirs), ours.value - theirs.value, keys


def _all(part: PartValue, view: _View) -> _Words | None:
    """Return what is known to hold, and not known to hold of the other, in any words."""
    rows = [
        option
        for option, one in zip(part.part.all_of, part.evidence, strict=True)
        for key in [_said(option.fact, option.is_)]
        if _holds(one, option.is_) and key not in view.theirs and view.can_ask(key)
    ]
    named: list[Option] = []
    keys: tuple[str, ...] = ()
    for option in sorted(rows, key=lambda option: -option.value):
        key = _said(option.fact, option.is_)
        if len(named) < _MOST_FACTS and view.of(key).isdisjoint(view.of(*keys)):
            named.append(option)
            keys += (key,)
    if not named:
        return None
    value = min(sum((option.value for option in named), ZERO), Decimal(1))
    return tuple(map(_phrase, named)), "", value, keys


def _all_said(meanings: Meanings, keys: Iterable[str]) -> frozenset[str]:
    return frozenset().union(*(meanings.get(key, (key,)) for key in keys))


def _said(key: str, holds: bool) -> str:
    """Return a fact that holds, or "no" before one that does not, as implications have it."""
    return key if holds else f"no {key}"


def _phrase(option: Option) -> str:
    key = _said(option.fact, option.is_)
    return _(_THEIR_WORDS[key]) if key in _THEIR_WORDS else claim_phrase(option.fact, option.is_)


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
    return (words,), "", ZERO, ()


def _tenth(amount: Decimal) -> str:
    return figure(round(amount, 1))
