"""Drafts: edits, quotes, and the way to an event and back."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from made_labels import FIRST, SECOND, event, party, threat

from detente.labelling import draft as drafts
from detente.labelling.draft import DraftParty, LabelDraft, Picked, Who, draft_of, event_of, gaps
from detente.labelling.records import LabelledDocument, LabelledEvent, load

LABELS = Path(__file__).resolve().parents[2] / "data" / "labelled"
PERU = DraftParty(Picked("Peru", 0), (Who("PER", "GOV"),))
CHILE = DraftParty(Picked("Chile", 13), (Who("CHL", "GOV"),))
ACT = Picked("accused", 5)


def made(**fields):
    return msgspec.convert(event(**fields), LabelledEvent)


def test_every_shipped_event_comes_back_as_it_was():
    for file in LABELS.rglob("*.gold.jsonl"):
        beside = file.with_name(file.name.replace(".gold.", ".docs."))
        docs = {doc.id: doc for doc in load([beside], LabelledDocument)}
        for one in load([file], LabelledEvent):
            sentence = docs[one.doc].sents[one.sent]
            draft = draft_of(one, sentence)
            assert event_of(draft, one.doc, one.sent, sentence, one.id) == one
            for span in draft.spans():
                assert 0 <= span.start < span.end <= len(sentence)


def test_two_for_the_same_words_are_one_party():
    both = [party("Peru", "PER"), party("Peru", "CHL"), party("Bolivia", "BOL")]
    draft = draft_of(made(source=both), FIRST)
    assert [(p.words.text, len(p.who)) for p in draft.actors] == [("Peru", 2), ("Bolivia", 1)]
    assert draft.actors[1].words.start is None


def test_the_quote_follows_until_it_is_set():
    draft = LabelDraft(predicate=ACT, actors=(PERU,))
    assert draft.quote_in(FIRST) == "Peru accused"
    assert drafts.with_party(draft, "recipients", CHILE).quote_in(FIRST) == "Peru accused Chile"
    kept = draft_of(made(), FIRST)
    assert kept.quote_in(FIRST) == "Peru accused Chile of spying"
    assert drafts.without(kept, 13).quote_in(FIRST) == "Peru accused"


def test_words_from_elsewhere_do_not_stretch_the_quote():
    far = DraftParty(Picked("Bolivia", None), (Who("BOL", "GOV"),))
    assert LabelDraft(predicate=ACT, actors=(far,)).quote_in(FIRST) == "accused"


def test_a_party_comes_goes_and_changes_sides():
    one = drafts.with_party(LabelDraft(), "actors", CHILE)
    both = drafts.with_party(one, "actors", PERU)
    assert both.actors == (PERU, CHILE)
    moved = drafts.with_party(both, "recipients", DraftParty(CHILE.words))
    assert (moved.actors, moved.recipients) == ((PERU,), (CHILE,))
    assert drafts.with_party(moved, "actors", PERU).actors == ()


def test_the_same_words_again_take_a_part_away():
    draft = drafts.with_words(LabelDraft(), "condition", ACT)
    assert draft.condition == ACT
    assert drafts.with_words(draft, "condition", ACT).condition is None


def test_the_shortest_part_under_the_cursor_goes():
    long = Picked("If Chile does not stop", 0)
    chile = DraftParty(Picked("Chile", 3))
    draft = LabelDraft(predicate=Picked("expel", 36), recipients=(chile,), condition=long)
    first = drafts.without(draft, 4)
    assert (first.recipients, first.condition) == ((), long)
    assert drafts.without(first, 4).condition is None
    assert drafts.without(first, 30) == first


def test_gaps_name_the_key():
    draft = LabelDraft(actors=(DraftParty(Picked("Peru", 0)),))
    keys = [line.split()[-1] for line in gaps(draft)]
    assert keys == ["p", "t", "g"]
    with pytest.raises(ValueError, match="gaps"):
        event_of(draft, "made_1", 0, FIRST, "made_1#0")


def test_spans_carry_their_letters():
    draft = draft_of(msgspec.convert(threat(), LabelledEvent), SECOND)
    marks = [(span.mark, SECOND[span.start : span.end]) for span in draft.spans()]
    assert marks == [
        ("C", "If Chile does not stop"),
        ("R", "Chile"),
        ("A", "we"),
        ("P", "will expel"),
        ("B", "Lima"),
    ]
