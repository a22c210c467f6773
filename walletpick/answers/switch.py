"""Stay or go: a wallet that somebody has, held against the others. Pure.

It scores and prices nothing by itself: bills are the fee engine's, scores the ranking's. What is
added is what changing costs, when it has paid for itself, and the verdict, whose rules are all in
`_judged` and nowhere else.

Two things differ for the wallet that somebody has already: what is paid once when one starts (a
card) is paid, and what keeps new customers out (age, an unconfirmed must-have under --strict) does
not matter any more.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import ROUND_CEILING, Decimal
from typing import Literal

from msgspec import Struct, structs

from walletpick.answers.leaving import Leaving, OpenQuestion, leaving_of
from walletpick.bill.bill import Bill
from walletpick.bill.conditions import seldom_had
from walletpick.bill.line import Line
from walletpick.bill.observe import Candidate, Observation
from walletpick.bill.taken import UsageKey, alike, taken
from walletpick.facts.model import Catalog, Needs, Wallet
from walletpick.facts.money import HUNDRED, ZERO, MoneyRange, Range, convert
from walletpick.facts.names import wallet_name
from walletpick.facts.vocabulary import ADULT, CLAIM_FAMILIES
from walletpick.person.needs import one_currency, settled
from walletpick.score.chance import chance_of_more
from walletpick.score.criteria import PartValue, Yardstick
from walletpick.score.experience import NO_EXPERIENCES, Experiences
from walletpick.score.ranking import LeftOut, Place, as_likely, judge, place_of, rank, weights_of
from walletpick.score.verdict import LIKELY

MONTHS = 12
# Changing is work and takes getting used to: fewer points than this are not worth it.
LEAST_GAIN = Decimal(2)
# From this chance on, 0 to 1, something is as good as sure.
SURE = Decimal("0.9")
# From this chance on, 0 to 1, it is right three times as often as wrong: clear enough to go by
# where most of the lead is what is not known of the wallet one has, of which one can ask first.
CLEAR = Decimal("0.75")
# A saving counts as a reason if it is at least this share of the money moved, in percent.
LEAST_SAVING_PERCENT = Decimal("0.25")

# "no-other": the catalog has nothing that the wallet could be held against; "not-asked": nothing is
# done with a wallet, by which to tell.
Word = Literal["stay", "go", "too-close", "no-other", "not-asked"]
# Why: each is one rule of `_judged`.
Why = Literal[
    "must-leave",  # the wallet has closed, is closing, may not run, or cannot do what is needed
    "nowhere-to-go",  # nothing that fits to go to
    "none-known",  # the catalog has no other wallet there
    "no-use",  # what they hold against each other is not what the person does
    "does-not-fit",
    "too-little-known",
    "not-confirmed",
    "likely-better",
    "pays-back",
    "likely-worse",
    "not-better",
    "small-gain",
    "level",
    "cheaper-but-worse",
    # Likely better, gone to only if that is clear; the word says whether it is.
    "price-unknown",  # most of what it charges is not known
    "known-of-one",  # ahead mostly by what is known of one of the two alone
    "other-way",  # better only by a way to pay that is not the one priced now
]


class Verdict(Struct, frozen=True, kw_only=True):
    """Stay, go, too close to call, or nothing to tell by; and by which rule."""

    word: Word
    why: Why

    @property
    def rules_out(self) -> bool:
        """Whether the other is not gone to whatever its points are: by the first rule."""
        return self.why in ("does-not-fit", "too-little-known", "not-confirmed")


class Sum(Struct, frozen=True, kw_only=True):
    """What lines of a bill come to, or a change costs.

    `published` is what of it is known; where not all is, `complete` is false. `slight`: what is not
    known is next to nothing by its averages (see `Line.slight`). `from_abroad` as of a bill.
    """

    total: MoneyRange
    published: MoneyRange
    complete: bool
    slight: bool = False
    from_abroad: bool = False

    @property
    def is_unpriced(self) -> bool:
        """Whether nothing is known of what would have to be paid, and it may be much."""
        return not (self.complete or self.is_guessed or self.published.estimate)

    @property
    def is_guessed(self) -> bool:
        """Whether nothing is known of what would have to be paid, but that it is little."""
        silent = not self.complete and not self.published.rounded.estimate
        return silent and self.slight and self.total.rounded.high > 0


class Payback(Struct, frozen=True, kw_only=True):
    """After how many months a change has paid for itself.

    `months` is None where it never does, as the estimate has it; `latest` is None where the worst
    case never does. With something unknown behind it, `unknown` says what, and neither is set.
    Where that is of the wallet one has alone, and what is known of it, `least` a year, costs more
    already, `within` is after how many months at most, as the other's estimate has it. `without`
    is what of leaving is in no sum, and so not in the months.
    """

    months: int | None = None
    latest: int | None = None
    within: int | None = None
    least: MoneyRange | None = None
    unknown: tuple[OpenQuestion, ...] = ()
    without: tuple[OpenQuestion, ...] = ()


class Points(Struct, frozen=True, kw_only=True):
    """The points of one criterion, now and there. `gain` is the difference of the estimates."""

    criterion: str
    now: Range
    there: Range

    @property
    def gain(self) -> Decimal:
        """How many points more there."""
        return self.there.estimate - self.now.estimate


class Feature(Struct, frozen=True, kw_only=True):
    """One yes or no, as it is here and there. `key` is in the words of the catalog."""

    key: str
    now: Observation
    there: Observation


class KnownOfOne(Struct, frozen=True, kw_only=True):
    """How much of a gain comes from what is not known of both: `points` of it.

    `keys` are the facts that are not known of the one of which less is known, and `unpriced` says
    whether its price is among that. It is the other where `there` says so, else the person's own.
    """

    points: Decimal
    there: bool
    keys: tuple[str, ...]
    unpriced: bool


class OtherWay(Struct, frozen=True, kw_only=True):
    """That the price of a usage holds by another method there than now: both are the cheapest."""

    operation: str
    now: str
    there: str


class Option(Struct, frozen=True, kw_only=True):
    """Another market to go to. Money is in the currency of the comparison.

    `other_ways` are the usages whose prices now and there are for unlike ways to pay.
    `chance`, 0 to 1, is how likely it is better by more than the trouble of going (LEAST_GAIN), by
    the points, if it does what is asked;
    `ignorance` is what of the gain comes from what is known of one of the two alone.
    `once` is what it charges once, `upfront` that and what leaving costs; `saving` is how much less
    a year costs than now, without what is paid once. `gained` and `lost` are known on both sides;
    of `unsure`, one side is not known.
    """

    place: Place
    verdict: Verdict
    gain: Decimal
    chance: Decimal
    ignorance: KnownOfOne
    points: tuple[Points, ...]
    there: Sum
    once: Sum
    saving: MoneyRange
    upfront: Sum
    payback: Payback
    gained: tuple[Feature, ...]
    lost: tuple[Feature, ...]
    unsure: tuple[Feature, ...]
    other_ways: tuple[OtherWay, ...] = ()

    def least_saving(self, now: Sum) -> Decimal:
        """Return what going saves a year for sure, by what is known of `now`; 0 where nothing."""
        there = self.there.total
        if not self.there.complete or now.published.currency != there.currency:
            return ZERO
        return max(now.published.low - there.high, ZERO)


class Switch(Struct, frozen=True, kw_only=True):
    """The result. `options` are by what is confirmed and known of them, then by points; `best` is
    what the verdict is about.

    `left_out` are the markets that cannot be gone to. `ranked` are the points that markets (a
    wallet's id and a country) have in a ranking, where a price that is not known counts as rather
    dear, and the wallet that one has is yet to be opened; `first` is the market that is first
    there, where all are held against it. `needs` are settled. `now` is what a year in the wallet
    costs without what is paid once. `without_diary` is the same without the person's own diary,
    where its verdict is another.
    """

    needs: Needs
    currency: str
    current: Place
    now: Sum
    leaving: Leaving
    options: tuple[Option, ...]
    best: Option | None
    verdict: Verdict
    left_out: tuple[LeftOut, ...] = ()
    ranked: dict[tuple[str, str], Decimal] = {}
    first: tuple[str, str] | None = None
    without_diary: Switch | None = None

    @property
    def too_little_known_first(self) -> Option | None:
        """The option that a ranking puts first, and of which too little is known to go there."""
        for option in self.options:
            market = option.place.wallet.id, option.place.candidate.country
            if market == self.first and option.verdict.why == "too-little-known":
                return option
        return None

    @property
    def advice(self) -> tuple[Word, str | None]:
        """What is advised, and to which wallet to go, if any."""
        going = self.best if self.verdict.word in ("go", "too-close") else None
        return self.verdict.word, going.place.wallet.id if going else None


def switch(
    catalog: Catalog,
    account: tuple[Wallet, str],
    needs: Needs,
    today: date,
    *,
    balance: Decimal | None = None,
    target: tuple[Wallet, str] | None = None,
    experiences: Experiences = NO_EXPERIENCES,
) -> Switch:
    """Return whether to leave an account (a wallet and its country) for another.

    `balance` is in the currency of the account's market. With a `target`, only that one is held
    against it; otherwise every market that can be ranked for the needs. Raises UnknownRate when the
    catalog has no exchange rate for the needs' currency.
    """
    answer = _switch(catalog, account, needs, today, balance, target, experiences)
    if not any(each.own for each in (answer.current, *(o.place for o in answer.options))):
        return answer
    without = _switch(catalog, account, needs, today, balance, target, NO_EXPERIENCES)
    if without.advice == answer.advice:
        return answer
    return structs.replace(answer, without_diary=without)


def _switch(
    catalog: Catalog,
    account: tuple[Wallet, str],
    needs: Needs,
    today: date,
    balance: Decimal | None,
    target: tuple[Wallet, str] | None,
    experiences: Experiences,
) -> Switch:
    needs = settled(needs, catalog.criteria.settings)
    of_customer = Yardstick(of_a_customer(needs), catalog, today)
    current = _placed(*account, of_customer, experiences)
    by = Yardstick(needs, catalog, today)
    left_out: tuple[LeftOut, ...] = ()
    if target:
        places = [_scored(*each, by, experiences) for each in (account, target)]
    else:
        ranking = rank(catalog, needs, today, experiences)
        left_out = tuple(out for out in ranking.left_out if (out.wallet, out.country) != account)
        places = list(ranking.places)
    ranked = {
        (each.wallet.id, each.candidate.country): each.score.estimate
        for each in places
        if not each.obstacles
    }
    # Whom to go to first is as in a ranking; whether to go, is for the likely points to say.
    others = sorted(
        (each for each in places if _market(each) != account),
        key=lambda each: (bool(each.obstacles), each.doubt, each.thin, each.order),
    )
    others = [as_likely(each) for each in others]
    first = next(iter(ranked), None) if not target else None
    currency = one_currency((each.bill.currency for each in (current, *others)), needs)
    leaving = leaving_of(current.candidate, balance, by)
    change = _Change(by, currency, current, leaving)
    options = tuple(_like_for_like(change, change.to(each), experiences) for each in others)
    if not needs.use:
        options = tuple(
            structs.replace(each, verdict=_NOT_ASKED) if _is_held(each.verdict) else each
            for each in options
        )
    best = _best(options)
    verdict = best.verdict if best else Verdict(word="stay", why="nowhere-to-go")
    if not best and not left_out:
        verdict = Verdict(word="no-other", why="none-known")
    if current.obstacles and verdict.word != "go":
        verdict = Verdict(word="go", why="nowhere-to-go")
    return Switch(
        needs=needs,
        currency=currency,
        current=current,
        now=change.now,
        leaving=leaving,
        options=options,
        best=best,
        verdict=verdict,
        left_out=left_out,
        ranked=ranked,
        first=first,
    )


_NOT_ASKED = Verdict(word="not-asked", why="no-use")


def _is_held(verdict: Verdict) -> bool:
    """Return whether a verdict weighs two wallets, and not only what one of them cannot do."""
    return verdict.why not in ("must-leave", "does-not-fit")


def _best(options: Sequence[Option]) -> Option | None:
    """Return the option that the verdict is about: the first to go to, else the first in doubt.

    Where all speak for staying, it is what comes nearest of those that are as well known.
    """
    for word in ("go", "too-close", "not-asked"):
        for option in options:
            if option.verdict.word == word:
                return option
    near = [each for each in options if not each.verdict.rules_out]
    return max(near or options[:1], key=lambda each: each.gain, default=None)


def _judged(
    current: Place,
    there: Place,
    saving: Range,
    upfront: Range,
    payback: Payback,
    moved: Decimal,
    ignorance: KnownOfOne,
) -> Verdict:
    """Return the verdict on one change. These are all the rules, the first that holds counts.

    `saving` is a year's, `upfront` what changing costs once, `moved` the money moved in a year.

    1. A market that is known not to fit is not gone to, nor one of which too little is known, nor
       one that is not confirmed to do what this one does, or to run.
    2. A wallet that has closed or closes to new money, is not confirmed to run, or cannot do what
       is needed, is left.
    3. Go if the other is likely to be better by more than the trouble of going (LEAST_GAIN). Where
       its main price is not known, or most of the gain is there only because more is known of one
       of the two, that must be as good as sure (SURE), or clear (CLEAR) where it is this one of
       which less is known, or this one not confirmed to do what the other is confirmed to do; else
       it is too close to call.
    4. Go if the score does not fall and the change has clearly paid for itself within a year: even
       in the worst case that the known prices allow, and by a sum worth the trouble.
    5. Stay if the other is likely worse by as much. Where the change clearly pays, it must be sure:
       cheaper, but perhaps worse in the rest, is for the person to weigh.
    6. Stay if the gain is too small to be worth the trouble.
    7. Otherwise the two are level: too close to call.

    Without a usage there is nothing to weigh by: then 3 to 7 say nothing ("no-use").

    After that, by `_like_for_like`: what is advised only because the two are priced by unlike ways
    to pay is too close to call.
    """
    now, then = current.spread, there.spread
    gain = then.mean - now.mean
    if there.obstacles:
        return Verdict(word="stay", why="does-not-fit")
    if there.thin:
        return Verdict(word="stay", why="too-little-known")
    if there.doubt > current.doubt:
        return Verdict(word="stay", why="not-confirmed")
    if current.obstacles or current.doubt > max(there.doubt, 1):
        return Verdict(word="go", why="must-leave")
    chance = _chance(current, there)
    if chance >= LIKELY:
        surer = current.doubt > there.doubt
        if chance < SURE and _is_unpriced(there.bill):
            return Verdict(word="go" if surer else "too-close", why="price-unknown")
        if 2 * ignorance.points > gain:
            surer = surer or chance >= (SURE if ignorance.there else CLEAR)
            return Verdict(word="go" if surer else "too-close", why="known-of-one")
        return Verdict(word="go", why="likely-better")
    least = moved * LEAST_SAVING_PERCENT / HUNDRED
    pays = (
        payback.latest is not None
        and payback.latest <= MONTHS
        and saving.low - upfront.high > least
    )
    if pays and gain >= 0:
        return Verdict(word="go", why="pays-back")
    if chance_of_more(now, then, LEAST_GAIN) >= (SURE if pays else LIKELY):
        return Verdict(word="stay", why="likely-worse")
    if pays:
        return Verdict(word="too-close", why="cheaper-but-worse")
    if gain <= 0:
        return Verdict(word="stay", why="not-better")
    if gain < LEAST_GAIN:
        return Verdict(word="stay", why="small-gain")
    return Verdict(word="too-close", why="level")


def _chance(current: Place, there: Place) -> Decimal:
    """Return how likely another is better by more than the trouble of going (LEAST_GAIN), 0 to 1.

    What cannot do what is asked is worth nothing.
    """
    if there.obstacles:
        return ZERO
    if current.obstacles:
        return Decimal(1)
    return chance_of_more(there.spread, current.spread, LEAST_GAIN)


def _is_unpriced(made: Bill) -> bool:
    """Return whether most of what a bill comes to is a guess."""
    guessed = sum((line.yearly.estimate for line in made.lines if not line.known), ZERO)
    known = sum((line.yearly.estimate for line in made.lines if line.known), ZERO)
    return not made.complete and guessed >= known


def _like_for_like(change: _Change, option: Option, experiences: Experiences) -> Option:
    """Return the option, gone to only if that holds by the way to pay that is priced now.

    Where both wallets have a price by that way and the change is not advised by it, whether it is
    hangs on how the person pays. Without such a price the advice holds by the other way alone.
    """
    now, there = taken(change.current.bill), taken(option.place.bill)
    other = {
        key: method for key, method in now.items() if key in there and not alike(method, there[key])
    }
    if not other:
        return option
    ways = tuple(
        OtherWay(operation=key[0], now=method, there=there[key]) for key, method in other.items()
    )
    option = structs.replace(option, other_ways=ways)
    if option.verdict.word != "go" or option.verdict.why == "must-leave":
        return option
    by = Yardstick(_by_ways(change.by.needs, other), change.by.catalog, change.by.today)
    place = option.place
    same = _placed(place.wallet, place.candidate.country, by, experiences)
    if same.bill.impossible or (option.there.complete and not same.bill.complete):
        return option
    if change.to(same).verdict.word == "go":
        return option
    return structs.replace(option, verdict=Verdict(word="too-close", why="other-way"))


def _by_ways(needs: Needs, ways: Mapping[UsageKey, str]) -> Needs:
    """Return needs in which usages name a method, by their operation and country."""
    named = {key[:2]: method for key, method in ways.items()}
    use = tuple(
        each
        if each.method
        else structs.replace(each, method=named.get((each.operation, each.country)))
        for each in needs.use
    )
    return structs.replace(needs, use=use)


def of_a_customer(needs: Needs) -> Needs:
    """Return the needs as they are towards a wallet that the person has already."""
    person = [word for word in needs.person if word != "new-customer"]
    if needs.age is not None and needs.age < ADULT and "minor" not in person:
        person.append("minor")
    # Who has the wallet had what it takes to open it, and was old enough; what it costs people
    # under age still counts.
    given = (*needs.given, *seldom_had(needs).values())
    age = ADULT if "minor" in person else None
    return structs.replace(needs, age=age, strict=False, person=tuple(person), given=given)


def _market(place: Place) -> tuple[Wallet, str]:
    return place.wallet, place.candidate.country


def _placed(wallet: Wallet, country: str, by: Yardstick, experiences: Experiences) -> Place:
    """Return a market with its bill and the score that it likely has."""
    return as_likely(_scored(wallet, country, by, experiences))


def _scored(wallet: Wallet, country: str, by: Yardstick, experiences: Experiences) -> Place:
    """Return a market with its bill and score."""
    return place_of(judge(wallet, country, by), by, experiences.get((wallet.id, country)))


class _Change:
    """Holds an account against other markets, in the currency of the comparison."""

    def __init__(self, by: Yardstick, currency: str, current: Place, leaving: Leaving) -> None:
        self.by = by
        self.currency = currency
        self.current = current
        self.leaving = leaving
        self.now = self.yearly(current.bill)

    def to(self, there: Place) -> Option:
        """Return what going to a market would change."""
        current, leaving = self.current, self.leaving
        year, once = self.yearly(there.bill), self.once(there.bill)
        saving = self.now.total - year.total
        upfront = Sum(
            total=once.total + self.home(leaving.total),
            published=once.published + self.home(leaving.published),
            complete=once.complete and leaving.complete,
        )
        unknown = _open_questions(current, there, leaving)
        payback = _payback(saving, upfront.total, unknown, leaving.without)
        if unknown and year.complete and once.complete and leaving.known:
            payback = _at_most(payback, self.now.published, year.total, upfront.total)
        bill, per_usd = there.bill, self.by.catalog.per_usd
        moved = convert(bill.moved, bill.currency, self.currency, per_usd)
        features = list(self.features(there.candidate))
        ignorance = _known_of_one(current, there, self.by.needs)
        return Option(
            place=there,
            verdict=_judged(current, there, saving, upfront.total, payback, moved, ignorance),
            gain=there.score.estimate - current.score.estimate,
            chance=_chance(current, there),
            ignorance=ignorance,
            points=tuple(self.points(current, there)),
            there=year,
            once=once,
            saving=saving,
            upfront=upfront,
            payback=payback,
            gained=tuple(f for f in features if f.there.value and f.now.value is False),
            lost=tuple(f for f in features if f.now.value and f.there.value is False),
            unsure=tuple(f for f in features if None in (f.now.value, f.there.value)),
        )

    def points(self, now: Place, there: Place) -> Iterator[Points]:
        """Yield the points of each criterion that weighs something, and of the person's diary."""
        for name, weight in self.by.needs.weights.items():
            if weight:
                yield Points(
                    criterion=name,
                    now=now.values[name].value.times(weight * HUNDRED),
                    there=there.values[name].value.times(weight * HUNDRED),
                )
        if now.own or there.own:
            yield Points(
                criterion="experience",
                now=Range.exactly(now.own_points),
                there=Range.exactly(there.own_points),
            )

    def features(self, there: Candidate) -> Iterator[Feature]:
        """Yield the yes or no of which something is known, where it is not the same on both."""
        look, here = self.by.observer.look, self.current.candidate
        for family, words in CLAIM_FAMILIES.items():
            for word in words:
                key = f"{family}:{word}"
                now, then = look(here, key), look(there, key)
                if now.value is not then.value and (now.value or then.value):
                    yield Feature(key=key, now=now, there=then)

    def yearly(self, bill: Bill) -> Sum:
        """Return what a year costs without what is paid once, less what is given back."""
        year = self.sum(bill, [line for line in bill.lines if line.kind != "once"])
        returned = self.home(bill.returned)
        return Sum(
            total=year.total + returned,
            published=year.published + returned,
            # Where nothing is done with it, nothing is priced.
            complete=year.complete and bill.moved > 0,
            slight=not bill.guessed and bill.moved > 0,
            from_abroad=bill.from_abroad,
        )

    def once(self, bill: Bill) -> Sum:
        """Return what is paid once."""
        return self.sum(bill, [line for line in bill.lines if line.kind == "once"])

    def sum(self, bill: Bill, lines: Sequence[Line]) -> Sum:
        """Return what some lines of a bill come to."""
        known = [line.yearly for line in lines if line.known]
        return Sum(
            total=self.home(bill.sum(line.yearly for line in lines)),
            published=self.home(bill.sum(known)),
            complete=len(known) == len(lines),
            slight=not any(line.guessed for line in lines),
        )

    def home(self, span: MoneyRange) -> MoneyRange:
        """Return money in the currency of the comparison."""
        return span.in_currency(self.currency, self.by.catalog.per_usd)


def _known_of_one(now: Place, there: Place, needs: Needs) -> KnownOfOne:
    """Return what of a gain comes from what is known of one of the two alone.

    Of a part of which all is known on both sides, the whole difference is known; of another, what
    lies between its ranges: by so much it is better or worse, whatever is found out.
    """
    weighs = weights_of(now, needs)
    theirs = {(part.criterion, part.part.id): part for part in there.parts}
    total = ZERO
    gaps: list[tuple[Decimal, PartValue, PartValue]] = []
    for mine in now.parts:
        other = theirs.get((mine.criterion, mine.part.id))
        if other is None or (mine.known == 1 and other.known == 1):
            continue
        before, after = mine.value.times(mine.share), other.value.times(other.share)
        known = max(after.low - before.high, ZERO) + min(after.high - before.low, ZERO)
        gap = (after.estimate - before.estimate - known) * weighs[mine.criterion] * HUNDRED
        total += gap
        gaps.append((gap, mine, other))
    gaps = sorted((each for each in gaps if each[0] > 0), key=lambda each: -each[0])
    # The one of which less is known is the one to ask about.
    silent = sum((1 - mine.known) * gap for gap, mine, _ in gaps)
    of_there = sum((1 - other.known) * gap for gap, _, other in gaps) > silent
    asked = [(other if of_there else mine) for _, mine, other in gaps]
    keys = [item.key for part in asked for item in part.evidence if item.observation.value is None]
    unpriced = any(part.part.measure == "cost-percent" and part.known < 1 for part in asked)
    return KnownOfOne(
        points=total, there=of_there, keys=tuple(dict.fromkeys(keys)), unpriced=unpriced
    )


def _open_questions(current: Place, there: Place, leaving: Leaving) -> tuple[OpenQuestion, ...]:
    """Return what is not known without which nobody can say when a change pays for itself."""
    if not current.bill.moved:
        return (OpenQuestion(kind="usage", wallet=wallet_name(current.wallet)),)
    questions = []
    for each in (current, there):
        name = wallet_name(each.wallet)
        if each.bill.impossible:
            questions.append(OpenQuestion(kind="undoable", wallet=name))
        missing = [
            line
            for line in each.bill.lines
            if not line.known and not (line.kind == "once" and each is current)
        ]
        if missing:
            questions.append(OpenQuestion(kind="charges", wallet=name, lines=tuple(missing)))
    if not leaving.known:
        questions.append(OpenQuestion(kind="way-out", wallet=wallet_name(current.wallet)))
    return tuple(questions)


def _payback(
    saving: Range,
    upfront: Range,
    unknown: tuple[OpenQuestion, ...],
    without: tuple[OpenQuestion, ...],
) -> Payback:
    """Return after how many months what changing costs has been saved; 0 if it costs nothing."""
    if unknown:
        return Payback(unknown=unknown, without=without)
    return Payback(
        months=_months(upfront.estimate, saving.estimate),
        latest=_months(upfront.high, saving.low),
        without=without,
    )


def _at_most(payback: Payback, least: MoneyRange, year: Range, upfront: Range) -> Payback:
    """Return what can be said of a change where something of the wallet one has is not known.

    What is known of that is the `least` that it costs, against a `year` of the other.
    """
    within = _months(upfront.estimate, least.estimate - year.estimate)
    if within is None or any(each.kind != "charges" for each in payback.unknown):
        return payback
    return structs.replace(payback, within=within, least=least)


def _months(upfront: Decimal, saving: Decimal) -> int | None:
    if saving <= 0:
        return None
    return int((upfront * MONTHS / saving).to_integral_value(ROUND_CEILING))
