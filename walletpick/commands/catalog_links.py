"""`walletpick catalog check-links`: are the pages still there that the facts were read on?"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from walletpick.commands import EXIT_INTERRUPTED
from walletpick.commands.common import load_from, valid
from walletpick.commands.errors import EXIT_CATALOG, CatalogError, NetworkError, NotWritten, Wrong
from walletpick.commands.keeping import all_there, directory_in_use, paths_argument
from walletpick.commands.output import (
    ProgressLine,
    format_option,
    remark,
    tell,
    write_json,
    write_page,
)
from walletpick.commands.params import Seconds, Whole, examples, number_option
from walletpick.language import ENGLISH, _, language
from walletpick.reading import cache
from walletpick.reading.files import is_directory
from walletpick.reading.load import load_wallet
from walletpick.upkeep.addresses import Finding, Use, links_of, uses_of

if TYPE_CHECKING:
    from walletpick.upkeep.links import Manners

# What was found is kept after so many addresses, for the case that the run is killed.
_EVERY = 25


@click.command(
    name="check-links",
    epilog=examples("catalog check-links")
    + """

\b
Exit codes: 0 all was looked at, 4 with --strict when a link is dead, 5 no network,
130 interrupted: what was found so far is shown and kept.""",
)
@paths_argument
@click.option("--fresh", is_flag=True, help="Forget what runs of the last day have found.")
@click.option("--strict", is_flag=True, help="Exit with code 4 when a link is dead.")
@number_option(
    "--jobs",
    Whole(1, 64),
    16,
    "N",
    "Ask so many hosts at once; never one host twice at once.",
)
@number_option(
    "--delay", Seconds(0, 60), 1.0, "SECONDS", "Wait so long between two requests to one host."
)
@number_option("--timeout", Seconds(0.1, 300), 20.0, "SECONDS", "Give up a request after so long.")
@format_option("table", "json", "markdown")
def command(
    paths: tuple[Path, ...],
    fresh: bool,
    strict: bool,
    jobs: int,
    delay: float,
    timeout: float,
    form: str,
) -> None:
    """Ask for the page of every source, and warn of those that are gone or moved.

    PATH is a catalog directory or a wallet's file; without PATH it is the catalog in use. A link
    that is dead is a warning, with the wallet and the facts that rest on it. A run that was broken
    off goes on where it stopped: what is certain is kept for a day.
    """
    uses = _uses(all_there(paths) or [directory_in_use()])
    urls = [link.url for link in links_of(uses, {})]
    try:
        from walletpick.upkeep.links import Manners
    except ModuleNotFoundError as error:
        raise Wrong(
            "check-links needs the library {name}: pip install 'walletpick[maintain]'",
            name=error.name,
        ) from None
    manners = Manners(at_once=jobs, delay=delay, seconds=timeout)
    findings, complete = _look(urls, manners, fresh)
    links = links_of(uses, findings)
    if form == "json":
        from walletpick.documents.upkeep import links_out

        write_json(links_out(links))
    else:
        from walletpick.pages.upkeep import links_page

        write_page(links_page(links), form)
    if not complete:
        click.get_current_context().exit(EXIT_INTERRUPTED)
    if strict and any(finding.state == "dead" for finding in findings.values()):
        click.get_current_context().exit(EXIT_CATALOG)


def _uses(paths: Sequence[Path]) -> list[Use]:
    """Return every source of these directories and files."""
    uses: list[Use] = []
    for path in paths:
        if is_directory(path):
            catalog = load_from(path)
            uses += uses_of(
                catalog.wallets, catalog.laws.values(), catalog.rates, catalog.surveys.values()
            )
            continue
        with valid():
            uses += uses_of([load_wallet(path)])
        _speak_of_all()
    return uses


def _speak_of_all() -> None:
    """Let what a single file says be said as the catalog in use has it, if that can be read."""
    if language() != ENGLISH:
        with suppress(CatalogError):
            load_from(directory_in_use())


def _look(urls: Sequence[str], manners: Manners, fresh: bool) -> tuple[dict[str, Finding], bool]:
    """Return what is at these addresses, and whether all were looked at."""
    import asyncio

    from walletpick.updates import net
    from walletpick.upkeep import links

    folder = cache.folder()
    if fresh:
        try:
            links.forget(folder)
        except OSError as error:
            raise NotWritten(error.filename or folder, error) from None
    kept = links.recall(folder, tell)
    findings = {url: kept[url] for url in urls if url in kept}
    rest = [url for url in urls if url not in findings]
    if findings:
        remark(
            "{findings} of {urls} were looked at within the last day (--fresh looks again).",
            findings=len(findings),
            urls=len(urls),
        )
    line = ProgressLine()
    dead = 0

    def take(finding: Finding) -> None:
        nonlocal dead
        findings[finding.url] = kept[finding.url] = finding
        dead += finding.state == "dead"
        done = _(
            "{done} of {total} looked at, {dead} dead",
            done=len(findings),
            total=len(urls),
            dead=dead,
        )
        line.show(done)
        if len(findings) % _EVERY == 0:
            links.keep(folder, kept)

    complete = True
    try:
        asyncio.run(links.check(rest, manners, take))
    except links.NoNetwork:
        line.end()
        raise NetworkError(
            _("no page can be reached: the network seems to be down (nothing was noted)")
        ) from None
    except net.Failure as error:
        raise NetworkError(error.words) from None
    except KeyboardInterrupt:
        complete = False
    finally:
        line.end()
        links.keep(folder, kept)
    if not complete:
        remark(
            "Interrupted: {findings} of {urls} were looked at.",
            findings=len(findings),
            urls=len(urls),
        )
    return findings, complete
