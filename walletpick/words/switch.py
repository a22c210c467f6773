"""Stay or go, in words: the verdict and why, what leaving costs, what is not known. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from walletpick.answers.switch import LEAST_GAIN, OpenQuestion, Option, Payback, Standing, Switch
from walletpick.facts.money import HUNDRED, NOTHING
from walletpick.facts.places import in_country
from walletpick.facts.vocabulary import KINDS
from walletpick.words.bills import (
    among_words,
    cash_advance_words,
    rough_words,
    span_words,
    unlike_words,
)
from walletpick.words.causes import causes_words
from walletpick.words.checklist import way_words
from walletpick.words.common import first_upper, in_ten, tenth
from walletpick.words.facts import price_words
from walletpick.words.phrases import (
    claim_phrase,
    count_words,
    listed,
    method_phrase,
    money,
    operation_phrase,
)
from walletpick.words.reasons import line_words, open_words, unknown_line

# So many of the things to find out are named.
_NAMED = 3


def shown_options(answer: Switch, top: int) -> list[Option]:
    """Return the first `top` options (0: all), and always the one that the verdict is about."""
    shown = list(answer.options[:top] if top else answer.options)
    if answer.best and answer.best not in shown:
        shown.append(answer.best)
    return shown


def verdict_words(answer: Switch) -> str:
    """Return the verdict in a few words: "Stay with GCash."."""
    name = answer.current.wallet.name
    there = answer.best.standing.wallet.name if answer.best else ""
    if answer.verdict.word == "too-close":
        return f"Too close to call: {name} or {there}."
    if answer.verdict.word == "stay":
        return f"Stay with {name}."
    if answer.verdict.word == "no-other":
        return "No answer."
    if answer.verdict.why == "nowhere-to-go":
        return "Go."
    # Who must leave in any case is told where to; the way to pay stands beside the price.
    if answer.best and answer.best.other_ways and answer.verdict.why != "must-leave":
        return f"Go to {there}, if you {_ways_words(answer.best)}."
    return f"Go to {there}."


def _ways_words(option: Option) -> str:
    """Return by which ways the prices there hold: "send money to people abroad by debit card"."""
    ways = dict.fromkeys((each.operation, each.there) for each in option.other_ways)
    return listed([f"{operation_phrase(done)} {method_phrase(done, way)}" for done, way in ways])


def reason_words(answer: Switch) -> str:
    """Return why, in one or two sentences made of the figures."""
    current, name = answer.current, answer.current.wallet.name
    leave = f"{name} {_causes(current)}."
    if answer.verdict.why == "none-known":
        where = f" in {in_country(answer.needs.country)}" if answer.needs.country else ""
        return f"The catalog knows no other wallet{where}, so there is nothing to compare."
    if answer.verdict.why == "nowhere-to-go":
        where = f"in {in_country(answer.needs.country)} " if answer.needs.country else ""
        none = f"No other wallet {where}fits these needs."
        if answer.best:
            none = f"But: {option_reason(answer, answer.best)}"
        return f"{leave} {none}" if answer.verdict.word == "go" else none
    assert answer.best
    words = option_reason(answer, answer.best)
    return f"{leave} {words}" if answer.verdict.why == "must-leave" else words


def option_reason(answer: Switch, option: Option) -> str:
    """Return why one change is advised, advised against, or too close to call."""
    now, then = answer.current.place.score, option.standing.place.score
    there = option.standing.wallet.name
    scores = f"{tenth(then.estimate)} against {tenth(now.estimate)}"
    gain = tenth(abs(option.gain))
    why = option.verdict.why
    if why == "does-not-fit":
        return f"{there} does not fit: it {_causes(option.standing)}."
    if why == "too-little-known":
        known = (option.standing.place.evidence * HUNDRED).to_integral_value()
        return f"Too little is known of {there}: {known} % of what these needs ask for."
    if why == "must-leave":
        return f"Of what fits, {there} scores {tenth(then.estimate)} of 100."
    if why == "not-confirmed" and option.standing.place.doubt > 1:
        return f"It is not confirmed that {there} still runs and is open to new customers."
    if why == "not-confirmed":
        return f"{there} is not confirmed to do what you ask, and {answer.current.wallet.name} is."
    if why == "likely-better":
        return (
            f"{there} scores {gain} points more ({scores}); in {in_ten(option.chance)} cases it is"
            " better by more than the trouble of changing."
        )
    if why == "pays-back":
        return f"{there} scores no less ({scores}), costs less, and {_back_words(option.payback)}."
    if why == "likely-worse":
        return f"{there} is likely the worse choice: {gain} points less ({scores})."
    if why == "cheaper-but-worse":
        return (
            f"{there} would clearly save money, but scores {gain} points less ({scores}): whether"
            " the saving is worth the rest is for you to weigh."
        )
    if why == "price-unknown":
        return (
            f"{there} scores {gain} points more ({scores}), but what it would charge you is not"
            " known: find that out first."
        )
    if why == "known-of-one":
        silent = there if option.ignorance.there else answer.current.wallet.name
        asks = [
            *(["what it charges you"] if option.ignorance.unpriced else []),
            *(f"whether it {claim_phrase(key, True)}" for key in option.ignorance.keys),
        ]
        most = f"most of that only because less is known of {silent}"
        more = f": {listed(asks[:_NAMED])}" if asks else ""
        return f"{there} scores {gain} points more ({scores}), {most}. Find that out first{more}."
    if why == "other-way":
        ways = listed([method_phrase(each.operation, each.now) for each in option.other_ways])
        return f"{there} is better only if you {_ways_words(option)}; {ways}, it is not."
    if why == "not-better":
        less = f"scores {gain} points less" if option.gain else "scores the same"
        return f"{there} {less} ({scores})."
    if why == "small-gain":
        return (
            f"{there} is ahead by {gain} points only ({scores}); under {tenth(LEAST_GAIN)} points,"
            " changing is not worth the trouble."
        )
    return (
        f"{there} is ahead by {gain} points ({scores}), but in only {in_ten(option.chance)} cases"
        " better by more than the trouble of changing; the rest is not known well enough."
    )


def _causes(standing: Standing) -> str:
    return causes_words(standing.place.obstacles)


def _back_words(payback: Payback) -> str:
    if payback.months == 0 and payback.latest == 0:
        only = without_words(payback.without)
        return f"changing costs only {only}" if only else "changing costs nothing"
    after = count_words(payback.latest or 0, "month")
    late = "" if payback.latest == payback.months else " at the latest"
    return f"what changing costs is back after {after}{late}{_rest_words(payback)}"


def without_words(parts: Sequence[OpenQuestion]) -> str:
    """Return what leaving takes that is in no sum: "what closing GCash takes, which is not ..."."""
    doing = [
        "moving the balance" if each.kind == "balance" else f"closing {each.wallet}"
        for each in parts
    ]
    if not doing:
        return ""
    verb = "takes" if len(doing) == 1 else "take"
    unknown = "" if parts[-1].kind == "balance" else ", which is not known"
    return f"what {listed(doing)} {verb}{unknown}"


def _rest_words(payback: Payback) -> str:
    """Return what is not in the months after which a change has paid for itself."""
    words = without_words(payback.without)
    return f" (without {words})" if words else ""


def open_questions(payback: Payback) -> tuple[str, ...]:
    """Return in words what is not known, without which nobody can say when a change pays."""
    return tuple(open_words(each.kind, each.wallet, each.lines) for each in payback.unknown)


def payback_words(option: Option) -> str:
    """Return in a sentence after how long a change has paid for itself, or why nobody can say."""
    payback, saving = option.payback, option.saving
    if payback.unknown:
        missing = listed(open_questions(payback))
        verb = "are" if len(payback.unknown) > 1 else "is"
        return f"When it would have paid for itself cannot be said: {missing} {verb} not known."
    upfront, only = option.upfront.total, without_words(payback.without)
    cost = f"{span_words(upfront)}{' once' if upfront.estimate else ''}"
    change = f"changing costs {cost}{f' and {only}' if only else ''}"
    if only and not upfront.high:
        change = f"changing costs only {only}"
    if payback.months is None and not saving.estimate:
        about = "" if saving.exact else "about "
        return f"A year costs {about}the same, and {change}."
    if payback.months is None:
        return f"It never pays for itself: a year costs {rough_words(-saving)} more, and {change}."
    less = f"A year costs {rough_words(saving)} less"
    if not upfront.high:
        return f"{less}, and {change}."
    after = count_words(payback.months, "month")
    if payback.latest is None:
        late = "; at worst, it never is"
    elif payback.latest != payback.months:
        late = f", {count_words(payback.latest, 'month')} at the latest"
    else:
        late = ""
    back = f"which is back after {after}{late}{_rest_words(payback)}"
    return f"{less}; changing costs {cost}, {back}."


def leaving_words(answer: Switch) -> list[str]:
    """Return what leaving costs, item by item, with what is not known of it."""
    leaving, account = answer.leaving, answer.current.candidate
    currency, name = account.market.currency, account.wallet.name
    words = []
    balance = money(leaving.balance, currency) if leaving.balance else ""
    if leaving.route and leaving.withdrawal is not None:
        way = first_upper(way_words(leaving.route))
        fee = span_words(leaving.withdrawal)
        known = "costs" if leaving.known else "is taken to cost (nobody publishes it)"
        words.append(f"Your {balance or 'balance'}: {way}; that {known} {fee}.")
        if leaving.route.months > 1:
            words.append(f"Limits stretch that over {leaving.route.months} months.")
    elif leaving.balance and account.wallet.kind == "pass-through":
        words.append(
            f"{name} {KINDS['pass-through']}, so nothing is known of moving {balance} out."
        )
    elif leaving.balance:
        words.append(f"Your {balance}: no way to move it out is known.")
    elif leaving.balance is None and account.wallet.kind == "pass-through":
        words.append(f"{name} {KINDS['pass-through']}.")
    elif leaving.balance is None:
        words.append(
            f"Moving your balance out is not in it: --balance AMOUNT (in {currency}) says how much."
        )
    else:
        words.append("There is no balance to move out.")
    closing = leaving.closing
    if closing.fee is not None and closing.fee == NOTHING:
        words.append("Closing the account: free.")
    elif closing.fee is not None:
        words.append(f"Closing the account: {span_words(closing.fee)}.")
    elif closing.rules:
        listed = "; ".join(price_words(rule, currency) for rule in closing.rules)
        words.append(f"Closing the account: {listed}; not in the sums.")
    else:
        words.append(
            "Closing the account: not known to cost anything, and not said to be free; not in the"
            " sums."
        )
    return words


def unlike_ways_words(answer: Switch, shown: Sequence[Option]) -> str:
    """Return that the wallet and the others shown are priced by unlike ways to pay, or "".

    Also that a credit card's bank may charge for that.
    """
    standings = (answer.current, *(option.standing for option in shown))
    bills = [(each.wallet.name, each.bill) for each in standings]
    words = (unlike_words(bills, answer.needs), cash_advance_words(bills, answer.needs))
    return " ".join(filter(None, words))


def unknown_words(answer: Switch, shown: Iterable[Option]) -> Iterator[str]:
    """Yield what is not known, or old, of the figures: of the wallet itself and of the others."""
    for standing in (answer.current, *(option.standing for option in shown)):
        name, bill = standing.wallet.name, standing.bill
        for line in bill.lines:
            own_once = line.kind == "once" and standing is answer.current
            if not line.known and not own_once:
                words = unknown_line(line)
                yield f"{name}: {words[0].lower()}{words[1:]}."
            elif line.stale and not own_once:
                yield f"{name}: the figure for {line_words(line)} is old."
        for operation in dict.fromkeys(line.operation for line in bill.lines if line.among_users):
            yield f"{name}: the price counted is {among_words(operation, name)}."
