"""Wallets that only pass cards on, as Apple Pay does. Pure."""

from __future__ import annotations

from walletpick.facts.law import ways_in
from walletpick.facts.model import Market, Wallet
from walletpick.facts.vocabulary import CASH_POINTS


def passes_cards_on(wallet: Wallet, market: Market) -> bool:
    """Return whether a wallet only passes cards on, so that nothing goes into it or comes out."""
    ways, kind = ways_in(market), wallet.kind_in(market)
    return kind == "pass-through" and "debit-card" in ways and "bank-linked" not in ways


def leaves_cash_to_card(wallet: Wallet, market: Market, word: str) -> bool:
    """Return whether an operation is one with cash, and the wallet only passes cards on.

    `word` is an operation, with its method if any: `cash-out`, `top-up:cash-agent`. There is no
    balance that cash could come from or go to; where a bank account is linked, it may.
    """
    operation, _, method = word.partition(":")
    with_cash = operation == "cash-out" or (operation == "top-up" and method in CASH_POINTS)
    return with_cash and passes_cards_on(wallet, market)
