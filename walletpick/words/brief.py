"""Facts in few words: prices of one operation on a line, facts alike together, years only. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import chain, islice

from msgspec import structs

from walletpick.facts.model import FeeRule, Price, Source
from walletpick.facts.money import ZERO
from walletpick.facts.vocabulary import YOU, opposite
from walletpick.language import ENGLISH, N_, _, headed, language, with_brackets
from walletpick.words.common import first_upper
from walletpick.words.phrases import (
    apart,
    by_key,
    clauses,
    in_a_row,
    joined,
    listed,
    operation_phrase,
)
from walletpick.words.prices import rule_scope, rule_words

# A line names so many prices of one operation.
_PRICES = 2
# Of so many kinds of use the prices are told.
_COSTS = 4
# So long is what the operator says in its own words.
_LINE = 66
# A figure at its end may be so much longer.
_OVER = 16

# Operations and ways of money in fewer words than elsewhere.
_DOING = {
    "pay-abroad": N_("pay abroad"),
    "send": N_("send at home"),
    "send-abroad": N_("send abroad"),
    "receive": N_("receive from home"),
    "receive-abroad": N_("receive from abroad"),
    "withdraw": N_("move to a bank or card"),
    "convert": N_("change currency"),
    "subscription": N_("the regular charge"),
    "inactivity": N_("leave it unused"),
}
_WAYS = {
    "balance": N_("from its balance"),
    "bank-linked": N_("from a linked bank"),
    "cash-agent": N_("in cash"),
    "instant": N_("instant"),
    "standard": N_("standard"),
    "own-network": N_("to its own users"),
    "other-network": N_("to others"),
}


def year_mark(source: Source, stale: bool) -> str:
    """Return how old a fact is: "2026", "2020, old", "undated"; of an own one that it is that."""
    year = source.as_of[:4] if source.as_of else _("undated")
    if source.publisher == YOU:
        year = _("yours, {year}", year=year)
    return _("{year}, old", year=year) if stale else year


def few_words(items: Sequence[str], most: int = 1) -> str:
    """Return the first of what is not known, and how many more there are: "a, and 7 more"."""
    if len(items) <= most + 1:
        return listed(items, "or")
    return _("{items}, and {count} more", items=in_a_row(items[:most]), count=len(items) - most)


def told_words(facts: Iterable[tuple[str, str]], most: int) -> str:
    """Return facts, each a phrase with its mark, in one line: "pays bills and sends [2026]; ...".

    `most` are named; of more it is said how many there are.
    """
    pairs = list(facts)
    # One more than named is named, too: "and 1 more" is no shorter.
    named = pairs if len(pairs) <= most + 1 else pairs[:most]
    marks = by_key((mark, words) for words, mark in named)
    text = apart(f"{joined(dict.fromkeys(words))} [{mark}]" for mark, words in marks.items())
    left = len(pairs) - len(named)
    return apart([text, _("and {count} more", count=left)]) if left else text


def costs_words(prices: Iterable[tuple[str, Sequence[tuple[FeeRule, str]]]]) -> Iterator[str]:
    """Yield lines of prices, each with its mark: "Pay bills, recharge a phone: free [2026]".

    Operations of which the same is to say share a line. After some lines, the last names the rest.
    """
    lines = by_key((_prices_words(rules), operation) for operation, rules in prices)
    for words, operations in islice(lines.items(), _COSTS):
        uses = first_upper(in_a_row(map(doing_words, operations)))
        yield headed(uses, words)
    if rest := [*chain(*islice(lines.values(), _COSTS, None))]:
        yield _("Priced too: {uses} (--section fees)", uses=in_a_row(map(doing_words, rest)))


def doing_words(operation: str) -> str:
    """Return an operation in few words: "send abroad"."""
    return _(_DOING[operation]) if operation in _DOING else operation_phrase(operation)


def _prices_words(rules: Sequence[tuple[FeeRule, str]]) -> str:
    prices: dict[tuple[str, str], list[FeeRule]] = {}
    in_cases = 0
    for rule, mark in rules:
        if (rule.when or rule.corridor) and prices:
            in_cases += 1
        else:
            prices.setdefault((price_words(rule), mark), []).append(rule)
    told: dict[str, list[str]] = {}
    for (words, mark), alike in list(prices.items())[:_PRICES]:
        scopes = map(_way_words, _either_way(alike))
        scope = _ways_words(list(dict.fromkeys(filter(None, scopes))))
        priced = with_brackets(words, scope)
        told.setdefault(mark, []).append(priced)
    parts = [f"{apart(words)} [{mark}]" for mark, words in told.items()]
    left = max(len(prices) - _PRICES, 0) + in_cases
    return apart([*parts, _("{count} more", count=left)] if left else parts)


def _either_way(rules: Sequence[FeeRule]) -> list[FeeRule]:
    """Return rules of one price; what holds whether or not ("online", "no-online") without that."""

    def rest(rule: FeeRule, word: str) -> tuple[str, tuple[str, ...]]:
        others = tuple(each for each in rule.given if each != word)
        return _way_words(structs.replace(rule, given=())), others

    found = []
    for rule in rules:
        open_ = [
            word
            for word in rule.given
            if any(
                opposite(word) in other.given and rest(other, opposite(word)) == rest(rule, word)
                for other in rules
            )
        ]
        given = tuple(word for word in rule.given if word not in open_)
        found.append(structs.replace(rule, given=given))
    return found


# What stands together: a word or a figure with its groups of digits and its currency or unit.
_TOGETHER = re.compile(
    r"[(+]?\d[\w.,:/+-]*(?: [(+]?\d[\w.,:/+-]*\)?)*(?: (?:[A-Z]{3}\b|%))?|[A-Za-z0-9][\w.,:/@+-]*"
)


def cut(words: str) -> str:
    """Return the beginning of what takes more than a line, cut behind a word if there are any.

    A figure is never cut, nor what leads to one: "forward it to 456 ...", and not "to ...".
    """
    chinese = language() != ENGLISH
    # Chinese letters are twice as wide, and have no words to cut behind.
    most = _LINE // 2 if chinese else _LINE
    if len(words) <= most:
        return words
    end = most if chinese else words.rfind(" ", 0, most + 1)
    end = most if end < 1 else end
    # Better a whole clause than the beginning of the next.
    clause = max(words.rfind(sign, 0, end) for sign in ";；")
    if clause > most // 3:
        end = clause
    for each in _TOGETHER.finditer(words):
        # The figure that comes next is what the words before it are about.
        near = each.start() <= end + 1 if each[0][0] in "0123456789+(" else each.start() < end
        if near and end < each.end() <= most + _OVER:
            end = each.end()
            break
    line = words[:end].rstrip(" ,;:.，；：。、")
    if line == words.rstrip(" ,;:.，；：。、"):
        return words
    return f"{line}……" if chinese else f"{line} ..."


def _ways_words(scopes: list[str]) -> str:
    """Return ways as one, a word that all begin with said once: "by debit card or credit card"."""
    heads = {scope.partition(" ")[0] for scope in scopes}
    if len(heads) == 1 and language() == ENGLISH:
        scopes[1:] = [scope.partition(" ")[2] for scope in scopes[1:]]
    return listed(scopes, "or")


def _way_words(rule: FeeRule) -> str:
    """Return for what a rule is the price, its method in few words."""
    way = _WAYS.get(rule.method or "") if rule.operation != "withdraw" else None
    rest = rule_scope(structs.replace(rule, method=None) if way else rule)
    return clauses(filter(None, (way and _(way), rest)))


def price_words(rule: FeeRule) -> str:
    """Return a price like `rule_words`, of bands or steps only the lowest and the highest."""
    rule = structs.replace(rule, pool=None)
    parts = _parts(rule)
    if not parts:
        return rule_words(rule)
    if any(
        part.price == "unknown" or part.fx_markup_max is not None or part.min is not None
        for part in parts
    ):
        if rule.bands:
            return _("differs by the amount")
        return _("differs by how much you have done in the month")
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
    words = rule_words(plain)
    if rule.bands:
        return _("{price} by the amount", price=words)
    return _("{price} by how much you have done in the month", price=words)


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
