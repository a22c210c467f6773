"""Markets side by side in words: what each row is about, and what a market says there. Pure.

Rows are named by keys in the words of the catalog: "fees:send:card", "limits:day", "reply".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from msgspec import structs

from walletpick.answers.compare import Comparison, Row, Value
from walletpick.bill.bill import is_priced
from walletpick.bill.observe import Observation
from walletpick.facts import model, vocabulary
from walletpick.facts.money import HUNDRED, MoneyRange, rounded
from walletpick.facts.names import wallet_name
from walletpick.facts.periods import period_of, stay_words
from walletpick.facts.places import other_end
from walletpick.language import (
    N_,
    _,
    catalog_text,
    headed,
    one_text,
    percent_words,
    pgettext,
    with_brackets,
)
from walletpick.score.ranking import Place
from walletpick.score.reason import Ahead
from walletpick.score.reasons import deciding, reasons
from walletpick.score.unsure import under_age
from walletpick.score.verdict import verdict_of
from walletpick.words.bills import plan_name, rough_words, sum_words, unlike_words, ways_words
from walletpick.words.causes import causes_words
from walletpick.words.common import (
    UNKNOWN,
    countries_words,
    hangs_on_uses_words,
    not_there,
    number_words,
    several_countries,
    tenth,
    wallet_in,
)
from walletpick.words.criteria import criterion_name
from walletpick.words.facts import any_reply_words, no_channel_words, sign_up_words
from walletpick.words.hints import from_abroad_words
from walletpick.words.phrases import (
    PERIODS,
    apart,
    claim_phrase,
    clauses,
    figure,
    in_a_row,
    in_the_year,
    language_name,
    limit_figure,
    limit_scope,
    listed,
    method_phrase,
    money,
    operation_phrase,
    scope_words,
    yes_no,
)
from walletpick.words.prices import amount_words, interest_words, rule_scope, rule_words
from walletpick.words.reasons import against_words, ahead_sentence, lead_words, under_age_words
from walletpick.words.verdict import cost_alike, likelier_of, place_name, tells_silence
from walletpick.words.verdict import verdict_words as ranking_verdict_words

# Families of rows that say yes or no.
_YES_NO = (
    *("features", "funding", "payout", "security", "protection"),
    *("channels", "platform", "onboarding"),
)
# By the key, or its first word; the other rows stand first of all.
_SECTIONS = {
    "points": N_("Points"),
    "bill": N_("Cost in the first year"),
    "fees": N_("Fees"),
    "limits": N_("Limits"),
    "features": N_("What it does"),
    "funding": N_("Putting money in"),
    "payout": N_("Getting money out"),
    "security": N_("Security"),
    **dict.fromkeys(("protection", "licence"), N_("What protects the money")),
    **dict.fromkeys(
        ("channels", "languages", "complaint", "reply", "escalation"), N_("Getting help")
    ),
    **dict.fromkeys(("platform", "onboarding"), N_("Signing up")),
    "closing": N_("Closing the account"),
    **dict.fromkeys(("ratings", "incidents"), N_("Track record")),
}
_LABELS = {
    "status": N_("status"),
    "plan": N_("plan"),
    "fit": N_("does not fit"),
    "unconfirmed": N_("not confirmed"),
    "score": N_("score, of 100"),
    "evidence": N_("how much is known"),
    "cost": N_("cost in the first year"),
    "cost-estimate": N_("with a guess for ?"),
    "points:experience": N_("your own diary"),
    "licence": N_("licence"),
    "languages": N_("languages"),
    "complaint": N_("how to complain"),
    "reply": N_("answers a complaint within"),
    "escalation": N_("who hears a complaint next"),
    "onboarding:min_age": N_("from the age of"),
    "onboarding:sign_up": N_("opening takes"),
    "closing:how": N_("where it is closed"),
    "closing:difficulty": N_("how hard closing is"),
    "incidents": N_("what went wrong"),
}
_LINE_LABELS = {
    "conversion": N_("exchange rate: {use}"),
    "tax": N_("tax: {use}"),
    "filling": N_("filling the balance"),
    "given-back": N_("given back: {use}"),
    "subscription": N_("the regular charge"),
}
_PERIODS = {**PERIODS, "transaction": N_("each time")}
# What tells rows apart where no section does.
_LEADS = {"fees": N_("price: {name}"), "limits": N_("limit: {name}")}
# So many things are named that decide.
_WHY = 2
# What stands after a sum that leaves something out.
_WITHOUT = N_(" (without what it cannot do)")


class ValueWords(Value, frozen=True, kw_only=True):
    """What one market says on one point, in words."""

    text: str


class RowWords(Row, frozen=True, kw_only=True):
    """One point in words. `equal` is whether all markets say the same."""

    section: str
    label: str
    equal: bool
    values: tuple[ValueWords, ...]


def rows_words(comparison: Comparison) -> tuple[RowWords, ...]:
    """Return the rows of a comparison in words."""
    return tuple(_row_words(comparison, row) for row in comparison.rows)


def _row_words(comparison: Comparison, row: Row) -> RowWords:
    values = tuple(
        ValueWords(**structs.asdict(value), text=_value_words(comparison, row.key, side, value))
        for side, value in zip(comparison.sides, row.values, strict=True)
    )
    section = _(_SECTIONS.get(row.key.partition(":")[0], N_("In short")))
    label = label_words(row.key, comparison.needs.weights)
    if stay := stay_words(period_of(comparison.needs.for_).stay):
        if row.key.startswith("bill:"):
            section = _("Cost for {stay}", stay=stay)
        elif row.key == "cost":
            label = _("cost for {stay}", stay=stay)
    equal = len({value.text for value in values}) == 1
    told = structs.asdict(row) | {"values": values}
    return RowWords(**told, section=section, label=label, equal=equal)


def told_words(row: RowWords, value: ValueWords) -> str:
    """Return what one market says on a point, alone: "takes bank transfers", "plan: Standard"."""
    # The pieces of a list of such things stand between semicolons.
    yes, text = value.text.startswith(yes_no(True)), value.text.replace(_("; "), _(", "))
    if row.key.partition(":")[0] not in _YES_NO or not (yes or text == yes_no(False)):
        return headed(alone_words(row), text)
    if yes:
        return row.label + text.removeprefix(yes_no(True))
    if row.key.startswith("channels:"):
        return no_channel_words(row.key.partition(":")[2]).lower()
    return claim_phrase(row.key, False)


def _saving_words(comparison: Comparison, two: Sequence[tuple[MoneyRange, Place]]) -> Iterator[str]:
    """Yield by how much the first of two costs less than the second, where that is sure.

    Also that they cost the same: then the price decides nothing.
    """
    (ours, cheapest), (theirs, second) = two
    less = (theirs - ours).low
    first, other = (place_name(side, comparison.ranking) for side in (cheapest, second))
    places = {"wallet": first, "when": in_the_year(cheapest.bill.period), "other": other}
    if ours.exact and ours == theirs:
        if cost_alike(verdict_of(comparison.ranking).level):
            # The verdict says so.
            return
        rest = f" + {UNKNOWN}" if cheapest.bill.from_abroad else ""
        places["amount"] = money(ours.estimate, ours.currency) + rest
        yield _("{wallet} and {other} cost the same {when}: {amount}.", **places)
    elif rounded(less, ours.currency) > 0:
        places["amount"] = money(less, ours.currency)
        if ours.exact and theirs.exact:
            yield _("{wallet} costs {amount} less {when} than {other}.", **places)
        else:
            yield _("{wallet} costs at least {amount} less {when} than {other}.", **places)


def _unfit_words(comparison: Comparison) -> Iterator[str]:
    """Yield why those that cannot do all that is asked do not fit: "PayPal cannot send money"."""
    for side in comparison.sides:
        if side.obstacles:
            name, causes = place_name(side, comparison.ranking), causes_words(side.obstacles[:1])
            yield _("{wallet} does not fit: {causes}.", wallet=name, causes=causes)


def _why_words(comparison: Comparison) -> Iterator[str]:
    """Yield what decides, as far as it is known of both that are held against each other.

    Of those that are level, what speaks for each of the first two.
    """
    ranking = comparison.ranking
    first, *others = ranking.places
    # What is not confirmed of the one that may be better stands in the verdict itself.
    told_of = likelier_of(ranking)
    unconfirmed = [each for each in others if each.doubt > first.doubt and each is not told_of]
    for each in unconfirmed:
        if each.unconfirmed and first.confirmed:
            yield _(
                "Not confirmed of {wallet}: {cause}.",
                wallet=place_name(each, ranking),
                cause=causes_words(each.unconfirmed[:1]),
            )
    field = ranking.field
    if len(field) < 2:
        return
    level = verdict_of(ranking).level
    if len(level) < 2:
        rival = field[1]
        leads = deciding(field[0], rival, ranking)[:_WHY]
        if leads:
            yield _("Why: {reasons}.", reasons=apart(map(lead_words, leads)))
        elif not tells_silence(ranking):
            for ahead in (each for each in reasons(ranking, 0) if isinstance(each, Ahead)):
                yield ahead_sentence(ahead, place_name(first, ranking))
        return
    told = []
    for place, rival in ((level[0], level[1]), (level[1], level[0])):
        if leads := deciding(place, rival, ranking)[:1]:
            words, name = lead_words(leads[0]), place_name(place, ranking)
            told.append(_("What speaks for {wallet}: {reasons}.", wallet=name, reasons=words))
    yield from told or [_("Nothing that is known of both sets them apart.")]


def verdict_words(comparison: Comparison) -> str:
    """Return who is best, how sure that is and what decides, and who costs least if it is known."""
    if not comparison.ranking.places:
        none = _("None of them can do all that you ask.")
        return one_text([none, *_unfit_words(comparison)])
    if not comparison.needs.use:
        return hangs_on_uses_words()
    words = [ranking_verdict_words(comparison.ranking), *_unfit_words(comparison)]
    words += _why_words(comparison)
    cost = next((row for row in comparison.rows if row.key == "cost"), None)
    if cost:
        known = [
            (value.span, side)
            for value, side in zip(cost.values, comparison.sides, strict=True)
            if value.worth is not None and value.span
        ]
        known.sort(key=lambda each: each[0].estimate)
        words += _saving_words(comparison, known[:2]) if len(known) > 1 else ()
    bills = [(place_name(side, comparison.ranking), side.bill) for side in comparison.sides]
    if not_alike := unlike_words(bills, comparison.needs):
        words.append(not_alike)
    if any(side.bill.from_abroad for side in comparison.sides):
        words.append(from_abroad_words())
    if comparison.one_way:
        used = ((each.operation, each.method) for each in comparison.one_way)
        ways = listed(list(dict.fromkeys(method_phrase(do, way) for do, way in used if way)))
        form = N_(
            "Their cheapest ways differ; so that they can be compared, all are priced {ways}."
        )
        words.append(_(form, ways=ways))
    words.append(interest_words(comparison.needs, ((name, bill.candidate) for name, bill in bills)))
    return one_text(filter(None, words))


def warning_words(comparison: Comparison) -> Iterator[str]:
    """Yield in a sentence for each side what went wrong there, and what holds under age, if any."""
    sides = ((place_name(side, comparison.ranking), side.candidate) for side in comparison.sides)
    yield from against_words(sides)
    for side in comparison.sides:
        for young in under_age(side.candidate, comparison.needs):
            name, what = place_name(side, comparison.ranking), under_age_words(young)
            yield _("{wallet}: {what}.", wallet=name, what=what)


# Which markets.


def no_choice_words(why: str, wallets: Sequence[model.Wallet], countries: Sequence[str]) -> str:
    """Return why it cannot be told which markets to compare (see `compare.NoChoice`)."""
    first = wallets[0]
    match why:
        case "elsewhere" | "named-elsewhere":
            name = f"{first.id}@{next(iter(first.markets))}"
            form = N_("to compare {wallet} in another country write {name}")
            if why == "elsewhere":
                form = N_("to compare {wallet} write {name}")
            hint = _(form, wallet=first.id, name=name)
            return apart([not_there(first, countries[0]), countries_words(first), hint])
        case "wallet-twice":
            pair = [f"{first.id}@{code}" for code in [*first.markets][:2]]
            form = N_("{wallet} is named twice: name two different wallets")
            if pair[1:]:
                form = N_(
                    "{wallet} is named twice: name two different wallets, or one in two countries,"
                    " such as {names}"
                )
            return _(form, wallet=wallet_name(first), names=" ".join(pair))
        case "several":
            return _(
                "{wallets} can be compared in {countries}: say which, such as {option}",
                wallets=listed([wallet_name(each) for each in wallets]),
                countries=several_countries(countries),
                option=f"--country {countries[0]}",
            )
    return _("{wallet} is named twice", wallet=wallet_in(first, countries[0]))


def guess_words(wallets: Iterable[model.Wallet]) -> str:
    """Return that wallets share no country, so the first of each is taken."""
    firsts = [wallet_in(each, next(iter(each.markets))) for each in wallets]
    return _("these wallets share no country; compared are {wallets}", wallets=listed(firsts))


# What a row is about.


def label_words(key: str, weights: Mapping[str, Decimal]) -> str:
    """Return what a row is about. `weights` are those of the criteria, which sum to 1."""
    if key in _LABELS:
        return _(_LABELS[key])
    family, _colon, word = key.partition(":")
    match family:
        case "points":
            most = tenth(weights[word] * HUNDRED)
            return _("{criterion}, of {points}", criterion=criterion_name(word), points=most)
        case "bill":
            kind, _colon, rest = word.partition(":")
            operation, _at, country = rest.partition("@")
            if operation == "balance":
                return _("interest")
            use = operation_phrase(operation)
            label = _(_LINE_LABELS[kind], use=use) if kind in _LINE_LABELS else use
            return with_brackets(label, country and other_end(country, bare=True))
        case "fees":
            operation, _colon, method = word.partition(":")
            use, way = operation_phrase(operation), method and method_phrase(operation, method)
            return _("{use}, {way}", use=use, way=way) if way else use
        case "limits":
            what, *named = word.split(":")
            head = _("balance") if what == "balance" else _("everything together")
            # No operation has the name of a method.
            done = next((each for each in named if each in vocabulary.OPERATIONS), None)
            head = operation_phrase(done) if done else head
            for each in named:
                if each in vocabulary.METHODS:
                    head = _("{use} {way}", use=head, way=method_phrase(done, each))
            often = pgettext("limit", "at once") if what == "balance" else _(_PERIODS[what])
            return _("{limited}, {often}", limited=head, often=often)
        case "channels":
            return _(vocabulary.CHANNELS[word])
        case "platform":
            return _("runs on {device}", device=_(vocabulary.PLATFORMS[word]))
        case "ratings":
            return _("rating ({where})", where=word)
    return claim_phrase(key, True)


def alone_words(row: RowWords) -> str:
    """Return what a row is about, to be read without its section, with the time of a cost."""
    if row.key.startswith("bill:"):
        return headed(row.section.lower(), row.label)
    return point_words(row.key, row.label)


def point_words(key: str, label: str) -> str:
    """Return what a row is about, to be read without its section: "price: take out cash"."""
    lead = _LEADS.get(key.partition(":")[0])
    return _(lead, name=label) if lead else label


# What a market says.

_FIXED = {
    "unknown": UNKNOWN,
    "active": vocabulary.STATUSES["active"],
    "beyond-limit": N_("cannot: over a limit"),
    "depends": N_("depends on the way"),
    "not-done": N_("does not do this"),
}


def _value_words(comparison: Comparison, key: str, side: Place, value: Value) -> str:
    """Return what a market says on the point that `key` names."""
    match value.says:
        case "facts":
            facts = (_fact_words(key, fact) for fact, _ in value.facts)
            return apart(dict.fromkeys(facts))
        case "yes-no" if value.seen:
            return _yes_no_words(key, value.seen, side.candidate.market)
        case "line" | "given-back" | "no-charge" | "total" | "published":
            return _sum_words(comparison, key, side, value)
        case "points":
            name = key.partition(":")[2]
            points = side.values[name].value
            words = number_words(points, comparison.needs.weights[name] * HUNDRED)
            words += _(_WITHOUT) if value.barred else ""
            return words if value.known else _guessed(words)
        case "score":
            return number_words(side.score)
        case "thin-score":
            return _("{score}, but too little is known", score=number_words(side.score))
        case "evidence":
            return percent_words(value.worth)
        case "plan":
            return plan_name(side.candidate) or _("the only one")
        case "fit":
            return causes_words(side.obstacles) or _("fits")
        case "unconfirmed":
            nothing = pgettext("unconfirmed", "nothing")
            return causes_words(side.unconfirmed) or ("-" if side.obstacles else nothing)
        case "diary":
            return f"{side.own_points:+.1f}" if side.own else _("nothing noted")
    return _(_FIXED[value.says])


def _guessed(words: str) -> str:
    return _("{unknown}, guessed at {words}", unknown=UNKNOWN, words=words)


def _sum_words(comparison: Comparison, key: str, side: Place, value: Value) -> str:
    """Return a sum of money with how it comes about, and what it leaves out."""
    span, without = value.span, _(_WITHOUT) if value.barred else ""
    assert span, "a value that is a sum has one"
    match value.says:
        case "total" if not is_priced(side.bill, comparison.needs):
            return _("cannot be done")
        case "total":
            rest = f" + {UNKNOWN}" if side.bill.from_abroad else ""
            return amount_words(span) + rest + _ways(key, side) + without
        case "published":
            words = sum_words(span, False)
            return words + (_ways(key, side) if words != UNKNOWN else "") + without
        case "line" if value.line:
            way = value.line.way and method_phrase(value.line.operation, value.line.way)
            how = _(", ") + way if way and value.way else ""
            if value.known:
                return f"{amount_words(span)}{how}{without}"
            guess = rough_words(span)
            return f"{_guessed(guess)}{how}{without}"
    return amount_words(span)


def _ways(key: str, side: Place) -> str:
    return ways_words(side.bill) if key == "cost" else ""


def _yes_no_words(key: str, seen: Observation, market: model.Market) -> str:
    """Return yes or no, and under which condition; of a yes, the most important figures."""
    fact = seen.fact
    holds = getattr(fact, "has", True) if seen.value is None else seen.value
    words = yes_no(holds)
    if seen.value is None and isinstance(fact, (model.Claim, model.Protection, model.FeeRule)):
        return words + _(" (only {scopes})", scopes=clauses(scope_words(fact, only=True)))
    return words + (_details(key, market) if holds else "")


def _details(key: str, market: model.Market) -> str:
    family, _colon, word = key.partition(":")
    if family == "protection":
        caps = [(p.limit, p.currency) for p in market.protection if p.kind == word and p.limit]
        return _(", up to {amount}", amount=money(*caps[0])) if len(caps) == 1 else ""
    channel = market.support.channels.get(word) if family == "channels" else None
    hours = catalog_text(channel.hours) if channel and channel.hours else ""
    details = (channel.number, hours) if channel else ()
    return "".join(_(", ") + detail for detail in details if detail)


def _fact_words(key: str, fact: model.Fact | model.FeeRule | model.Limit) -> str:
    match fact:
        case model.FeeRule():
            scope = rule_scope(structs.replace(fact, method=None, plan=()))
            return with_brackets(rule_words(fact), scope)
        case model.Limit():
            scope = limit_scope(structs.replace(fact, method=None, plan=()))
            return with_brackets(limit_figure(fact), scope)
        case model.Status():
            state = _(vocabulary.STATUSES[fact.state])
            return _("{state} since {day}", state=state, day=fact.since) if fact.since else state
        case model.Licence():
            return clauses(catalog_text(each) for each in (fact.as_, fact.authority) if each)
        case model.Languages():
            return in_a_row(map(language_name, fact.words))
        case model.Reply() | model.Right() if key == "reply":
            return any_reply_words(fact)
        case (
            model.Complaint(how=str(words))
            | model.Escalation(body=str(words))
            | model.Right(body=str(words))
        ):
            return catalog_text(words)
        case model.Right():
            return _(vocabulary.RIGHTS[fact.right])
        case model.AgeLimit():
            return f"{fact.years}" if fact.years else _("any")
        case model.SignUp():
            return sign_up_words(fact)
        case model.Closing(how=str(how)) if key == "closing:how":
            return _(vocabulary.CLOSING_WAYS[how])
        case model.Closing(difficulty=str(difficulty)):
            return _(vocabulary.DIFFICULTIES[difficulty])
        case model.Rating():
            return _("{points} of 5", points=figure(fact.value))
        case model.Incident():
            return headed(fact.date, _(vocabulary.INCIDENTS[fact.kind]))
    raise TypeError(f"no words for a {type(fact).__name__}")
