"""How far the catalog gets: whom each persona is answered with, in each country. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TypeVar

from msgspec import Struct

from walletpick.facts.model import Catalog, Needs
from walletpick.score.causes import AmongUsersOnly, Lacks, NotShownThere
from walletpick.score.ranking import Place, Ranking, rank
from walletpick.upkeep.effects import needs_in


class Counts(Struct, frozen=True, kw_only=True):
    """How many pairs of a persona and a country there are, and how many wallets they rank.

    Of the first places, `confirmed` are known to do every use, and `priced` have no unknown fee in
    their bill.
    """

    pairs: int
    nobody: int
    one: int
    two_or_more: int
    three_or_more: int
    confirmed: int
    priced: int

    @property
    def answered(self) -> int:
        """How many pairs rank anybody."""
        return self.pairs - self.nobody


AnyCounts = TypeVar("AnyCounts", bound=Counts)


class Tally(Counts, frozen=True, kw_only=True):
    """The same of one persona or one country; `name` is its name or its code."""

    name: str


class Firsts(Struct, frozen=True, kw_only=True):
    """How often a wallet stands first, and how often it is then confirmed, and priced in full."""

    wallet: str
    name: str
    pairs: int
    confirmed: int
    priced: int


class Answers(Struct, frozen=True, kw_only=True):
    """The answers to every persona in every country where its needs make sense. The countries that
    rank nobody for most personas stand first, and the wallets that stand first most."""

    total: Counts
    personas: tuple[Tally, ...]
    countries: tuple[Tally, ...]
    firsts: tuple[Firsts, ...]


class AnswersChange(Struct, frozen=True, kw_only=True):
    """The answers of two versions of a catalog, each over its own personas and countries."""

    old: Counts
    new: Counts


class Answer(Struct, frozen=True, kw_only=True):
    """The answer to one persona in one country: how many wallets are ranked, and the first."""

    persona: str
    country: str
    ranked: int
    first: Place | None

    @property
    def confirmed(self) -> bool:
        """Whether there is a first place, and it is known to do every use."""
        return self.first is not None and not any(
            isinstance(cause, NotShownThere | AmongUsersOnly)
            or (isinstance(cause, Lacks) and cause.key.startswith("does:"))
            for cause in self.first.unconfirmed
        )

    @property
    def priced(self) -> bool:
        """Whether there is a first place, and every fee in its bill is known."""
        return self.first is not None and self.first.bill.complete


def answers_of(catalog: Catalog, today: date) -> Answers:
    """Return the answers that a catalog gives on a day, as `rank --persona` ranks."""
    pairs = sensible_pairs(catalog)
    rankings = ((name, country, rank(catalog, needs, today)) for name, country, needs in pairs)
    return summed_up([answer_of(*each) for each in rankings], catalog)


def answer_of(persona: str, country: str, ranking: Ranking) -> Answer:
    """Return the answer that a ranking gives to a persona in a country."""
    places = ranking.places
    return Answer(
        persona=persona,
        country=country,
        ranked=len(places),
        first=places[0] if places else None,
    )


def summed_up(answers: Sequence[Answer], catalog: Catalog) -> Answers:
    """Return answers in figures: in all, by persona, by country, and who is first how often."""
    by_country: dict[str, list[Answer]] = {}
    for answer in answers:
        by_country.setdefault(answer.country, []).append(answer)
    countries = [_counts(its, Tally, name=code) for code, its in sorted(by_country.items())]
    return Answers(
        total=_counts(answers, Counts),
        personas=tuple(
            _counts([answer for answer in answers if answer.persona == name], Tally, name=name)
            for name in catalog.personas
        ),
        countries=tuple(sorted(countries, key=lambda tally: (-tally.nobody, tally.name))),
        firsts=tuple(_firsts(answers)),
    )


def sensible_pairs(catalog: Catalog) -> Iterator[tuple[str, str, Needs]]:
    """Yield each persona, each country of the catalog where it makes sense, and its needs there."""
    countries = catalog.countries
    for name, persona in catalog.personas.items():
        for country in countries:
            needs = needs_in(persona, country, catalog)
            if needs is not None:
                yield name, country, needs


def _counts(answers: Sequence[Answer], kind: type[AnyCounts], **more: str) -> AnyCounts:
    ranked = [answer.ranked for answer in answers]
    return kind(
        **more,
        pairs=len(answers),
        nobody=ranked.count(0),
        one=ranked.count(1),
        two_or_more=sum(count >= 2 for count in ranked),
        three_or_more=sum(count >= 3 for count in ranked),
        confirmed=sum(answer.confirmed for answer in answers),
        priced=sum(answer.priced for answer in answers),
    )


def _firsts(answers: Sequence[Answer]) -> list[Firsts]:
    by_wallet: dict[tuple[str, str], list[Answer]] = {}
    for answer in answers:
        if answer.first:
            wallet = answer.first.wallet
            by_wallet.setdefault((wallet.name, wallet.id), []).append(answer)
    firsts = [
        Firsts(
            wallet=wallet,
            name=name,
            pairs=len(its),
            confirmed=sum(answer.confirmed for answer in its),
            priced=sum(answer.priced for answer in its),
        )
        for (name, wallet), its in by_wallet.items()
    ]
    return sorted(firsts, key=lambda one: (-one.pairs, one.name, one.wallet))
