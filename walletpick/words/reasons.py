"""Reasons for and against a place in plain sentences, and what its parts rest on. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal

from walletpick.bill.bill import Line
from walletpick.facts.model import (
    Catalog,
    Claim,
    Escalation,
    Fact,
    FeeRule,
    Licence,
    Market,
    Right,
)
from walletpick.facts.money import NOTHING
from walletpick.facts.places import country_name, in_country
from walletpick.facts.vocabulary import EVENTS
from walletpick.person.entry import Entry
from walletpick.score.criteria import PartValue
from walletpick.score.ranking import Place, Ranking
from walletpick.score.reasons import (
    AmongUsers,
    DiaryReason,
    IfAnswered,
    Merit,
    NeedsLevel,
    OldFacts,
    OldPrice,
    Reason,
    Shortcoming,
    Unconfirmed,
    UnknownCharge,
    WishedHere,
    holding,
    measured,
)
from walletpick.score.statements import Answers, Costs, Facts, NotKnown, Rated, Statement, Troubled
from walletpick.words.bills import (
    among_words,
    amount_words,
    is_wide,
    known_sum,
    level_words,
    returned_words,
    sum_words,
    with_unknown,
)
from walletpick.words.causes import cause_words
from walletpick.words.common import UNKNOWN, first_upper, no_wallet
from walletpick.words.facts import any_reply_words, follows_words
from walletpick.words.phrases import (
    a_year,
    claim_phrase,
    count_words,
    few_listed,
    figure,
    given_options,
    given_phrase,
    in_the_year,
    joined,
    listed,
    method_phrase,
    money,
    operation_phrase,
    rule_words,
)

# Words of a middling fact where it is better than what another has.
_ADVANTAGES = {"closing:medium": "can be closed in a few steps"}


def in_words(reasons: Iterable[Reason]) -> dict[str, Reason]:
    """Return reasons by their words, each once: of several that say the same, the first."""
    told: dict[str, Reason] = {}
    for reason in reasons:
        told.setdefault(reason_words(reason), reason)
    return told


def reason_words(reason: Reason) -> str:
    """Return a reason in one sentence, without a full stop."""
    match reason:
        case Merit():
            return f"{stated_words(reason.statement, praise=True)} ({_gain_words(reason)})"
        case Shortcoming():
            return f"{stated_words(reason.statement)} (costs {_points_words(-reason.points)})"
        case DiaryReason():
            return _diary_words(reason.entries, reason.points)
        case Unconfirmed():
            return f"Not confirmed: {cause_words(reason.cause)}"
        case UnknownCharge():
            return unknown_line(reason.line, reason.wallets)
        case IfAnswered():
            return if_answered(reason)
        case AmongUsers():
            return f"The price counted is {among_words(reason.line.operation, reason.wallet)}"
        case NeedsLevel():
            return level_words(reason.needed)
        case WishedHere():
            return wished_here_words(reason)
        case OldPrice():
            return f"Old figure: {line_words(reason.line)} is of {reason.when}"
        case OldFacts():
            return _old_facts_words(reason)
    raise TypeError(f"no words for a {type(reason).__name__}")


def wished_here_words(reason: WishedHere) -> str:
    """Return what was wished for and of the places shown one alone is known to have."""
    has = stated_words(reason.statement, praise=True)
    return f"{has}, as you wish: the only one of these {reason.among} known to"


def _gain_words(merit: Merit) -> str:
    """Return what a merit is worth: "2.5 points more than Wise, which has no phone line"."""
    worth = _points_words(merit.points)
    if merit.rival is None:
        return worth
    return f"{worth} more than {merit.rival.wallet.name}{_instead_words(merit.instead)}"


def _instead_words(instead: Statement | NotKnown | None) -> str:
    """Return what is known of the rival, to follow its name."""
    match instead:
        case NotKnown():
            return ", of which that is not known"
        case Facts():
            return f", which {_phrases(instead)}"
        case Costs():
            about = "" if instead.bill.complete and instead.exact else "about "
            return with_unknown(f" at {about}{_share(instead.percent)} %", instead.bill)
        case Rated():
            return f", which they rate {figure(_tenth(instead.value))}"
        case Answers():
            return f", which answers within {any_reply_words(instead.reply)}"
    return ""


def stated_words(statement: Statement, praise: bool = False) -> str:
    """Return what is stated of a market, as the beginning of a sentence."""
    match statement:
        case Facts():
            text = _phrases(statement, praise)
            return text[:1].upper() + text[1:]
        case Costs():
            return _cost_words(statement)
        case Rated():
            return f"Users rate it {figure(_tenth(statement.value))} of 5"
        case Answers():
            return f"Answers a complaint within {any_reply_words(statement.reply)}"
        case Troubled():
            newest = max(statement.incidents, key=lambda item: item.date)
            count = count_words(len(statement.incidents), "incident")
            return f"{count} on record, the newest of {newest.date}: {newest.what}"


def _phrases(facts: Facts, praise: bool = False) -> str:
    """Return facts to follow a name: "logs in with a passkey and opens with a PIN"."""
    advantages = _ADVANTAGES if praise else {}
    return joined(
        advantages.get(item.key) or _phrase(item.key, item.holds, item.fact) for item in facts.items
    )


def _phrase(key: str, holds: bool, fact: Fact | FeeRule | None) -> str:
    if key == "licence" and isinstance(fact, Licence) and fact.authority and holds:
        return f"is supervised by {fact.authority}"
    if key == "escalation" and isinstance(fact, Escalation | Right) and holds:
        return f"has complaints heard by {fact.body}"
    return claim_phrase(key, holds)


def _cost_words(costs: Costs) -> str:
    bill = costs.bill
    old = ", by prices that may have changed" if any(line.stale for line in bill.lines) else ""
    if bill.charged == NOTHING and bill.complete:
        return f"Your use would cost nothing{returned_words(bill)}{old}"
    when = in_the_year(bill.period)
    if not bill.complete:
        # The same figure as in the table; what is guessed stands where each line does.
        known = known_sum(bill)
        if known == UNKNOWN:
            return f"What your use would cost {when} is not known"
        return f"Your use would cost {known} {when}{old}"
    if is_wide(bill.yearly):
        return f"Your use would cost {sum_words(bill.yearly, True)} {when}{old}"
    share = f", {_share(costs.percent)} % of the money moved" if costs.percent else ""
    return f"Your use would cost {amount_words(bill.yearly)} {when}{old}{share}"


def _diary_words(entries: Sequence[Entry], points: Decimal) -> str:
    counts = Counter(entry.event for entry in entries)
    events = listed(
        [
            EVENTS[event].text + (f" ({count} times)" if count > 1 else "")
            for event, count in counts.most_common()
        ]
    )
    many = count_words(len(entries), "entry")
    worth = f"{_tenth(points):+f} points" if _tenth(points) else "under 0.1 points"
    return f"Your own diary: {many}, {events}; the last of {entries[-1].date} ({worth})"


def unknown_line(line: Line, wallets: int = 0) -> str:
    """Return in words what is not known of a line and what it is taken for.

    With `wallets`, also how many stand behind what it is taken for.
    """
    what = line_words(line)
    start = "Not known"
    if line.rules and line.rules[0].price == "unknown":
        # The source says that there is a charge; it is cited for that.
        what = f"how much {what} is"
    elif line.rules:
        start = "Not known in full"
    taken, high = (money(at, line.currency) for at in line.yearly.ends[1:])
    often = a_year(line.period)
    if line.least:
        return f"Only the least is published: {what}; from {taken} {often}, perhaps up to {high}"
    charge = f"{count_words(wallets, 'wallet')} {'charges' if wallets == 1 else 'charge'}"
    like = f" (from what {charge})" if wallets else ""
    if not line.yearly.estimate:
        return f"{start}: {what}; others mostly charge nothing, at most {high} {often}{like}"
    return f"{start}: {what}; taken for {taken} {often}, up to {high}{like}"


def if_answered(reason: IfAnswered) -> str:
    """Return a price that hangs on the person's answer, and the option that gives it.

    "The fee to take out cash: free if your salary is paid in (--given salary-in)".
    """
    rule = reason.rule
    price = rule_words(rule, reason.line.currency)
    if rule.surcharge:
        price = f"{price} more"
    if_ = given_phrase(reason.asks)
    return f"{first_upper(line_words(reason.line))}: {price} {if_} ({given_options(reason.asks)})"


def line_words(line: Line) -> str:
    """Return what a line charges for: "the fee to send money to people abroad (Mexico)"."""
    plain = operation_phrase(line.operation)
    if line.kind == "subscription":
        named = any(rule.plan for rule in line.rules)
        return "the regular charge of the plan" if named else "the regular charge"
    if line.kind == "once":
        return f"the charge to {plain}" if plain.startswith("get") else plain
    what = {"fee": "the fee", "conversion": "the currency conversion", "tax": "the tax"}[line.kind]
    where = f" ({country_name(line.country)})" if line.country else ""
    how = f" {method_phrase(line.operation, line.method)}" if line.method else ""
    joint = "to" if line.kind == "fee" else "when you"
    return f"{what} {joint} {plain}{where}{how}"


def open_words(kind: str, wallet: str, lines: Sequence[Line] = ()) -> str:
    """Return what is not known of a change from or to a wallet (see `switch.OpenQuestion`).

    More than one charge are counted, not named.
    """
    if kind == "undoable":
        return f"what it would cost to do elsewhere what {wallet} cannot do"
    if kind == "usage":
        return f"what you do with {wallet}"
    if kind == "way-out":
        return f"what it costs to move the balance out of {wallet}"
    if len(lines) == 1:
        return f"{line_words(lines[0])} ({wallet})"
    return f"what {len(lines)} charges of {wallet} come to"


def _old_facts_words(reason: OldFacts) -> str:
    count = count_words(len(reason.facts), "fact")
    old = list(dict.fromkeys(words for part in reason.parts for words in _old_words(part)))
    # What holds in some cases only says nothing of this one, though it is old.
    what = f" ({few_listed(old)})" if old else ""
    return f"Old: {count} behind {listed(reason.criteria)}{what}"


def _old_words(part: PartValue) -> list[str]:
    """Return what a part's old facts say."""
    words = [
        _phrase(item.key, item.observation.value, item.observation.fact)
        for item in part.evidence
        if item.observation.stale and item.observation.value is not None
    ]
    if part.stale_facts:
        measures = {"rating": "users' ratings", "reply-days": "its time to answer"}
        words.append(measures[part.part.measure or ""])
    return words


def part_words(place: Place, part: PartValue) -> str:
    """Return in short what a part rests on: what is known, and how much is not."""
    statement = measured(place, part) if part.part.measure else None
    if part.part.measure == "cost-percent":
        unknown = sum(not line.known for line in place.bill.lines)
        words = (
            f"{_share(statement.percent)} % of the money moved"
            if isinstance(statement, Costs)
            else "nothing"
        )
        return words + (
            f"; {unknown} of {len(place.bill.lines)} charges unknown" if unknown else ""
        )
    if part.part.measure:
        words = stated_words(statement) if statement else "not known"
        return words[:1].lower() + words[1:]
    market = place.candidate.market
    known = [
        _phrase(item.key, item.observation.value, item.observation.fact)
        + _origin(item.observation.fact, market)
        for item in part.evidence
        if item.observation.value is not None
    ]
    if part.part.best_of and (held := holding(part)):
        item, option = held[0]
        fact = item.observation.fact
        known = [_phrase(item.key, option.is_, fact) + _origin(fact, market)]
    elif part.part.best_of and known and part.evidence[0].key.startswith("closing:"):
        # Of options that rule each other out, one that does not hold says nothing by itself.
        closing = place.candidate.market.closing
        known = [claim_phrase(f"closing:{closing.difficulty}", True)] if closing else known
    unknown = sum(item.observation.value is None for item in part.evidence)
    if not known:
        # A fact there is, but it does not hold for everybody, at all times or on this plan.
        scoped = any(item.observation.fact for item in part.evidence)
        return "known for some cases only, not for yours" if scoped else "not known"
    missing = "" if part.part.best_of or not unknown else f"; {unknown} not known"
    return joined(known) + missing


def _origin(fact: Fact | FeeRule | None, market: Market) -> str:
    """Return in brackets what a fact follows from; "" where it is stated."""
    follows = follows_words(fact, market) if isinstance(fact, Claim) else ""
    return f" ({follows})" if follows else ""


def _share(percent: Decimal) -> str:
    return figure(_tenth(percent)) if percent else "0"


def _points_words(points: Decimal) -> str:
    """Return "1 point", "2.5 points"."""
    words = figure(_tenth(points))
    return f"{words} point{'' if words == '1' else 's'}"


def _tenth(points: Decimal) -> Decimal:
    return round(points, 1)


def nothing_ranked(ranking: Ranking, catalog: Catalog) -> str:
    """Return one sentence that says why no wallet is ranked."""
    country = ranking.needs.country
    where = f" in {in_country(country)}" if country else ""
    if not ranking.left_out:
        return no_wallet(country, catalog) if country else "the catalog has no wallet"
    return f"no wallet{where} fits these needs"
