"""What a person tells of a market, as it is typed and kept -> what it is about, and its value.

Examples are in `facts.target`; of a yes or no, security:passkey and passkey mean the same.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from difflib import get_close_matches
from typing import Any

from walletpick.facts.bounds import MOST_AMOUNT, MOST_DIGITS
from walletpick.facts.places import find_country, is_currency, minor_units
from walletpick.facts.target import (
    LIMITS,
    PERIODS,
    PRICE,
    REGULAR,
    SINGLE,
    YES_OR_NO,
    Target,
    Value,
    split_scope,
    tellable,
)
from walletpick.facts.vocabulary import (
    CLOSING_WAYS,
    DIFFICULTIES,
    METHODS,
    OPERATIONS,
    STATUSES,
    all_words,
    families_of,
)
from walletpick.language import N_, Said, _, percent_words

_WORDS = {"closing.how": CLOSING_WAYS, "closing.difficulty": DIFFICULTIES, "status": STATUSES}
_MOST_COUNTED = 10_000
_NOTHING = N_(
    '"{text}" is nothing that can be told{nearest}: expected such as withdraw.percent=0.1 or'
    " passkey=yes (walletpick tell --help has the rest)"
)

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_NUMBER = re.compile(r"[0-9]+(\.[0-9]+)?|\.[0-9]+")
_SUM = re.compile(r"(?P<before>[A-Za-z]{3})?\s*(?P<number>[0-9.]+)\s*(?P<after>[A-Za-z]{3})?")
_YES = {"yes": True, "true": True, "no": False, "false": False}


class Untold(Said):
    """It cannot be told; the message is what was found and what is expected."""


def target_of(text: str) -> Target:
    """Return what a text such as "convert.percent" is about. Raises Untold."""
    text = text.strip()
    head, _dot, rest = text.partition(".")
    if text in SINGLE:
        return Target(head, rest)
    if head == "limits":
        return _limit(rest, text)
    if head == "plan":
        plan, _dot, period = rest.partition(".")
        return _price(f"subscription/{plan}", period, text)
    for sign in ".:":
        family, _sign, word = text.partition(sign)
        if family in YES_OR_NO:
            if word not in YES_OR_NO[family]:
                like = [f"{family}.{each}" for each in YES_OR_NO[family]]
                sentence = N_('there is no word "{word}" in {family}{nearest}')
                raise Untold(sentence, word=word, family=family, nearest=_nearest(text, like))
            return Target(family, word)
    if "." in text:
        scope, _dot, part = text.rpartition(".")
        return _price(scope, part, text)
    families = families_of(text)
    if len(families) > 1:
        choices = _(" or ").join(f"{family}.{text}" for family in families)
        raise Untold('"{text}" has several meanings: write {choices}', text=text, choices=choices)
    if families:
        return Target(families[0], text)
    known = [*tellable(), *all_words()]
    if scoped := _scoped(text):
        if scoped[0] in REGULAR:
            raise Untold(
                "which part of the price is it? Write {text}.month or {text}.year", text=text
            )
        parts = ", ".join(f".{part}" for part in PRICE if part not in ("percent", "fixed"))
        raise Untold(
            "which part of the price is it? {text}.percent is a share of the amount, {text}.fixed a"
            " sum each time; the others are {parts}",
            text=text,
            parts=parts,
        )
    raise Untold(_NOTHING, text=text, nearest=_nearest(text, known))


def _price(scope: str, part: str, text: str) -> Target:
    scoped = _scoped(scope)
    if not scoped:
        raise Untold(_NOTHING, text=text, nearest=_nearest(text, tellable()))
    operation, words = scoped
    parts = PERIODS if operation in REGULAR else tuple(PRICE)
    if part not in parts:
        hint = _nearest(part, parts)
        sentence = N_('"{part}" is no part of a price{hint}; the parts are: {listed}')
        raise Untold(sentence, part=part, hint=hint, listed=", ".join(parts))
    return Target("fees", part, operation=operation, **_scope(words))


def _limit(rest: str, text: str) -> Target:
    *scope, last = rest.split(".")
    measure = "amount"
    if last in ("count", "least") and scope:
        measure = last
        last = scope.pop()
    if last not in LIMITS or len(scope) > 1:
        sentence = N_(
            '"{text}" is no limit: expected such as limits.send.month or'
            " limits.balance; the last word is one of {listed}"
        )
        raise Untold(sentence, text=text, listed=", ".join(LIMITS))
    if not scope:
        return Target("limits", last, measure)
    scoped = _scoped(scope[0])
    if not scoped:
        hint = _nearest(scope[0], OPERATIONS)
        raise Untold(
            '"{scope}" is nothing that is done with money{hint}', scope=scope[0], hint=hint
        )
    operation, words = scoped
    return Target("limits", last, measure, operation, **_scope(words))


def _scoped(text: str) -> tuple[str, dict[str, str]] | None:
    """Return an operation, and what it is told for by its sign; None where a text is none such."""
    operation, parts = split_scope(text, ":/@")
    words = dict(parts)
    if operation not in OPERATIONS or len(words) < len(parts) or not all(words.values()):
        return None
    return operation, words


def _scope(words: Mapping[str, str]) -> dict[str, Any]:
    method, plan, country = words.get(":"), words.get("/"), words.get("@")
    if method and method not in METHODS:
        sentence = N_('there is no method "{method}"{nearest}; walletpick words method lists them')
        raise Untold(sentence, method=method, nearest=_nearest(method, METHODS))
    if plan and not _ID.fullmatch(plan):
        raise Untold('"{plan}" is no plan: walletpick show names the plans of a wallet', plan=plan)
    code = find_country(country) if country else None
    if country and code is None:
        sentence = N_('there is no country "{country}": write a code such as MX, or a name')
        raise Untold(sentence, country=country)
    return {"method": method, "plan": plan, "country": code}


def is_written(text: str) -> bool:
    """Return whether a text is what can be told, in the one way in which it is kept."""
    try:
        return target_of(text).name == text
    except Untold:
        return False


def value_of(target: Target, text: str, currency: str | None = None) -> tuple[Value, str]:
    """Return the value that a text means, and how it is kept ("0.41 %", "1.99 GBP", "yes").

    `currency` is the market's, where the market is known. Raises Untold.
    """
    text = text.strip()
    if target.takes == "yes or no":
        if text.casefold() not in _YES:
            if target.word in OPERATIONS and any(map(str.isdigit, text)):
                sentence = N_(
                    'found "{text}", expected yes or no; a price is told as {word}.percent or'
                    " {word}.fixed"
                )
                raise Untold(sentence, text=text, word=target.word)
            raise Untold('found "{text}", expected yes or no', text=text)
        yes = _YES[text.casefold()]
        return yes, "yes" if yes else "no"
    if target.takes == "word":
        known = _WORDS[target.alone]
        if text not in known:
            sentence = N_('found "{text}"{nearest}; expected one of: {listed}')
            raise Untold(
                sentence, text=text, nearest=_nearest(text, known), listed=", ".join(known)
            )
        return text, text
    if target.takes == "percent":
        number = _number(text.removesuffix("%").strip(), _("a percentage such as 0.41"))
        if number > 100:
            raise Untold(
                'found "{text}", expected at most {most}', text=text, most=percent_words(100)
            )
        return number, f"{number:f} %"
    if target.takes == "number":
        number = _number(text, _("a whole number such as 5"))
        if number != number.to_integral_value() or number > _MOST_COUNTED:
            sentence = N_('found "{text}", expected a whole number up to {most_counted:,}')
            raise Untold(sentence, text=text, most_counted=_MOST_COUNTED)
        return int(number), str(int(number))
    return _money(text, currency)


def _money(text: str, currency: str | None) -> tuple[Decimal, str]:
    match = _SUM.fullmatch(text)
    expected = _("a sum such as 1.99 {currency}", currency=currency or "GBP")
    if not match or (match["before"] and match["after"]):
        raise Untold('found "{text}", expected {expected}', text=text, expected=expected)
    named = (match["before"] or match["after"] or "").upper()
    if named and not is_currency(named):
        sentence = N_('found "{text}": there is no currency {named}; expected {expected}')
        raise Untold(sentence, text=text, named=named, expected=expected)
    if named and currency and named != currency:
        sentence = N_(
            'found "{text}", but its prices are in {currency} here: give it in {currency}'
        )
        raise Untold(sentence, text=text, currency=currency)
    thousandths = bool(currency) and minor_units(currency or "") == 3
    if not thousandths and re.fullmatch(r"[1-9]\d{0,2}\.\d{3}", match["number"]):
        whole = match["number"].replace(".", "")
        sentence = N_('"{text}" may be one and a bit, or {whole}: write {whole}, or two decimals')
        raise Untold(sentence, text=text, whole=whole)
    number = _number(match["number"], expected)
    unit = named or currency
    return number, f"{number:f} {unit}" if unit else f"{number:f}"


def _number(text: str, expected: str) -> Decimal:
    if not _NUMBER.fullmatch(text) or len(text) > MOST_DIGITS:
        raise Untold('found "{text}", expected {expected}', text=text, expected=expected)
    number = Decimal(text)
    if number > MOST_AMOUNT:
        sentence = N_('found "{text}", expected at most {most_amount:,}')
        raise Untold(sentence, text=text, most_amount=MOST_AMOUNT)
    return number


def expected(target: Target, currency: str) -> str:
    """Return what its value may be, for somebody who is asked for it."""
    if target.takes == "word":
        return ", ".join(_WORDS[target.alone])
    return {
        "yes or no": _("yes or no"),
        "percent": _("a percentage such as 0.41"),
        "money": _("a sum in {currency} such as 1.99", currency=currency),
        "number": _("a whole number"),
    }[target.takes]


def example_of(target: Target) -> str:
    """Return a value that it may have, as it is typed."""
    if target.takes == "word":
        return next(iter(_WORDS[target.alone]))
    return {"yes or no": "yes", "percent": "0.41", "money": "1.99", "number": "5"}[target.takes]


def _nearest(text: str, known: object) -> str:
    close = get_close_matches(text, list(known), n=3, cutoff=0.6)  # type: ignore[call-overload]
    if not close:
        return ""
    first = [", ".join(close[:-1])] if len(close) > 1 else []
    listed = _(" or ").join([*first, close[-1]])
    return _(" (did you mean {listed}?)", listed=listed)
