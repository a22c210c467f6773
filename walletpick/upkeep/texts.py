"""What people read of a catalog: the texts that another language says in its own words. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from walletpick.facts import model

# The fields of records that hold what people read. Names of products, numbers, addresses and the
# titles of sources stay as they are.
READ: dict[type[Struct], tuple[str, ...]] = {
    model.Fact: ("note",),
    model.FeeRule: ("when", "note"),
    model.GiveBack: ("when",),
    model.Limit: ("level", "when"),
    model.Claim: ("when",),
    model.Channel: ("hours",),
    model.Protection: ("scheme", "when"),
    model.Licence: ("authority", "as_"),
    model.Complaint: ("how", "hours"),
    model.Escalation: ("body",),
    model.Statement: ("text",),
    model.Incident: ("what",),
    model.Reach: ("offers",),
    model.About: ("summary",),
    model.WalletFile: ("notes",),
    model.Wallet: ("notes",),
    model.Implication: ("reason",),
    model.NotFor: ("reason",),
    model.Part: ("title", "reason"),
    model.Criterion: ("about",),
    model.ExperienceRules: ("reason",),
    model.UsualAmounts: ("reason",),
    model.FurtherWallet: ("reason",),
    model.SurveyHead: ("by", "about", "amounts", "cautions", "left_out"),
    model.Time: ("from_",),
    model.Right: ("when", "body", "hears", "text", "law", "scheme"),
    model.LawFee: ("scheme", "no_dearer_than"),
    model.Law: ("notes",),
    model.Needs: ("title", "about"),
}


def texts_of(value: Any) -> Iterator[str]:
    """Yield every text that people read of a record and of all in it; one may come again."""
    if isinstance(value, Struct):
        fields = {name for kind in type(value).__mro__ for name in READ.get(kind, ())}
        for name in value.__struct_fields__:
            inner = getattr(value, name)
            yield from _said(inner) if name in fields else texts_of(inner)
    elif isinstance(value, dict):
        for item in value.values():
            yield from texts_of(item)
    elif isinstance(value, tuple):
        for item in value:
            yield from texts_of(item)


def needs_translation(text: str) -> bool:
    """Return whether a text has words in Latin letters: a number is the same everywhere."""
    return any(char.isascii() and char.isalpha() for char in text)


def _said(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        if value:
            yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from _said(item)
    elif isinstance(value, tuple):
        for item in value:
            yield from _said(item)
