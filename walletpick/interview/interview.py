"""The interview: answers so far -> the next question, and answers -> Needs. Pure.

The questions are data (`questions.Ask`); `prompts.plain` and `prompts.keys` put them to a person. A
session is the list of replies and nothing else, so to go back is to drop the last one, and to
resume is to read them from a file. What everybody is asked stands in `basics`; what matters to the
person is asked by `elicitation`, as trades between wallets that fit; the words of a trade are made
in `trades`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import takewhile
from typing import TYPE_CHECKING

from msgspec import Struct, field, structs

from walletpick.facts import places
from walletpick.facts.model import Catalog, Needs
from walletpick.interview import basics
from walletpick.interview.giving_up import give_up_ask, no_place_words
from walletpick.interview.questions import Ask, Option, Reply, Unclear, checked, reply_words, title
from walletpick.person.needs import weight_of
from walletpick.score.experience import NO_EXPERIENCES, Experiences
from walletpick.score.ranking import Place, Ranking, rank

if TYPE_CHECKING:
    from walletpick.interview.elicitation import Stop
    from walletpick.interview.knowledge import Knowledge, Question

# Questions that a newcomer is asked at most; the trades get what the others leave of it.
MOST_QUESTIONS = 14
_MOST_TRADES, _LEAST_TRADES = 6, 2


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
        self._known: dict[tuple[Reply, ...], tuple[Knowledge, Question | Stop]] = {}

    # The state machine.

    def step(self, session: Session) -> Ask | Outcome:
        """Return the next question, or the outcome when nothing is left to ask."""
        given = {reply.question: reply.value for reply in session.replies}
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

    def _doubting(self, ask: Ask, session: Session) -> Ask:
        """Return the question, with what is asked back about the amount given before it."""
        if not session.replies:
            return ask
        doubt = basics.doubt(session.replies[-1], session.replies[0].value[0], self.catalog)
        return structs.replace(ask, before=f"{doubt} If not, go back." if doubt else ask.before)

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
        yield basics.country_ask(self.covered, self.locale_country)
        country = given["country"][0]
        yield basics.USES_ASK
        for use in basics.USES:
            if use.operation in given["uses"]:
                yield basics.amount_ask(use, country, self.catalog)
                if use.where:
                    yield basics.where_ask(use, country)
        yield basics.HAVE_ASK
        replies = (Reply(question, value) for question, value in given.items())
        before = tuple(takewhile(lambda reply: reply.question != "must", replies))
        ranking = self._ranking(_without_trades(before))
        if musts := basics.must_ask(ranking, self.catalog, self.today):
            yield musts

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
        from walletpick.interview.trades import options_of

        known, question = self.knowledge(session)
        if isinstance(question, str):
            return self._outcome(session, known, question, ranking)
        by_id = {place.wallet.id: place for place in ranking.foremost}
        a, b = options_of(question, by_id[question.a], by_id[question.b])
        left = known.settings.max_questions - len(known.answers)
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
            default=("equal",),
        )

    def knowledge(self, session: Session) -> tuple[Knowledge, Question | Stop]:
        """Return what the trades of a session have told, and the next one or why there is none.

        All other questions are answered.
        """
        from walletpick.interview.elicitation import next_question
        from walletpick.interview.knowledge import Settings, begin, learn

        replies = session.replies
        if replies not in self._known:
            last = replies[-1]
            if _is_trade(last):
                known, question = self.knowledge(Session(replies[:-1]))
                if not isinstance(question, str) and _trade_id(question) == last.question:
                    (side,) = last.value
                    assert side in ("a", "b", "equal", "unknown")
                    known = learn(known, question, side)  # type: ignore[arg-type]
            else:
                left = max(_LEAST_TRADES, min(_MOST_TRADES, MOST_QUESTIONS - len(replies)))
                places = self._ranking(replies).foremost
                table = {place.wallet.id: _row(place) for place in places}
                known = begin(table, Settings(max_questions=left))
            self._known[replies] = known, next_question(known)
        return self._known[replies]

    def _outcome(self, session: Session, known: Knowledge, stop: Stop, ranking: Ranking) -> Outcome:
        needs = self.needs(session)
        weighed = {place.wallet.id for place in ranking.foremost}
        # Where one wallet is best by any weights, none have been learned: the usual ones stay.
        if len(known.names) > 1:
            needs = structs.replace(needs, weights=_weights(known.mean_weights))
            ranking = self._rank(needs)
        return Outcome(
            needs=needs,
            ranking=ranking,
            stopped=_stopped_words(known, stop, ranking, weighed),
            chosen=ranking.places[0].wallet.id if ranking.places else "",
            trades=len(known.answers),
        )

    def summary(self, session: Session) -> tuple[Option, ...]:
        """Return each question answered with its reply in words, for changing one."""
        lines = []
        before = Session()
        for reply in session.replies:
            ask = self.step(before)
            if isinstance(ask, Outcome):
                break
            head = "What matters more?" if _is_trade(reply) else title(ask)
            lines.append(Option(reply.question, f"{head} {reply_words(ask, reply.value)}"))
            before = Session((*before.replies, reply))
        return tuple(lines)


def _without_trades(replies: Sequence[Reply]) -> tuple[Reply, ...]:
    return tuple(reply for reply in replies if not _is_trade(reply))


def _is_trade(reply: Reply) -> bool:
    return reply.question.startswith("trade ")


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
    most = Decimal(max(mean.values()))
    return {name: round(weight_of(Decimal(share), most), 2) for name, share in mean.items()}


def _stopped_words(known: Knowledge, stop: Stop, ranking: Ranking, weighed: set[str]) -> str:
    """Return in a sentence why nothing more is asked; the ranking is by what has been learned.

    `weighed` are the wallets between which the trades were.
    """
    ids = [place.wallet.id for place in ranking.foremost]
    if ids[:1] != [known.best] or not weighed.issuperset(ids):
        # With these weights more or less is known of some wallet than is enough to be weighed.
        return (
            "With what matters to you, other facts count, and of other wallets enough of them"
            " is known to come first."
        )
    settled = "Nothing you could still answer would change the first place."
    if len(ids) == 1:
        only = "No other wallet is as well known to fit."
        return f"{'Only one wallet fits.' if len(ranking.places) == 1 else only} {settled}"
    if stop == "settled":
        return settled
    if stop == "small-loss":
        share = "under 0.1 %" if known.loss < 0.001 else f"{known.loss * 100:.1f} %"
        return (
            "What you could still answer would hardly matter: on average it is worth"
            f" {share} of the difference between the best and the worst."
        )
    names = {place.wallet.id: place.wallet.name for place in ranking.foremost}
    others = [names.get(name, name) for name in known.in_play if name != known.best]
    return (
        f"That is enough to go by. In about {known.chance * 100:.0f} of 100 cases the first place"
        f" is your best; it could also be {' or '.join(others[:4])}."
    )
