"""What was looked for and found or not, and what an unknown claim counts for by that."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from build import record
from hypothesis import given
from hypothesis import strategies as st
from markets import EMPTY, no, wallet_of, yes
from markets import market as market_of
from small import run

from walletpick.facts.model import AskedFile, AverageClaim, Averages
from walletpick.facts.vocabulary import OBSERVABLE
from walletpick.reading.place import default_directory
from walletpick.upkeep.asked import ENOUGH, ENOUGH_ANSWERED, measured, rounded_figure
from walletpick.upkeep.sample import Sample

D = Decimal


def looked_up(**words: tuple[int, int, int]) -> AskedFile:
    """Return look-ups: so many a word with yes, with no and with nothing found."""
    markets: list[dict[str, list[str]]] = [{} for _ in range(200)]
    for word, counts in words.items():
        answers = [
            answer
            for answer, count in zip(("yes", "no", "not_found"), counts, strict=True)
            for _ in range(count)
        ]
        for market, answer in zip(markets, answers, strict=False):
            market.setdefault(answer, []).append(word.replace("__", ":").replace("_", "-"))
    text = ""
    # Each market in a wallet of its own.
    for number, market in enumerate(markets):
        if market:
            lists = [f"{answer}: [{', '.join(each)}]" for answer, each in market.items()]
            text += f"  w{number}:\n    DE: {{seen: 2026-11-20, {', '.join(lists)}}}\n"
    return record(AskedFile, f"wallets:\n{text}" if text else "wallets: {}", "asked.yaml")


def known(yes: str = "0.5", no: str = "0", count: int = 100) -> AverageClaim:
    return AverageClaim(yes=D(yes), no=D(no), count=count)


def claim(of: dict[str, AverageClaim], asked: AskedFile | None, key: str) -> tuple[Any, ...]:
    found = measured(of, asked)[key]
    return found.yes, found.no, found.count, found.by


# Measuring.


@pytest.mark.parametrize(
    ("counts", "yes", "no"),
    [
        # Of what was answered all is yes: what was not found counts half.
        ((8, 0, 24), "0.625", "0"),
        ((5, 5, 0), "0.5", "0.5"),
        # A third of the answers is yes, so a sixth of what was not found.
        ((5, 10, 6), "0.2857", "0.5714"),
        ((0, 10, 10), "0", "0.75"),
        ((10, 0, 0), "1", "0"),
    ],
)
def test_by_its_own_word(counts: tuple[int, int, int], yes: str, no: str) -> None:
    asked = looked_up(security__passkey=counts)
    # Known either way as often as answered here: nothing is held back.
    answered = sum(counts[:2])
    shares = known(str(D(counts[0]) / answered), str(D(counts[1]) / answered))
    expected = (D(yes), D(no), sum(counts), "word")
    assert claim({"security:passkey": shares}, asked, "security:passkey") == expected


def test_too_few_look_ups_or_answers_measure_nothing() -> None:
    of = {"complaint": known("0.3", "0.1")}
    untouched = (D("0.3"), D("0.1"), 100, "wallets")
    for counts in [(ENOUGH - 1, 0, 0), (ENOUGH_ANSWERED - 1, 0, 40), (0, 0, 40), (0, 0, 0)]:
        assert claim(of, looked_up(complaint=counts), "complaint") == untouched
    assert claim(of, None, "complaint") == untouched
    assert claim(of, looked_up(complaint=(5, 0, 5)), "complaint")[3] == "word"


def test_who_may_have_an_account_says_nothing_of_what_opening_one_takes() -> None:
    private, papers = "onboarding:private_only", "onboarding:identity_document"
    of = {private: known("0.1"), papers: known("0.5")}
    lines = (f"  w{n}:\n    DE: {{seen: 2026-11-20, no: [{private}]}}\n" for n in range(20))
    asked = record(AskedFile, f"wallets:\n{''.join(lines)}", "asked.yaml")
    assert claim(of, asked, private)[2:] == (20, "word")
    assert claim(of, asked, papers) == (D("0.5"), D(0), 100, "wallets")


def test_by_its_family() -> None:
    of = {
        "security:passkey": known("0.1"),
        "security:app-pin": known("0.4"),
        "security:pci-dss": known("0.6"),
        "channels:phone": known("0.2"),
    }
    # 10 of 20: what was not found counts half, so 0.75; they are known in 0.4 of the markets.
    asked = looked_up(security__app_pin=(10, 0, 10))
    assert claim(of, asked, "security:app-pin") == (D("0.75"), D(0), 20, "word")
    # As many times its own share: 0.1 * 0.75 / 0.4.
    assert claim(of, asked, "security:passkey") == (D("0.1875"), D(0), 20, "family")
    # Never more than its like.
    assert claim(of, asked, "security:pci-dss") == (D("0.75"), D(0), 20, "family")
    assert claim(of, asked, "channels:phone") == (D("0.2"), D(0), 100, "wallets")


def test_like_words_of_which_nothing_was_known_say_nothing_of_how_common_it_is() -> None:
    of = {"security:passkey": known("0.1"), "security:app-pin": known("0")}
    asked = looked_up(security__app_pin=(10, 0, 10))
    assert claim(of, asked, "security:passkey")[0] == D("0.1")


def test_that_one_is_not_fast_in_what_it_does_not_do_says_nothing_of_the_others() -> None:
    fast, slow, absent = (
        wallet_of(name, market_of(features=features))
        for name, features in (
            ("fast", {"send-abroad": yes(), "instant-abroad": yes()}),
            ("slow", {"send-abroad": yes(), "instant-abroad": no()}),
            ("absent", {"send-abroad": no()}),
        )
    )
    sample = Sample([fast, slow, absent], EMPTY.criteria, EMPTY.per_usd)
    share = D(1) / 3
    found = sample.claim("features:instant-abroad")
    assert (found.yes, found.no) == (rounded_figure(share), rounded_figure(share))


def test_prices_and_sections_measure_no_claim() -> None:
    asked = record(
        AskedFile,
        "wallets:\n" + "".join(
            f"  w{n}:\n    DE: {{seen: 2026-11-20, yes: [closing, limits, 'fee:pay']}}\n"
            for n in range(20)
        ),
    )  # fmt: skip
    of = {"closing:easy": known("0.2"), "fees:operator": known("0.4")}
    assert measured(of, asked) == of


counted = st.tuples(*[st.integers(0, 30)] * 3)
shares = st.tuples(st.integers(0, 50), st.integers(0, 50)).map(
    lambda pair: known(str(D(pair[0]) / 100), str(D(pair[1]) / 100))
)


@given(counted, counted, shares, shares)
def test_silence_never_passes_for_better_than_an_answer(
    one: tuple[int, int, int], other: tuple[int, int, int], first: AverageClaim, last: AverageClaim
) -> None:
    of = {"security:passkey": first, "security:app-pin": last}
    for key, found in measured(
        of, looked_up(security__passkey=one, security__app_pin=other)
    ).items():
        assert 0 <= found.yes <= 1
        assert 0 <= found.no <= 1
        assert found.yes + found.no <= D("1.0001")
        if found.by != "wallets" and (answered := of[key].yes + of[key].no):
            assert found.yes <= of[key].yes / answered + D("0.0001")
            assert found.no <= of[key].no / answered + D("0.0001")


@given(counted)
def test_one_more_yes_never_lowers_what_an_unknown_counts_for(counts: tuple[int, int, int]) -> None:
    of = {"complaint": known("1")}
    yes, no, not_found = counts
    more = looked_up(complaint=(yes + 1, no, not_found))
    before = measured(of, looked_up(complaint=counts))["complaint"]
    if before.by == "word":
        assert measured(of, more)["complaint"].yes >= before.yes


# The file.

FOUND = """wallets:
  twopay:
    KE: {seen: 2026-11-20, yes: [security:app-pin, fee:send:own-network], not_found: [reply, closing]}
"""


@pytest.fixture
def small(small: Path) -> Path:
    (small / "asked.yaml").write_text(FOUND)
    assert run("catalog", "fmt").exit_code == 0
    assert run("catalog", "averages").exit_code == 0
    return small


def test_the_file_is_in_order(small: Path) -> None:
    path = small / "asked.yaml"
    text = path.read_text()
    assert text == "# yaml-language-server: $schema=schema/asked.json\n" + FOUND
    found = run("catalog", "lint")
    assert (found.exit_code, "asked.yaml" in found.stdout) == (0, False)
    assert run("catalog", "fmt", "--check").exit_code == 0
    # Keys stand in one order.
    line = text.splitlines()[-1]
    path.write_text(text.replace(line, line.replace("seen: 2026-11-20, ", "").replace(
        "closing]}", "closing], seen: 2026-11-20}")))  # fmt: skip
    assert run("catalog", "fmt").exit_code == 0
    assert path.read_text() == text


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("security:app-pin", "security:app-pn", 'found "security:app-pn", expected what can be'),
        ("security:app-pin", "security:app-pn", '(did you mean "security:app-pin"?)'),
        ("fee:send:own-network", "fee:send:by-boat", 'found "fee:send:by-boat", expected what'),
        ("not_found: [reply, closing]", "not_found: [reply, reply]", "reply stands there twice"),
        ("not_found: [reply, closing]", "no: [security:app-pin]", "security:app-pin stands there"),
        (
            "yes: [security:app-pin, fee:send:own-network], not_found: [reply, closing]", "yes: []",
            "nothing is named: give yes, no or not_found",
        ),
        ("twopay", "twopy", 'there is no wallet "twopy" (did you mean "twopay"?)'),
        ("KE:", "XX:", 'found "XX", expected an ISO 3166 country code'),
        ("seen: 2026-11-20, ", "", 'the key "seen" is missing'),
    ],
)  # fmt: skip
def test_each_mistake_has_its_line(small: Path, old: str, new: str, message: str) -> None:
    path = small / "asked.yaml"
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))
    found = run("catalog", "lint")
    assert found.exit_code == 4
    assert message in found.stdout
    assert "catalog/asked.yaml:4:" in found.stdout


def test_the_averages_follow_what_was_looked_for(small: Path) -> None:
    def claims() -> dict[str, AverageClaim]:
        text = (small / "averages.yaml").read_text()
        return record(Averages, text, "averages.yaml").claims

    before = claims()
    surveyed = before["features:widely-used"]
    assert surveyed.by == "markets"
    # Surveys name the few that are: the others are not.
    assert surveyed.yes + surveyed.no == 1
    assert {found.by for found in before.values() if found != surveyed} == {"wallets"}
    # What the law gives is no matter of what wallets have.
    assert set(before) == {word for word in OBSERVABLE if not word.startswith("right:")}
    words = sorted(word for word in OBSERVABLE if word.startswith("security:"))[:ENOUGH]
    more = FOUND.replace("security:app-pin, ", f"{', '.join(words)}, ")
    (small / "asked.yaml").write_text(more)
    stale = run("catalog", "averages", "--check")
    assert stale.exit_code == 4
    assert "averages.yaml:" in run("catalog", "lint").stdout
    assert run("catalog", "averages").exit_code == 0
    after = claims()
    assert after["security:passkey"].by == "family"
    assert after["features:send"] == before["features:send"]
    assert after["features:widely-used"] == surveyed
    assert run("catalog", "averages", "--check").exit_code == 0


def test_a_wrong_file_gives_no_averages(small: Path) -> None:
    (small / "asked.yaml").write_text("wallets: [")
    found = run("catalog", "averages")
    assert found.exit_code == 4
    assert "asked.yaml:" in found.stderr


def test_a_catalog_without_the_file_is_one(small: Path) -> None:
    (small / "asked.yaml").unlink()
    assert run("catalog", "averages").exit_code == 0
    assert run("catalog", "lint").exit_code == 0
    assert run("rank", "--country", "KE", "--use", "send=100", catalog=small).exit_code == 0


def test_the_shipped_averages_name_what_stands_behind_them() -> None:
    text = (default_directory() / "averages.yaml").read_text(encoding="utf-8")
    claims = record(Averages, text, "averages.yaml").claims
    assert {found.by for found in claims.values()} == {"word", "family", "wallets", "markets"}
    assert all(found.count >= ENOUGH for found in claims.values())
