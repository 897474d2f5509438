import re
from pathlib import Path

import pytest

from detente.benchmarks import Row
from detente.benchmarks.floors import (
    PINNED,
    REMEDY,
    Floor,
    fallen,
    raised,
    read_floors,
    write_floors,
)

CHECKOUT = Path(__file__).parents[2]


def row(value, data="d" * 64, key="seed/found", metric="count"):
    return Row(*key.split("/"), {metric: value}, "", data)


FLOOR = Floor("seed/found", "count", 14, "d" * 64)


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([row(13)], "13 is below the floor 14"),
        ([row(15, data="e" * 64)], "the data are not those of the floor"),
        ([], "was not measured"),
    ],
)
def test_what_is_wrong_is_said_with_what_to_do(rows, words):
    (message,) = fallen([FLOOR], rows)
    assert message.startswith(f"seed/found count: {words}")
    assert REMEDY in message or "detente bench" in message


@pytest.mark.parametrize("value", [14, 15])
def test_reached_is_enough(value):
    assert fallen([FLOOR], [row(value)]) == []


def test_floors_rise():
    assert raised([FLOOR], [row(15)]) == ([Floor("seed/found", "count", 15, "d" * 64)], [])


def test_floors_fall_only_when_allowed():
    assert raised([FLOOR], [row(13)]) == ([FLOOR], ["seed/found count: 13 is below 14"])
    lower = Floor("seed/found", "count", 13, "d" * 64)
    assert raised([FLOOR], [row(13)], allow_lower=True) == ([lower], [])


def test_other_data_are_pinned_anew_but_not_lower():
    other = row(14, data="e" * 64)
    assert raised([FLOOR], [other])[0] == [Floor("seed/found", "count", 14, "e" * 64)]
    assert raised([FLOOR], [row(13, data="e" * 64)])[0] == [FLOOR]


def test_what_was_not_measured_keeps_its_floor():
    assert raised([FLOOR], []) == ([FLOOR], [])


def test_a_floor_is_never_above_its_own_measurement():
    value = 2 / 3
    measured = row(value, key="golden/events", metric="F1")
    (floor,), _ = raised([], [measured])
    assert floor.floor == 0.6666
    assert fallen([floor], [measured]) == []
    exact = row(0.3, key="golden/events", metric="F1")
    assert raised([], [exact])[0][0].floor == 0.3


def test_the_table_survives_writing(tmp_path):
    path = tmp_path / "floors.json"
    assert read_floors(path) == []
    write_floors([FLOOR, FLOOR], path)
    assert read_floors(path) == [FLOOR, FLOOR]
    assert path.read_text().count("\n") == 4


def test_the_remedy_exists():
    script = re.search(r"\S+\.py", REMEDY).group()
    assert (CHECKOUT / script).is_file()
    assert len(set(PINNED)) == len(PINNED)


def test_what_the_model_has_a_part_in_gets_slack():
    (floor,), _ = raised([], [row(2 / 3, key="documents/dyad", metric="F1")])
    assert floor.floor == 0.6566
    (floor,), _ = raised([], [row(2 / 3, key="dates/documents", metric="share")])
    assert floor.floor == 0.6366
    (floor,), _ = raised([], [row(2 / 3, key="quotations/speaker", metric="share")])
    assert floor.floor == 0.6666
