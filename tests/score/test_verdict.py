"""Who is called the best, and who is level."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from build import TODAY, use
from markets import EMPTY, catalog_of, incident, no, wallet_of, wanting, yes
from markets import market as market_of
from msgspec import structs
from running import shipped

from walletpick.documents.ranking import ranking_out
from walletpick.facts.model import (
    Claim,
    FeeRule,
    Law,
    LawFee,
    Limit,
    Links,
    Onboarding,
    Status,
    Usage,
    Wallet,
)
from walletpick.facts.money import Range
from walletpick.facts.names import wallet_name
from walletpick.pages.rank import rank_page, rank_recap
from walletpick.person.needs import needs_of
from walletpick.render import markdown, terminal
from walletpick.render.page import Page
from walletpick.score.leads import leads
from walletpick.score.ranking import Ranking, rank
from walletpick.score.reason import Ahead, PriceKnown
from walletpick.score.reasons import WORTH_SAYING, reasons
from walletpick.score.settle import weighed
from walletpick.score.verdict import open_ends, verdict_of
from walletpick.words.bills import first_year_words, total_words
from walletpick.words.common import in_ten
from walletpick.words.main_reasons import main_reasons, price_page
from walletpick.words.reasons import reason_words
from walletpick.words.verdict import verdict_words


@pytest.fixture(scope="module")
def ranking() -> Ranking:
    """A ranking with some places of which all is confirmed, or of none."""
    needs = structs.replace(needs_of(shipped().personas["everyday-shopper"]), country="US")
    ranking = rank(shipped(), needs, TODAY)
    assert len(ranking.field) > 3
    return structs.replace(ranking, places=ranking.field[:4])


@pytest.mark.parametrize(
    ("chances", "word", "level"),
    [
        # From 6 of 10 on, the first is the best.
        (["0.6", "0.4", "0", "0"], "best", [0]),
        (["0.599", "0.401", "0", "0"], "level", [0, 1]),
        # Those that are half as likely as the likeliest are level with it.
        (["0.4", "0.2", "0.19", "0.1"], "level", [0, 1]),
        # Who stands between two of them is passed over only where it has half their chance or less.
        (["0.4", "0.2", "0.19", "0.21"], "level", [0, 1, 2, 3]),
        (["0.4", "0.2", "0.09", "0.21"], "level", [0, 1, 3]),
        # The first by points need not be the likeliest.
        (["0.1", "0.5", "0.2", "0.25"], "level", [0, 1, 2, 3]),
        # It may be likelier than all others, and not likely.
        (["0.55", "0.1", "0.2", "0.15"], "level", [0]),
        # What has no chance is level with nobody.
        (["0", "0.9", "0", "0.1"], "level", [0, 1]),
    ],
)
def test_those_are_level_that_may_be_the_best(
    ranking: Ranking, chances: list[str], word: str, level: list[int]
) -> None:
    # None is far behind in points.
    score = ranking.places[0].score
    places = tuple(
        structs.replace(place, chance=Decimal(chance), score=score)
        for place, chance in zip(ranking.places, chances, strict=True)
    )
    verdict = verdict_of(structs.replace(ranking, places=places))
    assert verdict.word == word
    assert verdict.level == tuple(places[index] for index in level)


def test_the_only_one_and_none(ranking: Ranking) -> None:
    alone = structs.replace(ranking, places=ranking.places[:1])
    assert verdict_of(alone).word == "only"
    assert verdict_of(structs.replace(ranking, places=())).word == "none"


FEES, SITE = "https://example.com/prices", "https://example.com"
SENDS = {"send": yes()}
TO_SEND = "the fee to send money to people at home"
# From this chance on one is told as the best in 1 of 10 cases.
LEAST = Decimal("0.05")
HIDDEN = FeeRule(operation="send", price="unknown", source="new")


@pytest.mark.parametrize(
    ("fees", "links", "said"),
    [
        ((), Links(fees=FEES), f"No price on record: {TO_SEND}; see {FEES}"),
        # Without a page of fees: the page that says that there is one, else the site.
        (
            (HIDDEN,),
            Links(),
            f"Price not published: {TO_SEND}; get a quote at https://example.com/fees",
        ),
        ((), Links(), f"No price on record: {TO_SEND}; see {SITE}"),
    ],
)
def test_a_price_that_nobody_publishes_is_asked_for_at_a_page(
    fees: tuple[FeeRule, ...], links: Links, said: str
) -> None:
    market = market_of(features=SENDS, fees=fees, links=links)
    ranking = rank(
        catalog_of(wallet_of("testpay", market, website=SITE)), wanting(use("send", 100)), TODAY
    )
    told = list(main_reasons(ranking.places[0], reasons(ranking, 0)))
    assert ("?", said) in told


def test_a_page_of_limits_is_no_page_of_fees() -> None:
    limit = Limit(what="month", amount=Decimal(100000), source="old")
    limits = "https://example.com/old"

    def page(*operations: str, website: str | None = SITE) -> str | None:
        fees = tuple(
            FeeRule(operation=each, percent=Decimal(1), source="new") for each in operations
        )
        market = market_of(features=SENDS, fees=fees, limits=(limit,), links=Links(fees=limits))
        wallet = wallet_of("testpay", market, website=website)
        return price_page(
            rank(catalog_of(wallet), wanting(use("send", 100)), TODAY).places[0], None
        )

    assert page("pay", "top-up", "withdraw") == "https://example.com/fees"
    # A page that speaks of one other price or two is no list.
    assert page("pay") == SITE
    assert page("pay", "top-up") == SITE
    assert page() == SITE
    assert page(website=None) == limits
    # What has both is of fees.
    both = FeeRule(operation="pay", percent=Decimal(1), source="old")
    market = market_of(features=SENDS, fees=(both,), limits=(limit,), links=Links(fees=limits))
    ranking = rank(catalog_of(wallet_of("testpay", market)), wanting(use("send", 100)), TODAY)
    assert price_page(ranking.places[0], None) == limits


def test_the_page_that_prices_the_same_for_others_is_nearer_than_the_site() -> None:
    # What students pay says nothing of others, but where to look.
    of_students = FeeRule(operation="send", for_=("student",), percent=Decimal(1), source="new")
    market = market_of(features=SENDS, fees=(of_students,))
    wallet = wallet_of("testpay", market, website=SITE)
    (place,) = rank(catalog_of(wallet), wanting(use("send", 100)), TODAY).places
    (line,) = [each for each in place.bill.lines if each.operation == "send"]
    assert not line.known
    assert price_page(place, line) == "https://example.com/fees"
    assert price_page(place, None) == SITE


def test_a_price_that_is_not_published_is_said_of_what_is_not_confirmed_too() -> None:
    market = market_of(fees=(), links=Links(fees=FEES))
    ranking = rank(catalog_of(wallet_of("testpay", market)), wanting(use("send", 100)), TODAY)
    told = [
        words for mark, words in main_reasons(ranking.places[0], reasons(ranking, 0)) if mark == "?"
    ]
    assert told[0].startswith("Check first: that one can send money")
    assert told[1].startswith("No price on record:")


@pytest.mark.parametrize(
    ("fees", "uses", "told"),
    [
        (("0",), (use("send", 100),), [("+", "Your use would cost nothing")]),
        (
            ("1",),
            (use("send", 100),),
            [
                ("•", "Your use would cost 12.00 GBP in the first year, 1 % of the money moved"),
            ],
        ),
        # What nobody prices is told by how much of it is known.
        (("1",), (), [("?", "0 % of what counts for you is known")]),
    ],
)
def test_no_wallet_is_named_without_a_line(
    fees: tuple[str, ...], uses: tuple[Usage, ...], told: list[tuple[str, str]]
) -> None:
    """Of wallets that are alike nothing sets one apart, and still something is said of each."""
    rules = tuple(
        FeeRule(operation="send", percent=Decimal(percent), source="new") for percent in fees
    )
    alike = [wallet_of(name, market_of(fees=rules)) for name in ("apay", "bpay", "cpay")]
    # A cost is worth no sentence where it does not matter.
    weights = {"cost": Decimal(0), "security": Decimal(5)}
    ranking = rank(catalog_of(*alike), wanting(*uses, weights=weights), TODAY)
    for index, place in enumerate(ranking.places):
        assert list(main_reasons(place, reasons(ranking, index))) == told


def test_a_lead_of_small_things_names_those_that_are_known_of_both() -> None:
    """Each worth less than a sentence of its own, and together more."""
    first = {"passkey": yes(), "app-pin": yes(), "biometric-login": yes(), "device-binding": no()}
    second = {"passkey": no(), "two-factor-totp": yes(), "app-pin": yes()}
    second |= {"biometric-login": no(), "device-binding": no()}
    # 31 of 220 for each that matters most, 3 for security.
    weights = dict.fromkeys(
        ("cost", "coverage", "protection", "support", "ease", "trust", "exit"), Decimal(5)
    ) | {"security": Decimal(2)}

    def praise(theirs: dict[str, Claim]) -> str:
        wallets = (
            wallet_of("apay", market_of(security=first)),
            wallet_of("bpay", market_of(security=theirs)),
        )
        ranking = rank(catalog_of(*wallets), wanting(use("send", 100), weights=weights), TODAY)
        assert ranking.places[0].wallet.id == "apay"
        told = dict(main_reasons(ranking.places[0], reasons(ranking, 0)))
        return told.get("•") or told["+"]

    assert praise(second) == (
        "Ahead of Bpay by 0.5 points, among other things because it opens with a fingerprint or"
        " face, while Bpay does not open with a fingerprint or face; it logs in with a passkey, while"
        " Bpay confirms log-ins with a code from an authenticator app"
    )
    # What is not known of the other is no difference that is known.
    assert praise({}).startswith("Ahead of Bpay by 0.")
    assert "points, only because more is known of this one: it " in praise({})


def test_in_what_one_is_ahead_agrees_with_the_points_though_it_is_the_others_record() -> None:
    """The price is not known of one of them, so it is put aside."""
    scam = incident(day=str(TODAY))
    wallets = (
        wallet_of("apay", market_of()),
        wallet_of("bpay", market_of(incidents=(scam,), features=SENDS, fees=())),
    )
    ranking = rank(catalog_of(*wallets), wanting(use("send", 100)), TODAY)
    first, second = ranking.places
    points = {each.criterion: each.points for each in leads(first, second, ranking)}
    assert max(points.keys() - {"cost"}, key=lambda name: points[name]) == "trust"
    (ahead,) = (each for each in reasons(ranking, 0) if isinstance(each, Ahead))
    assert ahead.points == sum(points.values()) - points["cost"]
    assert ahead.criteria[0] == "trust"
    assert reason_words(ahead) == (
        f"Price aside, ahead of Bpay by {ahead.points:.1f} points, most by fewer or lesser known"
        " incidents"
    )


def test_the_lower_of_two_dear_prices_is_told_though_either_may_be_the_lower_one() -> None:
    """What is dear is no merit, but what sets the two apart."""
    wallets = [
        wallet_of(
            name,
            market_of(fees=(FeeRule(operation="send", percent=Decimal(percent), source="old"),)),
        )
        for name, percent in (("apay", 8), ("bpay", 11))
    ]
    ranking = rank(catalog_of(*wallets), wanting(use("send", 100)), TODAY)
    first, second = (place.bill.yearly for place in ranking.places)
    assert first.high > second.low
    (told, *_more) = main_reasons(ranking.places[0], reasons(ranking, 0))
    amounts = "About 96.00 GBP a year, against about 132.00 GBP at Bpay"
    assert told == ("•", amounts)


def test_where_a_scheme_joins_the_wallets_nobody_is_asked_for_theirs() -> None:
    silent = FeeRule(operation="send", price="unknown", source="new")
    wallets = [wallet_of(name, market_of(features=SENDS, fees=(silent,))) for name in ("a", "b")]
    catalog = catalog_of(*wallets)
    ranking = rank(catalog, wanting(use("send", 100)), TODAY)
    ask = "Ask the people on the other side which one they have"
    assert ask in str(rank_page(ranking, catalog, 0, explain=False))
    cap = LawFee(
        operation="send",
        method="instant",
        scheme="Pay-all",
        percent=Decimal(0),
        applies_to=("e-money",),
        source="law",
    )
    for scheme, asked in (("Pay-all", False), (None, True)):
        law = Law(country="GB", sources={}, fee_caps=(structs.replace(cap, scheme=scheme),))
        joined = structs.replace(catalog, laws={"GB": law})
        assert (ask in str(rank_page(ranking, joined, 0, explain=False))) is asked


def test_the_lowest_price_is_used_as_it_stands_and_said_so() -> None:
    least = FeeRule(operation="send", percent=Decimal("0.39"), bound="at-least", source="new")
    market = market_of(fees=(least,), links=Links(fees=FEES))
    ranking = rank(catalog_of(wallet_of("testpay", market)), wanting(use("send", 100)), TODAY)
    place = ranking.places[0]
    assert first_year_words(place.bill) == "from 4.68 GBP"
    told = dict(main_reasons(place, reasons(ranking, 0)))
    assert told["?"] == (
        "The fee to send money to people at home: from 0.39 %, more is not published; get a quote"
        f" at {FEES}"
    )
    # It is no reason to call the wallet cheap.
    assert "+" not in told or "Costs" not in told["+"]


def test_who_is_ahead_of_all_but_not_surely_is_level_with_none() -> None:
    wallets = [wallet_of(name, market_of()) for name in ("apay", "bpay", "cpay")]
    ranking = rank(catalog_of(*wallets), wanting(use("send", 100)), TODAY)
    chances = (Decimal("0.4"), Decimal("0.1"), Decimal("0.1"))
    pairs = zip(ranking.places, chances, strict=True)
    places = tuple(structs.replace(place, chance=chance) for place, chance in pairs)
    ranking = structs.replace(ranking, places=places)
    assert (verdict_of(ranking).word, verdict_of(ranking).level) == ("level", places[:1])
    assert verdict_words(ranking) == (
        "Apay comes first, but in 4 of 10 cases only: what is not known decides."
    )


@pytest.mark.parametrize("behind", ["4.9", "5"])
def test_who_is_far_behind_in_points_is_not_called_level(behind: str) -> None:
    wallets = [wallet_of(name, market_of()) for name in ("apay", "bpay", "cpay")]
    ranking = rank(catalog_of(*wallets), wanting(use("send", 100)), TODAY)
    first, second, _third = ranking.places
    score = first.score + Range.exactly(-Decimal(behind))
    places = (
        structs.replace(first, chance=Decimal("0.5")),
        structs.replace(second, chance=Decimal("0.3"), score=score),
    )
    ranking = structs.replace(ranking, places=places)
    found = verdict_of(ranking)
    parted = (places[:1], places[1:]) if behind == "5" else (places, ())
    assert (found.level, found.behind) == parted
    assert verdict_words(ranking) == (
        "Apay comes first by what is known; what is not known may put Bpay first."
        if behind == "5"
        else "Apay and Bpay are level: they cost you the same, and what is not known decides"
        " between them."
    )


def test_who_costs_less_than_the_first_is_told_beside_it() -> None:
    """So that nobody takes the first for the cheapest; not where it is next to nothing."""

    def verdict(percent: str) -> str:
        wallets = [
            wallet_of(name, market_of(features=SENDS, fees=(paying_by(price, None),)))
            for name, price in (("cheappay", "0.5"), ("dearpay", percent))
        ]
        ranking = rank(catalog_of(*wallets), wanting(use("send", 100)), TODAY)
        by_name = {place.wallet.id: place for place in ranking.places}
        first = structs.replace(by_name["dearpay"], chance=Decimal("0.7"))
        second = structs.replace(by_name["cheappay"], chance=Decimal("0.3"))
        return verdict_words(structs.replace(ranking, places=(first, second)))

    best = "Dearpay fits best, in 7 of 10 cases."
    assert verdict("2") == f"{best} Cheappay costs about 18.00 GBP less a year."
    assert verdict("0.5001") == best
    assert verdict("0.4") == best


@pytest.mark.parametrize(
    ("cheap", "dear", "told"),
    [
        # 6 to 12 a year against 36: whatever it is, it is less.
        (("0.5", "1"), ("3", None), " Cheappay costs about 27.00 GBP less a year."),
        # 12 to 36, likeliest 24, against 33.60 to 52.80, likeliest 43.20: only the ends meet.
        (("1", "3"), ("2.8", "4.4"), " Cheappay probably costs about 19.20 GBP less a year."),
        # 1.20 to 39.60 against 36, and 12 against 6 to 66: it may well be more.
        (("0.1", "3.3"), ("3", None), ""),
        (("1", None), ("0.5", "5.5"), ""),
    ],
)
def test_nobody_costs_less_than_the_first_where_the_prices_may_be_the_other_way_round(
    cheap: tuple[str, str | None], dear: tuple[str, str | None], told: str
) -> None:
    wallets = []
    for name, (least, most) in (("cheappay", cheap), ("dearpay", dear)):
        price = structs.replace(paying_by(least, None), percent_max=most and Decimal(most))
        wallets.append(wallet_of(name, market_of(features=SENDS, fees=(price,))))
    ranking = rank(catalog_of(*wallets), wanting(use("send", 100)), TODAY)
    by_name = {place.wallet.id: place for place in ranking.places}
    first = structs.replace(by_name["dearpay"], chance=Decimal("0.7"))
    second = structs.replace(by_name["cheappay"], chance=Decimal("0.3"))
    ranking = structs.replace(ranking, places=(first, second))
    assert verdict_words(ranking) == f"Dearpay fits best, in 7 of 10 cases.{told}"


@pytest.mark.parametrize(
    ("chance", "words"),
    [
        ("1", "over 9 of 10"),
        ("0.951", "over 9 of 10"),
        ("0.95", "over 9 of 10"),
        ("0.949", "9 of 10"),
        ("0.852", "9 of 10"),
        ("0.848", "8 of 10"),
        ("0.65", "6 of 10"),
        ("0.599", "5 of 10"),
        ("0.45", "4 of 10"),
        ("0.096", "1 of 10"),
        ("0.051", "1 of 10"),
        ("0.05", "under 1 of 10"),
        ("0", "under 1 of 10"),
    ],
)
def test_a_chance_is_told_to_the_nearest_tenth_and_never_as_sure(chance: str, words: str) -> None:
    assert in_ten(Decimal(chance)) == words


def test_who_is_likelier_but_not_confirmed_is_told_beside_the_first() -> None:
    sure = market_of(features={"pay-qr": yes()})
    names = ("apay", "bpay", "cpay")
    wallets = [wallet_of(name, market_of() if name == "cpay" else sure) for name in names]
    needs = structs.replace(wanting(use("send", 100)), must=("pay-qr",))
    ranking = rank(catalog_of(*wallets), needs, TODAY)

    def verdict(*chances: str) -> str:
        pairs = zip(ranking.places, map(Decimal, chances), strict=True)
        places = tuple(structs.replace(place, chance=chance) for place, chance in pairs)
        return verdict_words(structs.replace(ranking, places=places))

    # Where they are seldom the best, that is said, and why: one that is not confirmed would be.
    assert verdict("0.2", "0.12", "0.1") == (
        "Apay and Bpay come first, but one of them is the best in 3 of 10 cases only: what is not"
        " known decides."
    )
    unsure = (
        "of those confirmed to do all that you ask; in 3 of 10 cases another would be the best,"
        " most likely Cpay (not confirmed: that it pays in shops by QR code)."
    )
    assert verdict("0.3", "0.19", "0.29") == f"Apay and Bpay come first {unsure}"
    assert verdict("0.5", "0.1", "0.29") == f"Apay comes first {unsure}"
    more = " Cpay may suit you better; not confirmed: that it pays in shops by QR code."
    first = "Apay comes first of those confirmed to do all that you ask."
    assert verdict("0.4", "0.1", "0.5") == first + more
    assert verdict("0.25", "0.25", "0.5") == (
        "Apay and Bpay are level: they cost you the same, and what is not known decides between"
        " them." + more
    )
    # One of those that are confirmed is the likeliest.
    assert more not in verdict("0.5", "0.1", "0.4")

    # The chances in the table are not all: the rest is told below it.
    def page(*chances: str) -> str:
        pairs = zip(ranking.places, map(Decimal, chances), strict=True)
        places = tuple(structs.replace(place, chance=chance) for place, chance in pairs)
        of = structs.replace(ranking, places=places)
        return str(rank_page(of, catalog_of(*wallets), 0, explain=False))

    rest = 'cases one of those under "May also fit" would be the best.'
    assert f"In 3 of 10 {rest}" in page("0.62", "0.1", "0.28")
    # Not where the verdict has said so.
    assert rest not in page("0.5", "0.12", "0.38")
    assert rest not in page("0.6", "0.31", "0.09")


def paying_by(percent: str, method: str | None) -> FeeRule:
    return FeeRule(operation="send", percent=Decimal(percent), method=method, source="new")


def test_the_way_by_which_a_price_holds_stands_beside_it() -> None:
    sends = {"features": SENDS, "funding": {"debit-card": yes(), "bank-transfer": yes()}}
    by_card = market_of(fees=(paying_by("2", "debit-card"),), **sends)
    by_bank = market_of(fees=(paying_by("1", "bank-transfer"),), **sends)
    wallets = wallet_of("cardpay", by_card), wallet_of("bankpay", by_bank)
    ranking = rank(catalog_of(*wallets), wanting(use("send", 100)), TODAY)
    costs = [first_year_words(place.bill) for place in ranking.places]
    assert costs == ["12.00 GBP, by bank transfer", "24.00 GBP, by debit card"]
    document = ranking_out(ranking, catalog_of(*wallets), 0).ranking
    assert [(each.operation, each.method) for place in document for each in place.ways] == [
        ("send", "bank-transfer"),
        ("send", "debit-card"),
    ]
    told = str(rank_page(ranking, catalog_of(*wallets), 0, explain=False))
    assert (
        "Not the same way to pay: sending money to people at home is priced by bank transfer at"
        " Bankpay, by debit card at Cardpay."
    ) in told
    # A way by which all have a price is named, to compare by it.
    compares = "To compare by one way, name it: --use send=100:bank-transfer."
    assert compares not in told
    either = market_of(
        fees=(paying_by("2", "debit-card"), paying_by("3", "bank-transfer")), **sends
    )
    both = catalog_of(wallet_of("cardpay", either), wallet_of("bankpay", by_bank))
    ranking_of_both = rank(both, wanting(use("send", 100)), TODAY)
    assert compares in str(rank_page(ranking_of_both, both, 0, explain=False))
    merits = dict(main_reasons(ranking.places[0], reasons(ranking, 0)))
    assert merits["+"] == (
        "Costs 12.00 GBP a year less than Cardpay (by bank transfer; Cardpay by debit card)"
    )
    # Who names the way need not be told.
    named = rank(catalog_of(*wallets), wanting(use("send", 100, method="debit-card")), TODAY)
    assert "24.00 GBP" in [first_year_words(place.bill) for place in named.places]
    assert "same way" not in str(rank_page(named, catalog_of(*wallets), 0, explain=False))


def test_a_wallet_s_own_card_draws_on_its_balance() -> None:
    def paid(method: str) -> FeeRule:
        return FeeRule(operation="pay", method=method, percent=Decimal(1), source="new")

    cards = {"merchant-acceptance": yes(), "physical-card": yes()}
    markets = (
        market_of(fees=(paid("card"),), features=cards),
        market_of(fees=(paid("balance"),), features=cards),
    )
    for kind, alike in (("stored-value", True), ("pass-through", False)):
        card, balance = (wallet_of(name, each) for name, each in zip("ab", markets, strict=True))
        catalog = catalog_of(structs.replace(card, kind=kind), balance)
        ranking = rank(catalog, wanting(use("pay", 100)), TODAY)
        assert len(ranking.places) == 2
        assert ("same way" not in str(rank_page(ranking, catalog, 0, explain=False))) is alike


def test_no_way_is_named_above_a_table_without_any_price() -> None:
    # To receive is free by bank transfer, and what the money is changed for is not known.
    sends = {"features": {"receive-abroad": yes(), "multi-currency": yes()}}
    free = FeeRule(
        operation="receive-abroad", method="bank-transfer", percent=Decimal(0), source="new"
    )
    catalog = catalog_of(wallet_of("freepay", market_of(fees=(free,), **sends)))
    ranking = rank(catalog, wanting(use("receive-abroad", 100, country="US")), TODAY)
    assert first_year_words(ranking.places[0].bill) == "?"
    assert "Priced by" not in str(rank_page(ranking, catalog, 0, explain=False))


def test_a_bank_account_is_one_way_to_pay() -> None:
    sends = {"features": SENDS}
    linked = market_of(fees=(paying_by("2", "bank-linked"),), **sends)
    by_bank = market_of(fees=(paying_by("1", "bank-transfer"),), **sends)
    any_way = market_of(fees=(paying_by("3", None),), **sends)
    catalog = catalog_of(
        *(
            wallet_of(name, each)
            for name, each in zip("abc", (linked, by_bank, any_way), strict=True)
        )
    )
    ranking = rank(catalog, wanting(use("send", 100)), TODAY)
    assert "same way" not in str(rank_page(ranking, catalog, 0, explain=False))


def test_what_costs_nothing_that_is_known_comes_last_by_cost() -> None:
    hidden = FeeRule(operation="send", price="unknown", source="new")
    pays = FeeRule(operation="pay", percent=Decimal(1), source="new")
    both = {"send": yes(), "pay-qr": yes()}
    silent = wallet_of("silentpay", market_of(features=both, fees=()))
    partly = wallet_of("partlypay", market_of(features=both, fees=(hidden, pays)))
    known = wallet_of("knownpay", market_of(features=both))
    catalog = catalog_of(silent, partly, known)
    ranking = rank(catalog, wanting(use("send", 100), use("pay", 100)), TODAY)
    by_cost = [place.wallet.id for place in ranking.by_cost(catalog.per_usd)]
    assert by_cost == ["knownpay", "partlypay", "silentpay"]


def test_who_is_level_below_the_rows_shown_is_named_there() -> None:
    wallets = [wallet_of(name, market_of()) for name in ("apay", "bpay", "cpay")]
    catalog = catalog_of(*wallets)
    ranking = rank(catalog, wanting(use("send", 100)), TODAY)
    assert len(verdict_of(ranking).level) == 3
    told = str(rank_page(ranking, catalog, 1, explain=False))
    assert "2 more (Bpay and Cpay level with the first); --top 0 shows all." in told
    assert "level with the first" not in str(rank_page(ranking, catalog, 3, explain=False))


def test_a_cost_with_something_unknown_in_it_is_one_figure() -> None:
    hidden = FeeRule(operation="send", price="unknown", source="new")
    pays = FeeRule(operation="pay", percent=Decimal(12), source="new")
    market = market_of(features={"send": yes(), "pay-qr": yes()}, fees=(hidden, pays))
    needs = wanting(use("send", 100), use("pay", 100))
    ranking = rank(catalog_of(wallet_of("testpay", market)), needs, TODAY)
    assert first_year_words(ranking.places[0].bill) == "144.00 GBP + ?"
    told = dict(main_reasons(ranking.places[0], reasons(ranking, 0)))
    assert told["-"] == "Your use would cost 144.00 GBP + ? in the first year"


def test_what_may_not_run_stands_behind_what_only_lacks_a_confirmation() -> None:
    gone = Status(state="unconfirmed", source="new")
    wallets = (
        wallet_of(
            "apay", market_of(status=gone, features={"pay-nfc": yes()}, security={"passkey": yes()})
        ),
        wallet_of("bpay", market_of()),
        wallet_of("cpay", market_of()),
    )
    needs = wanting(use("send", 100), must=("pay-nfc",))
    ranking = rank(catalog_of(*wallets), needs, TODAY)
    assert [place.wallet.id for place in ranking.places] == ["bpay", "cpay", "apay"]
    # It fits best by points, and the verdict is on the others all the same.
    assert ranking.places[2].score.estimate > ranking.places[0].score.estimate
    verdict, _better, check = verdict_words(ranking).partition(" Apay may suit you better; ")
    assert "Bpay and Cpay are level" in verdict
    assert "Apay" not in verdict
    assert check == "not confirmed: that it still runs and is open to new customers."
    assert [place.wallet.id for place in ranking.by_cost({"USD": Decimal(1), "GBP": Decimal(1)})][
        -1
    ] == "apay"
    alone = rank(catalog_of(wallets[0]), needs, TODAY)
    assert "None is confirmed to do all that you ask; Apay is the only" in verdict_words(alone)


def charging(low: str, high: str) -> FeeRule:
    return FeeRule(operation="send", percent=Decimal(low), percent_max=Decimal(high), source="new")


@pytest.mark.parametrize(
    ("cheap", "dear", "shown", "praise"),
    [
        # As low as nothing, by what is known: the middle is no price to go by.
        (("0", "0"), ("0", "3"), "about 18.00 GBP (0.00 to 36.00)", None),
        (
            ("1", "1.2"),
            ("2", "2.5"),
            "about 27.00 GBP (24.00 to 30.00)",
            "Costs at least 9.60 GBP a year less",
        ),
        (("1", "1"), ("3", "3"), "36.00 GBP", "Costs 24.00 GBP a year less"),
        (
            ("1", "2.2"),
            ("2", "2.5"),
            "about 27.00 GBP (24.00 to 30.00)",
            "Probably costs about 7.80 GBP a year less",
        ),
    ],
)
def test_a_range_is_shown_and_a_saving_is_said_as_surely_as_it_is(
    cheap: tuple[str, str], dear: tuple[str, str], shown: str, praise: str | None
) -> None:
    wallets = (
        wallet_of("cheappay", market_of(features=SENDS, fees=(charging(*cheap),))),
        wallet_of("dearpay", market_of(features=SENDS, fees=(charging(*dear),))),
    )
    ranking = rank(catalog_of(*wallets), wanting(use("send", 100)), TODAY)
    assert [place.wallet.id for place in ranking.places] == ["cheappay", "dearpay"]
    assert first_year_words(ranking.places[1].bill) == shown
    told = [words for mark, words in main_reasons(ranking.places[0], reasons(ranking, 0))]
    costs = [words for words in told if "less than" in words]
    assert costs == ([f"{praise} than Dearpay"] if praise else [])


@pytest.mark.parametrize(("dear", "praise"), [("2", "12.00"), ("1.3", None)])
def test_a_saving_is_likely_where_old_prices_could_meet_at_their_ends_alone(
    dear: str, praise: str | None
) -> None:
    def old(percent: str) -> FeeRule:
        return structs.replace(charging(percent, percent), source="old")

    wallets = (
        wallet_of("cheappay", market_of(features=SENDS, fees=(old("1"),))),
        wallet_of("dearpay", market_of(features=SENDS, fees=(old(dear),))),
    )
    ranking = rank(catalog_of(*wallets), wanting(use("send", 100)), TODAY)
    bills = [place.bill.yearly for place in ranking.places]
    assert bills[0].high > bills[1].low
    told = dict(main_reasons(ranking.places[0], reasons(ranking, 0)))
    likely = (
        f"Probably costs about {praise} GBP a year less than Dearpay, by prices that may have"
        " changed"
    )
    assert (told.get("+") == likely) == (praise is not None)


def test_a_wish_that_one_of_those_shown_alone_is_known_to_meet_is_told_first() -> None:
    logs_in = {"passkey": yes()}
    wallets = (
        wallet_of("apay", market_of(features=SENDS | {"pay-nfc": yes()}, security=logs_in)),
        wallet_of("bpay", market_of(features=SENDS)),
        # Not known and known not to have it are alike: nobody else is known to.
        wallet_of("cpay", market_of(features=SENDS | {"pay-nfc": no()})),
        # It has it too, and is not shown.
        wallet_of(
            "dpay", market_of(features=SENDS | {"pay-nfc": yes()}, fees=(charging("9", "9"),))
        ),
    )
    catalog = catalog_of(*wallets)
    ranking = rank(catalog, wanting(use("send", 100), wish=("pay-nfc",)), TODAY)
    first = ranking.places[0]
    assert first.wallet.id == "apay"

    def praise(among: int) -> str:
        told = reasons(ranking, 0, among=ranking.places[:among])
        return dict(main_reasons(first, told)).get("+", "")

    assert praise(3) == (
        "Pays in shops by tapping the phone (contactless), as you wish: the only one of these 3 known to"
    )
    assert "as you wish" not in praise(4)
    told = str(rank_page(ranking, catalog, 3, explain=False))
    assert "the only one of these 3 known to" in told


def test_what_is_asked_says_what_counts_and_which_wish_none_is_known_to_meet() -> None:
    taps = wallet_of("apay", market_of(features=SENDS | {"pay-nfc": yes(), "pay-qr": no()}))
    needs = wanting(use("send", 100), wish=("pay-nfc", "pay-qr"), weights={"cost": Decimal(5)})
    ranking = rank(catalog_of(taps), needs, TODAY)
    told = str(rank_page(ranking, catalog_of(taps), 3, explain=False))
    assert "Apay is not known to pay in shops by QR code." in told
    assert "What counts for you: a low price (5 of 5)." in told
    # What follows from the use was not said by the person.
    plain = rank(catalog_of(taps), wanting(use("send", 100)), TODAY)
    told = str(rank_page(plain, catalog_of(taps), 3, explain=False))
    assert "is not known to" not in told
    assert "counts" not in told


def test_reasons_hold_a_place_against_those_that_are_shown() -> None:
    wallets = [
        wallet_of(name, market_of(features=SENDS, fees=(charging(percent, percent),)))
        for name, percent in (("apay", "1"), ("bpay", "2"), ("cpay", "3"), ("dpay", "9"))
    ]
    ranking = rank(catalog_of(*wallets), wanting(use("send", 100)), TODAY)
    told = str(rank_page(ranking, catalog_of(*wallets), 3, explain=False))
    assert "less than Cpay" in told
    assert "Dpay" not in told.partition("1. Apay")[2]


def test_the_lowest_price_has_one_form_everywhere() -> None:
    least = FeeRule(operation="send", percent=Decimal("0.39"), bound="at-least", source="new")
    hidden = FeeRule(operation="pay", price="unknown", source="new")
    needs = wanting(use("send", 100), use("pay", 100))

    def made(*fees: FeeRule) -> Ranking:
        able = {"send": yes(), "pay-qr": yes()}
        wallet = wallet_of("testpay", market_of(features=able, fees=fees))
        return rank(catalog_of(wallet), needs, TODAY)

    free = FeeRule(operation="pay", percent=Decimal(0), source="new")
    ranking = made(least, free)
    assert first_year_words(ranking.places[0].bill) == "from 4.68 GBP"
    against = dict(main_reasons(ranking.places[0], reasons(ranking, 0))).get("-", "from 4.68 GBP")
    assert "about 4.68" not in against
    assert total_words(ranking.places[0].bill).startswith("from 4.68 GBP")
    # With something else unknown, the lowest price is part of what is known.
    bill = made(least, hidden).places[0].bill
    assert first_year_words(bill) == "? (about 4.68 GBP of it known)"
    assert total_words(bill).startswith("about 4.68 GBP (4.68 to 96.00) plus unknown charges")
    # What was free long ago is not free for sure: no sum is said.
    nothing = made(free, FeeRule(operation="send", price="unknown", source="new")).places[0].bill
    assert total_words(nothing).startswith("0.00 GBP plus an unknown fee")
    long_free = structs.replace(free, source="old")
    vague = made(long_free, FeeRule(operation="send", price="unknown", source="new"))
    assert total_words(vague.places[0].bill).startswith("an unknown fee")


def test_a_part_that_may_be_far_less_has_one_form_everywhere() -> None:
    once = {"operation": "send", "fixed": Decimal(20), "source": "new"}
    fees = (
        FeeRule(**once, given=("online",)),
        FeeRule(**once | {"fixed": Decimal(0)}, given=("no-online",)),
        FeeRule(operation="pay", price="unknown", source="new"),
    )
    wallet = wallet_of("testpay", market_of(features={"send": yes(), "pay-qr": yes()}, fees=fees))
    needs = wanting(use("send", 100), use("pay", 100))
    made = rank(catalog_of(wallet), needs, TODAY).places[0].bill
    part = "up to 240.00 GBP"
    assert first_year_words(made) == f"{part} + ?"
    assert total_words(made).startswith(f"{part} plus an unknown fee to pay")


def test_the_one_that_is_confirmed_stands_without_a_chance() -> None:
    able = market_of(features=SENDS | {"pay-nfc": yes()})
    catalog = catalog_of(wallet_of("apay", able), wallet_of("bpay", market_of(features=SENDS)))
    one = rank(catalog, wanting(use("send", 100), must=("pay-nfc",)), TODAY)
    assert "Best in" not in str(rank_page(one, catalog, 0, explain=False))
    both = rank(catalog, wanting(use("send", 100)), TODAY)
    assert "Best in" in str(rank_page(both, catalog, 0, explain=False))


def test_that_residents_alone_are_taken_is_nothing_against_it_for_a_resident() -> None:
    closed = market_of(features=SENDS, onboarding=Onboarding(residents_only=yes()))
    catalog = catalog_of(wallet_of("apay", closed))
    needs = wanting(use("send", 100), weights={"ease": Decimal(5), "cost": Decimal(0)})

    def against(*person: str) -> list[str]:
        ranking = rank(catalog, structs.replace(needs, person=person), TODAY)
        told = main_reasons(ranking.places[0], reasons(ranking, 0))
        return [words for mark, words in told if mark == "-" and "residents" in words]

    # Nobody is taken for a visitor who did not say so.
    assert not against()
    assert not against("resident")


@pytest.mark.parametrize("able", ["0.2", "0.9"])
def test_why_the_first_by_points_is_not_the_likeliest_is_said(ranking: Ranking, able: str) -> None:
    first, other, *rest = ranking.places
    first = structs.replace(first, chance=Decimal("0.1"), able=Decimal(able))
    other = structs.replace(other, chance=Decimal("0.9"), able=Decimal("0.5"), mean=first.mean - 1)
    made = structs.replace(ranking, places=(first, other, *rest))
    told = str(rank_page(made, shipped(), 0, explain=False))
    words = f"{other.wallet.name} has fewer points than {first.wallet.name} and is likelier"
    assert (words in told) is (able == "0.2")


@pytest.mark.parametrize(
    ("sure", "why"),
    [
        (True, "more of what you ask is confirmed of it."),
        # It may do both in some case; of the other nothing is said, nor is that usual.
        (False, "it is likelier to do what you ask, which points leave out."),
    ],
)
def test_why_fewer_points_stand_first_is_said_as_it_is(sure: bool, why: str) -> None:
    mondays = yes(when="on Mondays")
    features = {"pay-nfc": mondays, "cashback": yes() if sure else mondays}
    safe = market_of(security={"passkey": yes(), "app-pin": yes()})
    wallets = (wallet_of("some", market_of(features=features)), wallet_of("silent", safe))
    must = ("features:pay-nfc", "features:cashback")
    ranking = rank(catalog_of(*wallets), wanting(must=must), TODAY)
    first, second = ranking.field
    assert first.wallet.id == "some"
    assert first.score.estimate < second.score.estimate
    told = str(rank_page(ranking, catalog_of(*wallets), 0, explain=False))
    assert f"Some stands before Silent with fewer points: {why}" in told


@pytest.mark.parametrize(
    ("operation", "country", "person", "told"),
    [
        ("pay-abroad", "US", (), True),
        ("pay-abroad", None, (), True),
        # A card that pays pounds in pounds changes none.
        ("pay-abroad", "IM", (), False),
        ("pay", None, ("visitor",), True),
        ("pay", None, (), False),
    ],
)
def test_what_the_persons_own_card_takes_is_asked_of_its_bank(
    operation: str, country: str | None, person: tuple[str, ...], told: bool
) -> None:
    """A wallet that passes a card on cannot say it, so nobody is sent to its pages for it."""
    fee = FeeRule(operation=operation, price="unknown", source="new")
    features = {operation: yes()}
    passing = structs.replace(
        wallet_of("apay", market_of(features=features, fees=(fee,))), kind="pass-through"
    )
    catalog = catalog_of(passing, wallet_of("bpay", market_of(features=features, fees=(fee,))))
    needs = wanting(use(operation, 100, country=country), person=person)
    ranking = rank(catalog, needs, TODAY)
    own = "Your card's own fee for foreign money comes on top (often 0 to 3 %): ask its bank"
    lines = {}
    for index, place in enumerate(ranking.places):
        words = [text for _, text in main_reasons(place, reasons(ranking, index))]
        lines[place.wallet.id] = (own in words, any("not published" in text for text in words))
    assert lines == {"apay": (told and not person, not told), "bpay": (False, True)}
    # Of a visitor it comes on top of every price, and is said once.
    page = str(rank_page(ranking, catalog, 0, explain=False))
    assert page.count("Your card's own fee for foreign money comes on top of each price") == bool(
        person
    )
    looked_up = [each.place.wallet.id for each in weighed(ranking, EMPTY.averages) if each.line]
    assert ("apay" in looked_up) is not told
    assert "bpay" in looked_up


@pytest.mark.parametrize("markup", [True, False])
def test_a_wallet_that_changes_the_money_itself_leaves_the_card_nothing_to_change(
    markup: bool,
) -> None:
    fx = Decimal(2) if markup else None
    fee = FeeRule(operation="pay-abroad", percent=Decimal(1), fx_markup=fx, source="new")
    market = market_of(features={"pay-abroad": yes()}, fees=(fee,))
    passing = structs.replace(wallet_of("apay", market), kind="pass-through")
    ranking = rank(catalog_of(passing), wanting(use("pay-abroad", 100, country="US")), TODAY)
    words = [text for _, text in main_reasons(ranking.places[0], reasons(ranking, 0))]
    assert any("Your card's own fee" in text for text in words) is not markup


def test_one_whose_price_is_a_guess_is_named_and_does_not_come_first() -> None:
    rules = (FeeRule(operation="send", percent=Decimal(3), source="new"),)
    known = wallet_of("known", market_of(fees=rules, features={"send": yes()}), name="Known")
    safer = market_of(fees=(), features={"send": yes()}, security={"app-pin": yes()})
    wallets = (known, wallet_of("silent", safer, name="Silent"))
    ranking = rank(catalog_of(*wallets), wanting(use("send", 100)), TODAY)
    assert ranking.places[1].chance > ranking.places[0].chance
    assert verdict_words(ranking) == (
        "Known comes first of those whose price is known. Silent may suit you better, but its price"
        " to send money to people at home is not known."
    )
    told = str(rank_page(ranking, catalog_of(*wallets), 0, explain=False))
    assert "Silent has fewer points than Known and is likelier to be the best" in told


def test_of_two_that_are_alike_none_comes_first() -> None:
    """Neither where a guess comes before both, nor where one may suit better than both."""
    rules = (FeeRule(operation="send", percent=Decimal(3), source="new"),)
    known = market_of(fees=rules, features={"send": yes()})
    safer = market_of(fees=(), features={"send": yes()}, security={"app-pin": yes()})
    alike = [wallet_of(name, known, name=name.title()) for name in ("apay", "bpay")]
    catalog = catalog_of(*alike, wallet_of("silent", safer, name="Silent"))
    ranking = rank(catalog, wanting(use("send", 100)), TODAY)
    chances = dict.fromkeys(("apay", "bpay"), Decimal("0.1")) | {"silent": Decimal("0.8")}
    first, *others = (
        structs.replace(place, chance=chances[place.wallet.id]) for place in ranking.places
    )
    after = structs.replace(ranking, places=(first, *others))
    assert verdict_words(after).startswith(
        "Apay and Bpay are level, first of those whose price is known. Silent may suit you better"
    )
    before = structs.replace(ranking, places=(others[-1], first, *others[:-1]))
    assert verdict_words(before).endswith(
        "Find it out, or take Apay or Bpay: level, of those whose price is known."
    )
    # Nor where one that is not confirmed is likelier than both: they are level.
    assert [each.wallet.id for each in verdict_of(after).level][:2] == ["apay", "bpay"]


@pytest.fixture(scope="module")
def many() -> Ranking:
    """A ranking of seven with the points of the first, priced in full."""
    rules = (FeeRule(operation="send", percent=Decimal(1), source="new"),)
    market = market_of(fees=rules, features={"send": yes()})
    wallets = [wallet_of(f"{letter}pay", market) for letter in "abcdefg"]
    return rank(catalog_of(*wallets), wanting(use("send", 100)), TODAY)


@pytest.mark.parametrize(
    ("chances", "shown"),
    [
        # Three rows, where nobody else is likely.
        (["0.7", "0.1", "0.1", "0.04", "0.03", "0.02", "0.01"], "abc"),
        # Who is likelier than the third, and in 1 of 10 cases at least; five in all.
        (["0.65", "0.05", "0", "0.04", "0.2", "0", "0.06"], "abceg"),
        (["0.61", "0", "0.01", "0.07", "0.09", "0.08", "0.14"], "abceg"),
        # Whom the verdict names, as far as it names them.
        # Without a gap in the numbers, where that makes no more than five.
        (["0.25", "0.15", "0.1", "0.1", "0.2", "0.1", "0.1"], "abcde"),
        (["0.3", "0", "0.3", "0", "0", "0.3", "0.1"], "abcf"),
    ],
)
def test_a_screen_has_a_row_for_whom_the_verdict_names_and_who_is_likelier_than_the_third(
    many: Ranking, chances: list[str], shown: str
) -> None:
    # Far enough apart in points, so that none is level but by its chance.
    places = tuple(
        structs.replace(
            place,
            chance=Decimal(chance),
            score=structs.replace(place.score, estimate=place.score.estimate - number),
        )
        for number, (place, chance) in enumerate(zip(many.places, chances, strict=True))
    )
    ranking = structs.replace(many, places=places)
    catalog = catalog_of(*(place.wallet for place in places))
    named = _in_table(rank_page(ranking, catalog, None, explain=False))
    assert "".join(name[0].casefold() for name in named) == shown
    # A number that is asked for is kept to.
    assert len(_in_table(rank_page(ranking, catalog, 3, explain=False))) == 3


def _in_table(page: Page) -> list[str]:
    """Return the names in the first table of a page."""
    rows = [line.split("|") for line in markdown.render(page).splitlines() if line.startswith("|")]
    return [row[2].strip().strip("*") for row in rows if row[1].strip().isdigit()]


@pytest.mark.parametrize(
    ("country", "persona", "uses"),
    [
        ("TZ", None, (use("cash-out", 200000, 2),)),
        ("PK", "freelancer", ()),
        ("US", "freelancer", ()),
        ("DE", "family-abroad", ()),
        ("CN", "student-abroad", ()),
    ],
)
def test_no_wallet_that_the_verdict_names_is_hidden(
    country: str, persona: str | None, uses: tuple[Usage, ...]
) -> None:
    base = needs_of(shipped().personas[persona]) if persona else wanting(*uses)
    needs = structs.replace(base, country=country, currency=None)
    ranking = rank(shipped(), needs, TODAY)
    named = {wallet_name(each.wallet) for each in ranking.field}
    verdict = verdict_words(ranking)
    table = _in_table(rank_page(ranking, shipped(), None, explain=False))
    shown = " ".join(table)
    assert [name for name in named if name in verdict and name not in shown] == []
    third = ranking.field[2]
    likelier = [each for each in ranking.field[3:] if each.chance > max(third.chance, LEAST)]
    hidden = [each for each in likelier if wallet_name(each.wallet) not in shown]
    # No more than five rows are there for that.
    assert not hidden or len(table) == 5


@pytest.mark.parametrize("country", ["SE", "AE", "BR", "KE"])
def test_a_first_place_that_leads_says_by_what(country: str) -> None:
    """Much that is little each makes no reason of its own; the sum of it is one."""
    for persona in shipped().personas.values():
        needs = structs.replace(needs_of(persona), country=country, currency=None)
        ranking = rank(shipped(), needs, TODAY)
        if len(ranking.field) < 2:
            continue
        first, second = ranking.field[:2]
        told = list(main_reasons(first, reasons(ranking, 0, among=ranking.places[:3])))
        dear = first.values["cost"].value.estimate - second.values["cost"].value.estimate
        rest = (
            first.score.estimate
            - second.score.estimate
            - dear * ranking.needs.weights["cost"] * 100
        )
        if rest >= len(first.values) * WORTH_SAYING:
            # A lead that silence makes is told, and is no plus.
            mark, words = told[0]
            silent = mark == "•" and "only because more is known" in words
            assert mark == "+" or silent, (country, needs.use, told)


def test_a_range_of_which_more_may_come_has_its_real_low() -> None:
    def told(least: str, most: str) -> tuple[str, str]:
        rule = FeeRule(
            operation="send",
            fixed=Decimal(least),
            fixed_max=Decimal(most),
            bound="at-least",
            source="new",
        )
        free = FeeRule(operation="pay", percent=Decimal(0), source="new")
        wallet = wallet_of("testpay", market_of(features={"send": yes()}, fees=(rule, free)))
        needs = wanting(use("send", 100), use("pay", 100))
        bill = rank(catalog_of(wallet), needs, TODAY).places[0].bill
        return first_year_words(bill), total_words(bill)

    assert told("2", "10") == ("from 24.00 GBP", "from 24.00 GBP (perhaps up to 120.00)")
    # What may be free does not look so, nor is its middle the least.
    assert told("0", "10") == ("0.00 to 120.00 GBP or more",) * 2


def test_what_may_not_run_is_named_only_where_it_is_likely_the_best_all_the_same() -> None:
    gone = Status(state="unconfirmed", source="new")
    wallets = (wallet_of("apay", market_of(status=gone)), wallet_of("bpay", market_of()))
    ranking = rank(catalog_of(*wallets), wanting(use("send", 100), must=("pay-nfc",)), TODAY)
    first, other = ranking.places
    for chance, named in (("0.6", True), ("0.59", False)):
        places = (
            structs.replace(first, chance=Decimal("0.3")),
            structs.replace(other, chance=Decimal(chance)),
        )
        words = verdict_words(structs.replace(ranking, places=places))
        assert words.startswith("None is confirmed to do all that you ask.")
        assert ("Apay may suit you better" in words) is named


@pytest.mark.parametrize(
    ("phones", "platform", "decides"),
    [
        ((("ios",), ("android",)), None, True),
        ((("ios", "web"), ("android", "watch")), None, True),
        ((("ios",), ("android",)), "ios", False),
        ((("ios",), ("ios", "android")), None, False),
        ((("ios",), ("ios",)), None, False),
        ((("ios",), ()), None, False),
    ],
)
def test_of_two_that_run_on_one_kind_of_phone_each_the_phone_decides(
    phones: tuple[tuple[str, ...], ...], platform: str | None, decides: bool
) -> None:
    wallets = (
        structs.replace(wallet_of(f"{word}pay", market_of()), platforms=runs_on)
        for word, runs_on in zip("ab", phones, strict=True)
    )
    catalog = catalog_of(*wallets)
    ranking = rank(catalog, wanting(use("pay", 100), platform=platform), TODAY)
    page = " ".join(str(rank_page(ranking, catalog, 0, explain=False)).split())
    assert ("Your phone decides between Apay (iPhone and iPad) and Bpay" in page) is decides


def test_who_comes_first_on_one_kind_of_phone_is_told_so() -> None:
    applepay = structs.replace(
        wallet_of("applepay", market_of()), platforms=("ios", "watch"), not_on=("android",)
    )
    anypay = structs.replace(wallet_of("anypay", market_of(fees=())), platforms=("ios", "android"))

    def page(platform: str | None = None) -> str:
        catalog = catalog_of(applepay, anypay)
        ranking = rank(catalog, wanting(use("send", 100), platform=platform), TODAY)
        return " ".join(str(rank_page(ranking, catalog, 0, explain=False)).split())

    only = "Applepay is for iPhone and iPad only: with another phone, say --platform android."
    assert only in page()
    assert only not in page("ios")


@pytest.mark.parametrize(
    ("country", "corridor", "asks"),
    [(None, "GB-MX", True), ("MX", "GB-MX", False), (None, None, False)],
)
def test_where_prices_go_by_the_country_and_none_is_named_that_is_asked_first(
    country: str | None, corridor: str | None, asks: bool
) -> None:
    price = FeeRule(operation="send-abroad", percent=Decimal(1), corridor=corridor, source="new")
    silent = FeeRule(operation="send-abroad", price="unknown", source="new")
    sends = {"send-abroad": yes()}
    wallets = [
        wallet_of("apay", market_of(features=sends, fees=(price,))),
        wallet_of("bpay", market_of(features=sends, fees=(silent,))),
    ]
    catalog = catalog_of(*wallets)
    usage = use("send-abroad", 100, country=country)
    ranking = rank(catalog, wanting(usage), TODAY)
    assert open_ends(ranking) == ([usage] if asks else [])
    page = " ".join(str(rank_page(ranking, catalog, 0, explain=False)).split())
    command = "name the country, as in --use send-abroad=100GBP@COUNTRY."
    assert (f"Where to is not said, and prices go by it: {command}" in page) is asks
    assert not (asks and "What would settle it" in page)


def test_a_visitor_is_told_of_the_card_and_the_wallet_from_home() -> None:
    visitors = Onboarding(residents_only=Claim(has=False, source="new"))
    some = [wallet_of(f"pay{n}", market_of(onboarding=visitors)) for n in range(3)]
    passing = wallet_of("passing", market_of(fees=()), kind="pass-through")
    gone = structs.replace(
        passing, markets={"GB": market_of(status=Status(state="closed", source="new"))}
    )
    card, wallet = (
        "Your card from home may be enough",
        "A wallet from home may do it too; see",
    )
    unsure = "how many do is not known here"

    def told(*wallets: Wallet, doing: str = "pay", home: str | None = None, **wanted: Any) -> str:
        ranking = rank(catalog_of(*wallets), wanting(use(doing, 100), **wanted), TODAY)
        page = rank_page(ranking, catalog_of(*wallets), 0, explain=False, home=home)
        return terminal.render(page, width=80, colour=False, unicode=True)

    visitor = {"person": ("visitor",)}
    command = "walletpick rank --country HOME --use pay-abroad=100GBP@GB"
    for wallets in ((some[0], passing), (passing,), (*some, passing), (some[0],), (gone,)):
        page = " ".join(told(*wallets, **visitor).split())
        assert card in page
        assert f"{wallet}, with your own country for HOME: {command}" in page
        # That shops there take cards is known where a wallet passes them on.
        assert (unsure in page) is (passing not in wallets)
    assert "--use cash-out=100GBP@GB" in told(passing, doing="cash-out", **visitor)
    assert "--country CN --use pay-abroad=100GBP@GB" in told(passing, home="CN", **visitor)
    # Not who lives there, nor for what no card does.
    for page in (told(some[0], passing), told(some[0], passing, doing="send", **visitor)):
        assert card not in page
        assert wallet not in page
    # Nor the card, where one cannot do without what no card does.
    coded = wallet_of("coded", market_of(onboarding=visitors, features={"pay-qr": yes()}))
    page = told(coded, must=("features:pay-qr",), **visitor)
    assert card not in page
    assert wallet in page
    # What is sure stands before what is not confirmed; and comes after what is.
    silent = wallet_of("silent", market_of())
    page = told(silent, **visitor)
    assert page.index(card) < page.index("None is confirmed")
    page = told(some[0], **visitor)
    assert page.index(card) > page.index("the only one on record that fits")


def test_the_answer_said_once_more_has_the_price_beside_the_wallet_that_takes_it() -> None:
    priced = market_of(fees=(FeeRule(operation="pay", percent=Decimal(1), source="new"),))
    pair = "Take two wallets: Apay and Bpay."
    price = "First year: 12.00 GBP."
    for must, confirmed in (((), True), (("pay-qr",), False)):
        catalog = catalog_of(wallet_of("apay", priced))
        ranking = rank(catalog, wanting(use("pay", 100), must=must), TODAY)
        page = rank_recap(ranking, catalog, pair)
        told = terminal.render(page, width=200, colour=False, unicode=True)
        first, *rest = [line for line in told.splitlines() if line]
        alone = verdict_words(ranking)
        # Where the pair is the answer, the price is not the pair's.
        if confirmed:
            assert (first, rest) == (f"The answer: {alone} {price}", [pair])
        else:
            assert (first, rest) == (f"The answer: {pair}", [f"{alone} {price}"])


def test_where_nothing_is_confirmed_nobody_is_the_only_one_to_choose() -> None:
    doubtful = market_of(status=Status(state="unconfirmed", source="new"))
    wallets = (wallet_of("silent", market_of()), wallet_of("gone", doubtful))
    ranking = rank(catalog_of(*wallets), wanting(use("pay", 100), person=("visitor",)), TODAY)
    assert verdict_words(ranking) == (
        "None is confirmed to do all that you ask. Of those that may, Silent comes first."
    )


@pytest.mark.parametrize(
    ("scope", "on_answer"),
    [
        ({"given": ("online",)}, "if it is paid online (--given online)"),
        ({"provider": ("Onebank", "Otherbank")}, "with an account at Onebank or Otherbank"),
        ({"for_": ("business",)}, "for business accounts and sellers (--person business)"),
        # Nobody can answer what the source says in words of its own.
        ({"when": "by some of them"}, ""),
    ],
)
def test_what_the_person_can_answer_themselves_is_the_verdict(
    scope: dict[str, Any], on_answer: str
) -> None:
    pays = market_of(features={"pay-qr": yes(**scope)})
    needs = wanting(use("pay", 100), must=("pay-qr",))
    told = verdict_words(rank(catalog_of(wallet_of("hangs", pays)), needs, TODAY))
    none = "None is confirmed to do all that you ask; "
    on = f"Hangs is confirmed to do all that you ask {on_answer}"
    assert told.startswith(on if on_answer else none)
    assert told.endswith("; else none is.") is bool(on_answer)


def test_what_only_one_of_those_shown_is_known_to_do_is_why_it_is_first() -> None:
    must = ("passkey", "pay-qr")
    sure = wallet_of("sure", market_of(security={"passkey": yes()}))
    silent, other = (wallet_of(name, market_of()) for name in ("silent", "other"))
    ranking = rank(catalog_of(silent, sure, other), wanting(use("pay", 100), must=must), TODAY)
    places = ranking.places
    assert [(place.wallet.id, place.confirmed) for place in places[:1]] == [("sure", False)]
    alone = "Logs in with a passkey: the only one of these 3 known to"
    for number, place in enumerate(places):
        told = list(main_reasons(place, reasons(ranking, number, among=places)))
        assert (("+", alone) in told) is (number == 0)
    # Where another is known to do it too, it is no reason.
    too = structs.replace(sure, id="sure-too")
    both = rank(catalog_of(silent, sure, too), ranking.needs, TODAY)
    told = list(main_reasons(both.places[0], reasons(both, 0, among=both.places)))
    assert not any("the only one" in words for _mark, words in told)


def test_who_pays_at_home_hears_where_only_international_wallets_are_on_record() -> None:
    there = market_of(features=SENDS, fees=(charging("1", "1"),))
    own = wallet_of("ownpay", there)
    abroad = structs.replace(
        wallet_of("worldpay", there), elsewhere=tuple(sorted(shipped().countries)[:30])
    )
    used = there.features | {"widely-used": yes()}
    theirs = structs.replace(abroad, markets={"GB": structs.replace(there, features=used)})
    sends_on = structs.replace(wallet_of("remit", there), kind="remittance")
    told = "Only international wallets are on record in the United Kingdom: people there may use"
    for wallets, use_, said in (
        ((abroad,), use("send", 100), True),
        ((abroad, sends_on), use("send", 100), True),
        ((abroad, own), use("send", 100), False),
        # Where many people there use it, it is as good as their own.
        ((theirs,), use("send", 100), False),
        # Across borders it matters little where a wallet is at home.
        ((abroad,), use("send-abroad", 100, country="MX"), False),
    ):
        catalog = catalog_of(*wallets)
        ranking = rank(catalog, wanting(use_), TODAY)
        assert (told in str(rank_page(ranking, catalog, 3, explain=False))) is said


def test_a_price_that_only_one_of_two_has_tells_why_that_stands_first() -> None:
    safe = {"passkey": yes(), "app-pin": yes()}
    known = wallet_of("known", market_of(features=SENDS, fees=(charging("0", "0"),), security=safe))
    silent = wallet_of("silent", market_of(features=SENDS, fees=(HIDDEN,), security=safe))
    ranking = rank(catalog_of(known, silent), wanting(use("send", 100)), TODAY)
    (told,) = [each for each in reasons(ranking, 0) if isinstance(each, PriceKnown)]
    assert [line.operation for line in told.lines] == ["send"]
    assert (
        reason_words(told)
        == "Known of this one and not of Silent: the fee to send money to people at home"
    )
    # Of the other there is nothing to tell.
    assert not [each for each in reasons(ranking, 1) if isinstance(each, PriceKnown)]
