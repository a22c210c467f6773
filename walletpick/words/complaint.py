"""A complaint in words: what it is about, and a letter for it. Pure.

Texts that are data stand in NAME.LANGUAGE.toml beside this module: those of each matter in
`complaints`, those of checklists in `checklist`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar, cast

import msgspec
from msgspec import Struct, convert, structs

from walletpick.answers.checklist import Account
from walletpick.answers.complain import ANY_MATTER
from walletpick.answers.complain_steps import ComplaintChecklist, answers, fraud_offices
from walletpick.facts.law import answer_time, holds_for, source_of
from walletpick.facts.model import Right, Source
from walletpick.facts.names import wallet_name
from walletpick.facts.places import languages_of
from walletpick.language import ENGLISH, Language, _, catalog_text, known_text, language
from walletpick.words.common import wallet_of
from walletpick.words.facts import REFUNDS, cited_words, cover_words, reply_words, right_words
from walletpick.words.phrases import any_of

# As wide as a letter is printed.
LETTER_WIDTH = 78

# Publishers whose pages are the law's or the firm's own word.
_OFFICIAL = ("law", "regulator", "operator")
# Where people write Chinese.
_SPEAK_CHINESE = ("CN", "HK", "MO", "SG", "TW")
T = TypeVar("T")


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


class _Letter(Struct, frozen=True):
    """The words that letters of all matters share: the frame, and what fills its places."""

    frame: tuple[tuple[str, ...], ...]
    words: dict[str, str]

    def say(self, name: str, **places: object) -> str:
        """Return the words of a name with their places filled."""
        # It is in the language that is spoken already, and is only filled.
        text = self.words[name]
        return _(text, **places)


def _letter() -> _Letter:
    words = dict(texts("complaints", dict[str, Any])["letter"])
    return convert({"frame": words.pop("frame"), "words": words}, _Letter)


def reads_language(checklist: ComplaintChecklist) -> bool:
    """Return whether those whom the letter goes to are likely to read the language it is in.

    English is read in most places; Chinese where it is spoken, or support is known to answer in it.
    """
    account, code = checklist.account, language()
    if code == ENGLISH or account.country in _SPEAK_CHINESE:
        return True
    languages = account.market.support.languages
    return not checklist.first and languages is not None and code in languages.words


def read_there(account: Account) -> tuple[str, ...]:
    """Return the languages that are read in a market, where the letter's is none of them.

    () where one is, where support is known to answer in that, or where nothing is known of it.
    """
    support = account.market.support.languages
    spoken, own = language(), languages_of(account.country)
    if spoken in own or spoken in (support.words if support else ()):
        return ()
    return own


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
    account, words, shared = checklist.account, matter_words(checklist.about), _letter()
    laws, licensed = account.catalog.laws, bool(account.market.licence or checklist.first)
    lawful = [
        structs.replace(right, about=())
        for right in checklist.rights
        if not right.when and holds_for(right, checklist.about)
    ]
    asked = (
        shared.say("credit-meanwhile") for right in lawful if right.right == "provisional-credit"
    )
    promised = _promised(checklist, shared)
    quoted = (_quoted(shared, right, source_of(laws, right), licensed) for right in lawful)
    reply = next(iter(answers(account, checklist.about, checklist.first)), None)
    # What counts from another day than that of the letter is no time to set in it.
    if reply and (not holds_for(reply, checklist.about) or answer_time(reply).from_):
        reply = None
    to, by = _addressed(checklist, shared)
    # Where the office only helps, the report with a number is that of the police.
    offices = (catalog_text(each.body or "") for each in fraud_offices(account) if each.hears)
    office = next(filter(None, offices), shared.say("police"))
    places = {
        "to": to,
        "by": by,
        "subject": words.subject,
        "wallet": wallet_name(account.wallet),
        "market": wallet_of(account.wallet, account.country),
        "within": shared.say("within", reply=reply_words(reply))
        if reply
        else shared.say("reasonable"),
        "then": _then(checklist, shared),
    }
    paragraphs: list[tuple[str, ...]] = []
    for lines in shared.frame:
        if lines == ("{told}",):
            happened = (_(line, office=office) for line in words.happened)
            told = (*happened, *words.wants, *asked, *promised, *quoted)
            paragraphs += ((line,) for line in told)
        else:
            paragraphs.append(tuple(_(line, **places) for line in lines))
    return tuple(paragraphs)


def _addressed(checklist: ComplaintChecklist, shared: _Letter) -> tuple[str, str]:
    """Return to whom it goes, and by what; or to whom first, and who gets a copy."""
    account = checklist.account
    operator = _called(account.operator or "")
    operator = operator or shared.say("operator-of", wallet=wallet_name(account.wallet))
    addresses = (each.channel.address for each in checklist.contacts if each.word == "email")
    mail = next(filter(None, addresses), None)
    if checklist.first:
        copy = "copy-by-mail" if mail else "copy-to"
        to = shared.say(f"to-{checklist.first}")
        return to, shared.say(copy, operator=operator, mail=mail)
    by = shared.say("by-mail", mail=mail) if mail else shared.say("by")
    return shared.say("to", operator=operator), by


def _called(operator: str) -> str:
    """Return what an operator is called, without what is remarked of it: "e& (formerly ...)"."""
    remarked = re.search(r" \([a-z][^()]*\)$", operator)
    words = known_text(operator)
    return re.sub(r" ?[(（][^()（）]*[)）]$", "", words) if remarked else words


def _quoted(shared: _Letter, right: Right, source: Source, licensed: bool) -> str:
    """Return a right as a letter quotes it, with the law by name, or the official page it is on.

    What a newspaper or another site tells of the law is no page to hold against a firm. Unless it
    is known to be `licensed` there, that is a condition, as is what its note adds.
    """
    # By when to turn somewhere is for its writer to know; by when to report it, a condition.
    kept = right if right.right in REFUNDS else structs.replace(right, claim_within=None)
    words = right_words(kept, quoted=True)
    official = source.publisher in _OFFICIAL
    cited = cited_words(source) if official else right.law and catalog_text(right.law)
    says = "quoted" if licensed else "quoted-if-licensed"
    lead = shared.say("by-law-if" if right.note else "by-law")
    return shared.say(f"{says}-from" if cited else says, lead=lead, right=words, cited=cited)


def _promised(checklist: ComplaintChecklist, shared: _Letter) -> Iterator[str]:
    """Yield what the operator itself promises in such a matter, if the letter goes to it.

    What others tell of it is no page to hold against it.
    """
    account = checklist.account
    asked = () if checklist.first or not checklist.about else checklist.matter.covers
    for cover in account.market.protection:
        # What holds in some case only, a letter claims as little as a law that does.
        if cover.kind not in asked or cover.when or cover.given or cover.plan:
            continue
        source = account.wallet.source(cover.source)
        lead = shared.say("promise-if" if cover.note else "promise")
        words = cover_words(cover)
        if source.publisher in _OFFICIAL:
            yield shared.say("promised-from", lead=lead, cover=words, cited=cited_words(source))
        else:
            yield shared.say("promised", lead=lead[0].lower() + lead[1:], cover=words)


def _then(checklist: ComplaintChecklist, shared: _Letter) -> str:
    """Return where its writer turns if that does not help."""
    named = (catalog_text(body.body or "") for body, _item in checklist.next_bodies)
    bodies = any_of(dict.fromkeys(named))
    if checklist.about == "privacy":
        return shared.say("then-bodies-or-privacy" if bodies else "then-privacy", bodies=bodies)
    return shared.say("then-bodies" if bodies else "then-outside", bodies=bodies)


def texts(name: str, kind: type[T]) -> T:
    """Return what NAME.LANGUAGE.toml holds, in the language that is spoken."""
    held: T = _held(name, cast("Any", kind), language())
    return held


@cache
def _held(name: str, kind: Any, code: Language) -> Any:
    file = files(__package__).joinpath(f"{name}.{code}.toml")
    return msgspec.toml.decode(file.read_bytes(), type=kind)
