"""Results -> JSON documents: what becomes of values on the way, and in which currency money is."""

from __future__ import annotations

from decimal import Decimal

import pytest
from msgspec import Struct

from walletpick.documents.out import Money, MoneySpanOut, Out, RangeOut, SourceOut, out
from walletpick.facts.model import RateSource, Source
from walletpick.facts.money import Range

D = Decimal


class Cost(Struct):
    """A result: money in a currency of its own."""

    currency: str
    yearly: Range
    share: Decimal = D("0.123456")
    plan: str = ""
    parts: tuple[Range, ...] = ()


class CostOut(Out, frozen=True, kw_only=True):
    """Its document."""

    currency: str
    yearly: MoneySpanOut
    share: float
    plan: str | None
    parts: tuple[RangeOut, ...]


class BillOut(Out, frozen=True, kw_only=True):
    """A document around it."""

    paid: Money
    costs: tuple[CostOut, ...]


def test_a_field_is_the_attribute_of_its_name_or_what_is_given() -> None:
    cost = Cost("JPY", Range(D(1), D("2.5"), D("3.5")), parts=(Range.exactly(D("0.00004")),))
    made = out(CostOut, cost)
    assert made.yearly == MoneySpanOut(estimate="2", low="1", high="4")
    assert made.share == 0.1235
    assert made.plan is None
    assert made.parts == (RangeOut(estimate=0, low=0, high=0),)
    assert out(CostOut, cost, plan="gold", share=1.0).plan == "gold"


def test_money_is_in_the_currency_of_what_holds_it() -> None:
    costs = [Cost("JPY", Range.exactly(D("2.5"))), Cost("", Range.exactly(D("2.5")))]
    made = out(BillOut, currency="KWD", paid=D("-0.0001"), costs=costs)
    assert made.paid == "0.000"
    assert [cost.yearly.low for cost in made.costs] == ["2", "2.500"]


def test_money_without_a_currency_is_refused() -> None:
    with pytest.raises(KeyError):
        out(BillOut, paid=D(1), costs=[])


def test_what_a_document_has_no_field_for_is_refused() -> None:
    with pytest.raises(TypeError, match="BillOut has no cost"):
        out(BillOut, currency="USD", paid=D(1), cost=())
    with pytest.raises(AttributeError):
        out(CostOut, object())


def test_a_source_of_rates_is_never_second_hand() -> None:
    said = {"url": "https://x.example/", "title": "X", "publisher": "press", "seen": "2026-05"}
    assert not out(SourceOut, RateSource(**said, as_of="2026"), second_hand=False).second_hand

    class Holder(Out, frozen=True, kw_only=True):
        source: SourceOut

    assert not out(Holder, source=RateSource(**said, as_of="2026")).source.second_hand
    source = Source(**said, as_of=None, second_hand=True)
    assert out(Holder, source=source).source.second_hand
