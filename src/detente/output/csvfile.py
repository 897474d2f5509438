"""Records as one flat table, for spreadsheets and statistics packages.

Lists are joined with ``;`` and stay aligned: the second name in ``actors`` belongs to the
second code in ``actor_countries``, an empty place means that there is none. Text that a
spreadsheet would run as a formula gets a leading apostrophe; numbers are left alone.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import BinaryIO

from detente.types import Coded, Event, Party

Cell = str | int | float | None

# What Excel, LibreOffice and Google Sheets take for the start of a formula (OWASP, "CSV
# injection"); tab and carriage return because they are skipped before one.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")

COLUMNS = (
    "id",
    "document",
    "sentence",
    "start",
    "end",
    "date",
    "date_end",
    "date_precision",
    "actors",
    "actor_countries",
    "actor_sectors",
    "recipients",
    "recipient_countries",
    "recipient_sectors",
    "third_parties",
    "predicate",
    "type",
    "mode",
    "contexts",
    "status",
    "background",
    "cameo",
    "quad",
    "score",
    "goldstein",
    "condition",
    "attribution",
    "place",
    "quote",
    "confidence_event",
    "confidence_type",
    "confidence_actors",
    "confidence_recipients",
    "confidence_status",
    "confidence_date",
    "confidence_place",
    "story",
    "signature",
)


def write_csv(items: Iterable[Coded], stream: BinaryIO) -> None:
    """Write a header line and one line an event (UTF-8, comma, LF)."""
    write_cells(COLUMNS, (map(csv_row, coded.events) for coded in items), stream)


def write_cells(
    columns: Sequence[str], documents: Iterable[Iterable[Sequence[Cell]]], stream: BinaryIO
) -> None:
    """Write a header line and the lines of each document as it comes (UTF-8, comma, LF)."""
    text = io.TextIOWrapper(stream, encoding="utf-8", newline="", write_through=True)
    try:
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(columns)
        for lines in documents:
            writer.writerows(lines)
            text.flush()
    finally:
        # The stream is the caller's to close.
        text.detach()


def csv_row(event: Event) -> list[Cell]:
    """Lay an event out as the cells of COLUMNS."""
    cells = _cells(event)
    return [guarded(cells[name]) for name in COLUMNS]


def _cells(event: Event) -> dict[str, Cell]:
    date = event.date
    return {
        "id": event.id,
        "document": event.document,
        "sentence": event.sentence,
        "start": event.span.start,
        "end": event.span.end,
        "date": date.start.isoformat() if date else None,
        "date_end": date.end.isoformat() if date else None,
        "date_precision": date.precision if date else None,
        **_side("actor", event.actors),
        **_side("recipient", event.recipients),
        "third_parties": joined(party.actor.name for party in event.third_parties),
        "predicate": event.predicate.text,
        "type": event.type,
        "mode": event.mode,
        "contexts": joined(event.contexts),
        "status": event.status.value,
        "background": "true" if event.background else "false",
        "cameo": event.cameo,
        "quad": event.quad,
        "score": event.score,
        "goldstein": event.goldstein,
        "condition": event.condition.text if event.condition else None,
        "attribution": joined(one.name or one.span.text for one in event.attribution),
        "place": event.place.name if event.place else None,
        "quote": event.span.text,
        **_confidences(event),
        "story": event.story,
        "signature": event.signature,
    }


def _side(side: str, parties: tuple[Party, ...]) -> dict[str, Cell]:
    return {
        f"{side}s": joined(party.actor.name for party in parties),
        f"{side}_countries": joined(party.actor.country for party in parties),
        f"{side}_sectors": joined(party.actor.sector for party in parties),
    }


def _confidences(event: Event) -> dict[str, Cell]:
    sure = event.confidence
    fields = ("event", "type", "actors", "recipients", "status", "date", "place")
    return {f"confidence_{field}": getattr(sure, field) if sure else None for field in fields}


def joined(parts: Iterable[str | None]) -> str:
    """Join a list with semicolons; those inside its parts become commas."""
    return ";".join((part or "").replace(";", ",") for part in parts)


def guarded(cell: Cell) -> Cell:
    """Put an apostrophe before text that a spreadsheet would run as a formula."""
    if isinstance(cell, str) and cell.startswith(FORMULA_STARTS):
        return f"'{cell}"
    return cell
