"""The kinds of catalog files: how each is named, what record it holds, what must hold in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from walletpick.facts import model
from walletpick.reading import checks, laws, quotes
from walletpick.reading.problem import Fault

# Where the JSON Schemas stand, in the catalog's directory.
SCHEMA_FOLDER = "schema"

# Where the files of which there are several stand in the catalog's directory.
_PLACES = {
    "wallet": "wallets/<id>.yaml",
    "law": "countries/<CC>.yaml",
    "persona": "personas/<name>.yaml",
    "quotes": "quotes/<id>.yaml",
}


class Kind(NamedTuple):
    """One kind of file: `check` takes a record, and the file's name without its ending."""

    name: str
    record: type[model.Record]
    check: Callable[[Any, str], Iterable[Fault]]
    about: str

    @property
    def place(self) -> str:
        """Where its files stand in the catalog's directory."""
        return _PLACES.get(self.name, f"{self.name}.yaml")

    @property
    def schema(self) -> str:
        """The path of its JSON Schema, as its files name it."""
        up = "../" * self.place.count("/")
        return f"{up}{SCHEMA_FOLDER}/{self.name}.json"


def _alone(check: Callable[[Any], Iterable[Fault]]) -> Callable[[Any, str], Iterable[Fault]]:
    return lambda record, _stem: check(record)


_WALLET = "one wallet: what it is, its sources, where it runs, what holds where"
_ASKED = "what was looked for, and found or not"
_IMPLICATIONS = "which facts follow from others"
_LAW = "what the law of one country gives every customer"
_TEXTS = "what people read of the catalog, in other languages"
_QUOTES = "a survey of prices: who asked for the quotes in the CSV file beside it"
_ALL = (
    Kind("wallet", model.WalletFile, checks.check_wallet, _WALLET),
    Kind("criteria", model.Criteria, _alone(checks.check_criteria), "the rules of the score"),
    Kind("averages", model.Averages, _alone(checks.check_averages), "what an unknown is taken for"),
    Kind("asked", model.AskedFile, _alone(checks.check_asked), _ASKED),
    Kind("rates", model.Rates, _alone(checks.check_rates), "exchange rates"),
    Kind("law", model.Law, laws.check_law, _LAW),
    Kind("implications", model.Implications, _alone(checks.check_implications), _IMPLICATIONS),
    Kind("texts", model.Texts, _alone(checks.check_texts), _TEXTS),
    Kind("persona", model.Persona, _alone(checks.check_persona), "ready-made needs"),
    Kind("quotes", model.SurveyHead, _alone(quotes.check_head), _QUOTES),
)
KINDS = {kind.name: kind for kind in _ALL}


def kind_of(path: Path) -> Kind:
    """Return the kind of a catalog file, which its place and its name say."""
    folder, name = path.parent.name, path.name
    of_folder = (kind for kind in _ALL[1:] if kind.place.startswith(f"{folder}/"))
    shared = (kind for kind in _ALL if kind.place == name)
    return next(chain(of_folder, shared), KINDS["wallet"])
