"""Why the places of a ranking do not stand by their chances, in words. Pure."""

from __future__ import annotations

from decimal import Decimal

from walletpick.facts.names import wallet_name
from walletpick.language import N_, _
from walletpick.score.ranking import Ranking
from walletpick.score.verdict import verdict_of
from walletpick.words.common import in_ten
from walletpick.words.phrases import few_wallets

# From this chance on, 0 to 1, it is told that one that is not confirmed may be the best.
LEAST_TOLD = Decimal("0.1")


def unlike_chance_words(ranking: Ranking) -> str:
    """Return why places do not stand by their points, or by their chances alone; or ""."""
    for number, place in enumerate(ranking.field):
        behind = ranking.field[number + 1 :]
        more = [each for each in behind if each.score.estimate > place.score.estimate]
        if more:
            form = N_(
                "{first} stands before {others} with fewer points: it is likelier to do what you"
                " ask, which points leave out."
            )
            if all(len(each.unconfirmed) > len(place.unconfirmed) for each in more):
                form = N_(
                    "{first} stands before {others} with fewer points: more of what you ask is"
                    " confirmed of it."
                )
            return _(
                form,
                first=wallet_name(place.wallet),
                others=few_wallets([wallet_name(each.wallet) for each in more]),
            )
    first = ranking.field[0]
    likelier = max(ranking.field, key=lambda each: each.chance)
    if likelier.chance <= first.chance:
        return ""
    if likelier.mean > first.mean:
        return _(
            "{likelier} has fewer points than {first} and is likelier to be the best: in points,"
            " what is not known of a price counts as rather dear.",
            likelier=wallet_name(likelier.wallet),
            first=wallet_name(first.wallet),
        )
    if likelier.able <= first.able:
        return ""
    return _(
        "{likelier} has fewer points than {first} and is likelier to be the best: points leave out"
        " how likely it is that what is not confirmed holds.",
        likelier=wallet_name(likelier.wallet),
        first=wallet_name(first.wallet),
    )


def unconfirmed_chance_words(ranking: Ranking) -> str:
    """Return in how many cases one that is not confirmed is the best: the table has the rest.

    Of one alone, which has no chances beside it, the verdict says what may suit better; and it says
    so itself where most hangs on that.
    """
    verdict = verdict_of(ranking)
    if verdict.unconfirmed < LEAST_TOLD or verdict.hangs_on_confirming:
        return ""
    return _(
        'In {chance} cases one of those under "May also fit" would be the best.',
        chance=in_ten(verdict.unconfirmed),
    )
