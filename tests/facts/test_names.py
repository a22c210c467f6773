"""What wallets are called."""

from __future__ import annotations

from collections.abc import Iterator

import build
import pytest
from msgspec import structs

from walletpick.facts.names import wallet_name
from walletpick.language import Language, speak


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    yield
    speak("en")


@pytest.mark.parametrize(
    ("local", "spoken", "name"),
    [
        ({"zh": "八达通", "zh-Hant": "八達通"}, "zh", "八达通"),
        ({"zh": "八达通", "zh-Hant": "八達通"}, "en", "Octopus"),
        # A name in a third language helps neither.
        ({"ja": "ペイペイ"}, "zh", "Octopus"),
        ({}, "zh", "Octopus"),
        # English readers know a wallet by its name, whatever else it is called.
        ({"en": "Octopus Card"}, "en", "Octopus"),
    ],
)
def test_a_wallet_is_called_as_readers_know_it(
    local: dict[str, str], spoken: Language, name: str
) -> None:
    speak(spoken)
    wallet = build.wallet("HK:\n  currency: HKD")
    assert wallet_name(structs.replace(wallet, name="Octopus", local_names=local)) == name
