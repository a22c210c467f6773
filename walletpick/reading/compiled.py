"""The compiled form of a catalog: one file in place of eighty, which is read in milliseconds.

The same bytes are what the installed package carries, what the cache of a checkout keeps and what a
published catalog is: a mark, the number of the form, the SHA-256 of the rest, and the rest, which
is the `Catalog` in MessagePack, by country beside the whole, so that an answer for one country
takes no longer when others come. Nothing in it can run. The digest notices accidents; who made the
file is for whoever brings it to make sure of, and `outside` that files could hold what it holds.
"""

from __future__ import annotations

import hashlib
from typing import Any, TypeVar

import msgspec
from msgspec import structs

from walletpick.facts.model import Catalog, Law, Texts, Wallet, WalletFile
from walletpick.facts.walk import items_of
from walletpick.language import ENGLISH, Said, language

T = TypeVar("T")

# The number of the form. It changes when a program that knows the old form could not use the new
# one: when a key that must be there comes, goes or changes what it means, or when something new
# must not be passed over. tests/reading/test_compiled.py notices when the records change.
FORMAT = 8

# No compiled catalog is that long, whoever made it. Bytes.
MOST_BYTES = 64 * 2**20

# Not text at its first byte, and with both kinds of line ends: what mends text damages it at once.
_MARK = b"\x8fwalletpick\r\n\n"
_HEAD = _MARK + FORMAT.to_bytes(2, "big")
# The bytes before the content.
HEAD = len(_HEAD) + 32


class Damaged(Said):
    """The bytes are not a whole, unchanged compiled catalog of this form; the text says why."""


class _Content(msgspec.Struct, frozen=True):
    """What `encode` makes: each part apart, so that only what is asked for is decoded.

    `shared` is the `Catalog` without wallets, laws and texts; `files` the wallets as they stand in
    their files, of which `wallets` and, for each country, `countries` are made: they hold nothing
    else.
    """

    shared: msgspec.Raw
    files: msgspec.Raw
    wallets: msgspec.Raw
    laws: dict[str, msgspec.Raw]
    countries: dict[str, msgspec.Raw]
    texts: msgspec.Raw


class CompiledCatalog:
    """A compiled catalog, of which parts are decoded when asked for. They raise Damaged."""

    def __init__(self, content: _Content) -> None:
        self._content = content
        self.shared = _decoded(content.shared, Catalog)

    def whole(self) -> Catalog:
        """Return the catalog with every market."""
        laws = {country: _decoded(law, Law) for country, law in self._content.laws.items()}
        whole = self._with(self._content.wallets)
        return structs.replace(whole, laws=laws, texts=self._texts())

    @property
    def countries(self) -> list[str]:
        """The countries that have markets."""
        return list(self._content.countries)

    def of(self, country: str) -> Catalog:
        """Return the catalog with the markets of one country, its law and the bases of that.

        Where it has none there, it is the whole. Texts in other languages are there where another
        than English is spoken.
        """
        part = self._content.countries.get(country)
        if part is None:
            return self.whole()
        laws: dict[str, Law] = {}
        code: str | None = country
        while code and code not in laws and code in self._content.laws:
            laws[code] = _decoded(self._content.laws[code], Law)
            code = laws[code].base
        # Thousands of texts, which nobody reads in English.
        texts = Texts() if language() == ENGLISH else self._texts()
        return structs.replace(self._with(part), laws=laws, texts=texts)

    def with_files(self) -> Catalog:
        """Return the catalog with every market, and what they were made from."""
        files = _decoded(self._content.files, tuple[WalletFile, ...])
        return structs.replace(self.whole(), files=files)

    def _texts(self) -> Texts:
        return _decoded(self._content.texts, Texts)

    def _with(self, wallets: msgspec.Raw) -> Catalog:
        return structs.replace(self.shared, wallets=_decoded(wallets, tuple[Wallet, ...]))


def encode(catalog: Catalog) -> bytes:
    """Return the compiled form of a catalog with its files; equal catalogs give equal bytes."""
    parts = {
        "shared": structs.replace(catalog, wallets=(), files=(), laws={}, texts=Texts()),
        "files": catalog.files,
        "wallets": catalog.wallets,
        "laws": catalog.laws,
        "countries": {code: within(catalog.wallets, code) for code in catalog.countries},
        "texts": catalog.texts,
    }
    content = msgspec.msgpack.encode(parts)
    return _HEAD + hashlib.sha256(content).digest() + content


def within(wallets: tuple[Wallet, ...], country: str) -> tuple[Wallet, ...]:
    """Return the wallets that have a market in a country, as they stand apart for it."""
    return tuple(_only(wallet, country) for wallet in wallets if country in wallet.markets)


def _only(wallet: Wallet, country: str) -> Wallet:
    """Return a wallet with one market and the sources that it needs.

    The newest reading is among them: it dates the pages that are their own source.
    """
    market = wallet.markets[country]
    used = {item.fact.source for item in items_of(market)}
    by_law = {key for tax in market.taxes for key in (tax.source, *tax.more_sources)}
    used.add(max(wallet.sources, key=lambda key: wallet.sources[key].seen))
    return structs.replace(
        wallet,
        markets={country: market},
        elsewhere=tuple(code for code in wallet.with_users if code != country),
        shut_elsewhere=tuple(code for code in wallet.shut_in if code != country),
        sources={key: source for key, source in wallet.sources.items() if key in used},
        law_sources={key: wallet.law_sources[key] for key in wallet.law_sources if key in by_law},
    )


def decode(data: bytes, country: str | None = None) -> Catalog:
    """Return the catalog in its compiled form, without its files, or its part of one country.

    Raises Damaged.
    """
    opened = open_(data)
    return opened.of(country) if country else opened.whole()


def open_(data: bytes) -> CompiledCatalog:
    """Return the catalog in its compiled form, ready to be decoded. Raises Damaged."""
    if not data.startswith(_MARK):
        raise Damaged("it is not a compiled catalog")
    if not data.startswith(_HEAD):
        raise Damaged("it is in another form than this version of the program reads")
    content = memoryview(data)[HEAD:]
    if hashlib.sha256(content).digest() != data[len(_HEAD) : HEAD]:
        raise Damaged("it is not whole, or was changed")
    return CompiledCatalog(_decoded(content, _Content))


def _decoded(content: Any, kind: type[T]) -> T:
    try:
        return msgspec.msgpack.decode(content, type=kind)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise Damaged("it does not hold a catalog: {error}", error=error) from None
