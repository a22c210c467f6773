"""Words typed in; a page or a document, and an exit code, out. One file a command.

Each is loaded only when it is called.
"""

from __future__ import annotations

import errno
import gc
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from importlib import import_module
from typing import Any

import click

from walletpick import __version__
from walletpick.commands.signals import Signals, write_nowhere
from walletpick.commands.speaking import (
    check_setting,
    choose_language,
    lang_option,
    quoting,
    speak_help,
)
from walletpick.language import N_, Said, _
from walletpick.render.streams import fit_output

_Callback = Callable[[click.Context, click.Parameter, Any], Any]

# Command -> its line in the help. The module of its name in walletpick.commands holds it.
COMMANDS = {
    "pick": "Answer a few questions and see which wallet suits you.",
    "rank": "Rank the wallets of a country for what you need.",
    "show": "Show one wallet: in short, or every fact with its age and source (--all).",
    "compare": "Put wallets side by side, first what decides.",
    "cost": "Show the itemised bill of wallets for what you do.",
    "list": "List wallets and their countries.",
    "words": "List the words that options take, with their meaning.",
    "needs": "List, show, edit and delete the needs that you saved.",
    "switch": "Stay or go: hold the wallet you have against the others.",
    "combine": "One or several: share out what you do among the best set of wallets.",
    "leave": "Show a checklist for closing an account.",
    "complain": "Show where a complaint goes, and write a letter.",
    "log": "Note what happened with a wallet, in a diary of your own.",
    "tell": "Tell what you know of a wallet yourself: it counts in your answers.",
    "schema": "Print the JSON Schema of a JSON output.",
    "catalog": "Fetch newer facts; for those who keep the catalog: check it, order it, add to it.",
}

# But for those whose name would hide a builtin here once they are imported.
_MODULES = {"list": "wallet_list"}

# Those of a single kind of error stand in `errors`.
EXIT_UNEXPECTED = 1
EXIT_USE = 2
EXIT_INTERRUPTED = 130

# How like a command, 0 to 1, a word is that was meant as one; else it may be a wallet's name.
_ALIKE = 0.7


def _choose_catalog(ctx: click.Context, _param: click.Parameter, value: str | None) -> None:
    """Note which catalog to use. What stands nearer to the command is read later, and wins."""
    if value is not None:
        ctx.find_root().obj = value


def _catalog_option(
    envvar: str | None = None, says: str = N_("Use the catalog in this directory.")
) -> click.Option:
    return click.Option(
        ["--catalog"],
        metavar="PATH",
        envvar=envvar,
        expose_value=False,
        type=click.Path(),
        callback=_given(_choose_catalog),
        help=says,
    )


def _given(then: _Callback | None) -> _Callback:
    """Return a callback that refuses what is empty, such as a variable of the shell not set.

    Passed over, it would quietly ask for something else.
    """

    def check(ctx: click.Context, param: click.Parameter, value: Any) -> Any:
        texts = value if isinstance(value, tuple) else (value,)
        if any(isinstance(text, str) and not text.strip() for text in texts):
            from walletpick.commands.errors import blank

            raise blank()
        return then(ctx, param, value) if then else value

    return check


def _saying(callback: Callable[..., Any]) -> Callable[..., Any]:
    """Let a command end with the sentence of an error that is one."""

    @wraps(callback)
    def run(*args: Any, **more: Any) -> Any:
        if extra := click.get_current_context().args:
            from walletpick.commands.errors import too_many

            raise too_many(extra[0])
        try:
            return callback(*args, **more)
        except Said as error:
            kind = click.UsageError if error.exit_code == EXIT_USE else click.ClickException
            raise kind(str(error)) from None

    return run


def _counted(make: Callable[[click.Context], Any]) -> Callable[[click.Context], Any]:
    """Return a maker of parsers that says which value of an option counts that is given twice.

    It is the last, as an alias of the shell relies on.
    """

    @wraps(make)
    def made(ctx: click.Context) -> Any:
        parser = make(ctx)
        parse = parser.parse_args

        def parse_args(args: list[str]) -> Any:
            values, rest, order = parse(args)
            if not ctx.resilient_parsing:
                _say_which_counts(order, values)
            return values, rest, order

        parser.parse_args = parse_args
        return parser

    return made


def _say_which_counts(order: Sequence[click.Parameter], values: Mapping[str, Any]) -> None:
    for param in dict.fromkeys(order):
        single = isinstance(param, click.Option) and not (
            param.multiple or param.is_flag or param.count
        )
        if single and order.count(param) > 1:
            from walletpick.commands.amounts import shortened
            from walletpick.commands.output import remark

            remark(
                "Note: {option} is given {count} times; the last counts: {value}.",
                option=max(param.opts, key=len),
                count=order.count(param),
                value=shortened(str(values[param.name])),
            )


def _prepared(command: click.Command) -> click.Command:
    """Let a command, and those below it, take --catalog behind its name too, and nothing empty."""
    if not any("--lang" in param.opts for param in command.params):
        command.params.append(lang_option())
    if not any("--catalog" in param.opts for param in command.params):
        command.make_parser = _counted(command.make_parser)  # type: ignore[assignment,method-assign]
        for param in command.params:
            if isinstance(param.type, click.types.StringParamType):
                param.callback = _given(param.callback)
        command.params.append(_catalog_option())
        if command.callback:
            command.callback = _saying(command.callback)
            # What stands behind the last argument is refused there, in our words.
            command.allow_extra_args = True
    speak_help(command)
    for each in command.commands.values() if isinstance(command, click.Group) else ():
        _prepared(each)
    return command


class _Lazy(click.Group):
    """A group whose commands are imported when they are used: help needs no command's imports."""

    def make_context(
        self, info_name: str | None, args: list[str], *more: Any, **extra: Any
    ) -> click.Context:
        choose_language(args, os.environ, quiet=bool(extra.get("resilient_parsing")))
        speak_help(self)
        with quoting():
            return super().make_context(info_name, args, *more, **extra)

    def make_parser(self, ctx: click.Context) -> Any:
        return _counted(super().make_parser)(ctx)

    def invoke(self, ctx: click.Context) -> Any:
        with quoting():
            return super().invoke(ctx)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = _MODULES.get(cmd_name, cmd_name)
        return _prepared(import_module(f"walletpick.commands.{module}").command)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section(_("Commands")):
            formatter.write_dl([(name, _(line)) for name, line in COMMANDS.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0] if args else ""
        if name and not name.startswith("-") and name not in COMMANDS:
            from walletpick.commands.errors import did_you_mean

            hint = did_you_mean(name, COMMANDS, alike=_ALIKE)
            if not hint:
                hint = _("; for a wallet of that name: walletpick show {name}", name=name)
            raise click.UsageError(_('no command "{name}"{hint}', name=name, hint=hint), ctx)
        return super().resolve_command(ctx, args)


@click.group(
    cls=_Lazy,
    name="walletpick",
    params=[
        _catalog_option(
            "WALLETPICK_CATALOG",
            N_("Use the catalog in this directory (or set WALLETPICK_CATALOG)."),
        ),
        lang_option(),
    ],
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="""\b
Examples:
  walletpick rank --persona family-abroad --country US
  walletpick rank --country DE --use send=300x4 --use pay-abroad=150@GB
  walletpick show gcash
  walletpick list --country KE

\b
Exit codes: 0 done, 1 unexpected, 2 wrong use or bad needs, 3 no wallet fits,
4 the catalog is invalid, 5 the network failed, 130 interrupted, 143 terminated.""",
)
@click.version_option(__version__, prog_name="walletpick", message="%(prog)s %(version)s")
@click.pass_context
def cli(ctx: click.Context) -> None:
    """Choose a digital payment wallet: what each would really cost you, ranked and explained."""
    check_setting(os.environ)
    if ctx.invoked_subcommand is None:
        if sys.stdin and sys.stdin.isatty() and sys.stdout.isatty():
            pick = cli.get_command(ctx, "pick")
            assert pick
            ctx.invoke(pick, plain=False, name=None)
            return
        click.echo(ctx.get_usage(), err=True)
        click.echo(_("On a terminal it asks: {command}", command="walletpick pick"), err=True)
        example = "walletpick rank --persona family-abroad --country US"
        click.echo(_("Try: {command}", command=example), err=True)
        click.echo(_("Help: {command}", command="walletpick --help"), err=True)
        ctx.exit(EXIT_USE)


def main() -> None:
    """Run the command line and exit with its code; no error of a user ends in a traceback."""
    fit_output()
    signals = Signals()
    try:
        signals.listen()
        code = _run()
        signals.end_at_once()
    except BaseException as error:
        # What asked the program to end may have taken the terminal away too.
        if signals.exit_code is None and not isinstance(error, KeyboardInterrupt):
            raise
        code = EXIT_INTERRUPTED
    if signals.exit_code is not None:
        os._exit(signals.exit_code)
    # Else Python looks through everything for garbage once more before it ends.
    gc.freeze()
    sys.exit(code)


def _run() -> int:
    if sys.stdout is None:
        _say_error(_("the result cannot be written: standard output is closed."))
        return EXIT_UNEXPECTED
    try:
        code = cli.main(prog_name="walletpick", standalone_mode=False)
        sys.stdout.flush()
        return code if isinstance(code, int) else 0
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.ClickException as error:
        from walletpick.facts.characters import visible_lines

        # What was typed is named in the message, and must not steer the terminal.
        context = getattr(error, "ctx", None)
        if context is not None:
            _say(context.get_usage())
            path = context.command_path
            _say(_("Try '{command} {option}' for help.", command=path, option="--help") + "\n")
        from walletpick.commands.output import in_lines

        message = visible_lines(error.format_message())
        _say(in_lines(_("Error: {message}", message=message)))
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        return EXIT_INTERRUPTED
    except (BrokenPipeError, SystemExit):
        # By the second click leaves when the reader of its help is gone.
        return _reader_gone()
    except OSError as error:
        return _refused(error)
    except Exception as error:
        return _unexpected(error)


# What the system says of a disk, a directory or an output that does not take what is written.
_NO_ROOM = {
    getattr(errno, name, None)
    for name in ("ENOSPC", "EDQUOT", "EFBIG", "EROFS", "EACCES", "EPERM", "EIO", "EBADF")
}


def _refused(error: OSError) -> int:
    """Say what the system refused: to take the result, unless it names a file."""
    if error.errno not in _NO_ROOM:
        return _unexpected(error)
    from walletpick.facts.refusals import refusal

    if error.filename is None:
        _say_error(_("the result cannot be written: {why}", why=refusal(error)))
        _reader_gone()
    else:
        from walletpick.facts.characters import visible

        name = visible(os.fsdecode(error.filename))
        _say_error(_('"{name}" cannot be used: {why}', name=name, why=refusal(error)))
    return EXIT_UNEXPECTED


def _say_error(message: str) -> None:
    _say(_("Error: {message}", message=message))


def _say(text: str) -> None:
    """Say something on standard error, if it takes anything."""
    try:
        click.echo(text, err=True)
    except OSError:
        write_nowhere(sys.stderr)


def _unexpected(error: Exception) -> int:
    """Say that something went wrong that nobody foresaw; WALLETPICK_DEBUG shows where."""
    if os.environ.get("WALLETPICK_DEBUG"):
        raise error
    from walletpick.facts.characters import visible

    what = visible(f"{type(error).__name__}: {error}")
    _say_error(
        _(
            "something unexpected happened ({what}). Please report it; WALLETPICK_DEBUG=1 shows"
            " where.",
            what=what,
        )
    )
    return EXIT_UNEXPECTED


def _reader_gone() -> int:
    """The reader has seen enough: nothing more may be written."""
    write_nowhere(sys.stdout)
    return 0
