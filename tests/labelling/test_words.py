"""Pieces for the cursor, words found again, and what they span."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.labelling.words import find_words, occurrences, pieces, stretch


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("Peru's envoy", ["Peru", "'s", "envoy"]),
        ("Peru’s envoy don’t", ["Peru", "’s", "envoy", "don", "’t"]),
        ("U.S.-led talks", ["U.S.", "-", "led", "talks"]),
        ("3,500 of $90.", ["3,500", "of", "$", "90", "."]),
        ("'We will'", ["'", "We", "will", "'"]),
        ("", []),
    ],
)
def test_pieces(text, cut):
    assert [text[a:b] for a, b in pieces(text)] == cut


@given(st.text(max_size=60))
def test_every_visible_character_is_in_one_piece(text):
    inside = [at for start, end in pieces(text) for at in range(start, end)]
    assert inside == [at for at, sign in enumerate(text) if not sign.isspace()]


def test_words_are_found_whole_and_nearest():
    text = "Peruvians in Peru said Peru left"
    assert occurrences(text, "Peru") == [13, 23]
    assert find_words(text, "Peru") == 13
    assert find_words(text, "Peru", near=30) == 23
    assert find_words(text, "Peru", nth=2, near=0) == 23
    assert find_words(text, "Peru", nth=3) is None
    assert find_words(text, "Chile") is None
    assert find_words(text, "") is None


def test_the_stretch_goes_from_first_to_last():
    assert stretch("Peru accused Chile of spying", [(5, 12), (13, 18), (0, 4)]) == (
        "Peru accused Chile"
    )
