"""`walletpick catalog key`, `root` and `build`: what a publisher of catalogs does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import click

from walletpick.commands.common import GivenPath, cannot_be_used, check_path, today, valid
from walletpick.commands.errors import NotWritten, Wrong
from walletpick.commands.keeping import directory_in_use
from walletpick.commands.output import remark, write
from walletpick.commands.params import F, Whole, examples, number_option
from walletpick.language import _
from walletpick.reading.files import is_there, write_new
from walletpick.reading.load import load_catalog
from walletpick.upkeep.lint import lint

# Days before the end of root.json from which a build warns.
_SOON = 90

_out = click.option(
    "--out",
    "folder",
    required=True,
    metavar="DIR",
    type=GivenPath(file_okay=False),
    help="The directory that is published; what is there already is continued.",
)


def _keys(option: str, name: str, says: str, required: bool = True) -> Callable[[F], F]:
    """Add an option that takes files of keys."""
    return click.option(
        option, name, multiple=True, required=required, metavar="FILE", type=GivenPath(), help=says
    )


@click.command(name="key", epilog=examples("catalog key"))
@click.argument("file", metavar="FILE", type=GivenPath())
def key(file: Path) -> None:
    """Make an Ed25519 key for signing: FILE is the private part, FILE.pub the public one.

    Whoever has the private part can sign. Keep it out of the repository.
    """
    with _publishing():
        from walletpick.updates.publish import make_key

        name, private, public = make_key()
    if not file.name:
        raise Wrong('"{file}" is no name for a file', file=file)
    beside = file.with_name(f"{file.name}.pub")
    for path in (file, beside):
        check_path(path)
        if is_there(path):
            raise Wrong('"{path}" is there already: a key is never overwritten', path=path)
    with _publishing():
        # Nobody else may read it, from its first moment.
        write_new(file, private, private=True)
        try:
            write_new(beside, public)
        except BaseException:
            # Half a pair would be of no use, and in the way of the next try.
            file.unlink()
            raise
    write(
        _(
            "key {name}\n  private: {file}\n  public:  {beside}\n",
            name=name,
            file=file,
            beside=beside,
        )
    )


@click.command(name="root", epilog=examples("catalog root"))
@_out
@_keys(
    "--root-key",
    "root_keys",
    "A key that may change who may sign; private, or public for one that is elsewhere.",
)
@_keys("--release-key", "release_keys", "A key that may sign catalogs; the public part will do.")
@_keys(
    "--sign-with",
    "others",
    "The private part of a root key that is going: the new root needs its signature.",
    required=False,
)
@number_option("--days", Whole(1, 3650), 730, "N", "For how long this is to be trusted.")
def root(
    folder: Path,
    root_keys: tuple[Path, ...],
    release_keys: tuple[Path, ...],
    others: tuple[Path, ...],
    days: int,
) -> None:
    """Say who may sign from now on: write the next root.json.

    The keys given are all that may sign afterwards. One root key is enough to sign; a second one
    in another place saves the day when the first is lost.
    """
    with _publishing():
        from walletpick.updates import publish

        done = publish.trust(
            folder,
            publish.read_keys(root_keys),
            publish.read_keys(release_keys),
            publish.read_keys(others),
            today(),
            days,
        )
    lines = [
        _(
            "root {number}, until {day}: {path}",
            number=done.number,
            day=done.expires,
            path=done.path,
        ),
        *(_("  may change who may sign: key {name}", name=name) for name in done.root_keys),
        *(_("  may sign catalogs:       key {name}", name=name) for name in done.release_keys),
    ]
    write("".join(f"{line}\n" for line in lines))
    if done.number > 1:
        remark("Build again, so that the catalog is signed by these keys.")


@click.command(name="build", epilog=examples("catalog build"))
@_out
@_keys("--key", "keys", "The private part of a key that may sign catalogs.")
@number_option(
    "--days",
    Whole(1, 365),
    30,
    "N",
    "For how long it is to be trusted unless it is built again.",
)
def build(folder: Path, keys: tuple[Path, ...], days: int) -> None:
    """Make a release of the catalog: compiled, signed, ready for any web server.

    The same catalog, keys, day and directory give the same bytes. Build again before the days are
    over, also when the catalog did not change: else people are told that the site is out of date.
    """
    directory = directory_in_use()
    day = today()
    wrong = [problem for problem in lint([directory], day)[1] if problem.severity == "error"]
    if wrong:
        raise cannot_be_used(wrong)
    with valid():
        catalog = load_catalog(directory)
    with _publishing():
        from walletpick.updates import publish

        done = publish.publish(folder, catalog, publish.read_keys(keys), day, days)
    release = _(
        "catalog of {day}, version {version}, release {number}",
        day=done.about.date,
        version=done.about.version,
        number=done.number,
    )
    if not done.changed:
        release = _("{release} (nothing had to be signed anew)", release=release)
    write(
        _(
            "{release}\n"
            "  file:   {path} ({length:,} bytes)\n"
            "  SHA-256 {digest}\n"
            "  trusted until {expires}; root.json until {root_expires}\n",
            release=release,
            path=folder / done.file,
            length=done.length,
            digest=done.sha256,
            expires=done.expires,
            root_expires=done.root_expires,
        )
    )
    if done.root_expires - day < timedelta(days=_SOON):
        remark(
            "root.json ends on {root_expires}: renew it with walletpick catalog root.",
            root_expires=done.root_expires,
        )


@contextmanager
def _publishing() -> Iterator[None]:
    """Say in words why something could not be published."""
    from walletpick.commands.catalog_update import MISSING

    try:
        yield
    except ModuleNotFoundError as error:
        raise Wrong(MISSING, name=error.name) from None
    except OSError as error:
        raise NotWritten(error.filename, error) from None
