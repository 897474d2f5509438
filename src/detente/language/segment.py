"""Document -> unparsed Sentences: paragraphs, sentence ends, quotations.

Our own splitter rather than the parser's: sentences must be known before the parse, because most
of them are never parsed, and every sentence must know which part of it is somebody's words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from detente.types import Document, Sentence, Span

# After these a full stop ends a title or an abbreviation, never a sentence.
_TITLES = frozenset(
    "mr mrs ms dr prof gen lt col maj capt sgt cpl cmdr adm sen rep gov amb rev hon st sr jr "
    "messrs mme fr brig pres sec supt insp det no nos vs fig art".split()
)
# These end a sentence only when the next word opens one ("in the U.S. The talks").
_ABBREVIATIONS = frozenset(
    "inc corp co ltd dept etc al est approx jan feb mar apr jun jul aug sep sept oct nov dec "
    "mon tue tues wed thu thur thurs fri sat sun ave blvd mt ft a.m p.m".split()
)
_OPENERS = frozenset(
    "the a an he she it they we i you this that these those his her their its our in on at by for "
    "from with as but and or so yet if when while after before since although though however "
    "meanwhile there here what who why how no not one some many most several both earlier later "
    "last according despite under during two three officials police mr mrs ms".split()
)
_END = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s)")
_WORD_BEFORE = re.compile(r"([A-Za-z][A-Za-z.]*)$")
_FIRST_WORD = re.compile(r"[\"'“‘«(\[—–-]*\s*([A-Za-z']+)")
_BLANK = re.compile(r"\r?\n[ \t]*\r?\n\s*")

# Hard-wrapped text has lines of about one length; these bounds fit mail, wires and Gutenberg.
_WRAP_MIN, _WRAP_MAX = 45, 110


def split(doc: Document) -> tuple[Sentence, ...]:
    """Split a document into sentences, in order, without furniture.

    Returns: sentences without tokens; ``index`` counts from 0 over the document, ``paragraph`` from
        0 as well. The headline, if the text holds one, is a sentence of its own.
    """
    sentences: list[Sentence] = []
    for number, (start, end) in enumerate(_blocks(doc)):
        quotes = tuple(_quotations(doc.text, start, end))
        headline = doc.headline is not None and start == doc.headline.start
        bounds = [(start, end)] if headline else _sentences(doc.text, start, end)
        for begin, stop in bounds:
            inside = tuple(_cut(doc.text, quotes, begin, stop))
            sentences.append(
                Sentence(
                    document=doc.id,
                    index=len(sentences),
                    paragraph=number,
                    start=begin,
                    end=stop,
                    text=doc.text[begin:stop],
                    quotes=inside,
                    is_headline=headline,
                )
            )
    return tuple(sentences)


def _blocks(doc: Document) -> Iterator[tuple[int, int]]:
    """Paragraphs between blank lines, with headline and furniture cut out."""
    cuts = [(span.start, span.end) for span in doc.furniture]
    if doc.headline is not None:
        cuts.append((doc.headline.start, doc.headline.end))
    edges = [0]
    for match in _BLANK.finditer(doc.text):
        edges += [match.start(), match.end()]
    edges.append(len(doc.text))
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        for a, b in _without(start, end, sorted(cuts), doc.headline):
            yield from _lines(doc.text, a, b)


def _without(
    start: int, end: int, cuts: list[tuple[int, int]], headline: Span | None
) -> Iterator[tuple[int, int]]:
    for a, b in cuts:
        if b <= start or a >= end:
            continue
        if a > start:
            yield start, a
        if headline is not None and a == headline.start:
            yield a, b
        start = max(start, b)
    if start < end:
        yield start, end


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Treat single line breaks as spaces in wrapped text, as paragraph ends elsewhere."""
    lines = text[start:end].split("\n")
    wrapped = len(lines) > 1 and all(_WRAP_MIN <= len(line) <= _WRAP_MAX for line in lines[:-1])
    if wrapped or len(lines) == 1:
        yield from _trimmed(text, start, end)
        return
    at = start
    for line in lines:
        yield from _trimmed(text, at, at + len(line))
        at += len(line) + 1


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end


def _sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    out: list[tuple[int, int]] = []
    begin = start
    for match in _END.finditer(text, start, end):
        if _ends_sentence(text, begin, match, end):
            out += _trimmed(text, begin, match.end())
            begin = match.end()
    out += _trimmed(text, begin, end)
    return out


def _ends_sentence(text: str, begin: int, match: re.Match[str], end: int) -> bool:
    following = text[match.end() : min(end, match.end() + 60)].lstrip()
    if not following:
        return True
    first = following.lstrip("\"'“‘«([—–- ")[:1]
    if first.islower():
        return False
    marks = match.group().rstrip("\"'”’»)]")
    if marks != ".":
        return True
    before = _WORD_BEFORE.search(text, max(begin, match.start() - 20), match.start())
    if before is None:
        return True
    word = before.group(1).lower().rstrip(".")
    if word in _TITLES:
        return False
    dotted = "." in word or len(word) == 1
    if not dotted and word not in _ABBREVIATIONS:
        return True
    opener = _FIRST_WORD.match(following)
    return opener is not None and opener.group(1).lower() in _OPENERS


_OPEN = {"“": "”", "«": "»", "„": "“", "‘": "’"}


def _quotations(text: str, start: int, end: int) -> Iterator[Span]:
    """Stretches inside quotation marks in one paragraph, marks left out.

    A mark that is never closed runs to the end of the paragraph: that is how quotations over
    several paragraphs are set. Single marks count only where they cannot be apostrophes.
    """
    at = start
    while at < end:
        char = text[at]
        close = _OPEN.get(char) or ('"' if char == '"' else None)
        if char == "'" and _opens_single(text, start, at):
            close = "'"
        if close is None:
            at += 1
            continue
        stop = _closing(text, close, at + 1, end)
        if stop is None:
            if char in "'‘":  # an apostrophe after all
                at += 1
                continue
            stop = end
        if stop > at + 1:
            yield Span(at + 1, stop, text[at + 1 : stop])
        at = stop + 1


def _opens_single(text: str, start: int, at: int) -> bool:
    before = text[at - 1] if at > start else " "
    after = text[at + 1] if at + 1 < len(text) else " "
    return not before.isalnum() and after.isalpha()


def _closing(text: str, mark: str, start: int, end: int) -> int | None:
    at = text.find(mark, start, end)
    while at >= 0 and mark in "'’":
        after = text[at + 1] if at + 1 < end else " "
        if not after.isalnum() and text[at - 1] != "s":
            return at
        if not after.isalnum() and text.find(mark, at + 1, end) < 0:
            return at
        at = text.find(mark, at + 1, end)
    return at if at >= 0 else None


def _cut(text: str, quotes: tuple[Span, ...], start: int, end: int) -> Iterator[Span]:
    for quote in quotes:
        a, b = max(quote.start, start), min(quote.end, end)
        if a < b:
            yield Span(a, b, text[a:b])
