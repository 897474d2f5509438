"""What is wrong with a labelled event, by itself and against those before it.

The codes are those of scripts/check_labels.py, which checks whole folders with these functions;
``PLAIN`` says each in words for somebody who is labelling.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from detente.labelling.records import LabelledDocument, LabelledEvent
from detente.ontology import Ontology
from detente.types import Status

# The United Nations and the European Union are IGO in labels; these two are for export.
_EXPORT_SECTORS = frozenset({"UNO", "EUR"})
_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
# The guide's "about a month", with room on both sides.
_OLD, _RECENT = datetime.timedelta(days=45), datetime.timedelta(days=20)
# These are asserted when they are voiced, whatever day they speak of.
_VERBAL = frozenset({"AGREE", "CONCEDE", "REQUEST", "REJECT", "THREATEN"})

# L findings are breaches, W findings are for a second look only.
PLAIN = {
    "L121": "there is no such document",
    "L122": "there is no such sentence",
    "L123": "the quote does not stand in the sentence word for word",
    "L124": "the predicate does not stand in the quote",
    "L125": "these words of a party stand nowhere in the document",
    "L126": "the words for who says so stand nowhere in the document",
    "L127": "the words of the condition stand nowhere in the document",
    "L131": "there is no such type",
    "L132": "the type has no such mode",
    "L133": "there is no such status",
    "L134": "there is no such sector",
    "L135": "there is no such country (ISO 3166, three letters)",
    "L136": "not a day, month or year of the calendar",
    "L137": "not an earlier event of this document with the same type",
    "L138": "the id is taken or does not fit the document",
    "L139": "this event is already there",
    "L140": "nobody acts and nobody is acted upon",
    "L141": "the same actor in the same words on both sides",
    "W201": "conditional goes with the words of a condition, and only then",
    "W202": "one actor on both sides: is the direction right?",
    "W203": "told as done, but dated after the document",
    "W204": "background means more than about a month before the document",
}


@dataclass(frozen=True, slots=True)
class Inventory:
    """What labels may name."""

    ontology: Ontology
    countries: frozenset[str]

    @property
    def sectors(self) -> frozenset[str]:
        """Sectors and kinds of bodies, without those for export only."""
        return frozenset(self.ontology.sectors) - _EXPORT_SECTORS


@dataclass(slots=True)
class EarlierLabels:
    """What was labelled before the event that is checked; ``check_event`` adds to ``records``.

    ``texts`` are for those who check whole documents: folded text -> where it was first.
    """

    documents: dict[str, LabelledDocument] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    events: dict[str, LabelledEvent] = field(default_factory=dict)
    records: set[tuple[object, ...]] = field(default_factory=set)


def check_event(
    event: LabelledEvent, seen: EarlierLabels, inventory: Inventory
) -> Iterator[tuple[str, str]]:
    """Check one event against its document and the events before it; gives code and matter."""
    doc = seen.documents.get(event.doc)
    yield from _identity(event, seen)
    yield from _words(event, doc)
    yield from _names(event, inventory)
    yield from _judgement(event, doc)


def _identity(event: LabelledEvent, seen: EarlierLabels) -> Iterator[tuple[str, str]]:
    """Ids, repetitions, references."""
    if event.id in seen.events or not re.fullmatch(re.escape(event.doc) + r"#\d+", event.id):
        yield "L138", event.id
    if event.same_as is not None:
        first = seen.events.get(event.same_as)
        if first is None or (first.doc, first.event) != (event.doc, event.event):
            yield "L137", event.same_as
    record = (event.doc, event.sent, event.event, event.status, event.source, event.target)
    if (*record, event.predicate, event.quote) in seen.records:
        yield "L139", shortened(event.quote)
    seen.records.add((*record, event.predicate, event.quote))


def _words(event: LabelledEvent, doc: LabelledDocument | None) -> Iterator[tuple[str, str]]:
    """Whatever is quoted has to be there."""
    if doc is None:
        yield "L121", event.doc
        return
    if not 0 <= event.sent < len(doc.sents):
        yield "L122", str(event.sent)
    elif not event.quote or event.quote not in doc.sents[event.sent]:
        yield "L123", shortened(event.quote)
    if not event.predicate or event.predicate not in event.quote:
        yield "L124", str(event.predicate)
    around = f"{doc.text}\n{doc.byline or ''}"
    for party in (*event.source, *event.target):
        if not party.text or party.text not in around:
            yield "L125", party.text
    if event.reported_by is not None and (not event.reported_by or event.reported_by not in around):
        yield "L126", event.reported_by
    if event.condition is not None and (not event.condition or event.condition not in doc.text):
        yield "L127", event.condition


def _names(event: LabelledEvent, inventory: Inventory) -> Iterator[tuple[str, str]]:
    """Types, modes, statuses, sectors, countries and dates are from closed lists."""
    ontology = inventory.ontology
    if event.event not in ontology.types:
        yield "L131", event.event
    elif event.mode is not None and (event.event, event.mode) not in ontology.modes:
        yield "L132", f"{event.event} {event.mode}"
    if event.status not in [str(status) for status in Status]:
        yield "L133", event.status
    for party in (*event.source, *event.target):
        if party.sector not in inventory.sectors:
            yield "L134", party.sector
        if party.country is not None and party.country not in inventory.countries:
            yield "L135", party.country
    if event.date is not None and day_of(event.date) is None:
        yield "L136", event.date


def _judgement(event: LabelledEvent, doc: LabelledDocument | None) -> Iterator[tuple[str, str]]:
    """Parties, direction, condition, dates: what cannot be, and what seldom is."""
    if not event.source and not event.target:
        yield "L140", shortened(event.quote)
    both = [party for party in event.source if party in event.target]
    if both:
        yield "L141", both[0].text
    elif {(p.country, p.sector) for p in event.source} & {
        (p.country, p.sector) for p in event.target
    }:
        yield "W202", f"{event.source[0].text} / {event.target[0].text}"
    if (event.status == Status.CONDITIONAL) != (event.condition is not None):
        yield "W201", f"{event.status}, condition {event.condition}"
    yield from _dates(event, doc)


def _dates(event: LabelledEvent, doc: LabelledDocument | None) -> Iterator[tuple[str, str]]:
    written = day_of(doc.date) if doc is not None and doc.date else None
    first, last = day_of(event.date or ""), day_of(event.date or "", last=True)
    if written is None or first is None or last is None:
        return
    if event.status == Status.ASSERTED and event.event not in _VERBAL and first > written:
        yield "W203", f"{event.date}, document {written}"
    old, recent = last < written - _OLD, first > written - _RECENT
    if (old and not event.background) or (recent and event.background):
        yield "W204", f"{event.date}, document {written}, background {event.background}"


def day_of(text: str, *, last: bool = False) -> datetime.date | None:
    """Give the first or last day of YYYY, YYYY-MM or YYYY-MM-DD; None for what is no date."""
    found = _DATE.fullmatch(text)
    if found is None:
        return None
    year, month, day = (int(part) if part else None for part in found.groups())
    try:
        first = datetime.date(year or 0, month or 1, day or 1)
    except ValueError:
        return None
    if not last or day:
        return first
    following = first.replace(day=28, month=first.month if month else 12) + datetime.timedelta(4)
    return following - datetime.timedelta(following.day)


def shortened(text: str) -> str:
    """Enough of a text to find it again."""
    return text if len(text) <= 80 else f"{text[:77]}..."
