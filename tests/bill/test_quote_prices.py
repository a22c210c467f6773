"""What a survey saw prices what nobody published a tariff for: by hand, then what must hold."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest
from build import CATALOG, TODAY, market, needs, record, span, use
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from walletpick.answers.vary import Varied, vary
from walletpick.bill.bill import Bill, bill
from walletpick.bill.line import Line
from walletpick.bill.observe import Candidate, observe
from walletpick.documents.wallet import wallet_out
from walletpick.facts.model import Catalog, Needs, Quoted, Survey, SurveyHead, Told, Usage
from walletpick.facts.money import Range
from walletpick.pages.show import show_page
from walletpick.person.known import with_own
from walletpick.person.needs import settled
from walletpick.reading.quotes import read_quotes, survey_of
from walletpick.render import markdown
from walletpick.words.bills import far_words
from walletpick.words.costs import uncounted_words

D = Decimal

HEAD = structs.replace(
    record(
        SurveyHead,
        """
name: Prices Everywhere
by: the Bank
period: 2026-Q3
credit: The Bank
about: A survey for tests.
amounts: About 200 and 500 dollars.
source: {url: https://example.org/survey, title: Prices, publisher: other, as_of: 2026-09, seen: 2026-11-20}
cautions: {reference-rate: r, payout-currency: p, maybe-offer: m}
""",
    ),
    file="quotes/everywhere.yaml",
)
HEADER = "wallet,firm,from,to,method,usd,fee_percent,margin_percent,caution"
# Two amounts; two services alike of which one is there for one amount alone; a caution.
ROWS = """
testpay,Testpay,US,MX,bank-linked,200,2,1,
testpay,Testpay,US,MX,bank-linked,500,1.4,1,
testpay,Testpay,US,PH,debit-card,200,1,0.5,
testpay,Testpay,US,PH,debit-card,200,3,2,
testpay,Testpay,US,PH,debit-card,500,1,0.5,
testpay,Testpay,US,CO,bank-linked,200,0,-1.2,maybe-offer
testpay,Testpay,US,CO,credit-card,200,4,-0.3,
otherpay,Otherpay,US,MX,bank-linked,200,0.1,0.1,
"""

PLACE = market("", country="US")


def with_quotes(rows: str = ROWS, head: SurveyHead = HEAD) -> Catalog:
    quotes, problems = read_quotes(f"{HEADER}\n{rows.strip()}\n".encode(), "everywhere.csv")
    assert not problems
    survey: Survey = survey_of(head, quotes, ["testpay"])
    return structs.replace(CATALOG, surveys={"everywhere": survey})


def charge(
    usage: Usage, place: Candidate = PLACE, catalog: Catalog | None = None, have: Sequence[str] = ()
) -> Bill:
    wanted = Needs(country="US", currency="USD", use=(usage,), have=tuple(have))
    catalog = catalog or with_quotes()
    needs = settled(wanted, catalog.criteria.settings)
    return bill(place, needs, catalog, TODAY)


def lines(usage: Usage, place: Candidate = PLACE, catalog: Catalog | None = None) -> list[Line]:
    return list(charge(usage, place, catalog).lines)


def quoted(made: Bill) -> bool:
    return any(isinstance(rule, Quoted) for line in made.lines for rule in line.rules)


def to(
    country: str, amount: Decimal | int = 200, times: int = 1, method: str | None = None
) -> Usage:
    return use("send-abroad", amount, times=times, country=country, method=method)


@pytest.mark.parametrize(
    ("amount", "fee", "margin"),
    [
        # As asked for: 2 % and 1.4 %, and 1 % of the exchange rate.
        (200, ("4", "4", "4"), ("2", "2", "2")),
        (500, ("7", "7", "7"), ("5", "5", "5")),
        # Half way from 4.00 to 7.00, as a percent and a fixed 2.00 would give: 2 + 350 * 1 %.
        (350, ("5.5", "5.5", "5.5"), ("3.5", "3.5", "3.5")),
        # Below: 2 % of it or all of 4.00; on the line 2 + 150 * 1 %.
        (150, ("3", "3.5", "4"), ("1.5", "1.5", "1.5")),
        # Above: all of 7.00 or 1.4 % of it; on the line 2 + 800 * 1 %.
        (800, ("7", "10", "11.2"), ("8", "8", "8")),
    ],
)
def test_amounts_between_and_near_those_asked_for(
    amount: int, fee: tuple[str, ...], margin: tuple[str, ...]
) -> None:
    first, second = lines(to("MX", amount))
    assert (first.kind, second.kind) == ("fee", "conversion")
    assert first.yearly == span(*(D(each) * 12 for each in fee))
    assert second.yearly == span(*(D(each) * 12 for each in margin))
    assert first.known
    assert not first.stale


def test_it_is_of_each_use_and_in_the_markets_currency() -> None:
    twice = charge(to("MX", 400, times=2)).yearly
    assert twice == charge(to("MX", 200)).yearly.times(2)
    pounds = market("", country="GB")
    catalog = with_quotes("testpay,Testpay,GB,MX,bank-transfer,200,2,1,")
    # 100 pounds are 200 dollars.
    made = bill(
        pounds, settled(needs_of("GB", to("MX", 100)), catalog.criteria.settings), catalog, TODAY
    )
    assert made.yearly == Range.exactly(D(36))
    assert made.currency == "GBP"


def needs_of(country: str, usage: Usage) -> Needs:
    currency = {"GB": "GBP", "US": "USD"}[country]
    weights = CATALOG.criteria.settings.default_weights
    return Needs(country=country, currency=currency, use=(usage,), weights=dict(weights))


def test_of_services_alike_the_dearest_is_the_estimate() -> None:
    fee, margin = lines(to("PH"))
    assert fee.yearly == span(24, 72, 72)
    assert margin.yearly == span(12, 48, 48)
    assert [rule.line for rule in fee.rules] == [5, 4]
    # Of one amount there is one service: it belongs with both.
    assert charge(to("PH", 500)).yearly == Range.exactly(D(90))


def test_a_price_by_any_way_stands_beside_what_a_survey_saw_by_card() -> None:
    rule = "{operation: send-abroad, percent: 0.1, fx_markup: 0, source: directory}"
    rows = "testpay,Testpay,US,MX,{},200,6,0,"
    for way, from_survey in (("debit-card", False), ("bank-linked", True)):
        bill = charge(to("MX"), with_rules(rule), with_quotes(rows.format(way)))
        assert quoted(bill) is from_survey
        asked = structs.replace(to("MX"), method=way)
        assert quoted(charge(asked, with_rules(rule), with_quotes(rows.format(way))))
        # Who has nothing else pays what was seen of it.
        assert quoted(charge(to("MX"), with_rules(rule), with_quotes(rows.format(way)), [way]))
    card = with_quotes(rows.format("debit-card"))
    assert not quoted(charge(to("MX"), with_rules(rule), card, ["debit-card", "bank-transfer"]))


def test_far_from_what_was_asked_for_a_quote_says_nothing() -> None:
    rule = "{operation: send-abroad, percent: 0.1, fx_markup: 0, source: directory}"
    for amount in (D("19.99"), D("5000.01")):
        assert not quoted(charge(to("MX", amount)))
        assert not charge(to("MX", amount)).complete
        # There what another site says is better than nothing.
        assert charge(to("MX", amount), with_rules(rule)).complete
    for amount in (D(20), D(5000)):
        assert charge(to("MX", amount)).complete
        assert quoted(charge(to("MX", amount), with_rules(rule)))


def test_a_caution_is_no_price() -> None:
    made = lines(to("CO"))
    assert [line.method for line in made] == ["credit-card", "credit-card"]
    # A rate better than the one it was held against is no gain.
    assert [line.yearly.estimate for line in made] == [96, 0]
    none = with_quotes("testpay,Testpay,US,CO,bank-linked,200,1,0,payout-currency")
    assert not quoted(charge(to("CO"), catalog=none))


def test_only_its_own_wallet_corridor_and_way() -> None:
    assert not quoted(charge(to("VN")))
    assert not quoted(charge(to("MX", method="credit-card")))
    assert not quoted(charge(use("send-abroad", 200)))
    assert not quoted(charge(use("receive-abroad", 200, country="MX")))
    # "From a bank account" is a linked one, or a transfer.
    assert quoted(charge(to("MX", method="bank-transfer")))
    assert not quoted(charge(to("MX"), place=market("", country="GB")))


def test_what_the_person_does_not_have_is_no_way() -> None:
    catalog = with_quotes()
    settings = catalog.criteria.settings
    wanted = Needs(country="US", currency="USD", use=(to("MX"),), have=("bank-transfer",))
    made = bill(PLACE, settled(wanted, settings), catalog, TODAY)
    assert {line.method for line in made.lines} == {"bank-transfer"}
    wanted = structs.replace(wanted, have=("credit-card",))
    assert not quoted(bill(PLACE, settled(wanted, settings), catalog, TODAY))


WHOLE = "{operation: send-abroad, percent: 5, fx_markup: 3}"


def with_rules(*rules: str) -> Candidate:
    return market("fees:\n" + "".join(f"  - {rule}\n" for rule in rules), country="US")


def test_a_whole_price_of_the_operator_wins() -> None:
    made = charge(to("MX"), with_rules(WHOLE))
    assert not quoted(made)
    assert made.yearly == Range.exactly(D(192))
    whole = charge(
        to("MX"),
        with_rules("{operation: send-abroad, percent: 5}", "{operation: convert, fx_markup: 3}"),
    )
    assert whole.yearly == Range.exactly(D(192))


@pytest.mark.parametrize(
    "rule",
    [
        # Its exchange rate is not known; the fee is not; only the least is; another site says it.
        "{operation: send-abroad, percent: 5}",
        "{operation: send-abroad, fx_markup: 3}",
        "{operation: send-abroad, percent: 0.1, fx_markup: 0, bound: at-least}",
        "{operation: send-abroad, price: unknown}",
        "{operation: send-abroad, percent: 0.1, fx_markup: 0, source: directory}",
        "{operation: send-abroad, method: balance, percent: 0.1, fx_markup: 0, source: directory}",
    ],
)
def test_what_is_not_whole_or_not_official_gives_way(rule: str) -> None:
    made = charge(to("MX"), with_rules(rule))
    assert quoted(made)
    assert made.yearly == Range.exactly(D(72))
    assert not quoted(charge(to("VN"), with_rules(rule)))


@pytest.mark.parametrize("rule", ["", "{operation: send-abroad, percent: 9, source: directory}"])
@pytest.mark.parametrize(
    ("facts", "cost"),
    [
        # The rest is what the survey saw: 1 % of the exchange rate, or a fee of 2 %.
        ({"send-abroad@MX.percent": "5"}, 144),
        ({"send-abroad.percent": "5", "send-abroad.fx_markup": "0"}, 120),
        ({"send-abroad:bank-linked.percent": "5"}, 144),
    ],
)
def test_what_the_person_told_comes_first(rule: str, facts: dict[str, str], cost: int) -> None:
    place = with_rules(rule) if rule else PLACE
    told = tuple(
        Told(
            wallet="testpay",
            country="US",
            fact=fact,
            value=value,
            source="it",
            seen="2026-11-20",
            path=f"facts[{number}]",
        )
        for number, (fact, value) in enumerate(facts.items())
    )
    (wallet,) = with_own(structs.replace(CATALOG, wallets=(place.wallet,)), told).wallets
    mine = Candidate(wallet, "US", wallet.markets["US"])
    assert charge(to("MX"), mine).yearly == Range.exactly(D(cost))


def test_a_way_that_is_asked_for_and_that_nobody_surveyed_keeps_its_price() -> None:
    rule = (
        "{operation: send-abroad, method: balance, percent: 0.1, fx_markup: 0, source: directory}"
    )
    assert charge(to("MX", method="balance"), with_rules(rule)).yearly == Range.exactly(D("2.4"))


def test_a_tax_stands_beside_it() -> None:
    place = with_rules("{operation: send-abroad, percent: 0.5, tax: true}")
    assert [line.kind for line in lines(to("MX"), place)] == ["fee", "conversion", "tax"]
    assert charge(to("MX"), place).yearly == Range.exactly(D(84))


def test_a_stale_quote_widens() -> None:
    old = structs.replace(HEAD.source, as_of="2025-09")
    made = lines(to("MX"), catalog=with_quotes(head=structs.replace(HEAD, source=old)))
    assert all(line.stale and line.known for line in made)
    # A fifth of itself, and at the high end a fifth of what others take.
    assert made[0].yearly == span(D("38.4"), 48, D("72"))


def test_the_newest_survey_counts() -> None:
    catalog = with_quotes()
    newer = structs.replace(HEAD, source=structs.replace(HEAD.source, as_of="2026-10"))
    rows = "testpay,Testpay,US,MX,bank-linked,200,1,0,"
    both = dict(catalog.surveys, newer=with_quotes(rows, newer).surveys["everywhere"])
    catalog = structs.replace(catalog, surveys=both)
    assert charge(to("MX"), catalog=catalog).yearly == Range.exactly(D(24))
    # Where it saw nothing, the older one does.
    assert quoted(charge(to("PH"), catalog=catalog))


def test_a_quote_shows_that_it_can_be_done() -> None:
    needs = settled(needs_of("US", to("MX")), CATALOG.criteria.settings)
    shown = observe(PLACE, "does:send-abroad", needs, with_quotes(), TODAY)
    assert shown.value is True
    assert shown.source == HEAD.source
    assert observe(PLACE, "does:send-abroad", needs, CATALOG, TODAY).value is None


# What must hold for all quotes.

PERCENTS = st.decimals(D("0.1"), D(15), places=2)


@st.composite
def surveys(draw: st.DrawFn) -> Catalog:
    rows = [
        f"testpay,Testpay,US,MX,bank-linked,{usd},{draw(PERCENTS)},{draw(PERCENTS)},"
        for usd in (200, 500)
        for _ in range(draw(st.integers(1, 3)))
    ]
    return with_quotes("\n".join(dict.fromkeys(rows)))


@given(surveys(), st.integers(20, 5000), st.integers(1, 5))
def test_the_estimate_is_inside_its_range(catalog: Catalog, amount: int, times: int) -> None:
    for line in lines(to("MX", amount * times, times), catalog=catalog):
        year = line.yearly
        assert 0 <= year.low <= year.estimate <= year.high


@given(PERCENTS, PERCENTS, st.integers(20, 5000), st.integers(0, 4900))
def test_no_sum_falls_when_the_amount_grows(
    percent: Decimal, fixed: Decimal, amount: int, more: int
) -> None:
    """A fixed part and a percentage, as a survey sees them."""
    rows = "\n".join(
        f"testpay,Testpay,US,MX,bank-linked,{usd},{percent + fixed * 100 / usd:f},1,"
        for usd in (200, 500)
    )
    catalog = with_quotes(rows)
    small = charge(to("MX", amount), catalog=catalog).yearly
    large = charge(to("MX", min(amount + more, 5000)), catalog=catalog).yearly
    assert small.estimate <= large.estimate


@given(PERCENTS, st.decimals(D("0.5"), D(20), places=2), st.integers(200, 500))
def test_between_the_amounts_a_percentage_with_a_fixed_part_is_exact(
    percent: Decimal, fixed: Decimal, amount: int
) -> None:
    rows = "\n".join(
        f"testpay,Testpay,US,MX,bank-linked,{usd},{percent + fixed * 100 / usd:f},0.1,"
        for usd in (200, 500)
    )
    fee = lines(to("MX", amount), catalog=with_quotes(rows))[0]
    assert abs(fee.yearly.estimate - 12 * (fixed + percent * amount / 100)) < D("1e-9")


@pytest.mark.parametrize(("amount", "far"), [(19, True), (20, False), (5000, False), (5001, True)])
def test_beyond_what_was_asked_for_it_is_said_and_prices_nothing(amount: int, far: bool) -> None:
    first, *_ = lines(to("MX", amount))
    assert first.known is not far
    assert bool(first.far) is far
    if first.far:
        assert far_words(first.far) == (
            "For 200 USD the Bank saw 2 % and, for the exchange rate, 1 %; for 500 USD 1.4 % and"
            " 1 % (2026-Q3). Your amount is too far from that to go by it"
        )
    # A whole price of the operator leaves nothing to say.
    assert not any(line.far for line in lines(to("MX", amount), with_rules(WHOLE)))
    assert not any(line.far for line in lines(to("GH", amount)))


def test_over_a_range_it_is_said_for_which_amounts_a_survey_saw_it() -> None:
    varied = Varied(usage=to("MX", 10), of="amount", low=D(10), high=D(9000))
    markets = [(PLACE.wallet, "US")]
    made = vary(markets, needs(varied.usage, country="US"), varied, with_quotes(), TODAY, 8)
    (words,) = uncounted_words(made)
    assert words.endswith(
        "its price is not known in full (the Bank saw it for 200 and 500 USD alone)."
    )


# On the page of a wallet.


def test_the_fees_of_a_wallet_list_what_a_survey_saw_by_country() -> None:
    shown = show_page(with_quotes(), PLACE.wallet, "US", TODAY, ["fees"])
    page = markdown.render(shown).replace("\\", "")
    assert "A quote of 2026-Q3, seen by the Bank; not the operator's price" in page
    assert "[quotes/everywhere]" in page
    assert "(2 months old)" in page
    told = [line for line in page.splitlines() if line.startswith("- To ")]
    assert told == [
        f"- To {prices} [quotes/everywhere]"
        for prices in (
            "Colombia: 4 % of 200 USD (by credit card)",
            "Mexico: 3 % of 200 USD, 2.4 % of 500 USD (from a linked bank account)",
            "the Philippines: 1.5 to 5 % of 200 USD, 1.5 % of 500 USD (by debit card)",
        )
    ]
    # The way that is that of all is said once.
    rows = "testpay,Testpay,US,MX,debit-card,200,2,1,\ntestpay,Testpay,US,PH,debit-card,200,1,1,"
    page = markdown.render(show_page(with_quotes(rows), PLACE.wallet, "US", TODAY, ["fees"]))
    assert page.count("by debit card") == 1
    assert "- To Mexico: 3 % of 200 USD " in page
    # Another sender's country has none.
    assert "survey" not in markdown.render(
        show_page(with_quotes(), market("", country="GB").wallet, "GB", TODAY, ["fees"])
    )


def test_the_document_of_a_wallet_has_every_quote_with_its_row() -> None:
    document = wallet_out(with_quotes(), PLACE.wallet, "US", TODAY)
    seen = document.markets[0].seen
    assert [(each.to, each.amount_usd, each.fee_percent, each.margin_percent) for each in seen] == [
        ("CO", "200", "4", "-0.3"),
        ("MX", "200", "2", "1"),
        ("MX", "500", "1.4", "1"),
        ("PH", "200", "1", "0.5"),
        ("PH", "200", "3", "2"),
        ("PH", "500", "1", "0.5"),
    ]
    assert (seen[0].row, seen[0].source, seen[0].age_months) == (8, "quotes/everywhere", 2)
    assert document.sources["quotes/everywhere"].url == "https://example.org/survey"
