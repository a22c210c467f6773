"""The words of needs, held against what the catalog says of wallets."""

from __future__ import annotations

from running import shipped

from walletpick.facts.possible import METHODS_OF
from walletpick.facts.vocabulary import METHODS, USAGE_OPERATIONS


def test_each_operation_takes_every_method_by_which_a_wallet_prices_or_limits_it() -> None:
    assert list(METHODS_OF) == list(USAGE_OPERATIONS)
    assert set(METHODS) >= {method for methods in METHODS_OF.values() for method in methods}
    facts = {
        (fact.operation, fact.method)
        for wallet in shipped().wallets
        for market in wallet.markets.values()
        for fact in (*market.fees, *market.limits)
    }
    strange = [
        (operation, method)
        for operation, method in facts
        if operation in METHODS_OF and method and method not in METHODS_OF[operation]
    ]
    assert strange == []


def test_nobody_draws_cash_by_what_gives_none_nor_pays_at_a_cash_machine() -> None:
    assert {"atm", "cash-agent"} <= set(METHODS_OF["cash-out"])
    assert not {"credit-card", "bank-transfer", "balance"} & set(METHODS_OF["cash-out"])
    assert not {"atm", "cash-pickup", "agent"} & {*METHODS_OF["pay"], *METHODS_OF["withdraw"]}
