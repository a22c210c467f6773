"""How many people of a country use a wallet counts where money goes to them or to their shops."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from small import british, run, write_catalog


@pytest.mark.parametrize(
    ("use", "counts"),
    [
        ("send=100x4", True),
        ("receive=100x4", True),
        # Shops take what many have; a bank or a biller elsewhere does not ask for it.
        ("pay=100x4", True),
        ("withdraw=100x4", False),
        ("pay-abroad=100x4", False),
    ],
)
def test_wide_use_counts_for_those_who_send_to_people_pay_shops_or_are_paid(
    tmp_path: Path, use: str, counts: bool
) -> None:
    operations = ("send", "receive", "pay", "withdraw", "pay-abroad")
    fees = [f"operation: {operation}, percent: 0" for operation in operations]
    known = "    features:\n      widely-used: {has: true, source: fees}\n"
    wallets = {"known": british("known", *fees) + known, "other": british("other", *fees)}
    catalog = write_catalog(tmp_path / "catalog", **wallets)
    answer = run("rank", "--country", "GB", "--use", use, "--json", catalog=catalog)
    places = json.loads(answer.stdout)["ranking"]
    points = {place["wallet"]: place["score"]["estimate"] for place in places}
    assert (points["known"] > points["other"]) is counts
