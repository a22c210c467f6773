"""The person's own diary, for the commands that take it into account."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

import click

from walletpick.commands.output import remark
from walletpick.facts.model import Catalog
from walletpick.person.diary import DiaryError, diary_path, read_diary

if TYPE_CHECKING:
    from walletpick.score.experience import Experience

F = TypeVar("F", bound=Callable[..., Any])


# Where a command notes that the diary does not count.
_LEFT_OUT = "walletpick.no_experience"


def experience_option(command: F) -> F:
    """Add --no-experience, which `read_experience` heeds."""

    def note(ctx: click.Context, _param: click.Parameter, left_out: bool) -> None:
        ctx.meta[_LEFT_OUT] = left_out

    return click.option(
        "--no-experience",
        is_flag=True,
        expose_value=False,
        callback=note,
        help="Leave out your own diary (see walletpick log).",
    )(command)


def read_experience(catalog: Catalog, day: date) -> dict[tuple[str, str], Experience]:
    """Return what the person's diary says of each market, where it is to count.

    A diary that cannot be read, wholly or in part, is told of in a sentence on standard error; it
    is no reason not to answer.
    """
    if click.get_current_context().meta.get(_LEFT_OUT):
        return {}
    path = diary_path()
    try:
        diary = read_diary(path)
    except DiaryError as error:
        remark("Note: {error}; your diary is not counted.", error=error)
        return {}
    if diary.warning:
        remark("Note: {warning}", warning=diary.warning)
    if not diary.entries:
        return {}
    from walletpick.score.experience import experiences

    return experiences(diary.entries, catalog.wallets, catalog.criteria.settings.experience, day)
