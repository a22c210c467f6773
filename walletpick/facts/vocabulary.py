"""The words that may stand in a catalog or a needs file, each with its meaning in plain words.

A family is a dict from word to meaning. Most stand in `words.txt`. The loader, the command line,
shell completion and the explanations all read the same tables, so a word exists in exactly one
place.
"""

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from walletpick.facts.meant import meant
from walletpick.facts.tables import sections_of
from walletpick.language import N_, _

# By family, each word with its meaning: "ios: iPhone and iPad".
_WORDS = {
    family: dict(line.split(": ", 1) for line in lines)
    for family, lines in sections_of("facts/words.txt").items()
}
KINDS = _WORDS["kind"]
STATUSES = _WORDS["status"]
PLATFORMS = _WORDS["platform"]
PUBLISHERS = _WORDS["publisher"]

# Who publishes what a person told themselves, whom no file of a catalog names; and that file.
YOU = "you"
OWN_FILE = "own.yaml"

# What a person can ask for with --use: things done again and again with money.
USAGES = _WORDS["usage"]
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

METHODS = _WORDS["method"]

# Why a price that a survey saw is none to reckon with.
CAUTIONS = _WORDS["caution"]

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

PEOPLE = _WORDS["person"]
# From this age on nobody is a minor.
ADULT = 18
_OPPOSED = (("visitor", "resident"), ("unverified", "verified"))
# Of these, everybody is one or the other.
OPPOSITE_PEOPLE = {one: other for pair in _OPPOSED for one, other in (pair, pair[::-1])}
# Nobody is both, and many are neither.
_NEVER_BOTH = (("minor", "senior"), ("minor", "business"), ("new-customer", "member"))

# Conditions of a price or a claim that a person can answer, and their opposites ("no-..."); each
# follows "if".
GIVEN = _WORDS["given"]

# What a person is already answers some of them, and so does what the wallet has to run on.
GIVEN_BY_PERSON = {
    "visitor": ("foreign-card", "no-own-card"),
    "unbanked": ("no-local-bank-account",),
}
# The kinds of phones of which people have one.
PHONES = ("ios", "android")
GIVEN_BY_PLATFORM = {"ussd": ("ussd",), "ios": ("iphone",), "android": ("no-iphone",)}

FUNDING = _WORDS["funding"]
PAYOUT = _WORDS["payout"]
FEATURES = _WORDS["features"]

# What is counted by surveys and stands on no page of an operator, so that nobody can look it up.
ON_NO_PAGE = ("features:widely-used",)

SECURITY = _WORDS["security"]

PROTECTIONS = _WORDS["protection"]

# What the law of a country gives the customers of a licensed firm.
RIGHTS = _WORDS["right"]

# What a firm may be licensed as.
LICENCE_CLASSES = _WORDS["licence-class"]
# In place of naming each class.
ALL_CLASSES = "all"

CHANNELS = _WORDS["channels"]
CLOSING_WAYS = _WORDS["closing"]
DIFFICULTIES = _WORDS["difficulty"]
INCIDENTS = _WORDS["incident"]
ONBOARDING = _WORDS["onboarding"]

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

CRITERIA = _WORDS["criterion"]

# Sections of a market in which a fact is a word, and a yes or no.
CLAIM_SECTIONS = ("funding", "payout", "features", "security")
# Families of words that a person may name with --must and --wish.
CLAIM_FAMILIES: dict[str, dict[str, str]] = {
    **{
        family: _WORDS[family]
        for family in ("features", "security", "funding", "payout", "channels")
    },
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


def _event(told: str) -> Event:
    """Return an event as `words.txt` has it: "bad 3 a fraudster got money from you"."""
    how, weight, text = told.split(" ", 2)
    return Event(text, Decimal(how == "good"), Decimal(weight))


# What `walletpick log` can note.
EVENTS = {word: _event(told) for word, told in _WORDS.pop("event").items()}
MATTERS = {word: event.text for word, event in EVENTS.items() if not event.value}

FAMILIES: dict[str, dict[str, str]] = {
    **_WORDS,
    "operation": OPERATIONS,
    "applies-to": {**LICENCE_CLASSES, ALL_CLASSES: "whatever the licence"},
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
