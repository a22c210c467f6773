"""A wallet -> the page that `walletpick show` shows: every fact with its age and source. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from typing import TypeVar

from msgspec import structs

from walletpick.answers.complain import hears_next
from walletpick.bill.giving import has_ended
from walletpick.facts.ages import fact_is_stale
from walletpick.facts.law import FOLDER, law_key, licence_class, rights_of, source_of
from walletpick.facts.model import (
    Catalog,
    Claim,
    Fact,
    FeeRule,
    Limit,
    Market,
    Right,
    Source,
    Wallet,
)
from walletpick.facts.places import country_name, in_country
from walletpick.facts.vocabulary import (
    INCIDENTS,
    KINDS,
    ONBOARDING,
    OPERATIONS,
    PLATFORMS,
    STATUSES,
    families_of,
)
from walletpick.pages.sources import source_cell, source_list
from walletpick.render.page import Block, Cell, Heading, Page, Tone, marked, page, paragraph, text
from walletpick.words.common import first_upper
from walletpick.words.facts import (
    body_words,
    channel_words,
    closing_words,
    cover_words,
    follows_words,
    given_words,
    holds_words,
    no_channel_words,
    only_words,
    priced_words,
    reply_words,
    sign_up_words,
)
from walletpick.words.gaps import SIGN_UP, Gaps, gaps_of
from walletpick.words.law import about_words, right_words
from walletpick.words.own import beside_words, owns_of
from walletpick.words.phrases import (
    claim_phrase,
    count_words,
    figure,
    language_name,
    limit_words,
    operation_phrase,
    rule_words,
    scope_words,
)

AnyClaim = TypeVar("AnyClaim", bound=Claim)
# One item of a list: its marker and its pieces.
_Item = tuple[str, tuple[Cell, ...]]

CLOSED = ("restricted", "closed")
_LINKS = {
    "fees": "Fees",
    "terms": "Terms",
    "privacy": "Privacy",
    "help": "Help",
    "closing": "Closing the account",
}


# So many countries of a wallet are named; of more, the codes.
_NAMED = 8


# The sections that can be asked for, in the order of the page.
SECTIONS = (
    "about",
    "fees",
    "limits",
    "features",
    "funding",
    "payout",
    "security",
    "protection",
    "support",
    "complaints",
    "law",
    "sign-up",
    "closing",
    "record",
    "links",
    "notes",
    "sources",
)


def show_page(
    catalog: Catalog,
    wallet: Wallet,
    country: str | None,
    today: date,
    sections: Collection[str] = SECTIONS,
) -> Page:
    """Return the page of a wallet: of its market in `country`, or of all its markets.

    `sections` are those of `SECTIONS` to show; the sources that they name always come with them.
    """
    made = _WalletPage(catalog, wallet, today)
    countries = [country] if country else list(wallet.markets)
    # All of it is made where the sources are asked for: they are those of every section.
    wanted = SECTIONS if "sources" in sections else sections
    head = [*made.title(countries), *(made.about() if "about" in sections else ())]
    markets = []
    for code in countries:
        blocks = {name: list(made.section(name, code)) for name in SECTIONS if name in wanted}
        told = [block for name, each in blocks.items() if name in sections for block in each]
        if told:
            markets += [made.market(code), *told]
    notes = list(made.notes()) if "notes" in sections else []
    if not (markets or notes or "about" in sections or "sources" in sections):
        return page(head, text("Nothing is known of this here."))
    return page(head, markets, notes, made.sources())


class _WalletPage:
    """The parts of the page, and the sources that they have referred to so far."""

    def __init__(self, catalog: Catalog, wallet: Wallet, today: date) -> None:
        self.catalog = catalog
        self.wallet = wallet
        self.today = today
        self.used: dict[str, Source] = {}
        self.known_gaps: tuple[str, Gaps] | None = None

    # The wallet.

    def title(self, countries: list[str]) -> Iterator[Block]:
        """Yield the name, and that it is closed where it is."""
        wallet = self.wallet
        yield Heading(wallet.name, 1)
        for code in countries:
            status = wallet.markets[code].status
            if status and status.state in CLOSED:
                words = f"In {in_country(code)} it {STATUSES[status.state]}"
                yield paragraph(Cell(words, "bad"), *self.tail(status))

    def about(self) -> Iterator[Block]:
        """Yield what the wallet is."""
        wallet = self.wallet
        yield text(wallet.summary)
        called = [*wallet.local_names.values(), *wallet.aliases]
        other = [name for name in dict.fromkeys(called) if name != wallet.name]
        runs = "; ".join(PLATFORMS[word] for word in wallet.platforms)
        unsure = "; ".join(PLATFORMS[word] for word in PLATFORMS if word not in wallet.platforms)
        on = f"{runs} (not known: {unsure})" if runs and unsure else runs or "not known"
        many = len(wallet.markets) > _NAMED
        named = [
            code if many else f"{country_name(code)} ({code})"
            for code in (sorted(wallet.markets) if many else wallet.markets)
        ]
        places = f"{len(named)}: {', '.join(named)}" if many else ", ".join(named)
        yield marked(
            [
                _labelled("What it is", f"it {KINDS[wallet.kind]} (kind: {wallet.kind})"),
                _labelled("Operator", wallet.operator or "not known"),
                *([_labelled("Also called", ", ".join(other))] if other else []),
                _labelled("Runs on", on),
                _labelled("Countries in this catalog", places),
                _labelled("Website", wallet.website or "not known"),
            ]
        )

    def notes(self) -> Iterator[Block]:
        """Yield what no key of the catalog can hold."""
        if self.wallet.notes:
            yield Heading("Good to know", 2)
            yield marked(("", note) for note in self.wallet.notes)

    def sources(self) -> Iterator[Block]:
        """Yield the list of the sources that the page refers to."""
        yield Heading("Sources", 2)
        settings = self.catalog.criteria.settings
        yield text(
            "The word in square brackets after a fact names its source here; the word in round"
            " brackets after something not known is how --must and --wish take it. Stale: a price"
            f" that is {settings.stale_fees_months} months old or more, or another fact of"
            f" {settings.stale_facts_months} months or more, or law of"
            f" {settings.stale_laws_months}. Undated: the page gives no date, so"
            " its age counts from the day it was read.",
            "dim",
        )
        yield source_list(self.used, self.today)
        yield text(
            f"These facts stand in {self.wallet.file} of the catalog, law in {FOLDER}/;"
            " corrections are welcome.",
            "dim",
        )

    # One market.

    def market(self, country: str) -> Heading:
        """Return the heading of the page's part about one country."""
        currency = self.wallet.markets[country].currency
        return Heading(f"{country_name(country)} ({country}), in {currency}", 2)

    def section(self, name: str, country: str) -> Iterator[Block]:
        """Yield a section of the page's part about one country."""
        market = self.wallet.markets[country]
        gaps = self.gaps(country)
        if name == "about":
            yield marked(self.standing(market))
        if name == "fees":
            yield from _section("Plans", self.plans(market))
            yield from self.fees(market, gaps)
        parts: dict[str, tuple[tuple[str, Iterable[_Item]], ...]] = {
            "fees": (("What it gives back", self.gives_back(market)),),
            "limits": (("Limits", self.limits(market)),),
            "features": (("What it does", self.claims("features", market, gaps.features)),),
            "funding": (("Putting money in", self.claims("funding", market, gaps.funding)),),
            "payout": (("Getting money out", self.claims("payout", market, gaps.payout)),),
            "security": (("Security", self.claims("security", market, gaps.security)),),
            "protection": (("What protects the money", self.protection(market, gaps)),),
            "support": (("Getting help", self.support(market, gaps)),),
            "complaints": (("Complaining", self.complaining(market, country)),),
            "law": ((f"By law in {in_country(country)}", self.by_law(market, country)),),
            "sign-up": (("Signing up", self.onboarding(market, gaps)),),
            "closing": (("Closing the account", self.closing(market)),),
            "record": (
                ("What users rate it", self.ratings(market)),
                ("What went wrong", self.incidents(market)),
            ),
            "links": (("Pages of the operator", _links(market, gaps)),),
        }
        for title, items in parts.get(name, ()):
            yield from _section(title, items)

    def gaps(self, country: str) -> Gaps:
        """Return what is not known of a market; worked out once for all its sections."""
        if self.known_gaps is None or self.known_gaps[0] != country:
            gaps = gaps_of(self.wallet, country, self.catalog, self.today)
            self.known_gaps = country, gaps
        return self.known_gaps[1]

    def standing(self, market: Market) -> Iterator[_Item]:
        """Yield whether the market is open, and who runs and supervises it."""
        status = market.status
        if status:
            since = f" since {status.since}" if status.since else ""
            tone: Tone = "bad" if status.state in CLOSED else ""
            words = Cell(f"{STATUSES[status.state]}{since}", tone)
            yield "", (Cell("Status: ", "strong"), words, *self.tail(status))
        else:
            yield _labelled(
                "Status",
                "nothing is on record against it; whether it takes new customers was not checked",
            )
        if reach := market.reach:
            yield "", (Cell("Offered here: ", "strong"), Cell(reach.offers), *self.tail(reach))
        if market.operator:
            yield _labelled("Operator here", market.operator)
        licence = market.licence
        if licence:
            by = f", supervised by {licence.authority}" if licence.authority else ""
            number = f", number {licence.number}" if licence.number else ""
            words = Cell(f"{licence.as_}{by}{number}")
            yield "", (Cell("Licence: ", "strong"), words, *self.tail(licence))
        else:
            yield _unknown("under which licence it runs")

    def plans(self, market: Market) -> Iterator[_Item]:
        """Yield each plan with its price."""
        for plan in market.plans:
            prices = [rule for rule in market.fees if _is_price_of(rule, plan.id)]
            cells = [Cell(plan.name, "strong"), Cell(": ")]
            if not prices:
                cells.append(Cell("price not known", "unknown"))
            for number, rule in enumerate(prices):
                scope = ", ".join(scope_words(rule)[1:])
                words = rule_words(rule, market.currency) + (f" ({scope})" if scope else "")
                cells += [Cell(f"; {words}" if number else words), *self.tail(rule)]
            if plan.note or plan.source not in {rule.source for rule in prices}:
                cells += self.tail(plan)
            yield "", tuple(cells)

    def fees(self, market: Market, gaps: Gaps) -> Iterator[Block]:
        """Yield the prices by operation, and the operations without one."""
        yield Heading("Fees", 3)
        in_plans = {
            rule.path
            for plan in market.plans
            for rule in market.fees
            if _is_price_of(rule, plan.id)
        }
        for operation in OPERATIONS:
            rules = [r for r in market.fees if r.operation == operation and r.path not in in_plans]
            if rules:
                yield text(first_upper(operation_phrase(operation)), "strong")
                yield marked(self.fee(rule, market.currency) for rule in rules)
        unknown = []
        if gaps.fees:
            unknown.append(_unknown("what it costs to " + _operations(gaps.fees, "and")))
        if gaps.fees_if_done:
            operations = _operations(gaps.fees_if_done, "or")
            unknown.append(_unknown(f"whether, and at what price, one can {operations}"))
        if unknown:
            yield marked(unknown)

    def fee(self, rule: FeeRule, currency: str) -> _Item:
        """Return one price."""
        tone: Tone = "unknown" if rule.price == "unknown" else ""
        return "", (Cell(first_upper(priced_words(rule, currency)), tone), *self.tail(rule))

    def gives_back(self, market: Market) -> Iterator[_Item]:
        """Yield cashback, interest and offers; those that are over are said to be."""
        for rule in market.gives_back:
            words = first_upper(given_words(rule, market.currency))
            over = " (over)" if has_ended(rule, self.today) else ""
            yield self.item(words + over, rule)

    def limits(self, market: Market) -> Iterator[_Item]:
        """Yield the limits."""
        for limit in market.limits:
            yield self.item(first_upper(limit_words(limit, market.currency)), limit)
        if not market.limits:
            yield _unknown("which limits there are")

    def claims(self, family: str, market: Market, unknown: tuple[str, ...]) -> Iterator[_Item]:
        """Yield a family's facts, what holds first, and the words of which nothing is known."""
        claims: dict[str, Claim] = getattr(market, family)
        for word, claim in _holding_first(claims):
            yield self.claim(f"{family}:{word}", claim, market, "+" if claim.has else "-")
        if unknown:
            yield _unknown_words(family, unknown)

    def claim(self, key: str, claim: Claim, market: Market, marker: str = "") -> _Item:
        """Return a yes or no, for whom and when it holds, and what it follows from, if it does."""
        words = first_upper(claim_phrase(key, claim.has)) + only_words(claim)
        follows = follows_words(claim, market)
        return self.item(f"{words}; {follows}" if follows else words, claim, marker)

    def protection(self, market: Market, gaps: Gaps) -> Iterator[_Item]:
        """Yield what protects the money, with limits and scopes, or is said to be missing."""
        for cover in market.protection:
            words = first_upper(cover_words(cover, market.currency))
            if cover.within_days is not None:
                words += f", when reported within {count_words(cover.within_days, 'day')}"
            marker = "-" if cover.kind == "none" else "+"
            yield self.item(words + only_words(cover), cover, marker)
        if gaps.protection:
            yield _unknown_words("protection", gaps.protection)

    def support(self, market: Market, gaps: Gaps) -> Iterator[_Item]:
        """Yield the ways to reach support, and its languages."""
        support = market.support
        for word, channel in _holding_first(support.channels):
            if channel.has:
                yield self.item(channel_words(word, channel), channel, "+")
            else:
                yield self.item(no_channel_words(word), channel, "-")
        if support.languages:
            names = ", ".join(language_name(code) for code in support.languages.words)
            yield self.item(f"Languages: {names}", support.languages)
        else:
            yield _unknown("in which languages")
        if gaps.channels:
            yield _unknown_words("channels", gaps.channels)

    def complaining(self, market: Market, country: str) -> Iterator[_Item]:
        """Yield how to complain, how long the answer takes, and who hears it next."""
        complaint, reply = market.support.complaint, market.support.reply
        if complaint:
            parts = [complaint.how + about_words(complaint.about)]
            if complaint.within_days is not None:
                parts.append(f"within {count_words(complaint.within_days, 'day')}")
            if complaint.hours:
                parts.append(f"hours: {complaint.hours}")
            if complaint.url:
                parts.append(complaint.url)
            yield self.item(f"First: {'; '.join(parts)}", complaint)
        else:
            yield _unknown("how to complain to the operator")
        if reply:
            words = f"It answers within {reply_words(reply)}{about_words(reply.about)}"
            yield self.item(words, reply)
        elif not self.rights(market, country, "complaint-reply"):
            yield _unknown("how long it takes to answer")
        bodies = hears_next(self.catalog, self.wallet, country)
        for body, key, source in bodies:
            yield "", (Cell(f"Next: {body_words(body)}"), *self.tail(body, key, source))
        if not bodies:
            yield _unknown("who hears the complaint next")

    def rights(self, market: Market, country: str, word: str | None = None) -> tuple[Right, ...]:
        """Return what the law gives the customers of a market."""
        licence = licence_class(market, self.wallet.kind)
        return rights_of(self.catalog.laws, country, licence, word)

    def by_law(self, market: Market, country: str) -> Iterator[_Item]:
        """Yield what the law gives, but for who hears complaints: that stands there."""
        for right in self.rights(market, country):
            if right.right != "escalation":
                key = law_key(self.catalog.laws, right)
                source = source_of(self.catalog.laws, right)
                # Of the rest, what it says in short is enough.
                kept = right.right in ("unauthorised-payment-refund", "scam-refund")
                told = right if kept else structs.replace(right, note="")
                words = first_upper(right_words(right))
                yield "", (Cell(words), *self.tail(told, key, source))

    def onboarding(self, market: Market, gaps: Gaps) -> Iterator[_Item]:
        """Yield what signing up takes."""
        facts = market.onboarding
        for word in ONBOARDING:
            claim = getattr(facts, word)
            if claim:
                yield self.claim(f"onboarding:{word}", claim, market)
        if facts.min_age:
            yield self.item(f"From the age of {facts.min_age.years}", facts.min_age)
        if long := facts.sign_up:
            yield self.item(f"Opening takes {sign_up_words(long)}", long)
        for statement in facts.about:
            yield self.item(statement.text, statement)
        asked = [f"whether it {ONBOARDING[w]}" for w in gaps.onboarding if w in ONBOARDING]
        asked += [SIGN_UP[word] for word in gaps.onboarding if word in SIGN_UP]
        if asked:
            yield _unknown("; ".join(asked))

    def closing(self, market: Market) -> Iterator[_Item]:
        """Yield how the account is closed."""
        closing = market.closing
        if not closing:
            yield _unknown("how the account is closed, and how hard that is")
            return
        yield self.item(first_upper("; ".join(closing_words(closing))), closing)
        if not closing.how:
            yield _unknown("where it is closed")
        if not closing.difficulty:
            yield _unknown("how hard that is")

    def ratings(self, market: Market) -> Iterator[_Item]:
        """Yield what users rate it."""
        for rating in market.ratings:
            count = f", {rating.count:,} ratings" if rating.count is not None else ""
            yield self.item(f"{figure(rating.value)} of 5 ({rating.store}{count})", rating)
        if not market.ratings:
            yield _unknown("what users rate it")

    def incidents(self, market: Market) -> Iterator[_Item]:
        """Yield what went wrong, the newest first."""
        for incident in sorted(market.incidents, key=lambda item: item.date, reverse=True):
            kind = INCIDENTS[incident.kind]
            yield self.item(f"{incident.date}, {kind}: {incident.what}", incident)
        if not market.incidents:
            yield _unknown("whether anything did: nothing is on record here")

    # Facts and their sources.

    def item(self, words: str, fact: Fact | Limit | FeeRule, marker: str = "") -> _Item:
        """Return a fact as an item of a list."""
        return marker, (Cell(words), *self.tail(fact))

    def tail(
        self, fact: Fact | Limit | FeeRule, key: str = "", source: Source | None = None
    ) -> tuple[Cell, ...]:
        """Return what follows a fact: its note and the mark of its source."""
        key = key or fact.source
        source = source or self.wallet.sources[key]
        self.used.setdefault(key, source)
        mark = source_cell(key, source, fact_is_stale(fact, source, self.catalog, self.today))
        note = first_upper(fact.note.strip().removesuffix("."))
        holds = holds_words(fact.path)
        cells = [Cell(f" ({holds})", "dim")] if holds and len(self.wallet.markets) > 1 else []
        cells += [Cell(f". {note}")] if note else []
        told = (
            beside_words(own)
            for market in self.wallet.markets.values()
            for own in owns_of(market, [fact])
        )
        return (*cells, mark, *(Cell(f" ({beside})", "unknown") for beside in told if beside))


def _is_price_of(rule: FeeRule, plan: str) -> bool:
    return rule.operation == "subscription" and plan in rule.plan


def _holding_first(claims: dict[str, AnyClaim]) -> list[tuple[str, AnyClaim]]:
    """Return a family's claims, those that hold first."""
    return sorted(claims.items(), key=lambda item: not item[1].has)


def _links(market: Market, gaps: Gaps) -> Iterator[_Item]:
    for word, title in _LINKS.items():
        url = getattr(market.links, word)
        if url:
            yield _labelled(title, url)
    if gaps.links:
        yield _unknown("pages about " + ", ".join(_LINKS[w].lower() for w in gaps.links))


def _section(title: str, items: Iterable[_Item]) -> Iterator[Block]:
    if listed := list(items):
        yield Heading(title, 3)
        yield marked(listed)


def _labelled(label: str, words: str) -> _Item:
    return "", (Cell(f"{label}: ", "strong"), Cell(words))


def _unknown(what: str) -> _Item:
    return "?", (Cell(f"Not known: {what}", "unknown"),)


def _unknown_words(family: str, words: Iterable[str]) -> _Item:
    """Return facts that are not known, each with the word that --must takes for it."""
    asked = []
    for word in words:
        shown = word if len(families_of(word)) == 1 else f"{family}:{word}"
        asked.append(f"{claim_phrase(f'{family}:{word}', True)} ({shown})")
    return _unknown("whether it " + "; ".join(asked))


def _operations(operations: Iterable[str], joint: str) -> str:
    """Return operations as verbs: "pay bills; withdraw cash; and send money"."""
    *most, last = [operation_phrase(operation) for operation in operations]
    return f"{'; '.join(most)}; {joint} {last}" if most else last
