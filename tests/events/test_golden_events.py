"""Golden cases: text, expected events, why. A new case needs no Python (see CONTRIBUTING.md).

A case that the coder cannot do yet carries "known_failure": it is run all the same and must fail,
so that nobody forgets to take the mark away.
"""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[1] / "golden" / "events"
POOLED = {"CONSULT", "AGREE", "COOPERATE"}
DEFAULT_DAY = "2024-06-01"


def cases():
    for path in sorted(FOLDER.glob("*.jsonl")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            case = json.loads(line)
            marks = []
            if "known_failure" in case:
                marks = [pytest.mark.xfail(strict=True, reason=case["known_failure"])]
            yield pytest.param(case, id=f"{path.stem}:{number}", marks=marks)


def key(event_type, status, actors, recipients):
    if event_type in POOLED:
        return event_type, status, frozenset(actors) | frozenset(recipients)
    return event_type, status, frozenset(actors), frozenset(recipients)


def names(parties):
    return {party.actor.country or party.actor.sector for party in parties}


@pytest.mark.parametrize("case", list(cases()))
def test_golden_case(case, code_text):
    coded = code_text(case["text"], date.fromisoformat(case.get("date") or DEFAULT_DAY))
    got = Counter(
        key(e.type, str(e.status), names(e.actors), names(e.recipients)) for e in coded.events
    )
    want = Counter(
        key(e["type"], e["status"], e["actors"], e["recipients"]) for e in case["expect"]
    )
    assert got == want, case["why"]
    for row in case.get("forbid", []):
        found = [
            e for e in coded.events
            if e.type == row["type"] and row.get("status", e.status) == e.status
        ]  # fmt: skip
        assert not found, case["why"]


def test_every_case_says_why_and_where_it_comes_from():
    for path in sorted(FOLDER.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            case = json.loads(line)
            assert case["why"]
            assert case["provenance"]
