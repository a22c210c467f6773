"""What is known of a market, fact by fact: yes, no, or not known. Pure.

`observe` answers the keys that `criteria.yaml`, must-haves and wishes name, so the rules of scope
(plan, person, bank, condition) are applied in one place.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Literal

from msgspec import Struct, structs

from walletpick.bill.conditions import (
    all_online,
    answers_of,
    are_others,
    bank_fits,
    banks_of,
    cover_all,
    decided_by,
    holds,
    people_of,
    unanswered,
    with_decided,
)
from walletpick.bill.shown import (
    AT_TILLS,
    CARD,
    HOW_FAST,
    ONLINE,
    WAYS,
    keys_apart,
    operations_of,
    shown_by,
    stands_apart,
    way_keys,
)
from walletpick.facts import places
from walletpick.facts.ages import is_of, stale_day
from walletpick.facts.cards import leaves_cash_to_card
from walletpick.facts.law import (
    answer_time,
    calendar_days,
    is_held_otherwise,
    licence_class,
    rights_of,
    source_of,
)
from walletpick.facts.model import (
    Catalog,
    Claim,
    Fact,
    FeeRule,
    Limit,
    Market,
    Needs,
    Protection,
    Quoted,
    Reply,
    Right,
    Source,
    Wallet,
)
from walletpick.facts.vocabulary import (
    ABROAD_OPERATIONS,
    CASH_POINTS,
    CLAIM_FAMILIES,
    METHOD_COVERS,
    RIGHTS,
    SENDING_OPERATIONS,
    TRANSFER_OPERATIONS,
    applies,
)

# The kind of a wallet that only passes money on.
_PASSING = "pass-through"
# What the law gives where an operator promises nothing, or less.
_FLOORS = {"reply": "complaint-reply", "escalation": "escalation"}


class Candidate(Struct, frozen=True):
    """One market of one wallet, on one of its plans ("" where there are none)."""

    wallet: Wallet
    country: str
    market: Market
    plan: str = ""

    def source_of(self, fact: Fact | FeeRule) -> Source:
        """Return the source of one of this market's facts, or of a quote."""
        if isinstance(fact, Quoted):
            return fact.head.source
        return self.wallet.source(fact.source)

    @property
    def kind(self) -> str:
        """Of which kind the wallet is there."""
        return self.wallet.kind_in(self.market)

    @property
    def holds_balance(self) -> bool:
        """Whether money lies in it there."""
        return self.wallet.holds_balance(self.market)

    @property
    def key(self) -> tuple[str, str, str]:
        """What tells one market on one plan from any other."""
        return self.wallet.id, self.country, self.plan

    @property
    def status(self) -> str:
        """Whether the market is open: a word of the vocabulary."""
        return self.market.state


class Condition(Struct, frozen=True):
    """When a fact holds, if not always: on plans, for people, at banks, or as the source says.

    "given" are words that the person has not answered. "card" alone: a wallet that only passes a
    card on does nothing with cash; the card does.
    """

    of: Literal[
        "operation", "method", "plan", "countries", "people", "bank", "given", "when", "card"
    ]
    words: tuple[str, ...]


class Observation(Struct, frozen=True):
    """`value` is None when it is not known; `fact` is what it rests on, where there is one.

    `condition` says when a yes holds, if it does not always; then the value is None, or no where
    the person said that it is not so.
    """

    value: bool | None
    fact: Fact | FeeRule | None = None
    source: Source | None = None
    stale: bool = False
    condition: Condition | None = None


NOT_KNOWN = Observation(None)


def in_scope(
    fact: Claim | Protection | FeeRule | Limit,
    plan: str,
    people: frozenset[str],
    banks: frozenset[str],
    answers: frozenset[str],
) -> tuple[bool, Condition | None]:
    """Return whether a fact's plan, person, bank and conditions fit, and what is left open.

    `people`, `banks` and `answers` are what the person is (see `people_of`), has (see `banks_of`)
    and answered (see `answers_of`).
    """
    if fact.plan and plan not in fact.plan:
        return False, Condition("plan", fact.plan)
    if not isinstance(fact, Protection):
        if fact.for_ and people.isdisjoint(fact.for_):
            return False, Condition("people", fact.for_)
        if fact.provider and not bank_fits(fact.provider, banks):
            return False, Condition("bank", fact.provider)
    if fact.given and (held := holds(fact.given, answers)) is not True:
        return held is None, Condition("given", unanswered(fact.given, answers) or fact.given)
    return True, Condition("when", (fact.when,)) if fact.when else None


def covers(of_rule: str | None, method: str) -> bool:
    """Return whether a rule for one method, or for all, is a rule for this one."""
    return of_rule in (None, method) or method in METHOD_COVERS.get(of_rule or "", ())


def naming(
    candidate: Candidate, operation: str, method: str, catalog: Catalog
) -> Iterator[Claim | FeeRule | Limit]:
    """Yield what says that a market does an operation by a method: prices, limits and claims.

    "By card" is also shown by what is by one kind of card. What a survey saw is among the prices.
    How a balance is filled and emptied says nothing of sending; where none is held, it is sending.
    """
    market = candidate.market
    sent_by_card = method == "card" and operation in SENDING_OPERATIONS
    of_all = sent_by_card or candidate.kind == "remittance" or operation in WAYS
    named = (method, *METHOD_COVERS.get(method, ()))
    for item in (*market.fees, *market.limits):
        if not isinstance(item, FeeRule | Limit) or item.operation != operation:
            continue
        tax = isinstance(item, FeeRule) and item.tax
        if item.method and not tax and (item.method in named or covers(item.method, method)):
            yield item
    for key in way_keys(operation, method) or keys_apart(method):
        family, _, word = key.partition(":")
        claim = getattr(market, family).get(word)
        if claim and claim.has and (operation in claim.operation if claim.operation else of_all):
            yield claim
    if operation == "send-abroad":
        for head, quotes in catalog.seen_of(candidate.wallet.id, candidate.country):
            if by_method := tuple(quote for quote in quotes if quote.method in named):
                yield Quoted.made_of(head, by_method[:1])


def by_foreign_card(
    candidate: Candidate, operation: str, country: str | None, needs: Needs
) -> bool:
    """Return whether a card of the person pays in foreign money, and the wallet only passes it on.

    What that costs is the card's affair, and nothing that the wallet's operator could say; but a
    wallet with a rate of its own changes the money, and takes it from the card in the card's own.
    """
    if candidate.kind != _PASSING:
        return False
    if operation == "pay-abroad":
        rules = (each for each in candidate.market.fees if isinstance(each, FeeRule))
        if any(each.operation == operation and each.fx_markup is not None for each in rules):
            return False
        return country is None or places.currency_of(country) != candidate.market.currency
    return operation in ("pay", "cash-out") and "foreign-card" in answers_of(needs)


def done_by_foreign_card(candidate: Candidate, needs: Needs) -> frozenset[str]:
    """Return the operations of a person whose price is their card's affair (`by_foreign_card`)."""
    return frozenset(
        use.operation
        for use in needs.use
        if by_foreign_card(candidate, use.operation, use.country, needs)
    )


# What a card does by itself, without the wallet that it is in.
_CASH_BY_CARD = ("cash-out", "cash-out:cash-atm")


def _of_platform(wallet: Wallet, word: str) -> Observation:
    if word in wallet.platforms or word in wallet.not_on:
        return Observation(word in wallet.platforms)
    return NOT_KNOWN


def _pays_online(needs: Needs) -> bool | None:
    """Return whether the person pays online alone; None where they did not say.

    Who cannot do without paying online, and asks for no way of paying in shops, does.
    """
    answered = holds(("online",), answers_of(needs))
    asks_online = not set(ONLINE).isdisjoint(needs.must) and set(AT_TILLS).isdisjoint(needs.must)
    return True if answered is None and asks_online else answered


def observe(
    candidate: Candidate, key: str, needs: Needs, catalog: Catalog, today: date
) -> Observation:
    """Return what is known of one fact of a market. `key` is one of OBSERVABLE."""
    return Observer(needs, catalog, today).look(candidate, key)


class Observer:
    """Says what is known of markets, for one person on one day.

    It holds what depends on these alone, so that it is not worked out for each fact of each market.
    """

    def __init__(self, needs: Needs, catalog: Catalog, today: date) -> None:
        self.catalog = catalog
        self.people = people_of(needs)
        self.banks = banks_of(needs)
        self.answers = answers_of(needs)
        self.pays_online = _pays_online(needs)
        self.doing = frozenset(usage.operation for usage in needs.use)
        self.uses = needs.use
        settings = catalog.criteria.settings
        self.stale_facts = stale_day(today, settings.stale_facts_months)
        self.stale_fees = stale_day(today, settings.stale_fees_months)
        self.stale_laws = stale_day(today, settings.stale_laws_months)
        self._rights: dict[tuple[str, str | None], tuple[Right, ...]] = {}
        self._answers: dict[tuple[str, frozenset[str]], frozenset[str]] = {}

    def look(self, candidate: Candidate, key: str) -> Observation:
        """Return what is known of one fact of a market. `key` is one of OBSERVABLE."""
        head, _, word = key.partition(":")
        market = candidate.market
        if head == "does":
            return self._does(candidate, word)
        if head == "protection":
            return self._protection(candidate, word)
        if head == "right":
            return self._right(candidate, word)
        if head in CLAIM_FAMILIES:
            claims = market.support.channels if head == "channels" else getattr(market, head)
            seen = self._claim(candidate, claims.get(word), key=key)
            return self._how_fast(candidate, seen, HOW_FAST[key]) if key in HOW_FAST else seen
        if head == "platform":
            return _of_platform(candidate.wallet, word)
        if head == "onboarding":
            claim = getattr(market.onboarding, word)
            # What cannot be asked for is not asked for.
            if claim is None and not applies(key, candidate.kind):
                return Observation(False)
            return self._claim(candidate, claim)
        if head in ("closing", "closing-way"):
            closing = market.closing
            held = closing and (closing.difficulty if head == "closing" else closing.how)
            return self._known(candidate, closing, held == word) if closing and held else NOT_KNOWN
        if head == "hours":
            return self._always_open(candidate, word)
        fact = _single(market, head)
        if head in _FLOORS and (fact is None or self._is_worse(candidate, head, fact)):
            by_law = self._right(candidate, _FLOORS[head])
            if by_law.value:
                return by_law
        return self._known(candidate, fact) if fact else NOT_KNOWN

    def _how_fast(self, candidate: Candidate, seen: Observation, operation: str) -> Observation:
        """Return what is known of how fast an operation is: where that is not done, it is not.

        Then it rests on what says that it is not done, or in which case alone.
        """
        if seen.value is False:
            return seen
        done = self._does(candidate, operation)
        return done if done.value is False or (seen.value and done.condition) else seen

    def _known(
        self,
        candidate: Candidate,
        fact: Fact | FeeRule,
        value: bool = True,
        condition: Condition | None = None,
    ) -> Observation:
        source = candidate.source_of(fact)
        stale = self.is_stale(source)
        return Observation(None if condition else value, fact, source, stale, condition)

    def is_stale(self, source: Source, fact: Fact | FeeRule | None = None) -> bool:
        """Return whether a fact of this source, other than a price, is older than it should be."""
        return is_of(source, self.stale_laws if isinstance(fact, Right) else self.stale_facts)

    def _in_scope(
        self,
        candidate: Candidate,
        fact: Claim | Protection | FeeRule | Limit,
        operations: frozenset[str] = frozenset(),
    ) -> tuple[bool, Condition | None]:
        """Return whether a fact fits, and what is left open; of what is about some operations.

        What the person does by these decides some of the conditions.
        """
        if isinstance(fact, FeeRule | Limit) and fact.operation:
            operations = frozenset((fact.operation,))
        answers = self._answers_about(candidate.country, operations) if fact.given else self.answers
        return in_scope(fact, candidate.plan, self.people, self.banks, answers)

    def _answers_about(self, home: str, operations: frozenset[str]) -> frozenset[str]:
        """Return what the person answered, and what they do by some operations decides."""
        key = home, operations
        if key not in self._answers:
            done = [usage for usage in self.uses if usage.operation in operations]
            self._answers[key] = with_decided(self.answers, decided_by(done, home))
        return self._answers[key]

    def fits(self, candidate: Candidate, rule: FeeRule) -> bool:
        """Return whether a price is for the plan, the person and the person's banks."""
        return self._in_scope(candidate, rule)[0]

    def takes(self, candidate: Candidate, word: str, operation: str) -> Observation:
        """Return what is known of whether a market takes money by some means for an operation.

        What only passes money on has no balance that cash could fill, nor has who has no bank
        account another one behind it.
        """
        claim = candidate.market.funding.get(word)
        if claim is None and word in CASH_POINTS and self._holds_nothing(candidate):
            return Observation(False)
        return self._claim(candidate, claim, frozenset((operation,)), f"funding:{word}")

    def _claim(
        self,
        candidate: Candidate,
        claim: Claim | None,
        doing: frozenset[str] | None = None,
        key: str = "",
    ) -> Observation:
        if claim is None:
            return NOT_KNOWN
        doing = self.doing if doing is None else doing
        if claim.operation and doing.isdisjoint(claim.operation):
            return self._known(candidate, claim, condition=Condition("operation", claim.operation))
        operations = operations_of(key)
        if claim.has and claim.countries:
            there = self._is_there(candidate, operations, claim.countries)
            if not there:
                elsewhere = Condition("countries", claim.countries)
                return self._outside(candidate, claim, elsewhere, decided=there is False)
        if claim.method:
            return self._known(candidate, claim, condition=Condition("method", claim.method))
        # A machine or a shop serves everybody who comes, wherever they bank.
        anyone = key.startswith(("funding:cash-", "payout:cash-"))
        scope = structs.replace(claim, provider=()) if claim.provider and anyone else claim
        fits, condition = self._in_scope(candidate, scope, operations.intersection(doing))
        if fits or condition is None:
            return self._known(candidate, claim, claim.has, condition)
        # That the one condition on which it does so is not met, the person said, or what they do.
        decided = condition.of == "given" or (
            condition.of == "people" and are_others(condition.words, self.people)
        )
        return self._outside(candidate, claim, condition, decided=decided)

    def _outside(
        self, candidate: Candidate, claim: Claim, condition: Condition, *, decided: bool
    ) -> Observation:
        """Return what a claim says of a case that is not, or not surely, one of its own.

        Where it is decided that it is none, what is so in those cases only is not so. But a price
        for some people or places, which a claim may follow from, says nothing of others.
        """
        if claim.has and decided and (condition.of == "given" or not _is_by_price(claim)):
            return structs.replace(self._known(candidate, claim, False), condition=condition)
        if condition.of == "countries":
            return self._known(candidate, claim, condition=condition)
        return Observation(None, claim, candidate.source_of(claim), False, condition)

    def _is_there(
        self, candidate: Candidate, operations: frozenset[str], ends: tuple[str, ...]
    ) -> bool | None:
        """Return whether all that the person does by some operations is in some countries.

        None where that is not known: what is not listed may be left out, but home is not abroad.
        To which of them money is sent, `score.destinations` asks of each usage.
        """
        if operations & set(SENDING_OPERATIONS):
            return True
        home = candidate.country
        done = [usage for usage in self.uses if usage.operation in operations]
        there = [
            places.is_end(usage.country or home, ends, home)
            for usage in done
            if usage.country or usage.operation not in ABROAD_OPERATIONS
        ]
        if all(there):
            return True if done else None
        return False if ends == ("abroad",) and not any(there) else None

    def _protection(self, candidate: Candidate, kind: str) -> Observation:
        given: list[Observation] = []
        partial = NOT_KNOWN
        for item in candidate.market.protection:
            if item.kind == kind or kind in item.lacks:
                fits, condition = self._in_scope(candidate, item)
                if fits and not condition:
                    given.append(self._known(candidate, item, item.kind == kind))
                elif item.kind == kind:
                    partial = self._known(candidate, item, condition=condition)
        covered = [seen for seen in given if seen.value]
        if covered:
            return _freshest(covered)
        if kind in RIGHTS and not is_held_otherwise(candidate.market, candidate.kind, kind):
            # What the law gives, no operator takes away.
            by_law = self._right(candidate, kind)
            if by_law.value or (by_law.fact and not given and partial is NOT_KNOWN):
                return by_law
        return _freshest(given) if partial is NOT_KNOWN else partial

    def _always_open(self, candidate: Candidate, hours: str) -> Observation:
        return _freshest(
            [
                self._known(candidate, channel)
                for channel in candidate.market.support.channels.values()
                if channel.has
                and channel.hours == hours
                and self._in_scope(candidate, channel) == (True, None)
            ]
        )

    def _rights_of(self, candidate: Candidate) -> tuple[Right, ...]:
        licence = licence_class(candidate.market, candidate.kind)
        key = (candidate.country, licence)
        if key not in self._rights:
            self._rights[key] = rights_of(self.catalog.laws, *key)
        return self._rights[key]

    def _right(self, candidate: Candidate, word: str) -> Observation:
        """What the law gives: yes; with a condition where it gives it in some case only."""
        given: list[Observation] = []
        partial = NOT_KNOWN
        # What holds for some matters only is believed where nothing holds for all.
        for right in sorted(self._rights_of(candidate), key=lambda each: bool(each.about)):
            if right.right != word:
                continue
            source = source_of(self.catalog.laws, right)
            stale = self.is_stale(source, right)
            if right.when:
                partial = Observation(None, right, source, stale, Condition("when", (right.when,)))
            else:
                given.append(Observation(True, right, source, stale))
        return _freshest(given) if given else partial

    def _is_worse(self, candidate: Candidate, head: str, fact: Fact) -> bool:
        """Return whether the law gives more than the operator promises."""
        if head != "reply" or not isinstance(fact, Reply):
            return False
        return any(
            calendar_days(answer_time(right)) < calendar_days(answer_time(fact))
            for right in self._rights_of(candidate)
            if right.right == "complaint-reply" and not right.when and not right.about
        )

    def _does(self, candidate: Candidate, word: str) -> Observation:
        """Return whether a market does an operation (by a method: `top-up:cash-agent`)."""
        seen = self._done(candidate, word)
        if seen.value is not None or seen.condition:
            return seen
        if leaves_cash_to_card(candidate.wallet, candidate.market, word):
            beside = self.doing - {"cash-out"}
            if word in _CASH_BY_CARD and "foreign-card" in self.answers and beside:
                # A visitor draws cash with the card from home, whatever wallet it is in; but a
                # wallet is no answer to who wants nothing else.
                return Observation(True)
            return Observation(False, condition=Condition("card", ()))
        operation, _, method = word.partition(":")
        if operation == "top-up" and method in CASH_POINTS and self._holds_nothing(candidate):
            return Observation(False)
        return seen

    def _holds_nothing(self, candidate: Candidate) -> bool:
        """Return whether nothing holds money there, neither the wallet nor a bank behind it."""
        return candidate.kind == _PASSING and "unbanked" in self.people

    def _done(self, candidate: Candidate, word: str) -> Observation:
        """A market does an operation when a claim says so or a price for it is published.

        By a certain way (`top-up:cash-agent`) it does so when that way is named, or priced. What a
        price says of a claim stands in `implications.yaml`; here it also counts where no claim has
        a word for what is priced. A price under one condition says no more than such a claim does.
        """
        operation, _, method = word.partition(":")
        apart = stands_apart(operation, method)
        if apart and operation not in WAYS:
            return self._does_by(candidate, operation, method)
        keys = shown_by(operation, method)
        seen = [self.look(candidate, key) for key in keys]
        if any(item.condition and item.condition.of == "countries" for item in seen):
            # A card of what pays elsewhere only is one for elsewhere, and no way to pay here.
            seen = [
                NOT_KNOWN if key == CARD else item for key, item in zip(keys, seen, strict=True)
            ]
        if operation == "pay" and self.pays_online is not True:
            seen = [
                self._online_only(item) if key in ONLINE and item.value else item
                for key, item in zip(keys, seen, strict=True)
            ]
        if operation in TRANSFER_OPERATIONS:
            # Who sends among a wallet's users sends; to whom, `score.destinations` asks.
            seen = [self._by_some_way(candidate, item, operation) for item in seen]
        shown = [item for item in seen if item.value]
        prices = [
            rule
            for rule in candidate.market.fees
            if rule.operation == operation
            and not rule.tax
            and (not method or covers(rule.method, method))
            and (rule.method or not apart)
            and self._in_scope(candidate, rule)[0]
            and self._leads_there(candidate, rule)
        ]
        plain = [
            each
            for each in prices
            if each.surcharge
            or not (self._in_scope(candidate, each)[1] or self._bounded(candidate, each))
        ]
        if not plain and cover_all(prices) and not all_online(prices, self.answers):
            plain = prices
        shown += [self._priced(candidate, rule, always=True) for rule in plain]
        if not shown and operation == "send-abroad":
            shown = self._seen(candidate)
        if shown:
            return _freshest(shown)
        # Where all claims that can show it say "no", it is a no; to who pays online alone, that of
        # paying in online shops is.
        said = [seen[keys.index(ONLINE[0])]] if operation == "pay" and self.pays_online else seen
        if said and all(item.value is False for item in said):
            return _freshest(said)
        seen += [self._priced(candidate, rule, always=False) for rule in prices]
        open_ = next((item for item in seen if item.condition), NOT_KNOWN)
        return structs.replace(open_, value=None)

    def _by_some_way(self, candidate: Candidate, seen: Observation, operation: str) -> Observation:
        """Return that what a claim says to be done by some methods is done, where it holds."""
        claim, condition = seen.fact, seen.condition
        by_method = condition is not None and condition.of == "method"
        if not (isinstance(claim, Claim) and claim.has and by_method):
            return seen
        fits, narrower = self._in_scope(candidate, claim, frozenset((operation,)))
        return structs.replace(seen, value=(fits and not narrower) or None, condition=narrower)

    def _online_only(self, seen: Observation) -> Observation:
        """Return what it says of paying in shops and online that one pays online: not known."""
        if self.pays_online is False:
            return NOT_KNOWN
        return structs.replace(seen, value=None, condition=Condition("given", ("online",)))

    def _leads_there(self, candidate: Candidate, rule: FeeRule) -> bool:
        """Return whether a price between two places is for where the person does it: at home, say.

        What is for abroad by its meaning leads there, and `score.destinations` asks to which place.
        """
        end, home = (rule.corridor or "").partition("-")[2], candidate.country
        if not end or end == home or rule.operation in ABROAD_OPERATIONS:
            return True
        end = "abroad" if end == "foreign-currency" else end
        done = [use.country or home for use in self.uses if use.operation == rule.operation]
        return any(places.is_end(country, (end,), home) for country in done or [home])

    def _does_by(self, candidate: Candidate, operation: str, method: str) -> Observation:
        """A market does an operation by a method where it does it, and something names the method.

        That it does not do it at all is a no; that nothing names the method is not known.
        """
        done = self._does(candidate, operation)
        if not done.value:
            return done
        seen = []
        for fact in naming(candidate, operation, method, self.catalog):
            fits, condition = self._in_scope(candidate, fact, frozenset((operation,)))
            if fits:
                stale = self.stale_fees if isinstance(fact, FeeRule) else self.stale_facts
                source = candidate.source_of(fact)
                value = None if condition else True
                seen.append(Observation(value, fact, source, is_of(source, stale), condition))
        shown = [each for each in seen if each.value]
        return _freshest(shown or seen)

    def _bounded(self, candidate: Candidate, rule: FeeRule) -> bool:
        """Return whether what is priced is stated to be done in some cases only.

        Of paying, that is stated apart of paying online.
        """
        keys = shown_by(rule.operation)
        if len(keys) > 1 and "online" not in rule.given:
            return False
        _, _, word = (keys[0] if len(keys) == 1 else ONLINE[0]).partition(":")
        claim = candidate.market.features.get(word)
        if claim is None or claim.implied_by:
            return False
        for_others = bool(claim.for_) and are_others(claim.for_, self.people)
        return bool(claim.when or claim.given or claim.countries or for_others)

    def _priced(self, candidate: Candidate, rule: FeeRule, *, always: bool) -> Observation:
        """Return that what has a price is done: where not `always`, under its condition only."""
        source = candidate.source_of(rule)
        condition = None if always else self._in_scope(candidate, rule)[1]
        stale = is_of(source, self.stale_fees)
        return Observation(None if condition else True, rule, source, stale, condition)

    def _seen(self, candidate: Candidate) -> list[Observation]:
        """Return that somebody sent money abroad with it, where a survey saw that."""
        quoted = []
        for head, quotes in self.catalog.seen_of(candidate.wallet.id, candidate.country):
            stale = is_of(head.source, self.stale_fees)
            fact = Quoted.made_of(head, quotes[:1])
            quoted.append(Observation(True, fact, head.source, stale))
        return quoted


def _is_by_price(claim: Claim) -> bool:
    """Return whether a claim is not stated, nor follows from one that is: prices stand in lists."""
    return "[" in claim.implied_by


def _single(market: Market, head: str) -> Fact | None:
    support = market.support
    facts: dict[str, Fact | None] = {
        "licence": market.licence,
        "complaint": support.complaint,
        "reply": support.reply,
        "languages": support.languages,
        "escalation": support.escalation[0] if support.escalation else None,
    }
    return facts[head]


def _freshest(alike: list[Observation]) -> Observation:
    """Return the first of several that say the same, but for a stale one only if all are."""
    fresh = [seen for seen in alike if not seen.stale]
    return (fresh or alike or [NOT_KNOWN])[0]
