from dataclasses import replace

from detente.benchmarks.pairing import outcome, scores, sentence_of
from detente.types import Status

from .made import coded, label, meeting, text_of


def test_an_event_is_right_by_type_then_by_actors():
    turned = coded(actors=["CHL"], recipients=["PER"])
    met = coded("met in", "CONSULT", ["BOL"], ["PER"])
    made = outcome(text_of(label(), meeting()), [turned, met])
    assert dict(made.pairs["type"]) == {0: 0, 1: 1}
    assert dict(made.pairs["dyad"]) == {1: 1}
    assert scores([made], "dyad") == {"P": 0.5, "R": 0.5, "F1": 0.5}


def test_pairs_are_one_to_one_and_the_likest_first():
    text = text_of(label(), label(id="m#1", status="denied"))
    one = coded(status=Status.DENIED)
    assert dict(outcome(text, [one]).pairs["dyad"]) == {1: 0}
    other = replace(one, status=Status.ASSERTED)
    assert dict(outcome(text, [one, other, other]).pairs["dyad"]) == {0: 1, 1: 0}


def test_another_sentence_is_another_place():
    text = text_of(label())
    assert outcome(text, [coded("met in", "ACCUSE")]).pairs["type"] == {}
    assert sentence_of(text.doc, [0, 55, -1], 3) == 0
    assert sentence_of(text.doc, [0, 55, -1], 9999) == 1
    assert sentence_of(text.doc, [-1, -1, -1], 3) == -1
