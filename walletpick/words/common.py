"""Words that several views share: figures with their range, bills, sources and their age. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal

from walletpick.facts.ages import age_in_months
from walletpick.facts.model import Catalog, Needs, Source, Usage, Wallet
from walletpick.facts.money import Range
from walletpick.facts.periods import period_of
from walletpick.facts.places import country_name, in_country
from walletpick.facts.vocabulary import PUBLISHERS, YOU
from walletpick.language import _
from walletpick.person.needs import currency_of, far_from_usual
from walletpick.words.phrases import (
    apart,
    clauses,
    count_words,
    date_words,
    figure,
    money,
    usage_phrase,
)

UNKNOWN = "?"
# What wallets are, in a word or two.
KIND_NAMES = {
    "stored-value": "wallet with a balance",
    "pass-through": "pays from your card or bank",
    "bank-account": "bank account",
    "mobile-money": "mobile money",
    "remittance": "sends money abroad",
    "cbdc": "digital cash",
}
# A sentence names so many countries; of more it says how many.
NAMED_COUNTRIES = 8

_TENTH = Decimal("0.1")


def amount_doubts(needs: Needs, catalog: Catalog) -> Iterator[str]:
    """Yield a sentence for each amount of the needs that is far from what people move."""
    currency, period = currency_of(needs), period_of(needs.for_)
    usual = catalog.criteria.settings.usual_amounts
    for usage, dollars in far_from_usual(needs, usual, catalog.per_usd):
        little = dollars < usual.most_usd
        if currency == "USD":
            much = "very little" if little else "very much"
        else:
            much = f"{'only' if little else 'as much as'} about {money(dollars, 'USD')}"
        if little and usage.times > 1:
            amount = f"{usage.amount.normalize():f}"
            much += (
                f" each. For {money(usage.amount, currency)} each time, write"
                f" {amount}eachx{usage.times}"
            )
        yield f"{usage_phrase(usage, currency, period)}: that is {much}. Is it what you mean?"


def number_words(span: Range, factor: Decimal | int = 1) -> str:
    """Return a score, value or points with one digit and its range: "71.4 (66.0 to 75.2)"."""
    low, middle, high = (tenth(at * factor) for at in (span.low, span.estimate, span.high))
    return middle if low == high else f"{middle} ({low} to {high})"


def tenth(number: Decimal) -> str:
    """Return a number with one digit after the point."""
    return f"{number.quantize(_TENTH, ROUND_HALF_EVEN) + 0:f}"


def cited(key: str, source: Source, stale: bool) -> str:
    """Return how a page refers to a source: "[fees]", "[fees, second-hand, stale: 2021-04]"."""
    parts = [key, *([_("second-hand")] if source.second_hand else [])]
    if stale and source.as_of:
        parts.append(_("stale: {day}", day=source.as_of))
    elif stale:
        parts.append(_("undated, stale: read {day}", day=source.seen))
    elif not source.as_of:
        parts.append(_("undated"))
    return f"[{clauses(parts)}]"


def source_line(source: Source) -> str:
    """Return a source without its address: title, who says it, date, second-hand or not."""
    when = date_words(source)
    if source.publisher == YOU:
        return apart((source_name(source), when))
    if source.second_hand:
        when = clauses((when, _("second-hand (as another page quotes it)")))
    return apart((source.title, _(PUBLISHERS[source.publisher]), when))


def source_name(source: Source) -> str:
    """Return the title of a source, which says of an own fact that it is the person's."""
    if source.publisher != YOU:
        return source.title
    if source.url:
        return _("yours, read at {where}", where=source.title)
    return _("yours, seen: {where}", where=source.title)


def age_words(source: Source, today: date) -> str:
    """Return how old a source is: "3 months old"; by its reading where it has no date."""
    months = age_in_months(source, today)
    if not months:
        return _("under a month old")
    return _("{time} old", time=count_words(months, "month"))


def first_upper(words: str) -> str:
    """Return words that begin a line with a capital, unless the first is spelt like "iPhone"."""
    return words if words[1:2].isupper() else words[:1].upper() + words[1:]


def sentences(parts: Iterable[str]) -> str:
    """Return sentences that lack their points as one text, whose last lacks it too."""
    return _(". ").join(parts)


def asked_words(needs: Needs) -> list[str]:
    """Return each usage of settled needs as a line: "Send money abroad (Mexico), 200.00 USD..."."""
    assert needs.currency
    period = period_of(needs.for_)
    words = [first_upper(usage_phrase(each, needs.currency, period)) for each in needs.use]
    if needs.keep is not None:
        words.append(f"Keep {money(needs.keep, needs.currency)} in it on an average day")
    return words


def use_option(usage: Usage, method: str | None = None) -> str:
    """Return a usage as `--use` takes it: "send-abroad=200x2:debit-card@MX".

    `method` is that of a usage which names none.
    """
    words = f"{usage.operation}={figure(usage.amount)}"
    if usage.times != 1:
        words += f"x{usage.times}"
    if way := usage.method or method:
        words += f":{way}"
    return f"{words}@{usage.country}" if usage.country else words


def year_title(needs: Needs) -> str:
    """Return what a column of costs is headed: "First year", or "For 3 weeks"."""
    stay = period_of(needs.for_).stay
    return f"For {stay}" if stay else "First year"


def no_market(wallet: Wallet, country: str, catalog: Catalog) -> str:
    """Return that the catalog has no market of a wallet in a country, and what it has."""
    words = f"{not_there(wallet, country)}; {countries_words(wallet)}"
    if any(country in other.markets for other in catalog.wallets):
        return f"{words}; what it has there: walletpick list --country {country}"
    return f"{words}; {helps_anywhere(wallet.id, country)}"


def not_there(wallet: Wallet, country: str) -> str:
    """Return that the catalog holds no market of a wallet in a country."""
    return f"the catalog has no {wallet.name} in {in_country(country)} ({country})"


def countries_words(wallet: Wallet) -> str:
    """Return in which countries the catalog has a wallet: "it has it in Kenya (KE)"."""
    named = countries_named([f"{in_country(code)} ({code})" for code in wallet.markets])
    more = f" (walletpick show {wallet.id})" if len(wallet.markets) > NAMED_COUNTRIES else ""
    return f"it has it in {named}{more}"


def no_wallet(country: str, catalog: Catalog) -> str:
    """Return that the catalog has no wallet in a country, and what helps there all the same."""
    covers = countries_named([in_country(code) for code in catalog.countries])
    words = f"the catalog has no wallet in {in_country(country)}; it covers {covers}"
    return f"{words}; {helps_anywhere('NAME', country)}"


def helps_anywhere(wallet: str, country: str) -> str:
    """Return which commands help with an account in a country of which the catalog has little."""
    call = f"{wallet} --country {country}"
    return f"for an account there: walletpick complain {call}, walletpick leave {call}"


def which_country(wallet: Wallet) -> str:
    """Return that a country has to be named, as a wallet is in several."""
    first = next(iter(wallet.markets))
    where = several_countries(wallet.markets)
    if len(wallet.markets) > NAMED_COUNTRIES:
        where += f" (walletpick show {wallet.id} names them)"
    which = f"--country {first} or {wallet.id}@{first}"
    return f"{wallet.name} is in {where}: say which with {which}"


def countries_named(names: Sequence[str]) -> str:
    """Return the names of countries, of many how many they are."""
    return ", ".join(names) if len(names) <= NAMED_COUNTRIES else f"{len(names)} countries"


def several_countries(codes: Collection[str]) -> str:
    """Return "several countries, KE (Kenya), PH (Philippines)", or of many how many they are."""
    if len(codes) > NAMED_COUNTRIES:
        return f"{len(codes)} countries"
    return f"several countries, {', '.join(f'{code} ({country_name(code)})' for code in codes)}"


def in_ten(chance: Decimal) -> str:
    """Return a chance, 0 to 1, as people say it: "7 of 10", "19 of 20", "under 1 of 100"."""
    if chance < Decimal("0.005"):
        return "under 1 of 100"
    if chance >= Decimal("0.95"):
        return "19 of 20" if chance < Decimal("0.985") else "99 of 100"
    if chance <= Decimal("0.05"):
        return "1 of 20" if chance > Decimal("0.015") else "1 of 100"
    return f"{max(1, int(chance * 10))} of 10"
