"""A small catalog in a directory, and commands run on it in this process."""

from __future__ import annotations

import atexit
import hashlib
import json
import shlex
import shutil
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import build
import click
import msgspec
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator, ValidationError
from jsonschema.protocols import Validator
from jsonschema.validators import extend
from running import TODAY

from walletpick.commands import cli
from walletpick.reading.place import default_directory
from walletpick.reading.strictyaml import Value

SOURCES = """
sources:
  fees: {url: https://example.com/fees, title: Fees, publisher: operator, as_of: 2026-10, seen: 2026-11-20}
  old: {url: https://example.com/old, title: Old fees, publisher: press, as_of: 2020-01, seen: 2026-11-20}
"""

# In two countries; taxes, a limit, a stale price, a fee that the other side pays.
TWOPAY = f"""id: twopay
name: Twopay
local_names: {{zh: 二付}}
kind: mobile-money
summary: A wallet for tests.
{SOURCES}
markets:
  KE:
    currency: KES
    fees:
      - {{operation: top-up, method: cash-agent, percent: 0, source: fees}}
      - {{operation: send, percent: 1, source: fees}}
      - {{operation: send, percent: 0.5, tax: true, source: fees}}
      - {{operation: send, percent: 4, paid_by: other-side, source: fees}}
      - {{operation: pay, percent: 2, source: old}}
    limits:
      - {{what: transaction, operation: send, amount: 5000, source: fees}}
    features:
      pay-qr: {{has: true, source: fees}}
  PH:
    status: {{state: closed, since: 2026-01, source: fees}}
    currency: PHP
    fees:
      - {{operation: send, fixed: 15, source: fees}}
"""

# Two plans: without a price a month for little use, with one for much use.
PLANPAY = f"""id: planpay
name: Planpay
kind: bank-account
summary: A wallet for tests.
{SOURCES}
markets:
  GB:
    currency: GBP
    plans:
      - {{id: basic, name: Basic, source: fees}}
      - {{id: plus, name: Plus, source: fees}}
    fees:
      - {{operation: send, plan: basic, percent: 2, source: fees}}
      - {{operation: send, plan: plus, percent: 0, source: fees}}
      - {{operation: convert, fx_markup: 1, source: fees}}
      - {{operation: convert, percent: 3, surcharge: true, when: weekends, source: fees}}
      - {{operation: pay-abroad, percent: 0, source: fees}}
      - {{operation: subscription, plan: basic, fixed: 0, per: month, source: fees}}
      - {{operation: subscription, plan: plus, fixed: 5, per: month, source: fees}}
    features:
      budgeting: {{has: true, plan: plus, source: fees}}
      crypto: {{has: false, source: fees}}
"""

# Not the shipped file: its sources may have been read after the tests' fixed day.
LAW = """country: DE
sources:
  body: {url: https://example.com/ombudsman, title: Ombudsman, publisher: regulator, as_of: 2026-10, seen: 2026-11-20}
rights:
  - {right: escalation, applies_to: all, body: Ombudsman, hears: Complaints about wallets, url: https://example.com/ombudsman, source: body}
"""

AVERAGES = build.AVERAGES.replace(
    "measures: {}", "measures: {rating: 4, reply-days: 20, incident-weight: 0.2}"
)


def british(name: str, *fees: str) -> str:
    """Return the file of a wallet in GB with these prices: "operation: send, percent: 1"."""
    prices = "".join(f"      - {{{fee}, source: fees}}\n" for fee in fees)
    return f"""id: {name}
name: {name.title()}
kind: stored-value
summary: A wallet for tests.
{SOURCES}
markets:
  GB:
    currency: GBP
    fees:
{prices}"""


def write_catalog(directory: Path, **wallets: str) -> Path:
    """Write a catalog of these wallets (id -> text), Twopay and Planpay if none is given."""
    shipped = default_directory()
    (directory / "wallets").mkdir(parents=True)
    (directory / "personas").mkdir()
    shutil.copy(shipped / "criteria.yaml", directory / "criteria.yaml")
    (directory / "countries").mkdir()
    (directory / "countries" / "DE.yaml").write_text(LAW)
    rates = "".join(f"  {c}: {{per_usd: {r}, source: bank}}\n" for c, r in build.RATES.items())
    bank = "{url: https://example.com/r, title: Rates, publisher: other, as_of: 2026-10-30, seen: 2026-11-20}"
    (directory / "rates.yaml").write_text(f"sources:\n  bank: {bank}\nrates:\n{rates}")
    (directory / "averages.yaml").write_text(AVERAGES)
    for name, text in (wallets or {"twopay": TWOPAY, "planpay": PLANPAY}).items():
        (directory / "wallets" / f"{name}.yaml").write_text(text, encoding="utf-8")
    return directory


@cache
def cache_home() -> Path:
    """Return a cache directory for this run of the tests: compiling the catalog takes a second."""
    made = tempfile.mkdtemp(prefix="walletpick-tests-")
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    return Path(made)


def run(
    *args: str, catalog: Path | None = None, stdin: str | None = None, today: str = TODAY
) -> Result:
    """Run a command in this process; anything but an exit fails the test."""
    options = ["--catalog", str(catalog)] if catalog else []
    env = {"XDG_CACHE_HOME": str(cache_home()), "WALLETPICK_TODAY": today, "COLUMNS": "100"}
    env |= {"XDG_DATA_HOME": str(cache_home())}  # where no diary is
    found = CliRunner(env=env).invoke(cli, [*options, *args], input=stdin)
    if found.exception is not None and not isinstance(found.exception, SystemExit):
        raise found.exception
    return found


def validator(schema: dict[str, Any]) -> Validator:
    """Return what checks documents against a schema.

    A part that was right by a definition is not looked at again by the same: the wallets and
    sources of long documents are the same again and again.
    """
    Draft202012Validator.check_schema(schema)
    look = Draft202012Validator.VALIDATORS["$ref"]
    right: set[tuple[str, bytes]] = set()

    def once(
        by: Validator, definition: str, part: object, within: dict[str, Any]
    ) -> Iterator[ValidationError]:
        key = definition, hashlib.sha256(msgspec.json.encode(part)).digest()
        if key not in right:
            errors = list(look(by, definition, part, within))
            if not errors:
                right.add(key)
            yield from errors

    return extend(Draft202012Validator, {"$ref": once})(schema)


@cache
def validator_of(name: str) -> Validator:
    """Return what checks documents against the schema of a name that the program prints."""
    return validator(json.loads(run("schema", name).stdout))


def validated(text: str, name: str) -> Any:
    """Return the JSON document, checked against the schema that the program prints."""
    document = json.loads(text)
    validator_of(name).validate(document)
    return document


def commands(
    command: click.Command = cli, *path: str
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Yield every command below the first one, with its words."""
    if path:
        yield path, command
    if isinstance(command, click.Group):
        ctx = click.Context(command)
        for name in command.list_commands(ctx):
            below = command.get_command(ctx, name)
            assert below
            yield from commands(below, *path, name)


def examples(*command: str) -> list[list[str]]:
    """Return the example lines of a command's help, as arguments, without what follows a pipe."""
    text = run(*command, "--help").stdout.partition("Examples:")[2]
    found = [line for line in map(str.strip, text.splitlines()) if line.startswith("walletpick ")]
    assert found, f"no examples in the help of {command}"
    return [shlex.split(line.split(" | ")[0].split(" > ")[0])[1:] for line in found]


def plain(value: Value) -> Any:
    """Return what a JSON reader would have read."""
    if isinstance(value.data, dict):
        return {key: plain(item) for key, item in value.data.items()}
    if isinstance(value.data, list):
        return [plain(item) for item in value.data]
    if isinstance(value.data, str | bool) or value.data is None:
        return value.data
    return int(value.data) if value.data == int(value.data) else float(value.data)
