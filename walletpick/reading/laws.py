"""What must hold in a file of law, and between a law and its base."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from msgspec import structs

from walletpick.facts.law import Legal, all_rights, classes_of, items_of_law, with_bases
from walletpick.facts.model import Law, LawFee, LawLimit, Rates, Right, Time
from walletpick.facts.resolve import has_money
from walletpick.facts.vocabulary import ALL_CLASSES, LICENCE_CLASSES
from walletpick.language import N_, _
from walletpick.reading.checks import (
    check_sources,
    limit_faults,
    no_price,
    rule_faults,
    without_rate,
)
from walletpick.reading.problem import Fault, Problem, problem_at

# The fields of a right that hold a length of time, and those that hold a sum of money.
_TIMES, _SUMS = (
    [each.name for each in structs.fields(Right) if each.type == kind | None]
    for kind in (Time, Decimal)
)
_NO_CURRENCY = N_("in which currency? A sum of money needs it")
# What a right says nothing without.
_NEEDS = {
    "escalation": ("body",),
    "complaint-reply": ("within", "at_most"),
    "minimum-age": ("years",),
}


def check_law(law: Law, stem: str) -> Iterator[Fault]:
    """Yield the faults of one file of law; `stem` is the file's name without `.yaml`."""
    if law.country != stem:
        sentence = N_('the country is "{country}" but the file is named "{stem}": make them equal')
        yield law, _(sentence, country=law.country, stem=stem)
    if law.without and not law.base:
        yield law, _("without needs a base: there is nothing to take out")
    items = list(items_of_law(law))
    uses = ((item, key) for _, item in items for key in (item.source, *item.more_sources))
    yield from check_sources(law.sources, uses)
    for section, item in items:
        yield from ((item, message) for message in _faults(section, item))
    yield from _twice(law)


def _faults(section: str, item: Legal) -> Iterator[str]:
    if not item.applies_to:
        listed = ", ".join(LICENCE_CLASSES)
        sentence = N_("applies_to names nothing: expected {listed} or {all_classes}")
        yield _(sentence, listed=listed, all_classes=ALL_CLASSES)
    elif ALL_CLASSES in item.applies_to and len(item.applies_to) > 1:
        yield _(
            "applies_to names {all_classes} and others: {all_classes} stands alone",
            all_classes=ALL_CLASSES,
        )
    if isinstance(item, Right):
        yield from _right_faults(item)
    elif isinstance(item, LawFee):
        yield from _fee_faults(section, item)
    elif isinstance(item, LawLimit):
        yield from limit_faults(item)
        if has_money(item) and not item.currency:
            yield _(_NO_CURRENCY)


def _right_faults(right: Right) -> Iterator[str]:
    needs = _NEEDS.get(right.right, ())
    if needs and all(getattr(right, key) is None for key in needs):
        joined = _(" or ").join(needs)
        yield _("the right {right} says nothing without {joined}", right=right.right, joined=joined)
    if right.currency is None and any(getattr(right, key) for key in _SUMS):
        yield _(_NO_CURRENCY)
    for key in _TIMES:
        time: Time | None = getattr(right, key)
        units = time and [time.hours, time.days, time.months]
        if units and sum(unit is not None for unit in units) != 1:
            yield _("{key} needs exactly one of hours, days, months", key=key)
        elif time and time.working and time.days is None:
            yield _("{key}.working is about days", key=key)


def _fee_faults(section: str, fee: LawFee) -> Iterator[str]:
    if section == "taxes" and not fee.tax:
        yield _("what stands under taxes needs tax: true")
    if section == "fee_caps" and fee.tax:
        yield _("a tax stands under taxes")
    for message in rule_faults(fee):
        if not (fee.no_dearer_than and message == no_price()):
            yield message
    if has_money(fee) and not fee.currency:
        yield _(_NO_CURRENCY)


def _twice(law: Law) -> Iterator[Fault]:
    """Yield what is said twice of the same class of licence, with what is wrong with that."""
    seen: dict[Any, Legal] = {}
    for section, item in items_of_law(law):
        if not isinstance(item, Right | LawFee | LawLimit) or section == "taxes":
            continue
        keys = [(section, *_about(item), licence) for licence in sorted(classes_of(item))]
        if twice := next((key for key in keys if key in seen), None):
            what = " ".join(str(word) for word in _about(item) if word)
            sentence = N_(
                "{what} for {licence} stands in line {line} too: say it once, or say in when in"
                " which case each holds"
            )
            yield item, _(sentence, what=what, licence=twice[-1], line=seen[twice].line)
        for key in keys:
            seen.setdefault(key, item)


def _about(item: Right | LawFee | LawLimit) -> tuple[str | None, ...]:
    if isinstance(item, Right):
        return item.right, item.when, item.body, " ".join(sorted(item.about)) or None
    case = (" ".join(item.given) or None, item.when)
    if isinstance(item, LawFee):
        people = " ".join(item.for_) or None
        return item.operation, item.method, item.scheme, item.corridor, people, *case
    return item.what, item.operation, item.method, item.level, *case


def check_together(
    laws: Mapping[str, Law], files: Mapping[str, str], rates: Rates | None
) -> list[Problem]:
    """Return the errors between laws and their bases, and currencies without an exchange rate.

    `files` names the file of each law in messages. Only laws that are there can be checked: for one
    file alone this says nothing of bases.
    """
    problems = [
        problem_at(files[country], law, message)
        for country, law in laws.items()
        if law.base
        for message in _base_faults(law, laws)
    ]
    items = ((item, files[code]) for code, law in laws.items() for _, item in items_of_law(law))
    return problems + (without_rate(items, rates) if rates else [])


def _base_faults(law: Law, laws: Mapping[str, Law]) -> Iterator[str]:
    assert law.base
    base = laws.get(law.base)
    if base is None:
        yield _(
            "there is no law of {base}: add countries/{base}.yaml, or leave base out", base=law.base
        )
    elif with_bases(laws, law.base)[-1].base in laws:
        yield _(
            "the base {base} leads back to itself: the last law below must have no base",
            base=law.base,
        )
    else:
        given = {right.right for right in all_rights(laws, law.base)}
        for word in law.without:
            if word not in given:
                sentence = N_("without names {word}, which the base {base} does not give")
                yield _(sentence, word=word, base=law.base)
