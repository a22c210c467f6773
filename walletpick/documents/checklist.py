"""The JSON documents of the checklists: `walletpick/leave/1`, `walletpick/complaint/1`. Pure."""

from __future__ import annotations

from typing import Literal

from walletpick.answers.checklist import Account, AnyFact, Item, Step
from walletpick.answers.complain import ANY_MATTER
from walletpick.answers.complain_steps import LETTER_WIDTH, ComplaintChecklist, letter_text
from walletpick.answers.leave import Route
from walletpick.answers.leave_steps import LeaveChecklist, way_words
from walletpick.documents.out import (
    CatalogOut,
    CountryCode,
    CurrencyCode,
    DateText,
    FactOut,
    Money,
    MoneySpanOut,
    Out,
    catalog_out,
    fact_out,
    money_out,
    money_span_out,
)
from walletpick.facts.model import Authority, Escalation, Limit
from walletpick.words.facts import priced_words
from walletpick.words.phrases import limit_words


class AccountOut(Out, frozen=True, kw_only=True):
    """The market that it is about. `state` is active, restricted, closed or unconfirmed."""

    wallet: str
    name: str
    country: CountryCode
    currency: CurrencyCode
    operator: str | None
    state: str


class ItemOut(Out, frozen=True, kw_only=True):
    """A line: something to `do`, a `fact`, a fact that says `no`, or something `unknown`.

    Without facts it is general advice.
    """

    kind: Literal["do", "fact", "no", "unknown"]
    text: str
    facts: tuple[FactOut, ...]


class StepOut(Out, frozen=True, kw_only=True):
    """A step and its lines, in order."""

    id: str
    title: str
    items: tuple[ItemOut, ...]


class StatedOut(Out, frozen=True, kw_only=True):
    """A price or limit in words, and the fact that states it."""

    words: str
    fact: FactOut


class HurdleOut(Out, frozen=True, kw_only=True):
    """A limit that the balance exceeds: the whole takes so many of its `unit`, at least."""

    words: str
    unit: Literal["transaction", "day", "week", "month", "year", "lifetime"]
    periods: int
    fact: FactOut


class OnPlanOut(Out, frozen=True, kw_only=True):
    """What a way out costs on another plan."""

    plan: str
    known: bool
    fee: MoneySpanOut | None


class RouteOut(Out, frozen=True, kw_only=True):
    """A way to get the balance out. `fee` is for all of it, on the plan named.

    Where `known` is false, the fee is published nowhere, and `fee` is what it is taken for; null
    when it cannot be reckoned. `possible` is false where a limit forbids the sum, however it is
    split. `transfers` and `months` are the fewest that the known limits allow.
    """

    operation: str
    method: str | None
    words: str
    plan: str | None
    possible: bool
    known: bool
    fee: MoneySpanOut | None
    other_plans: tuple[OnPlanOut, ...]
    transfers: int
    months: int
    exceeded: tuple[HurdleOut, ...]
    prices: tuple[StatedOut, ...]
    limits: tuple[StatedOut, ...]
    claims: tuple[FactOut, ...]


class LeaveDocument(Out, frozen=True, kw_only=True):
    """`walletpick leave --json`. The routes are for `compared`, the first of them the cheapest.

    `compared` is the balance, or an example where `balance` is null (or zero).
    """

    schema: Literal["walletpick/leave/1"] = "walletpick/leave/1"
    catalog: CatalogOut
    today: DateText
    account: AccountOut
    balance: Money | None
    compared: Money
    warning: ItemOut | None
    routes: tuple[RouteOut, ...]
    steps: tuple[StepOut, ...]


class ContactOut(Out, frozen=True, kw_only=True):
    """A channel that exists, in its place in the order, and the reason for the place."""

    channel: str
    number: str | None
    address: str | None
    url: str | None
    hours: str | None
    reason: str
    note: str
    fact: FactOut


class ReplyOut(Out, frozen=True, kw_only=True):
    """How long the operator has. `by` is the last day, if the complaint is made today."""

    days: int
    working: bool
    by: DateText | None
    fact: FactOut


class BodyOut(Out, frozen=True, kw_only=True):
    """Who hears the complaint next; `within_days` count from the operator's final answer."""

    body: str
    hears: str | None
    number: str | None
    email: str | None
    url: str | None
    within_days: int | None
    reply_days: int | None
    note: str
    fact: FactOut


class ComplaintDocument(Out, frozen=True, kw_only=True):
    """`walletpick complain --json`. `letter` is null unless it was asked for."""

    schema: Literal["walletpick/complaint/1"] = "walletpick/complaint/1"
    catalog: CatalogOut
    today: DateText
    account: AccountOut
    about: str
    warning: ItemOut | None
    channels: tuple[ContactOut, ...]
    have_ready: tuple[str, ...]
    reply: ReplyOut | None
    hears_next: tuple[BodyOut, ...]
    log: str
    steps: tuple[StepOut, ...]
    letter: str | None


SCHEMAS: dict[str, type] = {"leave": LeaveDocument, "complaint": ComplaintDocument}


def leave_out(checklist: LeaveChecklist) -> LeaveDocument:
    """Return the document of the way out of a market."""
    account = checklist.account
    currency = account.market.currency
    return LeaveDocument(
        catalog=catalog_out(account.catalog),
        today=account.today.isoformat(),
        account=_account(account),
        balance=money_out(checklist.balance, currency) if checklist.balance is not None else None,
        compared=money_out(checklist.compared, currency),
        warning=_item(account, checklist.warning) if checklist.warning else None,
        routes=tuple(_route(account, route) for route in checklist.routes),
        steps=tuple(_step(account, step) for step in checklist.steps),
    )


def complaint_out(checklist: ComplaintChecklist, letter: bool) -> ComplaintDocument:
    """Return the document of a complaint."""
    account = checklist.account
    reply = account.market.support.reply
    return ComplaintDocument(
        catalog=catalog_out(account.catalog),
        today=account.today.isoformat(),
        account=_account(account),
        about=checklist.about or ANY_MATTER,
        warning=_item(account, checklist.warning) if checklist.warning else None,
        channels=tuple(
            ContactOut(
                channel=contact.way.channel,
                number=contact.channel.number,
                address=contact.channel.address,
                url=contact.channel.url,
                hours=contact.channel.hours,
                reason=contact.way.reason,
                note=contact.channel.note,
                fact=_fact(account, contact.channel),
            )
            for contact in checklist.contacts
        ),
        have_ready=checklist.matter.have_ready,
        reply=ReplyOut(
            days=reply.days,
            working=reply.working,
            by=checklist.answer_by.isoformat() if checklist.answer_by else None,
            fact=_fact(account, reply),
        )
        if reply
        else None,
        hears_next=tuple(_body(account, body, item) for body, item in checklist.next_bodies),
        log=checklist.log,
        steps=tuple(_step(account, step) for step in checklist.steps),
        letter=letter_text(checklist, LETTER_WIDTH) if letter else None,
    )


def _account(account: Account) -> AccountOut:
    status = account.market.status
    return AccountOut(
        wallet=account.wallet.id,
        name=account.wallet.name,
        country=account.country,
        currency=account.market.currency,
        operator=account.operator,
        state=status.state if status else "active",
    )


def _fact(account: Account, fact: AnyFact) -> FactOut:
    ground = account.ground(fact)
    return fact_out(account.wallet, fact, ground.source, ground.stale)


def _item(account: Account, item: Item) -> ItemOut:
    facts = (fact_out(account.wallet, at.fact, at.source, at.stale) for at in item.grounds)
    return ItemOut(kind=item.kind, text=item.text, facts=tuple(facts))


def _step(account: Account, step: Step) -> StepOut:
    items = tuple(_item(account, item) for item in step.items)
    return StepOut(id=step.id, title=step.title, items=items)


def _limit(account: Account, limit: Limit) -> StatedOut:
    return StatedOut(words=limit_words(limit, account.market.currency), fact=_fact(account, limit))


def _route(account: Account, route: Route) -> RouteOut:
    currency = account.market.currency
    return RouteOut(
        operation=route.operation,
        method=route.method,
        words=way_words(route),
        plan=route.plan or None,
        possible=route.forbidden is None,
        known=route.known,
        fee=money_span_out(route.fee, currency) if route.fee is not None else None,
        other_plans=tuple(
            OnPlanOut(
                plan=other.plan,
                known=other.known,
                fee=money_span_out(other.fee, currency) if other.fee is not None else None,
            )
            for other in route.others
        ),
        transfers=route.transfers,
        months=route.months,
        exceeded=tuple(
            HurdleOut(
                words=limit_words(hurdle.limit, currency),
                unit=hurdle.limit.what,  # type: ignore[arg-type]
                periods=hurdle.periods,
                fact=_fact(account, hurdle.limit),
            )
            for hurdle in route.hurdles
        ),
        prices=tuple(
            StatedOut(words=priced_words(rule, currency), fact=_fact(account, rule))
            for rule in route.rules
        ),
        limits=tuple(_limit(account, limit) for limit in route.limits),
        claims=tuple(_fact(account, claim) for claim in route.claims),
    )


def _body(account: Account, body: Escalation | Authority, item: Item) -> BodyOut:
    (ground,) = item.grounds
    return BodyOut(
        body=body.body,
        hears=body.hears if isinstance(body, Authority) else None,
        number=body.number,
        email=body.email,
        url=body.url,
        within_days=body.within_days,
        reply_days=body.reply_days if isinstance(body, Escalation) else None,
        note=body.note,
        fact=fact_out(account.wallet, body, ground.source, ground.stale),
    )
