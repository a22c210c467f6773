"""What a wallet must do, as the answer says it back."""

from __future__ import annotations

import pytest

from walletpick.facts.vocabulary import CLAIM_FAMILIES
from walletpick.words.phrases import wanted_phrase

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
