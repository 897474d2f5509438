"""The parser behind its adapter."""

from __future__ import annotations

import importlib.util

import pytest

from detente.errors import LanguageError
from detente.language import split, syntax
from detente.types import Document, Span


def test_tokens_carry_document_offsets(parse):
    sent = parse("  Ghana’s envoy “met” Togo.")
    for token in sent.tokens:
        assert "  Ghana’s envoy “met” Togo."[token.start : token.end] == token.text


def test_lemmas_of_regular_and_irregular_words(parse):
    sent = parse("The ministers met and struck two deals, denying the charges.")
    lemmas = {t.text: t.lemma for t in sent.tokens}
    assert lemmas["ministers"] == "minister"
    assert lemmas["met"] == "meet"
    assert lemmas["struck"] == "strike"
    assert lemmas["denying"] == "deny"
    assert lemmas["charges"] == "charge"


def test_a_lemma_does_not_depend_on_what_was_parsed_before(parse):
    parse("Togo wants to found a party and Ghana wants to wound it.")
    sent = parse("Togo found a party and Ghana left it.")
    assert {t.text: t.lemma for t in sent.tokens if t.tag == "VBD"} == {
        "found": "find",
        "left": "leave",
    }


def test_children_invert_heads(parse):
    sent = parse("The envoy left Accra on Monday.")
    for token in sent.tokens:
        for child in sent.children[token.index]:
            assert sent.tokens[child].head == token.index


def test_a_sentence_too_long_to_parse_comes_back_without_tokens(parser):
    doc = Document(id="d", text="word " * 50 + ".", sha256="")
    (sent,) = parser.parse(split(doc), max_tokens=20)
    assert sent.tokens == ()
    assert sent.text


def test_title_case_headline_parses_like_a_sentence(parser):
    text = "Ghana Warns Togo Against Closing Border Crossings"
    doc = Document(id="d", text=text, sha256="", headline=Span(0, len(text), text))
    names = [(0, 5), (12, 16)]
    (sent,) = parser.parse(split(doc), names=names)
    verbs = [t.lemma for t in sent.tokens if t.pos == "VERB"]
    assert "warn" in verbs
    assert sent.tokens[0].text == "Ghana"  # the record keeps the text as it was


def test_missing_model_says_what_to_install(monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    syntax._load.cache_clear()
    try:
        with pytest.raises(LanguageError, match="pip install en-core-web-sm") as caught:
            syntax.Parser()
        assert caught.value.code == "D401"
    finally:
        syntax._load.cache_clear()
