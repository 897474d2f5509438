"""Words of a sentence: cut into pieces for a cursor, found again, and the stretch they span.

Offsets are half-open Unicode code points into the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

# Finer than a tokeniser's words, because labels end where an apostrophe or a hyphen begins:
# Peru|'s, Peru|-|Chile. Abbreviations with stops (U.S.) and numbers (3,500) stay whole.
_PIECE = re.compile(
    r"(?:[A-Za-z]\.){2,}|(?<=\w)['’](?:s|t|d|m|re|ve|ll)\b|\d+(?:[.,:]\d+)+|\w+|[^\w\s]"
)


def pieces(sentence: str) -> tuple[tuple[int, int], ...]:
    """Cut a sentence into the words and marks that a cursor steps over: (start, end) in order."""
    return tuple(found.span() for found in _PIECE.finditer(sentence))


def find_words(
    sentence: str, words: str, *, near: int | None = None, nth: int | None = None
) -> int | None:
    """Find where words stand as whole words.

    Args:
        sentence: where to look.
        words: what to look for, verbatim.
        near: an offset; the place nearest to it is chosen.
        nth: which occurrence, from 1; goes before ``near``.

    Returns: the offset of the nth, else the nearest, else the first; None if there is none.
    """
    starts = occurrences(sentence, words)
    if nth is not None:
        return starts[nth - 1] if nth <= len(starts) else None
    if not starts:
        return None
    return starts[0] if near is None else min(starts, key=lambda at: abs(at - near))


def occurrences(sentence: str, words: str) -> list[int]:
    """List every offset at which words stand as whole words."""
    if not words:
        return []
    return [m.start() for m in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", sentence)]


def stretch(sentence: str, spans: Iterable[tuple[int, int]]) -> str:
    """Give the words from the first to the last of some spans: the quote of an event.

    Args:
        sentence: the sentence.
        spans: (start, end) of the predicate and of those parties that stand in the sentence; at
            least one.
    """
    edges = list(spans)
    return sentence[min(start for start, _ in edges) : max(end for _, end in edges)]
