"""The questions of the interview as data, and reading what people reply. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Literal

from msgspec import Struct

from walletpick.facts import meant, places
from walletpick.facts.bounds import MOST_TIMES
from walletpick.facts.money import UnknownRate, convert, rounded
from walletpick.language import N_, Said, _, ngettext, pgettext
from walletpick.person.amounts import NoAmount, TypedAmount, read_amount
from walletpick.words.common import countries_named
from walletpick.words.phrases import figure, in_a_row, money

CANNOT_SAY = "unknown"
CANNOT_SAY_WORDS = N_("I cannot say")
_MOST_AMOUNT = Decimal(10) ** 12
# What somebody may pay in a year for more than others have.
_EXAMPLE_USD = 20
_NOTHING = ("0", "none", "nothing", "no", "没有", "无", "否", "不", "不要", "都不要", "都不用")
# Yes and no where they are not among the answers in these words.
_YES_OR_NO = {
    **dict.fromkeys(("是", "是的", "好", "好的", "对", "可以", "要"), "yes"),
    **dict.fromkeys(("否", "不", "不是", "不要", "不行", "不用"), "no"),
}


class Unclear(Said):
    """A reply that cannot be taken; the message says in one or two sentences why."""


class Option(Struct, frozen=True):
    """One thing that can be chosen; `more` is said of it in a line of help."""

    key: str
    label: str
    more: str = ""


class Ask(Struct, frozen=True, kw_only=True):
    """A question. Its reply is the keys chosen, for "amount" the amount and how many times.

    For "money" it is an amount, which may be 0, or CANNOT_SAY.

    `default` is the reply to an empty line; None where there is none. `long` is a list too long to
    be shown whole: it is filtered by typing.
    """

    id: str
    kind: Literal["one", "several", "amount", "money", "text"]
    text: str
    help: str = ""
    options: tuple[Option, ...] = ()
    default: tuple[str, ...] | None = None
    long: bool = False
    # The fewest that must be chosen of "several".
    least: int = 0
    currency: str = ""
    # What a dollar is in each currency, for amounts in another than its own.
    per_usd: Mapping[str, Decimal] = {}
    # Said before the question, once.
    before: str = ""


class Reply(Struct, frozen=True):
    """The answer to one question."""

    question: str
    value: tuple[str, ...]


def read(ask: Ask, text: str) -> tuple[str, ...]:
    """Return the reply that a typed line gives. Raises Unclear."""
    text = " ".join(text.split())
    if ask.kind != "text":
        text = half_width(text)
    if not text:
        if ask.default is None:
            raise Unclear(_nothing(ask))
        return checked(ask, ask.default)
    if ask.kind == "amount":
        return _read_amount(ask, text)
    if ask.kind == "money":
        return (_read_money(ask, text),)
    if ask.kind == "text":
        return (text,)
    if ask.kind == "one":
        return (_read_option(ask, text),)
    if text.casefold() in _NOTHING:
        return checked(ask, ())
    if re.fullmatch(r"[\d\s,;]+", text):
        parts = re.findall(r"\d+", text)
    else:
        parts = [part.strip() for part in re.split(r"[,;]", text) if part.strip()]
    return checked(ask, tuple(_read_option(ask, part) for part in parts))


def half_width(text: str) -> str:
    """Return what is typed with the figures and marks of a Chinese keyboard as ASCII has them."""
    return meant.half_width(text).replace("、", ",")


def checked(ask: Ask, value: tuple[str, ...]) -> tuple[str, ...]:
    """Return the reply as it is kept: keys in the order of the options. Raises Unclear."""
    if ask.kind == "amount":
        if len(value) != 2:
            raise Unclear(
                "An amount and how many times are needed, such as {amount} x 3.",
                amount=example(ask),
            )
        return _read_amount(ask, f"{value[0]} x {value[1]}")
    if ask.kind == "money":
        return (_read_money(ask, "".join(value)),)
    if ask.kind == "text":
        return value
    keys = [option.key for option in ask.options]
    for key in value:
        if key not in keys:
            raise Unclear('"{key}" is not among the answers.', key=key)
    if ask.kind == "one":
        if len(value) != 1:
            raise Unclear("Please choose one.")
        return value
    if len(set(value)) < ask.least:
        raise Unclear(_nothing(ask))
    return tuple(key for key in keys if key in value)


def matching(ask: Ask, typed: str) -> tuple[Option, ...]:
    """Return the options that fit what has been typed so far, best first."""
    wanted = typed.strip().casefold()
    exact = places.find_country(typed) if wanted and ask.long else None
    begun = places.countries_starting(typed) if ask.long else []

    def rank(option: Option) -> tuple[int, int]:
        label = option.label.casefold()
        if option.key in (exact, typed.strip()):
            return 0, 0
        if option.key in begun:
            return 1, begun.index(option.key)
        if label.startswith(wanted) or option.key.casefold() == wanted:
            return 1, len(begun)
        return (2 if wanted in label else 3), 0

    ranked = [(rank(option), option) for option in ask.options]
    ranked.sort(key=lambda pair: pair[0])
    return tuple(option for (kind, _), option in ranked if kind < 3)


def reply_words(ask: Ask, value: tuple[str, ...]) -> str:
    """Return a reply in words: "Kenya", "400.00 USD a month, in 20 payments"."""
    if ask.kind == "amount":
        amount, times = value
        return ngettext(
            "{amount} a month, in {count} payment",
            "{amount} a month, in {count} payments",
            int(times),
            amount=money(Decimal(amount), ask.currency),
            count=times,
        )
    if ask.kind == "money":
        return _money_words(ask, "".join(value))
    if ask.kind == "text":
        return "".join(value)
    labels = [option.label for option in ask.options if option.key in value]
    return in_a_row(labels) or pgettext("choice", "nothing")


def title(ask: Ask) -> str:
    """Return the question itself, without what is said beside it."""
    return re.split("(?<=[?？])", ask.text)[0]


def answered(question: str, reply: str) -> str:
    """Return a question with its reply."""
    return _("{question} {reply}", question=question, reply=reply)


def default_words(ask: Ask) -> str:
    """Return the default as one would type it: "400 x 20", "United States"; "" for none."""
    if ask.default is None:
        return ""
    if ask.kind == "amount":
        amount, times = grouped(ask.default[0]), ask.default[1]
        return amount if times == "1" else f"{amount} x {times}"
    if ask.long or ask.kind in ("one", "text", "money"):
        return reply_words(ask, ask.default)
    keys = [option.key for option in ask.options]
    numbers = ", ".join(str(keys.index(key) + 1) for key in ask.default)
    return numbers or pgettext("choice", "nothing")


def example(ask: Ask) -> str:
    """Return an amount such as people may answer a question for money with: "3,000,000"."""
    if ask.kind == "amount" and ask.default:
        return grouped(ask.default[0])
    return grouped(about(_EXAMPLE_USD, ask.currency, ask.per_usd))


def about(usd: int, currency: str, per_usd: Mapping[str, Decimal]) -> str:
    """Return dollars in a currency as one would say it: 26,712.4 -> "30000", 1.2 -> "1"."""
    try:
        amount = convert(Decimal(usd), "USD", currency, per_usd)
    except UnknownRate:
        amount = Decimal(usd)
    return figure(amount.quantize(Decimal(1).scaleb(amount.adjusted())) + 0)


def grouped(amount: str) -> str:
    """Return an amount with its thousands parted: "10,000,000"."""
    return f"{Decimal(amount):,f}"


def _nothing(ask: Ask) -> str:
    """Return what to say to an answer that names nothing, where something must be named."""
    if ask.kind == "several":
        return N_("Nothing is chosen yet: choose at least one.")
    if ask.long:
        return N_("Nothing is typed yet: the first letters are enough to search.")
    return N_("There is no usual answer here: please choose one.")


def _read_option(ask: Ask, text: str) -> str:
    keys = [option.key for option in ask.options]
    if text.isascii() and text.isdigit() and not ask.long:
        # A number that is too long for Python to read is not in the list either.
        if len(text) > 9 or not 1 <= int(text) <= len(keys):
            raise Unclear("{text} is not in the list: 1 to {count}.", text=text, count=len(keys))
        return keys[int(text) - 1]
    plain = text.casefold()
    for option in ask.options:
        if plain in (option.key.casefold(), option.label.casefold()):
            return option.key
    if ask.long:
        return _read_country(ask, text)
    options = [option for option in ask.options if plain in option.label.casefold()]
    if len(options) == 1:
        return options[0].key
    if options:
        names = in_a_row(_('"{label}"', label=option.label) for option in options[:3])
        raise Unclear('"{text}" could be {names}.', text=text, names=names)
    if _YES_OR_NO.get(plain) in keys:
        return _YES_OR_NO[plain]
    raise Unclear(
        '"{text}" is not among the answers: type a number from 1 to {count}.',
        text=text,
        count=len(keys),
    )


def _read_country(ask: Ask, text: str) -> str:
    names = {option.key: option.label for option in ask.options}
    code = places.find_country(text)
    if code in names:
        return str(code)
    if code is None:
        codes = [code for code in places.countries_starting(text) if code in names]
        if len(codes) == 1:
            return codes[0]
        close = places.nearest_countries(text)
        if not close:
            raise Unclear('No country "{text}".', text=text)
        choices = _(" or ").join(close)
        raise Unclear('No country "{text}". Did you mean {choices}?', text=text, choices=choices)
    if ask.id == "country":
        raise Unclear(
            "The catalog has no wallet in {country} yet. It covers {countries}.",
            country=places.in_country(code),
            countries=countries_named(tuple(names.values())),
        )
    raise Unclear(
        "{country} is your own country: name another, or press Enter.",
        country=places.country_name(code),
    )


def _read_amount(ask: Ask, text: str) -> tuple[str, str]:
    try:
        typed = read_amount(_from_chinese(text), ask.currency)
    except NoAmount:
        typed = TypedAmount(Decimal(-1))
    amount = typed.number
    if amount < 0:
        raise Unclear(
            N_('"{text}" is no amount: expected a number, such as {amount}.')
            if ask.kind == "money"
            else N_('"{text}" is no amount: expected a number, such as {amount}, or {amount} x 3.'),
            text=text,
            amount=example(ask),
        )
    if typed.currency not in (None, ask.currency):
        if typed.currency not in ask.per_usd or ask.currency not in ask.per_usd:
            raise Unclear(
                "The catalog has no exchange rate for {currency}: give it in {own}.",
                currency=typed.currency,
                own=ask.currency,
            )
        amount = convert(amount, typed.currency, ask.currency, ask.per_usd)
        amount = rounded(amount, ask.currency)
    if not amount:
        raise Unclear("The amount must be more than 0. To leave it out, go back.")
    if amount > _MOST_AMOUNT:
        raise Unclear("The amount is too large.")
    times = typed.times or "1"
    if not re.fullmatch(r"\d{1,6}", times) or not 1 <= int(times) <= MOST_TIMES:
        raise Unclear("How many times must be from 1 to {most} a month.", most=MOST_TIMES)
    return figure(amount), str(int(times))


# 每次 50 元，3 次 is "50 元 each x 3"; 2.5 万 is 25000.
_TIMES_IN_CHINESE = re.compile(
    r"(?P<each>每[次笔筆])?\s*(?P<sum>.*?\d.*?)(?:(?<=[^\d.,])|\s|[,x×*分共])"
    r"[\s,x×*分共]*(?P<times>\d+)\s*[次笔筆]"
)
_LARGE = {"千": 1_000, "万": 10_000, "萬": 10_000}
_IN_LARGE = re.compile(r"(\d+(?:\.\d+)?)\s*([千万萬])")


def _from_chinese(text: str) -> str:
    """Return an amount as `read_amount` takes it, where it is written as in Chinese."""
    if text.isascii():
        return text
    if whole := _TIMES_IN_CHINESE.fullmatch(text):
        text = f"{whole['sum']} {'each ' if whole['each'] else ''}x {whole['times']}"
    return _IN_LARGE.sub(lambda at: figure(Decimal(at[1]) * _LARGE[at[2]]), text)


_NO_MONEY = (*_NOTHING, "不加", "一分不加")
_NO_ANSWER = (
    *(CANNOT_SAY, CANNOT_SAY_WORDS.casefold(), "cannot say", "do not know", "don't know"),
    *("说不清", "说不好", "不知道", "不清楚"),
)
_A_YEAR = re.compile(r"\s*((a|per|/|each)\s*year|[一每/]\s*年)$", re.IGNORECASE)


def _read_money(ask: Ask, text: str) -> str:
    """Return a sum of money a year, which may be 0, or CANNOT_SAY. Raises Unclear."""
    if text.casefold() in _NO_ANSWER:
        return CANNOT_SAY
    if text.casefold() in _NO_MONEY or re.fullmatch("0+", text):
        return "0"
    amount, times = _read_amount(ask, _A_YEAR.sub("", text))
    if times != "1":
        raise Unclear("Type what it comes to in a year, such as {amount}.", amount=example(ask))
    return amount


def _money_words(ask: Ask, value: str) -> str:
    if value == CANNOT_SAY:
        return _(CANNOT_SAY_WORDS)
    if value == "0":
        return pgettext("money", "nothing")
    return _("{amount} a year", amount=money(Decimal(value), ask.currency))
