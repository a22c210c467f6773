"""What the JSON outputs have in common: money, ranges, sources, needs. Pure.

The types are what `walletpick schema` prints, so no field has a default: every key is always there.

Money is a decimal string, rounded half-even to the minor unit of its currency, and the currency
stands beside it. Scores, values, points, weights and shares are JSON numbers (see `number`).
"""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin, get_type_hints

from msgspec import Meta, Struct

from walletpick.facts.model import (
    Authority,
    Catalog,
    Fact,
    FeeRule,
    Limit,
    Needs,
    RateSource,
    Source,
    Usage,
    Wallet,
)
from walletpick.facts.money import Range, rounded

# No `pattern=`: only the schema should name it, nothing is decoded here.
Money = Annotated[
    str,
    Meta(
        description="Money as a decimal string, rounded to the minor unit of the currency.",
        extra_json_schema={"pattern": r"^-?[0-9]+(\.[0-9]+)?$"},
    ),
]
CountryCode = Annotated[
    str,
    Meta(
        description="An ISO 3166-1 alpha-2 code.",
        extra_json_schema={"pattern": "^[A-Z]{2}$"},
    ),
]
CurrencyCode = Annotated[
    str, Meta(description="An ISO 4217 code.", extra_json_schema={"pattern": "^[A-Z]{3}$"})
]
DateText = Annotated[
    str,
    Meta(
        description="A date that may be partial: 2026, 2026-05 or 2026-05-19.",
        extra_json_schema={"pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$"},
    ),
]

_FOUR_DIGITS = Decimal("0.0001")


class Out(Struct, frozen=True, kw_only=True):
    """Anything that is written as JSON."""


Document = TypeVar("Document", bound=Out)


def out(kind: type[Document], result: object, **given: object) -> Document:
    """Return the document of a result: what is given, and else the attributes of the same names.

    Figures become numbers and what has a document of its own becomes that; what is empty text is
    null where a field may be null.
    """
    fields = {
        name: given[name] if name in given else _field(hint, getattr(result, name))
        for name, hint in _hints(kind).items()
        if name != "schema"
    }
    return kind(**fields)


@cache
def _hints(kind: type[Out]) -> dict[str, Any]:
    return get_type_hints(kind)


def _field(hint: Any, value: Any) -> Any:
    if get_origin(hint) in (Union, UnionType):
        if value is None or value == "":
            return None
        (hint,) = (each for each in get_args(hint) if each is not NoneType)
    if get_origin(hint) is tuple:
        return tuple(_field(get_args(hint)[0], each) for each in value)
    if get_origin(hint) is dict:
        return {key: _field(get_args(hint)[1], each) for key, each in value.items()}
    if hint is SourceOut:
        return source_out(value)
    if isinstance(hint, type) and issubclass(hint, Out):
        return out(hint, value)
    return number(value) if isinstance(value, Decimal) else value


class CatalogOut(Out, frozen=True, kw_only=True):
    """Which catalog the result rests on; `date` is the day of its newest reading."""

    version: str
    date: DateText


class RangeOut(Out, frozen=True, kw_only=True):
    """A figure that may rest on something unknown: low <= estimate <= high."""

    estimate: float
    low: float
    high: float


class MoneySpanOut(Out, frozen=True, kw_only=True):
    """Money that may rest on something unknown: low <= estimate <= high."""

    estimate: Money
    low: Money
    high: Money


class MoneyRangeOut(Out, frozen=True, kw_only=True):
    """A total: low <= estimate <= high. `complete` is false where a fee in it is unknown."""

    estimate: Money
    low: Money
    high: Money
    complete: bool


class SourceOut(Out, frozen=True, kw_only=True):
    """Where a fact was read. `as_of` is the date the page itself gives, null when it gives none."""

    url: str
    title: str
    publisher: str
    as_of: DateText | None
    seen: DateText
    second_hand: bool


class FactOut(Out, frozen=True, kw_only=True):
    """A record of the catalog: its file and path there, its source, whether it is stale."""

    file: str
    path: str
    source: SourceOut
    stale: bool


class UsageOut(Out, frozen=True, kw_only=True):
    """Something done with money: `amount` a month in all, in `times` equal uses."""

    operation: str
    amount: Money
    times: int
    method: str | None
    country: CountryCode | None


class NeedsOut(Out, frozen=True, kw_only=True):
    """What was asked for, with every default filled in. The weights sum to 1."""

    title: str
    country: CountryCode | None
    currency: CurrencyCode
    use: tuple[UsageOut, ...]
    must: tuple[str, ...]
    wish: tuple[str, ...]
    weights: dict[str, float]
    have: tuple[str, ...]
    person: tuple[str, ...]
    age: int | None
    bank: tuple[str, ...]
    platform: str | None
    strict: bool


def number(value: Decimal) -> float:
    """Return a score, value, share or weight as a JSON number, rounded to four digits.

    Readers expect numbers here, and a number in JSON is a double for most of them; so this last
    edge is the one place that leaves `Decimal`. Money never comes here.
    """
    return float(value.quantize(_FOUR_DIGITS, ROUND_HALF_EVEN))


def money_out(amount: Decimal, currency: str) -> str:
    """Return money as a plain decimal string in the currency's minor unit: "1234.50"."""
    # Adding zero turns -0.00 into 0.00.
    return f"{rounded(amount, currency) + 0:f}"


def range_out(span: Range) -> RangeOut:
    """Return a range of scores, values or points."""
    estimate = number(span.estimate)
    if span.exact:
        return RangeOut(estimate=estimate, low=estimate, high=estimate)
    return RangeOut(estimate=estimate, low=number(span.low), high=number(span.high))


def money_span_out(span: Range, currency: str) -> MoneySpanOut:
    """Return a range of money, such as one line of a bill."""
    return MoneySpanOut(
        estimate=money_out(span.estimate, currency),
        low=money_out(span.low, currency),
        high=money_out(span.high, currency),
    )


def money_range_out(span: Range, currency: str, complete: bool) -> MoneyRangeOut:
    """Return a total, and whether every fee in it is known."""
    return MoneyRangeOut(
        estimate=money_out(span.estimate, currency),
        low=money_out(span.low, currency),
        high=money_out(span.high, currency),
        complete=complete,
    )


def source_out(source: Source | RateSource) -> SourceOut:
    """Return a source."""
    return SourceOut(
        url=source.url,
        title=source.title,
        publisher=source.publisher,
        as_of=source.as_of,
        seen=source.seen,
        second_hand=isinstance(source, Source) and source.second_hand,
    )


def fact_out(wallet: Wallet, fact: Fact | FeeRule | Limit, source: Source, stale: bool) -> FactOut:
    """Return a fact that something about a wallet rests on."""
    # The one kind of fact that does not stand in the wallet's own file.
    file = "escalation.yaml" if isinstance(fact, Authority) else wallet.file
    return FactOut(file=file, path=fact.path, source=source_out(source), stale=stale)


def catalog_out(catalog: Catalog) -> CatalogOut:
    """Return which catalog this is."""
    return CatalogOut(version=catalog.version, date=catalog.date)


def usage_out(usage: Usage, currency: str) -> UsageOut:
    """Return a usage, its amount in `currency`."""
    return UsageOut(
        operation=usage.operation,
        amount=money_out(usage.amount, currency),
        times=usage.times,
        method=usage.method,
        country=usage.country,
    )


def needs_out(needs: Needs) -> NeedsOut:
    """Return settled needs (see `needs.settled`)."""
    assert needs.currency
    return NeedsOut(
        title=needs.title,
        country=needs.country,
        currency=needs.currency,
        use=tuple(usage_out(usage, needs.currency) for usage in needs.use),
        must=needs.must,
        wish=needs.wish,
        weights={name: number(weight) for name, weight in needs.weights.items()},
        have=needs.have,
        person=needs.person,
        age=needs.age,
        bank=needs.bank,
        platform=needs.platform,
        strict=needs.strict,
    )
