"""What is suspicious in a catalog file, though it can be read: warnings for whoever keeps it.

Pure: today is an argument, and so is the check of telephone numbers. A warning may be wrong; then
it stays, for the facts are what the sources say.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from msgspec import Struct

from walletpick.answers.complain import holder
from walletpick.bill.pricing import prices_of
from walletpick.facts import model
from walletpick.facts.ages import latest_day
from walletpick.facts.law import all_rights, is_for, items_of_law, licence_class
from walletpick.facts.places import find_country
from walletpick.facts.resolve import places_of, resolve
from walletpick.facts.vocabulary import FEATURES, USAGE_OPERATIONS
from walletpick.facts.walk import POSITION, identity, items_of
from walletpick.language import N_, _, known_text
from walletpick.reading.imply import contradictions, rules_for
from walletpick.reading.problem import Fault
from walletpick.upkeep import suspicious_fees
from walletpick.upkeep.texts import leaves_of, needs_translation, texts_of

# Tells whether a text is a telephone number that can be called in a country.
PhoneCheck = Callable[[str, str], bool]

# The claim that a market does something -> the operation that then has a price, if only of zero.
_PRICED = {
    **dict.fromkeys(("pay-nfc", "pay-qr", "pay-online", "pay-in-app"), "pay"),
    **{word: word for word in FEATURES if word in USAGE_OPERATIONS},
}
_TRACKING = re.compile(
    r"[?&;#](utm_\w+|gclid|gbraid|wbraid|dclid|fbclid|msclkid|yclid|twclid|ttclid|li_fat_id|igshid"
    r"|mc_[ce]id|mkt_tok|_hs(?:enc|mi)|vero_id|oly_(?:enc|anon)_id|srsltid|_g[al])="
)
# Conditions in words that a key has, by which the program can judge them: how each is written, the
# keys of which one holds it, and what to write.
_IN_WORDS: tuple[tuple[re.Pattern[str], tuple[str, ...], str], ...] = (
    (re.compile(r"\bby swift\b", re.I), ("given", "method"), "given: swift"),
    (re.compile(r"\bin (a )?(web|online) shops?\b", re.I), ("given",), "given: online"),
    (
        re.compile(r"\b(its|the wallet's|their) own (credit |debit )?card\b", re.I),
        ("given",),
        "given: own-card",
    ),
    (
        re.compile(r"\bcurrency\b.* other than .*\bown\b|\bthe country's own is not\b", re.I),
        ("given", "corridor"),
        "given: foreign-currency",
    ),
    (re.compile(r"^(the \w+ is )?abroad$", re.I), ("countries", "corridor"), "countries: abroad"),
    (re.compile(r"\b(not|un) ?verified\b", re.I), ("for_",), "for: unverified"),
    (re.compile(r"\b(for|by) residents\b|\bresidents only\b", re.I), ("for_",), "for: resident"),
    (re.compile(r"\b(for|by) visitors\b|\bvisitors only\b", re.I), ("for_",), "for: visitor"),
    (
        re.compile(r"^(paid |only )?(by|with|from) (a )?(debit|credit) card\b", re.I),
        ("method", "given"),
        N_("method: debit-card or credit-card"),
    ),
)
# The account level of whose identity is not checked.
_UNCHECKED = re.compile(r"\b(not|un) ?(verified|checked)\b", re.I)
# A condition of place, and what may follow it: names of countries with capitals.
_PARTED_PERCENT = re.compile(r"([0-9][0-9.,]*)\s+[%％]")
_WHERE = re.compile(r"^(?:only )?(?:to|from|in|into|outside)(?: the)? (?=[A-Z])(.+)")
# How a note begins that says for what alone a way to reach support is there.
_FOR_SOME = re.compile(
    r"(?:a |the )?(?:form |chat |line |channel |address )?"
    r"(?:only (?:for|to|if|when)|for (?:complaints|fraud|former|people who)|to report)\b",
    re.IGNORECASE,
)
_SAYS_NO = N_(
    'it says no to {key}, and line {line} says yes by the rule "{id}"'
    " (implications.yaml): correct one, or say for whom it holds"
)
_SAYS_YES = N_(
    'it says yes to {key}, and line {line} says no by the rule "{id}"'
    " (implications.yaml): correct one, or say for whom it holds"
)
_URL_FIELDS = {"url", "website", "reference"}


class Beside(Struct, frozen=True, kw_only=True):
    """What a file is held against: the day, and other files of its catalog.

    Without averages or the rate of a currency no price is called dear, without a check no telephone
    number wrong, without implications no fact contradicts another, and without laws no licence is
    missed. A fee that was looked for and that no page gave (`asked`) is not asked for again.
    """

    today: date
    is_phone: PhoneCheck | None
    averages: model.Averages | None = None
    per_usd: Mapping[str, Decimal] = {}
    implications: model.Implications = model.Implications()
    asked: model.AskedFile | None = None
    texts: model.Texts = model.Texts()
    laws: Mapping[str, model.Law] = {}


def of_record(record: Struct, beside: Beside) -> Iterator[Fault]:
    """Yield what is suspicious in a file of a catalog."""
    if not isinstance(record, model.Record):
        return
    if isinstance(record, model.WalletFile):
        yield from _of_wallet(record, beside)
    elif isinstance(record, model.Law):
        yield from _of_law(record, beside)
    elif isinstance(record, model.Rates):
        used = {rate.source for rate in record.rates.values()}
        yield from _sources(record.sources, beside.today, used)
    yield from _urls(record)
    yield from _untranslated(record, beside.texts)


def _of_wallet(record: model.WalletFile, beside: Beside) -> Iterator[Fault]:
    wallet, today = resolve(record, ""), beside.today
    rules = {kind: rules_for(kind, beside.implications) for kind in wallet.kinds}
    asked = beside.asked.wallets.get(record.id, {}) if beside.asked else {}
    facts: list[model.Fact | model.FeeRule] = [*record.reach]
    items = [item for _, place in places_of(record) for item in items_of(place)]
    facts += [item.fact for item in items]
    yield from ((item.fact, message) for item in items for message in _in_words(item.fact))
    notes = [*(fact.note for fact in facts), *wallet.notes]
    yield from _sources(wallet.sources, today, {fact.source for fact in facts}, notes)
    yield from _nowhere(record, wallet)
    for country, market in wallet.markets.items():
        looked = asked[country].not_found if country in asked else ()
        yield from _market(wallet, country, market, looked)
        yield from _against_others(market, rules[wallet.kind_in(market)])
        yield from _out_of_time(market, today)
        if beside.averages is not None:
            for rule in market.fees:
                dear = suspicious_fees.dear(rule, beside.averages, beside.per_usd)
                yield from ((rule, message) for message in dear)
        yield from _support(country, market, beside.is_phone)
    yield from _unanswered(wallet, record, beside.laws)


def _unanswered(
    made: model.Wallet, record: model.WalletFile, laws: Mapping[str, model.Law]
) -> Iterator[Fault]:
    """Yield where the law hears complaints about others, but not about a firm of this class.

    Then the class is likely to be another, unless the file states it. Where the wallet only passes
    money on, the law of those who hold it counts.
    """
    missed: dict[str, list[str]] = {}
    for country, market in made.markets.items():
        licence = licence_class(market, made.kind)
        stated = market.licence is not None and market.licence.class_ is not None
        if stated or market.state != "active" or not licence or holder(made, country):
            continue
        rights = all_rights(laws, country)
        for word in ("complaint-reply", "escalation"):
            others = [right for right in rights if right.right == word]
            if others and not any(is_for(right, licence) for right in others):
                missed.setdefault(licence, []).append(country)
                break
    for licence, countries in missed.items():
        message = _(
            "the law of {countries} says who answers or hears complaints, but nothing of the"
            ' class "{licence}", which follows from the kind: say another in licence.class, if'
            " it is licensed there as one",
            countries=", ".join(countries),
            licence=licence,
        )
        yield record, message


def _in_words(fact: model.Fact | model.FeeRule) -> Iterator[str]:
    """Yield that a condition of a fact stands in words, where a key for it is empty.

    What stands in words alone confirms nothing and prices nobody for sure; in a note, it holds for
    all.
    """
    when = getattr(fact, "when", None)
    if isinstance(fact, model.Limit) and not fact.for_ and _UNCHECKED.search(fact.level or ""):
        yield _(
            'level: "{level}" forbids others something too: write `for: unverified` beside it',
            level=fact.level,
        )
    if when:
        for pattern, keys, instead in _IN_WORDS:
            if pattern.search(when) and not _has(fact, keys):
                yield _(
                    'when: "{when}" can be judged if you write `{instead}` in its place',
                    when=known_text(when),
                    instead=_(instead),
                )
        keys = ("countries",) if isinstance(fact, model.Claim) else ("corridor",)
        if _names_country(when) and not _has(fact, keys):
            yield _(
                'when: "{when}" can be judged if you write it as `{key}`',
                when=known_text(when),
                key=keys[0],
            )
    elif (
        isinstance(fact, model.FeeRule) and fact.for_ == ("new-customer",) and "first" in fact.note
    ):
        yield _(
            'the note "{note}" says that it ends, and the price holds for every'
            " use of a new customer: write it under gives_back, with uses or months",
            note=known_text(fact.note),
        )
    elif isinstance(fact, model.FeeRule | model.Limit):
        for pattern, keys, instead in _IN_WORDS:
            if pattern.match(fact.note) and not _has(fact, keys):
                yield _(
                    'the note "{note}" looks like a condition, and a note holds for all:'
                    " write `{instead}` if it is one",
                    note=known_text(fact.note),
                    instead=_(instead),
                )


def _has(fact: model.Fact | model.FeeRule, keys: Iterable[str]) -> bool:
    return any(getattr(fact, key, ()) for key in keys)


def _names_country(words: str) -> bool:
    """Return whether a condition is one of place: "to India, the UK or Spain", "outside Canada"."""
    match = _WHERE.match(words)
    if not match:
        return False
    named = re.split(r", | or | and ", match[1])
    return all(find_country(each.removeprefix("the ").strip()) for each in named)


def _nowhere(record: model.WalletFile, wallet: model.Wallet) -> Iterator[Fault]:
    """Yield the facts of wider places that no market has."""
    used = {item.fact.path for market in wallet.markets.values() for item in items_of(market)}
    for _name, place in places_of(record):
        for item in items_of(place):
            if item.fact.path not in used:
                message = _(
                    "it holds nowhere: each of its countries says something else of the same;"
                    " delete it, or what says so"
                )
                yield item.fact, message


def _of_law(law: model.Law, beside: Beside) -> Iterator[Fault]:
    items = [item for _, item in items_of_law(law)]
    used = {key for item in items for key in (item.source, *item.more_sources)}
    yield from _sources(law.sources, beside.today, used, [item.note for item in items])
    for right in law.rights:
        yield from _phone(right, law.country, beside.is_phone)


# Texts in other languages.


def of_texts(texts: model.Texts, records: Iterable[Struct]) -> Iterator[Fault]:
    """Yield the translations of what no record says any more, and percentages as in English."""
    said = {
        text for record in records for names in (False, True) for text in texts_of(record, names)
    }
    for text in texts.texts:
        if text.en not in said:
            message = _(
                "this text stands nowhere in the catalog any more: take it out, or correct it"
                " as the catalog has it now"
            )
            yield text, message
        if percent := _PARTED_PERCENT.search(text.zh):
            message = _(
                'Chinese has no space before the sign: "{right}", not "{percent}"',
                right=f"{percent[1]}%",
                percent=percent[0],
            )
            yield text, message


def _untranslated(record: model.Record, texts: model.Texts) -> Iterator[Fault]:
    """Yield how many texts of a record that all people meet have no Chinese, if any has.

    These are those of the criteria, personas and implications, and the summary of a wallet.
    """
    if not texts.texts or not isinstance(
        record, model.WalletFile | model.Criteria | model.Persona | model.Implications
    ):
        return
    read = (record.summary,) if isinstance(record, model.WalletFile) else texts_of(record)
    told = {text.en for text in texts.texts}
    count = len({text for text in read if needs_translation(text)} - told)
    if count and isinstance(record, model.WalletFile):
        yield record, _("the summary has no Chinese: add it to texts.yaml")
    elif count == 1:
        yield record, _("a text has no Chinese: add it to texts.yaml")
    elif count:
        yield record, _("{count} texts have no Chinese: add them to texts.yaml", count=count)


# Sources, dates, addresses, telephone numbers.


def _sources(
    sources: Mapping[str, model.Source] | Mapping[str, model.RateSource],
    today: date,
    used: Collection[str],
    notes: Sequence[str] = (),
) -> Iterator[Fault]:
    """Yield the sources that nothing rests on, neither a fact nor a note, and dates to come."""
    for key, source in sources.items():
        if key not in used and not any(_mentions(note, key) for note in notes):
            yield source, _('no fact names the source "{key}": use it or delete it', key=key)
        for name in ("as_of", "seen"):
            day = getattr(source, name)
            if day and _is_future(day, today):
                message = _(
                    '{name} of source "{key}" is {day}, which is to come: correct it',
                    name=name,
                    key=key,
                    day=day,
                )
                yield source, message


def _mentions(note: str, key: str) -> bool:
    """Return whether a note names a source; a key that is a plain word may be just that word."""
    if "-" not in key and not any(sign.isdigit() for sign in key):
        return f"({key})" in note
    return re.search(rf"(?<![\w-]){re.escape(key)}(?![\w-])", note) is not None


def _is_future(day: str, today: date) -> bool:
    """Return whether even the first day that a date means is later than today."""
    return day > today.isoformat()[: len(day)]


def _urls(record: model.Record) -> Iterator[Fault]:
    for inner, name, url in leaves_of(record):
        if not url or name in POSITION:
            continue
        if name not in _URL_FIELDS and not isinstance(inner, model.Links):
            continue
        if not url.startswith("https://"):
            yield inner, _("{url} is not https: see whether https:// leads there too", url=url)
        if tracking := dict.fromkeys(_TRACKING.findall(url)):
            names = ", ".join(f'"{name}"' for name in tracking)
            yield inner, _("the address tracks its readers: take {names} out", names=names)


def _phone(record: Any, country: str, is_phone: PhoneCheck | None) -> Iterator[Fault]:
    if is_phone and record.number and not is_phone(record.number, country):
        message = _(
            '"{number}" is no telephone number of {country}: see whether a digit'
            " is missing or too many, or whether it is another country's",
            number=record.number,
            country=country,
        )
        yield record, message


# Markets.


def _market(
    wallet: model.Wallet, country: str, market: model.Market, looked: Collection[str]
) -> Iterator[Fault]:
    yield from _unpriced(market, looked)
    yield from _press_beside_operator(wallet, market)
    yield from suspicious_fees.contradictions(market)
    yield from _undeletable(wallet, market)
    for rule in market.fees:
        if any(each.fixed == 0 and each.fixed_max for each in prices_of(rule)):
            message = _(
                "it is anything from nothing up to fixed_max: if that is a share of the amount"
                " with a cap, say so by percent and max"
            )
            yield rule, message
        by_card = suspicious_fees.by_own_card(rule, wallet)
        yield from ((rule, message) for message in (*by_card, *suspicious_fees.never(rule, market)))
    yield from suspicious_fees.hidden(country, market)
    yield from suspicious_fees.bare_cash(country, market)


def _against_others(market: model.Market, rules: Sequence[model.Implication]) -> Iterator[Fault]:
    """Yield the claims that what follows from another fact contradicts."""
    for each in contradictions(market, rules):
        message = _SAYS_NO if each.implied.has else _SAYS_YES
        yield each.stated, _(message, key=each.key, line=each.implied.line, id=each.rule.id)


def _out_of_time(market: model.Market, today: date) -> Iterator[Fault]:
    """Yield the offers that have ended, and incidents that are to come."""
    for given in market.gives_back:
        if given.until is not None and latest_day(given.until) < today:
            message = _(
                "the offer ended on {until}: take it out, or find the new one", until=given.until
            )
            yield given, message
    for incident in market.incidents:
        if _is_future(incident.date, today):
            message = _(
                "the incident is dated {date}, which is to come: see when it was",
                date=incident.date,
            )
            yield incident, message


def _support(country: str, market: model.Market, is_phone: PhoneCheck | None) -> Iterator[Fault]:
    """Yield telephone numbers that are none, and channels that are there for some only."""
    channels = market.support.channels.values()
    for line in (*channels, *market.support.escalation):
        yield from _phone(line, country, is_phone)
    for channel in channels:
        if channel.has and not channel.when and _FOR_SOME.match(channel.note):
            message = _(
                'it is there for some only ("{note}"): say when in `when`, so that'
                " nobody else counts on it",
                note=known_text(channel.note),
            )
            yield channel, message


def _unpriced(market: model.Market, looked: Collection[str]) -> Iterator[Fault]:
    """Yield what a market does and has no fee for, at the first claim that says so.

    What was looked for and not found is left out.
    """
    if market.state == "closed":
        return
    priced = {rule.operation for rule in market.fees if not rule.tax}
    priced |= {word.removeprefix("fee:") for word in looked}
    for word, claim in market.features.items():
        operation = _PRICED.get(word)
        if operation and claim.has and operation not in priced:
            priced.add(operation)
            message = _(
                'it does "{word}", but no fee for {operation} is known: add it if a page gives it',
                word=word,
                operation=operation,
            )
            yield claim, message


def _press_beside_operator(wallet: model.Wallet, market: model.Market) -> Iterator[Fault]:
    own = {key for key, source in wallet.sources.items() if source.publisher == "operator"}
    items = list(items_of(market))
    operators: dict[tuple[object, ...], str] = {}
    for item in items:
        if item.fact.source in own:
            operators.setdefault(identity(item), item.fact.source)
    for item in items:
        fact = item.fact
        source = wallet.sources.get(fact.source)
        if source is None or source.publisher != "press":
            continue
        other = operators.get(identity(item)) or next(
            (key for key in own if _mentions(fact.note, key)), None
        )
        if other:
            message = _(
                'the source "{source}" is press, and the operator\'s own "{other}" is'
                " cited for the same: keep the operator's, and the other in a note",
                source=fact.source,
                other=other,
            )
            yield fact, message


def _undeletable(wallet: model.Wallet, market: model.Market) -> Iterator[Fault]:
    """Yield that an account is called impossible to close by a list of who deletes data."""
    closing = market.closing
    if closing is None or closing.difficulty != "impossible":
        return
    if wallet.sources[closing.source].publisher == "directory":
        message = _(
            "a directory of who deletes data does not say that the account cannot be closed:"
            " leave difficulty out, or say how hard closing is"
        )
        yield closing, message
