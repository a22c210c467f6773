"""Amounts in options, as people write them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from walletpick.commands.errors import Wrong
from walletpick.commands.output import tell
from walletpick.facts.bounds import MOST_AMOUNT, MOST_DIGITS
from walletpick.facts.characters import cut
from walletpick.facts.model import Catalog, Wallet
from walletpick.facts.money import convert, rounded
from walletpick.facts.places import currency_of
from walletpick.language import _
from walletpick.person.amounts import NoAmount, read_amount
from walletpick.words.phrases import money

# The most characters of what was typed that a message shows again.
_SHOWN = 100


@dataclass(frozen=True)
class Amounts:
    """How amounts are read: in a currency, at these rates.

    `say` is told how one was read, where that may not be what was meant.
    """

    currency: str
    per_usd: Mapping[str, Decimal]
    say: Callable[[str], None] = tell
    _told: set[str] = field(default_factory=set, init=False, compare=False)

    def _say_once(self, words: str) -> None:
        if words not in self._told:
            self._told.add(words)
            self.say(words)

    def read(self, text: str, what: str) -> tuple[Decimal, str | None]:
        """Return an amount in the currency, and how many times if it says so, as typed.

        Raises click.UsageError that begins with `what`.
        """
        text = text.strip()
        if (digits := sum(map(str.isdigit, text))) > MOST_DIGITS:
            raise Wrong(
                "{what} has {digits} digits: write at most {most}",
                what=what,
                digits=digits,
                most=MOST_DIGITS,
            )
        try:
            typed = read_amount(text, self.currency)
        except NoAmount:
            raise Wrong(
                '{what} is "{text}": expected a number such as 200, 49.90 or 1,000, in another'
                " currency than {currency} with its code: 1000USD",
                what=what,
                text=shortened(text),
                currency=self.currency,
            ) from None
        amount = typed.number
        if abs(amount) > MOST_AMOUNT:
            raise Wrong("{what} is too large", what=what)
        if typed.doubtful:
            read, other = typed.doubtful
            self._say_once(
                _(
                    'Note: "{text}" is read as {read:,f}, not as {other:,f}.',
                    text=text,
                    read=read.normalize(),
                    other=other.normalize(),
                )
            )
        if typed.currency and typed.currency != self.currency:
            if typed.currency not in self.per_usd:
                raise Wrong(
                    "{what} is in {currency}, for which the catalog has no exchange rate: give it"
                    " in {home}",
                    what=what,
                    currency=typed.currency,
                    home=self.currency,
                )
            foreign = money(amount, typed.currency)
            if typed.times:
                foreign = _("{amount} in all", amount=foreign)
            amount = rounded(
                convert(amount, typed.currency, self.currency, self.per_usd), self.currency
            )
            self._say_once(
                _(
                    "Note: {foreign} is taken for {amount}.",
                    foreign=foreign,
                    amount=money(amount, self.currency),
                )
            )
        return amount, typed.times

    def one(self, text: str, what: str) -> Decimal:
        """Return an amount that has no number of times. Raises click.UsageError."""
        amount, times = self.read(text, what)
        if times is not None:
            raise Wrong('{what} is "{text}": expected one amount', what=what, text=shortened(text))
        return amount


def parse_balance(
    text: str | None, wallet: Wallet, country: str, catalog: Catalog
) -> Decimal | None:
    """Return what `--balance` says is in an account. Raises click.UsageError."""
    if text is None:
        return None
    market = wallet.markets.get(country)
    currency = market.currency if market else currency_of(country) or "USD"
    amount = Amounts(currency, catalog.per_usd).one(text, "--balance")
    if amount < 0:
        raise Wrong("--balance must not be less than 0")
    return amount


def shortened(text: str) -> str:
    """Return what was typed as a message shows it."""
    return cut(text, _SHOWN)
