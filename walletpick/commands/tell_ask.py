"""`walletpick tell` alone on a terminal: asks for what is to be told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

import click

from walletpick.commands.common import find_country, find_wallet
from walletpick.commands.errors import did_you_mean
from walletpick.facts import target as targets
from walletpick.facts.model import Catalog, Market, Wallet
from walletpick.facts.places import country_name, in_country
from walletpick.facts.target import Target
from walletpick.facts.vocabulary import METHODS, OPERATIONS
from walletpick.person.own import source_problem
from walletpick.reading.told import Untold, expected, value_of
from walletpick.words.own import title_of
from walletpick.words.phrases import PERIODS

T = TypeVar("T")

_KINDS = {
    "price": "a price",
    "plan": "the regular charge of the account or of a plan",
    "limit": "a limit",
    "features": "what it does",
    "security": "how it is secured",
    "funding": "how money gets in",
    "payout": "how money gets out",
    "channels": "how one reaches its support",
    "protection": "what protects the money",
    "onboarding": "what signing up takes",
    "other": "closing, complaints, whether it is open",
}
_FAMILIES: dict[str, Mapping[str, str]] = {
    **targets.YES_OR_NO,
    "onboarding": {**targets.YES_OR_NO["onboarding"], "min_age": "from what age one may join"},
}
_PARTS = {
    "percent": "percent of the amount",
    "fixed": "a fixed sum each time",
    "min": "the least it charges",
    "max": "the most it charges",
    "fx_markup": "percent over the mid-market exchange rate",
}
_OTHER = {
    "closing.how": "where the account is closed",
    "closing.difficulty": "how hard that is",
    "reply.days": "in how many days a complaint is answered",
    "status": "whether it is open",
}
_ANY = "whatever"


def ask(catalog: Catalog) -> tuple[Wallet, str, str, str, str]:
    """Return the wallet, country, fact, value and source that a person answers."""
    wallet = _asked("Which wallet", lambda text: find_wallet(catalog, text))
    country = _country(wallet)
    market = wallet.markets[country]
    click.echo(f"{wallet.name} in {in_country(country)}, where prices are in {market.currency}.")
    target = _target(market)
    form = expected(target, market.currency)

    def check(text: str) -> str:
        try:
            return value_of(target, text, market.currency)[1]
        except Untold as error:
            raise click.UsageError(str(error)) from None

    value = _asked(f"{title_of(target)} ({form})", check)
    return wallet, country, target.name, value, ask_source()


def ask_source() -> str:
    """Return where a person says that they read it."""

    def check(text: str) -> str:
        if message := source_problem(text):
            raise click.UsageError(message)
        return text

    return _asked("Where did you read it (an address, or a few words such as: the app)", check)


def _country(wallet: Wallet) -> str:
    codes = list(wallet.markets)
    if len(codes) == 1:
        return codes[0]

    def check(text: str) -> str:
        code = find_country(text)
        if code not in wallet.markets:
            raise click.UsageError(f"{wallet.name} is not in {country_name(code)}")
        return code

    return _asked("In which country", check)


def _target(market: Market) -> Target:
    kind = _choice("What is it about", _KINDS)
    if kind in _FAMILIES:
        return Target(kind, _choice("Which", _FAMILIES[kind]))
    if kind == "other":
        section, _, word = _choice("Which", _OTHER).partition(".")
        return Target(section, word)
    if kind == "plan":
        plans = {plan.id: plan.name for plan in market.plans}
        plan = _choice("Which plan", plans) if plans else None
        period = _choice("How often", {word: PERIODS[word] for word in targets.PERIODS})
        return Target("fees", period, operation="subscription", plan=plan)
    operations = {word: text for word, text in OPERATIONS.items() if word not in targets.REGULAR}
    if kind == "limit":
        what = _choice("Which limit", {word: PERIODS[word] for word in targets.LIMITS})
        if what == "balance":
            return Target("limits", what, "amount")
        return Target("limits", what, "amount", _choice("Of what", operations))
    operation = _choice("The price of what", operations)
    method = _choice("By which way", {_ANY: "it does not matter", **METHODS})
    part = _choice("What do you know of it", _PARTS)
    return Target("fees", part, operation=operation, method=None if method == _ANY else method)


def _choice(question: str, words: Mapping[str, str]) -> str:
    """Return one of some words, which may be given by its number."""
    known = list(words)
    for number, (word, text) in enumerate(words.items(), start=1):
        click.echo(f"{number:>3}  {word}: {text}" if word != text else f"{number:>3}  {word}")

    def check(text: str) -> str:
        if text.isdecimal() and 1 <= int(text) <= len(known):
            return known[int(text) - 1]
        if text not in words:
            raise click.UsageError(f'no "{text}" among them{did_you_mean(text, known)}')
        return text

    return _asked(f"{question} (number or word)", check)


def _asked(question: str, check: Callable[[str], T]) -> T:
    answer: T = click.prompt(question, value_proc=lambda text: check(text.strip()))
    return answer
