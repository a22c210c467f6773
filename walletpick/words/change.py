"""What would change the first place of a ranking, in words. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import NamedTuple

from walletpick.language import N_, _, percent_words
from walletpick.score.change import MOST_WEIGHT, Change, PriceTurn, WeightSpan, first_at
from walletpick.score.ranking import Ranking
from walletpick.words.criteria import care_words
from walletpick.words.lines import line_words
from walletpick.words.phrases import apart, figure
from walletpick.words.verdict import place_name

_HUNDREDTH = Decimal("0.01")
# The steps in which a weight is said.
_STEP = Decimal("0.5")
_IF_LESS = N_(
    "if {care} mattered less to you (--weight {criterion}={weight}), {wallet} would come first"
)
_IF_MORE = N_(
    "if {care} mattered more to you (--weight {criterion}={weight}), {wallet} would come first"
)


class _Turn(NamedTuple):
    """A weight that somebody can give, at which another wallet comes first, and how far it is."""

    far: Decimal
    words: str


def span_words(span: WeightSpan, ranking: Ranking) -> str:
    """Return which weight would put which wallet first; "" where none that can be given does.

    "If a low price mattered less to you (--weight cost=2), Remitly would come first".
    """
    words = apart(turn.words for turn in _turns(span, ranking))
    return words[:1].upper() + words[1:]


def _turns(span: WeightSpan, ranking: Ranking) -> Iterator[_Turn]:
    """Yield the nearest whole or half weights, less and more, at which another comes first."""
    less = (span.low / _STEP).to_integral_value(ROUND_CEILING) * _STEP - _STEP
    more = (span.high / _STEP).to_integral_value(ROUND_FLOOR) * _STEP + _STEP
    for weight, taker, message in ((less, span.below, _IF_LESS), (more, span.above, _IF_MORE)):
        if taker is None or not 0 <= weight <= MOST_WEIGHT:
            continue
        # Beyond the turn there may be another.
        place = first_at(ranking, span.criterion, weight)
        if place is not ranking.places[0]:
            words = _(
                message,
                care=care_words(span.criterion),
                criterion=span.criterion,
                weight=figure(weight),
                wallet=place_name(place, ranking),
            )
            yield _Turn(abs(span.weight - weight), words)


def turn_words(turn: PriceTurn, ranking: Ranking) -> str:
    """Return what price would make the first two change places.

    "Remitly would come first if the fee to send money to people abroad came to under 0.6 % of the
    amount (it comes to 1.2 %)".
    """
    name, line = place_name(turn.place, ranking), line_words(turn.line)
    at = turn.percent.quantize(_HUNDREDTH, ROUND_CEILING if turn.dearer else ROUND_FLOOR)
    now = percent_words(figure(turn.now.quantize(_HUNDREDTH)))
    if turn.line.known:
        now = _("it comes to {percent}", percent=now)
    else:
        now = _("it is not known, and taken for {percent}", percent=now)
    percent = percent_words(figure(at))
    if turn.dearer:
        return _(
            "{wallet} would come second if {line} came to over {percent} of the amount ({now})",
            wallet=name,
            line=line,
            percent=percent,
            now=now,
        )
    if not at:
        return _(
            "{wallet} would come first if {line} were nothing ({now})",
            wallet=name,
            line=line,
            now=now,
        )
    return _(
        "{wallet} would come first if {line} came to under {percent} of the amount ({now})",
        wallet=name,
        line=line,
        percent=percent,
        now=now,
    )


def nearest_words(change: Change, ranking: Ranking) -> str | None:
    """Return the weight that has least far to go to change the first place, and who comes first."""
    turns = [turn for span in change.weights for turn in _turns(span, ranking)]
    if not turns:
        return None
    words = min(turns, key=lambda turn: turn.far).words
    return _("{words}.", words=words[:1].upper() + words[1:])
