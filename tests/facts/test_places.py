"""Countries, currencies, names and zones."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from walletpick.facts import places

ROOT = Path(__file__).resolve().parents[2]
TABLE = ROOT / "walletpick" / "facts" / "places.tsv"
ROWS = [
    line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines() if line[0] != "#"
]
COUNTRIES = {row[0]: row for row in ROWS if len(row[0]) == 2}
CURRENCIES = [row[0] for row in ROWS if len(row[0]) == 3]
NAMES = [(name, code) for code, row in COUNTRIES.items() for name in row[4:]]
ZONES = {
    zone: {code for code in COUNTRIES if places.in_zone(code, zone)} for zone in places.ZONE_NAMES
}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("ke", "KE"),
        ("KEN", "KE"),
        (" Kenya ", "KE"),
        ("Deutschland", "DE"),
        ("ÖSTERREICH", "AT"),
        ("osterreich", "AT"),
        ("中国", "CN"),
        ("中國", "CN"),
        ("日本", "JP"),
        ("한국", "KR"),
        ("ＫＥ", "KE"),  # full-width letters, as an input method types them
        ("uk", "GB"),
        ("U.S.", "US"),
        ("U.S.A.", "US"),
        ("america", "US"),
        ("England", "GB"),
        ("UAE", "AE"),
        ("阿联酋", "AE"),
        ("沙特", "SA"),
        ("Korea", "KR"),
        ("korea, republic of", "KR"),
        ("Viet Nam", "VN"),
        ("Vietnam", "VN"),
        ("Turkey", "TR"),
        ("TÜRKİYE", "TR"),
        ("turkiye", "TR"),
        ("Ivory Coast", "CI"),
        ("Cote d'Ivoire", "CI"),
        ("côte d\u2019ivoire", "CI"),
        ("curacao", "CW"),
        ("The Gambia", "GM"),
        ("Trinidad and Tobago", "TT"),
        ("Saint Lucia", "LC"),
        ("St Lucia", "LC"),
        ("hong-kong", "HK"),
        ("niger", "NE"),
        ("nigeria", "NG"),
        ("guinea bissau", "GW"),
        ("dominica", "DM"),
    ],
)
def test_find_country(text: str, code: str) -> None:
    assert places.find_country(text) == code


@pytest.mark.parametrize(
    "text", ["", "  ", "...", "the", "zz", "atlantis", "congo", "xx1", "\u200d"]
)
def test_find_country_finds_nothing(text: str) -> None:
    assert places.find_country(text) is None


def test_every_country_is_found_by_its_codes_and_names() -> None:
    for code, alpha3, _, name, *_ in COUNTRIES.values():
        for text in (code.lower(), alpha3.lower(), name, name.upper()):
            assert places.find_country(text) == code, text
    for name, code in NAMES:
        assert places.find_country(name) == code, name


def test_names_stay_apart_without_accents_and_punctuation() -> None:
    plain = {(places._plain(name), code) for name, code in NAMES}
    assert len(plain) == len({name for name, _ in plain})
    assert all(name for name, _ in plain)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("kenia", "Kenya (KE)"),
        ("Germny", "Germany (DE)"),
        ("Brazl", "Brazil (BR)"),
        ("deutchland", "Germany (DE)"),
        ("Filipines", "Philippines (PH)"),
        ("Tansania", "Tanzania (TZ)"),
        ("Viet nahm", "Vietnam (VN)"),
        ("united kingdon", "United Kingdom (GB)"),
        # Of two characters, one may be wrong.
        ("香巷", "Hong Kong (HK)"),
        ("中果", "China (CN)"),
        ("印度尼西压", "Indonesia (ID)"),
    ],
)
def test_nearest_countries(text: str, first: str) -> None:
    assert places.nearest_countries(text)[0] == first


def test_nearest_countries_offers_each_country_once() -> None:
    assert set(places.nearest_countries("congo")) == {"Congo (DRC) (CD)", "Congo (Republic) (CG)"}
    near = places.nearest_countries("ireland")
    assert len(near) == len(set(near)) == 3
    assert places.nearest_countries("") == []
    assert places.nearest_countries("qqqqqqqq") == []
    # Hungary and Armenia share letters with it, and no more.
    assert places.nearest_countries("Narnya") == []
    assert places.nearest_countries("胡说八道") == []


@pytest.mark.parametrize(
    ("code", "currency"),
    [
        ("KE", "KES"),
        ("BG", "EUR"),
        ("HR", "EUR"),
        ("CW", "XCG"),
        ("SL", "SLE"),
        ("BT", "BTN"),
        ("LS", "LSL"),
        ("NA", "NAD"),
        ("HT", "HTG"),
        ("ZW", "ZWG"),
        ("SN", "XOF"),
        ("CM", "XAF"),
        ("EC", "USD"),
    ],
)
def test_currency_of(code: str, currency: str) -> None:
    assert places.currency_of(code) == currency


def test_minor_units_are_those_of_iso_4217() -> None:
    by_digits: dict[int, set[str]] = {}
    for code in CURRENCIES:
        by_digits.setdefault(places.minor_units(code), set()).add(code)
    none = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF"
    assert by_digits.pop(0) == set(none.split())
    assert by_digits.pop(3) == {"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"}
    assert {"IDR", "COP", "PKR", "TZS", "HUF", "TWD", "RSD", "LBP", "MMK"} <= by_digits.pop(2)
    assert not by_digits


def test_tables_agree_with_each_other() -> None:
    assert len(COUNTRIES) == 249
    assert list(places.country_codes()) == sorted(COUNTRIES)
    assert {c for c in COUNTRIES if not places.currency_of(c)} == {"AQ"}
    assert {places.currency_of(c) for c in COUNTRIES} - {""} <= set(CURRENCIES)
    assert all(places.currency_name(c) for c in CURRENCIES)
    assert not {"BGN", "HRK", "ANG", "SLL", "XXX", "XAU"} & set(CURRENCIES)
    assert places.country_name("HK") == "Hong Kong"
    assert places.is_country("KE")
    assert not places.is_country("UK")
    assert places.is_currency("KES")
    assert not places.is_currency("KE")


def test_unknown_codes_and_zones_raise() -> None:
    with pytest.raises(KeyError):
        places.country_name("ZZ")
    with pytest.raises(KeyError):
        places.minor_units("ZZZ")
    with pytest.raises(KeyError):
        places.in_zone("DE", "NAFTA")


def test_zones() -> None:
    assert {zone: len(members) for zone, members in ZONES.items()} == {
        "EU": 27,
        "EEA": 30,
        "euro-area": 21,
        "SEPA": 54,
        "GCC": 6,
        "WAEMU": 8,
        "CEMAC": 6,
    }
    assert ZONES["euro-area"] < ZONES["EU"] < ZONES["EEA"] < ZONES["SEPA"]
    assert places.in_zone("BG", "euro-area")
    assert not places.in_zone("GB", "EU")
    assert places.in_zone("GB", "SEPA")
    for zone, currency in (("euro-area", "EUR"), ("WAEMU", "XOF"), ("CEMAC", "XAF")):
        assert {places.currency_of(code) for code in ZONES[zone]} == {currency}
    # An EU state outside the euro area has its own currency; XOF and XAF are used nowhere else.
    assert not {c for c in ZONES["EU"] - ZONES["euro-area"] if places.currency_of(c) == "EUR"}
    assert {c for c in COUNTRIES if places.currency_of(c) == "XOF"} == ZONES["WAEMU"]
    assert {c for c in COUNTRIES if places.currency_of(c) == "XAF"} == ZONES["CEMAC"]


def test_data_file_is_what_the_generator_writes() -> None:
    for module in ("babel", "pycountry", "iso4217"):
        pytest.importorskip(module, reason=f"regenerating places.tsv needs {module}")
    spec = importlib.util.spec_from_file_location("make_places", ROOT / "tools" / "make_places.py")
    assert spec is not None
    assert spec.loader is not None
    make_places = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(make_places)
    assert make_places.render() == TABLE.read_text(encoding="utf-8"), (
        "run: python tools/make_places.py"
    )


def test_a_name_that_has_its_country_is_known_in_either_language() -> None:
    assert places.names_country("Google Pay (India)", "IN")
    assert places.names_country("谷歌支付（印度）", "IN")
    assert not places.names_country("Google Pay (India)", "GB")
    # Only whole words: Oman is not in Romania.
    assert not places.names_country("Wallet of Romania", "OM")
