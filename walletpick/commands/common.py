"""What the commands share: the catalog in use, today, and finding what was named."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from msgspec import structs

from walletpick.commands.errors import CatalogError, Wrong, blank, perhaps
from walletpick.commands.output import remark, tell
from walletpick.commands.params import noting
from walletpick.facts import places
from walletpick.facts.model import Catalog, Wallet
from walletpick.facts.names import find, name_with, nearest, sure
from walletpick.facts.refusals import refusal
from walletpick.language import N_, _, speak_of, with_brackets
from walletpick.reading.files import is_directory, read_bounded
from walletpick.reading.problem import Problem

if TYPE_CHECKING:
    from walletpick.score.experience import Experience

_YEARS = range(2000, 3000)


def today() -> date:
    """Return today, or the day in WALLETPICK_TODAY (for reproducible output)."""
    value = os.environ.get("WALLETPICK_TODAY")
    if not value:
        return date.today()
    try:
        day = date.fromisoformat(value)
    except ValueError:
        raise Wrong(
            'WALLETPICK_TODAY is "{value}": expected a day such as 2026-11-22', value=value
        ) from None
    # So that there are days enough before and after it for whatever is reckoned from it.
    if day.year not in _YEARS:
        raise Wrong(
            'WALLETPICK_TODAY is "{value}": expected a day of the years {first} to {last},'
            " such as 2026-11-22",
            value=value,
            first=_YEARS[0],
            last=_YEARS[-1],
        )
    return day


# Where a command notes that the person's own facts do not count, nor their diary, and of when
# other facts are.
_NO_OWN, _NO_DIARY = "walletpick.no_own", "walletpick.no_experience"
NEWEST = "walletpick.newest"

own_option = noting("--no-own", _NO_OWN, help="Leave out your own facts (see walletpick tell).")
experience_option = noting(
    "--no-experience", _NO_DIARY, help="Leave out your own diary (see walletpick log)."
)


def load(country: str | None = None) -> Catalog:
    """Return the catalog in use (see `load_plain`) with the person's own facts, if they count."""
    ctx = click.get_current_context()
    catalog = load_plain(country)
    ctx.meta[NEWEST] = catalog.date
    # Shell completion needs no facts, and would write a note into the line that is being typed.
    if ctx.resilient_parsing or ctx.meta.get(_NO_OWN):
        return catalog
    from walletpick.person.known import with_own
    from walletpick.person.own import OwnError, own_path, read_own

    try:
        facts = read_own(own_path())
    except OwnError as error:
        remark("Note: {error}\nUntil then they do not count.", error=error)
        return catalog
    if not facts:
        return catalog
    return with_own(catalog, facts)


def read_experience(catalog: Catalog, day: date) -> dict[tuple[str, str], Experience]:
    """Return what the person's diary says of each market, where it is to count.

    A diary that cannot be read, wholly or in part, is told of in a sentence on standard error; it
    is no reason not to answer.
    """
    if click.get_current_context().meta.get(_NO_DIARY):
        return {}
    from walletpick.person.diary import DiaryError, diary_path, read_diary

    try:
        diary = read_diary(diary_path())
    except DiaryError as error:
        remark("Note: {error}; your diary is not counted.", error=error)
        return {}
    if diary.warning:
        remark("Note: {warning}", warning=diary.warning)
    if not diary.entries:
        return {}
    from walletpick.score.experience import experiences

    return experiences(diary.entries, catalog.wallets, catalog.criteria.settings.experience, day)


def load_plain(country: str | None = None) -> Catalog:
    """Return the catalog in use: the one chosen, else the newest that is on this machine.

    For one country it may have that country's markets only, which is quicker.
    """
    if chosen_catalog():
        return load_from(catalog_directory(), country)
    from walletpick.updates import store

    choice = store.choose(store.folder(), of_package(country), country)
    if choice.trouble:
        _note(choice.trouble)
    speak_of(choice.catalog.texts.by_language)
    return choice.catalog


def _note(text: str) -> None:
    """Say something, but not into the line that is being typed, as shell completion would."""
    if not click.get_current_context().resilient_parsing:
        tell(text)


def of_package(country: str | None = None) -> Catalog:
    """Return the catalog that came with the program, or its part of one country."""
    from walletpick.reading.place import default_directory

    return _compiled(country) or load_from(default_directory(), country)


def _compiled(country: str | None) -> Catalog | None:
    """Return the compiled catalog of an installation; None in a checkout, or if it is damaged."""
    from walletpick.reading import compiled
    from walletpick.reading.place import compiled_file

    try:
        data = read_bounded(compiled_file(), compiled.MOST_BYTES)
        return compiled.decode(data, country)
    except FileNotFoundError:
        return None
    except OSError as error:
        why = _("it cannot be read: {why}", why=refusal(error))
    except compiled.Damaged as error:
        why = str(error)
    _note(
        _(
            "Note: the compiled catalog of this installation cannot be used ({why}); its files"
            " are read instead, which takes longer.",
            why=why,
        )
    )
    return None


def load_from(directory: Path, country: str | None = None) -> Catalog:
    """Return the catalog in a directory, compiled if it was before. Raises CatalogError.

    For one country it may have that country's markets only. Its texts are said from here on.
    """
    catalog = _read(directory, country)
    speak_of(catalog.texts.by_language)
    return catalog


def _read(directory: Path, country: str | None) -> Catalog:
    from walletpick.reading import cache

    if not is_directory(directory):
        raise CatalogError('no catalog directory at "{directory}"', directory=directory)
    try:
        key = cache.digest(directory)
    except OSError:
        key = ""
    kept = cache.read(key, country) if key else None
    if kept is not None:
        return kept

    from walletpick.reading.load import load_catalog

    with valid():
        catalog = load_catalog(directory)
    if key:
        cache.write(key, catalog)
    return structs.replace(catalog, files=())


@contextmanager
def valid() -> Iterator[None]:
    """Refuse what is not valid. Raises CatalogError."""
    from walletpick.reading.load import InvalidCatalog

    try:
        yield
    except InvalidCatalog as error:
        raise cannot_be_used(error.problems) from None


def cannot_be_used(
    problems: Sequence[Problem], name: str = "", place: Path | None = None
) -> CatalogError:
    """Return the error of a catalog with these problems, which lists them.

    `name` is what the catalog is called, where that has to be said; the files of one in `place` are
    named from there.
    """
    from walletpick.words.phrases import count_words

    lines = "\n".join(str(problem) for problem in problems)
    if place:
        lines = lines.replace(f"{place}/", "")
    which = _("the catalog of {name}", name=name) if name else _("the catalog")
    return CatalogError(
        "{catalog} cannot be used ({problems}):\n{lines}",
        problems,
        catalog=which,
        problems=count_words(len(problems), "problem"),
        lines=lines,
    )


def catalog_directory() -> Path:
    """Return the directory of the catalog that the person chose, or of the one that came along."""
    from walletpick.reading.place import default_directory

    chosen = chosen_catalog()
    return Path(chosen) if chosen else default_directory()


def past_day(text: str | None) -> date:
    """Return the day that --date means, today without it. Raises click.UsageError."""
    now = today()
    if text is None:
        return now
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        raise Wrong('--date "{text}": expected a day such as 2026-10-30', text=text) from None
    if day > now:
        raise Wrong('--date "{text}" lies in the future: today is {now}', text=text, now=now)
    return day


def check_path(path: Path) -> None:
    """Raise click.UsageError for what can be no path, such as one with a name that is too long."""
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError, PermissionError):
        # Whether it may be missing is another question.
        return
    except OSError as error:
        raise Wrong('"{path}" is no path: {why}', path=path, why=refusal(error)) from None


def chosen_catalog() -> str | None:
    """Return what --catalog or WALLETPICK_CATALOG says."""
    chosen: str | None = click.get_current_context().find_root().obj
    return chosen


def find_wallet(catalog: Catalog, asked: str, country: str | None = None) -> Wallet:
    """Return the wallet of that id, name, alias or local name; forgiving of case and accents.

    Where a short name may mean several, those of `country` are meant. Raises click.UsageError that
    names the ones there are, or else the nearest.
    """
    if wallet := sure(catalog.wallets, asked, country):
        return wallet
    if found := find(catalog.wallets, asked, country):
        raise click.UsageError(which_wallet(asked, found, country))
    hint = perhaps(nearest(catalog.wallets, asked))
    raise Wrong(
        'no wallet "{asked}"{hint} (walletpick list names them all)', asked=asked, hint=hint
    )


# So many wallets that may be meant are named.
_MOST_NAMED = 12


def which_wallet(asked: str, found: Sequence[Wallet], country: str | None) -> str:
    """Return that a name does not say which wallet is meant, and which may be (see `find`)."""
    from walletpick.words.phrases import listed

    named = [_id_and_name(wallet, asked) for wallet in found]
    if len(found) > _MOST_NAMED:
        more = f"{len(found) - _MOST_NAMED + 1:,}"
        named = [*named[: _MOST_NAMED - 1], _("{count} others", count=more)]
    which = listed(named, "or")
    if country and country in found[0].markets:
        return _(
            '"{asked}" does not say which wallet; in {country} it may be {names}: write the name in'
            " full",
            asked=asked,
            country=places.in_country(country),
            names=which,
        )
    return _(
        '"{asked}" does not say which wallet; it may be {names}: write the name in full, or with a'
        " country, as in {example}",
        asked=asked,
        names=which,
        example=f"{found[0].id}@{next(iter(found[0].markets))}",
    )


def _id_and_name(wallet: Wallet, asked: str) -> str:
    """Return the id of a wallet, and its name that was meant where the id does not tell it."""
    name = name_with(wallet, asked) or wallet.name
    same = "".join(filter(str.isalnum, name.casefold())) == wallet.id.replace("-", "")
    return wallet.id if same else with_brackets(wallet.id, name)


# What people type that is no single country.
_SEVERAL = re.compile(
    "eu|eea|europe|euro ?(?:area|zone)|sepa|(?:south(?:east)? )?asia|(?:west |east )?africa"
    "|(?:latin|south|north|central) america|oceania|(?:the )?(?:middle east|gulf|caribbean)|gcc"
    "|world(?:wide)?|global|欧洲|欧盟|歐洲|歐盟|非洲|亚洲|亞洲|东南亚|拉美|南美|北美|中东|全球|世界",
    re.I,
)


# Places that people name and that are no country of ISO 3166-1, by what is typed.
_WITHOUT_CODE = dict.fromkeys(("kosovo", "kosova", "xk", "xkx", "科索沃"), N_("Kosovo"))


def find_country(text: str) -> str:
    """Return the code of a country given by code or name. Raises click.UsageError."""
    code = places.find_country(text)
    if code:
        return code
    typed = text.strip()
    if typed.casefold() in _WITHOUT_CODE:
        raise Wrong(
            "{place} has no code of its own in ISO 3166-1, and the catalog has nothing for it; if"
            " the firm that has your account is of another country, name that",
            place=_(_WITHOUT_CODE[typed.casefold()]),
        )
    homes = places.countries_with(typed.upper()) if typed else []
    if _SEVERAL.fullmatch(typed) or len(homes) > 1:
        raise Wrong('"{text}" is several countries: name one of them, such as PH', text=text)
    if homes:
        home = f"{places.country_name(homes[0])} ({homes[0]})"
        raise Wrong('"{text}" is a currency; did you mean {country}?', text=text, country=home)
    if hint := perhaps(places.nearest_countries(text)):
        raise Wrong(
            'no country "{text}"{hint} (a code such as PH, or a name)', text=text, hint=hint
        )
    raise Wrong(
        'no country "{text}" (a code such as PH, or a name; walletpick list --format csv has those'
        " of each wallet)",
        text=text,
    )


class GivenPath(click.Path):
    """A path that was given, and can be one.

    Nothing, such as a variable that is not set, is not taken for ".".
    """

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """Return the path. Raises click.UsageError."""
        if not str(value).strip():
            raise blank()
        path = Path(value)
        check_path(path)
        super().convert(path, param, ctx)
        return path
