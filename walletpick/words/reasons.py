"""Reasons for and against a place in plain sentences, and what its parts rest on. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from walletpick.bill.bill import Bill
from walletpick.bill.line import Line
from walletpick.bill.observe import Candidate
from walletpick.facts.model import (
    Catalog,
    Claim,
    Escalation,
    Fact,
    FeeRule,
    Incident,
    Licence,
    Market,
    Right,
)
from walletpick.facts.money import NOTHING
from walletpick.facts.names import wallet_name
from walletpick.facts.places import in_country
from walletpick.facts.vocabulary import EVENTS, INCIDENTS, RIGHTS, full_word, short_word
from walletpick.language import (
    ENGLISH,
    N_,
    _,
    catalog_text,
    headed,
    language,
    ngettext,
    one_text,
    percent_words,
    pgettext,
    with_brackets,
)
from walletpick.score import reason as kinds
from walletpick.score.causes import BeyondLimit, Cause, Lacks, NotShownThere
from walletpick.score.criteria import PartValue
from walletpick.score.ranking import Place, Ranking
from walletpick.score.reason import Reason
from walletpick.score.reasons import holding, measured
from walletpick.score.statements import (
    Answers,
    Costs,
    Facts,
    NotKnown,
    Rated,
    Statement,
    Troubled,
    YesNo,
    sure_saving,
)
from walletpick.words.bills import (
    known_sum,
    returned_words,
    rough_words,
    users_price_words,
    with_unknown,
)
from walletpick.words.causes import by_words, cause_words
from walletpick.words.common import UNKNOWN, first_lower, first_upper, no_wallet
from walletpick.words.criteria import criterion_name
from walletpick.words.facts import any_reply_words, follows_words, from_age_words
from walletpick.words.lines import (
    hangs_on_words,
    if_answered,
    level_words,
    line_words,
    may_exceed_words,
    parted_words,
    price_known_words,
    unknown_line,
)
from walletpick.words.phrases import (
    a_year,
    apart,
    claim_phrase,
    criterion_phrase,
    few_listed,
    figure,
    has_brackets,
    in_a_row,
    in_the_year,
    joined,
    listed,
)
from walletpick.words.prices import amount_words

# Words of a middling fact where it is better than what another has.
_ADVANTAGES = {"closing:medium": N_("can be closed in a few steps")}


def in_words(reasons: Iterable[Reason]) -> dict[str, Reason]:
    """Return reasons by their words, each once: of several that say the same, the first."""
    told: dict[str, Reason] = {}
    for reason in reasons:
        told.setdefault(reason_words(reason), reason)
    return told


def reason_words(reason: Reason) -> str:
    """Return a reason in one sentence, without a full stop."""
    return _SAID[type(reason)](reason)


def _ahead_words(reason: kinds.Ahead) -> str:
    """Return by what a place is ahead, under its own name: "Ahead of Wise by 2.3 points, ..."."""
    words = _ahead_by(reason, _("this one"), "")
    told = reason.known or reason.by_record
    if told or not reason.clearer or reason.alone is None:
        return words
    return _("{words}: it {does}", words=words, does=_phrases(reason.alone, praise=True))


def ahead_sentence(reason: kinds.Ahead, wallet: str) -> str:
    """Return by what a wallet that is named is ahead: "GCash is ahead of Maya by 2.3 points, ...".

    What is known of it alone is not told: that decides nothing between the two.
    """
    return _("{sentence}.", sentence=_ahead_by(reason, wallet, wallet))


def _ahead_by(reason: kinds.Ahead, this: str, subject: str) -> str:
    if reason.priced:
        words = N_("{subject} is ahead of {wallet} by {points}")
        words = words if subject else N_("Ahead of {wallet} by {points}")
    else:
        words = N_("Price aside, {subject} is ahead of {wallet} by {points}")
        words = words if subject else N_("Price aside, ahead of {wallet} by {points}")
    ahead = _(
        words,
        subject=subject,
        wallet=wallet_name(reason.rival.wallet),
        points=_points_words(reason.points),
    )
    # A better record than another's is named as what it is, for it is nothing to praise.
    names = [
        _("fewer or lesser known incidents") if each == reason.by_record else criterion_phrase(each)
        for each in reason.criteria
    ]
    criteria = listed(names) if language() == ENGLISH else in_a_row(names)
    why, known = apart(map(lead_words, reason.known)), sum(each.points for each in reason.known)
    if reason.known and 2 * known < reason.points:
        words = N_("{words}, most by {criteria}; known of both: {reasons}")
    elif reason.known:
        words = N_("{words}, among other things because {reasons}")
    elif reason.by_record:
        words = N_("{words}, most by {criteria}")
    elif reason.clearer:
        words = N_("{words}, only because more is known of {wallet}")
    else:
        words = N_("{words}, only by estimates: no known fact sets them apart")
    return _(words, words=ahead, criteria=criteria, reasons=why, wallet=this)


def lead_words(merit: kinds.Merit) -> str:
    """Return a difference of which both sides are known: "it opens with a PIN, and Wise ..."."""
    assert merit.rival
    ours, theirs, wallet = merit.statement, merit.instead, wallet_name(merit.rival.wallet)
    if isinstance(ours, Facts) and isinstance(theirs, Facts):
        # What is not known of the other is no difference that is known.
        keys = {item.key for item in theirs.items}
        both = Facts(tuple(item for item in ours.items if item.key in keys))
        does = _phrases(both if both.items else ours, praise=True)
        if lawful := [item.key for item in theirs.items if item.key.startswith("right:")]:
            # What the law asks of all is no trait of the other one.
            rights = [_(RIGHTS[key.partition(":")[2]]) for key in lawful]
            form = N_("it {does}, and of {wallet} it is only known that by law {rights}")
            return _(form, does=does, wallet=wallet, rights=listed(rights))
        form = N_("it {does}, while {wallet} {does_not}")
        return _(form, does=does, wallet=wallet, does_not=_phrases(theirs))
    if isinstance(ours, Rated) and isinstance(theirs, Rated):
        one, other = (figure(_tenth(each.value)) for each in (ours, theirs))
        return _(
            "users rate it {one} of 5 and {wallet} {other}", one=one, wallet=wallet, other=other
        )
    if isinstance(ours, Answers) and isinstance(theirs, Answers):
        one, other = (any_reply_words(each.reply) for each in (ours, theirs))
        form = N_("it answers a complaint within {one} and {wallet} within {other}")
        return _(form, one=one, wallet=wallet, other=other)
    if isinstance(ours, Costs) and isinstance(theirs, Costs):
        # Where either may cost less, the ends are told.
        less = sure_saving(ours.bill, theirs.bill)
        ends = less is None or less <= 0
        one, other = timed_sum(ours.bill, ends=ends), known_sum(theirs.bill, ends=ends)
        return _("it costs {one} and {wallet} {other}", one=one, wallet=wallet, other=other)
    if isinstance(ours, Facts):
        does = _phrases(ours, praise=True)
        return _("it {does}, and no page on record says so of {wallet}", does=does, wallet=wallet)
    return first_lower(stated_words(ours, praise=True))


def timed_sum(bill: Bill, *, ends: bool) -> str:
    """Return what a bill comes to and in what time: "96.00 USD a year"; a guess is called one."""
    time = a_year(bill.period)
    if bill.complete:
        return _("{amount} {time}", amount=known_sum(bill, ends=ends), time=time)
    guess = rough_words(bill.yearly, ends=ends)
    return _("{amount} {time} by a guess", amount=guess, time=time)


def cards_own_fee_words(with_cash: bool) -> str:
    """Return what a wallet that only passes a card on cannot say of the card.

    `with_cash`: the card draws cash too.
    """
    if with_cash:
        return _(
            "Cash comes from the card itself: its bank may charge for that and for foreign money"
            " (often 0 to 3 %), the machine too"
        )
    return _("Your card's own fee for foreign money comes on top (often 0 to 3 %): ask its bank")


def _asked_here_words(reason: kinds.AskedHere) -> str:
    """Return what is asked for and confirmed of one alone of the places shown."""
    does = first_upper(joined(claim_phrase(key, True) for key in reason.keys))
    return _("{does}: the only one of these {count} known to", does=does, count=reason.among)


def _wished_here_words(reason: kinds.WishedHere) -> str:
    """Return what was wished for and of the places shown one alone is known to have."""
    has = stated_words(reason.statement, praise=True)
    return _(
        "{has}, as you wish: the only one of these {count} known to", has=has, count=reason.among
    )


def _gain_words(merit: kinds.Merit) -> str:
    """Return what a merit is worth: "2.5 points more than Wise, which has no phone line"."""
    worth = _points_words(merit.points)
    if merit.rival is None:
        return worth
    wallet, instead = wallet_name(merit.rival.wallet), merit.instead
    form, told = N_("{points} more than {wallet}"), {}
    match instead:
        case NotKnown():
            form = N_("{points} more than {wallet}, of which that is not known")
        case Facts():
            form = N_("{points} more than {wallet}, which {does}")
            told = {"does": _phrases(instead)}
        case Costs():
            form = N_("{points} more than {wallet} at about {percent}")
            if instead.bill.complete and instead.exact:
                form = N_("{points} more than {wallet} at {percent}")
            told = {"percent": percent_words(figure(_tenth(instead.percent)))}
        case Rated():
            form = N_("{points} more than {wallet}, which they rate {rating}")
            told = {"rating": figure(_tenth(instead.value))}
        case Answers():
            form = N_("{points} more than {wallet}, which answers within {time}")
            told = {"time": any_reply_words(instead.reply)}
    words = _(form, points=worth, wallet=wallet, **told)
    return with_unknown(words, instead.bill) if isinstance(instead, Costs) else words


def stated_words(statement: Statement, praise: bool = False, *, brief: bool = False) -> str:
    """Return what is stated of a market, as the beginning of a sentence.

    In `brief`, the cost is told by its share of the money alone, and what went wrong in a word.
    """
    match statement:
        case Facts():
            text = _phrases(statement, praise)
            return text[:1].upper() + text[1:]
        case Costs():
            return _cost_words(statement, brief)
        case Rated():
            return _("Users rate it {rating} of 5", rating=figure(_tenth(statement.value)))
        case Answers():
            return _("Answers a complaint within {time}", time=any_reply_words(statement.reply))
        case Troubled() if brief:
            return incidents_words(statement.incidents)
        case Troubled():
            newest = max(statement.incidents, key=lambda item: item.date)
            return ngettext(
                "{count} incident on record, the newest of {day}: {what}",
                "{count} incidents on record, the newest of {day}: {what}",
                len(statement.incidents),
                day=newest.date,
                what=_main_clause(catalog_text(newest.what)),
            )


def against_words(named: Iterable[tuple[str, Candidate]]) -> Iterator[str]:
    """Yield in a sentence for each market, with its name, what went wrong there, if anything.

    Before that, what came before, where it runs again since a day.
    """
    for name, candidate in named:
        status = candidate.market.status
        if status and status.state == "active" and status.since and status.note:
            note = catalog_text(status.note)
            yield _(
                "{wallet} is open again since {day}: {note}.",
                wallet=name,
                day=status.since,
                note=note,
            )
        if incidents := candidate.market.incidents:
            what = incidents_words(incidents)
            yield _("Against {wallet}: {what}.", wallet=name, what=what)


def incidents_words(incidents: Sequence[Incident]) -> str:
    """Return how often something went wrong, and in a word what the last time."""
    newest = max(incidents, key=lambda each: each.date)
    return ngettext(
        "{count} incident on record, newest {day}: {what}",
        "{count} incidents on record, newest {day}: {what}",
        len(incidents),
        day=newest.date,
        what=_(INCIDENTS[newest.kind]),
    )


def _main_clause(words: str) -> str:
    """Return what happened without what follows a semicolon: `show` has all of it."""
    clause = re.split("[;；]", words)[0].rstrip()
    brackets = (clause.count(each) for each in "()（）")
    return clause if sum(brackets) % 2 == 0 else words


def _phrases(facts: Facts, praise: bool = False) -> str:
    """Return facts to follow a name: "logs in with a passkey and opens with a PIN"."""
    advantages = _ADVANTAGES if praise else {}
    if len(facts.items) == 1 and (how_many := _how_few(facts.items[0])):
        return how_many
    return joined(
        _(advantages[item.key])
        if item.key in advantages
        else _phrase(item.key, item.holds, item.fact)
        for item in facts.items
    )


def _how_few(item: YesNo) -> str:
    """Return that few use a wallet, with how many do: millions may; "" for another fact."""
    fact, words = item.fact, _phrase(item.key, item.holds, item.fact)
    few = item.key == "features:widely-used" and not item.holds
    return headed(words, catalog_text(fact.note)) if few and fact and fact.note else ""


def _phrase(key: str, holds: bool, fact: Fact | FeeRule | None) -> str:
    if key == "licence" and isinstance(fact, Licence) and fact.authority and holds:
        return _("is supervised by {authority}", authority=catalog_text(fact.authority))
    if key == "escalation" and isinstance(fact, Escalation | Right) and holds and fact.body:
        return _("has complaints heard by {body}", body=catalog_text(fact.body))
    return claim_phrase(key, holds)


def _cost_words(costs: Costs, brief: bool) -> str:
    bill = costs.bill
    old = _(", by prices that may have changed") if any(line.stale for line in bill.lines) else ""
    if bill.charged == NOTHING and bill.in_full:
        return _("Your use would cost nothing") + returned_words(bill) + old
    when = in_the_year(bill.period)
    if not bill.in_full:
        # The same figure as in the table; what is guessed stands where each line does.
        known = known_sum(bill)
        if known == UNKNOWN:
            return _("What your use would cost {when} is not known", when=when)
        return _("Your use would cost {amount} {when}", amount=known, when=when) + old
    words = _("Your use would cost {amount} {when}", amount=amount_words(bill.yearly), when=when)
    shown = bill.yearly.rounded
    if not (costs.percent and shown.estimate):
        return words + old
    share = percent_words(figure(_tenth(costs.percent)))
    share = share if shown.exact else _("about {amount}", amount=share)
    if brief:
        year = bill.yearly.percent_of(bill.moved)
        if year.high > 2 * year.low:
            share = percent_words(figure(_tenth(year.low)), figure(_tenth(year.high)))
        return _("Takes {percent} of the money moved", percent=share) + old
    return words + old + _(", {percent} of the money moved", percent=share)


def _diary_words(reason: kinds.DiaryReason) -> str:
    entries, points = reason.entries, reason.points
    counts = Counter(entry.event for entry in entries)
    events = []
    for event, count in counts.most_common():
        words = _(EVENTS[event].text)
        if count > 1:
            words = _("{words} ({count} times)", words=words, count=count)
        events.append(words)
    worth = _("under 0.1 points")
    if _tenth(points):
        worth = _("{points} points", points=f"{_tenth(points):+f}")
    return ngettext(
        "Your own diary: {count} entry, {events}; the last of {day} ({points})",
        "Your own diary: {count} entries, {events}; the last of {day} ({points})",
        len(entries),
        events=listed(events),
        day=entries[-1].date,
        points=worth,
    )


def open_words(kind: str, wallet: str, lines: Sequence[Line]) -> str:
    """Return what is not known of a change from or to a wallet (see `leaving.OpenQuestion`).

    More than one charge are counted, not named.
    """
    if kind == "undoable":
        return _("what it would cost to do elsewhere what {wallet} cannot do", wallet=wallet)
    if kind == "usage":
        return _("what you do with {wallet}", wallet=wallet)
    if kind == "way-out":
        return _("what it costs to move the balance out of {wallet}", wallet=wallet)
    if len(lines) == 1:
        return with_brackets(line_words(lines[0]), wallet)
    return _("{count} of the charges of {wallet}", count=len(lines), wallet=wallet)


def _old_facts_words(reason: kinds.OldFacts) -> str:
    old = list(dict.fromkeys(words for part in reason.parts for words in _old_words(part)))
    # What holds in some cases only says nothing of this one, though it is old.
    words = ngettext(
        "Old: {count} fact behind {criteria}",
        "Old: {count} facts behind {criteria}",
        len(reason.facts),
        criteria=listed([criterion_name(name) for name in reason.criteria]),
    )
    if not old:
        return words
    more = few_listed(old)
    if has_brackets(more):
        return _("{words}, namely {more}", words=words, more=more)
    return with_brackets(words, more)


def _old_words(part: PartValue) -> list[str]:
    """Return what a part's old facts say."""
    words = [
        _phrase(item.key, item.observation.value, item.observation.fact)
        for item in part.evidence
        if item.observation.stale and item.observation.value is not None
    ]
    if part.stale_facts:
        rating = part.part.measure == "rating"
        words.append(_("users' ratings") if rating else _("its time to answer"))
    return words


def part_words(place: Place, part: PartValue) -> str:
    """Return in short what a part rests on: what is known, and how much is not."""
    statement = measured(place, part) if part.part.measure else None
    if part.part.measure == "cost-percent":
        lines = place.bill.lines
        unknown = sum(not line.known for line in lines)
        words = pgettext("known", "nothing")
        if isinstance(statement, Costs):
            percent = percent_words(figure(_tenth(statement.percent)))
            words = _("{percent} of the money moved", percent=percent)
            if unknown:
                # What is guessed counts as dearer than it is shown elsewhere.
                words = _("counted as {percent} of the money moved", percent=percent)
        if not unknown:
            return words
        missing = _("{count} of {all} charges unknown", count=unknown, all=len(lines))
        return apart([words, missing])
    if part.part.measure:
        words = stated_words(statement) if statement else _("not known")
        return words[:1].lower() + words[1:]
    if not part.evidence:
        reason = part.part.not_for and part.part.not_for.reason
        return catalog_text(reason) if reason else _("you have what it may ask for")
    market = place.candidate.market
    known = [
        _based_phrase(item.key, item.observation.value, item.observation.fact, market)
        for item in part.evidence
        if item.observation.value is not None
    ]
    if part.part.best_of and (held := holding(part)):
        item, option = held[0]
        known = [_based_phrase(item.key, option.is_, item.observation.fact, market)]
    elif part.part.best_of and known and part.evidence[0].key.startswith("closing:"):
        # Of options that rule each other out, one that does not hold says nothing by itself.
        closing = place.candidate.market.closing
        known = [claim_phrase(f"closing:{closing.difficulty}", True)] if closing else known
    unknown = sum(item.observation.value is None for item in part.evidence)
    if not known:
        # A fact there is, but it does not hold for everybody, at all times or on this plan.
        scoped = any(item.observation.fact for item in part.evidence)
        return _("known for some cases only, not for yours") if scoped else _("not known")
    if part.part.best_of or not unknown:
        return joined(known)
    return apart([joined(known), _("{count} not known", count=unknown)])


def _based_phrase(key: str, holds: bool, fact: Fact | FeeRule | None, market: Market) -> str:
    """Return a fact to follow a name, and in brackets what it follows from where not stated."""
    words = _phrase(key, holds, fact)
    follows = follows_words(fact, market) if isinstance(fact, Claim) else ""
    if not follows:
        return words
    if has_brackets(follows):
        return _("{words}, which {follows}", words=words, follows=follows)
    return with_brackets(words, follows)


def _points_words(points: Decimal) -> str:
    """Return "1 point", "2.5 points"."""
    words = figure(_tenth(points))
    return _("1 point") if words == "1" else _("{points} points", points=words)


def _tenth(points: Decimal) -> Decimal:
    return round(points, 1)


def nothing_ranked(ranking: Ranking, catalog: Catalog) -> str:
    """Return one sentence that says why no wallet is ranked."""
    country = ranking.needs.country
    if not ranking.left_out:
        return no_wallet(country, catalog) if country else _("the catalog has no wallet")
    if country:
        return ngettext(
            "the only wallet that the catalog has in {country} does not fit these needs; others"
            " that it does not have may",
            "none of the {count} wallets that the catalog has in {country} fits these needs; others"
            " that it does not have may",
            len(ranking.left_out),
            country=in_country(country),
        )
    return _("no wallet of the catalog fits these needs")


def fails_most_words(ranking: Ranking) -> str:
    """Return what stands against most of those left out, and what to ask for otherwise, or ""."""
    counts = Counter(words for each in ranking.left_out for words in by_words(each.causes))
    if not counts:
        return ""
    # Of those that stand against as many, the first.
    words, count = max(counts.items(), key=lambda item: item[1])
    causes = (by_words(each.causes) for each in ranking.left_out)
    cause = next(each[words] for each in causes if words in each)
    most = ngettext(
        "what stands against it: {cause}.",
        "what stands against most, {number} of {count}: {cause}.",
        len(ranking.left_out),
        number=count,
        cause=words,
    )
    return one_text(filter(None, (most, _next_step(cause, ranking, count))))


def _next_step(cause: Cause, ranking: Ranking, count: int) -> str:
    """Return without which option it would not stand against them, and who is known to have it."""
    needs = ranking.needs
    option, has = "", ""
    match cause:
        case BeyondLimit():
            option = f"--use {cause.impossible.usage.operation}"
        case NotShownThere():
            option = f"--use {cause.operation}"
        case Lacks(wanted=True):
            family, _colon, word = cause.key.partition(":")
            if family == "does":
                option = f"--use {word.partition(':')[0]}"
            elif family == "platform":
                option = f"--platform {word}"
            elif cause.key in map(full_word, needs.must):
                has = short_word(cause.key)
                option = f"--must {has}"
    if cause.strict:
        return _("Leave out --strict, and they stand below those confirmed.")
    if not option:
        return ""
    if isinstance(cause, BeyondLimit):
        return _("Ask for less by {option}, or leave it out.", option=option)
    if not has:
        return _("Leave out {option}, and others may fit.", option=option)
    # Who lacks it here may still not be all there are.
    here = f" --country {needs.country}" if needs.country and count < len(ranking.left_out) else ""
    command = f"walletpick list{here} --has {has}"
    return _("Leave out {option}, or see who has it: {command}", option=option, command=command)


def under_age_words(reason: kinds.UnderAge) -> str:
    """Return what is to be known of it by people under age, and by their parents."""
    if not (reason.lowest and reason.lowest.note):
        return _("It needs a bank account, which is a parent's to open for a child")
    words = [with_brackets(from_age_words(reason.lowest), catalog_text(reason.lowest.note))]
    if reason.needs_bank:
        words.append(_("it needs a bank account, which is a parent's to open for a child"))
    return apart(words)


# How a reason of each kind is said.
_SAID: dict[type[Reason], Callable[[Any], str]] = {
    kinds.Merit: lambda each: with_brackets(
        stated_words(each.statement, praise=True), _gain_words(each)
    ),
    kinds.Shortcoming: lambda each: _(
        "{words} (costs {points})",
        words=stated_words(each.statement),
        points=_points_words(-each.points),
    ),
    kinds.Ahead: _ahead_words,
    kinds.DiaryReason: _diary_words,
    kinds.Unconfirmed: lambda each: _("Not confirmed: {what}", what=cause_words(each.cause)),
    kinds.UnknownCharge: lambda each: unknown_line(each.line, each.average),
    kinds.IfAnswered: if_answered,
    kinds.HangsOn: hangs_on_words,
    kinds.PriceKnown: price_known_words,
    kinds.AmongUsers: lambda each: users_price_words(each.line, wallet_name(each.wallet)),
    kinds.CardsOwnFee: lambda each: cards_own_fee_words(each.with_cash),
    kinds.NeedsLevel: lambda each: level_words(each.needed),
    kinds.InParts: lambda each: parted_words(each.parted),
    kinds.MayExceed: lambda each: may_exceed_words(each.near),
    kinds.UnderAge: under_age_words,
    kinds.AskedHere: _asked_here_words,
    kinds.WishedHere: _wished_here_words,
    kinds.OldPrice: lambda each: _(
        "Old figure: {line} is of {day}", line=line_words(each.line), day=each.when
    ),
    kinds.OldFacts: _old_facts_words,
}
