"""Lines that are not prose: bylines, datelines, captions, end marks, rights, service notes.

They stay in the text so that offsets hold, and are listed so that no stage codes them. Bylines and
datelines are looked for at the head of the text only: "By Friday noon" deep in a story is prose.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice

from detente.reading.dateline import Dateline, date_line, dateline_at_start
from detente.reading.lines import Line, lines_of
from detente.types import Span

# Title, standfirst, byline, date, caption, a wrapped first paragraph: the head is not longer.
HEAD_LINES = 12
# A caption or a copyright notice may run on; prose that begins like one runs on further.
_LONGEST_NOTE = 300
_LONGEST_BYLINE = 120

_BYLINE = re.compile(r"(?:By|BY|by):? (?P<names>\S.*)")
_BYLINE_PARTS = re.compile(r"\s*(?:[,;|/&–—]|\band\b|\bAND\b|\bin\b|\bfor\b|\bwith\b)\s*")
_PARTICLES = frozenset("de da del della di van von der den bin ibn al el la le of the".split())
_JOBS = frozenset(
    "staff senior chief special foreign diplomatic political defence defense security world "
    "affairs editor correspondent reporter writer writers bureau analyst".split()
)
_NO_NAMES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may "
    "june july august september october november december contrast comparison then now".split()
)
_MARK = re.compile(
    r"[-–—/(\[ ]*(?:END|ENDS|End|Ends|END TEXT|End text|End Text|Begin text|Begin Text|BEGIN TEXT"
    r")[:.]?[-–—/)\] ]*|[-–—(]+ ?30 ?[-–—)]+|[#*=_~•–—-]{2,}|\*(?: \*)+|#(?: #)+"
)
_BEGIN_TEXT = re.compile(r"[(\[]?(?:Begin text|Begin Text|BEGIN TEXT):?[)\]]?:?(?=\s)")
_NOTE = re.compile(
    r"(?:"
    r"(?:File )?(?:Photo|PHOTO|photo|Image|Picture|Caption|Photograph)"
    r"(?: credit| Credit| courtesy| by\b|:|/)"
    r"|[(\[](?:Photo|PHOTO|File photo|Image|Picture|Credit|Caption)\b[^()\[\]]*[)\]]$"
    r"|©|\([cC]\) ?(?:19|20)\d\d|Copyright (?:©|\([cC]\)|(?:19|20)\d\d)"
    r"|[(\[]?(?:Additional reporting|Reporting|Writing|Editing|Compiled) by [A-Z]"
    r"|(?:READ MORE|Read more|Read More|ALSO READ|Also read|Read also|RELATED|Related)(?: on)?:"
    r"|(?:FOR IMMEDIATE RELEASE|PRESS RELEASE|Press Release|PRESS STATEMENT|Press Statement"
    r"|MEDIA NOTE|Media Note|ADVERTISEMENT|Advertisement|Share this|All rights reserved\.?)$"
    r")"
)
_CAPTION = re.compile(
    r"[(\[](?:File )?(?:Photo|PHOTO|photo|Image|Picture|Credit|Caption)(?::|/| by\b| credit)"
    r"[^()\[\]\r\n]{0,300}[)\]]"
)


@dataclass(frozen=True, slots=True)
class Furniture:
    """What is not prose in a text, and what it tells about the text."""

    spans: tuple[Span, ...] = ()
    date: date | None = None
    place: str | None = None
    byline: str | None = None


def find_furniture(text: str) -> Furniture:
    """Find the furniture of a text, in order and without overlaps.

    Returns: the spans; the first complete day and the first place that a dateline or a date line
        gives; the first byline without its "By".
    """
    spans: list[Span] = []
    datelines: list[Dateline] = []
    bylines: list[str] = []
    for number, line in enumerate(lines_of(text)):
        if number < HEAD_LINES and (found := _head_furniture(line)) is not None:
            span, dateline, byline = found
            spans.append(span)
            datelines += [dateline] if dateline else []
            bylines += [byline] if byline else []
            if span.end == line.end:
                continue
        spans.extend(_note_furniture(line))
    return Furniture(
        spans=tuple(_disjoint(spans)),
        date=next((found.day for found in datelines if found.day), None),
        place=next((found.place for found in datelines if found.place), None),
        byline=next(iter(bylines), None),
    )


def head_of(text: str) -> list[Line]:
    """Give the first non-blank lines, where titles, bylines and datelines stand."""
    return list(islice(lines_of(text), HEAD_LINES))


def furniture_length(line: Line) -> int:
    """Tell how many characters of a line at the head of a text are furniture, from its start."""
    found = _head_furniture(line)
    span = found[0] if found is not None else next(_note_furniture(line), None)
    return span.end - line.start if span is not None and span.start == line.start else 0


def byline_names(line: str) -> str | None:
    """Read a byline: "By JANE DOE, Associated Press" -> "JANE DOE, Associated Press".

    Returns: None unless every word after "By" can be part of a name and one name has two words,
        so that "By Friday, talks had failed" is left alone.
    """
    match = _BYLINE.fullmatch(line) if len(line) <= _LONGEST_BYLINE else None
    if match is None or line[-1] in "?!:":
        return None
    parts = [part.split() for part in _BYLINE_PARTS.split(match["names"]) if part]
    words = [word for part in parts for word in part]
    if not parts or words[0].lower().strip(",.") in _NO_NAMES:
        return None
    if not all(_can_be_name(word) for word in words) or max(map(len, parts)) < 2:
        return None
    if line.endswith(".") and len(words[-1]) > 3:
        return None
    return match["names"]


def _can_be_name(word: str) -> bool:
    return (
        word[:1].isupper()
        or word in _PARTICLES | _JOBS
        or word.startswith(("al-", "el-", "d'", "d’"))
    )


def _head_furniture(line: Line) -> tuple[Span, Dateline | None, str | None] | None:
    whole = date_line(line.text)
    if whole is not None:
        return line.span(), whole, None
    byline = byline_names(line.text)
    if byline is not None:
        return line.span(), None, byline
    dateline = dateline_at_start(line.text)
    if dateline is not None:
        end = line.start + dateline.length
        return Span(line.start, end, line.text[: dateline.length]), dateline, None
    return None


def _note_furniture(line: Line) -> Iterator[Span]:
    if len(line.text) <= _LONGEST_NOTE and (_MARK.fullmatch(line.text) or _NOTE.match(line.text)):
        yield line.span()
        return
    if match := _BEGIN_TEXT.match(line.text):
        yield Span(line.start, line.start + match.end(), match[0])
    for match in _CAPTION.finditer(line.text):
        yield Span(line.start + match.start(), line.start + match.end(), match[0])


def _disjoint(spans: list[Span]) -> Iterator[Span]:
    end = 0
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if span.start >= end:
            yield span
            end = span.end
