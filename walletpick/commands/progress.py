"""A line on standard error that says how far a long command is."""

from __future__ import annotations

import sys

import click


class ProgressLine:
    """One line that is written over and over, where standard error is a terminal."""

    def __init__(self) -> None:
        self._shown = sys.stderr is not None and sys.stderr.isatty()

    def show(self, text: str) -> None:
        """Write a text in place of the one before."""
        if self._shown:
            click.echo(f"\r{text}\x1b[K", nl=False, err=True)

    def end(self) -> None:
        """Wipe the line, for good."""
        self.show("")
        self._shown = False
