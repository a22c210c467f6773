"""The checklists of `walletpick leave` and `walletpick complain` -> pages. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from walletpick.answers.checklist import Account, Checklist, Ground, Item
from walletpick.answers.complain import MATTERS
from walletpick.answers.complain_steps import ComplaintChecklist
from walletpick.answers.leave_steps import LeaveChecklist
from walletpick.facts.places import country_name
from walletpick.pages.sources import source_cell, source_list
from walletpick.render.page import (
    TICK,
    Block,
    Cell,
    Heading,
    Page,
    Tone,
    marked,
    page,
    paragraph,
    text,
)
from walletpick.words.checklist import item_words, title_words
from walletpick.words.complaint import letter, matter_words

_MARKERS = {"do": TICK, "fact": "", "no": "-", "unknown": "?"}


def leave_page(checklist: LeaveChecklist) -> Page:
    """Return the way out of a market as a page."""
    return page(_head("Leaving", checklist), _steps(checklist, numbered=True), _sources(checklist))


def complain_page(checklist: ComplaintChecklist) -> Page:
    """Return where a complaint goes as a page."""
    account = checklist.account
    call = f"walletpick complain {account.wallet.id} --country {account.country}"
    about = f"About: {matter_words(checklist.about).title}"
    if not checklist.about:
        about = f"For any matter. {call} --about {'|'.join(MATTERS)} says more about one of these"
    such = f"{call} --about {checklist.about}" if checklist.about else call
    return page(
        _head("Complaining to", checklist),
        text(about),
        _steps(checklist, numbered=False),
        text(f"A letter to fill in: {such} --letter"),
        _sources(checklist),
    )


def letter_page(checklist: ComplaintChecklist) -> Page:
    """Return the letter as a page: each of its lines a paragraph."""
    return page(text(line) for lines in letter(checklist) for line in lines)


def _head(doing: str, checklist: Checklist) -> Iterator[Block]:
    account, warning = checklist.account, checklist.warning
    yield Heading(f"{doing} {account.wallet.name}, {country_name(account.country)}", 1)
    if warning:
        yield paragraph(Cell(item_words(account, warning), "bad"), *map(_mark, warning.grounds))


def _steps(checklist: Checklist, numbered: bool) -> Iterator[Block]:
    for number, step in enumerate(checklist.steps, start=1):
        title = title_words(step.id)
        yield Heading(f"{number}. {title}" if numbered else title, 2)
        yield marked((_MARKERS[each.kind], _cells(checklist.account, each)) for each in step.items)


def _cells(account: Account, item: Item) -> tuple[Cell, ...]:
    tone: Tone = "unknown" if item.kind == "unknown" else ""
    # Several facts from one page need its mark once.
    marks = dict.fromkeys(map(_mark, item.grounds))
    return (Cell(item_words(account, item), tone), *marks)


def _mark(ground: Ground) -> Cell:
    return source_cell(ground.key, ground.source, ground.stale)


def _sources(checklist: Checklist) -> Iterator[Block]:
    account, sources = checklist.account, checklist.sources
    if sources:
        yield Heading("Sources", 2)
        yield source_list(sources, account.today)
    settings = account.catalog.criteria.settings
    yield text(
        "The word in brackets after a fact names its source. What stands without one is general"
        f" advice. Stale: a price of {settings.stale_fees_months} months or more, another fact of"
        f" {settings.stale_facts_months} or more. Undated: the age counts from the reading. The"
        f" facts stand in {account.wallet.file} of the catalog; corrections are welcome.",
        "dim",
    )
