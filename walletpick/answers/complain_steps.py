"""Where a complaint goes, step by step, from what the catalog knows of a market. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from msgspec import Struct, structs

from walletpick.answers.checklist import Account, Checklist, Item, step, to_do, told, unknown
from walletpick.answers.complain import ANY_MATTER, LIVE, Matter, hears_next, matter_of
from walletpick.facts.ages import days_later
from walletpick.facts.law import answer_time, calendar_days
from walletpick.facts.model import Catalog, Channel, Escalation, Market, Reply, Right, Wallet
from walletpick.facts.places import currency_of
from walletpick.facts.vocabulary import CHANNELS


class Contact(Struct, frozen=True, kw_only=True):
    """A channel that exists, in its place in the order."""

    word: str
    channel: Channel
    item: Item


class ComplaintChecklist(Checklist, frozen=True, kw_only=True):
    """Where a complaint about one market goes. `about` is None for any matter.

    `answer_by` is the last day for the operator's answer to a complaint made today, where the
    catalog knows how many (calendar) days it has.
    """

    about: str | None
    matter: Matter
    contacts: tuple[Contact, ...]
    next_bodies: tuple[tuple[Escalation | Right, Item], ...]
    # What the law gives in such a matter, and when it has the complaint answered.
    rights: tuple[Right, ...]
    answer_by: date | None


def complaint_checklist(
    catalog: Catalog, wallet: Wallet, country: str, about: str | None, today: date
) -> ComplaintChecklist:
    """Return where a complaint goes. `about` is one of `complain.MATTERS`, or None."""
    listed = country in wallet.markets
    if not listed:
        # What the law gives there does not depend on what is known of the wallet.
        only = Market(currency=currency_of(country))
        wallet = structs.replace(wallet, markets={**wallet.markets, country: only})
    account = Account(catalog, wallet, country, today)
    matter = matter_of(about)
    contacts = _contacts(account, matter, about)
    bodies = tuple(
        (body, account.item("fact", "body", account.ground(body, key, source), body=body))
        for body, key, source in hears_next(catalog, wallet, country)
    )
    answer_by = _last_day(account)
    by_law = account.by_law(*matter.rights)
    steps = [
        step("channels", _channels(account, contacts)),
        step("own-way", _own_way(account)),
        step(
            "have-ready",
            (to_do("have-ready", about=about, what=what) for what in matter.have_ready),
        ),
        step("report-by", _report_by(account, matter)),
        *([step("by-law", by_law)] if by_law else []),
        step("answer-by", _answer_by(account, answer_by)),
        step("next", _next(account, about, bodies)),
        step("log", (to_do("write-down"), told("log-head"), told("log-line", day=today))),
    ]
    if about == "account-security":
        steps.insert(0, step("first-aid", _first_aid(account, contacts)))
    return ComplaintChecklist(
        account=account,
        about=about,
        matter=matter,
        warning=account.status() if listed else Item(kind="no", says="not-listed"),
        contacts=contacts,
        next_bodies=bodies,
        rights=account.rights(*matter.rights, "complaint-reply"),
        answer_by=answer_by,
        steps=tuple(steps),
    )


# Channels.


def _contacts(account: Account, matter: Matter, about: str | None) -> tuple[Contact, ...]:
    """Return the channels there are, best first.

    Where every minute counts, those known to be staffed day and night come before the others.
    """
    channels = account.market.support.channels
    words = [word for word in matter.channels if word in channels and channels[word].has]
    if matter.urgent:
        words.sort(key=lambda word: word not in LIVE or channels[word].hours != "24/7")
    return tuple(
        Contact(
            word=word,
            channel=channels[word],
            item=account.channel(word, channels[word], about or ANY_MATTER),
        )
        for word in words
    )


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


def _first_aid(account: Account, contacts: tuple[Contact, ...]) -> Iterator[Item]:
    freeze = account.market.security.get("instant-freeze")
    if freeze and freeze.has:
        yield account.item("do", "freeze", freeze, only=(freeze,))
    elif freeze:
        yield account.item("no", "no-freeze", freeze)
    else:
        yield unknown("freeze")
    live = next((contact for contact in contacts if contact.word in LIVE), None)
    if live:
        number = live.channel.number
        yield account.item("do", "have-blocked-by", live.channel, word=live.word, number=number)
    else:
        yield to_do("have-blocked")
    for says in ("change-pin", "tell-banks", "block-sim", "tell-nobody", "report-to-police"):
        yield to_do(says)


# By when, and who.


def _own_way(account: Account) -> Iterator[Item]:
    complaint = account.market.support.complaint
    if complaint is None:
        yield unknown("own-way")
    else:
        yield account.item("fact", "own-way", complaint, complaint=complaint)


def _report_by(account: Account, matter: Matter) -> Iterator[Item]:
    complaint = account.market.support.complaint
    if complaint and complaint.within_days is not None:
        yield account.item("fact", "complain-within", complaint, days=complaint.within_days)
    else:
        yield unknown("complain-within")
    covers = [cover for cover in account.market.protection if cover.kind in matter.covers]
    for cover in covers:
        yield account.item("fact", "cover", cover, cover=cover)
    for cover in account.market.protection:
        if set(cover.lacks).intersection(matter.covers):
            yield account.item("no", "no-such-refund", cover)
    if matter.covers and not covers and not account.rights(*matter.covers):
        yield unknown("refund")


def answers(account: Account) -> list[Reply | Right]:
    """Return by when the operator says that it answers and by when it must, the sooner first."""
    own = account.market.support.reply
    owed = [right for right in account.rights("complaint-reply") if not right.when]
    return sorted([*([own] if own else []), *owed], key=lambda it: calendar_days(answer_time(it)))


def _last_day(account: Account) -> date | None:
    """Return the last day for an answer to a complaint of today, where the calendar can say it."""
    first = next(iter(answers(account)), None)
    time = answer_time(first) if first else None
    if time is None or time.working or time.days is None:
        return None
    return days_later(account.today, time.days)


def _answer_by(account: Account, answer_by: date | None) -> Iterator[Item]:
    known = answers(account)
    if not known:
        yield unknown("answers-within")
        yield to_do("ask-for-a-date")
    for number, reply in enumerate(known):
        if isinstance(reply, Right):
            yield account.item("fact", "must-answer", account.lawful(reply), right=reply)
        elif answer_by and number == 0:
            yield account.item("fact", "answers-by", reply, reply=reply, day=answer_by)
        else:
            yield account.item("fact", "answers-within", reply, reply=reply)


def _next(
    account: Account, about: str | None, bodies: tuple[tuple[Escalation | Right, Item], ...]
) -> Iterator[Item]:
    for body, item in bodies:
        yield item
        claim = body.claim_within if isinstance(body, Right) else body.within_days
        if claim is None:
            yield unknown("turn-there-within", body=body.body)
    if not bodies:
        yield unknown("hears-next")
        licence = account.market.licence
        if licence and licence.authority:
            values = {"authority": licence.authority}
            yield account.item("fact", "supervised", licence, notes=False, **values)
    if about == "privacy":
        yield unknown("privacy-authority")
