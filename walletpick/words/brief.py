"""Facts in few words: prices of one operation on a line, facts alike together, years only. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import chain, islice

from msgspec import structs

from walletpick.facts.model import FeeRule, Price, Source
from walletpick.facts.money import ZERO
from walletpick.facts.vocabulary import YOU
from walletpick.words.common import first_upper
from walletpick.words.phrases import joined, listed, operation_phrase, rule_scope, rule_words

# A line names so many prices of one operation.
_PRICES = 2
# Of so many kinds of use the prices are told.
_COSTS = 6
# So long is what the operator says in its own words.
_LINE = 66

# Operations and ways of money in fewer words than elsewhere.
_DOING = {
    "pay-abroad": "pay abroad",
    "send": "send at home",
    "send-abroad": "send abroad",
    "receive": "receive from home",
    "receive-abroad": "receive from abroad",
    "withdraw": "move to a bank or card",
    "convert": "change currency",
    "subscription": "the regular charge",
    "inactivity": "left unused",
}
_WAYS = {
    "balance": "from its balance",
    "bank-linked": "from a linked bank",
    "cash-agent": "in cash",
    "instant": "instant",
    "standard": "standard",
    "own-network": "to its own users",
    "other-network": "to others",
}


def year_mark(source: Source, stale: bool) -> str:
    """Return how old a fact is: "2026", "2020, old", "undated"; of an own one that it is that."""
    year = source.as_of[:4] if source.as_of else "undated"
    if source.publisher == YOU:
        year = f"yours, {year}"
    return f"{year}, old" if stale else year


def few_words(items: Sequence[str], most: int = 1) -> str:
    """Return the first of what is not known, and how many more there are: "a, and 7 more"."""
    if len(items) <= most + 1:
        return listed(items, "or")
    return f"{', '.join(items[:most])}, and {len(items) - most} more"


def told_words(facts: Iterable[tuple[str, str]], most: int) -> str:
    """Return facts, each a phrase with its mark, in one line: "pays bills and sends [2026]; ...".

    `most` are named; of more it is said how many there are.
    """
    pairs = list(facts)
    # One more than named is named, too: "and 1 more" is no shorter.
    named = pairs if len(pairs) <= most + 1 else pairs[:most]
    marks: dict[str, list[str]] = {}
    for words, mark in named:
        marks.setdefault(mark, []).append(words)
    text = "; ".join(f"{joined(dict.fromkeys(words))} [{mark}]" for mark, words in marks.items())
    left = len(pairs) - len(named)
    return f"{text}; and {left} more" if left else text


def costs_words(
    prices: Iterable[tuple[str, Sequence[tuple[FeeRule, str]]]], currency: str
) -> Iterator[str]:
    """Yield lines of prices, each with its mark: "Pay bills, recharge a phone: free [2026]".

    Operations of which the same is to say share a line. After some lines, the last names the rest.
    """
    lines: dict[str, list[str]] = {}
    for operation, rules in prices:
        lines.setdefault(_prices_words(rules, currency), []).append(operation)
    for words, operations in islice(lines.items(), _COSTS):
        yield f"{first_upper(', '.join(map(doing_words, operations)))}: {words}"
    if rest := [*chain(*islice(lines.values(), _COSTS, None))]:
        yield f"Priced too: {', '.join(map(doing_words, rest))} (--section fees)"


def doing_words(operation: str) -> str:
    """Return an operation in few words: "send abroad"."""
    return _DOING.get(operation) or operation_phrase(operation)


def _prices_words(rules: Sequence[tuple[FeeRule, str]], currency: str) -> str:
    prices: dict[tuple[str, str], list[str]] = {}
    in_cases = 0
    for rule, mark in rules:
        if (rule.when or rule.corridor) and prices:
            in_cases += 1
        else:
            prices.setdefault((price_words(rule, currency), mark), []).append(_way_words(rule))
    told: dict[str, list[str]] = {}
    for (words, mark), scopes in list(prices.items())[:_PRICES]:
        scope = _ways_words(list(dict.fromkeys(filter(None, scopes))))
        told.setdefault(mark, []).append(f"{words} ({scope})" if scope else words)
    parts = [f"{'; '.join(words)} [{mark}]" for mark, words in told.items()]
    left = max(len(prices) - _PRICES, 0) + in_cases
    return "; ".join([*parts, f"{left} more"] if left else parts)


def cut(words: str) -> str:
    """Return the beginning of what takes more than a line, cut behind a word if there are any."""
    if len(words) <= _LINE:
        return words
    line = words[:_LINE]
    return f"{(line.rpartition(' ')[0] or line).rstrip(',;:.')} ..."


def _ways_words(scopes: list[str]) -> str:
    """Return ways as one, a word that all begin with said once: "by debit card or credit card"."""
    heads = {scope.partition(" ")[0] for scope in scopes}
    if len(heads) == 1:
        scopes[1:] = [scope.partition(" ")[2] for scope in scopes[1:]]
    return listed(scopes, "or")


def _way_words(rule: FeeRule) -> str:
    """Return for what a rule is the price, its method in few words."""
    way = _WAYS.get(rule.method or "") if rule.operation != "withdraw" else None
    rest = rule_scope(structs.replace(rule, method=None) if way else rule)
    return ", ".join(filter(None, (way, rest)))


def price_words(rule: FeeRule, currency: str) -> str:
    """Return a price like `rule_words`, of bands or steps only the lowest and the highest."""
    rule = structs.replace(rule, pool=None)
    parts = _parts(rule)
    if not parts:
        return rule_words(rule, currency)
    by = "by the amount" if rule.bands else "by how much you have done in the month"
    if any(
        part.price == "unknown" or part.fx_markup_max is not None or part.min is not None
        for part in parts
    ):
        return f"differs {by}"
    percent, percent_max = _span(parts, "percent")
    fixed, fixed_max = _span(parts, "fixed")
    markup, markup_max = _span(parts, "fx_markup")
    most = [part.max for part in parts]
    plain = structs.replace(
        rule,
        bands=(),
        steps=(),
        percent=percent,
        percent_max=percent_max,
        fixed=fixed,
        fixed_max=fixed_max,
        # What is charged at most is known where it is of every part.
        max=rule.max if None in most else max(each for each in most if each is not None),
        fx_markup=markup,
        fx_markup_max=markup_max,
    )
    return f"{rule_words(plain, currency)} {by}"


def _parts(rule: FeeRule) -> list[Price]:
    """Return the prices that a rule has by amount or by use."""
    if rule.bands:
        return list(rule.bands)
    return [part for step in rule.steps for part in (step.bands or (step,))]


def _span(parts: Sequence[Price], name: str) -> tuple[Decimal | None, Decimal | None]:
    """Return the lowest of what parts charge, and the highest where that is another."""
    figures = [getattr(part, name) for part in parts]
    tops = [getattr(part, f"{name}_max") for part in parts]
    if all(figure is None for figure in figures):
        return None, None
    low = min(figure or ZERO for figure in figures)
    high = max(figure or ZERO for figure in (*figures, *tops))
    return low, high if high > low else None
