"""One spelling for names: accents off, dashes and quotes to blanks, every offset kept."""

from __future__ import annotations

import unicodedata

# Letters that Unicode does not decompose; one letter each, because offsets must hold.
_SINGLE = {"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i", "ß": "s"}
_SINGLE |= {"æ": "a", "Æ": "A", "œ": "o", "ð": "d", "þ": "t", "ə": "e", "Ə": "E"}
# Left of a name any of these may stand; they become the blank that every pattern begins with.
_BLANKS = '-‐‑–—/"“”«»„()[]{}\n\r\t\u00a0\u200b…'
_APOSTROPHES = "’‘`ʼʻ´"


def _table() -> dict[int, str]:
    table = {ord(a): b for a, b in _SINGLE.items()}
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        base = unicodedata.normalize("NFD", chr(code))[0]
        if base.isascii() and code not in table:
            table[code] = base
    table |= {ord(char): " " for char in _BLANKS}
    table |= {ord(char): "'" for char in _APOSTROPHES}
    return table


_TABLE = _table()
_ASCII_BLANKS = str.maketrans({char: " " for char in _BLANKS if char.isascii()})


def fold(text: str) -> str:
    """Fold a text for matching; the result has the same length, letter case is kept."""
    return text.translate(_ASCII_BLANKS if text.isascii() else _TABLE)
