"""Where a complaint goes, and a letter for it, from what the catalog knows of a market. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from msgspec import Struct

from walletpick.answers.complain import LIVE, MATTERS, Matter, Way, first_aid, matter_of
from walletpick.facts.ages import days_later
from walletpick.facts.model import Authority, Catalog, Channel, Escalation, Wallet
from walletpick.facts.places import country_name
from walletpick.facts.vocabulary import CHANNELS
from walletpick.pages.journeys import (
    Clerk,
    Item,
    Step,
    days,
    source_blocks,
    step_blocks,
    to_do,
    unknown,
    warning_block,
)
from walletpick.render.page import Block, Heading, Page, text
from walletpick.words.common import hears_next
from walletpick.words.phrases import scope_words

REASONABLE = "within a reasonable time"
LOG = "DATE | TIME | CHANNEL | NAME | REFERENCE NO. | WHAT WAS SAID | BY WHEN"


class Contact(Struct, frozen=True, kw_only=True):
    """A channel that exists, in its place in the order, with the reason for the place."""

    way: Way
    channel: Channel
    item: Item


class Complaining(Struct, frozen=True, kw_only=True):
    """Where a complaint about one market goes. `about` is None for any matter.

    `answer_by` is the last day for the operator's answer to a complaint made today, where the
    catalog knows how many (calendar) days it has. `letter` holds paragraphs, each of lines.
    """

    clerk: Clerk
    about: str | None
    matter: Matter
    warning: Item | None
    contacts: tuple[Contact, ...]
    next_bodies: tuple[tuple[Escalation | Authority, Item], ...]
    answer_by: date | None
    log: str
    steps: tuple[Step, ...]
    letter: tuple[tuple[str, ...], ...]


def complaining(
    catalog: Catalog, wallet: Wallet, country: str, about: str | None, today: date
) -> Complaining:
    """Return where a complaint goes. `about` is one of complaints.MATTERS, or None."""
    clerk = Clerk(catalog, wallet, country, today)
    matter = matter_of(about)
    contacts = _contacts(clerk, matter)
    bodies = tuple(
        (body, clerk.item("fact", _body_words(body), clerk.ground(body, key, source)))
        for body, key, source in hears_next(catalog, wallet, country)
    )
    reply = clerk.market.support.reply
    answer_by = days_later(today, reply.days) if reply and not reply.working else None
    log = f"{today.isoformat()} | ____ | ____ | ____ | ____ | ____ | ____"
    steps = [
        Step(id="channels", title="Whom to reach, in this order", items=_channels(clerk, contacts)),
        Step(id="own-way", title="Its own way to complain", items=tuple(_own_way(clerk))),
        Step(
            id="have-ready",
            title="Have at hand",
            items=tuple(to_do(words) for words in matter.have_ready),
        ),
        Step(id="report-by", title="By when to report", items=tuple(_report_by(clerk, matter))),
        Step(
            id="answer-by",
            title="How long it has to answer",
            items=tuple(_answer_by(clerk, answer_by)),
        ),
        Step(id="next", title="Who hears it next", items=tuple(_next(clerk, about, bodies))),
        Step(id="log", title="Keep a log", items=tuple(_log(log))),
    ]
    if about == "account-security":
        first = Step(id="first-aid", title="At once", items=tuple(_first_aid(clerk, contacts)))
        steps.insert(0, first)
    return Complaining(
        clerk=clerk,
        about=about,
        matter=matter,
        warning=clerk.status(),
        contacts=contacts,
        next_bodies=bodies,
        answer_by=answer_by,
        log=log,
        steps=tuple(steps),
        letter=_letter(clerk, matter, about, contacts),
    )


def complain_page(made: Complaining) -> Page:
    """Return where a complaint goes as a page."""
    clerk = made.clerk
    blocks: list[Block] = [
        Heading(f"Complaining to {clerk.wallet.name}, {country_name(clerk.country)}", 1)
    ]
    if made.warning:
        blocks.append(warning_block(made.warning))
    call = f"walletpick complain {clerk.wallet.id} --country {clerk.country}"
    if made.about:
        blocks.append(text(f"About: {made.matter.title}"))
    else:
        blocks.append(
            text(f"For any matter. {call} --about {'|'.join(MATTERS)} says more about one of these")
        )
    blocks += step_blocks(made.steps, numbered=False)
    about = f" --about {made.about}" if made.about else ""
    blocks.append(text(f"A letter to fill in: {call}{about} --letter"))
    items = [item for step in made.steps for item in step.items]
    if made.warning:
        items.insert(0, made.warning)
    blocks += source_blocks(clerk, items)
    return Page(tuple(blocks))


def letter_page(made: Complaining) -> Page:
    """Return the letter as a page: each of its lines a paragraph."""
    return Page(tuple(text(line) for paragraph in made.letter for line in paragraph))


def letter_text(made: Complaining, width: int) -> str:
    """Return the letter as plain text, wrapped, to put into an editor."""
    from textwrap import wrap

    from walletpick.render.safe import one_line

    parts = []
    for paragraph in made.letter:
        lines: list[str] = []
        for line in paragraph:
            lines += wrap(one_line(line), width, break_long_words=False, break_on_hyphens=False)
        parts.append("\n".join(lines))
    return "\n\n".join(parts) + "\n"


# Channels.


def _contacts(clerk: Clerk, matter: Matter) -> tuple[Contact, ...]:
    """Return the channels there are, best first.

    Where every minute counts, those known to be staffed day and night come before the others.
    """
    channels = clerk.market.support.channels
    ways = [way for way in matter.ways if way.channel in channels and channels[way.channel].has]
    if matter.urgent:
        ways.sort(key=lambda way: not _answers_now(way.channel, channels[way.channel]))
    return tuple(
        Contact(
            way=way,
            channel=channels[way.channel],
            item=clerk.channel(way.channel, channels[way.channel], way.reason),
        )
        for way in ways
    )


def _answers_now(word: str, channel: Channel) -> bool:
    return word in LIVE and channel.hours == "24/7"


def _channels(clerk: Clerk, contacts: tuple[Contact, ...]) -> tuple[Item, ...]:
    channels = clerk.market.support.channels
    items = [contact.item for contact in contacts]
    if not contacts:
        items.append(unknown("any way to reach support"))
        for title, url in (
            ("Help pages", clerk.market.links.help),
            ("Web site", clerk.wallet.website),
        ):
            if url:
                items.append(Item(kind="fact", text=f"{title}: {url}"))
    items += [
        clerk.no_channel(word, channel) for word, channel in channels.items() if not channel.has
    ]
    if missing := [CHANNELS[word] for word in CHANNELS if word not in channels]:
        items.append(unknown(f"whether there is {', '.join(missing)}"))
    items.append(clerk.languages())
    return tuple(items)


def _first_aid(clerk: Clerk, contacts: tuple[Contact, ...]) -> Iterator[Item]:
    freeze = clerk.market.security.get("instant-freeze")
    live = next((contact for contact in contacts if contact.way.channel in LIVE), None)
    if freeze and freeze.has:
        scopes = scope_words(freeze)
        scope = f" (only {', '.join(scopes)})" if scopes else ""
        yield clerk.item("do", f"Freeze it yourself: it can be frozen at once{scope}", freeze)
    elif freeze:
        yield clerk.item("no", "It cannot be frozen at once by yourself", freeze)
    else:
        yield unknown("whether you can freeze the account yourself at once; look in the settings")
    if live:
        where = live.channel.number or CHANNELS[live.way.channel].removeprefix("a ")
        words = f"Have support block the account and all cards: {where}"
        yield clerk.item("do", words, live.channel)
    else:
        yield to_do("Have support block the account and all cards")
    for words in first_aid():
        yield to_do(words)


# By when, and who.


def _own_way(clerk: Clerk) -> Iterator[Item]:
    complaint = clerk.market.support.complaint
    if complaint is None:
        yield unknown("a procedure of its own for complaints; use the channels above")
        return
    parts = [complaint.how]
    if complaint.hours:
        parts.append(f"hours: {complaint.hours}")
    if complaint.url:
        parts.append(complaint.url)
    yield clerk.item("fact", "; ".join(parts), complaint)


def _report_by(clerk: Clerk, matter: Matter) -> Iterator[Item]:
    complaint = clerk.market.support.complaint
    if complaint and complaint.within_days is not None:
        words = f"Complain within {days(complaint.within_days)}"
        yield clerk.item("fact", words, complaint)
    else:
        yield unknown("within how many days a complaint must be made; do not wait")
    covers = [cover for cover in clerk.market.protection if cover.kind in matter.covers]
    for cover in covers:
        yield clerk.cover(cover)
    for cover in clerk.market.protection:
        if set(cover.lacks).intersection(matter.covers):
            yield clerk.item("no", "It is said to give no such refund", cover)
    if matter.covers and not covers:
        yield unknown("whether it refunds such payments, and by when they must be reported")


def _answer_by(clerk: Clerk, answer_by: date | None) -> Iterator[Item]:
    reply = clerk.market.support.reply
    if reply is None:
        yield unknown("how long it has to answer")
        yield to_do("Ask for a date when you complain, and write it down")
        return
    words = f"It answers within {days(reply.days, 'working ' if reply.working else '')}"
    if answer_by:
        words += f": complain today, and that is {answer_by.isoformat()}"
    yield clerk.item("fact", words, reply)


def _next(
    clerk: Clerk, about: str | None, bodies: tuple[tuple[Escalation | Authority, Item], ...]
) -> Iterator[Item]:
    for body, item in bodies:
        yield item
        if body.within_days is None:
            yield unknown(f"by when to turn to {body.body}; do it soon after the final answer")
    if not bodies:
        yield unknown("who hears the complaint after the operator")
        licence = clerk.market.licence
        if licence and licence.authority:
            words = (
                f"It is supervised by {licence.authority}; whether that authority hears complaints"
                " of customers is not known"
            )
            yield clerk.item("fact", words, licence, notes=False)
    if about == "privacy":
        yield unknown("which authority hears complaints about personal data there")


def _body_words(body: Escalation | Authority) -> str:
    hears = f" ({body.hears})" if isinstance(body, Authority) else ""
    parts = [f"{body.body}{hears}"]
    parts += [part for part in (body.number, body.email, body.url) if part]
    if body.within_days is not None:
        parts.append(f"turn there within {days(body.within_days)} of the final answer")
    if isinstance(body, Escalation) and body.reply_days is not None:
        parts.append(f"answers within {days(body.reply_days)}")
    return "; ".join(parts)


def _log(log: str) -> Iterator[Item]:
    yield to_do("Write down each contact as it happens, one line each")
    yield Item(kind="fact", text=LOG)
    yield Item(kind="fact", text=log)


# The letter.


def _letter(
    clerk: Clerk, matter: Matter, about: str | None, contacts: tuple[Contact, ...]
) -> tuple[tuple[str, ...], ...]:
    """Return the letter. It claims nothing that the catalog does not hold."""
    wallet, support = clerk.wallet, clerk.market.support
    operator = clerk.operator or f"The operator of {wallet.name}"
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
        within = f"within {days(support.reply.days, 'working ' if support.reply.working else '')}"
    known = [body.body for body, _, _ in hears_next(clerk.catalog, wallet, clerk.country)]
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
            f"Account: {wallet.name}, {country_name(clerk.country)}, in the name of [NAME],"
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
