"""What the tables of countries, officials and bodies cost: seconds to load, memory to hold."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

from detente.benchmarks.rows import Missing, Row
from detente.benchmarks.sources import Sources

if TYPE_CHECKING:
    from detente.pipeline import Coder

# An odd number, for the median.
_LOADS = 5
_MEGABYTE = 1_000_000
_TIMED = """
import json, time
from detente.actors import load_world
begin = time.perf_counter()
load_world()
print(json.dumps(time.perf_counter() - begin))
"""
# Memory is traced in a process of its own: tracing makes loading several times slower. The second
# number is for a run that has used every part: rows of officials and cities, surnames, offices.
_TRACED = """
import json, tracemalloc
from detente.actors import load_world
tracemalloc.start()
world = load_world()
loaded = tracemalloc.get_traced_memory()[0]
world.persons_by_surname("Wang"), world.officials_of("CHN"), world.city(0)
print(json.dumps([loaded, tracemalloc.get_traced_memory()[0]]))
"""


def world_model(sources: Sources, coder: Coder) -> Iterator[Row | Missing]:
    """Time loading the tables in new processes, and trace what they hold."""
    del sources, coder
    seconds = statistics.median(float(_printed_by(_TIMED)) for _ in range(_LOADS))
    loaded, used = json.loads(_printed_by(_TRACED))
    metrics = {"seconds": seconds, "loaded_bytes": float(loaded), "used_bytes": float(used)}
    shown = (
        f"{seconds:.2f} s to load, {loaded / _MEGABYTE:.0f} MB, "
        f"{used / _MEGABYTE:.0f} MB when all is used"
    )
    yield Row("start-up", "world model", metrics, shown)


def _printed_by(program: str) -> str:
    command = [sys.executable, "-c", program]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout
