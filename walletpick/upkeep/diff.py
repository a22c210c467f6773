"""Two versions of a catalog -> what changed, in words, and what that does to people. Pure.

A fact is matched across the versions by what it is said for (`walk.identity`), so a changed price
is a change of one fact and not a fact less and a fact more. Where a line stands in its file, and
the key that a source goes by, change nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import partial
from itertools import zip_longest
from typing import Any, Literal

from msgspec import Struct, structs

from walletpick.facts.characters import cut
from walletpick.facts.law import FOLDER
from walletpick.facts.model import Catalog, Incident, Market, Source, Statement, Survey, Wallet
from walletpick.facts.places import in_country
from walletpick.facts.resolve import has_money
from walletpick.facts.walk import CLAIMS, Item, content, identity, is_wide, items_of, place_of
from walletpick.language import ENGLISH, N_, _, language, ngettext, percent_words, pgettext, spaced
from walletpick.upkeep.answers import AnswersChange, answers_of
from walletpick.upkeep.effects import SHARED, Effect, effects
from walletpick.upkeep.trees import Tree, both, differing, tree_of
from walletpick.words.facts import source_mark, title_words, value_words
from walletpick.words.phrases import (
    apart,
    clauses,
    count_words,
    date_words,
    figure,
    in_a_row,
    yes_no,
)

# The file that is worked out from the others.
WORKED_OUT = "averages.yaml"
# The longest text of a value that is shown whole.
_LONGEST = 300
_KINDS = {"added": N_("added"), "removed": N_("removed"), "changed": N_("changed")}
_COUNTED_KINDS = {
    "added": N_("{count} added"),
    "removed": N_("{count} removed"),
    "changed": N_("{count} changed"),
}


class Change(Struct, frozen=True, kw_only=True):
    """One thing that changed, in words: where it stands, what it is, what it was and what it is.

    `section` is a key of the file; without `wallet` (its id) and `name` it is in a file that all
    wallets share. `old` is None for what is new, `new` for what is gone. `path` leads to it in its
    file, in the new version if it is there. `key` and `source` are of the fact that says it.
    """

    file: str
    wallet: str = ""
    name: str = ""
    country: str = ""
    # Where it holds, if not in one country: "everywhere", or the name of a group.
    place: str = ""
    section: str
    what: str
    old: str | None = None
    new: str | None = None
    path: str = ""
    key: str = ""
    source: Source | None = None

    @property
    def kind(self) -> Literal["added", "removed", "changed"]:
        """Whether it is new, gone, or another."""
        if self.old is None:
            return "added"
        return "removed" if self.new is None else "changed"

    @property
    def text(self) -> str:
        """The change on one line: "PayPal (DE): withdraw: 1 % -> 1.5 %, source fees, 2026-05"."""
        place = self.country or self.place
        where = self.name or self.file
        if place:
            where = _("{words} ({more})", words=self.name, more=place)
        old, new = (cut(value or "", _LONGEST) for value in (self.old, self.new))
        if self.kind == "changed":
            words = _("{what}: {old} -> {new}", what=self.what, old=old, new=new)
        else:
            words = _("{name}: {value}", name=_(_KINDS[self.kind]), value=self.what)
            if new or old:
                words = _("{name}: {value}", name=words, value=new or old)
        if self.source:
            words = clauses([words, source_mark(self.key, self.source)])
        return _("{name}: {value}", name=where, value=words)


# What makes a change in some place: `Change` with what is already known of it.
Make = Callable[..., Change]


class Difference(Struct, frozen=True, kw_only=True):
    """All that differs. `compared` is how many pairs of persona and country were ranked twice."""

    answers: AnswersChange
    changes: tuple[Change, ...]
    compared: int
    effects: tuple[Effect, ...]


def difference(old: Catalog, new: Catalog, today: date) -> Difference:
    """Return what differs between two versions of a catalog, both as they read on one day."""
    old, renamed = _with_new_ids(old, new)
    compared, touched = effects(old, new, today)
    changes = (*renamed, *_changes(old, new))
    answers = AnswersChange(old=answers_of(old, today).total, new=answers_of(new, today).total)
    return Difference(changes=changes, effects=touched, compared=compared, answers=answers)


def _with_new_ids(old: Catalog, new: Catalog) -> tuple[Catalog, list[Change]]:
    """Return the old version with the ids that wallets have now, and which have another.

    A wallet that is gone and one that has come are the same when most of their pages are, and
    their name or operator is.
    """
    ids = [{wallet.id for wallet in catalog.wallets} for catalog in (old, new)]
    come = [wallet for wallet in new.wallets if wallet.id not in ids[0]]
    wallets: list[Wallet] = []
    renamed = []
    for wallet in old.wallets:
        now = None
        if wallet.id not in ids[1]:
            now = next((other for other in come if _same_wallet(wallet, other)), None)
        if now is not None:
            come.remove(now)
            renamed.append(_of(now)(section="id", what="id", old=wallet.id, new=now.id))
            wallet = structs.replace(wallet, id=now.id)
        wallets.append(wallet)
    if renamed:
        old = structs.replace(old, wallets=tuple(sorted(wallets, key=lambda each: each.id)))
    return old, renamed


def _same_wallet(one: Wallet, other: Wallet) -> bool:
    if one.name != other.name and (one.operator is None or one.operator != other.operator):
        return False
    pages = [{source.url for source in wallet.sources.values()} for wallet in (one, other)]
    return 2 * len(pages[0] & pages[1]) > max(map(len, pages))


# What changed.


def _changes(old: Catalog, new: Catalog) -> Iterator[Change]:
    before = {wallet.id: wallet for wallet in old.wallets}
    after = {wallet.id: wallet for wallet in new.wallets}
    for _id, one, other in both(before, after):
        if one and other:
            if content(one) != content(other):
                yield from _wallet_changes(one, other)
        elif one:
            yield _of(one)(section="wallet", what=_("the wallet"), old=_wallet_words(one))
        elif other:
            yield _of(other)(section="wallet", what=_("the wallet"), new=_wallet_words(other))
    for name in SHARED:
        trees = tree_of(getattr(old, name)), tree_of(getattr(new, name))
        yield from _values(partial(Change, file=f"{name}.yaml"), *trees, hidden=_STRUCTURE)
    for country, *laws in both(old.laws, new.laws):
        was, now = (tree_of(law) if law else {} for law in laws)
        here = partial(Change, file=f"{FOLDER}/{country}.yaml")
        yield from _values(here, was, now, hidden=_STRUCTURE)
    for name, *personas in both(old.personas, new.personas):
        was, now = ({name: tree_of(needs)} if needs else {} for needs in personas)
        here = partial(Change, file=f"personas/{name}.yaml")
        yield from _values(here, was, now, hidden=_STRUCTURE)
    for name, *surveys in both(old.surveys, new.surveys):
        yield from _survey_changes(name, *surveys)


def _survey_changes(name: str, old: Survey | None, new: Survey | None) -> Iterator[Change]:
    """Yield what changed in a survey; one that has come or gone whole is one change."""
    whole = [_count_words(survey) for survey in (old, new)]
    here = partial(Change, file=f"quotes/{name}.yaml")
    if old is None or new is None:
        yield here(
            section="quotes", what=_("the survey {name}", name=name), old=whole[0], new=whole[1]
        )
        return
    yield from _values(here, tree_of(old.head, ("file",)), tree_of(new.head, ("file",)))
    here = partial(Change, file=f"quotes/{name}.csv")
    yield from _values(here, _tree_of_quotes(old), _tree_of_quotes(new), hidden=("quotes",))


def _count_words(survey: Survey | None) -> str | None:
    if survey is None:
        return None
    listed = [quotes for countries in survey.quotes.values() for quotes in countries.values()]
    rows, wallets = sum(map(len, listed)), len(survey.quotes)
    return _(
        "{name}, {period}: {quotes} of {wallets}",
        name=survey.head.name,
        period=survey.head.period,
        quotes=count_words(rows, "quote"),
        wallets=count_words(wallets, "wallet"),
    )


def _tree_of_quotes(survey: Survey) -> Tree:
    """Return quotes by what each is of; services alike stand beside each other."""
    tree: dict[str, str] = {}
    for wallet, countries in survey.quotes.items():
        for quote in (quote for quotes in countries.values() for quote in quotes):
            way = f"{quote.from_}-{quote.to} {quote.method}"
            key = f"{wallet} {way}, {figure(quote.usd)} USD"
            words = " + ".join(
                percent_words(figure(part)) for part in (quote.fee_percent, quote.margin_percent)
            )
            tree[key] = _("{one}, or {other}", one=tree[key], other=words) if key in tree else words
    return {"quotes": tree}


def _of(wallet: Wallet, country: str = "") -> Make:
    return partial(Change, file=wallet.file, wallet=wallet.id, name=wallet.name, country=country)


def _wallet_changes(old: Wallet, new: Wallet) -> Iterator[Change]:
    here = _of(new)
    apart = ("id", "sources", "markets", "notes")
    yield from _values(here, tree_of(old, apart), tree_of(new, apart))
    gone = [note for note in old.notes if note not in new.notes]
    come = [note for note in new.notes if note not in old.notes]
    for was, now in zip_longest(gone, come):
        yield here(section="notes", what=_("notes"), old=was, new=now)
    yield from _source_changes(old, new)
    wide: set[Change] = set()
    for country in sorted({*old.markets, *new.markets}):
        whole = {
            "section": "markets",
            "what": _("the market of {country}", country=in_country(country)),
            "path": f"markets.{country}",
        }
        if country not in new.markets:
            yield _of(old, country)(**whole, old=_facts_words([old.markets[country]]))
        elif country not in old.markets:
            yield _of(new, country)(**whole, new=_facts_words([new.markets[country]]))
        else:
            for change in _market_changes(old, new, country):
                if is_wide(change.path):
                    # It is the same in every country of the place.
                    place = place_of(change.path)
                    change = structs.replace(change, country="", place=place)
                    if change in wide:
                        continue
                    wide.add(change)
                yield change


# Keys of shared files that only hold others together.
_STRUCTURE = ("rules", "criteria", "parts", "best_of", "all_of", "use", "value")


def _values(here: Make, old: Tree, new: Tree, hidden: Sequence[str] = ()) -> Iterator[Change]:
    """Yield where two trees of values differ, named by the keys that lead there but the hidden."""
    for keys, was, now in differing(old, new):
        names = [key.replace("_", " ") for key in keys if key not in hidden]
        yield here(section=keys[0], what=", ".join(names) or keys[-1], old=was, new=now)


def _source_changes(old: Wallet, new: Wallet) -> Iterator[Change]:
    """Yield the sources that changed. One that has another key and the same address is the same."""
    here = partial(_of(new), section="sources")
    gone = {key: source for key, source in old.sources.items() if key not in new.sources}
    for key, source in new.sources.items():
        was = key
        if key not in old.sources:
            was = next((k for k, s in gone.items() if s.url == source.url), "")
            gone.pop(was, None)
        at = partial(here, what=_("source {key}", key=key), path=source.path)
        if was not in old.sources:
            yield at(new=_source_words(source))
            continue
        before, after = _told(was, old.sources[was]), _told(key, source)
        unlike = [name for name in after if before[name] != after[name]]
        if unlike:
            texts = [
                clauses(_("{name} {value}", name=_(name), value=t[name]) for name in unlike)
                for t in (before, after)
            ]
            yield at(old=texts[0], new=texts[1])
    for key, source in gone.items():
        yield here(what=_("source {key}", key=key), path=source.path, old=_source_words(source))


def _source_words(source: Source) -> str:
    return clauses([source.title, source.publisher, date_words(source), source.url])


def _told(key: str, source: Source) -> dict[str, str]:
    """Return what is told of a source, each with its name, which is said later."""
    return {
        N_("key"): key,
        N_("title"): source.title,
        N_("publisher"): source.publisher,
        N_("address"): source.url,
        N_("dated"): source.as_of or _("not at all"),
        N_("read"): source.seen,
        N_("second hand"): yes_no(source.second_hand),
    }


def _market_changes(old: Wallet, new: Wallet, country: str) -> Iterator[Change]:
    here = _of(new, country)
    before, after = old.markets[country], new.markets[country]
    yield from _values(here, _own_values(before), _own_values(after))
    for was, now in _matched(list(items_of(before)), list(items_of(after))):
        if was and now:
            sources = old.sources[was.fact.source], new.sources[now.fact.source]
            yield from _fact_changes(here, was, now, sources)
        elif was:
            source = old.sources[was.fact.source]
            yield _fact_change(here, was, source)(what=title_words(was), old=value_words(was))
        elif now:
            source = new.sources[now.fact.source]
            yield _fact_change(here, now, source)(what=title_words(now), new=value_words(now))


def _fact_change(here: Make, item: Item, source: Source) -> Make:
    fact = item.fact
    return partial(here, section=item.section, path=fact.path, key=fact.source, source=source)


def _fact_changes(
    here: Make, old: Item, new: Item, sources: tuple[Source, Source]
) -> Iterator[Change]:
    """Yield what a fact says anew; then, each on a line of its own, its source and its note."""
    title = title_words(new)
    at = _fact_change(here, new, sources[1])
    for what, was, now in _words_anew(old, new):
        yield at(what=what, old=was, new=now)
    at = partial(here, section=new.section, path=new.fact.path)
    if sources[0].url != sources[1].url:
        marks = [
            source_mark(item.fact.source, source).removeprefix(_("source "))
            for item, source in zip((old, new), sources, strict=True)
        ]
        yield at(what=_("{title}: source", title=title), old=marks[0], new=marks[1])
    if old.fact.note != new.fact.note:
        notes = [item.fact.note or _("none") for item in (old, new)]
        yield at(what=_("{title}: note", title=title), old=notes[0], new=notes[1])


def _words_anew(old: Item, new: Item) -> Iterator[tuple[str, str, str]]:
    """Yield what is about what, and its words before and after, where a fact says something else.

    What the words do not show is told by its keys.
    """
    keys = list(differing(_tree_of_fact(old), _tree_of_fact(new)))
    if not keys:
        return
    titles = title_words(old), title_words(new)
    values = value_words(old), value_words(new)
    if titles[0] != titles[1]:
        yield _("{section}: what it is for", section=new.section), *titles
    if values[0] != values[1]:
        yield titles[1], *values
    if titles[0] == titles[1] and values[0] == values[1]:
        for path, was, now in keys:
            what = _("{name}: {value}", name=titles[1], value=".".join(path))
            yield what, was or _("not said"), now or _("not said")


def _own_values(market: Market) -> Tree:
    """Return what a market says without a source: its currency, operator, kind and pages."""
    said = {key: getattr(market, key) for key in ("currency", "operator", "kind")}
    tree = said | {"links": tree_of(market.links)}
    return {key: value for key, value in tree.items() if value}


def _matched(old: Sequence[Item], new: Sequence[Item]) -> Iterator[tuple[Item | None, Item | None]]:
    """Yield the facts of two versions of a market in pairs, the new ones in their order.

    Facts that are said for the same belong together; among several of those, the ones that say the
    same. Of what is left, a fact that says exactly the same for something else is taken for one
    whose scope was corrected.
    """
    partner: dict[int, int] = {}
    left, rest = list(range(len(old))), list(range(len(new)))

    def match(alike: Callable[[Item], object]) -> None:
        """Pair what is alike and still without a partner."""
        keys = {number: alike(old[number]) for number in left}
        for number in list(rest):
            key = alike(new[number])
            like = next((n for n in left if keys[n] == key), None)
            if like is not None:
                partner[number] = like
                left.remove(like)
                rest.remove(number)

    match(lambda item: (identity(item), _says(item), item.fact.note))
    match(lambda item: (identity(item), _says(item)))
    match(lambda item: (identity(item), getattr(item.fact, "per", None)))
    match(identity)
    match(lambda item: (item.section, item.word, _aim(item), _beside_scope(item)))
    match(_told_by)
    for number, item in enumerate(new):
        yield (old[partner[number]] if number in partner else None), item
    for number in left:
        yield old[number], None


def _told_by(item: Item) -> object:
    """Return what stays while a text is reworded: who tells it. Equal to nothing for the rest."""
    if isinstance(item.fact, Statement | Incident):
        return item.section, item.word, item.fact.source
    return object()


def _aim(item: Item) -> object:
    """Return what a fact is about at the least: a fee of one operation is never another's."""
    fact = item.fact
    return getattr(fact, "operation", None), getattr(fact, "what", None), getattr(fact, "tax", None)


# The keys that say for whom, where and when a fact holds.
_SCOPE = (
    "method", "plan", "corridor", "countries", "provider", "for", "level", "given", "when",
    "surcharge", "of", "about", "paid_by", "body", "store", "date", "text",
)  # fmt: skip


def _tree_of_fact(item: Item) -> Tree:
    """Return what a fact says, key by key, without its source and note."""
    unsaid = () if has_money(item.fact) else ("currency",)
    return tree_of(item.fact, ("source", "note", *unsaid))


def _says(item: Item) -> Any:
    return content(item.fact, ("source", "note"))


def _beside_scope(item: Item) -> Any:
    tree = _tree_of_fact(item)
    rest = {key: value for key, value in tree.items() if key not in _SCOPE}
    # A fact without anything beside its scope, such as an incident, is the same only as a whole.
    return rest if len(rest.keys() - {"currency"}) > 1 else tree


# Words.


def _wallet_words(wallet: Wallet) -> str:
    return _(
        "{markets} ({countries}), {facts}",
        markets=count_words(len(wallet.markets), "market"),
        countries=in_a_row(wallet.markets),
        facts=_facts_words(wallet.markets.values()),
    )


def _facts_words(markets: Iterable[Market]) -> str:
    """Return how many facts there are: "3 facts (1 fee, 2 claims)"."""
    sections = [item.section for market in markets for item in items_of(market)]
    if not sections:
        return _("no facts")
    counts = {
        "fee": sections.count("fees"),
        "limit": sections.count("limits"),
        "claim": sum(section in CLAIMS for section in sections),
    }
    words = [count_words(count, noun) for noun, count in counts.items() if count]
    if rest := len(sections) - sum(counts.values()):
        words.append(pgettext("facts", "{count} other", count=rest))
    return _("{words} ({more})", words=count_words(len(sections), "fact"), more=in_a_row(words))


def summary(difference: Difference) -> str:
    """Return in two sentences what changed and what it does."""
    rows = difference.changes
    counted = [row for row in rows if row.file != WORKED_OUT]
    if not rows:
        return _("Nothing changes.")
    sentences = [_counted_words(counted)] if counted else []
    if any(row.file == WORKED_OUT for row in rows):
        sentences.append(_("The averages that stand in for what is unknown change."))
    sentences.append(_effects_words(difference))
    words = " ".join(sentences)
    return words if language() == ENGLISH else spaced(words)


def _counted_words(rows: Sequence[Change]) -> str:
    """Return how many changes there are, of which kinds, and where."""
    kinds = in_a_row(
        _(_COUNTED_KINDS[kind], count=sum(row.kind == kind for row in rows))
        for kind in _KINDS
        if any(row.kind == kind for row in rows)
    )
    changes = count_words(len(rows), "change")
    wallets = {row.wallet for row in rows if row.wallet}
    if not wallets:
        return _("{changes} ({kinds}).", changes=changes, kinds=kinds)
    where = count_words(len(wallets), "wallet")
    there = sum(bool(row.wallet) for row in rows)
    if there == len(rows):
        return _("{changes} in {wallets} ({kinds}).", changes=changes, wallets=where, kinds=kinds)
    return _(
        "{changes}, {count:,} of them in {wallets} ({kinds}).",
        changes=changes,
        count=there,
        wallets=where,
        kinds=kinds,
    )


def _effects_words(difference: Difference) -> str:
    """Return what the changes do to people."""
    effects = difference.effects
    if not effects:
        return _("No persona's cost or ranking changes.")
    costs = sum(len(effect.costs) for effect in effects)
    direct = sum(cost.direct for effect in effects for cost in effect.costs)
    moves = sum(len(effect.moves) for effect in effects)
    touched = []
    if costs:
        touched.append(
            _(
                "a year costs another sum in {cases} ({direct} in the markets that change)",
                cases=count_words(costs, "case"),
                direct=direct,
            )
        )
    if moves:
        touched.append(
            ngettext(
                "{count} place in the rankings changes",
                "{count} places in the rankings change",
                moves,
            )
        )
    touched.append(_first_words(sum(effect.first is not None for effect in effects)))
    return _(
        "For people: in {count} of {rankings} by persona and country, {touched}.",
        count=len(effects),
        rankings=count_words(difference.compared, "ranking"),
        touched=apart(touched),
    )


def _first_words(count: int) -> str:
    if not count:
        return _("no first place changes hands")
    return ngettext("{count} first place changes hands", "{count} first places change hands", count)
