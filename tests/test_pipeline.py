"""The stages composed."""

from __future__ import annotations

from detente.config import Settings
from detente.pipeline import Coder
from detente.types import Coded, Rejection
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


def test_the_signature_names_every_part(coder):
    text = str(coder.signature)
    for part in ("detente:", "coder:", "parser:", "ontology:", "lexicon:", "facts:", "config:"):
        assert part in text
