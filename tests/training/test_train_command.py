"""`detente train` from data to model, and what happens when it is stopped."""

from __future__ import annotations

import json
import re

import pytest
from made_training import DATA, FIVE, KILLED, example_rows, run_detente

from detente.cli import main
from detente.config import Settings
from detente.errors import DataError, OutputError
from detente.models import OwnModel, PairQuestion, load_pair_encoder
from detente.training import states, train_model
from detente.types import NONE


def test_a_model_its_card_and_a_report_are_left(trained):
    assert sorted(path.name for path in trained.iterdir()) == [
        "card.json",
        "head.npz",
        "report.md",
    ]
    card = json.loads((trained / "card.json").read_text())
    assert set(card["labels"]) == FIVE | {NONE}
    assert card["labels"][-1] == NONE
    assert sum(card["rows"].values()) == len(example_rows())
    assert card["name"] == f"five:{card['head_sha256'][:8]}"
    assert 0.25 <= card["temperature"] <= 8


def test_it_says_what_it_made(trained):
    said = (trained.parent / "said.txt").read_text()
    assert re.search(r"Model five:[0-9a-f]{8} in .+, from \d+ rows\.", said)
    assert re.search(r"macro-F1 0\.\d{3}, calibration error 0\.\d{3}", said)


def test_the_report_has_every_part(trained):
    report = (trained / "report.md").read_text(encoding="utf-8")
    heads = re.findall(r"^## (.+)$", report, re.M)
    assert heads == ["Types", "Confusion", "Calibration", "Errors"]
    learnt, tuned, held = map(
        int, re.search(r"\((\d+) to learn from, (\d+) to tune on, (\d+) held", report).groups()
    )
    assert learnt + tuned + held == len(example_rows())
    types, confusion, calibration, _ = re.split(r"^## .+$", report, flags=re.M)[1:]
    for label in FIVE | {NONE}:
        assert re.search(rf"^\| {label} \| \d+ \| \d+ \|", types, re.M)
        assert f"| **{label}** |" in confusion
    assert sum(map(int, re.findall(r"[| ](\d+)(?= \|)", confusion))) == held
    assert sum(map(int, re.findall(r"^\| 0\.\d to \d\.\d \| (\d+)", calibration, re.M))) == held


def test_a_killed_run_goes_on_and_ends_the_same(trained, tmp_path):
    out = tmp_path / "five"
    killed = run_detente("train", "--data", DATA, "--out", out, before=KILLED)
    assert killed.returncode == -9
    assert [path.name for path in (out / ".work").glob("chunk-*")] == ["chunk-000000.npy"]
    assert not (out / "card.json").exists()
    again = run_detente("train", "--data", DATA, "--out", out)
    assert again.returncode == 0, again.stderr
    assert f"{states.CHUNK_ROWS} of {len(example_rows())} rows were read before" in again.stderr
    for name in ("card.json", "head.npz", "report.md"):
        assert (out / name).read_bytes() == (trained / name).read_bytes()
    assert not (out / ".work").exists()


def test_an_interrupted_run_leaves_the_older_model(trained, tmp_path, monkeypatch, capsys):
    out = tmp_path / "five"
    out.mkdir()
    for path in trained.iterdir():
        (out / path.name).write_bytes(path.read_bytes())

    def interrupted(_self, _queries):
        raise KeyboardInterrupt

    monkeypatch.setattr(states.StateReader, "read", interrupted)
    assert main(["train", "--data", str(DATA), "--out", str(out)]) == 130
    assert "the same command goes on" in capsys.readouterr().err
    for path in trained.iterdir():
        assert (out / path.name).read_bytes() == path.read_bytes()


def test_other_data_begins_anew_and_says_so(tmp_path):
    work = states.WorkFolder(tmp_path / "m" / ".work", "one key")
    work.save(0, states.numpy.zeros((2, 3), "f2"))
    other = states.WorkFolder(tmp_path / "m" / ".work", "another key")
    assert other.forsaken == 1
    assert other.load(0, (2, 3)) is None
    said: list[str] = []
    data = tmp_path / "few.jsonl"
    data.write_text("".join(line + "\n" for line in DATA.read_text().splitlines()[:60]))
    other.save(0, states.numpy.zeros((2, 3), "f2"))

    class Watch:
        def note(self, words):
            said.append(words)
            raise KeyboardInterrupt

        def step(self, stage, done, total):
            pass

    with pytest.raises(KeyboardInterrupt):
        train_model(data, tmp_path / "m", watch=Watch())
    assert "beginning anew" in said[0]


def test_too_few_rows_are_refused_and_the_bad_lines_told(tmp_path, capsys):
    data = tmp_path / "few.jsonl"
    data.write_text('{"text": "A hit B.", "source": [0, 1], "target": [6, 7], "type": "HIT"}\n{\n')
    assert main(["train", "--data", str(data), "--out", str(tmp_path / "m")]) == 2
    said = capsys.readouterr().err
    assert "D273" in said and "1 lines were left out, the first for R701 in line 2" in said
    assert not (tmp_path / "m").exists()
    with pytest.raises(DataError, match="in 1 texts HIT 1"):
        train_model(data, tmp_path / "m", settings=Settings())


def test_data_that_is_not_there(tmp_path, capsys):
    assert main(["train", "--data", "nope.jsonl", "--out", str(tmp_path / "m")]) == 3
    assert "D330" in capsys.readouterr().err


def test_a_folder_that_cannot_be(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError) as caught:
        train_model(DATA, tmp_path / "file" / "m")
    assert caught.value.code == "D504"


def test_what_is_odd_in_the_data_is_told(tmp_path, capfd):
    """No NONE, a rare type, contradictions, broken lines: named, and the rest is trained on."""
    rows = [row for row in example_rows() if row["type"] != NONE]
    odd = [rows[0] | {"type": "FIGHT"}, rows[1] | {"type": "SING"}]
    lines = [json.dumps(row) for row in [*rows, *odd]]
    data, out = tmp_path / "odd.jsonl", tmp_path / "odd"
    data.write_text("\n".join([*lines, '{"text": "x"}', "{", '{"text": "A", "source": [0, 1]}']))
    assert main(["train", "--data", str(data), "--out", str(out)]) == 1
    said = capfd.readouterr().err
    at = len(lines)
    assert f"R701  {data}:{at + 1}: " in said
    assert f"R701  {data}:{at + 2}: " in said
    assert f"R703  {data}:{at + 3}: " in said
    assert "no NONE rows" in said
    assert "not to be trusted: SING (1)" in said
    assert f"contradict each other, lines 1/{at - 1}, 2/{at}" in said
    report = (out / "report.md").read_text()
    assert "Lines left out: 3 (2 R701, 1 R703)" in report
    assert "no NONE rows" in report
    model = OwnModel(out, load_pair_encoder())
    (judged,) = model.judge([PairQuestion("Peru hit Chile.", (0, 4), (9, 14), {})])
    assert judged.types[NONE] == 0
    assert sum(judged.types.values()) == pytest.approx(1)
