"""The records that leave the events stage."""

from __future__ import annotations

import pytest

TEXT = (
    "Chile accused Peru of arming rebels on Monday. "
    "The Chilean foreign minister said Peru would face sanctions if it sent more weapons."
)


@pytest.fixture(scope="module")
def coded(code_text):
    return code_text(TEXT)


def test_spans_are_verbatim(coded):
    text = coded.document.text
    assert coded.events
    for event in coded.events:
        spans = [event.span, event.predicate]
        spans += [p.span for p in (*event.actors, *event.recipients, *event.third_parties)]
        spans += [a.span for a in event.attribution]
        spans += [e.span for e in event.evidence if e.span is not None]
        spans += [event.condition] if event.condition else []
        for span in spans:
            assert text[span.start : span.end] == span.text


def test_every_event_names_its_row_and_rule(coded, coder):
    for event in coded.events:
        (predicate,) = [e for e in event.evidence if e.field == "predicate"]
        file, line = predicate.entry.split(":")
        assert file.endswith(".tsv") and int(line) > 1
        assert {e.field for e in event.evidence} >= {"predicate", "type", "status"}
        assert event.signature == str(coder.signature)


def test_codes_agree_with_the_ontology(coded, coder):
    for event in coded.events:
        assert event.quad == coder.ontology.quad(event.type)
        assert event.cameo in coder.ontology.cameo_codes
        assert event.mode is None or event.mode in coder.ontology.modes_of(event.type)


def test_a_rerun_gives_the_same_ids(coded, code_text):
    assert [e.id for e in code_text(TEXT).events] == [e.id for e in coded.events]


def test_unknown_is_none_and_scores_are_shares(coded):
    for event in coded.events:
        assert event.mode != "" and event.cameo != ""
        confidence = event.confidence
        assert confidence is not None
        assert 0 < confidence.event <= 1


def test_compound_actors_are_one_event(code_text):
    (event,) = code_text("Chile and Peru condemned Bolivia.").events
    assert [p.actor.country for p in event.actors] == ["CHL", "PER"]


@pytest.mark.parametrize(
    "text, event_type, actor, recipient",
    [
        ("Peru was criticised by Chile.", "ACCUSE", "CHL", "PER"),
        ("Chile imposed sanctions on Peru.", "SANCTION", "CHL", "PER"),
        ("Chile's sanctions on Peru remain in force.", "SANCTION", "CHL", "PER"),
        ("Chile came under attack from Peru.", "ASSAULT", "PER", "CHL"),
        ("Chile gave Peruvian troops weapons.", "AID", "CHL", "PER"),
        ("Chile called off the visit to Peru.", "REJECT", "CHL", "PER"),
    ],
)
def test_who_does_it_to_whom(code_text, text, event_type, actor, recipient):
    found = [
        (e.type, [p.actor.country for p in e.actors], [p.actor.country for p in e.recipients])
        for e in code_text(text).events
    ]
    assert (event_type, [actor], [recipient]) in found
