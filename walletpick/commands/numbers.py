"""Whole numbers as options take them."""

from __future__ import annotations

from typing import Any

import click


class Whole(click.IntRange):
    """A whole number within bounds; what is none is refused in words that people use."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Return the number, or fail as click does."""
        try:
            number: int = super().convert(value, param, ctx)
        except click.BadParameter:
            least = self.min or 0
            bounds = f"from {least} to {self.max}" if self.max else f"of {least} or more"
            self.fail(f"{value!r} is not a whole number {bounds}.", param, ctx)
        return number
