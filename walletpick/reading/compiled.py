"""The compiled form of a catalog: one file in place of eighty, which is read in milliseconds.

The same bytes are what the installed package carries, what the cache of a checkout keeps and what a
published catalog is: a mark, the number of the form, the SHA-256 of the rest, and the rest, which
is the `Catalog` in MessagePack. Nothing in it can run. The digest notices accidents; who made the
file is for whoever brings it to make sure of, and `outside` that files could hold what it holds.
"""

from __future__ import annotations

import hashlib

import msgspec

from walletpick.facts.model import Catalog

# The number of the form. It changes when a program that knows the old form could not use the new
# one: when a key that must be there comes, goes or changes what it means, or when something new
# must not be passed over. tests/reading/test_compiled.py notices when the records change.
FORMAT = 1

# No compiled catalog is that long, whoever made it. Bytes.
MOST_BYTES = 64 * 2**20

# Not text at its first byte, and with both kinds of line ends: what mends text damages it at once.
_MARK = b"\x8fwalletpick\r\n\n"
_HEAD = _MARK + FORMAT.to_bytes(2, "big")
_DIGEST = 32


class Damaged(Exception):
    """The bytes are not a whole, unchanged compiled catalog of this form; the text says why."""


def encode(catalog: Catalog) -> bytes:
    """Return the compiled form of a catalog; equal catalogs give equal bytes."""
    content = msgspec.msgpack.encode(catalog)
    return _HEAD + hashlib.sha256(content).digest() + content


def decode(data: bytes) -> Catalog:
    """Return the catalog in its compiled form. Raises Damaged."""
    start = len(_HEAD) + _DIGEST
    if not data.startswith(_MARK):
        raise Damaged("it is not a compiled catalog")
    if not data.startswith(_HEAD):
        raise Damaged("it is in another form than this version of the program reads")
    content = memoryview(data)[start:]
    if hashlib.sha256(content).digest() != data[len(_HEAD) : start]:
        raise Damaged("it is not whole, or was changed")
    try:
        return msgspec.msgpack.decode(content, type=Catalog)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise Damaged(f"it does not hold a catalog: {error}") from None
