"""The JSON document of a ranking: `walletpick/ranking/1`. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Literal

from walletpick.bill.taken import taken
from walletpick.documents.bill import costs_out
from walletpick.documents.out import (
    AboutMarket,
    CatalogOut,
    CauseTexts,
    CountryCode,
    CurrencyCode,
    KnownText,
    Money,
    MoneyRangeOut,
    NeedsOut,
    Out,
    RangeOut,
    SourceOut,
    market_of,
    out,
)
from walletpick.facts.model import Averages, Catalog, Needs
from walletpick.facts.money import HUNDRED, Range
from walletpick.score.change import change
from walletpick.score.criteria import CriterionValue, PartValue
from walletpick.score.ranking import LeftOut, Place, Ranking, point_worth, weights_of
from walletpick.score.reason import Kind
from walletpick.score.reasons import part_traces, reasons
from walletpick.score.settle import Unknown, one_check_away, settling
from walletpick.score.verdict import Word, verdict_of
from walletpick.words.main_reasons import one_check_words, to_look_up
from walletpick.words.reasons import in_words
from walletpick.words.verdict import span_words, turn_words, verdict_words


class TraceOut(Out, frozen=True, kw_only=True):
    """A fact: where it stands in the catalog, and its source.

    `rule` names the rule of `implications.yaml` by which what is meant follows from the fact at
    `path`; it is null where that fact is meant itself.
    """

    path: str
    source: SourceOut
    rule: str | None


class ReasonOut(Out, frozen=True, kw_only=True):
    """One sentence for or against, with the points it is worth and the facts behind it."""

    kind: Kind
    criterion: str
    text: str
    points: float
    facts: tuple[TraceOut, ...]


class PartOut(Out, frozen=True, kw_only=True):
    """A part of a criterion: value 0 to 1, the points it adds and those it could add at most.

    `asked` holds what it asks for, true or false as known, null where not; `figure` is what it
    measures, if it measures something. `facts` are what all this rests on.
    """

    id: str
    title: KnownText
    value: RangeOut
    points: RangeOut
    full: float
    known: float
    asked: dict[str, bool | None]
    figure: RangeOut | None
    facts: tuple[TraceOut, ...]


class NotApplyingOut(Out, frozen=True, kw_only=True):
    """A part of a criterion that does not apply to wallets of this kind, and why."""

    id: str
    title: KnownText
    reason: KnownText


class SetCriterionOut(Out, frozen=True, kw_only=True):
    """A criterion: value 0 to 1, weight 0 to 1, points = value x weight x 100."""

    value: RangeOut
    weight: float
    points: RangeOut


class CriterionOut(SetCriterionOut, frozen=True, kw_only=True):
    """A criterion: value 0 to 1, weight 0 to 1, points = value x weight x 100; share known.

    The points of its parts add up to its own. What does not apply to the wallet is in neither.
    """

    known: float
    parts: tuple[PartOut, ...]
    does_not_apply: tuple[NotApplyingOut, ...]


class WayOut(Out, frozen=True, kw_only=True):
    """By which method the price of a usage holds, where the person named none."""

    operation: str
    country: CountryCode | None
    method: str


class PlaceOut(Out, frozen=True, kw_only=True):
    """A ranked market. `score` is 0 to 100, `evidence` the share of facts known, 0 to 1.

    `chance`, 0 to 1, is how likely it is the best, as far as what is not known can tell.
    `confirmed`: it is known to do all that is asked; if not,
    `unconfirmed` says what is not. What is not, stands below what is. `thin`: little is
    known of it.

    `yearly_cost` is null where no usage was given, so that nothing is priced; and where the needs
    are for a stay, of which `stay_cost` is the cost, else null. `among_users`: among the wallet's
    own users it costs less; `ways` are the methods taken as the cheapest. `point_worth` is how
    much more that may cost until the place has one point less; null where money moves no point.
    """

    rank: int
    wallet: str
    name: str
    country: CountryCode
    currency: CurrencyCode
    plan: str | None
    confirmed: bool
    thin: bool
    chance: float
    score: RangeOut
    evidence: float
    yearly_cost: MoneyRangeOut | None
    point_worth: Money | None
    stay_cost: MoneyRangeOut | None
    among_users: bool
    ways: tuple[WayOut, ...]
    criteria: dict[str, CriterionOut]
    unconfirmed: CauseTexts
    reasons: tuple[ReasonOut, ...]


class LeftOutOut(AboutMarket, frozen=True, kw_only=True):
    """A market that is not ranked, and why."""

    reasons: CauseTexts


class OneCheckOut(AboutMarket, frozen=True, kw_only=True):
    """A wallet that is much cheaper than the first, but for one thing that is not confirmed.

    `saving` is of the first year or the stay; where not `saving_known`, a guess is in it. `command`
    enters the answer.
    """

    fact: str
    currency: CurrencyCode
    saving: Money
    saving_known: bool
    text: str
    command: str


class VerdictOut(Out, frozen=True, kw_only=True):
    """Who is best: one, several that are `level`, the `only` one, or none.

    `wallets` are their ids; `confirmed`: they are known to do all that is asked. `one_check` is a
    wallet that is much cheaper, but for one thing that is not confirmed.
    """

    word: Word
    wallets: tuple[str, ...]
    confirmed: bool
    text: str
    one_check: OneCheckOut | None


class SettleOut(AboutMarket, frozen=True, kw_only=True):
    """A fact that is not known and would tell most about who is best.

    `fact` is its name as `walletpick tell` takes it, `page` where it may stand. `chance_gain` is by
    how much, 0 to 1, the chance of the likeliest wallet would rise on the average.
    """

    fact: str
    text: str
    page: str | None
    command: str
    chance_gain: float


class WeightSpanOut(Out, frozen=True, kw_only=True):
    """A weight, 0 to 5 as `--weight` takes it, that could put another wallet first, all else as it
    is.

    From `low` to `high` the first place stays first. `below` is the wallet that comes first just
    under `low`, `above` the one just over `high`; null where no weight so low or high does it.
    `text` names whole or half weights that put another first, and is empty where none does.
    """

    criterion: str
    weight: float
    low: float
    high: float
    below: str | None
    above: str | None
    text: str


class PriceTurnOut(AboutMarket, frozen=True, kw_only=True):
    """A price at which the first two would change places, all else as it is.

    The second's would have to be under `percent` of the amount, or, where it is `dearer`, the
    first's over it. `now` is what it is; where it is not `known`, what it is taken for.
    """

    kind: Literal["fee", "conversion"]
    operation: str
    method: str | None
    to: CountryCode | None
    now: float
    percent: float
    known: bool
    dearer: bool
    text: str


class ChangeOut(Out, frozen=True, kw_only=True):
    """What would change the first place; of several changes, each alone."""

    weights: tuple[WeightSpanOut, ...]
    prices: tuple[PriceTurnOut, ...]


class RankingOut(Out, frozen=True, kw_only=True):
    """`walletpick rank --json`.

    `ranking` is in the order of `sorted_by`: points, or cost: by what is known to be paid, those of
    which a fee is not known after the others. A `rank` is by points in either.
    """

    schema: Literal["walletpick/ranking/1"] = "walletpick/ranking/1"
    catalog: CatalogOut
    needs: NeedsOut
    verdict: VerdictOut
    sorted_by: Literal["points", "cost"]
    ranking: tuple[PlaceOut, ...]
    settle: tuple[SettleOut, ...]
    change: ChangeOut
    left_out: tuple[LeftOutOut, ...]


# So many facts to look up are told.
_SETTLE = 3


def ranking_out(ranking: Ranking, catalog: Catalog, top: int, by_cost: bool = False) -> RankingOut:
    """Return the document of a ranking; `top` places (0 for all)."""
    places = ranking.by_cost(catalog.per_usd) if by_cost else ranking.places
    shown = places[:top] if top else places
    return out(
        RankingOut,
        ranking,
        catalog=catalog,
        verdict=_verdict_out(ranking, catalog),
        sorted_by="cost" if by_cost else "points",
        ranking=[_place_out(ranking, place.rank - 1, catalog.averages) for place in shown],
        settle=[_settle_out(each) for each in settling(ranking, catalog.averages, _SETTLE)],
        change=_change_out(ranking),
        left_out=left_out_out(ranking.left_out),
    )


def _change_out(ranking: Ranking) -> ChangeOut:
    turns = change(ranking)
    return ChangeOut(
        weights=tuple(
            out(
                WeightSpanOut,
                each,
                below=each.below and each.below.wallet,
                above=each.above and each.above.wallet,
                text=span_words(each, ranking),
            )
            for each in turns.weights
        ),
        prices=tuple(
            out(
                PriceTurnOut,
                market_of(each.place.candidate),
                each,
                each.line,
                to=each.line.country,
                text=turn_words(each, ranking),
            )
            for each in turns.prices
        ),
    )


def _settle_out(unknown: Unknown) -> SettleOut:
    place, fact = unknown.place, to_look_up(unknown)
    return out(
        SettleOut,
        market_of(place.candidate),
        fact,
        fact=unknown.target.name,
        text=fact.what,
        chance_gain=float(round(unknown.gain, 3)),
    )


def _verdict_out(ranking: Ranking, catalog: Catalog) -> VerdictOut:
    verdict = verdict_of(ranking)
    return out(
        VerdictOut,
        verdict,
        wallets=[place.wallet for place in verdict.level],
        text=verdict_words(ranking),
        one_check=_one_check_out(ranking, catalog),
    )


def _one_check_out(ranking: Ranking, catalog: Catalog) -> OneCheckOut | None:
    check = one_check_away(ranking, catalog) if ranking.places else None
    if check is None:
        return None
    place = check.unknown.place
    words, command = one_check_words(check)
    return out(
        OneCheckOut,
        market_of(place.candidate),
        check,
        fact=check.unknown.target.name,
        saving_known=check.known,
        text=f"{words}.",
        command=command,
    )


def left_out_out(left_out: Iterable[LeftOut]) -> tuple[LeftOutOut, ...]:
    """Return the markets that are not ranked, and why."""
    return tuple(out(LeftOutOut, each, each.wallet, reasons=each.causes) for each in left_out)


def criteria_out(place: Place, needs: Needs) -> dict[str, CriterionOut]:
    """Return the criteria of a place, whose points add up to its score.

    Where the person's diary has something on the market, it is one of them, `experience`.
    """
    values, weights = place.values, weights_of(place, needs)
    if place.own:
        own = Range.exactly(place.own.experience.value)
        noted = CriterionValue(criterion="experience", value=own, known=Decimal(1), parts=())
        values, weights = values | {"experience": noted}, weights | {"experience": place.own.share}
    return {
        name: out(
            CriterionOut,
            value,
            weight=weights[name],
            points=value.value.times(weights[name] * HUNDRED),
            parts=[_part_out(place, part, weights[name]) for part in value.parts],
            does_not_apply=[
                out(NotApplyingOut, part, reason=part.not_for.reason)
                for part in value.not_applying
                if part.not_for
            ],
        )
        for name, value in values.items()
    }


def _part_out(place: Place, part: PartValue, weight: Decimal) -> PartOut:
    full = part.share * weight * HUNDRED
    return out(
        PartOut,
        part,
        id=part.part.id,
        title=part.part.title,
        points=part.value.times(full),
        full=full,
        asked={item.key: item.observation.value for item in part.evidence},
        facts=part_traces(place, part),
    )


def _place_out(ranking: Ranking, index: int, averages: Averages) -> PlaceOut:
    place = ranking.places[index]
    bill = place.bill
    return out(
        PlaceOut,
        market_of(place.candidate),
        place,
        **costs_out(bill, ranking.needs, "{}_cost"),
        among_users=bill.among_users,
        ways=[
            WayOut(operation=operation, country=country, method=method)
            for (operation, country, *_), method in taken(bill).items()
        ],
        point_worth=point_worth(place, ranking.needs),
        criteria=criteria_out(place, ranking.needs),
        reasons=[
            out(ReasonOut, reason, text=words)
            for words, reason in in_words(reasons(ranking, index, averages)).items()
        ],
    )
