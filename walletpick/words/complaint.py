"""A complaint in words: what it is about, and a letter for it. Pure.

The texts of each matter are data, in `complaints.en.toml` beside this module.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from msgspec import Struct, convert, structs

from walletpick.answers.complain import ANY_MATTER
from walletpick.answers.complain_steps import ComplaintChecklist, answers
from walletpick.facts.law import holds_for, source_of
from walletpick.facts.places import country_name
from walletpick.language import Language, language
from walletpick.words.facts import reply_words
from walletpick.words.law import quoted_words
from walletpick.words.texts import texts

# As wide as a letter is printed.
LETTER_WIDTH = 78

_HOLDERS = {"bank": "[YOUR BANK]", "card": "[THE BANK OR CARD COMPANY THAT PAID]"}
REASONABLE = "within a reasonable time"


class MatterWords(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The words of a matter.

    `ask` is what to ask for first. `have_ready` is by what to have at hand; `ways` gives a reason
    for the place of each channel. `happened` and `wants` are paragraphs of the letter.
    """

    title: str
    ask: str
    subject: str
    have_ready: dict[str, str]
    ways: dict[str, str]
    happened: tuple[str, ...]
    wants: tuple[str, ...]


def matter_words(about: str | None) -> MatterWords:
    """Return the words of a matter (one of `vocabulary.MATTERS`), or of any matter."""
    return _matter_words(about, language())


@cache
def _matter_words(about: str | None, _code: Language) -> MatterWords:
    words = texts("complaints", dict[str, Any])
    common, matter = words["common"], dict(words["matters"][about or ANY_MATTER])
    # What it does not say itself, it says as the matter that it is like.
    like = words["matters"][matter.pop("like")] if "like" in matter else {}
    have_ready = common | like.get("have_ready", {}) | matter.get("have_ready", {})
    ways = like.get("ways", {}) | matter.get("ways", {})
    matter["have_ready"] = have_ready
    matter["ways"] = {word: common.get(text, text) for word, text in ways.items()}
    return convert(matter, MatterWords)


def letter_text(checklist: ComplaintChecklist, width: int) -> str:
    """Return the letter as plain text, wrapped, to put into an editor."""
    from walletpick.render.breaking import wrapped
    from walletpick.render.safe import one_line

    parts = []
    for paragraph in letter(checklist):
        lines: list[str] = []
        for line in paragraph:
            lines += wrapped(one_line(line), width, whole=True)
        parts.append("\n".join(lines))
    return "\n\n".join(parts) + "\n"


def letter(checklist: ComplaintChecklist) -> tuple[tuple[str, ...], ...]:
    """Return the letter: paragraphs, each of lines. It claims nothing that the catalog does not."""
    account, words = checklist.account, matter_words(checklist.about)
    operator = account.operator or f"The operator of {account.wallet.name}"
    addresses = (each.channel.address for each in checklist.contacts if each.word == "email")
    mail = next(filter(None, addresses), None)
    by = f"By e-mail to {mail}" if mail else "By [E-MAIL, FORM OR POST, WITH THE ADDRESS]"
    to = (f"To: {operator}", by)
    if checklist.first:
        by = f", by e-mail to {mail}" if mail else ""
        to = (f"To: {_HOLDERS[checklist.first]}, [ADDRESS]", f"Copy to: {operator}{by}")
    reply = next(iter(answers(account, checklist.about)), None)
    if reply and not holds_for(reply, checklist.about):
        reply = None
    within = f"within {reply_words(reply)}" if reply else REASONABLE
    laws = account.catalog.laws
    lawful = [
        structs.replace(right, about=())
        for right in checklist.rights
        if not right.when and holds_for(right, checklist.about)
    ]
    licensed = account.market.licence is not None
    quoted = (quoted_words(right, source_of(laws, right), licensed) for right in lawful)
    return (
        ("[YOUR NAME]", "[YOUR ADDRESS]", "[YOUR PHONE NUMBER AND E-MAIL ADDRESS]"),
        to,
        ("[PLACE], [DATE OF THIS LETTER]",),
        (f"Complaint: {words.subject}",),
        (
            f"Account: {account.wallet.name}, {country_name(account.country)}, in the name of"
            " [NAME], registered with [PHONE NUMBER OR E-MAIL ADDRESS]",
            "Your reference: [REFERENCE NUMBER, IF ANY]",
        ),
        ("Dear Sir or Madam,",),
        *((line,) for line in (*words.happened, *words.wants, *quoted)),
        (
            f"Please answer me in writing {within}. If your answer does not settle the matter, or"
            f" none comes, {_then(checklist)}.",
        ),
        ("I enclose: [COPIES OF SCREENSHOTS, RECEIPTS, STATEMENTS, EARLIER MESSAGES].",),
        ("Yours faithfully,",),
        ("[YOUR NAME]",),
    )


def _then(checklist: ComplaintChecklist) -> str:
    """Return where its writer turns if that does not help."""
    bodies = dict.fromkeys(body.body or "" for body, _ in checklist.next_bodies)
    if checklist.about == "privacy":
        authority = "the authority in charge of personal data"
        known = f"{' or '.join(bodies)}, or to " if bodies else ""
        return f"I will turn to {known}{authority}"
    return f"I will turn to {' or '.join(bodies)}" if bodies else "I will look for help outside"
