"""Modals, negation, embedding, conditions: one sentence a rule."""

from __future__ import annotations

import pytest

FACTS = [
    # plain, and words that leave a fact a fact
    ("Chile attacked Peru.", "ASSAULT", "asserted"),
    ("Chile managed to invade Peru.", "ASSAULT", "asserted"),
    ("Chile not only attacked Peru but also boasted.", "ASSAULT", "asserted"),
    # negation
    ("Chile did not attack Peru.", "ASSAULT", "negated"),
    ("Chile never attacked Peru.", "ASSAULT", "negated"),
    ("Chile failed to attack Peru.", "ASSAULT", "negated"),
    ("Chile averted an attack on Peru.", "ASSAULT", "negated"),
    # supposition
    ("Chile may attack Peru.", "ASSAULT", "hypothetical"),
    ("Officials fear that Chile could attack Peru.", "ASSAULT", "hypothetical"),
    ("Has Chile attacked Peru?", "ASSAULT", "hypothetical"),
    # condition
    ("Peru would condemn Chile if Chile attacked Bolivia.", "ACCUSE", "conditional"),
    ("Peru would condemn Chile if Chile attacked Bolivia.", "ASSAULT", "hypothetical"),
    # denial
    ("Chile denied that it had attacked Peru.", "ASSAULT", "denied"),
    ("Chile denied attacking Peru.", "ASSAULT", "denied"),
    # plans
    ("Chile plans to sanction Peru.", "SANCTION", "future"),
    ("Chile will impose sanctions on Peru.", "SANCTION", "future"),
    # a request is recorded with the act only when it hits a third
    ("Chile asked Brazil to attack Peru.", "ASSAULT", "requested"),
    ("Chile asked Brazil to attack Peru.", "REQUEST", "asserted"),
    # type and status together: a promise, a refusal, a demand, a threat
    ("Chile will send food to Peru.", "AGREE", "asserted"),
    ("Chile wants to help Peru.", "AGREE", "asserted"),
    ("Chile will not send food to Peru.", "REJECT", "asserted"),
    ("Chile said it would not meet with Peru.", "REJECT", "asserted"),
    ("Peru must release the hostages, Chile said.", "REQUEST", "asserted"),
    ("Chile said it will attack Peru.", "THREATEN", "asserted"),
    ("Any aid to Peru would have consequences, Chile warned.", "THREATEN", "asserted"),
]


@pytest.mark.parametrize("text, event_type, status", FACTS)
def test_status(code_text, text, event_type, status):
    found = {(e.type, str(e.status)) for e in code_text(text).events}
    assert (event_type, status) in found, found


GONE = [
    ("Chile promised to send food to Peru.", "AID"),
    ("Chile refused to release the Peruvian hostages.", "RETREAT"),
    ("Chile urged Peru to withdraw.", "RETREAT"),
    ("The ministers of Chile and Peru met to discuss trade.", "COOPERATE"),
    ("Chile did not say whether it had attacked Peru.", "ASSAULT"),
]


@pytest.mark.parametrize("text, event_type", GONE)
def test_what_a_speech_act_absorbs_is_not_told_again(code_text, text, event_type):
    assert event_type not in {e.type for e in code_text(text).events}


def test_the_cue_is_evidence(code_text):
    (event,) = code_text("Chile may attack Peru.").events
    (cue,) = [e for e in event.evidence if e.field == "status"]
    assert cue.span is not None and cue.span.text == "may"
    assert cue.rule == "modal:may"


def test_a_condition_is_a_span(code_text):
    text = "Chile will attack Peru unless Peru withdraws from the port."
    events = code_text(text).events
    conditions = [e.condition.text for e in events if e.condition]
    assert "unless Peru withdraws from the port" in conditions


def test_a_noun_phrase_can_be_the_condition(code_text):
    text = "Any aid to Peru would have consequences, Chile warned."
    (threat,) = [e for e in code_text(text).events if e.type == "THREATEN"]
    assert threat.condition is not None and threat.condition.text == "Any aid to Peru"
