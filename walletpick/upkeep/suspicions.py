"""What is suspicious in a catalog file, though it can be read: warnings for whoever keeps it.

Pure: today is an argument, and so is the check of telephone numbers. A warning may be wrong; then
it stays, for the facts are what the sources say.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise, product
from typing import Any

from msgspec import Struct

from walletpick.facts.ages import latest_day
from walletpick.facts.law import items_of_law
from walletpick.facts.model import (
    Asked,
    Averages,
    Band,
    Claim,
    Criteria,
    Fact,
    FeeRule,
    Implications,
    Law,
    Limit,
    Links,
    Market,
    Persona,
    Price,
    Rates,
    RateSource,
    Record,
    Source,
    Step,
    Texts,
    Wallet,
    WalletFile,
)
from walletpick.facts.money import HUNDRED, ZERO, convert
from walletpick.facts.places import find_country
from walletpick.facts.resolve import places_of, resolve
from walletpick.facts.vocabulary import USAGE_OPERATIONS
from walletpick.facts.walk import POSITION, Item, content, identity, items_of
from walletpick.reading.imply import contradictions, rules_for
from walletpick.reading.problem import Fault, Problem, problems_in
from walletpick.upkeep.texts import needs_translation, texts_of

# Tells whether a text is a telephone number that can be called in a country.
PhoneCheck = Callable[[str, str], bool]

# The use at which prices are compared, in US dollars, as in the averages.
_REFERENCE_USD = Decimal(100)
_TIMES_USUAL = 10
# Where most charge next to nothing, ten times that is little still.
_DEAR_PERCENT = Decimal(1)

# The claim that a market does something -> the operation that then has a price, if only of zero.
_PRICED = {
    "pay-nfc": "pay",
    "pay-qr": "pay",
    "pay-online": "pay",
    "pay-in-app": "pay",
    "pay-abroad": "pay-abroad",
    "send": "send",
    "send-abroad": "send-abroad",
    "receive": "receive",
    "receive-abroad": "receive-abroad",
    "cash-out": "cash-out",
    "bill-pay": "bill-pay",
    "mobile-top-up": "mobile-top-up",
    "credit-card-repayment": "credit-card-repayment",
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
    (re.compile(r"\b(for|by) residents\b|\bresidents only\b", re.I), ("for_",), "for: resident"),
    (re.compile(r"\b(for|by) visitors\b|\bvisitors only\b", re.I), ("for_",), "for: visitor"),
    (
        re.compile(r"^(paid |only )?(by|with|from) (a )?(debit|credit) card\b", re.I),
        ("method", "given"),
        "method: debit-card or credit-card",
    ),
)
# A condition of place, and what may follow it: names of countries with capitals.
_WHERE = re.compile(r"^(?:only )?(?:to|from|in|into|outside)(?: the)? (?=[A-Z])(.+)")
# How a note begins that says for what alone a way to reach support is there.
_FOR_SOME = re.compile(
    r"(?:a |the )?(?:form |chat |line |channel |address )?"
    r"(?:only (?:for|to|if|when)|for (?:complaints|fraud|former|people who)|to report)\b",
    re.IGNORECASE,
)
_URL_FIELDS = {"url", "website", "reference"}
# What a rule is the price of, but for the words of which there may be several.
_SCOPE = ("operation", "method", "corridor", "per", "after_months", "from_", "bound", "currency")
_PRICE = ("bands", "steps", "free", "pool", "cap", *Price.__struct_fields__)


def of_wallet(
    wallet: WalletFile,
    file: str,
    today: date,
    averages: Averages | None,
    per_usd: Mapping[str, Decimal],
    is_phone: PhoneCheck | None,
    implications: Implications | None = None,
    asked: Mapping[str, Asked] | None = None,
) -> list[Problem]:
    """Return what is suspicious in a wallet file.

    `asked` is what was looked for, by country: a fee that no page gave is not asked for again.

    Without averages or the rate of a currency no price is called dear, without a check no telephone
    number wrong, and without implications no fact contradicts another.
    """
    suspicions = [
        *_of_wallet(wallet, today, averages, per_usd, is_phone, asked or {}),
        *_against_others(resolve(wallet, ""), implications or Implications()),
    ]
    return problems_in(file, suspicions, "warning")


def _of_wallet(
    record: WalletFile,
    today: date,
    averages: Averages | None,
    per_usd: Mapping[str, Decimal],
    is_phone: PhoneCheck | None,
    asked: Mapping[str, Asked],
) -> Iterator[Fault]:
    wallet = resolve(record, "")
    facts: list[Fact | FeeRule] = [*record.reach]
    items = [item for _, place in places_of(record) for item in items_of(place)]
    facts += [item.fact for item in items]
    for item in items:
        yield from _in_words(item)
    notes = [*(fact.note for fact in facts), *wallet.notes]
    yield from _sources(wallet.sources, today, {fact.source for fact in facts}, notes)
    yield from _urls(record)
    yield from _nowhere(record, wallet)
    for country, market in wallet.markets.items():
        looked = asked[country].not_found if country in asked else ()
        yield from _market(wallet, country, market, looked)
        for given in market.gives_back:
            if given.until is not None and latest_day(given.until) < today:
                yield given, f"the offer ended on {given.until}: take it out, or find the new one"
        for incident in market.incidents:
            if _is_future(incident.date, today):
                yield (
                    incident,
                    f"the incident is dated {incident.date}, which is to come: see when it was",
                )
        if averages is not None:
            for rule in market.fees:
                yield from _dear(rule, market, averages, per_usd)
        for line in (*market.support.channels.values(), *market.support.escalation):
            yield from _phone(line, country, is_phone)
        for channel in market.support.channels.values():
            if channel.has and not channel.when and _FOR_SOME.match(channel.note):
                yield (
                    channel,
                    f'it is there for some only ("{channel.note}"): say when in `when`, so that'
                    " nobody else counts on it",
                )


def _in_words(item: Item) -> Iterator[Fault]:
    """Yield that a condition of a fact stands in words, where a key for it is empty.

    What stands in words alone confirms nothing and prices nobody for sure; in a note, it holds for
    all.
    """
    fact = item.fact
    when = getattr(fact, "when", None)
    if when:
        for pattern, keys, instead in _IN_WORDS:
            if pattern.search(when) and not any(getattr(fact, key, ()) for key in keys):
                yield fact, f'when: "{when}" can be judged if you write `{instead}` in its place'
        keys = ("countries",) if isinstance(fact, Claim) else ("corridor",)
        if _names_country(when) and not any(getattr(fact, key, ()) for key in keys):
            yield fact, f'when: "{when}" can be judged if you write it as `{keys[0]}`'
    elif isinstance(fact, FeeRule) and fact.for_ == ("new-customer",) and "first" in fact.note:
        yield (
            fact,
            f'the note "{fact.note}" says that it ends, and the price holds for every use of a new'
            " customer: write it under gives_back, with uses or months",
        )
    elif isinstance(fact, FeeRule | Limit):
        for pattern, keys, instead in _IN_WORDS:
            if pattern.match(fact.note) and not any(getattr(fact, key, ()) for key in keys):
                yield (
                    fact,
                    f'the note "{fact.note}" looks like a condition, and a note holds for all:'
                    f" write `{instead}` if it is one",
                )


def _names_country(words: str) -> bool:
    """Return whether a condition is one of place: "to India, the UK or Spain", "outside Canada"."""
    match = _WHERE.match(words)
    if not match:
        return False
    named = re.split(r", | or | and ", match[1])
    return all(find_country(each.removeprefix("the ").strip()) for each in named)


def _nowhere(record: WalletFile, wallet: Wallet) -> Iterator[Fault]:
    """Yield the facts of wider places that no market has."""
    used = {item.fact.path for market in wallet.markets.values() for item in items_of(market)}
    for _, place in places_of(record):
        for item in items_of(place):
            if item.fact.path not in used:
                yield (
                    item.fact,
                    "it holds nowhere: each of its countries says something else of the same;"
                    " delete it, or what says so",
                )


def of_law(law: Law, file: str, today: date, is_phone: PhoneCheck | None) -> list[Problem]:
    """Return what is suspicious in a file of law."""
    items = [item for _, item in items_of_law(law)]
    used = {key for item in items for key in (item.source, *item.more_sources)}
    suspicions = [
        *_sources(law.sources, today, used, [item.note for item in items]),
        *_urls(law),
        *(each for right in law.rights for each in _phone(right, law.country, is_phone)),
    ]
    return problems_in(file, suspicions, "warning")


def of_rates(rates: Rates, file: str, today: date) -> list[Problem]:
    """Return what is suspicious in `rates.yaml`."""
    used = {rate.source for rate in rates.rates.values()}
    return problems_in(file, [*_sources(rates.sources, today, used), *_urls(rates)], "warning")


def of_other(record: Record, file: str) -> list[Problem]:
    """Return what is suspicious in any other file: addresses."""
    return problems_in(file, _urls(record), "warning")


# Texts in other languages.


def of_texts(texts: Texts, records: Iterable[Struct]) -> Iterator[Fault]:
    """Yield the translations of what none of all records of a catalog says any more."""
    said = {text for record in records for text in texts_of(record)}
    for text in texts.texts:
        if text.en not in said:
            yield (
                text,
                "this text stands nowhere in the catalog any more: take it out, or correct it as"
                " the catalog has it now",
            )


def of_untranslated(record: Record, texts: Texts) -> Iterator[Fault]:
    """Yield how many texts of a record that all people meet have no Chinese, if any has.

    These are those of the criteria, personas and implications, and the summary of a wallet.
    """
    if not texts.texts or not isinstance(record, WalletFile | Criteria | Persona | Implications):
        return
    read = (record.summary,) if isinstance(record, WalletFile) else texts_of(record)
    told = {text.en for text in texts.texts}
    count = len({text for text in read if needs_translation(text)} - told)
    if count and isinstance(record, WalletFile):
        yield record, "the summary has no Chinese: add it to texts.yaml"
    elif count:
        one = "a text has no Chinese: add it to texts.yaml"
        yield (
            record,
            one if count == 1 else f"{count} texts have no Chinese: add them to texts.yaml",
        )


# Sources, dates, addresses, telephone numbers.


def _sources(
    sources: Mapping[str, Source] | Mapping[str, RateSource],
    today: date,
    used: Collection[str],
    notes: Sequence[str] = (),
) -> Iterator[Fault]:
    """Yield the sources that nothing rests on, neither a fact nor a note, and dates to come."""
    for key, source in sources.items():
        if key not in used and not any(_mentions(note, key) for note in notes):
            yield source, f'no fact names the source "{key}": use it or delete it'
        for name in ("as_of", "seen"):
            day = getattr(source, name)
            if day and _is_future(day, today):
                yield source, f'{name} of source "{key}" is {day}, which is to come: correct it'


def _mentions(note: str, key: str) -> bool:
    """Return whether a note names a source; a key that is a plain word may be just that word."""
    if "-" not in key and not any(sign.isdigit() for sign in key):
        return f"({key})" in note
    return re.search(rf"(?<![\w-]){re.escape(key)}(?![\w-])", note) is not None


def _is_future(day: str, today: date) -> bool:
    """Return whether even the first day that a date means is later than today."""
    return day > today.isoformat()[: len(day)]


def _urls(record: Record) -> Iterator[Fault]:
    for inner, url in _all_urls(record):
        if not url.startswith("https://"):
            yield inner, f"{url} is not https: see whether https:// leads there too"
        if tracking := dict.fromkeys(_TRACKING.findall(url)):
            names = ", ".join(f'"{name}"' for name in tracking)
            yield inner, f"the address tracks its readers: take {names} out"


def _all_urls(value: Any) -> Iterator[tuple[Record, str]]:
    if isinstance(value, Record):
        for name in value.__struct_fields__:
            item = getattr(value, name)
            if isinstance(item, str):
                is_url = name in _URL_FIELDS or isinstance(value, Links)
                if is_url and name not in POSITION:
                    yield value, item
            else:
                yield from _all_urls(item)
    elif isinstance(value, dict):
        for item in value.values():
            yield from _all_urls(item)
    elif isinstance(value, tuple):
        for item in value:
            yield from _all_urls(item)


def _phone(record: Any, country: str, is_phone: PhoneCheck | None) -> Iterator[Fault]:
    if is_phone and record.number and not is_phone(record.number, country):
        yield (
            record,
            f'"{record.number}" is no telephone number of {country}: see whether a digit is missing'
            " or too many, or whether it is another country's",
        )


# Markets.


def _market(
    wallet: Wallet, country: str, market: Market, looked: Collection[str]
) -> Iterator[Fault]:
    yield from _unpriced(market, looked)
    yield from _press_beside_operator(wallet, market)
    yield from _contradictions(market)
    yield from _undeletable(wallet, market)
    for rule in market.fees:
        if any(each.fixed == 0 and each.fixed_max for each in _prices(rule)):
            yield (
                rule,
                "it is anything from nothing up to fixed_max: if that is a share of the amount with"
                " a cap, say so by percent and max",
            )
        for message in _never(rule, market):
            yield rule, message
    yield from _hidden(country, market)


def _against_others(wallet: Wallet, implications: Implications) -> Iterator[Fault]:
    """Yield the claims that what follows from another fact contradicts."""
    rules = rules_for(wallet.kind, implications)
    for market in wallet.markets.values():
        for each in contradictions(market, rules):
            yes, no = ("no", "yes") if each.implied.has else ("yes", "no")
            yield (
                each.stated,
                f"it says {yes} to {each.key}, and line {each.implied.line} says {no} by the rule"
                f' "{each.rule.id}" (implications.yaml): correct one, or say for whom it holds',
            )


def _unpriced(market: Market, looked: Collection[str]) -> Iterator[Fault]:
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
            yield (
                claim,
                f'it does "{word}", but no fee for {operation} is known: add it if a page gives it',
            )


def _press_beside_operator(wallet: Wallet, market: Market) -> Iterator[Fault]:
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
            yield (
                fact,
                f'the source "{fact.source}" is press, and the operator\'s own "{other}" is cited'
                " for the same: keep the operator's, and the other in a note",
            )


# Fees.


def _dear(
    rule: FeeRule,
    market: Market,
    averages: Averages,
    per_usd: Mapping[str, Decimal],
) -> Iterator[Fault]:
    """Yield a price of ten times what is usual for the operation."""
    currency = rule.currency or market.currency
    if rule.tax or rule.of or rule.paid_by or currency not in per_usd:
        return
    if rule.operation in averages.charges:
        usual = averages.charges[rule.operation].estimate_usd
        if rule.fixed is None or not usual:
            return
        yearly = convert(rule.fixed * (12 if rule.per == "month" else 1), currency, "USD", per_usd)
        if yearly > _TIMES_USUAL * usual:
            yield (
                rule,
                f"{_plain(yearly)} US dollars in the first year is more than {_TIMES_USUAL} times"
                f" what is usual for {rule.operation} ({_plain(usual)}): see whether it is right",
            )
        return
    yield from _dear_exchange(rule, averages)
    if rule.operation not in USAGE_OPERATIONS:
        return
    amount = convert(_REFERENCE_USD, "USD", currency, per_usd)
    charge = _charge(rule, amount)
    fees = averages.fees_by_method.get(rule.operation, {})
    fee = fees.get(rule.method or "") or averages.fees.get(rule.operation)
    if charge is None or fee is None:
        return
    percent = charge * HUNDRED / amount
    usual = fee.estimate_percent or fee.high_percent
    if usual and percent > max(_TIMES_USUAL * usual, _DEAR_PERCENT):
        yield (
            rule,
            f"{_plain(percent)} % of a use of {_REFERENCE_USD} US dollars is more than"
            f" {_TIMES_USUAL} times what is usual for {rule.operation} ({_plain(usual)} %):"
            " see whether it is right",
        )


def _dear_exchange(rule: FeeRule, averages: Averages) -> Iterator[Fault]:
    """Yield a markup on the exchange rate of ten times the usual one."""
    usual = averages.conversion.estimate_percent
    prices = [rule, *rule.bands, *rule.steps, *(band for step in rule.steps for band in step.bands)]
    markup = max(max(price.fx_markup or ZERO, price.fx_markup_max or ZERO) for price in prices)
    if usual and markup > max(_TIMES_USUAL * usual, _DEAR_PERCENT):
        yield (
            rule,
            f"{_plain(markup)} % over the exchange rate is more than {_TIMES_USUAL} times what is"
            f" usual ({_plain(usual)} %): see whether it is right",
        )


def _charge(rule: FeeRule, amount: Decimal) -> Decimal | None:
    """Return what the first use of an amount costs without allowances; None if that is unknown.

    Of a range it is the upper end.
    """
    price: Price = rule.steps[0] if rule.steps else rule
    bands = price.bands if isinstance(price, FeeRule | Step) else ()
    if bands:
        fitting = [band for band in bands if band.up_to is None or amount <= band.up_to]
        if not fitting:
            return None
        price = fitting[0]
    if price.percent is None and price.fixed is None:
        return None
    percent = max(price.percent or ZERO, price.percent_max or ZERO)
    charge = percent / HUNDRED * amount + max(price.fixed or ZERO, price.fixed_max or ZERO)
    if price.min is not None:
        charge = max(charge, price.min)
    if price.max is not None:
        charge = min(charge, price.max)
    return charge


def _prices(rule: FeeRule) -> Iterator[Price]:
    """Yield every price of a rule: its own, and those of its bands and steps."""
    yield rule
    yield from rule.bands
    for step in rule.steps:
        yield from (step, *step.bands)


def _undeletable(wallet: Wallet, market: Market) -> Iterator[Fault]:
    """Yield that an account is called impossible to close by a list of who deletes data."""
    closing = market.closing
    if closing is None or closing.difficulty != "impossible":
        return
    if wallet.sources[closing.source].publisher == "directory":
        yield (
            closing,
            "a directory of who deletes data does not say that the account cannot be closed:"
            " leave difficulty out, or say how hard closing is",
        )


def _plain(figure: Decimal) -> str:
    return f"{figure:.2f}"


def _contradictions(market: Market) -> Iterator[Fault]:
    """Yield rules for the same thing, without a condition, whose prices differ; and repetitions."""
    seen: dict[tuple[Any, ...], FeeRule] = {}
    told: set[tuple[str, str]] = set()
    for rule in market.fees:
        if rule.tax or rule.surcharge or rule.of or rule.paid_by:
            continue
        scope = tuple(getattr(rule, name) for name in _SCOPE)
        several = (rule.plan or ("",), rule.provider or ("",), rule.for_ or ("",))
        for words in product(*several):
            first = seen.setdefault((*scope, *words, rule.given, rule.when), rule)
            if first is rule or (first.path, rule.path) in told:
                continue
            told.add((first.path, rule.path))
            if _price_of(first) == _price_of(rule):
                yield (
                    rule,
                    f"it says the same as line {first.line}, so it never matters: delete one",
                )
            elif rule.when is None:
                yield (
                    rule,
                    f"its price differs from that of line {first.line} for the same:"
                    " say in `given`, `when` or another key, what makes the difference",
                )


def _price_of(rule: FeeRule) -> Any:
    return [content(getattr(rule, name)) for name in _PRICE if name not in POSITION]


def _never(rule: FeeRule, market: Market) -> Iterator[str]:
    """Yield why a rule or a part of it can never apply."""
    start = rule.from_ or ZERO
    most = _most_at_once(rule, market)
    if most is not None and start > most:
        yield f"it can never apply: it starts from {start}, and no more than {most} is possible"
        return
    for bands in (rule.bands, *(step.bands for step in rule.steps)):
        last = bands[-1].up_to if bands else None
        if last is not None and last <= start:
            yield f"it can never apply: it starts from {start}, and its last band ends at {last}"
            continue
        yield from _unreachable(bands, start, most)
    for before, step in pairwise(rule.steps):
        for name in ("up_to_uses", "up_to_amount"):
            low, high = getattr(before, name), getattr(step, name)
            if low is not None and high is not None and high <= low:
                yield f"the step with {name}: {high} can never apply: it follows one with {low}"
    if rule.of == "fee" and not any(
        other.operation == rule.operation and not other.tax and other.of is None
        for other in market.fees
    ):
        yield "it can never apply: it is a share of the fee, and there is no fee for its operation"


def _unreachable(bands: Iterable[Band], start: Decimal, most: Decimal | None) -> Iterator[str]:
    low = ZERO
    for band in bands:
        name = "the last band" if band.up_to is None else f"the band up to {band.up_to}"
        if band.up_to is not None and band.up_to <= start:
            yield f"{name} can never apply: the rule starts from {start}"
        elif most is not None and low >= most:
            yield f"{name} can never apply: no more than {most} is possible at once"
        low = band.up_to if band.up_to is not None else low


def _most_at_once(rule: FeeRule, market: Market) -> Decimal | None:
    """Return the highest limit on one use, if it holds for everybody; levels can be reached."""
    amounts = []
    for limit in market.limits:
        if limit.what != "transaction" or limit.amount is None:
            continue
        if limit.operation not in (None, rule.operation):
            continue
        same_money = (limit.currency or market.currency) == (rule.currency or market.currency)
        if not same_money or limit.method or limit.plan or limit.corridor or limit.provider:
            return None
        if limit.for_ or limit.given or limit.when:
            return None
        amounts.append(limit.amount)
    return max(amounts, default=None)


def _hidden(country: str, market: Market) -> Iterator[Fault]:
    """Yield general rules that more specific ones together leave nothing to."""
    ordinary = [
        rule
        for rule in market.fees
        if not (rule.tax or rule.surcharge or rule.of or rule.paid_by or rule.when)
        and not (rule.given or rule.provider or rule.for_ or rule.from_ is not None or rule.per)
    ]
    plans = {plan.id for plan in market.plans}
    for rule in ordinary:
        like = [
            other
            for other in ordinary
            if other is not rule
            and (other.operation, other.method) == (rule.operation, rule.method)
        ]
        if not rule.plan and plans:
            covered = {
                word for other in like if other.corridor == rule.corridor for word in other.plan
            }
            if plans <= covered:
                yield rule, "it can never apply: every plan has a rule of its own for this"
        if rule.corridor is None:
            ways = {other.corridor for other in like if other.plan == rule.plan}
            if {f"{country}-{country}", f"{country}-abroad"} <= ways:
                yield (
                    rule,
                    "it can never apply: other rules hold at home, and others for all countries"
                    " abroad",
                )
