"""How rows are parted, heads fitted, answers scored and shown."""

from __future__ import annotations

import random
from collections import Counter

import numpy
import pytest

from detente.errors import DataError
from detente.models.own_model import gelu, gelu_slope
from detente.models.pair_encoder import softmax
from detente.reading.pairs import LabelledPair, read_labelled_pairs, read_pairs
from detente.training.fitting import HeadFitter, best_temperature, head_logits
from detente.training.parts import part_rows
from detente.training.report import marked
from detente.training.scores import Scores
from detente.training.states import WorkFolder, read_all
from detente.types import NONE, PairQuery
from made_documents import make_query


def pairs(count=140, types=("HIT", "HUG", NONE), per_text=3):
    return [
        LabelledPair(PairQuery(n, f"Text {n // per_text}", (0, 4)), types[n % len(types)], n + 1)
        for n in range(count)
    ]


# -------------------------------------------------------------------------------------------- rows


def test_types_are_read_and_what_is_none_is_rejected_with_its_line(tmp_path):
    path = tmp_path / "rows.jsonl"
    start = '{"text": "A hit B.", "source": [0, 1]'
    path.write_text(
        f'{start}, "type": "HIT", "mood": 3}}\n\n{start}, "type": 7}}\n{start}, "type": " "}}\n'
        f'{start}, "type": "a\\nb"}}\n{start}}}\n{start}, "target": [6, 99], "type": "HIT"}}\n'
    )
    rejected = []
    (row,) = read_labelled_pairs(str(path), rejected)
    assert (row.type, row.line, row.query.source) == ("HIT", 1, (0, 1))
    assert [(each.code, each.line) for each in rejected] == [
        ("R703", 3),
        ("R703", 4),
        ("R703", 5),
        ("R703", 6),
        ("R702", 7),
    ]
    # Who only asks does not care what stands under "type".
    asked = []
    assert len(list(read_pairs(str(path), asked))) == 5
    assert [each.code for each in asked] == ["R702"]


def test_pairs_of_one_text_never_fall_apart():
    rows = pairs()
    rows += [LabelledPair(PairQuery("x", "  text   4 ", (2, 3)), "HIT", 999)]
    parts = part_rows(rows)
    where = {}
    for name in ("learn", "tune", "test"):
        for number in getattr(parts, name).tolist():
            key = " ".join(rows[number].query.text.lower().split())
            assert where.setdefault(key, name) == name
    assert sum(len(getattr(parts, name)) for name in ("learn", "tune", "test")) == len(rows)
    assert len(parts.learn) > 0.6 * len(rows)


def test_parts_do_not_depend_on_the_order_of_the_rows():
    rows = pairs()
    mixed = rows.copy()
    random.Random(2).shuffle(mixed)
    first = {rows[n].query.id for n in part_rows(rows).test}
    assert first == {mixed[n].query.id for n in part_rows(mixed).test}


def test_every_type_with_texts_enough_is_held_out():
    rows = pairs(300, ("HIT",) * 8 + ("HUG", NONE), per_text=1)
    held = Counter(rows[n].type for n in part_rows(rows).test)
    assert min(held["HIT"], held["HUG"], held[NONE]) >= 3


@pytest.mark.parametrize(
    "rows", [[], pairs(100, ("HIT",)), pairs(12, ("HIT", "HUG")), pairs(100, per_text=50)]
)
def test_too_few_rows(rows):
    with pytest.raises(DataError) as caught:
        part_rows(rows)
    assert caught.value.code == "D273"


# --------------------------------------------------------------------------------------- the chunks


class Reader:
    """Gives the length of a text as its states; counts what it is asked."""

    width = 2

    def __init__(self):
        self.asked = 0

    def read(self, queries):
        self.asked += len(queries)
        return numpy.array([[len(q.text), 1] for q in queries], "f2")


def test_only_missing_or_damaged_chunks_are_read_again(tmp_path):
    queries = [pair.query for pair in pairs(300)]
    first, again = Reader(), Reader()
    work = WorkFolder(tmp_path / "w", "key")
    states, kept = read_all(queries, first, work, lambda done, kept: None)
    assert (first.asked, kept, states.shape) == (300, 0, (300, 2))
    (tmp_path / "w" / "chunk-000001.npy").write_bytes(b"\x93NUMPY torn")
    same, kept = read_all(queries, again, WorkFolder(tmp_path / "w", "key"), lambda d, k: None)
    assert (same == states).all()
    assert (again.asked, kept) == (128, 172)
    work.remove()
    assert not (tmp_path / "w").exists()


def test_what_is_not_ours_stays(tmp_path):
    work = WorkFolder(tmp_path, "key")
    (tmp_path / "notes.txt").write_text("mine")
    work.remove()
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


# ----------------------------------------------------------------------------------------- the head


def test_the_slope_of_the_activation_is_its_derivative():
    at = numpy.linspace(-4, 4, 33)
    near = (gelu(at + 1e-5) - gelu(at - 1e-5)) / 2e-5
    assert gelu_slope(at) == pytest.approx(near, abs=1e-6)


def test_a_head_learns_what_can_be_learnt_and_the_same_each_time():
    chance = numpy.random.default_rng(3)
    rows = pairs(700, per_text=1)
    gold = numpy.array([("HIT", "HUG", NONE).index(row.type) for row in rows])
    # Some loose states and some other inputs tell the type; the rest is noise far from zero.
    states = chance.normal(40, 3, (700, 24))
    states[:, :6] += 30 * (gold == 0)[:, None]
    states[:, -6:] = 0.3 * (gold == 1)[:, None] + chance.normal(0, 0.05, (700, 6))
    states = states.astype("f2")
    parts = part_rows(rows)
    steps = []
    one = HeadFitter(states, gold, 3, 16).fit(
        parts, lambda done, total: steps.append((done, total))
    )
    logits = head_logits(one.weights, states, parts.test)
    assert (logits.argmax(axis=1) == gold[parts.test]).mean() > 0.95
    assert steps[-1][0] == steps[-1][1]
    assert [done for done, _ in steps] == sorted(done for done, _ in steps)
    two = HeadFitter(states, gold, 3, 16).fit(parts, lambda done, total: None)
    assert two.weights.packed() == one.weights.packed()


def test_a_temperature_undoes_what_is_too_sure():
    chance = numpy.random.default_rng(4)
    true = chance.normal(0, 2, (4000, 4))
    drawn = [chance.choice(4, p=row / row.sum()) for row in softmax(true)]
    assert best_temperature(true * 3, numpy.array(drawn)) == pytest.approx(3, rel=0.12)


# --------------------------------------------------------------------------------------- the scores


def scores():
    shares = [(0.8, 0.1, 0.1), (0.6, 0.3, 0.1), (0.2, 0.7, 0.1), (0.05, 0.05, 0.9)]
    gold = numpy.array([0, 1, 1, 2])
    return Scores(("HIT", "HUG", NONE), gold, numpy.array(shares, "f4"))


def test_scores_are_what_a_pencil_gives():
    hit, hug, none = scores().by_type()
    assert (hit.rows, hit.precision, hit.recall) == (1, 0.5, 1.0)
    assert hit.f1 == pytest.approx(2 / 3)
    assert (hug.rows, hug.precision, hug.recall) == (2, 1.0, 0.5)
    assert none.f1 == 1
    assert scores().macro_f1 == pytest.approx(2 / 3)
    assert scores().accuracy == 0.75
    assert scores().guessing == 0.5
    assert scores().confusion().tolist() == [[1, 0, 0], [1, 1, 0], [0, 0, 1]]
    assert scores().surest_errors(5) == [1]


def test_calibration_is_what_a_pencil_gives():
    # 0.8, 0.7 and 0.9 are right, 0.6 is wrong: (0.2 + 0.6 + 0.3 + 0.1) / 4
    assert scores().calibration_error == pytest.approx(0.3, abs=1e-6)
    assert sum(each.rows for each in scores().calibration()) == 4


def test_actors_are_marked():
    assert marked(make_query("[S Peru] hit [T Chile].")) == "[S Peru] hit [T Chile]."
    touching = PairQuery("1", "AB", (0, 1), (1, 2))
    assert marked(touching) == "[S A][T B]"
    long = PairQuery("1", "x" * 500 + "Peru" + "y" * 500, (500, 504))
    assert marked(long).startswith("… x") and marked(long).endswith("y …")
    assert "[S Peru]" in marked(long) and len(marked(long)) < 300
