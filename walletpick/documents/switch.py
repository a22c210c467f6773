"""The JSON document of stay or go: `walletpick/switch/1`. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Literal

from msgspec import field

from walletpick.answers.combine import Combined
from walletpick.answers.switch import Feature, Option, Sum, Switch, Word
from walletpick.documents.out import (
    AboutPlan,
    CatalogOut,
    CauseTexts,
    CountryCode,
    CurrencyCode,
    FactOut,
    Facts,
    Money,
    MoneyRangeOut,
    MoneySpanOut,
    NeedsOut,
    Out,
    RangeOut,
    market_of,
    out,
)
from walletpick.documents.ranking import CriterionOut, LeftOutOut, criteria_out, left_out_out
from walletpick.facts.model import Catalog
from walletpick.score.ranking import Place
from walletpick.words.combine import adding_words
from walletpick.words.phrases import claim_phrase
from walletpick.words.switch import (
    diary_words,
    leaving_words,
    open_questions,
    payback_words,
    reason_words,
    shown_options,
    unknown_words,
    verdict_words,
)


class StandingOut(AboutPlan, frozen=True, kw_only=True):
    """A market: its score and what a year there costs without what is paid once.

    `yearly_cost` is in the currency of the document. `does_not_fit` is empty where it fits.
    """

    status: str
    does_not_fit: CauseTexts
    unconfirmed: CauseTexts
    score: RangeOut
    evidence: float
    criteria: dict[str, CriterionOut]
    yearly_cost: MoneyRangeOut


class LeavingOut(Out, frozen=True, kw_only=True):
    """What leaving costs, in the currency of the account's country.

    `withdrawal` and `closing` are null where they are not known, or there is nothing to withdraw;
    `withdrawal_known` is false where its price is taken from what others charge, or not known.
    """

    currency: CurrencyCode
    balance: Money | None
    way: str | None
    method: str | None
    withdrawal: MoneySpanOut | None
    withdrawal_known: bool
    withdrawal_facts: tuple[FactOut, ...]
    months: int | None
    closing: MoneySpanOut | None
    closing_facts: tuple[FactOut, ...]
    text: tuple[str, ...]


class VerdictOut(Out, frozen=True, kw_only=True):
    """Stay, go, too close to call, or no answer: no other wallet known, or no use told.

    `rule` names the rule that says so. `to` is what it is about. `text` says it in words. `diary`:
    without the person's own diary, it would be another.
    """

    word: Word
    rule: str
    to: str | None
    country: CountryCode | None
    diary: bool
    text: str


class OptionVerdictOut(Out, frozen=True, kw_only=True):
    """The verdict on one change, and the rule that says so."""

    word: Word
    rule: str


class PaybackOut(Out, frozen=True, kw_only=True):
    """After how many months the change has paid for itself; null where it never does, as estimated.

    `latest_months` is of the worst case. Where `cannot_say` names something, both are null; where
    what is known of the wallet one has costs more already, `within_months` says after how many at
    most. What is missing of `upfront` is not in them.
    """

    months: int | None
    latest_months: int | None
    within_months: int | None
    cannot_say: tuple[str, ...]
    text: str


class FeatureOut(Out, frozen=True, kw_only=True):
    """A yes or no, `now` and `there`; null is not known."""

    word: str
    text: str
    now: bool | None
    there: bool | None
    facts: tuple[FactOut, ...]


class OtherWayOut(Out, frozen=True, kw_only=True):
    """A usage whose price now and there is for unlike ways to pay; the person named none."""

    operation: str
    now: str
    there: str


class OptionOut(Out, frozen=True, kw_only=True):
    """Another wallet. Money is in the currency of the document.

    `chance`, 0 to 1, is how likely it is better than the one you have by more than the trouble of
    changing, by the points, if it does what is asked; 0 where it is known not to, 1 where yours is.
    `saving` is how much less a year costs, `once` what it charges once, `upfront` that and what
    leaving costs, not complete where a closing fee is not known or no balance is named. `points`
    are the differences by criterion, which add up to `gain`; `experience` is what the person's own
    diary adds or takes.
    """

    market: StandingOut
    verdict: OptionVerdictOut
    gain: float
    chance: float
    points: dict[str, float]
    saving: MoneyRangeOut
    once: MoneyRangeOut
    upfront: MoneyRangeOut
    payback: PaybackOut
    gained: tuple[FeatureOut, ...]
    lost: tuple[FeatureOut, ...]
    not_known: tuple[FeatureOut, ...]
    other_ways: tuple[OtherWayOut, ...]


class AddingOut(Out, frozen=True, kw_only=True):
    """What keeping the wallet and adding others brings, where that beats going, and in words.

    `points` are how many more the set has than the wallet alone, null where that does not do all.
    """

    wallets: tuple[str, ...]
    points: float | None
    text: str


class SwitchOut(Out, frozen=True, kw_only=True):
    """`walletpick switch --json`."""

    schema: Literal["walletpick/switch/1"] = "walletpick/switch/1"
    catalog: CatalogOut
    needs: NeedsOut
    currency: CurrencyCode
    verdict: VerdictOut
    from_: StandingOut = field(name="from")
    leaving: LeavingOut
    options: tuple[OptionOut, ...]
    adding: AddingOut | None
    not_known: tuple[str, ...]
    left_out: tuple[LeftOutOut, ...]


def switch_out(
    answer: Switch, catalog: Catalog, today: date, top: int, more: Combined | None = None
) -> SwitchOut:
    """Return the document: `top` options (0: all), and always the one the verdict is about.

    `more` is what one wallet more brings, where that beats going.
    """
    facts = Facts(catalog, today)
    shown = shown_options(answer, top)
    best = answer.best.place.candidate if answer.best else None
    about = best if answer.verdict.why not in ("nowhere-to-go", "none-known", "no-use") else None
    return out(
        SwitchOut,
        answer,
        catalog=catalog,
        verdict=out(
            VerdictOut,
            answer.verdict,
            rule=answer.verdict.why,
            to=about and about.wallet,
            country=about and about.country,
            diary=answer.without_diary is not None,
            text=" ".join(
                filter(None, (verdict_words(answer), reason_words(answer), diary_words(answer)))
            ),
        ),
        from_=_market_out(answer, answer.current, answer.now),
        leaving=_leaving_out(answer, facts),
        options=[_option_out(answer, option, facts) for option in shown],
        adding=_adding_out(more) if more else None,
        not_known=tuple(unknown_words(answer, shown)),
        left_out=left_out_out(answer.left_out),
    )


def _adding_out(more: Combined) -> AddingOut:
    assert more.several
    return out(
        AddingOut,
        wallets=[member.wallet for member in more.several.members],
        points=more.gain.points if more.gain else None,
        text=adding_words(more),
    )


def _market_out(answer: Switch, place: Place, year: Sum) -> StandingOut:
    return out(
        StandingOut,
        market_of(place.candidate),
        place.candidate,
        place,
        does_not_fit=place.obstacles,
        criteria=criteria_out(place, answer.needs),
        yearly_cost=year,
    )


def _leaving_out(answer: Switch, facts: Facts) -> LeavingOut:
    leaving, account = answer.leaving, answer.current.candidate
    route, closing = leaving.route, leaving.closing
    rules = route.rules if route else ()
    return out(
        LeavingOut,
        leaving,
        currency=account.market.currency,
        way=route and route.operation,
        method=route and route.method,
        withdrawal_known=leaving.known,
        withdrawal_facts=[facts.of(account.wallet, rule) for rule in rules],
        months=route and route.months,
        closing=closing.fee,
        closing_facts=[facts.of(account.wallet, rule) for rule in closing.rules],
        text=leaving_words(answer),
    )


def _option_out(answer: Switch, option: Option, facts: Facts) -> OptionOut:
    def features(listed: Iterable[Feature]) -> list[FeatureOut]:
        return [_feature_out(answer, option, each, facts) for each in listed]

    payback = option.payback
    complete = answer.now.complete and option.there.complete
    return out(
        OptionOut,
        option,
        currency=answer.currency,
        market=_market_out(answer, option.place, option.there),
        verdict=out(OptionVerdictOut, option.verdict, rule=option.verdict.why),
        points={points.criterion: points.gain for points in option.points},
        saving=out(MoneyRangeOut, option.saving, complete=complete),
        payback=out(
            PaybackOut,
            payback,
            latest_months=payback.latest,
            within_months=payback.within,
            cannot_say=open_questions(payback),
            text=payback_words(option),
        ),
        gained=features(option.gained),
        lost=features(option.lost),
        not_known=features(option.unsure),
    )


def _feature_out(answer: Switch, option: Option, feature: Feature, facts: Facts) -> FeatureOut:
    seen = ((answer.current, feature.now), (option.place, feature.there))
    return out(
        FeatureOut,
        word=feature.key,
        text=claim_phrase(feature.key, True),
        now=feature.now.value,
        there=feature.there.value,
        facts=[
            facts.of(place.wallet, each.fact, each.source)
            for place, each in seen
            if each.fact is not None and each.source is not None
        ],
    )
