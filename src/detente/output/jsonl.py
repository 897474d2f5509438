"""Events as JSON, one a line, written as they come."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

import msgspec

from detente.output.records import event_row, mention_rows
from detente.types import Coded, PairAnswer


def write_jsonl(items: Iterable[Coded], stream: BinaryIO) -> None:
    """Write every event as one JSON object a line (UTF-8).

    The stream is flushed after each document, so that a reader at the other end of a pipe
    sees events while the run goes on.
    """
    encoder = msgspec.json.Encoder()
    for coded in items:
        stream.write(encoder.encode_lines([event_row(event) for event in coded.events]))
        stream.flush()


def write_mentions(items: Iterable[Coded], stream: BinaryIO) -> None:
    """Write one JSON object a line for every actor that a mention stands for."""
    encoder = msgspec.json.Encoder()
    for coded in items:
        stream.write(encoder.encode_lines(list(mention_rows(coded))))
        stream.flush()


def write_answers(answers: Iterable[PairAnswer], stream: BinaryIO) -> None:
    """Write one JSON object a line: {id, type, mode, status, cameo, probabilities}."""
    encoder = msgspec.json.Encoder()
    for answer in answers:
        row = {
            "id": answer.id,
            "type": answer.type,
            "mode": answer.mode,
            "status": answer.status,
            "cameo": answer.cameo,
            "probabilities": answer.probabilities,
        }
        stream.write(encoder.encode(row) + b"\n")
        stream.flush()
