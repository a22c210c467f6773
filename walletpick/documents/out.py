"""Results -> JSON documents, and what they have in common: money, ranges, sources, needs. Pure.

The types are what `walletpick schema` prints, so no field has a default: every key is always there.

Money is a decimal string, rounded half-even to the minor unit of its currency, and the currency
stands beside it. Scores, values, points, weights and shares are JSON numbers (see `number`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from functools import cache
from types import GenericAlias, NoneType, UnionType
from typing import Annotated, Any, NewType, TypeVar, Union, cast, get_args, get_origin

from msgspec import Meta, Struct, defstruct, structs

from walletpick.bill.observe import Candidate
from walletpick.facts import model
from walletpick.facts.ages import fact_is_stale
from walletpick.facts.law import calendar_days
from walletpick.facts.money import rounded
from walletpick.facts.walk import file_of
from walletpick.language import Language, known_text, language
from walletpick.words.causes import by_words
from walletpick.words.facts import FINAL_ANSWER, time_words

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

# A text of the catalog, or a person's own, said in the language that is spoken.
KnownText = NewType("KnownText", str)
# Why a market is left out, does not fit or is not confirmed: causes in words.
CauseTexts = NewType("CauseTexts", tuple[str, ...])

AnyFact = model.Fact | model.FeeRule | model.Limit

_FOUR_DIGITS = Decimal("0.0001")
# Where an attribute is not there.
_NOTHING = object()


class Out(Struct, frozen=True, kw_only=True):
    """Anything that is written as JSON."""


class CatalogOut(Out, frozen=True, kw_only=True):
    """Which catalog the result rests on, and the language of the texts.

    `date` is the day of its newest reading. Keys and words of the vocabulary are in no language.
    """

    version: str
    date: DateText
    lang: Language


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


class MoneyRangeOut(MoneySpanOut, frozen=True, kw_only=True):
    """A total: low <= estimate <= high. `complete` is false where a fee in it is unknown."""

    complete: bool


class AboutMarket(Out, frozen=True, kw_only=True):
    """What begins by saying which market it is about."""

    wallet: str
    name: str
    country: CountryCode


class AboutPlan(AboutMarket, frozen=True, kw_only=True):
    """What begins by saying which market it is about, on which plan; null where there are none."""

    currency: CurrencyCode
    plan: str | None


class SourceOut(Out, frozen=True, kw_only=True):
    """Where a fact was read. `as_of` is the date the page itself gives, null when it gives none."""

    url: str
    title: str
    publisher: str
    as_of: DateText | None
    seen: DateText
    second_hand: bool


class FactOut(Out, frozen=True, kw_only=True):
    """A record of the catalog: its file and path there, its source, whether it is stale.

    A fact of the person's own stands in `own.yaml`; the publisher of its source is "you".

    `rule` names the rule of `implications.yaml` by which what is meant follows from the record at
    `path`; it is null where that record is meant itself.
    """

    file: str
    path: str
    rule: str | None
    source: SourceOut
    stale: bool


class UsageOut(Out, frozen=True, kw_only=True):
    """Something done with money: `amount` in all, in `times` equal uses, a month or in the stay."""

    operation: str
    amount: Money
    times: int
    method: str | None
    country: CountryCode | None


class NeedsOut(Out, frozen=True, kw_only=True):
    """What was asked for, with every default filled in. The weights sum to 1.

    `keep` is what lies in the wallet on an average day. `stay` is the length of a stay that ends
    ("3 weeks"): then amounts and costs are of the whole stay. Null: amounts are a month's.
    """

    title: KnownText
    country: CountryCode | None
    currency: CurrencyCode
    stay: str | None
    use: tuple[UsageOut, ...]
    keep: Money | None
    must: tuple[str, ...]
    wish: tuple[str, ...]
    weights: dict[str, float]
    have: tuple[str, ...]
    person: tuple[str, ...]
    given: tuple[str, ...]
    age: int | None
    bank: tuple[str, ...]
    platform: str | None
    strict: bool


Kind = TypeVar("Kind", bound=Out)
# What turns a value into that of a field; the currency is that of money which names none.
_Turn = Callable[[Any, str], Any]


def out(kind: type[Kind], /, *results: object, **given: Any) -> Kind:
    """Return the document of results: each field as given, else the first attribute of its name.

    A value becomes what its field holds: a record a document, a score a number, money a text in its
    minor unit, causes their words, a wallet its id, an empty text null where null may stand. Money
    is in the currency given, else in the results' own, else in that of the document around it.
    """
    if unknown := given.keys() - _turns(kind).keys() - {"currency"}:
        raise TypeError(f"{kind.__name__} has no {', '.join(sorted(unknown))}")
    return _out(kind, results, given, "")


def _out(
    kind: type[Kind], results: Sequence[object], given: Mapping[str, Any], currency: str
) -> Kind:
    # Long documents are made of thousands of these, so this is plain.
    own = next(filter(None, (getattr(result, "currency", None) for result in results)), currency)
    currency = given.get("currency") or own
    filled = {}
    for name, turn in _turns(kind).items():
        if name in given:
            value = given[name]
        else:
            for result in results:
                value = getattr(result, name, _NOTHING)
                if value is not _NOTHING:
                    break
            else:
                raise AttributeError(f"nothing to fill {name} of {kind.__name__}")
        filled[name] = turn(value, currency)
    return kind(**filled)


def _money_range(value: Any, currency: str) -> MoneyRangeOut:
    if isinstance(value, MoneyRangeOut):
        return value
    return _out(MoneyRangeOut, [value.total, value], {}, currency)


# What turns values into those of a field of one type.
_TURNS: dict[Any, _Turn] = {
    str: lambda value, _: value.id if isinstance(value, model.Wallet) else value,
    float: lambda value, _: number(value) if isinstance(value, Decimal) else value,
    Money: lambda value, in_: value if isinstance(value, str) else money_out(value, in_),
    DateText: lambda value, _: str(value),
    KnownText: lambda value, _: known_text(value),
    CauseTexts: lambda value, _: tuple(by_words(value)),
    MoneyRangeOut: _money_range,
    SourceOut: lambda value, _: out(
        SourceOut, value, second_hand=getattr(value, "second_hand", False)
    ),
    CatalogOut: lambda value, _: out(CatalogOut, value, lang=language()),
}


@cache
def _turns(kind: type[Out]) -> dict[str, _Turn]:
    """Return what fills each field of a kind of document; the name of its schema is filled in."""
    fields = structs.fields(kind)
    return {each.name: _turn(each.type) for each in fields if each.name != "schema"}


def _turn(hint: Any) -> _Turn:
    origin, inner = get_origin(hint), get_args(hint)
    if hint in _TURNS:
        return _TURNS[hint]
    if isinstance(hint, type) and issubclass(hint, Out):
        return lambda value, currency: (
            value if isinstance(value, hint) else _out(hint, [value], {}, currency)
        )
    if origin in (Union, UnionType):
        turn = _turn(next(each for each in inner if each is not NoneType))
        return lambda value, currency: None if value in (None, "") else turn(value, currency)
    if origin in (tuple, list):
        turn = _turn(inner[0])
        return lambda value, currency: origin([turn(each, currency) for each in value])
    if origin is dict:
        turn = _turn(inner[1])
        return lambda value, currency: {key: turn(each, currency) for key, each in value.items()}
    return lambda value, _: value


# The documents of results that have one of their own making, and of those that had one made.
_DOCUMENTS: dict[type[Struct], type[Out]] = {model.Source: SourceOut}
# What texts of results are, by the names of their fields.
_CODES: dict[str, Any] = {"country": CountryCode, "currency": CurrencyCode}


def document_for(result: type[Struct]) -> Callable[[type[Kind]], type[Kind]]:
    """Make a type of documents that of a result, wherever the result stands in another."""

    def noted(kind: type[Kind]) -> type[Kind]:
        _DOCUMENTS[result] = kind
        return kind

    return noted


def document_fields(result: type[Struct]) -> dict[str, Any]:
    """Return the types of the fields that the document of a result has, by name.

    A result in it is a document too, a decimal number a score, and a text that is empty by default
    is null.
    """
    return {
        info.name: _CODES.get(info.name)
        or (str | None if info.default == "" else retyped(info.type, _document_hint))
        for info in structs.fields(result)
    }


def _document_hint(hint: Any) -> Any:
    if hint is Decimal:
        return float
    if not (isinstance(hint, type) and issubclass(hint, Struct)):
        return hint
    if hint not in _DOCUMENTS:
        name = f"{hint.__name__}Out"
        _DOCUMENTS[hint] = document_type(name, document_fields(hint), hint.__doc__)
    return _DOCUMENTS[hint]


def document_type(name: str, fields: Mapping[str, Any], about: str | None) -> type[Out]:
    """Return a type of documents. The word of a `schema` is filled in."""
    kind = defstruct(
        name,
        [(key, kind, *(get_args(kind) if key == "schema" else ())) for key, kind in fields.items()],
        bases=(Out,),
        namespace={"__doc__": about},
        module=__name__,
        frozen=True,
        kw_only=True,
        rename=lambda name: name.rstrip("_"),
    )
    return cast(type[Out], kind)


def retyped(hint: Any, turned: Callable[[Any], Any]) -> Any:
    """Return a type with each type that it is made of turned, but for the keys of mappings."""
    origin, inner = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return Annotated[(retyped(inner[0], turned), *inner[1:])]
    if origin in (Union, UnionType):
        return Union[tuple(retyped(part, turned) for part in inner)]  # noqa: UP007
    if origin is tuple:
        return GenericAlias(tuple, (retyped(inner[0], turned), ...))
    if origin is dict:
        return GenericAlias(dict, (inner[0], retyped(inner[1], turned)))
    return turned(hint)


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


def market_of(candidate: Candidate) -> AboutPlan:
    """Return which market a document is about: the first of its results."""
    return out(AboutPlan, candidate, candidate.wallet, candidate.market)


def body_told(body: model.Escalation | model.Right) -> dict[str, Any]:
    """Return what documents say of who hears a complaint, beside name and address.

    `within` says by when to turn there, `within_days` about how many days that is.
    """
    if isinstance(body, model.Escalation):
        days = body.within_days
        within = None if days is None else model.Time(days=days)
        hears = cost = None
    else:
        hears, within = body.hears, body.claim_within
        cost = None if body.cost is None else f"{body.cost:f} {body.currency or ''}".strip()
    return {
        "hears": hears,
        "within": time_words(within, FINAL_ANSWER) if within else None,
        "within_days": round(calendar_days(within)) if within else None,
        "reply_days": body.reply_days if isinstance(body, model.Escalation) else None,
        "cost": cost,
    }


class Facts(Struct, frozen=True):
    """What it takes to write facts: the catalog, and the day on which they may be stale."""

    catalog: model.Catalog
    today: date

    def of(
        self, wallet: model.Wallet, fact: AnyFact, source: model.Source | None = None
    ) -> FactOut:
        """Return a fact that something about a wallet rests on; its source is the wallet's own."""
        if isinstance(fact, model.Quoted):
            file, source = fact.file, fact.head.source
        else:
            source = source or wallet.source(fact.source)
            file = file_of(fact, source, wallet)
        return out(
            FactOut,
            fact,
            file=file,
            rule=fact.rule if isinstance(fact, model.Claim) else None,
            source=source,
            stale=fact_is_stale(fact, source, self.catalog, self.today),
        )
