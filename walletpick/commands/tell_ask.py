"""`walletpick tell` alone on a terminal: asks for what is to be told."""

from __future__ import annotations

from collections.abc import Mapping

import click

from walletpick.commands.asking import ask_line, say_line
from walletpick.commands.common import find_country, find_wallet
from walletpick.commands.errors import Wrong, did_you_mean
from walletpick.facts import target as targets
from walletpick.facts.model import Catalog, Market, Wallet
from walletpick.facts.names import wallet_name
from walletpick.facts.places import country_name, in_country
from walletpick.facts.target import Target
from walletpick.facts.vocabulary import METHODS, OPERATIONS, SIGNING_UP
from walletpick.language import N_, _, headed
from walletpick.pages.lists import FAMILY_MEANINGS
from walletpick.person.own import source_problem
from walletpick.reading.told import Untold, expected, value_of
from walletpick.words.own import title_of
from walletpick.words.phrases import PERIODS

_KINDS = {
    "price": N_("a price"),
    "plan": N_("the regular charge of the account or of a plan"),
    "limit": N_("a limit"),
    "features": N_("what it does"),
    **{
        family: FAMILY_MEANINGS[family]
        for family in ("security", "funding", "payout", "channels", "protection", "onboarding")
    },
    "other": N_("closing, complaints, whether it is open"),
}
_FAMILIES: dict[str, Mapping[str, str]] = {
    **targets.YES_OR_NO,
    "onboarding": SIGNING_UP,
}
_PARTS = {
    "percent": N_("percent of the amount"),
    "fixed": N_("a fixed sum each time"),
    "min": N_("the least it charges"),
    "max": N_("the most it charges"),
    "fx_markup": N_("percent over the mid-market exchange rate"),
}
_OTHER = {
    "closing.how": N_("where the account is closed"),
    "closing.difficulty": N_("how hard that is"),
    "reply.days": N_("in how many days a complaint is answered"),
    "status": N_("whether it is open"),
}
_ANY = "whatever"


def ask(catalog: Catalog) -> tuple[Wallet, str, str, str, str]:
    """Return the wallet, country, fact, value and source that a person answers."""
    say_line(_("q leaves; nothing is kept then."))
    wallet = ask_line(_("Which wallet"), lambda text: find_wallet(catalog, text))
    country = _country(wallet)
    market = wallet.markets[country]
    say_line(
        _(
            "{name} in {country}, where prices are in {currency}.",
            name=wallet_name(wallet),
            country=in_country(country),
            currency=market.currency,
        )
    )
    target = _target(market)
    form = expected(target, market.currency)

    def check(text: str) -> str:
        try:
            return value_of(target, text, market.currency)[1]
        except Untold as error:
            raise click.UsageError(str(error)) from None

    value = ask_line(_("{what} ({form})", what=title_of(target), form=form), check)
    return wallet, country, target.name, value, ask_source()


def ask_source() -> str:
    """Return where a person says that they read it."""

    def check(text: str) -> str:
        if message := source_problem(text):
            raise click.UsageError(message)
        return text

    return ask_line(_("Where did you read it (an address, or a few words such as: the app)"), check)


def _country(wallet: Wallet) -> str:
    codes = list(wallet.markets)
    if len(codes) == 1:
        return codes[0]

    def check(text: str) -> str:
        code = find_country(text)
        if code not in wallet.markets:
            raise Wrong(
                "{name} is not in {code}", name=wallet_name(wallet), code=country_name(code)
            )
        return code

    return ask_line(_("In which country"), check)


def _target(market: Market) -> Target:
    kind = _choice(_("What is it about"), _KINDS)
    if kind in _FAMILIES:
        return Target(kind, _choice(_("Which"), _FAMILIES[kind]))
    if kind == "other":
        section, _dot, word = _choice(_("Which"), _OTHER).partition(".")
        return Target(section, word)
    if kind == "plan":
        plans = {plan.id: plan.name for plan in market.plans}
        plan = _choice(_("Which plan"), plans) if plans else None
        period = _choice(_("How often"), {word: PERIODS[word] for word in targets.PERIODS})
        return Target("fees", period, operation="subscription", plan=plan)
    operations = {word: text for word, text in OPERATIONS.items() if word not in targets.REGULAR}
    if kind == "limit":
        what = _choice(_("Which limit"), {word: PERIODS[word] for word in targets.LIMITS})
        if what == "balance":
            return Target("limits", what, "amount")
        return Target("limits", what, "amount", _choice(_("Of what"), operations))
    operation = _choice(_("The price of what"), operations)
    method = _choice(_("By which way"), {_ANY: N_("it does not matter"), **METHODS})
    part = _choice(_("What do you know of it"), _PARTS)
    return Target("fees", part, operation=operation, method=None if method == _ANY else method)


def _choice(question: str, words: Mapping[str, str]) -> str:
    """Return one of some words, which may be given by its number."""
    known = list(words)
    for number, (word, text) in enumerate(words.items(), start=1):
        line = headed(word, _(text)) if word != text else word
        say_line(line, f"{number:>3}  ")

    def check(text: str) -> str:
        if text.isdecimal() and 1 <= int(text) <= len(known):
            return known[int(text) - 1]
        if text not in words:
            raise Wrong('no "{text}" among them{hint}', text=text, hint=did_you_mean(text, words))
        return text

    return ask_line(_("{question} (number or word)", question=question), check)
