"""The diary -> the page that `walletpick log list` shows. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from walletpick.documents.log import weight_on
from walletpick.facts.model import Catalog, ExperienceRules
from walletpick.facts.money import HUNDRED
from walletpick.facts.places import country_name
from walletpick.facts.vocabulary import EVENTS
from walletpick.person.entry import Entry, numbered
from walletpick.render.page import (
    Cell,
    Column,
    Heading,
    Page,
    Table,
    Tone,
    bullets,
    page,
    paragraph,
    table,
    text,
)
from walletpick.score.experience import Experience, experiences, share_of_score
from walletpick.words.common import tenth
from walletpick.words.phrases import count_words, figure


def effect_words(experience: Experience, rules: ExperienceRules) -> str:
    """Return what the diary does to a score, in a sentence."""
    count = len(experience.entries)
    makes = "makes" if count == 1 else "make"
    share = tenth(share_of_score(experience, rules) * HUNDRED)
    most = f"{figure(rules.most_percent)} % being the most"
    return f"{count_words(count, 'entry')} on it now {makes} up {share} % of its score, {most}."


def log_page(entries: Sequence[Entry], catalog: Catalog, today: date, path: str) -> Page:
    """Return the page: the entries by day, what they do to scores, and where the diary is."""
    title = Heading("Your diary", 1)
    if not entries:
        return page(
            title,
            text("Nothing is noted yet: walletpick log WALLET EVENT notes something."),
            text(f"It will be kept on this device: {path}", "dim"),
        )
    rules = catalog.criteria.settings.experience
    names = {wallet.id: wallet.name for wallet in catalog.wallets}
    gone = sorted({entry.wallet for entry in entries} - set(names))
    counted = experiences(entries, catalog.wallets, rules, today)
    items = []
    for (wallet, country), experience in counted.items():
        share = tenth(share_of_score(experience, rules) * HUNDRED)
        good = (experience.value * HUNDRED).to_integral_value()
        words = f": {share} % of the score is your diary's, which is {good} % good"
        items.append((Cell(f"{names[wallet]} ({country})", "strong"), words))
    return page(
        title,
        _table(entries, catalog, today),
        (Heading("What it does to scores", 2), bullets(items)) if items else None,
        text(f"Not in the catalog, so they count nowhere: {', '.join(gone)}.", "unknown")
        if gone
        else None,
        text(" ".join(rules.reason.split()), "dim"),
        text("walletpick log remove NUMBER takes an entry out.", "dim"),
        text(f"The diary is on this device only: {path}", "dim"),
    )


def noted_page(noted: str, effect: str, number: int, help_with: str, path: str) -> Page:
    """Return that something was noted, what it does, how it is taken back, and what helps.

    `help_with` is a command, or "".
    """
    return page(
        text(f"{noted} {effect}".rstrip()),
        paragraph("What to do about it: ", Cell(help_with, "strong")) if help_with else None,
        paragraph("To take it back: ", Cell(f"walletpick log remove {number}", "strong")),
        text(f"The diary stays on this device: {path}", "dim"),
    )


def log_table(entries: Sequence[Entry], catalog: Catalog, today: date) -> Page:
    """Return the entries as one table of plain values, for CSV; no country means everywhere."""
    rules = catalog.criteria.settings.experience
    rows = []
    for number, entry in numbered(entries):
        weight = weight_on(entry, rules, today) * (1 if EVENTS[entry.event].value else -1)
        told = (str(number), entry.date, entry.wallet, entry.country or "", entry.event)
        rows.append((*told, f"{round(weight, 2)}", entry.note))
    return page(table(("number", "date", "wallet", "country", "event", "weight", "note"), rows))


def _table(entries: Sequence[Entry], catalog: Catalog, today: date) -> Table:
    names = {wallet.id: wallet.name for wallet in catalog.wallets}
    rules = catalog.criteria.settings.experience
    rows = []
    for number, entry in numbered(entries):
        event = EVENTS[entry.event]
        tone: Tone = "good" if event.value else "bad"
        sign = "+" if event.value else "-"
        rows.append(
            (
                str(number),
                entry.date,
                Cell(names.get(entry.wallet, entry.wallet), "strong"),
                country_name(entry.country) if entry.country else "everywhere",
                Cell(event.text, tone),
                f"{sign}{round(weight_on(entry, rules, today), 2)}",
                entry.note,
            )
        )
    columns: list[Column | str] = [
        Column(title="#", right=True, whole=True),
        Column(title="Day", whole=True),
        "Wallet",
        Column(title="In", keep=5),
        "What happened",
        Column(title="Weighs", right=True, whole=True, keep=4),
    ]
    if any(entry.note for entry in entries):
        # What one wrote oneself is never left out.
        columns.append("Note")
    return table(columns, (row[: len(columns)] for row in rows))
