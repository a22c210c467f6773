"""What the law of a country gives a customer, by what the firm is licensed as. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from msgspec import structs

from walletpick.facts import model
from walletpick.facts.vocabulary import ALL_CLASSES, LICENCE_CLASSES, applies

# What is said of the customers of firms with some licences.
Legal = model.Right | model.LawFee | model.LawLimit | model.LawStatement

FOLDER = "countries"
# Rights that go by what the money is held as, which a market's file says better than its licence.
_AS_HELD = ("deposit-insurance", "safeguarding")
_SECTIONS = ("rights", "fee_caps", "taxes", "limits", "about")

# What a wallet of a kind is licensed as where its file does not say. Digital cash of a central bank
# is nobody's licence.
_CLASSES = {
    "stored-value": "e-money",
    "bank-account": "bank",
    "mobile-money": "mobile-money",
    "remittance": "remittance",
    "pass-through": "card",
}


def licence_class(market: model.Market, kind: str) -> str | None:
    """Return what the operator of a market is licensed as; `kind` is the wallet's.

    Where a wallet only passes on what bank accounts pay, those who answer for it are banks.
    """
    stated = market.licence.class_ if market.licence else None
    if not stated and kind == "pass-through" and ways_in(market) == {"bank-linked"}:
        return "bank"
    return stated or _CLASSES.get(kind)


def ways_in(market: model.Market) -> frozenset[str]:
    """Return the ways in which money is known to come in."""
    return frozenset(word for word, claim in market.funding.items() if claim.has)


def classes_of(item: Legal) -> frozenset[str]:
    """Return the classes of licence that something is said of, each by its own word."""
    if ALL_CLASSES in item.applies_to:
        return frozenset(LICENCE_CLASSES)
    return frozenset(item.applies_to)


def is_for(item: Legal, licence: str | None) -> bool:
    """Return whether something is said of firms with a licence; None is none of the classes."""
    return ALL_CLASSES in item.applies_to or licence in item.applies_to


def holds_for(item: model.Right | model.Reply | model.Complaint, about: str | None) -> bool:
    """Return whether something holds for a matter of complaint; of None, whether for all."""
    return not item.about or about in item.about


def all_rights(laws: Mapping[str, model.Law], country: str) -> tuple[model.Right, ...]:
    """Return what the law of a country gives customers, whatever the firm; () where none is known.

    What the country's own file has comes first, then what its base says of what the country does
    not speak of, and so on down to the base that has none. What the country says of some case only
    ("when", "about") comes on top of the base's.
    """
    own = laws.get(country)
    if own is None:
        return ()
    rights = list(own.rights)
    for right in all_rights(laws, own.base) if own.base else ():
        if right.right in own.without:
            continue
        classes = classes_of(right)
        spoken = {
            licence
            for other in own.rights
            if other.right == right.right and other.when is None and not other.about
            for licence in classes_of(other)
        }
        if not spoken & classes:
            rights.append(right)
        elif left := tuple(word for word in LICENCE_CLASSES if word in classes - spoken):
            rights.append(structs.replace(right, applies_to=left))
    return tuple(rights)


def rights_of(
    laws: Mapping[str, model.Law], country: str, licence: str | None, right: str | None = None
) -> tuple[model.Right, ...]:
    """Return what the law of a country gives the customers of a firm with a licence.

    With `right`, only what it gives by that word.
    """
    return tuple(
        item
        for item in all_rights(laws, country)
        if is_for(item, licence) and right in (None, item.right)
    )


def rights_in(
    laws: Mapping[str, model.Law], wallet: model.Wallet, country: str, right: str | None = None
) -> tuple[model.Right, ...]:
    """Return what the law of a country gives the customers of a wallet there (see `rights_of`)."""
    market = wallet.markets[country]
    kind = wallet.kind_in(market)
    rights = rights_of(laws, country, licence_class(market, kind), right)
    return tuple(each for each in rights if not is_held_otherwise(market, kind, each.right))


def joining_scheme(laws: Mapping[str, model.Law], country: str) -> str | None:
    """Return the scheme by which the wallets of a country pay each other, if its law names one."""
    for law in with_bases(laws, country):
        for fee in law.fee_caps:
            if fee.scheme and (fee.operation, fee.method) == ("send", "instant"):
                return fee.scheme
    return None


def is_held_otherwise(market: model.Market, kind: str, right: str) -> bool:
    """Return whether money is not held as a right of the law asks: at a bank, it may be no deposit.

    A wallet of some kinds holds none at all. What else the law gives, no operator takes away by
    saying that there is none.
    """
    if right not in _AS_HELD:
        return False
    return not applies(f"protection:{right}", kind) or any(
        right in claim.lacks for claim in market.protection
    )


def rights_of_holder(
    laws: Mapping[str, model.Law], country: str, holder: str, right: str
) -> tuple[model.Right, ...]:
    """Return what the law gives by a word against a bank or card company that holds the money.

    Most who issue cards are banks: what the law does not say of card companies, it says of those.
    """
    return rights_of(laws, country, holder, right) or rights_of(laws, country, "bank", right)


def with_bases(laws: Mapping[str, model.Law], country: str) -> tuple[model.Law, ...]:
    """Return the law of a country, its base, and so on; () where none is known.

    Of bases that lead back to a law before them, each comes once.
    """
    chain: dict[str, model.Law] = {}
    code: str | None = country
    while code and code not in chain and (law := laws.get(code)):
        chain[code] = law
        code = law.base
    return tuple(chain.values())


def law_with(laws: Mapping[str, model.Law], item: Legal) -> model.Law:
    """Return the law in whose file something stands: that of a country, or a base of it."""
    return laws[item.file.removeprefix(f"{FOLDER}/").removesuffix(".yaml")]


def source_of(laws: Mapping[str, model.Law], item: Legal) -> model.Source:
    """Return the source of what a law says."""
    return law_with(laws, item).sources[item.source]


def calendar_days(time: model.Time) -> Decimal:
    """Return about how many days a length of time takes by the calendar."""
    if time.months is not None:
        return Decimal(time.months * 365) / 12
    if time.hours is not None:
        return Decimal(time.hours) / 24
    # Five working days make a week.
    days = Decimal(time.days or 0)
    return days * 7 / 5 if time.working else days


def answer_time(reply: model.Reply | model.Right) -> model.Time:
    """Return how long an operator has to answer a complaint, as it says or by law."""
    if isinstance(reply, model.Reply):
        return model.Time(days=reply.days, working=reply.working)
    return reply.within or reply.at_most or model.Time()


def law_key(laws: Mapping[str, model.Law], item: Legal) -> str:
    """Return the key to refer to the source of what a law says: "ES/bde"."""
    return f"{law_with(laws, item).country}/{item.source}"


def items_of_law(law: model.Law) -> Iterable[tuple[str, Legal]]:
    """Yield what a law says, piece by piece, each with its section, in the order of the file."""
    for section in _SECTIONS:
        for item in getattr(law, section):
            yield section, item


def marked(law: model.Law, file: str) -> model.Law:
    """Return a law whose every piece knows the file, as messages name it."""
    pieces = {
        section: tuple(structs.replace(item, file=file) for item in getattr(law, section))
        for section in _SECTIONS
    }
    return structs.replace(law, file=file, **pieces)
