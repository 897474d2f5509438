"""Pairs of actors whose places in a text are known, one JSON object a line.

``classify`` is asked about them; ``train`` learns from those that carry their type.
"""

from __future__ import annotations

import codecs
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import msgspec

from detente.errors import ReadingError
from detente.types import PairQuery, Rejection


@dataclass(frozen=True, slots=True)
class LabelledPair:
    """A pair with the type that somebody gave it, and the line (from 1) where that stands."""

    query: PairQuery
    type: str
    line: int


class _PairLine(msgspec.Struct):
    text: str
    source: tuple[int, int]
    target: tuple[int, int] | None = None
    id: str | int | None = None
    # Anything may stand there where the pair is only asked about.
    type: msgspec.Raw = msgspec.Raw()


def read_pairs(where: str, rejected: list[Rejection]) -> Iterator[PairQuery]:
    """Yield the queries of a file; lines that are none go to ``rejected`` (R701, R702).

    Args: where: a path, or "-" for standard input.
    Raises: ReadingError: the file cannot be opened (D330).
    """
    for number, row in _rows(where, rejected, "classify"):
        yield _query(row, number)


def read_labelled_pairs(where: str, rejected: list[Rejection]) -> Iterator[LabelledPair]:
    """Yield the pairs of a file that have a type; the rest goes to ``rejected`` (R701 to R703).

    Args: where: as above.
    Raises: ReadingError: the file cannot be opened (D330).
    """
    for number, row in _rows(where, rejected, "train"):
        label = _label(row)
        if label is None:
            reason = 'no "type": the label, or "NONE" where there is nothing between the two'
            rejected.append(Rejection("train", "R703", reason, where, number))
            continue
        yield LabelledPair(_query(row, number), label, number)


def _rows(where: str, rejected: list[Rejection], stage: str) -> Iterator[tuple[int, _PairLine]]:
    decoder = msgspec.json.Decoder(_PairLine)
    with _opened(where) as stream:
        for number, line in enumerate(stream, start=1):
            if not line.strip():
                continue
            try:
                row = decoder.decode(line.removeprefix(codecs.BOM_UTF8))
            except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
                rejected.append(Rejection(stage, "R701", str(error), where, number))
                continue
            wrong = _wrong_span(row)
            if wrong is not None:
                rejected.append(Rejection(stage, "R702", wrong, where, number))
                continue
            yield number, row


def _query(row: _PairLine, number: int) -> PairQuery:
    # An id is given back as it came, also when it is a number.
    return PairQuery(str(number) if row.id is None else row.id, row.text, row.source, row.target)


def _label(row: _PairLine) -> str | None:
    try:
        label = msgspec.json.decode(row.type, type=str)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    # Printable: names of types go into tables and messages.
    return label if label.strip() == label != "" and label.isprintable() else None


def _wrong_span(row: _PairLine) -> str | None:
    for name, span in (("source", row.source), ("target", row.target)):
        if span is not None and not 0 <= span[0] < span[1] <= len(row.text):
            return f"{name} {list(span)} is not a place in the text of {len(row.text)} characters"
    return None


def _opened(where: str) -> AbstractContextManager[BinaryIO]:
    if where == "-":
        return nullcontext(sys.stdin.buffer)
    try:
        return Path(where).open("rb")
    except OSError as error:
        raise ReadingError(
            "D330", f"cannot open {where}: {error.strerror}", "Check the path of the pairs."
        ) from error
