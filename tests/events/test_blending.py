"""Lexicon and model together."""

from __future__ import annotations

import pytest

from detente.config import Settings
from detente.pipeline import Coder
from detente.types import NONE, Document
from made_documents import make_query

# The lexicon has no row for this idiom.
MISSED = "Bolivian miners downed tools at noon."


@pytest.fixture(scope="module")
def blend():
    return Coder(Settings(coder="blend.v1"))


def events(coder, text):
    (coded,) = coder.code([Document("d", text, sha256="0")])
    return coded.events


@pytest.mark.parametrize(
    "marked, expected",
    [
        ("[S Chile] accused [T Peru] of spying.", "ACCUSE"),
        ("[T Chile] accused [S Peru] of spying.", "NONE"),
        ("[T Peru] was attacked by [S Chilean jets].", "ASSAULT"),
        ("[S Workers] went on strike in Lima.", "PROTEST"),
        ("[S Gabon's coast guard] boarded and towed away [T two Benin trawlers].", "COERCE"),
    ],
)
def test_pairs_are_answered_by_both(blend, marked, expected):
    (answer,) = blend.classify([make_query(marked)])
    assert answer.type == expected
    assert sum(answer.probabilities.values()) == pytest.approx(1, abs=0.01)


def test_pairs_go_to_both_unless_rules_alone_are_asked_for(blend):
    asked = [make_query("[S Chile] rebuked [T Peru].")]
    (rules,) = Coder(Settings(coder="lexicon.v1")).classify(asked)
    (both,) = blend.classify(asked)
    (usual,) = Coder(Settings()).classify(asked)
    assert usual == both
    assert usual.probabilities != rules.probabilities


def test_answers_come_in_the_order_of_the_questions(blend):
    adverbs = ["really " * (n % 7) for n in range(70)]
    asked = [make_query(f"[S Chile] {words}accused [T Peru] of spying.") for words in adverbs]
    turned = [make_query(f"[T Chile] {words}accused [S Peru] of spying.") for words in adverbs]
    mixed = [one for pair in zip(asked, turned, strict=True) for one in pair]
    assert [answer.type for answer in blend.classify(mixed)] == ["ACCUSE", "NONE"] * 70


def test_what_the_lexicon_finds_stays(blend):
    text = "Peru accused Chile of spying. Bolivia's envoy met the king of Tonga in Lima."
    rules = events(Coder(Settings(coder="lexicon.v1")), text)
    both = events(blend, text)
    assert [(e.type, e.span, e.status) for e in both[: len(rules)]] == [
        (e.type, e.span, e.status) for e in rules
    ]


def test_the_model_proposes_and_says_so(blend):
    assert not events(Coder(Settings(coder="lexicon.v1")), MISSED)
    (event, *_) = events(blend, MISSED)
    assert event.type == "PROTEST"
    assert [party.actor.country for party in event.actors] == ["BOL"]
    (why,) = [each for each in event.evidence if each.field == "type"]
    assert (why.rule, why.entry) == ("model", "model:pairs-1")
    assert why.runner_up == NONE or why.runner_up.isupper()
    assert event.confidence.type == pytest.approx(why.score, abs=0.001)


def test_actors_joined_by_and_are_one_event(blend):
    (event,) = events(blend, "Bolivian miners and Peruvian nurses downed tools at noon.")
    assert {party.actor.country for party in event.actors} == {"BOL", "PER"}


def test_the_signature_names_the_coder(blend):
    assert "coder:blend.v1" in str(blend.signature)
    assert "coder:lexicon.v1" in str(Coder(Settings()).signature)


def test_a_text_without_actors_asks_nothing(blend):
    assert events(blend, "The river rose again, and it rained for nine days.") == ()
