"""What `walletpick rank` adds to its table: what to ask whom, and where else to look."""

from __future__ import annotations

from pathlib import Path

import pytest
from small import SOURCES, run, write_catalog


def page(tmp_path: Path, *args: str, **features: str) -> str:
    """Return the page for wallets of Kenya, each with its features and prices."""
    texts = {
        name: (
            f"id: {name}\nname: {name.title()}\nkind: mobile-money\nsummary: A wallet for tests.\n"
            f"{SOURCES}\nmarkets:\n  KE:\n    currency: KES\n{text}"
        )
        for name, text in features.items()
    }
    small = write_catalog(tmp_path / "catalog", **texts)
    found = run("rank", "--country", "KE", *args, catalog=small)
    assert "Traceback" not in found.stderr
    return " ".join(found.stdout.split())


SENDS = "    fees:\n      - {operation: send, fixed: 1, source: fees}\n"
PAYS = "    fees:\n      - {operation: pay, fixed: 1, source: fees}\n"
TAKES = "    fees:\n      - {operation: receive-abroad, fixed: 1, source: fees}\n"


DEAR = "    fees:\n      - {{operation: {dear}, fixed: 500, source: fees}}\n"
DEAR += "      - {{operation: {cheap}, fixed: 1, source: fees}}\n"
SEND_DEAR, PAY_DEAR = (
    DEAR.format(dear=dear, cheap=cheap) for dear, cheap in (("send", "pay"), ("pay", "send"))
)


@pytest.mark.parametrize(
    ("prices", "verdict"),
    [
        ((SENDS, PAYS), "Take two wallets: Apay and Bpay."),
        ((PAY_DEAR, SEND_DEAR), "Two wallets are better than one: Apay and Bpay."),
        ((PAY_DEAR, PAY_DEAR), ""),
    ],
)
def test_two_wallets_are_told_of_just_where_they_are_better(
    tmp_path: Path, prices: tuple[str, str], verdict: str
) -> None:
    uses = ("--use", "send=10000", "--use", "pay=10000")
    words = page(tmp_path, *uses, apay=prices[0], bpay=prices[1])
    hint = f"{verdict} Which does what, and why: walletpick combine, with the same options."
    assert (hint in words) == bool(verdict)
    assert ("walletpick combine" in words) == bool(verdict)
    combined = run("combine", "--country", "KE", *uses, catalog=tmp_path / "catalog")
    assert verdict in " ".join(combined.stdout.split())


def test_what_lacks_one_thing_alone_is_named_where_none_does_all(tmp_path: Path) -> None:
    gives = "      - {operation: cash-out, fixed: 1, source: fees}\n"
    both = SENDS + "      - {operation: pay, fixed: 1, source: fees}\n"
    lacks = both + "    features:\n      cash-out: {has: false, source: fees}\n"
    words = "But for one thing Apay would come first: it cannot take out cash."
    uses = ("--use", "send=100", "--use", "pay=100", "--use", "cash-out=100")
    assert words in page(tmp_path / "a", *uses, apay=lacks, bpay=TAKES)
    # What hangs on something that the person can answer is no lack.
    hangs = lacks.replace("has: false", "has: true, given: foreign-currency")
    assert "But for one" not in page(tmp_path / "h", *uses, apay=hangs, bpay=TAKES)
    # Nor is another's lack worth a word where the first is confirmed once that is answered.
    asked = lacks.replace("has: false", "has: true, given: main-account")
    told = page(tmp_path / "f", *uses, apay=lacks, bpay=asked)
    assert "But for one" not in told
    assert "Bpay is confirmed to do all that you ask if" in told
    # Two wallets, or one, that are confirmed to do all of it are the answer.
    for does in ("    fees:\n" + gives, both + gives):
        assert "But for one" not in page(tmp_path / f"{len(does)}", *uses, apay=lacks, bpay=does)


@pytest.mark.parametrize("bank", [True, False])
def test_where_cash_is_the_one_thing_the_card_of_a_bank_account_gives_it(
    tmp_path: Path, bank: bool
) -> None:
    lacks = SENDS + "      - {operation: pay, fixed: 1, source: fees}\n"
    lacks += "      - {operation: withdraw, fixed: 1, source: fees}\n" if bank else ""
    lacks += "    features:\n      cash-out: {has: false, source: fees}\n"
    uses = ("--use", "send=100", "--use", "pay=100", "--use", "cash-out=5000x2")
    words = page(tmp_path, *uses, apay=lacks, bpay=TAKES)
    assert "But for one thing Apay would come first" in words
    hint = "bank account, whose card gives cash; for that: --use withdraw=5000KESx2 in place of"
    assert (hint in words) == bank
    # So it is told where several are asked about.
    told = run("combine", "--country", "KE", *uses, catalog=tmp_path / "catalog").stdout
    assert "But for one thing Apay would come first" in told
    assert (hint in " ".join(told.split())) == bank
    without = page(tmp_path / "u", *uses, "--person", "unbanked", apay=lacks, bpay=TAKES)
    assert "whose card gives cash" not in without


@pytest.mark.parametrize("word", ["split-bill", "features:split-bill"])
def test_a_must_have_may_be_the_one_thing_however_it_was_typed(tmp_path: Path, word: str) -> None:
    lacks = SENDS + "    features:\n      split-bill: {has: false, source: fees}\n"
    words = page(tmp_path, "--use", "send=100", "--must", word, apay=lacks, bpay=TAKES)
    assert "But for one thing Apay would come first: it " in words


def test_a_way_to_fill_it_may_be_the_one_thing(tmp_path: Path) -> None:
    lacks = SENDS + "    funding: {credit-card: {has: false, source: fees}}\n"
    words = page(tmp_path, "--use", "send=100", "--have", "credit-card", apay=lacks, bpay=TAKES)
    assert "But for one thing Apay would come first: it does not take credit cards." in words


OTHERS = "    fees:\n      - {operation: send, method: other-network, fixed: 1, source: fees}\n"


@pytest.mark.parametrize(
    ("prices", "said"),
    [
        ((SENDS, SENDS), True),
        ((SENDS, PAYS), False),
        # Whoever is on the other side, that is the price.
        ((OTHERS, OTHERS), False),
        ((OTHERS, SENDS), True),
    ],
)
def test_where_wallets_are_level_the_people_on_the_other_side_decide(
    tmp_path: Path, prices: tuple[str, str], said: bool
) -> None:
    words = page(tmp_path, "--use", "send=100", apay=prices[0], bpay=prices[1])
    assert ("Ask the people on the other side which one they have" in words) == said


def test_who_sends_from_abroad_chooses_the_service(tmp_path: Path) -> None:
    command = "walletpick rank --country GB --use send-abroad=5000KESx2@KE"
    args = ("--use", "receive-abroad=5000x2@GB")
    clients = "clients or a platform who pay you, other prices hold: add --person business"
    words = page(tmp_path / "a", *args, "--use", "receive-abroad=10@GB", apay=TAKES)
    assert command in words
    assert words.count(clients) == 1
    # Customers are told by the business how they pay.
    words = page(tmp_path / "b", *args, "--person", "business", apay=TAKES)
    assert command not in words
    assert clients not in words
    # That helps, too, where the catalog has no wallet at all.
    elsewhere = run("rank", "--country", "AQ", "--use", "receive-abroad=50USD@US")
    assert "walletpick rank --country US --use send-abroad=50USD@AQ" in elsewhere.stderr


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("300USDx2@GB", "300USDx2@KE"),
        ("150USDeachx2@GB", "300USDx2@KE"),
        ("1,234.50 USD@GB", "1234.5USD@KE"),
        ("12345@GB", "12345KES@KE"),
    ],
)
def test_what_is_sent_is_told_as_it_was_typed(tmp_path: Path, typed: str, sent: str) -> None:
    uses = ("--use", f"receive-abroad={typed}")
    words = page(tmp_path, *uses, apay=TAKES, bpay=TAKES)
    for command in (("combine", "--country", "KE"), ("switch", "--from", "apay@KE")):
        words += "".join(run(*command, *uses, catalog=tmp_path / "catalog").stdout)
    words = f"{' '.join(words.split())} "
    assert words.count(f"walletpick rank --country GB --use send-abroad={sent} ") == 3
    assert words.count("who pay you, other prices hold: add --person business ") == 3


@pytest.mark.parametrize(("times", "told"), [(20, True), (19, False)])
def test_who_is_paid_as_often_as_a_shop_hears_how_to_say_so(
    tmp_path: Path, times: int, told: bool
) -> None:
    use = ("--use", f"receive-abroad=5000x{times}")
    ranked = page(tmp_path, *use, apay=TAKES, bpay=TAKES)
    switched = run("switch", "--from", "apay@KE", *use, catalog=tmp_path / "catalog").stdout
    for words in (ranked, switched):
        assert ("Do you sell? A shop pays other prices: add --person business" in words) == told


def test_what_is_only_for_some_people_names_the_option_that_settles_it(tmp_path: Path) -> None:
    sells = "    features:\n      send: {has: true, for: business, source: fees}\n"
    asked = ("--use", "send=100")
    words = page(tmp_path / "a", *asked, apay=SENDS, bpay=sells)
    assert "(only for business accounts and sellers: --person business)" in words
    settled = page(tmp_path / "b", *asked, "--person", "business", bpay=sells)
    assert "Bpay" in settled
    assert "--person" not in settled
    # Who may be either of two is told both.
    both = sells.replace("business", "[student, senior]")
    words = page(tmp_path / "c", *asked, apay=SENDS, bpay=both)
    assert "(only for students or people of retirement age: --person student or" in words


def test_that_no_wallet_fits_is_the_verdict(tmp_path: Path) -> None:
    gone = SENDS + "    features: {pay-qr: {has: false, source: fees}}\n"
    words = page(tmp_path, "--use", "send=100", "--must", "pay-qr", apay=gone)
    assert "No wallet fits. Send money to people at home" in words


OF_A_BANK = """    fees:
      - {operation: send, percent: 0, source: fees}
      - {operation: send, provider: [Own Bank], fixed: 2, source: fees}
      - {operation: send, fixed: 9, when: the sun shines, source: fees}
"""


@pytest.mark.parametrize(
    ("named", "why"),
    [
        (
            (),
            'is on record for Own Bank by itself: if that is yours, say --bank "Own Bank" 2.',
        ),
        # Whose bank is not on record is not told what others take.
        (
            ("--bank", "Elsewhere"),
            "send money to people at home: free; in other cases 9.00 KES (when: the sun shines) 2.",
        ),
    ],
)
def test_why_a_price_that_is_known_is_a_range(
    tmp_path: Path, named: tuple[str, ...], why: str
) -> None:
    words = page(tmp_path, "--use", "send=100", *named, apay=OF_A_BANK, bpay=SENDS)
    assert why in words


def test_an_old_price_is_told_where_it_makes_a_range(tmp_path: Path) -> None:
    old = SENDS.replace("source: fees", "source: old")
    words = page(tmp_path, "--use", "send=100", apay=old, bpay=PAYS)
    assert "The price is old" in words


def test_a_range_by_whom_one_sends_to_is_not_laid_to_an_old_page(tmp_path: Path) -> None:
    old = """    fees:
      - {operation: send, method: own-network, percent: 0, source: old}
      - {operation: send, method: other-network, fixed: 50, source: fees}
    features: {widely-used: {has: true, source: fees}}
"""
    words = page(tmp_path, "--use", "send=1000x10", apay=old, bpay=PAYS)
    assert "It is free only to other Apay users: sending money to people at home" in words
    assert "The price is old" not in words


@pytest.mark.parametrize("country", ["TR", "NP", "LK", "CU"])
def test_a_visitor_hears_first_what_they_have_from_home_where_nothing_is_confirmed(
    country: str,
) -> None:
    found = run("rank", "--country", country, "--person", "visitor", "--use", "pay=500x20")
    words = " ".join((found.stdout + found.stderr).split())
    card, look = "Your card from home may be enough", "walletpick rank --country HOME --use "
    assert card in words
    assert look in words
    assert f"x20@{country}" in words
    if found.exit_code == 0:
        assert words.index(card) < words.index(look) < words.index("None is confirmed")


def test_an_example_of_a_visitors_home_is_one_whose_wallets_can_do_it(tmp_path: Path) -> None:
    def told(country: str, catalog: Path | None = None, language: str = "zh") -> str:
        uses = ("--person", "visitor", "--use", "pay=500x20")
        found = run("rank", "--lang", language, "--country", country, *uses, catalog=catalog)
        return " ".join(found.stdout.split())

    assert "walletpick rank --country CN --use pay-abroad=500THBx20@TH" in told("TH")
    # Not the country itself, nor one in which nothing is known to pay there, nor in English.
    small = write_catalog(tmp_path / "catalog")
    for words in (told("CN"), told("KE", catalog=small)):
        assert "walletpick rank --country 你的国家 --use" in words
    assert "walletpick rank --country HOME --use" in told("TH", language="en")


def test_who_pays_abroad_hears_of_the_wallet_that_serves_visitors_there(tmp_path: Path) -> None:
    def wallet(name: str, markets: str, kind: str = "stored-value") -> str:
        return (
            f"id: {name}\nname: {name.title()}\nkind: {kind}\nsummary: A wallet for tests.\n"
            f"{SOURCES}\nmarkets:\n{markets}"
        )

    away = "  KE:\n    currency: KES\n    fees:\n      - {operation: pay-abroad, fixed: 1, source: fees}\n"
    open_to_all = "    onboarding:\n      residents_only: {has: false, source: fees}\n"
    here = "  GB:\n    currency: GBP\n" + PAYS + open_to_all
    homely = here.replace("false", "true")
    use = ("rank", "--country", "KE", "--use", "pay-abroad=50GBPx10@GB", "--for", "2weeks")

    def told(name: str, *args: str, **wallets: str) -> str:
        small = write_catalog(tmp_path / name, home=wallet("home", away), **wallets)
        found = run(*use, *args, catalog=small)
        assert found.exit_code == 0, found.stderr
        return " ".join(found.stdout.split())

    hint = "As a visitor in the United Kingdom you may pay with Local too; see: "
    command = "walletpick rank --country GB --person visitor --use pay=50GBPx10 --for 2weeks"
    page = told("open", local=wallet("local", here))
    assert f"{hint}{command}" in page
    # At once, and each that is about as good.
    assert page.index(hint) < page.index("1. Home")
    alike = told("alike", local=wallet("local", here), other=wallet("other", here))
    assert "you may pay with Local or Other too; see: " in alike
    # Not whose wallets are for residents, nor one that they have at home or that passes a card on.
    assert hint not in told("homely", local=wallet("local", homely))
    assert hint not in told("both", local=wallet("local", away + here))
    assert hint not in told("passing", local=wallet("local", here, "pass-through"))
    # Nor who pays in web shops.
    assert hint not in told("online", "--given", "online", local=wallet("local", here))
