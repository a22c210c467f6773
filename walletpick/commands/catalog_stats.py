"""`walletpick catalog stats` and `stale`: what the catalog knows, and what to look at again."""

from __future__ import annotations

import click

from walletpick.commands.common import load_from, today
from walletpick.commands.keeping import directory_in_use
from walletpick.commands.output import format_option, top_option, write_json, write_page
from walletpick.commands.params import Whole, examples
from walletpick.upkeep.stale import to_look_at
from walletpick.upkeep.stats import stats_of

FILES = 10
FACTS = 30


@click.command(name="stats", epilog=examples("catalog stats"))
@top_option("Show the N stalest and thinnest files, 0 for all; JSON always holds all.", FILES)
@format_option("table", "json", "markdown")
def stats(top: int, form: str) -> None:
    """Show the catalog in figures: whom it answers, how much is known, from whom, how old it is."""
    catalog = load_from(directory_in_use())
    day = today()
    stats = stats_of(catalog, day)
    if form == "json":
        from walletpick.documents.upkeep import stats_out

        write_json(stats_out(stats, catalog, day))
    else:
        from walletpick.pages.upkeep import stats_page

        write_page(stats_page(stats, top), form)


@click.command(name="stale", epilog=examples("catalog stale"))
@click.option(
    "--days",
    type=Whole(min=0),
    metavar="N",
    help="List facts of N days or more (default: those older than criteria.yaml allows).",
)
@top_option("Show the first N, 0 for all; JSON always holds all.", FACTS)
@format_option("table", "json", "csv", "markdown")
def stale(days: int | None, top: int, form: str) -> None:
    """List the facts to look at again, those that matter most to rankings first.

    What matters: for every persona in every country where it makes sense, the points that rest on
    the fact in the first three places, summed up. Each part of the score shares its points out
    among the facts that it rests on.
    """
    catalog = load_from(directory_in_use())
    day = today()
    to_do = to_look_at(catalog, day, days)
    if form == "json":
        from walletpick.documents.upkeep import stale_out

        write_json(stale_out(to_do, catalog, day, days))
    else:
        from walletpick.pages.upkeep import stale_page

        write_page(stale_page(to_do, days, 0 if form == "csv" else top), form)
