"""What would change the first place of a ranking, in words. Pure."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from walletpick.language import N_, _, percent_words
from walletpick.score.change import MOST_WEIGHT, Change, PriceTurn, WeightSpan
from walletpick.score.ranking import Place, Ranking
from walletpick.words.criteria import criterion_name
from walletpick.words.phrases import apart, figure
from walletpick.words.reasons import line_words
from walletpick.words.verdict import place_name

_HUNDREDTH = Decimal("0.01")
# Who comes first beyond the ends of a weight.
_IF_UNDER = N_("If {criterion} weighs under {at} (it weighs {now}), {wallet} comes first.")
_IF_OVER = N_("If {criterion} weighs over {at} (it weighs {now}), {wallet} comes first.")


def span_words(span: WeightSpan, ranking: Ranking) -> str:
    """Return from where to where a weight leaves the first place as it is, and who is next.

    "Wise stays first while cost weighs 1.2 or more (it weighs 3); under that, Remitly comes first".
    """
    low, high = figure(_low(span)), figure(_high(span))
    message = N_("{wallet} stays first while {criterion} weighs {low} or more (it weighs {now})")
    if span.above:
        message = N_(
            "{wallet} stays first while {criterion} weighs {high} or less (it weighs {now})"
        )
    if span.below and span.above:
        message = N_(
            "{wallet} stays first while {criterion} weighs between {low} and {high}"
            " (it weighs {now})"
        )
    words = _(
        message,
        wallet=place_name(ranking.places[0], ranking),
        criterion=_weighed(span),
        low=low,
        high=high,
        now=_now(span),
    )
    under = over = None
    if span.below:
        under = _("under that, {wallet} comes first", wallet=place_name(span.below, ranking))
    if span.above:
        over = _("over that, {wallet} comes first", wallet=place_name(span.above, ranking))
    return apart([words, under, over])


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
    ends: list[tuple[Decimal, WeightSpan, Decimal, Place, str]] = []
    for span in change.weights:
        for at, taker, message in (
            (_low(span), span.below, _IF_UNDER),
            (_high(span), span.above, _IF_OVER),
        ):
            if taker:
                ends.append((abs(span.weight - at), span, at, taker, message))
    if not ends:
        return None
    _far, span, at, taker, message = min(ends, key=lambda end: end[0])
    return _(
        message,
        criterion=_weighed(span),
        at=figure(at),
        now=_now(span),
        wallet=place_name(taker, ranking),
    )


def _weighed(span: WeightSpan) -> str:
    """Return what a criterion is called, and in other languages the word for --weight as well."""
    name = criterion_name(span.criterion)
    if name == span.criterion:
        return name
    return _("{words} ({more})", words=name, more=span.criterion)


def _now(span: WeightSpan) -> str:
    return figure(span.weight.quantize(_HUNDREDTH))


def _low(span: WeightSpan) -> Decimal:
    """Return the low end as it is shown: no lower than it is."""
    return min(span.low.quantize(_HUNDREDTH, ROUND_CEILING), MOST_WEIGHT)


def _high(span: WeightSpan) -> Decimal:
    return span.high.quantize(_HUNDREDTH, ROUND_FLOOR)
