"""Why a market does not fit, or is not confirmed to, in sentences that follow its name. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from walletpick.bill.limits import LIMIT_DAYS, Impossible, share_within
from walletpick.bill.observe import Condition
from walletpick.facts.money import ZERO
from walletpick.facts.places import in_country
from walletpick.facts.vocabulary import METHODS, STATUSES, YOU
from walletpick.score.causes import BeyondLimit, Cause, Lacks, NotOpen, NotShownThere, TooYoung
from walletpick.words.phrases import (
    PERIODS,
    a_month,
    a_year,
    claim_phrase,
    ends_phrase,
    given_options,
    given_phrase,
    method_phrase,
    money,
    operation_phrase,
    people_phrase,
)

# What a market must not do: that it does, and that it does not.
_UNWANTED = {
    "onboarding:residents_only": ("takes residents only", "takes visitors"),
    "onboarding:local_bank_account": (
        "needs a local bank account",
        "needs no local bank account",
    ),
    "onboarding:local_phone": ("needs a local phone number", "needs no local phone number"),
}


def cause_words(cause: Cause) -> str:
    """Return why a market does not fit, to follow its name: "takes residents only".

    Of what is not known, what is not confirmed: "that it takes visitors"; where that counts against
    the market, "not confirmed: that it takes visitors". What the person told themselves is said to
    be theirs.
    """
    words = _words(cause)
    if is_told(cause):
        words += ", as you told"
    return f"not confirmed: {words}" if cause.strict else words


def is_told(cause: Cause) -> bool:
    """Return whether a cause rests on what the person told themselves."""
    return cause.source is not None and cause.source.publisher == YOU


def by_words(causes: Iterable[Cause]) -> dict[str, Cause]:
    """Return causes by their words, each once: of several that say the same, the last."""
    return {cause_words(cause): cause for cause in causes}


def causes_words(causes: Iterable[Cause]) -> str:
    """Return several causes in one sentence, each once."""
    return "; ".join(by_words(causes))


def _words(cause: Cause) -> str:
    match cause:
        case Lacks():
            return _lacks_words(cause)
        case BeyondLimit():
            return limit_phrase(cause.impossible)
        case NotShownThere():
            words = f"that it sends to {in_country(cause.country)}"
            if cause.of_countries:
                words += f" (all it says: to {cause.of_countries} countries or more)"
            return words
        case TooYoung(known=True):
            return f"takes people from the age of {cause.lowest}"
        case TooYoung():
            return f"that it takes people {'under age' if cause.age is None else f'of {cause.age}'}"
        case NotOpen(known=True):
            since = f" since {cause.since}" if cause.since else ""
            return f"{STATUSES[cause.state]}{since}"
        case NotOpen():
            return "that it still runs and is open to new customers"
    raise TypeError(f"no words for a {type(cause).__name__}")


def _lacks_words(cause: Lacks) -> str:
    only = f" ({only_if(cause.condition)})" if cause.condition else ""
    if not cause.wanted:
        does, does_not = _UNWANTED[cause.key]
        if cause.unless:
            does = f"{does}, which such people seldom have: --given {cause.unless} if you do"
        if cause.condition and cause.condition.of in ("operation", "method"):
            # It is so for some of it: of that it is known, of the rest it is not.
            only = f" {_partly(cause.condition)}"
            return f"{does}{only}" if cause.known else f"that it {does_not} ({does}{only})"
        return does if cause.known else f"that it {does_not}"
    family, _, word = cause.key.partition(":")
    if family == "does":
        operation, _, method = word.partition(":")
        how = f" {method_phrase(operation, method)}" if method else ""
        doing = f"{operation_phrase(operation)}{how}"
        return f"cannot {doing}" if cause.known else f"that one can {doing}{only}"
    if cause.known and cause.condition:
        # The person said that it is not so, and need not be told the word for that.
        return f"{claim_phrase(cause.key, True)} only {given_phrase(cause.condition.words)}"
    if cause.known:
        return claim_phrase(cause.key, False)
    others = [claim_phrase(key, True) for key in cause.others]
    return f"that it {' or '.join([claim_phrase(cause.key, True) + only, *others])}"


def only_if(condition: Condition) -> str:
    """Return when something holds that does not always: "only when: paid with a card"."""
    words = " or ".join(condition.words)
    match condition.of:
        case "operation" | "method":
            return f"only {_partly(condition)}"
        case "countries":
            return f"only {ends_phrase(condition.words)}"
        case "plan":
            return f"only on the plan {words}"
        case "people":
            return f"only for {people_phrase(condition.words)}"
        case "bank":
            return f"only at {words}"
        case "given":
            return f"only {given_phrase(condition.words)}: {given_options(condition.words)}"
    return f"only when: {words}"


def _partly(condition: Condition) -> str:
    """Return for what part of an operation something holds: "to send", "from the balance"."""
    if condition.of == "operation":
        return f"to {' or '.join(operation_phrase(word) for word in condition.words)}"
    return " or ".join(METHODS[word] for word in condition.words)


def limit_phrase(impossible: Impossible) -> str:
    """Return why a limit forbids a usage."""
    usage, limit, together = impossible.usage, impossible.limit, impossible.together
    currency = impossible.currency
    plain = " and ".join(dict.fromkeys(operation_phrase(each.operation) for each in together))
    plain, in_all = (f"{plain},", " in all") if len(together) > 1 else (plain, "")
    unit = limit.currency or currency
    # Where nobody asked for a way, the limit is that of one of those there are.
    way = limit.method if not usage.method else None
    way = f" {method_phrase(usage.operation, way)}" if way else ""
    period = PERIODS[limit.what]
    each = usage.amount / usage.times
    amount = sum((one.amount for one in together), ZERO)
    times = sum(one.times for one in together)
    # How often it is done in the limit's period; a part of a day or week counts as a whole one.
    uses, within = 1, impossible.period
    if limit.what in LIMIT_DAYS:
        share, of = share_within(limit.what, within)
        uses = -(-times * share // of)
    often = a_month(within)
    if limit.count is not None and uses > limit.count:
        return f"cannot {plain} {times} times {often}{in_all}: at most {limit.count} {period}{way}"
    small = limit.least is not None and unit == currency and each < limit.least
    if limit.least is not None and (small or limit.amount is None):
        least = money(limit.least, unit)
        return f"cannot {plain} in sums as small as {money(each, currency)}: at least {least}{way}"
    assert limit.amount is not None
    most = money(limit.amount, unit)
    if limit.what == "month":
        wanted = f"{money(amount, currency)} {often}{in_all}"
        # A month is said already, where it is not a stay.
        return f"cannot {plain} {wanted}: at most {most}{f' {period}' if within.stay else ''}{way}"
    if limit.what in ("year", "lifetime"):
        total = "" if limit.what == "year" else " in all"
        wanted = f"{money(amount * within.repeats, currency)} {a_year(within)}{in_all}"
        return f"cannot {plain} {wanted}: at most {most}{total}{way}"
    if uses > 1:
        wanted = f"{money(amount, currency)} {often} in {times} uses{in_all}"
        return f"cannot {plain} {wanted}: at most {most} {period}{way}"
    return f"cannot {plain} {money(each, currency)} {period}: at most {most}{way}"
