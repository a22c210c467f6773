"""A line of a bill, and how uses stand to limits, in words. Pure."""

from __future__ import annotations

from decimal import ROUND_FLOOR, Decimal

from msgspec import structs

from walletpick.bill.limits import NearLimit, NeededLevel, Parted
from walletpick.bill.line import Line
from walletpick.bill.observe import Condition
from walletpick.facts.model import AverageCharge, AverageFee, Limit, Usage
from walletpick.facts.money import HUNDRED
from walletpick.facts.names import wallet_name
from walletpick.facts.vocabulary import OPERATIONS
from walletpick.language import N_, _, catalog_text, known_text, percent_words
from walletpick.score.reason import HangsOn, IfAnswered, PriceKnown
from walletpick.words.bills import alternatives, fill_phrase, line_price
from walletpick.words.causes import in_both, only_if
from walletpick.words.common import behind_words, first_upper, use_option
from walletpick.words.phrases import (
    PERIODS,
    a_year,
    apart,
    doing_phrase,
    few_listed,
    given_options,
    given_phrase,
    limit_figure,
    listed,
    money,
    operation_phrase,
)
from walletpick.words.prices import rule_words

# What three lines of a terminal of 80 columns hold.
_SHORT = 230
# What a line charges for.
_CHARGES = {
    "fee": N_("the fee to {use}"),
    "filling": N_("the fee to {use}"),
    "conversion": N_("the currency conversion when you {use}"),
    "tax": N_("the tax when you {use}"),
}


def line_words(line: Line) -> str:
    """Return what a line charges for: "the fee to send money to people abroad (Mexico)"."""
    if line.kind == "subscription":
        named = any(rule.plan for rule in line.rules)
        return _("the regular charge of the plan") if named else _("the regular charge")
    if line.kind == "once":
        use = operation_phrase(line.operation)
        is_verb = OPERATIONS[line.operation].startswith("get")
        return _("the charge to {use}", use=use) if is_verb else use
    method = "other-network" if line.among_users and not line.known else line.method
    use = doing_phrase(line.operation, line.country, method)
    if line.kind == "filling":
        use = fill_phrase(line)
    return _(_CHARGES[line.kind], use=use)


def unknown_line(line: Line, average: AverageFee | AverageCharge | None = None) -> str:
    """Return in words what is not known of a line and what it is taken for.

    With the `average` that it is taken for, also on what that rests.
    """
    what = line_words(line)
    head = N_("Not known: {what}")
    if line.rules and line.rules[0].price == "unknown":
        # The source says that there is a charge; it is cited for that.
        what = _("how much {line} is", line=what)
    elif line.rules and not line.among_users:
        head = N_("Not known in full: {what}")
    low, taken, high = (money(at, line.currency) for at in line.yearly.ends)
    often = a_year(line.period)
    if line.least:
        form = N_("Only the least is published: {what}; from {least} {often}, perhaps up to {most}")
        return _(form, what=what, least=low, most=high, often=often)
    if line.yearly.estimate:
        guess = _("taken for {amount} {often}, up to {most}", amount=taken, often=often, most=high)
    else:
        guess = _("others mostly charge nothing, at most {most} {often}", most=high, often=often)
    if average and (rests := behind_words(average)):
        guess = _("{words} ({more})", words=guess, more=rests)
    return apart([_(head, what=what), guess])


def if_answered(reason: IfAnswered) -> str:
    """Return a price that hangs on the person's answer, and the option that gives it.

    "The fee to take out cash: free if your salary is paid in (--given salary-in)".
    """
    rule = reason.rule
    price = rule_words(rule)
    if rule.surcharge:
        price = _("{price} more", price=price)
    return _(
        "{line}: {price} {condition} ({options})",
        line=first_upper(line_words(reason.line)),
        price=price,
        condition=given_phrase(reason.asks),
        options=given_options(reason.asks),
    )


def hangs_on_words(reason: HangsOn) -> str:
    """Return that a price is another at other banks, or under conditions that no option says.

    "The fee to send money to people at home hangs on the bank, shop or network: say which, as in
    --bank RBC".
    """
    line = first_upper(line_words(reason.line))
    if reason.banks:
        bank = reason.banks[0]
        option = f"--bank {bank}" if bank.isalnum() else f'--bank "{bank}"'
        banks = few_listed([known_text(each) for each in reason.banks])
        if len(reason.banks) == 1:
            form = N_("{line} is on record for {bank} by itself: if that is yours, say {option}")
            return _(form, line=line, bank=banks, option=option)
        form = N_("{line} hangs on the bank, shop or network: say which, as in {option}")
        words = _(form, line=line, option=option)
        return _("{words} (on record are {banks})", words=words, banks=banks)
    others = [words for rule, words in alternatives(reason.line) if rule in reason.others]
    words = _(
        "{line}: {price}; in other cases {others}",
        line=line,
        price=line_price(reason.line, short=True),
        others=few_listed(others),
    )
    if len(words) <= _SHORT:
        return words
    return _("{line} differs from case to case: walletpick cost lists them", line=line)


def price_known_words(reason: PriceKnown) -> str:
    """Return which charges are known of a place and not of its rival, which counts them as dear."""
    return _(
        "Known of this one and not of {wallet}: {lines}",
        wallet=wallet_name(reason.rival.wallet),
        lines=few_listed(list(dict.fromkeys(map(line_words, reason.lines)))),
    )


def _most(limit: Limit) -> str:
    most = limit_figure(limit)
    return _("{most} as balance", most=most) if limit.what == "balance" else most


def _use_and_most(usage: Usage, limit: Limit) -> tuple[str, str]:
    """Return what a limit is on, as the beginning of a sentence, and the limit."""
    return first_upper(doing_phrase(usage.operation, None, limit.method)), _most(limit)


def level_words(needed: NeededLevel) -> str:
    """Return that a usage needs a higher account level than the lowest, or the identity check.

    Levels are in the operator's words.
    """
    below, doing = needed.below, operation_phrase(needed.usage.operation)
    most = _most(below)
    lower = catalog_text(below.level or "")
    if below.for_ == ("unverified",) and not (needed.level and below.level):
        form = N_("You need the identity check to {do} so much: without it {most}")
        return _(form, do=doing, most=most)
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
        whole = structs.replace(needed.usage, times=needed.uses, method=None)
        option = f"--use {use_option(whole, currency=needed.currency)}"
        form = N_("{words}; in {times} uses it can be done: {option}")
        return _(form, words=words, times=needed.uses, option=option)
    form = N_('You need the level "{level}" to {do} so much: with "{below}" it is {most}')
    return _(form, level=catalog_text(needed.level), do=doing, below=lower, most=most)


def parted_words(parted: Parted) -> str:
    """Return what makes it parts: "Take out cash: at most 300.00 GBP a day, so in 2 parts"."""
    form = N_("{use}: {most}, so in {parts} parts")
    if parted.usage.times > 1:
        form = N_("{use}: {most}, so each time in {parts} parts")
    use, most = _use_and_most(parted.usage, parted.limit)
    return _(form, use=use, most=most, parts=parted.parts)


def may_exceed_words(near: NearLimit) -> str:
    """Return that a usage may be beyond a limit, and when it is: "(only when: ...)"."""
    limit = near.limit
    cases = [Condition("given", tuple(limit.given))] if limit.given else []
    cases += [Condition("when", (limit.when,))] if limit.when else []
    use, most = _use_and_most(near.usage, limit)
    case = apart(map(only_if, cases))
    return _("{use} may be beyond a limit: {most} ({case})", use=use, most=most, case=case)


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
        "use": _use_and_most(near.usage, limit)[0],
        "wanted": money(near.wanted, near.currency),
        "limit": size,
        "often": _(PERIODS[limit.what]),
    }
    part = min(percent, HUNDRED).quantize(Decimal(1), ROUND_FLOOR)
    form = N_("{use}: your {wanted} is {percent} of the limit of {limit} {often}")
    if part == HUNDRED:
        form = N_("{use}: your {wanted} is the whole of the limit of {limit} {often}")
    return _(form, percent=percent_words(str(part)), **figures)
