"""The interview: answers so far -> the next question, and answers -> Needs. Pure.

The questions are data (`questions.Ask`); `plain` and `keys` put them to a person. A session is the
list of replies and nothing else, so to go back is to drop the last one, and to resume is to read
them from a file. What everybody is asked stands in `basics`; what matters to the person is asked by
`elicitation`, first in money, then as trades between wallets that fit; what a trade says, and
counts, is made in `trades`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from itertools import starmap, takewhile

from msgspec import Struct, field, structs

from walletpick.facts.model import Catalog, Needs
from walletpick.facts.money import HUNDRED
from walletpick.interview import basics, trades
from walletpick.interview.basics import give_up_ask, no_place_words
from walletpick.interview.elicitation import Stop, next_question, price_question, priced
from walletpick.interview.knowledge import Difference, Knowledge, Question, Settings, begin, learn
from walletpick.interview.questions import (
    CANNOT_SAY,
    CANNOT_SAY_WORDS,
    Ask,
    Option,
    Reply,
    Unclear,
    answered,
    checked,
    reply_words,
    title,
)
from walletpick.language import N_, _
from walletpick.person.needs import weight_of
from walletpick.score.criteria import on_curve
from walletpick.score.experience import NO_EXPERIENCES, Experiences
from walletpick.score.ranking import Place, Ranking, over_weights, rank

# Questions that a newcomer is asked at most; the trades get what the others leave of it.
MOST_QUESTIONS = 14
_MOST_TRADES, _LEAST_TRADES = 6, 2
_COST = "cost-percent"
_LAST_TRADE = N_("No names, so that only this counts. This is the last one.")
_MORE_TRADES = N_("No names, so that only this counts. At most {count} such questions.")
# What weighs so many times what is usual is said to matter more.
_MORE = 1.1


class Session(Struct, frozen=True):
    """The replies so far, in order.

    `remembered` are replies that were taken back: they are offered again. `carried` are replies
    that stand when an earlier one is changed: they are given again without being asked.
    """

    replies: tuple[Reply, ...] = ()
    remembered: dict[str, tuple[str, ...]] = field(default_factory=dict)
    carried: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def standing(self) -> tuple[Reply, ...]:
        """The replies that stand: those given, and those to be given again without asking."""
        return (*self.replies, *_replies(self.carried))

    @property
    def taken_back(self) -> tuple[Reply, ...]:
        """The replies that are offered again."""
        return _replies(self.remembered)


class Outcome(Struct, frozen=True, kw_only=True):
    """The end: what the person needs, the ranking for it, and in a sentence why nothing is asked.

    `trades` have been asked, and with them the chances are over the weights that they leave open;
    something was `learned` where the person took a side or named a sum. The criteria `raised` weigh
    more than usual because of that, the weightiest first. What is `assumed` where the person left
    before the end, each in a sentence, was not asked.
    """

    needs: Needs
    ranking: Ranking
    stopped: str
    trades: int = 0
    learned: bool = False
    raised: tuple[str, ...] = ()
    assumed: tuple[str, ...] = ()

    @property
    def chosen(self) -> str:
        """The id of the wallet that comes first, "" where none fits."""
        return self.ranking.places[0].wallet.id if self.ranking.places else ""


class Interview:
    """Asks the questions over one catalog on one day.

    `usual_country` is the country that the person most likely means, "" if unknown. What was worked
    out for some replies is kept, for the next question builds on the same replies and one more.
    """

    def __init__(
        self,
        catalog: Catalog,
        today: date,
        usual_country: str = "",
        experiences: Experiences = NO_EXPERIENCES,
    ) -> None:
        self.catalog = catalog
        self.today = today
        self.experiences = experiences
        self.covered = tuple(sorted(catalog.countries, key=basics.by_name))
        self.usual_country = usual_country if usual_country in self.covered else ""
        self._rankings: dict[tuple[Reply, ...], Ranking] = {}
        self._known: dict[tuple[Reply, ...], tuple[Knowledge, Question | Stop]] = {}
        self._meanings = trades.meanings(catalog.implications)
        # By the ranking, which is kept above, and two of its wallets.
        self._seen: dict[tuple[int, str, str], dict[str, trades.Lead]] = {}

    # The state machine.

    def step(self, session: Session) -> Ask | Outcome:
        """Return the next question, or the outcome when nothing is left to ask."""
        given = _given(session.replies)
        for ask in self._basics(given):
            if ask.id not in given:
                return self._offered(self._doubting(ask, session), session)
        ranking = self._ranking(_without_trades(session.replies))
        if ranking.places:
            return self._trade(session, ranking)
        needs = self.needs(session)
        give_up = give_up_ask(needs, ranking, self._rank)
        if give_up and give_up.id not in given:
            return give_up
        return Outcome(needs=needs, ranking=ranking, stopped=no_place_words(ranking))

    def so_far(self, session: Session) -> Outcome | None:
        """Return what comes of the replies so far, the rest assumed; None when that says nothing.

        A country and what the person does with money are the least.
        """
        # What was taken back stands until another answer takes its place.
        session = self._carry_on(
            structs.replace(session, carried={**session.remembered, **session.carried})
        )
        given = _given(session.replies) | session.carried
        if not {"country", "uses"} <= given.keys():
            return None
        asked = Session(_replies(given))
        ranking = self._ranking(_without_trades(asked.replies))
        # Trades follow when all else is answered: none before it, and all of them are replies.
        if any(map(_is_trade, asked.replies)) and not session.carried:
            known, _next = self.knowledge(asked)
            outcome = self._outcome(asked, known, "max-questions", ranking)
        else:
            outcome = Outcome(needs=self.needs(asked), ranking=ranking, stopped="")
        form = N_("This is the answer so far: you left before the last question.")
        if not ranking.places:
            form = N_("This is the answer so far: you left before the last question. {nothing}")
        stopped = _(form, nothing=no_place_words(ranking))
        assumed = tuple(self._assumed(given, outcome))
        return structs.replace(outcome, stopped=stopped, assumed=assumed)

    def _assumed(self, given: dict[str, tuple[str, ...]], outcome: Outcome) -> Iterator[str]:
        """Yield what stands for the answers to the questions that were not asked."""
        country = given["country"][0]
        for use in basics.USES:
            if use.id not in given["uses"]:
                continue
            amount = basics.amount_ask(use, country, self.catalog)
            if amount.id not in given and amount.default:
                usual = reply_words(amount, amount.default)
                yield _("{question} {usual}, as is usual.", question=amount.text, usual=usual)
            if use.where and f"where:{use.id}" not in given:
                yield _("{question} It varies.", question=_(use.where))
            if use.id == "receive" and basics.SELLS not in given:
                for ask in basics.sells_asks(country, self.catalog):
                    yield _("{question} Friends and family.", question=ask.text)
        if "have" not in given:
            yield _("{question} In any way.", question=title(basics.have_ask()))
        phone = basics.phone_ask(outcome.ranking)
        if phone and phone.id not in given:
            yield _("{question} Any.", question=phone.text)
        peers = basics.peers_ask(outcome.ranking, self.catalog, self.today)
        if peers and peers.id not in given:
            yield _("{question} It varies.", question=peers.text)
        if "must" not in given:
            yield _("What can you not do without? Nothing.")
        if not outcome.learned:
            yield _("What matters to you? What matters to most people.")

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
        remembered = session.remembered | _given(session.replies[-1:])
        return Session(session.replies[:-1], remembered) if session.replies else session

    def reopened(self, session: Session, question: str) -> Session:
        """Return the session before one of its questions; what came after it is carried.

        What was taken back before is still offered.
        """
        ids = [reply.question for reply in session.replies]
        if question not in ids:
            return session
        at = ids.index(question)
        remembered = session.remembered | _given(session.replies[at : at + 1])
        return Session(session.replies[:at], remembered, _given(session.replies[at + 1 :]))

    def resumed(self, replies: Sequence[Reply], taken_back: Sequence[Reply] = ()) -> Session:
        """Return the session of earlier replies, as far as they are still asked for and fit.

        Those that were taken back are offered again.
        """
        return self._carry_on(Session((), _given(taken_back), _given(replies)))

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

    def _doubting(self, ask: Ask, session: Session) -> Ask:
        """Return the question, with what is asked back about the amount given before it."""
        if not session.replies:
            return ask
        doubt = basics.doubt(session.replies[-1], session.replies[0].value[0], self.catalog)
        return structs.replace(
            ask, before=_("{doubt} If not, go back.", doubt=doubt) if doubt else ask.before
        )

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

    def _basics(self, given: dict[str, tuple[str, ...]]) -> Iterator[Ask]:
        yield basics.country_ask(self.covered, self.usual_country)
        country = given["country"][0]
        yield basics.uses_ask()
        for use in basics.USES:
            if use.id in given["uses"]:
                yield basics.amount_ask(use, country, self.catalog)
                if use.where:
                    yield basics.where_ask(use, country)
                if use.id == "receive":
                    yield from basics.sells_asks(country, self.catalog)
        yield basics.have_ask()
        if phone := basics.phone_ask(self._before(given, basics.PHONE)):
            yield phone
        if peers := basics.peers_ask(self._before(given, basics.PEERS), self.catalog, self.today):
            yield peers
        if musts := basics.must_ask(self._before(given, "must"), self.catalog, self.today):
            yield musts

    def _before(self, given: dict[str, tuple[str, ...]], question: str) -> Ranking:
        """Return the ranking for the answers that were given before a question."""
        order = (basics.PHONE, basics.PEERS, "must")
        later = order[order.index(question) :]
        asked = takewhile(lambda reply: reply.question not in later, _replies(given))
        return self._ranking(_without_trades(tuple(asked)))

    def needs(self, session: Session) -> Needs:
        """Return the needs that the replies give, without what only the trades tell."""
        return basics.needs_of(_without_trades(session.replies), self.catalog)

    def _ranking(self, replies: tuple[Reply, ...]) -> Ranking:
        if replies not in self._rankings:
            self._rankings[replies] = self._rank(basics.needs_of(replies, self.catalog))
        return self._rankings[replies]

    def _rank(self, needs: Needs) -> Ranking:
        return rank(self.catalog, needs, self.today, self.experiences)

    # What matters: trades.

    def _trade(self, session: Session, ranking: Ranking) -> Ask | Outcome:
        known, question = self.knowledge(session)
        if isinstance(question, str):
            return self._outcome(session, known, question, ranking)
        ahead = self._leads(ranking, question.a, question.b)
        if question.priced:
            currency = ranking.needs.currency or ""
            form = N_("In {currency}, all else being the same. 0: nothing.")
            return Ask(
                id=_trade_id(question),
                kind="money",
                text=trades.price_question(ahead[question.gains[0].criterion]),
                help=_(form, currency=basics.currency_words(currency)),
                default=(CANNOT_SAY,),
                currency=currency,
                per_usd=self.catalog.per_usd,
            )
        a = trades.side(question.gains, ahead)
        b = trades.side(question.losses, self._leads(ranking, question.b, question.a))
        left = known.settings.max_questions - len(known.answers)
        return Ask(
            id=_trade_id(question),
            kind="one",
            text=_("Which would you rather have, all else being the same?"),
            help=_(_LAST_TRADE if left == 1 else _MORE_TRADES, count=left),
            options=(
                Option("a", a),
                Option("b", b),
                Option("equal", _("About equal")),
                Option(CANNOT_SAY, _(CANNOT_SAY_WORDS)),
            ),
            default=("equal",),
        )

    def knowledge(self, session: Session) -> tuple[Knowledge, Question | Stop]:
        """Return what the trades of a session have told, and the next one or why there is none.

        All other questions are answered.
        """
        replies = session.replies
        if replies not in self._known:
            last = replies[-1]
            ranking = self._ranking(_without_trades(replies))
            if _is_trade(last):
                known, question = self.knowledge(Session(replies[:-1]))
                if not isinstance(question, str) and _trade_id(question) == last.question:
                    known = _learned(known, question, last.value[0], ranking)
            else:
                left = max(_LEAST_TRADES, min(_MOST_TRADES, MOST_QUESTIONS - len(replies)))
                table = {place.wallet.id: _row(place) for place in ranking.field}

                def seen(one: str, other: str) -> list[Difference]:
                    leads = self._leads(ranking, one, other)
                    return [
                        Difference(name, 0.0, lead.amount, lead.facts)
                        for name, lead in leads.items()
                    ]

                usual = {name: float(share) for name, share in ranking.needs.weights.items()}
                known = begin(table, Settings(max_questions=left, whole_choices=0), seen, usual)
            self._known[replies] = known, _next_question(known, ranking)
        return self._known[replies]

    def _leads(self, ranking: Ranking, one: str, other: str) -> dict[str, trades.Lead]:
        """Return what the one wallet is seen to have over the other, by criterion."""
        key = id(ranking), one, other
        if key not in self._seen:
            by_id = {place.wallet.id: place for place in ranking.field}
            self._seen[key] = trades.leads(by_id[one], by_id[other], ranking.needs, self._meanings)
        return self._seen[key]

    def _outcome(self, session: Session, known: Knowledge, stop: Stop, ranking: Ranking) -> Outcome:
        needs = self.needs(session)
        # Where no side was taken and no sum named the usual weights stay: trades are about even by
        # them, so that "about equal" says no more than that.
        learned = any(
            answer.reply in ("a", "b") or (answer.question.priced and answer.reply == "equal")
            for answer in known.answers
        )
        raised = _raised(known, ranking.needs.weights)
        if learned:
            needs = structs.replace(needs, weights=_weights(known.mean_weights))
            ranking = self._rank(needs)
        if known.answers:
            draws = [dict(zip(known.criteria, point, strict=True)) for point in known.draws]
            ranking = over_weights(ranking, draws)
        return Outcome(
            needs=needs,
            ranking=ranking,
            stopped=_stopped_words(stop, ranking),
            trades=len(known.answers),
            learned=learned,
            raised=raised,
        )

    def summary(self, session: Session) -> tuple[Option, ...]:
        """Return each question answered with its reply in words, for changing one."""
        lines = []
        before = Session()
        for reply in session.replies:
            ask = self.step(before)
            if isinstance(ask, Outcome):
                break
            trade = reply.question.startswith("trade ")
            head = _("What matters more?") if trade else title(ask)
            lines.append(Option(reply.question, answered(head, reply_words(ask, reply.value))))
            before = Session((*before.replies, reply))
        return tuple(lines)


def _given(replies: Sequence[Reply]) -> dict[str, tuple[str, ...]]:
    return {reply.question: reply.value for reply in replies}


def _replies(given: Mapping[str, tuple[str, ...]]) -> tuple[Reply, ...]:
    return tuple(starmap(Reply, given.items()))


def _without_trades(replies: Sequence[Reply]) -> tuple[Reply, ...]:
    return tuple(reply for reply in replies if not _is_trade(reply))


def _is_trade(reply: Reply) -> bool:
    return reply.question.startswith(("trade ", "price "))


def _trade_id(question: Question) -> str:
    kind = "price" if question.priced else "trade"
    return f"{kind} {question.a} {question.b} {'+'.join(question.criteria)}"


def _next_question(known: Knowledge, ranking: Ranking) -> Question | Stop:
    """Return the next question, or why there is none; the first is in money, if it tells."""
    question = next_question(known)
    if known.answers or question in ("settled", "small-loss"):
        return question
    parts = ranking.places[0].values["cost"].parts
    in_money = any(part.part.measure == _COST for part in parts)
    return (price_question(known) if in_money else None) or question


def _learned(known: Knowledge, question: Question, reply: str, ranking: Ranking) -> Knowledge:
    """Return what is known after a reply to a trade, or to what something is worth in money."""
    if not question.priced or reply == CANNOT_SAY:
        return learn(known, question, reply)  # type: ignore[arg-type]
    loss, all_of_it = _loss(Decimal(reply), ranking)
    least = known.settings.noticeable
    if loss < least:
        # So small a sum is none.
        return learn(known, priced(question, least), "b")
    return learn(known, priced(question, loss), "a" if all_of_it else "equal")


def _loss(sum_: Decimal, ranking: Ranking) -> tuple[float, bool]:
    """Return what a sum a year takes from the value of the cost, and whether that is all of it.

    It is paid on top of the lowest bill that is known.
    """
    places = ranking.field
    part = next(part for part in places[0].values["cost"].parts if part.part.measure == _COST)
    value = partial(on_curve, part.part.curve)
    moved = places[0].bill.moved
    known = [place.bill.yearly.estimate for place in places if place.bill.complete]
    paid = max(min(known, default=Decimal(0)), Decimal(0))
    before, after = (value(at * HUNDRED / moved) for at in (paid, paid + sum_))
    return float((before - after) * part.share), after == value(Decimal("Infinity"))


def _row(place: Place) -> dict[str, float]:
    """Return the values by criterion such that their weighted sum is the expected score.

    The person's own diary takes its share of every criterion, for the weights sum to 1.
    """
    row = {name: value.value.estimate for name, value in place.values.items()}
    if place.own:
        share, own = place.own.share, place.own.experience.value
        row = {name: value * (1 - share) + share * own for name, value in row.items()}
    return {name: float(value * place.able) for name, value in row.items()}


def _weights(mean: dict[str, float]) -> dict[str, Decimal]:
    """Return weights as needs hold them, 0 to 5: the largest is 5."""
    most = Decimal(max(mean.values()))
    return {name: round(weight_of(Decimal(share), most), 2) for name, share in mean.items()}


def _raised(known: Knowledge, usual: Mapping[str, Decimal]) -> tuple[str, ...]:
    """Return the criteria that the person's choices made weigh more than usual."""
    taken: set[str] = set()
    for answer in known.answers:
        named = answer.question.priced and answer.reply == "equal"
        if answer.reply == "a" or named:
            taken.update(item.criterion for item in answer.question.gains)
        elif answer.reply == "b":
            taken.update(item.criterion for item in answer.question.losses)
    weights = known.mean_weights
    more = (name for name in taken if weights[name] > _MORE * float(usual.get(name, 0)))
    return tuple(sorted(more, key=lambda name: (-weights[name], name)))


def _stopped_words(stop: Stop, ranking: Ranking) -> str:
    """Return in a sentence why nothing more is asked; the ranking is by what has been learned."""
    if len(ranking.places) == 1:
        return _(
            "Only one wallet fits. Nothing you could still answer would change the first place."
        )
    if len(ranking.field) == 1:
        return _(
            "No other wallet is as well known to fit. Nothing you could still answer would change"
            " the first place."
        )
    if stop == "settled":
        return _("Nothing you could still answer would change the first place.")
    if stop == "small-loss":
        return _("More answers would hardly change this.")
    # Who else it may be is for the verdict to say.
    return _("That is enough to go by.")
