"""Documents made by hand, as the reading stage would make them."""

from __future__ import annotations

import hashlib

from detente.types import Document, PairQuery


def make_document(text: str, **fields: object) -> Document:
    """A document with a hash, as the reading stage would make it."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Document(id=str(fields.pop("id", "doc")), text=text, sha256=digest, **fields)  # type: ignore[arg-type]


def make_query(marked: str) -> PairQuery:
    """Build a query from a text with [S ...] and [T ...]."""
    text, spans = "", {}
    rest = marked
    while "[" in rest:
        before, _, rest = rest.partition("[")
        kind, _, rest = rest.partition(" ")
        inside, _, rest = rest.partition("]")
        text += before
        spans[kind] = (len(text), len(text) + len(inside))
        text += inside
    return PairQuery("q", text + rest, spans["S"], spans.get("T"))
