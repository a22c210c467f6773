"""The JSON Schemas of the catalog's files, made from the types that load them.

They are for editors: words complete, and a mistake shows while typing. Draft 7, because that is
what editors' YAML support knows best. They say less than `walletpick catalog lint`: for example
nothing of a source that is not listed.
"""

from __future__ import annotations

import ast
import inspect
import json
import re
import sys
from decimal import Decimal
from functools import cache
from typing import Any, Literal, get_args, get_origin

from msgspec import Struct

from walletpick.facts import places
from walletpick.facts.model import Option
from walletpick.facts.resolve import HOME
from walletpick.facts.vocabulary import (
    CLAIM_FAMILIES,
    FAMILIES,
    IMPLIED,
    IMPLYING,
    METHODS,
    OBSERVABLE,
    OPERATIONS,
    all_words,
    looked_for,
)
from walletpick.reading import records
from walletpick.reading.kinds import Kind
from walletpick.reading.records import CORRIDOR_ENDS, Key, Spec, keys_of, spec_of

_DRAFT = "http://json-schema.org/draft-07/schema#"

_TEXT = {"type": "string", "pattern": r"\S"}
_ENDS = "|".join(("[A-Z]{2}", *CORRIDOR_ENDS, *places.ZONE_NAMES))
_WITH_FAMILY = [f"{family}:{word}" for family, table in CLAIM_FAMILIES.items() for word in table]


def _whole(pattern: re.Pattern[str]) -> str:
    """Return a pattern as one that a whole text has to match."""
    return f"^{pattern.pattern}$"


# What a text of some meaning looks like.
_TEXTS: dict[str, dict[str, Any]] = {
    "country": {"type": "string", "pattern": "^[A-Z]{2}$", "description": "An ISO 3166 code."},
    "land": {
        "type": "string",
        "pattern": "^[A-Z]{2}$",
        "description": "An ISO 3166 code, or EU for the European Union.",
    },
    "currency": {"type": "string", "pattern": "^[A-Z]{3}$", "description": "An ISO 4217 code."},
    "corridor": {"type": "string", "pattern": f"^([A-Z]{{2}}|{HOME})-({_ENDS}|{HOME})$"},
    "end": {"type": "string", "pattern": f"^([A-Z]{{2}}|abroad|{'|'.join(places.ZONE_NAMES)})$"},
    "date": {
        "description": "A date, which may be partial: 2026-05-19, 2026-05 or 2026.",
        # A year alone is a number to YAML.
        "anyOf": [
            {"type": "string", "pattern": _whole(records.DATE)},
            {"type": "integer", "minimum": 1000, "maximum": 9999},
        ],
    },
    "length": {
        "type": "string",
        "pattern": r"^\d{1,3} *(day|week|month|year)s?$",
        "description": "How long a stay is, a year at most: 3 weeks.",
    },
    "id": {"type": "string", "pattern": _whole(records.ID)},
    "name": {"type": "string", "pattern": _whole(records.NAME)},
    "url": {"type": "string", "pattern": _whole(records.URL)},
    "implying": {"enum": sorted(IMPLYING)},
    "implied": {"enum": sorted(IMPLIED)},
    "looked": {
        "anyOf": [
            {"enum": looked_for()},
            {"type": "string", "pattern": f"^fee:({'|'.join(OPERATIONS)}):({'|'.join(METHODS)})$"},
        ]
    },
    "wanted": {"enum": list(dict.fromkeys((*all_words(), *_WITH_FAMILY)))},
}
_REMARK = re.compile(r"\s*#\s?(?P<text>.*)")
_FIELD = re.compile(r"\s*(?P<name>\w+):")


def schema_text(kind: Kind) -> str:
    """Return the text of a kind's schema file."""
    return json.dumps(schema_of(kind), indent=2, ensure_ascii=False) + "\n"


def schema_of(kind: Kind) -> dict[str, Any]:
    """Return the JSON Schema of a kind of catalog file."""
    making = _Making()
    top = making.record(kind.record)
    return {
        "$schema": _DRAFT,
        "title": kind.name,
        **top,
        "definitions": dict(sorted(making.definitions.items())),
    }


class _Making:
    """The making of one schema: what it needs of shared parts comes into `definitions`."""

    def __init__(self) -> None:
        self.definitions: dict[str, dict[str, Any]] = {}

    def shared(self, name: str, make: Any) -> dict[str, Any]:
        if name not in self.definitions:
            # Kept before it is made, should it hold itself.
            self.definitions[name] = {}
            self.definitions[name].update(make())
        return {"$ref": f"#/definitions/{name}"}

    def record(self, kind: type[Struct]) -> dict[str, Any]:
        keys = keys_of(kind)
        remarks = _remarks(kind)
        properties = {}
        for name, key in keys.items():
            schema = self.key(kind, name, key)
            if key.name in remarks:
                schema = {**schema, "description": remarks[key.name]}
            properties[name] = schema
        return {
            "description": inspect.cleandoc(kind.__doc__ or ""),
            "type": "object",
            "properties": properties,
            "required": [name for name, key in keys.items() if key.required],
            "additionalProperties": False,
        }

    def key(self, kind: type[Struct], name: str, key: Key) -> dict[str, Any]:
        if kind is Option and name == "fact":
            return {"enum": sorted(OBSERVABLE)}
        schema = self.value(key.spec)
        # Where a key may be left out, null is never needed.
        if key.spec.optional and key.required:
            return {"anyOf": [schema, {"type": "null"}]}
        return schema

    def value(self, spec: Spec) -> dict[str, Any]:
        kind, origin = spec.type, get_origin(spec.type)
        if origin is tuple:
            item = self.value(spec_of(get_args(kind)[0]))
            many = {"type": "array", "items": item}
            return {"anyOf": [item, many]} if spec.meta.get("kind") == "one-or-more" else many
        if origin is dict:
            return self.mapping(*map(spec_of, get_args(kind)))
        if origin is Literal:
            return {"enum": list(get_args(kind))}
        if isinstance(kind, type) and issubclass(kind, Struct):
            return self.shared(kind.__name__, lambda: self.record(kind))
        if kind is bool:
            return {"type": "boolean"}
        if kind in (int, Decimal):
            number = {"type": "integer" if kind is int else "number", "minimum": 0}
            if "range" in spec.meta:
                number["minimum"], number["maximum"] = spec.meta["range"]
            return number
        family = spec.meta.get("family")
        if family:
            return self.shared(family, lambda: _words(family))
        meaning = spec.meta.get("kind")
        if meaning:
            return self.shared(meaning, lambda: _TEXTS[meaning])
        return _TEXT

    def mapping(self, key: Spec, item: Spec) -> dict[str, Any]:
        value = self.value(item)
        schema: dict[str, Any] = {"type": "object"}
        family = key.meta.get("family")
        if family:
            words = FAMILIES[family].items()
            schema["properties"] = {word: {**value, "description": text} for word, text in words}
            return {**schema, "additionalProperties": False}
        pattern = _TEXTS.get(key.meta.get("kind", ""), {}).get("pattern")
        if pattern:
            return {**schema, "patternProperties": {pattern: value}, "additionalProperties": False}
        return {**schema, "additionalProperties": value}


def _words(family: str) -> dict[str, Any]:
    """Return the schema of the words of a family, with what each means for editors to show."""
    words = FAMILIES[family]
    return {"enum": list(words), "enumDescriptions": list(words.values())}


def _remarks(kind: type[Struct]) -> dict[str, str]:
    """Return what the comments above the fields of a record say, by field."""
    remarks: dict[str, str] = {}
    seen: set[str] = set()
    for base in reversed(kind.__mro__):
        if not issubclass(base, Struct) or base is Struct:
            continue
        lines: list[str] = []
        for line in _classes(base.__module__)[base.__name__]:
            if remark := _REMARK.fullmatch(line):
                lines.append(remark["text"])
                continue
            # A field named again was described where it was first named.
            if lines and (named := _FIELD.match(line)) and named["name"] not in seen:
                remarks[named["name"]] = " ".join(lines)
            lines = []
        seen.update(inspect.get_annotations(base))
    return remarks


@cache
def _classes(module: str) -> dict[str, list[str]]:
    """Return the source lines of each class of a module; inspect reads the module anew for each."""
    source = inspect.getsource(sys.modules[module])
    lines = source.splitlines()
    return {
        node.name: lines[node.lineno - 1 : node.end_lineno]
        for node in ast.parse(source).body
        if isinstance(node, ast.ClassDef)
    }
