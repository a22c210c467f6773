"""The JSON documents of the checklists: `walletpick/leave/1`, `walletpick/complaint/1`. Pure."""

from __future__ import annotations

from typing import Any, Literal

from walletpick.answers.checklist import Account, Checklist, Ground, Item, Kind, Step
from walletpick.answers.complain import ANY_MATTER
from walletpick.answers.complain_steps import ComplaintChecklist
from walletpick.answers.leave import Route
from walletpick.answers.leave_steps import LeaveChecklist
from walletpick.documents.out import (
    AboutMarket,
    CatalogOut,
    CurrencyCode,
    DateText,
    FactOut,
    Facts,
    KnownText,
    Money,
    MoneySpanOut,
    Out,
    body_told,
    out,
)
from walletpick.facts.model import FeeRule, Limit
from walletpick.words.checklist import item_words, log_line, title_words, way_words
from walletpick.words.complaint import LETTER_WIDTH, letter_text, matter_words
from walletpick.words.facts import priced_words, right_words
from walletpick.words.phrases import limit_words


class AccountOut(AboutMarket, frozen=True, kw_only=True):
    """The market that it is about. `state` is active, restricted, closed or unconfirmed.

    Where the catalog does not know the wallet, `wallet` is its name, too.
    """

    currency: CurrencyCode
    operator: str | None
    state: str


class ItemOut(Out, frozen=True, kw_only=True):
    """A line: something to `do`, a `fact`, a fact that says `no`, or something `unknown`.

    Without facts it is general advice.
    """

    kind: Kind
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
    hours: KnownText | None
    reason: str
    note: KnownText
    fact: FactOut


class ReplyOut(Out, frozen=True, kw_only=True):
    """How long the operator says that it takes. `by` is the last day of that, if the complaint is
    made today. What the law gives stands in `rights`."""

    days: int
    working: bool
    by: DateText | None
    fact: FactOut


class BodyOut(Out, frozen=True, kw_only=True):
    """Who hears the complaint next. `within` says by when to turn there; `within_days` is about how
    many days that is."""

    body: KnownText
    hears: KnownText | None
    number: str | None
    email: str | None
    url: str | None
    within: str | None
    within_days: int | None
    reply_days: int | None
    cost: str | None
    note: KnownText
    fact: FactOut


class RightOut(Out, frozen=True, kw_only=True):
    """What the law gives in such a matter, in words; `when` is the case in which it does, if not
    always. `about` are the matters that it is only for; [] where for all."""

    right: str
    when: KnownText | None
    about: tuple[str, ...]
    words: str
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
    rights: tuple[RightOut, ...]
    reply: ReplyOut | None
    hears_next: tuple[BodyOut, ...]
    log: str
    steps: tuple[StepOut, ...]
    letter: str | None


def leave_out(checklist: LeaveChecklist) -> LeaveDocument:
    """Return the document of the way out of a market."""
    account = checklist.account
    return out(
        LeaveDocument,
        checklist,
        account,
        currency=account.market.currency,
        **_shared(checklist),
        routes=[_route_out(account, route) for route in checklist.routes],
    )


def complaint_out(checklist: ComplaintChecklist, letter: bool) -> ComplaintDocument:
    """Return the document of a complaint."""
    account, words = checklist.account, matter_words(checklist.about)
    reply = checklist.reply
    return out(
        ComplaintDocument,
        checklist,
        account,
        **_shared(checklist),
        about=checklist.about or ANY_MATTER,
        channels=[
            out(
                ContactOut,
                contact.channel,
                channel=contact.word,
                reason=words.ways[contact.word],
                fact=_fact_out(account, account.ground(contact.channel)),
            )
            for contact in checklist.contacts
        ],
        have_ready=[words.have_ready[what] for what in checklist.matter.have_ready],
        rights=[
            out(
                RightOut,
                right,
                words=right_words(right),
                fact=_fact_out(account, account.lawful(right)),
            )
            for right in checklist.rights
        ],
        reply=reply
        and out(
            ReplyOut, reply, by=checklist.answer_by, fact=_fact_out(account, account.ground(reply))
        ),
        hears_next=[
            out(
                BodyOut,
                body,
                **body_told(body),
                fact=_fact_out(account, *item.grounds),
            )
            for body, item in checklist.next_bodies
        ],
        log=log_line(account.today),
        letter=letter_text(checklist, LETTER_WIDTH) if letter else None,
    )


def _shared(checklist: Checklist) -> dict[str, Any]:
    """Return what both documents have of a checklist: the account, a warning and the steps."""
    account, warning = checklist.account, checklist.warning
    return {
        "account": _account_out(account),
        "warning": _item_out(account, warning) if warning else None,
        "steps": [_step_out(account, step) for step in checklist.steps],
    }


def _account_out(account: Account) -> AccountOut:
    status = account.market.status
    usual = "active" if account.listed else "unconfirmed"
    return out(
        AccountOut,
        account,
        account.wallet,
        account.market,
        state=status.state if status else usual,
    )


def _fact_out(account: Account, ground: Ground) -> FactOut:
    facts = Facts(account.catalog, account.today)
    return facts.of(account.wallet, ground.fact, ground.source)


def _item_out(account: Account, item: Item) -> ItemOut:
    facts = [_fact_out(account, each) for each in item.grounds]
    return out(ItemOut, item, text=item_words(account, item), facts=facts)


def _step_out(account: Account, step: Step) -> StepOut:
    items = [_item_out(account, item) for item in step.items]
    return out(StepOut, step, title=title_words(step), items=items)


def _route_out(account: Account, route: Route) -> RouteOut:
    def stated(words: str, fact: FeeRule | Limit) -> StatedOut:
        return out(StatedOut, words=words, fact=_fact_out(account, account.ground(fact)))

    return out(
        RouteOut,
        route,
        currency=account.market.currency,
        words=way_words(route),
        possible=route.forbidden is None,
        other_plans=route.others,
        exceeded=[
            out(
                HurdleOut,
                hurdle,
                words=limit_words(hurdle.limit),
                unit=hurdle.limit.what,
                fact=_fact_out(account, account.ground(hurdle.limit)),
            )
            for hurdle in route.hurdles
        ],
        prices=[stated(priced_words(rule), rule) for rule in route.rules],
        limits=[stated(limit_words(limit), limit) for limit in route.limits],
        claims=[_fact_out(account, account.ground(claim)) for claim in route.claims],
    )
