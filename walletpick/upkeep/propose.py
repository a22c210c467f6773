"""A person's own facts -> the file of a wallet in the catalog with them, comments and all.

A fact of a country stands in the market of that country, in the place of what it replaces there.
Where the prices of an operation held in several countries, those that stay are written out in the
market: the narrowest place that speaks of an operation gives all of it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from msgspec import structs
from msgspec.structs import fields

from walletpick.facts.model import Limit, Market, Own, Protection, Source, Told, WalletFile
from walletpick.facts.overlay import PARTS, Saying, laid_over
from walletpick.facts.resolve import resolve
from walletpick.facts.walk import POSITION, content
from walletpick.language import N_, Said, _
from walletpick.person.known import source_of
from walletpick.reading.kinds import KINDS
from walletpick.reading.problem import Problem
from walletpick.reading.records import is_url, record_in
from walletpick.reading.strictyaml import Value, comments, read
from walletpick.reading.told import Untold, target_of, value_of
from walletpick.reading.writer import as_line, canonical

# Where a section stands below a market, if not under its own name.
_UNDER = {"channels": ("support", "channels"), "reply": ("support", "reply")}
_LISTS = ("fees", "limits", "protection")
# What is one fact for a market.
_ALONE = ("closing", "reply", "status")
_IDLE = N_("it changes nothing there")
_NO_PAGE = N_('the catalog needs the address of a page, not "{source}"')
_SEVERAL = N_(
    "the catalog has this limit by account level, or for some people only: change it there by hand"
)
# When a price or a limit holds; and what of a limit stays in a limit of its own, or is understood.
_CASES = ("provider", "for_", "given", "when", "bands", "steps")
_ELSEWHERE = ("amount", "count", "least", "currency")
# Below the ending of a country, what is nobody's own: "com.ph", "co.ke", "or.jp".
_SHARED = (
    *("ac", "co", "com", "ed", "edu", "fin", "go", "gob", "gov", "gouv", "id", "mil", "mobi"),
    *("ne", "net", "nom", "or", "org", "sch", "web"),
)

# The keys of sources, by the page and the day on which it was read.
_Names = dict[tuple[str, str], str]


class CannotPropose(Said):
    """The file cannot be changed; the message is one sentence or a list of problems."""


def _refused(problems: Sequence[Problem]) -> CannotPropose:
    lines = "\n".join(map(str, problems))
    return CannotPropose(lines)


@dataclass(frozen=True)
class Proposal:
    """The text of a file before and after, and which facts are not in it, each with the reason.

    By their country: `lost` is what the catalog said that is no longer in it, `kept` what still is
    of a price of which another part was told; both as the file writes them, with their old source.
    """

    before: str
    after: str
    left_out: tuple[tuple[Told, str], ...]
    lost: tuple[tuple[str, str], ...] = ()
    kept: tuple[tuple[str, str], ...] = ()


def proposal(path: Path, data: bytes, facts: Sequence[Told]) -> Proposal:
    """Return the file of a wallet with facts told of it. Raises CannotPropose."""
    shown = str(path)
    before, problems = canonical(data, KINDS["wallet"], path, shown)
    if before is None:
        raise _refused(problems)
    if before.encode() != data.replace(b"\r\n", b"\n"):
        raise CannotPropose('"{path}" is not in order: run walletpick catalog fmt first', path=path)
    text, left_out = before, []
    lost: list[tuple[str, str]] = []
    kept: list[tuple[str, str]] = []
    for country in dict.fromkeys(told.country for told in facts):
        here = [told for told in facts if told.country == country]
        no_page = [told for told in here if not is_url(told.source)]
        left_out += [(told, _(_NO_PAGE, source=told.source)) for told in no_page]
        fit = [told for told in here if told not in no_page]
        text, idle, owns = _with_market(text, shown, country, fit)
        left_out += idle
        for own in owns:
            lost += [(country, as_line(fact)) for fact in own.before for fact in _lost(fact, own)]
            if own.kept:
                stays = structs.replace(own.kept, note="", currency="")
                kept.append((country, as_line(stays)))
    after, problems = canonical(text.encode(), KINDS["wallet"], path, shown)
    if after is None:
        raise _refused(problems)
    return Proposal(
        before, after, tuple(left_out), tuple(dict.fromkeys(lost)), tuple(dict.fromkeys(kept))
    )


def _lost(fact: Any, own: Own) -> Iterator[Any]:
    """Yield what a fact of the catalog says that is in no part of the told one in its place.

    What was told is no loss: it stands there with another value.
    """
    if type(fact) is not type(own.fact):
        yield fact
        return
    lost = [
        field.name
        for field in fields(type(fact))
        if not field.required
        and field.name not in (*POSITION, *_ELSEWHERE)
        and getattr(fact, field.name) != field.default
        and getattr(own.fact, field.name) == field.default
    ]
    if any(name in _CASES for name in lost):
        # The price of a case is nothing without it.
        yield fact
    elif lost:
        others = (each for each in fields(type(fact)) if not each.required)
        yield structs.replace(
            fact, **{each.name: each.default for each in others if each.name not in lost}
        )


def _with_market(
    text: str, file: str, country: str, facts: Sequence[Told]
) -> tuple[str, list[tuple[Told, str]], tuple[Own, ...]]:
    """Return the text with facts of one country, those of them that are not in it, with why, and
    what stands for the others.
    """
    record = _record(text, file)
    market = resolve(record, file).markets.get(country)
    if market is None:
        return text, [(told, _(_IDLE)) for told in facts], ()
    names: _Names = {}
    for told in facts:
        if (told.source, told.seen) not in names:
            names[told.source, told.seen] = _source_name(record, told, names.values())
    changed, left_out = _told_market(market, country, facts, names)
    if not changed.own:
        return text, left_out, ()
    text = _with_sources(text, file, record, facts, names, changed)
    at = ("markets", country)
    if country not in record.markets:
        text = _put(text, file, (*at, "currency"), market.currency)
    for section in _LISTS:
        if any(own.section == section for own in changed.own):
            text = _with_list(text, file, at, section, changed)
    for own in changed.own:
        if own.section not in _LISTS:
            text = _put(text, file, (*at, *_place_of(own)), as_line(own.fact))
    _check_lists(text, file, country, changed)
    return text, left_out, changed.own


def _told_market(
    market: Market, country: str, facts: Sequence[Told], names: _Names
) -> tuple[Market, list[tuple[Told, str]]]:
    """Return a market with facts told of it, and those of them that change nothing, with why."""
    sayings: dict[int, Saying] = {}
    left_out: list[tuple[Told, str]] = []
    for number, told in enumerate(facts):
        target = target_of(told.fact)
        try:
            value, _kept = value_of(target, told.value, market.currency)
        except Untold:
            continue
        saying = Saying(target, value, names[told.source, told.seen], f"told[{number}]")
        if _is_of_several(market, country, saying):
            left_out.append((told, _(_SEVERAL)))
        else:
            sayings[number] = saying
    changed = laid_over(market, country, list(sayings.values()))
    # A part of a price counts with the others of it, so each is tried by leaving it out.
    by_hand = [told for told, _why in left_out]
    left_out += [
        (told, _(_IDLE))
        for number, told in enumerate(facts)
        if told not in by_hand
        and changed
        == laid_over(market, country, [each for n, each in sayings.items() if n != number])
    ]
    return changed, left_out


def _check_lists(text: str, file: str, country: str, changed: Market) -> None:
    """Check that a file gives a market the lists that it should have. Raises CannotPropose."""
    market = resolve(_record(text, file), file).markets[country]
    for section in _LISTS:
        facts, expected = _contents(market, section), _contents(changed, section)
        if len(facts) != len(expected) or any(each not in facts for each in expected):
            raise CannotPropose(
                '{section} of "{file}" hold in several countries: change them there by hand',
                section=section,
                file=file,
            )


def _is_of_several(market: Market, country: str, saying: Saying) -> bool:
    """Return whether a told limit stands for several of the catalog: which it is, is not told."""
    owns = laid_over(market, country, [saying]).own
    limits = [fact for own in owns for fact in own.before if isinstance(fact, Limit)]
    return len({(limit.level, *_scope(limit)) for limit in limits}) > 1 or any(
        any(_scope(limit)) for limit in limits
    )


def _scope(limit: Limit) -> tuple[Any, ...]:
    return limit.provider, limit.for_, limit.given, limit.when


def _contents(market: Market, section: str) -> list[Any]:
    return [content(fact) for fact in getattr(market, section)]


def _place_of(own: Own) -> tuple[str, ...]:
    place = _UNDER.get(own.section, (own.section,))
    return place if own.section in _ALONE else (*place, own.word)


def _with_list(text: str, file: str, at: tuple[str, ...], section: str, changed: Market) -> str:
    """Return the text with the prices, limits or covers of what was told of."""
    own = [each for each in changed.own if each.section == section]
    things = {_thing(fact) for each in own for fact in (each.fact, *each.before)}
    local = _record(text, file).markets[at[1]]
    there = {each.path: each for each in getattr(local, section)}
    held = [fact for fact in getattr(changed, section) if _thing(fact) in things]
    # What stands there stays at its place, also where it lost a plan or a measure.
    replaced: dict[str, Any] = {}
    new: list[Any] = []
    for fact in held:
        if fact.path in there and fact.path not in replaced:
            replaced[fact.path] = fact
        else:
            new.append(fact)
    added: list[Any] = []
    for fact in new:
        before = next((each.before for each in own if each.fact is fact), ())
        free = (each.path for each in before if each.path in there and each.path not in replaced)
        place = next(free, None)
        if place is None:
            added.append(fact)
        else:
            replaced[place] = fact

    def line(fact: Any) -> str:
        # What is in the market's currency need not say so.
        own = fact.currency == changed.currency
        return as_line(structs.replace(fact, currency="") if own else fact) + kept_beside(fact)

    def kept_beside(fact: Any) -> str:
        """Return a comment that says on which page the parts are that were not told."""
        kept = next((each.kept for each in changed.own if each.fact is fact), None)
        if not kept:
            return ""
        parts = (name for name in PARTS if getattr(kept, name) is not None)
        return f"  # {', '.join(parts)}: {kept.source}"

    lines: dict[int, list[str]] = {}
    for number, (place, old) in enumerate(there.items()):
        if place in replaced and line(replaced[place]) != line(old):
            lines[number] = [line(replaced[place])]
        elif place not in replaced and _thing(old) in things:
            lines[number] = []
    kin = [number for number, each in enumerate(there.values()) if _thing(each) in things]
    return _set_items(text, file, (*at, section), lines, [*map(line, added)], kin[-1:])


def _thing(fact: Any) -> str:
    """Return by what the narrowest place is believed: the operation, or the kind of cover."""
    return fact.kind if isinstance(fact, Protection) else fact.operation or ""


# Sources.


def _with_sources(
    text: str,
    file: str,
    record: WalletFile,
    facts: Sequence[Told],
    names: _Names,
    changed: Market,
) -> str:
    """Return the text with the sources of what counts in the market."""
    counted = {own.fact.source for own in changed.own}
    # Of several facts of one page, one says all that is said of it.
    for name, told in {names[told.source, told.seen]: told for told in facts}.items():
        if name in counted and name not in record.sources:
            text = _put(text, file, ("sources", name), _source_line(record, told))
    return text


def _source_name(record: WalletFile, told: Told, taken: Collection[str]) -> str:
    """Return the key of a source: that of the page as it was read on that day, or a new one."""
    for key, source in record.sources.items():
        if (source.url, source.seen) == (told.source, told.seen):
            return key
    host = source_of(told).title
    base = f"{re.sub('[^a-z0-9]+', '-', host.casefold()).strip('-')}-{told.seen}"
    name, number = base, 2
    while name in record.sources or name in taken:
        name, number = f"{base}-{number}", number + 1
    return name


def _source_line(record: WalletFile, told: Told) -> str:
    host = source_of(told).title
    source = Source(
        url=told.source,
        title=f"{record.name}, {host}",
        publisher="operator" if _is_operators(record, host) else "other",
        as_of=None,
        seen=told.seen,
    )
    return as_line(source)


def _is_operators(record: WalletFile, host: str) -> bool:
    """Return whether a site is the operator's, as far as the file knows its sites."""
    urls = [s.url for s in record.sources.values() if s.publisher == "operator"]
    urls += [record.website] if record.website else []
    return _site(host) in {_site(_host(url)) for url in urls}


def _site(host: str) -> str:
    """Return the part of a host that somebody registers: "gcash.com", "example.com.ph"."""
    labels = host.split(":")[0].casefold().split(".")
    shared = len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SHARED
    return ".".join(labels[-3 if shared else -2 :])


def _host(url: str) -> str:
    return url.partition("://")[2].partition("/")[0]


# The text, which is in its canonical layout: a fact is one line.


def _value(text: str, file: str) -> Value:
    value, problems = read(text.encode(), file)
    if value is None or problems:
        raise _refused(problems)
    return value


def _record(text: str, file: str) -> WalletFile:
    record, problems = record_in(text.encode(), WalletFile, file)
    if record is None:
        raise _refused(problems)
    return record


def _put(text: str, file: str, path: Sequence[str], line: str) -> str:
    """Return the text with a key, its value on one line, in the place of the one it had."""
    *above, key = path
    at, missing = _found(text, file, above)
    if missing or key not in at.keys:
        return _insert(text, at, [*missing, key], [f" {line}"])
    number, column = at.keys[key]
    rows = text.splitlines()
    end = _beside(text, [number]).get(number, "")
    rows[number - 1] = f"{' ' * (column - 1)}{key}: {line}{end}"
    return "\n".join(rows) + "\n"


def _found(text: str, file: str, path: Sequence[str]) -> tuple[Value, Sequence[str]]:
    """Return the last value on a path that is there, and the keys on from it that are not."""
    at = _value(text, file)
    for depth, key in enumerate(path):
        assert isinstance(at.data, dict)
        if key not in at.data:
            return at, path[depth:]
        at = at.data[key]
    return at, ()


def _set_items(
    text: str,
    file: str,
    path: Sequence[str],
    lines: dict[int, list[str]],
    added: list[str],
    after: list[int],
) -> str:
    """Return the text with items of a list replaced, and others behind one, or behind all."""
    at, missing = _found(text, file, path)
    if missing:
        return _insert(text, at, missing, [f"- {line}" for line in added])
    assert isinstance(at.data, list)
    indent = " " * (at.column - 1)
    numbers = [item.line for item in at.data]
    rows = text.splitlines()
    beside = _beside(text, [numbers[index] for index in lines])
    for index, new in lines.items():
        end = beside.get(numbers[index], "")
        # One comment: what follows the first sign of one is part of it.
        rows[numbers[index] - 1] = "\n".join(
            f"{indent}- {line}{end.replace('  # ', '; ', 1) if '  # ' in line else end}"
            for line in new
        )
    last = numbers[(after or [len(numbers) - 1])[0]] - 1
    rows[last] = "\n".join(filter(None, [rows[last], *(f"{indent}- {line}" for line in added)]))
    gone = {numbers[index] - 1 for index, new in lines.items() if not new}
    return "\n".join(row for n, row in enumerate(rows) if row or n not in gone) + "\n"


def _insert(text: str, block: Value, path: Sequence[str], lines: list[str]) -> str:
    """Return the text with a key at the end of a block; `canonical` puts it in its place."""
    indent = min(column for _, column in block.keys.values()) - 1
    new = [f"{' ' * (indent + 2 * depth)}{key}:" for depth, key in enumerate(path)]
    if lines[0].startswith("- "):
        new += [f"{' ' * (indent + 2 * len(path))}{line}" for line in lines]
    else:
        new[-1] += lines[0]
    rows = text.splitlines()
    end = _end(block)
    return "\n".join([*rows[:end], *new, *rows[end:]]) + "\n"


def _end(value: Value) -> int:
    """Return the last line of a value."""
    inner = value.data
    parts = inner.values() if isinstance(inner, dict) else inner if isinstance(inner, list) else ()
    return max([value.line, *map(_end, parts)])


def _beside(text: str, numbers: Iterable[int]) -> dict[int, str]:
    """Return the comments that stand beside something, by their lines; of these at the least."""
    rows = text.splitlines()
    if not any("#" in rows[number - 1] for number in numbers):
        return {}
    return {c.line: f"  {c.text}" for c in comments(text.encode()) if not c.alone}
