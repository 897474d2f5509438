"""Coded events out: JSONL, CSV, Parquet, and views for people."""

from detente.output.exporters import EXPORTERS, Exporter, export, format_of
from detente.output.files import atomic_file
from detente.output.records import event_from_json, event_to_json, read_events

__all__ = [
    "EXPORTERS",
    "Exporter",
    "atomic_file",
    "event_from_json",
    "event_to_json",
    "export",
    "format_of",
    "read_events",
]
