"""What is not known of a place, or rests on what is old, as reasons. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from walletpick.bill.line import Line
from walletpick.bill.lines import average_of
from walletpick.bill.observe import Candidate, by_foreign_card, done_by_foreign_card
from walletpick.bill.rules import still_asked
from walletpick.facts.model import Averages, Needs, Quoted
from walletpick.facts.vocabulary import CASH_POINTS
from walletpick.person.needs import is_minor
from walletpick.score.ranking import Place
from walletpick.score.reason import (
    AmongUsers,
    CardsOwnFee,
    HangsOn,
    IfAnswered,
    MayExceed,
    NeedsLevel,
    OldFacts,
    OldPrice,
    Reason,
    Unconfirmed,
    UnderAge,
    UnknownCharge,
)
from walletpick.score.traces import line_traces, traces_of


def unsure_reasons(place: Place, averages: Averages | None, needs: Needs) -> tuple[Reason, ...]:
    """Return what is not known of a place, or only in some case, and then what is old.

    `averages` tell what an unknown fee is taken for.
    """
    return (
        *_unknowns(place, averages, needs),
        *_hangs_on(place, needs),
        *_cards_own_fee(place, needs),
        *_among_users(place),
        *_needed_levels(place),
        *_may_exceed(place),
        *under_age(place.candidate, needs),
        *_old_prices(place),
        *_old_facts(place),
    )


def _unknowns(place: Place, averages: Averages | None, needs: Needs) -> Iterator[Reason]:
    for cause in place.unconfirmed:
        facts = traces_of(place, [(cause.fact, cause.source)])
        yield Unconfirmed(kind="unknown", criterion="coverage", facts=facts, cause=cause)
    for line in place.bill.lines:
        cards = by_foreign_card(place.candidate, line.operation, line.country, needs)
        if not line.known and not cards:
            yield UnknownCharge(
                kind="unknown",
                criterion="cost",
                facts=line_traces(place, [line]),
                line=line,
                # A share of the fee is taken for no more than that.
                average=average_of(line, averages)
                if averages and not (line.rules and line.rules[0].of)
                else None,
            )
    for line in place.bill.lines:
        for rule in line.rules if line.asks and not line.yearly.exact else ():
            if asks := still_asked(rule, line.asks):
                traces = traces_of(place, [(rule, place.candidate.source_of(rule))])
                yield IfAnswered(
                    kind="unknown",
                    criterion="cost",
                    facts=traces,
                    line=line,
                    rule=rule,
                    asks=asks,
                )


def _hangs_on(place: Place, needs: Needs) -> Iterator[HangsOn]:
    """Yield the lines with a price that is another at other banks, or under a condition in words.

    A cash machine of one bank is open to all, whichever is the person's. Who named their bank need
    not name it again, and does not care for what others take.
    """
    for line in place.bill.lines:
        others = [
            rule
            for rule in line.rules[1:]
            if rule not in line.added
            and not rule.given
            and not isinstance(rule, Quoted)
            and not (rule.provider and needs.bank)
        ]
        if not others or line.yearly.exact or not line.known:
            continue
        own = () if line.method in CASH_POINTS else (rule.provider for rule in others)
        yield HangsOn(
            kind="unknown",
            criterion="cost",
            facts=line_traces(place, [line]),
            line=line,
            others=tuple(others),
            banks=tuple(dict.fromkeys(bank for each in own for bank in each)),
        )


def _cards_own_fee(place: Place, needs: Needs) -> Iterator[CardsOwnFee]:
    if cards := done_by_foreign_card(place.candidate, needs):
        with_cash = "cash-out" in cards
        yield CardsOwnFee(kind="unknown", criterion="cost", facts=(), with_cash=with_cash)


def _among_users(place: Place) -> Iterator[AmongUsers]:
    """Yield the lines priced among the wallet's own users alone; the first of each operation."""
    lines = [line for line in place.bill.lines if line.among_users]
    for operation in dict.fromkeys(line.operation for line in lines):
        alike = [line for line in lines if line.operation == operation]
        yield AmongUsers(
            kind="unknown",
            criterion="cost",
            facts=line_traces(place, alike),
            line=alike[0],
            wallet=place.wallet,
        )


def _needed_levels(place: Place) -> Iterator[NeedsLevel]:
    """Yield the account levels that what the person does needs, each once."""
    first = {each.level: each for each in reversed(place.bill.levels)}
    for needed in reversed(first.values()):
        limit = needed.below
        yield NeedsLevel(
            kind="unknown",
            criterion="coverage",
            facts=traces_of(place, [(limit, place.candidate.source_of(limit))]),
            needed=needed,
        )


def under_age(candidate: Candidate, needs: Needs) -> Iterator[UnderAge]:
    """Yield what the catalog says of people under age, to one of them."""
    if not is_minor(needs):
        return
    onboarding = candidate.market.onboarding
    lowest, bank = onboarding.min_age, onboarding.local_bank_account
    facts = [lowest if lowest and lowest.note else None, bank if bank and bank.has else None]
    named = [fact for fact in facts if fact]
    if named:
        yield UnderAge(
            kind="unknown",
            criterion="ease",
            facts=traces_of(candidate, [(fact, candidate.source_of(fact)) for fact in named]),
            lowest=lowest if lowest in named else None,
            needs_bank=bank in named,
        )


def _may_exceed(place: Place) -> Iterator[MayExceed]:
    """Yield the limits that what the person does may be beyond."""
    for near in place.bill.doubtful:
        source = place.candidate.source_of(near.limit)
        yield MayExceed(
            kind="unknown",
            criterion="coverage",
            facts=traces_of(place, [(near.limit, source)]),
            near=near,
        )


def _old_prices(place: Place) -> Iterator[OldPrice]:
    """Yield the lines that rest on old prices; those for the same thing together."""
    alike: dict[tuple[object, ...], list[Line]] = {}
    for line in place.bill.lines:
        if line.stale:
            planned = any(rule.plan for rule in line.rules)
            key = (line.kind, line.operation, line.method, line.country, planned)
            alike.setdefault(key, []).append(line)
    for lines in alike.values():
        sources = [place.candidate.source_of(rule) for line in lines for rule in line.rules]
        yield OldPrice(
            kind="stale",
            criterion="cost",
            facts=line_traces(place, lines),
            line=lines[0],
            when=min(source.as_of or source.seen for source in sources),
        )


def _old_facts(place: Place) -> Iterator[OldFacts]:
    old = tuple(part for part in place.parts if part.stale)
    if old:
        criteria = tuple(sorted({part.criterion for part in old}))
        facts = traces_of(place, [fact for part in old for fact in part.stale])
        yield OldFacts(
            kind="stale", criterion=criteria[0], facts=facts, criteria=criteria, parts=old
        )
