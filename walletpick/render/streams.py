"""Output in any encoding: what an encoding lacks is written with a stand-in, and nothing fails."""

from __future__ import annotations

import codecs
import io
import sys

# The name under which codecs know how to write what an encoding lacks.
_STAND_IN = "walletpick_stand_in"
# ASCII by another name: click takes an output in ASCII for a mistake, and writes UTF-8 to it.
_ASCII = "walletpick_ascii"

# What stands in for letters of ours.
_NEAREST = str.maketrans(
    {
        "–": "-", "—": "-", "−": "-", "…": "...", "•": "*", "‘": "'", "’": "'", "“": '"', "”": '"',
        "×": "x", "≤": "<=", "≥": ">=", "→": "->", "\u00a0": " ", "\u202f": " ",
    }
)  # fmt: skip


def fitted(text: str, encoding: str) -> str:
    """Return text as an encoding can hold it: in ASCII "Côte d’Ivoire" is "Cote d'Ivoire"."""
    return text.encode(encoding, _STAND_IN).decode(encoding)


def fit_output() -> None:
    """Let standard output and standard error take any text, whatever their encodings are."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            is_ascii = codecs.lookup(stream.encoding).name == "ascii"
            stream.reconfigure(encoding=_ASCII if is_ascii else None, errors=_STAND_IN)


def is_unicode(encoding: str) -> bool:
    """Return whether an encoding can hold every letter."""
    return codecs.lookup(encoding).name.startswith("utf")


def _stand_in(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lacking = error.object[error.start : error.end]
    return "".join(map(_nearest, lacking)), error.end


def _nearest(letter: str) -> str:
    """Return what is nearest to a letter in ASCII, which every encoding has."""
    import unicodedata

    # Without its accents. The mark of an accent that stands alone belongs to the letter before it.
    split = unicodedata.normalize("NFKD", letter.translate(_NEAREST))
    plain = "".join(char for char in split if not unicodedata.combining(char))
    return plain if plain.isascii() else "?"


def _find(name: str) -> codecs.CodecInfo | None:
    if name != _ASCII:
        return None
    known = codecs.lookup("ascii")
    return codecs.CodecInfo(*known, known.incrementalencoder, known.incrementaldecoder, _ASCII)


codecs.register_error(_STAND_IN, _stand_in)
codecs.register(_find)
