"""What was found at the addresses of a catalog -> a page. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from walletpick.facts.names import wallet_name
from walletpick.language import N_, _, headed, ngettext, with_brackets
from walletpick.render.page import Block, Cell, Heading, Page, Tone, bullets, page, text
from walletpick.upkeep.addresses import STATES, Link, State, Use
from walletpick.words.common import first_upper
from walletpick.words.facts import title_words
from walletpick.words.phrases import apart, count_words, in_a_row

_TITLES: dict[State, str] = {
    "dead": N_("Dead"),
    "no answer": N_("Without an answer"),
    "refused": N_("Closed to programs"),
    "moved": N_("Moved"),
}
_TONES: dict[State, Tone] = {"dead": "bad", "no answer": "unknown", "refused": "unknown"}
# So many facts are named of each source.
_NAMED = 3


def links_page(links: Sequence[Link]) -> Page:
    """Return the page: what is wrong first, each address with what rests on it."""
    return page(
        Heading(_("The pages behind the facts"), 1),
        text(links_summary(links)),
        *(_in_state(state, title, links) for state, title in _TITLES.items()),
    )


def _in_state(state: State, title: str, links: Sequence[Link]) -> Iterator[Block]:
    here = [link for link in links if link.finding and link.finding.state == state]
    if here:
        yield Heading(headed(_(title), len(here)), 2)
        yield text(_("{sentence}.", sentence=first_upper(_(STATES[state]))), "dim")
        yield bullets(map(_item, here))


def links_summary(links: Sequence[Link]) -> str:
    """Return in a sentence what was found: "833 addresses: 800 there, 3 dead"."""
    counts = {
        N_("{count} there"): _count(links, "ok"),
        N_("{count} moved"): _count(links, "moved"),
        N_("{count} dead"): _count(links, "dead"),
        N_("{count} without an answer"): _count(links, "no answer"),
        N_("{count} closed to programs"): _count(links, "refused"),
        N_("{count} not looked at"): sum(link.finding is None for link in links),
    }
    parts = [_(words, count=f"{count:,}") for words, count in counts.items() if count]
    return ngettext(
        "{count} address: {states}.",
        "{count} addresses: {states}.",
        len(links),
        states=in_a_row(parts) or _("none"),
    )


def _count(links: Sequence[Link], state: State) -> int:
    return sum(link.finding is not None and link.finding.state == state for link in links)


def _item(link: Link) -> tuple[Cell, ...]:
    finding = link.finding
    assert finding
    uses = apart(_use_words(use) for use in link.uses)
    tone = _TONES.get(finding.state, "")
    # An address stays whole at the end of a sentence and is no part of one.
    words = finding.words
    return (
        Cell(f"{link.url} ", "strong"),
        Cell(_("({words})", words=words), tone),
        Cell(_(". {words}", words=uses)),
    )


def _use_words(use: Use) -> str:
    name = wallet_name(use.wallet) if use.wallet else use.file
    count = len(use.facts)
    if not count:
        return _("{file}: source {key}, behind no fact", file=name, key=use.key)
    named = list(_fact_names(use))
    facts = in_a_row(named[:_NAMED])
    if len(named) > _NAMED:
        facts = _("{items} and {count} more", items=facts, count=len(named) - _NAMED)
    return _(
        "{file}: source {key}, behind {number}: {facts}",
        file=name,
        key=use.key,
        number=count_words(count, "fact"),
        facts=facts,
    )


def _fact_names(use: Use) -> Iterator[str]:
    several = len({country for country, _item in use.facts}) > 1
    for country, item in use.facts:
        name = title_words(item)
        yield with_brackets(name, country) if several else name
