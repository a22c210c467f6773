"""Where the facts behind an answer stand in the catalog. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from walletpick.bill.line import Line
from walletpick.bill.observe import Candidate
from walletpick.facts.model import Claim, Fact, FeeRule, Limit, Source
from walletpick.facts.walk import file_of
from walletpick.score.ranking import Place


class Trace(Struct, frozen=True):
    """A fact behind a reason: its path in the catalog, and its source.

    `rule` is the id of the rule (`implications.yaml`) by which something follows from it, where
    the reason rests on that and not on the fact itself.
    """

    path: str
    source: Source
    rule: str = ""


def path_in_catalog(place_file: str, path: str) -> str:
    """Return where a fact stands: "wallets/gcash.yaml: markets.PH.fees[2]"."""
    return f"{place_file}: {path}" if path else place_file


def line_traces(place: Place, lines: Sequence[Line]) -> tuple[Trace, ...]:
    """Return the prices that some lines of a place's bill rest on."""
    rules = [rule for line in lines for rule in line.rules]
    return traces_of(place, [(rule, place.candidate.source_of(rule)) for rule in rules])


def traces_of(
    place: Place | Candidate,
    facts: Sequence[tuple[Fact | FeeRule | Limit | None, Source | None]],
) -> tuple[Trace, ...]:
    """Return where some facts of a place stand, each once; what is none is left out."""
    traces: dict[str, Trace] = {}
    for fact, source in facts:
        if fact is None or source is None:
            continue
        file = file_of(fact, source, place.wallet)
        rule = fact.rule if isinstance(fact, Claim) else ""
        path = path_in_catalog(file, fact.path)
        traces.setdefault(path, Trace(path, source, rule))
    return tuple(traces.values())
