"""What is said where the cheapest way to send money is a credit card."""

from __future__ import annotations

from typing import Any

import pytest
from build import charge, market, needs, use

from walletpick.words.bills import cash_advance_words

FEES = """
fees:
  - {operation: send, method: credit-card, percent: 1}
  - {operation: send, method: bank-transfer, percent: 2}
  - {operation: pay, method: credit-card, percent: 1}
"""


def words(operation: str = "send", method: str | None = None, **wanted: Any) -> str:
    usage = use(operation, 100, method=method)
    made = charge(market(FEES), usage, **wanted)
    return cash_advance_words([("Onepay", made), ("Twopay", made)], needs(usage, **wanted))


def test_the_cards_bank_may_charge_too_where_nobody_said_how_they_pay() -> None:
    said = words()
    assert said.startswith("Onepay and Twopay are priced by credit card. The card's bank may")
    assert said.endswith("say so: --have bank-transfer, or --have debit-card.")


@pytest.mark.parametrize(
    "wanted",
    [
        {"have": ["credit-card"]},
        {"have": ["bank-transfer"]},
        {"method": "credit-card"},
        # Paying in a shop is no cash.
        {"operation": "pay"},
    ],
)
def test_who_says_how_they_pay_or_takes_no_cash_is_not_told(wanted: dict[str, Any]) -> None:
    assert words(**wanted) == ""
