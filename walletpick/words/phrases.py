"""Words of the vocabulary and records -> plain English. Pure.

Every sentence that a person reads about a fact is made here from the fact itself, so nothing can be
said that the catalog does not hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import ROUND_HALF_EVEN, Decimal
from typing import TypeVar

from walletpick.facts import model, vocabulary
from walletpick.facts.money import plain_number, rounded
from walletpick.facts.periods import Period, stay_words
from walletpick.facts.places import ZONE_NAMES, in_zone, is_country, minor_units, other_end
from walletpick.language import (
    ENGLISH,
    N_,
    _,
    catalog_text,
    headed,
    known_text,
    language,
    ngettext,
    pgettext,
    with_brackets,
)

PERIODS = {
    "transaction": N_("at a time"),
    "day": N_("a day"),
    "week": N_("a week"),
    "month": N_("a month"),
    "year": N_("a year"),
    "lifetime": N_("in all"),
    "balance": N_("as balance"),
}

# What is counted by `count_words`; `tools/translations.py` takes it from here.
COUNTED = (
    *("minute", "hour", "day", "working day", "week", "month", "year"),
    *("entry", "fact", "incident", "other", "use", "wallet"),
    *("case", "change", "claim", "fee", "first place", "limit", "market", "move", "place"),
    *("country", "file", "problem", "quote", "ranking", "warning"),
)

_K = TypeVar("_K")
_T = TypeVar("_T")

# So many of a long list are named.
_FEW = 3
_OTHERS = {
    "licence": ("is run by a licensed operator", "is run without a licence"),
    "complaint": ("says how to complain", "does not say how to complain"),
    "reply": ("says when a complaint is answered", "does not say when a complaint is answered"),
    "escalation": ("has somebody outside to hear complaints", "has nobody to hear complaints"),
    "languages": ("names the languages of its support", "names no languages"),
    "hours:24/7": ("has somebody who answers day and night", "has nobody who answers at night"),
    "onboarding:residents_only": ("takes residents only", "takes people from abroad too"),
    "onboarding:private_only": ("is for private use only", "takes businesses too"),
}

_PEOPLE = {
    "visitor": N_("visitors with a card or account from abroad"),
    "resident": N_("residents"),
    "new-customer": N_("new customers"),
    "business": N_("business accounts and sellers"),
    "member": N_("members"),
    "verified": N_("people who completed the identity check"),
    "unverified": N_("people who did not complete the identity check"),
    "minor": N_("people under age"),
    "unbanked": N_("people without a bank account"),
    "student": N_("students"),
    "senior": N_("people of retirement age"),
}

_LANGUAGES = {
    "am": N_("Amharic"),
    "ar": N_("Arabic"),
    "bn": N_("Bengali"),
    "da": N_("Danish"),
    "de": N_("German"),
    "en": N_("English"),
    "es": N_("Spanish"),
    "fi": N_("Finnish"),
    "fil": N_("Filipino"),
    "fr": N_("French"),
    "hi": N_("Hindi"),
    "id": N_("Indonesian"),
    "it": N_("Italian"),
    "ja": N_("Japanese"),
    "ko": N_("Korean"),
    "ms": N_("Malay"),
    "ne": N_("Nepali"),
    "nl": N_("Dutch"),
    "no": N_("Norwegian"),
    "pl": N_("Polish"),
    "pt": N_("Portuguese"),
    "ru": N_("Russian"),
    "sv": N_("Swedish"),
    "sw": N_("Swahili"),
    "ta": N_("Tamil"),
    "te": N_("Telugu"),
    "th": N_("Thai"),
    "tl": N_("Filipino"),
    "tr": N_("Turkish"),
    "ur": N_("Urdu"),
    "vi": N_("Vietnamese"),
    "zh": N_("Chinese"),
}

# Where money goes, by ways on which it comes for all else.
_OUT_TO = {
    "bank-linked": N_("to the linked bank account"),
    "card": N_("to a card"),
    "debit-card": N_("to a debit card"),
    "credit-card": N_("to a credit card"),
    "mobile-wallet": N_("to another mobile wallet"),
    "paypal": N_("to PayPal"),
}

_AREAS = {
    "EU": N_("the EU"),
    "EEA": N_("the EU, Iceland, Liechtenstein and Norway"),
    "euro-area": N_("the countries with the euro"),
    "GCC": N_("the Gulf states"),
}

# What a person can put money in with, as a noun.
_MEANS = {
    "bank-linked": N_("a linked bank account"),
    "bank-transfer": N_("bank transfers"),
    "debit-card": N_("a debit card"),
    "credit-card": N_("a credit card"),
    "cash-agent": N_("cash to pay in at agents or shops"),
    "cash-atm": N_("cash to pay in at machines"),
    "cheque": N_("cheques"),
    "mobile-carrier": N_("phone credit or a phone bill"),
    "mobile-wallet": N_("another mobile wallet"),
    "payroll": N_("a salary to pay straight in"),
    "paypal": N_("PayPal"),
    "crypto": N_("cryptocurrency"),
}
# The same to somebody through whom money only goes out.
_MEANS_OUT = {
    "cash-agent": N_("agents or shops that give cash"),
    "cash-atm": N_("machines that give cash"),
}
# What is done with money that is in already, or comes from others.
_OUT = ("cash-out", "withdraw", *vocabulary.RECEIVING_OPERATIONS)

_ABOUT = {
    "cost": N_("what it would cost"),
    "coverage": N_("what it can do for you"),
    "security": N_("its log-in and payment controls"),
    "protection": N_("what protects the money"),
    "support": N_("its support"),
    "ease": N_("how easy it is to use"),
    "trust": N_("its record and terms"),
    "exit": N_("how one leaves it"),
}

# Beginnings that several phrases may share, the longer before the shorter.
_SHARED_IN_CHINESE = ("可以", "不能")
_SHARED = (
    "does not let you",
    "does not need",
    "does not",
    "cannot",
    "lets you",
    "needs",
    "runs",
    "has",
    "opens",
    "offers",
    "confirms log-ins",
    "logs in",
    "is certified for",
    "pays out",
    "pays in",
)

_PROTECTS = {
    "deposit-insurance": "insures the money as a bank deposit",
    "pass-through-insurance": "insures the money through partner banks",
    "safeguarding": "keeps the money apart from the company's own",
    "trust-account": "holds the money in trust",
    "purchase-protection": "refunds purchases that go wrong",
    "unauthorised-payment-refund": "refunds payments that the owner did not make",
}

_CLOSES = {
    "easy": ("is easy to close", "is not easy to close"),
    "medium": ("takes some steps to close", "does not take some steps to close"),
    "hard": ("is hard to close: only through support", "is not hard to close"),
    "impossible": ("cannot be fully closed", "can be fully closed"),
}


def claim_phrase(key: str, holds: bool) -> str:
    """Return what a fact says, to follow a wallet's name: "logs in with a passkey"."""
    family, _colon, word = key.partition(":")
    if family == "does":
        operation, _colon, method = word.partition(":")
        doing = doing_phrase(operation, method=method)
        return _("lets you {do}", do=doing) if holds else _("does not let you {do}", do=doing)
    if family == "right":
        right = _(vocabulary.RIGHTS[word])
        if holds:
            return _("is bound by law: {right}", right=right)
        return _("is not bound by law: {right}", right=right)
    return _(_english_claim(key, holds))


def asked(claim: str) -> str:
    """Return what a fact says as what is asked, to follow "whether it".

    Chinese asks inside the claim, behind what it is about, which the translation names by a
    regular expression: "资金是否有存款保险" of "资金有存款保险".
    """
    about = re.match(pgettext("what a claim is about, as a regular expression", "^"), claim)
    end = about.end() if about else 0
    return pgettext("asked", "{about}{claim}", about=claim[:end], claim=claim[end:])


def claim_phrases() -> Iterator[str]:
    """Yield what can be said of facts, in English; `tools/translations.py` takes it from here."""
    families: dict[str, Iterable[str]] = {
        **vocabulary.CLAIM_FAMILIES,
        "onboarding": vocabulary.ONBOARDING,
        "platform": vocabulary.PLATFORMS,
        "closing": _CLOSES,
        "closing-way": vocabulary.CLOSING_WAYS,
    }
    keys = [f"{family}:{word}" for family, words in families.items() for word in words]
    for key in dict.fromkeys((*_OTHERS, *keys)):
        yield from (_english_claim(key, True), _english_claim(key, False))
    yield from map(_device, vocabulary.PLATFORMS)


def _english_claim(key: str, holds: bool) -> str:
    """Return the English of a claim that is none of doing something, nor of a right."""
    if key in _OTHERS:
        return _OTHERS[key][0 if holds else 1]
    family, _colon, word = key.partition(":")
    if family == "channels":
        text = f"has {vocabulary.CHANNELS[word]}"
        return text if holds else _denied(text)
    if family == "protection":
        return _PROTECTS[word] if holds else _denied(_PROTECTS[word])
    if family == "platform":
        return f"{'runs' if holds else 'does not run'} {_device(word)}"
    if family == "closing":
        return _CLOSES[word][0 if holds else 1]
    if family == "closing-way":
        return f"is {'' if holds else 'not '}closed {vocabulary.CLOSING_WAYS[word]}"
    table = vocabulary.ONBOARDING if family == "onboarding" else vocabulary.CLAIM_FAMILIES[family]
    text = table[word]
    return text if holds else _denied(text)


# What is wanted, where what a wallet does ("can be frozen at once") reads otherwise as a wish.
_WANTED = {
    "features:cash-out": N_("let you take out cash"),
    "features:request-money": N_("let you ask others for money"),
    "features:split-bill": N_("let you split a bill"),
    "features:cancel-payment": N_("let you call back money on its way"),
    "features:donations": N_("let you give to charity"),
    "features:notifications": N_("notify you of each payment"),
    "features:widely-used": N_("have many users there"),
    "security:biometric-login": N_("open with your fingerprint or face"),
    "security:transaction-alerts": N_("warn you of every transaction"),
    "security:instant-freeze": N_("let you freeze it at once"),
    "security:spending-limits": N_("let you set limits"),
    "security:scam-warnings": N_("warn you of scams before you pay"),
    "funding:mobile-carrier": N_("take money by phone credit or the phone bill"),
    "funding:payroll": N_("take your salary straight in"),
    "channels:callback": N_("call you back on request"),
    "channels:email": N_("have an e-mail address to write to"),
    "channels:ticket": N_("have a web form to write to it"),
}


def wanted_phrase(key: str) -> str:
    """Return what is wanted, to follow "it must": "log in with a passkey"."""
    if key in _WANTED:
        return _(_WANTED[key])
    if language() != ENGLISH:
        return claim_phrase(key, True)
    denied = claim_phrase(key, False)
    if denied.startswith("is not "):
        return f"be {denied.removeprefix('is not ')}"
    return denied.removeprefix("does not ").removeprefix("cannot ")


def device_phrase(platform: str) -> str:
    """Return where an app runs: "on Android phones", "in a web browser"."""
    return _(_device(platform))


def _device(platform: str) -> str:
    return f"{'in' if platform == 'web' else 'on'} {vocabulary.PLATFORMS[platform]}"


def means_phrase(word: str, uses: Iterable[model.Usage]) -> str:
    """Return a means of payment that a person has, as a noun: "a debit card".

    Who only takes money out, by their `uses`, pays no cash in.
    """
    operations = {usage.operation for usage in uses}
    out = bool(operations) and operations.issubset(_OUT)
    return _(_MEANS_OUT.get(word, _MEANS[word]) if out else _MEANS[word])


def criterion_phrase(criterion: str) -> str:
    """Return what a criterion is about, to follow "nothing is known of": "its prices"."""
    return _(_ABOUT[criterion])


def listed(items: Sequence[str], joint: str = "and") -> str:
    """Return "a, b and c"."""
    if len(items) < 2:
        return "".join(items)
    first, last = in_a_row(items[:-1]), items[-1]
    if joint == "or":
        return _("{items} or {last}", items=first, last=last)
    return _("{items} and {last}", items=first, last=last)


def in_a_row(items: Iterable[str]) -> str:
    """Return "a, b, c": things in a list, as against parts of a sentence (`clauses`)."""
    return pgettext("list", ", ").join(items)


def any_of(items: Iterable[str]) -> str:
    """Return "a or b or c"."""
    return " or ".join(items) if language() == ENGLISH else listed(list(items), "or")


def all_of(phrases: Sequence[str]) -> str:
    """Return phrases that hold together: "log in with a passkey and give cashback"."""
    return listed(phrases) if language() == ENGLISH else in_a_row(phrases)


def clauses(parts: Iterable[str]) -> str:
    """Return "a, b, c": parts of one sentence."""
    return _(", ").join(parts)


def apart(parts: Iterable[str | None]) -> str:
    """Return "a; b; c", of the parts that there are."""
    return _("; ").join(filter(None, parts))


def yes_no(holds: bool) -> str:
    """Return yes or no."""
    return _("yes") if holds else _("no")


def few_listed(items: Sequence[str]) -> str:
    """Return items like `all_of`, of many the first few and how many more there are."""
    if len(items) <= _FEW + 1:
        return all_of(items)
    more = f"{len(items) - _FEW:,}"
    return _("{items} and {count} more", items=in_a_row(items[:_FEW]), count=more)


def few_wallets(names: Sequence[str]) -> str:
    """Return names of wallets like `listed`, of many the first few and how many more there are."""
    few = few_of(names)
    if len(few) == len(names):
        return listed(names)
    more = f"{len(names) - len(few):,}"
    return pgettext("wallets", "{items} and {count} more", items=in_a_row(few), count=more)


def few_of(items: Sequence[_T]) -> Sequence[_T]:
    """Return items, of many those that `few_wallets` names."""
    return items if len(items) <= _FEW + 1 else items[:_FEW]


def by_key(pairs: Iterable[tuple[_K, _T]]) -> dict[_K, list[_T]]:
    """Return what comes with each key, by key, in the order in which they come first."""
    groups: dict[_K, list[_T]] = {}
    for key, value in pairs:
        groups.setdefault(key, []).append(value)
    return groups


def count_words(number: int, noun: str) -> str:
    """Return how many there are of something in COUNTED: "1 day", "1,200 entries"."""
    return ngettext(f"{{count}} {noun}", f"{{count}} {plural(noun)}", number)


def years_of_age(years: int) -> str:
    """Return an age: "18 years"."""
    if language() == ENGLISH:
        return count_words(years, "year")
    return pgettext("age", "{count} years", count=years)


def plural(noun: str) -> str:
    """Return the plural of a noun: "days", "entries"."""
    return f"{noun[:-1]}ies" if noun.endswith("ry") else f"{noun}s"


def joined(phrases: Iterable[str]) -> str:
    """Return phrases that follow one name as one, a verb that they share said once.

    "lets you top up, lets you pay bills" -> "lets you top up and pay bills".
    """
    if language() != ENGLISH:
        return _joined_in_chinese(phrases)
    groups: dict[str, list[str]] = {}
    for phrase in phrases:
        head = next((verb for verb in _SHARED if phrase.startswith(f"{verb} ")), "")
        # "in" is said again: "pays in shops by QR code and in other countries".
        head = "pays" if head == "pays in" else head
        # What shares nothing is a group of its own.
        groups.setdefault(head or phrase, []).append(phrase.removeprefix(head).strip())
    parts = []
    for head, rests in groups.items():
        joint = "or" if head.startswith(("does not", "cannot")) else "and"
        parts.append(rests[0] if head == rests[0] else f"{head} {listed(rests, joint)}")
    mixed = len(parts) > 1 and any(len(rests) > 1 for rests in groups.values())
    if mixed:
        return f"{', '.join(parts[:-1])}, and {parts[-1]}"
    return listed(parts)


def _joined_in_chinese(phrases: Iterable[str]) -> str:
    """Return phrases as one: 可以缴费、可以取现金，有实体卡 -> 可以缴费、取现金，有实体卡."""
    heads = ((next(filter(each.startswith, _SHARED_IN_CHINESE), ""), each) for each in phrases)
    groups = by_key((head or each, each.removeprefix(head)) for head, each in heads)
    return clauses(
        rests[0] if head == rests[0] else f"{head}{in_a_row(rests)}"
        for head, rests in groups.items()
    )


def _denied(text: str) -> str:
    """Return the denial of "sends money abroad": "does not send money abroad"."""
    verb, _space, rest = text.partition(" ")
    if verb == "is":
        return f"is not {rest}"
    if verb == "can":
        return f"cannot {rest}"
    if rest.startswith("or "):
        # "holds or sells gift cards"
        second = _denied(rest.removeprefix("or ")).removeprefix("does not ")
        return f"{_denied(verb)} or {second}"
    irregular = {"watches": "watch", "has": "have", "passes": "pass", "recharges": "recharge"}
    plain = irregular.get(verb) or (
        f"{verb[:-3]}y" if verb.endswith("ies") else verb.removesuffix("s")
    )
    return f"does not {plain} {rest}".rstrip()


def operation_phrase(operation: str) -> str:
    """Return an operation as a verb: "send money to people abroad"."""
    return _(vocabulary.OPERATIONS[operation])


def doing_phrase(operation: str, country: str | None = None, method: str | None = None) -> str:
    """Return an operation, where and how: "send money to people abroad (Mexico) by debit card"."""
    where = other_end(country, bare=True) if country else ""
    way = method_phrase(operation, method) if method else ""
    return qualified(operation_phrase(operation), where, way)


def qualified(words: str, where: str, way: str) -> str:
    """Return words for an operation, with where and how it is done behind them."""
    if where and way:
        return _("{use} ({country}) {way}", use=words, country=where, way=way)
    if way:
        return _("{use} {way}", use=words, way=way)
    return with_brackets(words, where)


def a_month(period: Period) -> str:
    """Return the time that amounts of usages are for: "a month", or "in 3 weeks"."""
    return _("in {stay}", stay=stay_words(period.stay)) if period.stay else _("a month")


def a_year(period: Period) -> str:
    """Return the time that a cost is for, to follow it: "a year", or "for 3 weeks"."""
    return _("for {stay}", stay=stay_words(period.stay)) if period.stay else _("a year")


def in_the_year(period: Period) -> str:
    """Return the time of a bill: "in the first year", or "for 3 weeks"."""
    return _("for {stay}", stay=stay_words(period.stay)) if period.stay else _("in the first year")


def method_phrase(operation: str | None, method: str) -> str:
    """Return how something is done: "from a linked bank account", or to it, to move money out."""
    if method == "bank-transfer" and operation == "withdraw":
        return pgettext("to move money out", "by bank transfer")
    # What is taken out is cash anyway.
    method = "agent" if (operation, method) == ("cash-out", "cash-agent") else method
    return _((operation == "withdraw" and _OUT_TO.get(method)) or vocabulary.METHODS[method])


def usage_phrase(usage: model.Usage, currency: str, period: Period) -> str:
    """Return a usage in words: "send money to people abroad (Mexico), 200.00 USD a month"."""
    form = N_("{use}, {amount} {often}")
    if usage.times != 1:
        form = N_("{use}, {amount} {often} in {times} uses of {each}")
    return _(
        form,
        use=doing_phrase(usage.operation, usage.country, usage.method),
        amount=money(usage.amount, currency),
        often=a_month(period),
        times=usage.times,
        each=money(usage.amount / usage.times, currency),
    )


def limit_words(limit: model.Limit) -> str:
    """Return a limit as a line of a page: "pay bills: at most 5,000.00 PHP a day"."""
    words = headed(limit_head(limit), limit_figure(limit))
    return with_brackets(words, limit_scope(limit))


def limit_head(limit: model.Limit) -> str:
    """Return what a limit limits: "pay bills", "balance"."""
    if limit.what == "balance":
        return _("balance")
    return operation_phrase(limit.operation) if limit.operation else _("everything together")


def limit_figure(limit: model.Limit) -> str:
    """Return the figures of a limit: "at most 5,000.00 PHP a day"."""
    parts = []
    if limit.amount is not None:
        parts.append(_("at most {amount}", amount=money(limit.amount, limit.currency)))
    if limit.count is not None:
        parts.append(_("at most {count} times", count=limit.count))
    if limit.least is not None:
        parts.append(_("at least {amount}", amount=money(limit.least, limit.currency)))
    text = pgettext("figures", " and ").join(parts)
    if limit.what == "balance":
        return text
    return _("{figures} {often}", figures=text, often=_(PERIODS[limit.what]))


def limit_scope(limit: model.Limit) -> str:
    """Return for what a limit holds besides its operation: "by card; verified account"."""
    level = [catalog_text(limit.level)] if limit.level else []
    return apart([*ways_and_scope(limit), *level])


def ways_and_scope(item: model.FeeRule | model.GiveBack | model.Limit) -> list[str]:
    """Return for what a price or a limit holds: its method, its corridor, and its scope."""
    scopes = []
    if item.method:
        scopes.append(method_phrase(item.operation, item.method))
    if item.corridor:
        scopes.append(corridor_phrase(item.corridor))
    return [*scopes, *scope_words(item)]


def corridor_phrase(corridor: str) -> str:
    """Return a corridor in words: "HK-CN" -> "with China", "DE-EEA" -> "inside the EU, ..."."""
    start, _dash, end = corridor.partition("-")
    if end == start:
        return _("at home")
    if end == "abroad":
        return _("abroad")
    if end == "foreign-currency":
        return _("in countries with another currency")
    if len(end) == 2 and end != "EU":
        return _("with {countries}", countries=other_end(end))
    if is_country(start) and not in_zone(start, end):
        return _("with {countries}", countries=_(_AREAS.get(end, end)))
    return _inside(end)


def ends_phrase(ends: Iterable[str], *, few: bool) -> str:
    """Return some countries, zones or what is abroad in words: "for India or inside the EEA".

    Of many countries, `few` words say only how many there are.
    """
    codes = [end for end in ends if is_country(end)]
    zones = [_inside(end) for end in ends if end in ZONE_NAMES]
    names = [other_end(code) for code in codes]
    countries = listed(names, "or")
    if few and len(names) > 2 * _FEW:
        countries = count_words(len(names), "country")
    named = [_("for {countries}", countries=countries)] if codes else []
    return any_of([*named, *zones, *([_("abroad")] if "abroad" in ends else [])])


def _inside(zone: str) -> str:
    return _("inside {area}", area=_(_AREAS.get(zone, zone)))


def scope_words(
    fact: model.Claim | model.Protection | model.FeeRule | model.GiveBack | model.Limit,
    *,
    few: bool = False,
    only: bool = False,
) -> list[str]:
    """Return for which plan, banks and people a fact holds, and when: ["on plus", "at BPI"].

    Of many countries, `few` words say only how many there are. `only` stands before what is
    returned, if it is true.
    """
    scopes = []
    if isinstance(fact, model.Claim):
        scopes += [_("to {use}", use=operation_phrase(word)) for word in fact.operation]
        scopes += [_(vocabulary.METHODS[word]) for word in fact.method]
        # Where more are counted than named, the fact is not of those named only.
        named = fact.countries if fact.countries_at_least is None else ()
        scopes += [ends_phrase(named, few=few)] if named else []
    if fact.plan:
        scopes.append(_("on {plans}", plans=any_of(fact.plan)))
    if provider := getattr(fact, "provider", ()):
        names = any_of(map(known_text, provider))
        scopes.append(
            pgettext("only", "at {providers}", providers=names)
            if only
            else _("at {providers}", providers=names)
        )
    if people := getattr(fact, "for_", ()):
        scopes.append(_("for {people}", people=people_phrase(people)))
    if fact.given:
        scopes.append(given_phrase(fact.given))
    if fact.when:
        scopes.append(_("when: {case}", case=catalog_text(fact.when)))
    return scopes


def given_phrase(words: Iterable[str]) -> str:
    """Return under which conditions something holds: "if you pay online"."""
    conditions = [_(vocabulary.GIVEN[word]) for word in words]
    named = listed(conditions) if language() == ENGLISH else clauses(conditions)
    return _("if {conditions}", conditions=named)


def given_options(words: Iterable[str]) -> str:
    """Return the options that answer conditions with yes: "--given online"."""
    return " ".join(f"--given {word}" for word in words)


def people_phrase(people: Iterable[str]) -> str:
    """Return for whom something holds: "students or people of retirement age"."""
    return any_of(_(_PEOPLE[word]) for word in people)


def language_name(code: str) -> str:
    """Return the name of a language, or its code where it is not one of the usual."""
    return _(_LANGUAGES.get(code, code))


def money(amount: Decimal, currency: str) -> str:
    """Return money as people read it, rounded half-even to the minor unit: "1,234.50 USD".

    What is below the minor unit is shown as it is: "0.005 USD" is not nothing.
    """
    if 0 < abs(amount) < Decimal(1).scaleb(-minor_units(currency)):
        # Three digits are enough for what has no end, such as a third.
        exact = amount.quantize(Decimal(1).scaleb(amount.adjusted() - 2), ROUND_HALF_EVEN)
        return f"{figure(exact)} {currency}"
    return f"{rounded(amount, currency):,f} {currency}"


def has_brackets(words: str) -> bool:
    """Return whether words have brackets of their own, and so should not stand in some."""
    return "(" in words or "（" in words


def figure(number: Decimal | None) -> str:
    """Return a number without needless zeros: 2.50 -> "2.5"."""
    return _("unknown") if number is None else plain_number(number)


def site(source: model.Source) -> str:
    """Return the site that a source was read on: "paypal.com", marked when read second hand."""
    if source.publisher == vocabulary.YOU:
        return _("yours")
    host = source.url.partition("://")[2].partition("/")[0].removeprefix("www.")
    return _("{site}, second hand", site=host) if source.second_hand else host


def date_words(source: model.Source) -> str:
    """Return a source's date, or that it has none and when it was read."""
    return source.as_of or _("undated, read {day}", day=source.seen)
