"""Pieces are those of the reference implementation; ids in pieces.jsonl are what it gave."""

import json
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.models.wordpiece import UNKNOWN, WordPieces

CASES = [
    json.loads(line)
    for line in (Path(__file__).parent / "pieces.jsonl").read_text(encoding="utf-8").splitlines()
]
PIECES = WordPieces(Path(str(files("detente") / "data" / "models" / "pairs-3" / "vocab.txt")))
NAMES = {number: piece for piece, number in PIECES.ids.items()}


@pytest.mark.parametrize("case", CASES, ids=lambda case: ascii(case["text"][:20]))
def test_ids_are_those_of_the_reference(case):
    assert PIECES.encode(case["text"])[0] == case["ids"]


def test_marks_in_a_text_are_ordinary_words():
    marks = {PIECES.ids[name] for name in ("[CLS]", "[SEP]", "[PAD]", "[unused1]")}
    assert not marks & set(PIECES.encode("[CLS] Peru [SEP] [unused1] [PAD]")[0])


@given(st.text(max_size=80))
def test_any_text_has_pieces_of_the_vocabulary(text):
    pieces, places = PIECES.encode(text)
    assert all(number in NAMES for number in pieces)
    assert len(places) == len(pieces)
    assert places == sorted(places)
    assert all(0 <= place < len(text) and not text[place].isspace() for place in places)


def test_a_piece_knows_where_its_word_begins():
    text = "Peru's envoy, in Zürich, apologised."
    words = [text[place:].split()[0] for place in PIECES.encode(text)[1]]
    assert words[:5] == ["Peru's", "'s", "s", "envoy,", ","] or words[0] == "Peru's"
    plain = "Peru's envoy apologised."
    ids, places = PIECES.encode(plain)
    assert [plain[place] for place in places][:4] == ["P", "'", "s", "e"]
    assert len(ids) == len(places)


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=30))
def test_the_pieces_of_a_word_spell_it(word):
    spelt = "".join(NAMES[number].removeprefix("##") for number in PIECES.encode(word)[0])
    assert spelt in (word, UNKNOWN)
