"""Generate walletpick/facts/places.tsv: countries, currencies and the names of countries.

Run ``python tools/make_places.py`` from the repository root. It needs babel, pycountry and
iso4217 at the versions pinned for the tests; walletpick itself needs none of them.
"""

from __future__ import annotations

import datetime
import unicodedata
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import iso4217
import pycountry
from babel import Locale, UnknownLocaleError
from babel.core import get_cldr_version
from babel.languages import get_official_languages
from babel.numbers import get_territory_currencies

OUTPUT = Path(__file__).resolve().parent.parent / "walletpick" / "facts" / "places.tsv"

# "Today" for the tables. A fixed day keeps the output the same until someone moves it.
AS_OF = datetime.date(2026, 11, 22)

# CLDR carries a short or variant form of these names that babel does not read.
NAME_OVERRIDES = {
    "CD": "Congo (DRC)",
    "CG": "Congo (Republic)",
    "HK": "Hong Kong",
    "MM": "Myanmar",
    "MO": "Macao",
    "PS": "Palestine",
}

# The names above in Chinese, where CLDR's common one is longer than what people say.
CHINESE_OVERRIDES = {"HK": "香港", "MO": "澳门", "PS": "巴勒斯坦"}
# Currencies whose names in Chinese CLDR does not have yet.
CHINESE_CURRENCIES = {"XCG": "加勒比盾", "ZWG": "津巴布韦金币"}

# Changes later than the CLDR release that babel carries.
CURRENCY_OVERRIDES = {
    "BG": "EUR",  # the euro since 1 January 2026, as in the ISO 4217 list of that date
}

# Names people type that none of the sources has.
ALIASES = {
    "AE": ("uae", "u.a.e.", "emirates", "الإمارات", "阿联酋", "阿聯酋"),
    "AG": ("antigua",),
    "AT": ("oesterreich",),
    "BA": ("bosnia", "bih", "波黑", "波斯尼亚"),
    "BQ": ("bonaire",),
    "CD": ("drc", "dr congo", "d.r. congo", "congo-kinshasa", "zaire", "rd congo", "rdc", "刚果金"),
    "CF": ("car", "中非"),
    "CG": ("congo-brazzaville", "republic of congo", "刚果布"),
    "CI": ("ivory coast", "cote d ivoire"),
    "CN": ("中國", "中华人民共和国", "zhongguo", "prc", "mainland china"),
    "CZ": ("czech republic", "česká republika"),
    "DE": ("brd", "bundesrepublik deutschland"),
    "DO": ("多米尼加",),
    "DZ": ("al jazair",),
    "EG": ("misr",),
    "FK": ("falklands",),
    "FM": ("federated states of micronesia",),
    "GB": (
        "uk",
        "u.k.",
        "britain",
        "great britain",
        "england",
        "scotland",
        "wales",
        "northern ireland",
    ),
    "GR": ("hellas", "ellada"),
    "HK": ("香港", "hksar", "hongkong"),
    "IN": ("bharat",),
    "IR": ("persia",),
    "JP": ("nippon", "nihon", "日本国", "にほん", "ニッポン"),
    "KG": ("吉尔吉斯",),
    "KN": ("st. kitts", "saint kitts"),
    "KP": ("dprk", "조선", "北韩"),
    "KR": ("korea", "한국", "rok", "hanguk", "南韩", "南韓"),
    "MK": ("macedonia", "马其顿"),
    "MM": ("burma",),
    "MO": ("macau", "澳門", "澳门"),
    "NL": ("holland",),
    "NZ": ("纽西兰",),
    "PG": ("巴新",),
    "PS": ("state of palestine", "فلسطين", "west bank", "gaza"),
    "RU": ("rossiya", "российская федерация"),
    "SA": ("ksa", "saudi", "السعودية", "沙特", "沙烏地"),
    "ST": ("sao tome",),
    "SX": ("st. maarten",),
    "SZ": ("swaziland", "斯威士兰"),
    "TL": ("east timor",),
    "TR": ("turkey",),
    "TT": ("trinidad", "tobago", "特多"),
    "TW": ("台湾", "臺灣", "chinese taipei"),
    "UA": ("ukraina",),
    "US": ("u.s.", "u.s.a.", "america"),
    "VA": ("vatican", "holy see"),
    "VC": ("st. vincent", "saint vincent"),
    "ZA": ("rsa", "suid-afrika", "iningizimu afrika", "mzansi"),
}

# Names of more than one country that a source gives to one: none is better than the wrong one.
AMBIGUOUS = frozenset({"congo"})


def name_key(name: str) -> str:
    """Return *name* as the table spells it: NFKC, casefolded, single spaces, plain apostrophes."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    return " ".join(folded.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").split())


def tender_of(code: str) -> list[str]:
    """Return the legal-tender currencies of a country, its main one first; may be empty."""
    if code in CURRENCY_OVERRIDES:
        return [CURRENCY_OVERRIDES[code]]
    tender = [str(c) for c in get_territory_currencies(code, AS_OF, tender=True)]
    # CLDR may list a neighbour's currency first (ZAR in Lesotho, INR in Bhutan). A country's
    # own currency nearly always starts with its alpha-2 code, so that one leads.
    return sorted(tender, key=lambda currency: not currency.startswith(code))


def countries() -> dict[str, tuple[str, str, str]]:
    """Return alpha-2 -> (English name, alpha-3, currency or "" where there is none)."""
    english = Locale("en").territories
    table = {}
    for country in sorted(pycountry.countries, key=lambda c: str(c.alpha_2)):
        code = str(country.alpha_2)
        name = NAME_OVERRIDES.get(code) or str(english[code])
        tender = tender_of(code)
        table[code] = (name, str(country.alpha_3), tender[0] if tender else "")
    return table


def chinese(code: str) -> str:
    """Return the name of a country in simplified Chinese."""
    return CHINESE_OVERRIDES.get(code) or str(Locale("zh").territories[code])


def currencies(codes: list[str]) -> dict[str, tuple[str, str, int]]:
    """Return currency -> (English name, Chinese name, ISO 4217 minor-unit digits), legal tender.

    CLDR's digits describe daily use (0 for RSD or LBP); payments use those of ISO 4217.
    """
    english, simplified = Locale("en").currencies, Locale("zh").currencies
    table = {}
    for currency in sorted({c for code in codes for c in tender_of(code)}):
        digits = iso4217.Currency(currency).exponent
        if digits is None:
            raise ValueError(f"ISO 4217 gives {currency} no minor unit")
        table[currency] = (
            str(english[currency]),
            CHINESE_CURRENCIES.get(currency) or str(simplified[currency]),
            int(digits),
        )
    return table


def names_of(code: str, english: str) -> Iterator[str]:
    """Yield the names of one country: English, ISO, its languages, Chinese, aliases."""
    yield english
    yield chinese(code)
    for script in ("zh_Hans", "zh_Hant", "zh_Hant_HK"):
        yield str(Locale.parse(script).territories[code])
    yield str(Locale("en").territories[code])
    country = pycountry.countries.get(alpha_2=code)
    for field in ("name", "common_name", "official_name"):
        name = str(getattr(country, field, ""))
        if not name or "Province of" in name:
            continue
        yield name
        head, comma, tail = name.partition(", ")
        if comma and tail.endswith((" of", " of the")):
            yield f"{tail} {head}"  # "Korea, Republic of" -> "Republic of Korea"
    for language in get_official_languages(code, de_facto=True):
        try:
            local = Locale.parse(language).territories.get(code)
        except UnknownLocaleError:
            continue  # CLDR lists the language but has no translations in it
        if local:
            yield str(local)
    yield from ALIASES.get(code, ())


def local_names(table: dict[str, tuple[str, str, str]]) -> dict[str, str]:
    """Return every known name, casefolded -> alpha-2; a name of two countries is an error."""
    names: dict[str, str] = {}
    codes = {code.casefold(): code for code in table}
    codes |= {row[1].casefold(): code for code, row in table.items()}
    for code, row in table.items():
        for name in names_of(code, row[0]):
            key = name_key(name)
            if key in AMBIGUOUS:
                continue
            owner = names.setdefault(key, code)
            if owner != code or codes.get(key, code) != code:
                raise ValueError(f"{name!r} is a name of {code} and of {codes.get(key, owner)}")
    return dict(sorted(names.items()))


def render() -> str:
    """Return the whole text of walletpick/facts/places.tsv."""
    table = countries()
    names: dict[str, list[str]] = {code: [] for code in table}
    for name, code in local_names(table).items():
        names[code].append(name)
    sources = ", ".join(
        f"{name} {'.'.join(version(name).split('.')[:2])}"
        for name in ("babel", "pycountry", "iso4217")
    )
    lines = [
        "# Generated by: python tools/make_places.py. Do not edit by hand.",
        f"# From {sources} (CLDR {get_cldr_version()}), as of {AS_OF}.",
        "# ISO 4217 code, minor-unit digits, English name, Chinese name.",
        *(
            "\t".join((code, str(digits), name, simplified))
            for code, (name, simplified, digits) in currencies(list(table)).items()
        ),
        "# ISO 3166-1 alpha-2, alpha-3, legal-tender currency or nothing, English name, Chinese",
        "# name; then every name in English, Chinese, its own languages and as people type it.",
        *(
            "\t".join((code, alpha3, currency, name, chinese(code), *names[code]))
            for code, (name, alpha3, currency) in table.items()
        ),
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    OUTPUT.write_text(render(), encoding="utf-8", newline="\n")
