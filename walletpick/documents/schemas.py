"""The JSON Schemas of the outputs, and of the needs file that --needs reads. Pure."""

from __future__ import annotations

from importlib import import_module
from inspect import cleandoc
from typing import Any

import msgspec

from walletpick.facts.model import Needs

_DRAFT = "https://json-schema.org/draft/2020-12/schema"

# Name -> the module with its type, and what it is the schema of.
NAMES = {
    "ranking": ("ranking", "walletpick rank --json"),
    "error": ("error", "walletpick rank --batch: a line that cannot be ranked"),
    "bill": ("bill", "walletpick cost --json"),
    "variation": ("vary", "walletpick cost --vary --json"),
    "wallet": ("wallet", "walletpick show --json"),
    "comparison": ("compare", "walletpick compare --json"),
    "list": ("bill", "walletpick list --json"),
    "personas": ("bill", "walletpick list --personas --json"),
    "words": ("words", "walletpick words --json"),
    "switch": ("switch", "walletpick switch --json"),
    "combination": ("combine", "walletpick combine --json"),
    "leave": ("checklist", "walletpick leave --json"),
    "complaint": ("checklist", "walletpick complain --json"),
    "log": ("log", "walletpick log list --json"),
    "own": ("own", "walletpick tell list --json"),
    "saved": ("needs", "walletpick needs list --json"),
    "problems": ("bill", "walletpick catalog lint --format json"),
    "difference": ("upkeep", "walletpick catalog diff --json"),
    "stats": ("upkeep", "walletpick catalog stats --json"),
    "stale": ("upkeep", "walletpick catalog stale --json"),
    "links": ("upkeep", "walletpick catalog check-links --json"),
    "update": ("updates", "walletpick catalog update --json"),
    "status": ("updates", "walletpick catalog status --json"),
    "needs": ("", "what --needs reads, as YAML or JSON"),
}

# Where a record stands in its file: never written in one.
_POSITION = ("line", "column", "path")


def schema_of(name: str) -> dict[str, Any]:
    """Return the JSON Schema of one of NAMES."""
    module, about = NAMES[name]
    if not module:
        return _needs_schema(about)
    kind = import_module(f"walletpick.documents.{module}").SCHEMAS[name]
    schema: dict[str, Any] = msgspec.json.schema(kind)
    for part in schema.get("$defs", {}).values():
        # Every key is always written, also one whose value never varies.
        part["description"] = cleandoc(part.get("description", ""))
        if part.get("type") == "object" and "properties" in part:
            part["required"] = list(part["properties"])
    return {"$schema": _DRAFT, "title": name, "description": about, **schema}


def _needs_schema(about: str) -> dict[str, Any]:
    """Return the schema of a needs file: numbers are JSON numbers, no other keys are read."""
    schema: dict[str, Any] = msgspec.json.schema(Needs)
    for part in schema["$defs"].values():
        for key in _POSITION:
            part["properties"].pop(key, None)
        part["additionalProperties"] = False
        part["description"] = cleandoc(part["description"])
        for item in part["properties"].values():
            # Some defaults cannot be written in JSON; none is needed to check a file.
            item.pop("default", None)
        if "country" in part["properties"]:
            # A name does as well as a code.
            part["properties"]["country"] = {"type": ["string", "null"]}
    return {"$schema": _DRAFT, "title": "needs", "description": about, **_numbers(schema)}


def _numbers(schema: Any) -> Any:
    """Return a schema in which decimal numbers are JSON numbers, as the files hold them."""
    if isinstance(schema, list):
        return [_numbers(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    if schema.get("format") == "decimal":
        rest = {key: item for key, item in schema.items() if key not in ("type", "format")}
        return {"type": "number", "minimum": 0, **rest}
    return {key: _numbers(item) for key, item in schema.items()}
