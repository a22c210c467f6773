"""Writing a result on standard output, and what is beside it on standard error."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar, cast

import click

from walletpick.commands.numbers import Whole
from walletpick.render.streams import fitted, is_unicode

if TYPE_CHECKING:
    from walletpick.render.page import Page

F = TypeVar("F", bound=Callable[..., Any])


def format_option(*formats: str) -> Callable[[F], F]:
    """Add --format with these choices (the first is the default) and --json as its short form.

    The command is given `form` alone.
    """

    def add(command: F) -> F:
        @wraps(command)
        def run(*args: Any, form: str, as_json: bool, **more: Any) -> Any:
            return command(*args, form="json" if as_json else form, **more)

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


def explain_option(command: F) -> F:
    """Add --explain, for all that a page can show in place of its one screen."""
    return click.option(
        "--explain",
        is_flag=True,
        help="Show everything, each fact with its source and date (a table shows one screen; the"
        " other formats have everything).",
    )(command)


def write_page(page: Page, form: str) -> None:
    """Write a page to standard output as table, csv or markdown."""
    if form == "csv":
        from walletpick.render import csv as renderer
    elif form == "markdown":
        from walletpick.render import markdown as renderer  # type: ignore[no-redef]
    else:
        from walletpick.render import terminal

        with _reader_may_leave():
            terminal.show(page)
        return
    write(renderer.render(page))


def write_json(payload: object, line: bool = False) -> None:
    """Write a JSON document to standard output, money as decimal strings: indented, or in a line.

    What the output's encoding may lack, or what must not reach a terminal, is escaped as JSON does.
    """
    import msgspec

    from walletpick.facts.characters import UNSAFE_CLASS

    text = msgspec.json.encode(payload)
    if not line:
        text = msgspec.json.format(text, indent=2)
    escaped = UNSAFE_CLASS if is_unicode(sys.stdout.encoding or "utf-8") else r"^\x00-\x7f"
    _put(re.sub(f"[{escaped}]", _json_escape, text.decode()) + "\n")


def _json_escape(match: re.Match[str]) -> str:
    units = match[0].encode("utf-16-be", "surrogatepass")
    return "".join(
        f"\\u{high:02x}{low:02x}" for high, low in zip(units[::2], units[1::2], strict=True)
    )


def write(text: str) -> None:
    """Write text to standard output, with stand-ins for what its encoding lacks.

    Nothing in it can steer a terminal or deceive whoever reads it there.
    """
    from walletpick.facts.characters import visible_lines

    _put(visible_lines(text))


def _put(text: str) -> None:
    with _reader_may_leave():
        sys.stdout.write(fitted(text, sys.stdout.encoding or "utf-8"))


def tell(text: str) -> None:
    """Say something beside the result, on standard error; nothing in it can steer a terminal."""
    from walletpick.facts.characters import visible_lines

    click.echo(visible_lines(text), err=True)


@contextmanager
def _reader_may_leave() -> Iterator[None]:
    """Write to standard output; when its reader has seen enough (`| head`), end without a word."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        # What is still to be written goes nowhere, also when Python closes the stream.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise click.exceptions.Exit(0) from None
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise click.ClickException(
            f"the result cannot be written: {error.strerror or error}"
        ) from None
