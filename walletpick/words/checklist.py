"""The checklists of leaving and of complaining in words. Pure.

What a line says stands in `checklist.en.toml`, with places for its values; what takes more than
that is made here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from shlex import quote
from typing import Any

from msgspec import Struct, structs

from walletpick.answers.checklist import Account, Item
from walletpick.answers.leave import Hurdle, Route
from walletpick.facts.model import Channel, Complaint, Escalation, Protection, Right
from walletpick.facts.places import in_country
from walletpick.facts.vocabulary import (
    CHANNELS,
    CLOSING_WAYS,
    DIFFICULTIES,
    KINDS,
    METHODS,
    OPERATIONS,
    PLATFORMS,
    STATUSES,
    YOU,
)
from walletpick.words.bills import span_words
from walletpick.words.common import first_upper
from walletpick.words.complaint import matter_words
from walletpick.words.facts import (
    body_words,
    channel_words,
    cover_words,
    no_channel_words,
    only_words,
    priced_words,
    reply_words,
)
from walletpick.words.law import about_words, right_words, time_words
from walletpick.words.phrases import (
    claim_phrase,
    count_words,
    language_name,
    limit_figure,
    limit_words,
    listed,
    money,
    rule_words,
)
from walletpick.words.texts import texts

# Ways to reach somebody that need a number or an address.
_WITH_ADDRESS = ("phone", "callback", "email", "social")
LOG_HEAD = "DATE | TIME | CHANNEL | NAME | REFERENCE NO. | WHAT WAS SAID | BY WHEN"


class _Texts(Struct, frozen=True):
    """What `checklist.en.toml` holds."""

    titles: dict[str, str]
    lines: dict[str, str]
    unknown: dict[str, str]
    ways: dict[str, dict[str, str]]
    tied: dict[str, str]
    linked: dict[str, str]
    where: dict[str, str]


def _texts() -> _Texts:
    words: _Texts = texts("checklist", _Texts)
    return words


def title_words(step: str) -> str:
    """Return the title of a step."""
    return _texts().titles[step]


def item_words(account: Account, item: Item) -> str:
    """Return what a line says, then the notes of its facts."""
    words = _says(account, item)
    if not item.grounds:
        return words
    parts = (_as_item(sentence) for sentence in (words, *item.notes))
    return ". ".join(dict.fromkeys(filter(None, parts)))


def short_words(account: Account, item: Item) -> str:
    """Return what a line says where the notes of its facts stand further below.

    What rests on what the person told is said to be theirs, as it has no source beside it.
    """
    yours = any(ground.source.publisher == YOU for ground in item.grounds)
    return _short_words(account, item) + (" (as you told)" if yours else "")


def _short_words(account: Account, item: Item) -> str:
    if item.says == "by-law":
        return (
            _texts()
            .lines["by-law-if" if item.notes[0] else "by-law"]
            .format(right=right_words(item.values["right"]))
        )
    right = item.values.get("right")
    if item.says == "must-answer" and right and right.within and not account.market.licence:
        # One condition is enough on a screen.
        item = structs.replace(item, values={**item.values, "right": _without_latest(right)})
    return first_upper(_says(account, item))


def _without_latest(right: Right) -> Right:
    return structs.replace(right, at_most=None)


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
    how = f" {METHODS[route.method]}" if route.method else ""
    return words or f"{OPERATIONS[route.operation]}{how}"


def log_line(day: date) -> str:
    """Return a line of a log to fill in, of a day."""
    return f"{day.isoformat()} | ____ | ____ | ____ | ____ | ____ | ____"


def _as_item(sentence: str) -> str:
    """Return what others wrote as it stands in a list: without a point at the end."""
    return first_upper(sentence.strip().removesuffix("."))


def _says(account: Account, item: Item) -> str:
    unknown = item.kind == "unknown"
    if item.says in MADE and not unknown:
        return MADE[item.says](account, **item.values)
    text = (_texts().unknown if unknown else _texts().lines)[item.says]
    wallet, currency = account.wallet, account.market.currency
    of_account = {
        "wallet": wallet.name,
        "leave": call_words(account, "leave"),
        "complain": call_words(account, "complain"),
        "kind": KINDS[wallet.kind],
        "operator": account.operator or wallet.name,
        "country": account.country,
        "in_country": in_country(account.country),
        "currency": currency,
    }
    values = {
        name: _SAID[name](value, currency) if name in _SAID else value
        for name, value in item.values.items()
    }
    words = text.format(**of_account, **values)
    return f"Not known: {words}" if unknown else words


# How a value of each name is said; others are said as they are.
_SAID: dict[str, Callable[[Any, str], str]] = {
    "note": lambda note, _: _as_item(note),
    "amount": money,
    "price": priced_words,
    "rule": rule_words,
    "limit": limit_words,
    "figure": limit_figure,
    "claim": lambda key, _: claim_phrase(key, True),
    "only": lambda facts, _: only_words(*facts),
    "plans": lambda names, _: " or ".join(names),
    "languages": lambda codes, _: ", ".join(map(language_name, codes)),
    "channels": lambda words, _: ", ".join(CHANNELS[word] for word in words),
    "state": lambda word, _: STATUSES[word],
    "platform": lambda word, _: PLATFORMS[word],
    "closing_way": lambda word, _: CLOSING_WAYS[word],
    "difficulty": lambda word, _: DIFFICULTIES[word],
    "days": lambda number, _: count_words(number, "day"),
    "about": lambda words, _: about_words(words),
    "within": lambda time, _: time_words(time),
    "reply": lambda reply, _: reply_words(reply),
}


# What takes more than a text with places for values.


def _best_route(
    account: Account, route: Route, silent: Sequence[Route], amount: Decimal, example: bool
) -> str:
    best = "Way out"
    if route.known and route.forbidden is None:
        best = "Cheapest known price" if silent else "Cheapest known way"
    words = f"{best}: {way_words(route)}{only_words(*route.claims)}"
    words = f"{words}. {_fee_words(account, route, amount, example)}"
    if silent and route.known:
        others = listed([way_words(each) for each in silent], "or")
        words += f". What it costs to {others} is not known"
    return words


def _other_route(account: Account, route: Route, amount: Decimal) -> str:
    words = f"Another way: {way_words(route)}{only_words(*route.claims)}"
    if route.forbidden is not None:
        figure = limit_figure(route.forbidden, account.market.currency)
        return f"{words}. Not for this sum: {figure}"
    hurdles = (_hurdle(account, hurdle) for hurdle in route.hurdles)
    return ". ".join((words, _fee_words(account, route, amount), *hurdles))


def _fee_words(account: Account, route: Route, amount: Decimal, example: bool = False) -> str:
    """Return what a way out costs for a sum, on each plan where that differs."""
    currency = account.market.currency
    names = {plan.id: plan.name for plan in account.market.plans}
    some = f"{money(amount, currency)}{', for example,' if example else ''}"
    if route.fee is None:
        words = f"What that costs for {some} cannot be reckoned"
    elif route.known:
        words = f"For {some} that costs {span_words(route.fee)}"
    else:
        words = (
            f"The fee is not known: for {some} it is taken for {span_words(route.fee)},"
            " from what others charge"
        )
    if route.known and any(account.ground(rule).stale for rule in route.rules):
        words += " (the price is old and may have changed)"
    if route.transfers > 1:
        words += f", in {route.transfers:,} transfers"
        if route.months > 1:
            words += f" over {route.months:,} months"
    if route.others:
        prices = []
        for other in route.others:
            price = span_words(other.fee) if other.fee is not None else "not known"
            price += "" if other.known or other.fee is None else " (not known)"
            prices.append(f"on {names[other.plan]} {price}")
        words = f"{words} on {names[route.plan]}; {'; '.join(prices)}"
    return words


def _hurdle(account: Account, hurdle: Hurdle) -> str:
    """Return that a limit forces several transfers: "at most 500.00 PHP a day: 4 days"."""
    figure = limit_figure(hurdle.limit, account.market.currency)
    unit = "transfer" if hurdle.limit.what == "transaction" else hurdle.limit.what
    return f"Not in one go: {figure}, so it takes {hurdle.periods:,} {unit}s or more"


def _channel(account: Account, word: str, channel: Channel, about: str | None) -> str:
    page = account.market.links.help if word == "help-centre" else None
    words = channel_words(word, channel, page, missing=True)
    return f"{words} - {matter_words(about).ways[word]}" if about else words


def _cover(account: Account, cover: Protection) -> str:
    words = cover_words(cover, account.market.currency)
    if cover.within_days is not None:
        words += f": report within {count_words(cover.within_days, 'day')}"
    return words + only_words(cover)


def _cover_undated(account: Account, cover: Protection) -> str:
    words = cover_words(cover, account.market.currency)
    return f"{words}: within how many days to report is not known{only_words(cover)}"


def _near(account: Account, cover: Protection) -> str:
    covers = cover_words(cover, account.market.currency)
    return _texts().lines["near"].format(cover=covers) + only_words(cover)


def _no_such_refund(account: Account, cover: Protection) -> str:
    return f"{account.wallet.name} {cover_words(cover, account.market.currency)}"


def _asked_first(says: str) -> Callable[..., str]:
    """Return what says whom to ask for what, and where."""

    def words(
        account: Account, about: str | None, word: str | None = None, channel: Channel | None = None
    ) -> str:
        return (
            _texts()
            .lines[says]
            .format(
                wallet=account.wallet.name,
                ask=matter_words(about).ask,
                where=_where(account, word, channel),
            )
        )

    return words


def _where(account: Account, word: str | None, channel: Channel | None) -> str:
    """Return where somebody answers, as shortly as one can: a number, an address, or in words."""
    texts = _texts().where
    if word is None or channel is None:
        site = account.wallet.website
        return texts["site"].format(site=site) if site else texts["nowhere"]
    address = channel.number or channel.address or channel.url
    if address:
        return texts["at"].format(word=texts[word], at=address)
    site = account.market.links.help or account.wallet.website
    if word in _WITH_ADDRESS and site:
        return texts["no-number"].format(word=texts[word], site=site)
    return texts[word]


def _then_body(account: Account, body: Escalation | Right, others: int) -> str:
    where = body.number or body.url or body.email
    bare = structs.replace(body, number=None, email=None, url=where)
    if isinstance(bare, Right):
        bare = structs.replace(bare, hears=None)
    # A law binds who is licensed.
    by_licence = isinstance(bare, Right) and not account.market.licence
    lead = "Next, if licensed" if by_licence else "If that does not help"
    words = (
        _texts().lines["then-body"].format(lead=lead, body=body_words(bare, "turn there within"))
    )
    return words + (f"; and {count_words(others, 'other')}" if others else "")


def _own_way(account: Account, complaint: Complaint) -> str:
    hours = f"hours: {complaint.hours}" if complaint.hours else ""
    how = complaint.how + about_words(complaint.about)
    return "; ".join(filter(None, (how, hours, complaint.url)))


def _must_answer(account: Account, right: Right, day: date | None) -> str:
    words = f"By law in {in_country(account.country)} it must answer within {reply_words(right)}"
    if day:
        words += f" (by {day}, if you complain today)"
    if right.within and right.at_most:
        words += f", at the latest within {time_words(right.at_most)}"
    if right.claim_within:
        words += f"; complain within {time_words(right.claim_within)}"
    return words + about_words(right.about) + _if_licensed(account)


def _by_law(account: Account, right: Right) -> str:
    return first_upper(right_words(right)) + _if_licensed(account)


def _if_licensed(account: Account) -> str:
    """Return the condition of what the law asks of firms with a licence, where none is known."""
    return "" if account.market.licence else ", if licensed there"


# By the name of the line.
MADE: dict[str, Callable[..., str]] = {
    "best-route": _best_route,
    "other-route": _other_route,
    "hurdle": _hurdle,
    "tied": lambda account, key: _claimed(_texts().tied[key], key),
    "linked": lambda account, key: _claimed(_texts().linked[key], key),
    "channel": _channel,
    "no-channel": lambda account, word: no_channel_words(word),
    "cover": _cover,
    "cover-undated": _cover_undated,
    "near": _near,
    "no-such-refund": _no_such_refund,
    "bank-first": _asked_first("bank-first"),
    "card-first": _asked_first("card-first"),
    "reach": _asked_first("reach"),
    "reach-next": _asked_first("reach-next"),
    "then-body": _then_body,
    "by-law": _by_law,
    "must-answer": _must_answer,
    "body": lambda account, body: body_words(body, "turn there within"),
    "own-way": _own_way,
    "have-ready": lambda account, about, what: matter_words(about).have_ready[what],
    "log-head": lambda account: LOG_HEAD,
    "log-line": lambda account, day: log_line(day),
}


def _claimed(words: str, key: str) -> str:
    return f"{words} (it {claim_phrase(key, True)})"
