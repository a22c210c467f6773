"""Exchange rates: what a currency is worth, and what may stand in `rates.yaml`."""

from decimal import Decimal
from pathlib import Path

import pytest
from build import record
from small import run, write_catalog

from walletpick.facts.model import Rates
from walletpick.facts.money import convert

SOURCES = """sources:
  bank: {url: https://example.com/r, title: Rates, publisher: other, as_of: 2026-10-30, seen: 2026-11-20}
  law: {url: https://example.com/l, title: Law, publisher: law, as_of: null, seen: 2026-11-20}
rates:
  USD: {per_usd: 1, source: bank}
  EUR: {per_usd: 0.8, source: bank}
"""


def test_a_currency_at_a_fixed_rate_goes_with_the_one_that_it_hangs_on() -> None:
    text = f"{SOURCES}  XOF: {{fixed: 655.957, of: EUR, source: law}}\n"
    rates = record(Rates, text, "rates.yaml")
    assert convert(Decimal(1), "EUR", "XOF", rates.per_usd) == Decimal("655.957")
    assert rates.per_usd["XOF"] == Decimal("524.7656")
    assert rates.as_of("XOF") == rates.as_of("EUR") == "2026-10-30"


@pytest.mark.parametrize(
    ("rate", "fault"),
    [
        ("source: bank", "CHF: expected per_usd, or fixed and of: the fixed rate"),
        ("per_usd: 1, fixed: 1, of: EUR, source: bank", "CHF: expected per_usd, or fixed and of"),
        ("fixed: 1, source: bank", "CHF: expected per_usd, or fixed and of"),
        ("per_usd: 1, of: EUR, source: bank", "CHF: expected per_usd, or fixed and of"),
        ("fixed: 1, of: JPY, source: bank", "CHF: JPY has no rate to the US dollar of its own"),
        ("fixed: 1, of: CHF, source: bank", "CHF: CHF has no rate to the US dollar of its own"),
        ("per_usd: 0, source: bank", "CHF: the rate is 0, expected 0.000001 to 10,000,000"),
        ("fixed: 0, of: GBP, source: bank", "CHF: the rate is 0.0, expected 0.000001"),
        ("per_usd: 1, source: bnak", 'CHF: the source "bnak" is not listed under sources'),
    ],
)
def test_what_is_no_rate_is_said_with_its_line(tmp_path: Path, rate: str, fault: str) -> None:
    directory = write_catalog(tmp_path / "catalog")
    file = directory / "rates.yaml"
    file.write_text(f"{file.read_text()}  CHF: {{{rate}}}\n")
    line = file.read_text().count("\n")
    result = run("catalog", "lint", str(directory)).stdout
    assert f"rates.yaml:{line}:" in result
    assert fault in result
