"""One wallet or several: whether a second wallet is worth its trouble. Pure.

Which sets there are, and which is best, is worked out in `teams`; here the best one is held against
the best single wallet. The verdict, whose rules are all in `_judged` and nowhere else, says which.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Literal

from msgspec import Struct, structs

from walletpick.answers.switch import Option, Sum, Switch, switch
from walletpick.answers.team import Market, Reserve, Team
from walletpick.answers.teams import Teams
from walletpick.facts.model import Catalog, Needs, Usage, Wallet
from walletpick.facts.money import ZERO, convert
from walletpick.person.needs import settled
from walletpick.score.causes import answerable
from walletpick.score.chance import Spread, chance_of_more
from walletpick.score.experience import NO_EXPERIENCES, Experiences
from walletpick.score.ranking import LeftOut, Place, rank
from walletpick.score.verdict import LIKELY, verdict_of

# The ways to share uses out grow with a power of their number.
MOST_USES = 8
# What a use gets out of the wallet that it goes to; the rest, but for the cost, is of wallets.
_OF_USE = ("coverage", "ease", "experience")

# Which rule of `_judged` decides.
Why = Literal[
    "one-use",
    "none-does-all",
    "linked",
    "no-cheaper",
    "none-confirmed",
    "no-better",
    "not-worth-it",
    "worth-it",
    "unsure",
]


# What is short of the trouble: most is of wallets as such; a guess counts as dear in points; the
# money would do, but something else is worse; it is little.
Shortfall = Literal["of-wallets", "by-a-guess", "outweighed", "too-little"]


class TooManyUses(ValueError):
    """The needs have more uses than can be shared out (MOST_USES)."""


class Gain(Struct, frozen=True, kw_only=True):
    """What a set is worth beside the one wallet, the trouble not counted.

    `saving` is how much less it costs in a year: what is with the same wallet in both, at the same
    price, is in neither. `points` is how many more it has, `by_criterion` the same by criterion and
    by the person's diary ("experience"), and `chance` how likely all of them are worth more than
    the trouble.
    """

    saving: Sum
    points: Decimal
    by_criterion: dict[str, Decimal]
    chance: Decimal

    @property
    def of_use(self) -> Decimal:
        """The points for what each use gets out of the wallet that it goes to."""
        return sum((self.by_criterion[name] for name in _OF_USE), ZERO)

    @property
    def of_wallets(self) -> Decimal:
        """The points for wallets as such, which are no better for one that comes beside them."""
        return self.points - self.of_use - self.by_criterion["cost"]


class Unfit(Struct, frozen=True, kw_only=True):
    """A use that no wallet fits, and why each does not."""

    usage: Usage
    left_out: tuple[LeftOut, ...]


class Combined(Struct, frozen=True, kw_only=True):
    """The result. `needs` are settled; money is in their currency.

    `one` is the best single wallet, or what the person keeps; None where it does not do all, and
    then `one_left_out` says why not. `several` is the best set of more; None where there is none
    that costs no more. `gain` is set where there are both. `trouble` is the price of one wallet
    more. Where neither does all, `unfit` are the uses that no wallet fits; without any, `enough` is
    how many wallets would do, if any number does. `going` is the change of the one wallet kept for
    another, where that beats keeping it, alone or with more: then all goes there together. `level`
    are the wallets, `one` among them, between which what is not known decides where one is enough.
    `chance` is how likely, 0 to 1, the one is the best, where that is not likely and none is level.
    `reserves` are, where one is enough, what does the same should it fail. `dearer` is, where that
    is since no set costs as little, the set that likely has more points all the same.
    """

    needs: Needs
    most: int
    trouble: Decimal
    kept: tuple[Market, ...]
    why: Why
    one: Team | None
    several: Team | None
    gain: Gain | None = None
    one_left_out: tuple[LeftOut, ...] = ()
    unfit: tuple[Unfit, ...] = ()
    enough: int | None = None
    going: Option | None = None
    level: tuple[Place, ...] = ()
    chance: Decimal | None = None
    reserves: tuple[Reserve, ...] = ()
    dearer: Team | None = None

    @property
    def helps(self) -> bool:
        """Whether several are better than one."""
        return self.several is not None and self.why in (
            "worth-it",
            "none-confirmed",
            "none-does-all",
        )

    @property
    def shown(self) -> Team | None:
        """The set that an answer is about: the chosen one, or what would come nearest to it."""
        near = self.helps or self.why in ("not-worth-it", "unsure")
        # What is no better in anything but perhaps its price is named, and no more.
        worse = self.why == "not-worth-it" and self.gain is not None and self.gain.points <= 0
        return self.several if near and not worse else self.one

    @property
    def shortfall(self) -> Shortfall:
        """Why what several gain is not worth their trouble, where that decides."""
        assert self.one
        assert self.several
        assert self.gain
        if self.gain.points > 0 and 2 * self.gain.of_wallets > self.gain.points:
            return "of-wallets"
        if self.several.net > self.one.net:
            return "by-a-guess"
        return "outweighed" if self.saves_enough else "too-little"

    @property
    def saves_enough(self) -> bool:
        """Whether what several save is, by its estimate, worth their trouble by itself."""
        assert self.gain
        assert self.several
        return self.gain.saving.total.estimate > self.several.trouble

    @property
    def brings(self) -> tuple[tuple[Wallet, str], ...]:
        """What several do for the person that the one is not known to, as claims of who does it.

        What counts most comes first.
        """
        assert self.one
        assert self.several
        gains: list[tuple[Decimal, Wallet, str]] = []
        for member in self.several.members:
            for number in member.numbers:
                before = next(each for each in self.one.members if number in each.numbers)
                there = {part.part.id: part for part in before.place.values["coverage"].parts}
                for part in member.place.values["coverage"].parts:
                    its = there.get(part.part.id)
                    was = its.value.estimate if its else ZERO
                    more = (part.value.estimate - was) * part.share
                    had = (
                        {each.key for each in its.evidence if each.observation.value} if its else ()
                    )
                    new = (each.key for each in part.evidence if each.observation.value)
                    gains += (
                        (more, member.wallet, key) for key in new if key not in had and more > 0
                    )
        gains.sort(key=lambda each: -each[0])
        return tuple({(wallet.id, key): (wallet, key) for _more, wallet, key in gains}.values())

    @property
    def unpriced(self) -> bool:
        """Whether nothing is known of what is recommended that would have to be paid."""
        year = self.chosen.year if self.chosen else None
        # With something unknown, nothing on record is not nothing to pay.
        return year is not None and year.is_unpriced

    @property
    def unpriced_uses(self) -> tuple[int, ...]:
        """The uses, by their places, of which nothing is known that would have to be paid."""
        return tuple(
            shared.number
            for member in (self.chosen.members if self.chosen else ())
            for shared in member.uses
            if shared.year.is_unpriced
        )

    @property
    def chosen(self) -> Team | None:
        """What is recommended; None where nothing does all."""
        return self.several if self.helps else self.one


def combine(
    catalog: Catalog,
    needs: Needs,
    today: date,
    *,
    most: int = 2,
    trouble: Decimal | None = None,
    kept: Sequence[Market] = (),
    experiences: Experiences = NO_EXPERIENCES,
    dearer: bool = False,
) -> Combined:
    """Return the best set of at most so many wallets of the needs' country.

    `trouble` is the price of one wallet more in a year (or the stay), in the needs' currency;
    without it, the catalog's. Each of the wallets `kept` gets a use; where one is kept, leaving it
    is looked at by `with_going`. `dearer`: look for a set that costs more, too, where none costs as
    little. Raises TooManyUses, and
    UnknownRate when the catalog has no exchange rate for the needs' currency.
    """
    needs = settled(needs, catalog.criteria.settings)
    assert needs.country
    assert needs.currency
    count = len(needs.use)
    if count > MOST_USES:
        raise TooManyUses(count)
    if trouble is None:
        usd = catalog.criteria.settings.further_wallet.usd
        trouble = convert(usd, "USD", needs.currency, catalog.per_usd)
    teams = Teams(catalog, needs, today, trouble, kept, experiences)
    first = max(len(kept), 1)
    one = teams.single()
    several = teams.best(first + 1, min(most, count), one)
    gain = _gain(teams, one, several) if one and several else None
    numbers = range(count)
    unfit = []
    enough = None
    if not one and not several:
        for number in numbers:
            left_out = teams.left_out([number])
            if len(left_out) == len(teams.markets):
                unfit.append(Unfit(usage=needs.use[number], left_out=left_out))
        sizes = range(most + 1, count + 1) if not unfit else ()
        enough = next((size for size in sizes if teams.best(size, size)), None)
    answer = Combined(
        needs=needs,
        most=most,
        trouble=trouble,
        kept=tuple(kept),
        why=_judged(teams, one, several, gain),
        one=one,
        several=several,
        gain=gain,
        one_left_out=() if one else teams.left_out(numbers, len(kept) or None),
        unfit=tuple(unfit),
        enough=enough,
    )
    reserves = teams.reserves(answer.chosen) if answer.chosen else ()
    ahead = _dearer(teams, answer, first + 1) if dearer else None
    return structs.replace(answer, reserves=reserves, dearer=ahead)


def _dearer(teams: Teams, answer: Combined, least: int) -> Team | None:
    """Return the set of `least` wallets or more that has more points, though it costs more.

    It is as sure as the one wallet, and likely worth the trouble by all that counts (LIKELY).
    """
    one = answer.one
    if one is None or answer.why != "no-cheaper":
        return None
    team = teams.best(least, min(answer.most, len(answer.needs.use)))
    if team is None or (team.doubt, team.thin) > (one.doubt, one.thin) or team.net <= one.net:
        return None
    return team if _gain(teams, one, team).chance >= LIKELY else None


def with_going(
    catalog: Catalog, combined: Combined, today: date, experiences: Experiences = NO_EXPERIENCES
) -> Combined:
    """Return the answer with what the other answers say of the one wallet.

    That is the change of the one wallet kept for another, where that is better, and the wallets
    that the one is level with. What comes in pays for what goes out of the same wallet: so no set
    gives the linked uses to another wallet where nothing is left for the one kept. Going there
    does.
    """
    if not combined.kept:
        return _beside_ranked(catalog, combined, today, experiences)
    # A stay is too short to go.
    if len(combined.kept) != 1 or combined.needs.for_:
        return combined
    answer = switch(catalog, combined.kept[0], combined.needs, today, experiences=experiences)
    if answer.best is None:
        return combined
    there = answer.best
    if answer.verdict.word == "too-close" and not combined.helps:
        return structs.replace(combined, level=(answer.current, there.place))
    if answer.verdict.word != "go":
        return combined
    if combined.several and combined.helps and _beats(combined.several, there):
        return combined
    return structs.replace(combined, going=there)


def _beside_ranked(
    catalog: Catalog, combined: Combined, today: date, experiences: Experiences
) -> Combined:
    """Return the answer with the wallets that the one is level with in the ranking."""
    if combined.helps or not combined.one:
        return combined
    verdict = verdict_of(rank(catalog, combined.needs, today, experiences))
    names = {member.wallet.id for member in combined.one.members}
    if verdict.word != "level" or names.isdisjoint(each.wallet.id for each in verdict.level):
        return combined
    if len(verdict.level) == 1:
        return structs.replace(combined, chance=verdict.chance)
    return structs.replace(combined, level=verdict.level)


def _beats(several: Team, going: Option) -> bool:
    """Return whether adding a wallet is better than going: surer, or as sure with more points.

    Of equals, going leaves one wallet, and adding two.
    """
    there = going.place
    return (several.confirmed, several.net) > (there.confirmed, there.score.estimate)


def is_shared(needs: Needs) -> bool:
    """Return whether there is anything to share out, and not too much."""
    return 2 <= len(needs.use) <= MOST_USES


def better_together(
    catalog: Catalog, needs: Needs, today: date, experiences: Experiences
) -> Combined | None:
    """Return the answer for two wallets where they are better than one; None where they are not.

    Nor is there one where there is nothing to share out, or no country.
    """
    if needs.country is None or not is_shared(needs):
        return None
    answer = combine(catalog, needs, today, experiences=experiences)
    return answer if answer.helps else None


def adding(
    catalog: Catalog, answer: Switch, today: date, experiences: Experiences = NO_EXPERIENCES
) -> Combined | None:
    """Return what adding a wallet to the one that somebody has brings, where that beats going.

    It must be better than staying, and than the wallet that the verdict is to go to, and save what
    a second wallet is reckoned at, where the one is confirmed to do all; None where it is not, or
    there is nothing to share out. Nor is one more needed where it hangs on an answer of the
    person's whether the one does all.
    """
    here = answer.current.candidate
    if not is_shared(answer.needs) or answer.needs.country != here.country:
        return None
    kept = [(here.wallet, here.country)]
    wider = combine(catalog, answer.needs, today, kept=kept, experiences=experiences)
    if not wider.helps or not wider.several:
        return None
    if wider.why == "worth-it" and not wider.saves_enough:
        return None
    if wider.why == "none-confirmed" and answerable(answer.current.unconfirmed):
        return None
    if answer.verdict.word == "go" and answer.best and not _beats(wider.several, answer.best):
        return None
    return wider


def _judged(teams: Teams, one: Team | None, several: Team | None, gain: Gain | None) -> Why:
    """Return which rule decides. These are all the rules, the first that holds counts.

    1. One use is for one wallet.
    2. Where no single wallet does all, several do.
    3. One is enough where what comes in pays for all else, without a bank account to move it by.
    4. One is enough where no set costs as little and is as sure.
    5. What is confirmed to do all stands before what is not, unless it has fewer points.
    6. One is enough where the set has no more points and saves nothing, or where it does and that
       is worth less than the trouble.
    7. What is not known decides, and one is enough for now, unless that is likely worth more than
       the trouble (LIKELY).
    8. Several are better then, but where what the money saved, as it is guessed, and what the uses
       gain leave of the trouble is made up for by the rest alone: one more wallet makes the others
       no safer and no easier to leave.
    """
    if len(teams.needs.use) < 2:
        return "one-use"
    if one is None:
        return "none-does-all"
    if not teams.can_share:
        return "linked"
    if several is None or gain is None:
        return "no-cheaper"
    fewer = several.score.estimate < one.score.estimate
    if several.confirmed and not one.confirmed and not fewer:
        return "none-confirmed"
    if several.net <= one.net:
        some = gain.points > 0 or gain.saving.total.estimate > 0
        return "not-worth-it" if some else "no-better"
    if gain.chance < LIKELY:
        return "unsure"
    return "not-worth-it" if _falls_short(several, gain) else "worth-it"


def _falls_short(several: Team, gain: Gain) -> bool:
    """Return whether what is saved, as it is guessed, and what the uses gain are worth less than
    the trouble.

    What the saving leaves of the trouble is so many points as its share of it.
    """
    trouble, saving = several.trouble, gain.saving.total.estimate
    if saving >= trouble:
        return False
    points = several.score.estimate - several.net
    return gain.of_use <= points * (trouble - saving) / trouble


def _gain(teams: Teams, one: Team, several: Team) -> Gain:
    """Return what a set is worth beside the one wallet."""
    was, now = teams.apart(one, several)
    saving = Sum(
        total=was.total - now.total,
        published=was.published - now.published,
        complete=was.complete and now.complete,
    )
    by_criterion = {
        name: 100 * teams.needs.weights[name] * (value.estimate - one.values[name].estimate)
        for name, value in several.values.items()
    }
    points = several.score.estimate - one.score.estimate
    net = Spread(several.net - one.net, teams.variance(one, several))
    return Gain(
        saving=saving,
        points=points,
        by_criterion=by_criterion | {"experience": several.own_points - one.own_points},
        chance=chance_of_more(net, Spread(ZERO, ZERO), ZERO),
    )
