"""`walletpick tell`: what a person knows of a wallet themselves."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click
from click.shell_completion import CompletionItem
from msgspec import structs

from walletpick.commands.asking import can_ask
from walletpick.commands.common import check_path, load_plain, past_day, today
from walletpick.commands.completion import complete_wallets, country_option, fitting
from walletpick.commands.errors import Wrong, did_you_mean
from walletpick.commands.market import find_market
from walletpick.commands.output import format_option, write, write_json, write_page
from walletpick.commands.params import Forms, examples
from walletpick.facts.meant import half_width
from walletpick.facts.model import Catalog, Told, Wallet
from walletpick.facts.names import wallet_name
from walletpick.facts.target import tellable
from walletpick.language import N_, _
from walletpick.person.known import standings, with_own
from walletpick.person.own import add, key_of, own_path, read_own, source_problem, take_back
from walletpick.reading.told import Untold, example_of, target_of, value_of
from walletpick.words.own import idle_words, market_words

_WORDS = ("list", "forget")
# What --patch holds without a directory: the catalog here, or the one in use.
_IN_USE = "(the catalog in use)"
_WHERE = N_('say where you read it: --source https://... or in a few words, --source "the app"')


def _complete(ctx: click.Context, param: click.Parameter, start: str) -> list[CompletionItem]:
    given = ctx.params.get("words") or ()
    if not given:
        return [*complete_wallets(ctx, param, start), *fitting(start, dict.fromkeys(_WORDS))]
    if given[0] == "list":
        return []
    if given[0] != "forget":
        return [CompletionItem(f"{name}=") for name in tellable() if name.startswith(start)]
    if len(given) == 1:
        return complete_wallets(ctx, param, start)
    return fitting(start, dict.fromkeys(tellable()))


# What people type to take something back.
_TAKE_BACK = ("remove", "delete", "undo")


@click.command(
    name="tell",
    cls=Forms,
    forms=(
        N_("WALLET@CC FACT=VALUE... --source WHERE"),
        "list [--json]",
        N_("forget WALLET[@CC] [FACT]..."),
        N_("--patch [DIR]"),
    ),
    epilog="""\b
Facts:
  OPERATION[:METHOD][/PLAN][@COUNTRY].PART   a price: percent, fixed, min, max, fx_markup
  subscription/PLAN.month                    what a plan costs (or .year)
  limits.OPERATION.day                       the most a day (or .week, .month, .transaction)
  FAMILY.WORD                                yes or no: features, security, funding, payout,
                                             channels, protection, onboarding
  closing.difficulty, reply.days, onboarding.min_age, status

What each word means: walletpick words

"""
    + examples("tell"),
)
@click.argument("words", nargs=-1, metavar="[WALLET] [FACT=VALUE]...", shell_complete=_complete)
@click.option("--source", metavar="WHERE", help="The page's address, or where else you saw it.")
@click.option("--date", "day", metavar="DAY", help="When you read it (default: today).")
@click.option(
    "--patch",
    is_flag=False,
    flag_value=_IN_USE,
    metavar="[DIR]",
    help="Print your own facts as a change to the files of a catalog, for git apply.",
)
@country_option("Where the account is, if the wallet is in several countries: PH, Kenya, 中国.")
@format_option("table", "json", "csv", "markdown")
def command(
    words: tuple[str, ...],
    source: str | None,
    day: str | None,
    patch: str | None,
    country: str | None,
    form: str,
) -> None:
    """Tell what you know of a wallet yourself: a price, a limit, a yes or no.

    It counts in your answers at once, in the place of what the catalog says, and is shown there as
    yours with its date; --no-own leaves it out of an answer. It is kept in one plain file that
    nobody else can read, and is sent nowhere. Without a wallet it asks, on a terminal.
    """
    if patch is not None:
        if words or source or day or country or form != "table":
            raise Wrong("walletpick tell --patch takes nothing but a directory")
        from walletpick.commands.tell_patch import write_patch

        write_patch(None if patch == _IN_USE else patch, _there()[1])
        return
    if words[:1] == ("list",):
        if words[1:] or source or day or country:
            raise Wrong("walletpick tell list takes nothing but --format and --json")
        _list(load_plain(), form)
    elif form != "table":
        raise Wrong("--json and --format are for: walletpick tell list")
    elif words and words[0] in _TAKE_BACK:
        raise _forgetting(words[1:])
    elif words[:1] == ("forget",):
        if source or day:
            raise Wrong("walletpick tell forget takes no --source and no --date")
        _forget(load_plain(), words[1:], country)
    elif not words and not (source or day or country) and can_ask():
        _ask(load_plain())
    elif not words:
        raise Wrong(
            "say of which wallet, and what: walletpick tell wise@GB convert.percent=0.41"
            " --source https://wise.com/gb/pricing/"
        )
    else:
        _add(load_plain(), words[0], words[1:], source, day, country)


def _add(
    catalog: Catalog,
    asked: str,
    sayings: Sequence[str],
    source: str | None,
    day: str | None,
    country: str | None,
) -> None:
    if "=" in half_width(asked):
        name = next((each for each in sayings if "=" not in half_width(each)), "wise@GB")
        raise Wrong(
            "the wallet comes first: walletpick tell {wallet} {fact}", wallet=name, fact=asked
        )
    wallet, code = find_market(catalog, asked, option=country)
    if not sayings:
        raise Wrong(
            "say what of {name}, such as convert.percent=0.41 or passkey=yes",
            name=wallet_name(wallet),
        )
    facts = [_fact_of(saying, wallet.markets[code].currency) for saying in sayings]
    if source is None:
        if not can_ask():
            raise Wrong(_WHERE)
        from walletpick.commands.tell_ask import ask_source

        source = ask_source()
    source = source.strip()
    if message := source_problem(source):
        raise Wrong("--source: {message}", message=message)
    _keep(catalog, wallet, code, facts, source, past_day(day))


def _ask(catalog: Catalog) -> None:
    from walletpick.commands.tell_ask import ask

    # A file that cannot be used is told before anything is asked.
    _there()
    wallet, country, fact, value, source = ask(catalog)
    _keep(catalog, wallet, country, [(fact, value)], source, today())


def _fact_of(saying: str, currency: str) -> tuple[str, str]:
    """Return fact and value of FACT=VALUE, as they are kept. Raises click.UsageError."""
    saying = half_width(saying)
    name, sign, value = saying.partition("=")
    try:
        target = target_of(name)
        if not sign:
            raise Wrong(
                "{name}: say what it is, such as {name}={value}",
                name=target.name,
                value=example_of(target),
            )
        _value, kept = value_of(target, value, currency)
    except Untold as error:
        raise Wrong("{name}: {value}", name=saying, value=error) from None
    return target.name, kept


def _keep(
    catalog: Catalog,
    wallet: Wallet,
    country: str,
    facts: Sequence[tuple[str, str]],
    source: str,
    day: date,
) -> None:
    """Keep new facts that count, and say what they change. Raises click.UsageError."""
    from walletpick.pages.own import told_page

    seen = day.isoformat()
    told = [
        Told(wallet=wallet.id, country=country, fact=fact, value=value, source=source, seen=seen)
        for fact, value in facts
    ]
    if len({key_of(each) for each in told}) < len(told):
        raise Wrong("one fact is told twice: tell each once")
    path, there = _there()
    mine = {key_of(each) for each in told}
    all_ = [*(each for each in there if key_of(each) not in mine), *told]
    # With the places that they would have in the file.
    all_ = [structs.replace(each, path=f"facts[{n}]") for n, each in enumerate(all_)]
    rows = [row for row in standings(with_own(catalog, all_), all_) if key_of(row.told) in mine]
    for row in rows:
        if not row.own:
            raise Wrong(
                "{fact} of {where} would not count: {why}",
                fact=row.told.fact,
                where=market_words(row),
                why=idle_words(row),
            )
    add(path, told)
    write_page(told_page(rows, str(path)), "table")


def _there() -> tuple[Path, tuple[Told, ...]]:
    """Return the file, and the facts in it. Raises click.UsageError, and OwnError."""
    path = own_path()
    check_path(path)
    return path, read_own(path)


def _list(catalog: Catalog, form: str) -> None:
    from walletpick.pages.own import own_page, own_table

    path, facts = _there()
    today()
    rows = standings(with_own(catalog, facts), facts)
    if form == "json":
        from walletpick.documents.person import own_out

        write_json(own_out(rows))
    else:
        write_page(own_table(rows) if form == "csv" else own_page(rows, str(path)), form)


def _forget(catalog: Catalog, words: Sequence[str], country: str | None) -> None:
    if not words:
        raise Wrong("say of which wallet: walletpick tell forget wise@GB")
    if words[0].isdecimal():
        raise _forgetting(words)
    path, facts = _there()
    wallet, code = _named(catalog, words[0], country, facts)
    mine = [told for told in facts if told.wallet == wallet and code in (None, told.country)]
    if not mine:
        nothing = N_("you told nothing of {wallet} (walletpick tell list)")
        if code:
            nothing = N_("you told nothing of {wallet} in {country} (walletpick tell list)")
        raise Wrong(nothing, wallet=wallet, country=code)
    names = []
    for text in words[1:]:
        names.append(target_of(text).name)
        known = [told.fact for told in mine]
        if names[-1] not in known:
            hint = did_you_mean(names[-1], known)
            raise Wrong(
                "you did not tell {fact} of {wallet}{hint}",
                fact=names[-1],
                wallet=wallet,
                hint=hint,
            )
    gone = [told for told in mine if not names or told.fact in names]
    take_back(path, gone)
    for each in gone:
        fact = f"{each.wallet}@{each.country} {each.fact}={each.value}"
        write(_("Forgotten: {fact}", fact=fact) + "\n")


def _forgetting(words: Sequence[str]) -> Wrong:
    """Return how to take back what was told: as the words say, or by its place in `tell list`."""
    hint = N_("to take back what you told: walletpick tell forget {rest}")
    if words and not words[0].isdecimal():
        return Wrong(hint, rest=" ".join(words))
    facts = _there()[1]
    if not facts:
        return Wrong("you told nothing yet, so there is nothing to take back")
    markets = list(dict.fromkeys((told.wallet, told.country) for told in facts))
    shown = sorted(facts, key=lambda told: markets.index((told.wallet, told.country)))
    number = words[0] if words else "1"
    place = int(number) if len(number) < 5 else 0
    told = shown[place - 1] if 0 < place <= len(shown) else shown[0]
    return Wrong(hint, rest=f"{told.wallet}@{told.country} {told.fact}")


def _named(
    catalog: Catalog, asked: str, country: str | None, facts: Sequence[Told]
) -> tuple[str, str | None]:
    """Return the wallet and the country that are meant, also where the catalog has them no more."""
    from walletpick.commands.market import country_of, find_named, name_of

    name, code = name_of(asked), country_of(asked, country)
    if any(told.wallet == name and code in (None, told.country) for told in facts):
        return name, code
    wallet, country = find_named(catalog, asked, country)
    return wallet.id, country
