"""What there is to say to somebody in a country without a wallet in the catalog. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from walletpick.facts.law import all_rights
from walletpick.facts.model import Catalog, Needs
from walletpick.facts.names import wallet_name
from walletpick.language import _
from walletpick.words.common import Typed, has_none
from walletpick.words.law import lawful_in_short
from walletpick.words.phrases import clauses, in_a_row
from walletpick.words.senders import sender_hints
from walletpick.words.visitor import card_from_home_words, wallets_from_home


def nowhere_lines(
    country: str,
    catalog: Catalog,
    needs: Needs,
    typed: Typed,
    home: str | None,
) -> Iterator[str]:
    """Yield that no wallet is known in a country, and then in a line each what helps all the same.

    That is what a visitor has from home (`home`: a country from which one may come), what those
    can compare who send money there, which wallets run there as far as is known,
    the checklists that hold anywhere, and the country's law. `typed` are usages as the person wrote
    them: the amount in all, and its currency.
    """
    yield has_none(country, catalog)
    if card := card_from_home_words(needs, catalog):
        yield card
    for words, command in (*wallets_from_home(needs, typed, home), *sender_hints(needs, typed)):
        yield words + command
    names = [wallet_name(wallet) for wallet in catalog.wallets if wallet.runs_in(country)]
    if names:
        yield _("Known to run there, without any facts: {wallets}.", wallets=in_a_row(names))
    else:
        yield _(
            "None of the {count} wallets of the catalog is known to run there; others may.",
            count=len(catalog.wallets),
        )
    call = f"NAME --country {country}"
    yield _("When something went wrong: {command}", command=f"walletpick complain {call}")
    yield _("To close an account: {command}", command=f"walletpick leave {call}")
    rights = dict.fromkeys(map(lawful_in_short, all_rights(catalog.laws, country)))
    if rights:
        yield _("What the law there gives customers: {rights}.", rights=clauses(rights))
    else:
        yield _("What the law there gives customers is not known.")
