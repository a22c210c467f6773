"""The JSON documents of the commands for those who keep the catalog. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Literal

from msgspec import structs

from walletpick.bill.bill import Bill
from walletpick.documents.out import (
    CatalogOut,
    CountryCode,
    CurrencyCode,
    DateText,
    Money,
    MoneyRangeOut,
    Out,
    SourceOut,
    document_fields,
    document_for,
    document_type,
    money_out,
    out,
)
from walletpick.facts.model import Catalog
from walletpick.language import _
from walletpick.upkeep.addresses import Link, State, Use
from walletpick.upkeep.diff import Change, Difference, summary
from walletpick.upkeep.effects import CostChange
from walletpick.upkeep.stale import AgedFact
from walletpick.upkeep.stats import Stats
from walletpick.words.facts import title_words

# What changed.


class VersionOut(Out, frozen=True, kw_only=True):
    """One of the two versions: what it was called on the command line, and which catalog it is."""

    name: str
    version: str
    date: DateText


@document_for(Change)
class ChangeOut(Out, frozen=True, kw_only=True):
    """One change. `text` says it in a sentence; `old` and `new` are values in words.

    `section` is the key of the file under which it stands, `path` where exactly (in the new version
    if it is there); null where a value is worked out from several. Without a wallet it is in a file
    that all wallets share. What holds in several countries has a `place`, "everywhere" or the name
    of a group, and no country.
    """

    kind: Literal["added", "removed", "changed"]
    file: str
    wallet: str | None
    name: str | None
    country: CountryCode | None
    place: str | None
    section: str
    what: str
    old: str | None
    new: str | None
    path: str | None
    source: SourceOut | None
    text: str


class CostOut(Out, frozen=True, kw_only=True):
    """A first year's cost, on the plan that is cheapest for the persona (null: there are none).

    Of a persona whose needs are for a stay, it is the cost of the stay.
    """

    plan: str | None
    currency: CurrencyCode
    yearly: MoneyRangeOut


@document_for(CostChange)
class CostChangeOut(Out, frozen=True, kw_only=True):
    """A market whose first year costs another sum. `direct`: something said of the market changed,
    not only what stands in for the unknown, or rates. `difference` is that of the estimates, null
    where the currency is another."""

    wallet: str
    name: str
    old: CostOut
    new: CostOut
    direct: bool
    difference: Money | None


DifferenceOut = document_type(
    "DifferenceOut",
    {
        "schema": Literal["walletpick/difference/1"],
        "old": VersionOut,
        "new": VersionOut,
        "summary": str,
        **document_fields(Difference),
    },
    """`walletpick catalog diff --json`. `compared` is how many pairs of persona and country were
    ranked with both versions; only those that something changes for are in `effects`.""",
)


def difference_out(
    difference: Difference, old: Catalog, new: Catalog, names: tuple[str, str]
) -> Out:
    """Return the document of what changed from one version to another."""
    return out(
        DifferenceOut,
        difference,
        old=out(VersionOut, old, name=names[0]),
        new=out(VersionOut, new, name=names[1]),
        summary=summary(difference),
        effects=[
            structs.replace(effect, costs=tuple(map(_cost_change_out, effect.costs)))
            for effect in difference.effects
        ],
    )


def _cost_change_out(change: CostChange) -> CostChangeOut:
    by = change.by
    return out(
        CostChangeOut,
        change,
        old=_cost_out(change.old),
        new=_cost_out(change.new),
        difference=money_out(by, change.new.currency) if by is not None else None,
    )


def _cost_out(bill: Bill) -> CostOut:
    yearly = out(MoneyRangeOut, bill.yearly, complete=bill.complete)
    return out(CostOut, bill, plan=bill.candidate.plan, yearly=yearly)


# Figures.


class AgeOut(Out, frozen=True, kw_only=True):
    """How many facts are of an age."""

    age: str
    facts: int


StatsOut = document_type(
    "StatsOut",
    {
        "schema": Literal["walletpick/stats/1"],
        "catalog": CatalogOut,
        "today": DateText,
        **document_fields(Stats),
        "oldest_rate": DateText | None,
        "ages": tuple[AgeOut, ...],
    },
    """`walletpick catalog stats --json`. `markets` counts by status; `criteria` holds the share
    known of what each criterion asks, 0 to 1: the mean over personas, countries and wallets.""",
)


def stats_out(stats: Stats, catalog: Catalog, today: date) -> Out:
    """Return the document of a catalog's figures."""
    return out(
        StatsOut,
        stats,
        catalog=catalog,
        today=today,
        ages=[out(AgeOut, age=_(words), facts=count) for words, count in stats.ages.items()],
    )


# What to look at again.


class AgedOut(Out, frozen=True, kw_only=True):
    """A fact to look at again. `points` is what hangs on it in the first places of the personas,
    in `rankings` rankings; `undated`: the age counts from the reading. Without a wallet it is what
    the law of a country says."""

    file: str
    path: str
    wallet: str | None
    name: str
    country: CountryCode
    text: str
    days: int
    stale: bool
    undated: bool
    points: float
    rankings: int
    source: SourceOut


class StaleOut(Out, frozen=True, kw_only=True):
    """`walletpick catalog stale --json`: those that most hangs on first. `days` is what was asked
    for, null for the ages that the catalog itself sets."""

    schema: Literal["walletpick/stale/1"] = "walletpick/stale/1"
    catalog: CatalogOut
    today: DateText
    days: int | None
    facts: tuple[AgedOut, ...]


def stale_out(
    facts: Sequence[AgedFact], catalog: Catalog, today: date, days: int | None
) -> StaleOut:
    """Return the document of what to look at again."""
    return out(StaleOut, catalog=catalog, today=today, days=days, facts=facts)


# Links.


class LinkFactOut(Out, frozen=True, kw_only=True):
    """A fact that rests on a source."""

    country: CountryCode
    path: str
    what: str


class UseOut(Out, frozen=True, kw_only=True):
    """A source that names the address. Without a wallet it is in a file that all share."""

    file: str
    wallet: str | None
    name: str | None
    key: str
    source: SourceOut
    facts: tuple[LinkFactOut, ...]


class LinkOut(Out, frozen=True, kw_only=True):
    """An address and what was found there. `state` is null where nobody looked; `new` is where the
    address leads in the end, if that is elsewhere; `checked` is a time in UTC."""

    url: str
    state: State | None
    status: int | None
    new: str | None
    text: str | None
    checked: str | None
    uses: tuple[UseOut, ...]


class LinksOut(Out, frozen=True, kw_only=True):
    """`walletpick catalog check-links --json`. `complete` is false after an interruption."""

    schema: Literal["walletpick/links/1"] = "walletpick/links/1"
    complete: bool
    counts: dict[str, int]
    links: tuple[LinkOut, ...]


def links_out(links: Sequence[Link]) -> LinksOut:
    """Return the document of what was found at the addresses of a catalog."""
    return out(
        LinksOut,
        complete=all(link.finding for link in links),
        counts=Counter(link.finding.state for link in links if link.finding),
        links=[_link_out(link) for link in links],
    )


def _link_out(link: Link) -> LinkOut:
    uses = [_use_out(use) for use in link.uses]
    if not link.finding:
        nothing = dict.fromkeys(("state", "status", "new", "text", "checked"))
        return out(LinkOut, url=link.url, uses=uses, **nothing)
    checked = datetime.fromtimestamp(link.finding.checked, UTC).isoformat()
    return out(LinkOut, link.finding, text=link.finding.words, checked=checked, uses=uses)


def _use_out(use: Use) -> UseOut:
    return out(
        UseOut,
        use,
        name=use.wallet and use.wallet.name,
        facts=tuple(
            LinkFactOut(country=country, path=item.fact.path, what=title_words(item))
            for country, item in use.facts
        ),
    )
