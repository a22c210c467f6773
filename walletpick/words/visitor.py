"""What a visitor has from home that may do where they are, and what is there for them. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from msgspec import structs

from walletpick.facts.model import Catalog, Needs, Usage
from walletpick.facts.names import wallet_name
from walletpick.facts.places import country_name, in_country
from walletpick.language import _, one_text
from walletpick.person.needs import currency_of
from walletpick.score.ranking import Place
from walletpick.words.common import Typed, use_option
from walletpick.words.phrases import any_of

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


def wallets_from_home(needs: Needs, typed: Typed, home: str | None) -> Iterator[tuple[str, str]]:
    """Yield, to the same, that a wallet from home may do it too, and the command that ranks those.

    `typed` are usages as the person wrote them: the amount in all, and its currency. `home` is the
    country that stands for an example; without one, its place does.
    """
    uses = from_home(needs)
    if not uses:
        return
    words = _("A wallet from home may do it too; see, with your own country for HOME: ")
    if home:
        words = _(
            "A wallet from home may do it too; see, with your own country for {home} ({name}): ",
            home=home,
            name=country_name(home),
        )
    yield words, _rank_command(home or _("HOME"), uses, needs, typed)


def _rank_command(
    country: str,
    uses: Mapping[Usage, Usage],
    needs: Needs,
    typed: Typed,
    *options: str,
) -> str:
    """Return the command that ranks the wallets of another country for the same uses.

    `uses` are each with what it is there; `typed` as for `wallets_from_home`.
    """
    parts = ["walletpick rank --country", country, *options]
    for usage, there in uses.items():
        amount, currency = typed.get(usage, (usage.amount, needs.currency))
        option = use_option(structs.replace(there, amount=amount), currency=currency)
        parts += ["--use", option]
    if needs.for_:
        parts += ["--for", needs.for_.replace(" ", "")]
    return " ".join(parts)


def as_a_visitor(needs: Needs) -> list[Needs]:
    """Return what a resident needs as a visitor, for each country in whose shops they pay."""
    if "visitor" in needs.person or "online" in needs.given:
        return []
    abroad = [usage for usage in needs.use if usage.operation == "pay-abroad"]
    return [
        Needs(
            country=country,
            currency=currency_of(needs),
            for_=needs.for_,
            use=tuple(_paid_there(needs, country).values()),
            have=needs.have,
            person=("visitor",),
        )
        for country in dict.fromkeys(usage.country for usage in abroad)
        if country
    ]


def _paid_there(needs: Needs, country: str) -> dict[Usage, Usage]:
    """Return what is paid in the shops of a country, each with what it is to a wallet there."""
    return {
        usage: structs.replace(usage, operation="pay", method=None, country=None)
        for usage in needs.use
        if usage.operation == "pay-abroad" and usage.country == country
    }


def wallets_there(needs: Needs, typed: Typed, there: Iterable[Place]) -> Iterator[tuple[str, str]]:
    """Yield which wallets of a country serve its visitors, and the command that ranks those there.

    `there` are the best of each country; `typed` as for `wallets_from_home`.
    """
    have = [word for means in needs.have for word in ("--have", means)]
    for country, places in groupby(there, key=lambda place: place.candidate.country):
        words = _(
            "As a visitor in {country} you may pay with {wallets} too; see: ",
            country=in_country(country),
            wallets=any_of([wallet_name(place.wallet) for place in places]),
        )
        uses = _paid_there(needs, country)
        yield words, _rank_command(country, uses, needs, typed, "--person visitor", *have)


def made_for_words(persona: str, needs: Needs, country: str) -> str:
    """Return that a persona, with its `needs`, is made for another country than it is asked of.

    To a visitor, how to ask of the country that they go to.
    """
    made_for = country_name(needs.country or "")
    words = _(
        "Note: {persona} is made for {made_for}; the same needs are looked at in {here}.",
        persona=persona,
        made_for=made_for,
        here=in_country(country),
    )
    if "visitor" not in needs.person:
        return words
    more = _(
        "Who goes to {made_for} from there asks: {command}",
        made_for=made_for,
        command=f"walletpick rank --persona {persona}",
    )
    return one_text([words, more])


def from_abroad_words() -> str:
    """Return what comes on top of the price of every wallet, as it is paid from abroad."""
    return _(
        "Your card's own fee for foreign money comes on top of each price (that is the + ?; often 0"
        " to 3 %): ask its bank."
    )
