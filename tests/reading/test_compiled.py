"""The compiled form of the catalog: the same for the same catalog, and refused unless unchanged."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from functools import cache
from typing import Any

import msgspec
import pytest
from build import TODAY
from hypothesis import given
from hypothesis import strategies as st
from running import environment, shipped, warm_cache

from walletpick.documents.ranking import ranking_out
from walletpick.facts.model import Catalog, Texts
from walletpick.facts.vocabulary import FAMILIES, OBSERVABLE
from walletpick.facts.walk import items_of
from walletpick.language import speak
from walletpick.reading.compiled import (
    FORMAT,
    HEAD,
    CompiledCatalog,
    Damaged,
    decode,
    encode,
    open_,
)
from walletpick.score.ranking import rank
from walletpick.upkeep.effects import needs_in

SMALL = msgspec.structs.replace(shipped(), wallets=shipped().wallets[:1], files=shipped().files[:1])
DATA = encode(SMALL)
CONTENT = DATA[HEAD:]

# What stands in a compiled catalog of the form FORMAT, as `shape` sees it.
SHAPE = (8, "9163e6376d3c40b3")
ADVICE = """
The records of the catalog, or their words, are not what they were when this form got its number.
Somewhere a program that is older reads catalogs that newer ones compile, as long as FORMAT is the
same. Would it do right by a catalog of the new shape? It passes over fields that it does not know,
and takes no catalog from outside with a word or a value that it does not know.
- If it would not, or if this program could not read the older catalogs: add 1 to FORMAT in
  walletpick/reading/compiled.py.
- In each case write the new shape down here: SHAPE = ({}, "{}")
"""


def shape() -> str:
    """Return a digest of what can stand in a catalog: fields, their types, and words."""
    words = {family: sorted(table) for family, table in FAMILIES.items()}
    told = [_bare(msgspec.json.schema(Catalog)), words, sorted(OBSERVABLE)]
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:16]


def _bare(schema: Any) -> Any:
    """Return a JSON Schema without what it says in words."""
    if isinstance(schema, list):
        return [_bare(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    wordless = isinstance(schema.get("type"), str)
    return {
        key: _bare(value)
        for key, value in schema.items()
        if not (wordless and key in ("title", "description"))
    }


def test_a_new_shape_is_thought_about() -> None:
    assert (FORMAT, shape()) == SHAPE, ADVICE.format(FORMAT, shape())


def test_it_is_read_back_as_it_was() -> None:
    opened = open_(encode(shipped()))
    assert opened.with_files() == shipped()
    assert opened.whole() == msgspec.structs.replace(shipped(), files=())


def test_the_part_of_a_country_is_what_the_whole_has_of_it() -> None:
    opened = open_(encode(shipped()))
    whole = opened.whole()
    assert set(opened.countries) == {c for wallet in whole.wallets for c in wallet.markets}
    for country in opened.countries:
        part = opened.of(country)
        there = [wallet for wallet in whole.wallets if country in wallet.markets]
        assert [w.id for w in part.wallets] == [w.id for w in there]
        for one, other in zip(part.wallets, there, strict=True):
            assert one.markets == {country: other.markets[country]}
            assert one.sources.items() <= other.sources.items()
            assert {i.fact.source for i in items_of(one.markets[country])} <= set(one.sources)
    assert opened.of("AQ") == whole


def test_texts_of_another_language_are_read_only_where_it_is_spoken() -> None:
    opened = open_(DATA)
    country = opened.countries[0]
    assert opened.of(country).texts == Texts()
    assert opened.whole().texts == shipped().texts != Texts()
    speak("zh")
    try:
        assert opened.of(country).texts == shipped().texts
    finally:
        speak("en")


@cache
def opened_shipped() -> tuple[CompiledCatalog, Catalog]:
    """Return the shipped catalog, compiled and opened, and all of it: both never change."""
    opened = open_(encode(shipped()))
    return opened, opened.whole()


@pytest.mark.parametrize(("turn", "persona"), list(enumerate(shipped().personas)))
def test_an_answer_is_the_same_from_the_part_of_a_country(turn: int, persona: str) -> None:
    opened, whole = opened_shipped()
    # The personas take turns through the countries: each country comes up once.
    for country in opened.countries[turn :: len(whole.personas)]:
        needs = needs_in(whole.personas[persona], country, whole)
        if needs is not None:
            part = opened.of(country)
            one, other = (ranking_out(rank(c, needs, TODAY), c, 0) for c in (part, whole))
            assert one == other


def test_dicts_keep_their_order() -> None:
    again = decode(encode(shipped()))
    assert list(again.personas) == list(shipped().personas)
    for old, new in zip(shipped().wallets, again.wallets, strict=True):
        assert list(old.markets) == list(new.markets)
        assert [list(m.features) for m in old.markets.values()] == [
            list(m.features) for m in new.markets.values()
        ]


def test_the_bytes_do_not_depend_on_the_process() -> None:
    code = (
        "import sys; from walletpick.reading import compiled, load, place\n"
        "sys.stdout.buffer.write(compiled.encode(load.load_catalog(place.default_directory())))"
    )
    found = subprocess.run(
        [sys.executable, "-c", code],
        env=environment(warm_cache(), PYTHONHASHSEED="4711"),
        capture_output=True,
        check=True,
    )
    assert found.stdout == encode(shipped())


@given(st.integers(0, len(DATA) - 1), st.integers(1, 255))
def test_a_changed_byte_is_noticed(at: int, by: int) -> None:
    changed = bytearray(DATA)
    changed[at] ^= by
    with pytest.raises(Damaged):
        decode(bytes(changed))


@given(st.integers(0, len(DATA) - 1))
def test_a_missing_end_is_noticed(length: int) -> None:
    with pytest.raises(Damaged):
        decode(DATA[:length])


@given(st.binary(max_size=200))
def test_anything_else_is_refused(data: bytes) -> None:
    with pytest.raises(Damaged):
        decode(data)
    with pytest.raises(Damaged):
        decode(DATA + data + b"\0")


def in_form(content: bytes, form: int = FORMAT) -> bytes:
    """Return content with a mark, a number and a digest that are right."""
    mark = DATA[: HEAD - 34]
    return mark + form.to_bytes(2, "big") + hashlib.sha256(content).digest() + content


def test_it_holds_a_mark_the_number_of_the_form_a_digest_and_messagepack() -> None:
    assert in_form(CONTENT) == DATA


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xc1",
        b"\x91" * 100_000,
        b"\x81\xa7version\xa1\xff",
        CONTENT.replace(b"wallets/", b"wallets\xff"),
        msgspec.msgpack.encode({}),
        msgspec.msgpack.encode([]),
        CONTENT + b"\0",
        msgspec.msgpack.encode({**msgspec.msgpack.decode(CONTENT), "wallets": 3}),
        msgspec.msgpack.encode({**msgspec.msgpack.decode(CONTENT), "new": [[]]})[:-1],
    ],
)
def test_what_is_whole_but_no_catalog_is_refused(content: bytes) -> None:
    with pytest.raises(Damaged, match="does not hold a catalog"):
        decode(in_form(content))


def test_another_form_is_refused_whatever_it_holds() -> None:
    for form in (0, FORMAT + 1, 65535):
        with pytest.raises(Damaged, match="another form"):
            decode(in_form(CONTENT, form))


def test_a_field_of_a_newer_program_is_passed_over() -> None:
    newer = {**msgspec.msgpack.decode(CONTENT), "moons": {"of": ["mars", 2]}}
    newer["shared"]["suns"] = 1
    assert open_(in_form(msgspec.msgpack.encode(newer))).with_files() == SMALL
