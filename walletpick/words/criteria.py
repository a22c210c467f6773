"""What the criteria of the score are called, and in what one is ahead of another. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from walletpick.answers.combine import Combined, Gain
from walletpick.facts.names import wallet_name
from walletpick.language import N_, _, with_brackets
from walletpick.words.phrases import apart, claim_phrase, criterion_phrase, in_a_row

# So many of the criteria that make a difference are told.
_TOLD = 2
# What would be told as 0.0 points is no gap.
LEAST_GAP = Decimal("0.05")

_NAMES = {
    "cost": N_("cost"),
    "coverage": N_("coverage"),
    "security": N_("security"),
    "protection": N_("protection"),
    "support": N_("support"),
    "ease": N_("ease"),
    "trust": N_("trust"),
    "exit": N_("exit"),
    "experience": N_("experience"),
}

# What somebody cares for, as the subject of "mattered more to you".
_CARES = {
    "cost": N_("a low price"),
    "coverage": N_("a wallet that does all that you do"),
    "security": N_("safe log-ins and payments"),
    "protection": N_("what keeps your money safe"),
    "support": N_("good support"),
    "ease": N_("easy use"),
    "trust": N_("a clean record"),
    "exit": N_("leaving easily"),
}
# In so many criteria it is told why several are worth it.
_CRITERIA = 2


def care_words(name: str) -> str:
    """Return what somebody cares for to whom a criterion matters: "leaving easily"."""
    return _(_CARES[name])


def criterion_name(name: str) -> str:
    """Return what a criterion, or what one's own diary counts for, is called."""
    return _(_NAMES.get(name, name))


def widest(gaps: Sequence[tuple[Decimal, str]]) -> Sequence[tuple[Decimal, str]]:
    """Return the gaps, in points, to tell of some in their order: what comes behind the first is
    told where it is worth half as much.
    """
    return [each for each in gaps[:_TOLD] if 2 * each[0] >= gaps[0][0]]


def by_criterion(gaps: Iterable[tuple[str, Decimal]], least: Decimal = LEAST_GAP) -> str:
    """Return by how many points one is ahead in each criterion, or behind: "cost +2.1, trust -0.2".

    Of gaps of `least` or more; "" where there is none.
    """
    parts = (f"{criterion_name(name)} {gap:+.1f}" for name, gap in gaps if abs(gap) >= least)
    return in_a_row(parts)


def gap_words(words: str, points: Decimal) -> str:
    """Return a criterion, in words, with how many points more it makes: "its support (+2.5)"."""
    return with_brackets(words, f"{points:+.1f}")


def not_worth_words(answer: Combined, gain: Gain, with_them: str, places: Mapping[str, str]) -> str:
    """Return why what a set gains is not worth its trouble.

    `with_them` begins the sentence; `places` are the gain, the wallets, and their trouble in words.
    """
    more = {}
    match answer.shortfall:
        case "of-wallets":
            form = N_(
                "{with_them} {gain}, but most of that is {criteria}: one more wallet makes the"
                " first no better in that. What it saves and does is not worth the trouble of"
                " {wallets} ({trouble})."
            )
            more = {"criteria": ahead_by(answer, gain)}
        case "by-a-guess":
            form = N_(
                "{with_them} {gain}, because a price that is not known counts as rather dear in"
                " points; by the guess itself, it is not worth the trouble of {wallets}"
                " ({trouble})."
            )
        case "outweighed":
            name, against = min(gain.by_criterion.items(), key=lambda each: (each[1], each[0]))
            form = N_(
                "{with_them} {gain}: the money would be worth the trouble of {wallets} ({trouble});"
                " against it is {criterion} ({points})."
            )
            more = {"criterion": _ahead_in(answer, name), "points": f"{against:+.1f}"}
        case "too-little":
            form = N_("{with_them} {gain}: that is not worth the trouble of {wallets} ({trouble}).")
    return _(form, with_them=with_them, **more, **places)


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
