"""Quotations as JSON and CSV lines; one line a quotation."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

import msgspec

from detente.output.csvfile import Cell, guarded, joined, write_cells
from detente.output.records import SpanRow, span_row
from detente.types import SCHEMA_VERSION, Actor, Quotation, QuotationKind, Quotes

QUOTE_COLUMNS = (
    "document",
    "sentence",
    "kind",
    "speaker",
    "cue",
    "content",
    "name",
    "country",
    "sector",
    "organisation",
    "person",
    "role",
    "wikidata",
    "channel",
    "anonymous",
    "addressee",
    "speaker_offsets",
    "cue_offsets",
    "content_offsets",
)
# Between stretches of what is said; it occurs in the text less often than a semicolon.
_BREAK = " … "


class ActorRow(msgspec.Struct):
    """Whom words lead to."""

    name: str
    country: str | None
    sector: str
    organisation: str | None
    person: str | None
    role: str | None
    wikidata: str | None


class QuotationRow(msgspec.Struct):
    """One quotation, one line; the fields stand in the order of the contract."""

    schema: int
    document: str
    sentence: int
    kind: QuotationKind
    cue: SpanRow | None
    speaker: SpanRow | None
    actor: ActorRow | None
    channel: str | None
    anonymous: bool
    addressee: SpanRow | None
    content: list[SpanRow]


def quotation_row(quotation: Quotation) -> QuotationRow:
    """Lay a quotation out as its JSON row."""
    return QuotationRow(
        schema=SCHEMA_VERSION,
        document=quotation.document,
        sentence=quotation.sentence,
        kind=quotation.kind,
        cue=span_row(quotation.cue),
        speaker=span_row(quotation.speaker),
        actor=_actor_row(quotation.actor),
        channel=quotation.channel,
        anonymous=quotation.anonymous,
        addressee=span_row(quotation.addressee),
        content=[SpanRow(span.text, span.start, span.end) for span in quotation.content],
    )


def write_quotes_jsonl(items: Iterable[Quotes], stream: BinaryIO) -> None:
    """Write every quotation as one JSON object a line (UTF-8), flushed after each document."""
    encoder = msgspec.json.Encoder()
    for quotes in items:
        stream.write(encoder.encode_lines([quotation_row(one) for one in quotes.quotations]))
        stream.flush()


def write_quotes_csv(items: Iterable[Quotes], stream: BinaryIO) -> None:
    """Write a header line and one line a quotation (UTF-8, comma, LF).

    Stretches of content are joined with " … "; their offsets, as in "12-40;58-90", say where each
    one stands. Text that a spreadsheet would run as a formula gets a leading apostrophe.
    """
    write_cells(QUOTE_COLUMNS, (map(_cells, quotes.quotations) for quotes in items), stream)


def _cells(quotation: Quotation) -> list[Cell]:
    row = quotation_row(quotation)
    actor = msgspec.structs.asdict(row.actor) if row.actor is not None else {}
    cells: dict[str, Cell] = {
        "document": row.document,
        "sentence": row.sentence,
        "kind": row.kind,
        "speaker": row.speaker.text if row.speaker else None,
        "cue": row.cue.text if row.cue else None,
        "content": _BREAK.join(span.text for span in row.content),
        "channel": row.channel,
        "anonymous": "true" if row.anonymous else "false",
        "addressee": row.addressee.text if row.addressee else None,
        "speaker_offsets": _offsets(row.speaker),
        "cue_offsets": _offsets(row.cue),
        "content_offsets": joined(_offsets(span) for span in row.content),
    }
    return [guarded(cells[n] if n in cells else actor.get(n)) for n in QUOTE_COLUMNS]


def _offsets(span: SpanRow | None) -> str | None:
    return f"{span.start}-{span.end}" if span is not None else None


def _actor_row(actor: Actor | None) -> ActorRow | None:
    if actor is None:
        return None
    return ActorRow(
        name=actor.name,
        country=actor.country,
        sector=actor.sector,
        organisation=actor.organisation,
        person=actor.person,
        role=actor.role,
        wikidata=actor.wikidata,
    )
