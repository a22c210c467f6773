"""What to look up to know better who is best, and how to enter it, in words. Pure."""

from __future__ import annotations

from msgspec import Struct

from walletpick.facts.money import two_digits
from walletpick.facts.names import wallet_name
from walletpick.language import N_, _
from walletpick.score.causes import NotShownThere
from walletpick.score.settle import OneCheck, Unknown
from walletpick.words.causes import cause_words
from walletpick.words.lines import line_words
from walletpick.words.main_reasons import price_page
from walletpick.words.phrases import a_year, asked, claim_phrase, money


class ToLookUp(Struct, frozen=True):
    """A fact to look up: what it is, the page to open if any, and the command that enters it."""

    what: str
    page: str | None
    command: str


def to_look_up(unknown: Unknown) -> ToLookUp:
    """Return what to look up: "the fee to send money to people abroad", the page, the command."""
    place, line = unknown.place, unknown.line
    wallet = f"{place.wallet.id}@{place.candidate.country}"
    page = price_page(place, line)
    if line is not None:
        what, value = line_words(line), "N"
    else:
        what = _("whether it {does}", does=asked(claim_phrase(unknown.key, True)))
        hoped = "yes" if unknown.wanted else "no"
        value = "N" if unknown.target.section == "fees" else hoped
        page = place.candidate.market.links.help or place.wallet.website
    # The address is left to the person: it is where they really read it.
    return ToLookUp(what, page, _entry(wallet, unknown.target.name, value))


def _entry(wallet: str, fact: str, value: str) -> str:
    """Return the command that enters a fact, with a word where the person puts the source."""
    where = _("WHERE")
    return f"walletpick tell {wallet} {fact}={value} --source {where}"


def one_check_words(check: OneCheck) -> tuple[str, str]:
    """Return what is to be checked of a much cheaper wallet, and the command that enters it.

    "Wise would cost about 300 EUR a year less. Only this is not confirmed: that one can receive
    money from abroad. Look at https://...".
    """
    place, target, cause = check.unknown.place, check.unknown.target, check.cause
    bill = place.bill
    less = money(two_digits(check.saving), bill.currency)
    message = N_(
        "{wallet} may cost about {amount} {often} less, by what such wallets usually charge."
        " Only this is not confirmed: {what}."
    )
    if check.known:
        message = N_(
            "{wallet} would cost about {amount} {often} less. Only this is not confirmed: {what}."
        )
    words = _(
        message,
        wallet=wallet_name(place.wallet),
        amount=less,
        often=a_year(bill.period),
        what=asked(cause_words(cause)),
    )
    links = place.candidate.market.links
    page = cause.source.url if cause.source else links.help or place.wallet.website
    look = _("Look at {page}", page=page) if page else _("Ask them")
    words = _("{words} {more}", words=words, more=look)
    wallet = f"{place.wallet.id}@{place.candidate.country}"
    wanted = "yes" if isinstance(cause, NotShownThere) or cause.wanted else "no"
    value = "N" if target.section == "fees" else wanted
    return words, _entry(wallet, target.name, value)
