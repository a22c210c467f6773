"""What else to try or add: for visitors, who is paid, by phone; or without a wallet. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import groupby

from msgspec import structs

from walletpick.bill.conditions import answers_of
from walletpick.facts.law import all_rights
from walletpick.facts.model import Catalog, Needs, Usage, Wallet
from walletpick.facts.names import wallet_name
from walletpick.facts.places import country_name, in_country
from walletpick.facts.vocabulary import GIVEN_BY_PLATFORM, PHONES, PLATFORMS, RECEIVING_OPERATIONS
from walletpick.language import N_, _, one_text
from walletpick.person.needs import OFTEN, currency_of
from walletpick.score.ranking import Place, Ranking
from walletpick.words.common import Typed, has_none, use_option
from walletpick.words.facts import lawful_in_short
from walletpick.words.phrases import any_of, clauses, in_a_row
from walletpick.words.verdict import place_name

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

    `home` is the country that stands for an example; without one, its place does.
    """
    uses = from_home(needs)
    if not uses:
        return
    form = N_("A wallet from home may do it too; see, with your own country for HOME: ")
    if home:
        form = N_(
            "A wallet from home may do it too; see, with your own country for {home} ({name}): "
        )
    words = _(form, home=home, name=country_name(home) if home else "")
    yield words, _rank_command(home or _("HOME"), uses, needs, typed)


def _rank_command(
    country: str,
    uses: Mapping[Usage, Usage],
    needs: Needs,
    typed: Typed,
    *options: str,
) -> str:
    """Return the command that ranks the wallets of another country for the same uses.

    `uses` are each with what it is there.
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

    `there` are the best of each country.
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


def which_phone_words(ranking: Ranking) -> str:
    """Return that the phone decides, where the first runs on one kind and not on the other."""
    needs = ranking.needs
    if _is_said(needs):
        return ""
    first, *others = ranking.field
    ours = _phones(first.wallet)
    second = others[0] if others else first
    theirs = _phones(second.wallet)
    if len(ours) != 1:
        return ""
    if len(theirs) != 1 or ours == theirs:
        return one_phone_words(first.wallet, needs)
    words = _(
        "Your phone decides between {first} ({ours}) and {second} ({theirs}): say {our_option} or"
        " {their_option}.",
        first=place_name(first, ranking),
        ours=_(PLATFORMS[ours[0]]),
        second=place_name(second, ranking),
        theirs=_(PLATFORMS[theirs[0]]),
        our_option=_option(ours[0], needs),
        their_option=_option(theirs[0], needs),
    )
    if needs.platform:
        return _("Not every watch has each of these: look which yours has. {words}", words=words)
    return words


def one_phone_words(wallet: Wallet, needs: Needs) -> str:
    """Return that a wallet runs on one kind of phone only, as is known of the other, too.

    Nothing where the person said which phone they have.
    """
    phones = _phones(wallet)
    missing = [phone for phone in PHONES if phone in wallet.not_on]
    if len(phones) != 1 or not missing or _is_said(needs):
        return ""
    return _(
        "{wallet} is for {phone} only: with another phone, say {option}.",
        wallet=wallet_name(wallet),
        phone=_(PLATFORMS[phones[0]]),
        option=_option(missing[0], needs),
    )


def _is_said(needs: Needs) -> bool:
    """Return whether a person said which phone they have; a watch goes with any."""
    words = {word for phone in PHONES for word in GIVEN_BY_PLATFORM[phone]}
    return needs.platform not in (None, "watch") or not words.isdisjoint(answers_of(needs))


def _option(phone: str, needs: Needs) -> str:
    """Return the option that says which phone one has, beside what it must run on already."""
    if needs.platform:
        return f"--given {GIVEN_BY_PLATFORM[phone][0]}"
    return f"--platform {phone}"


def _phones(wallet: Wallet) -> list[str]:
    return [phone for phone in PHONES if phone in wallet.platforms]


def shop_words(needs: Needs) -> str:
    """Return how a shop says that it is one, to who is paid as often as shops are; or ""."""
    times = sum(usage.times for usage in needs.use if usage.operation in RECEIVING_OPERATIONS)
    if times < OFTEN or needs.for_ or "business" in needs.person:
        return ""
    return _("Do you sell? A shop pays other prices: add {option}", option="--person business")


def payer_hints(needs: Needs, typed: Typed) -> Iterator[tuple[str, str]]:
    """Yield what `sender_hints` does, and what to add where clients or a platform pay instead."""
    hints = list(sender_hints(needs, typed))
    yield from hints
    if hints:
        words = _("If it is clients or a platform who pay you, other prices hold: add ")
        yield words, "--person business"


def sender_hints(needs: Needs, typed: Typed) -> Iterator[tuple[str, str]]:
    """Yield that who sends money from abroad chooses the service, and the command that compares.

    Not for a business, which is paid as its customers do.
    """
    for usage in needs.use if "business" not in needs.person else ():
        if usage.operation == "receive-abroad" and usage.country and needs.country:
            rough = Decimal(f"{usage.amount:.3g}"), needs.currency
            amount, currency = typed.get(usage, rough)
            sent = structs.replace(
                usage, operation="send-abroad", country=needs.country, amount=amount
            )
            option = use_option(sent, currency=currency)
            words = _("Whoever sends it chooses the service, and mostly pays; compare there: ")
            yield words, f"walletpick rank --country {usage.country} --use {option}"


def nowhere_lines(
    country: str,
    catalog: Catalog,
    needs: Needs,
    typed: Typed,
    home: str | None,
) -> Iterator[str]:
    """Yield that no wallet is known in a country, and then in a line each what helps all the same.

    That is what a visitor has from home (`home`: a country from which one may come), what those
    can compare who send money there, which wallets run there as far as is known, the checklists
    that hold anywhere, and the country's law.
    """
    yield has_none(country, catalog)
    if card := card_from_home_words(needs, catalog):
        yield card
    for words, command in (*wallets_from_home(needs, typed, home), *sender_hints(needs, typed)):
        yield words + command
    names = [wallet_name(wallet) for wallet in catalog.wallets if wallet.runs_in(country)]
    form = N_("None of the {count} wallets of the catalog is known to run there; others may.")
    if names:
        form = N_("Known to run there, without any facts: {wallets}.")
    yield _(form, wallets=in_a_row(names), count=len(catalog.wallets))
    call = f"NAME --country {country}"
    yield _("When something went wrong: {command}", command=f"walletpick complain {call}")
    yield _("To close an account: {command}", command=f"walletpick leave {call}")
    rights = clauses(dict.fromkeys(map(lawful_in_short, all_rights(catalog.laws, country))))
    form = N_("What the law there gives customers is not known.")
    yield _(N_("What the law there gives customers: {rights}.") if rights else form, rights=rights)
