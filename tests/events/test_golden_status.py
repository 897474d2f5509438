"""Golden cases of status, read by rules alone. A new case needs no Python.

A case compares the events of the types that it names: no more of them, no fewer, each with its
status. ``forbid`` names what must not come out, a type or a type in one status; ``condition`` the
words that an event hangs on. What is right is said in docs/coding.md. A case that the rules get
wrong carries "known_failure": it is run all the same and must fail, so that nobody forgets to take
the mark away.
"""

from __future__ import annotations

import pytest

from detente.types import Status
from golden_files import golden_cases

LEAST = 90
# So many may be known to fail: a fix takes a mark away, a new case is no reason to raise it.
MOST_KNOWN = 61


@pytest.mark.parametrize("case", list(golden_cases("status")))
def test_golden_status(case, code_text):
    events = code_text(case["text"]).events
    found = sorted((event.type, str(event.status)) for event in events)
    want = sorted((row["type"], row["status"]) for row in case["expect"])
    named = {kind for kind, _ in want}
    assert [pair for pair in found if pair[0] in named] == want, (case["why"], found)
    for row in case.get("forbid", []):
        wrong = [
            pair
            for pair in found
            if pair[0] == row["type"] and row.get("status", pair[1]) == pair[1]
        ]
        assert not wrong, (case["why"], found)
    if "condition" in case:
        told = {event.condition.text for event in events if event.condition is not None}
        assert case["condition"] in told, (case["why"], told)


def test_the_cases_are_many_and_say_why():
    rows = [param.values[0] for param in golden_cases("status")]
    texts = [row["text"] for row in rows]
    assert len(rows) >= LEAST
    assert len(set(texts)) == len(texts)
    assert all(row["why"] and row["provenance"] for row in rows)
    assert {one["status"] for row in rows for one in row["expect"]} == set(Status)
    assert sum("known_failure" in row for row in rows) <= MOST_KNOWN
