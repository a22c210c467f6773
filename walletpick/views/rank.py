"""Ranking -> the page that `walletpick rank` shows. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from walletpick.explain import Reason, leads, reasons
from walletpick.model import Catalog, Needs
from walletpick.money import HUNDRED, NOTHING, Range
from walletpick.phrases import date_words, money, site, usage_phrase
from walletpick.places import in_country
from walletpick.ranking import Place, Ranking, weights_of
from walletpick.render.page import (
    Bar,
    Bars,
    Block,
    Bullets,
    Cell,
    Column,
    Heading,
    Page,
    Paragraph,
    Table,
    text,
)
from walletpick.views.payloads_ranking import thin_text

# Reasons are shown for so many places unless all are asked for.
EXPLAINED = 3

_MARKS = {"for": "+", "against": "-", "unknown": "?", "stale": "!"}
_TONES = {"for": "good", "against": "bad", "unknown": "unknown", "stale": "unknown"}


def rank_page(ranking: Ranking, catalog: Catalog, top: int, explain: bool) -> Page:
    """Return the page: the table of the first `top` places (0: all), reasons, and who is left out.

    Reasons stand under the table for the first three, or for every one shown with `explain`.
    """
    shown = ranking.places[:top] if top else ranking.places
    blocks: list[Block] = [Heading(_title(ranking.needs), 1), *_asked(ranking.needs)]
    if shown:
        blocks.append(_table(ranking, shown))
        blocks += _legend(ranking, shown)
        if len(shown) < len(ranking.places):
            more = len(ranking.places) - len(shown)
            blocks.append(text(f"{more} more; --top 0 shows all.", "dim"))
    for index in range(len(shown) if explain else min(EXPLAINED, len(shown))):
        blocks += _explained(ranking, index, explain)
    if len(shown) > 1:
        blocks += _first_two(ranking)
    blocks += _not_ranked(ranking)
    if shown:
        blocks += _next_steps(ranking.needs, shown[0])
    return Page(tuple(blocks))


def _title(needs: Needs) -> str:
    where = f" in {in_country(needs.country)}" if needs.country else ""
    return f"Wallets{where}{f' for: {needs.title}' if needs.title else ''}"


def _asked(needs: Needs) -> Iterator[Block]:
    assert needs.currency
    items = [(Cell(_first_upper(usage_phrase(usage, needs.currency))),) for usage in needs.use]
    if needs.must:
        items.append((Cell(f"Must have: {', '.join(needs.must)}"),))
    if needs.wish:
        items.append((Cell(f"Wishes: {', '.join(needs.wish)}"),))
    if items:
        yield Bullets(tuple(items))
    else:
        yield text("No usage was given, so nothing is priced; --use or --persona gives some.")


def _table(ranking: Ranking, shown: tuple[Place, ...]) -> Table:
    several = ranking.needs.country is None
    columns = [Column(title="#", right=True, whole=True), Column(title="Wallet")]
    if several:
        columns.append(Column(title="In", whole=True))
    columns += [
        Column(title="Score", right=True, whole=True),
        Column(title="Range", right=True, whole=True, keep=5),
        Column(title="First year", right=True, whole=True),
        Column(title="Known", right=True, whole=True, keep=4),
    ]
    rows = []
    for place in shown:
        plan = _plan_name(place)
        name = f"{place.wallet.name} ({plan})" if plan else place.wallet.name
        row = [Cell(str(place.rank)), Cell(name, "strong")]
        if several:
            row.append(Cell(place.candidate.country))
        row += [
            Cell(_tenth(place.score.estimate), "strong"),
            Cell(f"{_tenth(place.score.low)} to {_tenth(place.score.high)}"),
            Cell(cost_words(place), "" if place.bill.complete else "unknown"),
            Cell(f"{(place.evidence * HUNDRED).to_integral_value()} %"),
        ]
        rows.append(tuple(row))
    return Table(columns=tuple(columns), rows=tuple(rows))


def cost_words(place: Place) -> str:
    """Return the first year's cost: "96.00 USD", with " + ?" where a fee is unknown.

    With something unknown, the figure is the known part alone, and nothing known is just "?": it
    must not look like nothing to pay.
    """
    if place.bill.complete:
        return money(place.bill.yearly.estimate, place.bill.currency)
    known = [line.yearly for line in place.bill.lines if line.known]
    total = sum(known, NOTHING)
    if not total.estimate:
        return "?"
    return f"{money(total.estimate, place.bill.currency)} + ?"


def _legend(ranking: Ranking, shown: tuple[Place, ...]) -> Iterator[Block]:
    if any(not place.bill.complete for place in shown):
        yield text(
            '"?" is a fee that nobody publishes. It counts in the score as what such fees'
            " usually are, and the range shows how far off that may be.",
            "dim",
        )
    if any(place.own for place in shown):
        yield text("Your own diary counts (walletpick log); --no-experience leaves it out.", "dim")


def _explained(ranking: Ranking, index: int, explain: bool) -> Iterator[Block]:
    place = ranking.places[index]
    where = f" in {in_country(place.candidate.country)}" if not ranking.needs.country else ""
    yield Heading(f"{place.rank}. {place.wallet.name}{where}", 2)
    if explain:
        yield _bars(place, ranking)
    items, marks = [], []
    for reason in reasons(ranking, index):
        items.append((Cell(reason.text, ""), *_sources(reason)))
        marks.append(_MARKS[reason.kind])
    if items:
        yield Bullets(tuple(items), tuple(marks))


def _sources(reason: Reason) -> tuple[Cell, ...]:
    """Return the first source of a reason in short; the page of the wallet has them all."""
    if not reason.facts:
        return ()
    source = reason.facts[0].source
    others = {fact.source.url for fact in reason.facts} - {source.url}
    more = f" and {len(others)} more" if others else ""
    return (Cell(f" [{site(source)}, {date_words(source)}{more}]", "dim"),)


def _bars(place: Place, ranking: Ranking) -> Bars:
    bars = []
    spans = {name: value.value for name, value in place.values.items()}
    weights = weights_of(place, ranking.needs)
    if place.own:
        spans["experience"] = Range.exactly(place.own.experience.value)
        weights["experience"] = place.own.share
    for name, weight in weights.items():
        if not weight or name not in spans:
            continue
        span = spans[name].times(weight * HUNDRED)
        full = weight * HUNDRED
        words = f"{_tenth(span.estimate)} of {_tenth(full)}"
        if not span.exact:
            words += f" ({_tenth(span.low)} to {_tenth(span.high)})"
        bars.append(
            Bar(
                label=name,
                low=float(span.low),
                estimate=float(span.estimate),
                high=float(span.high),
                full=float(full),
                text=words,
            )
        )
    return Bars(tuple(bars))


def _first_two(ranking: Ranking) -> Iterator[Block]:
    first, second = ranking.places[0], ranking.places[1]
    found = [lead for lead in leads(first, second, ranking) if abs(lead.points) >= 0.05]
    if not found:
        return
    yield Heading(f"Why {_named(first, ranking)} before {_named(second, ranking)}", 2)
    parts = [f"{lead.criterion} {_signed(lead.points)}" for lead in found]
    gap = first.score.estimate - second.score.estimate
    yield text(f"Points: {', '.join(parts)}; in all {_signed(gap)}.")
    if second.score.high > first.score.low:
        yield text("What is not known could turn the two around: their ranges overlap.", "unknown")


def _named(place: Place, ranking: Ranking) -> str:
    if ranking.needs.country:
        return place.wallet.name
    return f"{place.wallet.name} ({place.candidate.country})"


def _not_ranked(ranking: Ranking) -> Iterator[Block]:
    several = ranking.needs.country is None
    if ranking.thin:
        yield Heading("Too little is known to rank", 2)
        yield Bullets(
            tuple(
                (
                    Cell(_label(p.wallet.name, p.candidate.country, several), "strong"),
                    Cell(f": {thin_text(p)}"),
                )
                for p in ranking.thin
            )
        )
    if ranking.left_out:
        yield Heading("Left out", 2)
        items = []
        for out in ranking.left_out:
            why = "; ".join(cause.text for cause in out.causes)
            items.append(
                (Cell(_label(out.wallet.name, out.country, several), "strong"), Cell(f": {why}"))
            )
        yield Bullets(tuple(items))


def _label(name: str, country: str, several: bool) -> str:
    return f"{name} ({country})" if several else name


def _next_steps(needs: Needs, first: Place) -> Iterator[Block]:
    name, country = first.wallet.id, first.candidate.country
    yield Paragraph(
        (
            Cell("Every fact with its source: ", "dim"),
            Cell(f"walletpick show {name} --country {country}", "strong"),
        )
    )


def _plan_name(place: Place) -> str:
    for plan in place.candidate.market.plans:
        if plan.id == place.candidate.plan:
            return plan.name
    return ""


def _tenth(value: object) -> str:
    return f"{value:.1f}"


def _signed(value: object) -> str:
    return f"{value:+.1f}"


def _first_upper(words: str) -> str:
    return words[:1].upper() + words[1:]


__all__ = ["cost_words", "rank_page"]
