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

from walletpick.criteria import Evidence, PartValue
from walletpick.fees import Bill, Line
from walletpick.model import (
    Authority,
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
from walletpick.money import HUNDRED, NOTHING, ZERO, Range
from walletpick.observations import Observation
from walletpick.phrases import (
    claim_phrase,
    figure,
    money,
    operation_phrase,
    rule_words,
)
from walletpick.places import country_name, in_country
from walletpick.ranking import Place, Ranking
from walletpick.vocabulary import EVENTS, METHODS

Kind = Literal["for", "against", "unknown", "stale"]

# Differences smaller than this many points are not worth a sentence.
WORTH_SAYING = Decimal("0.5")
MOST_FOR = 3
# What earns less than this of a part's points is no praise: "is hard to close", a price of 9 %.
LEAST_PRAISED = Decimal("0.3")


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


def reasons(ranking: Ranking, index: int) -> tuple[Reason, ...]:
    """Return what speaks for and against a place, what is not known and what is stale.

    For: the parts that most lift it over the next place (for the last place: that give it most).
    Against: the part that most holds it back, from the next place's or from full points.
    """
    place = ranking.places[index]
    weights = ranking.needs.weights
    rival = ranking.places[index + 1] if index + 1 < len(ranking.places) else None
    fors, said = _fors(place, rival, weights)
    return (
        *fors,
        *_against(place, weights, said),
        *own_experience(place),
        *_unknowns(place),
        *_stale(place),
    )


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
    text = f"Your own diary: {many}, {_listed(said)}; the last of {entries[-1].date} ({worth})"
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


def _points(value: PartValue, weight: Decimal) -> Range:
    return value.value.times(value.share * weight * HUNDRED)


def _parts(place: Place) -> list[PartValue]:
    return [part for value in place.values.values() for part in value.parts]


def _fors(
    place: Place, rival: Place | None, weights: dict[str, Decimal]
) -> tuple[list[Reason], set[tuple[str, str]]]:
    """Return the reasons, and the parts that they are about."""
    base = {}
    if rival:
        base = {
            (part.criterion, part.part.id): _points(part, weights[part.criterion]).estimate
            for part in _parts(rival)
        }
    gains = []
    for part in _parts(place):
        points = _points(part, weights[part.criterion]).estimate
        gain = points - base.get((part.criterion, part.part.id), ZERO)
        sentence = _praise(place, part)
        if gain >= WORTH_SAYING and sentence:
            gains.append((gain, part, sentence))
    gains.sort(key=lambda item: (-item[0], item[1].criterion, item[1].part.id))
    found: list[Reason] = []
    said = set()
    told = set()
    for gain, part, (text, facts) in gains:
        # The same fact can lift two parts; to say it once is enough.
        if len(found) == MOST_FOR or text in told:
            continue
        told.add(text)
        said.add((part.criterion, part.part.id))
        over = f" than {rival.wallet.name}" if rival else ""
        more = f"{_points_words(gain)}{' more' if rival else ''}{over}"
        found.append(
            Reason(
                kind="for",
                criterion=part.criterion,
                text=f"{text} ({more})",
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
        full = part.share * weights[part.criterion] * HUNDRED
        loss = full - _points(part, weights[part.criterion]).high
        sentence = _blame(place, part)
        if loss >= WORTH_SAYING and sentence:
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


def _unknowns(place: Place) -> Sequence[Reason]:
    found = []
    for cause in place.unconfirmed:
        facts = _traces(place, [(cause.fact, cause.source)])
        text = f"Not confirmed: {cause.text}"
        found.append(Reason(kind="unknown", criterion="coverage", text=text, facts=facts))
    for line in place.bill.lines:
        if not line.known:
            found.append(
                Reason(
                    kind="unknown",
                    criterion="cost",
                    text=unknown_line(line, place.bill),
                    facts=_line_traces(place, [line]),
                )
            )
    return found


def unknown_line(line: Line, bill: Bill) -> str:
    """Return in words what is not known of a line and what it is taken for."""
    what = line_words(line)
    taken = money(line.yearly.estimate, bill.currency)
    high = money(line.yearly.high, bill.currency)
    if not line.yearly.estimate:
        return f"Not known: {what}; others mostly charge nothing, at most {high} a year"
    return f"Not known: {what}; taken for {taken} a year, up to {high}"


def line_words(line: Line) -> str:
    """Return what a line charges for: "the fee to send money to people abroad (Mexico)"."""
    plain = operation_phrase(line.operation)
    if line.kind == "subscription":
        return "the regular charge of the plan"
    if line.kind == "once":
        return f"the charge to {plain}" if plain.startswith("get") else plain
    what = {"fee": "the fee", "conversion": "the currency conversion", "tax": "the tax"}[line.kind]
    where = f" ({country_name(line.country)})" if line.country else ""
    how = f" {METHODS[line.method]}" if line.method else ""
    joint = "to" if line.kind == "fee" else "when you"
    return f"{what} {joint} {plain}{where}{how}"


def _stale(place: Place) -> Sequence[Reason]:
    found = []
    for line in place.bill.lines:
        if line.stale:
            dates = [_date(place.candidate.source_of(rule)) for rule in line.rules]
            found.append(
                Reason(
                    kind="stale",
                    criterion="cost",
                    text=f"Old figure: {line_words(line)} is of {min(dates)}",
                    facts=_line_traces(place, [line]),
                )
            )
    old = [part for part in _parts(place) if part.stale]
    if old:
        names = sorted({part.criterion for part in old})
        facts = _traces(place, [fact for part in old for fact in part.stale])
        count = f"{len(facts)} fact{'s' if len(facts) > 1 else ''}"
        text = f"Old: {count} behind {_listed(names)}"
        found.append(Reason(kind="stale", criterion=names[0], text=text, facts=facts))
    return found


def _date(source: Source) -> str:
    return source.as_of or source.seen


_Sentence = tuple[str, tuple[Trace, ...]]


def _praise(place: Place, part: PartValue) -> _Sentence | None:
    """Return what a part says in favour of a place, or None when nothing known does."""
    if part.part.measure and part.value.estimate < LEAST_PRAISED:
        return None
    if part.part.measure == "cost-percent":
        # A bill with something unknown in it is no reason to call a wallet cheap.
        return _cost_sentence(place, part) if place.bill.complete else None
    if part.part.measure == "incident-weight":
        # A better record than another's is still nothing to praise.
        return None
    if part.part.measure:
        return _figure_sentence(place, part)
    holding = _holding(part)
    if part.part.best_of and holding and holding[0][1].value < LEAST_PRAISED:
        return None
    return _held(place, holding)


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
        return f"has {fact.body} to hear complaints"
    return claim_phrase(key, holds)


def _sentence(phrases: list[str]) -> str:
    text = _listed(phrases)
    return text[:1].upper() + text[1:]


def _listed(items: Sequence[str]) -> str:
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} and {items[-1]}"


def _cost_sentence(place: Place, part: PartValue) -> _Sentence | None:
    found = place.bill
    if not found.moved or part.figure is None:
        return None
    share = figure(_tenth(part.figure.estimate)) if part.figure.estimate else "0"
    total = money(found.yearly.estimate, found.currency)
    if not found.complete:
        total = f"about {total} with what is not known,"
    text = f"Your use would cost {total} in the first year, {share} % of the money moved"
    if found.yearly == NOTHING and found.complete:
        text = "Your use would cost nothing"
    return text, _line_traces(place, found.lines)


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
        days = f"{reply.days} {'working ' if reply.working else ''}days"
        return f"Answers a complaint within {days}", facts
    incidents = place.candidate.market.incidents
    newest = max(incidents, key=lambda item: item.date)
    count = f"{len(incidents)} incident{'s' if len(incidents) > 1 else ''} on record"
    return f"{count[0].upper()}{count[1:]}, the newest of {newest.date}: {newest.what}", facts


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
    "known_part",
    "leads",
    "line_words",
    "nothing_ranked",
    "path_in_catalog",
    "reasons",
    "rule_words",
    "unknown_line",
]
