"""What wallets are called."""

from __future__ import annotations

import build
import pytest
from msgspec import structs

from walletpick.facts.characters import names_like
from walletpick.facts.model import Wallet
from walletpick.facts.names import find, sure, wallet_name
from walletpick.language import Language, speak


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


def named(id_: str, name: str, *codes: str, aliases: tuple[str, ...] = ()) -> Wallet:
    """Return a wallet that is called so, and runs in these countries."""
    made = build.wallet("".join(f"{code}:\n  currency: EUR\n" for code in codes))
    return structs.replace(made, id=id_, name=name, aliases=aliases, local_names={})


WALLETS = [
    named("anna-pay", "Anna Pay", "DE", "FR"),
    named("berta-bank", "Berta Bank", "DE", aliases=("Berta Pay",)),
    named("berta-france", "Berta Wallet (France)", "FR"),
    named("paymore", "PayMore", "DE"),
    named("payless", "PayLess", "FR"),
    named("zibao", "Zibao", "DE", aliases=("紫宝支付", "ZB")),
    named("carla", "Carla Plus", "DE", "US", aliases=("Carla Go", "CP")),
    named("carla-italy", "Carla Go (Italy)", "IT", aliases=("CP (Italy)",)),
    named("dora-spain", "Dora", "ES", aliases=("D1",)),
    named("dora-japan", "Dora Japan", "JP", aliases=("Dora",)),
]


def ids(asked: str, country: str | None = None) -> list[str]:
    return [wallet.id for wallet in find(WALLETS, asked, country)]


def test_a_short_name_may_mean_all_that_begin_so_or_have_the_word() -> None:
    assert ids("Pay", "DE") == ["anna-pay", "berta-bank", "paymore"]
    assert ids("pay", "FR") == ["anna-pay", "payless"]
    # Where none of them runs in the country, it may be any.
    assert ids("paym", "FR") == ["paymore"]
    assert ids("支付") == ["zibao"]
    # A part of a word is no word.
    assert ids("erta") == ids("nna p") == ids("pa") == []


@pytest.mark.parametrize(
    ("asked", "country", "meant"),
    [
        # In full, in any case, with and without spaces, by any name, wherever it runs.
        ("anna pay", "US", "anna-pay"),
        ("ANNAPAY", None, "anna-pay"),
        ("zb", None, "zibao"),
        ("Berta Pay", "FR", "berta-bank"),
        ("紫宝支付", None, "zibao"),
        # The beginning of the only one, or a whole word of the only one that runs there.
        ("paym", None, "paymore"),
        ("berta", "FR", "berta-france"),
        ("berta", None, None),
        ("berta wallet", "DE", "berta-france"),
        # In full, but of another country than the one that has the name with its country behind it.
        ("Carla Go", "IT", "carla-italy"),
        ("cp", "IT", "carla-italy"),
        ("Carla Go", "US", "carla"),
        ("Carla Go", "JP", "carla"),
        ("Carla Go", None, "carla"),
        ("Carla Plus", "IT", "carla"),
        # Of two of one name, the one that runs in the country.
        ("dora", "JP", "dora-japan"),
        ("dora", "ES", "dora-spain"),
        ("dora", "IT", None),
        ("dora", None, None),
        ("payl", "DE", "payless"),
        # A cut word that others begin with elsewhere, a word in the middle, and one that many have.
        ("ber", "FR", None),
        ("france", None, None),
        ("wallet", "FR", None),
        ("pay", "FR", None),
        ("支付", "DE", None),
        ("nothing", None, None),
        ("", None, None),
    ],
)
def test_a_short_name_is_taken_where_only_one_can_be_meant(
    asked: str, country: str | None, meant: str | None
) -> None:
    found = sure(WALLETS, asked, country)
    assert (found and found.id) == meant
