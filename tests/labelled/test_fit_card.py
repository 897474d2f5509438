"""The numbers on a model's card: that they are fitted, and written where they belong."""

from __future__ import annotations

import json
import shutil
from importlib.resources import files
from pathlib import Path

import numpy
import pytest

import fit_card
from detente.models import load_pair_encoder
from detente.models.pair_encoder import softmax
from detente.types import NONE

SHIPPED = Path(str(files("detente") / "data" / "models" / "pairs-3"))
FITTED = {"temperature", "lexicon_weight", "nothing", "none_share"}
PAIRS = [
    ("Peru accused Chile of spying.", (0, 4), (13, 18), "ACCUSE", {"ACCUSE": 0.9, NONE: 0.1}),
    ("Peru accused Chile of spying.", (13, 18), (0, 4), NONE, {NONE: 1.0}),
    ("Togo thanked Benin for its help.", (0, 4), (13, 18), "SUPPORT", {"SUPPORT": 0.9, NONE: 0.1}),
    ("Togo thanked Benin for its help.", (13, 18), (0, 4), NONE, {"SUPPORT": 0.6, NONE: 0.4}),
    ("Fiji beat Nauru in the final.", (0, 4), (10, 15), NONE, {"ASSAULT": 0.6, NONE: 0.4}),
    ("Fiji beat Nauru in the final.", (0, 4), None, "ACCUSE", {NONE: 1.0}),
    # Labels at odds with the others, so that no number grows beyond all bounds.
    ("Peru accused Chile of spying.", (0, 4), (13, 18), NONE, {"ACCUSE": 0.9, NONE: 0.1}),
    ("Peru accused Chile of spying.", (13, 18), (0, 4), "SUPPORT", {NONE: 1.0}),
    ("Togo thanked Benin for its help.", (0, 4), (13, 18), "AID", {"SUPPORT": 0.9, NONE: 0.1}),
]


@pytest.fixture
def files_of(tmp_path):
    """Pairs, the lexicon's answers, and a copy of the shipped model with a card of its own."""
    pairs, answers, folder = tmp_path / "p.jsonl", tmp_path / "a.jsonl", tmp_path / "model"
    with pairs.open("w") as asked, answers.open("w") as said:
        for text, source, target, kind, shares in PAIRS:
            row = {"text": text, "source": source, "target": target, "type": kind}
            asked.write(json.dumps(row) + "\n")
            said.write(json.dumps({"probabilities": shares}) + "\n")
    folder.mkdir()
    for name in ("model.onnx", "vocab.txt"):
        (folder / name).symlink_to(SHIPPED / name)
    shutil.copy(SHIPPED / "card.json", folder)
    return pairs, answers, folder


def test_questions_have_the_answers_beside_them(files_of):
    asked, gold = fit_card.questions(*files_of[:2])
    assert gold == [row[3] for row in PAIRS]
    assert (asked[0].source, asked[0].target) == ((0, 4), (13, 18))
    assert asked[5].target is None
    assert asked[3].lexicon == PAIRS[3][4]


def test_answers_of_another_number_are_refused(files_of):
    pairs, answers, _ = files_of
    answers.write_text(answers.read_text().split("\n", 1)[1])
    with pytest.raises(ValueError, match="shorter"):
        fit_card.questions(pairs, answers)


def test_what_the_numbers_multiply_gives_the_answer_of_the_model(files_of):
    asked, _ = fit_card.questions(*files_of[:2])
    encoder = load_pair_encoder()
    card = encoder.card
    given = fit_card.inputs_of(encoder.read(asked), card.labels.index(NONE))
    shares = softmax(given @ numpy.array([1 / card.temperature, card.lexicon_weight, card.nothing]))
    judged = [[each.types[label] for label in card.labels] for each in encoder.judge(asked)]
    assert shares == pytest.approx(numpy.array(judged), abs=1e-4)


def test_numbers_that_labels_were_drawn_with_are_found():
    dice = numpy.random.default_rng(0)
    given = dice.normal(size=(4000, 4, 3))
    meant = numpy.array([0.5, 0.3, -1.0])
    sums = softmax(given @ meant).cumsum(axis=1)
    drawn = (dice.random((4000, 1)) > sums).sum(axis=1)
    found = fit_card.fitted(given, numpy.eye(4)[drawn])
    assert found == pytest.approx(meant, abs=0.1)


def test_what_is_told_of_answers():
    wanted = numpy.eye(2)[[0, 0, 1, 1]]
    assert "macro-F1 1.0000, calibration error 0.0000" in fit_card.told(wanted, wanted)
    sure_and_half_wrong = numpy.eye(2)[[0, 1, 1, 0]]
    assert "macro-F1 0.5000, calibration error 0.5000" in fit_card.told(sure_and_half_wrong, wanted)


@pytest.mark.parametrize("check", [True, False])
def test_the_card_is_written_unless_it_is_only_checked(files_of, monkeypatch, capsys, check):
    pairs, answers, folder = files_of
    before = json.loads((folder / "card.json").read_text())
    given = [str(pairs), str(answers), str(folder), *(["--check"] if check else [])]
    monkeypatch.setattr("sys.argv", ["fit_card.py", *given])
    assert fit_card.main() == 0
    told = dict(line.split(": ", 1) for line in capsys.readouterr().out.splitlines())
    after = json.loads((folder / "card.json").read_text())
    changed = {name for name in before if before[name] != after[name]}
    assert set(told) == ({"card"} if check else {"card", "fitted"})
    assert changed == (set() if check else FITTED)
    if not check:
        nothing = sum(kind == NONE for _, _, _, kind, _ in PAIRS)
        assert after["none_share"] == pytest.approx(nothing / len(PAIRS), abs=0.001)
        losses = [float(told[name].split()[1].rstrip(",")) for name in ("fitted", "card")]
        assert losses == sorted(losses)
