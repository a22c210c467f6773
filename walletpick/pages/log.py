"""The diary -> the page that `walletpick log list` shows. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from walletpick.documents.log import weight_on
from walletpick.facts.model import Catalog, ExperienceRules
from walletpick.facts.money import HUNDRED
from walletpick.facts.places import country_name
from walletpick.facts.vocabulary import EVENTS
from walletpick.person.entry import Entry
from walletpick.render.page import Block, Bullets, Cell, Column, Heading, Page, Table, Tone, text
from walletpick.score.experience import Experience, experiences, share_of_score
from walletpick.words.common import tenth
from walletpick.words.phrases import figure


def effect_words(experience: Experience, rules: ExperienceRules) -> str:
    """Return what the diary does to a score, in a sentence."""
    count = len(experience.entries)
    has, makes = ("entry", "makes") if count == 1 else ("entries", "make")
    share = tenth(share_of_score(experience, rules) * HUNDRED)
    most = figure(rules.most_percent)
    return f"{count} {has} on it now {makes} up {share} % of its score, {most} % being the most."


def log_page(entries: Sequence[Entry], catalog: Catalog, today: date, path: str) -> Page:
    """Return the page: the entries by day, what they do to scores, and where the diary is."""
    blocks: list[Block] = [Heading("Your diary", 1)]
    if not entries:
        blocks.append(text("Nothing is noted yet: walletpick log WALLET EVENT notes something."))
        return Page((*blocks, text(f"It will be kept on this device: {path}", "dim")))
    blocks.append(_table(entries, catalog, today))
    rules = catalog.criteria.settings.experience
    names = {wallet.id: wallet.name for wallet in catalog.wallets}
    counted = experiences(entries, catalog.wallets, rules, today)
    if counted:
        blocks.append(Heading("What it does to scores", 2))
        items = []
        for (wallet, country), experience in counted.items():
            share = tenth(share_of_score(experience, rules) * HUNDRED)
            good = (experience.value * HUNDRED).to_integral_value()
            words = f": {share} % of the score is your diary's, which is {good} % good"
            items.append((Cell(f"{names[wallet]} ({country})", "strong"), Cell(words)))
        blocks.append(Bullets(tuple(items)))
    gone = sorted({entry.wallet for entry in entries} - set(names))
    if gone:
        blocks.append(text(f"Not in the catalog any more: {', '.join(gone)}.", "unknown"))
    blocks.append(text(f"{' '.join(rules.reason.split())}", "dim"))
    blocks.append(text(f"The diary is on this device only: {path}", "dim"))
    return Page(tuple(blocks))


def log_table(entries: Sequence[Entry], catalog: Catalog, today: date) -> Page:
    """Return the entries alone, as one table."""
    return Page((_table(entries, catalog, today),))


def _table(entries: Sequence[Entry], catalog: Catalog, today: date) -> Table:
    names = {wallet.id: wallet.name for wallet in catalog.wallets}
    rules = catalog.criteria.settings.experience
    rows = []
    for entry in sorted(entries, key=lambda each: each.date):
        event = EVENTS[entry.event]
        tone: Tone = "good" if event.value else "bad"
        weight = weight_on(entry, rules, today)
        rows.append(
            (
                Cell(entry.date),
                Cell(names.get(entry.wallet, entry.wallet), "strong"),
                Cell(country_name(entry.country) if entry.country else "everywhere"),
                Cell(event.text, tone),
                Cell(f"{'+' if event.value else '-'}{round(weight, 2)}"),
                Cell(entry.note),
            )
        )
    columns = (
        Column(title="Day", whole=True),
        Column(title="Wallet"),
        Column(title="In", keep=5),
        Column(title="What happened"),
        Column(title="Weighs", right=True, whole=True, keep=4),
        Column(title="Note", keep=6),
    )
    return Table(columns=columns, rows=tuple(rows))
