"""Which of a market's fee rules and methods hold for a usage. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from msgspec import structs

from walletpick.bill.case import Case, corridor_rank, is_meant, method_rank
from walletpick.bill.conditions import (
    bank_fits,
    barriers_of,
    holds,
    lacks_linked_bank,
    ruled_out_if_known,
    unanswered,
)
from walletpick.bill.filling import (
    IN_SHOPS,
    METHOD_OF_CLAIM,
    fills_by,
    is_from_balance,
    issues_card,
    means_of,
    shortage,
)
from walletpick.bill.observe import in_scope, naming
from walletpick.bill.shown import stands_apart
from walletpick.facts.model import FeeRule, GiveBack, Usage
from walletpick.facts.vocabulary import (
    BANK_METHODS,
    CASH_POINTS,
    METHOD_COVERS,
    METHODS,
    OWNED_METHODS,
    RECEIVING_OPERATIONS,
    SPENDING_OPERATIONS,
    YOU,
)
from walletpick.person.needs import SALES

# What stands beside one another on a bill; only rules of one group replace each other.
Group = Literal["base", "surcharge", "tax"]

# The ways by which a business is paid as anybody is, or as nobody else.
CUSTOMERS_PAY = ("bank-transfer", "card", "debit-card", "credit-card", "paypal")


def applicable(case: Case, usage: Usage) -> list[FeeRule]:
    """Return the rules of a usage's operation whose plan, person and corridor fit, in any group.

    What the other side pays is left out.
    """
    return [
        rule
        for rule in case.market.fees_and_taxes
        if rule.operation == usage.operation
        and rule.paid_by is None
        and is_meant(case, rule, usage)
        and _has_users(case, rule, usage)
        and not _is_private(case, rule)
        and not _is_collected(case, rule)
    ]


def _is_collected(case: Case, rule: FeeRule) -> bool:
    """Return whether a price is of money collected in cash, which is then not there to move out."""
    return (
        rule.operation in RECEIVING_OPERATIONS
        and rule.method == "cash-pickup"
        and case.candidate.kind == "remittance"
        and any(usage.operation == "withdraw" for usage in case.needs.use)
    )


def _has_users(case: Case, rule: FeeRule, usage: Usage) -> bool:
    """Return whether there may be users of the wallet where money goes to them or comes from."""
    country = usage.country
    return rule.method != "own-network" or country is None or case.candidate.wallet.runs_in(country)


def _is_private(case: Case, rule: FeeRule) -> bool:
    """Return whether a price may be of money between friends only, and the person is a business.

    What an operator takes for receiving and does not say of whom is mostly that; but a bank account
    takes the money of anybody, and by card or PayPal only customers pay. Who asks for a wallet that
    lets sellers take payments is not paid by transfers to an account.
    """
    sells = SALES in (*case.needs.must, *case.needs.wish)
    return (
        rule.operation in RECEIVING_OPERATIONS
        and "business" in case.people
        and not rule.for_
        and not rule.tax
        and (rule.method not in CUSTOMERS_PAY or (sells and rule.method == "bank-transfer"))
        and case.candidate.source_of(rule).publisher != YOU
    )


def chosen(case: Case, usage: Usage, group: Group) -> list[FeeRule]:
    """Return the most specific rules of a group for a usage by its method.

    By method, bank, person, corridor, plan, condition answered, in this order. Several are
    alternatives of each other.
    """
    ranked = []
    named_only = _is_not_offered(case, usage)
    for rule in applicable(case, usage):
        fit = _fit(case, rule, usage)
        if fit is None or _group(rule) != group or (named_only and not rule.method):
            continue
        named = bank_fits(rule.provider, case.banks)
        corridor = corridor_rank(case, rule.corridor, usage) or 0
        scope = (named, bool(rule.for_), corridor, bool(rule.plan), bool(rule.given))
        ranked.append(((fit, *scope), rule))
    if not ranked:
        return []
    # What only a bank's own customers pay, or who meets a condition that the person has not
    # answered, never hides what everybody pays; it stands beside.
    everybody = [rank for rank, rule in ranked if _is_sure(case, rule)]
    best = max(everybody or [rank for rank, _ in ranked])
    return [
        rule for rank, rule in ranked if rank == best or (rank > best and not _is_sure(case, rule))
    ]


def _fit(case: Case, rule: FeeRule, usage: Usage) -> int | None:
    """Return how closely a rule's method fits a usage's, as `method_rank` does.

    Who is paid by card takes debit and credit cards: the prices of each are alternatives. In shops
    a price by card is of the card that the wallet issues, where it issues one and is not known to
    take credit cards: of somebody's own credit card it says nothing.
    """
    cards = METHOD_COVERS["card"]
    if usage.operation in RECEIVING_OPERATIONS and usage.method == "card" and rule.method in cards:
        return 1
    own = rule.method == "card" and usage.method == "credit-card" and usage.operation in IN_SHOPS
    taken = case.market.funding.get("credit-card")
    if own and issues_card(case.market) and not (taken and taken.has):
        return None
    return method_rank(rule.method, usage.method)


def _is_not_offered(case: Case, usage: Usage) -> bool:
    """Return whether nothing says that the market does a usage by its method, and something must.

    Then a price that names no method is none of it.
    """
    method = usage.method
    if method is None or not stands_apart(usage.operation, method):
        return False
    scope = (case.candidate.plan, case.people, case.banks, case.answers)
    facts = naming(case.candidate, usage.operation, method, case.catalog)
    return not any(in_scope(fact, *scope)[0] for fact in facts)


def is_ordinary(case: Case, rule: FeeRule) -> bool:
    """Return whether a rule holds for the person without any condition."""
    return rule.when is None and _is_sure(case, rule)


def asked_by(case: Case, rules: Iterable[FeeRule | GiveBack]) -> tuple[str, ...]:
    """Return the conditions of some rules that the person has not answered, each once."""
    asks = (word for rule in rules for word in unanswered(rule.given, case.answers))
    return tuple(dict.fromkeys(asks))


def still_asked(rule: FeeRule | GiveBack, asks: Iterable[str]) -> tuple[str, ...]:
    """Return those of a rule's conditions that are among some which are not answered."""
    return tuple(word for word in rule.given if word in asks)


def methods(case: Case, usage: Usage) -> list[str | None]:
    """Return the methods that the usage could take: the one it names, or all that are open.

    None is no certain method: the price does not depend on it, or no price is known.
    """
    if usage.method:
        return [usage.method]
    ways = dict.fromkeys(
        rule.method
        for rule in applicable(case, usage)
        # Trading cryptocurrency is no way of changing one currency into another.
        if not rule.tax
        and rule.method != "crypto"
        and (can_use(case, rule.method) or _arrives(case, usage, rule.method))
    )
    # From a balance that the person may not be able to fill only where nothing else is open.
    sure = [
        method
        for method in ways
        if _is_fillable(case) or not is_from_balance(case, structs.replace(usage, method=method))
    ]
    return sure or list(ways) or [None]


def _arrives(case: Case, usage: Usage, method: str | None) -> bool:
    """Return whether a method says how money arrives, and not what the person pays with.

    What they put money in with (`--have`) says nothing of the account that they are paid into.
    """
    if usage.operation == "send":
        return method == "bank-transfer"
    if usage.operation not in RECEIVING_OPERATIONS or "unbanked" in case.people:
        return False
    linked = method == "bank-linked" and not lacks_linked_bank(case.needs)
    return linked or method == "bank-transfer"


def can_use(case: Case, method: str | None) -> bool:
    """Return whether a method is open to the person.

    They own what it needs, as far as they said, or it needs none; and it is not for others only.
    """
    if method is not None and _is_barred(case, method):
        return False
    if method is None or method not in OWNED_METHODS:
        return True
    if "unbanked" in case.people and method in BANK_METHODS:
        return False
    if lacks_linked_bank(case.needs) and method == "bank-linked":
        return False
    have = case.needs.have
    return not have or method in have or any(o in METHOD_COVERS.get(method, ()) for o in have)


def _is_barred(case: Case, method: str) -> bool:
    """Return whether a method is known not to be for such a person: a balance for residents."""
    barriers = (*barriers_of(case.needs), *ruled_out_if_known(case.needs))
    rules_out = (getattr(case.market.onboarding, word) for word in barriers)
    return any(claim and claim.has and method in claim.method for claim in rules_out)


def _is_fillable(case: Case) -> bool:
    """Return whether money gets into the balance, as far as the person said how."""
    if not case.needs.have or not shortage(case.needs.use):
        return True
    return any(fills_by(case, word) for word in means_of(case.needs))


def unpriced_methods(case: Case, operation: str) -> list[str]:
    """Return the methods that the market has for an operation and gives no price for.

    They count only where limits forbid every method with a price, or where that is a credit card's:
    then the usage can be done still, at an unknown price. What a wallet pays out, it pays from its
    balance.
    """
    claims = {
        "top-up": case.market.funding,
        "withdraw": case.market.payout,
        "cash-out": case.market.payout,
    }.get(operation, {})
    priced = {rule.method for rule in case.market.fees if rule.operation == operation}
    if operation in SPENDING_OPERATIONS:
        holds_balance = case.candidate.holds_balance
        by_balance = priced == {"credit-card"} and holds_balance and _is_fillable(case)
        return ["balance"] if by_balance else []
    methods = []
    for word, claim in claims.items():
        method = METHOD_OF_CLAIM.get(word, word)
        if operation != "top-up" and (method in CASH_POINTS) != (operation == "cash-out"):
            continue
        plan = case.candidate.plan
        has = claim.has and in_scope(claim, plan, case.people, case.banks, case.answers)[0]
        if has and method in METHODS and method not in priced and can_use(case, method):
            methods.append(method)
    return methods


def _group(rule: FeeRule) -> Group:
    if rule.tax:
        return "tax"
    return "surcharge" if rule.surcharge else "base"


def _is_sure(case: Case, rule: FeeRule) -> bool:
    """Return whether a rule holds for everybody, or for what the person named and answered.

    A cash machine or a shop is open to everybody; a bank account at one bank is not.
    """
    anywhere = not rule.provider or rule.method in CASH_POINTS
    open_ = anywhere or bank_fits(rule.provider, case.banks)
    return open_ and holds(rule.given, case.answers) is True
