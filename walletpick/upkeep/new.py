"""The skeleton of a new wallet file: every section, with comments on what goes there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from textwrap import wrap

from msgspec import Struct

from walletpick.facts.vocabulary import (
    CHANNELS,
    CLOSING_WAYS,
    DIFFICULTIES,
    FEATURES,
    FUNDING,
    INCIDENTS,
    KINDS,
    METHODS,
    OPERATIONS,
    PAYOUT,
    PEOPLE,
    PLATFORMS,
    PROTECTIONS,
    PUBLISHERS,
    SECURITY,
    STATUSES,
)
from walletpick.reading.writer import text_of

_WIDTH = 100
# The key of the first source.
_FIRST = "first"


class Basics(Struct, frozen=True, kw_only=True):
    """What is asked for. Empty text stands for what is not known."""

    id: str
    name: str
    kind: str
    summary: str
    operator: str = ""
    website: str = ""
    platforms: tuple[str, ...] = ()
    country: str
    currency: str
    source_url: str
    source_title: str
    source_publisher: str
    source_as_of: str = ""
    # The day on which the source was read.
    seen: str


def skeleton(basics: Basics) -> str:
    """Return the text of a new wallet file."""
    return "\n".join(_lines(basics)) + "\n"


def _lines(basics: Basics) -> Iterator[str]:
    say = text_of
    yield from _note(
        0,
        "Fill in what you read, each fact with its source. To fill a section, take away its"
        " brackets and the number sign before an example below it, and change the example. Every"
        " key is explained in catalog/README.md. Comments may go when they are no longer needed.",
    )
    yield ""
    yield f"id: {basics.id}"
    yield f"name: {say(basics.name)}"
    yield from _note(0, "Names in other scripts, by language: {zh: 例付}.")
    yield "local_names: {}"
    yield from _note(0, "Other names that people type: [xpay].")
    yield "aliases: []"
    if basics.operator:
        yield f"operator: {say(basics.operator)}"
    else:
        yield from _note(0, "operator: the company that runs it")
    yield from _words(0, "kind", KINDS)
    yield f"kind: {basics.kind}"
    if basics.website:
        yield f"website: {say(basics.website)}"
    else:
        yield from _note(0, "website: https://...")
    yield from _words(0, "platforms", PLATFORMS)
    yield f"platforms: [{', '.join(basics.platforms)}]"
    yield from _note(0, "One sentence in your own words: what it is, for whom, where.")
    yield f"summary: {say(basics.summary)}"
    yield ""
    yield from _note(
        0,
        "The pages you read, each with a short key that the facts below refer to. as_of: the date"
        " that the page itself gives, or null; seen: the day you read it. publisher: "
        + _listed(PUBLISHERS),
    )
    yield "sources:"
    source = ", ".join(
        (
            f"url: {say(basics.source_url, True)}",
            f"title: {say(basics.source_title, True)}",
            f"publisher: {basics.source_publisher}",
            f"as_of: {basics.source_as_of or 'null'}",
            f"seen: {basics.seen}",
        )
    )
    yield f"  {_FIRST}: {{{source}}}"
    yield ""
    yield from _note(0, "One block for each country (ISO 3166 code).")
    yield "markets:"
    yield f"  {basics.country}:"
    yield f"    currency: {basics.currency}"
    yield from _note(4, "operator: the company that runs it here, where it is another")
    yield from _words(4, "state", STATUSES)
    yield from _note(4, "Delete the line once a source shows that new customers are taken.")
    yield f"    status: {{state: unconfirmed, source: {_FIRST}}}"
    for section in _SECTIONS:
        yield ""
        for note in section.notes:
            yield from _note(4, note)
        if section.key:
            yield f"    {section.key}: {section.empty}"
        for example in section.examples:
            yield f"{' ' * (6 if section.key else 4)}# {example}"
    yield ""
    yield from _note(0, "What a reader should know and no key can hold, a sentence a line.")
    yield "notes: []"
    yield "  # - The price of a cash withdrawal was not found."


class _Section(Struct, frozen=True):
    """A section of a market: what to say above it, and lines of it to copy.

    Without a key it cannot be empty, and stands there as an example alone.
    """

    key: str
    empty: str
    notes: tuple[str, ...]
    examples: tuple[str, ...]


def _listed(words: Iterable[str]) -> str:
    return ", ".join(words)


_HAS = f"{{has: true, source: {_FIRST}}}"
_SECTIONS = (
    _Section(
        "plans",
        "[]",
        ("Subscriptions. What one costs is a fee (operation: subscription).",),
        (f"- {{id: plus, name: Plus, source: {_FIRST}}}",),
    ),
    _Section(
        "fees",
        "[]",
        (
            "Prices. Free is percent: 0; what no source says is left out.",
            f"operation: {_listed(OPERATIONS)}",
            f"method: {_listed(METHODS)}",
            f"for: {_listed(PEOPLE)}",
        ),
        (
            f"- {{operation: send, method: own-network, percent: 0, source: {_FIRST}}}",
            f"- {{operation: withdraw, percent: 1, fixed: 0.30, max: 5, source: {_FIRST}}}",
        ),
    ),
    _Section(
        "limits",
        "[]",
        (
            "The most (amount, count) or the least (least) that may be done.",
            "what: transaction, day, week, month, year, lifetime, balance",
        ),
        (f"- {{what: day, operation: send, amount: 1000, source: {_FIRST}}}",),
    ),
    _Section(
        "funding",
        "{}",
        (f"How money gets in: {_listed(FUNDING)}",),
        (f"bank-transfer: {_HAS}",),
    ),
    _Section(
        "payout",
        "{}",
        (f"How money gets out: {_listed(PAYOUT)}",),
        (f"bank-transfer: {_HAS}",),
    ),
    _Section(
        "features",
        "{}",
        (
            "What it does, or is said not to do (has: false). What nobody says is left out.",
            f"Words: {_listed(FEATURES)}",
        ),
        (f"pay-qr: {_HAS}",),
    ),
    _Section(
        "security",
        "{}",
        (f"How it is protected: {_listed(SECURITY)}",),
        (f"app-pin: {_HAS}",),
    ),
    _Section(
        "protection",
        "[]",
        (
            "What happens to the money when something fails.",
            f"kind: {_listed(PROTECTIONS)}",
        ),
        (f"- {{kind: safeguarding, scheme: a trust account, source: {_FIRST}}}",),
    ),
    _Section(
        "",
        "",
        ("Who supervises it.",),
        (f"licence: {{authority: Central Bank, as: e-money issuer, source: {_FIRST}}}",),
    ),
    _Section(
        "support",
        "{}",
        ("Getting help.", f"channels: {_listed(CHANNELS)}"),
        (
            "channels:",
            f'  phone: {{has: true, number: "2882", hours: 24/7, source: {_FIRST}}}',
            f"languages: {{words: [en], source: {_FIRST}}}",
            f"complaint: {{how: in the app under Help, source: {_FIRST}}}",
            f"reply: {{days: 15, working: true, source: {_FIRST}}}",
            "escalation:",
            f"  - {{body: Central Bank, url: https://example.com, source: {_FIRST}}}",
        ),
    ),
    _Section(
        "onboarding",
        "{}",
        ("What it takes to open an account.",),
        (
            f"residents_only: {_HAS}",
            f"local_phone: {_HAS}",
            f"local_bank_account: {_HAS}",
            f"identity_document: {_HAS}",
            f"min_age: {{years: 18, source: {_FIRST}}}",
            f"sign_up: {{minutes: 10, source: {_FIRST}}}",
            "about:",
            f"  - {{text: Foreigners need a residence permit, source: {_FIRST}}}",
        ),
    ),
    _Section(
        "",
        "",
        (
            "Closing the account.",
            f"how: {_listed(CLOSING_WAYS)}",
            f"difficulty: {_listed(DIFFICULTIES)}",
        ),
        (f"closing: {{how: in-app, difficulty: easy, source: {_FIRST}}}",),
    ),
    _Section(
        "ratings",
        "[]",
        ("What users rate it, out of 5.",),
        (f"- {{store: App Store, value: 4.5, count: 1200, source: {_FIRST}}}",),
    ),
    _Section(
        "incidents",
        "[]",
        (f"What went wrong: {_listed(INCIDENTS)}",),
        (f"- {{kind: outage, date: 2026-05, what: Nobody could pay, source: {_FIRST}}}",),
    ),
    _Section(
        "links",
        "{}",
        ("The operator's own pages: fees, terms, privacy, help, closing.",),
        ("fees: https://example.com/fees",),
    ),
)


def _words(indent: int, key: str, words: dict[str, str]) -> Iterator[str]:
    yield from _note(indent, f"{key}: {_listed(words)}")


def _note(indent: int, text: str) -> Iterator[str]:
    """Yield a comment, in lines that fit."""
    start = " " * indent + "# "
    rest = start + "  " if re.match(r"[\w ]+: ", text) else start
    yield from wrap(
        text,
        _WIDTH,
        initial_indent=start,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    )
