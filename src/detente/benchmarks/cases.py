"""Short texts with the events they hold: the field's own test cases, and ours."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from detente.benchmarks.coding import coded_file
from detente.benchmarks.judging import Agreement, Expected, Forbidden, Triple, compare, has_triple
from detente.benchmarks.rows import Missing, Row, precision_recall, share_row
from detente.benchmarks.sources import Sources, content_hash
from detente.types import Document, Event, Rejection

if TYPE_CHECKING:
    from detente.pipeline import Coder

_PETRARCH = "bench/petrarch/cases.jsonl"
_GOLDEN = "tests/golden/events"
# Golden cases without a date of their own are read as if written on this day.
_GOLDEN_DATE = date(2024, 6, 1)


class _PetrarchCase(msgspec.Struct):
    text: str
    expected: list[Triple]
    no_events: bool
    judge: str | None = None


class _GoldenCase(msgspec.Struct):
    text: str
    expect: list[Expected]
    forbid: list[Forbidden] = []
    date: date | None = None


def petrarch_cases(sources: Sources, coder: Coder) -> Iterator[Row | Missing]:
    """Judge PETRARCH's cases: all expected triples there, or no event where there is none."""
    reason = sources.absent(_PETRARCH)
    if reason:
        yield Missing("petrarch", reason)
        return
    path = sources.file(_PETRARCH)
    decoder = msgspec.json.Decoder(_PetrarchCase)
    cases = [decoder.decode(line) for line in _lines(path)]
    full: list[bool] = []
    none: list[bool] = []
    for case, item in zip(cases, coded_file(coder, path), strict=True):
        rejected = isinstance(item, Rejection)
        events = _events(item)
        if case.no_events:
            none.append(not events and not rejected)
        elif case.judge == "full":
            full.append(all(has_triple(events, triple) for triple in case.expected))
    data = content_hash([path])
    yield share_row("petrarch", "full", sum(full), len(full), data)
    yield share_row("petrarch", "none", sum(none), len(none), data)


def golden_cases(sources: Sources, coder: Coder) -> Iterator[Row | Missing]:
    """Judge our own sentences, each of which shows one behaviour of the rules (lexicon.v1)."""
    folder = sources.checkout / _GOLDEN if sources.checkout else None
    files = sorted(folder.glob("*.jsonl")) if folder else []
    if not files:
        yield Missing("golden", f"no {_GOLDEN} in a checkout; run it from the repository")
        return
    decoder = msgspec.json.Decoder(_GoldenCase)
    cases = [decoder.decode(line) for file in files for line in _lines(file)]
    docs = [_document(number, case) for number, case in enumerate(cases)]
    rules = rules_alone(coder)
    found = [
        compare(_events(item), case.expect, case.forbid)
        for case, item in zip(cases, rules.code(docs), strict=True)
    ]
    yield from _golden_rows(found, content_hash(files))


def _golden_rows(found: list[Agreement], data: str) -> Iterator[Row]:
    yield share_row("golden", "exact", sum(one.exact for one in found), len(found), data)
    predicted = sum(one.predicted for one in found)
    expected = sum(one.expected for one in found)
    rights = {
        "events": sum(one.right for one in found),
        "types": sum(one.right_types for one in found),
    }
    for name, right in rights.items():
        metrics = precision_recall(right, predicted, expected)
        shown = " ".join(f"{metric} {value:.3f}" for metric, value in metrics.items())
        counts = f"{right} right of {predicted}, {expected} gold"
        yield Row("golden", name, metrics, f"{shown} ({counts})", data)


def _lines(path: Path) -> list[bytes]:
    return [line for line in path.read_bytes().splitlines() if line.strip()]


def _events(item: object) -> tuple[Event, ...]:
    events: tuple[Event, ...] = getattr(item, "events", ())
    return events


def _document(number: int, case: _GoldenCase) -> Document:
    # By hand: reading would refuse some of them as too short to tell the language.
    digest = hashlib.sha256(case.text.encode()).hexdigest()
    day = case.date or _GOLDEN_DATE
    return Document(f"golden-{number}", case.text, digest, date=day, date_basis="given")


def rules_alone(coder: Coder) -> Coder:
    """Give a coder of the same settings that asks no model."""
    from detente.pipeline import Coder

    return Coder(replace(coder.settings, coder="lexicon.v1"))
