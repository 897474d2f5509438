"""The stage as a whole: fields filled, input untouched, evidence given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from detente.actors import load_world
from detente.grounding import ground
from detente.types import Confidence, EventDate, Sentence

TEXT = "Gunmen attacked a convoy near Mosul on Saturday."


def test_ground_fills_date_place_and_evidence(situate: Callable) -> None:
    event, sent, doc = situate(TEXT, "attacked", date(2024, 6, 12))
    event = replace(event, confidence=Confidence(event=0.5, type=0.5))
    (found,) = ground([event], [sent], doc, load_world())
    assert event.date is None
    assert found.date == EventDate(date(2024, 6, 8), date(2024, 6, 8), "day", "on Saturday")
    assert found.place is not None
    assert (found.place.name, found.place.country) == ("Mosul", "IRQ")
    assert found.background is False
    assert {e.field for e in found.evidence} == {"date", "place"}
    assert all(
        e.span and doc.text[e.span.start : e.span.end] == e.span.text for e in found.evidence
    )
    assert found.confidence is not None
    assert found.confidence.date is not None
    assert found.confidence.place is not None


def test_old_events_are_background_with_the_reason(situate: Callable) -> None:
    event, sent, doc = situate("Gunmen attacked a convoy in 2009.", "attacked", date(2024, 6, 12))
    (found,) = ground([event], [sent], doc, load_world())
    assert found.background is True
    assert [e.entry for e in found.evidence if e.field == "date"] == ["date"]
    assert any(e.field == "background" for e in found.evidence)


def test_headlines_have_no_date(situate: Callable) -> None:
    event, sent, doc = situate(TEXT, "attacked", date(2024, 6, 12))
    (found,) = ground([event], [replace(sent, is_headline=True)], doc, load_world())
    assert found.date is None


def test_unparsed_sentences_leave_events_alone(situate: Callable) -> None:
    event, sent, doc = situate(TEXT, "attacked", date(2024, 6, 12))
    bare = Sentence(sent.document, sent.index, 0, sent.start, sent.end, sent.text)
    assert ground([event], [bare], doc, load_world()) == (event,)


def test_an_expression_on_another_event_is_that_events(situate: Callable) -> None:
    text = "Oman condemned the killing of two monks on June 2."
    event, sent, doc = situate(text, "condemned", date(2024, 6, 12), type="ACCUSE")
    start = text.index("killing")
    span = replace(event.predicate, start=start, end=start + 7, text="killing")
    killing = replace(event, id="k", predicate=span, lemma="killing", type="ASSAULT")
    condemned, killed = ground([event, killing], [sent], doc, load_world())
    assert killed.date is not None or condemned.date is None
    assert not (killed.date and condemned.date)
