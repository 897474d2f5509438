import json
import shutil
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.errors import DataError
from detente.models import PairEncoder, PairQuestion, likeliest, load_pair_encoder
from detente.models.pair_encoder import SentencePieces
from detente.models.wordpiece import WordPieces
from detente.ontology import load_ontology
from detente.types import NONE, Status

FOLDER = Path(str(files("detente") / "data" / "models" / "pairs-3"))
TEXT = "Peru accused Chile of shelling a port."
PERU, CHILE = (0, 4), (13, 18)


@pytest.fixture(scope="module")
def encoder():
    return load_pair_encoder()


@pytest.fixture(scope="module")
def pieces(encoder):
    return SentencePieces(WordPieces(FOLDER / "vocab.txt"), encoder.card.max_pieces)


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


def test_a_text_is_read_once_for_all_its_pairs(encoder, monkeypatch):
    read = []
    run = encoder._run
    monkeypatch.setattr(
        encoder, "_run", lambda batch, pairs: read.append(batch) or run(batch, pairs)
    )
    other = "Togo thanked Benin."
    asked = [ask(PERU, CHILE), ask((0, 4), (13, 18), other), ask(CHILE, PERU), ask(PERU, None)]
    types = [likeliest(judgement.types) for judgement in encoder.judge(asked)]
    assert types[:3] == ["ACCUSE", "SUPPORT", NONE]
    assert sum(len(batch) for batch in read) == 2


def test_it_points_at_the_words_of_the_act(encoder):
    (answer,) = encoder.judge([ask(PERU, CHILE)])
    assert TEXT[answer.place :].startswith("accused")


def test_the_mode_of_each_type_has_a_share(encoder):
    (answer,) = encoder.judge([ask(PERU, CHILE)])
    mode, share = answer.modes["ACCUSE"]
    assert mode == "allege"
    assert 0.5 < share <= 1
    ontology = load_ontology()
    assert {(kind, name) for kind, (name, _) in answer.modes.items()} <= set(ontology.modes)
    assert {tuple(mode.split("/")) for mode in encoder.card.modes} <= set(ontology.modes)


def test_spans_are_found_among_the_pieces(pieces):
    text = "In Lima, Peru's army freed Chileans."
    encoded = pieces.encode(text, [(9, 20), (27, 35)])
    starts = {span: encoded.offsets[first] for span, (first, _) in encoded.spans.items()}
    assert starts == {(9, 20): 9, (27, 35): 27}
    assert encoded.offsets[encoded.spans[9, 20][1]] == text.index("army")
    assert len(encoded.ids) == len(encoded.offsets)


def test_a_long_text_is_cut_around_the_actors(encoder, pieces):
    text = "word " * 300 + TEXT + " word" * 300
    at = text.index("Peru")
    question = ask((at, at + 4), (at + 13, at + 18), text)
    encoded = pieces.encode(text, [question.source, question.target])
    assert len(encoded.ids) == encoder.card.max_pieces
    assert encoded.offsets[encoded.spans[question.source][0]] == at
    assert likeliest(encoder.judge([question])[0].types) == "ACCUSE"


@given(st.text(max_size=60), st.data())
def test_any_span_of_any_text_has_pieces(pieces, text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    encoded = pieces.encode(text, [(start, end)])
    ((first, last),) = encoded.spans.values()
    assert 0 < first <= last < max(len(encoded.ids), 3)


@pytest.mark.parametrize(
    ("broken", "how"),
    [
        *((name, "missing") for name in ("card.json", "model.onnx", "vocab.txt")),
        *((name, "garbage") for name in ("card.json", "gate.json", "model.onnx", "vocab.txt")),
    ],
)
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


def test_a_model_without_a_gate_is_asked_about_everything(tmp_path):
    folder = tmp_path / "model"
    shutil.copytree(FOLDER, folder, ignore=shutil.ignore_patterns("gate.json"))
    assert PairEncoder(folder).gate is None


def test_the_card_says_where_the_model_is_from():
    card = json.loads((FOLDER / "card.json").read_text())
    assert card["licence"] == "Apache-2.0"
    assert "data/labelled" in card["trained_on"]
    assert sum(f.stat().st_size for f in FOLDER.iterdir()) < 30_000_000
