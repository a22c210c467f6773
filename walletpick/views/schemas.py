"""The JSON Schemas of the outputs, and of the needs file that --needs reads. Pure."""

from __future__ import annotations

from importlib import import_module
from inspect import cleandoc
from typing import Any

import msgspec

from walletpick.model import Needs

_DRAFT = "https://json-schema.org/draft/2020-12/schema"

# Name -> the module with its type, and what it is the schema of.
NAMES = {
    "ranking": ("payloads_ranking", "walletpick rank --json"),
    "bill": ("payloads_bill", "walletpick cost --json"),
    "wallet": ("payloads_wallet", "walletpick show --json"),
    "comparison": ("payloads_wallet", "walletpick compare --json"),
    "list": ("payloads_bill", "walletpick list --json"),
    "personas": ("payloads_bill", "walletpick list --personas --json"),
    "switch": ("payloads_switch", "walletpick switch --json"),
    "leave": ("payloads_journeys", "walletpick leave --json"),
    "complaint": ("payloads_journeys", "walletpick complain --json"),
    "log": ("payloads_log", "walletpick log list --json"),
    "problems": ("payloads_bill", "walletpick catalog lint --format json"),
    "difference": ("payloads_upkeep", "walletpick catalog diff --json"),
    "stats": ("payloads_upkeep", "walletpick catalog stats --json"),
    "stale": ("payloads_upkeep", "walletpick catalog stale --json"),
    "links": ("payloads_upkeep", "walletpick catalog check-links --json"),
    "update": ("payloads_updates", "walletpick catalog update --json"),
    "status": ("payloads_updates", "walletpick catalog status --json"),
    "needs": ("", "what --needs reads, as YAML or JSON"),
}

# Where a record stands in its file: never written in one.
_POSITION = ("line", "column", "path")


def schema_of(name: str) -> dict[str, Any]:
    """Return the JSON Schema of one of NAMES."""
    module, about = NAMES[name]
    if not module:
        return _needs_schema(about)
    kind = import_module(f"walletpick.views.{module}").SCHEMAS[name]
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
