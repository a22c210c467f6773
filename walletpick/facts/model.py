"""Immutable records: what a catalog holds, each fact with its source and its place in a file.

Figures are `Decimal`. A name that ends in `percent` holds percent (1.5 means 1.5 %); fractions
exist only inside the arithmetic. Dates are ISO 8601 text and may be partial ("2026", "2026-05").
`file` is the file that a record came from, as messages name it.

Keys in YAML are the field names; a trailing underscore (`for_`, `from_`, `as_`) is dropped. In a
file they stand in the order of the fields: those of a class itself, then those it inherits. A class
that names an inherited field again moves it to that place, and one with INHERITED_FIRST puts those
that it inherits first; LAST stand at the end. This is the only list of that order.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cached_property
from typing import Annotated, Any, ClassVar, Literal

from msgspec import Meta, Struct, field, structs

from walletpick.facts.vocabulary import FAMILIES


def _word(family: str) -> Any:
    return Meta(extra={"family": family}, extra_json_schema={"enum": list(FAMILIES[family])})


def _kind(kind: str, pattern: str | None = None) -> Any:
    # The reader of the files checks it, for every kind: a compiled catalog was read before, and to
    # match its thousands of texts again would take longer than to read them. Only schemas name it.
    schema = {"pattern": pattern} if pattern else None
    return Meta(extra={"kind": kind}, extra_json_schema=schema)


def _from_to(least: int, most: int) -> Any:
    limits = {"minimum": least, "maximum": most}
    return Meta(extra={"range": (least, most)}, extra_json_schema=limits)


Operation = Annotated[str, _word("operation")]
Method = Annotated[str, _word("method")]
Person = Annotated[str, _word("person")]
Given = Annotated[str, _word("given")]
Platform = Annotated[str, _word("platform")]
Country = Annotated[str, _kind("country", "^[A-Z]{2}$")]
Currency = Annotated[str, _kind("currency", "^[A-Z]{3}$")]
Corridor = Annotated[str, _kind("corridor")]
# What people read of a catalog, which other languages say in their own words.
Read = Annotated[str, Meta(extra={"read": True})]
# Where something holds: a country, a zone that has it, or `abroad`.
Ends = Annotated[tuple[Annotated[str, _kind("end")], ...], _kind("one-or-more")]
PartialDate = Annotated[str, _kind("date", r"^\d{4}(-\d{2}(-\d{2})?)?$")]
Url = Annotated[str, _kind("url", "^https?://")]
Id = Annotated[str, _kind("id", "^[a-z0-9]+(-[a-z0-9]+)*$")]
# How long a stay is: "3 weeks".
Length = Annotated[str, _kind("length", r"^\d{1,3} *(day|week|month|year)s?$")]
# What a group of countries is called.
Name = Annotated[str, _kind("name", "^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$")]
# What a person may ask for, with or without its family: `pay-nfc`, `security:passkey`.
Wanted = Annotated[str, _kind("wanted")]
# What can be looked for in a market's pages: `security:passkey`, `fee:send:own-network`, `closing`.
Looked = Annotated[str, _kind("looked")]
# How much a criterion matters.
Weight = Annotated[Decimal, _from_to(0, 5)]
# A scope of one word or of several: `plan: plus`, `plan: [plus, metal]`.
Words = Annotated[tuple[str, ...], _kind("one-or-more")]
Operations = Annotated[tuple[Operation, ...], _kind("one-or-more")]
Methods = Annotated[tuple[Method, ...], _kind("one-or-more")]
People = Annotated[tuple[Person, ...], _kind("one-or-more")]
Conditions = Annotated[tuple[Given, ...], _kind("one-or-more")]
# Matters of complaint that something holds for; left out, it holds for all.
Matters = Annotated[tuple[Annotated[str, _word("matter")], ...], _kind("one-or-more")]
WalletKinds = Annotated[tuple[Annotated[str, _word("kind")], ...], _kind("one-or-more")]
# What a rule of `implications.yaml` goes from, and what it leads to.
Implying = Annotated[tuple[Annotated[str, _kind("implying")], ...], _kind("one-or-more")]
Implied = Annotated[tuple[Annotated[str, _kind("implied")], ...], _kind("one-or-more")]


class Record(Struct, frozen=True, kw_only=True, omit_defaults=True, rename=lambda n: n.rstrip("_")):
    """Anything that stands in a file: knows its line and column (from 1) and its path there."""

    # The keys that stand last in whichever record has them.
    LAST: ClassVar[tuple[str, ...]] = ("more_sources",)

    line: int = 0
    column: int = 0
    path: str = ""


class Source(Record, frozen=True, kw_only=True):
    """Where a fact was read. `as_of` is the date the page itself gives; None when it gives none."""

    url: Url
    title: str
    publisher: Annotated[str, _word("publisher")]
    as_of: PartialDate | None
    seen: PartialDate
    # The page was not seen itself, but as another page quotes it.
    second_hand: bool = False


class Fact(Record, frozen=True, kw_only=True):
    """A sourced record. `source` is a key of the wallet's `sources`."""

    note: Read = ""
    source: str


class Price(Record, frozen=True, kw_only=True):
    """What one use costs: `percent` of the amount plus `fixed`, held between `min` and `max`.

    `percent_max` and `fixed_max` make it a range. `fx_markup` is percent over the mid-market rate.
    Money is in the market's currency unless the rule names another.
    """

    percent: Decimal | None = None
    percent_max: Decimal | None = None
    fixed: Decimal | None = None
    fixed_max: Decimal | None = None
    min: Decimal | None = None
    max: Decimal | None = None
    fx_markup: Decimal | None = None
    fx_markup_max: Decimal | None = None
    # A charge is known to exist, or may exist, but nobody publishes the figure.
    price: Literal["unknown"] | None = None


class Band(Price, frozen=True, kw_only=True):
    """The price of uses with an amount up to and including `up_to`; without it, of all above."""

    up_to: Decimal | None = None


class Step(Price, frozen=True, kw_only=True):
    """A price that depends on what was done before in the month.

    It holds up to and including use number `up_to_uses`, or until `up_to_amount` has been moved;
    the last step names neither.
    """

    up_to_uses: int | None = None
    up_to_amount: Decimal | None = None
    bands: tuple[Band, ...] = ()


class Allowance(Record, frozen=True, kw_only=True):
    """What is free in each period: the first `count` uses, the first `amount` of money."""

    amount: Decimal | None = None
    count: int | None = None
    per: Literal["day", "month", "year", "lifetime"]
    # "first": whichever of amount and count runs out first ends the allowance.
    until: Literal["first"] | None = None
    # Uses below this amount are not free and do not count.
    min_amount: Decimal | None = None
    # "recipient": counted for each recipient apart.
    each: Literal["recipient"] | None = None


class Cap(Record, frozen=True, kw_only=True):
    """The most that a rule charges in a period."""

    amount: Decimal
    per: Literal["month", "year"]


class FeeRule(Price, frozen=True, kw_only=True):
    """One priced statement of the operator: to what it applies, and the price."""

    operation: Operation
    method: Method | None = None
    plan: Words = ()
    corridor: Corridor | None = None
    # The price holds at these banks or networks only, and says nothing of others.
    provider: Words = ()
    for_: People = ()
    # Only where a person answers so: all of these conditions.
    given: Conditions = ()
    when: Read | None = None
    # A tax that the operator passes on: shown apart, included in totals.
    tax: bool = False
    # Comes on top of the ordinary rule when its condition holds.
    surcharge: bool = False
    # "fee": the percentage is of the ordinary fee and not of the amount (VAT on a fee).
    of: Literal["fee"] | None = None
    # Named again for the order of keys: the price stands here.
    percent: Decimal | None = None
    percent_max: Decimal | None = None
    fixed: Decimal | None = None
    fixed_max: Decimal | None = None
    min: Decimal | None = None
    max: Decimal | None = None
    fx_markup: Decimal | None = None
    fx_markup_max: Decimal | None = None
    price: Literal["unknown"] | None = None
    # "at-least": the lowest price; "at-most": the highest. The other end is not published.
    bound: Literal["at-least", "at-most"] | None = None
    bands: tuple[Band, ...] = ()
    steps: tuple[Step, ...] = ()
    per: Literal["month", "year"] | None = None
    free: Allowance | None = None
    pool: str | None = None
    cap: Cap | None = None
    currency: Currency = ""
    # Below this amount no price is known.
    from_: Decimal | None = None
    # Charged only after this many months without use.
    after_months: int | None = None
    # "other-side": the other party pays it; shown, never counted.
    paid_by: Literal["other-side"] | None = None
    note: Read = ""
    source: str


class GiveBack(Fact, frozen=True, kw_only=True):
    """What the operator gives back: for a use of an operation, or for what lies in the wallet."""

    operation: Operation | None = None
    # Interest on what lies in the wallet: `percent` is of a year.
    balance: bool = False
    method: Method | None = None
    plan: Words = ()
    corridor: Corridor | None = None
    # At these shops, banks or networks only.
    provider: Words = ()
    for_: People = ()
    given: Conditions = ()
    when: Read | None = None
    # "fee": the percentage is of what the use is charged, and not of the amount.
    of: Literal["fee"] | None = None
    percent: Decimal | None = None
    fixed: Decimal | None = None
    # "at-most": the source says "up to".
    bound: Literal["at-most"] | None = None
    # Only the first so many uses of each customer.
    uses: int | None = None
    # Only the first so many months of each customer.
    months: int | None = None
    cap: Cap | None = None
    currency: Currency = ""
    # The day on which the offer ends.
    until: PartialDate | None = None


# In what a limit holds: each use, each period, or at any time ("balance").
LimitPeriod = Literal["transaction", "day", "week", "month", "year", "lifetime", "balance"]


class Limit(Fact, frozen=True, kw_only=True):
    """The most (`amount`, `count`) or the least (`least`) that may be done."""

    what: LimitPeriod
    operation: Operation | None = None
    method: Method | None = None
    plan: Words = ()
    corridor: Corridor | None = None
    provider: Words = ()
    for_: People = ()
    # The account level in the operator's words ("basic account"). A person can reach the highest.
    level: Read | None = None
    given: Conditions = ()
    when: Read | None = None
    amount: Decimal | None = None
    count: int | None = None
    least: Decimal | None = None
    currency: Currency = ""


class Claim(Fact, frozen=True, kw_only=True):
    """A sourced yes or no, which counts inside its scope only.

    One that is not stated but follows from another fact has that fact's place, scope and source.
    `implied_by` is then the path of that fact and `rule` the id of the rule (`implications.yaml`).
    """

    has: bool
    # Only for these operations: a card that is taken for sending. Only for who uses it by these
    # methods: a balance that is for residents.
    operation: Operations = ()
    method: Methods = ()
    plan: Words = ()
    # Only to, from or in these.
    countries: Ends = ()
    # To, from or in so many; which, the source does not say.
    countries_at_least: Annotated[int, _from_to(1, 249)] | None = None
    provider: Words = ()
    for_: People = ()
    given: Conditions = ()
    when: Read | None = None
    implied_by: str = ""
    rule: str = ""


class Channel(Claim, frozen=True, kw_only=True):
    """A way to reach support."""

    # Named again for the order of keys.
    has: bool
    number: str | None = None
    address: str | None = None
    url: Url | None = None
    hours: Read | None = None


class Plan(Fact, frozen=True, kw_only=True):
    """One of several subscriptions. What it costs is a fee rule (`operation: subscription`)."""

    id: Id
    name: str


class Protection(Fact, frozen=True, kw_only=True):
    """What happens to the money when something fails."""

    kind: Annotated[str, _word("protection")]
    # With `kind: none`: the kinds of cover that the source says there is not.
    lacks: Annotated[tuple[Annotated[str, _word("protection")], ...], _kind("one-or-more")] = ()
    scheme: Read | None = None
    limit: Decimal | None = None
    per: Literal["claim", "month", "year"] | None = None
    currency: Currency = ""
    # Days after the payment within which the loss must be reported.
    within_days: int | None = None
    plan: Words = ()
    given: Conditions = ()
    when: Read | None = None


class Licence(Fact, frozen=True, kw_only=True):
    """Who supervises the operator, and as what."""

    authority: Read | None = None
    # What the law takes it for; left out, it follows from the kind of wallet.
    class_: Annotated[str, _word("licence-class")] | None = None
    as_: Read
    number: str | None = None


class Languages(Fact, frozen=True, kw_only=True):
    """The languages support is given in (ISO 639-1 codes)."""

    words: tuple[str, ...]


class Complaint(Fact, frozen=True, kw_only=True):
    """How to complain to the operator."""

    how: Read
    about: Matters = ()
    url: Url | None = None
    hours: Read | None = None
    # Days after the event within which the complaint must be made.
    within_days: int | None = None


class Reply(Fact, frozen=True, kw_only=True):
    """How long the operator has to answer a complaint."""

    days: int
    working: bool = False
    about: Matters = ()


class Escalation(Fact, frozen=True, kw_only=True):
    """Who hears the complaint next: an ombudsman or a regulator."""

    body: Read
    url: Url | None = None
    number: str | None = None
    email: str | None = None
    # Days after the operator's final answer within which to turn there.
    within_days: int | None = None
    reply_days: int | None = None


class Support(Record, frozen=True, kw_only=True):
    """Everything about getting help."""

    channels: dict[Annotated[str, _word("channels")], Channel] = field(default_factory=dict)
    languages: Languages | None = None
    complaint: Complaint | None = None
    reply: Reply | None = None
    escalation: tuple[Escalation, ...] = ()


class AgeLimit(Fact, frozen=True, kw_only=True):
    """The lowest or the highest age, in years."""

    years: int


class SignUp(Fact, frozen=True, kw_only=True):
    """How long opening takes."""

    minutes: int | None = None
    days: int | None = None


class Statement(Fact, frozen=True, kw_only=True):
    """A fact that only words can hold."""

    text: Read


class Onboarding(Record, frozen=True, kw_only=True):
    """What it takes to open an account."""

    residents_only: Claim | None = None
    local_phone: Claim | None = None
    local_bank_account: Claim | None = None
    identity_document: Claim | None = None
    private_only: Claim | None = None
    min_age: AgeLimit | None = None
    # Of what is for the young alone: until they are so old, they may have it.
    max_age: AgeLimit | None = None
    sign_up: SignUp | None = None
    about: tuple[Statement, ...] = ()


class Closing(Fact, frozen=True, kw_only=True):
    """How the account is closed, and how hard that is."""

    how: Annotated[str, _word("closing")] | None = None
    difficulty: Annotated[str, _word("difficulty")] | None = None


class Rating(Fact, frozen=True, kw_only=True):
    """What users rate it, out of 5."""

    store: str
    value: Decimal
    count: int | None = None


class Incident(Fact, frozen=True, kw_only=True):
    """Something that went wrong, and when."""

    kind: Annotated[str, _word("incident")]
    date: PartialDate
    what: Read


class Status(Fact, frozen=True, kw_only=True):
    """Whether the market is open."""

    state: Annotated[str, _word("status")]
    since: PartialDate | None = None


class Links(Record, frozen=True, kw_only=True):
    """The operator's own pages."""

    fees: Url | None = None
    terms: Url | None = None
    privacy: Url | None = None
    help: Url | None = None
    closing: Url | None = None


class Reach(Fact, frozen=True, kw_only=True):
    """Countries in which the wallet runs, and what is offered there."""

    in_: tuple[Country, ...]
    offers: Read
    # Where it is another than the wallet's.
    operator: str | None = None
    # Left out, it is active.
    state: Annotated[str, _word("status")] | None = None
    since: PartialDate | None = None


class Place(Record, frozen=True, kw_only=True):
    """What holds somewhere: everywhere the wallet runs, in a group of countries, or in one."""

    status: Status | None = None
    operator: str | None = None
    # Where it is of another kind than elsewhere.
    kind: Annotated[str, _word("kind")] | None = None
    plans: tuple[Plan, ...] = ()
    fees: tuple[FeeRule, ...] = ()
    gives_back: tuple[GiveBack, ...] = ()
    limits: tuple[Limit, ...] = ()
    funding: dict[Annotated[str, _word("funding")], Claim] = field(default_factory=dict)
    payout: dict[Annotated[str, _word("payout")], Claim] = field(default_factory=dict)
    features: dict[Annotated[str, _word("features")], Claim] = field(default_factory=dict)
    security: dict[Annotated[str, _word("security")], Claim] = field(default_factory=dict)
    protection: tuple[Protection, ...] = ()
    licence: Licence | None = None
    support: Support = Support()
    onboarding: Onboarding = Onboarding()
    closing: Closing | None = None
    ratings: tuple[Rating, ...] = ()
    incidents: tuple[Incident, ...] = ()
    links: Links = Links()


class Group(Place, frozen=True, kw_only=True):
    """What holds in several countries. Amounts are in `currency` where a fact names no other."""

    in_: tuple[Country, ...]
    currency: Currency | None = None


class Local(Place, frozen=True, kw_only=True):
    """What holds in one country only. Amounts are in `currency` where a fact names no other."""

    currency: Currency


class Own(Struct, frozen=True):
    """A fact that a person told, and the facts of the catalog in whose place it stands."""

    section: str
    word: str
    fact: Any
    before: tuple[Any, ...] = ()
    # Of a told price, the parts that are the catalog's still, as a price of its own.
    kept: Any = None
    # What the catalog has for some cases only of what was told of all, and which stays.
    beside: tuple[Any, ...] = ()


class Market(Local, frozen=True, kw_only=True):
    """A wallet in one country: what is priced, scored and ranked.

    It has all that holds there, wherever in the file it stands (see `reading.resolve`).
    """

    currency: Currency
    reach: Reach | None = None
    # What the law of the country takes beside its prices (see `reading.taxes`).
    taxes: tuple["LawFee", ...] = ()
    # What a person told of it themselves: never in a catalog, laid over it when it is read.
    own: tuple[Own, ...] = ()

    def __post_init__(self) -> None:
        # Every price, limit and cover of a market names its currency: each can be told by itself.
        for section in ("fees", "gives_back", "limits", "protection", "taxes"):
            facts = getattr(self, section)
            if not all(fact.currency for fact in facts):
                named = (
                    fact if fact.currency else structs.replace(fact, currency=self.currency)
                    for fact in facts
                )
                structs.force_setattr(self, section, tuple(named))

    @property
    def fees_and_taxes(self) -> "tuple[FeeRule, ...]":
        """All that is charged there: what the wallet takes, then what the law does."""
        return (*self.fees, *self.taxes)

    @property
    def state(self) -> str:
        """Whether it is open: "active" where nothing says that it is not."""
        return self.status.state if self.status else "active"

    def offers(self, feature: str) -> bool:
        """Return whether a feature is said to be there, if only for some people or in some case."""
        claim = self.features.get(feature)
        return claim is not None and claim.has

    @property
    def has_users(self) -> bool:
        """Whether it runs, as far as is known, and money can reach its users.

        Not where they are known to receive nothing, or only in some case.
        """
        receives = self.features.get("receive")
        runs = self.state in ("active", "restricted")
        return runs and (receives is None or (receives.has and not receives.when))

    @property
    def is_shut(self) -> bool:
        """Whether all its users are known to receive nothing, from home or from abroad."""
        claims = [self.features.get(name) for name in ("receive", "receive-abroad")]
        return all(
            claim and not (claim.has or claim.plan or claim.for_ or claim.given or claim.when)
            for claim in claims
        )


class About(Record, frozen=True, kw_only=True):
    """What a wallet is. Platforms not named are unknown, not absent: those are in `not_on`."""

    id: Id
    name: str
    local_names: dict[str, str] = field(default_factory=dict)
    aliases: tuple[str, ...] = ()
    operator: str | None = None
    kind: Annotated[str, _word("kind")]
    website: Url | None = None
    platforms: tuple[Platform, ...] = ()
    not_on: tuple[Platform, ...] = ()
    summary: Read
    sources: dict[str, Source]


class WalletFile(About, frozen=True, kw_only=True):
    """A consumer payment product: what it is, its sources, where it runs, and what holds where.

    The narrower place wins: a country over its groups, a group over everywhere.
    """

    INHERITED_FIRST: ClassVar[bool] = True

    reach: tuple[Reach, ...] = ()
    everywhere: Place = Place()
    groups: dict[Name, Group] = field(default_factory=dict)
    markets: dict[Country, Local] = field(default_factory=dict)
    notes: tuple[Read, ...] = ()


class Wallet(About, frozen=True, kw_only=True):
    """A consumer payment product and its markets, by country."""

    markets: dict[Country, Market]
    notes: tuple[Read, ...] = ()
    file: str = ""
    # Where else it has users, and users who receive nothing, if not all its markets stand here.
    elsewhere: tuple[Country, ...] = ()
    shut_elsewhere: tuple[Country, ...] = ()
    # The sources of what its markets have from the law, by country and key: "UG/tax".
    law_sources: dict[str, Source] = field(default_factory=dict)

    @property
    def kinds(self) -> frozenset[str]:
        """Of which kinds it is in its markets."""
        return frozenset({self.kind, *map(self.kind_in, self.markets.values())})

    def kind_in(self, market: Market) -> str:
        """Return of which kind it is in one of its markets."""
        return market.kind or self.kind

    def holds_balance(self, market: Market) -> bool:
        """Return whether money lies in it in one of its markets: not all is passed on."""
        return self.kind_in(market) not in ("pass-through", "remittance")

    def source(self, key: str) -> Source:
        """Return the source with a key, of its own or of a law. Raises KeyError for no such key."""
        return self.sources.get(key) or self.law_sources[key]

    def runs_in(self, country: str) -> bool:
        """Return whether it has users in a country whom money can reach, as far as is known.

        Not where it has closed, is not confirmed to run, or is not known to let people receive.
        """
        market = self.markets.get(country)
        return country in self.elsewhere or (market is not None and market.has_users)

    @property
    def shut_in(self) -> tuple[Country, ...]:
        """The countries where its users are known to receive nothing."""
        here = (code for code, market in self.markets.items() if market.is_shut)
        return (*self.shut_elsewhere, *here)

    @property
    def with_users(self) -> tuple[Country, ...]:
        """The countries of those of its markets that stand here where money can reach users."""
        return tuple(code for code, market in self.markets.items() if market.has_users)


# The files beside the wallets.


class Implication(Record, frozen=True, kw_only=True):
    """A rule by which one fact implies others: what any of `if` shows is what `then` says."""

    id: Id
    # The rule holds for wallets of these kinds; without it, for all.
    kind: WalletKinds = ()
    # "fee:receive" or "fee:cash-out:atm" for a price, "limit:cash-out:atm" for a limit, a claim
    # such as "payout:cash-atm", or "no features:cash-out" for one that does not hold.
    if_: Implying
    then: Implied
    reason: Read


class Implications(Record, frozen=True, kw_only=True):
    """`implications.yaml`: which facts follow from others, and why."""

    rules: tuple[Implication, ...] = ()


class Translated(Record, frozen=True, kw_only=True):
    """A text of the catalog in English, as it stands there, and what it is in Chinese."""

    en: str
    zh: str


class Texts(Record, frozen=True, kw_only=True):
    """`texts.yaml`: what people read of the catalog, in other languages."""

    texts: tuple[Translated, ...] = ()

    @property
    def by_language(self) -> dict[str, dict[str, str]]:
        """Language -> English text -> the text in that language."""
        return {"zh": {text.en: text.zh for text in self.texts}}


class Option(Record, frozen=True, kw_only=True):
    """One way to earn the points of a part: a fact that holds (or, with `is: false`, does not)."""

    fact: str
    is_: bool = True
    # The share of the part's points, 0 to 1.
    value: Decimal


class CurvePoint(Record, frozen=True, kw_only=True):
    """A point of a line that turns a measure into a value from 0 to 1."""

    at: Decimal
    value: Decimal


class NotFor(Record, frozen=True, kw_only=True):
    """The kinds of wallets to which a part does not apply, and why.

    `value` is what it counts for them all the same, 0 to 1.
    """

    kinds: WalletKinds
    value: Decimal | None = None
    reason: Read


class Part(Record, frozen=True, kw_only=True):
    """A part of a criterion: how many points, what earns them, and why."""

    id: Id
    points: Decimal
    # Plain words for sentences: "how you log in".
    title: Read
    # The best option that holds counts.
    best_of: tuple[Option, ...] = ()
    # Every option that holds adds its value; the sum is held to 1.
    all_of: tuple[Option, ...] = ()
    # A figure, turned into a value by the curve.
    measure: Literal["cost-percent", "rating", "reply-days", "incident-weight"] | None = None
    curve: tuple[CurvePoint, ...] = ()
    # The share of what the person named that the market does.
    needs: Literal["usages", "methods", "wishes", "platform"] | None = None
    # Counts only for people who do one of these.
    only_for: tuple[Operation, ...] = ()
    # Where it does not apply it is left out, and the other parts of the criterion share its points,
    # or it counts for what is said there.
    not_for: NotFor | None = None
    reason: Read
    reference: Url | None = None


class Criterion(Record, frozen=True, kw_only=True):
    """A dimension of the score and its parts."""

    about: Read
    parts: tuple[Part, ...]


class ExperienceRules(Record, frozen=True, kw_only=True):
    """How much a person's own diary counts in a wallet's score, and why so much."""

    # The share of the score, in percent, that no diary can ever pass.
    most_percent: Decimal
    # With events of this weight in all, half of that share is reached.
    half_at_weight: Decimal
    # An entry loses half of its weight in so many months.
    half_life_months: int
    reason: Read


class UsualAmounts(Record, frozen=True, kw_only=True):
    """What people move in a month by one operation, in US dollars: what is beyond is questioned."""

    least_usd: Decimal = Decimal(1)
    # For what goes to other countries or comes from them.
    least_abroad_usd: Decimal = Decimal(5)
    # For one use of several: below it, an amount in all was perhaps meant as that of each.
    least_each_usd: Decimal = Decimal("0.2")
    most_usd: Decimal = Decimal(50000)
    reason: Read = ""


class FurtherWallet(Record, frozen=True, kw_only=True):
    """What one wallet more has to be worth, in US dollars a year, for somebody who says nothing."""

    usd: Decimal = Decimal(20)
    reason: Read = ""


class Settings(Record, frozen=True, kw_only=True):
    """Figures that the rules of the score need."""

    # Facts older than this, in months, are stale.
    stale_fees_months: int
    stale_facts_months: int
    stale_laws_months: int = 60
    # By how much a stale figure may have changed, in percent.
    stale_widening_percent: Decimal
    # Below this share of known facts, in percent, a wallet is not ranked.
    evidence_percent: Decimal
    # An incident loses half of its weight in so many months.
    incident_half_life_months: int
    # How heavily each kind of incident weighs, 0 to 1.
    incident_weights: dict[Annotated[str, _word("incident")], Decimal]
    # How a person's own diary counts, for those who keep one.
    experience: ExperienceRules
    # Between what a person's amounts are taken for meant as they are.
    usual_amounts: UsualAmounts = UsualAmounts()
    # The price of the trouble with one wallet more than one.
    further_wallet: FurtherWallet = FurtherWallet()
    # The weight of each criterion, 0 to 5, for a person who says nothing; for one who says no more
    # than what is done, that of the operation, where it has one of its own.
    default_weights: dict[Annotated[str, _word("criterion")], Weight]
    weights_by_use: dict[Operation, dict[Annotated[str, _word("criterion")], Weight]] = field(
        default_factory=dict
    )


class Criteria(Record, frozen=True, kw_only=True):
    """`criteria.yaml`: the rules of the score."""

    settings: Settings
    criteria: dict[Annotated[str, _word("criterion")], Criterion]


class AverageFee(Record, frozen=True, kw_only=True):
    """What an unknown fee is taken for: percent of the amount; `count` wallets stand behind it."""

    estimate_percent: Decimal
    high_percent: Decimal
    count: int


class AverageOfUse(AverageFee, frozen=True, kw_only=True):
    """An average of which a part is charged for each use, whatever the amount: in US dollars."""

    estimate_fixed_usd: Decimal = Decimal(0)
    high_fixed_usd: Decimal = Decimal(0)


class AverageElsewhere(AverageOfUse, frozen=True, kw_only=True):
    """What one wallet takes in `count` other countries, where they are enough to tell.

    Of that the low end is known, too.
    """

    low_percent: Decimal = Decimal(0)
    low_fixed_usd: Decimal = Decimal(0)


class AverageAtHome(AverageFee, frozen=True, kw_only=True):
    """What wallets of a country take there, where that is more than is usual.

    `of_uses` is the share of the amount, in percent, of uses of `HOME_USES_USD`; the others are
    that of the largest of these.
    """

    of_uses: tuple[Decimal, ...]


class AverageSpan(AverageFee, frozen=True, kw_only=True):
    """An average of which the low end is known, too; else an unknown fee may be none."""

    low_percent: Decimal


class AverageOfCorridor(Record, frozen=True, kw_only=True):
    """What sending money from one country to another costs at those that a survey saw there."""

    fee: AverageSpan
    conversion: AverageSpan


class AverageCharge(Record, frozen=True, kw_only=True):
    """What an unknown fixed charge (a card, a subscription) is taken for, in US dollars."""

    estimate_usd: Decimal
    high_usd: Decimal
    count: int


class AverageClaim(Record, frozen=True, kw_only=True):
    """What a claim that is not known counts for (0 to 1) where it is to hold, and where it is not.

    It is measured on `count` markets in which it was looked for, itself (`word`) or its like
    (`family`); or it is the share of all `count` wallets, or markets, of which that is known.
    """

    yes: Decimal
    no: Decimal
    count: int = 0
    by: Literal["word", "family", "wallets", "markets"] = "wallets"


class Averages(Record, frozen=True, kw_only=True):
    """`averages.yaml`: what an unknown is taken for. Fees by operation, then by method.

    `fees_for_business` has what receiving costs those who sell, `send_abroad` what sending costs by
    corridor, where surveys saw enough, `elsewhere` what one wallet takes in other countries: for an
    operation, also by a method ("withdraw:instant") or of a business ("receive:business"), and for
    the "conversion"; `at_home` what is dear in a country, by the same words.
    """

    fees: dict[Operation, AverageOfUse]
    fees_by_method: dict[Operation, dict[Method, AverageOfUse]] = field(default_factory=dict)
    fees_for_business: dict[Operation, AverageOfUse] = field(default_factory=dict)
    conversion: AverageFee
    send_abroad: dict[Corridor, AverageOfCorridor] = field(default_factory=dict)
    tax: AverageFee
    elsewhere: dict[Id, dict[str, AverageElsewhere]] = field(default_factory=dict)
    at_home: dict[Country, dict[str, AverageAtHome]] = field(default_factory=dict)
    charges: dict[Operation, AverageCharge]
    claims: dict[str, AverageClaim]
    measures: dict[str, Decimal]


class Asked(Record, frozen=True, kw_only=True):
    """What was not known of a market and was looked for, last on the day `seen`.

    `not_found`: no page says it; that is no "no".
    """

    seen: PartialDate
    yes: tuple[Looked, ...] = ()
    no: tuple[Looked, ...] = ()
    not_found: tuple[Looked, ...] = ()


class AskedFile(Record, frozen=True, kw_only=True):
    """`asked.yaml`: what was looked for, by wallet and country."""

    wallets: dict[Id, dict[Country, Asked]]


class RateSource(Record, frozen=True, kw_only=True):
    """Where exchange rates were read."""

    url: Url
    title: str
    publisher: Annotated[str, _word("publisher")]
    as_of: PartialDate | None
    seen: PartialDate


class Rate(Record, frozen=True, kw_only=True):
    """Units of a currency for one US dollar; or for one unit `of` another, where that is fixed."""

    per_usd: Decimal | None = None
    fixed: Decimal | None = None
    of: Currency | None = None
    source: str


class Rates(Record, frozen=True, kw_only=True, dict=True):
    """`rates.yaml`: reference exchange rates."""

    sources: dict[str, RateSource]
    rates: dict[Currency, Rate]

    @cached_property
    def per_usd(self) -> Mapping[str, Decimal]:
        """Units of each currency for one US dollar; every bill asks for them."""
        return {
            currency: price
            for currency, rate in self.rates.items()
            if (price := self._per_usd(rate)) is not None
        }

    def _per_usd(self, rate: Rate) -> Decimal | None:
        anchor = self.rates.get(rate.of) if rate.of else None
        if rate.fixed is None or anchor is None or anchor.per_usd is None:
            return rate.per_usd
        return rate.fixed * anchor.per_usd

    def as_of(self, currency: str) -> PartialDate | None:
        """Return the day of a currency's rate; of a fixed one, that of the currency it hangs on."""
        rate = self.rates[currency]
        return self.sources[self.rates[rate.of or currency].source].as_of


class SurveyHead(Record, frozen=True, kw_only=True):
    """`quotes/<id>.yaml`: who asked for the prices in the CSV file of that name, when and how."""

    name: str
    # Who asked, to follow "seen by": "the World Bank".
    by: Read
    # When, as the survey names it: "2025-Q3".
    period: str
    # How the survey wants to be named by those who use it.
    credit: str
    about: Read
    # What the amounts in US dollars stand for.
    amounts: Read
    source: Source
    # By what rule a row carries each word of caution.
    cautions: dict[Annotated[str, _word("caution")], Read]
    # What the survey has and the file has not, and why.
    left_out: tuple[Read, ...] = ()
    file: str = ""


class Quote(Record, frozen=True, kw_only=True, array_like=True):
    """A price that a survey saw on one day for one amount: a row of `quotes/<id>.csv`.

    `fee_percent` and `margin_percent` (over the rate between banks) are shares of the amount.
    """

    # May be no wallet of the catalog.
    wallet: Id
    # As the survey writes it.
    firm: str
    from_: Country
    to: Country
    method: Method
    # The amount sent, as US dollars.
    usd: Annotated[Decimal, _from_to(1, 1000000)]
    fee_percent: Annotated[Decimal, _from_to(0, 100)]
    # Below zero where the firm's rate was better than the one it was held against.
    margin_percent: Annotated[Decimal, _from_to(-100, 100)]
    # Why the price is none to reckon with; it is kept to be seen.
    caution: Annotated[str, _word("caution")] | None = None

    @property
    def numbers(self) -> tuple[Decimal, Decimal, Decimal]:
        """Its figures."""
        return self.usd, self.fee_percent, self.margin_percent


class Survey(Struct, frozen=True, kw_only=True):
    """A survey and its quotes that can be reckoned with, by wallet and the sender's country.

    `cautioned` are those that can not: they show where a wallet sends and how, and are no prices.
    """

    head: SurveyHead
    quotes: dict[Id, dict[Country, tuple[Quote, ...]]]
    cautioned: dict[Id, dict[Country, tuple[Quote, ...]]] = field(default_factory=dict)

    def of(self, wallet: str) -> Iterator[tuple[Country, tuple[Quote, ...]]]:
        """Yield all that it saw of a wallet (an id), by the sender's country: prices first."""
        for listed in (self.quotes, self.cautioned):
            yield from listed.get(wallet, {}).items()


class Quoted(FeeRule, frozen=True, kw_only=True):
    """One service of a wallet as a survey saw it, in the place of a rule that nobody published.

    `points` are its quotes, by rising amounts. No file holds it: the bill makes it of quotes.
    """

    head: SurveyHead
    points: tuple[Quote, ...]

    @classmethod
    def made_of(cls, head: SurveyHead, points: tuple[Quote, ...]) -> "Quoted":
        """Return a service, which stands where the row of its least amount does."""
        first = points[0]
        return cls(
            operation="send-abroad",
            method=first.method,
            corridor=f"{first.from_}-{first.to}",
            percent=first.fee_percent,
            fx_markup=first.margin_percent,
            source=head.file.removesuffix(".yaml"),
            head=head,
            points=points,
            line=first.line,
            column=first.column,
            path=f"line {first.line}",
        )

    @property
    def file(self) -> str:
        """The file that has the rows, as messages name it."""
        return self.head.file.replace(".yaml", ".csv")


class Time(Record, frozen=True, kw_only=True):
    """A length of time in one unit."""

    hours: int | None = None
    days: int | None = None
    months: int | None = None
    # Only days on which banks work count.
    working: bool = False
    # From when it is counted.
    from_: Read | None = None


AppliesTo = Annotated[tuple[Annotated[str, _word("applies-to")], ...], _kind("one-or-more")]


class Right(Fact, frozen=True, kw_only=True):
    """What the law gives every customer of a firm with one of these licences."""

    right: Annotated[str, _word("right")]
    applies_to: AppliesTo
    # It holds only in this case.
    when: Read | None = None
    about: Matters = ()
    # Who hears a complaint, and about what.
    body: Read | None = None
    hears: Read | None = None
    url: Url | None = None
    number: str | None = None
    email: str | None = None
    # What the law asks for, or how it is done.
    text: Read | None = None
    # The law by its name.
    law: Read | None = None
    # Who insures.
    scheme: Read | None = None
    # The lowest age.
    years: int | None = None
    # Until when the firm must do it: refund, answer, pay out.
    within: Time | None = None
    # Until when at the latest, if it has a reason.
    at_most: Time | None = None
    # Until when the customer must report it, ask for it or turn there.
    claim_within: Time | None = None
    # How far back it reaches.
    reaches_back: Time | None = None
    # The most that the customer bears, and the most with gross negligence.
    bears_at_most: Decimal | None = None
    negligent_bears_at_most: Decimal | None = None
    # The most that the firm may keep back of a refund.
    excess_at_most: Decimal | None = None
    # What the firm owes for each day that it is late.
    late_pays: Decimal | None = None
    # Up to how much it holds: what is insured, refunded or heard.
    limit: Decimal | None = None
    # The most that the body may award.
    award_at_most: Decimal | None = None
    # What turning there costs; 0 where it is free.
    cost: Decimal | None = None
    currency: Currency | None = None
    # Other pages that say so, or more of it.
    more_sources: tuple[str, ...] = ()
    file: str = ""


class LawFee(FeeRule, frozen=True, kw_only=True):
    """The most that the law lets a firm charge; or a tax on an operation (`tax: true`)."""

    operation: Operation
    method: Method | None = None
    applies_to: AppliesTo
    # The system through which the money goes, such as Pix or UPI.
    scheme: Read | None = None
    # The price may be no higher than that of something else.
    no_dearer_than: Read | None = None
    # Other pages that say so, or more of it.
    more_sources: tuple[str, ...] = ()
    file: str = ""


class LawLimit(Limit, frozen=True, kw_only=True):
    """The most that the law lets a customer do or hold."""

    what: LimitPeriod
    operation: Operation | None = None
    method: Method | None = None
    applies_to: AppliesTo
    # Other pages that say so, or more of it.
    more_sources: tuple[str, ...] = ()
    file: str = ""


class LawStatement(Statement, frozen=True, kw_only=True):
    """Something else that the law says, which only words can hold."""

    text: Read
    applies_to: AppliesTo
    # Other pages that say so, or more of it.
    more_sources: tuple[str, ...] = ()
    file: str = ""


class Law(Record, frozen=True, kw_only=True):
    """`countries/<CC>.yaml`: what the law, or its regulator, says to the customers of a country.

    With a `base`, all that the base gives holds too, and what its own base gives, but for rights
    that this file has for the same class of licence, and those that stand under `without`.
    """

    country: Annotated[str, _kind("land", "^[A-Z]{2}$")]
    base: Annotated[str, _kind("land", "^[A-Z]{2}$")] | None = None
    # Rights of the base that do not hold here.
    without: tuple[Annotated[str, _word("right")], ...] = ()
    sources: dict[str, Source] = field(default_factory=dict)
    rights: tuple[Right, ...] = ()
    fee_caps: tuple[LawFee, ...] = ()
    taxes: tuple[LawFee, ...] = ()
    limits: tuple[LawLimit, ...] = ()
    about: tuple[LawStatement, ...] = ()
    notes: tuple[Read, ...] = ()
    file: str = ""


class Usage(Record, frozen=True, kw_only=True):
    """Something a person does: `amount` in all, in `times` equal uses, a month or in the stay."""

    operation: Annotated[str, _word("usage")]
    amount: Decimal
    times: Annotated[int, _from_to(1, 1000)] = 1
    method: Method | None = None
    country: Country | None = None


class Needs(Record, frozen=True, kw_only=True):
    """What a person wants.

    Amounts are in `currency`; without one, in the currency of `country`, else in US dollars.
    They are a month's, month by month for a year; with `for`, they are those of the whole stay.
    Words of `must` and `wish` may carry their family: `security:passkey`.
    """

    title: Read = ""
    about: Read = ""
    country: Country | None = None
    currency: Currency | None = None
    # How long the stay is that the usages are for, a year at most: "3 weeks".
    for_: Length | None = None
    use: tuple[Usage, ...] = ()
    # What lies in the wallet on an average day, for which some give interest.
    keep: Decimal | None = None
    must: tuple[Wanted, ...] = ()
    wish: tuple[Wanted, ...] = ()
    # The ways in which the person can put money in; empty when nothing was said.
    have: tuple[Annotated[str, _word("funding")], ...] = ()
    person: tuple[Person, ...] = ()
    # Conditions that the person answered: `salary-in`, `no-weekend`.
    given: tuple[Given, ...] = ()
    age: Annotated[int, _from_to(0, 130)] | None = None
    bank: tuple[str, ...] = ()
    platform: Platform | None = None
    weights: dict[Annotated[str, _word("criterion")], Weight] = field(default_factory=dict)
    # Leave out wallets for which a must-have is not confirmed.
    strict: bool = False

    @property
    def stay(self) -> str | None:
        """How long the stay is that the usages are for; None for every month of a year."""
        return self.for_


class Persona(Needs, frozen=True, kw_only=True):
    """Ready-made needs, and the countries where people live who have them."""

    # Named again for the order of keys.
    title: Read = ""
    about: Read = ""
    # The countries in which the needs make sense; without it, every country, or the one that
    # `country` names.
    makes_sense_in: tuple[Country, ...] = ()


class Told(Record, frozen=True, kw_only=True):
    """A fact of a person's own, as `walletpick tell` takes it and keeps it."""

    wallet: Id
    country: Country
    # What it is about: "send-abroad:bank-linked@MX.percent", "security.passkey".
    fact: Annotated[str, _kind("told")]
    # "0.41 %", "1.99 GBP", "yes".
    value: str
    # The address of the page, or in a few words where else it was seen.
    source: str
    seen: PartialDate


class OwnFile(Record, frozen=True, kw_only=True):
    """`own.yaml`: a person's own facts. It stands in no catalog."""

    facts: tuple[Told, ...] = ()


class Catalog(Struct, frozen=True, kw_only=True):
    """Everything that is known. `version` is a digest of the files, `date` the newest reading."""

    version: str
    date: str
    wallets: tuple[Wallet, ...]
    # What the wallets were made from; only where the files were read.
    files: tuple[WalletFile, ...] = ()
    criteria: Criteria
    averages: Averages
    rates: Rates
    # As they stand in their files: `facts.law` joins them with their base.
    laws: dict[str, Law]
    # Already followed: the markets hold what follows from their facts.
    implications: Implications = Implications()
    texts: Texts = Texts()
    personas: dict[str, Persona]
    surveys: dict[Id, Survey] = field(default_factory=dict)

    @property
    def countries(self) -> tuple[str, ...]:
        """The countries with a market, in the order of their codes."""
        return tuple(sorted({code for wallet in self.wallets for code in wallet.markets}))

    @property
    def per_usd(self) -> Mapping[str, Decimal]:
        """Units of each currency for one US dollar."""
        return self.rates.per_usd

    def quotes_of(self, wallet: str, country: str) -> list[tuple[SurveyHead, tuple[Quote, ...]]]:
        """Return the prices that surveys saw of a wallet for senders in a country, newest first.

        `wallet` is an id.
        """
        surveys = [
            (survey.head, quotes)
            for survey in self.surveys.values()
            if (quotes := survey.quotes.get(wallet, {}).get(country))
        ]
        return sorted(surveys, key=lambda each: each[0].source.as_of or "", reverse=True)

    def seen_of(self, wallet: str, country: str) -> list[tuple[SurveyHead, tuple[Quote, ...]]]:
        """Return all that surveys saw of it: those prices, then what is none to reckon with."""
        cautioned = [
            (survey.head, quotes)
            for survey in self.surveys.values()
            if (quotes := survey.cautioned.get(wallet, {}).get(country))
        ]
        return self.quotes_of(wallet, country) + cautioned
