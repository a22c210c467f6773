"""The questions that everybody is asked, in people's words, and the needs they give. Pure."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import combinations

from msgspec import Struct, structs

from walletpick.bill.observe import observe
from walletpick.facts import places
from walletpick.facts.model import Catalog, Market, Needs, Usage
from walletpick.facts.names import wallet_name
from walletpick.facts.vocabulary import full_word
from walletpick.interview.questions import Ask, Option, Reply, about, grouped
from walletpick.language import ENGLISH, N_, _, language, one_text, with_brackets
from walletpick.score.ranking import Place, Ranking
from walletpick.words.causes import cause_words
from walletpick.words.common import amount_doubts
from walletpick.words.phrases import claim_phrase, listed, operation_phrase

# So many wallets are named in an answer.
_MOST_NAMED = 4
# What one cannot do without: so many are offered.
_MOST_MUSTS = 9


class Use(Struct, frozen=True):
    """Something people do with money, in their words, and what is usual: US dollars a month.

    `how_much` asks for the amount, `where` for the other country. It is the operation of its id, or
    `does` several with as much each, as the `note` then says, and is helped by what one may `wish`.
    The conditions of it that are `given` count where no use before it does the same.
    """

    id: str
    label: str
    how_much: str
    usd: int
    times: int
    where: str = ""
    does: tuple[str, ...] = ()
    note: str = ""
    wish: tuple[str, ...] = ()
    given: tuple[str, ...] = ()

    @property
    def operations(self) -> tuple[str, ...]:
        return self.does or (self.id,)


USES = (
    Use(
        "pay",
        N_("Pay in shops and online"),
        N_("How much do you pay in shops and online in a month?"),
        400,
        20,
    ),
    Use(
        "send",
        N_("Send to family or friends at home"),
        N_("How much do you send to people at home in a month?"),
        100,
        2,
    ),
    Use(
        "split-bill",
        N_("Share costs with friends (split a bill, pay back)"),
        N_("How much of shared costs do you pay back to friends in a month?"),
        50,
        4,
        does=("send", "receive"),
        note=N_("As much is taken to come back from them."),
        wish=("split-bill",),
        # Who has paid for all asks the others for their part.
        given=("requested",),
    ),
    Use(
        "send-abroad",
        N_("Send to people abroad"),
        N_("How much do you send abroad in a month?"),
        200,
        1,
        N_("Where do you send it?"),
    ),
    Use(
        "receive",
        N_("Get money from people at home"),
        N_("How much do you get from people at home in a month?"),
        100,
        2,
    ),
    Use(
        "receive-abroad",
        N_("Get money from abroad (pay, or from family)"),
        N_("How much do you get from abroad in a month?"),
        500,
        1,
        N_("Where is it from?"),
    ),
    Use(
        "pay-abroad",
        N_("Pay while travelling, or in other currencies"),
        N_("How much do you pay in other countries or currencies in a month?"),
        100,
        5,
        N_("In which country mostly?"),
    ),
    Use(
        "cash-out", N_("Take out cash"), N_("How much do you take out in cash in a month?"), 100, 2
    ),
    Use("bill-pay", N_("Pay bills"), N_("How much do you pay in bills in a month?"), 100, 3),
    Use(
        "mobile-top-up",
        N_("Top up a phone"),
        N_("How much phone credit do you buy in a month?"),
        10,
        1,
    ),
    Use(
        "withdraw",
        N_("Move money to a bank account"),
        N_("How much do you move to a bank account in a month?"),
        200,
        1,
    ),
)
# How money gets in, in people's words, and the catalog's words for it.
MEANS = {
    "bank": (N_("A bank account"), ("bank-linked", "bank-transfer")),
    "debit-card": (N_("A debit card"), ("debit-card",)),
    "credit-card": (N_("A credit card"), ("credit-card",)),
    "cash": (N_("Cash, at an agent, shop or machine"), ("cash-agent", "cash-atm")),
    "wallet": (N_("Another wallet on the phone"), ("mobile-wallet",)),
    "salary": (N_("My salary, paid straight in"), ("payroll",)),
    "carrier": (N_("Phone credit or the phone bill"), ("mobile-carrier",)),
    "crypto": (N_("Cryptocurrency"), ("crypto",)),
    "no-bank": (N_("I have no bank account (whatever else you tick)"), ()),
}
_BANKED = {"bank", "debit-card", "credit-card", "salary"}
# Who is paid by whom at home, asked of who gets money there.
SELLS = "sells"
_PAID_BY = {
    "people": N_("Friends and family"),
    "customers": N_("Customers: I sell something"),
}
PHONE = "phone"
PHONES = {"ios": N_("An iPhone"), "android": N_("An Android phone")}
# What those have who are paid at home, asked of who pays people there.
PEERS = "peers"
WIDELY_USED = "widely-used"

# What people cannot do without, in their words.
MUSTS = {
    "pay-nfc": N_("Tap the phone to pay (contactless)"),
    "pay-qr": N_("Pay by QR code"),
    "pay-online": N_("Pay in online shops"),
    "physical-card": N_("A plastic card"),
    "virtual-card": N_("A card number for online shops"),
    "channels:phone": N_("A phone line to call"),
    "channels:live-chat": N_("Live chat with support"),
    "branch": N_("A counter to walk into"),
    "passkey": N_("Log in with a passkey"),
    "two-factor-totp": N_("Log in with an authenticator app"),
    "biometric-login": N_("Open with fingerprint or face"),
    "instant-freeze": N_("Freeze it at once if the phone is lost"),
    "deposit-insurance": N_("Money insured as in a bank"),
    "purchase-protection": N_("Refunds when a purchase goes wrong"),
    "unauthorised-payment-refund": N_("Refunds of payments I did not make"),
    "multi-currency": N_("Hold several currencies"),
    "request-money": N_("Ask others for money"),
    "transit": N_("Pay for buses and trains"),
    "savings": N_("Savings or interest"),
    "statement-export": N_("Download statements"),
    "offline-pay": N_("Pay without a network"),
    "teen-accounts": N_("Accounts for teenagers"),
    "payout:cash-atm": N_("Cash from machines"),
    "payout:cash-agent": N_("Cash from agents"),
}


def uses_ask() -> Ask:
    """Return the question what the person does with money."""
    return Ask(
        id="uses",
        kind="several",
        text=_("What do you do with money? Choose all that apply."),
        help=_("A wallet that cannot do one of these is left out."),
        options=tuple(Option(use.id, _(use.label)) for use in USES),
        least=1,
    )


def have_ask() -> Ask:
    """Return the question how the person can put money in."""
    return Ask(
        id="have",
        kind="several",
        text=_("How can you put money in? Choose all that apply."),
        help=_("Fees depend on it: the cheapest of your ways is taken."),
        options=tuple(Option(key, _(label)) for key, (label, _words) in MEANS.items()),
        least=1,
    )


def by_name(code: str) -> str:
    """Return what sorts countries by their names; those in Chinese as they are pronounced."""
    name = places.country_name(code)
    # GB 2312 numbers the usual letters in this order.
    return name if language() == ENGLISH else name.encode("gb18030").hex()


def country_ask(codes: Sequence[str], usual: str) -> Ask:
    """Return the question for the country: one of these, the usual one offered if there is one."""
    return Ask(
        id="country",
        kind="one",
        text=_("In which country do you live, or use the wallet?"),
        help=_("Type a name or a code, such as Kenya or KE."),
        options=tuple(
            Option(code, places.country_name(code), code) for code in sorted(codes, key=by_name)
        ),
        default=(usual,) if usual else None,
        long=True,
    )


def amount_ask(use: Use, country: str, catalog: Catalog) -> Ask:
    """Return the question how much a use comes to, with what is usual in the country."""
    currency = _currency(country, catalog)
    usual = _usual(use, currency, catalog)
    form = _(
        "In {currency}. {amount} is one payment; {amount} x 3 is {amount} in all, in 3 payments.",
        currency=currency_words(currency),
        amount=grouped(usual[0]),
    )
    return Ask(
        id=f"amount:{use.id}",
        kind="amount",
        text=_(use.how_much),
        help=one_text([_(use.note), form]) if use.note else form,
        default=usual,
        currency=currency,
        per_usd=catalog.per_usd,
    )


def sells_asks(country: str, catalog: Catalog) -> Iterator[Ask]:
    """Yield the question who pays the person, but where no wallet there minds.

    A wallet minds that has a price for businesses, or is known not to be for them.
    """
    markets = [wallet.markets[country] for wallet in catalog.wallets if country in wallet.markets]
    if any(map(_minds_business, markets)):
        yield Ask(
            id=SELLS,
            kind="one",
            text=_("Who pays you: friends and family, or customers?"),
            help=_("Wallets charge sellers other prices, and some are for private use only."),
            options=tuple(Option(key, _(label)) for key, label in _PAID_BY.items()),
            default=("people",),
        )


def _minds_business(market: Market) -> bool:
    if market.state in ("closed", "restricted"):
        return False
    private = market.onboarding.private_only
    return bool(private and private.has) or any("business" in rule.for_ for rule in market.fees)


def currency_words(currency: str) -> str:
    """Return what a currency is called where an amount in it is asked for: "USD"."""
    if language() == ENGLISH:
        return currency
    return with_brackets(places.currency_name(currency), currency)


def doubt(reply: Reply, country: str, catalog: Catalog) -> str:
    """Return what is asked back about the amount of a reply; "" where it is as people's are."""
    id_ = reply.question.removeprefix("amount:")
    if id_ == reply.question:
        return ""
    amount, times = reply.value
    use = next(use for use in USES if use.id == id_)
    usage = Usage(operation=use.operations[0], amount=Decimal(amount), times=int(times))
    needs = Needs(country=country, currency=_currency(country, catalog), use=(usage,))
    return " ".join(amount_doubts(needs, catalog))


def where_ask(use: Use, home: str) -> Ask:
    """Return the question for the other country of a use."""
    codes = sorted((code for code in places.country_codes() if code != home), key=by_name)
    return Ask(
        id=f"where:{use.id}",
        kind="one",
        text=_(use.where),
        help=_("Type a country, or press Enter if there are several."),
        options=(
            Option("any", _("Several, or it varies")),
            *(Option(code, places.country_name(code), code) for code in codes),
        ),
        default=("any",),
        long=True,
    )


def phone_ask(ranking: Ranking) -> Ask | None:
    """Return the question for the phone, or None where each wallet runs on all or none of them."""
    runs_on = [PHONES.keys() & place.wallet.platforms for place in ranking.field]
    if all(len(phones) in (0, len(PHONES)) for phones in runs_on):
        return None
    return Ask(
        id=PHONE,
        kind="one",
        text=_("Which phone do you have?"),
        help=_("Some wallets run on phones of one kind only."),
        options=(
            *(Option(phone, _(label)) for phone, label in PHONES.items()),
            Option("any", _("Another, or both")),
        ),
        default=("any",),
    )


def peers_ask(ranking: Ranking, catalog: Catalog, today: date) -> Ask | None:
    """Return the question for the wallet that those have with whom money goes to and fro at home.

    None where no such money goes, or where all or none of the wallets that fit are known to be in
    wide use, so that it would choose between nothing; nor where others alone are confirmed to do
    the rest that is asked, for what is sure stays first.
    """
    needs = ranking.needs
    paid_by = ("send",) if "business" in needs.person else ("send", "receive")
    if not any(usage.operation in paid_by for usage in needs.use):
        return None
    key = full_word(WIDELY_USED)
    places = [
        place
        for place in ranking.places
        if observe(place.candidate, key, needs, catalog, today).value
    ]
    if not places or len(places) == len(ranking.places):
        return None
    if any(each.confirmed for each in ranking.places) and not any(
        each.confirmed for each in places
    ):
        return None
    used = [wallet_name(place.wallet) for place in places]
    return Ask(
        id=PEERS,
        kind="one",
        text=_("Which wallet do your friends and family there have?"),
        help=_("Between people who have the same wallet, money mostly goes at once, and free."),
        options=(
            Option("any", _("Different ones, or I do not know")),
            Option(
                "alike",
                _("{wallets}, as many people there do", wallets=listed(used[:_MOST_NAMED], "or")),
            ),
        ),
        default=("any",),
    )


def must_ask(ranking: Ranking, catalog: Catalog, today: date) -> Ask | None:
    """Return the question on must-haves, or None where they would choose between nothing.

    Those are offered, of which it matters most to the wallets of the ranking.
    """
    fitting = ranking.places
    if len(fitting) < 2:
        return None
    offers = []
    for number, (word, label) in enumerate(MUSTS.items()):
        key = full_word(word)
        known = [
            observe(place.candidate, key, ranking.needs, catalog, today).value for place in fitting
        ]
        yes, no = known.count(True), known.count(False)
        # Half of those of which it is not known will not have it.
        splits = min(Decimal(yes), no + Decimal(len(known) - yes - no) / 2)
        if yes and splits:
            more = _("known of {yes} of {count} wallets", yes=yes, count=len(known))
            offers.append((-splits, number, Option(word, _(label), more)))
    if not offers:
        return None
    return Ask(
        id="must",
        kind="several",
        text=_("What can you not do without? Nothing is fine."),
        help=_("Wallets known to lack it are left out. Choose few."),
        options=tuple(option for *_place, option in sorted(offers)[:_MOST_MUSTS]),
        default=(),
    )


def needs_of(replies: Sequence[Reply], catalog: Catalog) -> Needs:
    """Return the needs that the replies say, without what only trades tell."""
    given = {reply.question: reply.value for reply in replies}
    country = given["country"][0]
    currency = _currency(country, catalog)
    (phone,) = given.get(PHONE, ("any",))
    usages: list[Usage] = []
    answered: list[str] = []
    # What others have is good to have, too, and none of what the person cannot do without.
    wish: tuple[str, ...] = (WIDELY_USED,) if given.get(PEERS) == ("alike",) else ()
    for use in USES:
        if use.id in given.get("uses", ()):
            amount, times = given.get(f"amount:{use.id}", _usual(use, currency, catalog))
            where = given.get(f"where:{use.id}", ("any",))[0]
            wish += use.wish
            if not {one.operation for one in usages}.intersection(use.operations):
                answered += use.given
            usages += [
                Usage(
                    operation=operation,
                    amount=Decimal(amount),
                    times=int(times),
                    country=None if where == "any" else where,
                )
                for operation in use.operations
            ]
    means = given.get("have", ())
    person = []
    # Who puts in cash may have a bank account all the same: only who says so has none.
    if "no-bank" in means and not _BANKED.intersection(means):
        person.append("unbanked")
    if given.get(SELLS) == ("customers",):
        person.append("business")
    needs = Needs(
        country=country,
        currency=currency,
        use=tuple(usages),
        must=given.get("must", ()),
        wish=wish,
        have=tuple(word for key in means for word in MEANS[key][1]),
        person=tuple(person),
        given=tuple(answered),
        platform=phone if phone in PHONES else None,
    )
    for reply in replies:
        if reply.question.startswith("give-up ") and reply.value == ("yes",):
            for demand in reply.question.split()[1:]:
                needs = without(needs, demand)
    return needs


def without(needs: Needs, demand: str) -> Needs:
    """Return needs less a demand: "must:WORD", "use:OPERATION" or "person:WORD"."""
    family, _, word = demand.partition(":")
    if family == "use":
        kept = tuple(usage for usage in needs.use if usage.operation != word)
        return structs.replace(needs, use=kept)
    words = tuple(item for item in getattr(needs, family) if item != word)
    return structs.replace(needs, **{family: words})


def _currency(country: str, catalog: Catalog) -> str:
    own = places.currency_of(country)
    return own if own in catalog.per_usd else "USD"


def _usual(use: Use, currency: str, catalog: Catalog) -> tuple[str, str]:
    return about(use.usd, currency, catalog.per_usd), str(use.times)


def give_up_ask(needs: Needs, ranking: Ranking, rank: Callable[[Needs], Ranking]) -> Ask | None:
    """Return the question what to give up, or None where giving up one or two does not help.

    `ranking` is that of the needs, without a place; `rank` ranks for others.
    """
    way = _way_out(needs, {out.wallet.id for out in ranking.left_out}, rank)
    if way is None:
        return None
    demands, place = way
    words = listed([_demand_words(demand) for demand in demands])
    wallet = wallet_name(place.wallet)
    return Ask(
        id=f"give-up {' '.join(demands)}",
        kind="one",
        text=_("Do without: {words}?", words=words),
        help=_("The answers name the best wallet that this would bring back."),
        options=(
            Option("yes", _("Do without it: brings back {wallet}", wallet=wallet)),
            Option("no", _("No: then no wallet fits")),
        ),
        before=_(
            "{nothing} {why} Doing without this would bring back {wallet}: {words}.",
            nothing=no_place_words(ranking),
            why=_why_none(ranking),
            wallet=wallet,
            words=words,
        ),
    )


def no_place_words(ranking: Ranking) -> str:
    """Return in a sentence that nothing is ranked."""
    country = ranking.needs.country
    if not country:
        return _("No wallet fits all of that.")
    return _("No wallet in {country} fits all of that.", country=places.in_country(country))


def _way_out(
    needs: Needs, out: Collection[str], rank: Callable[[Needs], Ranking]
) -> tuple[tuple[str, ...], Place] | None:
    """Return the fewest demands to give up, must-haves first, and the best wallet that fits.

    It is one of those left `out`: what is not known of the others does not get known so.
    """
    musts = [f"must:{word}" for word in needs.must]
    uses = [f"use:{usage.operation}" for usage in needs.use] if len(needs.use) > 1 else []
    # Nobody stops selling for a wallet.
    others = [f"person:{word}" for word in needs.person if word == "unbanked"]
    for size in (1, 2):
        for demands in (musts, [*musts, *uses, *others]):
            ways = []
            for group in combinations(demands, size):
                less = needs
                for demand in group:
                    less = without(less, demand)
                if less.use:
                    ways += [
                        (group, place) for place in rank(less).places if place.wallet.id in out
                    ][:1]
            if ways:
                return max(ways, key=lambda way: way[1].score.estimate)
    return None


def _demand_words(demand: str) -> str:
    family, _colon, word = demand.partition(":")
    if family == "must":
        if word in MUSTS:
            return _('"{label}"', label=_(MUSTS[word]))
        return _("that it {fact}", fact=claim_phrase(full_word(word), True))
    if family == "use":
        return _('"{label}"', label=operation_phrase(word))
    return _("managing without a bank account")


def _why_none(ranking: Ranking) -> str:
    reasons = [
        _("{wallet} {why}", wallet=wallet_name(out.wallet), why=cause_words(out.causes[0]))
        for out in ranking.left_out
        if out.causes
    ]
    return _("{reasons}.", reasons=_("; ").join(reasons[:3])) if reasons else ""
