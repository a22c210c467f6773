"""In what a set of wallets is ahead of one, and why that is not enough, in words. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from walletpick.answers.combine import Combined, Gain
from walletpick.facts.money import ZERO
from walletpick.facts.names import wallet_name
from walletpick.language import _
from walletpick.words.phrases import apart, claim_phrase, criterion_phrase, in_a_row

# In so many criteria it is told why several are worth it.
_CRITERIA = 2


def not_worth_words(answer: Combined, gain: Gain, with_them: str, places: Mapping[str, str]) -> str:
    """Return why what a set gains is not worth its trouble.

    `with_them` begins the sentence; `places` are the gain, the wallets, and their trouble in words.
    """
    assert answer.several
    assert answer.one
    several, one = answer.several, answer.one
    if _is_for_the_rest(answer, gain):
        return _(
            "{with_them} {gain}, but most of that is {criteria}: one more wallet makes the first no"
            " better in that. What it saves and does is not worth the trouble of {wallets}"
            " ({trouble}).",
            with_them=with_them,
            criteria=ahead_by(answer),
            **places,
        )
    if several.net > one.net:
        return _(
            "{with_them} {gain}, because a price that is not known counts as rather dear in points;"
            " by the guess itself, it is not worth the trouble of {wallets} ({trouble}).",
            with_them=with_them,
            **places,
        )
    if answer.saves_enough:
        against, name = min(criterion_gaps(answer))
        return _(
            "{with_them} {gain}: the money would be worth the trouble of {wallets} ({trouble});"
            " against it is {criterion} ({points}).",
            with_them=with_them,
            criterion=ahead_in(answer, name),
            points=f"{against:+.1f}",
            **places,
        )
    return _(
        "{with_them} {gain}: that is not worth the trouble of {wallets} ({trouble}).",
        with_them=with_them,
        **places,
    )


def _is_for_the_rest(answer: Combined, gain: Gain) -> bool:
    """Return whether most of what a set gains is of wallets as such: their safety or support."""
    cost = next((points for points, name in criterion_gaps(answer) if name == "cost"), ZERO)
    return gain.points > 0 and (gain.points - gain.of_use - cost) * 2 > gain.points


def criterion_gaps(answer: Combined) -> Iterator[tuple[Decimal, str]]:
    """Yield how many points more than the one wallet a set has in each criterion."""
    one, several = answer.one, answer.several
    assert one
    assert several
    for name, value in several.values.items():
        more = value.estimate - one.values[name].estimate
        yield 100 * answer.needs.weights[name] * more, name
    yield several.own_points - one.own_points, "experience"


def ahead_by(answer: Combined) -> str:
    """Return in what a set is ahead besides the cost, most first: "what it can do (+5.2)"."""
    gaps = sorted((each for each in criterion_gaps(answer) if each[1] != "cost"), reverse=True)
    # What comes behind the first is told where it is worth half as much.
    told = [each for each in gaps[:_CRITERIA] if each[0] * 2 >= gaps[0][0]]
    names = (
        _("{words} ({more})", words=ahead_in(answer, name), more=f"{gap:+.1f}")
        for gap, name in told
    )
    return in_a_row(names)


def ahead_in(answer: Combined, name: str) -> str:
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
