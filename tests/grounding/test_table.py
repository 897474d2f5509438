"""The table of expressions, datelines and tenses: written before the code was read, then measured.

A case is right when its days and their precision are, or when it rightly has none; the words quoted
for it do not count. What the code still gets wrong is listed with the reason and fails strictly.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from detente.grounding import find_times
from detente.grounding.when import find_dating

TABLE = Path(__file__).parents[1] / "golden" / "grounding" / "table.jsonl"
CASES = [json.loads(line) for line in TABLE.read_text("utf8").splitlines()]
LEAST_SHARE = 0.95

KNOWN = {
    "a year before its noun, present": "parse: 'haunts' taken for a noun",
    "on a Monday the next weekend is the coming one": "two readings; ours is the week after",
}

Reading = tuple[dict | None, bool]


@pytest.fixture(scope="module")
def readings(situate: Callable) -> list[Reading]:
    """What the grounding stage makes of each case: days with precision, and whether it is old."""
    found: list[Reading] = []
    for case in CASES:
        fields = {name: case[name] for name in ("type", "status") if name in case}
        day = date.fromisoformat(case["date"])
        event, sent, doc = situate(case["text"], case["word"], day, **fields)
        dating = find_dating(event, sent, doc, find_times(doc, sent))
        when = dating.date and {
            "start": dating.date.start.isoformat(),
            "end": dating.date.end.isoformat(),
            "precision": dating.date.precision,
        }
        found.append((when, dating.background))
    return found


def _days(case: dict) -> dict | None:
    expected = case["expect"]
    return expected and {name: expected[name] for name in ("start", "end", "precision")}


def _parameters() -> list:
    marks = {why: [pytest.mark.xfail(strict=True, reason=told)] for why, told in KNOWN.items()}
    return [
        pytest.param(at, id=f"{at}: {case['why']}", marks=marks.get(case["why"], []))
        for at, case in enumerate(CASES)
    ]


@pytest.mark.parametrize("at", _parameters())
def test_case(at: int, readings: list[Reading]) -> None:
    when, background = readings[at]
    assert when == _days(CASES[at])
    assert background is CASES[at].get("background", False)


def test_share_that_is_right(readings: list[Reading]) -> None:
    right = sum(when == _days(case) for (when, _), case in zip(readings, CASES, strict=True))
    assert right / len(CASES) >= LEAST_SHARE


def test_the_table_is_broad() -> None:
    assert len(CASES) >= 220
    assert len({case["date"] for case in CASES}) >= 20
    assert sum(case.get("status") == "future" for case in CASES) >= 50
    assert sum(case["expect"] is None for case in CASES) >= 60
    assert set(KNOWN) <= {case["why"] for case in CASES}
    twice = Counter((case["text"], case["date"], case["word"]) for case in CASES)
    assert max(twice.values()) == 1
