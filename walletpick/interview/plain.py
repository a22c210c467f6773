"""The interview in numbered lines: for pipes, plain terminals and screen readers.

Questions go to standard error, so that standard output holds the result alone; replies are lines
of standard input.
"""

from __future__ import annotations

import sys

from walletpick.interview.common import COMMAND_WORDS, Command, Value, terminal_size, wrapped
from walletpick.interview.questions import (
    Ask,
    Unclear,
    default_words,
    half_width,
    in_a_row,
    matching,
    read,
    reply_words,
)
from walletpick.language import N_, _

_COMMANDS = {"b": Command.BACK, "q": Command.LEAVE, **COMMAND_WORDS}
# How often a pipe may answer a question with what is no answer.
_TRIES = 100
# The most characters of an answer.
_LONGEST = 1000
INTRODUCTION = N_(
    "Enter takes the answer in brackets. b goes back, ? helps, q shows the answer so far."
)


class Plain:
    """Asks in lines. What is read from a pipe is repeated, so that the whole can be read later."""

    def __init__(self) -> None:
        self.from_pipe = not sys.stdin.isatty()
        self.introduced = False

    def say(self, text: str) -> None:
        """Tell something in a paragraph of its own."""
        self._write([*wrapped(text, _width()), ""])

    def ask(self, ask: Ask, number: int, can_go_back: bool) -> Value | Command:
        """Ask until a line can be taken as a reply or a command."""
        if not self.introduced:
            self.introduced = True
            self.say(_(INTRODUCTION))
        if ask.before:
            self.say(ask.before)
        lead = f"{number}. " if number else ""
        self._write(wrapped(ask.text, _width(), lead, " " * len(lead)))
        if ask.help:
            self._write(wrapped(ask.help, _width(), "   ", "   "))
        if not ask.long:
            self._write(_options(ask))
        tries = 0
        while True:
            tries += 1
            line = self._line(default_words(ask))
            # What comes from a pipe may go on for ever, and never be an answer.
            if line is None or (self.from_pipe and tries > _TRIES):
                return Command.ENDED
            plain = half_width(line.strip().casefold())
            if plain in _COMMANDS:
                if _COMMANDS[plain] is Command.BACK and not can_go_back:
                    self.say(_("This is the first question: there is nothing to go back to."))
                    continue
                self._write([""])
                return _COMMANDS[plain]
            if plain in ("?", "帮助") or (plain.endswith("?") and ask.long):
                self._help(ask, plain.rstrip("? ") if plain != "帮助" else "")
                continue
            try:
                value = read(ask, line)
            except Unclear as error:
                self._write(wrapped(str(error), _width(), "   ", "   "))
                continue
            if ask.kind != "one" or ask.long:
                self._write(wrapped(f"= {reply_words(ask, value)}", _width(), "   ", "     "))
            self._write([""])
            return value

    def _help(self, ask: Ask, start: str) -> None:
        lines = []
        if ask.long:
            labels = [option.label for option in matching(ask, start)]
            names = in_a_row(labels[: 80 if ask.id == "country" else 40])
            more = " ..." if len(labels) > 80 else ""
            lines += wrapped(f"{names}{more}", _width(), "   ", "   ")
            lines += wrapped(
                _(
                    "Type the name or the two-letter code of a country. Some letters and a question"
                    " mark list those that begin so: Ken?"
                ),
                _width(),
                "   ",
                "   ",
            )
        else:
            lines += _options(ask, more=True)
        if ask.kind == "several":
            hint = _("Type numbers with commas between them, such as 1, 3; 0 is none.")
            lines += wrapped(hint, _width(), "   ", "   ")
        elif ask.kind == "amount":
            hint = _(
                "Type what it comes to in a month; x and a number say how many times: 150 x 3, or"
                " 50 each x 3."
            )
            lines += wrapped(hint, _width(), "   ", "   ")
        elif ask.kind == "money":
            hint = _("Type the most that you would pay for it in a year, such as 20; 0 is nothing.")
            lines += wrapped(hint, _width(), "   ", "   ")
        lines += wrapped(_(INTRODUCTION), _width(), "   ", "   ")
        self._write(lines)

    def _line(self, default: str) -> str | None:
        """Return the next line, or None at the end of the input."""
        prompt = f"[{default}] >" if default else ">"
        self._write(wrapped(prompt, _width(), "   ", "   "), end=" ")
        try:
            line = sys.stdin.readline(_LONGEST + 1)
        except UnicodeDecodeError:
            line = "?\n"
        except OSError:
            # The terminal is gone.
            return None
        if not line:
            self._write([""])
            return None
        if len(line) > _LONGEST:
            # It may have no end.
            self.say(_("An answer is longer than {most} characters.", most=f"{_LONGEST:,}"))
            return None
        if self.from_pipe:
            self._write(wrapped(line.strip() or "", 10_000))
        elif not line.endswith("\n"):
            self._write([""])
        return line

    def _write(self, lines: list[str], end: str = "\n") -> None:
        if not lines:
            return
        sys.stderr.write("\n".join(line.rstrip() for line in lines) + end)
        sys.stderr.flush()


def _options(ask: Ask, more: bool = False) -> list[str]:
    lines = []
    for number, option in enumerate(ask.options, 1):
        lead = f"   {number:>2}. "
        text = option.label
        if more and option.more:
            text = _("{words} ({more})", words=text, more=option.more)
        lines += wrapped(text, _width(), lead, " " * len(lead))
    return lines


def _width() -> int:
    return min(terminal_size().columns, 88)
