"""What wallets are called, and finding one by that. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

from walletpick.facts.characters import names_like
from walletpick.facts.model import Wallet
from walletpick.language import ENGLISH, language


def wallet_name(wallet: Wallet) -> str:
    """Return what readers of the language that is spoken call a wallet."""
    spoken = language()
    return wallet.name if spoken == ENGLISH else wallet.local_names.get(spoken, wallet.name)


def find(wallets: Iterable[Wallet], asked: str) -> list[Wallet]:
    """Return the wallets of that name; an exact id or name wins over the beginning of one."""
    key = _plain(asked)
    if not key:
        return []
    exact = [wallet for wallet in wallets if is_name_of(wallet, asked)]
    if exact:
        return exact
    if len(key) < 3:
        return []
    return [w for w in wallets if any(_plain(name).startswith(key) for name in names(w))]


def is_name_of(wallet: Wallet, asked: str) -> bool:
    """Return whether a wallet has that name, and not only one that begins so."""
    return _plain(asked) in {_plain(name) for name in names(wallet)}


# How like a name must be to be meant by another, and to be all but surely that name misspelt.
LIKE, MISSPELT = 0.6, 0.75


def nearest(wallets: Iterable[Wallet], asked: str, like: float = LIKE) -> list[str]:
    """Return up to three ids whose names are nearest to a misspelt one."""
    known = {_plain(name): wallet.id for wallet in wallets for name in names(wallet)}
    close = names_like(_plain(asked), known, 5, like)
    return list(dict.fromkeys(known[name] for name in close))[:3]


def names(wallet: Wallet) -> Iterator[str]:
    """Yield everything a wallet is called."""
    yield wallet.id
    yield wallet.name
    yield from wallet.aliases
    yield from wallet.local_names.values()


def _plain(name: str) -> str:
    """Return a name without case, accents, spaces and punctuation."""
    split = unicodedata.normalize("NFKD", name.casefold())
    return "".join(c for c in split if c.isalnum())
