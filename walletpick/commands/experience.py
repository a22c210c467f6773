"""The person's own diary, for the commands that take it into account."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from walletpick.commands.output import remark
from walletpick.commands.params import noting
from walletpick.facts.model import Catalog
from walletpick.person.diary import DiaryError, diary_path, read_diary

if TYPE_CHECKING:
    from walletpick.score.experience import Experience


# Where a command notes that the diary does not count.
_LEFT_OUT = "walletpick.no_experience"

experience_option = noting(
    "--no-experience", _LEFT_OUT, help="Leave out your own diary (see walletpick log)."
)


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
