"""`walletpick catalog fmt`: one layout for all files, and nothing that they say is lost."""

from __future__ import annotations

import os
import random
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from running import ROOT, after_newest_reading
from small import PLANPAY, TWOPAY, examples, run, write_catalog

from walletpick.facts import model
from walletpick.facts.characters import visible_lines
from walletpick.reading.kinds import KINDS, kind_of
from walletpick.reading.place import files_of
from walletpick.reading.records import keys_of, read_record
from walletpick.reading.strictyaml import Value, comments, read
from walletpick.reading.writer import canonical, content, text_of
from walletpick.upkeep.averages import as_yaml

MODELINE = "# yaml-language-server: $schema=../schema/wallet.json"


def formatted(text: str, kind: str = "wallet", name: str = "testpay.yaml") -> str:
    found, problems = canonical(text.encode(), KINDS[kind], Path(name), name)
    assert found is not None, "\n".join(map(str, problems))
    return found


def said(text: str, kind: str = "wallet") -> Any:
    """Return what a text says, without where."""
    value, problems = read(text.encode(), "x")
    assert value is not None
    assert not problems
    record = read_record(KINDS[kind].record, value, "x", problems)
    assert record is not None, problems
    return content(record)


UNTIDY = """\
# Of 2026.
# Read twice.

kind: 'mobile-money'   # not a bank
id: testpay
# The name as it writes it.
name: "Testpay"
markets:
    # In Kenya.
    KE:
        fees:
        -   source: fees
            # in the middle
            operation: "send"     # to anybody
            percent: 1.50
            free: {per: month,
                   count: 2}   # each month
        # About the next.
        - {plan: ["plus"], fixed: 15, method: card, operation: top-up, source: fees, note: 'it''s, all'}
        # - {operation: pay, percent: 0, source: fees}
        limits: []
        # Not filled.


        currency: KES
        support:
            channels: {phone: {source: fees, number: 0800, has: True}}
        plans: [{source: fees, name: "Plus", id: plus}]
sources: # what was read
  fees: {seen: 2026-11-20, url: "https://example.com/fees?x=1", as_of: ~, title: "Fees: all", publisher: operator}
summary: "A wallet
  for tests"
notes:
 - "First, one."
 - Second
# The end.
"""

TIDY = f"""\
{MODELINE}
# Of 2026.
# Read twice.

id: testpay
# The name as it writes it.
name: Testpay
kind: mobile-money  # not a bank
summary: A wallet for tests

sources:  # what was read
  fees: {{url: "https://example.com/fees?x=1", title: "Fees: all", publisher: operator, as_of: null, seen: 2026-11-20}}

markets:
  # In Kenya.
  KE:
    # Not filled.
    currency: KES

    plans:
      - {{id: plus, name: Plus, source: fees}}

    fees:
      # in the middle
      # to anybody
      - {{operation: send, percent: 1.50, free: {{count: 2, per: month}}, source: fees}}  # each month
      # About the next.
      - {{operation: top-up, method: card, plan: plus, fixed: 15, note: "it's, all", source: fees}}

    # - {{operation: pay, percent: 0, source: fees}}
    limits: []

    support:
      channels:
        phone: {{has: true, number: "0800", source: fees}}

notes:
  - First, one.
  - Second

# The end.
"""


def test_an_untidy_file_is_put_in_order() -> None:
    assert formatted(UNTIDY) == TIDY
    assert formatted(TIDY) == TIDY
    assert said(UNTIDY) == said(TIDY)


def test_a_comment_below_and_deeper_stays_with_what_it_is_below() -> None:
    text = """\
markets:
  KE:
    links: {}
    fees:
      - {operation: send, percent: 1, source: fees}
      # - {operation: pay, percent: 1, source: fees}
    currency: KES
      # deeper than anything
"""
    found = formatted(TIDY[: TIDY.index("markets:")] + text)
    assert found.endswith("""\
    currency: KES
      # deeper than anything

    fees:
      - {operation: send, percent: 1, source: fees}
      # - {operation: pay, percent: 1, source: fees}

    links: {}
""")
    assert formatted(found) == found


@pytest.mark.parametrize(
    "path",
    [path for path in files_of(ROOT / "catalog") if path.suffix == ".yaml"],
    ids=lambda path: path.stem,
)
def test_the_shipped_files_are_in_canonical_form(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    found, problems = canonical(text.encode(), kind_of(path), path, path.name)
    assert not problems
    assert found == text, f"run `walletpick catalog fmt {path.relative_to(ROOT)}`"
    assert text.startswith(f"# yaml-language-server: $schema={kind_of(path).schema}\n")
    assert (path.parent / kind_of(path).schema).resolve().is_file()


def test_averages_are_written_in_canonical_form() -> None:
    text = (ROOT / "catalog" / "averages.yaml").read_bytes()
    value, problems = read(text, "averages.yaml")
    assert value is not None
    record = read_record(model.Averages, value, "averages.yaml", problems)
    assert record is not None
    written = as_yaml(record)
    assert formatted(written, "averages", "averages.yaml") == written


# The order of keys.


def test_the_order_of_keys_is_the_order_of_the_fields() -> None:
    assert " ".join(keys_of(model.FeeRule)) == (
        "operation method plan corridor provider for given when tax surcharge of"
        " percent percent_max fixed fixed_max min max fx_markup fx_markup_max price"
        " bound bands steps per free pool cap currency from after_months paid_by note source"
    )
    assert " ".join(keys_of(model.Band)) == (
        "up_to percent percent_max fixed fixed_max min max fx_markup fx_markup_max price"
    )
    assert " ".join(keys_of(model.Channel)) == (
        "has number address url hours operation method plan countries countries_at_least provider"
        " for given when note source"
    )
    assert list(keys_of(model.Protection))[-2:] == ["note", "source"]


# Quotes.


@pytest.mark.parametrize(
    ("text", "plain", "in_brackets"),
    [
        ("a bank", True, True),
        ("it's", True, True),
        ("08:00-24:00", True, True),
        ("24/7", True, True),
        ("2 % of it", True, True),
        ("https://example.com/a#b", True, True),
        ("a, b", True, False),
        ("f(x) [old]", True, False),
        ("https://example.com/?x=1", True, False),
        ("-5 or less", True, True),
        ("me@example.com", True, True),
        ("12", False, False),
        ("+44", False, False),
        ("1.5", False, False),
        ("1e3", False, False),
        ("true", False, False),
        ("null", False, False),
        ("~", False, False),
        ("a: b", False, False),
        ("a:", False, False),
        ("a #b", False, False),
        ("#b", False, False),
        ("- a", False, False),
        ("-", False, False),
        ("?", False, False),
        ("*all", False, False),
        ("%", False, False),
        ("@home", False, False),
        ("[x]", False, False),
        ('"so"', False, False),
        ("'so'", False, False),
        (" a", False, False),
        ("a\nb", False, False),
        ("---", False, False),
        ("back\\slash", True, True),
    ],
)
def test_quotes_stand_where_they_are_needed(text: str, plain: bool, in_brackets: bool) -> None:
    assert (text_of(text) == text) is plain
    assert (text_of(text, True) == text) is in_brackets


@given(
    st.text(
        st.characters(codec="utf-8", exclude_categories=["C", "Zl", "Zp"]) | st.just("\n")
    ).filter(lambda text: visible_lines(text) == text)
    | st.text("ab0-+.:#,[]{}?&*!|>'\"%@`\\~ \n", max_size=8)
)
def test_every_text_reads_back_as_it_was(text: str) -> None:
    for document in (f"a: {text_of(text)}\n", f"a: {{b: [{text_of(text, True)}, x], c: y}}\n"):
        value, problems = read(document.encode(), "x")
        assert not problems, document
        assert value is not None
        assert isinstance(value.data, dict)
        found = value.data["a"]
        if isinstance(found.data, dict):
            found = found.data["b"].data[0]  # type: ignore[index, union-attr]
        assert found.data == text


# Any layout.

RICH = """\
id: testpay
name: Testpay
local_names: {zh: 试付, ja: テスト}
aliases: [tp, "12"]
kind: bank-account
summary: A wallet, for tests
sources:
  fees: {url: https://example.com/fees, title: Fees, publisher: operator, as_of: 2026, seen: 2026-11-20}
  2fa: {url: https://example.com/2fa, title: "Log-in: how", publisher: directory, as_of: null, seen: 2026-11-20}
markets:
  NO:
    currency: NOK
    plans:
      - {id: a, name: A, source: fees}
      - {id: b, name: B, source: fees}
    fees:
      - {operation: send, plan: [a, b], bands: [{up_to: 100, percent: 1}, {fixed: 2.50}], source: fees}
      - {operation: cash-out, for: visitor, percent: 2, free: {count: 3, per: month}, note: "a, b", source: fees}
    features:
      pay-qr: {has: true, source: fees}
      crypto: {has: false, note: "ended: 2024", source: fees}
    support:
      channels:
        phone: {has: true, number: "2882", hours: 24/7, source: fees}
      languages: {words: [no, en], source: fees}
      escalation:
        - {body: Finansklagenemnda, number: "+4723131960", source: fees}
    onboarding:
      about:
        - {text: Needs BankID, source: 2fa}
    links: {fees: https://example.com/fees}
  SE:
    currency: SEK
notes:
  - "One: more"
  - Two
"""
CRITERIA = (ROOT / "catalog" / "criteria.yaml").read_text(encoding="utf-8")
DOCUMENTS = [
    ("wallet", RICH, "testpay.yaml"),
    ("wallet", TWOPAY, "twopay.yaml"),
    ("wallet", PLANPAY, "planpay.yaml"),
    ("criteria", CRITERIA[CRITERIA.index("settings:") :], "criteria.yaml"),
]


class Messy:
    """Writes a value in a style of no rule, with comments wherever one may stand."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.count = 0

    def maybe(self, percent: int) -> bool:
        return self.chance.randrange(100) < percent

    def comment(self) -> str:
        self.count += 1
        return self.chance.choice(["# c", "#c", "# c: {", "# 'c "]) + str(self.count)

    def lines(self, indent: int) -> str:
        """Return nothing, blank lines, or comments on lines of their own."""
        found = ""
        while self.maybe(20):
            if self.maybe(40):
                found += "\n"
            else:
                found += " " * self.chance.choice([indent, indent, 0, indent + 3]) + self.comment()
                found += "\n"
        return found

    def end(self) -> str:
        beside = f" {self.comment()}" if self.maybe(12) else ""
        return f"{beside}\n"

    def text(self, value: Value, in_brackets: bool) -> str:
        data = value.data
        if isinstance(data, str) and self.maybe(30):
            quoted = data.replace("'", "''")
            return f"'{quoted}'"
        if isinstance(data, str):
            return text_of(data, in_brackets)
        return value.text or "null"

    def pairs(self, value: Value) -> list[tuple[str, Value]]:
        assert isinstance(value.data, dict)
        pairs = list(value.data.items())
        self.chance.shuffle(pairs)
        return pairs

    def flow(self, value: Value, indent: int) -> str:
        data = value.data
        if not isinstance(data, dict | list):
            return self.text(value, True)

        def apart() -> str:
            if self.maybe(85):
                return " "
            beside = f" {self.comment()}" if self.maybe(50) else ""
            return f"{beside}\n{self.lines(indent)}{' ' * (indent + 2)}"

        if isinstance(data, list):
            items = [apart() + self.flow(item, indent) for item in data]
            return f"[{','.join(items)}{apart()}]" if items else "[]"
        items = [
            f"{apart()}{_key(key)}: {self.flow(item, indent)}" for key, item in self.pairs(value)
        ]
        return f"{{{','.join(items)}{apart()}}}" if items else "{}"

    def block(self, value: Value, indent: int) -> str:
        """Return a list or mapping as a block, from the start of a line."""
        start = " " * indent
        deeper = indent + self.chance.choice([2, 2, 4])
        found = ""
        if isinstance(value.data, list):
            for item in value.data:
                found += self.lines(indent)
                if isinstance(item.data, dict) and item.data and self.maybe(40):
                    inside = self.block(item, indent + 2)
                    # The first key may stand beside the dash when nothing comes before it.
                    if inside.startswith(" " * (indent + 2)) and inside.lstrip(" ")[0] != "#":
                        inside = inside[indent + 2 :]
                        found += f"{start}- {inside}"
                    else:
                        found += f"{start}-{self.end()}{inside}"
                else:
                    found += f"{start}- {self.flow(item, indent)}{self.end()}"
            return found
        for key, item in self.pairs(value):
            found += self.lines(indent)
            if isinstance(item.data, dict | list) and item.data and self.maybe(70):
                found += f"{start}{_key(key)}:{self.end()}{self.block(item, deeper)}"
            else:
                found += f"{start}{_key(key)}: {self.flow(item, indent)}{self.end()}"
        return found


def _key(key: str) -> str:
    return f'"{key}"' if ":" in key else key


@settings(max_examples=150)
@given(st.sampled_from(DOCUMENTS[:3]), st.integers(0, 2**32))
def test_any_layout_becomes_the_canonical_one(document: tuple[str, str, str], seed: int) -> None:
    any_layout(document, seed)


@pytest.mark.parametrize("seed", range(5))
def test_any_layout_of_the_criteria_becomes_the_canonical_one(seed: int) -> None:
    any_layout(DOCUMENTS[3], seed)


def any_layout(document: tuple[str, str, str], seed: int) -> None:
    kind, tidy, name = document
    value, _ = read(tidy.encode(), name)
    assert value is not None
    messy = Messy(seed)
    text = messy.block(value, 0) + messy.lines(0)
    before = comments(text.encode())
    assert len(before) == messy.count, text
    once = formatted(text, kind, name)
    assert said(once, kind) == said(tidy, kind)
    after = [comment.text for comment in comments(once.encode())][1:]
    assert sorted(after) == sorted(comment.text for comment in before)
    assert formatted(once, kind, name) == once


# The first line.


def test_the_first_line_names_the_schema() -> None:
    assert formatted(TWOPAY, name="twopay.yaml").splitlines()[0] == MODELINE
    own = "# yaml-language-server: $schema=https://example.com/wallet.json"
    later = f"# Hello\n{own}\n{TWOPAY}"
    assert formatted(later, name="twopay.yaml").splitlines()[:2] == [own, "# Hello"]


# The command.


@pytest.fixture
def small(small: Path) -> Path:
    assert run("catalog", "fmt").exit_code == 0
    return small


def test_a_tidy_catalog_is_left_alone(small: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in files_of(small)}
    for args in (("fmt",), ("fmt", "--check")):
        found = run("catalog", *args)
        assert (found.exit_code, found.stdout) == (0, "")
        assert found.stderr == "6 files looked at: none changed\n".replace(
            "changed", "would change" if "--check" in args else "changed"
        )
    assert before == {path: path.stat().st_mtime_ns for path in files_of(small)}


def test_check_names_the_files_and_changes_nothing(small: Path) -> None:
    path = small / "wallets" / "twopay.yaml"
    path.write_text(TWOPAY, encoding="utf-8")
    found = run("catalog", "fmt", "--check")
    assert found.exit_code == 4
    assert found.stdout == "would change: catalog/wallets/twopay.yaml\n"
    assert path.read_text(encoding="utf-8") == TWOPAY
    assert run("catalog", "fmt", "--check", "catalog/wallets/planpay.yaml").exit_code == 0
    found = run("catalog", "fmt", "catalog/wallets")
    assert (found.exit_code, found.stdout) == (0, "changed: catalog/wallets/twopay.yaml\n")
    assert run("catalog", "fmt", "--check").exit_code == 0
    assert run("catalog", "lint").exit_code == 0


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("kind:", "name: Again\nkind:", "a second time"),
        ("operation: pay,", "operation: pya,", 'did you mean "pay"'),
        ("percent: 1, source: fees", "percent: 1, source: fes", "is not listed under sources"),
        ("fees:", "fees: [", ""),
    ],
)
def test_a_file_with_a_mistake_is_left_alone(small: Path, old: str, new: str, why: str) -> None:
    path = small / "wallets" / "twopay.yaml"
    text = TWOPAY.replace(old, new, 1)
    path.write_text(text, encoding="utf-8")
    (small / "wallets" / "planpay.yaml").write_text(PLANPAY, encoding="utf-8")
    found = run("catalog", "fmt")
    assert found.exit_code == 4
    # The others are still put in order.
    assert found.stdout == "changed: catalog/wallets/planpay.yaml\n"
    assert "catalog/wallets/twopay.yaml:" in found.stderr
    assert why in found.stderr
    assert path.read_text(encoding="utf-8") == text


def test_files_that_cannot_be_read_or_written(small: Path) -> None:
    (small / "wallets" / "folder.yaml").mkdir()
    found = run("catalog", "fmt")
    assert found.exit_code == 4
    assert "cannot be read" in found.stderr
    found = run("catalog", "fmt", "nowhere")
    assert found.exit_code == 2
    assert 'no such file or directory: "nowhere"' in found.stderr


def test_line_ends_of_windows_become_plain(small: Path) -> None:
    path = small / "wallets" / "twopay.yaml"
    text = path.read_bytes()
    path.write_bytes(text.replace(b"\n", b"\r\n"))
    assert run("catalog", "fmt").exit_code == 0
    assert path.read_bytes() == text


def test_a_link_stays_a_link_and_rights_stay(small: Path) -> None:
    path = small / "wallets" / "twopay.yaml"
    real = small / "real.txt"
    real.write_text(TWOPAY, encoding="utf-8")
    real.chmod(0o640)
    path.unlink()
    path.symlink_to(real)
    assert run("catalog", "fmt", os.fspath(path)).exit_code == 0
    assert path.is_symlink()
    assert real.read_text(encoding="utf-8").startswith(MODELINE)
    assert real.stat().st_mode & 0o777 == 0o640
    assert not list(small.rglob(".*"))


@pytest.mark.parametrize("args", examples("catalog", "fmt"), ids=" ".join)
def test_the_examples_of_the_help_can_be_typed(
    args: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    write_catalog(tmp_path / "catalog", gcash=TWOPAY.replace("twopay", "gcash"))
    monkeypatch.chdir(tmp_path)
    assert run(*args).exit_code == (4 if "--check" in args else 0)


# The correction that CONTRIBUTING goes through.


def test_the_correction_in_contributing_works_as_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(ROOT / "catalog", tmp_path / "catalog")
    # Each persona is answered everywhere, before and after: one is enough.
    for persona in sorted((tmp_path / "catalog" / "personas").iterdir())[1:]:
        persona.unlink()
    shutil.copytree(tmp_path / "catalog", tmp_path / "before" / "catalog")
    monkeypatch.chdir(tmp_path)
    told = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    told = told[told.index("### A correction, step by step") :]
    before, source, after = re.findall(r"```yaml\n(.*?\n)```", told, re.DOTALL)[:3]
    path = Path("catalog/wallets/paypal.yaml")
    text = path.read_text(encoding="utf-8")
    assert text.count(before) == 1
    text = text.replace("\nsources:\n", f"\nsources:\n{source}", 1)
    misspelt = text.replace(before, before.replace("instant", "instnat"))
    path.write_text(misspelt, encoding="utf-8")
    found = run("catalog", "fmt")
    assert found.exit_code == 4
    (message,) = re.findall(r"```\n(catalog/.*?)\.\.\.\n```", told)
    assert without_numbers(message) in without_numbers(found.stderr)
    path.write_text(text.replace(before, after), encoding="utf-8")
    commands = re.findall(r"\$ walletpick (catalog [^\n]+)\n(.*?)(?=\$|```)", told, re.DOTALL)
    assert [command for command, _ in commands] == [
        "catalog fmt",
        "catalog averages",
        "catalog lint catalog/wallets/paypal.yaml",
    ]
    for command, output in commands:
        found = run(*command.split(), today=after_newest_reading())
        assert found.exit_code == 0
        said_too = [line for line in found.output.splitlines() if "looked at" not in line]
        # Whether an average moves depends on all other prices.
        moved, told_of = (
            text.replace("was written anew", "is up to date")
            for text in ("\n".join(said_too), output.strip())
        )
        # What is told may leave out lines.
        shape = re.escape(without_numbers(f"\n{told_of}"))
        shape = shape.replace(re.escape("\n...\n"), "\n(.*\n)*")
        assert re.fullmatch(shape, without_numbers(f"\n{moved}"))
    assert before.replace("1.75", "2").replace("us-fees-copy", "us-fees-2026-11") in path.read_text(
        encoding="utf-8"
    )
    assert run("catalog", "lint").exit_code == 0
    (change,) = re.findall(r"```\n(• .*?)\n```", told, re.DOTALL)
    difference = run("catalog", "diff", "before", ".").stdout
    assert " ".join(change.split()) in " ".join(difference.split())
    assert "above 100" in run_with("percent: 2,", "percent: 200,", path)
    assert "warning: markets.US.fees" in run_with("percent: 2,", "percent: 20,", path)


def run_with(old: str, new: str, path: Path) -> str:
    """Return what lint says of a file when its line of the correction is written so."""
    text = path.read_text(encoding="utf-8")
    line = next(line for line in text.splitlines() if "source: us-fees-2026-11" in line)
    path.write_text(text.replace(line, line.replace(old, new)), encoding="utf-8")
    found = run("catalog", "lint", str(path)).stdout
    path.write_text(text, encoding="utf-8")
    return found


def without_figures(text: str) -> str:
    """Return a text without its figures, which follow the catalog, and on one line."""
    return re.sub(r"\d+", "0", " ".join(text.split()))


def without_numbers(text: str) -> str:
    """Return a text without the places in files, which move."""
    return re.sub(r":\d+:\d+:|\[\d+\]", ":", text)


def test_text_that_looks_like_a_comment_is_none() -> None:
    text = """\
--- # first
id: testpay
name: |  # the name
  Test # pay
summary: >-
  # of two
  lines
kind: "stored-value"  # c: "d"
sources: {fees: {url: https://example.com/a#b, title: "a # b", publisher: other, as_of: 2026, seen: 2026}}
markets: {GB: {currency: GBP}} # last
...
"""
    found = formatted(text)
    assert (
        found
        == f"""\
{MODELINE}
# first
id: testpay
name: "Test # pay\\n"  # the name
kind: stored-value  # c: "d"
summary: "# of two lines"

sources:
  fees: {{url: https://example.com/a#b, title: "a # b", publisher: other, as_of: 2026, seen: 2026}}

markets:
  GB:
    currency: GBP  # last
"""
    )
    assert formatted(found) == found


def test_a_file_in_brackets_becomes_blocks() -> None:
    value, _ = read(RICH.encode(), "x")
    assert value is not None
    found = formatted(Messy(0).flow(value, 0))
    assert said(found) == said(RICH)
    assert found.count("\n") > 30
    assert formatted(found) == found
