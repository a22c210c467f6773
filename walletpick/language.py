"""The language that is spoken: sentences stand in English in the code, and gettext has the others.

`_` says a sentence with its {places} filled, `ngettext` one that goes with a number, `pgettext` a
word that means more than one thing in English; `N_` marks what is said later, by `_`. What the
catalog of wallets holds in English is said by `catalog_text`. Translators find all of it in
`locale/` and in the catalog's `texts.yaml` (see CONTRIBUTING.md).

The language is chosen once, when the program starts, before anything is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from gettext import NullTranslations

Language = Literal["en", "zh"]

LANGUAGES: tuple[Language, ...] = ("en", "zh")
ENGLISH: Language = "en"
# Where the gettext catalogs are, and how they are called.
LOCALE = Path(__file__).with_name("locale")
DOMAIN = "walletpick"

_HAN = r"[\u2e80-\u2fd5\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]"
_FULL = r"[，。：；！？、（）《》「」]"
# Where a space is too many, and where one is lacking.
_TOO_MANY = re.compile(rf"(?<={_HAN}) +(?={_HAN})|(?<={_FULL}) +(?=\S)|(?<=\S) +(?={_FULL})")
_LACKING = re.compile(rf"(?<={_HAN})(?=[A-Za-z0-9])|(?<=[A-Za-z0-9%])(?={_HAN})")
# What stands in no text: it parts a message from what is filled in.
_MARK = "\uffff"


class _Spoken:
    """What is spoken now: the only thing here that changes."""

    language: Language = ENGLISH
    translations: NullTranslations | None = None
    # English text of the catalog of wallets -> in the language that is spoken.
    catalog: Mapping[str, str] = {}


def language() -> Language:
    """Return the language that is spoken."""
    return _Spoken.language


def speak(code: Language) -> None:
    """Speak a language from here on."""
    _Spoken.language = code
    _Spoken.catalog = {}
    _Spoken.translations = None
    if code != ENGLISH:
        import gettext

        _Spoken.translations = gettext.translation(DOMAIN, str(LOCALE), [code])


def speak_of(*texts: Mapping[str, Mapping[str, str]]) -> None:
    """Take the texts of a catalog of wallets: language -> English text -> text.

    Of several catalogs, the last that has a text says it.
    """
    _Spoken.catalog = {
        english: told
        for of_catalog in texts
        for english, told in of_catalog.get(_Spoken.language, {}).items()
    }


def _(message: str, /, **places: object) -> str:
    """Return a sentence in the language that is spoken, its {places} filled.

    Without places the sentence stands as it is, with what looks like one.
    """
    if _Spoken.translations is None:
        return message.format(**places) if places else message
    # To gettext the empty text is what a file says of itself.
    told = _Spoken.translations.gettext(message) if message else ""
    return _filled(told, places)


def ngettext(one: str, many: str, count: int, /, **places: object) -> str:
    """Return a sentence by a number, which is the place {count} unless another is given."""
    places = {"count": f"{count:,}", **places}
    if _Spoken.translations is None:
        return (one if count == 1 else many).format(**places)
    return _filled(_Spoken.translations.ngettext(one, many, count), places)


def pgettext(context: str, message: str, /, **places: object) -> str:
    """Return what `_` does, of a message that means this in this context."""
    if _Spoken.translations is None:
        return message.format(**places) if places else message
    told = _Spoken.translations.pgettext(context, message)
    return _filled(told, places)


def translation(message: str, code: Language) -> str:
    """Return a message in a language, which need not be the one that is spoken."""
    import gettext

    return gettext.translation(DOMAIN, str(LOCALE), [code], fallback=True).gettext(message)


class Said(Exception):
    """An error that is a sentence, given as `_` takes it."""

    # What a command ends with that it stops.
    exit_code = 2

    def __init__(self, message: str, /, **places: object) -> None:
        super().__init__(_(message, **places))


def N_(message: str) -> str:
    """Mark a message that is said later; return it as it is."""
    return message


def catalog_text(text: str) -> str:
    """Return a text of the catalog of wallets in the language that is spoken.

    What is not translated is shown as it is, marked as English where another is spoken.
    """
    if _Spoken.language == ENGLISH or not any(char.isascii() and char.isalpha() for char in text):
        return text
    return _Spoken.catalog.get(text) or _("{text} (in English)", text=text)


def known_text(text: str) -> str:
    """Return what may be a text of the catalog, in the language that is spoken, or one's own words.

    What is not translated is shown as it is.
    """
    return _Spoken.catalog.get(text, text)


class _Marked:
    """What stands in a place, with a mark where it begins and where it ends."""

    def __init__(self, value: object) -> None:
        self.value = value

    def __format__(self, spec: str) -> str:
        return f"{_MARK}{self.value:{spec}}{_MARK}"

    def __repr__(self) -> str:
        return f"{_MARK}{self.value!r}{_MARK}"


def _filled(text: str, places: Mapping[str, object]) -> str:
    """Return Chinese with its places filled, and with its spaces by the one rule.

    What stands in a place keeps its own: it may be a path, or a command to be copied.
    """
    if not places:
        return spaced(text)
    marked = {name: _Marked(value) for name, value in places.items()}
    parts = text.format(**marked).split(_MARK)
    made = ""
    for at, part in enumerate(parts):
        if at % 2:
            made += part
            continue
        # A value that is empty parts nothing.
        before = made[-1:].strip()
        after = "".join(parts[at + 1 : at + 2])[:1].strip()
        told = spaced(before + part + after)
        made += told[len(before) : len(told) - len(after)]
    return made


def percent_words(figure: object, most: object = None) -> str:
    """Return a percentage as it is written, or from which to which: "1.5 %", "1 to 2 %".

    In Chinese "1.5%", "1% 至 2%": without a space, as CLDR has it, and with the sign at both ends.
    """
    if _Spoken.language == ENGLISH:
        low, high = f"{figure}", f"{most} %"
        alone = f"{figure} %"
    else:
        low, high = f"{figure}%", f"{most}%"
        alone = low
    return alone if most is None else _("{low} to {high}", low=low, high=high)


def with_brackets(words: str, more: str | None) -> str:
    """Return words with more behind them in brackets, if there is more: "Wise (Kenya)"."""
    return _("{words} ({more})", words=words, more=more) if more else words


def headed(name: str, value: object) -> str:
    """Return what is said under a name: "pay bills: free"; alone where it has no name."""
    return _("{name}: {value}", name=name, value=value) if name else f"{value}"


def one_text(sentences: Iterable[str]) -> str:
    """Return whole sentences as one text, with what the language puts between them."""
    return (" " if _Spoken.language == ENGLISH else "").join(sentences)


def spaced(text: str) -> str:
    """Return Chinese with its spaces by one rule, wherever its words come from.

    One between Chinese and Latin letters or figures, none between Chinese and Chinese, none beside
    full-width punctuation.
    """
    return _LACKING.sub(" ", _TOO_MANY.sub("", text))
