"""The interview: answers so far -> the next question, and answers -> Needs. Pure.

The questions are data (`Ask`); `prompts.plain` and `prompts.keys` put them to a person. A session
is the list of replies and nothing else, so to go back is to drop the last one, and to resume is to
read them from a file. What matters to the person is asked by `elicitation`, as trades between
wallets that fit; the words of a trade are made in `trades`.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from msgspec import Struct, field, structs

from walletpick.bill.observe import observe
from walletpick.facts import places
from walletpick.facts.model import Catalog, Needs, Usage
from walletpick.facts.money import UnknownRate, convert
from walletpick.facts.vocabulary import full_word
from walletpick.score.experience import NO_EXPERIENCES, Experiences
from walletpick.score.ranking import Place, Ranking, rank
from walletpick.words.causes import cause_words
from walletpick.words.phrases import claim_phrase, figure, money, operation_phrase

if TYPE_CHECKING:
    from walletpick.interview.elicitation import Knowledge, Question

# Questions that a newcomer is asked at most; the trades get what the others leave of it.
MOST_QUESTIONS = 14
_MOST_TRADES, _LEAST_TRADES = 6, 2
# What one cannot do without: so many are offered.
_MOST_MUSTS = 9
_MOST_AMOUNT = Decimal(10) ** 12
_MOST_TIMES = 1000


class Unclear(Exception):
    """A reply that cannot be taken; the message says in one or two sentences why."""


class Option(Struct, frozen=True):
    """One thing that can be chosen; `more` is said of it in a line of help."""

    key: str
    label: str
    more: str = ""


class Ask(Struct, frozen=True, kw_only=True):
    """A question. Its reply is the keys chosen, for "amount" the amount and how many times.

    `default` is the reply to an empty line; None where there is none. `long` is a list too long to
    be shown whole: it is filtered by typing.
    """

    id: str
    kind: Literal["one", "several", "amount", "text"]
    text: str
    help: str = ""
    options: tuple[Option, ...] = ()
    default: tuple[str, ...] | None = None
    long: bool = False
    # The fewest that must be chosen of "several".
    least: int = 0
    currency: str = ""
    # Said before the question, once.
    before: str = ""


class Reply(Struct, frozen=True):
    """The answer to one question."""

    question: str
    value: tuple[str, ...]


class Session(Struct, frozen=True):
    """The replies so far, in order.

    `remembered` are replies that were taken back: they are offered again. `carried` are replies
    that stand when an earlier one is changed: they are given again without being asked.
    """

    replies: tuple[Reply, ...] = ()
    remembered: dict[str, tuple[str, ...]] = field(default_factory=dict)
    carried: dict[str, tuple[str, ...]] = field(default_factory=dict)


class Outcome(Struct, frozen=True, kw_only=True):
    """The end: what the person needs, the ranking for it, and in a sentence why nothing is asked.

    `chosen` is the id of the wallet that comes first, "" where none fits.
    """

    needs: Needs
    ranking: Ranking
    stopped: str
    chosen: str = ""
    trades: int = 0


class Use(Struct, frozen=True):
    """Something people do with money, in their words, and what is usual: US dollars a month.

    `verb` follows "How much do you ..."; `where` asks for the other country.
    """

    operation: str
    label: str
    verb: str
    usd: int
    times: int
    where: str = ""


USES = (
    Use("pay", "Pay in shops and online", "pay in shops and online", 400, 20),
    Use("send", "Send to family or friends at home", "send to people at home", 100, 2),
    Use("send-abroad", "Send to people abroad", "send abroad", 200, 1, "Where do you send it?"),
    Use("receive", "Get money from people at home", "get from people at home", 100, 2),
    Use("receive-abroad", "Get paid from abroad", "get from abroad", 500, 1, "Where is it from?"),
    Use(
        "pay-abroad",
        "Pay while travelling, or in other currencies",
        "pay in other countries or currencies",
        100,
        5,
        "In which country most?",
    ),
    Use("cash-out", "Take out cash", "take out in cash", 100, 2),
    Use("bill-pay", "Pay bills", "pay in bills", 100, 3),
    Use("mobile-top-up", "Recharge a phone", "recharge phones for", 10, 1),
    Use("withdraw", "Move money to a bank account", "move to a bank account", 200, 1),
)
_USUAL_USES = ("pay", "send")

# How money gets in, in people's words, and the catalog's words for it.
MEANS = {
    "bank": ("A bank account", ("bank-linked", "bank-transfer")),
    "debit-card": ("A debit card", ("debit-card",)),
    "credit-card": ("A credit card", ("credit-card",)),
    "cash": ("Cash, at an agent, shop or machine", ("cash-agent", "cash-atm")),
    "wallet": ("Another wallet on the phone", ("mobile-wallet",)),
    "salary": ("My salary, paid straight in", ("payroll",)),
    "carrier": ("Phone credit or the phone bill", ("mobile-carrier",)),
    "crypto": ("Cryptocurrency", ("crypto",)),
}
_BANKED = {"bank", "debit-card", "credit-card", "salary"}

# What people cannot do without, in their words.
MUSTS = {
    "pay-nfc": "Hold the phone to the till",
    "pay-qr": "Pay by QR code",
    "pay-online": "Pay in online shops",
    "physical-card": "A plastic card",
    "virtual-card": "A card number for online shops",
    "channels:phone": "A phone line to call",
    "channels:live-chat": "Live chat with support",
    "branch": "A counter to walk into",
    "passkey": "Log in with a passkey",
    "two-factor-totp": "Log in with an authenticator app",
    "biometric-login": "Open with fingerprint or face",
    "instant-freeze": "Freeze it at once if the phone is lost",
    "deposit-insurance": "Money insured as in a bank",
    "purchase-protection": "Refunds when a purchase goes wrong",
    "unauthorised-payment-refund": "Refunds of payments I did not make",
    "multi-currency": "Hold several currencies",
    "request-money": "Ask others for money",
    "transit": "Pay for buses and trains",
    "savings": "Savings or interest",
    "statement-export": "Download statements",
    "offline-pay": "Pay without a network",
    "teen-accounts": "Accounts for teenagers",
    "payout:cash-atm": "Cash from machines",
    "payout:cash-agent": "Cash from agents",
}
_REPLIES = {"a", "b", "equal", "unknown"}


class Interview:
    """Asks the questions over one catalog on one day.

    `locale_country` is the country that the person's settings name, "" if none. What was worked out
    for some replies is kept, for the next question builds on the same replies and one more.
    """

    def __init__(
        self,
        catalog: Catalog,
        today: date,
        locale_country: str = "",
        experiences: Experiences = NO_EXPERIENCES,
    ) -> None:
        self.catalog = catalog
        self.today = today
        self.experiences = experiences
        self.covered = tuple(
            sorted(
                {code for wallet in catalog.wallets for code in wallet.markets},
                key=places.country_name,
            )
        )
        self.locale_country = locale_country if locale_country in self.covered else ""
        self._rankings: dict[tuple[Reply, ...], Ranking] = {}
        self._known: dict[tuple[Reply, ...], Knowledge] = {}

    # The state machine.

    def step(self, session: Session) -> Ask | Outcome:
        """Return the next question, or the outcome when nothing is left to ask."""
        given = {reply.question: reply.value for reply in session.replies}
        for ask in self._fixed(given):
            if ask.id not in given:
                return self._offered(ask, session)
        ranking = self._ranking(_without_trades(session.replies))
        if not ranking.places:
            ask_ = self._dead_end(session.replies, ranking)
            if ask_ and ask_.id not in given:
                return ask_
            return Outcome(
                needs=self._needs(session.replies), ranking=ranking, stopped=_no_place(ranking)
            )
        return self._trade(session, ranking)

    def answer(self, session: Session, ask: Ask, value: tuple[str, ...]) -> Session:
        """Return the session with one more reply. Raises Unclear for one that cannot be."""
        value = checked(ask, value)
        remembered = {key: old for key, old in session.remembered.items() if key != ask.id}
        after = structs.replace(
            session, replies=(*session.replies, Reply(ask.id, value)), remembered=remembered
        )
        return self._carry_on(after)

    def back(self, session: Session) -> Session:
        """Return the session without its last reply, which is offered again."""
        if not session.replies:
            return session
        last = session.replies[-1]
        return Session(session.replies[:-1], {**session.remembered, last.question: last.value})

    def reopened(self, session: Session, question: str) -> Session:
        """Return the session before one of its questions; what came after it is carried."""
        ids = [reply.question for reply in session.replies]
        if question not in ids:
            return session
        at = ids.index(question)
        later = {reply.question: reply.value for reply in session.replies[at + 1 :]}
        changed = session.replies[at]
        return Session(session.replies[:at], {changed.question: changed.value}, later)

    def resumed(self, replies: Sequence[Reply]) -> Session:
        """Return the session of earlier replies, as far as they are still asked for and fit."""
        return self._carry_on(Session((), {}, {reply.question: reply.value for reply in replies}))

    def _carry_on(self, session: Session) -> Session:
        """Give the carried replies again, until a question comes up that none of them answers."""
        while session.carried:
            ask = self.step(session)
            if isinstance(ask, Outcome) or ask.id not in session.carried:
                return session
            carried = dict(session.carried)
            value = carried.pop(ask.id)
            try:
                value = checked(ask, value)
            except Unclear:
                return Session(session.replies, session.remembered, carried)
            session = Session((*session.replies, Reply(ask.id, value)), session.remembered, carried)
        return session

    def _offered(self, ask: Ask, session: Session) -> Ask:
        """Return the question with the reply that was taken back as its default."""
        old = session.remembered.get(ask.id)
        if old is None:
            return ask
        try:
            return structs.replace(ask, default=checked(ask, old))
        except Unclear:
            return ask

    # The questions that everybody is asked.

    def _fixed(self, given: dict[str, tuple[str, ...]]) -> Iterator[Ask]:
        yield self._country_ask()
        country = given["country"][0]
        yield Ask(
            id="uses",
            kind="several",
            text="What do you do with money? Choose all that apply.",
            help="A wallet that cannot do one of these is left out.",
            options=tuple(Option(use.operation, use.label) for use in USES),
            default=_USUAL_USES,
            least=1,
        )
        currency = self._currency(country)
        for use in USES:
            if use.operation not in given["uses"]:
                continue
            yield self._amount_ask(use, currency)
            if use.where:
                yield _where_ask(use, country)
        yield Ask(
            id="have",
            kind="several",
            text="How can you put money in? Choose all that apply.",
            help="Fees depend on it: the cheapest of your ways is taken.",
            options=tuple(Option(key, label) for key, (label, _) in MEANS.items()),
            default=("bank", "debit-card"),
            least=1,
        )
        if musts := self._must_ask(given):
            yield musts

    def _country_ask(self) -> Ask:
        return Ask(
            id="country",
            kind="one",
            text="In which country do you live, or use the wallet?",
            help="Type a name or a code, such as Kenya or KE.",
            options=tuple(Option(code, places.country_name(code), code) for code in self.covered),
            default=(self.locale_country,) if self.locale_country else None,
            long=True,
        )

    def _currency(self, country: str) -> str:
        own = places.currency_of(country)
        return own if own in self.catalog.per_usd else "USD"

    def _amount_ask(self, use: Use, currency: str) -> Ask:
        try:
            usual = convert(Decimal(use.usd), "USD", currency, self.catalog.per_usd)
        except UnknownRate:
            usual = Decimal(use.usd)
        return Ask(
            id=f"amount:{use.operation}",
            kind="amount",
            text=f"How much do you {use.verb} in a month?",
            help=f"In {currency}. 150 x 3 means 150 in all, in 3 payments.",
            default=(figure(_one_digit(usual)), str(use.times)),
            currency=currency,
        )

    def _must_ask(self, given: dict[str, tuple[str, ...]]) -> Ask | None:
        """Return the question on must-haves, or None where they would choose between nothing."""
        said = tuple(Reply(key, value) for key, value in given.items())
        before = tuple(itertools.takewhile(lambda reply: reply.question != "must", said))
        if "have" not in given:
            return None
        ranking = self._ranking(_without_trades(before))
        fitting = [*ranking.places, *ranking.thin]
        if len(fitting) < 2:
            return None
        found = []
        for number, (word, label) in enumerate(MUSTS.items()):
            key = full_word(word)
            seen = [
                observe(place.candidate, key, ranking.needs, self.catalog, self.today).value
                for place in fitting
            ]
            yes, no = seen.count(True), seen.count(False)
            # Half of those of which it is not known will not have it.
            splits = min(Decimal(yes), no + Decimal(len(seen) - yes - no) / 2)
            if yes and splits:
                more = f"known of {yes} of {len(seen)} wallets"
                found.append((-splits, number, Option(word, label, more)))
        if not found:
            return None
        return Ask(
            id="must",
            kind="several",
            text="What can you not do without? Nothing is fine.",
            help="Wallets known to lack it are left out. Choose few.",
            options=tuple(option for *_, option in sorted(found)[:_MOST_MUSTS]),
            default=(),
        )

    # Answers -> Needs.

    def needs(self, session: Session) -> Needs:
        """Return the needs that the replies say, without what only the trades tell."""
        return self._needs(_without_trades(session.replies))

    def _needs(self, replies: Sequence[Reply]) -> Needs:
        given = {reply.question: reply.value for reply in replies}
        country = given["country"][0]
        use = []
        for item in USES:
            if item.operation not in given.get("uses", ()):
                continue
            amount, times = (
                given.get(f"amount:{item.operation}")
                or self._amount_ask(item, self._currency(country)).default
                or ("1", "1")
            )
            where = given.get(f"where:{item.operation}", ("any",))[0]
            use.append(
                Usage(
                    operation=item.operation,
                    amount=Decimal(amount),
                    times=int(times),
                    country=None if where == "any" else where,
                )
            )
        means = given.get("have", ())
        needs = Needs(
            country=country,
            currency=self._currency(country),
            use=tuple(use),
            must=given.get("must", ()),
            have=tuple(word for key in means for word in MEANS[key][1]),
            # Whoever has nothing that comes from a bank has no bank account.
            person=("unbanked",) if means and not _BANKED.intersection(means) else (),
        )
        for reply in replies:
            if reply.question.startswith("give-up ") and reply.value == ("yes",):
                for demand in reply.question.split()[1:]:
                    needs = _given_up(needs, demand)
        return needs

    def _ranking(self, replies: tuple[Reply, ...]) -> Ranking:
        if replies not in self._rankings:
            self._rankings[replies] = rank(
                self.catalog, self._needs(replies), self.today, self.experiences
            )
        return self._rankings[replies]

    # Answers that leave no wallet.

    def _dead_end(self, replies: tuple[Reply, ...], ranking: Ranking) -> Ask | None:
        """Return the question what to give up, or None where giving up one or two does not help."""
        needs = self._needs(replies)
        found = self._way_out(needs, {out.wallet.id for out in ranking.left_out})
        if found is None:
            return None
        given_up, place = found
        words = " and ".join(_demand_words(demand) for demand in given_up)
        return Ask(
            id=f"give-up {' '.join(given_up)}",
            kind="one",
            text=f"Do without: {words}?",
            help="The best wallet that giving up something would bring back is named.",
            options=(
                Option("yes", f"Do without it: brings back {place.wallet.name}"),
                Option("no", "No: then no wallet fits"),
            ),
            before=f"{_no_place(ranking)} {_why_none(ranking)}"
            f" To do without this would bring back {place.wallet.name}: {words}.",
        )

    def _way_out(self, needs: Needs, out: Collection[str]) -> tuple[tuple[str, ...], Place] | None:
        """Return the fewest demands to give up, must-haves first, and the best wallet that fits.

        It is one of those left `out`: what is not known of the others does not get known so.
        """
        musts = [f"must:{word}" for word in needs.must]
        uses = [f"use:{usage.operation}" for usage in needs.use] if len(needs.use) > 1 else []
        others = [f"person:{word}" for word in needs.person]
        for size in (1, 2):
            for demands in (musts, [*musts, *uses, *others]):
                best: tuple[Decimal, tuple[str, ...], Place] | None = None
                for group in itertools.combinations(demands, size):
                    less = needs
                    for demand in group:
                        less = _given_up(less, demand)
                    if not less.use:
                        continue
                    ranking = rank(self.catalog, less, self.today, self.experiences)
                    ranked = [place for place in ranking.places if place.wallet.id in out]
                    if ranked and (best is None or ranked[0].score.estimate > best[0]):
                        best = (ranked[0].score.estimate, group, ranked[0])
                if best:
                    return best[1], best[2]
        return None

    # What matters: trades.

    def _trade(self, session: Session, ranking: Ranking) -> Ask | Outcome:
        from walletpick.interview import elicitation
        from walletpick.interview.trades import options_of

        before = _without_trades(session.replies)
        said = session.replies[len(before) :]
        known = self._knowledge(before, said, ranking)
        question = elicitation.next_question(known)
        if question is None:
            return self._outcome(before, known, ranking, len(said))
        by_id = {place.wallet.id: place for place in ranking.places}
        a, b = options_of(question, by_id[question.a], by_id[question.b])
        left = known.settings.max_questions - len(said)
        return Ask(
            id=_trade_id(question),
            kind="one",
            text="Which would you rather have, all else being the same?",
            help="No names, so that only this counts. "
            + ("This is the last one." if left == 1 else f"At most {left} such questions."),
            options=(
                Option("a", a),
                Option("b", b),
                Option("equal", "About equal"),
                Option("unknown", "I cannot say"),
            ),
        )

    def _knowledge(
        self, before: tuple[Reply, ...], said: tuple[Reply, ...], ranking: Ranking
    ) -> Knowledge:
        """Return what the trades have told."""
        from walletpick.interview import elicitation

        key = before + said
        if key in self._known:
            return self._known[key]
        if said:
            known = self._knowledge(before, said[:-1], ranking)
            question = elicitation.next_question(known)
            if question and _trade_id(question) == said[-1].question:
                reply = said[-1].value[0]
                assert reply in _REPLIES
                known = elicitation.learn(known, question, reply)  # type: ignore[arg-type]
        else:
            most = max(_LEAST_TRADES, min(_MOST_TRADES, MOST_QUESTIONS - len(before)))
            known = elicitation.begin(
                {place.wallet.id: _row(place) for place in ranking.places},
                elicitation.Settings(max_questions=most),
            )
        self._known[key] = known
        return known

    def _outcome(
        self, before: tuple[Reply, ...], known: Knowledge, ranking: Ranking, trades: int
    ) -> Outcome:
        from walletpick.interview import elicitation

        needs = self._needs(before)
        # Without a difference between the wallets no weight has been learned: the usual ones stay.
        if known.criteria:
            needs = structs.replace(needs, weights=_weights(elicitation.mean_weights(known)))
            ranking = rank(self.catalog, needs, self.today, self.experiences)
        found = elicitation.recommend(known)
        stop = elicitation.done(known)
        first = ranking.places[0].wallet.id if ranking.places else ""
        names = {place.wallet.id: place.wallet.name for place in ranking.places}
        if first != found.name:
            # With these weights more or less is known of some wallet than is enough to rank it.
            stopped = (
                "With what matters to you, other facts count, and other wallets have enough of"
                " them known to be ranked."
            )
        elif stop is None or stop.reason == "settled":
            stopped = "Nothing you could still answer would change the first place."
        elif stop.reason == "small-loss":
            stopped = (
                "What you could still answer would hardly matter: on average it is worth"
                f" {_percent(found.loss)} of the difference between the best and the worst."
            )
        else:
            others = [names.get(name, name) for name in found.in_play if name != found.name]
            stopped = (
                "That is enough to go by. In about"
                f" {found.chance * 100:.0f} of 100 cases the first place is your best; it could"
                f" also be {' or '.join(others[:4])}."
            )
        if found.name == first and len(ranking.places) == 1:
            stopped = (
                "Only one wallet can be ranked for you."
                " Nothing you could still answer would change the first place."
            )
        return Outcome(needs=needs, ranking=ranking, stopped=stopped, chosen=first, trades=trades)

    # What was said, for people.

    def said(self, session: Session) -> tuple[Option, ...]:
        """Return each question answered with its reply in words, for changing one."""
        found = []
        before = Session()
        for reply in session.replies:
            ask = self.step(before)
            if isinstance(ask, Outcome):
                break
            head = "What matters more?" if reply.question.startswith("trade ") else title(ask)
            found.append(Option(reply.question, f"{head} {reply_words(ask, reply.value)}"))
            before = Session((*before.replies, reply))
        return tuple(found)


# Reading replies.


def read(ask: Ask, text: str) -> tuple[str, ...]:
    """Return the reply that a typed line gives. Raises Unclear."""
    text = " ".join(text.split())
    if not text:
        if ask.default is None:
            raise Unclear("There is no usual answer here: please choose one.")
        return checked(ask, ask.default)
    if ask.kind == "amount":
        return _read_amount(ask, text)
    if ask.kind == "text":
        return (text,)
    if ask.kind == "one":
        return (_read_option(ask, text),)
    if text.casefold() in ("0", "none", "nothing", "no"):
        return checked(ask, ())
    if re.fullmatch(r"[\d\s,;]+", text):
        parts = re.findall(r"\d+", text)
    else:
        parts = [part.strip() for part in re.split(r"[,;]", text) if part.strip()]
    return checked(ask, tuple(_read_option(ask, part) for part in parts))


def checked(ask: Ask, value: tuple[str, ...]) -> tuple[str, ...]:
    """Return the reply as it is kept: keys in the order of the options. Raises Unclear."""
    if ask.kind == "amount":
        if len(value) != 2:
            raise Unclear("An amount and how many times are needed, such as 150 x 3.")
        return _read_amount(ask, f"{value[0]} x {value[1]}")
    if ask.kind == "text":
        return value
    keys = [option.key for option in ask.options]
    for key in value:
        if key not in keys:
            raise Unclear(f'"{key}" is not among the answers.')
    if ask.kind == "one":
        if len(value) != 1:
            raise Unclear("Please choose one.")
        return value
    if len(set(value)) < ask.least:
        raise Unclear("Please choose at least one.")
    return tuple(key for key in keys if key in value)


def matching(ask: Ask, typed: str) -> tuple[Option, ...]:
    """Return the options that fit what has been typed so far, best first."""
    wanted = typed.strip().casefold()
    if not wanted:
        return ask.options
    found = [
        option
        for option in ask.options
        if option.label.casefold().startswith(wanted) or option.key.casefold() == wanted
    ]
    exact = places.find_country(typed) if ask.long else None
    found += [option for option in ask.options if option.key == exact and option not in found]
    found += [
        option
        for option in ask.options
        if wanted in option.label.casefold() and option not in found
    ]
    return tuple(sorted(found, key=lambda option: option.key not in (exact, typed.strip())))


def reply_words(ask: Ask, value: tuple[str, ...]) -> str:
    """Return a reply in words: "Kenya", "400.00 USD a month, in 20 payments"."""
    if ask.kind == "amount":
        amount, times = value
        many = f", in {times} payments" if times != "1" else ""
        return f"{money(Decimal(amount), ask.currency)} a month{many}"
    if ask.kind == "text":
        return "".join(value)
    labels = [option.label for option in ask.options if option.key in value]
    return ", ".join(labels) or "nothing"


def title(ask: Ask) -> str:
    """Return the question itself, without what is said beside it."""
    head, mark, _ = ask.text.partition("?")
    return head + mark


def default_words(ask: Ask) -> str:
    """Return the default as one would type it: "400 x 20", "United States"; "" for none."""
    if ask.default is None:
        return ""
    if ask.kind == "amount":
        amount, times = ask.default
        return amount if times == "1" else f"{amount} x {times}"
    if ask.long or ask.kind in ("one", "text"):
        return reply_words(ask, ask.default)
    keys = [option.key for option in ask.options]
    return ", ".join(str(keys.index(key) + 1) for key in ask.default) or "nothing"


def _read_option(ask: Ask, text: str) -> str:
    keys = [option.key for option in ask.options]
    if text.isascii() and text.isdigit() and not ask.long:
        # A number that is too long for Python to read is not in the list either.
        if len(text) > 9 or not 1 <= int(text) <= len(keys):
            raise Unclear(f"{text} is not in the list: 1 to {len(keys)}.")
        return keys[int(text) - 1]
    plain = text.casefold()
    for option in ask.options:
        if plain in (option.key.casefold(), option.label.casefold()):
            return option.key
    if ask.long:
        return _read_country(ask, text)
    found = [option for option in ask.options if plain in option.label.casefold()]
    if len(found) == 1:
        return found[0].key
    if found:
        names = ", ".join(f'"{option.label}"' for option in found[:3])
        raise Unclear(f'"{text}" could be {names}.')
    raise Unclear(f'"{text}" is not among the answers: type a number from 1 to {len(keys)}.')


def _read_country(ask: Ask, text: str) -> str:
    keys = {option.key: option.label for option in ask.options}
    code = places.find_country(text)
    if code in keys:
        return str(code)
    if code is None:
        found = [key for key, label in keys.items() if label.casefold().startswith(text.casefold())]
        if len(found) == 1:
            return found[0]
        close = places.nearest_countries(text)
        hint = f" Did you mean {' or '.join(close)}?" if close else ""
        raise Unclear(f'No country "{text}".{hint}')
    if ask.id == "country":
        raise Unclear(
            f"The catalog has no wallet in {places.in_country(code)} yet."
            f" It covers {', '.join(keys.values())}."
        )
    raise Unclear(f"{places.country_name(code)} is your own country: name another, or press Enter.")


_AMOUNT = re.compile(
    r"[^\d\s.,+-]{0,4}\s*(?P<amount>\d[\d.,'_ ]*?)\s*(?P<code>[A-Za-z]{3})?"
    r"(\s*(x|X|×|\*|in|times)\s*(?P<times>\d+)\D*)?"
)


def _read_amount(ask: Ask, text: str) -> tuple[str, str]:
    usual = ask.default or ("1", "1")
    match = _AMOUNT.fullmatch(text)
    amount = _number(match["amount"]) if match else None
    if match is None or amount is None:
        raise Unclear(f'"{text}" is no amount: expected a number, such as 150, or 150 x 3.')
    if match["code"] and match["code"].upper() != ask.currency:
        raise Unclear(f"Amounts are in {ask.currency}, not in {match['code'].upper()}.")
    if not amount:
        raise Unclear("The amount must be more than 0. To leave it out, go back.")
    if amount > _MOST_AMOUNT:
        raise Unclear("The amount is too large.")
    times = match["times"] or usual[1]
    if len(times) > 6 or not 1 <= int(times) <= _MOST_TIMES:
        raise Unclear(f"How many times must be from 1 to {_MOST_TIMES} a month.")
    return figure(amount), str(int(times))


def _number(text: str) -> Decimal | None:
    """Return a number as people write it: 1,500.50 and 1.500,50 and 1 500."""
    text = re.sub(r"[\s'_]", "", text)
    if re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d+)?", text):
        return Decimal(text.replace(",", ""))
    if re.fullmatch(r"\d{1,3}(\.\d{3})+(,\d+)?", text):
        return Decimal(text.replace(".", "").replace(",", "."))
    if re.fullmatch(r"\d+([.,]\d{1,3})?", text):
        return Decimal(text.replace(",", "."))
    return None


# Helpers.


def _where_ask(use: Use, home: str) -> Ask:
    codes = sorted(
        (code for code in places.country_codes() if code != home), key=places.country_name
    )
    return Ask(
        id=f"where:{use.operation}",
        kind="one",
        text=use.where,
        help="Type a country. Enter alone: several, or it varies.",
        options=(
            Option("any", "Several, or it varies"),
            *(Option(code, places.country_name(code), code) for code in codes),
        ),
        default=("any",),
        long=True,
    )


def _one_digit(amount: Decimal) -> Decimal:
    """Return an amount as one would say it: 26,712.4 -> 30,000, 1.2 -> 1."""
    return amount.quantize(Decimal(1).scaleb(amount.adjusted())) + 0


def _without_trades(replies: Sequence[Reply]) -> tuple[Reply, ...]:
    return tuple(reply for reply in replies if not reply.question.startswith("trade "))


def _trade_id(question: Question) -> str:
    whole = " whole" if question.whole else ""
    return f"trade {question.a} {question.b} {'+'.join(question.criteria)}{whole}"


def _row(place: Place) -> dict[str, float]:
    """Return the values by criterion such that their weighted sum is the score.

    The person's own diary takes its share of every criterion, for the weights sum to 1.
    """
    row = {name: value.value.estimate for name, value in place.values.items()}
    if place.own:
        share, own = place.own.share, place.own.experience.value
        row = {name: value * (1 - share) + share * own for name, value in row.items()}
    return {name: float(value) for name, value in row.items()}


def _weights(mean: dict[str, float]) -> dict[str, Decimal]:
    """Return weights as needs hold them, 0 to 5: the largest is 5."""
    most = max(mean.values())
    return {name: round(Decimal(weight / most * 5), 2) for name, weight in mean.items()}


def _percent(share: float) -> str:
    return "under 0.1 %" if share < 0.001 else f"{share * 100:.1f} %"


def _given_up(needs: Needs, demand: str) -> Needs:
    family, _, word = demand.partition(":")
    if family == "must":
        return structs.replace(needs, must=tuple(item for item in needs.must if item != word))
    if family == "use":
        kept = tuple(usage for usage in needs.use if usage.operation != word)
        return structs.replace(needs, use=kept)
    return structs.replace(needs, person=tuple(item for item in needs.person if item != word))


def _demand_words(demand: str) -> str:
    family, _, word = demand.partition(":")
    if family == "must":
        label = MUSTS.get(word)
        return f'"{label}"' if label else f"that it {claim_phrase(full_word(word), True)}"
    if family == "use":
        return f'"{operation_phrase(word)}"'
    return "managing without a bank account"


def _no_place(ranking: Ranking) -> str:
    where = f" in {places.in_country(ranking.needs.country)}" if ranking.needs.country else ""
    if ranking.thin:
        names = ", ".join(place.wallet.name for place in ranking.thin)
        return f"No wallet{where} is known to fit; too little is known of {names}."
    return f"No wallet{where} fits all of that."


def _why_none(ranking: Ranking) -> str:
    said = [
        f"{out.wallet.name} {cause_words(out.causes[0])}" for out in ranking.left_out if out.causes
    ]
    return "; ".join(said[:3]) + ("." if said else "")


__all__ = [
    "Ask",
    "Interview",
    "Option",
    "Outcome",
    "Reply",
    "Session",
    "Unclear",
    "checked",
    "default_words",
    "matching",
    "read",
    "reply_words",
    "title",
]
