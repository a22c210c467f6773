"""Writing a result on standard output, and what is beside it on standard error."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click
from click.core import ParameterSource

from walletpick.commands.errors import Failed, Wrong
from walletpick.commands.params import F, Whole
from walletpick.commands.signals import write_nowhere
from walletpick.facts.characters import UNSAFE_CLASS, visible_lines
from walletpick.facts.refusals import refusal
from walletpick.language import _
from walletpick.render.streams import fitted, is_unicode

if TYPE_CHECKING:
    from walletpick.render.page import Page

# Where a command notes that its page is to be shown in a browser.
_OPEN = "walletpick.open"


def format_option(*formats: str) -> Callable[[F], F]:
    """Add --format with these choices (the first is the default) and --json as its short form.

    Where "html" is one of them, --open comes with it, which `write_page` heeds. The command is
    given `form` alone.
    """

    def add(command: F) -> F:
        @wraps(command)
        def run(*args: Any, form: str, as_json: bool, opens: bool = False, **more: Any) -> Any:
            if as_json and form != "json" and _is_typed():
                raise Wrong("--json is --format json: leave it out, or --format {form}", form=form)
            form = "json" if as_json else form
            if opens:
                form = _opened(form)
            return command(*args, form=form, **more)

        if "html" in formats:
            run = click.option(
                "--open", "opens", is_flag=True, help="Show the result in the browser, as HTML."
            )(run)
        short = click.option("--json", "as_json", is_flag=True, help="Short for --format json.")
        return click.option(
            "--format",
            "form",
            type=click.Choice(formats),
            default=formats[0],
            show_default=True,
            help="How to write the result.",
        )(short(cast("F", run)))

    return add


def _opened(form: str) -> str:
    """Note that the page is to be opened, and return its format. Raises click.UsageError."""
    if form != "html" and (_is_typed() or form == "json"):
        raise Wrong("--open shows HTML: leave out {form} as the format", form=form)
    click.get_current_context().meta[_OPEN] = True
    return "html"


def _is_typed() -> bool:
    """Return whether the command that runs was given --format."""
    source = click.get_current_context().get_parameter_source("form")
    return source is ParameterSource.COMMANDLINE


def top_option(says: str, default: int | None = None) -> Callable[[F], F]:
    """Add --top, how many to show: 0 for all."""
    return click.option(
        "--top",
        type=Whole(min=0),
        default=default,
        show_default=default is not None,
        metavar="N",
        help=says,
    )


def word_list(meanings: Mapping[str, str]) -> str:
    """Return words and their meanings as the help of a command lists them."""
    wide = max(map(len, meanings)) + 2
    return "\n".join(f"  {word:<{wide}}{meaning}" for word, meaning in meanings.items())


# For all that a page can show in place of its one screen.
explain_option = click.option(
    "--explain",
    is_flag=True,
    help="Show everything, each fact with its source and date (a table shows one screen; the"
    " other formats have everything).",
)


def write_page(page: Page, form: str, last: Callable[[], Page] | None = None) -> None:
    """Write a page to standard output as table, csv, markdown or html; or open it (--open).

    What `last` makes stands below a table that is longer than the terminal.
    """
    if form == "html":
        _write_html(page)
    elif form == "table":
        from walletpick.render import terminal

        with _reader_may_leave():
            terminal.show(page, last)
    else:
        from walletpick.render import csv, markdown

        write((csv if form == "csv" else markdown).render(page))


def _write_html(page: Page) -> None:
    """Write a page as HTML, or show it in the browser where --open asks for that.

    It says when and of what it was made, as it may be kept.
    """
    from walletpick.commands.common import NEWEST, today
    from walletpick.pages.parts import with_foot
    from walletpick.render.html import render

    ctx = click.get_current_context()
    made = render(with_foot(page, today(), ctx.meta[NEWEST]))
    if ctx.meta.get(_OPEN):
        _show_in_browser(made, ctx.command.name or "page")
        return
    encoding = sys.stdout.encoding or "utf-8"
    # What an encoding lacks has a name in HTML.
    write(made if is_unicode(encoding) else made.encode("ascii", "xmlcharrefreplace").decode())


def _show_in_browser(made: str, command: str) -> None:
    """Write HTML into a file that nobody else may read, and open it. Raises click.ClickException.

    The file stays, as the browser reads it when it likes; standard error says where it is.
    """
    import tempfile
    import webbrowser

    try:
        handle, name = tempfile.mkstemp(prefix=f"walletpick-{command}-", suffix=".html")
        path = Path(name)
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(made)
        except BaseException:
            path.unlink()
            raise
    except OSError as error:
        raise Failed("the page cannot be written: {why}", why=refusal(error)) from None
    try:
        shown = webbrowser.open(path.as_uri())
    except webbrowser.Error:
        shown = False
    if not shown:
        raise Failed("no browser could be opened here; the page is in {path}", path=path)
    remark("The page is in {path}", path=path)


def write_json(payload: object, line: bool = False) -> None:
    """Write a JSON document to standard output, money as decimal strings: indented, or in a line.

    What the output's encoding may lack, or what must not reach a terminal, is escaped as JSON does.
    """
    import msgspec

    text = msgspec.json.encode(payload)
    if not line:
        text = msgspec.json.format(text, indent=2)
    escaped = UNSAFE_CLASS if is_unicode(sys.stdout.encoding or "utf-8") else r"^\x00-\x7f"
    _put(re.sub(f"[{escaped}]", _json_escape, text.decode()) + "\n")


def _json_escape(match: re.Match[str]) -> str:
    import json

    return json.dumps(match[0])[1:-1]


def write(text: str) -> None:
    """Write text to standard output, with stand-ins for what its encoding lacks.

    Nothing in it can steer a terminal or deceive whoever reads it there.
    """
    _put(visible_lines(text))


def write_names(about: Mapping[str, str]) -> None:
    """Write names to standard output, one a line, each with what it is about, marked by `N_`."""
    width = max(map(len, about))
    write("".join(f"{name:{width}}  {_(text)}\n" for name, text in about.items()))


def _put(text: str) -> None:
    with _reader_may_leave():
        sys.stdout.write(fitted(text, sys.stdout.encoding or "utf-8"))


def tell(text: str) -> None:
    """Say something beside the result, on standard error; nothing in it can steer a terminal."""
    click.echo(in_lines(visible_lines(text)), err=True)


def in_lines(text: str) -> str:
    """Return what is said on standard error as a terminal there shows it: broken between words.

    A path or an address stays whole.
    """
    if sys.stderr is None or not sys.stderr.isatty():
        return text
    from walletpick.interview.common import by_words

    return by_words(text)


def remark(message: str, /, **places: object) -> None:
    """Say a sentence beside the result, given as `_` takes it."""
    tell(_(message, **places))


@contextmanager
def _reader_may_leave() -> Iterator[None]:
    """Write to standard output; when its reader has seen enough (`| head`), end without a word."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        write_nowhere(sys.stdout)
        raise click.exceptions.Exit(0) from None
    except OSError as error:
        write_nowhere(sys.stdout)
        raise Failed("the result cannot be written: {why}", why=refusal(error)) from None


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
