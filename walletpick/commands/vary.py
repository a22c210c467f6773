"""`walletpick cost --vary`: the range of an amount, or of a number of uses, as it is typed."""

from __future__ import annotations

import re
from decimal import Decimal

from msgspec import structs

from walletpick.answers.vary import Varied, unit_of
from walletpick.commands.amounts import Amounts, shortened
from walletpick.commands.errors import Wrong
from walletpick.commands.uses import operation_of, parse_use
from walletpick.facts.meant import half_width
from walletpick.facts.model import Needs

VARY_FORM = "OPERATION=LOW..HIGH[xTIMES][:METHOD][@COUNTRY]"

_VARY = re.compile(r"(?P<operation>[^=]+=)(?P<range>[^:@]+)(?P<rest>[:@].*)?")
# How often, behind an amount: "x2", "each x 3".
_OFTEN = re.compile(r"(?P<amount>.*?)(?P<often>\s*(?:each)?\s*[x×*]\s*(?P<times>[0-9]+))", re.I)
_LAST_EACH = re.compile(r"\s*each\s*$", re.I)
_EACH = re.compile("each", re.I)


def parse_vary(text: str, amounts: Amounts) -> Varied:
    """Return what `--vary` describes. Raises click.UsageError.

    Between two dots stand two amounts, or behind an x two numbers of uses.
    """
    text = half_width(text)
    shown = shortened(text)
    match = _VARY.fullmatch(text.strip())
    low, dots, high = match["range"].partition("..") if match else ("", "", "")
    if not match or not (dots and low.strip() and high.strip()):
        raise Wrong(
            '--vary "{shown}": expected {vary_form}, such as send-abroad=50..2000@MX, or a'
            " range of times, such as pay=50eachx1..30",
            shown=shown,
            vary_form=VARY_FORM,
        )
    operation, rest = match["operation"], match["rest"] or ""
    # The number of uses may stand before the dots, or behind both amounts.
    of_times, of_both = _OFTEN.fullmatch(low.strip()), _OFTEN.fullmatch(high.strip())
    if of_times and of_both:
        raise Wrong(
            '--vary "{shown}": either the amount varies or the number of uses: write'
            " pay=50..80x3 or pay=50x1..30",
            shown=shown,
        )
    if of_times:
        high = f"{low.strip()[: of_times.start('times')]}{high}"
    elif of_both:
        # "each" behind either amount is meant of both.
        each = "each" if _EACH.search(f"{low}{of_both['often']}") else ""
        often = f"{each}x{of_both['times']}"
        low, high = f"{_LAST_EACH.sub('', low)}{often}", f"{of_both['amount']}{often}"
    first, last = (parse_use(f"{operation}{end}{rest}", amounts, "--vary") for end in (low, high))
    if of_times:
        varied = Varied(
            usage=structs.replace(first, amount=first.amount / first.times, times=1)
            if (of_each := bool(_EACH.search(low)))
            else structs.replace(first, times=1),
            of="times",
            low=Decimal(first.times),
            high=Decimal(last.times),
            each=of_each,
        )
    else:
        varied = Varied(usage=first, of="amount", low=first.amount, high=last.amount)
    if varied.low >= varied.high:
        raise Wrong('--vary "{shown}": the range must run from less to more', shown=shown)
    currency = amounts.currency
    unit = unit_of(varied, currency)
    if varied.low % unit or varied.high % unit:
        raise Wrong(
            '--vary "{shown}": both ends must be whole sums of {unit} {currency}',
            shown=shown,
            unit=unit,
            currency=currency,
        )
    return varied


def with_varied(needs: Needs, varied: Varied, uses: tuple[str, ...]) -> Needs:
    """Return needs with the usage that varies at its low end, as the last.

    It stands in the place of the same operation in a file or persona, and beside what --use said.
    """
    operation = varied.usage.operation
    named = any(operation_of(text) == operation for text in uses)
    others = [each for each in needs.use if named or each.operation != operation]
    return structs.replace(needs, use=(*others, varied.at(varied.low)))
