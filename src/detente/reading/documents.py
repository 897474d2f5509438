"""Text and what is known about it -> ``Document``, or the reason why not.

Every reader ends here, so a text gives the same document whether it came as a file, a page or a
JSON record.
"""

from __future__ import annotations

import datetime
import hashlib
from dataclasses import dataclass

from detente.config import Settings
from detente.reading.furniture import Furniture, find_furniture
from detente.reading.headline import guess_headline, title_span
from detente.reading.language_id import SAMPLE_CHARACTERS, identify
from detente.reading.prose import prose_problem
from detente.reading.rejections import reject
from detente.types import Document, Rejection, Span

# Furniture is cut from the sample that shows the language, so it starts out longer.
_LANGUAGE_WINDOW = 2 * SAMPLE_CHARACTERS


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a text came from and what its surroundings say about it.

    ``where`` and ``line`` name it in a rejection. ``date_basis`` says what ``date`` rests on:
    "record" or "metadata".
    """

    where: str
    line: int | None = None
    id: str | None = None
    title: str | None = None
    date: datetime.date | None = None
    date_basis: str | None = None
    source: str | None = None
    byline: str | None = None
    url: str | None = None


def build_document(text: str, origin: Origin, *, settings: Settings) -> Document | Rejection:
    """Find headline, furniture, date and language of a text.

    Args:
        text: the text exactly as the document will carry it.
        origin: what is known about it beforehand.
        settings: ``date`` overrides every other date.

    Returns: the document; or R301, R302, R304, R340.
    """
    problem = _problem(text)
    if problem is not None:
        return reject(*problem, origin.where, line=origin.line)
    headline = guess_headline(text) if origin.title is None else title_span(text, origin.title)
    furniture = find_furniture(text)
    spans = tuple(span for span in furniture.spans if not _overlap(span, headline))
    language = identify(_body(text, headline, spans))
    if language.foreign:
        return reject(
            "R340",
            f"language: this looks like {language.name}; detente codes English",
            origin.where,
            line=origin.line,
        )
    digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
    day, basis = _date(origin, furniture, settings)
    return Document(
        id=origin.id or digest[:16],
        text=text,
        sha256=digest,
        title=origin.title or (" ".join(headline.text.split()) if headline else None),
        headline=headline,
        furniture=spans,
        date=day,
        date_basis=basis,
        place=furniture.place,
        source=origin.source,
        byline=origin.byline or furniture.byline,
        url=origin.url,
        language=language.code,
    )


def _problem(text: str) -> tuple[str, str] | None:
    if not text.strip():
        return "R301", "empty: no text"
    if "\0" in text:
        return "R302", "binary: holds NUL characters"
    reason = prose_problem(text)
    return None if reason is None else ("R304", reason)


def _date(
    origin: Origin, furniture: Furniture, settings: Settings
) -> tuple[datetime.date | None, str | None]:
    """Choose the date: given > record > metadata > dateline."""
    if settings.date is not None:
        return settings.date, "given"
    if origin.date is not None:
        return origin.date, origin.date_basis
    if furniture.date is not None:
        return furniture.date, "dateline"
    return None, None


def _body(text: str, headline: Span | None, furniture: tuple[Span, ...]) -> str:
    """Cut headline and furniture from the beginning of a text; the whole of it if nothing stays."""
    window = text.lstrip()[:_LANGUAGE_WINDOW]
    offset = len(text) - len(text.lstrip())
    pieces = []
    at = 0
    for span in sorted((*furniture, *([headline] if headline else [])), key=lambda s: s.start):
        start, end = span.start - offset, span.end - offset
        pieces.append(window[at : max(at, start)])
        at = max(at, end)
    body = "".join([*pieces, window[at:]]).strip()
    return body or window


def _overlap(span: Span, headline: Span | None) -> bool:
    return headline is not None and span.start < headline.end and headline.start < span.end
