"""What an event is about: PLOVER contexts from words in its clause."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import resources

from detente.errors import OntologyError
from detente.ontology import Ontology

_TABLE = "data/lexicon/contexts.txt"


class ContextReader:
    """Finds contexts by keyword; the table is checked against the ontology.

    Raises: OntologyError: a context in the table is not in the ontology (D213).
    """

    def __init__(self, ontology: Ontology) -> None:
        parts = []
        for name, words in _rows():
            if name not in ontology.contexts:
                raise OntologyError(
                    "D213",
                    f"{_TABLE}: no context {name!r} in {ontology.version}",
                    "Name one of the ontology's contexts.",
                )
            alternatives = "|".join(_pattern(word) for word in words)
            parts.append(f"(?P<{name}>\\b(?:{alternatives}))")
        self._patterns = [re.compile(part, re.IGNORECASE) for part in parts]

    def read(self, text: str) -> tuple[str, ...]:
        """The contexts whose words occur in a clause, in the table's order."""
        found = (next(iter(p.groupindex)) for p in self._patterns if p.search(text))
        return tuple(found)


def _rows() -> Iterator[tuple[str, list[str]]]:
    content = resources.files("detente").joinpath(_TABLE).read_text(encoding="utf-8")
    for line in content.splitlines():
        if line.strip() and not line.startswith("#"):
            name, _, words = line.partition(":")
            yield name.strip(), words.split("/")


def _pattern(word: str) -> str:
    word = word.strip()
    return re.escape(word[:-1]) if word.endswith("*") else re.escape(word) + r"\b"
