"""A compiled catalog from outside, held to everything that a catalog in files is held to.

Its records are written as such files again, in memory, and read by the reader of files: whatever
that refuses in a file is refused here. It takes a second or two, once, when the catalog arrives.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cache
from typing import Any, TypeVar

from msgspec import NODEFAULT, Struct, structs
from msgspec.structs import fields

from walletpick.facts.characters import visible
from walletpick.facts.law import FOLDER, marked
from walletpick.facts.model import Catalog, Record, Survey
from walletpick.facts.walk import content
from walletpick.language import _
from walletpick.reading import checks, compiled, quotes
from walletpick.reading.imply import wallet_of
from walletpick.reading.laws import check_law, check_together
from walletpick.reading.load import newest_reading
from walletpick.reading.problem import Fault, Problem, in_file, problems_in
from walletpick.reading.records import keys_of, record_in

R = TypeVar("R", bound=Record)

# Figures with more digits, or farther from the point, are none of a price list.
_MOST_DIGITS = 40
# Of a file with as many lines or columns as bytes.
_MOST_PLACE = 2**20


def decode(data: bytes) -> Catalog:
    """Return the catalog in its compiled form, if files could hold it. Raises compiled.Damaged."""
    opened = compiled.open_(data)
    catalog = opened.with_files()
    problem = first_problem(catalog) or _made_otherwise(opened, catalog)
    if problem:
        raise compiled.Damaged(
            "it does not hold a catalog that can be used: {problem}", problem=problem
        )
    return structs.replace(catalog, files=())


def _made_otherwise(opened: compiled.CompiledCatalog, catalog: Catalog) -> Problem | None:
    """Return a problem where the markets are not those of the files."""
    wallets = tuple(
        wallet_of(file, f"wallets/{file.id}.yaml", catalog.implications, catalog.laws)
        for file in catalog.files
    )
    countries = {country for wallet in wallets for country in wallet.markets}
    if (
        wallets == catalog.wallets
        and countries == set(opened.countries)
        and all(opened.of(c).wallets == compiled.within(wallets, c) for c in countries)
    ):
        return None
    return in_file("wallets", _("the markets are not those of the files"))


def first_problem(catalog: Catalog) -> Problem | None:
    """Return what files with this catalog would first be refused for, or None."""
    return next(_problems(catalog), None)


def _problems(catalog: Catalog) -> Iterator[Problem]:
    rules = catalog.implications
    yield from _of_record(rules, "implications.yaml", checks.check_implications(rules))
    yield from _of_record(catalog.texts, "texts.yaml", checks.check_texts(catalog.texts))
    ids = set()
    for wallet in catalog.files:
        file = f"wallets/{visible(wallet.id, 40)}.yaml"
        yield from _of_record(wallet, file, checks.check_wallet(wallet, wallet.id))
        if wallet.id in ids:
            yield Problem(file, 1, 1, "id", _("two wallets have this id"))
        ids.add(wallet.id)
    for name, persona in catalog.personas.items():
        file = f"personas/{visible(name, 40)}.yaml"
        if f"personas/{name}.yaml" != file:
            yield in_file(file, _("this can be no persona's name"))
        yield from _of_record(persona, file, checks.check_persona(persona))
    criteria, averages, rates = catalog.criteria, catalog.averages, catalog.rates
    yield from _of_record(criteria, "criteria.yaml", checks.check_criteria(criteria))
    yield from _of_record(averages, "averages.yaml", checks.check_averages(averages))
    yield from _of_record(rates, "rates.yaml", checks.check_rates(rates))
    yield from _of_laws(catalog)
    for name, survey in catalog.surveys.items():
        yield from _of_survey(name, survey, ids)
    yield from checks.missing_rates([(w, w.file) for w in catalog.wallets], catalog.rates)
    if not catalog.wallets:
        yield in_file("wallets", _("there is no wallet"))
    elif catalog.date != newest_reading(catalog.wallets):
        yield in_file("wallets", _('the newest reading is not of "{date}"', date=catalog.date))


def _of_laws(catalog: Catalog) -> Iterator[Problem]:
    names = {country: f"{FOLDER}/{visible(country, 40)}.yaml" for country in catalog.laws}
    for country, law in catalog.laws.items():
        file = names[country]
        yield from _of_record(law, file, check_law(law, country))
        if marked(law, file) != law:
            yield in_file(file, _('it says that it came from "{file}"', file=law.file))
    yield from check_together(catalog.laws, names, catalog.rates)


def _of_survey(name: str, survey: Survey, wallets: set[str]) -> Iterator[Problem]:
    file = f"quotes/{visible(name, 40)}.yaml"
    if survey.head.file != f"quotes/{name}.yaml" or file != survey.head.file:
        yield in_file(file, _('it says that it came from "{file}"', file=survey.head.file))
    yield from _of_record(survey.head, file, quotes.check_head(survey.head))
    both = (*survey.quotes.values(), *survey.cautioned.values())
    listed = [rows for countries in both for rows in countries.values()]
    rows = [quote for quotes_of in listed for quote in quotes_of]
    file = file.replace(".yaml", quotes.CSV)
    if any(not _is_plain(number) for row in rows for number in row.numbers):
        yield in_file(file, _("it has a figure that no row could hold"))
        return
    again, problems = quotes.read_quotes(quotes.text_of(rows).encode("utf-8", "replace"), file)
    yield from problems
    read_as = quotes.survey_of(survey.head, again, wallets)
    if not problems and content(read_as) != content(survey):
        yield in_file(file, _("it does not read as it was written"))
    if any(not 0 <= row.line <= _MOST_PLACE or row.path or row.column != 1 for row in rows):
        yield in_file(file, _("a row stands nowhere"))


def _of_record(record: R, file: str, faults: Iterable[Fault]) -> Iterator[Problem]:
    """Yield what is wrong with a record that would stand in a file; `faults` come last."""
    data = _text(record).encode("utf-8", "surrogatepass")
    again, problems = record_in(data, type(record), file)
    yield from problems
    if again is None:
        return
    if not _is_same(record, again):
        yield in_file(file, _("it does not read as it was written"))
    yield from problems_in(file, faults)


def _text(value: Any) -> str:
    """Return a value as YAML in brackets, as which it reads the same."""
    if isinstance(value, Struct):
        usual = _defaults(type(value))
        items = [(key, k.name, getattr(value, k.name)) for key, k in keys_of(type(value)).items()]
        return _text({key: i for key, name, i in items if name not in usual or usual[name] != i})
    if isinstance(value, dict):
        inside = ", ".join(f"{_text(key)}: {_text(item)}" for key, item in value.items())
        return f"{{{inside}}}"
    if isinstance(value, tuple):
        return f"[{', '.join(map(_text, value))}]"
    if isinstance(value, Decimal) and not _is_plain(value):
        # As text, which no figure may be.
        return json.dumps(str(value))
    if isinstance(value, Decimal):
        return f"{value:f}"
    return json.dumps(value, ensure_ascii=False)


@cache
def _defaults(kind: type[Struct]) -> dict[str, Any]:
    """Return what the fields of a record hold that a file does not name."""
    made = {f.name: f.default_factory() for f in fields(kind) if f.default_factory is not NODEFAULT}
    return made | {f.name: f.default for f in fields(kind) if f.default is not NODEFAULT}


def _is_plain(number: Decimal) -> bool:
    if not number.is_finite():
        return False
    digits = len(number.as_tuple().digits)
    return max(digits, abs(number.adjusted())) <= _MOST_DIGITS


def _is_same(old: Any, new: Any) -> bool:
    """Return whether two values are the same but for their lines and columns."""
    if isinstance(old, Record):
        same = old.path == new.path and 0 <= old.line <= _MOST_PLACE
        return (
            same
            and 0 <= old.column <= _MOST_PLACE
            and all(
                _is_same(getattr(old, key.name), getattr(new, key.name))
                for key in keys_of(type(old)).values()
            )
        )
    if isinstance(old, dict):
        return list(old) == list(new) and all(_is_same(old[key], new[key]) for key in old)
    if isinstance(old, tuple):
        return len(old) == len(new) and all(map(_is_same, old, new))
    return bool(old == new)
