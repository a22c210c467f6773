"""Ranking -> reasons in plain sentences, each with the facts behind it. Pure.

Nothing is said that the model does not hold: a reason is a part of a criterion, its points, and the
facts that gave them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from typing import Literal

from msgspec import Struct

from walletpick.bill.bill import Bill, Line
from walletpick.bill.observe import Observation
from walletpick.facts.model import (
    Authority,
    Averages,
    Catalog,
    Escalation,
    Fact,
    FeeRule,
    Licence,
    Limit,
    Option,
    Reply,
    Source,
)
from walletpick.facts.money import HUNDRED, NOTHING, ZERO, Range, rounded
from walletpick.facts.places import country_name, in_country
from walletpick.facts.vocabulary import EVENTS, METHODS
from walletpick.score.criteria import ONE, Evidence, PartValue
from walletpick.score.ranking import Place, Ranking
from walletpick.words.causes import cause_words
from walletpick.words.phrases import (
    claim_phrase,
    figure,
    joined,
    listed,
    money,
    operation_phrase,
    rule_words,
)

Kind = Literal["for", "against", "unknown", "stale"]

# Differences smaller than this many points are not worth a sentence.
WORTH_SAYING = Decimal("0.5")
MOST_FOR = 3
# What earns less than this of a part's points is no praise: "is hard to close", a code by SMS.
LEAST_PRAISED = Decimal("0.6")
# A figure speaks for itself, but for one as bad as a price of 9 %.
LEAST_FIGURE = Decimal("0.3")
# So many old facts are named.
_MOST_OLD = 3
# Words of a middling fact where it is better than what another has.
_ADVANTAGES = {"closing:medium": "can be closed in a few steps"}


class Trace(Struct, frozen=True):
    """A fact behind a sentence: its path in the catalog, and its source."""

    path: str
    source: Source


class Reason(Struct, frozen=True, kw_only=True):
    """One sentence about a place. `points` is what it is worth in the comparison it comes from."""

    kind: Kind
    criterion: str
    text: str
    points: Decimal = ZERO
    facts: tuple[Trace, ...] = ()


class Lead(Struct, frozen=True):
    """By how many points a place is ahead in one criterion (negative: behind)."""

    criterion: str
    points: Decimal


def reasons(ranking: Ranking, index: int, averages: Averages | None = None) -> tuple[Reason, ...]:
    """Return what speaks for and against a place, what is not known and what is stale.

    For: the parts that most lift it over its rival (see `rival_of`). Against: the part that most
    holds it back from full points. With `averages`, the reasons say how many markets stand behind
    what an unknown fee is taken for.
    """
    place = ranking.places[index]
    weights = ranking.needs.weights
    fors, said = _fors(place, rival_of(ranking, index), weights, ranking.needs.country is None)
    return (
        *fors,
        *_against(place, weights, said),
        *own_experience(place),
        *_unknowns(place, averages),
        *_stale(place),
    )


def rival_of(ranking: Ranking, index: int) -> Place | None:
    """Return the place that a place is held against: the next; for the last, the one before."""
    if len(ranking.places) < 2:
        return None
    return ranking.places[index + 1 if index + 1 < len(ranking.places) else index - 1]


def leads(first: Place, second: Place, ranking: Ranking) -> tuple[Lead, ...]:
    """Return where the first place is ahead of the second, and where behind, largest first."""
    found = []
    for name, weight in ranking.needs.weights.items():
        gap = first.values[name].value.estimate - second.values[name].value.estimate
        points = gap * weight * HUNDRED
        if points:
            found.append(Lead(name, points))
    if own := first.own_points - second.own_points:
        found.append(Lead("experience", own))
    return tuple(sorted(found, key=lambda lead: (-abs(lead.points), lead.criterion)))


def own_experience(place: Place) -> Sequence[Reason]:
    """Return what the person's own diary does to the score, where it has something on the market.

    The points are those it adds to the score as it would be without the diary, or takes from it.
    """
    if place.own is None:
        return []
    entries = place.own.experience.entries
    counts = Counter(entry.event for entry in entries)
    said = [
        EVENTS[event].text + (f" ({count} times)" if count > 1 else "")
        for event, count in counts.most_common()
    ]
    points = place.own_points
    many = f"{len(entries)} {'entry' if len(entries) == 1 else 'entries'}"
    worth = f"{_tenth(points):+f} points" if _tenth(points) else "under 0.1 points"
    text = f"Your own diary: {many}, {listed(said)}; the last of {entries[-1].date} ({worth})"
    return [
        Reason(
            kind="for" if points >= 0 else "against",
            criterion="experience",
            text=text,
            points=points,
        )
    ]


def path_in_catalog(place_file: str, path: str) -> str:
    """Return where a fact stands: "wallets/gcash.yaml: markets.PH.fees[2]"."""
    return f"{place_file}: {path}" if path else place_file


def _points(part: PartValue, value: Decimal, weight: Decimal) -> Decimal:
    """Return the points of a part that is worth so much, 0 to 1."""
    return value * (part.share * weight * HUNDRED)


def _parts(place: Place) -> list[PartValue]:
    return [part for value in place.values.values() for part in value.parts]


def _fors(
    place: Place, rival: Place | None, weights: dict[str, Decimal], several: bool
) -> tuple[list[Reason], set[tuple[str, str]]]:
    """Return the reasons, and the parts that they are about."""
    theirs = {(part.criterion, part.part.id): part for part in _parts(rival)} if rival else {}
    gains = []
    for part in _parts(place):
        other = theirs.get((part.criterion, part.part.id))
        weight = weights[part.criterion]
        gain = _points(part, part.value.estimate, weight)
        if other:
            gain -= _points(other, other.value.estimate, weight)
        if gain >= WORTH_SAYING and (praise := _praise(place, part, rival, other)):
            gains.append((gain, part, praise))
    gains.sort(key=lambda item: (-item[0], item[1].criterion, item[1].part.id))
    found: list[Reason] = []
    said = set()
    told = set()
    for gain, part, (text, instead, facts) in gains:
        # The same fact can lift two parts; to say it once is enough.
        if len(found) == MOST_FOR or text in told:
            continue
        told.add(text)
        said.add((part.criterion, part.part.id))
        worth = _points_words(gain)
        if rival:
            where = f" ({rival.candidate.country})" if several else ""
            worth += f" more than {rival.wallet.name}{where}{instead}"
        found.append(
            Reason(
                kind="for",
                criterion=part.criterion,
                text=f"{text} ({worth})",
                points=gain,
                facts=facts,
            )
        )
    return found, said


def _against(
    place: Place, weights: dict[str, Decimal], said: set[tuple[str, str]]
) -> Sequence[Reason]:
    """Return the known shortcoming that costs most points, if it has not been spoken of."""
    losses = []
    for part in _parts(place):
        if (part.criterion, part.part.id) in said:
            continue
        weight = weights[part.criterion]
        loss = _points(part, ONE, weight) - _points(part, part.value.high, weight)
        if loss >= WORTH_SAYING and (sentence := _blame(place, part)):
            losses.append((loss, part, sentence))
    if not losses:
        return []
    loss, part, (text, facts) = max(
        losses, key=lambda item: (item[0], item[1].criterion, item[1].part.id)
    )
    return [
        Reason(
            kind="against",
            criterion=part.criterion,
            text=f"{text} (costs {_points_words(loss)})",
            points=-loss,
            facts=facts,
        )
    ]


def _unknowns(place: Place, averages: Averages | None) -> Sequence[Reason]:
    found = []
    for cause in place.unconfirmed:
        facts = _traces(place, [(cause.fact, cause.source)])
        text = f"Not confirmed: {cause_words(cause)}"
        found.append(Reason(kind="unknown", criterion="coverage", text=text, facts=facts))
    told = set()
    for line in place.bill.lines:
        if line.known:
            continue
        text = unknown_line(line, place.bill, averages)
        if text not in told:
            told.add(text)
            facts = _line_traces(place, [line])
            found.append(Reason(kind="unknown", criterion="cost", text=text, facts=facts))
    return found


def unknown_line(line: Line, bill: Bill, averages: Averages | None = None) -> str:
    """Return in words what is not known of a line and what it is taken for.

    With `averages`, also how many markets stand behind what it is taken for.
    """
    what = line_words(line)
    start = "Not known"
    if line.rules and line.rules[0].price == "unknown":
        # The source says that there is a charge; it is cited for that.
        what = f"how much {what} is"
    elif line.rules:
        start = "Not known in full"
    taken = money(line.yearly.estimate, bill.currency)
    high = money(line.yearly.high, bill.currency)
    count = average_count(line, averages) if averages else 0
    like = f" ({count} market{'s' if count > 1 else ''} behind that)" if count else ""
    if not line.yearly.estimate:
        return f"{start}: {what}; others mostly charge nothing, at most {high} a year{like}"
    return f"{start}: {what}; taken for {taken} a year, up to {high}{like}"


def average_count(line: Line, averages: Averages) -> int:
    """Return how many markets stand behind the average that a line is taken for; 0 for none."""
    if line.known or (line.rules and line.rules[0].of):
        return 0
    if line.kind in ("conversion", "tax"):
        return averages.conversion.count if line.kind == "conversion" else averages.tax.count
    if charge := averages.charges.get(line.operation):
        return charge.count
    by_method = averages.fees_by_method.get(line.operation, {})
    fee = by_method.get(line.method or "") or averages.fees.get(line.operation)
    return fee.count if fee else 0


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
    how = f" {METHODS[line.method]}" if line.method else ""
    joint = "to" if line.kind == "fee" else "when you"
    return f"{what} {joint} {plain}{where}{how}"


def _stale(place: Place) -> Sequence[Reason]:
    found = []
    lines: dict[str, list[Line]] = {}
    for line in place.bill.lines:
        if line.stale:
            lines.setdefault(line_words(line), []).append(line)
    for what, alike in lines.items():
        dates = [_date(place.candidate.source_of(rule)) for line in alike for rule in line.rules]
        found.append(
            Reason(
                kind="stale",
                criterion="cost",
                text=f"Old figure: {what} is of {min(dates)}",
                facts=_line_traces(place, alike),
            )
        )
    old = [part for part in _parts(place) if part.stale]
    if old:
        names = sorted({part.criterion for part in old})
        facts = _traces(place, [fact for part in old for fact in part.stale])
        count = f"{len(facts)} fact{'s' if len(facts) > 1 else ''}"
        said = list(dict.fromkeys(words for part in old for words in _old_words(part)))
        named = listed(said)
        if len(said) > _MOST_OLD + 1:
            named = f"{', '.join(said[:_MOST_OLD])} and {len(said) - _MOST_OLD} more"
        text = f"Old: {count} behind {listed(names)} ({named})"
        found.append(Reason(kind="stale", criterion=names[0], text=text, facts=facts))
    return found


def _old_words(part: PartValue) -> list[str]:
    """Return what a part's old facts say."""
    found = [
        _phrase(item.key, item.observation.value, item.observation)
        for item in part.evidence
        if item.observation.stale and item.observation.value is not None
    ]
    if part.stale_facts:
        found.append(
            {"rating": "users' ratings", "reply-days": "its time to answer"}[
                part.part.measure or ""
            ]
        )
    return found


def _date(source: Source) -> str:
    return source.as_of or source.seen


_Sentence = tuple[str, tuple[Trace, ...]]
# A sentence, what stands behind the rival's name (", which has a phone line"), and the facts.
_Praise = tuple[str, str, tuple[Trace, ...]]


def _praise(
    place: Place, part: PartValue, rival: Place | None, other: PartValue | None
) -> _Praise | None:
    """Return what a part says in favour of a place, or None when nothing known does.

    `other` is the rival's part. What the rival is known to have as well is not said.
    """
    if part.part.measure:
        return _figure_praise(place, part, rival, other)
    theirs = {item.key: item.observation for item in other.evidence} if other else {}
    items = [
        (item, option)
        for item, option in _holding(part)
        # A page that somebody noted down is no merit over one that nobody has looked for yet.
        if not item.key.startswith("links:")
        and (item.key not in theirs or theirs[item.key].value is not option.is_)
    ]
    if not items or (part.part.best_of and items[0][1].value < LEAST_PRAISED):
        return None
    if other is None and part.part.needs in ("usages", "platform"):
        # Whoever does not do it is left out: no merit where there is nobody to compare with.
        return None
    phrases = [
        _ADVANTAGES.get(item.key) or _phrase(item.key, option.is_, item.observation)
        for item, option in items
    ]
    facts = _traces(place, [(item.observation.fact, item.observation.source) for item, _ in items])
    return _sentence(phrases), _instead(items, other), facts


def _instead(items: Sequence[tuple[Evidence, Option]], other: PartValue | None) -> str:
    """Return what is known of the rival where a place has these facts."""
    if other is None:
        return ""
    if other.part.best_of and (held := _holding(other)):
        item, option = held[0]
        return f", which {_phrase(item.key, option.is_, item.observation)}"
    theirs = {item.key: item.observation for item in other.evidence}
    denied = [
        _phrase(item.key, not option.is_, theirs[item.key])
        for item, option in items
        if item.key in theirs and theirs[item.key].value is (not option.is_)
    ]
    return f", which {joined(denied)}" if denied else ", of which that is not known"


def _figure_praise(
    place: Place, part: PartValue, rival: Place | None, other: PartValue | None
) -> _Praise | None:
    # A better record than another's is still nothing to praise.
    if part.value.estimate < LEAST_FIGURE or part.part.measure == "incident-weight":
        return None
    theirs = other.figure if other else None
    if part.part.measure == "cost-percent":
        # A bill with something unknown in it is no reason to call a wallet cheap.
        found = _cost_sentence(place, part) if place.bill.complete else None
        instead = ""
        if rival and theirs:
            sure = rival.bill.complete and _plainly_exact(rival.bill)
            instead = f" at {'' if sure else 'about '}{_share(theirs.estimate)} %"
    else:
        found = _figure_sentence(place, part)
        instead = ", of which that is not known" if other else ""
        if other and other.facts and theirs and part.part.measure == "rating":
            instead = f", which they rate {figure(_tenth(theirs.estimate))}"
        elif other and other.facts:
            fact = other.facts[0][0]
            assert isinstance(fact, Reply)
            instead = f", which answers within {_days(fact)}"
    return (found[0], instead, found[1]) if found else None


def _blame(place: Place, part: PartValue) -> _Sentence | None:
    """Return what a part says against a place, or None when nothing known does."""
    if part.part.measure == "cost-percent":
        return _cost_sentence(place, part)
    if part.part.measure:
        return _figure_sentence(place, part) if part.facts else None
    missing = [
        (item.key, not option.is_, item.observation)
        for item, option in _options(part)
        if item.observation.value is (not option.is_)
    ]
    exclusive = all(key.startswith(("closing:", "closing-way:")) for key, *_ in missing)
    if missing and exclusive:
        closing = place.candidate.market.closing
        word = closing.difficulty if closing and closing.difficulty else ""
        if not word or not closing:
            return None
        return _sentence([claim_phrase(f"closing:{word}", True)]), _traces(
            place, [(closing, place.candidate.source_of(closing))]
        )
    if part.part.best_of and not missing:
        # The best option that holds is not a good one; that is known.
        return _held(place, _holding(part))
    return _joined(place, missing) if missing else None


def _options(part: PartValue) -> list[tuple[Evidence, Option]]:
    """Return what is known of each option; what the person named is an option that holds."""
    options = part.part.best_of or part.part.all_of
    if not options:
        options = tuple(Option(fact=item.key, value=Decimal(1)) for item in part.evidence)
    return list(zip(part.evidence, options, strict=True))


def _holding(part: PartValue) -> list[tuple[Evidence, Option]]:
    """Return the options that hold; where only the best counts, that one, the first of equals."""
    holding = [
        (item, option)
        for item, option in _options(part)
        if item.observation.value is option.is_ and option.value > 0
    ]
    if part.part.best_of:
        return sorted(holding, key=lambda each: -each[1].value)[:1]
    return holding


def _held(place: Place, holding: list[tuple[Evidence, Option]]) -> _Sentence | None:
    items = [(item.key, option.is_, item.observation) for item, option in holding]
    return _joined(place, items) if items else None


def _joined(place: Place, items: list[tuple[str, bool, Observation]]) -> _Sentence:
    phrases = [_phrase(key, holds, seen) for key, holds, seen in items]
    facts = _traces(place, [(seen.fact, seen.source) for _, _, seen in items])
    return _sentence(phrases), facts


def _phrase(key: str, holds: bool, seen: Observation) -> str:
    fact = seen.fact
    if key == "licence" and isinstance(fact, Licence) and fact.authority and holds:
        return f"is supervised by {fact.authority}"
    if key == "escalation" and isinstance(fact, Escalation | Authority) and holds:
        return f"has complaints heard by {fact.body}"
    return claim_phrase(key, holds)


def _sentence(phrases: list[str]) -> str:
    text = joined(phrases)
    return text[:1].upper() + text[1:]


def _cost_sentence(place: Place, part: PartValue) -> _Sentence | None:
    found = place.bill
    if not found.moved or part.figure is None:
        return None
    total = money(found.yearly.estimate, found.currency)
    if not _plainly_exact(found):
        low, high = (rounded(at, found.currency) for at in (found.yearly.low, found.yearly.high))
        total = f"about {total} ({low:,f} to {high:,f})"
    if not found.complete:
        total += " with what is not known,"
    old = ", by old prices" if any(line.stale for line in found.lines) else ""
    share = _share(part.figure.estimate)
    text = f"Your use would cost {total} in the first year{old}, {share} % of the money moved"
    if found.yearly == NOTHING and found.complete:
        text = f"Your use would cost nothing{old}"
    return text, _line_traces(place, found.lines)


def _plainly_exact(bill: Bill) -> bool:
    """Whether both ends of a bill look the same when shown."""
    return rounded(bill.yearly.low, bill.currency) == rounded(bill.yearly.high, bill.currency)


def _share(percent: Decimal) -> str:
    return figure(_tenth(percent)) if percent else "0"


def known_part(bill: Bill) -> Range:
    """Return the yearly total of the lines that are known."""
    return sum((line.yearly for line in bill.lines if line.known), NOTHING)


def _figure_sentence(place: Place, part: PartValue) -> _Sentence | None:
    if not part.facts or part.figure is None:
        return None
    facts = _traces(place, list(part.facts))
    if part.part.measure == "rating":
        return f"Users rate it {figure(_tenth(part.figure.estimate))} of 5", facts
    if part.part.measure == "reply-days":
        reply = part.facts[0][0]
        assert isinstance(reply, Reply)
        return f"Answers a complaint within {_days(reply)}", facts
    incidents = place.candidate.market.incidents
    newest = max(incidents, key=lambda item: item.date)
    count = f"{len(incidents)} incident{'s' if len(incidents) > 1 else ''} on record"
    return f"{count[0].upper()}{count[1:]}, the newest of {newest.date}: {newest.what}", facts


def _days(reply: Reply) -> str:
    return f"{reply.days} {'working ' if reply.working else ''}day{'s' if reply.days != 1 else ''}"


def part_words(place: Place, part: PartValue) -> str:
    """Return in short what a part rests on: what is known, and how much is not."""
    if part.part.measure == "cost-percent":
        assert part.figure is not None
        found = _cost_sentence(place, part)
        unknown = sum(not line.known for line in place.bill.lines)
        words = f"{_share(part.figure.estimate)} % of the money moved" if found else "nothing"
        return words + (
            f"; {unknown} of {len(place.bill.lines)} charges unknown" if unknown else ""
        )
    if part.part.measure:
        said = _figure_sentence(place, part)
        return said[0][:1].lower() + said[0][1:] if said else "not known"
    known = [
        _phrase(item.key, item.observation.value, item.observation)
        for item in part.evidence
        if item.observation.value is not None
    ]
    if part.part.best_of and (held := _holding(part)):
        item, option = held[0]
        known = [_phrase(item.key, option.is_, item.observation)]
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


def part_traces(place: Place, part: PartValue) -> tuple[Trace, ...]:
    """Return every fact that a part rests on."""
    seen = [(item.observation.fact, item.observation.source) for item in part.evidence]
    lines = _line_traces(place, part.lines)
    return tuple(dict.fromkeys((*lines, *_traces(place, [*part.facts, *seen]))))


def _line_traces(place: Place, lines: Sequence[Line]) -> tuple[Trace, ...]:
    rules = [rule for line in lines for rule in line.rules]
    return _traces(place, [(rule, place.candidate.source_of(rule)) for rule in rules])


def _traces(
    place: Place,
    facts: Sequence[tuple[Fact | FeeRule | Limit | None, Source | None]],
) -> tuple[Trace, ...]:
    found = []
    for fact, source in facts:
        if fact is None or source is None:
            continue
        file = "escalation.yaml" if isinstance(fact, Authority) else place.wallet.file
        trace = Trace(path_in_catalog(file, fact.path), source)
        if trace not in found:
            found.append(trace)
    return tuple(found)


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
    if not ranking.left_out and not ranking.thin:
        known = sorted({code for wallet in catalog.wallets for code in wallet.markets})
        return f"the catalog has no wallet{where}; it covers {', '.join(known)}"
    if not ranking.left_out:
        return f"too little is known of every wallet{where} to rank it for these needs"
    if ranking.thin:
        return f"no wallet{where} is known to fit these needs; of some too little is known"
    return f"no wallet{where} fits these needs"


__all__ = [
    "Lead",
    "Reason",
    "Trace",
    "average_count",
    "known_part",
    "leads",
    "line_words",
    "nothing_ranked",
    "part_traces",
    "part_words",
    "path_in_catalog",
    "reasons",
    "rival_of",
    "rule_words",
    "unknown_line",
]
