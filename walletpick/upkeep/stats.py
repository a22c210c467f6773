"""How much the catalog knows, from whom, and how old it is. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from msgspec import Struct

from walletpick.bill.observe import Candidate, Observer
from walletpick.facts.model import Catalog, Needs, Source, Wallet
from walletpick.facts.money import ZERO
from walletpick.facts.vocabulary import CLAIM_FAMILIES, CRITERIA, LINKS, USAGE_OPERATIONS
from walletpick.facts.walk import SECTIONS, Item, implied_of, items_of
from walletpick.language import N_
from walletpick.score.ranking import candidates, rank
from walletpick.upkeep.answers import Answers, answer_of, sensible_pairs, summed_up
from walletpick.upkeep.stale import AgedFact, aged_facts

# Who says it with authority: the operator of its own product, and public authorities.
OFFICIAL = ("operator", "regulator")

# The ages of the histogram: each up to so many days, in words.
AGES = (
    (90, N_("up to 3 months")),
    (182, N_("3 to 6 months")),
    (365, N_("6 to 12 months")),
    (730, N_("1 to 2 years")),
    (1095, N_("2 to 3 years")),
    (10**6, N_("more than 3 years")),
)
UNDATED = N_("undated")

_WORDS = {section: len(words) for section, words in CLAIM_FAMILIES.items()}
_ONBOARDING = 7
# Sections of which every market could have one or more; a market knows of it or does not.
_ONE = (
    "limits", "licence", "languages", "complaint", "reply", "escalation", "closing", "ratings",
    "incidents",
)  # fmt: skip


class Section(Struct, frozen=True, kw_only=True):
    """A section of the markets: its facts, how many have an official source (the operator or a
    public authority, read itself), and the share known of what could be, 0 to 1."""

    section: str
    facts: int
    official: int
    known: Decimal | None


class File(Struct, frozen=True, kw_only=True):
    """A wallet's file. `evidence` is the share known of what the personas ask, 0 to 1; null where
    it is ranked for none of them."""

    file: str
    wallet: str
    facts: int
    stale: int
    median_age_days: int
    evidence: Decimal | None


class Stats(Struct, frozen=True, kw_only=True):
    """The figures of a catalog. `markets` counts by status, `ages` facts by the age of their
    source's own date; `criteria` has the share known by criterion, the mean over personas,
    countries and wallets, but of none that nobody asks for."""

    wallets: int
    markets: dict[str, int]
    countries: int
    personas: int
    sources: int
    pages: int
    facts: int
    official: int
    second_hand: int
    stale: int
    oldest_rate: str
    answers: Answers
    criteria: dict[str, Decimal]
    sections: tuple[Section, ...]
    ages: dict[str, int]
    files: tuple[File, ...]


def stats_of(catalog: Catalog, today: date) -> Stats:
    """Return the figures of a catalog on a day."""
    facts = [fact for fact in aged_facts(catalog, today) if fact.wallet]
    markets = [market for wallet in catalog.wallets for market in wallet.markets.values()]
    # The share known, in each ranking in which a wallet stands.
    of_criterion = defaultdict[str, list[Decimal]](list)
    of_wallet = defaultdict[str, list[Decimal]](list)
    answers = []
    for persona, country, needs in sensible_pairs(catalog):
        ranking = rank(catalog, needs, today)
        answers.append(answer_of(persona, country, ranking))
        for place in ranking.places:
            of_wallet[place.wallet.id].append(place.evidence)
            for name, value in place.values.items():
                if value.parts:
                    of_criterion[name].append(value.known)
    sources = [source for wallet in catalog.wallets for source in wallet.sources.values()]
    return Stats(
        wallets=len(catalog.wallets),
        markets=Counter(market.state for market in markets),
        countries=len(catalog.countries),
        sources=len(sources),
        pages=len({source.url for source in sources}),
        personas=len(catalog.personas),
        facts=len(facts),
        official=sum(is_official(fact.source) for fact in facts),
        second_hand=sum(fact.source.second_hand for fact in facts),
        stale=sum(fact.stale for fact in facts),
        answers=summed_up(answers, catalog),
        criteria={name: _mean(of_criterion[name]) for name in CRITERIA if name in of_criterion},
        sections=tuple(_sections(catalog, facts, today)),
        ages=_ages(facts),
        oldest_rate=min(filter(None, map(catalog.rates.as_of, catalog.rates.rates)), default=""),
        files=tuple(_file(wallet, facts, of_wallet) for wallet in catalog.wallets),
    )


def is_official(source: Source) -> bool:
    """Return whether the operator or an authority says it, on a page that was read itself."""
    return source.publisher in OFFICIAL and not source.second_hand


def _mean(values: Sequence[Decimal]) -> Decimal:
    return sum(values, ZERO) / len(values)


def _sections(catalog: Catalog, facts: Sequence[AgedFact], today: date) -> list[Section]:
    markets = [
        (wallet, country)
        for wallet in catalog.wallets
        for country, market in wallet.markets.items()
        if market.state != "closed"
    ]
    observer = Observer(Needs(), catalog, today)
    said = [
        (*items_of(wallet.markets[code]), *implied_of(wallet.markets[code]))
        for wallet, code in markets
    ]
    sections = []
    for section in (*SECTIONS, "links"):
        inside = [fact for fact in facts if fact.item.section == section]
        known = [
            _known_of(section, *market, items, observer)
            for market, items in zip(markets, said, strict=True)
        ]
        asked = sum(of for _, of in known)
        sections.append(
            Section(
                section=section,
                facts=len(inside),
                official=sum(is_official(fact.source) for fact in inside),
                known=Decimal(sum(is_ for is_, _ in known)) / asked if asked else None,
            )
        )
    return sections


def _known_of(
    section: str, wallet: Wallet, country: str, known: Sequence[Item], observer: Observer
) -> tuple[int, int]:
    """Return how much of a section a market knows, and of how much; (0, 0) where nobody can say."""
    market = wallet.markets[country]
    words = {item.word for item in known if item.section == section}
    if section in _WORDS:
        if section == "protection":
            words |= {word for item in market.protection for word in item.lacks}
        return len(words - {"none"}), _WORDS[section]
    if section in _ONE:
        return min(len(words), 1), 1
    if section == "onboarding":
        return len(words - {"about"}), _ONBOARDING
    if section == "links":
        return sum(bool(getattr(market.links, word)) for word in LINKS), len(LINKS)
    if section == "fees":
        plans = list(candidates(wallet, country, market))
        does = {o for o in USAGE_OPERATIONS if any(_does(c, o, observer) for c in plans)}
        priced = {rule.operation for rule in market.fees if not (rule.tax or rule.surcharge)}
        return len(does & priced), len(does)
    return 0, 0


def _does(candidate: Candidate, operation: str, observer: Observer) -> bool:
    return bool(observer.look(candidate, f"does:{operation}").value)


def _ages(facts: Sequence[AgedFact]) -> dict[str, int]:
    counts = Counter(
        UNDATED if fact.undated else next(words for days, words in AGES if fact.days <= days)
        for fact in facts
    )
    return {words: counts[words] for words in (*(words for _, words in AGES), UNDATED)}


def _file(wallet: Wallet, facts: Sequence[AgedFact], evidence: Mapping[str, list[Decimal]]) -> File:
    own = [fact for fact in facts if fact.wallet == wallet.id]
    return File(
        file=wallet.file,
        wallet=wallet.id,
        facts=len(own),
        stale=sum(fact.stale for fact in own),
        median_age_days=sorted(fact.days for fact in own)[len(own) // 2] if own else 0,
        evidence=_mean(evidence[wallet.id]) if wallet.id in evidence else None,
    )
