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

from walletpick.answers.complain import matter_of
from walletpick.answers.leave import Hurdle, Route, example_balance, routes
from walletpick.facts.model import Catalog, Claim, FeeRule, Wallet
from walletpick.facts.money import ZERO
from walletpick.facts.places import country_name
from walletpick.facts.vocabulary import CLOSING_WAYS, DIFFICULTIES, KINDS, METHODS, OPERATIONS
from walletpick.pages.journeys import (
    Clerk,
    Item,
    Step,
    source_blocks,
    span_words,
    step_blocks,
    to_do,
    unknown,
    warning_block,
)
from walletpick.render.page import Block, Heading, Page
from walletpick.words.common import first_upper
from walletpick.words.phrases import (
    claim_phrase,
    limit_figure,
    limit_words,
    money,
    rule_scope,
    rule_words,
    scope_words,
)

_WAYS = {
    ("withdraw", None): "move it out to a bank account or card",
    ("withdraw", "bank-transfer"): "transfer it to a bank account",
    ("withdraw", "bank-linked"): "move it to the linked bank account",
    ("withdraw", "debit-card"): "move it to a debit card",
    ("withdraw", "credit-card"): "move it to a credit card",
    ("withdraw", "card"): "move it to a card",
    ("withdraw", "instant"): "move it out by instant transfer",
    ("withdraw", "standard"): "move it out by standard transfer",
    ("withdraw", "mobile-wallet"): "move it to another mobile wallet",
    ("withdraw", "paypal"): "move it to PayPal",
    ("withdraw", "own-network"): "move it out inside the wallet's own network",
    ("cash-out", None): "take it out in cash",
    ("cash-out", "atm"): "take it out at a cash machine",
    ("cash-out", "agent"): "take it out in cash at an agent",
    ("cash-out", "cash-agent"): "take it out in cash at an agent or shop",
    ("cash-out", "cash-pickup"): "have it paid out in cash, for collection",
    ("send", "other-network"): "send it to your own account outside the wallet's network",
    ("send", "instant"): "send it to your own account elsewhere by instant transfer",
    ("send", "standard"): "send it to your own account elsewhere by standard transfer",
}

# What may still be tied to the account, and what to do about it.
_TIED = {
    "features:credit": "Repay what you borrowed",
    "features:pay-later": "Pay off what you bought to pay later",
    "features:savings": "Empty any savings pots and move the money to the balance",
    "features:invest": "Sell or move any investments",
    "features:crypto": "Sell or move any cryptocurrency",
    "features:insurance": "Find out whether any insurance bought here ends with the account",
    "features:multi-currency": "Empty any balances in other currencies too",
    "features:bill-pay": "Stop any bills that are paid from here by themselves",
    "features:pay-online": "Give shops and subscriptions that charge it another way to pay",
    "features:transit": "Use up or give back what is left on transit cards and passes",
    "features:gift-cards": "Use up or note down gift cards that are kept here",
    "features:rewards": "Use up points and rewards",
    "features:cashback": "Use up or pay out cashback",
    "features:coupons": "Use up coupons",
    "features:family-accounts": "Settle any family accounts that hang on this one",
    "features:teen-accounts": "Settle any teenagers' accounts that hang on this one",
    "features:physical-card": "Cancel any plastic card and cut it up",
    "features:virtual-card": "Cancel any virtual cards",
    "funding:payroll": "If your salary comes in here, give your employer another account",
}
_PAYPAL = "If PayPal is linked, unlink it, and cancel the permission on PayPal's side too"
_LINKED = {
    "funding:bank-linked": "Unlink any bank accounts that money is drawn from",
    "payout:bank-linked": "Unlink any bank account that money is paid to",
    "funding:debit-card": "Remove any debit cards",
    "funding:credit-card": "Remove any credit cards",
    "payout:debit-card": "Remove any debit cards that money is paid to",
    "payout:card-payout": "Remove any cards that money is paid to",
    "funding:paypal": _PAYPAL,
    "payout:paypal": _PAYPAL,
    "funding:mobile-carrier": "End any payments through the phone bill",
    "funding:mobile-wallet": "Unlink any other wallets",
    "payout:mobile-wallet": "Unlink any other wallets that money is paid to",
}
_HARDNESS = {
    "easy": "It is known to be easy",
    "medium": "It is known to take some steps",
    "hard": "It is known to be hard: it needs the help of support",
    "impossible": "It is known that the account cannot be fully deleted",
}
# A note that says what happens to one's data. (Notes are free text: what no rule finds is not
# shown here, but still stands under `walletpick show`.)
_DATA = re.compile(r"\b(data|records|history)\b", re.IGNORECASE)
_KEPT = re.compile(r"\b(kept|keeps?|retain\w*|delet\w*|eras\w*|stor(ed|es)|reopen\w*)\b", re.I)


class Leaving(Struct, frozen=True, kw_only=True):
    """The way out of one market. `balance` is None when the person named none."""

    clerk: Clerk
    balance: Decimal | None
    compared: Decimal
    routes: tuple[Route, ...]
    warning: Item | None
    steps: tuple[Step, ...]


def leaving(
    catalog: Catalog, wallet: Wallet, country: str, balance: Decimal | None, today: date
) -> Leaving:
    """Return the steps of closing an account. `balance` is in the market's currency."""
    clerk = Clerk(catalog, wallet, country, today)
    compared = balance if balance else example_balance(clerk.market.currency, catalog)
    found = tuple(routes(wallet, country, compared, catalog, today))
    steps = (
        Step(
            id="balance",
            title="Move the balance out",
            items=tuple(_balance(clerk, balance, compared, found)),
        ),
        Step(id="statements", title="Save your records", items=tuple(_statements(clerk))),
        Step(id="ties", title="Cancel what draws on it", items=tuple(_ties(clerk))),
        Step(id="links", title="Unlink cards and banks", items=tuple(_linked(clerk))),
        Step(id="close", title="Close the account", items=tuple(_closing(clerk))),
        Step(id="after", title="Check what stays behind", items=tuple(_after(clerk))),
        Step(id="help", title="If it does not work", items=tuple(_help(clerk))),
    )
    return Leaving(
        clerk=clerk,
        balance=balance,
        compared=compared,
        routes=found,
        warning=clerk.status(),
        steps=steps,
    )


def leave_page(made: Leaving) -> Page:
    """Return the checklist as a page."""
    clerk = made.clerk
    blocks: list[Block] = [
        Heading(f"Leaving {clerk.wallet.name}, {country_name(clerk.country)}", 1)
    ]
    if made.warning:
        blocks.append(warning_block(made.warning))
    blocks += step_blocks(made.steps, numbered=True)
    items = [item for step in made.steps for item in step.items]
    if made.warning:
        items.insert(0, made.warning)
    blocks += source_blocks(clerk, items)
    return Page(tuple(blocks))


# Moving the balance out.


def way_words(route: Route) -> str:
    """Return a way out as something to do: "transfer it to a bank account"."""
    known = _WAYS.get((route.operation, route.method))
    if known or not route.method:
        return known or OPERATIONS[route.operation]
    return f"{OPERATIONS[route.operation]} {METHODS[route.method]}"


def _balance(
    clerk: Clerk, balance: Decimal | None, compared: Decimal, found: tuple[Route, ...]
) -> Iterator[Item]:
    if balance == ZERO:
        yield to_do("Check that the balance really is zero, and that no payment is on its way")
        return
    if not found:
        yield from _no_route(clerk)
        return
    if clerk.wallet.kind == "pass-through":
        yield to_do(f"Look whether there is a balance at all: this wallet {KINDS['pass-through']}")
    best, rest = found[0], found[1:]
    some = money(compared, clerk.market.currency)
    usable = [route for route in found if route.forbidden is None]
    if not usable:
        yield unknown(f"any way to get {some} out that no limit forbids")
    elif not any(route.known for route in usable):
        yield unknown("what any way out costs")
    yield from _route(clerk, best, balance, compared)
    for route in rest:
        yield _other_route(clerk, route, compared)
    if best.months > 1 or not usable:
        yield to_do("Ask support for a way to have all of it paid out at once")
    if all(route.operation == "cash-out" for route in found):
        yield unknown("whether, and at what price, it can be transferred to a bank account")
    if balance is None:
        yield to_do(
            f"See what your own balance would cost: walletpick leave {clerk.wallet.id}"
            f" --country {clerk.country} --balance AMOUNT (in {clerk.market.currency}; {some}"
            " above is an example)"
        )
    yield to_do("Wait until the money has arrived and nothing is on its way before you go on")


def _no_route(clerk: Clerk) -> Iterator[Item]:
    if clerk.wallet.kind == "pass-through":
        yield Item(
            kind="fact",
            text=f"{clerk.wallet.name} {KINDS['pass-through']}, as far as the catalog knows",
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
        claim = clerk.market.features.get(key.partition(":")[2])
        if claim and claim.has:
            yield clerk.item("do", f"{words}: it {claim_phrase(key, True)}", claim)


def _route(
    clerk: Clerk, route: Route, balance: Decimal | None, compared: Decimal
) -> Iterator[Item]:
    """Yield the best way out: what to do, its price, and what stands in the way."""
    currency = clerk.market.currency
    way = way_words(route) + _scope(route.claims)
    best = "Cheapest known way" if route.known and route.forbidden is None else "Way out"
    lead = f"{best}{'' if balance else ' for such a sum'}: {way}"
    said = clerk.item("do", f"{lead}. {_fee_words(clerk, route, compared)}", *route.claims)
    marks = {ground.key: ground for ground in [*map(clerk.ground, route.rules), *said.grounds]}
    yield structs.replace(said, grounds=tuple(marks.values()))
    if _devours(route, compared):
        yield to_do("The fee would take all of it: spend the balance instead, if you can")
    for rule in route.rules:
        yield clerk.item("fact", f"Price: {_price(rule, currency)}", rule)
    if route.forbidden is not None:
        yield clerk.item(
            "no", f"Not for this sum: {limit_figure(route.forbidden, currency)}", route.forbidden
        )
    for hurdle in route.hurdles:
        yield clerk.item("fact", _hurdle_words(hurdle, currency), hurdle.limit)
    named = {hurdle.limit.path for hurdle in route.hurdles}
    if route.forbidden is not None:
        named.add(route.forbidden.path)
    for limit in route.limits:
        if limit.path not in named:
            yield clerk.item("fact", f"Limit: {limit_words(limit, currency)}", limit)
    if not route.limits:
        yield unknown("limits of this way")


def _other_route(clerk: Clerk, route: Route, compared: Decimal) -> Item:
    """Return another way out on one line."""
    currency = clerk.market.currency
    words = f"Another way: {way_words(route)}{_scope(route.claims)}"
    limits = [hurdle.limit for hurdle in route.hurdles]
    if route.forbidden is not None:
        words += f". Not for this sum: {limit_figure(route.forbidden, currency)}"
        limits = [route.forbidden]
    else:
        words += f". {_fee_words(clerk, route, compared)}"
        for hurdle in route.hurdles:
            words += f". {_hurdle_words(hurdle, currency)}"
    said = clerk.item("fact", words, *route.rules, *route.claims)
    return structs.replace(said, grounds=(*said.grounds, *map(clerk.ground, limits)))


def _fee_words(clerk: Clerk, route: Route, compared: Decimal) -> str:
    """Return what a way out costs for a sum, on each plan where that differs."""
    currency = clerk.market.currency
    names = {plan.id: plan.name for plan in clerk.market.plans}
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
    if route.known and any(clerk.ground(rule).stale for rule in route.rules):
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


def _scope(claims: tuple[Claim, ...]) -> str:
    """Return for whom a way is said to be open: " (only for members)"."""
    scopes = [word for claim in claims for word in scope_words(claim)]
    return f" (only {', '.join(dict.fromkeys(scopes))})" if scopes else ""


def _price(rule: FeeRule, currency: str) -> str:
    scope, words = rule_scope(rule), rule_words(rule, currency)
    return f"{scope}: {words}" if scope else words


# The other steps.


def _statements(clerk: Clerk) -> Iterator[Item]:
    claim = clerk.market.features.get("statement-export")
    if claim is None:
        yield to_do(
            "Save statements or screenshots of the payments that you may have to show one day"
            " (tax, guarantees, disputes)"
        )
        yield unknown("whether it exports statements")
    elif claim.has:
        words = "Export statements of all the time you may have to show one day"
        yield clerk.item("do", words + _scope((claim,)), claim)
    else:
        words = "Take screenshots of the payments you may have to show: it exports no statements"
        yield clerk.item("do", words + _scope((claim,)), claim)
    yield to_do("Note the account's number or name, and the date of your last payment")
    yield unknown("whether old payments can still be seen after closing; save them before")


def _ties(clerk: Clerk) -> Iterator[Item]:
    yield to_do(
        "Go through the last twelve months: subscriptions, standing orders, direct debits and"
        " bills that are paid from it. Give each another way to pay"
    )
    yield to_do("Tell people and firms who pay you here where to pay from now on")
    for rule in clerk.market.fees:
        regular = rule.operation == "subscription" and rule.per and not rule.tax
        if regular and ((rule.fixed or ZERO) > 0 or rule.price == "unknown"):
            names = [plan.name for plan in clerk.market.plans if plan.id in rule.plan]
            what = f"End the plan {' or '.join(names)}" if names else "End the regular charge"
            price = rule_words(rule, clerk.market.currency)
            yield clerk.item("do", f"{what}, if you pay for it ({price})", rule)
    yield from _claimed(clerk, _TIED)


def _linked(clerk: Clerk) -> Iterator[Item]:
    items = list(_claimed(clerk, _LINKED))
    yield from items
    if not items:
        yield to_do("Remove every card and bank account that is stored in it")
        yield unknown("which kinds of cards and accounts can be linked")
    yield to_do(
        "At your bank and card companies: cancel direct debits and permissions that name"
        f" {clerk.operator or clerk.wallet.name}"
    )
    yield to_do("In other apps and shops: remove it from the stored ways to pay and log in")


def _claimed(clerk: Clerk, table: dict[str, str]) -> Iterator[Item]:
    """Yield what to do about each thing that the market is known to have."""
    market = clerk.market
    families = {"features": market.features, "funding": market.funding, "payout": market.payout}
    for key, words in table.items():
        family, _, word = key.partition(":")
        claim = families[family].get(word)
        if claim and claim.has:
            yield clerk.item("do", f"{words} (it {claim_phrase(key, True)})", claim)


def _closing(clerk: Clerk) -> Iterator[Item]:
    market, closing = clerk.market, clerk.market.closing
    name = clerk.wallet.name
    if closing and closing.how:
        yield clerk.item("do", f"Close the account {CLOSING_WAYS[closing.how]}", closing)
    elif closing and closing.note:
        yield clerk.item("do", "Close the account", closing)
    else:
        yield to_do("Look for a way to close the account in the settings, or ask support")
    if not (closing and closing.how):
        yield unknown("where it is closed (in the app, on the web site, by writing)")
    if closing and closing.difficulty:
        words = _HARDNESS.get(closing.difficulty, DIFFICULTIES[closing.difficulty])
        yield clerk.item("fact", words, closing, notes=False)
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
    yield from _charges(clerk)
    for limit in market.limits:
        if limit.operation == "closing":
            yield clerk.item("fact", f"Limit: {limit_words(limit, market.currency)}", limit)
    yield to_do("Ask for a confirmation, and keep it with its date")


def _charges(clerk: Clerk) -> Iterator[Item]:
    currency = clerk.market.currency
    rules = {
        operation: [rule for rule in clerk.market.fees if rule.operation == operation]
        for operation in ("closing", "inactivity")
    }
    for rule in rules["closing"]:
        yield clerk.item("fact", f"Fee for closing: {_price(rule, currency)}", rule)
    if not rules["closing"]:
        yield unknown("whether closing costs anything")
    for rule in rules["inactivity"]:
        words = f"Fee if you leave it unused instead: {_price(rule, currency)}"
        yield clerk.item("fact", words, rule)
    if not rules["inactivity"]:
        yield unknown("whether an account left unused costs anything")


def _after(clerk: Clerk) -> Iterator[Item]:
    market, closing = clerk.market, clerk.market.closing
    said = False
    if closing and _says_what_stays(closing.note):
        said = True
        yield clerk.item("fact", closing.note, closing, notes=False)
    for note in clerk.wallet.notes:
        if _says_what_stays(note):
            said = True
            yield Item(kind="fact", text=first_upper(note.removesuffix(".")))
    if closing and closing.difficulty == "impossible" and not said:
        said = True
        words = f"After closing, {DIFFICULTIES['impossible']}"
        yield clerk.item("fact", words, closing, notes=False)
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


def _help(clerk: Clerk) -> Iterator[Item]:
    channels = clerk.market.support.channels
    for way in matter_of(None).ways:
        channel = channels.get(way.channel)
        if channel:
            yield (
                clerk.channel(way.channel, channel)
                if channel.has
                else clerk.no_channel(way.channel, channel)
            )
    if not any(channel.has for channel in channels.values()):
        yield unknown("how to reach support")
        if clerk.wallet.website:
            yield Item(kind="fact", text=f"Web site: {clerk.wallet.website}")
    yield clerk.languages()
    call = f"walletpick complain {clerk.wallet.id} --country {clerk.country} --about no-answer"
    yield to_do(f"If that does not help, see where a complaint goes: {call}")
