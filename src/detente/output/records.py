"""Our records as JSON rows, and back: the public contract, version 1.

A ``...Row`` is one JSON object; its fields stand in the order of the contract. What follows
``signature`` in an event (``coder``, ``evidence``, ``links``) was added later and may be missing.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import msgspec

from detente.errors import DataError
from detente.types import (
    SCHEMA_VERSION,
    Actor,
    Attribution,
    Coded,
    Confidence,
    Event,
    EventDate,
    Evidence,
    Link,
    LinkKind,
    Party,
    Place,
    Span,
    Status,
)


class SpanRow(msgspec.Struct):
    """Words of the document; the offsets are half-open Unicode code points."""

    text: str
    start: int
    end: int


class PartyRow(SpanRow):
    """One side of an event: the words and who they stand for."""

    name: str
    country: str | None
    sector: str
    organisation: str | None
    person: str | None
    role: str | None
    wikidata: str | None


class PredicateRow(SpanRow):
    """The words that carry the act."""

    lemma: str


class AttributionRow(SpanRow):
    """Who says so; ``cue`` and ``anonymous`` were added later and may be missing."""

    name: str | None
    country: str | None
    sector: str | None
    channel: str | None
    cue: SpanRow | None = None
    anonymous: bool = False


class PlaceRow(msgspec.Struct):
    """Where it happened."""

    text: str
    name: str
    country: str | None
    latitude: float | None
    longitude: float | None
    geonames: int | None
    precision: str | None
    start: int
    end: int


class EvidenceRow(msgspec.Struct):
    """Why one field has its value."""

    field: str
    start: int | None
    end: int | None
    text: str | None
    rule: str
    entry: str | None
    score: float | None
    runner_up: str | None


class LinkRow(msgspec.Struct):
    """What the event has to do with another of its document, by that one's id."""

    kind: str
    event: str
    detail: str | None


class EventRow(msgspec.Struct):
    """One event, one line."""

    schema: int
    id: str
    document: str
    sentence: int
    start: int
    end: int
    quote: str
    actors: list[PartyRow]
    recipients: list[PartyRow]
    third_parties: list[PartyRow]
    predicate: PredicateRow
    type: str
    mode: str | None
    contexts: list[str]
    theme: SpanRow | None
    cameo: str | None
    quad: int
    score: float | None
    goldstein: float | None
    status: Status
    background: bool
    condition: SpanRow | None
    attribution: list[AttributionRow]
    date: EventDate | None
    place: PlaceRow | None
    confidence: Confidence | None
    story: str | None
    signature: str
    coder: str | None = None
    evidence: list[EvidenceRow] = []
    links: list[LinkRow] = []


class MentionRow(msgspec.Struct):
    """One actor that one mention stands for."""

    document: str
    text: str
    start: int
    end: int
    name: str
    country: str | None
    sector: str
    organisation: str | None
    person: str | None
    role: str | None
    wikidata: str | None


def event_row(event: Event) -> EventRow:
    """Lay an event out as its JSON row."""
    return EventRow(
        schema=SCHEMA_VERSION,
        id=event.id,
        document=event.document,
        sentence=event.sentence,
        start=event.span.start,
        end=event.span.end,
        quote=event.span.text,
        actors=[_party_row(party) for party in event.actors],
        recipients=[_party_row(party) for party in event.recipients],
        third_parties=[_party_row(party) for party in event.third_parties],
        predicate=PredicateRow(*_parts(event.predicate), lemma=event.lemma),
        type=event.type,
        mode=event.mode,
        contexts=list(event.contexts),
        theme=span_row(event.theme),
        cameo=event.cameo,
        quad=event.quad,
        score=event.score,
        goldstein=event.goldstein,
        status=event.status,
        background=event.background,
        condition=span_row(event.condition),
        attribution=[_attribution_row(one) for one in event.attribution],
        date=event.date,
        place=_place_row(event.place),
        confidence=event.confidence,
        story=event.story,
        signature=event.signature,
        coder=coder_of(event.signature),
        evidence=[_evidence_row(one) for one in event.evidence],
        links=[LinkRow(link.kind, link.event, link.detail) for link in event.links],
    )


def event_to_json(event: Event) -> dict[str, Any]:
    """Return the event as a dict of plain values, keys in the order of the contract."""
    plain: dict[str, Any] = msgspec.to_builtins(event_row(event))
    return plain


def event_from_json(line: bytes | str, *, where: str = "events", number: int = 1) -> Event:
    """Read an event from one line of JSON.

    The rule and the candidates of an actor are not part of the row: they come back empty, what
    is left of them stands in ``evidence``.

    Raises:
        DataError: the line is not an event (D241), or of a later schema (D242); the message
            names ``where`` and line ``number``.
    """
    try:
        row = msgspec.json.decode(line, type=EventRow)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise DataError(
            "D241",
            f"{where}, line {number} is not an event: {error}",
            "Give a file written by `detente code --format jsonl`.",
        ) from error
    if row.schema > SCHEMA_VERSION:
        raise DataError(
            "D242",
            f"{where}, line {number} has schema {row.schema}; this version reads {SCHEMA_VERSION}",
            "Update detente: `pip install --upgrade detente`.",
        )
    return _event(row)


def read_events(path: Path) -> Iterator[Event]:
    """Read a JSONL file of events, blank lines skipped.

    Raises:
        DataError: the file cannot be opened (D240), or a line is wrong (see event_from_json).
    """
    try:
        stream = path.open("rb")
    except OSError as error:
        raise DataError(
            "D240",
            f"cannot open {path}: {error.strerror}",
            "Check the path; `detente code SOURCE --out events.jsonl` writes such a file.",
        ) from error
    with stream:
        for number, line in enumerate(stream, start=1):
            if line.strip():
                yield event_from_json(line, where=str(path), number=number)


def mention_rows(coded: Coded) -> Iterator[MentionRow]:
    """Lay the mentions of a document out as rows, one for every actor they stand for."""
    for mention in coded.mentions:
        for actor in mention.actors:
            yield MentionRow(
                document=coded.document.id,
                text=mention.text,
                start=mention.start,
                end=mention.end,
                name=actor.name,
                country=actor.country,
                sector=actor.sector,
                organisation=actor.organisation,
                person=actor.person,
                role=actor.role,
                wikidata=actor.wikidata,
            )


def coder_of(signature: str) -> str | None:
    """Return the coder named in a signature, e.g. "frames.v1"."""
    for part in signature.split("|"):
        key, _, value = part.partition(":")
        if key == "coder" and value:
            return value
    return None


def _parts(span: Span) -> tuple[str, int, int]:
    return span.text, span.start, span.end


def span_row(span: Span | None) -> SpanRow | None:
    """Lay words out with their place; None stays None."""
    return None if span is None else SpanRow(*_parts(span))


def _party_row(party: Party) -> PartyRow:
    actor = party.actor
    return PartyRow(
        *_parts(party.span),
        name=actor.name,
        country=actor.country,
        sector=actor.sector,
        organisation=actor.organisation,
        person=actor.person,
        role=actor.role,
        wikidata=actor.wikidata,
    )


def _attribution_row(one: Attribution) -> AttributionRow:
    return AttributionRow(
        *_parts(one.span),
        name=one.name,
        country=one.country,
        sector=one.sector,
        channel=one.channel,
        cue=span_row(one.cue),
        anonymous=one.anonymous,
    )


def _place_row(place: Place | None) -> PlaceRow | None:
    if place is None:
        return None
    return PlaceRow(
        text=place.span.text,
        name=place.name,
        country=place.country,
        latitude=place.latitude,
        longitude=place.longitude,
        geonames=place.geonames,
        precision=place.precision,
        start=place.span.start,
        end=place.span.end,
    )


def _evidence_row(one: Evidence) -> EvidenceRow:
    span = one.span
    return EvidenceRow(
        field=one.field,
        start=span.start if span else None,
        end=span.end if span else None,
        text=span.text if span else None,
        rule=one.rule,
        entry=one.entry,
        score=one.score,
        runner_up=one.runner_up,
    )


def _event(row: EventRow) -> Event:
    return Event(
        id=row.id,
        document=row.document,
        sentence=row.sentence,
        span=Span(row.start, row.end, row.quote),
        actors=tuple(_party(party) for party in row.actors),
        recipients=tuple(_party(party) for party in row.recipients),
        third_parties=tuple(_party(party) for party in row.third_parties),
        predicate=Span(row.predicate.start, row.predicate.end, row.predicate.text),
        lemma=row.predicate.lemma,
        type=row.type,
        mode=row.mode,
        status=row.status,
        quad=row.quad,
        cameo=row.cameo,
        score=row.score,
        goldstein=row.goldstein,
        contexts=tuple(row.contexts),
        theme=_span(row.theme),
        background=row.background,
        condition=_span(row.condition),
        attribution=tuple(_attribution(one) for one in row.attribution),
        date=row.date,
        place=_place(row.place),
        confidence=row.confidence,
        story=row.story,
        signature=row.signature,
        evidence=tuple(_evidence(one) for one in row.evidence),
        links=tuple(_link(link) for link in row.links),
    )


def _span(row: SpanRow | None) -> Span | None:
    return None if row is None else Span(row.start, row.end, row.text)


def _party(row: PartyRow) -> Party:
    actor = Actor(
        name=row.name,
        country=row.country,
        sector=row.sector,
        organisation=row.organisation,
        person=row.person,
        role=row.role,
        wikidata=row.wikidata,
    )
    return Party(Span(row.start, row.end, row.text), actor)


def _link(row: LinkRow) -> Link:
    return Link(cast("LinkKind", row.kind), row.event, row.detail)


def _attribution(row: AttributionRow) -> Attribution:
    span = Span(row.start, row.end, row.text)
    return Attribution(
        span, row.name, row.country, row.sector, row.channel, _span(row.cue), row.anonymous
    )


def _place(row: PlaceRow | None) -> Place | None:
    if row is None:
        return None
    return Place(
        span=Span(row.start, row.end, row.text),
        name=row.name,
        country=row.country,
        latitude=row.latitude,
        longitude=row.longitude,
        geonames=row.geonames,
        precision=row.precision,
    )


def _evidence(row: EvidenceRow) -> Evidence:
    span = None
    if row.text is not None and row.start is not None and row.end is not None:
        span = Span(row.start, row.end, row.text)
    return Evidence(row.field, span, row.rule, row.entry, row.score, row.runner_up)
