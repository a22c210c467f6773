"""Ranking -> the page that `walletpick rank` shows: one screen, and more when asked for. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import islice

from walletpick.answers.almost import OneThing
from walletpick.bill.bill import Bill
from walletpick.documents.out import money_out
from walletpick.documents.ranking import PlaceOut, ranking_out
from walletpick.facts.law import joining_scheme
from walletpick.facts.model import Catalog, Needs
from walletpick.facts.money import two_digits
from walletpick.facts.names import wallet_name
from walletpick.facts.periods import period_of, stay_words
from walletpick.facts.places import in_country
from walletpick.facts.vocabulary import GIVEN, PEOPLE
from walletpick.language import N_, _, known_text, one_text, pgettext
from walletpick.pages.almost import almost_blocks
from walletpick.pages.charts import with_costs
from walletpick.pages.cost import itemised
from walletpick.pages.plain import plain_page
from walletpick.pages.rank_explained import explained, first_year_cell, with_plan
from walletpick.pages.recap import recap
from walletpick.pages.sources import points_anchor
from walletpick.person.needs import Settled
from walletpick.render.page import (
    Block,
    Cell,
    Column,
    Heading,
    Page,
    Paragraph,
    Piece,
    Tone,
    bullets,
    figures,
    hint,
    hint_lines,
    marked,
    page,
    paragraph,
    table,
    text,
)
from walletpick.score.causes import Cause
from walletpick.score.change import change
from walletpick.score.ranking import LeftOut, Place, Ranking, point_worth
from walletpick.score.reasons import reasons, rests_on_own, wished_of_none
from walletpick.score.settle import one_check_away, settling
from walletpick.score.verdict import verdict_of
from walletpick.words.bills import (
    cash_advance_words,
    first_year_words,
    same_wallet_words,
    ways_line,
)
from walletpick.words.causes import but_for_words, causes_words, is_told
from walletpick.words.chances import (
    LEAST_TOLD,
    unconfirmed_chance_words,
    unlike_chance_words,
)
from walletpick.words.change import nearest_words
from walletpick.words.common import (
    NOTHING_PRICED,
    UNKNOWN,
    Typed,
    asked_words,
    in_ten,
    tenth,
    year_title,
)
from walletpick.words.criteria import care_words, criterion_name
from walletpick.words.main_reasons import alike_in, main_reasons
from walletpick.words.own import COUNTED
from walletpick.words.phones import which_phone_words
from walletpick.words.phrases import (
    all_of,
    any_of,
    apart,
    device_phrase,
    few_wallets,
    figure,
    has_brackets,
    listed,
    means_phrase,
    money,
    wanted_phrase,
)
from walletpick.words.prices import interest_words
from walletpick.words.senders import payer_hints, shop_words
from walletpick.words.settle import one_check_words, to_look_up
from walletpick.words.verdict import (
    named_in_verdict,
    no_own_words,
    open_end_words,
    place_name,
    verdict_words,
)
from walletpick.words.visitor import (
    card_from_home_words,
    from_abroad_words,
    wallets_from_home,
    wallets_there,
)

_TONES: dict[str, Tone] = {"?": "unknown"}
# So many places are explained in short, and so many causes why others are not among them.
_NAMED = 3
# A table of one screen has no more rows, unless the verdict names more wallets.
_ROWS = 5
# What two lines of a terminal of 80 columns hold.
_TWO_LINES = 150
# Beside so many places there is room on one screen for what would change the first.
_FEW = 2
# So many facts to look up are named.
_LOOKED_UP = 2
_BY_COST = N_('By what is known to be paid, those with an unknown fee ("?") last. # is by points.')
_CSV_COLUMNS = (
    *(N_("rank"), N_("wallet"), N_("name"), N_("country"), N_("currency"), N_("plan")),
    *(N_("confirmed"), N_("little_known"), N_("chance"), N_("score"), N_("score_low")),
    *(N_("score_high"), N_("evidence"), N_("period"), N_("known_cost"), N_("all_known")),
    *(N_("among_users"), N_("paid"), N_("cost"), N_("cost_low"), N_("cost_high")),
    *(N_("not_confirmed"), N_("own")),
)
_MAY_FIT = N_("{wallets} (not confirmed: {what})")
_MAY_FIT_IN_PART = N_("{wallets}, not confirmed: {what}")
_DOES_NOT_FIT = N_("{wallets} ({what})")
_OTHERS_MAY = N_("None is confirmed to do all that you ask; those in the table may.")


def rank_page(
    ranking: Ranking,
    catalog: Catalog,
    top: int | None,
    explain: bool,
    hints: bool = True,
    by_cost: bool = False,
    verdict: bool = True,
    today: date | None = None,
    typed: Typed | None = None,
    together: str = "",
    almost: OneThing | None = None,
    home: str | None = None,
    there: Sequence[Place] = (),
) -> Page:
    """Return the page: the verdict, the first `top` places (0: all), and who is not among them.

    Without a number, as many as an answer needs (see `_needed`).
    With `explain`, everything that it rests on follows, and with `today` the bills as well. `hints`
    name the options that show more. Without `verdict` somebody else says it. `typed` are usages as
    the person wrote them: the amount in all, and its currency. `together` says that several wallets
    are better than one, and `almost` is what fits but for one thing, where none is confirmed to do
    all; where that has another way to it, the ranking is by that. `home` is a country from which a
    visitor may come, and `there` who serves a visitor best in each country where they pay abroad.
    """
    field = ranking.field
    if by_cost:
        field = ranking.by_cost(catalog.per_usd)[: len(field)]
    shown = _needed(field, ranking) if top is None else field[:top] if top else field
    hidden = [each for each in field if not any(each is place for place in shown)]
    told = shown if top is None else ranking.places[: top or None]
    more = hints and not explain
    confirmed = bool(shown) and shown[0].confirmed
    # Where nothing fits, that is the answer, so every reason is told.
    most = _NAMED if shown else len(ranking.left_out)
    typed = typed or {}
    visit = list(_visit(ranking.needs, catalog, typed, home)) if hints else []
    payers = list(hint_lines(payer_hints(ranking.needs, typed))) if hints else []
    open_end = open_end_words(ranking, typed) if hints and shown else ""
    # Where no wallet alone is confirmed, or none is clearly the best, two are the answer.
    led = bool(hints and together) and not verdict_of(ranking).is_sure
    pair = _together(together, lead=led) if hints and together else None
    instead = almost.asked.field if almost and almost.instead else ()
    return page(
        Heading(_title(ranking.needs), 1),
        *(() if confirmed else visit),
        pair if led else None,
        # What lacks one thing alone is mostly the answer, with another way for that.
        almost_blocks(almost, almost.asked.needs, typed) if almost and hints else None,
        text(_("What follows is worked out so.")) if instead and hints else None,
        _verdict(ranking, almost, alone=led) if verdict else None,
        pair if not led else None,
        hint_lines(wallets_there(ranking.needs, typed, there)) if hints else None,
        text(shop) if hints and (shop := shop_words(ranking.needs)) else None,
        text(own) if shown and (own := no_own_words(ranking, catalog)) else None,
        text(open_end) if open_end else None,
        text(phone) if hints and shown and (phone := which_phone_words(ranking)) else None,
        # Who pays, and by which service, may change the answer.
        *payers,
        _table(ranking, shown, catalog) if shown else None,
        _places(ranking, shown, whole=explain) if shown else None,
        one_check_line(ranking, catalog) if shown and verdict else None,
        *(visit if confirmed else ()),
        _asked(ranking.needs, shown, hidden),
        text(_(_BY_COST), "dim") if by_cost and shown else None,
        _below_table(ranking, shown, hidden, hints) if shown else None,
        _yours(ranking, shown),
        _what_others_have(ranking, catalog) if shown else None,
        _settling(ranking, catalog) if shown and hints and not open_end else None,
        _change(ranking) if more and not by_cost and 0 < len(shown) <= _FEW else None,
        _by_cause(
            _("May do all that you asked for: "),
            ((wallet_name(each.wallet), each.unconfirmed) for each in instead),
            _MAY_FIT,
            more,
        ),
        _by_cause(
            _("May also fit: "),
            (
                (wallet_name(each.wallet), each.unconfirmed)
                for each in ranking.others
                if each.wallet not in [other.wallet for other in instead]
            ),
            _MAY_FIT,
            more,
        ),
        _by_cause(
            _("Does not fit: "),
            ((wallet_name(each.wallet), each.causes) for each in _told_first(ranking.left_out)),
            _DOES_NOT_FIT,
            more,
            most,
        ),
        *(explained(ranking, told, catalog) if explain else ()),
        _bills(ranking, shown, catalog, today) if today else None,
        _next_steps(shown[0], more) if shown else None,
    )


def _visit(needs: Needs, catalog: Catalog, typed: Typed, home: str | None) -> Iterator[Block]:
    """Yield to a visitor what they have from home that may do."""
    if card := card_from_home_words(needs, catalog):
        yield text(card)
    yield from hint_lines(wallets_from_home(needs, typed, home))


def _needed(field: Sequence[Place], ranking: Ranking) -> list[Place]:
    """Return the places that an answer cannot do without: the first three, and behind them whoever
    the verdict names and, up to five in all, who is likelier to be the best than the third.
    """
    first, rest = field[:_NAMED], field[_NAMED:]
    if not rest:
        return list(first)
    named = [each for each in named_in_verdict(ranking) if any(each is place for place in rest)]
    likelier = (
        each
        for each in sorted(rest, key=lambda each: -each.chance)
        if each.chance > first[-1].chance and round(each.chance, 1) >= LEAST_TOLD
    )
    for each in likelier:
        if len(first) + len(named) < _ROWS and not any(each is place for place in named):
            named.append(each)
    told = [n for n, each in enumerate(rest) if any(each is place for place in named)]
    if told and told[-1] < _ROWS - len(first):
        # Without a gap in the numbers, where there is room.
        told = list(range(told[-1] + 1))
    return [*first, *(rest[number] for number in told)]


def rank_recap(
    ranking: Ranking, catalog: Catalog, together: str = "", almost: OneThing | None = None
) -> Page:
    """Return the verdict on a ranking in a few lines; `together` and `almost` as for the page.

    Some wallet fits.
    """
    verdict = verdict_of(ranking)
    cost = first_year_words(verdict.level[0].bill) if len(verdict.level) == 1 else UNKNOWN
    card, confirmed = card_from_home_words(ranking.needs, catalog), verdict.confirmed
    later = almost is not None and not almost.instead
    alone = _(_OTHERS_MAY) if later else verdict_words(ranking)
    price = _(" {time}: {cost}.", time=year_title(ranking.needs), cost=cost)
    price = "" if later or cost == UNKNOWN else price
    # What comes before the verdict on one alone, which then has the price behind it.
    lead = but_for_words(almost.left_out) if almost else "" if verdict.is_sure else together
    return recap(
        lead or alone,
        "" if lead else price,
        [
            text(card) if card and not confirmed else None,
            paragraph(alone, price) if lead else paragraph(together) if together else None,
            one_check_line(ranking, catalog),
        ],
    )


def rank_table(ranking: Ranking, catalog: Catalog, top: int, by_cost: bool) -> Page:
    """Return the places in one table of plain values, for CSV; what is not known is empty.

    `known_cost` is what is known to be paid, `all_known` whether that is all, `among_users` whether
    it holds among the wallet's own users alone, and `paid` by which methods ("send:debit-card")
    where the person named none. `cost` counts what is not known as what it usually is; it is empty
    where nothing is known. `own`: it rests on what the person told.
    """
    document = ranking_out(ranking, catalog, top, by_cost)
    points = [_("points_{criterion}", criterion=criterion_name(n)) for n in ranking.needs.weights]
    period = stay_words(period_of(ranking.needs.for_).stay) or _("first year")
    rows = [
        (
            *(each.rank, each.wallet, wallet_name(place.wallet), each.country, each.currency),
            *(each.plan, each.confirmed, each.thin, each.chance),
            *(each.score.estimate, each.score.low, each.score.high, each.evidence, period),
            *_cost_cells(each, place.bill),
            *("; ".join(each.unconfirmed), rests_on_own(place, ranking.needs)),
            *(each.criteria[name].points.estimate for name in ranking.needs.weights),
        )
        for each in document.ranking
        for place in (ranking.places[each.rank - 1],)
    ]
    return plain_page([*map(_, _CSV_COLUMNS), *points], rows)


def _cost_cells(place: PlaceOut, bill: Bill) -> tuple[object, ...]:
    known, cost = bill.published.estimate, place.yearly_cost or place.stay_cost
    if not bill.moved or cost is None:
        return (None,) * 7
    ways = dict.fromkeys(f"{way.operation}:{way.method}" for way in place.ways)
    marks = (cost.complete, place.among_users, "; ".join(ways))
    if not (cost.complete or known):
        return (None, *marks, None, None, None)
    return (money_out(known, bill.currency), *marks, cost.estimate, cost.low, cost.high)


def _bills(
    ranking: Ranking, shown: Sequence[Place], catalog: Catalog, today: date
) -> Iterator[Block]:
    priced = [("", place.judgement, ranking.needs) for place in shown if place.bill.moved]
    return itemised(priced, catalog, today, _("The bill"))


def _title(needs: Needs) -> str:
    country, title = needs.country and in_country(needs.country), known_text(needs.title)
    if country and title:
        return _("Wallets in {country} for: {title}", country=country, title=title)
    if country:
        return _("Wallets in {country}", country=country)
    return _("Wallets for: {title}", title=title) if title else _("Wallets")


def _asked(needs: Settled, shown: Sequence[Place], hidden: Sequence[Place]) -> Iterator[Block]:
    items = [*asked_words(needs), *_situation(needs, shown, hidden)]
    if items:
        yield text(_("{words}.", words=_(". ").join(items)), "dim")
    if not needs.use:
        yield text(_(NOTHING_PRICED))


def _meets_them(wishes: Sequence[str], places: Sequence[Place]) -> Iterator[str]:
    """Yield which of some places is known to meet most of some wishes, if one meets any."""
    met = [(place, set(wishes).difference(wished_of_none([place]))) for place in places]
    best, had = max(met, key=lambda each: len(each[1]), default=(None, set()))
    if best and had:
        yield _(
            "{wallet}, number {number}, is known to {do}",
            wallet=wallet_name(best.wallet),
            number=best.rank,
            do=all_of([wanted_phrase(word) for word in wishes if word in had]),
        )


def _situation(needs: Settled, shown: Sequence[Place], hidden: Sequence[Place]) -> Iterator[str]:
    """Yield what was said besides the usages: what it must do, who asks, and with what."""
    if needs.must:
        yield _("It must {do}", do=all_of([wanted_phrase(word) for word in needs.must]))
    if needs.wish:
        wished = all_of([wanted_phrase(word) for word in needs.wish])
        yield _("If possible it should {do}", do=wished)
        if shown and (missed := wished_of_none(shown)):
            words = any_of([wanted_phrase(word) for word in missed])
            if len(shown) == 1:
                name = wallet_name(shown[0].wallet)
                yield _("{wallet} is not known to {do}", wallet=name, do=words)
            else:
                yield _("Not one of these is known to {do}", do=words)
            yield from _meets_them(missed, hidden)
    who = all_of([_(PEOPLE[word]) for word in needs.person])
    if needs.age is not None and who:
        yield _("For somebody of {age} who {is_so}", age=needs.age, is_so=who)
    elif needs.age is not None:
        yield _("For somebody of {age}", age=needs.age)
    elif who:
        yield _("For somebody who {is_so}", is_so=who)
    if needs.have:
        means = [means_phrase(word, needs.use) for word in needs.have]
        yield _("You have {means}", means=listed(means))
    if needs.given:
        answers = all_of([_(GIVEN[word]) for word in needs.given])
        yield f"{answers[0].upper()}{answers[1:]}"
    if needs.bank:
        yield _("With {banks}", banks=listed([known_text(bank) for bank in needs.bank]))
    if needs.platform:
        yield _("It must run {where}", where=device_phrase(needs.platform))
    # Who was asked about all of them knows what counts.
    if needs.steps and len(needs.steps) <= _NAMED:
        steps = [
            _("{care} ({step} of 5)", care=care_words(name), step=figure(step))
            for name, step in needs.steps.items()
        ]
        yield _("What counts for you: {what}", what=listed(steps))
    if needs.strict:
        yield _("What is not confirmed counts as missing (--strict)")


def _table(ranking: Ranking, shown: Sequence[Place], catalog: Catalog) -> Block:
    priced = any(place.bill.moved for place in shown)
    columns = (
        figures("#"),
        _("Wallet"),
        figures(_("Best in")) if len(ranking.field) > 1 else None,
        Column(title=year_title(ranking.needs), right=True) if priced else None,
        figures(_("Points")),
    )
    rows: list[tuple[Piece, ...]] = [
        (
            str(place.rank),
            Cell(with_plan(place), "strong"),
            in_ten(place.chance),
            first_year_cell(place, ways=len(shown) == 1),
            Cell(_points(place), link=f"#{points_anchor(place.candidate)}"),
        )
        for place in shown
    ]
    bills = ((with_plan(place), place.bill) for place in shown)
    return with_costs(table(columns, rows), bills, ranking.needs, catalog.per_usd)


def _points(place: Place) -> str:
    points = tenth(place.score.estimate)
    return _("{points}, few facts", points=points) if place.thin else points


def _below_table(
    ranking: Ranking, shown: Sequence[Place], hidden: Sequence[Place], hints: bool
) -> Paragraph | None:
    """Return by which ways the prices hold, what a point is worth, and how many are not shown.

    Those that the verdict calls level are named.
    """
    first = ranking.places[0]
    worth = point_worth(first, ranking.needs) if len(ranking.field) > 1 else None
    bills = [(place_name(place, ranking), place.bill) for place in shown]
    lines = [
        ways_line(bills, ranking.needs) if len(bills) > 1 else "",
        same_wallet_words(bills),
        cash_advance_words(bills, ranking.needs),
        from_abroad_words() if any(bill.from_abroad for _name, bill in bills) else "",
        interest_words(ranking.needs, ((name, bill.candidate) for name, bill in bills)),
        _worth_words(two_digits(worth), first.bill) if worth else "",
        unlike_chance_words(ranking),
        unconfirmed_chance_words(ranking),
        _hidden_words(ranking, hidden, hints) if hidden else "",
    ]
    told = one_text(filter(None, lines))
    return text(told, "dim") if told else None


def _worth_words(worth: Decimal, bill: Bill) -> str:
    amount = money(worth, bill.currency)
    if bill.period.stay:
        return _("A point is worth about {amount} to you.", amount=amount)
    return _("A point is worth about {amount} a year to you.", amount=amount)


def _hidden_words(ranking: Ranking, hidden: Sequence[Place], hints: bool) -> str:
    """Return how many places are not shown, and which of them the verdict calls level."""
    level = verdict_of(ranking).level
    names = [place_name(place, ranking) for place in hidden if any(place is each for each in level)]
    words = pgettext("wallets", "{count} more", count=len(hidden))
    if names and len(level) > 1:
        words = _(
            "{count} more ({wallets} level with the first)",
            count=len(hidden),
            wallets=few_wallets(names),
        )
    return _("{words}; --top 0 shows all.", words=words) if hints else _("{words}.", words=words)


def _places(ranking: Ranking, places: Sequence[Place], whole: bool) -> Block:
    """Return what speaks for the first places and against them, and what to check first.

    Each is held against the others of the table. Unless the `whole` is told, the first has what
    matters most of each and the page to ask, and the others what most sets them apart, so that one
    screen shows them all.
    """
    lines: list[tuple[str, tuple[Cell, ...]]] = []
    whys = [reasons(ranking, place.rank - 1, among=places) for place in places[:_NAMED]]
    alike = frozenset() if whole else alike_in(whys)
    for number, (place, why) in enumerate(zip(places, whys, strict=False)):
        told = list(main_reasons(place, why, pages=whole or not number, alike=alike))
        lines.append((f"{place.rank}.", (_name(place),)))
        lines += [
            (mark, (Cell(words, _TONES.get(mark, "")),))
            for mark, words in (told if whole else _most_telling(told, place, number, len(places)))
        ]
    return marked(lines)


def _most_telling(
    told: Sequence[tuple[str, str]], place: Place, number: int, rows: int
) -> Iterator[tuple[str, str]]:
    """Yield the reasons, with their marks, that one screen has room for beside a table's rows.

    Of the first: what speaks for it and against it, and the one thing to check. Of another: what is
    known to speak for it, and against it, or what to check first where it is not confirmed; no more
    than two lines hold, though. For each row more than usual there is a reason less, the last's
    first.
    """
    first = not number
    room = {"+": 1, "•": int(first), "-": 1, "?": 1}
    kept = []
    for mark, words in told:
        if room.get(mark, 0):
            room[mark] -= 1
            kept.append((mark, words))
    if not first and len(kept) > 2:
        spare = "?" if place.confirmed else "-"
        kept = [each for each in kept if each[0] != spare]
    crowded = number >= min(rows, _NAMED) - max(rows - _NAMED, 0)
    if not first and (crowded or sum(len(words) for _mark, words in kept) > _TWO_LINES):
        kept = kept[:1]
    yield from kept or told[:1]


def one_check_line(ranking: Ranking, catalog: Catalog) -> Paragraph | None:
    """Return that a much cheaper wallet lacks one confirmation, and how to give it."""
    check = one_check_away(ranking, catalog)
    if check is None:
        return None
    words, command = one_check_words(check)
    return paragraph(_("{words}, then ", words=words), Cell(command, "strong"))


def _name(place: Place) -> Cell:
    """Return the name of a wallet, which leads to its points and reasons."""
    return Cell(wallet_name(place.wallet), "strong", f"#{points_anchor(place.candidate)}")


def _settling(ranking: Ranking, catalog: Catalog) -> Iterator[Block]:
    """Yield the facts to look up that would tell most about who is best, where that is not sure."""
    if verdict_of(ranking).word != "level":
        return
    # Two uses of one kind ask for the same price.
    items: dict[str, tuple[Piece, ...]] = {}
    for unknown in settling(ranking, catalog.averages, 2 * _LOOKED_UP):
        fact = to_look_up(unknown)
        words = _("{name}: {value}", name=place_name(unknown.place, ranking), value=fact.what)
        if fact.page:
            words = _("{words} ({more})", words=words, more=fact.page)
        items[fact.command] = _("{words}; then ", words=words), Cell(fact.command, "strong")
    if items:
        yield paragraph(Cell(_("What would settle it"), "strong"), _(", once you look it up:"))
        yield bullets(islice(items.values(), _LOOKED_UP))


def _change(ranking: Ranking) -> Iterator[Block]:
    """Yield the weight that is nearest to changing the first place, in a line."""
    if words := nearest_words(change(ranking), ranking):
        yield text(words, "dim")


def _told_first(left_out: Iterable[LeftOut]) -> list[LeftOut]:
    """Return markets, those first that are left out for what the person told."""
    return sorted(left_out, key=lambda each: not any(map(is_told, each.causes[:1])))


def _yours(ranking: Ranking, shown: Sequence[Place]) -> Iterator[Block]:
    """Yield what of the person's own counts in the answer, and how it is left out.

    Of a wallet that is not shown, also where it stands, for that may be what was told of it.
    """
    if any(place.own for place in shown):
        yield text(
            _("Your own diary counts (walletpick log); --no-experience leaves it out."), "dim"
        )
    told = any(is_told(cause) for each in ranking.left_out for cause in each.causes)
    own = [place for place in ranking.places if rests_on_own(place, ranking.needs)]
    if told or own:
        yield text(_(COUNTED), "dim")
    for place in own:
        if place in ranking.field and not any(place is each for each in shown):
            number = ranking.places.index(place) + 1
            name = wallet_name(place.wallet)
            yield text(
                _(
                    "{wallet}, of which you told something, is now number {number}.",
                    wallet=name,
                    number=number,
                ),
                "dim",
            )


def _by_cause(
    lead: str,
    markets: Iterable[tuple[str, Sequence[Cause]]],
    form: str,
    more: bool,
    most: int = _NAMED,
) -> Paragraph | None:
    """Return markets that are not in the table by the first cause of each, the first `most` causes.

    Each comes with its name and its causes; the message `form` takes {wallets} and {what}. With
    `more`, the option that shows the rest is named.
    """
    by_cause: dict[str, list[str]] = {}
    for name, causes in markets:
        by_cause.setdefault(causes_words(causes[:1]), []).append(name)
    if not by_cause:
        return None
    # Brackets in brackets are hard to read.
    if form == _MAY_FIT and any(map(has_brackets, by_cause)):
        form = _MAY_FIT_IN_PART
    parts = [_(form, wallets=few_wallets(names), what=cause) for cause, names in by_cause.items()]
    # One reason more is shorter told than counted.
    if len(parts) > most + 1:
        others = N_("{count} other reasons (--explain)") if more else N_("{count} other reasons")
        parts[most:] = [_(others, count=len(parts) - most)]
    return paragraph(Cell(lead, "strong"), _("{words}.", words=apart(parts)))


def _verdict(ranking: Ranking, almost: OneThing | None, alone: bool) -> Paragraph:
    """Return who is best; `almost` was named before, and with `alone` several were.

    Of those that may do all, the table says enough where another was named.
    """
    if almost and not almost.instead:
        return text(_(_OTHERS_MAY))
    words = verdict_words(ranking)
    if alone:
        return text(one_text([_("With one wallet alone:"), words]))
    return text(words, "strong")


def _together(verdict: str, lead: bool) -> Paragraph:
    """Return that several wallets are better than one, and where to read which does what.

    `lead`: this is the verdict.
    """
    words = Cell(_("{verdict} ", verdict=verdict), "strong" if lead else "")
    more = hint(_("Which does what, and why: "), "walletpick combine")
    return paragraph(words, *more, _(", with the same options."))


def _what_others_have(ranking: Ranking, catalog: Catalog) -> Block | None:
    """Return whom to ask where money goes between people, and no wallet is clearly the best.

    Where a scheme joins the wallets, each pays any other; and where all are priced for whoever is
    on the other side, it is of no account what that one has.
    """
    country, verdict = ranking.needs.country, verdict_of(ranking)
    if verdict.word != "level" or (country and joining_scheme(catalog.laws, country)):
        return None
    lines = [line for place in verdict.level for line in place.bill.lines]
    sent = [line for line in lines if line.operation in ("send", "receive")]
    if all(line.known and line.method and not line.among_users for line in sent):
        return None
    between = [each for each in ranking.needs.use if each.operation in ("send", "receive")]
    if not any(each.method is None and each.country is None for each in between):
        return None
    return text(_("Ask the people on the other side which one they have: that decides most."))


def _next_steps(first: Place, more: bool) -> Paragraph:
    command = f"walletpick show {first.wallet.id}@{first.candidate.country} --all"
    explain = hint(_("; all points and reasons: "), "--explain") if more else ()
    return paragraph(*hint(_("Its facts and sources: "), command), *explain)
