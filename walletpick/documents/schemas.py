"""The JSON Schemas of the outputs, and of the needs file that --needs reads. Pure."""

from __future__ import annotations

from importlib import import_module
from inspect import cleandoc
from typing import Any

import msgspec

from walletpick.facts.model import Needs

_DRAFT = "https://json-schema.org/draft/2020-12/schema"

# Name -> the module and its type, and what it is the schema of.
NAMES = {
    "ranking": ("ranking.RankingOut", "walletpick rank --json"),
    "error": ("problems.ErrorOut", "walletpick rank --batch: a line that cannot be ranked"),
    "bill": ("bill.BillsOut", "walletpick cost --json"),
    "variation": ("vary.VariationOut", "walletpick cost --vary --json"),
    "wallet": ("wallet.WalletDocument", "walletpick show --json"),
    "comparison": ("compare.ComparisonOut", "walletpick compare --json"),
    "list": ("lists.ListOut", "walletpick list --json"),
    "personas": ("lists.PersonasOut", "walletpick list --personas --json"),
    "words": ("lists.WordsOut", "walletpick words --json"),
    "switch": ("switch.SwitchOut", "walletpick switch --json"),
    "combination": ("combine.CombinationOut", "walletpick combine --json"),
    "leave": ("checklist.LeaveDocument", "walletpick leave --json"),
    "complaint": ("checklist.ComplaintDocument", "walletpick complain --json"),
    "log": ("person.LogOut", "walletpick log list --json"),
    "own": ("person.OwnOut", "walletpick tell list --json"),
    "saved": ("person.SavedOut", "walletpick needs list --json"),
    "problems": ("problems.ProblemsOut", "walletpick catalog lint --format json"),
    "difference": ("upkeep.DifferenceOut", "walletpick catalog diff --json"),
    "stats": ("upkeep.StatsOut", "walletpick catalog stats --json"),
    "stale": ("upkeep.StaleOut", "walletpick catalog stale --json"),
    "links": ("upkeep.LinksOut", "walletpick catalog check-links --json"),
    "update": ("updates.UpdateOut", "walletpick catalog update --json"),
    "status": ("updates.StatusOut", "walletpick catalog status --json"),
    "needs": ("", "what --needs reads, as YAML or JSON"),
}

# Where a record stands in its file: never written in one.
_POSITION = ("line", "column", "path")


def schema_of(name: str) -> dict[str, Any]:
    """Return the JSON Schema of one of NAMES."""
    place, about = NAMES[name]
    if not place:
        return _needs_schema(about)
    module, _, kind_name = place.partition(".")
    kind = getattr(import_module(f"walletpick.documents.{module}"), kind_name)
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
