"""The gate in front of the model: what it learns from, and what it lets through."""

from __future__ import annotations

import gzip
import json

import msgspec
import pytest

import train_gate
from detente.models import load_pair_encoder
from detente.models.gate import Gate

PLAIN = "Peru accused Chile of spying."
MISSED = "Peru read Chile the riot act on Monday."
EMPTY = "The river rose again."


@pytest.fixture(autouse=True)
def _gate_of_the_encoder(monkeypatch):
    """The script takes the gate off the encoder, which the other tests share."""
    encoder = load_pair_encoder()
    monkeypatch.setattr(encoder, "gate", encoder.gate)


def write_texts(path, texts):
    lines = "".join(json.dumps({"id": n, "text": text}) + "\n" for n, text in enumerate(texts))
    packed = path.suffix == ".gz"
    path.write_bytes(gzip.compress(lines.encode()) if packed else lines.encode())
    return path


@pytest.mark.parametrize("name", ["texts.jsonl", "texts.jsonl.gz"])
def test_texts_are_read(tmp_path, name):
    docs = train_gate.documents(write_texts(tmp_path / name, [PLAIN, MISSED]))
    assert [(doc.id, doc.text) for doc in docs] == [("0", PLAIN), ("1", MISSED)]


def test_a_sentence_is_worth_it_where_the_model_changes_something(tmp_path):
    texts = [f"{PLAIN} {MISSED}", EMPTY]
    rows = train_gate.watched(list(train_gate.documents(write_texts(tmp_path / "t.jsonl", texts))))
    assert [worth for _, worth in rows] == [False, True, False]
    plain, missed, empty = (found for found, _ in rows)
    assert "accuse" in plain and "riot" in missed and "river" in empty


def made_rows(count):
    """Where somebody is shelled it is worth it, save once in ten; sunshine never is."""
    rows = []
    for number in range(count):
        rows.append(({"shell", "village"}, number % 10 != 0))
        rows.append(({"sun", "village"}, False))
    rows.append(({"hapax", "village"}, False))
    return rows


def test_clues_that_tell_are_kept_and_what_is_worth_it_passes(capsys):
    gate = train_gate.learnt(made_rows(200), made_rows(50), "made up")
    assert gate.trained_on == "made up"
    assert gate.weights["shell"] > 0 > gate.weights["sun"]
    assert "hapax" not in gate.weights
    assert gate.opens({"shell", "village"})
    assert not gate.opens({"sun", "village"})
    assert "44.6% of the sentences are worth it, 49.5% let through" in capsys.readouterr().out


def test_the_gate_is_written(tmp_path, monkeypatch):
    texts = write_texts(tmp_path / "t.jsonl", [f"{PLAIN} {MISSED} {EMPTY}"] * 10)
    out = tmp_path / "gate.json"
    given = [str(texts), "--every", "2", "--out", str(out)]
    monkeypatch.setattr("sys.argv", ["train_gate.py", *given])
    assert train_gate.main() == 0
    gate = msgspec.json.decode(out.read_bytes(), type=Gate)
    assert gate.trained_on.startswith("5 documents")
