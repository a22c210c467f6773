"""A wallet -> the short page of `walletpick show`: what it is, costs, does, and who helps. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from msgspec import Struct, structs

from walletpick.answers.complain import hears_next, named_by
from walletpick.bill.giving import has_ended
from walletpick.facts import model, vocabulary
from walletpick.facts.ages import fact_is_stale
from walletpick.facts.cards import passes_cards_on
from walletpick.facts.law import rights_in, source_of
from walletpick.facts.names import wallet_name
from walletpick.facts.places import country_name, in_country, other_end
from walletpick.facts.resolve import has_money
from walletpick.facts.walk import CLAIMS as _CLAIM_SECTIONS
from walletpick.facts.walk import implied_of, is_implied, items_of
from walletpick.language import N_, _, catalog_text, known_text, with_brackets
from walletpick.pages.show import CLOSED, closed_words, countries_in_a_row
from walletpick.render.page import (
    Block,
    Cell,
    Heading,
    Page,
    marked,
    page,
    paragraph,
    section,
    text,
)
from walletpick.words import brief as say
from walletpick.words.common import first_upper, wallet_in
from walletpick.words.facts import (
    ANSWERED,
    channel_name,
    closing_words,
    cover_words,
    given_words,
    lawful_in_short,
    reply_words,
    sign_up_words,
)
from walletpick.words.gaps import SIGN_UP, Gaps, gaps_of
from walletpick.words.phrases import (
    apart,
    asked,
    by_key,
    claim_phrase,
    clauses,
    in_a_row,
    listed,
    scope_words,
)

# So many facts of a family are named, locks, ways in which money is covered, and what went wrong.
_CLAIMS, _LOCKS, _COVERS, _INCIDENTS = 4, 3, 2, 2
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

# What is done with a balance.
_OF_BALANCE = ("top-up", "withdraw")
# What is charged without anything being done, and how it is told that its price is not known.
_UNPRICED = {
    "subscription": N_("the regular charge"),
    "inactivity": N_("the charge for an account left unused"),
}
_CHARGES = tuple(_UNPRICED)
# One line of a list: its marker and its words.
_Line = tuple[str, str]


def brief_page(
    catalog: model.Catalog, wallet: model.Wallet, country: str | None, today: date
) -> Page:
    """Return the short page of a wallet's market in `country`, of what most ask first.

    Without a country it is of the only market there is, or else of what holds in all of them.
    """
    if country is None and len(wallet.markets) == 1:
        country = next(iter(wallet.markets))
    if country is None:
        return _BriefPage(catalog, wallet, _common_market(wallet), today).everywhere()
    return _BriefPage(catalog, wallet, wallet.markets[country], today).here(country)


class _BriefPage(Struct):
    """The parts of the page."""

    catalog: model.Catalog
    wallet: model.Wallet
    market: model.Market
    today: date

    def here(self, country: str) -> Page:
        """Return the page of the market in a country."""
        return page(
            Heading(wallet_in(self.wallet, country), 1),
            self.warning(country),
            *self.about(country),
            self.sections(country),
            self.foot(self.call(country)),
        )

    def call(self, country: str) -> str:
        """Return the command that shows the market in a country."""
        alone = len(self.wallet.markets) == 1
        return f"walletpick show {self.wallet.id}" + ("" if alone else f"@{country}")

    def sections(self, country: str) -> Iterator[Block]:
        """Yield what is known of the market in a country, and in short what is not."""
        gaps = gaps_of(self.wallet, country, self.catalog, self.today)
        rights = rights_in(self.catalog.laws, self.wallet, country)
        yield from _section(
            _("What it costs, in {currency}", currency=self.market.currency),
            [*self.costs(), *self.unpriced(gaps)],
        )
        yield from _section(
            _("What it does, and what it does not"),
            [*self.claims("features"), *_unknown(_whether({"features": gaps.features}))],
        )
        # What protects the money comes before the ways to log in.
        unsafe = _whether({"protection": gaps.protection, "security": gaps.security})
        yield from _section(_("How safe it is"), [*self.safety(rights), *_unknown(unsafe)])
        yield from _section(
            _("Joining, leaving and help"),
            [*self.joining(), *self.help(country, rights), *_unknown(_help(gaps))],
        )

    def everywhere(self) -> Page:
        """Return the page of what holds wherever the wallet runs, and how to ask for a country.

        Where nothing does, the first of its countries in the catalog is shown for all.
        """
        wallet = self.wallet
        places, count = countries_in_a_row(wallet), len(wallet.markets)
        head = (
            Heading(wallet_name(wallet), 1),
            *self.about(),
            text(_("In {count} countries: {countries}", count=count, countries=places)),
        )
        ways = [*self.joining(), *self.help(None, ())]
        same = [
            *_section(_("The same in every country"), [*self.costs(), *self.claims("features")]),
            *_section(_("How safe it is everywhere"), self.safety(())),
            *_section(_("Joining, leaving and help everywhere"), ways),
        ]
        if not same:
            return page(*head, *self.one_of_many())
        first = "US" if "US" in wallet.markets else next(iter(wallet.markets))
        ask = self.call(first)
        differs = _(
            "What it costs and does differs by country. For one of them, such as {country}: {call}",
            country=in_country(first),
            call=ask,
        )
        return page(*head, text(differs), same, self.foot(ask))

    def one_of_many(self) -> Iterator[Block]:
        """Yield the first market in the file, and how to ask for another."""
        first, other = list(self.wallet.markets)[:2]
        form = N_(
            "What it costs and does differs by country. This is {country}; for another, such as"
            " {other}: {call}"
        )
        names = {"country": country_name(first), "other": country_name(other)}
        yield text(_(form, call=self.call(other), **names))
        shown = _BriefPage(self.catalog, self.wallet, self.wallet.markets[first], self.today)
        yield Heading(wallet_in(self.wallet, first), 2)
        yield from shown.warning(first)
        yield from shown.sections(first)
        yield from shown.foot(self.call(first))

    def warning(self, country: str) -> Iterator[Block]:
        """Yield that the market is closed, or takes nobody in."""
        status = self.market.status
        if status and status.state in CLOSED:
            words = f"{closed_words(country, status)} [{self.mark(status)}]"
            yield paragraph(Cell(words, "bad"))

    def about(self, country: str | None = None) -> Iterator[Block]:
        """Yield what it is, on what it runs, where else there is one, and who runs it."""
        wallet, market = self.wallet, self.market
        parts = [_("it {does}", does=_(vocabulary.KINDS[wallet.kind_in(market)]))]
        if passes_cards_on(wallet, market) and "cash-out" not in market.features:
            parts.append(_("cash comes from the card"))
        if wallet.platforms:
            platforms = listed([_(vocabulary.PLATFORMS[word]) for word in wallet.platforms])
            parts.append(_("runs on {platforms}", platforms=platforms))
        others = [code for code in wallet.markets if country not in (None, code)]
        if 0 < len(others) <= _COUNTRIES:
            named = listed([other_end(code, bare=True) for code in others])
            parts.append(_("also in {countries}", countries=named))
        elif others:
            parts.append(_("also in {count} other countries", count=len(others)))
        licence, operator = market.licence, market.operator or wallet.operator
        who = [_("run by {operator}", operator=known_text(operator))] if operator else []
        if licence:
            by = catalog_text(licence.as_)
            if licence.authority:
                by = _("supervised by {authority}", authority=catalog_text(licence.authority))
            who.append(f"{by} [{self.mark(licence)}]")
        if who:
            parts.append(clauses(who))
        about = first_upper(apart(parts)).removesuffix(".")
        summary = catalog_text(wallet.summary)
        yield text(_("{summary} {more}.", summary=summary, more=about))
        status = market.status
        if status and status.state not in CLOSED:
            words = f"{first_upper(_(vocabulary.STATUSES[status.state]))} [{self.mark(status)}]"
            yield text(words, "unknown" if status.state == "unconfirmed" else "")

    def costs(self) -> Iterator[_Line]:
        """Yield the prices by operation, for a customer who is no seller, on the first plan."""
        market = self.market
        if plans := market.plans:
            prices = [
                _("{plan} {cost}", plan=plan.name, cost=self.plan_price(plan.id)) for plan in plans
            ]
            form = N_("Plans: {plans}; what follows is for {plan}")
            yield "", _(form, plans=apart(prices), plan=plans[0].name)
        charges = [each for each in _CHARGES if not (each == "subscription" and plans)]
        operations = [*vocabulary.USAGE_OPERATIONS, *charges]
        for tax in (False, True):
            rules = {
                each: [(r, self.mark(r)) for r in self.prices(each, tax=tax) if not r.price]
                for each in operations
            }
            told = [(operation, known) for operation, known in rules.items() if known]
            for words in say.costs_words(told):
                yield "", words
        if given := [rule for rule in market.gives_back if not has_ended(rule, self.today)]:
            facts = [(given_words(rule), self.mark(rule)) for rule in given]
            yield "+", _("Given back: {facts}", facts=say.told_words(facts, _GIVEN))

    def prices(self, operation: str, *, tax: bool = False) -> list[model.FeeRule]:
        """Return what most pay for an operation, first what holds for everybody.

        With `tax`, what most pay to the state for it. No surcharges, nothing for sellers, and of
        plans the first.
        """
        plans = self.market.plans
        rules = [
            rule
            for rule in self.market.fees_and_taxes
            if rule.operation == operation
            and rule.tax is tax
            and not (rule.surcharge or rule.paid_by or "business" in rule.for_)
            and (not rule.plan or not plans or plans[0].id in rule.plan)
        ]
        if plans:
            rules = [structs.replace(rule, plan=()) for rule in rules]
        return sorted(rules, key=lambda rule: bool(rule.when or rule.for_ or rule.provider))

    def unpriced(self, gaps: Gaps) -> Iterator[_Line]:
        """Yield for what no price is known, though it is or may be done."""
        done = [
            each
            for each in vocabulary.OPERATIONS
            if each in gaps.fees or {rule.price for rule in self.prices(each)} == {"unknown"}
        ]
        if not self.wallet.holds_balance(self.market):
            done = [each for each in done if each not in _OF_BALANCE]
        if self.wallet.kind_in(self.market) == "remittance":
            # What it is for comes first.
            done.sort(key=lambda each: each != "send-abroad")
        can = [say.doing_words(each) for each in gaps.fees_if_done]
        parts = [
            _(_UNPRICED[each])
            if each in _UNPRICED
            else _("the price to {use}", use=say.doing_words(each))
            for each in done
        ]
        parts += [_("if you can {use}", use=words) for words in can]
        return _unknown(say.few_words(parts) if parts else "")

    def plan_price(self, plan: str) -> str:
        """Return what a plan costs."""
        rules = [r for r in self.market.fees if r.operation == "subscription" and plan in r.plan]
        if not rules or rules[0].price == "unknown":
            return _("(price not known)")
        return f"{say.price_words(rules[0])} [{self.mark(rules[0])}]"

    def claims(self, family: str, most: int = _CLAIMS) -> Iterator[_Line]:
        """Yield the facts of a family that hold in one line, those that do not in another.

        What is only concluded comes last.
        """
        claims: Mapping[str, model.Claim] = getattr(self.market, family)
        words = [word for word in vocabulary.CLAIM_FAMILIES[family] if word in claims]
        for has, marker in ((True, "+"), (False, "-")):
            facts = [
                (self.phrase(f"{family}:{word}", claims[word]), self.mark(claims[word]))
                for word in sorted(words, key=lambda word: is_implied(claims[word]))
                if claims[word].has is has
            ]
            if facts:
                yield marker, first_upper(say.told_words(facts, most))

    def phrase(self, key: str, claim: model.Claim) -> str:
        """Return a yes or no with whom it holds for; of a long condition, that there is one."""
        return claim_phrase(key, claim.has) + _scope(claim)

    def safety(self, rights: tuple[model.Right, ...]) -> Iterator[_Line]:
        """Yield what protects log-in and money, and what went wrong."""
        yield from self.claims("security", _LOCKS)
        covers = self.market.protection
        kept: dict[str, str] = {}
        for cover in covers:
            if cover.kind != "none":
                words = cover_words(structs.replace(cover, scheme=None)) + _scope(cover)
                kept.setdefault(words, self.mark(cover))
        if kept:
            yield "+", first_upper(say.told_words(kept.items(), _COVERS))
        for cover in covers:
            if cover.kind == "none":
                words = first_upper(cover_words(cover)) + _scope(cover)
                yield "-", f"{words} [{self.mark(cover)}]"
        lacking = {word for cover in covers for word in cover.lacks}
        lacking |= {cover.kind for cover in covers if not _scope(cover)}
        law = [
            (lawful_in_short(right), self.mark(right, self.law(right)))
            for right in rights
            if right.right in _MONEY_RIGHTS and right.right.removeprefix("no-") not in lacking
        ]
        if law:
            yield "", _("By law {rights}", rights=say.told_words(law, _CLAIMS))
        newest = sorted(self.market.incidents, key=lambda each: each.date, reverse=True)
        kinds = by_key(
            (_(vocabulary.INCIDENTS[each.kind]), each.date) for each in newest[:_INCIDENTS]
        )
        if kinds:
            told = [with_brackets(kind, in_a_row(dates)) for kind, dates in kinds.items()]
            if (left := len(newest) - _INCIDENTS) > 0:
                told.append(_("{count} more", count=left))
            yield "-", first_upper(apart(told))

    def help(self, country: str | None, rights: tuple[model.Right, ...]) -> Iterator[_Line]:
        """Yield whom to call, and who hears a complaint."""
        support = self.market.support
        ways = [
            (_way(word, channel), self.mark(channel))
            for word in vocabulary.CHANNELS
            if (channel := support.channels.get(word)) and channel.has
        ]
        if ways:
            yield "+", first_upper(say.told_words(ways, _CLAIMS))
        lacking = [
            (channel_name(word), self.mark(channel))
            for word, channel in support.channels.items()
            if not channel.has
        ]
        if lacking:
            yield "-", _("No {channels}", channels=say.told_words(lacking, _CLAIMS))
        told = []
        if complaint := support.complaint:
            how = f"{say.cut(catalog_text(complaint.how))} [{self.mark(complaint)}]"
            told.append(_("to complain: {how}", how=how))
        if reply := support.reply:
            time = f"{_within(reply)} [{self.mark(reply)}]"
            told.append(_("answers {within}", within=time))
        answered = [right for right in rights if right.right == "complaint-reply"]
        if not reply:
            # One of some matters only where none is of all.
            for right in sorted(answered, key=lambda each: bool(each.about))[:1]:
                mark = self.mark(right, self.law(right))
                time = f"{_within(right)} [{mark}]"
                told.append(_("by law answers {within}", within=time))
        bodies = hears_next(self.catalog, self.wallet, country) if country else ()
        for body, key, source in bodies[:1]:
            reach = body.number or body.email or _site(body.url)
            who = clauses(filter(None, [catalog_text(body.body or ""), reach]))
            who = f"{who} [{self.mark(body, source)}]"
            named = named_by(self.catalog, self.wallet, country or "", (body, key, source))
            form = N_("next by law, {body}") if "law" in named else N_("next, {body}")
            told.append(_(form, body=who))
        if told:
            yield "", first_upper(apart(told))

    def joining(self) -> Iterator[_Line]:
        """Yield what it takes to join, and how one leaves."""
        onboarding, closing = self.market.onboarding, self.market.closing
        facts = [
            (self.phrase(f"onboarding:{word}", claim), self.mark(claim))
            for word in vocabulary.ONBOARDING
            if (claim := getattr(onboarding, word))
        ]
        if age := onboarding.min_age:
            form = N_("takes nobody under {age}") if age.years else N_("has no smallest age")
            teens = self.market.features.get("teen-accounts")
            if teens and teens.has and age.years >= vocabulary.ADULT:
                form = N_("takes nobody under {age} but by its accounts for teenagers")
            facts.append((_(form, age=age.years), self.mark(age)))
        if oldest := onboarding.max_age:
            words = _("is for the young alone, to the age of {age}", age=oldest.years)
            facts.append((words, self.mark(oldest)))
        if long := onboarding.sign_up:
            words = _("takes {time} to open", time=sign_up_words(long))
            facts.append((words, self.mark(long)))
        parts = [_("to join: it {facts}", facts=say.told_words(facts, _CLAIMS))] if facts else []
        if closing:
            mark = self.mark(closing)
            if ways := clauses(closing_words(closing)):
                parts.append(_("to leave: {ways}", ways=f"{ways} [{mark}]"))
            elif note := say.cut(catalog_text(closing.note)):
                parts.append(_("on closing: {note}", note=f"{note} [{mark}]"))
        if parts:
            yield "", first_upper(apart(parts))

    def foot(self, command: str) -> Iterator[Block]:
        """Yield how to read the years, and how to see more."""
        form = N_(
            "[2026]: year of its page (undated: none); old: check again; concluded: from another"
            " fact. All: {command} --all; a part: --section fees."
        )
        yield text(_(form, command=command), "dim")

    # Facts and their sources.

    def mark(
        self, fact: model.Fact | model.Limit | model.FeeRule, source: model.Source | None = None
    ) -> str:
        """Return the mark of a fact: how old it is, and whether it is only concluded."""
        source = source or self.wallet.source(fact.source)
        mark = say.year_mark(source, fact_is_stale(fact, source, self.catalog, self.today))
        return _("{mark}, concluded", mark=mark) if is_implied(fact) else mark

    def law(self, right: model.Right) -> model.Source:
        """Return the source of what the law gives."""
        return source_of(self.catalog.laws, right)


def _section(title: str, lines: Iterable[_Line]) -> Iterator[Block]:
    """Yield the lines under a heading, if there are any; each with its colour."""
    told = ((marker, Cell(words, "unknown" if marker == "?" else "")) for marker, words in lines)
    return section(title, marked(told), 3)


def _common_market(wallet: model.Wallet) -> model.Market:
    """Return what is the same in every market of a wallet, as a market."""
    first, *others = wallet.markets.values()
    kept = _facts(first).intersection(*map(_facts, others))
    paths = {path for section, _, path in kept if section not in _CLAIM_SECTIONS}
    # What names a sum in the currency of whatever country it is, is another sum in each.
    paths -= _home_money(wallet.markets.values())

    def common(record: model.Market | model.Support | model.Onboarding) -> dict[str, Any]:
        """Return the facts of a record, only those that hold everywhere."""
        fields: dict[str, Any] = {}
        for name in record.__struct_fields__:
            value = getattr(record, name)
            if isinstance(value, model.Fact):
                fields[name] = value if value.path in paths else None
            elif isinstance(value, tuple):
                fields[name] = tuple(f for f in value if f.path in paths)
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


def _home_money(markets: Iterable[model.Market]) -> set[str]:
    """Return the paths of the facts whose sums are in several currencies, by the country."""
    currencies: dict[str, set[str]] = {}
    for market in markets:
        for item in items_of(market):
            if has_money(item.fact):
                currency = getattr(item.fact, "currency", "")
                currencies.setdefault(item.fact.path, set()).add(currency)
    return {path for path, named in currencies.items() if len(named) > 1}


def _facts(market: model.Market) -> set[tuple[str, str, str]]:
    """Return what tells facts apart: one that follows from another has the path of that."""
    items = (*items_of(market), *implied_of(market))
    return {(item.section, item.word, item.fact.path) for item in items}


# What is not known, a line for each section.


def _unknown(words: str) -> Iterator[_Line]:
    """Yield that something is not known, if anything is."""
    if words:
        yield "?", _("Not known: {what}", what=words)


def _whether(families: Mapping[str, Iterable[str]]) -> str:
    keys = (f"{name}:{each}" for name in families for each in families[name])
    phrases = [asked(claim_phrase(key, True)) for key in keys]
    return _("if it {claims}", claims=say.few_words(phrases)) if phrases else ""


def _help(gaps: Gaps) -> str:
    words = {
        "complaint": _("how to complain"),
        "reply": _("how soon a complaint is answered"),
        "escalation": _("who hears a complaint next"),
        "languages": _("in which languages it helps"),
    }
    parts = [_("how the account is closed")] if "how" in gaps.closing else []
    parts += [words[word] for word in words if word in gaps.whole]
    if gaps.hours:
        parts.append(_("when somebody answers"))
    parts += [
        _("if it {claims}", claims=asked(_(vocabulary.ONBOARDING[word])))
        if word in vocabulary.ONBOARDING
        else _(SIGN_UP[word])
        for word in gaps.onboarding
    ]
    parts += [
        _("if it {claims}", claims=asked(claim_phrase(f"channels:{word}", True)))
        for word in gaps.channels
    ]
    return say.few_words(parts, 2) if parts else ""


# Facts in few words.


def _scope(fact: model.Claim | model.Protection) -> str:
    """Return for whom a fact holds; of a condition in prose, only that there is one."""
    scopes = scope_words(structs.replace(fact, when=None), few=True, only=True)
    told = [_("only {part}", part=clauses(scopes))] if scopes else []
    if fact.when:
        told.append(_("not always"))
    return _(" ({words})", words=clauses(told)) if told else ""


def _site(url: str | None) -> str | None:
    """Return an address as people say it: "consumerfinance.gov/complaint"."""
    return url and url.removeprefix("https://").removeprefix("www.").removesuffix("/")


def _way(word: str, channel: model.Channel) -> str:
    """Return a way to reach support: "a phone line (2882)"."""
    reach = channel.number or channel.address
    hours = catalog_text(channel.hours or "") if word in ANSWERED else None
    name = _(vocabulary.CHANNELS[word])
    if details := clauses(filter(None, (reach, hours))):
        name = with_brackets(name, details)
    return name + _scope(channel)


def _within(reply: model.Reply | model.Right) -> str:
    """Return how soon a complaint is answered, or some are: "some complaints within 1 day"."""
    form = N_("some complaints within {time}") if reply.about else N_("within {time}")
    return _(form, time=reply_words(reply))
