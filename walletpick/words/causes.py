"""Why a market does not fit, or is not confirmed to, in sentences that follow its name. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import ROUND_FLOOR, Decimal

from msgspec import structs

from walletpick.bill.limits import LIMIT_DAYS, Impossible, share_within
from walletpick.bill.observe import Condition
from walletpick.facts.model import Needs
from walletpick.facts.money import ZERO
from walletpick.facts.names import wallet_name
from walletpick.facts.places import minor_units, other_end
from walletpick.facts.vocabulary import CASH_POINTS, METHODS, STATUSES, YOU
from walletpick.language import N_, _, catalog_text, known_text, with_brackets
from walletpick.score import causes as kinds
from walletpick.score.causes import Cause
from walletpick.score.ranking import LeftOut
from walletpick.words.common import Typed, use_option
from walletpick.words.phrases import (
    PERIODS,
    a_month,
    a_year,
    any_of,
    apart,
    claim_phrase,
    doing_phrase,
    ends_phrase,
    given_options,
    given_phrase,
    listed,
    method_phrase,
    money,
    operation_phrase,
    people_phrase,
)

# What a market must not do: that it does, and that it does not.
_UNWANTED = {
    "onboarding:residents_only": (N_("takes residents only"), N_("takes visitors")),
    "onboarding:local_bank_account": (
        N_("needs a local bank account"),
        N_("needs no local bank account"),
    ),
    "onboarding:local_phone": (
        N_("needs a local phone number"),
        N_("needs no local phone number"),
    ),
    "onboarding:private_only": (N_("is for private use only"), N_("takes businesses")),
}


def cause_words(cause: Cause) -> str:
    """Return why a market does not fit, to follow its name: "takes residents only".

    Of what is not known, what is not confirmed: "that it takes visitors"; where that counts against
    the market, "not confirmed: that it takes visitors". What the person told themselves is said to
    be theirs.
    """
    words = _words(cause)
    if is_told(cause):
        words = _("{words}, as you told", words=words)
    return _("not confirmed: {words}", words=words) if cause.strict else words


def is_told(cause: Cause) -> bool:
    """Return whether a cause rests on what the person told themselves."""
    return cause.source is not None and cause.source.publisher == YOU


def by_words(causes: Iterable[Cause]) -> dict[str, Cause]:
    """Return causes by their words, each once: of several that say the same, the last."""
    return {cause_words(cause): cause for cause in causes}


def causes_words(causes: Iterable[Cause]) -> str:
    """Return several causes in one sentence, each once."""
    return apart(by_words(causes))


def _words(cause: Cause) -> str:
    match cause:
        case kinds.Lacks():
            return _lacks_words(cause)
        case kinds.BeyondLimit():
            return limit_phrase(cause.impossible)
        case kinds.NotShownThere(known=True):
            return _(
                "sends to its own users alone, who cannot receive money in {country}",
                country=other_end(cause.country),
            )
        case kinds.NotShownThere():
            words = _("that it sends to {country}", country=other_end(cause.country))
            if not cause.of_countries:
                return words
            more = _("all it says: to {count} countries or more", count=cause.of_countries)
            return with_brackets(words, more)
        case kinds.NoWayIn():
            return _("how money gets in without a bank")
        case kinds.AmongUsersOnly():
            return _among_words(cause)
        case kinds.TooYoung(known=True):
            words = _("takes people from the age of {age}", age=cause.lowest)
            note = catalog_text(cause.fact.note) if cause.fact and cause.fact.note else ""
            return apart([words, note]) if note else words
        case kinds.TooYoung(age=None):
            return _young_words(_("that it takes people under age"), cause)
        case kinds.TooYoung():
            return _young_words(_("that it takes people of {age}", age=cause.age), cause)
        case kinds.TooOld():
            return _("is for the young alone, to the age of {age}", age=cause.highest)
        case kinds.NotOpen(known=True):
            words = _(STATUSES[cause.state])
            if not cause.since:
                return words
            return _("{state} since {day}", state=words, day=cause.since)
        case kinds.NotOpen():
            return _("that it still runs and is open to new customers")
    raise TypeError(f"no words for a {type(cause).__name__}")


def _among_words(cause: kinds.AmongUsersOnly) -> str:
    if cause.known:
        return _("sends only to people who have it too")
    if cause.operation == "send":
        return _("that it sends to people who do not have it too")
    abroad = N_("that it sends to people abroad who do not have it too")
    there = N_("that it sends to people in {country} who do not have it too")
    if cause.operation == "receive-abroad":
        abroad = N_("that it receives from people abroad who do not have it too")
        there = N_("that it receives from people in {country} who do not have it too")
    return _(there, country=other_end(cause.country)) if cause.country else _(abroad)


def _young_words(words: str, cause: kinds.TooYoung) -> str:
    """Return the words, with the banks that are known to take teenagers where not all are."""
    if not cause.condition or cause.condition.of != "bank":
        return words
    banks = listed([known_text(bank) for bank in cause.condition.words])
    return with_brackets(words, _("{banks} do: {option}", banks=banks, option="--bank NAME"))


def but_for_words(left_out: LeftOut) -> str:
    """Return that a market would come first but for the one thing for which it is left out."""
    return _(
        "But for one thing {wallet} would come first: it {cannot}.",
        wallet=wallet_name(left_out.wallet),
        cannot=causes_words(left_out.causes),
    )


def bank_hints(needs: Needs, typed: Typed) -> Iterator[tuple[str, str]]:
    """Yield that the card of one's bank account draws what is moved out there; how to ask so."""
    for usage in needs.use:
        if usage.operation == "cash-out":
            amount, currency = typed.get(usage, (usage.amount, None))
            moved = structs.replace(usage, operation="withdraw", method=None, amount=amount)
            words = _("It moves money to your bank account, whose card gives cash; for that: ")
            option = f"--use {use_option(moved, currency=currency)}"
            yield words, _("{option} in place of {word}", option=option, word="cash-out")


def _lacks_words(cause: kinds.Lacks) -> str:
    if not cause.wanted:
        return _unwanted_words(cause)
    family, _colon, word = cause.key.partition(":")
    if family == "does":
        operation, _colon, method = word.partition(":")
        if cause.condition and cause.condition.of == "card":
            return cash_of_card_words(operation)
        doing = doing_phrase(operation, method=method)
        if cause.known and cause.condition:
            return _("cannot {do}: only {part}", do=doing, part=_case_words(cause.condition))
        if cause.known:
            return _("cannot {do}", do=doing)
        can = _("that one can {do}", do=doing)
        if method in CASH_POINTS and cause.condition and cause.condition.of == "bank":
            # Who gives cash, or takes it, need not be one's own bank.
            return with_brackets(
                can, _("only at {providers}", providers=any_of(cause.condition.words))
            )
        return _if_only(can, cause.condition)
    if cause.known and cause.condition:
        conditions = _case_words(cause.condition)
        claim = claim_phrase(cause.key, True)
        return _("{claim} only {conditions}", claim=claim, conditions=conditions)
    if cause.known:
        return claim_phrase(cause.key, False)
    first = _if_only(claim_phrase(cause.key, True), cause.condition)
    others = [claim_phrase(key, True) for key in cause.others]
    return _("that it {claim}", claim=any_of([first, *others]))


def cash_of_card_words(operation: str) -> str:
    """Return, to follow its name, that a wallet which passes a card on does nothing with cash."""
    if operation == "cash-out":
        return _("passes your card on: the cash comes from the card")
    return _("passes your card on: it holds no balance that cash could fill")


def _unwanted_words(cause: kinds.Lacks) -> str:
    does, does_not = map(_, _UNWANTED[cause.key])
    option = f"--given {cause.unless}"
    if cause.unless:
        form = N_("{claim}, which such people seldom have: {option} if you do")
        does = _(form, claim=does, option=option)
    if not cause.condition or cause.condition.of not in ("operation", "method"):
        form = N_("that it {claim}")
        if cause.unless:
            form = N_("that it {claim} ({option} if you have what it asks for)")
        return does if cause.known else _(form, claim=does_not, option=option)
    # It is so for some of it: of that it is known, of the rest it is not.
    does = _("{claim} {part}", claim=does, part=_partly(cause.condition))
    return does if cause.known else _("that it {claim} ({other})", claim=does_not, other=does)


def _if_only(words: str, condition: Condition | None) -> str:
    return with_brackets(words, only_if(condition)) if condition else words


def only_if(condition: Condition) -> str:
    """Return when something holds that does not always: "only when: paid with a card"."""
    match condition.of:
        case "operation" | "method":
            return _("only {part}", part=_partly(condition))
        case "countries":
            return _("only {part}", part=ends_phrase(condition.words, few=True))
        case "plan":
            return _("only on the plan {plans}", plans=any_of(condition.words))
        case "people":
            options = any_of(f"--person {word}" for word in condition.words)
            people = people_phrase(condition.words)
            return _("only for {people}: {options}", people=people, options=options)
        case "bank":
            providers, form = any_of(condition.words), N_("only at {providers}: {option}")
            return _(form, providers=providers, option="--bank NAME")
        case "given":
            conditions, options = given_phrase(condition.words), given_options(condition.words)
            return _("only {conditions}: {options}", conditions=conditions, options=options)
    return _("only when: {case}", case=any_of(map(catalog_text, condition.words)))


def if_words(condition: Condition) -> str:
    """Return on which answer of the person's something holds, with the option that gives it."""
    match condition.of:
        case "people":
            words = _("for {people}", people=people_phrase(condition.words))
            return with_brackets(words, any_of(f"--person {word}" for word in condition.words))
        case "bank":
            banks = any_of(map(known_text, condition.words))
            return with_brackets(_("with an account at {banks}", banks=banks), "--bank NAME")
    return with_brackets(given_phrase(condition.words), given_options(condition.words))


def _case_words(condition: Condition) -> str:
    """Return in which cases alone something holds, of which the person's is known to be none.

    Who said so, or does something else, need not be told the word for that; that money is in the
    country's own currency is taken for granted, and so may be wrong.
    """
    match condition.of:
        case "given":
            conditions = given_phrase(condition.words)
            granted = [word for word in condition.words if word == "foreign-currency"]
            if not granted:
                return conditions
            return _(
                "{conditions}, {options}", conditions=conditions, options=given_options(granted)
            )
        case "people":
            return _("for {people}", people=people_phrase(condition.words))
        case "countries":
            return ends_phrase(condition.words, few=True)
    return _partly(condition)


def _partly(condition: Condition) -> str:
    """Return for what part of an operation something holds: "to send", "from the balance"."""
    if condition.of == "operation":
        return _("to {use}", use=any_of(map(operation_phrase, condition.words)))
    return any_of(_(METHODS[word]) for word in condition.words)


def in_both(named: str, here: Decimal, currency: str) -> str:
    """Return a limit as it is named, and what it comes to in another currency, rounded down."""
    unit = Decimal(1).scaleb(-minor_units(currency))
    least = money(here.quantize(unit, ROUND_FLOOR), currency)
    return _("{amount} (about {here})", amount=named, here=least)


def limit_phrase(impossible: Impossible) -> str:
    """Return why a limit forbids a usage."""
    usage, limit, together = impossible.usage, impossible.limit, impossible.together
    currency, unit = impossible.currency, limit.currency
    # Where nobody asked for a way, the limit is that of one of those there are.
    way = limit.method if not usage.method else None
    period = _(PERIODS[limit.what])
    each = usage.amount / usage.times
    amount = sum((one.amount for one in together), ZERO)
    times = sum(one.times for one in together)
    # How often it is done in the limit's period; a part of a day or week counts as a whole one.
    uses, within = 1, impossible.period
    if limit.what in LIMIT_DAYS:
        share, of = share_within(limit.what, within)
        uses = -(-times * share // of)
    often = a_month(within)

    def size(amount: Decimal) -> str:
        named, here = money(amount, unit), impossible.here
        return named if here is None else in_both(named, here, currency)

    def cannot(wanted: str, limited: str, period: str = "") -> str:
        if period:
            limited = _("{figures} {often}", figures=limited, often=period)
        if way:
            limited = _("{words} {way}", words=limited, way=method_phrase(usage.operation, way))
        uses = listed(list(dict.fromkeys(operation_phrase(each.operation) for each in together)))
        if len(together) == 1:
            return _("cannot {use} {wanted}: {limit}", use=uses, wanted=wanted, limit=limited)
        return _("cannot {uses}, {wanted}: {limit}", uses=uses, wanted=wanted, limit=limited)

    def in_all(wanted: str) -> str:
        return _("{wanted} in all", wanted=wanted) if len(together) > 1 else wanted

    if limit.count is not None and uses > limit.count:
        wanted = in_all(_("{count} times {often}", count=times, often=often))
        return cannot(wanted, _("at most {count}", count=limit.count), period)
    small = limit.least is not None and unit == currency and each < limit.least
    if limit.least is not None and (small or limit.amount is None):
        wanted = _("in sums as small as {amount}", amount=money(each, currency))
        return cannot(wanted, _("at least {amount}", amount=size(limit.least)))
    assert limit.amount is not None
    most = _("at most {amount}", amount=size(limit.amount))
    total = money(amount, currency)
    if limit.what == "month":
        wanted = in_all(_("{amount} {often}", amount=total, often=often))
        # A month is said already, where it is not a stay.
        return cannot(wanted, most, period if within.stay else "")
    if limit.what in ("year", "lifetime"):
        total = money(amount * within.repeats, currency)
        wanted = in_all(_("{amount} {often}", amount=total, often=a_year(within)))
        return cannot(wanted, most, "" if limit.what == "year" else period)
    if uses > 1:
        wanted = _("{amount} {often} in {times} uses", amount=total, often=often, times=times)
        return cannot(in_all(wanted), most, period)
    wanted = _("{amount} {often}", amount=money(each, currency), often=period)
    return cannot(wanted, most)
