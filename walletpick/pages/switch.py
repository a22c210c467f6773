"""Stay or go -> the page that `walletpick switch` shows. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from walletpick.answers.switch import Feature, Option, Payback, Standing, Sum, Switch
from walletpick.answers.switch_words import (
    leaving_words,
    option_reason,
    payback_words,
    reason_words,
    shown_options,
    unknown_words,
    verdict_words,
)
from walletpick.facts.places import in_country
from walletpick.facts.vocabulary import EVENTS
from walletpick.render.page import (
    Block,
    Bullets,
    Cell,
    Column,
    Heading,
    Page,
    Paragraph,
    Table,
    Tone,
    text,
)
from walletpick.words.bills import plan_name
from walletpick.words.causes import cause_words, causes_words
from walletpick.words.common import UNKNOWN, count_words, first_upper, number_words, tenth
from walletpick.words.phrases import claim_phrase, money, usage_phrase
from walletpick.words.reasons import thin_text

TOP = 3
# So many features are named in a sentence; --json has them all.
_NAMED = 8

_WORDS = {"go": "go", "stay": "stay", "too-close": "too close to call"}
_TONES: dict[str, Tone] = {"go": "good", "stay": "strong", "too-close": "unknown"}


def switch_page(found: Switch, top: int) -> Page:
    """Return the page: the verdict, the table of `top` others (0: all), and what would change."""
    shown = shown_options(found, top)
    name = found.current.wallet.name
    blocks: list[Block] = [
        Heading(f"Stay with {name} in {in_country(found.current.candidate.country)}, or go?", 1),
        Paragraph(
            (
                Cell(f"{verdict_words(found)} ", _TONES[found.verdict.word]),
                Cell(reason_words(found)),
            )
        ),
    ]
    assert found.needs.currency
    asked = [first_upper(usage_phrase(use, found.needs.currency)) for use in found.needs.use]
    if asked:
        blocks.append(Bullets(tuple((Cell(words),) for words in asked)))
    else:
        blocks.append(text("No usage was given, so hardly anything is priced; --use gives some."))
    blocks.append(_table(found, shown))
    blocks += _notes(found, shown)
    for option in shown:
        blocks += _one(found, option)
    blocks.append(Heading(f"What leaving {name} costs", 2))
    blocks.append(Bullets(tuple((Cell(words),) for words in leaving_words(found))))
    unknown = list(unknown_words(found, shown))
    if unknown:
        blocks.append(Heading("What is not known", 2))
        blocks.append(Bullets(tuple((Cell(words),) for words in unknown), ("?",) * len(unknown)))
    blocks += _left_out(found)
    blocks += _next_steps(found, shown)
    return Page(tuple(blocks))


def _table(found: Switch, shown: Sequence[Option]) -> Table:
    current = found.current
    rows = [
        (
            Cell(f"{_named(current, found)}, now", "strong"),
            *_score_cells(current),
            Cell(sum_words(found.now, found.currency), "" if found.now.complete else "unknown"),
            Cell("-"),
            Cell("-"),
            Cell("-"),
            Cell("-"),
        )
    ]
    for option in shown:
        there = option.standing
        complete = found.now.complete and option.there.complete
        rows.append(
            (
                Cell(_named(there, found), "strong"),
                *_score_cells(there),
                Cell(
                    sum_words(option.there, found.currency),
                    "" if option.there.complete else "unknown",
                ),
                Cell(
                    sum_words(option.once, found.currency),
                    "" if option.once.complete else "unknown",
                ),
                Cell(
                    money(option.saving.estimate, found.currency) if complete else UNKNOWN,
                    "" if complete else "unknown",
                ),
                Cell(_payback_cell(option.payback)),
                Cell(_WORDS[option.verdict.word], _TONES[option.verdict.word]),
            )
        )
    columns = (
        Column(title="Wallet"),
        Column(title="Score", right=True, whole=True),
        Column(title="Range", right=True, whole=True, keep=4),
        Column(title="A year", right=True),
        Column(title="Once", right=True, whole=True, keep=3),
        Column(title="Saves a year", right=True, whole=True, keep=6),
        Column(title="Paid for itself", keep=5),
        Column(title="Verdict", whole=True),
    )
    return Table(columns=columns, rows=tuple(rows))


def _score_cells(standing: Standing) -> tuple[Cell, Cell]:
    score = standing.place.score
    return (
        Cell(tenth(score.estimate), "strong"),
        Cell(f"{tenth(score.low)} to {tenth(score.high)}"),
    )


def _payback_cell(payback: Payback) -> str:
    if payback.unknown:
        return UNKNOWN
    if payback.months is None:
        return "never"
    return "at once" if payback.months == 0 else f"after {count_words(payback.months, 'month')}"


def sum_words(found: Sum, currency: str) -> str:
    """Return what is known of a sum, with "+ ?" where not all is; "?" where nothing is."""
    words = money(found.published.estimate, currency)
    if found.complete:
        return words
    return f"{words} + {UNKNOWN}" if found.published.high else UNKNOWN


def _named(standing: Standing, found: Switch) -> str:
    countries = {each.standing.candidate.country for each in found.options}
    countries.add(found.current.candidate.country)
    plan = plan_name(standing.candidate)
    more = [standing.candidate.country] if len(countries) > 1 else []
    more += [plan] if plan else []
    return f"{standing.wallet.name} ({', '.join(more)})" if more else standing.wallet.name


def _notes(found: Switch, shown: Sequence[Option]) -> Iterator[Block]:
    if not found.now.complete or any(not (o.there.complete and o.once.complete) for o in shown):
        yield text(
            f'"{UNKNOWN}" is a fee that nobody publishes. It counts in the score as what such fees'
            " usually are, and no saving is reckoned from it.",
            "dim",
        )
    if len(shown) < len(found.options):
        yield text(f"{len(found.options) - len(shown)} more; --top 0 shows all.", "dim")
    if plan_name(found.current.candidate):
        yield text(
            f"Your own plan is taken to be {plan_name(found.current.candidate)}, which is the"
            " cheapest for this use.",
            "dim",
        )


def _one(found: Switch, option: Option) -> Iterator[Block]:
    here, there = found.current.wallet.name, option.standing.wallet.name
    yield Heading(f"If you went to {_named(option.standing, found)}", 2)
    items: list[tuple[str, Cell]] = []
    parts = [
        f"{points.criterion} {points.gain:+.1f}"
        for points in sorted(option.points, key=lambda each: -abs(each.gain))
        if abs(points.gain) >= Decimal("0.05")
    ]
    now, then = found.current.place.score, option.standing.place.score
    spans = f"{number_words(now)} now, {number_words(then)} there"
    if parts:
        yield text(f"Points: {', '.join(parts)}; in all {option.gain:+.1f} ({spans}).")
    else:
        yield text(f"Points: no difference ({spans}).")
    yield text(payback_words(option, found.currency))
    if option.verdict.why in ("does-not-fit", "too-little-known"):
        items.append(("-", Cell(option_reason(found, option))))
    if option.gained:
        items.append(("+", Cell(f"You would gain: it {_features(option.gained, True)}.")))
    if option.lost:
        items.append(("-", Cell(f"You would lose: it {_features(option.lost, False)}.")))
    may_lose = [each for each in option.unsure if each.now.value]
    may_gain = [each for each in option.unsure if each.there.value]
    if may_lose:
        words = f"Not known of {there}, and {here} does: {_features(may_lose, True)}."
        items.append(("?", Cell(words)))
    if may_gain:
        words = f"Not known of {here}, and {there} does: {_features(may_gain, True)}."
        items.append(("?", Cell(words)))
    for cause in option.standing.place.unconfirmed:
        items.append(("?", Cell(f"Not confirmed of {there}: {cause_words(cause)}.")))
    for standing in (found.current, option.standing):
        if standing.place.own:
            items.append(_diary(standing))
    if items:
        yield Bullets(tuple((cell,) for _, cell in items), tuple(mark for mark, _ in items))


def _diary(standing: Standing) -> tuple[str, Cell]:
    own = standing.place.own
    assert own
    events = {entry.event for entry in own.experience.entries}
    said = ", ".join(event.text for word, event in EVENTS.items() if word in events)
    points = standing.place.own_points
    count = len(own.experience.entries)
    entries = f"{count} {'entry' if count == 1 else 'entries'}"
    words = f"Your own diary on {standing.wallet.name}: {entries}, {said} ({points:+.1f} points)."
    return "+" if points >= 0 else "-", Cell(words)


def _features(features: Sequence[Feature], holds: bool) -> str:
    words = [claim_phrase(each.key, holds) for each in features[:_NAMED]]
    rest = len(features) - len(words)
    if rest:
        return f"{'; '.join(words)}; and {rest} more"
    return "; ".join(words)


def _left_out(found: Switch) -> Iterator[Block]:
    thin = [(place.wallet.name, thin_text(place)) for place in found.thin]
    out = [(each.wallet.name, causes_words(each.causes)) for each in found.left_out]
    if thin or out:
        yield Heading("Left out", 2)
        items = [(Cell(name, "strong"), Cell(f": {why}")) for name, why in (*thin, *out)]
        yield Bullets(tuple(items))


def _next_steps(found: Switch, shown: Sequence[Option]) -> Iterator[Block]:
    here = found.current.candidate
    leave = f"walletpick leave {here.wallet.id} --country {here.country}"
    if found.leaving.balance is not None:
        leave += f" --balance {found.leaving.balance:f}"
    yield Paragraph((Cell("The steps of leaving: ", "dim"), Cell(leave, "strong")))
    about = found.best or (shown[0] if shown else None)
    if about:
        there = about.standing.candidate
        pair = f"{here.wallet.id}@{here.country} {there.wallet.id}@{there.country}"
        yield Paragraph(
            (Cell("Side by side: ", "dim"), Cell(f"walletpick compare {pair}", "strong"))
        )
