"""The checklists of leaving and of complaining in words. Pure.

What a line says stands in `checklist.LANGUAGE.toml`, with places for its values; what takes more
than that is made here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from shlex import quote
from typing import Any

from msgspec import Struct, structs

from walletpick.answers.checklist import Account, Item, Step
from walletpick.answers.complain import Holder
from walletpick.answers.leave import Hurdle, Route
from walletpick.facts import vocabulary
from walletpick.facts.model import Channel, Complaint, Escalation, FeeRule, Protection, Right
from walletpick.facts.names import wallet_name
from walletpick.facts.places import in_country
from walletpick.language import N_, _, catalog_text, known_text, ngettext, with_brackets
from walletpick.words.common import first_upper, sentences, wallet_in
from walletpick.words.complaint import matter_words, read_there, texts
from walletpick.words.facts import (
    about_words,
    body_words,
    channel_words,
    cover_words,
    hours_words,
    no_channel_words,
    only_words,
    priced_words,
    reply_words,
    right_words,
    time_words,
)
from walletpick.words.phrases import (
    apart,
    claim_phrase,
    clauses,
    count_words,
    in_a_row,
    language_name,
    limit_figure,
    limit_words,
    listed,
    money,
    operation_phrase,
)
from walletpick.words.prices import rule_words, span_words

# Ways to reach somebody that need a number or an address.
_WITH_ADDRESS = ("phone", "callback", "email", "social")
LOG_HEAD = N_("DATE | TIME | CHANNEL | NAME | REFERENCE NO. | WHAT WAS SAID | BY WHEN")


class _Texts(Struct, frozen=True):
    """What `checklist.LANGUAGE.toml` holds."""

    titles: dict[str, str]
    lines: dict[str, str]
    unknown: dict[str, str]
    ways: dict[str, dict[str, str]]
    tied: dict[str, str]
    beside: dict[str, str]
    linked: dict[str, str]
    where: dict[str, str]


def _texts() -> _Texts:
    words: _Texts = texts("checklist", _Texts)
    return words


def title_words(step: Step) -> str:
    """Return the title of a step."""
    return _texts().titles[step.titled]


def item_words(account: Account, item: Item) -> str:
    """Return what a line says, then the notes of its facts."""
    words = _says(account, item)
    if not item.grounds:
        return words
    notes = (catalog_text(note) for note in item.notes)
    parts = (_as_item(sentence) for sentence in (words, *notes))
    return sentences(dict.fromkeys(filter(None, parts)))


def short_words(account: Account, item: Item) -> str:
    """Return what a line says where the notes of its facts stand further below.

    What rests on what the person told is said to be theirs, as it has no source beside it.
    """
    yours = any(ground.source.publisher == vocabulary.YOU for ground in item.grounds)
    words = _short_words(account, item)
    return _("{words} (as you told)", words=words) if yours else words


def _short_words(account: Account, item: Item) -> str:
    if item.says == "by-law":
        says = "by-law-if" if item.notes[0] else "by-law"
        return _line(says, right=right_words(item.values["right"]))
    if item.says == "must-answer":
        values = {**item.values, "short": True}
        if item.values["of"] or not account.market.licence:
            # One condition is enough on a screen.
            right = item.values["right"]
            values["right"] = structs.replace(right, at_most=None) if right.within else right
            values["day"] = None if item.values["of"] else item.values["day"]
        item = structs.replace(item, values=values)
    return first_upper(_says(account, item))


def call_words(account: Account, command: str) -> str:
    """Return the command for an account, as it is typed."""
    wallet = account.wallet
    if not account.known:
        options = f"--country {account.country} --kind {wallet.kind}"
        return f"walletpick {command} {quote(wallet.name)} {options}"
    only = "" if len(wallet.markets) == 1 else f"@{account.country}"
    return f"walletpick {command} {wallet.id}{only}"


def way_words(route: Route) -> str:
    """Return a way out as something to do: "transfer it to a bank account"."""
    words = _texts().ways.get(route.operation, {}).get(route.method or "any")
    if words or not route.method:
        return words or operation_phrase(route.operation)
    how, what = _(vocabulary.METHODS[route.method]), operation_phrase(route.operation)
    return _("{what} {how}", what=what, how=how)


def log_line(day: date) -> str:
    """Return a line of a log to fill in, of a day."""
    return f"{day.isoformat()} | ____ | ____ | ____ | ____ | ____ | ____"


def _as_item(sentence: str) -> str:
    """Return what others wrote as it stands in a list: without a point at the end."""
    return first_upper(sentence.strip().rstrip("。").removesuffix("."))


def _line(says: str, **places: object) -> str:
    """Return the text of a line with its places filled."""
    return _filled(_texts().lines[says], **places)


def _filled(text: str, **places: object) -> str:
    """Return a text, which is in the language that is spoken already, with its places filled."""
    return _(text, **places)


def _says(account: Account, item: Item) -> str:
    unknown = item.kind == "unknown"
    if item.says in MADE and not unknown:
        return MADE[item.says](account, **item.values)
    text = (_texts().unknown if unknown else _texts().lines)[item.says]
    wallet, currency = account.wallet, account.market.currency
    of_account = {
        "wallet": wallet_name(wallet),
        "market": wallet_in(wallet, account.country),
        "leave": call_words(account, "leave"),
        "complain": call_words(account, "complain"),
        "kind": _(vocabulary.KINDS[account.candidate.kind]),
        "operator": known_text(account.operator or "") or wallet_name(wallet),
        "country": account.country,
        "in_country": in_country(account.country),
        "currency": currency,
    }
    values = {
        name: _SAID[name](value) if name in _SAID else value for name, value in item.values.items()
    }
    if "amount" in item.values:
        values["amount"] = money(item.values["amount"], currency)
    words = _filled(text, **of_account, **values)
    return _("Not known: {what}", what=words) if unknown else words


def _in_writing(account: Account) -> str:
    """Return that a letter comes next, and into what language to turn it."""
    if languages := read_there(account):
        named = listed([language_name(each) for each in languages], "or")
        words = N_("Then write (--letter, in English: put it into {languages}); keep a dated copy")
        return _(words, languages=named)
    return _("Then complain in writing (--letter), and keep a copy with its date")


def _first_clause(how: str) -> str:
    """Return how to complain without what comes after a semicolon.

    That is of another matter, or for the step of its own.
    """
    words = catalog_text(how)
    return words.partition("；" if "；" in words else ";")[0]


# How a value of each name is said; others are said as they are.
_SAID: dict[str, Callable[[Any], str]] = {
    "authority": catalog_text,
    "body": catalog_text,
    "then": catalog_text,
    "note": lambda note: _as_item(catalog_text(note)),
    "where": lambda ways: _(", or ").join(ways),
    "how": _first_clause,
    "price": priced_words,
    "rule": rule_words,
    "limit": limit_words,
    "figure": limit_figure,
    "claim": lambda key: claim_phrase(key, True),
    "only": lambda facts: only_words(*facts),
    "languages": lambda codes: in_a_row(map(language_name, codes)),
    "channels": lambda words: in_a_row(_(vocabulary.CHANNELS[word]) for word in words),
    "state": lambda word: _(vocabulary.STATUSES[word]),
    "platform": lambda word: _(vocabulary.PLATFORMS[word]),
    "closing_way": lambda word: _(vocabulary.CLOSING_WAYS[word]),
    "difficulty": lambda word: _(vocabulary.DIFFICULTIES[word]),
    "days": lambda number: count_words(number, "day"),
    "about": about_words,
    "within": time_words,
    "reply": reply_words,
}


# What takes more than a text with places for values.


def _best_route(
    account: Account, route: Route, silent: Sequence[Route], amount: Decimal, example: bool
) -> str:
    way = way_words(route) + only_words(*route.claims)
    form = N_("Cheapest known price: {way}") if silent else N_("Cheapest known way: {way}")
    if not route.known or route.forbidden is not None:
        form = N_("Way out: {way}")
    parts = [_(form, way=way), _fee_words(account, route, amount, example)]
    if silent and route.known:
        others = listed([way_words(each) for each in silent], "or")
        parts.append(_("What it costs to {ways} is not known", ways=others))
    return sentences(parts)


def _other_route(account: Account, route: Route, amount: Decimal) -> str:
    words = _("Another way: {way}", way=way_words(route) + only_words(*route.claims))
    if route.forbidden is not None:
        figure = limit_figure(route.forbidden)
        return sentences((words, _line("not-for-this-sum", figure=figure)))
    hurdles = (_hurdle(account, hurdle) for hurdle in route.hurdles)
    return sentences((words, _fee_words(account, route, amount), *hurdles))


def _fee_words(account: Account, route: Route, amount: Decimal, example: bool = False) -> str:
    """Return what a way out costs for a sum, on each plan where that differs."""
    names = {plan.id: plan.name for plan in account.market.plans}
    some = money(amount, account.market.currency)
    if example:
        some = _("{amount}, for example,", amount=some)
    form = N_("What that costs for {amount} cannot be reckoned")
    if route.known:
        form = N_("For {amount} that costs {price}")
    elif route.fee is not None:
        form = N_(
            "The fee is not known: for {amount} it is taken for {price}, from what others charge"
        )
    words = _(form, amount=some, price=span_words(route.fee) if route.fee is not None else "")
    if route.known and any(account.ground(rule).stale for rule in route.rules):
        words = _("{words} (the price is old and may have changed)", words=words)
    if route.transfers > 1:
        words = clauses((words, _transfers(route)))
    if not route.others:
        return words
    prices = [_("{words} on {plan}", words=words, plan=names[route.plan])]
    for other in route.others:
        price = _("not known") if other.fee is None else span_words(other.fee)
        if other.fee is not None and not other.known:
            price = _("{price} (not known)", price=price)
        prices.append(_("on {plan} {price}", plan=names[other.plan], price=price))
    return apart(prices)


def _transfers(route: Route) -> str:
    """Return in how many transfers a sum goes out, at the least: "in 4 transfers over 2 months"."""
    form = N_("in {transfers} transfers")
    if route.months > 1:
        form = N_("in {transfers} transfers over {months} months")
    return _(form, transfers=f"{route.transfers:,}", months=f"{route.months:,}")


def _ended_plans(charges: Mapping[str, Sequence[FeeRule]]) -> str:
    """Return the plans to be ended, each with what it costs: "Plus (3 EUR a month)"."""
    return apart(
        with_brackets(name, clauses(map(rule_words, rules))) for name, rules in charges.items()
    )


# What a limit lets through at a time -> how long the whole takes, where that is more than one.
_TAKES = {
    "transaction": N_("Not in one go: {figure}, so it takes {count} transfers or more"),
    "day": N_("Not in one go: {figure}, so it takes {count} days or more"),
    "week": N_("Not in one go: {figure}, so it takes {count} weeks or more"),
    "month": N_("Not in one go: {figure}, so it takes {count} months or more"),
    "year": N_("Not in one go: {figure}, so it takes {count} years or more"),
    "lifetime": N_("Not in one go: {figure}, so it takes {count} lifetimes or more"),
}


def _hurdle(account: Account, hurdle: Hurdle) -> str:
    """Return that a limit forces several transfers: "at most 500.00 PHP a day: 4 days"."""
    limit, count = hurdle.limit, f"{hurdle.periods:,}"
    return _(_TAKES[limit.what], figure=limit_figure(limit), count=count)


def _channel(account: Account, word: str, channel: Channel, about: str | None) -> str:
    page = account.market.links.help if word == "help-centre" else None
    words = channel_words(word, channel, page, missing=True)
    if not about:
        return words
    return _("{channel} - {reason}", channel=words, reason=matter_words(about).ways[word])


def _cover(account: Account, cover: Protection) -> str:
    words = cover_words(cover)
    if cover.within_days is not None:
        time = count_words(cover.within_days, "day")
        words = _("{cover}: report within {time}", cover=words, time=time)
    return words + only_words(cover)


def _cover_undated(account: Account, cover: Protection) -> str:
    return _(
        "{cover}: within how many days to report is not known{only}",
        cover=cover_words(cover),
        only=only_words(cover),
    )


def _asked_first(says: str) -> Callable[..., str]:
    """Return what says whom to ask for what, and where."""

    def words(
        account: Account,
        about: str | None,
        word: str | None = None,
        channel: Channel | None = None,
        otherwise: str | None = None,
        beside: Channel | None = None,
    ) -> str:
        where = _where(account, word, channel)
        if channel and otherwise:
            hours = catalog_text(channel.hours or "")
            by = _texts().where["hours" if hours and not beside else "otherwise"]
            other = _where(account, otherwise, beside) if beside else _texts().where[otherwise]
            where = _filled(by, where=where, hours=hours, otherwise=other)
        return _line(
            says, wallet=wallet_name(account.wallet), ask=matter_words(about).ask, where=where
        )

    return words


def _where(account: Account, word: str | None, channel: Channel | None) -> str:
    """Return where somebody answers, as shortly as one can: a number, an address, or in words."""
    texts = _texts().where
    if word is None or channel is None:
        if page := account.market.links.help:
            return _filled(texts["help"], page=page)
        site = account.wallet.website
        return _filled(texts["site"], site=site) if site else texts["nowhere"]
    address = channel.number or channel.address or channel.url
    if address:
        return _filled(texts["at"], word=texts[word], at=address)
    site = account.market.links.help or account.wallet.website
    if word in _WITH_ADDRESS and site:
        return _filled(texts["no-number"], word=texts[word], site=site)
    return texts[word]


def _then_body(
    account: Account, body: Escalation | Right, others: int, of: Holder | None = None
) -> str:
    # A front door tells no more than a number; the page of a form does.
    url = body.url if not body.number or _is_inside(body.url or "") else None
    email = None if body.number or url else body.email
    bare = structs.replace(body, email=email, url=url)
    if isinstance(bare, Right):
        bare = structs.replace(bare, hears=None)
    # A law binds who is licensed.
    licensed = account.market.licence or of
    by_licence = isinstance(bare, Right) and not licensed
    lead = _("Next, if licensed") if by_licence else _("If that does not help")
    words = _line("then-body", lead=lead, body=body_words(bare, turn=True))
    if not others:
        return words
    return apart((words, ngettext("and {count} other", "and {count} others", others)))


def _is_inside(url: str) -> bool:
    """Return whether an address is that of a page inside a site, as that of a form is."""
    return bool(re.match(r"https?://[^/]+/[^?#]", url))


def _own_way(account: Account, complaint: Complaint) -> str:
    hours = hours_words(complaint.hours) if complaint.hours else ""
    how = catalog_text(complaint.how) + about_words(complaint.about)
    return apart((how, hours, complaint.url))


# Who must answer by law: the operator, or who holds the money that the wallet passes on.
_MUST_ANSWER = {
    None: N_("By law in {in_country} it must answer within {time}"),
    "bank": N_("By law in {in_country} your bank must answer within {time}"),
    "card": N_("By law in {in_country} the bank or card company must answer within {time}"),
}
# The same below a heading that names the country.
_MUST_ANSWER_HERE = {
    None: N_("By law it must answer within {time}"),
    "bank": N_("By law your bank must answer within {time}"),
    "card": N_("By law the bank or card company must answer within {time}"),
}


def _must_answer(
    account: Account,
    right: Right,
    day: date | None,
    of: Holder | None = None,
    short: bool = False,
) -> str:
    form = (_MUST_ANSWER_HERE if short else _MUST_ANSWER)[of]
    words = _(form, in_country=in_country(account.country), time=reply_words(right))
    if day:
        words = _("{words} (by {day}, if you complain today)", words=words, day=day)
    if right.within and right.at_most:
        latest = _("at the latest within {time}", time=time_words(right.at_most))
        words = clauses((words, latest))
    if right.claim_within:
        first = _("complain within {time}", time=time_words(right.claim_within))
        words = apart((words, first))
    return _if_licensed(account, words + about_words(right.about), of)


def _if_licensed(account: Account, words: str, of: Holder | None) -> str:
    """Return what the law asks, where no licence is known on the condition that there is one.

    Who holds money (`of`) has one.
    """
    licensed = account.market.licence or of
    return words if licensed else _("{words}, if licensed there", words=words)


# By the name of the line.
MADE: dict[str, Callable[..., str]] = {
    "best-route": _best_route,
    "other-route": _other_route,
    "in-writing": _in_writing,
    "ask-to-close": lambda account, word, channel: _line(
        "ask-to-close-by", where=_where(account, word, channel)
    ),
    "hurdle": _hurdle,
    "tied": lambda account, key: _claimed(_texts().tied[key], key),
    "linked": lambda account, key: _claimed(_texts().linked[key], key),
    "channel": _channel,
    "no-channel": lambda account, word: no_channel_words(word),
    "cover": _cover,
    "cover-undated": _cover_undated,
    "near": lambda account, cover: _line("near", cover=cover_words(cover)) + only_words(cover),
    "end-plan": lambda account, charges: _line("end-plan", plans=_ended_plans(charges)),
    "no-such-refund": lambda account, cover: _(
        "{wallet} {lacks}", wallet=wallet_name(account.wallet), lacks=cover_words(cover)
    ),
    "bank-first": _asked_first("bank-first"),
    "card-first": _asked_first("card-first"),
    "reach": _asked_first("reach"),
    "reach-next": _asked_first("reach-next"),
    "then-body": _then_body,
    "by-law": lambda account, right, of=None: _if_licensed(
        account, first_upper(right_words(right)), of
    ),
    "no-scam-refund": lambda account, right: _line("no-scam-refund", right=right_words(right)),
    "must-answer": _must_answer,
    "body": lambda account, body: body_words(body, turn=True),
    "own-way": _own_way,
    "have-ready": lambda account, about, what: matter_words(about).have_ready[what],
    "log-head": lambda account: _(LOG_HEAD),
    "log-line": lambda account, day: log_line(day),
}


def beside_words(items: Iterable[Item]) -> str:
    """Return in short what to do about what is beside a balance: "Repay loans, empty savings"."""
    words = (_texts().beside[item.values["key"]] for item in items)
    return first_upper(in_a_row(words))


def to_do_in_short(account: Account, item: Item) -> str:
    """Return what to do first in a step, on a screen that has a line for each."""
    if item.says == "last-twelve-months":
        return _line("ties-in-short")
    if item.says == "linked":
        return _texts().linked[item.values["key"]]
    return short_words(account, item)


def closing_in_short(account: Account, items: Iterable[Item]) -> str:
    """Return how an account is closed, the way to where that is done, and what not doing it costs.

    `items` are all of the step. Of several charges for an account left unused, each for a case of
    its own, none is said, nor one that is for certain people alone.
    """
    how = next(item for item in items if item.kind == "do")
    notes = (_as_item(_first_clause(note)) for note in how.notes if note and how.grounds)
    unused = [item for item in items if item.says == "inactivity-fee" and item.kind == "fact"]
    charged = unused if len(unused) == 1 and _charges(unused[0].values["price"]) else []
    parts = (short_words(account, how), *notes, *(short_words(account, each) for each in charged))
    return sentences(parts)


def _charges(rule: FeeRule) -> bool:
    return not rule.for_ and bool(rule.fixed or rule.percent or rule.price == "unknown")


def help_in_short(account: Account, items: Iterable[Item]) -> str:
    """Return whom to reach where leaving does not work, by telephone if one can, and who is next.

    `items` are the ways to reach support, best first.
    """
    complain = call_words(account, "complain")
    best = min(items, key=lambda item: not item.values["channel"].number, default=None)
    if best is None:
        return _line("help-if-none", complain=complain)
    where = _where(account, best.values["word"], best.values["channel"])
    reads = best.values["word"] == "help-centre"
    line = "help-pages-in-short" if reads else "help-in-short"
    return _line(line, where=where, complain=complain)


def _claimed(words: str, key: str) -> str:
    return _("{words} (it {claim})", words=words, claim=claim_phrase(key, True))
