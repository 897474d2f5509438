"""A model of the user's own in `classify` and `code`."""

from __future__ import annotations

import json
import shutil

import numpy
import pytest
from made_training import DATA, FIVE, ONTOLOGY, example_rows

from detente.cli import main
from detente.config import Settings
from detente.errors import ConfigError, DataError
from detente.models import OwnModel, load_pair_encoder
from detente.models.own_model import HeadWeights
from detente.pipeline import Coder
from detente.types import NONE, Document

TEXT = "Peru accused Chile of spying. Bolivian rebels killed nine soldiers near Potosí on Monday."


@pytest.fixture
def copy(trained, tmp_path):
    """The model in a folder that may be damaged."""
    return shutil.copytree(trained, tmp_path / "copy")


def change(folder, **fields):
    card = json.loads((folder / "card.json").read_text())
    (folder / "card.json").write_text(json.dumps(card | fields))


def test_pairs_are_answered_under_its_labels(trained, tmp_path, capfd):
    rows = example_rows()[:80]
    some = tmp_path / "some.jsonl"
    some.write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    assert main(["classify", str(some), "--model", str(trained)]) == 0
    answers = [json.loads(line) for line in capfd.readouterr().out.splitlines()]
    assert [answer["id"] for answer in answers] == [row["id"] for row in rows]
    assert all(set(answer["probabilities"]) == FIVE | {NONE} for answer in answers)
    assert all(abs(sum(a["probabilities"].values()) - 1) < 0.01 for a in answers)
    right = [a["type"] == row["type"] for a, row in zip(answers, rows, strict=True)]
    assert sum(right) > 0.6 * len(rows)


def test_documents_are_coded_with_its_types(trained):
    coder = Coder(Settings(model=trained, ontology=ONTOLOGY))
    (coded,) = coder.code([Document("d", TEXT, sha256="0")])
    assert coded.events
    for event in coded.events:
        assert event.type in FIVE
        assert event.quad == coder.ontology.quad(event.type)
        assert event.cameo == coder.ontology.type(event.type).cameo
        assert "coder:blend.v2" in event.signature
        assert f"model:{coder.judge.name}" in event.signature
        assert f"model:{coder.judge.name}" in {each.entry for each in event.evidence}


def test_what_the_lexicon_finds_under_other_types_is_not_coded(trained):
    usual = Coder(Settings(coder="lexicon.v1"))
    (coded,) = usual.code([Document("d", TEXT, sha256="0")])
    assert {event.type for event in coded.events} - FIVE
    assert "model:" not in coded.events[0].signature


def test_types_that_the_ontology_lacks_are_named(trained, tmp_path, capsys):
    text = tmp_path / "a.txt"
    text.write_text(TEXT)
    assert main(["code", str(text), "--model", str(trained)]) == 2
    assert "D105" in capsys.readouterr().err
    with pytest.raises(ConfigError, match="FIGHT, HELP, OPPOSE, PRESS, TALK") as caught:
        _ = Coder(Settings(model=trained)).coder
    assert caught.value.code == "D105"


def test_rules_alone_ask_no_model(trained, capsys):
    given = ["classify", str(DATA), "--model", str(trained), "--coder", "lexicon.v1"]
    assert main(given) == 2
    assert "D104" in capsys.readouterr().err


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_missing_model_is_an_error_of_the_run(tmp_path, capsys, jobs):
    text = tmp_path / "a.txt"
    text.write_text(TEXT)
    given = ["code", str(text), "--model", str(tmp_path / "none"), "--jobs", str(jobs)]
    assert main(given) == 2
    said = capsys.readouterr().err
    assert "D271" in said and "R901" not in said


@pytest.mark.parametrize("name", ["card.json", "head.npz"])
@pytest.mark.parametrize("damage", [lambda data: b"", lambda data: data[:-9], None])
def test_damaged_files_are_refused(copy, name, damage):
    path = copy / name
    if damage is None:
        path.unlink()
    else:
        path.write_bytes(damage(path.read_bytes()))
    with pytest.raises(DataError) as caught:
        OwnModel(copy, load_pair_encoder())
    assert caught.value.code == "D271"
    assert str(copy) in caught.value.problem


def test_weights_that_do_not_fit_the_labels(copy):
    change(copy, labels=["TALK", "HELP"])
    with pytest.raises(DataError, match="do not fit") as caught:
        OwnModel(copy, load_pair_encoder())
    assert caught.value.code == "D271"


def test_a_head_of_another_encoder_is_refused(copy):
    change(copy, encoder="pairs-0", encoder_sha256="0" * 64)
    with pytest.raises(DataError, match="pairs-0") as caught:
        OwnModel(copy, load_pair_encoder())
    assert caught.value.code == "D272"


def test_the_model_counts_in_the_hash_of_settings_and_its_report_does_not(copy):
    before = Settings(model=copy).digest()
    (copy / "report.md").write_text("read")
    assert Settings(model=copy).digest() == before != Settings().digest()
    change(copy, temperature=3.0)
    assert Settings(model=copy).digest() != before


def test_weights_come_back_as_they_were():
    chance = numpy.random.default_rng(1)
    shapes = ((2, 5, 4), (2, 4), (2, 4, 3), (2, 3))
    weights = HeadWeights(*(chance.normal(size=shape).astype("f4") for shape in shapes))
    packed = weights.packed()
    assert packed == weights.packed()
    rows = chance.normal(size=(7, 5)).astype("f4")
    assert (HeadWeights.unpacked(packed).logits(rows) == weights.logits(rows)).all()
    assert weights.fits(5, 3) and not weights.fits(6, 3) and not weights.fits(5, 2)
