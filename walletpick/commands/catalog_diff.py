"""`walletpick catalog diff`: what changed between two versions of a catalog, and for whom."""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path

import click
from msgspec import structs

from walletpick.commands.common import cannot_be_used, load_from, today, valid
from walletpick.commands.errors import CatalogError, NotWritten, Wrong
from walletpick.commands.keeping import directory_in_use
from walletpick.commands.output import (
    format_option,
    remark,
    top_option,
    write,
    write_json,
    write_page,
)
from walletpick.commands.params import examples
from walletpick.facts.model import Catalog, Wallet
from walletpick.language import _, speak_of
from walletpick.reading.files import is_directory, is_file, is_there, read_bounded, write_new
from walletpick.reading.imply import completed
from walletpick.reading.load import load_wallet
from walletpick.reading.place import MAX_BYTES, SHARED, files_of, is_catalog
from walletpick.upkeep.diff import Difference, difference
from walletpick.upkeep.revisions import find_revision, range_of, unpack
from walletpick.words.phrases import listed

TOP = 20
# A comment of GitHub holds 65,536 characters.
LARGEST = 60_000


@click.command(name="diff", epilog=examples("catalog diff"))
@click.argument("versions", nargs=-1, metavar="[OLD [NEW]]")
@top_option("Show at most N lines of each list, 0 for all; JSON always holds all.", TOP)
@format_option("table", "json", "markdown")
def command(versions: tuple[str, ...], top: int, form: str) -> None:
    """Tell what changed in a catalog, as facts, and what that does to people.

    OLD and NEW are directories, two files of one wallet, or revisions of git (also main..HEAD, or
    main...HEAD for what a branch changed). Without NEW it is the catalog here, and without OLD the
    last commit. For every persona in every country where it makes sense it tells whose yearly cost
    changes, who moves in the ranking, and where the first place changes hands. --format markdown is
    made for a pull request: it folds up, and keeps to the size of a comment.
    """
    day = today()
    names = _names(versions, directory_in_use())
    try:
        with tempfile.TemporaryDirectory(prefix="walletpick-") as folder:
            old, new = _catalogs(names, Path(folder))
    except OSError as error:
        raise NotWritten(error.filename or tempfile.gettempdir(), error) from None
    # Each says its own: what is gone from one of them is still told of.
    speak_of(old.texts.by_language, new.texts.by_language)
    changed = difference(old, new, day)
    shown = names[0] or _("the files here"), names[1] or _("the files here")
    if form == "json":
        from walletpick.documents.upkeep import difference_out

        write_json(difference_out(changed, old, new, shown))
    elif form == "markdown":
        write(_comment(changed, shown, top))
    else:
        from walletpick.pages.upkeep import diff_page

        write_page(diff_page(changed, *shown, top), form)


def _comment(changed: Difference, names: tuple[str, str], top: int) -> str:
    """Return the Markdown of a comment, with shorter lists where it would be too long for one."""
    from walletpick.pages.upkeep import diff_page
    from walletpick.render.markdown import render

    text = render(diff_page(changed, *names, top))
    top = top or 1000
    while len(text.encode()) > LARGEST and top > 1:
        top //= 2
        text = render(diff_page(changed, *names, top))
    return text


# Which versions.


def _names(versions: tuple[str, ...], catalog: Path) -> tuple[str, str]:
    """Return what OLD and NEW are called; "" is the catalog in use, as its files are now."""
    if len(versions) > 2:
        raise Wrong("give two versions at most: OLD and NEW")
    if len(versions) == 2:
        return versions[0], versions[1]
    if not versions:
        return "HEAD", ""
    only = versions[0]
    if ".." not in only or is_there(Path(only)) or only.startswith(("/", "./", "../")):
        return only, ""
    return range_of(only, catalog)


def _catalogs(names: tuple[str, str], folder: Path) -> tuple[Catalog, Catalog]:
    """Return the two versions. `folder` is an empty directory to unpack them in."""
    paths = [Path(name) for name in names]
    if any(is_file(path) for path in paths):
        if not all(is_file(path) for path in paths):
            raise Wrong("compare a file with a file: give two files of one wallet")
        return _wallet_files(paths[0], paths[1])
    places = [_place(name, folder / side) for name, side in zip(names, "ab", strict=True)]
    new = _load(places[1], names[1])
    return _load(places[0], names[0], places[1], folder / "mended"), new


def _place(name: str, folder: Path) -> Path:
    """Return the directory of a version; a revision is unpacked into `folder`."""
    here = directory_in_use()
    if not name:
        return here
    path = Path(name)
    if is_directory(path):
        return path / "catalog" if is_catalog(path / "catalog") else path
    revision = find_revision(name, here)
    folder.mkdir()
    unpack(revision, folder)
    return folder


def _load(place: Path, name: str, other: Path | None = None, folder: Path | None = None) -> Catalog:
    """Return the catalog in a directory; shared files that cannot be read are those of `other`.

    So a change of their format can be reviewed too.
    """
    try:
        return load_from(place)
    except CatalogError as error:
        if not error.problems:
            raise
        wrong = {Path(problem.file).name for problem in error.problems}
        if not (other and folder and wrong <= set(SHARED)):
            raise cannot_be_used(error.problems, name, place) from None
    for path in files_of(place):
        file = path.relative_to(place)
        source = (other if str(file) in wrong else place) / file
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        write_new(folder / file, read_bounded(source, MAX_BYTES))
    remark(
        "{wrong} of {name} is not in the form that this version of walletpick reads: the"
        " newer one stands in for it.",
        wrong=", ".join(sorted(wrong)),
        name=name,
    )
    return load_from(folder)


def _wallet_files(old: Path, new: Path) -> tuple[Catalog, Catalog]:
    """Return the catalog in use with a wallet as each of two files has it."""
    base = load_from(directory_in_use())
    both: list[Wallet] = []
    for path in (old, new):
        with valid():
            stated = load_wallet(path, base.rates)
            both.append(completed(stated, base.implications, base.laws))
    if both[0].id != both[1].id:
        ids = listed([wallet.id for wallet in both])
        raise Wrong("these are two wallets ({ids}): give two files of one wallet", ids=ids)
    catalogs = []
    for wallet, path in zip(both, (old, new), strict=True):
        others = [each for each in base.wallets if each.id != wallet.id]
        wallets = sorted([*others, wallet], key=lambda each: each.id)
        digest = hashlib.sha256(base.version.encode() + read_bounded(path, MAX_BYTES)).hexdigest()
        catalogs.append(structs.replace(base, wallets=tuple(wallets), version=digest[:12]))
    return catalogs[0], catalogs[1]
