"""The interview with arrow keys, on prompt_toolkit, which is loaded here alone.

Every question is drawn anew for the window's size at each key, so a resized window is no trouble.
Only ASCII marks are drawn. Nothing is asked of the terminal (no cursor position requests), so that
nothing is waited for on a terminal that does not answer.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence

from prompt_toolkit.application import Application
from prompt_toolkit.data_structures import Size
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys as Key
from prompt_toolkit.layout import FormattedTextControl, Layout, Window
from prompt_toolkit.output import ColorDepth
from prompt_toolkit.output.vt100 import Vt100_Output
from prompt_toolkit.styles import Style

from walletpick.interview.common import (
    COMMAND_WORDS,
    Command,
    Front,
    Value,
    numbered,
    terminal_size,
    wrapped,
    write,
)
from walletpick.interview.questions import (
    Ask,
    Option,
    Unclear,
    answered,
    checked,
    default_words,
    half_width,
    matching,
    read,
    reply_words,
    title,
)
from walletpick.language import _
from walletpick.render.terminal import wants_colour

_STYLE = Style.from_dict(
    {"question": "bold", "here": "ansicyan bold", "wrong": "ansired", "help": "", "keys": ""}
)
_Action = Callable[[KeyPressEvent], None]
# The list gets at least so many lines, however small the window is.
_LEAST_LINES = 3


class Keys(Front):
    """Asks with arrow keys; what was answered stays on the screen in one line."""

    def ask(self, ask: Ask, number: int, can_go_back: bool) -> Value | Command:
        """Ask until there is a reply that can be taken, or a command."""
        if ask.before:
            self.say(ask.before)
        got = _Screen(ask, number, can_go_back).run()
        if not isinstance(got, Command):
            write(numbered(answered(title(ask), reply_words(ask, got)), number))
        return got


class _Screen:
    """One question on the screen: what is typed, where the pointer is, what is ticked."""

    def __init__(self, ask: Ask, number: int, can_go_back: bool) -> None:
        self.ask = ask
        self.number = number
        self.can_go_back = can_go_back
        self.types = ask.long or ask.kind in ("amount", "money", "text")
        self.typed = ""
        self.wrong = ""
        self.more = False
        default = ask.default or ()
        self.ticked = set(default) if ask.kind == "several" else set()
        keys = [option.key for option in ask.options]
        usual = ask.kind == "one" and default and default[0] in keys
        self.at = self.start = keys.index(default[0]) if usual else 0

    def run(self) -> Value | Command:
        """Show the question and return what the person says."""
        output = _output()
        application: Application[Value | Command] = Application(
            layout=Layout(
                Window(
                    FormattedTextControl(self.draw, focusable=True, show_cursor=self.types),
                    dont_extend_height=True,
                    always_hide_cursor=not self.types,
                )
            ),
            key_bindings=self.bindings(),
            style=_STYLE,
            output=output,
            erase_when_done=True,
            full_screen=False,
        )
        # How long after Escape a key of several characters may still come.
        application.ttimeoutlen = 0.1
        application.timeoutlen = 0.2
        try:
            return application.run(handle_sigint=False)
        except (EOFError, OSError):
            # The terminal is gone.
            return Command.ENDED

    # Drawing.

    @property
    def shown(self) -> tuple[Option, ...]:
        """The options that fit what is typed; of a long list without a usual one none before."""
        if not self.ask.long:
            return self.ask.options
        if not self.typed.strip() and self.ask.default is None:
            return ()
        return matching(self.ask, self.typed)

    def draw(self) -> StyleAndTextTuples:
        """Return the question as it stands, no higher than the window."""
        height = terminal_size().lines
        head = numbered(self.ask.text, self.number)
        pieces = [_piece("question", head)]
        used = len(head)
        keys = wrapped(self.hint(), "  ")
        # To see what is to be weighed up is worth more than a word beside it.
        sides = self.height() if self.ask.kind == "one" and not self.ask.long else 0
        fits = self.more or used + len(wrapped(self.ask.help)) + sides + len(keys) < height
        notes = [self.ask.help] if self.ask.help and fits else []
        if self.more and self.shown and self.shown[self.at].more:
            here = self.shown[self.at]
            notes.append(_("{label}: {more}.", label=here.label, more=here.more))
        for note in notes:
            lines = wrapped(note, "  ")
            pieces.append(_piece("help", lines))
            used += len(lines)
        if self.wrong:
            lines = wrapped(self.wrong, "  ")
            room = max(2, height - used - _LEAST_LINES - 4)
            if len(lines) > room:
                lines = [*lines[: room - 1], "  ..."]
            pieces.append(_piece("wrong", lines))
            used += len(lines)
        if self.types:
            usual = default_words(self.ask)
            offered = usual and not self.typed and not self.ask.options
            wish = _("(Enter: {usual}) ", usual=usual) if offered else ""
            pieces += [("", f"  {wish}> {self.typed}"), ("[SetCursorPosition]", ""), ("", "\n")]
            used += 1
        if self.ask.options and (self.shown or self.typed.strip()):
            pieces += self.options(max(_LEAST_LINES, height - used - len(keys) - 1))
        return [*pieces, ("class:keys", "\n".join(keys))]

    def height(self) -> int:
        """Return how many lines all the options take."""
        return sum(len(wrapped(option.label, "> ")) for option in self.shown)

    def options(self, room: int) -> list[tuple[str, str]]:
        """Return as many options as there is room for, around the pointer."""
        shown = self.shown
        if not shown:
            return [("", "  " + _("(nothing by that name)") + "\n")]
        self.at = min(self.at, len(shown) - 1)
        blocks = []
        for number, option in enumerate(shown):
            mark = ">" if number == self.at else " "
            if self.ask.kind == "several":
                mark += f" [{'x' if option.key in self.ticked else ' '}]"
            blocks.append(wrapped(option.label, f"{mark} "))
        heights = [len(block) for block in blocks]
        seen = _around(heights, self.at, min(room, 14) if self.ask.long else room)
        pieces = [_piece("here" if n == self.at else "", blocks[n]) for n in seen]
        if len(blocks) > len(seen):
            where = _("({at} of {count})", at=self.at + 1, count=len(blocks))
            pieces.append(_piece("help", [f"  {where}"]))
        return pieces

    def hint(self) -> str:
        """Return in a line which keys do what."""
        keys = []
        if self.shown:
            keys.append(_("up and down move"))
        if self.ask.long:
            keys.append(_("type to search"))
        if self.ask.kind == "several":
            keys.append(_("space ticks"))
        keys.append(_("Enter goes on"))
        if self.can_go_back:
            keys.append(_("Esc goes back"))
        # What has no number comes after the answer, or before the first question.
        end = _("Ctrl-D shows the answer so far") if self.number else _("Ctrl-D leaves")
        return _(", ").join([*keys, end])

    # Keys.

    def bindings(self) -> KeyBindings:
        """Return what each key does."""
        bind = KeyBindings()
        actions: dict[str, _Action] = {
            "up c-p s-tab": lambda _: self.move(-1),
            "down c-n tab": lambda _: self.move(1),
            "pageup": lambda _: self.move(-10),
            "pagedown": lambda _: self.move(10),
            "home": lambda _: self.move(-10_000),
            "end": lambda _: self.move(10_000),
            "enter": self.enter,
            "escape c-b": self.back,
            "c-d": lambda event: event.app.exit(result=Command.LEAVE),
            "c-c": lambda event: event.app.exit(exception=KeyboardInterrupt),
            "backspace": lambda _: self.type_over(self.typed[:-1]),
            "c-u": lambda _: self.type_over(""),
            "c-w": lambda _: self.type_over(" ".join(self.typed.split(" ")[:-1])),
        }
        for keys, action in actions.items():
            for key in keys.split():
                bind.add(key, eager=key != "escape")(action)
        bind.add(Key.Any)(self.character)
        bind.add(Key.BracketedPaste)(lambda event: self.paste(event.data))
        # Keys that mean nothing here, such as Alt with a letter, do nothing.
        bind.add(Key.Ignore)(lambda _: None)
        return bind

    def move(self, by: int) -> None:
        """Move the pointer; a step beyond an end comes in at the other."""
        count = len(self.shown)
        if count and self.ask.options:
            to = self.at + by
            self.at = to % count if abs(by) == 1 else min(max(to, 0), count - 1)

    def type_over(self, text: str) -> None:
        """Replace what is typed."""
        if self.types:
            self.typed, self.wrong = text, ""
            if self.ask.long:
                self.at = 0 if text.strip() else self.start

    def paste(self, text: str) -> None:
        """Take pasted text: its first line, and none of what is no letter."""
        line = text.splitlines()[0] if text.strip() else ""
        self.type_over(self.typed + "".join(char for char in line if char.isprintable()))

    def character(self, event: KeyPressEvent) -> None:
        """Take a typed character."""
        char = event.data
        if len(char) != 1 or not char.isprintable():
            return
        if self.types:
            self.type_over((self.typed + char)[:200])
            return
        self.wrong, char = "", half_width(char)
        option = self.ask.options[self.at] if self.ask.options else None
        if char == " " and option and self.ask.kind == "several":
            self.ticked ^= {option.key}
        elif char == "?":
            self.more = not self.more
        elif char == "q":
            event.app.exit(result=Command.LEAVE)
        elif char == "b":
            self.back(event)
        elif char.isascii() and char.isdigit() and 0 < int(char) <= len(self.ask.options):
            self.at = int(char) - 1
        elif char in "jk":
            self.move(1 if char == "j" else -1)

    def back(self, event: KeyPressEvent) -> None:
        """Go back, where there is something to go back to."""
        if self.can_go_back:
            event.app.exit(result=Command.BACK)
        else:
            self.wrong = _("This is the first question: there is nothing to go back to.")

    def enter(self, event: KeyPressEvent) -> None:
        """Take the answer if it can be taken, else say why not."""
        typed = self.typed.strip()
        command = COMMAND_WORDS.get(typed.casefold())
        if command and self.ask.kind != "text":
            if command is Command.BACK:
                self.type_over("")
                self.back(event)
            else:
                event.app.exit(result=Command.LEAVE)
            return
        try:
            event.app.exit(result=self.reply(typed))
        except Unclear as error:
            self.wrong = str(error)

    def reply(self, typed: str) -> Value:
        """Return the reply as it stands. Raises Unclear."""
        if self.ask.kind == "several":
            if len(self.ticked) < self.ask.least:
                raise Unclear("Nothing is ticked yet: space ticks the line with the >.")
            return checked(self.ask, tuple(self.ticked))
        if self.ask.kind == "one" and self.shown:
            return (self.shown[min(self.at, len(self.shown) - 1)].key,)
        return read(self.ask, typed)


def _piece(style: str, lines: Sequence[str]) -> tuple[str, str]:
    return (f"class:{style}" if style else "", "\n".join(lines) + "\n")


def _around(heights: Sequence[int], at: int, room: int) -> range:
    """Return which of some blocks fit into a room, grown by turns below and above one of them."""
    first, last = at, at + 1
    while True:
        before = first, last
        if last < len(heights) and sum(heights[first : last + 1]) <= room:
            last += 1
        if first > 0 and sum(heights[first - 1 : last]) <= room:
            first -= 1
        if (first, last) == before:
            return range(first, last)


def _output() -> Vt100_Output:
    """Return standard error as an output that asks nothing of the terminal."""

    def size() -> Size:
        columns, rows = terminal_size()
        return Size(rows=rows, columns=columns)

    return Vt100_Output(
        sys.stderr,
        size,
        term=None,
        default_color_depth=ColorDepth.DEPTH_4_BIT if wants_colour() else ColorDepth.DEPTH_1_BIT,
        enable_cpr=False,
    )
