"""What an option such as `--use` says: an operation, an amount, how often, which way and where."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

import click

from walletpick.commands.amounts import Amounts, shortened
from walletpick.commands.common import find_country
from walletpick.commands.errors import Wrong, did_you_mean, unknown
from walletpick.facts import places
from walletpick.facts.bounds import LEAST_AMOUNT, MOST_TIMES
from walletpick.facts.meant import asked_by, half_width, meant, spelt
from walletpick.facts.model import Usage
from walletpick.facts.possible import METHODS_OF
from walletpick.facts.target import PRICE, split_scope
from walletpick.facts.vocabulary import (
    CASHLESS_METHODS,
    FAMILIES,
    FEATURES,
    METHODS,
    USAGE_OPERATIONS,
)
from walletpick.language import N_, _
from walletpick.person.amounts import read_amount

USE_FORM = "OPERATION=AMOUNT[xTIMES][:METHOD][@COUNTRY]"

# "cash-pickup@PH.percent": the part of a price, as `walletpick tell` names it.
_PART_OF_PRICE = re.compile(rf"\.(?:{'|'.join(PRICE)})$")
# What is longer is no slip of the pen, and no hint is looked for.
_LOOKED_AT = 60
# What people write behind an amount.
_TO = re.compile(r"(?P<amount>.*\d.*?)\s+(?:to|in|from)\s+(?P<country>[^\d\s].*)")
# "send 200", "send:200@MX": an amount without the sign before it.
_LOOSE = re.compile(r"(?P<operation>[^\d:@]*[^\d:@\s])[\s:]+(?P<rest>[^\d:@]{0,3}\d.*)")
_MONTHLY = re.compile(r"(?P<amount>.*?)\s*(?:/|\bper\b|\ba\b|\beach\b)\s*month", re.I)


def _meant(operation: str, rest: str, option: str) -> str:
    """Return how to ask for what a name means that is no operation; "" where nobody knows."""
    if ask := asked_by(operation):
        abroad = "" if "@" in rest else "@COUNTRY"
        return ask.format(option=option, rest=rest, abroad=abroad)
    if operation in FAMILIES["features"] and operation.startswith("pay-"):
        return f"{option} pay={rest} --must {operation}"
    return ""


def operation_of(text: str) -> str:
    """Return the operation of what an option such as `--use` says."""
    return spelt(split_scope(half_width(text), "=:@")[0])


def is_none(text: str) -> bool:
    """Return whether a use is said not to be done: "send=0"."""
    return re.fullmatch(r"0+(?:[.,]0+)?", half_width(text).partition("=")[2].strip()) is not None


class _Typed(NamedTuple):
    """The parts of a use as they were typed; what is not there is ""."""

    option: str
    text: str
    operation: str
    amount: str
    method: str
    country: str

    @property
    def named(self) -> dict[str, str]:
        """What a message says of it: the option, and what was typed."""
        return {"option": self.option, "text": self.text}

    def written(self, **parts: str) -> str:
        """Return the use in the one order in which it is written, with some parts replaced."""
        use = self._replace(**parts)
        method, country = f":{use.method}" if use.method else "", use.country
        return f"{use.operation}={use.amount}{method}{f'@{country}' if country else ''}"


def _typed(text: str, option: str) -> _Typed:
    """Return the parts of a use; its method and country in any order. Raises UsageError."""
    text = half_width(text)
    left, _equals, right = text.strip().partition("=")
    text = shortened(text)
    left = _PART_OF_PRICE.sub("", left.strip())
    operation, before = split_scope(left, ":@")
    amount, after = split_scope(right, ":@")
    known = spelt(operation)
    parts = [*before, *after]
    words = dict(parts)
    if (loose := _LOOSE.fullmatch(left[:_LOOKED_AT])) and spelt(
        loose["operation"]
    ) in USAGE_OPERATIONS:
        instead = f"{spelt(loose['operation'])}={loose['rest']}"
        message = N_('{option} "{text}": the amount stands behind =: write {instead}')
        raise Wrong(message, option=option, text=text, instead=instead)
    if known in USAGE_OPERATIONS and not right.strip():
        use = _Typed(option, text, known, "200", words.get(":", ""), words.get("@", ""))
        raise Wrong(
            '{option} "{text}": how much? Write {instead}', **use.named, instead=use.written()
        )
    if not (operation and amount and all(words.values())):
        raise Wrong(
            '{option} "{text}": expected {form}, such as send-abroad=200x2@MX',
            option=option,
            text=text,
            form=USE_FORM,
        )
    if len(words) < len(parts):
        message = N_('{option} "{text}" names two countries: give one of them')
        if [sign for sign, _word in parts].count(":") > 1:
            message = N_('{option} "{text}" names two methods: give one of them')
        raise Wrong(message, option=option, text=text)
    operation = known if known in USAGE_OPERATIONS else operation
    return _Typed(option, text, operation, amount, words.get(":", ""), words.get("@", ""))


def parse_use(text: str, amounts: Amounts, option: str = "--use") -> Usage:
    """Return the usage that an option such as `--use` describes. Raises click.UsageError."""
    use = _typed(text, option)
    if use.operation not in USAGE_OPERATIONS:
        raise _no_operation(use)
    amount, times = _amount(use, amounts)
    method = spelt(use.method) if use.method else None
    if method is not None and method not in METHODS:
        raise _no_method(use)
    if use.operation == "cash-out" and method in CASHLESS_METHODS:
        raise Wrong(
            '{option} "{text}": cash-out is cash in hand, and {method} gives none; did you mean'
            " {instead}?",
            **use.named,
            method=method,
            instead=use.written(operation="withdraw"),
        )
    if spelt(use.country) in METHODS and not places.find_country(use.country):
        raise Wrong(
            '{option} "{text}": {name} is a method, and no country: write {instead}',
            **use.named,
            name=use.country,
            instead=use.written(method=spelt(use.country), country=""),
        )
    if method is not None and method not in METHODS_OF[use.operation]:
        raise Wrong(
            '{option} "{text}": {operation} is not done by {method}; expected one of {methods}',
            **use.named,
            operation=use.operation,
            method=method,
            methods=", ".join(METHODS_OF[use.operation]),
        )
    return Usage(
        operation=use.operation,
        amount=amount,
        times=times,
        method=method,
        country=find_country(use.country) if use.country else None,
    )


def typed_amount(text: str, home: str) -> tuple[Decimal, str]:
    """Return the amount of a use (see `parse_use`) as it was typed, in all, and its currency."""
    amount = read_amount(_typed(text, "--use").amount, home)
    return amount.number, amount.currency or home


def _no_operation(use: _Typed) -> Wrong:
    """Return the error of an operation that is none, with how to ask for what may be meant."""
    rest = use.written().partition("=")[2]
    operation = shortened(use.operation)
    if instead := _meant(spelt(operation), rest, use.option):
        return Wrong(
            '{option}: no operation "{operation}"; say {meant}',
            **use.named,
            operation=operation,
            meant=instead,
        )
    if (feature := spelt(operation)) in FAMILIES["features"]:
        return Wrong(
            '{option}: no operation "{operation}", but a wallet can have it: say --must {feature}',
            **use.named,
            operation=operation,
            feature=feature,
        )
    return Wrong(
        '{option}: no operation "{operation}"{hint} (known: {known}; walletpick words'
        " operation has their meaning)",
        **use.named,
        operation=operation,
        hint=did_you_mean(operation, FAMILIES["usage"]),
        known=", ".join(USAGE_OPERATIONS),
    )


def _no_method(use: _Typed) -> click.UsageError:
    """Return the error of a method that is none, with what may be meant."""
    if places.find_country(use.method):
        return Wrong(
            '{option} "{text}": {name} is a country, and no method: write {instead}',
            **use.named,
            name=use.method,
            instead=use.written(method="", country=use.method),
        )
    ways = {word: FEATURES[word] for word in FEATURES if word.startswith("pay-")}
    hints = meant(use.method, METHODS)
    if not hints and (features := meant(use.method, ways)):
        return Wrong(
            '{option} "{text}": {name} is no method, but what a wallet can do: write {instead}',
            **use.named,
            name=use.method,
            instead=f"{use.written(method='')} --must {features[0]}",
        )
    message = N_('{option} "{text}": no method "{name}"{hint} (walletpick words method)')
    return unknown(message, use.method, METHODS, option=use.option, text=use.text)


def _amount(use: _Typed, amounts: Amounts) -> tuple[Decimal, int]:
    """Return the amount of a use, and how many times. Raises click.UsageError."""
    typed = use.amount[:_LOOKED_AT]
    if (to := _TO.fullmatch(typed)) and places.find_country(to["country"]):
        instead = use.written(amount=to["amount"], country=to["country"])
        raise Wrong(
            '{option} "{text}": a country stands behind @: write {instead}',
            **use.named,
            instead=instead,
        )
    if monthly := _MONTHLY.fullmatch(typed):
        instead = use.written(amount=monthly["amount"])
        raise Wrong(
            '{option} "{text}": amounts are a month\'s as they are: write {instead}',
            **use.named,
            instead=instead,
        )
    what = _('{option} "{text}": the amount', option=use.option, text=use.text)
    amount, times = amounts.read(use.amount, what)
    if amount <= 0:
        raise Wrong('{option} "{text}": the amount must be more than 0', **use.named)
    if amount < LEAST_AMOUNT:
        raise Wrong(
            '{option} "{text}": the amount must be at least {least_amount}',
            **use.named,
            least_amount=LEAST_AMOUNT,
        )
    if times == "":
        raise Wrong(
            '{option} "{text}": how many times? Write {instead}',
            **use.named,
            instead=use.written(amount=f"{use.amount.strip()}2"),
        )
    times = times or "1"
    if not re.fullmatch("[0-9]{1,4}", times) or not 1 <= int(times) <= MOST_TIMES:
        raise Wrong(
            '{option} "{text}": times must be a whole number from 1 to {most_times}',
            **use.named,
            most_times=MOST_TIMES,
        )
    return amount, int(times)
