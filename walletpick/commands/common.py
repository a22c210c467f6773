"""What the commands share: the catalog, today, the needs' options, and writing a result."""

from __future__ import annotations

import errno
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click
from click.shell_completion import CompletionItem

from walletpick.facts.vocabulary import (
    CRITERIA,
    FUNDING,
    METHODS,
    PEOPLE,
    PLATFORMS,
    USAGE_OPERATIONS,
)
from walletpick.reading.files import TooLarge, is_directory, is_there, read_bounded
from walletpick.render.streams import fitted, is_unicode

if TYPE_CHECKING:
    from walletpick.facts.model import Catalog, Needs, Usage, Wallet
    from walletpick.reading.problem import Problem
    from walletpick.render.page import Page

F = TypeVar("F", bound=Callable[..., Any])

_YEARS = range(2000, 3000)

EXIT_USE = 2
EXIT_NOTHING_FITS = 3
EXIT_CATALOG = 4
EXIT_NETWORK = 5


class CatalogError(click.ClickException):
    """The catalog cannot be used; the message lists every problem, `problems` holds them."""

    exit_code = EXIT_CATALOG

    def __init__(self, message: str, problems: Sequence[Problem] = ()) -> None:
        super().__init__(message)
        self.problems = tuple(problems)


class NetworkError(click.ClickException):
    """The network failed."""

    exit_code = EXIT_NETWORK


class NotWritten(click.ClickException):
    """A file cannot be written; the message names it and says why."""

    def __init__(self, path: object, error: OSError) -> None:
        super().__init__(f'"{path}" cannot be written: {error.strerror or error}')


class NothingFits(click.ClickException):
    """No wallet fits what was asked for."""

    exit_code = EXIT_NOTHING_FITS


class Seconds(click.FloatRange):
    """A number of seconds within bounds, which "nan" is not."""

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """Return the number, or fail as click does."""
        number: float = super().convert(value, param, ctx)
        if number != number:
            self.fail(f"{value!r} is not a number of seconds.", param, ctx)
        return number


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return `; did you mean x or y?` for the known words nearest to one, or ""."""
    from difflib import get_close_matches

    return _perhaps(get_close_matches(word, list(known), n=3, cutoff=0.5))


def _perhaps(close: list[str]) -> str:
    if not close:
        return ""
    first = f"{', '.join(close[:-1])} or " if len(close) > 1 else ""
    return f"; did you mean {first}{close[-1]}?"


def today() -> date:
    """Return today, or the day in WALLETPICK_TODAY (for reproducible output)."""
    said = os.environ.get("WALLETPICK_TODAY")
    if not said:
        return date.today()
    try:
        day = date.fromisoformat(said)
    except ValueError:
        raise click.UsageError(
            f'WALLETPICK_TODAY is "{said}": expected a day such as 2026-11-22'
        ) from None
    # So that there are days enough before and after it for whatever is reckoned from it.
    if day.year not in _YEARS:
        raise click.UsageError(
            f'WALLETPICK_TODAY is "{said}": expected a day of the years'
            f" {_YEARS[0]} to {_YEARS[-1]}, such as 2026-11-22"
        )
    return day


def load(ctx: click.Context) -> Catalog:
    """Return the catalog in use: the one chosen, else the newest that is on this machine."""
    if chosen_catalog(ctx):
        return load_from(catalog_directory(ctx))
    from walletpick.updates import store

    found = store.choose(store.folder(), of_package(ctx))
    # Shell completion would write this into the line that is being typed.
    if found.trouble and not ctx.resilient_parsing:
        tell(found.trouble)
    return found.catalog


def of_package(ctx: click.Context) -> Catalog:
    """Return the catalog that came with the program."""
    from walletpick.reading.place import default_directory

    return _compiled(ctx) or load_from(default_directory())


def _compiled(ctx: click.Context) -> Catalog | None:
    """Return the compiled catalog of an installation; None in a checkout, or if it is damaged."""
    from walletpick.reading import compiled
    from walletpick.reading.files import read_bounded
    from walletpick.reading.place import compiled_file

    try:
        return compiled.decode(read_bounded(compiled_file(), compiled.MOST_BYTES))
    except FileNotFoundError:
        return None
    except OSError as error:
        why = f"it cannot be read: {error.strerror}"
    except compiled.Damaged as error:
        why = str(error)
    # Shell completion would write this into the line that is being typed.
    if not ctx.resilient_parsing:
        tell(
            f"Note: the compiled catalog of this installation cannot be used ({why}); its files"
            " are read instead, which takes longer."
        )
    return None


def load_from(directory: Path) -> Catalog:
    """Return the catalog in a directory, compiled if it was before. Raises CatalogError."""
    from walletpick.reading import cache

    if not is_directory(directory):
        raise CatalogError(f'no catalog directory at "{directory}"')
    try:
        key = cache.digest(directory)
    except OSError:
        key = ""
    kept = cache.read(key) if key else None
    if kept is not None:
        return kept
    from walletpick.reading.load import InvalidCatalog, load_catalog

    try:
        catalog = load_catalog(directory)
    except InvalidCatalog as error:
        raise cannot_be_used(error.problems) from None
    if key:
        cache.write(key, catalog)
    return catalog


def cannot_be_used(problems: Sequence[Problem]) -> CatalogError:
    """Return the error of a catalog with these problems, which lists them."""
    lines = "\n".join(str(problem) for problem in problems)
    noun = "problem" if len(problems) == 1 else "problems"
    message = f"the catalog cannot be used ({len(problems)} {noun}):\n{lines}"
    return CatalogError(message, problems)


def catalog_directory(ctx: click.Context) -> Path:
    """Return the directory of the catalog that the person chose, or of the one that came along."""
    from walletpick.reading.place import default_directory

    chosen = chosen_catalog(ctx)
    return Path(chosen) if chosen else default_directory()


def check_path(path: Path) -> None:
    """Raise click.UsageError for what can be no path, such as one with a name that is too long."""
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError, PermissionError):
        # Whether it may be missing is another question.
        return
    except OSError as error:
        raise click.UsageError(f'"{path}" is no path: {error.strerror}') from None


def chosen_catalog(ctx: click.Context) -> str | None:
    """Return what --catalog or WALLETPICK_CATALOG says."""
    chosen: str | None = ctx.find_root().obj
    return chosen


# Finding wallets by name.


def find_wallet(catalog: Catalog, asked: str) -> Wallet:
    """Return the wallet of that id, name, alias or local name; forgiving of case and accents.

    Raises click.UsageError that names the nearest ones.
    """
    from walletpick.facts.names import find, nearest

    found = find(catalog.wallets, asked)
    if len(found) == 1:
        return found[0]
    if found:
        names = ", ".join(wallet.id for wallet in found)
        raise click.UsageError(f'"{asked}" could be several wallets: {names}')
    hint = _perhaps(nearest(catalog.wallets, asked))
    raise click.UsageError(f'no wallet "{asked}"{hint} (walletpick list names them all)')


def find_country(text: str) -> str:
    """Return the code of a country given by code or name. Raises click.UsageError."""
    from walletpick.facts import places

    code = places.find_country(text)
    if code:
        return code
    hint = _perhaps(places.nearest_countries(text))
    raise click.UsageError(f'no country "{text}"{hint} (a code such as PH, or a name)')


class GivenPath(click.Path):
    """A path that was given: nothing, such as a variable that is not set, is not taken for "."."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the path. Raises click.BadParameter."""
        if not str(value).strip():
            raise blank()
        return super().convert(value, param, ctx)


def blank() -> click.BadParameter:
    """Return the error of an option or argument that is there, but without a value."""
    return click.BadParameter("it is empty: leave it out, or say which")


# Shell completion.


def complete_wallets(ctx: click.Context, _param: object, start: str) -> list[CompletionItem]:
    """Complete wallet ids, with their names as help, and the country of WALLET@CC."""
    from walletpick.facts.places import country_name

    try:
        wallets = load(ctx).wallets
    except click.ClickException:
        return []
    name, at, code = start.rpartition("@")
    if at:
        return [
            CompletionItem(f"{wallet.id}@{country}", help=country_name(country))
            for wallet in wallets
            if wallet.id == name.casefold()
            for country in wallet.markets
            if country.startswith(code.upper())
        ]
    return [
        CompletionItem(wallet.id, help=wallet.name)
        for wallet in wallets
        if wallet.id.startswith(start.casefold())
    ]


def complete_countries(ctx: click.Context, _param: object, start: str) -> list[CompletionItem]:
    """Complete the codes of the countries that the catalog holds."""
    from walletpick.facts.places import country_name

    try:
        wallets = load(ctx).wallets
    except click.ClickException:
        return []
    codes = sorted({code for wallet in wallets for code in wallet.markets})
    return [
        CompletionItem(code, help=country_name(code))
        for code in codes
        if code.startswith(start.upper())
    ]


def complete_personas(ctx: click.Context, _param: object, start: str) -> list[CompletionItem]:
    """Complete the names of the ready-made needs."""
    try:
        personas = load(ctx).personas
    except click.ClickException:
        return []
    return [
        CompletionItem(name, help=needs.title)
        for name, needs in personas.items()
        if name.startswith(start)
    ]


def complete_saved(_ctx: click.Context, _param: object, start: str) -> list[CompletionItem]:
    """Complete the names under which needs are saved; where none fits, files."""
    from walletpick.person import saved

    found = [CompletionItem(name) for name in saved.names() if name.startswith(start)]
    return found or [CompletionItem(start, type="file")]


def complete_claims(_ctx: click.Context, _param: object, start: str) -> list[CompletionItem]:
    """Complete the words of --must, --wish and --has."""
    from walletpick.facts.vocabulary import all_words

    return [CompletionItem(word) for word in all_words() if word.startswith(start)]


def complete_use(_ctx: click.Context, _param: object, start: str) -> list[CompletionItem]:
    """Complete the operation of --use."""
    return [CompletionItem(f"{word}=") for word in USAGE_OPERATIONS if word.startswith(start)]


def complete_weights(_ctx: click.Context, _param: object, start: str) -> list[CompletionItem]:
    """Complete the criterion of --weight."""
    return [CompletionItem(f"{word}=") for word in CRITERIA if word.startswith(start)]


# Needs.


def needs_options(command: F) -> F:
    """Add the options that say what a person needs; they arrive as `asked` (see `read_needs`)."""
    options = [
        click.option(
            "--needs",
            "file",
            metavar="FILE",
            shell_complete=complete_saved,
            help="Read the needs from a file (- is stdin), or those saved under a name.",
        ),
        click.option(
            "--persona",
            metavar="NAME",
            shell_complete=complete_personas,
            help="Start from ready-made needs, e.g. family-abroad.",
        ),
        click.option(
            "--country",
            metavar="CC",
            shell_complete=complete_countries,
            help="Where you live, or use it: PH, Kenya, 中国.",
        ),
        click.option(
            "--use",
            multiple=True,
            metavar="OPERATION=AMOUNT[xTIMES][:METHOD][@COUNTRY]",
            shell_complete=complete_use,
            help="What you do in a month: send-abroad=200x2:bank-linked@MX is 200 in all,"
            " in 2 transfers from a linked bank account to Mexico.",
        ),
        click.option(
            "--must",
            multiple=True,
            metavar="WORD",
            shell_complete=complete_claims,
            help="What you cannot do without, e.g. pay-nfc.",
        ),
        click.option(
            "--wish",
            multiple=True,
            metavar="WORD",
            shell_complete=complete_claims,
            help="What you would like, e.g. security:passkey.",
        ),
        click.option(
            "--weight",
            multiple=True,
            metavar="CRITERION=0..5",
            shell_complete=complete_weights,
            help=f"How much something matters: {', '.join(CRITERIA)}.",
        ),
        click.option(
            "--have",
            multiple=True,
            type=click.Choice(list(FUNDING)),
            metavar="WORD",
            help="How you can put money in: " + ", ".join(FUNDING) + ".",
        ),
        click.option(
            "--person",
            multiple=True,
            type=click.Choice(list(PEOPLE)),
            metavar="WORD",
            help="What you are: " + ", ".join(PEOPLE) + ".",
        ),
        click.option("--age", type=click.IntRange(0, 130), help="Your age in years."),
        click.option(
            "--bank", multiple=True, metavar="NAME", help="Your bank, where fees depend on it."
        ),
        click.option(
            "--platform", type=click.Choice(list(PLATFORMS)), help="What it has to run on."
        ),
        click.option(
            "--currency",
            metavar="CUR",
            help="The currency of your amounts (else the country's, or USD).",
        ),
        click.option(
            "--strict", is_flag=True, help="Leave out wallets with an unconfirmed must-have."
        ),
    ]
    for option in reversed(options):
        command = option(command)
    return command


def read_needs(ctx: click.Context, catalog: Catalog, asked: dict[str, Any]) -> Needs:
    """Return the needs that the options describe. `asked` holds the values of `needs_options`.

    Raises click.UsageError with one sentence that names what is wrong.
    """
    from msgspec import structs

    from walletpick.facts import places
    from walletpick.facts.bounds import MOST_OF_A_KIND, MOST_USES
    from walletpick.facts.model import Needs
    from walletpick.facts.money import UnknownRate
    from walletpick.facts.vocabulary import word_problem
    from walletpick.person.needs import joined, move_to_currency

    if asked["file"] and asked["persona"]:
        raise click.UsageError("--needs and --persona exclude each other: give one of them")
    base = Needs()
    if asked["file"]:
        base = _needs_file(asked["file"])
    elif asked["persona"]:
        base = _persona(catalog, asked["persona"])
    country = find_country(asked["country"]) if asked["country"] else base.country
    currency = asked["currency"].upper() if asked["currency"] else None
    for named_currency in (currency, base.currency):
        if named_currency and named_currency not in catalog.per_usd:
            raise _no_rate(named_currency, catalog)
    if not currency:
        own = places.currency_of(country) if country and asked["country"] else None
        currency = own if own in catalog.per_usd else base.currency
    try:
        base = move_to_currency(base, currency, catalog.per_usd, rough=bool(asked["persona"]))
    except UnknownRate as error:
        raise _no_rate(error.currency, catalog) from None
    for option in ("use", "must", "wish", "have", "person", "bank"):
        if len(asked[option]) > MOST_OF_A_KIND:
            raise click.UsageError(
                f"--{option} is given {len(asked[option]):,} times, expected at most"
                f" {MOST_OF_A_KIND}"
            )
    said = [parse_use(text) for text in asked["use"]]
    if (uses := sum(usage.times for usage in said)) > MOST_USES:
        raise click.UsageError(
            f"--use comes to {uses:,} uses a month, expected at most {MOST_USES:,}"
        )
    named = {usage.operation for usage in said}
    kept = [usage for usage in base.use if usage.operation not in named]
    for option in ("must", "wish"):
        for word in asked[option]:
            if message := word_problem(word):
                raise click.UsageError(f"--{option}: {message}")
    weights = dict(base.weights)
    for text in asked["weight"]:
        name, value = parse_weight(text)
        weights[name] = value
    if weights and not any((dict(catalog.criteria.settings.default_weights) | weights).values()):
        raise click.UsageError("--weight: every weight is 0, but something has to matter")
    if asked["persona"] and base.country and country and country != base.country:
        made_for, here = places.country_name(base.country), places.in_country(country)
        tell(
            f"Note: {asked['persona']} is made for {made_for}; the same needs are looked at in"
            f" {here}."
        )
    return structs.replace(
        base,
        country=country,
        use=joined((*kept, *said)),
        must=(*base.must, *asked["must"]),
        wish=(*base.wish, *asked["wish"]),
        weights=weights,
        have=tuple(asked["have"]) or base.have,
        person=(*base.person, *asked["person"]),
        age=asked["age"] if asked["age"] is not None else base.age,
        bank=(*base.bank, *asked["bank"]),
        platform=asked["platform"] or base.platform,
        strict=asked["strict"] or base.strict,
    )


def _no_rate(currency: str, catalog: Catalog) -> click.UsageError:
    hint = did_you_mean(currency, catalog.per_usd)
    return click.UsageError(f'no exchange rate for a currency "{currency}"{hint}')


_USE = re.compile(
    r"(?P<operation>[^=]+)=(?P<amount>[^x:@]+)(x(?P<times>[^:@]+))?"
    r"(:(?P<method>[^@]+))?(@(?P<country>.+))?"
)
_PLAIN_NUMBER = re.compile(r"-?(?:[0-9]+\.?[0-9]*|\.[0-9]+)")
# The most characters of what was typed that a message shows again.
_SHOWN = 100
_USE_FORM = "OPERATION=AMOUNT[xTIMES][:METHOD][@COUNTRY], such as send-abroad=200x2@MX"


def parse_use(text: str) -> Usage:
    """Return the usage that `--use` describes. Raises click.UsageError."""
    from walletpick.facts.bounds import LEAST_AMOUNT, MOST_TIMES
    from walletpick.facts.model import Usage

    match = _USE.fullmatch(text.strip())
    text = _shortened(text)
    if not match:
        raise click.UsageError(f'--use "{text}": expected {_USE_FORM}')
    operation = match["operation"].strip()
    if operation not in USAGE_OPERATIONS:
        hint = did_you_mean(operation, USAGE_OPERATIONS)
        known = ", ".join(USAGE_OPERATIONS)
        raise click.UsageError(f'--use: no operation "{operation}"{hint} (known: {known})')
    amount = parse_number(match["amount"], f'--use "{text}": the amount')
    if amount <= 0:
        raise click.UsageError(f'--use "{text}": the amount must be more than 0')
    if amount < LEAST_AMOUNT:
        raise click.UsageError(f'--use "{text}": the amount must be at least {LEAST_AMOUNT}')
    times = match["times"] or "1"
    if not re.fullmatch("[0-9]{1,4}", times) or not 1 <= int(times) <= MOST_TIMES:
        raise click.UsageError(
            f'--use "{text}": times must be a whole number from 1 to {MOST_TIMES}'
        )
    method = match["method"]
    if method and method not in METHODS:
        hint = did_you_mean(method, METHODS)
        raise click.UsageError(f'--use "{text}": no method "{method}"{hint}')
    country = find_country(match["country"]) if match["country"] else None
    return Usage(
        operation=operation, amount=amount, times=int(times), method=method, country=country
    )


def parse_weight(text: str) -> tuple[str, Decimal]:
    """Return the criterion and weight of `--weight`. Raises click.UsageError."""
    name, sign, value = text.partition("=")
    text = _shortened(text)
    if not sign:
        raise click.UsageError(f'--weight "{text}": expected CRITERION=0..5, such as cost=5')
    if name not in CRITERIA:
        hint = did_you_mean(name, CRITERIA)
        raise click.UsageError(f'--weight: no criterion "{name}"{hint}')
    weight = parse_number(value, f'--weight "{text}": the weight')
    if not 0 <= weight <= 5:
        raise click.UsageError(f'--weight "{text}": the weight must be from 0 to 5')
    return name, weight


def parse_number(text: str, what: str) -> Decimal:
    """Return a plain decimal number. Raises click.UsageError that begins with `what`."""
    from walletpick.facts.bounds import MOST_AMOUNT, MOST_DIGITS

    text = text.strip()
    if not _PLAIN_NUMBER.fullmatch(text):
        raise click.UsageError(
            f'{what} is "{_shortened(text)}": expected a number such as 200 or 49.90'
        )
    if len(text) > MOST_DIGITS:
        raise click.UsageError(f"{what} has {len(text)} digits: write at most {MOST_DIGITS}")
    number = Decimal(text)
    if abs(number) > MOST_AMOUNT:
        raise click.UsageError(f"{what} is too large")
    return number


def _shortened(text: str) -> str:
    """Return what was typed as a message shows it."""
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"


def _persona(catalog: Catalog, name: str) -> Needs:
    if name in catalog.personas:
        return catalog.personas[name]
    hint = did_you_mean(name, catalog.personas)
    known = ", ".join(catalog.personas)
    raise click.UsageError(f'no persona "{name}"{hint} (there are: {known})')


def _needs_file(name: str) -> Needs:
    from walletpick.person import saved
    from walletpick.reading.place import MAX_BYTES

    shown = "standard input" if name == "-" else name
    path = Path(name)
    if name != "-" and not is_there(path) and saved.is_name(name):
        path = saved.path_of(name)
        if not is_there(path):
            hint = did_you_mean(name, saved.names())
            raise click.UsageError(
                f'no needs "{name}": there is no such file here, and none are saved under that'
                f" name{hint} (walletpick needs list names those that are)"
            )
    try:
        data = _standard_input() if name == "-" else read_bounded(path, MAX_BYTES)
    except OSError as error:
        raise click.UsageError(
            f'the needs file "{shown}" cannot be read: {error.strerror}'
        ) from None
    needs, problems = saved.parsed(data, Path(shown))
    if needs is None:
        lines = "\n".join(map(str, problems))
        raise click.UsageError(f"the needs cannot be used:\n{lines}")
    return needs


def _standard_input() -> bytes:
    """Return standard input. Raises OSError."""
    from walletpick.reading.place import MAX_BYTES

    if sys.stdin is None:
        raise OSError(errno.EBADF, "it is closed")
    data = sys.stdin.buffer.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise TooLarge(errno.EFBIG, f"it is larger than {MAX_BYTES:,} bytes")
    return data


# Writing.


def format_option(*formats: str) -> Callable[[F], F]:
    """Add --format with these choices (the first is the default) and --json as its short form."""

    def add(command: F) -> F:
        command = click.option("--json", "as_json", is_flag=True, help="Short for --format json.")(
            command
        )
        return click.option(
            "--format",
            "form",
            type=click.Choice(formats),
            default=formats[0],
            show_default=True,
            help="How to write the result.",
        )(command)

    return add


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


def write_json(payload: object) -> None:
    """Write a JSON document to standard output, indented, money as decimal strings.

    What the output's encoding may lack, or what must not reach a terminal, is escaped as JSON does.
    """
    import msgspec

    from walletpick.reading.problem import UNSAFE_CLASS

    text = msgspec.json.format(msgspec.json.encode(payload), indent=2).decode() + "\n"
    escaped = UNSAFE_CLASS if is_unicode(sys.stdout.encoding or "utf-8") else r"^\x00-\x7f"
    write(re.sub(f"[{escaped}]", _json_escape, text))


def _json_escape(match: re.Match[str]) -> str:
    units = match[0].encode("utf-16-be", "surrogatepass")
    return "".join(
        f"\\u{high:02x}{low:02x}" for high, low in zip(units[::2], units[1::2], strict=True)
    )


def write(text: str) -> None:
    """Write text to standard output, with stand-ins for what its encoding lacks.

    Nothing in it can steer a terminal or deceive whoever reads it there.
    """
    from walletpick.reading.problem import visible_lines

    with _reader_may_leave():
        sys.stdout.write(fitted(visible_lines(text), sys.stdout.encoding or "utf-8"))


def tell(text: str) -> None:
    """Say something beside the result, on standard error; nothing in it can steer a terminal."""
    from walletpick.reading.problem import visible_lines

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
