"""Countries, their currencies, the names people type for them, and payment zones.

Codes passed in are upper case, as `find_country` returns them; an unknown code or zone raises
KeyError.
"""

import re
from collections.abc import Iterable
from functools import cache, partial
from typing import NamedTuple

from walletpick.facts.characters import names_like
from walletpick.facts.tables import lines_of
from walletpick.language import ENGLISH, N_, _, language, pgettext


def _lists(file: str) -> dict[str, frozenset[str]]:
    """Return what stands in a file: lines of a name and codes of countries.

    A name of a line above stands for its countries.
    """
    lists: dict[str, frozenset[str]] = {}
    for line in lines_of(file):
        name, *codes = line.split()
        lists[name] = frozenset().union(*(lists.get(code, {code}) for code in codes))
    return lists


_ZONES = _lists("facts/zones.txt")
ZONE_NAMES = tuple(_ZONES)
# Where another currency is legal tender beside the country's own: Panama's law of 1904, Liberia's
# Central Bank Act, Zimbabwe's orders on several currencies, the Common Monetary Area's agreement,
# and the British territories whose pound is the same.
_SECOND = {
    **dict.fromkeys(("FK", "GI", "SH"), "GBP"),
    **dict.fromkeys(("LR", "PA", "ZW"), "USD"),
    **dict.fromkeys(("LS", "NA"), "ZAR"),
}
# What is no country and makes law for several, with its name in a sentence.
UNIONS = {"EU": N_("the European Union")}
# Countries whose names take an article in a sentence.
_THE = "AE BS CC CD CF CG CK DO FK FO GB GM IM KM KY MH MP MV NL PH SB SC TC UM US VG VI"
_WITH_ARTICLE = frozenset(_THE.split())

# Letters that Unicode does not split into a base letter and an accent.
_LETTERS = {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "ə": "e", "æ": "ae", "œ": "oe"}
_PUNCTUATION = str.maketrans(
    _LETTERS | {"&": " and "} | dict.fromkeys(".'`’‘ʻʼ") | dict.fromkeys("-–—,()/_", " ")
)


class _Tables(NamedTuple):
    """What `places.tsv` holds."""

    # Alpha-2 code -> English name, Chinese name, currency.
    countries: dict[str, tuple[str, str, str]]
    # Code -> English name, Chinese name, minor units.
    currencies: dict[str, tuple[str, str, int]]
    # Alpha-2 or alpha-3 code, in lower case -> alpha-2 code.
    codes: dict[str, str]
    # Casefolded name -> alpha-2 code.
    names: dict[str, str]


@cache
def _tables() -> _Tables:
    """Return the tables, read when first asked for."""
    tables = _Tables({}, {}, {}, {})
    for line in lines_of("facts/places.tsv"):
        if line[3] == "\t":
            code, digits, name, chinese = line.split("\t")
            tables.currencies[code] = name, chinese, int(digits)
        else:
            code, alpha3, currency, name, chinese, *names = line.split("\t")
            tables.countries[code] = name, chinese, currency
            tables.codes[code.lower()] = tables.codes[alpha3.lower()] = code
            for name in names:
                tables.names[name] = code
    return tables


def country_codes() -> tuple[str, ...]:
    """Return every ISO 3166-1 alpha-2 code, sorted."""
    return tuple(_tables().countries)


def country_name(code: str) -> str:
    """Return the common name of a country in the language that is spoken: KE -> "Kenya"."""
    english, chinese, _currency = _tables().countries[code]
    return english if language() == ENGLISH else chinese


def other_end(code: str, bare: bool = False) -> str:
    """Return a country's name where money comes from or goes to: after "in", or `bare`.

    In Chinese it is said that the mainland is meant, as money from Hong Kong crosses a border too.
    """
    if code == "CN":
        return pgettext("other end", "China")
    return country_name(code) if bare else in_country(code)


def land_name(code: str) -> str:
    """Return the name of a country, or of a union: EU -> "European Union"."""
    return _(UNIONS[code]).removeprefix("the ") if code in UNIONS else country_name(code)


def in_country(code: str) -> str:
    """Return a country's name after "in": US -> "the United States", KE -> "Kenya"."""
    if code in UNIONS:
        return _(UNIONS[code])
    return english_in_country(code) if language() == ENGLISH else country_name(code)


def english_in_country(code: str) -> str:
    """Return a country's name after "in" in English, whichever language is spoken."""
    english, _chinese, _currency = _tables().countries[code]
    return f"the {english}" if code in _WITH_ARTICLE else english


_official = cache(partial(_lists, "facts/languages.txt"))


def languages_of(code: str) -> tuple[str, ...]:
    """Return the official languages of a country without English (ISO 639-1 codes): TR -> tr.

    () where English is one, or none of them is known to the program.
    """
    return tuple(each for each, countries in _official().items() if code in countries)


# Where else, or beside English, people call things by names in a language.
_ALSO_SPOKEN = {"uk": "UA", "ur": "PK", "zh": "HK MO SG", "zh-Hant": "HK MO TW"}


def is_spoken_in(language_code: str, code: str) -> bool:
    """Return whether a country calls things by a language, such as "ja" or "zh-Hant"."""
    official = _official().get(language_code, ())
    return code in official or code in _ALSO_SPOKEN.get(language_code, "").split()


def names_country(text: str, code: str) -> bool:
    """Return whether a text, such as a name, has a country's name in either language."""
    english, chinese, _currency = _tables().countries[code]
    return chinese in text or bool(re.search(rf"\b{re.escape(english)}\b", text, re.IGNORECASE))


def currency_of(code: str) -> str:
    """Return the country's legal-tender currency: KE -> "KES"; "" for Antarctica, with none."""
    return _tables().countries[code][2]


def countries_with(currency: str) -> list[str]:
    """Return the codes of the countries of a currency: KES -> KE; USD -> US, whose own it is."""
    codes = [code for code, (*_names, own) in _tables().countries.items() if own == currency]
    return [code for code in codes if code == currency[:2]] or codes


def currencies_of(code: str) -> frozenset[str]:
    """Return what is legal tender in a country: its own currency, and a second where there is one.

    PA -> PAB and USD.
    """
    return frozenset(filter(None, (currency_of(code), _SECOND.get(code))))


def currency_name(currency: str) -> str:
    """Return the name of a currency in the language that is spoken: KES -> "Kenyan Shilling"."""
    english, chinese, _digits = _tables().currencies[currency]
    return english if language() == ENGLISH else chinese


def minor_units(currency: str) -> int:
    """Return how many decimal digits ISO 4217 gives a currency: KES -> 2, JPY -> 0."""
    return _tables().currencies[currency][2]


def is_country(code: str) -> bool:
    """Tell whether *code* is an ISO 3166-1 alpha-2 code, in upper case."""
    return code in _tables().countries


def is_currency(code: str) -> bool:
    """Tell whether *code* is the ISO 4217 code of a currency in use, in upper case."""
    return code in _tables().currencies


def is_end(code: str, ends: Iterable[str], home: str) -> bool:
    """Tell whether a country is among some: countries, ZONE_NAMES or "abroad" (all but `home`)."""
    return any(
        end == code or (end == "abroad" and code != home) or (end in _ZONES and code in _ZONES[end])
        for end in ends
    )


def in_zone(code: str, zone: str) -> bool:
    """Tell whether a country belongs to one of ZONE_NAMES."""
    return code in _ZONES[zone]


def find_country(text: str) -> str | None:
    """Return the alpha-2 code of the country that *text* names, or None.

    *text* may be an alpha-2 or alpha-3 code, an English or Chinese name, a name in one of the
    country's own languages or a common alias; case, accents and punctuation do not matter.
    """
    key = _casefold(text)
    tables = _tables()
    return tables.codes.get(key) or tables.names.get(key) or _plain_names().get(_plain(key))


def countries_starting(text: str) -> list[str]:
    """Return the codes of the countries of which some name begins so, the nearest to whole first.

    Names, case, accents and punctuation are taken as in `find_country`: "Turk" is Türkiye, whose
    other name is Turkey, before Turkmenistan.
    """
    wanted = _plain(_casefold(text))
    if not wanted:
        return []
    names = _plain_names()
    begun = sorted((name for name in names if name.startswith(wanted)), key=lambda n: (len(n), n))
    return list(dict.fromkeys(names[name] for name in begun))


# How like a name must be for a country to be meant by it; Chinese names are short.
_LIKE, _LIKE_IN_OTHERS = 0.7, 0.6
# So many are named.
_NEAREST = 3


def nearest_countries(text: str) -> list[str]:
    """Return a few countries whose names look like *text*, best first: "Kenya (KE)"."""
    wanted = _plain(_casefold(text))
    if not wanted:
        return []
    names = _plain_names()
    # A country has several names, so more are asked for than are returned.
    similar = names_like(
        wanted, names, _NEAREST * 8, _LIKE if wanted.isascii() else _LIKE_IN_OTHERS
    )
    # A word of a longer name ("congo", "virgin islands") is a better guess than a similar name.
    whole = [name for name in names if len(wanted) > 2 and f" {wanted} " in f" {name} "]
    begun = countries_starting(text) if len(wanted) > 2 else []
    codes = [names[name] for name in sorted(whole, key=len)] + begun
    codes += [names[name] for name in similar]
    return [f"{country_name(code)} ({code})" for code in list(dict.fromkeys(codes))[:_NEAREST]]


def _casefold(text: str) -> str:
    """Return *text* as `places.tsv` spells names."""
    if not text.isascii():
        import unicodedata

        text = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
        text = text.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    return " ".join(text.casefold().split())


def _plain(key: str) -> str:
    """Return a casefolded name without accents, punctuation or a leading "the"."""
    if not key.isascii():
        import unicodedata

        key = "".join(
            char
            for char in unicodedata.normalize("NFKD", key)
            if not unicodedata.combining(char) and unicodedata.category(char) != "Cf"
        )
        key = unicodedata.normalize("NFKC", key)
    words = ["saint" if word == "st" else word for word in key.translate(_PUNCTUATION).split()]
    return " ".join(words[1:] if words[:1] == ["the"] and len(words) > 1 else words)


@cache
def _plain_names() -> dict[str, str]:
    """Return plain name -> alpha-2 for every name; wanted when one is not found as it stands."""
    return {_plain(name): code for name, code in sorted(_tables().names.items())}
