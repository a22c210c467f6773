"""Quotes are read from CSV beside the head of their survey: every problem has its line."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import msgspec
import pytest
from msgspec import structs
from running import shipped
from small import TWOPAY, run, write_catalog

from walletpick.reading import compiled, outside
from walletpick.reading.load import load_catalog
from walletpick.reading.quotes import MOST_ROWS, canonical, read_quotes

HEADER = "wallet,firm,from,to,method,usd,fee_percent,margin_percent,caution"
ROW = "twopay,Twopay,KE,UG,balance,200,1.5,0.25,"
HEAD = """# yaml-language-server: $schema=../schema/quotes.json
name: Prices Everywhere
by: the Bank
period: 2026-Q3
credit: The Bank
about: A survey for tests.
amounts: About 200 and 500 dollars.
source: {url: https://example.org/survey, title: Prices, publisher: other, as_of: 2026-09, seen: 2026-11-20}
cautions: {reference-rate: r, payout-currency: p, maybe-offer: m}
"""


def written(directory: Path, rows: str = ROW, head: str | None = HEAD) -> Path:
    catalog = write_catalog(directory / "catalog", twopay=TWOPAY)
    assert run("catalog", "averages", catalog=catalog).exit_code == 0
    (catalog / "quotes").mkdir()
    (catalog / "quotes" / "everywhere.csv").write_text(f"{HEADER}\n{rows}\n")
    if head is not None:
        (catalog / "quotes" / "everywhere.yaml").write_text(head)
    return catalog


@pytest.mark.parametrize(
    ("row", "where", "what"),
    [
        ("twopay,Twopay,KE,UG,balance,200,1.5,0.25", "3:1", "found 8 cells, expected 9"),
        ("twopay,Twopay,KE,UG,balance,200,1.5,0.25,,", "3:1", "found 10 cells, expected 9"),
        ('twopay,"Twopay",KE,UG,balance,200,1.5,0.25,', "3:8", "found a quote"),
        ("twopay,Two\u202epay,KE,UG,balance,200,1.5,0.25,", "3:11", "the character U+202E"),
        ("Two Pay,Twopay,KE,UG,balance,200,1.5,0.25,", "3:1", "expected lower-case letters"),
        ("twopay,Twopay,KE,UK,balance,200,1.5,0.25,", "3:18", "expected an ISO 3166"),
        ("twopay,Twopay,KE,UG,balanse,200,1.5,0.25,", "3:21", 'did you mean "balance"?'),
        ("twopay,Twopay,KE,UG,balance,0,1.5,0.25,", "3:29", "expected 1 to 1000000"),
        ("twopay,Twopay,KE,UG,balance,200,1e5,0.25,", "3:33", "expected a number"),
        ("twopay,Twopay,KE,UG,balance,200,-1,0.25,", "3:33", "not negative"),
        ("twopay,Twopay,KE,UG,balance,200,101,0.25,", "3:33", "expected 0 to 100"),
        ("twopay,Twopay,KE,UG,balance,200,1,-101,", "3:35", "expected -100 to 100"),
        ("twopay,Twopay,KE,UG,balance,200,1,0.25,careful", "3:40", "reference-rate"),
        ("twopay,Twopay,KE,UG,balance,,1,0.25,", "3:1", 'the key "usd" is missing'),
        ("twopay,Twopay,KE,KE,balance,200,1,0.25,", "3:1", "it goes from KE to KE"),
        ("twopay,Twopay,KE,UG,balance,200,1,-0.51,", "3:1", "a margin of -0.51 %"),
        ("twopay,Twopay,KE,UG,balance,200,0.2,-0.2,", "3:1", "it costs nothing"),
        (ROW, "3:1", "the same row as line 2"),
        ("", "3:1", "found 1 cells, expected 9"),
    ],
)
def test_a_wrong_row_is_named_with_its_line(row: str, where: str, what: str) -> None:
    rows, problems = read_quotes(f"{HEADER}\n{ROW}\n{row}\n".encode(), "q.csv")
    assert len(problems) == 1
    assert str(problems[0]).startswith(f"q.csv:{where}: ")
    assert what in problems[0].message
    assert rows[0].line == 2


@pytest.mark.parametrize(
    ("data", "where", "what"),
    [
        (b"", "1:1", "expected the columns"),
        (HEADER.replace("usd", "eur").encode(), "1:1", "expected the columns"),
        (f"{HEADER}\n{ROW}\n".encode() + b"\xff", "3:1", "not UTF-8"),
        (f"{HEADER}\n{'x' * 3000}\n".encode(), "2:1", "expected 9"),
        (f"{HEADER}\n".encode() + b"\n" * (MOST_ROWS + 1), f"{MOST_ROWS + 2}:1", "at most"),
    ],
)
def test_what_is_no_such_file_is_refused(data: bytes, where: str, what: str) -> None:
    rows, problems = read_quotes(data, "q.csv")
    assert not rows or where == "3:1"
    assert len(problems) == 1
    assert str(problems[0]).startswith(f"q.csv:{where}: ")
    assert what in problems[0].message


def test_a_file_of_nonsense_has_few_problems() -> None:
    _, problems = read_quotes(f"{HEADER}\n{'x,' * 8 + chr(10)}".encode() * 15_000, "q.csv")
    assert len(problems) < 200


def test_canonical_text_is_in_order_and_stays_as_it_is() -> None:
    first = "apay,Apay,KE,UG,balance,500,1.50,0.0,"
    caution = "apay,Apay,KE,UG,balance,200,0,-2,maybe-offer"
    text, problems = canonical(f"{HEADER}\r\n{ROW}\r\n{first}\r\n{caution}\r\n".encode(), "q.csv")
    assert not problems
    expected = [HEADER, caution, "apay,Apay,KE,UG,balance,500,1.5,0,", ROW]
    assert text == "\n".join(expected) + "\n"
    assert canonical(text.encode(), "q.csv") == (text, [])


def test_only_what_can_be_reckoned_with_is_among_the_prices(tmp_path: Path) -> None:
    others = "nopay,No Wallet,KE,UG,balance,200,1,1,"
    caution = "twopay,Twopay,KE,UG,balance,200,1,0,payout-currency"
    catalog = load_catalog(written(tmp_path, "\n".join((ROW, others, caution))))
    survey = catalog.surveys["everywhere"]
    assert {wallet: list(countries) for wallet, countries in survey.quotes.items()} == {
        "twopay": ["KE"]
    }
    assert [quote.line for quote in survey.quotes["twopay"]["KE"]] == [2]
    assert {wallet: list(countries) for wallet, countries in survey.cautioned.items()} == {
        "twopay": ["KE"]
    }
    assert [quote.line for quote in survey.cautioned["twopay"]["KE"]] == [4]
    assert survey.head.file == "quotes/everywhere.yaml"
    data = compiled.encode(catalog)
    assert compiled.open_(data).with_files() == catalog
    assert outside.decode(data) == structs.replace(catalog, files=())


def test_the_version_knows_the_quotes(tmp_path: Path) -> None:
    one = load_catalog(written(tmp_path / "one"))
    other = load_catalog(written(tmp_path / "other", ROW.replace("1.5", "1.6")))
    assert one.version != other.version


@pytest.mark.parametrize("command", [("lint",), ("fmt", "--check")])
def test_commands_know_the_files(command: tuple[str, ...], tmp_path: Path) -> None:
    catalog = written(tmp_path)
    assert run("catalog", *command, str(catalog / "quotes")).exit_code == 0
    (catalog / "quotes" / "everywhere.csv").write_text(f"{HEADER}\n{ROW}{ROW}\n")
    for path in (catalog, catalog / "quotes", catalog / "quotes" / "everywhere.csv"):
        found = run("catalog", *command, str(path))
        assert found.exit_code == 4
        assert "everywhere.csv:2:1: found 17 cells" in found.stdout + found.stderr


def test_fmt_puts_rows_in_order(tmp_path: Path) -> None:
    first = ROW.replace("twopay,Twopay", "apay,Apay")
    catalog = written(tmp_path, f"{ROW}\n{first}")
    assert run("catalog", "fmt", "--check", str(catalog / "quotes")).exit_code == 4
    assert run("catalog", "fmt", str(catalog / "quotes")).exit_code == 0
    text = (catalog / "quotes" / "everywhere.csv").read_text()
    assert text == f"{HEADER}\n{first}\n{ROW}\n"


def test_a_survey_is_whole(tmp_path: Path) -> None:
    catalog = written(tmp_path)
    (catalog / "quotes" / "everywhere.yaml").unlink()
    found = run("catalog", "lint", str(catalog))
    assert found.exit_code == 4
    assert "everywhere.csv:1:1: everywhere.yaml is missing" in found.stdout
    catalog = written(tmp_path / "rule", head=HEAD.replace(", maybe-offer: m", ""))
    found = run("catalog", "lint", str(catalog))
    assert found.exit_code == 4
    assert "no rule is written down for maybe-offer" in found.stdout


def test_what_no_file_could_hold_is_refused_from_outside(tmp_path: Path) -> None:
    catalog = load_catalog(written(tmp_path))
    survey = catalog.surveys["everywhere"]
    quote = survey.quotes["twopay"]["KE"][0]
    for wrong in (
        structs.replace(quote, firm="Two,pay"),
        structs.replace(quote, margin_percent=quote.margin_percent - 9),
        structs.replace(quote, caution="maybe-offer"),
        structs.replace(quote, wallet="nopay"),
        structs.replace(quote, line=-1),
        structs.replace(quote, path="x"),
    ):
        other = structs.replace(survey, quotes={"twopay": {"KE": (wrong,)}})
        bad = structs.replace(catalog, surveys={"everywhere": other})
        with pytest.raises(compiled.Damaged, match="it does not hold a catalog that can be used"):
            outside.decode(compiled.encode(bad))
    # A price is none with a caution.
    bad = structs.replace(
        catalog, surveys={"everywhere": structs.replace(survey, cautioned=survey.quotes)}
    )
    with pytest.raises(compiled.Damaged, match="it does not hold a catalog that can be used"):
        outside.decode(compiled.encode(bad))
    bad = structs.replace(catalog, surveys={"other": survey})
    with pytest.raises(compiled.Damaged, match="came from"):
        outside.decode(compiled.encode(bad))


# What was shipped.


def test_cautions_and_strangers_are_nowhere_among_the_prices_that_are_shipped() -> None:
    ids = {wallet.id for wallet in shipped().wallets}
    count = 0
    for survey in shipped().surveys.values():
        assert survey.quotes.keys() <= ids
        for countries in survey.quotes.values():
            for quote in (quote for quotes in countries.values() for quote in quotes):
                count += 1
                assert quote.caution is None
                assert quote.to not in ("BD", "BO")
                # Xoom belongs to PayPal and is a product of its own.
                assert (quote.wallet == "xoom") == (quote.firm == "Xoom")
        cautioned = [
            row for there in survey.cautioned.values() for rows in there.values() for row in rows
        ]
        assert {"BD", "BO"} <= {row.to for row in cautioned}
        assert None not in {row.caution for row in cautioned}
    assert count > 200
    assert len(msgspec.msgpack.encode(shipped().surveys)) < 400_000


def test_wise_to_the_philippines_is_what_the_survey_saw() -> None:
    found = run("cost", "wise", "--country", "US", "--use", "send-abroad=200@PH", "--json")
    line = msgspec.json.decode(found.stdout)["bills"][0]["lines"][0]
    assert line["quote"]["by"] == "the World Bank"
    assert line["quote"]["period"] == "2025-Q3"
    assert line["quote"]["credit"].startswith("The World Bank, Remittance Prices Worldwide")
    assert "a quote of 2025-Q3" in line["rule"]
    assert "not the operator's price" in line["rule"]
    assert line["source"]["as_of"] == "2025-09"
    assert line["facts"][0]["file"] == "quotes/rpw-2025q3.csv"
    shares = [float(point["fee_percent"]) for point in line["quote"]["points"]]
    assert float(line["yearly"]["estimate"]) == pytest.approx(24 * shares[0])
    assert line["stale"]


def test_diff_tells_what_a_survey_saw_anew(tmp_path: Path) -> None:
    old = written(tmp_path / "old")
    new = written(tmp_path / "new", ROW.replace("1.5", "1.6"), HEAD.replace("2026-Q3", "2026-Q4"))
    text = " ".join(run("catalog", "diff", str(old), str(new)).stdout.split())
    assert "twopay KE-UG balance, 200 USD: 1.5 % + 0.25 % -> 1.6 % + 0.25 %" in text
    assert "period: 2026-Q3 -> 2026-Q4" in text
    for path in (old / "quotes").iterdir():
        path.unlink()
    text = " ".join(run("catalog", "diff", str(old), str(new)).stdout.split())
    assert "the survey everywhere: Prices Everywhere, 2026-Q4: 1 quote of 1 wallet" in text
    assert "Nothing changes." in run("catalog", "diff", str(new), str(new)).stdout


def test_a_corridor_that_five_services_serve_has_averages_of_its_own(tmp_path: Path) -> None:
    """None of them is a wallet of the catalog, so that no wallet moves what others are taken for."""
    prices = [(1, 0.1), (2, 0.2), (3, 0.3), (4, -0.4), (9, 0.5)]
    rows = [
        f"pay{n},Pay,GB,KE,bank-linked,200,{fee},{margin},"
        for n, (fee, margin) in enumerate(prices)
    ]
    # One service counts once, by its middle; what carries a caution does not count.
    rows += ["pay4,Pay,GB,KE,card,200,20,3,", "pay4,Pay,GB,KE,debit-card,200,5,0.5,"]
    rows += ["pay5,Pay,GB,KE,card,200,50,9,maybe-offer"]
    # Four services are too few.
    rows += [f"pay{n},Pay,GB,IN,bank-linked,200,1,1," for n in range(4)]
    catalog = written(tmp_path, "\n".join(sorted(rows)))
    assert run("catalog", "averages", "--check", catalog=catalog).exit_code == 4
    assert run("catalog", "averages", catalog=catalog).exit_code == 0
    averages = load_catalog(catalog).averages
    assert list(averages.send_abroad) == ["GB-KE"]
    corridor = averages.send_abroad["GB-KE"]
    assert (corridor.fee.low_percent, corridor.fee.estimate_percent) == (1, 3)
    assert (corridor.fee.high_percent, corridor.fee.count) == (9, 5)
    assert (corridor.conversion.low_percent, corridor.conversion.count) == (0, 5)
    assert corridor.conversion.estimate_percent == Decimal("0.2")
