"""Pairs from labelled documents: which there are, and with what label."""

from __future__ import annotations

from collections import Counter

import msgspec
import pytest
from made_labels import FIRST, document, event, meeting, party, threat

from derive_pairs import MentionFinder, derive
from detente.types import Actor, Mention
from labelled import LabelledDocument, LabelledEvent, part_of, split_of


def mention(doc, words, country, *, after=0):
    start = doc.text.index(words, after)
    actor = Actor(name=words, country=country, sector="GOV")
    return Mention(
        start=start,
        end=start + len(words),
        text=words,
        sentence=0,
        first=0,
        last=1,
        head=0,
        kind="name",
        actors=(actor,),
    )


def derived(*events, text=FIRST, mentions=()):
    doc = msgspec.convert(document(text=text, sents=[text]), LabelledDocument)
    found = [mention(doc, *each) for each in mentions]
    counts = Counter()
    rows = [msgspec.convert(each, LabelledEvent) for each in events]
    pairs = [
        (
            text[slice(*pair.source)],
            text[slice(*pair.target)] if pair.target else None,
            pair.type,
            pair.status,
        )
        for pair in derive(doc, rows, found, counts)
    ]
    return pairs, counts


def test_a_reversed_pair_is_none():
    pairs, _ = derived(event())
    assert pairs == [
        ("Peru", "Chile", "ACCUSE", "asserted"),
        ("Chile", None, "NONE", None),
        ("Chile", "Peru", "NONE", None),
    ]


def test_who_stands_by_has_nothing_with_anybody():
    text = "Peru accused Chile of spying, said Ecuador."
    pairs, _ = derived(event(), text=text, mentions=[("Ecuador", "ECU"), ("Peru", "PER")])
    assert Counter(kind for _, _, kind, _ in pairs) == {"NONE": 7, "ACCUSE": 1}
    assert ("Ecuador", None, "NONE", None) in pairs


def test_other_words_for_a_labelled_pair_are_left_out():
    text = "Peru accused Chile of spying; Lima is angry."
    pairs, counts = derived(event(), text=text, mentions=[("Lima", "PER")])
    assert ("Lima", "Chile") not in [pair[:2] for pair in pairs]
    assert ("Chile", "Lima", "NONE", None) in pairs
    assert counts["other words for a labelled pair"] == 1
    assert counts["one actor with itself"] == 2


def test_a_mention_inside_a_party_is_that_party():
    text = "Peru's new president accused Chile of spying."
    told = event(
        quote=text,
        source=[party("Peru's new president", "PER")],
    )
    pairs, _ = derived(told, text=text, mentions=[("Peru", "PER")])
    assert {pair[0] for pair in pairs} == {"Peru's new president", "Chile"}


def test_those_who_meet_are_a_pair_both_ways():
    text = "The presidents of Peru and Bolivia met in La Paz."
    pairs, _ = derived(meeting(sent=0), text=text)
    assert {pair[:3] for pair in pairs} == {
        ("Peru", None, "CONSULT"),
        ("Bolivia", None, "CONSULT"),
        ("Peru", "Bolivia", "CONSULT"),
        ("Bolivia", "Peru", "CONSULT"),
    }


def test_two_acts_between_the_same_two_are_two_lines():
    text = "Peru accused Chile of spying and called for an apology."
    wish = event(id="made_1#1", event="REQUEST", mode="change", predicate="called")
    pairs, _ = derived(event(), wish, text=text)
    assert [pair[2] for pair in pairs if pair[:2] == ("Peru", "Chile")] == ["ACCUSE", "REQUEST"]


def test_a_party_that_stands_elsewhere_makes_no_pair():
    pairs, counts = derived(threat(sent=0, source=[party("Bolivia", "BOL")]))
    assert counts["party in another sentence"] == 1
    assert all(kind == "NONE" for _, _, kind, _ in pairs)


def test_the_party_nearest_to_the_act_is_meant():
    text = "In Peru it was said that Peru accused Chile of spying."
    doc = msgspec.convert(document(text=text, sents=[text]), LabelledDocument)
    (first, *_) = derive(doc, [msgspec.convert(event(), LabelledEvent)], [], Counter())
    assert first.source == (25, 29)
    assert first.id == "made_1#0.0"


def test_with_the_actors_stage():
    doc = msgspec.convert(document(), LabelledDocument)
    rows = [msgspec.convert(each, LabelledEvent) for each in (event(), threat(), meeting())]
    mentions = MentionFinder().find(doc)
    assert {"Peru", "Chile"} <= {found.text for found in mentions}
    pairs = list(derive(doc, rows, mentions, Counter()))
    assert {"ACCUSE", "CONSULT", "NONE"} <= {pair.type for pair in pairs}
    assert pairs == list(derive(doc, rows, mentions, Counter()))


@pytest.mark.parametrize(
    ("document_id", "split"), [("sd_49055720", "test"), ("wn19_166", "train"), ("voa_33689", "dev")]
)
def test_a_document_keeps_its_part(document_id, split):
    assert split_of(document_id) == split
    assert part_of("dev-a", document_id) == "dev"
    assert part_of("real-1", document_id) == split
