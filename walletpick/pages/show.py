"""A wallet -> the page that `walletpick show` shows: every fact with its age and source. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from functools import cached_property
from typing import TypeVar

from msgspec import structs

from walletpick.answers.complain import hears_next, named_by
from walletpick.bill.giving import has_ended
from walletpick.bill.quotes import whole_cost
from walletpick.facts import model
from walletpick.facts.ages import fact_is_stale, is_stale
from walletpick.facts.cards import passes_cards_on
from walletpick.facts.law import FOLDER, law_key, rights_in, source_of
from walletpick.facts.names import wallet_name
from walletpick.facts.places import country_name, in_country, other_end
from walletpick.facts.vocabulary import (
    INCIDENTS,
    KINDS,
    ONBOARDING,
    OPERATIONS,
    PLATFORMS,
    STATUSES,
    families_of,
)
from walletpick.facts.walk import is_wide, items_of
from walletpick.language import (
    N_,
    _,
    catalog_text,
    headed,
    known_text,
    percent_words,
    with_brackets,
)
from walletpick.pages.parts import source_cell, source_list
from walletpick.render.page import (
    Block,
    Cell,
    Heading,
    Page,
    Tone,
    marked,
    page,
    paragraph,
    section,
    text,
)
from walletpick.words import facts as say
from walletpick.words.causes import cash_of_card_words
from walletpick.words.common import NAMED_COUNTRIES, first_upper
from walletpick.words.gaps import SIGN_UP, Gaps, gaps_of
from walletpick.words.own import beside_words, owns_of
from walletpick.words.phrases import (
    apart,
    asked,
    by_key,
    claim_phrase,
    clauses,
    count_words,
    figure,
    in_a_row,
    language_name,
    limit_words,
    listed,
    method_phrase,
    operation_phrase,
    scope_words,
)
from walletpick.words.prices import rule_words

AnyClaim = TypeVar("AnyClaim", bound=model.Claim)
# One item of a list: its marker and its pieces.
_Item = tuple[str, tuple[Cell, ...]]

CLOSED = ("restricted", "closed")
_LINKS = {
    "fees": N_("Fees"),
    "terms": N_("Terms"),
    "privacy": N_("Privacy"),
    "help": N_("Help"),
    "closing": N_("Closing the account"),
}


# The sections that can be asked for, in the order of the page.
SECTIONS = (
    *("about", "fees", "limits", "features", "funding", "payout", "security", "protection"),
    *("support", "complaints", "law", "sign-up", "closing", "record", "links", "notes", "sources"),
)


def show_page(
    catalog: model.Catalog,
    wallet: model.Wallet,
    country: str | None,
    today: date,
    sections: Collection[str] = SECTIONS,
) -> Page:
    """Return the page of a wallet: of its market in `country`, or of all its markets.

    `sections` are those of `SECTIONS` to show; the sources that they name always come with them.
    """
    countries = [country] if country else list(wallet.markets)
    made = _WalletPage(catalog, wallet, countries, today)
    # All of it is made where the sources are asked for: they are those of every section.
    wanted = SECTIONS if "sources" in sections else sections
    head = [*made.title(), *(made.about() if "about" in sections else ())]
    markets = []
    for code in countries:
        blocks = {name: list(made.section(name, code)) for name in SECTIONS if name in wanted}
        told = [block for name, each in blocks.items() if name in sections for block in each]
        if told:
            markets += [made.market(code), *told]
    notes = list(made.notes()) if "notes" in sections else []
    if not (markets or notes or "about" in sections or "sources" in sections):
        return page(head, text(_("Nothing is known of this here.")))
    return page(head, markets, notes, made.sources())


class _WalletPage:
    """The parts of the page, and the sources that they have referred to so far."""

    def __init__(
        self, catalog: model.Catalog, wallet: model.Wallet, countries: Sequence[str], today: date
    ) -> None:
        self.catalog = catalog
        self.wallet = wallet
        self.today = today
        self.used: dict[str, model.Source] = {}
        # What is not known of the markets shown.
        self.gaps = {code: gaps_of(wallet, code, catalog, today) for code in countries}
        self.with_own = [market for market in wallet.markets.values() if market.own]

    @cached_property
    def holding(self) -> dict[str, list[str]]:
        """In which countries the fact of a path holds, where that is not a single one."""
        return by_key(
            (path, code)
            for code, market in self.wallet.markets.items()
            for path in filter(is_wide, {item.fact.path for item in items_of(market)})
        )

    # The wallet.

    def title(self) -> Iterator[Block]:
        """Yield the name, and that it is closed where it is."""
        wallet = self.wallet
        yield Heading(wallet_name(wallet), 1)
        for code in self.gaps:
            status = wallet.markets[code].status
            if status and status.state in CLOSED:
                words = closed_words(code, status)
                yield paragraph(Cell(words, "bad"), *self.tail(status))

    def about(self) -> Iterator[Block]:
        """Yield what the wallet is."""
        wallet = self.wallet
        yield text(catalog_text(wallet.summary))
        shown = wallet_name(wallet)
        called = [wallet.name, *wallet.local_names.values(), *wallet.aliases]
        other = [name for name in dict.fromkeys(called) if name != shown]
        runs = apart(_(PLATFORMS[word]) for word in wallet.platforms)
        told = {*wallet.platforms, *wallet.not_on}
        unsure = apart(_(PLATFORMS[word]) for word in PLATFORMS if word not in told)
        on = runs or _("not known")
        if wallet.not_on:
            none = apart(_(PLATFORMS[word]) for word in wallet.not_on)
            on = _("{words}; not on {none}", words=on, none=none)
        if runs and unsure:
            on = _("{words} (not known: {unknown})", words=runs, unknown=unsure)
        places, count = countries_in_a_row(wallet), len(wallet.markets)
        if count > NAMED_COUNTRIES:
            places = _("{count}: {countries}", count=count, countries=places)
        kind = _("it {does} (kind: {kind})", does=_(KINDS[wallet.kind]), kind=wallet.kind)
        yield marked(
            [
                _labelled(_("What it is"), kind),
                _labelled(_("Operator"), known_text(wallet.operator or "") or _("not known")),
                *([_labelled(_("Also called"), in_a_row(other))] if other else []),
                _labelled(_("Runs on"), on),
                _labelled(_("Countries in this catalog"), places),
                _labelled(_("Website"), wallet.website or _("not known")),
            ]
        )

    def notes(self) -> Iterator[Block]:
        """Yield what no key of the catalog can hold."""
        notes = map(catalog_text, self.wallet.notes)
        yield from section(_("Good to know"), marked(("", note) for note in notes))

    def sources(self) -> Iterator[Block]:
        """Yield the list of the sources that the page refers to."""
        yield Heading(_("Sources"), 2)
        settings = self.catalog.criteria.settings
        words = _(
            "The word in square brackets after a fact names its source here; the word in round"
            " brackets after something not known is how --must and --wish take it. Stale: a price"
            " that is {fees} months old or more, or another fact of {facts} months or more, or law"
            " of {laws}. Undated: the page gives no date, so its age counts from the day it was"
            " read.",
            fees=settings.stale_fees_months,
            facts=settings.stale_facts_months,
            laws=settings.stale_laws_months,
        )
        yield text(words, "dim")
        yield source_list(self.used, self.today)
        form = N_(
            "These facts stand in {file} of the catalog, law in {folder}/; corrections are welcome."
        )
        yield text(_(form, file=self.wallet.file, folder=FOLDER), "dim")

    # One market.

    def market(self, country: str) -> Heading:
        """Return the heading of the page's part about one country."""
        name, currency = country_name(country), self.wallet.markets[country].currency
        form = N_("{country} ({code}), in {currency}")
        return Heading(_(form, country=name, code=country, currency=currency), 2)

    def section(self, name: str, country: str) -> Iterator[Block]:
        """Yield a section of the page's part about one country."""
        market = self.wallet.markets[country]
        gaps = self.gaps[country]
        if name == "about":
            yield marked(self.standing(market))
        if name == "fees":
            yield from section(_("Plans"), marked(self.plans(market)), 3)
            yield from self.fees(market, gaps)
            yield from self.surveys(country)
        parts: dict[str, dict[str, Iterable[_Item]]] = {
            "fees": {_("What it gives back"): self.gives_back(market)},
            "limits": {_("Limits"): self.limits(market, gaps)},
            "features": {_("What it does"): self.claims("features", market, gaps.features)},
            "funding": {_("Putting money in"): self.claims("funding", market, gaps.funding)},
            "payout": {_("Getting money out"): self.claims("payout", market, gaps.payout)},
            "security": {_("Security"): self.claims("security", market, gaps.security)},
            "protection": {_("What protects the money"): self.protection(market, gaps)},
            "support": {_("Getting help"): self.support(market, gaps)},
            "complaints": {_("Complaining"): self.complaining(market, country)},
            "law": {_("By law in {country}", country=in_country(country)): self.by_law(country)},
            "sign-up": {_("Signing up"): self.onboarding(market, gaps)},
            "closing": {_("Closing the account"): self.closing(market)},
            "record": {
                _("What users rate it"): self.ratings(market),
                _("What went wrong"): self.incidents(market),
            },
            "links": {_("Pages of the operator"): _links(market, gaps)},
        }
        for title, items in parts.get(name, {}).items():
            yield from section(title, marked(items), 3)

    def standing(self, market: model.Market) -> Iterator[_Item]:
        """Yield whether the market is open, and who runs and supervises it."""
        status = market.status
        if status:
            tone: Tone = "bad" if status.state in CLOSED else ""
            words = _(STATUSES[status.state])
            if status.since:
                words = _("{state} since {day}", state=words, day=status.since)
            yield "", (_label(_("Status")), Cell(words, tone), *self.tail(status))
        else:
            words = _(
                "nothing is on record against it; whether it takes new customers was not checked"
            )
            yield _labelled(_("Status"), words)
        if reach := market.reach:
            offers = Cell(catalog_text(reach.offers))
            yield "", (_label(_("Offered here")), offers, *self.tail(reach))
        if market.kind:
            yield _labelled(_("What it is here"), _("it {does}", does=_(KINDS[market.kind])))
        if market.operator:
            yield _labelled(_("Operator here"), known_text(market.operator))
        licence = market.licence
        if licence:
            parts = [catalog_text(licence.as_)]
            if authority := licence.authority:
                parts.append(_("supervised by {authority}", authority=catalog_text(authority)))
            if licence.number:
                parts.append(_("number {number}", number=licence.number))
            yield "", (_label(_("Licence")), Cell(clauses(parts)), *self.tail(licence))
        else:
            yield _unknown(_("under which licence it runs"))

    def plans(self, market: model.Market) -> Iterator[_Item]:
        """Yield each plan with its price."""
        for plan in market.plans:
            prices = [rule for rule in market.fees if _is_price_of(rule, plan.id)]
            cells = [Cell(plan.name, "strong"), Cell(_(": "))]
            if not prices:
                cells.append(Cell(_("price not known"), "unknown"))
            for number, rule in enumerate(prices):
                words = rule_words(rule)
                words = with_brackets(words, clauses(scope_words(rule)[1:]))
                cells += [Cell(f"{_('; ')}{words}" if number else words), *self.tail(rule)]
            if plan.note or plan.source not in {rule.source for rule in prices}:
                cells += self.tail(plan)
            yield "", tuple(cells)

    def fees(self, market: model.Market, gaps: Gaps) -> Iterator[Block]:
        """Yield the prices by operation, and the operations without one."""
        yield Heading(_("Fees"), 3)
        in_plans = {
            rule.path
            for plan in market.plans
            for rule in market.fees
            if _is_price_of(rule, plan.id)
        }
        for operation in OPERATIONS:
            charged = market.fees_and_taxes
            rules = [r for r in charged if r.operation == operation and r.path not in in_plans]
            if rules:
                yield text(first_upper(operation_phrase(operation)), "strong")
                yield marked(self.fee(rule) for rule in rules)
        unknown = []
        if gaps.fees:
            uses = _operations(gaps.fees, N_("{uses}; and {last}"))
            unknown.append(_unknown(_("what it costs to {uses}", uses=uses)))
        if gaps.fees_if_done:
            uses = _operations(gaps.fees_if_done, N_("{uses}; or {last}"))
            unknown.append(_unknown(_("whether, and at what price, one can {uses}", uses=uses)))
        if unknown:
            yield marked(unknown)

    def fee(self, rule: model.FeeRule) -> _Item:
        """Return one price."""
        tone: Tone = "unknown" if rule.price == "unknown" else ""
        return "", (Cell(first_upper(say.priced_words(rule)), tone), *self.tail(rule))

    def surveys(self, country: str) -> Iterator[Block]:
        """Yield what surveys saw of sending abroad, a line for each country that it goes to."""
        for head, quotes in self.catalog.quotes_of(self.wallet.id, country):
            key, source = head.file.removesuffix(".yaml"), head.source
            self.used.setdefault(key, source)
            stale = is_stale(source, self.today, self.catalog.criteria.settings.stale_fees_months)
            yield Heading(_("What a survey saw of sending abroad"), 3)
            words = _(
                "A quote of {period}, seen by {by}; not the operator's price. Fee and exchange rate"
                " together",
                by=catalog_text(head.by),
                period=head.period,
            )
            ways = _ways_of(quotes)
            alike = {_ways_of(each) for each in _by_destination(quotes).values()} == {ways}
            cells = [Cell(_(", {words}", words=ways))] if alike else []
            cell = source_cell(key, source, stale)
            yield paragraph(Cell(words), *cells, cell)
            yield marked(
                ("", (Cell(words), cell)) for words in _corridors(quotes, with_ways=not alike)
            )

    def gives_back(self, market: model.Market) -> Iterator[_Item]:
        """Yield cashback, interest and offers; those that are over are said to be."""
        for rule in market.gives_back:
            words = first_upper(say.given_words(rule))
            over = _("{words} (over)", words=words) if has_ended(rule, self.today) else words
            yield self.item(over, rule)

    def limits(self, market: model.Market, gaps: Gaps) -> Iterator[_Item]:
        """Yield the limits, and for what none is known."""
        for limit in market.limits:
            yield self.item(first_upper(limit_words(limit)), limit)
        if not market.limits:
            yield _unknown(_("which limits there are"))
        elif gaps.limits:
            uses = _operations(gaps.limits, N_("{uses}; or {last}"))
            yield _unknown(_("which limits there are when you {uses}", uses=uses))

    def claims(
        self, family: str, market: model.Market, unknown: tuple[str, ...]
    ) -> Iterator[_Item]:
        """Yield a family's facts, what holds first, and the words of which nothing is known."""
        claims: dict[str, model.Claim] = getattr(market, family)
        for word, claim in _holding_first(claims):
            yield self.claim(f"{family}:{word}", claim, market, "+" if claim.has else "-")
        if family == "payout" and not claims and passes_cards_on(self.wallet, market):
            yield "-", (Cell(first_upper(cash_of_card_words("cash-out"))),)
        yield from _unknown_words(family, unknown)

    def claim(self, key: str, claim: model.Claim, market: model.Market, marker: str = "") -> _Item:
        """Return a yes or no, for whom and when it holds, and what it follows from, if it does."""
        words = first_upper(claim_phrase(key, claim.has)) + say.only_words(claim)
        follows = say.follows_words(claim, market)
        return self.item(apart([words, follows]), claim, marker)

    def protection(self, market: model.Market, gaps: Gaps) -> Iterator[_Item]:
        """Yield what protects the money, with limits and scopes, or is said to be missing."""
        for cover in market.protection:
            words = first_upper(say.cover_words(cover))
            if cover.within_days is not None:
                time = count_words(cover.within_days, "day")
                words = clauses([words, _("when reported within {time}", time=time)])
            marker = "-" if cover.kind == "none" else "+"
            yield self.item(words + say.only_words(cover), cover, marker)
        yield from _unknown_words("protection", gaps.protection)

    def support(self, market: model.Market, gaps: Gaps) -> Iterator[_Item]:
        """Yield the ways to reach support, and its languages."""
        support = market.support
        for word, channel in _holding_first(support.channels):
            if channel.has:
                yield self.item(say.channel_words(word, channel), channel, "+")
            else:
                yield self.item(say.no_channel_words(word), channel, "-")
        if support.languages:
            names = in_a_row(language_name(code) for code in support.languages.words)
            yield self.item(_("Languages: {names}", names=names), support.languages)
        else:
            yield _unknown(_("in which languages"))
        yield from _unknown_words("channels", gaps.channels)

    def complaining(self, market: model.Market, country: str) -> Iterator[_Item]:
        """Yield how to complain, how long the answer takes, and who hears it next."""
        complaint, reply = market.support.complaint, market.support.reply
        if complaint:
            parts = [catalog_text(complaint.how) + say.about_words(complaint.about)]
            if complaint.within_days is not None:
                time = count_words(complaint.within_days, "day")
                parts.append(_("within {time}", time=time))
            if complaint.hours:
                parts.append(say.hours_words(complaint.hours))
            if complaint.url:
                parts.append(complaint.url)
            yield self.item(_("First: {steps}", steps=apart(parts)), complaint)
        else:
            yield _unknown(_("how to complain to the operator"))
        if reply:
            words = _("It answers within {time}", time=say.reply_words(reply))
            yield self.item(words + say.about_words(reply.about), reply)
        elif not self.rights(country, "complaint-reply"):
            yield _unknown(_("how long it takes to answer"))
        bodies = hears_next(self.catalog, self.wallet, country, as_stated=True)
        for body, key, source in bodies:
            lawful = "law" in named_by(self.catalog, self.wallet, country, (body, key, source))
            told = N_("Next by law: {body}") if lawful else N_("Next: {body}")
            words = _(told, body=say.body_words(body))
            yield "", (Cell(words), *self.tail(body, key, source))
        if not bodies:
            yield _unknown(_("who hears the complaint next"))

    def rights(self, country: str, word: str | None = None) -> tuple[model.Right, ...]:
        """Return what the law gives the customers of a market."""
        return rights_in(self.catalog.laws, self.wallet, country, word)

    def by_law(self, country: str) -> Iterator[_Item]:
        """Yield what the law gives, but for who hears complaints: that stands there."""
        for right in self.rights(country):
            if right.right != "escalation":
                key = law_key(self.catalog.laws, right)
                source = source_of(self.catalog.laws, right)
                # Of the rest, what it says in short is enough.
                kept = right.right in say.REFUNDS
                told = right if kept else structs.replace(right, note="")
                words = first_upper(say.right_words(right))
                yield "", (Cell(words), *self.tail(told, key, source))

    def onboarding(self, market: model.Market, gaps: Gaps) -> Iterator[_Item]:
        """Yield what signing up takes."""
        facts = market.onboarding
        for word in ONBOARDING:
            claim = getattr(facts, word)
            if claim:
                yield self.claim(f"onboarding:{word}", claim, market)
        if facts.min_age:
            yield self.item(say.from_age_words(facts.min_age), facts.min_age)
        if facts.max_age:
            age = facts.max_age.years
            words = _("For the young alone, to the age of {age}", age=age)
            yield self.item(words, facts.max_age)
        if long := facts.sign_up:
            yield self.item(_("Opening takes {time}", time=say.sign_up_words(long)), long)
        for statement in facts.about:
            yield self.item(catalog_text(statement.text), statement)
        wanted = [
            _("whether it {claim}", claim=asked(_(ONBOARDING[word])))
            for word in gaps.onboarding
            if word in ONBOARDING
        ]
        wanted += [_(SIGN_UP[word]) for word in gaps.onboarding if word in SIGN_UP]
        if wanted:
            yield _unknown(apart(wanted))

    def closing(self, market: model.Market) -> Iterator[_Item]:
        """Yield how the account is closed."""
        closing = market.closing
        if not closing:
            yield _unknown(_("how the account is closed, and how hard that is"))
            return
        yield self.item(first_upper(apart(say.closing_words(closing))), closing)
        if not closing.how:
            yield _unknown(_("where it is closed"))
        if not closing.difficulty:
            yield _unknown(_("how hard that is"))

    def ratings(self, market: model.Market) -> Iterator[_Item]:
        """Yield what users rate it."""
        for rating in market.ratings:
            where = clauses(filter(None, [rating.store, say.ratings_words(rating)]))
            value = _("{rating} of 5", rating=figure(rating.value))
            yield self.item(with_brackets(value, where), rating)
        if not market.ratings:
            yield _unknown(_("what users rate it"))

    def incidents(self, market: model.Market) -> Iterator[_Item]:
        """Yield what went wrong, the newest first."""
        for incident in sorted(market.incidents, key=lambda item: item.date, reverse=True):
            name = clauses([incident.date, _(INCIDENTS[incident.kind])])
            words = headed(name, catalog_text(incident.what))
            yield self.item(words, incident)
        if not market.incidents:
            yield _unknown(_("whether anything did: nothing is on record here"))

    # Facts and their sources.

    def item(
        self, words: str, fact: model.Fact | model.Limit | model.FeeRule, marker: str = ""
    ) -> _Item:
        """Return a fact as an item of a list."""
        if not words:
            return marker, self.tail(fact, alone=True)
        return marker, (Cell(words), *self.tail(fact))

    def tail(
        self,
        fact: model.Fact | model.Limit | model.FeeRule,
        key: str = "",
        source: model.Source | None = None,
        *,
        alone: bool = False,
    ) -> tuple[Cell, ...]:
        """Return what follows a fact: its note and the mark of its source.

        With `alone`, the note is all that is said.
        """
        key = key or fact.source
        source = source or self.wallet.source(key)
        self.used.setdefault(key, source)
        mark = source_cell(key, source, fact_is_stale(fact, source, self.catalog, self.today))
        # A text of the catalog is said whole: its point goes out behind it.
        note = first_upper(catalog_text(fact.note).strip().removesuffix(".").removesuffix("。"))
        wide = len(self.wallet.markets) > 1 and is_wide(fact.path)
        holds = say.holds_words(fact.path, self.holding.get(fact.path, ())) if wide else ""
        cells = [Cell(_(" ({words})", words=holds), "dim")] if holds else []
        cells += [Cell(note if alone else f"{_('. ')}{note}")] if note else []
        told = (beside_words(own) for market in self.with_own for own in owns_of(market, [fact]))
        besides = [Cell(_(" ({words})", words=beside), "unknown") for beside in told if beside]
        return (*cells, mark, *besides)


def _by_destination(quotes: Iterable[model.Quote]) -> dict[str, list[model.Quote]]:
    """Return quotes by the country that the money goes to, in the order of their names."""
    there = by_key((quote.to, quote) for quote in quotes)
    return {code: there[code] for code in sorted(there, key=country_name)}


def _ways_of(quotes: Iterable[model.Quote]) -> str:
    """Return by which ways quotes are paid: "by debit card or from a linked bank account"."""
    ways = sorted({quote.method for quote in quotes})
    return listed([method_phrase("send-abroad", way) for way in ways], "or")


def _corridors(quotes: Iterable[model.Quote], *, with_ways: bool) -> Iterator[str]:
    """Yield what each amount costs by country, over all services: "To India: 1.1 % of 200 USD"."""
    for code, there in _by_destination(quotes).items():
        prices = []
        for usd in sorted({quote.usd for quote in there}):
            costs = sorted(whole_cost(quote) for quote in there if quote.usd == usd)
            low, most = figure(costs[0]), figure(costs[-1])
            percent = percent_words(low, None if low == most else most)
            prices.append(_("{percent} of {amounts} USD", percent=percent, amounts=figure(usd)))
        country, words = other_end(code), clauses(prices)
        if with_ways:
            words = with_brackets(words, _ways_of(there))
        yield _("To {country}: {prices}", country=country, prices=words)


def _is_price_of(rule: model.FeeRule, plan: str) -> bool:
    return rule.operation == "subscription" and plan in rule.plan


def _holding_first(claims: dict[str, AnyClaim]) -> list[tuple[str, AnyClaim]]:
    """Return a family's claims, those that hold first."""
    return sorted(claims.items(), key=lambda item: not item[1].has)


def _links(market: model.Market, gaps: Gaps) -> Iterator[_Item]:
    for word, title in _LINKS.items():
        url = getattr(market.links, word)
        if url:
            yield _labelled(_(title), url)
    if gaps.links:
        names = in_a_row(_(_LINKS[word]).lower() for word in gaps.links)
        yield _unknown(_("pages about {subjects}", subjects=names))


def countries_in_a_row(wallet: model.Wallet) -> str:
    """Return the countries of a wallet in this catalog by name and code; many by code alone."""
    if len(wallet.markets) > NAMED_COUNTRIES:
        return in_a_row(sorted(wallet.markets))
    return in_a_row(with_brackets(country_name(code), code) for code in wallet.markets)


def closed_words(country: str, status: model.Status) -> str:
    """Return that a market is closed, or takes nobody in: "In Kenya it no longer runs"."""
    state = _(STATUSES[status.state])
    return _("In {country} it {state}", country=in_country(country), state=state)


def _label(label: str) -> Cell:
    return Cell(_("{label}: ", label=label), "strong")


def _labelled(label: str, words: str) -> _Item:
    return "", (_label(label), Cell(words))


def _unknown(what: str) -> _Item:
    return "?", (Cell(_("Not known: {what}", what=what), "unknown"),)


def _unknown_words(family: str, words: Iterable[str]) -> Iterator[_Item]:
    """Yield in a line the facts that are not known, each with the word that --must takes for it."""
    claims = []
    for word in words:
        shown = word if len(families_of(word)) == 1 else f"{family}:{word}"
        claim = asked(claim_phrase(f"{family}:{word}", True))
        claims.append(with_brackets(claim, shown))
    if claims:
        yield _unknown(_("whether it {claims}", claims=apart(claims)))


def _operations(operations: Iterable[str], joint: str) -> str:
    """Return operations as verbs: "pay bills; withdraw cash; and send money"."""
    *most, last = [operation_phrase(operation) for operation in operations]
    return _(joint, uses=apart(most), last=last) if most else last
