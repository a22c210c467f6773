"""Compiled catalogs that no file could hold: what changes the content of one that a file can."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec


def changed(wrong: Callable[[Any], Any]) -> Callable[[bytes], bytes]:
    """Return what changes a compiled catalog as `wrong` changes its plain data."""

    def change(content: bytes) -> bytes:
        catalog = msgspec.msgpack.decode(content)
        wrong(catalog)
        return msgspec.msgpack.encode(catalog)

    return change


def put(*path: str | int, value: Any) -> Callable[[bytes], bytes]:
    """Return what puts a value where a path leads in a compiled catalog."""

    def wrong(catalog: Any) -> None:
        for step in path[:-1]:
            catalog = catalog[step]
        catalog[path[-1]] = value

    return changed(wrong)


KE = ("files", 0, "markets", "KE")
FEE = (*KE, "fees", 1)
INVALID: dict[str, Callable[[bytes], bytes]] = {
    "a name that is not UTF-8": lambda content: content.replace(b"Twopay", b"Two\xffay"),
    "a key that is not UTF-8": lambda content: content.replace(b"\xa2zh", b"\xa2\xff\xff"),
    "a surrogate": lambda content: content.replace(b"Twopay", b"Two\xed\xa0\x80"),
    "cut": lambda content: content[:-1],
    "a name that turns the line around": put("files", 0, "name", value="Two\u202epay"),
    "a name that steers the terminal": put("files", 0, "name", value="\x1b[2JTwopay"),
    "a name in a key": put("files", 0, "local_names", value={"zh\u2066": "x"}),
    "an empty name": put("files", 0, "name", value=" "),
    "an id that is a path": put("files", 0, "id", value="../twopay"),
    "a file elsewhere": put("wallets", 0, "file", value="/etc/passwd"),
    "a market that no file has": put("wallets", 0, "markets", "PH", "currency", value="EUR"),
    "another price than in the file": put("wallets", 0, *FEE[2:], "percent", value="0"),
    "another price in one country": put("countries", "KE", 0, *FEE[2:], "percent", value="0"),
    "a country that is left out": changed(lambda catalog: catalog["countries"].pop("KE")),
    "a place that steers the terminal": put(*FEE, "path", value="\x1b[2J"),
    "a place of another fact": put(*FEE, "path", value="markets.KE.fees[0]"),
    "a line before the first": put(*FEE, "line", value=-1),
    "a kind that there is not": put("files", 0, "kind", value="bank-robbery"),
    "a country that there is not": changed(
        lambda catalog: catalog["files"][0]["markets"].update(
            ZZ=catalog["files"][0]["markets"].pop("KE")
        )
    ),
    "a date that there is not": put("files", 0, "sources", "fees", "as_of", value="2026-02-30"),
    "a date that is none": put("files", 0, "sources", "fees", "as_of", value="soon"),
    "a newer reading than it says": put("files", 0, "sources", "old", "seen", value="2999-01-01"),
    "an address that is none": put(
        "files", 0, "sources", "fees", "url", value="javascript:alert(1)"
    ),
    "a source that is missing": changed(lambda catalog: catalog["files"][0]["sources"].pop("old")),
    "not a number": put(*FEE, "percent", value="NaN"),
    "no end": put(*FEE, "percent", value="Infinity"),
    "less than nothing": put(*FEE, "percent", value="-1"),
    "more than all": put(*FEE, "percent", value="101"),
    "too large a number": put(*FEE, "percent", value="1E+999999999"),
    "too small a number": put(*FEE, "percent", value="1E-999999999"),
    "too long a number": put(*FEE, "percent", value="0." + "1" * 100_000),
    "text for a number": put(*FEE, "percent", value="much"),
    "a number for text": put("files", 0, "name", value=3),
    "a list for a block": put("files", 0, "markets", value=[]),
    "no market": put("files", 0, "markets", value={}),
    "no wallet": put("files", value=[]),
    "a wallet twice": changed(lambda catalog: catalog["files"].append(catalog["files"][0])),
    "no rates": put("shared", "rates", "rates", value={}),
    "a rate of nothing": put("shared", "rates", "rates", "KES", "per_usd", value="0"),
    "no criteria": put("shared", "criteria", "criteria", value={}),
    "no averages": put("shared", "averages", "fees", value={}),
    "no use at all": put(
        "shared", "personas", value={"x": {"use": [{"operation": "send", "amount": "0"}]}}
    ),
    "a persona that is a path": put("shared", "personas", value={"a\nb": {}}),
    "depth": lambda content: b"\x91" * 100_000,
    "a list of four billion": lambda content: b"\x81\xa7wallets\xdd\xff\xff\xff\xff",
}
