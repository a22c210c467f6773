"""Stay or go -> the page that `walletpick switch` shows. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from walletpick.answers.combine import Combined
from walletpick.answers.switch import Feature, Option, Sum, Switch
from walletpick.bill.filling import IN_SHOPS
from walletpick.facts.names import wallet_name
from walletpick.facts.places import in_country, names_country
from walletpick.facts.vocabulary import EVENTS, STATUSES
from walletpick.language import N_, _, catalog_text, one_text, pgettext, with_brackets
from walletpick.pages.parts import left_out_list, sum_cell
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
    bullets,
    figures,
    hint,
    hint_lines,
    marked,
    page,
    paragraph,
    section,
    table,
    text,
    texts,
)
from walletpick.score.ranking import Place
from walletpick.score.reasons import rests_on_own
from walletpick.words import switch as say
from walletpick.words.bills import plan_name, rough_words, sum_words, ways_words
from walletpick.words.causes import cause_words, is_told, only_if
from walletpick.words.combine import adding_words
from walletpick.words.common import (
    NOTHING_PRICED,
    UNKNOWN,
    Typed,
    asked_words,
    first_upper,
    homes_words,
    in_ten,
    number_words,
    tenth,
    wallet_in,
)
from walletpick.words.criteria import by_criterion
from walletpick.words.hints import from_abroad_words, payer_hints, shop_words
from walletpick.words.own import COUNTED
from walletpick.words.phrases import apart, claim_phrase, clauses, count_words, in_a_row, money
from walletpick.words.reasons import against_words

TOP = 3
# Columns that stand before what it costs.
_BEFORE_COSTS = 4
# By so many points one is ahead.
_WORTH_NAMING = Decimal("0.5")
# So many features are named in a sentence; --json has them all.
_NAMED = 8

_PURCHASES = "protection:purchase-protection"
_TONES: dict[str, Tone] = {
    "go": "good",
    "stay": "strong",
    "too-close": "unknown",
    "no-other": "unknown",
    "not-asked": "unknown",
}


def switch_page(
    answer: Switch,
    top: int,
    explain: bool,
    adding: Combined | None = None,
    typed: Typed | None = None,
) -> Page:
    """Return the page: the verdict, the table of `top` others (0: all), and what would change.

    That is told of the best of them, from what is known; `explain` tells of all that are shown, and
    what is not known. `adding` is what one wallet more brings, where that beats going.
    """
    shown = say.shown_options(answer, top)
    # The wallet that somebody has, and the best to go to.
    two = [answer.current, *([answer.best.place] if answer.best else [])]
    both = ((wallet_name(place.wallet), place.candidate) for place in two)
    places = [option.place for option in shown]
    name, country = wallet_name(answer.current.wallet), answer.current.candidate.country
    title = N_("Stay with {wallet} in {country}, or go?")
    if names_country(name, country):
        title = N_("Stay with {wallet}, or go?")
    asked, state, may_be_lost = asked_words(answer.needs), _state(answer), _may_be_lost(answer)
    nothing = _(NOTHING_PRICED)
    unknown = say.unknown_words(answer, shown) if explain else ()
    told = shown if explain else [answer.best] if answer.best else shown[:1]
    return page(
        Heading(_(title, wallet=name, country=in_country(country)), 1),
        state if may_be_lost else None,
        paragraph(
            Cell(_("{sentence} ", sentence=say.verdict_words(answer)), _TONES[answer.verdict.word]),
            say.reason_words(answer),
        ),
        texts(shop_words(answer.needs)),
        texts(say.diary_words(answer), tone="unknown"),
        paragraph(Cell(_("Better still: "), "strong"), adding_words(adding)) if adding else None,
        None if may_be_lost else state,
        bullets(asked) if asked else text(nothing) if answer.verdict.why != "no-use" else None,
        *_table(answer, shown),
        texts(
            homes_words([answer.current, *places], answer.needs),
            say.unlike_ways_words(answer, shown),
        ),
        _notes(answer, shown),
        texts(*against_words(both), tone="bad"),
        hint_lines(payer_hints(answer.needs, typed or {})),
        *(_one(answer, option, explain) for option in told),
        Heading(_("What leaving {wallet} costs", wallet=name), 2),
        bullets(say.leaving_words(answer)),
        section(_("What is not known"), marked(("?", each) for each in unknown)),
        section(_("Left out"), left_out_list(answer.left_out)) if explain else None,
        text(_(COUNTED), "dim") if _counts_told(answer, shown) else None,
        _next_steps(answer, shown),
        None if explain else text(_("All points, reasons and what is not known: --explain"), "dim"),
    )


def _may_be_lost(answer: Switch) -> bool:
    """Return whether the wallet one has may not run: that comes before what is best to do."""
    return answer.current.candidate.market.state == "unconfirmed"


def _state(answer: Switch) -> Paragraph | None:
    """Return that the wallet one has does not run as it should, where that is so."""
    candidate = answer.current.candidate
    status = candidate.market.status
    if status is None or status.state == "active":
        return None
    form = N_("{wallet} {state} (since {day}).") if status.since else N_("{wallet} {state}.")
    name, state = wallet_in(candidate.wallet, candidate.country), _(STATUSES[status.state])
    words = _(form, wallet=name, state=state, day=status.since)
    if not _may_be_lost(answer):
        return text(words, "bad")
    if status.note:
        note = first_upper(catalog_text(status.note))
        words = one_text([words, _("{sentence}.", sentence=note)])
    command = f"walletpick leave {candidate.wallet.id}@{candidate.country}"
    first = _("Whatever you choose, get your money out of it first: ")
    return paragraph(Cell(words, "bad"), " ", first, Cell(command, "strong"))


def _table(answer: Switch, shown: Sequence[Option]) -> Iterator[Table | Paragraph]:
    """Yield the table, and in a line that no cost is known, where it has no columns for that."""
    now = answer.now
    first = Cell(_("{wallet}, now", wallet=_named(answer.current, answer)), "strong")
    cost = _year_cell(now, answer.current)
    rows: list[tuple[Piece, ...]] = [(first, "-", *_score_cells(answer.current), cost, *["-"] * 4)]
    for option in shown:
        rows.append(
            (
                Cell(_named(option.place, answer), "strong"),
                in_ten(option.chance),
                *_score_cells(option.place),
                _year_cell(option.there, option.place),
                sum_cell(option.upfront, sum_words),
                _saving_cell(option, now),
                _payback_cell(option),
                Cell(_verdict(option, answer), _TONES[option.verdict.word]),
            )
        )
    costs = (
        Column(title=_("A year"), right=True),
        figures(_("Once"), keep=3),
        figures(_("Saves a year"), keep=6),
        Column(title=_("Paid for itself"), keep=5),
    )
    behind = slice(_BEFORE_COSTS, _BEFORE_COSTS + len(costs))
    silent = all(_is_unknown(cell) for row in rows for cell in row[behind])
    priced = bool(answer.needs.use)
    # Nothing is advised where nothing is done.
    advised = answer.verdict.why != "no-use"
    columns = (
        _("Wallet"),
        figures(_("Better in")) if advised else None,
        figures(_("Score")),
        figures(_("Range"), keep=4),
        *(costs if priced and not silent else [None] * len(costs)),
        Column(title=_("Verdict"), whole=True) if advised else None,
    )
    yield table(columns, rows)
    if priced and silent:
        words = _("What a year costs, and what changing costs and saves, is known of none of them.")
        yield text(words, "unknown")


def _is_unknown(cell: Piece) -> bool:
    """Return whether a cell says nothing: that it is not known, or is of no account here."""
    return (cell.text if isinstance(cell, Cell) else cell) in (UNKNOWN, "-")


def _verdict(option: Option, answer: Switch) -> str:
    match option.verdict.word:
        case "go":
            return pgettext("verdict", "go")
        # Nobody stays with what must be left.
        case "stay" if answer.verdict.why != "must-leave":
            return pgettext("verdict", "stay")
        case "too-close" if say.is_not_yet(option.verdict):
            return pgettext("verdict", "not yet")
        case "too-close":
            return pgettext("verdict", "too close to call")
    return "-"


def _score_cells(place: Place) -> tuple[Cell, Cell]:
    score = place.score
    return (
        Cell(tenth(score.estimate), "strong"),
        Cell(_("{low} to {high}", low=tenth(score.low), high=tenth(score.high))),
    )


def _saving_cell(option: Option, now: Sum) -> Cell:
    """Return what going saves a year: at least, where what is known of the wallet one has tells."""
    there = option.there
    if now.complete and there.complete:
        return Cell(rough_words(option.saving))
    if surely := option.least_saving(now):
        return Cell(_("{amount} or more", amount=money(surely, there.total.currency)))
    return Cell(UNKNOWN, "unknown")


def _payback_cell(option: Option) -> str:
    payback = option.payback
    rest = f" + {UNKNOWN}" if payback.without else ""
    if payback.within:
        return _("within {time}", time=count_words(payback.within, "month")) + rest
    if payback.unknown and payback.within is None:
        return UNKNOWN
    if payback.months is None and payback.within is None:
        return _("perhaps never") if option.saving.rounded.high > 0 else _("never")
    if not payback.months:
        return UNKNOWN if rest else _("at once")
    return _("after {time}", time=count_words(payback.months, "month")) + rest


def _year_cell(year: Sum, place: Place) -> Cell:
    """Return what is known of a year, and by which ways of paying that holds."""
    old = place.bill.old
    cell = sum_cell(year, lambda known, complete: sum_words(known, complete, old))
    if cell.text == UNKNOWN:
        return cell
    return Cell(cell.text + ways_words(place.bill), cell.tone)


def _named(place: Place, answer: Switch) -> str:
    countries = {each.place.candidate.country for each in answer.options}
    countries.add(answer.current.candidate.country)
    plan = plan_name(place.candidate)
    more = [place.candidate.country] if len(countries) > 1 else []
    more += [plan] if plan else []
    name = wallet_name(place.wallet)
    return with_brackets(name, clauses(more))


def _notes(answer: Switch, shown: Sequence[Option]) -> Iterator[Block]:
    priced = bool(answer.needs.use)
    sums = [answer.now, *(each for option in shown for each in (option.there, option.once))]
    if priced and not all(each.complete for each in sums):
        form = N_(
            '"{mark}" is a fee that is not known. It counts in the score as what such fees usually'
            " are, and no saving is reckoned from it."
        )
        yield text(_(form, mark=UNKNOWN), "dim")
    if priced and answer.current.bill.from_abroad:
        yield text(from_abroad_words(), "dim")
    if priced and (ranked := say.ranked_words(answer, shown)):
        yield text(ranked, "dim")
    if priced and shown and answer.leaving.without:
        left_out = say.without_words(answer.leaving.without)
        yield text(_("The sums leave out {what}.", what=left_out), "dim")
    if len(shown) < len(answer.options):
        count = len(answer.options) - len(shown)
        yield text(_("{count} more; --top 0 shows all.", count=count), "dim")
    if plan := plan_name(answer.current.candidate):
        form = N_("Your own plan is taken to be {plan}, which is the cheapest for this use.")
        yield text(_(form, plan=plan), "dim")


def _one(answer: Switch, option: Option, explain: bool) -> Iterator[Block]:
    there = say.name_beside(option.place, answer)
    blocks: list[Block] = [_points(option, answer)] if explain else []
    items: list[tuple[str, str]] = []
    if answer.needs.use:
        blocks.append(text(say.payback_words(option)))
    if option.verdict.rules_out:
        items.append(("-", say.option_reason(answer, option)))
    if option.gained:
        items.append(("+", _("You would gain: it {does}.", does=_features(option.gained, True))))
    elif option.gain > 0:
        items.append(("", _nothing_gained(answer, option)))
    if option.lost:
        items.append(("-", _("You would lose: it {does}.", does=_features(option.lost, False))))
    items += _unsure(answer, option) if explain else _may_lose(answer, option)
    for cause in option.place.unconfirmed:
        words = _("Not confirmed of {wallet}: {cause}.", wallet=there, cause=cause_words(cause))
        items.append(("?", words))
    for place in (answer.current, option.place):
        if place.own:
            items.append(_diary(place))
    if items:
        blocks.append(marked(items))
    if blocks:
        yield Heading(_("If you went to {wallet}", wallet=_named(option.place, answer)), 2)
        yield from blocks


def _nothing_gained(answer: Switch, option: Option) -> str:
    """Return that one does nothing more that is known, and in what it is better all the same."""
    gains = sorted(option.points, key=lambda each: -each.gain)
    better = by_criterion(
        ((each.criterion, each.gain) for each in gains if each.gain > 0), _WORTH_NAMING
    )
    form = N_("Nothing is known that {there} does and {here} does not.")
    if better:
        form = N_(
            "Nothing is known that {there} does and {here} does not; it is ahead by points:"
            " {points}."
        )
    there, here = (say.name_beside(place, answer) for place in (option.place, answer.current))
    return _(form, there=there, here=here, points=better)


def _points(option: Option, answer: Switch) -> Paragraph:
    """Return by which criteria one is better than the other."""
    gains = sorted(option.points, key=lambda each: -abs(each.gain))
    points = by_criterion((each.criterion, each.gain) for each in gains)
    now, then = answer.current.score, option.place.score
    spans = _("{now} now, {then} there", now=number_words(now), then=number_words(then))
    form = N_("Points: {points}; in all {sum} ({scores}).")
    form = form if points else N_("Points: no difference ({scores}).")
    return text(_(form, points=points, sum=f"{option.gain:+.1f}", scores=spans))


def _may_lose(answer: Switch, option: Option) -> Iterator[tuple[str, str]]:
    """Yield what protects the money now, and is not known of the other."""
    pays = any(usage.operation in IN_SHOPS for usage in answer.needs.use)
    keys = [
        each
        for each in option.unsure
        if each.now.value and each.key.startswith("protection:") and not each.there.condition
    ]
    if keys := [each for each in keys if pays or each.key != _PURCHASES]:
        yield "?", _not_known_words(option.place, answer.current, answer, keys)


def _not_known_words(one: Place, other: Place, answer: Switch, features: Sequence[Feature]) -> str:
    return _(
        "Not known of {wallet}, and {other} does: {does}.",
        wallet=say.name_beside(one, answer),
        other=say.name_beside(other, answer),
        does=_features(features, True),
    )


def _unsure(answer: Switch, option: Option) -> Iterator[tuple[str, str]]:
    """Yield what is known of one of the two only, or holds in some case only."""
    here, there = answer.current, option.place
    lose = [(each, each.there.condition) for each in option.unsure if each.now.value]
    gain = [(each, each.now.condition) for each in option.unsure if each.there.value]
    for one, other, unsure in ((there, here, lose), (here, there, gain)):
        if silent := [each for each, condition in unsure if not condition]:
            yield "?", _not_known_words(one, other, answer, silent)
        # What holds in some case only is known, but not of this one.
        partly = [
            with_brackets(claim_phrase(each.key, True), only_if(condition))
            for each, condition in unsure
            if condition
        ]
        if partly:
            names = {
                "wallet": say.name_beside(one, answer),
                "other": say.name_beside(other, answer),
            }
            form = N_("In some cases {wallet} does what {other} does: {does}.")
            yield "?", _(form, does=_few(partly), **names)


def _diary(place: Place) -> tuple[str, str]:
    own = place.own
    assert own
    events = {entry.event for entry in own.experience.entries}
    points = place.own_points
    words = _(
        "Your own diary on {wallet}: {entries}, {events} ({points} points).",
        wallet=wallet_name(place.wallet),
        entries=count_words(len(own.experience.entries), "entry"),
        events=in_a_row(_(event.text) for word, event in EVENTS.items() if word in events),
        points=f"{points:+.1f}",
    )
    return "+" if points >= 0 else "-", words


def _features(features: Sequence[Feature], holds: bool) -> str:
    """Return what is gained or lost; that cash is had, and where, is one thing and told once."""
    keys = [each.key for each in features]
    ways = [key for key in keys if key.startswith("payout:cash-")]
    if ways and "features:cash-out" in keys:
        said = ["features:cash-out"] if holds else ways
        keys = [key for key in keys if key not in said]
    return _few([claim_phrase(key, holds) for key in keys])


def _few(phrases: Sequence[str]) -> str:
    rest = len(phrases) - _NAMED
    more = [_("and {count} more", count=rest)] if rest > 0 else []
    return apart([*phrases[:_NAMED], *more])


def _counts_told(answer: Switch, shown: Sequence[Option]) -> bool:
    places = (answer.current, *(option.place for option in shown))
    causes = (cause for each in answer.left_out for cause in each.causes)
    return any(rests_on_own(each, answer.needs) for each in places) or any(map(is_told, causes))


def _next_steps(answer: Switch, shown: Sequence[Option]) -> Iterator[Block]:
    here = answer.current.candidate
    leave = f"walletpick leave {here.wallet.id} --country {here.country}"
    if answer.leaving.balance is not None:
        leave += f" --balance {answer.leaving.balance:f}"
    yield paragraph(*hint(_("The steps of leaving: "), leave))
    about = answer.best or (shown[0] if shown else None)
    if about:
        there = about.place.candidate
        pair = f"{here.wallet.id}@{here.country} {there.wallet.id}@{there.country}"
        yield paragraph(*hint(_("Side by side: "), f"walletpick compare {pair}"))
