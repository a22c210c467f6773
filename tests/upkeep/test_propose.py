"""`walletpick tell --patch`: own facts as a change to the catalog's files."""

from __future__ import annotations

import shutil
import subprocess
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from running import ROOT, shipped, walletpick, warm_cache
from small import TWOPAY, write_catalog

from walletpick.facts.model import Market, Told
from walletpick.facts.walk import content, items_of
from walletpick.person.known import with_own
from walletpick.reading.imply import stated_in
from walletpick.reading.kinds import KINDS
from walletpick.reading.load import load_wallet
from walletpick.reading.writer import canonical
from walletpick.upkeep.propose import CannotPropose, Proposal, proposal

FACTS = {
    "convert.percent": "0.41 %",
    "send.percent": "3 %",
    "send-abroad@MX.percent": "7 %",
    "cash-out.fixed": "2",
    "limits.send.month": "900",
    "limits.balance": "5000",
    "security.passkey": "no",
    "features.split-bill": "yes",
    "funding.debit-card": "yes",
    "channels.email": "no",
    "onboarding.min_age": "17",
    "onboarding.local_phone": "yes",
    "closing.difficulty": "easy",
    "reply.days": "4",
    "status": "restricted",
}
PAGE = "https://example.com/mine"


def told(wallet: str, country: str, facts: dict[str, str] = FACTS) -> list[Told]:
    return [
        Told(wallet=wallet, country=country, fact=fact, value=value, source=PAGE, seen="2026-11-20")
        for fact, value in facts.items()
    ]


def said(market: Market) -> Counter[Any]:
    """Return what a market says, whatever its sources are called."""
    return Counter(
        (item.section, item.word, content(item.fact, apart=("source",)))
        for item in items_of(market)
    )


@pytest.mark.parametrize("wallet", [wallet.id for wallet in shipped().wallets])
def test_the_file_then_says_what_was_told(wallet: str, tmp_path: Path) -> None:
    path = ROOT / "catalog" / "wallets" / f"{wallet}.yaml"
    one = next(each for each in shipped().wallets if each.id == wallet)
    before = {code: said(each) for code, each in load_wallet(path, shipped().rates).markets.items()}
    # A market with facts of its own, and one that has those of wider places alone.
    for country in dict.fromkeys([next(iter(one.markets)), list(one.markets)[-1]]):
        facts = told(wallet, country)
        made = proposal(path, path.read_bytes(), facts)
        # Limits that the catalog has by account level are changed by hand.
        by_hand = [each for each, _ in made.left_out]
        assert all(each.fact.startswith("limits.") for each in by_hand)
        facts = [each for each in facts if each not in by_hand]
        copy = tmp_path / f"{wallet}.yaml"
        copy.write_text(made.after, encoding="utf-8")
        after = {
            code: said(each) for code, each in load_wallet(copy, shipped().rates).markets.items()
        }
        mine = next(each for each in with_own(shipped(), facts).wallets if each.id == wallet)
        assert after.pop(country) == said(stated_in(mine.markets[country]))
        comments = [line.strip() for line in made.before.splitlines() if "#" in line[:8]]
        assert [c for c in comments if c not in made.after] == []
        # Of the other markets it says what it did.
        assert after == {code: each for code, each in before.items() if code != country}


WISE = ROOT / "catalog" / "wallets" / "wise.yaml"


def test_each_page_is_a_source_of_its_own(tmp_path: Path) -> None:
    pages = [f"https://example.com/{page}/" for page in ("one", "two", "three")]
    facts = [
        Told(wallet="wise", country="GB", fact=fact, value=value, source=page, seen="2026-11-20")
        for page, (fact, value) in zip(pages, FACTS.items(), strict=False)
    ]
    made = proposal(WISE, WISE.read_bytes(), facts)
    assert made.left_out == ()
    copy = tmp_path / "wise.yaml"
    copy.write_text(made.after, encoding="utf-8")
    wallet = load_wallet(copy, shipped().rates)
    cited = {wallet.sources[item.fact.source].url for item in items_of(wallet.markets["GB"])}
    assert cited.issuperset(pages)


def test_what_changes_nothing_is_named_though_its_page_is_cited() -> None:
    facts = told("wise", "GB", {"security.security-key": "yes", "convert/nonesuch.percent": "1"})
    made = proposal(WISE, WISE.read_bytes(), facts)
    assert [each.fact for each, _ in made.left_out] == ["convert/nonesuch.percent"]
    # The least charge is a part of a price; alone it is none.
    parts = told("wise", "GB", {"mobile-top-up.percent": "1 %", "mobile-top-up.min": "5"})
    assert proposal(WISE, WISE.read_bytes(), parts).left_out == ()
    assert len(proposal(WISE, WISE.read_bytes(), parts[1:]).left_out) == 1


LEVELS = """
id: testpay
name: Testpay
kind: stored-value
website: https://pay.example.com.ph
summary: A wallet to test with.

sources:
  page: {url: https://example.com/limits, title: Limits, publisher: press, as_of: null, seen: 2026-11-20}

markets:
  PH:
    currency: PHP

    limits:
      - {what: day, operation: send, level: basic, amount: 50, source: page}
      - {what: day, operation: send, level: full, amount: 500, source: page}
      - {what: month, operation: send, level: full, amount: 900, source: page}
      - {what: year, operation: send, for: visitor, amount: 900, source: page}
"""


def proposed(facts: dict[str, str], page: str = PAGE) -> Proposal:
    data = LEVELS.lstrip().encode()
    path = Path("testpay.yaml")
    text, problems = canonical(data, KINDS["wallet"], path, "testpay.yaml")
    assert text, problems
    mine = [
        Told(wallet="testpay", country="PH", fact=fact, value=value, source=page, seen="2026-11-20")
        for fact, value in facts.items()
    ]
    return proposal(path, text.encode(), mine)


def test_a_limit_that_goes_by_account_level_is_not_lost() -> None:
    made = proposed(
        {"limits.send.day": "70", "limits.send.month": "1000", "limits.send.year": "80"}
    )
    assert [(each.fact, "by account level" in why) for each, why in made.left_out] == [
        ("limits.send.day", True),
        ("limits.send.year", True),
    ]
    for line in (
        "level: basic, amount: 50,",
        "level: full, amount: 500,",
        "level: full, amount: 1000",
    ):
        assert line in made.after


@pytest.mark.parametrize(
    ("page", "publisher"),
    [
        ("https://help.example.com.ph/limits", "operator"),
        ("https://other.com.ph/limits", "other"),
    ],
)
def test_the_operators_site_is_what_somebody_registers(page: str, publisher: str) -> None:
    made = proposed({"limits.send.month": "1000"}, page)
    (line,) = [line for line in made.after.splitlines() if page in line]
    assert f"publisher: {publisher}" in line


def test_a_comment_beside_a_price_stays(tmp_path: Path) -> None:
    catalog = write_catalog(tmp_path / "catalog")
    path = catalog / "wallets" / "twopay.yaml"
    home = str(warm_cache())
    walletpick(tmp_path, "catalog", "fmt", str(path), XDG_CACHE_HOME=home)
    text = path.read_text().replace(
        "percent: 1, source: fees}", "percent: 1, source: fees}  # asked them"
    )
    made = proposal(path, text.encode(), told("twopay", "KE", {"send.percent": "3 %"}))
    changed = [line for line in made.after.splitlines() if line not in made.before.splitlines()]
    assert changed == [
        "  example-com-2026-11-20: {url: https://example.com/mine, title:"
        ' "Twopay, example.com", publisher: operator, as_of: null, seen: 2026-11-20}',
        "      - {operation: send, percent: 3, source: example-com-2026-11-20}  # asked them",
    ]


def test_what_was_not_told_keeps_its_page_and_what_goes_is_named(tmp_path: Path) -> None:
    catalog = write_catalog(tmp_path / "catalog")
    path = catalog / "wallets" / "twopay.yaml"
    home = str(warm_cache())
    walletpick(tmp_path, "catalog", "fmt", str(path), XDG_CACHE_HOME=home)
    old = "percent: 1, percent_max: 2, fixed: 5, fixed_max: 6, note: to own numbers, source: fees}"
    text = path.read_text().replace("percent: 1, source: fees}", old)
    facts = told("twopay", "KE", {"send.percent": "3 %"})
    made = proposal(path, text.encode(), facts)
    new = "percent: 3, fixed: 5, fixed_max: 6, source: example-com-2026-11-20}"
    assert f"      - {{operation: send, {new}  # fixed, fixed_max: fees\n" in made.after
    lost = "{operation: send, percent_max: 2, note: to own numbers, source: fees}"
    assert made.lost == (("KE", lost),)
    kept = "{operation: send, fixed: 5, fixed_max: 6, source: fees}"
    assert made.kept == (("KE", kept),)
    # A comment that is there goes on.
    beside = proposal(path, text.replace(old, f"{old}  # asked them").encode(), facts)
    assert f"{new}  # fixed, fixed_max: fees; asked them\n" in beside.after

    path.write_text(text)
    own = {"XDG_DATA_HOME": str(tmp_path), "WALLETPICK_CATALOG": str(catalog)}
    fact = ("twopay@KE", "send.percent=3", "--source", PAGE)
    assert walletpick(warm_cache(), "tell", *fact, **own).returncode == 0
    said = walletpick(warm_cache(), "tell", "--patch", **own).stderr.decode()
    assert f"takes out of twopay@KE what you did not tell: {lost}." in said
    assert f"of twopay@KE this part stays as it was: {kept}." in said


def test_a_file_out_of_order_is_put_in_order_first(tmp_path: Path) -> None:
    path = tmp_path / "twopay.yaml"
    with pytest.raises(CannotPropose, match="catalog fmt first"):
        proposal(path, TWOPAY.encode(), told("twopay", "KE"))


def run(home: Path, *args: str) -> subprocess.CompletedProcess[bytes]:
    data = str(home / "data")
    return walletpick(home, *args, XDG_CACHE_HOME=str(warm_cache()), XDG_DATA_HOME=data)


def test_the_patch_applies_and_lints(tmp_path: Path) -> None:
    catalog = write_catalog(tmp_path / "catalog")
    assert run(tmp_path, "catalog", "fmt", "catalog").returncode == 0
    nothing = run(tmp_path, "tell", "--patch")
    assert (nothing.returncode, nothing.stdout) == (0, b"")
    assert nothing.stderr == b"There is nothing to change.\n"
    tell = ("--catalog", "catalog", "tell")
    page = ("--source", "https://example.com/mine")
    assert run(tmp_path, *tell, "twopay@KE", "send.percent=3", "passkey=yes", *page).returncode == 0
    assert run(tmp_path, *tell, "planpay", "send/plus.percent=1", *page).returncode == 0
    assert run(tmp_path, *tell, "planpay", "passkey=no", "--source", "the app").returncode == 0
    before = {path.name: path.read_bytes() for path in (catalog / "wallets").iterdir()}
    made = run(tmp_path, "tell", "--patch")
    assert made.returncode == 0
    assert b"Left out: planpay@GB security.passkey: the catalog needs" in made.stderr
    assert {path.name: path.read_bytes() for path in (catalog / "wallets").iterdir()} == before
    for place in ("catalog", ".", str(catalog)):
        assert run(tmp_path, "tell", "--patch", place).stdout == made.stdout
    (tmp_path / "p.diff").write_bytes(made.stdout)
    git = shutil.which("git")
    assert git
    subprocess.run([git, "init", "-q"], cwd=tmp_path, check=True)
    subprocess.run([git, "apply", "p.diff"], cwd=tmp_path, check=True)
    assert b"percent: 3" in (catalog / "wallets" / "twopay.yaml").read_bytes()
    for line in ("catalog fmt --check", "--catalog catalog catalog averages"):
        assert run(tmp_path, *line.split()).returncode == 0, line
    lint = run(tmp_path, "--catalog", "catalog", "catalog", "lint")
    assert lint.returncode == 0, lint.stdout


@pytest.mark.parametrize("args", [("none",), ("catalog", "list"), ("catalog", "--json")])
def test_wrong_use(args: tuple[str, ...], tmp_path: Path) -> None:
    write_catalog(tmp_path / "catalog")
    done = run(tmp_path, "tell", "--patch", *args)
    assert (done.returncode, done.stdout) == (2, b"")
