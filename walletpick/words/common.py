"""Words that several views share: figures with their range, bills, sources and their age. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from shlex import quote

from walletpick.facts import model
from walletpick.facts.ages import age_in_months
from walletpick.facts.money import HUNDRED, Range
from walletpick.facts.names import wallet_name
from walletpick.facts.periods import period_of, stay_words
from walletpick.facts.places import country_name, in_country, names_country
from walletpick.facts.vocabulary import ABROAD_OPERATIONS, PUBLISHERS, YOU
from walletpick.language import N_, _, known_text, ngettext, percent_words, with_brackets
from walletpick.person.needs import currency_of, far_from_usual
from walletpick.score.ranking import Place
from walletpick.words.phrases import (
    apart,
    clauses,
    count_words,
    date_words,
    figure,
    in_a_row,
    listed,
    money,
    usage_phrase,
)

UNKNOWN = "?"
NOTHING_PRICED = N_(
    "No use was named, so nothing is priced. Name yours, as in --use pay=400x30, or take that of"
    " somebody like you: --persona everyday-shopper."
)
# Usages as a person wrote them: the amount in all, and its currency.
Typed = Mapping[model.Usage, tuple[Decimal, str]]
# What wallets are, in a word or two.
KIND_NAMES = {
    "stored-value": N_("wallet with a balance"),
    "pass-through": N_("pays from your card or bank"),
    "bank-account": N_("bank account"),
    "mobile-money": N_("mobile money"),
    "remittance": N_("money transfer abroad"),
    "cbdc": N_("digital cash"),
}
# A sentence names so many countries; of more it says how many.
NAMED_COUNTRIES = 8

_TENTH = Decimal("0.1")


def amount_doubts(needs: model.Needs, catalog: model.Catalog) -> Iterator[str]:
    """Yield a sentence for each amount of the needs that is far from what people move."""
    currency, period = currency_of(needs), period_of(needs.for_)
    usual = catalog.criteria.settings.usual_amounts
    for usage, dollars in far_from_usual(needs, usual, catalog.per_usd):
        little = dollars < usual.most_usd
        if currency == "USD":
            much = _("very little") if little else _("very much")
        elif little:
            much = _("only about {amount}", amount=money(dollars, "USD"))
        else:
            much = _("as much as about {amount}", amount=money(dollars, "USD"))
        form = N_("{usage}: that is {much}. Is it what you mean?")
        if little and usage.times > 1:
            form = N_(
                "{usage}: that is {much} each. For {amount} each time, write {words}. Is it what"
                " you mean?"
            )
        yield _(
            form,
            usage=usage_phrase(usage, currency, period),
            much=much,
            amount=money(usage.amount, currency),
            words=f"{usage.amount.normalize():f}eachx{usage.times}",
        )


def number_words(span: Range, factor: Decimal | int = 1) -> str:
    """Return a score, value or points with one digit and its range: "71.4 (66.0 to 75.2)"."""
    low, middle, high = (tenth(at * factor) for at in (span.low, span.estimate, span.high))
    if low == high:
        return middle
    ends = _("{low} to {high}", low=low, high=high)
    return with_brackets(middle, ends)


def tenth(number: Decimal) -> str:
    """Return a number with one digit after the point."""
    return f"{number.quantize(_TENTH, ROUND_HALF_EVEN) + 0:f}"


def cited(key: str, source: model.Source, stale: bool) -> str:
    """Return how a page refers to a source: "[fees]", "[fees, second-hand, stale: 2021-04]"."""
    parts = [key, *([_("second-hand")] if source.second_hand else [])]
    if stale and source.as_of:
        parts.append(_("stale: {day}", day=source.as_of))
    elif stale:
        parts.append(_("undated, stale: read {day}", day=source.seen))
    elif not source.as_of:
        parts.append(_("undated"))
    return f"[{clauses(parts)}]"


def source_line(source: model.Source) -> str:
    """Return a source without its address: title, who says it, date, second-hand or not."""
    when = date_words(source)
    if source.publisher == YOU:
        return apart((source_name(source), when))
    if source.second_hand:
        when = clauses((when, _("second-hand (as another page quotes it)")))
    return apart((known_text(source.title), _(PUBLISHERS[source.publisher]), when))


def source_name(source: model.Source) -> str:
    """Return the title of a source, which says of an own fact that it is the person's."""
    if source.publisher != YOU:
        return known_text(source.title)
    if source.url:
        return _("yours, read at {where}", where=source.title)
    return _("yours, seen: {where}", where=source.title)


def age_words(source: model.Source, today: date) -> str:
    """Return how old a source is: "3 months old"; by its reading where it has no date."""
    months = age_in_months(source, today)
    if not months:
        return _("under a month old")
    return _("{time} old", time=count_words(months, "month"))


def first_upper(words: str) -> str:
    """Return words that begin a line with a capital, unless the first is spelt like "iPhone"."""
    return words if words[1:2].isupper() else words[:1].upper() + words[1:]


def first_lower(words: str) -> str:
    """Return words that begin a sentence as they go on in one."""
    return f"{words[0].lower()}{words[1:]}"


def sentences(parts: Iterable[str]) -> str:
    """Return sentences that lack their points as one text, whose last lacks it too."""
    return _(". ").join(parts)


def asked_words(needs: model.Needs) -> list[str]:
    """Return each usage of settled needs as a line: "Send money abroad (Mexico), 200.00 USD..."."""
    currency, period = currency_of(needs), period_of(needs.for_)
    words = [first_upper(usage_phrase(each, currency, period)) for each in needs.use]
    if needs.keep is not None:
        kept = money(needs.keep, currency)
        words.append(_("Keep {amount} in it on an average day", amount=kept))
    return words


def homes_words(places: Iterable[Place], needs: model.Needs) -> str:
    """Return that "at home" is not the same for markets of several countries; or ""."""
    homes = dict.fromkeys(place.candidate.country for place in places)
    if len(homes) < 2 or all(usage.operation in ABROAD_OPERATIONS for usage in needs.use):
        return ""
    return _(
        "Each wallet is priced within its own country: at home is not the same in {countries}.",
        countries=listed([in_country(each) for each in homes]),
    )


def use_option(usage: model.Usage, method: str | None = None, currency: str | None = None) -> str:
    """Return a usage as `--use` takes it: "send-abroad=200x2:debit-card@MX".

    `method` is that of a usage which names none; a `currency` stands behind the amount.
    """
    words = f"{usage.operation}={figure(usage.amount)}{currency or ''}"
    if usage.times != 1:
        words += f"x{usage.times}"
    if way := usage.method or method:
        words += f":{way}"
    return f"{words}@{usage.country}" if usage.country else words


def command_words(needs: model.Needs, command: str = "rank") -> list[str]:
    """Return the command that ranks, or combines, for these needs, as one types it in a shell.

    In parts, each an option with its value.
    """
    options: list[tuple[str, str]] = []
    if needs.country:
        options.append(("country", needs.country))
    options += (("use", use_option(usage)) for usage in needs.use)
    for option in ("must", "wish", "have", "person", "given", "bank"):
        options += ((option, word) for word in getattr(needs, option))
    options += (("weight", f"{name}={figure(weight)}") for name, weight in needs.weights.items())
    typed = (f"--{option} {quote(word)}" for option, word in options)
    return [f"walletpick {command}", *typed]


def command_lines(words: Sequence[str], width: int) -> str:
    """Return a command in parts as lines that a POSIX shell takes for one, none beyond a width.

    Only a part that is longer than that is.
    """
    lines = [words[0]]
    for word in words[1:]:
        # Behind a line stands a backslash, and none fills the last cell, where some would break it.
        if len(lines[-1]) + 1 + len(word) + 2 < width:
            lines[-1] += f" {word}"
        else:
            lines.append(f"  {word}")
    return " \\\n".join(lines)


def year_title(needs: model.Needs) -> str:
    """Return what a column of costs is headed: "First year", or "For 3 weeks"."""
    stay = stay_words(period_of(needs.for_).stay)
    return _("For {stay}", stay=stay) if stay else _("First year")


def hangs_on_uses_words() -> str:
    """Return that nobody can say which wallet fits without knowing what is done with it."""
    return _(
        "Which of them fits you hangs on what you do with money: say it with --use, such as"
        " --use pay=500x10, or with --persona. Without it, no cost is worked out."
    )


def no_market(wallet: model.Wallet, country: str, catalog: model.Catalog) -> str:
    """Return that the catalog has no market of a wallet in a country, and what it has."""
    if any(country in other.markets for other in catalog.wallets):
        call = f"walletpick list --country {country}"
        more = _("what it has there: {call}", call=call)
    else:
        more = helps_anywhere(wallet.id, country)
    return apart([not_there(wallet, country), countries_words(wallet), more])


def wallet_in(wallet: model.Wallet, country: str) -> str:
    """Return a market by name: "Wise in Kenya"; the country once, where the name has it."""
    name = wallet_name(wallet)
    if names_country(name, country):
        return name
    return _("{wallet} in {country}", wallet=name, country=in_country(country))


def wallet_of(wallet: model.Wallet, country: str) -> str:
    """Return a market by name with the country behind: "Wise (Kenya)", once as in `wallet_in`."""
    name = wallet_name(wallet)
    if names_country(name, country):
        return name
    return with_brackets(name, country_name(country))


def name_among(wallet: model.Wallet, country: str, countries: Iterable[str]) -> str:
    """Return the name of a wallet, with its country where there are several: "Wise (GB)"."""
    return with_brackets(wallet_name(wallet), country if len({*countries}) > 1 else None)


def share_words(share: Decimal) -> str:
    """Return a share, 0 to 1, as people read it: "42 %"."""
    return percent_words((share * HUNDRED).to_integral_value())


def not_there(wallet: model.Wallet, country: str) -> str:
    """Return that the catalog holds no market of a wallet in a country."""
    return _(
        "the catalog has no {wallet} in {country}",
        wallet=wallet_name(wallet),
        country=_with_code(country),
    )


def countries_words(wallet: model.Wallet) -> str:
    """Return in which countries the catalog has a wallet: "it has it in Kenya (KE)"."""
    named = countries_named([_with_code(code) for code in wallet.markets])
    words = _("it has it in {countries}", countries=named)
    if len(wallet.markets) <= NAMED_COUNTRIES:
        return words
    return with_brackets(words, f"walletpick show {wallet.id}")


def _with_code(country: str) -> str:
    return with_brackets(in_country(country), country)


def no_wallet(country: str, catalog: model.Catalog) -> str:
    """Return that the catalog has no wallet in a country, and what helps there all the same."""
    return apart([has_none(country, catalog), helps_anywhere("NAME", country)])


def has_none(country: str, catalog: model.Catalog) -> str:
    """Return that the catalog has no wallet in a country, and how many countries it covers."""
    return _(
        "the catalog has no wallet in {country}; it covers {countries}",
        country=in_country(country),
        countries=countries_named([in_country(code) for code in catalog.countries]),
    )


def helps_anywhere(wallet: str, country: str) -> str:
    """Return which commands help with an account in a country of which the catalog has little."""
    call = f"{wallet} --country {country}"
    return _(
        "for an account there: {calls}",
        calls=clauses([f"walletpick complain {call}", f"walletpick leave {call}"]),
    )


def which_country(wallet: model.Wallet) -> str:
    """Return that a country has to be named, as a wallet is in several."""
    first = next(iter(wallet.markets))
    where = several_countries(wallet.markets)
    if len(wallet.markets) > NAMED_COUNTRIES:
        call = f"walletpick show {wallet.id}"
        where = _("{countries} ({call} names them)", countries=where, call=call)
    return _(
        "{wallet} is in {countries}: say which with {option} or {name}",
        wallet=wallet_name(wallet),
        countries=where,
        option=f"--country {first}",
        name=f"{wallet.id}@{first}",
    )


def countries_named(names: Sequence[str]) -> str:
    """Return the names of countries, of many how many they are."""
    return in_a_row(names) if len(names) <= NAMED_COUNTRIES else count_words(len(names), "country")


def several_countries(codes: Collection[str]) -> str:
    """Return "several countries, KE (Kenya), PH (Philippines)", or of many how many they are."""
    if len(codes) > NAMED_COUNTRIES:
        return count_words(len(codes), "country")
    named = [with_brackets(code, country_name(code)) for code in codes]
    return _("several countries, {countries}", countries=in_a_row(named))


def behind_words(average: model.AverageFee | model.AverageCharge, partly: bool = False) -> str:
    """Return on what a guess rests: "from what 22 wallets charge"; "" for what rests on nothing."""
    count = average.count
    if not count:
        return ""
    if isinstance(average, model.AverageElsewhere):
        rests = ngettext(
            "from what it takes in {count} other country",
            "from what it takes in {count} other countries",
            count,
        )
    elif isinstance(average, model.AverageAtHome):
        rests = ngettext(
            "from what {count} wallet there charges",
            "from what {count} wallets there charge",
            count,
        )
    else:
        rests = ngettext(
            "from what {count} wallet charges",
            "from what {count} wallets charge",
            count,
        )
    return _("partly {rests}", rests=rests) if partly else rests


def in_ten(chance: Decimal) -> str:
    """Return a chance, 0 to 1, as people say it: "7 of 10", "over 9 of 10", "under 1 of 10".

    Rounded to the nearest tenth (half to even), so that nothing uncertain is 10 of 10 or 0 of 10;
    and what is a little too unsure to be called the best is not told as what just is.
    """
    tenths = int((chance * 10).to_integral_value(ROUND_HALF_EVEN))
    if Decimal("0.5") <= chance < Decimal("0.6"):
        tenths = 5
    if tenths == 0:
        return _("under {count} of {all}", count=1, all=10)
    if tenths == 10:
        return _("over {count} of {all}", count=9, all=10)
    return _("{count} of {all}", count=tenths, all=10)
