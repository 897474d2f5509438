"""Who says what: the quotations of labelled documents, against those of `detente quotes`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from detente.benchmarks.coding import rejected_note
from detente.benchmarks.rows import Missing, Row, precision_recall, rate_row
from detente.benchmarks.sources import Sources, content_hash
from detente.benchmarks.speakers import is_right
from detente.config import Settings
from detente.labelling.records import load
from detente.reading import read
from detente.types import Quotation, QuotationKind, Rejection

if TYPE_CHECKING:
    from detente.pipeline import Coder

_QUOTES = "quotes/test.jsonl"
# So much of a labelled quotation has to be in ours before the speakers are compared.
_LEAST_SHARED = 0.5
# What labels call the one who speaks in an official statement; it is nobody's name.
_ISSUER = "issuer"


class LabelledQuotation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One quotation: the words for the speaker, who that is, and where the content stands."""

    kind: QuotationKind
    cue: str | None
    speaker: str | None
    who: str | None
    content: tuple[tuple[int, int], ...]


class QuotedDocument(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A document with all that is said in it."""

    id: str
    text: str
    quotations: tuple[LabelledQuotation, ...]
    date: str | None = None
    title: str | None = None
    source: str | None = None
    url: str | None = None
    licence: str | None = None


@dataclass(frozen=True, slots=True)
class Compared:
    """One document: letters said by both, by us, by the labels; the verdict on each speaker."""

    shared: int
    ours: int
    labelled: int
    speakers: tuple[bool, ...]


def said_words(sources: Sources, coder: Coder) -> Iterator[Row | Missing]:
    """Score the content of quotations, and their speakers."""
    reason = sources.absent_labels(_QUOTES)
    if reason:
        yield Missing("quotations", reason)
        return
    path = sources.label_file(_QUOTES)
    rejected: list[Rejection] = []
    compared: list[Compared] = []
    items = coder.quotes(read(path, settings=Settings()))
    for doc, item in zip(load([path], QuotedDocument), items, strict=True):
        if isinstance(item, Rejection):
            rejected.append(item)
        compared.append(compare(doc, () if isinstance(item, Rejection) else item.quotations))
    data, note = content_hash([path]), rejected_note(rejected)
    counts = [
        sum(getattr(one, name) for one in compared) for name in ("shared", "ours", "labelled")
    ]
    metrics = precision_recall(*counts)
    shown = " ".join(f"{metric} {value:.3f}" for metric, value in metrics.items())
    counted = f"{counts[0]:,} letters of {counts[1]:,}, {counts[2]:,} gold"
    yield Row("quotations", "content", metrics, f"{shown} ({counted}){note}", data)
    speakers = [right for one in compared for right in one.speakers]
    yield rate_row("quotations", "speaker", sum(speakers), len(speakers), data, note=note)


def compare(doc: QuotedDocument, quotations: Sequence[Quotation]) -> Compared:
    """Compare letters and digits that are said, and the speaker of each labelled quotation."""
    ours = [_letters(doc.text, ((s.start, s.end) for s in one.content)) for one in quotations]
    labelled = [_letters(doc.text, one.content) for one in doc.quotations]
    said, gold = frozenset[int]().union(*ours), frozenset[int]().union(*labelled)
    speakers = [
        _has_right_speaker(label, letters, quotations, ours)
        for label, letters in zip(doc.quotations, labelled, strict=True)
    ]
    return Compared(len(said & gold), len(said), len(gold), tuple(speakers))


def _has_right_speaker(
    label: LabelledQuotation,
    letters: frozenset[int],
    quotations: Sequence[Quotation],
    ours: Sequence[frozenset[int]],
) -> bool:
    """Ask the quotation of ours that is most like the labelled one, if it has enough of it."""
    if not quotations:
        return False
    number = max(range(len(ours)), key=lambda n: _likeness(ours[n], letters))
    if len(ours[number] & letters) < _LEAST_SHARED * len(letters):
        return False
    best = quotations[number]
    who = label.who if label.who != _ISSUER else None
    actor = best.actor
    names = (actor.name, actor.person, actor.organisation) if actor is not None else ()
    return is_right([who, label.speaker], best.speaker.text if best.speaker else None, names)


def _likeness(ours: frozenset[int], letters: frozenset[int]) -> float:
    both = ours | letters
    return len(ours & letters) / len(both) if both else 0.0


def _letters(text: str, spans: Iterable[tuple[int, int]]) -> frozenset[int]:
    return frozenset(n for start, end in spans for n in range(start, end) if text[n].isalnum())
