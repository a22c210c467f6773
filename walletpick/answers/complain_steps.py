"""Where a complaint goes, and a letter for it, from what the catalog knows of a market. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from msgspec import Struct

from walletpick.answers.checklist import Account, Checklist, Item, step, to_do, unknown
from walletpick.answers.complain import LIVE, Matter, Way, first_aid, matter_of
from walletpick.facts.ages import days_later
from walletpick.facts.model import Catalog, Channel, Escalation, Right, Wallet
from walletpick.facts.places import country_name
from walletpick.facts.vocabulary import CHANNELS
from walletpick.words.common import hears_next
from walletpick.words.facts import body_words, only_words, reply_words
from walletpick.words.phrases import count_words

# As wide as a letter is printed.
LETTER_WIDTH = 78

REASONABLE = "within a reasonable time"
LOG = "DATE | TIME | CHANNEL | NAME | REFERENCE NO. | WHAT WAS SAID | BY WHEN"


class Contact(Struct, frozen=True, kw_only=True):
    """A channel that exists, in its place in the order, with the reason for the place."""

    way: Way
    channel: Channel
    item: Item


class ComplaintChecklist(Checklist, frozen=True, kw_only=True):
    """Where a complaint about one market goes. `about` is None for any matter.

    `answer_by` is the last day for the operator's answer to a complaint made today, where the
    catalog knows how many (calendar) days it has. `letter` holds paragraphs, each of lines.
    """

    about: str | None
    matter: Matter
    contacts: tuple[Contact, ...]
    next_bodies: tuple[tuple[Escalation | Right, Item], ...]
    answer_by: date | None
    log: str
    letter: tuple[tuple[str, ...], ...]


def complaint_checklist(
    catalog: Catalog, wallet: Wallet, country: str, about: str | None, today: date
) -> ComplaintChecklist:
    """Return where a complaint goes. `about` is one of `complain.MATTERS`, or None."""
    account = Account(catalog, wallet, country, today)
    matter = matter_of(about)
    contacts = _contacts(account, matter)
    bodies = tuple(
        (
            body,
            account.item(
                "fact", body_words(body, "turn there within"), account.ground(body, key, source)
            ),
        )
        for body, key, source in hears_next(catalog, wallet, country)
    )
    reply = account.market.support.reply
    answer_by = days_later(today, reply.days) if reply and not reply.working else None
    log = f"{today.isoformat()} | ____ | ____ | ____ | ____ | ____ | ____"
    have_ready = map(to_do, matter.have_ready)
    steps = [
        step("channels", "Whom to reach, in this order", _channels(account, contacts)),
        step("own-way", "Its own way to complain", _own_way(account)),
        step("have-ready", "Have at hand", have_ready),
        step("report-by", "By when to report", _report_by(account, matter)),
        step("answer-by", "How long it has to answer", _answer_by(account, answer_by)),
        step("next", "Who hears it next", _next(account, about, bodies)),
        step("log", "Keep a log", _log(log)),
    ]
    if about == "account-security":
        steps.insert(0, step("first-aid", "At once", _first_aid(account, contacts)))
    return ComplaintChecklist(
        account=account,
        about=about,
        matter=matter,
        warning=account.status(),
        contacts=contacts,
        next_bodies=bodies,
        answer_by=answer_by,
        log=log,
        steps=tuple(steps),
        letter=_letter(account, matter, about, contacts),
    )


def letter_text(checklist: ComplaintChecklist, width: int) -> str:
    """Return the letter as plain text, wrapped, to put into an editor."""
    from textwrap import wrap

    from walletpick.render.safe import one_line

    parts = []
    for paragraph in checklist.letter:
        lines: list[str] = []
        for line in paragraph:
            lines += wrap(one_line(line), width, break_long_words=False, break_on_hyphens=False)
        parts.append("\n".join(lines))
    return "\n\n".join(parts) + "\n"


# Channels.


def _contacts(account: Account, matter: Matter) -> tuple[Contact, ...]:
    """Return the channels there are, best first.

    Where every minute counts, those known to be staffed day and night come before the others.
    """
    channels = account.market.support.channels
    ways = [way for way in matter.ways if way.channel in channels and channels[way.channel].has]
    if matter.urgent:
        ways.sort(key=lambda way: not _answers_now(way.channel, channels[way.channel]))
    return tuple(
        Contact(
            way=way,
            channel=channels[way.channel],
            item=account.channel(way.channel, channels[way.channel], way.reason),
        )
        for way in ways
    )


def _answers_now(word: str, channel: Channel) -> bool:
    return word in LIVE and channel.hours == "24/7"


def _channels(account: Account, contacts: tuple[Contact, ...]) -> tuple[Item, ...]:
    channels = account.market.support.channels
    items = [contact.item for contact in contacts]
    if not contacts:
        items.append(unknown("any way to reach support"))
        for title, url in (
            ("Help pages", account.market.links.help),
            ("Web site", account.wallet.website),
        ):
            if url:
                items.append(Item(kind="fact", text=f"{title}: {url}"))
    items += [
        account.channel(word, channel) for word, channel in channels.items() if not channel.has
    ]
    if missing := [CHANNELS[word] for word in CHANNELS if word not in channels]:
        items.append(unknown(f"whether there is {', '.join(missing)}"))
    items.append(account.languages())
    return tuple(items)


def _first_aid(account: Account, contacts: tuple[Contact, ...]) -> Iterator[Item]:
    freeze = account.market.security.get("instant-freeze")
    live = next((contact for contact in contacts if contact.way.channel in LIVE), None)
    if freeze and freeze.has:
        words = f"Freeze it yourself: it can be frozen at once{only_words(freeze)}"
        yield account.item("do", words, freeze)
    elif freeze:
        yield account.item("no", "It cannot be frozen at once by yourself", freeze)
    else:
        yield unknown("whether you can freeze the account yourself at once; look in the settings")
    if live:
        where = live.channel.number or CHANNELS[live.way.channel].removeprefix("a ")
        words = f"Have support block the account and all cards: {where}"
        yield account.item("do", words, live.channel)
    else:
        yield to_do("Have support block the account and all cards")
    for words in first_aid():
        yield to_do(words)


# By when, and who.


def _own_way(account: Account) -> Iterator[Item]:
    complaint = account.market.support.complaint
    if complaint is None:
        yield unknown("a procedure of its own for complaints; use the channels above")
        return
    parts = [complaint.how]
    if complaint.hours:
        parts.append(f"hours: {complaint.hours}")
    if complaint.url:
        parts.append(complaint.url)
    yield account.item("fact", "; ".join(parts), complaint)


def _report_by(account: Account, matter: Matter) -> Iterator[Item]:
    complaint = account.market.support.complaint
    if complaint and complaint.within_days is not None:
        words = f"Complain within {count_words(complaint.within_days, 'day')}"
        yield account.item("fact", words, complaint)
    else:
        yield unknown("within how many days a complaint must be made; do not wait")
    covers = [cover for cover in account.market.protection if cover.kind in matter.covers]
    for cover in covers:
        yield account.cover(cover)
    for cover in account.market.protection:
        if set(cover.lacks).intersection(matter.covers):
            yield account.item("no", "It is said to give no such refund", cover)
    if matter.covers and not covers:
        yield unknown("whether it refunds such payments, and by when they must be reported")


def _answer_by(account: Account, answer_by: date | None) -> Iterator[Item]:
    reply = account.market.support.reply
    if reply is None:
        yield unknown("how long it has to answer")
        yield to_do("Ask for a date when you complain, and write it down")
        return
    words = f"It answers within {reply_words(reply)}"
    if answer_by:
        words += f": complain today, and that is {answer_by.isoformat()}"
    yield account.item("fact", words, reply)


def _next(
    account: Account, about: str | None, bodies: tuple[tuple[Escalation | Right, Item], ...]
) -> Iterator[Item]:
    for body, item in bodies:
        yield item
        claim = body.claim_within if isinstance(body, Right) else body.within_days
        if claim is None:
            yield unknown(f"by when to turn to {body.body}; do it soon after the final answer")
    if not bodies:
        yield unknown("who hears the complaint after the operator")
        licence = account.market.licence
        if licence and licence.authority:
            words = (
                f"It is supervised by {licence.authority}; whether that authority hears complaints"
                " of customers is not known"
            )
            yield account.item("fact", words, licence, notes=False)
    if about == "privacy":
        yield unknown("which authority hears complaints about personal data there")


def _log(log: str) -> Iterator[Item]:
    yield to_do("Write down each contact as it happens, one line each")
    yield Item(kind="fact", text=LOG)
    yield Item(kind="fact", text=log)


# The letter.


def _letter(
    account: Account, matter: Matter, about: str | None, contacts: tuple[Contact, ...]
) -> tuple[tuple[str, ...], ...]:
    """Return the letter. It claims nothing that the catalog does not hold."""
    wallet, support = account.wallet, account.market.support
    operator = account.operator or f"The operator of {wallet.name}"
    mail = next(
        (
            contact.channel.address
            for contact in contacts
            if contact.way.channel == "email" and contact.channel.address
        ),
        None,
    )
    to = f"By e-mail to {mail}" if mail else "By [E-MAIL, FORM OR POST, WITH THE ADDRESS]"
    within = REASONABLE
    if support.reply:
        within = f"within {reply_words(support.reply)}"
    known = [body.body or "" for body, _, _ in hears_next(account.catalog, wallet, account.country)]
    if known:
        then = f"I will turn to {' or '.join(dict.fromkeys(known))}"
        if about == "privacy":
            then += ", or to the authority in charge of personal data"
    elif about == "privacy":
        then = "I will turn to the authority in charge of personal data"
    else:
        then = "I will look for help outside"
    return (
        ("[YOUR NAME]", "[YOUR ADDRESS]", "[YOUR PHONE NUMBER AND E-MAIL ADDRESS]"),
        (f"To: {operator}", to),
        ("[PLACE], [DATE OF THIS LETTER]",),
        (f"Complaint: {matter.subject}",),
        (
            f"Account: {wallet.name}, {country_name(account.country)}, in the name of [NAME],"
            " registered with [PHONE NUMBER OR E-MAIL ADDRESS]",
            "Your reference: [REFERENCE NUMBER, IF ANY]",
        ),
        ("Dear Sir or Madam,",),
        *((line,) for line in matter.happened),
        *((line,) for line in matter.wants),
        (
            f"Please answer me in writing {within}. If your answer does not settle the matter, or"
            f" none comes, {then}.",
        ),
        ("I enclose: [COPIES OF SCREENSHOTS, RECEIPTS, STATEMENTS, EARLIER MESSAGES].",),
        ("Yours faithfully,",),
        ("[YOUR NAME]",),
    )
