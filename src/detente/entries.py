"""The records of the ledger: an event with its document, and what was judged to be one happening.

    Event, Document -> ledger -> LedgerEvent (with its DocumentCard)
    LedgerEvent -> stories -> Judgement -> Happening, Story

Frozen like those of ``types``, which is all that this module imports.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from detente.types import Actor, Event, EventDate, Status


@dataclass(frozen=True, slots=True)
class DocumentCard:
    """Where an event was read: the card of a document in the ledger, without its text.

    ``outlet`` is who published it; ``characters`` the length of the text. ``origin`` is the id of
    the document that the text was copied from, by judgement; its own id where it is no copy.
    ``recorded`` (UTC) is when the ledger took it in.
    """

    document: str
    origin: str
    title: str | None
    published: date | None
    outlet: str | None
    url: str | None
    language: str | None
    characters: int
    recorded: datetime


@dataclass(frozen=True, slots=True)
class Location:
    """Where an event happened, without the words that say so; fields as in Place."""

    name: str
    country: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    geonames: int | None = None
    precision: str | None = None


@dataclass(frozen=True, slots=True)
class LedgerEvent:
    """One event as the ledger holds it: coded from a document, or imported from a coder's file.

    ``series`` tells which: "detente", "gdelt", "icews", "polecat". ``confidence`` is that of the
    event. ``publisher`` is the outlet that an imported file names. ``card`` and ``event``, the
    whole record with words and evidence, are None for imported ones; so is ``happening`` until
    one was judged.
    """

    id: str
    series: str
    actors: tuple[Actor, ...]
    recipients: tuple[Actor, ...]
    type: str
    status: Status
    signature: str
    third_parties: tuple[Actor, ...] = ()
    mode: str | None = None
    cameo: str | None = None
    quad: int | None = None
    score: float | None = None
    goldstein: float | None = None
    contexts: tuple[str, ...] = ()
    background: bool = False
    date: EventDate | None = None
    place: Location | None = None
    confidence: float | None = None
    sentence: int | None = None
    publisher: str | None = None
    url: str | None = None
    story: str | None = None
    happening: str | None = None
    card: DocumentCard | None = None
    event: Event | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """One part of a judgement: what was compared, the values that met, what it added."""

    feature: str
    left: str | None
    right: str | None
    weight: float


JudgementKind = Literal["copy", "story", "happening"]
Verdict = Literal["same", "different"]


@dataclass(frozen=True, slots=True)
class Judgement:
    """Two documents or events judged to be the same or not; dated, and never overwritten.

    ``kind`` "copy": document ``right`` has its text from document ``left``; "story": documents
    about one happening; "happening": events that are one act. ``by`` is a rule with its version,
    or "person:NAME". ``score`` is 0 to 1, None for a person's.
    """

    kind: JudgementKind
    left: str
    right: str
    verdict: Verdict
    by: str
    score: float | None = None
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Contested:
    """A field that the reports of one happening give differently: each value, and who says so."""

    field: str
    values: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Happening:
    """One act, and every event that was judged to tell of it; the one that stands for it first."""

    id: str
    events: tuple[LedgerEvent, ...]
    contested: tuple[Contested, ...] = ()

    @property
    def outlets(self) -> int:
        """How many outlets tell of it."""
        return len({one.card.outlet for one in self.events if one.card and one.card.outlet})

    @property
    def origins(self) -> int:
        """How many texts of independent origin tell of it: copies of one text count once."""
        return len({one.card.origin for one in self.events if one.card})


@dataclass(frozen=True, slots=True)
class Story:
    """Documents about one happening and what follows from it in the same days."""

    id: str
    documents: tuple[str, ...]
    title: str | None
    first: date | None
    last: date | None
    outlets: int
    origins: int
