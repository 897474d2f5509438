"""The stages composed."""

from __future__ import annotations

import detente
from detente import pipeline
from detente.config import Settings
from detente.pipeline import Coder
from detente.types import Coded, Quotes, Rejection
from made_documents import make_document


def test_rejections_pass_through_in_their_place(coder):
    given = Rejection("reading", "R301", "empty", "a.txt")
    results = list(coder.code([make_document("Chile accused Peru."), given]))
    assert isinstance(results[0], Coded)
    assert results[1] is given


def test_a_broken_document_is_a_rejection_and_the_rest_goes_on(coder, monkeypatch):
    def broken(doc, *args, **kwargs):
        if doc.id == "bad":
            raise ValueError("unforeseen")
        return original(doc, *args, **kwargs)

    original = coder.coder.code
    monkeypatch.setattr(coder.coder, "code", broken)
    docs = [make_document("Chile accused Peru.", id=name) for name in ("a", "bad", "b")]
    first, middle, last = coder.code(docs)
    assert isinstance(middle, Rejection)
    assert (middle.code, middle.where) == ("R901", "bad")
    assert "unforeseen" in middle.reason
    assert isinstance(first, Coded) and isinstance(last, Coded)
    assert last.events


def test_nothing_loads_before_it_is_needed():
    coder = Coder(Settings())
    assert not {"parser", "world", "lexicon", "ontology", "judge"} & set(vars(coder))


def test_the_model_is_asked_unless_rules_alone_are_named(coder):
    both = Coder(Settings())
    assert both.coder.name == "blend.v2"
    assert f"|model:{both.judge.name}" in str(both.signature)
    assert coder.coder.name == "lexicon.v1"
    assert "model:" not in str(coder.signature)


def test_mentions_leaves_events_empty(coder):
    (coded,) = coder.mentions([make_document("Chile accused Peru.")])
    assert coded.mentions and not coded.events


def test_quotes_say_who_says_what_and_load_neither_lexicon_nor_model():
    coder = Coder(Settings())
    given = Rejection("reading", "R301", "empty", "a.txt")
    quotes, rejected = coder.quotes([make_document("Chile said Peru had left.", id="a"), given])
    assert isinstance(quotes, Quotes)
    (one,) = quotes.quotations
    assert (one.document, one.sentence, one.kind) == ("a", 0, "indirect")
    assert one.cue and one.cue.text == "said"
    assert one.actor and one.actor.country == "CHL"
    assert [span.text for span in one.content] == ["Peru had left"]
    assert rejected is given
    assert not {"lexicon", "ontology", "judge", "coder"} & set(vars(coder))


def test_a_document_whose_quotations_cannot_be_read_is_a_rejection(coder, monkeypatch):
    def broken(scenes):
        raise ValueError("unforeseen")

    monkeypatch.setattr(pipeline, "find_quotations", broken)
    (rejected,) = coder.quotes([make_document("Chile said Peru had left.", id="bad")])
    assert (rejected.code, rejected.where) == ("R901", "bad")


def test_the_public_function_for_quotes():
    (quotes,) = detente.quotes(make_document("Chile said Peru had left."))
    assert isinstance(quotes, Quotes) and len(quotes.quotations) == 1


def test_the_signature_names_every_part(coder):
    text = str(coder.signature)
    for part in ("detente:", "coder:", "parser:", "ontology:", "lexicon:", "facts:", "config:"):
        assert part in text
