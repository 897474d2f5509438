"""Plain text, Markdown included: bytes -> ``Document``."""

from __future__ import annotations

from detente.config import Settings
from detente.reading.decoding import decode
from detente.reading.documents import Origin, build_document
from detente.reading.html import looks_like_html, read_html
from detente.reading.normalising import normalise
from detente.types import Document, Rejection


def read_plain(
    data: bytes, origin: Origin, *, settings: Settings, charset: str | None = None
) -> Document | Rejection:
    """Read one plain-text article; a page that goes by the name of text is read as a page.

    Args:
        data: the whole file.
        origin: where it came from.
        settings: see ``build_document``.
        charset: what HTTP says about the encoding.
    """
    text = decode(data, origin.where, declared=charset)
    if isinstance(text, Rejection):
        return text
    if looks_like_html(text):
        return read_html(data, origin, settings=settings, charset=charset)
    return build_document(normalise(text), origin, settings=settings)
