"""Closing an account, step by step, from what the catalog knows of a market. Pure.

Every step says first what to do. What it rests on stands beside it with its source; what the
catalog does not know is said where it would have stood.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from msgspec import structs

from walletpick.answers.checklist import (
    Account,
    AnyFact,
    Checklist,
    Item,
    step,
    to_do,
    told,
    unknown,
)
from walletpick.answers.complain import matter_of
from walletpick.answers.leave import Route, example_balance, routes
from walletpick.facts.model import Catalog, FeeRule, Wallet
from walletpick.facts.money import ZERO
from walletpick.facts.tables import toml_of

# A note that says what happens to one's data. (Notes are free text: what no rule finds is not
# shown here, but still stands under `walletpick show`.)
_DATA = re.compile(r"\b(data|records|history)\b", re.IGNORECASE)
_KEPT = re.compile(r"\b(kept|keeps?|retain\w*|delet\w*|eras\w*|stor(ed|es)|reopen\w*)\b", re.I)

# A note that says that logging in brings a closed account back.
_REOPENS = re.compile(r"\blog\w* (back )?in\b.*\breopen", re.IGNORECASE)

# What to see to, by the claim that says that a market has it: lists that `ties.toml` explains.
_LISTS = toml_of("answers/ties.toml", dict[str, tuple[str, ...]])
BESIDE, TIED, LINKED = (_LISTS[name] for name in ("beside", "tied", "linked"))


class LeaveChecklist(Checklist, frozen=True, kw_only=True):
    """The way out of one market. `balance` is None when the person named none."""

    balance: Decimal | None
    compared: Decimal
    routes: tuple[Route, ...]


def leave_checklist(
    catalog: Catalog, wallet: Wallet, country: str, balance: Decimal | None, today: date
) -> LeaveChecklist:
    """Return the steps of closing an account. `balance` is in the market's currency."""
    account = Account(catalog, wallet, country, today)
    compared = balance if balance else example_balance(account.market.currency, catalog)
    ways = tuple(routes(account.wallet, country, compared, catalog, today))
    # What is emptied into the balance comes before the balance moves out.
    beside = step("beside", _claimed(account, "tied", BESIDE))
    steps = (
        *((beside,) if beside.items else ()),
        step(
            "balance", _balance(account, balance, compared, ways), titled=_title(account, balance)
        ),
        step("statements", _statements(account)),
        step("ties", _ties(account)),
        step("links", _linked(account)),
        step("close", _closing(account)),
        step("after", _after(account)),
        step("help", _help(account)),
    )
    return LeaveChecklist(
        account=account,
        balance=balance,
        compared=compared,
        routes=ways,
        warning=account.warning(),
        steps=steps,
    )


# Moving the balance out.


def _title(account: Account, balance: Decimal | None) -> str:
    """Return the name of the title: of what mostly holds no balance, there may be none."""
    unsure = not account.candidate.holds_balance and balance is None
    return "maybe-balance" if unsure else "balance"


def _balance(
    account: Account, balance: Decimal | None, compared: Decimal, ways: tuple[Route, ...]
) -> Iterator[Item]:
    if balance == ZERO:
        yield to_do("check-zero")
        return
    if not ways:
        yield from _no_route(account)
        return
    if not account.candidate.holds_balance:
        yield to_do("maybe-no-balance")
    best, rest = ways[0], ways[1:]
    usable = [route for route in ways if route.forbidden is None]
    if not usable:
        yield unknown("usable-way", amount=compared)
    elif not any(route.known for route in usable):
        yield unknown("price-of-any-way")
    silent = tuple(route for route in rest if route.forbidden is None and not route.known)
    yield from _route(account, best, silent, balance, compared)
    for route in rest:
        yield _other_route(account, route, compared)
    if best.months > 1 or not usable:
        yield to_do("ask-for-all-at-once")
    if all(route.operation == "cash-out" for route in ways):
        yield unknown("to-bank")
    if balance is None:
        yield to_do("own-balance", amount=compared)
    yield from account.by_law("redemption-at-par")
    yield to_do("wait")


def _no_route(account: Account) -> Iterator[Item]:
    if not account.candidate.holds_balance:
        sure = account.candidate.kind == "pass-through"
        yield told("no-balance") if sure else to_do("maybe-no-balance")
        yield to_do("check-nothing-on-its-way")
        return
    yield unknown("any-way-out")
    yield to_do("ask-how-to-pay-out")
    for word, says in (("send", "or-send"), ("pay-qr", "or-spend"), ("pay-online", "or-spend")):
        claim = account.market.features.get(word)
        if claim and claim.has:
            yield account.item("do", says, claim, claim=f"features:{word}")


def _route(
    account: Account,
    route: Route,
    silent: tuple[Route, ...],
    balance: Decimal | None,
    compared: Decimal,
) -> Iterator[Item]:
    """Yield the best way out: what to do, its price, and what stands in the way.

    `silent` are other ways of which no price is known.
    """
    way = account.item(
        "do",
        "best-route",
        *route.claims,
        route=route,
        silent=silent,
        amount=compared,
        example=not balance,
    )
    marks = {ground.key: ground for ground in [*map(account.ground, route.rules), *way.grounds]}
    yield structs.replace(way, grounds=tuple(marks.values()))
    if route.known and route.fee is not None and route.fee.low >= compared:
        yield to_do("fee-takes-all")
    for rule in route.rules:
        yield account.item("fact", "price", rule, price=rule)
    named = {hurdle.limit.path for hurdle in route.hurdles}
    if route.forbidden is not None:
        named.add(route.forbidden.path)
        yield account.item("no", "not-for-this-sum", route.forbidden, figure=route.forbidden)
    for hurdle in route.hurdles:
        yield account.item("fact", "hurdle", hurdle.limit, hurdle=hurdle)
    for limit in route.limits:
        if limit.path not in named:
            yield account.item("fact", "limit", limit, limit=limit)
    if not route.limits:
        yield unknown("limits-of-way")


def _other_route(account: Account, route: Route, compared: Decimal) -> Item:
    """Return another way out on one line; the notes of its limits are not on it."""
    limits = [hurdle.limit for hurdle in route.hurdles]
    if route.forbidden is not None:
        limits = [route.forbidden]
    facts: tuple[AnyFact, ...] = (*route.rules, *route.claims)
    way = account.item("fact", "other-route", *facts, route=route, amount=compared)
    return structs.replace(way, grounds=(*way.grounds, *map(account.ground, limits)))


# The other steps.


def _statements(account: Account) -> Iterator[Item]:
    claim = account.market.features.get("statement-export")
    if claim is None:
        yield to_do("save-statements")
        yield unknown("exports")
    else:
        says = "export-statements" if claim.has else "take-screenshots"
        yield account.item("do", says, claim, only=(claim,))
    yield from account.by_law("statement-access")
    yield to_do("note-the-number")
    yield unknown("old-payments")


def _ties(account: Account) -> Iterator[Item]:
    yield to_do("last-twelve-months")
    yield to_do("tell-payers")
    charges: dict[str, list[FeeRule]] = {}
    for rule in account.market.fees:
        regular = rule.operation == "subscription" and rule.per and not rule.tax
        if regular and ((rule.fixed or ZERO) > 0 or rule.price == "unknown"):
            names = [plan.name for plan in account.market.plans if plan.id in rule.plan]
            for name in names or [""]:
                charges.setdefault(name, []).append(rule)
    for rule in charges.pop("", ()):
        yield account.item("do", "end-charge", rule, rule=rule)
    if charges:
        rules = {rule.path: rule for rules in charges.values() for rule in rules}
        # Several plans and periods are one thing to do.
        item = account.item("do", "end-plan", *rules.values(), charges=charges)
        yield structs.replace(item, notes=item.notes if len(rules) == 1 else ())
    yield from _claimed(account, "tied", TIED)


def _linked(account: Account) -> Iterator[Item]:
    items = list(_claimed(account, "linked", LINKED))
    yield from items
    if not items:
        yield to_do("remove-all")
        yield unknown("linkable")
    yield to_do("cancel-debits")
    yield to_do("remove-elsewhere")


def _claimed(account: Account, says: str, keys: Iterable[str]) -> Iterator[Item]:
    """Yield what to do about each thing that the market is known to have."""
    market = account.market
    families = {"features": market.features, "funding": market.funding, "payout": market.payout}
    for key in keys:
        family, _, word = key.partition(":")
        claim = families[family].get(word)
        if claim and claim.has:
            yield account.item("do", says, claim, key=key)


def _closing(account: Account) -> Iterator[Item]:
    market, closing = account.market, account.market.closing
    if closing and closing.how:
        yield account.item("do", "close-by", closing, closing_way=closing.how)
    elif closing and closing.note:
        yield account.item("do", "close", closing)
    else:
        yield _ask_to_close(account)
    if not (closing and closing.how):
        yield unknown("where-closed")
    if closing and closing.difficulty:
        yield account.item("fact", f"difficulty-{closing.difficulty}", closing, notes=False)
    else:
        yield unknown("how-hard")
    if market.links.closing:
        yield told("closing-page", url=market.links.closing)
    elif market.links.help:
        yield told("no-closing-page", url=market.links.help)
    else:
        yield unknown("closing-page")
    for operation in ("closing", "inactivity"):
        rules = [rule for rule in market.fees if rule.operation == operation]
        for rule in rules:
            yield account.item("fact", f"{operation}-fee", rule, price=rule)
        if not rules:
            yield unknown(f"{operation}-fee")
    for limit in market.limits:
        if limit.operation == "closing":
            yield account.item("fact", "limit", limit, limit=limit)
    yield from account.by_law("free-closing")
    yield to_do("ask-for-confirmation")


# Ways to ask for something, first those that leave it in writing.
_ASKED_BY = ("email", "ticket", "in-app", "live-chat", "phone", "callback", "branch", "social")


def _ask_to_close(account: Account) -> Item:
    """Return what works as a rule where no way is known: asking support, by a way that is known."""
    channels = account.market.support.channels
    for word in _ASKED_BY:
        if (channel := channels.get(word)) and channel.has:
            values = {"word": word, "channel": channel}
            return account.item("do", "ask-to-close", channel, notes=False, **values)
    return to_do("look-for-a-way")


def _after(account: Account) -> Iterator[Item]:
    market, closing = account.market, account.market.closing
    items = []
    if closing and _says_what_stays(closing.note):
        items.append(account.item("fact", "note", closing, notes=False, note=closing.note))
    items += [told("note", note=note) for note in account.wallet.notes if _says_what_stays(note)]
    if closing and closing.difficulty == "impossible" and not items:
        words = {"difficulty": closing.difficulty}
        items.append(account.item("fact", "after-closing", closing, notes=False, **words))
    yield from items or [unknown("data-kept")]
    if market.links.privacy:
        yield told("privacy-page", url=market.links.privacy)
    else:
        yield unknown("privacy-page")
    reopens = bool(closing and _REOPENS.search(closing.note or ""))
    yield to_do("do-not-log-in" if reopens else "log-in-again")
    yield to_do("delete-the-app")


def _says_what_stays(note: str) -> bool:
    return bool(_DATA.search(note) and _KEPT.search(note)) or bool(re.search("reopen", note, re.I))


def _help(account: Account) -> Iterator[Item]:
    channels = account.market.support.channels
    for word in matter_of(None).channels:
        if channel := channels.get(word):
            yield account.channel(word, channel)
    if not any(channel.has for channel in channels.values()):
        yield unknown("support")
        if account.wallet.website:
            yield told("web-site", url=account.wallet.website)
    yield account.languages()
    yield to_do("then-complain")
