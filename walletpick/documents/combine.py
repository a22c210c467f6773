"""The JSON document of one wallet or several: `walletpick/combination/1`. Pure."""

from __future__ import annotations

from datetime import date
from typing import Literal

from walletpick.answers.combine import Combined, Why
from walletpick.answers.switch import Sum
from walletpick.answers.team import Bar, Elsewhere, Member, Reserve, SharedUse, Team
from walletpick.documents.bill import BillOut, bill_out
from walletpick.documents.out import (
    AboutPlan,
    CatalogOut,
    CauseTexts,
    CountryCode,
    CurrencyCode,
    Facts,
    Money,
    MoneyRangeOut,
    MoneySpanOut,
    NeedsOut,
    Out,
    RangeOut,
    UsageOut,
    market_of,
    out,
)
from walletpick.documents.ranking import LeftOutOut, SetCriterionOut, left_out_out
from walletpick.facts.model import Catalog
from walletpick.facts.money import HUNDRED
from walletpick.words.combine import elsewhere_words, reason_words, unknown_words, verdict_words


class ElsewhereOut(Out, frozen=True, kw_only=True):
    """Why a use is not with another wallet of the set: by which rule (`bar`), and in words.

    `more` is what all would cost more a year if it were there, `points` how many fewer all would
    have; both are null where it cannot be there, or its price there is not known.
    """

    wallet: str
    country: CountryCode
    bar: Bar
    text: str
    more: MoneySpanOut | None
    points: float | None


class SharedOut(Out, frozen=True, kw_only=True):
    """A use that a wallet gets: `number` is its place in the needs, from 0; with what it costs.

    `confirmed`: the wallet is known to do it; else that price is one only if it does.
    """

    number: int
    use: UsageOut
    cost: MoneyRangeOut
    confirmed: bool
    elsewhere: tuple[ElsewhereOut, ...]


class MemberOut(AboutPlan, frozen=True, kw_only=True):
    """A wallet of a set. `kept`: the person has it. Its bill is of the uses that it gets.

    `charges` is what is paid for having it, less interest; `unconfirmed` is what is not confirmed
    of it for these uses.
    """

    kept: bool
    unconfirmed: CauseTexts
    uses: tuple[SharedOut, ...]
    charges: MoneyRangeOut
    cost: MoneyRangeOut
    bill: BillOut


class MoveOut(Out, frozen=True, kw_only=True):
    """Money that comes in with a wallet and is spent from the bank account with another one.

    `amount` is that of a month or the stay; `cost` is what moving it out costs.
    """

    wallet: str
    country: CountryCode
    amount: Money
    cost: MoneyRangeOut


class SetOut(Out, frozen=True, kw_only=True):
    """A set of wallets that does all. Its points add up to its score, with those of the diary.

    `moves` is what has to be moved to the bank account, its price part of `cost`; `trouble` is the
    price of the further wallets; `net_score` counts that among the costs.
    """

    wallets: tuple[MemberOut, ...]
    moves: tuple[MoveOut, ...]
    confirmed: bool
    cost: MoneyRangeOut
    trouble: Money
    score: RangeOut
    net_score: float
    criteria: dict[str, SetCriterionOut]
    own_points: float


class GainOut(Out, frozen=True, kw_only=True):
    """What the set is worth beside the one wallet, without the trouble.

    `saving` is not complete where it rests on a price that is not known. `chance`, 0 to 1, is how
    likely it is worth more than the trouble.
    """

    saving: MoneyRangeOut
    points: float
    chance: float


class VerdictOut(Out, frozen=True, kw_only=True):
    """Whether one wallet is enough, and which rule says so. `text` says it in words.

    `go_to` is the wallet to leave the kept one for, where that beats keeping it, else null.
    """

    word: Literal["one", "several"]
    rule: Why
    wallets: tuple[str, ...]
    go_to: str | None
    text: str


class ReserveOut(AboutPlan, frozen=True, kw_only=True):
    """A wallet of another firm that does some uses, by their places, should the one fail."""

    uses: tuple[int, ...]
    cost: MoneyRangeOut


class CombinationOut(Out, frozen=True, kw_only=True):
    """`walletpick combine --json`. Money is in `currency`, but for the bills.

    Costs are of the first year, or of the stay that the needs are for. `one` is the best single
    wallet, or what the person keeps, and null where that does not do all: then `one_left_out` says
    why. `several` is the best set of more, at most `most`; null where none costs as little and is
    as sure, and then `dearer` is one that costs more and likely has more points. `gain` is set
    where there are both. `trouble` is the price of one wallet more.
    """

    schema: Literal["walletpick/combination/1"] = "walletpick/combination/1"
    catalog: CatalogOut
    needs: NeedsOut
    currency: CurrencyCode
    most: int
    trouble: Money
    verdict: VerdictOut
    one: SetOut | None
    several: SetOut | None
    dearer: SetOut | None
    gain: GainOut | None
    one_left_out: tuple[LeftOutOut, ...]
    reserves: tuple[ReserveOut, ...]
    not_known: tuple[str, ...]


def combination_out(answer: Combined, catalog: Catalog, today: date) -> CombinationOut:
    """Return the document. One wallet does all, or some set does."""
    assert answer.chosen
    facts = Facts(catalog, today)
    return out(
        CombinationOut,
        answer,
        catalog=catalog,
        currency=answer.needs.currency,
        verdict=out(
            VerdictOut,
            word="several" if answer.helps else "one",
            rule=answer.why,
            wallets=[member.wallet for member in answer.chosen.members],
            go_to=answer.going and answer.going.place.wallet,
            text=f"{verdict_words(answer)} {reason_words(answer)}",
        ),
        one=_set_out(answer, answer.one, facts) if answer.one else None,
        several=_set_out(answer, answer.several, facts) if answer.several else None,
        dearer=_set_out(answer, answer.dearer, facts) if answer.dearer else None,
        one_left_out=left_out_out(answer.one_left_out),
        reserves=[_reserve_out(each) for each in answer.reserves],
        not_known=tuple(dict.fromkeys(unknown_words(answer))),
    )


def _reserve_out(reserve: Reserve) -> ReserveOut:
    bill = reserve.place.bill
    return out(
        ReserveOut,
        market_of(bill.candidate),
        reserve,
        cost=Sum(total=bill.yearly, published=bill.published, complete=bill.complete),
    )


def _set_out(answer: Combined, team: Team, facts: Facts) -> SetOut:
    weights = answer.needs.weights
    return out(
        SetOut,
        team,
        currency=answer.needs.currency,
        wallets=[_member_out(answer, member, facts) for member in team.members],
        moves=[
            out(MoveOut, move, move.candidate, currency=answer.needs.currency, cost=move.year)
            for move in team.moves
        ],
        cost=team.year,
        net_score=team.net,
        criteria={
            name: out(
                SetCriterionOut,
                value=value,
                weight=weights[name],
                points=value.times(weights[name] * HUNDRED),
            )
            for name, value in team.values.items()
        },
    )


def _member_out(answer: Combined, member: Member, facts: Facts) -> MemberOut:
    return out(
        MemberOut,
        market_of(member.candidate),
        member,
        member.place,
        uses=[_shared_out(answer, member, shared) for shared in member.uses],
        cost=member.year,
        bill=bill_out(member.place.judgement, member.needs, facts),
    )


def _shared_out(answer: Combined, member: Member, shared: SharedUse) -> SharedOut:
    return out(
        SharedOut,
        shared,
        use=out(UsageOut, answer.needs.use[shared.number], currency=answer.needs.currency),
        cost=shared.year,
        elsewhere=[_elsewhere_out(answer, member, each) for each in shared.elsewhere],
    )


def _elsewhere_out(answer: Combined, member: Member, elsewhere: Elsewhere) -> ElsewhereOut:
    return out(
        ElsewhereOut,
        elsewhere,
        elsewhere.other,
        text=elsewhere_words(answer.needs, member, elsewhere),
    )
