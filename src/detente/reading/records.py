"""JSON lines: one record a line -> ``Document``, one ``Rejection`` for each line that is broken.

    {"id", "title", "date", "text", "source", "url", "byline"}     all but text optional

``text`` is kept exactly as given, so that offsets point into the user's own data: nothing is
normalised. Other keys are ignored; null and "" mean that a value is not known.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

import msgspec

from detente.config import Settings
from detente.reading.dates import day_in
from detente.reading.documents import Origin, build_document
from detente.reading.rejections import reject
from detente.reading.streams import READ_FAILURES, unreadable
from detente.types import Document, Rejection

_STRINGS = ("title", "date", "source", "url", "byline")
_BOM = b"\xef\xbb\xbf"


def read_records(
    stream: BinaryIO, where: str, *, settings: Settings
) -> Iterator[Document | Rejection]:
    """Read JSON lines one by one; memory is bounded by the longest line allowed.

    Args:
        stream: bytes, one JSON object a line; blank lines are skipped.
        where: file or URL.
        settings: ``max_bytes`` bounds a line, not the file.
    """
    number = 0
    while True:
        try:
            line = stream.readline(settings.max_bytes + 1)
            complete = len(line) <= settings.max_bytes or _skip_line(stream, line)
        except READ_FAILURES as error:
            yield unreadable(error, where, line=number + 1)
            return
        if not line:
            return
        number += 1
        if not complete:
            reason = f"too large: a line of more than {settings.max_bytes:,} bytes"
            yield reject("R303", reason, where, line=number)
        elif line.strip().removeprefix(_BOM):
            yield read_record(line, where, line=number, settings=settings)


def read_record(
    data: bytes, where: str, *, line: int | None, settings: Settings
) -> Document | Rejection:
    """Read one JSON object.

    Args:
        data: the object as UTF-8 JSON.
        where: file or URL it is from.
        line: its line there, 1-based.
        settings: with ``date`` given, the record's own date is not looked at.

    Returns: the document; or R310 to R313, or what ``build_document`` rejects.
    """
    record = _decode_object(data.strip().removeprefix(_BOM))
    if isinstance(record, str):
        return reject("R310", f"broken line: {record}", where, line=line)
    text = record.get("text")
    if text is None:
        return reject("R311", "missing text: the record has no text", where, line=line)
    wrong = _wrong_type(record)
    if wrong is not None:
        return reject("R312", f"wrong type: {wrong}", where, line=line)
    day = None
    if record.get("date") and settings.date is None:
        day = day_in(record["date"])
        if day is None:
            reason = (
                f"bad date: {record['date'][:40]!r} is not one clear day; write YYYY-MM-DD, "
                "or give --date"
            )
            return reject("R313", reason, where, line=line)
    identifier = record.get("id")
    origin = Origin(
        where=where,
        line=line,
        id=None if identifier in (None, "") else str(identifier),
        title=record.get("title") or None,
        date=day,
        date_basis="record" if day else None,
        source=record.get("source") or None,
        byline=record.get("byline") or None,
        url=record.get("url") or None,
    )
    return build_document(text, origin, settings=settings)


def _skip_line(stream: BinaryIO, line: bytes) -> bool:
    """Read on to the end of a line that is too long; tell whether it was complete after all."""
    if line.endswith(b"\n"):
        return True
    while rest := stream.readline(1 << 20):
        if rest.endswith(b"\n"):
            break
    return False


def _decode_object(data: bytes) -> dict[str, Any] | str:
    """Decode one JSON object, or say what is wrong with it."""
    if data in (b"{", b"["):
        return "JSON spread over lines; put each object on one line (jq -c . FILE)"
    try:
        record = msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        return str(error)
    except RecursionError:
        return "JSON nested too deeply"
    if not isinstance(record, dict):
        return "not a JSON object {...}"
    return record


def _wrong_type(record: dict[str, Any]) -> str | None:
    identifier = record.get("id")
    if isinstance(identifier, bool) or not isinstance(identifier, str | int | float | None):
        return "id must be a string or a number"
    for key in ("text", *_STRINGS):
        if not isinstance(record.get(key), str | None):
            return f"{key} must be a string"
    return None
