"""The outcome of the interview -> the pages that `walletpick pick` ends with. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from walletpick.facts.model import Catalog
from walletpick.facts.names import wallet_name
from walletpick.interview.interview import Outcome
from walletpick.language import N_, _, with_brackets
from walletpick.pages.rank import rank_page
from walletpick.render.page import Block, Cell, Heading, Page, bullets, page, text, texts
from walletpick.score.leads import leads
from walletpick.score.ranking import Place, Ranking
from walletpick.words.bills import first_year_words
from walletpick.words.common import UNKNOWN
from walletpick.words.criteria import criterion_name
from walletpick.words.phrases import apart, criterion_phrase, in_the_year, listed

# Of what matters so much is named.
_MATTERS = 3


def reasons_page(outcome: Outcome, catalog: Catalog) -> Page:
    """Return what the verdict rests on: the ranking, why not the others, what was assumed."""
    ranking = outcome.ranking
    return page(
        rank_page(ranking, catalog, None, explain=False, hints=False, verdict=False).blocks,
        _others(ranking),
        _matters(outcome),
        text(outcome.stopped),
        # What stands for the answers to questions that were not asked.
        texts(_("What you were not asked was taken for granted:") if outcome.assumed else ""),
        bullets(outcome.assumed) if outcome.assumed else None,
    )


def _matters(outcome: Outcome) -> Iterator[Block]:
    """Yield what the answers made matter more than usual; nothing where that was not asked."""
    if not outcome.trades:
        return
    form = N_(
        "As far as your answers tell, the same matters to you as to most. What they leave open"
        " counts in how sure the answer is."
    )
    if outcome.raised:
        form = N_(
            "By your answers, this matters more to you than to most: {criteria}. What they leave"
            " open counts in how sure the answer is."
        )
    criteria = listed([criterion_phrase(name) for name in outcome.raised[:_MATTERS]])
    yield text(_(form, criteria=criteria), "dim")


def _others(ranking: Ranking) -> Iterator[Block]:
    """Yield by what each of the others that it was chosen from is behind the first."""
    if len(ranking.field) < 2:
        return
    first, *others = ranking.field
    yield Heading(_("Why not the others"), 2)
    yield bullets(
        (
            Cell(wallet_name(place.wallet), "strong"),
            _(": {words}", words=_behind(first, place, ranking)),
        )
        for place in others
    )


def _behind(first: Place, place: Place, ranking: Ranking) -> str:
    gaps = leads(first, place, ranking)
    behind = [lead for lead in gaps if lead.points >= 0.05][:2]
    ahead = [lead for lead in gaps if lead.points <= -0.05][:1]
    lead = first.score.estimate - place.score.estimate
    gap = f"{abs(lead):.1f}"
    form = N_("{gap} points behind")
    if lead < 0:
        # It stands behind for what is not confirmed of it.
        form = N_("{gap} points more, but less sure to do all that you ask")
    elif behind:
        form = N_("{gap} points behind, most in {criteria}")
    most = listed([_points(each.criterion, each.points) for each in behind])
    parts = [_(form, gap=gap, criteria=most)]
    if ahead and lead >= 0:
        better = _points(ahead[0].criterion, -ahead[0].points)
        parts.append(_("better in {criterion}", criterion=better))
    cost, often = first_year_words(place.bill), in_the_year(place.bill.period)
    form = N_("? {often}") if cost == UNKNOWN else N_("{cost} {often}")
    return apart([*parts, _(form, cost=cost, often=often)])


def _points(criterion: str, points: Decimal) -> str:
    return with_brackets(criterion_name(criterion), f"{points:.1f}")
