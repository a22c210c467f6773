"""Which facts to look at again, those that matter most to people first. Pure.

How much hangs on a fact: for every persona in every country where it makes sense, take the first
three places of the ranking. Each part of a criterion is worth so many points there (its share of
the criterion, times the criterion's weight, times 100). These points are shared out among the facts
that the part rests on; what rests on something unknown goes to no fact. The sum over all personas
and countries is the number of points that hang on the fact.

A part rests on
- the option that decides it, where the best one counts (with none that holds, on every known "no",
  in equal shares);
- each known option by its value, where all count;
- the lines of the bill in equal shares, and in a line on its rules, for what the use costs;
- all the facts behind a figure, or behind what the person named, in equal shares.

A fact that keeps a wallet out of the ranking, or out of the first three, has no points for that.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from msgspec import Struct, structs

from walletpick.facts import model
from walletpick.facts.ages import earliest, fact_is_stale
from walletpick.facts.law import FOLDER, items_of_law
from walletpick.facts.money import HUNDRED, ZERO
from walletpick.facts.names import wallet_name
from walletpick.facts.places import land_name
from walletpick.facts.walk import Item, facts_once
from walletpick.language import headed
from walletpick.score.criteria import PartValue
from walletpick.score.ranking import Place, rank
from walletpick.upkeep.answers import sensible_pairs
from walletpick.words.facts import title_words, value_words

FIRST = 3


class AgedFact(Struct, frozen=True, kw_only=True):
    """A fact with its age in days and what hangs on it.

    `wallet` is the id of the wallet, None for what the law of a country says; `name` is
    that of the wallet or of the country, and `called` how readers call it. `stale`: older than the
    catalog allows.
    """

    file: str
    wallet: str | None
    name: str
    called: str
    country: str
    item: Item
    source: model.Source
    days: int
    stale: bool
    # See `Weight`.
    points: Decimal = ZERO
    rankings: int = 0

    @property
    def path(self) -> str:
        """Where it stands in its file."""
        return self.item.fact.path

    @property
    def text(self) -> str:
        """The fact as one line: "withdraw by instant transfer: 1.5 %"."""
        return headed(title_words(self.item), value_words(self.item))

    @property
    def undated(self) -> bool:
        """Whether its page gives no date, so that the age counts from its reading."""
        return self.source.as_of is None


class Weight(NamedTuple):
    """How many points hang on a fact, and in how many rankings it bears on the first places."""

    points: Decimal = ZERO
    rankings: int = 0


# A fact goes by its file and its path there.
Key = tuple[str, str]


def to_look_at(catalog: model.Catalog, today: date, days: int | None = None) -> list[AgedFact]:
    """Return the facts of at least so many days, those that most hangs on first.

    Without `days`, those that are stale by the catalog's own settings. What happened once does not
    change, so no incident is among them.
    """
    weights = weights_of_facts(catalog, today)
    facts = [
        structs.replace(fact, points=points, rankings=rankings)
        for fact in aged_facts(catalog, today)
        for points, rankings in [weights.get((fact.file, fact.path), Weight())]
        if not isinstance(fact.item.fact, model.Incident)
        and (fact.stale if days is None else fact.days >= days)
    ]
    return sorted(facts, key=lambda fact: (-fact.points, -fact.days, fact.file, fact.path))


def aged_facts(catalog: model.Catalog, today: date) -> Iterator[AgedFact]:
    """Yield every fact of the catalog with its age; nothing is weighed yet."""

    def aged(
        wallet: model.Wallet | None, country: str, item: Item, source: model.Source
    ) -> AgedFact:
        stale = fact_is_stale(item.fact, source, catalog, today)
        return AgedFact(
            file=wallet.file if wallet else f"{FOLDER}/{country}.yaml",
            wallet=wallet.id if wallet else None,
            name=wallet.name if wallet else land_name(country),
            called=wallet_name(wallet) if wallet else land_name(country),
            country=country,
            item=item,
            source=source,
            days=age_in_days(source, today),
            stale=stale and not isinstance(item.fact, model.Incident),
        )

    for wallet in catalog.wallets:
        for country, item in facts_once(wallet):
            yield aged(wallet, country, item, wallet.sources[item.fact.source])
    for country, law in catalog.laws.items():
        for section, piece in items_of_law(law):
            word = piece.right if isinstance(piece, model.Right) else ""
            yield aged(None, country, Item(section, word, piece), law.sources[piece.source])


def age_in_days(source: model.Source, today: date) -> int:
    """Return full days from the source's own date, or from its reading when it has none.

    As for stale facts, a partial date counts from its beginning.
    """
    year, month, day = earliest(source)
    try:
        first = date(year, month, day)
    except ValueError:  # the 30th of February
        first = date(year, month, 28)
    return max((today - first).days, 0)


def weights_of_facts(catalog: model.Catalog, today: date) -> dict[Key, Weight]:
    """Return how much hangs on each fact that anything hangs on (see the top of this module)."""
    points: defaultdict[Key, Decimal] = defaultdict(Decimal)
    rankings: Counter[Key] = Counter()
    for _persona, _country, needs in sensible_pairs(catalog):
        ranking = rank(catalog, needs, today)
        seen: set[Key] = set()
        for place in ranking.places[:FIRST]:
            for key, part in _shares(place, ranking.needs.weights):
                points[key] += part
                seen.add(key)
        rankings.update(seen)
    return {key: Weight(total, rankings[key]) for key, total in points.items()}


def _shares(place: Place, weights: dict[str, Decimal]) -> Iterator[tuple[Key, Decimal]]:
    """Yield the facts that a place rests on, each with the points that hang on it."""
    file = place.wallet.file
    for name, value in place.values.items():
        for part in value.parts:
            full = part.share * weights[name] * HUNDRED
            for fact, share in _rests_on(part):
                where = getattr(fact, "file", "") or file
                if share and full:
                    yield (where, fact.path), full * share


def _rests_on(part: PartValue) -> Iterator[tuple[model.Fact | model.FeeRule, Decimal]]:
    """Yield the facts that a part rests on, each with its share of it (0 to 1 in all)."""
    seen = [item.observation for item in part.evidence]
    if part.part.best_of:
        options = list(zip(part.part.best_of, seen, strict=True))
        held = [(o.value, s.fact) for o, s in options if s.fact and s.value is o.is_ and o.value]
        if held:
            yield max(held, key=lambda pair: pair[0])[1], Decimal(1)
            return
        known = [s.fact for _, s in options if s.fact and s.value is not None]
        yield from ((fact, Decimal(1) / len(known)) for fact in known)
    elif part.part.all_of:
        total = max(sum((o.value for o in part.part.all_of), ZERO), Decimal(1))
        for option, item in zip(part.part.all_of, seen, strict=True):
            if item.fact and item.value is not None:
                yield item.fact, option.value / total
    elif part.lines:
        for line in part.lines:
            for rule in line.rules:
                yield rule, Decimal(1) / len(part.lines) / len(line.rules)
    elif part.facts:
        yield from ((fact, Decimal(1) / len(part.facts)) for fact, _ in part.facts)
    else:
        for item in seen:
            if item.fact and item.value is not None:
                yield item.fact, Decimal(1) / len(seen)
