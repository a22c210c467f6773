"""What was found at the addresses of a catalog -> a page. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from walletpick.render.page import Block, Bullets, Cell, Heading, Page, Tone, text
from walletpick.upkeep.addresses import STATES, Link, State, Use
from walletpick.words.facts import title_words
from walletpick.words.phrases import count_words

_TITLES: dict[State, str] = {
    "dead": "Dead",
    "no answer": "Without an answer",
    "refused": "Closed to programs",
    "moved": "Moved",
}
_TONES: dict[State, Tone] = {"dead": "bad", "no answer": "unknown", "refused": "unknown"}
# So many facts are named of each source.
_NAMED = 3


def links_page(links: Sequence[Link]) -> Page:
    """Return the page: what is wrong first, each address with what rests on it."""
    blocks: list[Block] = [Heading("The pages behind the facts", 1), text(links_summary(links))]
    for state, title in _TITLES.items():
        here = [link for link in links if link.finding and link.finding.state == state]
        if here:
            blocks += [
                Heading(f"{title}: {len(here)}", 2),
                text(STATES[state][:1].upper() + STATES[state][1:] + ".", "dim"),
                Bullets(tuple(_item(link) for link in here)),
            ]
    return Page(tuple(blocks))


def links_summary(links: Sequence[Link]) -> str:
    """Return in a sentence what was found: "833 addresses: 800 there, 3 dead"."""
    counts = {
        "there": _count(links, "ok"),
        "moved": _count(links, "moved"),
        "dead": _count(links, "dead"),
        "without an answer": _count(links, "no answer"),
        "closed to programs": _count(links, "refused"),
        "not looked at": sum(link.finding is None for link in links),
    }
    parts = [f"{count:,} {words}" for words, count in counts.items() if count]
    return f"{len(links):,} address{'' if len(links) == 1 else 'es'}: {', '.join(parts) or 'none'}."


def _count(links: Sequence[Link], state: State) -> int:
    return sum(link.finding is not None and link.finding.state == state for link in links)


def _item(link: Link) -> tuple[Cell, ...]:
    finding = link.finding
    assert finding
    uses = "; ".join(_use_words(use) for use in link.uses)
    tone = _TONES.get(finding.state, "")
    # An address stays whole at the end of a sentence and is no part of one.
    words = finding.words
    return (Cell(f"{link.url} ", "strong"), Cell(f"({words})", tone), Cell(f". {uses}"))


def _use_words(use: Use) -> str:
    name = use.wallet.name if use.wallet else use.file
    count = len(use.facts)
    if not count:
        return f"{name}: source {use.key}, behind no fact"
    named = list(_fact_names(use))
    more = f" and {len(named) - _NAMED} more" if len(named) > _NAMED else ""
    facts = count_words(count, "fact")
    return f"{name}: source {use.key}, behind {facts}: {', '.join(named[:_NAMED])}{more}"


def _fact_names(use: Use) -> Iterator[str]:
    several = len({country for country, _ in use.facts}) > 1
    for country, item in use.facts:
        yield f"{title_words(item)} ({country})" if several else title_words(item)
