"""The JSON document of a wallet: `walletpick/wallet/1`. Pure.

The types of facts are made from the records of the catalog, so the document always holds what the
catalog holds, under the same names. What changes on the way: line and column go; a fact says
whether it is `stale` and how many months old it is; its `source` is a key of the document's
`sources`, for one page often stands behind dozens of facts. Its texts are in the language that is
spoken, where they are translated. Figures of the catalog are what the
operator states, so they stay exact decimal strings, percentages too, and money names its currency.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from functools import cache
from types import GenericAlias
from typing import TYPE_CHECKING, Annotated, Any, Literal

from msgspec import Meta, Struct, structs

from walletpick.answers.complain import Body, hears_next, named_by
from walletpick.documents.out import (
    CatalogOut,
    CountryCode,
    DateText,
    KnownText,
    Out,
    SourceOut,
    body_told,
    document_type,
    out,
    retyped,
)
from walletpick.facts import model
from walletpick.facts.ages import age_in_months, fact_is_stale
from walletpick.facts.law import law_key, law_with, licence_class, rights_in
from walletpick.facts.places import country_name
from walletpick.language import known_text
from walletpick.upkeep.texts import read_fields
from walletpick.words.facts import given_words, priced_words, right_words
from walletpick.words.gaps import Gaps, gaps_of
from walletpick.words.own import others_say, own_words
from walletpick.words.phrases import few_listed, limit_words

Exact = Annotated[
    str,
    Meta(
        description="An exact decimal number, as the catalog has it.",
        extra_json_schema={"pattern": r"^-?[0-9]+(\.[0-9]+)?$"},
    ),
]

_NOT_SHOWN = {"line", "column", "own"}
_ORIGIN = {"note", "source", "path"}


class NextOut(Out, frozen=True, kw_only=True):
    """Who hears a complaint after the operator's own answer: named for the market or the country.

    They stand in the order in which one turns to them. `named_by` says who names it: the publisher
    of what the market states (`operator`, `regulator`, ...), `law`, or both. `path` is in `file`,
    and belongs to the first of these. `within` says by when to turn there; `within_days` about how
    many days that is.
    """

    named_for: Literal["market", "country"]
    named_by: tuple[str, ...]
    body: KnownText
    hears: KnownText | None
    url: str | None
    number: str | None
    email: str | None
    within: str | None
    within_days: int | None
    reply_days: int | None
    cost: str | None
    file: str
    path: str
    source: str
    note: KnownText
    stale: bool
    age_months: int


class AgedSourceOut(SourceOut, frozen=True, kw_only=True):
    """Where facts were read. `as_of` is the date of the page itself, null when it gives none."""

    age_months: int


class OwnOut(Out, frozen=True, kw_only=True):
    """A fact of the person's own (`walletpick tell`), beside what the catalog says of the same.

    It stands among the facts of the market too, at `path` of the person's file. `catalog` is null
    where the catalog says nothing else, or nothing at all; `sources` are those of what it says.
    """

    section: str
    word: str | None
    words: str
    catalog: str | None
    path: str
    source: str
    sources: tuple[str, ...]


class SeenOut(Out, frozen=True, kw_only=True):
    """What a survey saw of sending an amount to a country by one service; no tariff.

    `fee_percent` and `margin_percent` (of the exchange rate) are shares of the amount, as the
    survey has them; `row` is the line of its file of quotes.
    """

    survey: str
    by: KnownText
    period: str
    firm: str
    to: CountryCode
    method: str
    amount_usd: Exact
    fee_percent: Exact
    margin_percent: Exact
    row: int
    source: str
    stale: bool
    age_months: int


def _is_fact(record: type[model.Record]) -> bool:
    return issubclass(record, (model.Fact, model.FeeRule))


@cache
def _fields(record: type[model.Record]) -> list[structs.FieldInfo]:
    """Return the fields of a record that the document shows: what it says first, then its origin.

    Paths are for facts only.
    """
    hidden = _NOT_SHOWN if _is_fact(record) else {*_NOT_SHOWN, "path"}
    shown = [field for field in structs.fields(record) if field.name not in hidden]
    return sorted(shown, key=lambda field: field.name in _ORIGIN)


@cache
def _law_type() -> type[Out]:
    """Return the type of what the law gives, with the rights as the document has records."""
    rights = GenericAlias(tuple, (_out_type(model.Right), ...))
    return document_type(
        "LawOut",
        {"licence_class": str | None, "rights": rights},
        "What the law gives the customers of firms with such a licence; the operator's own promise"
        " counts where it is better.",
    )


@cache
def _out_type(record: type[model.Record]) -> type[Out]:
    """Return the type of a record in the document."""
    fields = {field.name: retyped(field.type, _out_hint) for field in _fields(record)}
    if _is_fact(record):
        fields |= {"stale": bool, "age_months": int}
    if record in (model.FeeRule, model.GiveBack, model.Limit, model.Right):
        fields["words"] = Annotated[str, Meta(description="The same in plain English.")]
    if record is model.Market:
        fields = {
            "country": CountryCode,
            "name": str,
            "state": str,
            **fields,
            "kind": str,
            "own": tuple[OwnOut, ...],
            "seen": tuple[SeenOut, ...],
            "hears_next": tuple[NextOut, ...],
            "law": _law_type(),
            "unknown": Gaps,
        }
    return document_type(f"{record.__name__}Out", fields, record.__doc__)


def _out_hint(hint: Any) -> Any:
    """Return what stands in the document for a type of the catalog."""
    if hint is Decimal:
        return Exact
    return _out_type(hint) if isinstance(hint, type) and issubclass(hint, model.Record) else hint


if TYPE_CHECKING:
    MarketOut = Any
else:
    MarketOut = _out_type(model.Market)


class WalletOut(Out, frozen=True, kw_only=True):
    """What a wallet is. `file` is its file in the catalog; other platforms are unknown."""

    id: str
    name: str
    local_names: dict[str, str]
    aliases: tuple[str, ...]
    operator: str | None
    kind: str
    website: str | None
    platforms: tuple[str, ...]
    not_on: tuple[str, ...]
    summary: KnownText
    countries: tuple[CountryCode, ...]
    notes: tuple[KnownText, ...]
    file: str


class WalletDocument(Out, frozen=True, kw_only=True):
    """`walletpick show --json`. Ages count on the day `today`."""

    schema: Literal["walletpick/wallet/1"] = "walletpick/wallet/1"
    catalog: CatalogOut
    today: DateText
    wallet: WalletOut
    markets: tuple[MarketOut, ...]
    sources: dict[str, AgedSourceOut]


def wallet_out(
    catalog: model.Catalog, wallet: model.Wallet, country: str | None, today: date
) -> WalletDocument:
    """Return the document of a wallet: of its market in `country`, or of all its markets."""
    facts = _AgedFacts(catalog, wallet, today)
    return out(
        WalletDocument,
        catalog=catalog,
        today=today,
        wallet=out(WalletOut, wallet, countries=wallet.markets),
        markets=[facts.market(code) for code in ([country] if country else wallet.markets)],
        sources=facts.sources,
    )


class _AgedFacts(Struct):
    """Turns the facts of a wallet into the document's and keeps the sources they name."""

    catalog: model.Catalog
    wallet: model.Wallet
    today: date
    sources: dict[str, AgedSourceOut] = {}

    def market(self, country: str) -> Any:
        """Return a market with everything that is known of it, and what is not."""
        market = self.wallet.markets[country]
        values = self.values(market)
        return MarketOut(
            country=country,
            name=country_name(country),
            state=market.state,
            own=tuple(self.own(own) for own in market.own),
            hears_next=tuple(
                self.next_out(country, body)
                for body in hears_next(self.catalog, self.wallet, country, as_stated=True)
            ),
            seen=tuple(self.seen(country)),
            law=self.law(country),
            unknown=gaps_of(self.wallet, country, self.catalog, self.today),
            **values | {"kind": self.wallet.kind_in(market)},
        )

    def own(self, own: model.Own) -> OwnOut:
        """Return what was told, beside what the catalog says."""
        for fact in own.before:
            self.aged(fact, fact.source, self.wallet.source(fact.source))
        return out(
            OwnOut,
            own,
            words=own_words(own),
            catalog=few_listed(others_say(own)),
            path=own.fact.path,
            source=own.fact.source,
            sources=tuple(dict.fromkeys(fact.source for fact in own.before)),
        )

    def next_out(self, country: str, named: Body) -> NextOut:
        """Return who hears a complaint next."""
        body, key, source = named
        return out(
            NextOut,
            body,
            named_by=named_by(self.catalog, self.wallet, country, named),
            named_for="country" if isinstance(body, model.Right) else "market",
            file=body.file if isinstance(body, model.Right) else self.wallet.file,
            source=key,
            **body_told(body),
            **self.aged(body, key, source),
        )

    def seen(self, country: str) -> Iterator[SeenOut]:
        """Yield what surveys saw of sending abroad."""
        for head, quotes in self.catalog.quotes_of(self.wallet.id, country):
            for quote in quotes:
                rule = model.Quoted.made_of(head, (quote,))
                yield out(
                    SeenOut,
                    quote,
                    survey=head.name,
                    by=head.by,
                    period=head.period,
                    amount_usd=f"{quote.usd:f}",
                    fee_percent=f"{quote.fee_percent:f}",
                    margin_percent=f"{quote.margin_percent:f}",
                    row=quote.line,
                    source=rule.source,
                    **self.aged(rule, rule.source, head.source),
                )

    def law(self, country: str) -> Any:
        """Return what the law gives the customers of a market."""
        rights = rights_in(self.catalog.laws, self.wallet, country)
        market = self.wallet.markets[country]
        return _law_type()(
            licence_class=licence_class(market, self.wallet.kind_in(market)),
            rights=tuple(self.right(right) for right in rights),
        )

    def right(self, right: model.Right) -> Any:
        """Return a right. Its sources are among those of the document."""
        law = law_with(self.catalog.laws, right)
        key = law_key(self.catalog.laws, right)
        for other in right.more_sources:
            self.aged(right, f"{law.country}/{other}", law.sources[other])
        more = tuple(f"{law.country}/{other}" for other in right.more_sources)
        values = self.values(structs.replace(right, source=key, more_sources=more))
        return _out_type(model.Right)(**values)

    def aged(
        self, fact: model.Fact | model.FeeRule, key: str, source: model.Source
    ) -> dict[str, Any]:
        """Return a fact's age; its source is kept for the document."""
        months = age_in_months(source, self.today)
        self.sources[key] = out(AgedSourceOut, source, age_months=months)
        stale = fact_is_stale(fact, source, self.catalog, self.today)
        return {"stale": stale, "age_months": months}

    def values(self, record: model.Record) -> dict[str, Any]:
        """Return the values of a record's fields, facts in it turned into the document's."""

        read = read_fields(type(record))

        def turned(value: Any, is_text: bool = False) -> Any:
            if isinstance(value, str):
                return known_text(value) if is_text else value
            if isinstance(value, model.Record):
                return _out_type(type(value))(**self.values(value))
            if isinstance(value, Decimal):
                return f"{value:f}"
            if isinstance(value, tuple):
                return tuple(turned(item, is_text) for item in value)
            if isinstance(value, dict):
                return {key: turned(item, is_text) for key, item in value.items()}
            return value

        values = {
            field.name: turned(getattr(record, field.name), field.name in read)
            for field in _fields(type(record))
        }
        if isinstance(record, model.Right):
            key = record.source.partition("/")[2]
            source = law_with(self.catalog.laws, record).sources[key]
            values |= self.aged(record, record.source, source)
        elif isinstance(record, (model.Fact, model.FeeRule)):
            for key in (*getattr(record, "more_sources", ()), record.source):
                values |= self.aged(record, key, self.wallet.source(key))
        words = _WORDS.get(type(record))
        if words:
            values["words"] = words(record)
        return values


_WORDS: dict[type, Callable[[Any], str]] = {
    model.FeeRule: priced_words,
    model.GiveBack: given_words,
    model.Limit: limit_words,
    model.Right: right_words,
}
