"""In what a set of wallets is ahead of one, and why that is not enough, in words. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from walletpick.answers.combine import Combined, Gain
from walletpick.facts.names import wallet_name
from walletpick.language import _
from walletpick.words.criteria import gap_words, widest
from walletpick.words.phrases import apart, claim_phrase, criterion_phrase, in_a_row

# In so many criteria it is told why several are worth it.
_CRITERIA = 2


def not_worth_words(answer: Combined, gain: Gain, with_them: str, places: Mapping[str, str]) -> str:
    """Return why what a set gains is not worth its trouble.

    `with_them` begins the sentence; `places` are the gain, the wallets, and their trouble in words.
    """
    match answer.shortfall:
        case "of-wallets":
            return _(
                "{with_them} {gain}, but most of that is {criteria}: one more wallet makes the"
                " first no better in that. What it saves and does is not worth the trouble of"
                " {wallets} ({trouble}).",
                with_them=with_them,
                criteria=ahead_by(answer, gain),
                **places,
            )
        case "by-a-guess":
            return _(
                "{with_them} {gain}, because a price that is not known counts as rather dear in"
                " points; by the guess itself, it is not worth the trouble of {wallets}"
                " ({trouble}).",
                with_them=with_them,
                **places,
            )
        case "outweighed":
            name, against = min(gain.by_criterion.items(), key=lambda each: (each[1], each[0]))
            return _(
                "{with_them} {gain}: the money would be worth the trouble of {wallets} ({trouble});"
                " against it is {criterion} ({points}).",
                with_them=with_them,
                criterion=_ahead_in(answer, name),
                points=f"{against:+.1f}",
                **places,
            )
        case "too-little":
            return _(
                "{with_them} {gain}: that is not worth the trouble of {wallets} ({trouble}).",
                with_them=with_them,
                **places,
            )


def ahead_by(answer: Combined, gain: Gain) -> str:
    """Return in what a set is ahead besides the cost, most first: "what it can do (+5.2)"."""
    gaps = sorted(
        ((points, name) for name, points in gain.by_criterion.items() if name != "cost"),
        reverse=True,
    )
    return in_a_row([gap_words(_ahead_in(answer, name), gap) for gap, name in widest(gaps)])


def _ahead_in(answer: Combined, name: str) -> str:
    """Return a criterion in which a set is ahead; of what it can do, who does what."""
    if name == "experience":
        return _("your own diary")
    done = answer.brings[:_CRITERIA] if name == "coverage" else ()
    if not done:
        return criterion_phrase(name)
    facts = apart(
        _("{wallet} {fact}", wallet=wallet_name(wallet), fact=claim_phrase(key, True))
        for wallet, key in done
    )
    return _("{words}: {facts}", words=criterion_phrase(name), facts=facts)
