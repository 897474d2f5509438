"""The question of classify: what one given actor does to another."""

from __future__ import annotations

import pytest

from detente.types import PairQuery


def query(marked: str) -> PairQuery:
    """Build a query from a text with [S ...] and [T ...]."""
    text, spans = "", {}
    rest = marked
    while "[" in rest:
        before, _, rest = rest.partition("[")
        kind, _, rest = rest.partition(" ")
        inside, _, rest = rest.partition("]")
        text += before
        spans[kind] = (len(text), len(text) + len(inside))
        text += inside
    return PairQuery("q", text + rest, spans["S"], spans.get("T"))


@pytest.mark.parametrize(
    "marked, expected",
    [
        ("[S Chile] accused [T Peru] of spying.", "ACCUSE"),
        ("[S The union] condemned [T the mayor] on Monday.", "ACCUSE"),
        ("[T Peru] was attacked by [S Chilean jets].", "ASSAULT"),
        ("[S Chile] and [T Peru] held talks.", "CONSULT"),
        # reversed, and nothing between the two
        ("[T Chile] accused [S Peru] of spying.", "NONE"),
        ("[S Chile] is larger than [T Peru].", "NONE"),
        ("[S Workers] went on strike in Lima.", "PROTEST"),
    ],
)
def test_answers(coder, marked, expected):
    (answer,) = coder.classify([query(marked)])
    assert answer.type == expected
    assert answer.id == "q"


def test_probabilities_cover_every_type_and_sum_to_one(coder):
    (answer,) = coder.classify([query("[S Chile] accused [T Peru] of spying.")])
    assert set(answer.probabilities) == {*coder.ontology.types, "NONE"}
    assert sum(answer.probabilities.values()) == pytest.approx(1, abs=0.01)
    assert max(answer.probabilities, key=answer.probabilities.__getitem__) == answer.type
