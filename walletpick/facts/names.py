"""What wallets are called, and finding one by that. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from walletpick.facts.characters import names_like, slips
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


# How like a name must be to be meant by another.
_LIKE = 0.6
# What many wallets are called beside their own name: that two share it does not make them alike.
_COMMON = re.compile("(?:wallet|money|mobile|cash|bank|card|pay|app)+$")
# Of the characters that are a name's own, so many may be wrong in one that is misspelt.
_MOST_SLIPS, _SHARE_OF_SLIPS = 2, 1 / 3


def nearest(wallets: Iterable[Wallet], asked: str) -> list[str]:
    """Return up to three ids whose names are nearest to a misspelt one."""
    known = _ids(wallets)
    close = names_like(_plain(asked), known, 5, _LIKE)
    return list(dict.fromkeys(known[name] for name in close))[:3]


def misspelt(wallets: Iterable[Wallet], asked: str) -> list[str]:
    """Return up to three ids of which a name is all but surely the asked one, misspelt the least.

    "Alipya" is Alipay; "N-Wallet" only shares a word with others.
    """
    known = _ids(wallets)
    wrong = {name: _slips(_plain(asked), name) for name in known}
    least = min((each for each in wrong.values() if each is not None), default=None)
    near = [known[name] for name, each in wrong.items() if each is not None and each == least]
    return list(dict.fromkeys(near))[:3]


def _ids(wallets: Iterable[Wallet]) -> dict[str, str]:
    """Return the id of the wallet that each plain name means."""
    return {_plain(name): wallet.id for wallet in wallets for name in names(wallet)}


def _slips(asked: str, name: str) -> int | None:
    """Return by how many slips of the pen two plain names differ; None: they are two names."""
    own, other = _COMMON.sub("", asked), _COMMON.sub("", name)
    if len(own) >= 3 and own == other:
        return 0
    ending = asked.removeprefix(own)
    if own and ending and name.endswith(ending):
        asked, name = own, name.removesuffix(ending)
    wrong = slips(asked, name)
    most = _MOST_SLIPS if own else 1
    return wrong if wrong <= min(most, _SHARE_OF_SLIPS * max(len(asked), len(name))) else None


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
