"""The interview in numbered lines: for pipes, plain terminals and screen readers.

Questions go to standard error, so that standard output holds the result alone; replies are lines
of standard input.
"""

from __future__ import annotations

import sys
from itertools import count

from walletpick.interview.common import (
    COMMAND_WORDS,
    Command,
    Front,
    Value,
    numbered,
    wrapped,
    write,
)
from walletpick.interview.questions import (
    Ask,
    Unclear,
    default_words,
    example,
    half_width,
    matching,
    read,
    reply_words,
)
from walletpick.language import N_, _, with_brackets
from walletpick.words.phrases import in_a_row

_COMMANDS = {"b": Command.BACK, "q": Command.LEAVE, **COMMAND_WORDS}
# How often a pipe may answer a question with what is no answer.
_TRIES = 100
# The most characters of an answer.
_LONGEST = 1000
_IN = "   "
INTRODUCTION = N_(
    "Enter takes the answer in brackets. b goes back, ? helps, q shows the answer so far."
)

_LONG_HINT = N_(
    "Type the name or the two-letter code of a country. Some letters and a question mark list those"
    " that begin so: Ken?"
)
_HINTS = {
    "several": N_("Type numbers with commas between them, such as 1, 3; 0 is none."),
    "amount": N_(
        "Type what all of it comes to in a month; x and a number say in how many payments: {amount}"
        " x 3 is {amount} in all, in 3 payments; {amount} each x 3 is that three times."
    ),
    "money": N_(
        "Type the most that you would pay for it in a year, such as {amount}; 0 is nothing."
    ),
}


class Plain(Front):
    """Asks in lines. What is read from a pipe is repeated, so that the whole can be read later."""

    def __init__(self) -> None:
        self.from_pipe = not sys.stdin.isatty()
        self.introduced = False

    def ask(self, ask: Ask, number: int, can_go_back: bool) -> Value | Command:
        """Ask until a line can be taken as a reply or a command."""
        if not self.introduced:
            self.introduced = True
            self.say(_(INTRODUCTION))
        if ask.before:
            self.say(ask.before)
        write(numbered(ask.text, number))
        if ask.help:
            write(wrapped(ask.help, _IN))
        if not ask.long:
            write(_options(ask))
        for tries in count(1):
            line = self._line(default_words(ask))
            # What comes from a pipe may go on for ever, and never be an answer.
            if line is None or (self.from_pipe and tries > _TRIES):
                break
            got = self._taken(ask, line, can_go_back)
            if got is not None:
                return got
        return Command.ENDED

    def _taken(self, ask: Ask, line: str, can_go_back: bool) -> Value | Command | None:
        """Return the reply or command that a line is; None for one that has been seen to."""
        plain = half_width(line.strip().casefold())
        if plain in _COMMANDS:
            if _COMMANDS[plain] is Command.BACK and not can_go_back:
                self.say(_("This is the first question: there is nothing to go back to."))
                return None
            write([""])
            return _COMMANDS[plain]
        if plain in ("?", "帮助") or (plain.endswith("?") and ask.long):
            self._help(ask, plain.rstrip("? ") if plain != "帮助" else "")
            return None
        try:
            value = read(ask, line)
        except Unclear as error:
            write(wrapped(str(error), _IN))
            return None
        if ask.kind != "one" or ask.long:
            write(wrapped(f"= {reply_words(ask, value)}", _IN, _IN + "  "))
        write([""])
        return value

    def _help(self, ask: Ask, start: str) -> None:
        lines = []
        hints = []
        if ask.long:
            labels = [option.label for option in matching(ask, start)]
            names = in_a_row(labels[: 80 if ask.id == "country" else 40])
            hints = [f"{names} ..." if len(labels) > 80 else names, _(_LONG_HINT)]
        else:
            lines = _options(ask, more=True)
        if ask.kind in _HINTS:
            hints.append(_(_HINTS[ask.kind], amount=example(ask)))
        for hint in (*hints, _(INTRODUCTION)):
            lines += wrapped(hint, _IN)
        write(lines)

    def _line(self, default: str) -> str | None:
        """Return the next line, or None at the end of the input."""
        prompt = f"[{default}] >" if default else ">"
        write(wrapped(prompt, _IN), end=" ")
        try:
            line = sys.stdin.readline(_LONGEST + 1)
        except UnicodeDecodeError:
            line = "?\n"
        except OSError:
            # The terminal is gone.
            return None
        if not line:
            write([""])
            return None
        if len(line) > _LONGEST:
            # It may have no end.
            self.say(_("An answer is longer than {most} characters.", most=f"{_LONGEST:,}"))
            return None
        if self.from_pipe:
            write(wrapped(line.strip(), width=10_000))
        elif not line.endswith("\n"):
            write([""])
        return line


def _options(ask: Ask, more: bool = False) -> list[str]:
    lines = []
    for number, option in enumerate(ask.options, 1):
        text = option.label
        if more and option.more:
            text = with_brackets(text, option.more)
        lines += wrapped(text, f"   {number:>2}. ")
    return lines
