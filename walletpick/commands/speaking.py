"""Which language is spoken, and the help of commands in it."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TextIO

import click

from walletpick.language import (
    DOMAIN,
    ENGLISH,
    LANGUAGES,
    LOCALE,
    N_,
    Language,
    _,
    language,
    spaced,
    speak,
    translation,
)

SETTING = "WALLETPICK_LANG"
# The settings of a system, the first that is there wins (POSIX, "Internationalization Variables").
_LOCALE = ("LC_ALL", "LC_MESSAGES", "LANG")
# Locales that have no language.
_PLAIN = ("c", "posix")
# What gettext reads besides, but under those locales.
_PREFERRED = "LANGUAGE"
_PLAIN_WINS = N_("In English, as {setting} is {value}; for Chinese: --lang zh.")
# Places and scripts of Chinese that is not simplified.
_TRADITIONAL = ("tw", "hk", "mo", "hant")
# What says something to people in the help of a command, an argument or an option.
HELP = (
    *("help", "short_help", "epilog", "deprecated"),
    *("metavar", "options_metavar", "subcommand_metavar"),
)

_ENGLISH_HELP: dict[tuple[int, str], str] = {}
# What _PREFERRED was before click was told a language by it.
_BEFORE_CLICK: list[str | None] = []


def choose_language(args: Sequence[str], settings: Mapping[str, str], quiet: bool) -> None:
    """Speak the language of --lang, else that of WALLETPICK_LANG, else that of the locale.

    It is chosen before anything is read, so that errors and help are in it too. A word that is no
    language here is left to the option, which refuses it; as a setting it is refused by
    `check_setting`. Unless `quiet`, it is said why a language is spoken that was not wished for.
    """
    _speak_in_click(ENGLISH)
    notes = []
    asked = _option(args) or settings.get(SETTING, "")
    wished = asked or next((settings[name] for name in _LOCALE if settings.get(name)), "")
    spoken = _language(wished) or ENGLISH
    if spoken != ENGLISH and not _is_writable(spoken, sys.stdout):
        spoken = ENGLISH
        notes.append("In English, as the encoding of this output has no Chinese letters.")
    speak(spoken)
    _speak_in_click(spoken)
    if spoken != ENGLISH and not asked and _is_traditional(wished):
        notes.append(_("Traditional Chinese is not there yet: this is simplified."))
    if not asked:
        notes += _plain_notes(settings)
    for note in () if quiet else notes:
        from walletpick.commands.output import tell

        tell(note)


def _plain_notes(settings: Mapping[str, str]) -> Iterator[str]:
    """Yield that a locale without a language wins over one of ours, in English and in that one."""
    setting = next((name for name in _LOCALE if settings.get(name)), "")
    value = settings.get(setting, "")
    if value.partition(".")[0].casefold() not in _PLAIN:
        return
    others = (settings.get(name, "").partition(":")[0] for name in (*_LOCALE, _PREFERRED))
    wished = next((code for code in map(_language, others) if code not in (None, ENGLISH)), None)
    if wished is None:
        return
    yield _PLAIN_WINS.format(setting=setting, value=value)
    if _is_writable(wished, sys.stderr):
        yield translation(_PLAIN_WINS, wished).format(setting=setting, value=value)


def _speak_in_click(code: Language) -> None:
    """Let click say its own words in a language: it asks gettext, and gettext the environment."""
    import gettext

    if code == ENGLISH:
        gettext.textdomain("messages")
        # It must not look to the next command of this process as if somebody had wished for it.
        if _BEFORE_CLICK:
            before = _BEFORE_CLICK.pop()
            os.environ.pop(_PREFERRED, None)
            os.environ.update({_PREFERRED: before} if before is not None else {})
        return
    _BEFORE_CLICK.append(os.environ.get(_PREFERRED))
    gettext.bindtextdomain(DOMAIN, str(LOCALE))
    gettext.textdomain(DOMAIN)
    os.environ[_PREFERRED] = code


def check_setting(settings: Mapping[str, str]) -> None:
    """Raises click.UsageError for a WALLETPICK_LANG that is no language here."""
    asked = settings.get(SETTING, "")
    if asked and not _language(asked):
        raise click.UsageError(
            _(
                '{setting} is "{asked}", expected one of: {languages}',
                setting=SETTING,
                asked=asked,
                languages=", ".join(LANGUAGES),
            )
        )


def lang_option() -> click.Option:
    """Return --lang, which has been read by `choose_language` already."""
    return click.Option(
        ["--lang"],
        type=click.Choice(LANGUAGES),
        expose_value=False,
        help=N_("Speak this language (or set WALLETPICK_LANG; else that of the system)."),
    )


def speak_help(command: click.Command) -> None:
    """Put the help of a command and its parameters into the language that is spoken."""
    if language() == ENGLISH and not _ENGLISH_HELP:
        return
    command.context_class = click.Context if language() == ENGLISH else _Context
    for each in (command, *command.params):
        for name in HELP:
            text = getattr(each, name, None)
            if isinstance(text, str):
                english = _ENGLISH_HELP.setdefault((id(each), name), text)
                setattr(each, name, _(english))
    # click makes --help once, in the language of then.
    if hasattr(command, "_help_option"):
        command._help_option = None


class Formatter(click.HelpFormatter):
    """Help in lines that end where Chinese may, measured in the cells of a terminal."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write a line of usage; one with a prefix stands below the first."""
        from walletpick.render.breaking import cells

        head = _("Usage:")
        super().write_usage(prog, args, head if prefix is None else " " * cells(head))

    def write_heading(self, heading: str) -> None:
        self.write(f"{'':>{self.current_indent}}{heading}：\n")

    def write_text(self, text: str) -> None:
        from walletpick.render.breaking import wrapped

        indent = " " * self.current_indent
        parts = []
        for part in text.split("\n\n"):
            first, _line_end, raw = part.partition("\n")
            if first.strip() == "\b":
                parts.append("\n".join(indent + line for line in raw.splitlines()))
            else:
                parts.append("\n".join(wrapped(part, self.width, indent, indent)))
        self.write("\n\n".join(parts) + "\n")

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2
    ) -> None:
        from walletpick.render.breaking import cells, wrapped

        rows = list(rows)
        wide = min(max((cells(term) for term, _says in rows), default=0), col_max) + col_spacing
        indent = " " * self.current_indent
        for term, says in rows:
            lines = wrapped(says, max(self.width - wide - self.current_indent, 10))
            beside = cells(term) <= wide - col_spacing
            head = f"{indent}{term}{' ' * (wide - cells(term)) if beside and lines else ''}"
            if beside and lines:
                head += lines.pop(0)
            self.write(f"{head}\n")
            for line in lines:
                self.write(f"{indent}{' ' * wide}{line}\n")


# What click says of what was typed, in words that it puts together.
_CLICKS_OWN = (
    click.BadParameter,
    click.NoSuchOption,
    click.BadOptionUsage,
    click.BadArgumentUsage,
)
_ASCII_QUOTED = re.compile(r" ?'([^' ]+)'")


@contextmanager
def quoting() -> Iterator[None]:
    """Let what click says be quoted and parted as in Chinese, where that is spoken."""
    try:
        yield
    except _CLICKS_OWN as error:
        if language() == ENGLISH:
            raise
        told = _ASCII_QUOTED.sub(r"“\1”", error.format_message()).replace("”,“", "”、“")
        told = told.replace("” /“", "”或“")
        told = f"{told[:-1]}。" if told.endswith(".") else told
        raise click.UsageError(spaced(told), error.ctx) from None


class _Context(click.Context):
    formatter_class = Formatter


def _option(args: Sequence[str]) -> str:
    """Return the language that --lang names, the last one; "" where it is not there."""
    named = ""
    for at, word in enumerate(args):
        if word == "--":
            break
        if word == "--lang" and at + 1 < len(args):
            named = args[at + 1]
        elif word.startswith("--lang="):
            named = word.removeprefix("--lang=")
    return named


def _language(wished: str) -> Language | None:
    """Return the language of a name such as zh, zh_CN.UTF-8 or zh-Hans; None if there is none."""
    name = wished.replace("-", "_").partition(".")[0].partition("_")[0].casefold()
    return next((code for code in LANGUAGES if code == name), None)


def _is_traditional(wished: str) -> bool:
    parts = wished.replace("-", "_").replace("@", "_").partition(".")[0].casefold().split("_")
    return any(part in _TRADITIONAL for part in parts)


def _is_writable(code: Language, stream: TextIO | None) -> bool:
    """Return whether a stream can hold the letters of a language."""
    try:
        {"zh": "中文"}.get(code, "").encode(stream.encoding if stream else "utf-8")
    except (UnicodeEncodeError, LookupError):
        return False
    return True
