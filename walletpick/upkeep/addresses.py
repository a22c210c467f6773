"""Which pages the facts of a catalog were read on, and what was found there. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Literal

from msgspec import Struct

from walletpick.facts.law import items_of_law
from walletpick.facts.model import Law, Rates, RateSource, Source, Survey, Wallet
from walletpick.facts.walk import Item, facts_once
from walletpick.language import N_

State = Literal["ok", "moved", "dead", "refused", "no answer"]

# Each state in words, the worst first.
STATES: dict[State, str] = {
    "dead": N_("the page is gone, or never ends redirecting"),
    "no answer": N_("no answer that can be read, after several tries; it may be back another day"),
    "refused": N_("the site lets no program in; only a person can look"),
    "moved": N_("moved for good: the catalog should name the new address"),
    "ok": N_("the page is there"),
}


class Use(Struct, frozen=True, kw_only=True):
    """A source that names an address, and the facts that rest on it, each with its country.

    `wallet` is None for a source of a file that all wallets share.
    """

    file: str
    wallet: Wallet | None
    key: str
    source: Source | RateSource
    facts: tuple[tuple[str, Item], ...] = ()


class Finding(Struct, frozen=True, kw_only=True):
    """What was found at an address. `new` is where it leads in the end, if that is elsewhere.

    `status` is the last HTTP status, None where there was none; `words` say what happened;
    `checked` is the time, in seconds of the Unix epoch.
    """

    url: str
    state: State
    status: int | None = None
    new: str | None = None
    words: str
    checked: int


class Link(Struct, frozen=True, kw_only=True):
    """An address with its uses, and what was found there; None where nobody has looked."""

    url: str
    uses: tuple[Use, ...]
    finding: Finding | None = None


def uses_of(
    wallets: Iterable[Wallet],
    laws: Iterable[Law] = (),
    rates: Rates | None = None,
    surveys: Iterable[Survey] = (),
) -> Iterator[Use]:
    """Yield every source of these wallets and shared files."""
    for wallet in wallets:
        yield from _uses(wallet.file, wallet, wallet.sources, facts_once(wallet))
    for law in laws:
        items = ((law.country, Item(section, "", it)) for section, it in items_of_law(law))
        yield from _uses(law.file, None, law.sources, items)
    if rates:
        yield from _uses("rates.yaml", None, rates.sources, ())
    for survey in surveys:
        yield from _uses(survey.head.file, None, {"source": survey.head.source}, ())


def _uses(
    file: str,
    wallet: Wallet | None,
    sources: Mapping[str, Source] | Mapping[str, RateSource],
    facts: Iterable[tuple[str, Item]],
) -> Iterator[Use]:
    """Yield the sources of a file, each with those of the facts that rest on it."""
    resting: dict[str, list[tuple[str, Item]]] = {}
    for country, item in facts:
        resting.setdefault(item.fact.source, []).append((country, item))
    for key, source in sources.items():
        on_it = tuple(resting.get(key, ()))
        yield Use(file=file, wallet=wallet, key=key, source=source, facts=on_it)


def links_of(uses: Iterable[Use], findings: Mapping[str, Finding]) -> list[Link]:
    """Return each address once, with all its uses and what was found there, in their order.

    What stands after a # is a place on the page and no address of its own.
    """
    by_url: dict[str, list[Use]] = {}
    for use in uses:
        by_url.setdefault(page_of(use.source.url), []).append(use)
    return [
        Link(url=url, uses=tuple(naming), finding=findings.get(url))
        for url, naming in by_url.items()
    ]


def page_of(url: str) -> str:
    """Return an address without the place on the page."""
    return url.partition("#")[0]
