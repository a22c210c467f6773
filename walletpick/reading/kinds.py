"""The kinds of catalog files: how each is named, what record it holds, what must hold in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NamedTuple

from walletpick.facts.model import (
    AskedFile,
    Averages,
    Criteria,
    Implications,
    Law,
    Persona,
    Rates,
    Record,
    SurveyHead,
    Texts,
    WalletFile,
)
from walletpick.reading import checks, laws, quotes
from walletpick.reading.problem import Fault

# Where the JSON Schemas stand, in the catalog's directory.
SCHEMA_FOLDER = "schema"


class Kind(NamedTuple):
    """One kind of file: `check` takes a record, and the file's name without its ending."""

    name: str
    record: type[Record]
    check: Callable[[Any, str], Iterable[Fault]]
    about: str
    # Where its files stand in the catalog's directory.
    place: str

    @property
    def schema(self) -> str:
        """The path of its JSON Schema, as its files name it."""
        up = "../" * self.place.count("/")
        return f"{up}{SCHEMA_FOLDER}/{self.name}.json"


def _alone(check: Callable[[Any], Iterable[Fault]]) -> Callable[[Any, str], Iterable[Fault]]:
    return lambda record, _stem: check(record)


KINDS = {
    kind.name: kind
    for kind in (
        Kind(
            "wallet",
            WalletFile,
            checks.check_wallet,
            "one wallet: what it is, its sources, where it runs, what holds where",
            "wallets/<id>.yaml",
        ),
        Kind(
            "criteria",
            Criteria,
            _alone(checks.check_criteria),
            "the rules of the score",
            "criteria.yaml",
        ),
        Kind(
            "averages",
            Averages,
            _alone(checks.check_averages),
            "what an unknown is taken for",
            "averages.yaml",
        ),
        Kind(
            "asked",
            AskedFile,
            _alone(checks.check_asked),
            "what was looked for, and found or not",
            "asked.yaml",
        ),
        Kind("rates", Rates, _alone(checks.check_rates), "exchange rates", "rates.yaml"),
        Kind(
            "law",
            Law,
            laws.check_law,
            "what the law of one country gives every customer",
            "countries/<CC>.yaml",
        ),
        Kind(
            "implications",
            Implications,
            _alone(checks.check_implications),
            "which facts follow from others",
            "implications.yaml",
        ),
        Kind(
            "texts",
            Texts,
            _alone(checks.check_texts),
            "what people read of the catalog, in other languages",
            "texts.yaml",
        ),
        Kind(
            "persona",
            Persona,
            _alone(checks.check_persona),
            "ready-made needs",
            "personas/<name>.yaml",
        ),
        Kind(
            "quotes",
            SurveyHead,
            _alone(quotes.check_head),
            "a survey of prices: who asked for the quotes in the CSV file beside it",
            "quotes/<id>.yaml",
        ),
    )
}


_OF_FOLDERS = {"personas": "persona", "countries": "law", "quotes": "quotes"}


def kind_of(path: Path) -> Kind:
    """Return the kind of a catalog file, which its place and its name say."""
    if path.parent.name in _OF_FOLDERS:
        return KINDS[_OF_FOLDERS[path.parent.name]]
    for kind in KINDS.values():
        if path.name == kind.place:
            return kind
    return KINDS["wallet"]
