import json
import shutil
from importlib.resources import files
from pathlib import Path

import pytest

from detente.errors import DataError
from detente.models import PairEncoder, PairQuestion, likeliest, load_pair_encoder
from detente.models.pair_encoder import PairPieces
from detente.models.wordpiece import WordPieces
from detente.ontology import load_ontology
from detente.types import NONE, Status

FOLDER = Path(str(files("detente") / "data" / "models" / "pairs-1"))
TEXT = "Peru accused Chile of shelling a port."
PERU, CHILE = (0, 4), (13, 18)


@pytest.fixture(scope="module")
def encoder():
    return load_pair_encoder()


@pytest.fixture(scope="module")
def words():
    return WordPieces(FOLDER / "vocab.txt")


@pytest.fixture(scope="module")
def pieces(encoder, words):
    return PairPieces(words, encoder.card)


def ask(source, target, text=TEXT, lexicon=None):
    return PairQuestion(text, source, target, lexicon or {})


def test_it_tells_who_does_what(encoder):
    forwards, backwards = encoder.judge([ask(PERU, CHILE), ask(CHILE, PERU)])
    assert likeliest(forwards.types) == "ACCUSE"
    assert forwards.types["ACCUSE"] > 0.8
    assert likeliest(backwards.types) == NONE


def test_probabilities_sum_to_one_over_all_types_and_statuses(encoder):
    (answer,) = encoder.judge([ask(PERU, None)])
    assert set(answer.types) == {*load_ontology().types, NONE}
    assert set(answer.statuses) == {str(status) for status in Status}
    assert sum(answer.types.values()) == pytest.approx(1)
    assert sum(answer.statuses.values()) == pytest.approx(1)


def test_status_follows_the_words(encoder):
    text = "Peru denied that it had shelled Chile's port."
    (answer,) = encoder.judge([ask((17, 19), (32, 37), text)])
    assert max(answer.statuses, key=answer.statuses.get) == "denied"


def test_what_the_lexicon_says_counts(encoder):
    said = {"SUPPORT": 0.9, NONE: 0.1}
    without, beside = encoder.judge([ask(PERU, CHILE), ask(PERU, CHILE, lexicon=said)])
    assert beside.types["SUPPORT"] > without.types["SUPPORT"]


def test_answers_do_not_depend_on_the_company(encoder):
    others = [ask(PERU, None, f"Peru met {'old ' * n}friends in Quito.") for n in range(40)]
    (alone,) = encoder.judge([ask(PERU, CHILE)])
    among = encoder.judge([*others, ask(PERU, CHILE)])
    assert len(among) == len(others) + 1
    # int8 scales follow the longest row of a batch: equal up to what they round away
    assert among[-1].types["ACCUSE"] == pytest.approx(alone.types["ACCUSE"], abs=0.05)
    assert encoder.judge([]) == []


def test_marks_stand_around_both_actors(encoder, words, pieces):
    ids, source, target = pieces.encode(ask(CHILE, PERU))
    marks = [words.ids[mark] for mark in encoder.card.marks]
    assert (ids[source], ids[target]) == (marks[0], marks[2])
    assert [piece for piece in ids if piece in marks] == [marks[2], marks[3], *marks[:2]]
    assert pieces.encode(ask(PERU, None))[2] == 0


def test_a_long_text_is_cut_around_the_actors(encoder, words, pieces):
    text = "word " * 300 + TEXT + " word" * 300
    at = text.index("Peru")
    question = ask((at, at + 4), (at + 13, at + 18), text)
    ids, source, target = pieces.encode(question)
    assert len(ids) == encoder.card.max_pieces
    marks = [words.ids[mark] for mark in encoder.card.marks]
    assert (ids[source], ids[target]) == (marks[0], marks[2])
    assert likeliest(encoder.judge([question])[0].types) == "ACCUSE"


@pytest.mark.parametrize("broken", ["card.json", "model.onnx", "vocab.txt"])
@pytest.mark.parametrize("how", ["missing", "garbage"])
def test_a_broken_model_is_named(tmp_path, broken, how):
    folder = tmp_path / "model"
    shutil.copytree(FOLDER, folder)
    if how == "missing":
        (folder / broken).unlink()
    else:
        (folder / broken).write_text("no such thing")
    with pytest.raises(DataError, match="cannot load the model") as caught:
        PairEncoder(folder)
    assert caught.value.code == "D270"


def test_the_card_says_where_the_model_is_from():
    card = json.loads((FOLDER / "card.json").read_text())
    assert card["licence"] == "Apache-2.0"
    assert "data/labelled" in card["trained_on"]
    assert sum(f.stat().st_size for f in FOLDER.iterdir()) < 30_000_000
