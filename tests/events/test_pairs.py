"""The question of classify: what one given actor does to another."""

from __future__ import annotations

import pytest

from detente.config import Settings
from detente.pipeline import Coder
from made_documents import make_query


@pytest.fixture(scope="module")
def rules():
    return Coder(Settings(coder="lexicon.v1"))


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
def test_answers(rules, marked, expected):
    (answer,) = rules.classify([make_query(marked)])
    assert answer.type == expected
    assert answer.id == "q"


def test_probabilities_cover_every_type_and_sum_to_one(rules):
    (answer,) = rules.classify([make_query("[S Chile] accused [T Peru] of spying.")])
    assert set(answer.probabilities) == {*rules.ontology.types, "NONE"}
    assert sum(answer.probabilities.values()) == pytest.approx(1, abs=0.01)
    assert max(answer.probabilities, key=answer.probabilities.__getitem__) == answer.type
