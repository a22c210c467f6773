"""`walletpick combine`: one wallet or several for several uses."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import click

from walletpick.commands.amounts import Amounts
from walletpick.commands.asking import asked_country
from walletpick.commands.common import (
    experience_option,
    find_country,
    load,
    own_option,
    read_experience,
    today,
)
from walletpick.commands.completion import complete_wallets
from walletpick.commands.errors import NothingFits, Wrong
from walletpick.commands.market import find_market
from walletpick.commands.needs_options import (
    names_country,
    needs_options,
    read_needs,
    typed_amounts,
)
from walletpick.commands.output import explain_option, format_option, write_json, write_page
from walletpick.commands.params import Whole, examples
from walletpick.facts.model import Catalog, Needs, Wallet
from walletpick.person.needs import currency_of
from walletpick.words.causes import but_for_words
from walletpick.words.combine import nothing_words, verdict_words


@click.command(name="combine", epilog=examples("combine"))
@click.option(
    "--most",
    type=Whole(min=2),
    default=2,
    show_default=True,
    metavar="N",
    help="Take at most N wallets.",
)
@click.option(
    "--with",
    "having",
    multiple=True,
    metavar="WALLET[@CC]",
    shell_complete=complete_wallets,
    help="A wallet that you have and keep: says whether it is enough, or what to add.",
)
@click.option(
    "--trouble",
    metavar="AMOUNT",
    help="What one more wallet has to be worth to you in a year, e.g. 20USD (default: what the"
    " catalog says).",
)
@needs_options
@own_option
@experience_option
@explain_option
@format_option("table", "json", "markdown", "html")
def command(
    most: int, having: tuple[str, ...], trouble: str | None, explain: bool, form: str, **asked: Any
) -> None:
    """Say whether several wallets are better than one for what you do.

    Which use goes to which wallet, what that saves or gains, and whether it is worth the trouble of
    one wallet more. The answer may well be that one is enough.
    """
    from walletpick.answers.combine import MOST_USES, combine, with_going

    # What one has may be looked for in the other countries too.
    country = None if having else asked["country"]
    catalog = load(find_country(country) if country else None)
    needs, kept = _needs_and_kept(catalog, having, asked)
    if not needs.use:
        raise Wrong(
            "say with --use or --persona what you do, best in several uses, for example:"
            " walletpick combine {where} --use pay=400x20 --use send=100x2",
            where=" ".join(f"--with {wallet.id}@{home}" for wallet, home in kept)
            or f"--country {needs.country}",
        )
    if len(needs.use) > MOST_USES:
        raise Wrong(
            "combine shares out at most {most_uses} uses, and these are {use}: leave out the"
            " smallest",
            most_uses=MOST_USES,
            use=len(needs.use),
        )
    if len(kept) > most:
        raise Wrong(
            "--with names {kept} wallets, more than --most {most}", kept=len(kept), most=most
        )
    day = today()
    own = read_experience(catalog, day)
    price = _trouble(trouble, needs, catalog)
    answer = combine(
        catalog,
        needs,
        day,
        most=most,
        trouble=price,
        kept=kept,
        experiences=own,
        dearer=True,
    )
    answer = with_going(catalog, answer, day, own)
    if not answer.chosen:
        raise NothingFits(nothing_words(answer, catalog))
    if form == "json":
        from walletpick.documents.combine import combination_out

        write_json(combination_out(answer, catalog, day))
    else:
        from walletpick.pages.combine import combine_page
        from walletpick.pages.parts import recap

        typed = typed_amounts(asked, needs, catalog)
        almost = None
        if not kept and not answer.chosen.confirmed:
            from walletpick.answers.almost import all_but_one
            from walletpick.score.ranking import rank

            almost = all_but_one(rank(catalog, needs, day, own), catalog, needs, day, own)
        page = combine_page(answer, catalog, day, explain or form != "table", typed, almost)
        verdict = but_for_words(almost.left_out) if almost else verdict_words(answer)
        write_page(page, form, lambda: recap(verdict))


def _needs_and_kept(
    catalog: Catalog, having: tuple[str, ...], asked: dict[str, Any]
) -> tuple[Needs, list[tuple[Wallet, str]]]:
    """Return the needs and the wallets that one has, which may say the country."""
    if having and not names_country(catalog, asked):
        asked["country"] = find_market(catalog, having[0])[1]
    needs = read_needs(catalog, asked, lambda: asked_country(catalog.countries))
    kept: dict[str, tuple[Wallet, str]] = {}
    for name in having:
        wallet, country = find_market(catalog, name, needs.country)
        if country != needs.country:
            raise Wrong(
                "--with {name} is in another country than the needs, which are for {country}:"
                " combine shares out what you do in one country",
                name=name,
                country=needs.country,
            )
        kept[wallet.id] = wallet, country
    return needs, list(kept.values())


def _trouble(text: str | None, needs: Needs, catalog: Catalog) -> Decimal | None:
    """Return the price of one more wallet in the needs' currency; None where none is said."""
    if text is None:
        return None
    price = Amounts(currency_of(needs), catalog.per_usd).one(text, "--trouble")
    if price < 0:
        raise Wrong("--trouble must not be less than 0")
    return price
