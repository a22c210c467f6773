"""The answers of a catalog as JSON: how many wallets are ranked, for whom and where. Pure."""

from __future__ import annotations

from walletpick.documents.out import Out


class CountsOut(Out, frozen=True, kw_only=True):
    """How many pairs of a persona and a country there are, and how many wallets they rank.

    Of the first places, `confirmed` are known to do every use, and `priced` have no unknown fee in
    their bill.
    """

    pairs: int
    nobody: int
    one: int
    two_or_more: int
    three_or_more: int
    confirmed: int
    priced: int


class TallyOut(CountsOut, frozen=True, kw_only=True):
    """The same of one persona or one country; `name` is its name or its code."""

    name: str


class FirstsOut(Out, frozen=True, kw_only=True):
    """How often a wallet stands first, and how often it is then confirmed, and priced in full."""

    wallet: str
    name: str
    pairs: int
    confirmed: int
    priced: int


class AnswersOut(Out, frozen=True, kw_only=True):
    """The answers to every persona in every country where its needs make sense. The countries that
    rank nobody for most personas stand first, and the wallets that stand first most."""

    total: CountsOut
    personas: tuple[TallyOut, ...]
    countries: tuple[TallyOut, ...]
    firsts: tuple[FirstsOut, ...]


class AnswersChangeOut(Out, frozen=True, kw_only=True):
    """The answers of two versions of a catalog, each over its own personas and countries."""

    old: CountsOut
    new: CountsOut
