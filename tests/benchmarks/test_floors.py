"""The gate: what was reached on the benchmark data may not be lost unnoticed."""

from pathlib import Path

import pytest

from detente.benchmarks import find_sources, run_benchmarks
from detente.benchmarks.floors import FLOORED, fallen, read_floors

CHECKOUT = Path(__file__).parents[2]
FLOORS = Path(__file__).parent / "floors.json"


@pytest.fixture(scope="module")
def sources():
    found = find_sources(checkout=CHECKOUT)
    if found.data is None:
        pytest.skip("no benchmark data folder: set DETENTE_BENCH_DATA to check the floors")
    return found


@pytest.mark.parametrize("benchmark", FLOORED)
def test_no_floor_is_broken(sources, benchmark):
    floors = [one for one in read_floors(FLOORS) if one.row.startswith(f"{benchmark}/")]
    report = run_benchmarks(sources, only=[benchmark])
    for missing in report.missing:
        pytest.skip(f"{missing.benchmark}: {missing.reason}")
    assert floors, f"nothing is pinned for {benchmark}: run scripts/raise_floors.py"
    messages = fallen(floors, report.rows)
    assert not messages, "\n" + "\n".join(messages)
