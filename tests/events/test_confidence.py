"""Scores of events: what they depend on, and that they stay scores."""

from dataclasses import replace

import pytest

from detente.config import Settings
from detente.events.confidence import facts, load_scales, share, situation
from detente.pipeline import Coder
from detente.types import Document

TEXT = "Peru accused Chile of shelling a port. Togo let Benin's fishermen go on Friday."


@pytest.fixture(scope="module")
def drafts():
    seen = []
    coder = Coder(Settings(coder="blend.v2"))

    class Open:
        """The shipped model, asked about every sentence."""

        gate = only = None
        name, judge = coder.judge.name, coder.judge.judge

    class Watching:
        def confidence(self, draft):
            seen.append(draft)
            return load_scales().confidence(draft)

    coder.judge = Open()
    coder.coder.scales = Watching()
    (coded,) = coder.code([Document("d", TEXT, sha256="")])
    assert coded.events
    return seen


def test_every_situation_has_weights_for_both_scores(drafts):
    scales = load_scales()
    assert set(scales.type) == set(scales.event) == {"rules", "both", "model"}
    assert {name for weights in scales.type.values() for name in weights} <= set(facts(drafts[0]))
    assert scales.fitted_on


def test_scores_lie_between_nothing_and_one(drafts):
    for draft in drafts:
        scored = load_scales().confidence(draft)
        assert 0 < scored.event < 1
        assert 0 < scored.type < 1


def test_what_the_model_thinks_counts(drafts):
    draft = next(draft for draft in drafts if situation(draft) == "both")
    doubted = replace(draft, verdict=replace(draft.verdict, share=0.01))
    assert load_scales().confidence(doubted).type < load_scales().confidence(draft).type


def test_shares_of_nothing_and_of_all_are_taken_as_nearly_so(drafts):
    draft = next(draft for draft in drafts if situation(draft) == "both")
    for value in (0.0, 1.0):
        known = facts(replace(draft, verdict=replace(draft.verdict, share=value)))
        assert abs(known["share"]) < 5


def test_a_score_is_the_logistic_function_of_the_weights():
    assert share({"always": 0.0}, {"always": 1.0}) == 0.5
    assert share({"always": 1.0, "noun": -1.0}, {"always": 1.0, "noun": 1.0}) == 0.5
