"""A choice of words of the vocabulary."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import click

from walletpick.language import _

if TYPE_CHECKING:
    _Choice = click.Choice[str]
else:
    # In older versions of click it takes no type.
    _Choice = click.Choice


class WordChoice(_Choice):
    """One of some words; whoever types what one means, in Chinese, is told the word."""

    def __init__(self, meanings: Mapping[str, str]) -> None:
        super().__init__(list(meanings))
        self.meanings = meanings

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the word, or fail as click does."""
        from walletpick.facts.meant import meant

        if words := meant(value, self.meanings):
            from walletpick.words.phrases import listed

            self.fail(
                _("{meaning} is {words}", meaning=value, words=listed(words, "or")), param, ctx
            )
        return super().convert(value, param, ctx)
