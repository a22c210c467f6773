"""`walletpick catalog`, and what every command says of a catalog that cannot be used."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from decimal import Decimal
from pathlib import Path

import build
import pytest
from small import PLANPAY, TWOPAY, examples, run, validated, write_catalog

from walletpick.facts.model import AverageOfUse, Wallet
from walletpick.facts.places import country_codes
from walletpick.upkeep.averages import ENOUGH, work_out

# Without the source that none of its facts names, which lint would warn of.
PLANPAY_CLEAN = re.sub(r"\n  old: .*", "", PLANPAY)
PLACE = re.compile(r"^(?P<file>.+?):(?P<line>\d+):(?P<column>\d+): .+$")


@pytest.fixture
def small(write_here: Callable[..., Path]) -> Path:
    """A catalog without a problem."""
    return write_here(twopay=TWOPAY, planpay=PLANPAY_CLEAN)


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


# Checking.


def test_the_shipped_catalog_has_no_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    found = run("catalog", "lint", "--format", "json")
    problems = json.loads(found.stdout)["problems"]
    wrong = [problem for problem in problems if problem["severity"] != "warning"]
    assert (found.exit_code, wrong) == (0, [])


def test_no_problem(small: Path) -> None:
    found = run("catalog", "lint")
    assert (found.exit_code, found.stdout) == (0, "")
    assert found.stderr == "6 files checked: no problem\n"


def duplicate_key(catalog: Path) -> None:
    change(catalog / "wallets/twopay.yaml", "kind:", "name: Again\nkind:")


def misspelt(catalog: Path) -> None:
    change(catalog / "wallets/twopay.yaml", "operation: pay,", "operation: pya,")


def empty_file(catalog: Path) -> None:
    (catalog / "wallets/twopay.yaml").write_text("")


def not_a_file(catalog: Path) -> None:
    (catalog / "wallets/other.yaml").mkdir()


def not_text(catalog: Path) -> None:
    (catalog / "wallets/twopay.yaml").write_bytes(b"id: \xff\xfe\n")


def no_source(catalog: Path) -> None:
    change(catalog / "wallets/twopay.yaml", "percent: 1, source: fees", "percent: 1, source: fes")


def no_rate(catalog: Path) -> None:
    change(catalog / "wallets/twopay.yaml", "fixed: 15,", "fixed: 15, currency: CHF,")


def no_market(catalog: Path) -> None:
    text = TWOPAY[: TWOPAY.index("markets:")]
    (catalog / "wallets/twopay.yaml").write_text(f"{text}markets: {{}}\n")


def no_wallets(catalog: Path) -> None:
    for path in (catalog / "wallets").iterdir():
        path.unlink()


def no_criteria(catalog: Path) -> None:
    (catalog / "criteria.yaml").unlink()


def criterion_gone(catalog: Path) -> None:
    path = catalog / "criteria.yaml"
    text = path.read_text()
    start = text.index("\n  exit:\n")
    rest = re.search(r"\n  \w+:\n", text[start + 5 :])
    path.write_text(text[:start] + (text[start + 5 + rest.start() :] if rest else "\n"))


def no_half_life(catalog: Path) -> None:
    path = catalog / "criteria.yaml"
    key = "incident_half_life_months: "
    path.write_text(re.sub(rf"{key}\d+", f"{key}0", path.read_text()))


def average_gone(catalog: Path) -> None:
    path = catalog / "averages.yaml"
    path.write_text(re.sub(r"\n  cash-out: \{.*\}", "", path.read_text(), count=1))


def right_without_source(catalog: Path) -> None:
    path = catalog / "countries/DE.yaml"
    path.write_text(re.sub(r"source: [\w-]+\}", "source: nowhere}", path.read_text(), count=1))


def bad_persona(catalog: Path) -> None:
    (catalog / "personas/me.yaml").write_text("must: [pay-ncf]\n")


BREAKERS = [
    duplicate_key, misspelt, empty_file, not_a_file, not_text, no_source, no_rate, no_market,
    no_wallets, no_criteria, criterion_gone, no_half_life, average_gone, right_without_source,
    bad_persona,
]  # fmt: skip


@pytest.mark.parametrize("broken", BREAKERS)
def test_a_problem_has_its_place(small: Path, broken: Callable[[Path], None]) -> None:
    broken(small)
    found = run("catalog", "lint")
    assert found.exit_code == 4
    lines = found.stdout.splitlines()
    assert lines
    assert all(PLACE.match(line) for line in lines)
    assert re.search(r"files checked: \d+ problems? in \d+ files?\n$", found.stderr)


@pytest.mark.parametrize("broken", BREAKERS)
@pytest.mark.parametrize(
    "command",
    [
        ("list",),
        ("rank", "--country", "KE", "--use", "send=1"),
        ("cost", "twopay", "--use", "send=1"),
        ("show", "twopay"),
    ],
    ids=lambda command: command[0],
)
def test_every_command_says_why_a_catalog_cannot_be_used(
    small: Path, broken: Callable[[Path], None], command: tuple[str, ...]
) -> None:
    broken(small)
    found = run(*command, catalog=small)
    assert (found.exit_code, found.stdout) == (4, "")
    first, *rest = found.stderr.splitlines()
    assert first.startswith("Error: the catalog cannot be used (")
    assert rest
    assert all(PLACE.match(line) for line in rest)


def test_an_empty_directory(small: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    found = run("catalog", "lint", "empty")
    assert found.exit_code == 4
    assert "no wallets found" in found.stdout
    assert run("list", catalog=tmp_path / "empty").exit_code == 4


def test_line_and_column_are_those_of_the_word(small: Path) -> None:
    misspelt(small)
    line = next(
        number
        for number, text in enumerate((small / "wallets/twopay.yaml").read_text().splitlines(), 1)
        if "pya" in text
    )
    found = run("catalog", "lint").stdout
    assert f"twopay.yaml:{line}:21: markets.KE.fees[4].operation: " in found
    assert 'did you mean "pay"' in found


@pytest.mark.parametrize(
    ("persona", "problem"),
    [
        ("must:\n  - pay-qr\n  - pay-ncf\n", r"me\.yaml:3:5: must\[1\]: .*pay-nfc"),
        ("wish: [passkey, phon]\n", r"me\.yaml:1:17: wish\[1\]: .*phone"),
        # The files of a catalog keep to codes.
        ("country: China\n", r'me\.yaml:1:10: country: .*did you mean "CN"'),
    ],
)
def test_a_problem_of_a_persona_has_its_place(small: Path, persona: str, problem: str) -> None:
    (small / "personas/me.yaml").write_text(persona)
    found = run("catalog", "lint")
    assert found.exit_code == 4
    (line,) = found.stdout.splitlines()
    assert re.search(problem, line), line


def test_one_file_or_several(small: Path) -> None:
    misspelt(small)
    assert run("catalog", "lint", "catalog/wallets/planpay.yaml").exit_code == 0
    assert run("catalog", "lint", "catalog/personas", "catalog/rates.yaml").exit_code == 0
    found = run("catalog", "lint", "catalog/wallets", "catalog/wallets/twopay.yaml")
    assert found.exit_code == 4
    assert len(found.stdout.splitlines()) == 1


def test_a_path_that_is_not_there(small: Path) -> None:
    for args in (("catalog", "lint", "nowhere"), ("--catalog", "nowhere", "catalog", "lint")):
        found = run(*args)
        assert found.exit_code == 2
        assert 'no such file or directory: "nowhere"' in found.stderr


@pytest.mark.parametrize("place", ["catalog", "catalog/wallets", "catalog/personas"])
def test_from_inside_the_catalog(small: Path, monkeypatch: pytest.MonkeyPatch, place: str) -> None:
    misspelt(small)
    monkeypatch.chdir(small.parent / place)
    assert run("catalog", "lint").stdout.count("twopay.yaml:") == 1
    assert run("catalog", "fmt").exit_code == 4
    change(small / "wallets/twopay.yaml", "pya", "pay")
    change(small / "wallets/twopay.yaml", "percent: 1,", "percent: 3,")
    assert "is not up to date" in run("catalog", "averages", "--check").stderr
    assert run("catalog", "averages").exit_code == 0
    assert run("catalog", "lint").exit_code == 0


@pytest.mark.parametrize("command", ["lint", "fmt"])
def test_the_directory_that_holds_the_catalog_stands_for_it(
    small: Path, command: str, tmp_path: Path
) -> None:
    misspelt(small)
    found = run("catalog", command, ".")
    assert found.exit_code == 4
    assert "catalog/wallets/twopay.yaml:" in found.output
    (tmp_path / "empty").mkdir()
    assert run("catalog", command, "empty").exit_code in (2, 4)
    (tmp_path / "README.md").write_text("Read me.")
    found = run("catalog", command, "README.md")
    assert found.exit_code == 2
    assert '"README.md" is no catalog file' in found.stderr


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("percent: 2,", "percent: 2,5,", 'found "5" where a key was expected: .* such as 1.5'),
        ("percent: 2,", "percent: 2%,", 'found "2%", expected a number such as 1.5'),
        ("percent: 2,", "percent: 2, note: rarely, if ever,", 'found "if ever" .* in quotes'),
        ("percent: 2,", "prcent,", r'unknown key "prcent" \(did you mean "percent"\?\)'),
        ("    limits:", "    plans: []\n      - {}\n    limits:", r"found '-' below a key with '\[\]'"),
        ("    limits:", "    links: {}\n      fees: x\n    limits:", "take the brackets away if"),
        ("    limits:", "     links: {}\n    limits:", "where the next key was expected"),
    ],
)  # fmt: skip
def test_what_is_easily_mistyped_is_told_with_its_remedy(
    small: Path, old: str, new: str, said: str
) -> None:
    change(small / "wallets/twopay.yaml", old, new)
    found = run("catalog", "lint")
    assert found.exit_code == 4
    assert re.search(said, found.stdout), found.stdout


def test_the_chosen_catalog_comes_before_the_one_here(small: Path, tmp_path: Path) -> None:
    other = write_catalog(tmp_path / "other")
    misspelt(other)
    assert run("catalog", "lint").exit_code == 0
    assert run("catalog", "lint", catalog=other).exit_code == 4


# Formats.


def test_problems_as_json(small: Path) -> None:
    misspelt(small)
    document = validated(run("catalog", "lint", "--format", "json").stdout, "problems")
    (problem,) = document["problems"]
    assert problem["path"] == "markets.KE.fees[4].operation"
    assert problem["column"] == 21
    assert document["files"] == 6


def test_no_problem_as_json(small: Path) -> None:
    document = validated(run("catalog", "lint", "--format", "json").stdout, "problems")
    assert document["problems"] == []


def test_annotations_for_github_are_escaped(small: Path) -> None:
    path = small / "wallets" / "a,b%c.yaml"
    path.write_text(PLANPAY_CLEAN)
    (line,) = run("catalog", "lint", "catalog/wallets", "--format", "github").stdout.splitlines()
    assert line.startswith("::error file=catalog/wallets/a%2Cb%25c.yaml,line=1,col=1::")
    assert '"a,b%25c"' in line


# Averages.


def test_averages_out_of_date_are_a_problem(small: Path) -> None:
    change(small / "wallets/twopay.yaml", "percent: 1,", "percent: 2,")
    found = run("catalog", "lint")
    assert found.exit_code == 4
    assert "averages.yaml:" in found.stdout
    assert "walletpick catalog averages" in found.stdout
    check = run("catalog", "averages", "--check")
    assert check.exit_code == 4
    assert "is not up to date" in check.stderr
    assert len(check.stderr.splitlines()) == 1
    before = (small / "averages.yaml").read_text()
    assert run("catalog", "averages").exit_code == 0
    assert (small / "averages.yaml").read_text() != before
    assert run("catalog", "averages", "--check").exit_code == 0
    assert run("catalog", "lint").exit_code == 0


def test_averages_that_are_up_to_date_are_left_alone(small: Path) -> None:
    path = small / "averages.yaml"
    stamp = path.stat().st_mtime_ns
    found = run("catalog", "averages")
    assert "is up to date" in found.stderr
    assert path.stat().st_mtime_ns == stamp


def test_averages_do_not_depend_on_today(small: Path) -> None:
    assert run("catalog", "averages", "--check", today="2036-01-01").exit_code == 0


@pytest.mark.parametrize("text", [None, "fees: {", "fees: {}\n"])
def test_averages_are_made_where_there_are_none_that_can_be_read(
    small: Path, text: str | None
) -> None:
    path = small / "averages.yaml"
    before = path.read_text()
    path.unlink()
    if text is not None:
        path.write_text(text)
    assert run("list", catalog=small).exit_code == 4
    assert run("catalog", "averages").exit_code == 0
    assert path.read_text() == before


def test_what_is_charged_counts_once_for_a_wallet_and_by_each_method() -> None:
    by_two = "fees:\n  - {operation: send, percent: 1, method: balance}\n  - {operation: send, percent: 3, method: card}\n"
    several = [build.market(by_two, id=f"pay{number}").wallet for number in range(ENOUGH)]
    one = build.market("fees:\n  - {operation: send, percent: 2}\n", id="onepay").wallet
    of = build.catalog(*several, one)
    averages = work_out(of.wallets, of.criteria, of.rates)
    # Without a method the cheapest counts.
    assert averages.fees["send"] == fee("1.1667", "2", ENOUGH + 1)
    expected = {"balance": fee("1", "1", ENOUGH), "card": fee("3", "3", ENOUGH)}
    assert averages.fees_by_method == {"send": expected}


def test_what_a_wallet_takes_in_enough_countries_is_told_of_it_alone() -> None:
    priced = "currency: USD, fees: [{{operation: send, method: {}, percent: {}, source: new}}]"
    free = "currency: USD, fees: [{operation: receive, percent: 0, source: new}]"
    countries = ("US", "EC", "SV", "PA", "PR", "ZW")
    rows = [f"{country}: {{{priced.format('card', 4)}}}" for country in countries]
    dear = build.wallet("\n".join([*rows, f"TL: {{{priced.format('balance', 1)}}}"]), id="dearpay")
    shared = build.wallet("\n".join(f"{each}: {{{free}}}" for each in countries), id="freepay")
    sold = build.market("fees:\n  - {operation: receive, percent: 2}\n", id="soldpay").wallet
    of = build.catalog(dear, shared, sold)
    averages = work_out(of.wallets, of.criteria, of.rates)
    assert set(averages.elsewhere) == {"dearpay", "freepay"}
    taken = {
        key: (each.low_percent, each.estimate_percent, each.high_percent, each.count)
        for key, each in averages.elsewhere["dearpay"].items()
    }
    # By any method in seven, by card in six; by balance in too few.
    assert taken == {"send": (1, 4, 4, 7), "send:card": (4, 4, 4, 6)}
    # What takes nothing in so many may yet take what is usual.
    (received,) = {averages.elsewhere["freepay"]["receive"]}
    assert (received.low_percent, received.estimate_percent, received.count) == (0, 0, 6)
    assert received.high_percent == averages.fees["receive"].high_percent > 0


@pytest.mark.parametrize(
    ("local", "dear"),
    [
        # More than nine of ten wallets take, of a small use or a larger one.
        (("percent: 4", "percent: 6"), True),
        (("fixed: 1", "fixed: 1"), True),
        (("percent: 2", "percent: 2"), False),
        # One alone tells nothing of its country.
        (("percent: 6",), False),
    ],
)
def test_what_is_dear_in_a_country_is_told_by_its_own_wallets(
    local: tuple[str, ...], dear: bool
) -> None:
    def wallet(id: str, places: Iterable[str], price: str) -> Wallet:
        fees = f"currency: USD, fees: [{{operation: cash-out, {price}, source: new}}]"
        return build.wallet("\n".join(f"{place}: {{{fees}}}" for place in places), id=id)

    usual = [wallet(f"pay{number}", ("US",), "percent: 2") for number in range(20)]
    # A wallet of many countries tells of none.
    many = wallet("manypay", dict.fromkeys((*country_codes()[:30], "EC")), "percent: 9")
    here = [wallet(f"home{number}", ("EC",), price) for number, price in enumerate(local)]
    of = build.catalog(*usual, many, *here)
    averages = work_out(of.wallets, of.criteria, of.rates)
    assert set(averages.at_home) == ({"EC"} if dear else set())
    if dear:
        average = averages.at_home["EC"]["cash-out"]
        assert average.count == 2
        share = 5 if "percent: 4" in local else None
        small, *_, large = average.of_uses
        assert (small, large) == ((share, share) if share else (10, 1))


def test_what_is_dear_by_one_way_is_so_where_none_is_named() -> None:
    fees = "currency: USD, fees: [{operation: cash-out, method: agent, percent: 3, source: new}]"
    here = [build.wallet(f"EC: {{{fees}}}", id=f"home{number}") for number in range(2)]
    # Elsewhere it is mostly dearer by machines, and cheap at agents.
    there = [
        build.market(
            f"fees:\n  - {{operation: cash-out, method: {way}, percent: {percent}}}\n",
            id=f"{way}{number}",
        ).wallet
        for number in range(20)
        for way, percent in (("atm", 4), ("agent", 1))
    ]
    of = build.catalog(*here, *there)
    averages = work_out(of.wallets, of.criteria, of.rates)
    assert averages.fees["cash-out"].high_percent > 3
    assert {key: each.of_uses[0] for key, each in averages.at_home["EC"].items()} == {
        "cash-out": 3,
        "cash-out:agent": 3,
    }


def test_what_businesses_are_charged_is_not_learned_from_wallets_for_private_people() -> None:
    sells = "fees:\n  - {operation: receive, for: business, percent: 3}\n"
    private = (
        "onboarding:\n  private_only: {has: true}\n"
        "fees:\n  - {operation: receive, method: bank-transfer, percent: 0}\n"
    )
    shop, friends = (
        build.market(sells, id="shoppay").wallet,
        build.market(private, id="friendspay").wallet,
    )
    of = build.catalog(shop, friends)
    averages = work_out(of.wallets, of.criteria, of.rates)
    assert averages.fees_for_business["receive"] == fee("3", "3", 1)
    assert averages.fees["receive"] == fee("0", "0", 1)


def test_what_is_charged_for_each_use_is_told_from_the_share_of_the_amount() -> None:
    prices = {
        "{operation: send, percent: 2, fixed: 0.5}": fee("2", "2", 1, "0.5", "0.5"),
        "{operation: send, percent: 0.5, fixed: 1}": fee("0.5", "0.5", 1, "1", "1"),
        "{operation: send, fixed: 3}": fee("0", "0", 1, "3", "3"),
        # What a small sum does not cost is a share of the amount.
        "{operation: send, bands: [{up_to: 50, fixed: 0}, {fixed: 2}]}": fee("2", "2", 1),
    }
    for number, (rule, expected) in enumerate(prices.items()):
        of = build.catalog(
            build.market(f"fees:\n  - {rule}\n", id=f"pay{number}", country="US").wallet
        )
        assert work_out(of.wallets, of.criteria, of.rates).fees["send"] == expected


def test_what_is_dear_is_so_in_both_parts() -> None:
    # Nine take 1 + 1 %, and one 4 + 4 %: by the ninth in ten, and the mean.
    rules = ["{operation: send, percent: 1, fixed: 1}"] * 8
    rules += ["{operation: send, percent: 4, fixed: 4}"] * 2
    wallets = [
        build.market(f"fees:\n  - {rule}\n", id=f"pay{number}", country="US").wallet
        for number, rule in enumerate(rules)
    ]
    of = build.catalog(*wallets)
    averages = work_out(of.wallets, of.criteria, of.rates)
    assert averages.fees["send"] == fee("1.6", "4", 10, "1.6", "4")


def fee(
    estimate: str, high: str, count: int, fixed: str = "0", high_fixed: str = "0"
) -> AverageOfUse:
    return AverageOfUse(
        estimate_percent=Decimal(estimate),
        estimate_fixed_usd=Decimal(fixed),
        high_percent=Decimal(high),
        high_fixed_usd=Decimal(high_fixed),
        count=count,
    )


def test_averages_of_a_broken_catalog_are_not_written(small: Path) -> None:
    before = (small / "averages.yaml").read_text()
    misspelt(small)
    found = run("catalog", "averages")
    assert found.exit_code == 4
    assert "twopay.yaml:" in found.stderr
    assert (small / "averages.yaml").read_text() == before


def test_averages_that_cannot_be_written(small: Path) -> None:
    (small / "averages.yaml").unlink()
    (small / "averages.yaml").mkdir()
    found = run("catalog", "averages")
    assert found.exit_code == 1
    assert "cannot be written" in found.stderr
    assert sorted(path.name for path in small.iterdir() if path.name.startswith(".")) == []


@pytest.mark.parametrize(
    "args",
    [*examples("catalog"), *examples("catalog", "lint"), *examples("catalog", "averages")],
    ids=" ".join,
)
def test_the_examples_of_the_help_can_be_typed(
    args: list[str], write_here: Callable[..., Path]
) -> None:
    # Named as in the examples. No fact of the second names one of its sources: that is a warning.
    write_here(gcash=TWOPAY.replace("twopay", "gcash"), planpay=PLANPAY)
    assert run("catalog", "fmt").exit_code == 0
    assert run(*args).exit_code == (4 if "--strict" in args else 0)
