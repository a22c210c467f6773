"""What a wallet must do, as the answer says it back."""

from __future__ import annotations

from decimal import Decimal

import pytest
from build import TODAY, use
from markets import catalog_of, wallet_of, wanting, yes
from markets import market as market_of

from walletpick.facts.model import FeeRule
from walletpick.facts.vocabulary import CLAIM_FAMILIES
from walletpick.score.ranking import rank
from walletpick.words.bills import ways_words
from walletpick.words.phrases import method_phrase, wanted_phrase

KEYS = [f"{family}:{word}" for family, words in CLAIM_FAMILIES.items() for word in words]


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("security:instant-freeze", "let you freeze it at once"),
        ("security:passkey", "log in with a passkey"),
        ("features:cash-out", "let you take out cash"),
        ("channels:callback", "call you back on request"),
        ("security:pci-dss", "be certified for card security (PCI DSS)"),
    ],
)
def test_what_it_must_do_reads_as_a_wish(key: str, said: str) -> None:
    assert wanted_phrase(key) == said


@pytest.mark.parametrize("key", KEYS)
def test_every_wish_goes_on_behind_it_must(key: str) -> None:
    said = wanted_phrase(key)
    first = said.partition(" ")[0]
    # Nor "it must can", nor "it must be frozen".
    assert first not in ("is", "can", "cannot", "does", "has", "not", "been", "frozen")
    assert not said.startswith("be ") or said.startswith("be certified")


@pytest.mark.parametrize("method", ["agent", "cash-agent"])
def test_cash_that_is_taken_out_is_named_once(method: str) -> None:
    assert method_phrase("cash-out", method) == "at an agent"
    assert method_phrase("top-up", "cash-agent") == "in cash at an agent or shop"


def test_where_cash_goes_in_and_comes_out_is_named_once() -> None:
    fees = (
        FeeRule(operation="top-up", method="cash-agent", percent=Decimal(1), source="new"),
        FeeRule(operation="cash-out", method="agent", percent=Decimal(1), source="new"),
    )
    market = market_of(features={"cash-out": yes()}, fees=fees)
    needs = wanting(use("top-up", 100), use("cash-out", 100))
    (place,) = rank(catalog_of(wallet_of("testpay", market)), needs, TODAY).places
    assert ways_words(place.bill) == ", in cash at an agent or shop"
