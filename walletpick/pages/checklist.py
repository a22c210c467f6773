"""The checklists of `walletpick leave` and `walletpick complain` -> pages. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import count

from walletpick.answers.checklist import Account, Checklist, Ground, Item, Step
from walletpick.answers.complain_steps import ComplaintChecklist
from walletpick.answers.leave_steps import LeaveChecklist
from walletpick.facts.names import wallet_name
from walletpick.facts.places import country_name, names_country
from walletpick.facts.vocabulary import MATTERS, YOU
from walletpick.language import N_, _
from walletpick.pages.parts import source_cell, source_list
from walletpick.render.page import (
    TICK,
    Block,
    Bullets,
    Cell,
    Heading,
    Page,
    Paragraph,
    Tone,
    marked,
    page,
    paragraph,
    text,
)
from walletpick.words import checklist as say
from walletpick.words.complaint import letter, matter_words
from walletpick.words.own import COUNTED

_MORE = N_("Add --letter for a letter to fill in, --explain for everything with sources.")
_MORE_OF_LEAVING = N_(
    "Add --balance AMOUNT for what your own balance costs, --explain for everything with sources."
)
_EXPLAIN = N_("Add --explain for everything with sources.")
_MARKERS = {"do": TICK, "fact": "", "no": "-", "unknown": "?"}


def leave_page(checklist: LeaveChecklist, explain: bool = True) -> Page:
    """Return the way out of a market: each step in a line or, with `explain`, all that is known."""
    account = checklist.account
    title = _title(account, N_("Leaving {wallet}"), N_("Leaving {wallet}, {country}"))
    head, told = _head(title, checklist, explain), _told(checklist)
    numbered = [(f"{number}.", each) for number, each in enumerate(checklist.steps, start=1)]
    if explain:
        steps = _steps(account, ((f"{number} ", each) for number, each in numbered))
        return page(head, steps, told, _sources(checklist))
    return page(
        head,
        marked((number, _in_a_line(account, each)) for number, each in numbered),
        told,
        text(_(_MORE_OF_LEAVING if checklist.balance is None else _EXPLAIN)),
    )


def complain_page(checklist: ComplaintChecklist, explain: bool = True) -> Page:
    """Return where a complaint goes: what to do first and, with `explain`, all that is known."""
    account, (first, *steps) = checklist.account, checklist.steps
    call = say.call_words(account, "complain")
    if checklist.about:
        call += f" --about {checklist.about}"
    title = _title(account, N_("Complaining to {wallet}"), N_("Complaining to {wallet}, {country}"))
    head, told = _head(title, checklist, explain), _told(checklist)
    matter, doing = matter_words(checklist.about).title, say.title_words(first)
    about = text(_("About {matter}. {what_to_do}:", matter=matter, what_to_do=doing))
    if explain:
        return page(
            head,
            about,
            _numbered(first.items, lambda item: _cells(account, item)),
            _steps(account, (("", each) for each in steps)),
            told,
            text(_("A letter to fill in: {command}", command=f"{call} --letter")),
            _sources(checklist),
        )
    return page(
        head,
        about,
        _numbered(first.items, lambda item: _short(account, item)),
        marked(
            [
                *((_MARKERS[each.kind], _short(account, each)) for each in checklist.in_short),
                ("", (Cell(_(_MORE)),)),
            ]
        ),
        told,
        None
        if checklist.about
        else text(_("It says more with --about {matters}", matters=", ".join(MATTERS))),
    )


def letter_page(checklist: ComplaintChecklist) -> Page:
    """Return the letter as a page: each of its lines a paragraph."""
    return page(text(line) for lines in letter(checklist) for line in lines)


def _title(account: Account, bare: str, with_country: str) -> str:
    """Return a heading: without the country where the wallet's name has it."""
    name = wallet_name(account.wallet)
    form = bare if names_country(name, account.country) else with_country
    return _(form, wallet=name, country=country_name(account.country))


def _head(title: str, checklist: Checklist, explain: bool) -> Iterator[Block]:
    account, warning = checklist.account, checklist.warning
    yield Heading(title, 1)
    if warning and not explain:
        yield text(say.short_words(account, warning), "bad")
    elif warning:
        yield paragraph(Cell(say.item_words(account, warning), "bad"), *map(_mark, warning.grounds))


def _told(checklist: Checklist) -> Paragraph | None:
    """Return that what the person told counts, where anything here rests on it."""
    own = any(source.publisher == YOU for source in checklist.sources.values())
    return text(_(COUNTED), "dim") if own else None


def _steps(account: Account, steps: Iterable[tuple[str, Step]]) -> Iterator[Block]:
    """Yield steps, each with what stands before its title."""
    for lead, each in steps:
        yield Heading(f"{lead}{say.title_words(each)}", 2)
        yield marked((_MARKERS[item.kind], _cells(account, item)) for item in each.items)


def _numbered(items: Iterable[Item], cells: Callable[[Item], tuple[Cell, ...]]) -> Bullets:
    """Return a list in which what is to do is numbered."""
    numbers = count(1)
    return marked(
        (f"{next(numbers)}." if item.kind == "do" else _MARKERS[item.kind], cells(item))
        for item in items
    )


def _in_a_line(account: Account, each: Step) -> tuple[Cell, ...]:
    """Return the title of a step and the first thing that it says to do.

    Of what can strand money, all; how to close, with the way to it and what leaving it unused
    costs; whom to reach, and who is next.
    """
    to_do = [item for item in each.items if item.kind == "do"]
    match each.id:
        case "beside":
            words = say.beside_words(to_do)
        case "close":
            words = say.closing_in_short(account, each.items)
        case "help":
            ways = [item for item in each.items if item.says == "channel"]
            words = say.help_in_short(account, ways)
        case _:
            words = say.to_do_in_short(account, next(iter((*to_do, *each.items))))
    title = say.title_words(each)
    # Where that is all it says, it says so once.
    rest = words.removeprefix(title)
    return Cell(title, "strong"), Cell(_(". {words}", words=words) if rest == words else rest)


def _short(account: Account, item: Item) -> tuple[Cell, ...]:
    return (Cell(say.short_words(account, item), "unknown" if item.kind == "unknown" else ""),)


def _cells(account: Account, item: Item) -> tuple[Cell, ...]:
    tone: Tone = "unknown" if item.kind == "unknown" else ""
    # Several facts from one page need its mark once.
    marks = dict.fromkeys(map(_mark, item.grounds))
    return (Cell(say.item_words(account, item), tone), *marks)


def _mark(ground: Ground) -> Cell:
    return source_cell(ground.key, ground.source, ground.stale)


def _sources(checklist: Checklist) -> Iterator[Block]:
    account, sources = checklist.account, checklist.sources
    if sources:
        yield Heading(_("Sources"), 2)
        yield source_list(sources, account.today)
    settings = account.catalog.criteria.settings
    words = _(
        "The word in brackets after a fact names its source. What stands without one is general"
        " advice. Stale: a price of {prices} months or more, another fact of {facts} or more."
        " Undated: the age counts from the reading.",
        prices=settings.stale_fees_months,
        facts=settings.stale_facts_months,
    )
    form = N_("corrections are welcome.")
    if account.known:
        form = N_("The facts stand in {file} of the catalog; corrections are welcome.")
    welcome = _(form, file=account.wallet.file)
    yield text(_("{words} {more}", words=words, more=welcome), "dim")
