"""One wallet or several -> the page that `walletpick combine` shows. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from msgspec import structs

from walletpick.answers.almost import OneThing
from walletpick.answers.combine import Combined
from walletpick.answers.switch import Sum
from walletpick.answers.team import Member, Team
from walletpick.bill.bill import Bill
from walletpick.facts.model import Catalog
from walletpick.facts.money import HUNDRED, NOTHING, MoneyRange
from walletpick.facts.names import wallet_name
from walletpick.facts.places import in_country
from walletpick.language import (
    N_,
    _,
    catalog_text,
    known_text,
    one_text,
    percent_words,
    with_brackets,
)
from walletpick.pages.cost import itemised
from walletpick.pages.parts import (
    almost_blocks,
    costs_title,
    left_out_list,
    points_bars,
    sum_cell,
    with_bars,
    with_sums,
)
from walletpick.pages.rank_explained import with_plan
from walletpick.render.page import (
    Block,
    Cell,
    Column,
    Heading,
    Page,
    Paragraph,
    Piece,
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
from walletpick.score.ranking import open_conditions_of_sets
from walletpick.score.reasons import rests_on_own
from walletpick.words import combine as say
from walletpick.words.bills import sum_figures
from walletpick.words.common import UNKNOWN, Typed, asked_words, command_words, tenth, year_title
from walletpick.words.costs import unanswered_words
from walletpick.words.criteria import criterion_name
from walletpick.words.hints import from_abroad_words, payer_hints
from walletpick.words.own import COUNTED
from walletpick.words.phrases import apart
from walletpick.words.prices import interest_words


def combine_page(
    answer: Combined,
    catalog: Catalog,
    today: date,
    explain: bool,
    typed: Typed | None = None,
    almost: OneThing | None = None,
) -> Page:
    """Return the page: the verdict, which use goes where at what price, and why.

    `almost` is what does all but one thing by itself, where nothing is confirmed to do all. With
    `explain`, the points by criterion and the bills line by line, with their sources. Raises
    nothing; some set, or one wallet, does all.
    """
    assert answer.chosen
    needs = answer.needs
    title = _("One wallet or several")
    if needs.country:
        title = _("One wallet or several in {country}", country=in_country(needs.country))
    if needs.title:
        title = _("{title}, for: {needs}", title=title, needs=known_text(needs.title))
    shown = answer.shown
    assert shown
    unknown = dict.fromkeys(say.unknown_words(answer))
    conditions = open_conditions_of_sets(_named(answer), catalog.per_usd)
    return page(
        Heading(title, 1),
        bullets(asked_words(needs)),
        almost_blocks(almost, needs, typed or {}) if almost else None,
        paragraph(
            Cell(_("{sentence} ", sentence=say.verdict_words(answer)), "" if almost else "strong"),
            say.reason_words(answer),
        ),
        _lead(answer),
        _table(answer, shown),
        bullets(say.move_words(needs, move, shown) for move in shown.moves)
        if shown.moves
        else None,
        _notes(shown),
        texts(
            _interest_words(answer, shown),
            from_abroad_words() if shown.year.from_abroad else "",
            tone="dim",
        ),
        _why(answer, shown),
        text(say.points_words(answer)) if answer.gain and shown is answer.several else None,
        _trouble(answer, catalog, explain),
        hint_lines(payer_hints(needs, typed or {})),
        text(say.reserve_words(answer)) if answer.reserves and not answer.going else None,
        texts(unanswered_words(conditions), tone="unknown"),
        section(_("What is not known"), marked(("?", each) for each in unknown)),
        _explained(answer, shown, catalog, today) if explain else None,
        text(_(COUNTED), "dim") if _counts_own(answer, shown) else None,
        _others(answer),
        _next_steps(answer, shown, explain),
    )


def _named(answer: Combined) -> Iterator[tuple[MoneyRange, Sequence[Bill]]]:
    """Yield the sets that the answer names, each with what it comes to."""
    for team in (answer.one, answer.several):
        if team:
            yield team.year.total, team.bills
    reserves = [each.place for each in answer.reserves if len(each.uses) == len(answer.needs.use)]
    for place in (*answer.level, *reserves):
        yield place.bill.yearly, (place.bill,)


def _lead(answer: Combined) -> Paragraph | None:
    """Return that the table is of a set which is not recommended."""
    if (answer.going or answer.level) and answer.shown and not answer.helps:
        return text(_("With {wallets} it would be:", wallets=say.team_words(answer.shown)))
    if not answer.several or answer.shown is not answer.several or answer.helps:
        return None
    count = say.wallets_words(len(answer.several.members))
    return text(_("The best {wallets} would be:", wallets=count))


def _counts_own(answer: Combined, shown: Team) -> bool:
    """Return whether a set that is shown rests on anything that the person told themselves."""
    teams = [team for team in (shown, _alone(answer)) if team]
    return any(rests_on_own(each.place, each.needs) for team in teams for each in team.members)


def _alone(answer: Combined) -> Team | None:
    """Return the one wallet beside which the set is shown, where that is another."""
    return answer.one if answer.one is not answer.shown else None


def _table(answer: Combined, shown: Team) -> Block:
    """Return which use goes where and what it costs, beside the one wallet."""
    one, currency = _alone(answer), answer.needs.currency
    cost = with_brackets(year_title(answer.needs), currency)
    alone = one and _(
        "{wallets} alone ({currency})", wallets=say.team_words(one), currency=currency
    )
    columns = (
        _("For"),
        _("Wallet"),
        Column(title=cost, right=True),
        Column(title=alone, right=True) if alone else None,
    )
    rows = [
        _row(
            say.use_words(answer.needs, number),
            _holder(shown, number),
            _use_cell(shown, number),
            _use_cell(one, number) if one else _cell(None),
        )
        for number in range(len(answer.needs.use))
    ]
    alone_only = [
        member.charges
        for member in (one.members if one else ())
        if not shown.twin_of(member.wallet) and _counts(member.charges)
    ]
    for member in shown.members:
        twin = one.twin_of(member.wallet) if one else None
        charges = member.charges, twin.charges if twin else None
        if any(each and _counts(each) for each in charges):
            rows.append(_row(_charged(member), member, *map(_cell, charges)))
    # Of what is not in the set, its column says the name.
    rows += [(_("Having it"), "", _cell(None), _cell(each)) for each in alone_only]
    for move in shown.moves:
        to_bank = _("Moving it to the bank")
        name = Cell(wallet_name(move.candidate.wallet), "strong")
        rows.append((to_bank, name, _cell(move.year), _cell(None)))
    rows.append(_row(_("In all"), None, _cell(shown.year), _cell(one.year if one else None)))
    sums = ((say.team_words(t), t.year.total, t.year.complete) for t in (shown, one) if t)
    return with_sums(table(columns, rows), sums, costs_title(answer.needs))


def _charged(member: Member) -> str:
    """Return what a member takes beside the price of its uses."""
    bill = member.place.bill
    filled = any(line.kind == "filling" for line in bill.lines)
    held = any(line.kind in ("subscription", "once") and line.yearly.high for line in bill.lines)
    if bill.given_back and member.needs.keep is not None and filled:
        return _("Filling it, less interest")
    if not filled:
        return _("Having it")
    return _("Having and filling it") if held else _("Filling it")


def _row(title: str, member: Member | None, now: Cell, alone: Cell) -> tuple[Piece, ...]:
    name = Cell(with_plan(member.place), "strong") if member else ""
    head = Cell(title, "" if member else "strong")
    return head, name, now, alone


def _cell(amount: Sum | None) -> Cell:
    return Cell("-") if amount is None else sum_cell(amount, sum_figures)


def _counts(amount: Sum) -> bool:
    return not amount.complete or amount.total != NOTHING


def _holder(team: Team, number: int) -> Member:
    return next(member for member in team.members if number in member.numbers)


def _use_cell(team: Team, number: int) -> Cell:
    """Return what a use costs; where the wallet is not known to do it, no price looks sure."""
    shared = next(each for each in _holder(team, number).uses if each.number == number)
    cost = _cell(shared.year)
    if shared.confirmed:
        return cost
    return Cell(_("{amount}, not confirmed", amount=cost.text), "unknown")


def _notes(shown: Team) -> Paragraph | None:
    if shown.year.complete or shown.year.is_guessed:
        return None
    form = N_(
        '"{mark}" is a fee that is not known. It counts in the points as rather more than such fees'
        " usually are."
    )
    return text(_(form, mark=UNKNOWN), "dim")


def _interest_words(answer: Combined, shown: Team) -> str:
    """Return that no interest is known of the wallet that holds what the person keeps, if so."""
    keepers = (member for member in shown.members if member.needs.keep is not None)
    named = ((wallet_name(each.wallet), each.candidate) for each in keepers)
    return interest_words(answer.needs, named)


def _why(answer: Combined, shown: Team) -> Iterator[Block]:
    """Return why each use is where it is."""
    items: list[tuple[str, ...]] = []
    for number in range(len(answer.needs.use)):
        member = _holder(shown, number)
        shared = next(each for each in member.uses if each.number == number)
        why = [say.elsewhere_words(answer.needs, member, each) for each in shared.elsewhere]
        if why:
            use, name = say.use_words(answer.needs, number), wallet_name(member.wallet)
            words = _("{use} with {wallet}: ", use=use, wallet=name)
            items.append((words, _("{sentence}.", sentence=apart(why))))
    items += ((words,) for words in say.opening_words(shown))
    return section(_("Which use goes where, and why"), bullets(items))


def _trouble(answer: Combined, catalog: Catalog, explain: bool) -> Paragraph | None:
    """Return what one more wallet has to be worth."""
    if answer.why not in ("no-cheaper", "no-better", "not-worth-it", "unsure", "worth-it"):
        return None
    form = N_("The trouble of {wallets} is reckoned at {trouble}; --trouble says another sum.")
    words = _(form, wallets=say.further_words(answer), trouble=say.trouble_words(answer))
    reason = catalog_text(catalog.criteria.settings.further_wallet.reason) if explain else ""
    return text(one_text(filter(None, (words, reason))), "dim")


def _explained(answer: Combined, shown: Team, catalog: Catalog, today: date) -> Iterator[Block]:
    yield Heading(_("Points by criterion"), 2)
    yield _points(answer, shown)
    bills = [("", member.place.judgement, member.needs) for member in shown.members]
    if one := _alone(answer):
        alone = _("{wallets} alone, for all of it", wallets=say.team_words(one))
        bills += [(alone, each.place.judgement, each.needs) for each in one.members]
    yield from itemised(bills, catalog, today)
    yield from section(_("Why no single wallet does all"), left_out_list(answer.one_left_out))


def _points(answer: Combined, shown: Team) -> Block:
    teams = [team for team in (shown, _alone(answer)) if team]
    columns: tuple[Column | str, ...] = (
        _("Criterion"),
        figures(_("Counts")),
        *(Column(title=say.team_words(team), right=True) for team in teams),
    )
    rows: list[tuple[Piece, ...]] = []
    for name, weight in answer.needs.weights.items():
        if weight:
            points = (tenth(team.values[name].estimate * weight * HUNDRED) for team in teams)
            rows.append((criterion_name(name), percent_words(tenth(weight * HUNDRED)), *points))
    if any(team.own_points for team in teams):
        rows.append((_("your diary"), "", *(tenth(team.own_points) for team in teams)))
    sums = (Cell(tenth(team.score.estimate), "strong") for team in teams)
    rows.append((Cell(_("In all"), "strong"), "", *sums))
    bars = (
        (say.team_words(team), points_bars(team.values, answer.needs.weights)) for team in teams
    )
    return with_bars(table(columns, rows), bars)


def _others(answer: Combined) -> Paragraph | None:
    """Return how to see what else there is, for who keeps a wallet and is told to add none."""
    if not answer.kept or answer.helps or not answer.needs.country:
        return None
    # Its weights are shares by now, and no longer those that were typed.
    command = " ".join(command_words(structs.replace(answer.needs, weights={})))
    return paragraph(*hint(_("What else there is for that, best first: "), command))


def _next_steps(answer: Combined, shown: Team, explain: bool) -> Paragraph:
    names = " ".join(f"{member.wallet.id}@{answer.needs.country}" for member in shown.members)
    if len(shown.members) > 1:
        more = hint(_("Side by side: "), f"walletpick compare {names}")
    else:
        more = hint(_("Its facts and sources: "), f"walletpick show {names} --all")
    bills = _("; the bills line by line, with sources: ")
    return paragraph(*more, *(() if explain else hint(bills, "--explain")))
