"""HTML pages: bytes -> ``Document``, by way of trafilatura.

The page is decoded here first: trafilatura misreads Latin-1 pages that do not say so. Dates come
from the page's metadata only; a wider search takes the year of a "© 2026" in the footer for the
date of the article.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from detente.config import Settings
from detente.errors import ReadingError
from detente.reading.dates import day_in
from detente.reading.decoding import decode
from detente.reading.documents import Origin, build_document
from detente.reading.normalising import normalise
from detente.reading.rejections import reject
from detente.types import Document, Rejection

if TYPE_CHECKING:
    from types import ModuleType

_DATE_OPTIONS = {"extensive_search": False, "original_date": True}
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_META_WINDOW = 4_096  # browsers look at 1,024 bytes; news sites put scripts before it
_PAGE_START = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--[^>]{0,500}-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE,
)
# Where no line has so many words, the page is navigation.
_LEAST_WORDS = 5
# A page with less text outside its tables may be laid out with tables, as old pages are.
_FEW_WORDS = 30
_BULLET = re.compile(r"[-*•] +")
_CELL = re.compile(r" ?\|[-| ]*(?=[\n ]|\Z)|^\|[-| ]*", re.MULTILINE)
_SENTENCE_END = re.compile(r"[.!?:;\"'”’)]$")


def looks_like_html(text: str) -> bool:
    """Tell whether a text begins like an HTML page."""
    return _PAGE_START.match(text[:2_000].lstrip("\ufeff")) is not None


def read_html(
    data: bytes, origin: Origin, *, settings: Settings, charset: str | None = None
) -> Document | Rejection:
    """Read the article of one page; its title becomes the first line of the text.

    Args:
        data: the whole page.
        origin: where it came from; a URL there wins over the page's canonical one.
        settings: see ``build_document``.
        charset: what HTTP says about the encoding.

    Returns: the document; R320 if the page holds no article.

    Raises:
        ReadingError: trafilatura is not installed (D310).
    """
    declared = charset or _meta_charset(data)
    page = decode(data, origin.where, declared=declared)
    if isinstance(page, Rejection):
        return page
    if not page.strip():
        return reject("R301", "empty: no text", origin.where)
    article = _extract(page, origin)
    title = normalise(_text_of(article, "title")).strip()
    body = _paragraphs(normalise(_text_of(article, "text")), title)
    if max(map(len, map(str.split, body.split("\n")))) < _LEAST_WORDS:
        return reject("R320", "page without text: no article found in the HTML", origin.where)
    day = _day_of(article)
    known = replace(
        origin,
        title=" ".join(title.split()) or None,
        date=day,
        date_basis="metadata" if day else None,
        source=origin.source or _text_of(article, "sitename") or None,
        byline=_text_of(article, "author") or None,
        url=origin.url or _text_of(article, "url") or None,
    )
    text = f"{known.title}\n\n{body}" if known.title else body
    return build_document(text, known, settings=settings)


def _extract(page: str, origin: Origin) -> Any:  # noqa: ANN401 - trafilatura's own record, or None
    """Extract the article, with tables only where the page has no text outside of them."""
    articles = []
    for tables in (False, True):
        article = _trafilatura(origin.where).bare_extraction(
            page,
            url=origin.url,
            include_comments=False,
            include_tables=tables,
            with_metadata=True,
            date_extraction_params=dict(_DATE_OPTIONS),
        )
        articles.append(article)
        if len(_text_of(article, "text").split()) >= _FEW_WORDS:
            break
    return max(articles, key=lambda article: len(_text_of(article, "text")))


def _trafilatura(where: str) -> ModuleType:
    try:
        import trafilatura
    except ImportError as error:
        raise ReadingError(
            "D310",
            f"{where} is a web page, and reading pages needs trafilatura ({error})",
            "Run: pip install 'detente[reading]'",
        ) from error
    return trafilatura  # type: ignore[no-any-return, unused-ignore]  # untyped


def _meta_charset(data: bytes) -> str | None:
    match = _META_CHARSET.search(data[:_META_WINDOW])
    return match[1].decode("ascii", errors="replace") if match else None


def _text_of(article: Any, name: str) -> str:  # noqa: ANN401 - trafilatura's own record, or None
    value = getattr(article, name, None)
    return value if isinstance(value, str) else ""


def _day_of(article: Any) -> date | None:  # noqa: ANN401 - as above
    return day_in(_text_of(article, "date"))


def _paragraphs(text: str, title: str) -> str:
    """Put a blank line between paragraphs, which trafilatura ends with a single line break.

    A line that goes on in lower case after one without a sentence end is the same paragraph,
    broken by a <br>. Table cells become paragraphs; bullets go, and so does the title where the
    page repeats it.
    """
    paragraphs: list[str] = []
    for raw in _CELL.sub("\n", text).split("\n"):
        line = _BULLET.sub("", raw.strip(), count=1)
        if not line or (not paragraphs and line == title):
            continue
        if paragraphs and line[0].islower() and not _SENTENCE_END.search(paragraphs[-1]):
            paragraphs[-1] = f"{paragraphs[-1]}\n{line}"
        else:
            paragraphs.append(line)
    return "\n\n".join(paragraphs)
