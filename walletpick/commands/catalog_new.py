"""`walletpick catalog new`: the skeleton of a new wallet file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import click

from walletpick.commands.asking import ask_line, can_ask
from walletpick.commands.common import check_path, find_country, today
from walletpick.commands.errors import Wrong, did_you_mean
from walletpick.commands.keeping import create, directory_in_use
from walletpick.commands.output import remark, tell
from walletpick.commands.params import examples
from walletpick.facts import places
from walletpick.facts.vocabulary import KINDS, PLATFORMS, PUBLISHERS
from walletpick.language import _
from walletpick.reading.files import is_there, read_bounded

# Without these, as options, there are questions.
_NEEDED = ("name", "kind", "country", "source_url")


@click.command(name="new", epilog=examples("catalog new"))
@click.argument("wallet", metavar="WALLET")
@click.option("--name", metavar="TEXT", help="Its name, as it writes it.")
@click.option("--kind", metavar="WORD", help=f"What it is: {', '.join(KINDS)}.")
@click.option("--summary", metavar="TEXT", help="What it is, in one sentence.")
@click.option("--operator", metavar="TEXT", help="The company that runs it.")
@click.option("--website", metavar="URL", help="Its website.")
@click.option(
    "--platform",
    "platforms",
    multiple=True,
    metavar="WORD",
    help=f"What it runs on (several times): {', '.join(PLATFORMS)}.",
)
@click.option("--country", metavar="CC", help="The first country: PH, Kenya.")
@click.option("--currency", metavar="CUR", help="Its currency there (else the country's).")
@click.option("--source-url", metavar="URL", help="The first page you read.")
@click.option("--source-title", metavar="TEXT", help="The title of that page.")
@click.option(
    "--source-publisher", metavar="WORD", help=f"Who publishes it: {', '.join(PUBLISHERS)}."
)
@click.option("--source-as-of", metavar="DATE", help="The date that the page gives, if any.")
def command(wallet: str, **given: Any) -> None:
    """Write the skeleton of a new wallet file, with comments on what goes where.

    WALLET is its id: lower-case letters, digits and dashes. What no option says is asked for on a
    terminal. The file has one source and no fact yet.
    """
    from walletpick.reading.records import is_id

    if not is_id(wallet):
        slug = "-".join(re.findall(r"[a-z0-9]+", wallet.lower()))
        hint = _(" (such as {slug})", slug=slug) if slug else ""
        raise Wrong(
            '"{wallet}" is no id: expected lower-case letters, digits and single dashes{hint}',
            wallet=wallet,
            hint=hint,
        )
    directory = directory_in_use()
    path = directory / "wallets" / f"{wallet}.yaml"
    check_path(path)
    if is_there(path):
        raise Wrong('"{path}" is there already; it was not changed', path=path)
    missing = [name for name in _NEEDED if not given[name]]
    if missing and not can_ask():
        names = ", ".join(f"--{name.replace('_', '-')}" for name in missing)
        raise Wrong("missing: {names} (on a terminal they are asked for)", names=names)
    answers = _Answers(given, asking=bool(missing))
    text = _text(wallet, answers, path)
    create(path, text)
    remark("{path} was written. Fill it in, then run:", path=path)
    for step in (f"fmt {path}", "averages", f"lint {path}"):
        tell(f"  walletpick catalog {step}")
    currency = answers.said["currency"]
    if not _has_rate(directory / "rates.yaml", currency):
        remark(
            "rates.yaml has no rate for {currency}: add one there, or lint will ask for it",
            currency=currency,
        )


class _Answers:
    """What the options say or, when asking, what the person answers."""

    def __init__(self, given: dict[str, Any], asking: bool) -> None:
        self.given = given
        self.asking = asking
        self.said: dict[str, str] = {}

    def get(
        self, name: str, question: str, check: Callable[[str], str], default: str | None = None
    ) -> str:
        """Return a checked answer, and note it. Without a default there must be one."""
        value = self.given[name]
        if value is not None and value != ():
            answer = check(", ".join(value) if isinstance(value, tuple) else value)
        elif not self.asking:
            answer = check(default or "")
        else:
            answer = ask_line(question, check, default)
        self.said[name] = answer
        return answer


def _text(wallet: str, answers: _Answers, path: Path) -> str:
    from walletpick.reading.kinds import KINDS as FILES
    from walletpick.reading.writer import canonical
    from walletpick.upkeep.new import skeleton

    name = answers.get("name", _("Name, as it writes it"), _some)
    kind = answers.get("kind", _("Kind ({words})", words=", ".join(KINDS)), _one_of(KINDS))
    answers.get("operator", _("Operator, the company (empty: not known)"), str.strip, "")
    website = answers.get("website", _("Website (empty: none)"), _url_or_none, "")
    answers.get(
        "platforms",
        _("Platforms, with commas ({words}; empty: not known)", words=", ".join(PLATFORMS)),
        _platforms,
        "",
    )
    country = answers.get("country", _("Country, code or name"), find_country)
    own = places.currency_of(country) or None
    answers.get("currency", _("Currency there"), _currency, own)
    # The files of a catalog are in English; other languages are in its texts.yaml.
    default = f"{name} {KINDS[kind]}, in {places.english_in_country(country)}"
    answers.get("summary", _("What it is, in one sentence"), _some, default)
    answers.get("source_url", _("First source, its address"), _url, website or None)
    answers.get("source_title", _("Title of that page"), _some, name)
    answers.get(
        "source_publisher",
        _("Its publisher ({words})", words=", ".join(PUBLISHERS)),
        _one_of(PUBLISHERS),
        "operator",
    )
    as_of = _("Date that the page gives, such as 2026-05 (empty: none)")
    answers.get("source_as_of", as_of, _date, "")
    said = {**answers.said, "id": wallet, "seen": today().isoformat()}
    text, problems = canonical(skeleton(said).encode(), FILES["wallet"], path, str(path))
    if text is None:
        lines = "\n".join(str(problem) for problem in problems)
        raise Wrong("these answers make no wallet file:\n{lines}", lines=lines)
    return text


def _has_rate(path: Path, currency: str) -> bool:
    """Return whether the exchange rates have a currency; true where they cannot be read."""
    from walletpick.reading.place import MAX_BYTES
    from walletpick.reading.strictyaml import read

    try:
        value, _problems = read(read_bounded(path, MAX_BYTES), str(path))
    except OSError:
        return True
    rates = value.data.get("rates") if value and isinstance(value.data, dict) else None
    return rates is None or not isinstance(rates.data, dict) or currency in rates.data


# What an answer must be. Each returns it as the file will have it, or raises click.UsageError.


def _some(text: str) -> str:
    if not text.strip():
        raise Wrong("write something")
    return text.strip()


def _one_of(words: Iterable[str]) -> Callable[[str], str]:
    known = list(words)

    def check(text: str) -> str:
        word = text.lower()
        if word not in known:
            hint = did_you_mean(word, known)
            raise Wrong(
                'no word "{text}"{hint} (known: {known})',
                text=text,
                hint=hint,
                known=", ".join(known),
            )
        return word

    return check


def _platforms(text: str) -> str:
    one = _one_of(PLATFORMS)
    return ", ".join(one(word) for word in text.replace(",", " ").split())


def _url(text: str) -> str:
    from walletpick.reading.records import is_url

    if not is_url(text):
        raise Wrong('"{text}" is no address: expected https://...', text=text)
    return text


def _url_or_none(text: str) -> str:
    return _url(text) if text else ""


def _currency(text: str) -> str:
    if not places.is_currency(text.upper()):
        raise Wrong('"{text}" is no currency: expected an ISO 4217 code such as PHP', text=text)
    return text.upper()


def _date(text: str) -> str:
    from walletpick.reading.records import DATE

    if text and not DATE.fullmatch(text):
        raise Wrong('"{text}" is no date: expected one such as 2026-05-19 or 2026-05', text=text)
    return text
