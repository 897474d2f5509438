"""Floors: what was reached once may not be lost unnoticed.

A floor belongs to a row, a metric and the data it was measured on. Other data make it void: it
has to be measured again, by ``scripts/raise_floors.py``.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from pathlib import Path

import msgspec

from detente.benchmarks.rows import Row

# Benchmarks that are exact and quick; speed and size vary with the machine.
FLOORED = (
    *("seed", "documents", "attribution", "dates", "status", "places", "quotations"),
    *("actors", "petrarch", "golden"),
)
# Row and metric; the levels of one benchmark that say most, not all of them.
PINNED = (
    ("seed/found", "count"),
    ("seed/soft", "count"),
    ("seed/attributes", "count"),
    ("seed/forbidden", "count"),
    ("documents/detect", "F1"),
    ("documents/type", "F1"),
    ("documents/dyad", "F1"),
    ("documents/status", "F1"),
    ("documents/asserted", "F1"),
    ("attribution/documents", "share"),
    ("attribution/documents, none", "share"),
    ("dates/documents", "share"),
    ("dates/documents, none", "share"),
    ("status/status sets", "macro_f1"),
    ("status/real, written", "macro_f1"),
    ("places/country", "share"),
    ("places/city", "share"),
    ("places/none", "share"),
    ("quotations/content", "F1"),
    ("quotations/speaker", "share"),
    ("actors/documents", "right"),
    ("actors/documents, no name", "right"),
    ("petrarch/full", "count"),
    ("petrarch/none", "count"),
    ("golden/exact", "count"),
    ("golden/events", "F1"),
)
# The model's last digits follow the processor, and an event or two with them; where few events are
# asked, one of them weighs more.
_SLACK = {"documents": 0.01, "status": 0.02, "attribution": 0.03, "dates": 0.03, "places": 0.03}
SLACK = {
    row: _SLACK[benchmark]
    for row, _ in PINNED
    for benchmark in [row.partition("/")[0]]
    if benchmark in _SLACK
}
REMEDY = "python scripts/raise_floors.py"


class Floor(msgspec.Struct, frozen=True):
    """The least that a row's metric may be on these data (SHA-256)."""

    row: str
    metric: str
    floor: float
    data: str


def read_floors(path: Path) -> list[Floor]:
    """Read the table of floors; none if there is no file."""
    return msgspec.json.decode(path.read_bytes(), type=list[Floor]) if path.exists() else []


def write_floors(floors: Iterable[Floor], path: Path) -> None:
    """Write the table, one floor a line, so that a change reads well in a diff."""
    lines = ",\n  ".join(msgspec.json.encode(floor).decode() for floor in floors)
    path.write_text(f"[\n  {lines}\n]\n", encoding="utf-8")


def fallen(floors: Iterable[Floor], rows: Iterable[Row]) -> list[str]:
    """Say what is wrong, one message for each floor: not measured, other data, or too low."""
    measured = {row.key: row for row in rows}
    return [
        message
        for floor in floors
        if (message := _wrong(floor, measured.get(floor.row))) is not None
    ]


def raised(
    floors: Iterable[Floor], rows: Iterable[Row], *, allow_lower: bool = False
) -> tuple[list[Floor], list[str]]:
    """Pin every row of PINNED that was measured, less its SLACK.

    Args:
        floors: those of today.
        rows: what was measured now.
        allow_lower: also lower floors.

    Returns:
        The new floors, and a message for each that would have to be lowered and was kept.
    """
    old = {(floor.row, floor.metric): floor for floor in floors}
    measured = {row.key: row for row in rows}
    kept: list[Floor] = []
    refused: list[str] = []
    for place in PINNED:
        before, row = old.get(place), measured.get(place[0])
        if row is None or row.data is None:
            kept += [before] if before else []
            continue
        reached = row.metrics[place[1]] - SLACK.get(place[0], 0.0)
        now = Floor(*place, _rounded_down(reached), row.data)
        if before is not None and now.floor < before.floor and not allow_lower:
            refused.append(f"{' '.join(place)}: {now.floor:g} is below {before.floor:g}")
            now = before
        kept.append(now)
    return kept, refused


def _wrong(floor: Floor, row: Row | None) -> str | None:
    name = f"{floor.row} {floor.metric}"
    if row is None:
        return f"{name}: was not measured; see `detente bench --quick` for the reason"
    if row.data != floor.data:
        return (
            f"{name}: the data are not those of the floor ({(row.data or 'none')[:12]}, not "
            f"{floor.data[:12]}). If they changed on purpose, run `{REMEDY}`."
        )
    value = row.metrics[floor.metric]
    if _rounded_down(value) < floor.floor:
        return (
            f"{name}: {value:g} is below the floor {floor.floor:g}. Find what was lost; if the "
            f"loss is meant, run `{REMEDY} --allow-lower` and say why in CHANGELOG.md."
        )
    return None


def _rounded_down(value: float) -> float:
    # Four digits tell one event of ten thousand; the small sum undoes binary fractions.
    return math.floor(value * 10_000 + 1e-6) / 10_000
