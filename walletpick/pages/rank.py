"""Ranking -> the page that `walletpick rank` shows: one screen, and more when asked for. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import compress

from walletpick.facts.model import Catalog, Needs
from walletpick.facts.places import in_country
from walletpick.facts.vocabulary import PEOPLE
from walletpick.pages.rank_explained import explained, with_plan
from walletpick.render.page import (
    Block,
    Cell,
    Column,
    Heading,
    Page,
    Paragraph,
    Piece,
    Table,
    Tone,
    marked,
    page,
    paragraph,
    table,
    text,
)
from walletpick.score.ranking import Place, Ranking
from walletpick.score.reasons import reasons
from walletpick.words.bills import first_year_words
from walletpick.words.causes import causes_words
from walletpick.words.common import asked_words, in_ten, tenth
from walletpick.words.phrases import device_phrase, few_listed, listed, means_phrase, wanted_phrase
from walletpick.words.verdict import main_reasons, verdict_words

_TONES: dict[str, Tone] = {"?": "unknown"}
# So many places are explained in short, and so many causes why others are not among them.
_NAMED = 3


def rank_page(ranking: Ranking, catalog: Catalog, top: int, explain: bool) -> Page:
    """Return the page: the verdict, the first `top` places (0: all), and who is not among them.

    With `explain`, everything that it rests on follows.
    """
    field = ranking.field
    shown = field[:top] if top else field
    others = [place for place in ranking.places if place not in field]
    return page(
        Heading(_title(ranking.needs), 1),
        _asked(ranking.needs),
        paragraph(Cell(verdict_words(ranking), "strong")) if shown else None,
        _table(ranking, shown) if shown else None,
        _behind(len(field) - len(shown)),
        *(_place(ranking, place) for place in shown[:_NAMED]),
        _diary(shown),
        _unconfirmed(ranking, others),
        _left_out(ranking),
        *(explained(ranking, top, catalog) if explain else ()),
        _next_steps(ranking.needs, shown, explain) if shown else None,
    )


def _title(needs: Needs) -> str:
    where = f" in {in_country(needs.country)}" if needs.country else ""
    return f"Wallets{where}{f' for: {needs.title}' if needs.title else ''}"


def _asked(needs: Needs) -> Iterator[Block]:
    items = [*asked_words(needs), *_situation(needs)]
    if items:
        yield text(f"{'. '.join(items)}.", "dim")
    if not needs.use:
        yield text("No usage was given, so nothing is priced; --use or --persona gives some.")


def _situation(needs: Needs) -> Iterator[str]:
    """Yield what was said besides the usages: what it must do, who asks, and with what."""
    if needs.must:
        yield f"It must {listed([wanted_phrase(word) for word in needs.must])}"
    if needs.wish:
        yield f"If possible it should {listed([wanted_phrase(word) for word in needs.wish])}"
    if needs.person or needs.age is not None:
        age = f" of {needs.age}" if needs.age is not None else ""
        who = listed([PEOPLE[word] for word in needs.person])
        yield f"For somebody{age}{f' who {who}' if who else ''}"
    if needs.have:
        yield f"You have {listed([means_phrase(word) for word in needs.have])}"
    if needs.bank:
        yield f"With {listed(needs.bank)}"
    if needs.platform:
        yield f"It must run {device_phrase(needs.platform)}"
    if needs.strict:
        yield "What is not confirmed counts as missing (--strict)"


def _table(ranking: Ranking, shown: Sequence[Place]) -> Table:
    priced = any(place.bill.moved for place in shown)
    columns = (
        Column(title="#", right=True, whole=True),
        Column(title="Wallet"),
        Column(title="In", whole=True),
        Column(title="Best in", right=True, whole=True),
        Column(title="First year", right=True, whole=True),
        Column(title="Points", right=True, whole=True, keep=4),
    )
    rows: list[tuple[Piece, ...]] = [
        (
            str(place.rank),
            Cell(with_plan(place), "strong"),
            place.candidate.country,
            in_ten(place.chance),
            Cell(first_year_words(place.bill), "" if place.bill.complete else "unknown"),
            f"{tenth(place.score.estimate)}{', little known' if place.thin else ''}",
        )
        for place in shown
    ]
    compared = sum(place.chance is not None for place in ranking.places) > 1
    optional = {
        "In": ranking.needs.country is None,
        "Best in": compared,
        "First year": priced,
    }
    kept = [optional.get(column.title, True) for column in columns]
    return table(compress(columns, kept), (compress(row, kept) for row in rows))


def _behind(hidden: int) -> Paragraph | None:
    return text(f"{hidden} more; --top 0 shows all.", "dim") if hidden else None


def _place(ranking: Ranking, place: Place) -> Iterator[Block]:
    """Yield what speaks for a place and against it, and what to check first: a line each."""
    where = _in(ranking, place.candidate.country)
    told = main_reasons(place, reasons(ranking, place.rank - 1))
    yield marked(
        [
            (f"{place.rank}.", (Cell(f"{place.wallet.name}{where}", "strong"),)),
            *((mark, (Cell(words, _TONES.get(mark, "")),)) for mark, words in told),
        ]
    )


def _diary(shown: Sequence[Place]) -> Paragraph | None:
    if not any(place.own for place in shown):
        return None
    return text("Your own diary counts (walletpick log); --no-experience leaves it out.", "dim")


def _in(ranking: Ranking, country: str) -> str:
    """Return a country in brackets where several are ranked."""
    return "" if ranking.needs.country else f" ({country})"


def _unconfirmed(ranking: Ranking, places: Sequence[Place]) -> Paragraph | None:
    """Return the places that are not confirmed to do what is asked, with what is not."""
    if not places:
        return None
    by_cause: dict[str, list[str]] = {}
    for place in places:
        name = f"{place.wallet.name}{_in(ranking, place.candidate.country)}"
        by_cause.setdefault(causes_words(place.unconfirmed[:1]), []).append(name)
    parts = [f"{few_listed(names)} (not confirmed: {cause})" for cause, names in by_cause.items()]
    return paragraph(Cell("May also fit: ", "strong"), f"{_first(parts)}.")


def _left_out(ranking: Ranking) -> Paragraph | None:
    out = ranking.left_out
    if not out:
        return None
    by_cause: dict[str, list[str]] = {}
    for each in out:
        name = f"{each.wallet.name}{_in(ranking, each.country)}"
        by_cause.setdefault(causes_words(each.causes[:1]), []).append(name)
    parts = [f"{few_listed(names)} ({cause})" for cause, names in by_cause.items()]
    return paragraph(Cell("Does not fit: ", "strong"), f"{_first(parts)}.")


def _first(parts: Sequence[str]) -> str:
    """Return wallets by cause, of many causes the first few and how many more there are."""
    if len(parts) <= _NAMED + 1:
        return "; ".join(parts)
    return f"{'; '.join(parts[:_NAMED])}; {len(parts) - _NAMED} other reasons (--explain)"


def _next_steps(needs: Needs, shown: Sequence[Place], explain: bool) -> Paragraph:
    first = shown[0]
    command = f"walletpick show {first.wallet.id} --country {first.candidate.country}"
    pieces = [Cell("Its facts and sources: ", "dim"), Cell(command, "strong")]
    if not explain:
        pieces += [Cell("; all points and reasons: ", "dim"), Cell("--explain", "strong")]
    return paragraph(*pieces)
