"""The questions that everybody is asked, in people's words, and the needs they give. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from msgspec import Struct, structs

from walletpick.bill.observe import observe
from walletpick.facts import places
from walletpick.facts.model import Catalog, Needs, Usage
from walletpick.facts.money import UnknownRate, convert
from walletpick.facts.vocabulary import full_word
from walletpick.interview.questions import Ask, Option, Reply
from walletpick.score.ranking import Ranking
from walletpick.words.common import amount_doubts
from walletpick.words.phrases import figure

# What one cannot do without: so many are offered.
_MOST_MUSTS = 9


class Use(Struct, frozen=True):
    """Something people do with money, in their words, and what is usual: US dollars a month.

    `verb` follows "How much do you ..."; `where` asks for the other country.
    """

    operation: str
    label: str
    verb: str
    usd: int
    times: int
    where: str = ""


USES = (
    Use("pay", "Pay in shops and online", "pay in shops and online", 400, 20),
    Use("send", "Send to family or friends at home", "send to people at home", 100, 2),
    Use("send-abroad", "Send to people abroad", "send abroad", 200, 1, "Where do you send it?"),
    Use("receive", "Get money from people at home", "get from people at home", 100, 2),
    Use("receive-abroad", "Get paid from abroad", "get from abroad", 500, 1, "Where is it from?"),
    Use(
        "pay-abroad",
        "Pay while travelling, or in other currencies",
        "pay in other countries or currencies",
        100,
        5,
        "In which country most?",
    ),
    Use("cash-out", "Take out cash", "take out in cash", 100, 2),
    Use("bill-pay", "Pay bills", "pay in bills", 100, 3),
    Use("mobile-top-up", "Recharge a phone", "recharge phones for", 10, 1),
    Use("withdraw", "Move money to a bank account", "move to a bank account", 200, 1),
)
# How money gets in, in people's words, and the catalog's words for it.
MEANS = {
    "bank": ("A bank account", ("bank-linked", "bank-transfer")),
    "debit-card": ("A debit card", ("debit-card",)),
    "credit-card": ("A credit card", ("credit-card",)),
    "cash": ("Cash, at an agent, shop or machine", ("cash-agent", "cash-atm")),
    "wallet": ("Another wallet on the phone", ("mobile-wallet",)),
    "salary": ("My salary, paid straight in", ("payroll",)),
    "carrier": ("Phone credit or the phone bill", ("mobile-carrier",)),
    "crypto": ("Cryptocurrency", ("crypto",)),
}
_BANKED = {"bank", "debit-card", "credit-card", "salary"}

# What people cannot do without, in their words.
MUSTS = {
    "pay-nfc": "Hold the phone to the till",
    "pay-qr": "Pay by QR code",
    "pay-online": "Pay in online shops",
    "physical-card": "A plastic card",
    "virtual-card": "A card number for online shops",
    "channels:phone": "A phone line to call",
    "channels:live-chat": "Live chat with support",
    "branch": "A counter to walk into",
    "passkey": "Log in with a passkey",
    "two-factor-totp": "Log in with an authenticator app",
    "biometric-login": "Open with fingerprint or face",
    "instant-freeze": "Freeze it at once if the phone is lost",
    "deposit-insurance": "Money insured as in a bank",
    "purchase-protection": "Refunds when a purchase goes wrong",
    "unauthorised-payment-refund": "Refunds of payments I did not make",
    "multi-currency": "Hold several currencies",
    "request-money": "Ask others for money",
    "transit": "Pay for buses and trains",
    "savings": "Savings or interest",
    "statement-export": "Download statements",
    "offline-pay": "Pay without a network",
    "teen-accounts": "Accounts for teenagers",
    "payout:cash-atm": "Cash from machines",
    "payout:cash-agent": "Cash from agents",
}
USES_ASK = Ask(
    id="uses",
    kind="several",
    text="What do you do with money? Choose all that apply.",
    help="A wallet that cannot do one of these is left out.",
    options=tuple(Option(use.operation, use.label) for use in USES),
    least=1,
)
HAVE_ASK = Ask(
    id="have",
    kind="several",
    text="How can you put money in? Choose all that apply.",
    help="Fees depend on it: the cheapest of your ways is taken.",
    options=tuple(Option(key, label) for key, (label, _) in MEANS.items()),
    least=1,
)


def country_ask(codes: Sequence[str], usual: str) -> Ask:
    """Return the question for the country: one of these, the usual one offered if there is one."""
    return Ask(
        id="country",
        kind="one",
        text="In which country do you live, or use the wallet?",
        help="Type a name or a code, such as Kenya or KE.",
        options=tuple(Option(code, places.country_name(code), code) for code in codes),
        default=(usual,) if usual else None,
        long=True,
    )


def amount_ask(use: Use, country: str, catalog: Catalog) -> Ask:
    """Return the question how much a use comes to, with what is usual in the country."""
    currency = _currency(country, catalog)
    return Ask(
        id=f"amount:{use.operation}",
        kind="amount",
        text=f"How much do you {use.verb} in a month?",
        help=f"In {currency}. 150 is one payment; 150 x 3 is 150 in all, in 3 payments.",
        default=_usual(use, currency, catalog),
        currency=currency,
        per_usd=catalog.per_usd,
    )


def doubt(reply: Reply, country: str, catalog: Catalog) -> str:
    """Return what is asked back about the amount of a reply; "" where it is as people's are."""
    operation = reply.question.removeprefix("amount:")
    if operation == reply.question:
        return ""
    amount, times = reply.value
    usage = Usage(operation=operation, amount=Decimal(amount), times=int(times))
    needs = Needs(country=country, currency=_currency(country, catalog), use=(usage,))
    return " ".join(amount_doubts(needs, catalog))


def where_ask(use: Use, home: str) -> Ask:
    """Return the question for the other country of a use."""
    codes = sorted(
        (code for code in places.country_codes() if code != home), key=places.country_name
    )
    return Ask(
        id=f"where:{use.operation}",
        kind="one",
        text=use.where,
        help="Type a country. Enter alone: several, or it varies.",
        options=(
            Option("any", "Several, or it varies"),
            *(Option(code, places.country_name(code), code) for code in codes),
        ),
        default=("any",),
        long=True,
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
            more = f"known of {yes} of {len(known)} wallets"
            offers.append((-splits, number, Option(word, label, more)))
    if not offers:
        return None
    return Ask(
        id="must",
        kind="several",
        text="What can you not do without? Nothing is fine.",
        help="Wallets known to lack it are left out. Choose few.",
        options=tuple(option for *_, option in sorted(offers)[:_MOST_MUSTS]),
        default=(),
    )


def needs_of(replies: Sequence[Reply], catalog: Catalog) -> Needs:
    """Return the needs that the replies say, without what only trades tell."""
    given = {reply.question: reply.value for reply in replies}
    country = given["country"][0]
    currency = _currency(country, catalog)
    usages = []
    for use in USES:
        if use.operation in given.get("uses", ()):
            amount, times = given.get(f"amount:{use.operation}", _usual(use, currency, catalog))
            where = given.get(f"where:{use.operation}", ("any",))[0]
            usages.append(
                Usage(
                    operation=use.operation,
                    amount=Decimal(amount),
                    times=int(times),
                    country=None if where == "any" else where,
                )
            )
    means = given.get("have", ())
    needs = Needs(
        country=country,
        currency=currency,
        use=tuple(usages),
        must=given.get("must", ()),
        have=tuple(word for key in means for word in MEANS[key][1]),
        # Whoever has nothing that comes from a bank has no bank account.
        person=("unbanked",) if means and not _BANKED.intersection(means) else (),
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
    """Return what a use usually comes to, as one would say it: 26,712.4 -> 30,000, 1.2 -> 1."""
    try:
        amount = convert(Decimal(use.usd), "USD", currency, catalog.per_usd)
    except UnknownRate:
        amount = Decimal(use.usd)
    return figure(amount.quantize(Decimal(1).scaleb(amount.adjusted())) + 0), str(use.times)
