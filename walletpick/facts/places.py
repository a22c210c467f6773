"""Countries, their currencies, the names people type for them, and payment zones.

Codes passed in are upper case, as `find_country` returns them; an unknown code or zone raises
KeyError.
"""

from walletpick.facts.places_data import COUNTRIES, CURRENCIES, LOCAL_NAMES, ZONES

__all__ = [
    "COUNTRY_CODES",
    "ZONE_NAMES",
    "country_name",
    "currency_name",
    "currency_of",
    "find_country",
    "in_country",
    "in_zone",
    "is_country",
    "is_currency",
    "minor_units",
    "nearest_countries",
]

COUNTRY_CODES: tuple[str, ...] = tuple(sorted(COUNTRIES))
"""Every ISO 3166-1 alpha-2 code, sorted."""

ZONE_NAMES: tuple[str, ...] = tuple(ZONES)
"""The zones that `in_zone` knows."""

# Countries whose names take an article in a sentence.
_WITH_ARTICLE = frozenset(
    {
        *("AE", "BS", "CC", "CD", "CF", "CG", "CK", "DO", "FK", "FO", "GB", "GM", "IM", "KM"),
        *("KY", "MH", "MP", "MV", "NL", "PH", "SB", "SC", "TC", "UM", "US", "VG", "VI"),
    }
)

_ALPHA3 = {row[1]: code for code, row in COUNTRIES.items()}

# Letters that Unicode does not split into a base letter and an accent.
_LETTERS = {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "ə": "e", "æ": "ae", "œ": "oe"}
_PUNCTUATION = str.maketrans(
    _LETTERS | {"&": " and "} | dict.fromkeys(".'`’‘ʻʼ") | dict.fromkeys("-–—,()/_", " ")
)

# Filled by _plain_names() when a name is first not found as it stands.
_plain_index: dict[str, str] = {}


def country_name(code: str) -> str:
    """Return the common English name of a country: KE -> "Kenya"."""
    return COUNTRIES[code][0]


def in_country(code: str) -> str:
    """Return a country's name after "in": US -> "the United States", KE -> "Kenya"."""
    return f"the {COUNTRIES[code][0]}" if code in _WITH_ARTICLE else COUNTRIES[code][0]


def currency_of(code: str) -> str:
    """Return the country's legal-tender currency: KE -> "KES"; "" for Antarctica, with none."""
    return COUNTRIES[code][2]


def currency_name(currency: str) -> str:
    """Return the English name of a currency: KES -> "Kenyan Shilling"."""
    return CURRENCIES[currency][0]


def minor_units(currency: str) -> int:
    """Return how many decimal digits ISO 4217 gives a currency: KES -> 2, JPY -> 0."""
    return CURRENCIES[currency][1]


def is_country(code: str) -> bool:
    """Tell whether *code* is an ISO 3166-1 alpha-2 code, in upper case."""
    return code in COUNTRIES


def is_currency(code: str) -> bool:
    """Tell whether *code* is the ISO 4217 code of a currency in use, in upper case."""
    return code in CURRENCIES


def in_zone(code: str, zone: str) -> bool:
    """Tell whether a country belongs to one of ZONE_NAMES."""
    return code in ZONES[zone]


def find_country(text: str) -> str | None:
    """Return the alpha-2 code of the country that *text* names, or None.

    *text* may be an alpha-2 or alpha-3 code, an English name, a name in one of the country's own
    languages or a common alias; case, accents and punctuation do not matter.
    """
    key = _casefold(text)
    code = key.upper()
    if code in COUNTRIES:
        return code
    return _ALPHA3.get(code) or LOCAL_NAMES.get(key) or _plain_names().get(_plain(key))


def nearest_countries(text: str, n: int = 3) -> list[str]:
    """Return up to *n* countries whose names look like *text*, best first: "Kenya (KE)"."""
    import difflib

    wanted = _plain(_casefold(text))
    if not wanted or n < 1:
        return []
    names = _plain_names()
    # A country has several names, so more are asked for than are returned.
    similar = difflib.get_close_matches(wanted, names, n=n * 8, cutoff=0.6)
    # A word of a longer name ("congo", "virgin islands") is a better guess than a similar name.
    whole = [name for name in names if len(wanted) > 2 and f" {wanted} " in f" {name} "]
    codes = dict.fromkeys(names[name] for name in [*sorted(whole, key=len), *similar])
    return [f"{country_name(code)} ({code})" for code in list(codes)[:n]]


def _casefold(text: str) -> str:
    """Return *text* as LOCAL_NAMES spells its keys."""
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


def _plain_names() -> dict[str, str]:
    """Return plain name -> alpha-2 for every name, built once."""
    if not _plain_index:
        for key, code in LOCAL_NAMES.items():
            _plain_index.setdefault(_plain(key), code)
    return _plain_index
