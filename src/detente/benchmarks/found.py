"""Labelled events that the coder found: what the records say of them is measured on these alone.

A labelled event is found when a coded one of its type is in its sentence (``pairing``, level
"type"). What was not found says nothing about dates, speakers or places; the rows of ``documents``
count it.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from detente.benchmarks.coding import coded_file, rejected_note
from detente.benchmarks.pairing import Text, labelled_text, outcome
from detente.labelling.records import LabelledDocument, LabelledEvent, encoded, load
from detente.types import Coded, Event, Mention, Rejection

if TYPE_CHECKING:
    from detente.pipeline import Coder


@dataclass(frozen=True, slots=True)
class Pair:
    """A labelled event with the coded one, and what the coder resolved in that sentence."""

    label: LabelledEvent
    event: Event
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class FoundEvents:
    """The pairs of some texts; ``labelled`` counts all their events, found or not.

    ``note`` says how many documents were rejected, and is empty if none was.
    """

    pairs: tuple[Pair, ...]
    labelled: int
    note: str


def read_texts(documents: Path, gold: Path) -> list[Text]:
    """Read the documents of a set with their events.

    Raises:
        DataError: a file cannot be opened (D260), a line is no record (D261).
    """
    by_document: dict[str, list[LabelledEvent]] = {}
    for event in load([gold], LabelledEvent):
        by_document.setdefault(event.doc, []).append(event)
    kind = documents.name.partition("-")[0]
    return [
        labelled_text(kind, doc, by_document.get(doc.id, ()))
        for doc in load([documents], LabelledDocument)
    ]


def found_events(coder: Coder, texts: Sequence[Text]) -> FoundEvents:
    """Code texts as `detente code` does, and pair what was found."""
    pairs: list[Pair] = []
    rejected: list[Rejection] = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "documents.jsonl"
        path.write_bytes(encoded(text.doc for text in texts))
        for text, item in zip(texts, coded_file(coder, path), strict=True):
            if isinstance(item, Rejection):
                rejected.append(item)
            else:
                pairs += _pairs(text, item)
    labelled = sum(len(text.gold) for text in texts)
    return FoundEvents(tuple(pairs), labelled, rejected_note(rejected))


def _pairs(text: Text, coded: Coded) -> Iterable[Pair]:
    made = outcome(text, coded.events)
    for number, gold in enumerate(text.gold):
        found = made.hit("type", number)
        if found is not None:
            near = (m for m in coded.mentions if m.sentence == found.event.sentence)
            yield Pair(gold.label, found.event, tuple(near))
