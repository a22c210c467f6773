"""The words that may stand in a catalog or a needs file, each with its meaning in plain words.

A family is a dict from word to meaning. The meaning is written so that it can follow
"the wallet ..." or stand in a help text. The loader, the command line, shell completion and the
explanations all read the same tables, so a word exists in exactly one place.
"""

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from walletpick.facts.meant import meant
from walletpick.language import N_, _

KINDS = {
    "stored-value": "holds a balance of its own",
    "pass-through": "passes payments on to a card or bank account and holds no balance",
    "bank-account": "is a bank account with an app",
    "mobile-money": "holds a balance tied to a phone number, with agents for cash",
    "remittance": "sends money abroad",
    "cbdc": "holds digital cash of a central bank",
}

STATUSES = {
    "active": "open to new customers",
    "restricted": "takes no new customers, or no new money",
    "closed": "no longer runs",
    "unconfirmed": "could not be confirmed to run",
}

PLATFORMS = {
    "ios": "iPhone and iPad",
    "android": "Android phones",
    "huawei": "Huawei phones without Google services",
    "web": "a web browser",
    "ussd": "any phone, by dialling a code",
    "watch": "a smart watch",
}

PUBLISHERS = {
    "operator": "the operator itself",
    "regulator": "a public authority",
    "law": "a law or a rule of an authority",
    "directory": "a public directory",
    "press": "a newspaper, magazine or guide",
    "other": "another site",
}

# Who publishes what a person told themselves, whom no file of a catalog names; and that file.
YOU = "you"
OWN_FILE = "own.yaml"

# What a person can ask for with --use: things done again and again with money.
USAGES = {
    "top-up": "top up",
    "pay": "pay in shops and online",
    "pay-abroad": "pay in another country or currency",
    "send": "send money to people at home",
    "send-abroad": "send money to people abroad",
    "receive": "receive money from people at home",
    "receive-abroad": "receive money from abroad",
    "withdraw": "move money out to a bank account or card",
    "cash-out": "take out cash",
    "convert": "change one currency into another",
    "bill-pay": "pay bills",
    "mobile-top-up": "recharge a mobile phone",
    "credit-card-repayment": "repay a credit card",
}
USAGE_OPERATIONS = tuple(USAGES)
OPERATIONS = {
    **USAGES,
    "subscription": "the regular charge of the account or plan",
    "card-issue": "get a card",
    "card-replace": "replace a card",
    "inactivity": "the charge for an account left unused",
    "closing": "close the account",
}

# Operations whose money may change its currency on the way.
ABROAD_OPERATIONS = ("pay-abroad", "send-abroad", "receive-abroad")

METHODS = {
    "balance": "from the wallet's balance",
    "bank-transfer": "by bank transfer",
    "bank-linked": "from a linked bank account",
    "debit-card": "by debit card",
    "credit-card": "by credit card",
    "card": "by card",
    "cash-agent": "in cash at an agent or shop",
    "agent": "at an agent",
    "atm": "at a cash machine",
    "instant": "by instant transfer",
    "standard": "by standard transfer",
    "cash-pickup": "for collection in cash",
    "mobile-wallet": "by another mobile wallet",
    "mobile-carrier": "on the mobile phone bill",
    "crypto": "in a cryptocurrency",
    "own-network": "inside the wallet's own network",
    "other-network": "outside the wallet's own network",
    "paypal": "by PayPal",
}

# Why a price that a survey saw is none to reckon with.
CAUTIONS = {
    "reference-rate": "the exchange rate that it was held against was far off in that corridor",
    "payout-currency": "it was probably paid out in the sender's currency, so that it changed none",
    "maybe-offer": "it was probably an offer for a first transfer",
}

# A rule for the word on the left is also a rule for the words on the right.
METHOD_COVERS = {
    "card": ("debit-card", "credit-card"),
    "agent": ("cash-agent",),
    "cash-agent": ("agent",),
}

BANK_METHODS = ("bank-transfer", "bank-linked", "debit-card", "credit-card", "card")
# Methods that a person must own something for. The others are open to everybody.
OWNED_METHODS = (*BANK_METHODS, "mobile-wallet", "mobile-carrier", "crypto", "paypal")

# By these money is moved, and no cash given: that is `withdraw`, and no `cash-out`.
CASHLESS_METHODS = ("bank-transfer", "bank-linked", "mobile-wallet", "crypto", "paypal")

# What a person does with money that has to come from somewhere.
SPENDING_OPERATIONS = (
    "pay",
    "pay-abroad",
    "send",
    "send-abroad",
    "bill-pay",
    "mobile-top-up",
    "credit-card-repayment",
)

# What goes from one person to another, and what brings money into a wallet.
SENDING_OPERATIONS = ("send", "send-abroad")
RECEIVING_OPERATIONS = ("receive", "receive-abroad")
TRANSFER_OPERATIONS = (*SENDING_OPERATIONS, *RECEIVING_OPERATIONS)
INCOMING_OPERATIONS = ("top-up", *RECEIVING_OPERATIONS)

# Methods whose providers anybody can walk up to.
CASH_POINTS = ("atm", "agent", "cash-agent", "cash-pickup")

PEOPLE = {
    "visitor": "is a visitor with a card or account from abroad",
    "resident": "lives in the country",
    "new-customer": "is a new customer",
    "business": "uses a business account or sells goods and services",
    "member": "has a loyalty level or membership of the wallet",
    "verified": "has completed the identity check",
    "unverified": "has not completed the identity check",
    "minor": "is under age",
    "unbanked": "has no bank account",
    "student": "is a student",
    "senior": "is of retirement age",
}
# From this age on nobody is a minor.
ADULT = 18
_OPPOSED = (("visitor", "resident"), ("unverified", "verified"))
# Of these, everybody is one or the other.
OPPOSITE_PEOPLE = {one: other for pair in _OPPOSED for one, other in (pair, pair[::-1])}
# Nobody is both, and many are neither.
_NEVER_BOTH = (("minor", "senior"), ("minor", "business"), ("new-customer", "member"))

# Conditions of a price or a claim that a person can answer, and their opposites ("no-..."); each
# follows "if".
GIVEN = {
    "salary-in": "your salary, pension or benefits come in",
    "no-salary-in": "your salary does not come in",
    "main-account": "it is your main account: money comes in and bills are paid from it",
    "no-main-account": "it is not your main account",
    "network-atm": "you draw cash at machines of its network",
    "no-network-atm": "you draw cash at other machines",
    "weekend": "you do it at a weekend",
    "no-weekend": "you do it on working days",
    "online": "it is paid online",
    "no-online": "it is paid in person",
    "ussd": "you dial a code for it",
    "no-ussd": "you do it in the app",
    "iphone": "you have it on an iPhone or Apple Watch",
    "no-iphone": "you have it on an Android phone",
    "foreign-card": "your card is from another country",
    "no-foreign-card": "your card is from this country",
    "mada-card": "your card is a mada card",
    "no-mada-card": "your card is not a mada card",
    "own-card": "your card is one that the wallet itself issues",
    "no-own-card": "your card is from somebody else",
    "us-bank-account": "the bank account is in the United States",
    "no-us-bank-account": "the bank account is not in the United States",
    "prepaid-app": "you use its prepaid app, not that of a bank",
    "no-prepaid-app": "you use the app of a bank",
    "foreign-currency": "it is in a currency other than the country's own",
    "no-foreign-currency": "it is in the country's own currency",
    "conversion": "the money is changed into another currency",
    "no-conversion": "the money stays in its currency",
    "swift": "the money goes by Swift",
    "no-swift": "the money goes by an ordinary transfer inside a country",
    "requested": "the other person asks you for it by a request",
    "no-requested": "you send it unasked",
    "tax-exempt": "your account is marked as exempt from the tax",
    "no-tax-exempt": "your account is not marked as exempt from the tax",
    "micro-business": "your business counts as a micro business there",
    "no-micro-business": "your business is larger than a micro business",
    "local-phone": "you have a phone number of the country",
    "no-local-phone": "you have no phone number of the country",
    "local-bank-account": "you have a bank account in the country",
    "no-local-bank-account": "you have no bank account in the country",
}

# What a person is already answers some of them, and so does what the wallet has to run on.
GIVEN_BY_PERSON = {
    "visitor": ("foreign-card", "no-own-card"),
    "unbanked": ("no-local-bank-account",),
}
# The kinds of phones of which people have one.
PHONES = ("ios", "android")
GIVEN_BY_PLATFORM = {"ussd": ("ussd",), "ios": ("iphone",), "android": ("no-iphone",)}

FUNDING = {
    "bank-linked": "draws on a linked bank account",
    "bank-transfer": "takes bank transfers",
    "debit-card": "takes debit cards",
    "credit-card": "takes credit cards",
    "cash-agent": "takes cash at agents or shops",
    "cash-atm": "takes cash at machines",
    "cheque": "takes cheques",
    "mobile-carrier": "takes phone credit or the phone bill",
    "mobile-wallet": "takes money from other mobile wallets",
    "payroll": "takes the salary straight in",
    "paypal": "takes money from PayPal",
    "crypto": "takes cryptocurrency",
}

PAYOUT = {
    "bank-transfer": "pays out to bank accounts",
    "bank-linked": "pays out to the linked bank account",
    "debit-card": "pays out to debit cards",
    "card-payout": "pays out to cards",
    "cash-agent": "pays out cash at agents",
    "cash-atm": "pays out cash at machines",
    "cash-pickup": "pays out cash for collection by others",
    "mobile-wallet": "pays out to other mobile wallets",
    "paypal": "pays out to PayPal",
}

FEATURES = {
    "pay-nfc": "pays in shops by tapping the phone (contactless)",
    "pay-qr": "pays in shops by QR code",
    "pay-online": "pays in online shops",
    "pay-in-app": "pays inside other apps",
    "pay-abroad": "pays in other countries",
    "offline-pay": "pays without a network",
    "send": "sends money to people",
    "send-abroad": "sends money abroad",
    "receive": "receives money from people",
    "receive-abroad": "receives money from abroad",
    "request-money": "asks others for money",
    "split-bill": "splits a bill",
    "instant-send": "gets money to people at home within minutes",
    "instant-abroad": "gets money to people abroad within minutes",
    "cancel-payment": "lets one call back money on its way",
    "bill-pay": "pays bills",
    "mobile-top-up": "recharges mobile phones",
    "credit-card-repayment": "repays credit cards",
    "cash-out": "gives cash",
    "transit": "pays for buses and trains",
    "tickets-travel": "sells tickets and travel",
    "donations": "gives to charity",
    "gift-cards": "holds or sells gift cards",
    "multi-currency": "holds several currencies",
    "physical-card": "offers a plastic card",
    "virtual-card": "offers a virtual card",
    "savings": "offers savings or interest",
    "invest": "offers investments",
    "insurance": "offers insurance",
    "credit": "lends money",
    "pay-later": "lets one pay later",
    "crypto": "trades cryptocurrency",
    "digital-currency": "works with central-bank digital cash",
    "cashback": "gives cashback",
    "rewards": "gives points or rewards",
    "coupons": "gives coupons",
    "budgeting": "helps to budget",
    "spending-history": "shows past spending",
    "statement-export": "exports statements",
    "notifications": "notifies of each payment",
    "teen-accounts": "offers accounts for teenagers",
    "family-accounts": "offers accounts for families",
    "merchant-acceptance": "lets small sellers take payments",
    "mini-programs": "runs small apps of other services",
    # Of ten people who live there, one or more.
    "widely-used": "is in wide use there",
}

# What is counted by surveys and stands on no page of an operator, so that nobody can look it up.
ON_NO_PAGE = ("features:widely-used",)

SECURITY = {
    "passkey": "logs in with a passkey",
    "security-key": "logs in with a hardware security key",
    "two-factor-totp": "confirms log-ins with a code from an authenticator app",
    "two-factor-push": "confirms log-ins in its app",
    "two-factor-sms": "confirms log-ins with an SMS code",
    "two-factor-call": "confirms log-ins by a phone call",
    "two-factor-email": "confirms log-ins by e-mail",
    "biometric-login": "opens with a fingerprint or face",
    "app-pin": "opens with a PIN of its own",
    "device-binding": "works on registered devices only",
    "transaction-confirm": "asks again before each payment",
    "transaction-alerts": "warns of every transaction",
    "instant-freeze": "can be frozen at once",
    "spending-limits": "lets the user set limits",
    "fraud-monitoring": "watches for fraud",
    "scam-warnings": "warns of scams before paying",
    "encryption": "states that data is encrypted",
    "tokenisation": "hides card numbers from shops",
    "pci-dss": "is certified for card security (PCI DSS)",
    "iso-27001": "is certified for information security (ISO 27001)",
    "bug-bounty": "rewards people who report security holes",
}

PROTECTIONS = {
    "deposit-insurance": "money is insured as a bank deposit",
    "pass-through-insurance": "money is insured through partner banks",
    "safeguarding": "money is kept apart from the company's own",
    "trust-account": "money is held in trust",
    "purchase-protection": "purchases that go wrong are refunded",
    "unauthorised-payment-refund": "payments that the owner did not make are refunded",
    "none": "said to have no such cover",
}

# What the law of a country gives the customers of a licensed firm.
RIGHTS = {
    "unauthorised-payment-refund": "payments that the owner did not make are refunded",
    "scam-refund": "payments that a fraudster talked the owner into are refunded",
    "no-scam-refund": "payments that a fraudster talked the owner into need not be refunded",
    "mistaken-payment-help": "the firm must help when money went to the wrong person",
    "failed-payment-refund": "a payment that failed is put back without being asked for",
    "provisional-credit": "the sum is credited for the time being if the inquiry takes longer",
    "operator-first": "the app must hear a complaint first, before the bank behind it",
    "safeguarding": "customers' money is kept apart from the firm's own",
    "deposit-insurance": "the balance is insured as a bank deposit",
    "no-deposit-insurance": "the balance is not insured as a bank deposit",
    "redemption-at-par": "the balance is paid back at its face value",
    "two-factor-required": "the firm must ask for two factors",
    "complaint-reply": "a complaint must be answered in time",
    "escalation": "somebody outside hears a complaint next",
    "fraud-report": "fraud can be reported to a police office of its own",
    "free-closing": "the account can be closed free of charge",
    "fees-disclosed-before": "fees are shown before they are charged",
    "statement-access": "past payments can be looked up",
    "minimum-age": "the lowest age",
    "data-protection": "personal data can be seen, corrected and deleted",
}

# What a firm may be licensed as.
LICENCE_CLASSES = {
    "e-money": "issues electronic money",
    "bank": "is a bank",
    "mobile-money": "issues mobile money",
    "payment-institution": "moves payments for others",
    "card": "issues cards",
    "remittance": "sends money abroad",
}
# In place of naming each class.
ALL_CLASSES = "all"

CHANNELS = {
    "phone": "a phone line",
    "callback": "a call back on request",
    "live-chat": "live chat",
    "in-app": "help inside the app",
    "email": "an e-mail address",
    "ticket": "a web form",
    "social": "help on social media",
    "branch": "counters to walk into",
    "help-centre": "help pages",
}

CLOSING_WAYS = {
    "in-app": "in the app",
    "web": "on the web site",
    "contact-support": "by asking support",
    "branch": "at a counter",
    "bank": "at the bank",
    "written": "in writing",
}

DIFFICULTIES = {
    "easy": "easy",
    "medium": "takes some steps",
    "hard": "hard: needs the help of support",
    "impossible": "the account cannot be fully deleted",
}

INCIDENTS = {
    "breach": "data was stolen",
    "mass-fraud": "many users were defrauded",
    "outage": "the service failed",
    "penalty": "an authority acted against it",
    "insolvency": "it could not pay",
    "lawsuit": "it was sued",
    "mischarge": "it charged users wrongly",
}

ONBOARDING = {
    "residents_only": "takes residents only",
    "local_phone": "needs a local phone number",
    "local_bank_account": "needs a local bank account",
    "identity_document": "needs an identity document",
    "private_only": "is for private use only",
}

# All that is told of signing up: the age is a number.
SIGNING_UP = {**ONBOARDING, "min_age": "from what age one may join"}

# What does not apply to wallets of a kind, and so is not unknown: a bank account needs no other,
# and where no balance is held there is none to keep safe.
_NOT_OF = {
    "bank-account": ("onboarding:local_bank_account",),
    "pass-through": (
        "protection:deposit-insurance",
        "protection:pass-through-insurance",
        "protection:safeguarding",
        "protection:trust-account",
        "features:savings",
    ),
}

CRITERIA = {
    "cost": "what your own use would cost",
    "coverage": "whether it does what you do",
    "security": "log-in, device and payment controls",
    "protection": "what happens to your money when something fails",
    "support": "who answers, when, and who hears a complaint",
    "ease": "signing up and using it",
    "trust": "what went wrong with it before",
    "exit": "how easily you and your money get out",
}

# Sections of a market in which a fact is a word, and a yes or no.
CLAIM_SECTIONS = ("funding", "payout", "features", "security")
# Families of words that a person may name with --must and --wish.
CLAIM_FAMILIES: dict[str, dict[str, str]] = {
    "features": FEATURES,
    "security": SECURITY,
    "funding": FUNDING,
    "payout": PAYOUT,
    "channels": CHANNELS,
    "protection": {word: text for word, text in PROTECTIONS.items() if word != "none"},
}


class Event(NamedTuple):
    """Something that a person can note in the diary: what happened, and how much it says.

    `value` is 1 for a good event and 0 for a bad one, with nothing between: so a good one never
    lowers a score and a bad one never raises it. How good or bad it is, is its `weight`: an
    ordinary event weighs 1.
    """

    text: str
    value: Decimal
    weight: Decimal


_GOOD, _BAD = Decimal(1), Decimal(0)

# What `walletpick log` can note. What went wrong is also what `walletpick complain` can be about;
# what went well is no matter of complaint. What cannot wait stands first.
EVENTS = {
    "not-my-payment": Event("a payment was made that you did not make", _BAD, Decimal(3)),
    "scam": Event("a fraudster got money from you", _BAD, Decimal(3)),
    "wrong-person": Event("money went to the wrong person", _BAD, Decimal("0.5")),
    "frozen-account": Event("the account was locked or frozen", _BAD, Decimal("1.5")),
    "failed-payment": Event("a payment failed", _BAD, Decimal(1)),
    "late-money": Event("money arrived late", _BAD, Decimal("0.5")),
    "lost-money": Event("money was lost and did not come back", _BAD, Decimal(3)),
    "hidden-fee": Event("a fee was taken that had not been shown", _BAD, Decimal(1)),
    "no-refund": Event("a refund was refused or did not come", _BAD, Decimal("1.5")),
    "no-answer": Event("nobody answered", _BAD, Decimal(1)),
    "slow-support": Event("support took long to answer", _BAD, Decimal("0.5")),
    "app-trouble": Event("the app did not work", _BAD, Decimal("0.5")),
    "privacy": Event("your personal data got into wrong hands", _BAD, Decimal("1.5")),
    "smooth": Event("all went well", _GOOD, Decimal("0.5")),
    "good-support": Event("support helped", _GOOD, Decimal(1)),
    "solved": Event("a problem was put right", _GOOD, Decimal(1)),
    "refunded": Event("money was refunded", _GOOD, Decimal(1)),
    "stopped-fraud": Event("it stopped a fraud", _GOOD, Decimal("1.5")),
}
MATTERS = {word: event.text for word, event in EVENTS.items() if not event.value}

FAMILIES: dict[str, dict[str, str]] = {
    "kind": KINDS,
    "status": STATUSES,
    "platform": PLATFORMS,
    "publisher": PUBLISHERS,
    "operation": OPERATIONS,
    "usage": USAGES,
    "method": METHODS,
    "caution": CAUTIONS,
    "person": PEOPLE,
    "given": GIVEN,
    "funding": FUNDING,
    "payout": PAYOUT,
    "features": FEATURES,
    "security": SECURITY,
    "protection": PROTECTIONS,
    "right": RIGHTS,
    "licence-class": LICENCE_CLASSES,
    "applies-to": {**LICENCE_CLASSES, ALL_CLASSES: "whatever the licence"},
    "channels": CHANNELS,
    "closing": CLOSING_WAYS,
    "difficulty": DIFFICULTIES,
    "incident": INCIDENTS,
    "onboarding": ONBOARDING,
    "criterion": CRITERIA,
    "matter": MATTERS,
}

# Words that stood for some of these before. Diaries hold those of events, so they are always read.
OLD_EVENTS = {
    "fraud": "scam",
    "locked-out": "frozen-account",
    "refused-refund": "no-refund",
}
OLD_MATTERS = {
    **OLD_EVENTS,
    "account-security": "not-my-payment",
    "fees": "hidden-fee",
    "refund": "no-refund",
}

# The keys of facts that can be looked up in a market: what a rule of the score may ask for. None
# asks what the catalog holds, such as the address of a page.
OBSERVABLE: frozenset[str] = frozenset(
    [f"{family}:{word}" for family, words in CLAIM_FAMILIES.items() for word in words]
    + [f"platform:{word}" for word in PLATFORMS]
    + [f"onboarding:{word}" for word in ONBOARDING]
    + [f"closing:{word}" for word in DIFFICULTIES]
    + [f"closing-way:{word}" for word in CLOSING_WAYS]
    + [f"does:{operation}" for operation in USAGE_OPERATIONS]
    + ["licence", "complaint", "reply", "escalation", "languages", "hours:24/7"]
    + [f"right:{word}" for word in RIGHTS]
)

# What a rule of `implications.yaml` may lead to, and what it may go from.
_IMPLIED = (*CLAIM_SECTIONS, "onboarding")
_YES = [f"{family}:{word}" for family in _IMPLIED for word in FAMILIES[family]]
_DONE = [*USAGE_OPERATIONS, *(f"{o}:{method}" for o in USAGE_OPERATIONS for method in METHODS)]
IMPLIED: frozenset[str] = frozenset([*_YES, *(f"no {key}" for key in _YES)])
IMPLYING = IMPLIED | {f"{section}:{done}" for section in ("fee", "limit") for done in _DONE}
# The pages of an operator.
LINKS = ("fees", "terms", "privacy", "help", "closing")
# What else of a market can be looked for, beside its prices.
_LOOKED_FOR = (
    "closing",
    "fees:operator",
    "incidents",
    "limits",
    "onboarding:min_age",
    "ratings",
    *(f"links:{word}" for word in LINKS),
)


def is_looked_for(word: str) -> bool:
    """Return whether a word says what can be looked for: a fact, a price (`fee:pay:balance`)."""
    if word in OBSERVABLE or word in _LOOKED_FOR:
        return True
    family, _colon, rest = word.partition(":")
    operation, colon, method = rest.partition(":")
    return family == "fee" and operation in OPERATIONS and (not colon or method in METHODS)


def looked_for() -> list[str]:
    """Return every word of what can be looked for, but of prices only those without a method."""
    return sorted((*OBSERVABLE, *_LOOKED_FOR, *(f"fee:{operation}" for operation in OPERATIONS)))


def opposite(word: str) -> str:
    """Return the other answer to a condition: "no-weekend" of "weekend"."""
    return word.removeprefix("no-") if word.startswith("no-") else f"no-{word}"


def contradiction(words: Iterable[str]) -> str | None:
    """Return a condition that is answered with yes and with no, or None."""
    known = set(words)
    return next((word for word in words if opposite(word) in known), None)


def people_contradiction(words: Iterable[str], age: int | None) -> tuple[str, str] | None:
    """Return two things said of a person of which only one can be so, or None."""
    known = set(words)
    if age is not None:
        nevers = ("minor",) if age >= ADULT else ("senior", "business")
        for never in nevers:
            if never in known:
                return never, _("an age of {age}", age=age)
    return next((pair for pair in (*_OPPOSED, *_NEVER_BOTH) if known.issuperset(pair)), None)


def families_of(word: str) -> list[str]:
    """Return the families that a bare word of a claim stands in, in the order of the vocabulary."""
    return [family for family, words in CLAIM_FAMILIES.items() if word in words]


_RUNS_THERE = N_('"{word}" is where a wallet runs: say --platform {meant} ("platform" in a file)')
_IS_WHO_ASKS = N_('"{word}" is what you are: say --person {meant} ("person" in a file)')
_IS_OF_WEIGHT = N_(
    '"{word}" is how much something matters: say --weight {meant}=5 ("weights" in a file)'
)


def word_problem(word: str) -> str | None:
    """Return what is wrong with a must-have or wish as written, or None."""
    from difflib import get_close_matches

    family, _colon, bare = word.rpartition(":")
    families = families_of(bare)
    choices = _(" or ").join(f"{name}:{bare}" for name in families)
    meaning = _("; did you mean {words}?", words=choices) if choices else ""
    if family and family not in CLAIM_FAMILIES:
        sentence = N_('unknown family "{family}" in "{word}"; the families are: {families}')
        return _(sentence, family=family, word=word, families=", ".join(CLAIM_FAMILIES)) + meaning
    if family and families and family not in families:
        return _('unknown word "{word}"', word=word) + meaning
    if family:
        known = {f"{family}:{each}": text for each, text in CLAIM_FAMILIES[family].items()}
        if word in known:
            return None
    else:
        if len(families) == 1:
            return None
        if families:
            choices = _(" or ").join(f"{name}:{word}" for name in families)
            return _('"{word}" has several meanings: write {choices}', word=word, choices=choices)
        if elsewhere := _word_of_other_option(word):
            return elsewhere
        known = {each: text for words in claim_words().values() for each, text in words.items()}
    words = meant(bare, known)
    close = words or get_close_matches(word, list(known), n=3, cutoff=0.5)
    hint = _("; the nearest are: {words}", words=", ".join(close)) if close else ""
    if words and not bare.isascii():
        hint = _("; {meaning} is {words}", meaning=bare, words=_(" or ").join(words))
    return _('unknown word "{word}"{hint}; walletpick words lists them all', word=word, hint=hint)


def _word_of_other_option(word: str) -> str | None:
    """Return how to say what is no claim, but a word of another option; None where it is none."""
    claims = {each: text for words in claim_words().values() for each, text in words.items()}
    if meant(word, claims):
        return None
    for words, sentence in (
        (PLATFORMS, _RUNS_THERE),
        (PEOPLE, _IS_WHO_ASKS),
        (CRITERIA, _IS_OF_WEIGHT),
    ):
        if name := meant(word, words)[:1]:
            return _(sentence, word=word, meant=name[0])
    return None


def claim_words() -> dict[str, dict[str, str]]:
    """Return the words that --must and --wish take with their meanings, by family.

    Those that two families share carry their family, as they have to when they are typed.
    """
    return {
        family: {
            word if len(families_of(word)) == 1 else f"{family}:{word}": meaning
            for word, meaning in words.items()
        }
        for family, words in CLAIM_FAMILIES.items()
    }


def all_words() -> list[str]:
    """Return every word that --must and --wish take, with the family where two share it."""
    return [word for words in claim_words().values() for word in words]


def applies(key: str, kind: str) -> bool:
    """Return whether it can be asked of wallets of a kind whether a claim holds."""
    return key not in _NOT_OF.get(kind, ())


def short_word(key: str) -> str:
    """Return a word with its family as it may be typed: without it, unless several have it."""
    word = key.partition(":")[2]
    return word if len(families_of(word)) == 1 else key


def full_word(word: str) -> str:
    """Return a word with its family: "pay-nfc" -> "features:pay-nfc". The word must be known."""
    return word if ":" in word else f"{families_of(word)[0]}:{word}"
