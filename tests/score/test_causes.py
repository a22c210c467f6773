"""Why a market does not fit, or is not confirmed to, in words."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from build import CATALOG, TODAY, market, needs, use
from msgspec import structs
from running import ROOT, shipped

from walletpick.answers.compare import compare
from walletpick.bill.observe import Condition, observe
from walletpick.facts.model import Needs, Wallet
from walletpick.facts.vocabulary import STATUSES
from walletpick.score.causes import Cause, Lacks, NotOpen, TooYoung
from walletpick.score.criteria import Yardstick
from walletpick.score.ranking import judge
from walletpick.words.causes import by_words, cause_words, causes_words
from walletpick.words.gaps import gaps_of

PACKAGE = ROOT / "walletpick"
NFC = "pays in shops by tapping the phone (contactless)"


@pytest.mark.parametrize(
    ("cause", "words"),
    [
        (Lacks(known=True, key="features:pay-nfc"), f"does not {NFC.replace('pays', 'pay')}"),
        (Lacks(known=False, key="features:pay-nfc"), f"that it {NFC}"),
        (
            Lacks(
                known=False,
                key="features:pay-nfc",
                condition=Condition("when", ("in the app for shops",)),
            ),
            f"that it {NFC} (only when: in the app for shops)",
        ),
        (
            Lacks(known=False, key="features:pay-nfc", condition=Condition("plan", ("plus",))),
            f"that it {NFC} (only on the plan plus)",
        ),
        (
            Lacks(known=False, key="features:pay-nfc", condition=Condition("people", ("student",))),
            f"that it {NFC} (only for students: --person student)",
        ),
        (Lacks(known=False, strict=True, key="features:pay-nfc"), f"not confirmed: that it {NFC}"),
        (Lacks(known=True, key="does:send-abroad"), "cannot send money to people abroad"),
        (
            Lacks(
                known=False,
                key="does:top-up:cash-agent",
                condition=Condition("bank", ("7-Eleven", "FamilyMart")),
            ),
            "that one can top up in cash at an agent or shop (only at 7-Eleven or FamilyMart)",
        ),
        (
            Lacks(known=False, key="channels:phone", condition=Condition("bank", ("Swedbank",))),
            "that it has a phone line (only at Swedbank: --bank NAME)",
        ),
        (
            Lacks(known=True, key="does:send", condition=Condition("given", ("foreign-currency",))),
            "cannot send money to people at home: only if it is in a currency other than the"
            " country's own, --given foreign-currency",
        ),
        (
            Lacks(known=True, key="does:send", condition=Condition("given", ("salary-in",))),
            "cannot send money to people at home: only if your salary, pension or benefits come in",
        ),
        (Lacks(known=True, key="platform:web"), "does not run in a web browser"),
        (Lacks(known=False, key="platform:ios"), "that it runs on iPhone and iPad"),
        (
            Lacks(known=True, key="onboarding:residents_only", wanted=False),
            "takes residents only",
        ),
        (
            Lacks(known=False, key="onboarding:residents_only", wanted=False),
            "that it takes visitors",
        ),
        (
            Lacks(known=True, key="onboarding:local_bank_account", wanted=False),
            "needs a local bank account",
        ),
        (
            Lacks(known=False, key="onboarding:local_bank_account", wanted=False),
            "that it needs no local bank account",
        ),
        (
            Lacks(known=False, key="onboarding:private_only", wanted=False),
            "that it takes businesses",
        ),
        (TooYoung(known=True, age=15, lowest=18), "takes people from the age of 18"),
        (TooYoung(known=False, age=15), "that it takes people of 15"),
        (TooYoung(known=False, age=None), "that it takes people under age"),
        (NotOpen(known=True, state="closed"), STATUSES["closed"]),
        (
            NotOpen(known=True, state="restricted", since="2025-06"),
            f"{STATUSES['restricted']} since 2025-06",
        ),
        (
            NotOpen(known=False, state="unconfirmed"),
            "that it still runs and is open to new customers",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_cause_in_words(cause: Cause, words: str) -> None:
    assert cause_words(cause) == words


def test_what_says_the_same_is_said_once() -> None:
    young, older = TooYoung(known=True, age=15, lowest=18), TooYoung(known=True, age=16, lowest=18)
    shut = NotOpen(known=True, state="closed")
    assert list(by_words([young, shut, older]).values()) == [older, shut]
    assert causes_words([young, shut, older]) == (
        f"takes people from the age of 18; {STATUSES['closed']}"
    )


# What holds in some case only.

SWIFT = "US dollars by Swift"


@pytest.mark.parametrize(
    ("facts", "value"),
    [
        (f"fees:\n  - {{operation: receive-abroad, percent: 1, when: {SWIFT}}}", None),
        (f"features:\n  receive-abroad: {{has: true, when: {SWIFT}}}", None),
        # Several conditions are all the cases there are, as for a price; one is not.
        (
            f"fees:\n  - {{operation: receive-abroad, percent: 1, when: {SWIFT}}}\n"
            "  - {operation: receive-abroad, percent: 2, when: euros by SEPA}",
            True,
        ),
        (
            f"fees:\n  - {{operation: receive-abroad, percent: 1, when: {SWIFT}}}\n"
            "  - {operation: receive-abroad, percent: 2}",
            True,
        ),
        ("fees:\n  - {operation: receive-abroad, percent: 1, surcharge: true, when: x}", True),
    ],
)
def test_what_is_done_in_one_case_only_is_not_confirmed(facts: str, value: bool | None) -> None:
    candidate = market(facts)
    wanted = needs(use("receive-abroad", 100), currency="GBP")
    seen = observe(candidate, "does:receive-abroad", wanted, CATALOG, TODAY)
    assert seen.value is value
    assert seen.fact is not None
    assert seen.source is not None
    judgement = judge(candidate.wallet, "GB", Yardstick(wanted, CATALOG, TODAY))
    assert judgement.fits
    words = "that one can receive money from abroad (only when: US dollars by Swift)"
    assert causes_words(judgement.unconfirmed) == ("" if value else words)


# Where words stand.

# The title of a page that is its own source; and how an allowance is counted.
_NO_SENTENCES = {"the operator's page: ", "low of cap", "high of cap"}


def texts(path: Path) -> Iterator[str]:
    """Yield the texts of a module that are no docstrings."""
    tree = ast.parse(path.read_text())
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and id(node) not in docstrings:
            yield str(node.value)


@pytest.mark.parametrize(
    "path",
    [
        *(PACKAGE / "bill").glob("*.py"),
        *(PACKAGE / "score").glob("*.py"),
        *(
            PACKAGE / "answers" / f"{name}.py"
            for name in ("combine", "compare", "leave", "switch", "team", "team_points", "teams")
        ),
    ],
    ids=lambda path: path.stem,
)
def test_results_are_data_and_words_stand_in_their_folder(path: Path) -> None:
    said = {text for text in texts(path) if re.search("[a-z] [a-z]", text)}
    assert said <= _NO_SENTENCES


def markets_of(kind: str) -> list[tuple[Wallet, str]]:
    return [
        (wallet, country)
        for wallet in shipped().wallets
        for country, market in wallet.markets.items()
        if wallet.kind_in(market) == kind
    ]


def test_a_bank_account_needs_no_other_bank_account_unless_its_page_says_so() -> None:
    person = needs(use("send", 100), person=("unbanked",))
    catalog = shipped()
    for wallet, country in markets_of("bank-account"):
        yardstick = Yardstick(structs.replace(person, country=country), catalog, TODAY)
        stated = wallet.markets[country].onboarding.local_bank_account
        found = judge(wallet, country, yardstick)
        causes = (*found.obstacles, *found.unconfirmed)
        keys = {cause.key for cause in causes if isinstance(cause, Lacks)}
        assert ("onboarding:local_bank_account" in keys) == bool(stated and stated.has)
        assert "local_bank_account" not in gaps_of(wallet, country, catalog, TODAY).onboarding


def test_where_no_balance_is_held_its_insurance_is_not_unknown() -> None:
    catalog = shipped()
    for wallet, country in markets_of("pass-through"):
        gaps = gaps_of(wallet, country, catalog, TODAY).protection
        assert not {"deposit-insurance", "safeguarding", "trust-account"}.intersection(gaps)
    two = [(wallet, country) for wallet, country in markets_of("pass-through") if country == "US"]
    rows = compare(catalog, two[:2], Needs(country="US"), TODAY).unknown
    assert "protection:trust-account" not in rows
    assert "security:iso-27001" in rows
