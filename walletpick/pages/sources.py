"""How a page names its sources: a mark after each fact, links, and the list of them. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from walletpick.bill.observe import Candidate
from walletpick.facts.model import Source, Wallet
from walletpick.facts.names import wallet_name
from walletpick.language import _
from walletpick.render.page import Bullets, Cell, bullets
from walletpick.score.causes import Cause
from walletpick.score.ranking import LeftOut
from walletpick.words.causes import by_words
from walletpick.words.common import age_words, cited, source_line


def source_cell(key: str, source: Source, stale: bool) -> Cell:
    """Return the mark that stands after a fact: " [fees, stale: 2021-04]"."""
    return Cell(f" {cited(key, source, stale)}", "unknown" if stale else "dim", source.url)


def cause_cells(causes: Iterable[Cause]) -> tuple[Cell, ...]:
    """Return causes in one sentence, each once, each leading to its source."""
    cells: list[Cell] = []
    for words, cause in by_words(causes).items():
        cells += [Cell(_("; "))] if cells else []
        cells.append(Cell(words, link=cause.source.url if cause.source else ""))
    return tuple(cells)


def with_causes(lead: str, markets: Iterable[tuple[Wallet, Iterable[Cause]]]) -> Bullets:
    """Return wallets with the causes of each, which lead to their sources; `lead` is between."""
    return bullets(
        (Cell(wallet_name(wallet), "strong"), lead, *cause_cells(causes))
        for wallet, causes in markets
    )


def left_out_list(left_out: Iterable[LeftOut]) -> Bullets:
    """Return the markets that are left out, each with its causes in words."""
    return with_causes(_(": "), ((each.wallet, each.causes) for each in left_out))


def bill_anchor(candidate: Candidate, at: str = "") -> str:
    """Return by which name links of a page reach the bill of a market, or one of several of it."""
    return f"bill {candidate.wallet.id} {candidate.country} {at}".rstrip()


def points_anchor(candidate: Candidate) -> str:
    """Return by which name links of a page reach the points of a market."""
    return f"points {candidate.wallet.id} {candidate.country}"


def source_list(sources: Mapping[str, Source], today: date) -> Bullets:
    """Return the sources by the keys that marks name, each with its age and address."""
    return bullets(
        (
            Cell(f"[{key}] ", "strong"),
            _("{source} ({age}). ", source=source_line(source), age=age_words(source, today)),
            *filter(None, [source.url]),
        )
        for key, source in sources.items()
    )
