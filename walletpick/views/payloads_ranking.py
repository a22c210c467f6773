"""The JSON document of a ranking: `walletpick/ranking/1`. Pure."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from walletpick.explain import Reason, reasons
from walletpick.model import Catalog
from walletpick.money import HUNDRED
from walletpick.ranking import Place, Ranking
from walletpick.views.payloads import (
    CatalogOut,
    CountryCode,
    CurrencyCode,
    MoneyRangeOut,
    NeedsOut,
    Out,
    RangeOut,
    SourceOut,
    catalog_out,
    money_range_out,
    needs_out,
    number,
    range_out,
    source_out,
)


class TraceOut(Out, frozen=True, kw_only=True):
    """A fact: where it stands in the catalog, and its source."""

    path: str
    source: SourceOut


class ReasonOut(Out, frozen=True, kw_only=True):
    """One sentence for or against, with the points it is worth and the facts behind it."""

    kind: Literal["for", "against", "unknown", "stale"]
    criterion: str
    text: str
    points: float
    facts: tuple[TraceOut, ...]


class CriterionOut(Out, frozen=True, kw_only=True):
    """A criterion: value 0 to 1, weight 0 to 1, points = value x weight x 100; share known."""

    value: RangeOut
    weight: float
    points: RangeOut
    known: float


class PlaceOut(Out, frozen=True, kw_only=True):
    """A ranked market. `score` is 0 to 100, `evidence` the share of facts known, 0 to 1."""

    rank: int
    wallet: str
    name: str
    country: CountryCode
    currency: CurrencyCode
    plan: str | None
    score: RangeOut
    evidence: float
    yearly_cost: MoneyRangeOut
    criteria: dict[str, CriterionOut]
    unconfirmed: tuple[str, ...]
    reasons: tuple[ReasonOut, ...]


class LeftOutOut(Out, frozen=True, kw_only=True):
    """A market that is not ranked, and why."""

    wallet: str
    name: str
    country: CountryCode
    reasons: tuple[str, ...]


class RankingOut(Out, frozen=True, kw_only=True):
    """`walletpick rank --json`."""

    schema: Literal["walletpick/ranking/1"] = "walletpick/ranking/1"
    catalog: CatalogOut
    needs: NeedsOut
    ranking: tuple[PlaceOut, ...]
    left_out: tuple[LeftOutOut, ...]


SCHEMAS: dict[str, type] = {"ranking": RankingOut}


def ranking_out(ranking: Ranking, catalog: Catalog, top: int) -> RankingOut:
    """Return the document of a ranking; `top` places (0 for all)."""
    count = min(top, len(ranking.places)) if top else len(ranking.places)
    thin = tuple(
        LeftOutOut(
            wallet=place.wallet.id,
            name=place.wallet.name,
            country=place.candidate.country,
            reasons=(thin_text(place),),
        )
        for place in ranking.thin
    )
    out = tuple(
        LeftOutOut(
            wallet=item.wallet.id,
            name=item.wallet.name,
            country=item.country,
            reasons=tuple(cause.text for cause in item.causes),
        )
        for item in ranking.left_out
    )
    return RankingOut(
        catalog=catalog_out(catalog),
        needs=needs_out(ranking.needs),
        ranking=tuple(_place_out(ranking, index) for index in range(count)),
        left_out=thin + out,
    )


def thin_text(place: Place) -> str:
    """Return that too little is known of a place, and of what nothing is known."""
    blank = [name for name, value in place.values.items() if not value.known]
    missing = f"; nothing is known of its {', '.join(blank)}" if blank else ""
    share = (place.evidence * HUNDRED).to_integral_value()
    return f"too little is known: {share} % of what these needs ask for{missing}"


def _place_out(ranking: Ranking, index: int) -> PlaceOut:
    place = ranking.places[index]
    weights = ranking.needs.weights
    return PlaceOut(
        rank=place.rank,
        wallet=place.wallet.id,
        name=place.wallet.name,
        country=place.candidate.country,
        currency=place.bill.currency,
        plan=place.candidate.plan or None,
        score=range_out(place.score),
        evidence=number(place.evidence),
        yearly_cost=money_range_out(place.bill.yearly, place.bill.currency, place.bill.complete),
        criteria={
            name: CriterionOut(
                value=range_out(value.value),
                weight=number(weights[name]),
                points=range_out(value.value.times(weights[name] * HUNDRED)),
                known=number(value.known),
            )
            for name, value in place.values.items()
        },
        unconfirmed=tuple(cause.text for cause in place.unconfirmed),
        reasons=tuple(_reason_out(reason) for reason in reasons(ranking, index)),
    )


def _reason_out(reason: Reason) -> ReasonOut:
    return ReasonOut(
        kind=reason.kind,
        criterion=reason.criterion,
        text=reason.text,
        points=number(Decimal(reason.points)),
        facts=tuple(
            TraceOut(path=trace.path, source=source_out(trace.source)) for trace in reason.facts
        ),
    )
