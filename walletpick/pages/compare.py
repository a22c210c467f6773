"""Comparison -> the page that `walletpick compare` shows. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import islice

from msgspec import structs

from walletpick.answers.compare import COST_ROWS, Comparison, Value, is_asked
from walletpick.answers.deciding import by_weight
from walletpick.bill.bill import is_priced
from walletpick.documents.out import money_out
from walletpick.facts.model import Catalog, Needs, Wallet
from walletpick.facts.money import HUNDRED, ZERO, MoneyRange, Range
from walletpick.facts.places import country_name, in_country, names_country
from walletpick.facts.vocabulary import KINDS, METHODS, PLATFORMS, YOU
from walletpick.language import N_, _, one_text
from walletpick.pages.cost import bills_of, unanswered_note
from walletpick.pages.parts import (
    bill_anchor,
    costs_title,
    place_bars,
    plain_page,
    points_anchor,
    points_chart,
    with_bars,
    with_sums,
)
from walletpick.pages.rank_explained import points_parts
from walletpick.render.page import (
    Block,
    Cell,
    Heading,
    Page,
    Piece,
    Tone,
    bullets,
    page,
    paragraph,
    table,
    text,
    texts,
)
from walletpick.score.ranking import Place
from walletpick.score.reasons import bill_is_own, part_is_own, rests_on_own
from walletpick.words import comparison as say
from walletpick.words.common import UNKNOWN, asked_words, homes_words, name_among, tenth
from walletpick.words.comparison import RowWords, ValueWords
from walletpick.words.own import COUNTED
from walletpick.words.phrases import apart, claim_phrase, count_words, in_a_row, listed

BEST = "*"
OLD = N_("(old)")
_CSV_COLUMNS = (
    *(N_("section"), N_("key"), N_("what"), N_("wallet"), N_("country"), N_("known")),
    *(N_("estimate"), N_("low"), N_("high"), N_("unit"), N_("text"), N_("best"), N_("stale")),
    N_("own"),
)

# So many rows decide, so many differ besides, and so many facts are named in a line; the rest
# stands under --all.
_DECIDING, _OTHERS, _TOLD = 8, 3, 3
# The rows that sum up, in the order in which they are shown.
_SHORT = (*COST_ROWS, "fit", "unconfirmed", "status", "plan", "score", "evidence")


def compare_page(
    comparison: Comparison,
    everything: bool,
    catalog: Catalog,
    today: date | None = None,
) -> Page:
    """Return the page: first what decides, then the other differences, then what is the same.

    With `everything`, all rows, section by section. With the day, the points and the bills of each
    side follow, and its points stand beside each other.
    """
    rows = say.rows_words(comparison)
    return page(
        Heading(_title(comparison), 1),
        _asked(comparison.needs),
        texts(homes_words(comparison.sides, comparison.needs)),
        text(say.verdict_words(comparison), "strong"),
        texts(*say.warning_words(comparison), tone="bad"),
        unanswered_note([[side.judgement for side in comparison.sides]], catalog),
        *(
            _table(comparison, section, [row for row in rows if row.section == section])
            for section in dict.fromkeys(row.section for row in rows if everything)
        ),
        None if everything else _by_weight(comparison, rows, points=today is not None),
        _legend(comparison, rows, everything),
        _behind(comparison, catalog, today) if today else None,
    )


def _behind(comparison: Comparison, catalog: Catalog, today: date) -> Iterator[Block]:
    """Yield what the points and the costs rest on."""
    for name, side in _named(comparison):
        yield Heading(_("Points of {wallet}", wallet=name), 2, points_anchor(side.candidate))
        yield points_chart(side, comparison.needs)
        yield points_parts(side, comparison.needs)
    yield from bills_of(comparison.sides, comparison.needs, catalog, today)


def _by_weight(comparison: Comparison, rows: Sequence[RowWords], points: bool) -> Iterator[Block]:
    """Yield the differences, those first that matter most for the needs, and lines of the rest."""
    by_key = {row.key: row for row in rows if _is_told(row) or row.key == "fit"}
    short = [by_key[key] for key in _SHORT if key in by_key]
    # Where nobody said what they do, no sum tells them apart: what they are does.
    unasked = not comparison.needs.use
    if unasked:
        yield from _what_they_are(comparison)
    else:
        yield from _table(comparison, _("In short"), short)
    rest = [row for row in rows if row.key not in _SHORT and not row.key.startswith("points:")]
    # A difference that only comes from the silence of the others is none.
    differ = [row for row in rest if len(_known_texts(row)) > 1]
    # But for what the uses cost: of that, a guess is told too, and also what costs the same.
    bills = [row for row in rest if _is_told(row) and row.key.startswith("bill:")]
    weighed = by_weight(row for row in differ if row.weight and not row.alike and row not in bills)
    if unasked:
        weighed = [*_by_section(differ), *weighed]
    deciding = [*bills, *list(dict.fromkeys(weighed))[:_DECIDING]]
    yield from _table(comparison, _("What decides"), deciding)
    if unasked:
        yield from _table(comparison, _("In short"), short)
    others = [row for row in differ if row not in deciding]
    shown = [row for row in others if _is_about(row, comparison.needs)][:_OTHERS]
    yield from _table(comparison, _("Other differences"), shown)
    if left := len(others) - len(shown):
        more = _("And {count} more, which count for less: --all shows them.", count=left)
        yield text(more, "dim")
    if points:
        scored = [row for row in rows if row.key.startswith("points:") and not row.equal]
        yield from _table(comparison, _("Points, of 100 in all"), scored)
    lines: list[tuple[str, Sequence[Piece]]] = []
    # What went wrong is said near the verdict.
    besides = [row for row in rest if row not in bills and row.key != "incidents"]
    for number, name in enumerate(side_names(comparison)):
        alone = [row for row in besides if _known(row) == 1 and row.values[number].known]
        lines.append((_("Known of {wallet} alone", wallet=name), _told(alone, number)))
    alike = [row for row in besides if len(_known_texts(row)) == 1 and _known(row) > 1]
    lines.append((_("The same"), _told((row for row in alike if row.equal), 0)))
    lines.append((_("The same where it is known"), _told((r for r in alike if not r.equal), None)))
    silent = _("Not known of either") if len(comparison.sides) == 2 else _("Not known of any")
    labels = [
        say.point_words(key, say.label_words(key, comparison.needs.weights))
        for key in comparison.unknown
    ]
    lines.append((silent, labels))
    if any(items for _lead, items in lines):
        yield Heading(_("Besides"), 2)
    for lead, items in lines:
        if items:
            named = items if len(items) <= _TOLD + 1 else items[:_TOLD]
            left = len(items) - len(named)
            end = _("; and {count} more.", count=left) if left else _(".")
            told = [piece for each in named for piece in (_("; "), each)]
            yield paragraph(Cell(_("{lead}: ", lead=lead), "strong"), *told[1:], end)


def _by_section(rows: Sequence[RowWords]) -> Iterator[RowWords]:
    """Yield a few of the prices that differ, and of what protects the money."""
    for section in ("fees", "protection"):
        yield from islice((row for row in rows if row.key.startswith(f"{section}:")), _TOLD)


def _what_they_are(comparison: Comparison) -> Iterator[Block]:
    """Yield a table of what each is, where it runs and, where that differs, on what."""
    wallets = [side.candidate.wallet for side in comparison.sides]
    rows = [
        (_("what it is"), [_(KINDS[each.kind]) for each in wallets]),
        (_("where it runs"), [_runs_in(each) for each in wallets]),
        (_("what it runs on"), [listed([_(PLATFORMS[w]) for w in e.platforms]) for e in wallets]),
    ]
    told = [
        (label, *(value or UNKNOWN for value in values))
        for label, values in rows
        if len(set(values)) > 1
    ]
    if told:
        yield Heading(_("What they are"), 2)
        yield table(("", *side_names(comparison)), told)


def _runs_in(wallet: Wallet) -> str:
    """Return in which country a wallet runs, or in how many."""
    codes = list(wallet.markets)
    return country_name(codes[0]) if len(codes) == 1 else count_words(len(codes), "country")


def _is_about(row: RowWords, needs: Needs) -> bool:
    """Return whether a row is about what the person does; a price of anything else decides not."""
    section, _colon, rest = row.key.partition(":")
    done = {usage.operation for usage in needs.use}
    return not done or section not in ("fees", "limits") or rest.partition(":")[0] in done


def _told(rows: Iterable[RowWords], number: int | None) -> list[Piece]:
    """Return what a market says in rows, or the first that says anything; what matters first."""
    told: list[Piece] = []
    for row in by_weight(rows):
        known = (value for value in row.values if value.known)
        value = next(known) if number is None else row.values[number]
        told.append(Cell(say.told_words(row, value), link=_page_of(value)))
    return told


def _page_of(value: ValueWords) -> str:
    """Return the address of the first source of what a market says; "" where there is none."""
    return value.facts[0][1].url if value.facts else ""


def _known(row: RowWords) -> int:
    return sum(value.known for value in row.values)


def _known_texts(row: RowWords) -> set[str]:
    return {value.text for value in row.values if value.known}


def _is_told(row: RowWords) -> bool:
    """Return whether a row is shown though it may be equal: what is asked for costs always is."""
    return not row.equal or is_asked(row.key)


def _table(comparison: Comparison, title: str, rows: Sequence[RowWords]) -> Iterator[Block]:
    if rows:
        yield Heading(title, 2)
        made = table(
            ("", *side_names(comparison)),
            (
                (
                    row.label if row.section == title else say.alone_words(row),
                    *_cells(comparison, row),
                )
                for row in rows
            ),
        )
        if any(row.key.startswith("points:") for row in rows):
            sides = _named(comparison)
            yield with_bars(made, ((name, place_bars(p, comparison.needs)) for name, p in sides))
        elif any(row.key in COST_ROWS for row in rows):
            yield with_sums(made, _costs(comparison), costs_title(comparison.needs))
        else:
            yield made


def _named(comparison: Comparison) -> list[tuple[str, Place]]:
    return list(zip(side_names(comparison), comparison.sides, strict=True))


def _costs(comparison: Comparison) -> Iterator[tuple[str, MoneyRange, bool]]:
    """Yield what each side costs, with a guess for what is not known; all in one currency."""
    rows = {row.key: row for row in comparison.rows}
    row = rows.get("cost-estimate") or rows["cost"]
    for (name, side), value in zip(_named(comparison), row.values, strict=True):
        if value.span is not None and is_priced(side.bill, comparison.needs):
            yield name, value.span, side.bill.complete


def compare_table(comparison: Comparison, everything: bool) -> Page:
    """Return everything as one table for a spreadsheet: a row for each market and point.

    A figure stands apart from its range and its unit; what is none is in words (`text`). Where a
    figure is not known, it is what such figures usually are.
    """
    rows: list[tuple[object, ...]] = []
    for row in say.rows_words(comparison):
        if not (everything or _is_told(row)):
            continue
        for side, value in zip(comparison.sides, row.values, strict=True):
            market = (side.wallet.id, side.candidate.country)
            figures = _figures(comparison, row.key, side, value)
            known = _("in part") if value.says == "published" and figures else value.known
            words_alone = None if value.text == UNKNOWN else value.text
            told = (*figures, _beside(value)) if figures else (*[None] * 4, words_alone)
            point = (row.section, row.key, row.label)
            own = _is_own(comparison, row.key, side, value)
            rows.append((*point, *market, known, *told, value.best, value.stale, own))
    return plain_page(map(_, _CSV_COLUMNS), rows)


def _is_own(comparison: Comparison, key: str, side: Place, value: Value) -> bool:
    """Return whether a value rests on anything that the person told themselves."""
    match value.says:
        case "points":
            parts = (part for part in side.parts if part.criterion == key.partition(":")[2])
            return any(part_is_own(side, part) for part in parts)
        case "score" | "thin-score":
            return rests_on_own(side, comparison.needs)
    if value.facts or value.span is None:
        return any(source.publisher == YOU for _fact, source in value.facts)
    return bill_is_own(side.bill)


def _figures(
    comparison: Comparison, key: str, side: Place, value: Value
) -> tuple[str, str, str, str] | None:
    """Return estimate, low, high and unit of a value that is a figure, else None."""
    match value.says:
        case "points":
            name = key.partition(":")[2]
            weight = comparison.needs.weights[name] * HUNDRED
            return _numbers(side.values[name].value.times(weight), _("points"))
        case "score" | "thin-score":
            return _numbers(side.score, _("points"))
        case "evidence":
            return _numbers(Range.exactly(value.worth or ZERO), _("percent"))
        case "diary":
            return _numbers(Range.exactly(side.own_points), _("points")) if side.own else None
        case "total" if not is_priced(side.bill, comparison.needs):
            return None
        case "published" if not value.known:
            return None
    if (span := value.span) is None:
        return None
    low, estimate, high = (money_out(at, span.currency) for at in span.ends)
    return estimate, low, high, span.currency


def _numbers(span: Range, unit: str) -> tuple[str, str, str, str]:
    return tenth(span.estimate), tenth(span.low), tenth(span.high), unit


def _beside(value: Value) -> str:
    """Return what is to be known of a figure, in words."""
    method = value.line.way if value.line and value.way else None
    words = [_(METHODS[method])] if method else []
    words += [_("without what it cannot do")] if value.barred else []
    words += [_("too little is known")] if value.says == "thin-score" else []
    return apart(words)


def side_names(comparison: Comparison) -> list[str]:
    """Return the name of each side, with its country where they are in several."""
    countries = {side.candidate.country for side in comparison.sides}
    return [name_among(side.wallet, side.candidate.country, countries) for side in comparison.sides]


def _title(comparison: Comparison) -> str:
    countries = {side.candidate.country for side in comparison.sides}
    names = listed(side_names(comparison))
    if len(countries) > 1:
        return names
    [country] = countries
    if all(names_country(name, country) for name in side_names(comparison)):
        return names
    return _("{wallet} in {country}", wallet=names, country=in_country(country))


def _asked(needs: Needs) -> Iterator[Block]:
    items = asked_words(needs)
    if needs.must:
        items.append(_("A must: it {does}", does=_phrases(needs.must)))
    if needs.wish:
        items.append(_("Wished for: it {does}", does=_phrases(needs.wish)))
    if items:
        yield bullets(items)


def _phrases(words: Iterable[str]) -> str:
    return in_a_row(claim_phrase(word, True) for word in words)


def _cells(comparison: Comparison, row: RowWords) -> Iterator[Cell]:
    """Yield what each side says, which leads to what it rests on."""
    for side, value in zip(comparison.sides, row.values, strict=True):
        if value.facts:
            link = _page_of(value)
        elif row.key in COST_ROWS:
            link = f"#{bill_anchor(side.candidate)}"
        elif row.key.startswith("points:") or row.key in ("score", "evidence"):
            link = f"#{points_anchor(side.candidate)}"
        else:
            link = ""
        yield structs.replace(_cell(value), link=link)


def _cell(value: ValueWords) -> Cell:
    words = value.text
    if value.stale:
        words = one_text([words, _(OLD)])
    if value.best:
        words += f" {BEST}"
    tone: Tone = "good" if value.best else "" if value.known else "unknown"
    return Cell(words, tone)


def _legend(comparison: Comparison, rows: Sequence[RowWords], everything: bool) -> Iterator[Block]:
    values = [value for row in rows for value in row.values]
    sentences = []
    if any(value.best for value in values):
        sentences.append(_("{mark} is the best of what is known in the row.", mark=BEST))
    if any(UNKNOWN in value.text for value in values):
        form = N_(
            "{mark} is not known, which is neither no nor free; a fee that is not known is guessed"
            " from what other wallets charge."
        )
        sentences.append(_(form, mark=UNKNOWN))
    if any(value.stale for value in values):
        sentences.append(_("{mark} stands on an old page: check it again.", mark=_(OLD)))
    if not everything:
        sentences.append(_("--all shows every row."))
    yield text(one_text(sentences), "dim")
    if any(side.candidate.market.own for side in comparison.sides):
        yield text(_(COUNTED), "dim")
    commands = apart(
        f"walletpick show {side.wallet.id}@{side.candidate.country} --all"
        for side in comparison.sides
    )
    yield text(_("Every fact with its source: {commands}", commands=commands), "dim")
