"""Stay or go -> the page that `walletpick switch` shows. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from walletpick.answers.switch import LEAST_GAIN, Feature, Option, Payback, Standing, Sum, Switch
from walletpick.documents.ranking import thin_text
from walletpick.facts.model import FeeRule
from walletpick.facts.money import HUNDRED, NOTHING
from walletpick.facts.places import in_country
from walletpick.facts.vocabulary import EVENTS, KINDS
from walletpick.pages.journeys import span_words
from walletpick.pages.leave import way_words
from walletpick.render.page import (
    Block,
    Bullets,
    Cell,
    Column,
    Heading,
    Page,
    Paragraph,
    Table,
    Tone,
    text,
)
from walletpick.words.bills import plan_name
from walletpick.words.causes import cause_words, causes_words
from walletpick.words.common import UNKNOWN, first_upper, number_words, tenth
from walletpick.words.phrases import claim_phrase, money, rule_scope, rule_words, usage_phrase
from walletpick.words.reasons import line_words as what_of
from walletpick.words.reasons import unknown_line

TOP = 3
# So many features are named in a sentence; --json has them all.
_NAMED = 8

_WORDS = {"go": "go", "stay": "stay", "too-close": "too close to call"}
_TONES: dict[str, Tone] = {"go": "good", "stay": "strong", "too-close": "unknown"}


def switch_page(found: Switch, top: int) -> Page:
    """Return the page: the verdict, the table of `top` others (0: all), and what would change."""
    shown = list(found.options[:top] if top else found.options)
    if found.best and found.best not in shown:
        shown.append(found.best)
    name = found.current.wallet.name
    blocks: list[Block] = [
        Heading(f"Stay with {name} in {in_country(found.current.candidate.country)}, or go?", 1),
        Paragraph(
            (
                Cell(f"{verdict_words(found)} ", _TONES[found.verdict.word]),
                Cell(reason_words(found)),
            )
        ),
    ]
    assert found.needs.currency
    asked = [first_upper(usage_phrase(use, found.needs.currency)) for use in found.needs.use]
    if asked:
        blocks.append(Bullets(tuple((Cell(words),) for words in asked)))
    else:
        blocks.append(text("No usage was given, so hardly anything is priced; --use gives some."))
    blocks.append(_table(found, shown))
    blocks += _notes(found, shown)
    for option in shown:
        blocks += _one(found, option)
    blocks.append(Heading(f"What leaving {name} costs", 2))
    blocks.append(Bullets(tuple((Cell(words),) for words in leaving_words(found))))
    unknown = list(unknown_words(found, shown))
    if unknown:
        blocks.append(Heading("What is not known", 2))
        blocks.append(Bullets(tuple((Cell(words),) for words in unknown), ("?",) * len(unknown)))
    blocks += _left_out(found)
    blocks += _next_steps(found, shown)
    return Page(tuple(blocks))


def verdict_words(found: Switch) -> str:
    """Return the verdict in a few words: "Stay with GCash."."""
    name = found.current.wallet.name
    there = found.best.standing.wallet.name if found.best else ""
    if found.verdict.word == "too-close":
        return f"Too close to call: {name} or {there}."
    if found.verdict.word == "stay":
        return f"Stay with {name}."
    return "Go." if found.verdict.why == "nowhere-to-go" else f"Go to {there}."


def reason_words(found: Switch) -> str:
    """Return why, in one or two sentences made of the figures."""
    current, name = found.current, found.current.wallet.name
    leave = f"{name} {_causes(current)}."
    if found.verdict.why == "nowhere-to-go":
        where = f"in {in_country(found.needs.country)} " if found.needs.country else ""
        none = f"No other wallet {where}fits these needs and is known well enough to be ranked."
        if found.best:
            none = f"But: {_option_reason(found, found.best)}"
        return f"{leave} {none}" if found.verdict.word == "go" else none
    assert found.best
    words = _option_reason(found, found.best)
    return f"{leave} {words}" if found.verdict.why == "must-leave" else words


def _option_reason(found: Switch, option: Option) -> str:
    now, then = found.current.place.score, option.standing.place.score
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
    if why == "clearly-better":
        worst = now.high - then.low
        sure = (
            f"more than the {tenth(worst)} that it could at worst be behind"
            if worst > 0
            else "and would be ahead even if all that is unknown went against it"
        )
        return f"{there} scores {gain} points more ({scores}), {sure}."
    if why == "pays-back":
        return (
            f"{there} scores no less ({scores}), costs less, and"
            f" {_back_words(option.payback, found.leaving.balance is not None)}."
        )
    if why == "clearly-worse":
        return f"{there} scores {gain} points less ({scores}), which nothing unknown turns around."
    if why == "cheaper-but-worse":
        return (
            f"{there} would clearly save money, but scores {gain} points less ({scores}): whether"
            " the saving is worth the rest is for you to weigh."
        )
    if why == "not-better":
        less = f"scores {gain} points less" if option.gain else "scores the same"
        return f"{there} {less} ({scores})."
    if why == "small-gain":
        return (
            f"{there} is ahead by {gain} points only ({scores}); under {tenth(LEAST_GAIN)} points,"
            " changing is not worth the trouble."
        )
    return (
        f"{there} is ahead by {gain} points ({scores}), but what is not known could put it"
        f" {tenth(now.high - then.low)} behind."
    )


def _causes(standing: Standing) -> str:
    return causes_words(standing.place.obstacles)


def _back_words(payback: Payback, balance: bool) -> str:
    if payback.months == 0 and payback.latest == 0:
        return "changing costs nothing" + ("" if balance else " but what moving the balance takes")
    if payback.latest == payback.months:
        return f"what changing costs is back after {_month_words(payback.months or 0)}"
    return f"what changing costs is back after {_month_words(payback.latest or 0)} at the latest"


def payback_words(option: Option, currency: str) -> str:
    """Return in a sentence after how long a change has paid for itself, or why nobody can say."""
    payback, saving = option.payback, option.saving
    if payback.unknown:
        *most, last = payback.unknown
        missing = f"{', '.join(most)} and {last}" if most else last
        verb = "is" if len(payback.unknown) == 1 else "are"
        return f"When it would have paid for itself cannot be said: {missing} {verb} not known."
    cost = span_words(option.upfront, currency)
    change = f"changing costs {cost}{' once' if option.upfront.estimate else ''}"
    if payback.months is None and not saving.estimate:
        return f"A year costs the same, and {change}."
    if payback.months is None:
        more = money(-saving.estimate, currency)
        return f"It never pays for itself: a year costs {more} more, and {change}."
    less = f"A year costs {money(saving.estimate, currency)} less"
    if not option.upfront.high:
        return f"{less}, and {change}."
    after = _month_words(payback.months)
    if payback.latest is None:
        late = "; at worst, it never is"
    elif payback.latest != payback.months:
        late = f", {_month_words(payback.latest)} at the latest"
    else:
        late = ""
    return f"{less}; {change}, which is back after {after}{late}."


def _month_words(months: int) -> str:
    return f"{months} month{'' if months == 1 else 's'}"


def _table(found: Switch, shown: Sequence[Option]) -> Table:
    current = found.current
    rows = [
        (
            Cell(f"{_named(current, found)}, now", "strong"),
            *_score_cells(current),
            Cell(sum_words(found.now, found.currency), "" if found.now.complete else "unknown"),
            Cell("-"),
            Cell("-"),
            Cell("-"),
            Cell("-"),
        )
    ]
    for option in shown:
        there = option.standing
        complete = found.now.complete and option.there.complete
        rows.append(
            (
                Cell(_named(there, found), "strong"),
                *_score_cells(there),
                Cell(
                    sum_words(option.there, found.currency),
                    "" if option.there.complete else "unknown",
                ),
                Cell(
                    sum_words(option.once, found.currency),
                    "" if option.once.complete else "unknown",
                ),
                Cell(
                    money(option.saving.estimate, found.currency) if complete else UNKNOWN,
                    "" if complete else "unknown",
                ),
                Cell(_payback_cell(option.payback)),
                Cell(_WORDS[option.verdict.word], _TONES[option.verdict.word]),
            )
        )
    columns = (
        Column(title="Wallet"),
        Column(title="Score", right=True, whole=True),
        Column(title="Range", right=True, whole=True, keep=4),
        Column(title="A year", right=True),
        Column(title="Once", right=True, whole=True, keep=3),
        Column(title="Saves a year", right=True, whole=True, keep=6),
        Column(title="Paid for itself", keep=5),
        Column(title="Verdict", whole=True),
    )
    return Table(columns=columns, rows=tuple(rows))


def _score_cells(standing: Standing) -> tuple[Cell, Cell]:
    score = standing.place.score
    return (
        Cell(tenth(score.estimate), "strong"),
        Cell(f"{tenth(score.low)} to {tenth(score.high)}"),
    )


def _payback_cell(payback: Payback) -> str:
    if payback.unknown:
        return UNKNOWN
    if payback.months is None:
        return "never"
    return "at once" if payback.months == 0 else f"after {_month_words(payback.months)}"


def sum_words(found: Sum, currency: str) -> str:
    """Return what is known of a sum, with "+ ?" where not all is; "?" where nothing is."""
    words = money(found.published.estimate, currency)
    if found.complete:
        return words
    return f"{words} + {UNKNOWN}" if found.published.high else UNKNOWN


def _named(standing: Standing, found: Switch) -> str:
    countries = {each.standing.candidate.country for each in found.options}
    countries.add(found.current.candidate.country)
    plan = plan_name(standing.candidate)
    more = [standing.candidate.country] if len(countries) > 1 else []
    more += [plan] if plan else []
    return f"{standing.wallet.name} ({', '.join(more)})" if more else standing.wallet.name


def _notes(found: Switch, shown: Sequence[Option]) -> Iterator[Block]:
    if not found.now.complete or any(not (o.there.complete and o.once.complete) for o in shown):
        yield text(
            f'"{UNKNOWN}" is a fee that nobody publishes. It counts in the score as what such fees'
            " usually are, and no saving is reckoned from it.",
            "dim",
        )
    if len(shown) < len(found.options):
        yield text(f"{len(found.options) - len(shown)} more; --top 0 shows all.", "dim")
    if plan_name(found.current.candidate):
        yield text(
            f"Your own plan is taken to be {plan_name(found.current.candidate)}, which is the"
            " cheapest for this use.",
            "dim",
        )


def _one(found: Switch, option: Option) -> Iterator[Block]:
    here, there = found.current.wallet.name, option.standing.wallet.name
    yield Heading(f"If you went to {_named(option.standing, found)}", 2)
    items: list[tuple[str, Cell]] = []
    parts = [
        f"{points.criterion} {points.gain:+.1f}"
        for points in sorted(option.points, key=lambda each: -abs(each.gain))
        if abs(points.gain) >= Decimal("0.05")
    ]
    now, then = found.current.place.score, option.standing.place.score
    spans = f"{number_words(now)} now, {number_words(then)} there"
    if parts:
        yield text(f"Points: {', '.join(parts)}; in all {option.gain:+.1f} ({spans}).")
    else:
        yield text(f"Points: no difference ({spans}).")
    yield text(payback_words(option, found.currency))
    if option.verdict.why in ("does-not-fit", "too-little-known"):
        items.append(("-", Cell(_option_reason(found, option))))
    if option.gained:
        items.append(("+", Cell(f"You would gain: it {_features(option.gained, True)}.")))
    if option.lost:
        items.append(("-", Cell(f"You would lose: it {_features(option.lost, False)}.")))
    may_lose = [each for each in option.unsure if each.now.value]
    may_gain = [each for each in option.unsure if each.there.value]
    if may_lose:
        words = f"Not known of {there}, and {here} does: {_features(may_lose, True)}."
        items.append(("?", Cell(words)))
    if may_gain:
        words = f"Not known of {here}, and {there} does: {_features(may_gain, True)}."
        items.append(("?", Cell(words)))
    for cause in option.standing.place.unconfirmed:
        items.append(("?", Cell(f"Not confirmed of {there}: {cause_words(cause)}.")))
    for standing in (found.current, option.standing):
        if standing.place.own:
            items.append(_diary(standing))
    if items:
        yield Bullets(tuple((cell,) for _, cell in items), tuple(mark for mark, _ in items))


def _diary(standing: Standing) -> tuple[str, Cell]:
    own = standing.place.own
    assert own
    events = {entry.event for entry in own.experience.entries}
    said = ", ".join(event.text for word, event in EVENTS.items() if word in events)
    points = standing.place.own_points
    count = len(own.experience.entries)
    entries = f"{count} {'entry' if count == 1 else 'entries'}"
    words = f"Your own diary on {standing.wallet.name}: {entries}, {said} ({points:+.1f} points)."
    return "+" if points >= 0 else "-", Cell(words)


def _features(features: Sequence[Feature], holds: bool) -> str:
    words = [claim_phrase(each.key, holds) for each in features[:_NAMED]]
    rest = len(features) - len(words)
    if rest:
        return f"{'; '.join(words)}; and {rest} more"
    return "; ".join(words)


def leaving_words(found: Switch) -> list[str]:
    """Return what leaving costs, item by item, with what is not known of it."""
    leaving, account = found.leaving, found.current.candidate
    currency, name = account.market.currency, account.wallet.name
    words = []
    balance = money(leaving.balance, currency) if leaving.balance else ""
    if leaving.route and leaving.withdrawal is not None:
        way = first_upper(way_words(leaving.route))
        fee = span_words(leaving.withdrawal, currency)
        known = "costs" if leaving.known else "is taken to cost (nobody publishes it)"
        words.append(f"Your {balance}: {way}; that {known} {fee}.")
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
        words.append(f"Closing the account: {span_words(closing.fee, currency)}.")
    elif closing.rules:
        listed = "; ".join(_rule(rule, currency) for rule in closing.rules)
        words.append(f"Closing the account: {listed}; not in the sums.")
    else:
        words.append(
            "Closing the account: not known to cost anything, and not said to be free; counted as"
            " nothing."
        )
    return words


def _rule(rule: FeeRule, currency: str) -> str:
    scope = rule_scope(rule)
    return rule_words(rule, currency) + (f" ({scope})" if scope else "")


def unknown_words(found: Switch, shown: Iterable[Option]) -> Iterator[str]:
    """Yield what is not known, or old, of the figures: of the wallet itself and of the others."""
    for standing in (found.current, *(option.standing for option in shown)):
        name, bill = standing.wallet.name, standing.bill
        for line in bill.lines:
            own_once = line.kind == "once" and standing is found.current
            if not line.known and not own_once:
                words = unknown_line(line, bill.currency)
                yield f"{name}: {words[0].lower()}{words[1:]}."
            elif line.stale and not own_once:
                yield f"{name}: the figure for {what_of(line)} is old."


def _left_out(found: Switch) -> Iterator[Block]:
    thin = [(place.wallet.name, thin_text(place)) for place in found.thin]
    out = [(each.wallet.name, causes_words(each.causes)) for each in found.left_out]
    if thin or out:
        yield Heading("Left out", 2)
        items = [(Cell(name, "strong"), Cell(f": {why}")) for name, why in (*thin, *out)]
        yield Bullets(tuple(items))


def _next_steps(found: Switch, shown: Sequence[Option]) -> Iterator[Block]:
    here = found.current.candidate
    leave = f"walletpick leave {here.wallet.id} --country {here.country}"
    if found.leaving.balance is not None:
        leave += f" --balance {found.leaving.balance:f}"
    yield Paragraph((Cell("The steps of leaving: ", "dim"), Cell(leave, "strong")))
    about = found.best or (shown[0] if shown else None)
    if about:
        there = about.standing.candidate
        pair = f"{here.wallet.id}@{here.country} {there.wallet.id}@{there.country}"
        yield Paragraph(
            (Cell("Side by side: ", "dim"), Cell(f"walletpick compare {pair}", "strong"))
        )


__all__ = [
    "TOP",
    "leaving_words",
    "payback_words",
    "reason_words",
    "sum_words",
    "switch_page",
    "unknown_words",
    "verdict_words",
]
