"""Types of what options take, and of commands that are called in several ways."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import click

from walletpick.facts.tables import sections_of
from walletpick.language import N_, _

F = TypeVar("F", bound=Callable[..., Any])

if TYPE_CHECKING:
    _Choice = click.Choice[str]
else:
    # In older versions of click it takes no type.
    _Choice = click.Choice


def noting(option: str, key: str, **more: Any) -> Callable[[F], F]:
    """Make a flag of which the context notes under a key whether it was given."""

    def note(ctx: click.Context, _param: click.Parameter, given: bool) -> None:
        ctx.meta[key] = given

    return click.option(option, is_flag=True, expose_value=False, callback=note, **more)


_EXAMPLES = sections_of("commands/examples.txt")


def examples(command: str) -> str:
    """Return the examples of a command ("catalog lint"), for the end of its help."""
    return "\n".join(("\b", "Examples:", *(f"  {line}" for line in _EXAMPLES[command])))


class WordChoice(_Choice):
    """One of some words, however it is spelt; whoever types what one means is told the word."""

    unknown = N_(
        'no word "{value}"{hint} (known: {known}; walletpick words {family} has their meaning)'
    )

    def __init__(self, meanings: Mapping[str, str], family: str) -> None:
        """Take the words with their meanings, and the family by which `words` lists them."""
        super().__init__(list(meanings))
        self.meanings = meanings
        self.family = family

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the word, or fail with those that may be meant."""
        from walletpick.commands.amounts import shortened
        from walletpick.commands.errors import did_you_mean
        from walletpick.facts.meant import spelt

        word = spelt(value)
        if word in self.meanings:
            return word
        known = ", ".join(self.meanings)
        hint = did_you_mean(value, self.meanings)
        words = _(self.unknown, value=shortened(value), hint=hint, known=known, family=self.family)
        self.fail(words, param, ctx)


class Whole(click.IntRange):
    """A whole number within bounds; what is none is refused in words that people use."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Return the number, or fail as click does."""
        try:
            number: int = super().convert(value, param, ctx)
        except click.BadParameter:
            least = self.min or 0
            what = repr(value)
            if self.max:
                words = _(
                    "{value} is not a whole number from {least} to {most}.",
                    value=what,
                    least=least,
                    most=self.max,
                )
            else:
                words = _(
                    "{value} is not a whole number of {least} or more.", value=what, least=least
                )
            self.fail(words, param, ctx)
        return number


class Seconds(click.FloatRange):
    """A number of seconds within bounds, which "nan" is not."""

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """Return the number, or fail as click does."""
        number: float = super().convert(value, param, ctx)
        if number != number:
            self.fail(_("{value!r} is not a number of seconds.", value=value), param, ctx)
        return number


def number_option(
    option: str, kind: click.IntRange | click.FloatRange, default: float, metavar: str, says: str
) -> Callable[[F], F]:
    """Add an option that is a number, and has a default that its help shows."""
    return click.option(
        option, type=kind, default=default, show_default=True, metavar=metavar, help=says
    )


class Forms(click.Command):
    """A command with several forms, as its usage says; they are said in the language spoken."""

    def __init__(self, *args: Any, forms: Sequence[str], **more: Any) -> None:
        super().__init__(*args, **more)
        self.forms = forms

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write a line for each form, the first behind the word."""
        for number, form in enumerate(self.forms):
            prefix = "       " if number else None
            formatter.write_usage(ctx.command_path, _(form), prefix=prefix)
