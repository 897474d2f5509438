"""Documents made by hand, as the reading stage would make them."""

from __future__ import annotations

import hashlib

from detente.types import Document


def make_document(text: str, **fields: object) -> Document:
    """A document with a hash, as the reading stage would make it."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Document(id=str(fields.pop("id", "doc")), text=text, sha256=digest, **fields)  # type: ignore[arg-type]
