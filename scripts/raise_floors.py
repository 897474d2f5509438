"""Pin the floors of tests/benchmarks/floors.json to what is reached now.

    python scripts/raise_floors.py [--data DIR] [--allow-lower]

Floors only rise; --allow-lower also lowers them, which belongs in CHANGELOG.md with its reason.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from detente.benchmarks import find_sources, run_benchmarks
from detente.benchmarks.floors import FLOORED, raised, read_floors, write_floors

CHECKOUT = Path(__file__).resolve().parents[1]
FLOORS = CHECKOUT / "tests" / "benchmarks" / "floors.json"


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, help="benchmark data folder")
    parser.add_argument("--allow-lower", action="store_true", help="also lower floors")
    options = parser.parse_args()
    sources = find_sources(options.data, checkout=CHECKOUT)
    report = run_benchmarks(sources, only=FLOORED)
    for one in report.missing:
        print(f"not measured, floor kept: {one.benchmark}: {one.reason}", file=sys.stderr)
    before = read_floors(FLOORS)
    after, refused = raised(before, report.rows, allow_lower=options.allow_lower)
    write_floors(after, FLOORS)
    for floor in after:
        if floor not in before:
            print(f"{floor.row} {floor.metric}: {floor.floor:g}")
    for message in refused:
        print(f"kept, use --allow-lower if this is meant: {message}", file=sys.stderr)
    return 1 if refused else 0


if __name__ == "__main__":
    sys.exit(main())
