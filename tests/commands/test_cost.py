"""`walletpick cost`: the itemised bill."""

from __future__ import annotations

import csv
import io
import re
from decimal import Decimal
from pathlib import Path

import pytest
from running import market_id, shipped, some_markets
from small import PLANPAY, TWOPAY, british, examples, run, validated, write_catalog

from walletpick.words.costs import unanswered_words


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_catalog(tmp_path_factory.mktemp("small") / "catalog")


def page(*args: str, catalog: Path) -> str:
    return run("cost", *args, "--format", "markdown", catalog=catalog).stdout


def bills(*args: str, catalog: Path | None = None) -> list[dict]:
    return validated(run("cost", *args, "--json", catalog=catalog).stdout, "bill")["bills"]


# Figures.


def test_a_line_says_price_amount_month_year_and_source(small: Path) -> None:
    found = page("twopay@KE", "--use", "send=3000x2", catalog=small)
    assert "Send money to people at home | 3,000.00 KES in 2 uses | 1 % | 30.00 | 360.00" in found
    assert "1\\] 2026-10 |" in found
    assert "https://example.com/fees" in found


def test_taxes_stand_apart_and_in_the_total(small: Path) -> None:
    (bill,) = bills("twopay@KE", "--use", "send=3000x2", catalog=small)
    assert bill["taxes"]["estimate"] == "180.00"
    assert bill["yearly"] == {
        "estimate": "540.00", "low": "540.00", "high": "540.00", "complete": True
    }  # fmt: skip
    assert [line["kind"] for line in bill["lines"]] == ["fee", "tax"]
    found = page("twopay@KE", "--use", "send=3000x2", catalog=small)
    assert "Taxes in it: 180.00 KES a year" in found
    assert "| Tax: send money to people at home |" in found


def test_what_the_other_side_pays_is_said_and_not_counted(small: Path) -> None:
    found = page("twopay@KE", "--use", "send=3000x2", catalog=small)
    assert "The other side pays, not counted: send money to people at home: 4 %." in found


def test_the_known_part_and_what_is_unknown_in_words(small: Path) -> None:
    found = page("twopay@KE", "--use", "top-up=100:cash-agent", "--use", "cash-out=1000",
                 catalog=small)  # fmt: skip
    assert (
        "**0.00 KES plus an unknown fee to take out cash"
        " (about 360.00 in all, 0.00 to 960.00)**" in found
    )
    assert "not known: guessed at 3 %, 0 to 8 %, from what 20 wallets charge" in found
    assert "not all is known" in found


def test_several_unknowns_are_named_in_short(small: Path) -> None:
    found = page("twopay@KE", "--use", "bill-pay=100", "--use", "cash-out=1000", catalog=small)
    assert (
        "unknown charges for paying bills and taking out cash (about 396.00 KES, 0.00 to" in found
    )


def test_an_unknown_line_has_no_rule_and_no_source(small: Path) -> None:
    (bill,) = bills("twopay@KE", "--use", "cash-out=1000", catalog=small)
    (line,) = bill["lines"]
    assert (line["known"], line["rule"], line["source"], line["facts"]) == (False, None, None, [])
    assert line["average"] == {
        "estimate": "3",
        "high": "8",
        "estimate_fixed_usd": "0",
        "high_fixed_usd": "0",
        "unit": "percent",
        "markets": 20,
    }
    assert bill["yearly"]["complete"] is False


def test_stale_prices_are_marked(small: Path) -> None:
    found = page("twopay@KE", "--use", "pay=1000", catalog=small)
    assert "2020-01, stale" in found
    assert "A stale (old) price may have changed" in found
    (bill,) = bills("twopay@KE", "--use", "pay=1000", catalog=small)
    (line,) = bill["lines"]
    assert line["stale"]
    assert line["facts"][0]["stale"]
    assert line["facts"][0]["path"] == "markets.KE.fees[4]"
    assert line["facts"][0]["file"] == "wallets/twopay.yaml"


def test_what_was_free_long_ago_says_of_when_that_is(tmp_path: Path) -> None:
    price = "fixed: 0, per: month, source: fees"
    assert price in PLANPAY
    text = PLANPAY.replace(price, price.replace("fees", "old"))
    catalog = write_catalog(tmp_path / "catalog", planpay=text)
    found = page("planpay", "--use", "send=100", "--must", "pay-abroad", catalog=catalog)
    assert "| The plan | free (page of 2020) |" in found.replace("|  |", "|")
    assert "**about 24.00 GBP (24.00 to 2" in found


def test_the_exchange_rate_has_its_line_and_alternatives_are_named(small: Path) -> None:
    found = page("planpay", "--use", "pay-abroad=100@US", catalog=small)
    assert "Exchange rate: pay in another country or currency (United States)" in found
    assert "1 % on the exchange rate" in found
    assert "in other cases 3 % (when: weekends) on top; so there is a range" in found


# Plans.


@pytest.mark.parametrize(("amount", "plan"), [("100", "Basic"), ("1000", "Plus")])
def test_the_cheapest_plan_is_taken_and_named(small: Path, amount: str, plan: str) -> None:
    found = page("planpay", "--use", f"send={amount}", catalog=small)
    assert f"Plan: {plan}, the cheapest of 2 plans for this." in found


def test_a_cheaper_plan_that_lacks_a_must_have_is_named(small: Path) -> None:
    found = page("planpay", "--use", "send=100", "--must", "budgeting", catalog=small)
    assert "Plan: Plus, the cheapest of 2 plans that does all you ask: Basic costs less" in found
    assert "The other plans, in the first year: Basic 24.00 GBP." in found


@pytest.mark.parametrize(
    "command",
    [
        ("rank", "--country", "GB"),
        ("rank", "--country", "GB", "--explain"),
        ("cost", "planpay"),
        ("switch", "--from", "planpay", "--to", "twopay"),
    ],
)
def test_a_price_among_users_alone_says_so(tmp_path: Path, command: tuple[str, ...]) -> None:
    twopay = TWOPAY.replace("  KE:\n    currency: KES", "  GB:\n    currency: GBP")
    dearer = "      - {operation: send, plan: basic, percent: 2, source: fees}\n"
    own = dearer.replace("percent: 2", "method: own-network, percent: 0")
    assert dearer in PLANPAY
    within = PLANPAY.replace(dearer, own + dearer.replace("plan: basic", "method: bank-transfer"))
    catalog = write_catalog(tmp_path / "catalog", planpay=within, twopay=twopay)
    found = run(*command, "--use", "send=100", "--format", "markdown", catalog=catalog).stdout
    price = "costs less" if command[0] == "switch" else "is free"
    words = f"t {price} only to other Planpay users: sending money to people at home"
    if command == ("rank", "--country", "GB"):
        # Below the table stands what it costs then.
        words = "Where the other side has the same wallet, it costs a year: 0.00 GBP at Planpay"
    assert words in found
    asked = run(*command, "--use", "send=100:own-network", "--format", "markdown", catalog=catalog)
    assert words not in asked.stdout
    if command[0] == "rank":
        assert "up to 24.00 GBP" in found


@pytest.mark.parametrize(
    "command",
    [
        ("rank", "--country", "GB"),
        ("cost", "planpay"),
        ("switch", "--from", "planpay", "--explain"),
    ],
)
def test_a_price_among_users_is_not_shown_for_sending_to_anybody(
    tmp_path: Path, command: tuple[str, ...]
) -> None:
    twopay = TWOPAY.replace("  KE:\n    currency: KES", "  GB:\n    currency: GBP")
    within = PLANPAY.replace("basic, percent: 2", "basic, method: own-network, percent: 0")
    catalog = write_catalog(tmp_path / "catalog", planpay=within, twopay=twopay)
    shown = run(*command, "--use", "send=100", "--format", "markdown", catalog=catalog).stdout
    assert "t costs less only" not in shown
    if command[0] == "cost":
        assert "A price is on record only to other Planpay users" in shown
        assert "free; outside its network not known: guessed at 3 %, 0 to 8 %" in shown
    else:
        assert "the fee to send money to people at home outside the wallet's own network" in shown


@pytest.mark.parametrize("most", ["8", "0"])
def test_an_unknown_is_never_shown_as_free(tmp_path: Path, most: str) -> None:
    """Of Basic nothing is known but that it is free to have; what it lacks mostly costs nothing."""
    fee = "plan: basic, percent: 2,"
    assert fee in PLANPAY
    text = PLANPAY.replace(fee, "plan: basic, price: unknown,")
    catalog = write_catalog(tmp_path / "catalog", planpay=text)
    averages = catalog / "averages.yaml"
    usual = "  send: {estimate_percent: 3, high_percent: 8, count: 20}"
    assert usual in averages.read_text()
    free = usual.replace("3,", "0,").replace("8,", f"{most},")
    averages.write_text(averages.read_text().replace(usual, free))
    found = page("planpay", "--use", "send=100", catalog=catalog)
    assert "Plan: Basic, the cheapest of 2 plans for this, as far as is known." in found
    year, month = ("taken for nothing", "0.00 GBP")
    if most != "0":
        year, month = ("0.00 to 96.00 in all", "0.00 to 8.00 GBP")
    assert f"**0.00 GBP plus an unknown fee to send money to people at home ({year})**" in found
    assert f"In an average month: {month}, with what is not known." in found
    assert "about 0" not in found
    (total,) = [line for line in found.splitlines() if "In all" in line]
    assert "not all is known" in total
    assert total.endswith("| ? | ? |  |" if most == "0" else "| 0.00 to 8.00 | 0.00 to 96.00 |  |")
    # The other plan is known; then the other way round.
    assert "The other plans, in the first year: Plus 60.00 GBP." in found
    other = page("planpay", "--use", "send=100", "--must", "budgeting", catalog=catalog)
    assert "The other plans, in the first year (?: not known): Basic ?." in other


def test_where_no_plan_fits_the_cheapest_is_shown(small: Path) -> None:
    found = run("cost", "planpay", "--use", "send=100", "--must", "features:crypto", "--format", "markdown",
                catalog=small)  # fmt: skip
    assert found.exit_code == 3
    assert "Plan: Basic, the cheapest of 2 plans; none of them fits." in found.stdout
    assert "Does not fit: does not trade cryptocurrency" in found.stdout


# Limits and what does not fit.


def test_beyond_a_limit_the_rest_is_still_billed(small: Path) -> None:
    args = ("twopay@KE", "--use", "send=90000", "--use", "pay=1000")
    found = run("cost", *args, "--format", "markdown", catalog=small)
    assert found.exit_code == 3
    assert "Does not fit: cannot send money" in found.stdout
    assert "| Send money to people at home | 90,000.00 KES | cannot be done" in found.stdout
    assert "| Pay in shops and online | 1,000.00 KES | 2 % |" in found.stdout
    assert "Twopay: cannot send money" in found.stderr
    (bill,) = bills(*args, catalog=small)
    assert not bill["fits"]
    assert bill["obstacles"][0]["fact"]["path"] == "markets.KE.limits[0]"
    assert "In the first year, without what cannot be done: **about 240.00 KES" in found.stdout
    assert bill["yearly"]["estimate"] == "240.00"
    assert bill["yearly"]["complete"] is bill["monthly"]["complete"] is False
    (barred,) = bill["impossible"]
    assert (barred["operation"], barred["amount"], barred["times"]) == ("send", "90000.00", 1)
    assert barred["text"] == bill["obstacles"][0]["text"]
    assert barred["fact"] == bill["obstacles"][0]["fact"]


@pytest.mark.parametrize(
    ("limit", "words"),
    [
        (
            "{what: transaction, operation: send, when: in the old app, amount: 5000, source: fees}",
            "? Send money to people at home may be beyond a limit: at most 5,000.00 KES at a time"
            " (only when: in the old app).",
        ),
        (
            "{what: day, operation: send, amount: 6000, source: fees}",
            "Send money to people at home: your 6,000.00 KES is the whole of the limit of"
            " 6,000.00 KES a day.",
        ),
        (
            "{what: month, operation: send, amount: 7000, source: fees}",
            "Send money to people at home: your 6,000.00 KES is 85 % of the limit of 7,000.00 KES"
            " a month.",
        ),
    ],
)
def test_how_a_use_stands_to_a_limit_is_said(tmp_path: Path, limit: str, words: str) -> None:
    firm = "{what: transaction, operation: send, amount: 5000, source: fees}"
    small = write_catalog(tmp_path / "catalog", twopay=TWOPAY.replace(firm, limit))
    assert words in page("twopay@KE", "--use", "send=6000", catalog=small)
    assert words not in page("twopay@KE", "--use", "send=5000", catalog=small)
    ranked = run("rank", "--country", "KE", "--use", "send=6000", catalog=small).stdout
    assert ("may be beyond a limit" in ranked) == words.startswith("?")


def test_what_goes_in_parts_alone_is_billed_so_and_said(small: Path) -> None:
    args = ("twopay@KE", "--use", "send=9000")
    words = "Send money to people at home: at most 5,000.00 KES at a time, so in 2 parts."
    assert words in " ".join(page(*args, catalog=small).split())
    (bill,) = bills(*args, catalog=small)
    assert bill["impossible"] == []
    (parted,) = bill["parted"]
    assert (parted["operation"], parted["amount"], parted["times"]) == ("send", "9000.00", 1)
    assert parted["parts"] == 2
    assert parted["fact"]["path"] == "markets.KE.limits[0]"
    assert {line["times"] for line in bill["lines"]} == {2}


def test_usages_that_pass_a_limit_only_together(tmp_path: Path) -> None:
    limit = "{what: transaction, operation: send, amount: 5000, source: fees}"
    assert limit in TWOPAY
    twopay = TWOPAY.replace(limit, "{what: month, amount: 1000, source: fees}")
    small = write_catalog(tmp_path / "catalog", twopay=twopay)
    why = (
        "cannot pay in shops and online and send money to people at home, 1,200.00 KES a month in"
        " all: at most 1,000.00 KES"
    )
    uses = ("--country", "KE", "--use", "send=600", "--use", "pay=600")
    (bill,) = bills("twopay", *uses, catalog=small)
    assert [barred["operation"] for barred in bill["impossible"]] == ["pay"]
    assert bill["impossible"][0]["text"] == bill["obstacles"][0]["text"] == why
    assert {line["operation"] for line in bill["lines"]} == {"send"}
    found = run("rank", *uses, catalog=small)
    assert found.exit_code == 3
    assert why in " ".join(found.stdout.split())
    one = run("rank", "--country", "KE", "--use", "send=600", "--use", "pay=400", catalog=small)
    assert why not in " ".join(one.stdout.split())


def test_what_cannot_be_done_never_looks_free(small: Path) -> None:
    args = ("twopay@KE", "planpay", "--use", "send=90000", "--currency", "KES")
    found = run("cost", *args, "--format", "markdown", catalog=small)
    assert found.exit_code == 0, "the other wallet can"
    assert "| **Twopay (Kenya)** | cannot be done | no |" in found.stdout
    part = found.stdout.partition("## Twopay (Kenya)")[2].partition("\n## ")[0]
    assert "In the first year: it cannot be done, so no price." in part
    assert "0.00 KES" not in part.replace("90,000.00 KES", "").replace("5,000.00 KES", "")
    assert "| In all |" in part.replace("*", "")
    first, second = bills(*args, catalog=small)
    assert first["yearly"] is first["monthly"] is first["yearly_in_needs_currency"] is None
    assert first["lines"] == []
    assert len(first["impossible"]) == 1
    assert second["yearly"]["complete"] is True
    assert second["impossible"] == []


def test_another_plan_that_cannot_do_it_has_no_price(tmp_path: Path) -> None:
    limit = "    limits:\n      - {what: transaction, operation: send, plan: plus, amount: 50, source: fees}\n"
    text = PLANPAY.replace("    features:\n", limit + "    features:\n")
    assert text != PLANPAY
    catalog = write_catalog(tmp_path / "catalog", planpay=text)
    found = page("planpay", "--use", "send=1000", catalog=catalog)
    assert "The other plans, in the first year: Plus cannot do it: beyond a limit." in found
    (bill,) = bills("planpay", "--use", "send=1000", catalog=catalog)
    (other,) = bill["other_plans"]
    assert (other["plan"], other["fits_limits"], other["yearly"]) == ("plus", False, None)


def test_two_usages_at_one_price_make_one_note(small: Path) -> None:
    found = page("planpay", "--use", "pay-abroad=100@US", "--use", "pay-abroad=50@US",
                 catalog=small)  # fmt: skip
    assert found.count("| Exchange rate: pay in another country") == 2
    assert found.count("in other cases 3 % (when: weekends) on top; so there is a range") == 1


BANDS = "{bands: [{up_to: 100, fixed: 0}, {up_to: 500, fixed: 7}, {up_to: 1000, fixed: 13}, {fixed: 20}]}"


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("100", "free each, for up to 100.00 KES"),
        ("500", "7.00 KES each, for over 100.00, up to 500.00 KES"),
        ("501", "13.00 KES each, for over 500.00, up to 1,000.00 KES"),
        ("4000", "20.00 KES each, for over 1,000.00 KES"),
    ],
)
def test_a_band_says_on_which_side_its_ends_are(tmp_path: Path, amount: str, words: str) -> None:
    rule = "{operation: send, percent: 1, source: fees}"
    bands = f"{{operation: send, source: fees, {BANDS[1:]}"
    text = TWOPAY.replace(rule, bands)
    assert text != TWOPAY
    catalog = write_catalog(tmp_path / "catalog", twopay=text)
    assert f"| {words} |" in page("twopay@KE", "--use", f"send={amount}", catalog=catalog)


@pytest.mark.parametrize(("plans", "words"), [("", "The regular charge"), ("x", "The plan")])
def test_only_a_wallet_with_plans_has_a_plan(tmp_path: Path, plans: str, words: str) -> None:
    fee = "      - {operation: subscription, fixed: 30, per: month, source: fees}\n"
    old = "  KE:\n    currency: KES\n"
    more = "    plans:\n      - {id: x, name: X, source: fees}\n" if plans else ""
    text = TWOPAY.replace(old, old + more).replace("    fees:\n", "    fees:\n" + fee, 1)
    catalog = write_catalog(tmp_path / "catalog", twopay=text)
    assert f"| {words} |" in page("twopay@KE", "--use", "send=100", catalog=catalog)


def test_one_wallet_that_fits_is_enough(small: Path) -> None:
    found = run("cost", "twopay@KE", "planpay", "--use", "send=900", "--format", "markdown",
                catalog=small)  # fmt: skip
    assert found.exit_code == 0
    # What cannot do it comes last.
    assert found.stdout.index("Planpay (United Kingdom)") < found.stdout.index("Twopay (Kenya)")
    assert "cannot be done" in found.stdout


def test_a_closed_wallet_is_billed_but_does_not_fit(small: Path) -> None:
    found = run("cost", "twopay@PH", "--use", "send=100", "--json", catalog=small)
    assert found.exit_code == 3
    (bill,) = validated(found.stdout, "bill")["bills"]
    assert bill["obstacles"][0]["text"] == "no longer runs since 2026-01"
    assert bill["yearly"]["estimate"] == "180.00"


# Which of several costs least.


def several(*fees: str, **more: str) -> dict[str, str]:
    """Return wallets in GB that send at these prices, "apay" and on."""
    return {
        name: british(name, f"operation: send, {price}")
        for name, price in zip(("apay", "bpay", "cpay"), fees, strict=False)
    }


def test_what_is_known_of_one_may_be_more_than_another_can_be(tmp_path: Path) -> None:
    def said(dear: str) -> str:
        # What paying costs is not known of either.
        unknown = ", source: fees}\n      - {operation: pay, price: unknown"
        wallets = several(f"percent: 1{unknown}", f"percent: {dear}{unknown}")
        catalog = write_catalog(tmp_path / dear, **wallets)
        uses = ("--use", "send=100", "--use", "pay=100")
        return page(*wallets, "--country", "GB", *uses, catalog=catalog)

    surely = "Of none is the price known in full, but Apay most likely costs least: with what"
    assert surely in said("50")
    assert "so none can be said to cost least" in said("2")


@pytest.mark.parametrize(
    ("fees", "said", "order"),
    [
        (
            ("percent: 2", "percent: 1", "percent: 3"),
            "Bpay costs least by what is known: 12.00 GBP in the first year; then Apay with 24.00"
            " GBP and Cpay with 36.00 GBP.",
            "bac",
        ),
        # What costs nothing on most days, and more than the other on others, may cost less.
        (
            (
                "percent: 0, given: no-weekend, source: fees}\n"
                "      - {operation: send, percent: 3, given: weekend",
                "percent: 1",
            ),
            "Bpay probably costs least by what is known: 12.00 GBP in the first year; then Apay with"
            " up to 36.00 GBP.",
            "ba",
        ),
        (
            ("percent: 2", "percent: 1", "percent: 1"),
            "Bpay and Cpay cost the same, and least by what is known: 12.00 GBP in the first year;"
            " then Apay with 24.00 GBP.",
            "bca",
        ),
        (
            ("percent: 2", "percent: 2"),
            "Apay and Bpay cost the same by what is known: 24.00 GBP in the first year.",
            "ab",
        ),
        # Whose price is only guessed, and may be lower, is no reason to call another cheapest.
        (
            ("price: unknown", "percent: 1"),
            "Only of Bpay is the price known in full: 12.00 GBP in the first year. Less sure: Apay"
            " with about 36.00 GBP (0.00 to 96.00), a guess.",
            "ba",
        ),
        (
            ("price: unknown", "percent: 2", "percent: 1"),
            "Of those whose price is known in full, Cpay costs least: 12.00 GBP in the first year;"
            " then Bpay with 24.00 GBP. Less sure: Apay with about 36.00 GBP (0.00 to 96.00), a"
            " guess.",
            "cba",
        ),
        # A guess below a known price does not come "then".
        (
            ("price: unknown", "percent: 9", "percent: 4"),
            "Of those whose price is known in full, Cpay costs least: 48.00 GBP in the first year;"
            " then Bpay with 108.00 GBP. Less sure: Apay with about 36.00 GBP (0.00 to 96.00), a"
            " guess.",
            "cba",
        ),
        (
            ("price: unknown", "price: unknown"),
            "Of none is the price known in full, so none can be said to cost least; by guesses:"
            " Apay about 36.00 GBP (0.00 to 96.00); Bpay about 36.00 GBP (0.00 to 96.00).",
            "ab",
        ),
    ],
)
def test_several_bills_stand_by_cost_under_who_costs_least(
    tmp_path: Path, fees: tuple[str, ...], said: str, order: str
) -> None:
    wallets = several(*fees)
    catalog = write_catalog(tmp_path / "catalog", **wallets)
    args = (*wallets, "--country", "GB", "--use", "send=100")
    found = page(*args, catalog=catalog)
    assert f"**{said}**" in found
    names = [f"{letter.upper()}pay" for letter in order]
    assert re.findall(r"^## (\w+) \(United", found, re.M) == names
    assert re.findall(r"^\| \*\*(\w+) \(United", found, re.M) == names
    # For programs they stand as they were asked for.
    assert [bill["wallet"] for bill in bills(*args, catalog=catalog)] == list(wallets)


@pytest.mark.parametrize(
    ("command", "amount"),
    [
        ("cost", "--use=convert=100@US"),
        ("cost", "--vary=convert=100..400@US"),
        ("compare", "--use=convert=100@US"),
    ],
)
def test_a_condition_that_may_change_who_costs_least_is_named(
    tmp_path: Path, command: str, amount: str
) -> None:
    weekend = "operation: convert, percent: 3, surcharge: true, given: weekend"
    wallets = {
        "apay": british("apay", "operation: convert, percent: 0", weekend),
        "bpay": british("bpay", "operation: convert, percent: 1"),
        "cpay": british("cpay", "operation: convert, percent: 5"),
    }
    catalog = write_catalog(tmp_path / "catalog", **wallets)
    hint = "Not said, and it may change which costs least: if you do it at a weekend"
    open_ = run(command, "apay", "bpay", amount, "--country", "GB", catalog=catalog).stdout
    assert hint in " ".join(open_.split())
    assert "(--given [no-]weekend)" in " ".join(open_.split())
    # Not where it changes nothing, or is answered.
    far = run(command, "apay", "cpay", amount, "--country", "GB", catalog=catalog).stdout
    assert hint not in " ".join(far.split())
    answers = ("--given", "no-weekend")
    told = run(command, "apay", "bpay", amount, "--country", "GB", *answers, catalog=catalog).stdout
    assert hint not in " ".join(told.split())


def test_of_one_wallet_nothing_is_said_to_cost_least(small: Path) -> None:
    assert "costs least" not in page("planpay", "--use", "send=100", catalog=small)
    # Nor where the other cannot do it.
    found = page("twopay@KE", "planpay", "--use", "send=90000", "--currency", "KES", catalog=small)
    assert "costs least" not in found


# Which wallet, where, in which currency.


def test_the_only_country_that_wallets_share_is_meant(tmp_path: Path) -> None:
    both = TWOPAY.replace("Twopay", "Otherpay").replace("id: twopay", "id: otherpay")
    only = both[: both.index("  PH:")]
    catalog = write_catalog(tmp_path / "catalog", twopay=TWOPAY, otherpay=only)
    found = bills("twopay", "otherpay", "--use", "send=100", catalog=catalog)
    assert [(bill["wallet"], bill["country"]) for bill in found] == [
        ("twopay", "KE"),
        ("otherpay", "KE"),
    ]
    # Of several that they share, the one that is named of another.
    found = bills("twopay@KE", "planpay", "--use", "send=100", catalog=write_catalog(
        tmp_path / "more", twopay=TWOPAY, planpay=both.replace("otherpay", "planpay")
    ))  # fmt: skip
    assert {bill["country"] for bill in found} == {"KE"}


@pytest.mark.parametrize(
    "args", [("twopay@KE",), ("二付@Kenya",), ("TWOPAY", "--country", "Kenya"), ("twopay@ke",)]
)
def test_a_wallet_in_one_of_its_countries(small: Path, args: tuple[str, ...]) -> None:
    (bill,) = bills(*args, "--use", "send=100", catalog=small)
    assert (bill["wallet"], bill["country"], bill["currency"]) == ("twopay", "KE", "KES")


def test_amounts_are_in_the_currency_of_the_only_country(small: Path) -> None:
    (bill,) = bills("planpay", "--use", "send=100", catalog=small)
    assert bill["lines"][0]["amount"] == "100.00"


def test_amounts_in_another_currency_are_turned(small: Path) -> None:
    found = run("cost", "planpay", "--use", "send=100", "--currency", "usd", "--json",
                catalog=small)  # fmt: skip
    document = validated(found.stdout, "bill")
    (bill,) = document["bills"]
    assert document["needs"]["currency"] == "USD"
    assert bill["lines"][0]["amount"] == "50.00"
    assert bill["yearly"]["estimate"] == "12.00"
    assert bill["yearly_in_needs_currency"]["estimate"] == "24.00"


def test_several_countries_have_to_be_told_apart(small: Path) -> None:
    found = run("cost", "twopay", "--use", "send=100", catalog=small)
    assert found.exit_code == 2
    assert "KE (Kenya), PH (Philippines)" in found.stderr
    assert "--country KE or twopay@KE" in found.stderr


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("planpay@KE",), "no Planpay in Kenya (KE); it has it in the United Kingdom (GB)"),
        (("planpay", "--country", "KE"), "what it has there: walletpick list --country KE"),
        (("planpay@TV",), "for an account there: walletpick complain planpay --country TV"),
        (("plnpay",), "did you mean planpay?"),
        (("planpay@Narnia",), 'no country "Narnia"'),
        (("@GB",), 'no wallet ""'),
        (("planpay@",), 'no country ""'),
    ],
)
def test_what_is_not_there(small: Path, args: tuple[str, ...], said: str) -> None:
    found = run("cost", *args, "--use", "send=100", catalog=small)
    assert found.exit_code == 2
    assert said in found.stderr


def test_without_a_usage_an_example_is_given(small: Path) -> None:
    found = run("cost", "planpay", catalog=small)
    assert found.exit_code == 2
    assert "--use send=200x2" in found.stderr
    assert "--persona" in found.stderr


def test_a_wallet_asked_for_twice_is_shown_once(small: Path) -> None:
    assert len(bills("planpay", "Planpay", "planpay@GB", "--use", "send=1", catalog=small)) == 1


def test_needs_from_standard_input(small: Path) -> None:
    found = run("cost", "planpay", "--needs", "-", "--json", catalog=small,
                stdin="country: GB\nuse: [{operation: send, amount: 100}]")  # fmt: skip
    (bill,) = validated(found.stdout, "bill")["bills"]
    assert bill["yearly"]["estimate"] == "24.00"


def test_csv_is_one_table_of_plain_values(small: Path) -> None:
    text = run("cost", "planpay", "twopay@KE", "--country", "GB", "--use", "send=10",
               "--use", "cash-out=100", "--format", "csv", catalog=small).stdout  # fmt: skip
    rows = list(csv.DictReader(io.StringIO(text)))
    assert {row["wallet"] for row in rows} == {"planpay", "twopay"}
    assert all(None not in row and None not in row.values() for row in rows)
    unknown = next(row for row in rows if row["operation"] == "cash-out")
    assert (unknown["known"], unknown["url"]) == ("no", "")
    for row in rows:
        Decimal(row["yearly_estimate"])


# The catalog that comes with the program.


@pytest.mark.parametrize("persona", sorted(shipped().personas))
def test_every_wallet_has_a_bill_for_every_persona(persona: str) -> None:
    targets = [market_id(market) for market in some_markets()]
    found = run("cost", *targets, "--persona", persona, "--json")
    assert found.exit_code in (0, 3)
    document = validated(found.stdout, "bill")
    assert len(document["bills"]) == len(targets)
    whole, others = ("stay", "yearly") if document["needs"]["stay"] else ("yearly", "stay")
    for bill in document["bills"]:
        nothing = len(bill["impossible"]) == len(document["needs"]["use"])
        totals = [bill[whole], bill[f"{whole}_in_needs_currency"]]
        totals += [bill["monthly"]] if whole == "yearly" else []
        assert (
            bill[others] is bill[f"{others}_in_needs_currency"] is bill[f"moved_{others}"] is None
        )
        assert [total is None for total in totals] == [nothing] * len(totals)
        returned = Decimal(bill["returned"]["low"])
        for span in (total for total in totals if total):
            low, middle, high = (Decimal(span[key]) for key in ("low", "estimate", "high"))
            # Only what is given back can bring a total below zero.
            assert low <= middle <= high
            assert returned < 0 or low >= 0
        for span in (bill["charged"], *(line[whole] for line in bill["lines"])):
            if span:
                low, middle, high = (Decimal(span[key]) for key in ("low", "estimate", "high"))
                assert 0 <= low <= middle <= high
        assert all((line["average"] is None) == line["known"] for line in bill["lines"])
        assert all(line["facts"] for line in bill["lines"] if line["known"])
        assert bill["fits"] == (not bill["obstacles"])
        assert not (bill["fits"] and bill["impossible"])
        if nothing:
            continue
        given = [each for each in bill["given_back"] if not each["offer"]]
        parts = [Decimal(line[whole]["estimate"]) for line in (*bill["lines"], *given)]
        unit = Decimal(bill[whole]["estimate"]).as_tuple().exponent
        assert isinstance(unit, int)
        off = abs(sum(parts, Decimal(0)) - Decimal(bill[whole]["estimate"]))
        assert off <= Decimal(1).scaleb(unit) * len(parts)
        known = all(line["known"] for line in bill["lines"])
        # What a visitor's own bank takes on top is in no total.
        visits = "visitor" in document["needs"]["person"]
        assert bill[whole]["complete"] == (known and not bill["impossible"] and not visits)
    shown = run("cost", *targets, "--persona", persona, "--format", "markdown")
    assert shown.exit_code == found.exit_code


def test_the_same_asked_twice_is_the_same(small: Path) -> None:
    args = ("cost", "planpay", "--use", "send=100", "--format", "markdown")
    assert run(*args, catalog=small).stdout == run(*args, catalog=small).stdout


@pytest.mark.parametrize("args", examples("cost"), ids=" ".join)
def test_the_examples_of_the_help_work(args: list[str]) -> None:
    assert run(*args).exit_code == 0


def test_text_of_a_catalog_cannot_steer_the_page(tmp_path: Path) -> None:
    text = TWOPAY.replace("name: Twopay", 'name: "[red]Two|pay*"')
    catalog = write_catalog(tmp_path / "catalog", twopay=text)
    found = page("twopay@KE", "--use", "send=100", catalog=catalog)
    assert "\\[red\\]Two\\|pay\\*" in found


WIDE = """id: {id}
name: {id}
kind: mobile-money
summary: A wallet for tests.
sources:
  fees: {{url: https://example.com/fees, title: Fees, publisher: operator, as_of: 2026-10, seen: 2026-11-20}}
markets:
  KE: {{currency: KES, fees: [{{operation: send, percent: {low}, percent_max: 9, source: fees}}]}}
"""


def test_a_wide_cost_is_said_alike_by_every_command(tmp_path: Path) -> None:
    """The bill, the ranking and staying or going name the estimate with its range."""
    texts = {name: WIDE.format(id=name, low=low) for name, low in (("one", 1), ("two", 2))}
    catalog = write_catalog(tmp_path / "catalog", **texts)
    needs = ("--country", "KE", "--use", "send=1000", "--format", "markdown")
    for args in (("cost", "one"), ("rank",), ("switch", "--from", "one@KE")):
        said = run(*args, *needs, catalog=catalog).stdout
        assert "about 600.00 KES (120.00 to 1,080.00)" in said.replace("\\", "")


def test_a_condition_of_one_price_and_its_contrary_of_another_are_asked_once() -> None:
    said = unanswered_words(["online", "weekend", "no-online"])
    assert said.endswith("(--given [no-]online --given [no-]weekend).")
    assert "if it is paid online" in said
    assert "in person" not in said


def test_a_source_that_two_lines_cite_is_listed_once(tmp_path: Path) -> None:
    fees = ("operation: send, percent: 1", "operation: convert, percent: 2")
    text = british("apay", *fees)
    # The same page under two names.
    named = next(line for line in text.splitlines() if line.startswith("  fees: {"))
    text = text.replace(named, f"{named}\n{named.replace('fees:', 'again:')}")
    text = text.replace("percent: 2, source: fees", "percent: 2, source: again")
    catalog = write_catalog(tmp_path / "catalog", apay=text)
    uses = ("--use", "send=100", "--use", "convert=100@US")
    found = page("apay", "--country", "GB", *uses, catalog=catalog)
    listed = found.partition("Sources")[2]
    assert "1\\]" in listed
    assert "2\\]" not in found


def test_the_price_says_what_comes_on_top_by_what_the_person_answered(tmp_path: Path) -> None:
    weekend = "operation: convert, percent: 3, surcharge: true, given: weekend"
    text = british("apay", "operation: convert, percent: 0", weekend)
    catalog = write_catalog(tmp_path / "catalog", apay=text)
    asked = ("apay", "--country", "GB", "--use", "convert=100@US", "--given")
    told = page(*asked, "weekend", catalog=catalog)
    assert "| free; 3 % (if you do it at a weekend) on top | 3.00 | 36.00 |" in told
    never = page(*asked, "no-weekend", catalog=catalog)
    assert "| free | 0.00 | 0.00 |" in never


@pytest.mark.parametrize("rule", ["", "balance: true, percent: 4"])
def test_interest_on_what_is_kept_is_said_to_be_unknown_where_none_is_known(
    tmp_path: Path, rule: str
) -> None:
    text = british("apay", "operation: send, percent: 1")
    if rule:
        text += f"    gives_back: [{{{rule}, source: fees}}]\n"
    catalog = write_catalog(tmp_path / "catalog", apay=text)
    asked = ("apay", "--country", "GB", "--use", "send=100")
    unknown = "? Interest on what you keep: none is on record."
    assert (unknown in page(*asked, "--keep", "5000", catalog=catalog)) == (not rule)
    assert unknown not in page(*asked, catalog=catalog)


def test_who_is_under_age_is_told_whose_account_it_is(tmp_path: Path) -> None:
    young = british("young", "operation: send, percent: 1") + (
        "    onboarding:\n      min_age: {years: 18, note: younger through a parent, source: fees}\n"
    )
    small = write_catalog(tmp_path / "catalog", young=young)
    told = "From the age of 18 (younger through a parent)"
    assert told in page("young", "--use", "send=100", "--age", "17", catalog=small)
    assert told not in page("young", "--use", "send=100", catalog=small)
