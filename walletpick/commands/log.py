"""`walletpick log`: a private diary of what happened with a wallet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

from walletpick.commands.common import check_path, load_plain, past_day, today
from walletpick.commands.completion import complete_wallets, completing, country_option, fitting
from walletpick.commands.errors import Wrong, did_you_mean
from walletpick.commands.market import find_any, kind_option
from walletpick.commands.output import (
    format_option,
    remark,
    word_list,
    write,
    write_json,
    write_page,
)
from walletpick.commands.params import Forms, examples
from walletpick.facts.names import wallet_name
from walletpick.facts.vocabulary import EVENTS, MATTERS, OLD_EVENTS
from walletpick.language import N_, _

if TYPE_CHECKING:
    from walletpick.facts.model import Catalog, Wallet
    from walletpick.person.entry import Entry

_FORMS = ("list", "remove")
_BAD, _GOOD = (
    word_list(MATTERS),
    word_list({word: event.text for word, event in EVENTS.items() if event.value}),
)


def _complete_subject(
    ctx: click.Context, param: click.Parameter, start: str
) -> list[CompletionItem]:
    items = complete_wallets(ctx, param, start)
    return [*items, *fitting(start, dict.fromkeys(_FORMS))]


_complete_event = completing(lambda: {word: _(event.text) for word, event in EVENTS.items()})

# What people type to take an entry out.
_TAKE_OUT = ("delete", "forget", "undo")


@click.command(
    name="log",
    cls=Forms,
    forms=(N_("[OPTIONS] WALLET EVENT"), "list [--json]", N_("remove N")),
    epilog=f"""\b
Events that went wrong (complain --about takes the same words):
{_BAD}

\b
Events that went well:
{_GOOD}

"""
    + examples("log"),
)
@click.argument("wallet", required=False, metavar="[WALLET]", shell_complete=_complete_subject)
@click.argument("event", required=False, metavar="[EVENT]", shell_complete=_complete_event)
@click.argument("more", nargs=-1, metavar="")
@click.option("--note", metavar="TEXT", help="A few words of your own.")
@click.option("--date", "day", metavar="DAY", help="When it was, e.g. 2026-10-30 (default: today).")
@country_option("Where the account is, if the wallet is in several countries: PH, Kenya, 中国.")
@kind_option
@format_option("table", "json", "csv", "markdown")
def command(
    wallet: str | None,
    event: str | None,
    more: tuple[str, ...],
    note: str | None,
    day: str | None,
    country: str | None,
    kind: str | None,
    form: str,
) -> None:
    """Note what happened with a wallet, in a diary that stays on this device.

    The diary counts a little in rank, compare and switch: the more entries, the more, and never
    for more than a tenth of a wallet's score; --no-experience leaves it out there. WALLET is an id
    or a name; WALLET@CC is the wallet in one country, which the catalog need not know. The diary is
    one file, which nobody else can read; it is sent nowhere. log list numbers the entries, and log
    remove takes one out.
    """
    if wallet == "list":
        if event or more or note is not None or day or country or kind:
            raise Wrong("walletpick log list takes nothing but --format and --json")
        _list(load_plain(), form)
        return
    if form != "table":
        raise Wrong("--json and --format are for: walletpick log list")
    if wallet == "remove":
        if more or note is not None or day or country or kind:
            raise Wrong("walletpick log remove takes nothing but the number of an entry")
        _remove(load_plain(), event)
        return
    if not wallet:
        raise Wrong(
            "say with which wallet, and what happened, for example: walletpick log gcash smooth"
        )
    if wallet in _TAKE_OUT:
        raise Wrong("to take out an entry: walletpick log remove {number}", number=event or 2)
    if not event:
        raise Wrong(
            "say what happened with {wallet}: {events} (walletpick words event has their meaning)",
            wallet=wallet,
            events=", ".join(EVENTS),
        )
    event = OLD_EVENTS.get(event, event)
    if event not in EVENTS and OLD_EVENTS.get(wallet, wallet) in EVENTS:
        raise Wrong(
            "the wallet comes first: walletpick log {wallet} {event}", wallet=event, event=wallet
        )
    if event in EVENTS and more:
        raise Wrong(
            "one event at a time, and words of your own as a note: walletpick log {wallet} {event}"
            ' --note "{words}"',
            wallet=wallet,
            event=event,
            words=" ".join(more),
        )
    if event not in EVENTS:
        event = " ".join((event, *more))
        hint = did_you_mean(event, {word: each.text for word, each in EVENTS.items()})
        raise Wrong(
            'no event "{event}"{hint} (known: {events}; walletpick words event has their meaning)',
            event=event,
            hint=hint,
            events=", ".join(EVENTS),
        )
    _add(load_plain(), wallet, event, note or "", day, country, kind)


def _add(
    catalog: Catalog,
    asked: str,
    event: str,
    note: str,
    day: str | None,
    country: str | None,
    kind: str | None,
) -> None:
    from walletpick.facts.places import in_country
    from walletpick.pages.own import noted_page
    from walletpick.person.diary import append_entry, diary_path, note_problem, read_diary
    from walletpick.person.entry import Entry, numbered

    wallet, code = find_any(catalog, asked, country, kind)
    if code is None and len(wallet.markets) == 1:
        code = next(iter(wallet.markets))
    note = note.strip()
    if problem := note_problem(note):
        raise Wrong("--note: {problem}", problem=problem)
    when = past_day(day)
    entry = Entry(date=when.isoformat(), wallet=wallet.id, country=code, event=event, note=note)
    path = diary_path()
    check_path(path)
    if warning := append_entry(path, entry):
        remark("Note: {warning}", warning=warning)
    entries = read_diary(path).entries
    name, what = wallet_name(wallet), _(EVENTS[event].text)
    if code and len(wallet.markets) != 1:
        noted = _(
            "Noted for {wallet} in {country}, {day}: {event}.",
            wallet=name,
            country=in_country(code),
            day=entry.date,
            event=what,
        )
    else:
        noted = _("Noted for {wallet}, {day}: {event}.", wallet=name, day=entry.date, event=what)
    # Of two that are the same in everything, either may go.
    number = max(n for n, each in numbered(entries) if each == entry)
    effect = _effect(catalog, wallet, code, entries)
    helps = _help(catalog, wallet, code, event)
    write_page(noted_page(noted, effect, number, helps, str(path)), "table")


def _remove(catalog: Catalog, number: str | None) -> None:
    from walletpick.person.diary import diary_path, remove_entry

    if number is None or not (number.isascii() and number.isdecimal() and len(number) < 10):
        raise Wrong(
            "say which entry, by the number that walletpick log list shows: walletpick log remove 2"
        )
    path = diary_path()
    check_path(path)
    entry = remove_entry(path, int(number))
    names = {wallet.id: wallet_name(wallet) for wallet in catalog.wallets}
    name = names.get(entry.wallet, entry.wallet)
    what = _(EVENTS[entry.event].text)
    write(_("Removed: {wallet}, {day}: {event}.", wallet=name, day=entry.date, event=what) + "\n")


def _help(catalog: Catalog, wallet: Wallet, country: str | None, event: str) -> str:
    """Return which command says what to do about what went wrong, "" where nothing did."""
    if event not in MATTERS:
        return ""
    from walletpick.answers.checklist import Account
    from walletpick.words.checklist import call_words

    if country is None:
        return f"walletpick complain {wallet.id}@COUNTRY --about {event}"
    account = Account(catalog, wallet, country, today())
    return f"{call_words(account, 'complain')} --about {event}"


def _effect(catalog: Catalog, wallet: Wallet, country: str | None, entries: Sequence[Entry]) -> str:
    """Return in a sentence what the diary now does to the wallet's score."""
    from walletpick.pages.own import effect_words
    from walletpick.score.experience import experience_of

    if not wallet.markets:
        return _("The catalog does not know it, so it counts in no ranking.")
    rules = catalog.criteria.settings.experience
    mine = [e for e in entries if e.wallet == wallet.id and e.country in (None, country)]
    experience = experience_of(mine, rules, today())
    return effect_words(experience, rules) if experience else ""


def _list(catalog: Catalog, form: str) -> None:
    from walletpick.person.diary import diary_path, read_diary

    path = diary_path()
    check_path(path)
    diary = read_diary(path)
    if diary.warning:
        remark("Note: {warning}", warning=diary.warning)
    day = today()
    if form == "json":
        from walletpick.documents.person import log_out

        write_json(log_out(diary.entries, catalog, day))
    elif form == "csv":
        from walletpick.pages.own import log_table

        write_page(log_table(diary.entries, catalog, day), form)
    else:
        from walletpick.pages.own import log_page

        write_page(log_page(diary.entries, catalog, day, str(path)), form)
