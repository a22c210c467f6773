"""How uses stand to limits, in words: the level they need, what they may pass. Pure."""

from __future__ import annotations

from decimal import ROUND_FLOOR, Decimal

from msgspec import structs

from walletpick.bill.limits import NearLimit, NeededLevel, Parted
from walletpick.bill.observe import Condition
from walletpick.facts.model import Limit
from walletpick.facts.money import HUNDRED
from walletpick.language import N_, _, catalog_text, percent_words
from walletpick.words.causes import in_both, only_if
from walletpick.words.common import first_upper, use_option
from walletpick.words.phrases import (
    PERIODS,
    apart,
    doing_phrase,
    limit_figure,
    listed,
    money,
    operation_phrase,
)


def _most(limit: Limit) -> str:
    most = limit_figure(limit)
    return _("{most} as balance", most=most) if limit.what == "balance" else most


def level_words(needed: NeededLevel) -> str:
    """Return that a usage needs a higher account level than the lowest, or the identity check.

    Levels are in the operator's words.
    """
    below, doing = needed.below, operation_phrase(needed.usage.operation)
    most = _most(below)
    lower = catalog_text(below.level or "")
    if below.for_ == ("unverified",) and not (needed.level and below.level):
        return _(
            "You need the identity check to {do} so much: without it {most}", do=doing, most=most
        )
    if not needed.level:
        names = [_('"{name}"', name=catalog_text(level)) for level in needed.beside]
        words = _(
            'To {do}, "{below}" allows {most}; whether {others} allows more is not known',
            do=doing,
            below=lower,
            most=most,
            others=listed(names, "or"),
        )
        if not needed.uses:
            return words
        return _(
            "{words}; in {times} uses it can be done: {option}",
            words=words,
            times=needed.uses,
            option=f"--use {_parted(needed, needed.uses)}",
        )
    return _(
        'You need the level "{level}" to {do} so much: with "{below}" it is {most}',
        level=catalog_text(needed.level),
        do=doing,
        below=lower,
        most=most,
    )


def _parted(needed: NeededLevel, uses: int) -> str:
    """Return a usage in so many uses, as `--use` takes it: "send=200000PHPx2"."""
    whole = structs.replace(needed.usage, times=uses, method=None)
    return use_option(whole, currency=needed.currency)


def parted_words(parted: Parted) -> str:
    """Return what makes it parts: "Take out cash: at most 300.00 GBP a day, so in 2 parts"."""
    words = N_("{use}: {most}, so in {parts} parts")
    if parted.usage.times > 1:
        words = N_("{use}: {most}, so each time in {parts} parts")
    return _(
        words,
        use=first_upper(doing_phrase(parted.usage.operation, None, parted.limit.method)),
        most=_most(parted.limit),
        parts=parted.parts,
    )


def may_exceed_words(near: NearLimit) -> str:
    """Return that a usage may be beyond a limit, and when it is: "(only when: ...)"."""
    limit = near.limit
    cases = [Condition("given", tuple(limit.given))] if limit.given else []
    cases += [Condition("when", (limit.when,))] if limit.when else []
    return _(
        "{use} may be beyond a limit: {most} ({case})",
        use=first_upper(doing_phrase(near.usage.operation, None, limit.method)),
        most=_most(limit),
        case=apart(map(only_if, cases)),
    )


def near_words(near: NearLimit) -> str:
    """Return how much of a limit a usage uses: "your 30,000 BDT is the whole of the limit"."""
    limit, percent = near.limit, near.percent
    assert percent is not None
    assert limit.amount is not None
    size = money(limit.amount, limit.currency)
    if limit.currency not in ("", near.currency) and percent:
        # So that both sums can be held together.
        size = in_both(size, near.wanted * HUNDRED / percent, near.currency)
    figures = {
        "use": first_upper(doing_phrase(near.usage.operation, None, limit.method)),
        "wanted": money(near.wanted, near.currency),
        "limit": size,
        "often": _(PERIODS[limit.what]),
    }
    part = min(percent, HUNDRED).quantize(Decimal(1), ROUND_FLOOR)
    if part == HUNDRED:
        return _("{use}: your {wanted} is the whole of the limit of {limit} {often}", **figures)
    return _(
        "{use}: your {wanted} is {percent} of the limit of {limit} {often}",
        percent=percent_words(str(part)),
        **figures,
    )
