"""Quotes of surveys: `quotes/<id>.csv`, a row a price, beside the head of the survey in YAML.

The CSV is as plain as can be: commas, no quotes around anything, the columns in one order. So a row
is a line of the file, and every problem has its line and column.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path

from walletpick.facts.characters import UNSAFE_CLASS
from walletpick.facts.model import Quote, Survey, SurveyHead
from walletpick.facts.money import plain_number
from walletpick.facts.vocabulary import CAUTIONS
from walletpick.facts.walk import content
from walletpick.language import N_, _, percent_words
from walletpick.reading.problem import Fault, Problem, in_file
from walletpick.reading.records import keys_of, read_record
from walletpick.reading.strictyaml import MAX_TEXT, Value

# The end of the names of these files.
CSV = ".csv"
# The most rows of a file: seven times what the largest survey has.
MOST_ROWS = 20_000
# Beyond so many problems the file is hardly what it should be.
_MOST_PROBLEMS = 100
# A rate may move so far, in percent, between the one that was held against and the quote.
_LEAST_MARGIN = Decimal("-0.5")

_COLUMNS = list(keys_of(Quote))
_HEADER = ",".join(_COLUMNS)
_UNSAFE = re.compile(f'["{UNSAFE_CLASS}]')
_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?")


def read_quotes(data: bytes, file: str) -> tuple[list[Quote], list[Problem]]:
    """Return the rows of a CSV file of quotes and what is wrong with it; see `Quote`."""
    problems: list[Problem] = []
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        wrong = data.count(b"\n", 0, error.start) + 1
        return [], [Problem(file, wrong, 1, "", _("the file is not UTF-8: save it as UTF-8"))]
    lines = text.replace("\r\n", "\n").split("\n")
    if lines[-1] == "":
        del lines[-1]
    if not lines or lines[0] != _HEADER:
        sentence = N_("expected the columns {header} on the first line")
        return [], [in_file(file, _(sentence, header=_HEADER))]
    if len(lines) > MOST_ROWS + 1:
        sentence = N_("it has {count:,} rows, expected at most {most_rows:,}")
        message = _(sentence, count=len(lines) - 1, most_rows=MOST_ROWS)
        return [], [Problem(file, MOST_ROWS + 2, 1, "", message)]
    quotes = []
    for number, line in enumerate(lines[1:], start=2):
        quote = _read_row(line, number, file, problems)
        if quote is not None:
            quotes.append(quote)
        if len(problems) > _MOST_PROBLEMS:
            break
    return quotes, problems + _repeated(quotes, file)


def check_head(head: SurveyHead) -> Iterator[Fault]:
    """Yield the faults of the head of a survey."""
    for word in CAUTIONS:
        if word not in head.cautions:
            yield head, _("cautions: no rule is written down for {word}", word=word)


def survey_of(head: SurveyHead, quotes: Iterable[Quote], wallets: Iterable[str] | None) -> Survey:
    """Return a survey with its quotes of these wallets, those that carry a caution apart.

    None are all, also those that the catalog does not have.
    """
    wanted = None if wallets is None else set(wallets)
    ordered = sorted(quotes, key=_order)
    rows = [quote for quote in ordered if wanted is None or quote.wallet in wanted]
    return Survey(
        head=head,
        quotes=_by_country(quote for quote in rows if quote.caution is None),
        cautioned=_by_country(quote for quote in rows if quote.caution is not None),
    )


def _by_country(quotes: Iterable[Quote]) -> dict[str, dict[str, tuple[Quote, ...]]]:
    """Return quotes by wallet and the sender's country, in their order."""
    rows: dict[str, dict[str, list[Quote]]] = {}
    for quote in quotes:
        rows.setdefault(quote.wallet, {}).setdefault(quote.from_, []).append(quote)
    return {
        wallet: {country: tuple(listed) for country, listed in countries.items()}
        for wallet, countries in rows.items()
    }


def canonical(data: bytes, file: str) -> tuple[str | None, list[Problem]]:
    """Return the canonical text of a CSV file of quotes, or None and what is wrong with it."""
    quotes, problems = read_quotes(data, file)
    return (None, sorted(problems)) if problems else (text_of(quotes), [])


def text_of(quotes: Iterable[Quote]) -> str:
    """Return rows as the text of a CSV file, in their order: by wallet, way, amount and price."""
    rows = [_HEADER, *map(_row_text, sorted(quotes, key=_order))]
    return "\n".join(rows) + "\n"


def other_file(path: Path) -> Path:
    """Return where the head of a CSV file of quotes stands, or the CSV file of a head."""
    return path.with_suffix(".yaml" if path.suffix == CSV else CSV)


def _read_row(line: str, number: int, file: str, problems: list[Problem]) -> Quote | None:
    """Return the quote of a line, or None; what is wrong with it is added to `problems`."""
    if unsafe := _UNSAFE.search(line):
        code = ord(unsafe[0])
        what = _("a quote") if unsafe[0] == '"' else _("the character U+{code:04X}", code=code)
        message = _("found {what}: a row is plain text between commas", what=what)
        problems.append(Problem(file, number, unsafe.start() + 1, "", message))
        return None
    cells = line.split(",")
    if len(cells) != len(_COLUMNS) or len(line) > MAX_TEXT:
        sentence = N_("found {count} cells, expected {columns}: {header}")
        message = _(sentence, count=len(cells), columns=len(_COLUMNS), header=_HEADER)
        problems.append(Problem(file, number, 1, "", message))
        return None
    values: dict[str, Value] = {}
    places = {}
    column = 1
    for name, cell in zip(_COLUMNS, cells, strict=True):
        places[name] = (number, column)
        if cell:
            data = Decimal(cell) if _NUMBER.fullmatch(cell) else cell
            values[name] = Value(data, number, column, name, text=cell)
        column += len(cell) + 1
    row = Value(values, number, 1, "", keys=places)
    quote = read_record(Quote, row, file, problems)
    if quote is not None and (fault := _fault(quote)):
        problems.append(Problem(file, number, 1, "", fault))
        return None
    return quote


def _fault(quote: Quote) -> str | None:
    """Return what is wrong with a row whose cells are right, if anything."""
    if quote.from_ == quote.to:
        sentence = N_("it goes from {start} to {to}: a quote is for another country")
        return _(sentence, start=quote.from_, to=quote.to)
    if quote.caution is None and quote.margin_percent < _LEAST_MARGIN:
        margin = percent_words(f"{quote.margin_percent:f}")
        return _(
            "a margin of {margin} is no price to reckon with: write a word in caution",
            margin=margin,
        )
    if quote.caution is None and quote.fee_percent + quote.margin_percent <= 0:
        return _("it costs nothing, which is no price to reckon with: write a word in caution")
    return None


def _repeated(quotes: Iterable[Quote], file: str) -> list[Problem]:
    problems = []
    lines: dict[object, int] = {}
    for quote in quotes:
        first = lines.setdefault(content(quote), quote.line)
        if first != quote.line:
            message = _("the same row as line {first}: take one of them out", first=first)
            problems.append(Problem(file, quote.line, 1, "", message))
    return problems


def _order(quote: Quote) -> tuple[str, str, str, str, Decimal, Decimal, Decimal, str]:
    cost = quote.fee_percent + quote.margin_percent
    place = (quote.wallet, quote.from_, quote.to, quote.method, quote.usd)
    return (*place, cost, quote.fee_percent, f"{quote.firm} {quote.caution or ''}")


def _row_text(quote: Quote) -> str:
    return ",".join(_cell(getattr(quote, key.name)) for key in keys_of(Quote).values())


def _cell(value: str | Decimal | None) -> str:
    return plain_number(value) if isinstance(value, Decimal) else value or ""
