"""A wallet -> the page that `walletpick show` shows: every fact with its age and source. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from walletpick.facts.model import (
    Authority,
    Catalog,
    Channel,
    Claim,
    Escalation,
    Fact,
    FeeRule,
    Limit,
    Market,
    Protection,
    Source,
    Wallet,
)
from walletpick.facts.places import country_name, in_country
from walletpick.facts.vocabulary import (
    CHANNELS,
    CLOSING_WAYS,
    DIFFICULTIES,
    INCIDENTS,
    KINDS,
    ONBOARDING,
    OPERATIONS,
    PLATFORMS,
    PROTECTIONS,
    STATUSES,
    families_of,
)
from walletpick.render.page import Block, Bullets, Cell, Heading, Page, Paragraph, Tone, text
from walletpick.words.common import (
    age_words,
    fact_is_stale,
    first_upper,
    hears_next,
    mark_words,
    source_line,
)
from walletpick.words.gaps import Gaps, gaps_of
from walletpick.words.phrases import (
    claim_phrase,
    figure,
    language_name,
    limit_words,
    money,
    operation_phrase,
    rule_scope,
    rule_words,
    scope_words,
)

# One item of a list: its marker and its pieces.
_Item = tuple[str, tuple[Cell, ...]]

_CLOSED = ("restricted", "closed")
_LINKS = {
    "fees": "Fees",
    "terms": "Terms",
    "privacy": "Privacy",
    "help": "Help",
    "closing": "Closing the account",
}


def show_page(catalog: Catalog, wallet: Wallet, country: str | None, today: date) -> Page:
    """Return the page of a wallet: of its market in `country`, or of all its markets."""
    clerk = _Clerk(catalog, wallet, today)
    countries = [country] if country else list(wallet.markets)
    blocks = list(clerk.head(countries))
    for code in countries:
        blocks += clerk.market(code)
    blocks += clerk.notes()
    blocks += clerk.sources()
    return Page(tuple(blocks))


class _Clerk:
    """Writes the page and keeps which sources it has referred to."""

    def __init__(self, catalog: Catalog, wallet: Wallet, today: date) -> None:
        self.catalog = catalog
        self.wallet = wallet
        self.today = today
        self.used: dict[str, Source] = {}

    # The wallet.

    def head(self, countries: list[str]) -> Iterator[Block]:
        """Yield what the wallet is, warnings first."""
        wallet = self.wallet
        yield Heading(wallet.name, 1)
        for code in countries:
            status = wallet.markets[code].status
            if status and status.state in _CLOSED:
                yield Paragraph(
                    (
                        Cell(f"In {in_country(code)} it {STATUSES[status.state]}", "bad"),
                        *self.tail(status),
                    )
                )
        yield text(wallet.summary)
        called = [*wallet.local_names.values(), *wallet.aliases]
        other = [name for name in dict.fromkeys(called) if name != wallet.name]
        runs = "; ".join(PLATFORMS[word] for word in wallet.platforms)
        unsure = "; ".join(PLATFORMS[word] for word in PLATFORMS if word not in wallet.platforms)
        on = f"{runs} (not known: {unsure})" if runs and unsure else runs or "not known"
        places = ", ".join(f"{country_name(code)} ({code})" for code in wallet.markets)
        yield _list(
            [
                _labelled("What it is", f"{wallet.kind}: {KINDS[wallet.kind]}"),
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
            yield _list(("", (Cell(note),)) for note in self.wallet.notes)

    def sources(self) -> Iterator[Block]:
        """Yield the list of the sources that the page refers to."""
        yield Heading("Sources", 2)
        settings = self.catalog.criteria.settings
        yield text(
            "The word in square brackets after a fact names its source here; the word in round"
            " brackets after something not known is how --must and --wish take it. Stale: a price"
            f" that is {settings.stale_fees_months} months old or more, or another fact of"
            f" {settings.stale_facts_months} months or more. Undated: the page gives no date, so"
            " its age counts from the day it was read.",
            "dim",
        )
        yield _list(
            (
                "",
                (
                    Cell(f"[{key}] ", "strong"),
                    Cell(f"{source_line(source)} ({age_words(source, self.today)}). "),
                    Cell(source.url),
                ),
            )
            for key, source in self.used.items()
        )
        yield text(
            f"These facts stand in {self.wallet.file} of the catalog; corrections are welcome.",
            "dim",
        )

    # One market.

    def market(self, country: str) -> Iterator[Block]:
        """Yield the page's part about one country."""
        market = self.wallet.markets[country]
        gaps = gaps_of(self.wallet, country, self.catalog, self.today)
        yield Heading(f"{country_name(country)} ({country}), in {market.currency}", 2)
        yield _list(self.standing(market))
        yield from _sections([("Plans", list(self.plans(market)))])
        yield from self.fees(market, gaps)
        yield from _sections(
            [
                ("Limits", list(self.limits(market))),
                ("What it does", self.claims("features", market.features, gaps.features)),
                ("Putting money in", self.claims("funding", market.funding, gaps.funding)),
                ("Getting money out", self.claims("payout", market.payout, gaps.payout)),
                ("Security", self.claims("security", market.security, gaps.security)),
                ("What protects the money", list(self.protection(market, gaps))),
                ("Getting help", list(self.support(market, gaps))),
                ("Complaining", list(self.complaining(market, country))),
                ("Signing up", list(self.onboarding(market, gaps))),
                ("Closing the account", list(self.closing(market))),
                ("What users rate it", list(self.ratings(market))),
                ("What went wrong", list(self.incidents(market))),
                ("Pages of the operator", list(_links(market, gaps))),
            ]
        )

    def standing(self, market: Market) -> Iterator[_Item]:
        """Yield whether the market is open, and who runs and supervises it."""
        status = market.status
        if status:
            since = f" since {status.since}" if status.since else ""
            tone: Tone = "bad" if status.state in _CLOSED else ""
            words = Cell(f"{STATUSES[status.state]}{since}", tone)
            yield "", (Cell("Status: ", "strong"), words, *self.tail(status))
        else:
            yield _labelled(
                "Status",
                "nothing is on record against it; whether it takes new customers was not checked",
            )
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
                yield _list(self.fee(rule, market.currency) for rule in rules)
        unknown = []
        if gaps.fees:
            unknown.append(_unknown("what it costs to " + _and(gaps.fees)))
        if gaps.fees_if_done:
            unknown.append(
                _unknown("whether, and at what price, one can " + _and(gaps.fees_if_done, "or"))
            )
        if unknown:
            yield _list(unknown)

    def fee(self, rule: FeeRule, currency: str) -> _Item:
        """Return one price."""
        scope = rule_scope(rule)
        words = rule_words(rule, currency)
        line = first_upper(f"{scope}: {words}" if scope else words)
        tone: Tone = "unknown" if rule.price == "unknown" else ""
        return "", (Cell(line, tone), *self.tail(rule))

    def limits(self, market: Market) -> Iterator[_Item]:
        """Yield the limits."""
        for limit in market.limits:
            yield self.item(first_upper(limit_words(limit, market.currency)), limit)
        if not market.limits:
            yield _unknown("which limits there are")

    def claims(
        self, family: str, claims: dict[str, Claim], unknown: tuple[str, ...]
    ) -> list[_Item]:
        """Return a family's facts, what holds first, and the words of which nothing is known."""
        items = []
        for holds in (True, False):
            for word, claim in claims.items():
                if claim.has is holds:
                    items.append(self.claim(f"{family}:{word}", claim))
        if unknown:
            items.append(_unknown_words(family, unknown))
        return items

    def claim(self, key: str, claim: Claim) -> _Item:
        """Return a yes or no, and for whom and when it holds."""
        words = first_upper(claim_phrase(key, claim.has))
        scopes = scope_words(claim)
        if scopes:
            words += f" (only {', '.join(scopes)})"
        return "+" if claim.has else "-", (Cell(words), *self.tail(claim))

    def protection(self, market: Market, gaps: Gaps) -> Iterator[_Item]:
        """Yield what protects the money, with limits and scopes."""
        for cover in market.protection:
            yield self.cover(cover, market.currency)
        if gaps.protection:
            yield _unknown_words("protection", gaps.protection)

    def cover(self, cover: Protection, currency: str) -> _Item:
        """Return one kind of cover, or that it is said to be missing."""
        if cover.kind == "none":
            lacks = [claim_phrase(f"protection:{word}", False) for word in cover.lacks]
            words = "; ".join(lacks) or PROTECTIONS["none"]
        else:
            words = PROTECTIONS[cover.kind]
        if cover.scheme:
            words += f" ({cover.scheme})"
        if cover.limit is not None:
            words += f", up to {money(cover.limit, currency)}"
            words += f" a {cover.per}" if cover.per else ""
        if cover.within_days is not None:
            words += f", when reported within {_days(cover.within_days)}"
        scopes = scope_words(cover)
        if scopes:
            words += f" (only {', '.join(scopes)})"
        marker = "-" if cover.kind == "none" else "+"
        return marker, (Cell(first_upper(words)), *self.tail(cover))

    def support(self, market: Market, gaps: Gaps) -> Iterator[_Item]:
        """Yield the ways to reach support, and its languages."""
        support = market.support
        for holds in (True, False):
            for word, channel in support.channels.items():
                if channel.has is holds:
                    yield self.channel(word, channel, word in gaps.hours)
        if support.languages:
            names = ", ".join(language_name(code) for code in support.languages.words)
            yield self.item(f"Languages: {names}", support.languages)
        else:
            yield _unknown("in which languages")
        if gaps.channels:
            yield _unknown_words("channels", gaps.channels)

    def channel(self, word: str, channel: Channel, no_hours: bool) -> _Item:
        """Return one way to reach support."""
        if not channel.has:
            return "-", (Cell(f"No {CHANNELS[word].removeprefix('a ')}"), *self.tail(channel))
        details = [channel.number, channel.address, channel.url]
        if channel.hours:
            details.append(f"hours: {channel.hours}")
        elif no_hours:
            details.append("hours not known")
        words = first_upper(CHANNELS[word])
        said = [detail for detail in details if detail]
        if said:
            words += f": {'; '.join(said)} "
        scopes = scope_words(channel)
        if scopes:
            words = f"{words.rstrip()} (only {', '.join(scopes)})"
        return "+", (Cell(words.rstrip()), *self.tail(channel))

    def complaining(self, market: Market, country: str) -> Iterator[_Item]:
        """Yield how to complain, how long the answer takes, and who hears it next."""
        support = market.support
        complaint, reply = support.complaint, support.reply
        if complaint:
            parts = [complaint.how]
            if complaint.within_days is not None:
                parts.append(f"within {_days(complaint.within_days)}")
            if complaint.hours:
                parts.append(f"hours: {complaint.hours}")
            if complaint.url:
                parts.append(complaint.url)
            yield self.item(f"First: {'; '.join(parts)}", complaint)
        else:
            yield _unknown("how to complain to the operator")
        if reply:
            kind = "working " if reply.working else ""
            yield self.item(f"It answers within {_days(reply.days, kind)}", reply)
        else:
            yield _unknown("how long it takes to answer")
        bodies = hears_next(self.catalog, self.wallet, country)
        for body, key, source in bodies:
            yield "", (Cell(_body_words(body)), *self.tail(body, key, source))
        if not bodies:
            yield _unknown("who hears the complaint next")

    def onboarding(self, market: Market, gaps: Gaps) -> Iterator[_Item]:
        """Yield what signing up takes."""
        facts = market.onboarding
        for word in ONBOARDING:
            claim = getattr(facts, word)
            if claim:
                _, cells = self.claim(f"onboarding:{word}", claim)
                yield "", cells
        if facts.min_age:
            yield self.item(f"From the age of {facts.min_age.years}", facts.min_age)
        if facts.sign_up:
            long = facts.sign_up
            spans = [
                _count(long.minutes, "minute") if long.minutes is not None else "",
                _count(long.days, "day") if long.days is not None else "",
            ]
            yield self.item(f"Opening takes {' or '.join(filter(None, spans))}", long)
        for statement in facts.about:
            yield self.item(statement.text, statement)
        words = ONBOARDING | {
            "min_age": "from what age one may join",
            "sign_up": "how long opening takes",
        }
        asked = [f"whether it {words[w]}" for w in gaps.onboarding if w in ONBOARDING]
        asked += [words[word] for word in gaps.onboarding if word not in ONBOARDING]
        if asked:
            yield _unknown("; ".join(asked))

    def closing(self, market: Market) -> Iterator[_Item]:
        """Yield how the account is closed."""
        closing = market.closing
        if not closing:
            yield _unknown("how the account is closed, and how hard that is")
            return
        how = CLOSING_WAYS[closing.how] if closing.how else ""
        level = DIFFICULTIES[closing.difficulty] if closing.difficulty else ""
        yield self.item(first_upper("; ".join(filter(None, (how, level)))), closing)
        if not how:
            yield _unknown("where it is closed")
        if not level:
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

    def item(self, words: str, fact: Fact | Limit | FeeRule) -> _Item:
        """Return a fact as an item of a list."""
        return "", (Cell(words), *self.tail(fact))

    def tail(
        self, fact: Fact | Limit | FeeRule, key: str = "", source: Source | None = None
    ) -> tuple[Cell, ...]:
        """Return what follows a fact: its note and the mark of its source."""
        key = key or fact.source
        source = source or self.wallet.sources[key]
        self.used.setdefault(key, source)
        stale = fact_is_stale(fact, source, self.catalog, self.today)
        second = ", second-hand" if source.second_hand else ""
        mark = Cell(f" [{key}{second}{mark_words(source, stale)}]", "unknown" if stale else "dim")
        note = first_upper(fact.note.strip().removesuffix("."))
        return (Cell(f". {note}"), mark) if note else (mark,)


def _is_price_of(rule: FeeRule, plan: str) -> bool:
    return rule.operation == "subscription" and plan in rule.plan


def _body_words(body: Escalation | Authority) -> str:
    hears = f" ({body.hears})" if isinstance(body, Authority) else ""
    parts = [f"Next: {body.body}{hears}"]
    parts += [part for part in (body.number, body.email, body.url) if part]
    if body.within_days is not None:
        parts.append(f"within {_days(body.within_days)} of the final answer")
    if isinstance(body, Escalation) and body.reply_days is not None:
        parts.append(f"answers within {_days(body.reply_days)}")
    return "; ".join(parts)


def _links(market: Market, gaps: Gaps) -> Iterator[_Item]:
    for word, title in _LINKS.items():
        url = getattr(market.links, word)
        if url:
            yield _labelled(title, url)
    if gaps.links:
        yield _unknown("pages about " + ", ".join(_LINKS[w].lower() for w in gaps.links))


def _sections(sections: Iterable[tuple[str, list[_Item]]]) -> Iterator[Block]:
    for title, items in sections:
        if items:
            yield Heading(title, 3)
            yield _list(items)


def _list(items: Iterable[_Item]) -> Bullets:
    listed = list(items)
    return Bullets(tuple(cells for _, cells in listed), tuple(marker for marker, _ in listed))


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


def _and(operations: Iterable[str], joint: str = "and") -> str:
    """Return operations as verbs: "pay bills, withdraw cash and send money"."""
    words = [operation_phrase(operation) for operation in operations]
    return "; ".join(words[:-1]) + (f"; {joint} " if len(words) > 1 else "") + words[-1]


def _days(days: int, kind: str = "") -> str:
    return f"{days} {kind}day{'s' if days != 1 else ''}"


def _count(number: int, unit: str) -> str:
    return f"{number} {unit}{'s' if number != 1 else ''}"
