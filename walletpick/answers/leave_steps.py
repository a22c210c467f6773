"""Closing an account, step by step, from what the catalog knows of a market. Pure.

Every step says first what to do. What it rests on stands beside it with its source; what the
catalog does not know is said where it would have stood.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from msgspec import Struct, structs

from walletpick.answers.checklist import Account, Checklist, Item, step, to_do, unknown
from walletpick.answers.complain import matter_of
from walletpick.answers.leave import Hurdle, Route, example_balance, routes
from walletpick.answers.texts import texts
from walletpick.facts.model import Catalog, Wallet
from walletpick.facts.money import ZERO
from walletpick.facts.vocabulary import CLOSING_WAYS, DIFFICULTIES, KINDS, METHODS, OPERATIONS
from walletpick.words.bills import span_words
from walletpick.words.common import first_upper
from walletpick.words.facts import only_words, priced_words
from walletpick.words.phrases import claim_phrase, limit_figure, limit_words, money, rule_words

# A note that says what happens to one's data. (Notes are free text: what no rule finds is not
# shown here, but still stands under `walletpick show`.)
_DATA = re.compile(r"\b(data|records|history)\b", re.IGNORECASE)
_KEPT = re.compile(r"\b(kept|keeps?|retain\w*|delet\w*|eras\w*|stor(ed|es)|reopen\w*)\b", re.I)


class _Texts(Struct, frozen=True):
    """What `leave_steps.en.toml` holds."""

    ways: dict[str, dict[str, str]]
    tied: dict[str, str]
    linked: dict[str, str]
    hardness: dict[str, str]


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
    found = tuple(routes(wallet, country, compared, catalog, today))
    steps = (
        step("balance", "Move the balance out", _balance(account, balance, compared, found)),
        step("statements", "Save your records", _statements(account)),
        step("ties", "Cancel what draws on it", _ties(account)),
        step("links", "Unlink cards and banks", _linked(account)),
        step("close", "Close the account", _closing(account)),
        step("after", "Check what stays behind", _after(account)),
        step("help", "If it does not work", _help(account)),
    )
    return LeaveChecklist(
        account=account,
        balance=balance,
        compared=compared,
        routes=found,
        warning=account.status(),
        steps=steps,
    )


# Moving the balance out.


def way_words(route: Route) -> str:
    """Return a way out as something to do: "transfer it to a bank account"."""
    words = texts("leave_steps", _Texts).ways.get(route.operation, {}).get(route.method or "any")
    how = f" {METHODS[route.method]}" if route.method else ""
    return words or f"{OPERATIONS[route.operation]}{how}"


def _balance(
    account: Account, balance: Decimal | None, compared: Decimal, found: tuple[Route, ...]
) -> Iterator[Item]:
    if balance == ZERO:
        yield to_do("Check that the balance really is zero, and that no payment is on its way")
        return
    if not found:
        yield from _no_route(account)
        return
    if account.wallet.kind == "pass-through":
        yield to_do(f"Look whether there is a balance at all: this wallet {KINDS['pass-through']}")
    best, rest = found[0], found[1:]
    some = money(compared, account.market.currency)
    usable = [route for route in found if route.forbidden is None]
    if not usable:
        yield unknown(f"any way to get {some} out that no limit forbids")
    elif not any(route.known for route in usable):
        yield unknown("what any way out costs")
    yield from _route(account, best, balance, compared)
    for route in rest:
        yield _other_route(account, route, compared)
    if best.months > 1 or not usable:
        yield to_do("Ask support for a way to have all of it paid out at once")
    if all(route.operation == "cash-out" for route in found):
        yield unknown("whether, and at what price, it can be transferred to a bank account")
    if balance is None:
        yield to_do(
            f"See what your own balance would cost: walletpick leave {account.wallet.id}"
            f" --country {account.country} --balance AMOUNT (in {account.market.currency}; {some}"
            " above is an example)"
        )
    yield to_do("Wait until the money has arrived and nothing is on its way before you go on")


def _no_route(account: Account) -> Iterator[Item]:
    if account.wallet.kind == "pass-through":
        yield Item(
            kind="fact",
            text=f"{account.wallet.name} {KINDS['pass-through']}, as far as the catalog knows",
        )
        yield to_do("Check that no payment or refund is on its way")
        return
    yield unknown("any way to move a balance out, and what that costs")
    yield to_do("Ask support how the balance is paid out (step 7 says where)")
    for key, words in (
        ("features:send", "Or send it to somebody you trust"),
        ("features:pay-qr", "Or spend it"),
        ("features:pay-online", "Or spend it"),
    ):
        claim = account.market.features.get(key.partition(":")[2])
        if claim and claim.has:
            yield account.item("do", f"{words}: it {claim_phrase(key, True)}", claim)


def _route(
    account: Account, route: Route, balance: Decimal | None, compared: Decimal
) -> Iterator[Item]:
    """Yield the best way out: what to do, its price, and what stands in the way."""
    currency = account.market.currency
    way = way_words(route) + only_words(*route.claims)
    best = "Cheapest known way" if route.known and route.forbidden is None else "Way out"
    lead = f"{best}{'' if balance else ' for such a sum'}: {way}"
    said = account.item("do", f"{lead}. {_fee_words(account, route, compared)}", *route.claims)
    marks = {ground.key: ground for ground in [*map(account.ground, route.rules), *said.grounds]}
    yield structs.replace(said, grounds=tuple(marks.values()))
    if _devours(route, compared):
        yield to_do("The fee would take all of it: spend the balance instead, if you can")
    for rule in route.rules:
        yield account.item("fact", f"Price: {priced_words(rule, currency)}", rule)
    if route.forbidden is not None:
        yield account.item(
            "no", f"Not for this sum: {limit_figure(route.forbidden, currency)}", route.forbidden
        )
    for hurdle in route.hurdles:
        yield account.item("fact", _hurdle_words(hurdle, currency), hurdle.limit)
    named = {hurdle.limit.path for hurdle in route.hurdles}
    if route.forbidden is not None:
        named.add(route.forbidden.path)
    for limit in route.limits:
        if limit.path not in named:
            yield account.item("fact", f"Limit: {limit_words(limit, currency)}", limit)
    if not route.limits:
        yield unknown("limits of this way")


def _other_route(account: Account, route: Route, compared: Decimal) -> Item:
    """Return another way out on one line."""
    currency = account.market.currency
    words = f"Another way: {way_words(route)}{only_words(*route.claims)}"
    limits = [hurdle.limit for hurdle in route.hurdles]
    if route.forbidden is not None:
        words += f". Not for this sum: {limit_figure(route.forbidden, currency)}"
        limits = [route.forbidden]
    else:
        words += f". {_fee_words(account, route, compared)}"
        for hurdle in route.hurdles:
            words += f". {_hurdle_words(hurdle, currency)}"
    said = account.item("fact", words, *route.rules, *route.claims)
    return structs.replace(said, grounds=(*said.grounds, *map(account.ground, limits)))


def _fee_words(account: Account, route: Route, compared: Decimal) -> str:
    """Return what a way out costs for a sum, on each plan where that differs."""
    currency = account.market.currency
    names = {plan.id: plan.name for plan in account.market.plans}
    some = money(compared, currency)
    if route.fee is None:
        words = f"What that costs for {some} cannot be reckoned"
    elif route.known:
        words = f"For {some} that costs {span_words(route.fee, currency)}"
    else:
        words = (
            f"The fee is not known: for {some} it is taken for {span_words(route.fee, currency)},"
            " from what others charge"
        )
    if route.known and any(account.ground(rule).stale for rule in route.rules):
        words += " (the price is old and may have changed)"
    if route.transfers > 1:
        words += f", in {route.transfers:,} transfers"
        if route.months > 1:
            words += f" over {route.months:,} months"
    if route.others:
        said = []
        for other in route.others:
            price = span_words(other.fee, currency) if other.fee is not None else "not known"
            price += "" if other.known or other.fee is None else " (not known)"
            said.append(f"on {names[other.plan]} {price}")
        words = f"{words} on {names[route.plan]}; {'; '.join(said)}"
    return words


def _hurdle_words(hurdle: Hurdle, currency: str) -> str:
    """Return that a limit forces several transfers: "at most 500.00 PHP a day: 4 days"."""
    figure = limit_figure(hurdle.limit, currency)
    unit = "transfer" if hurdle.limit.what == "transaction" else hurdle.limit.what
    return f"Not in one go: {figure}, so it takes {hurdle.periods:,} {unit}s or more"


def _devours(route: Route, compared: Decimal) -> bool:
    return route.known and route.fee is not None and route.fee.low >= compared


# The other steps.


def _statements(account: Account) -> Iterator[Item]:
    claim = account.market.features.get("statement-export")
    if claim is None:
        yield to_do(
            "Save statements or screenshots of the payments that you may have to show one day"
            " (tax, guarantees, disputes)"
        )
        yield unknown("whether it exports statements")
    elif claim.has:
        words = "Export statements of all the time you may have to show one day"
        yield account.item("do", words + only_words(claim), claim)
    else:
        words = "Take screenshots of the payments you may have to show: it exports no statements"
        yield account.item("do", words + only_words(claim), claim)
    yield to_do("Note the account's number or name, and the date of your last payment")
    yield unknown("whether old payments can still be seen after closing; save them before")


def _ties(account: Account) -> Iterator[Item]:
    yield to_do(
        "Go through the last twelve months: subscriptions, standing orders, direct debits and"
        " bills that are paid from it. Give each another way to pay"
    )
    yield to_do("Tell people and firms who pay you here where to pay from now on")
    for rule in account.market.fees:
        regular = rule.operation == "subscription" and rule.per and not rule.tax
        if regular and ((rule.fixed or ZERO) > 0 or rule.price == "unknown"):
            names = [plan.name for plan in account.market.plans if plan.id in rule.plan]
            what = f"End the plan {' or '.join(names)}" if names else "End the regular charge"
            price = rule_words(rule, account.market.currency)
            yield account.item("do", f"{what}, if you pay for it ({price})", rule)
    yield from _claimed(account, texts("leave_steps", _Texts).tied)


def _linked(account: Account) -> Iterator[Item]:
    items = list(_claimed(account, texts("leave_steps", _Texts).linked))
    yield from items
    if not items:
        yield to_do("Remove every card and bank account that is stored in it")
        yield unknown("which kinds of cards and accounts can be linked")
    yield to_do(
        "At your bank and card companies: cancel direct debits and permissions that name"
        f" {account.operator or account.wallet.name}"
    )
    yield to_do("In other apps and shops: remove it from the stored ways to pay and log in")


def _claimed(account: Account, table: dict[str, str]) -> Iterator[Item]:
    """Yield what to do about each thing that the market is known to have."""
    market = account.market
    families = {"features": market.features, "funding": market.funding, "payout": market.payout}
    for key, words in table.items():
        family, _, word = key.partition(":")
        claim = families[family].get(word)
        if claim and claim.has:
            yield account.item("do", f"{words} (it {claim_phrase(key, True)})", claim)


def _closing(account: Account) -> Iterator[Item]:
    market, closing = account.market, account.market.closing
    name = account.wallet.name
    if closing and closing.how:
        yield account.item("do", f"Close the account {CLOSING_WAYS[closing.how]}", closing)
    elif closing and closing.note:
        yield account.item("do", "Close the account", closing)
    else:
        yield to_do("Look for a way to close the account in the settings, or ask support")
    if not (closing and closing.how):
        yield unknown("where it is closed (in the app, on the web site, by writing)")
    if closing and closing.difficulty:
        words = texts("leave_steps", _Texts).hardness[closing.difficulty]
        yield account.item("fact", words, closing, notes=False)
    else:
        yield unknown("how hard that is")
    if market.links.closing:
        yield Item(kind="fact", text=f"Page about closing: {market.links.closing}")
    elif market.links.help:
        yield Item(
            kind="fact", text=f"No page about closing is known; help pages: {market.links.help}"
        )
    else:
        yield unknown(f"a page of {name} about closing")
    yield from _charges(account)
    for limit in market.limits:
        if limit.operation == "closing":
            yield account.item("fact", f"Limit: {limit_words(limit, market.currency)}", limit)
    yield to_do("Ask for a confirmation, and keep it with its date")


def _charges(account: Account) -> Iterator[Item]:
    currency = account.market.currency
    rules = {
        operation: [rule for rule in account.market.fees if rule.operation == operation]
        for operation in ("closing", "inactivity")
    }
    for rule in rules["closing"]:
        yield account.item("fact", f"Fee for closing: {priced_words(rule, currency)}", rule)
    if not rules["closing"]:
        yield unknown("whether closing costs anything")
    for rule in rules["inactivity"]:
        words = f"Fee if you leave it unused instead: {priced_words(rule, currency)}"
        yield account.item("fact", words, rule)
    if not rules["inactivity"]:
        yield unknown("whether an account left unused costs anything")


def _after(account: Account) -> Iterator[Item]:
    market, closing = account.market, account.market.closing
    said = False
    if closing and _says_what_stays(closing.note):
        said = True
        yield account.item("fact", closing.note, closing, notes=False)
    for note in account.wallet.notes:
        if _says_what_stays(note):
            said = True
            yield Item(kind="fact", text=first_upper(note.removesuffix(".")))
    if closing and closing.difficulty == "impossible" and not said:
        said = True
        words = f"After closing, {DIFFICULTIES['impossible']}"
        yield account.item("fact", words, closing, notes=False)
    if not said:
        yield unknown("which of your data it keeps, and for how long")
    if market.links.privacy:
        yield Item(kind="fact", text=f"Its page about privacy: {market.links.privacy}")
    else:
        yield unknown("where its page about privacy is")
    yield to_do("Log in once more after some days: does it say that the account is closed?")
    yield to_do("Then delete the app, and look at your bank and card statements for two months")


def _says_what_stays(note: str) -> bool:
    return bool(_DATA.search(note) and _KEPT.search(note)) or bool(re.search("reopen", note, re.I))


def _help(account: Account) -> Iterator[Item]:
    channels = account.market.support.channels
    for way in matter_of(None).ways:
        channel = channels.get(way.channel)
        if channel:
            yield account.channel(way.channel, channel)
    if not any(channel.has for channel in channels.values()):
        yield unknown("how to reach support")
        if account.wallet.website:
            yield Item(kind="fact", text=f"Web site: {account.wallet.website}")
    yield account.languages()
    call = f"walletpick complain {account.wallet.id} --country {account.country} --about no-answer"
    yield to_do(f"If that does not help, see where a complaint goes: {call}")
