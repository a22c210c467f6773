"""The JSON document of stay or go: `walletpick/switch/1`. Pure."""

from __future__ import annotations

from datetime import date
from typing import Literal

from msgspec import field

from walletpick.answers.switch import Feature, Leaving, Option, Standing, Sum, Switch
from walletpick.answers.switch_words import (
    leaving_words,
    payback_words,
    reason_words,
    unknown_words,
    verdict_words,
)
from walletpick.documents.out import (
    CatalogOut,
    CountryCode,
    CurrencyCode,
    FactOut,
    Money,
    MoneyRangeOut,
    MoneySpanOut,
    NeedsOut,
    Out,
    RangeOut,
    catalog_out,
    fact_out,
    money_out,
    money_range_out,
    money_span_out,
    needs_out,
    number,
    range_out,
)
from walletpick.documents.ranking import CriterionOut, LeftOutOut, criteria_out, left_out_out
from walletpick.facts.model import Catalog, Fact, FeeRule, Limit, Source
from walletpick.words.causes import by_words
from walletpick.words.common import fact_is_stale
from walletpick.words.phrases import claim_phrase

VerdictWord = Literal["stay", "go", "too-close"]


class StandingOut(Out, frozen=True, kw_only=True):
    """A market: its score and what a year there costs without what is paid once.

    `yearly_cost` is in the currency of the document. `does_not_fit` is empty where it fits.
    """

    wallet: str
    name: str
    country: CountryCode
    currency: CurrencyCode
    plan: str | None
    status: str
    does_not_fit: tuple[str, ...]
    unconfirmed: tuple[str, ...]
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
    """Stay, go or too close to call; `rule` names the rule that says so. `to` is what it is about.

    `text` says it in words.
    """

    word: VerdictWord
    rule: str
    to: str | None
    country: CountryCode | None
    text: str


class OptionVerdictOut(Out, frozen=True, kw_only=True):
    """The verdict on one change, and the rule that says so."""

    word: VerdictWord
    rule: str


class PaybackOut(Out, frozen=True, kw_only=True):
    """After how many months the change has paid for itself; null where it never does.

    `latest_months` is of the worst case. Where `cannot_say` names something, both are null.
    """

    months: int | None
    latest_months: int | None
    cannot_say: tuple[str, ...]
    text: str


class FeatureOut(Out, frozen=True, kw_only=True):
    """A yes or no, `now` and `there`; null is not known."""

    word: str
    text: str
    now: bool | None
    there: bool | None
    facts: tuple[FactOut, ...]


class OptionOut(Out, frozen=True, kw_only=True):
    """Another wallet. Money is in the currency of the document.

    `saving` is how much less a year costs, `once` what it charges once, `upfront` that and what
    leaving costs. `points` are the differences by criterion, which add up to `gain`; `experience`
    is what the person's own diary adds or takes.
    """

    market: StandingOut
    verdict: OptionVerdictOut
    gain: float
    points: dict[str, float]
    saving: MoneyRangeOut
    once: MoneyRangeOut
    upfront: MoneySpanOut
    payback: PaybackOut
    gained: tuple[FeatureOut, ...]
    lost: tuple[FeatureOut, ...]
    not_known: tuple[FeatureOut, ...]


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
    not_known: tuple[str, ...]
    left_out: tuple[LeftOutOut, ...]


SCHEMAS: dict[str, type] = {"switch": SwitchOut}


def switch_out(found: Switch, catalog: Catalog, today: date, top: int) -> SwitchOut:
    """Return the document: `top` options (0: all), and always the one the verdict is about."""
    shown = list(found.options[:top] if top else found.options)
    if found.best and found.best not in shown:
        shown.append(found.best)
    clerk = _Clerk(found, catalog, today)
    best = found.best.standing.candidate if found.best else None
    about = best if found.verdict.why != "nowhere-to-go" else None
    return SwitchOut(
        catalog=catalog_out(catalog),
        needs=needs_out(found.needs),
        currency=found.currency,
        verdict=VerdictOut(
            word=found.verdict.word,
            rule=found.verdict.why,
            to=about.wallet.id if about else None,
            country=about.country if about else None,
            text=f"{verdict_words(found)} {reason_words(found)}",
        ),
        from_=clerk.standing(found.current, found.now),
        leaving=clerk.leaving(found.leaving),
        options=tuple(clerk.option(option) for option in shown),
        not_known=tuple(unknown_words(found, shown)),
        left_out=left_out_out(found.thin, found.left_out),
    )


class _Clerk:
    def __init__(self, found: Switch, catalog: Catalog, today: date) -> None:
        self.found = found
        self.catalog = catalog
        self.today = today
        self.currency = found.currency

    def standing(self, standing: Standing, year: Sum) -> StandingOut:
        candidate = standing.candidate
        return StandingOut(
            wallet=candidate.wallet.id,
            name=candidate.wallet.name,
            country=candidate.country,
            currency=candidate.market.currency,
            plan=candidate.plan or None,
            status=candidate.status,
            does_not_fit=tuple(by_words(standing.place.obstacles)),
            unconfirmed=tuple(by_words(standing.place.unconfirmed)),
            score=range_out(standing.place.score),
            evidence=number(standing.place.evidence),
            criteria=criteria_out(standing.place, self.found.needs),
            yearly_cost=self.sum(year),
        )

    def sum(self, found: Sum) -> MoneyRangeOut:
        return money_range_out(found.total, self.currency, found.complete)

    def leaving(self, leaving: Leaving) -> LeavingOut:
        account = self.found.current.candidate
        currency = account.market.currency
        route, closing = leaving.route, leaving.closing
        spent = leaving.withdrawal
        return LeavingOut(
            currency=currency,
            balance=money_out(leaving.balance, currency) if leaving.balance is not None else None,
            way=route.operation if route else None,
            method=route.method if route else None,
            withdrawal=money_span_out(spent, currency) if spent is not None else None,
            withdrawal_known=leaving.known,
            withdrawal_facts=self.facts(self.found.current, route.rules if route else ()),
            months=route.months if route else None,
            closing=money_span_out(closing.fee, currency) if closing.fee is not None else None,
            closing_facts=self.facts(self.found.current, closing.rules),
            text=tuple(leaving_words(self.found)),
        )

    def option(self, option: Option) -> OptionOut:
        payback = option.payback
        complete = self.found.now.complete and option.there.complete
        return OptionOut(
            market=self.standing(option.standing, option.there),
            verdict=OptionVerdictOut(word=option.verdict.word, rule=option.verdict.why),
            gain=number(option.gain),
            points={points.criterion: number(points.gain) for points in option.points},
            saving=money_range_out(option.saving, self.currency, complete),
            once=self.sum(option.once),
            upfront=money_span_out(option.upfront, self.currency),
            payback=PaybackOut(
                months=payback.months,
                latest_months=payback.latest,
                cannot_say=payback.unknown,
                text=payback_words(option, self.currency),
            ),
            gained=tuple(self.feature(option, each) for each in option.gained),
            lost=tuple(self.feature(option, each) for each in option.lost),
            not_known=tuple(self.feature(option, each) for each in option.unsure),
        )

    def feature(self, option: Option, feature: Feature) -> FeatureOut:
        facts: list[FactOut] = []
        for standing, seen in (
            (self.found.current, feature.now),
            (option.standing, feature.there),
        ):
            if seen.fact is not None and seen.source is not None:
                facts.append(self.fact(standing, seen.fact, seen.source))
        return FeatureOut(
            word=feature.key,
            text=claim_phrase(feature.key, True),
            now=feature.now.value,
            there=feature.there.value,
            facts=tuple(facts),
        )

    def facts(self, standing: Standing, rules: tuple[FeeRule, ...]) -> tuple[FactOut, ...]:
        source_of = standing.candidate.source_of
        return tuple(self.fact(standing, rule, source_of(rule)) for rule in rules)

    def fact(self, standing: Standing, fact: Fact | FeeRule | Limit, source: Source) -> FactOut:
        stale = fact_is_stale(fact, source, self.catalog, self.today)
        return fact_out(standing.wallet, fact, source, stale)
