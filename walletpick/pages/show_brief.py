"""A wallet -> the short page of `walletpick show`: what it is, costs, does, and who helps. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from msgspec import structs

from walletpick.answers.complain import hears_next
from walletpick.bill.giving import has_ended
from walletpick.facts.ages import fact_is_stale
from walletpick.facts.law import licence_class, rights_of, source_of
from walletpick.facts.model import (
    Catalog,
    Channel,
    Claim,
    Fact,
    FeeRule,
    Limit,
    Market,
    Onboarding,
    Protection,
    Reply,
    Right,
    Source,
    Support,
    Wallet,
)
from walletpick.facts.places import country_name, in_country
from walletpick.facts.resolve import has_money
from walletpick.facts.vocabulary import (
    CHANNELS,
    CLAIM_FAMILIES,
    INCIDENTS,
    KINDS,
    ONBOARDING,
    OPERATIONS,
    PLATFORMS,
    RIGHTS,
    STATUSES,
    USAGE_OPERATIONS,
)
from walletpick.facts.walk import CLAIMS as _CLAIM_SECTIONS
from walletpick.facts.walk import implied_of, is_implied, items_of
from walletpick.pages.show import CLOSED
from walletpick.render.page import Block, Cell, Heading, Page, marked, page, paragraph, text
from walletpick.words.brief import (
    costs_words,
    cut,
    doing_words,
    few_words,
    price_words,
    told_words,
    year_mark,
)
from walletpick.words.common import NAMED_COUNTRIES, first_upper
from walletpick.words.facts import (
    ANSWERED,
    closing_words,
    cover_words,
    given_words,
    reply_words,
    sign_up_words,
)
from walletpick.words.gaps import SIGN_UP, Gaps, gaps_of
from walletpick.words.phrases import (
    claim_phrase,
    listed,
    money,
    scope_words,
)

# So many facts of a family are named, of the locks fewer, and so many of what went wrong.
_CLAIMS, _LOCKS, _INCIDENTS = 4, 3, 2
# And of what is given back.
_GIVEN = 2
# So many other countries are named.
_COUNTRIES = 3
# What the law gives that is about safe money.
_MONEY_RIGHTS = (
    "unauthorised-payment-refund",
    "scam-refund",
    "safeguarding",
    "deposit-insurance",
    "no-deposit-insurance",
)

# What is charged without anything being done, and how it is told that its price is not known.
_UNPRICED = {
    "subscription": "the regular charge",
    "inactivity": "the charge for an account left unused",
}
_CHARGES = tuple(_UNPRICED)
_JOINING = {
    **{word: f"if it {words}" for word, words in ONBOARDING.items()},
    **SIGN_UP,
}

# One line of a list: its marker and its words.
_Line = tuple[str, str]


def brief_page(catalog: Catalog, wallet: Wallet, country: str | None, today: date) -> Page:
    """Return the short page of a wallet's market in `country`, of what most ask first.

    Without a country it is of the only market there is, or else of what holds in all of them.
    """
    if country is None and len(wallet.markets) == 1:
        country = next(iter(wallet.markets))
    if country is None:
        return _BriefPage(catalog, wallet, _common_market(wallet), today).everywhere()
    return _BriefPage(catalog, wallet, wallet.markets[country], today).here(country)


class _BriefPage:
    """The parts of the page."""

    def __init__(self, catalog: Catalog, wallet: Wallet, market: Market, today: date) -> None:
        self.catalog = catalog
        self.wallet = wallet
        self.market = market
        self.today = today

    def here(self, country: str) -> Page:
        """Return the page of the market in a country."""
        wallet, currency = self.wallet, self.market.currency
        gaps = gaps_of(wallet, country, self.catalog, self.today)
        alone = len(wallet.markets) == 1
        rights = rights_of(self.catalog.laws, country, licence_class(self.market, wallet.kind))
        return page(
            Heading(f"{wallet.name} in {in_country(country)}", 1),
            self.warning(country),
            *self.about(country),
            _section(f"What it costs, in {currency}", [*self.costs(), *self.unpriced(gaps)]),
            _section(
                "What it does, and what it does not",
                [*self.claims("features"), *_unknown(_phrases("features", gaps.features))],
            ),
            _section("How safe it is", [*self.safety(rights), *_unknown(_safety(gaps))]),
            _section(
                "Joining, leaving and help",
                [
                    *self.joining(),
                    *self.help(country, rights),
                    *_unknown(_help(gaps)),
                ],
            ),
            self.foot(f"walletpick show {wallet.id}" + ("" if alone else f"@{country}")),
        )

    def everywhere(self) -> Page:
        """Return the page of what holds wherever the wallet runs, and how to ask for a country."""
        wallet = self.wallet
        first = "US" if "US" in wallet.markets else next(iter(wallet.markets))
        ask = f"walletpick show {wallet.id}@{first}"
        many = len(wallet.markets) > NAMED_COUNTRIES
        codes = sorted(wallet.markets) if many else wallet.markets
        places = ", ".join(code if many else f"{country_name(code)} ({code})" for code in codes)
        return page(
            Heading(wallet.name, 1),
            *self.about(),
            text(f"In {len(wallet.markets)} countries: {places}"),
            text(
                "What it costs and does differs by country. For one of them, such as"
                f" {in_country(first)}: {ask}"
            ),
            _section("The same in every country", [*self.costs(), *self.claims("features")]),
            _section("How safe it is everywhere", self.safety(())),
            _section(
                "Joining, leaving and help everywhere",
                [*self.joining(), *self.help(None, ())],
            ),
            self.foot(ask),
        )

    def warning(self, country: str) -> Iterator[Block]:
        """Yield that the market is closed, or takes nobody in."""
        status = self.market.status
        if status and status.state in CLOSED:
            words = f"In {in_country(country)} it {STATUSES[status.state]} [{self.mark(status)}]"
            yield paragraph(Cell(words, "bad"))

    def about(self, country: str | None = None) -> Iterator[Block]:
        """Yield what it is, on what it runs, where else there is one, and who runs it."""
        wallet, market = self.wallet, self.market
        parts = [f"it {KINDS[wallet.kind]}"]
        if wallet.platforms:
            parts.append(f"runs on {listed([PLATFORMS[word] for word in wallet.platforms])}")
        others = [code for code in wallet.markets if country not in (None, code)]
        if others:
            few = [country_name(code) for code in others] if len(others) <= _COUNTRIES else []
            parts.append(f"also in {listed(few) or f'{len(others)} other countries'}")
        licence, operator = market.licence, market.operator or wallet.operator
        who = [f"run by {operator}"] if operator else []
        if licence:
            by = f"supervised by {licence.authority}" if licence.authority else licence.as_
            who.append(f"{by} [{self.mark(licence)}]")
        if who:
            parts.append(", ".join(who))
        yield text(f"{wallet.summary} {first_upper('; '.join(parts)).removesuffix('.')}.")
        status = market.status
        if status and status.state not in CLOSED:
            words = f"{first_upper(STATUSES[status.state])} [{self.mark(status)}]"
            yield text(words, "unknown" if status.state == "unconfirmed" else "")

    def costs(self) -> Iterator[_Line]:
        """Yield the prices by operation, for a customer who is no seller, on the first plan."""
        market = self.market
        if plans := market.plans:
            prices = [f"{plan.name} {self.plan_price(plan.id)}" for plan in plans]
            yield "", f"Plans: {'; '.join(prices)}; what follows is for {plans[0].name}"
        rules = {
            each: [(rule, self.mark(rule)) for rule in self.prices(each) if rule.price != "unknown"]
            for each in (*USAGE_OPERATIONS, *_CHARGES)
            if not (each == "subscription" and plans)
        }
        told = [(operation, known) for operation, known in rules.items() if known]
        for words in costs_words(told, market.currency):
            yield "", words
        if given := [rule for rule in market.gives_back if not has_ended(rule, self.today)]:
            facts = [(given_words(rule, market.currency), self.mark(rule)) for rule in given]
            yield "+", f"Given back: {told_words(facts, _GIVEN)}"

    def prices(self, operation: str) -> list[FeeRule]:
        """Return what most pay for an operation, first what holds for everybody.

        No taxes and surcharges, nothing for sellers, and of plans the first.
        """
        plans = self.market.plans
        rules = [
            rule
            for rule in self.market.fees
            if rule.operation == operation
            and not (rule.tax or rule.surcharge or rule.paid_by or "business" in rule.for_)
            and (not rule.plan or not plans or plans[0].id in rule.plan)
        ]
        if plans:
            rules = [structs.replace(rule, plan=()) for rule in rules]
        return sorted(rules, key=lambda rule: bool(rule.when or rule.for_ or rule.provider))

    def unpriced(self, gaps: Gaps) -> Iterator[_Line]:
        """Yield for what no price is known, though it is or may be done."""
        done = [
            each
            for each in OPERATIONS
            if each in gaps.fees or {rule.price for rule in self.prices(each)} == {"unknown"}
        ]
        can = [doing_words(each) for each in gaps.fees_if_done]
        parts = [_UNPRICED.get(each) or f"the price to {doing_words(each)}" for each in done]
        parts += [f"if you can {words}" for words in can]
        return _unknown(few_words(parts) if parts else "")

    def plan_price(self, plan: str) -> str:
        """Return what a plan costs."""
        rules = [r for r in self.market.fees if r.operation == "subscription" and plan in r.plan]
        if not rules or rules[0].price == "unknown":
            return "(price not known)"
        return f"{price_words(rules[0], self.market.currency)} [{self.mark(rules[0])}]"

    def claims(self, family: str, most: int = _CLAIMS) -> Iterator[_Line]:
        """Yield the facts of a family that hold in one line, those that do not in another.

        What is only concluded comes last.
        """
        claims: Mapping[str, Claim] = getattr(self.market, family)
        words = [word for word in CLAIM_FAMILIES[family] if word in claims]
        for has, marker in ((True, "+"), (False, "-")):
            facts = [
                (self.phrase(f"{family}:{word}", claims[word]), self.mark(claims[word]))
                for word in sorted(words, key=lambda word: is_implied(claims[word]))
                if claims[word].has is has
            ]
            if facts:
                yield marker, first_upper(told_words(facts, most))

    def phrase(self, key: str, claim: Claim) -> str:
        """Return a yes or no with whom it holds for; of a long condition, that there is one."""
        return claim_phrase(key, claim.has) + _scope(claim)

    def safety(self, rights: tuple[Right, ...]) -> Iterator[_Line]:
        """Yield what protects log-in and money, and what went wrong."""
        yield from self.claims("security", _LOCKS)
        covers, currency = self.market.protection, self.market.currency
        kept: dict[str, str] = {}
        for cover in covers:
            if cover.kind != "none":
                kept.setdefault(self.cover(cover, currency), self.mark(cover))
        if kept:
            yield "+", first_upper(told_words(kept.items(), _CLAIMS))
        for cover in covers:
            if cover.kind == "none":
                words = first_upper(cover_words(cover, currency)) + _scope(cover)
                yield "-", f"{words} [{self.mark(cover)}]"
        lacking = {word for cover in covers for word in cover.lacks}
        lacking |= {cover.kind for cover in covers if not _scope(cover)}
        law = [
            (RIGHTS[right.right] + _bears(right), self.mark(right, self.law(right)))
            for right in rights
            if right.right in _MONEY_RIGHTS and right.right.removeprefix("no-") not in lacking
        ]
        if law:
            yield "", f"By law {told_words(law, _CLAIMS)}"
        newest = sorted(self.market.incidents, key=lambda each: each.date, reverse=True)
        kinds: dict[str, list[str]] = {}
        for each in newest[:_INCIDENTS]:
            kinds.setdefault(INCIDENTS[each.kind], []).append(each.date)
        if kinds:
            told = "; ".join(f"{kind} ({', '.join(dates)})" for kind, dates in kinds.items())
            left = len(newest) - _INCIDENTS
            yield "-", first_upper(told) + (f"; {left} more" if left > 0 else "")

    def cover(self, cover: Protection, currency: str) -> str:
        """Return what a protection covers, and up to how much."""
        plain = structs.replace(cover, scheme=None)
        return cover_words(plain, currency) + _scope(cover)

    def help(self, country: str | None, rights: tuple[Right, ...]) -> Iterator[_Line]:
        """Yield whom to call, and who hears a complaint."""
        support = self.market.support
        ways = [
            (_way(word, channel), self.mark(channel))
            for word in CHANNELS
            if (channel := support.channels.get(word)) and channel.has
        ]
        if ways:
            yield "+", first_upper(told_words(ways, _CLAIMS))
        lacking = [
            (CHANNELS[word].removeprefix("a "), self.mark(channel))
            for word, channel in support.channels.items()
            if not channel.has
        ]
        if lacking:
            yield "-", f"No {told_words(lacking, _CLAIMS)}"
        told = []
        if complaint := support.complaint:
            told.append(f"to complain: {cut(complaint.how)} [{self.mark(complaint)}]")
        if reply := support.reply:
            told.append(f"answers {_within(reply)} [{self.mark(reply)}]")
        answered = [right for right in rights if right.right == "complaint-reply"]
        if not reply:
            # One of some matters only where none is of all.
            for right in sorted(answered, key=lambda each: bool(each.about))[:1]:
                mark = self.mark(right, self.law(right))
                told.append(f"by law answers {_within(right)} [{mark}]")
        bodies = hears_next(self.catalog, self.wallet, country) if country else ()
        for body, _, source in bodies[:1]:
            law = " by law" if isinstance(body, Right) else ""
            reach = body.number or body.email or _site(body.url)
            who = ", ".join(filter(None, [body.body, reach]))
            told.append(f"next{law}, {who} [{self.mark(body, source)}]")
        if told:
            yield "", first_upper("; ".join(told))

    def joining(self) -> Iterator[_Line]:
        """Yield what it takes to join, and how one leaves."""
        onboarding, closing = self.market.onboarding, self.market.closing
        facts = [
            (self.phrase(f"onboarding:{word}", claim), self.mark(claim))
            for word in ONBOARDING
            if (claim := getattr(onboarding, word))
        ]
        if age := onboarding.min_age:
            facts.append((f"takes nobody under {age.years}", self.mark(age)))
        if long := onboarding.sign_up:
            facts.append((f"takes {sign_up_words(long)} to open", self.mark(long)))
        parts = [f"to join: it {told_words(facts, _CLAIMS)}"] if facts else []
        if closing:
            words = ", ".join(closing_words(closing))
            parts.append(f"to leave: {words} [{self.mark(closing)}]")
        if parts:
            yield "", first_upper("; ".join(parts))

    def foot(self, command: str) -> Iterator[Block]:
        """Yield how to read the years, and how to see more."""
        yield text(
            "[2026]: year of its page; old: check again; concluded: from another fact. All, with"
            f" sources: {command} --all; a part: --section fees.",
            "dim",
        )

    # Facts and their sources.

    def mark(self, fact: Fact | Limit | FeeRule, source: Source | None = None) -> str:
        """Return the mark of a fact: how old it is, and whether it is only concluded."""
        source = source or self.wallet.sources[fact.source]
        mark = year_mark(source, fact_is_stale(fact, source, self.catalog, self.today))
        return f"{mark}, concluded" if is_implied(fact) else mark

    def law(self, right: Right) -> Source:
        """Return the source of what the law gives."""
        return source_of(self.catalog.laws, right)


def _section(title: str, lines: Iterable[_Line]) -> Iterator[Block]:
    """Yield the lines under a heading, if there are any; each with its colour."""
    if listed_lines := list(lines):
        yield Heading(title, 3)
        yield marked(
            (marker, Cell(words, "unknown" if marker == "?" else ""))
            for marker, words in listed_lines
        )


def _common_market(wallet: Wallet) -> Market:
    """Return what is the same in every market of a wallet, as a market."""
    first, *others = wallet.markets.values()
    kept = _facts(first).intersection(*map(_facts, others))
    paths = {path for section, _, path in kept if section not in _CLAIM_SECTIONS}

    def common(record: Market | Support | Onboarding) -> dict[str, Any]:
        """Return the facts of a record, only those that hold everywhere."""
        fields: dict[str, Any] = {}
        for name in record.__struct_fields__:
            value = getattr(record, name)
            if isinstance(value, Fact):
                fields[name] = value if value.path in paths else None
            elif isinstance(value, tuple):
                fields[name] = tuple(f for f in value if f.path in paths and not _in_home_money(f))
            elif isinstance(value, dict):
                fields[name] = {w: f for w, f in value.items() if (name, w, f.path) in kept}
        return fields

    return structs.replace(
        first,
        operator=None,
        **common(first),
        support=structs.replace(first.support, **common(first.support)),
        onboarding=structs.replace(first.onboarding, **common(first.onboarding)),
    )


def _in_home_money(fact: Any) -> bool:
    """Return whether a fact names a sum in the currency of whatever country it is."""
    return has_money(fact) and not getattr(fact, "currency", None)


def _facts(market: Market) -> set[tuple[str, str, str]]:
    """Return what tells facts apart: one that follows from another has the path of that."""
    items = (*items_of(market), *implied_of(market))
    return {(item.section, item.word, item.fact.path) for item in items}


# What is not known, a line for each section.


def _unknown(words: str) -> Iterator[_Line]:
    """Yield that something is not known, if anything is."""
    if words:
        yield "?", f"Not known: {words}"


def _phrases(family: str, words: Iterable[str]) -> str:
    phrases = [claim_phrase(f"{family}:{word}", True) for word in words]
    return f"if it {few_words(phrases)}" if phrases else ""


def _safety(gaps: Gaps) -> str:
    # What protects the money comes before the ways to log in.
    phrases = [claim_phrase(f"protection:{word}", True) for word in gaps.protection]
    phrases += [claim_phrase(f"security:{word}", True) for word in gaps.security]
    return f"if it {few_words(phrases)}" if phrases else ""


def _help(gaps: Gaps) -> str:
    words = {
        "complaint": "how to complain",
        "reply": "how soon a complaint is answered",
        "escalation": "who hears a complaint next",
        "languages": "in which languages it helps",
    }
    parts = ["how the account is closed"] if "how" in gaps.closing else []
    parts += [words[word] for word in words if word in gaps.whole]
    if gaps.hours:
        parts.append("when somebody answers")
    parts += [_JOINING[word] for word in gaps.onboarding]
    parts += [f"if it has {CHANNELS[word]}" for word in gaps.channels]
    return few_words(parts, 2) if parts else ""


# Facts in few words.


def _scope(fact: Claim | Protection) -> str:
    """Return for whom a fact holds; of a condition in prose, only that there is one."""
    scopes = (
        [f"only {', '.join(words)}"]
        if (words := scope_words(structs.replace(fact, when=None)))
        else []
    )
    if fact.when:
        scopes.append("not always")
    return f" ({', '.join(scopes)})" if scopes else ""


def _site(url: str | None) -> str | None:
    """Return an address as people say it: "consumerfinance.gov/complaint"."""
    return url and url.removeprefix("https://").removeprefix("www.").removesuffix("/")


def _bears(right: Right) -> str:
    if right.bears_at_most is None:
        return ""
    most = money(right.bears_at_most, right.currency or "") if right.bears_at_most else "nothing"
    return f" (you bear {'at most ' if right.bears_at_most else ''}{most})"


def _way(word: str, channel: Channel) -> str:
    """Return a way to reach support: "a phone line (2882)"."""
    reach = channel.number or channel.address
    hours = channel.hours if word in ANSWERED else None
    details = ", ".join(filter(None, (reach, hours)))
    return CHANNELS[word] + (f" ({details})" if details else "") + _scope(channel)


def _within(reply: Reply | Right) -> str:
    """Return how soon a complaint is answered, or some are: "some within 1 day"."""
    return f"{'some ' if reply.about else ''}within {reply_words(reply)}"
