"""What the law of a country taxes stands on the bills of its wallets, once."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from small import british, run, validated, write_catalog

SOURCES = """sources:
  act: {url: https://example.com/act, title: Finance Act, publisher: law, as_of: 2024-01-01, seen: 2026-11-20}
  tax-office: {url: https://example.com/tax, title: The levy, publisher: regulator, as_of: 2024-02, seen: 2026-11-20}
"""
LAW = f"""country: GB
{SOURCES}
taxes:
  - {{operation: send, applies_to: e-money, tax: true, percent: 0.5, max: 3, currency: GBP, source: act, more_sources: [tax-office]}}
  - {{operation: send-abroad, method: debit-card, applies_to: all, tax: true, percent: 1, source: act}}
"""


LICENCE = "    licence: {class: e-money, as: electronic-money institution, source: fees}\n"


def taxed(
    tmp_path: Path,
    *fees: str,
    kind: str = "stored-value",
    licence: str = LICENCE,
    law: str = LAW,
) -> Path:
    """Return a catalog with one British wallet of a kind, with a licence and under a law."""
    text = british("onepay", *fees).replace("kind: stored-value", f"kind: {kind}") + licence
    catalog = write_catalog(tmp_path / "catalog", onepay=text)
    (catalog / "countries" / "GB.yaml").write_text(law)
    return catalog


def lines(catalog: Path, *uses: str) -> list[dict[str, Any]]:
    """Return the lines of tax on the wallet's bill."""
    options = [word for use in uses for word in ("--use", use)]
    answer = run("cost", "onepay@GB", *options, "--json", catalog=catalog)
    assert answer.exit_code == 0, answer.output
    (bill,) = validated(answer.stdout, "bill")["bills"]
    total = sum(Decimal(line["yearly"]["estimate"]) for line in bill["lines"])
    assert Decimal(bill["yearly"]["estimate"]) == total
    return [line for line in bill["lines"] if line["kind"] == "tax"]


def test_a_tax_of_the_law_is_billed_beside_the_price_with_its_own_source(tmp_path: Path) -> None:
    catalog = taxed(tmp_path, "operation: send, percent: 1")
    (line,) = lines(catalog, "send=200x2")
    # Half a percent of 100 twice a month, and of 1,000 no more than 3.
    assert Decimal(line["yearly"]["estimate"]) == 12
    assert line["known"] is True
    assert line["source"]["url"] == "https://example.com/act"
    (line,) = lines(catalog, "send=1000")
    assert Decimal(line["yearly"]["estimate"]) == 36


@pytest.mark.parametrize(
    ("fees", "kind", "use", "billed"),
    [
        (["operation: send, percent: 1"], "bank-account", "send=200", None),
        # It may serve the country from abroad.
        (["operation: send, percent: 1"], "stored-value", "send=200", None),
        # The wallet says what it takes for the state: that is all of it.
        (
            ["operation: send, percent: 1", "operation: send, tax: true, percent: 0.1"],
            "stored-value",
            "send=200",
            "2.4",
        ),
        (
            ["operation: send-abroad, method: debit-card, percent: 1"],
            "bank-account",
            "send-abroad=200:debit-card",
            "24",
        ),
        (
            ["operation: send-abroad, method: bank-linked, percent: 1"],
            "bank-account",
            "send-abroad=200:bank-linked",
            None,
        ),
    ],
)
def test_a_tax_is_billed_for_whom_and_what_it_is_said_of(
    tmp_path: Path, fees: list[str], kind: str, use: str, billed: str | None
) -> None:
    made = lines(taxed(tmp_path, *fees, kind=kind, licence=""), use)
    assert [Decimal(line["yearly"]["estimate"]) for line in made] == [
        Decimal(amount) for amount in (billed,) if amount
    ]


def test_a_tax_names_the_file_of_the_law_wherever_it_is_shown(tmp_path: Path) -> None:
    catalog = taxed(tmp_path, "operation: send, percent: 1")
    answer = run("show", "onepay@GB", "--all", catalog=catalog).stdout
    assert "0.5 %, at most 3.00 GBP" in answer
    assert "https://example.com/act" in answer
    document = validated(run("show", "onepay@GB", "--json", catalog=catalog).stdout, "wallet")
    (market,) = document["markets"]
    assert {tax["source"] for tax in market["taxes"]} == {"GB/act"}
    assert set(document["sources"]) >= {"GB/act", "GB/tax-office", "fees"}
    (line,) = lines(catalog, "send=200x2")
    assert {fact["file"] for fact in line["facts"]} == {"countries/GB.yaml"}


def test_taking_money_out_to_leave_pays_the_tax_too(tmp_path: Path) -> None:
    law = LAW.replace("operation: send,", "operation: withdraw,")
    catalog = taxed(tmp_path, "operation: withdraw, fixed: 1", law=law)
    answer = run("leave", "onepay@GB", "--balance", "400", catalog=catalog)
    assert answer.exit_code == 0, answer.output
    assert "3.00 GBP" in answer.stdout


def test_a_tax_without_its_source_is_a_problem_of_the_law(tmp_path: Path) -> None:
    law = LAW.replace("source: act, more", "source: gone, more")
    catalog = taxed(tmp_path, "operation: send, percent: 1", law=law)
    answer = run("catalog", "lint", str(catalog))
    assert answer.exit_code == 4
    assert "GB.yaml:7:" in answer.stdout
    assert "gone" in answer.stdout


def test_a_tax_of_the_law_is_as_usual_as_one_that_the_wallet_states(tmp_path: Path) -> None:
    # That on what leaves the country is far higher, and tells nothing of others.
    law = LAW.replace(
        "applies_to: all, tax: true, percent: 1", "applies_to: all, tax: true, percent: 9"
    )
    price, stated = "operation: send, percent: 1", "operation: send, tax: true, percent: 0.5"
    for folder, fees in (("law", [price]), ("own", [price, stated])):
        catalog = taxed(tmp_path / folder, *fees, law=law)
        assert run("catalog", "averages", "--catalog", str(catalog)).exit_code == 0
        text = (catalog / "averages.yaml").read_text()
        assert "\ntax: {estimate_percent: 0.5, high_percent: 0.5, count: 1}\n" in text
