"""Which uses take their money from a wallet's balance, and by what the person fills it. Pure.

Only who said what they have (`--have`) is asked by what the balance is filled: of others nothing
is known.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from walletpick.bill.case import Case, is_meant, method_rank
from walletpick.bill.conditions import holds
from walletpick.bill.observe import in_scope
from walletpick.facts.model import FeeRule, Limit, Market, Needs, Usage, Wallet
from walletpick.facts.money import ZERO
from walletpick.facts.vocabulary import (
    METHOD_COVERS,
    METHODS,
    SENDING_OPERATIONS,
    SPENDING_OPERATIONS,
)
from walletpick.person.needs import is_incoming, is_spent

# Claims whose word is not that of the method.
METHOD_OF_CLAIM = {"cash-atm": "atm", "card-payout": "card"}

# The kinds of wallet in which all that is paid comes from the balance.
_ALL_FROM_BALANCE = ("bank-account", "mobile-money")
# The kinds that hold or pay out money of the country alone, where nothing says otherwise.
_OF_ONE_CURRENCY = ("mobile-money", "stored-value", "remittance")
# By these a payment is made at once, where they are taken for it; what else a person may have
# only fills a balance.
PAID_AT_ONCE = (
    "bank-linked",
    "debit-card",
    "credit-card",
    "card",
    "paypal",
    "mobile-carrier",
    "agent",
    "cash-agent",
)
# Of a sum that is sent, these may also be how it arrives.
_ALSO_ARRIVES = ("bank-transfer", "mobile-wallet", "card", "crypto")
IN_SHOPS = ("pay", "pay-abroad")
OWN_CARD = ("card", "debit-card")
CARDS = ("physical-card", "virtual-card")


def shortage(use: Sequence[Usage]) -> Decimal:
    """Return how much of what is spent does not come in with the same uses."""
    came = sum((each.amount for each in use if is_incoming(each)), ZERO)
    changed = sum((each.amount for each in use if each.operation == "convert"), ZERO)
    went = sum((each.amount for each in use if is_spent(each)), ZERO)
    return max(max(went, changed) - came, ZERO)


def means_of(needs: Needs) -> tuple[str, ...]:
    """Return what the person can put money in with: who has a bank account can link it or send."""
    bank = ("bank-linked", "bank-transfer")
    also = bank if set(bank) & set(needs.have) else ()
    return tuple(dict.fromkeys((*needs.have, *also)))


def comes_in(needs: Needs) -> bool:
    """Return whether what the person does brings money into the wallet."""
    return any(map(is_incoming, needs.use))


def fills_by(case: Case, word: str) -> bool | None:
    """Return whether the market takes money into the balance by some means; None: not known."""
    claim = case.market.funding.get(word)
    if claim is None:
        return None
    if claim.operation and "top-up" not in claim.operation:
        # What is taken for a payment alone is none that fills.
        return False
    fits, condition = in_scope(claim, case.candidate.plan, case.people, case.banks, case.answers)
    if fits and not condition:
        return None if claim.method or claim.countries else claim.has
    return False if not fits and condition and condition.of == "given" else None


def ways_in(case: Case) -> list[str | None]:
    """Return the methods by which the person may fill the balance: confirmed ones where any is.

    None is no certain method. Empty where all that the person has is known not to fill it.
    """
    fills = {word: fills_by(case, word) for word in means_of(case.needs)}
    words = [word for word, does in fills.items() if does]
    words = words or [word for word, does in fills.items() if does is None]
    return list(dict.fromkeys(_method_of(word) for word in words))


def _method_of(word: str) -> str | None:
    method = METHOD_OF_CLAIM.get(word, word)
    return method if method in METHODS else None


def must_fill(case: Case, usage: Usage) -> bool:
    """Return whether a usage by its method takes money that the person has to put in before.

    A price that names no way of paying holds however one pays. There what they have may pay at
    once; it is known to fill the balance where the market has a price or a limit for filling by it.
    """
    if not case.candidate.holds_balance or not case.needs.have:
        return False
    if usage.operation == "cash-out" or is_from_balance(case, usage):
        return True
    if usage.operation not in SPENDING_OPERATIONS:
        return False
    all_from_balance = case.candidate.kind in _ALL_FROM_BALANCE
    if _is_at_once(usage):
        # In shops their card is the one that they issue.
        return all_from_balance and usage.operation in IN_SHOPS and usage.method in OWN_CARD
    if all_from_balance:
        return True
    taken = [word for word in means_of(case.needs) if fills_by(case, word)]
    at_once = [word for word in means_of(case.needs) if _pays_at_once(case, usage, word)]
    return bool(taken) and not at_once


def is_there_already(case: Case, usage: Usage) -> bool:
    """Return whether money need not be moved or taken out: it lies on the account, or in the hand.

    Where a market has a price for it, as for doing so faster, that holds.
    """
    return is_out_already(usage.operation, case.candidate.wallet, case.market, case.needs)


def is_out_already(operation: str, wallet: Wallet, market: Market, needs: Needs) -> bool:
    """Return whether a wallet has done an operation that takes money out when money comes in."""
    if operation == "withdraw":
        return passes_all_on(wallet, market)
    return operation == "cash-out" and collected_by(wallet, market, needs) is not None


def collected_by(wallet: Wallet, market: Market, needs: Needs) -> FeeRule | None:
    """Return the price by which what comes from abroad is paid out in cash, if that is enough.

    That a market pays out cash may be of what it sends: its price for receiving so tells.
    """
    rules = market.fees
    if any(rule.operation == "cash-out" for rule in rules):
        return None
    came, went = (
        sum((each.amount for each in needs.use if each.operation == operation), ZERO)
        for operation in ("receive-abroad", "cash-out")
    )
    if wallet.kind_in(market) != "remittance" or went > came:
        return None
    paid_out = ("receive-abroad", "cash-pickup")
    return next((rule for rule in rules if (rule.operation, rule.method) == paid_out), None)


def passes_all_on(wallet: Wallet, market: Market) -> bool:
    """Return whether what comes into a wallet lies on the account or card behind it at once."""
    priced = any(rule.operation == "withdraw" for rule in market.fees)
    return wallet.kind_in(market) == "pass-through" and not priced


def arrives_changed(case: Case) -> bool:
    """Return whether money from abroad is in the wallet's own currency when it comes.

    Who is not said to hold foreign money has none to change: whoever sent it has done so.
    """
    of_one = case.candidate.kind in _OF_ONE_CURRENCY
    return of_one and not case.market.offers("multi-currency")


def is_from_balance(case: Case, usage: Usage) -> bool:
    """Return whether a usage is paid from the balance: so it says, or by the wallet's own card."""
    return usage.method == "balance" or (
        usage.operation in IN_SHOPS
        and usage.method in OWN_CARD
        and case.candidate.holds_balance
        and may_be_own_card(usage.method, case.candidate.kind, case.needs, case.answers)
        and issues_card(case.market)
    )


def may_be_own_card(method: str, kind: str, needs: Needs, answers: frozenset[str]) -> bool:
    """Return whether paying by card may be paying by one that the wallet issues, and not by theirs.

    Not for who has such a card already, or says that theirs is from somebody else; but from the
    balance of a bank account no card of another bank pays.
    """
    if kind in _ALL_FROM_BALANCE:
        return True
    theirs = any(word in needs.have for word in METHOD_COVERS.get(method, (method,)))
    return not theirs and holds(("own-card",), answers) is not False


def issues_card(market: Market) -> bool:
    """Return whether a market is known to issue a card, in plastic or not."""
    return any(market.offers(card) for card in CARDS)


def _is_at_once(usage: Usage) -> bool:
    """Return whether a method says that the money comes from elsewhere than the balance."""
    return usage.method in PAID_AT_ONCE and not may_arrive(usage)


def may_arrive(usage: Usage) -> bool:
    """Return whether the method of what is sent may say how it arrives, and not what pays it."""
    return usage.operation in SENDING_OPERATIONS and usage.method in _ALSO_ARRIVES


def _pays_at_once(case: Case, usage: Usage, word: str) -> bool:
    """Return whether some means is taken for a payment itself, as far as the catalog shows."""
    claim = case.market.funding.get(word)
    if claim is None or not claim.has or word not in PAID_AT_ONCE or word == "cash-agent":
        return False
    if claim.operation:
        return usage.operation in claim.operation
    return bool(fills_by(case, word)) and not _is_filled(case, word)


def _is_filled(case: Case, word: str) -> bool:
    """Return whether the market has a price or a limit for filling its balance by some means."""
    asked = Usage(operation="top-up", amount=ZERO)
    items: tuple[FeeRule | Limit, ...] = (*case.market.fees, *case.market.limits)
    return any(
        item.operation == "top-up" and bool(method_rank(item.method, word))
        for item in items
        if is_meant(case, item, asked)
    )
