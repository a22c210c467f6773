"""Stay or go, in words: the verdict and why, what leaving costs, what is not known. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from walletpick.answers.leaving import OpenQuestion
from walletpick.answers.switch import LEAST_GAIN, Option, Payback, Switch, Verdict
from walletpick.facts.money import NOTHING, ZERO
from walletpick.facts.names import wallet_name
from walletpick.facts.places import in_country
from walletpick.facts.vocabulary import KINDS, ON_NO_PAGE
from walletpick.language import N_, _, ngettext, one_text, pgettext
from walletpick.score.ranking import Place, point_worth
from walletpick.score.reasons import WORTH_SAYING
from walletpick.words.bills import cash_advance_words, cheaper_among, rough_words, unlike_words
from walletpick.words.causes import causes_words
from walletpick.words.checklist import way_words
from walletpick.words.common import (
    first_lower,
    first_upper,
    hangs_on_uses_words,
    in_ten,
    name_among,
    share_words,
    tenth,
)
from walletpick.words.criteria import gap_words, widest
from walletpick.words.facts import price_words
from walletpick.words.lines import line_words, unknown_line
from walletpick.words.own import frozen_words
from walletpick.words.phrases import (
    apart,
    asked,
    claim_phrase,
    count_words,
    criterion_phrase,
    doing_phrase,
    listed,
    method_phrase,
    money,
)
from walletpick.words.prices import span_words
from walletpick.words.reasons import open_words

# The answer in which the points may be others.
_RANK = "walletpick rank"
# Why one stays: the other has fewer points.
_FOR_POINTS = ("not-better", "likely-worse")
# So many of the things to find out are named.
_NAMED = 3
_NOT_CONFIRMED = N_("{wallet} is not confirmed to do what you ask, and {other} is.")
# Why what scores more is not what one is to go to.
_LESS_LIKELY = N_(
    "{wallet} scores more ({score}), but that it would be better for you is less sure."
)
_LESS_SURE = {
    "price-unknown": N_("{wallet} scores more ({score}), but most of its price is not known."),
    "known-of-one": N_(
        "{wallet} scores more ({score}), but mostly because more is known of one of the two."
    ),
}
_LIKELY_BETTER = N_(
    "{wallet} scores {points} points more ({scores}); in {chance} cases it is better by more"
    " than the trouble of changing."
)
# What moving the balance out costs: whether that is known, and how much it is.
_WAY_OUT = {
    (True, True): N_("Your {amount}: {way}; that costs {fee}."),
    (True, False): N_("Your balance: {way}; that costs {fee}."),
    (False, True): N_("Your {amount}: {way}; that is taken to cost (nobody publishes it) {fee}."),
    (False, False): N_("Your balance: {way}; that is taken to cost (nobody publishes it) {fee}."),
}
# Why one change is advised or not, where no more than figures is to be filled in.
_REASONS = {
    "too-little-known": N_("Only {known} of what counts for these needs is known of {wallet}."),
    "must-leave": N_("Of what fits, {wallet} scores {score} of 100."),
    "not-confirmed": _NOT_CONFIRMED,
    "likely-better": _LIKELY_BETTER,
    "likely-worse": N_("{wallet} is likely the worse choice: {points} points less ({scores})."),
    "cheaper-but-worse": N_(
        "{wallet} would clearly save money, but scores {points} points less ({scores}): whether"
        " the saving is worth the rest is for you to weigh."
    ),
    "price-unknown": N_(
        "{wallet} scores {points} points more ({scores}), but what it would charge you is not"
        " known: find that out first."
    ),
    "not-better": N_("{wallet} scores {points} points less ({scores})."),
    "small-gain": N_(
        "{wallet} is ahead by {points} points only ({scores}); under {least} points, changing is"
        " not worth the trouble."
    ),
    "level": N_(
        "{wallet} is ahead by {points} points ({scores}), but in only {chance} cases better by"
        " more than the trouble of changing; the rest is not known well enough."
    ),
}


def shown_options(answer: Switch, top: int) -> list[Option]:
    """Return the first `top` options (0: all), and always the one that the verdict is about."""
    shown = list(answer.options[:top] if top else answer.options)
    if answer.best and answer.best not in shown:
        shown.append(answer.best)
    return shown


def name_beside(place: Place, answer: Switch) -> str:
    """Return the name of a place's wallet, with its country where the same is held against it."""
    places = (answer.current, *(option.place for option in answer.options))
    same = (each.candidate.country for each in places if each.wallet.id == place.wallet.id)
    return name_among(place.wallet, place.candidate.country, same)


def is_not_yet(verdict: Verdict) -> bool:
    """Return whether another is likely better, but not surely enough to go before one has asked."""
    return verdict.word == "too-close" and verdict.why in ("price-unknown", "known-of-one")


def verdict_words(answer: Switch) -> str:
    """Return the verdict in a few words: "Stay with GCash."."""
    name = name_beside(answer.current, answer)
    there = name_beside(answer.best.place, answer) if answer.best else ""
    if answer.verdict.word == "too-close":
        if is_not_yet(answer.verdict):
            return _("Do not go yet.")
        return _("Too close to call: {wallet} or {other}.", wallet=name, other=there)
    if answer.verdict.word == "stay":
        return _("Stay with {wallet}.", wallet=name)
    if answer.verdict.word == "no-other":
        return _("No answer.")
    if answer.verdict.word == "not-asked":
        return _("No answer yet.")
    if answer.verdict.why == "nowhere-to-go":
        return _("Go.")
    # Who must leave in any case is told where to; the way to pay stands beside the price.
    if answer.best and answer.best.other_ways and answer.verdict.why != "must-leave":
        use = _ways_words(answer.best)
        return _("Go to {wallet}, if you {use}.", wallet=there, use=use)
    if answer.verdict.why == "price-unknown":
        return _("Go to {wallet}, once you have found out what it charges you.", wallet=there)
    return _("Go to {wallet}.", wallet=there)


def _ways_words(option: Option) -> str:
    """Return by which ways the prices there hold: "send money to people abroad by debit card"."""
    ways = dict.fromkeys((each.operation, each.there) for each in option.other_ways)
    return listed([doing_phrase(done, method=way) for done, way in ways])


def reason_words(answer: Switch) -> str:
    """Return why, in one or two sentences made of the figures."""
    name, causes = name_beside(answer.current, answer), causes_words(answer.current.obstacles)
    leave = _("{wallet} {causes}.", wallet=name, causes=causes)
    country = in_country(answer.needs.country) if answer.needs.country else ""
    if answer.verdict.why == "none-known":
        form = N_("The catalog knows no other wallet, so there is nothing to compare.")
        if country:
            form = N_(
                "The catalog knows no other wallet in {country}, so there is nothing to compare."
            )
        return _(form, country=country)
    if answer.verdict.why == "nowhere-to-go":
        if answer.best:
            none = _("But: {reason}", reason=option_reason(answer, answer.best))
        elif country and not answer.left_out:
            none = _("The catalog has no other wallet in {country}.", country=country)
        elif country:
            none = ngettext(
                "The only other wallet that the catalog has in {country} does not fit these needs;"
                " others that it does not have may.",
                "None of the {count} other wallets that the catalog has in {country} fits these"
                " needs; others that it does not have may.",
                len(answer.left_out),
                country=country,
            )
        else:
            none = _("No other wallet of the catalog fits these needs.")
        return one_text([leave, none]) if answer.verdict.word == "go" else none
    if answer.verdict.why == "no-use":
        return hangs_on_uses_words()
    assert answer.best
    words = [
        option_reason(answer, answer.best),
        *_unconfirmed_here(answer),
        *_better_here(answer, answer.best),
        *_cheaper(answer),
        *(_first_in_rank(answer, answer.best) or _passed_over(answer, answer.best)),
    ]
    # That it may not run has been told before.
    must = answer.verdict.why == "must-leave" and causes
    return one_text([leave, *words] if must else words)


def _unconfirmed_here(answer: Switch) -> Iterator[str]:
    """Yield what is not confirmed of the wallet that one has, to who is told to stay with it."""
    causes = answer.current.unconfirmed
    if answer.verdict.word == "stay" and causes:
        yield _(
            "Not confirmed of {wallet}: {cause}.",
            wallet=name_beside(answer.current, answer),
            cause=causes_words(causes),
        )


def _better_here(answer: Switch, best: Option) -> Iterator[str]:
    """Yield by what most the one is ahead of the best other, to who is told to stay for that."""
    if answer.verdict.word != "stay" or best.verdict.why not in _FOR_POINTS:
        return
    ahead = [(-each.gain, each.criterion) for each in best.points if each.gain < 0]
    told = widest(sorted(ahead, key=lambda each: -each[0]))
    if told and told[0][0] >= WORTH_SAYING:
        yield _(
            "{wallet} is ahead most by {criteria}.",
            wallet=name_beside(answer.current, answer),
            criteria=listed([gap_words(criterion_phrase(name), gap) for gap, name in told]),
        )


def _cheaper(answer: Switch) -> Iterator[str]:
    """Yield who is surely cheaper by what counts, to who is told to stay; the cheapest of them."""
    if answer.verdict.word != "stay" or answer.current.bill.currency != answer.currency:
        return
    worth = point_worth(answer.current, answer.needs)
    savings = [
        (option.least_saving(answer.now), option)
        for option in answer.options
        if not option.verdict.rules_out
    ]
    saving, option = max(savings, key=lambda each: each[0], default=(ZERO, None))
    if option and worth and saving >= worth and option.gain < 0:
        yield _(
            "{wallet} is cheaper by {amount} a year or more, but worse in the rest.",
            wallet=name_beside(option.place, answer),
            amount=money(saving, answer.currency),
        )


def _first_in_rank(answer: Switch, best: Option) -> list[str]:
    """Return that a ranking puts another first, of which too little is known to go there."""
    first = answer.too_little_known_first
    if first is None:
        return []
    form = N_(
        "{command} puts {wallet} first, but only {known} of what counts for these needs is known of"
        " it: too little to change to it."
    )
    # Of the one that the verdict is about, how much is known has been told.
    if first is best:
        form = N_(
            "{command} puts it first all the same; to leave {here} for it, that is too little."
        )
    wallet, here = wallet_name(first.place.wallet), wallet_name(answer.current.wallet)
    known = share_words(first.place.evidence)
    return [_(form, command=_RANK, wallet=wallet, here=here, known=known)]


def _passed_over(answer: Switch, best: Option) -> Iterator[str]:
    """Yield why those with the most points are not what the verdict is about: they are less sure.

    That is the one with the most, and the one that comes first in the table.
    """
    going = answer.verdict.word == "go"
    ours = best.place.score.estimate
    least = ours if going else max(ours, answer.current.score.estimate)
    most = max(answer.options, key=lambda each: each.place.score.estimate)
    for option in [most] if most is answer.options[0] else [answer.options[0], most]:
        if option.place.score.estimate > least:
            yield from _why_not(answer, best, option)


def _why_not(answer: Switch, best: Option, most: Option) -> Iterator[str]:
    """Yield why one that scores more than the best is less sure."""
    going = answer.verdict.word == "go"
    name, score = name_beside(most.place, answer), tenth(most.place.score.estimate)
    verdict = most.verdict.word
    if most.place.doubt > best.place.doubt:
        form = N_("{wallet} scores more ({score}); not confirmed: {what}.")
        yield _(form, wallet=name, score=score, what=causes_words(most.place.unconfirmed))
    elif most.place.thin:
        form = N_(
            "{wallet} scores more ({score}), but only {known} of what counts for these needs is"
            " known of it."
        )
        yield _(form, wallet=name, score=score, known=share_words(most.place.evidence))
    elif going and (verdict == "too-close" or (verdict == "go" and most.chance < best.chance)):
        yield _(_LESS_SURE.get(most.verdict.why, _LESS_LIKELY), wallet=name, score=score)


def diary_words(answer: Switch) -> str:
    """Return that the verdict is by the person's own diary, and what it would be without; or ""."""
    if not answer.without_diary:
        return ""
    return _(
        "That is by what you noted in your diary; without it: {verdict}",
        verdict=verdict_words(answer.without_diary),
    )


def option_reason(answer: Switch, option: Option) -> str:
    """Return why one change is advised, advised against, or too close to call."""
    now, then = answer.current.score, option.place.score
    here, there = name_beside(answer.current, answer), name_beside(option.place, answer)
    scores = _("{one} against {other}", one=tenth(then.estimate), other=tenth(now.estimate))
    gain, why = tenth(abs(option.gain)), option.verdict.why
    if why == "does-not-fit":
        causes = causes_words(option.place.obstacles)
        return _("{wallet} does not fit: it {causes}.", wallet=there, causes=causes)
    if why == "not-confirmed" and option.place.doubt > 1:
        form = N_("It is not confirmed that {wallet} still runs and is open to new customers.")
        return _(form, wallet=there)
    if why == "pays-back":
        form = N_("{wallet} scores no less ({scores}), costs less, and {back}.")
        return _(form, wallet=there, scores=scores, back=_back_words(option.payback))
    if why == "known-of-one":
        return one_text(_known_of_one(answer, option, scores))
    if why == "other-way":
        ways = listed([method_phrase(each.operation, each.now) for each in option.other_ways])
        form = N_("{wallet} is better only if you {use}; {ways}, it is not.")
        return _(form, wallet=there, use=_ways_words(option), ways=ways)
    if why == "no-use":
        return hangs_on_uses_words()
    if why in ("not-better", "small-gain") and tenth(then.estimate) == tenth(now.estimate):
        return _("{wallet} scores the same ({scores}).", wallet=there, scores=scores)
    words = _(
        _REASONS[why],
        wallet=there,
        other=here,
        points=gain,
        scores=scores,
        score=tenth(then.estimate),
        chance=in_ten(option.chance),
        least=tenth(LEAST_GAIN),
        known=share_words(option.place.evidence),
    )
    return one_text([words, *_surer(answer, option)]) if why == "price-unknown" else words


def _known_of_one(answer: Switch, option: Option, scores: str) -> Iterator[str]:
    """Yield how far one is ahead, and that most of it is what is known of one of the two alone."""
    here, there = name_beside(answer.current, answer), name_beside(option.place, answer)
    yield _(
        _LIKELY_BETTER,
        wallet=there,
        points=tenth(option.gain),
        scores=scores,
        chance=in_ten(option.chance),
    )
    yield from _surer(answer, option)
    yield _(
        "But most of the lead is there only because less is known of {silent}.",
        silent=there if option.ignorance.there else here,
    )
    yield _asks(option)


def _surer(answer: Switch, option: Option) -> Iterator[str]:
    """Yield that the other is confirmed to do what is asked and this one is not, where one goes."""
    if option.verdict.word == "go" and answer.current.doubt > option.place.doubt:
        here, there = name_beside(answer.current, answer), name_beside(option.place, answer)
        yield _(_NOT_CONFIRMED, wallet=here, other=there)


def _asks(option: Option) -> str:
    """Return what to find out first of a wallet of which less is known."""
    asks = [_("what it charges you")] if option.ignorance.unpriced else []
    asks += [
        pgettext("find out", "whether it {does}", does=asked(claim_phrase(key, True)))
        for key in option.ignorance.keys
        if key not in ON_NO_PAGE
    ]
    if not asks and option.ignorance.keys:
        # How many use it is all that is left.
        return _("No page says that: ask those whom you pay, or who pay you, whether they have it.")
    if not asks:
        return _("Find that out first.")
    form = N_("Find that out first: {questions}.")
    if option.verdict.word == "go":
        form = N_("Before you go, find that out: {questions}.")
    return _(form, questions=listed(asks[:_NAMED]))


def _back_words(payback: Payback) -> str:
    if payback.months == 0 and payback.latest == 0:
        only = without_words(payback.without)
        return _("changing costs only {what}", what=only) if only else _("changing costs nothing")
    after = count_words(payback.latest or 0, "month")
    form = N_("what changing costs is back after {time} at the latest")
    if payback.latest == payback.months:
        form = N_("what changing costs is back after {time}")
    return _(form, time=after) + _rest_words(payback)


def without_words(parts: Sequence[OpenQuestion]) -> str:
    """Return what leaving takes that is in no sum: "what closing GCash takes, which is not ..."."""
    balance, closing = N_("moving the balance"), N_("closing {wallet}")
    doing = [
        _(balance if each.kind == "balance" else closing, wallet=each.wallet) for each in parts
    ]
    if not doing:
        return ""
    if parts[-1].kind == "balance":
        return ngettext("what {doing} takes", "what {doing} take", len(doing), doing=listed(doing))
    return ngettext(
        "what {doing} takes, which is not known",
        "what {doing} take, which is not known",
        len(doing),
        doing=listed(doing),
    )


def _rest_words(payback: Payback) -> str:
    """Return what is not in the months after which a change has paid for itself."""
    words = without_words(payback.without)
    return _(" (without {what})", what=words) if words else ""


def open_questions(payback: Payback) -> tuple[str, ...]:
    """Return in words what is not known, without which nobody can say when a change pays."""
    return tuple(open_words(each.kind, each.wallet, each.lines) for each in payback.unknown)


def payback_words(option: Option) -> str:
    """Return in a sentence after how long a change has paid for itself, or why nobody can say."""
    payback, saving = option.payback, option.saving
    if payback.least and payback.within is not None:
        within = _("within {time} at most", time=count_words(payback.within, "month"))
        return _(
            "A year with {here} costs {least} or more, by what is known, and with {there} {amount}:"
            " the change pays for itself {within}{more}.",
            here=payback.unknown[0].wallet,
            least=rough_words(payback.least),
            there=wallet_name(option.place.wallet),
            amount=rough_words(option.there.total),
            within=within if payback.within else _("at once"),
            more=_rest_words(payback),
        )
    if payback.unknown:
        return ngettext(
            "When it would have paid for itself cannot be said: {missing} is not known.",
            "When it would have paid for itself cannot be said: {missing} are not known.",
            sum(max(len(each.lines), 1) for each in payback.unknown),
            missing=listed(open_questions(payback)),
        )
    upfront, only = option.upfront.total, without_words(payback.without)
    cost = span_words(upfront)
    once = _("{amount} once", amount=cost) if upfront.estimate else cost
    form = N_("changing costs only {what}") if only else N_("changing costs nothing")
    if upfront.high:
        form = N_("changing costs {amount} and {what}") if only else N_("changing costs {amount}")
    change = _(form, amount=once, what=only)
    if payback.months is None and not saving.estimate:
        form = N_("A year costs about the same, and {change}.")
        return _(
            N_("A year costs the same, and {change}.") if saving.exact else form, change=change
        )
    if payback.months is None and saving.rounded.high > 0:
        low, estimate, high = (money(abs(at), saving.currency) for at in saving.ends)
        return _(
            "By the middle estimate it does not pay for itself: a year costs about {amount} more,"
            " and {change}. A year may cost up to {less} less or up to {more} more: what is not"
            " known decides.",
            amount=estimate,
            change=change,
            less=high,
            more=low,
        )
    if payback.months is None:
        return _(
            "It never pays for itself: a year costs {amount} more, and {change}.",
            amount=rough_words(-saving),
            change=change,
        )
    less = _("A year costs {amount} less", amount=rough_words(saving))
    if not upfront.high:
        return _("{less}, and {change}.", less=less, change=change)
    after, latest = (count_words(each or 0, "month") for each in (payback.months, payback.latest))
    form = N_("which is back after {time}")
    if payback.latest is None:
        form = N_("which is back after {time}; at worst, it never is")
    elif payback.latest != payback.months:
        form = N_("which is back after {time}, {latest} at the latest")
    back, more = _(form, time=after, latest=latest), _rest_words(payback)
    form = N_("{less}; changing costs {amount}, {back}{more}.")
    return _(form, less=less, amount=once, back=back, more=more)


def leaving_words(answer: Switch) -> list[str]:
    """Return what leaving costs, item by item, with what is not known of it."""
    leaving, account = answer.leaving, answer.current.candidate
    currency, name = account.market.currency, name_beside(answer.current, answer)
    diary = answer.current.own.experience if answer.current.own else None
    frozen = frozen_words(diary, account.wallet.id, account.country)
    words = [frozen] if frozen else []
    balance = money(leaving.balance, currency) if leaving.balance else ""
    kind, holds_none = account.kind, not account.holds_balance
    if leaving.route and leaving.withdrawal is not None:
        form = _WAY_OUT[leaving.known, bool(balance)]
        way, fee = first_upper(way_words(leaving.route)), span_words(leaving.withdrawal)
        words.append(_(form, amount=balance, way=way, fee=fee))
        if leaving.route.months > 1:
            words.append(_("Limits stretch that over {count} months.", count=leaving.route.months))
    elif leaving.balance and holds_none:
        form = N_("{wallet} {holds}, so nothing is known of moving {amount} out.")
        words.append(_(form, wallet=name, holds=_(KINDS[kind]), amount=balance))
    elif leaving.balance:
        words.append(_("Your {amount}: no way to move it out is known.", amount=balance))
    elif leaving.balance is None and holds_none:
        words.append(_("{wallet} {holds}.", wallet=name, holds=_(KINDS[kind])))
        if kind == "remittance":
            words.append(_("There is nothing to leave: the next transfer goes with the other."))
    elif leaving.balance is None:
        form = N_(
            "Moving your balance out is not in it: --balance AMOUNT (in {currency}) says how much."
        )
        words.append(_(form, currency=currency))
    else:
        words.append(_("There is no balance to move out."))
    closing = leaving.closing
    if closing.fee is not None and closing.fee == NOTHING:
        words.append(_("Closing the account: free."))
    elif closing.fee is not None:
        words.append(_("Closing the account: {price}.", price=span_words(closing.fee)))
    elif closing.rules:
        prices = apart(price_words(rule) for rule in closing.rules)
        words.append(_("Closing the account: {prices}; not in the sums.", prices=prices))
    elif not holds_none:
        unknown = _(
            "Closing the account: no charge for it is known, but nobody says that it is free; the"
            " sums leave it out."
        )
        words.append(unknown)
    return words


def unlike_ways_words(answer: Switch, shown: Sequence[Option]) -> str:
    """Return that the wallet and the others shown are priced by unlike ways to pay, or "".

    Also that a credit card's bank may charge for that.
    """
    places = (answer.current, *(option.place for option in shown))
    bills = [(name_beside(each, answer), each.bill) for each in places]
    words = (unlike_words(bills, answer.needs), cash_advance_words(bills, answer.needs))
    return one_text(filter(None, words))


def ranked_words(answer: Switch, shown: Sequence[Option]) -> str:
    """Return which of them have other points in `rank`, and why; or "".

    The figures are left to that answer: two for one need are of no use.
    """
    guessed, had = [], False
    for place in (answer.current, *(option.place for option in shown)):
        there = answer.ranked.get((place.wallet.id, place.candidate.country))
        if there is None or tenth(there) == tenth(place.score.estimate):
            continue
        if not place.bill.complete:
            guessed.append(name_beside(place, answer))
        else:
            had = had or place is answer.current
    rather_dear = ngettext(
        "{command} counts a fee that is not known as rather dear, so {wallets} has other points"
        " there.",
        "{command} counts a fee that is not known as rather dear, so {wallets} have other points"
        " there.",
        len(guessed),
        command=_RANK,
        wallets=listed(guessed),
    )
    not_there_yet = _(
        "{command} takes it that you do not have {wallet} yet, so it has other points there.",
        command=_RANK,
        wallet=name_beside(answer.current, answer),
    )
    return one_text([*([rather_dear] if guessed else []), *([not_there_yet] if had else [])])


def unknown_words(answer: Switch, shown: Iterable[Option]) -> Iterator[str]:
    """Yield what is not known, or old, of the figures: of the wallet itself and of the others."""
    for place in (answer.current, *(option.place for option in shown)):
        name, bill = name_beside(place, answer), place.bill
        for line in bill.lines:
            own_once = line.kind == "once" and place is answer.current
            if not line.known and not own_once:
                unknown = first_lower(unknown_line(line))
                yield _("{wallet}, {unknown}.", wallet=name, unknown=unknown)
            elif line.stale and not own_once:
                what = line_words(line)
                yield _("{wallet}: the figure for {what} is old.", wallet=name, what=what)
        for among in cheaper_among(bill.lines, name):
            yield _("{wallet}: it costs less {among}.", wallet=name, among=among)
