"""Labelled documents and their events for the scripts: ``detente.labelling`` and whole folders.

A line that cannot be read ends a script with a message, not with a traceback.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

from detente.errors import DataError
from detente.labelling import records
from detente.labelling.records import (
    DOCUMENTS,
    EVENTS,
    LabelledDocument,
    LabelledEvent,
    LabelledParty,
    Split,
    Unread,
    part_of,
    read_lines,
    sentence_starts,
    sets_in,
    split_of,
)

__all__ = [
    "DOCUMENTS",
    "EVENTS",
    "LabelledDocument",
    "LabelledEvent",
    "LabelledParty",
    "Split",
    "Unread",
    "load",
    "load_folder",
    "part_of",
    "read_lines",
    "sentence_starts",
    "sets_in",
    "split_of",
]

Kind = TypeVar("Kind")


def load(files: Iterable[Path], kind: type[Kind]) -> list[Kind]:
    """Read files that have been checked.

    Raises:
        SystemExit: a line is no record; check_labels.py says more.
    """
    try:
        return records.load(files, kind)
    except DataError as error:
        raise SystemExit(f"{error.problem}; run scripts/check_labels.py") from error


def load_folder(folder: Path) -> tuple[list[LabelledDocument], list[LabelledEvent]]:
    """Read every set of a folder that has been checked."""
    names = sets_in(folder)
    documents = load((folder / f"{name}{DOCUMENTS}" for name in names), LabelledDocument)
    events = load((folder / f"{name}{EVENTS}" for name in names), LabelledEvent)
    return documents, events
