"""What decides whether a sentence is worth asking about."""

import itertools
import json

import pytest

from detente.config import Settings
from detente.events.blending import BlendedCoder
from detente.models import load_pair_encoder
from detente.models.gate import Gate
from detente.pipeline import Coder
from detente.types import Document


def test_weights_are_summed_up_once_a_clue():
    gate = Gate("g", "by hand", 1.0, {"shell": 0.6, "accuse": 0.5, "#idle 2": 0.4, "sunny": -1.0})
    assert gate.opens(["shell", "#idle 2"])
    assert not gate.opens(["shell", "shell"])
    assert not gate.opens(["shell", "accuse", "#idle 2", "sunny"])
    assert not gate.opens([])


def test_the_order_of_the_clues_does_not_matter():
    # In floating point 0.1 + 0.2 + 0.7 is 1.0, and 0.1 + 0.7 + 0.2 is less.
    for letters in itertools.permutations("abcdefg", 3):
        weights = dict(zip(letters, (0.1, 0.2, 0.7), strict=True))
        assert Gate("g", "by hand", 1.0, weights).opens(letters)


@pytest.fixture(scope="module")
def asked():
    """Which sentences the model is asked about."""
    coder = Coder(Settings(coder=BlendedCoder.name))
    judge = load_pair_encoder()

    def of(text):
        texts = []
        known = judge.judge
        judge.judge = lambda pairs: texts.extend(pair.text for pair in pairs) or known(pairs)
        try:
            list(coder.code([Document("d", text, sha256="")]))
        finally:
            del judge.judge
        return set(texts)

    return of


def test_a_sentence_without_actors_is_never_asked_about(asked):
    assert asked("It rained all night. The harvest was poor that year.") == set()


def test_what_the_lexicon_misses_is_asked_about(asked):
    text = "Somali gunmen riddled a Kenyan police bus with bullets."
    assert asked(text) == {text}


def test_what_is_plain_is_left_to_the_lexicon(asked):
    assert asked("Peru accused Chile of spying.") == set()


def test_the_shipped_gate_is_small_and_says_where_it_is_from():
    gate = load_pair_encoder().gate
    assert gate is not None
    assert gate.trained_on
    assert len(json.dumps(dict(gate.weights))) < 200_000
