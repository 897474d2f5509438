"""Every way to write events and quotations, by name; a changed format gets a new version."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable
from pathlib import Path
from typing import BinaryIO

from detente.errors import ConfigError
from detente.output.csvfile import write_csv
from detente.output.files import atomic_file
from detente.output.jsonl import write_jsonl
from detente.output.parquet import write_parquet
from detente.output.quotations import write_quotes_csv, write_quotes_jsonl
from detente.output.quoteview import write_quotes_view
from detente.output.terminal import write_table
from detente.types import Coded, Quotes

Exporter = Callable[[Iterable[Coded], BinaryIO], None]
QuoteExporter = Callable[[Iterable[Quotes], BinaryIO], None]

EXPORTERS: dict[str, Exporter] = {
    "jsonl.v1": write_jsonl,
    "csv.v1": write_csv,
    "parquet.v1": write_parquet,
    "table.v1": write_table,
}
QUOTE_EXPORTERS: dict[str, QuoteExporter] = {
    "jsonl.v1": write_quotes_jsonl,
    "csv.v1": write_quotes_csv,
    "table.v1": write_quotes_view,
}

_SUFFIXES = {
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".parquet": "parquet",
    ".txt": "table",
}


def format_of(path: Path, exporters: Container[str] = EXPORTERS) -> str:
    """Tell the format from a file's suffix, e.g. "csv" for events.csv.

    Args:
        path: the file.
        exporters: what may be written there: EXPORTERS, QUOTE_EXPORTERS.

    Raises:
        ConfigError: the suffix is unknown, or nothing there writes it (D120).
    """
    known = {suffix: one for suffix, one in _SUFFIXES.items() if f"{one}.v1" in exporters}
    name = known.get(path.suffix.lower())
    if name is None:
        raise ConfigError(
            "D120",
            f"the name {path} ends in no format that can be written here",
            f"Name the file with one of {', '.join(known)}, or add --format.",
        )
    return name


def export(items: Iterable[Coded], path: Path, exporter: Exporter | None = None) -> None:
    """Write events to a file that appears whole or not at all.

    Args:
        items: coded documents; the first is asked for after the file proved writable.
        path: the file; its suffix chooses the format if no exporter is given.
        exporter: how to write.

    Raises:
        OutputError: the file cannot be written (D501, D502) or pyarrow is missing (D510).
        ConfigError: the suffix is unknown (D120).
    """
    write = exporter or EXPORTERS[f"{format_of(path)}.v1"]
    with atomic_file(path) as stream:
        write(items, stream)
