"""What the law gives, in words. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable

from walletpick.facts.law import calendar_days
from walletpick.facts.model import Right, Source, Time
from walletpick.facts.vocabulary import MATTERS, RIGHTS
from walletpick.language import ENGLISH, N_, _, catalog_text, known_text, language
from walletpick.words.phrases import any_of, apart, clauses, count_words, money, years_of_age

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
