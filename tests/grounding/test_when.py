"""Dates of events on parsed sentences; the cases live in tests/golden/grounding."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from detente.grounding import date_event, find_times
from detente.grounding.when import find_dating

GOLDEN = Path(__file__).parents[1] / "golden" / "grounding"
_FIELDS = ("type", "status", "actor", "country", "byline")


def _cases() -> list[dict]:
    # the table has a test of its own, with its known failures
    files = [p for p in sorted(GOLDEN.glob("*.jsonl")) if p.stem not in ("place", "table")]
    return [json.loads(line) for path in files for line in path.read_text("utf8").splitlines()]


@pytest.mark.parametrize("case", _cases(), ids=lambda c: f"{c['word']}: {c['why']}")
def test_golden_dates(case: dict, situate: Callable) -> None:
    day = date.fromisoformat(case["date"]) if case["date"] else None
    fields = {name: case[name] for name in _FIELDS if name in case}
    event, sent, doc = situate(case["text"], case["word"], day, **fields)
    dating = find_dating(event, sent, doc, find_times(doc, sent))
    found = dating.date and {
        "start": dating.date.start.isoformat(),
        "end": dating.date.end.isoformat(),
        "precision": dating.date.precision,
        "text": dating.date.text,
    }
    assert found == case["expect"]
    assert dating.background is case.get("background", False)
    assert date_event(event, sent, doc) == dating.date
