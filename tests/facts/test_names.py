"""What wallets are called."""

from __future__ import annotations

from collections.abc import Iterator

import build
import pytest
from msgspec import structs

from walletpick.facts.characters import names_like
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


def test_names_in_chinese_are_near_by_their_characters_where_they_stand() -> None:
    names = ["d支付", "支付宝", "微信支付", "wallet", "云闪付"]
    # By what they share, all of d支付 would be as near.
    assert names_like("支付保", names, 3, 0.6) == ["支付宝"]
    assert names_like("微言支付", names, 3, 0.6) == ["微信支付", "d支付"]
    assert names_like("八达通", names, 3, 0.6) == []
    assert names_like("walet", names, 3, 0.6) == ["wallet"]
    # The best first.
    assert names_like("云南", ["云海", "云南白药", "云南省"], 3, 0.6) == [
        "云南省",
        "云海",
        "云南白药",
    ]
