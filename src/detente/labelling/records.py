"""Labelled documents and their events, as label files hold them.

A set is two files: NAME.docs.jsonl with the documents and NAME.gold.jsonl with one event a line; an
annotator's own events are in NAME.ANNOTATOR.gold.jsonl. docs/coding.md is the guide that the events
follow, data/labelled/README.md explains the fields. Unknown is ``None``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeVar

import msgspec

from detente.errors import DataError
from detente.types import POOLED

DOCUMENTS, EVENTS = ".docs.jsonl", ".gold.jsonl"

Split = Literal["test", "dev", "train"]
# One document in ten is for the frozen test, one for development.
_PARTS = 10
_SPLITS: dict[int, Split] = {0: "test", 1: "dev"}
# Of sets made to measure status, five tenths are for the test and two for development.
_STATUS_DEV = 7

Kind = TypeVar("Kind")


class LabelledDocument(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One document: where it is from, its text, and its sentences as they are numbered."""

    id: str
    text: str
    sents: tuple[str, ...]
    title: str | None = None
    date: str | None = None
    source: str | None = None
    url: str | None = None
    licence: str | None = None
    byline: str | None = None
    words: int | None = None


class LabelledParty(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One side's words and who they stand for."""

    text: str
    country: str | None
    sector: str

    @property
    def key(self) -> str:
        """What is compared: the country, else the sector."""
        return self.country or self.sector


class LabelledEvent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One event as the guide has it; ``sent`` numbers the document's sentences from 0."""

    doc: str
    id: str
    sent: int
    quote: str
    source: tuple[LabelledParty, ...]
    target: tuple[LabelledParty, ...]
    event: str
    status: str
    reported_by: str | None = None
    date: str | None = None
    background: bool = False
    same_as: str | None = None
    mode: str | None = None
    predicate: str | None = None
    condition: str | None = None

    @property
    def sides(self) -> tuple[frozenset[str], frozenset[str]]:
        """The keys of both sides; those of POOLED types are all on the first."""
        first = frozenset(party.key for party in self.source)
        second = frozenset(party.key for party in self.target)
        return (first | second, frozenset()) if self.event in POOLED else (first, second)


@dataclass(frozen=True, slots=True)
class FileLine:
    """A line of a file, for messages."""

    file: Path
    number: int

    def __str__(self) -> str:
        return f"{self.file.name}:{self.number}"


@dataclass(frozen=True, slots=True)
class Unread:
    """A line that is no record, and why."""

    line: FileLine
    reason: str


def split_of(document: str) -> Split:
    """Tell which part a document belongs to: by the SHA-256 of its id, modulo 10.

    0 is the frozen test, 1 development, the rest is for training. A document keeps its part
    whatever is added later. Some sets are of one part as a whole: see ``part_of``.
    """
    return _SPLITS.get(_tenth(document), "train")


def _tenth(document: str) -> int:
    return int(hashlib.sha256(document.encode()).hexdigest(), 16) % _PARTS


def part_of(name: str, document: str) -> Split:
    """Tell which part a document of a set belongs to.

    Sets named dev-... are development. Those named extra-... came later, with more of what was
    rare, and are for training alone, so that the other parts go on measuring the same. Half of a
    set named status-... is for the test: such sets were made to measure.
    """
    if name.startswith("extra-"):
        return "train"
    if name.startswith("dev-"):
        return "dev"
    tenth = _tenth(document)
    if name.startswith("status-"):
        return "test" if tenth < _PARTS // 2 else "dev" if tenth < _STATUS_DEV else "train"
    return _SPLITS.get(tenth, "train")


def read_lines(file: Path, kind: type[Kind]) -> Iterator[tuple[FileLine, Kind] | Unread]:
    """Read one record a line; empty lines are passed over.

    Raises:
        DataError: the file cannot be opened or is not UTF-8 (D260).
    """
    try:
        lines = file.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(
            "D260", f"cannot read {file}: {error}", "Check the path; label files are UTF-8."
        ) from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            yield FileLine(file, number), msgspec.json.decode(line, type=kind)
        except msgspec.DecodeError as error:  # also what has the wrong fields
            yield Unread(FileLine(file, number), str(error))


def sets_in(folder: Path) -> list[str]:
    """Name the sets of a folder in order, also those with one of their two files missing."""
    found = {
        path.name.removesuffix(suffix)
        for suffix in (DOCUMENTS, EVENTS)
        for path in folder.glob(f"*{suffix}")
    }
    return sorted(found)


def load(files: Iterable[Path], kind: type[Kind]) -> list[Kind]:
    """Read files all of whose lines are records.

    Raises:
        DataError: a file cannot be opened (D260), a line is no record (D261).
    """
    records: list[Kind] = []
    for file in files:
        for read in read_lines(file, kind):
            if isinstance(read, Unread):
                raise DataError(
                    "D261",
                    f"{read.line}: {read.reason}",
                    "Correct the line; data/labelled/README.md has the fields.",
                )
            records.append(read[1])
    return records


def encoded(records: Iterable[LabelledDocument | LabelledEvent]) -> bytes:
    """Write records as JSON lines."""
    return b"".join(msgspec.json.encode(record) + b"\n" for record in records)


def sentence_starts(document: LabelledDocument) -> list[int]:
    """Say where each sentence begins in the text; -1 for one that is not there, in order."""
    starts, at = [], 0
    for sentence in document.sents:
        start = document.text.find(sentence, at)
        starts.append(start)
        at = max(at, start + len(sentence)) if start >= 0 else at
    return starts
