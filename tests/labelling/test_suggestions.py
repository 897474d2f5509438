"""What detente offers to somebody who labels."""

from __future__ import annotations

import msgspec
import pytest
from made_labels import document

from detente.config import Settings
from detente.labelling.draft import Who, event_of, gaps
from detente.labelling.records import LabelledDocument, sentence_starts
from detente.labelling.suggestions import FirstReader, who_is

PERU, CHILE = (Who("PER", "GOV"),), (Who("CHL", "GOV"),)


@pytest.fixture(scope="module")
def doc():
    return msgspec.convert(document(), LabelledDocument)


@pytest.fixture(scope="module")
def reading(doc):
    return FirstReader(Settings(), suggest=True).read(doc)


def test_parties_are_known(doc, reading):
    first = doc.sents[0]
    for words, who in (("Peru", PERU), ("Chile", CHILE), ("spying", ())):
        at = first.index(words)
        assert who_is(reading.mentions, at, at + len(words)) == who
    start, third = sentence_starts(doc)[2], doc.sents[2]
    at = start + third.index("The presidents")
    both = who_is(reading.mentions, at, at + len("The presidents of Peru and Bolivia"))
    assert {who.country for who in both} <= {"PER", "BOL"}
    assert both


def test_events_become_drafts_with_places(doc, reading):
    (draft, *_) = reading.drafts[0]
    sentence = doc.sents[0]
    assert (draft.type, draft.id, draft.touched) == ("ACCUSE", None, False)
    assert draft.suggestion == "made_1#0#0"
    assert sentence[slice(*draft.predicate.span)] == draft.predicate.text == "accused"
    assert [party.who for party in (*draft.actors, *draft.recipients)] == [PERU, CHILE]
    assert list(gaps(draft)) == []
    assert event_of(draft, doc.id, 0, sentence, "made_1#0").quote == "Peru accused Chile"


def test_without_suggestions_there_are_only_parties(doc):
    reading = FirstReader(Settings()).read(doc)
    assert reading.mentions
    assert reading.drafts == {}


def test_the_united_nations_are_igo_in_labels():
    text = "The United Nations condemned Chile."
    doc = msgspec.convert(document(text=text, sents=[text]), LabelledDocument)
    mentions = FirstReader(Settings()).read(doc).mentions
    assert who_is(mentions, 4, 18) == (Who(None, "IGO"),)


@pytest.mark.parametrize("day", [None, "2021", "2021-13-01", "soon"])
def test_a_document_without_a_day_is_read_all_the_same(day):
    doc = msgspec.convert(document(date=day), LabelledDocument)
    assert FirstReader(Settings()).read(doc).mentions
