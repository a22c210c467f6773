"""One wallet or several, in words: the verdict, which use goes where, what it brings. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from walletpick.answers.combine import Combined, Gain
from walletpick.answers.switch import Option
from walletpick.answers.team import Elsewhere, Member, Team
from walletpick.facts.model import Needs, Usage
from walletpick.facts.periods import period_of
from walletpick.facts.places import country_name, in_country
from walletpick.words.bills import among_words, first_year_words, rough_words
from walletpick.words.causes import cause_words, causes_words
from walletpick.words.common import UNKNOWN, first_upper, in_ten, number_words, tenth
from walletpick.words.phrases import (
    a_year,
    few_listed,
    listed,
    method_phrase,
    money,
    operation_phrase,
)
from walletpick.words.reasons import line_words, unknown_line

_COUNTS = {2: "two", 3: "three", 4: "four", 5: "five", 6: "six", 7: "seven", 8: "eight"}


def team_words(team: Team) -> str:
    """Return the names of the wallets of a set: "Wise and Monzo"."""
    return listed([member.wallet.name for member in team.members])


def wallets_words(count: int) -> str:
    """Return how many wallets: "two wallets"."""
    return f"{_COUNTS[count]} wallets"


def verdict_words(answer: Combined) -> str:
    """Return the verdict in a few words: "Two wallets are better than one: Wise and Monzo."."""
    chosen = answer.chosen
    assert chosen
    if chosen.confirmed or (answer.going and not answer.helps):
        return _verdict(answer)
    return f"{_verdict(answer)} But nothing is confirmed to do all that you ask."


def adding_words(answer: Combined) -> str:
    """Return that adding a wallet to what one has is better than going, and the command for it."""
    (wallet, country), *_ = answer.kept
    command = f"walletpick combine --with {wallet.id}@{country}, with the same needs"
    return f"{verdict_words(answer)} {reason_words(answer)} More: {command}."


def _verdict(answer: Combined) -> str:
    chosen, kept = answer.chosen, _kept_words(answer)
    assert chosen
    if answer.going and not answer.helps:
        there = answer.going.standing.wallet.name
        return f"Rather than keep {kept}, go to {there}."
    names, count = team_words(chosen), len(chosen.members)
    if not answer.helps:
        return _enough_words(answer, names, count)
    if kept:
        return f"Keep {kept} and add {listed(_added(answer))}."
    if answer.why == "worth-it":
        return f"{first_upper(wallets_words(count))} are better than one: {names}."
    return f"Take {wallets_words(count)}: {names}."


def _enough_words(answer: Combined, names: str, count: int) -> str:
    """Return that what one has, or one wallet, is enough, as far as that is known."""
    level = few_listed([place.wallet.name for place in answer.level])
    if answer.kept:
        if level:
            return f"Too close to call: {' or '.join(each.wallet.name for each in answer.level)}."
        if answer.unpriced:
            return f"{names} may be enough, but {_unpriced_words(answer)}."
        return f"{names} {'is' if count == 1 else 'are'} enough."
    if level:
        price = f" {first_upper(_unpriced_words(answer))}." if answer.unpriced else ""
        return (
            f"One wallet is enough, and {level} are level: what is not known decides between"
            f" them.{price}"
        )
    if answer.unpriced:
        return f"One wallet may be enough: {names}, but {_unpriced_words(answer)}."
    return f"One wallet is enough: {names}."


def _unpriced_words(answer: Combined) -> str:
    assert answer.chosen
    return f"what you would pay with {team_words(answer.chosen)} is not known"


def reason_words(answer: Combined) -> str:
    """Return why, in a few sentences made of the figures; and that going elsewhere is better."""
    if answer.kept and answer.level:
        price = f" {first_upper(_unpriced_words(answer))}." if answer.unpriced else ""
        return (
            f"{_reason_words(answer)} Which of the two is better for all of it is not known well"
            f" enough.{price} What changing takes: {_switch_command(answer)}."
        )
    if not answer.going:
        return _reason_words(answer)
    if not answer.helps:
        return _going_words(answer, answer.going)
    there, kept = answer.going.standing, _kept_words(answer)
    points = tenth(there.place.score.estimate)
    return (
        f"{_reason_words(answer)} Better still, if you need not keep {kept}: {there.wallet.name}"
        f" alone, with {points} points and no second wallet; see {_switch_command(answer)}."
    )


def _reason_words(answer: Combined) -> str:
    gain, several = answer.gain, answer.several
    match answer.why:
        case "one-use":
            return "You named one use, and that is for one wallet: there is nothing to combine."
        case "linked":
            return (
                "What comes in with it pays for all else that you do: in two wallets, you would"
                " have to move the money, and what that costs is not reckoned."
            )
        case "no-cheaper":
            return "With another one you would pay more, or what you would pay is not known."
        case "no-better":
            return "Another one would neither save nor gain anything."
        case "none-does-all":
            if answer.kept:
                alone = " alone" if len(answer.kept) == 1 else " together"
                return f"All that you ask is more than {_kept_words(answer)}{alone} can do."
            return "No single wallet does all that you ask."
    assert gain
    assert several
    what = _gain_words(answer, gain)
    if answer.why == "none-confirmed":
        single = "No single wallet is"
        if answer.kept:
            single = f"{_kept_words(answer)} alone {'is' if len(answer.kept) == 1 else 'are'} not"
        together = f"{single} confirmed to do all that you ask; together they are."
        return f"{together} {first_upper(what)}."
    trouble = f"the trouble of {further_words(answer)} ({trouble_words(answer)})"
    if answer.why == "not-worth-it":
        return f"{_with_words(answer)} {what}: that is not worth {trouble}."
    if answer.why == "unsure":
        return (
            f"{_with_words(answer)} {what}; but in only {in_ten(gain.chance)} cases is that worth"
            f" more than {trouble}: what is not known decides."
        )
    return f"{first_upper(what)}; in {in_ten(gain.chance)} cases that is worth more than {trouble}."


def _going_words(answer: Combined, going: Option) -> str:
    """Return why going beats adding, and the command that says what it takes."""
    there = going.standing.wallet.name
    linked = (
        f"What comes in pays for what goes out, so all of it goes to {there} together. "
        if answer.why == "linked"
        else ""
    )
    cost = first_year_words(going.standing.bill)
    price = "" if cost == UNKNOWN else f" First year: {cost}."
    points = tenth(going.standing.place.score.estimate)
    return (
        f"{linked}{there} has {points} points for all of it; in {in_ten(going.chance)} cases that"
        f" is better than {_kept_words(answer)} alone by more than the trouble of changing.{price}"
        f" What changing takes: {_switch_command(answer)}."
    )


def _switch_command(answer: Combined) -> str:
    """Return the command that says what leaving the one wallet kept takes."""
    ((wallet, country),) = answer.kept
    return f"walletpick switch --from {wallet.id}@{country}, with the same needs"


def _gain_words(answer: Combined, gain: Gain) -> str:
    """Return what a set saves and gains: "saves 32.00 GBP a year and has 2.0 points more (...)"."""
    assert answer.one
    assert answer.several
    scores = f"{tenth(answer.several.score.estimate)} against {tenth(answer.one.score.estimate)}"
    points = tenth(abs(gain.points))
    more = f"{points} points {'more' if gain.points > 0 else 'fewer'} ({scores})"
    if points == "0.0":
        more = f"as many points ({scores})"
    return f"{saving_words(answer, gain)}, with {more}"


def saving_words(answer: Combined, gain: Gain) -> str:
    """Return what a set costs less than one wallet, or more, and whether that is known."""
    assert answer.one
    saving = gain.saving
    often = a_year(period_of(answer.needs.for_))
    alone = f"{team_words(answer.one)} alone"
    total, middle = saving.total, saving.total.rounded.estimate
    if middle < 0:
        total = -total
    if middle:
        sure = rough_words(total) if saving.complete else ""
        guess = sure or f"about {money(total.estimate, total.currency)}"
        words = f"{guess} {often} {'less' if middle > 0 else 'more'} than with {alone}"
    else:
        words = f"{'' if saving.complete and total.exact else 'about '}the same as with {alone}"
    unsure = "" if saving.complete else ", if unknown fees are as usual"
    return f"you would pay {words}{unsure}"


def trouble_words(answer: Combined) -> str:
    """Return what the trouble of further wallets is reckoned at: "20.00 USD a year, 1.4 points"."""
    several = answer.several
    trouble = several.trouble if several else answer.trouble
    often = a_year(period_of(answer.needs.for_))
    points = f", {tenth(several.score.estimate - several.net)} points" if several else ""
    return f"{money(trouble, _currency(answer.needs))} {often}{points}"


def further_words(answer: Combined) -> str:
    """Return which wallets are the further ones: "a second wallet"."""
    have = max(len(answer.kept), 1)
    extra = len(answer.several.members) - have if answer.several else 1
    if extra > 1:
        return f"{_COUNTS[extra]} more wallets"
    return "a second wallet" if have == 1 else "another wallet"


def _with_words(answer: Combined) -> str:
    assert answer.one
    assert answer.several
    too = all(answer.several.twin_of(member.wallet) for member in answer.one.members)
    return f"With {listed(_added(answer))} {'too' if too else 'instead'},"


def _added(answer: Combined) -> list[str]:
    """Return the wallets that come to the one, or to those that one has."""
    assert answer.several
    here = {wallet.id for wallet, _ in answer.kept}
    if answer.one:
        here |= {member.wallet.id for member in answer.one.members}
    members = answer.several.members
    return [member.wallet.name for member in members if member.wallet.id not in here] or [
        member.wallet.name for member in members
    ]


def _kept_words(answer: Combined) -> str:
    return listed([wallet.name for wallet, _ in answer.kept])


def _currency(needs: Needs) -> str:
    assert needs.currency
    return needs.currency


def use_words(needs: Needs, number: int) -> str:
    """Return a use of the needs in short; with its sum where another reads the same."""
    titles = [_short(usage) for usage in needs.use]
    usage = needs.use[number]
    words = titles[number]
    if titles.count(words) > 1:
        each = money(usage.amount / usage.times, _currency(needs))
        words = f"{words}, {each}{' each' if usage.times > 1 else ''}"
    return first_upper(words)


def _short(usage: Usage) -> str:
    words = operation_phrase(usage.operation)
    if usage.country:
        words += f" ({country_name(usage.country)})"
    if usage.method:
        words += f" {method_phrase(usage.operation, usage.method)}"
    return words


def elsewhere_words(needs: Needs, member: Member, elsewhere: Elsewhere) -> str:
    """Return why a use is not with another wallet of the set."""
    other, often = elsewhere.other.wallet.name, a_year(period_of(needs.for_))
    match elsewhere.bar:
        case "cannot":
            return f"{other} {causes_words(elsewhere.causes)}"
        case "not-confirmed":
            causes = listed([cause_words(cause) for cause in elsewhere.causes])
            return f"not confirmed of {other}: {causes}"
        case "its-money":
            return f"the money for it comes in with {member.wallet.name}, not with {other}"
        case "kept":
            return f"you keep {member.wallet.name}"
        case "not-priced":
            return f"what {other} takes for it is not known"
    more = elsewhere.more
    assert more is not None
    assert elsewhere.points is not None
    if elsewhere.bar == "dearer":
        return f"with {other} you would pay {rough_words(more)} {often} more"
    points, middle = tenth(abs(elsewhere.points)), more.rounded.estimate
    if points == "0.0" and not middle:
        return f"it might as well be with {other}"
    cost = "at the same cost" if more.rounded.exact else "at about the same cost"
    if middle < 0:
        cost = f"though for {money(-middle, more.currency)} {often} less"
    elif middle:
        cost = f"at about {money(middle, more.currency)} {often} more"
    fewer = "fewer" if elsewhere.points > 0 else "more"
    return f"with {other} it would be {points} points {fewer} in all, {cost}"


def points_words(answer: Combined) -> str:
    """Return by criterion what a set has more than the one wallet: "cost +2.1, trust -0.2"."""
    one, several = answer.one, answer.several
    assert one
    assert several
    gaps = [
        (100 * answer.needs.weights[name] * (value.estimate - one.values[name].estimate), name)
        for name, value in several.values.items()
    ]
    gaps.append((several.own_points - one.own_points, "experience"))
    gaps.sort(key=lambda each: -abs(each[0]))
    parts = [f"{name} {gap:+.1f}" for gap, name in gaps if abs(gap) >= 0.05]
    spans = f"{number_words(several.score)} against {number_words(one.score)}"
    return f"Points: {', '.join(parts)}; {spans}." if parts else f"Points: no difference ({spans})."


def unknown_words(answer: Combined) -> Iterator[str]:
    """Yield what is not known, not confirmed or old of the set that is shown.

    Of the one wallet beside it, what is not known.
    """
    shown = answer.shown
    assert shown
    for member in shown.members:
        name = member.wallet.name
        for cause in member.place.unconfirmed:
            yield f"Not confirmed of {name}: {cause_words(cause)}."
        yield from _unknown_prices(member)
        lines = member.place.bill.lines
        for operation in dict.fromkeys(line.operation for line in lines if line.among_users):
            yield f"{name}: the price counted is {among_words(operation, name)}."
        if old := [line_words(line) for line in lines if line.stale and line.known]:
            figures = "an old figure" if len(old) == 1 else "old figures"
            yield f"{name}: {figures} for {few_listed(old)}."
    if answer.one and answer.one is not shown:
        for member in answer.one.members:
            yield from _unknown_prices(member)


def _unknown_prices(member: Member) -> Iterator[str]:
    for line in member.place.bill.lines:
        if not line.known:
            words = unknown_line(line)
            yield f"{member.wallet.name}: {words[0].lower()}{words[1:]}."


def _kept_lacks(answer: Combined) -> str:
    """Return why what one keeps does not do all: what it cannot do, or how its uses would be."""
    if answer.one_left_out:
        return "; ".join(f"{e.wallet.name} {causes_words(e.causes)}" for e in answer.one_left_out)
    count = len(answer.needs.use)
    if count < len(answer.kept):
        uses = "there is one use only" if count == 1 else f"there are {_COUNTS[count]} uses only"
        return f"each of them is to get a use, and {uses}"
    return "each of them is to get a use, and what comes in with one cannot be spent from another"


def nothing_words(answer: Combined) -> str:
    """Return one sentence that says why no set of wallets does all, naming the use that is why."""
    needs = answer.needs
    assert needs.country
    where = f" in {in_country(needs.country)}"
    if answer.unfit:
        uses = listed([_short(unfit.usage) for unfit in answer.unfit])
        return f"no wallet{where} fits for this: {uses}"
    keep = f" with {_kept_words(answer)}" if answer.kept else ""
    if answer.enough:
        return (
            f"no {wallets_words(answer.most)}{where}{keep} do all that you ask;"
            f" {_COUNTS[answer.enough]} do (--most {answer.enough})"
        )
    if answer.kept:
        what = "this" if len(needs.use) == 1 else "all that you ask"
        return f"no set of wallets{where}{keep} does {what}: {_kept_lacks(answer)}"
    return (
        f"each of your uses has a wallet{where}, but no set does all: what comes in with one cannot"
        " be spent from another"
    )
