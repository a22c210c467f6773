"""`walletpick complain`: where a complaint goes, and a letter for it."""

from __future__ import annotations

import click

from walletpick.commands.common import load, own_option, today
from walletpick.commands.completion import country_option, wallet_argument
from walletpick.commands.market import find_account, kind_option
from walletpick.commands.output import (
    explain_option,
    format_option,
    remark,
    word_list,
    write,
    write_json,
    write_page,
)
from walletpick.commands.params import WordChoice, examples
from walletpick.facts.places import country_name
from walletpick.facts.vocabulary import MATTERS, OLD_MATTERS
from walletpick.language import N_
from walletpick.words.complaint import LETTER_WIDTH, letter_text, reads_language


class _MatterType(WordChoice):
    """A matter of complaint, also by a word that stood for it before."""

    unknown = N_(
        'no matter "{value}"{hint} (known: {known}; walletpick words {family} has their meaning)'
    )

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the word of the matter, or fail and name the nearest ones."""
        return super().convert(OLD_MATTERS.get(value, value), param, ctx)


_LISTED = word_list(MATTERS)


@click.command(
    name="complain",
    epilog=f"""\b
Matters:
{_LISTED}

"""
    + examples("complain"),
)
@wallet_argument
@country_option("The country of the account, where the wallet is in several: PH, Kenya, 中国.")
@click.option(
    "--about",
    type=_MatterType(MATTERS, "matter"),
    metavar="MATTER",
    help="What it is about (below).",
)
@click.option("--letter", is_flag=True, help="Print a letter to fill in.")
@own_option
@kind_option
@explain_option
@format_option("table", "json", "markdown")
def command(
    wallet: str,
    country: str | None,
    about: str | None,
    letter: bool,
    kind: str | None,
    explain: bool,
    form: str,
) -> None:
    """Show what to do when something went wrong, in order, and where a complaint goes.

    WALLET is an id or a name; WALLET@CC is the wallet in one country. It works for wallets that
    have closed, too, and for wallets and countries that the catalog does not know: then it says
    what helps anywhere, and what the law of the country gives, where that is known.
    """
    from walletpick.answers.complain_steps import complaint_checklist

    catalog = load()
    account, code = find_account(catalog, wallet, country, kind)
    checklist = complaint_checklist(catalog, account, code, about, today())
    if form == "json":
        from walletpick.documents.checklist import complaint_out

        write_json(complaint_out(checklist, letter))
        return
    if letter and not reads_language(checklist):
        sentence = N_(
            "In {country} they may not read Chinese; with --lang en the letter is in English"
        )
        remark(sentence, country=country_name(code))
    if letter and form == "table":
        write(letter_text(checklist, LETTER_WIDTH))
        return
    from walletpick.pages.checklist import complain_page, letter_page

    shown = (
        letter_page(checklist) if letter else complain_page(checklist, explain or form != "table")
    )
    write_page(shown, form)
