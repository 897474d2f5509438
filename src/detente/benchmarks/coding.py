"""Coding a file the way `detente code FILE --format jsonl` does, with a coder that is loaded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from detente.config import Settings
from detente.output.jsonl import write_jsonl
from detente.reading import read
from detente.types import Coded, Rejection

if TYPE_CHECKING:
    from detente.pipeline import Coder


def coded_file(
    coder: Coder, source: Path, *, day: date | None = None
) -> Iterator[Coded | Rejection]:
    """Code every document of a file; ``day`` dates them all, as --date does."""
    return coder.code(read(source, settings=Settings(date=day)))


def write_events(items: Iterable[Coded | Rejection], stream: BinaryIO) -> list[Rejection]:
    """Write the events as JSON lines and return what was rejected on the way."""
    rejected: list[Rejection] = []

    def kept() -> Iterator[Coded]:
        for item in items:
            if isinstance(item, Rejection):
                rejected.append(item)
            else:
                yield item

    write_jsonl(kept(), stream)
    return rejected


def rejected_note(rejected: list[Rejection]) -> str:
    """Say how many documents were rejected: a failure must not look like "no events"."""
    if not rejected:
        return ""
    codes = ", ".join(sorted({one.code for one in rejected}))
    return f"; {len(rejected)} rejected ({codes})"
