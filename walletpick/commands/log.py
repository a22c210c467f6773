"""`walletpick log`: a private diary of what happened with a wallet."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

from walletpick.commands.common import check_path, load_plain, past_day, today
from walletpick.commands.completion import complete_wallets, country_option
from walletpick.commands.errors import did_you_mean
from walletpick.commands.market import find_named
from walletpick.commands.output import format_option, tell, word_list, write, write_json, write_page
from walletpick.facts.vocabulary import EVENTS, MATTERS, OLD_EVENTS

if TYPE_CHECKING:
    from pathlib import Path

    from walletpick.facts.model import Catalog, Wallet

_BAD, _GOOD = (
    word_list(MATTERS),
    word_list({word: event.text for word, event in EVENTS.items() if event.value}),
)


class _Command(click.Command):
    """A command with two forms, as its usage says."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_usage(ctx.command_path, "[OPTIONS] WALLET EVENT")
        formatter.write_usage(ctx.command_path, "list [--json]", prefix="       ")


def _complete_subject(
    ctx: click.Context, param: click.Parameter, start: str
) -> list[CompletionItem]:
    items = complete_wallets(ctx, param, start)
    return [*items, CompletionItem("list")] if "list".startswith(start) else items


def _complete_event(
    _ctx: click.Context, _param: click.Parameter, start: str
) -> list[CompletionItem]:
    return [
        CompletionItem(word, help=event.text)
        for word, event in EVENTS.items()
        if word.startswith(start)
    ]


@click.command(
    name="log",
    cls=_Command,
    epilog=f"""\b
Events that went wrong (complain --about takes the same words):
{_BAD}

\b
Events that went well:
{_GOOD}

\b
Examples:
  walletpick log gcash failed-payment
  walletpick log paypal@US slow-support --note "Four days for an answer"
  walletpick log wise smooth --date 2026-10-30
  walletpick log list""",
)
@click.argument("wallet", required=False, shell_complete=_complete_subject)
@click.argument("event", required=False, shell_complete=_complete_event)
@click.option("--note", metavar="TEXT", help="A few words of your own.")
@click.option("--date", "day", metavar="DAY", help="When it was, e.g. 2026-10-30 (default: today).")
@country_option("Where the account is, if the wallet is in several countries: PH, Kenya, 中国.")
@format_option("table", "json", "csv", "markdown")
@click.pass_context
def command(
    ctx: click.Context,
    /,
    wallet: str | None,
    event: str | None,
    note: str | None,
    day: str | None,
    country: str | None,
    form: str,
) -> None:
    """Note what happened with a wallet, in a diary that stays on this device.

    The diary counts a little in rank, compare and switch: the more entries, the more, and never
    for more than a tenth of a wallet's score; --no-experience leaves it out there. WALLET is an id
    or a name; WALLET@CC is the wallet in one country. The diary is one file, which nobody else can
    read; it is sent nowhere.
    """
    if wallet == "list":
        if event or note is not None or day or country:
            raise click.UsageError("walletpick log list takes nothing but --format and --json")
        _list(load_plain(ctx), form)
        return
    if form != "table":
        raise click.UsageError("--json and --format are for: walletpick log list")
    if not wallet:
        raise click.UsageError(
            "say with which wallet, and what happened, for example: walletpick log gcash smooth"
        )
    if not event:
        raise click.UsageError(f"say what happened with {wallet}: {', '.join(EVENTS)}")
    event = OLD_EVENTS.get(event, event)
    if event not in EVENTS:
        hint = did_you_mean(event, EVENTS)
        raise click.UsageError(f'no event "{event}"{hint} (known: {", ".join(EVENTS)})')
    _add(load_plain(ctx), wallet, event, note or "", day, country)


def _add(
    catalog: Catalog, asked: str, event: str, note: str, day: str | None, country: str | None
) -> None:
    from walletpick.facts.places import in_country
    from walletpick.person.diary import DiaryError, NoDiary, append_entry, diary_path, note_problem
    from walletpick.person.entry import Entry
    from walletpick.render.safe import one_line

    wallet, code = find_named(catalog, asked, country)
    if code is None and len(wallet.markets) == 1:
        code = next(iter(wallet.markets))
    note = note.strip()
    if problem := note_problem(note):
        raise click.UsageError(f"--note: {problem}")
    when = past_day(day)
    entry = Entry(date=when.isoformat(), wallet=wallet.id, country=code, event=event, note=note)
    path = diary_path()
    check_path(path)
    try:
        warning = append_entry(path, entry)
    except NoDiary as error:
        raise click.UsageError(str(error)) from None
    except DiaryError as error:
        raise click.ClickException(str(error)) from None
    if warning:
        tell(f"Note: {warning}")
    where = f" in {in_country(code)}" if code and len(wallet.markets) > 1 else ""
    lines = [
        f"Noted for {wallet.name}{where}, {entry.date}: {EVENTS[event].text}.",
        _effect(catalog, wallet, code, path),
        f"The diary stays on this device: {path}",
        _help(wallet, code, event),
    ]
    write("".join(f"{one_line(line)}\n" for line in lines if line))


def _help(wallet: Wallet, country: str | None, event: str) -> str:
    """Return which command says what to do about what went wrong."""
    if event not in MATTERS:
        return ""
    only = "" if len(wallet.markets) == 1 else f"@{country or 'CC'}"
    return f"What to do about it: walletpick complain {wallet.id}{only} --about {event}"


def _effect(catalog: Catalog, wallet: Wallet, country: str | None, path: Path) -> str:
    """Return in a sentence what the diary now does to the wallet's score."""
    from walletpick.pages.log import effect_words
    from walletpick.person.diary import DiaryError, read_diary
    from walletpick.score.experience import experience_of

    try:
        entries = read_diary(path).entries
    except DiaryError:
        return ""
    rules = catalog.criteria.settings.experience
    mine = [e for e in entries if e.wallet == wallet.id and e.country in (None, country)]
    experience = experience_of(mine, rules, today())
    return effect_words(experience, rules) if experience else ""


def _list(catalog: Catalog, form: str) -> None:
    from walletpick.person.diary import DiaryError, NoDiary, diary_path, read_diary

    path = diary_path()
    check_path(path)
    try:
        diary = read_diary(path)
    except NoDiary as error:
        raise click.UsageError(str(error)) from None
    except DiaryError as error:
        raise click.ClickException(str(error)) from None
    if diary.warning:
        tell(f"Note: {diary.warning}")
    day = today()
    if form == "json":
        from walletpick.documents.log import log_out

        write_json(log_out(diary.entries, catalog, day))
    elif form == "csv":
        from walletpick.pages.log import log_table

        write_page(log_table(diary.entries, catalog, day), form)
    else:
        from walletpick.pages.log import log_page

        write_page(log_page(diary.entries, catalog, day, str(path)), form)
