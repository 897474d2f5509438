"""Sentence ends, paragraphs, headlines, furniture and quotations."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.language import split
from detente.types import Document, Span


def sentences(text: str, **fields) -> list[str]:
    return [s.text for s in split(Document(id="d", text=text, sha256="", **fields))]


@pytest.mark.parametrize(
    "text, expected",
    [
        ("Mr. Diaz met Gen. Okoro. They spoke.", ["Mr. Diaz met Gen. Okoro.", "They spoke."]),
        ("He left the U.S. The talks failed.", ["He left the U.S.", "The talks failed."]),
        ("The U.S. Navy sailed. It returned.", ["The U.S. Navy sailed.", "It returned."]),
        ('"Stop!" he said. "Go."', ['"Stop!" he said.', '"Go."']),
        ("“We will not go.” She left.", ["“We will not go.”", "She left."]),
        ("Talks resume on Jan. 5 in Oslo.", ["Talks resume on Jan. 5 in Oslo."]),
        ("J. Smith spoke. K. Jones did not.", ["J. Smith spoke.", "K. Jones did not."]),
        ("Will they meet? Perhaps.", ["Will they meet?", "Perhaps."]),
        ("First part.\n\nSecond part", ["First part.", "Second part"]),
        ("One.\r\n\r\nTwo.", ["One.", "Two."]),
        ("", []),
    ],
)
def test_sentence_ends(text, expected):
    assert sentences(text) == expected


def test_hard_wrapped_lines_are_one_paragraph():
    text = (
        "The two delegations met for six hours in the old customs house on\n"
        "the harbour and parted without a word to the reporters who waited\n"
        "outside. Nobody smiled."
    )
    assert len(sentences(text)) == 2


def test_short_lines_are_paragraphs_of_their_own():
    assert sentences("Key points\nTalks in Oslo\nNo accord") == [
        "Key points",
        "Talks in Oslo",
        "No accord",
    ]


def test_headline_and_furniture_are_cut_out():
    text = "Ghana and Togo Meet\n\nACCRA, May 3 - The ministers met."
    doc = Document(
        id="d",
        text=text,
        sha256="",
        headline=Span(0, 19, text[:19]),
        furniture=(Span(21, 36, text[21:36]),),
    )
    got = split(doc)
    assert [(s.text, s.is_headline) for s in got] == [
        ("Ghana and Togo Meet", True),
        ("The ministers met.", False),
    ]


@pytest.mark.parametrize(
    "text, expected",
    [
        ("He called it “a mistake” twice.", ["a mistake"]),
        ('He called it "a mistake" twice.', ["a mistake"]),
        ("They warned of 'severe consequences' soon.", ["severe consequences"]),
        ("Ghana's ministers met Togo's envoys.", []),
        ("The rebels’ envoy left Togo’s capital.", []),
    ],
)
def test_quotations(text, expected):
    (sent,) = split(Document(id="d", text=text, sha256=""))
    assert [q.text for q in sent.quotes] == expected


def test_open_quotation_runs_to_the_end_of_its_paragraph():
    text = "“We came in peace. We leave in peace.\n\n“Nobody should doubt that,” he said."
    first, second, third = split(Document(id="d", text=text, sha256=""))
    assert [bool(s.quotes) for s in (first, second, third)] == [True, True, True]
    assert third.quotes[0].text == "Nobody should doubt that,"


@given(st.text(alphabet=st.sampled_from("Ab. !?\n\r\"'“”‘’U.S,é\u00a0"), max_size=120))
def test_offsets_point_into_the_text_whatever_it_is(text):
    at = 0
    for sent in split(Document(id="d", text=text, sha256="")):
        assert text[sent.start : sent.end] == sent.text
        assert sent.start >= at
        at = sent.end
        for quote in sent.quotes:
            assert text[quote.start : quote.end] == quote.text
