"""The interview in numbered lines: for pipes, plain terminals and screen readers.

Questions go to standard error, so that standard output holds the result alone; replies are lines
of standard input.
"""

from __future__ import annotations

import sys

from walletpick.interview.common import Command, Value, terminal_size, wrapped
from walletpick.interview.questions import Ask, Unclear, default_words, matching, read, reply_words

_COMMANDS = {
    "b": Command.BACK,
    "back": Command.BACK,
    "q": Command.LEAVE,
    "quit": Command.LEAVE,
    "exit": Command.LEAVE,
}
# How often a pipe may answer a question with what is no answer.
_TRIES = 100
# The most characters of an answer.
_LONGEST = 1000
INTRODUCTION = (
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
            self.say(INTRODUCTION)
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
            plain = line.strip().casefold()
            if plain in _COMMANDS:
                if _COMMANDS[plain] is Command.BACK and not can_go_back:
                    self.say("This is the first question: there is nothing to go back to.")
                    continue
                self._write([""])
                return _COMMANDS[plain]
            if plain == "?" or (plain.endswith("?") and ask.long):
                self._help(ask, plain.rstrip("? "))
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
            names = ", ".join(labels[: 80 if ask.id == "country" else 40])
            more = " ..." if len(labels) > 80 else ""
            lines += wrapped(f"{names}{more}", _width(), "   ", "   ")
            lines += wrapped(
                "Type the name or the two-letter code of a country. Some letters and a question"
                " mark list those that begin so: Ken?",
                _width(),
                "   ",
                "   ",
            )
        else:
            lines += _options(ask, more=True)
        if ask.kind == "several":
            hint = "Type numbers with commas between them, such as 1, 3; 0 is none."
            lines += wrapped(hint, _width(), "   ", "   ")
        elif ask.kind == "amount":
            hint = (
                "Type what it comes to in a month; x and a number say how many times: 150 x 3, or"
                " 50 each x 3."
            )
            lines += wrapped(hint, _width(), "   ", "   ")
        elif ask.kind == "money":
            hint = "Type the most that you would pay for it in a year, such as 20; 0 is nothing."
            lines += wrapped(hint, _width(), "   ", "   ")
        lines += wrapped(INTRODUCTION, _width(), "   ", "   ")
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
            self.say(f"An answer is longer than {_LONGEST:,} characters.")
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
        text = f"{option.label} ({option.more})" if more and option.more else option.label
        lines += wrapped(text, _width(), lead, " " * len(lead))
    return lines


def _width() -> int:
    return min(terminal_size().columns, 88)
