"""The headline of a text: its first line or lines, if they look like one.

Headlines have no final full stop, stay under 200 characters, and are set off: by a blank line, by
furniture, or by a line break that the width of the text did not force.
"""

from __future__ import annotations

import re

from detente.reading.furniture import furniture_length, head_of
from detente.reading.lines import Line
from detente.types import Span

# News headlines run to 120 letters; titles of statements to 180.
_LONGEST = 200
# Headlines are set in one line, or wrapped into two or three.
_MOST_LINES = 3
# "in the U.S." ends in a full stop that ends no sentence.
_ABBREVIATION = re.compile(r"(?:[A-Z]\.){2,}$|\b(?:Inc|Corp|Co|Ltd|Jr|Sr)\.$")
_FULL_STOP = re.compile(r"[.:,;…][\"'”’)\]]*$|[!?][\"”]$")
_HEADING_MARK = re.compile(r"#{1,6}[ \t]+")


def guess_headline(text: str) -> Span | None:
    """Find the headline that a plain text opens with.

    Returns: the span of its words, without a Markdown "# "; None if the text opens with prose, or
        holds nothing but this one paragraph.
    """
    head = head_of(text)
    lead = 0
    while lead < len(head) and furniture_length(head[lead]) == len(head[lead].text):
        lead += 1
    block = _first_block(head[lead:])
    rest = head[lead + len(block) :]
    if len(block) > 1 and _is_break(block[0], block[1], block):
        block, rest = block[:1], block[1:]
    words = " ".join(line.text for line in block)
    if not rest or len(block) > _MOST_LINES or not _looks_like_headline(words):
        return None
    start = block[0].start
    if mark := _HEADING_MARK.match(block[0].text):
        start += mark.end()
    return Span(start, block[-1].end, text[start : block[-1].end])


def title_span(text: str, title: str) -> Span | None:
    """Find a known title as the first line of a text, whatever its spaces and capitals."""
    for line in head_of(text)[:1]:
        if _folded(line.text) == _folded(title):
            return line.span()
    return None


def _first_block(lines: list[Line]) -> list[Line]:
    """Take the lines up to the first blank line or furniture."""
    block: list[Line] = []
    for line in lines:
        if furniture_length(line) or (block and line.opens):
            break
        block.append(line)
    return block


def _is_break(line: Line, following: Line, block: list[Line]) -> bool:
    """Tell whether a line break was meant: the next word would still have fitted the width."""
    width = max(len(other.text) for other in block)
    first_word = following.text.split(maxsplit=1)[0]
    return len(line.text) + 1 + len(first_word) <= width and not following.text[0].islower()


def _looks_like_headline(words: str) -> bool:
    if len(words) >= _LONGEST or len(words.split()) < 2 or not any(map(str.isalpha, words)):
        return False
    return not _FULL_STOP.search(words) or _ABBREVIATION.search(words) is not None


def _folded(words: str) -> str:
    return " ".join(words.split()).casefold()
