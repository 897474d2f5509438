"""Words -> pieces of a fixed vocabulary, as BERT's encoders were trained on them.

The usual library for this brings a network client and 30 MB; the algorithm is forty lines (Wu et
al. 2016, "Google's Neural Machine Translation System", section 4.1, in the lower-casing variant of
BERT). ``tests/models/pieces.jsonl`` holds the ids that the reference implementation gives.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

UNKNOWN = "[UNK]"
# Longer "words" are addresses and hashes; the reference gives up on them too.
_LONGEST_WORD = 100
_ASCII_WORDS = re.compile(r"[!-/:-@\[-`{-~]|[^\s!-/:-@\[-`{-~]+")
_STRETCHES = re.compile(r"\S+")
_ASCII_SIGNS = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
# Blocks of Chinese characters: each is a word of its own.
_IDEOGRAPHS = (
    (0x4E00, 0x9FFF),
    (0x3400, 0x4DBF),
    (0x20000, 0x2A6DF),
    (0x2A700, 0x2B73F),
    (0x2B740, 0x2B81F),
    (0x2B820, 0x2CEAF),
    (0xF900, 0xFAFF),
    (0x2F800, 0x2FA1F),
)


class WordPieces:
    """Splits text into pieces of a vocabulary.

    Args: vocabulary: file with one piece a line; the line's number from 0 is the piece's id.
    """

    def __init__(self, vocabulary: Path) -> None:
        pieces = vocabulary.read_text(encoding="utf-8").split("\n")
        self.ids = {piece: number for number, piece in enumerate(pieces) if piece}
        self._unknown = self.ids[UNKNOWN]
        # News repeats its words: a page costs as much as its vocabulary.
        self._word = functools.lru_cache(maxsize=65_536)(self._split_word)

    def encode(self, text: str) -> tuple[list[int], list[int]]:
        """Return the ids of a text's pieces, without any marks around them, and their places.

        The place of a piece is the offset at which its word begins; in a word with letters beyond
        ASCII, that of the whole stretch without a space.
        """
        ids: list[int] = []
        places: list[int] = []
        for word, place in _words(text):
            pieces = self._word(word)
            ids += pieces
            places += [place] * len(pieces)
        return ids, places

    def _split_word(self, word: str) -> tuple[int, ...]:
        """The longest piece that fits, then the longest that fits behind it, to the end."""
        if len(word) > _LONGEST_WORD:
            return (self._unknown,)
        found: list[int] = []
        start = 0
        while start < len(word):
            prefix = "##" if start else ""
            for end in range(len(word), start, -1):
                number = self.ids.get(prefix + word[start:end])
                if number is not None:
                    found.append(number)
                    start = end
                    break
            else:
                return (self._unknown,)
        return tuple(found)


def _words(text: str) -> Iterator[tuple[str, int]]:
    """Words and signs in lower case, without accents and control characters, with their places."""
    if text.isascii() and text.isprintable():  # most of the news, ten times as fast
        for match in _ASCII_WORDS.finditer(text.lower()):
            yield match.group(), match.start()
        return
    for stretch in _STRETCHES.finditer(text):
        for word in _plain(stretch.group()).split():
            yield word, stretch.start()


def _plain(text: str) -> str:
    kept = []
    for letter in text:
        code = ord(letter)
        if code in (0, 0xFFFD) or _is_control(letter):
            continue
        kept.append(f" {letter} " if _is_ideograph(code) else letter)
    plain = unicodedata.normalize("NFD", "".join(kept))
    plain = "".join(c for c in plain if unicodedata.category(c) != "Mn").lower()
    return "".join(f" {c} " if _is_sign(c) else c for c in plain)


def _is_control(letter: str) -> bool:
    return letter not in "\t\n\r" and unicodedata.category(letter).startswith("C")


def _is_ideograph(code: int) -> bool:
    return any(first <= code <= last for first, last in _IDEOGRAPHS)


def _is_sign(letter: str) -> bool:
    return letter in _ASCII_SIGNS or unicodedata.category(letter).startswith("P")
