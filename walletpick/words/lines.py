"""A line of a bill in words: what it charges for, what is not known of it, and why. Pure."""

from __future__ import annotations

from walletpick.bill.line import Line
from walletpick.facts.model import AverageCharge, AverageFee
from walletpick.facts.names import wallet_name
from walletpick.facts.vocabulary import OPERATIONS
from walletpick.language import N_, _, known_text
from walletpick.score.reason import HangsOn, IfAnswered, PriceKnown
from walletpick.words.bills import alternatives, fill_phrase, line_price
from walletpick.words.common import behind_words, first_upper
from walletpick.words.phrases import (
    a_year,
    apart,
    doing_phrase,
    few_listed,
    given_options,
    given_phrase,
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
        return _(
            "Only the least is published: {what}; from {least} {often}, perhaps up to {most}",
            what=what,
            least=low,
            most=high,
            often=often,
        )
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
        if len(reason.banks) == 1:
            return _(
                "{line} is on record for {bank} by itself: if that is yours, say {option}",
                line=line,
                bank=known_text(bank),
                option=option,
            )
        words = _(
            "{line} hangs on the bank, shop or network: say which, as in {option}",
            line=line,
            option=option,
        )
        banks = few_listed([known_text(bank) for bank in reason.banks])
        return _("{words} (on record are {banks})", words=words, banks=banks)
    others = [words for rule, words in alternatives(reason.line) if rule in reason.others]
    price = line_price(reason.line, short=True)
    words = _(
        "{line}: {price}; in other cases {others}",
        line=line,
        price=price,
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
