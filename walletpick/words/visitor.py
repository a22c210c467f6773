"""What a visitor has from home: a card, or a wallet, that may do where they are. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from msgspec import structs

from walletpick.facts.model import Catalog, Needs, Usage
from walletpick.facts.places import country_name
from walletpick.language import _
from walletpick.words.common import use_option

# What is done there -> what it is to a wallet of another country.
_FROM_HOME = {"pay": "pay-abroad", "cash-out": "cash-out"}
# What no card does in a shop.
_NOT_BY_CARD = "features:pay-qr"
_PASSING = "pass-through"


def from_home(needs: Needs) -> dict[Usage, Usage]:
    """Return what a visitor pays and takes out, each with what it is to a wallet from home."""
    if "visitor" not in needs.person or not needs.country:
        return {}
    return {
        usage: structs.replace(
            usage, operation=_FROM_HOME[usage.operation], method=None, country=needs.country
        )
        for usage in needs.use
        if usage.operation in _FROM_HOME and usage.country in (None, needs.country)
    }


def card_from_home_words(needs: Needs, catalog: Catalog) -> str:
    """Return, to visitors who pay or take out cash, that the card they have may do; or "".

    That shops there take cards is known where a wallet that only passes a card on has a market.
    """
    done = {usage.operation for usage in from_home(needs)}
    if not done or (_NOT_BY_CARD in needs.must and "cash-out" not in done):
        return ""
    passing = (
        each.markets.get(needs.country or "") for each in catalog.wallets if each.kind == _PASSING
    )
    if all(market is None or market.state == "closed" for market in passing):
        return _(
            "Your card from home may be enough where shops take it: how many do is not known here."
            " Its bank may charge for foreign money, and a cash machine as well: ask the bank."
        )
    return _(
        "Your card from home may be enough, in the shops that take it. Its bank may charge for"
        " foreign money, and a cash machine as well: how much is not known here, so ask the bank."
    )


def wallets_from_home(
    needs: Needs, typed: Mapping[Usage, tuple[Decimal, str]], home: str | None
) -> Iterator[tuple[str, str]]:
    """Yield, to the same, that a wallet from home may do it too, and the command that ranks those.

    `typed` are usages as the person wrote them: the amount in all, and its currency. `home` is the
    country that stands for an example; without one, its place does.
    """
    uses = from_home(needs)
    if not uses:
        return
    parts = ["walletpick rank --country", home or _("HOME")]
    for usage, abroad in uses.items():
        amount, currency = typed.get(usage, (usage.amount, needs.currency))
        option = use_option(structs.replace(abroad, amount=amount), currency=currency)
        parts += ["--use", option]
    if needs.for_:
        parts += ["--for", needs.for_.replace(" ", "")]
    words = _("A wallet from home may do it too; see, with your own country for HOME: ")
    if home:
        words = _(
            "A wallet from home may do it too; see, with your own country for {home} ({name}): ",
            home=home,
            name=country_name(home),
        )
    yield words, " ".join(parts)


def from_abroad_words() -> str:
    """Return what comes on top of the price of every wallet, as it is paid from abroad."""
    return _(
        "Your card's own fee for foreign money comes on top of each price (that is the + ?; often 0"
        " to 3 %): ask its bank."
    )
