"""`walletpick show`: through the command line, on the shipped catalog, by rules."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import build
import jsonschema
import msgspec
import pytest
import small
from click.testing import CliRunner, Result
from running import shipped

from walletpick.answers.complain import hears_next
from walletpick.commands import cli
from walletpick.documents.wallet import WalletDocument, wallet_out
from walletpick.facts.ages import is_stale
from walletpick.facts.cards import passes_cards_on
from walletpick.facts.law import licence_class, rights_of, source_of
from walletpick.facts.model import Catalog, Fact, FeeRule, LawFee, Market, Record, Right, Wallet
from walletpick.facts.names import find
from walletpick.facts.vocabulary import (
    FEATURES,
    RIGHTS,
    SECURITY,
    USAGE_OPERATIONS,
    word_problem,
)
from walletpick.pages.show import SECTIONS, show_page
from walletpick.pages.show_brief import brief_page
from walletpick.render import markdown, terminal
from walletpick.words.common import first_upper
from walletpick.words.facts import REFUNDS, lawful_in_short
from walletpick.words.gaps import gaps_of
from walletpick.words.phrases import claim_phrase, operation_phrase

TODAY = date(2026, 11, 22)
SCHEMA = msgspec.json.schema(WalletDocument)
VALIDATOR = small.validator(SCHEMA)
CATALOG = shipped()
MARKETS = [(wallet, code) for wallet in CATALOG.wallets for code in wallet.markets]
BY_ID = {wallet.id: wallet for wallet in CATALOG.wallets}


def run(*words: str) -> Result:
    env = {"WALLETPICK_TODAY": TODAY.isoformat(), "COLUMNS": "80", "NO_COLOR": "1"}
    return CliRunner().invoke(cli, ["show", *words], env=env)


def _listed(family: str, word: str, lines: list[str]) -> bool:
    """Return whether a fact is among these, in plain words and as --must takes it."""
    shown = f"{family}:{word}" if word_problem(word) else word
    said = f"{claim_phrase(f'{family}:{word}', True)} ({shown})"
    return any(said in line.replace("\\", "") for line in lines)


def facts_in(record: object) -> Iterator[Fact | FeeRule]:
    """Yield every sourced record inside a record."""
    if isinstance(record, Fact | FeeRule):
        yield record
    if isinstance(record, Record):
        for name in record.__struct_fields__:
            yield from facts_in(getattr(record, name))
    elif isinstance(record, tuple):
        for item in record:
            yield from facts_in(item)
    elif isinstance(record, dict):
        for item in record.values():
            yield from facts_in(item)


def page_of(wallet: Wallet, country: str | None, catalog: Catalog = CATALOG) -> str:
    return markdown.render(show_page(catalog, wallet, country, TODAY))


# Every market.


class Pages(NamedTuple):
    """A wallet, and its page in each of its countries."""

    wallet: Wallet
    by_country: dict[str, str]


@pytest.fixture(scope="module", params=CATALOG.wallets, ids=list(BY_ID))
def pages(request: pytest.FixtureRequest) -> Pages:
    """Each wallet in turn; its pages are made once for the tests that read them."""
    wallet = request.param
    return Pages(wallet, {country: page_of(wallet, country) for country in wallet.markets})


def test_page_has_the_address_of_every_fact(pages: Pages) -> None:
    wallet = pages.wallet
    for country, page in pages.by_country.items():
        for fact in facts_in(wallet.markets[country]):
            source = wallet.source(fact.source)
            assert source.url in page, (country, fact.path)
            assert f"\\[{fact.source}" in page, (country, fact.path)


def test_stale_and_undated_facts_say_so(pages: Pages) -> None:
    wallet = pages.wallet
    settings = CATALOG.criteria.settings
    for country, page in pages.by_country.items():
        for fact in facts_in(wallet.markets[country]):
            source = wallet.source(fact.source)
            is_fee = isinstance(fact, FeeRule)
            months = settings.stale_fees_months if is_fee else settings.stale_facts_months
            if isinstance(fact, LawFee):
                months = settings.stale_laws_months
            start = f"\\[{re.escape(fact.source)}" + (", second-hand" if source.second_hand else "")
            where = country, fact.path
            if is_stale(source, TODAY, months):
                assert re.search(rf"{start}(, undated)?, stale: (read )?\d", page), where
            elif source.as_of is None:
                assert re.search(rf"{start}, undated", page), where


def test_unknown_words_are_listed_as_unknown(pages: Pages) -> None:
    wallet = pages.wallet
    for country, page in pages.by_country.items():
        market = wallet.markets[country]
        unknown = [line for line in page.splitlines() if line.startswith("- ? Not known:")]
        # What does not apply is not unknown: who only passes cards on neither keeps nor gives cash.
        passes_on = passes_cards_on(wallet, market)
        for word in FEATURES:
            said = word in market.features or (passes_on and word == "cash-out")
            assert _listed("features", word, unknown) != said, (country, word)
        if passes_on and not market.payout:
            assert "- Passes your card on: the cash comes from the card" in page, country
        for word in SECURITY:
            assert _listed("security", word, unknown) != (word in market.security), (country, word)
        if not market.fees:
            assert any("price" in line or "costs" in line for line in unknown), country
        if not market.limits:
            assert "Not known: which limits there are" in page, country
        if market.closing is None:
            assert "Not known: how the account is closed" in page, country


def test_where_only_a_remark_tells_of_closing_it_is_told(tmp_path: Path) -> None:
    said = "    closing: {note: Unused accounts are closed, source: fees}\n"
    text = small.PLANPAY.replace("    features:\n", f"{said}    features:\n")
    catalog = small.write_catalog(tmp_path / "catalog", planpay=text)
    brief = small.run("show", "planpay", catalog=catalog).stdout
    assert "On closing: Unused accounts are closed [2026]" in brief
    assert "o leave: " not in brief
    assert (
        "• Unused accounts are closed [fees]"
        in small.run("show", "planpay", "--all", catalog=catalog).stdout
    )
    hard = text.replace("closing: {note", "closing: {difficulty: easy, note")
    brief = small.run(
        "show", "planpay", catalog=small.write_catalog(tmp_path / "easy", planpay=hard)
    ).stdout
    assert "To leave: easy" in brief
    assert "on closing" not in brief.lower()


@pytest.mark.parametrize("wallet", CATALOG.wallets, ids=list(BY_ID))
def test_what_is_known_or_cannot_be_asked_is_not_called_unknown(wallet: Wallet) -> None:
    for country, market in wallet.markets.items():
        gaps = gaps_of(wallet, country, CATALOG, TODAY)
        rights = rights_of(CATALOG.laws, country, licence_class(market, wallet.kind_in(market)))
        if any(each.right == "no-deposit-insurance" and not each.when for each in rights):
            assert "deposit-insurance" not in gaps.protection, country
        if wallet.kind == "remittance":
            # It holds no balance that money could be put into.
            assert not {"top-up", "withdraw"} & {*gaps.fees, *gaps.fees_if_done}, country
            brief = markdown.render(brief_page(CATALOG, wallet, country, TODAY))
            assert "the price to top up" not in brief, country


@pytest.mark.parametrize("asked", ["revolut@GB", "gcash@PH", "wise@GB", "m-pesa@KE", "alipay@CN"])
def test_uses_without_a_limit_are_said_where_others_have_one(asked: str) -> None:
    name, _, country = asked.partition("@")
    market = BY_ID[name].markets[country]
    limited = {limit.operation for limit in market.limits if limit.what != "balance"}
    assert limited
    told = " ".join(run(asked, "--section", "limits").stdout.split())
    unknown = re.search(
        r"\? Not known: which limits there are when you (.+?)(?: [•?─]| Sources)", told
    )
    uses = re.split(r"; (?:or )?", unknown[1]) if unknown else []
    for operation in USAGE_OPERATIONS:
        words = operation_phrase(operation)
        if None in limited or operation in limited:
            assert words not in uses
        elif any(fee.operation == operation and fee.price != "unknown" for fee in market.fees):
            # What has a price is done.
            assert words in uses, words


@pytest.mark.parametrize("wallet", CATALOG.wallets, ids=list(BY_ID))
def test_page_of_a_wallet_fits_the_width_and_has_every_market(wallet: Wallet) -> None:
    page = show_page(CATALOG, wallet, None, TODAY)
    shown = terminal.render(page, width=80, colour=False, unicode=True, encoding="utf-8")
    for code, market in wallet.markets.items():
        assert f"({code}), in {market.currency}" in shown
    assert all(len(line) <= 80 or "http" in line for line in shown.splitlines())


@pytest.mark.parametrize("wallet", CATALOG.wallets, ids=list(BY_ID))
def test_document_is_valid_and_traces_every_fact(wallet: Wallet) -> None:
    document = msgspec.json.decode(msgspec.json.encode(wallet_out(CATALOG, wallet, None, TODAY)))
    assert next(VALIDATOR.iter_errors(document), None) is None
    assert document["schema"] == "walletpick/wallet/1"
    text = json.dumps(document)
    assert '"line"' not in text
    paths = set(re.findall('"path": "(.*?)"', text))
    for market in wallet.markets.values():
        for fact in facts_in(market):
            assert fact.path in paths
            source = document["sources"][fact.source]
            assert source["url"] == wallet.source(fact.source).url


def test_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_document_keeps_figures_exact_and_names_their_currency() -> None:
    for wallet, country in MARKETS:
        market = wallet.markets[country]
        out = wallet_out(CATALOG, wallet, country, TODAY).markets[0]
        for rule, shown in zip(market.fees, out.fees, strict=True):
            assert shown.percent == (None if rule.percent is None else f"{rule.percent:f}")
            assert shown.currency == (rule.currency or market.currency)
            assert shown.words


# What a person reads.


def test_restricted_market_says_so_before_anything_else() -> None:
    wallet = next(w for w in CATALOG.wallets if len(w.markets) == 1 and _status(w) is None)
    for state, words in (("closed", "no longer runs"), ("restricted", "takes no new")):
        page = page_of(_with_status(wallet, state), None)
        assert words in page
        assert page.index(words) < page.index(wallet.summary[:20])


def _status(wallet: Wallet) -> object:
    return next(iter(wallet.markets.values())).status


def _with_status(wallet: Wallet, state: str) -> Wallet:
    from walletpick.facts.model import Status

    code, market = next(iter(wallet.markets.items()))
    status = Status(state=state, since="2025-03", source=next(iter(wallet.sources)), path="x")
    changed: Market = msgspec.structs.replace(market, status=status)
    return msgspec.structs.replace(wallet, markets={code: changed})


def test_country_without_bodies_of_its_own_takes_those_of_the_country() -> None:
    found = [
        (wallet, code)
        for wallet, code in MARKETS
        if bodies_of(wallet, code) and not wallet.markets[code].support.escalation
    ]
    assert found
    for wallet, code in found:
        page = page_of(wallet, code)
        for right in bodies_of(wallet, code):
            assert right.body
            assert right.body in page.replace("\\", "")
            assert source_of(CATALOG.laws, right).url in page


def test_page_and_json_cite_the_same_of_who_hears_a_complaint() -> None:
    # Of some whom the market names, the law says more: both have them as the market states them.
    differing = [
        (wallet, code)
        for wallet, code in MARKETS
        if hears_next(CATALOG, wallet, code) != hears_next(CATALOG, wallet, code, as_stated=True)
    ]
    assert differing
    for wallet, code in differing[:10]:
        document = msgspec.to_builtins(wallet_out(CATALOG, wallet, code, TODAY))
        heard = document["markets"][0]["hears_next"]
        told = [line for line in page_of(wallet, code).splitlines() if re.match(r"- Next\b", line)]
        assert len(told) == len(heard)
        for each, line in zip(heard, told, strict=True):
            assert f"[{each['source']}" in line.replace("\\", "")
            assert line.startswith("- Next by law: " if "law" in each["named_by"] else "- Next: ")


def bodies_of(wallet: Wallet, code: str) -> tuple[Right, ...]:
    """Return who hears a complaint by law."""
    licence = licence_class(wallet.markets[code], wallet.kind_in(wallet.markets[code]))
    return rights_of(CATALOG.laws, code, licence, "escalation")


def test_command_shows_one_country_or_all() -> None:
    wallet = next(w for w in CATALOG.wallets if 2 < len(w.markets) < 9)
    first, second, *_ = wallet.markets
    everything = run(wallet.id, "--all")
    assert everything.exit_code == 0
    assert f"({first}), in " in everything.output
    assert f"({second}), in " in everything.output
    one = run(wallet.id, "--country", second, "--format", "markdown", "--all")
    assert one.stdout == page_of(wallet, second)
    assert f"({second}), in " in one.output
    assert f"({first}), in " not in one.output


# Parts of the page.


def test_a_section_has_its_facts_and_their_sources_alone() -> None:
    shown = run("paypal@US", "--section", "fees", "--section", "limits").stdout
    assert "Send money to people at home" in shown
    assert "which limits there are" in shown
    assert "Security" not in shown
    told, _, sources = shown.partition("\nSources\n")
    keys = set(re.findall(r"^. \[([\w/-]+)\]", sources, re.MULTILINE))
    assert keys
    assert keys < set(BY_ID["paypal"].sources)
    assert all(re.search(rf"\[{key}[,\]]", " ".join(told.split())) for key in keys)


def test_sections_together_are_the_whole_page() -> None:
    each = [word for name in SECTIONS for word in ("--section", name)]
    assert run("gcash", *each).stdout == run("gcash", "--all").stdout
    every = run("gcash", "--section", "sources").stdout
    for key in BY_ID["gcash"].sources:
        assert (f"[{key}]" in every) == (f"[{key}]" in run("gcash", "--all").stdout)


def test_section_of_which_nothing_is_known_says_so() -> None:
    lawless = next(
        f"{wallet.id}@{code}"
        for wallet, code in MARKETS
        if not rights_of(
            CATALOG.laws,
            code,
            licence_class(wallet.markets[code], wallet.kind_in(wallet.markets[code])),
        )
    )
    result = run(lawless, "--section", "law")
    assert result.exit_code == 0
    assert "Nothing is known of this here." in result.stdout


def test_no_page_shows_the_name_that_a_file_has_for_a_group_of_countries() -> None:
    folder = Path(__file__).parents[2] / "catalog" / "wallets"
    grouped = 0
    for wallet in CATALOG.wallets:
        file = (folder / f"{wallet.id}.yaml").read_text(encoding="utf-8")
        _, _, below = file.partition("\ngroups:\n")
        groups = re.findall(r"^  ([a-z0-9-]+):\n    in: ", below, re.MULTILINE)
        for code in list(wallet.markets)[:2] if groups else ():
            page = markdown.render(show_page(CATALOG, wallet, code, TODAY)).replace("\\", "")
            assert not [name for name in groups if f"of {name})" in page or f"in {name})" in page]
            grouped += "(the same in " in page
    assert grouped
    limits = " ".join(run("wise@GB", "--section", "limits").stdout.split())
    assert re.search(r"\(with Mexico\) \(the same in [0-9]+ countries\)", limits)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--section", "prices"), "the sections are: about, fees, limits"),
        (("--section", "fees", "--all"), "--all shows every section"),
    ],
)
def test_wrong_section_names_those_there_are(words: tuple[str, ...], said: str) -> None:
    result = run("gcash", *words)
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stdout == ""


def test_json_is_whole_whatever_part_is_asked_for() -> None:
    whole = run("wise@GB", "--json").stdout
    assert run("wise@GB", "--json", "--section", "fees").stdout == whole
    assert run("wise@GB", "--json", "--all").stdout == whole


# The short page.


@pytest.mark.parametrize("asked", ["paypal@US", "gcash", "wise@GB", "m-pesa@KE", "alipay"])
def test_short_page_is_two_screens_and_ends_with_how_to_see_more(asked: str) -> None:
    lines = run(asked).stdout.splitlines()
    assert 24 <= len(lines) <= 48
    assert all(len(line) <= 80 for line in lines)
    end = " ".join(lines[-2:])
    assert f"walletpick show {asked} --all" in end
    assert "--section" in end
    headings = [line for line in lines if line and lines[lines.index(line) - 1] == ""]
    assert headings[1].startswith("What it costs, in ")
    assert headings[2:5] == [
        "What it does, and what it does not",
        "How safe it is",
        "Joining, leaving and help",
    ]


def brief_lines(wallet: Wallet, country: str | None) -> list[str]:
    """Return the lines of the lists of the short page."""
    page = markdown.render(brief_page(CATALOG, wallet, country, TODAY)).replace("\\", "")
    return [line for line in page.splitlines() if line.startswith("- ")]


def test_short_page_dates_all_it_tells_and_gathers_what_is_not_known() -> None:
    for wallet in CATALOG.wallets:
        country = next(iter(wallet.markets))
        lines = brief_lines(wallet, country)
        unknown = [line for line in lines if line.startswith("- ? Not known: ")]
        assert 1 <= len(unknown) <= 4, wallet.id
        # What tells no figure, only what has one.
        named = [line for line in lines if re.fullmatch(r"- Priced too: [^\d]+", line)]
        assert len(named) <= 1
        for line in lines:
            dated = re.search(r"\[(\d{4}|undated)|\(\d{4}|price not known", line)
            assert line in [*unknown, *named] or dated, (wallet.id, line)


def test_short_page_does_not_shut_out_teenagers_who_have_accounts_of_their_own() -> None:
    seen = set()
    for wallet in CATALOG.wallets:
        for country, market in wallet.markets.items():
            teens, age = market.features.get("teen-accounts"), market.onboarding.min_age
            if not teens or not age or age.years < 18 or teens.has in seen:
                continue
            seen.add(teens.has)
            page = "\n".join(brief_lines(wallet, country))
            told = f"takes nobody under {age.years} but by its accounts for teenagers"
            assert (told in page) is teens.has
    assert True in seen


def test_short_page_marks_what_is_old_concluded_or_law() -> None:
    page = "\n".join(brief_lines(BY_ID["gcash"], "PH"))
    assert re.search(r"free \(to its own users\) \[2020, old\]", page)
    assert (
        "By law payments that a fraudster talked the owner into are refunded (on conditions) [2024]"
        in page
    )
    curve = "\n".join(brief_lines(BY_ID["curve"], "GB"))
    assert "gives cash (only on curve-pay) [2023, old, concluded]" in curve


REFUND = "{right: scam-refund, applies_to: all, source: page%s}"


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("", "Payments that a fraudster talked the owner into are refunded"),
        (", note: if its controls failed", "are refunded (on conditions)"),
        (", when: paid by Pix", "are refunded (on conditions)"),
        (
            ", note: Faster Payments, claim_within: {months: 13}, limit: 85000, currency: GBP",
            "are refunded (on conditions, up to 85,000.00 GBP)",
        ),
        (
            ", bears_at_most: 50, currency: USD, claim_within: {days: 2, working: true}",
            "are refunded (report it within 2 working days, you bear at most 50.00 USD)",
        ),
    ],
)
def test_a_refund_by_law_is_said_with_what_it_hangs_on(more: str, said: str) -> None:
    right = build.record(Right, REFUND % more)
    assert first_upper(lawful_in_short(right)).endswith(said)


def test_no_short_page_promises_a_refund_by_law_without_its_conditions() -> None:
    seen = 0
    for wallet, country in MARKETS:
        licence = licence_class(wallet.markets[country], wallet.kind_in(wallet.markets[country]))
        page = " ".join(brief_lines(wallet, country))
        _, _, said = page.partition("By law ")
        for right in rights_of(CATALOG.laws, country, licence):
            words = RIGHTS[right.right]
            if right.right in REFUNDS and words in said and right.note:
                assert f"{words} (on conditions" in said, (wallet.id, country)
                seen += 1
    assert seen


def test_short_page_of_several_countries_tells_what_is_the_same_in_all() -> None:
    alone_too = 0
    for wallet in CATALOG.wallets:
        if len(wallet.markets) < 2:
            continue
        shown = run(wallet.id).stdout
        said = " ".join(shown.split())
        assert f"In {len(wallet.markets)} countries: " in said
        assert all(code in said for code in wallet.markets)
        assert re.search(rf"walletpick show {wallet.id}@[A-Z]{{2}}", said)
        if not re.search("^(The same in every|.* everywhere$)", shown, re.MULTILINE):
            # Nothing is the same: one of them is shown whole.
            first = next(iter(wallet.markets))
            alone = run(f"{wallet.id}@{first}").stdout
            assert alone.partition("\nWhat it costs, in ")[2] in shown
            alone_too += 1
            continue
        assert "Not known" not in said
        told = "\n".join(brief_lines(wallet, None))
        for word in FEATURES:
            claims = [market.features.get(word) for market in wallet.markets.values()]
            if len({claim and claim.path for claim in claims}) > 1:
                phrase = claim_phrase(f"features:{word}", True)
                assert not re.search(rf"{phrase}( \[|,)", told, re.IGNORECASE), (wallet.id, word)
    assert alone_too


def test_what_differs_by_country_is_not_said_of_all() -> None:
    wallet = BY_ID["m-pesa"]
    source = next(iter(wallet.sources))
    own = FeeRule(operation="send", fixed=Decimal(5), source=source, path="everywhere.fees[0]")
    euro = msgspec.structs.replace(
        own, operation="receive", currency="EUR", path="everywhere.fees[1]"
    )
    markets = {
        code: msgspec.structs.replace(market, fees=(own, euro), operator=f"Operator in {code}")
        for code, market in wallet.markets.items()
    }
    changed = msgspec.structs.replace(wallet, markets=markets)
    page = markdown.render(brief_page(CATALOG, changed, None, TODAY))
    assert "Receive from home: 5.00 EUR" in page
    assert "Send at home" not in page
    assert "Operator in" not in page


def test_money_out_goes_to_where_it_is_moved() -> None:
    shown = " ".join(run("samsung-wallet@KR", "--section", "fees").stdout.split())
    out = shown.partition("Move money out to a bank account or card")[2]
    assert out.startswith(" • To the linked bank account: free")


def test_prices_by_amount_are_told_from_the_lowest_to_the_highest() -> None:
    page = "\n".join(brief_lines(BY_ID["m-pesa"], "KE"))
    assert "Send at home: 0.00 to 108.00 KES by the amount (to its own users)" in page


def test_command_writes_json() -> None:
    wallet, country = MARKETS[0]
    result = run(wallet.id, "--country", country, "--json")
    assert result.exit_code == 0
    document = json.loads(result.stdout)
    assert [market["country"] for market in document["markets"]] == [country]
    assert document == json.loads(run(wallet.id, "--country", country, "--format", "json").stdout)


# Names.


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("支付宝", "alipay"),
        ("WeChat", "wechat-pay"),
        ("M PESA", "m-pesa"),
        ("mpesa", "m-pesa"),
        ("TNG", "touch-n-go"),
        ("touch 'n go", "touch-n-go"),
        ("uala", "uala"),
        ("Ualá", "uala"),
        ("samsung pay", "samsung-wallet"),
        ("PayMaya", "maya"),
        ("TransferWise", "wise"),
    ],
)
def test_wallet_is_found_by_what_people_call_it(asked: str, expected: str) -> None:
    result = run(asked, "--json")
    assert result.exit_code == 0, result.stderr
    assert json.loads(result.stdout)["wallet"]["id"] == expected


def test_every_id_name_and_alias_finds_its_wallet() -> None:
    for wallet in CATALOG.wallets:
        for name in (wallet.id, wallet.name, *wallet.aliases, *wallet.local_names.values()):
            assert wallet in find(CATALOG.wallets, name)
        assert find(CATALOG.wallets, wallet.id) == [wallet]


def test_a_name_of_several_is_that_of_the_country_and_else_the_id() -> None:
    def found(country: str | None) -> list[str]:
        return [wallet.id for wallet in find(CATALOG.wallets, "momo", country)]

    assert (found("GH"), found("VN"), found(None)) == (["mtn-momo"], ["momo"], ["momo"])


def test_ambiguous_name_names_the_wallets_it_could_be() -> None:
    result = run("google")
    assert result.exit_code == 2
    assert "google-pay-india" in result.stderr
    assert "google-wallet" in result.stderr


@pytest.mark.parametrize(
    ("asked", "near"),
    [("gcsh", "gcash"), ("paypall", "paypal"), ("revolt", "revolut"), ("支付保", "alipay?")],
)
def test_misspelt_name_suggests_the_nearest(asked: str, near: str) -> None:
    result = run(asked)
    assert result.exit_code == 2
    assert near in result.stderr
    assert result.stdout == ""


def test_no_status_is_not_said_to_be_open() -> None:
    wallet = next(w for w in CATALOG.wallets if len(w.markets) == 1 and _status(w) is None)
    page = page_of(wallet, None)
    assert "nothing is on record against it; whether it takes new customers was not checked" in page
    assert "open to new customers" not in page


@pytest.mark.parametrize("wallet", CATALOG.wallets, ids=list(BY_ID))
def test_words_in_lists_of_the_unknown_can_be_asked_for(wallet: Wallet) -> None:
    page = page_of(wallet, None).replace("\\", "")
    lists = [line for line in page.splitlines() if line.startswith("- ? Not known: whether it ")]
    asked = [word for line in lists for word in re.findall(r" \(([a-z0-9:-]+)\)(?:;|$)", line)]
    assert asked
    assert [word for word in asked if word_problem(word)] == []


def test_country_that_the_wallet_lacks_names_those_it_has() -> None:
    elsewhere = [wallet for wallet in CATALOG.wallets if "KE" not in wallet.markets]
    few = next(wallet for wallet in elsewhere if "US" in wallet.markets and len(wallet.markets) < 9)
    many = max(elsewhere, key=lambda wallet: len(wallet.markets))
    assert len(many.markets) > 20
    for wallet, said in (
        (few, "in the United States (US)"),
        (many, f"in {len(many.markets)} countries (walletpick show {many.id})"),
    ):
        result = run(wallet.id, "--country", "Kenya")
        assert result.exit_code == 2
        assert "in Kenya (KE)" in result.stderr
        assert said in result.stderr
    # Where it says so, all are named.
    shown = run(many.id).stdout
    assert all(code in shown for code in many.markets)


@pytest.mark.parametrize("words", [["gcash", "--country", "Atlantis"], ["", "--json"], []])
def test_wrong_use_ends_without_a_traceback(words: list[str]) -> None:
    result = run(*words)
    assert result.exit_code == 2
    assert "Traceback" not in result.output
