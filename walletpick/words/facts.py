"""A fact in words: what it is about, what it says, and for whom it holds. Pure."""

from __future__ import annotations

from walletpick.facts.law import answer_time
from walletpick.facts.model import (
    Channel,
    Claim,
    Closing,
    Complaint,
    Escalation,
    FeeRule,
    GiveBack,
    Incident,
    Languages,
    Licence,
    Limit,
    Market,
    MinAge,
    Plan,
    Protection,
    Rating,
    Reach,
    Reply,
    Right,
    SignUp,
    Source,
    Statement,
    Status,
    Time,
)
from walletpick.facts.vocabulary import (
    CHANNELS,
    CLOSING_WAYS,
    DIFFICULTIES,
    INCIDENTS,
    PROTECTIONS,
    RIGHTS,
    STATUSES,
)
from walletpick.facts.walk import CLAIMS, Item, is_wide, items_of, place_of
from walletpick.language import ENGLISH, N_, _, catalog_text, language
from walletpick.words.common import first_upper
from walletpick.words.law import FINAL_ANSWER, cost_words, figures_words, time_words
from walletpick.words.phrases import (
    any_of,
    apart,
    claim_phrase,
    clauses,
    count_words,
    date_words,
    figure,
    give_back_scope,
    give_back_words,
    language_name,
    limit_figure,
    limit_scope,
    money,
    operation_phrase,
    rule_scope,
    rule_words,
    scope_words,
)

# Channels on which it matters when somebody answers.
ANSWERED = ("phone", "callback", "live-chat")

# Up to how much a cover gives back.
_UP_TO = {
    None: N_("up to {amount}"),
    "claim": N_("up to {amount} a claim"),
    "month": N_("up to {amount} a month"),
    "year": N_("up to {amount} a year"),
}

_TITLES = {
    "about": "what else the law says",
    "reach": "where it runs",
    "status": "status",
    "licence": "licence",
    "languages": "languages of support",
    "complaint": "how to complain",
    "reply": "time to answer a complaint",
    "closing": "closing the account",
}


def title_words(item: Item) -> str:
    """Return what a fact is about: "withdraw by instant transfer", "limit of send (on plus)"."""
    fact = item.fact
    if isinstance(fact, FeeRule):
        scope = rule_scope(fact)
        joint = " " if fact.method else ", "
        return f"{fact.operation}{joint}{scope}" if scope else fact.operation
    if isinstance(fact, GiveBack):
        scope = give_back_scope(fact)
        of = fact.operation or "balance"
        return f"given back: {of}" + (f" ({scope})" if scope else "")
    if isinstance(fact, Limit):
        scope = limit_scope(fact)
        of = fact.operation or ("balance" if fact.what == "balance" else "everything together")
        return f"limit of {of}" + (f" ({scope})" if scope else "")
    if isinstance(fact, Plan):
        return f"plan {fact.id}"
    if isinstance(fact, Protection):
        scope = ", ".join(scope_words(fact))
        return f"protection: {PROTECTIONS[fact.kind]}" + (f" ({scope})" if scope else "")
    if isinstance(fact, Escalation) or (isinstance(fact, Right) and fact.body):
        return f"complaints heard by {fact.body}"
    if isinstance(fact, Right):
        return f"by law: {RIGHTS[fact.right]}"
    if isinstance(fact, Rating):
        return f"rating ({fact.store})"
    if isinstance(fact, Incident):
        return f"incident of {fact.date}"
    if item.section == "channels":
        return CHANNELS[item.word]
    if item.section in CLAIMS or (item.section == "onboarding" and isinstance(fact, Claim)):
        return claim_phrase(f"{item.section}:{item.word}", True)
    if item.section == "onboarding":
        return {"min_age": "lowest age", "sign_up": "time to sign up"}.get(item.word, "signing up")
    return _TITLES[item.section]


def value_words(item: Item, currency: str) -> str:
    """Return what a fact says: "1.5 %", "yes (only on plus)". `currency` is the market's."""
    fact = item.fact
    if isinstance(fact, FeeRule):
        return rule_words(fact, currency)
    if isinstance(fact, GiveBack):
        return give_back_words(fact, currency)
    if isinstance(fact, Limit):
        return limit_figure(fact, currency)
    if isinstance(fact, Claim):
        scope = ", ".join(scope_words(fact))
        words = ("yes" if fact.has else "no") + (f" (only {scope})" if scope else "")
        if fact.countries_at_least:
            words += f", {fact.countries_at_least} countries or more"
        if isinstance(fact, Channel):
            words = "; ".join(filter(None, [words, fact.number, fact.address, fact.url]))
            words += f"; hours: {fact.hours}" if fact.hours else ""
        return words
    if isinstance(fact, Protection):
        return _protection_words(fact, currency)
    return _other_words(item)


def holds_words(path: str) -> str:
    """Return where the fact of a path holds, if in more than one country; else ""."""
    if not is_wide(path) or path.startswith("reach["):
        return ""
    place = place_of(path)
    return "in every country" if place == "everywhere" else f"in the countries of {place}"


def only_words(*facts: Claim | Protection | FeeRule | Limit) -> str:
    """Return in brackets for whom facts hold: " (only for members)"; "" where for everybody."""
    scopes = dict.fromkeys(words for fact in facts for words in scope_words(fact))
    return _(" (only {scopes})", scopes=clauses(scopes)) if scopes else ""


def follows_words(claim: Claim, market: Market) -> str:
    """Return what a claim follows from ("follows from this price: pay bills"), "" if stated."""
    if not claim.implied_by:
        return ""
    item = next(item for item in items_of(market) if item.fact.path == claim.implied_by)
    if isinstance(item.fact, FeeRule):
        scope = rule_scope(item.fact)
        joint = " " if item.fact.method else ", "
        what = operation_phrase(item.fact.operation)
        return f"follows from this price: {what}{joint if scope else ''}{scope}"
    if isinstance(item.fact, Claim):
        key = f"{item.section}:{item.word}"
        return f"follows from this: {claim_phrase(key, item.fact.has)}"
    return f"follows from the {title_words(item)}"


def priced_words(rule: FeeRule, currency: str) -> str:
    """Return a price, and before it what it is for: "by debit card: 1.5 %"."""
    scope, words = rule_scope(rule), rule_words(rule, currency)
    return _("{name}: {value}", name=scope, value=words) if scope else words


def given_words(rule: GiveBack, currency: str) -> str:
    """Return what is given back, and before it what for: "pay, by debit card: 1 % back"."""
    what = operation_phrase(rule.operation) if rule.operation else "for what lies in it"
    scope = give_back_scope(rule)
    return f"{what}{f' ({scope})' if scope else ''}: {give_back_words(rule, currency)}"


def price_words(rule: FeeRule, currency: str) -> str:
    """Return a price, and behind it what it is for: "1.5 % (by debit card)"."""
    scope, words = rule_scope(rule), rule_words(rule, currency)
    return _("{words} ({more})", words=words, more=scope) if scope else words


def channel_words(
    word: str, channel: Channel, page: str | None = None, missing: bool = False
) -> str:
    """Return a way to reach support: "A phone line: 911; hours not known (only on plus)".

    `page` stands in for a channel's own address on the web. With `missing`, it is said where the
    number of a phone line or the address for e-mail is not known.
    """
    details = [
        channel.number or (_("number not known") if missing and word == "phone" else ""),
        channel.address or (_("address not known") if missing and word == "email" else ""),
        channel.url or page,
        _("hours not known") if word in ANSWERED else "",
    ]
    if channel.hours:
        details[-1] = hours_words(channel.hours)
    words = first_upper(_(CHANNELS[word]))
    if any(details):
        # An address keeps its end free of punctuation.
        words = _("{name}: {value}", name=words, value=f"{apart(details)} ")
    return words.rstrip() + only_words(channel)


def hours_words(hours: str) -> str:
    """Return when somebody answers: "hours: 24/7"."""
    return _("hours: {hours}", hours=catalog_text(hours))


def no_channel_words(word: str) -> str:
    """Return that a way to reach support does not exist: "No phone line"."""
    channel = CHANNELS[word]
    told = channel.removeprefix("a ") if language() == ENGLISH else _(channel)
    return _("No {channel}", channel=told)


def cover_words(cover: Protection, currency: str) -> str:
    """Return what a protection covers, by which scheme, and up to how much."""
    words = _(PROTECTIONS[cover.kind])
    if cover.lacks:
        words = apart(claim_phrase(f"protection:{word}", False) for word in cover.lacks)
    if cover.scheme:
        words = _("{words} ({more})", words=words, more=cover.scheme)
    if cover.limit is None:
        return words
    most = money(cover.limit, cover.currency or currency)
    return clauses([words, _(_UP_TO[cover.per], amount=most)])


def body_words(body: Escalation | Right, turn: bool = False) -> str:
    """Return who hears a complaint next, how to reach them, by when, and when they answer.

    `turn`: say outright that by then one turns there.
    """
    name = body.body
    if isinstance(body, Right) and body.hears:
        name = _("{words} ({more})", words=name, more=catalog_text(body.hears))
    parts = [name, body.number, body.email, body.url]
    if isinstance(body, Right):
        claim, rest = body.claim_within, cost_words(body)
    else:
        days = body.within_days
        claim, rest = None if days is None else Time(days=days), []
        if body.reply_days is not None:
            rest = [_("answers within {time}", time=count_words(body.reply_days, "day"))]
    if claim:
        time = time_words(claim, FINAL_ANSWER)
        words = _("turn there within {time}", time=time) if turn else _("within {time}", time=time)
        parts.append(words)
    return apart([*parts, *rest])


def closing_words(closing: Closing) -> tuple[str, ...]:
    """Return where an account is closed, and how hard that is, as far as it is known."""
    how = _(CLOSING_WAYS[closing.how]) if closing.how else ""
    level = _(DIFFICULTIES[closing.difficulty]) if closing.difficulty else ""
    return tuple(filter(None, (how, level)))


def any_reply_words(reply: Reply | Right) -> str:
    """Return how long an operator has to answer, whatever it is about: "1 day (some matters)"."""
    words = reply_words(reply)
    return _("{time} (some matters)", time=words) if reply.about else words


def reply_words(reply: Reply | Right) -> str:
    """Return how long an operator has to answer a complaint: "15 working days"."""
    return time_words(answer_time(reply))


def sign_up_words(sign_up: SignUp) -> str:
    """Return how long opening takes: "10 minutes", "5 minutes or 2 days"."""
    spans = [(sign_up.minutes, "minute"), (sign_up.days, "day")]
    return any_of(count_words(number, unit) for number, unit in spans if number is not None)


def source_mark(key: str, source: Source) -> str:
    """Return a source in short: "source help-fees, 2026-05"."""
    second = ", second hand" if source.second_hand else ""
    return f"source {key}, {date_words(source)}{second}"


def _protection_words(fact: Protection, currency: str) -> str:
    words = ["yes"]
    if fact.kind == "none":
        words = ["lacks " + ", ".join(fact.lacks)] if fact.lacks else ["no cover"]
    if fact.scheme:
        words.append(fact.scheme)
    if fact.limit is not None:
        per = f" a {fact.per}" if fact.per else ""
        words.append(f"up to {money(fact.limit, fact.currency or currency)}{per}")
    if fact.within_days is not None:
        words.append(f"reported within {count_words(fact.within_days, 'day')}")
    return ", ".join(words)


def _times_words(body: Escalation) -> list[str]:
    """Return within which days one turns to a body, and in which it answers, where known."""
    spans = (("within", body.within_days), ("answers in", body.reply_days))
    return [f"{word} {count_words(days, 'day')}" for word, days in spans if days]


def _other_words(item: Item) -> str:
    fact = item.fact
    parts: list[str | None] = []
    if isinstance(fact, Reach):
        named = ", ".join(fact.in_)
        state = STATUSES[fact.state] if fact.state else None
        parts = [fact.offers, fact.operator, state, named]
    elif isinstance(fact, Status):
        parts = [STATUSES[fact.state], f"since {fact.since}" if fact.since else None]
    elif isinstance(fact, Plan):
        parts = [fact.name]
    elif isinstance(fact, Licence):
        parts = [fact.as_, fact.authority, fact.number]
    elif isinstance(fact, Languages):
        parts = [language_name(code) for code in fact.words]
    elif isinstance(fact, Complaint):
        within = f"within {count_words(fact.within_days, 'day')}" if fact.within_days else None
        parts = [fact.how, within, fact.hours, fact.url]
    elif isinstance(fact, Reply):
        parts = [reply_words(fact)]
    elif isinstance(fact, Right | Escalation):
        times = figures_words(fact) if isinstance(fact, Right) else _times_words(fact)
        parts = [fact.number, fact.email, fact.url, *times]
    elif isinstance(fact, MinAge):
        parts = [count_words(fact.years, "year")]
    elif isinstance(fact, SignUp):
        parts = [sign_up_words(fact)]
    elif isinstance(fact, Statement):
        parts = [fact.text]
    elif isinstance(fact, Closing):
        parts = [*closing_words(fact)]
    elif isinstance(fact, Rating):
        count = f"{fact.count:,} ratings" if fact.count is not None else None
        parts = [f"{figure(fact.value)} of 5", count]
    elif isinstance(fact, Incident):
        parts = [f"{INCIDENTS[fact.kind]}: {fact.what}"]
    return ", ".join(filter(None, parts)) or "named"
