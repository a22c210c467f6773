"""What would change the first place of a ranking, in words. Pure."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from walletpick.score.change import MOST_WEIGHT, Change, PriceTurn, Taker, WeightSpan
from walletpick.score.ranking import Ranking
from walletpick.words.phrases import figure
from walletpick.words.reasons import line_words
from walletpick.words.verdict import place_name

_HUNDREDTH = Decimal("0.01")


def span_words(span: WeightSpan, ranking: Ranking) -> str:
    """Return from where to where a weight leaves the first place as it is, and who is next.

    "Wise stays first while cost weighs 1.2 or more (it weighs 3); under that, Remitly comes first".
    """
    first = place_name(ranking.places[0], ranking)
    low, high = figure(_low(span)), figure(_high(span))
    room = f"between {low} and {high}" if span.below and span.above else f"{high} or less"
    room = room if span.above else f"{low} or more"
    words = f"{first} stays first while {span.criterion} weighs {room} (it weighs {_now(span)})"
    ends = [("under", span.below), ("over", span.above)]
    parts = [f"{where} that, {_comes_first(taker, ranking)}" for where, taker in ends if taker]
    return "; ".join([words, *parts])


def turn_words(turn: PriceTurn, ranking: Ranking) -> str:
    """Return what price would make the first two change places.

    "Remitly would come first if the fee to send money to people abroad came to under 0.6 % of the
    amount (it comes to 1.2 %)".
    """
    name, line = place_name(turn.place, ranking), line_words(turn.line)
    at = turn.percent.quantize(_HUNDREDTH, ROUND_CEILING if turn.dearer else ROUND_FLOOR)
    now = f"{figure(turn.now.quantize(_HUNDREDTH))} %"
    now = f"it comes to {now}" if turn.line.known else f"it is not known, and taken for {now}"
    if turn.dearer:
        return (
            f"{name} would come second if {line} came to over {figure(at)} % of the amount ({now})"
        )
    price = f"came to under {figure(at)} % of the amount" if at else "were nothing"
    return f"{name} would come first if {line} {price} ({now})"


def nearest_words(change: Change, ranking: Ranking) -> str | None:
    """Return the weight that has least far to go to change the first place, and who comes first."""
    ends: list[tuple[Decimal, str, Taker]] = []
    for span in change.weights:
        for side, at, taker in (
            ("under", _low(span), span.below),
            ("over", _high(span), span.above),
        ):
            if taker:
                words = f"If {span.criterion} weighs {side} {figure(at)} (it weighs {_now(span)})"
                ends.append((abs(span.weight - at), words, taker))
    if not ends:
        return None
    _, words, taker = min(ends, key=lambda end: end[0])
    return f"{words}, {_comes_first(taker, ranking)}."


def _comes_first(taker: Taker, ranking: Ranking) -> str:
    words = f"{place_name(taker.place, ranking)} comes first"
    return f"{words}, as more is known of it then" if taker.known else words


def _now(span: WeightSpan) -> str:
    return figure(span.weight.quantize(_HUNDREDTH))


def _low(span: WeightSpan) -> Decimal:
    """Return the low end as it is shown: no lower than it is."""
    return min(span.low.quantize(_HUNDREDTH, ROUND_CEILING), MOST_WEIGHT)


def _high(span: WeightSpan) -> Decimal:
    return span.high.quantize(_HUNDREDTH, ROUND_FLOOR)
