"""What the law gives, in words. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import structs

from walletpick.facts.model import Right, Source, Time
from walletpick.facts.vocabulary import MATTERS, RIGHTS
from walletpick.words.phrases import count_words, money

# Publishers whose pages are the law's or the firm's own word.
_OFFICIAL = ("law", "regulator", "operator")
# Rights whose `claim_within` is for reporting what happened; of the others it is for turning there.
_REPORTED = ("unauthorised-payment-refund", "scam-refund", "mistaken-payment-help")


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
        return f"{words} (from: {time.from_})"
    return f"{words} of {since}" if since else words


def about_words(about: Iterable[str]) -> str:
    """Return in brackets for which matters of complaint something holds; "" where for all."""
    matters = " or ".join(MATTERS[word] for word in about)
    return f" (only if {matters})" if matters else ""


def cost_words(right: Right) -> list[str]:
    """Return what turning somewhere costs, if it is known."""
    if right.cost is None:
        return []
    if not right.cost:
        return ["free of charge"]
    return [f"it costs {money(right.cost, right.currency or '')}"]


def figures_words(right: Right, who: str = "you bear") -> list[str]:
    """Return the figures of a right, each in words: "within 1 working day", "up to 50.00 EUR".

    `who` says who bears what is not refunded.
    """
    words = []
    if right.years is not None:
        words.append(count_words(right.years, "year"))
    if right.scheme:
        words.append(right.scheme)
    if right.within:
        words.append(f"within {time_words(right.within)}")
    if right.at_most:
        words.append(f"at the latest within {time_words(right.at_most)}")
    if right.reaches_back:
        words.append(f"as far back as {time_words(right.reaches_back)}")
    currency = right.currency or ""
    if right.limit is not None:
        words.append(f"up to {money(right.limit, currency)}")
    if right.bears_at_most == 0:
        words.append(f"{who} nothing")
    elif right.bears_at_most is not None:
        words.append(f"{who} at most {money(right.bears_at_most, currency)}")
    if right.negligent_bears_at_most is not None:
        most = money(right.negligent_bears_at_most, currency)
        words.append(f"with gross negligence at most {most}")
    if right.excess_at_most is not None:
        words.append(f"it may keep back up to {money(right.excess_at_most, currency)}")
    if right.claim_within:
        do = "report it" if right.right in _REPORTED else "turn there"
        if right.right == "complaint-reply":
            do = "complain"
        words.append(f"{do} within {time_words(right.claim_within)}")
    if right.award_at_most is not None:
        words.append(f"it may award up to {money(right.award_at_most, currency)}")
    return [*words, *cost_words(right)]


def quoted_words(right: Right, source: Source, licensed: bool) -> str:
    """Return a right as a letter quotes it, with the law by name, or the official page it is on.

    What a newspaper or another site tells of the law is no page to hold against a firm. Unless it
    is known to be `licensed` there, that is a condition.
    """
    words = right_words(structs.replace(right, claim_within=None), "the customer bears")
    official = source.publisher in _OFFICIAL
    cited = f"{source.title}, {source.url}" if official else right.law
    if_so = "" if licensed else ", if you are licensed there"
    return f"By law {words}{if_so}{f' ({cited})' if cited else ''}."


def right_words(right: Right, who: str = "you bear") -> str:
    """Return what a right gives: "a complaint must be answered in time: within 15 working days"."""
    words = RIGHTS[right.right]
    if right.body and right.right == "fraud-report":
        words += f": {right.body}"
    elif right.body:
        words = f"complaints are heard by {right.body}"
    if right.when:
        words += f" (if {right.when})"
    words += about_words(right.about)
    figures = ", ".join(figures_words(right, who))
    return f"{words}: {figures}" if figures else words
