"""What wallets are called, and finding one by that. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache

from walletpick.facts.characters import names_like, slips
from walletpick.facts.model import Wallet
from walletpick.language import ENGLISH, language


def wallet_name(wallet: Wallet) -> str:
    """Return what readers of the language that is spoken call a wallet."""
    spoken = language()
    return wallet.name if spoken == ENGLISH else wallet.local_names.get(spoken, wallet.name)


def find(wallets: Collection[Wallet], asked: str, country: str | None = None) -> list[Wallet]:
    """Return the wallets that a name may mean; an exact id or name wins.

    Else they are those of which a name begins so or has it as words (see `name_with`). Of several
    they are the ones that run in `country`, where any does. Where none of that exact name runs
    there, one that does and has it but for what stands in brackets is meant: "Google Pay" is, in
    India, "Google Pay (India)". Where the country does not tell, what is written as an id is that
    one: "momo", of which MTN MoMo is another name.
    """
    exact = [wallet for wallet in wallets if is_name_of(wallet, asked)]
    found = exact or [wallet for wallet in wallets if name_with(wallet, asked)]
    there = [wallet for wallet in found if country in wallet.markets]
    if exact and country and not there:
        there = [
            wallet
            for wallet in wallets
            if country in wallet.markets and _is_bare_name_of(wallet, asked)
        ]
    by_id = [wallet for wallet in exact if wallet.id == asked]
    return there or by_id or found


def sure(wallets: Collection[Wallet], asked: str, country: str | None = None) -> Wallet | None:
    """Return the wallet that a name means (see `find`); None where it may mean another, or none.

    The beginning of a name will do where no other begins so, or where it is a whole word of the
    only one in the country: "rev" is Revolut and, in Germany, "google" is Google Wallet. What many
    wallets are called ("pay") never will.
    """
    found = find(wallets, asked, country)
    if len(found) != 1:
        return None
    wallet = found[0]
    if is_name_of(wallet, asked) or _is_bare_name_of(wallet, asked):
        return wallet
    if _COMMON.fullmatch(plain(asked)) or not may_be_short_for(wallet, asked):
        return None
    whole = any(_has_words(name, asked) for name in names(wallet))
    return wallet if whole or len(find(wallets, asked)) == 1 else None


def name_with(wallet: Wallet, asked: str) -> str | None:
    """Return the first name of a wallet that begins with what was typed, or has it as words.

    None: there is none, or too little was typed.
    """
    if len(plain(asked)) < (3 if asked.isascii() else 2):
        return None
    called = [wallet_name(wallet), *names(wallet)]
    begin = (name for name in called if _begins(name, asked))
    return next(begin, None) or next((name for name in called if _has_words(name, asked)), None)


def may_be_short_for(wallet: Wallet, asked: str, country: str | None = None) -> bool:
    """Return whether a wallet is called so or by a name that begins so, not only by its words.

    What many wallets are called ("wallet") is short only for one that runs in a country, if named.
    """
    if is_name_of(wallet, asked):
        return True
    if country and country not in wallet.markets and _COMMON.fullmatch(plain(asked)):
        return False
    name = name_with(wallet, asked)
    return name is not None and _begins(name, asked)


def _begins(name: str, asked: str) -> bool:
    return plain(name).startswith(plain(asked))


def _has_words(name: str, asked: str) -> bool:
    """Return whether a name has what was typed as whole words; Chinese has no spaces between."""
    if not asked.isascii():
        return plain(asked) in plain(name)
    words = [" ".join(re.findall(r"\w+", text.casefold())) for text in (name, asked)]
    return f" {words[1]} " in f" {words[0]} "


def is_name_of(wallet: Wallet, asked: str) -> bool:
    """Return whether a wallet has that name, and not only one that begins so."""
    key = plain(asked)
    return bool(key) and key in {plain(name) for name in names(wallet)}


def _is_bare_name_of(wallet: Wallet, asked: str) -> bool:
    """Return whether a wallet has that name but for what stands in brackets behind it."""
    key = plain(asked)
    return bool(key) and key in {plain(name.partition("(")[0]) for name in names(wallet)}


# How like a name must be to be meant by another.
_LIKE = 0.6
# What many wallets are called beside their own name: that two share it does not make them alike.
_COMMON = re.compile("(?:wallet|money|mobile|cash|bank|card|pay|app)+$")
# Of the characters that are a name's own, so many may be wrong in one that is misspelt.
_MOST_SLIPS, _SHARE_OF_SLIPS = 2, 1 / 3


def nearest(wallets: Iterable[Wallet], asked: str) -> list[str]:
    """Return up to three ids whose names are nearest to a misspelt one."""
    known = _ids(wallets)
    close = names_like(plain(asked), known, 5, _LIKE)
    return list(dict.fromkeys(known[name] for name in close))[:3]


def misspelt(wallets: Iterable[Wallet], asked: str) -> list[str]:
    """Return up to three ids of which a name is all but surely the asked one, misspelt the least.

    "Alipya" is Alipay; "N-Wallet" only shares a word with others.
    """
    known = _ids(wallets)
    wrong = {name: _slips(plain(asked), name) for name in known}
    least = min((each for each in wrong.values() if each is not None), default=None)
    near = [known[name] for name, each in wrong.items() if each is not None and each == least]
    return list(dict.fromkeys(near))[:3]


def _ids(wallets: Iterable[Wallet]) -> dict[str, str]:
    """Return the id of the wallet that each plain name means."""
    return {plain(name): wallet.id for wallet in wallets for name in names(wallet)}


def _slips(asked: str, name: str) -> int | None:
    """Return by how many slips of the pen two plain names differ; None: they are two names.

    What many wallets are called ("wallet") is spelt as it is meant.
    """
    own, other = _COMMON.sub("", asked), _COMMON.sub("", name)
    if not own:
        return 0 if asked == name else None
    if len(own) >= 3 and own == other:
        return 0
    ending = asked.removeprefix(own)
    if ending and name.endswith(ending):
        asked, name = own, name.removesuffix(ending)
    wrong = slips(asked, name)
    most = min(_MOST_SLIPS, _SHARE_OF_SLIPS * max(len(asked), len(name)))
    return wrong if wrong <= most else None


def names(wallet: Wallet) -> Iterator[str]:
    """Yield everything a wallet is called."""
    yield wallet.id
    yield wallet.name
    yield from wallet.aliases
    yield from wallet.local_names.values()


# To find one name, all names are made plain, and who gives many names looks for each.
@lru_cache(maxsize=10_000)
def plain(name: str) -> str:
    """Return a name without case, accents, spaces and punctuation: to tell which are the same."""
    split = unicodedata.normalize("NFKD", name.casefold())
    return "".join(c for c in split if c.isalnum())
