"""`walletpick rank`: the ranking of a country's wallets for what a person needs."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from walletpick.commands.asking import asked_country
from walletpick.commands.common import (
    experience_option,
    find_country,
    load,
    load_plain,
    own_option,
    read_experience,
    today,
)
from walletpick.commands.errors import NothingFits, Wrong
from walletpick.commands.needs_options import needs_options, read_needs, typed_amounts
from walletpick.commands.output import format_option, remark, top_option, write_json, write_page
from walletpick.commands.params import examples
from walletpick.facts.model import Catalog, Needs
from walletpick.language import Language, language
from walletpick.words.reasons import fails_most_words, nothing_ranked

if TYPE_CHECKING:
    from walletpick.answers.combine import Combined
    from walletpick.score.experience import Experiences
    from walletpick.score.ranking import Place, Ranking

TOP = 3
# Who is the best for a visitor in so many cases is named beside the first.
_OFTEN_BEST = Decimal("0.25")
# A country where the language is spoken, by the language: an example of where a visitor is from.
_HOMES: dict[Language, str] = {"zh": "CN"}


@click.command(
    name="rank",
    epilog=examples("rank")
    + """

The ready-made needs: walletpick list --personas""",
)
@needs_options
@top_option(
    f"Show the first N, 0 for all (default: in a table and in HTML {TOP} and whom the verdict"
    " names, all elsewhere)."
)
@click.option(
    "--sort",
    type=click.Choice(("points", "cost")),
    default="points",
    show_default=True,
    help="List by points, or by what is known to be paid; # is by points.",
)
@click.option("--explain", is_flag=True, help="Explain every wallet shown, not the first three.")
@click.option(
    "--batch",
    metavar="FILE",
    help="Read needs as JSON, a line each (- is stdin), and write a JSON document a line for each;"
    " --country is where lines that name none are.",
)
@own_option
@experience_option
@format_option("table", "json", "csv", "markdown", "html")
def command(
    top: int | None, sort: str, explain: bool, batch: str | None, form: str, **asked: Any
) -> None:
    """Rank the wallets of a country for what you need."""
    from walletpick.score.ranking import rank

    by_cost = sort == "cost"
    country = find_country(asked["country"]) if asked["country"] else None
    if batch is not None:
        click.get_current_context().exit(_batch(batch, asked, top or 0, by_cost))
    catalog = load(country)
    needs = read_needs(catalog, asked, lambda: asked_country(catalog.countries))
    day = today()
    own = read_experience(catalog, day)
    if by_cost and not needs.use:
        raise Wrong(
            "--sort cost: say with --use or --persona what is to be priced, such as"
            " --use send=200x2"
        )
    ranking = rank(catalog, needs, day, own)
    if form == "json":
        from walletpick.documents.ranking import ranking_out

        write_json(ranking_out(ranking, catalog, top or 0, by_cost))
    elif form == "csv":
        from walletpick.pages.rank import rank_table

        write_page(rank_table(ranking, catalog, top or 0, by_cost), form)
    elif ranking.places or ranking.left_out:
        from walletpick.answers.almost import all_but_one
        from walletpick.pages.rank import rank_page, rank_recap
        from walletpick.words.combine import verdict_words as pair_words

        whole = form == "html"
        shown = None if top is None and (form == "table" or whole) else top or 0
        pair = _pair(catalog, needs, day, own) if ranking.places else None
        almost = None if pair else all_but_one(ranking, catalog, needs, day, own)
        together = pair_words(pair) if pair else ""
        if almost and almost.instead:
            ranking = almost.instead
        page = rank_page(
            ranking,
            catalog,
            shown,
            explain or whole,
            by_cost=by_cost,
            today=day if whole else None,
            typed=typed_amounts(asked, needs, catalog),
            together=together,
            almost=almost,
            home=_home(needs, day),
            there=_there(needs, ranking, day),
        )
        last = partial(rank_recap, ranking, catalog, together, almost) if ranking.places else None
        write_page(page, form, last)
    if not ranking.places:
        if most := fails_most_words(ranking):
            remark("Note: {sentence}", sentence=most)
        if form == "table" and needs.country and not ranking.left_out:
            from walletpick.words.hints import nowhere_lines

            typed = typed_amounts(asked, needs, catalog)
            lines = nowhere_lines(needs.country, catalog, needs, typed, _home(needs, day))
            raise NothingFits("\n".join(lines))
        raise NothingFits(nothing_ranked(ranking, catalog))


def _pair(catalog: Catalog, needs: Needs, day: date, own: Experiences) -> Combined | None:
    """Return the answer for two wallets where they are better than one, and confirmed to do all."""
    if len(needs.use) < 2:
        # What shares uses out is not even loaded for one.
        return None
    from walletpick.answers.combine import better_together

    pair = better_together(catalog, needs, day, own)
    return pair if pair and pair.chosen and pair.chosen.confirmed else None


def _home(needs: Needs, day: date) -> str | None:
    """Return the country that stands for a visitor's own in an example; None where none is known.

    It is that of the language that is spoken, where the catalog has a wallet there that is
    confirmed to do abroad what the visitor does.
    """
    from walletpick.score.ranking import rank
    from walletpick.words.hints import from_home

    home, uses = _HOMES.get(language()), tuple(from_home(needs).values())
    if home is None or not uses or home == needs.country:
        return None
    abroad = Needs(country=home, currency=needs.currency, for_=needs.for_, use=uses)
    places = rank(load_plain(), abroad, day).places
    return home if places and places[0].confirmed else None


def _there(needs: Needs, ranking: Ranking, day: date) -> list[Place]:
    """Return the best wallets for a visitor in each country where they pay, at most two of each.

    Those that are confirmed to do that, are not to be had at home, and are likely enough the best.
    """
    from walletpick.score.ranking import rank
    from walletpick.words.hints import as_a_visitor

    at_home = {place.wallet.id for place in ranking.places if place.confirmed}
    best: list[Place] = []
    for wanted in as_a_visitor(needs):
        serving = (
            place
            for place in rank(load_plain(wanted.country), wanted, day).places[:2]
            if place.confirmed
            and place.candidate.kind != "pass-through"
            and place.wallet.id not in at_home
        )
        best += [place for place in serving if place.rank == 1 or place.chance >= _OFTEN_BEST]
    return best


def _batch(name: str, asked: dict[str, Any], top: int, by_cost: bool) -> int:
    """Write the ranking of each line of a file, and return the exit code."""
    from walletpick.commands.batch import check_options, rank_lines
    from walletpick.documents.ranking import RankingOut, ranking_out
    from walletpick.score.ranking import rank

    check_options(click.get_current_context())
    catalog = load()
    day = today()
    own = read_experience(catalog, day)

    def ranked(needs: Needs) -> RankingOut:
        if by_cost and not needs.use:
            raise Wrong("--sort cost: the line has no use, so nothing is to be priced")
        return ranking_out(rank(catalog, needs, day, own), catalog, top, by_cost)

    return rank_lines(name, asked, catalog, ranked)
