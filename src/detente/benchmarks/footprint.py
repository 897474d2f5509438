"""What it costs to have detente and to start it: time, memory, disk, code to read."""

from __future__ import annotations

import importlib.util
import json
import statistics
import subprocess
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

from detente.benchmarks.rows import Missing, Row
from detente.benchmarks.scorers import SEED_ARTICLE, SEED_DATE
from detente.benchmarks.sources import Sources, content_hash

if TYPE_CHECKING:
    from detente.pipeline import Coder

# An odd number, for the median.
_STARTS = 3
_IMPORTS = 5
_MEGABYTE = 1_000_000
# A small process of its own starts the command: the memory of a child that this one, with a model
# loaded, had forked would begin at this one's size.
_PROBE = """
import json, resource, subprocess, sys, time
begin = time.perf_counter()
done = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
wall = time.perf_counter() - begin
used = resource.getrusage(resource.RUSAGE_CHILDREN)
unit = 1 if sys.platform == "darwin" else 1024
print(json.dumps([done.returncode, wall, used.ru_utime + used.ru_stime, used.ru_maxrss * unit]))
"""
_COMMAND = "import sys; from detente.cli import main; sys.exit(main())"
_IMPORT = (
    "import time; begin = time.perf_counter(); import detente; print(time.perf_counter() - begin)"
)


def start_up(sources: Sources, coder: Coder) -> Iterator[Row | Missing]:
    """Time `detente code` on the seed article in new processes, and the bare import."""
    del coder  # new processes load their own
    yield _import_row()
    reason = sources.absent(SEED_ARTICLE)
    if importlib.util.find_spec("resource") is None:
        reason = "this system does not report the memory of finished processes"
    if reason:
        yield Missing("start-up", reason)
        return
    article = sources.file(SEED_ARTICLE)
    runs = [_start(article) for _ in range(_STARTS)]
    failed = [code for code, *_ in runs if code]
    if failed:
        yield Missing("start-up", f"`detente code` ended with exit code {failed[0]}")
        return
    wall, cpu, memory = (statistics.median(run[i] for run in runs) for i in (1, 2, 3))
    metrics = {"wall_seconds": wall, "cpu_seconds": cpu, "peak_bytes": memory}
    shown = f"{wall:.2f} s wall, {cpu:.2f} s CPU, peak {memory / _MEGABYTE:,.0f} MB"
    yield Row("start-up", "code", metrics, shown, content_hash([article]))


def installed_size(sources: Sources, coder: Coder) -> Iterator[Row | Missing]:
    """Add up what a plain `pip install detente` puts on disk, and count our code."""
    del sources, coder
    package = Path(__file__).parents[1]
    names = core_requirements("detente")
    dependencies = sum(_distribution_bytes(name) for name in names)
    shown = f"{dependencies / _MEGABYTE:,.0f} MB in {len(names)} packages"
    metrics = {"bytes": float(dependencies), "packages": float(len(names))}
    yield Row("size", "dependencies", metrics, shown)
    files = [f for f in package.rglob("*") if f.is_file() and f.suffix != ".pyc"]
    own = sum(file.stat().st_size for file in files)
    yield Row(
        "size", "detente", {"bytes": float(own)}, f"{own / _MEGABYTE:,.1f} MB with its tables"
    )
    modules = [file for file in files if file.suffix == ".py"]
    lines = sum(len(file.read_bytes().splitlines()) for file in modules)
    counts = {"modules": float(len(modules)), "lines": float(lines)}
    yield Row("size", "code", counts, f"{len(modules)} modules, {lines:,} lines of Python")


def core_requirements(package: str) -> list[str]:
    """Name every installed distribution that a package needs, extras of its own left out."""
    # Installed with spaCy; imported here because only this row needs it.
    from packaging.requirements import Requirement
    from packaging.utils import canonicalize_name

    waiting: list[tuple[str, frozenset[str]]] = [(package, frozenset())]
    seen: set[tuple[str, frozenset[str]]] = set()
    found: set[str] = set()
    while waiting:
        name, extras = one = waiting.pop()
        if one in seen:
            continue
        seen.add(one)
        try:
            lines = metadata.requires(name) or []
        except metadata.PackageNotFoundError:
            continue
        found.add(canonicalize_name(name))
        for requirement in map(Requirement, lines):
            marker = requirement.marker
            wanted = {"", *extras}
            if marker is None or any(marker.evaluate({"extra": extra}) for extra in wanted):
                waiting.append((requirement.name, frozenset(requirement.extras)))
    return sorted(found - {canonicalize_name(package)})


def _distribution_bytes(name: str) -> int:
    paths = (Path(str(file.locate())) for file in metadata.files(name) or [])
    return sum(path.stat().st_size for path in paths if path.is_file())


def _start(article: Path) -> list[float]:
    command = [sys.executable, "-c", _COMMAND, "code", str(article), "--date", str(SEED_DATE)]
    done = subprocess.run(
        [sys.executable, "-c", _PROBE, *command, "--format", "jsonl"],
        capture_output=True,
        text=True,
        check=True,
    )
    numbers: list[float] = json.loads(done.stdout)
    return numbers


def _import_row() -> Row:
    command = [sys.executable, "-c", _IMPORT]
    seconds = statistics.median(
        float(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
        for _ in range(_IMPORTS)
    )
    shown = f"{seconds * 1000:.1f} ms for `import detente`"
    return Row("start-up", "import", {"seconds": seconds}, shown)
