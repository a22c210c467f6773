"""Markets side by side in words: what each row is about, and what a market says there. Pure.

Rows are named by keys in the words of the catalog: "fees:send:card", "limits:day", "reply".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from msgspec import Struct, structs

from walletpick.answers.compare import AnyFact, Comparison, Row, Value
from walletpick.bill.bill import Bill, is_priced
from walletpick.bill.observe import Observation
from walletpick.facts.model import (
    Claim,
    Closing,
    Complaint,
    Escalation,
    Fact,
    FeeRule,
    Incident,
    Languages,
    Licence,
    Limit,
    Market,
    MinAge,
    Protection,
    Rating,
    Reply,
    Right,
    SignUp,
    Source,
    Status,
    Wallet,
)
from walletpick.facts.money import HUNDRED, ZERO, MoneyRange, rounded
from walletpick.facts.periods import period_of
from walletpick.facts.places import country_name, in_country
from walletpick.facts.vocabulary import (
    CHANNELS,
    CLOSING_WAYS,
    DIFFICULTIES,
    INCIDENTS,
    METHODS,
    OPERATIONS,
    PLATFORMS,
    RIGHTS,
    STATUSES,
)
from walletpick.score.ranking import Place
from walletpick.words.bills import (
    among_words,
    amount_words,
    plan_name,
    sum_words,
    unlike_words,
    ways_words,
)
from walletpick.words.causes import causes_words
from walletpick.words.common import (
    UNKNOWN,
    countries_words,
    not_there,
    number_words,
    several_countries,
    tenth,
)
from walletpick.words.facts import any_reply_words, no_channel_words, sign_up_words
from walletpick.words.phrases import (
    claim_phrase,
    figure,
    in_the_year,
    language_name,
    limit_figure,
    limit_scope,
    listed,
    method_phrase,
    money,
    operation_phrase,
    scope_words,
)
from walletpick.words.prices import rule_scope, rule_words
from walletpick.words.verdict import place_name
from walletpick.words.verdict import verdict_words as ranking_verdict_words

# Families of rows that say yes or no.
_YES_NO = (
    *("features", "funding", "payout", "security", "protection"),
    *("channels", "platform", "onboarding"),
)
# By the key, or its first word; the other rows stand first of all.
_SECTIONS = {
    "points": "Points",
    "bill": "Cost in the first year",
    "fees": "Fees",
    "limits": "Limits",
    "features": "What it does",
    "funding": "Putting money in",
    "payout": "Getting money out",
    "security": "Security",
    "protection": "What protects the money",
    "licence": "What protects the money",
    "channels": "Getting help",
    "languages": "Getting help",
    "complaint": "Getting help",
    "reply": "Getting help",
    "escalation": "Getting help",
    "platform": "Signing up",
    "onboarding": "Signing up",
    "closing": "Closing the account",
    "ratings": "Track record",
    "incidents": "Track record",
}
_LABELS = {
    "status": "status",
    "plan": "plan",
    "fit": "does not fit",
    "unconfirmed": "not confirmed",
    "score": "score, of 100",
    "evidence": "how much is known",
    "cost": "cost in the first year",
    "cost-estimate": "with a guess for ?",
    "points:experience": "your own diary",
    "licence": "licence",
    "languages": "languages",
    "complaint": "how to complain",
    "reply": "answers a complaint within",
    "escalation": "who hears a complaint next",
    "onboarding:min_age": "from the age of",
    "onboarding:sign_up": "opening takes",
    "closing:how": "where it is closed",
    "closing:difficulty": "how hard closing is",
    "incidents": "what went wrong",
}
_LINE_LABELS = {
    "conversion": "exchange rate: {}",
    "tax": "tax: {}",
    "given-back": "given back: {}",
    "subscription": "the regular charge",
}
_PERIODS = {
    "transaction": "each time",
    "day": "a day",
    "week": "a week",
    "month": "a month",
    "year": "a year",
    "lifetime": "in all",
    "balance": "at once",
}
# What tells rows apart where no section does.
_LEADS = {"fees": "price: ", "limits": "limit: "}
# What stands after a sum that leaves something out.
_WITHOUT = " (without what it cannot do)"


class ValueWords(Struct, frozen=True, kw_only=True):
    """What one market says on one point: a value of the comparison with its words."""

    text: str
    known: bool
    best: bool
    stale: bool
    facts: tuple[tuple[AnyFact, Source], ...]


class RowWords(Struct, frozen=True, kw_only=True):
    """One point in words. `equal` is whether all markets say the same."""

    section: str
    key: str
    label: str
    equal: bool
    values: tuple[ValueWords, ...]
    weight: Decimal = ZERO


def rows_words(comparison: Comparison) -> tuple[RowWords, ...]:
    """Return the rows of a comparison in words."""
    return tuple(_row_words(comparison, row) for row in comparison.rows)


def _row_words(comparison: Comparison, row: Row) -> RowWords:
    values = tuple(
        ValueWords(
            text=_value_words(comparison, row.key, side, value),
            known=value.known,
            best=value.best,
            stale=value.stale,
            facts=value.facts,
        )
        for side, value in zip(comparison.sides, row.values, strict=True)
    )
    section = _SECTIONS.get(row.key.partition(":")[0], "In short")
    label = label_words(row.key, comparison.needs.weights)
    if stay := period_of(comparison.needs.for_).stay:
        section = section.replace("in the first year", f"for {stay}")
        label = label.replace("in the first year", f"for {stay}")
    return RowWords(
        section=section,
        key=row.key,
        label=label,
        equal=len({value.text for value in values}) == 1,
        values=values,
        weight=row.weight,
    )


def told_words(row: RowWords, value: ValueWords) -> str:
    """Return what one market says on a point, alone: "takes bank transfers", "plan: Standard"."""
    # The pieces of a list of such things stand between semicolons.
    yes, text = value.text.startswith("yes"), value.text.replace("; ", ", ")
    if row.key.partition(":")[0] not in _YES_NO or not (yes or text == "no"):
        return f"{alone_words(row)}: {text}"
    if yes:
        return row.label + text.removeprefix("yes")
    if row.key.startswith("channels:"):
        return no_channel_words(row.key.partition(":")[2]).lower()
    return claim_phrase(row.key, False)


def _saving_words(comparison: Comparison, two: Sequence[tuple[MoneyRange, Place]]) -> Iterator[str]:
    """Yield by how much the first of two costs less than the second, where that is sure."""
    (ours, cheapest), (theirs, second) = two
    less = (theirs - ours).low
    if rounded(less, ours.currency) > 0:
        least = "" if ours.exact and theirs.exact else "at least "
        names = [place_name(side, comparison.ranking) for side in (cheapest, second)]
        saved, when = money(less, ours.currency), in_the_year(cheapest.bill.period)
        yield f"{names[0]} costs {least}{saved} less {when} than {names[1]}."


def verdict_words(comparison: Comparison) -> str:
    """Return who is best and how sure that is, and who costs least where that is known."""
    if not comparison.ranking.places:
        return "None of them can do all that you ask."
    words = [ranking_verdict_words(comparison.ranking)]
    cost = next((row for row in comparison.rows if row.key == "cost"), None)
    if cost:
        known = [
            (value.span, side)
            for value, side in zip(cost.values, comparison.sides, strict=True)
            if value.worth is not None and value.span
        ]
        known.sort(key=lambda each: each[0].estimate)
        words += _saving_words(comparison, known[:2]) if len(known) > 1 else ()
    bills = [(place_name(side, comparison.ranking), side.bill) for side in comparison.sides]
    if not_alike := unlike_words(bills, comparison.needs):
        words.append(not_alike)
    return " ".join([*words, *_among_users_words(bills)])


def _among_users_words(bills: Sequence[tuple[str, Bill]]) -> Iterator[str]:
    """Yield which prices hold among the wallet's own users alone, where another's does not.

    Such a price may decide, and who is at the other end was not said.
    """
    by_others = {line.operation for _, bill in bills for line in bill.lines if not line.among_users}
    for name, bill in bills:
        among = (line.operation for line in bill.lines if line.among_users)
        for operation in dict.fromkeys(each for each in among if each in by_others):
            yield f"What is counted for {name} holds {among_words(operation, name)}."


# Which markets.


def no_choice_words(why: str, wallets: Sequence[Wallet], countries: Sequence[str]) -> str:
    """Return why it cannot be told which markets to compare (see `compare.NoChoice`)."""
    first = wallets[0]
    match why:
        case "elsewhere" | "named-elsewhere":
            here = first.id if why == "elsewhere" else f"{first.id} in another country"
            return (
                f"{not_there(first, countries[0])}; {countries_words(first)}; to compare {here}"
                f" write {first.id}@{next(iter(first.markets))}"
            )
        case "wallet-twice":
            pair = [f"{first.id}@{code}" for code in [*first.markets][:2]]
            such = f", or one in two countries, such as {' '.join(pair)}" if pair[1:] else ""
            return f"{first.name} is named twice: name two different wallets{such}"
        case "several":
            return (
                f"{listed([each.name for each in wallets])} can be compared in"
                f" {several_countries(countries)}: say which, such as --country {countries[0]}"
            )
    return f"{first.name} in {in_country(countries[0])} is named twice"


def guess_words(wallets: Iterable[Wallet]) -> str:
    """Return that wallets share no country, so the first of each is taken."""
    firsts = [f"{each.name} in {in_country(next(iter(each.markets)))}" for each in wallets]
    return f"these wallets share no country; compared are {listed(firsts)}"


# What a row is about.


def label_words(key: str, weights: Mapping[str, Decimal]) -> str:
    """Return what a row is about. `weights` are those of the criteria, which sum to 1."""
    if key in _LABELS:
        return _LABELS[key]
    family, _, word = key.partition(":")
    match family:
        case "points":
            return f"{word}, of {tenth(weights[word] * HUNDRED)}"
        case "bill":
            kind, _, rest = word.partition(":")
            operation, _, country = rest.partition("@")
            if operation == "balance":
                return "interest"
            label = _LINE_LABELS.get(kind, "{}").format(operation_phrase(operation))
            return f"{label} ({country_name(country)})" if country else label
        case "fees":
            operation, _, method = word.partition(":")
            return operation_phrase(operation) + (
                f", {method_phrase(operation, method)}" if method else ""
            )
        case "limits":
            what, *named = word.split(":")
            head = "balance" if what == "balance" else "everything together"
            # No operation has the name of a method.
            done = next((each for each in named if each in OPERATIONS), None)
            head = operation_phrase(done) if done else head
            how = "".join(f" {method_phrase(done, each)}" for each in named if each in METHODS)
            return f"{head}{how}, {_PERIODS[what]}"
        case "channels":
            return CHANNELS[word]
        case "platform":
            return f"runs on {PLATFORMS[word]}"
        case "ratings":
            return f"rating ({word})"
    return claim_phrase(key, True)


def alone_words(row: RowWords) -> str:
    """Return what a row is about, to be read without its section, with the time of a cost."""
    if row.key.startswith("bill:"):
        return f"{row.section.lower()}: {row.label}"
    return point_words(row.key, row.label)


def point_words(key: str, label: str) -> str:
    """Return what a row is about, to be read without its section: "price: take out cash"."""
    return _LEADS.get(key.partition(":")[0], "") + label


# What a market says.

_FIXED = {
    "unknown": UNKNOWN,
    "active": STATUSES["active"],
    "beyond-limit": "cannot: over a limit",
    "depends": "depends on the way",
    "not-done": "does not do this",
}


def _value_words(comparison: Comparison, key: str, side: Place, value: Value) -> str:
    """Return what a market says on the point that `key` names."""
    match value.says:
        case "facts":
            facts = (_fact_words(key, fact, side.bill.currency) for fact, _ in value.facts)
            return "; ".join(dict.fromkeys(facts))
        case "yes-no" if value.seen:
            return _yes_no_words(key, value.seen, side.candidate.market)
        case "line" | "given-back" | "no-charge" | "total" | "published":
            return _sum_words(comparison, key, side, value)
        case "points":
            name = key.partition(":")[2]
            points = side.values[name].value
            words = number_words(points, comparison.needs.weights[name] * HUNDRED)
            words += _WITHOUT if value.barred else ""
            return words if value.known else f"{UNKNOWN}, guessed at {words}"
        case "score":
            return number_words(side.score)
        case "thin-score":
            return f"{number_words(side.score)}, but too little is known"
        case "evidence":
            return f"{value.worth} %"
        case "plan":
            return plan_name(side.candidate) or "the only one"
        case "fit":
            return causes_words(side.obstacles) or "fits"
        case "unconfirmed":
            return causes_words(side.unconfirmed) or ("-" if side.obstacles else "nothing")
        case "diary":
            return f"{side.own_points:+.1f}" if side.own else "nothing noted"
    return _FIXED[value.says]


def _sum_words(comparison: Comparison, key: str, side: Place, value: Value) -> str:
    """Return a sum of money with how it comes about, and what it leaves out."""
    span, without = value.span, _WITHOUT if value.barred else ""
    assert span, "a value that is a sum has one"
    match value.says:
        case "total" if not is_priced(side.bill, comparison.needs):
            return "cannot be done"
        case "total":
            return amount_words(span) + _ways(key, side) + without
        case "published":
            words = sum_words(span, False)
            return words + (_ways(key, side) if words != UNKNOWN else "") + without
        case "line" if value.line:
            way = value.line.method and method_phrase(value.line.operation, value.line.method)
            how = f", {way}" if way and value.way else ""
            if value.known:
                return f"{amount_words(span)}{how}{without}"
            guess = money(span.estimate, span.currency)
            return f"{UNKNOWN}, guessed at {guess}{how}{without}"
    return amount_words(span)


def _ways(key: str, side: Place) -> str:
    return ways_words(side.bill) if key == "cost" else ""


def _yes_no_words(key: str, seen: Observation, market: Market) -> str:
    """Return yes or no, and under which condition; of a yes, the most important figures."""
    fact = seen.fact
    holds = getattr(fact, "has", True) if seen.value is None else seen.value
    words = "yes" if holds else "no"
    if seen.value is None and isinstance(fact, (Claim, Protection, FeeRule)):
        return f"{words} (only {', '.join(scope_words(fact))})"
    return words + (_details(key, market) if holds else "")


def _details(key: str, market: Market) -> str:
    family, _, word = key.partition(":")
    if family == "protection":
        caps = [p.limit for p in market.protection if p.kind == word and p.limit]
        return f", up to {money(caps[0], market.currency)}" if len(caps) == 1 else ""
    channel = market.support.channels.get(word) if family == "channels" else None
    details = (channel.number, channel.hours) if channel else ()
    return "".join(f", {detail}" for detail in details if detail)


def _fact_words(key: str, fact: Fact | FeeRule | Limit, currency: str) -> str:
    match fact:
        case FeeRule():
            scope = rule_scope(structs.replace(fact, method=None, plan=()))
            return rule_words(fact, currency) + (f" ({scope})" if scope else "")
        case Limit():
            scope = limit_scope(structs.replace(fact, method=None, plan=()))
            return limit_figure(fact, currency) + (f" ({scope})" if scope else "")
        case Status():
            return STATUSES[fact.state] + (f" since {fact.since}" if fact.since else "")
        case Licence():
            return fact.as_ + (f", {fact.authority}" if fact.authority else "")
        case Languages():
            return ", ".join(map(language_name, fact.words))
        case Reply() | Right() if key == "reply":
            return any_reply_words(fact)
        case Complaint(how=str(words)) | Escalation(body=str(words)) | Right(body=str(words)):
            return words
        case Right():
            return RIGHTS[fact.right]
        case MinAge():
            return f"{fact.years}"
        case SignUp():
            return sign_up_words(fact)
        case Closing(how=str(how)) if key == "closing:how":
            return CLOSING_WAYS[how]
        case Closing(difficulty=str(difficulty)):
            return DIFFICULTIES[difficulty]
        case Rating():
            return f"{figure(fact.value)} of 5"
        case Incident():
            return f"{fact.date}: {INCIDENTS[fact.kind]}"
    raise TypeError(f"no words for a {type(fact).__name__}")
