"""`walletpick catalog update`, `rollback` and `status`: newer facts without a new program."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from walletpick.commands import EXIT_USE
from walletpick.commands.common import (
    GivenPath,
    catalog_directory,
    chosen_catalog,
    load_from,
    of_package,
    today,
)
from walletpick.commands.errors import EXIT_CATALOG, Failed, NetworkError, Wrong
from walletpick.commands.output import ProgressLine, format_option, tell, write_json, write_page
from walletpick.commands.params import Seconds, examples, number_option
from walletpick.facts.refusals import refusal
from walletpick.language import N_, _

if TYPE_CHECKING:
    from walletpick.updates.trust import Publisher

MISSING = N_("the library {name} is missing: pip install 'walletpick[update]'")


class UntrustedError(Failed):
    """What is published cannot be trusted; the catalog in use stays as it was."""

    exit_code = EXIT_CATALOG


class NothingToTakeBack(Failed):
    """No download is in use."""

    exit_code = EXIT_USE


@click.command(
    name="update",
    epilog=examples("catalog update")
    + """

\b
Exit codes: 0 done, also when there is nothing newer; 4 what is published cannot be trusted;
5 the network failed. After any failure the catalog in use stays as it was.""",
)
@click.option(
    "--url",
    envvar="WALLETPICK_URL",
    metavar="URL",
    help="Where catalogs are published (or set WALLETPICK_URL).",
)
@click.option(
    "--root",
    envvar="WALLETPICK_ROOT",
    metavar="FILE",
    type=GivenPath(),
    help="The publisher's root.json, got in a way that you trust (or set WALLETPICK_ROOT).",
)
@click.option("--check", is_flag=True, help="Only say whether there is a newer one.")
@number_option("--timeout", Seconds(0.1, 3600), 300.0, "SECONDS", "Give up after so long in all.")
@format_option("table", "json")
def update(url: str | None, root: Path | None, check: bool, timeout: float, form: str) -> None:
    """Fetch the newest published catalog, verify it, and use it from now on.

    It has to be signed by its publisher, whom root.json names, and to be newer than what was there
    before. The catalog before it is kept: see walletpick catalog rollback.
    """
    publisher = _publisher(url, root)
    package = of_package()
    try:
        from walletpick.updates import client, net
    except ModuleNotFoundError as error:
        raise Wrong(MISSING, name=error.name) from None
    from walletpick.updates import store

    try:
        net.check_site(publisher.url)
    except net.Failure as error:
        raise Wrong("--url: {words}", words=error.words) from None
    line = ProgressLine()
    with _changing():
        try:
            result = client.update(
                store.folder(),
                publisher,
                package,
                day=today().isoformat(),
                seconds=timeout,
                only_look=check,
                progress=_how_much(line),
                say=tell,
            )
        except client.Unreached as error:
            raise NetworkError(_("{error} (the catalog in use stays)", error=error)) from None
        except client.Untrusted as error:
            raise UntrustedError(
                "what is published at {url} is not used: {error} (the catalog in use stays)",
                url=publisher.url,
                error=error,
            ) from None
        finally:
            line.end()
    if form == "json":
        from walletpick.documents.updates import update_out

        write_json(update_out(result.outcome, result.release, package))
    else:
        from walletpick.pages.updates import update_page

        write_page(update_page(result.outcome, result.release, package), form)


@click.command(name="rollback", epilog=examples("catalog rollback"))
def rollback() -> None:
    """Go back to the catalog before the last update, or to the one that came with the program."""
    from walletpick.pages.updates import rollback_page
    from walletpick.updates import store

    folder = store.folder()
    package = of_package()
    if not store.can_go_back(folder):
        raise NothingToTakeBack(
            "there is no update to take back: the catalog that came with walletpick is in use"
        )
    try:
        from walletpick.updates.lock import alone
    except ModuleNotFoundError as error:
        raise Wrong(MISSING, name=error.name) from None
    with _changing(), alone(folder):
        store.take_back(folder, tell)
    in_use = store.choose(folder, package)
    if in_use.trouble:
        tell(in_use.trouble)
    write_page(rollback_page(in_use), "table")


@click.command(name="status", epilog=examples("catalog status"))
@format_option("table", "json", "markdown")
def status(form: str) -> None:
    """Show which catalog is in use: its date and age, where it came from, who signed it."""
    from walletpick.updates import store
    from walletpick.updates.release import CatalogInUse

    package = of_package()
    folder = store.folder()
    if chosen := chosen_catalog():
        in_use = CatalogInUse(catalog=load_from(catalog_directory()))
    else:
        in_use = store.choose(folder, package)
    if in_use.trouble:
        tell(in_use.trouble)
    kept = store.kept(folder)
    if form == "json":
        from walletpick.documents.updates import status_out

        write_json(status_out(in_use, package, kept, chosen, today()))
    else:
        from walletpick.pages.updates import status_page

        write_page(status_page(in_use, package, kept, chosen, today()), form)


def _publisher(url: str | None, root: Path | None) -> Publisher:
    """Return whom to trust. Raises click.UsageError."""

    from walletpick.reading.files import read_bounded
    from walletpick.updates import trust

    try:
        named = trust.of_package()
        usual = named.root if named else b""
        data = read_bounded(root, trust.MOST_METADATA) if root else usual
    except OSError as error:
        raise Wrong(
            'the root "{filename}" cannot be read: {why}',
            filename=error.filename,
            why=refusal(error),
        ) from None
    address = url or (named.url if named else "")
    if not address:
        raise Wrong(
            "there is no public address for newer catalogs yet; the one that came with walletpick"
            " stays in use. From somebody who publishes one: walletpick catalog update --url"
            " https://... --root root.json; one that you have as files: walletpick --catalog"
            " DIRECTORY ..."
        )
    if not data:
        raise Wrong("this walletpick names no publisher to trust: give their root.json with --root")
    return trust.Publisher(url=trust.with_slash(address), root=data)


@contextmanager
def _changing() -> Iterator[None]:
    """Say in words why the downloads could not be changed."""
    from walletpick.updates.lock import Busy

    try:
        yield
    except Busy:
        raise Failed(
            "another walletpick is changing the downloaded catalogs: try again in a moment"
        ) from None
    except OSError as error:
        place = f' "{error.filename}"' if error.filename else ""
        raise Failed(
            "the downloaded catalog cannot be written{place}: {why} (the catalog in use stays)",
            place=place,
            why=refusal(error),
        ) from None


def _how_much(line: ProgressLine) -> Callable[[int, int | None], None]:
    """Return what shows how many bytes of a file have come, and of how many."""

    def show(have: int, whole: int | None) -> None:
        come = have // 1024
        line.show(
            _("{count:,} of {all:,} KiB", count=come, all=whole // 1024)
            if whole
            else f"{come:,} KiB"
        )

    return show
