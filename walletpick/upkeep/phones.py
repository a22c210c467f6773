"""Telephone numbers, by the library that knows them; it is there with `walletpick[maintain]`."""

from __future__ import annotations

import re

import phonenumbers
from phonenumbers import NumberParseException

# Short codes and service codes differ from operator to operator, and no list has them all.
_SHORT = re.compile(r"\d{2,6}|[*#][\d*#]+")
# The library's word for numbers that belong to no country, such as free ones for all (+800).
_OF_ALL = "001"


def is_phone(number: str, country: str) -> bool:
    """Return whether a text is a number of a country, or of all; +1 is one for many countries."""
    digits = re.sub(r"[\s().-]", "", number)
    if _SHORT.fullmatch(digits):
        return True
    try:
        parsed = phonenumbers.parse(number, country)
    except NumberParseException:
        return False
    code = parsed.country_code or 0
    at_home = code == phonenumbers.country_code_for_region(country)
    of_all = phonenumbers.region_code_for_country_code(code) == _OF_ALL
    return (at_home or of_all) and phonenumbers.is_valid_number(parsed)
