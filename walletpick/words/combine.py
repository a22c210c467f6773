"""One wallet or several, in words: the verdict, which use goes where, what it brings. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from walletpick.answers.combine import Combined, Gain
from walletpick.answers.switch import Option
from walletpick.answers.team import Elsewhere, Member, Move, Team
from walletpick.facts.model import Catalog, Needs, Usage
from walletpick.facts.names import wallet_name
from walletpick.facts.periods import period_of
from walletpick.facts.places import in_country
from walletpick.language import N_, _, catalog_text, ngettext, one_text, with_brackets
from walletpick.person.needs import currency_of, is_spent
from walletpick.score.reason import HangsOn
from walletpick.score.unsure import unsure_reasons
from walletpick.words.bills import cheaper_among, first_year_words, known_sum, rough_words
from walletpick.words.causes import cause_words, causes_words
from walletpick.words.common import (
    UNKNOWN,
    first_lower,
    first_upper,
    in_ten,
    no_wallet,
    number_words,
    tenth,
    year_title,
)
from walletpick.words.criteria import ahead_by, by_criterion, not_worth_words
from walletpick.words.hints import one_phone_words
from walletpick.words.lines import hangs_on_words, line_words, unknown_line
from walletpick.words.phrases import (
    a_year,
    any_of,
    apart,
    claim_phrase,
    doing_phrase,
    few_listed,
    in_the_year,
    listed,
    money,
)
from walletpick.words.prices import is_wide

# What one must have to open some wallets, and the word by which a person says that they have it.
_TO_HAVE = {"local_bank_account": "local-bank-account", "local_phone": "local-phone"}
_COUNTS = {
    2: N_("two"),
    3: N_("three"),
    4: N_("four"),
    5: N_("five"),
    6: N_("six"),
    7: N_("seven"),
    8: N_("eight"),
}


def team_words(team: Team) -> str:
    """Return the names of the wallets of a set: "Wise and Monzo"."""
    return listed([wallet_name(member.wallet) for member in team.members])


def wallets_words(count: int) -> str:
    """Return how many wallets: "two wallets"."""
    return _("{number} wallets", number=_(_COUNTS[count]))


def verdict_words(answer: Combined) -> str:
    """Return the verdict in a few words: "Two wallets are better than one: Wise and Monzo."."""
    chosen = answer.chosen
    assert chosen
    if chosen.confirmed or (answer.going and not answer.helps):
        return _verdict(answer)
    unsure = [each.place for each in chosen.members if each.place.unconfirmed]
    but = [
        _(
            "But not confirmed of {wallet}: {what}.",
            wallet=wallet_name(place.wallet),
            what=causes_words(place.unconfirmed[:1]),
        )
        for place in unsure
    ]
    return one_text([_verdict(answer), *but])


def adding_words(answer: Combined) -> str:
    """Return that adding a wallet to what one has is better than going, and the command for it.

    The points of one alone are those of the answer that this stands in.
    """
    (wallet, country), *_rest = answer.kept
    command = f"walletpick combine --with {wallet.id}@{country}"
    more = _("More: {command}, with the same needs.", command=command)
    if answer.gain is None:
        return one_text([verdict_words(answer), reason_words(answer), more])
    saving = _("{sentence}.", sentence=first_upper(saving_words(answer, answer.gain)))
    single = [_none_confirmed(answer)] if answer.why == "none-confirmed" else []
    return one_text([verdict_words(answer), *single, saving, more])


def _verdict(answer: Combined) -> str:
    chosen, kept = answer.chosen, _kept_words(answer)
    assert chosen
    if answer.going and not answer.helps:
        there = wallet_name(answer.going.place.wallet)
        return _("Rather than keep {kept}, go to {wallet}.", kept=kept, wallet=there)
    names, count = team_words(chosen), len(chosen.members)
    if not answer.helps:
        return _enough_words(answer, names, count)
    if kept:
        return _("Keep {kept} and add {wallets}.", kept=kept, wallets=listed(_added(answer)))
    some = first_upper(wallets_words(count))
    if answer.why == "worth-it":
        if not chosen.confirmed:
            return _("{wallets} may be better than one: {names}.", wallets=some, names=names)
        return _("{wallets} are better than one: {names}.", wallets=some, names=names)
    if not chosen.confirmed:
        return _("{wallets} may do all of it: {names}.", wallets=some, names=names)
    return _("Take {wallets}: {names}.", wallets=wallets_words(count), names=names)


def _enough_words(answer: Combined, names: str, count: int) -> str:
    """Return that what one has, or one wallet, is enough, as far as that is known."""
    assert answer.chosen
    places = [wallet_name(place.wallet) for place in answer.level]
    # Whether it is not known that one does all, or what it takes for a use.
    is_open = not answer.chosen.confirmed or bool(answer.unpriced_uses)
    if answer.kept and places:
        return _("Too close to call: {wallets}.", wallets=any_of(places))
    if answer.unpriced and not places and (answer.kept or answer.chance is None):
        form = N_("One wallet may be enough: {names}, but {price}.")
        if answer.kept:
            form = N_("{names} may be enough, but {price}.")
        return _(form, names=names, price=_("what you would pay there is not known"))
    if places:
        form = N_(
            "One wallet is enough, and {wallets} are level: what is not known decides between them."
        )
        if is_open:
            form = N_(
                "As far as is known, one wallet is enough, and {wallets} are level: what is not"
                " known decides between them."
            )
        words = _(form, wallets=few_listed(places))
    elif answer.kept and is_open:
        words = ngettext(
            "As far as is known, {names} is enough.",
            "As far as is known, {names} are enough.",
            count,
            names=names,
        )
    elif answer.kept:
        words = ngettext("{names} is enough.", "{names} are enough.", count, names=names)
    elif answer.chance is not None:
        words = _(
            "One wallet is enough, and {names} comes first, but in {chance} cases only: what is not"
            " known decides.",
            names=names,
            chance=in_ten(answer.chance),
        )
    elif is_open:
        words = _("As far as is known, one wallet is best: {names}.", names=names)
    else:
        words = _("One wallet is enough: {names}.", names=names)
    return one_text([words, *_unpriced_sentences(answer)])


def _unpriced_sentences(answer: Combined) -> Iterator[str]:
    """Yield that what one would pay, or the price of a use, is not known, where that is so."""
    assert answer.chosen
    if not answer.unpriced and answer.unpriced_uses:
        uses = listed([_short(answer.needs.use[number]) for number in answer.unpriced_uses])
        yield _("What you would pay for this is not known: {uses}.", uses=uses)
    if answer.unpriced:
        names = team_words(answer.chosen)
        yield first_upper(_("what you would pay with {wallets} is not known.", wallets=names))


def reason_words(answer: Combined) -> str:
    """Return why, in a few sentences made of the figures; and that going elsewhere is better."""
    if answer.kept and answer.level:
        return one_text(
            [
                _reason_words(answer),
                _("Which of the two is better for all of it is not known well enough."),
                *_unpriced_sentences(answer),
                _changing_words(answer),
            ]
        )
    if not answer.going:
        return _reason_words(answer)
    if not answer.helps:
        return _going_words(answer, answer.going)
    there = answer.going.place
    better = _(
        "Better still, if you need not keep {kept}: {wallet} alone, with {points} points and no"
        " second wallet; see {command}, with the same needs.",
        kept=_kept_words(answer),
        wallet=wallet_name(there.wallet),
        points=tenth(there.score.estimate),
        command=_switch_command(answer),
    )
    return one_text([_reason_words(answer), better])


def _reason_words(answer: Combined) -> str:
    gain, several = answer.gain, answer.several
    match answer.why:
        case "one-use":
            return _("You named one use, and that is for one wallet: there is nothing to combine.")
        case "linked":
            return _(
                "Money comes in there and is spent from there: with two wallets you would have to"
                " move it from one to the other, and what that costs is not counted."
            )
        case "no-cheaper":
            if answer.dearer and answer.one:
                return _dearer_words(answer, answer.dearer, answer.one)
            if answer.unpriced:
                return _("With no other one is it known that you would pay less.")
            return _("With another one you would pay more, or what you would pay is not known.")
        case "no-better" if answer.one and not answer.one.year.complete:
            return _("No second wallet is known to be worth the trouble.")
        case "no-better":
            return _("Another one would neither save nor gain anything.")
        case "none-does-all":
            if not answer.kept:
                return _("No single wallet does all that you ask.")
            return ngettext(
                "All that you ask is more than {kept} alone can do.",
                "All that you ask is more than {kept} together can do.",
                len(answer.kept),
                kept=_kept_words(answer),
            )
    assert gain
    assert several
    what = _gain_words(answer, gain)
    if answer.why == "none-confirmed":
        return one_text([_none_confirmed(answer), _("{sentence}.", sentence=first_upper(what))])
    places = {
        "gain": what,
        "wallets": further_words(answer),
        "trouble": trouble_words(answer),
        "chance": in_ten(gain.chance),
    }
    if answer.why == "not-worth-it":
        return not_worth_words(answer, gain, _with_words(answer), places)
    if answer.why == "unsure":
        form = N_(
            "{with_them} {gain}; but in only {chance} cases is that worth more than the trouble of"
            " {wallets} ({trouble}): what is not known decides."
        )
        return _(form, with_them=_with_words(answer), **places)
    places["gain"] = first_upper(what)
    if not answer.saves_enough:
        form = N_(
            "{gain}. The money alone is less than the trouble of {wallets} is reckoned at"
            " ({trouble}); what makes it worth that, in {chance} cases, is {criteria}."
        )
        return _(form, criteria=ahead_by(answer, gain), **places)
    form = N_(
        "{gain}; in {chance} cases that is worth more than the trouble of {wallets} ({trouble})."
    )
    return _(form, **places)


def _dearer_words(answer: Combined, dearer: Team, one: Team) -> str:
    """Return which wallets have more points together than the one, and what they cost more."""
    more = dearer.year.total - one.year.total
    form = N_(
        "{wallets} together have more points ({ours} against {alone}), but you would pay about"
        " {amount} {often} more, if unknown fees are as usual."
    )
    if more.rounded.estimate <= 0:
        form = N_(
            "{wallets} together have more points ({ours} against {alone}), but what you would pay"
            " is not known."
        )
    return _(
        form,
        wallets=team_words(dearer),
        ours=tenth(dearer.score.estimate),
        alone=tenth(one.score.estimate),
        amount=money(more.estimate, more.currency),
        often=a_year(period_of(answer.needs.for_)),
    )


def _none_confirmed(answer: Combined) -> str:
    if not answer.kept:
        return _("No single wallet is confirmed to do all that you ask; together they are.")
    return ngettext(
        "{kept} alone is not confirmed to do all that you ask; together they are.",
        "{kept} alone are not confirmed to do all that you ask; together they are.",
        len(answer.kept),
        kept=_kept_words(answer),
    )


def _going_words(answer: Combined, going: Option) -> str:
    """Return why going beats adding, and the command that says what it takes."""
    there, sentences = wallet_name(going.place.wallet), []
    if answer.why == "linked":
        form = N_("What comes in pays for what goes out, so all of it goes to {wallet} together.")
        sentences.append(_(form, wallet=there))
    better = _(
        "{wallet} has {points} points for all of it; in {chance} cases that is better than {kept}"
        " alone by more than the trouble of changing.",
        wallet=there,
        points=tenth(going.place.score.estimate),
        chance=in_ten(going.chance),
        kept=_kept_words(answer),
    )
    sentences.append(better)
    cost = first_year_words(going.place.bill)
    if cost != UNKNOWN:
        sentences.append(_("{name}: {value}.", name=year_title(answer.needs), value=cost))
    return one_text([*sentences, _changing_words(answer)])


def _changing_words(answer: Combined) -> str:
    command = _switch_command(answer)
    return _("What changing takes: {command}, with the same needs.", command=command)


def _switch_command(answer: Combined) -> str:
    """Return the command that says what leaving the one wallet kept takes."""
    ((wallet, country),) = answer.kept
    return f"walletpick switch --from {wallet.id}@{country}"


def _gain_words(answer: Combined, gain: Gain) -> str:
    """Return what a set saves and gains: "saves 32.00 GBP a year and has 2.0 points more (...)"."""
    assert answer.one
    assert answer.several
    ours, alone = (tenth(each.score.estimate) for each in (answer.several, answer.one))
    points = tenth(abs(gain.points))
    form = N_("{saving}, with {points} points fewer ({scores})")
    if points == "0.0":
        form = N_("{saving}, with as many points ({scores})")
    elif gain.points > 0:
        form = N_("{saving}, with {points} points more ({scores})")
    scores = _("{one} against {other}", one=ours, other=alone)
    return _(form, saving=saving_words(answer, gain), points=points, scores=scores)


def reserve_words(answer: Combined) -> str:
    """Return which wallet of another firm does the same, should the one that is enough fail."""
    names = []
    for each in answer.reserves:
        wallet, bill = wallet_name(each.place.wallet), each.place.bill
        cost = known_sum(bill, ends=False)
        if cost == UNKNOWN:
            words = _("{wallet}, whose price is not known", wallet=wallet)
        else:
            when = in_the_year(bill.period)
            words = _("{wallet} ({when}: {amount})", wallet=wallet, amount=cost, when=when)
        if len(each.uses) < len(answer.needs.use):
            uses = listed([_short(answer.needs.use[number]) for number in each.uses])
            words = _("to {uses}, {wallet}", wallet=words, uses=uses)
        names.append(words)
    return _(
        "A second one, should the first fail or lock you out: {wallets}.", wallets=apart(names)
    )


def saving_words(answer: Combined, gain: Gain) -> str:
    """Return what a set costs less than one wallet, or more, and whether that is known."""
    assert answer.one
    saving = gain.saving
    total, middle = saving.total, saving.total.rounded.estimate
    if middle < 0:
        total = -total
    places = {"wallets": team_words(answer.one)}
    if middle:
        # Nobody pays a negative sum less.
        sure = rough_words(total) if saving.complete and total.low >= 0 else ""
        guess = _("about {amount}", amount=money(total.estimate, total.currency))
        places |= {"amount": sure or guess, "often": a_year(period_of(answer.needs.for_))}
    if middle > 0:
        words = _("you would pay {amount} {often} less than with {wallets} alone", **places)
    elif middle:
        words = _("you would pay {amount} {often} more than with {wallets} alone", **places)
    elif saving.complete and total.exact:
        words = _("you would pay the same as with {wallets} alone", **places)
    else:
        words = _("you would pay about the same as with {wallets} alone", **places)
    if not saving.complete:
        return _("{words}, if unknown fees are as usual", words=words)
    if not middle and not answer.one.year.complete:
        return _("{words}, as far as is known", words=words)
    return words


def trouble_words(answer: Combined) -> str:
    """Return what the trouble of further wallets is reckoned at: "20.00 USD a year, 1.4 points"."""
    several = answer.several
    trouble = several.trouble if several else answer.trouble
    often = a_year(period_of(answer.needs.for_))
    amount = money(trouble, currency_of(answer.needs))
    if not several:
        return _("{amount} {often}", amount=amount, often=often)
    points = tenth(several.score.estimate - several.net)
    return _("{amount} {often}, {points} points", amount=amount, often=often, points=points)


def further_words(answer: Combined) -> str:
    """Return which wallets are the further ones: "a second wallet"."""
    have = max(len(answer.kept), 1)
    extra = len(answer.several.members) - have if answer.several else 1
    if extra > 1:
        return _("{number} more wallets", number=_(_COUNTS[extra]))
    return _("a second wallet") if have == 1 else _("another wallet")


def _with_words(answer: Combined) -> str:
    assert answer.one
    assert answer.several
    added = listed(_added(answer))
    if all(answer.several.twin_of(member.wallet) for member in answer.one.members):
        return _("With {wallets} too,", wallets=added)
    return _("With {wallets} instead,", wallets=added)


def _added(answer: Combined) -> list[str]:
    """Return the wallets that come to the one, or to those that one has."""
    assert answer.several
    here = {wallet.id for wallet, _country in answer.kept}
    if answer.one:
        here |= {member.wallet.id for member in answer.one.members}
    members = answer.several.members
    return [wallet_name(member.wallet) for member in members if member.wallet.id not in here] or [
        wallet_name(member.wallet) for member in members
    ]


def _kept_words(answer: Combined) -> str:
    return listed([wallet_name(wallet) for wallet, _country in answer.kept])


def use_words(needs: Needs, number: int) -> str:
    """Return a use of the needs in short; with its sum where another reads the same."""
    titles = [_short(usage) for usage in needs.use]
    usage = needs.use[number]
    words = titles[number]
    if titles.count(words) > 1:
        form = N_("{use}, {amount} each") if usage.times > 1 else N_("{use}, {amount}")
        words = _(form, use=words, amount=money(usage.amount / usage.times, currency_of(needs)))
    return first_upper(words)


def _short(usage: Usage) -> str:
    return doing_phrase(usage.operation, usage.country, usage.method)


def elsewhere_words(needs: Needs, member: Member, elsewhere: Elsewhere) -> str:
    """Return why a use is not with another wallet of the set."""
    other, often = wallet_name(elsewhere.other.wallet), a_year(period_of(needs.for_))
    name = wallet_name(member.wallet)
    match elsewhere.bar:
        case "cannot":
            return _("{wallet} {causes}", wallet=other, causes=causes_words(elsewhere.causes))
        case "not-confirmed":
            causes = listed([cause_words(cause) for cause in elsewhere.causes])
            return _("not confirmed of {wallet}: {causes}", wallet=other, causes=causes)
        case "its-money":
            form = N_("the money for it comes in with {wallet}, not with {other}")
            return _(form, wallet=name, other=other)
        case "kept":
            return _("you keep {wallet}", wallet=name)
        case "not-priced":
            return _("what {wallet} takes for it is not known", wallet=other)
    more = elsewhere.more
    assert more is not None
    assert elsewhere.points is not None
    if elsewhere.bar == "dearer":
        form = N_("with {wallet} you would pay {amount} {often} more")
        return _(form, wallet=other, amount=rough_words(more), often=often)
    points, middle = tenth(abs(elsewhere.points)), more.rounded.estimate
    if points == "0.0" and not middle:
        return _("it might as well be with {wallet}", wallet=other)
    if middle:
        amount = money(abs(middle), more.currency)
        cost = (
            _("though for {amount} {often} less", amount=amount, often=often)
            if middle < 0
            else _("at about {amount} {often} more", amount=amount, often=often)
        )
    else:
        cost = _("at the same cost") if more.rounded.exact else _("at about the same cost")
    form = N_("with {wallet} it would be {points} points more in all, {cost}")
    if elsewhere.points > 0:
        form = N_("with {wallet} it would be {points} points fewer in all, {cost}")
    return _(form, wallet=other, points=points, cost=cost)


def points_words(answer: Combined) -> str:
    """Return by criterion what a set has more than the one wallet: "cost +2.1, trust -0.2"."""
    one, several = answer.one, answer.several
    assert one
    assert several
    assert answer.gain
    gaps = sorted(answer.gain.by_criterion.items(), key=lambda each: -abs(each[1]))
    points = by_criterion(gaps)
    spans = _(
        "{one} against {other}", one=number_words(several.score), other=number_words(one.score)
    )
    if points:
        return _("Points: {points}; {scores}.", points=points, scores=spans)
    return _("Points: no difference ({scores}).", scores=spans)


def opening_words(team: Team) -> Iterator[str]:
    """Yield what one must have to open the wallets of a set that are not there yet."""
    for member in team.members:
        if member.kept:
            continue
        for word, answered in _TO_HAVE.items():
            claim = getattr(member.candidate.market.onboarding, word)
            if claim is None or not claim.has or answered in member.needs.given:
                continue
            words = _(
                "{wallet} {fact}",
                wallet=wallet_name(member.wallet),
                fact=claim_phrase(f"onboarding:{word}", True),
            )
            if claim.note:
                words = with_brackets(words, catalog_text(claim.note))
            yield _("{sentence}.", sentence=words)
        if words := one_phone_words(member.wallet, member.needs):
            yield words


def unknown_words(answer: Combined) -> Iterator[str]:
    """Yield what is not known, not confirmed or old of the set that is shown.

    Of the one wallet beside it, what is not known.
    """
    shown = answer.shown
    assert shown
    for member in shown.members:
        name = wallet_name(member.wallet)
        for cause in member.place.unconfirmed:
            yield _("Not confirmed of {wallet}: {cause}.", wallet=name, cause=cause_words(cause))
        yield from _unknown_prices(member)
        for each in unsure_reasons(member.place, None, member.needs):
            if isinstance(each, HangsOn) and is_wide(each.line.yearly):
                yield _("{wallet}: {what}.", wallet=name, what=first_lower(hangs_on_words(each)))
        lines = member.place.bill.lines
        for among in cheaper_among(lines, name):
            yield _("{wallet}: it costs less {among}.", wallet=name, among=among)
        if old := [line_words(line) for line in lines if line.stale and line.known]:
            yield ngettext(
                "{wallet}: an old figure for {what}.",
                "{wallet}: old figures for {what}.",
                len(old),
                wallet=name,
                what=few_listed(old),
            )
    if answer.one and answer.one is not shown:
        for member in answer.one.members:
            yield from _unknown_prices(member)


def _unknown_prices(member: Member) -> Iterator[str]:
    for line in member.place.bill.lines:
        if not line.known:
            unknown = first_lower(unknown_line(line))
            yield _("{wallet}, {unknown}.", wallet=wallet_name(member.wallet), unknown=unknown)


def move_words(needs: Needs, move: Move, team: Team) -> str:
    """Return what has to be moved out of a wallet of a set, and that the price is not known."""
    period = period_of(needs.for_)
    others = [
        wallet_name(member.wallet)
        for member in team.members
        if member.wallet.id != move.candidate.wallet.id
        and any(is_spent(shared.usage) for shared in member.uses)
    ]
    words = _(
        "What you pay with {others} comes in with {wallet}: {amount} {often} has to be moved out of"
        " it, to your bank account.",
        others=listed(others),
        wallet=wallet_name(move.candidate.wallet),
        amount=money(move.amount * period.repeats, currency_of(needs)),
        often=a_year(period),
    )
    if move.year.complete:
        return words
    return one_text([words, _("What that costs is not known.")])


def _kept_lacks(answer: Combined) -> str:
    """Return why what one keeps does not do all: what it cannot do, or how its uses would be."""
    if answer.one_left_out:
        return apart(
            _("{wallet} {causes}", wallet=wallet_name(e.wallet), causes=causes_words(e.causes))
            for e in answer.one_left_out
        )
    count = len(answer.needs.use)
    if count >= len(answer.kept):
        return _(
            "each of them is to get a use, and what comes in with one cannot be spent from another"
        )
    if count == 1:
        return _("each of them is to get a use, and there is one use only")
    number = _(_COUNTS[count])
    return _("each of them is to get a use, and there are {number} uses only", number=number)


def nothing_words(answer: Combined, catalog: Catalog) -> str:
    """Return one sentence that says why no set of wallets does all, naming the use that is why."""
    needs = answer.needs
    assert needs.country
    country, kept = in_country(needs.country), _kept_words(answer)
    if answer.unfit:
        uses = listed([_short(unfit.usage) for unfit in answer.unfit])
        count = sum(needs.country in wallet.markets for wallet in catalog.wallets)
        if not count:
            return no_wallet(needs.country, catalog)
        return ngettext(
            "the only wallet that the catalog has in {country} does not fit for this: {uses};"
            " others that it does not have may",
            "none of the {count} wallets that the catalog has in {country} fits for this: {uses};"
            " others that it does not have may",
            count,
            country=country,
            uses=uses,
        )
    if answer.enough:
        places = {
            "wallets": wallets_words(answer.most),
            "country": country,
            "number": _(_COUNTS[answer.enough]),
            "option": f"--most {answer.enough}",
        }
        form = N_("no {wallets} in {country} do all that you ask; {number} do ({option})")
        if kept:
            form = N_(
                "no {wallets} in {country} with {kept} do all that you ask; {number} do ({option})"
            )
        return _(form, kept=kept, **places)
    if kept:
        form = N_("no set of wallets in {country} with {kept} does all that you ask: {why}")
        if len(needs.use) == 1:
            form = N_("no set of wallets in {country} with {kept} does this: {why}")
        return _(form, country=country, kept=kept, why=_kept_lacks(answer))
    return _(
        "each of your uses has a wallet in {country}, but no set does all: what comes in with one"
        " cannot be spent from another",
        country=country,
    )
