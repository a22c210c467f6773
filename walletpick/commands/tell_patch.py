"""`walletpick tell --patch`: own facts as a change to the files of a catalog."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import unified_diff
from pathlib import Path

from walletpick.commands.common import GivenPath
from walletpick.commands.errors import CatalogError, Wrong
from walletpick.commands.keeping import directory_in_use
from walletpick.commands.output import remark, write
from walletpick.facts.model import Told
from walletpick.language import N_, _
from walletpick.reading.files import is_there, read_bounded, refusing
from walletpick.reading.place import MAX_BYTES, is_catalog
from walletpick.upkeep.propose import CannotPropose, Proposal, proposal

_OTHER = "publisher: other"


def write_patch(directory: str | None, facts: Sequence[Told]) -> None:
    """Print the change, and what is not in it on standard error.

    Raises click.UsageError where there is no catalog, and CatalogError where a file of it cannot be
    changed.
    """
    place = _catalog(directory) if directory is not None else directory_in_use()
    text = ""
    for name in sorted({told.wallet for told in facts}):
        path = place / "wallets" / f"{name}.yaml"
        mine = [told for told in facts if told.wallet == name]
        if not is_there(path):
            _say_left_out([(told, _('there is no "{path}"', path=path)) for told in mine])
            continue
        try:
            with refusing(CatalogError, N_('"{path}" cannot be read: {why}'), path=path):
                made = proposal(path, read_bounded(path, MAX_BYTES), mine)
        except CannotPropose as error:
            raise CatalogError(
                "your facts of {name} make no file that is right:\n{error}", name=name, error=error
            ) from None
        _say_left_out(made.left_out)
        _say_beside(name, made)
        text += "".join(_diff(made.before, made.after, _named(path, place)))
    if text:
        write(text)
        remark(
            "Look at the titles and publishers of the new sources. Then: git apply, walletpick"
            " catalog averages, walletpick catalog lint"
        )
        if any(told.fact.startswith("send-abroad") for told in facts) and _OTHER in text:
            remark(
                "A price for sending abroad comes before what a survey saw only where its page"
                ' is the operator\'s: where it is, write "publisher: operator" for'
                ' "{other}".',
                other=_OTHER,
            )
    else:
        remark("There is nothing to change.")


def _catalog(directory: str) -> Path:
    path = GivenPath().convert(directory, None, None)
    for place in (path, path / "catalog"):
        if is_catalog(place):
            return place
    raise Wrong('"{directory}" is no catalog: it has no folder of wallets', directory=directory)


def _named(path: Path, place: Path) -> str:
    """Return a file as a patch names it: from here, else from above the catalog."""
    try:
        return path.resolve().relative_to(Path.cwd()).as_posix()
    except (ValueError, OSError):
        return path.relative_to(place.parent).as_posix()


def _diff(before: str, after: str, name: str) -> Iterator[str]:
    lines = (before.splitlines(keepends=True), after.splitlines(keepends=True))
    return unified_diff(*lines, f"a/{name}", f"b/{name}")


def _say_left_out(left_out: Sequence[tuple[Told, str]]) -> None:
    for told, why in left_out:
        remark(
            "Left out: {wallet}@{country} {fact}: {why}.",
            wallet=told.wallet,
            country=told.country,
            fact=told.fact,
            why=why,
        )


def _say_beside(wallet: str, made: Proposal) -> None:
    """Say what the catalog said that the change takes out, and what stays in a told price."""
    for country, line in made.lost:
        remark(
            "The change takes out of {wallet}@{country} what you did not tell: {line}. Put it back"
            " where it still holds.",
            wallet=wallet,
            country=country,
            line=line,
        )
    for country, line in made.kept:
        remark(
            "Of a price of {wallet}@{country} this part stays as it was: {line}. Look whether your"
            " page has it too; a comment beside it names the page that it is from.",
            wallet=wallet,
            country=country,
            line=line,
        )
