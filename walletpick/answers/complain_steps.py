"""Where a complaint goes, step by step, from what the catalog knows of a market. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from msgspec import Struct, structs

from walletpick.answers.checklist import Account, Checklist, Item, step, to_do, told, unknown
from walletpick.answers.complain import (
    ANY_MATTER,
    IN_THE_APP,
    LIVE,
    Holder,
    Matter,
    app_first,
    comes_first,
    hears_next,
    matter_of,
)
from walletpick.facts.ages import days_later
from walletpick.facts.law import answer_time, calendar_days, holds_for
from walletpick.facts.model import Catalog, Channel, Escalation, Reply, Right, Time, Wallet
from walletpick.facts.vocabulary import CHANNELS


class Contact(Struct, frozen=True, kw_only=True):
    """A channel that exists, in its place in the order."""

    word: str
    channel: Channel
    item: Item


class _Case(NamedTuple):
    """Whose complaint it is and what about; `held_by` comes before the wallet, if anybody does."""

    account: Account
    about: str | None
    held_by: Holder | None

    @property
    def matter(self) -> Matter:
        """The matter, or what serves any."""
        return matter_of(self.about)


class ComplaintChecklist(Checklist, frozen=True, kw_only=True):
    """Where a complaint about one market goes. `about` is None for any matter.

    The first of the steps is what to do first, in order; `in_short` is by when what is known to
    happen, and who hears it next. `first` are those who come before the wallet, as they hold the
    money that it only passes on. `reply` is how long the operator says that it takes to answer, and
    `answer_by` the last day of that for a complaint made today, where it counts calendar days.
    """

    about: str | None
    matter: Matter
    first: Holder | None
    contacts: tuple[Contact, ...]
    next_bodies: tuple[tuple[Escalation | Right, Item], ...]
    in_short: tuple[Item, ...]
    # What the law gives in such a matter, and when it has the complaint answered. Of any matter,
    # also what it gives in some.
    rights: tuple[Right, ...]
    reply: Reply | None
    answer_by: date | None


def complaint_checklist(
    catalog: Catalog, wallet: Wallet, country: str, about: str | None, today: date
) -> ComplaintChecklist:
    """Return where a complaint goes. `about` is one of `vocabulary.MATTERS`, or None."""
    account = Account(catalog, wallet, country, today)
    case = _Case(account, about, comes_first(catalog, account.wallet, country, about))
    matter = case.matter
    contacts = _contacts(case)
    bodies = tuple(
        (body, account.item("fact", "body", account.ground(body, key, source), body=body))
        for body, key, source in hears_next(catalog, account.wallet, country, about)
    )
    reply = account.market.support.reply
    if reply and not holds_for(reply, about):
        reply = None
    report_by, answered = tuple(_report_by(case)), tuple(_answer_by(case))
    # What is not known, and what cannot be done, is no step: it comes below them.
    first = tuple(sorted(_first(case, contacts), key=lambda item: item.kind != "do"))
    steps = (
        step("first", first),
        step("report-by", report_by),
        step("answer-by", answered),
        step("next", _next(case, bodies)),
        step("channels", _channels(account, contacts)),
        step("own-way", _own_way(case)),
        step(
            "have-ready",
            (to_do("have-ready", about=about, what=what) for what in matter.have_ready),
        ),
        step("log", (to_do("write-down"), told("log-head"), told("log-line", day=today))),
    )
    return ComplaintChecklist(
        account=account,
        about=about,
        matter=matter,
        first=case.held_by,
        warning=account.warning(),
        contacts=contacts,
        next_bodies=bodies,
        in_short=(
            *_few(report_by, first, about),
            *_own_way_in_short(case, first),
            *answered[:1],
            _body_in_short(case, bodies),
        ),
        rights=_rights(case, *matter.rights, *matter.also, "complaint-reply"),
        reply=reply,
        answer_by=last_day(reply, today) if reply else None,
        steps=tuple(each for each in steps if each.items),
    )


# One screen holds so many lines of what to do first, and of what can be asked for.
_SCREENFUL = 8


# What nobody needs to know before the account is open again: not worth a line while it is not.
_NOT_YET = ("redemption-at-par",)


def _few(
    report_by: tuple[Item, ...], first: tuple[Item, ...], about: str | None
) -> tuple[Item, ...]:
    """Return what stands on the first screen of what can be asked for, and by when.

    What is given back comes before by when the operator itself takes complaints. What is not known
    and of no use yet stands with the steps alone.
    """
    most = max(1, min(2, _SCREENFUL - len(first))) if about else 1
    certain = [item for item in report_by if item.says not in ("near", *_NOT_YET)]
    facts = (item for item in certain if item.kind == "fact")
    known = tuple(sorted(facts, key=lambda item: item.says == "complain-within"))
    return known[:most] or tuple(certain[:1])


def _body_in_short(case: _Case, bodies: tuple[tuple[Escalation | Right, Item], ...]) -> Item:
    """Return who hears it next, of several the first; where none is known, who supervises it."""
    if not bodies:
        return next(_supervisor(case.account), unknown("hears-next"))
    item = bodies[0][1]
    values = {**item.values, "others": len(bodies) - 1, "of": case.held_by}
    return Item(kind="fact", says="then-body", values=values, grounds=item.grounds)


# What to do first.


def _first(case: _Case, contacts: tuple[Contact, ...]) -> Iterator[Item]:
    """Yield what to do first, in order; who holds the money comes before the wallet.

    Where there is an office for fraud, it comes right after these: it may stop the money yet. Where
    it is not said to hear reports for the police, they come with it.
    """
    account, about, held_by = case
    offices = fraud_offices(account)
    for says in case.matter.first:
        if says == "freeze":
            # Who holds the money is asked to block it: there is nothing to freeze elsewhere.
            if not held_by or account.market.security.get("instant-freeze"):
                yield from _freeze(account)
        elif says == "reach":
            if held_by:
                yield to_do(f"{held_by}-first", about=about)
            complaint = account.market.support.complaint
            if about and complaint and about in complaint.about:
                how = complaint.how
                yield account.item("do", "own-way-first", complaint, notes=False, how=how)
            yield _reach(case, contacts, "reach-next" if held_by else "reach")
            if by_law := app_first(account.catalog, account.wallet, account.country, about):
                ground = account.lawful(by_law)
                yield account.item("do", "app-first", ground, notes=False, then=by_law.text)
        elif says == "fees-page":
            if account.market.links.fees:
                yield to_do("fees-page", url=account.market.links.fees)
        elif says == "other-way-in":
            yield from _other_way_in(account)
        elif says == "fraud-line":
            heard = any(office.hears for office in offices)
            yield from (_report_fraud(account, office, heard) for office in offices)
        elif says == "police" and offices:
            continue
        elif says != "tell-banks" or not held_by:
            yield to_do(says)


def fraud_offices(account: Account) -> tuple[Right, ...]:
    """Return the offices that help against fraud in the account's country, as far as known."""
    return account.rights("fraud-report")


def _report_fraud(account: Account, office: Right, heard: bool) -> Item:
    """Return that fraud is to be reported to an office; or, where another hears that, to call it.

    `heard`: whether one of the offices is said to hear reports for the police.
    """
    where = tuple(filter(None, (office.number, office.url)))
    ground = account.lawful(office)
    helps = "ask-fraud-line" if heard else "report-fraud-and-police"
    says = "report-fraud" if office.hears else helps
    return account.item("do", says, ground, body=office.body, where=where)


def _freeze(account: Account) -> Iterator[Item]:
    freeze = account.market.security.get("instant-freeze")
    if freeze and freeze.has:
        yield account.item("do", "freeze", freeze, only=(freeze,))
    elif freeze:
        yield account.item("no", "no-freeze", freeze)
    else:
        yield unknown("freeze")


def _reach(case: _Case, contacts: tuple[Contact, ...], says: str) -> Item:
    """Return whom to ask for what, by the best of the channels on which somebody answers.

    One of which the number or address is known comes before one of which it is not.
    """
    answered = [each for each in contacts if each.word not in ("help-centre", "social")]
    best = next(filter(_can_be_reached, answered), next(iter((*answered, *contacts)), None))
    if best:
        values = {"word": best.word, "channel": best.channel, "about": case.about}
        facts = [best.channel]
        if case.matter.urgent and not _day_and_night(best.word, best.channel):
            always = (each.word for each in contacts if _day_and_night(each.word, each.channel))
            values["otherwise"] = next(always, None)
        elif other := _beside(case, best, contacts):
            values |= {"otherwise": other.word, "beside": other.channel}
            facts.append(other.channel)
        return case.account.item("do", says, *facts, notes=False, **values)
    return to_do(says, word=None, channel=None, about=case.about)


def _beside(case: _Case, best: Contact, contacts: tuple[Contact, ...]) -> Contact | None:
    """Return the channel to name beside the best one, as nobody may answer there."""
    counter = (each for each in contacts if each.word == "branch")
    if case.matter.unheard and (beside := next(counter, None)):
        return beside
    outside = (each for each in contacts if _is_outside(each.channel))
    return next(outside, None) if best.word in IN_THE_APP else None


def _is_outside(channel: Channel) -> bool:
    """Return whether a number or an e-mail address says how to get there without the app."""
    return bool(channel.number) or "@" in (channel.address or "")


def _can_be_reached(contact: Contact) -> bool:
    """Return whether it is known where a channel is; what is in the app needs no address."""
    channel = contact.channel
    known = channel.number or channel.address or channel.url
    return bool(known) or contact.word in (*IN_THE_APP, "branch")


def _other_way_in(account: Account) -> Iterator[Item]:
    """Yield that the web or any phone may do what the app does not, where it is known to."""
    for platform in ("web", "ussd"):
        if platform in account.wallet.platforms:
            yield to_do("other-way-in", platform=platform)


# Channels.


def _contacts(case: _Case) -> tuple[Contact, ...]:
    """Return the channels there are, best first.

    Where every minute counts, the telephone comes first, as people answer there, and then what is
    known to be staffed day and night. Who is locked out turns last to what is inside the app.
    """
    account, matter = case.account, case.matter
    channels = account.market.support.channels
    words = [word for word in matter.channels if word in channels and channels[word].has]

    def place(word: str) -> tuple[bool, ...]:
        inside = matter.locked_out and word in IN_THE_APP
        # One that helps in some cases only is the last to turn to: it may hang up in this one.
        quick = word == "phone" or _day_and_night(word, channels[word])
        return inside, channels[word].when is not None, matter.urgent and not quick

    words.sort(key=place)
    return tuple(
        Contact(
            word=word,
            channel=channels[word],
            item=account.channel(word, channels[word], case.about or ANY_MATTER),
        )
        for word in words
    )


def _day_and_night(word: str, channel: Channel) -> bool:
    return word in LIVE and channel.hours == "24/7" and channel.when is None


def _channels(account: Account, contacts: tuple[Contact, ...]) -> Iterator[Item]:
    channels = account.market.support.channels
    for contact in contacts:
        yield contact.item
    if not contacts:
        yield unknown("channel")
        if account.market.links.help:
            yield told("help-pages", url=account.market.links.help)
        if account.wallet.website:
            yield told("web-site", url=account.wallet.website)
    for word, channel in channels.items():
        if not channel.has:
            yield account.channel(word, channel)
    if missing := [word for word in CHANNELS if word not in channels]:
        yield unknown("channels", channels=missing)
    yield account.languages()


# By when, and who.


def _own_way_in_short(case: _Case, first: Sequence[Item]) -> Iterator[Item]:
    """Yield the way to complain, where the wallet is the one to turn to and it was not said."""
    complaint = case.account.market.support.complaint
    said = case.held_by or any(item.says == "own-way-first" for item in first)
    if complaint and case.about and not said and holds_for(complaint, case.about):
        how = complaint.how
        yield case.account.item("fact", "own-way-in-short", complaint, notes=False, how=how)


def _own_way(case: _Case) -> Iterator[Item]:
    complaint = case.account.market.support.complaint
    if complaint and (case.about is None or holds_for(complaint, case.about)):
        yield case.account.item("fact", "own-way", complaint, complaint=complaint)
    else:
        yield unknown("own-way")


def _rights(case: _Case, *words: str) -> tuple[Right, ...]:
    """Return what the law gives by these words in a matter; of any (None), also in some.

    It binds who holds the money, where they come first.
    """
    rights = case.account.rights(*words, holder=case.held_by)
    return tuple(right for right in rights if case.about is None or holds_for(right, case.about))


def _report_by(case: _Case) -> Iterator[Item]:
    """Yield what is given back, by when to report it, and what is known not to be given.

    Of several times the shortest stands first.
    """
    items = list(_to_report(case))
    timed = sorted(filter(_days_to_report, items), key=lambda item: _days_to_report(item) or 0)
    in_order = iter(timed)
    yield from (next(in_order) if _days_to_report(item) else item for item in items)
    if len({_days_to_report(item) for item in timed}) > 1:
        yield told("shortest-first", within=_time_to_report(timed[0]))


def _time_to_report(item: Item) -> Time | None:
    """Return within what time an item says to report or to complain."""
    if item.says == "by-law":
        time: Time | None = item.values["right"].claim_within
        return time
    days = item.values.get("days")
    if item.says == "cover":
        days = item.values["cover"].within_days
    return None if days is None else Time(days=days)


def _days_to_report(item: Item) -> Decimal | None:
    time = _time_to_report(item)
    return calendar_days(time) if time else None


def _to_report(case: _Case) -> Iterator[Item]:
    (account, about, held_by), matter = case, case.matter
    lawful = _rights(case, *matter.rights, *matter.also)
    # Who named the matter need not be told that it is for that.
    told_of = [structs.replace(right, about=()) if about else right for right in lawful]
    by_law = [
        account.item("fact", "by-law", account.lawful(right), right=right, of=held_by)
        for right in told_of
    ]
    before = [item for item in by_law if item.values["right"].right in matter.rights[:1]]
    yield from before
    dated = {right.right for right in lawful if right.claim_within}
    spoken_of = {right.right for right in lawful}
    for cover in account.market.protection:
        if cover.kind in matter.covers:
            spoken_of.add(cover.kind)
            known = cover.within_days is not None or cover.kind in dated
            yield account.item("fact", "cover" if known else "cover-undated", cover, cover=cover)
        if cover.kind in matter.near:
            yield account.item("fact", "near", cover, cover=cover)
        if set(cover.lacks).intersection(matter.covers):
            spoken_of.update(cover.lacks)
            yield account.item("no", "no-such-refund", cover, cover=cover)
    yield from by_law[len(before) :]
    if about and "scam-refund" in matter.rights:
        for right in _rights(case, "no-scam-refund"):
            spoken_of.add("scam-refund")
            yield account.item("no", "no-scam-refund", account.lawful(right), right=right)
    asked = (*matter.rights, *matter.covers)
    # Of any matter, nothing of these is asked for.
    if about and asked and not spoken_of.intersection(asked):
        yield unknown(asked[0])
    complaint = account.market.support.complaint
    if complaint and about and not holds_for(complaint, about):
        complaint = None
    answered = _rights(case, "complaint-reply")
    if complaint and complaint.within_days is not None:
        only = () if about else complaint.about
        days = complaint.within_days
        yield account.item("fact", "complain-within", complaint, days=days, about=only)
    elif not dated and not any(right.claim_within for right in answered):
        yield unknown("complain-within")


def answers(
    account: Account, about: str | None, held_by: Holder | None = None
) -> list[Reply | Right]:
    """Return by when the operator says that it answers and by when it must, the sooner first.

    Of any matter (None), what holds for some only comes last. Where who holds the money comes
    first, by when these must.
    """
    own = None if held_by else _own_reply(account, about)
    stated: list[Reply | Right] = [own] if own else []
    rights = _rights(_Case(account, about, held_by), "complaint-reply")
    stated += [right for right in rights if not right.when]
    return sorted(stated, key=lambda it: (not holds_for(it, about), calendar_days(answer_time(it))))


def _own_reply(account: Account, about: str | None) -> Reply | None:
    own = account.market.support.reply
    return own if own and (about is None or holds_for(own, about)) else None


def last_day(reply: Reply | Right, today: date) -> date | None:
    """Return the last day for an answer to a complaint of today, where the calendar can say it."""
    time = answer_time(reply)
    if time.working or time.days is None or time.from_:
        return None
    return days_later(today, time.days)


def _answer_by(case: _Case) -> Iterator[Item]:
    account, about, held_by = case
    known = answers(*case)
    if not known:
        yield unknown(f"{held_by}-answers-within" if held_by else "answers-within")
        yield to_do("ask-for-a-date")
    for reply in known:
        day = last_day(reply, account.today)
        # Who named the matter need not be told that it is for that.
        if isinstance(reply, Right):
            right = structs.replace(reply, about=()) if about else reply
            law = account.lawful(reply)
            yield account.item("fact", "must-answer", law, right=right, day=day, of=held_by)
        else:
            yield _answers(case, reply, "answers", day)
    if held_by and (own := _own_reply(account, about)):
        yield _answers(case, own, "wallet-answers", last_day(own, account.today))
    sure = [
        (reply, calendar_days(answer_time(reply))) for reply in known if holds_for(reply, about)
    ]
    if len({days for _, days in sure}) > 1 and any(isinstance(it, Reply) for it, _ in sure):
        yield told("own-time-first" if isinstance(sure[0][0], Reply) else "law-first")


def _answers(case: _Case, reply: Reply, says: str, day: date | None) -> Item:
    """Return how long the operator says that it takes, and the day where that is known."""
    only = () if case.about else reply.about
    line = f"{says}-by" if day else f"{says}-within"
    return case.account.item("fact", line, reply, reply=reply, about=only, day=day)


def _next(case: _Case, bodies: tuple[tuple[Escalation | Right, Item], ...]) -> Iterator[Item]:
    for body, item in bodies:
        yield item
        claim = body.claim_within if isinstance(body, Right) else body.within_days
        if claim is None:
            yield unknown("turn-there-within", body=body.body)
    if not bodies:
        yield unknown("hears-next")
        yield from _supervisor(case.account)
    if case.about == "privacy":
        yield unknown("privacy-authority")


def _supervisor(account: Account) -> Iterator[Item]:
    """Yield who supervises the operator, where that is known."""
    licence = account.market.licence
    if licence and licence.authority:
        values = {"authority": licence.authority}
        yield account.item("fact", "supervised", licence, notes=False, **values)
