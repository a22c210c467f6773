"""Amounts as people write them."""

from __future__ import annotations

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from running import run

from walletpick.person.amounts import NoAmount, read_amount


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("1000", "1000"),
        ("1,000", "1000"),
        ("1.000", "1000"),
        ("1,000.50", "1000.5"),
        ("1.000,50", "1000.5"),
        ("1 000,50", "1000.5"),
        ("1\u202f000", "1000"),
        ("1'000.50", "1000.5"),
        ("1_000", "1000"),
        ("1,00,000", "100000"),
        ("1,234,567", "1234567"),
        ("49.90", "49.9"),
        ("49,90", "49.9"),
        ("1500.125", "1500.125"),
        ("0.500", "0.5"),
        ("0,500", "0.5"),
        (".5", "0.5"),
        ("5.", "5"),
        ("-5", "-5"),
        ("٢٠٠", "200"),
    ],
)
def test_numbers(typed: str, number: str) -> None:
    assert read_amount(typed, "PHP").number == Decimal(number)


@pytest.mark.parametrize(
    ("typed", "home", "currency"),
    [
        ("1000USD", "PKR", "USD"),
        ("1000 usd", "PKR", "USD"),
        ("USD 1,000", "PKR", "USD"),
        ("1000mxn", "USD", "MXN"),
        ("$1000", "PKR", "USD"),
        ("$1000", "MXN", "MXN"),
        ("US$1000", "MXN", "USD"),
        ("1000XOF x 1", "USD", "XOF"),
        ("1000xof", "USD", "XOF"),
        ("1000zl", "PLN", "PLN"),
        ("S/1000", "PEN", "PEN"),
        ("1000 FCFA", "XAF", "XAF"),
        ("1000 cfa", "EUR", "XOF"),
        ("1000 €", "USD", "EUR"),
        ("Rs 1000", "PKR", "PKR"),
        ("Rs. 1000", "USD", "INR"),
        ("1000", "PKR", None),
    ],
)
def test_currencies(typed: str, home: str, currency: str | None) -> None:
    typed_amount = read_amount(typed, home)
    assert (typed_amount.number, typed_amount.currency) == (1000, currency)


@pytest.mark.parametrize(
    ("typed", "number", "times"),
    [
        ("150", "150", None),
        ("150x3", "150", "3"),
        ("150 x 3", "150", "3"),
        ("150 in 3 payments", "150", "3"),
        ("1000USDx2", "1000", "2"),
        ("1,000 MXN × 2", "1000", "2"),
        ("50 each x 3", "150", "3"),
        ("50each*20", "1000", "20"),
        ("150x", "150", ""),
        ("150xtwo", "150", "two"),
    ],
)
def test_how_many_times(typed: str, number: str, times: str | None) -> None:
    amount = read_amount(typed, "USD")
    assert (amount.number, amount.times) == (Decimal(number), times)


def test_a_dot_before_three_digits_has_two_readings() -> None:
    assert read_amount("1.500", "EUR").doubtful == (1500, Decimal("1.5"))
    assert read_amount("1.500", "KWD").doubtful == (Decimal("1.5"), 1500)
    assert read_amount("1.500KWD", "EUR").number == Decimal("1.5")
    assert read_amount("1,500", "EUR").doubtful is None
    assert read_amount("1.50", "EUR").doubtful is None


@pytest.mark.parametrize(
    "typed",
    [
        *("", " ", "lots", "1,2,3", "1.2.3", "1e9", "5k", "$5€", "1000QQQ", "50 each", "9" * 31),
        "x3",
        # Looking through a long one takes long.
        f"1{' ' * 120}2",
    ],
)
def test_what_is_no_amount(typed: str) -> None:
    with pytest.raises(NoAmount):
        read_amount(typed, "USD")


@given(st.text(max_size=150), st.sampled_from(["USD", "KWD", "JPY"]))
def test_any_text_is_an_amount_or_none(text: str, currency: str) -> None:
    with suppress(NoAmount):
        assert read_amount(text, currency).number.is_finite()


@given(st.integers(0, 10**12), st.integers(0, 99), st.sampled_from([",.", ".,", " ,", "'."]))
def test_grouped_as_in_many_countries(whole: int, cents: int, marks: str) -> None:
    text = f"{whole:,}".replace(",", marks[0]) + f"{marks[1]}{cents:02}"
    assert read_amount(text, "USD").number == whole + Decimal(cents) / 100


# In options.


def notes(*args: str) -> list[str]:
    """Return what a command that can be done tells beside its result."""
    done = run(*args, "--json")
    assert done.exit_code == 0, done.stderr
    return done.stderr.splitlines()


def test_an_amount_in_another_currency_is_changed_and_told() -> None:
    (note,) = notes("rank", "--country", "PK", "--use", "receive-abroad=1000USD@US")
    assert note.startswith("Note: 1,000.00 USD is taken for ")
    assert note.endswith(" PKR.")
    # The same is told once.
    uses = ("--use", "receive-abroad=1000USD@US", "--use", "withdraw=1000USD")
    assert notes("rank", "--country", "PK", *uses) == [note]


def test_an_amount_of_several_uses_in_another_currency_is_told_to_be_that_of_all() -> None:
    (note,) = notes("rank", "--country", "DE", "--use", "pay=1000USDx2")
    assert note.startswith("Note: 1,000.00 USD in all is taken for ")
    changed, badly = notes("rank", "--country", "DE", "--use", "pay=1000USDx3:balance")
    assert "1,000.00 USD in all" in changed
    assert badly == (
        "Note: pay=1000USDx3:balance is 1000USD in all, in 3 uses of about 333.33; for 1000USD each"
        " time, write 1000USDeachx3."
    )


def test_how_a_dot_was_read_is_told() -> None:
    (note,) = notes("rank", "--country", "DE", "--use", "pay=1.200")
    assert note == 'Note: "1.200" is read as 1,200, not as 1.2.'
    assert notes("rank", "--country", "DE", "--use", "pay=1.200,50x20") == []


def test_a_round_sum_that_does_not_part_evenly_was_perhaps_meant_of_each_use() -> None:
    assert notes("rank", "--country", "US", "--use", "send=100x3") == [
        "Note: send=100x3 is 100 in all, in 3 uses of about 33.33; for 100 each time, write"
        " 100eachx3."
    ]
    assert notes("rank", "--country", "US", "--use", "send=100eachx3") == []
    assert notes("rank", "--country", "US", "--use", "send=200x5") == []
    # Of very small sums it is said once.
    (note,) = notes("rank", "--country", "US", "--use", "send=1x3")
    assert "write 1eachx3" in note


@pytest.mark.parametrize(
    ("country", "use", "says"),
    [
        ("PK", "receive-abroad=1000@US", "1,000.00 PKR a month: that is only about"),
        ("US", "send=100000", "100,000.00 USD a month: that is very much."),
        ("US", "send-abroad=3@MX", "3.00 USD a month: that is very little."),
        ("KE", "send=100", "that is only about"),
        ("IN", "pay=500x60", " each. For 500.00 INR each time, write 500eachx60."),
    ],
)
def test_what_nobody_moves_is_asked_back_about(country: str, use: str, says: str) -> None:
    (note,) = notes("rank", "--country", country, "--use", use)
    assert says in note
    assert note.endswith("Is it what you mean?")


def test_usual_amounts_are_not_asked_back_about() -> None:
    usual = (("PK", "receive-abroad=100000@US"), ("KE", "send=3000x4"), ("IN", "pay=500eachx60"))
    for country, use in usual:
        assert notes("rank", "--country", country, "--use", use) == []
    assert notes("rank", "--persona", "china-visitor") == []


@pytest.mark.parametrize(
    ("use", "says"),
    [
        ("send=lots", "expected a number such as 200, 49.90 or 1,000"),
        ("send=5QQQ", "expected a number"),
        ("send=100xtwo", "times must be a whole number"),
        ("send=-5", "more than 0"),
    ],
)
def test_what_cannot_be_read_has_a_hint(use: str, says: str) -> None:
    done = run("rank", "--country", "US", "--use", use)
    assert done.exit_code == 2
    assert says in done.stderr


def test_a_balance_is_read_as_any_amount() -> None:
    one, other = (
        run("leave", "paypal", "--country", "US", "--balance", text, "--json").stdout
        for text in ("1,000.50", "1000.5")
    )
    assert one == other
    assert run("leave", "paypal", "--country", "US", "--balance", "10x2").exit_code == 2
