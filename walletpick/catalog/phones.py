"""Telephone numbers, by the library that knows them; it is there with `walletpick[maintain]`."""

from __future__ import annotations

import re

import phonenumbers
from phonenumbers import NumberParseException

# Short codes and service codes differ from operator to operator, and no list has them all.
_SHORT = re.compile(r"\d{2,6}|[*#][\d*#]+")


def is_phone(number: str, country: str) -> bool:
    """Return whether a text is a number that can be called in a country."""
    digits = re.sub(r"[\s().-]", "", number)
    if _SHORT.fullmatch(digits):
        return True
    try:
        parsed = phonenumbers.parse(number, country)
    except NumberParseException:
        return False
    return phonenumbers.is_valid_number(parsed)
