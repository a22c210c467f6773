"""`walletpick compare`: through the command line, on the shipped catalog, by rules."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

import jsonschema
import msgspec
import pytest
from build import market as build_market
from build import use
from click.testing import CliRunner, Result
from markets import catalog_of, market, no, wallet_of, wanting, yes
from msgspec import structs
from running import shipped

from walletpick.answers.compare import Comparison, NoChoice, choose_markets, compare
from walletpick.commands import cli
from walletpick.documents.compare import ComparisonOut, comparison_out
from walletpick.facts.model import (
    Channel,
    FeeRule,
    GiveBack,
    Incident,
    Licence,
    Needs,
    Protection,
    Status,
    Support,
    Usage,
    Wallet,
)
from walletpick.pages.compare import compare_page
from walletpick.render import markdown, terminal
from walletpick.render.page import Heading, Table, unfolded
from walletpick.score.ranking import rank
from walletpick.score.verdict import verdict_of
from walletpick.words.causes import causes_words
from walletpick.words.comparison import (
    RowWords,
    alone_words,
    label_words,
    rows_words,
    verdict_words,
)

TODAY = date(2026, 11, 22)
SCHEMA = msgspec.json.schema(ComparisonOut)
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
CATALOG = shipped()
BY_ID = {wallet.id: wallet for wallet in CATALOG.wallets}
_COUNT = Counter(code for wallet in CATALOG.wallets for code in wallet.markets)
# Countries with something to compare, every eighth of them, and the wallets of each.
COUNTRIES = {
    code: [wallet for wallet in CATALOG.wallets if code in wallet.markets]
    for code in sorted(code for code, count in _COUNT.items() if count > 1)[::8]
}


def run(*words: str) -> Result:
    env = {"WALLETPICK_TODAY": TODAY.isoformat(), "COLUMNS": "80", "NO_COLOR": "1"}
    return CliRunner().invoke(cli, ["compare", *words], env=env)


def comparison_in(country: str, wallets: list[Wallet] | None = None) -> Comparison:
    needs = Needs(
        country=country,
        use=(
            Usage(operation="send", amount=Decimal(200), times=2),
            Usage(operation="pay-abroad", amount=Decimal(100), country="US"),
            Usage(operation="cash-out", amount=Decimal(50)),
        ),
    )
    targets = [(wallet, country) for wallet in wallets or COUNTRIES[country][:3]]
    return compare(CATALOG, targets, needs, TODAY)


def row_of(comparison: Comparison, key: str) -> RowWords:
    return next(row for row in rows_words(comparison) if row.key == key)


@pytest.fixture(scope="module", params=list(COUNTRIES))
def comparison(request: pytest.FixtureRequest) -> Comparison:
    return comparison_in(request.param)


# Countries with two wallets or more.


def test_every_row_has_a_value_for_each_side(comparison: Comparison) -> None:
    rows = rows_words(comparison)
    keys = [row.key for row in rows]
    assert len(keys) == len(set(keys))
    for row in rows:
        assert len(row.values) == len(comparison.sides)
        assert all(value.text for value in row.values)


def test_unknown_is_never_the_best(comparison: Comparison) -> None:
    for row in comparison.rows:
        for value in row.values:
            if value.best:
                assert value.known, row.key
                assert value.worth is not None, row.key
    for words in rows_words(comparison):
        for said in words.values:
            assert not (said.known and said.text.startswith("?")), words.key


def test_best_is_best(comparison: Comparison) -> None:
    for row in comparison.rows:
        worths = [v.worth for v in row.values if v.known and v.worth is not None]
        for value in row.values:
            if value.best:
                assert value.worth == max(worths)
                assert min(worths) < max(worths), "nothing is better than its equals"


def test_scores_are_those_of_the_ranking(comparison: Comparison) -> None:
    ranking = rank(CATALOG, comparison.needs, TODAY)
    ranked = {place.wallet.id: place.score for place in ranking.places}
    for side in comparison.sides:
        if side.candidate.wallet.id in ranked:
            assert side.score == ranked[side.candidate.wallet.id]


def test_score_of_what_does_not_fit_is_never_the_best(comparison: Comparison) -> None:
    score = row_of(comparison, "score")
    for side, value in zip(comparison.sides, score.values, strict=True):
        if side.obstacles:
            assert not value.best
            text = row_of(comparison, "fit").values[comparison.sides.index(side)].text
            assert causes_words(side.obstacles) == text


def test_document_is_valid(comparison: Comparison) -> None:
    document = msgspec.json.decode(msgspec.json.encode(comparison_out(comparison, CATALOG, TODAY)))
    assert next(VALIDATOR.iter_errors(document), None) is None
    assert document["schema"] == "walletpick/comparison/1"
    for row in document["rows"]:
        for value in row["values"]:
            assert not (value["best"] and not value["known"])


def test_pages_render_at_every_width(comparison: Comparison) -> None:
    for everything in (False, True):
        page = compare_page(comparison, everything, CATALOG)
        assert markdown.render(page)
        for width in (40, 80, 200):
            shown = terminal.render(page, width=width, colour=False, unicode=True, encoding="utf-8")
            assert all(len(line) <= width for line in shown.splitlines())


@pytest.mark.parametrize("country", [c for c, found in COUNTRIES.items() if len(found) > 2])
def test_taking_a_side_away_changes_no_figure(country: str) -> None:
    comparison = comparison_in(country)
    fewer = comparison_in(country, COUNTRIES[country][:2])
    texts = {row.key: [value.text for value in row.values] for row in rows_words(comparison)}
    for row in rows_words(fewer):
        if not row.key.startswith(("bill:", "fees:", "fit")):
            assert [value.text for value in row.values] == texts[row.key][:2], row.key


# Choosing the markets.


def _pair(count: int) -> tuple[Wallet, Wallet, list[str]]:
    """Return two wallets that share so many countries (3: more than one), and these."""
    for first in CATALOG.wallets:
        for second in CATALOG.wallets:
            shared = [code for code in first.markets if code in second.markets]
            if first is not second and (len(shared) > 1 if count > 1 else len(shared) == count):
                return first, second, shared
    raise AssertionError(f"no two wallets share {count} countries")


def test_the_one_shared_country_is_taken() -> None:
    first, second, shared = _pair(1)
    result = run(first.id, second.id, "--json")
    assert result.exit_code == 0, result.stderr
    document = json.loads(result.stdout)
    assert [side["country"] for side in document["wallets"]] == shared * 2
    assert document["needs"]["country"] == shared[0]


def test_several_shared_countries_ask_which() -> None:
    first, second, shared = _pair(2)
    result = run(first.id, second.id)
    assert result.exit_code == 2
    assert all(code in result.stderr for code in shared)
    assert "--country" in result.stderr
    assert run(first.id, second.id, "--country", shared[1]).exit_code == 0
    named = run(f"{first.id}@{shared[0]}", f"{second.id}@{shared[1]}", "--json")
    assert [side["country"] for side in json.loads(named.stdout)["wallets"]] == shared[:2]


def test_no_shared_country_takes_the_first_and_says_so() -> None:
    first, second, _ = _pair(0)
    result = run(first.id, second.id)
    assert result.exit_code == 0
    assert "share no country" in result.stderr
    for wallet in (first, second):
        assert f"({next(iter(wallet.markets))})" in result.stdout


def test_country_that_a_wallet_lacks_is_an_error() -> None:
    wallet = next(w for w in CATALOG.wallets if "KE" not in w.markets)
    other = next(w for w in CATALOG.wallets if "KE" in w.markets)
    result = run(wallet.id, other.id, "--country", "KE")
    assert result.exit_code == 2
    assert wallet.name in result.stderr
    assert next(iter(wallet.markets)) in result.stderr
    assert run(f"{wallet.id}@KE", other.id).exit_code == 2


def test_one_market_twice_is_an_error_and_two_markets_of_one_wallet_are_not() -> None:
    wallet = max(CATALOG.wallets, key=lambda w: len(w.markets))
    first, second, *_ = wallet.markets
    with pytest.raises(NoChoice, match="twice"):
        choose_markets([(wallet, first), (wallet, first)], None)
    result = run(f"{wallet.id}@{first}", f"{wallet.id}@{second}")
    assert result.exit_code == 0
    assert f"({first})" in result.stdout


@pytest.mark.parametrize(
    ("words", "several"),
    [
        (["paypal", "PayPal"], True),
        (["paypal", "paypal", "--country", "US"], True),
        (["gcash", "gcash"], False),
    ],
)
def test_one_wallet_twice_asks_for_two(words: list[str], several: bool) -> None:
    result = run(*words)
    assert result.exit_code == 2
    assert "is named twice: name two different wallets" in result.stderr
    example = re.search(r"such as paypal@([A-Z]{2}) paypal@([A-Z]{2})$", result.stderr.strip())
    assert bool(example) is several
    if example:
        there = next(wallet for wallet in shipped().wallets if wallet.id == "paypal").markets
        one, other = example.groups()
        assert one != other
        assert {one, other} <= set(there)


@pytest.mark.parametrize(
    "words",
    [[], ["gcash"], ["gcash", "nosuchwallet"], ["gcash@", "maya"], ["gcash@Atlantis", "maya"],
     ["gcash", "maya", "--use", "nothing=3"], ["gcash", "maya", "--currency", "XXX"]],
)  # fmt: skip
def test_wrong_use_is_one_message_and_exit_2(words: list[str]) -> None:
    result = run(*words)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "Error: " in result.stderr


# What it says.


def tables_of(comparison: Comparison, everything: bool = False) -> dict[str, list[list[str]]]:
    """Return the texts of the tables of the page, by their headings."""
    blocks = unfolded(compare_page(comparison, everything, CATALOG))
    return {
        before.text: [[cell.text for cell in row] for row in block.rows]
        for before, block in pairwise(blocks)
        if isinstance(block, Table) and isinstance(before, Heading)
    }


def test_what_decides_is_known_of_two_and_stands_by_its_weight(comparison: Comparison) -> None:
    tables = tables_of(comparison)
    decides = tables.get("What decides", [])
    by_label = {alone_words(row): row for row in rows_words(comparison)}
    rows = [by_label[cells[0]] for cells in decides]
    weighed = [row for row in rows if not row.key.startswith("bill:")]
    assert rows[: len(rows) - len(weighed)] == [r for r in rows if r.key.startswith("bill:")]
    assert [row.weight for row in weighed] == sorted((r.weight for r in weighed), reverse=True)
    for row in weighed:
        assert row.weight > 0
        assert len({value.text for value in row.values if value.known}) > 1
    others = [by_label[cells[0]] for cells in tables.get("Other differences", [])]
    assert all(len({v.text for v in row.values if v.known}) > 1 for row in others)
    assert next(iter(tables)) == "In short"


def test_all_shows_every_row_section_by_section(comparison: Comparison) -> None:
    tables = tables_of(comparison, everything=True)
    labels = [cells[0] for rows in tables.values() for cells in rows]
    assert sorted(labels) == sorted(row.label for row in rows_words(comparison))


def test_what_is_the_same_and_what_nobody_says_are_a_line_each(comparison: Comparison) -> None:
    page = markdown.render(compare_page(comparison, False, CATALOG)).replace("\\", "")
    either = "either" if len(comparison.sides) == 2 else "any"
    for lead in ("**The same:**", f"**Not known of {either}:**"):
        lines = [line for line in page.splitlines() if line.startswith(lead)]
        assert len(lines) <= 1
        assert all(len(line) < 1500 for line in lines)
    assert f"Not known of {either}:" in page
    known = {row.key for row in comparison.rows}
    assert known.isdisjoint(comparison.unknown)
    assert all(label_words(key, comparison.needs.weights) for key in comparison.unknown)


def test_a_must_stands_first_of_what_decides() -> None:
    needs = Needs(country="GB", must=("features:pay-abroad",))
    targets = [(BY_ID["wise"], "GB"), (BY_ID["curve"], "GB")]
    comparison = compare(CATALOG, targets, needs, TODAY)
    weights = {row.key: row.weight for row in comparison.rows}
    assert weights["features:pay-abroad"] == max(weights.values()) > 100


WORDS_OF_VERDICTS = ("fits best", "comes first", "are level")


def test_none_is_first_where_nobody_said_what_they_do() -> None:
    shown = " ".join(run("gcash", "maya").stdout.split())
    assert "hangs on what you do with money: say it with --use" in shown
    assert not any(word in shown for word in WORDS_OF_VERDICTS)
    said = run("gcash", "maya", "--use", "send=5000x3").stdout
    assert any(word in said for word in WORDS_OF_VERDICTS)


def test_none_fits_best_by_a_price_that_is_a_guess() -> None:
    rules = {"source": "new", "operation": "send"}
    dear = wallet_of("dear", market(fees=(FeeRule(percent=Decimal(9), **rules),)))
    safe = {word: yes() for word in ("passkey", "app-pin", "biometric-login", "device-binding")}
    silent = market(fees=(), features={"send": yes()}, security=safe)
    cheap = market(fees=(FeeRule(percent=Decimal(0), **rules),), security=safe)
    for other, guessed in ((silent, True), (cheap, False)):
        wallets = (dear, wallet_of("other", other))
        needs = wanting(use("send", 100))
        there = [(wallet, "GB") for wallet in wallets]
        words = verdict_words(compare(catalog_of(*wallets), there, needs, TODAY))
        assert (
            "cases; its price to send money to people at home is not known." in words
        ) == guessed
        assert (
            "Find it out, or take Dear: first of those whose price is known." in words
        ) == guessed
        assert ("Other fits best" in words) == (not guessed)


def test_a_cover_keeps_its_currency() -> None:
    limit = {"limit": Decimal(100000), "source": "new"}
    covers = [Protection(kind="deposit-insurance", currency=unit, **limit) for unit in ("EUR", "")]
    wallets = [wallet_of(f"w{n}", market(protection=(each,))) for n, each in enumerate(covers)]
    targets = [(wallet, "GB") for wallet in wallets]
    comparison = compare(catalog_of(*wallets), targets, wanting(use("send", 100)), TODAY)
    values = row_of(comparison, "protection:deposit-insurance").values
    amounts = ["yes, up to 100,000.00 EUR", "yes, up to 100,000.00 GBP"]
    assert [value.text for value in values] == amounts


def test_prices_of_what_one_does_not_do_are_counted_alone() -> None:
    asked = ("gcash", "maya", "--use", "send=5000x3")
    assert "price: pay bills" not in run(*asked).stdout
    assert "more, which count for less: --all shows them." in run(*asked).stdout
    assert "pay bills" in run(*asked, "--all").stdout


def test_verdict_is_that_of_a_ranking_of_these_alone() -> None:
    result = run("gcash", "maya", "--use", "send=5000x3")
    verdict = result.stdout.partition("In short")[0]
    assert any(word in verdict for word in WORDS_OF_VERDICTS)
    barred = run("m-pesa", "airtel-money", "--country", "KE", "--use", "send=9000000").stdout
    assert "None of them can do all that you ask." in barred
    assert "does not" in barred
    costs = run("wise", "paypal", "--country", "US", "--use", "send-abroad=200@MX").stdout
    assert re.search(
        r"Wise costs at least [\d.,]+ USD less in the first year than", " ".join(costs.split())
    )


def test_rows_that_are_equal_show_with_all_only() -> None:
    country = max(COUNTRIES, key=lambda code: len(COUNTRIES[code]))
    names = [wallet.id for wallet in COUNTRIES[country][:2]]
    plain = run(*names, "--country", country, "--format", "csv")
    everything = run(*names, "--country", country, "--format", "csv", "--all")
    few = list(csv.DictReader(io.StringIO(plain.stdout)))
    many = list(csv.DictReader(io.StringIO(everything.stdout)))
    assert len(few) < len(many)
    assert [row for row in many if row["key"] in {r["key"] for r in few}] == few
    told = [(row["key"], row["known"], row["estimate"], row["text"]) for row in few]
    # Two rows a point, one for each wallet.
    assert all(one[0] == other[0] for one, other in zip(told[::2], told[1::2], strict=True))
    assert any(one != other for one, other in zip(told[::2], told[1::2], strict=True))


def test_csv_has_one_figure_a_column() -> None:
    names = (
        "m-pesa",
        "airtel-money",
        "--country",
        "KE",
        "--use",
        "send=3000x4:own-network",
        "--all",
    )
    rows = list(csv.DictReader(io.StringIO(run(*names, "--format", "csv").stdout)))
    for row in rows:
        assert row["wallet"] in names
        assert row["country"] == "KE"
        assert {row["best"], row["stale"]} <= {"yes", "no"}
        assert row["known"] in ("yes", "no", "in part")
        figures = [row[end] for end in ("estimate", "low", "high")]
        assert bool(row["unit"]) == all(figures) == any(figures)
        assert all(re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", figure) for figure in figures if figure)
        assert "?" not in row["text"]
    units = {row["key"]: row["unit"] for row in rows}
    assert (units["score"], units["evidence"], units["cost"]) == ("points", "percent", "KES")


def _in_short(*words: str) -> dict[str, list[str]]:
    """Return what both wallets say in short, as a page has it, by the row's key."""
    rows = json.loads(run(*words, "--json").stdout)["rows"]
    shown = {
        row["key"] for row in csv.DictReader(io.StringIO(run(*words, "--format", "csv").stdout))
    }
    return {
        row["key"]: [value["text"] for value in row["values"]]
        for row in rows
        if row["section"] == "In short" and row["key"] in shown
    }


def test_what_is_asked_for_costs_is_always_shown() -> None:
    shown = _in_short("cash-app", "venmo", "--use", "send=200")
    assert shown["cost"][0] == shown["cost"][1], "equal here; else another example is needed"
    assert "cost" not in _in_short("cash-app", "venmo")


@pytest.mark.parametrize(
    "words",
    [
        # Nobody knows the price; it is the same; it differs.
        ("grey", "skrill", "--country", "KE", "--use", "cash-out=4000x2"),
        ("cash-app", "venmo", "--use", "send=200"),
        ("m-pesa", "airtel-money", "--country", "KE", "--use", "send=3000", "--use", "pay=500"),
    ],
    ids=" ".join,
)
def test_every_use_has_a_row_also_where_it_is_equal_or_a_guess(words: tuple[str, ...]) -> None:
    document = json.loads(run(*words, "--json").stdout)
    page = run(*words, "--format", "markdown").stdout
    decides = page[page.index("What decides") : page.index("Besides")]
    table = {
        row["key"] for row in csv.DictReader(io.StringIO(run(*words, "--format", "csv").stdout))
    }
    for usage in document["needs"]["use"]:
        key = f"bill:fee:{usage['operation']}"
        assert key in {row["key"] for row in document["rows"]}
        assert key in table
        (label,) = (row["label"] for row in document["rows"] if row["key"] == key)
        assert decides.count(f"cost in the first year: {label}") == 1
        assert page.count(f"cost in the first year: {label}") == 1


def test_without_usages_there_is_no_cost() -> None:
    document = json.loads(run("cash-app", "venmo", "--json").stdout)
    assert [side["yearly_cost"] for side in document["wallets"]] == [None, None]


def test_what_cannot_be_done_has_no_cost() -> None:
    names = ("m-pesa", "airtel-money", "--country", "KE")
    barred = ("--use", "send=9000000")
    assert _in_short(*names, *barred)["cost"] == ["cannot be done"] * 2
    document = json.loads(run(*names, *barred, "--json").stdout)
    assert [side["yearly_cost"] for side in document["wallets"]] == [None, None]
    row = next(row for row in document["rows"] if row["key"] == "bill:fee:send")
    assert all(value["text"] == "cannot: over a limit" for value in row["values"])
    both = run(*names, *barred, "--use", "send=900", "--format", "csv").stdout
    line = next(row for row in csv.DictReader(io.StringIO(both)) if row["key"] == "bill:fee:send")
    assert re.search("[1-9]", line["estimate"] + line["high"])
    assert line["text"].endswith("without what it cannot do")
    some = (*barred, "--use", "receive=100")
    for words in _in_short(*names, *some)["cost"]:
        assert words.endswith("(without what it cannot do)")
    document = json.loads(run(*names, *some, "--json").stdout)
    assert [side["yearly_cost"]["complete"] for side in document["wallets"]] == [False, False]


def test_part_of_a_cost_never_looks_free(comparison: Comparison) -> None:
    cost = row_of(comparison, "cost")
    for side, value in zip(comparison.sides, cost.values, strict=True):
        if not all(line.known for line in side.bill.lines):
            assert "?" in value.text
            assert not re.match(r"(about )?0(\.0+)? ", value.text)


def test_must_haves_and_wishes_are_in_plain_words() -> None:
    result = run("monzo", "revolut", "--country", "GB", "--must", "physical-card",
                 "--wish", "instant-freeze", "--format", "markdown")  # fmt: skip
    assert "A must: it offers a plastic card" in result.stdout
    assert "Wished for: it can be frozen at once" in result.stdout


def test_what_is_not_known_is_not_old() -> None:
    rows = [row for country in COUNTRIES for row in comparison_in(country).rows]
    values = [value for row in rows for value in row.values]
    assert any(value.stale for value in values)
    assert not any(value.stale and not value.known for value in values)


def test_legend_explains_the_marks_that_are_shown() -> None:
    for country in COUNTRIES:
        page = markdown.render(compare_page(comparison_in(country), True, CATALOG))
        assert "is not known, which is neither no nor free" in page
        assert ("\\* is the best" in page) == (" \\* |" in page)
        assert ("(old) stands on" in page) == ("(old) |" in page or "(old) \\* |" in page)


def test_closed_market_is_compared_and_says_why_it_does_not_fit() -> None:
    from walletpick.facts.model import Status

    country = max(COUNTRIES, key=lambda code: len(COUNTRIES[code]))
    first, second = COUNTRIES[country][:2]
    market = first.markets[country]
    status = Status(state="closed", since="2025-01", source=next(iter(first.sources)), path="x")
    closed = structs.replace(
        first, markets={**first.markets, country: structs.replace(market, status=status)}
    )
    result = comparison_in(country, [closed, second])
    assert "no longer runs" in row_of(result, "fit").values[0].text
    assert not row_of(result, "score").values[0].best


def test_amounts_are_in_the_currency_of_the_shared_country() -> None:
    first, second, shared = _pair(1)
    result = run(first.id, second.id, "--use", "send=100", "--json")
    document = json.loads(result.stdout)
    assert document["needs"]["currency"] == first.markets[shared[0]].currency
    assert document["needs"]["use"][0]["amount"].startswith("100")


def test_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_where_only_users_are_priced_the_guess_is_of_no_such_way() -> None:
    shown = run("wise", "revolut", "--country", "DE", "--use", "send-abroad=500@GB").stdout
    assert "?, guessed at" in shown
    fee = shown.partition("exchange")[0]
    assert "network" not in fee


def test_what_costs_the_same_is_said_to_and_is_no_saving() -> None:
    priced = {"source": "new", "operation": "send"}
    one, same, less = (
        wallet_of(name, market(fees=(FeeRule(percent=Decimal(percent), **priced),)))
        for name, percent in (("one", 2), ("same", 2), ("less", 1))
    )
    for other, said in ((same, "are level: they cost you the same, "), (less, "less")):
        there = [(one, "GB"), (other, "GB")]
        words = verdict_words(
            compare(catalog_of(one, other), there, wanting(use("send", 100)), TODAY)
        )
        assert said in words
        assert ("the same" in words) == (other is same)


def test_without_needs_it_is_first_said_what_they_are() -> None:
    shown = run("paypal", "apple-pay", "--country", "US").stdout
    titles = ["What they are", "What decides", "In short"]
    places = [shown.index(f"\n{title}\n") for title in titles]
    assert places == sorted(places)
    told = " ".join(shown[places[0] : places[1]].split())
    assert all(words in told for words in ("holds a balance of", "runs on", "countries"))
    # What is the same of both tells nothing apart.
    alike = run("gcash", "maya").stdout
    assert "where it runs" not in alike
    asked = run("paypal", "apple-pay", "--country", "US", "--use", "pay=100").stdout
    assert "What they are" not in asked


def _sides(ours: dict[str, Any], theirs: dict[str, Any], **wanted: Any) -> Comparison:
    """Return two wallets side by side, for somebody who sends 1,200 a year."""
    known = {"features": {"send": yes()}, "payout": {"bank-transfer": yes()}}
    wallets = [
        wallet_of(name, market(**(known | fields)))
        for name, fields in (("apay", ours), ("bpay", theirs))
    ]
    targets = [(wallet, "GB") for wallet in wallets]
    return compare(catalog_of(*wallets), targets, wanting(use("send", 100), **wanted), TODAY)


def _charges(percent: str, operation: str = "send") -> FeeRule:
    return FeeRule(operation=operation, percent=Decimal(percent), source="new")


def test_what_decides_is_told_first_with_figures() -> None:
    safe = {"passkey": yes(), "app-pin": yes(), "biometric-login": yes()}
    bare = {word: no() for word in safe}
    # 1 % and 3 % of 1,200 a year; what is of the use stands first, though the locks weigh more.
    locks = {"cost": Decimal(3), "security": Decimal(4)}
    words = verdict_words(
        _sides(
            {"fees": (_charges("1"),), "security": safe},
            {"fees": (_charges("3"),), "security": bare},
            weights=locks,
        )
    )
    assert words.startswith(
        "Apay fits best, in over 9 of 10 cases. Why: it costs 12.00 GBP a year and Bpay 36.00 GBP; it"
        " logs in with a passkey, while Bpay does not log in with a passkey."
    )


def test_interest_that_is_not_on_record_is_said_to_who_keeps_money() -> None:
    pays = {"gives_back": (GiveBack(balance=True, percent=Decimal(2), source="new"),)}
    silent = "none is on record for Bpay, so look there."
    assert silent in verdict_words(_sides(pays, {}, keep=Decimal(500)))
    assert "on record" not in verdict_words(_sides(pays, pays, keep=Decimal(500)))
    # Who keeps none has nothing to earn.
    assert "on record" not in verdict_words(_sides(pays, {}))


def test_what_went_wrong_is_said_among_what_decides() -> None:
    def incident(date: str, kind: str) -> Incident:
        return Incident(kind=kind, date=date, what="much", source="new")

    troubled = {"incidents": (incident("2025-07", "mass-fraud"), incident("2024-12", "outage"))}
    lines = _lines_of(_sides({}, troubled))
    told = "Against Bpay: 2 incidents on record, newest 2025-07: many users were defrauded."
    assert lines.index(told) < lines.index("In short")
    assert not any(line.startswith("Against Apay") for line in lines)
    # It is not said again among what is known of one alone.
    assert not any("what went wrong" in line for line in lines[lines.index("Besides") :])
    both = _lines_of(_sides({"incidents": (incident("2020", "outage"),)}, troubled))
    assert "Against Apay: 1 incident on record, newest 2020: the service failed." in both
    assert told in both
    assert not any(line.startswith("Against") for line in _lines_of(_sides({}, {})))
    # Where one was closed for a time, that is said before all that.
    again = Status(state="active", since="2026-01", note="it was closed", source="new")
    reopened = "Apay is open again since 2026-01: it was closed."
    lines = _lines_of(_sides({"status": again}, troubled))
    assert lines.index(reopened) < lines.index(told)
    assert not any("open again" in line for line in both)


def _lines_of(comparison: Comparison) -> list[str]:
    page = compare_page(comparison, False, CATALOG)
    shown = terminal.render(page, width=80, colour=False, unicode=True, encoding="utf-8")
    return shown.splitlines()


def test_that_many_use_one_of_them_is_told_with_what_is_known_of_the_other() -> None:
    sends = {"send": yes()}
    priced = (_charges("1"),)
    many, few, silent = (
        market(fees=priced, features=sends | more)
        for more in ({"widely-used": yes()}, {"widely-used": no()}, {})
    )
    for theirs, told in (
        (silent, "Why: it is in wide use there, and no page on record says so of Bpay."),
        (few, "Why: it is in wide use there, while Bpay is not in wide use there."),
    ):
        wallets = [wallet_of("apay", many), wallet_of("bpay", theirs)]
        catalog = structs.replace(catalog_of(*wallets), criteria=shipped().criteria)
        targets = [(wallet, "GB") for wallet in wallets]
        assert told in verdict_words(compare(catalog, targets, wanting(use("send", 100)), TODAY))


@pytest.mark.parametrize("known", [True, False])
def test_what_another_has_instead_is_a_reason_where_it_is_known_to_lack_the_better(
    known: bool,
) -> None:
    phone, email = (
        Channel(has=True, number="1", source="new"),
        Channel(has=True, address="a@b.example", source="new"),
    )
    theirs = {"email": email} | ({"phone": Channel(has=False, source="new")} if known else {})
    words = verdict_words(
        _sides(
            {"support": Support(channels={"phone": phone})},
            {"support": Support(channels=theirs)},
            weights={"support": Decimal(9)},
        )
    )
    why = "Why: it has a phone line, while Bpay has an e-mail address."
    assert (why in words) is known
    assert ("while Bpay" in words) is known


def test_what_is_not_known_of_one_of_them_is_no_reason() -> None:
    # Nothing is known of the locks of the one, and they cost the same.
    safe = {"passkey": yes(), "app-pin": yes(), "biometric-login": yes(), "device-binding": yes()}
    words = verdict_words(_sides({"security": safe}, {}))
    assert "Why:" not in words
    assert "passkey" not in words
    # Nor does it fit best for that: it comes first by what is on record.
    assert "fits best" not in words
    assert "but only because more is known of it than of Bpay." in words
    # What it pays to who keeps money there is known, and no silence.
    pays = {"gives_back": (GiveBack(balance=True, percent=Decimal(2), source="new"),)}
    paid = _sides({"security": safe, **pays}, {}, keep=Decimal(500))
    assert "fits best" in verdict_words(paid)
    # A price that is not known is none either; one of which a part is more already is.
    hidden = FeeRule(operation="send", price="unknown", source="new")
    unknown = _sides({"fees": (_charges("1"),)}, {"fees": (hidden,)})
    assert "GBP a year and Bpay" not in verdict_words(unknown)
    # Where the verdict is of a price that is not known, what puts the first there is told after it.
    guessed = verdict_words(_sides({"fees": (hidden,), "security": safe}, {"fees": (hidden,)}))
    assert "its price to send money to people at home is not known" in guessed
    assert "only because more is known of Apay." in guessed


def test_a_price_of_which_the_known_part_is_more_already_is_told() -> None:
    needs = wanting(use("send", 100), use("pay", 100))
    pays = {"features": {"send": yes(), "pay-qr": yes()}}
    hidden = FeeRule(operation="pay", price="unknown", source="new")
    wallets = (
        wallet_of("apay", market(fees=(_charges("1"), _charges("1", "pay")), **pays)),
        wallet_of("bpay", market(fees=(_charges("3"), hidden), **pays)),
    )
    targets = [(wallet, "GB") for wallet in wallets]
    words = verdict_words(compare(catalog_of(*wallets), targets, needs, TODAY))
    assert "Why: it costs 24.00 GBP a year and Bpay 36.00 GBP + ?." in words


def test_of_those_that_are_level_what_speaks_for_each_is_told() -> None:
    fast = {"security": {"passkey": yes(), "app-pin": no()}, "fees": (_charges("1.5"),)}
    cheap = {"security": {"passkey": no(), "app-pin": no()}, "fees": (_charges("1"),)}
    even = {"cost": Decimal(2), "security": Decimal(1)}
    comparison = _sides(fast, cheap, weights=even)
    assert len(verdict_of(comparison.ranking).level) == 2
    words = verdict_words(comparison)
    assert "What speaks for Bpay: it costs 12.00 GBP a year and Apay 18.00 GBP." in words
    assert (
        "What speaks for Apay: it logs in with a passkey, while Bpay does not log in with a passkey."
        in words
    )
    alike = verdict_words(_sides({}, {}))
    assert "are level" in alike
    assert "Nothing that is known of both sets them apart." in alike


def test_why_one_does_not_fit_or_is_not_confirmed_is_told_first() -> None:
    cannot = {"features": {"send": no()}, "fees": ()}
    words = verdict_words(_sides({}, cannot))
    assert "Bpay does not fit: cannot send money to people at home." in words
    assert verdict_words(_sides(cannot, cannot)) == (
        "None of them can do all that you ask. Apay does not fit: cannot send money to people at"
        " home. Bpay does not fit: cannot send money to people at home."
    )
    silent = {"features": {}, "fees": ()}
    words = verdict_words(_sides({}, silent))
    assert "Not confirmed of Bpay: that one can send money to people at home." in words
    # Where the verdict says so of one that may be better, it is not said again.
    safe = {"cost": Decimal(0), "security": Decimal(5)}
    better = {"security": {"passkey": yes(), "app-pin": yes()}}
    words = verdict_words(_sides({"security": {"passkey": no()}}, better | silent, weights=safe))
    assert "Bpay may suit you better; not confirmed: that one can send money to people" in words
    assert words.count("that one can send money to people at home") == 1


def test_what_counts_the_same_for_all_does_not_decide() -> None:
    def side(id: str, **more: Any) -> Wallet:
        by = Licence(authority=f"the authority of {id}", as_="e-money institution", source="new")
        security = {"passkey": yes(note=f"as {id} has it"), **more.pop("security", {})}
        return wallet_of(id, market(licence=by, security=security, **more))

    one = side("one", security={"app-pin": yes()}, features={"cashback": yes()})
    other = side("other", security={"app-pin": no()}, features={"cashback": yes(when="in May")})
    needs = wanting(use("send", 100), use("pay", 100), wish=("features:cashback",))
    found = compare(catalog_of(one, other), [(one, "GB"), (other, "GB")], needs, TODAY)
    alike = {row.key: row.alike for row in found.rows}
    assert alike["licence"]
    assert alike["security:passkey"]
    assert not alike["security:app-pin"]
    # A yes under a condition is another.
    assert not alike["features:cashback"]
    page = markdown.render(compare_page(found, False, catalog_of(one, other)))
    decides = page[page.index("## What decides") : page.index("## Other differences")]
    assert "licence" not in decides
    assert "| licence |" in page
    assert "PIN" in decides


def one_way(*texts: str, **more: Any) -> Comparison:
    """Return a comparison of sending 100 with wallets that have these prices."""
    sides = [build_market(f"fees: [{text}]", id=f"pay{n}").wallet for n, text in enumerate(texts)]
    needs = wanting(use("send", 100), **more)
    return compare(catalog_of(*sides), [(each, "GB") for each in sides], needs, TODAY)


def price(method: str, percent: int) -> str:
    return f"{{operation: send, method: {method}, percent: {percent}, source: new}}"


def test_prices_of_unlike_ways_are_held_against_each_other_by_one_that_all_have() -> None:
    card, bank = price("debit-card", 1), price("bank-transfer", 1)
    dear_card, dear_bank = price("debit-card", 3), price("bank-transfer", 2)
    both = one_way(f"{card}, {dear_bank}", f"{bank}, {dear_card}")
    # By card 1 + 3 %, by bank 2 + 1 %.
    assert [usage.method for usage in both.needs.use] == ["bank-transfer"]
    assert [side.bill.yearly.estimate for side in both.sides] == [24, 12]
    assert [each.method for each in both.one_way] == ["bank-transfer"]
    assert "Not the same way to pay" not in verdict_words(both)
    assert "by bank transfer" in verdict_words(both)
    # Only a way that the person has.
    mine = one_way(f"{card}, {dear_bank}", f"{bank}, {dear_card}", have=("debit-card",))
    assert [each.method for each in mine.one_way] == ["debit-card"]
    assert [side.bill.yearly.estimate for side in mine.sides] == [12, 36]
    # Where there is none, each by its own, and it is said.
    none = one_way(card, bank)
    assert none.needs.use[0].method is None
    assert "Not the same way to pay" in verdict_words(none)
