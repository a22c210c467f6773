"""Whole numbers as options take them."""

from __future__ import annotations

from typing import Any

import click

from walletpick.language import _


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
