"""Which wallets are known to be run by different firms. Pure.

Firms of one group mostly have a name in common ("PayPal, Inc.", "PayPal UK Ltd"), behind the words
that say only of what kind a firm is ("PT", "Bank of"), which those of any group may have.
"""

from __future__ import annotations

import re

from walletpick.bill.observe import Candidate

# What a firm is: its form in law, and its trade.
_FORMS = (
    "ab|ag|as|asa|aps|bhd|bv|co|company|corp|corporation|cv|dac|gmbh|group|holding"
    "|holdings|inc|jsc|kg|kk|limited|llc|lp|ltd|ltda|nv|nyrt|oy|oyj|pjsc|plc|private|pt|pte"
    "|pty|pvt|sa|sab|sal|sarl|sas|sdn|se|sia|spa|sp|spzoo|srl|tbk|uab|zrt"
)
_TRADES = (
    "banca|banco|bank|banka|banki|bankas|banque|caixa|caja|commercial|credit|crédit"
    "|crédito|digital|financial|financiera|finance|international|mobile|money|national"
    "|payment|payments|savings|services"
)
# What stands between.
_LINKS = "a|and|da|das|de|del|der|des|di|do|dos|du|e|et|for|la|las|le|les|los|of|the|und|van|von|y"
_SAY_LITTLE = frozenset("|".join((_FORMS, _TRADES, _LINKS)).split("|"))


def are_apart(one: Candidate, other: Candidate) -> bool:
    """Return whether two wallets are known to be run by different firms."""
    ours, theirs = _firms(one), _firms(other)
    return bool(ours and theirs) and ours.isdisjoint(theirs)


def _firms(candidate: Candidate) -> frozenset[str]:
    """Return the names of the firms that run a wallet, each by the word that tells it apart."""
    market = candidate.wallet.markets[candidate.country]
    names = ";".join(filter(None, (market.operator, candidate.wallet.operator))).split(";")
    return frozenset(filter(None, map(_telling_word, names)))


def _telling_word(name: str) -> str:
    """Return the first word of a firm's name that firms of other groups do not have; "" if none.

    Letters with dots between are one word ("S.A."). Where every word says little, the first counts.
    """
    words = re.findall(r"\w+", re.sub(r"(?<=\b\w)\.(?=\w\b)", "", name).casefold())
    return next((word for word in words if word not in _SAY_LITTLE), words[0] if words else "")
