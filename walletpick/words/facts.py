"""A fact, or what the law gives, in words: what it is about, says, and holds for. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from walletpick.facts import model, vocabulary
from walletpick.facts.law import answer_time, calendar_days
from walletpick.facts.model import Right, Source, Time
from walletpick.facts.places import in_country
from walletpick.facts.vocabulary import MATTERS, RIGHTS
from walletpick.facts.walk import CLAIMS, Item, is_wide, items_of, place_of
from walletpick.language import (
    ENGLISH,
    N_,
    _,
    catalog_text,
    headed,
    known_text,
    language,
    with_brackets,
)
from walletpick.words.common import first_upper
from walletpick.words.phrases import (
    any_of,
    apart,
    claim_phrase,
    clauses,
    count_words,
    date_words,
    figure,
    language_name,
    limit_figure,
    limit_head,
    limit_scope,
    listed,
    money,
    operation_phrase,
    scope_words,
    years_of_age,
    yes_no,
)
from walletpick.words.prices import give_back_scope, give_back_words, rule_scope, rule_words

# Channels on which it matters when somebody answers.
ANSWERED = ("phone", "callback", "live-chat")

# So many countries in which a fact holds are named; of more it is said how many they are.
_NAMED = 3

# Up to how much a cover gives back.
_UP_TO = {
    None: N_("up to {amount}"),
    "claim": N_("up to {amount} a claim"),
    "month": N_("up to {amount} a month"),
    "year": N_("up to {amount} a year"),
}

_TITLES = {
    "about": N_("what else the law says"),
    "reach": N_("where it runs"),
    "status": N_("status"),
    "licence": N_("licence"),
    "languages": N_("languages of support"),
    "complaint": N_("how to complain"),
    "reply": N_("time to answer a complaint"),
    "closing": N_("closing the account"),
}
_SIGNING_UP = {
    "min_age": N_("lowest age"),
    "max_age": N_("highest age"),
    "sign_up": N_("time to sign up"),
    "about": N_("signing up"),
}
# What is given back of payments that went wrong.
REFUNDS = ("unauthorised-payment-refund", "scam-refund")
# Rights whose `claim_within` is for reporting what happened; of the others it is for turning there.
_REPORTED = (*REFUNDS, "mistaken-payment-help")
# A time to report of so many days is long.
_LONG = 180
# What the title of a source says of the copy in which it was read, in brackets or at its end.
_ABOUT_COPY = r"[^(),;]*\b(?:copy|mirror|arrangement|seen)\b[^(),;]*"
_COPY = re.compile(
    rf"\ACopy of | \({_ABOUT_COPY}(?:[,;]{_ABOUT_COPY})*\)|[,;]{_ABOUT_COPY}(?=[,;)]|\Z)"
)
# What is said in brackets behind a title of the page as it was read: its language, its age, how
# much of it there was. It is no part of what the page is called.
_REMARK = re.compile(
    r" \((?:in )?(?:Arabic|Chinese|Dutch|English|French|German|Italian|Japanese|Korean|Polish"
    r"|Portuguese|Russian|Spanish|Turkish)\b[^()]*\)"
    r"| \((?:as|contents|first paragraphs|may be|older|Open Terms Archive|quotes|restates"
    r"|summary|undated)\b[^()]*\)"
)
_COPY_FIRST = re.compile(rf"\({_ABOUT_COPY}[,;] ")
# From when the time to turn to somebody outside is counted.
FINAL_ANSWER = N_("the final answer")


def title_words(item: Item) -> str:
    """Return what a fact is about: "withdraw by instant transfer", "limit of send (on plus)"."""
    fact = item.fact
    if isinstance(fact, model.FeeRule):
        return _scoped(fact, _called(fact.operation))
    if isinstance(fact, model.GiveBack):
        use = _called(fact.operation) if fact.operation else _("balance")
        return with_brackets(_("given back: {use}", use=use), give_back_scope(fact))
    if isinstance(fact, model.Limit):
        use = _called(fact.operation) if fact.operation else limit_head(fact)
        return with_brackets(_("limit of {use}", use=use), limit_scope(fact))
    if isinstance(fact, model.Plan):
        return _("plan {name}", name=fact.id)
    if isinstance(fact, model.Protection):
        words = _("protection: {words}", words=_(vocabulary.PROTECTIONS[fact.kind]))
        return with_brackets(words, clauses(scope_words(fact)))
    if isinstance(fact, model.Escalation) or (isinstance(fact, model.Right) and fact.body):
        return _("complaints heard by {body}", body=catalog_text(fact.body or ""))
    if isinstance(fact, model.Right):
        return _("by law: {right}", right=_(vocabulary.RIGHTS[fact.right]))
    if isinstance(fact, model.Rating):
        return _("rating ({store})", store=fact.store)
    if isinstance(fact, model.Incident):
        return _("incident of {day}", day=fact.date)
    if item.section == "channels":
        return _(vocabulary.CHANNELS[item.word])
    if item.section in CLAIMS or (item.section == "onboarding" and isinstance(fact, model.Claim)):
        return claim_phrase(f"{item.section}:{item.word}", True)
    if item.section == "onboarding":
        return _(_SIGNING_UP.get(item.word, _SIGNING_UP["about"]))
    return _(_TITLES[item.section])


def _called(operation: str) -> str:
    """Return an operation by its word, which is an English one, or by what it means."""
    return operation if language() == ENGLISH else operation_phrase(operation)


def _scoped(rule: model.FeeRule, use: str) -> str:
    """Return an operation and for what a rule is its price: "pay by card, on plus"."""
    scope = rule_scope(rule)
    if not scope:
        return use
    if rule.method:
        return _("{use} {way}", use=use, way=scope)
    return _("{use}, {case}", use=use, case=scope)


def value_words(item: Item) -> str:
    """Return what a fact says: "1.5 %", "yes (only on plus)"."""
    fact = item.fact
    if isinstance(fact, model.FeeRule):
        return rule_words(fact)
    if isinstance(fact, model.GiveBack):
        return give_back_words(fact)
    if isinstance(fact, model.Limit):
        return limit_figure(fact)
    if isinstance(fact, model.Claim):
        words = yes_no(fact.has) + only_words(fact)
        if isinstance(fact, model.Channel):
            hours = hours_words(fact.hours) if fact.hours else ""
            words = apart([words, fact.number, fact.address, fact.url, hours])
        return words
    if isinstance(fact, model.Protection):
        return _protection_words(fact)
    return _other_words(item)


def holds_words(path: str, countries: Sequence[str]) -> str:
    """Return that the fact of a path holds in `countries`, if in more than one; else "".

    The name of a group is its author's, and says nothing to readers.
    """
    if not is_wide(path) or path.startswith("reach["):
        return ""
    if place_of(path) == "everywhere":
        return _("in every country")
    if len(countries) < 2:
        return ""
    if len(countries) <= _NAMED:
        return _("the same in {countries}", countries=listed(list(map(in_country, countries))))
    return _("the same in {count} countries", count=len(countries))


def only_words(*facts: model.Claim | model.Protection | model.FeeRule | model.Limit) -> str:
    """Return in brackets for whom facts hold: " (only for members)"; "" where for everybody.

    Also to how many countries they are known to reach: " (70 countries or more)".
    """
    scopes = dict.fromkeys(words for fact in facts for words in scope_words(fact, only=True))
    words = _(" (only {scopes})", scopes=clauses(scopes)) if scopes else ""
    counts = dict.fromkeys(filter(None, map(_count_words, facts)))
    return with_brackets(words, clauses(counts)) if counts else words


def _count_words(fact: model.Claim | model.Protection | model.FeeRule | model.Limit) -> str:
    """Return to how many countries a fact reaches, and which of them are known; "" if none say."""
    if not isinstance(fact, model.Claim) or fact.countries_at_least is None:
        return ""
    form = N_("{count} countries or more")
    if fact.countries:
        form = N_("{count} countries or more, among them {countries}")
    named = listed(list(map(in_country, fact.countries)))
    return _(form, count=fact.countries_at_least, countries=named)


def follows_words(claim: model.Claim, market: model.Market) -> str:
    """Return what a claim follows from ("follows from this price: pay bills"), "" if stated."""
    if not claim.implied_by:
        return ""
    item = next(item for item in items_of(market) if item.fact.path == claim.implied_by)
    if isinstance(item.fact, model.FeeRule):
        use = _scoped(item.fact, operation_phrase(item.fact.operation))
        return _("follows from this price: {use}", use=use)
    if isinstance(item.fact, model.Claim):
        phrase = claim_phrase(f"{item.section}:{item.word}", item.fact.has)
        return _("follows from this: {fact}", fact=phrase)
    return _("follows from the {title}", title=title_words(item))


def priced_words(rule: model.FeeRule) -> str:
    """Return a price, and before it what it is for: "by debit card: 1.5 %"."""
    return headed(rule_scope(rule), rule_words(rule))


def given_words(rule: model.GiveBack) -> str:
    """Return what is given back, and before it what for: "pay, by debit card: 1 % back"."""
    back, scope = give_back_words(rule), give_back_scope(rule)
    if not rule.operation:
        # As people say it: "1.5 % a year on what lies in it (...)".
        return with_brackets(_("{back} on what lies in it", back=back), scope)
    return headed(with_brackets(operation_phrase(rule.operation), scope), back)


def price_words(rule: model.FeeRule) -> str:
    """Return a price, and behind it what it is for: "1.5 % (by debit card)"."""
    return with_brackets(rule_words(rule), rule_scope(rule))


def channel_words(
    word: str, channel: model.Channel, page: str | None = None, missing: bool = False
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
    words = first_upper(_(vocabulary.CHANNELS[word]))
    if any(details):
        # An address keeps its end free of punctuation.
        words = headed(words, f"{apart(details)} ")
    return words.rstrip() + only_words(channel)


def hours_words(hours: str) -> str:
    """Return when somebody answers: "hours: 24/7"."""
    return _("hours: {hours}", hours=catalog_text(hours))


def no_channel_words(word: str) -> str:
    """Return that a way to reach support does not exist: "No phone line"."""
    return _("No {channel}", channel=channel_name(word))


def channel_name(word: str) -> str:
    """Return a way to reach support, to follow "no": "phone line"."""
    channel = vocabulary.CHANNELS[word]
    return channel.removeprefix("a ") if language() == ENGLISH else _(channel)


def cover_words(cover: model.Protection) -> str:
    """Return what a protection covers, by which scheme, and up to how much."""
    words = _(vocabulary.PROTECTIONS[cover.kind])
    if cover.lacks:
        words = apart(claim_phrase(f"protection:{word}", False) for word in cover.lacks)
    if cover.scheme:
        words = with_brackets(words, catalog_text(cover.scheme))
    if cover.limit is None:
        return words
    most = money(cover.limit, cover.currency)
    return clauses([words, _(_UP_TO[cover.per], amount=most)])


def body_words(body: model.Escalation | model.Right, turn: bool = False) -> str:
    """Return who hears a complaint next, how to reach them, by when, and when they answer.

    `turn`: say outright that by then one turns there.
    """
    name = catalog_text(body.body or "")
    if isinstance(body, model.Right) and body.hears:
        name = with_brackets(name, catalog_text(body.hears))
    parts = [name, body.number, body.email, body.url]
    if isinstance(body, model.Right):
        claim, rest = body.claim_within, cost_words(body)
    else:
        days = body.within_days
        claim, rest = None if days is None else model.Time(days=days), []
        if body.reply_days is not None:
            rest = [_("answers within {time}", time=count_words(body.reply_days, "day"))]
    if claim:
        time = time_words(claim, FINAL_ANSWER)
        words = _("turn there within {time}", time=time) if turn else _("within {time}", time=time)
        parts.append(words)
    return apart([*parts, *rest])


def closing_words(closing: model.Closing) -> tuple[str, ...]:
    """Return where an account is closed, and how hard that is, as far as it is known."""
    how = _(vocabulary.CLOSING_WAYS[closing.how]) if closing.how else ""
    level = _(vocabulary.DIFFICULTIES[closing.difficulty]) if closing.difficulty else ""
    if closing.how == "contact-support" and closing.difficulty == "hard":
        # That it needs support is said already.
        level = _("hard")
    return tuple(filter(None, (how, level)))


def any_reply_words(reply: model.Reply | model.Right) -> str:
    """Return how long an operator has to answer, whatever it is about: "1 day (some matters)"."""
    words = reply_words(reply)
    return _("{time} (some matters)", time=words) if reply.about else words


def reply_words(reply: model.Reply | model.Right) -> str:
    """Return how long an operator has to answer a complaint: "15 working days"."""
    return time_words(answer_time(reply))


def sign_up_words(sign_up: model.SignUp) -> str:
    """Return how long opening takes: "10 minutes", "5 minutes or 2 days"."""
    spans = [(sign_up.minutes, "minute"), (sign_up.days, "day")]
    return any_of(count_words(number, unit) for number, unit in spans if number is not None)


def source_mark(key: str, source: model.Source) -> str:
    """Return a source in short: "source help-fees, 2026-05"."""
    form = N_("source {key}, {date}")
    form = N_("source {key}, {date}, second hand") if source.second_hand else form
    return _(form, key=key, date=date_words(source))


def _protection_words(fact: model.Protection) -> str:
    words = [_("yes")]
    if fact.kind == "none" and fact.lacks:
        words = [_("lacks {covers}", covers=clauses(_lack(word) for word in fact.lacks))]
    elif fact.kind == "none":
        words = [_("no cover")]
    if fact.scheme:
        words.append(catalog_text(fact.scheme))
    if fact.limit is not None:
        words.append(_(_UP_TO[fact.per], amount=money(fact.limit, fact.currency)))
    if fact.within_days is not None:
        time = count_words(fact.within_days, "day")
        words.append(_("reported within {time}", time=time))
    return clauses(words)


def _lack(kind: str) -> str:
    """Return a cover by its word, which is an English one, or by what it means."""
    return kind if language() == ENGLISH else _(vocabulary.PROTECTIONS[kind])


def _times_words(body: model.Escalation) -> list[str]:
    """Return within which days one turns to a body, and in which it answers, where known."""
    words = [_within(body.within_days)] if body.within_days else []
    if body.reply_days:
        words.append(_("answers in {time}", time=count_words(body.reply_days, "day")))
    return words


def ratings_words(rating: model.Rating) -> str:
    """Return how many rated: "1,200 ratings"; "" where that is not known."""
    return "" if rating.count is None else _("{count} ratings", count=f"{rating.count:,}")


def _within(days: int) -> str:
    return _("within {time}", time=count_words(days, "day"))


def _other_words(item: Item) -> str:
    fact = item.fact
    parts: list[str | None] = []
    if isinstance(fact, model.Reach):
        named = ", ".join(fact.in_)
        state = _(vocabulary.STATUSES[fact.state]) if fact.state else None
        parts = [catalog_text(fact.offers), fact.operator, state, named]
    elif isinstance(fact, model.Status):
        since = _("since {day}", day=fact.since) if fact.since else None
        parts = [_(vocabulary.STATUSES[fact.state]), since]
    elif isinstance(fact, model.Plan):
        parts = [fact.name]
    elif isinstance(fact, model.Licence):
        parts = [catalog_text(fact.as_), catalog_text(fact.authority or ""), fact.number]
    elif isinstance(fact, model.Languages):
        parts = [language_name(code) for code in fact.words]
    elif isinstance(fact, model.Complaint):
        within = [_within(fact.within_days)] if fact.within_days else []
        parts = [catalog_text(fact.how), *within, catalog_text(fact.hours or ""), fact.url]
    elif isinstance(fact, model.Reply):
        parts = [reply_words(fact)]
    elif isinstance(fact, model.Right | model.Escalation):
        times = figures_words(fact) if isinstance(fact, model.Right) else _times_words(fact)
        parts = [fact.number, fact.email, fact.url, *times]
    elif isinstance(fact, model.AgeLimit):
        parts = [years_of_age(fact.years)]
    elif isinstance(fact, model.SignUp):
        parts = [sign_up_words(fact)]
    elif isinstance(fact, model.Statement):
        parts = [catalog_text(fact.text)]
    elif isinstance(fact, model.Closing):
        parts = [*closing_words(fact)]
    elif isinstance(fact, model.Rating):
        parts = [_("{rating} of 5", rating=figure(fact.value)), ratings_words(fact)]
    elif isinstance(fact, model.Incident):
        kind = _(vocabulary.INCIDENTS[fact.kind])
        parts = [headed(kind, catalog_text(fact.what))]
    return clauses(filter(None, parts)) or _("named")


def from_age_words(fact: model.AgeLimit) -> str:
    """Return from which age one may join: "From the age of 13"."""
    return _("From the age of {age}", age=fact.years) if fact.years else _("No smallest age")


def time_words(time: Time, since: str = "") -> str:
    """Return a length of time: "15 working days", "6 months of the final answer".

    `since` is from when it is counted where the law does not say.
    """
    if time.months is not None:
        words = count_words(time.months, "month")
    elif time.hours is not None:
        words = count_words(time.hours, "hour")
    else:
        words = count_words(time.days or 0, "working day" if time.working else "day")
    if time.from_:
        return _("{time} (from: {start})", time=words, start=catalog_text(time.from_))
    return _("{time} of {start}", time=words, start=_(since)) if since else words


def about_words(about: Iterable[str]) -> str:
    """Return in brackets for which matters of complaint something holds; "" where for all."""
    named = [_(MATTERS[word]) for word in about]
    # In Chinese they have commas of their own.
    matters = any_of(named) if language() == ENGLISH else apart(named)
    return _(" (only if {matters})", matters=matters) if matters else ""


def cost_words(right: Right) -> list[str]:
    """Return what turning somewhere costs, if it is known."""
    if right.cost is None:
        return []
    if not right.cost:
        return [_("free of charge")]
    return [_("it costs {price}", price=money(right.cost, right.currency or ""))]


def figures_words(right: Right, quoted: bool = False) -> list[str]:
    """Return the figures of a right, each in words: "within 1 working day", "up to 50.00 EUR".

    `quoted` in a letter, the firm is "you", and not the customer.
    """
    words = []
    if right.years is not None:
        words.append(years_of_age(right.years))
    if right.scheme:
        words.append(catalog_text(right.scheme))
    if right.within:
        words.append(_("within {time}", time=time_words(right.within)))
    if right.at_most:
        words.append(_("at the latest within {time}", time=time_words(right.at_most)))
    if quoted:
        words += _report_within(right, quoted)
    if right.late_pays is not None:
        owed = money(right.late_pays, right.currency or "")
        words.append(_("after that {amount} for each day", amount=owed))
    if right.reaches_back:
        words.append(_("as far back as {time}", time=time_words(right.reaches_back)))
    currency = right.currency or ""
    if right.limit is not None:
        words.append(_("up to {amount}", amount=money(right.limit, currency)))
    words += _bears(right, quoted)
    if right.negligent_bears_at_most is not None:
        most = money(right.negligent_bears_at_most, currency)
        words.append(_("with gross negligence at most {amount}", amount=most))
    if right.excess_at_most is not None:
        form = N_("it may keep back up to {amount}")
        form = N_("you may keep back up to {amount}") if quoted else form
        words.append(_(form, amount=money(right.excess_at_most, currency)))
    if right.claim_within and not (quoted and right.right in _REPORTED):
        time = time_words(right.claim_within)
        if right.right == "complaint-reply":
            words.append(_("complain within {time}", time=time))
        elif right.right in _REPORTED:
            words += _report_within(right)
        else:
            words.append(_("turn there within {time}", time=time))
    if right.award_at_most is not None:
        most = money(right.award_at_most, currency)
        words.append(_("it may award up to {amount}", amount=most))
    return [*words, *cost_words(right)]


def _bears(right: Right, quoted: bool = False) -> list[str]:
    """Return what stays with the customer, if it is known."""
    if right.bears_at_most is None:
        return []
    form = N_("the customer bears nothing") if quoted else N_("you bear nothing")
    if right.bears_at_most:
        form = N_("you bear at most {amount}")
        form = N_("the customer bears at most {amount}") if quoted else form
    return [_(form, amount=money(right.bears_at_most, right.currency or ""))]


def _report_within(right: Right, quoted: bool = False) -> list[str]:
    """Return by when what happened has to be reported, where there is a time for that."""
    if not right.claim_within or right.right not in _REPORTED:
        return []
    form = N_("if it is reported within {time}") if quoted else N_("report it within {time}")
    return [_(form, time=time_words(right.claim_within))]


def right_words(right: Right, quoted: bool = False) -> str:
    """Return what a right gives: "a complaint must be answered in time: within 15 working days"."""
    words = _(RIGHTS[right.right])
    if right.body and right.right == "fraud-report":
        words = _("{name}: {value}", name=words, value=catalog_text(right.body))
    elif right.body:
        words = _("complaints are heard by {body}", body=catalog_text(right.body))
    if right.when:
        words = _("{words} (if {case})", words=words, case=catalog_text(right.when))
    words += about_words(right.about)
    figures = clauses(figures_words(right, quoted))
    return _("{right}: {figures}", right=words, figures=figures) if figures else words


def lawful_in_short(right: Right) -> str:
    """Return what a right gives with what it hangs on, where there is one line for several.

    "... are refunded (on conditions, report it within 3 days, you bear nothing)". A time to report
    that is long (half a year or more) is left out: nobody misses it for want of knowing.
    """
    hangs = right.when or (right.right in REFUNDS and right.note)
    conditions = [_("on conditions")] if hangs else []
    if right.claim_within and calendar_days(right.claim_within) < _LONG:
        conditions += _report_within(right)
    if right.right in REFUNDS and right.limit is not None:
        conditions.append(_("up to {amount}", amount=money(right.limit, right.currency or "")))
    words, more = _(RIGHTS[right.right]), clauses([*conditions, *_bears(right)])
    return _("{words} ({more})", words=words, more=more) if more else words


def cited_words(source: Source) -> str:
    """Return a source as a letter cites it: by its own title where one is known, and its address.

    Of what was read in a copy, neither the copy nor its address is named, nor in which language or
    how old the page was.
    """
    title = known_text(source.title)
    if source.second_hand:
        return _REMARK.sub("", _COPY.sub("", _COPY_FIRST.sub("(", title)))
    return _("{title}, {url}", title=_REMARK.sub("", title), url=source.url)
