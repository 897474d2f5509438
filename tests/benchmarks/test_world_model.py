from detente.benchmarks import Sources
from detente.benchmarks.world_model import world_model

from .conftest import FakeCoder


def test_the_tables_load_quickly_and_stay_small():
    (row,) = world_model(Sources(None, None), FakeCoder())
    # 0.06 s and 9 MB, 16 MB with all in use; the bounds are those of the project.
    assert row.metrics["seconds"] < 0.2
    assert row.metrics["loaded_bytes"] < row.metrics["used_bytes"] < 60_000_000
