"""What those ask who keep a catalog: its figures, answers, links and changes -> pages. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal

from walletpick.bill.bill import Bill
from walletpick.facts.money import HUNDRED, ZERO, rounded
from walletpick.facts.names import wallet_name
from walletpick.facts.places import country_name, in_country
from walletpick.language import N_, _, catalog_text, headed, ngettext, with_brackets
from walletpick.pages.parts import bar
from walletpick.render.page import (
    Bar,
    Bars,
    Block,
    Bullets,
    Cell,
    Column,
    Details,
    Heading,
    Page,
    Plain,
    Table,
    Tone,
    bullets,
    figures,
    marked,
    page,
    section,
    table,
    text,
)
from walletpick.upkeep.addresses import STATES, Link, State, Use
from walletpick.upkeep.answers import Answers, Counts, Firsts
from walletpick.upkeep.diff import WORKED_OUT, Change, Difference, summary
from walletpick.upkeep.effects import CostChange, Effect, First, Move, Standing
from walletpick.upkeep.stale import FIRST, AgedFact
from walletpick.upkeep.stats import File, Section, Stats
from walletpick.words.common import first_upper, share_words, tenth
from walletpick.words.facts import title_words
from walletpick.words.phrases import apart, clauses, count_words, in_a_row
from walletpick.words.prices import amount_words

# What is told of the share that is known.
_OF_CRITERIA = N_(
    "Of what the personas' needs ask, the share that is known: the mean over the personas and the"
    " markets ranked for them."
)
_OF_SECTIONS = N_(
    "Of the words that could stand in a section, the share on which there is a yes or no; of fees,"
    " the share of what a market does that has a price; of other sections, the share of markets"
    " that have one."
)
_STATES = {
    "restricted": N_("{count} restricted"),
    "closed": N_("{count} closed"),
    "unconfirmed": N_("{count} unconfirmed"),
}
_TITLES: dict[State, str] = {
    "dead": N_("Dead"),
    "no answer": N_("Without an answer"),
    "refused": N_("Closed to programs"),
    "moved": N_("Moved"),
}
_TONES: dict[State, Tone] = {"dead": "bad", "no answer": "unknown", "refused": "unknown"}
# So many facts are named of each source.
_NAMED = 3
_MARKS = {"added": "+", "removed": "-", "changed": ""}
# Points of less than this are not worth a word.
_WORTH_SAYING = Decimal("0.05")


def stats_page(stats: Stats, top: int) -> Page:
    """Return the page of a catalog's figures; long lists have `top` lines (0: all)."""
    known = (
        _bar(_(name), share, _("{share} known", share=share_words(share)))
        for name, share in stats.criteria.items()
    )
    stale = [file for file in stats.files if file.stale]
    stalest = sorted(stale, key=lambda f: (-Decimal(f.stale) / f.facts, -f.median_age_days))
    ranked = [file for file in stats.files if file.evidence is not None]
    thinnest = sorted(ranked, key=lambda file: (file.evidence, file.facts))
    most = max(stats.ages.values(), default=0)
    ages = (
        _bar(_(words), Decimal(count) / max(most, 1), _("{count:,} facts", count=count))
        for words, count in stats.ages.items()
    )
    return page(
        Heading(_("The catalog in figures"), 1),
        bullets(_lines(stats)),
        answers_blocks(stats.answers, top),
        Heading(_("Known, by criterion"), 2),
        text(_(_OF_CRITERIA), "dim"),
        Bars(tuple(known)),
        Heading(_("Known, by section"), 2),
        text(_(_OF_SECTIONS), "dim"),
        _section_table(stats.sections),
        Heading(_("How old the facts are"), 2),
        text(_("By the date that the page itself gives, where it gives one."), "dim"),
        Bars(tuple(ages)),
        _files(_("The stalest files"), stalest, top),
        _files(_("The thinnest files"), thinnest, top),
    )


def _lines(stats: Stats) -> Iterator[str]:
    markets = sum(stats.markets.values())
    other = [
        _(_STATES[state], count=count) for state, count in stats.markets.items() if state in _STATES
    ]
    words = _(
        "{wallets:,} wallets, {markets:,} markets in {countries} countries",
        wallets=stats.wallets,
        markets=markets,
        countries=stats.countries,
    )
    yield with_brackets(words, in_a_row(other))
    yield _(
        "{facts:,} facts from {pages:,} pages ({sources:,} sources)",
        facts=stats.facts,
        pages=stats.pages,
        sources=stats.sources,
    )
    official = share_of(stats.official, stats.facts)
    yield _("{share} of the facts are from the operator or a public authority", share=official)
    if stats.second_hand:
        share = share_of(stats.second_hand, stats.facts)
        yield _("{share} are second hand: as another page quotes them", share=share)
    stale = share_of(stats.stale, stats.facts)
    yield _("{share} are stale: look at walletpick catalog stale", share=stale)
    if stats.oldest_rate:
        yield _("The oldest exchange rates are of {date}", date=stats.oldest_rate)


def _section_table(sections: Iterable[Section]) -> Table:
    rows = (
        (
            Cell(each.section, "strong"),
            f"{each.facts:,}" if each.section != "links" else "",
            share_of(each.official, each.facts),
            share_words(each.known) if each.known is not None else "",
        )
        for each in sections
    )
    columns = (
        Column(title=_("Section"), whole=True),
        *map(figures, (_("Facts"), _("Official"), _("Known"))),
    )
    return table(columns, rows)


def _files(title: str, files: Sequence[File], top: int) -> Iterator[Block]:
    rows = (
        (
            Cell(file.file, "strong"),
            str(file.facts),
            share_of(file.stale, file.facts),
            count_words(file.median_age_days, "day"),
            share_words(file.evidence) if file.evidence is not None else _("not ranked"),
        )
        for file in files[: top or None]
    )
    columns = (
        *(_("File"), figures(_("Facts")), figures(_("Stale"))),
        *(figures(_("Median age"), keep=5), figures(_("Evidence"))),
    )
    return section(title, table(columns, rows))


def _bar(label: str, share: Decimal, words: str) -> Bar:
    at = share * HUNDRED
    return bar(label, (at, at, at), HUNDRED, words)


# What to look at again.


def stale_page(facts: Sequence[AgedFact], days: int | None, top: int) -> Page:
    """Return the page of facts to look at again, `top` of them (0: all)."""
    if not facts and days is None:
        return page(text(_("No fact is older than the catalog allows.")))
    if not facts:
        return page(text(_("No fact is of {days} days or more.", days=days)))
    shown = facts[: top or None]
    columns = (
        figures(_("Points")),
        *(_("Wallet"), _("Fact")),
        Column(title=_("Dated"), whole=True),
        Column(title=_("Source"), keep=5),
    )
    rest = _("{count:,} more; --top 0 shows all.", count=len(facts) - len(shown))
    return page(
        Heading(_("Facts to look at again"), 1),
        text(_stale_words(len(facts), days)),
        table(columns, map(_stale_row, shown)),
        text(rest, "dim") if len(shown) < len(facts) else None,
    )


def _stale_words(count: int, days: int | None) -> str:
    """Return how many facts there are to look at, and what their order and points mean."""
    if days is None:
        how_many = ngettext(
            "{count} fact is older than the catalog allows",
            "{count} facts are older than the catalog allows",
            count,
        )
    else:
        how_many = ngettext(
            "{count} fact is of {days} days or more",
            "{count} facts are of {days} days or more",
            count,
            days=days,
        )
    return _(
        "{facts}; those that the first {first} places of the personas hang on most stand first."
        " Points: what the parts of the score that rest on the fact are worth in these places,"
        " summed over all personas and countries.",
        facts=how_many,
        first=FIRST,
    )


def _stale_row(fact: AgedFact) -> tuple[Cell | str, ...]:
    return (
        Cell(tenth(fact.points), "strong"),
        with_brackets(fact.called, fact.country),
        fact.text,
        fact.source.as_of or _("read {day}", day=fact.source.seen),
        Cell(fact.source.url, "dim"),
    )


def answers_blocks(answers: Answers, top: int) -> Iterator[Block]:
    """Yield the part of a page about a catalog's answers; long lists have `top` lines (0: all)."""
    yield Heading(_("Answers"), 2)
    if not answers.total.pairs:
        yield text(_("There is no persona to answer."))
        return
    what = _(
        "Of each persona in each country where its needs make sense: how many wallets are ranked."
        " Of those that rank any: whether the first is known to do every use, and has a known price"
        " for all of it."
    )
    yield text(what, "dim")
    yield bullets(_tally_lines(answers.total))
    personas = ((tally.name, tally) for tally in answers.personas)
    yield _tally_table(_("Persona"), [*personas, (_("all"), answers.total)])
    missing = [(country_name(each.name), each) for each in answers.countries if each.nobody]
    yield from section(
        _("Countries with the most personas that nobody is ranked for"),
        _tally_table(_("Country"), missing[: top or None]),
    )
    yield from section(_("Wallets that stand first most"), _firsts(answers.firsts[: top or None]))


def answers_change(old: Counts, new: Counts) -> Table:
    """Return the table of what answers a catalog gave and gives."""
    rows = zip(_figures(old), _figures(new), strict=True)
    return table(
        (_("Answers"), figures(_("before")), figures(_("after"))),
        ((title, was, now) for (title, was), (_title, now) in rows),
    )


def share_of(part: int, whole: int) -> str:
    """Return which share a part is of a whole; "" where there is no whole."""
    return share_words(Decimal(part) / whole) if whole else ""


def _tally_lines(total: Counts) -> Iterator[str]:
    of = total.pairs
    yield _(
        "{count} pairs of a persona and a country: {nobody} rank nobody, {one} one wallet, {two}"
        " two or more, {three} three or more",
        count=f"{of:,}",
        nobody=share_of(total.nobody, of),
        one=share_of(total.one, of),
        two=share_of(total.two_or_more, of),
        three=share_of(total.three_or_more, of),
    )
    if answered := total.answered:
        yield _(
            "{count} rank somebody: in {confirmed} the first is confirmed for every use, in"
            " {priced} its bill is known in full",
            count=f"{answered:,}",
            confirmed=share_of(total.confirmed, answered),
            priced=share_of(total.priced, answered),
        )


def _figures(total: Counts) -> list[tuple[str, str]]:
    """Return the title of each figure, and the figure."""

    def of(part: int, whole: int) -> str:
        share = share_of(part, whole)
        return with_brackets(f"{part:,}", share) if whole else ""

    return [
        (_("pairs of persona and country"), f"{total.pairs:,}"),
        (_("rank nobody"), of(total.nobody, total.pairs)),
        (_("rank one wallet"), of(total.one, total.pairs)),
        (_("rank two or more"), of(total.two_or_more, total.pairs)),
        (_("rank three or more"), of(total.three_or_more, total.pairs)),
        (_("first place confirmed for every use"), of(total.confirmed, total.answered)),
        (_("first place's bill known in full"), of(total.priced, total.answered)),
    ]


def _tally_table(title: str, rows: Iterable[tuple[str, Counts]]) -> Table:
    numbers = (
        *(_("Pairs"), _("Nobody"), _("One"), _("2 or more"), _("3 or more")),
        *(_("Confirmed"), _("Bill known")),
    )
    return table(
        (Column(title=title, whole=True), *map(figures, numbers)),
        (
            (
                Cell(name, "strong"),
                *(f"{of:,}" for of in (counts.pairs, counts.nobody, counts.one)),
                *(f"{of:,}" for of in (counts.two_or_more, counts.three_or_more)),
                *(f"{of:,}" for of in (counts.confirmed, counts.priced)),
            )
            for name, counts in rows
        ),
    )


def _firsts(firsts: Iterable[Firsts]) -> Table:
    return table(
        (_("Wallet"), *map(figures, (_("First"), _("Confirmed"), _("Bill known")))),
        (
            (
                Cell(one.name, "strong"),
                *(f"{of:,}" for of in (one.pairs, one.confirmed, one.priced)),
            )
            for one in firsts
        ),
    )


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


def diff_page(difference: Difference, old: str, new: str, top: int) -> Page:
    """Return the page: a summary, the facts, and what they do to people.

    `old` and `new` say which versions these are; no list has more than `top` lines (0: all).
    """
    changes, effects = difference.changes, difference.effects
    facts = [change for change in changes if change.wallet]
    made = [change for change in changes if change.file == WORKED_OUT]
    shared = [change for change in changes if not change.wallet and change.file != WORKED_OUT]
    firsts = _first_lines(effects)
    costs = [(effect, cost) for effect in effects for cost in effect.costs]
    costs.sort(key=lambda pair: -abs(pair[1].by_usd))
    direct = [pair for pair in costs if pair[1].direct]
    elsewhere = [pair for pair in costs if not pair[1].direct]
    moves = [(effect, move) for effect in effects for move in effect.moves]
    moves.sort(key=lambda pair: (pair[1].pushed, _best_rank(pair[1])))
    lists: list[tuple[str, str, Sequence[object], Callable[..., Plain]]] = [
        (_("Facts"), "change", facts, _bullets),
        (_("Rules, rates and personas"), "change", shared, _bullets),
        (_("First places that change hands"), "", firsts, bullets),
        (_("What a year costs in the markets that change"), "change", direct, _cost_table),
        (_("What a year costs elsewhere"), "change", elsewhere, _cost_table),
        (_("Who moves in the rankings"), "move", moves, _move_table),
        (_("Averages, worked out anew"), "change", made, _bullets),
    ]
    before, after = difference.answers.old, difference.answers.new
    return page(
        Heading(_("What changes in the catalog from {old} to {new}", old=old, new=new), 1),
        text(summary(difference), "strong"),
        None if before == after else answers_change(before, after),
        *(_folded(*each, top) for each in lists if each[2]),
    )


def _folded(
    title: str, noun: str, items: Sequence[object], show: Callable[..., Plain], top: int
) -> Details:
    """Return the first of a list of items, under a title that says how many there are."""
    count = count_words(len(items), noun) if noun else str(len(items))
    parts = [show(items[: top or None])]
    if top and len(items) > top:
        form = N_("{count:,} more; walletpick catalog diff --top 0 shows all.")
        parts.append(text(_(form, count=len(items) - top), "dim"))
    return Details(headed(title, count), tuple(parts))


def _best_rank(move: Move) -> int:
    return min((rank for rank in (move.old.rank, move.new.rank) if rank), default=10**6)


def _bullets(changes: Iterable[Change]) -> Bullets:
    return marked((_MARKS[change.kind], change.text) for change in changes)


def _first_lines(effects: Iterable[Effect]) -> list[str]:
    """Return each first place that changes hands: who had it, who has it, and why."""
    lines = []
    for effect in effects:
        if first := effect.first:
            old, new = (one.name if one else _("nobody") for one in (first.old, first.new))
            words = _("{old} -> {new}", old=old, new=new)
            change = with_brackets(words, _why_first(first, effect.moves))
            country, form = in_country(effect.country), N_("{persona} in {country}: {change}")
            lines.append(_(form, persona=effect.persona, country=country, change=change))
    return lines


def _why_first(first: First, moves: Iterable[Move]) -> str:
    """Return what became of the wallet that was first, and of the one that is."""
    words = []
    for move in moves:
        if first.new and move.wallet == first.new.wallet:
            was = _("{wallet} was {place}", wallet=move.name, place=_standing_words(move.old))
            words.append(_with_shifts(was, move))
        elif first.old and move.wallet == first.old.wallet:
            now = _("{wallet} is now {place}", wallet=move.name, place=_standing_words(move.new))
            words.append(_with_shifts(now, move))
    return apart(words)


def _with_shifts(words: str, move: Move) -> str:
    """Return words with what its own points changed by the most: "+1.8 for reaching a person"."""
    told = [shift for shift in move.shifts if abs(shift.points) >= _WORTH_SAYING][:2]
    if not told:
        return words
    shifts = clauses(
        _("{points} for {title}", points=_signed(s.points), title=catalog_text(s.title))
        for s in told
    )
    return headed(words, shifts)


def _by_criterion(move: Move) -> str:
    """Return what its own points changed by: "trust +1.8, cost -0.2"."""
    points: dict[str, Decimal] = {}
    for shift in move.shifts:
        points[shift.criterion] = points.get(shift.criterion, ZERO) + shift.points
    told = sorted(points.items(), key=lambda item: -abs(item[1]))
    words = [
        _("{name} {value}", name=_(name), value=_signed(by))
        for name, by in told
        if abs(by) >= _WORTH_SAYING
    ]
    return clauses(words) or (_("under 0.1") if told else "")


def _signed(points: Decimal) -> str:
    return f"{points:+.1f}"


def _cost_table(costs: Iterable[tuple[Effect, CostChange]]) -> Table:
    return table(
        (
            *_whom(),
            Column(title=_("First year before"), right=True),
            Column(title=_("after"), right=True),
            figures(_("more or less")),
        ),
        (
            (
                *(effect.persona, effect.country),
                Cell(cost.name, "strong"),
                _cost_words(cost.old, cost.new),
                _cost_words(cost.new, cost.old),
                Cell(_by_words(cost), "bad" if cost.by_usd > 0 else "good"),
            )
            for effect, cost in costs
        ),
    )


def _whom() -> tuple[Column | str, ...]:
    """Return the columns that say for whom, and of which wallet."""
    return Column(title=_("Persona"), whole=True), Column(title=_("In"), whole=True), _("Wallet")


def _cost_words(bill: Bill, other: Bill) -> str:
    """Return a cost with its range, and its plan where that is another than before."""
    words, plan = amount_words(bill.yearly), bill.candidate.plan
    if not bill.complete:
        words = clauses([words, _("not all known")])
    if plan == other.candidate.plan:
        return words
    return _(N_("{cost} on {plan}") if plan else N_("{cost} on no plan"), cost=words, plan=plan)


def _by_words(cost: CostChange) -> str:
    """Return by how much a year's cost changes: "+12.00 USD"; "" across two currencies."""
    if cost.by is None:
        return ""
    currency = cost.new.currency
    return f"{rounded(cost.by, currency) + 0:+,f} {currency}" if cost.by else _("the range")


def _move_table(moves: Iterable[tuple[Effect, Move]]) -> Table:
    return table(
        (*_whom(), _("Place (points)"), _("after"), _("Own points")),
        (
            (
                *(effect.persona, effect.country),
                Cell(move.name, "strong"),
                _place_words(move.old),
                _place_words(move.new),
                _("others moved") if move.pushed else _by_criterion(move),
            )
            for effect, move in moves
        ),
    )


def _place_words(standing: Standing) -> str:
    """Return where a market stands, for a column: "2 (71.4)"."""
    if standing.state == "ranked" and standing.score is not None:
        return f"{standing.rank} ({tenth(standing.score)})"
    return _standing_words(standing)


def _standing_words(standing: Standing) -> str:
    """Return where a market stands: "2 (71.4 points)", "left out: cannot send money"."""
    if standing.state == "ranked" and standing.score is not None:
        return _("{rank} ({points} points)", rank=standing.rank, points=tenth(standing.score))
    if standing.state == "absent":
        return _("not there")
    state = _("left out") if standing.state == "left out" else standing.state
    return headed(state, standing.why) if standing.why else state
