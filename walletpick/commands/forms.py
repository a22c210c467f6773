"""Commands that are called in several ways."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from walletpick.language import _


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
